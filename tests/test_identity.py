"""Ids name one reading of a record, anchors its place in the text; neither rests on what may change without a new reading."""

import msgspec
import pytest

from onrecord.identity import anchor, record_id
from onrecord.records import Condition, Cue, Event, Mention, Part, Said, Span, Statement, When, span

TEXT = "Anna said talks failed if Boris left on Monday."


def mention(start: int, end: int) -> Mention:
    return Mention(start=start, end=end, text=TEXT[start:end], actors=(), countries=(), unnamed=False)


STATEMENT = Statement(
    id="", anchor="", within=None, speaker=mention(0, 4), cue=Cue(start=5, end=9, text="said", lemma="say", more=()),
    content=(span(TEXT, (10, 22)),), manner="indirect", act="assert", continuity=None, hedges=(), addressee=(), venue=(),
    said=Said(when=None, where=()), via=(), conditions=(), events=(), relations=(), by="reader/en-1", confidence=0.5,
)  # fmt: skip
CONDITION = Condition(
    id="", anchor="", statement=None, marker=span(TEXT, (23, 25)), kind="if", realis="open", antecedent=(span(TEXT, (26, 36)),),
    consequent=(span(TEXT, (10, 22)),), parts=Part(span=span(TEXT, (26, 36))), by="reader/en-1", confidence=0.5,
)  # fmt: skip
EVENT = Event(
    id="", anchor="", statement=None, type="RETREAT", mode="actual", actor=mention(26, 31), recipient=None, location=(), when=None,
    start=32, end=36, text="left", by="reader/en-1", confidence=0.5,
)  # fmt: skip
RECORDS = [(STATEMENT, "st"), (CONDITION, "cn"), (EVENT, "ev")]
MONDAY = When(first="2024-05-27", to="2024-05-27", granularity="day", spans=(span(TEXT, (40, 46)),))

SAME = [
    (STATEMENT, {"confidence": 0.9}),
    (STATEMENT, {"act": "warn", "within": "st_1", "by": "rule/x-1", "conditions": ("cn_1",)}),
    (STATEMENT, {"speaker": msgspec.structs.replace(mention(0, 4), actors=("person:anna",), countries=("EST",), unnamed=True)}),
    (STATEMENT, {"said": Said(when=MONDAY, where=())}),
    (CONDITION, {"confidence": 0.9, "kind": "when", "statement": "st_1"}),
    (EVENT, {"confidence": 0.9, "mode": "future", "when": MONDAY}),
]
OTHER = [
    (STATEMENT, {"content": (span(TEXT, (10, 36)),)}, True),
    (STATEMENT, {"speaker": None}, True),
    (STATEMENT, {"cue": None}, False),
    (CONDITION, {"consequent": ()}, True),
    (CONDITION, {"marker": span(TEXT, (26, 31))}, False),
    (EVENT, {"actor": None}, True),
    (EVENT, {"place": "title"}, False),
]


@pytest.mark.parametrize("record, tag", RECORDS)
def test_ids_and_anchors_are_tagged(record: Statement | Condition | Event, tag: str) -> None:
    assert record_id(record, "ar_1", "en/1").startswith(f"{tag}_")
    assert anchor(record, "ar_1").startswith("an_")


@pytest.mark.parametrize("record, change", SAME)
def test_neither_rests_on_confidence_labels_or_what_is_resolved(record: Statement | Condition | Event, change: dict[str, object]) -> None:
    changed = msgspec.structs.replace(record, **change)
    assert record_id(changed, "ar_1", "en/1") == record_id(record, "ar_1", "en/1")
    assert anchor(changed, "ar_1") == anchor(record, "ar_1")


@pytest.mark.parametrize("record, change, same_anchor", OTHER)
def test_other_spans_give_another_id_and_another_trigger_another_anchor(
    record: Statement | Condition | Event, change: dict[str, object], same_anchor: bool
) -> None:
    changed = msgspec.structs.replace(record, **change)
    assert record_id(changed, "ar_1", "en/1") != record_id(record, "ar_1", "en/1")
    assert (anchor(changed, "ar_1") == anchor(record, "ar_1")) == same_anchor


def test_another_reader_gives_another_id_and_the_same_anchor_another_article_neither() -> None:
    assert record_id(STATEMENT, "ar_1", "en/2") != record_id(STATEMENT, "ar_1", "en/1")
    assert record_id(STATEMENT, "ar_2", "en/1") != record_id(STATEMENT, "ar_1", "en/1")
    assert anchor(STATEMENT, "ar_2") != anchor(STATEMENT, "ar_1")


def test_the_title_is_another_place_than_the_text() -> None:
    title = msgspec.structs.replace(STATEMENT, content=(Span(start=10, end=22, text=TEXT[10:22], place="title"),))
    assert record_id(title, "ar_1", "en/1") != record_id(STATEMENT, "ar_1", "en/1")
