"""Copies in the ledger: fingerprints of each text, which articles share them, and which of these are copies of which."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from onrecord.reports import Copy, Piece
from onrecord.store import reports
from onrecord.store.border import Border

NUMBER_BITS = 27
"""An article's number: room for 134 million."""
HASH_BITS = 36
POPULAR = 48
"""Of a fingerprint that many articles have, so many are looked at, the first ones: a notice under every page costs no more than that."""
ENOUGH = 1.5
"""So much the shared ones weigh together at least: two that few have, one such and two popular ones, or six popular ones. One alone is
shared by chance, and by every second pair of reports of one happening."""
_COMMON = 0.25
"""What a popular fingerprint weighs beside one that few have."""

_LAST = (1 << NUMBER_BITS) - 1
_FIELDS = ("article", "of", "kind", "jaccard", "containment", "contained")
_KEEP = f"INSERT INTO copies ({', '.join(_FIELDS)}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (article, of) DO UPDATE SET " + ", ".join(
    f"{field} = excluded.{field}" for field in _FIELDS[2:]
)
_TWICE = (
    "SELECT c.article, c.of FROM copies c JOIN copies d ON d.article = c.of AND d.of = c.article WHERE c.article < c.of "
    "ORDER BY c.article, c.of"
)
_SAME_DOCUMENT = (
    "SELECT c.article, c.of FROM copies c JOIN articles a ON a.id = c.article JOIN articles b ON b.id = c.of WHERE a.document = b.document "
    "ORDER BY c.article, c.of"
)
_IMPOSSIBLE = (
    "SELECT article, of FROM copies WHERE kind NOT IN ('exact', 'near', 'partial') OR jaccard NOT BETWEEN 0 AND 1 "
    "OR containment NOT BETWEEN jaccard AND 1 OR contained NOT BETWEEN jaccard AND 1 ORDER BY article, of"
)
_UNNUMBERED = (
    "SELECT id FROM (SELECT article AS id FROM copies UNION SELECT of AS id FROM copies) each "
    "WHERE id NOT IN (SELECT article FROM sketches) ORDER BY id"
)


class Copies:
    """What finding copies needs of the ledger, and where they are kept. It opens no transaction: its caller does."""

    def __init__(self, connection: sqlite3.Connection, border: Border | None = None) -> None:
        """Use this connection, and look only on this side of the border."""
        self._connection = connection
        self._border = border or Border(connection)

    def candidates(self, sketch: Sequence[int], limit: int) -> list[str]:
        """Articles that share two fingerprints or more with this sketch, those that share most first, at most so many.

        Of a fingerprint that many have, only the first articles are looked at, and it weighs little: it may be anybody's phrase.
        """
        shared: dict[int, float] = {}
        for hash_ in sketch:
            first = _mark(hash_, 0)
            sql = "SELECT mark FROM fingerprints WHERE mark BETWEEN ? AND ? ORDER BY mark LIMIT ?"
            marks = self._connection.execute(sql, (first, first | _LAST, POPULAR)).fetchall()
            weight = _COMMON if len(marks) == POPULAR else 1.0
            for (mark,) in marks:
                number = mark & _LAST
                shared[number] = shared.get(number, 0.0) + weight
        enough = [number for number, weight in shared.items() if weight >= ENOUGH]
        best = sorted(enough, key=lambda number: (-shared[number], number))
        sql = "SELECT article FROM sketches WHERE number = ?"
        found = (article for number in best for (article,) in self._connection.execute(sql, (number,)))
        return list(islice(filter(self._border.here, found), limit))

    def piece(self, article: str) -> Piece | None:
        """The article's text and facts; None where no answer is given from it."""
        return reports.piece(self._connection, article)

    def keep(self, article: str, sketch: Sequence[int], copies: Iterable[Copy]) -> None:
        """Keep the article's fingerprints and copies. Keeping them again changes nothing; what stands the other way round now is turned."""
        number = self._number(article)
        if number is None:
            (number,) = self._connection.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM sketches").fetchone()
            self._connection.execute("INSERT INTO sketches (number, article) VALUES (?, ?)", (number, article))
        marks = [(_mark(hash_, number),) for hash_ in sketch]
        self._connection.executemany("INSERT INTO fingerprints (mark) VALUES (?) ON CONFLICT DO NOTHING", marks)
        for copy in copies:
            self._connection.execute("DELETE FROM copies WHERE article = ? AND of = ?", (copy.of, copy.article))
            self._connection.execute(_KEEP, tuple(getattr(copy, field) for field in _FIELDS))

    def retire(self, article: str, sketch: Sequence[int]) -> None:
        """Forget the copies of a text that a newer version took the place of, and its fingerprints, which the caller knows."""
        self._connection.execute("DELETE FROM copies WHERE article = ? OR of = ?", (article, article))
        number = self._number(article)
        if number is not None:
            self._connection.executemany("DELETE FROM fingerprints WHERE mark = ?", [(_mark(hash_, number),) for hash_ in sketch])
            self._connection.execute("DELETE FROM sketches WHERE number = ?", (number,))

    def of(self, article: str) -> list[Copy]:
        """What the article is a copy of, and what is a copy of it, those that share most first; only what answers are given from."""
        return of(self._connection, article)

    def _number(self, article: str) -> int | None:
        row = self._connection.execute("SELECT number FROM sketches WHERE article = ?", (article,)).fetchone()
        return None if row is None else int(row[0])


def of(connection: sqlite3.Connection, article: str) -> list[Copy]:
    """What the article is a copy of, and what is a copy of it, those that share most first; only what answers are given from."""
    fields = ", ".join(f"c.{field}" for field in _FIELDS)
    sql = (
        f"SELECT {fields} FROM copies c JOIN current_articles l ON l.article = c.article JOIN current_articles e ON e.article = c.of "
        "WHERE c.{0} = ?"
    )
    rows = [row for column in ("article", "of") for row in connection.execute(sql.format(column), (article,))]
    found = [Copy(**dict(zip(_FIELDS, row, strict=True))) for row in rows]
    return sorted(found, key=lambda copy: (-copy.jaccard, copy.article, copy.of))


def forget(connection: sqlite3.Connection, article: str) -> None:
    """Forget the article's fingerprints and copies. All fingerprints are walked through: only what is deleted for good is forgotten."""
    connection.execute("DELETE FROM copies WHERE article = ? OR of = ?", (article, article))
    for (number,) in connection.execute("SELECT number FROM sketches WHERE article = ?", (article,)).fetchall():
        connection.execute("DELETE FROM fingerprints WHERE mark & ? = ?", (_LAST, number))
        connection.execute("DELETE FROM sketches WHERE number = ?", (number,))


def faults(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """What cannot be right among fingerprints and copies: which article or table, and what is wrong with it."""
    sql = "SELECT COUNT(*) FROM fingerprints WHERE mark < 0 OR mark & ? NOT IN (SELECT number FROM sketches)"
    (strays,) = connection.execute(sql, (_LAST,)).fetchone()
    if strays:
        yield "fingerprints", f"{strays} of them are of no article"
    for article, other in connection.execute(_SAME_DOCUMENT):
        yield article, f"is called a copy of {other}, which is the same document"
    for article, other in connection.execute(_TWICE):
        yield article, f"and {other} are called copies of each other"
    for article, other in connection.execute(_IMPOSSIBLE):
        yield article, f"shares with {other} what no two texts can share"
    for (article,) in connection.execute(_UNNUMBERED):
        yield article, "is kept as a copy, and its fingerprints are not"


def _mark(hash_: int, number: int) -> int:
    return (hash_ & ((1 << HASH_BITS) - 1)) << NUMBER_BITS | number
