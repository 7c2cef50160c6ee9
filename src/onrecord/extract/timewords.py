"""Words of time: a text as a row of small words, each with the kind it is to the grammar of time expressions.

    In late March 2024, three weeks after the vote
    i  e    M     Y   , Q     U     B     t   _

Kinds are single letters, so that the grammar can be regular expressions over the row of letters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from onrecord.extract.words import table, words

_MONTHS = {**table("time", "months"), **table("time", "month_abbreviations")}
_SHORT = {**table("time", "month_abbreviations"), **table("time", "weekday_abbreviations")}
_WORD = re.compile(
    r"\n[^\S\n]*\n|\bFY ?\d{4}\b|\d{4}-(?:Q[1-4]|H[12]|W[0-5]\d)\b|\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])"
    r"|\d+(?:[.,:]\d+)*(?:(?:st|nd|rd|th|s|hrs?)\b)?"
    r"|(?:[ap]\.\s?m\b\.?|B\.\s?C\b\.?(?:E\.)?|A\.D\.|BCE?\b|(?:" + "|".join(sorted(_SHORT, key=len, reverse=True)) + r")\.)"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|\S",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?:hrs?)?$")
_DOTTED = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)$")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$", re.IGNORECASE)
_HYPHENS = "-‐‑–—−"
_OWNER = ("'s", "’s")

NUMBERS = {word: int(value) for word, value in table("time", "numbers").items()}
ORDINALS = {word: int(value) for word, value in table("time", "ordinals").items()}


class Word(NamedTuple):
    """A word of a text: where it stands, in lower case, its kind, and what it stands for."""

    start: int
    end: int
    lower: str
    kind: str
    value: str


class Row(NamedTuple):
    """The words of a text, and their kinds as one string."""

    words: tuple[Word, ...]
    kinds: str

    def places(self, start: int, end: int) -> tuple[int, int]:
        """First word, and the word behind the last, of those that stand wholly between two places of the text."""
        first = bisect_left(self.words, start, key=_start)
        behind = bisect_left(self.words, end, lo=first, key=_start)
        while behind > first and self.words[behind - 1].end > end:
            behind -= 1
        return first, behind

    def within(self, start: int, end: int) -> Sequence[Word]:
        """The words that stand wholly between two places of the text."""
        first, behind = self.places(start, end)
        return self.words[first:behind]


_start = attrgetter("start")


def _kinds() -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}

    def add(kind: str, entries: Mapping[str, object]) -> None:
        known.update({word: (kind, str(value)) for word, value in entries.items() if " " not in word})

    known.update({word: (str(kind), "") for word, kind in table("time", "roles").items()})
    add("K", table("time", "vague"))
    add("Q", NUMBERS)
    add("o", ORDINALS)
    add("u", table("time", "units"))
    add("U", table("time", "unit_plurals"))
    add("s", table("time", "seasons"))
    add("p", table("time", "parts"))
    add("r", table("time", "relatives"))
    add("N", table("time", "references"))
    add("j", table("time", "sets"))
    add("h", table("time", "holidays"))
    add("z", table("time", "zones"))
    add("M", table("time", "months"))
    add("m", table("time", "month_abbreviations"))
    add("m", {f"{word}.": value for word, value in table("time", "month_abbreviations").items()})
    add("W", table("time", "weekdays"))
    add("w", table("time", "weekday_abbreviations"))
    add("w", {f"{word}.": value for word, value in table("time", "weekday_abbreviations").items()})
    for phrase in table("time", "holidays"):
        known.setdefault(phrase.split()[0], ("!", ""))
    known["second"] = ("o", "2")
    return known


_KINDS = _kinds()
_CAPITALISED = frozenset("MmWwhz!")
_NAMES = words("time", "month_names_of_people")
_NAMED = words("time", "named")
_COUNTED = words("time", "counted")
_ALWAYS_COUNTED = words("time", "always_counted")
_NUMBERED = words("time", "numbered")
_STORIED = words("time", "storied")


@lru_cache(maxsize=4)
def row(text: str) -> Row:
    """The words of the text with their kinds, those that only look like words of time set aside.

    Finding, merging, dating the article and giving values each ask for the same text's.
    """
    found: list[Word] = []
    for match in _WORD.finditer(text):
        word = _word(match)
        found.append(word)
        if word.end < match.end():
            found.append(Word(word.end, match.end(), "'s", "'", ""))
    near = _Near(text, found)
    for at, word in enumerate(found):
        if settle := _RULES.get(word.kind):
            near.move(at)
            settled = settle(near)
            if settled != near.word:
                found[at] = settled
                near.kinds[at] = settled.kind
    return Row(tuple(found), "".join(near.kinds))


class _Near:
    """One word of a row, with what stands beside it."""

    __slots__ = ("after", "ancient", "at", "before", "found", "kinds", "text", "word")

    def __init__(self, text: str, found: list[Word]) -> None:
        self.text = text
        self.found = found
        self.kinds = [word.kind for word in found]
        self.ancient = any(word.kind == "b" and word.lower[0] == "b" and text[word.start].isupper() for word in found)

    def move(self, at: int) -> None:
        """Go to a place in the row."""
        self.at = at
        self.word = self.found[at]
        self.before = self.kinds[at - 1] if at else ""
        self.after = self.kinds[at + 1] if at + 1 < len(self.found) else ""

    def as_kind(self, kind: str, value: str | None = None) -> Word:
        """The word as another kind, or with another value."""
        return self.word._replace(kind=kind, value=self.word.value if value is None else value)

    def behind(self, steps: int = 1) -> str:
        """The word so many places on, in lower case."""
        at = self.at + steps
        return self.found[at].lower if at < len(self.found) else ""

    def ahead(self) -> str:
        """The word before, in lower case."""
        return self.found[self.at - 1].lower if self.at else ""

    def written(self) -> str:
        """The word as it stands in the text."""
        return self.text[self.word.start : self.word.end]

    def follows(self, length: int) -> str:
        """The kinds of the next words."""
        return "".join(self.kinds[self.at + 1 : self.at + 1 + length])


def _word(match: re.Match[str]) -> Word:
    raw = match.group()
    start = match.start()
    end = match.end()
    lower = raw.lower()
    first = raw[0]
    if first in "fF" and lower[-1].isdecimal():
        return Word(start, end, lower, "V", "FY" + lower[-4:])
    if first.isdecimal():
        kind, value = ("V", lower.upper()) if lower[4:6] in ("-q", "-h", "-w") else _number(lower)
        return Word(start, end, lower, kind, value)
    known = _KINDS.get(lower)
    if known is None and lower.endswith(_OWNER):
        known = _KINDS.get(lower[:-2])
        if known and known[0] in "rMWuhsp":
            end -= 2
            lower = lower[:-2]
        else:
            known = None
    if known is not None:
        kind, value = known
        if kind in _CAPITALISED and not first.isupper():
            kind = "s" if kind == "h" and lower == "easter" else "_"
        return Word(start, end, lower, kind, value)
    if first in _HYPHENS:
        return Word(start, end, first, "-", "")
    if lower[0] in "ab" and lower.replace(".", "").replace(" ", "") in {"am", "ad", "bc", "bce"}:
        return Word(start, end, lower, "P" if lower[0] == "a" and "m" in lower else "b", "")
    if lower[0] == "p" and "." in lower:
        return Word(start, end, lower, "P", "")
    if first.isalpha():
        return Word(start, end, lower, "Z" if first.isupper() else "_", "")
    return Word(start, end, lower, first if first in ",('’/:\n." else ";", "")


def _number(lower: str) -> tuple[str, str]:
    """Kind and value of a word that begins with a digit."""
    digits = lower.isdecimal() and lower.isascii()
    if digits and len(lower) <= 2:
        return ("D" if 1 <= int(lower) <= 31 else "n"), lower
    if digits and len(lower) == 4 and "1000" <= lower <= "2199":
        return "Y", lower
    if digits:
        return "n", lower
    if len(lower) == 10 and lower[4] == "-" or "t" in lower[10:11]:
        return "V", lower.upper()
    if found := _CLOCK.match(lower):
        return "C", f"{int(found[1]):02d}:{found[2]}"
    if found := _ORDINAL.match(lower):
        return ("O" if 1 <= int(found[1]) <= 31 else "I"), found[1]
    if lower[-1] == "s" and lower[:-1].isdecimal():
        return ("S" if len(lower) == 5 and lower[3] == "0" and "1000" <= lower[:-1] <= "2199" else ";"), lower[:-1]
    return "n", lower


def _month(near: _Near) -> Word:
    word, before, after = near.word, near.before, near.after
    numbered = (after and after in "DOY") or (before and before in "DOF") or near.follows(2) == ",Y"
    if numbered or word.lower not in _NAMES:
        return word
    if near.written().isupper() or near.behind() in _NAMED or before == "Z" or (after == "Z" and before not in tuple("<iyL@XTBeF")):
        return near.as_kind("Z")
    if word.lower in ("may", "march") and (not before or before not in "<i@BLXTeFEAtM&-,(/y" or (word.lower == "march" and before in "ty")):
        return near.as_kind("Z")
    return word


def _short_month(near: _Near) -> Word:
    numbered = (near.after and near.after in "DOY") or (near.before and near.before in "DO")
    stopped = near.word.lower.endswith(".") and near.before and near.before in "ieLXF<"
    return near.as_kind("M" if numbered or stopped else "Z")


def _short_weekday(near: _Near) -> Word:
    return near.as_kind("W" if re.match(",?[DOMm]", near.follows(2)) or near.word.lower.endswith(".") else "Z")


def _weekday(near: _Near) -> Word:
    return near.as_kind("Z") if near.before == "Z" and near.ahead() in _STORIED else near.word


def _year(near: _Near) -> Word:
    """A number of four digits, unless a sign, a unit or a title says that it counts or numbers something."""
    word, text, before, after = near.word, near.text, near.before, near.after
    gap, mark = text[word.end : word.end + 2], text[word.start - 1 : word.start]
    if after == "P" or near.behind() in ("hrs", "hours") or (after == "z" and word.value < "2400" and word.value[2] < "6"):
        return near.as_kind("C", f"{word.value[:2]}:{word.value[2:]}")
    if (mark and mark in "$€£#§№./+") or (gap[:1] and gap[:1] in "%°/_"):
        return near.as_kind("n")
    if gap[:1] == "-" and near.follows(2) in ("-u", "-U"):
        return near.as_kind("n")
    if mark == "-" and text[word.start - 2 : word.start - 1].isalpha() and near.kinds[near.at - 2 : near.at - 1] != ["e"]:
        return near.as_kind("n")
    if near.behind() in _COUNTED and not (before and before in "i<@BX" and near.behind() not in _ALWAYS_COUNTED):
        return near.as_kind("n")
    return near.as_kind("n") if near.ahead() in _NUMBERED else word


def _plain_number(near: _Near) -> Word:
    """Three digits are a year before BC, or after a preposition where the text reckons in years BC; 9.30 is a time before p.m."""
    word, before, after = near.word, near.before, near.after
    if word.value.isdecimal() and len(word.value) <= 4:
        if after == "b":
            return near.as_kind("Y")
        if len(word.value) == 3 and near.ancient and before and before in "i<eBFE@(-&A" and (not after or after not in "_ZQnuUvK"):
            return near.as_kind("Y", f"-{word.value}")
        if len(word.value) == 2 and (year := _shortened(near)):
            return year
    if (dotted := _DOTTED.match(word.value)) and _clocked(near):
        return near.as_kind("C", f"{int(dotted[1]):02d}:{dotted[2]}")
    return word


def _shortened(near: _Near) -> Word | None:
    """The second year of 1995-96."""
    at, word = near.at, near.word
    if at < 2 or near.kinds[at - 2 : at] != ["Y", "-"] or near.found[at - 2].end + 1 != word.start:
        return None
    century, first = near.found[at - 2].value[:2], near.found[at - 2].value[2:]
    return near.as_kind("Y", century + word.value) if len(century) == 2 and century.isdecimal() and word.value > first else None


def _clocked(near: _Near) -> bool:
    before, after = near.before, near.after
    return after == "P" or near.ahead() == "at" or (before == "<" and after in ("y", "W", "z")) or near.follows(2) == ",W"


def _day_number(near: _Near) -> Word:
    mark = near.text[near.word.start - 1 : near.word.start]
    if (mark and mark in "$€£%#") or near.text[near.word.end : near.word.end + 1] == "%":
        return near.as_kind(";")
    if near.after == "b" and near.ancient and len(near.word.value) == 2:
        return near.as_kind("Y")
    return _shortened(near) or near.word


def _season(near: _Near) -> Word:
    before, after, lower = near.before, near.after, near.word.lower
    dated = after == "Y" or near.follows(2) == "FY"
    if lower == "fall":
        plain = before == "t" and after != "F" and near.at > 1 and near.kinds[near.at - 2] in "i<B"
        return near.word if dated or plain or (before and before in "LXTeH") else near.as_kind("_")
    if near.written() == "spring" and not dated and (before in ("_", "a", "Z") or near.ahead() == "to"):
        return near.as_kind("_")
    return near.word


def _unit(near: _Near) -> Word:
    if near.before == "h" and near.word.lower == "day":
        return near.as_kind("h")
    counted = bool(near.before) and near.before in "DnQK-"
    short = near.word.value.startswith("T") and len(near.word.lower) <= 3
    return near.word if counted or not (short or near.word.lower == "quarters") else near.as_kind("_")


def _noon(near: _Near) -> Word:
    """``am`` without stops is the verb unless a number stands before it."""
    return near.word if near.before and near.before in "DCnYQ" else near.as_kind("_")


def _zone(near: _Near) -> Word:
    return near.word if near.before and near.before in "CPYDp" and near.written().isupper() else near.as_kind("Z")


def _era(near: _Near) -> Word:
    beside = (near.before and near.before in "DnYScu;IO") or (near.after and near.after in "DnY")
    return near.word if near.written().isupper() and beside else near.as_kind("Z")


def _last(near: _Near) -> Word:
    """``past Saturday`` is behind it, not the last one."""
    if near.word.lower == "past" and near.before != "t" and near.before != "T" and near.after and near.after in "WMYCDh":
        return near.as_kind("B")
    return near.word


_RULES: dict[str, Callable[[_Near], Word]] = {
    "M": _month, "m": _short_month, "w": _short_weekday, "W": _weekday, "Y": _year, "n": _plain_number, "D": _day_number, "s": _season,
    "u": _unit, "U": _unit, "P": _noon, "z": _zone, "b": _era, "L": _last,
}  # fmt: skip
