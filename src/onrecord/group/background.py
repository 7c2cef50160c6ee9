"""Words, and how rare they are in English at large: what two articles share counts by how seldom articles share it.

The table beside this file says in how many of some 1,300 texts a word stands. It is fixed, so that an article's traits are the same in
every ledger and in whatever order articles come.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from onrecord.lexicons import load

TABLE = files("onrecord.group") / "background.tsv"

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_UNSEEN = 0.5
EVERYWHERE = 2.5
"""How rare a name is at most that news of every kind has: of a country, its people and capital, an alliance. That is one text in twelve."""


def words(text: str) -> list[str]:
    """The words and numbers of the text, as they stand."""
    return _WORD.findall(text)


@lru_cache(maxsize=1 << 16)
def base(word: str) -> str:
    """The word in small letters, without what follows an apostrophe and without the s of a plural."""
    word = re.split("['’]", word.lower())[0]
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=1 << 16)
def rarity(word: str) -> float:
    """How rare the word (as ``base`` gives it) is: the logarithm of all texts over those that have it."""
    texts, documents, _ = _table()
    return math.log((texts + 1) / (documents.get(word, 0) + _UNSEEN))


@lru_cache(maxsize=1 << 16)
def telling(name: str) -> float:
    """How much it says that two articles share this piece of a name (as ``base`` gives it): as rare as it is, countries little."""
    return min(rarity(name), EVERYWHERE) if name in _everywhere() else rarity(name)


@lru_cache(maxsize=1 << 16)
def names(word: str) -> bool:
    """Whether a word as it stands looks like a piece of a name: a capital letter, which it does not only have at a sentence's start."""
    return word[0].isupper() and base(word) not in _table()[2]


@cache
def _everywhere() -> frozenset[str]:
    """Pieces of the names of countries, peoples, capitals and alliances."""
    kinds = ("names", "adjectives", "people", "capitals")
    countries = (named for known in load("countries").values() for kind in kinds for named in known.get(kind, ()))
    return frozenset(base(word) for named in (*countries, *load("everywhere")["names"]) for word in words(named) if word[0].isupper())


@cache
def _table() -> tuple[int, Mapping[str, int], frozenset[str]]:
    """How many texts there are, in how many of them each word stands, and the words that are written small."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    texts = re.search(r"\d+", lines[0])
    assert texts is not None
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return int(texts[0]), {word.lower(): int(count) for count, word in rows}, frozenset(word for _, word in rows if word[0].islower())
