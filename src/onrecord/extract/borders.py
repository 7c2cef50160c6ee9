"""Borders: where a span may begin and end.

A pointer of the reader is right about the words and often a little off at their edges. What the form of the text settles is settled here:
whole words, no white space or stray stop at the edges, no quotation cut in half, no running on into the next sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from onrecord.extract.quotes import Quotations
from onrecord.extract.words import words
from onrecord.records import Extent

_WORD_LIMIT = 60
"""A run of letters longer than this is no word, and is not searched for its ends."""
_EDGE_FRONT = frozenset(" \t\r\n,;:.!?)]}–—-…\u00a0\u200b\u200e\u200f\ufeff")
_LABEL = 40
"""Who speaks in a transcript is said in fewer characters than this."""
_EDGE_BACK = frozenset(" \t\r\n,;:([{–—-\u00a0\u200b\u200e\u200f\ufeff")
_STOPS = frozenset(".!?:;…”\"’'»)]")
_NEVER_OPENS = frozenset(",;:)]}")
"""No sentence begins with one of these."""
_GOES_ON = frozenset(",–—―")
"""No sentence ends with one of these."""
_SHORT = re.compile(r"(?<![\w.])([A-Z][a-z]{0,5})\.$")
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.)+$")
_LAST = re.compile(r"(?<![\w’'-])[a-z]{1,4}$")
_FIRST = re.compile(r"[a-z]{1,8}\s+")
_WRAPPED = (45, 130)
"""Lines that are cut to a width are longer than the first and no longer than the second."""
_BRACKETS = {")": "(", "]": "[", "}": "{"}


class Borders:
    """The places in one text where sentences end, and its quotations."""

    __slots__ = ("_ends", "_starts", "quotations", "text")

    def __init__(self, text: str, sentences: Sequence[Extent], quotations: Quotations) -> None:
        """Take the reader's sentences where they are sound; a blank line ends a sentence in any case."""
        self.text = text
        self.quotations = quotations
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in _whole(text, sentences):
            self._starts.append(start)
            self._ends.append(end)

    def sentence(self, place: int) -> Extent:
        """The sentence that holds the character at this place, or the nearest before it."""
        at = max(bisect_right(self._starts, place) - 1, 0)
        return (self._starts[at], self._ends[at]) if self._starts else (0, len(self.text))

    def sentences(self, extent: Extent) -> list[Extent]:
        """The sentences that lie in the extent at least in part."""
        first, last = bisect_right(self._ends, extent[0]), bisect_left(self._starts, extent[1])
        return list(zip(self._starts[first:last], self._ends[first:last], strict=True))

    def words(self, extent: Extent) -> Extent | None:
        """The extent on whole words, without white space and loose stops at its edges; None where nothing is left."""
        return self.trim(self._to_words(extent))

    def phrase(self, extent: Extent, near: Extent) -> Extent | None:
        """The extent of a phrase (somebody, a place, a cue): whole words of one sentence, and no quotation cut in half."""
        found = self.words(extent)
        if found is None:
            return None
        cut = self.one_sentence(found, near[0])
        return self.trim(self.unbroken(cut if cut is not None else found, near))

    def piece(self, extent: Extent, near: Extent) -> Extent | None:
        """The extent of a piece of content, with the marks of the quotations it holds: no cut quotation, no sentence beyond the cue's."""
        found = self.words(extent)
        if found is None:
            return None
        whole = self.unbroken(found, near)
        if self._is_turn(whole, near):
            stop = self._line_end(near[1])
            return self.trim((whole[0], stop if self._is_labelled(near) else min(whole[1], stop)))
        cut = self.one_sentence(whole, near[0])
        return self.trim(cut if cut is None or cut == whole else self.unbroken(cut, near))

    def side(self, extent: Extent, near: Extent) -> Extent | None:
        """The extent of a side of a condition: as a piece of content, without the marks around it."""
        found = self.words(extent)
        if found is None:
            return None
        whole = self.unbroken(found, near, wrap=False)
        cut = self.one_sentence(whole, near[0])
        return self.trim(cut if cut is None or cut == whole else self.unbroken(cut, near, wrap=False))

    def shorn(self, extent: Extent | None, first: str | None = None) -> Extent | None:
        """The extent without the small words that nothing ends with, and without those of the list ``first`` that it cannot begin with."""
        text = self.text
        while extent is not None and (hit := _LAST.search(text, max(extent[1] - 5, extent[0]), extent[1])) is not None:
            if hit.start() <= extent[0] or hit.group() not in words("grammar", "never_last"):
                break
            extent = self.trim((extent[0], hit.start()))
        while extent is not None and first is not None and (hit := _FIRST.match(text, *extent)) is not None:
            if hit.end() >= extent[1] or hit.group().strip() not in words("grammar", first):
                break
            extent = self.trim((hit.end(), extent[1]))
        return extent

    def trim(self, extent: Extent | None) -> Extent | None:
        """The extent without white space, loose stops, commas and dashes at its edges, and with a closing bracket only where it opens."""
        if extent is None:
            return None
        text, (start, end) = self.text, extent
        while start < end and text[start] in _EDGE_FRONT:
            start += 1
        while start < end and (text[end - 1] in _EDGE_BACK or text[end - 1].isspace() or self._loose(start, end)):
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        if start < end and text[end - 1] in _BRACKETS and _BRACKETS[text[end - 1]] not in text[start:end]:
            return self.trim((start, end - 1))
        return (start, end) if start < end else None

    def unbroken(self, extent: Extent, near: Extent = (-1, -1), *, wrap: bool = True) -> Extent:
        """The extent widened or narrowed, whichever changes less, until it cuts no quotation in half.

        Args:
            extent: what may cut one.
            near: the trigger. A quotation that holds it as well is not cut by what is said beside it: “I believe we win,” she said.
            wrap: whether marks that wrap the words join them.
        """
        for _ in range(8):
            fixed = self._mended(*extent, near, wrap)
            if fixed == extent or fixed[0] >= fixed[1]:
                break
            extent = fixed
        return extent

    def one_sentence(self, extent: Extent, near: int) -> Extent | None:
        """The extent without what lies beyond a sentence's end, unless a quotation runs over it: what is next to ``near`` stays."""
        pieces = self._joined(extent)
        if len(pieces) < 2:
            return extent
        return min(pieces, key=lambda piece: 0 if piece[0] <= near < piece[1] else min(abs(piece[0] - near), abs(piece[1] - near)))

    def _joined(self, extent: Extent) -> list[Extent]:
        """The extent cut at the ends of sentences that stand in no quotation."""
        start, end = extent
        out: list[Extent] = []
        at = start
        for border in self._starts[bisect_right(self._starts, start) : bisect_left(self._starts, end)]:
            if not any(start <= piece[0] + 2 and piece[1] <= end + 2 for piece in self.quotations.around(border)):
                out.append((at, border))
                at = border
        out.append((at, end))
        return out

    def _loose(self, start: int, end: int) -> bool:
        """Whether the extent ends with a sentence's own stop, which is no part of its words (U.S. keeps its own)."""
        text = self.text
        if text[end - 1] != ".":
            return False
        if any(piece[1] == end for piece in self.quotations.around(end - 1)):
            # A quotation that goes on in the next paragraph.
            return False
        after = text[end : end + 2]
        if after[:1] in (",", ";", ":") or (after[:1] == " " and after[1:].islower()):
            return False
        word = text[max(end - 12, start) : end - 1].split()
        last = word[-1] if word else ""
        return not (("." in last and len(last) <= 6 and last[-1:] != ".") or (len(last) == 1 and last.isupper() and after[:1] == " "))

    def _to_words(self, extent: Extent) -> Extent:
        text = self.text
        start, end = max(extent[0], 0), min(extent[1], len(text))
        if start >= end:
            return start, start
        low, high = max(start - _WORD_LIMIT, 0), min(end + _WORD_LIMIT, len(text))
        if text[start].isalnum() and start and text[start - 1].isalnum():
            at = start
            while at > low and text[at - 1].isalnum():
                at -= 1
            start = at if at > low or at == 0 else start
        if text[start].isupper() and (hit := _DOTTED.search(text, max(start - 8, 0), start)):
            start = hit.start()
        if text[end - 1].isalnum() and end < len(text) and text[end].isalnum():
            at = end
            while at < high and text[at].isalnum():
                at += 1
            end = at if at < high or at == len(text) else end
        # The stop of a short form: "Marrow, R-Ky., said".
        return start, end + (text[end - 1].isalnum() and text[end : end + 2] == ".,")

    def _mended(self, start: int, end: int, near: Extent, wrap: bool) -> Extent:
        """One step nearer to cutting no quotation: the outermost that is cut is the first to be mended."""
        at_start, at_end = list(self.quotations.around(start)), list(self.quotations.around(end))
        for piece in reversed(at_start):
            holds = piece[0] < near[0] and near[1] < piece[1]
            if piece in at_end:
                if wrap and not holds and start <= piece[0] + self._width(piece[0]) and end >= piece[1] - self._back(piece, end):
                    return piece
            elif holds:
                # A trigger and what it governs may lie in one quotation: only what runs out of it is cut.
                return start, piece[1] - self._back(piece, piece[1])
            else:
                widen, narrow = start - piece[0], piece[1] - start
                return (piece[0], end) if widen <= narrow or narrow >= end - start else (piece[1], end)
        for piece in reversed(at_end):
            if piece not in at_start and not piece[0] < near[0] < piece[1]:
                widen, narrow = piece[1] - end, end - piece[0]
                return (start, piece[1]) if widen <= narrow or narrow >= end - start else (start, piece[0])
        return start, end

    def _is_turn(self, extent: Extent, near: Extent) -> bool:
        """Whether the content is a turn of an interview or a line of a list: the cue is a colon right before it, and it has no marks."""
        return self.text[near[1] - 1 : near[1]] in (":", "–", "—") and extent[0] - near[1] <= 3 and not any(self.quotations.within(*extent))

    def _is_labelled(self, near: Extent) -> bool:
        """Whether the colon stands behind a label in capitals that opens a paragraph, as in transcripts: all of it is that speaker's."""
        label = self.text[self.text.rfind("\n", 0, near[0]) + 1 : near[0]]
        return self.text[near[1] - 1] == ":" and len(label) < _LABEL and label.isupper()

    def _line_end(self, place: int) -> int:
        found = self.text.find("\n\n", place)
        return len(self.text) if found < 0 else found

    def _width(self, place: int) -> int:
        return 2 if self.text[place : place + 2] in ("``", "''", "‘‘", "‘’") else 1

    def _back(self, piece: Extent, end: int) -> int:
        """How far before the closing mark's end the words end: the mark, and a stop or comma beside it."""
        width = 2 if self.text[piece[1] - 2 : piece[1]] in ("''", "’’") else 1
        stop = end < piece[1] and self.text[piece[1] - width - 1 : piece[1] - width] in (".", ",", "!", "?", "…", ";", ":")
        return width + 1 if stop else width


def covered(extent: Extent, pieces: Iterable[Extent]) -> bool:
    """Whether one of the pieces holds the whole extent."""
    return any(start <= extent[0] and extent[1] <= end for start, end in pieces)


def clear(extent: Extent | None, others: Iterable[Extent]) -> Extent | None:
    """The extent without the others: what stands before them, else what stands behind; None where they leave nothing."""
    for start, end in others:
        if extent is not None and start < extent[1] and extent[0] < end:
            if extent[0] < start:
                extent = extent[0], start
            else:
                extent = (end, extent[1]) if end < extent[1] else None
    return extent


def touch(one: Extent, other: Extent) -> bool:
    """Whether the two share a character."""
    return one[0] < other[1] and other[0] < one[1]


def gap(one: Extent, other: Extent) -> int:
    """How many characters stand between the two; none where they share some."""
    return max(other[0] - one[1], one[0] - other[1], 0)


def shared(one: Sequence[Extent], other: Sequence[Extent]) -> int:
    """How many characters the two lists of extents have in common."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def length(pieces: Iterable[Extent]) -> int:
    """How many characters the pieces hold."""
    return sum(end - start for start, end in pieces)


def _whole(text: str, sentences: Sequence[Extent]) -> list[Extent]:
    """The sentences in order, without overlaps, ended at blank lines, and put together again where they go on."""
    out: list[Extent] = []
    at = 0
    wrapped = _is_wrapped(text)
    for start, end in sorted(sentences):
        start, end = max(start, at), min(end, len(text))
        if start < end:
            pieces = list(_paragraphs(text, start, end))
            if out and pieces and _goes_on(text, out[-1][1], pieces[0][0], wrapped):
                pieces[0] = (out.pop()[0], pieces[0][1])
            out.extend(pieces)
            at = end
    return out or list(_paragraphs(text, 0, len(text)))


def _is_wrapped(text: str) -> bool:
    """Whether the lines are cut to a width: most of the longer ones end in the middle of a sentence."""
    lines = [line.rstrip() for line in text[:6000].split("\n")]
    long = [line for line, after in pairwise(lines) if len(line) > _WRAPPED[0] and after.strip()]
    if len(long) < 2 or max(map(len, lines)) > _WRAPPED[1]:
        return False
    return sum(line[-1] not in _STOPS for line in long) * 3 > len(long) * 2


def _goes_on(text: str, end: int, start: int, wrapped: bool) -> bool:
    """Whether a sentence goes on where the reader ended it: there is no stop, or small letters follow, or lines are cut to a width."""
    between = text[end:start]
    breaks = between.count("\n")
    if between.strip() or breaks > 1:
        return False
    if not breaks:
        return (
            text[start].islower()
            or text[start] in _NEVER_OPENS
            or text[end - 1].isalnum()
            or text[end - 1] in _GOES_ON
            or _is_short(text, end)
        )
    if text[end - 1] in _STOPS:
        return False
    return text[start].islower() or (wrapped and end - text.rfind("\n", 0, end) > _WRAPPED[0])


def _is_short(text: str, end: int) -> bool:
    """Whether the word before the stop is an initial or a title's short form."""
    hit = _SHORT.search(text, max(end - 8, 0), end)
    return hit is not None and (len(hit.group(1)) == 1 or hit.group(1).lower() in words("grammar", "abbreviations"))


def _paragraphs(text: str, start: int, end: int) -> Iterable[Extent]:
    """The extent cut at blank lines."""
    at = start
    while (found := text.find("\n", at, end)) >= 0:
        after = found + 1
        while after < end and text[after] in " \t\r":
            after += 1
        if after < end and text[after] == "\n" and text[start:found].strip():
            yield start, found
            start = after
        at = after
    if text[start:end].strip():
        yield start, end
