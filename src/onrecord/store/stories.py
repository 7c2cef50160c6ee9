"""Stories where they lie: what articles are known by, the index that finds near ones, memberships, and redirects."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from onrecord.codec import encode
from onrecord.reports import Decision, Members, Membership, Placing, Traits
from onrecord.store import versions
from onrecord.store.border import Border
from onrecord.store.connection import insert, record

WINDOW = 730
"""Days between two articles beyond which they are not compared."""
_EACH_WAY = 12
"""Articles that one term leads to at most: so many before the day, after it, and without a day."""
_FAULTS = {
    "is in no story": "SELECT t.article FROM story_traits t LEFT JOIN memberships m ON m.article = t.article WHERE m.article IS NULL",
    "is in a story, and nothing is kept of what it is known by": (
        "SELECT m.article FROM memberships m LEFT JOIN story_traits t ON t.article = m.article WHERE t.article IS NULL"
    ),
    "does not have as many articles as it says": (
        "SELECT s.id FROM stories s WHERE s.articles <> (SELECT COUNT(*) FROM memberships m WHERE m.story = s.id)"
    ),
    "leads to a story that leads on": "SELECT r.story FROM story_redirects r JOIN story_redirects n ON n.story = r.to_story",
    "leads to another story and has articles": (
        "SELECT r.story FROM story_redirects r JOIN memberships m ON m.story = r.story GROUP BY r.story"
    ),
    "terms of no article are kept under this number": (
        "SELECT t.number FROM story_terms t LEFT JOIN story_traits k ON k.number = t.number WHERE k.number IS NULL GROUP BY t.number"
    ),
}
_POSTED = "SELECT 1 FROM story_terms WHERE term = ? AND day = ? AND number = ?"

_traits = msgspec.msgpack.Decoder(Traits)


@lru_cache(maxsize=1024)
def _unpacked(packed: bytes) -> Traits:
    """What is near one article is in the stories that are looked at next, and near the article that comes next."""
    return _traits.decode(packed)


class StoryShelf:
    """The ledger's stories, as placing an article needs them; every look-up is bounded. It opens no transaction."""

    def __init__(self, connection: sqlite3.Connection, border: Border | None = None) -> None:
        """Read and write over this connection, and look for articles only on this side of the border."""
        self._connection = connection
        self._border = border or Border(connection)

    def near(self, article: Traits, most: int) -> Sequence[Traits]:
        """Articles that share rare terms with this one, within the window, those that share most first."""
        shared: Counter[int] = Counter()
        for term in article.index:
            numbers = self._posted(term, article)
            # What many articles have says little.
            for number in numbers:
                shared[number] += 1 / (3 + len(numbers)) ** 0.5
        best = [number for number, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))]
        found: list[Traits] = []
        # One turn is enough, unless many are the article itself or beyond the border.
        while best and len(found) < most:
            some, best = best[: most + 1], best[most + 1 :]
            found += (each for each in self._numbered(some) if each.article != article.article and self._border.here(each.article))
        return found[:most]

    def _numbered(self, numbers: Sequence[int]) -> list[Traits]:
        """What the articles with these numbers are known by, in this order."""
        marks = ", ".join("?" * len(numbers))
        rows = self._connection.execute(f"SELECT number, packed FROM story_traits WHERE number IN ({marks})", numbers)
        held = {number: _unpacked(packed) for number, packed in rows}
        return [held[number] for number in numbers if number in held]

    def story_of(self, article: str) -> str | None:
        """The story that an article is in."""
        row = self._connection.execute("SELECT story FROM memberships WHERE article = ?", (article,)).fetchone()
        return None if row is None else str(row[0])

    def members(self, story: str, most: int, wanted: Sequence[str]) -> Members:
        """Members of a story: the wanted ones among them, then the newest."""
        head = "SELECT m.article, t.packed FROM memberships m JOIN story_traits t ON t.article = m.article WHERE m.story = ?"
        marks = ", ".join("?" * len(wanted))
        found = dict(self._connection.execute(f"{head} AND m.article IN ({marks}) ORDER BY m.article", (story, *wanted)).fetchall())
        newest = self._connection.execute(f"{head} ORDER BY m.day DESC, m.article DESC LIMIT ?", (story, most))
        found.update(newest.fetchall())
        (size,) = self._connection.execute("SELECT articles FROM stories WHERE id = ?", (story,)).fetchone()
        return Members(story=story, traits=tuple(_unpacked(packed) for packed in list(found.values())[:most]), size=size)

    def decisions(self, stories: Sequence[str]) -> Sequence[Decision]:
        """What was decided, and not undone, about articles of these stories, newest first."""
        marks = ", ".join("?" * len(stories))
        sql = (
            f"SELECT DISTINCT j.seq, j.id, j.kind FROM memberships m JOIN articles n ON n.id = m.article "
            f"JOIN articles v ON v.document = n.document JOIN judgement_articles a ON a.article = v.id "
            f"JOIN judgements j ON j.id = a.judgement WHERE m.story IN ({marks}) AND j.undone_at IS NULL ORDER BY j.seq DESC"
        )
        decided = self._connection.execute(sql, tuple(stories)).fetchall()
        return [each for _, judgement, kind in decided for each in self._decided(judgement, kind)]

    def leads(self, story: str) -> str | None:
        """The story that goes on under another id, or this one itself; None where there never was such a story."""
        row = self._connection.execute("SELECT to_story FROM story_redirects WHERE story = ?", (story,)).fetchone()
        if row is not None:
            return str(row[0])
        known = self._connection.execute("SELECT 1 FROM stories WHERE id = ?", (story,)).fetchone()
        return None if known is None else story

    def taken(self, story: str) -> bool:
        """Whether a story with this id has members."""
        return self._connection.execute("SELECT 1 FROM memberships WHERE story = ? LIMIT 1", (story,)).fetchone() is not None

    def traits(self, article: str) -> Traits | None:
        """What the article is known by; None where it was never placed."""
        row = self._connection.execute("SELECT packed FROM story_traits WHERE article = ?", (article,)).fetchone()
        return None if row is None else _unpacked(row[0])

    def keep(self, placing: Placing, when: str) -> None:
        """Keep where the article is, and what else changed by it."""
        self._keep_traits(placing.traits)
        self.move(placing.memberships, when)
        for story, other in sorted(placing.merged.items()):
            self.redirect(story, other, when)

    def move(self, memberships: Iterable[Membership], when: str) -> None:
        """Put articles in stories, out of those in which they are now."""
        touched: set[str] = set()
        for each in memberships:
            before = self.story_of(each.article)
            if before != each.story:
                touched.update({before, each.story} if before is not None else {each.story})
                self._count(before, -1)
                self._begin(each.story, when)
                self._count(each.story, 1)
            row = {
                "article": each.article,
                "story": each.story,
                "day": self._day(each.article),
                "score": each.score,
                "nearest": each.nearest,
            }
            row |= {"reasons": encode(each.reasons).decode(), "rule": each.by, "placed_at": when}
            sets = ", ".join(f"{column} = excluded.{column}" for column in row if column != "article")
            places = ", ".join("?" * len(row))
            sql = f"INSERT INTO memberships ({', '.join(row)}) VALUES ({places}) ON CONFLICT (article) DO UPDATE SET {sets}"
            self._connection.execute(sql, tuple(row.values()))
            touched.add(each.story)
        self._date(touched)

    def redirect(self, story: str, other: str, when: str) -> None:
        """From now on the story's id leads to the other one, with whatever members it still has."""
        moved = self._connection.execute("UPDATE memberships SET story = ? WHERE story = ?", (other, story)).rowcount
        self._count(other, moved)
        self._count(story, -moved)
        self._connection.execute("UPDATE story_redirects SET to_story = ? WHERE to_story = ?", (other, story))
        sql = (
            "INSERT INTO story_redirects (story, to_story, since) VALUES (?, ?, ?) "
            "ON CONFLICT (story) DO UPDATE SET to_story = excluded.to_story, since = excluded.since"
        )
        self._connection.execute(sql, (story, other, when))
        self._date({other})

    def succeed(self, older: str, newer: str) -> None:
        """Give the older version's place to the newer one, unless that has one already."""
        story, held = self.story_of(older), self.traits(older)
        if story is None or held is None or self.story_of(newer) is not None or self.traits(newer) is not None:
            return
        self._connection.execute("UPDATE memberships SET article = ? WHERE article = ?", (newer, older))
        packed = msgspec.msgpack.encode(msgspec.structs.replace(held, article=newer))
        self._connection.execute("UPDATE story_traits SET article = ?, packed = ? WHERE article = ?", (newer, packed, older))
        self._connection.execute("UPDATE memberships SET nearest = ? WHERE story = ? AND nearest = ?", (newer, story, older))

    def forget(self, article: str) -> None:
        """Leave nothing of what the article is known by, nor its place in a story; the story's id stays."""
        held = self.traits(article)
        if held is not None:
            self._forget_terms(held)
            self._connection.execute("DELETE FROM story_traits WHERE article = ?", (article,))
        story = self.story_of(article)
        if story is not None:
            self._connection.execute("DELETE FROM memberships WHERE article = ?", (article,))
            self._count(story, -1)
            self._date({story})

    def _posted(self, term: int, article: Traits) -> list[int]:
        """Numbers of articles that have the term: the nearest in time, before and after, and some without a day."""
        day = article.day if article.published else 10_000_000
        head = "SELECT number FROM story_terms WHERE term = ? AND "
        first = article.day - WINDOW if article.published else 1
        before = (f"{head} day BETWEEN ? AND ? ORDER BY day DESC, number DESC LIMIT ?", (term, first, day, _EACH_WAY))
        after = (f"{head} day > ? AND day <= ? ORDER BY day, number LIMIT ?", (term, day, day + WINDOW, _EACH_WAY))
        open_ = (f"{head} day = 0 ORDER BY number DESC LIMIT ?", (term, _EACH_WAY))
        return [number for sql, values in (before, after, open_) for (number,) in self._connection.execute(sql, values)]

    def _decided(self, judgement: str, kind: str) -> Iterator[Decision]:
        rows = self._connection.execute("SELECT article, side FROM judgement_articles WHERE judgement = ? ORDER BY article", (judgement,))
        # What was decided about one version holds for that which has its place now. -1 is the article beside which one was pinned.
        sides = {versions.placed(self._connection, article): max(side, 0) for article, side in rows.fetchall()}
        if kind != "split":
            yield Decision(kind="together", sides={article: side for article, side in sides.items() if side == 0})
        if kind != "merge":
            yield Decision(kind="apart", sides=sides)

    def _keep_traits(self, traits: Traits) -> None:
        held = self.traits(traits.article)
        if held == traits:
            return
        if held is not None:
            self._forget_terms(held)
            sql = "UPDATE story_traits SET packed = ? WHERE article = ?"
            self._connection.execute(sql, (msgspec.msgpack.encode(traits), traits.article))
        else:
            (number,) = self._connection.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM story_traits").fetchone()
            row = {"article": traits.article, "number": number, "packed": msgspec.msgpack.encode(traits)}
            insert(self._connection, "story_traits", [row])
        number, day = self._number(traits.article), traits.day if traits.published else 0
        insert(self._connection, "story_terms", [{"term": term, "day": day, "number": number} for term in traits.index])

    def _forget_terms(self, held: Traits) -> None:
        number, day = self._number(held.article), held.day if held.published else 0
        sql = "DELETE FROM story_terms WHERE term = ? AND day = ? AND number = ?"
        self._connection.executemany(sql, [(term, day, number) for term in held.index])

    def _number(self, article: str) -> int:
        return int(self._connection.execute("SELECT number FROM story_traits WHERE article = ?", (article,)).fetchone()[0])

    def _day(self, article: str) -> int:
        held = self.traits(article)
        return 0 if held is None else held.day

    def _begin(self, story: str, when: str) -> None:
        """Have a row for the story, and no redirect."""
        record(self._connection, "stories", {"id": story, "begun_at": when, "first_day": 0, "last_day": 0, "articles": 0})
        self._connection.execute("DELETE FROM story_redirects WHERE story = ?", (story,))

    def _count(self, story: str | None, more: int) -> None:
        self._connection.execute("UPDATE stories SET articles = articles + ? WHERE id = ?", (more, story))

    def _date(self, stories: Iterable[str]) -> None:
        """Bring the stories' first and last days up to date."""
        sql = (
            "UPDATE stories SET first_day = COALESCE((SELECT MIN(day) FROM memberships WHERE story = stories.id), first_day), "
            "last_day = COALESCE((SELECT MAX(day) FROM memberships WHERE story = stories.id), last_day) WHERE id = ?"
        )
        self._connection.executemany(sql, [(story,) for story in sorted(stories)])


def faults(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """What cannot be right among stories: which article or story, and what is wrong with it."""
    for what, sql in _FAULTS.items():
        for (where,) in connection.execute(sql):
            yield str(where), what
    traits = connection.execute("SELECT article, packed, number FROM story_traits ORDER BY article").fetchall()
    for article, packed, number in traits:
        try:
            held = _traits.decode(packed)
        except msgspec.MsgspecError:
            yield str(article), "what it is known by, when stories are sought, cannot be read"
            continue
        if held.article != article:
            yield str(article), f"is known by what {held.article} is known by"
        day = held.day if held.published else 0
        found = (connection.execute(_POSTED, (term, day, number)).fetchone() for term in held.index)
        if None in found:
            yield str(article), "is not found by all its terms when stories are sought"
