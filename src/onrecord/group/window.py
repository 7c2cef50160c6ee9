"""Stories in memory, over the last so many articles: for grouping a stream that is not stored."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Sequence

from onrecord.group.stories import WINDOW
from onrecord.reports import Decision, Members, Placing, Traits

LAST = 5_000
"""Articles that are held; older ones are settled, and let go."""
_POSTINGS = 60
"""Articles that one term leads to at most: the last ones."""


class Window:
    """A shelf of stories that forgets what came long ago."""

    def __init__(self, last: int = LAST, beside: Callable[[str, str], bool] = lambda _, __: True) -> None:
        """Hold so many articles; ``beside`` tells whether two of them may be compared."""
        self._last = last
        self._beside = beside
        self._traits: OrderedDict[str, Traits] = OrderedDict()
        self._story: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._postings: dict[int, list[str]] = {}

    def keep(self, placing: Placing) -> Iterator[tuple[str, str]]:
        """Keep what was placed; articles that are let go by it, with their story, which is settled."""
        article = placing.traits
        if article.article not in self._traits:
            for term in article.index:
                self._postings.setdefault(term, []).append(article.article)
        self._traits[article.article] = article
        for membership in placing.memberships:
            self._move(membership.article, membership.story)
        for story, other in placing.merged.items():
            for each in list(self._members.get(story, ())):
                self._move(each, other)
        while len(self._traits) > self._last:
            yield self._let_go()

    def rest(self) -> Iterator[tuple[str, str]]:
        """What is still held, oldest first, each with its story."""
        while self._traits:
            yield self._let_go()

    def near(self, article: Traits, most: int) -> Sequence[Traits]:
        """Articles that share rare terms with this one, within the window, those that share most first."""
        shared: Counter[str] = Counter()
        for term in article.index:
            for other in self._postings.get(term, ())[-_POSTINGS:]:
                shared[other] += 1
        shared.pop(article.article, None)
        fitting = [(n, a) for a, n in shared.items() if within(article, self._traits[a]) and self._beside(article.article, a)]
        return [self._traits[a] for _, a in sorted(fitting, key=lambda pair: (-pair[0], pair[1]))[:most]]

    def traits(self, article: str) -> Traits | None:
        """What an article is known by; None where it is not held."""
        return self._traits.get(article)

    def story_of(self, article: str) -> str | None:
        """The story that an article is in."""
        return self._story.get(article)

    def members(self, story: str, most: int, wanted: Sequence[str]) -> Members:
        """Members of a story: the wanted ones among them, then the newest."""
        held = self._members[story]
        newest = sorted(held, key=lambda a: (-self._traits[a].day, a))
        chosen = list(dict.fromkeys([*(a for a in wanted if self._story.get(a) == story), *newest]))[:most]
        return Members(story=story, traits=tuple(self._traits[a] for a in chosen), size=len(held))

    def decisions(self, stories: Sequence[str]) -> Sequence[Decision]:
        """Nobody decides about what is not stored."""
        return ()

    def taken(self, story: str) -> bool:
        """Whether a story with this id has members."""
        return story in self._members

    def _move(self, article: str, story: str) -> None:
        self._leave(article)
        self._story[article] = story
        self._members.setdefault(story, []).append(article)

    def _leave(self, article: str) -> None:
        before = self._story.pop(article, None)
        if before is not None:
            self._members[before].remove(article)
            if not self._members[before]:
                del self._members[before]

    def _let_go(self) -> tuple[str, str]:
        article, held = self._traits.popitem(last=False)
        story = self._story[article]
        self._leave(article)
        for term in held.index:
            postings = self._postings[term]
            postings.remove(article)
            if not postings:
                del self._postings[term]
        return article, story


def within(article: Traits, other: Traits) -> bool:
    """Whether they lie near enough in time to be compared; an unknown day may be any."""
    return not (article.published and other.published) or abs(article.day - other.day) <= WINDOW
