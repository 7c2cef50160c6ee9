"""Text on a terminal: what an article says made harmless, measured in columns, wrapped and coloured."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from onrecord.faces.settings import Screen

_STYLES = {
    "bold": "1", "dim": "2", "italic": "3", "red": "31", "green": "32", "yellow": "33", "blue": "34", "magenta": "35", "cyan": "36",
    "marker": "1;33",
}  # fmt: skip
# What stands between facts goes with what follows it, never alone at a line's end.
_SEPARATOR = "·"
_BREAKS = re.compile(r"[\s\u2028\u2029\u0085]+")
# What turns or hides text, or acts on the terminal: shown by its number, so that nobody is misled by what they see.
_ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]")
# What has no width and no meaning here. Joiners stay: scripts and emoji need them.
_NOTHING = re.compile("[\u00ad\u200b\u2060\ufeff]")
_PILED = re.compile(r"((?:[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]){3})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")  # fmt: skip  # noqa: E501


def harmless(text: str) -> str:
    """The text on one line, with what would act on a terminal, turn the direction of reading or hide shown as ``<U+001B>`` or left out."""
    text = _NOTHING.sub("", _BREAKS.sub(" ", text))
    return _PILED.sub(r"\1", _ACTING.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)).strip()


def columns(text: str) -> int:
    """How many columns the text takes: wide characters two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class Painter:
    """Lays pieces of text out on a screen; plain where the screen has no colour."""

    def __init__(self, screen: Screen) -> None:
        """Lay out for this screen."""
        self.width = screen.width
        self.colour = screen.colour

    def paint(self, text: str, style: str | None) -> str:
        """The text in that style."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if style and self.colour and text else text

    def lines(self, pieces: Iterable[tuple[str, str | None]], first: str = "", rest: str = "") -> Iterator[str]:
        """The pieces (text and style) run on and wrapped at spaces, the first line after ``first``, the others after ``rest``."""
        lead, line, used = first, "", 0
        for unit in _units(pieces):
            if line and columns(lead) + used + 1 + sum(columns(text) for text, _ in unit) > self.width:
                yield lead + line
                lead, line, used = rest, "", 0
            if line:
                line, used = line + " ", used + 1
            for text, style in unit:
                for number, part in enumerate(_fitting(text, self.width - columns(lead) - used, self.width - columns(rest))):
                    if number:
                        yield lead + line
                        lead, line, used = rest, "", 0
                    line += self.paint(part, style)
                    used += columns(part)
        if line or first.strip():
            yield lead + line

    def rule(self, text: str = "") -> str:
        """A line across the screen, after the text."""
        return self.paint((text + " " if text else "") + "─" * max(0, self.width - columns(text) - (1 if text else 0)), "dim")


def _units(pieces: Iterable[tuple[str, str | None]]) -> Iterator[list[tuple[str, str | None]]]:
    """What may not be parted by a line end: the pieces between two spaces, each with its style."""
    unit: list[tuple[str, str | None]] = []
    for text, style in pieces:
        for number, word in enumerate(text.split(" ")):
            if number and unit and unit[-1][0] == _SEPARATOR:
                unit.append((" ", None))
            elif number and unit:
                yield unit
                unit = []
            if word:
                unit.append((word, style))
    if unit:
        yield unit


def _fitting(word: str, room: int, width: int) -> Iterator[str]:
    """The word in parts that fit, where it is longer than a line (an address, a script without spaces)."""
    room, width = max(1, room), max(1, width)
    while columns(word) > room:
        cut = used = 0
        while cut < len(word) and used + _width(word[cut]) <= room:
            used += _width(word[cut])
            cut += 1
        yield word[: max(1, cut)]
        word, room = word[max(1, cut) :], width
    if word:
        yield word
