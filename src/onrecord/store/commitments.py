"""Commitments in the ledger: which statements bind whom, and to what."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from onrecord.codec import decode, encode
from onrecord.lexicons import load
from onrecord.records import Span
from onrecord.reports import Commitment, Evidence, Key, Obligations
from onrecord.store.border import Border
from onrecord.store.connection import by_statement, insert, record

_BEYOND = 200
"""Bonds that may lie beyond the border among those that are looked for."""
_MOST = 200
"""Sayings of one commitment that are shown at most."""


class Bonds:
    """What grouping asks of the ledger about commitments; the caller begins and ends transactions."""

    def __init__(self, connection: sqlite3.Connection, border: Border | None = None) -> None:
        """Use the tables of this connection, and look only on this side of the border."""
        self._connection = connection
        self._border = border or Border(connection)

    def bonds(self, principals: Sequence[str], limit: int) -> list[bytes]:
        """What was kept as bond for any of these principals, the latest first, so many for each at most."""
        sql = (
            "SELECT b.article, b.anchor, b.bond FROM bond_principals p JOIN bonds b ON b.article = p.article AND b.anchor = p.anchor "
            "JOIN current_articles c ON c.article = p.article WHERE p.principal = ? ORDER BY p.day DESC, p.article, p.anchor LIMIT ?"
        )
        found: dict[Key, bytes] = {}
        for principal in principals:
            rows = self._connection.execute(sql, (principal, limit + _BEYOND))
            near = ((article, anchor, bond) for article, anchor, bond in rows if self._border.here(article))
            found.update({(article, anchor): bond.encode() for article, anchor, bond in islice(near, limit)})
        return list(found.values())

    def bonds_of(self, sayings: Sequence[str]) -> dict[str, list[bytes]]:
        """The same for the statements of each of these sayings."""
        sql = (
            "SELECT b.bond FROM wordings w JOIN bonds b ON b.article = w.article AND b.anchor = w.anchor "
            "JOIN current_articles c ON c.article = w.article WHERE w.saying = ? ORDER BY w.day, w.article, w.position LIMIT ?"
        )
        return {saying: [bond.encode() for (bond,) in self._connection.execute(sql, (saying, _MOST))] for saying in sayings}

    def committed(self, articles: Sequence[str]) -> dict[Key, str]:
        """The commitment of each statement of these articles."""
        return by_statement(self._connection, "bonds", "commitment", articles)

    def keep(self, obligations: Obligations, when: str) -> None:
        """Keep what was concluded about an article, in place of what was concluded before."""
        forget(self._connection, obligations.article)
        for commitment in dict.fromkeys(each.commitment for each in obligations.bound):
            record(self._connection, "commitments", {"id": commitment, "begun_at": when})
        rows = [
            {
                "article": obligations.article, "anchor": each.anchor, "reading": obligations.reading, "statement": each.statement,
                "commitment": each.commitment, "day": each.day, "bond": each.bond.decode(),
                "action": encode(each.action).decode(), "rule": each.rule,
            }
            for each in obligations.bound
        ]  # fmt: skip
        insert(self._connection, "bonds", rows)
        principals = [
            {"principal": principal, "day": each.day, "article": obligations.article, "anchor": each.anchor}
            for each in obligations.bound
            for principal in dict.fromkeys(each.principal)
        ]
        insert(self._connection, "bond_principals", principals)


def forget(connection: sqlite3.Connection, article: str) -> None:
    """Delete all that was concluded about an article; its commitments keep their ids, for those that ask for them."""
    connection.execute("DELETE FROM bonds WHERE article = ?", (article,))
    connection.execute("DELETE FROM bond_principals WHERE article = ?", (article,))


def commitment(connection: sqlite3.Connection, id_: str) -> Commitment | None:
    """The commitment with its sayings in articles that answers are given from; None where there is none any more."""
    sql = (
        "SELECT b.article, b.bond, b.action, w.saying FROM bonds b JOIN wordings w ON w.article = b.article AND w.anchor = b.anchor "
        "JOIN current_articles c ON c.article = b.article WHERE b.commitment = ? ORDER BY b.day, b.article, w.position LIMIT ?"
    )
    rows = connection.execute(sql, (id_, _MOST)).fetchall()
    if not rows:
        return None
    principals = [tuple(decode(bond, dict[str, Any])["principal"]) for _, bond, _, _ in rows]
    principal = max(dict.fromkeys(principals), key=principals.count)
    sayings = tuple(dict.fromkeys(saying for _, _, _, saying in rows))
    actions = [Evidence(article=article, span=decode(action, Span)) for article, _, action, _ in rows]
    action = next((each for each in actions if 3 <= len(each.span.text.split()) <= 20), actions[0])
    name = _called(connection, principal, [row[0] for row in rows])
    return Commitment(id=id_, principal=principal, principal_name=name, action=action, sayings=sayings)


def _called(connection: sqlite3.Connection, principal: Sequence[str], articles: Sequence[str]) -> str:
    """The principals' names, as the articles have them."""
    sql = "SELECT a.name FROM current_articles c JOIN actors a ON a.reading = c.reading WHERE c.article = ? AND a.id = ? LIMIT 1"
    names = []
    for each in principal:
        rows = (connection.execute(sql, (article, each)).fetchone() for article in articles[:10])
        names.append(next((str(row[0]) for row in rows if row is not None), _known(each)))
    return ", ".join(names)


def _known(principal: str) -> str:
    """A country's usual name; else the id without its kind."""
    kind, _, code = principal.partition(":")
    entry = load("countries").get(code) if kind == "state" else None
    return str(entry["names"][0]) if entry else code


def commitments_of(connection: sqlite3.Connection, articles: Sequence[str]) -> dict[str, list[str]]:
    """The commitments that each of these articles has, in the text's order."""
    sql = (
        "SELECT b.commitment FROM bonds b JOIN wordings w ON w.article = b.article AND w.anchor = b.anchor "
        "JOIN current_articles c ON c.article = b.article AND c.reading = b.reading WHERE b.article = ? ORDER BY w.position, b.anchor"
    )
    return {article: list(dict.fromkeys(id_ for (id_,) in connection.execute(sql, (article,)))) for article in articles}


def problems(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Where and what: bonds that do not hang together with what is on record."""
    lost = (
        "SELECT b.article, b.anchor FROM bonds b LEFT JOIN wordings w ON w.article = b.article AND w.anchor = b.anchor "
        "AND w.statement = b.statement WHERE w.saying IS NULL"
    )
    for article, anchor in connection.execute(lost):
        yield article, f"has a commitment by a statement that words no saying ({anchor})"
    idle = (
        "SELECT DISTINCT p.article FROM bond_principals p "
        "LEFT JOIN bonds b ON b.article = p.article AND b.anchor = p.anchor WHERE b.anchor IS NULL"
    )
    for (article,) in connection.execute(idle):
        yield article, "binds somebody by a statement that is not on record"
