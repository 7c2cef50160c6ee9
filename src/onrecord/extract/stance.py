"""How sure a statement is, whether it keeps to an earlier position, and when it was made: words of its own clause, outside its content."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import cast, get_args

from onrecord.extract.acts import is_negated
from onrecord.extract.borders import Borders, covered, shared, touch
from onrecord.extract.drafts import Draft
from onrecord.extract.words import given_names, lemma, phrases, table, words
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
    named = draft.speaker is not None and _is_named(text[slice(*draft.speaker)])
    found = [hedge for hedge in found if not (named and hedge[1] == "unnamed" and _only_says_who(text, draft, hedge[0]))]
    found = [hedge for hedge in found if not _is_none(borders, draft, *hedge)]
    known = table("hedges", "words")
    for hit in phrases(tuple(known)).finditer(text, *clause):
        kind = cast(HedgeKind, known[" ".join(hit.group().lower().split())])
        if not covered(hit.span(), draft.content) and _is_new(hit.span(), kind, found):
            found.append((hit.span(), kind))
    marks = table("hedges", "cues")
    for extent in draft.trigger:
        if (mark := phrases(tuple(marks)).search(text, *extent)) is not None and not _is_denied(text, extent, mark.start()):
            # Here the whole cue is the hedge: "is considering".
            kind = cast(HedgeKind, marks[" ".join(mark.group().lower().split())])
            if _is_new(extent, kind, found):
                found.append((extent, kind))
    if not named and not any(kind == "unnamed" for _, kind in found) and (unnamed := _unnamed(text, draft)) is not None:
        found.append((unnamed, "unnamed"))
    return sorted(found)


def _is_none(borders: Borders, draft: Draft, extent: Extent, kind: HedgeKind) -> bool:
    """Whether a hedge that the reader saw is none: the month, cue and content at once, a plain verb that would be hearsay."""
    text = borders.text
    piece = text[slice(*extent)]
    if piece == "May" and extent[0] != borders.sentence(extent[0])[0]:
        return True
    in_cue = bool(shared([extent], draft.trigger))
    if in_cue and any(touch(extent, content) and not covered(extent, [content]) for content in draft.content):
        return True
    return in_cue and kind == "reported" and _HEARSAY.search(piece) is None


_HEARSAY = re.compile(
    r"\b(?:is|are|was|were|be|been|being|am|told|said|hear|heard|claims?|reports?|rumou?rs?|rumou?red|word)\b|ly\b", re.IGNORECASE
)


def _is_denied(text: str, cue: Extent, mark: int) -> bool:
    """Whether the cue takes the mark back: "did not deny", "neither confirmed nor denied"."""
    return phrases(words("hedges", "taken_back")).search(text[cue[0] : mark]) is not None


def _unnamed(text: str, draft: Draft) -> Extent | None:
    """The speaker who is one of many and has no name: "a Western diplomat", "two people in the room"."""
    speaker = draft.speaker
    if speaker is None or (hit := _one_of_many().match(text, *speaker)) is None:
        return None
    return speaker[0], hit.end()


def _is_named(speaker: str) -> bool:
    """Whether the phrase holds somebody's name: a given name, and another in capitals behind it."""
    return any(hit.group(1) in given_names() for hit in _TWO.finditer(speaker))


def _only_says_who(text: str, draft: Draft, hedge: Extent) -> bool:
    """Whether the hedge is the speaker's own phrase, in which nothing says that a name was kept back."""
    touches = draft.speaker is not None and touch(hedge, draft.speaker)
    return touches and phrases(words("hedges", "anonymous")).search(text[slice(*hedge)]) is None


_TWO = re.compile(r"\b([^\W\d_a-z][\w’'-]+)(?=\s+[^\W\d_a-z])")


@cache
def _one_of_many() -> re.Pattern[str]:
    """An indefinite number, then a noun for people whom news leaves without a name."""
    nouns = "|".join(sorted(words("hedges", "sources"), key=lambda noun: (-len(noun), noun)))
    number = "an?|one|two|three|four"
    return re.compile(
        rf"(?:(?:{number})\s+(?:(?!(?:of|who|for|in|from|with|to|and)\s)[\w’'.-]+\s+){{0,4}}?(?:{nouns})|sources)"
        r"(?=$|\s*[,(—–]|\s+(?:who|whom|in|from|with|of|at|on|to|close|familiar|briefed|speaking|quoted|cited|there|here|present|involved)\b)",
        re.IGNORECASE,
    )


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
    """Whether the position is kept or changed: where the cue's own words say so, else as the reader says."""
    told = _told(" ".join(borders.text[start:end] for start, end in draft.trigger))
    said = draft.attributes.get("continuity")
    return told or (cast(Continuity, said) if said in get_args(Continuity) else None)


def _told(cue: str) -> Continuity | None:
    """What the words of a cue say of continuity; one that is negated ("did not repeat") says nothing here."""
    if is_negated(cue):
        return None
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
