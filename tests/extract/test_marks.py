"""The rules leave alone what people marked: a reader that sees the corpus's marks exactly gets them back."""

import pytest
from evals.gold import Marked, held_back, marked
from evals.oracle import Oracle

from onrecord.extract import Extracted, extract
from onrecord.records import Extent

from .staged import UNDATED

ARTICLES = marked(held_back())
READER = Oracle(ARTICLES)


def read(article: Marked) -> Extracted:
    (frames,) = READER.read([article.text])
    return extract(article.text, frames, article="ar_1", reader="oracle/1", times=(), published=UNDATED)


@pytest.fixture(scope="module")
def readings() -> list[tuple[Marked, Extracted]]:
    return [(article, read(article)) for article in ARTICLES]


def bare(text: str, start: int, end: int) -> Extent:
    """The extent without marks and stops at its edges, on which conventions differ."""
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return start, end


def kept(readings: list[tuple[Marked, Extracted]], records: str, role: str) -> float:
    """The share of marked spans of a role that came back."""
    same = total = 0
    for article, found in readings:
        there = {bare(article.text, *piece.extent) for record in getattr(found, records) for piece in _pieces(getattr(record, role))}
        marks = [piece for record in article.line[records] for piece in _pieces(record[role])]
        total += len(marks)
        same += sum(bare(article.text, piece["start"], piece["end"]) in there for piece in marks)
    return same / total


def _pieces(value: object) -> list:  # type: ignore[type-arg]
    return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]


@pytest.mark.parametrize(
    "records, role, floor",
    [
        ("statements", "speaker", 0.99),
        ("statements", "cue", 0.985),
        ("statements", "content", 0.985),
        ("conditions", "marker", 0.99),
        ("conditions", "antecedent", 0.985),
        ("conditions", "consequent", 0.985),
    ],
)
def test_the_rules_change_next_to_nothing_of_what_was_marked(
    readings: list[tuple[Marked, Extracted]], records: str, role: str, floor: float
) -> None:
    assert kept(readings, records, role) >= floor
