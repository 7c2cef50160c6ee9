"""Newcomers: whose office an article gives in one sentence and whose name, with nothing beside it, in another.

The Swedish harbour minister resigned. "I am tired," Ilse Marrow told reporters.
~~~~~~~~~~~~~~~~~~~~~~~~~~~~                         ~~~~~~~~~~~
"""

from __future__ import annotations

from collections.abc import Iterator

from .cast import Cast, Member, Step
from .phrases import Phrase
from .vocabulary import vocabulary
from .words import reach

_AFTER = 2
"""The name follows the office within so many sentences."""


def newcomer(cast: Cast, phrase: Phrase, start: int) -> Member | None:
    """The only one named right after the office by whose name nothing else stands; None where there is none, or more than one."""
    if not _held_by_one(phrase):
        return None
    here = cast.scan.sentence(start)
    near = [member for member, step in _bare(cast) if 0 < cast.scan.sentence(step.start) - here <= _AFTER and _may_hold(member, phrase)]
    return near[0] if len(near) == 1 else None


def _held_by_one(phrase: Phrase) -> bool:
    """Whether the words are for one holder of a state's office: no spokesman, nobody's own aide, no two that "and" joins."""
    vocab = vocabulary()
    if phrase.plural or phrase.keys or " and " in phrase.text or phrase.owner not in ("", "its"):
        return False
    held = phrase.heads & (vocab.state_offices | vocab.home_offices) and not phrase.heads & vocab.mouthpieces
    return bool(held) and (phrase.definite or phrase.own)


def _bare(cast: Cast) -> Iterator[tuple[Member, Step]]:
    """The persons of whom the article says nothing but the name, each with the place where it gives the whole of it first."""
    met = set[str]()
    for step in cast.trail:
        member = step.members[0] if len(step.members) == 1 else None
        if member is None or member.kind != "person" or member.id in met or " " not in cast.scan.text[step.start : step.end].strip():
            continue
        met.add(member.id)
        if step.subject and not (member.heads or member.roles or member.orgs) and not _goes_on(cast, step):
            yield member, step


def _goes_on(cast: Cast, step: Step) -> bool:
    """Whether a comma follows the name, behind which the text says who it is: "Anna Kask, 45, who keeps bees"."""
    words = cast.scan.words
    after = reach(cast.scan.starts, (step.start, step.end))[1]
    return after < len(words) and words[after].text in ",("


def _may_hold(member: Member, phrase: Phrase) -> bool:
    """Whether nothing that is known of the person speaks against the office."""
    if phrase.gender and member.gender and phrase.gender != member.gender:
        return False
    return not (phrase.countries and member.countries) or bool(set(phrase.countries) & set(member.countries))
