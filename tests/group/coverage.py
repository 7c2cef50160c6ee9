"""Reports and statements for the tests of groups: written as strings, found in the text."""

from __future__ import annotations

from typing import Any

from onrecord.records import (
    Actor,
    Condition,
    Cue,
    Extraction,
    Hedge,
    Mention,
    Part,
    Published,
    Said,
    Span,
    Statement,
    Via,
    When,
    span,
    tagged,
)
from onrecord.reports import Report


def where(text: str, words: str, after: int = 0) -> Span:
    """The span of these words in the text."""
    start = text.index(words, after)
    return span(text, (start, start + len(words)))


def statement(
    text: str, content: str, speaker: str | None = None, cue: str | None = None, *, actor: str | None = None, lemma: str | None = None,
    act: str = "assert", via: str | None = None, outlet: str | None = None, to: str | None = None, venue: str | None = None,
    on: str | None = None, hedge: str | None = None, **more: Any,
) -> Statement:  # fmt: skip
    """A statement whose pieces are these words of the text.

    Args:
        actor: who the speaker is, such as ``person:vollan``.
        via: words for a medium through which it came, and ``outlet`` its name.
        to: words for whom it was said to; an outlet's id where ``outlet`` is given without ``via``.
        on: the day on which it was said.
    """
    said = where(text, content)
    heard = () if to is None else (_mention(text, to, f"outlet:{outlet.lower().replace(' ', '-')}" if outlet else "group:they"),)
    when = None if on is None else When(first=on, to=on, granularity="day", spans=())
    fields: dict[str, Any] = {
        "id": tagged("st", text, content), "anchor": tagged("an", text, content), "within": None,
        "speaker": None if speaker is None else _mention(text, speaker, actor or "group:" + speaker.lower()),
        "cue": None if cue is None else _cue(text, cue, lemma or cue.split()[-1]),
        "content": (said,), "manner": "direct" if said.text[0] in "“\"" else "indirect", "act": act, "continuity": None,
        "hedges": () if hedge is None else (Hedge(**_fields(where(text, hedge)), kind="possible"),),
        "addressee": heard, "venue": () if venue is None else (where(text, venue),), "said": Said(when=when, where=()),
        "via": () if via is None else (Via(**_fields(where(text, via)), outlet=outlet),),
        "conditions": (), "events": (), "relations": (), "by": "test", "confidence": 1.0,
    }  # fmt: skip
    return Statement(**{**fields, **more})


def condition(text: str, within: Statement, marker: str, antecedent: str) -> Condition:
    """A condition of the statement with these words of the text."""
    found = where(text, antecedent)
    return Condition(
        id=tagged("cn", text, antecedent), anchor=tagged("an", "c", text, antecedent), statement=within.id, marker=where(text, marker),
        kind="unless", realis="open", antecedent=(found,), consequent=(within.content[0],), parts=Part(span=found), by="test",
        confidence=1.0,
    )  # fmt: skip


def report(
    name: str, outlet: str | None, day: str | None, text: str, *statements: Statement, byline: str | None = None,
    conditions: tuple[Condition, ...] = (),
) -> Report:  # fmt: skip
    """A report with these statements; outlets that somebody spoke to are actors of it."""
    published = Published(first=day, to=day, granularity="day", at=None, basis="given", spans=())
    mentions = [m for s in statements for m in (*s.addressee, *((s.speaker,) if s.speaker else ()))]
    outlets = {actor: m.text for m in mentions for actor in m.actors if actor.startswith("outlet:")}
    actors = tuple(
        Actor(id=one, name=words.removeprefix("the "), kind="outlet", countries=(), roles=(), mentions=()) for one, words in outlets.items()
    )
    extraction = Extraction(
        article=name, document="do_" + name, outlet=outlet, title=None, language="en", text_sha256="", reader="test", skipped={},
        published=published, statements=statements, conditions=conditions, events=(), actors=actors, dates=(),
    )  # fmt: skip
    return Report(
        article=name, document="do_" + name, caller=name, outlet=outlet, title=None, url=None, byline=byline, language="en",
        published=published, added="2025-01-01T00:00:00+00:00", text=text, reading="rd_" + name, extraction=extraction,
    )  # fmt: skip


def _mention(text: str, words: str, actor: str) -> Mention:
    return Mention(**_fields(where(text, words)), actors=(actor,), countries=(), unnamed=False)


def _cue(text: str, words: str, lemma: str) -> Cue:
    return Cue(**_fields(where(text, words)), lemma=lemma, more=())


def _fields(found: Span) -> dict[str, Any]:
    return {"start": found.start, "end": found.end, "text": found.text}
