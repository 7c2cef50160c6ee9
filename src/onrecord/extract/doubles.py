"""Doubles: drafts that say the same thing twice, of which the better stays.

They signaled their readiness to go.     signaled | their readiness to go
                                         their readiness | to go         the same, seen from within
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from onrecord.extract.borders import Borders, gap
from onrecord.extract.drafts import Draft
from onrecord.extract.repairs import pointed_anew
from onrecord.extract.words import lemma, words
from onrecord.records import Extent

MERGED = "rule/double-merged-1"
NESTED = "rule/told-of-another-1"
_BETWEEN = " ,”\"’'»"
_EDGE = 3
"""Contents whose ends lie no further apart than this are the same."""
_LEAD = 24
"""So many letters stand at most between where content begins and the noun that it turns on: "a strict policy"."""
_FAR = 0.004
"""What each letter between cue and content takes from a draft's claim to it."""
_SENTENCE = 0.15
"""What the end of a sentence between them takes."""
_PARAGRAPH = 0.3
"""What a new paragraph between them takes."""


def single(borders: Borders, found: Sequence[Draft], skipped: Counter[str]) -> list[Draft]:
    """The drafts, each piece of content once: with the draft that has the better claim, and no possessive noun beside its verb.

    A draft that loses all it has gets what stands beside its cue, where that is something else.
    """
    _nest(borders, found)
    for piece, losers in _contested(borders, found):
        for draft in losers:
            draft.content = [other for other in draft.content if other != piece]
    gone = {id(draft) for draft in found if not draft.content}
    for draft in found:
        if (
            id(draft) in gone
            and pointed_anew(borders, draft)
            and not any(_same_piece(draft, other) for other in found if id(other) not in gone)
        ):
            gone.discard(id(draft))
    ordered = sorted((draft for draft in found if id(draft) not in gone), key=lambda draft: draft.content[0])
    for draft in ordered:
        if (outer := _governing(borders, ordered, draft, gone)) is not None:
            if outer.attributes.get("act", "assert") == "assert" and "act" in draft.attributes:
                outer.attributes["act"] = draft.attributes["act"]
            outer.rules.append(MERGED)
            gone.add(id(draft))
    if gone:
        skipped["seen twice"] += len(gone)
    return [draft for draft in found if id(draft) not in gone]


def _nest(borders: Borders, found: Sequence[Draft]) -> None:
    """Put what somebody said into what another tells of it: "Anna said they would go, Boris reported", who reported that she said so."""
    pieces = sorted(((piece, at) for at, draft in enumerate(found) for piece in draft.content))
    for at, (piece, place) in enumerate(pieces):
        for other_piece, other_place in pieces[at + 1 : at + 12]:
            one, other = found[place], found[other_place]
            if other_piece[0] > piece[0] + _EDGE:
                break
            if one is other or abs(other_piece[1] - piece[1]) > _EDGE or not _is_told_twice(borders, one, other):
                continue
            (inner, said), (outer, told) = sorted(((one, piece), (other, other_piece)), key=lambda item: item[0].near)
            if told in outer.content and (start := _opens(borders, inner, outer, told)) is not None:
                outer.content[outer.content.index(told)] = (start, max(said[1], told[1]))
                outer.rules.append(NESTED)


def _opens(borders: Borders, inner: Draft, outer: Draft, piece: Extent) -> int | None:
    """Where the inner statement begins, if it begins its sentence's words and the outer speaker stands right behind what was said."""
    if inner.speaker is None or outer.speaker is None or not _tells(borders.text, outer) or borders.text[inner.near[0]] == ":":
        return None
    start, behind = min(inner.speaker[0], inner.trigger[0][0]), min(outer.speaker[0], outer.trigger[0][0])
    if not borders.sentence(piece[0])[0] <= start < inner.trigger[-1][1] <= piece[0] or behind < piece[1]:
        return None
    return start if not borders.text[piece[1] : behind].strip(_BETWEEN) else None


def _tells(text: str, draft: Draft) -> bool:
    """Whether somebody with a name tells what another said: no "she" who says it herself."""
    speaker = draft.speaker
    verb = lemma(" ".join(text[start:end] for start, end in draft.trigger))
    if speaker is None or text[speaker[0] : speaker[1]].lower() in words("grammar", "pronouns"):
        return False
    return verb == "according to" or verb in words("media", "saying")


def _contested(borders: Borders, found: Sequence[Draft]) -> list[tuple[Extent, list[Draft]]]:
    """Each piece that is the content of several drafts, with those of them that lose it."""
    pieces = sorted(((piece, at) for at, draft in enumerate(found) for piece in draft.content))
    out: list[tuple[Extent, list[Draft]]] = []
    for at, (piece, place) in enumerate(pieces):
        draft = found[place]
        for other_piece, other_place in pieces[at + 1 : at + 12]:
            if other_piece[0] > piece[0] + _EDGE:
                break
            other = found[other_place]
            if other is draft or abs(other_piece[1] - piece[1]) > _EDGE or _is_told_twice(borders, draft, other):
                continue
            if _claim(borders.text, draft, piece) >= _claim(borders.text, other, other_piece):
                out.append((other_piece, [other]))
            else:
                out.append((piece, [draft]))
    return out


def _same_piece(one: Draft, other: Draft) -> bool:
    """Whether two drafts have a piece of content in common, from end to end."""
    return any(abs(a - c) <= _EDGE and abs(b - d) <= _EDGE for a, b in one.content for c, d in other.content)


def _is_told_twice(borders: Borders, one: Draft, other: Draft) -> bool:
    """Whether two speakers stand on either side of the content: "A said they would go, B reported"."""
    if not one.trigger or not other.trigger or one.speaker == other.speaker:
        return False
    place = one.content[-1][0]
    if borders.sentence(one.near[0]) != borders.sentence(other.near[0]):
        return False
    return (one.near[0] < place) != (other.near[0] < place)


def _claim(text: str, draft: Draft, piece: Extent) -> float:
    """How good the draft's claim to a piece is: its confidence, less for each letter that lies between, and for a new paragraph."""
    if not draft.trigger:
        return draft.confidence - 0.5
    cue = min(draft.trigger, key=lambda extent: gap(extent, piece))
    between = text[cue[1] : piece[0]] if cue[1] <= piece[0] else text[piece[1] : cue[0]]
    return draft.confidence - _FAR * min(len(between), 120) - (_PARAGRAPH if "\n\n" in between else _SENTENCE if ". " in between else 0.0)


def _governing(borders: Borders, ordered: Sequence[Draft], inner: Draft, gone: set[int]) -> Draft | None:
    """The draft that only voices the inner one: its content is a possessive or little, the inner draft's noun, and that one's content."""
    speaker = inner.speaker
    if speaker is None or not inner.trigger:
        return None
    text = borders.text
    possessive = text[speaker[0] : speaker[1]].lower() in words("grammar", "possessives")
    noun = inner.trigger[0][0]
    first = bisect_left(ordered, noun - _LEAD, key=lambda draft: draft.content[0][0])
    for draft in ordered[first : first + 12]:
        if draft is inner or id(draft) in gone or not draft.trigger or draft.speaker is None:
            continue
        start, end = draft.content[0][0], draft.content[-1][1]
        opens = abs(speaker[0] - start) <= _EDGE if possessive else speaker == draft.speaker and start <= noun
        if opens and abs(inner.content[-1][1] - end) <= _EDGE and draft.near[1] <= start + 1:
            cue = " ".join(text[first:last] for first, last in draft.trigger)
            return draft if lemma(cue) in words("verbs", "voicing") else None
    return None
