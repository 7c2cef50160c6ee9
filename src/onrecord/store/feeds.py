"""The feeds that are followed, with their state, and which of their entries were read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from onrecord.errors import InputError, LedgerError
from onrecord.records import Record
from onrecord.store.connection import explained

PACE = 1800
"""Seconds between two looks at a feed of which nothing is known yet."""
MOST = 2000
"""Feeds that one ledger follows at most, so that no list of lists can fill it."""
_FIELDS = "address, found_in, title, added_at, etag, last_modified, pace, next_at, looked_at, failures, articles, status"


class Feed(Record, frozen=True, kw_only=True):
    """A feed that is followed, as its last finished look left it."""

    address: str
    found_in: str | None
    title: str | None
    added_at: str
    etag: str | None
    last_modified: str | None
    pace: int
    next_at: str
    looked_at: str | None
    failures: int
    articles: int
    status: str


class Seen(Record, frozen=True, kw_only=True):
    """What is remembered of an entry: ``article`` is None where it could not be read yet."""

    entry: str
    stamp: str
    article: str | None
    tries: int
    idle: int
    seen_at: str


class Feeds:
    """The feeds of a ledger. Each change is one statement, so nothing half is ever stored."""

    def __init__(self, connection: sqlite3.Connection, path: Path, now: Callable[[], datetime]) -> None:
        """Use this connection to the ledger at this path; times are stored as this clock gives them."""
        self._connection = connection
        self._path = path
        self._now = now

    def follow(self, address: str, found_in: str | None = None) -> bool:
        """Follow the feed from now on; whether that is new.

        Raises:
            InputError: too many feeds are followed.
        """
        when = self._now().isoformat()
        with explained(self._path):
            held = self._connection.execute("SELECT ended_at FROM feeds WHERE address = ?", (address,)).fetchone()
            # A feed that the user ended is taken up again by the user only, not by a list that names it.
            if held is not None and (held[0] is None or found_in is not None):
                return False
            if self._connection.execute("SELECT COUNT(*) FROM feeds WHERE ended_at IS NULL").fetchone()[0] >= MOST:
                raise InputError(f"{MOST:,} feeds are followed, and so many are the most; onrecord follow --stop ADDRESS ends one")
            sql = (
                "INSERT INTO feeds (address, found_in, added_at, pace, next_at, failures, articles, status) "
                "VALUES (?, ?, ?, ?, ?, 0, 0, ?) "
                "ON CONFLICT (address) DO UPDATE SET ended_at = NULL, next_at = excluded.next_at, failures = 0, status = excluded.status"
            )
            self._connection.execute(sql, (address, found_in, when, PACE, when, "not looked at yet"))
            return True

    def end(self, address: str, why: str) -> bool:
        """Follow the feed no more; whether it was followed."""
        with explained(self._path):
            sql = "UPDATE feeds SET ended_at = ?, status = ? WHERE address = ? AND ended_at IS NULL"
            return self._connection.execute(sql, (self._now().isoformat(), why, address)).rowcount > 0

    def all(self) -> list[Feed]:
        """The feeds that are followed, that which is due first first."""
        with explained(self._path):
            sql = f"SELECT {_FIELDS} FROM feeds WHERE ended_at IS NULL ORDER BY next_at, address"
            return [_feed(row) for row in self._connection.execute(sql)]

    def looked(self, feed: Feed) -> None:
        """Keep the state of a feed after a look at it was finished; its articles were counted as they came."""
        sql = (
            "UPDATE feeds SET title = ?, etag = ?, last_modified = ?, pace = ?, next_at = ?, looked_at = ?, failures = ?, status = ? "
            "WHERE address = ?"
        )
        state = (feed.title, feed.etag, feed.last_modified, feed.pace, feed.next_at, feed.looked_at, feed.failures, feed.status)
        with explained(self._path):
            self._connection.execute(sql, (*state, feed.address))

    def brought(self, address: str) -> None:
        """Count one more article that came from the feed."""
        with explained(self._path):
            self._connection.execute("UPDATE feeds SET articles = articles + 1 WHERE address = ?", (address,))

    def seen(self, entry: str) -> Seen | None:
        """What is remembered of the entry."""
        with explained(self._path):
            sql = "SELECT entry, stamp, article, tries, idle, seen_at FROM seen WHERE entry = ?"
            row = self._connection.execute(sql, (entry,)).fetchone()
            return None if row is None else Seen(entry=row[0], stamp=row[1], article=row[2], tries=row[3], idle=row[4], seen_at=row[5])

    def read(self, entry: str, stamp: str) -> bool:
        """Whether this version of the entry was read and kept."""
        seen = self.seen(entry)
        return seen is not None and seen.article is not None and seen.stamp == stamp

    def saw(self, entry: str, stamp: str, article: str | None, *, changed: bool = True) -> None:
        """Remember that this version of the entry was read as this article, or once more could not be read.

        Args:
            entry: digest of what names it.
            stamp: digest of what names its version.
            article: what it was stored as; None where it could not be read.
            changed: whether that brought anything new.
        """
        when = self._now().isoformat()
        # A page that goes is no reason to forget what was read of it.
        sql = (
            "INSERT INTO seen (entry, stamp, article, tries, idle, seen_at) VALUES (?, ?, ?, ?, 0, ?) ON CONFLICT (entry) DO UPDATE SET "
            "stamp = excluded.stamp, article = COALESCE(excluded.article, seen.article), seen_at = excluded.seen_at, "
            "tries = CASE WHEN excluded.article IS NULL THEN seen.tries + 1 ELSE 0 END, idle = CASE WHEN ? THEN 0 ELSE seen.idle + 1 END"
        )
        with explained(self._path):
            self._connection.execute(sql, (entry, stamp, article, 0 if article else 1, when, changed))

    def give_up(self, entry: str, stamp: str, tries: int) -> None:
        """Remember that this version of the entry will never be had."""
        sql = (
            "INSERT INTO seen (entry, stamp, article, tries, idle, seen_at) VALUES (?, ?, NULL, ?, 0, ?) ON CONFLICT (entry) DO UPDATE SET "
            "stamp = excluded.stamp, tries = excluded.tries, seen_at = excluded.seen_at"
        )
        with explained(self._path):
            self._connection.execute(sql, (entry, stamp, tries, self._now().isoformat()))


def faults(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Where and what is wrong with the feeds."""
    lost = (
        "SELECT entry, article FROM seen WHERE article IS NOT NULL AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = seen.article) "
        "AND NOT EXISTS (SELECT 1 FROM removals r WHERE r.article = seen.article)"
    )
    for entry, article in connection.execute(lost):
        yield entry, f"was read as {article}, which is not there"
    for address, next_at in connection.execute(
        "SELECT address, next_at FROM feeds WHERE pace < 1 OR failures < 0 OR next_at NOT LIKE '____-%'"
    ):
        yield address, f"is to be looked at next at {next_at}, which makes no sense"


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the right to follow the feeds of the ledger at this path; the system takes it back when the process ends, however it does.

    Raises:
        LedgerError: another process has it.
    """
    # A lock on an empty database beside the ledger: the same call on every system, and nothing is left locked after a kill.
    lock = path.with_name(f"{path.name}-follow")
    try:
        connection = sqlite3.connect(lock, timeout=0, isolation_level=None)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except BaseException:
            connection.close()
            raise
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise LedgerError(f"another onrecord follow keeps the feeds of {path} current; one is enough") from error
        raise LedgerError(f"{lock} cannot be written ({error}); make its folder writable") from error
    try:
        yield
    finally:
        connection.close()


def _feed(row: tuple[str, str | None, str | None, str, str | None, str | None, int, str, str | None, int, int, str]) -> Feed:
    return Feed(
        address=row[0], found_in=row[1], title=row[2], added_at=row[3], etag=row[4], last_modified=row[5], pace=row[6], next_at=row[7],
        looked_at=row[8], failures=row[9], articles=row[10], status=row[11],
    )  # fmt: skip
