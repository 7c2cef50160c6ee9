"""Is everything in the ledger what it says it is? Damage is reported, one sentence a piece, and never raises."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import msgspec

from onrecord import identity
from onrecord.records import Actor, Condition, Event, Extraction, Mention, Record, Span, Statement, article, tagged
from onrecord.standing import standings
from onrecord.store import commitments, copies, current, feeds, fetches, listed, readings, reports, sayings, stories
from onrecord.store.words import Due, Words, entries, ids

Checked = Iterator["Problem"]

_AGAIN = "add the article again from its source to a new ledger, or put back a copy of this one"
_LARGEST = 1 << 30


class Problem(Record, frozen=True, kw_only=True):
    """One piece of damage: what, where, and what to do."""

    what: str
    where: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.remedy}"


def verify(connection: sqlite3.Connection, words: Words) -> Checked:
    """The ledger's problems, none where it is whole."""
    yield from _guarded("the file", lambda: _file(connection))
    checks = (
        ("raw bytes", _raw), ("identities", _identities), ("articles", _unknown), ("copies", _copies), ("stories", _stories),
        ("sayings", _sayings), ("fetches", _fetches), ("feeds", _feeds),
    )  # fmt: skip
    for name, check in checks:
        yield from _guarded(name, lambda check=check: check(connection))  # type: ignore[misc]
    for id_ in _ids_of_articles(connection):
        yield from _guarded(id_, lambda id_=id_: _article(connection, id_))  # type: ignore[misc]
    yield from _guarded("the index of words", lambda: _indexes(connection, words))


def _guarded(where: str, check: Callable[[], Checked]) -> Checked:
    """The problems that the check finds; where it cannot go on, that is one more."""
    try:
        yield from check()
    except (sqlite3.Error, msgspec.MsgspecError, zlib.error, ValueError, TypeError) as error:
        yield Problem(what=f"cannot be read ({error})", where=where, remedy=_AGAIN)


def _ids_of_articles(connection: sqlite3.Connection) -> list[str]:
    """Ids of all articles, as far as they can be listed."""
    found: list[str] = []
    try:
        for (id_,) in connection.execute("SELECT id FROM articles ORDER BY id"):
            found.append(str(id_))
    except sqlite3.Error:
        # Said already, by the check of the file.
        return found
    return found


def _file(connection: sqlite3.Connection) -> Checked:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield Problem(
                what=f"damaged: {' '.join(str(line).split())}",
                where="the file",
                remedy="put back a copy, or add the articles again to a new ledger",
            )
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Problem(what=f"a row names a row of {parent} that is not there", where=table, remedy=_AGAIN)


def _indexes(connection: sqlite3.Connection, words: Words) -> Checked:
    for fault in words.faults():
        yield Problem(what=fault, where="the index of words", remedy=_AGAIN)
    for reading, what in words.differences(_due(connection)):
        yield Problem(what=what, where=reading, remedy=_AGAIN)


def _due(connection: sqlite3.Connection) -> Iterator[Due]:
    """What has to be in the index of words; a reading that cannot be decoded was reported with its article."""
    for (id_,) in connection.execute("SELECT id FROM readings ORDER BY id").fetchall():
        sql = "SELECT a.id, a.text FROM readings r JOIN articles a ON a.id = r.article WHERE r.id = ?"
        try:
            article_id, text = connection.execute(sql, (id_,)).fetchone()
            extraction = readings.rebuild(connection, id_)
        except (sqlite3.Error, msgspec.MsgspecError, ValueError, TypeError):
            continue
        yield id_, list(entries(extraction, article_id, text)), ids(extraction)


def _raw(connection: sqlite3.Connection) -> Checked:
    for (digest,) in connection.execute("SELECT digest FROM raw ORDER BY digest").fetchall():
        yield from _guarded(f"raw {digest}", lambda digest=digest: _bytes(connection, digest))  # type: ignore[misc]


def _bytes(connection: sqlite3.Connection, digest: str) -> Checked:
    (packed,) = connection.execute("SELECT packed FROM raw WHERE digest = ?", (digest,)).fetchone()
    if hashlib.sha256(zlib.decompressobj().decompress(packed, _LARGEST)).hexdigest() != digest:
        yield Problem(what="the bytes as they came do not have their digest any more", where=f"raw {digest}", remedy=_AGAIN)
    if connection.execute("SELECT 1 FROM cuts WHERE raw = ?", (digest,)).fetchone() is None:
        yield Problem(
            what="these bytes belong to no article", where=f"raw {digest}", remedy="nothing is lost; a new ledger does not have them"
        )


def _sayings(connection: sqlite3.Connection) -> Checked:
    for where, what in chain(sayings.problems(connection), commitments.problems(connection)):
        yield Problem(what=what, where=where, remedy="group the articles again; nothing that was read is lost")


def _identities(connection: sqlite3.Connection) -> Checked:
    lost = "SELECT DISTINCT a.id FROM actors a WHERE NOT EXISTS (SELECT 1 FROM identities i WHERE i.actor = a.id AND i.undone_at IS NULL)"
    for (actor,) in connection.execute(lost):
        yield Problem(what="is joined to no actor of the ledger", where=actor, remedy=_AGAIN)
    idle = "SELECT DISTINCT i.actor FROM identities i WHERE NOT EXISTS (SELECT 1 FROM actors a WHERE a.id = i.actor)"
    for (actor,) in connection.execute(idle):
        yield Problem(what="is decided on, but in no article", where=actor, remedy=_AGAIN)


def _unknown(connection: sqlite3.Connection) -> Checked:
    lost = "SELECT subject FROM facts WHERE subject NOT IN (SELECT id FROM articles UNION SELECT id FROM documents) GROUP BY subject"
    for (subject,) in connection.execute(lost):
        yield Problem(what="facts are stated about it, and it is not there", where=subject, remedy=_AGAIN)


def _feeds(connection: sqlite3.Connection) -> Checked:
    for where, what in feeds.faults(connection):
        yield Problem(what=what, where=where, remedy=_AGAIN)


def _fetches(connection: sqlite3.Connection) -> Checked:
    for where, what in fetches.faults(connection):
        yield Problem(what=what, where=where, remedy=_AGAIN)


def _copies(connection: sqlite3.Connection) -> Checked:
    for where, what in copies.faults(connection):
        yield Problem(what=what, where=where, remedy=_AGAIN)


def _stories(connection: sqlite3.Connection) -> Checked:
    for where, what in stories.faults(connection):
        yield Problem(what=what, where=where, remedy="group the articles again; nothing that was read is lost")


def _article(connection: sqlite3.Connection, id_: str) -> Checked:
    document, text, digest = connection.execute("SELECT document, text, text_sha256 FROM articles WHERE id = ?", (id_,)).fetchone()
    if article(text).text_sha256 != digest:
        yield Problem(what="the text does not have its digest any more", where=id_, remedy=_AGAIN)
    if tagged("ar", document, digest) != id_:
        yield Problem(what="the id does not follow from document and text digest", where=id_, remedy=_AGAIN)
    for (reading,) in connection.execute("SELECT id FROM readings WHERE article = ? ORDER BY seq", (id_,)).fetchall():
        yield from _guarded(f"{id_}, {reading}", lambda reading=reading: _reading(connection, id_, text, reading))  # type: ignore[misc]
    yield from _shown(connection, id_)


def _shown(connection: sqlite3.Connection, id_: str) -> Checked:
    """Whether answers are given from what they should be."""
    due = current.settled(connection, id_)
    columns = "article, reading, outlet, outlet_folded, title, first_day, last_day, wide"
    held = connection.execute(f"SELECT {columns} FROM current_articles WHERE article = ?", (id_,)).fetchone()
    if held != (None if due is None else tuple(due.values())):
        yield Problem(what="answers are given from another state of it than its facts and readings have", where=id_, remedy=_AGAIN)
    if listed.kept(connection, id_) != listed.rows(connection, id_):
        yield Problem(what="lists have it elsewhere than its records say", where=id_, remedy=_AGAIN)
    if (connection.execute("SELECT 1 FROM ungrouped WHERE article = ?", (id_,)).fetchone() is not None) != reports.waits(connection, id_):
        yield Problem(what="waits to be grouped though it was, or was not and does not wait", where=id_, remedy=_AGAIN)
    if connection.execute("SELECT 1 FROM readings WHERE article = ? AND complete = 1", (id_,)).fetchone() is None:
        yield Problem(what="was never completely read", where=id_, remedy="add it again")


def _reading(connection: sqlite3.Connection, id_: str, text: str, reading: str) -> Checked:
    where = f"{id_}, {reading}"
    fields = "reader, reader_digest, stated, title, complete, statements, conditions, events, actors, dates"
    row = connection.execute(f"SELECT {fields} FROM readings WHERE id = ?", (reading,)).fetchone()
    extraction = readings.rebuild(connection, reading)
    if not row[4]:
        yield Problem(what="the reading is not complete", where=where, remedy="add the article again")
    for kind, count in zip(("statements", "conditions", "events", "actors", "dates"), row[5:], strict=True):
        held = len(getattr(extraction, kind))
        if held != count:
            yield Problem(what=f"{count} {kind} were read, {held} are there", where=where, remedy=_AGAIN)
    if readings.told_id(id_, row[0], row[1], row[2], row[3]) != reading:
        yield Problem(what="the id does not follow from article, reader and day of publication", where=where, remedy=_AGAIN)
    yield from chain(_spans(extraction, text, where), _ids(connection, extraction, id_, reading, where), _links(extraction, where))
    yield from _standings(connection, extraction, reading, where)


def _spans(extraction: Extraction, text: str, where: str) -> Checked:
    records = (*extraction.statements, *extraction.conditions, *extraction.events, *extraction.actors, *extraction.dates)
    owners: tuple[Record, ...] = (extraction.published, *records)
    for owner in owners:
        for span in spans_of(owner):
            if not span.proves((extraction.title or "") if span.place == "title" else text):
                of = getattr(owner, "id", type(owner).__name__)
                yield Problem(what=f"{of}: {span.text!r} does not stand at {span.start}:{span.end}", where=where, remedy=_AGAIN)


def spans_of(value: Any) -> Iterator[Span]:
    """Every span in a record."""
    if isinstance(value, Span):
        yield value
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from spans_of(getattr(value, field))
    elif isinstance(value, tuple):
        for each in value:
            yield from spans_of(each)


def _ids(connection: sqlite3.Connection, extraction: Extraction, id_: str, reading: str, where: str) -> Checked:
    for kind in ("statements", "conditions", "events"):
        columns = connection.execute(f"SELECT id, anchor FROM {kind} WHERE reading = ? ORDER BY seq", (reading,)).fetchall()
        kept: tuple[Statement | Condition | Event, ...] = getattr(extraction, kind)
        for record, (id_column, anchor_column) in zip(kept, columns, strict=False):
            yield from _id(record, id_, extraction.reader, where)
            if (id_column, anchor_column) != (record.id, record.anchor):
                yield Problem(what=f"{record.id}: is kept under another id or anchor, {id_column}", where=where, remedy=_AGAIN)


def _standings(connection: sqlite3.Connection, extraction: Extraction, reading: str, where: str) -> Checked:
    """Records that lists take for surer, or less sure, than they stand."""
    due = standings(extraction)
    for kind in ("statements", "conditions"):
        for id_, held in connection.execute(f"SELECT id, standing FROM {kind} WHERE reading = ? ORDER BY seq", (reading,)):
            if held != due.get(id_, held):
                yield Problem(what=f"{id_}: is kept as sure by {held}, and stands by {due[id_]}", where=where, remedy=_AGAIN)


def _id(record: Statement | Condition | Event, id_: str, reader: str, where: str) -> Checked:
    if identity.record_id(record, id_, reader) != record.id:
        yield Problem(what=f"{record.id}: the id does not follow from its spans", where=where, remedy=_AGAIN)
    if identity.anchor(record, id_) != record.anchor:
        yield Problem(what=f"{record.id}: the anchor does not follow from its trigger", where=where, remedy=_AGAIN)


def _links(extraction: Extraction, where: str) -> Checked:
    """Links that lead nowhere."""
    records: tuple[Statement | Condition | Event | Actor, ...]
    records = (*extraction.statements, *extraction.conditions, *extraction.events, *extraction.actors)
    have = {each.id for each in records}
    for record, to in _named(extraction):
        if to is not None and to not in have:
            yield Problem(what=f"{record} names {to}, which its reading does not have", where=where, remedy=_AGAIN)


def _named(extraction: Extraction) -> Iterator[tuple[str, str | None]]:
    for statement in extraction.statements:
        relations = (relation.to for relation in statement.relations)
        actors = _meant(statement.speaker, *statement.addressee)
        for to in (statement.within, *statement.conditions, *statement.events, *relations, *actors):
            yield statement.id, to
    for condition in extraction.conditions:
        yield condition.id, condition.statement
        for leaf in condition.parts.leaves():
            for event in leaf.events or ():
                yield condition.id, event
    for coded in extraction.events:
        for to in (coded.statement, *_meant(coded.actor, coded.recipient)):
            yield coded.id, to


def _meant(*mentions: Mention | None) -> Iterator[str]:
    """The actors that these mentions stand for."""
    for mention in mentions:
        if mention is not None:
            yield from mention.actors
