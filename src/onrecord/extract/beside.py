"""Beside: the content that stands next to the words that attribute, by the form of the sentence alone.

They stay, Anna Kask said.      Anna Kask said they stay.      They stay, Anna Kask said, if asked.
~~~~~~~~~                                      ~~~~~~~~~       ~~~~~~~~~                  ~~~~~~~~
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract.borders import Borders, gap
from onrecord.extract.drafts import Draft
from onrecord.extract.words import TOKEN, lemma, words
from onrecord.records import Extent

_NEAR = 12
"""Speaker and cue stand no further apart than this, where they attribute together."""
_THAT = re.compile(r"\s*(?:[\w’']+\s+){0,5}that\b")
_PARTICIPLE = re.compile(r"\w+ing\b")
_COMMA = re.compile(r",\s+(?:and\s+|while\s+)?(?:[a-z]+ly\s+)?$")
_CLOSING = "”\"»’'"
_STOPS = ",.!?…"
_FEW = 3
_OCCASION = 8
"""When or where something was said takes no more words than this."""


def beside(borders: Borders, draft: Draft) -> list[Extent]:
    """The content of a verb of saying, before its sentence's last words or behind them; nothing where the form does not tell."""
    text, speaker = borders.text, draft.speaker
    if not draft.trigger or speaker is None:
        return []
    if is_participle(text, draft.trigger[0]) and speaker[1] <= draft.trigger[0][0]:
        end = draft.trigger[-1][1]
        return _long_enough(text, [borders.piece((end, borders.sentence(end - 1)[1]), draft.trigger[-1])])
    cue = (draft.trigger[0][0], draft.trigger[-1][1])
    start, end = min(cue[0], speaker[0]), max(cue[1], speaker[1])
    verb = lemma(" ".join(text[a:b] for a, b in draft.trigger))
    if gap(speaker, cue) > _NEAR or verb not in words("media", "saying"):
        return []
    first, last = borders.sentence(start)
    last = max(last, end)
    before, after = text[first:start].rstrip(), text[end:last]
    if before[-1:] == "," and _is_occasion(text[_behind_addressee(draft, end) : last]):
        end, after = last, ""
    rest = after.strip(" .!?\n\r\t")
    found: list[Extent | None] = []
    closed = before[-1:] in _CLOSING and before[-2:-1] in _STOPS and bool(before)
    if _leads(after, rest) and not (closed and _THAT.match(after) is None and rest[:1] not in "“\"‘'«„"):
        found = [borders.piece((_opening(borders, draft, end), last), cue)]
    elif before.rstrip(_CLOSING)[-1:] == "," or (before[-1:] in _CLOSING and before):
        place = first + len(before)
        found = [borders.piece((_beginning(borders, first, place), place), cue)]
        if after.startswith(", ") and not rest.startswith(("“", '"')) and before[-1] == "," and len(rest.split()) >= _FEW:
            found.append(borders.piece((end + 1, last), cue))
    return _long_enough(text, found)


def is_participle(text: str, cue: Extent) -> bool:
    """Whether the cue goes on with an earlier statement: "…, noting that …"."""
    return _PARTICIPLE.match(text, *cue) is not None and _COMMA.search(text, max(cue[0] - 24, 0), cue[0]) is not None


def _long_enough(text: str, found: Sequence[Extent | None]) -> list[Extent]:
    return [extent for extent in found if extent is not None and len(TOKEN.findall(text, *extent)) >= _FEW]


def _leads(after: str, rest: str) -> bool:
    """Whether what is said follows: behind "that", a colon, a quotation mark, or straight behind the words that attribute."""
    if not rest or len(rest.split()) < _FEW:
        return False
    if after.startswith(":") or _THAT.match(after) is not None or after.lstrip(" ,:")[:1] in ("“", '"', "„", "«"):
        return True
    return after[:1] == " " and not _is_occasion(rest)


def _is_occasion(rest: str) -> bool:
    """Whether all that follows only says when or where: "at a press conference on Friday"."""
    tokens = [hit.group().lower() for hit in TOKEN.finditer(rest)]
    first, *others = tokens or [""]
    if first not in words("grammar", "occasions") or len(others) > _OCCASION:
        return False
    return not any(
        token in words("verbs", "auxiliaries") or token in words("grammar", "modals") or token.endswith("ed") for token in others
    )


def _opening(borders: Borders, draft: Draft, end: int) -> int:
    """Where what is said begins behind the words that attribute: behind the addressee, at "that", at the quotation mark."""
    end = _behind_addressee(draft, end)
    hit = _THAT.match(borders.text, end)
    return end if hit is None else hit.end() - len("that")


def _behind_addressee(draft: Draft, end: int) -> int:
    """Where the words that attribute end with those to whom something is said."""
    for _, behind in draft.roles.get("addressee", ()):
        if end < behind <= end + 120:
            end = behind
    return end


def _beginning(borders: Borders, first: int, place: int) -> int:
    """Where what is said begins before the words that attribute: with the sentence, or with the quotation that ends there."""
    quotation = borders.quotations.of(place - 2) or borders.quotations.of(place - 1)
    if quotation is None or quotation.end < place - 1:
        return first
    return min(first, quotation.pieces[-1][0]) if quotation.pieces[-1][0] >= first or quotation.end >= place - 1 else first
