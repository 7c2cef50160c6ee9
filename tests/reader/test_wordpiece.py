"""WordPiece gives BERT's own pieces, with exact places in the untouched text."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import BertWordPieceTokenizer

from onrecord.reader.wordpiece import DIGIT, LOWER, MARK, TITLE, UPPER, WordPiece

PIECES = [p for p in (files("onrecord.reader") / "vocab.txt").read_text("utf-8").split("\n") if p]
VOCABULARY = {p: n for n, p in enumerate(PIECES)}
ODD = [
    "The minister’s “red line” — he said — is U.S. policy.",
    "Gen. Wiesława Grądzka arrived in Łódź, naïve as ever.",
    "a\u200bb zero\u200dwidth, \u202eturned\u202c and \u200fright-to-left",
    "İstanbul ﬁne Ⅳ ß ẞ µ",
    "emoji 👩\u200d👩\u200d👧 ok🙂ok",
    "你好 world",
    "e\u0301clair combining",
    "https://example.org/a?b=c&d=e_f",
    "x" * 150 + " after",
    "line\r\nline\ttab\x85next\x1cend",
    "\ufeffmark of byte order",
    "$5.50, 30%, #tag @name 'single' ``double''",
]


@pytest.fixture(scope="module")
def theirs() -> BertWordPieceTokenizer:
    """The reference, with the same vocabulary."""
    return BertWordPieceTokenizer(VOCABULARY, lowercase=True, strip_accents=True)


@pytest.mark.parametrize("text", ODD)
def test_pieces_and_places_are_those_of_the_reference(text: str, theirs: BertWordPieceTokenizer) -> None:
    """The same numbers and the same offsets as the tokenizers library."""
    ids, extents, _ = WordPiece(VOCABULARY).pieces(text)
    reference = theirs.encode(text, add_special_tokens=False)
    assert ids == reference.ids
    assert extents == [tuple(o) for o in reference.offsets]


# Scripts whose characters are settled: of newer ones the two libraries have different tables.
BLOCKS = [
    (0x00, 0x37F),
    (0x391, 0x3A9),
    (0x410, 0x44F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2040),
    (0x20A0, 0x20AC),
    (0x4E00, 0x9FA5),
    (0x1F600, 0x1F64F),
]
SETTLED = st.one_of(*(st.characters(min_codepoint=low, max_codepoint=high, exclude_categories=["Cn"]) for low, high in BLOCKS))


@given(st.text(alphabet=SETTLED, max_size=80).filter(lambda text: "[" not in text))
def test_any_text_gives_the_pieces_of_the_reference(text: str) -> None:
    """Whatever stands in it, but for the names of special pieces, which the reference takes for such."""
    reference = BertWordPieceTokenizer(VOCABULARY, lowercase=True, strip_accents=True).encode(text, add_special_tokens=False)
    assert WordPiece(VOCABULARY).pieces(text)[0] == reference.ids


@given(st.text(max_size=200))
def test_places_are_in_order_and_inside(text: str) -> None:
    """Extents never overlap, never run backwards, and hold something."""
    _, extents, _ = WordPiece(VOCABULARY).pieces(text)
    last = 0
    for start, end in extents:
        assert last <= start < end <= len(text)
        last = end


def test_a_remembered_word_is_split_as_it_was_the_first_time() -> None:
    """The cache changes nothing."""
    split = WordPiece(VOCABULARY)
    assert split.pieces("Grądzka, Grądzka,")[0] == split.pieces("Grądzka,")[0] * 2


def test_shapes_carry_the_case() -> None:
    """What an uncased vocabulary loses is kept beside it."""
    assert WordPiece(VOCABULARY).pieces("NATO said on May 26 .")[2] == [UPPER, LOWER, LOWER, TITLE, DIGIT, MARK]
