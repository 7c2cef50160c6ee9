"""Words with their places, and names as ids write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolve.phrases import person_slug
from onrecord.resolve.words import Index, slug, words

WORDS = [
    ("Estonia’s minister", ["Estonia", "minister"]),
    ("the farmers' union", ["the", "farmers", "union"]),
    ("Gen. Arvo P. Kask said", ["Gen.", "Arvo", "P.", "Kask", "said"]),
    ("U.S. officials", ["U.S.", "officials"]),
    ("He’d go.", ["He", "go", "."]),
    ("al-Harbi and N'Djamena", ["al-Harbi", "and", "N'Djamena"]),
]
SLUGS = [
    ("Wiesława Grądzka", "wieslawa-gradzka"),
    ("Søren Bjørnsen", "soren-bjornsen"),
    ("Elçin Məmmədli", "elcin-mammadli"),
    ("Máire Ní Dhuibhne", "maire-ni-dhuibhne"),
    ("Mansur al-Yafi'i", "mansur-al-yafii"),
    ("Hafner & Roe", "hafner-and-roe"),
    ("Straße", "strasse"),
]
PERSONS = [
    ("Harlan P. Oakes", "harlan-oakes"),
    ("M.T. Rasmussen", "m-t-rasmussen"),
    ("Tom Fane Jr.", "tom-fane"),
    ("Clyde Van Houten", "clyde-van-houten"),
]


@pytest.mark.parametrize("text, expected", WORDS)
def test_words_come_without_their_endings(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


@pytest.mark.parametrize("name, expected", SLUGS)
def test_a_slug_is_plain_letters(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize("name, expected", PERSONS)
def test_a_person_is_told_by_first_and_last_names(name: str, expected: str) -> None:
    assert person_slug(name) == expected


def test_the_longest_name_is_found() -> None:
    index = Index([("South Korea", "KOR"), ("South", "south"), ("Korea", "korea")])
    found = words("South Korea said")
    assert index.at(found, 0, len(found)) == (2, "KOR")
    assert index.at(found, 0, 1) == (1, "south")
    assert index.at(found, 2, len(found)) is None


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    last = 0
    for word in words(text):
        assert text[word.start : word.end] == word.text
        assert last <= word.start < word.end
        last = word.end


@given(st.text())
def test_a_slug_can_stand_in_an_id(name: str) -> None:
    assert slug(name).replace("-", "a").isalnum() or not slug(name)
    assert slug(slug(name)) == slug(name)
