"""Values of time expressions: from what an expression says and what stands around it to a TIMEX3 value."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from onrecord.extract.days import easter, moved, week
from onrecord.extract.timeforms import Form
from onrecord.extract.words import words
from onrecord.records import Extent, TimeType

_LENGTH = {"2W": (2, "W"), "Q": (3, "M"), "DE": (10, "Y")}
_BEGINS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


_ABOUT = 2
"""Months within which ``next April`` is the one after the April about to begin."""
_DEICTIC = words("time", "deictic")
_BACK = 8
"""Months back by which a month after another of a story is the next year's."""
_LEAN, _SURE = 2, 6
"""Months by which a tense draws a month its way: by and large, and where the words leave no doubt."""


class Point(NamedTuple):
    """A year, with month and day where they are known; a year before our era is negative."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> date | None:
        """The day, where it is one."""
        if self.year < 1 or not self.month or not self.day:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


class Scene:
    """What an expression is read against: the day of publication where it is known, and the last time that the text named."""

    __slots__ = (
        "aside",
        "day",
        "far",
        "last",
        "last_day",
        "last_day_extent",
        "last_extent",
        "leads",
        "story",
        "story_extent",
        "sure",
        "tense",
        "year",
    )

    def __init__(self, day: date | None, year: int | None) -> None:
        """Nothing named yet; ``day`` and ``year`` are those of publication."""
        self.day = day
        self.year = year
        self.last: Point | None = None
        self.last_extent: Extent | None = None
        self.last_day: Point | None = None
        self.last_day_extent: Extent | None = None
        self.story: Point | None = None
        self.story_extent: Extent | None = None
        self.aside: int | None = None
        self.tense: str | None = None
        self.sure = False
        self.far = True
        self.leads = False

    @property
    def dated(self) -> bool:
        """Whether the article's day of publication, or its year, is known."""
        return self.year is not None

    def name(self, point: Point, extent: Extent) -> None:
        """Take note of a time that the text named."""
        self.last, self.last_extent = point, extent
        if point.day:
            self.last_day, self.last_day_extent = point, extent
        if point.month or self._goes_on(point.year):
            self.story, self.story_extent, self.aside = point, extent, None
        else:
            self.aside = point.year

    def _goes_on(self, year: int) -> bool:
        """Whether a bare year moves the story on: one that opens a sentence does, others look ahead or back until taken up again."""
        return self.story is None or self.leads or year in (self.story.year, self.aside)


class Value(NamedTuple):
    """A TIMEX3 value and type, the point it names, and where the expression stands that it was worked out from."""

    value: str | None
    type: TimeType
    point: Point | None = None
    anchor: Extent | None = None


def value(said: Form, scene: Scene) -> Value:
    """The value of an expression in its scene; its value is None where nothing is known that it could be worked out from."""
    try:
        return _value(said, scene)
    except (OverflowError, ValueError):  # beyond the calendar's first or last day
        return Value(None, "DATE")


def _value(said: Form, scene: Scene) -> Value:
    if said.iso:
        return Value(said.iso, "TIME" if "T" in said.iso else "DATE", _point_of(said.iso))
    if said.phrase:
        return Value(said.phrase, "DATE")
    if said.set or said.every:
        return Value(said.set or _repeated(said), "SET")
    if said.clock or said.part:
        return _time(said, scene)
    return _date(said, scene) or _duration(said) or Value(said.reference, "DATE")


def _point_of(iso: str) -> Point | None:
    if not (iso[:4] + iso[5:7]).isdecimal():
        return None
    return Point(int(iso[:4]), int(iso[5:7]), int(iso[8:10]))


def _repeated(said: Form) -> str:
    if said.weekday:
        return f"XXXX-WXX-{said.weekday}"
    if said.month:
        return f"XXXX-{said.month:02d}"
    if said.season:
        return f"XXXX-{said.season}"
    if said.part or not said.unit:
        return "P1D"
    return length(said.count or "1", said.unit)


def length(count: str, unit: str) -> str:
    """A duration's value: ``P3W``, ``PT48H``, ``PXD``."""
    scale, letter = _LENGTH.get(unit, (1, unit))
    if count == "X":
        return f"PT{count}{unit[1:]}" if unit[0] == "T" else f"P{count}{unit if unit == 'DE' else letter}"
    number = float(count) * scale
    if unit == "CE" and number % 1:
        return f"P{number * 100:.12g}Y"
    if unit[0] == "T":
        if number == 0.5 and unit in ("TH", "TM"):
            return "PT30M" if unit == "TH" else "PT30S"
        return f"PT{number:.12g}{unit[1:]}"
    return f"P{number:.12g}{letter}"


def _duration(said: Form) -> Value | None:
    if not said.unit:
        return None
    if said.relation_word in ("coming",) and not said.count:
        return Value("FUTURE_REF", "DATE")
    if said.unit == "D" and said.count is None and (said.number or said.rank or 0) > 3:
        return Value(f"P{said.number or said.rank}D", "DURATION")
    return Value(length(said.count or ("X" if said.plural else "1"), said.unit) + said.rest, "SET" if said.rate else "DURATION")


# Times of day


def _time(said: Form, scene: Scene) -> Value:
    day = _day_of_time(said, scene)
    stem = (day.value if day and day.value else None) or "XXXX-XX-XX"
    if len(stem) == 7 and stem[4] == "-" and stem[5:].isdecimal():
        stem += "-XX"
    if said.clock:
        return Value(f"{stem}T{said.clock}{said.zone or ''}", "TIME", day.point if day else None, day.anchor if day else None)
    return Value(f"{stem}T{said.part}", "TIME", day.point if day else None, day.anchor if day else None)


def _day_of_time(said: Form, scene: Scene) -> Value | None:
    """The day a time of day belongs to: the one it names, else the last one named, else the day of publication."""
    if said.relation == "T" and not said.weekday and not said.unit and not said.month and scene.day:
        return _at(scene.day)
    if (told := _date(said, scene)) and told.type == "DATE" and told.value:
        return told
    if said.relation == "L" and said.relation_word == "last" and scene.day:
        return _at(scene.day - timedelta(1))
    step = {"X": 1, "L": -1}.get(said.relation or "", 0)
    if scene.last_day and (scene.last_day.date or not step) and (said.relation or not scene.day or not scene.far):
        return _plus(scene.last_day, step, scene.last_day_extent)
    return _at(scene.day) if scene.day else None


def _plus(point: Point, days: int, anchor: Extent | None) -> Value:
    if point.date and days:
        moved_day = point.date + timedelta(days)
        point = Point(moved_day.year, moved_day.month, moved_day.day)
    return Value(written(point), "DATE", point, anchor)


def _at(day: date, anchor: Extent | None = None) -> Value:
    return Value(day.isoformat(), "DATE", Point(day.year, day.month, day.day), anchor)


def written(point: Point) -> str:
    """A point as a TIMEX3 value; years before our era as ``BC0480``."""
    year = f"{point.year:04d}" if point.year > 0 else f"BC{-point.year:04d}"
    return year + (f"-{point.month:02d}" if point.month else "") + (f"-{point.day:02d}" if point.month and point.day else "")


# Dates


def _date(said: Form, scene: Scene) -> Value | None:
    for read in (_century, _ranked, _holiday, _full, _season, _shifted, _from_today, _weekday, _day_of_month, _related):
        if (found := read(said, scene)) is not None:
            return found
    return None


def _century(said: Form, scene: Scene) -> Value | None:
    if said.stretch:
        return Value(said.stretch[:3], "DATE")
    if said.rank and said.unit == "CE" and said.rank > 0:
        return Value(f"BC{said.rank - 1:02d}" if said.ancient else f"{said.rank - 1:02d}", "DATE")
    return None


def _ranked(said: Form, scene: Scene) -> Value | None:
    """The first quarter of 2024, the second half of the year, the last week of August."""
    if said.half and said.rank and not said.count:
        year = _year(said, scene)
        return (
            Value(f"{written(year.point)}-H{1 if said.rank == 1 else 2}", "DATE", year.point, year.anchor) if year and year.point else None
        )
    if said.unit == "Q" and said.rank:
        year = _year(said, scene)
        rank = said.rank if said.rank > 0 else 4
        return Value(f"{written(year.point)}-Q{rank}", "DATE", year.point, year.anchor) if year and year.point and rank < 5 else None
    if said.unit == "W" and said.number and said.count is None and scene.year:
        return Value(f"{scene.year:04d}-W{said.number:02d}", "DATE") if 1 <= said.number <= 53 else None
    if said.unit == "W" and said.rank and said.month:
        month = _full(said, scene)
        if month and month.point and month.point.year > 0:
            day = _nth_week(month.point.year, said.month, said.rank)
            return Value(week(day), "DATE", month.point, month.anchor)
    return None


def _nth_week(year: int, month: int, rank: int) -> date:
    if rank < 0:
        after = moved(year, month, 1)
        return date(after[0], after[1], 1) - timedelta(1)
    return date(year, month, 1) + timedelta(7 * (min(rank, 4) - 1))


def _year(said: Form, scene: Scene) -> Value | None:
    """The year an expression says or points to."""
    if said.year is not None:
        point = Point(said.year)
        return Value(written(point), "DATE", point)
    step = {"L": -1, "X": 1}.get(said.tail or said.relation or "", 0)
    anchored = (said.tail or said.relation) == "H" or not scene.dated
    base = scene.last.year if anchored and scene.last else scene.year
    if base is None:
        return None
    point = Point(base + step)
    return Value(written(point), "DATE", point, scene.last_extent if anchored and scene.last else None)


def _holiday(said: Form, scene: Scene) -> Value | None:
    if not said.holiday:
        return None
    if said.holiday == "moves":
        return Value(None, "DATE")
    moves, _, days = said.holiday.partition("easter")
    if not moves:
        said.month = said.month or 4
    else:
        said.month, said.day = int(said.holiday[:2]), int(said.holiday[3:])
    dated = _full(said, scene)
    if moves or not dated or not dated.point or dated.point.year < 1583:
        return dated if moves else Value(None, "DATE")
    return _at(easter(dated.point.year) + timedelta(int(days)), dated.anchor)


def _full(said: Form, scene: Scene) -> Value | None:
    """A date with a month or a year of its own; a day that the month lacks leaves the month."""
    if said.month is None and (said.year is None or said.season or said.unit in ("W", "M", "Q") or said.half):
        return None
    anchor: Extent | None = None
    if said.year is not None:
        year = said.year
    elif (chosen := _year_of_month(said, scene)) is not None:
        year, anchor = chosen
    else:
        day = f"-{said.day:02d}" if said.day else ""
        return Value(f"XXXX-{said.month:02d}{day}", "DATE")
    point = Point(year, said.month, said.day)
    if said.day and said.month and year > 0 and not point.date:
        point = Point(year, said.month)
    return Value(written(point) + _until(said, point), "DATE", point, anchor)


def _until(said: Form, point: Point) -> str:
    """The end of a range such as May 5-7 or 1990-1994, with its stroke."""
    if said.until_day and point.day and said.until_day > point.day and Point(point.year, point.month, said.until_day).date:
        return f"/{written(Point(point.year, point.month, said.until_day))}"
    return ""


def _year_of_month(said: Form, scene: Scene) -> tuple[int, Extent | None] | None:
    """The year of a month that has none of its own, and the expression it was taken from."""
    assert said.month is not None
    month = said.month
    if said.tail:
        year = _year(said, scene)
        return (year.point.year, year.anchor) if year and year.point else None
    if not scene.dated:
        return _year_in_story(month, said, scene) if scene.story else None
    if scene.last and not scene.far and scene.tense != "future" and scene.last.year < (scene.year or 0) and scene.last.month:
        return scene.last.year, scene.last_extent
    if not scene.day:
        assert scene.year is not None
        return scene.year, None
    return _year_by_tense(month, said, scene, scene.day), None


def _year_in_story(month: int, said: Form, scene: Scene) -> tuple[int, Extent | None]:
    """In a story the months go on: a January after a November is the next year's."""
    assert scene.story is not None
    year, last = scene.story.year, scene.story.month
    if last and (last - month >= _BACK or (said.relation == "X" and month <= last)):
        year += 1
    return year, scene.story_extent


def _year_by_tense(month: int, said: Form, scene: Scene, day: date) -> int:
    """In news a month without a year is the nearest, unless the tense says otherwise; ``next April`` is not the one about to begin."""
    here = day.year * 12 + day.month
    years = [day.year - 1, day.year, day.year + 1]

    def away(year: int) -> int:
        return year * 12 + month - here

    earlier = said.day is not None and said.day < day.day
    if said.relation == "L":
        return max(year for year in years if away(year) < 0 or (away(year) == 0 and earlier))
    if said.relation == "X":
        return min(year for year in [*years, day.year + 2] if away(year) > _ABOUT)
    if said.relation == "T":
        return day.year
    lean = {"past": 1, "future": -1}.get(scene.tense or "", 0) * (_SURE if scene.sure else _LEAN)
    return min(years, key=lambda year: (abs(away(year) + lean), abs(away(year))))


def _season(said: Form, scene: Scene) -> Value | None:
    if not said.season:
        return None
    if said.year is not None or said.tail or not scene.dated:
        year = _year(said, scene)
        if not year or not year.point:
            return Value(f"XXXX-{said.season}", "DATE")
        step = {"X": 1, "L": -1}.get(said.relation or "", 0) if said.year is None and not said.tail else 0
        point = Point(year.point.year)
        if step > 0 and scene.last and scene.last.month and scene.last.month < _BEGINS[said.season]:
            point = Point(point.year - 1)
        return Value(f"{written(point)}-{said.season}", "DATE", point, year.anchor)
    assert scene.year is not None
    year_number = _season_year(said, scene, _BEGINS[said.season]) if scene.day else scene.year
    return Value(f"{year_number:04d}-{said.season}", "DATE", Point(year_number))


def _season_year(said: Form, scene: Scene, begins: int) -> int:
    """The season's year as the article's day and the tense have it: ``last summer`` is over, ``next summer`` has not begun."""
    assert scene.day is not None
    here = scene.day.year * 12 + scene.day.month
    years = [scene.day.year - 1, scene.day.year, scene.day.year + 1]

    def starts(year: int) -> int:
        return year * 12 + begins - here

    if said.relation == "L":
        return max(year for year in [years[0] - 1, *years] if starts(year) <= -3)
    if said.relation == "X":
        return min(year for year in [*years, years[-1] + 1] if starts(year) > _ABOUT)
    if said.relation == "T":
        return scene.day.year - (begins == 12 and scene.day.month < 6)
    if scene.tense == "past":
        return max(year for year in years if starts(year) <= 0)
    return min(year for year in years if starts(year) > -3)


def _shifted(said: Form, scene: Scene) -> Value | None:
    """Two years ago, three days later, the day before, a week after."""
    if not said.shift or not said.unit:
        return None
    if said.relation == "L" and said.count is None:
        return _period(_base(scene, False)[0], said.unit, -2, None, said, scene)
    ago = said.shift_word in ("ago", "hence")
    if said.count == "X" or (said.plural and said.count is None):
        return Value("PAST_REF" if said.shift < 0 else "FUTURE_REF", "DATE")
    if ago and not scene.dated:
        return _moved(None, said.unit, 0, None)
    base, anchor = _base(scene, not ago and not (scene.dated and scene.far))
    count = said.number if said.number is not None else round(float(said.count or 1))
    return _moved(base, said.unit, said.shift * count, anchor)


def _base(scene: Scene, anchored: bool) -> tuple[Point | None, Extent | None]:
    """What an expression is reckoned from: the last time named, or the day of publication."""
    published = Point(scene.day.year, scene.day.month, scene.day.day) if scene.day else Point(scene.year) if scene.year else None
    if (anchored and scene.last) or not published:
        return scene.last, scene.last_extent
    return published, None


def _moved(base: Point | None, unit: str, steps: int, anchor: Extent | None) -> Value | None:
    if unit[0] == "T":
        day = written(base) if base and base.day else "XXXX-XX-XX"
        return Value(f"{day}TXX", "TIME", base if base and base.day else None, anchor)
    if base is None:
        return Value(_unknown(unit), "DATE")
    try:
        point = _steps(base, unit, steps)
    except (OverflowError, ValueError):
        return Value(None, "DATE")
    return Value(written(point), "DATE", point, anchor) if point else Value(_unknown(unit), "DATE", None, None)


def _unknown(unit: str) -> str:
    return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "2W": "XXXX-WXX", "M": "XXXX-XX", "WE": "XXXX-WXX-WE", "Q": "XXXX-QX"}.get(unit, "XXXX")


def _steps(base: Point, unit: str, steps: int) -> Point | None:
    if unit in ("D", "W", "2W"):
        days = steps * {"D": 1, "W": 7, "2W": 14}[unit]
        if not base.date:
            return None
        day = base.date + timedelta(days)
        return Point(day.year, day.month, day.day)
    if unit in ("M", "Q"):
        if not base.month:
            return None
        return Point(*moved(base.year, base.month, steps * (3 if unit == "Q" else 1)))
    years = steps * {"Y": 1, "DE": 10, "CE": 100}.get(unit, 0)
    return Point(base.year + years) if years and -4000 < base.year + years < 9999 and base.year + years != 0 else None


def _from_today(said: Form, scene: Scene) -> Value | None:
    if said.offset is None:
        return None
    if scene.day:
        same_night = said.part == "NI" and said.offset < 0 and scene.tense == "future"
        return _at(scene.day + timedelta(0 if same_night else said.offset))
    if said.offset == 0 and not said.part:
        return Value("PRESENT_REF", "DATE")
    return Value("XXXX-XX-XX", "DATE")


def _weekday(said: Form, scene: Scene) -> Value | None:
    if not said.weekday:
        return None
    if not scene.dated or (said.definite and said.relation in ("L", "X") and said.relation_word not in _DEICTIC):
        last = scene.last_day.date if scene.last_day else None
        if last is None:
            return Value(f"XXXX-WXX-{said.weekday}", "DATE")
        ahead = (said.weekday - last.isoweekday()) % 7
        days = ahead - 7 if said.relation == "L" else ahead or (7 if said.relation == "X" else 0)
        return _at(last + timedelta(days), scene.last_day_extent)
    if not scene.day:
        return Value(f"XXXX-WXX-{said.weekday}", "DATE")
    return _at(scene.day + timedelta(_days_to(said, scene, scene.day)))


def _days_to(said: Form, scene: Scene, day: date) -> int:
    """Days from publication to a weekday: back after a past tense, ahead after a future one; the same weekday is today."""
    assert said.weekday is not None
    ahead = (said.weekday - day.isoweekday()) % 7
    if said.relation == "L":
        return ahead - 7
    if said.relation == "X":
        return ahead or 7
    if said.tail in ("X", "L"):
        return said.weekday - day.isoweekday() + (7 if said.tail == "X" else -7)
    if scene.tense == "future":
        return ahead
    return ahead - 7 if ahead else 0


def _day_of_month(said: Form, scene: Scene) -> Value | None:
    """``the 20th``: in the month last named, or in that of publication."""
    if said.day is None or said.month is not None or said.unit:
        return None
    base, anchor = _base(scene, bool(scene.last and scene.last.month) and (not scene.far or not scene.dated))
    if not base or not base.month:
        return Value("XXXX-XX-" + f"{said.day:02d}", "DATE")
    point = Point(base.year, base.month, said.day)
    return Value(written(point) + _until(said, point), "DATE", point, anchor) if point.date or base.year < 1 else None


def _related(said: Form, scene: Scene) -> Value | None:
    """This week, last year, the following day, that month, the end of the year."""
    unit, word = said.unit, said.relation_word
    if not unit or unit[0] == "T" or said.count or said.shift or (said.plural and unit != "WE"):
        return None
    if word == "past" or not (said.relation or said.definite) or (said.definite and word == "last" and unit in ("DE", "CE")):
        return None
    if word == "coming" and unit == "D":
        return Value("FUTURE_REF", "DATE")
    pointed = said.definite and bool(said.relation) and word not in _DEICTIC
    anchored = said.relation == "H" or pointed or not scene.dated
    step = {"L": -1, "X": 1}.get(said.relation or "", 0)
    if word == "this" and not scene.dated and unit != "D":
        return Value(_unknown(unit), "DATE")
    base, anchor = _base(scene, anchored and unit != "D")
    if anchored and unit == "D" and scene.last_day and not (scene.day and scene.far):
        base, anchor = scene.last_day, scene.last_day_extent
    return _period(base, unit, step, anchor, said, scene)


def _period(base: Point | None, unit: str, step: int, anchor: Extent | None, said: Form, scene: Scene) -> Value | None:
    """The day, week, month or year that a point lies in, so many steps on."""
    if base is None:
        return Value(_unknown(unit), "DATE")
    if unit == "D":
        return _plus(base, step, anchor) if base.date or (base.day and not step) else Value("XXXX-XX-XX", "DATE")
    if unit in ("W", "WE", "2W"):
        return _week_of(base.date, unit, step, anchor, said, scene)
    if unit == "M" and base.month:
        return _moved(Point(base.year, base.month), "M", step, anchor)
    if unit == "Q" and base.month:
        year, month = moved(base.year, base.month, 3 * step)
        return Value(f"{year:04d}-Q{(month + 2) // 3}", "DATE", Point(year), anchor)
    if unit == "Y" and base.year + step:
        point = Point(base.year + step)
        return Value(written(point), "DATE", point, anchor)
    if unit in ("DE", "CE") and base.year > 0:
        scale, width = (10, 3) if unit == "DE" else (100, 2)
        return Value(f"{base.year // scale + step:0{width}d}", "DATE", None, anchor)
    return Value(_unknown(unit), "DATE")


def _week_of(day: date | None, unit: str, step: int, anchor: Extent | None, said: Form, scene: Scene) -> Value:
    """A week or weekend; ``the weekend`` with no more said is the one gone, unless the tense is the future's or it has come."""
    if day is None:
        return Value(_unknown(unit), "DATE")
    if unit == "WE" and not said.relation and scene.tense != "future" and day.isoweekday() < 6:
        step = -1
    there = day + timedelta(7 * step)
    return Value(week(there) + ("-WE" if unit == "WE" else ""), "DATE", None, anchor)
