"""The border between the sample newsroom's articles and all others: nothing is ever compared across it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection


class Border:
    """Tells on which side articles are, and keeps to the side of one of them."""

    def __init__(self, connection: sqlite3.Connection, marks: Collection[str] = (), side: bool | None = None) -> None:
        """Know the sample's articles by these marks: ids of documents, and digests of texts.

        Args:
            side: True keeps to the sample's articles, False to all others, None knows no border.
        """
        self._connection = connection
        self._marks = marks
        self._side = side
        self._known: dict[str, bool] = {}

    def beside(self, article: str) -> Border:
        """The border as it is seen from this article's side."""
        return Border(self._connection, self._marks, self.sample(article) if self._marks else None)

    def sample(self, article: str) -> bool:
        """Whether the article is the sample's."""
        if article not in self._known:
            row = self._connection.execute("SELECT document, text_sha256 FROM articles WHERE id = ?", (article,)).fetchone()
            self._known[article] = row is not None and any(mark in self._marks for mark in row)
        return self._known[article]

    def here(self, article: str) -> bool:
        """Whether the article is on this side."""
        return self._side is None or self.sample(article) == self._side
