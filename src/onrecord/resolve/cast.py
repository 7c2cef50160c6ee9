"""Everybody and everything that acts in one article, and the trail of places where they were mentioned."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterator

from onrecord.records import Actor, ActorKind, Role, Span

from .phrases import Gender, person_slug
from .scan import Scan
from .vocabulary import vocabulary
from .words import slug


class Member:
    """An actor while the article is still being read."""

    __slots__ = ("countries", "gender", "heads", "id", "kind", "mentions", "name", "orgs", "plural", "roles", "sure", "unnamed", "words")

    def __init__(self, identity: str, name: str, kind: ActorKind) -> None:
        """A member that nothing else is known of yet."""
        self.id = identity
        self.name = _cased(name) if kind == "person" else name
        self.kind = kind
        self.countries: tuple[str, ...] = ()
        self.gender: Gender | None = None
        self.plural = False
        self.unnamed = False
        self.sure = False
        self.heads: frozenset[str] = frozenset()
        self.words: tuple[str, ...] = tuple(identity.partition(":")[2].split("-"))
        self.roles: list[Role] = []
        self.orgs: tuple[str, ...] = ()
        self.mentions: list[Span] = []

    def actor(self) -> Actor:
        """The record."""
        return Actor(
            id=self.id, name=self.name, kind=self.kind, countries=self.countries, roles=tuple(self.roles), mentions=tuple(self.mentions)
        )


class Step:
    """One place on the trail: who is meant there, and how the words behave."""

    __slots__ = ("countries", "end", "gender", "heads", "human", "members", "plural", "read", "speaks", "start", "subject", "unnamed")

    def __init__(
        self, start: int, end: int, members: tuple[Member, ...], *, countries: tuple[str, ...], plural: bool, human: bool, subject: bool,
        gender: Gender | None = None, heads: frozenset[str] = frozenset(), unnamed: bool = False, read: bool = False,
    ) -> None:  # fmt: skip
        """A place; ``read`` says that the reader asked for it, and not the scan."""
        self.start, self.end, self.members, self.countries, self.plural, self.human = start, end, members, countries, plural, human
        self.subject, self.gender, self.heads, self.unnamed, self.read = subject, gender, heads, unnamed, read
        self.speaks = False


class Cast:
    """The members by id and by the words of their names, and the trail in the text's order."""

    def __init__(self, scan: Scan) -> None:
        """An empty cast for a scanned text."""
        self.scan = scan
        self.members: dict[str, Member] = {}
        self.by_word: dict[str, list[Member]] = defaultdict(list)
        self.trail: list[Step] = []

    def member(self, identity: str, name: str, kind: ActorKind) -> Member:
        """The member with that id, made where there is none."""
        found = self.members.get(identity)
        if found is None:
            found = self.members[identity] = Member(identity, name, kind)
            if kind == "person":
                for word in found.words:
                    self.by_word[word].append(found)
        return found

    def person(self, name: str, gender: Gender | None, position: int) -> Member:
        """The person of that name: one already known whose name fits, the nearest before, else a new one."""
        key = person_slug(name)
        found = self.members.get(f"person:{key}") or self._fitting(key, gender, position)
        if found is None:
            found = self.member(f"person:{key}", name, "person")
        elif len(key.split("-")) > len(found.words):
            self._rename(found, key, name)
        return found

    def _rename(self, member: Member, key: str, name: str) -> None:
        """Give a person the fuller name that the text has for them."""
        del self.members[member.id]
        member.id, member.name, member.words = f"person:{key}", _cased(name), tuple(key.split("-"))
        self.members[member.id] = member
        for word in member.words:
            if member not in self.by_word[word]:
                self.by_word[word].append(member)

    def _fitting(self, key: str, gender: Gender | None, position: int) -> Member | None:
        pieces = key.split("-")
        fitting = [
            member
            for member in self.by_word.get(pieces[-1], ())
            if not (gender and member.gender and gender != member.gender) and _names_fit(pieces, member.words)
        ]
        if not fitting:
            return None
        last = max(fitting, key=lambda member: (member.words[-len(pieces) :] == tuple(pieces), self.last(member, position)))
        kin = vocabulary().male_nouns | vocabulary().female_nouns
        if len(fitting) == 1 or len(pieces) > 1 or any(role.title.lower().split()[-1] not in kin for role in last.roles):
            return last
        # A family's bare name is that of whom the article named first: the others keep their given names, or have an office.
        named = [member for member in fitting if member.words[-1] == last.words[-1] and self.last(member, position) >= 0]
        return min(named, key=self._first, default=last)

    def _first(self, member: Member) -> int:
        """Where the member first stands on the trail."""
        return next((step.start for step in self.trail if member in step.members), -1)

    def known_by(self, word: str, position: int, gender: Gender | None = None) -> Member | None:
        """The person whom one word of a name stands for."""
        return self._fitting(slug(word), gender, position) if slug(word) else None

    def last(self, member: Member, position: int) -> int:
        """Where the member was last on the trail before a place; -1 where they were not."""
        for step in self.before(position):
            if member in step.members:
                return step.start
        return -1

    def before(self, position: int) -> Iterator[Step]:
        """The steps that begin before a place, the nearest first."""
        for i in range(bisect_left(self.trail, position, key=_start) - 1, -1, -1):
            yield self.trail[i]

    def add(self, step: Step) -> None:
        """Put a step on the trail, in place of one the scan put there."""
        step.speaks = self.scan.speaks(step.start, step.end)
        i = bisect_left(self.trail, step.start, key=_start)
        while i < len(self.trail) and self.trail[i].start < step.end:
            if not self.trail[i].read and self.trail[i].end <= step.end and step.read:
                del self.trail[i]
            else:
                i += 1
        insort(self.trail, step, key=_start)

    def nearest(
        self, position: int, fits: Callable[[Step], bool], *, reach: int = 12, prefer: Callable[[Step], float] | None = None,
        clear: bool = False,
    ) -> Step | None:  # fmt: skip
        """The step before a place that a word there most likely points back to.

        Every sentence between costs; standing as a subject, or having been asked for by the reader, counts for it. Of two that are equal
        the nearer one is taken, or none where the answer must be ``clear``.
        """
        here = self.scan.sentence(position)
        best: Step | None = None
        best_score, rival = -1e9, False
        for step in self.before(position):
            distance = here - self.scan.sentence(step.start)
            if distance > reach:
                break
            if step.end > position or not fits(step):
                continue
            score = -_DISTANCE * distance + _SUBJECT * step.subject + _ASKED * step.read + (prefer(step) if prefer else 0.0)
            if score > best_score:
                best, best_score, rival = step, score, False
            elif best and score == best_score and step.members != best.members:
                rival = True
        return None if clear and rival else best


# What a sentence between costs, and what standing as a subject, or having been asked for, is worth.
_DISTANCE, _SUBJECT, _ASKED = 4.0, 3.0, 1.0


def _start(step: Step) -> int:
    return step.start


def _cased(name: str) -> str:
    """A name in the letters that names have, where a headline or a script gave it in capitals."""
    return name.title() if name.isupper() and len(name) > 3 else name


def _names_fit(pieces: list[str], words: tuple[str, ...]) -> bool:
    """Whether a shorter form of a name fits a longer one: its last words, or its first word and its last."""
    if len(pieces) == 1:
        return pieces[0] in (words[-1], words[0]) or pieces[0] in words
    if tuple(pieces) == words[-len(pieces) :] or set(pieces) <= set(words) or set(words) <= set(pieces):
        return True
    return pieces[-1] == words[-1] and pieces[0][0] == words[0][0] and min(len(pieces[0]), len(words[0])) == 1
