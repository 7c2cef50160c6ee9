"""Forms of time expressions: what the words of one expression say, before anything is worked out from its surroundings.

two days later     count 2, unit D, shift +1
late March         month 3
9 p.m. on Monday   clock 21:00, weekday 1
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from onrecord.extract.timewords import NUMBERS, Word
from onrecord.extract.words import table, words

_Reads = Callable[["Form", Word, str, int, Sequence[Word]], None]
_BACK = words("time", "backward")
_OWNED = re.compile("[oOLXMsfguUD].*F")
"""A part with its whole to come: the first quarter of …, January of …"""
_PHRASES = table("time", "phrases")
_HOLIDAYS = table("time", "holidays")


class Form:
    """What an expression's words say. None is: not said."""

    __slots__ = (
        "ancient", "clock", "count", "day", "definite", "every", "half", "holiday", "iso", "month", "number", "offset", "part",
        "phrase", "plural", "rank", "rate", "reference", "relation", "relation_word", "rest", "season", "set", "shift",
        "shift_word", "stretch", "tail", "unit", "until_day", "until_year", "weekday", "year", "zone",
    )  # fmt: skip

    def __init__(self) -> None:
        """Nothing said yet."""
        self.rest = ""
        self.rate = self.ancient = self.definite = self.every = self.half = self.plural = False
        self.year: int | None = None
        self.until_year: int | None = None
        self.month: int | None = None
        self.day: int | None = None
        self.until_day: int | None = None
        self.weekday: int | None = None
        self.season: str | None = None
        self.stretch: str | None = None
        self.holiday: str | None = None
        self.iso: str | None = None
        self.clock: str | None = None
        self.zone: str | None = None
        self.part: str | None = None
        self.offset: int | None = None
        self.reference: str | None = None
        self.phrase: str | None = None
        self.set: str | None = None
        self.unit: str | None = None
        self.count: str | None = None
        self.number: int | None = None
        self.rank: int | None = None
        self.relation: str | None = None
        self.relation_word: str | None = None
        self.tail: str | None = None
        self.shift: int | None = None
        self.shift_word: str | None = None


def form(found: Sequence[Word]) -> Form:
    """What the words of one expression say."""
    said = Form()
    kinds = "".join(word.kind for word in found)
    lowers = [word.lower for word in found]
    said.phrase = _PHRASES.get(" ".join(lowers)) or _PHRASES.get(" ".join(lowers[1:]))
    _holiday(said, lowers)
    at = 0
    while at < len(found):
        at = _take(said, found, kinds, at)
    _clock_of_day(said)
    return said


def _holiday(said: Form, lowers: list[str]) -> None:
    for first in range(len(lowers)):
        for last in (first + 4, first + 3, first + 2, first + 1):
            if value := _HOLIDAYS.get(" ".join(lowers[first:last]).replace(" 's", "'s")):
                said.holiday = value
                return


def _take(said: Form, found: Sequence[Word], kinds: str, at: int) -> int:
    """Read the word at a place into the form; the place to go on from."""
    word, kind = found[at], kinds[at]
    if kind in "DOnQYKafI" and (behind := _counted(said, found, kinds, at)):
        return behind
    if kind in "CDQY" and (behind := _clock(said, found, kinds, at)):
        return behind
    reads = _READ.get(kind)
    if reads:
        reads(said, word, kinds, at, found)
    return at + 1


def _counted(said: Form, found: Sequence[Word], kinds: str, at: int) -> int:
    """A number with its unit, such as ``twenty-one days`` or ``a few weeks``: the place behind it, or 0."""
    behind, total, vague, halves = at, 0.0, False, kinds[at : at + 2] in ("af", "fa") or kinds[at : at + 2] == "fu"
    while behind < len(found) and kinds[behind] in "DOnQYKaFvf-&":
        word = found[behind]
        if kinds[behind] in "DnY":
            value = _float(word.value)
            if value is None:
                return 0
            total += value
        elif kinds[behind] == "Q":
            number = NUMBERS.get(word.lower, 1)
            total = max(total, 1) * number if number >= 100 or (number == 12 and total) else total + number
        elif kinds[behind] == "K":
            vague = True
        elif kinds[behind] == "f":
            halves = True
        elif kinds[behind] == "O":
            return 0
        behind += 1
    if (
        behind >= len(found)
        or kinds[behind] not in "uU"
        or kinds[at] == "Y"
        and behind == at + 1
        and kinds[at:behind] == "Y"
        and total > 1100
    ):
        return 0
    if not total and not vague:
        total = 0.0 if halves else 1.0
    if kinds[behind : behind + 4] == "uFau" and found[behind].value == "Q" and found[behind + 3].value == "CE":
        said.count, said.number, said.unit = f"{total * 25:g}", int(total * 25), "Y"
        return behind + 4
    if said.unit and said.count and said.count != "X":
        said.rest = _rest(total, found[behind].value)
        return behind + 1
    said.count = "X" if vague else f"{total + 0.5 * halves:g}"
    said.number = None if vague or halves else int(total)
    said.unit, said.plural = found[behind].value, kinds[behind] == "U"
    behind += 1
    if kinds[behind : behind + 3] == "&af":
        said.count, said.number, behind = f"{total + 0.5:g}", None, behind + 3
    return behind


def _rest(total: float, unit: str) -> str:
    """The second part of ``5 hours 10 minutes``."""
    return f"{total:g}{unit[1:]}" if unit[0] == "T" else f"{total:g}{unit}"


def _float(digits: str) -> float | None:
    try:
        return float(digits.replace(",", ""))
    except ValueError:
        return None


def _clock(said: Form, found: Sequence[Word], kinds: str, at: int) -> int:
    """A time of day: the place behind it, or 0."""
    word, kind = found[at], kinds[at]
    after = kinds[at + 1 : at + 2]
    if kind == "C":
        digits = word.value
        said.clock = digits if ":" in digits else f"{digits[:2]}:{digits[2:]}"
    elif kind in "DQ" and (after and after in "Pk" or re.match("i[tT]p|Tp|y?Wp", kinds[at + 1 : at + 4])):
        hour = int(word.value)
        if hour > 24:
            return 0
        said.clock = f"{hour:02d}:00"
        if after == "k" and 0 < hour < 7:
            said.clock = f"{hour + 12:02d}:00"
    else:
        return 0
    behind = at + 1
    if after == "P":
        said.clock = _twelve(said.clock, found[behind].lower[0] == "p")
        behind += 1
    return behind


def _twelve(clock: str, after_noon: bool) -> str:
    hour, minute = int(clock[:2]), clock[3:]
    return f"{hour % 12 + 12 * after_noon:02d}:{minute}" if hour <= 12 else clock


def _clock_of_day(said: Form) -> None:
    """``nine in the evening`` is 21:00; ``noon`` is a clock time of its own."""
    if said.part and ":" in said.part:
        said.clock, said.part = said.clock or said.part, None
    elif (
        said.clock
        and said.part in ("AF", "EV", "NI")
        and 1 <= int(said.clock[:2]) < 12
        and not (said.part == "NI" and said.clock < "05:00")
    ):
        said.clock = _twelve(said.clock, True)
    if said.clock:
        said.part = None


def _month(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    said.month = said.month or int(word.value)


def _day(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    if kinds[at - 1 : at] == "u" and at == 1:
        said.number = int(word.value)
    elif kinds[at + 1 : at + 2] in ("c", "u") or kinds[at + 1 : at + 3] in ("-c", "-u"):
        said.rank = int(word.value)
    elif said.day is None:
        said.day = int(word.value)
    elif kinds[at - 1] == "-":
        said.until_day = int(word.value)


def _year(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    if said.year is None:
        said.ancient = word.value[0] == "-" or any(other.kind == "b" and other.lower[0] == "b" for other in found[at + 1 : at + 2])
        said.year = -abs(int(word.value)) if said.ancient else int(word.value)
    else:
        said.until_year = int(word.value)


def _era(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    said.ancient = word.lower[0] == "b"
    if said.ancient and said.year:
        said.year = -abs(said.year)


def _unit(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    if kinds[at - 1 : at] == "h":
        return
    if _OWNED.search(kinds, 0, at):
        said.tail = said.tail or "T"
    else:
        said.unit, said.plural = word.value, word.kind == "U"


def _relation(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    told = {"T": "T", "H": "H", "=": "H", "X": "X", "L": "L"}[word.kind]
    if _OWNED.search(kinds, 0, at):
        said.tail = told
    elif word.kind == "L" and "F" in kinds[at:] and word.lower in ("last",):
        said.rank = -1
    elif said.relation is None or word.kind == "=":
        said.relation, said.relation_word = told, word.lower


def _shift(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    if word.kind == "R" and not said.unit:
        return
    said.shift, said.shift_word = -1 if word.lower in _BACK else 1, word.lower


def _set(name: str) -> _Reads:
    def put(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
        setattr(said, name, word.value)

    return put


def _offset(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    days, _, part = word.value.partition("/")
    said.offset = int(days) + (said.offset or 0) + (1 if said.shift and kinds[at - 1] == "B" else 0)
    if said.shift:
        said.shift = said.unit = None
    said.part = part or said.part


def _weekday(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    said.weekday = int(word.value)


def _reference(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    said.reference = said.reference or word.value


def _rank(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    said.rank = (said.rank if kinds[at - 1 : at] == "-" and said.rank and said.rank >= 20 else 0) + int(word.value)


def _rank_tens(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    if kinds[at + 1 : at + 3] == "-o":
        said.rank = int(word.value)
    elif kinds[:2] == "uQ" and at == 1:
        said.number = int(word.value)


def _half(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    said.half = True


def _latter(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    said.rank = 2


def _every(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    said.every = True


def _decade(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    said.stretch = word.value


def _definite(said: Form, word: Word, kinds: str, at: int, found: Sequence[Word]) -> None:
    said.definite = True


_READ: dict[str, _Reads] = {
    "M": _month, "D": _day, "O": _day, "Y": _year, "b": _era, "u": _unit, "U": _unit, "c": _unit, "T": _relation, "H": _relation,
    "=": _relation, "X": _relation, "L": _relation, "G": _shift, "R": _shift, "B": _shift, "r": _offset, "W": _weekday, "N": _reference,
    "o": _rank, "Q": _rank_tens, "f": _half, "g": _latter, "J": _every, "S": _decade, "t": _definite, "s": _set("season"),
    "p": _set("part"), "z": _set("zone"), "V": _set("iso"), "j": _set("set"),
}  # fmt: skip
