"""Invented reports, made by hand so that no model is needed: who says what, one sentence each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from evals import sayings
from msgspec import Struct

from onrecord.group.sayings import place
from onrecord.records import Condition, Cue, Extraction, Hedge, Mention, Part, Published, Said, Span, Statement, Via, When, tagged
from onrecord.reports import Copy, Key, Report


class Line(Struct, frozen=True, kw_only=True):
    """A sentence in which somebody says something; conditions are words of the content."""

    speaker: str = "Defence Minister Marit Holm"
    actors: tuple[str, ...] = ("person:marit-holm",)
    countries: tuple[str, ...] = ("NOR",)
    cue: str = "said"
    content: str
    act: str = "assert"
    conditions: tuple[str, ...] = ()
    kind: str = "if"
    marker: str = "if"
    said: str | None = None
    venue: str = ""
    told: str = ""
    via: str = ""
    hedge: str = ""
    continuity: str | None = None
    unnamed: bool = False
    manner: str = "indirect"


def report(article: str, lines: Sequence[Line], *, day: str = "2031-05-06", outlet: str = "Harbour Gazette") -> Report:
    """The lines as one article of that day."""
    text, statements, conditions = "", [], []
    for number, line in enumerate(lines):
        start = len(text)
        sentence = _sentence(line)
        text += sentence + "\n"
        made, bound = _records(article, number, line, text, start)
        statements.append(made)
        conditions += bound
    published = Published(first=day, to=day, granularity="day", at=None, basis="given", spans=())
    extraction = Extraction(
        article=article, document=article, outlet=outlet, title=None, language="en", text_sha256="", reader="hand/1", skipped={},
        published=published, statements=tuple(statements), conditions=tuple(conditions), events=(), actors=(), dates=(),
    )  # fmt: skip
    return Report(
        article=article, document=article, caller=article, outlet=outlet, title=None, url=None, byline=None, language="en",
        published=published, added=f"{day}T08:00:00+00:00", text=text, reading=f"rd_{article}", extraction=extraction,
    )  # fmt: skip


def _sentence(line: Line) -> str:
    extras = [each for each in (line.told, line.venue, line.via, line.hedge) if each]
    return " ".join([line.speaker, line.cue, *extras, line.content]) + "."


def _records(article: str, number: int, line: Line, text: str, start: int) -> tuple[Statement, list[Condition]]:
    def span(words: str, after: int = start) -> Span:
        at = text.index(words, after)
        return Span(start=at, end=at + len(words), text=words)

    content = span(line.content)
    speaker = span(line.speaker)
    cue = span(line.cue, speaker.end)
    id_ = tagged("st", article, number)
    when = When(first=line.said, to=line.said, granularity="day", spans=()) if line.said else None
    statement = Statement(
        id=id_, anchor=tagged("an", article, number), within=None,
        speaker=Mention(**_plain(speaker), actors=line.actors, countries=line.countries, unnamed=line.unnamed),
        cue=Cue(start=cue.start, end=cue.end, text=cue.text, lemma=line.cue, more=()), content=(content,),
        manner=line.manner, act=line.act, continuity=line.continuity,  # type: ignore[arg-type]
        hedges=(Hedge(**_plain(span(line.hedge)), kind="reported"),) if line.hedge else (),
        addressee=(Mention(**_plain(span(line.told)), actors=(), countries=(), unnamed=False),) if line.told else (),
        venue=(span(line.venue),) if line.venue else (), said=Said(when=when, where=()),
        via=(Via(**_plain(span(line.via)), outlet=line.via),) if line.via else (),
        conditions=(), events=(), relations=(), by="hand/1", confidence=1.0,
    )  # fmt: skip
    return statement, list(_conditions(article, number, line, id_, content))


def _conditions(article: str, number: int, line: Line, statement: str, content: Span) -> Iterator[Condition]:
    if not line.conditions:
        return
    parts = []
    for words in line.conditions:
        at = content.text.index(words) + content.start
        parts.append(Span(start=at, end=at + len(words), text=words))
    marker = content.text.index(line.marker) + content.start
    rest = content.text[: marker - content.start].strip() or content.text
    at = content.text.index(rest) + content.start
    whole = Part(span=parts[0]) if len(parts) == 1 else Part(op="and", parts=tuple(Part(span=each) for each in parts))
    yield Condition(
        id=tagged("cn", article, number), anchor=tagged("an", article, "c", number), statement=statement,
        marker=Span(start=marker, end=marker + len(line.marker), text=line.marker), kind=line.kind, realis="open",  # type: ignore[arg-type]
        antecedent=tuple(parts), consequent=(Span(start=at, end=at + len(rest), text=rest),), parts=whole, by="hand/1", confidence=1.0,
    )  # fmt: skip


def _plain(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


class Memory(sayings.Memory):
    """A shelf of sayings in memory, whose groups can be compared whatever their order."""

    def groups(self) -> set[frozenset[Key]]:
        return {frozenset(keys) for keys in super().groups()}


def told(reports: Iterable[Report], copies: Sequence[Copy] = (), *, story: bool = True) -> Memory:
    """The reports placed one after the other, as one story or as none."""
    shelf = Memory()
    for each in reports:
        held = [article for article in shelf.packed if article != each.article]
        known = [copy for copy in copies if each.article in (copy.article, copy.of) and {copy.article, copy.of} & set(held)]
        shelf.keep(place(each, known, held if story else [], shelf))
    return shelf
