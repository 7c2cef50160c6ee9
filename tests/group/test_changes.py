"""Changes between two texts: whole, in order, and read as an editor would tell them."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.group.changes import changes

CHANGED = [
    ("a word", "The gate opens on Monday.", "The gate opens on Tuesday.", [("replaced", "Monday", "Tuesday")]),
    ("a qualifier dropped", "A strategic breakthrough is needed.", "A breakthrough is needed.", [("dropped", "strategic ", "")]),
    ("a word added", "He told the magazine Die Lage.", "He told the news magazine Die Lage.", [("added", "", "news ")]),
    ("a sentence dropped", "It rained. Nobody came. They left.", "It rained. They left.", [("dropped", "Nobody came. ", "")]),
    ("a sentence added", "It rained. They left.", "It rained. Nobody came. They left.", [("added", "", "Nobody came. ")]),
    ("a paragraph dropped", "It rained.\n\nNobody came.\n\nThey left.", "It rained.\n\nThey left.", [("dropped", "Nobody came.\n\n", "")]),
    ("a number", "They pay 1,300 crowns.", "They pay 1,400 crowns.", [("replaced", "1,300", "1,400")]),
    (
        "one word of two alike in between goes with the change",
        "They will send the soldiers.", "They would station its soldiers.", [("replaced", "will send the", "would station its")],
    ),
    ("marks, spaces and capitals alone", "“Yes,” He said –  once.", "\"yes,\" he said - once.", []),
    ("accents alone", "The Põhjala gate.", "The Pohjala gate.", []),
    ("nothing", "", "", []),
    ("everything added", "", "The gate opens.", [("added", "", "The gate opens.")]),
    ("everything dropped", "The gate opens.", "", [("dropped", "The gate opens.", "")]),
    ("nothing in common", "The gate opens.", "Rain fell yesterday", [("replaced", "The gate opens.", "Rain fell yesterday")]),
    (
        "a sentence reworded among others",
        "It rained. The old gate opens on Monday at nine. They left.", "It rained. The gate opens on Monday at ten. They left.",
        [("dropped", "old ", ""), ("replaced", "nine", "ten")],
    ),
    ("a title's full stop ends no sentence", "Dr. Brill of Oslo came.", "Dr. Brill of Bergen came.", [("replaced", "Oslo", "Bergen")]),
]  # fmt: skip


@pytest.mark.parametrize("name, before, after, expected", CHANGED, ids=[row[0] for row in CHANGED])
def test_what_was_changed_is_told(name: str, before: str, after: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(each.kind, each.before, each.after) for each in changes(before, after) if each.kind != "same"]
    assert found == expected


WORDS = st.lists(st.sampled_from(["gate", "opens", "The", "Monday", ".", "\n\n", " ", ", ", "“", "”", "ß", "門"]), max_size=40).map("".join)


@given(st.one_of(st.text(max_size=120), WORDS), st.one_of(st.text(max_size=120), WORDS))
def test_both_texts_are_there_whole_and_in_order(before: str, after: str) -> None:
    made = changes(before, after)
    assert "".join(each.before for each in made) == before
    assert "".join(each.after for each in made) == after
    for each in made:
        assert each.was is not None
        assert each.now is not None
        assert before[slice(*each.was)] == each.before
        assert after[slice(*each.now)] == each.after
        assert (each.kind == "added") == (not each.before)
        assert (each.kind == "dropped") == (not each.after)
    assert all((one.kind == "same") != (next_.kind == "same") for one, next_ in itertools.pairwise(made))


@given(st.text(max_size=200))
def test_a_text_beside_itself_is_the_same(text: str) -> None:
    assert all(each.kind == "same" for each in changes(text, text))


LONG = [
    ("one word, over and over", "word " * 50_000, "word " * 40_000 + "end"),
    ("one sentence, over and over", "It rained. " * 20_000, "So, it rained. " * 20_000),
    ("sentences of one word", "No. " * 25_000, "Yes. " * 25_000),
    ("no sentence ends", "ab cd " * 25_000, "cd ef " * 25_000),
]


@pytest.mark.parametrize("name, before, after", LONG, ids=[row[0] for row in LONG])
def test_texts_made_to_take_long_take_seconds(name: str, before: str, after: str) -> None:
    start = time.process_time()
    made = changes(before, after)
    assert "".join(each.after for each in made) == after
    assert time.process_time() - start < 5
