"""The codebook: which verbs, nouns and set phrases of a text name an action of one of PLOVER's types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple, cast

from onrecord.extract.tokens import Tokens, has_mark
from onrecord.extract.words import base, table, words
from onrecord.lexicons import load
from onrecord.records import EventType, Extent

_WINDOW = 9
"""The head of an object stands no further behind its verb than this many words."""
_SHORT = 3
"""A particle of more letters is a noun ("take to the streets") and may stand in the plural."""
Form = Literal["base", "s", "past", "ing"]


class Entry(NamedTuple):
    """A line of the codebook: the particles behind the verb, and the heads of the objects that it holds for (any where empty)."""

    type: EventType
    particles: tuple[str, ...]
    objects: frozenset[str]


class Hit(NamedTuple):
    """A verb of the text that the codebook knows: words by index, its type, whether it is passive, and the head of its object."""

    lemma: str
    verb: int
    last: int
    type: EventType
    passive: bool
    form: Form
    head: int | None
    exact: bool

    def trigger(self, tokens: Tokens) -> Extent:
        """The words that name the event: verb and particles, and a near object that says what is done."""
        last = self.last
        if self.head is not None and last < self.head <= self.verb + 4:
            last = self.head
        return tokens.extent(self.verb, last)


def hits(tokens: Tokens, sentences: Sequence[Extent]) -> Iterator[Hit]:
    """Each verb of the sentences that the codebook has a line for, with the most exact of its lines, in the text's order."""
    known, forms = _entries(), _forms()
    for start, end in sentences:
        low, high = tokens.first(start), tokens.first(end)
        for at in range(low, high):
            for lemma, form in forms.get(tokens.lows[at], ()):
                if _is_verb(tokens, at, low, form) and (found := _best(tokens, at, low, high, lemma, form, known[lemma])) is not None:
                    yield found
                    break


@cache
def named(noun: str) -> EventType | None:
    """The type of event that a noun names by itself: "talks", "attack"."""
    return next((cast(EventType, kind) for kind, nouns in load("events")["nouns"].items() if noun in nouns.split()), None)


def _best(tokens: Tokens, at: int, low: int, high: int, lemma: str, form: Form, entries: Sequence[Entry]) -> Hit | None:
    """The hit by the first line that holds; lines stand with the most exact first."""
    passive = form == "past" and is_passive(tokens, at, low)
    for entry in entries:
        last = _particles(tokens, at, high, entry.particles)
        if last is None:
            continue
        head: int | None = None
        if entry.objects:
            head = _subject_head(tokens, at, low, entry.objects) if passive else _object_head(tokens, last + 1, high, entry.objects)
            if head is None:
                continue
        return Hit(lemma, at, last, entry.type, passive, form, head, bool(entry.objects or entry.particles))
    return None


def _particles(tokens: Tokens, at: int, high: int, particles: Sequence[str]) -> int | None:
    """The index of the last particle, where all stand behind the verb; the verb's own where it has none."""
    if particles[:1] == ("..",):
        return _apart(tokens, at, high, particles[1:])
    last: int | None = at
    for particle in particles:
        if last is None:
            return None
        last = _particle(tokens, last, high, particle, near=last > at)
    return last


def _apart(tokens: Tokens, at: int, high: int, particles: Sequence[str]) -> int | None:
    """The index of the last of particles that somebody stands before: "ordered the rebels to leave"."""
    if at + 1 >= high or tokens.lows[at + 1] in words("events", "prepositions"):
        return None
    for place in range(at + 2, min(at + 1 + _WINDOW, high - len(particles) + 1)):
        if tuple(tokens.lows[place : place + len(particles)]) == tuple(particles):
            return place + len(particles) - 1 if _unbroken(tokens, at, place) else None
    return None


def _particle(tokens: Tokens, at: int, high: int, particle: str, *, near: bool) -> int | None:
    """The index of a particle: a preposition right behind its verb or an adverb, another word somewhere in the clause."""
    small = particle in words("events", "prepositions")
    for place in range(at + 1, min(at + 1 + (2 if small or near else _WINDOW), high)):
        gap = tokens.before(place)
        if (has_mark(gap) or "," in gap) and gap != ",":
            return None
        if tokens.lows[place] == particle or (len(particle) > _SHORT and tokens.lows[place] == _s(particle)):
            return place
        if small and not tokens.lows[place].endswith("ly"):
            return None
    return None


def _unbroken(tokens: Tokens, first: int, last: int) -> bool:
    """Whether no mark, and no word that opens a clause, stands between two words."""
    if any(tokens.lows[place] in words("events", "opens_clause") for place in range(first + 1, last)):
        return False
    return not any(has_mark(tokens.before(place)) for place in range(first + 1, last + 1))


def _object_head(tokens: Tokens, at: int, high: int, heads: frozenset[str]) -> int | None:
    """The index of the first word behind the verb that heads its object and is in the list."""
    for place in range(at, min(at + _WINDOW, high)):
        low = tokens.lows[place]
        gap = tokens.before(place)
        if has_mark(gap) or (low in words("events", "ends_object") and place > at):
            return None
        if low in heads and not _goes_on(tokens, place, high):
            return place
    return None


def _goes_on(tokens: Tokens, at: int, high: int) -> bool:
    """Whether the word only describes the noun behind it: the "attack" of "attack helicopters"."""
    if at + 1 >= high or tokens.before(at + 1).strip() or tokens.has_capital(at + 1):
        return False
    after = tokens.lows[at + 1]
    return not (
        after in words("events", "ends_object")
        or after in words("events", "after_object")
        or after[0].isdigit()
        or (after.endswith("ed") and base(after) is not None)
        or after.endswith("ly")
        or after in words("verbs", "auxiliaries")
    )


def _subject_head(tokens: Tokens, at: int, low: int, heads: frozenset[str]) -> int | None:
    """The index of the nearest word before a passive verb that is in the list, in its clause."""
    for place in range(at - 1, max(at - 14, low) - 1, -1):
        if tokens.lows[place] in heads:
            return place
        if has_mark(tokens.before(place + 1)) or tokens.lows[place] in words("events", "opens_clause"):
            return None
    return None


def _is_verb(tokens: Tokens, at: int, low: int, form: Form) -> bool:
    """Whether the form is a verb here, by what stands before and behind it: a noun of the same spelling has an article or an adjective."""
    gap = tokens.before(at)
    if gap[-1:] in ("-", "–") or (tokens.lows[at] in words("verbs", "auxiliaries") and _helps(tokens, at)):
        return False
    if form == "base":
        back = tokens.back_over(at, low, ("events", "between"))
        return back >= low and tokens.lows[back] in words("events", "before_base")
    before = tokens.lows[at - 1] if at > low and not gap.strip() else ""
    if before in words("events", "before_noun") or before.endswith("'s"):
        return False
    if form == "s":
        if tokens.lows[at] in words("events", "plural_nouns"):
            return bool(before) and _has_object(tokens, at)
        return bool(before) and (
            _has_object(tokens, at) or tokens.has_capital(at - 1) or at + 1 == len(tokens) or not tokens.before(at + 1).strip()
        )
    return form == "ing" or bool(before) or gap.endswith((", ", ") "))


def _has_object(tokens: Tokens, at: int) -> bool:
    """Whether an article or a name stands right behind a word: plurals that look like a verb have none."""
    return at + 1 < len(tokens) and (tokens.lows[at + 1] in words("events", "opens_object") or _is_name(tokens, at + 1))


def _helps(tokens: Tokens, at: int) -> bool:
    """Whether an auxiliary has its verb behind it: the "has" of "has rejected calls"."""
    while at + 1 < len(tokens) and (tokens.lows[at + 1] in words("events", "between") or tokens.lows[at + 1].endswith("ly")):
        at += 1
    return at + 1 < len(tokens) and base(tokens.lows[at + 1]) is not None and tokens.lows[at + 1].endswith(("ed", "en", "n", "t", "d"))


def _is_name(tokens: Tokens, at: int) -> bool:
    return not tokens.before(at).strip() and tokens.has_capital(at)


def is_passive(tokens: Tokens, at: int, low: int) -> bool:
    """Whether a form of "be" stands before the verb."""
    back = tokens.back_over(at, low, ("events", "between"))
    return back >= low and tokens.lows[back] in words("events", "be")


@cache
def _entries() -> Mapping[str, tuple[Entry, ...]]:
    """The lines of each verb, those with objects and particles before the bare one."""
    found: dict[str, list[Entry]] = {}
    for kind, lines in load("events")["verbs"].items():
        for line in " ".join(lines.split()).split(","):
            left, _, right = line.partition(">")
            if left.strip():
                verb, *particles = left.split()
                found.setdefault(verb, []).append(Entry(cast(EventType, kind), tuple(particles), _heads(right)))
    return {
        verb: tuple(sorted(entries, key=lambda entry: (-bool(entry.objects), -len(entry.particles), len(entry.objects))))
        for verb, entries in found.items()
    }


def _heads(right: str) -> frozenset[str]:
    """The words of an object, classes spelt out, each in singular and plural."""
    out: set[str] = set()
    for word in right.split():
        singles = load("events")["classes"][word[1:]].split() if word.startswith("@") else [word]
        for single in singles:
            out |= {single, _s(single)}
    return frozenset(out)


@cache
def _forms() -> Mapping[str, tuple[tuple[str, Form], ...]]:
    """The verbs and forms that a spelling may be."""
    found: dict[str, list[tuple[str, Form]]] = {}
    irregular: dict[str, set[str]] = {}
    for spelt, verb in table("verbs", "irregular").items():
        irregular.setdefault(verb, set()).add(spelt)
    for verb in _entries():
        for spelt, form in _inflected(verb, irregular.get(verb, set())):
            if (verb, form) not in found.setdefault(spelt, []):
                found[spelt].append((verb, form))
    return {spelt: tuple(pairs) for spelt, pairs in found.items()}


def _inflected(verb: str, irregular: set[str]) -> Iterator[tuple[str, Form]]:
    """The forms of a verb; where its last letter may be doubled, with one and with two."""
    yield verb, "base"
    yield _s(verb), "s"
    silent = verb.endswith("e") and not verb.endswith(("ee", "oe", "ye"))
    stems = [verb[:-1] if silent else verb]
    if verb[-1] not in "aeiouwxy" and len(verb) > 2 and verb[-2] in "aeiou":
        stems.append(verb + verb[-1])
    for stem in stems:
        yield stem + "ing", "ing"
    past = [spelt for spelt in irregular if not spelt.endswith("ing") and spelt != _s(verb)]
    if past:
        yield from ((spelt, "past") for spelt in sorted(past))
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        yield verb[:-1] + "ied", "past"
    else:
        yield from ((stem + "ed", "past") for stem in stems if not stem.endswith("ee"))
        if verb.endswith("ee"):
            yield verb + "d", "past"


def _s(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
