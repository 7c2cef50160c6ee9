"""Novelty: whether what one report says stands in another report too, perhaps in other words.

    wire        Only the Riigikogu could approve a deployment.
    interview   Our constitution knows only one body that can send soldiers abroad, and that is the Riigikogu.
                                                                                               ~~~~~~~~~
Compared are all sentences of the other reports, not only those that were read as statements. Names, numbers and words that are rare in the
story weigh most. What is claimed to stand in one report alone is claimed seldom: words that nobody else has are no news that nobody has.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from functools import cache

from onrecord import lexicons
from onrecord.ask import spelling
from onrecord.ask.quoting import sentence_extents
from onrecord.ask.scene import stem
from onrecord.records import Extent, Statement
from onrecord.reports import Report

_TOKEN = re.compile(r"[^\W\d_]{4,}|(?-i:[A-Z]{2,3})|\d[\d.,]*\d|\d")
_PREFIX = 6
"""Letters by which words are compared: ``deploy`` and ``deployment`` are one."""
_NAMED = 1.5
"""How much more a name or a number weighs than a word that is as rare."""
_BESIDE = 1
"""Sentences after one that are held to be one passage with it: a retelling joins and splits them."""
_ROW = 6
"""Words in a row that two reports do not share by chance."""
_FEW = 3
"""Words that are all that was said, and may stand in a row by chance if they are fewer."""
_FREQUENT = 0.2
"""In more of the story's sentences than this share a name is the story's own, and tells nothing."""


class Passages:
    """The sentences of a story's reports, found by their telling words."""

    def __init__(self, reports: Iterable[Report]) -> None:
        """Take the reports apart."""
        self._holds: list[tuple[str, frozenset[str]]] = []
        self._where: dict[str, list[int]] = {}
        self._flat: dict[str, str] = {}
        self._rows: dict[tuple[str, ...], set[str]] = {}
        for report in reports:
            text = report.text
            self._flat[report.article] = f" {' '.join(_words(text))} "
            for row in _rows(text):
                self._rows.setdefault(row, set()).add(report.article)
            for start, end in sentence_extents(text):
                words = frozenset(tokens(text[start:end]))
                for word in words:
                    self._where.setdefault(word, []).append(len(self._holds))
                self._holds.append((report.article, words))

    def likeness(self, words: Mapping[str, bool], apart: Container[str]) -> float:
        """How much of what the words tell one passage of another report has, 0..1; reports that are ``apart`` are not looked at."""
        weights = {word: self._weight(word) * (_NAMED if named else 1) for word, named in words.items()}
        whole = sum(weights.values())
        shared: defaultdict[int, float] = defaultdict(float)
        for word, weight in weights.items():
            for place in self._passages(word, apart):
                shared[place] += weight
        return max(shared.values(), default=0) / whole if whole else 1.0

    def quotes(self, report: Report, statement: Statement, others: Container[str]) -> bool:
        """Whether one of the other reports has some words in a row of what was said, or all where there are few, whatever the marks."""
        for each in statement.content:
            if any(article in others for row in _rows(each.text) for article in self._rows.get(row, ())):
                return True
            words = _words(each.text)
            short = f" {' '.join(words)} " if _FEW <= len(words) < _ROW else None
            if short is not None and any(short in text for article, text in self._flat.items() if article in others):
                return True
        return False

    def _passages(self, word: str, apart: Container[str]) -> set[int]:
        """Where passages with the word begin, in reports that count."""
        found = set()
        for place in self._where.get(word, ()):
            article = self._holds[place][0]
            if article not in apart:
                found |= {each for each in range(max(0, place - _BESIDE), place + 1) if self._holds[each][0] == article}
        return found

    def share(self, words: Mapping[str, bool], text: str, *, named: float = _NAMED) -> float:
        """How much of what the words tell this text has, 0..1; a name counts so many times a word that is as rare."""
        held = set(tokens(text))
        weights = {word: self._weight(word) * (named if is_named else 1) for word, is_named in words.items()}
        whole = sum(weights.values())
        return sum(weight for word, weight in weights.items() if word in held) / whole if whole else 1.0

    def shares_name(self, words: Mapping[str, bool], apart: Container[str]) -> bool:
        """Whether a name or number that is rare in the story stands in another report too."""
        named = (word for word, is_named in words.items() if is_named and not self._is_frequent(word))
        return any(self._holds[place][0] not in apart for word in named for place in self._where.get(word, ()))

    def _is_frequent(self, word: str) -> bool:
        return len(self._where.get(word, ())) > _FREQUENT * len(self._holds)

    def _weight(self, word: str) -> float:
        return math.log(1 + len(self._holds) / max(1, len(self._where.get(word, ()))))


def _words(text: str) -> list[str]:
    """The words of the text without marks and capitals."""
    return re.findall(r"\w+", text.casefold())


def _rows(text: str) -> set[tuple[str, ...]]:
    """The words of the text in rows of so many."""
    words = _words(text)
    return {tuple(words[start : start + _ROW]) for start in range(len(words) - _ROW + 1)}


def telling(report: Report, statement: Statement) -> dict[str, bool]:
    """The words of who says what that tell something, and whether each is a name or a number.

    Who speaks counts: another report's passage about the same speaker is the likelier to tell the same.
    """
    found: dict[str, bool] = {}
    for each in (*statement.content, *([statement.speaker] if statement.speaker else [])):
        base = report.text if each.place is None else report.title or ""
        for word, named in telling_of(base, each.extent).items():
            found[word] = found.get(word, False) or named
    return found


def telling_of(text: str, extent: Extent) -> dict[str, bool]:
    """The same for a stretch of text."""
    found: dict[str, bool] = {}
    for word, named in _named(text, extent):
        found[word] = found.get(word, False) or named
    return found


def _named(text: str, extent: Extent) -> Iterable[tuple[str, bool]]:
    start, end = extent
    for hit in _TOKEN.finditer(text, start, end):
        word = hit.group()
        if (form := token(word)) is not None:
            # A capital at the head of a sentence names nobody.
            before = text[: hit.start()].rstrip(" “„«‘\"'(")[-1:]
            yield form, word[0].isdigit() or form.isdigit() or (word[0].isupper() and before not in ".?!:\n" and bool(before))


def tokens(text: str) -> list[str]:
    """The words that carry meaning, as they are compared; numbers in figures."""
    return [form for hit in _TOKEN.findall(text) if (form := token(hit)) is not None]


@cache
def token(word: str) -> str | None:
    """The word as it is compared; None where it carries no meaning."""
    known = word.casefold()
    if known in _numbers():
        return _numbers()[known]
    if known[0].isdigit():
        return known.replace(",", "").rstrip(".")
    return None if known in _dull() else stem(known).removesuffix("e")[:_PREFIX]


@cache
def _numbers() -> Mapping[str, str]:
    tens = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
    return {
        **{word: str(number) for number, word in enumerate(spelling.NUMBERS) if number > 1},
        **{word: str(20 + 10 * number) for number, word in enumerate(tens)},
    }


@cache
def _dull() -> frozenset[str]:
    return frozenset(lexicons.load("stopwords")["words"])
