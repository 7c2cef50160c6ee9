"""Media: which noun phrases stand for a newspaper, a broadcaster or an agency, and what it is called."""

from __future__ import annotations

import time

import pytest

from onrecord.extract.media import Media

FOUND = [
    ("He told the Lisbon daily Gazeta Azul that.", [("the Lisbon daily Gazeta Azul", "Gazeta Azul")]),
    ("He told the Gazeta Azul newspaper that.", [("the Gazeta Azul newspaper", "Gazeta Azul")]),
    ("A text seen by Nordfjord Tidende shows that.", [("Nordfjord Tidende", "Nordfjord Tidende")]),
    ("He told Radio Sul. He told Monte TV on Monday.", [("Radio Sul", "Radio Sul"), ("Monte TV", "Monte TV")]),
    (
        "She told the Volga-Tsentr agency. The agency had more.",
        [("the Volga-Tsentr agency", "Volga-Tsentr"), ("The agency", "Volga-Tsentr")],
    ),
    ("He told the Prairie Courier. The Courier waited.", [("the Prairie Courier", "Prairie Courier"), ("The Courier", "Prairie Courier")]),
    ("Baltic Trade News said so. BTN asked.", [("Baltic Trade News", "Baltic Trade News"), ("BTN", "Baltic Trade News")]),
    ("At the Tall Ship, a maritime site, Anna waits.", [("the Tall Ship, a maritime site", "Tall Ship")]),
    ("Elmsdorf Bote reported on Friday, citing officials. He told Elmsdorf Bote.", [("Elmsdorf Bote", "Elmsdorf Bote")] * 2),
    ("They gave a report in the Porto paper Novo Dia.", [("a report in the Porto paper Novo Dia", "Novo Dia")]),
    ("He told a local newspaper.", [("a local newspaper", None)]),
    ("He told a Galician radio station.", [("a Galician radio station", None)]),
]


@pytest.mark.parametrize("text, expected", FOUND)
def test_a_phrase_for_a_medium_is_found_with_what_the_medium_is_called(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(text[slice(*medium.extent)], medium.name) for medium in Media(text).found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The press secretary, White House Press Secretary Anna Holm, spoke.",
        "The daily Senate session went on; the police station burned.",
        "The U.N. refugee agency and the space agency agreed.",
        "She told a radio interviewer about a newspaper interview.",
        "The United Nations agency and the network Frontex met at a nuclear site.",
        "The agency said so, and the paper trail ended.",
    ],
)
def test_what_only_has_such_a_noun_in_it_is_no_medium(text: str) -> None:
    assert Media(text).found == []


def test_a_person_whose_name_ends_like_a_newspaper_is_no_medium() -> None:
    assert Media("Albert Mirror said so.").found == []


@pytest.mark.parametrize("text, heard", [("He told Monte TV.", True), ("He told the daily Gazeta Azul.", False), ("He told CNN.", True)])
def test_a_broadcaster_is_told_by_its_noun_or_name(text: str, heard: bool) -> None:
    assert [medium.is_heard for medium in Media(text).found] == [heard]


@pytest.mark.parametrize("own", ["Horn Courier", "The Horn Courier", "horn-cour"])
def test_the_outlet_of_the_article_knows_itself_in_full_in_part_and_in_short(own: str) -> None:
    text = "He told the Horn Courier. He told this newspaper. He told Radio Sul."
    media = Media(text, own=own)
    assert [text[slice(*medium.extent)] for medium in media.found if not media.is_own(medium)] == ["Radio Sul"]


@pytest.mark.parametrize("text", ["The Daily " * 20_000, "the daily " * 20_000, "the paper, a local paper, " * 8_000, "Ab " * 60_000])
def test_a_long_text_of_nothing_but_such_words_is_read_in_short_time(text: str) -> None:
    started = time.perf_counter()
    Media(text)
    assert time.perf_counter() - started < 5
