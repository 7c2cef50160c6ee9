"""Invented articles with their records, made by hand so that no model is needed."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from onrecord import identity, records
from onrecord.records import (
    Actor,
    Article,
    Condition,
    Cue,
    Event,
    Extraction,
    Mention,
    Part,
    Published,
    Role,
    Said,
    Span,
    Statement,
    TimeExpression,
    When,
)  # fmt: skip

READER = "en/1"
DIGEST = "d1"
NAMES = ("Marit Holm", "Olek Brandt", "Zoë Adler")


def clock(start: str = "2026-01-05T08:00:00+00:00") -> Callable[[], datetime]:
    """A clock that goes on by a minute whenever it is asked."""
    first = datetime.fromisoformat(start).astimezone(UTC)
    minutes = itertools.count()
    return lambda: first + timedelta(minutes=next(minutes))


def article(number: int = 0, statements: int = 2, **values: Any) -> Article:
    """An article in which people say, one after the other, what they would do if something happened."""
    lines = [
        f"{NAMES[at % 3]} said on May 2 that Norland would open gate {number} if the talks number {at} succeed." for at in range(statements)
    ]
    text = values.pop("text", "\n".join(lines) or "Nothing happened today.")
    standard = {
        "caller": f"gazette-{number}", "title": f"Gate {number}", "outlet": "Harbour Gazette", "published": "2024-05-03", "basis": "given",
        "raw": f"<p>{text}</p>".encode(), "language": "en",
    }  # fmt: skip
    return records.article(text, **{**standard, **values})


def extraction(of: Article, reader: str = READER, confidence: float = 0.9) -> Extraction:
    """What is read off such an article."""
    made = [_line(of, at, line, reader, confidence) for at, line in enumerate(of.text.split("\n")) if " said on " in line]
    day = of.published[:10] if of.published else None
    return Extraction(
        article=of.id, document=of.document, outlet=of.outlet, title=of.title, language="en", text_sha256=of.text_sha256, reader=reader,
        skipped={"unclosed quotation": 1},
        published=Published(first=day, to=day, granularity="day" if day else "unknown", at=None, basis=of.basis, spans=()),
        statements=tuple(each[0] for each in made), conditions=tuple(each[1] for each in made), events=tuple(each[2] for each in made),
        actors=tuple({each[3].id: each[3] for each in made}.values()), dates=tuple(each[4] for each in made),
    )  # fmt: skip


def _line(of: Article, at: int, line: str, reader: str, confidence: float) -> tuple[Statement, Condition, Event, Actor, TimeExpression]:
    base = sum(len(each) + 1 for each in of.text.split("\n")[:at])

    def span(words: str) -> dict[str, Any]:
        start = base + line.index(words)
        return {"start": start, "end": start + len(words), "text": words}

    name = line.split(" said")[0]
    actor_id = f"person:{name.lower().replace(' ', '-')}"
    consequent = line[line.index("Norland") : line.index(" if ")]
    antecedent = line[line.index(" if ") + 4 : -1]
    day = When(first="2024-05-02", to="2024-05-02", granularity="day", spans=(Span(**span("May 2")),))
    by = {"by": "reader/en-1", "confidence": confidence}
    event = Event(id="", anchor="", statement=None, type="CONCEDE", mode="hypothetical", actor=None, recipient=None, location=(), when=None,
                  **span("open"), **by)  # fmt: skip
    event = _named(event, of.id, reader)
    condition = Condition(
        id="", anchor="", statement=None, marker=Span(**span("if")), kind="if", realis="open", antecedent=(Span(**span(antecedent)),),
        consequent=(Span(**span(consequent)),), parts=Part(span=Span(**span(antecedent)), negated=False, deadline=None, events=()), **by,
    )  # fmt: skip
    condition = _named(condition, of.id, reader)
    statement = Statement(
        id="", anchor="", within=None, speaker=Mention(**span(name), actors=(actor_id,), countries=("NLD",), unnamed=False),
        cue=Cue(**span("said"), lemma="say", more=()), content=(Span(**span(line[line.index("that") : -1])),), manner="indirect",
        act="commit" if at % 2 == 0 else "warn", continuity=None, hedges=(), addressee=(), venue=(), said=Said(when=day, where=()), via=(),
        conditions=(condition.id,), events=(event.id,), relations=(), **by,
    )  # fmt: skip
    statement = _named(statement, of.id, reader)
    condition = msgspec.structs.replace(condition, statement=statement.id)
    event = msgspec.structs.replace(event, statement=statement.id)
    role = Role(title="minister", country="NLD", span=Span(**span(name)))
    actor = Actor(id=actor_id, name=name, kind="person", countries=("NLD",), roles=(role,), mentions=(Span(**span(name)),))
    return statement, condition, event, actor, TimeExpression(**span("May 2"), value="2024-05-02", type="DATE", anchor_span=None)


def _named(record: Any, article_id: str, reader: str) -> Any:
    return msgspec.structs.replace(record, id=identity.record_id(record, article_id, reader), anchor=identity.anchor(record, article_id))
