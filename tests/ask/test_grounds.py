"""A sentence of the brief is checked against what it cites: whatever is changed in it, the check finds it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from onrecord.ask.grounds import Facts, faults
from onrecord.ask.sheet import Piece, Sentence
from onrecord.records import Span
from onrecord.reports import Evidence

from .standins import report

TEXT = (
    "Marit Holm said on Friday that Norland would open the gate if the talks succeed. "
    "She did not promise a single soldier. “We close it for nobody,” Olek Brandt said."
)
REPORT = report(
    TEXT,
    {"speaker": "Marit Holm", "cue": "said", "content": ["that Norland would open the gate if the talks succeed"], "act": "commit",
     "actors": ["person:marit-holm"], "condition": ("if", "the talks succeed", "Norland would open the gate")},
    {"speaker": "She", "cue": "did not promise", "content": ["a single soldier"], "act": "refuse"},
    {"speaker": "Olek Brandt", "cue": "said on", "content": ["“We close it for nobody,”"], "manner": "direct"},
)  # fmt: skip
FACTS = Facts(
    names=frozenset({"Marit Holm", "Harbour Gazette", "Norland"}), days=frozenset({"2024-05-03"}),
    counts={"reports": 2, "origins": 1},
)  # fmt: skip


def evidence(words: str) -> Evidence:
    start = TEXT.index(words)
    return Evidence(article="ar_one", span=Span(start=start, end=start + len(words), text=words))


def sentence(*pieces: tuple[str, str], words: str) -> tuple[Sentence, list[Evidence]]:
    """A sentence of those pieces (kind and text); ``words`` stands for the article's words, cited as 1."""
    made = tuple(Piece(kind=kind, text=text, cite=1 if kind == "words" else None) for kind, text in pieces)  # type: ignore[arg-type]
    text = "".join(piece.text for piece in made)
    return Sentence(kind="says", text=text, pieces=made, cites=(1,)), [evidence(words)]


WHOLE = "that Norland would open the gate if the talks succeed"
RIGHT = (
    ("name", "Marit Holm"), ("plain", " said, in the words of "), ("name", "Harbour Gazette"), ("plain", " of 3 May 2024: “"),
    ("words", WHOLE), ("plain", "”."),
)  # fmt: skip


def test_a_sentence_that_says_what_its_citations_say_has_no_fault():
    made, cited = sentence(*RIGHT, words=WHOLE)
    assert faults(made, {"ar_one": REPORT}, cited, FACTS) == ()


TAMPERED: list[tuple[str, Callable[[list[tuple[str, str]]], None], str]] = [
    ("another word is quoted", lambda p: p.__setitem__(4, ("words", WHOLE.replace("open", "shut"))), "other words than cited"),
    ("another name stands there", lambda p: p.__setitem__(0, ("name", "Zoë Adler")), "the word Zoë comes from nowhere"),
    ("another outlet stands there", lambda p: p.__setitem__(2, ("name", "Die Lage")), "the word Lage comes from nowhere"),
    ("another day stands there", lambda p: p.__setitem__(3, ("plain", " of 4 May 2024: “")), "no report has the day 4 May"),
    ("another month stands there", lambda p: p.__setitem__(3, ("plain", " of 3 June 2024: “")), "no report has the day 3 June"),
    ("another year stands there", lambda p: p.__setitem__(3, ("plain", " of 3 May 2023: “")), "no report has the day 3 May"),
    ("a number stands there", lambda p: p.__setitem__(1, ("plain", " said, in the words of 7 ")), "nothing counts 7"),
    ("a number in letters stands there", lambda p: p.__setitem__(1, ("plain", " said, in the words of five ")), "nothing counts five"),
    ("a negation is added", lambda p: p.__setitem__(1, ("plain", " said not, in the words of ")), "nothing says not"),
    ("a word is added", lambda p: p.__setitem__(1, ("plain", " falsely said, in the words of ")), "the word falsely comes from nowhere"),
    ("something else is quoted", lambda p: p.insert(5, ("plain", "” and “more")), "quotation marks around words that are not cited"),
    ("a report is said to leave out", lambda p: p.__setitem__(1, ("plain", " leaves out, in the words of ")), "leave something out"),
]


@pytest.mark.parametrize("what, change, fault", TAMPERED, ids=[what for what, _, _ in TAMPERED])
def test_the_check_finds_what_was_tampered_with(what, change, fault):
    pieces = list(RIGHT)
    change(pieces)
    made, cited = sentence(*pieces, words=WHOLE)
    assert any(fault in each for each in faults(made, {"ar_one": REPORT}, cited, FACTS)), faults(made, {"ar_one": REPORT}, cited, FACTS)


def test_text_that_its_pieces_do_not_say_is_a_fault():
    made, cited = sentence(*RIGHT, words=WHOLE)
    other = msgspec.structs.replace(made, text=made.text.replace("Holm", "Brandt"))
    assert "the text is not what its pieces say" in faults(other, {"ar_one": REPORT}, cited, FACTS)


def test_a_citation_that_the_article_does_not_prove_is_a_fault():
    made, cited = sentence(*RIGHT, words=WHOLE)
    moved = [Evidence(article="ar_one", span=msgspec.structs.replace(cited[0].span, start=0, end=len(WHOLE)))]
    assert any("the article has other words there" in each for each in faults(made, {"ar_one": REPORT}, moved, FACTS))


def test_a_sentence_without_citations_is_a_fault():
    assert "nothing is cited" in faults(Sentence(kind="says", text="", pieces=(), cites=()), {}, [], FACTS)


LOST = [
    ("a condition", "Norland would open the gate", "is quoted without its condition"),
    ("the cue's negation", "a single soldier", "a negation"),
]


@pytest.mark.parametrize("what, words, fault", LOST, ids=[what for what, _, _ in LOST])
def test_what_governs_the_words_may_not_be_lost(what, words, fault):
    made, cited = sentence(("name", "Marit Holm"), ("plain", " said: “"), ("words", words), ("plain", "”."), words=words)
    assert any(fault in each for each in faults(made, {"ar_one": REPORT}, cited, FACTS))


def left_out(words: str) -> tuple[str, ...]:
    """What is wrong with saying that the second report leaves these words of the first out."""
    text = "The gate of Norland would open, says Marit Holm."
    other = report(text, article="ar_two", outlet="Dawn Herald")
    cited = [Evidence(article="ar_two", span=Span(start=0, end=len(text), text=text)), evidence(words)]
    pieces = (
        Piece(kind="outlet", text="Harbour Gazette"), Piece(kind="plain", text=" writes “"), Piece(kind="words", text=text, cite=1),
        Piece(kind="plain", text="” and leaves out the condition that "), Piece(kind="outlet", text="Harbour Gazette"),
        Piece(kind="plain", text=" has: “"), Piece(kind="words", text=words, cite=2), Piece(kind="plain", text="”."),
    )  # fmt: skip
    made = Sentence(kind="differs", text="".join(piece.text for piece in pieces), pieces=pieces, cites=(1, 2))
    return faults(made, {"ar_one": REPORT, "ar_two": other}, cited, FACTS)


def test_a_report_leaves_out_only_what_does_not_stand_in_it():
    assert left_out("if the talks succeed") == ()
    assert any("leave something out" in each for each in left_out("Marit Holm"))


KEPT = ["did not promise a single soldier", "Norland would open the gate if the talks succeed", "We close it for nobody"]


@pytest.mark.parametrize("words", KEPT)
def test_words_that_keep_what_governs_them_are_right(words):
    made, cited = sentence(("name", "Marit Holm"), ("plain", " said: “"), ("words", words), ("plain", "”."), words=words)
    assert faults(made, {"ar_one": REPORT}, cited, FACTS) == ()
