"""What persons decided about stories: merged, split, pinned, undone. Each is carried out at once, and later grouping keeps it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from onrecord.errors import InputError, NotFoundError
from onrecord.records import tagged
from onrecord.reports import Judgement, Membership, Reason
from onrecord.store import versions
from onrecord.store.border import Border
from onrecord.store.connection import insert
from onrecord.store.stories import StoryShelf

BY = "judgement"
_FIELDS = ("id", "kind", "story", "other", "signed", "reason", "decided_at", "undone_at", "undone_by", "undone_reason")


class Judgements:
    """A person's decisions about stories. It opens no transaction."""

    def __init__(self, connection: sqlite3.Connection, stories: StoryShelf, when: str, border: Border | None = None) -> None:
        """Use this connection; what is decided is dated ``when``, and joins nothing across the border."""
        self._connection = connection
        self._stories = stories
        self._when = when
        self._border = border or Border(connection)

    def merge(self, one: str, other: str, *, by: str, reason: str) -> Judgement:
        """Have two stories go on as one, under the id of the older; the other id leads there.

        Raises:
            NotFoundError: there is no such story.
            InputError: both are one already.
        """
        pair = sorted({self._live(one), self._live(other)}, key=lambda story: (self._first_day(story), story))
        if len(pair) < 2:
            raise InputError(f"{one} and {other} are one story already: {pair[0]}")
        kept, gone = pair
        articles = self._articles(kept) + self._articles(gone)
        self._check_border(articles)
        judgement = self._keep("merge", kept, gone, [(article, 0) for article in articles], by, reason)
        self._move(self._articles(gone), kept, reason)
        self._stories.redirect(gone, kept, self._when)
        return judgement

    def split(self, story: str, articles: Sequence[str], *, by: str, reason: str) -> Judgement:
        """Take articles out of a story into one of their own; the id stays with the oldest article.

        Raises:
            NotFoundError: there is no such story, or an article is not in it.
            InputError: none would be left.
        """
        story = self._live(story)
        articles = [versions.placed(self._connection, article) for article in articles]
        held = self._articles(story)
        chosen = [article for article in held if article in articles]
        for article in articles:
            if article not in held:
                raise NotFoundError(f"{article} is not in {story}; onrecord show {story} lists what is")
        if len(chosen) == len(held):
            raise InputError(f"these are all articles of {story}: nothing would be left of it; name those that belong elsewhere")
        sides = [(article, int(article in chosen)) for article in held]
        leaving = chosen if held[0] not in chosen else [article for article in held if article not in chosen]
        judgement = self._keep("split", story, self._new(leaving), sides, by, reason)
        assert judgement.other is not None
        self._move(leaving, judgement.other, reason)
        return judgement

    def pin(self, article: str, story: str, *, by: str, reason: str) -> Judgement:
        """Put an article in a story, where it stays.

        Raises:
            NotFoundError: there is no such story, or the article is in none.
        """
        article = versions.placed(self._connection, article)
        story, before = self._live(story), self._stories.story_of(article)
        if before is None:
            raise NotFoundError(f"{article} is in no story; onrecord show articles lists those that are on record")
        self._check_border([article, *self._articles(story)])
        here = [each for each in self._articles(story) if each != article]
        there = [] if before == story else [each for each in self._articles(before) if each != article]
        sides = [(article, 0), *((each, -1) for each in here[:1]), *((each, 1) for each in there[:1])]
        judgement = self._keep("pin", story, None if before == story else before, sides, by, reason)
        self._move([article], story, reason)
        if before != story and not there:
            self._stories.redirect(before, story, self._when)
        return judgement

    def undo(self, judgement: str, *, by: str, reason: str) -> Judgement:
        """End a decision; it stays on record. Its articles wait to be grouped by rule again.

        Raises:
            NotFoundError: there is no such judgement.
            InputError: it was undone before.
        """
        decided = self.one(judgement)
        if decided.undone_at is not None:
            raise InputError(f"{decided.id} was undone on {decided.undone_at[:10]} by {decided.undone_by}")
        sql = "UPDATE judgements SET undone_at = ?, undone_by = ?, undone_reason = ? WHERE id = ?"
        self._connection.execute(sql, (self._when, by, reason, decided.id))
        return self.one(decided.id)

    def one(self, judgement: str) -> Judgement:
        """The judgement with this id.

        Raises:
            NotFoundError: there is none.
        """
        row = self._connection.execute(f"SELECT {', '.join(_FIELDS)} FROM judgements WHERE id = ?", (judgement,)).fetchone()
        if row is None:
            raise NotFoundError(f"no judgement has the id {judgement}; onrecord review list lists them")
        return self._judgement(row)

    def listed(self) -> Iterator[Judgement]:
        """All judgements, newest first."""
        for row in self._connection.execute(f"SELECT {', '.join(_FIELDS)} FROM judgements ORDER BY seq DESC").fetchall():
            yield self._judgement(row)

    def _judgement(self, row: Sequence[str]) -> Judgement:
        known = dict(zip(_FIELDS, row, strict=True))
        known["by"] = known.pop("signed")
        sides = self._connection.execute("SELECT article, side FROM judgement_articles WHERE judgement = ? ORDER BY article", (row[0],))
        return Judgement(**known, articles=tuple(sides.fetchall()))  # type: ignore[arg-type]

    def _keep(self, kind: str, story: str, other: str | None, sides: Sequence[tuple[str, int]], by: str, reason: str) -> Judgement:
        (seq,) = self._connection.execute("SELECT COALESCE(MAX(seq), 0) + 1 FROM judgements").fetchone()
        id_ = tagged("ju", seq, kind, story, self._when)
        row = {
            "id": id_,
            "seq": seq,
            "kind": kind,
            "story": story,
            "other": other,
            "signed": by,
            "reason": reason,
            "decided_at": self._when,
        }
        insert(self._connection, "judgements", [row])
        rows = [{"judgement": id_, "article": article, "side": side} for article, side in sides]
        insert(self._connection, "judgement_articles", rows)
        return self.one(id_)

    def _check_border(self, articles: Sequence[str]) -> None:
        if len({self._border.sample(article) for article in articles}) > 1:
            raise InputError("articles of the sample newsroom are invented, and are never put in one story with others")

    def _move(self, articles: Sequence[str], story: str, reason: str) -> None:
        told = (Reason(kind="judged", text=f"a person decided: {reason}" if reason else "a person decided", weight=1.0),)
        self._stories.move(
            [Membership(article=each, story=story, score=1.0, reasons=told, nearest=None, by=BY) for each in articles], self._when
        )

    def _new(self, articles: Sequence[str]) -> str:
        """The id of a story that begins with the first of these articles that began none."""
        for article in articles:
            if not self._stories.taken(found := tagged("so", article)):
                return found
        return tagged("so", "of", self._when, *articles)

    def _live(self, story: str) -> str:
        found = self._stories.leads(story)
        if found is None or not self._stories.taken(found):
            raise NotFoundError(f"no story {story} is on record; onrecord show stories lists those that are")
        return found

    def _articles(self, story: str) -> list[str]:
        """The story's articles, oldest first."""
        return [a for (a,) in self._connection.execute("SELECT article FROM memberships WHERE story = ? ORDER BY day, article", (story,))]

    def _first_day(self, story: str) -> int:
        return int(self._connection.execute("SELECT first_day FROM stories WHERE id = ?", (story,)).fetchone()[0])
