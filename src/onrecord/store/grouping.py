"""What putting one article among the others needs of the ledger, in one hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from onrecord.reports import Report
from onrecord.store import commitments, reports, sayings, versions
from onrecord.store.border import Border
from onrecord.store.commitments import Bonds
from onrecord.store.copies import Copies
from onrecord.store.judgements import Judgements
from onrecord.store.sayings import Sayings
from onrecord.store.stories import StoryShelf


class Grouping:
    """The shelves on which copies, stories, sayings and commitments are looked up and kept. It opens no transaction."""

    def __init__(self, connection: sqlite3.Connection, when: str, border: Border | Collection[str] = ()) -> None:
        """Use this connection; what is kept is dated ``when``.

        Args:
            border: the marks of the sample's articles, or the border as one article sees it.
        """
        self._connection = connection
        self._border = border if isinstance(border, Border) else Border(connection, border)
        self.when = when
        self.copies = Copies(connection, self._border)
        self.stories = StoryShelf(connection, self._border)
        self.judgements = Judgements(connection, self.stories, when, self._border)
        self.sayings = Sayings(connection, self._border)
        self.bonds = Bonds(connection, self._border)

    def beside(self, article: str) -> Grouping:
        """The same shelves with only what the article may be compared with: the sample's articles and all others are kept apart."""
        return Grouping(self._connection, self.when, self._border.beside(article))

    def report(self, article: str) -> Report | None:
        """The article as coverage; None where no answer is given from it any more, or a newer version took its place."""
        found = reports.report(self._connection, article)
        if found is None or versions.newest(self._connection, found.document) == article:
            return found
        reports.settle(self._connection, article)
        return None

    def placed(self, article: str) -> str:
        """The version of the article's document that is in a story."""
        return versions.placed(self._connection, article)

    def older(self, report: Report) -> list[tuple[str, str]]:
        """Other texts of the document that are among the others, newest first: each article with its text."""
        sql = (
            "SELECT a.id, a.text FROM articles a JOIN grouped g ON g.article = a.id WHERE a.document = ? AND a.id <> ? "
            "ORDER BY a.added_at DESC, a.id"
        )
        return self._connection.execute(sql, (report.document, report.article)).fetchall()

    def retire(self, article: str, sketch: Sequence[int]) -> None:
        """Take a text out from among the others: a newer version has its place."""
        self.copies.retire(article, sketch)
        self.stories.forget(article)
        sayings.forget(self._connection, article)
        commitments.forget(self._connection, article)
        self._connection.execute("DELETE FROM grouped WHERE article = ?", (article,))

    def done(self, report: Report) -> None:
        """Note that this reading of the article was grouped."""
        reports.grouped(self._connection, report.article, report.reading, self.when)
