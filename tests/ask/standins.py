"""Stories with everything concluded about them, made in simple ways, so that the page can be tested apart from the grouping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.ask.coverage import Coverage, cover
from onrecord.ask.scene import leaves
from onrecord.codec import decode
from onrecord.records import Actor, Condition, Cue, Extraction, Mention, Part, Published, Record, Said, Span, Statement, When
from onrecord.reports import (
    Change,
    Commitment,
    Copy,
    Counted,
    Evidence,
    Link,
    Membership,
    Origins,
    Provenance,
    Reason,
    Report,
    Saying,
    Story,
    Wording,
    by_age,
)  # fmt: skip


def story(reports: Iterable[Report], ident: str = "so_test") -> Story:
    order = by_age(reports)
    return Story(
        id=ident, title=order[0].title or "", first=order[0].day, last=order[-1].day, articles=tuple(r.article for r in order), actors=()
    )


def sayings(reports: Iterable[Report], alike: float = 0.45) -> list[Saying]:
    """Statements of one actor with mostly the same words are one saying."""
    groups: list[list[tuple[Report, Any]]] = []
    for report in by_age(reports):
        for statement in report.extraction.statements:
            home = next((g for g in groups if any(_same(statement, s, alike) for r, s in g if r is not report)), None)
            (home if home is not None else groups.append([]) or groups[-1]).append((report, statement))
    found = []
    for number, group in enumerate(groups):
        report, first = group[0]
        when = next((s.said.when for _, s in group if s.said.when), None)
        actors = first.speaker.actors if first.speaker else ()
        found.append(
            Saying(
                id=f"sy_{number:04}", speaker=first.speaker.text if first.speaker else None, actors=actors,
                countries=first.speaker.countries if first.speaker else (), first=when.first if when else None,
                last=when.to if when else None, act=first.act,
                wordings=tuple(Wording(statement=s.id, article=r.article, score=1, reasons=()) for r, s in group),
            )
        )  # fmt: skip
    return found


def _same(one: Any, other: Any, alike: float) -> bool:
    if not (one.speaker and other.speaker and set(one.speaker.actors) & set(other.speaker.actors)):
        return False
    a, b = (set(re.findall(r"\w{4,}", " ".join(c.text for c in s.content).lower())) for s in (one, other))
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= alike and one.act == other.act


def origins(of: str, reports: Sequence[Report], own: Mapping[str, bool | None], confirming: str | None = None) -> Origins:
    """Who has it themselves; a report that confirms it does so by a statement whose verb is ``confirming``."""
    said = {r.article: next((s.id for s in r.extraction.statements if confirming and s.cue and confirming in s.cue.text), None)
            for r in reports}  # fmt: skip
    counted = tuple(
        Counted(article=r.article, statement=said[r.article], counts=own.get(r.article, False), origin=None,
                confirms=said[r.article] is not None and own.get(r.article) is True,
                sentence="has reporting of its own" if own.get(r.article) else "has it from another report", spans=())
        for r in by_age(reports)
    )  # fmt: skip
    return Origins(of=of, count=sum(c.counts is True for c in counted), unknown=sum(c.counts is None for c in counted), counted=counted)


def provenance(article: str, kind: Any, sentence: str, to: str | None = None, spans: Sequence[Evidence] = ()) -> Provenance:
    links = (Link(to=to, outlet=None, kind="copy" if kind == "copy" else "cites", spans=tuple(spans)),) if to or spans else ()
    return Provenance(article=article, kind=kind, links=links, sentence=sentence)


class Difference(Record, frozen=True, kw_only=True):
    """Where one wording has other words than another."""

    kind: str
    before: Evidence | None
    after: Evidence | None


class Compared(Record, frozen=True, kw_only=True):
    """A wording against another."""

    article: str
    statement: str
    best_article: str
    best: str
    differences: tuple[Difference, ...]


class Cited(Record, frozen=True, kw_only=True):
    """A work that is cited and not held."""

    title: str
    when: When | None
    spans: tuple[Evidence, ...]


def dropping(reports: Sequence[Report], said: Iterable[Saying]) -> list[tuple[str, Compared]]:
    """A wording whose conditions have fewer parts than those of the first drops the last of them."""
    by = {s.id: (r, s) for r in reports for s in r.extraction.statements}
    conditions = {c.id: c for r in reports for c in r.extraction.conditions}
    found = []
    for saying in said:
        told = [by[wording.statement] for wording in saying.wordings]
        parts = [(r, s, [leaf for c in s.conditions if c in conditions for leaf in leaves(conditions[c])]) for r, s in told]
        first, _, full = parts[0]
        for report, made, spans in parts[1:]:
            if spans and len(spans) < len(full):
                one = Difference(kind="condition-dropped", before=first.evidence(full[-1]), after=None)
                found.append(
                    (
                        saying.id,
                        Compared(
                            article=report.article, statement=made.id, best_article=first.article, best=told[0][1].id, differences=(one,)
                        ),
                    )
                )
    return found


def memberships(reports: Iterable[Report], ident: str = "so_test") -> list[Membership]:
    reason = Reason(kind="actor", text="Ristsoo", weight=1)
    return [Membership(article=r.article, story=ident, score=1, reasons=(reason,), nearest=None, by="stories/1") for r in reports]


def copy(article: str, of: str) -> Copy:
    return Copy(article=article, of=of, kind="near", jaccard=0.9, containment=0.95, contained=0.92)


HERE = Path(__file__).parent


def troops() -> list[Report]:
    """The sample story of the soldiers, six reports as a reader has read them once: the reader may learn, the test stays."""
    return [decode(line, Report) for line in (HERE / "troops.jsonl").read_bytes().splitlines()]


def concluded(reports: Sequence[Report]) -> dict[str, Any]:
    """What is concluded from the sample story, as its truth has it."""
    ids = [report.article for report in by_age(reports)]
    said = sayings(reports)
    return {
        "memberships": memberships(reports), "copies": [copy(ids[2], ids[1])], "sayings": said, "compared": dropping(reports, said),
        "provenances": [
            provenance(ids[0], "own", "own reporting"), provenance(ids[1], "rewrite", "rewrite of Die Lage’s report of 26 May", ids[0]),
            provenance(ids[2], "copy", "copy of Baltic News Wire’s report of 27 May", ids[1]),
            provenance(ids[3], "cites", "cites BNW", ids[1]), provenance(ids[4], "own", "own reporting"),
            provenance(ids[5], "own", "own reporting"),
        ],
        "origins": [
            origins("so_test", reports, {ids[0]: True, ids[4]: True, ids[5]: True}),
            *(origins(each.id, reports, {ids[0]: True, ids[4]: True}, "confirmed") for each in said if len(each.wordings) > 3),
        ],
    }  # fmt: skip


def page(reports: Sequence[Report] | None = None, **values: Any) -> Coverage:
    """The page of the sample story, or of these reports."""
    some = troops() if reports is None else list(reports)
    known = concluded(some) if reports is None else {"sayings": sayings(some)}
    return cover(values.pop("of", None) or story(some), some, **{**known, **values})


class Room:
    """A newsroom in which these reports are one story, found by its id, its articles and the words of its headlines."""

    def __init__(self, reports: Sequence[Report], **known: Any) -> None:
        self.held = {report.article: report for report in reports}
        self.known = {**concluded(reports), **known} if len(reports) == 6 else known
        self.made = story(reports)

    def report(self, article: str) -> Report:
        return self.held[article]

    def reports(self, articles: Iterable[str]) -> Iterator[Report]:
        return (self.held[each] for each in articles if each in self.held)

    def memberships(self, story: str) -> list[Membership]:
        return memberships(self.held.values())

    def copies(self, articles: Sequence[str]) -> list[Copy]:
        return list(self.known.get("copies", ()))

    def sayings(self, articles: Sequence[str]) -> list[Saying]:
        return sayings(list(self.held.values()))

    def commitments(self, articles: Sequence[str]) -> list[Commitment]:
        return []

    def compare(self, told: Sequence[Any]) -> list[Compared]:
        return []

    def provenances(self, reports: Sequence[Report], copies: Sequence[Copy]) -> list[Provenance]:
        return list(self.known.get("provenances", ()))

    def story_origins(self, story: str, reports: Sequence[Report], copies: Sequence[Copy]) -> Origins:
        return origins(story, reports, {reports[0].article: True} if reports else {})

    def origins(self, of: Any, told: Sequence[Any], reports: Sequence[Report], copies: Sequence[Copy]) -> Origins:
        return origins(of.id, reports, {reports[0].article: True})

    def changes(self, copy: Report, of: Report) -> list[Change]:
        return []

    def cited(self, report: Report, reports: Sequence[Report]) -> list[Cited]:
        return []

    def earlier(self, actors: Sequence[str], before: str, limit: int) -> list[tuple[str, str]]:
        return []

    def beginning(self, start: str, limit: int) -> list[Story]:
        return [self.made] if self.made.id.startswith(start) else []

    def story_of(self, article: str) -> Story | None:
        return self.made if article in self.held else None

    def titled(self, words: str, limit: int) -> list[Story]:
        titles = " ".join(report.title or "" for report in self.held.values()).casefold()
        return [self.made] if words and all(word in titles for word in words.casefold().split()) else []


def report(text: str, *said: dict[str, Any], article: str = "ar_one", **values: Any) -> Report:
    """An invented report with the statements that are described by their words."""
    day = values.pop("day", "2024-05-03")
    published = Published(first=day, to=day, granularity="day" if day else "unknown", at=None, basis="given", spans=())
    statements, conditions, actors = [], [], {}
    for number, each in enumerate(said):
        made, bound = _statement(text, f"st_{article}_{number}", **each)
        statements.append(made)
        conditions += bound
        for ident, name in each.get("names", {}).items():
            actors[ident] = Actor(
                id=ident, name=name, kind=ident.split(":")[0], countries=tuple(each.get("countries", ())), roles=(), mentions=()
            )
    known = {"outlet": "Harbour Gazette", "title": "Gates and talks", "url": None, "byline": None, "language": "en", **values}
    reading = Extraction(
        article=article, document=f"do_{article}", outlet=known["outlet"], title=known["title"], language="en", text_sha256="",
        reader="en/1", skipped={}, published=published, statements=tuple(statements), conditions=tuple(conditions), events=(),
        actors=tuple(actors.values()), dates=(),
    )  # fmt: skip
    return Report(
        article=article, document=f"do_{article}", caller=None, published=published, added="2026-01-01T00:00:00+00:00", text=text,
        reading=f"rd_{article}", extraction=reading, **known,
    )  # fmt: skip


def _at(text: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def _statement(
    text: str, ident: str, *, speaker: str, cue: str, content: Sequence[str], act: str = "assert", manner: str = "indirect",
    actors: Sequence[str] = (), lemma: str = "say", condition: tuple[str, str, str] | None = None, confidence: float = 0.9,
    names: Any = None, countries: Any = (),
) -> tuple[Statement, list[Condition]]:  # fmt: skip
    bound = []
    if condition is not None:
        marker, antecedent, consequent = condition
        bound.append(Condition(
            id=ident.replace("st_", "cn_"), anchor="", statement=ident, marker=Span(**_at(text, marker)), kind="if", realis="open",
            antecedent=(Span(**_at(text, antecedent)),), consequent=(Span(**_at(text, consequent)),), by="", confidence=0.9,
            parts=Part(span=Span(**_at(text, antecedent)), negated=False, deadline=None, events=()),
        ))  # fmt: skip
    made = Statement(
        id=ident, anchor=ident, within=None,
        speaker=Mention(**_at(text, speaker), actors=tuple(actors), countries=tuple(countries), unnamed=False),
        cue=Cue(**_at(text, cue), lemma=lemma, more=()), content=tuple(Span(**_at(text, words)) for words in content), manner=manner,
        act=act, continuity=None, hedges=(), addressee=(), venue=(), said=Said(when=None, where=()), via=(),
        conditions=tuple(each.id for each in bound),
        events=(), relations=(), by="", confidence=confidence,
    )  # fmt: skip
    return made, bound
