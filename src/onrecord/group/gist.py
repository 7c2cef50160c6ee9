"""What a statement says, made comparable: one gist a statement, kept by the ledger so that nothing is read twice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.group.terms import Term, is_empty, number, plain_words, terms
from onrecord.lexicons import load
from onrecord.records import Actor, Condition, Event, Mention, Record, Span, Statement
from onrecord.reports import Report

_QUOTED = re.compile(r"[“\"«„]([^”\"»“]{3,600})[”\"»]|(?<![\w])[‘']([^’'‘\n]{3,400}(?:[’'](?=\w)[^’'‘\n]{0,400}){0,6})[’'](?!\w)")
_REACH = 3
"""Words after a negation that it turns."""
_LONGEST = 400
"""Words of one statement that are compared at most."""
_LETTERS = 4000
"""Letters of one piece of content that are looked at: more than any sentence has."""


class Gist(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A statement in a form that is compared word by word."""

    article: str
    statement: str
    anchor: str
    day: str
    """The article's day."""
    at: int
    """Where it begins in the text, -1 in the title."""
    within: str | None = None
    actors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    unnamed: bool = False
    called: tuple[str, ...] = ()
    """Stems of the words for the speaker, and of the actor's name."""
    offices: tuple[str, ...] = ()
    """Stems of the offices that the article gives the speaker."""
    home: tuple[str, ...] = ()
    """Countries of those offices."""
    act: str = "assert"
    continuity: str | None = None
    words: tuple[str, ...] = ()
    """Stems of the content outside its conditions, in order, each once."""
    bound: tuple[str, ...] = ()
    """Stems of what it is made to depend on."""
    kinds: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Stems with a capital letter, among words and bound."""
    numbers: tuple[tuple[float, str], ...] = ()
    """Each number with the stem that follows it."""
    negated: tuple[str, ...] = ()
    """Stems of the content that stand behind a negation."""
    said: str = ""
    """The whole content as plain words, with blanks around it."""
    quoted: tuple[str, ...] = ()
    """Its stretches in quotation marks, likewise."""
    events: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    """Days of saying, where the text has them."""
    hearings: tuple[str, ...] = ()
    """Kinds of place where it was said, as the text has them."""
    heard: tuple[str, ...] = ()
    """Media to whom it was said, or through whom the article has it, and the article's own."""


def gists(report: Report) -> tuple[Gist, ...]:
    """The gist of each statement of the report, in the text's order."""
    extraction = report.extraction
    events = _by_statement(extraction.events)
    bound = conditions_within(extraction.statements, extraction.conditions)
    actors = {actor.id: actor for actor in extraction.actors}
    outlets = frozenset(_plain(actor.name) for actor in extraction.actors if actor.kind == "outlet")
    made = [_gist(report, each, bound[each.id], events.get(each.id, ()), actors, outlets) for each in extraction.statements]
    return tuple(_told_apart(sorted(made, key=lambda gist: (gist.at, gist.anchor, gist.statement))))


def _told_apart(made: Iterable[Gist]) -> Iterator[Gist]:
    """Two statements with one trigger have one anchor: the second is named by its own id."""
    seen: set[str] = set()
    for gist in made:
        yield gist if gist.anchor not in seen else replace(gist, anchor=gist.statement)
        seen.add(gist.anchor)


def conditions_of(statement: Statement, conditions: Iterable[Condition]) -> list[Condition]:
    """The conditions of the statement, and those of what is told within it."""
    return [each for each in conditions if each.statement == statement.id or _inside(each.marker, statement.content)]


def conditions_within(statements: Iterable[Statement], conditions: Sequence[Condition]) -> dict[str, list[Condition]]:
    """The same for several statements, without looking through all conditions for each."""
    places = sorted((_place(each.marker), at) for at, each in enumerate(conditions))
    keys = [place for place, _ in places]
    own: dict[str, list[int]] = {}
    for at, condition in enumerate(conditions):
        if condition.statement is not None:
            own.setdefault(condition.statement, []).append(at)
    found = {}
    for each in statements:
        inside = {
            at
            for span in each.content
            for _, at in places[bisect_left(keys, _place(span)) : bisect_left(keys, (span.place or "", span.end))]
        }
        found[each.id] = [conditions[at] for at in sorted(inside.union(own.get(each.id, ())))]
    return found


def _place(span: Span) -> tuple[str, int]:
    return span.place or "", span.start


def _inside(span: Span, content: Sequence[Span]) -> bool:
    return any(piece.place == span.place and piece.start <= span.start and span.end <= piece.end for piece in content)


def _by_statement(records: Iterable[Event]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for record in records:
        if record.statement is not None:
            found.setdefault(record.statement, []).append(record)
    return found


def _gist(
    report: Report,
    statement: Statement,
    bound: Sequence[Condition],
    events: Sequence[Event],
    actors: dict[str, Actor],
    outlets: frozenset[str],
) -> Gist:
    content = _content(statement, bound)
    when = statement.said.when
    speaker = statement.speaker
    own = [actors[actor] for actor in (speaker.actors if speaker else ()) if actor in actors]
    return Gist(
        article=report.article, statement=statement.id, anchor=statement.anchor, day=report.day, at=_position(statement),
        within=statement.within, act=statement.act, continuity=statement.continuity,
        actors=speaker.actors if speaker else (), countries=_countries(speaker, own), unnamed=speaker.unnamed if speaker else True,
        called=_called(speaker, own), offices=_offices(own), home=_once(r.country for a in own for r in a.roles if r.country),
        words=content.words, bound=content.bound, kinds=_once(each.kind for each in bound), names=content.names,
        numbers=content.numbers, negated=content.negated, said=content.said, quoted=content.quoted,
        events=_once(f"{e.type}>{','.join(e.recipient.countries) if e.recipient else ''}" for e in events),
        first=when.first or when.to if when else None, last=when.to or when.first if when else None,
        hearings=_hearings(statement), heard=_heard(statement, report, outlets),
    )  # fmt: skip


class _Content(NamedTuple):
    words: tuple[str, ...]
    bound: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[tuple[float, str], ...]
    negated: tuple[str, ...]
    said: str
    quoted: tuple[str, ...]


def _content(statement: Statement, conditions: Sequence[Condition]) -> _Content:
    """The content's words, those of its conditions apart."""
    antecedents = [span for each in conditions for span in each.antecedent]
    main: list[Term] = []
    bound: list[Term] = []
    for piece, depends in _pieces(statement.content, antecedents):
        (bound if depends else main).extend(terms(piece)[:_LONGEST])
    full = [word for span in statement.content for word in plain_words(_cut(span).text)][:_LONGEST]
    return _Content(
        words=_stems(main), bound=_stems(bound),
        names=_once(term.stem for term in (*_inner(main), *_inner(bound)) if term.capital and not is_empty(term.word)),
        numbers=tuple(dict.fromkeys((*_numbers(main), *_numbers(bound)))),
        negated=_negated(main), said=f" {' '.join(full)} ", quoted=tuple(_quoted(statement.content)),
    )  # fmt: skip


def _pieces(content: Sequence[Span], antecedents: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """The content's text in pieces, each with whether it is what a condition makes it depend on."""
    for span in map(_cut, content):
        at = span.start
        for inner in sorted((a for a in antecedents if a.place == span.place), key=lambda each: each.start):
            first, last = max(inner.start, at), min(inner.end, span.end)
            if first < last:
                yield span.text[at - span.start : first - span.start], False
                yield span.text[first - span.start : last - span.start], True
                at = last
        yield span.text[at - span.start :], False


def _cut(span: Span) -> Span:
    if span.end - span.start <= _LETTERS:
        return span
    return Span(start=span.start, end=span.start + _LETTERS, text=span.text[:_LETTERS], place=span.place)


def _stems(found: Sequence[Term]) -> tuple[str, ...]:
    return _once(term.stem for term in found if not is_empty(term.word) and len(term.word) > 1)


def _inner(found: Sequence[Term]) -> Sequence[Term]:
    """Without the first word, which has its capital from the sentence, unless it is a known name."""
    return found if found and ":" in found[0].stem else found[1:]


def _numbers(found: Sequence[Term]) -> Iterator[tuple[float, str]]:
    for at, term in enumerate(found):
        value = number(term.word)
        if value is None or term.word in ("one", "zero") or (1900 <= value <= 2100 and term.word.isdigit()):
            continue
        if not any(near.word in _months() for near in found[max(0, at - 1) : at + 2]):
            after = next(iter(found[at + 1 : at + 2]), None)
            yield value, "" if after is None or is_empty(after.word) or number(after.word) is not None else after.stem


@cache
def _months() -> frozenset[str]:
    return frozenset(load("phrases")["calendar"])


def _negated(found: Sequence[Term]) -> tuple[str, ...]:
    """What stands behind a negation, up to a few words on."""
    negations = _negations()
    out: list[str] = []
    left = 0
    for term in found:
        if term.word in negations or term.word.endswith(("n't", "nnot")):
            left = _REACH
        elif left and not is_empty(term.word):
            out.append(term.stem)
            left -= 1
    return _once(out)


@cache
def _negations() -> frozenset[str]:
    return frozenset(load("negation")["words"])


def _quoted(content: Sequence[Span]) -> Iterator[str]:
    for span in content:
        for hit in _QUOTED.finditer(span.text[:_LETTERS]):
            words = plain_words(hit[1] or hit[2])
            if words:
                yield f" {' '.join(words)} "


def _countries(speaker: Mention | None, own: Sequence[Actor]) -> tuple[str, ...]:
    return _once((*(speaker.countries if speaker else ()), *(code for actor in own for code in actor.countries)))


def _called(speaker: Mention | None, own: Sequence[Actor]) -> tuple[str, ...]:
    """Stems of the words for the speaker; of the name alone where the words are a pronoun or long."""
    texts = [actor.name for actor in own]
    if speaker is not None:
        texts += [actor.partition(":")[2].replace("-", " ") for actor in speaker.actors if actor.startswith(("person:", "org:"))]
        texts.append(speaker.text[:_LETTERS].split(",")[0])
    return _once(_unmixed(term) for text in texts for term in terms(text) if not is_empty(term.word))


def _unmixed(term: Term) -> str:
    """The stem, but for a name the name itself: Mr Post is no job."""
    return term.word if term.stem.startswith("=") else term.stem


def _offices(own: Sequence[Actor]) -> tuple[str, ...]:
    return _once(_unmixed(term) for actor in own for role in actor.roles for term in terms(role.title) if not is_empty(term.word))


def _hearings(statement: Statement) -> tuple[str, ...]:
    """Kinds of place that venue and addressee name."""
    spans: tuple[Span, ...] = (*statement.venue, *statement.addressee)
    words = {word for span in spans for word in plain_words(span.text)}
    return tuple(kind for kind, nouns in _places() if not words.isdisjoint(nouns)) if words else ()


@cache
def _places() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((kind, frozenset(nouns)) for kind, nouns in load("alike")["hearings"].items())


def _heard(statement: Statement, report: Report, outlets: frozenset[str]) -> tuple[str, ...]:
    """Media that the statement was made to, or is had through."""
    named = [via.outlet for via in statement.via if via.outlet]
    named += [each.text for each in statement.addressee if any(actor.startswith("outlet:") for actor in each.actors)]
    return _once(_plain(name) for name in (*named, report.outlet or ""))


@lru_cache(4096)
def _plain(name: str) -> str:
    return re.sub(r"^(?:the|a) ", "", " ".join(plain_words(name)))


def _position(statement: Statement) -> int:
    spans = [span for span in (statement.cue, *statement.content) if span is not None]
    return min((-1 if span.place == "title" else span.start for span in spans), default=0)


def _once(items: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(items)
    found.pop("", None)
    return tuple(found)
