"""A reader that sees exactly what the markers saw: what the rules lose when nothing was misread.

It shows how far the figures could rise with a better model alone, and whether a miss is the model's or a rule's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from evals.gold import Line, Marked
from onrecord.records import Entity, Extent, Frame, Frames

_SHORT = "".join(
    rf"(?<!\b{word})" for word in ("[A-Z]", "Mr", "Ms", "Mrs", "Dr", "Gen", "Sen", "Rep", "Adm", "Lt", "Is", "No", "Nov", "Oct", "Sept")
)
_END = re.compile(_SHORT + r"[.!?][”\"’'»)]*(?=\s+[^a-zà-ÿ])|\n\s*\n")


class Oracle:
    """A reader that gives back the marks of the articles it was made with."""

    name = "oracle/1"
    digest = "oracle"
    threads = 1

    def __init__(self, articles: Sequence[Marked]) -> None:
        """Take the articles that will be asked for."""
        self._lines = {article.text: article.line for article in articles}

    def read(self, texts: Sequence[str]) -> list[Frames]:
        """The marks of each text; nothing for a text, such as a title, that is not among the articles."""
        return [self._frames(text) for text in texts]

    def _frames(self, text: str) -> Frames:
        line = self._lines.get(text)
        if line is None:
            return Frames()
        frames = [
            *map(_statement, line["statements"]),
            *map(_condition, line["conditions"]),
            *(_event(text, one) for one in line["events"]),
        ]
        return Frames(
            frames=sorted(frames, key=lambda frame: frame.trigger[:1]),
            entities=sorted(_persons(text, line), key=lambda entity: entity.start),
            times=[_extent(date) for date in line["dates"]],
            sentences=list(_sentences(text, line)),
        )


def _extent(piece: Line) -> Extent:
    return piece["start"], piece["end"]


def _extents(pieces: Sequence[Line]) -> tuple[Extent, ...]:
    return tuple(_extent(piece) for piece in pieces)


def _frame(kind: Any, trigger: Sequence[Extent], roles: dict[str, tuple[Extent, ...]], attributes: dict[str, str | None]) -> Frame:
    return Frame(
        kind=kind,
        trigger=tuple(trigger),
        roles={role: extents for role, extents in roles.items() if extents},
        attributes={name: value or "none" for name, value in attributes.items()},
        confidence=1.0,
    )


def _statement(one: Line) -> Frame:
    when = one["said"]["when"]
    roles = {
        "speaker": _extents([one["speaker"]] if one["speaker"] else []),
        "content": _extents(one["content"]),
        "addressee": _extents(one["addressee"]),
        "venue": _extents(one["venue"]),
        "where": _extents(one["said"]["where"]),
        "when": _extents(when["spans"] if when else []),
        "hedge": _extents(one["hedges"]),
        "via": _extents(one["via"]),
    }
    cue = [one["cue"], *one["cue"]["more"]] if one["cue"] else []
    hedge = one["hedges"][0]["kind"] if one["hedges"] else None
    return _frame("statement", _extents(cue), roles, {"act": one["act"], "continuity": one["continuity"], "hedge_kind": hedge})


def _condition(one: Line) -> Frame:
    roles = {"antecedent": _extents(one["antecedent"]), "consequent": _extents(one["consequent"])}
    attributes = {"kind": one["kind"], "realis": one["realis"], "op": one["parts"].get("op")}
    return _frame("condition", [_extent(one["marker"])], roles, attributes)


def _event(text: str, one: Line) -> Frame:
    roles = {side: _named(text, (one[side] or {}).get("text"), one["start"]) for side in ("actor", "recipient")}
    return _frame("event", [_extent(one)], roles, {"type": one["type"], "mode": one["mode"]})


def _named(text: str, words: str | None, near: int) -> tuple[Extent, ...]:
    """Where these words stand nearest to a place."""
    if not words:
        return ()
    found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return tuple(sorted(found, key=lambda extent: abs(extent[0] - near))[:1])


def _persons(text: str, line: Line) -> Iterator[Entity]:
    """The names of the persons who speak, wherever they stand: the marks name persons, and no other entity."""
    plain = "".join(unicodedata.normalize("NFKD", letter)[0] for letter in text).casefold()
    whole = len(plain) == len(text)
    slugs = {who[7:] for one in line["statements"] if one["speaker"] for who in one["speaker"]["actors"] if who.startswith("person:")}
    taken: set[int] = set()
    for slug in sorted(slugs) if whole else ():
        first, *rest = slug.split("-")
        last = r"[\s-]".join(rest[-1:] or [first])
        for match in re.finditer(rf"\b(?:{re.escape(first)}\b[\w\s.-]{{1,30}}?)?\b{last}\b", plain):
            if taken.isdisjoint(range(*match.span())) and text[match.start()].isupper():
                taken.update(range(*match.span()))
                yield Entity(start=match.start(), end=match.end(), label="PER", confidence=1.0)


def _sentences(text: str, line: Line) -> Iterator[Extent]:
    """Sentences by their stops; a stop inside a name or a time is an abbreviation's."""
    whole = [one["speaker"] for one in line["statements"] if one["speaker"]] + line["dates"]
    inside = {at for piece in whole for at in range(piece["start"], piece["end"])}
    ends = [match.end() for match in _END.finditer(text) if match.end() not in inside]
    start = 0
    for end in [*ends, len(text)]:
        piece = text[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = end
