"""Ids and anchors: what names a record, computed from the record alone.

An id names one reading of a record: article, kind, reader and the spans that the reader saw. An anchor names the place in the text that
made it a record at all, the same under any reader, so that a person's judgement outlives a new reading. Neither depends on confidence,
on labels or on anything that is resolved later (actors, days).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.records import Condition, Event, Span, Statement, tagged

_TAGS = {Statement: "st", Condition: "cn", Event: "ev"}
_KINDS = {Statement: "statement", Condition: "condition", Event: "event"}


def record_id(record: Statement | Condition | Event, article: str, reader: str) -> str:
    """The record's id: its tag and a digest of article, kind, reader and spans."""
    kind = type(record)
    return tagged(_TAGS[kind], article, _KINDS[kind], reader, *_places(_spans(record)))


def anchor(record: Statement | Condition | Event, article: str) -> str:
    """The record's anchor: a digest of article, kind and trigger (content where there is none), whoever read it."""
    return tagged("an", article, _KINDS[type(record)], *_places([("trigger", piece) for piece in trigger(record)]))


def trigger(record: Statement | Condition | Event) -> tuple[Span, ...]:
    """The words that make it a record: cue, marker or event trigger; a statement's content where it has no cue."""
    if isinstance(record, Event):
        return (record,)
    if isinstance(record, Condition):
        return (record.marker,)
    return (record.cue, *record.cue.more) if record.cue is not None else record.content


def _spans(record: Statement | Condition | Event) -> Iterator[tuple[str, Span]]:
    """Each span that says who, what and how, with its role; times are left out, because their reading rests on the day of publication."""
    yield from (("trigger", piece) for piece in trigger(record))
    if isinstance(record, Statement):
        yield from _role("speaker", record.speaker)
        yield from (("content", piece) for piece in record.content)
        yield from (("addressee", piece) for piece in record.addressee)
        yield from (("venue", piece) for piece in record.venue)
        yield from (("via", piece) for piece in record.via)
    elif isinstance(record, Condition):
        yield from (("antecedent", piece) for piece in record.antecedent)
        yield from (("consequent", piece) for piece in record.consequent)
    else:
        yield from _role("actor", record.actor)
        yield from _role("recipient", record.recipient)


def _role(role: str, piece: Span | None) -> Iterator[tuple[str, Span]]:
    if piece is not None:
        yield role, piece


def _places(spans: Iterable[tuple[str, Span]]) -> Iterator[str]:
    """One line a span: role and place. The words themselves follow from article and place."""
    for role, piece in spans:
        yield f"{role} {piece.place or 'text'} {piece.start}:{piece.end}"
