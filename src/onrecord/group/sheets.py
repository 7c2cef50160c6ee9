"""An article's gists laid out so that what is like one of them is found without looking at each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from onrecord.codec import decode
from onrecord.group.gist import Gist
from onrecord.group.terms import is_common

MOST = 400
"""Statements of one article that are compared; an article of news has a few dozen."""
_OFTEN = 1.4
"""Statements of one article in which a word stands, on average, before it counts as what the articles are about."""
_LEFT = 0.8
"""What is left of the weight of a word that is all over the articles."""
_RUN = 4
"""Words of a stretch by which quotations are found."""
Run = tuple[str, ...]


class Sheet:
    """The gists of one article, with where each word stands: of a whole number the bits whose places are those of the statements."""

    __slots__ = ("_by_run", "_runs", "by_quoted", "by_said", "by_stem", "gists")

    def __init__(self, gists: Sequence[Gist]) -> None:
        self.gists = gists
        self.by_stem: dict[str, int] = {}
        self.by_said: dict[str, int] = {}
        self.by_quoted: dict[Run, int] = {}
        self._by_run: dict[Run, int] | None = None
        self._runs: set[Run] | None = None
        for at, gist in enumerate(gists[:MOST]):
            _enter(self.by_stem, {*gist.words, *gist.bound}, 1 << at)
            _enter(self.by_said, (gist.said,), 1 << at)
            for piece in gist.quoted:
                _enter(self.by_quoted, _stretches(piece), 1 << at)

    @property
    def by_run(self) -> Mapping[Run, int]:
        """Where each stretch of words stands."""
        if self._by_run is None:
            self._by_run = {}
            for at, gist in enumerate(self.gists[:MOST]):
                _enter(self._by_run, _stretches(gist.said), 1 << at)
        return self._by_run

    @property
    def runs(self) -> set[Run]:
        """The stretches of words; where they stand is asked for seldom."""
        if self._runs is None:
            self._runs = set().union(*(_stretches(gist.said) for gist in self.gists[:MOST]))
        return self._runs

    def like(self, asked: Asked) -> list[Gist]:
        """The gists that have at least two words in common with that asked for, or say the same, or a stretch of what the other quotes.

        Of words that say little it takes four, or one beside another word.
        """
        found = self.by_said.get(asked.said, 0)
        if self.by_quoted:
            for run in self.by_quoted.keys() & asked.runs:
                found |= self.by_quoted[run]
        if asked.quoted and not asked.quoted.isdisjoint(self.runs):
            for run in asked.quoted & self.runs:
                found |= self.by_run[run]
        one = two = once = twice = thrice = often = 0
        for stem in self.by_stem.keys() & asked.stems:
            places = self.by_stem[stem]
            if is_common(stem):
                often |= thrice & places
                thrice |= twice & places
                twice |= once & places
                once |= places
            else:
                two |= one & places
                one |= places
        return [self.gists[at] for at in _places(found | two | (one & once) | often)]


def _enter(index: dict[Any, int], keys: Iterable[Any], bit: int) -> None:
    for key in keys:
        index[key] = index.get(key, 0) | bit


def _places(bits: int) -> Iterator[int]:
    """The places of the bits, ascending."""
    while bits:
        last = bits & -bits
        yield last.bit_length() - 1
        bits ^= last


class Asked:
    """What is looked for in sheets: a gist's words and stretches, made once."""

    __slots__ = ("quoted", "runs", "said", "stems")

    def __init__(self, gist: Gist) -> None:
        self.said = gist.said
        self.stems = frozenset((*gist.words, *gist.bound))
        self.runs = frozenset(_stretches(gist.said))
        self.quoted = frozenset(run for piece in gist.quoted for run in _stretches(piece))


def _stretches(said: str) -> Iterator[Run]:
    words = said.split()
    return zip(*(words[at:] for at in range(_RUN)), strict=False)


@lru_cache(512)
def sheet(packed: bytes) -> Sheet:
    """The sheet of the gists that were kept."""
    return Sheet(decode(packed, tuple[Gist, ...]))


def topical(sheets: Iterable[Sheet]) -> Mapping[str, float]:
    """By how much less each word counts that the articles have in several statements each: it is what they are about, not what one says.

    How many articles have a word makes no difference, so that copies do not make it count less.
    """
    statements: dict[str, int] = {}
    articles: dict[str, int] = {}
    for each in sheets:
        for stem, places in each.by_stem.items():
            statements[stem] = statements.get(stem, 0) + places.bit_count()
            articles[stem] = articles.get(stem, 0) + 1
    often = ((stem, count / articles[stem]) for stem, count in statements.items())
    return {stem: max(_LEFT, 1.0 - 0.25 * (each - _OFTEN)) for stem, each in often if each > _OFTEN}
