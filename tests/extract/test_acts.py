"""Which act a statement has: the cue's own, where it names one."""

from typing import get_args

import pytest

from onrecord.extract.acts import constructions, is_negated
from onrecord.lexicons import load
from onrecord.records import Act

from .staged import staged, statement

NAMED = [
    # text, cue, content, what the reader says, what is kept
    ("Rome has urged calm.", "has urged", "calm", "assert", "urge"),
    ("Rome called on envoys to wait.", "called on", "envoys to wait", "demand", "urge"),
    ("Rome did not rule out a ban.", "did not rule out", "a ban", "refuse", "consider"),
    ("Rome did not say when.", "did not say", "when", "assert", "refuse"),
    ("Rome said when.", "said", "when", "commit", "commit"),
    ("Rome warned Oslo.", "warned", "Oslo", "threaten", "threaten"),
    ("Rome offered to wait.", "offered", "to wait", "commit", "offer"),
    ("Rome offered condolences.", "offered", "condolences", "assert", "assert"),
]


@pytest.mark.parametrize("text, cue, content, said, kept", NAMED)
def test_a_cue_that_names_its_act_goes_before_the_reader(text: str, cue: str, content: str, said: str, kept: str) -> None:
    """Where marked articles differ over a cue, the reader is believed."""
    (found,) = staged(text, statement(text, cue, content, {"act": said})).statements
    assert found.act == kept


BUILT = [
    (["has offered"], "to wait", ("offer + to", "offer")),
    (["said"], "“That is over,”", ("say + that", "say")),
    (["will never accept"], "", ("not accept + it", "not accept")),
]


@pytest.mark.parametrize("cue, content, expected", BUILT)
def test_a_construction_is_the_lemma_its_negation_and_how_the_content_begins(
    cue: list[str], content: str, expected: tuple[str, str]
) -> None:
    """The longer one first."""
    assert constructions(cue, content) == expected


@pytest.mark.parametrize(
    "cue, negated", [("did not say", True), ("wouldn’t say", True), ("neither confirmed nor denied", True), ("noted", False)]
)
def test_negation_is_seen_in_a_cue(cue: str, negated: bool) -> None:
    """Whole words only."""
    assert is_negated(cue) is negated


def test_the_list_names_known_acts_only() -> None:
    """A misspelt act would go unnoticed elsewhere."""
    assert set(load("acts")["acts"].values()) <= set(get_args(Act))


def test_not_to_agree_is_to_refuse() -> None:
    text = "Anna does not endorse the plan."
    (found,) = staged(text, statement(text, "does not endorse", "the plan", {"act": "agree"}, speaker="Anna")).statements
    assert found.act == "refuse"


LETTING = [
    # text, cue, content, what the reader took it for, what it is
    ("“We would not object to envoys,” Anna said.", "said", "“We would not object to envoys,”", "refuse", "permit"),
    ("Anna said they would no longer stand in the way.", "said", "they would no longer stand in the way", "refuse", "permit"),
    ("“We would not say no to friends,” Anna said.", "said", "“We would not say no to friends,”", "refuse", "agree"),
    ("Anna would not object to envoys.", "would not object to", "envoys", "deny", "permit"),
    ("Anna said the envoys would not object to it.", "said", "the envoys would not object to it", "assert", "assert"),
    ("“We would object to envoys, and not go,” Anna said.", "said", "“We would object to envoys, and not go,”", "refuse", "refuse"),
    ("“We would not object,” Anna feared.", "feared", "“We would not object,”", "believe", "believe"),
]


@pytest.mark.parametrize("text, cue, content, seen, is_", LETTING)
def test_not_to_stand_in_the_way_is_to_permit(text: str, cue: str, content: str, seen: str, is_: str) -> None:
    (found,) = staged(text, statement(text, cue, content, {"act": seen}, speaker="Anna")).statements
    assert found.act == is_
