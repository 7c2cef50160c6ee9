"""Lines of a page that are not the report's."""

from __future__ import annotations

import pytest

from onrecord.intake.furniture import is_furniture, without

FURNITURE = [
    "Advertisement", "ADVERTISEMENT", "Share this", "Share on Facebook", "Read more: Gate shut again", "Sign up for our newsletter",
    "Sign up to Harbour Morning, our daily letter", "Subscribe now", "We use cookies to make this site better.",
    "This content uses cookies. Accept all cookies to see it.", "Related:", "* Related stories", "Follow us on every channel",
    "Please enable JavaScript to view the comments.", "Enter your email address", "By signing up you agree to our terms",
    "The best of the harbour, straight to your inbox", "Most read", "You may also like", "Story continues below advertisement",
]  # fmt: skip
REPORT = [
    "“Subscribe to no such lie,” the minister told voters.", "The minister said that shops which use cookies must say so.",
    "More troops were sent to the border on Tuesday.", "Share prices fell.", "Readers were told to sign up by Friday.",
    "(Reporting by BNW Tallinn newsroom)", "(BNW)", "Source: BNW", "© 2024 BNW", "BNW contributed to this report.",
    "This article was first published by the Gulf Gazette.", "“We use cookies in our bakery,” she said.",
    "Watchers of the talks said that they had failed.", "Printing money is no answer, he said.", "",
    "The Brenner will close to lorries tonight, the police advise, and Evzoni is on strike. Unsubscribe any time, we do not mind.",
    "Subscribe to the view that the talks fail, he said, and you have no reason to go. " * 3,
]  # fmt: skip


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_the_pages_own_is_known(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", REPORT)
def test_a_line_of_the_report_stays(line: str) -> None:
    assert not is_furniture(line)


def test_the_other_lines_stay_as_they_are() -> None:
    assert without("One.\n\nAdvertisement\nTwo.\n") == ("One.\n\nTwo.\n", 1)
