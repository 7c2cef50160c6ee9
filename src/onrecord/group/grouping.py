"""One article put among the others: compared for copies, put in a story, its statements joined to sayings and commitments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from onrecord.group import commitments, copies, sayings, stories
from onrecord.group.copies import CopyShelf
from onrecord.group.stories import Stories
from onrecord.reports import BondShelf, Copy, Obligations, Placement, Placing, Report, SayingShelf


class KeptCopies(CopyShelf, Protocol):
    """Copies as they are looked up and kept."""

    def keep(self, article: str, sketch: Sequence[int], copies: Iterable[Copy]) -> None:
        """Keep the article's fingerprints and copies."""


class KeptStories(Stories, Protocol):
    """Stories, likewise."""

    def keep(self, placing: Placing, when: str) -> None:
        """Keep where the article is, and what else changed by it."""

    def succeed(self, older: str, newer: str) -> None:
        """Give the place of an older version to a newer one."""


class KeptSayings(SayingShelf, Protocol):
    """Sayings, likewise."""

    def keep(self, placement: Placement, when: str) -> None:
        """Keep what was concluded about an article, in place of what was concluded before."""


class KeptBonds(BondShelf, Protocol):
    """Commitments, likewise."""

    def keep(self, obligations: Obligations, when: str) -> None:
        """Keep what was concluded about an article, in place of what was concluded before."""


class Shelves(Protocol):
    """What putting an article among the others needs of the ledger, within one transaction."""

    @property
    def when(self) -> str:
        """What is kept is dated so."""

    @property
    def copies(self) -> KeptCopies:
        """Fingerprints and copies."""

    @property
    def stories(self) -> KeptStories:
        """Stories and who is in them."""

    @property
    def sayings(self) -> KeptSayings:
        """Sayings and their wordings."""

    @property
    def bonds(self) -> KeptBonds:
        """Commitments and what binds to them."""

    def beside(self, article: str) -> Shelves:
        """The same with only what the article may be compared with: the sample's articles and all others are kept apart."""

    def report(self, article: str) -> Report | None:
        """The article as coverage; None where no answer is given from it any more, or a newer version took its place."""

    def older(self, report: Report) -> Iterable[tuple[str, str]]:
        """Other versions of its document that are among the others still, newest first: each article with its text."""

    def retire(self, article: str, sketch: Sequence[int]) -> None:
        """Take a version out from among the others."""

    def done(self, report: Report) -> None:
        """Note that this reading of the article was grouped."""


def group(article: str, shelves: Shelves) -> None:
    """Put the article among the others, in the place of the version before it. Doing it again changes nothing."""
    report = shelves.report(article)
    if report is None:
        return
    shelves = shelves.beside(article)
    older = list(shelves.older(report))
    for before, _ in older:
        shelves.stories.succeed(before, article)
    found = copies.find(report, shelves.copies)
    shelves.copies.keep(article, copies.sketch(report.text), found)
    placing = stories.place(report, found, shelves.stories)
    shelves.stories.keep(placing, shelves.when)
    # The version before stands nearest, so that what both say keeps its ids.
    near = [*(before for before, _ in older), *_neighbours(article, placing, shelves.stories)]
    placement = sayings.place(report, found, near, shelves.sayings)
    shelves.sayings.keep(placement, shelves.when)
    shelves.bonds.keep(commitments.bind(report, placement, shelves.bonds), shelves.when)
    for before, text in older:
        shelves.retire(before, copies.sketch(text))
    shelves.done(report)


def _neighbours(article: str, placing: Placing, held: Stories) -> list[str]:
    """Articles of its story, the one that it came in by first."""
    home = next(each for each in placing.memberships if each.article == article)
    nearest = () if home.nearest is None else (home.nearest,)
    known = (each.article for each in held.members(home.story, sayings.MOST, nearest).traits)
    return list(dict.fromkeys([*nearest, *(each for each in known if each != article)]))
