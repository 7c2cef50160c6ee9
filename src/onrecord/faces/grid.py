"""Short rows on a terminal: columns as wide as what they hold, the last ones giving way where the screen is narrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.faces.terminal import Painter, columns, harmless

_GAP = 2
_LEAST = 8


def grid(painter: Painter, heading: Sequence[str], rows: Sequence[Sequence[object]], yielding: int) -> Iterator[str]:
    """The heading and the rows in columns; the column numbered ``yielding`` is cut where the screen is too narrow for all."""
    cells = [[harmless("" if cell is None else str(cell)) for cell in row] for row in rows]
    widths = [max(columns(row[number]) for row in [list(heading), *cells]) for number in range(len(heading))]
    spare = painter.width - sum(widths) - _GAP * (len(widths) - 1)
    widths[yielding] = max(_LEAST, widths[yielding] + min(0, spare))
    yield painter.paint(_row(heading, widths).rstrip(), "dim")
    for row in cells:
        yield _row(row, widths).rstrip()


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return (" " * _GAP).join(_cut(cell, width) for cell, width in zip(cells, widths, strict=True))


def _cut(cell: str, width: int) -> str:
    """The cell in exactly so many columns."""
    if columns(cell) > width:
        while columns(cell) > width - 1:
            cell = cell[:-1]
        cell += "…"
    return cell + " " * (width - columns(cell))
