"""Windows: how a text longer than the model sees at once is cut, so that nothing is read twice and nothing without its context."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.records import Extent, Record

SIZE = 256
"""Pieces that a window shows at most."""
CONTEXT = 48
"""Pieces of the text before that a later window shows again; its triggers are not read there."""


class Window(Record, frozen=True, kw_only=True):
    """Pieces ``first`` to ``last`` are shown; triggers are read from ``core`` on.

    text     ....................................
    window 1 [first=core ........ last)
    window 2          [first ... core ..... last)
    """

    first: int
    core: int
    last: int


def windows(text: str, extents: Sequence[Extent], size: int = SIZE, context: int = CONTEXT) -> list[Window]:
    """The windows over a text's pieces, cut at the ends of paragraphs where there are some, else of sentences, else anywhere."""
    out: list[Window] = []
    core, total = 0, len(extents)
    while core < total:
        first = max(0, core - context)
        last = min(total, first + size)
        if last < total:
            last = _cut(text, extents, core + (last - core) // 2, last)
        out.append(Window(first=first, core=core, last=last))
        core = last
    return out


def _cut(text: str, extents: Sequence[Extent], least: int, most: int) -> int:
    """The last good place to cut after ``least`` pieces and not after ``most``."""
    for at in range(most, least, -1):
        if "\n" in text[extents[at - 1][1] : extents[at][0]]:
            return at
    for at in range(most, least, -1):
        before, gap = text[extents[at - 1][0] : extents[at - 1][1]], extents[at][0] - extents[at - 1][1]
        if gap and before in _STOPS:
            return at
    return most


_STOPS = frozenset('.!?…”"»’')
