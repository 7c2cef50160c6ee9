"""A cue has the auxiliaries, the negation and the adverbs of its verb, and no more."""

import pytest

from .staged import staged, statement

CUES = [
    # text, what the reader points at, the whole cue
    ("The envoys have also denied that they met.", "denied", "have also denied"),
    ("The envoys did not flatly deny that they met.", "deny", "did not flatly deny"),
    ("The envoys of the family denied that they met.", "denied", "denied"),
    ("The envoys then denied that they met.", "denied", "denied"),
    ("There were no reports that they met.", "no reports", "no reports"),
    ("The envoys were reportedly told that they met.", "reportedly", "reportedly"),
]


@pytest.mark.parametrize("text, pointed, kept", CUES)
def test_a_cue_has_the_little_words_of_its_verb(text: str, pointed: str, kept: str) -> None:
    speaker = {"speaker": "The envoys"} if text.startswith("The envoys ") and "of the" not in text else {}
    (found,) = staged(text, statement(text, pointed, "that they met", **speaker)).statements
    assert found.cue is not None
    assert found.cue.text == kept


def test_a_cue_takes_no_word_that_another_role_holds() -> None:
    text = "What they said is denied by envoys at large."
    (found,) = staged(text, statement(text, "denied", "What they said is", speaker="envoys at large")).statements
    assert found.cue is not None
    assert found.cue.text == "denied"
