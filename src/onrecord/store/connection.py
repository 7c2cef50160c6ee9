"""Connections to the ledger's file, and SQLite's errors as sentences with the way out."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from onrecord.errors import LedgerError

TIMEOUT = 15.0
"""How many seconds to wait for another writer."""
_AT_ONCE = 500
"""Values in one list of a query at most."""

_LOCKED = "{path} is locked: another program is writing to it; wait until that has ended, then run the same command again"
_REFUSED = "{path} may not be opened by you; see its permissions, or name another ledger with --ledger"
_SENTENCES = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: "{path} or its folder is read-only: nothing can be written; make both writable, or name another with --ledger",
    sqlite3.SQLITE_FULL: "the disk is full: the article in work was not stored, those before it are; free some space, then run it again",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened; see that its folder exists and that you may read and write there",
    sqlite3.SQLITE_PERM: _REFUSED,
    sqlite3.SQLITE_AUTH: _REFUSED,
    sqlite3.SQLITE_IOERR: "the disk refuses to read or write {path}; see whether it is full, broken or unplugged, then run it again",
    sqlite3.SQLITE_NOTADB: "{path} is no ledger, or its beginning is damaged; put back a copy, or name another ledger with --ledger",
}
_DAMAGED = "{path} is damaged ({why}); onrecord verify says where; put back a copy, or add the articles again to a new ledger"


def connect(path: Path, *, timeout: float = TIMEOUT, mode: str = "rwc", immutable: bool = False) -> sqlite3.Connection:
    """A connection in which transactions begin and end only where the code says so."""
    address = f"file:{quote(str(path.absolute()))}?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite, or a record that cannot be decoded, raises into a LedgerError; our own mistakes pass through.

    Raises:
        LedgerError: naming the file and the way out.
    """
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        code = getattr(error, "sqlite_errorcode", None)
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError) or code == sqlite3.SQLITE_ERROR:
            raise
        sentence = _SENTENCES.get(code & 0xFF if code is not None else -1, _DAMAGED)
        raise LedgerError(sentence.format(path=path, why=error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, zlib.error) as error:
        raise LedgerError(_DAMAGED.format(path=path, why=error)) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: begin at once as a writer, commit at the end, roll back at an error.

    Inside another one it is a part of that: an error ends both, so whoever began the outer one must not go on in it.
    """
    if connection.in_transaction:
        # No SAVEPOINT: at each of them the index of words writes what it has gathered, and pages would be written again and again.
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Add rows that have the same columns."""
    if rows:
        columns = list(rows[0])
        places = ", ".join(["?"] * len(columns))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
        connection.executemany(statement, [tuple(row.values()) for row in rows])


def record(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    """Add a row unless one with its key is there."""
    places = ", ".join(["?"] * len(row))
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places}) ON CONFLICT DO NOTHING", tuple(row.values()))


def by_statement(connection: sqlite3.Connection, table: str, column: str, articles: Sequence[str]) -> dict[tuple[str, str], str]:
    """What the table's column has for each statement (article and anchor) of these articles."""
    found: dict[tuple[str, str], str] = {}
    for at in range(0, len(articles), _AT_ONCE):
        some = list(articles[at : at + _AT_ONCE])
        sql = f"SELECT article, anchor, {column} FROM {table} WHERE article IN ({', '.join('?' * len(some))})"
        found.update({(article, anchor): value for article, anchor, value in connection.execute(sql, some)})
    return found


def following(connection: sqlite3.Connection, table: str, **key: str) -> int:
    """The next ``seq`` among the rows with this key."""
    where = " AND ".join(f"{column} = ?" for column in key)
    return int(connection.execute(f"SELECT COALESCE(MAX(seq), 0) + 1 FROM {table} WHERE {where}", tuple(key.values())).fetchone()[0])
