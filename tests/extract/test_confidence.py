"""What is known of how a record was read, and that a reader's calibration has the last word."""

from __future__ import annotations

import msgspec
import pytest

from onrecord.extract import extract
from onrecord.extract.confidence import dated
from onrecord.records import Condition, Event, Facts, Frames, Statement, TimeExpression

from .staged import UNDATED, at, condition, event, sentences, statement

TEXT = "Anna Kask said that Ruritania would leave if the talks failed. It was announced that tents came."
SEEN = [
    statement(TEXT, "said", "that Ruritania would leave if the talks failed", confidence=0.9, speaker="Anna Kask"),
    condition(TEXT, "if", "the talks failed", "Ruritania would leave"),
    event(TEXT, "leave", {"type": "RETREAT"}),
    statement(TEXT, "was announced", "that tents came", confidence=0.6),
]


class Noting:
    """A calibration that notes what it is asked, and finds everything three to one."""

    def __init__(self) -> None:
        self.facts: list[tuple[type, Facts]] = []

    def confidence(self, record: Statement | Condition | Event | TimeExpression, facts: Facts) -> float:
        self.facts.append((type(record), facts))
        return 0.75


def read(calibration: Noting | None):
    frames = Frames(frames=SEEN, sentences=sentences(TEXT))
    return extract(TEXT, frames, article="ar_1", reader="en/1", times=(), published=UNDATED, calibration=calibration)


def test_without_a_calibration_records_keep_what_the_reader_gave() -> None:
    found = read(None)
    assert [one.confidence for one in (*found.statements, *found.conditions, *found.events)] == [0.9, 0.6, 0.99, 0.99]


def test_a_calibration_has_the_last_word_on_every_kind_of_record() -> None:
    found, plain = read(Noting()), read(None)
    assert {one.confidence for one in (*found.statements, *found.conditions, *found.events)} == {0.75}
    assert [one.id for one in found.statements] == [one.id for one in plain.statements]


def test_it_is_told_what_tells_right_records_from_wrong_ones() -> None:
    noting = Noting()
    read(noting)
    first, second = (facts for kind, facts in noting.facts if kind is Statement)
    assert first["seen"] > second["seen"] > 0
    assert first["length"] > second["length"] > 0
    assert (first["no speaker"], second["no speaker"]) == (0.0, 1.0)
    assert {kind for kind, _ in noting.facts} == {Statement, Condition, Event}


def test_chances_near_certainty_count_as_the_same() -> None:
    noting = Noting()
    sure = [msgspec.structs.replace(SEEN[0], confidence=value) for value in (0.995, 1.0)]
    for frame in sure:
        frames = Frames(frames=[frame], sentences=sentences(TEXT))
        extract(TEXT, frames, article="ar_1", reader="en/1", times=(), published=UNDATED, calibration=noting)
    first, second = (facts["seen"] for kind, facts in noting.facts if kind is Statement)
    assert first == second


@pytest.mark.parametrize(
    "words, head, rule, both, year",
    [
        ("May 26, 2024", "May 26, 2024", "May 26, 2024", 1.0, 1.0),
        ("May 26", "on May 26", "May 26", 0.0, 0.0),
        ("last spring", "last spring", None, 0.0, 0.0),
    ],
)
def test_a_date_that_reader_and_rules_found_alike_says_so(words: str, head: str, rule: str | None, both: float, year: float) -> None:
    text = f"They met on {words} in Strelsau."
    start, end = at(text, words)
    one = TimeExpression(start=start, end=end, text=words, value=None, type="DATE", anchor_span=None)
    noting = Noting()
    (found,) = dated([one], [at(text, head)], [] if rule is None else [at(text, rule)], noting)
    assert found.confidence == 0.75
    assert noting.facts[0][1] == {"both": both, "year": year}
    assert dated([one], [], [], None) == (one,)
