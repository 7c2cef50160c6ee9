"""The words of a text in their order, each with what stands before it."""

from __future__ import annotations

from bisect import bisect_left

from onrecord.extract.words import TOKEN, words
from onrecord.records import Extent

_MARKS = frozenset(';:()[]–—"“”\n')


def has_mark(gap: str) -> bool:
    """Whether what stands between two words holds a mark that ends a clause or a phrase, other than a comma."""
    return any(mark in _MARKS for mark in gap)


class Tokens:
    """The words of one text: where each begins and ends, and how it is spelt in lower case."""

    __slots__ = ("ends", "lows", "starts", "text")

    def __init__(self, text: str) -> None:
        """Cut the text into words; a genitive's ending is part of its word."""
        self.text = text
        hits = [hit.span() for hit in TOKEN.finditer(text)]
        self.starts = [start for start, _ in hits]
        self.ends = [end for _, end in hits]
        self.lows = [text[start:end].lower().replace("’", "'") for start, end in hits]

    def __len__(self) -> int:
        return len(self.lows)

    def first(self, place: int) -> int:
        """The index of the first word that begins at or after a place of the text."""
        return bisect_left(self.starts, place)

    def before(self, at: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.ends[at - 1] : self.starts[at]] if 0 < at < len(self) else ""

    def extent(self, first: int, last: int) -> Extent:
        """Where the words from ``first`` to ``last``, both in, stand in the text."""
        return self.starts[first], self.ends[last]

    def has_capital(self, at: int) -> bool:
        """Whether the word begins with a capital letter."""
        return self.text[self.starts[at]].isupper()

    def back_over(self, at: int, low: int, *lists: tuple[str, str]) -> int:
        """The index of the nearest word before ``at`` in none of the lists and no adverb on -ly; ``low`` - 1 if none."""
        at -= 1
        while at >= low and (self.lows[at].endswith("ly") or any(self.lows[at] in words(*one) for one in lists)):
            at -= 1
        return at
