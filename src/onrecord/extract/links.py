"""Links: which statement stands in which, and in whose words a condition or an event stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.extract.borders import Borders, length
from onrecord.extract.drafts import Draft
from onrecord.extract.words import phrases, table
from onrecord.records import Extent, Relation, RelationKind, span

_TOO_MANY = 64
"""More contents than this never overlap in prose; beyond it the oldest are let go, so that hostile input costs no more than prose."""


class Voices:
    """The contents of all drafts of a text, to ask who is speaking at a place."""

    __slots__ = ("_pieces", "found")

    def __init__(self, found: Sequence[Draft]) -> None:
        """Index the pieces of content by where they start."""
        self.found = found
        self._pieces = sorted((start, end, at) for at, draft in enumerate(found) for start, end in draft.content)

    def holding(self, extents: Sequence[tuple[int, Sequence[Extent]]]) -> dict[int, list[int]]:
        """For each key the drafts whose content holds the first of its extents, by one sweep over the text."""
        wanted = sorted((pieces[0], key) for key, pieces in extents if pieces)
        out: dict[int, list[int]] = {}
        active: list[tuple[int, int, int]] = []
        at = 0
        for (start, end), key in wanted:
            while at < len(self._pieces) and self._pieces[at][0] <= start:
                active.append(self._pieces[at])
                at += 1
            active = [piece for piece in active if piece[1] > start][-_TOO_MANY:]
            out[key] = sorted(
                {piece[2] for piece in active if end <= piece[1]}, key=lambda place: (length(self.found[place].content), place)
            )
        return out

    def holds(self, at: int, pieces: Iterable[Extent]) -> bool:
        """Whether the content of the draft at this place holds each of the pieces."""
        return _holds(self.found[at], pieces)


def parents(voices: Voices) -> list[int | None]:
    """For each draft the smallest other whose content holds its cue and content, and is larger: so no draft stands in itself."""
    found = voices.found
    spans = [(at, [*draft.trigger, *draft.content]) for at, draft in enumerate(found)]
    holding = voices.holding(spans)
    out: list[int | None] = []
    for at, pieces in spans:
        size = length(found[at].content)
        out.append(
            next(
                (
                    other
                    for other in holding.get(at, ())
                    if other != at and length(found[other].content) > size and _holds(found[other], pieces)
                ),
                None,
            )
        )
    return out


def speaking(voices: Voices, extents: Sequence[tuple[Sequence[Extent], Sequence[Extent]]]) -> list[int | None]:
    """For each pair of extents (what must, what should lie inside) the draft in whose words they stand: the smallest that holds all."""
    holding = voices.holding([(at, must) for at, (must, _) in enumerate(extents)])
    out: list[int | None] = []
    for at, (must, should) in enumerate(extents):
        inside = [other for other in holding.get(at, ()) if _holds(voices.found[other], must)]
        out.append(next((other for other in inside if _holds(voices.found[other], should)), inside[0] if inside else None))
    return out


def relations(
    borders: Borders, found: Sequence[Draft], ids: Sequence[str], within: Sequence[int | None]
) -> dict[int, tuple[Relation, ...]]:
    """Echo, contrast and sameness: for the first statement of a sentence that says so, the last main statement before that sentence."""
    text, known = borders.text, table("relations", "words")
    out: dict[int, tuple[Relation, ...]] = {}
    starts = [(min((draft.speaker or draft.near)[0], draft.near[0]), at) for at, draft in enumerate(found) if within[at] is None]
    starts.sort()
    for hit in phrases(tuple(known)).finditer(text):
        sentence = borders.sentence(hit.start())
        here = [at for start, at in starts if sentence[0] <= start < sentence[1]]
        before = [at for start, at in starts if start < sentence[0]]
        if not here or not before or _in_quotation(borders, hit.span()):
            continue
        at = next((at for at in here if not any(start <= hit.start() < end for start, end in found[at].content)), None)
        if at is None or at in out or ids[before[-1]] == ids[at]:
            continue
        kind: RelationKind = (
            "echo" if known[_plain(hit.group())] == "echo" else "contrast" if known[_plain(hit.group())] == "contrast" else "same"
        )
        out[at] = (Relation(kind=kind, to=ids[before[-1]], spans=(span(text, hit.span()),)),)
    return out


def _plain(phrase: str) -> str:
    return " ".join(phrase.lower().split())


def _in_quotation(borders: Borders, extent: Extent) -> bool:
    return borders.quotations.hold(extent[0])


def _holds(draft: Draft, pieces: Iterable[Extent]) -> bool:
    """Whether each piece lies in a piece of the draft's content."""
    return all(any(start <= piece[0] and piece[1] <= end for start, end in draft.content) for piece in pieces)
