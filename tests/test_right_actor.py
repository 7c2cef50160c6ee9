"""When a speaker counts as given to the right actor."""

from __future__ import annotations

from typing import Any

import pytest
from evals import actors

SAME = [
    # marked, found, whether it is right
    ("person:ilse-marrow", "person:ilse-marrow", True),
    ("person:ilse-marrow", "person:marrow", True),
    ("person:gernot-boettle", "person:gernot-bottle", True),
    ("person:ilse-marrow", "person:ilse", False),
    ("person:ilse-marrow", "person:olaf-brandvik", False),
    ("person:ilse-marrow org:ferry-board", "person:ilse-marrow", True),
    ("person:ilse-marrow", "person:ilse-marrow state:NOR", False),
    ("state:NOR", "state:SWE", False),
    ("state:NOR state:SWE", "state:SWE", False),
    ("org:japan-defence-ministry", "org:japanese-ministry-of-defense", True),
    ("org:polish-border-guard", "org:border-guard", True),
    ("org:polish-border-guard", "org:german-border-guard", False),
    ("org:gulf-council", "org:council", False),
    ("outlet:harbour-gazette", "org:harbour-gazette", False),
    ("group:harbour-workers", "group:workers", True),
    ("group:harbour-workers", "org:harbour", False),
    ("", "group:workers", True),
    ("", "org:harbour", False),
]


def speaker(ids: str, *, unnamed: bool = False) -> dict[str, Any]:
    return {"actors": ids.split(), "unnamed": unnamed}


@pytest.mark.parametrize("marked, found, right", SAME)
def test_an_actor_is_right_by_who_it_is_and_not_by_the_marker_s_wording(marked: str, found: str, right: bool) -> None:
    pair = speaker(marked), speaker(found)
    assert actors.right(*pair, actors.paired([pair])) is right


def test_two_groups_of_an_article_are_not_one() -> None:
    pairs = [
        (speaker("group:rowers"), speaker("group:they")),
        (speaker("group:rowers"), speaker("group:they")),
        (speaker("group:ferrymen"), speaker("group:they")),
    ]
    which = actors.paired(pairs)
    assert [actors.right(*pair, which) for pair in pairs] == [True, True, False]


def test_who_goes_unnamed_may_have_no_actor_at_all() -> None:
    assert actors.right(speaker("group:voters"), speaker("", unnamed=True), {})
    assert not actors.right(speaker("group:voters"), None, {})
