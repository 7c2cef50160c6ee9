"""What a wording has otherwise than the best one of its saying."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.group.invented import Line, report

from onrecord.group.wordings import best, between, changes, compare

OPEN = "Norland will open the northern gate if the dam at Vik holds and the pumps are paid for"
FULL = Line(content=OPEN, act="commit", conditions=("the dam at Vik holds", "the pumps are paid for"))

DIFFERENT = [
    (
        "a part of the condition is gone",
        FULL,
        Line(content="Norland will open the northern gate if the dam at Vik holds", act="commit", conditions=("the dam at Vik holds",)),
        ("condition-dropped", "the pumps are paid for", None),
    ),
    (
        "the whole condition is gone",
        Line(content="Norland will open the northern gate if the dam at Vik holds", act="commit", conditions=("the dam at Vik holds",)),
        Line(content="Norland will open the northern gate", act="commit"),
        ("condition-dropped", "the dam at Vik holds", None),
    ),
    (
        "a condition that was not there",
        Line(content="Norland will open the northern gate", act="commit"),
        Line(content="Norland will open the northern gate if the fishermen agree", act="commit", conditions=("the fishermen agree",)),
        ("condition-added", None, "the fishermen agree"),
    ),
    (
        "one condition for another",
        Line(content="Norland will open the gate if the dam at Vik holds", act="commit", conditions=("the dam at Vik holds",)),
        Line(content="Norland will open the gate if the fishermen agree", act="commit", conditions=("the fishermen agree",)),
        ("condition-changed", "the dam at Vik holds", "the fishermen agree"),
    ),
    (
        "another time in the same condition",
        Line(content="Norland will open the gate if the dam holds until autumn", act="commit", conditions=("the dam holds until autumn",)),
        Line(content="Norland will open the gate if the dam holds until spring", act="commit", conditions=("the dam holds until spring",)),
        ("condition-changed", "the dam holds until autumn", "the dam holds until spring"),
    ),
    (
        "a part of the condition is gone from a shorter wording",
        Line(
            content="Norland will reopen its gate to barges as soon as the dam holds and the pumps are paid for", act="commit",
            conditions=("the dam holds", "the pumps are paid for"), marker="as soon as",
        ),
        Line(content="the gate would open as soon as the dam holds", act="commit", conditions=("the dam holds",), marker="as soon as"),
        ("condition-dropped", "the pumps are paid for", None),
    ),
    (
        "once for if",
        Line(content="Norland will open the gate if the dam at Vik holds", act="commit", conditions=("the dam at Vik holds",)),
        Line(
            content="Norland will open the gate once the dam at Vik holds", act="commit", conditions=("the dam at Vik holds",),
            marker="once", kind="once",
        ),
        ("condition-changed", "if", "once"),
    ),
    (
        "a qualifier is gone",
        Line(content="the flood was a strategic setback for the harbour"),
        Line(content="the flood was a setback for the harbour"),
        ("qualifier", "strategic setback", "setback"),
    ),
    (
        "a qualifier is new",
        Line(content="the talks end in a ceasefire on the lake"),
        Line(content="the talks end in a permanent ceasefire on the lake"),
        ("qualifier", "ceasefire", "permanent ceasefire"),
    ),
    (
        "less firm",
        Line(content="Norland will send engineers to the dam", act="commit"),
        Line(content="Norland could send engineers to the dam", act="commit"),
        ("modality", "will", "could"),
    ),
    (
        "readiness is no promise",
        Line(content="Norland is prepared to send engineers to the dam", act="commit"),
        Line(content="Norland will send engineers to the dam", act="commit"),
        ("modality", "prepared to", "will"),
    ),
    (
        "another number",
        Line(content="Norland sends 40 engineers and pumps to the dam"),
        Line(content="Norland sends 60 engineers and pumps to the dam"),
        ("number", "40", "60"),
    ),
    (
        "a hedge is lost",
        Line(content="the pumps have failed in the northern valley", hedge="reportedly"),
        Line(content="the pumps have failed in the northern valley"),
        ("hedge-lost", "reportedly", None),
    ),
    (
        "a hedge is new",
        Line(content="the pumps have failed in the northern valley"),
        Line(content="the pumps have failed in the northern valley", hedge="reportedly"),
        ("hedge-added", None, "reportedly"),
    ),
    (
        "through whom it comes is no longer said",
        Line(content="the pumps have failed in the northern valley", via="Fjord Post"),
        Line(content="the pumps have failed in the northern valley"),
        ("attribution-lost", "Fjord Post", None),
    ),
    (
        "a quotation in other words",
        Line(content="“The pumps have failed in the valley”", manner="direct"),
        Line(content="that the pumps failed in the valley"),
        ("paraphrase", "“The pumps have failed in the valley”", "that the pumps failed in the valley"),
    ),
]  # fmt: skip

SAME = [
    (
        "a month that is a verb as well",
        Line(content="Norland will open the gate if barges may pass in June", act="commit", conditions=("barges may pass in June",)),
        Line(content="Norland will open the gate if barges can pass in June", act="commit", conditions=("barges can pass in June",)),
    ),
    ("the same words", FULL, FULL),
    (
        "would in reported speech",
        Line(content="Norland will open the gate", act="commit"),
        Line(content="Norland would open the gate", act="commit"),
    ),
    (
        "the condition in other words",
        Line(content="Norland will open the gate if the dam at Vik holds", act="commit", conditions=("the dam at Vik holds",)),
        Line(
            content="Norland will open the gate in case the dam at Vik held", act="commit", conditions=("the dam at Vik held",),
            marker="in case", kind="in-case",
        ),
    ),
    (
        "a condition that the reader did not see",
        Line(content="Norland will open the gate if the dam at Vik holds", act="commit", conditions=("the dam at Vik holds",)),
        Line(content="Norland will open the gate if the dam at Vik holds", act="commit"),
    ),
    (
        "conditions that were named before",
        Line(content="Norland will open the gate if the dam at Vik holds", act="commit", conditions=("the dam at Vik holds",)),
        Line(content="Norland will open the gate if both apply", act="commit", conditions=("both apply",)),
    ),
    ("a word for another", Line(content="Norland sends soldiers to the dam"), Line(content="Norland dispatches troops to the dam")),
]  # fmt: skip


def found(one, other):
    mine, theirs = report("one", [one]), report("two", [other], outlet="Valley Times", day="2031-05-07")
    return between((mine, mine.extraction.statements[0]), (theirs, theirs.extraction.statements[0])), mine, theirs


@pytest.mark.parametrize(("what", "one", "other", "expected"), DIFFERENT, ids=[row[0] for row in DIFFERENT])
def test_what_a_wording_has_otherwise_is_named_with_its_words(what, one, other, expected):
    differences, mine, theirs = found(one, other)
    shown = [(each.kind, each.before and each.before.span.text, each.after and each.after.span.text) for each in differences]
    assert expected in shown
    for each in differences:
        assert each.before is None or (each.before.article == "one" and each.before.span.proves(mine.text))
        assert each.after is None or (each.after.article == "two" and each.after.span.proves(theirs.text))
        assert each.sentence


@pytest.mark.parametrize(("what", "one", "other"), SAME, ids=[row[0] for row in SAME])
def test_what_says_the_same_is_no_difference(what, one, other):
    assert [each.sentence for each in found(one, other)[0]] == []


def test_the_best_wording_is_a_first_hand_quotation_else_the_oldest():
    quoted = Line(content="“The pumps in the valley have failed again”", manner="direct")
    retold, heard = (
        Line(content="that the pumps in the valley have failed"),
        Line(content=quoted.content, manner="direct", via="Fjord Post"),
    )
    reports = [report("a", [retold]), report("b", [heard], day="2031-05-07"), report("c", [quoted], day="2031-05-08")]
    wordings = [(each, each.extraction.statements[0]) for each in reports]
    assert best(wordings)[0].article == "c"
    assert best(wordings[:2])[0].article == "a"
    assert {each.best_article for each in compare(wordings)} == {"c"}
    assert {each.article for each in compare(wordings)} == {"a", "b"}


def test_a_headline_is_not_the_best_wording_where_there_is_another():
    made = report("a", [Line(content="to open the gate", act="commit"), FULL])
    short, full = made.extraction.statements
    headline = replace(short, content=(replace(short.content[0], place="title"),))
    assert best([(made, headline), (made, full)])[1] is full
    assert best([(made, headline)])[1] is headline


def test_a_single_wording_has_nothing_to_be_compared_with():
    one = report("a", [FULL])
    assert compare([(one, one.extraction.statements[0])]) == ()


@given(st.text(max_size=80), st.text(max_size=80))
def test_both_texts_can_be_put_together_from_their_changes(before, after):
    made = changes(before, after)
    assert " ".join(each.before for each in made if each.before).split() == before.split()
    assert " ".join(each.after for each in made if each.after).split() == after.split()


CONTENT = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(
    lambda text: text.strip() == text
)


@given(CONTENT, CONTENT)
def test_any_prose_is_compared_and_every_word_shown_is_in_its_article(one, other):
    differences, mine, theirs = found(Line(content=one), Line(content=other))
    for each in differences:
        assert each.before is None or each.before.span.proves(mine.text)
        assert each.after is None or each.after.span.proves(theirs.text)
