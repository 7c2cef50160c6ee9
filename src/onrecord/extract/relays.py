"""Relays: the medium through which the article has a statement.

According to a report by Der Spiegel, these representatives warned that …
             ~~~~~~~~~~~~~~~~~~~~~~~  ~~~~~~~~~~~~~~~~~~~~~ ~~~~~~
             via                      speaker               cue
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from onrecord.extract.borders import Borders, length, shared
from onrecord.extract.drafts import Draft
from onrecord.extract.words import lemma, phrases, words
from onrecord.lexicons import load
from onrecord.records import Entity, Extent

MERGED = "rule/relay-merged-1"
FOUND = "rule/relay-1"

_ACCORDING = re.compile(r"\b(?:according to|as reported by|as quoted by|quoted by|cited by)\s+", re.IGNORECASE)
_WORD = r"(?:(?:al|el|as|an|ash|ar)-)?(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'&.\-]*|\d+)"
_LINK = r"(?:(?:of|de|di|du|da|do|dos|das|del|della|des|der|al|el|la|le|for|and|the)\s+){0,2}"
_NAME = re.compile(rf"{_WORD}(?:\s+{_LINK}{_WORD})*")


def relay(borders: Borders, found: Sequence[Draft]) -> list[Draft]:
    """The drafts with their media: "according to" a medium what somebody said is one statement by somebody, through the medium."""
    gone: set[int] = set()
    for outer, inner in _nested(borders, found):
        if id(outer) in gone:
            continue
        if _passes_on(borders, outer, inner):
            # Nearest the reader first: what the article has it from, then what that has it from.
            inner.roles["via"] = [*outer.roles.get("via", []), *outer.roles.get("speaker", []), *inner.roles.get("via", [])]
            inner.rules.append(MERGED)
            gone.add(id(outer))
        elif _quotes(borders, outer) and outer.near[0] < inner.near[0] and not inner.roles.get("via") and outer.speaker is not None:
            inner.roles["via"] = [outer.speaker]
            inner.rules.append(FOUND)
    kept = [draft for draft in found if id(draft) not in gone]
    for draft in kept:
        if not draft.roles.get("via") and (medium := _before(borders, draft)) is not None:
            draft.roles["via"] = [medium]
            draft.rules.append(FOUND)
        draft.roles["via"] = _once(draft.roles.get("via", []))
    return kept


def _once(media: Sequence[Extent]) -> list[Extent]:
    """The media without one that lies in another's phrase: "Die Lage" in "a report by Die Lage" is one link of the chain."""
    return [
        one
        for at, one in enumerate(media)
        if not any(other[0] <= one[0] and one[1] <= other[1] and (other != one or n < at) for n, other in enumerate(media) if n != at)
    ]


def outlet(text: str, extent: Extent, entities: Iterable[Entity]) -> str | None:
    """The name of the medium within a phrase: "Der Spiegel" in "a report by Der Spiegel"; None where it has no name or is a person."""
    start, end = extent
    inside = [entity for entity in entities if start <= entity.start and entity.end <= end]
    names = [hit.group().rstrip(".'’") for hit in _NAME.finditer(text, start, end)]
    names = [re.sub(r"^(?:The|A|An|According|Our|Its|Their)\s+", "", name) for name in names]
    names = [re.sub(r"^[\w.]+[’']s\s+|[’']s$", "", name) for name in names if name not in ("The", "A", "An", "According", "Our", "Its")]
    media = [name for name in names if _medium_name(name)]
    if media:
        return max(media, key=len)
    if any(entity.label == "PER" for entity in inside):
        return None
    organisations = [text[entity.start : entity.end] for entity in inside if entity.label == "ORG"]
    if organisations:
        # An entity may be cut short where the name goes on: "Lage" in "Die Lage".
        return next((name for name in names if re.search(rf"\b{re.escape(organisations[-1])}$", name)), organisations[-1])
    places = {text[entity.start : entity.end] for entity in inside if entity.label == "LOC"}
    common = words("media", "nouns") | words("outlets", "nouns") | {"news"}
    rest = [name for name in names if name not in places and name.lower() not in common]
    if rest and (is_medium(text[start:end]) or rest[-1] == re.sub(r"^(?:The|the)\s+", "", text[start:end])):
        return rest[-1]
    return None


def is_medium(phrase: str) -> bool:
    """Whether a noun phrase stands for a medium: a noun such as "daily" or "report", or a known name, and no institution's own paper."""
    if phrases(words("media", "not_media")).search(phrase) or re.search(
        r"\b(?:this|our)\s+(?:news)?(?:paper|publication|outlet|website|site)", phrase, re.IGNORECASE
    ):
        return False
    return phrases(words("media", "nouns") | words("outlets", "nouns")).search(phrase) is not None or any(
        _medium_name(hit.group()) for hit in _NAME.finditer(phrase)
    )


def _medium_name(name: str) -> bool:
    """Whether a name is a medium's: it is known, or holds a word that marks one."""
    bare = re.sub(r"^(?:The|the)\s+", "", name).rstrip(".'’")
    bare = re.sub(r"[’']s$", "", bare)
    return name in _known() or bare in _known() or (" " in bare and bool(_marks() & set(bare.split())))


@cache
def _known() -> frozenset[str]:
    return frozenset(load("outlets")["known"])


@cache
def _marks() -> frozenset[str]:
    return frozenset(load("outlets")["marks"])


def _nested(borders: Borders, found: Sequence[Draft]) -> list[tuple[Draft, Draft]]:
    """Pairs of a medium's draft and one that lies in its content, or has the same content."""
    media = [
        draft
        for draft in found
        if draft.trigger and draft.speaker is not None and is_medium(borders.text[draft.speaker[0] : draft.speaker[1]])
    ]
    out: list[tuple[Draft, Draft]] = []
    for outer in media:
        start, end = outer.content[0][0], outer.content[-1][1]
        inside = [
            draft
            for draft in found
            if draft is not outer and draft.trigger and start - 60 <= draft.near[0] < end and draft.content[-1][1] <= end + 3
        ]
        if inside:
            out.append((outer, max(inside, key=lambda draft: length(draft.content))))
    return out


def _passes_on(borders: Borders, outer: Draft, inner: Draft) -> bool:
    """Whether the outer draft only names the medium through which the inner one comes."""
    text = borders.text
    cue = " ".join(text[start:end] for start, end in outer.trigger)
    if _ACCORDING.match(cue.strip() + " ") is None or inner.speaker is None or inner.speaker == outer.speaker:
        return False
    if lemma(" ".join(text[start:end] for start, end in inner.trigger)) not in words("media", "saying"):
        return False
    begins = abs(inner.speaker[0] - outer.content[0][0]) <= 3 or inner.speaker[0] < outer.content[0][0]
    same = shared(inner.content, outer.content) * 10 >= length(inner.content) * 9
    return begins and same and abs(inner.content[-1][1] - outer.content[-1][1]) <= 3


def _quotes(borders: Borders, outer: Draft) -> bool:
    """Whether the outer draft's cue is a medium's quoting: "quotes X as saying"."""
    return lemma(" ".join(borders.text[start:end] for start, end in outer.trigger)) in words("media", "quoting")


def _before(borders: Borders, draft: Draft) -> Extent | None:
    """The medium in "According to the daily X, she said", where the reader saw no relay: right before the speaker, up to the comma."""
    speaker = draft.speaker
    if speaker is None or not draft.trigger or speaker[0] > draft.trigger[0][0]:
        return None
    start = borders.sentence(speaker[0])[0]
    hits = list(_ACCORDING.finditer(borders.text, max(start, speaker[0] - 120), speaker[0]))
    if not hits or shared([hits[-1].span()], draft.trigger):
        return None
    hit = hits[-1]
    piece = borders.text[hit.end() : speaker[0]]
    if not piece.rstrip().endswith(",") or piece.count(",") > 1 or not is_medium(piece):
        return None
    return borders.phrase((hit.end(), speaker[0]), (hit.start(), hit.end()))
