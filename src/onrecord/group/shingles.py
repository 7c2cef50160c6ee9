"""Texts as words and runs of three words, hashed: what copies are found and measured by.

A sketch keeps the smallest hashes of a text, one in sixteen, more of a short text (FracMinHash): texts that share much of their wording
share hashes, also where one is a small part of the other. The hashes are the same on every machine, since the ledger keeps them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord import lexicons
from onrecord.records import Extent

Hashes = NDArray[np.uint64]

RUN = 3
"""Words of a shingle."""
ONE_IN = 16
"""Of a long text, one shingle in so many is in its sketch."""
LEAST = 32
"""So many a sketch has at least, where the text has them."""
MOST = 512
"""So many a sketch has at most, however long the text."""
_TOP = np.uint64(1 << 63)
_FEW = 12
"""A line of the page, no sentence of the report, has so few words where only its beginning tells."""

# Scripts without spaces between words: there each character is one.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_WORD = re.compile(r"[^\W_]+(?:['’ʼ\u0300-\u036f][^\W_]*)*")
_CHARACTER = re.compile(f"[{_UNSPACED}]")
_WORD_OR_CHARACTER = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:['’ʼ\u0300-\u036f][^\W_{_UNSPACED}]*)*")

# TALLINN, May 27 (BNW) - Estonia would ...
# ~~~~~~~~~~~~~~~~~~~~~~~~
_DATELINE = re.compile(r"\s*[A-Z][\w .,/'’-]{1,60}(?:\([^()\n]{2,30}\)\s*)?[-–—]{1,2}\s", re.ASCII)
_CAPITALS = re.compile(r"\s*[^\W\d_a-z]{2}")
_AGENCY = re.compile(r"\([^()\n]{2,30}\)")
_LINE = re.compile(r"[^\n]+")
_CREDIT_WORDS = 45
_FORM_SIGNS = 3
_FORM_WORDS = 120
_BULLETS = " \t*•|–—_#>\r"


# Marks that open and close differently hold over paragraphs where they are closed before another opens; all others end with theirs, so that
# one left open by mistake does not make a quotation of the rest.
_QUOTED = re.compile(
    r"“[^“”]{0,3000}”|“[^“”\n]*|„[^„“”\n]*|«[^«»]{0,3000}»|«[^«»\n]*|‹[^‹›\n]*|``(?:(?!``|'')[\s\S]){0,3000}''|``(?:(?!``|'')[^\n])*"
    r"|\"[^\"\n]*\"?|(?<!\w)‘(?:[^’\n]|’(?=\w))*|(?<!\w)'(?=\w)(?:[^'\n]|(?<=\w)'(?=\w))*(?='(?!\w))"
)


class Shingled:
    """A text's words with where they stand, and its shingles by the word they begin with; page lines and datelines are left out."""

    def __init__(self, text: str) -> None:
        """Cut the text."""
        self.text = text
        self.codes = _codes(_words(text))
        self.shingles = _shingles(self.codes)
        self.distinct: Hashes = _distinct(self.shingles)

    @cached_property
    def extents(self) -> list[Extent]:
        """Where each word stands; most texts are never asked."""
        pattern = _pattern(self.text)
        return [hit.span() for start, end in report(self.text) for hit in pattern.finditer(self.text, start, end)]

    @cached_property
    def quoted(self) -> NDArray[np.bool_]:
        """For each word, whether it stands in quotation marks."""
        starts = np.fromiter((start for start, _ in self.extents), np.int64, len(self.extents))
        inside = np.zeros(len(starts), np.bool_)
        for start, end in quotations(self.text):
            inside[np.searchsorted(starts, start) : np.searchsorted(starts, end)] = True
        return inside

    @cached_property
    def unquoted(self) -> Hashes:
        """The shingles of which a word stands outside quotation marks."""
        inside = self.quoted
        return self.shingles[~(inside[:-2] & inside[1:-1] & inside[2:])] if len(inside) >= RUN else self.shingles

    @cached_property
    def enclosed(self) -> Hashes:
        """The distinct shingles that stand nowhere but within quotation marks."""
        if not quotations(self.text):
            return self.distinct[:0]
        return self.distinct[np.isin(self.distinct, self.unquoted, invert=True)]


def _distinct(hashes: Hashes) -> Hashes:
    """Each of them once, ascending; much faster than numpy's own way for so few."""
    ordered: Hashes = np.sort(hashes)
    fresh = np.ones(len(ordered), np.bool_)
    fresh[1:] = ordered[1:] != ordered[:-1]
    return ordered[fresh]


def sketch(text: Shingled) -> tuple[int, ...]:
    """The text's fingerprints, ascending: whole numbers under 2**63, the same for the same words on every machine."""
    return tuple(_kept(text.distinct).tolist())


def thinned(shingles: int) -> int:
    """One in how many of so many distinct shingles is in the sketch."""
    every = ONE_IN
    while every > 1 and shingles < every * LEAST:
        every //= 2
    return every


def _kept(distinct: Hashes) -> Hashes:
    """The hashes below a bound. Bounds are nested, so that a short text shares hashes with the long one that it is a part of."""
    limit = _TOP // np.uint64(thinned(len(distinct)))
    kept: Hashes = distinct[: int(np.searchsorted(distinct, limit))]
    return kept[:MOST]


def _shingles(codes: Hashes) -> Hashes:
    """A hash of 63 bits for each run of three words, by the word it begins with."""
    if len(codes) < RUN:
        return np.empty(0, np.uint64)
    mixed: Hashes = codes[:-2] * np.uint64(0x9E3779B97F4A7C15)
    mixed += (codes[1:-1] ^ (codes[1:-1] >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed += codes[2:]
    # The finaliser of splitmix64: every bit of the sum decides about every bit of the hash.
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    mixed >>= np.uint64(1)
    return mixed


def _codes(words: Sequence[str]) -> Hashes:
    return np.fromiter(map(_code, words), np.uint64, len(words))


@lru_cache(maxsize=1 << 16)
def _code(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(folded(word).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def folded(word: str) -> str:
    """The word without capitals and accents, its apostrophe straight."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.replace("’", "'").replace("ʼ", "'").casefold())
    return "".join(mark for mark in plain if not unicodedata.combining(mark)) or plain


def _words(text: str) -> list[str]:
    pattern = _pattern(text)
    return [word for start, end in report(text) for word in pattern.findall(text, start, end)]


def quotations(text: str) -> list[Extent]:
    """Where the text stands in quotation marks, paragraph by paragraph."""
    return [hit.span() for hit in _QUOTED.finditer(text)]


def _pattern(text: str) -> re.Pattern[str]:
    return _WORD if text.isascii() or _CHARACTER.search(text) is None else _WORD_OR_CHARACTER


def report(text: str) -> list[Extent]:
    """Where the report itself stands: the text without dateline, credit lines, and lines that belong to the page."""
    lowered = text.lower()
    # Most texts have none of these words, and are not asked line by line.
    signs = _signs()
    credits = tuple(sign for sign in signs.credits if sign in lowered)
    form = tuple(sign for sign in signs.forms if sign in lowered)
    kept: list[Extent] = []
    start = _after_dateline(text)
    for hit in _LINE.finditer(text, start):
        if _page(hit.group(), credits, form if len(form) >= _FORM_SIGNS else ()):
            if start < hit.start():
                kept.append((start, hit.start()))
            start = hit.end()
    if start < len(text):
        kept.append((start, len(text)))
    return kept


def _after_dateline(text: str) -> int:
    """Where the text goes on after a dateline: a place in capitals, or an agency in brackets, before a dash."""
    hit = _DATELINE.match(text[:160])
    if hit is None or not (_CAPITALS.match(hit.group()) or _AGENCY.search(hit.group())):
        return 0
    return hit.end()


def _page(line: str, credits: tuple[str, ...], form: tuple[str, ...]) -> bool:
    """Whether a line is a credit, or belongs to the page and not to the report."""
    start = line.strip(_BULLETS).lower()
    signs = _signs()
    if start.startswith(signs.starts) or any(sign in start for sign in credits):
        return len(start.split()) <= _CREDIT_WORDS
    if start.startswith(signs.short) and start[-1:] != "." and len(start.split()) <= _FEW:
        return True
    return bool(form) and sum(sign in start for sign in form) >= _FORM_SIGNS and len(start.split()) <= _FORM_WORDS


class _Signs(NamedTuple):
    starts: tuple[str, ...]
    short: tuple[str, ...]
    credits: tuple[str, ...]
    forms: tuple[str, ...]


@cache
def _signs() -> _Signs:
    furniture, pages = lexicons.load("furniture"), lexicons.load("pages")
    return _Signs(tuple(furniture["starts"]), tuple(furniture["short"]), tuple(pages["credits"]), tuple(pages["forms"]))
