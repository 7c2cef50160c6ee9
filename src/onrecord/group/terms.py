"""Words made comparable: folded, reduced to a stem, with countries and synonyms by one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from onrecord.lexicons import load

_LETTERS = {
    "ł": "l",
    "Ł": "L",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "ß": "ss",
    "æ": "ae",
    "Æ": "Ae",
    "œ": "oe",
    "ə": "e",
    "þ": "th",
    "ð": "d",
}
_MARKS = {**dict.fromkeys("’‘ʻʼ", "'"), **dict.fromkeys("“”„«»", '"')}
_FOLDS = str.maketrans({**_LETTERS, **_MARKS})
_ACRONYM = re.compile(r"\b(?:[A-Z]\.){2,}")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])|\d+|[^\W\d_]+(?:'[^\W\d_]+)?")
_LONGEST = 5
"""Words in the longest name of a country or organisation that is looked for."""
_SHORT = 80
"""Letters of a name or title; the terms of such texts are kept."""


class Term(Struct, frozen=True, gc=False):
    """A word as it stands (folded), its stem, and whether it begins with a capital."""

    word: str
    stem: str
    capital: bool
    start: int
    end: int


@lru_cache(4096)
def folded(text: str) -> str:
    """The text without accents and with plain quotation marks; its case is kept, and "U.N." is "UN"."""
    plain = text if text.isascii() else text.translate(_FOLDS)
    if "." in plain:
        plain = _ACRONYM.sub(lambda hit: hit.group().replace(".", ""), plain)
    if plain.isascii():
        return plain
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))


def terms(text: str) -> list[Term]:
    """The words of a text in order, names of countries and organisations as one term each; places count the folded text."""
    return list(_short(text) if len(text) <= _SHORT else _terms(text))


@lru_cache(8192)
def _short(text: str) -> tuple[Term, ...]:
    """Names and titles are asked for again and again."""
    return tuple(_terms(text))


def _terms(text: str) -> list[Term]:
    found = list(_TOKEN.finditer(folded(text)))
    read = [_read(hit.group()) for hit in found]
    out: list[Term] = []
    at = 0
    while at < len(read):
        word, base, capital = read[at]
        size, name = _named(read, at) if capital and word in _beginnings() else (0, "")
        if size:
            joined = " ".join(each[0] for each in read[at : at + size])
            out.append(Term(joined, name, True, found[at].start(), found[at + size - 1].end()))
            at += size
            continue
        out.append(Term(word, base, capital, *found[at].span()))
        at += 1
    return out


@lru_cache(65536)
def _read(token: str) -> tuple[str, str, bool]:
    """The token as a word, its stem, and whether it begins with a capital."""
    word = token.lower().removesuffix("'s").rstrip("'")
    return word, stem(word), token[0].isupper()


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded and in lower case, to compare quotations by."""
    return tuple(map(str.lower, _TOKEN.findall(folded(text))))


@lru_cache(65536)
def stem(word: str) -> str:
    """What the forms of a word, and the words that mean the same, have in common."""
    senses = _senses()
    if word in senses:
        return senses[word]
    if word[0].isdigit():
        return word.replace(",", "").rstrip("stndrh")
    base = _irregular().get(word, word)
    base = _stripped(base)
    return senses.get(base, base)


@lru_cache(65536)
def is_empty(word: str) -> bool:
    """Whether the word stands for no thing at all."""
    return word in _words("empty")


@lru_cache(65536)
def is_common(stem_: str) -> bool:
    """Whether the stem says little about what was said."""
    return stem_ in _common()


@lru_cache(65536)
def number(word: str) -> float | None:
    """The number that a word is, in figures or written out; None where it is none."""
    if word[0].isdigit():
        word = word.rstrip("stndrh")
        plain = word.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", word) else word.replace(",", ".")
        try:
            return float(plain)
        except ValueError:
            return None
    return _NUMBERS.get(word)


def _named(words: Sequence[tuple[str, str, bool]], at: int) -> tuple[int, str]:
    """How many words from here name a country or organisation, and its name; 0 where none does."""
    names = _names()
    for size in range(min(_beginnings()[words[at][0]], len(words) - at), 0, -1):
        name = names.get(" ".join(word for word, _, _ in words[at : at + size]))
        if name is not None:
            return size, name
    return 0, ""


@cache
def _beginnings() -> dict[str, int]:
    """The first words of those names, with how many words the longest name that begins so has."""
    found: dict[str, int] = {}
    for name in _names():
        words = name.split(" ")
        if len(words) <= _LONGEST:
            found[words[0]] = max(len(words), found.get(words[0], 0))
    return found


@cache
def _names() -> dict[str, str]:
    """Folded names, adjectives, peoples and seats of countries, and names of organisations, with what they stand for."""
    found: dict[str, str] = {}
    for key, entry in load("organisations").items():
        for name in (*entry.get("names", ()), *entry.get("sole", ())):
            found.setdefault(_key(name), f"org:{key}")
    for code, entry in load("countries").items():
        if isinstance(entry, dict):
            for kind in ("names", "adjectives", "people", "capitals", "seats"):
                for name in entry.get(kind, ()):
                    found.setdefault(_key(name), f"state:{code}")
    return found


def _key(name: str) -> str:
    return " ".join(word.lower().removesuffix("'s") for word in _TOKEN.findall(folded(name)))


@cache
def _senses() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in load("alike")["senses"]:
        first, *_ = line.split()
        for word in line.split():
            found.setdefault(word, f"={first}")
            found.setdefault(_stripped(word), f"={first}")
    return found


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(load("alike")[key])


@cache
def _common() -> frozenset[str]:
    return frozenset(stem(word) for word in _words("common"))


@cache
def _irregular() -> dict[str, str]:
    return {str(form): str(base) for form, base in load("verbs")["irregular"].items()}


_LATER = ("ions", "ion", "ors", "or", "ers", "er")
"""Endings after which five letters must be left."""
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "edly", "ied", "ies", "ed", "ly", "es", "s", "y", "e")


@lru_cache(65536)
def _stripped(word: str) -> str:
    """The word without its first fitting ending, as long as three letters are left."""
    if len(word) <= 3 or word.endswith("ss"):
        return word
    for ending in _LATER:
        if word.endswith(ending) and len(word) - len(ending) >= 5:
            return word[: -len(ending)]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            left = word[: -len(ending)]
            if ending in ("ing", "ed", "ings") and left[-1] == left[-2] and left[-1] not in "lsz":
                left = left[:-1]
            return left.removesuffix("e").removesuffix("i") if len(left) > 4 else left
    return word


def _counting() -> Iterator[tuple[str, float]]:
    small = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    )
    yield from ((word, float(value)) for value, word in enumerate(small.split()))
    tens = "twenty thirty forty fifty sixty seventy eighty ninety"
    yield from ((word, float(value * 10)) for value, word in enumerate(tens.split(), 2))
    ordinals = "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
    yield from ((word, float(value)) for value, word in enumerate(ordinals.split(), 3))
    yield from (("hundred", 100.0), ("dozen", 12.0))


_NUMBERS = dict(_counting())
