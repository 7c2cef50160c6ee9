"""What actors are called, and which of the ledger's actors each of them is."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable

from onrecord.errors import NotFoundError
from onrecord.records import Actor, tagged
from onrecord.store.connection import following, record

SAME_ID = "rule/same-local-id-1"
"""Actors with one id in several articles are one actor of the ledger, until a later decision says otherwise."""


def folded(name: str) -> str:
    """The name without case and accents."""
    return "".join(mark for mark in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(mark))


def name_words(name: str) -> list[str]:
    """The words of a name, folded."""
    return re.findall(r"\w+", folded(name))


def enter(connection: sqlite3.Connection, actors: Iterable[Actor], when: str) -> None:
    """Note the actors' names, and decide who they are where that was never decided."""
    for actor in actors:
        record(connection, "names", {"actor": actor.id, "name": actor.name})
        for word in set(name_words(actor.name)):
            record(connection, "name_words", {"word": word, "actor": actor.id, "name": actor.name})
        for country in actor.countries:
            record(connection, "nationalities", {"country": country, "actor": actor.id})
        if connection.execute("SELECT 1 FROM identities WHERE actor = ? LIMIT 1", (actor.id,)).fetchone() is None:
            decide(connection, actor.id, tagged("ac", actor.id), SAME_ID, when)


def refresh_nationalities(connection: sqlite3.Connection, actor: str) -> None:
    """Keep only the countries that some article still gives the actor."""
    sql = "SELECT DISTINCT t.country FROM actors a JOIN actor_countries t ON t.reading = a.reading AND t.actor = a.id WHERE a.id = ?"
    countries = connection.execute(sql, (actor,)).fetchall()
    connection.execute("DELETE FROM nationalities WHERE actor = ?", (actor,))
    for (country,) in countries:
        record(connection, "nationalities", {"country": country, "actor": actor})


def decide(connection: sqlite3.Connection, actor: str, ledger_actor: str, rule: str, when: str) -> None:
    """From now on the article's actor is this one of the ledger; the decision before it is undone, and stays."""
    connection.execute("UPDATE identities SET undone_at = ? WHERE actor = ? AND undone_at IS NULL", (when, actor))
    row = {"actor": actor, "seq": following(connection, "identities", actor=actor), "ledger_actor": ledger_actor, "rule": rule}
    record(connection, "identities", {**row, "decided_at": when, "undone_at": None})


def called(connection: sqlite3.Connection, wanted: str) -> list[str]:
    """Ids of all actors (as articles have them) that a name, a part of a name or an id stands for, with those joined to them."""
    found = _by_id(connection, wanted) or _by_name(connection, wanted)
    joined = set(found)
    for actor in found:
        joined.update(_together(connection, actor))
    return sorted(joined)


def _by_id(connection: sqlite3.Connection, wanted: str) -> list[str]:
    if wanted.startswith("ac_"):
        sql = "SELECT actor FROM identities WHERE ledger_actor = ? AND undone_at IS NULL"
        return [actor for (actor,) in connection.execute(sql, (wanted,))]
    # Ids are person:… in small letters, state:… in capital ones.
    head, _, tail = wanted.partition(":")
    forms = {wanted, f"{head.lower()}:{tail.lower()}", f"{head.lower()}:{tail.upper()}"}
    sql = "SELECT DISTINCT actor FROM names WHERE actor IN (?, ?, ?)"
    return [actor for (actor,) in connection.execute(sql, tuple((sorted(forms) * 3)[:3]))] if tail else []


def _by_name(connection: sqlite3.Connection, wanted: str) -> list[str]:
    """Actors with a name that has all these words."""
    words = sorted(set(name_words(wanted)))
    if not words:
        return []
    marks = ", ".join("?" * len(words))
    sql = f"SELECT actor, name FROM name_words WHERE word IN ({marks}) GROUP BY actor, name HAVING COUNT(*) = ?"
    phrase = " ".join(name_words(wanted))
    rows = connection.execute(sql, (*words, len(words))).fetchall()
    return sorted({actor for actor, name in rows if f" {phrase} " in f" {' '.join(name_words(name))} "})


def _together(connection: sqlite3.Connection, actor: str) -> list[str]:
    sql = (
        "SELECT other.actor FROM identities own JOIN identities other ON other.ledger_actor = own.ledger_actor "
        "WHERE own.actor = ? AND own.undone_at IS NULL AND other.undone_at IS NULL"
    )
    return [other for (other,) in connection.execute(sql, (actor,))]


def ledger_actor(connection: sqlite3.Connection, actor: str) -> str:
    """The ledger's actor that an article's actor is."""
    row = connection.execute("SELECT ledger_actor FROM identities WHERE actor = ? AND undone_at IS NULL", (actor,)).fetchone()
    if row is None:
        raise NotFoundError(f"no actor {actor} is on record; onrecord show actors lists those that are")
    return str(row[0])
