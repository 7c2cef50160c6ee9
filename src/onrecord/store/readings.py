"""Readings: what one reader read off one article, kept record by record and put together again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

import msgspec

from onrecord.codec import decode, encode
from onrecord.records import Actor, Article, Condition, Event, Extraction, Published, Span, Statement, TimeExpression, tagged
from onrecord.standing import standings
from onrecord.store import names
from onrecord.store.connection import following, insert
from onrecord.store.words import Words, entries, ids

T = TypeVar("T")
Days = tuple[str, str]
_LISTS: dict[str, type] = {"statements": Statement, "conditions": Condition, "events": Event, "actors": Actor, "dates": TimeExpression}
_WIDE = 31


def reading_id(article: Article, reader: str, reader_digest: str) -> str:
    """The reading's id: a digest of the article, the reader, and what the reader was told beside the text."""
    return told_id(article.id, reader, reader_digest, article.published, article.title)


def told_id(article: str, reader: str, reader_digest: str, published: str | None, title: str | None) -> str:
    """The same, from ids and words alone."""
    return tagged("rd", article, reader, reader_digest, published or "", title or "")


def keep(connection: sqlite3.Connection, words: Words, article: Article, extraction: Extraction, reader_digest: str, when: str) -> str:
    """Keep the reading with all its records; its id."""
    reading = reading_id(article, extraction.reader, reader_digest)
    counts = {kind: len(getattr(extraction, kind)) for kind in _LISTS}
    row = {"id": reading, "article": article.id, "seq": following(connection, "readings", article=article.id), "reader": extraction.reader}
    row |= {"reader_digest": reader_digest, "stated": article.published, "title": article.title, "published": _json(extraction.published)}
    row |= {"head": _head(extraction), **counts, "complete": 1, "read_at": when}
    insert(connection, "readings", [row])
    _keep_statements(connection, reading, article.id, extraction)
    _keep_conditions(connection, reading, article.id, extraction)
    insert(connection, "events", [_event(reading, seq, event) for seq, event in enumerate(extraction.events)])
    _keep_actors(connection, reading, extraction.actors)
    insert(connection, "dates", [_date(reading, seq, each) for seq, each in enumerate(extraction.dates)])
    names.enter(connection, extraction.actors, when)
    words.add(reading, entries(extraction, article.id, article.text), ids(extraction))
    return reading


def rebuild(connection: sqlite3.Connection, reading: str) -> Extraction:
    """The extraction as it was put."""
    (head,) = connection.execute("SELECT head FROM readings WHERE id = ?", (reading,)).fetchone()
    lists: dict[str, Any] = {kind: tuple(records(connection, kind, type_, reading)) for kind, type_ in _LISTS.items()}
    return msgspec.structs.replace(decode(head, Extraction), **lists)


def records(connection: sqlite3.Connection, table: str, type_: type[T], reading: str) -> Iterator[T]:
    """The records of a reading in one table, in the order read."""
    for (record,) in connection.execute(f"SELECT record FROM {table} WHERE reading = ? ORDER BY seq", (reading,)):
        yield decode(record, type_)


def days(published: Published) -> Days:
    """First and last day of publication, empty where unknown."""
    return published.first or published.to or "", published.to or published.first or ""


def wide(days: Days) -> int:
    """1 where the days lie more than a month apart (or cannot be told apart), so that such rows are looked for by themselves."""
    try:
        return int((date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days > _WIDE)
    except ValueError:
        return 1


def _json(record: Any) -> str:
    return encode(record).decode()


def _head(extraction: Extraction) -> str:
    """The extraction without its lists."""
    return _json(msgspec.structs.replace(extraction, **dict.fromkeys(_LISTS, ())))


def _said(statement: Statement, published: Published) -> Days:
    """The days of saying, else those of publication."""
    when = statement.said.when
    if when is None or (when.first is None and when.to is None):
        return days(published)
    return when.first or when.to or "", when.to or when.first or ""


def _position(spans: Iterable[Span]) -> int:
    """Where it begins in the text; -1 in the title, which comes first."""
    return min((-1 if span.place == "title" else span.start for span in spans), default=-1)


def _keep_statements(connection: sqlite3.Connection, reading: str, article: str, extraction: Extraction) -> None:
    sure = standings(extraction)
    rows = [_statement(reading, article, seq, each, extraction.published) for seq, each in enumerate(extraction.statements)]
    insert(connection, "statements", [{**row, "standing": sure[row["id"]]} for row in rows])
    spoken = [(each.id, each.speaker) for each in extraction.statements if each.speaker is not None]
    actors = [{"reading": reading, "statement": id_, "actor": actor} for id_, speaker in spoken for actor in dict.fromkeys(speaker.actors)]
    countries = [
        {"reading": reading, "statement": id_, "country": code} for id_, speaker in spoken for code in dict.fromkeys(speaker.countries)
    ]
    insert(connection, "statement_actors", actors)
    insert(connection, "statement_countries", countries)


def _statement(reading: str, article: str, seq: int, statement: Statement, published: Published) -> dict[str, Any]:
    said = _said(statement, published)
    spans = [span for span in (statement.speaker, statement.cue, *statement.content) if span is not None]
    return {
        "reading": reading, "id": statement.id, "anchor": statement.anchor, "seq": seq, "article": article, "within": statement.within,
        "position": _position(spans), "first_day": said[0], "last_day": said[1], "wide": wide(said), "act": statement.act,
        "confidence": statement.confidence, "record": _json(statement),
    }  # fmt: skip


def _keep_conditions(connection: sqlite3.Connection, reading: str, article: str, extraction: Extraction) -> None:
    said = {statement.id: _said(statement, extraction.published) for statement in extraction.statements}
    sure = standings(extraction)
    rows = []
    for seq, condition in enumerate(extraction.conditions):
        when = said.get(condition.statement or "", days(extraction.published))
        rows.append({
            "reading": reading, "id": condition.id, "anchor": condition.anchor, "seq": seq, "article": article,
            "statement": condition.statement, "position": _position((condition.marker, *condition.antecedent, *condition.consequent)),
            "first_day": when[0], "last_day": when[1], "wide": wide(when), "kind": condition.kind, "realis": condition.realis,
            "confidence": condition.confidence, "standing": sure[condition.id], "record": _json(condition),
        })  # fmt: skip
    insert(connection, "conditions", rows)


def _event(reading: str, seq: int, event: Event) -> dict[str, Any]:
    return {
        "reading": reading, "id": event.id, "anchor": event.anchor, "seq": seq, "statement": event.statement, "type": event.type,
        "mode": event.mode, "confidence": event.confidence, "record": _json(event),
    }  # fmt: skip


def _keep_actors(connection: sqlite3.Connection, reading: str, actors: Iterable[Actor]) -> None:
    held = list(actors)
    rows = [
        {"reading": reading, "id": actor.id, "seq": seq, "name": actor.name, "kind": actor.kind, "record": _json(actor)}
        for seq, actor in enumerate(held)
    ]
    insert(connection, "actors", rows)
    countries = [{"reading": reading, "actor": actor.id, "country": code} for actor in held for code in dict.fromkeys(actor.countries)]
    insert(connection, "actor_countries", countries)


def _date(reading: str, seq: int, expression: TimeExpression) -> dict[str, Any]:
    return {"reading": reading, "seq": seq, "type": expression.type, "value": expression.value, "record": _json(expression)}
