"""An invented article with its record, written by hand, for the faces to show."""

from __future__ import annotations

from typing import Any

from onrecord import records
from onrecord.records import (
    Actor,
    Article,
    Condition,
    Cue,
    Extraction,
    Hedge,
    Mention,
    Part,
    Published,
    Relation,
    Said,
    Span,
    Statement,
    Via,
    When,
    tagged,
)

TEXT = (
    "Latvia and Estonia have signalled their readiness to send engineers to Norland if the northern pass is lost. "
    "Chancellor Marit Holm reaffirmed during a May 26 interview with Abendschau that her country would supply no long-range rockets.\n"
    "The palace is reportedly considering a change of course. According to a report by Die Lage, these deputies warned that if aid "
    "remains insufficient and the ceasefire collapses, they would not hesitate to close the border. "
    "Holm said in Tallinn that Pavel Brenner had refused to meet her. Some call the plan half hearted. "
    "Unless the talks resume by July, the grain route will stay shut."
)


def article(**values: Any) -> Article:
    """The article, from the Harbour Gazette unless told otherwise."""
    values = {"caller": "harbour-1", "title": "A pass, a plan and a promise", "outlet": "Harbour Gazette", "language": "en", **values}
    return records.article(values.pop("text", TEXT), **values)


def span(words: str, text: str = TEXT, after: str = "") -> Span:
    """The span of these words, the first after those others."""
    start = text.index(words, text.index(after) if after else 0)
    return Span(start=start, end=start + len(words), text=words)


def mention(words: str, *actors: str, countries: str = "", unnamed: bool = False, after: str = "") -> Mention:
    """A mention of these actors."""
    found = span(words, after=after)
    return Mention(start=found.start, end=found.end, text=words, actors=actors, countries=tuple(countries.split()), unnamed=unnamed)


def cue(words: str, lemma: str, *more: str) -> Cue:
    """A cue of these words."""
    found = span(words)
    return Cue(start=found.start, end=found.end, text=words, lemma=lemma, more=tuple(map(span, more)))


def statement(name: str, **values: Any) -> Statement:
    """A statement whose id follows from its name."""
    empty: dict[str, Any] = {
        "within": None, "speaker": None, "cue": None, "content": (), "manner": "indirect", "act": "assert", "continuity": None,
        "hedges": (), "addressee": (), "venue": (), "said": Said(when=None, where=()), "via": (), "conditions": (), "events": (),
        "relations": (), "by": "reader/en-1", "confidence": 0.9,
    }  # fmt: skip
    return Statement(id=tagged("st", name), anchor=tagged("an", name), **{**empty, **values})


def condition(name: str, **values: Any) -> Condition:
    """A condition whose id follows from its name."""
    standard: dict[str, Any] = {"kind": "if", "realis": "open", "by": "reader/en-1", "confidence": 0.9}
    return Condition(id=tagged("cn", name), anchor=tagged("an", name), **{**standard, **values})


def extraction(of: Article | None = None) -> Extraction:
    """The article's record: seven statements, one of them inside another, and three conditions, one in the article's own voice."""
    of = of or article()
    pass_lost, two, talks = tagged("cn", "pass"), tagged("cn", "two"), tagged("cn", "talks")
    hg = span("is reportedly considering")
    statements = (
        statement(
            "readiness", speaker=mention("Latvia and Estonia", "state:LVA", "state:EST", countries="LVA EST"), act="commit",
            cue=cue("have signalled", "signal"), conditions=(pass_lost,),
            content=(span("their readiness to send engineers to Norland if the northern pass is lost"),),
        ),
        statement(
            "rockets", speaker=mention("Chancellor Marit Holm", "person:marit-holm", countries="DEU"), cue=cue("reaffirmed", "reaffirm"),
            act="restrict", continuity="reaffirm", content=(span("that her country would supply no long-range rockets"),),
            venue=(span("a May 26 interview with Abendschau"),),
            said=Said(when=When(first="2024-05-26", to="2024-05-26", granularity="day", spans=(span("May 26"),)), where=()),
        ),
        statement(
            "course", speaker=mention("The palace", "state:NOR", countries="NOR"), cue=cue("is reportedly considering", "consider"),
            act="consider", content=(span("a change of course"),), confidence=0.41,
            hedges=(Hedge(start=hg.start, end=hg.end, text=hg.text, kind="reported"),),
        ),
        statement(
            "border", speaker=mention("these deputies", "group:baltic-deputies", countries="EST LVA LTU"), cue=cue("warned", "warn"),
            act="warn", conditions=(two,), relations=(Relation(kind="echo", to=tagged("st", "readiness"), spans=()),),
            content=(span("that if aid remains insufficient and the ceasefire collapses, they would not hesitate to close the border"),),
            via=(Via(**_fields(span("a report by Die Lage")), outlet="Die Lage"),),
        ),
        statement(
            "meeting", speaker=mention("Holm", "person:marit-holm", countries="DEU", after="border. "), cue=cue("said", "say"),
            content=(span("that Pavel Brenner had refused to meet her"),), said=Said(when=None, where=(span("Tallinn"),)),
        ),
        statement(
            "refusal", within=tagged("st", "meeting"), speaker=mention("Pavel Brenner", "person:pavel-brenner"), act="refuse",
            cue=cue("had refused", "refuse"), content=(span("to meet her"),),
        ),
        statement(
            "some", speaker=mention("Some", unnamed=True), cue=cue("call", "call"), act="criticise",
            content=(span("the plan half hearted"),),
        ),
    )  # fmt: skip
    conditions = (
        condition(
            "pass", statement=tagged("st", "readiness"), marker=span("if"), antecedent=(span("the northern pass is lost"),),
            consequent=(span("their readiness to send engineers to Norland"),), parts=_leaf("the northern pass is lost"),
        ),
        condition(
            "two", statement=tagged("st", "border"), marker=span("if", after="warned that"),
            antecedent=(span("aid remains insufficient and the ceasefire collapses"),),
            consequent=(span("they would not hesitate to close the border"),),
            parts=Part(op="and", parts=(_leaf("aid remains insufficient"), _leaf("the ceasefire collapses"))),
        ),
        condition(
            "talks", statement=None, kind="unless", marker=span("Unless"), antecedent=(span("the talks resume by July"),),
            consequent=(span("the grain route will stay shut"),), parts=_leaf("the talks resume by July"),
        ),
    )  # fmt: skip
    assert (pass_lost, two, talks) == tuple(each.id for each in conditions)
    actors = (
        _actor("state:LVA", "Latvia", "state", "LVA", "Latvia"), _actor("state:EST", "Estonia", "state", "EST", "Estonia"),
        _actor("person:marit-holm", "Marit Holm", "person", "DEU", "Chancellor Marit Holm"),
        _actor("state:NOR", "Norland", "state", "NOR", "The palace"),
        _actor("group:baltic-deputies", "Baltic deputies", "group", "EST LVA LTU", "these deputies"),
        _actor("person:pavel-brenner", "Pavel Brenner", "person", "", "Pavel Brenner"),
    )  # fmt: skip
    return Extraction(
        article=of.caller or of.id, document=of.document, outlet=of.outlet, title=of.title, language="en", text_sha256=of.text_sha256,
        reader="en/1", skipped={"unclosed quotation": 1}, statements=statements, conditions=conditions, events=(), actors=actors, dates=(),
        published=Published(
            first="2024-01-01", to="2024-12-31", granularity="year", at=None, basis="inferred", spans=(span("May 26"),)
        ),
    )  # fmt: skip


def _leaf(words: str) -> Part:
    return Part(span=span(words), negated=False, deadline=None, events=())


def _actor(ident: str, name: str, kind: Any, countries: str, *words: str) -> Actor:
    return Actor(id=ident, name=name, kind=kind, countries=tuple(countries.split()), roles=(), mentions=tuple(map(span, words)))


def _fields(found: Span) -> dict[str, Any]:
    return {"start": found.start, "end": found.end, "text": found.text}
