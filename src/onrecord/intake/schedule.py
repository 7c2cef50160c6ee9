"""When a feed is looked at again, and whether an entry is read again: arithmetic only."""

from __future__ import annotations

SHORTEST = 300.0
LONGEST = 6 * 3600.0
"""Between these seconds lies the pace of looking at a feed that answers."""
FAILED = 300.0
LONGEST_FAILED = 24 * 3600.0
"""After the first failure, and after many."""
PATIENT = 7 * 86400.0
"""Longer than this no feed is left alone, whatever it asks for."""
TRIES = 3
"""So often a page is asked for that cannot be had, in different looks."""
_HOUR = 3600.0


def pace(before: float, new: int) -> float:
    """Seconds until the next look: shorter where the last one brought something, longer where it did not."""
    return min(LONGEST, max(SHORTEST, before / 2 if new else before * 1.5))


def wait(pace_: float, asked: float | None, chance: float) -> float:
    """Seconds until the next look at this pace, but not before the feed asked to be looked at.

    Args:
        pace_: as :func:`pace` gives it.
        asked: what the feed says itself: its ttl, ``max-age``, ``Retry-After``.
        chance: 0 to 1, which spreads the looks so that not all fall together.
    """
    return max(pace_ * (0.95 + 0.1 * chance), min(asked or 0.0, PATIENT))


def after_failure(failures: int, asked: float | None, chance: float, *, answered: bool = True) -> float:
    """Seconds until the next try after so many failures in a row (1 and more): twice as long each time, up to a day.

    Args:
        failures: how many there were.
        asked: for how long the feed asks to be left alone.
        chance: 0 to 1, which spreads the tries.
        answered: whether anybody answered; where not, it may be our own network, which comes back, so an hour is the most.
    """
    longer = min(LONGEST_FAILED if answered else _HOUR, FAILED * 2.0 ** min(failures - 1, 20))
    return max(longer * (0.8 + 0.4 * chance), min(asked or 0.0, PATIENT))


def wanted(*, held: bool, same: bool, tries: int, idle: int, age: float) -> bool:
    """Whether an entry that was seen before is read again.

    Args:
        held: whether it was read at all.
        same: whether the list says of it what it said then.
        tries: how often it could not be read.
        idle: how often it was said to have changed and had not.
        age: seconds since.
    """
    if held and same:
        return False
    if not held and same:
        return tries < TRIES
    # Some feeds say at each look that all has changed.
    return age >= _HOUR * 2.0 ** min(idle, 10)
