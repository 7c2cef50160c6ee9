"""Which stories are on record, and what is in each?"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onrecord.codec import decode
from onrecord.errors import NotFoundError
from onrecord.reports import Membership, Reason, Story
from onrecord.store.queries import filters, walk
from onrecord.store.stories import StoryShelf
from onrecord.store.words import Words

_UNFIT = ("act", "min_confidence", "offset")
_ACTORS = 12
_TITLES = 60
"""Members whose headlines are compared: the oldest."""
_FIRST_WORDS = 90
_MEMBERS = (
    "SELECT m.article, c.first_day, c.title, a.document FROM memberships m JOIN current_articles c ON c.article = m.article "
    "JOIN articles a ON a.id = m.article WHERE m.story = ? ORDER BY m.day, m.article"
)


def listed(connection: sqlite3.Connection, words: Words, asked: Mapping[str, Any]) -> Iterator[str]:
    """The ids of stories with an article that passes the filters (actor, country, said, outlet, text, article, limit), the newest first.

    It is the stories' last day that they go by.
    """
    given = filters.wanted(asked, "stories", *_UNFIT)
    left = given.pop("limit", None)
    found = _all(connection) if not given else _with(connection, words, given)
    for count, story in enumerate(found):
        if left is not None and count >= left:
            return
        yield story


def whole_id(connection: sqlite3.Connection, asked: str) -> str:
    """The one id of a story that begins like this; of one that leads to another, that other's.

    Raises:
        NotFoundError: none begins so, or several do.
    """
    match = re.fullmatch(r"so_[0-9a-f]{6,20}", asked.strip().lower())
    sql = "SELECT id FROM stories WHERE id >= ? AND id < ? ORDER BY id LIMIT 3"
    found = [] if match is None else [id_ for (id_,) in connection.execute(sql, (match[0], f"{match[0]}g"))]
    if len(found) > 1:
        raise NotFoundError(f"{asked} fits {' and '.join(found)}; write more of the id")
    if not found:
        raise NotFoundError(f"nothing on record has the id {asked}; onrecord show stories lists what is")
    return StoryShelf(connection).leads(found[0]) or found[0]


def story(connection: sqlite3.Connection, id_: str) -> Story | None:
    """The story with this id; None where no answer is given from any of its articles."""
    rows = connection.execute(_MEMBERS, (id_,)).fetchall()
    if not rows:
        return None
    articles = [article for article, *_ in rows]
    titled, title = _title(connection, [(article, title) for article, _, title, _ in rows[:_TITLES]])
    days = sorted(filter(None, (day for _, day, *_ in rows)))
    return Story(
        id=id_, title=title, first=days[0] if days else "", last=days[-1] if days else "", articles=tuple(articles),
        actors=tuple(_actors(connection, id_)), titled=titled,
    )  # fmt: skip


def memberships(connection: sqlite3.Connection, id_: str) -> Iterator[Membership]:
    """Why each article is in the story, oldest article first; only articles that answers are given from."""
    sql = (
        "SELECT m.article, m.story, m.score, m.nearest, m.reasons, m.rule FROM memberships m "
        "JOIN current_articles c ON c.article = m.article "
        "WHERE m.story = ? ORDER BY m.day, m.article"
    )
    for article, story_, score, nearest, reasons, rule in connection.execute(sql, (id_,)):
        told = decode(reasons, tuple[Reason, ...])
        yield Membership(article=article, story=story_, score=score, nearest=nearest, reasons=told, by=rule)


def _all(connection: sqlite3.Connection) -> Iterator[str]:
    sql = (
        "SELECT s.id FROM stories s WHERE s.articles > 0 AND EXISTS (SELECT 1 FROM memberships m JOIN current_articles c "
        "ON c.article = m.article WHERE m.story = s.id) ORDER BY s.last_day DESC, s.id"
    )
    yield from (id_ for (id_,) in connection.execute(sql))


def _with(connection: sqlite3.Connection, words: Words, given: Mapping[str, Any]) -> Iterator[str]:
    days: dict[str, int] = {}
    sql = "SELECT m.story, s.last_day FROM memberships m JOIN stories s ON s.id = m.story WHERE m.article = ?"
    for key in walk.keys(connection, words, None, given):
        days.update(connection.execute(sql, key[:1]).fetchall())
    yield from sorted(days, key=lambda story: (-days[story], story))


def _title(connection: sqlite3.Connection, titles: Sequence[tuple[str, str | None]]) -> tuple[str, str]:
    """The article, and its headline, that says most of what the others' say; an original's rather than a copy's, the older of equals."""
    held = [(article, title) for article, title in titles if title]
    if not held:
        article = titles[0][0]
        (text,) = connection.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()
        return article, str(text).strip()[:_FIRST_WORDS].split("\n")[0]
    marks = ", ".join("?" * len(held))
    sql = f"SELECT DISTINCT article FROM copies WHERE kind IN ('exact', 'near') AND article IN ({marks})"
    copies = {article for (article,) in connection.execute(sql, [article for article, _ in held])}
    originals = [each for each in held if each[0] not in copies] or held
    said = {article: frozenset(re.findall(r"\w{3,}", title.casefold())) for article, title in held}
    common = Counter(word for some in said.values() for word in some)
    # Words that only one headline has count for nothing, and a long headline is not better for being long.
    return max(originals, key=lambda each: sum(common[word] - 1 for word in said[each[0]]) / (4 + len(said[each[0]])) ** 0.5)


def _actors(connection: sqlite3.Connection, story_: str) -> list[tuple[str, str, int]]:
    """Id, commonest name and number of articles of those in most articles; groups ("28 hostages") are nobody to list a story by."""
    sql = (
        "SELECT n.id, n.name, COUNT(DISTINCT m.article) FROM memberships m JOIN current_articles c ON c.article = m.article "
        "JOIN actors n ON n.reading = c.reading WHERE m.story = ? AND n.kind <> 'group' GROUP BY n.id, n.name"
    )
    held: Counter[str] = Counter()
    called: dict[str, tuple[int, str]] = {}
    for id_, name, articles in connection.execute(sql, (story_,)):
        held[id_] += articles
        called[id_] = max(called.get(id_, (0, "")), (articles, name))
    ranked = sorted(held.items(), key=lambda item: (-item[1], item[0]))[:_ACTORS]
    return [(id_, called[id_][1], articles) for id_, articles in ranked]
