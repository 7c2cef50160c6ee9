"""The grammar of time expressions: regular expressions over the kinds of words, as ``timewords`` names them.

In late March 2024, three weeks after the vote
   ~~~~~~~~~~~~~~~  ~~~~~~~~~~~
   e    M     Y     Q     U
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.extract.timewords import Row
from onrecord.extract.words import table, words

# Parts that the rules below are put together from. Each letter is a kind of word: see timewords and lexicons/en/time.toml.
_DAY = "(?:D|O)"
_NUM = "(?:a?K|aQF|KF|[Dn]|Y(?=U)|QQ?(?:-Q)?(?:-?Q)?)"
_COUNT = f"(?:{_NUM}|a)(?:&af|&Qf)?"
_EDGE = "(?:t?(?:E|lF|el|f|gf|gl)Ft?|tEit?|t?e-?[Fi]t?|t?e-?|tEi|t?EF)"
_TAIL = "(?:F(?:H=?|t?[=LX]|T)u)"
_RELATION = "(?:t?[LX=]|H=?|T=?|t(?:L|X)X?)"
_MDY = f"(?:M{_DAY},?Y|M{_DAY}(?![:D])(?:-{_DAY}(?:,?Y)?)?|t?(?:D|O)(?:-(?:D|O))?F?(?:M)(?:,?F?Y)?(?:,Y)?|M,?F?Yb?|M)"
_WEEKDAY = "(?:(?:[LXT]|t[LX]|t|a)?W)"
_DATE = (
    f"(?:V|W,?y?(?:t?{_MDY})(?:{_TAIL})?|{_EDGE}?(?:[LXT]|t[LX])?{_MDY}(?:{_TAIL}|FY)?"
    f"|aWiM|{_WEEKDAY},?D(?!-?[UuQ])(?=[^_]|$)|{_WEEKDAY}|{_EDGE}?(?:t?u)?Yb?|{_EDGE}?h+Y?"
    f"|D(?=[-&,<]DM)|(?<=M[DO]&)[DO](?![uUMQ_Z%])|tO(?![cu-]){_TAIL}?)"
)
_RANK = "(?:[oOLX]|o-o|LQ)"
_NAMED = (
    f"(?:{_EDGE}?(?:t|{_RELATION}|')?e?s(?:F?Yb?|{_TAIL}|F?M)?|e?Ys"  # seasons
    f"|{_EDGE}?t?e?-?Sb?|[tT']?{_RANK}u(?:F(?:t?[LX=]?u|Tu|Hu|[LXT]?M(?:,?Y)?|Yb?))"  # the second week of May, the first quarter of 2024
    f"|t?(?:{_RANK}|g)f(?:F(?:t?[LX]?u|Tu|[LXT]?M(?:,?Y)?|Yb?))"
    f"|{_EDGE}?t?e?-?{_RANK}-?ub?|u[DQ]"
    f"|{_EDGE}?{_RELATION}(?:v?[us]|(?<!H)W|(?<!H)M)|{_EDGE}tu(?!-)|Ri?(?:{_RELATION}(?:u|s|W|M)|{_EDGE}?Y|tu|{_EDGE}?t?sF?Y)"
    f"|tuB[rL]?|tuX(?![_ZWMu])|tu|tULU?)"
)
_SHIFT = f"(?:A?{_COUNT}v?[uU](?:&af)?(?:G|R|B(?=[,;.)]|$))|U(?:G|R))"
_RELATIVE = "(?:[rN])"
_PART = f"(?:{_EDGE}?(?:t|T|H=?|{_RELATION})?e?pU?(?:F(?:{_DATE}|t?{_DAY}(?!{_DAY}))|y?{_DATE})?|(?:{_DATE}|r)p|{_EDGE}?{_RELATION}p)"
_CLOCK = "(?:CP?z?|[DnQ](?:[PkC])z?|[DQ](?=i[tT]p|Tp|y?Wp))"
_TIME = f"(?:{_CLOCK}(?:(?:,|y|i|@|F)?(?:{_DATE}p?|rp?|[tT]p|itp|Tp)|y?Wp|p)?|{_DATE},?@?{_CLOCK}|r,?@?{_CLOCK}|(?:p)(?:y?{_DATE}|r))"
_DURATION = f"(?:A?(?:t?[LXv]|T|t)?{_COUNT}v?[uU](?:&af|&?{_NUM}[uU])?|auFau|fa?u|afu|t?[LX]v?U|U)"
_SPAN = "(?:(?:[Dn]|QQ?)(?:-?Q)?-[uU](?!-?x)|u-v(?!_))"
_SET = f"(?:J(?:o|v|=)?{_NUM}?(?:[uUWpsM])|j)"

RULES = {
    "time": _TIME, "date": _DATE, "named": _NAMED, "shift": _SHIFT, "part": _PART, "relative": _RELATIVE, "set": _SET,
    "duration": _DURATION, "span": _SPAN,
}  # fmt: skip
_ANY = [(name, re.compile(pattern)) for name, pattern in RULES.items()]
_STARTS = re.compile("[^_Z;.,('’:/&<yFBkbzPx]")
_PHRASES = {tuple(phrase.replace("'s", " 's").split()) for key in ("phrases", "holidays") for phrase in table("time", key) if " " in phrase}
_PHRASE_STARTS = frozenset(phrase[0] for phrase in _PHRASES)
_AFTER_PREPOSITION = {tuple(phrase.split()) for phrase in words("time", "after_preposition")}
_AT_MOST = 24
"""Words in the longest expression that is looked for."""


def expressions(row: Row) -> Iterator[tuple[str, int, int]]:
    """Rule, first word and the word behind the last, of each time expression, the longest at each place, in order."""
    kinds, at = row.kinds, 0
    while found := _STARTS.search(kinds, at):
        at = found.start()
        rule, end = _longest(row, at)
        if end > at and _stands(row, rule, at, end):
            yield rule, at, end
            at = end
        else:
            at += 1


def _longest(row: Row, at: int) -> tuple[str, int]:
    best, behind = "", at
    for rule, pattern in _ANY:
        found = pattern.match(row.kinds, at, at + _AT_MOST)
        if found and found.end() > behind:
            best, behind = rule, found.end()
    phrase = _phrase(row, at)
    return ("phrase", phrase) if phrase > at and phrase >= behind else (best, behind)


def _phrase(row: Row, at: int) -> int:
    """The place behind a phrase or a holiday's name that begins here; some phrases only stand after a preposition."""
    found = row.words
    if found[at].lower in _PHRASE_STARTS:
        for length in (4, 3, 2):
            told = tuple(word.lower for word in found[at : at + length])
            before, after = row.kinds[at - 1 : at], row.kinds[at + length : at + length + 1]
            placed = told not in _AFTER_PREPOSITION or (before in ("@", "i", "F", "<") and after not in ("_", "Z"))
            if len(told) == length and told in _PHRASES and placed:
                return at + length
    return at


_OPENERS = words("time", "openers")
_DURING = words("time", "lasting")


def _stands(row: Row, rule: str, at: int, end: int) -> bool:
    """Whether what the rule found is one: a unit alone, a lone ordinal or an age is none."""
    check = _CHECKS.get(rule)
    return check is None or check(row, at, end)


def _part_stands(row: Row, at: int, end: int) -> bool:
    """Parts of the day want a word that points: ``that night``, ``by noon``; a bare ``night`` may be anything."""
    kinds = row.kinds[at:end]
    if "-p" in kinds:
        return False
    if kinds == "p":
        before, after = row.kinds[at - 1 : at], row.kinds[end : end + 1]
        return ":" in row.words[at].value or (before in ("@", "<", "B") and after not in ("_", "Z")) or before == "J"
    return True


def _named_stands(row: Row, at: int, end: int) -> bool:
    kinds, last, before = row.kinds[at:end], row.words[end - 1], row.kinds[at - 1 : at]
    if kinds == "s":
        return before in ("i", "<", "B", "@", "Z", "X", "L", "&", "-", "") or at == 0 or last.lower in ("summer", "winter")
    if kinds in ("uD", "uQ"):
        return row.words[at].lower in ("day", "week") and not (before and before in "aJtQDnoO-")
    if re.fullmatch("t?e?-?[oO]-?u", kinds):
        rank = row.words[at + 1]
        return last.value == "CE" or (last.value == "D" and kinds[0] == "t" and (rank.kind == "O" or int(rank.value or 0) > 3))
    if kinds in ("tu", "tU"):
        within = last.value == "TH" and at > 0 and row.words[at - 1].lower == "within"
        return last.value == "WE" or within or (before == "F" and last.value in ("Y", "M"))
    if kinds[-1] == "u" and last.value.startswith("T"):
        return last.lower == "hour" and kinds[0] == "T"
    return not re.fullmatch("t?eu", kinds)


def _duration_stands(row: Row, at: int, end: int) -> bool:
    """``a day`` and ``the hour`` are time, ``a second`` and ages are not."""
    if row.kinds[end : end + 1] == "x" or row.kinds[end : end + 2] == "-x":
        return False
    if row.kinds[end : end + 2] == "Fz" or row.kinds[at:end] in ("D", "n"):
        return False
    unit, kinds = row.words[end - 1].value, row.kinds[at:end]
    if kinds == "U":
        leads = at > 0 and row.words[at - 1].lower in _DURING
        return leads or any(word.lower in ("after", "before") for word in row.words[end : end + 1])
    if row.kinds[at:end] == "au" and row.kinds[end : end + 1] == "-":
        return False
    return not (unit == "Q" and (kinds[0] in "aAKQ" or kinds == "fu"))


def _date_stands(row: Row, at: int, end: int) -> bool:
    kinds = row.kinds[at:end]
    if kinds == "Y":
        return _year_stands(row, at)
    if kinds in ("tO", "O"):
        after = row.kinds[end : end + 1]
        return row.kinds[at - 1 : at] in ("y", "B", "<", "&", "F") and (
            after in ("", ".", ",", ";", "&", "<", "i") or row.words[end].lower in _OPENERS
        )
    return True


def _year_stands(row: Row, at: int) -> bool:
    """Whether a bare number of four digits is a year: its neighbours say so, or nothing says otherwise and it is of our time."""
    value = int(row.words[at].value)
    before, after = row.kinds[at - 1 : at], row.kinds[at + 1 : at + 2]
    if before and before in "i<BE@e(" and after not in ("U",):
        return True
    return (1500 <= value <= 2100 and before not in ("D", "Q", "n", ",")) or (1500 <= value <= 2100 and before == ",")


def _span_stands(row: Row, at: int, end: int) -> bool:
    """``ten-year`` is a stretch of time; ``three-quarters`` is a share."""
    return row.words[end - 1].value != "Q"


def _set_stands(row: Row, at: int, end: int) -> bool:
    """``daily`` and ``weekly`` are also newspapers: before a name, or as a noun of their own."""
    if row.kinds[at:end] != "j":
        return True
    before, after = row.kinds[at - 1 : at], row.kinds[end : end + 1]
    return after != "Z" and not (before in ("t", "T", "a", "Z", "J") and after != "_")


_CHECKS = {
    "part": _part_stands, "named": _named_stands, "duration": _duration_stands, "date": _date_stands, "set": _set_stands,
    "span": _span_stands,
}  # fmt: skip
