"""Windows cover a text, once, with context before them."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.windows import windows


def _extents(words: list[str], gaps: list[str]) -> tuple[str, list[tuple[int, int]]]:
    text, extents = "", []
    for n, word in enumerate(words):
        extents.append((len(text), len(text) + len(word)))
        text += word + gaps[n % len(gaps)]
    return text, extents


@given(
    st.lists(st.sampled_from(["word", ".", "”", "x"]), max_size=400),
    st.lists(st.sampled_from([" ", "", "\n", "\n\n"]), min_size=1, max_size=20),
    st.integers(8, 60),
)
def test_each_piece_is_in_one_core_and_no_window_is_too_long(words: list[str], gaps: list[str], size: int) -> None:
    """Cores follow one another without a hole, and a window never shows more than its size."""
    text, extents = _extents(words, gaps)
    core = 0
    for w in windows(text, extents, size, size // 4):
        assert w.core == core
        assert w.first <= w.core < w.last
        assert w.last - w.first <= size
        core = w.last
    assert core == len(extents)


def test_a_window_ends_with_a_paragraph_where_it_can() -> None:
    """The last line's end in the second half of a window is where it is cut."""
    text, extents = _extents(["a"] * 100, [" "] * 69 + ["\n\n"])
    assert windows(text, extents, 100, 10)[0].last == 100
    assert windows(text, extents, 90, 10)[0].last == 70


def test_else_with_a_sentence() -> None:
    """A full stop before a blank is the next best place."""
    text, extents = _extents((["a"] * 9 + ["."]) * 10, [" "])
    assert windows(text, extents, 64, 8)[0].last == 60


def test_a_later_window_shows_again_what_stands_before_it() -> None:
    """So that a speaker named in the sentence before is in sight."""
    text, extents = _extents(["a"] * 300, [" "])
    second = windows(text, extents, 100, 20)[1]
    assert second.core - second.first == 20
