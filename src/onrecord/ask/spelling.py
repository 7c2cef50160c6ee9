"""Days, numbers and lists as a sentence has them, in English."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.ask.sheet import Day

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def day(when: Day, *, year: bool = True) -> str:
    """``26 May 2024``, ``May 2024``, ``2024``; nothing where it is not known."""
    if when.first is None or len(when.first) < 10:
        return ""
    spelt = date(when.first, year=year)
    if when.to is None or when.to == when.first:
        return spelt
    if when.granularity == "year":
        return when.first[:4]
    if when.granularity == "month":
        return f"{MONTHS[int(when.first[5:7]) - 1]} {when.first[:4]}"
    return between(when.first, when.to, year=year)


def date(iso: str, *, year: bool = True) -> str:
    """``26 May 2024`` of ``2024-05-26``."""
    return f"{int(iso[8:10])} {MONTHS[int(iso[5:7]) - 1]}" + (f" {iso[:4]}" if year else "")


def between(first: str, last: str, *, year: bool = True) -> str:
    """``26 to 29 May 2024``, ``30 May to 2 June 2024``, ``30 December 2024 to 2 January 2025``."""
    if first == last:
        return date(first, year=year)
    if first[:7] == last[:7]:
        return f"{int(first[8:10])} to {date(last, year=year)}"
    return f"{date(first, year=year and first[:4] != last[:4])} to {date(last, year=year)}"


def number(count: int) -> str:
    """``two``, ``13``."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else f"{count:,}"


def listed(names: Sequence[str], *, most: int = 0) -> str:
    """``A``, ``A and B``, ``A, B and C``; of more than ``most`` (0: all are named) ``A, B and 3 more``."""
    if most and len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
