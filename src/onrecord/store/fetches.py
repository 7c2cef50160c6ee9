"""What was fetched where and when, and which article was cut from it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

from onrecord.records import Article
from onrecord.store.connection import record


def keep(connection: sqlite3.Connection, article: Article) -> None:
    """Note where the article's bytes were fetched, if they were."""
    if article.raw and article.fetched_from:
        row = {"raw": hashlib.sha256(article.raw).hexdigest(), "address": article.fetched_from, "cutter": article.cutter}
        record(connection, "fetches", {**row, "article": article.id, "fetched_at": article.fetched})


def cut(connection: sqlite3.Connection, digest: str, address: str, cutter: str) -> str | None:
    """The article that was cut from bytes of this digest, fetched at this address, by this cutter."""
    sql = "SELECT article FROM fetches WHERE raw = ? AND address = ? AND cutter = ?"
    row = connection.execute(sql, (digest, address, cutter)).fetchone()
    return None if row is None else str(row[0])


def first(connection: sqlite3.Connection, article: str) -> tuple[str | None, str | None]:
    """When the article was first fetched (as far as that is known) and where."""
    sql = (
        "SELECT fetched_at, address FROM fetches WHERE article = ? "
        "ORDER BY CASE WHEN fetched_at IS NULL THEN 1 ELSE 0 END, fetched_at, address LIMIT 1"
    )
    row = connection.execute(sql, (article,)).fetchone()
    return (None, None) if row is None else (row[0], row[1])


def forget(connection: sqlite3.Connection, article: str) -> None:
    """Forget where a purged article was fetched."""
    connection.execute("DELETE FROM fetches WHERE article = ?", (article,))


def faults(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Articles of which a fetch says that a cutter made them, and no cut does: id and what is wrong."""
    sql = (
        "SELECT DISTINCT f.article, f.cutter FROM fetches f "
        "WHERE NOT EXISTS (SELECT 1 FROM cuts c WHERE c.article = f.article AND c.cutter = f.cutter) ORDER BY f.article, f.cutter"
    )
    for article, cutter in connection.execute(sql):
        yield article, f"was fetched and cut by {cutter}, and no cut by it is there"
