"""What a noun phrase says by itself: the record of it, and the small judgements that any reading of it needs."""

from __future__ import annotations

from typing import Literal

from onrecord.records import Extent, Record

from .vocabulary import vocabulary
from .words import Word, slug

Kind = Literal["pronoun", "person", "state", "org", "outlet", "collective", "role", "definite", "group", "several", "nobody", "name"]
Gender = Literal["he", "she"]


class Title(Record, frozen=True, kw_only=True):
    """The words of an office, where they stand, and the country named with them."""

    words: str
    country: str | None
    extent: Extent


class Phrase(Record, frozen=True, kw_only=True):
    """What a noun phrase says by itself.

    ``heads`` are the lower-case nouns that describe ("foreign", "minister"); ``owner`` is "its" in "its foreign minister"; ``keys`` are the
    ids of known organisations, or the collectives that a group of states is cut from; ``institution`` ends the id of a state's organ.
    """

    kind: Kind
    text: str = ""
    name: str = ""
    gender: Gender | None = None
    plural: bool = False
    definite: bool = False
    unnamed: bool = False
    heads: frozenset[str] = frozenset()
    titles: tuple[Title, ...] = ()
    countries: tuple[str, ...] = ()
    own: bool = False
    keys: tuple[str, ...] = ()
    owner: str = ""
    institution: str = ""
    count: int = 0
    parts: tuple[Phrase, ...] = ()


def changed(phrase: Phrase, **changes: object) -> Phrase:
    """The phrase with some fields changed."""
    fields = {field: getattr(phrase, field) for field in phrase.__struct_fields__}
    fields.update(changes)
    return Phrase(**fields)


def person_slug(name: str) -> str:
    """The id's part of a person's name: without initials in its middle and without what follows the name."""
    pieces = name.replace(",", " ").split()
    kept = [piece for n, piece in enumerate(pieces) if n == 0 or not (len(piece) == 2 and piece.endswith("."))]
    return slug(" ".join(piece for piece in kept if piece not in ("Jr.", "Jr", "Sr.", "Sr", "II", "III")) or name)


def gender_of_titles(found: list[Word]) -> Gender | None:
    """He or she, where a title or a noun among the words says so."""
    vocab = vocabulary()
    for word in found:
        if word.text in vocab.male_titles or word.low in vocab.male_nouns:
            return "he"
        if word.text in vocab.female_titles or word.low in vocab.female_nouns:
            return "she"
    return None


def gender_of_name(names: list[Word]) -> Gender | None:
    """He or she by the given name, else by endings that only one of them bears."""
    vocab = vocabulary()
    first = names[0].text.split("-")[0]
    if names[0].text in vocab.male_names or first in vocab.male_names:
        return "he"
    if names[0].text in vocab.female_names or first in vocab.female_names:
        return "she"
    last = names[-1].low
    if last.endswith(vocab.she_endings) and len(names) > 1:
        return "she"
    if last.endswith(vocab.he_endings) and len(names) > 1:
        return "he"
    return None


def is_plural(low: str) -> bool:
    """Whether a noun means more than one."""
    vocab = vocabulary()
    if low in vocab.person_plurals or low in ("people", "police", "media", "staff"):
        return True
    if low.endswith(("men", "women", "folk")) and len(low) > 5 and low not in ("specimen", "regimen", "acumen", "abdomen"):
        return True
    return low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3
