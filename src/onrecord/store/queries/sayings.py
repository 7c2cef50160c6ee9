"""Which sayings and commitments are on record?"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from onrecord.errors import NotFoundError
from onrecord.store import names, sayings
from onrecord.store.queries import filters

Kind = Literal["sayings", "commitments"]
_TAGS: dict[Kind, str] = {"sayings": "sy", "commitments": "cm"}
_UNFIT = ("act", "said", "outlet", "text", "min_confidence", "offset")


def whole_id(connection: sqlite3.Connection, kind: Kind, asked: str) -> str:
    """The one id of a saying or commitment that begins like this; of a saying that leads to another, that other's.

    Raises:
        NotFoundError: none begins so, or several do.
    """
    match = re.fullmatch(rf"{_TAGS[kind]}_[0-9a-f]{{6,20}}", asked.strip().lower())
    sql = f"SELECT id FROM {kind} WHERE id >= ? AND id < ? ORDER BY id LIMIT 3"
    found = [] if match is None else [id_ for (id_,) in connection.execute(sql, (match[0], f"{match[0]}g"))]
    if len(found) > 1:
        raise NotFoundError(f"{asked} fits {' and '.join(found)}; write more of the id")
    if not found:
        raise NotFoundError(f"nothing on record has the id {asked}; onrecord show {kind} lists what is")
    return (sayings.leads(connection, found[0]) or found[0]) if kind == "sayings" else str(found[0])


def listed(connection: sqlite3.Connection, kind: Kind, asked: Mapping[str, Any]) -> Iterator[str]:
    """The ids of sayings or commitments that pass the filters (actor, country, article, limit), those of the newest articles first.

    An actor or a country is that of the speaker.
    """
    given = filters.wanted(asked, kind, *_UNFIT)
    left = given.get("limit")
    seen: set[str] = set()
    for article, reading in _articles(connection, given):
        for (id_,) in connection.execute(*_of_article(connection, kind, article, reading, given)).fetchall():
            if left is not None and len(seen) >= left:
                return
            if id_ not in seen:
                seen.add(id_)
                yield id_


def _articles(connection: sqlite3.Connection, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The articles in which they are to be looked for, newest first, by the index that lists walk along."""
    if "article" in given:
        yield from connection.execute("SELECT article, reading FROM current_articles WHERE article = ?", (given["article"],)).fetchall()
        return
    if "actor" in given:
        lists = [("actor", actor) for actor in names.called(connection, str(given["actor"]))]
    elif "country" in given:
        lists = [("country", str(given["country"]).upper())]
    else:
        lists = [("article", "")]
    sql = "SELECT article, reading FROM listed WHERE list = ? AND value = ? ORDER BY wide, first_day DESC, article"
    seen: set[str] = set()
    for list_, value in lists:
        for article, reading in connection.execute(sql, (list_, value)):
            if article not in seen:
                seen.add(article)
                yield article, reading


def _of_article(connection: sqlite3.Connection, kind: Kind, article: str, reading: str, given: Mapping[str, Any]) -> tuple[str, list[Any]]:
    where = filters.Where()
    where.add("w.article = ?", article)
    where.add("w.reading = ?", reading)
    if "actor" in given:
        spoken = "EXISTS (SELECT 1 FROM statement_actors t WHERE t.reading = w.reading AND t.statement = w.statement AND t.actor IN"
        where.among(spoken, names.called(connection, str(given["actor"])), ")")
    if "country" in given:
        spoken = "EXISTS (SELECT 1 FROM statement_countries t WHERE t.reading = w.reading AND t.statement = w.statement AND t.country = ?)"
        where.add(spoken, str(given["country"]).upper())
    column, join = (
        ("w.saying", "") if kind == "sayings" else ("b.commitment", "JOIN bonds b ON b.article = w.article AND b.anchor = w.anchor")
    )
    return f"SELECT {column} FROM wordings w {join} WHERE {where} ORDER BY w.position, w.anchor", where.values
