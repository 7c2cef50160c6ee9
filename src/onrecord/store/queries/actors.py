"""Who is on record?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypedDict

from onrecord.codec import decode
from onrecord.records import Actor
from onrecord.store import names
from onrecord.store.queries import filters

_NEWEST = 25
"""Roles are taken from so many of an actor's newest articles."""


class ActorRow(TypedDict):
    """An actor of the ledger: how articles call it, and how often it speaks; ``members`` are the articles' actors that it joins."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    countries: tuple[str, ...]
    roles: tuple[str, ...]
    articles: int
    statements: int
    members: tuple[str, ...]


def actors(connection: sqlite3.Connection, asked: Mapping[str, Any]) -> Iterator[ActorRow]:
    """The ledger's actors in current articles that pass the filters, by name; ``text`` is a part of a name.

    With ``min_confidence`` those who make a statement that is as sure, and only such statements are counted.
    """
    given = filters.wanted(asked, "actors", "act", "said", "outlet")
    left, skip = given.get("limit"), int(given.get("offset", 0))
    seen: set[str] = set()
    for (ledger_actor,) in connection.execute(*query(connection, given)):
        if left is not None and left <= 0:
            return
        if ledger_actor in seen:
            continue
        seen.add(ledger_actor)
        row = actor_row(connection, ledger_actor, given.get("min_confidence"))
        if row is None or ("min_confidence" in given and not row["statements"]):
            continue
        if skip:
            skip -= 1
            continue
        left = None if left is None else left - 1
        yield row


def actor_row(connection: sqlite3.Connection, ledger_actor: str, least: float | None = None) -> ActorRow | None:
    """What current articles have on one actor, with a count of its statements that are as sure as asked; None where none has it."""
    sql = "SELECT actor FROM identities WHERE ledger_actor = ? AND undone_at IS NULL ORDER BY actor"
    members = tuple(actor for (actor,) in connection.execute(sql, (ledger_actor,)))
    marks = ", ".join("?" * len(members))
    single = len(members) == 1
    counted = f"SELECT COUNT({'*' if single else 'DISTINCT article'}) FROM listed WHERE list = 'article actor' AND value IN ({marks})"
    (articles,) = connection.execute(counted, members).fetchone()
    if not articles:
        return None
    called = _called(connection, members, articles)
    newest = _newest(connection, members)
    ordered = tuple(sorted(called, key=lambda name: (-called[name], name)))
    spoken = _spoken(connection, members, least)
    return ActorRow(
        id=ledger_actor, name=ordered[0], names=ordered, kind=newest[0].kind, articles=articles, statements=spoken, members=members,
        countries=tuple(dict.fromkeys(country for actor in newest for country in actor.countries)),
        roles=tuple(dict.fromkeys(role.title for actor in newest for role in actor.roles)),
    )  # fmt: skip


def _spoken(connection: sqlite3.Connection, members: Sequence[str], least: float | None) -> int:
    """How many statements it makes."""
    if len(members) == 1 and least is None:
        sql = "SELECT COALESCE(SUM(statements), 0) FROM listed WHERE list = 'actor' AND value = ?"
        return int(connection.execute(sql, members).fetchone()[0])
    # What several members say together counts once.
    marks = ", ".join("?" * len(members))
    sql = (
        "SELECT COUNT(*) FROM (SELECT DISTINCT t.reading, t.statement FROM (SELECT DISTINCT reading FROM listed "
        f"WHERE list = 'actor' AND value IN ({marks})) l CROSS JOIN statement_actors t "
        f"WHERE t.reading = l.reading AND t.actor IN ({marks})"
    )
    values: list[Any] = [*members, *members]
    if least is not None:
        sql += " AND EXISTS (SELECT 1 FROM statements s WHERE s.reading = t.reading AND s.id = t.statement AND s.standing >= ?)"
        values.append(least)
    return int(connection.execute(f"{sql}) spoken", values).fetchone()[0])


def _called(connection: sqlite3.Connection, members: Sequence[str], articles: int) -> dict[str, int]:
    """Its names, and in how many articles it has each."""
    marks = ", ".join("?" * len(members))
    known = connection.execute(f"SELECT DISTINCT name FROM names WHERE actor IN ({marks})", members).fetchall()
    if len(known) == 1:
        return {known[0][0]: articles}
    sql = (
        f"SELECT a.name, COUNT(*) FROM actors a WHERE a.id IN ({marks}) "
        "AND EXISTS (SELECT 1 FROM current_articles c WHERE c.reading = a.reading) GROUP BY a.name"
    )
    return dict(connection.execute(sql, members).fetchall())


def _newest(connection: sqlite3.Connection, members: Sequence[str]) -> list[Actor]:
    """The actor as its newest articles have it."""
    rows: list[tuple[str, str, str]] = []
    sql = (
        "SELECT l.first_day, l.article, a.record FROM listed l CROSS JOIN actors a WHERE l.list = 'article actor' AND l.value = ? "
        f"AND l.wide = ? AND a.reading = l.reading AND a.id = l.value ORDER BY l.first_day DESC, l.article DESC LIMIT {_NEWEST}"
    )
    for member in members:
        for wide in (0, 1):
            rows += connection.execute(sql, (member, wide)).fetchall()
    return [decode(record, Actor) for _, _, record in sorted(rows, reverse=True)[:_NEWEST]]


def query(connection: sqlite3.Connection, given: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """SQL for the ids of the ledger's actors that pass the filters, by their first name; one with several names comes several times."""
    where = filters.Where()
    for name in ("actor", "text"):
        if name in given:
            where.among("i.actor IN", names.called(connection, str(given[name])))
    if "country" in given:
        where.add("EXISTS (SELECT 1 FROM nationalities t WHERE t.country = ? AND t.actor = i.actor)", str(given["country"]).upper())
    if "article" in given:
        where.add(
            "i.actor IN (SELECT a.id FROM actors a JOIN current_articles c ON c.reading = a.reading WHERE c.article = ?)", given["article"]
        )
    # An actor's first name comes first, so the others need not be waited for.
    along = "identities i CROSS JOIN names n" if given.keys() & {"actor", "text", "article"} else "names n CROSS JOIN identities i"
    sql = f"SELECT i.ledger_actor FROM {along} WHERE n.actor = i.actor AND i.undone_at IS NULL AND {where} ORDER BY n.name, n.actor"
    return sql, where.values
