"""Which articles are on record?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, TypedDict, cast

from onrecord.store import versions
from onrecord.store.queries import filters, walk
from onrecord.store.words import Words


class ArticleRow(TypedDict):
    """An article with what a list says of it: the ``version``-th of so many of its document, the oldest first; ``statements`` and
    ``conditions`` are counts of its current reading, as sure as asked.
    """

    id: str
    article: str
    document: str
    reading: str
    reader: str
    outlet: str | None
    title: str | None
    published: str | None
    published_to: str | None
    text_sha256: str
    added_at: str
    statements: int
    conditions: int
    version: int
    versions: int


_FIELDS = tuple(name for name in ArticleRow.__annotations__ if not name.startswith("version"))
_SELECT = (
    "SELECT c.article, c.article, a.document, c.reading, r.reader, c.outlet, c.title, c.first_day, c.last_day, a.text_sha256, a.added_at, "
    "r.statements, r.conditions FROM current_articles c JOIN articles a ON a.id = c.article JOIN readings r ON r.id = c.reading "
    "WHERE c.article = ?"
)
_COUNT = "SELECT COUNT(*) FROM {} WHERE reading = ? AND standing >= ?"


def articles(connection: sqlite3.Connection, words: Words, asked: Mapping[str, Any]) -> Iterator[ArticleRow]:
    """The current articles that pass the filters, by day and id; ``said`` is their day of publication."""
    given = filters.wanted(asked, "articles")
    for key in walk.keys(connection, words, None, given):
        row = _row(connection.execute(_SELECT, key).fetchone())
        _numbered(connection, row)
        if "min_confidence" in given:
            asked_for = (row["reading"], given["min_confidence"])
            row["statements"], row["conditions"] = (
                connection.execute(_COUNT.format(table), asked_for).fetchone()[0] for table in ("statements", "conditions")
            )
        yield row


def _numbered(connection: sqlite3.Connection, row: ArticleRow) -> None:
    """Say which version of its document it is, of how many."""
    found = versions.version(connection, row["article"])
    row["version"], row["versions"] = (found.number, found.of) if found else (1, 1)


def _row(values: tuple[Any, ...]) -> ArticleRow:
    row = dict(zip(_FIELDS, values, strict=True))
    published = {"published": row["published"] or None, "published_to": row["published_to"] or None}
    return cast(ArticleRow, {**row, **published, "version": 1, "versions": 1})
