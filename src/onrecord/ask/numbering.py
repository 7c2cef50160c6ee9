"""Numbers for a page's citations in the order in which they are read; those that no face shows as a mark come last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from onrecord.ask.sheet import Addition, Coverage, Folded, Piece, Sentence, Words
from onrecord.records import Record

R = TypeVar("R", bound=Record)


def marks(page: Coverage, said: int | None = None) -> Iterator[int]:
    """The numbers that stand on the page as marks, in the order of reading, some of them more than once.

    Args:
        said: sayings of one actor that are shown; all of them, where no number is given.
    """
    if page.headline is not None:
        yield page.headline.cite
    for sentence in page.brief:
        yield from (piece.cite for piece in sentence.pieces if piece.kind == "mark" and piece.cite is not None)
    yield from (words.cite for words in _words(page, said))


def _words(page: Coverage, most: int | None) -> Iterator[Words]:
    for voice in page.voices:
        for said in voice.utterances[:most]:
            yield from said.words
            for other in said.differs:
                yield from filter(None, (other.before, other.after))
    for accord in page.accords:
        yield from (*accord.words, *accord.others)
    for position in page.background:
        yield from position.words
    for entry in page.entries:
        yield from (*entry.spans, *_added(entry.adds), *(words for copy in entry.copies for words in _copied(copy)))
    for wanted in page.wanted:
        yield from wanted.words


def _copied(copy: Folded) -> Iterator[Words]:
    for edit in copy.edits:
        yield from filter(None, (edit.before, edit.after))
    yield from _added(copy.adds)


def _added(adds: tuple[Addition, ...]) -> Iterator[Words]:
    return (words for each in adds for words in each.words)


def in_reading_order(page: Coverage) -> Coverage:
    """The same page with its citations numbered anew."""
    order = [*dict.fromkeys(marks(page)), *range(1, len(page.citations) + 1)]
    numbers = {old: new for new, old in enumerate(dict.fromkeys(order), 1)}
    citations = tuple(page.citations[old - 1] for old in numbers)
    return msgspec.structs.replace(_renumbered(page, numbers), citations=citations)


def _renumbered(record: R, numbers: Mapping[int, int]) -> R:
    changes: dict[str, Any] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if name == "cite" and isinstance(record, Words | Piece) and value is not None:
            changes[name] = numbers[value]
        elif name == "cites" and isinstance(record, Sentence):
            changes[name] = tuple(sorted(numbers[each] for each in value))
        elif isinstance(value, Record):
            changes[name] = _renumbered(value, numbers)
        elif isinstance(value, tuple) and any(isinstance(each, Record) for each in value):
            changes[name] = tuple(_renumbered(each, numbers) for each in value)
    return msgspec.structs.replace(record, **changes) if changes else record
