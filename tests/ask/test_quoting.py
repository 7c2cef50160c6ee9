"""What is quoted is a slice of the article, without the outlet's own marks and the comma before its "he said"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ask.quoting import marked, sentence_around, shortened, unmarked
from onrecord.records import Span, span

UNMARKED = [
    ("“We go,” ", "We go"),
    ("“We go.”", "We go."),
    ("“We go? Never,”", "We go? Never"),
    ('"We go,"', "We go"),
    ("‘interviews given by third parties’", "interviews given by third parties"),
    ("‘it’s ours’", "it’s ours"),
    ("“If there is a breakthrough, we will go.", "If there is a breakthrough, we will go."),
    ("the idea “a map without a road”", "the idea “a map without a road”"),
    ("“guns” and “shells”", "“guns” and “shells”"),
    ("that they go,", "that they go"),
]


@pytest.mark.parametrize("words, quoted", UNMARKED)
def test_the_outlets_own_marks_are_left_out(words, quoted):
    found = unmarked(Span(start=0, end=len(words), text=words), words)
    assert found is not None
    assert found.text == quoted
    assert found.proves(words)


@pytest.mark.parametrize("words", ["“”", ",", "“ ,”"])
def test_where_nothing_is_left_nothing_is_quoted(words):
    assert unmarked(Span(start=0, end=len(words), text=words), words) is None


@given(st.text(alphabet="ab .,“”‘’\"'–\n", min_size=1, max_size=40))
def test_whatever_is_quoted_is_a_slice(text):
    found = unmarked(span(text, (0, len(text))), text)
    assert found is None or found.proves(text)


SENTENCES = [
    ("He came. She said that all is well, and left. They slept.", "said that", "She said that all is well, and left."),
    ("TALLINN, May 27 (BNW) - She said that all is well. They slept.", "She said that", "She said that all is well."),
    ("Mr. Holm said that all is well.\nThey slept.", "said that", "Mr. Holm said that all is well."),
    ("The U.S. envoy said that all is well.", "said that", "The U.S. envoy said that all is well."),
]


@pytest.mark.parametrize("text, words, sentence", SENTENCES)
def test_the_outlets_words_are_widened_to_the_sentence(text, words, sentence):
    start = text.index(words)
    found = sentence_around([span(text, (start, start + len(words)))], text, reach=60, longest=200)
    assert found is not None
    assert found.text == sentence


def test_a_long_quotation_ends_with_a_sentence():
    text = "First this. Then that happens and goes on for very long."
    found = shortened(span(text, (0, len(text))), text, 30)
    assert found is not None
    assert found.text == "First this."
    assert shortened(span(text, (12, len(text))), text, 20) is None


@pytest.mark.parametrize("words, marks", [("we go", "“”"), ("a “map”", "‘’"), ('a "map"', "‘’")])
def test_marks_are_single_around_double_ones(words, marks):
    assert "".join(marked(words)) == marks
