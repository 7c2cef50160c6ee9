"""Quotation marks of every kind pair up, apostrophes do not, and nothing that stands in a text takes long or fails."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.borders import Borders
from onrecord.extract.quotes import quotations

PAIRED = [
    ("He said “we stay”.", ["“we stay”"]),
    ('He said "we stay".', ['"we stay"']),
    ("He said 'we stay'.", ["'we stay'"]),
    ("He said ‘we stay’.", ["‘we stay’"]),
    ("Der Minister: „wir bleiben“ und geht.", ["„wir bleiben“"]),
    ("Minister: „zostajemy” i koniec.", ["„zostajemy”"]),
    ("Elle dit « nous restons » et part.", ["« nous restons »"]),
    ("Er sagt »wir bleiben« und geht.", ["»wir bleiben«"]),
    ("Il dit ‹ oui › et part.", ["‹ oui ›"]),
    ("She said ``we stay'' and left.", ["``we stay''"]),
    ("She said ''we stay'' and left.", ["''we stay''"]),
    ("''We stay,'' she said. ''They go.''", ["''We stay,''", "''They go.''"]),
    ("''They call it 'help','' she said.", ["''They call it 'help',''", "'help'"]),
    ("She said ‘‘we stay’’ and left.", ["‘‘we stay’’"]),
    ("“A,” he said. “B.”", ["“A,”", "“B.”"]),
    ('"A," he said. "B."', ['"A,"', '"B."']),
    ("“They call it ‘help’ there,” she said.", ["“They call it ‘help’ there,”", "‘help’"]),
    ("‘They call it “help” there,’ she said.", ["‘They call it “help” there,’", "“help”"]),
    ("‘I don’t know the ministers’ minds,’ she said.", ["‘I don’t know the ministers’ minds,’"]),
    ("‘The ministers’ visit is off,’ he said.", ["‘The ministers’ visit is off,’"]),
    ("The ‘tough guys’ left.", ["‘tough guys’"]),
    ("What some call “half hearted” help", ["“half hearted”"]),
    ('A 5" gun and "a word" more', ['"a word"']),
]
APOSTROPHES = [
    "They don’t and can’t.",
    "They don't and can't.",
    "In the ’90s and the '80s",
    "Ministers’ visit ends",
    "The ministers' visit ended",
    "O'Neill met O’Brien",
    "rock ’n’ roll, rock 'n' roll",
    "tell ’em 'twas so",
    "He is 6'2\" tall and ran 5' more",
    "the Corp.'s head and the Inc.'s chief",
]
LEFT_OVER = [
    ("He said “we stay and left.", 1),
    ("He said “we stay. “They go,” she said.", 1),
    ('He said "we stay and left.', 1),
    ("“", 1),
    ("No marks at all", 0),
    ("He said ”we stay and left.", 1),
    ("closing only” here", 0),
]


@pytest.mark.parametrize("text, found", PAIRED)
def test_marks_of_every_kind_pair_up(text: str, found: list[str]) -> None:
    assert [text[quotation.start : quotation.end] for quotation in quotations(text).found] == found
    assert quotations(text).unclosed == 0


@pytest.mark.parametrize("text", APOSTROPHES)
def test_an_apostrophe_is_no_quotation_mark(text: str) -> None:
    assert quotations(text).found == ()
    assert quotations(text).unclosed == 0


@pytest.mark.parametrize("text, count", LEFT_OVER)
def test_a_mark_without_its_partner_is_counted_and_costs_nothing_else(text: str, count: int) -> None:
    assert quotations(text).unclosed == count


def test_a_quotation_that_opens_again_in_the_next_paragraph_is_one() -> None:
    text = "She rose. “We stay.\n\n“We have stayed before.\n\n“And we will again,” she said. He left."
    (quotation,) = quotations(text).found
    assert [text[start:end] for start, end in quotation.pieces] == ["“We stay.", "“We have stayed before.", "“And we will again,”"]


def test_a_straight_quotation_that_opens_again_is_one() -> None:
    text = '"We stay.\n\n"We have stayed before," she said.'
    (quotation,) = quotations(text).found
    assert [text[start:end] for start, end in quotation.pieces] == ['"We stay.', '"We have stayed before,"']


def test_a_quotation_runs_over_hard_wrapped_lines() -> None:
    text = "“We stay\nwhere we\nare,” she said."
    (quotation,) = quotations(text).found
    assert text[quotation.start : quotation.end] == "“We stay\nwhere we\nare,”"


def test_an_unclosed_quotation_spoils_no_later_paragraph() -> None:
    text = "He said “we stay.\n\nA bus left.\n\nA train left.\n\nShe said “we go”."
    assert [text[quotation.start : quotation.end] for quotation in quotations(text).found] == ["“we go”"]


HOSTILE = [
    "“" * 100_000,
    '"' * 100_000,
    "'" * 100_000,
    "“a\n\n" * 20_000,
    "x " * 100_000,
    '" ' * 50_000,
    "‘s’ " * 40_000,
    "“‘" * 50_000,
    " " * 200_000 + "“",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:6]) for text in HOSTILE])
def test_time_grows_with_the_text_and_no_faster(text: str) -> None:
    began = time.process_time()
    quotations(text)
    assert time.process_time() - began < 5


PROSE = st.text(alphabet="ab .,\n\"'“”‘’„«»S5-–", max_size=80)


@given(PROSE, st.integers(0, 80), st.integers(0, 80))
def test_no_border_cuts_a_quotation_and_no_text_fails(text: str, one: int, other: int) -> None:
    found = quotations(text)
    borders = Borders(text, [], found)
    extent = min(one, other, len(text)), min(max(one, other), len(text))
    whole = borders.unbroken(extent) if extent[0] < extent[1] else extent
    assert 0 <= whole[0] <= whole[1] <= len(text)
    for quotation in found.found:
        for start, end in quotation.pieces:
            assert text[start:end].strip()
            assert not (start < whole[0] < end < whole[1])
            assert not (whole[0] < start < whole[1] < end)


@given(PROSE)
def test_quotations_are_nested_or_apart(text: str) -> None:
    pieces = [piece for quotation in quotations(text).found for piece in quotation.pieces]
    for a in pieces:
        for b in pieces:
            assert a[1] <= b[0] or b[1] <= a[0] or (a[0] <= b[0] and b[1] <= a[1]) or (b[0] <= a[0] and a[1] <= b[1])
