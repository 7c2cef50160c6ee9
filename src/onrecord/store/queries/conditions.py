"""What is made to depend on what, and by whom?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, TypedDict

from onrecord.codec import decode
from onrecord.records import Condition, Statement
from onrecord.store.queries import filters, walk
from onrecord.store.queries.statements import speaker_names
from onrecord.store.words import Words


class ConditionRow(TypedDict):
    """A condition with the statement it hangs on (None in the article's own voice) and the names of its speaker."""

    id: str
    article: str
    reading: str
    outlet: str | None
    title: str | None
    published: str | None
    said: str | None
    actors: tuple[str, ...]
    condition: Condition
    statement: Statement | None


SELECT = (
    "SELECT k.id, k.article, k.reading, c.outlet, c.title, c.first_day, k.first_day, k.record, s.record "
    "FROM conditions k JOIN current_articles c ON c.article = k.article "
    "LEFT JOIN statements s ON s.reading = k.reading AND s.id = k.statement WHERE k.reading = ? AND k.id = ?"
)


def conditions(connection: sqlite3.Connection, words: Words, asked: Mapping[str, Any]) -> Iterator[ConditionRow]:
    """The conditions of current readings that pass the filters, by day, article and place."""
    given = filters.wanted(asked, "conditions")
    for key in walk.keys(connection, words, walk.CONDITIONS, given):
        yield condition_row(connection, key)


def condition_row(connection: sqlite3.Connection, key: tuple[str, str]) -> ConditionRow:
    """The condition of this reading and id, with its statement and the speaker's names; its article is a current one."""
    row = connection.execute(SELECT, key).fetchone()
    id_, article, reading, outlet, title, published, said, record, above = row
    statement = None if above is None else decode(above, Statement)
    return ConditionRow(
        id=id_, article=article, reading=reading, outlet=outlet, title=title, published=published or None, said=said or None,
        actors=speaker_names(connection, reading, statement), condition=decode(record, Condition), statement=statement,
    )  # fmt: skip
