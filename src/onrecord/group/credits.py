"""Whom a text names as where it has its words from: datelines, credit lines, bylines, and thanks to contributors.

    TALLINN, May 27 (BNW) - Estonia would …        … he said.  (BNW Tallinn newsroom; editing by M. K.)
    ~~~~~~~~~~~~~~~~~~~~~~~ dateline                           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ credit

Agencies are told by form, so that one nobody knows is found too; what is in brackets and is an organisation or a country is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

from onrecord.lexicons import load
from onrecord.records import Extent, Record, Span, span
from onrecord.reports import Evidence, Piece

CreditKind = Literal["dateline", "credit", "byline", "contributed"]

_TOP = 6
"""Lines at the top among which datelines and bylines stand."""
_TAIL = 4
"""Lines at the end among which a bare name is a credit."""
_LONGEST = 300
"""Letters of a line at most that is a credit as a whole."""
_DASH = r"(?:-{1,2}|–|—|―)"
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_NAME = rf"{_UPPER}[\w&’'./+\-]*(?:[ \u00a0](?:(?:of|de|du|and|the|für|des)[ \u00a0])?{_UPPER}[\w&’'./+\-]*){{0,4}}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\.?\s+{_MONTH}(?:,?\s+\d{{4}})?)"
_WORD = rf"{_UPPER}[\w’'.\-]*"
_PLACE = rf"{_WORD}(?:[ /]{_WORD}){{0,3}}(?:,\s+(?!{_DAY}){_WORD}(?:[ ]{_WORD}){{0,2}})?"
_DATELINE = re.compile(
    rf"(?:(?P<place>{_PLACE}))?[,.:]?\s*(?P<day>{_DAY})?[,.:]?\s*(?:{_DASH}\s*)?"
    rf"(?:\((?P<name>[^()\n]{{2,60}})\)|/(?P<slashed>[^/\n]{{2,40}})/|\[(?P<square>[^\]\n]{{2,40}})\])\s*(?P<dash>{_DASH}|[:.])?(?=\s|$)"
)
_BRACKETS = re.compile(r"\((?P<a>[^()\n]{2,200})\)|\[(?P<b>[^\]\n]{2,200})\]|/(?P<c>[^/\n]{2,40})/")
_AFTER_SENTENCE = re.compile(rf"(?:[.!?…][”’\"')\]]*)\s+(?:\((?P<in>[^()\n]{{2,80}})\)|{_DASH}\s?(?P<after>{_NAME}))\s*[.]?\s*$")
_LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z ]{2,20}):\s*(?P<rest>[^\n]+)$")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright\b)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?,?\s*)?(?:by\s+)?"
    r"(?P<name>[^.\n]{2,60}?)(?:\.|$|\s+\d{4}|\s+all rights)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[©a-z][\w/©]{1,14}\s+\((?P<names>[^()\n]{2,80})\)\s*$")
_SLUG = re.compile(rf"(?P<name>[A-Z][A-Z\-]{{1,7}}|{_NAME})\s+[^\n/;]{{0,40}}[/;]\s*[a-z]{{1,4}}\b[^\n]{{0,40}}$")
_CONTRIBUTED = re.compile(
    r"(?P<who>[^\n.;:()]{2,160}?)\s+(?:also\s+)?(?:contributed|assisted)\b"
    r"[^\n.]{0,40}\b(?:report|article|story|reporting|piece)\b"
)
_WITH = re.compile(
    r"(?:With|Includes|Contains|Including|Uses|Additional|Some|Further)\s+(?:[a-z]+\s+)?"
    r"(?:reporting|inputs?|files?|material|contributions?|information|reports?|content)\s+(?:by|from|of)\s+(?P<names>[^\n.;()]{2,120})",
    re.IGNORECASE,
)
_INPUTS = re.compile(r"With\s+(?P<names>[^\n.;()]{2,60}?)\s+(?:inputs?|material|reports)\b", re.IGNORECASE)
_FIRST = re.compile(
    r"(?:This|The)\s+(?:article|story|report|piece|text|dispatch)\s+(?:was|is|has\s+been|were)?\s*(?:[a-z]+\s+){0,2}?"
    r"(?:published|appeared|produced|provided|supplied|distributed|generated|written|carried|taken)\s+(?:[a-z]+\s+){0,2}?"
    r"(?:by|in|on|from)\s+(?:an?\s+|the\s+)?(?P<names>[^\n.;()]{2,80})"
)
_AGAIN = re.compile(
    r"(?:Republished|Reprinted|Reproduced|Distributed|Syndicated|Courtesy)\s+(?:[a-z]+\s+){0,3}?(?:from|by|of|via)\s+"
    r"(?P<names>[^\n.;()]{2,80})"
)
_DESK = re.compile(r"\b(?:reporting|additional reporting|editing|writing|newsroom|bureaus?|bureaux|desk|edited|compiled)\b", re.IGNORECASE)
_BY = re.compile(r"(?:by|from)\s+", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:,|;|\||·|•|/|&|\band\b|\bfor\b|\bwith\b|\s[-–—]\s)\s*")
_ALIAS = re.compile(r"^(?P<long>[^()]{4,60})\s\((?P<short>[^()]{2,12})\)")
_HOST = re.compile(r"[\w\-]+(?:\.[\w\-]+)+")
_ACRONYM = re.compile(r"[A-Z][A-Z\-]{0,2}[A-Z]{1,6}")


class Credit(Record, frozen=True, kw_only=True):
    """A name that the text, or its byline, gives as where it comes from."""

    kind: CreditKind
    """dateline, credit, byline: the text is that outlet's. contributed: it is in part."""
    outlet: str | None
    """As outlets.toml records it, else as written; None where agencies are credited and none is named."""
    own: bool
    """Whether it is the outlet that published the report."""
    evidence: Evidence | None
    """The whole dateline or credit line; None where it is the report's byline."""


def credits(report: Piece) -> tuple[Credit, ...]:
    """Whom the report credits, each outlet once for each kind: dateline, credit lines, byline, contributors."""
    found = [*_dateline(report), *_lines(report), *_byline(report)]
    return tuple({(each.kind, each.outlet): each for each in reversed(found)}.values())[::-1]


def same_outlet(one: str, other: str) -> bool:
    """Whether two names are of one outlet: but for "The" and case, or one is the other's short form, initials or host."""
    a, b = _plain(one), _plain(other)
    return a == b or _initials(one) == b or _initials(other) == a or a in _labels(other) or b in _labels(one)


def _dateline(report: Piece) -> Iterator[Credit]:
    """From the first line at the top that begins with one."""
    for start, line in _all_lines(report.text)[:_TOP]:
        found = _DATELINE.match(line)
        if found is None:
            continue
        written = found["name"] or found["slashed"] or found["square"]
        names = _dateline_names(found, written)
        if names:
            yield from _made(report, "dateline", names, (start, start + found.end()))
            return


def _dateline_names(found: re.Match[str], written: str) -> list[str | None]:
    """The agencies named, where it is a dateline by its form: a place in capitals or a day, and a dash; or an agency that is known."""
    place = found["place"] or ""
    if place.casefold() in _organisations():
        return []
    names = _several(written, strict=found["dash"] is None or not (found["day"] or _capitals(place)))
    known = bool(names) and all(name is not None and _known(name) for name in names)
    formal = found["dash"] is not None and (found["day"] is not None or _capitals(place))
    if formal or (known and (not place or found["dash"] is not None or _capitals(place))):
        return names
    return []


def _lines(report: Piece) -> Iterator[Credit]:
    """From lines that are credits as a whole, the ends of the last paragraphs, and brackets at the end of the title."""
    lines = _all_lines(report.text)
    for number, (start, line) in enumerate(lines):
        last, top = number >= len(lines) - _TAIL, number < _TOP
        kind, names, extent = _credit_of(line, last, top) or (None, [], (0, 0))
        if kind is not None:
            yield from _made(report, kind, names, (start + extent[0], start + extent[1]))
    if report.title and (found := re.search(r"\s\((?P<name>[^()]{2,40})\)$", report.title)):
        yield from _made(report, "credit", _several(found["name"], strict=True), (found.start() + 1, found.end()), in_title=True)


def _credit_of(line: str, last: bool, top: bool) -> tuple[CreditKind, list[str | None], Extent] | None:
    """Kind, names and place in the line of the credit that it is or ends with."""
    whole = (0, len(line))
    if len(line) <= _LONGEST and not _picture(line):
        for look in (_bracketed, _contributed, _labelled, _owned, _first_published, _by_line if top else _slug):
            if found := look(line):
                return *found, whole
        if last and (names := _bare(line)):
            return ("contributed" if len(names) > 1 else "credit"), names, whole
    if last and not _picture(line[-80:]) and (end := _AFTER_SENTENCE.search(line)):
        names = _all(end["in"] or end["after"])
        if names:
            piece = end.start("in") - 1 if end["in"] else end.start("after")
            return ("contributed" if len(names) > 1 else "credit"), names, (piece, len(line.rstrip()))
    return None


_Found = tuple[CreditKind, list[str | None]]


def _bracketed(line: str) -> _Found | None:
    """``(BNW)``, ``(AFP, dpa)``, ``(BNW Tallinn newsroom; editing by M. K.)``, ``jm/dm (AFP, dpa)``."""
    if signed := _SIGNED.fullmatch(line):
        names = _all(signed["names"])
        return ("contributed", names) if names else None
    found = _BRACKETS.fullmatch(line.rstrip(". "))
    if found is None:
        return None
    inner = found["a"] or found["b"] or found["c"]
    for look in (_contributed, _labelled):
        if further := look(inner):
            return further
    if _DESK.search(inner) or ";" in inner or _SLUG.fullmatch(inner):
        name = _leading(inner)
        reported = re.match(r"(?:reporting|additional reporting|writing|editing)\b", inner, re.IGNORECASE) is not None
        return ("credit", [name]) if name or reported else None
    names = _all(inner) or ([] if " " in inner else _several(inner))
    return ("contributed" if len(names) > 1 else "credit", names) if names else None


def _contributed(line: str) -> _Found | None:
    """``BNW contributed to this report.``, ``With inputs from BNW``, ``Additional reporting by BNW``."""
    for form in (_CONTRIBUTED, _WITH, _INPUTS):
        if (found := form.match(line)) and (names := _several(found[1], strict=True)):
            return "contributed", names
    return None


def _labelled(line: str) -> _Found | None:
    """``Source: BNW``, ``Text: Baltic News Wire (BNW)``; what follows the first sentence is about something else."""
    found = _LABEL.match(line)
    if found is None or found["label"].casefold().strip() not in _words("labels"):
        return None
    names = _several(re.split(r"(?<=\w)\.(?:\s|$)", found["rest"], maxsplit=1)[0], strict="source" in found["label"].casefold())
    return ("contributed" if len(names) > 1 else "credit", names) if names else None


def _owned(line: str) -> _Found | None:
    """``© 2024 BNW``, ``Copyright 2024 The Baltic Press. All rights reserved.``"""
    found = _RIGHTS.match(line)
    name = found and _outlet(found["name"], strict=False)
    return ("credit", [name]) if name else None


def _first_published(line: str) -> _Found | None:
    """``This article was first published by the Gazeta Azul.``"""
    for form in (_FIRST, _AGAIN):
        if (found := form.match(line)) and (names := _several(found["names"], strict=True)):
            return "credit", names
    return None


def _slug(line: str) -> _Found | None:
    """``CEDS Warsaw / kj / 0914 GMT``, ``Reporting by CPS``, and a line that begins with a desk's name."""
    found = _SLUG.fullmatch(line)
    if found is not None and len(line) <= 60 and (name := _leading(line)):
        return "credit", [name]
    reported = re.match(r"(?:Reporting|Writing|Additional reporting|Editing) by\s", line)
    if reported is not None and (";" in line or _leading(line)):
        return "credit", [_leading(line)]
    return None


def _by_line(line: str) -> _Found | None:
    """``By Jane Roe, BNW`` as a line at the top."""
    if _BY.match(line) is None or len(line) > 100:
        return None
    names = _authors(line)
    return ("byline", names) if names else None


def _byline(report: Piece) -> Iterator[Credit]:
    """From what is known as the report's byline."""
    if report.byline and len(report.byline) <= _LONGEST:
        for name in _authors(report.byline):
            yield _credit(report, "byline", name, None)


def _authors(byline: str) -> list[str | None]:
    """The outlets in a byline; persons are none."""
    return _several(_BY.sub("", byline, count=1), strict=True)


def _bare(line: str) -> list[str | None]:
    """``BNW``, ``— BNW``, ``Reuters - AP - AFP`` alone on one of the last lines."""
    text = re.sub(rf"^{_DASH}\s*", "", line).rstrip(". ")
    return _all(text) if 2 <= len(text) <= 60 else []


def _all(text: str) -> list[str | None]:
    """The outlets in a list that has nothing else in it, else none."""
    names = _several(text, strict=True)
    return names if len(names) == 1 and (names == [None] or _outlet(text, strict=True)) or len(names) == len(_parts(text)) else []


def _parts(text: str) -> set[str]:
    return {part.strip() for part in _PARTS.split(text) if part.strip()}


def _several(text: str, strict: bool = False) -> list[str | None]:
    """The outlets in a list of names; None for agencies without a name. Strict: only known ones, initials, or agencies by form."""
    if _picture(text):
        return []
    if (alias := _ALIAS.match(text.strip())) and (_ACRONYM.fullmatch(alias["short"]) or _initials(alias["long"]) == _plain(alias["short"])):
        name = _outlet(alias["long"], strict=False)
        return [name] if name else []
    if _unnamed(text):
        return [None]
    whole = _outlet(text, strict=strict)
    if whole is not None and (_known(text) or not _PARTS.search(text.strip())):
        return [whole]
    names: list[str | None] = []
    for part in _PARTS.split(text):
        name = _outlet(part, strict=strict) or _outlet(part.rpartition(" of ")[2], strict=True)
        if (name or _unnamed(part)) and name not in names:
            names.append(name)
    return names


def _unnamed(text: str) -> bool:
    """Whether the words are for agencies without a name: "agencies", "a wire agency feed"."""
    tokens = set(re.findall(r"\w+", text.casefold())) - {"staff", "and", "a", "an", "the"}
    return bool(tokens & _words("agency_nouns")) and tokens <= _words("agency_nouns") | _words("agency_words")


def _leading(text: str) -> str | None:
    """The outlet whose name a desk's line has: ``CPS`` in "Reporting by CPS Beirut and Doha bureaus"."""
    text = re.sub(r"^\(?\s*(?:(?:additional\s+)?reporting|writing|editing)\s+by\s+(?:the\s+)?", "", text, flags=re.IGNORECASE)
    tokens = re.split(r"[ \u00a0]+", re.split(r"[;/]", text, maxsplit=1)[0].strip())
    for size in range(min(5, len(tokens)), 0, -1):
        if name := _outlet(" ".join(tokens[:size]), strict=True):
            return name
    return None


def _outlet(text: str, strict: bool) -> str | None:
    """The name of the outlet that the words are, None where they are none."""
    name = _bare_name(text)
    if not name or _is_no_outlet(name):
        return None
    if known := _listed().get(name) or _loud().get(name):
        return known
    if _ACRONYM.fullmatch(name):
        return name
    tokens = name.split()
    by_form = len(tokens) > 1 and (tokens[-1] in load("outlets")["marks"] or tokens[-1].casefold() in _words("agencies"))
    if not re.fullmatch(_NAME, name) or (strict and not by_form):
        return None
    return name


def _bare_name(text: str) -> str:
    """Without "the", quotation marks, a year, and what kind of desk it is."""
    name = re.sub(r"^(?:the|The|THE)\s+", "", text.strip(" \t\u00a0\"“”‘’'.,;:*_|"))
    name = re.sub(r"[’']s?$", "", re.sub(r"\s+\d{4}$", "", name))
    if name in _listed() or f"The {name}" in _listed():
        return name if name in _listed() else f"The {name}"
    lowered = name.casefold()
    for tail in _tails():
        head = name[: -len(tail)].rstrip()
        if lowered.endswith(f" {tail}") and (head in _listed() or _ACRONYM.fullmatch(head)):
            return head
    return name


@cache
def _tails() -> tuple[str, ...]:
    return tuple(sorted(_words("tails"), key=len, reverse=True))


def _known(name: str) -> bool:
    return _bare_name(name) in _listed() or name in _listed().values()


def _is_no_outlet(name: str) -> bool:
    """Whether it is an organisation, a country, a day, or a word that stands in brackets for another reason."""
    if name in _listed():
        return False
    return name.casefold().strip(".") in _words("never") or name.casefold() in _elsewhere() or re.fullmatch(r"[\d\W]*", name) is not None


def _capitals(place: str) -> bool:
    """Whether the town is written in capitals, as in a dateline."""
    first = re.split(r"[,/]", place)[0].strip()
    return len(first) > 1 and first == first.upper() and first != first.lower()


def _picture(line: str) -> bool:
    return not _words("pictures").isdisjoint(re.findall(r"[a-z]+", line.casefold()[:120])) and len(line) < _LONGEST


def _made(report: Piece, kind: CreditKind, names: Iterable[str | None], extent: Extent, in_title: bool = False) -> Iterator[Credit]:
    where: Span = span(report.title or "", extent, "title") if in_title else span(report.text, extent)
    for name in names:
        yield _credit(report, kind, name, report.evidence(where))


def _credit(report: Piece, kind: CreditKind, name: str | None, evidence: Evidence | None) -> Credit:
    own = name is not None and report.outlet is not None and same_outlet(name, report.outlet)
    return Credit(kind=kind, outlet=name, own=own, evidence=evidence)


def _all_lines(text: str) -> list[tuple[int, str]]:
    """Where each line that says something begins, and the line without the space around it."""
    return [(found.start(), found[0].rstrip()) for found in re.finditer(r"[^\s][^\n\r]*", text)]


def _plain(name: str) -> str:
    """For comparing: as outlets.toml records it, without "The", folded."""
    bare = re.sub(r"^(?:the)\s+", "", _bare_name(name), flags=re.IGNORECASE)
    return re.sub(r"[\W_]+", "", (_listed().get(bare) or _listed().get(name) or bare).removeprefix("The ").casefold())


def _initials(name: str) -> str | None:
    """``bnw`` for "Baltic News Wire"; None for a single word."""
    tokens = [token for token in re.split(r"[\s\-]+", name.removeprefix("The ")) if token[:1].isupper()]
    return "".join(token[0] for token in tokens).casefold() if len(tokens) > 1 else None


def _labels(name: str) -> frozenset[str]:
    """``cnn`` and ``edition`` of "edition.cnn.com", where the name is a host's."""
    return frozenset(name.casefold().split(".")[:-1]) if _HOST.fullmatch(name) else frozenset()


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(load("credits")[key])


@cache
def _listed() -> dict[str, str]:
    """Every known outlet's name, with the one that is recorded."""
    lexicon = load("outlets")
    return {name: lexicon["short"].get(name, name) for name in (*lexicon["known"], *lexicon["short"])}


@cache
def _loud() -> dict[str, str]:
    """The same in capitals, as some print them; short ones are words of their own."""
    return {name.upper(): recorded for name, recorded in _listed().items() if len(name) > 3}


@cache
def _elsewhere() -> frozenset[str]:
    """Names of organisations, countries and their parts, folded: in brackets they explain a word."""
    names: set[str] = set(_organisations())
    for entry in load("countries").values():
        if isinstance(entry, dict):
            names.update([*entry.get("names", ()), *entry.get("capitals", ()), *entry.get("adjectives", ())])
    for entry in load("regions").values():
        if isinstance(entry, list):
            names.update(entry)
    return frozenset(name.casefold() for name in names)


@cache
def _organisations() -> frozenset[str]:
    entries = (entry for entry in load("organisations").values() if isinstance(entry, dict))
    return frozenset(name.casefold() for entry in entries for name in entry.get("names", ()))
