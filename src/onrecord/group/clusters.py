"""Which of a few articles belong together: the closest are joined first, as long as they are about as close as each side is in itself.

A fixed bar cannot serve all stories: ten reports of one verdict are close, ten of a long affair are loose, and two look-alikes can be
closer to one another than the reports of the affair are. So the bar is the stories' own: two groups are joined where the articles of one
are nearly as close to those of the other as those of the looser group are to one another.

A lone article may be far less close to a story than its articles are to one another. It hangs on: it is in the story, and counts for
nothing when the story is compared with others, so that it cannot bring two of them together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LEAST = 0.1
"""Groups that are less close are never joined."""
SHARE = 0.75
"""Joined are groups whose closeness is this share of the looser one's own."""
FLOOR = 0.35
"""And at least this share of the tighter one's own."""
LOOSE = 0.6
"""What joins a story hangs on where its closeness is less than this share of the story's own."""
SOME = 3
"""A story is one from so many articles on: things may hang on it."""
EXPECTED = 0.1
"""The closeness within a story that is taken for granted of a single article, and counts as one pair more in every other."""


def clusters(close: NDArray[np.float32], together: Sequence[Sequence[int]] = (), apart: Sequence[tuple[int, int]] = ()) -> list[int]:
    """For each row of the matrix the first row of its group.

    Args:
        close: how close the articles are; rows in a fixed order, such as by age, make the outcome independent of anything else.
        together: rows that belong together whatever the matrix says.
        apart: pairs that never do; where both are asked for, ``together`` wins.
    """
    n = len(close)
    state = _State(np.array(close, np.float64), _barred(n, apart))
    for rows in together:
        for row in rows[1:]:
            state.join(rows[0], row)
    while state.join_closest():
        pass
    return state.firsts()


def _barred(n: int, apart: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    barred = np.zeros((n, n), bool)
    for a, b in apart:
        barred[a, b] = barred[b, a] = True
    return barred


class _State:
    def __init__(self, close: NDArray[np.float64], barred: NDArray[np.bool_]) -> None:
        n = len(close)
        self.sums = close
        np.fill_diagonal(self.sums, 0)
        self.barred = barred
        self.group = np.arange(n)
        self.hung: dict[int, int] = {}
        """Rows that hang on a story, with a row of it."""
        self.size = np.ones(n)
        self.inner = np.zeros(n)
        """Sum of the closeness of all pairs within the group."""
        self.mean = np.where(barred, -1.0, self.sums)
        np.fill_diagonal(self.mean, -1)

    def join_closest(self) -> bool:
        """Join the two closest groups that may be joined; False where there are none."""
        while len(self.mean):
            i, j = divmod(int(self.mean.argmax()), len(self.mean))
            value = self.mean[i, j]
            if value < LEAST:
                return False
            one, other = self._own(i), self._own(j)
            if value >= max(SHARE * min(one, other), FLOOR * max(one, other)):
                lone, story = (i, j) if self.size[i] < self.size[j] else (j, i)
                if self.size[lone] == 1 and self.size[story] >= SOME and value < LOOSE * self._own(story):
                    self.hang(lone, story)
                else:
                    self.join(i, j)
                return True
            # Either group may yet change by joining another, and then this pair is looked at again.
            self.mean[i, j] = self.mean[j, i] = -1
        return False

    def hang(self, lone: int, story: int) -> None:
        """Have the lone row in the story without counting for it; what it is barred from, the story is barred from too."""
        self.hung[lone] = story
        self.barred[story] |= self.barred[lone]
        self.barred[:, story] = self.barred[story]
        self.mean[self.barred] = -1
        self.mean[lone] = self.mean[:, lone] = -1

    def firsts(self) -> list[int]:
        """For each row the first row of its group."""
        within = self.group.copy()
        for lone, story in self.hung.items():
            within[lone] = self.group[story]
        first: dict[int, int] = {}
        return [first.setdefault(int(group), row) for row, group in enumerate(within)]

    def join(self, row: int, other: int) -> None:
        """Make one group of those of two rows; it is called by the first of their rows."""
        a, b = sorted((int(self.group[row]), int(self.group[other])))
        if a == b:
            return
        self.inner[a] += self.inner[b] + self.sums[a, b]
        self.sums[a] += self.sums[b]
        self.sums[:, a] = self.sums[a]
        self.barred[a] |= self.barred[b]
        self.barred[:, a] = self.barred[a]
        self.size[a] += self.size[b]
        self.group[self.group == b] = a
        means = self.sums[a] / (self.size[a] * self.size)
        means[(self.group != np.arange(len(means))) | self.barred[a]] = -1
        means[[a, *self.hung]] = -1
        self.mean[a] = self.mean[:, a] = means
        self.mean[b] = self.mean[:, b] = -1

    def _own(self, group: int) -> float:
        pairs = self.size[group] * (self.size[group] - 1) / 2
        return float((self.inner[group] + EXPECTED) / (pairs + 1))
