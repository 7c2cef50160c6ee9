"""Tenses: which way the verbs around a time expression point."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.extract.words import words
from onrecord.records import Extent

_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*\s+(?=[A-Z\"“‘'(\[0-9])|\n\s*\n|[;\n]")
_TENSE = re.compile(
    r"\b(?:will|shall|to|must|should)\s+(?:not\s+)?be\s+[^\W\d_]+"
    r"|\b(?:is|are|am)\s+[^\W\d_]+ing\b|['’]re\s+[^\W\d_]+ing\b|['’]ll\b|\b[^\W\d_]+(?:n['’]t)?\b"
)
_FUTURE = words("time", "future")
_PAST = words("time", "past")
_BEHIND = words("time", "behind")
_DEADLINE = words("time", "deadline")
_BACK = ("past", "behind")
_CLOSE = 16
"""Characters within which a verb before an expression leaves no doubt."""


class Tenses:
    """Which way the verbs of a text point, asked for one place at a time."""

    __slots__ = ("ends", "marks", "places", "text")

    def __init__(self, text: str, sentences: Sequence[Extent]) -> None:
        """Mark the verbs of the text; without sentences, its stops part it."""
        self.text = text
        self.ends = [end for _, end in sentences] if sentences else [found.end() for found in _SENTENCE_END.finditer(text)]
        self.marks: list[tuple[int, str]] = []
        for found in _TENSE.finditer(text):
            word = found.group().lower()
            if word in _FUTURE or len(word.split(None, 1)) > 1:
                self.marks.append((found.start(), "future"))
            elif word in _BEHIND:
                self.marks.append((found.start(), "behind"))
            elif word in _PAST or (word.endswith("ed") and len(word) > 4):
                self.marks.append((found.start(), "past"))
        self.places = [place for place, _ in self.marks]

    def around(self, start: int, end: int) -> tuple[str | None, bool]:
        """The tense of the verb before the expression in its sentence, else of the one behind it, and whether that leaves no doubt."""
        at = bisect_right(self.ends, start)
        low = self.ends[at - 1] if at else 0
        high = self.ends[at] if at < len(self.ends) else end + 400
        lead = bisect_left(self.places, start)
        follow = bisect_left(self.places, end)
        before = self.marks[lead - 1][1] if lead and self.places[lead - 1] >= low else None
        behind = self.marks[follow][1] if follow < len(self.marks) and self.places[follow] < high else None
        beside = word_before(self.text, start)
        if beside == "since":
            return "past", True
        if beside in _DEADLINE:
            if before == "behind" or (behind in _BACK and before != "future"):
                return "past", False
            return "future", before == "future"
        tense = before or behind
        close = bool(before) and start - self.places[lead - 1] <= _CLOSE
        return ("past" if tense in _BACK else tense), close

    def ahead(self, extent: Extent) -> bool:
        """Whether the words around an expression put it in the future."""
        return self.around(*extent)[0] == "future"


def word_before(text: str, start: int) -> str:
    """The word straight before a place, in lower case and without marks."""
    return text[max(0, start - 12) : start].rpartition("\n")[2].rstrip().rpartition(" ")[2].strip("“”‘'\"(").lower()
