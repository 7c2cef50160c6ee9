"""Text on a terminal: harmless, measured in columns, wrapped."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.faces.grid import grid
from onrecord.faces.settings import Screen
from onrecord.faces.terminal import Painter, columns, harmless

HARMLESS = [
    ("plain words", "plain words"),
    ("two\r\nlines\tand  more\u2028here", "two lines and more here"),
    ("\x1b[31mred\x1b[0m", "<U+001B>[31mred<U+001B>[0m"),
    ("title\x1b]0;owned\x07", "title<U+001B>]0;owned<U+0007>"),
    ("c1 \x9b31m", "c1 <U+009B>31m"),
    ("rub\x08\x7fout", "rub<U+0008><U+007F>out"),
    ("he said \u202eson\u202c", "he said <U+202E>son<U+202C>"),
    ("zero\u200bwidth and so\u00adft", "zerowidth and soft"),
    ("e" + "\u0301" * 40, "e" + "\u0301" * 3),
    ("family \U0001f468\u200d\U0001f469", "family \U0001f468\u200d\U0001f469"),
]
COLUMNS = [("abc", 3), ("é", 1), ("e\u0301", 1), ("外交", 4), ("\U0001f600", 2), ("", 0)]


@pytest.mark.parametrize("text, shown", HARMLESS)
def test_what_acts_on_a_terminal_is_shown_or_left_out(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(st.text())
def test_nothing_that_is_shown_acts_on_a_terminal(text: str) -> None:
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", harmless(text))


@pytest.mark.parametrize("text, width", COLUMNS)
def test_columns_count_what_a_terminal_shows(text: str, width: int) -> None:
    assert columns(text) == width


@given(st.text(max_size=200), st.integers(20, 60))
def test_no_line_is_wider_than_the_screen_and_no_word_is_lost(text: str, width: int) -> None:
    text = harmless(text)
    lines = list(Painter(Screen(width=width, colour=False)).lines([(text, None)], "  ", "    "))
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_colour_does_not_count_and_ends_with_its_words() -> None:
    painted = list(Painter(Screen(width=20, colour=True)).lines([("one two three four five six", "bold")]))
    plain = list(Painter(Screen(width=20, colour=False)).lines([("one two three four five six", "bold")]))
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in painted] == plain
    assert all(line.endswith("\x1b[0m") for line in painted)


def test_a_grid_gives_way_where_the_screen_is_narrow() -> None:
    painter = Painter(Screen(width=40, colour=False))
    lines = list(grid(painter, ["day", "title", "id"], [["2024-05-28", "A very long title that goes on " * 3, "ar_1"]], 1))
    assert lines[1].startswith("2024-05-28  A very long")
    assert lines[1].endswith("…  ar_1")
    assert all(columns(line) <= 40 for line in lines)
