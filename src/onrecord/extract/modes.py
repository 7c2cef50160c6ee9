"""Modes: whether an event happened, will, might, did not, or happened long ago, where the words around its verb leave no doubt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from onrecord.extract.borders import Borders
from onrecord.extract.deeds import FOUND, Deed
from onrecord.extract.tokens import Tokens
from onrecord.extract.words import base, words
from onrecord.records import Mode, TimeExpression


def settled(borders: Borders, tokens: Tokens, deed: Deed, times: Sequence[TimeExpression], year: int | None) -> Deed:
    """The deed with the mode that its clause says; the reader's own where it says nothing.

    Args:
        times: the text's time expressions, in its order.
        year: of publication, where known.
    """
    mode = _by_verb(borders, tokens, deed) or _by_dates(borders, deed, times, year)
    return deed if mode is None or mode == deed.mode else msgspec.structs.replace(deed, mode=mode)


def _by_verb(borders: Borders, tokens: Tokens, deed: Deed) -> Mode | None:
    """The mode that the auxiliaries and negations before a verb give it, or that a verb which only weighs it does."""
    low, first, last = tokens.first(borders.sentence(deed.trigger[0])[0]), tokens.first(deed.trigger[0]), tokens.first(deed.trigger[1]) - 1
    if last < first or (base(tokens.lows[last]) is None and base(tokens.lows[first]) is None):
        return None
    helpers = _helpers(tokens, first, low)
    if FOUND in deed.rules and any(word in words("events", "outer") for word in tokens.lows[first : last + 1]):
        # Whoever will not, or says that another must, does refuse and demand.
        return None
    if any(word in words("events", "no") for word in (*helpers, *tokens.lows[first:last])):
        return "negated"
    before = first - len(helpers) - 1
    if before >= low and tokens.lows[before] in words("events", "weighing"):
        return "hypothetical"
    if FOUND in deed.rules and "will" in helpers:
        return "future"
    return "hypothetical" if FOUND in deed.rules and any(word in words("events", "modal") for word in helpers) else None


def _helpers(tokens: Tokens, at: int, low: int) -> list[str]:
    """The auxiliaries, adverbs and the "to" right before a verb."""
    out = []
    for place in range(at - 1, low - 1, -1):
        word = tokens.lows[place]
        known = word == "to" or word in words("verbs", "auxiliaries") or word in words("events", "between") or word in words("events", "no")
        if tokens.before(place + 1).strip() or not (known or word.endswith("ly")):
            break
        out.append(word)
    return out


def _by_dates(borders: Borders, deed: Deed, times: Sequence[TimeExpression], year: int | None) -> Mode | None:
    """Historical where all dates of the sentence lie more than a year before publication, actual where all lie in its year."""
    if year is None or deed.mode not in ("actual", "historical"):
        return None
    start, end = borders.sentence(deed.trigger[0])
    years = []
    for time in times[bisect_left(times, start, key=lambda one: one.start) :]:
        if time.start >= end:
            break
        if time.type == "DATE" and time.value and time.value[:4].isdigit():
            years.append(int(time.value[:4]))
    if not years:
        return None
    if max(years) < year - 1:
        return "historical"
    return "actual" if min(years) >= year else None
