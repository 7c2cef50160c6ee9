"""Credits: whom a text names as where it has its words from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.group.credits import Credit, credits, same_outlet
from onrecord.records import Extraction, Published
from onrecord.reports import Report

BODY = "The ministers met for two hours. They will meet again on Friday, a spokeswoman said."

DATELINES = [
    ("TALLINN, May 27 (BNW) - The ministers met.", "BNW", "TALLINN, May 27 (BNW) -"),
    ("TALLINN (BNW) - The ministers met.", "BNW", "TALLINN (BNW) -"),
    ("RIGA, 27 May (Ostwind) — The ministers met.", "Ostwind", "RIGA, 27 May (Ostwind) —"),
    ("OFER, West Bank, Jan 1 (Reuters) - The ministers met.", "Reuters", "OFER, West Bank, Jan 1 (Reuters) -"),
    ("ERIE, Pa. (AP) — The ministers met.", "Associated Press", "ERIE, Pa. (AP) —"),
    ("SEOUL/TOKYO (Reuters) - The ministers met.", "Reuters", "SEOUL/TOKYO (Reuters) -"),
    ("(Reuters) - The ministers met.", "Reuters", "(Reuters) -"),
    ("Beijing, May 28 (Xinhua) -- The ministers met.", "Xinhua", "Beijing, May 28 (Xinhua) --"),
    ("MOSCOW, May 27. /TASS/. The ministers met.", "TASS", "MOSCOW, May 27. /TASS/."),
    ("BEIRUT, Dec 8 (CPS) -- The ministers met.", "CPS", "BEIRUT, Dec 8 (CPS) --"),
    (
        "Ministers meet\n\nBy our man\n\nRIGA, Nov 3 (Baltic News Wire) - They met.",
        "Baltic News Wire",
        "RIGA, Nov 3 (Baltic News Wire) -",
    ),
]
NO_DATELINES = [
    "PARIS (population 2 million) - The ministers met.",
    "TALLINN. The ministers met.",
    "TALLINN/BRUSSELS — On Sunday it was a promise.",
    "NATO (OTAN) - The ministers met.",
    "BRUSSELS (EU) - The ministers met.",
    "GENEVA (27 May) - The ministers met.",
    "PORTLAND (Maine) - The ministers met.",
    "Hillar Ristsoo (SDE) - the minister - met them.",
    "Estonia (with Latvia) - and others - met.",
    "The minister (Agrarian) - said no.",
]
CREDITS = [
    ("(BNW Tallinn newsroom; editing by M. K.)", "credit", ["BNW"]),
    ("(BNW)", "credit", ["BNW"]),
    ("(Belapan)", "credit", ["Belapan"]),
    ("BNW", "credit", ["BNW"]),
    ("— BNW", "credit", ["BNW"]),
    ("CEDS Warsaw / kj / 0914 GMT", "credit", ["CEDS"]),
    ("(CPS Istanbul; rw/)", "credit", ["CPS"]),
    ("(Reporting by CPS Beirut and Doha bureaus)", "credit", ["CPS"]),
    ("(Reporting by Jane Roe; editing by John Poe)", "credit", [None]),
    ("Reporting by Jane Roe in Riga; editing by John Poe", "credit", [None]),
    ("Source: BNW. The Skagerrak Post has not seen the interview.", "credit", ["BNW"]),
    ("Credit: BNW", "credit", ["BNW"]),
    ("Text: Continental Press Service (CPS)", "credit", ["Continental Press Service"]),
    ("© 2024 BNW", "credit", ["BNW"]),
    ("Copyright 2024 The Baltic Press. All rights reserved. It may not be printed again.", "credit", ["Baltic Press"]),
    ("This article was first published by the Gulf Gazette.", "credit", ["Gulf Gazette"]),
    ("This story has been published from a wire agency feed.", "credit", [None]),
    ("The Associated Press contributed to this report.", "contributed", ["Associated Press"]),
    ("Jane Roe of BNW contributed to this report.", "contributed", ["BNW"]),
    ("With reporting by BNW and Reuters", "contributed", ["BNW", "Reuters"]),
    ("(With inputs from BNW)", "contributed", ["BNW"]),
    ("(With agency inputs)", "contributed", [None]),
    ("Additional reporting by agencies", "contributed", [None]),
    ("jm/dm (AFP, dpa)", "contributed", ["Agence France-Presse", "dpa"]),
    ("AP - AFP", "contributed", ["Associated Press", "Agence France-Presse"]),
]
NO_CREDITS = [
    "(NATO)",
    "(EU)",
    "(Estonia)",
    "(He did not say which.)",
    "(Continued, with pictures, tomorrow)",
    "Photo: BNW",
    "Photo credit: BNW",
    "(AP Photo/Jane Roe)",
    "Source: Ministry of Finance",
    "Jane Roe contributed to this report.",
    "They will leave the alliance (NATO).",
    "It was the first time that Reuters was asked.",
    "By our Baltic correspondent",
    "ENDS",
    "All rights reserved.",
    "LB Danny Poe (hamstring)",
    "I expect that talks will begin again with EDS.",
]
ENDS = [
    ("They will meet again on Friday, she said. (BNW)", "BNW", "(BNW)"),
    ("“We meet on Friday,” she said.” — Reuters", "Reuters", "Reuters"),
]
BYLINES = [
    ("BNW", ["BNW"]),
    ("By BNW", ["BNW"]),
    ("Jane Roe, Reuters", ["Reuters"]),
    ("Jane Roe | AP", ["Associated Press"]),
    ("Reuters Staff", ["Reuters"]),
    ("Staff and agencies", [None]),
    ("The Associated Press", ["Associated Press"]),
    ("Jane Roe", []),
    ("JANE ROE", []),
    ("our Baltic correspondent", []),
    ("Admin", []),
    ("STAFF", []),
]
SAME = [
    ("BNW", "Baltic News Wire"),
    ("AP", "The Associated Press"),
    ("Reuters", "uk.reuters.com"),
    ("The Bothnia Times", "bothnia times"),
]
OTHERS = [("BNW", "BNS"), ("Baltic News Wire", "Baltic Press"), ("The Times", "The Bothnia Times"), ("CPS", "cps-partners.example")]


def report(text: str, *, title: str | None = None, byline: str | None = None, outlet: str | None = None) -> Report:
    published = Published(first=None, to=None, granularity="unknown", at=None, basis="unknown", spans=())
    extraction = Extraction(
        article="ar_1", document="do_1", outlet=outlet, title=title, language="en", text_sha256="", reader="en/0", skipped={},
        published=published, statements=(), conditions=(), events=(), actors=(), dates=(),
    )  # fmt: skip
    return Report(
        article="ar_1", document="do_1", caller=None, outlet=outlet, title=title, url=None, byline=byline, language="en",
        published=published, added="2024-05-28T00:00:00+00:00", text=text, reading="rd_1", extraction=extraction,
    )  # fmt: skip


def of_kind(found: tuple[Credit, ...], kind: str) -> list[str | None]:
    return [each.outlet for each in found if each.kind == kind]


@pytest.mark.parametrize("text, outlet, words", DATELINES)
def test_a_dateline_names_its_agency(text: str, outlet: str, words: str) -> None:
    (found,) = credits(report(f"{text} {BODY}\n\n{BODY}"))
    assert (found.kind, found.outlet) == ("dateline", outlet)
    assert found.evidence is not None
    assert found.evidence.span.text == words


@pytest.mark.parametrize("text", NO_DATELINES)
def test_brackets_at_the_top_that_name_no_agency_are_no_dateline(text: str) -> None:
    assert credits(report(f"{text} {BODY}\n\n{BODY}")) == ()


@pytest.mark.parametrize("line, kind, outlets", CREDITS)
def test_a_credit_line_names_its_agencies(line: str, kind: str, outlets: list[str | None]) -> None:
    found = credits(report("\n\n".join([BODY] * 8 + [line])))
    assert of_kind(found, kind) == outlets
    assert len(found) == len(outlets)
    assert {each.evidence.span.text for each in found if each.evidence} == {line}


@pytest.mark.parametrize("line", NO_CREDITS)
def test_a_line_that_looks_like_a_credit_is_none(line: str) -> None:
    assert credits(report("\n\n".join([line, *[BODY] * 8, line]))) == ()


@pytest.mark.parametrize("line, outlet, words", ENDS)
def test_a_credit_at_the_end_of_the_last_paragraph_is_found(line: str, outlet: str, words: str) -> None:
    (found,) = credits(report(f"{BODY}\n\n{line}"))
    assert (found.kind, found.outlet, found.evidence and found.evidence.span.text) == ("credit", outlet, words)


@pytest.mark.parametrize("byline, outlets", BYLINES)
def test_an_agency_in_the_byline_is_found_and_a_person_is_not(byline: str, outlets: list[str | None]) -> None:
    assert of_kind(credits(report(BODY, byline=byline)), "byline") == outlets
    written = of_kind(credits(report(f"By {byline.removeprefix('By ')}\n\n{BODY}\n\n{BODY}")), "byline")
    assert written == outlets


def test_the_outlets_own_name_is_its_own() -> None:
    (found,) = credits(report(f"TALLINN (BNW) - {BODY}", outlet="Baltic News Wire"))
    assert found.own
    (found,) = credits(report(f"TALLINN (BNW) - {BODY}", outlet="Skagerrak Post"))
    assert not found.own


def test_a_name_in_brackets_at_the_end_of_the_title_is_a_credit() -> None:
    (found,) = credits(report(BODY, title="Ministers meet (BNW)"))
    assert found.evidence is not None
    assert (found.outlet, found.evidence.span.place) == ("BNW", "title")
    assert credits(report(BODY, title="Ministers meet (video)")) == ()


@pytest.mark.parametrize("one, other", SAME)
def test_names_of_one_outlet_are_the_same(one: str, other: str) -> None:
    assert same_outlet(one, other)
    assert same_outlet(other, one)


@pytest.mark.parametrize("one, other", OTHERS)
def test_names_of_two_outlets_are_not(one: str, other: str) -> None:
    assert not same_outlet(one, other)


@given(st.text(alphabet="AB ab().,;:/-—©\n&19[]", max_size=300), st.text(alphabet="AB ab(),|", max_size=60))
def test_every_credit_has_its_words_where_it_says(text: str, byline: str) -> None:
    for each in credits(report(text, byline=byline or None)):
        assert each.evidence is None or each.evidence.span.proves(text)


def test_a_hostile_line_takes_no_time() -> None:
    credits(report("A" + " A" * 200_000))
    credits(report("\n".join(["(" * 150, "A/" * 140, "with reporting by " + "A, " * 90] * 2000)))
