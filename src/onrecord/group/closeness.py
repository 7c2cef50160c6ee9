"""How close articles are: 0 for nothing shared, about 1 for one text.

    closeness = .60 sqrt(words x names)   look-alikes share the words of a type of happening, or the persons, not both
              + .30 lead                  what title and first lines are about
              + .10 lead's words found in the other's text + .10 lead's names found there
              + .15 numbers + .10 days    death tolls, amounts, the day it happened
              + .05 near - .01 far        days between the publications
              - .05 for other numbers in the leads - .10 for other years

All are cosines but the two that say "found there", which are shares, and the last line. The weights are round numbers set by hand;
docs/why.md says what they were chosen on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.group.traits import (
    CHANNELS,
    DAYS,
    LEAD_NAMES,
    LEAD_NUMBERS,
    LEAD_WORDS,
    LEAD_YEARS,
    NAMES,
    NUMBERS,
    WORDS,
    YEARS,
    dated,
)
from onrecord.reports import Traits

Matrix = NDArray[np.float32]

BOTH, LEAD, FOUND, NUMBER, DAY, NEAR, FAR = 0.6, 0.3, 0.1, 0.15, 0.1, 0.05, 0.01
OTHER_NUMBERS, OTHER_YEARS = 0.05, 0.1
_NEAR_DAYS = 3.0
_FARTHEST = 6.0
_NOTHING_TO_FIND = 0.3
"""What a lead without names is taken to share."""
_UNKNOWN = -1.0
_LAST_DAY = 4_000_000
"""After every day that a date can have."""
KINDS = ((WORDS, LEAD_WORDS), (NAMES, LEAD_NAMES), (NUMBERS, LEAD_NUMBERS, YEARS, LEAD_YEARS), (DAYS,))
"""Channels whose terms are alike: four kinds at most, two bits."""
_KINDS = np.array([next(kind for kind, some in enumerate(KINDS) if channel in some) for channel in range(CHANNELS)], np.uint64)
_LOW = np.uint32(0xFFFF)
"""Of a term, the bits by which it is looked for at first."""


def closeness(articles: Sequence[Traits], others: Sequence[Traits] | None = None) -> Matrix:
    """How close each article (row) is to each of the others (column); without others, to one another."""
    # Products of small matrices now and then leave the processor's flag for an invalid value behind; the values are finite all the same.
    with np.errstate(invalid="ignore"):
        return _closeness(articles, others)


def _closeness(articles: Sequence[Traits], others: Sequence[Traits] | None) -> Matrix:
    every = [*articles, *(others or ())]
    n = len(articles)
    table = _Table(every, n)
    rows, columns = slice(0, n), slice(0 if others is None else n, None)
    words, names, lead_words, lead_names, numbers, days, lead_numbers, years, lead_years = table.dense()

    def alike(pairs: Sequence[tuple[Matrix, int]]) -> Matrix:
        """Cosines over channels together."""
        sums = sum(dense[rows] @ dense[columns].T for dense, _ in pairs)
        lengths = np.sqrt(table.squares[:, [channel for _, channel in pairs]].sum(axis=1))
        return np.asarray(sums / np.maximum(np.outer(lengths[rows], lengths[columns]), 1e-9), np.float32)

    def found(lead: Matrix, full: Matrix, channel: int) -> Matrix:
        """How much of one's lead is found in the other's text, the mean of both ways."""
        held = (full > 0).astype(np.float32)
        there = _share(lead[rows] @ held[columns].T, table.totals[rows, channel])
        back = there if others is None else _share(lead[columns] @ held[rows].T, table.totals[columns, channel])
        return np.asarray((there + back.T) / 2, np.float32)

    def other(lead: Matrix, full: Matrix, channel: int) -> Matrix:
        """1 where both leads have such terms, and neither text has any of the other's lead."""
        stated = table.totals[:, channel] > 0
        shared = lead[rows] @ full[columns].T + full[rows] @ lead[columns].T
        return np.asarray(np.outer(stated[rows], stated[columns]) & (shared == 0), np.float32)

    close = BOTH * np.sqrt(np.maximum(alike([(words, WORDS)]) * alike([(names, NAMES)]), 0.0))
    close += LEAD * alike([(lead_words, LEAD_WORDS), (lead_names, LEAD_NAMES)])
    close += NUMBER * alike([(numbers, NUMBERS)]) + DAY * alike([(days, DAYS)])
    close += FOUND * (found(lead_words, words, LEAD_WORDS) + found(lead_names, names, LEAD_NAMES))
    close -= OTHER_NUMBERS * other(lead_numbers, numbers, LEAD_NUMBERS) + OTHER_YEARS * other(lead_years, years, LEAD_YEARS)
    return np.asarray(close + _time(every[rows], every[columns]), np.float32)


class _Table:
    """The terms of several articles, flat; ``first`` is the number of those that all are compared with, or of all."""

    def __init__(self, articles: Sequence[Traits], first: int) -> None:
        n = len(articles)
        self._size, self._first = n, first
        flat = [_flat(each.terms, each.weights, each.borders) for each in articles]
        self._terms = np.concatenate([each.terms for each in flat])
        self._weights = np.concatenate([each.weights for each in flat])
        self._channels = np.concatenate([each.channels for each in flat])
        self._owners = np.repeat(np.arange(n), [len(each.terms) for each in flat])
        self.totals = np.array([each.totals for each in flat]).reshape(n, CHANNELS)
        self.squares = np.array([each.squares for each in flat]).reshape(n, CHANNELS)
        if first < n:
            self._narrow(np.concatenate([each.terms for each in flat[:first]]))

    def _narrow(self, terms: NDArray[np.uint32]) -> None:
        """Let go of most terms that are none of these: of those whose last bits no term of these has."""
        marked = np.zeros(_LOW + 1, np.bool_)
        marked[terms & _LOW] = True
        kept = np.flatnonzero(marked[self._terms & _LOW])
        self._terms, self._weights = self._terms[kept], self._weights[kept]
        self._channels, self._owners = self._channels[kept], self._owners[kept]

    def dense(self) -> list[Matrix]:
        """For each channel an article a row and a term a column; channels of one kind have the same columns.

        Terms that only one article has are left out.
        """
        keys = _KINDS[self._channels] << np.uint64(32) | self._terms
        owners, channels, weights = self._owners, self._channels, self._weights
        if self._first < self._size and (own := np.sort(keys[owners < self._first])).size:
            # Where all are compared with a few, only what those have can be shared.
            chosen = np.flatnonzero(own[np.searchsorted(own, keys).clip(max=len(own) - 1)] == keys)
            keys, owners, channels, weights = keys[chosen], owners[chosen], channels[chosen], weights[chosen]
        different, columns = _columns(keys)
        has = np.zeros((self._size, len(different)), np.bool_)
        has[owners, columns] = True
        kept = has.sum(axis=0) > 1
        kinds = (different >> np.uint64(32)).astype(np.intp)
        sizes = np.bincount(kinds[kept], minlength=len(KINDS))
        place = np.cumsum(kept) - 1 - (np.cumsum(sizes) - sizes)[kinds]
        made = []
        for channel in range(CHANNELS):
            here = np.flatnonzero((channels == channel) & kept[columns])
            dense = np.zeros((self._size, sizes[int(_KINDS[channel])]), np.float32)
            dense[owners[here], place[columns[here]]] = weights[here]
            made.append(dense)
        return made


class _Flat(NamedTuple):
    """One article's terms, with the sums of its channels."""

    terms: NDArray[np.uint32]
    weights: Matrix
    channels: NDArray[np.uint8]
    totals: NDArray[np.float64]
    squares: NDArray[np.float64]


@lru_cache(maxsize=1024)
def _flat(terms: bytes, weights: bytes, borders: tuple[int, ...]) -> _Flat:
    """An article is compared again and again while its story lasts, so the last ones are kept."""
    values = np.frombuffer(weights, "<f2").astype(np.float32)
    channels = np.repeat(np.arange(len(borders) - 1, dtype=np.uint8), np.diff(borders))
    totals, squares = (np.bincount(channels, each, CHANNELS).astype(np.float64) for each in (values, values**2))
    return _Flat(np.frombuffer(terms, "<u4"), values, channels, totals, squares)


def _columns(keys: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """The different keys, ascending, and for each of these which one it is."""
    # Sorting a key and its place as one number is several times faster than sorting places by their keys.
    bits = np.uint64(30)
    both = np.sort(keys << bits | np.arange(len(keys), dtype=np.uint64))
    ordered = both >> bits
    fresh = np.ones(len(keys), np.bool_)
    fresh[1:] = ordered[1:] != ordered[:-1]
    columns = np.empty(len(keys), np.intp)
    columns[(both & np.uint64((1 << 30) - 1)).astype(np.intp)] = np.cumsum(fresh) - 1
    return ordered[fresh], columns


def _share(found: Matrix, totals: NDArray[np.float64]) -> Matrix:
    share = found / np.maximum(totals, 1e-9)[:, None]
    share[totals == 0] = _NOTHING_TO_FIND
    return np.asarray(share, np.float32)


def _time(rows: Sequence[Traits], columns: Sequence[Traits]) -> Matrix:
    gaps = _gaps(rows, columns)
    known = gaps != _UNKNOWN
    near = np.where(known, np.exp(-gaps / _NEAR_DAYS), 0)
    far = np.where(known, np.log1p(gaps.clip(min=0)).clip(max=_FARTHEST), 0)
    return np.asarray(NEAR * near - FAR * far, np.float32)


def _gaps(rows: Sequence[Traits], columns: Sequence[Traits]) -> Matrix:
    """Days between the publications; where one is not known to a few days, between the nearest days that are known; -1 where none are.

    What was published within a month or a year lies at least as far as its nearer end.
    """
    first, last, fine = _published(rows)
    their_first, their_last, their_fine = _published(columns)
    apart = np.maximum(np.maximum(first[:, None] - their_last, their_first - last[:, None]), 0)
    sure = np.outer(fine, their_fine)
    if sure.all():
        return np.asarray(apart, np.float32)
    ours, theirs = _known(rows), _known(columns)
    nearest = np.fmin.reduce(np.fmin.reduce(np.abs(ours[:, None, :, None] - theirs[None, :, None, :]), axis=3), axis=2)
    loose = np.where(apart > 0, np.fmax(nearest, apart), np.where(np.isnan(nearest), _UNKNOWN, nearest))
    return np.asarray(np.where(sure, apart, loose), np.float32)


def _published(articles: Sequence[Traits]) -> tuple[Matrix, Matrix, NDArray[np.bool_]]:
    """First and last day on which each may have been published, and whether that is known to a few days."""
    first = np.array([each.earliest if each.published else 0 for each in articles], np.float32)
    last = np.array([each.latest if each.published else _LAST_DAY for each in articles], np.float32)
    return first, last, np.array([dated(each) for each in articles], bool)


def _known(articles: Sequence[Traits]) -> Matrix:
    """The days that each article has, one a column, NaN where it has fewer."""
    days = [((each.day,) if dated(each) else ()) + each.named for each in articles]
    out = np.full((len(articles), max(1, *map(len, days))), np.nan, np.float32)
    for row, some in zip(out, days, strict=True):
        row[: len(some)] = some
    return out
