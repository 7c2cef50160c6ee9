"""Days of publication in the forms that inputs use."""

from __future__ import annotations

import datetime

import pytest

from onrecord.intake.published import day

TODAY = datetime.date(2024, 6, 1)

READ = [
    ("2024-05-28", "2024-05-28"),
    (" 2024-05-28 ", "2024-05-28"),
    ("2024-05", "2024-05"),
    ("2024", "2024"),
    ("2024-05-28T07:30:00+02:00", "2024-05-28T07:30:00+02:00"),
    ("2024-05-28T07:30:00Z", "2024-05-28T07:30:00+00:00"),
    ("2024-05-28 07:30", "2024-05-28T07:30:00"),
    ("Tue, 28 May 2024 07:30:00 +0300", "2024-05-28T07:30:00+03:00"),
    ("20240528", "2024-05-28"),
    ("2024-06-02", "2024-06-02"),
]
REFUSED = ["", "yesterday", "28.05.2024", "2024-13", "0000", "2024-02-30", "2024-06-03", "2025", "2024-05-28T25:00", "x" * 500]


@pytest.mark.parametrize("value, expected", READ)
def test_a_day_is_read(value: str, expected: str) -> None:
    assert day(value, TODAY) == expected


@pytest.mark.parametrize("value", REFUSED)
def test_what_is_no_day_or_lies_in_the_future_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"is no date|in the future"):
        day(value, TODAY)


def test_no_day_is_too_late_where_today_is_unknown() -> None:
    assert day("2999-01-01", None) == "2999-01-01"
