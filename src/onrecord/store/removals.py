"""Taking an article out of every answer, and deleting it for good."""

from __future__ import annotations

import sqlite3

from onrecord.errors import InputError, NotFoundError
from onrecord.records import Record
from onrecord.store import commitments, copies, current, fetches, names, readings, sayings
from onrecord.store.connection import following, insert
from onrecord.store.stories import StoryShelf
from onrecord.store.words import Words, entries, ids

_OF_READING = (
    "statement_actors", "statement_countries", "actor_countries", "statements", "conditions", "events", "actors", "dates",
)  # fmt: skip


class RemovedError(InputError):
    """The article was removed from this ledger, and is not taken up again unless that is asked for."""


class Removal(Record, frozen=True, kw_only=True):
    """The decision to take an article out."""

    article: str
    removed_at: str
    reason: str
    purged: bool

    def sentence(self) -> str:
        """When and why, for the user."""
        done = "removed, and its text deleted," if self.purged else "removed"
        return f"{self.article} was {done} on {self.removed_at[:10]} because: {self.reason}"


def removal(connection: sqlite3.Connection, article: str) -> Removal | None:
    """The decision in force on the article, if there is one."""
    sql = "SELECT article, removed_at, reason, purged FROM removals WHERE article = ? AND restored_at IS NULL ORDER BY seq DESC LIMIT 1"
    row = connection.execute(sql, (article,)).fetchone()
    return None if row is None else Removal(article=row[0], removed_at=row[1], reason=row[2], purged=bool(row[3]))


def refuse_removed(connection: sqlite3.Connection, article: str) -> None:
    """Raise NotFoundError where the article is removed."""
    decision = removal(connection, article)
    if decision is not None:
        raise NotFoundError(f"{decision.sentence()}; adding it again with --restore takes it up again")


def remove(connection: sqlite3.Connection, words: Words, article: str, reason: str, purge: bool, when: str) -> Removal:
    """Take the article out; the decision in force."""
    held = connection.execute("SELECT document FROM articles WHERE id = ?", (article,)).fetchone()
    before = removal(connection, article)
    if held is None and before is None:
        raise NotFoundError(f"no article {article} is on record; onrecord show articles lists those that are")
    if before is None or (purge and not before.purged):
        row = {"article": article, "seq": following(connection, "removals", article=article), "removed_at": when, "reason": reason}
        insert(connection, "removals", [{**row, "purged": int(purge), "restored_at": None}])
    current.settle(connection, article)
    if purge and held is not None:
        # Older cuts have the same bytes and much of the text: they neither keep them nor come back in its place.
        for (older,) in connection.execute("SELECT article FROM replacements WHERE replaced_by = ?", (article,)).fetchall():
            remove(connection, words, older, reason, True, when)
        _delete(connection, words, article, held[0])
    after = removal(connection, article)
    assert after is not None
    return after


def restore(connection: sqlite3.Connection, article: str, when: str) -> None:
    """End the removal: what was not deleted is in the answers again."""
    connection.execute("UPDATE removals SET restored_at = ? WHERE article = ? AND restored_at IS NULL", (when, article))
    # What came meanwhile was not compared with it.
    connection.execute("DELETE FROM grouped WHERE article = ?", (article,))
    current.settle(connection, article)


def _delete(connection: sqlite3.Connection, words: Words, article: str, document: str) -> None:
    copies.forget(connection, article)
    (text,) = connection.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()
    actors: set[str] = set()
    commitments.forget(connection, article)
    sayings.forget(connection, article)
    StoryShelf(connection).forget(article)
    for (reading,) in connection.execute("SELECT id FROM readings WHERE article = ?", (article,)).fetchall():
        extraction = readings.rebuild(connection, reading)
        words.forget(reading, entries(extraction, article, text), ids(extraction))
        actors.update(id_ for (id_,) in connection.execute("SELECT id FROM actors WHERE reading = ?", (reading,)))
        _delete_reading(connection, reading)
    connection.execute("DELETE FROM replacements WHERE article = ? OR replaced_by = ?", (article, article))
    raw = [digest for (digest,) in connection.execute("SELECT DISTINCT raw FROM cuts WHERE article = ?", (article,))]
    connection.execute("DELETE FROM cuts WHERE article = ?", (article,))
    fetches.forget(connection, article)
    for digest in raw:
        connection.execute("DELETE FROM raw WHERE digest = ? AND NOT EXISTS (SELECT 1 FROM cuts WHERE cuts.raw = raw.digest)", (digest,))
    for table in ("grouped", "ungrouped"):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (article,))
    connection.execute("DELETE FROM articles WHERE id = ?", (article,))
    connection.execute("DELETE FROM facts WHERE subject = ?", (article,))
    if connection.execute("SELECT 1 FROM articles WHERE document = ?", (document,)).fetchone() is None:
        connection.execute("DELETE FROM facts WHERE subject = ?", (document,))
        connection.execute("DELETE FROM documents WHERE id = ?", (document,))
    _delete_names(connection, actors)


def _delete_reading(connection: sqlite3.Connection, reading: str) -> None:
    for table in _OF_READING:
        connection.execute(f"DELETE FROM {table} WHERE reading = ?", (reading,))
    connection.execute("DELETE FROM readings WHERE id = ?", (reading,))


def _delete_names(connection: sqlite3.Connection, actors: set[str]) -> None:
    """Forget the names and countries that no article has any more."""
    kept = "SELECT 1 FROM actors WHERE actors.id = {0}.actor AND actors.name = {0}.name"
    for actor in sorted(actors):
        for table in ("names", "name_words"):
            connection.execute(f"DELETE FROM {table} WHERE actor = ? AND NOT EXISTS ({kept.format(table)})", (actor,))
        names.refresh_nationalities(connection, actor)
        if connection.execute("SELECT 1 FROM actors WHERE id = ?", (actor,)).fetchone() is None:
            connection.execute("DELETE FROM identities WHERE actor = ?", (actor,))
