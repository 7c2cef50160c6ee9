"""A text as words with their places, and names of several words found among them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

Payload = TypeVar("Payload")

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Sens|Rep|Reps|Gov|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Brig|Cpl|Rev|Hon|St|Jr|Sr"
    "|Atty|Supt|Pres|Sec|Co|Corp|Inc|Ltd|No|MR|MRS|MS|DR|GEN|SEN|REP|GOV|COL|ADM"
)
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}(?:[A-Z]\b)?|[^\W\d_]\.(?=\s*[A-Z])|(?:{_ABBREVIATIONS})\.|[^\W_]+(?:[-’'ʻʼ&][^\W_]+)*\+?|[^\w\s]"
)
_CONTRACTION = re.compile(r"(i|he|she|it|we|you|they|who|that|there|what)[’'](?:d|ll|ve|re|m|s)$", re.IGNORECASE)
_FOLDS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "ə": "a", "Ə": "A",
     "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ħ": "h", "Ħ": "H", "ŋ": "n", "’": "", "'": "", "ʻ": "", "ʼ": "", "‘": "", "&": " and "}
)  # fmt: skip


class Word(NamedTuple):
    """A word without its possessive ending, or one mark of punctuation."""

    text: str
    low: str
    start: int
    end: int
    capital: bool
    possessive: bool


def words(text: str) -> list[Word]:
    """The words and marks of a text, in order; "Estonia’s" is one word, "Estonia", that is possessive, and "he’d" is "he"."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        piece, start = match.group(), match.start()
        possessive = False
        if short := _CONTRACTION.match(piece):
            piece = short[1]
        elif len(piece) > 2 and piece[-1] in "sS" and piece[-2] in "’'":
            piece, possessive = piece[:-2], True
        elif piece in "’'" and found and found[-1].end == start and found[-1].low.endswith("s") and text[start + 1 : start + 2] == " ":
            found[-1] = found[-1]._replace(possessive=True)
            continue
        found.append(Word(piece, piece.lower(), start, start + len(piece), piece[0].isupper(), possessive))
    return found


def slug(name: str) -> str:
    """The name in plain lower-case letters and hyphens: "Wiesława Grądzka" is "wieslawa-gradzka"."""
    plain = unicodedata.normalize("NFKD", name.translate(_FOLDS))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


class Index(Generic[Payload]):
    """Names of one or more words, looked up by their first word, the longest first."""

    def __init__(self, names: Iterable[tuple[str, Payload]]) -> None:
        """Hold the names; where one stands twice, the first is kept."""
        self._names: dict[str, dict[tuple[str, ...], Payload]] = {}
        self._lengths: dict[str, list[int]] = {}
        for name, payload in names:
            key = tuple(word.text for word in words(name))
            if key:
                self._names.setdefault(key[0], {}).setdefault(key, payload)
        for first, entries in self._names.items():
            self._lengths[first] = sorted({len(key) for key in entries}, reverse=True)

    def at(self, found: Sequence[Word], i: int, stop: int) -> tuple[int, Payload] | None:
        """How many words the longest name takes that begins at word ``i``, with what is held for it."""
        first = found[i].text
        entries = self._names.get(first)
        if entries is None:
            return None
        for length in self._lengths[first]:
            if i + length <= stop:
                key = tuple([word.text for word in found[i : i + length]])
                if key in entries:
                    return length, entries[key]
        return None


def reach(starts: Sequence[int], extent: tuple[int, int]) -> tuple[int, int]:
    """The first and the last-but-one index of the words that begin inside the extent."""
    return bisect_left(starts, extent[0]), bisect_left(starts, extent[1])
