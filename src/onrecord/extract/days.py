"""Days: calendar arithmetic, and the days that a TIMEX3 value spans."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from onrecord.records import Granularity

_SEASONS = {"SP": (3, 3), "SU": (6, 3), "FA": (9, 3), "WI": (12, 3)}
"""First month and number of months, as meteorologists of the northern half reckon; the winter of a year begins in its December."""

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d?)(?:T(.*))?$")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?$")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)$")
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:-XX)?(?:T\w*)?$")
_YEAR = re.compile(r"(\d{2,4})(?:-XX(?:-XX)?)?$")
_FINENESS: tuple[Granularity, ...] = (
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "season",
    "half",
    "year",
    "decade",
    "century",
    "unknown",
)

Days = tuple[str, str, Granularity]


def interval(value: str) -> Days | None:
    """First and last day (ISO, both included) of a TIMEX3 value, and how fine it is; None where it names no days of our era.

    A range ``FROM/TO`` runs from the first day of the one to the last day of the other, and is as fine as the coarser of the two.
    """
    first, mark, last = value.partition("/")
    if not mark:
        return _interval(value)
    begins, ends = _interval(first), _interval(last)
    if not begins or not ends or begins[0] > ends[1]:
        return None
    return begins[0], ends[1], max(begins[2], ends[2], key=fineness)


def fineness(granularity: Granularity) -> int:
    """A granularity's place from the finest to the coarsest."""
    return _FINENESS.index(granularity)


def _interval(value: str) -> Days | None:
    try:
        return _day(value) or _week(value) or _part(value) or _months(value) or _years(value)
    except (ValueError, OverflowError):
        return None


def _day(value: str) -> Days | None:
    if not (found := _DAY.match(value)):
        return None
    day = date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    clock = found[4] or ""
    return day, day, "minute" if ":" in clock else "hour" if clock[:2].isdecimal() and clock else "day"


def _week(value: str) -> Days | None:
    if not (found := _WEEK.match(value)):
        return None
    monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    sunday = (monday + timedelta(6)).isoformat()
    if found[3]:
        return (monday + timedelta(5)).isoformat(), sunday, "day"
    return monday.isoformat(), sunday, "week"


def _part(value: str) -> Days | None:
    if not (found := _PART.match(value)):
        return None
    year, code = int(found[1]), found[2]
    if code[0] == "Q":
        return _run(year, int(code[1]) * 3 - 2, 3, "quarter")
    if code[0] == "H":
        return _run(year, 1 if code == "H1" else 7, 6, "half")
    return _run(year, *_SEASONS[code], "season")


def _months(value: str) -> Days | None:
    return _run(int(found[1]), int(found[2]), 1, "month") if (found := _MONTH.match(value)) else None


def _years(value: str) -> Days | None:
    if not (found := _YEAR.match(value)):
        return None
    digits = found[1]
    grain: Granularity = "year" if len(digits) == 4 else "decade" if len(digits) == 3 else "century"
    scale = 10 ** (4 - len(digits))
    first = int(digits) * scale
    return date(max(first, 1), 1, 1).isoformat(), date(first + scale - 1, 12, 31).isoformat(), grain


def _run(year: int, month: int, months: int, grain: Granularity) -> Days:
    last_year, last_month = moved(year, month, months - 1)
    last = date(last_year, last_month, monthrange(last_year, last_month)[1])
    return date(year, month, 1).isoformat(), last.isoformat(), grain


def moved(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month so many months later, or earlier where the number is negative."""
    total = year * 12 + month - 1 + months
    return total // 12, total % 12 + 1


def easter(year: int) -> date:
    """Easter Sunday of the western churches, by the Gregorian computus in Meeus's form."""
    cycle, century, rest = year % 19, year // 100, year % 100
    leap, spare = divmod(century, 4)
    epact = (19 * cycle + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, within = divmod(rest, 4)
    shift = (32 + 2 * spare + 2 * quarter - epact - within) % 7
    correction = (cycle + 11 * epact + 22 * shift) // 451
    month, day = divmod(epact + shift - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def week(day: date) -> str:
    """The ISO week a day lies in, such as 2024-W22."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"
