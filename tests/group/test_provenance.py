"""Provenance: own reporting, copies, rewrites, citations, and what is not known."""

from __future__ import annotations

import time

import pytest
from tests.group.coverage import report, statement

from onrecord.group.provenance import provenance, provenances
from onrecord.reports import Copy, Report

LINE = (
    "The yard will close unless the state pays, its director, Ada Brink, told Harbour Post. “A promise floats no ship,” Brink said.\n\n"
    "The yard has 900 workers."
)
ADA = "person:ada-brink"
TOLD = statement(
    LINE,
    "The yard will close unless the state pays",
    "its director, Ada Brink",
    "told",
    actor=ADA,
    to="Harbour Post",
    outlet="Harbour Post",
)
FIRST = report("01", "Harbour Post", "2025-03-03", LINE, TOLD, statement(LINE, "“A promise floats no ship,”", "Brink", "said", actor=ADA))


def made(text: str, outlet: str = "Northern Star", **more: str) -> Report:
    return report("02", outlet, "2025-03-04", text, statement(text, text.split(".")[0], **more))


# What another report says, and what it is, with the words that decide it.
KINDS = [
    # Told to the outlet itself, in full, in short, or without its name.
    (made("The state will not pay, the minister told the Northern Star.", to="the Northern Star", outlet="Northern Star"), "own"),
    (made("The state will not pay, the minister told this newspaper."), "own"),
    (made("The state will not pay, says a letter that the Star has seen."), "own"),
    (made("The state will not pay, according to a draft obtained by Northern Star."), "own"),
    # Quotations that no earlier report has.
    (made("“The state is no bank,” the minister said.", speaker="the minister", cue="said"), "own"),
    # The same quotations, and the source's name.
    (made("“A promise floats no ship,” Ada Brink told Harbour Post.", speaker="Ada Brink", cue="told"), "rewrite"),
    # Another medium, which is not held.
    (made("The state will not pay, Radio Selm reported on Monday.", speaker="Radio Selm", cue="reported"), "cites"),
    (made("The state will not pay, a local newspaper says.", speaker="a local newspaper", cue="says"), "cites"),
    # Nothing that would show it.
    (made("The state is not going to pay for anything at all this year."), "unknown"),
    (made("The reader may call this newspaper between nine and noon."), "unknown"),
]


@pytest.mark.parametrize("second, kind", KINDS)
def test_a_report_is_own_work_a_rewrite_a_citation_or_not_known_by_its_words(second: Report, kind: str) -> None:
    assert provenance(second, [FIRST]).kind == kind


def test_a_report_with_most_of_another_s_words_is_its_copy_and_the_sentence_says_how_many() -> None:
    second = report("02", "Northern Star", "2025-03-04", LINE)
    copy = Copy(article="02", of="01", kind="near", jaccard=0.9, containment=0.96, contained=0.93)
    found = provenance(second, [FIRST], [copy])
    assert (found.kind, found.sentence) == ("copy", "copy of Harbour Post’s report of 3 March (96 % of its words)")
    assert found.links[0].copy == copy


def test_of_two_alike_the_one_that_credits_the_other_is_the_copy_whichever_was_held_first() -> None:
    reprint = report("01", "Northern Star", "2025-03-03", "SELM, March 3 (QNE) - The state will not pay.\n\nQNE")
    wire = report("02", "Quarter News Exchange", "2025-03-03", "SELM, March 3 (QNE) - The state will not pay. “It is no bank,” they said.")
    copy = Copy(article="02", of="01", kind="near", jaccard=0.6, containment=0.6, contained=0.95)
    made = provenances([reprint, wire], [copy])
    assert made["01"].sentence == "copy of Quarter News Exchange’s report of 3 March (95 % of its words)"
    assert made["02"].kind != "copy"


def test_a_few_shared_words_make_no_copy() -> None:
    second = made("The state will not pay, the minister told this newspaper.")
    copy = Copy(article="02", of="01", kind="partial", jaccard=0.1, containment=0.3, contained=0.12)
    assert provenance(second, [FIRST], [copy]).kind == "own"


def test_a_text_credited_to_an_agency_that_is_not_held_is_its_copy() -> None:
    found = provenance(report("02", "Northern Star", "2025-03-04", "SELM, March 4 (QNX) - The state will not pay."), [FIRST])
    assert found.kind == "copy"
    assert found.sentence == "copy of QNX, whose report we do not hold"
    assert found.links[0].spans[0].span.text == "SELM, March 4 (QNX) -"


def test_an_agency_that_credits_itself_is_no_copy() -> None:
    text = "SELM, March 4 (QNE) - “The state is no bank,” the minister said."
    second = report("02", "Quarter News Exchange", "2025-03-04", text, statement(text, "“The state is no bank,”", "the minister", "said"))
    assert provenance(second, [FIRST]).kind == "own"


def test_own_reporting_that_names_another_medium_says_so() -> None:
    text = "The state will not pay, the minister told this newspaper. On Monday Harbour Post had written of the yard."
    found = provenance(report("02", "Northern Star", "2025-03-04", text, statement(text, "The state will not pay")), [FIRST])
    assert found.sentence == "own reporting; cites Harbour Post’s report of 3 March"
    assert [evidence.span.text for evidence in found.links[0].spans] == ["Harbour Post"]


def test_a_report_alone_is_judged_by_its_own_words() -> None:
    assert provenance(FIRST, []).kind == "own"
    assert provenance(FIRST, [FIRST]).kind == "own"


def test_the_order_in_which_reports_are_given_changes_nothing() -> None:
    second = made("“A promise floats no ship,” Ada Brink told Harbour Post.", speaker="Ada Brink", cue="told")
    assert provenances([FIRST, second]) == provenances([second, FIRST])


HOSTILE = [
    "'a b c's d " * 3000,
    '"' * 30_000,
    " " * 100_000,
    "told The " * 5000,
    "\n" * 50_000,
    "He said. " * 5000,
    "A " * 20_000,
    "(A) - " * 5000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:9]))
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    provenance(report("02", "Northern Star", "2025-03-04", text), [FIRST])
    assert time.process_time() - begun < 3


def test_a_report_without_day_outlet_or_statements_is_not_known_and_raises_nothing() -> None:
    found = provenance(report("02", None, None, ""), [FIRST, report("03", None, None, "\n“\n(((")])
    assert found.kind == "unknown"
