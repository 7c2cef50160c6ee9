"""The ledger in one SQLite file: articles are kept whole or not at all, and read while others are written."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TypeVar

from onrecord.codec import decode, encode
from onrecord.errors import InputError, LedgerError, NotFoundError
from onrecord.records import Article, Basis, Extraction, Receipt
from onrecord.reports import Commitment, Copy, Judgement, Membership, Piece, Report, Saying, Story
from onrecord.store import (
    commitments,
    copies,
    current,
    facts,
    fetches,
    names,
    readings,
    removals,
    reports,
    sayings,
    schema,
    verification,
    versions,
)
from onrecord.store.connection import TIMEOUT, connect, explained, insert, record, transaction
from onrecord.store.feeds import Feeds
from onrecord.store.grouping import Grouping
from onrecord.store.judgements import Judgements
from onrecord.store.newsroom import Newsroom
from onrecord.store.queries import actors, articles, conditions, found, statements
from onrecord.store.queries import sayings as told
from onrecord.store.queries import stories as plots
from onrecord.store.removals import Removal, RemovedError
from onrecord.store.stories import StoryShelf
from onrecord.store.verification import Problem
from onrecord.store.words import Fts5Words

Outcome = Literal["added", "read anew", "fact stated", "already held", "removed before"]
Now = Callable[[], datetime]
T = TypeVar("T")
_LARGEST = 1 << 30
_CACHE = 64 * 1024
"""Memory for pages, in KiB."""
_LOG = 8000
"""Pages (of 4 KiB) that the log may have before it is emptied."""


def open_ledger(path: Path | str, *, create: bool, now: Now, timeout: float = TIMEOUT) -> SqliteLedger:
    """The ledger in this file, brought to the newest schema.

    Args:
        path: the file.
        create: whether a missing file is made; otherwise it is an error.
        now: the clock; times are stored as it gives them.
        timeout: how many seconds to wait for another writer.

    Raises:
        LedgerError: missing, a directory, no database, damaged, of a newer version, locked, or not readable.
    """
    path = Path(path)
    if path.is_dir():
        raise LedgerError(f"{path} is a directory; name a file in it, such as {path / 'onrecord.db'}")
    # An empty file is what a first run that was cut off leaves behind.
    if not create and (not path.exists() or path.stat().st_size == 0):
        raise LedgerError(f"there is no ledger at {path}; onrecord add makes one, or name another with --ledger")
    if create and not path.parent.is_dir():
        raise LedgerError(f"{path.parent} is no folder; make it, or name another ledger with --ledger")
    with explained(path):
        return SqliteLedger(path, _opened(path, timeout, now), now)


def _opened(path: Path, timeout: float, now: Now) -> sqlite3.Connection:
    """A connection that can write where the file can be written, else one that reads."""
    last: sqlite3.OperationalError | None = None
    # A file that nobody can write beside has no shared memory; then it is read as it lies, if no changes wait beside it.
    settled = not path.with_name(f"{path.name}-wal").exists()
    for mode, immutable in (("rwc", False), ("ro", False), *((("ro", True),) if settled else ())):
        try:
            connection = connect(path, timeout=timeout, mode=mode, immutable=immutable)
        except sqlite3.OperationalError as error:
            last = error
            continue
        try:
            _prepare(connection, path, now, write=mode == "rwc")
            return connection
        except sqlite3.OperationalError as error:
            connection.close()
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise
            last = error
        except BaseException:
            connection.close()
            raise
    assert last is not None
    raise last


def _prepare(connection: sqlite3.Connection, path: Path, now: Now, *, write: bool) -> None:
    held = schema.version(connection, path)
    newest = schema.migrations()[-1][0]
    if write and connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    # Ids are digests, so what one article adds lies all over the indexes: keep them in memory, and empty the log seldom.
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")
    if held < newest:
        if not write:
            raise LedgerError(
                f"{path} is read-only and was written by an older On Record; make it writable once, so that it can be brought up to date"
            )
        schema.migrate(connection, path, now)


class SqliteLedger:
    """Where records are kept. Each instance has a connection of its own, for one thread."""

    def __init__(self, path: Path, connection: sqlite3.Connection, now: Now) -> None:
        """Use this connection; ``open_ledger`` makes it."""
        self.path = path
        self._connection = connection
        self._now = now
        self._words = Fts5Words(connection)
        self.feeds = Feeds(connection, path, now)
        """The feeds that are followed."""

    def __enter__(self) -> SqliteLedger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # Writing

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is written while this lasts is one transaction, kept at its end or, after an error, not at all.

        Articles lie all over the indexes, and some pages are changed by each of them: together they are written once.
        """
        with explained(self.path), transaction(self._connection):
            yield

    def ungrouped(self) -> list[str]:
        """Articles that wait to be put among the others, in the order in which they were added."""
        with explained(self.path):
            return list(reports.ungrouped(self._connection))

    @contextmanager
    def grouping(self, sample: Collection[str] = ()) -> Iterator[Grouping]:
        """What putting articles among the others needs; all of it is one transaction.

        Args:
            sample: ids of documents and digests of texts of the sample's articles, which are compared with no others.
        """
        with explained(self.path), transaction(self._connection):
            yield Grouping(self._connection, self._time(), sample)

    def informed(self, article: Article) -> Article:
        """The article with what the ledger knows better: its best day of publication, outlet, title, and so on."""
        with explained(self.path):
            return facts.informed(self._connection, article)

    def removed(self, article: str) -> bool:
        """Whether the article was taken out of every answer."""
        return self.removal(article) is not None

    def holds(self, article: str, reader: str, published: str | None, *, basis: Basis = "given", title: str | None = None) -> bool:
        """Whether the article was completely read by this reader (name or digest), told this day of publication and title.

        None for day or title means: whatever the ledger knows. False for an article that is removed.
        """
        with explained(self.path):
            row = self._connection.execute("SELECT document FROM articles WHERE id = ?", (article,)).fetchone()
            if row is None or removals.removal(self._connection, article) is not None:
                return False
            best = facts.best(self._connection, article, row[0])
            day = facts.stated_day(best, published, basis)
            title = title if title is not None else best.get("title", (None,))[0]
            sql = "SELECT stated, title FROM readings WHERE article = ? AND complete = 1 AND (reader = ? OR reader_digest = ?)"
            told = [(held or None, headline or None) for held, headline in self._connection.execute(sql, (article, reader, reader))]
            return (day or None, title or None) in told

    def holds_article(self, article: str) -> bool:
        """Whether answers are given from this article."""
        with explained(self.path):
            return self._connection.execute("SELECT 1 FROM current_articles WHERE article = ?", (article,)).fetchone() is not None

    def seen(self, digest: str, address: str, cutter: str, *, reader: str, restore: bool = False) -> str | None:
        """The article that this cutter cut from bytes of this digest, fetched at this address, where it has nothing to be done to.

        That is: this reader (name or digest) read it, or it was removed and is not to be taken up again.
        """
        with explained(self.path):
            article = fetches.cut(self._connection, digest, address, cutter)
            if article is None:
                return None
            done = not restore if self.removed(article) else self.holds(article, reader, None)
            return article if done else None

    def put(self, article: Article, extraction: Extraction, reader_digest: str, *, restore: bool = False) -> Receipt:
        """Keep the article and its reading, in one transaction; adding again adds nothing.

        Args:
            article: best as ``informed`` gave it, which is what the reader should have been told.
            extraction: what was read off it.
            reader_digest: digest of model and lexicons.
            restore: take up an article that was removed.

        Raises:
            RemovedError: the article was removed, and ``restore`` is False.
            LedgerError: nothing of it was stored.
        """
        if extraction.text_sha256 != article.text_sha256:
            raise ValueError(f"the extraction is of another text: {extraction.text_sha256}, the article has {article.text_sha256}")
        when = self._time()
        with explained(self.path), transaction(self._connection):
            decision = removals.removal(self._connection, article.id)
            if decision is not None and not restore:
                raise RemovedError(f"{decision.sentence()}; add it with --restore to take it up again")
            outcome = self._keep(article, extraction, reader_digest, when)
            if decision is not None:
                removals.restore(self._connection, article.id, when)
                outcome = "added"
        counts = (len(extraction.statements), len(extraction.conditions))
        return Receipt(article=article.id, outcome=outcome, statements=counts[0], conditions=counts[1], skipped=extraction.skipped)

    def again(self, article: Article) -> Receipt:
        """Note what an article that is held, or was removed, brings along anew, such as its outlet; nothing is read.

        Raises:
            NotFoundError: there is no such article.
        """
        when = self._time()
        with explained(self.path), transaction(self._connection):
            if removals.removal(self._connection, article.id) is not None:
                return self._receipt(article.id, "removed before")
            document = self._document(article.id)
            self._cut(article, when)
            stated = facts.from_article(self._connection, article, when)
            if stated:
                current.settle_document(self._connection, document)
            return self._receipt(article.id, "fact stated" if stated else "already held")

    def _keep(self, article: Article, extraction: Extraction, reader_digest: str, when: str) -> Outcome:
        connection = self._connection
        new = connection.execute("SELECT 1 FROM articles WHERE id = ?", (article.id,)).fetchone() is None
        if new:
            record(connection, "documents", {"id": article.document, "added_at": when})
            row = {"id": article.id, "document": article.document, "text": article.text, "text_sha256": article.text_sha256}
            insert(connection, "articles", [{**row, "skipped": encode(article.skipped).decode(), "added_at": when}])
        self._cut(article, when)
        stated = facts.from_article(connection, article, when)
        read = self._read(article, extraction, reader_digest, when)
        if new or read or stated:
            current.settle_document(connection, article.document)
        return "added" if new else "fact stated" if stated else "read anew" if read else "already held"

    def _read(self, article: Article, extraction: Extraction, reader_digest: str, when: str) -> bool:
        """Keep the reading, unless it is held; whether it was kept."""
        reading = readings.reading_id(article, extraction.reader, reader_digest)
        if self._connection.execute("SELECT 1 FROM readings WHERE id = ?", (reading,)).fetchone() is not None:
            return False
        readings.keep(self._connection, self._words, article, extraction, reader_digest, when)
        facts.from_reading(self._connection, article, extraction, when)
        return True

    def _receipt(self, article: str, outcome: Outcome) -> Receipt:
        """What is on record of the article; nothing where its text was deleted."""
        sql = (
            "SELECT r.statements, r.conditions, r.head FROM readings r LEFT JOIN current_articles c ON c.reading = r.id "
            "WHERE r.article = ? ORDER BY CASE WHEN c.reading IS NULL THEN 1 ELSE 0 END, r.seq DESC LIMIT 1"
        )
        row = None if outcome == "removed before" else self._connection.execute(sql, (article,)).fetchone()
        said, bound, skipped = (0, 0, {}) if row is None else (row[0], row[1], decode(row[2], Extraction).skipped)
        return Receipt(article=article, outcome=outcome, statements=said, conditions=bound, skipped=skipped)

    def _cut(self, article: Article, when: str) -> None:
        """Keep the bytes as they came, and note that an older cut of them is replaced."""
        connection, cutter = self._connection, article.cutter
        fetches.keep(connection, article)
        known = connection.execute("SELECT 1 FROM cuts WHERE article = ? AND cutter = ?", (article.id, cutter)).fetchone()
        if not article.raw or known is not None:
            return
        digest = hashlib.sha256(article.raw).hexdigest()
        if connection.execute("SELECT 1 FROM raw WHERE digest = ?", (digest,)).fetchone() is None:
            row = {"digest": digest, "media": article.media, "size": len(article.raw), "packed": zlib.compress(article.raw, 6)}
            insert(connection, "raw", [{**row, "added_at": when}])
        older = connection.execute(
            "SELECT DISTINCT c.article FROM cuts c JOIN articles a ON a.id = c.article "
            "WHERE c.raw = ? AND a.document = ? AND c.article <> ? AND c.cutter <> ? "
            "AND NOT EXISTS (SELECT 1 FROM replacements r WHERE r.article = c.article)",
            (digest, article.document, article.id, cutter),
        ).fetchall()
        insert(connection, "cuts", [{"article": article.id, "raw": digest, "cutter": cutter, "cut_at": when}])
        for (replaced,) in older:
            record(connection, "replacements", {"article": replaced, "replaced_by": article.id, "replaced_at": when})
            current.settle(connection, replaced)

    def state_fact(self, article: str, kind: str, value: str, basis: Basis = "given") -> bool:
        """State a fact about an article held; whether it was news. Its reading stays current until one that was told the fact is put."""
        if kind not in facts.KINDS:
            raise InputError(f"{kind} is no kind of fact; the kinds are {', '.join(facts.KINDS)}")
        with explained(self.path), transaction(self._connection):
            document = self._document(article)
            stated = facts.state(self._connection, document if kind in facts.SHARED else article, kind, value, basis, self._time())
            current.settle_document(self._connection, document)
            return stated

    def join(self, actor: str, ledger_actor: str, rule: str) -> None:
        """Decide that an article's actor is this one of the ledger; the decision before is undone and stays."""
        with explained(self.path), transaction(self._connection):
            names.ledger_actor(self._connection, actor)
            names.decide(self._connection, actor, ledger_actor, rule, self._time())

    def remove(self, article: str, reason: str, purge: bool = False) -> Removal:
        """Take the article out of every answer; with ``purge`` delete its text, bytes and records, and keep id, date and reason.

        Raises:
            NotFoundError: there is no such article.
        """
        with explained(self.path):
            self._connection.execute(f"PRAGMA secure_delete = {'ON' if purge else 'OFF'}")
            with transaction(self._connection):
                done = removals.remove(self._connection, self._words, self._whole(article), reason, purge, self._time())
                if purge:
                    self._words.compact()
            if purge:
                # Pages that were split or moved may have left words behind: the file is written anew, and the log emptied.
                self._connection.execute("VACUUM")
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            return done

    def removal(self, article: str) -> Removal | None:
        """The decision that keeps the article out of the answers, if there is one."""
        with explained(self.path):
            return removals.removal(self._connection, article)

    def restore(self, article: str) -> None:
        """Take up again an article that was removed; one that was purged has to be added again, with ``restore``.

        Raises:
            NotFoundError: it is not removed, or its text was deleted.
        """
        with explained(self.path), transaction(self._connection):
            decision = removals.removal(self._connection, article)
            if decision is None:
                raise NotFoundError(f"{article} is not removed; onrecord show articles lists what is on record")
            if self._connection.execute("SELECT 1 FROM articles WHERE id = ?", (article,)).fetchone() is None:
                raise NotFoundError(f"{decision.sentence()}; add it again with --restore")
            removals.restore(self._connection, article, self._time())

    # Reading

    def article(self, article: str) -> Article:
        """The article as it was added, with its best facts; also one that is removed, unless it was purged."""
        with explained(self.path):
            article = self._whole(article)
            row = self._connection.execute(
                "SELECT id, document, text, text_sha256, skipped FROM articles WHERE id = ?", (article,)
            ).fetchone()
            if row is None:
                raise NotFoundError(f"no article {article} is on record; onrecord show articles lists those that are")
            known = facts.best(self._connection, article, row[1])
            values: dict[str, Any] = {kind: known.get(kind, (None,))[0] for kind in facts.KINDS}
            sql = (
                "SELECT r.packed, r.media, c.cutter FROM cuts c JOIN raw r ON r.digest = c.raw WHERE c.article = ? "
                "ORDER BY c.cut_at DESC, c.cutter DESC LIMIT 1"
            )
            packed, media, cutter = self._connection.execute(sql, (article,)).fetchone() or (None, "text/plain", "text/1")
            raw = b"" if packed is None else zlib.decompressobj().decompress(packed, _LARGEST)
            basis = known.get("published", (None, "unknown"))[1]
            fetched, fetched_from = fetches.first(self._connection, article)
            return Article(
                id=row[0], document=row[1], text=row[2], text_sha256=row[3], skipped=decode(row[4], dict[str, int]), **values,
                basis=basis, raw=raw, media=media, cutter=cutter, fetched=fetched, fetched_from=fetched_from,
            )  # fmt: skip

    def text(self, article: str) -> str:
        """The article's text."""
        return self.article(article).text

    def extraction(self, article: str, reading: str | None = None) -> Extraction:
        """What was read off the article, as it was put: by its current reading, or by the one named.

        Raises:
            NotFoundError: there is no such article or reading, or the article was removed.
        """
        with explained(self.path):
            article = self._whole(article)
            removals.refuse_removed(self._connection, article)
            if reading is None:
                row = self._connection.execute("SELECT reading FROM current_articles WHERE article = ?", (article,)).fetchone()
            else:
                row = self._connection.execute("SELECT id FROM readings WHERE article = ? AND id = ?", (article, reading)).fetchone()
            if row is None:
                raise NotFoundError(
                    f"{article} has no reading {reading or 'that is current'}; onrecord show articles lists what is on record"
                )
            return readings.rebuild(self._connection, row[0])

    def report(self, article: str) -> Report:
        """The article with its current reading, as coverage.

        Raises:
            NotFoundError: there is no such article, or it was removed.
        """
        with explained(self.path):
            article = self._whole(article)
            removals.refuse_removed(self._connection, article)
            found = reports.report(self._connection, article)
            if found is None:
                raise NotFoundError(f"no answer is given from {article}; onrecord show articles lists what is on record")
            return found

    def reports(self, articles: Iterable[str]) -> Iterator[Report]:
        """Several articles as coverage, in the order asked for; those that are removed are left out."""
        with explained(self.path):
            yield from (each for article in articles if (each := reports.report(self._connection, article)) is not None)

    def versions(self, article: str) -> tuple[versions.Version, ...]:
        """All versions of the article's document that answers are given from, oldest first."""
        with explained(self.path):
            return versions.versions(self._connection, self._whole(article))

    def newest(self, document: str) -> str | None:
        """The newest version of the document; None where no answer is given from any."""
        with explained(self.path):
            return versions.newest(self._connection, document)

    def outdated(self, cutter: str) -> list[str]:
        """Articles cut by another version of this cutter (name/version) and never by this one."""
        with explained(self.path):
            return versions.outdated(self._connection, cutter)

    def piece(self, article: str) -> Piece | None:
        """The article's text and facts without its reading; None where no answer is given from it."""
        with explained(self.path):
            return reports.piece(self._connection, self._whole(article))

    def copies(self, article: str) -> list[Copy]:
        """What the article is a copy of, and what is a copy of it, those that share most first."""
        with explained(self.path):
            return copies.of(self._connection, article)

    def newsroom(self) -> Newsroom:
        """The stories, and what was concluded in them."""
        return Newsroom(self._connection, self._words, self.path)

    def readings(self, article: str) -> list[Mapping[str, Any]]:
        """All readings of the article, oldest first, with ``current`` for the one that answers are given from."""
        fields = ("id", "reader", "reader_digest", "stated", "complete", "read_at", "statements", "conditions", "events")
        with explained(self.path):
            now = self._connection.execute("SELECT reading FROM current_articles WHERE article = ?", (article,)).fetchone()
            rows = self._connection.execute(f"SELECT {', '.join(fields)} FROM readings WHERE article = ? ORDER BY seq", (article,))
            return [{**dict(zip(fields, row, strict=True)), "current": now == row[:1]} for row in rows]

    def rows(self, kind: str, filters: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """Rows of one kind (articles, statements, conditions, actors) that pass the filters; see ``queries`` for their fields.

        Args:
            kind: what to list.
            filters: actor, country, act, said, outlet, text, min_confidence, article, limit, offset; None filters nothing.

        Raises:
            InputError: for a kind or filter that there is not.
        """
        with explained(self.path):
            if kind == "articles":
                yield from articles.articles(self._connection, self._words, filters)
            elif kind == "statements":
                yield from statements.statements(self._connection, self._words, filters)
            elif kind == "conditions":
                yield from conditions.conditions(self._connection, self._words, filters)
            elif kind == "actors":
                yield from actors.actors(self._connection, filters)
            else:
                raise InputError(f"{kind} cannot be listed; articles, statements, conditions and actors can")

    def find(self, id_: str) -> Mapping[str, Any]:
        """What has this id, or the only id that begins like it (six letters or more): a row as in the lists, ``found`` says of what.

        Raises:
            NotFoundError: nothing has it, several have, or its article was removed.
        """
        with explained(self.path):
            return found.find(self._connection, self._words, id_)

    def saying(self, id_: str) -> Saying:
        """The saying with this id, or the only one whose id begins so; of one that was found to be another, that other.

        Raises:
            NotFoundError: there is none, or no article words it any more.
        """
        with explained(self.path):
            full = told.whole_id(self._connection, "sayings", id_)
            found = sayings.saying(self._connection, full)
            return _there(found, f"no article words {full} any more; onrecord show sayings lists what is on record")

    def commitment(self, id_: str) -> Commitment:
        """The commitment with this id, or the only one whose id begins so.

        Raises:
            NotFoundError: there is none, or no article has it any more.
        """
        with explained(self.path):
            full = told.whole_id(self._connection, "commitments", id_)
            found = commitments.commitment(self._connection, full)
            return _there(found, f"no article has {full} any more; onrecord show commitments lists what is on record")

    def story(self, id_: str) -> Story:
        """The story with this id, or the only one whose id begins so; of one that went on in another, that other.

        Raises:
            NotFoundError: there is none, or no answer is given from any of its articles.
        """
        with explained(self.path):
            full = plots.whole_id(self._connection, id_)
            found = plots.story(self._connection, full)
            return _there(found, f"no article of {full} is on record any more; onrecord show stories lists what is")

    def stories(self, filters: Mapping[str, Any]) -> Iterator[Story]:
        """Stories with an article that passes the filters (actor, country, said, outlet, text, article, limit), the newest first."""
        with explained(self.path):
            found = (plots.story(self._connection, id_) for id_ in plots.listed(self._connection, self._words, filters))
            yield from (each for each in found if each is not None)

    def story_of(self, article: str) -> str | None:
        """The id of the story that an article, or the newest version of it, is in; None where it was not grouped yet."""
        with explained(self.path):
            return versions.story_of(self._connection, self._whole(article))

    def memberships(self, story: str) -> list[Membership]:
        """Why each article is in the story, oldest article first."""
        with explained(self.path):
            return list(plots.memberships(self._connection, story))

    def judgements(self) -> list[Judgement]:
        """What persons decided about stories, newest first."""
        with explained(self.path):
            return list(Judgements(self._connection, StoryShelf(self._connection), "").listed())

    def told(self, kind: told.Kind, filters: Mapping[str, Any]) -> Iterator[str]:
        """The ids of sayings or commitments that pass the filters (actor, country, article, limit), of the newest articles first."""
        with explained(self.path):
            yield from told.listed(self._connection, kind, filters)

    def whole_id(self, article: str) -> str:
        """The article's id, of which the beginning may be given.

        Raises:
            NotFoundError: nothing has it, or several have.
        """
        with explained(self.path):
            return self._whole(article)

    def verify(self) -> Iterator[Problem]:
        """The ledger's problems, none where it is whole; damage is reported and never raises."""
        yield from verification.verify(self._connection, self._words)

    def _document(self, article: str) -> str:
        row = self._connection.execute("SELECT document FROM articles WHERE id = ?", (article,)).fetchone()
        if row is None:
            raise NotFoundError(f"no article {article} is on record; onrecord show articles lists those that are")
        return str(row[0])

    def _whole(self, article: str) -> str:
        """The article's full id."""
        known = self._connection.execute("SELECT 1 FROM articles WHERE id = ?", (article,)).fetchone()
        return article if known is not None else found.whole_id(self._connection, self._words, article)

    def _time(self) -> str:
        return self._now().isoformat()


def _there(found: T | None, otherwise: str) -> T:
    """What was found; where nothing was, NotFoundError says so."""
    if found is None:
        raise NotFoundError(otherwise)
    return found
