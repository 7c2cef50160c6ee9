"""The gist of a stretch of text: its quotations, its sentences, and the words that carry its meaning, cut to their stems."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from onrecord.group.outlets import plain
from onrecord.lexicons import load
from onrecord.records import Extent, Statement

_QUOTED = re.compile(
    r"“([^“”]{3,600})”|\"([^\"\n]{3,600})\"|(?<![\w’'])‘([^‘\n]{3,400}?)’(?![\w])|(?<![\w'])'([^'\n]{3,400}(?:'[a-z]{1,2}\b[^'\n]{0,200}){0,3})'(?!\w)|«([^«»]{3,600})»"
)
_BREAK = re.compile(r"(?:[.!?…][”\"’')\]]*\s+(?=[\"“‘(\[*•-]*[^\W\d_a-z]|[\"“‘]?\d)|\n\s*\n|\n)")
_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d.,]*")


@lru_cache(maxsize=16)
def quotations(text: str) -> tuple[tuple[Extent, str], ...]:
    """The quotations of three words or more, with their words as they are compared; the text's order."""
    out = []
    for hit in _QUOTED.finditer(text):
        inner = next(group for group in hit.groups() if group is not None)
        said = plain(inner)
        if len(said.split()) > 2:
            out.append((hit.span(), said))
    return tuple(out)


@lru_cache(maxsize=16)
def folded(text: str) -> str:
    """The whole text as it is compared, between spaces, so that a quotation's words can be looked for in it."""
    return f" {plain(text)} "


@lru_cache(maxsize=16)
def sentences(text: str) -> tuple[Extent, ...]:
    """Where the sentences stand, by their ends and by line breaks."""
    out, start = [], 0
    for hit in _BREAK.finditer(text):
        if text[start : hit.end()].strip():
            out.append((start, hit.end()))
        start = hit.end()
    if text[start:].strip():
        out.append((start, len(text)))
    return tuple(out)


@lru_cache(maxsize=16)
def paragraphs(text: str) -> tuple[Extent, ...]:
    """Where the paragraphs stand: what line breaks part."""
    out, start = [], 0
    for line in text.split("\n"):
        if not line.isspace() and line:
            out.append((start, start + len(line)))
        start += len(line) + 1
    return tuple(out)


def around(text: str, start: int, end: int) -> Extent:
    """Where the sentence, or the sentences, that hold this stretch begin and end."""
    every = sentences(text)
    first = bisect_right(every, start, key=lambda one: one[1])
    last = bisect_left(every, end, key=lambda one: one[0]) - 1
    return (every[first][0], every[last][1]) if 0 <= first <= last else (start, end)


def terms(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    return frozenset(_stem(word) for word in _words(text))


def content(statement: Statement) -> str:
    """All that a statement says, in the article's words."""
    return " ".join(piece.text for piece in statement.content)


def _words(text: str) -> Iterator[str]:
    small = _small()
    for hit in _WORD.finditer(text):
        word = plain(hit.group())
        word = _numbers().get(word, word)
        if word and word not in small and (len(word) > 2 or word.isdigit()):
            yield word


@cache
def _numbers() -> dict[str, str]:
    """Numbers in words with their figures."""
    words = load("firsthand")
    return {word: str(at) for at, word in enumerate(words["numbers"], 2)} | {word: str(10 * at) for at, word in enumerate(words["tens"], 3)}


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """The word without what it is inflected by; short of a grammar, since both sides are cut alike."""
    for ending in ("ities", "ments", "ment", "ations", "ation", "ings", "ing", "ies", "ied", "edly", "ed", "es", "s", "ly", "d", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


@cache
def _small() -> frozenset[str]:
    return frozenset(load("stopwords")["words"]) | frozenset(load("firsthand")["light"])
