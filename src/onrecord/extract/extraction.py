"""From frames to records: the order in which the rules have their say."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeVar, cast

import msgspec

from onrecord.extract.acts import act
from onrecord.extract.borders import Borders
from onrecord.extract.chains import chained
from onrecord.extract.conditions import Binding, bindings
from onrecord.extract.confidence import of_condition, of_event, of_statement, rounded
from onrecord.extract.continued import continued
from onrecord.extract.cues import with_auxiliaries
from onrecord.extract.deeds import FOUND, Deed
from onrecord.extract.doubles import single
from onrecord.extract.drafts import Draft, drafts
from onrecord.extract.events import deeds
from onrecord.extract.headlines import headlines, reported
from onrecord.extract.inner import heard
from onrecord.extract.links import Voices, parents, relations, speaking
from onrecord.extract.media import Media
from onrecord.extract.occasions import occasions
from onrecord.extract.parts import Tree, negated
from onrecord.extract.quoted import belong, manner
from onrecord.extract.quotes import quotations
from onrecord.extract.relays import outlet, relay
from onrecord.extract.repairs import repaired
from onrecord.extract.stance import Clauses, continuity, hedges, occasion
from onrecord.extract.words import lemma, phrases, words
from onrecord.identity import anchor, record_id
from onrecord.records import (
    Calibration,
    Condition,
    Cue,
    Event,
    Extent,
    Facts,
    Frames,
    Hedge,
    Mention,
    Part,
    Published,
    Record,
    Said,
    Span,
    Statement,
    TimeExpression,
    Via,
    When,
    span,
)  # fmt: skip

R = TypeVar("R", Statement, Condition, Event)
S = TypeVar("S", bound=Span)
Place = Literal["title"] | None
Dating = Callable[[Sequence[TimeExpression]], When | None]


class Extracted(Record, frozen=True, kw_only=True):
    """What was read off one text: records that nothing is resolved in yet, and what was left out, counted by its reason."""

    statements: tuple[Statement, ...]
    conditions: tuple[Condition, ...]
    events: tuple[Event, ...]
    skipped: dict[str, int]


def extract(
    text: str,
    frames: Frames,
    *,
    article: str,
    reader: str,
    times: Sequence[TimeExpression],
    published: Published,
    place: Place = None,
    publisher: str | None = None,
    calibration: Calibration | None = None,
) -> Extracted:
    """The statements, conditions and events of a text, on borders that its form settles, linked to one another.

    Args:
        text: the article's text, or its title.
        frames: what the reader saw in this text.
        article: the article's id, which ids and anchors rest on.
        reader: name and version of the reader, such as ``en/1``.
        times: the time expressions of this text, with their values.
        published: the article's day of publication; dates of saying are already worked out against it in ``times``.
        place: ``"title"`` where the text is the article's title.
        publisher: the outlet that published the article, where it is known: no report of its own goes through it.
        calibration: what the reader's confidence is worth; without one, records keep what the reader gave.
    """
    from onrecord.extract.dates import when  # Dates are read by a file of their own in this room.

    skipped: Counter[str] = Counter()
    quoted = quotations(text)
    if quoted.unclosed:
        skipped["unclosed quotation"] = quoted.unclosed
    borders = Borders(text, frames.sentences, quoted)
    ordered = sorted(times, key=lambda expression: expression.start)
    seen = reported(text, frames.frames, skipped)
    found = single(borders, repaired(borders, drafts(borders, seen, skipped), skipped), skipped)
    with_auxiliaries(borders, found)
    found = sorted([*found, *headlines(borders, found, frames.entities, place)], key=lambda draft: draft.start)
    found = chained(borders, found, skipped)
    belong(borders, found)
    media = Media(text, frames.entities, publisher)
    found = heard(borders, relay(borders, found, media, frames.entities), skipped)
    occasions(borders, found, frames.entities)
    found = sorted([*found, *continued(borders, found)], key=lambda draft: draft.start)
    page = _Page(text, article, reader, place, ordered, when, media, calibration)
    bound = bindings(borders, seen, skipped)
    year = int(published.first[:4]) if published.first else None
    done = deeds(borders, seen, frames.entities, ordered, skipped, year)
    return _linked(page, borders, frames, found, bound, done, skipped)


class _Page:
    """What every record of one text needs: the text, the names in its ids, its times."""

    __slots__ = ("article", "calibration", "media", "place", "reader", "text", "times", "when")

    def __init__(
        self,
        text: str,
        article: str,
        reader: str,
        place: Place,
        times: Sequence[TimeExpression],
        when: Dating,
        media: Media,
        calibration: Calibration | None,
    ) -> None:
        self.text, self.article, self.reader, self.place, self.times, self.when = text, article, reader, place, times, when
        self.media = media
        self.calibration = calibration

    def span(self, extent: Extent) -> Span:
        return span(self.text, extent, self.place)

    def spans(self, extents: Sequence[Extent]) -> tuple[Span, ...]:
        return tuple(self.span(extent) for extent in extents)

    def mention(self, extent: Extent) -> Mention:
        start, end = extent
        return Mention(start=start, end=end, text=self.text[start:end], place=self.place, actors=(), countries=(), unnamed=False)

    def named(self, record: R) -> R:
        """The record with its id and anchor."""
        return msgspec.structs.replace(record, id=record_id(record, self.article, self.reader), anchor=anchor(record, self.article))

    def weighed(self, record: R, facts: Facts) -> R:
        """The record with the confidence that follows from what is known of it, where that is known for this reader."""
        if self.calibration is None:
            return record
        return msgspec.structs.replace(record, confidence=rounded(self.calibration.confidence(record, facts)))


def _linked(
    page: _Page,
    borders: Borders,
    frames: Frames,
    found: Sequence[Draft],
    bound: Sequence[Binding],
    done: Sequence[Deed],
    skipped: Counter[str],
) -> Extracted:
    """The records, once each, with the ids of those that they belong to."""
    clauses = Clauses(borders, found)
    statements = [_statement(page, borders, frames, draft, clauses) for draft in found]
    first = _firsts(statements)
    found, statements = [found[at] for at in first], [statements[at] for at in first]
    voices, ids = Voices(found), [statement.id for statement in statements]
    above = parents(voices)
    events = _events(page, done, _ids(ids, speaking(voices, [((deed.trigger,), ()) for deed in done])))
    sides = [((binding.marker,), binding.antecedent) for binding in bound]
    conditions = _conditions(page, bound, events, _ids(ids, speaking(voices, sides)))
    related = relations(borders, found, ids, above)
    own_events = _by_statement(events)
    held = _held(voices, ids, above, conditions)
    linked = [
        msgspec.structs.replace(
            statement,
            within=None if above[at] is None else ids[cast(int, above[at])],
            conditions=held.get(statement.id, ()),
            events=own_events.get(statement.id, ()),
            relations=related.get(at, ()),
        )
        for at, statement in enumerate(statements)
    ]
    linked = [page.weighed(statement, of_statement(draft, statement)) for draft, statement in zip(found, linked, strict=True)]
    return Extracted(statements=tuple(linked), conditions=tuple(conditions), events=tuple(events), skipped=dict(skipped))


def _statement(page: _Page, borders: Borders, frames: Frames, draft: Draft, clauses: Clauses) -> Statement:
    """The statement of a draft, without its links."""
    clause = clauses.of(draft)
    roles, speaker = draft.roles, draft.speaker
    return page.named(
        Statement(
            id="",
            anchor="",
            within=None,
            speaker=None if speaker is None else page.mention(speaker),
            cue=_cue(page, draft),
            content=page.spans(draft.content),
            manner=manner(borders, draft),
            act=act(borders, draft),
            continuity=continuity(borders, draft),
            hedges=tuple(_hedge(page, extent, kind) for extent, kind in hedges(borders, draft, clause)),
            addressee=tuple(page.mention(extent) for extent in roles.get("addressee", ())),
            venue=page.spans(roles.get("venue", ())),
            said=Said(when=page.when(occasion(borders, draft, clause, page.times)), where=page.spans(roles.get("where", ()))),
            via=tuple(_via(page, frames, extent) for extent in roles.get("via", ())),
            conditions=(),
            events=(),
            relations=(),
            by=_by(page, draft),
            confidence=rounded(draft.confidence),
        )
    )


def _cue(page: _Page, draft: Draft) -> Cue | None:
    if not draft.trigger:
        return None
    (start, end), *more = draft.trigger
    words_ = " ".join(page.text[a:b] for a, b in draft.trigger)
    return Cue(start=start, end=end, text=page.text[start:end], place=page.place, lemma=lemma(words_), more=page.spans(more))


def _hedge(page: _Page, extent: Extent, kind: str) -> Hedge:
    start, end = extent
    return Hedge(start=start, end=end, text=page.text[start:end], place=page.place, kind=kind)  # type: ignore[arg-type]


def _via(page: _Page, frames: Frames, extent: Extent) -> Via:
    start, end = extent
    return Via(
        start=start, end=end, text=page.text[start:end], place=page.place, outlet=outlet(page.text, extent, frames.entities, page.media)
    )


def _by(page: _Page, draft: Draft) -> str:
    """Who saw it: the reader, with the rules that changed what it holds; or the rule alone that found it."""
    if draft.rules[:1] and draft.rules[0].startswith("rule/colon-headline"):
        return " ".join(draft.rules)
    return " ".join([f"reader/{page.reader.replace('/', '-')}", *draft.rules])


def _firsts(statements: Sequence[Statement]) -> list[int]:
    """The places of the statements whose spans no earlier one has."""
    seen: set[str] = set()
    out = []
    for at, statement in enumerate(statements):
        if statement.id not in seen:
            seen.add(statement.id)
            out.append(at)
    return out


def _ids(ids: Sequence[str], places: Sequence[int | None]) -> list[str | None]:
    return [None if place is None else ids[place] for place in places]


def _events(page: _Page, done: Sequence[Deed], voices: Sequence[str | None]) -> list[Event]:
    """The events of the deeds."""
    records = [
        page.named(
            Event(
                id="",
                anchor="",
                statement=statement,
                type=deed.type,
                mode=deed.mode,
                actor=None if deed.actor is None else page.mention(deed.actor),
                recipient=None if deed.recipient is None else page.mention(deed.recipient),
                location=page.spans(deed.places),
                when=page.when(deed.times),
                start=deed.trigger[0],
                end=deed.trigger[1],
                text=page.text[deed.trigger[0] : deed.trigger[1]],
                place=page.place,
                by=" ".join(deed.rules) if FOUND in deed.rules else " ".join([f"reader/{page.reader.replace('/', '-')}", *deed.rules]),
                confidence=rounded(deed.confidence),
            )
        )
        for deed, statement in zip(done, voices, strict=True)
    ]
    return [page.weighed(record, of_event(deed)) for deed, record in zip(done, records, strict=True)]


def _conditions(page: _Page, bound: Sequence[Binding], events: Sequence[Event], voices: Sequence[str | None]) -> list[Condition]:
    """The conditions of the bindings, once each."""
    by = f"reader/{page.reader.replace('/', '-')}"
    out: dict[str, Condition] = {}
    for binding, statement in zip(bound, voices, strict=True):
        record = page.named(
            Condition(
                id="",
                anchor="",
                statement=statement,
                marker=page.span(binding.marker),
                kind=binding.kind,
                realis=binding.realis,
                antecedent=page.spans(binding.antecedent),
                consequent=page.spans(binding.consequent),
                parts=_part(page, binding.tree, events),
                by=binding.rule or by,
                confidence=rounded(binding.confidence),
            )
        )
        out.setdefault(record.id, page.weighed(record, of_condition(binding, record)))
    return list(out.values())


def _part(page: _Page, tree: Tree, events: Sequence[Event]) -> Part:
    """The part at a tree: a leaf with what its words say, or a group."""
    if tree.op is not None:
        return Part(op=tree.op, parts=tuple(_part(page, part, events) for part in tree.parts))
    start, end = tree.extent
    return Part(
        span=page.span(tree.extent),
        negated=negated(page.text, tree.extent),
        deadline=page.when(_deadlines(page, tree.extent)),
        events=tuple(event.id for event in _between(events, start, end)),
    )


def _deadlines(page: _Page, extent: Extent) -> list[TimeExpression]:
    """The times in the extent that something must happen by: by Friday, before May, within a month."""
    start, end = extent
    out = []
    for expression in _between(page.times, start, end):
        before = page.text[max(start, expression.start - 24) : expression.start].rstrip()
        hits = list(phrases(words("markers", "deadlines")).finditer(before))
        if hits and before[hits[-1].end() :].strip().lower() in ("", "the", "the end of", "end of", "midnight on", "early", "late", "this"):
            out.append(expression)
    return out


def _between(spans: Sequence[S], start: int, end: int) -> list[S]:
    """Those of the spans, which are in the text's order, that lie between two places."""
    out = []
    for item in spans[bisect_left(spans, start, key=lambda one: one.start) :]:
        if item.start >= end:
            break
        if item.end <= end:
            out.append(item)
    return out


def _held(
    voices: Voices,
    ids: Sequence[str],
    above: Sequence[int | None],
    conditions: Sequence[Condition],
) -> Mapping[str, tuple[str, ...]]:
    """The ids of the conditions by statement: each with the innermost that it stands in, and with those around that hold all of it."""
    out: dict[str, list[str]] = {}
    places = {statement: at for at, statement in enumerate(ids)}
    for record in conditions:
        at = None if record.statement is None else places[record.statement]
        first = True
        while at is not None:
            if first or voices.holds(at, [piece.extent for piece in (*record.antecedent, *record.consequent)]):
                out.setdefault(ids[at], []).append(record.id)
            at, first = above[at], False
    return {statement: tuple(found) for statement, found in out.items()}


def _by_statement(records: Sequence[Event]) -> Mapping[str, tuple[str, ...]]:
    """The ids of the events by the statement that they stand in."""
    out: dict[str, list[str]] = {}
    for record in records:
        if record.statement is not None:
            out.setdefault(record.statement, []).append(record.id)
    return {statement: tuple(ids) for statement, ids in out.items()}
