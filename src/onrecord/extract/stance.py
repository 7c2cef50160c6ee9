"""How sure a statement is, whether it keeps to an earlier position, and when it was made: words of its own clause, outside its content."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import cast, get_args

from onrecord.extract.borders import Borders, covered, shared, touch
from onrecord.extract.drafts import Draft
from onrecord.extract.words import lemma, phrases, table, words
from onrecord.records import Continuity, Extent, HedgeKind, TimeExpression

_REACH = 90
"""Words of the clause that attributes stand no further from the cue than this."""


class Clauses:
    """For each draft the stretch of its sentence that attributes: around its cue, up to the next cue on either side."""

    __slots__ = ("_borders", "_ends", "_starts")

    def __init__(self, borders: Borders, found: Sequence[Draft]) -> None:
        """Index the cues of all drafts."""
        self._borders = borders
        triggers = sorted(extent for draft in found for extent in draft.trigger)
        self._starts = [start for start, _ in triggers]
        self._ends = sorted(end for _, end in triggers)

    def of(self, draft: Draft) -> Extent:
        """Where the draft's clause begins and ends."""
        start, end = draft.near
        sentence = self._borders.sentence(start)
        stop = draft.trigger[-1][1] if draft.trigger else end
        low, high = max(sentence[0], start - _REACH), min(max(sentence[1], stop), stop + _REACH)
        if (speaker := draft.speaker) is not None and sentence[0] <= speaker[0] < low:
            low = speaker[0]
        before = bisect_right(self._ends, start) - 1
        after = bisect_left(self._starts, stop)
        if before >= 0:
            low = max(low, self._ends[before])
        if after < len(self._starts):
            high = min(high, self._starts[after])
        return (low, high) if low < high else draft.near


def hedges(borders: Borders, draft: Draft, clause: Extent) -> list[tuple[Extent, HedgeKind]]:
    """The hedges of a draft: those that the reader saw, with their kinds, and those that the lexicon knows in its clause and cue."""
    text = borders.text
    found = [(extent, _kind(draft, text[extent[0] : extent[1]], extent)) for extent in draft.roles.get("hedge", ())]
    known = table("hedges", "words")
    for hit in phrases(tuple(known)).finditer(text, *clause):
        kind = cast(HedgeKind, known[" ".join(hit.group().lower().split())])
        if not covered(hit.span(), draft.content) and _is_new(hit.span(), kind, found):
            found.append((hit.span(), kind))
    marks = table("hedges", "cues")
    for extent in draft.trigger:
        if (mark := phrases(tuple(marks)).search(text, *extent)) is not None:
            # Here the whole cue is the hedge: "is considering".
            kind = cast(HedgeKind, marks[" ".join(mark.group().lower().split())])
            if _is_new(extent, kind, found):
                found.append((extent, kind))
    return sorted(found)


def _is_new(extent: Extent, kind: HedgeKind, found: Sequence[tuple[Extent, HedgeKind]]) -> bool:
    """Whether no hedge of that kind stands there already, and none of any kind at just that place."""
    return not any(extent == other or (kind == same and touch(extent, other)) for other, same in found)


def _kind(draft: Draft, piece: str, extent: Extent) -> HedgeKind:
    """The kind of a hedge that the reader pointed at: from its words, else from the reader, else from where it stands."""
    plain = " ".join(piece.lower().split())
    for lexicon in ("words", "cues"):
        if plain in table("hedges", lexicon):
            return cast(HedgeKind, table("hedges", lexicon)[plain])
    said = draft.attributes.get("hedge_kind")
    if said in get_args(HedgeKind):
        return cast(HedgeKind, said)
    if phrases(words("hedges", "anonymous")).search(piece) or (draft.speaker is not None and touch(extent, draft.speaker)):
        return "unnamed"
    return "possible" if phrases(words("hedges", "possible")).search(piece) else "reported"


def continuity(borders: Borders, draft: Draft) -> Continuity | None:
    """Whether the position is kept or changed: as the reader says, else where the cue's own words say so."""
    said = draft.attributes.get("continuity")
    if said in get_args(Continuity):
        return cast(Continuity, said)
    if not draft.trigger:
        return None
    cue = " ".join(borders.text[start:end] for start, end in draft.trigger)
    found = table("continuity", "lemmas").get(lemma(cue))
    if found is None and (hit := phrases(tuple(table("continuity", "phrases"))).search(cue)) is not None:
        found = table("continuity", "phrases")[" ".join(hit.group().lower().split())]
    return cast("Continuity | None", found)


def occasion(borders: Borders, draft: Draft, clause: Extent, times: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The time expressions that say when it was said: the reader's own, else a day or hour beside the cue, outside the content."""
    pointed = [*draft.roles.get("when", ()), *draft.roles.get("venue", ())]
    first = bisect_left(times, min([clause[0], *(start for start, _ in pointed)]), key=lambda expression: expression.start)
    last = max([clause[1], *(end for _, end in pointed)])
    seen, beside = [], []
    for expression in times[first:]:
        if expression.start >= last:
            break
        extent = expression.extent
        if shared([extent], draft.roles.get("when", ())) or (covered(extent, draft.roles.get("venue", ())) and _is_day(expression)):
            seen.append(expression)
        elif covered(extent, [clause]) and _tells(borders, draft, clause, expression):
            beside.append(expression)
    return seen or beside[:1]


def _is_day(expression: TimeExpression) -> bool:
    return expression.type in ("DATE", "TIME") and bool(expression.value) and not (expression.value or "").endswith("_REF")


def _tells(borders: Borders, draft: Draft, clause: Extent, expression: TimeExpression) -> bool:
    """Whether a time in the clause is the time of saying: right behind the cue ("told reporters on Monday"), or at the sentence's start."""
    text, extent = borders.text, expression.extent
    if not _is_day(expression) or not draft.trigger or lemma(text[draft.near[0] : draft.near[1]]) not in words("media", "saying"):
        return False
    if any(touch(extent, other) for other in (*draft.content, *draft.roles.get("speaker", ()), *draft.roles.get("addressee", ()))):
        return False
    if extent[0] >= draft.trigger[-1][1]:
        return _BESIDE.fullmatch(text[draft.trigger[-1][1] : extent[0]]) is not None
    before = text[borders.sentence(draft.near[0])[0] : extent[0]].strip(" \t\r\n“\"‘'")
    opens = _OPENING.fullmatch(before) is not None
    return opens and draft.speaker is not None and text[extent[1] : draft.speaker[0]].strip() in (",", "", ", the", "the")


_BESIDE = re.compile(r"\s*(?:\w+\s+){0,3}?(?:(?:in|at|from)\s+[A-Z]\w+\s+)?(?:on|late|early|in|at|earlier)?\s*(?:on\s+)?")
_OPENING = re.compile(r"(?:(?:on|in|late|early|at|earlier|late on|early on)\s*)?", re.IGNORECASE)
