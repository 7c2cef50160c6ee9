"""Which article, and which reading of it, answers are given from."""

from __future__ import annotations

import sqlite3
from typing import Any

from onrecord.codec import decode
from onrecord.records import Published
from onrecord.store import facts, listed, names, readings, reports
from onrecord.store.connection import insert

_READINGS = "SELECT id, stated, published FROM readings WHERE article = ? AND complete = 1 ORDER BY seq"


def settle(connection: sqlite3.Connection, article: str) -> None:
    """Bring the article's row among the current ones up to date, and whether its document waits to be grouped."""
    _settle(connection, article)
    reports.settle(connection, article)


def settle_document(connection: sqlite3.Connection, document: str) -> None:
    """The same for all articles of a document: outlet and address belong to it, so they change together."""
    for (article,) in connection.execute("SELECT id FROM articles WHERE document = ?", (document,)).fetchall():
        _settle(connection, article)
    reports.settle_document(connection, document)


def _settle(connection: sqlite3.Connection, article: str) -> None:
    connection.execute("DELETE FROM current_articles WHERE article = ?", (article,))
    row = settled(connection, article)
    if row is not None:
        insert(connection, "current_articles", [row])
    listed.settle(connection, article)


def settled(connection: sqlite3.Connection, article: str) -> dict[str, Any] | None:
    """What the article's row among the current ones must be; None where it is removed, replaced or not read."""
    held = connection.execute("SELECT document FROM articles WHERE id = ?", (article,)).fetchone()
    gone = connection.execute(
        "SELECT 1 FROM removals WHERE article = ? AND restored_at IS NULL UNION SELECT 1 FROM replacements WHERE article = ?",
        (article, article),
    ).fetchone()
    complete = connection.execute(_READINGS, (article,)).fetchall()
    if held is None or gone is not None or not complete:
        return None
    known = facts.best(connection, article, held[0])
    stated = known.get("published", (None, "unknown"))
    # The newest, but first those that rest on the day of publication as it is known now.
    fitting = [row for row in complete if row[1] == stated[0]] if stated[1] in ("given", "metadata") else []
    reading, _, published = (fitting or complete)[-1]
    days = readings.days(decode(published, Published))
    outlet, title = known.get("outlet", (None,))[0], known.get("title", (None,))[0]
    return {
        "article": article, "reading": reading, "outlet": outlet, "outlet_folded": None if outlet is None else names.folded(outlet),
        "title": title, "first_day": days[0], "last_day": days[1], "wide": readings.wide(days),
    }  # fmt: skip
