"""The stretches that two texts share, word for word, with a word or two changed inside: which part is wire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from onrecord.group.shingles import RUN, Shingled
from onrecord.reports import Passage

SHORTEST = 8
"""Words that a passage has at least: fewer in a row are how anybody would say it."""
_SHORTEST_RUN = 5
_GAP = 5
"""So many words may be changed inside a passage at one place."""
_PLACES = 8
"""So many places of one shingle are tried, so that a text of one word repeated costs no more than another."""

Run = tuple[int, int, int]
"""First word in one text, first word in the other, number of words."""


def passages(one: str, other: str) -> tuple[Passage, ...]:
    """The stretches that both texts have, in the order of the first; page lines and datelines are not looked at."""
    return tuple(found for found, _ in shared(Shingled(one), Shingled(other)))


def taken(one: str, other: str) -> tuple[float, float]:
    """Which share of each text's words stands in passages that the other has too, 0..1."""
    first, second = Shingled(one), Shingled(other)
    words = sum(passage.words for passage, _ in shared(first, second))
    # A passage that one text has twice is found twice.
    return min(1.0, words / max(1, len(first.codes))), min(1.0, words / max(1, len(second.codes)))


def shared(one: Shingled, other: Shingled) -> list[tuple[Passage, int]]:
    """Each passage with how many of its words count: those that stand in quotation marks in both texts are anybody's to quote."""
    found = []
    for group in _joined(_runs(one, other)):
        words = sum(size for _, _, size in group)
        if words < SHORTEST:
            continue
        free = sum(int(np.count_nonzero(~(one.quoted[i : i + size] & other.quoted[j : j + size]))) for i, j, size in group)
        first, last = group[0], group[-1]
        passage = Passage(
            one=(one.extents[first[0]][0], one.extents[last[0] + last[2] - 1][1]),
            other=(other.extents[first[1]][0], other.extents[last[1] + last[2] - 1][1]),
            words=words,
        )
        found.append((passage, free))
    return found


def _runs(one: Shingled, other: Shingled) -> Iterator[Run]:
    """Runs of the same words, each as long as it gets, in the order of the first text; no word of that is in two."""
    places = _places(other, np.intersect1d(one.distinct, other.distinct, assume_unique=True))
    codes, others = one.codes.tolist(), other.codes.tolist()
    at, beside = 0, 0
    for i in np.flatnonzero(np.isin(one.shingles, np.fromiter(places, np.uint64, len(places)))).tolist():
        if i < at:
            continue
        # Where several are as long, the one that goes on from the last run.
        size, _, j = max((_length(codes, others, i, j), -abs(j - beside), j) for j in places[int(one.shingles[i])])
        if size >= _SHORTEST_RUN:
            yield i, j, size
            at, beside = i + size, j + size


def _places(text: Shingled, wanted: NDArray[np.uint64]) -> dict[int, list[int]]:
    places: dict[int, list[int]] = {}
    where = np.flatnonzero(np.isin(text.shingles, wanted))
    for at, shingle in zip(where.tolist(), text.shingles[where].tolist(), strict=True):
        held = places.setdefault(shingle, [])
        if len(held) < _PLACES:
            held.append(at)
    return places


def _length(codes: list[int], others: list[int], i: int, j: int) -> int:
    size = RUN
    most = min(len(codes) - i, len(others) - j)
    while size < most and codes[i + size] == others[j + size]:
        size += 1
    return size if codes[i : i + RUN] == others[j : j + RUN] else 0


def _joined(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Runs that follow one another in both texts, with few words between."""
    group: list[Run] = []
    for run in runs:
        if group:
            i, j, size = group[-1]
            if not (0 <= run[0] - i - size <= _GAP and 0 <= run[1] - j - size <= _GAP):
                yield group
                group = []
        group.append(run)
    if group:
        yield group
