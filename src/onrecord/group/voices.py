"""Whether two statements are by the same speaker, and how surely."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from onrecord.group.gist import Gist
from onrecord.group.terms import stem
from onrecord.lexicons import load

Voice = Literal["same", "office", "seat", "loose", "vague"]
"""same: one actor. office: one is named by an office that the other has. seat: a state, and who speaks for it. loose: nothing speaks
against it, which is enough only where words and story are the same. vague: as little as can be."""

_BINDING = frozenset({"commit", "offer", "permit", "plan", "threaten", "refuse", "agree", "restrict"})
_SHARED = 0.6
"""Share of the members that two groups need in common to be one speaker."""


def voice(one: Gist, other: Gist) -> Voice | None:
    """How the speakers of the two are the same, or None where they are not."""
    if one.actors and other.actors and _one_group(one.actors, other.actors):
        return _sure(one, other)
    if not one.called or not other.called:
        return "vague" if not one.called and not other.called else None
    if _foreign(one, other):
        return None
    if len({*one.actors}) > 1 or len({*other.actors}) > 1:
        return "loose" if _same_members(one, other) else None
    return _singly(one, other)


def _one_group(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if len(mine) == len(theirs) == 1:
        return mine == theirs
    one, other = frozenset(mine), frozenset(theirs)
    return len(one & other) / len(one | other) >= _SHARED


def _sure(one: Gist, other: Gist) -> Voice:
    """Two groups called alike ("officials") are surely one only where the words for them say more than that."""
    vague = all(actor.startswith("group:") for actor in one.actors) and (one.unnamed or set(one.called) <= _words("vague"))
    return "loose" if vague and (one.article != other.article) else "same"


def _foreign(one: Gist, other: Gist) -> bool:
    """Whether they are of different countries."""
    if not (one.countries or one.home) or not (other.countries or other.home):
        return False
    return not any(code in other.countries or code in other.home for code in (*one.countries, *one.home))


def _homes(gist: Gist) -> frozenset[str]:
    return frozenset(gist.countries) | frozenset(gist.home)


def _same_members(one: Gist, other: Gist) -> bool:
    """Whether two groups are of about the same countries: "the Baltic states", "ambassadors of the three"."""
    mine, theirs = frozenset(one.countries), frozenset(other.countries)
    return bool(mine and theirs) and len(mine & theirs) / len(mine | theirs) >= _SHARED


def _singly(one: Gist, other: Gist) -> Voice | None:
    kinds = (_kind(one), _kind(other))
    if kinds == ("person", "person"):
        return "same" if _one_name(one.actors[0], other.actors[0]) else None
    if kinds[0] != kinds[1] and ("state" in kinds or "org" in kinds) and "outlet" not in kinds and _principal(one, other):
        return "seat"
    if "outlet" in kinds:
        return None
    if "state" in kinds:
        return _seated(one, other)
    if "org" in kinds:
        return _of_body(one, other)
    return _by_office(one, other)


def principal(one: Gist, other: Gist) -> bool:
    """Whether one is the body of which the other, who may speak for it, says what it will do."""
    return _principal(one, other) and voice(one, other) == "seat"


def _principal(one: Gist, other: Gist) -> bool:
    """Whether one of them is the body of which the other says what it will do: "Estonia will send", says its minister."""
    if one.act not in _BINDING or other.act not in _BINDING:
        return False
    for body, speaker in ((one, other), (other, one)):
        if _kind(body) in ("state", "org") and len(body.actors) == 1 and speaker.words[:1] == body.actors[:1]:
            return True
    return False


def _kind(gist: Gist) -> str:
    return _before_colon(gist.actors[0]) if gist.actors else "group"


@lru_cache(65536)
def _before_colon(actor: str) -> str:
    return actor.partition(":")[0]


@lru_cache(16384)
def _one_name(one: str, other: str) -> bool:
    """Whether a name is the end of the other: "Kaseorg" for "Liivi Kaseorg", "Liivi Kaseorg" for "Reform Liivi Kaseorg"."""
    mine, theirs = (actor.partition(":")[2].split("-") for actor in (one, other))
    short, long = sorted((mine, theirs), key=len)
    return short == long[-len(short) :] and (len(short) > 1 or len(short[0]) > 2)


def _seated(one: Gist, other: Gist) -> Voice | None:
    """A state, and who speaks for it: "Moscow", "a Kremlin spokesman"."""
    state, speaker = (one, other) if _kind(one) == "state" else (other, one)
    if _kind(speaker) == "state":
        return None
    if not frozenset(state.countries) & _homes(speaker):
        return "vague" if _words("governments") & set(speaker.called) else None
    words = {*speaker.offices, *speaker.called}
    return "seat" if words & _words("mouths") else None


def _of_body(one: Gist, other: Gist) -> Voice | None:
    """A body, and somebody said to be of it: "the group", "a senior official of the group"."""
    if _kind(one) == _kind(other):
        return "office" if set(one.called) == set(other.called) else None
    body, speaker = (one, other) if _kind(one) == "org" else (other, one)
    if set(body.called) & {*speaker.called, *speaker.offices} - _words("vague"):
        return "seat"
    vague, near = set(speaker.called) <= _words("vague"), _homes(body) & _homes(speaker) or not _homes(body)
    return "loose" if set(body.called) <= _words("vague") or (vague and near and not _words("offices") & set(speaker.called)) else None


def passes_on(one: Gist, other: Gist) -> bool:
    """Whether one is a medium that may have quoted the other, who is none: "it quoted the letter as saying"."""
    return [_kind(one), _kind(other)].count("outlet") == 1


def reporting(one: Gist, other: Gist) -> bool:
    """Whether both are media: what a medium reports is many things, by many people."""
    return _kind(one) == _kind(other) == "outlet"


def mouthpiece(one: Gist, other: Gist) -> bool:
    """Whether one is a body and the other a person who may speak for it, as far as is known."""
    kinds = {_kind(one), _kind(other)}
    return bool(kinds & {"state", "org", "group"}) and "outlet" not in kinds and len(kinds) == 2 and not _foreign(one, other)


def apart(one: Gist, other: Gist) -> bool:
    """Whether both are named, and are not one: nothing that both may be makes them one."""
    named = ("person:", "state:", "org:")
    both = all(gist.actors and all(actor.startswith(named) for actor in gist.actors) and not gist.unnamed for gist in (one, other))
    person = "person" in (_kind(one), _kind(other))
    return (both or (person and (_plural(one) or _plural(other)))) and voice(one, other) is None


def _by_office(one: Gist, other: Gist) -> Voice | None:
    """One or both are named by what they are."""
    mine, theirs = _described(one), _described(other)
    office, fuller = sorted((mine, theirs), key=len)
    if office and office <= fuller and office & _words("offices") and len(office) > 1:
        return "office"
    persons = [gist for gist in (one, other) if _kind(gist) == "person"]
    vague = [gist for gist in (one, other) if _kind(gist) != "person"]
    if persons and _plural(vague[0]):
        return None
    if persons:
        return "loose" if _may_be(vague[0], persons[0]) else "vague" if vague[0].called else None
    return "loose" if set(one.called) & set(other.called) or mine | theirs <= _words("vague") else None


def _described(gist: Gist) -> frozenset[str]:
    """What the speaker is said to be, without name and country."""
    words = (
        gist.offices
        if _kind(gist) == "person"
        else (*gist.called, *gist.actors[0].partition(":")[2].split("-"))
        if gist.actors
        else gist.called
    )
    return frozenset(word for word in words if ":" not in word and word not in _words("empty"))


def _plural(gist: Gist) -> bool:
    """Whether the words are for several people."""
    return not gist.actors or (gist.actors[0].endswith("s") and not gist.actors[0].endswith("ss"))


def _may_be(vague: Gist, person: Gist) -> bool:
    """Whether "a senior official" may be the person: one vague word for one human being, or an office that is theirs."""
    words = {word for word in vague.called if ":" not in word and word not in _words("empty")}
    return bool(words) and words <= (_words("vague") | set(person.called) | set(person.offices))


@cache
def _words(key: str) -> frozenset[str]:
    """A list of words for speakers, as they are compared."""
    return frozenset(stem(word) for word in load("alike")["speakers"][key]) | frozenset(load("alike")["speakers"][key])
