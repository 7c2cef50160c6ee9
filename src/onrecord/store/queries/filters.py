"""Filters as conditions in SQL, shared by the lists."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from onrecord.errors import InputError

KNOWN = ("actor", "country", "act", "said", "outlet", "text", "min_confidence", "article", "limit", "offset")
_SAID = KNOWN[:-3]
"""Those that people are told of."""
_NOTHING = "1 = 0"


class Where:
    """Conditions that all hold, with their parameters."""

    def __init__(self) -> None:
        """No condition yet."""
        self._conditions: list[str] = []
        self.values: list[Any] = []

    def add(self, condition: str, *values: Any) -> None:
        """One more condition."""
        self._conditions.append(condition)
        self.values.extend(values)

    def among(self, head: str, values: Sequence[str], tail: str = "") -> None:
        """One more: something is among these values."""
        self.add(f"{head} ({', '.join('?' * len(values))}){tail}" if values else _NOTHING, *values)

    def __str__(self) -> str:
        return " AND ".join(self._conditions) or "1 = 1"


def wanted(filters: Mapping[str, Any], kind: str, *refused: str) -> dict[str, Any]:
    """The filters that say something.

    Raises:
        InputError: for a filter that this list does not have.
    """
    given = {name: value for name, value in filters.items() if value is not None and value != ""}
    for name in given:
        if name not in KNOWN or name in refused:
            able = ", ".join(each for each in _SAID if each not in refused)
            raise InputError(f"{kind} cannot be filtered by {name.replace('_', '-')}; they can by {able.replace('_', '-')}")
    return given


def interval(asked: Any) -> tuple[str, str]:
    """First and last day of an ISO date, month or year, or of two of them with ``..`` or ``/`` between; either end may be open.

    Raises:
        InputError: for anything else.
    """
    ends = asked if isinstance(asked, tuple | list) else re.split(r"\.\.|/", str(asked))
    try:
        if len(ends) == 1:
            ends = [ends[0], ends[0]]
        first, last = ((end or "").strip() for end in ends)
        days = (_day(first, False) if first else "0001-01-01", _day(last, True) if last else "9999-12-31")
    except ValueError as error:
        raise InputError(f"{asked} is no date; write 2024-05-26, 2024-05, 2024, or 2024-05-01..2024-05-31") from error
    if days[0] > days[1]:
        raise InputError(f"{asked} ends before it begins; write the earlier date first")
    return days


def _day(text: str, last: bool) -> str:
    parts = [int(part) for part in text.split("-")]
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        raise ValueError(text)
    year, month = parts[0], parts[1] if len(parts) > 1 else 12 if last else 1
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1] if last else 1
    return date(year, month, day).isoformat()
