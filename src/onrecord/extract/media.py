"""Media: the noun phrases of a text that stand for a newspaper, a broadcaster, an agency, and what those are called.

a report in   the Lisbon daily   Gazeta Azul        The paper  also said …        told  the Gazeta
              modifiers  noun    name               (the same) noun                         short name
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from onrecord.extract.words import base, given_names, phrases, words
from onrecord.lexicons import load
from onrecord.records import Entity, Extent, Record

_UPPER = "".join(chr(n) for n in range(min(sys.maxunicode, 0x530)) if unicodedata.category(chr(n)) == "Lu")
_TOKEN = rf"(?:(?:al|el|as|an|ash|ar|l|d)[-’'])?[{_UPPER}]\w*(?:[.\-&][^\W_]+|[’'](?!s\b)\w+)*"
_LINK = r"(?:(?:of|de|di|du|da|do|dos|das|del|della|des|der|al|el|la|le|y|e|&)[ \u00a0]+){0,2}"
_GAP = r"(?:[ \u00a0]+|[ \u00a0]*\n(?![ \t]*\n))"
_GAPS = re.compile(_GAP)
_RUN = re.compile(rf"(?<![\w’'.\-]){_TOKEN}(?:{_GAP}{_LINK}(?:{_TOKEN}|\d+\b))*")
_BEFORE = re.compile(r"(?:^|(?<=[\s(“\"‘'—–]))([\w’'.\-]+)[ \u00a0]$")
_NEXT = re.compile(r"(?:[’']s?)?[ \u00a0]+([^\W\d_][\w’'\-]*)")
_ASIDE = re.compile(r",[ \u00a0](?:an?|the)[ \u00a0](?:[\w’'\-]+[ \u00a0]){0,4}?")
_DAYS = re.compile(
    r"[ \u00a0](?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)(?:[ \u00a0]\d+)?$"
)
_MODIFIERS = 5
"""So many words stand at most between an article and the noun of a medium."""


class Medium(Record, frozen=True, kw_only=True):
    """A phrase for a medium: where it stands, what the medium is called (None where nobody says), and the noun it goes by here."""

    extent: Extent
    name: str | None
    noun: str | None = None

    @property
    def is_heard(self) -> bool:
        """Whether it is a broadcaster, by its noun or its name."""
        tokens = (self.name or "").lower().split()
        spoken = words("media", "broadcast")
        return bool(spoken & {*(self.noun or "").split(), *tokens}) or (self.name or "").lower() in spoken


class Media:
    """The media of one text, in its order, and by whom the text itself is published."""

    __slots__ = ("_own", "_starts", "_text", "found")

    def __init__(self, text: str, entities: Sequence[Entity] = (), own: str | None = None) -> None:
        """Find them."""
        self._text = text
        self._own = _plain(own or "")
        named = _named(text)
        alias = _aliases([*(medium.name for medium in named if medium.name is not None), *_shown(text, entities)])
        found = _apart([*named, *_runs(text, alias)])
        found = _apart([*found, *_unnamed(text, found)])
        self.found = [_with_report(text, medium) for medium in found]
        self._starts = [medium.extent[0] for medium in self.found]

    def between(self, start: int, end: int) -> Sequence[Medium]:
        """Those that lie between two places."""
        first = bisect_left(self._starts, start)
        return [medium for medium in self.found[first : bisect_left(self._starts, end)] if medium.extent[1] <= end]

    def at(self, extent: Extent) -> Medium | None:
        """The one that the phrase holds or lies in, the first where there are several."""
        first = max(bisect_left(self._starts, extent[0]) - 1, 0)
        for medium in self.found[first : first + 12]:
            start, end = medium.extent
            if (
                start < extent[1]
                and extent[0] < end
                and ((extent[0] <= start and end <= extent[1]) or (start <= extent[0] and extent[1] <= end))
            ):
                return medium
        return None

    def is_own(self, medium: Medium) -> bool:
        """Whether it is the one that published the text: no report goes through it."""
        opening = self._text[medium.extent[0] : medium.extent[1]].split()[0].lower()
        if opening in ("our", "this") and medium.name is None:
            return True
        name, own = _plain(medium.name or "").split(), self._own.split()
        if not name or not own:
            return False
        # In part ("the Courier" in the Horn Courier), or in short ("wash-post").
        part = name[: len(own)] == own or own[: len(name)] == name or own[-len(name) :] == name
        return part or (len(name) == len(own) and all(a.startswith(b) for a, b in zip(name, own, strict=True)))


@lru_cache(maxsize=4096)
def known(name: str) -> bool:
    """Whether a name is a medium's by itself: it is on the list, or a word at one of its ends says so."""
    bare = re.sub(r"[’']s$", "", re.sub(r"^(?:The|the)\s+", "", name).rstrip(".'’"))
    if name in words_as_written("outlets", "known") or bare in words_as_written("outlets", "known"):
        return True
    tokens = bare.split()
    if len(tokens) < 2 or tokens[0] in words_as_written("media", "no_first"):
        return False
    marks, tails = words_as_written("outlets", "marks"), words("media", "tails")
    if tokens[0] in words_as_written("media", "heads") or (tokens[0] in marks and tokens[1] == "of"):
        return True
    while len(tokens) > 2 and tokens[-1] not in marks and tokens[-1].lower() in tails:
        tokens.pop()
    return tokens[-1] in marks


@cache
def words_as_written(lexicon: str, key: str) -> frozenset[str]:
    """The entries of one list of a lexicon, in their own case."""
    return frozenset(load(lexicon)[key])


@cache
def peoples() -> frozenset[str]:
    """Adjectives and names of countries, and capitals: in front of a noun they say where the medium is at home."""
    out: set[str] = set()
    for entry in load("countries").values():
        for key in ("names", "adjectives", "people", "capitals"):
            out.update(entry.get(key, ()))
    return frozenset(out)


def _plain(name: str) -> str:
    """A name as it is compared: no case, no accents, no article."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"^the ", "", " ".join(re.findall(r"[a-z0-9]+", bare)))


@cache
def _nouns() -> re.Pattern[str]:
    return phrases(words("outlets", "nouns") | words("media", "more_nouns"))


def _named(text: str) -> list[Medium]:
    """The phrases with a noun and a name: "the daily Gazeta Azul", "the Gazeta Azul newspaper"."""
    out = []
    for hit in _nouns().finditer(text):
        place, noun = hit.start(), " ".join(hit.group().lower().split())
        if hit.group()[0].isupper() and place and text[place - 2 : place - 1] not in (".", "\n", "”", '"'):
            # A name's own word, with the noun behind it: "the Neva News agency".
            head, _, noun = hit.group().partition(" ")
            place += len(head) + 1
            if not noun.islower() or noun not in words("outlets", "nouns"):
                continue
        start = _opening(text, place)
        if (name := _name_behind(text, hit.end(), noun)) is not None:
            out.append(Medium(extent=(start, name[1]), name=text[slice(*name)], noun=noun))
        elif (before := _name_before(text, start, place, noun)) is not None and _is_head(text, hit.end()):
            out.append(Medium(extent=(start, hit.end()), name=text[slice(*before)], noun=noun))
    return out


def _name_behind(text: str, place: int, noun: str) -> Extent | None:
    """The name right behind the noun: "the daily X"."""
    gap = _GAPS.match(text, place)
    hit = _RUN.match(text, gap.end()) if gap is not None else None
    if hit is None:
        return None
    start, name = hit.start(), _without_day(hit.group())
    end = start + len(name)
    if not name or _is_institution(name) or _DAYS.fullmatch(" " + name):
        return None
    if noun in words("media", "weak_before") or (noun in words("media", "periods") and not _is_head(text, end)):
        return None
    return start, end


def _without_day(name: str) -> str:
    """The name without the day or month that stands behind it: "told Reuters Monday"."""
    return _DAYS.sub("", " " + name)[1:]


def _name_before(text: str, start: int, place: int, noun: str) -> Extent | None:
    """The name right before the noun: "the X newspaper"; where the medium is at home is no name."""
    if noun in words("media", "weak_behind"):
        return None
    runs = [hit for hit in _RUN.finditer(text, start, place) if not text[hit.end() : place].strip()]
    if not runs:
        return next((hit.span() for hit in _RUN.finditer(text, start, place) if known(hit.group())), None)
    first = re.sub(r"^(?:The|A|An|Our|Its|Their)\s+", "", runs[-1].group())
    tokens = first.split()
    if text[start:place].split()[0].lower() in ("a", "an", "another", "one", "some", "several"):
        return None  # What has a name is one of its kind: "a Galician station".
    while tokens and (tokens[0] in peoples() or " ".join(tokens[:2]) in peoples()):
        tokens = tokens[1:] if tokens[0] in peoples() else tokens[2:]
    name = " ".join(tokens)
    if not tokens or name in ("The", "A", "An", "Our", "Its") or _is_institution(name):
        return None
    if noun not in words("media", "strong") and not (noun == "agency" and len(tokens) == 1) and not known(name):
        return None
    begin = runs[-1].end() - len(name)
    return (begin, runs[-1].end()) if text[begin : runs[-1].end()] == name else None


def _is_institution(name: str) -> bool:
    """Whether the name is a known organisation's or a place's, and so no medium's."""
    return name in _bodies() or name in peoples()


@cache
def _bodies() -> frozenset[str]:
    out: set[str] = set()
    for entry in load("organisations").values():
        if isinstance(entry, dict):
            out.update(entry.get("names", ()))
            out.update(entry.get("sole", ()))
    return frozenset(out)


def _opening(text: str, place: int) -> int:
    """Where a phrase begins whose noun stands at this place: at its article, else at the first of the words that modify the noun."""
    at, kept = place, place
    for _ in range(_MODIFIERS + 1):
        hit = _BEFORE.search(text, max(at - 40, 0), at)
        if hit is None:
            break
        word = hit.group(1)
        if word.lower() in words("media", "articles"):
            return hit.start(1)
        if word.lower() in words("media", "no_modifiers") or _DAYS.fullmatch(" " + word) or word.endswith((".", "ly")):
            break
        at = hit.start(1)
        modifies = word[0].isupper() or word.lower() in words("media", "adjectives") or word.endswith(("’s", "'s"))
        if modifies and kept == hit.end():
            kept = at
    return kept if kept < place else place


def _is_head(text: str, place: int) -> bool:
    """Whether the noun or name that ends here is the last of its phrase: what follows is no noun that it modifies."""
    hit = _NEXT.match(text, place)
    if hit is None:
        return not text[place : place + 1].isalnum()
    word = hit.group(1)
    lower = word.lower().replace("’", "'")
    if word[0].isupper():
        return True
    if lower in words("media", "follow") or lower in words("verbs", "auxiliaries"):
        return True
    stem = base(lower)
    return lower.endswith("ed") or (stem is not None and stem != lower and not lower.endswith("ing"))


def _shown(text: str, entities: Iterable[Entity]) -> list[str]:
    """The names that the text treats as media's: papers were seen by them, an interview was given to them, they report and cite."""
    out = []
    bodies = [(entity.start, entity.end) for entity in entities if entity.label == "ORG"]
    for hit in _showing().finditer(text):
        run = _RUN.match(text, hit.end())
        if run is None:
            continue
        name = _without_day(run.group())
        end = run.start() + len(name)
        sure = hit.group("sure") is not None or any(a < end and run.start() < b for a, b in bodies)
        if name and sure and not _is_institution(name) and not _is_person(name) and _is_head(text, end):
            out.append(name)
    for run in _RUN.finditer(text):
        name = re.sub(r"^The\s+", "", run.group())
        if _CITES.match(text, run.end()) is not None and not _is_institution(name) and not _is_person(name):
            out.append(name)
    return out


_CITES = re.compile(r"\s+(?:(?:has|had)\s+)?(?:reported|reports|wrote|writes)(?:\s+(?:\w+\s+){0,2}\w+)?,\s+(?:citing|quoting)\b")


def _is_person(name: str) -> bool:
    """Whether the name begins with a given name."""
    return name.split()[0] in given_names()


@cache
def _showing() -> re.Pattern[str]:
    done = "|".join(sorted(words("media", "shows")))
    talks = "interview|interviews"
    return re.compile(
        rf"(?<!\w)(?:(?P<sure>(?:{done})\s+by|leaked\s+to)|(?:{talks})\s+with|a\s+report\s+(?:by|in)|(?:quoted|cited)\s+by)\s+(?:the\s+)?",
        re.IGNORECASE,
    )


def _aliases(names: Sequence[str]) -> dict[str, str]:
    """Short forms, and names that the text itself says are media's, with the full names."""
    out: dict[str, str] = {}
    for name in names:
        tokens = name.split()
        out[name] = name
        if len(tokens) > 1:
            if tokens[-1] in words_as_written("outlets", "marks"):
                out.setdefault("the " + tokens[-1], name)
            if tokens[-1].lower() in words("media", "tails"):
                out.setdefault(" ".join(tokens[:-1]), name)
            if len(letters := "".join(token[0] for token in tokens if token[0].isupper())) > 2:
                out.setdefault(letters, name)
    return out


def _runs(text: str, alias: dict[str, str]) -> list[Medium]:
    """The phrases that are a name alone, with what is said of it in an aside: "Agro TV", "the Gazeta, a local paper"."""
    out = []
    hits = [hit.span() for hit in _RUN.finditer(text)]
    listed = words_as_written("outlets", "known")
    full = {name for name in (text[a:b] for a, b in hits) if known(name) and (name in listed or not _is_person(name))}
    for name, whole in _aliases(sorted(full)).items():
        alias.setdefault(name, whole)
    for start, end in hits:
        end = start + len(_without_day(text[start:end]))
        article = re.match(r"(?:The|An?)\s+", text[start:end])
        bare = start + (article.end() if article else 0)
        piece, name = text[bare:end], text[start:end]
        definite = article is not None or text[max(start - 4, 0) : start].lower() == "the "
        called = next((one for one in (name, piece) if one in full or (known(one) and not _is_person(one))), None)
        called = called or alias.get(piece) or (alias.get("the " + piece) if definite else None)
        if called is None and _aside(text, end) > end and not _is_institution(piece) and not _is_person(piece):
            called = piece  # "the Tall Ship, a maritime site"
        if called is None or end <= bare or not _is_head(text, end):
            continue
        begin = start - 4 if article is None and definite else start
        if (possessor := re.search(rf"(?<![\w’'])(?:{_TOKEN})[’']s[ \u00a0]$", text[max(begin - 40, 0) : begin])) is not None:
            begin = max(begin - 40, 0) + possessor.start()
        before = re.search(r"([\w’'-]+) $", text[max(begin - 24, 0) : begin])
        if before is not None and before.group(1).lower() in words("outlets", "nouns"):
            begin = _opening(text, begin - len(before.group()))  # "the country's network RT"
        end = _aside(text, end)
        out.append(Medium(extent=(begin, end), name=re.sub(r"^The\s+", "", called) if called not in listed else called))
    return out


def _aside(text: str, end: int) -> int:
    """Where a name ends with what is said of it between commas: "Agro TV, a private broadcaster"."""
    if text[end : end + 1] != ",":
        return end
    for noun in _nouns().finditer(text, end, min(end + 70, len(text))):
        if _ASIDE.fullmatch(text, end, noun.start()) is not None and text[noun.end() : noun.end() + 1] in (",", ".", ";", ":", ")"):
            return noun.end()
    return end


def _unnamed(text: str, named: Sequence[Medium]) -> list[Medium]:
    """The phrases with a noun alone: "a local newspaper"; "the paper" is the one that was named last, where one of that kind was."""
    out = []
    taken = [medium.extent for medium in named]
    for hit in _nouns().finditer(text):
        noun = " ".join(hit.group().lower().split())
        at = bisect_left(taken, (hit.start() + 1, 0)) - 1
        after = _NEXT.match(text, hit.end())
        if after is not None and after.group(1)[0].isupper() and _DAYS.fullmatch(" " + after.group(1)) is None:
            continue  # "The daily Senate session".
        if (at >= 0 and taken[at][1] > hit.start()) or not _is_head(text, hit.end()) or (hit.group()[0].isupper() and noun != "state"):
            continue
        start = _opening(text, hit.start())
        opening = text[start : hit.start()].lower().split()
        meant = None
        if opening in (["the"], ["the", "same"], ["the", "news"]):
            meant = _meant(named[: at + 1], noun)
        if meant is not None or (noun in words("media", "strong") and start < hit.start()):
            out.append(Medium(extent=(start, hit.end()), name=None if meant is None else meant.name, noun=noun))
    return out


def _meant(before: Sequence[Medium], noun: str) -> Medium | None:
    """The last medium that went by this noun, else the last that was named with a noun of its kind, or with none."""
    same = [
        medium
        for medium in before
        if medium.name is not None and noun.split()[-1] in [*(medium.noun or "").split(), *medium.name.lower().split()]
    ]
    if same:
        return same[-1]
    if noun.split()[-1] in words("media", "print"):
        # "The paper" is one that was named before without a noun, or with another word for what is printed.
        near = [
            medium
            for medium in before
            if medium.name is not None
            and (medium.noun is None or medium.noun.split()[-1] in words("media", "print"))
            and not (medium.name.isupper() or {"tv", "radio", "news"} & set(medium.name.lower().split()))
        ]
        return near[-1] if near else None
    return None


@cache
def _report() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, words("media", "reports")), key=lambda noun: (-len(noun), noun)))
    return re.compile(rf"\b(?:{nouns})[ \u00a0](?:(?:published|carried|printed)[ \u00a0])?(?:by|in|from|on|of)[ \u00a0]$", re.IGNORECASE)


def _with_report(text: str, medium: Medium) -> Medium:
    """The medium with the report that is its own: "a report by X"."""
    start, end = medium.extent
    hit = _report().search(text, max(start - 60, 0), start)
    if hit is None:
        return medium
    return Medium(extent=(_opening(text, hit.start()), end), name=medium.name, noun=medium.noun)


def _apart(found: Iterable[Medium]) -> list[Medium]:
    """The phrases in order, of two that overlap the longer."""
    out: list[Medium] = []
    for medium in sorted(found, key=lambda one: (one.extent[0], -one.extent[1])):
        if out and medium.extent[0] < out[-1].extent[1]:
            if medium.extent[1] - medium.extent[0] > out[-1].extent[1] - out[-1].extent[0]:
                out[-1] = medium
            continue
        out.append(medium)
    return out
