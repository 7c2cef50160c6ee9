"""Which story is meant, who is in it and why, and what was said before it?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from onrecord.codec import decode
from onrecord.reports import Membership, Reason, Story
from onrecord.store import names, versions
from onrecord.store.queries import statements
from onrecord.store.words import Words

YEARS = 3
"""How far back earlier statements are looked for."""
_ACTORS = 12
"""Actors of a story that are named."""
_STEPS = 20
"""Redirects that are followed at most: more can only be a circle in a damaged ledger."""
_MEMBERS = "SELECT m.article, c.title, c.first_day, c.last_day FROM memberships m JOIN current_articles c ON c.article = m.article WHERE m.story = ? ORDER BY c.first_day, m.article"  # noqa: E501


def beginning(connection: sqlite3.Connection, start: str, limit: int) -> list[Story]:
    """Stories whose id begins so; the id of one that was joined to another leads there."""
    end = start + "\U0010ffff"
    rows = connection.execute("SELECT id FROM stories WHERE id >= ? AND id < ? ORDER BY id LIMIT ?", (start, end, limit)).fetchall()
    found = dict.fromkeys(_led(connection, ident) for (ident,) in rows)
    return [each for ident in found if (each := story(connection, ident)) is not None]


def story_of(connection: sqlite3.Connection, article: str) -> Story | None:
    """The story of the article with this id, or with this id of the caller's, if answers are given from it."""
    found = versions.story_of(connection, article)
    if found is None:
        row = connection.execute(
            "SELECT m.story FROM facts f JOIN articles a ON a.document = f.subject JOIN memberships m ON m.article = a.id "
            "JOIN current_articles c ON c.article = a.id WHERE f.kind = 'caller' AND f.value = ? ORDER BY m.article LIMIT 1",
            (article,),
        ).fetchone()
        found = None if row is None else row[0]
    return None if found is None else story(connection, found)


def titled(connection: sqlite3.Connection, words: str, limit: int) -> list[Story]:
    """Stories that have an article with all these words in its title, the newest first."""
    wanted = names.name_words(words)
    if not wanted:
        return []
    sql = (
        "SELECT m.story, c.title FROM current_articles c JOIN memberships m ON m.article = c.article WHERE c.title IS NOT NULL "
        "ORDER BY c.first_day DESC, c.article"
    )
    found: dict[str, None] = {}
    for ident, title in connection.execute(sql):
        if ident not in found and set(wanted) <= set(names.name_words(title)):
            found[ident] = None
            if len(found) == limit:
                break
    return [each for ident in found if (each := story(connection, ident)) is not None]


def story(connection: sqlite3.Connection, ident: str) -> Story | None:
    """The story with the articles that answers are given from; None where there is none."""
    rows = connection.execute(_MEMBERS, (ident,)).fetchall()
    if not rows:
        return None
    days = [day for _, _, first, last in rows for day in (first, last) if day]
    title = next((title for _, title, _, _ in rows if title), "")
    return Story(
        id=ident, title=title, first=min(days, default=""), last=max(days, default=""), articles=tuple(row[0] for row in rows),
        actors=tuple(_actors(connection, ident)),
    )  # fmt: skip


def memberships(connection: sqlite3.Connection, ident: str) -> Iterator[Membership]:
    """The places of the story's articles, with the reasons."""
    sql = (
        "SELECT m.article, m.score, m.nearest, m.reasons, m.rule FROM memberships m JOIN current_articles c ON c.article = m.article "
        "WHERE m.story = ? ORDER BY m.day, m.article"
    )
    for article, score, nearest, reasons, rule in connection.execute(sql, (ident,)):
        yield Membership(
            article=article, story=ident, score=score, nearest=nearest, reasons=decode(reasons, tuple[Reason, ...]), by=rule
        )  # fmt: skip


def earlier(
    connection: sqlite3.Connection, words: Words, actors: Sequence[str], before: str, limit: int
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Statements by these actors on earlier days, newest first, so many for each actor at most; with their articles."""
    try:
        last = date.fromisoformat(before) - timedelta(days=1)
        first = date.fromisoformat(before) - timedelta(days=365 * YEARS)
    except (ValueError, OverflowError):
        return
    found: list[tuple[str, str, str]] = []
    for actor in actors:
        asked = {"actor": actor, "said": f"{first}..{last}", "limit": limit}
        for row in statements.statements(connection, words, asked):
            # What an outlet has taken back since, or still has in a newer version, is no earlier position.
            if versions.placed(connection, row["article"]) != row["article"]:
                continue
            found.append((row["said"] or row["published"] or "", row["article"], row["id"]))
    for _, article, statement_id in sorted(set(found), reverse=True):
        yield article, statement_id


def _led(connection: sqlite3.Connection, ident: str) -> str:
    for _ in range(_STEPS):
        row = connection.execute("SELECT to_story FROM story_redirects WHERE story = ?", (ident,)).fetchone()
        if row is None:
            return ident
        ident = row[0]
    return ident


def _actors(connection: sqlite3.Connection, ident: str) -> Iterator[tuple[str, str, int]]:
    sql = (
        "SELECT a.id, MIN(a.name), COUNT(DISTINCT m.article) FROM memberships m JOIN current_articles c ON c.article = m.article "
        "JOIN actors a ON a.reading = c.reading WHERE m.story = ? GROUP BY a.id ORDER BY 3 DESC, a.id LIMIT ?"
    )
    yield from ((actor, name, int(count)) for actor, name, count in connection.execute(sql, (ident, _ACTORS)))
