"""Stories: articles about the same happening, put together as they come.

An article is compared with those that share rare terms with it, whole stories of them. The few that are near are put in groups anew, so
that an article that comes late can bring two stories together, draw a member over, or part what it shows to be two happenings: the order
in which articles come changes little. The work for one article does not grow with the ledger.

    near ones --> their stories --> closeness of all to all --> groups --> which story each group carries on
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np

from onrecord.group.closeness import Matrix, closeness
from onrecord.group.clusters import clusters
from onrecord.group.reasons import reasons
from onrecord.group.traits import traits
from onrecord.records import tagged
from onrecord.reports import Copy, Decision, Members, Membership, Placing, Reason, Report, Traits

RULE = "rule/stories-1"
NEAR = 24
"""Articles with which a new one is compared at most."""
TOUCHED = 3
"""Stories that one article may change at most: the nearest."""
MEMBERS = 30
"""Members by which a story is known; of a larger one, the newest and the nearest. A larger one is never parted by rule."""
WORTH_A_LOOK = 0.15
"""A story none of whose articles is closer is left alone."""
BESIDE = 0.4
"""And so is one whose closest article is less than this share as close as the closest of all."""
WINDOW = 730
"""Days between two articles beyond which they are not compared."""


class Stories(Protocol):
    """What placing an article needs of the ledger. Every look-up is bounded, whatever the ledger's size."""

    def near(self, article: Traits, most: int) -> Sequence[Traits]:
        """Articles that share rare terms with this one, within the window, those that share most first."""

    def traits(self, article: str) -> Traits | None:
        """What an article is known by; None where it was never placed."""

    def story_of(self, article: str) -> str | None:
        """The story that an article is in."""

    def members(self, story: str, most: int, wanted: Sequence[str]) -> Members:
        """Members of a story: the wanted ones among them, then the newest."""

    def decisions(self, stories: Sequence[str]) -> Sequence[Decision]:
        """What was decided, and not undone, about articles of these stories, newest first."""

    def taken(self, story: str) -> bool:
        """Whether a story with this id has members."""


def place(report: Report, copies: Sequence[Copy], stories: Stories) -> Placing:
    """Where the article belongs, and what else changes by it. Placing it again changes nothing."""
    return settle(traits(report), stories, {copy.of: copy.containment for copy in copies})


def settle(article: Traits, stories: Stories, copied: Mapping[str, float] | None = None) -> Placing:
    """The same, for an article whose traits are known.

    Args:
        article: its traits.
        stories: the ledger.
        copied: articles that it copies, with how much of it is theirs, 0..1.
    """
    scene = _Scene(article, stories, copied or {})
    groups = scene.groups()
    carried = _carried(groups, scene)
    memberships = []
    for number, group in enumerate(groups):
        for row in group:
            now = scene.at[row].article
            if now == article.article or scene.story.get(now) != carried[number]:
                memberships.append(_membership(row, group, carried[number], scene))
    memberships.sort(key=lambda each: (each.article != article.article, each.article))
    merged = {
        story: carried[next(number for number, group in enumerate(groups) if scene.oldest[story] in group)]
        for story in scene.oldest
        if story not in carried
    }
    return Placing(traits=article, memberships=tuple(memberships), merged=merged)


class _Scene:
    """The article, the near stories, and how close all of them are; rows are oldest first."""

    def __init__(self, article: Traits, stories: Stories, copied: Mapping[str, float]) -> None:
        self.stories = stories
        self.found = self._near(article, copied)
        own = [] if any(article.article in {t.article for t in members.traits} for members in self.found) else [article]
        every = {t.article: t for members in self.found for t in members.traits} | {t.article: t for t in own}
        every[article.article] = article
        self.at = sorted(every.values(), key=lambda each: (each.day, each.article))
        self.row = {each.article: row for row, each in enumerate(self.at)}
        self.story = {t.article: members.story for members in self.found for t in members.traits}
        self.oldest = {members.story: min(self.row[t.article] for t in members.traits) for members in self.found}
        self.close = _with_copies(closeness(self.at), self.row, article.article, copied)

    def _near(self, article: Traits, copied: Mapping[str, float]) -> list[Members]:
        """The article's own story, where it has one, and the stories of the articles that are nearest."""
        near = {each.article: each for each in self.stories.near(article, NEAR) if each.article != article.article}
        for each in copied:
            if each not in near and (traits_ := self.stories.traits(each)) is not None:
                near[each] = traits_
        values = closeness([article], list(near.values()))[0].tolist() if near else []
        ranked = sorted((-max(value, copied.get(each, 0.0)), each) for each, value in zip(near, values, strict=True))
        bar = max(WORTH_A_LOOK, BESIDE * -ranked[0][0]) if ranked else WORTH_A_LOOK
        wanted: dict[str, list[str]] = {}
        if (own := self.stories.story_of(article.article)) is not None:
            wanted[own] = [article.article]
        for value, each in ranked:
            if -value >= bar and (story := self.stories.story_of(each)) is not None and (story in wanted or len(wanted) < TOUCHED):
                wanted.setdefault(story, []).append(each)
        return [self.stories.members(story, MEMBERS, some) for story, some in wanted.items()]

    def groups(self) -> list[list[int]]:
        """The articles' rows in groups, oldest first."""
        together, apart = self._decided()
        label = clusters(self.close, together, apart)
        groups: dict[int, list[int]] = {}
        for row, first in enumerate(label):
            groups.setdefault(first, []).append(row)
        return list(groups.values())

    def _decided(self) -> tuple[list[list[int]], list[tuple[int, int]]]:
        """Rows that stay together, and pairs that stay apart; of decisions that contradict one another the newest holds."""
        blocks = {
            members.story: [self.row[t.article] for t in members.traits] for members in self.found if members.size > len(members.traits)
        }
        union = _Union(len(self.at))
        for rows in blocks.values():
            union.all(rows)
        apart: list[tuple[int, int]] = []
        for decision in self.stories.decisions([members.story for members in self.found]):
            sides = self._sides(decision, blocks)
            if decision.kind == "apart":
                pairs = [(a, b) for a in sides.get(0, ()) for b in sides.get(1, ())]
                apart += [(a, b) for a, b in pairs if not union.same(a, b)]
            else:
                rows = sorted(row for side in sides.values() for row in side)
                trial = union.copy()
                trial.all(rows)
                if not any(trial.same(a, b) for a, b in apart):
                    union = trial
        return union.groups(), apart

    def _sides(self, decision: Decision, blocks: Mapping[str, Sequence[int]]) -> dict[int, list[int]]:
        """The decision's articles as rows; one of a large story that is not looked at stands with the story's first."""
        sides: dict[int, list[int]] = {}
        for article, side in decision.sides.items():
            if article in self.row:
                sides.setdefault(side, []).append(self.row[article])
            elif (story := self.stories.story_of(article) if blocks else None) is not None and story in blocks:
                sides.setdefault(side, []).append(blocks[story][0])
        return sides


class _Union:
    """Rows that are one."""

    def __init__(self, size: int) -> None:
        self._first = list(range(size))

    def all(self, rows: Sequence[int]) -> None:
        firsts = {self._first[row] for row in rows}
        if firsts:
            least = min(firsts)
            self._first = [least if first in firsts else first for first in self._first]

    def same(self, a: int, b: int) -> bool:
        return self._first[a] == self._first[b]

    def copy(self) -> _Union:
        copied = _Union(0)
        copied._first = list(self._first)
        return copied

    def groups(self) -> list[list[int]]:
        groups: dict[int, list[int]] = {}
        for row, first in enumerate(self._first):
            groups.setdefault(first, []).append(row)
        return [rows for rows in groups.values() if len(rows) > 1]


def _with_copies(close: Matrix, rows: Mapping[str, int], article: str, copied: Mapping[str, float]) -> Matrix:
    """A text that is another's is as close to it as its words are the other's."""
    for other, share in copied.items():
        if other in rows:
            a, b = rows[article], rows[other]
            close[a, b] = close[b, a] = max(float(close[a, b]), share)
    return close


def _carried(groups: Sequence[Sequence[int]], scene: _Scene) -> list[str]:
    """The story that each group carries on. A story goes where its oldest article goes; where two meet, the older story stays."""
    carried: list[str] = []
    # Older stories are those with the older first article; the id decides between equals.
    ranked = sorted(scene.oldest, key=lambda story: (scene.oldest[story], story))
    claims = [next((story for story in ranked if scene.oldest[story] in group), None) for group in groups]
    used = {claim for claim in claims if claim is not None}
    for claim, group in zip(claims, groups, strict=True):
        if claim is None:
            claim = _new_id((scene.at[row].article for row in group), used, scene)
            used.add(claim)
        carried.append(claim)
    return carried


def _new_id(articles: Iterable[str], used: set[str], scene: _Scene) -> str:
    """The id of a story that begins with the oldest of these articles; with the next, where that one began another story."""
    first = None
    for article in articles:
        first = first or article
        found = founded(article)
        if found not in used and found not in scene.oldest and not scene.stories.taken(found):
            return found
    return tagged("so", "of", *sorted(used), first)


def founded(article: str) -> str:
    """The id of the story that begins with this article."""
    return tagged("so", article)


def _membership(row: int, group: Sequence[int], story: str, scene: _Scene) -> Membership:
    others = [each for each in group if each != row]
    article = scene.at[row]
    if not others:
        alone = Reason(kind="alone", text="the story begins with it", weight=0.0)
        return Membership(article=article.article, story=story, score=1.0, reasons=(alone,), nearest=None, by=RULE)
    close = scene.close[row, others]
    nearest = scene.at[others[int(np.argmax(close))]]
    return Membership(
        article=article.article, story=story, score=round(float(close.mean()), 3),
        reasons=reasons(article, nearest, float(close.max())), nearest=nearest.article, by=RULE,
    )  # fmt: skip
