"""Days of publication as inputs write them."""

from __future__ import annotations

import datetime
import email.utils
import re

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")
_SPACE_FOR_T = re.compile(r"(?<=\d) (?=\d\d:)")


def day(value: str, today: datetime.date | None) -> str:
    """The day (``2024-05-28``), month, year, or day and time with its offset, in ISO form.

    Args:
        value: an ISO date or date and time, a year or month in ISO form, or a date as mail and feeds write it (RFC 2822).
        today: nothing may be published more than a day later than this (a day, because it may be tomorrow elsewhere).

    Raises:
        ValueError: with a sentence that says what is wrong with the value.
    """
    value = value.strip()
    moment = _parsed(value)
    if today is not None and moment[:10] > (today + datetime.timedelta(days=1)).isoformat()[: len(moment[:10])]:
        raise ValueError(f"{value[:40]!r} lies in the future")
    return moment


def _parsed(value: str) -> str:
    if partial := _PARTIAL.fullmatch(value):
        year, month = int(partial[1]), int(partial[2] or 1)
        if not (year and 1 <= month <= 12):
            raise ValueError(_unknown(value))
        return value
    if len(value) == 10:
        try:
            return datetime.date.fromisoformat(value).isoformat()
        except ValueError:
            raise ValueError(_unknown(value)) from None
    try:
        moment = datetime.datetime.fromisoformat(_SPACE_FOR_T.sub("T", value))
    except ValueError:
        moment = _from_mail(value)
    return moment.isoformat(timespec="seconds") if "T" in value or ":" in value else moment.date().isoformat()


def _from_mail(value: str) -> datetime.datetime:
    """``Tue, 28 May 2024 07:30:00 +0300`` as feeds write it."""
    try:
        return email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        raise ValueError(_unknown(value)) from None


def _unknown(value: str) -> str:
    return f"{value[:40]!r} is no date; write it as 2024-05-28 or 2024-05-28T07:30:00+02:00"
