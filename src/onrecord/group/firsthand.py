"""First hand or not: how a report has one of its statements, in its own words.

told this newspaper · a letter seen by Die Lage · when reached by telephone       hand: the report had it itself
at her press conference · told reporters                                          public: so it may have had, as others may
wrote on Telegram                                                                 post: whoever reads it has the same words
told Radio Narew · the magazine wrote that … · in the interview with Die Lage     passed: by another medium
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

from onrecord.group.citations import Citation, own_names
from onrecord.group.prose import around
from onrecord.lexicons import load
from onrecord.records import Extent, Record, Span, Statement, span
from onrecord.reports import Report

Way = Literal["hand", "public", "post", "passed", "bare"]
Mark = tuple[Way, Span]


class Had(Record, frozen=True, kw_only=True):
    """How a report has a statement, with the words that say so; ``by`` are the media that passed it on, nearest the reader first."""

    way: Way
    spans: tuple[Span, ...] = ()
    by: tuple[Citation, ...] = ()
    is_conversation: bool = False


def had(report: Report, cited: Sequence[Citation], marked: Sequence[Mark]) -> dict[str, Had]:
    """For each statement of the report how the report has it; "bare" where no words say so.

    What the same speaker goes on to say in the next sentences, without a word on where it is from, is had the same way.
    """
    out: dict[str, Had] = {}
    known = {statement.id: statement for statement in report.extraction.statements}
    asked = interviewed(report, alone=not cited)
    last: dict[tuple[str, ...], tuple[Statement, Had]] = {}
    for statement in report.extraction.statements:
        found = _said_so(report, statement, cited, marked, known)
        who = () if statement.speaker is None else statement.speaker.actors
        if found.way == "bare" and asked and not asked.isdisjoint(who):
            found = Had(way="hand", spans=(_starts(statement),), is_conversation=True)
        if found.way == "bare" and who in last and _goes_on(report, last[who], statement):
            found = last[who][1]
        out[statement.id] = found
        if found.way != "bare" and who and not _starts(statement).place:
            last[who] = (statement, found)
    return _led(report, out)


def _led(report: Report, found: dict[str, Had]) -> dict[str, Had]:
    """The same, where an opening says in short what the same speaker says further down: it is had as that is."""
    out = dict(found)
    later: dict[str, Had] = {}
    for statement in reversed(report.extraction.statements):
        who = () if statement.speaker is None else statement.speaker.actors
        way = found[statement.id]
        if way.way == "bare":
            out[statement.id] = next((later[actor] for actor in who if actor in later), way)
        else:
            later |= dict.fromkeys(who, way)
    return {
        statement.id: out[statement.id] if out[statement.id].way in ("hand", "public") else found[statement.id]
        for statement in report.extraction.statements
    }


def marks(report: Report) -> tuple[Mark, ...]:
    """Every place where the report says that it has something first hand, or from a public occasion or post."""
    text = report.text
    found: list[tuple[Way, Extent]] = [("hand", extent) for extent in _owned(report)]
    found += [("hand", hit.span()) for hit in _either("alone").finditer(text)]
    found += [("public", hit.span()) for hit in _either("public").finditer(text)]
    found += [("post", hit.span()) for hit in _posts().finditer(text)]
    return tuple((way, span(text, extent)) for way, extent in sorted(found, key=lambda one: one[1]))


def interviewed(report: Report, *, alone: bool) -> frozenset[str]:
    """Who answers in a conversation that the report prints: its own outlet asks, or ``alone``, where no medium is cited, somebody else."""
    turns = [
        s for s in report.extraction.statements if s.cue is not None and s.cue.text == ":" and s.speaker is not None and s.cue.place is None
    ]
    own = own_names(report)
    asking = [s for s in turns if s.speaker and (own.fullmatch(s.speaker.text) or (alone and s.act == "ask"))]
    answering = {a for s in turns if s.speaker and s.act != "ask" and not own.fullmatch(s.speaker.text) for a in s.speaker.actors}
    return frozenset(answering) if len(turns) > 2 and asking else frozenset()


def _said_so(report: Report, statement: Statement, cited: Sequence[Citation], marked: Sequence[Mark], known: dict[str, Statement]) -> Had:
    """What the words around a statement, or around those it stands in, say of how the report has it."""
    by = tuple(_chain(statement, cited, known))
    own = own_names(report)
    if joint := [one.where for one in by if one.where is not None and own.search(one.where.text)]:
        # "An interview with this newspaper and the daily Echo": both had it.
        return Had(way="hand", spans=tuple(joint))
    if by:
        return Had(way="passed", spans=_places(by), by=by)
    where = _starts(statement)
    if where.place == "title":
        return Had(way="bare")
    start, end = _extent(report, statement)
    near = marked[bisect_left(marked, start, key=_place) : bisect_left(marked, end, key=_place)]
    others = [
        one for one in cited if not one.is_text and one.where is not None and one.where.place is None and start <= one.where.start < end
    ]
    # Whom somebody says that he rang up did not ring the paper.
    hands = [(way, mark) for way, mark in near if way == "hand" and (_outside(mark, statement) or own.search(mark.text))]
    owned = any(own.search(mark.text) for _, mark in hands)
    if not owned and statement.cue is not None and any(_outside(where, statement) for where in _places(others)):
        return Had(way="passed", spans=_places(others), by=tuple(others))
    if hands:
        return Had(way="hand", spans=tuple(mark for _, mark in hands))
    for way, mark in near:
        if way != "hand":
            return Had(way=way, spans=(mark,))
    if (place := _occasion(report, statement)) is not None:
        return Had(way="public", spans=(place,))
    if statement.cue is not None and _either("quoted").search(report.text, start, end):
        hit = _either("quoted").search(report.text, start, end)
        return Had(way="passed", spans=(span(report.text, hit.span()),) if hit else ())
    return Had(way="bare")


def recalls(report: Report, statement: Statement) -> bool:
    """Whether a statement is looked back at: its cue, or another one of the same speaker in its sentence, is "had said"."""
    if _is_past(statement):
        return True
    who = set(() if statement.speaker is None else statement.speaker.actors)
    start, end = around(report.text, _starts(statement).start, _starts(statement).end)
    return any(
        _is_past(one)
        and one.speaker is not None
        and who & set(one.speaker.actors)
        and start <= _starts(one).start < end
        and _outside(_starts(one), statement)
        for one in report.extraction.statements
    )


def _is_past(statement: Statement) -> bool:
    return statement.cue is not None and statement.cue.text.lower().startswith("had ")


def _occasion(report: Report, statement: Statement) -> Span | None:
    """Those to whom it was said, where they are a body: "told the foreign affairs committee of parliament"."""
    for heard in statement.addressee:
        if (
            any(actor.startswith("org:") for actor in heard.actors)
            and statement.cue is not None
            and statement.cue.lemma in ("tell", "brief", "address")
        ):
            return heard
    return None


def _places(cited: Iterable[Citation]) -> tuple[Span, ...]:
    return tuple(one.where for one in cited if one.where is not None)


def _place(mark: Mark) -> int:
    return mark[1].start


def _outside(where: Span, statement: Statement) -> bool:
    """Whether the medium is named beside what is said and not within it."""
    return not any(piece.start <= where.start < piece.end for piece in statement.content)


def _chain(statement: Statement, cited: Sequence[Citation], known: dict[str, Statement]) -> Iterator[Citation]:
    """The media that a statement, or those that it stands in, came by: nearest the reader first."""
    lines: list[Statement] = []
    seen: Statement | None = statement
    while seen is not None and seen not in lines:
        lines.append(seen)
        seen = known.get(seen.within) if seen.within is not None else None
    for line in reversed(lines):
        order = {(via.start, via.end): at for at, via in enumerate(line.via)}
        theirs = [one for one in cited if one.statement == line.id]
        yield from sorted(
            theirs, key=lambda one: (one.kind != "says", len(order) if one.where is None else order.get(one.where.extent, len(order)))
        )


def _goes_on(report: Report, before: tuple[Statement, Had], statement: Statement) -> bool:
    """Whether a statement goes on from an earlier one of the same speaker: not far behind it, and on the same occasion."""
    first, then = _starts(before[0]), _starts(statement)
    if statement.said.when is not None and before[0].said.when is not None and statement.said.when.first != before[0].said.when.first:
        return False
    if first.place or then.place or then.start < first.start or then.start - first.start > _FAR:
        return False
    breaks = report.text.count("\n\n", first.start, then.start)
    return breaks <= (3 if before[1].way == "passed" else 2)


_FAR = 1200
"""Letters after which a speaker's words are not taken to be had as the last ones were."""


def _starts(statement: Statement) -> Span:
    return statement.cue or statement.speaker or statement.content[0]


def _extent(report: Report, statement: Statement) -> Extent:
    """The sentences that hold cue, speaker and the content beside them."""
    first = _starts(statement)
    begin, end = around(report.text, first.start, first.end)
    for piece in statement.content:
        if piece.place is None and piece.start - end < 3 and piece.start >= begin:
            end = max(end, around(report.text, piece.start, min(piece.end, piece.start + 1))[1])
    return begin, end


def _owned(report: Report) -> Iterator[Extent]:
    """Where the report's own outlet is named beside words that say that it has something itself."""
    text = report.text
    for hit in own_names(report).finditer(text):
        before = _either("to_own", after=r"\s+(?:\w+ly\s+)?$").search(text, max(hit.start() - 60, 0), hit.start())
        if before is not None:
            yield before.start(), hit.end()
        elif (behind := _either("of_own", before=r"(?:[’']s)?,?\s+").match(text, hit.end())) is not None:
            yield hit.start(), behind.end()


def _alternatives(key: str) -> str:
    return "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in sorted(load("firsthand")[key], key=len, reverse=True))


@cache
def _either(key: str, before: str = r"(?<!\w)", after: str = r"(?!\w)") -> re.Pattern[str]:
    return re.compile(rf"{before}(?:{_alternatives(key)}){after}", re.IGNORECASE)


@cache
def _posts() -> re.Pattern[str]:
    names = _alternatives("posts")
    return re.compile(
        rf"(?<!\w)(?:wrote|written|writes|says|said|posted|announced|tweeted|shared|published|added|replied|post|statement|message|thread|video)\s+"
        rf"(?:\w+\s+){{0,3}}?(?:on|to|via|in)\s+"
        rf"(?:\w+\s+){{0,2}}?(?:{names})(?!\w)|(?<!\w)(?:tweeted|posted)(?!\w)"
    )
