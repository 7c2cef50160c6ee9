"""Sayings in the ledger: which statements word which saying, and what is compared to find out."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence

from onrecord.codec import decode, encode
from onrecord.records import Statement
from onrecord.reports import Key, Placement, Saying, Wording
from onrecord.store.border import Border
from onrecord.store.connection import by_statement, insert, record

_LARGEST = 1 << 26
_BEYOND = 60
"""Articles that may lie beyond the border among those that are looked for."""
_MOST = 200
"""Wordings of one saying that are shown at most."""


class Sayings:
    """What grouping asks of the ledger about sayings; the caller begins and ends transactions."""

    def __init__(self, connection: sqlite3.Connection, border: Border | None = None) -> None:
        """Use the tables of this connection, and look only on this side of the border."""
        self._connection = connection
        self._border = border or Border(connection)

    def spoken(self, actors: Sequence[str], countries: Sequence[str], first: str, last: str, limit: int) -> list[str]:
        """Articles with statements by any of these actors, or by anybody of these countries, between these days; the latest first."""
        sql = (
            "SELECT article, first_day FROM listed WHERE list = ? AND value = ? AND wide = 0 AND first_day >= ? AND first_day <= ? "
            "ORDER BY first_day DESC, article LIMIT ?"
        )
        found: dict[str, str] = {}
        for list_, values in (("actor", actors), ("country", countries)):
            for value in values:
                for article, day in self._connection.execute(sql, (list_, value, first, last, limit + _BEYOND)):
                    if self._border.here(article):
                        found[article] = max(day, found.get(article, ""))
        return sorted(found, key=lambda article: (found[article], article), reverse=True)[:limit]

    def gists(self, articles: Sequence[str]) -> Iterator[bytes]:
        """What was kept as gists for each of the articles that has been placed and that answers are given from."""
        sql = "SELECT g.packed FROM gists g JOIN current_articles c ON c.article = g.article WHERE g.article = ?"
        for article in articles:
            row = self._connection.execute(sql, (article,)).fetchone()
            if row is not None:
                yield zlib.decompressobj().decompress(row[0], _LARGEST)

    def filed(self, articles: Sequence[str]) -> dict[Key, str]:
        """The saying of each statement of these articles."""
        return by_statement(self._connection, "wordings", "saying", articles)

    def worded(self, sayings: Sequence[str], limit: int) -> dict[str, list[Key]]:
        """The statements of each of these sayings, oldest first, so many at most."""
        return {saying: [(wording.article, anchor) for wording, anchor in _wordings(self._connection, saying, limit)] for saying in sayings}

    def keep(self, placement: Placement, when: str) -> None:
        """Keep what was concluded about an article, in place of what was concluded before."""
        _forget_article(self._connection, placement.article)
        packed = zlib.compress(placement.gists, 6)
        insert(self._connection, "gists", [{"article": placement.article, "reading": placement.reading, "packed": packed}])
        for saying in dict.fromkeys(each.saying for each in placement.placed):
            record(self._connection, "sayings", {"id": saying, "leads_to": None, "begun_at": when})
            self._connection.execute("UPDATE sayings SET leads_to = NULL WHERE id = ? AND leads_to IS NOT NULL", (saying,))
        rows = [
            {
                "article": placement.article, "anchor": each.anchor, "reading": placement.reading, "statement": each.statement,
                "saying": each.saying, "day": each.day, "position": each.at, "score": each.score,
                "reasons": encode(each.reasons).decode(), "rule": each.rule,
            }
            for each in placement.placed
        ]  # fmt: skip
        insert(self._connection, "wordings", rows)
        for gone, kept in placement.merged:
            self._merge(gone, kept, when)

    def _merge(self, gone: str, kept: str, when: str) -> None:
        for saying in (gone, kept):
            record(self._connection, "sayings", {"id": saying, "leads_to": None, "begun_at": when})
        self._connection.execute("UPDATE wordings SET saying = ? WHERE saying = ?", (kept, gone))
        self._connection.execute("UPDATE sayings SET leads_to = ? WHERE id = ? OR leads_to = ?", (kept, gone, gone))


def forget(connection: sqlite3.Connection, article: str) -> None:
    """Delete all that was concluded about an article; its sayings keep their ids, for those that ask for them."""
    _forget_article(connection, article)


def _forget_article(connection: sqlite3.Connection, article: str) -> None:
    connection.execute("DELETE FROM wordings WHERE article = ?", (article,))
    connection.execute("DELETE FROM gists WHERE article = ?", (article,))


def leads(connection: sqlite3.Connection, id_: str) -> str | None:
    """The id of the saying that this id leads to, itself for most; None where there never was one."""
    row = connection.execute("SELECT COALESCE(leads_to, id) FROM sayings WHERE id = ?", (id_,)).fetchone()
    return None if row is None else str(row[0])


def saying(connection: sqlite3.Connection, id_: str) -> Saying | None:
    """The saying with its wordings in articles that answers are given from; None where there is none any more."""
    known = leads(connection, id_)
    if known is None:
        return None
    wordings = [wording for wording, _ in _wordings(connection, known, _MOST)]
    statements = {wording.statement: _statement(connection, wording) for wording in wordings}
    told = [(wording, each) for wording in wordings if (each := statements[wording.statement]) is not None]
    return _saying(connection, known, told) if told else None


def sayings_of(connection: sqlite3.Connection, articles: Sequence[str]) -> dict[str, list[str]]:
    """The sayings that each of these articles words, in the text's order."""
    found: dict[str, list[str]] = {}
    sql = (
        "SELECT w.saying FROM wordings w JOIN current_articles c ON c.article = w.article AND c.reading = w.reading "
        "WHERE w.article = ? ORDER BY w.position, w.anchor"
    )
    for article in articles:
        found[article] = list(dict.fromkeys(id_ for (id_,) in connection.execute(sql, (article,))))
    return found


def _wordings(connection: sqlite3.Connection, saying_: str, limit: int) -> list[tuple[Wording, str]]:
    """The wordings, each with its anchor, oldest article first."""
    sql = (
        "SELECT w.article, w.anchor, w.statement, w.score, w.reasons FROM wordings w "
        "JOIN current_articles c ON c.article = w.article WHERE w.saying = ? ORDER BY w.day, w.article, w.position, w.anchor LIMIT ?"
    )
    rows = connection.execute(sql, (saying_, limit)).fetchall()
    return [
        (Wording(statement=statement, article=article, score=score, reasons=decode(reasons, tuple[str, ...])), anchor)
        for article, anchor, statement, score, reasons in rows
    ]


def _statement(connection: sqlite3.Connection, wording: Wording) -> Statement | None:
    sql = (
        "SELECT s.record FROM wordings w JOIN statements s ON s.reading = w.reading AND s.id = w.statement "
        "WHERE w.article = ? AND w.statement = ?"
    )
    row = connection.execute(sql, (wording.article, wording.statement)).fetchone()
    return None if row is None else decode(row[0], Statement)


def _saying(connection: sqlite3.Connection, id_: str, told: Sequence[tuple[Wording, Statement]]) -> Saying:
    """The saying as its wordings have it: the speaker by the fullest name, the days where a wording gives them."""
    speakers = [each.speaker for _, each in told if each.speaker is not None]
    actors = tuple(dict.fromkeys(actor for speaker in speakers for actor in speaker.actors))
    days = [each.said.when for _, each in told if each.said.when is not None]
    first = min((when.first or when.to or "" for when in days), default=None)
    last = max((when.to or when.first or "" for when in days), default=None)
    return Saying(
        id=id_, speaker=_name(connection, told), actors=actors,
        countries=tuple(dict.fromkeys(code for speaker in speakers for code in speaker.countries)),
        first=first or None, last=last or None, act=_act([each for _, each in told]), wordings=tuple(wording for wording, _ in told),
    )  # fmt: skip


def _name(connection: sqlite3.Connection, told: Sequence[tuple[Wording, Statement]]) -> str | None:
    """The actor's name, of a person rather than of a body; else the words for the speaker."""
    sql = (
        "SELECT a.name FROM wordings w JOIN actors a ON a.reading = w.reading WHERE w.article = ? AND w.statement = ? AND a.id = ? LIMIT 1"
    )
    ranked = sorted(
        ((wording, actor) for wording, each in told if each.speaker for actor in each.speaker.actors[:1]),
        key=lambda pair: ("person:", "state:", "org:", "outlet:", "group:").index(f"{pair[1].partition(':')[0]}:"),
    )
    for wording, actor in ranked:
        row = connection.execute(sql, (wording.article, wording.statement, actor)).fetchone()
        if row is not None:
            return str(row[0])
    return next((each.speaker.text for _, each in told if each.speaker is not None), None)


def _act(statements: Sequence[Statement]) -> str:
    """The act of most of them; of several, that of the oldest."""
    acts = [each.act for each in statements]
    return max(dict.fromkeys(acts), key=acts.count)


def problems(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Where and what: wordings and sayings that do not hang together."""
    lost = (
        "SELECT w.article, w.anchor FROM wordings w "
        "LEFT JOIN statements s ON s.reading = w.reading AND s.id = w.statement WHERE s.id IS NULL"
    )
    for article, anchor in connection.execute(lost):
        yield article, f"words a saying with a statement that is not on record ({anchor})"
    bare = (
        "SELECT DISTINCT g.article FROM gists g JOIN statements s ON s.reading = g.reading "
        "LEFT JOIN wordings w ON w.article = g.article AND w.statement = s.id WHERE w.saying IS NULL"
    )
    for (article,) in connection.execute(bare):
        yield article, "has a statement that is in no saying though it was grouped"
    for (id_,) in connection.execute(
        "SELECT DISTINCT w.saying FROM wordings w JOIN sayings s ON s.id = w.saying WHERE s.leads_to IS NOT NULL"
    ):
        yield id_, "has wordings, but leads to another saying"
    far = (
        "SELECT s.id FROM sayings s LEFT JOIN sayings t ON t.id = s.leads_to "
        "WHERE s.leads_to IS NOT NULL AND (t.id IS NULL OR t.leads_to IS NOT NULL)"
    )
    for (id_,) in connection.execute(far):
        yield id_, "leads to no saying"


def kept(connection: sqlite3.Connection, article: str) -> Mapping[str, str]:
    """Anchor and saying of each statement of the article."""
    return dict(connection.execute("SELECT anchor, saying FROM wordings WHERE article = ?", (article,)))
