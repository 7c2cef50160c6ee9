"""What has this id?"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from typing import Any

from onrecord.codec import decode
from onrecord.errors import NotFoundError
from onrecord.records import Event
from onrecord.store import removals
from onrecord.store.queries import actors, articles, conditions, statements
from onrecord.store.words import Words

_TABLES = {
    "ar": ("articles", "id"), "do": ("documents", "id"), "st": ("statements", "id"), "cn": ("conditions", "id"), "ev": ("events", "id"),
    "ac": ("identities", "ledger_actor"), "rd": ("readings", "id"),
}  # fmt: skip
_RECORDS = ("st", "cn", "ev")
_KINDS = {"ar": "article", "do": "document", "st": "statement", "cn": "condition", "ev": "event", "ac": "actor", "rd": "reading"}


def find(connection: sqlite3.Connection, words: Words, asked: str) -> Mapping[str, Any]:
    """What has this id, or an id that begins so: a row as in the lists, with what kind it is under ``found``.

    Raises:
        NotFoundError: nothing has it, several have, or its article was removed.
    """
    full = whole_id(connection, words, asked)
    tag = full[:2]
    row = _FINDERS[tag](connection, words, full)
    return {"found": _KINDS[tag], **row}


def whole_id(connection: sqlite3.Connection, words: Words, asked: str) -> str:
    """The one id that begins like this."""
    match = re.fullmatch(r"(ar|do|st|cn|ev|ac|rd)_([0-9a-f]{6,20})", asked.strip().lower())
    if match is None:
        raise NotFoundError(
            f"{asked} is no id; ids look like st_3f09ab, with six letters or more after the line; onrecord show statements lists them"
        )
    found = _beginning(connection, words, match[1], match[0])
    if len(found) > 1:
        raise NotFoundError(f"{asked} fits {' and '.join(found)}; write more of the id")
    if not found:
        listed = _KINDS[match[1]] if match[1] in ("ar", "st", "cn", "ac") else "article"
        raise NotFoundError(f"nothing on record has the id {asked}; onrecord show {listed}s lists what is")
    return str(found[0])


def _beginning(connection: sqlite3.Connection, words: Words, tag: str, prefix: str) -> list[str]:
    """The ids that begin like this, three at most."""
    table, column = _TABLES[tag]
    within = f"{column} >= ? AND {column} < ?"
    ends = (prefix, f"{prefix}g")
    if tag in _RECORDS:
        sql = f"SELECT {column} FROM {table} WHERE reading = ? AND {within} ORDER BY {column} LIMIT 3"
        return sorted({id_ for reading in words.whose(prefix) for (id_,) in connection.execute(sql, (reading, *ends))})[:3]
    sql = f"SELECT DISTINCT {column} FROM {table} WHERE {within} ORDER BY {column} LIMIT 3"
    found = [id_ for (id_,) in connection.execute(sql, ends)]
    if not found and tag == "ar":
        sql = "SELECT DISTINCT article FROM removals WHERE article >= ? AND article < ? ORDER BY article LIMIT 3"
        found = [id_ for (id_,) in connection.execute(sql, ends)]
    return found


def _article(connection: sqlite3.Connection, words: Words, id_: str) -> Mapping[str, Any]:
    removals.refuse_removed(connection, id_)
    for row in articles.articles(connection, words, {"article": id_}):
        return row
    raise NotFoundError(f"{id_} was replaced by a newer cut of the same page; onrecord show articles lists what is on record")


def _document(connection: sqlite3.Connection, words: Words, id_: str) -> Mapping[str, Any]:
    held = [article for (article,) in connection.execute("SELECT id FROM articles WHERE document = ? ORDER BY added_at, id", (id_,))]
    rows = [row for article in held for row in articles.articles(connection, words, {"article": article})]
    if not rows:
        removals.refuse_removed(connection, held[-1])
    return {"id": id_, "article": rows[-1]["id"], "articles": tuple(rows)}


def _of_reading(connection: sqlite3.Connection, words: Words, id_: str) -> tuple[str, str]:
    """Article and reading that a record belongs to: the current one, else the newest."""
    readings = words.whose(id_)
    sql = (
        "SELECT r.article, r.id FROM readings r LEFT JOIN current_articles c ON c.reading = r.id "
        f"WHERE r.id IN ({', '.join('?' * len(readings))}) ORDER BY CASE WHEN c.reading IS NULL THEN 1 ELSE 0 END, r.seq DESC LIMIT 1"
    )
    article, reading = connection.execute(sql, readings).fetchone()
    removals.refuse_removed(connection, article)
    return article, reading


def _statement(connection: sqlite3.Connection, words: Words, id_: str) -> Mapping[str, Any]:
    _, reading = _of_reading(connection, words, id_)
    return statements.statement_row(connection, (reading, id_))


def _condition(connection: sqlite3.Connection, words: Words, id_: str) -> Mapping[str, Any]:
    _, reading = _of_reading(connection, words, id_)
    return conditions.condition_row(connection, (reading, id_))


def _event(connection: sqlite3.Connection, words: Words, id_: str) -> Mapping[str, Any]:
    article, reading = _of_reading(connection, words, id_)
    (record,) = connection.execute("SELECT record FROM events WHERE reading = ? AND id = ?", (reading, id_)).fetchone()
    return {"id": id_, "article": article, "reading": reading, "event": decode(record, Event)}


def _actor(connection: sqlite3.Connection, words: Words, id_: str) -> Mapping[str, Any]:
    row = actors.actor_row(connection, id_)
    if row is None:
        raise NotFoundError(f"no article on record has {id_} any more; onrecord show actors lists those on record")
    return row


def _reading(connection: sqlite3.Connection, words: Words, id_: str) -> Mapping[str, Any]:
    fields = ("id", "article", "reader", "reader_digest", "stated", "complete", "read_at", "statements", "conditions", "events")
    row = connection.execute(f"SELECT {', '.join(fields)} FROM readings WHERE id = ?", (id_,)).fetchone()
    removals.refuse_removed(connection, row[1])
    return dict(zip(fields, row, strict=True))


_FINDERS = {
    "ar": _article, "do": _document, "st": _statement, "cn": _condition, "ev": _event, "ac": _actor, "rd": _reading,
}  # fmt: skip
