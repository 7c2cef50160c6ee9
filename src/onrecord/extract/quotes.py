"""Quotations: which marks pair up, which are apostrophes, and which are left over.

“Trust is rebuilt,” she said. “It’s ‘brick by brick’ now.”
~~~~~~~~~~~~~~~~~~            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                                    ~~~~~~~~~~~~~~~~ depth 1
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from onrecord.extract.words import words
from onrecord.records import Extent, Record

# An opening mark with the marks that may close it. Straight marks open and close alike, by what stands around them.
_CLOSERS = {
    "“": ("”", "’’", "''"), "„": ("“", "”"), "«": ("»",), "»": ("«",), "‹": ("›",), "‘": ("’",), "‚": ("‘", "’"), "‘‘": ("’’", "”"),
    "‘’": ("’’", "”"), "``": ("''", '"'), "''": ("''",), '"': ('"',), "'": ("'",), "”": ("”",),
}  # fmt: skip
_MARK = re.compile(r"``|''|‘‘|’’|‘’|[“”„«»‹›‘’‚\"']")
_SINGLE = frozenset("'‘’‚")
_BREAK = re.compile(r"\n[^\S\n]*(\n\s*)?")
_BEFORE_OPENER = frozenset("([{<—–-/=:;,…¿¡*_>|“‘„«‹\"'`")
_AFTER_CLOSER = frozenset(")]}.,;:!?…—–-/*_<|”’»›\"'")
_MAX_BREAKS = 3
"""A quotation that is not opened again in the next paragraph may run over this many breaks, and no further."""
_MAX_OPEN = 12
"""More quotations than this are never open at once: the oldest is given up, so that hostile input costs no more than prose."""


class Quotation(Record, frozen=True, kw_only=True):
    """One quotation with its marks: a piece for each paragraph it runs through, and how many others it stands in."""

    pieces: tuple[Extent, ...]
    mark: str
    depth: int

    @property
    def start(self) -> int:
        """Where its first mark stands."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Behind its last mark."""
        return self.pieces[-1][1]


class Quotations:
    """The paired quotations of one text, in the order in which they open, and how many marks were left over."""

    __slots__ = ("_ends", "_parents", "_pieces", "_starts", "_whole", "found", "unclosed")

    def __init__(self, found: Sequence[Quotation], unclosed: int) -> None:
        """Hold them, with an index from places to quotations."""
        self.found = tuple(found)
        self.unclosed = unclosed
        pieces = sorted((piece[0], -piece[1], at) for at, quotation in enumerate(found) for piece in quotation.pieces)
        self._starts = [start for start, _, _ in pieces]
        self._ends = [-end for _, end, _ in pieces]
        self._whole = [at for _, _, at in pieces]
        self._pieces = len(pieces)
        self._parents: list[int] = []
        stack: list[int] = []
        for at in range(self._pieces):
            while stack and self._ends[stack[-1]] < self._ends[at]:
                stack.pop()
            self._parents.append(stack[-1] if stack else -1)
            stack.append(at)

    def around(self, place: int) -> Iterator[Extent]:
        """The pieces that hold this border between two characters, innermost first: opening mark before it, closing mark behind."""
        at = bisect_right(self._starts, place - 1) - 1
        while at >= 0:
            if place < self._ends[at]:
                yield self._starts[at], self._ends[at]
            at = self._parents[at]

    def hold(self, place: int) -> bool:
        """Whether a border between two characters lies within a quotation."""
        return next(self.around(place), None) is not None

    def within(self, start: int, end: int) -> Iterator[Extent]:
        """The outermost pieces that open in this extent, in the text's order, cut off at its end."""
        at = bisect_right(self._starts, start - 1)
        while at < self._pieces and self._starts[at] < end:
            stop = self._ends[at]
            yield self._starts[at], min(stop, end)
            at = bisect_right(self._starts, max(stop - 1, self._starts[at]))

    def of(self, place: int) -> Quotation | None:
        """The outermost quotation that covers the character at this place."""
        at = bisect_right(self._starts, place) - 1
        found = None
        while at >= 0:
            if place < self._ends[at]:
                found = self.found[self._whole[at]]
            at = self._parents[at]
        return found


def quotations(text: str) -> Quotations:
    """All quotations of the text, in one pass over its marks; a mark without its partner is left over and counted, never an error."""
    marks = _marks(text)
    open_: list[_Open] = []
    found: list[Quotation] = []
    unclosed = 0
    seen = 0
    for at, (place, mark) in enumerate(marks):
        if open_ and "\n" in text[seen:place]:
            unclosed += _turn(text, seen, place, mark, open_)
        seen = place
        if open_ and open_[-1].again == place:
            open_[-1].again = -1
            continue
        role = _role(text, marks, at, open_)
        if role == "close":
            unclosed += _close(found, open_, place, mark)
        elif role == "open":
            open_.append(_Open(place, mark))
            if len(open_) > _MAX_OPEN:
                unclosed += not open_.pop(0).doubtful
    unclosed += sum(not item.doubtful for item in open_)
    return Quotations(_nested(found), unclosed)


class _Open:
    """A quotation that has been opened: where its pieces started and ended so far."""

    __slots__ = ("again", "breaks", "doubtful", "mark", "pieces", "start")

    def __init__(self, start: int, mark: str) -> None:
        self.start = start
        self.mark = mark
        self.pieces: list[Extent] = []
        self.breaks = 0
        self.again = -1
        self.doubtful = mark == "'"


def _marks(text: str) -> list[tuple[int, str]]:
    """Every character that may be a quotation mark, without the apostrophes and the marks for feet, inches, minutes and seconds."""
    return [(hit.start(), hit.group()) for hit in _MARK.finditer(text) if not _inside_word(text, hit.start(), hit.end())]


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether the mark is no quotation mark, whatever else stands in the text."""
    mark = text[start:end]
    before, after = text[start - 1 : start], text[end : end + 1]
    if mark in ("'", "’", "‘"):
        if before.isalnum() and after.isalnum():
            return True
        if after in ("s", "S") and before and not before.isspace() and not text[end + 1 : end + 2].isalnum():
            return before not in '([{—–-“"'
        if mark == "'" and before.isdigit() and not after.isalnum() and text[max(start - 2, 0) : start - 1] in ("", " ", "-", "("):
            return after in (" ", "") and text[end + 1 : end + 2].isdigit()
        return not before.isalnum() and _elision(text, end)
    if mark == '"' and before.isdigit():
        # 6'2", 5'11"
        return bool(_HEIGHT.search(text, max(start - 6, 0), start))
    return False


_HEIGHT = re.compile(r"\d ?['’′] ?\d{1,2}(?:\.\d)?$")
_DECADE = re.compile(r"\d\ds?\b")
_WORD = re.compile(r"[^\W\d_]+")


def _elision(text: str, end: int) -> bool:
    """Whether what follows has lost its beginning: ’90s, ’em, ’n’."""
    if _DECADE.match(text, end):
        return True
    word = _WORD.match(text, end)
    return (
        word is not None
        and word.group().lower() in words("quotes", "elisions")
        and (word.group() != "n" or text[word.end() : word.end() + 1] in "'’")
    )


def _role(text: str, marks: Sequence[tuple[int, str]], at: int, open_: Sequence[_Open]) -> str:
    """Whether the mark opens, closes, or does neither."""
    place, mark = marks[at]
    closes = any(mark in _CLOSERS[item.mark] for item in open_)
    if mark == "“" and closes and open_[-1].mark == "„":
        return "close"
    if mark in ("“", "„", "«", "‹", "``", "‚", "‘‘", "‘’"):
        return "close" if mark == "«" and open_ and open_[-1].mark == "»" else "open"
    if mark in ("›", "’’"):
        return "close" if closes else "none"
    if mark == "‘":
        return "close" if open_ and open_[-1].mark == "‚" else "open"
    if mark in ("”", "»"):
        return "close" if closes else "open" if _opens(text, place, mark) else "stray"
    if mark == "’":
        return "close" if closes and not _possessive(text, marks, at) else "none"
    return _straight(text, marks, at, closes)


def _straight(text: str, marks: Sequence[tuple[int, str]], at: int, closes: bool) -> str:
    """The role of a straight mark, which only its neighbours tell."""
    place, mark = marks[at]
    opens, shuts = _opens(text, place, mark), _shuts(text, place, mark)
    if mark == "'":
        if closes and shuts and not (_possessive(text, marks, at)):
            return "close"
        return "open" if opens and not shuts else "none"
    if closes and (shuts or not opens):
        return "close"
    if opens and not shuts:
        return "open"
    # An inch mark, or a closing mark whose partner is missing.
    return "none" if text[place - 1 : place].isdigit() or shuts else "open"


def _opens(text: str, place: int, mark: str) -> bool:
    """Whether a mark stands as an opening one: nothing or an opening character before, a word behind."""
    before, after = text[place - 1 : place] if place else "", text[place + len(mark) : place + len(mark) + 1]
    return (not before or before.isspace() or before in _BEFORE_OPENER) and bool(after) and not after.isspace()


def _shuts(text: str, place: int, mark: str) -> bool:
    """Whether a mark stands as a closing one: a word or stop before, white space or a closing character behind."""
    before, after = text[place - 1 : place] if place else "", text[place + len(mark) : place + len(mark) + 1]
    return bool(before) and not before.isspace() and (not after or after.isspace() or after in _AFTER_CLOSER)


def _possessive(text: str, marks: Sequence[tuple[int, str]], at: int) -> bool:
    """Whether the mark is a plural's apostrophe (the ministers’ visit) rather than the end of a quotation, which then ends further on."""
    place, mark = marks[at]
    if (
        text[place - 1 : place] not in ("s", "z", "x", "S")
        or text[place + 1 : place + 2] != " "
        or not text[place + 2 : place + 3].isalnum()
    ):
        return False
    # A better end before the next beginning, in the same paragraph and not far off.
    for later, other in marks[at + 1 : at + 6]:
        if "\n" in text[place:later] or (other in "‘'" and _opens(text, later, other) and not _shuts(text, later, other)):
            return False
        if other == mark and text[later + 1 : later + 2] in ("", " ", ".", ",", ";", ":", "!", "?", "\n", "”", '"', ")", "—", "–"):
            return text[later - 1 : later] in ".,!?…" or text[later + 1 : later + 2] in ("", ".", ",", ";", ":", "!", "?", "\n")
    return False


def _close(found: list[Quotation], open_: list[_Open], place: int, mark: str) -> int:
    """Close the nearest quotation that this mark can close; how many within it were never closed."""
    lost = 0
    while open_:
        item = open_.pop()
        if mark in _CLOSERS[item.mark]:
            end = place + len(mark)
            if end - item.start > len(item.mark) + len(mark):
                found.append(Quotation(pieces=(*item.pieces, (item.start, end)), mark=item.mark, depth=0))
            break
        lost += not item.doubtful
    return lost


def _turn(text: str, seen: int, place: int, mark: str, open_: list[_Open]) -> int:
    """What becomes of open quotations at the breaks before this mark; how many end there unclosed.

    A paragraph that opens with the same mark goes on with the quotation. Where it opens with none, the quotation may have been left open
    over the break; it is given up after a few.
    """
    breaks = [hit for hit in _BREAK.finditer(text, seen, place + 1) if hit.end() <= place]
    if not breaks:
        return 0
    bottom, last = open_[0], breaks[-1]
    blank = sum(hit.group(1) is not None for hit in breaks)
    adjoins = len(breaks) == 1 or (last.group(1) is not None and blank == 1)
    lost = 0
    if last.end() == place and mark == bottom.mark and adjoins and _opens(text, place, mark):
        lost = sum(not item.doubtful for item in open_[1:])
        del open_[1:]
        bottom.pieces.append((bottom.start, bottom.start + len(text[bottom.start : last.start()].rstrip())))
        bottom.start = bottom.again = place
        bottom.breaks = 0
        return lost
    for item in list(open_):
        item.breaks += blank
        if item.breaks > _MAX_BREAKS or (blank and item.mark in _SINGLE):
            open_.remove(item)
            lost += not item.doubtful
    return lost


def _nested(found: list[Quotation]) -> list[Quotation]:
    """The quotations in the order in which they open, each with its depth."""
    out: list[Quotation] = []
    ends: list[int] = []
    for item in sorted(found, key=lambda quotation: (quotation.start, -quotation.end)):
        while ends and ends[-1] <= item.start:
            ends.pop()
        out.append(Quotation(pieces=item.pieces, mark=item.mark, depth=len(ends)) if ends else item)
        ends.append(item.end)
    return out
