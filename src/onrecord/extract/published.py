"""The day an article was published: the one given, else what the text itself tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from onrecord.extract.days import interval
from onrecord.extract.tenses import Tenses, word_before
from onrecord.extract.timeforms import Form, form
from onrecord.extract.timevalues import Point
from onrecord.extract.timewords import row
from onrecord.records import Basis, Extent, Published, span


def published(text: str, extents: Sequence[Extent], given: str | None, basis: Basis) -> Published:
    """The day of publication: the one given, else what the text itself tells, else unknown; never the day of reading.

    Args:
        extents: the text's time expressions.
        given: an ISO date, or date and time; one with an offset is kept as ``at``, and its day is the local one.
        basis: where ``given`` came from; ``inferred`` is said of what is read off the text.
    """
    if given and (told := _given(given, basis)):
        return told
    return _inferred(text, extents) or Published(first=None, to=None, granularity="unknown", at=None, basis="unknown", spans=())


def _given(given: str, basis: Basis) -> Published | None:
    stamp = given.strip()
    if "T" not in stamp and (found := interval(stamp)):
        return Published(first=found[0], to=found[1], granularity=found[2], at=None, basis=basis, spans=())
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    day = moment.date().isoformat()
    at = moment.isoformat(timespec="seconds") if moment.tzinfo else None
    return Published(first=day, to=day, granularity="day", at=at, basis=basis, spans=())


_HEAD = 300
"""Characters at the top of an article in which its dateline stands."""
_MOST_YEARS = 3
"""A text that names more years than this tells a story of its own time, and none of them need be its own."""
_STAMP = re.compile(r"(?:published|updated|posted|issued)\s*(?:on|at|:)?\s*$", re.IGNORECASE)


def _inferred(text: str, extents: Sequence[Extent]) -> Published | None:
    """The date of the dateline; else the year that goes without saying in the text's own days."""
    here = row(text)
    told = [(extent, form(here.within(*extent))) for extent in extents]
    tenses = Tenses(text, ())
    year = _own_year(tenses, told)
    for extent, said in told:
        if said.month and said.day and not said.ancient and _heads(text, extent):
            own = said.year or (year[0] if year else None)
            if own and any(own < (other.year or 0) and not tenses.ahead(there) for there, other in told):
                continue
            if own and (day := Point(own, said.month, said.day).date):
                spans = [extent] if said.year or not year else [extent, *year[1]]
                return _of(text, day.isoformat(), spans)
    return _of(text, f"{year[0]:04d}", year[1]) if year else None


def _of(text: str, stamp: str, extents: Sequence[Extent]) -> Published | None:
    found = interval(stamp)
    if found is None:
        return None
    spans = tuple(span(text, extent) for extent in sorted(set(extents)))
    return Published(first=found[0], to=found[1], granularity=found[2], at=None, basis="inferred", spans=spans)


def _heads(text: str, extent: Extent) -> bool:
    """Whether a date stands as a dateline: in brackets or on a line of its own at the top, before a dash, or behind ``Published``."""
    start, end = extent
    before, after = text[max(0, start - _HEAD) : start].rpartition("\n")[2], text[end : end + 40]
    if _STAMP.search(before):
        return True
    if start > _HEAD:
        return False
    bracketed = before.rstrip().endswith("(") and after.lstrip().startswith(")")
    alone = not before.strip() and (not after.split("\n", 1)[0].strip() or bool(re.match(r"\s*(?:\([^)\n]*\)\s*)?[-–—|:]", after)))
    dateline = bool(re.fullmatch(r"[\w .'’-]*[A-Z]{3}[\w .,'’()-]*,\s*", before)) and bool(re.match(r"\s*(?:\([^)\n]*\)\s*)?[-–—:]", after))
    return bracketed or alone or dateline


def _own_year(tenses: Tenses, told: Sequence[tuple[Extent, Form]]) -> tuple[int, list[Extent]] | None:
    """The latest year named, if it is named with a month that is past, and days without a year are named too, as one's own are."""
    named = {said.year for _, said in told if said.year and not said.ancient}
    if not named or len(named) > _MOST_YEARS or not any(_near(said) for _, said in told):
        return None
    latest = max(named)
    for extent, said in told:
        if said.year == latest and said.month and _past(tenses, extent):
            return latest, [extent]
    return None


def _past(tenses: Tenses, extent: Extent) -> bool:
    tense, _ = tenses.around(*extent)
    return tense == "past" and word_before(tenses.text, extent[0]) in ("in", "on", "of")


def _near(said: Form) -> bool:
    """Whether an expression is a day whose year is left unsaid, as only the own year's is: ``a May 26 interview``."""
    return bool(said.month and said.day and not said.year)
