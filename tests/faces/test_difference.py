"""Differences between two texts, word by word."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.faces import difference
from onrecord.faces.settings import Screen
from onrecord.faces.terminal import Painter

PLAIN = Painter(Screen(width=200, colour=False))

CHANGES = [
    ("The gate opens if it rains.", "The gate opens once it rains.", "The gate opens [-if-]{+once+} it rains."),
    ("The gate opens.", "The gate opens soon.", "The gate opens {+soon+}."),
    ("The gate will reportedly open.", "The gate will open.", "The gate will [-reportedly-] open."),
    ("One. Two. Three.", "One. Three.", "One. [-Two.-] Three."),
    ("One.", "One. Two.", "One. {+Two.+}"),
    ("It costs 20 crowns.", "It costs 30 crowns.", "It costs [-20-]{+30+} crowns."),
]
SAME = [("One.\n\nTwo.", "One. Two."), ("One.", "One."), ("", ""), ("One.  Two.", "One. Two.")]


def shown(before: str, after: str, painter: Painter = PLAIN) -> str:
    return " ".join(" ".join(difference.lines(before, after, painter, coloured=False)).split())


@pytest.mark.parametrize("before, after, expected", CHANGES)
def test_words_taken_out_and_put_in_are_marked(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


@pytest.mark.parametrize("before, after", SAME)
def test_other_spaces_are_no_change(before: str, after: str) -> None:
    assert shown(before, after) == ""


def test_only_changed_sentences_are_shown_with_a_little_around_them() -> None:
    before = "\n".join(f"This is sentence {number} of a long report about the gate and all those who guard it." for number in range(50))
    lines = shown(before, before.replace("sentence 20 of", "sentence xx of"))
    assert "sentence [-20-]{+xx+} of a long report" in lines
    assert len(lines) < 300


def test_on_a_terminal_words_are_coloured_and_what_would_act_on_it_is_shown() -> None:
    painter = Painter(Screen(width=200, colour=True))
    text = " ".join(difference.lines("The gate opens.", "The \x1b[2Jgate closes.", painter, coloured=True))
    assert "\x1b[31m[-opens-]\x1b[0m" in text
    assert "\x1b[2J" not in text


def test_long_texts_that_differ_everywhere_take_little_time() -> None:
    begin = time.monotonic()
    shown("a b c d e f g. " * 20_000, "h i j k l m n. " * 20_000)
    shown("a " * 100_000, "b " * 100_000)
    assert time.monotonic() - begin < 8


@given(st.text(alphabet="ab. \n“”-", max_size=80), st.text(alphabet="ab. \n“”-", max_size=80))
def test_something_is_shown_where_words_differ_and_nothing_else(before: str, after: str) -> None:
    assert (shown(before, after) == "") == (" ".join(before.split()) == " ".join(after.split()))
