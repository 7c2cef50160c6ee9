"""Articles as coverage: text, facts and current reading of those that answers are given from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from onrecord.codec import decode
from onrecord.records import Published
from onrecord.reports import Piece, Report
from onrecord.store import facts, fetches, readings, versions

_FACTS = ("caller", "outlet", "title", "url", "byline", "language")


def report(connection: sqlite3.Connection, article: str) -> Report | None:
    """The article with its current reading; None where no answer is given from it."""
    found = _known(connection, article)
    if found is None:
        return None
    known, reading = found
    return Report(**known, reading=reading, extraction=readings.rebuild(connection, reading))


def piece(connection: sqlite3.Connection, article: str) -> Piece | None:
    """The article's text and facts without its reading, at a tenth of the cost; None where no answer is given from it."""
    found = _known(connection, article)
    return None if found is None else Piece(**found[0])


def _known(connection: sqlite3.Connection, article: str) -> tuple[dict[str, Any], str] | None:
    """The fields of the piece, and the id of the current reading."""
    sql = (
        "SELECT a.document, a.text, a.added_at, c.reading, r.published FROM current_articles c JOIN articles a ON a.id = c.article "
        "JOIN readings r ON r.id = c.reading WHERE c.article = ?"
    )
    row = connection.execute(sql, (article,)).fetchone()
    if row is None:
        return None
    document, text, added, reading, published = row
    known = facts.best(connection, article, document)
    values: dict[str, Any] = {kind: known.get(kind, (None,))[0] for kind in _FACTS}
    values |= {"published": decode(published, Published), "added": added, "fetched": fetches.first(connection, article)[0], "text": text}
    return {"article": article, "document": document, **values}, reading


def ungrouped(connection: sqlite3.Connection) -> Iterator[str]:
    """Newest versions whose current reading was not grouped yet, in the order in which they were added."""
    sql = "SELECT a.id FROM ungrouped u JOIN articles a ON a.id = u.article ORDER BY a.added_at, a.id"
    yield from (article for (article,) in connection.execute(sql).fetchall())


def grouped(connection: sqlite3.Connection, article: str, reading: str, when: str) -> None:
    """Note that this reading of the article was grouped."""
    connection.execute(
        "INSERT INTO grouped (article, reading, grouped_at) VALUES (?, ?, ?) "
        "ON CONFLICT (article) DO UPDATE SET reading = excluded.reading, grouped_at = excluded.grouped_at",
        (article, reading, when),
    )
    settle(connection, article)


def settle(connection: sqlite3.Connection, article: str) -> None:
    """Have the article wait to be grouped, or not, as its current reading has it; and so with the other versions of its document."""
    row = connection.execute("SELECT document FROM articles WHERE id = ?", (article,)).fetchone()
    if row is not None:
        settle_document(connection, row[0])


def settle_document(connection: sqlite3.Connection, document: str) -> None:
    """Have the newest version of the document wait to be grouped, where its current reading was not; no other one does."""
    newest = versions.newest(connection, document)
    if newest is not None and _fresh(connection, newest):
        connection.execute("INSERT INTO ungrouped (article) VALUES (?) ON CONFLICT DO NOTHING", (newest,))
    else:
        newest = None
    sql = "DELETE FROM ungrouped WHERE article IN (SELECT id FROM articles WHERE document = ?) AND article <> ?"
    connection.execute(sql, (document, newest or ""))


def waits(connection: sqlite3.Connection, article: str) -> bool:
    """Whether answers are given from a reading of it that was not grouped, and it is the newest version of its document."""
    row = connection.execute("SELECT document FROM articles WHERE id = ?", (article,)).fetchone()
    return row is not None and versions.newest(connection, row[0]) == article and _fresh(connection, article)


def _fresh(connection: sqlite3.Connection, article: str) -> bool:
    sql = "SELECT g.reading = c.reading FROM current_articles c LEFT JOIN grouped g ON g.article = c.article WHERE c.article = ?"
    row = connection.execute(sql, (article,)).fetchone()
    return row is not None and not row[0]
