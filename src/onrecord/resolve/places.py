"""Countries as news names them, and the members of groups of states at a date."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from onrecord import lexicons

Form = Literal["name", "adjective", "people", "capital", "seat"]
_FORMS: dict[str, Form] = {"names": "name", "adjectives": "adjective", "people": "people", "capitals": "capital", "seats": "seat"}


class Country(NamedTuple):
    """A country's code, its common name, and the word that makes the ids of its institutions."""

    code: str
    name: str
    slug: str


@cache
def countries() -> dict[str, Country]:
    """Every country in the lexicon, by its code."""
    found = {}
    for code, entry in lexicons.load("countries").items():
        adjective = entry.get("adjectives", entry["names"])[0]
        found[code] = Country(code, entry["names"][0], "us" if code == "USA" else adjective.lower().replace(" ", "-"))
    return found


def forms() -> list[tuple[str, str, Form]]:
    """Every word or phrase for a country, with the country's code and what kind of word it is; capitals of headlines too."""
    found: list[tuple[str, str, Form]] = []
    for code, entry in lexicons.load("countries").items():
        for field, form in _FORMS.items():
            found += [(phrase, code, form) for phrase in entry.get(field, ())]
    found += [(phrase.upper(), code, form) for phrase, code, form in found if form in ("name", "capital") and len(phrase) > 3]
    return found


def members(group: str, at: str | None) -> tuple[str, ...]:
    """The states that belonged to a group of states on that day, sorted; without a day, on the day the list was known to.

    Args:
        group: a key of the lexicon of collectives, such as "nato" or "baltic".
        at: an ISO date; longer strings count by their first ten characters.
    """
    day = (at or lexicons.load("collectives")["known_to"])[:10]
    inside: set[str] = set()
    for when, joins, codes in _history(group):
        if when <= day:
            inside = inside | codes if joins else inside - codes
    return tuple(sorted(inside))


def regions() -> list[tuple[str, str]]:
    """Parts of states and large towns, with the country they tell of."""
    return [(name, code) for code, listed in lexicons.load("regions").items() for name in listed]


@cache
def _history(group: str) -> list[tuple[str, bool, set[str]]]:
    """Joining and leaving in order of time; a region's members were always there. Who leaves and joins on one day has joined."""
    entry = lexicons.load("collectives").get(group, {})
    history = [("" if when == "always" else when, True, set(codes.split())) for when, codes in entry.get("joined", {}).items()]
    history += [(when, False, set(codes.split())) for when, codes in entry.get("left", {}).items()]
    return sorted(history, key=lambda step: (step[0], step[1]))
