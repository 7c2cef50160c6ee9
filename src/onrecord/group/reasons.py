"""Why an article is in a story, in words: what it shares with the member that is nearest, and how far apart they are in time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from onrecord.group.background import base, names, rarity, words
from onrecord.group.traits import DAYS, NAMES, WORDS, channel, dated, term
from onrecord.reports import Reason, Traits

_NAMES, _WORDS, _DAYS = 4, 3, 2
"""How many of each are named."""
_RARE = 3.5
"""A word is worth naming from this rarity on: one text in thirty has it."""
_CALENDAR = re.compile(r"\d\d-\d\d")


def reasons(article: Traits, nearest: Traits, close: float) -> tuple[Reason, ...]:
    """What the article shares with the nearest member, what counts most first, then how far apart they are."""
    names_held = set(channel(nearest, NAMES)[0].tolist())
    words_held = set(channel(nearest, WORDS)[0].tolist())
    days_held = set(channel(nearest, DAYS)[0].tolist())
    shared_names = [each for each in article.shown if names(each) and all(term(base(w)) in names_held for w in words(each))]
    shared_words = [w for w in article.shown if w[0].islower() and rarity(base(w)) >= _RARE and term(base(w)) in words_held]
    shared_days = [w for w in article.shown if _CALENDAR.fullmatch(w) and term(w) in days_held]
    found = [
        *(Reason(kind="actor", text=name, weight=_weight(name, close)) for name in shared_names[:_NAMES]),
        *(Reason(kind="date", text=_day(day), weight=round(close / 2, 2)) for day in shared_days[:_DAYS]),
        *(Reason(kind="word", text=word, weight=_weight(word, close)) for word in shared_words[:_WORDS]),
    ]
    return (*found, *_apart(article, nearest))


def sentence(found: Sequence[Reason]) -> str:
    """The reasons for the reader: "shares Ristsoo, Kharkiv, 26 May, and the rare words howitzer, Krasnopillia; 2 days apart"."""
    shared = [r.text for r in found if r.kind in ("actor", "place", "date")]
    rare = [r.text for r in found if r.kind == "word"]
    if rare:
        shared.append(("and the " if shared else "the ") + ("rare words " if len(rare) > 1 else "rare word ") + ", ".join(rare))
    parts = [f"shares {', '.join(shared)}"] if shared else []
    return "; ".join(
        [*(r.text for r in found if r.kind in ("judged", "alone", "copy")), *parts, *(r.text for r in found if r.kind in ("near", "far"))]
    )


def _apart(article: Traits, nearest: Traits) -> Iterable[Reason]:
    if dated(article) and dated(nearest):
        days = abs(article.day - nearest.day)
        text = "the same day" if days == 0 else "a day apart" if days == 1 else f"{days} days apart"
        yield Reason(kind="near" if days <= 3 else "far", text=text, weight=round(1 / (1 + days), 2))


def _weight(name: str, close: float) -> float:
    return round(close * max(rarity(base(word)) for word in words(name)) / 8, 2)


def _day(calendar: str) -> str:
    """05-26 as 26 May."""
    try:
        day = date.fromisoformat(f"2024-{calendar}")
    except ValueError:
        return calendar
    return f"{day.day} {day:%B}"
