"""The versions of a document: its texts, one after the other, that answers are given from.

An outlet that changes a piece makes a new version. A new cut of old bytes is none: it replaces the article of the older cut.
"""

from __future__ import annotations

import sqlite3

from onrecord.records import Record

_ORDERED = (
    "SELECT a.id, a.document, a.added_at, "
    "(SELECT MIN(f.fetched_at) FROM fetches f WHERE f.article = a.id) AS fetched "
    "FROM articles a JOIN current_articles c ON c.article = a.id WHERE a.document = {} "
    "ORDER BY COALESCE((SELECT MIN(f.fetched_at) FROM fetches f WHERE f.article = a.id), a.added_at), a.added_at, a.id"
)


class Version(Record, frozen=True, kw_only=True):
    """One text of a document: its place among the versions, oldest first, and when it was fetched (where it was) and added."""

    article: str
    document: str
    number: int
    of: int
    fetched: str | None
    added: str

    @property
    def newest(self) -> bool:
        """Whether it is the newest one."""
        return self.number == self.of


def versions(connection: sqlite3.Connection, article: str) -> tuple[Version, ...]:
    """All versions of the article's document, oldest first; an article that is removed or replaced is none of them."""
    return _numbered(connection.execute(_ORDERED.format("(SELECT document FROM articles WHERE id = ?)"), (article,)).fetchall())


def newest(connection: sqlite3.Connection, document: str) -> str | None:
    """The newest version of the document; None where no answer is given from any."""
    found = _numbered(connection.execute(_ORDERED.format("?"), (document,)).fetchall())
    return found[-1].article if found else None


def version(connection: sqlite3.Connection, article: str) -> Version | None:
    """The article among the versions of its document; None where no answer is given from it."""
    return next((each for each in versions(connection, article) if each.article == article), None)


def story_of(connection: sqlite3.Connection, article: str) -> str | None:
    """The story of the article, or of the version that took its place."""
    row = connection.execute("SELECT story FROM memberships WHERE article = ?", (placed(connection, article),)).fetchone()
    return None if row is None else str(row[0])


def placed(connection: sqlite3.Connection, article: str) -> str:
    """The version of the article's document that is in a story: itself, or the one that took its place; itself where none is."""
    sql = (
        "SELECT m.article FROM articles o JOIN articles v ON v.document = o.document JOIN memberships m ON m.article = v.id "
        "WHERE o.id = ? ORDER BY CASE WHEN m.article = o.id THEN 0 ELSE 1 END, m.article LIMIT 1"
    )
    row = connection.execute(sql, (article,)).fetchone()
    return article if row is None else str(row[0])


def outdated(connection: sqlite3.Connection, cutter: str) -> list[str]:
    """Articles cut by another version of this cutter (name/version) and never by this one, in the order of their ids."""
    sql = (
        "SELECT c.article FROM current_articles c WHERE EXISTS (SELECT 1 FROM cuts k WHERE k.article = c.article AND k.cutter LIKE ?) "
        "AND NOT EXISTS (SELECT 1 FROM cuts k WHERE k.article = c.article AND k.cutter = ?) ORDER BY c.article"
    )
    name = cutter.partition("/")[0]
    return [article for (article,) in connection.execute(sql, (f"{name}/%", cutter))]


def _numbered(rows: list[tuple[str, str, str, str | None]]) -> tuple[Version, ...]:
    return tuple(
        Version(article=article, document=document, number=number, of=len(rows), fetched=fetched, added=added)
        for number, (article, document, added, fetched) in enumerate(rows, 1)
    )
