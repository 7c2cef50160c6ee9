"""Who said what, and on which condition?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, TypedDict

from onrecord.codec import decode
from onrecord.records import Condition, Statement
from onrecord.store.queries import filters, walk
from onrecord.store.words import Words


class StatementRow(TypedDict):
    """A statement with what a list says of it; ``actors`` are the speaker's names, ``conditions`` what the statement hangs on."""

    id: str
    article: str
    reading: str
    outlet: str | None
    title: str | None
    published: str | None
    said: str | None
    actors: tuple[str, ...]
    statement: Statement
    conditions: tuple[Condition, ...]


SELECT = (
    "SELECT s.id, s.article, s.reading, c.outlet, c.title, c.first_day, s.first_day, s.record "
    "FROM statements s JOIN current_articles c ON c.article = s.article WHERE s.reading = ? AND s.id = ?"
)


def statements(connection: sqlite3.Connection, words: Words, asked: Mapping[str, Any]) -> Iterator[StatementRow]:
    """The statements of current readings that pass the filters, by day, article and place."""
    given = filters.wanted(asked, "statements")
    for key in walk.keys(connection, words, walk.STATEMENTS, given):
        yield statement_row(connection, key, given.get("min_confidence", 0))


def statement_row(connection: sqlite3.Connection, key: tuple[str, str], least: float = 0) -> StatementRow:
    """The statement of this reading and id, of a current article, with the names and the sure enough conditions that belong to it."""
    row = connection.execute(SELECT, key).fetchone()
    id_, article, reading, outlet, title, published, said, record = row
    sql = "SELECT record FROM conditions WHERE reading = ? AND statement = ? AND standing >= ? ORDER BY seq"
    conditions = tuple(decode(each, Condition) for (each,) in connection.execute(sql, (reading, id_, least)))
    statement = decode(record, Statement)
    return StatementRow(
        id=id_, article=article, reading=reading, outlet=outlet, title=title, published=published or None, said=said or None,
        actors=speaker_names(connection, reading, statement), statement=statement, conditions=conditions,
    )  # fmt: skip


def speaker_names(connection: sqlite3.Connection, reading: str, statement: Statement | None) -> tuple[str, ...]:
    """What the speaker's actors are called, in the speaker's order; the id where the article has no such actor."""
    if statement is None or statement.speaker is None:
        return ()
    sql = "SELECT name FROM actors WHERE reading = ? AND id = ?"
    found = [(actor, connection.execute(sql, (reading, actor)).fetchone()) for actor in statement.speaker.actors]
    return tuple(actor if row is None else row[0] for actor, row in found)
