"""Stories and what was concluded in them, as a page about one of them asks for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from onrecord.reports import Commitment, Membership, Saying, Story
from onrecord.store import commitments, sayings
from onrecord.store.connection import explained
from onrecord.store.queries import coverage
from onrecord.store.words import Words

_MOST = 200
"""Sayings of one article that a page may rest on, the first ones: no report says more, but a hostile text may."""


class Newsroom:
    """The ledger's stories; all that is given is of articles that answers are given from."""

    def __init__(self, connection: sqlite3.Connection, words: Words, path: Path) -> None:
        """Ask over this connection; ``path`` is named where the file is damaged."""
        self._connection = connection
        self._words = words
        self._path = path

    def beginning(self, start: str, limit: int) -> list[Story]:
        """Stories whose id begins so; the id of one that was joined to another leads there."""
        with explained(self._path):
            return coverage.beginning(self._connection, start, limit)

    def story_of(self, article: str) -> Story | None:
        """The story of the article with this id, or with this id of the caller's."""
        with explained(self._path):
            return coverage.story_of(self._connection, article)

    def titled(self, words: str, limit: int) -> list[Story]:
        """Stories that have an article with all these words in its title, the newest first."""
        with explained(self._path):
            return coverage.titled(self._connection, words, limit)

    def memberships(self, story: str) -> list[Membership]:
        """The places of the story's articles, with the reasons."""
        with explained(self._path):
            return list(coverage.memberships(self._connection, story))

    def sayings(self, articles: Sequence[str]) -> list[Saying]:
        """The sayings that these articles word, each once."""
        with explained(self._path):
            ids = dict.fromkeys(each for some in sayings.sayings_of(self._connection, articles).values() for each in some[:_MOST])
            return [found for each in ids if (found := sayings.saying(self._connection, each)) is not None]

    def commitments(self, articles: Sequence[str]) -> list[Commitment]:
        """The commitments that these articles report, each once."""
        with explained(self._path):
            ids = dict.fromkeys(each for some in commitments.commitments_of(self._connection, articles).values() for each in some[:_MOST])
            return [found for each in ids if (found := commitments.commitment(self._connection, each)) is not None]

    def earlier(self, actors: Sequence[str], before: str, limit: int) -> list[tuple[str, str]]:
        """Articles and statements by these actors on days before that one, newest first."""
        with explained(self._path):
            return list(coverage.earlier(self._connection, self._words, actors, before, limit))
