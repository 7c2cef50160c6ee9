"""Which records have certain words: behind a Protocol, because SQLite and PostgreSQL share nothing here."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from typing import Protocol

from onrecord.records import Condition, Event, Extraction, Span, Statement

Entry = tuple[str, str, str]
"""Kind (article, statement, condition), id, words."""


Key = tuple[str, str, str]
"""Kind, reading, id."""
Due = tuple[str, list[Entry], list[str]]
"""What has to be indexed of a reading: its id, its entries, its records' ids."""
_TOKENS = {
    "words": "content = '', tokenize = 'porter unicode61 remove_diacritics 2'",
    "ids": """content = '', columnsize = 0, detail = none, tokenize = "unicode61 tokenchars '_'" """,
}
"""As in the migration."""


class Words(Protocol):
    """An index of the words of a reading's records."""

    def add(self, reading: str, entries: Iterable[Entry], ids: Iterable[str]) -> None:
        """Index these, of which the first stands for the reading, and the ids of its records."""

    def forget(self, reading: str, entries: Iterable[Entry], ids: Iterable[str]) -> None:
        """Take these out again; the words must be those that were added."""

    def compact(self) -> None:
        """Leave no trace of what was taken out."""

    def found(self, kind: str, wanted: str) -> tuple[str, list[str]]:
        """SQL that finds reading and id of all of that kind that have all the words wanted, and its parameters."""

    def has(self, kind: str, reading: str, id_: str, wanted: str) -> tuple[str, list[str]]:
        """A condition in SQL that what these two columns name has all the words wanted, and its parameters."""

    def whose(self, id_: str) -> list[str]:
        """The readings that have a record with this id, or with an id that begins so."""

    def differences(self, due: Iterable[Due]) -> Iterator[tuple[str, str]]:
        """Readings whose index is not what these would give, with what differs, in words."""

    def faults(self) -> Iterator[str]:
        """What is wrong with the index itself, in words."""


class Fts5Words:
    """The index as SQLite's FTS5 keeps it: stemmed, and blind to accents and case."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use the tables of this connection."""
        self._connection = connection

    def add(self, reading: str, entries: Iterable[Entry], ids: Iterable[str]) -> None:
        """Index these."""
        numbers = []
        for kind, id_, words in entries:
            key = self._connection.execute("INSERT INTO worded (kind, reading, id) VALUES (?, ?, ?)", (kind, reading, id_)).lastrowid
            self._connection.execute("INSERT INTO words (rowid, indexed) VALUES (?, ?)", (key, words))
            numbers.append(key)
        self._connection.execute("INSERT INTO ids (rowid, held) VALUES (?, ?)", (numbers[0], " ".join(ids)))

    def forget(self, reading: str, entries: Iterable[Entry], ids: Iterable[str]) -> None:
        """Take these out again."""
        held = list(entries)
        numbers = self._numbers(reading)
        for kind, id_, words in held:
            if (kind, id_) in numbers:
                values = (numbers[kind, id_], words)
                self._connection.execute("INSERT INTO words (words, rowid, indexed) VALUES ('delete', ?, ?)", values)
        if held[0][:2] in numbers:
            values = (numbers[held[0][:2]], " ".join(ids))
            self._connection.execute("INSERT INTO ids (ids, rowid, held) VALUES ('delete', ?, ?)", values)
        self._connection.execute("DELETE FROM worded WHERE reading = ?", (reading,))

    def compact(self) -> None:
        """Merge each index into one piece, which drops what was taken out."""
        for table in ("words", "ids"):
            self._connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")

    def found(self, kind: str, wanted: str) -> tuple[str, list[str]]:
        """SQL that finds reading and id of each."""
        asked = _asked(wanted)
        if not asked:
            return "SELECT reading, id FROM worded WHERE 1 = 0", []
        return "SELECT w.reading, w.id FROM words JOIN worded w ON w.number = words.rowid WHERE words MATCH ? AND w.kind = ?", [asked, kind]

    def has(self, kind: str, reading: str, id_: str, wanted: str) -> tuple[str, list[str]]:
        """A condition in SQL."""
        asked = _asked(wanted)
        if not asked:
            return "1 = 0", []
        found = f"SELECT w.number FROM worded w WHERE w.reading = {reading} AND w.kind = ? AND w.id = {id_}"
        return f"EXISTS (SELECT 1 FROM words WHERE words.rowid = ({found}) AND words MATCH ?)", [kind, asked]

    def whose(self, id_: str) -> list[str]:
        """The readings."""
        sql = "SELECT w.reading FROM ids JOIN worded w ON w.number = ids.rowid WHERE ids MATCH ? ORDER BY w.number"
        return [reading for (reading,) in self._connection.execute(sql, (f'"{id_}" *',))]

    def differences(self, due: Iterable[Due]) -> Iterator[tuple[str, str]]:
        """What differs, found by making the index anew in a file of its own and walking along both."""
        sql = "SELECT number, kind, reading, id FROM worded ORDER BY number"
        held = {(kind, reading, id_): number for number, kind, reading, id_ in self._connection.execute(sql)}
        anew = sqlite3.connect("", isolation_level=None)
        try:
            _make(anew)
            missing = yield from _enter(anew, due, held)
            for kind, reading, id_ in sorted(missing):
                yield reading, f"{id_} is needlessly in the index of words as {kind}"
            readings = {number: reading for (_, reading, _), number in held.items()}
            for table, what in (("words", "is not indexed by the words it has"), ("ids", "its records are not indexed by their ids")):
                numbers = _differing(_instances(self._connection, table), _instances(anew, table))
                for reading in sorted({readings.get(number, f"entry {number}") for number in numbers}):
                    yield reading, what
        finally:
            anew.close()

    def faults(self) -> Iterator[str]:
        """What SQLite's own check of the indexes says, where it can be had."""
        for table in ("words", "ids"):
            try:
                self._connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
            except sqlite3.DatabaseError as error:
                # It is asked for by writing, which a read-only ledger or another writer forbids; the comparison needs no writing.
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY):
                    yield f"the index of {table} is damaged ({error})"

    def _numbers(self, reading: str) -> dict[tuple[str, str], int]:
        sql = "SELECT kind, id, number FROM worded WHERE reading = ?"
        return {(kind, id_): number for kind, id_, number in self._connection.execute(sql, (reading,))}


def _asked(words: str) -> str:
    return " ".join(f'"{word}"' for word in re.findall(r"\w+", words))


def _make(anew: sqlite3.Connection) -> None:
    """Empty tables like those of the ledger, in one transaction that never ends."""
    for table, column in (("words", "indexed"), ("ids", "held")):
        anew.execute(f"CREATE VIRTUAL TABLE {table} USING fts5 ({column}, {_TOKENS[table]})")
    anew.execute("BEGIN")


def _enter(anew: sqlite3.Connection, due: Iterable[Due], held: dict[Key, int]) -> Generator[tuple[str, str], None, set[Key]]:
    """Index all that is due under the numbers it is held under; says what has none, and gives back what is held but not due."""
    left = set(held)
    for reading, entries, ids in due:
        for kind, id_, words in entries:
            key = (kind, reading, id_)
            left.discard(key)
            if key not in held:
                yield reading, f"{id_} is not in the index of words as {kind}"
                continue
            anew.execute("INSERT INTO words (rowid, indexed) VALUES (?, ?)", (held[key], words))
        first = held.get((entries[0][0], reading, entries[0][1]))
        if first is not None:
            anew.execute("INSERT INTO ids (rowid, held) VALUES (?, ?)", (first, " ".join(ids)))
    return left


def _instances(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, int, int]]:
    """Term, number of entry and place of each word in an index, in this order."""
    connection.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_instances USING fts5vocab ('main', '{table}', 'instance')")
    yield from connection.execute(f"SELECT term, doc, COALESCE(offset, 0) FROM temp.{table}_instances")


def _differing(held: Iterator[tuple[str, int, int]], due: Iterator[tuple[str, int, int]]) -> set[int]:
    """Numbers of the entries of which only one side has something."""
    found: set[int] = set()
    one, other = next(held, None), next(due, None)
    while one is not None or other is not None:
        if one == other:
            one, other = next(held, None), next(due, None)
        elif other is None or (one is not None and _order(one) < _order(other)):
            assert one is not None
            found.add(one[1])
            one = next(held, None)
        else:
            found.add(other[1])
            other = next(due, None)
    return found


def _order(instance: tuple[str, int, int]) -> tuple[bytes, int, int]:
    """Terms are in the order of their bytes."""
    return instance[0].encode("utf-8", "surrogatepass"), instance[1], instance[2]


def ids(extraction: Extraction) -> list[str]:
    """The ids of the records that are found by them."""
    records: tuple[Statement | Condition | Event, ...] = (*extraction.statements, *extraction.conditions, *extraction.events)
    return [record.id for record in records]


def entries(extraction: Extraction, article: str, text: str) -> Iterator[Entry]:
    """What is indexed of a reading."""
    yield "article", article, f"{extraction.title or ''}\n{text}"
    for statement in extraction.statements:
        yield "statement", statement.id, _said(statement)
    for condition in extraction.conditions:
        yield "condition", condition.id, _bound(condition)


def _said(statement: Statement) -> str:
    spans: list[Span | None] = [statement.speaker, *statement.content, *statement.addressee, *statement.venue, *statement.via]
    if statement.cue is not None:
        spans += [statement.cue, *statement.cue.more]
    return "\n".join(span.text for span in spans if span is not None)


def _bound(condition: Condition) -> str:
    return "\n".join(span.text for span in (condition.marker, *condition.antecedent, *condition.consequent))
