"""Citations: the media that a report names as where it has something, with the words that name them.

... has told the German magazine Die Lage      carried yesterday by the agency BNW, which had them from a German weekly
             ~~~~~~~~~~~~~~~~~~~~~~~~~~~~                       ~~~~~~~~~~~~~~                           ~~~~~~~~~~~~~~~
TALLINN, May 27 (BNW) -                        (CEDS)          Text: Continental Press Service (CPS)
                 ~~~                            ~~~~                  ~~~~~~~~~~~~~~~~~~~~~~~~~
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, get_args

from onrecord.group.credits import credits
from onrecord.group.outlets import head, is_same, letters, plain, shorts
from onrecord.lexicons import load
from onrecord.records import Mention, Record, Span, span
from onrecord.reports import Report

_SELF = re.compile(
    r"\b(?:this|our)\s+(?:own\s+)?(?:news)?(?:paper|magazine|agency|website|site|outlet|publication|newsletter|station|broadcaster|programme|program|portal|reporter|"
    r"correspondent|journal|weekly|daily)\b",
    re.IGNORECASE,
)
_TOKEN = r"[^\W\d_a-z](?:[.’'&-]?\w)*"
NAME = rf"{_TOKEN}(?:[ \u00a0](?:(?:of|de|di|du|la|le|des|der|and|&)[ \u00a0])?{_TOKEN}){{0,4}}"
_SAID_TO = re.compile(
    rf"\b(?:told|tells|telling|informed|interview (?:with|on|to|for)|spoke (?:to|with|on)|speaking (?:to|with|on)|talking to|according to|"
    rf"(?:quoted|cited|reported|published|carried) (?:by|in)|citing|quoting|"
    rf"(?:report|article|story|account) (?:by|in|from))\s+(?:the\s+|The\s+)?(?P<name>{NAME})"
)
_WRITES = re.compile(
    rf"\b(?:The\s+|the\s+)?(?P<name>{NAME})(?:\s+(?:has|had|first|also|earlier))?\s+(?:reported|reports|wrote|writes|quoted|quotes)\b"
)


Way = Literal["dateline", "credit", "taken", "told", "relay", "says", "named"]


class Citation(Record, frozen=True, kw_only=True):
    """A medium that a report names: its name where it has one here, where and how it is named, and the statements that come by it."""

    name: str | None
    where: Span | None
    """None where the byline, which is no part of the text, has it."""
    kind: Way
    """told: somebody told it; relay: a statement came through it; says: it is itself who reports; credit, dateline, taken: the text is its
    own; named: it is only named."""
    statement: str | None = None

    @property
    def is_text(self) -> bool:
        """Whether the report's own text is said to be the medium's."""
        return self.kind in ("credit", "dateline", "taken")


def citations(report: Report, outlets: tuple[str, ...] = ()) -> tuple[Citation, ...]:
    """Every medium but its own that the report names, in the text's order; one citation a place.

    Args:
        outlets: names of outlets that may be named: those of the other reports of the story.
    """
    found = [*_credited(report, outlets), *_told(report, outlets), *_named(report, outlets)]
    out: list[Citation] = []
    for one in sorted(found, key=_place):
        if one.name is not None and (is_own(report, one.name) or "\n" in one.name or _DAYS.fullmatch(" " + one.name)):
            continue
        if one.statement is None and any(_touch(one, kept) for kept in out):
            continue
        out.append(one)
    return tuple(out)


def _place(one: Citation) -> tuple[str, int, int, int]:
    where = one.where
    return ("", -1, 0, 0) if where is None else (where.place or "", where.start, -where.end, get_args(Way).index(one.kind))


def is_own(report: Report, name: str) -> bool:
    """Whether a name is the report's own outlet, in full or in short."""
    if report.outlet is None:
        return False
    return is_same(name, report.outlet) or plain(name) in {plain(short) for short in shorts(report.outlet)} or _is_part(name, report.outlet)


def own_names(report: Report) -> re.Pattern[str]:
    """What the report calls its own outlet: its name, in short, "this newspaper"."""
    return _own(report.outlet or "")


@lru_cache(maxsize=1024)
def _own(outlet: str) -> re.Pattern[str]:
    bare = re.sub(r"^(?:The|the)\s+", "", outlet)
    forms = [bare, *(short.removeprefix("the ") for short in shorts(outlet))] if bare else []
    named = "|".join(rf"(?:[Tt]he\s+|[Aa]n?\s+)?{re.escape(form)}" for form in forms)
    short = "|".join(sorted(letters(outlet) if len(bare.split()) > 1 else ()))
    every = "|".join(part for part in (named, rf"(?-i:(?:[Tt]he\s+|[Aa]n?\s+)?(?:{short}))" if short else "") if part)
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)|{_SELF.pattern}" if every else _SELF.pattern, re.IGNORECASE)


def _is_part(name: str, outlet: str) -> bool:
    part, whole = plain(name).split(), plain(outlet).split()
    return 1 < len(part) < len(whole) and part in (whole[: len(part)], whole[-len(part) :])


def _credited(report: Report, outlets: Sequence[str]) -> Iterator[Citation]:
    """The media that the text itself is credited to: in a dateline, credit line or byline, or as what it was taken from."""
    for one in credits(report):
        if one.own or one.outlet is None:
            continue
        kind: Way = "named" if one.kind == "contributed" else "dateline" if one.kind == "dateline" else "credit"
        yield Citation(name=_resolved(one.outlet, outlets), where=None if one.evidence is None else one.evidence.span, kind=kind)
    text = report.text
    for phrase in _taken().finditer(text):
        name = re.match(rf"\s*(?:the\s+)?(?P<name>{NAME})", text[phrase.end() : phrase.end() + 80])
        called = "" if name is None else _undated(name.group("name").rstrip(".’'"))
        if name is not None and called:
            begin = phrase.end() + name.start("name")
            yield Citation(name=_resolved(called, outlets), where=span(text, (begin, begin + len(called))), kind="taken")


def _told(report: Report, outlets: Sequence[str]) -> Iterator[Citation]:
    """The media that statements of the report came through, were spoken to, or are by."""
    named = {actor.id: actor.name for actor in report.extraction.actors if actor.kind == "outlet"}
    for statement in report.extraction.statements:
        for via in statement.via:
            name = via.outlet or _outlet(via.text, outlets)
            if name is not None or _has_medium(via.text):
                yield Citation(name=name, where=via, kind="relay", statement=statement.id)
        for heard in statement.addressee:
            if (name := _of(heard, named, outlets)) is not None or (_has_medium(heard.text) and not _SELF.search(heard.text)):
                yield Citation(name=name, where=heard, kind="told", statement=statement.id)
        if statement.speaker is not None and (name := _of(statement.speaker, named, outlets) or _well_known(statement.speaker)) is not None:
            yield Citation(name=name, where=statement.speaker, kind="says", statement=statement.id)
        elif statement.speaker is not None and _is_medium(statement.speaker.text):
            yield Citation(name=None, where=statement.speaker, kind="says", statement=statement.id)
        for place in statement.venue:
            if (name := _outlet(place.text, outlets)) is not None:
                yield Citation(name=name, where=place, kind="told", statement=statement.id)


def _of(mention: Mention, named: dict[str, str], outlets: Sequence[str]) -> str | None:
    """The outlet that a mention is resolved to or spells; None where it is none."""
    if re.fullmatch(r"(?:an?|another)\s[^,:“\"]+", mention.text, re.IGNORECASE) and plain(mention.text.split()[-1]) in _MEDIA():
        return None  # "A Bergen newspaper" is one of several.
    for actor in mention.actors:
        if actor in named and not _SELF.search(mention.text):
            name = named[actor]
            return next((each for each in outlets if is_same(name, each) or f"the {name}" in shorts(each)), name)
    if mention.text.lower() in ("we", "us", "i", "our"):
        return None
    first = re.split(r",|\s+(?:which|who|whose)\b", mention.text)[0]
    return _outlet(first, outlets, whole=True)


def _well_known(speaker: Mention) -> str | None:
    """The speaker's name, where it is a medium's by itself, whatever it was taken for."""
    bare = re.sub(r"^(?:The|the)\s+", "", speaker.text)
    return bare if re.fullmatch(NAME, bare) and is_known(bare) else None


def _outlet(phrase: str, outlets: Sequence[str], whole: bool = False) -> str | None:
    """The outlet of the story, or the well-known one, whose name stands in the phrase (or is it, but for its article and noun)."""
    for name in _possible(phrase, tuple(outlets)):
        hit = _pattern(name, anywhere=True).search(phrase)
        if hit is not None and (not whole or _is_whole(phrase, hit)):
            return name
    for hit in _LETTERS.finditer(phrase):
        if (found := next((name for name in outlets if is_same(hit.group(), name)), None)) and (not whole or _is_whole(phrase, hit)):
            return found
    if whole:
        return None
    return next((hit.group() for hit in re.finditer(NAME, phrase) if is_known(hit.group())), None)


def _is_whole(phrase: str, hit: re.Match[str]) -> bool:
    rest = plain(phrase[: hit.start()] + " " + phrase[hit.end() :]).split()
    return all(word in _MEDIA() or word in _list("firsthand", "modifiers") for word in rest)


def _possible(text: str, outlets: tuple[str, ...]) -> list[str]:
    """The outlets of which a form's first word stands in the text, so that only these are looked for."""
    index = _index(outlets)
    near = {name for token in set(_PIECE.findall(text)) for name in index.get(token, ())}
    return sorted(name for name in near if any(form in text for form in (*_forms(name).sure, *_forms(name).short)))


_PIECE = re.compile(r"\w+")


@lru_cache(maxsize=64)
def _index(outlets: tuple[str, ...]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for name in outlets:
        forms = _forms(name)
        for token in {first.group() for form in (*forms.sure, *forms.short) if (first := _PIECE.search(form)) is not None}:
            out.setdefault(token, []).append(name)
    return out


_LETTERS = re.compile(r"(?<![\w’'.-])[^\W\d_a-z]{3,8}(?![\w-])")
"""An abbreviation, by its form."""


class _Forms(Record, frozen=True, kw_only=True):
    """What an outlet may be called in a text: surely, and where the words around say that a medium is meant."""

    sure: tuple[str, ...]
    short: tuple[str, ...]


@lru_cache(maxsize=4096)
def _forms(outlet: str) -> _Forms:
    """Its full name and abbreviation are sure; one word, two letters and an agency's first words may mean much else."""
    bare = re.sub(r"^(?:The|the)\s+", "", outlet)
    if not bare or ("." in bare and " " not in bare):
        return _Forms(sure=(), short=())
    every = (bare, *sorted(letters(outlet)), *([] if (first := head(outlet)) is None else [first]))
    sure = tuple(one for one in every if one != head(outlet) and (" " in one or (one.isupper() and len(one) > 2)))
    return _Forms(sure=sure, short=tuple(one for one in every if one not in sure))


@lru_cache(maxsize=4096)
def _pattern(outlet: str, *, anywhere: bool = False) -> re.Pattern[str]:
    """What finds an outlet's name in a text; ``anywhere`` also its short forms without a word beside them that says what they mean."""
    forms = _forms(outlet)
    sure = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in (*forms.sure, *(forms.short if anywhere else ())))
    short = "|".join(re.escape(one) for one in forms.short)
    parts = [rf"(?<![\w’'.-])(?P<sure>{sure})(?![\w-])"] if sure else []
    if short and not anywhere:
        parts.append(rf"\b(?:{_beside('before')})\s+(?:the\s+|The\s+)?(?P<before>{short})(?![\w-])(?!\s[^\W\d_a-z])")
        parts.append(rf"(?<![\w’'.-])(?P<behind>{short})(?=,?\s+(?:has\s+|had\s+|first\s+|also\s+)?(?:{_beside('behind')})\b)")
    return re.compile("|".join(parts) or r"(?!)")


@cache
def _beside(key: str) -> str:
    """The words before or behind a name that say that it is a medium's, as a pattern."""
    return "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in sorted(_list("firsthand", key), key=lambda one: (-len(one), one)))


def _named(report: Report, outlets: Sequence[str]) -> Iterator[Citation]:
    """Where the text names an outlet of the story by its name, its abbreviation or in short, and where a medium is said to write."""
    text = report.text
    for name in _possible(text, tuple(outlets)):
        found = [hit.span(hit.lastgroup or 0) for hit in _pattern(name).finditer(text)]
        for short in shorts(name) if found else ():
            found += [hit.span() for hit in re.finditer(rf"(?i:the)\s+{re.escape(short.removeprefix('the '))}(?![\w-])", text)]
        for extent in found:
            yield Citation(name=name, where=span(text, extent), kind="named")
    for hit in _LETTERS.finditer(text):
        if (name := next((one for one in outlets if is_same(hit.group(), one)), "")) and hit.group() not in letters(name):
            yield Citation(name=name, where=span(text, hit.span()), kind="named")
    for pattern in (_WRITES, _SAID_TO):
        for hit in pattern.finditer(text):
            name = _undated(hit.group("name"))
            if is_known(name):
                begin = hit.start("name")
                yield Citation(name=_resolved(name, outlets), where=span(text, (begin, begin + len(name))), kind="named")


def _resolved(name: str, outlets: Iterable[str]) -> str:
    return next((outlet for outlet in outlets if is_same(name, outlet)), re.sub(r"^(?:The|the)\s+", "", name))


@lru_cache(maxsize=4096)
def is_known(name: str) -> bool:
    """Whether a name is on the list of media, or has a word at its end that says it is one's."""
    tokens = name.split()
    if name in _list("outlets", "known") or "The " + name in _list("outlets", "known"):
        return True
    if len(tokens) < 2 or tokens[0] in _list("media", "no_first"):
        return False
    return tokens[-1] in _list("outlets", "marks") or tokens[0] in _list("media", "heads")


@cache
def _list(lexicon: str, key: str) -> frozenset[str]:
    return frozenset(load(lexicon)[key])


@cache
def _MEDIA() -> frozenset[str]:  # noqa: N802
    return _list("firsthand", "media") | _list("outlets", "nouns")


def _has_medium(phrase: str) -> bool:
    """Whether a noun for a medium stands in the phrase, and no word that makes it an institution's own paper."""
    return bool(_MEDIA() & set(plain(phrase).split())) and not re.search(
        r"\b(?:ministry|police|commission|embassy|general staff)\b", phrase, re.IGNORECASE
    )


def _is_medium(phrase: str) -> bool:
    """Whether the phrase's own noun is one for a medium: "a Baltic news agency", "the magazine", "newspapers"."""
    if re.search(r"\b(?:media|press|newspaper|news) reports\b", phrase, re.IGNORECASE):
        return True
    head = re.split(r",|\s+(?:which|who|that|of|in|by|from|for)\b", phrase)[0].split()
    return bool(head) and not _SELF.search(phrase) and plain(head[-1]) in _MEDIA() - _DOUBTFUL


_DOUBTFUL = frozenset("site network channel station report reports wire paper papers outlet portal journal".split())
"""Nouns that stand for something else as often: a phrase without a name is no medium by these."""


@cache
def _taken() -> re.Pattern[str]:
    every = sorted(load("firsthand")["taken"], key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(one)}".replace(r"\ ", r"\s+") for one in every), re.IGNORECASE)


_DAYS = re.compile(
    r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)\b.*$"
)


def _undated(name: str) -> str:
    return _DAYS.sub("", name)


def _touch(one: Citation, other: Citation) -> bool:
    a, b = one.where, other.where
    if a is None or b is None:
        return a is b and one.name == other.name
    return a.place == b.place and a.start < b.end and b.start < a.end and (not one.is_text or other.is_text)
