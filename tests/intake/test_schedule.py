"""When feeds are looked at again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake import schedule

seconds = st.floats(0, 1e7)
chance = st.floats(0, 1)

# held, same, tries, idle, age; and whether the entry is read again
ENTRIES = [
    (True, True, 0, 0, 1e9, False),
    (False, True, 1, 0, 60, True),
    (False, True, 2, 0, 60, True),
    (False, True, 3, 0, 1e9, False),
    (True, False, 0, 0, 3600, True),
    (True, False, 0, 0, 3599, False),
    (True, False, 0, 3, 8 * 3600 - 1, False),
    (True, False, 0, 3, 8 * 3600, True),
    (False, False, 3, 0, 3600, True),
]


@pytest.mark.parametrize("held, same, tries, idle, age, again", ENTRIES)
def test_an_entry_is_read_again_only_where_that_may_bring_something(
    held: bool, same: bool, tries: int, idle: int, age: float, again: bool
) -> None:
    assert schedule.wanted(held=held, same=same, tries=tries, idle=idle, age=age) is again


@given(seconds, st.integers(0, 1000))
def test_the_pace_stays_within_its_bounds_and_follows_what_comes(before: float, new: int) -> None:
    after = schedule.pace(before, new)
    assert schedule.SHORTEST <= after <= schedule.LONGEST
    if schedule.SHORTEST * 2 <= before <= schedule.LONGEST / 1.5:
        assert (after < before) is bool(new)


@given(seconds, st.none() | seconds, chance)
def test_no_feed_is_looked_at_before_it_asked_to_be_nor_left_alone_for_ever(pace: float, asked: float | None, drawn: float) -> None:
    pace = schedule.pace(pace, 0)
    wait = schedule.wait(pace, asked, drawn)
    assert wait >= min(asked or 0, schedule.PATIENT)
    assert wait <= max(pace * 1.06, schedule.PATIENT)


@given(st.integers(1, 10**6), st.none() | seconds, chance)
def test_pauses_after_failures_grow_and_stay_bounded(failures: int, asked: float | None, drawn: float) -> None:
    wait = schedule.after_failure(failures, asked, drawn)
    assert wait >= max(schedule.FAILED * 0.79, min(asked or 0, schedule.PATIENT))
    assert wait <= max(schedule.LONGEST_FAILED * 1.2, schedule.PATIENT)
    assert schedule.after_failure(failures, None, drawn, answered=False) <= 3600 * 1.21
    if asked is None and failures < 8:
        assert schedule.after_failure(failures + 1, None, drawn) == pytest.approx(2 * wait)
