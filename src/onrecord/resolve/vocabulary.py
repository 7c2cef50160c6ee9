"""The lexicons in the shape that reading noun phrases needs: sets of words, and one index of everything that has a known name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from onrecord import lexicons

from .places import forms, regions
from .words import Index


class Known(NamedTuple):
    """What a known name stands for: a country in some form, a region, an organisation, an outlet, or a group of states."""

    kind: str
    key: str
    form: str


class Vocabulary:
    """Word lists of one language as sets; made once."""

    def __init__(self) -> None:
        """Read the lexicons."""
        titles, outlets, unnamed, names = (lexicons.load(name) for name in ("titles", "outlets", "unnamed", "given_names"))
        honorifics = titles["honorifics"]
        self.male_titles, self.female_titles, titles_of_any = (_in_capitals_too(honorifics[key]) for key in ("male", "female", "any"))
        self.honorifics = self.male_titles | self.female_titles | titles_of_any
        self.male_nouns = frozenset(titles["offices"]["gender"]["male"])
        self.female_nouns = frozenset(titles["offices"]["gender"]["female"])
        self.state_offices = frozenset(titles["offices"]["state"])
        self.offices = self.state_offices | frozenset(titles["offices"]["other"])
        self.before_office = frozenset(titles["offices"]["before"])
        self.own_titles = Index([(title, code) for code, listed in titles["offices"]["country"].items() for title in listed])
        self.shared_titles = frozenset(titles["offices"]["shared"])
        self.state_nouns = frozenset(titles["institutions"]["state"])
        self.institutions = Index([(noun, noun) for noun in titles["institutions"]["org"]])
        self.institution_heads = frozenset(noun.split()[-1] for noun in titles["institutions"]["org"])
        self.institution_words = frozenset(word for noun in titles["institutions"]["org"] for word in noun.split())
        self.topics = frozenset(titles["institutions"]["topics"])
        self.organisation_marks = frozenset(titles["organisations"]["marks"])
        self.publishers = frozenset(titles["organisations"]["publishers"])
        self.place_marks = frozenset(titles["organisations"]["places"])
        self.organisation_nouns = frozenset(titles["organisations"]["nouns"])
        self.state_heads = frozenset(titles["heads"]["states"])
        self.some_heads = frozenset(titles["heads"]["some"])
        self.speaking_heads = frozenset(titles["heads"]["speak"])
        self.outlet_nouns = Index([(noun, noun) for noun in outlets["nouns"]])
        self.outlet_heads = frozenset(noun.split()[-1] for noun in outlets["nouns"])
        self.outlet_marks = frozenset(outlets["marks"])
        self.short_outlets: dict[str, str] = dict(outlets["short"])
        self.quantifiers = frozenset(unnamed["quantifiers"])
        self.unnamed_nouns = frozenset(unnamed["nouns"])
        self.unnamed_phrases = tuple(unnamed["phrases"])
        self.male_names = frozenset(names["male"].split())
        self.female_names = frozenset(names["female"].split())
        self.given_names = self.male_names | self.female_names | frozenset(names["either"].split())
        phrases = lexicons.load("phrases")
        self.function_words = frozenset(phrases["function"])
        self.particles = frozenset(phrases["particles"])
        self.suffixes = frozenset(phrases["suffixes"])
        self.determiners = frozenset(phrases["determiners"])
        self.pronouns: dict[str, str] = {word: kind for kind, listed in phrases["pronouns"].items() for word in listed}
        self.cuts = frozenset(phrases["cuts"])
        self.subjects = frozenset(phrases["subjects"])
        self.halves: dict[str, str] = dict(phrases["halves"])
        self.versions = frozenset(phrases["versions"])
        self.inhabitants = frozenset(phrases["person_plurals"]) | frozenset(phrases["inhabitants"])
        self.calendar = frozenset(phrases["calendar"])
        self.prepositions = frozenset(phrases["prepositions"])
        self.saying = frozenset(phrases["saying"])
        self.person_plurals = frozenset(phrases["person_plurals"])
        self.synonyms: dict[str, str] = dict(phrases["short"])
        self.also: dict[str, str] = {word: general for general, listed in phrases["general"].items() for word in listed}
        self.shares = frozenset(phrases["shares"])
        self.partisans = frozenset(phrases["partisans"])
        self.finite = frozenset(phrases["finite"])
        self.entourage = frozenset(phrases["entourage"])
        self.mouthpieces = frozenset(phrases["mouthpieces"])
        self.parts = frozenset(phrases["parts"])
        self.anybody = frozenset(phrases["anybody"])
        self.numbers = frozenset(phrases["numbers"])
        self.counted = frozenset(phrases["counted"])
        self.compound_ends = tuple(phrases["compound_ends"])
        self.sides = frozenset(phrases["sides"])
        self.whose = frozenset(phrases["whose"])
        self.where = frozenset(phrases["where"])
        self.elsewhere = frozenset(phrases["elsewhere"])
        self.at_home = frozenset(phrases["at_home"])
        self.reports = frozenset(phrases["reports"])
        self.writings = frozenset(phrases["writings"])
        self.issued = frozenset(phrases["issued"])
        self.organs = frozenset(phrases["organs"])
        self.spokespeople = frozenset(phrases["spokespeople"])
        self.home_offices = frozenset(phrases["home_offices"])
        self.abroad = frozenset(phrases["abroad"])
        self.single_offices = frozenset(phrases["single_offices"])
        self.outlet_articles = frozenset(phrases["outlet_articles"])
        self.foreign_articles = frozenset(phrases["foreign_articles"])
        self.name_articles = frozenset(phrases["name_articles"])
        self.leading_particles = frozenset(phrases["leading_particles"])
        self.hyphened = tuple(phrases["hyphened"])
        self.she_endings = tuple(phrases["she_endings"])
        self.he_endings = tuple(phrases["he_endings"])
        self.domestic = frozenset(phrases["domestic"])
        self.leading = frozenset(phrases["leading"])
        self.opens_clause = frozenset(phrases["opens_clause"])
        self.organisations: dict[str, dict[str, object]] = dict(lexicons.load("organisations"))
        self.known = Index(_known())
        self.collectives = frozenset(lexicons.load("collectives")) - {"known_to"}
        self.modifiers = Index(
            [
                (name, key)
                for key, entry in lexicons.load("collectives").items()
                if key != "known_to"
                for name in (*entry.get("modifiers", ()), *entry.get("names", ()))
            ]
        )


def _in_capitals_too(titles: Sequence[str]) -> frozenset[str]:
    """The titles, and those with a stop as a transcript prints them before a name: "MS. KALMET"."""
    return frozenset(titles) | {title.upper() for title in titles if title.endswith(".")}


@cache
def vocabulary() -> Vocabulary:
    """The one vocabulary of English."""
    return Vocabulary()


def _known() -> list[tuple[str, Known]]:
    """Every known name; the first meaning listed for a name is the one that counts."""
    found: list[tuple[str, Known]] = []
    for key, entry in lexicons.load("organisations").items():
        found += [(name, Known("org", key, "name")) for name in entry["names"]]
        found += [(form, Known("org", key, "sole")) for name in entry.get("sole", ()) for form in (name, name.upper())]
    for key, entry in lexicons.load("collectives").items():
        if key != "known_to":
            found += [(name, Known("collective", key, "name")) for name in entry.get("names", ())]
    found += [(phrase, Known("country", code, form)) for phrase, code, form in forms()]
    found += [(name, Known("region", code, "region")) for name, code in regions()]
    found += [(name, Known("outlet", name, "name")) for name in lexicons.load("outlets")["known"]]
    return found
