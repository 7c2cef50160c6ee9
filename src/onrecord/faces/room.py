"""The newsroom that the coverage page asks: the ledger's stories, and those who conclude things from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from onrecord import store
from onrecord.ask.gathering import Newsroom, Told
from onrecord.errors import NotFoundError
from onrecord.group import origins, wordings, works
from onrecord.group.cases import Held
from onrecord.group.changes import changes
from onrecord.reports import Change, Cited, Commitment, Compared, Copy, Membership, Origins, Provenance, Report, Saying, Story

_SHOWN = 5


class Room(Newsroom, Protocol):
    """A newsroom in which stories are found by their ids, their articles and the words of their titles."""

    def beginning(self, start: str, limit: int) -> Sequence[Story]:
        """Stories whose id begins so; an id that was given up leads to the story that took it over."""

    def story_of(self, article: str) -> Story | None:
        """The story of the article with this id, or the caller's id; None where it is in none, or there is no such article."""

    def titled(self, words: str, limit: int) -> Sequence[Story]:
        """Stories that have all these words in the title of an article, the newest first."""


class LedgerRoom:
    """The newsroom of a ledger."""

    def __init__(self, ledger: store.SqliteLedger) -> None:
        """Ask this ledger."""
        self._ledger = ledger
        self._stories = ledger.newsroom()
        self._story: tuple[tuple[str, ...], tuple[Copy, ...], Held] | None = None

    def beginning(self, start: str, limit: int) -> Sequence[Story]:
        """Stories whose id begins so."""
        return self._stories.beginning(start, limit)

    def story_of(self, article: str) -> Story | None:
        """The story of an article."""
        return self._stories.story_of(article)

    def titled(self, words: str, limit: int) -> Sequence[Story]:
        """Stories by words of a title."""
        return self._stories.titled(words, limit)

    def report(self, article: str) -> Report:
        """The article with its current reading."""
        return self._ledger.report(article)

    def reports(self, articles: Iterable[str]) -> Iterator[Report]:
        """Several, in the order asked for."""
        return self._ledger.reports(articles)

    def memberships(self, story: str) -> Iterable[Membership]:
        """The places of the story's articles."""
        return self._stories.memberships(story)

    def copies(self, articles: Sequence[str]) -> Iterable[Copy]:
        """How these articles copy one another."""
        known = set(articles)
        found = {(each.article, each.of): each for article in articles for each in self._ledger.copies(article)}
        return [each for each in found.values() if each.article in known and each.of in known]

    def sayings(self, articles: Sequence[str]) -> Iterable[Saying]:
        """The sayings that these articles word."""
        return self._stories.sayings(articles)

    def commitments(self, articles: Sequence[str]) -> Iterable[Commitment]:
        """The commitments that these articles report."""
        return self._stories.commitments(articles)

    def compare(self, told: Sequence[Told]) -> Iterable[Compared]:
        """Each wording of a saying against the best one."""
        return wordings.compare(told)

    def provenances(self, reports: Sequence[Report], copies: Sequence[Copy]) -> Iterable[Provenance]:
        """Where each of these reports has what it reports from."""
        return self._held(reports, copies).made.values()

    def _held(self, reports: Sequence[Report], copies: Sequence[Copy]) -> Held:
        """The story's reports taken apart, once for all that is asked about them."""
        key = tuple(report.reading for report in reports), tuple(copies)
        if self._story is None or self._story[:2] != key:
            self._story = (*key, origins.prepared(reports, copies))
        return self._story[2]

    def story_origins(self, story: str, reports: Sequence[Report], copies: Sequence[Copy]) -> Origins:
        """The independent origins of the story."""
        return origins.of_story(story, self._held(reports, copies))

    def origins(
        self, of: Saying | Commitment, told: Sequence[Told], reports: Sequence[Report], copies: Sequence[Copy]
    ) -> Origins:  # fmt: skip
        """The independent origins of a saying or a commitment."""
        held = self._held(reports, copies)
        if isinstance(of, Saying):
            return origins.origins(of.id, told, held, copies, kind="saying")
        return origins.origins(of.id, told, held, copies, kind="commitment", principal=of.principal)

    def changes(self, copy: Report, of: Report) -> Sequence[Change]:
        """What the copy has otherwise than the report that it copies."""
        return changes(of.text, copy.text)

    def cited(self, report: Report, reports: Sequence[Report]) -> Iterable[Cited]:
        """The works that the report cites and that are not held."""
        return works.cited(report, reports)

    def earlier(self, actors: Sequence[str], before: str, limit: int) -> Iterable[tuple[str, str]]:
        """Earlier statements by these actors."""
        return self._stories.earlier(actors, before, limit)


def room(ledger: store.SqliteLedger) -> Room:
    """The newsroom of this ledger."""
    return LedgerRoom(ledger)


def find(here: Room, words: str) -> Story:
    """The one story that is meant by an id, its beginning, an article's id, or words of a title.

    Raises:
        NotFoundError: none is, or several are; the message names them.
    """
    wanted = words.strip()
    if (of := here.story_of(wanted)) is not None:
        return of
    found = [*here.beginning(wanted, _SHOWN + 1)] if wanted.startswith("so_") else [*here.titled(wanted, _SHOWN + 1)]
    if len(found) == 1:
        return found[0]
    if found:
        named = "; ".join(f"{each.id} ({each.title[:60]})" for each in found[:_SHOWN])
        more = ", and more" if len(found) > _SHOWN else ""
        raise NotFoundError(f"{wanted!r} may be one of several stories: {named}{more}; give its id")
    raise NotFoundError(f"no story is called {wanted!r}; give its id, words of a title, or the id of one of its articles")
