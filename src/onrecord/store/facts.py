"""What is known about an article: dated facts, of which the best is given over metadata over inferred, then the newest."""

from __future__ import annotations

import sqlite3

import msgspec

from onrecord.records import Article, Basis, Extraction
from onrecord.store.connection import following, record

SHARED = ("outlet", "url", "caller")
"""Kinds that belong to the document, whatever its text; the others belong to the article."""
KINDS = ("published", "title", "language", "byline", *SHARED)
_RANK = "CASE basis WHEN 'given' THEN 0 WHEN 'metadata' THEN 1 WHEN 'inferred' THEN 2 ELSE 3 END"
RANKS: dict[Basis, int] = {"given": 0, "metadata": 1, "inferred": 2, "unknown": 3}
_PAGES = ("text/html", "application/xhtml+xml")


def state(connection: sqlite3.Connection, subject: str, kind: str, value: str, basis: Basis, when: str) -> bool:
    """State a fact, unless the newest one of its basis says the same; whether it was stated."""
    sql = "SELECT value FROM facts WHERE subject = ? AND kind = ? AND basis = ? ORDER BY seq DESC LIMIT 1"
    newest = connection.execute(sql, (subject, kind, basis)).fetchone()
    if newest is not None and newest[0] == value:
        return False
    row = {"subject": subject, "kind": kind, "seq": following(connection, "facts", subject=subject, kind=kind)}
    record(connection, "facts", {**row, "value": value, "basis": basis, "stated_at": when})
    return True


def best(connection: sqlite3.Connection, article: str, document: str) -> dict[str, tuple[str, Basis]]:
    """Value and basis of the best fact of each kind."""
    sql = f"SELECT kind, value, basis FROM facts WHERE subject IN (?, ?) ORDER BY {_RANK} DESC, seq"
    return {kind: (value, basis) for kind, value, basis in connection.execute(sql, (article, document))}


def from_article(connection: sqlite3.Connection, article: Article, when: str) -> bool:
    """State what the article brings along, unless the ledger knows it already as surely; whether any of it was news."""
    held = best(connection, article.id, article.document)
    news = False
    for kind in KINDS:
        value, basis = getattr(article, kind), _basis(article, kind)
        if value is None or (kind in held and held[kind][0] == value and RANKS[held[kind][1]] <= RANKS[basis]):
            continue
        news |= state(connection, article.document if kind in SHARED else article.id, kind, value, basis, when)
    return news


def from_reading(connection: sqlite3.Connection, article: Article, extraction: Extraction, when: str) -> None:
    """State what was inferred from the text: its day, its language."""
    published = extraction.published
    if published.basis == "inferred" and published.first is not None:
        value = published.first if published.to in (None, published.first) else f"{published.first}/{published.to}"
        state(connection, article.id, "published", value, "inferred", when)
    if extraction.language is not None and article.language is None:
        state(connection, article.id, "language", extraction.language, "inferred", when)


def informed(connection: sqlite3.Connection, article: Article) -> Article:
    """The article with each field as the best fact has it, once what the article itself brings along is counted in."""
    better: dict[str, object] = {}
    for kind, (value, basis) in best(connection, article.id, article.document).items():
        # An inferred fact is what a reader made of the text: the next reader makes its own.
        if basis in ("given", "metadata") and (getattr(article, kind) is None or RANKS[basis] < RANKS[_basis(article, kind)]):
            better[kind] = value
            if kind == "published":
                better["basis"] = basis
    return msgspec.structs.replace(article, **better) if better else article


def stated_day(known: dict[str, tuple[str, Basis]], published: str | None, basis: Basis) -> str | None:
    """The day of publication that a reader is told: the one at hand, unless the best fact is a better one."""
    nothing: tuple[str | None, Basis] = (None, "unknown")
    day, held = known.get("published", nothing)
    if held in ("given", "metadata") and (published is None or RANKS[held] < RANKS[basis]):
        return day
    return published


def _basis(article: Article, kind: str) -> Basis:
    """What the article's own word for it rests on: what a page says of itself is metadata."""
    if kind == "published":
        return article.basis
    return "metadata" if article.media in _PAGES else "given"
