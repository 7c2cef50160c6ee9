"""Outlets: names of one newsroom, and houses that are known."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.group.outlets import house, is_same, kinship, letters, plain
from onrecord.lexicons import load

SAME = [
    ("Baltic News Wire", "BNW"),
    ("CEDS", "Central European Dispatch Service"),
    ("The Cape Examiner", "Cape Examiner"),
    ("Agence du Levant", "ADL"),
    ("Põhjala Leht", "Pohjala Leht"),
    ("www.capeexaminer.com", "The Cape Examiner"),
    ("Reuters", "reuters.com"),
    ("AP", "Associated Press"),
    ("edition.cnn.com", "CNN"),
    ("CNW", "Continental Newswire"),
    ("ALPS", "Alpine Press Service"),
]
NOT_SAME = [
    ("Baltic News Wire", "Baltic Times"),
    ("BNW", "Central European Dispatch Service"),
    ("The Times", "The Vistula Times"),
    ("Die Lage", "DL Radio"),
    ("Harbour Gazette", "Tomis Gazette"),
    ("bnw", "Baltic News Wire"),
    ("NATO", "Northern Times"),
    ("ALP", "Alpine Press Service"),
    ("Reuters", "Associated Press"),
    ("", ""),
]


@pytest.mark.parametrize("one, other", SAME)
def test_two_names_of_one_newsroom_are_the_same(one: str, other: str) -> None:
    assert is_same(one, other)
    assert is_same(other, one)


@pytest.mark.parametrize("one, other", NOT_SAME)
def test_two_newsrooms_are_not_the_same(one: str, other: str) -> None:
    assert not is_same(one, other)
    assert not is_same(other, one)


def test_two_outlets_of_one_owner_are_kin_and_the_sentence_says_from_when_that_is_known() -> None:
    assert kinship("The Times", "The Wall Street Journal") == "both belong to News Corp (as of 2024)"
    assert kinship("BBC News", "BBC Persian") == "both are BBC (as of 2024)"


def test_agencies_of_one_state_or_members_are_not_kin() -> None:
    assert kinship("TASS", "RIA Novosti") is None
    assert kinship("Reuters", "Associated Press") is None


def test_of_an_outlet_without_a_line_nothing_is_known() -> None:
    assert house("Skagerrak Post") is None
    assert kinship("Skagerrak Post", "The Times") is None


def test_every_newsroom_says_from_when_and_where_it_is_known_and_no_two_share_a_name() -> None:
    seen: dict[str, str] = {}
    for line in load("families")["newsroom"]:
        assert line["origin"]
        assert 2010 < line["as_of"] < 2030, line["name"]
        for name in (line["name"], *line.get("names", ())):
            assert seen.setdefault(plain(name), line["name"]) == line["name"], name
    assert 60 <= len({*seen.values()}) <= 200


def test_no_outlet_of_the_sample_newsroom_is_among_the_newsrooms_that_are_known() -> None:
    lines = files("onrecord.sample").joinpath("newsroom.jsonl").read_text(encoding="utf-8").splitlines()
    assert {one for line in lines if (one := json.loads(line)["outlet"]) and house(one) is not None} == set()


def test_the_file_reads_as_one_line_a_newsroom() -> None:
    text = files("onrecord.lexicons").joinpath("en", "families.toml").read_text(encoding="utf-8")
    assert sum(line.startswith("  {") for line in text.splitlines()) == len(tomllib.loads(text)["newsroom"])


@given(st.text(max_size=60))
def test_a_name_is_the_same_as_itself_whatever_it_holds(name: str) -> None:
    assert is_same(name, name) == bool(plain(name))
    assert all(len(short) > 1 for short in letters(name))
