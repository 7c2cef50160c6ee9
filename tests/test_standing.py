"""What is left of an article's record where only what is sure is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Event, Extraction, Part, Relation, Statement, TimeExpression, tagged
from onrecord.standing import reason, standings, sure

from .faces import record

OUTER, INNER, OTHER = (tagged("st", name) for name in ("meeting", "refusal", "readiness"))
MET = Event(
    id=tagged("ev", "meet"), anchor=tagged("an", "meet"), statement=INNER, type="CONSULT", mode="negated", actor=None, recipient=None,
    location=(), when=None, start=record.span("to meet her").start + 3, end=record.span("to meet her").end, text="meet her",
    by="reader/en-1", confidence=0.9,
)  # fmt: skip


def whole(**confidences: float) -> Extraction:
    """The article of the faces' tests with an event, two dates and every kind of link; confidences by the records' names."""
    base = record.extraction()
    of = {tagged(tag, name): value for name, value in confidences.items() for tag in ("st", "cn", "ev")}
    talks = msgspec.structs.replace(base.conditions[2], statement=INNER)
    parts = Part(op="and", parts=tuple(msgspec.structs.replace(leaf, events=(MET.id,)) for leaf in base.conditions[1].parts.leaves()))
    conditions = (base.conditions[0], msgspec.structs.replace(base.conditions[1], parts=parts), talks)
    echo = Relation(kind="echo", to=INNER, spans=())
    links = {
        OUTER: {"conditions": (talks.id,), "events": (MET.id,), "relations": (echo,)},
        INNER: {"conditions": (talks.id,), "events": (MET.id,)},
    }
    statements = [msgspec.structs.replace(each, **links.get(each.id, {})) for each in base.statements]
    day = record.span("May 26")
    undated = TimeExpression(start=day.start, end=day.end, text=day.text, value="2024-05-26", type="DATE", anchor_span=None)
    dates = [msgspec.structs.replace(undated, confidence=0.9), undated]

    def weighed(each: Statement) -> Statement:
        return msgspec.structs.replace(each, confidence=of.get(each.id, each.confidence))

    return msgspec.structs.replace(
        base, statements=tuple(map(weighed, statements)), conditions=tuple(map(weighed, conditions)), events=(weighed(MET),),
        dates=tuple(dates),
    )  # fmt: skip


def test_what_is_sure_enough_stays_as_it_is() -> None:
    assert sure(whole(), 0.0) == whole()


def test_what_is_less_sure_is_left_out_and_counted_beside_what_was_skipped_before() -> None:
    left = sure(whole(), 0.5)
    assert tagged("st", "course") not in {each.id for each in left.statements}
    assert left.skipped == {"unclosed quotation": 1, reason("statement", 0.5): 1}


def test_what_stands_in_something_left_out_goes_with_it_and_nothing_points_to_it() -> None:
    left = sure(whole(meeting=0.6), 0.8)
    assert not {OUTER, INNER} & {each.id for each in left.statements}
    assert [each.id for each in left.conditions] == [tagged("cn", "pass"), tagged("cn", "two")]
    assert left.events == ()
    assert all(not leaf.events for each in left.conditions for leaf in each.parts.leaves())
    assert left.skipped[reason("statement", 0.8)] == 3
    assert left.skipped[reason("condition", 0.8)] == left.skipped[reason("event", 0.8)] == 1


def test_what_holds_something_left_out_stays() -> None:
    left = sure(whole(refusal=0.6), 0.8)
    outer = next(each for each in left.statements if each.id == OUTER)
    assert (outer.conditions, outer.events, outer.relations) == ((), (), ())


def test_a_record_stands_as_sure_as_the_least_of_what_it_stands_in() -> None:
    found = standings(whole(meeting=0.7, refusal=0.8, meet=0.95))
    assert (found[OUTER], found[INNER], found[MET.id], found[tagged("cn", "talks")]) == (0.7, 0.7, 0.7, 0.7)


def test_statements_that_hold_one_another_are_as_sure_as_the_least_of_them() -> None:
    held = whole(meeting=0.7, refusal=0.6)
    circle = tuple(msgspec.structs.replace(each, within=INNER) if each.id == OUTER else each for each in held.statements)
    found = standings(msgspec.structs.replace(held, statements=circle))
    assert (found[OUTER], found[INNER]) == (0.6, 0.6)


@pytest.mark.parametrize("least, left", [(0.5, 2), (0.95, 1)])
def test_a_date_that_nothing_is_known_of_stays(least: float, left: int) -> None:
    assert len(sure(whole(), least).dates) == left


@given(
    st.dictionaries(st.sampled_from("readiness rockets course border meeting refusal some pass two talks meet".split()), st.floats(0, 1)),
    st.floats(0, 1),
)
def test_no_link_leads_nowhere_whatever_is_left_out(confidences: dict[str, float], least: float) -> None:
    left = sure(whole(**confidences), least)
    have = {each.id for some in (left.statements, left.conditions, left.events) for each in some}
    assert all(link in have for link in links(left))
    assert all(each.confidence >= least for some in (left.statements, left.conditions, left.events) for each in some)
    assert sure(left, least).statements == left.statements


def links(of: Extraction) -> Iterator[str]:
    for statement in of.statements:
        yield from (*statement.conditions, *statement.events, *(relation.to for relation in statement.relations))
        yield from [statement.within] if statement.within else []
    for inner in (*of.conditions, *of.events):
        yield from [inner.statement] if inner.statement else []
    for condition in of.conditions:
        yield from (event for leaf in condition.parts.leaves() for event in leaf.events or ())
