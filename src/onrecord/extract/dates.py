"""Dates: the time expressions of a text, found by rule, and what they mean against the day of publication or the story's own time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from onrecord.extract import timegrammar
from onrecord.extract.days import fineness, interval
from onrecord.extract.published import published
from onrecord.extract.tenses import Tenses
from onrecord.extract.timeforms import Form, form
from onrecord.extract.timevalues import Scene, value
from onrecord.extract.timewords import Row, row
from onrecord.extract.words import words
from onrecord.records import Extent, Published, Span, TimeExpression, When, span

__all__ = ["find", "interval", "merge", "published", "times", "when"]

RULE = "rule/time-expression-1"
"""Name and version of the rules that find time expressions."""

_NEAR = 600
"""Characters within which a year that was named still holds for the months after it."""


def find(text: str) -> list[Extent]:
    """Where the time expressions of the text stand, by rule: in order, none within another."""
    here = row(text)
    return [(here.words[first].start, here.words[behind - 1].end) for _, first, behind in timegrammar.expressions(here)]


def merge(head: Sequence[Extent], rule: Sequence[Extent], text: str) -> list[Extent]:
    """Both finders' expressions, in order and without overlap.

    Where the two overlap, the rule's borders hold, as they follow the form of the expression; what one of them alone has found is kept,
    but of the head's only what holds a word of time.
    """
    kept = list(rule)
    here = row(text)
    for start, end in head:
        if start < end and not any(first < end and start < last for first, last in kept) and _timely(here, start, end):
            kept.append((start, end))
    return sorted(kept)


def _timely(here: Row, start: int, end: int) -> bool:
    return any(word.kind in _TIMELY for word in here.within(start, end))


_TIMELY = frozenset("MWYVhrCNjSspuUDcoO")


def times(text: str, extents: Sequence[Extent], published: Published, sentences: Sequence[Extent] = ()) -> tuple[TimeExpression, ...]:
    """The expressions at those extents with their TIMEX3 types and values.

    Values are worked out against the day of publication with the tense of the words around; without such a day against the last time that
    the text named, whose span is then the expression's ``anchor_span``.
    """
    here = row(text)
    scene = _scene(published)
    tenses = Tenses(text, sentences)
    found: list[TimeExpression] = []
    for start, end in sorted(extents):
        if not 0 <= start < end <= len(text):
            continue
        said = _said(here, start, end)
        scene.tense, scene.sure = tenses.around(start, end)
        scene.far = scene.last_extent is None or "\n" in text[scene.last_extent[1] : start] or start - scene.last_extent[1] > _NEAR
        scene.leads = bool(_LEADS.search(text[max(0, start - 16) : start]))
        meant = value(said, scene)
        anchor = span(text, meant.anchor) if meant.anchor else None
        found.append(TimeExpression(start=start, end=end, text=text[start:end], value=meant.value, type=meant.type, anchor_span=anchor))
        if meant.point:
            scene.name(meant.point, (start, end))
    return tuple(found)


def _said(here: Row, start: int, end: int) -> Form:
    """The form of an expression, with what the words beside it lend it: the month of ``4 and 18 February``, ``tonnes a year``."""
    first, behind = here.places(start, end)
    said = form(here.words[first:behind])
    kinds = here.kinds[first:behind]
    if kinds in ("D", "O") and (lent := _LENT.match(here.kinds, behind)):
        rest = form(here.words[behind : lent.end()])
        said.month, said.year, said.ancient = rest.month, rest.year, rest.ancient
    elif kinds in ("D", "O") and _LENDS.search(here.kinds, max(0, first - 3), first):
        said.month = int(here.words[first - 3].value)
    if kinds == "au" and first and not said.shift:
        before = here.words[first - 1]
        said.rate = before.kind in "nDQ$" or (before.kind in "_ZU" and before.lower.endswith(_RATED))
    return said


_LENT = re.compile("[-&,<]DM(?:,?Y)?")
_LENDS = re.compile("M[DO]&$")
_LEADS = re.compile(r"(?:^|\n|[.!?]\s+)(?:(?:In|By|During|From|Since|Throughout)\s)?$")
_RATED = tuple(words("time", "rated"))


def _scene(published: Published) -> Scene:
    if published.first is None:
        return Scene(None, None)
    day = date.fromisoformat(published.first)
    return Scene(day if published.granularity in ("day", "hour", "minute") else None, day.year)


def when(expressions: Sequence[TimeExpression]) -> When | None:
    """The time that the expressions give between them: the finest of them, with the spans of all that hold it.

    None where there is none, or only durations and repetitions, which are no date. A time such as ``recently`` has no days.
    """
    dated = [expression for expression in expressions if expression.type in ("DATE", "TIME") and expression.value]
    days = [(expression, found) for expression in dated if (found := interval(expression.value or ""))]
    if not days:
        return When(first=None, to=None, granularity="unknown", spans=tuple(_span(one) for one in dated)) if dated else None
    _, best = min(days, key=lambda pair: fineness(pair[1][2]))
    spans = tuple(_span(expression) for expression, found in days if found[0] <= best[0] and best[1] <= found[1])
    return When(first=best[0], to=best[1], granularity=best[2], spans=spans)


def _span(expression: TimeExpression) -> Span:
    return Span(start=expression.start, end=expression.end, text=expression.text)
