"""Sides: how far antecedent and consequent of a condition reach, where the form of the sentence says more than a pointer.

If they leave, taking their guns along, the ford will fall, leaving the town open.
   ~~~~~~~~~~ - - - - - - - - - - - - -  ~~~~~~~~~~~~~~~~~~ - - - - - - - - - - -
   antecedent                            consequent
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.extract.borders import Borders
from onrecord.extract.words import phrases, words
from onrecord.records import Extent

_GAP = 160
"""What stands between two sides and is longer than this is a clause of its own."""
_GOES_ON = re.compile(r"\s(?:that|who|whom|whose|which|where|as|than|of|for|to|by|with|from|in|on|at|against|into|over)\b")
_TAIL = re.compile(r",\s(?:[a-z]+ly\s)?(?:[a-z]+ing|which|who|whose)\b")
_ASIDE = re.compile(r",\s(?:as|in|on|at|by|for|too|perhaps|of)\b|,\s[\w’']+\s*,\s*$|\s[\w’']+,\s*$")
"""Between two commas stand the writer's own words, or a single one: "however"."""
_STOP = re.compile(r"[,;:.!?()–—“”\"]|\s-\s")


def settled(
    borders: Borders,
    marker: Extent,
    antecedent: Sequence[Extent],
    consequent: Sequence[Extent],
    markers: Sequence[Extent],
    cues: Sequence[Extent],
) -> tuple[list[Extent], list[Extent]]:
    """Antecedent and consequent, each up to where its clause ends.

    Args:
        markers: those of all conditions in the text, which no side is widened over.
        cues: those of all statements; between two commas they make words that attribute.
    """
    before, after = list(antecedent), list(consequent)
    before[-1] = _to_clause_end(borders, before[-1], after, markers)
    if after:
        before[-1] = _to_comma(borders, before[-1], after[0], markers, cues)
        if after[0][0] > before[-1][0]:
            after[-1] = _with_tail(borders, after[-1], markers, cues)
        elif len(after) == 1 and after[0][1] <= marker[0]:
            after[0] = _with_subject(borders, after[0], markers, cues)
    return before, after


def _to_clause_end(borders: Borders, side: Extent, others: Sequence[Extent], markers: Sequence[Extent]) -> Extent:
    """The antecedent with what goes on behind it without a comma: "if it were not for a clerk | who spoke up"."""
    text = borders.text
    if _GOES_ON.match(text, side[1]) is None:
        return side
    last = min([borders.sentence(side[0])[1], *(start for start, _ in others if start >= side[1])])
    stop = _STOP.search(text, side[1], last)
    end = stop.start() if stop is not None else last
    if any(side[1] <= start < end for start, _ in others) or end - side[1] > _GAP or _crosses(markers, side[1], end):
        return side
    return borders.side((side[0], end), side) or side


def _to_comma(borders: Borders, side: Extent, other: Extent, markers: Sequence[Extent], cues: Sequence[Extent]) -> Extent:
    """The antecedent up to the comma before the consequent behind it."""
    text = borders.text
    gap = text[side[1] : other[0]]
    if other[0] <= side[1] or len(gap) > _GAP or not re.search(r"\w", gap) or _crosses(markers, side[1], other[0]):
        return side
    if _ASIDE.match(gap) is not None or (gap.startswith(",") and _crosses(cues, side[1], other[0])):
        return side
    comma = gap.rstrip().removesuffix("then").rstrip()
    if not comma.endswith(",") or any(mark in gap for mark in '.!?;:“”"()') or borders.sentence(side[0]) != borders.sentence(other[0]):
        return side
    return borders.side((side[0], side[1] + len(comma) - 1), side) or side


def _with_tail(borders: Borders, side: Extent, markers: Sequence[Extent], cues: Sequence[Extent]) -> Extent:
    """The consequent with a participle or relative clause that ends the sentence: "…, leaving the town open"."""
    last = borders.sentence(side[1] - 1)[1]
    if (
        _TAIL.match(borders.text, side[1]) is None
        or side[1] >= last
        or last - side[1] > 2 * _GAP
        or _crosses(markers, side[1], last)
        or _crosses(cues, side[1], last)
    ):
        return side
    if any(mark in borders.text[side[1] : last] for mark in '“”"();:'):
        return side
    return borders.side((side[0], last), side) or side


def _with_subject(borders: Borders, side: Extent, markers: Sequence[Extent], cues: Sequence[Extent]) -> Extent:
    """A consequent that has lost its subject and verb: "the firm would have met | its aims but for the strike"."""
    text, first = borders.text, borders.sentence(side[0])[0]
    head = text[first : side[0]]
    modals = phrases(words("grammar", "modals"))
    if not head.strip() or len(head) > _GAP or modals.search(text, *side) or text.startswith("to ", side[0]) or modals.search(head) is None:
        return side
    if _crosses(markers, first, side[0]) or _crosses(cues, first, side[0]) or any(mark in head for mark in '“”"();:'):
        return side
    return borders.side((first, side[1]), side) or side


def _crosses(markers: Sequence[Extent], start: int, end: int) -> bool:
    at = bisect_left(markers, (start, 0))
    return at < len(markers) and markers[at][0] < end
