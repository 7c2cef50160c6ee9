"""How a statement is quoted, from the quotation marks alone: the gold's own simple reading, independent of the product's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Extent = tuple[int, int]

_PAIRS = re.compile(
    r"“[^“”]*”|„[^“”„]*[“”]|«[^«»]*»|»[^«»]*«"
    r'|(?<![^\s(\[—–-])"[^"]*"'
    r"|(?<![^\s(\[—–“\"-])‘(?:[^‘’]|’(?=\w))*’(?!\w)"
    r"|(?<![^\s(\[—–-])'(?:[^']|'(?=\w))*'(?!\w)"
)


def manner(text: str, content: Sequence[Extent], cue: Sequence[Extent] = ()) -> Literal["direct", "indirect", "mixed"]:
    """``direct`` where every word of the content is quoted, ``mixed`` where some words are, else ``indirect``.

    Marks around the cue too are somebody else's: “She told us that they would go,” he said.
    """
    words = [found for start, end in content for found in re.compile(r"\w+").finditer(text, start, end)]
    spans = [(first, last) for first, last in _quoted(text, content) if not any(first <= start and end <= last for start, end in cue)]
    quoted = sum(any(start <= word.start() and word.end() <= end for start, end in spans) for word in words)
    if not quoted:
        return "indirect"
    return "direct" if quoted == len(words) else "mixed"


def _quoted(text: str, content: Sequence[Extent]) -> list[Extent]:
    """What stands between marks in the paragraphs that the content runs through."""
    start = text.rfind("\n\n", 0, content[0][0]) + 1
    end = text.find("\n\n", content[-1][1])
    return [found.span() for found in _PAIRS.finditer(text, start, len(text) if end < 0 else end)]
