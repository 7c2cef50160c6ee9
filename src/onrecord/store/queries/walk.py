"""The first rows of a list, in order, without sorting those that come after."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any, NamedTuple

from onrecord.store import names
from onrecord.store.queries import filters
from onrecord.store.words import Words

Arm = tuple[str, list[Any]]
"""SQL with its parameters, whose rows come in the list's order; the arms of a list are merged."""
_FEW = 1000
"""Nobody waits for so many rows, so there is no need to know how many there are beyond."""
_SURE = ("statements", "conditions")
"""Records that an article is listed for, where those are asked for that are sure enough."""
_OPEN = ("0001-01-01", "9999-12-31")


class Records(NamedTuple):
    """A table of records that are listed: its name, its alias, its column with a statement's id, its kind in the index of words."""

    table: str
    alias: str
    statement: str
    kind: str


STATEMENTS = Records("statements", "s", "s.id", "statement")
CONDITIONS = Records("conditions", "k", "k.statement", "condition")


def keys(connection: sqlite3.Connection, words: Words, of: Records | None, given: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """What the rows that pass the filters are kept under, by day, article and place, as far as limit and offset ask for it.

    Reading and id of a record; article where the list is one of articles (``of`` is None).
    """
    cursors = [connection.execute(*arm) for arm in arms(connection, words, of, given)]
    merged = _distinct(heapq.merge(*cursors))
    offset, limit = int(given.get("offset", 0)), given.get("limit")
    for row in islice(merged, offset, None if limit is None else offset + int(limit)):
        yield row[1:] if of is None else row[4:]


def arms(connection: sqlite3.Connection, words: Words, of: Records | None, given: Mapping[str, Any]) -> list[Arm]:
    """The SQL that finds them: for each value the narrow rows and the wide, along the list that has the fewest."""
    list_, values, size = _shortest(connection, of, given)
    where = _conditions(connection, of, given)
    if "text" in given:
        if size >= _FEW or list_ in ("all", "article"):
            return _worded(words, of, given, where)
        _has(where, words, of, str(given["text"]))
    return [_arm(of, given, where, list_, value, wide) for value in values for wide in (0, 1)]


def _shortest(connection: sqlite3.Connection, of: Records | None, given: Mapping[str, Any]) -> tuple[str, Sequence[str], int]:
    """The list to walk along, the values in it, and how many rows it has, as far as that matters."""
    asked: dict[str, Sequence[str]] = {}
    if "actor" in given:
        asked["actor"] = names.called(connection, str(given["actor"]))
    if "country" in given:
        asked["country"] = (str(given["country"]).upper(),)
    if "outlet" in given:
        asked["outlet"] = (names.folded(str(given["outlet"])),)
    if "act" in given:
        asked["act"] = (str(given["act"]).lower(),)
    known = [(_named(of, name), values) for name, values in asked.items()]
    if "article" in given or not known:
        return _named(of, "all"), ("",), 0 if "article" in given else _FEW
    if len(known) == 1 and "text" not in given:
        return (*known[0], 0)
    counted = [(_count(connection, list_, values), at) for at, (list_, values) in enumerate(known)]
    size, at = min(counted)
    return (*known[at], size)


def _named(of: Records | None, name: str) -> str:
    if of is not None:
        return name
    return "article" if name == "all" else f"article {name}"


def _count(connection: sqlite3.Connection, list_: str, values: Sequence[str]) -> int:
    sql = f"SELECT COUNT(*) FROM (SELECT 1 FROM listed WHERE list = ? AND value = ? LIMIT {_FEW}) few"
    return sum(int(connection.execute(sql, (list_, value)).fetchone()[0]) for value in values)


def _arm(of: Records | None, given: Mapping[str, Any], where: filters.Where, list_: str, value: str, wide: int) -> Arm:
    along = filters.Where()
    if "article" in given:
        along.add("l.article = ?", given["article"])
    along.add("l.list = ? AND l.value = ? AND l.wide = ?", list_, value, wide)
    if "said" in given:
        first, last = filters.interval(given["said"])
        if wide:
            along.add("l.first_day <= ?", last)
        else:
            along.add("l.first_day BETWEEN ? AND ?", _month_before(first), last)
        along.add("l.last_day >= ?", first)
        # The days in a list's row are those of several records.
        if of is not None:
            along.add(f"{of.alias}.last_day >= ?", first)
    if of is None:
        sql = f"SELECT l.first_day, l.article FROM listed l WHERE {along} AND {where} ORDER BY l.first_day, l.article"
        return sql, [*along.values, *where.values]
    t = of.alias
    sql = (
        # CROSS JOIN keeps the order of the loops, and so that of the rows.
        f"SELECT l.first_day, l.article, {t}.position, {t}.seq, {t}.reading, {t}.id FROM listed l CROSS JOIN {of.table} {t} "
        # The day is equal, and not only within the same bounds, which SQLite would otherwise take for as good: then it would have to sort.
        f"WHERE {along} AND {t}.reading = l.reading AND {t}.wide = l.wide AND {t}.first_day = l.first_day || '' AND {where} "
        f"ORDER BY l.first_day, l.article, {t}.position, {t}.seq"
    )
    return sql, [*along.values, *where.values]


def _worded(words: Words, of: Records | None, given: Mapping[str, Any], where: filters.Where) -> list[Arm]:
    """Along the index of words, whose rows have to be sorted."""
    text = str(given["text"])
    if "said" in given:
        first, last = filters.interval(given["said"])
        row = "l" if of is None else of.alias
        where.add(f"{row}.first_day <= ? AND {row}.last_day >= ?", last, first)
    if of is None:
        found, values = words.found("article", text)
        sql = f"SELECT l.first_day, l.article FROM ({found}) f CROSS JOIN listed l WHERE l.article = f.id AND l.list = 'article' "
        sql += f"AND l.reading = f.reading AND {where} ORDER BY l.first_day, l.article"
        return [(sql, [*values, *where.values])]
    t = of.alias
    result: list[Arm] = []
    for kind, column in _kinds(of).items():
        found, values = words.found(kind, text)
        sql = (
            f"SELECT {t}.first_day, {t}.article, {t}.position, {t}.seq, {t}.reading, {t}.id "
            f"FROM ({found}) f CROSS JOIN {of.table} {t} CROSS JOIN current_articles l "
            f"WHERE {t}.reading = f.reading AND {column} = f.id AND l.article = {t}.article AND l.reading = {t}.reading AND {where} "
            f"ORDER BY {t}.first_day, {t}.article, {t}.position, {t}.seq"
        )
        result.append((sql, [*values, *where.values]))
    return result


def _conditions(connection: sqlite3.Connection, of: Records | None, given: Mapping[str, Any]) -> filters.Where:
    """What a single row must fulfil, whichever list it is found along."""
    where = filters.Where()
    if "article" in given:
        where.add("l.article = ?", given["article"])
    if "outlet" in given:
        outlet = names.folded(str(given["outlet"]))
        where.add("EXISTS (SELECT 1 FROM current_articles c WHERE c.article = l.article AND c.outlet_folded = ?)", outlet)
    actors = names.called(connection, str(given["actor"])) if "actor" in given else None
    country, act = (str(given[name]) if name in given else None for name in ("country", "act"))
    if of is None:
        _of_article(where, given, actors, country, act)
    else:
        _of_record(where, of, given, actors, country, act)
    return where


def _of_article(where: filters.Where, given: Mapping[str, Any], actors: Sequence[str] | None, country: str | None, act: str | None) -> None:
    if actors is not None:
        where.among("EXISTS (SELECT 1 FROM actors a WHERE a.reading = l.reading AND a.id IN", actors, ")")
    if country is not None:
        where.add("EXISTS (SELECT 1 FROM actor_countries t WHERE t.reading = l.reading AND t.country = ?)", country.upper())
    if act is not None:
        where.add("EXISTS (SELECT 1 FROM statements s WHERE s.reading = l.reading AND s.act = ?)", act.lower())
    if "min_confidence" in given:
        least = given["min_confidence"]
        some = " OR ".join(f"EXISTS (SELECT 1 FROM {of} t WHERE t.reading = l.reading AND t.standing >= ?)" for of in _SURE)
        where.add(f"({some})", *[least] * len(_SURE))


def _of_record(
    where: filters.Where, of: Records, given: Mapping[str, Any], actors: Sequence[str] | None, country: str | None, act: str | None
) -> None:
    spoken = f"t.reading = {of.alias}.reading AND t.statement = {of.statement}"
    if actors is not None:
        where.among(f"EXISTS (SELECT 1 FROM statement_actors t WHERE {spoken} AND t.actor IN", actors, ")")
    if country is not None:
        where.add(f"EXISTS (SELECT 1 FROM statement_countries t WHERE {spoken} AND t.country = ?)", country.upper())
    if act is not None and of is STATEMENTS:
        where.add("s.act = ?", act.lower())
    elif act is not None:
        where.add(f"EXISTS (SELECT 1 FROM statements t WHERE t.reading = {of.alias}.reading AND t.id = {of.statement} AND t.act = ?)",
                  act.lower())  # fmt: skip
    if "min_confidence" in given:
        where.add(f"{of.alias}.standing >= ?", given["min_confidence"])


def _has(where: filters.Where, words: Words, of: Records | None, text: str) -> None:
    """One more condition: it has the words, or, of a condition, its statement has."""
    if of is None:
        clause, values = words.has("article", "l.reading", "l.article", text)
        where.add(clause, *values)
        return
    sought = [words.has(kind, f"{of.alias}.reading", column, text) for kind, column in _kinds(of).items()]
    where.add(f"({' OR '.join(clause for clause, _ in sought)})", *(value for _, values in sought for value in values))


def _kinds(of: Records) -> dict[str, str]:
    """Under which kinds of entries in the index of words its words are, and the columns with their ids."""
    return {of.kind: f"{of.alias}.id", "statement": of.statement}


def _month_before(first: str) -> str:
    """Narrow rows begin at most a month before their last day."""
    try:
        return (date.fromisoformat(first) - timedelta(days=31)).isoformat()
    except OverflowError:
        return first


def _distinct(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Each once: a row with two of the values asked for comes from two arms."""
    last = None
    for row in rows:
        if row != last:
            yield row
        last = row
