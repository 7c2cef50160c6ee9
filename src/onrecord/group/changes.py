"""What one text has and another has not: sentence by sentence, then word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from onrecord.group.shingles import folded
from onrecord.records import Extent
from onrecord.reports import Change, ChangeKind

_MOST = 4_000_000
"""Pairs of sentences, or of words, that are laid beside each other at most; what is more is shown as replaced whole."""
_ALIKE = 0.4
"""Share of words in common from which one sentence is another one reworded."""
_SAME_AT_LEAST = 2
"""Words between two changes that are the same in both; fewer are shown as changed with them, so that a change reads as one."""

_TOKEN = re.compile(r"\w+(?:[.,:/'’-]\w+)*|\s+|[^\w\s]")
_END = re.compile(r"[.!?…。！？]+[\"”’»')\]]*(?=\s)|\n\s*")
_TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|St|Sen|Rep|Gov|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|No|vs|[A-Z])\.$")
_MARKS = {**dict.fromkeys(map(ord, "“”„‟«»"), '"'), **dict.fromkeys(map(ord, "‘’‚‛‹›"), "'"), **dict.fromkeys(map(ord, "‐‑‒–—−"), "-")}

Block = tuple[ChangeKind, Extent, Extent]


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The two texts beside each other, from beginning to end: what is the same, added, dropped and replaced.

    All ``before`` in a row are the one text, all ``after`` the other. Marks, spaces and capitals alone are no change.
    """
    blocks = _joined(_absorbed(list(_joined(_blocks(before, after))), before))
    return tuple(
        Change(kind=kind, before=before[was[0] : was[1]], after=after[now[0] : now[1]], was=was, now=now) for kind, was, now in blocks
    )


def _blocks(before: str, after: str) -> Iterator[Block]:
    """Sentences that are the same, and the words of those that are not."""
    one, other = _sentences(before), _sentences(after)
    folds = [_folded(before[s:e]) for s, e in one], [_folded(after[s:e]) for s, e in other]
    for same, i, j, k, m in _aligned(*folds):
        was, now = _whole(one, i, j, len(before)), _whole(other, k, m, len(after))
        if same:
            yield "same", was, now
        else:
            yield from _reworded(before, after, one[i:j], other[k:m], was, now)


def _aligned(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Pieces of both that are the same or not, in order; beginning and end first, so that a long text with one change costs little."""
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    if head:
        yield True, 0, head, 0, head
    i, j = len(one) - tail, len(other) - tail
    if (i - head) * (j - head) > _MOST:
        yield False, head, i, head, j
    elif i > head or j > head:
        matcher = SequenceMatcher(None, one[head:i], other[head:j], autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            yield tag == "equal", a + head, b + head, c + head, d + head
    if tail:
        yield True, i, len(one), j, len(other)


def _reworded(before: str, after: str, one: Sequence[Extent], other: Sequence[Extent], was: Extent, now: Extent) -> Iterator[Block]:
    """Sentences that differ: those that are most alike beside each other, the others as dropped or added."""
    start, begin = was[0], now[0]
    for i, j in _pairs([set(_words(before[s:e])) for s, e in one], [set(_words(after[s:e])) for s, e in other]):
        yield from _apart((start, one[i][0]), (begin, other[j][0]))
        yield from _word_by_word(before, after, one[i], other[j])
        start, begin = one[i][1], other[j][1]
    yield from _apart((start, was[1]), (begin, now[1]))


def _pairs(one: Sequence[set[str]], other: Sequence[set[str]]) -> list[tuple[int, int]]:
    """Sentences that reword each other, in the order of both: the alignment in which most words are shared."""
    if len(one) * len(other) > _MOST // 100:
        return []
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(other) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], _alike(one[i], other[j]) + best[i + 1][j + 1])
    found, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        alike = _alike(one[i], other[j])
        if alike and best[i][j] == alike + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _alike(one: set[str], other: set[str]) -> float:
    share = len(one & other) / max(1, min(len(one), len(other)))
    return share if share >= _ALIKE else 0.0


def _word_by_word(before: str, after: str, was: Extent, now: Extent) -> Iterator[Block]:
    one, other = _tokens(before, was), _tokens(after, now)
    for same, i, j, k, m in _aligned([_fold(before[s:e]) for s, e in one], [_fold(after[s:e]) for s, e in other]):
        old, new = _span(one, i, j, was), _span(other, k, m, now)
        if same:
            yield "same", old, new
        else:
            yield from _apart(old, new)


def _apart(was: Extent, now: Extent) -> Iterator[Block]:
    """What stands on one side only, or on both and differs."""
    kind: ChangeKind
    if was[0] < was[1] or now[0] < now[1]:
        kind = "added" if was[0] == was[1] else "dropped" if now[0] == now[1] else "replaced"
        yield kind, was, now


def _absorbed(blocks: Sequence[Block], before: str) -> Iterator[Block]:
    """A word or two that happen to be the same between two changes go with these."""
    for at, (kind, was, now) in enumerate(blocks):
        between = 0 < at < len(blocks) - 1
        text = before[was[0] : was[1]]
        if kind == "same" and between and "\n" not in text and len(_words(text)) < _SAME_AT_LEAST and _changed(blocks, at):
            yield "replaced", was, now
        else:
            yield kind, was, now


def _changed(blocks: Sequence[Block], at: int) -> bool:
    """Whether words were replaced on both sides, so that what lies between is nothing to hold on to."""
    return blocks[at - 1][0] == "replaced" or blocks[at + 1][0] == "replaced"


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Neighbours that are the same, or changed, as one."""
    last: Block | None = None
    for kind, was, now in blocks:
        if last is not None and (kind == "same") == (last[0] == "same"):
            was, now = (last[1][0], was[1]), (last[2][0], now[1])
            if kind != "same":
                kind = "added" if was[0] == was[1] else "dropped" if now[0] == now[1] else "replaced"
        elif last is not None:
            yield last
        last = kind, was, now
    if last is not None:
        yield last


def _sentences(text: str) -> list[Extent]:
    """The text in sentences, each with the space behind it."""
    found, start = [], 0
    for hit in _END.finditer(text):
        if hit.end() <= start or _TITLES.search(text, max(start, hit.end() - 8), hit.end()):
            continue
        end = hit.end()
        while end < len(text) and text[end].isspace():
            end += 1
        found.append((start, end))
        start = end
    if start < len(text):
        found.append((start, len(text)))
    return found


def _whole(extents: Sequence[Extent], i: int, j: int, end: int) -> Extent:
    start = extents[i][0] if i < len(extents) else end
    return (start, extents[j - 1][1] if j > i else start)


def _span(tokens: Sequence[Extent], i: int, j: int, around: Extent) -> Extent:
    start = tokens[i][0] if i < len(tokens) else around[1]
    return (start, tokens[j - 1][1] if j > i else start)


def _tokens(text: str, extent: Extent) -> list[Extent]:
    return [hit.span() for hit in _TOKEN.finditer(text, *extent)]


def _folded(sentence: str) -> str:
    return " ".join(_fold(hit.group()) for hit in _TOKEN.finditer(sentence) if not hit.group().isspace())


def _fold(token: str) -> str:
    """The token as it is compared: spaces are one space, quotation marks and dashes straight, words without capitals."""
    if token.isspace():
        return " "
    return folded(token) if token[0].isalnum() else unicodedata.normalize("NFKC", token).translate(_MARKS)


def _words(text: str) -> list[str]:
    return [folded(hit.group()) for hit in _TOKEN.finditer(text) if hit.group()[0].isalnum()]
