"""Lines of a page that are the page's own and not the report's: newsletters, sharing, cookies, advertisements.

Credit lines stay: they say whose the report is.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicons import load

_LONGEST = 240
"""Longer lines are prose, however they begin."""
_SHORT = 120
"""The same for lines that only hold such words somewhere."""
_QUOTES = "\"'“”„«»‘’"
_EDGES = re.compile(rf"^[^\w{_QUOTES}]+|[^\w{_QUOTES}]+$")


def without(text: str) -> tuple[str, int]:
    """The text without such lines, and how many there were."""
    lines = text.split("\n")
    kept = [line for line in lines if not is_furniture(line)]
    return "\n".join(kept), len(lines) - len(kept)


def is_furniture(line: str) -> bool:
    """Whether the whole line is the page's own."""
    if not line.strip() or len(line) > _LONGEST:
        return False
    bare = _EDGES.sub("", " ".join(line.casefold().split()))
    if bare in _words("lines") or bare.startswith(_starts()):
        return True
    return len(line) <= _SHORT and not bare.startswith(tuple(_QUOTES)) and any(phrase in bare for phrase in _words("phrases"))


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(load("webpages")[key])


@cache
def _starts() -> tuple[str, ...]:
    return tuple(load("webpages")["starts"])
