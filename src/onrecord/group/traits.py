"""What an article is known by when stories are sought: its words, names, numbers and days, each with how much it counts.

Traits hold no text: a term is a number of 32 bits, and only the few terms that a reason may name are kept as they stand. They are the
same in whatever order articles come, and small: some 2 KB an article.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from onrecord.group.background import base, names, rarity, telling, words
from onrecord.records import Extraction
from onrecord.reports import Report, Traits

CHANNELS = 9
WORDS, NAMES, LEAD_WORDS, LEAD_NAMES, NUMBERS, DAYS, LEAD_NUMBERS, YEARS, LEAD_YEARS = range(CHANNELS)
"""The channels. Names are words with a capital letter that does not come from a sentence's start."""
_MOST = (300, 120, 80, 40, 60, 24, 16, 16, 8)
"""The terms of a channel that are kept: those that count most."""
LEAD = 450
"""The lead is the title and so many letters of the text: what the article is about stands there."""
LONGEST = 100_000
"""Letters that are looked at; what stands further back is seldom about the same happening."""
SHOWN = 60
_NAMES_SHOWN = 15
NAMED = 8
"""Named days that are kept: the last ones."""
_FEW_DAYS = 7
INDEXED = 20
"""Terms by which an article is found again."""

_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_OPEN_DAY = re.compile(r"XXXX-(\d\d-\d\d)")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)  # fmt: skip
_WEEKDAY_COUNTS, _DAY_COUNTS = 1.0, 2.5
"""Every seventh article has the same weekday by chance, and one in a few hundred the same day."""


def traits(report: Report) -> Traits:
    """What the article is known by."""
    text, title = report.text[:LONGEST], report.title or ""
    lead = f"{title}\n{text[:LEAD]}"
    named = _days(report.extraction)
    found = words(text)
    small, capital = _counted(found)
    lead_small, lead_capital = _counted(words(lead))
    numbers, years = _figures(f"{title}\n{text}")
    lead_numbers, lead_years = _figures(lead)
    channels = (
        # What the lead says counts twice: once more with the title, which is in no text.
        _weighed(_together(small, lead_small), 1.5),
        _named(_together(capital, lead_capital)),
        _weighed(lead_small),
        _named(lead_capital),
        _weighed(numbers),
        {**dict.fromkeys(_weekdays(found, named), _WEEKDAY_COUNTS), **dict.fromkeys(_calendar(report.extraction), _DAY_COUNTS)},
        dict.fromkeys(lead_numbers, 1.0),
        dict.fromkeys(years, 1.0),
        dict.fromkeys(lead_years, 1.0),
    )
    kept = [sorted(c.items(), key=lambda item: (-item[1], item[0]))[:most] for c, most in zip(channels, _MOST, strict=True)]
    borders = [0]
    for some in kept:
        borders.append(borders[-1] + len(some))
    terms = [[term(word) for word, _ in some] for some in kept]
    earliest, latest = _published(report)
    return Traits(
        article=report.article,
        day=_day(report, named),
        published=earliest is not None,
        earliest=earliest or 0,
        latest=latest or 0,
        named=tuple(named[-NAMED:]),
        borders=tuple(borders),
        terms=np.array([each for some in terms for each in some], "<u4").tobytes(),
        weights=np.array([weight for some in kept for _, weight in some], "<f2").tobytes(),
        index=tuple(_index(terms)),
        shown=tuple(_shown([*words(title), *found], report.extraction, kept)),
    )


def channel(article: Traits, number: int) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """The channel's terms and their weights."""
    a, b = article.borders[number], article.borders[number + 1]
    return np.frombuffer(article.terms, "<u4")[a:b], np.frombuffer(article.weights, "<f2")[a:b].astype(np.float32)


def dated(article: Traits) -> bool:
    """Whether it is known to a few days when it was published."""
    return article.published and article.latest - article.earliest <= _FEW_DAYS


@lru_cache(maxsize=1 << 16)
def term(word: str) -> int:
    """The word as a number."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def _counted(found: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
    """How often each word stands there, small words and pieces of names apart; days and months have a channel of their own."""
    small: dict[str, int] = {}
    capital: dict[str, int] = {}
    for word, count in Counter(found).items():
        counts, plain = _counting(word)
        if counts:
            side = capital if counts == "name" else small
            side[plain] = side.get(plain, 0) + count
    return small, capital


@lru_cache(maxsize=1 << 16)
def _counting(word: str) -> tuple[Literal["name", "word", ""], str]:
    """What the word is counted among, and as what."""
    low = word.lower()
    if word[0].isdigit() or low in _WEEKDAYS or low in _MONTHS:
        return "", ""
    return "name" if names(word) else "word", base(word)


def _together(some: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return {**some, **{word: some.get(word, 0) + count for word, count in more.items()}}


def _weighed(counts: Mapping[str, int], power: float = 1.0) -> dict[str, float]:
    return {word: (1 + math.log(count)) * rare**power for word, count in counts.items() if (rare := rarity(word)) > 0}


def _named(counts: Mapping[str, int]) -> dict[str, float]:
    return {word: (1 + math.log(count)) * telling(word) for word, count in counts.items() if telling(word) > 0}


def _figures(text: str) -> tuple[Counter[str], Counter[str]]:
    """How often each number stands in the text, years apart."""
    numbers: Counter[str] = Counter()
    years: Counter[str] = Counter()
    for found in _NUMBER.finditer(text):
        number = found[0].replace(",", "")
        (years if _YEAR.fullmatch(number) else numbers)[number] += 1
    return numbers, years


def _published(report: Report) -> tuple[int | None, int | None]:
    """First and last day on which it may have been published."""
    first, last = (each and _number(each) for each in (report.published.first, report.published.to))
    return first or last or None, last or first or None


def _day(report: Report, named: Sequence[int]) -> int:
    """The day that it stands under: of publication, else on which it came; where neither is known, the last one that it names.

    Published within a month or a year, it stands under the last day of it that the text names, or the first of all.
    """
    first, last = _published(report)
    if first is not None and last is not None:
        return max((each for each in named if first <= each <= last), default=first)
    return _number(report.fetched or report.added) or (named[-1] if named else 0)


def _number(day: str) -> int | None:
    """The day as a number; None where it is none."""
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None


def _days(extraction: Extraction) -> list[int]:
    """Days that the text names with their year, oldest first."""
    values = {d.value[:10] for d in extraction.dates if d.type in ("DATE", "TIME") and d.value and _ISO.match(d.value)}
    return sorted(day for value in values if (day := _number(value)) is not None)


def _weekdays(found: Iterable[str], days: Iterable[int]) -> set[str]:
    """Weekdays that are named, or that a named day was."""
    return {low for word in dict.fromkeys(found) if (low := word.lower()) in _WEEKDAYS} | {_WEEKDAYS[(day - 1) % 7] for day in days}


def _calendar(extraction: Extraction) -> Iterator[str]:
    """Days of the calendar, such as 05-26, with or without a year."""
    for each in extraction.dates:
        if each.value and _ISO.match(each.value):
            yield each.value[5:10]
        elif each.value and (found := _OPEN_DAY.match(each.value)):
            yield found[1]


def _index(terms: Sequence[Sequence[int]]) -> list[int]:
    """What counts most among the names and words of lead and text, by turns."""
    parts = [terms[number] for number in (LEAD_NAMES, NAMES, LEAD_WORDS, WORDS)]
    found = dict.fromkeys(part[place] for place in range(INDEXED) for part in parts if place < len(part))
    return list(found)[:INDEXED]


def _shown(found: Sequence[str], extraction: Extraction, kept: Sequence[Sequence[tuple[str, float]]]) -> Iterator[str]:
    """Whom the text names, most mentioned first; then the strongest pieces of other names, and words, as they stand; then days."""
    capital = {word for word, _ in kept[NAMES]}
    seen: set[str] = set()
    for actor in sorted(extraction.actors, key=lambda each: (-len(each.mentions), each.id)):
        pieces = [base(word) for word in words(actor.name)]
        if len(seen) < _NAMES_SHOWN and pieces and capital.issuperset(pieces) and not seen.issuperset(pieces):
            seen.update(pieces)
            yield actor.name
    stand = {base(word): word for word in reversed(dict.fromkeys(found))}
    for number, most in ((LEAD_NAMES, _NAMES_SHOWN + 10), (NAMES, _NAMES_SHOWN + 20), (WORDS, SHOWN)):
        for word, _ in kept[number]:
            if word not in seen and len(seen) < most:
                seen.add(word)
                shown = re.split("['’]", stand.get(word, word))[0]
                yield shown if number != WORDS else shown.lower()
    yield from (day for day, _ in kept[DAYS] if day not in _WEEKDAYS)
