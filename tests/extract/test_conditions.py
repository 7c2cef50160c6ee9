"""Conditions, their parts, and what only looks like one."""

import pytest

from onrecord.extract.words import base
from onrecord.records import Part, TimeExpression

from .staged import at, condition, event, staged, statement

PARTS = [
    # antecedent, what the reader says joins its parts, the parts
    ("talks fail", "none", None, ["talks fail"]),
    ("Western support remains weak and Russia breaks through", "none", "and", ["Western support remains weak", "Russia breaks through"]),
    ("the attacks stop or the prisoners are freed", "none", "or", ["the attacks stop", "the prisoners are freed"]),
    ("that war ends or freezes", "none", "or", ["that war ends", "freezes"]),
    ("Latvia and Lithuania agree", "none", None, ["Latvia and Lithuania agree"]),
    ("Russia attacks Latvia and Lithuania", "none", None, ["Russia attacks Latvia and Lithuania"]),
    ("the attacks and threats continue", "none", None, ["the attacks and threats continue"]),
    ("it is asked to come and help", "none", None, ["it is asked to come and help"]),
    ("the review is done and parliament informed", "and", "and", ["the review is done", "parliament informed"]),
    (
        "the review is done, talks have begun and troops have left",
        "and",
        "and",
        ["the review is done", "talks have begun", "troops have left"],
    ),
    ("they vow to spare ports or ships and Rome takes charge", "none", "and", ["they vow to spare ports or ships", "Rome takes charge"]),
    ("talks fail and Latvia and Lithuania agree", "none", "and", ["talks fail", "Latvia and Lithuania agree"]),
    ("supplies fall, if demand jumps or if prices soar", "none", "or", ["supplies fall", "demand jumps", "prices soar"]),
    ("they sign “and mean it” by then", "none", None, ["they sign “and mean it” by then"]),
]

LEAVES = [
    ("talks do not fail", True),
    ("nobody objects", True),
    ("Moscow refuses to talk", True),
    ("they can’t agree", True),
    ("talks fail", False),
    ("support remains insufficient", False),
    ("not only Rome objects", False),
]

TRAPS = [
    ("The reporter asked if talks had failed.", "if", "talks had failed", (), "if", "asked if"),
    ("He wondered if talks had failed.", "if", "talks had failed", (), "if", "asked if"),
    ("The reporter asked the minister if talks had failed.", "if", "talks had failed", (), "if", "asked if"),
    ("He acts as if talks had failed.", "if", "talks had failed", "He acts", "if", "as if, even if, what if"),
    ("They go even if talks fail.", "if", "talks fail", "They go", "if", "as if, even if, what if"),
    ("What if talks fail?", "if", "talks fail", (), "if", "as if, even if, what if"),
    ("It helps little, if anything, to talk.", "if", "anything", "It helps little", "if", "set phrase with if"),
    ("There is little room, if any, to talk.", "if", "any", "There is little room", "if", "set phrase with if"),
    ("When it comes to war, we go.", "When", "it comes to war", "we go", "when", "set phrase with when"),
    ("They left when talks failed.", "when", "talks failed", "They left", "when", "time and no condition"),
]

CONDITIONS = [
    ("They leave if talks fail.", "if", "talks fail", "They leave", "if"),
    ("He said if talks fail, they leave.", "if", "talks fail", "they leave", "if"),
    ("They will leave when talks have failed.", "when", "talks have failed", "They will leave", "when"),
    ("She would leave when she saw it.", "when", "she saw it", "She would leave", "when"),
    ("If not, they leave.", "If", "not", "they leave", "if"),
    ("Asked by aides, he said that if talks fail they leave.", "if", "talks fail", "they leave", "if"),
]


def leaves(part: Part) -> list[str]:
    return [leaf.span.text for leaf in part.leaves() if leaf.span]


@pytest.mark.parametrize("antecedent, said, op, parts", PARTS)
def test_an_antecedent_is_parted_where_both_sides_have_a_verb(antecedent: str, said: str, op: str | None, parts: list[str]) -> None:
    text = f"They leave if {antecedent}."
    (found,) = staged(text, condition(text, "if", antecedent, "They leave", {"op": said})).conditions
    assert (found.parts.op or None, leaves(found.parts)) == (op, parts)
    assert [piece.text for piece in found.antecedent] == [antecedent]


def test_or_parts_what_and_binds() -> None:
    text = "They leave if talks fail and Rome objects or if Turin agrees."
    (found,) = staged(text, condition(text, "if", "talks fail and Rome objects or if Turin agrees", "They leave")).conditions
    assert (found.parts.op, leaves(found.parts)) == ("or", ["talks fail", "Rome objects", "Turin agrees"])
    first, _ = found.parts.parts or ()
    assert first.op == "and"


def test_the_readers_own_pieces_are_parts() -> None:
    text = "They leave if Rome, or at least Milan, objects and if Turin agrees."
    (found,) = staged(text, condition(text, "if", ["Rome, or at least Milan, objects", "Turin agrees"], "They leave")).conditions
    assert (found.parts.op, leaves(found.parts)) == ("and", ["Rome, or at least Milan, objects", "Turin agrees"])


def test_a_piece_that_lies_astray_is_no_part_and_what_is_joined_on_is() -> None:
    text = (
        "They stay unless the raids cease and two drivers are freed by then, Anna Kask said on Monday. “Both,” she told the house when "
        "asked which of the two it was. A quiet border with drivers in a cell is none. If the raids went on, it would stay shut."
    )
    (first, _) = staged(
        text,
        condition(text, "unless", ["the raids cease", "the raids went on"], "They stay", {"kind": "unless"}),
        condition(text, "If", "the raids went on", "it would stay shut"),
    ).conditions
    assert leaves(first.parts) == ["the raids cease", "two drivers are freed by then"]


@pytest.mark.parametrize("antecedent, negated", LEAVES)
def test_a_part_knows_whether_it_denies(antecedent: str, negated: bool) -> None:
    text = f"They leave if {antecedent}."
    (found,) = staged(text, condition(text, "if", antecedent, "They leave")).conditions
    assert [leaf.negated for leaf in found.parts.leaves()] == [negated]


@pytest.mark.parametrize("words, due", [("by Friday", True), ("before Friday", True), ("on Friday", False), ("by the end of Friday", True)])
def test_a_part_has_the_deadline_that_its_words_set(words: str, due: bool) -> None:
    text = f"They leave if talks fail {words}."
    start, end = at(text, "Friday")
    time = TimeExpression(start=start, end=end, text="Friday", value="2024-05-31", type="DATE", anchor_span=None)
    (found,) = staged(text, condition(text, "if", f"talks fail {words}", "They leave"), times=[time]).conditions
    (leaf,) = found.parts.leaves()
    assert bool(leaf.deadline) == due


def test_a_part_names_the_events_in_it() -> None:
    text = "They leave if Rome attacks and Turin is shelled."
    frames = condition(text, "if", "Rome attacks and Turin is shelled", "They leave"), event(text, "attacks"), event(text, "shelled")
    found = staged(text, *frames)
    assert [leaf.events for leaf in found.conditions[0].parts.leaves()] == [(one.id,) for one in found.events]


@pytest.mark.parametrize("text, marker, antecedent, consequent, kind, reason", TRAPS)
def test_what_only_looks_like_a_condition_is_refused(
    text: str, marker: str, antecedent: str, consequent: str, kind: str, reason: str
) -> None:
    found = staged(text, condition(text, marker, antecedent, consequent, {"kind": kind}))
    assert found.conditions == ()
    assert found.skipped == {reason: 1}


@pytest.mark.parametrize("text, marker, antecedent, consequent, kind", CONDITIONS)
def test_what_is_a_condition_is_kept(text: str, marker: str, antecedent: str, consequent: str, kind: str) -> None:
    (found,) = staged(text, condition(text, marker, antecedent, consequent, {"kind": kind})).conditions
    assert [piece.text for piece in (found.marker, *found.antecedent, *found.consequent)] == [marker, antecedent, consequent]


def test_a_condition_without_antecedent_is_counted() -> None:
    text = "They leave if talks fail."
    found = staged(text, condition(text, "if", (), "They leave"))
    assert found.conditions == ()
    assert found.skipped == {"condition without antecedent": 1}


def test_a_condition_belongs_to_the_innermost_statement_that_holds_it() -> None:
    text = "Anna said Boris had vowed to leave if talks fail."
    found = staged(
        text,
        statement(text, "said", "Boris had vowed to leave if talks fail", speaker="Anna"),
        statement(text, "had vowed", "to leave if talks fail", speaker="Boris"),
        condition(text, "if", "talks fail", "to leave"),
    )
    assert found.conditions[0].statement == found.statements[1].id
    # Anna's statement holds all of it too, and lists it.
    assert [one.conditions for one in found.statements] == [(found.conditions[0].id,)] * 2


def test_a_statement_that_holds_only_half_a_condition_does_not_list_it() -> None:
    text = "Anna said Boris had vowed to leave, if talks fail."
    found = staged(
        text,
        statement(text, "said", "Boris had vowed to leave", speaker="Anna"),
        condition(text, "if", "talks fail", "to leave"),
    )
    assert found.conditions[0].statement is None
    assert found.statements[0].conditions == ()


SIDES = [
    # text, marker, antecedent and consequent as pointed at, antecedent and consequent as kept
    (
        "If they leave, taking their guns, the ford falls.",
        "If",
        "they leave",
        "the ford falls",
        "they leave, taking their guns",
        "the ford falls",
    ),
    ("If they leave, he said, the ford falls.", "If", "they leave", "the ford falls", "they leave", "the ford falls"),
    ("If they leave, however, the ford falls.", "If", "they leave", "the ford falls", "they leave", "the ford falls"),
    (
        "If they leave, the ford falls, opening the road.",
        "If",
        "they leave",
        "the ford falls",
        "they leave",
        "the ford falls, opening the road",
    ),
    ("If they leave, the ford falls, he says.", "If", "they leave", "the ford falls", "they leave", "the ford falls"),
    (
        "The ford falls if it is for a clerk who sleeps.",
        "if",
        "it is for a clerk",
        "The ford falls",
        "it is for a clerk who sleeps",
        "The ford falls",
    ),
    ("The ford would have fallen to us if they had left.", "if", "they had left", "fallen", "they had left", "The ford would have fallen"),
    ("Had they left, they would sink.", "Had", "they left, they would sink", "they would sink", "they left", "they would sink"),
    ("If they leave they may sink.", "If", "they leave they may sink", "they may sink", "they leave", "they may sink"),
    ("If they leave, we lose the ford and the mill.", "If", "they leave", "we lose", "they leave", "we lose the ford and the mill"),
    ("If they leave, we go because it rains.", "If", "they leave", "we go because it rains", "they leave", "we go"),
    ("If they leave, we go, though late.", "If", "they leave", "we go, though late", "they leave", "we go"),
    ("If they leave, we may go, so we pack.", "If", "they leave", "we may go, so we pack", "they leave", "we may go"),
    ("We go if they leave the mill and it burns.", "if", "they leave", "We go", "they leave the mill", "We go"),
    ("If the mayor, not the guard, resigns, we go.", "If", "the mayor", "we go", "the mayor, not the guard, resigns", "we go"),
    ("If they go, the mayors (all nine) will resign.", "If", "they go", "the mayors", "they go", "the mayors (all nine) will resign"),
    ("If they go, it would end, and we stay.", "If", "they go", "we stay", "they go", "it would end, and we stay"),
    ("If they go, old mayors will resign.", "If", "they go", "mayors will resign", "they go", "old mayors will resign"),
    ("If they go then mayors resign.", "If", "they go", "resign", "they go", "mayors resign"),
    ("They go. If the mill burns, we may go.", "If", "They go", "we may go", "the mill burns", "we may go"),
    ("They may stay. We may go if the mill burns.", "if", "the mill burns", "They may stay", "the mill burns", "We may go"),
    ("It is clear that if they leave, we may go.", "if", "they leave", "It", "they leave", "we may go"),
    ("We might go were it not for the mill, or so.", "were", "it not for the mill", "or so", "it not for the mill", "We might go"),
    ("They row, and he says we may go if it burns.", "if", "it burns", "They row", "it burns", "we may go"),
    ("Well, if they leave, row on.", "if", "they leave", "Well", "they leave", "row on"),
    ("We may go, he said, if the mill burns.", "if", "We may go", "he said", "the mill burns", "We may go"),
    ("We may go if, as he says, it burns.", "if", "We", "he says", "it burns", "We may go"),
]


@pytest.mark.parametrize("text, marker, antecedent, consequent, first, second", SIDES)
def test_a_side_reaches_to_where_its_clause_ends(text: str, marker: str, antecedent: str, consequent: str, first: str, second: str) -> None:
    said = [statement(text, cue, text[:2]) for cue in ("said", "says") if f"he {cue}" in text]
    (found,) = staged(text, condition(text, marker, antecedent, consequent), *said).conditions
    assert ([piece.text for piece in found.antecedent], [piece.text for piece in found.consequent]) == ([first], [second])


def test_a_consequent_may_stand_around_its_condition() -> None:
    text = "The town may, if it chooses, sell the mill."
    (found,) = staged(text, condition(text, "if", "it chooses", "may")).conditions
    assert [piece.text for piece in found.consequent] == ["The town may", "sell the mill"]


UNSEEN = [
    # text, marker, antecedent, consequent, realis
    ("Had they left at dawn, they would have come by noon.", "Had", "they left at dawn", "they would have come by noon", "counterfactual"),
    ("The ford would have held had they left.", "had", "they left", "The ford would have held", "counterfactual"),
    ("We would go were it not for the mill.", "were", "it not for the mill", "We would go", "counterfactual"),
    ("But for the mill, they would have left.", "But for", "the mill", "they would have left", "counterfactual"),
    ("They could not have come without our help.", "without", "our help", "They could not have come", "counterfactual"),
    ("She said they will go if the mill burns.", "if", "the mill burns", "they will go", "open"),
    ("He said that if the mill burns, they go.", "if", "the mill burns", "they go", "open"),
]


@pytest.mark.parametrize("text, marker, antecedent, consequent, realis", UNSEEN)
def test_a_condition_that_the_reader_passed_over_is_read_by_its_form(
    text: str, marker: str, antecedent: str, consequent: str, realis: str
) -> None:
    said = [statement(text, "said", antecedent)] if "said" in text else []
    (found,) = staged(text, *said).conditions
    assert [piece.text for piece in (found.marker, *found.antecedent, *found.consequent)] == [marker, antecedent, consequent]
    assert (found.realis, found.by) == (realis, "rule/condition-form-1")


@pytest.mark.parametrize(
    "text",
    [
        "They would not say if the mill had burned.",
        "They would have had the mill rebuilt.",
        "The men who would lead had left the mill.",
        "He acts as if the mill may burn, and they would go.",
        "Even if the mill burns, they will go.",
        "They could leave without a word.",
        "But for Riga, the work will take longer.",
        "They may go, if only because it burns.",
        "Without question, they would have left.",
        "They would rather go than if they had stayed.",
        "We were told that the mill would burn.",
    ],
)
def test_what_only_has_the_words_of_a_condition_is_left_alone(text: str) -> None:
    assert staged(text).conditions == ()


def test_a_further_marker_adds_a_part_and_no_condition() -> None:
    text = "If they leave and if the mill burns, we may go."
    found = staged(text, condition(text, "If", "they leave", "we may go"), condition(text, "if", "the mill burns", "we may go")).conditions
    assert [leaves(one.parts) for one in found] == [["they leave", "the mill burns"]]


def test_a_sentence_without_end_is_not_read_by_its_form() -> None:
    text = "If they leave " + "and row on " * 200 + ", they may sink."
    assert staged(text).conditions == ()


def test_a_condition_in_the_articles_own_voice_has_no_statement() -> None:
    text = "They leave if talks fail. Anna said so."
    found = staged(text, condition(text, "if", "talks fail", "They leave"), statement(text, "said", "so", speaker="Anna"))
    assert found.conditions[0].statement is None


def test_a_side_may_lie_in_a_quotation_with_its_marker() -> None:
    text = "She'd “believe him if he looked up,” she said."
    (found,) = staged(text, condition(text, "if", "he looked up", "She'd “believe him")).conditions
    assert [piece.text for piece in (*found.antecedent, *found.consequent)] == ["he looked up", "She'd “believe him"]


def test_a_pointer_that_runs_over_the_marker_is_cut_there() -> None:
    text = "They leave if talks fail."
    (found,) = staged(text, condition(text, "if", "leave if talks fail", "They leave if talks")).conditions
    assert [piece.text for piece in (*found.antecedent, *found.consequent)] == ["talks fail", "They leave"]


def test_two_windows_see_one_condition() -> None:
    text = "They leave if talks fail."
    frame = condition(text, "if", "talks fail", "They leave")
    assert len(staged(text, frame, frame).conditions) == 1


@pytest.mark.parametrize(
    "form, verb",
    [("breaks", "break"), ("signalled", "signal"), ("frozen", "freeze"), ("agreed", "agree"), ("lorry", None), ("dies", "die")],
)
def test_a_verb_form_has_a_base(form: str, verb: str | None) -> None:
    assert base(form) == verb


def test_parts_that_a_pointer_saw_only_the_ends_of_are_read_off_the_whole() -> None:
    text = "They will sail if Oslo and Riga both undertake to spare the ships and Rome takes charge of checks."
    pieces = ("Oslo and Riga", "Rome takes charge of checks")
    (found,) = staged(text, condition(text, "if", pieces, "They will sail")).conditions
    assert [getattr(leaf.span, "text", None) for leaf in found.parts.leaves()] == [
        "Oslo and Riga both undertake to spare the ships",
        "Rome takes charge of checks",
    ]


@pytest.mark.parametrize(
    "text, marker, antecedent, consequent",
    [
        ("They hire staff in expectation of the fight ahead.", "in", "the fight ahead", "They hire staff"),
        ("Hypothetically, there was some trick that worked.", "Hypothetically", "there was some trick", "that worked"),
    ],
)
def test_a_word_that_marks_no_condition_makes_none(text: str, marker: str, antecedent: str, consequent: str) -> None:
    found = staged(text, condition(text, marker, antecedent, consequent))
    assert found.conditions == ()
    assert found.skipped == {"no marker of a condition": 1}
