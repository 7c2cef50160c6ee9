"""Relays: through whom the article has what somebody says, read off the words around the cue."""

from __future__ import annotations

import pytest

from onrecord.records import Statement

from .staged import staged, statement

Chain = list[tuple[str, str | None]]


def chain(found: Statement) -> Chain:
    return [(via.text, via.outlet) for via in found.via]


SPOKEN = [
    ("He told the daily Gazeta Azul that talks failed.", "told", "that talks failed", "He", [("the daily Gazeta Azul", "Gazeta Azul")]),
    ("“Talks failed,” Anna told Radio Sul on Monday.", "told", "“Talks failed,”", "Anna", [("Radio Sul", "Radio Sul")]),
    ("“Talks failed,” he assured viewers of Monte TV.", "assured", "“Talks failed,”", "he", [("Monte TV", "Monte TV")]),
    (
        "“Talks failed,” he wrote Thursday in the Prairie Courier.",
        "wrote",
        "“Talks failed,”",
        "he",
        [("the Prairie Courier", "Prairie Courier")],
    ),
    (
        "In an interview with the Prairie Courier, Anna said talks failed.",
        "said",
        "talks failed",
        "Anna",
        [("the Prairie Courier", "Prairie Courier")],
    ),
    (
        "Talks failed, Anna said in an interview with the Prairie Courier.",
        "said",
        "Talks failed",
        "Anna",
        [("the Prairie Courier", "Prairie Courier")],
    ),
    ("A diplomat quoted by the daily Gazeta Azul fears war.", "fears", "war", "A diplomat", [("the daily Gazeta Azul", "Gazeta Azul")]),
    (
        "A note seen by Nordfjord Tidende warns of a flood.",
        "warns of",
        "a flood",
        "A note seen by Nordfjord Tidende",
        [("Nordfjord Tidende",) * 2],
    ),
    (
        "In a letter leaked to the site Norte Hoy, Anna warns of a flood.",
        "warns of",
        "a flood",
        "Anna",
        [("the site Norte Hoy", "Norte Hoy")],
    ),
    ("Anna was quoted by Radio Sul as saying talks failed.", "was quoted", "talks failed", "Anna", [("Radio Sul", "Radio Sul")]),
    (
        "At the Tall Ship, a maritime site, Anna hopes for rain.",
        "hopes for",
        "rain",
        "Anna",
        [("the Tall Ship, a maritime site", "Tall Ship")],
    ),
    ("The envoy, per two officials, fears war.", "fears", "war", "The envoy", [("two officials", None)]),
    (
        "He denied a report in the Porto paper Novo Dia that Oslo had offered talks.",
        "had offered",
        "talks",
        "Oslo",
        [("a report in the Porto paper Novo Dia", "Novo Dia")],
    ),
    (
        "A captain, quoted by Radio Sul, citing the Volga-Tsentr agency, fears war.",
        "fears",
        "war",
        "A captain",
        [("Radio Sul", "Radio Sul"), ("the Volga-Tsentr agency", "Volga-Tsentr")],
    ),
]


@pytest.mark.parametrize("text, cue, content, speaker, expected", SPOKEN)
def test_the_words_around_a_cue_name_the_relays(text: str, cue: str, content: str, speaker: str, expected: Chain) -> None:
    (found,) = staged(text, statement(text, cue, content, speaker=speaker)).statements
    assert chain(found) == expected
    assert "rule/relay-2" in found.by


UNRELAYED = [
    ("Talks failed, Anna said in an interview with Radio Sul.", "said", "Talks failed", "Anna"),
    ("“Talks failed,” he said Thursday evening on Monte TV.", "said", "“Talks failed,”", "he"),
    ("Anna, who once worked for Radio Sul, said talks failed.", "said", "talks failed", "Anna, who once worked for Radio Sul,"),
    ("Anna said Radio Sul had to close.", "said", "Radio Sul had to close", "Anna"),
    ("Radio Sul's Boris Tamm said talks failed.", "said", "talks failed", "Radio Sul's Boris Tamm"),
    ("Anna told this newspaper that talks failed.", "told", "that talks failed", "Anna"),
    ("Anna told the ministry that Radio Sul must close.", "told", "that Radio Sul must close", "Anna"),
    ("Noted Radio Sul's Anna: talks failed.", "Noted", "talks failed", "Radio Sul's Anna"),
]


@pytest.mark.parametrize("text, cue, content, speaker", UNRELAYED)
def test_a_medium_that_only_stands_by_is_no_relay(text: str, cue: str, content: str, speaker: str) -> None:
    (found,) = staged(text, statement(text, cue, content, speaker=speaker)).statements
    assert found.via == ()


def test_nothing_goes_through_the_outlet_that_published_the_article() -> None:
    text = "Anna told the Prairie Courier that talks failed."
    frame = statement(text, "told", "that talks failed", speaker="Anna", addressee="the Prairie Courier", via="the Prairie Courier")
    (found,) = staged(text, frame, publisher="Prairie Courier").statements
    assert found.via == ()
    assert [to.text for to in found.addressee] == ["the Prairie Courier"]


def test_a_relay_of_another_sentence_is_not_taken_over() -> None:
    text = "Anna told Radio Sul of rain. Boris fears war."
    (found,) = staged(text, statement(text, "fears", "war", speaker="Boris", via="Radio Sul")).statements
    assert found.via == ()


@pytest.mark.parametrize(
    "text, content",
    [
        ("Talks have failed, the daily Gazeta Azul reported on May 2, citing two diplomats.", "Talks have failed"),
        ("The daily Gazeta Azul reported last week, citing two diplomats, that talks have failed.", "that talks have failed"),
    ],
)
def test_whom_a_medium_cites_has_a_statement_through_the_medium(text: str, content: str) -> None:
    name = "the daily Gazeta Azul" if "the daily" in text else "The daily Gazeta Azul"
    found = staged(text, statement(text, "reported", content, speaker=name)).statements
    cited = next(one for one in found if one.speaker is not None and one.speaker.text == "two diplomats")
    assert cited.cue is not None
    assert cited.cue.text == "citing"
    assert chain(cited) == [(name, "Gazeta Azul")]
    assert "rule/relay-cited-1" in cited.by
    assert [one.speaker.text for one in found if one.speaker is not None and one is not cited] == [name]


@pytest.mark.parametrize("source", ["no one", "an interview with the minister", "rising costs"])
def test_what_is_no_source_has_no_statement(source: str) -> None:
    text = f"Talks have failed, the daily Gazeta Azul reported, citing {source}."
    (found,) = staged(text, statement(text, "reported", "Talks have failed", speaker="the daily Gazeta Azul")).statements
    assert found.via == ()


def test_a_chain_of_quotes_keeps_every_link() -> None:
    text = "The agency Austral-Inform quoted Radio Sul as quoting an aide as saying talks failed."
    found = staged(
        text,
        statement(text, "quoted", "Radio Sul as quoting an aide as saying talks failed", speaker="The agency Austral-Inform"),
        statement(text, "as quoting", "an aide as saying talks failed", speaker="Radio Sul"),
        statement(text, "as saying", "talks failed", speaker="an aide"),
    ).statements
    assert [via.outlet for via in found[-1].via] == ["Austral-Inform", "Radio Sul"]


def test_an_occasion_that_a_medium_gave_is_venue_and_relay() -> None:
    text = "Anna said in an interview with the Prairie Courier that talks failed."
    (found,) = staged(text, statement(text, "said", "that talks failed", speaker="Anna")).statements
    assert [span.text for span in found.venue] == ["an interview with the Prairie Courier"]
    assert chain(found) == [("the Prairie Courier", "Prairie Courier")]
