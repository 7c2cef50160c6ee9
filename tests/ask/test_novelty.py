"""What one report has and no other: words that nobody else has are no news that nobody has."""

from __future__ import annotations

import msgspec
import pytest

from onrecord.ask.novelty import Passages, telling
from onrecord.ask.sheet import Addition
from onrecord.reports import Provenance, Report

from .standins import page, report

FIRST = (
    "“Our charter knows only one body that can open the gate, and that is the Storting,” Marit Holm said. "
    "The toll will be 40 crowns a cart, the minister told this newspaper. The gate is old. The hill is green. Carts wait at the bridge. "
    "Nobody in the valley sleeps. The river froze early. Millers complain. Smiths do not."
)
RETOLD = [
    ("a name in other words", "Marit Holm", "that parliament, the Storting, would have to approve an opening", False),
    ("a number in letters", "Marit Holm", "that forty crowns would be due for every cart", False),
    ("a sentence split in two", "Marit Holm", "that carts pay a toll of 40 crowns", False),
    ("something new", "Olek Brandt", "that herring fishermen fear foreign trawlers", True),
]


def retold(speaker: str, said: str, kind: str = "rewrite") -> tuple[Addition, ...]:
    """What is claimed for a second report alone that has only this."""
    quoted = FIRST.partition(" Marit")[0]
    told = {"speaker": "Marit Holm", "cue": "said", "content": [quoted], "actors": ["person:marit-holm"]}
    first = report(FIRST, told, article="ar_1", outlet="Harbour Gazette")
    text = f"{speaker} said {said}. Later it rained."
    made = {"speaker": speaker, "cue": "said", "content": [said], "actors": [f"person:{speaker.split()[1].lower()}"]}
    second = report(text, made, article="ar_2", outlet="Dawn Herald", day="2024-05-04", title="Rain")
    known = [Provenance(article=each, kind=of, links=(), sentence="") for each, of in (("ar_1", "own"), ("ar_2", kind))]
    return page([first, second], provenances=known).entries[1].adds


@pytest.mark.parametrize("what, speaker, said, alone", RETOLD, ids=[what for what, *_ in RETOLD])
def test_who_retells_is_given_only_what_nobody_else_has_in_any_words(what, speaker, said, alone):
    assert bool(retold(speaker, said)) is alone


def test_own_reporting_in_other_words_is_said_to_be_that():
    found = retold("Marit Holm", "that the Storting alone decides whether strangers may pass with their cattle", kind="own")
    assert [each.only for each in found] == ["worded"]


def test_a_report_alone_is_set_against_nothing():
    one = report("Marit Holm said that herring fishermen fear trawlers.",
                 {"speaker": "Marit Holm", "cue": "said", "content": ["that herring fishermen fear trawlers"]})  # fmt: skip
    assert page([one]).entries[0].adds == ()


def likeness(text: str, said: str) -> float:
    one: Report = report(f"Olek Brandt said {said}.", {"speaker": "Olek Brandt", "cue": "said", "content": [said]}, article="ar_said")
    other = report(text, article="ar_other")
    return Passages([one, other]).likeness(telling(one, one.extraction.statements[0]), {"ar_said"})


def test_two_sentences_in_a_row_are_one_passage():
    said = "that herring fishermen of Norland fear foreign trawlers"
    apart = likeness("Herring fishermen are upset. Hills are green. Roofs leak. Norland fears foreign trawlers.", said)
    assert likeness("Herring fishermen are upset. Norland fears foreign trawlers.", said) > apart


def test_words_without_a_telling_one_are_found_everywhere():
    one = report("“So what?” he said.", {"speaker": "he", "cue": "said", "content": ["“So what?”"]})
    nobody = msgspec.structs.replace(one.extraction.statements[0], speaker=None)
    assert Passages([one]).likeness(telling(one, nobody), ()) == 1.0
