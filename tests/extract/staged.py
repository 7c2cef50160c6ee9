"""Frames as a reader would see them, from strings, so that a table of sentences needs no offsets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from onrecord.extract import Extracted, extract
from onrecord.records import Entity, Extent, Frame, Frames, Published, TimeExpression

Words = str | Sequence[str]

UNDATED = Published(first=None, to=None, granularity="unknown", at=None, basis="unknown", spans=())
_END = re.compile(r"(?<=[.!?])[”’\"')]*\s+(?=[A-Z“‘\"'„«–])|\n+")


def at(text: str, piece: str) -> Extent:
    """Where the piece stands; ``2:piece`` is its second place."""
    place, _, words = piece.partition(":") if re.match(r"\d:", piece) else ("1", "", piece)
    start = -1
    for _ in range(int(place)):
        start = text.find(words, start + 1)
    assert start >= 0, f"{words!r} is not in {text!r}"
    return start, start + len(words)


def frame(
    text: str, kind: str, trigger: Words, attributes: Mapping[str, str] | None = None, confidence: float = 0.99, **roles: Words
) -> Frame:
    """A frame of that kind whose trigger and roles are these words of the text."""
    return Frame(
        kind=kind,  # type: ignore[arg-type]
        trigger=_extents(text, trigger),
        roles={role: _extents(text, words) for role, words in roles.items()},
        attributes=dict(attributes or {}),
        confidence=confidence,
    )


def statement(
    text: str, cue: Words, content: Words, attributes: Mapping[str, str] | None = None, confidence: float = 0.99, **roles: Words
) -> Frame:
    """A statement frame."""
    return frame(text, "statement", cue, {"act": "assert", **(attributes or {})}, confidence, content=content, **roles)


def condition(text: str, marker: str, antecedent: Words, consequent: Words = (), attributes: Mapping[str, str] | None = None) -> Frame:
    """A condition frame."""
    return frame(
        text, "condition", marker, {"kind": "if", "realis": "open", **(attributes or {})}, antecedent=antecedent, consequent=consequent
    )


def event(text: str, trigger: str, attributes: Mapping[str, str] | None = None, **roles: Words) -> Frame:
    """An event frame."""
    return frame(text, "event", trigger, {"type": "ASSAULT", "mode": "actual", **(attributes or {})}, **roles)


def sentences(text: str) -> list[Extent]:
    """The sentences of a plain text, as far as a test needs them."""
    out, start = [], 0
    for hit in _END.finditer(text):
        if text[start : hit.start()].strip():
            out.append((start, hit.start() + len(hit.group().rstrip())))
        start = hit.end()
    return [*out, (start, len(text))] if text[start:].strip() else out


def staged(
    text: str,
    *frames: Frame,
    entities: Sequence[Entity] = (),
    times: Sequence[TimeExpression] = (),
    place: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
) -> Extracted:
    """What is extracted from the text with these frames, published on that day."""
    day = UNDATED if published is None else Published(first=published, to=published, granularity="day", at=None, basis="given", spans=())
    seen = Frames(frames=frames, entities=entities, sentences=sentences(text))
    return extract(
        text,
        seen,
        article="ar_1",
        reader="en/1",
        times=times,
        published=day,
        place=place,
        publisher=publisher,  # type: ignore[arg-type]
    )


def _extents(text: str, words: Words) -> tuple[Extent, ...]:
    return tuple(at(text, piece) for piece in ([words] if isinstance(words, str) else words))
