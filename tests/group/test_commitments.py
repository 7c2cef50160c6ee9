"""Who is bound to what, by whose word, and what binds nobody."""

import msgspec
import pytest
from tests.group.invented import Line, Memory, report, told

from onrecord.codec import decode
from onrecord.group.commitments import Bond, bind, binds
from onrecord.records import Relation
from onrecord.reports import Obligations

BOUND = [
    (Line(content="Norway will send engineers to the dam", act="commit"), ("state:NOR",), False),
    (Line(content="we will send engineers to the dam", act="commit"), ("state:NOR",), False),
    (Line(content="they would not hesitate to send engineers to the dam", act="threaten"), ("state:NOR",), False),
    (Line(content="I will repair the dam at Vik", act="commit"), ("person:marit-holm",), False),
    (Line(content="not to close the gate at Vik", act="commit"), ("state:NOR",), True),
    (Line(content="to close the gate at Vik", act="refuse"), ("state:NOR",), True),
    (
        Line(speaker="a mediator", actors=("group:mediator",), countries=(), content="Norway will open the gate at Vik", act="commit"),
        ("state:NOR",),
        False,
    ),
    (Line(content="Poland may use the gate at Vik for freight", act="permit"), ("state:NOR",), False),
]  # fmt: skip

FREE = [
    ("what was not ruled out", Line(cue="did not rule out", content="sending engineers to the dam", act="commit")),
    ("what is considered", Line(cue="is considering", content="sending engineers to the dam", act="commit")),
    ("what is considered by its act", Line(content="to send engineers to the dam", act="consider")),
    ("a mere assertion", Line(content="the engineers repaired the dam at Vik", act="assert")),
    ("a refusal to speak", Line(cue="declined to say", content="whether engineers would go to the dam", act="refuse")),
    ("a judgement", Line(content="the plan to close the gate at Vik", act="agree")),
]  # fmt: skip


class Ledger(Memory):
    """Sayings and commitments in memory."""

    def __init__(self):
        super().__init__()
        self.bound = {}

    def bonds(self, principals, limit):
        return [each.bond for each in self.bound.values() if set(principals) & set(each.principal)][:limit]

    def bonds_of(self, sayings):
        found = {}
        for key, each in self.bound.items():
            saying = self.last(self.saying[key])
            if saying in sayings:
                found.setdefault(saying, []).append(each.bond)
        return found

    def committed(self, articles):
        return {key: each.commitment for key, each in self.bound.items() if key[0] in articles}

    def bind(self, obligations: Obligations):
        self.bound = {key: each for key, each in self.bound.items() if key[0] != obligations.article}
        self.bound.update({(obligations.article, each.anchor): each for each in obligations.bound})


def bound(*reports):
    from onrecord.group.sayings import place

    ledger = Ledger()
    for each in reports:
        placement = place(each, (), [article for article in ledger.packed if article != each.article], ledger)
        ledger.keep(placement)
        ledger.bind(bind(each, placement, ledger))
    return ledger


def commitments(ledger):
    return {each.commitment for each in ledger.bound.values()}


@pytest.mark.parametrize(("line", "principal", "against"), BOUND, ids=[row[0].content for row in BOUND])
def test_a_promise_binds_whoever_is_to_do_it_whoever_says_so(line, principal, against):
    (each,) = bound(report("one", [line])).bound.values()
    assert (each.principal, decode(each.bond, Bond).against) == (principal, against)


@pytest.mark.parametrize(("what", "line"), FREE, ids=[row[0] for row in FREE])
def test_what_promises_nothing_is_no_commitment(what, line):
    one = report("one", [line])
    assert not binds(one.extraction.statements[0])
    assert bound(one).bound == {}


def test_two_sayings_of_different_speakers_are_one_commitment_and_stay_two_sayings():
    states = Line(
        speaker="The Baltic states and Poland", actors=("state:EST", "state:LVA", "state:LTU", "state:POL"),
        countries=("EST", "LVA", "LTU", "POL"), cue="signalled", content="their readiness to send engineers to Ukraine if the dam breaks",
        act="commit", conditions=("the dam breaks",),
    )  # fmt: skip
    envoys = Line(
        speaker="these envoys", actors=("group:baltic-envoys",), countries=("EST", "LVA", "LTU"), cue="warned",
        content="that if money stays short and the dam breaks, they would not hesitate to deploy engineers to Ukraine", act="threaten",
        conditions=("money stays short", "the dam breaks"),
    )  # fmt: skip
    ledger = bound(report("one", [states, envoys]))
    assert len(commitments(ledger)) == 1
    assert len(ledger.groups()) == 2


@pytest.mark.parametrize(
    ("what", "one", "other"),
    [
        ("another action", "Norway will send engineers to Denmark", "Norway will close the gate at Vik"),
        ("another target", "Norway will send engineers to Denmark", "Norway will send engineers to Latvia"),
        ("another principal", "Norway will send engineers to Denmark", "Poland will send engineers to Denmark"),
        ("the contrary", "Norway will close the gate at Vik", "Norway will not close the gate at Vik"),
        ("another object", "Norway will send engineers to Denmark", "Norway will send blankets to Denmark"),
    ],
)
def test_another_promise_is_another_commitment(what, one, other):
    reports = [report("one", [Line(content=one, act="commit")]), report("two", [Line(content=other, act="commit")], day="2031-09-07")]
    assert len(commitments(bound(*reports))) == 2


def test_a_later_position_on_the_same_action_belongs_to_the_same_commitment():
    first = report("one", [Line(content="Norway will send engineers to Denmark", act="commit")])
    later = report("two", [Line(content="Norway would send engineers to Denmark", act="commit", continuity="reaffirm")], day="2031-09-07")
    ledger = bound(first, later)
    assert len(commitments(ledger)) == 1
    assert len(ledger.groups()) == 2


def test_binding_again_keeps_the_ids():
    reports = [
        report(name, [Line(content="Norway will send engineers to Denmark", act="commit")], day=day)
        for name, day in (("a", "2031-05-06"), ("b", "2031-09-07"))
    ]
    ledger = bound(*reports)
    before = {key: each.commitment for key, each in ledger.bound.items()}
    from onrecord.group.sayings import place

    for each in reports:
        placement = place(each, (), [], ledger)
        ledger.bind(bind(each, placement, ledger))
    assert {key: each.commitment for key, each in ledger.bound.items()} == before


def test_a_report_without_promises_has_none():
    shelf = told([report("one", [])])
    assert shelf.groups() == set()
    assert bound(report("one", [])).bound == {}


def test_who_echoes_a_promise_is_heard_as_another_speaker_of_the_same_commitment():
    lines = [
        Line(content="Norway will send engineers to Denmark", act="commit"),
        Line(speaker="Two lawmakers", actors=("group:lawmakers",), cue="echoed", content="this sentiment", act="agree"),
    ]
    plain = report("one", lines)
    first, second = plain.extraction.statements
    relation = Relation(kind="echo", to=first.id, spans=())
    extraction = msgspec.structs.replace(plain.extraction, statements=(first, msgspec.structs.replace(second, relations=(relation,))))
    ledger = bound(msgspec.structs.replace(plain, extraction=extraction))
    assert len(ledger.bound) == 2
    assert len(commitments(ledger)) == 1
    assert len(ledger.groups()) == 2
    assert len(bound(plain).bound) == 1


def test_two_promises_with_one_verb_are_two_bonds():
    promises = ("Norway will send engineers to Denmark", "Norway will close the gate at Vik")
    plain = report("one", [Line(content=promise, act="commit") for promise in promises])
    first, second = plain.extraction.statements
    extraction = msgspec.structs.replace(plain.extraction, statements=(first, msgspec.structs.replace(second, anchor=first.anchor)))
    ledger = bound(msgspec.structs.replace(plain, extraction=extraction))
    assert len(ledger.bound) == len(ledger.saying) == 2
