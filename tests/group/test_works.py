"""Works: what a report cites of other media, and which of it is not held."""

from __future__ import annotations

import pytest
from tests.group.coverage import report, statement

from onrecord.group.works import cited, works
from onrecord.records import Statement

REPORT = "According to a report by Der Spiegel, they warned that aid would end."
INTERVIEW = "The chancellor repeated this on Sunday in an interview with the broadcaster Kanal Vest, saying that aid would end."
JOINT = "In a joint article in The Quay Telegraph three envoys warned that aid would end."
OWN = "The envoy told this newspaper that aid would end."
PERSON = "In an interview with the envoy Mara Lind the magazine’s editor said that aid would end."
BLOG = "Ravi Sen wrote on his blog that aid would end."
NOBODY = "Many wrote on his blog that aid would end."

CITED = [
    (
        REPORT,
        statement(REPORT, "that aid would end", "they", "warned", via="a report by Der Spiegel", outlet="Der Spiegel"),
        "Der Spiegel, report",
    ),
    (
        INTERVIEW,
        statement(
            INTERVIEW, "aid would end", "The chancellor", "saying", venue="an interview with the broadcaster Kanal Vest", on="2025-03-02"
        ),
        "Kanal Vest, interview of 2 March 2025",
    ),
    (
        JOINT,
        statement(JOINT, "that aid would end", "three envoys", "warned", venue="a joint article in The Quay Telegraph"),
        "The Quay Telegraph, joint article",
    ),
    (
        BLOG,
        statement(BLOG, "that aid would end", "Ravi Sen", "wrote", actor="person:ravi-sen", venue="his blog"),
        "Ravi Sen on his blog, post",
    ),
]
NOT_CITED = [
    (OWN, statement(OWN, "that aid would end", "The envoy", "told", to="this newspaper", outlet="Selm Echo")),
    (
        PERSON,
        statement(
            PERSON,
            "that aid would end",
            "the magazine’s editor",
            "said",
            venue="an interview with the envoy Mara Lind",
            actor="person:mara-lind",
        ),
    ),
    (NOBODY, statement(NOBODY, "that aid would end", "Many", "wrote", venue="his blog")),
]


@pytest.mark.parametrize("text, said, title", CITED)
def test_a_work_of_another_medium_is_listed_with_the_words_that_cite_it(text: str, said: Statement, title: str) -> None:
    (work,) = works(report("01", "Selm Echo", "2025-03-03", text, said))
    assert work.title == title
    assert all(evidence.span.proves(text) for evidence in work.spans)


@pytest.mark.parametrize("text, said", NOT_CITED)
def test_what_the_outlet_was_told_itself_and_what_nobody_in_particular_wrote_is_no_work(text: str, said: Statement) -> None:
    assert works(report("01", "Selm Echo", "2025-03-03", text, said)) == ()


def test_two_mentions_of_one_work_are_one_and_of_two_days_are_two() -> None:
    text = "Kanal Vest reported that aid would end. Later Kanal Vest wrote that no envoy would come. Kanal Vest said that ships would wait."
    said = [
        statement(text, "that aid would end", "Kanal Vest", "reported", actor="outlet:kanal-vest", on="2025-03-02"),
        statement(text, "that no envoy would come", "Kanal Vest", "wrote", actor="outlet:kanal-vest"),
        statement(text, "that ships would wait", "Kanal Vest", "said", actor="outlet:kanal-vest", on="2025-03-10"),
    ]
    titles = [work.title for work in works(report("01", "Selm Echo", "2025-03-11", text, *said))]
    assert titles == ["Kanal Vest, report of 2 March 2025", "Kanal Vest, report of 10 March 2025"]


@pytest.mark.parametrize(
    "outlet, day, left",
    [
        ("Kanal Vest", "2025-03-02", 0),
        ("Kanal Vest", "2025-03-04", 0),
        ("Kanal Vest", "2025-01-02", 1),
        ("Kanal Ost", "2025-03-02", 1),
    ],
)
def test_a_work_is_on_the_list_unless_a_report_of_that_outlet_and_day_is_held(outlet: str, day: str, left: int) -> None:
    said = statement(
        INTERVIEW, "aid would end", "The chancellor", "saying", venue="an interview with the broadcaster Kanal Vest", on="2025-03-02"
    )
    citing = report("01", "Selm Echo", "2025-03-05", INTERVIEW, said)
    held = report("02", outlet, day, "Aid will end, the chancellor told us.")
    assert len(cited(citing, [citing, held])) == left
