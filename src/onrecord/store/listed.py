"""What lists walk along: under which actor, country, act and outlet, and on which days, a current article is to be found."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator

from onrecord.store.connection import insert

Row = tuple[str, str, int, str, str, str, str, int]
"""List, value, wide, first day, article, reading, last day, number of statements."""
COLUMNS = ("list", "value", "wide", "first_day", "article", "reading", "last_day", "statements")
_Days = tuple[int, str, str]

_STATEMENTS = "SELECT id, wide, first_day, last_day, act FROM statements WHERE reading = ?"
_CONDITIONS = "SELECT wide, first_day, last_day FROM conditions WHERE reading = ?"
_SPEAKERS = "SELECT statement, actor FROM statement_actors WHERE reading = ?"
_COUNTRIES = "SELECT statement, country FROM statement_countries WHERE reading = ?"
_ACTORS = "SELECT DISTINCT id FROM actors WHERE reading = ?"
_NATIONS = "SELECT DISTINCT country FROM actor_countries WHERE reading = ?"


def settle(connection: sqlite3.Connection, article: str) -> None:
    """Bring the article's rows up to date with its row among the current articles."""
    due, held = rows(connection, article), kept(connection, article)
    if due != held:
        connection.execute("DELETE FROM listed WHERE article = ?", (article,))
        insert(connection, "listed", [dict(zip(COLUMNS, row, strict=True)) for row in sorted(due)])


def kept(connection: sqlite3.Connection, article: str) -> set[Row]:
    """The article's rows as they are."""
    return set(connection.execute(f"SELECT {', '.join(COLUMNS)} FROM listed WHERE article = ?", (article,)))


def rows(connection: sqlite3.Connection, article: str) -> set[Row]:
    """The article's rows as they must be: none where no answer is given from it."""
    sql = "SELECT reading, outlet_folded, wide, first_day, last_day FROM current_articles WHERE article = ?"
    current = connection.execute(sql, (article,)).fetchone()
    if current is None:
        return set()
    reading, outlet, *days = current
    whole = ((list_, value, tuple(days), 0) for list_, value in _whole(connection, reading, outlet))
    last: dict[tuple[str, str, int, str], tuple[str, int]] = {}
    for list_, value, (wide, first_day, last_day), count in (*whole, *_parts(connection, reading, outlet)):
        key = (list_, value, wide, first_day)
        until, statements = last.get(key, ("", 0))
        last[key] = (max(last_day, until), statements + count)
    return {(*key, article, reading, last_day, statements) for key, (last_day, statements) in last.items()}


def _whole(connection: sqlite3.Connection, reading: str, outlet: str | None) -> Iterator[tuple[str, str]]:
    """Where the article itself is listed, on its day of publication."""
    yield "article", ""
    if outlet is not None:
        yield "article outlet", outlet
    for list_, sql in (("article actor", _ACTORS), ("article country", _NATIONS)):
        for (value,) in connection.execute(sql, (reading,)):
            yield list_, value
    for (act,) in connection.execute("SELECT DISTINCT act FROM statements WHERE reading = ?", (reading,)):
        yield "article act", act


def _parts(connection: sqlite3.Connection, reading: str, outlet: str | None) -> Iterator[tuple[str, str, _Days, int]]:
    """Where its statements and conditions are listed, on their days."""
    days: dict[str, _Days] = {}
    for id_, wide, first_day, last_day, act in connection.execute(_STATEMENTS, (reading,)):
        days[id_] = (wide, first_day, last_day)
        yield "act", act, days[id_], 1
    for list_, sql in (("actor", _SPEAKERS), ("country", _COUNTRIES)):
        for statement, value in connection.execute(sql, (reading,)):
            # A damaged ledger may have lost the statement.
            if statement in days:
                yield list_, value, days[statement], 1
    every: tuple[tuple[int, Collection[_Days]], ...]
    every = ((1, days.values()), (0, connection.execute(_CONDITIONS, (reading,)).fetchall()))
    for count, those in every:
        for each in those:
            yield "all", "", each, count
            if outlet is not None:
                yield "outlet", outlet, each, count
