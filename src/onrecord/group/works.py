"""Works: what a report cites of other media, and which of it is not held. It is the reading list that a story lacks.

during a May 26 interview with Tagesschau television   Tagesschau, interview of 26 May 2024
According to a report by Der Spiegel                   Der Spiegel, report
a joint article in The Telegraph … In March 2024       The Telegraph, joint article of March 2024
wrote on Telegram                                      a post of the speaker's on Telegram
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.group.citations import NAME, Citation, citations, is_known, is_own
from onrecord.group.outlets import is_same
from onrecord.lexicons import load
from onrecord.records import Record, Span, Statement, When
from onrecord.reports import Cited, Report, WorkKind

NEAR = 3
"""Days by which a report that is held may be away from the day of the work that is cited."""
_IN = re.compile(
    r"(?:in|on|by|for|with|to|at|from|of)[ \u00a0](?P<phrase>(?:(?:the|The|a|an|its|his|her)[ \u00a0])?(?:[a-z][\w-]*[ \u00a0]){0,3}?"
    rf"(?P<name>{NAME})(?:[ \u00a0][a-z]+)?)"
)
_PRINTED = frozenset(("article", "joint article", "letter"))
"""What stands in a publication: the name behind "in" is one's, however unknown it is."""


class _Mention(Record, frozen=True, kw_only=True):
    outlet: str | None
    kind: WorkKind | None
    author: str | None
    when: When | None
    spans: tuple[Span, ...]


def cited(report: Report, held: Iterable[Report]) -> tuple[Cited, ...]:
    """The works that the report cites and that are not held, in the order in which it cites them.

    Args:
        held: the reports that the ledger holds of the report's story, or more.
    """
    others = [one for one in held if one.article != report.article]
    return tuple(work for work in works(report, others) if not any(_is_held(report, work, other) for other in others))


def works(report: Report, others: Iterable[Report] = ()) -> tuple[Cited, ...]:
    """Every work of another medium that the report cites; what it says in several places of one work is one."""
    outlets = tuple(sorted({one.outlet for one in others if one.outlet}))
    joined: list[_Mention] = []
    for mention in _mentions(report, outlets):
        at = next((n for n, one in enumerate(joined) if _is_one(one, mention)), None)
        if at is None:
            joined.append(mention)
        else:
            joined[at] = _both(joined[at], mention)
    return tuple(_work(report, mention) for mention in joined)


def _mentions(report: Report, outlets: tuple[str, ...]) -> Iterator[_Mention]:
    """What each statement says of a work, then what else the text names as its source."""
    known = citations(report, outlets)
    for statement in report.extraction.statements:
        yield from _placed(report, statement, known)
        for one in known:
            if one.statement == statement.id and one.name is not None and one.kind != "named" and not _in_venue(one, statement):
                yield _of(report, one, statement)
    for one in known:
        if one.statement is None and one.name is not None and one.kind != "dateline" and one.where is not None:
            yield _Mention(outlet=one.name, kind=None, author=None, when=None, spans=(one.where,))


def _in_venue(one: Citation, statement: Statement) -> bool:
    return one.where is not None and any(place.start <= one.where.start < place.end for place in statement.venue)


def _of(report: Report, one: Citation, statement: Statement) -> _Mention:
    where = () if one.where is None else (one.where,)
    author = _author(report, statement) if one.kind == "told" else None
    kind = None if one.where is None else _kind(one.where.text)
    when = statement.said.when if one.kind in ("says", "relay") else None
    return _Mention(outlet=one.name, kind=kind, author=author, when=when, spans=(*where, *(when.spans if when is not None else ())))


def _placed(report: Report, statement: Statement, known: Iterable[Citation]) -> Iterator[_Mention]:
    """The work, or the post, that a statement was made in, by the words for its venue."""
    when, who = statement.said.when, _author(report, statement)
    days = when.spans if when is not None else ()
    for place in statement.venue:
        kind = _kind(place.text)
        named = [one.name for one in known if one.statement == statement.id and _in_venue(one, statement)]
        name = next(iter(named), None) if kind is None else _medium(report, statement, place.text, kind) or next(iter(named), None)
        if kind is not None and name is not None and not is_own(report, name):
            yield _Mention(outlet=name, kind=kind, author=who, when=when, spans=(place, *days))
        elif who is not None and _is_named(statement) and _posts().fullmatch(place.text) is not None:
            yield _Mention(outlet=None, kind="post", author=who, when=when, spans=(place, *days))


def _is_named(statement: Statement) -> bool:
    """Whether the speaker is somebody in particular, by whose name a post can be found."""
    speaker = statement.speaker
    return speaker is not None and not speaker.unnamed and any(actor.startswith(("person:", "org:", "state:")) for actor in speaker.actors)


def _author(report: Report, statement: Statement) -> str | None:
    """The speaker's name, where the article has it; else the words for the speaker."""
    if statement.speaker is None:
        return None
    named = {actor.id: actor.name for actor in report.extraction.actors if actor.kind == "person"}
    return next((named[actor] for actor in statement.speaker.actors if actor in named), statement.speaker.text)


def _kind(phrase: str) -> WorkKind | None:
    return next((kind for kind, pattern in _kinds() if pattern.search(phrase)), None)


@cache
def _kinds() -> tuple[tuple[WorkKind, re.Pattern[str]], ...]:
    """What a work is called for each kind, the more particular kinds first."""
    return tuple(
        (kind, re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.I)) for kind, words in load("firsthand")["works"].items()
    )


def _medium(report: Report, statement: Statement, phrase: str, kind: WorkKind) -> str | None:
    """The medium that the words for a work name. An interview "with" the speaker names none; with anybody else it was given to a medium."""
    nouns = frozenset(load("firsthand")["media"]) | frozenset(load("outlets")["nouns"])
    for hit in _IN.finditer(phrase):
        name = hit.group("name")
        called = f"The {name}" if hit.group("phrase").startswith("The ") else name
        beside = {word.lower() for word in hit.group("phrase").replace(name, " ").split()}
        if is_known(name) or is_known(called) or beside & nouns or (kind in _PRINTED and hit.group().startswith("in")):
            return called
        plainly = beside <= {"the", "a", "an"} and hit.group().startswith(("with", "to"))
        if kind == "interview" and plainly and not _is_somebody(report, statement, name):
            return called
    return None


def _is_somebody(report: Report, statement: Statement, name: str) -> bool:
    """Whether a name is that of a person or body in the article, and so no medium's; or of nobody but the one who speaks."""
    if statement.speaker is None or name in statement.speaker.text:
        return True
    others = [actor for actor in report.extraction.actors if actor.kind != "outlet"]
    return any(name in (actor.name, *(mention.text for mention in actor.mentions)) or actor.name in name for actor in others)


@cache
def _posts() -> re.Pattern[str]:
    names = [re.escape(name) for name in load("firsthand")["posts"] if " on" not in name and name != "tweeted"]
    return re.compile(
        rf"(?:(?:the|a|an|his|her|its|their|social|network|platform|messaging|app|service|post|on)\s+)*(?:{'|'.join(names)})", re.I
    )


def _is_one(one: _Mention, other: _Mention) -> bool:
    """Whether two mentions may be of one work: of one outlet, with nothing that tells them apart."""
    if one.outlet is None or other.outlet is None:
        return (
            one.outlet is other.outlet
            and one.author == other.author
            and one.spans[0].text == other.spans[0].text
            and _are_near(one.when, other.when)
        )
    if not is_same(one.outlet, other.outlet) or not _are_near(one.when, other.when):
        return False
    return one.kind is None or other.kind is None or one.kind == other.kind or "report" in (one.kind, other.kind)


def _are_near(one: When | None, other: When | None) -> bool:
    if one is None or other is None or one.first is None or other.first is None:
        return True
    return one.first <= (other.to or other.first) and other.first <= (one.to or one.first)


def _both(one: _Mention, other: _Mention) -> _Mention:
    kind = other.kind if one.kind in (None, "report") and other.kind is not None else one.kind
    spans = tuple(dict.fromkeys((*one.spans, *other.spans)))
    return _Mention(outlet=one.outlet, kind=kind, author=one.author or other.author, when=one.when or other.when, spans=spans)


def _work(report: Report, mention: _Mention) -> Cited:
    kind = mention.kind or "report"
    place = f"{mention.author} on {mention.spans[0].text}" if mention.outlet is None else mention.outlet
    title = f"{place}, {kind}{_dated(mention.when)}"
    return Cited(
        article=report.article, outlet=mention.outlet, kind=kind, author=mention.author, when=mention.when, title=title,
        spans=tuple(report.evidence(where) for where in mention.spans),
    )  # fmt: skip


def _dated(when: When | None) -> str:
    """The day or month of a work as a title has it: " of 26 May 2024"."""
    if when is None or when.first is None:
        return ""
    try:
        first = datetime.date.fromisoformat(when.first)
    except ValueError:
        return ""
    if when.granularity in ("minute", "hour", "day"):
        return f" of {first.day} {first:%B %Y}"
    if when.granularity == "month":
        return f" of {first:%B %Y}"
    return f" of {first.year}" if when.granularity == "year" else ""


def _is_held(report: Report, work: Cited, other: Report) -> bool:
    """Whether a held report is the work: of its outlet, and from about its day, or else from the days before the report that cites it."""
    if work.outlet is None or other.outlet is None or not is_same(work.outlet, other.outlet):
        return False
    if work.when is not None and work.when.first is not None:
        return _day(work.when.first, -NEAR) <= other.day <= _day(work.when.to or work.when.first, NEAR)
    return other.day <= report.day


def _day(day: str, by: int) -> str:
    try:
        return (datetime.date.fromisoformat(day) + datetime.timedelta(days=by)).isoformat()
    except (ValueError, OverflowError):
        return day
