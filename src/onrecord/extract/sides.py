"""Sides: how far antecedent and consequent of a condition reach, where the form of the sentence says more than a pointer.

If they leave, taking their guns along, the ford will fall, leaving the town open.
   ~~~~~~~~~~ - - - - - - - - - - - - -  ~~~~~~~~~~~~~~~~~~ - - - - - - - - - - -
   antecedent                            consequent
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from onrecord.extract import clauses
from onrecord.extract.borders import Borders
from onrecord.extract.forms import reach
from onrecord.extract.words import phrases, words
from onrecord.records import Extent

_GAP = 160
"""What stands between two sides and is longer than this is a clause of its own."""
_GOES_ON = re.compile(r"\s(?:that|who|whom|whose|which|where|as|than|of|for|to|by|with|from|in|on|at|against|into|over)\b")
_TAIL = re.compile(r",\s(?:[a-z]+ly\s)?(?:[a-z]+ing|which|who|whose)\b")
_ASIDE = re.compile(r",\s(?:as|in|on|at|by|for|too|perhaps|of)\b|,\s[\w’']+\s*,\s*$|\s[\w’']+,\s*$")
"""Between two commas stand the writer's own words, or a single one: "however"."""
_STOP = re.compile(r"[,;:.!?()–—“”\"]|\s-\s")
_PAUSE = re.compile(r",|\s--?\s|[–—;:()]")
_BEGUN = re.compile(r",?\s+then\s+(?=\w)|,\s+(?!then\s)(?=[\w’'$€£ ]+\s$)")
"""Between the sides: what a consequent begins behind, where its pointer stands further on."""
_JOINED = re.compile(r"(?:,|\s(?:and|but|or|so))\s+$")
"""Before the second of two clauses."""
_SINGLE = re.compile(r"[‘’'](?=\s|\w*$)")
_RUNS_ON = re.compile(r"\s+(?:[\w$€£]|\()")
_OPENED = re.compile(r"\s*(?:[(,–—]|--?\s)")
_LINK = re.compile(r"\s*(?:and|or|but|nor)\b")
_CLAUSAL = frozenset({"if", "unless", "had", "should", "as long as", "provided that", "only if"})
"""Markers that a clause with a verb follows."""


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
    if len(before) == 1:
        before[0] = _to_verb(borders, marker, before[0], after, markers, cues)
    before[-1] = _to_clause_end(borders, before[-1], after, markers)
    if not after:
        return before, after
    after[0] = _from_comma(borders, before[-1], after[0], markers, cues)
    before[-1] = _to_comma(borders, before[-1], after[0], markers, cues)
    if after[0][0] > before[-1][0]:
        after[-1] = _run_out(borders, after[-1], markers, joined=True)
        after[-1] = _with_tail(borders, after[-1], markers, cues)
        after[-1] = _without_reason(borders, after[-1])
        after[-1] = _with_predicate(borders, after[-1], markers, cues)
    elif len(after) == 1 and after[0][1] <= marker[0]:
        after[0] = _with_head(borders, after[0], markers, cues)
    if after[-1][1] <= marker[0]:
        before[-1] = _run_out(borders, before[-1], markers, joined=False)
    return before, _around(borders, marker, before, after, cues)


def _to_verb(
    borders: Borders, marker: Extent, side: Extent, others: Sequence[Extent], markers: Sequence[Extent], cues: Sequence[Extent]
) -> Extent:
    """An antecedent that stops before its verb, with it: "if the mayor | , like some others, resigns"."""
    text = borders.text
    if text[slice(*marker)].lower() not in _CLAUSAL or clauses.has_predicate(text, *side) or clauses.is_elliptic(text, *side):
        return side
    if " " not in text[slice(*side)] and _LINK.match(text, side[1]) is None:
        return side
    last = min([_end(borders, side), *(start for start, _ in others if start >= side[1])])
    if last - side[1] > 2 * _GAP or _crosses(markers, side[1], last) or _crosses(cues, side[1], last):
        return side
    ends = (hit.start() for hit in _PAUSE.finditer(text, side[1], last) if hit.start() > side[1])
    end = next((place for place in (*ends, last) if clauses.has_predicate(text, side[0], place)), None)
    return side if end is None else _grown(borders, (side[0], end), side)


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


def _from_comma(borders: Borders, side: Extent, other: Extent, markers: Sequence[Extent], cues: Sequence[Extent]) -> Extent:
    """The consequent from where it begins behind the antecedent, where a clause of it, or its first words, stand between the two."""
    text = borders.text
    gap = text[side[1] : other[0]]
    if other[0] <= side[1] or _crosses(markers, side[1], other[0]) or borders.sentence(side[0]) != borders.sentence(other[0]):
        return other
    begun = _BEGUN.match(gap)
    if begun is not None and not clauses.has_verb(text, side[1], other[0]) and not _crosses(cues, side[1], other[0]):
        return _grown(borders, (side[1] + begun.end(), other[1]), other)
    # What joins two clauses stands before the pointer; before the rest of one clause stands what attributes it: "we believe".
    if _JOINED.search(gap) is None or _SINGLE.search(gap) is not None or clauses.stop(text, side[1], other[0]) < other[0]:
        return other
    first = side[1] + 1 if gap.startswith(",") else side[1]
    supposed = clauses.has_modal(text, first, other[0])
    sure = supposed or (first > side[1] and not gap.rstrip().endswith(","))
    return _grown(borders, (first, other[1]), other) if sure and clauses.opens(text, first, other[0]) else other


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


def _run_out(borders: Borders, side: Extent, markers: Sequence[Extent], *, joined: bool) -> Extent:
    """The side up to a mark, where it stops in the middle of a clause: "they would leave | the town to us".

    Args:
        joined: whether a clause that "and" or "or" joins without a comma is of the side: "they would leave | and we would stay".
    """
    text = borders.text
    if _RUNS_ON.match(text, side[1]) is None:
        return side
    end = clauses.stop(text, side[1], min(_end(borders, side), side[1] + 2 * _GAP))
    comma = text.find(",", side[1], end)
    end = comma if comma >= 0 else end
    for link in (_reason().search(text, side[1], end), clauses.next_clause(text, side[1], end, joined=joined)):
        end = min(end, link.start()) if link is not None else end
    if text[side[1] : end].rstrip().endswith(")") and "(" in text[side[1] : end]:
        end = text.rindex("(", side[1], end)
    if not side[1] < end <= side[1] + _GAP or _crosses(markers, side[1], end):
        return side
    return borders.shorn(borders.side((side[0], end), side)) or side


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


def _without_reason(borders: Borders, side: Extent) -> Extent:
    """The consequent without a clause at its end that gives a reason, concedes or concludes: "they would leave | because it rains"."""
    text = borders.text
    hit = _reason().search(text, *side) or clauses.conclusion(text, *side)
    if hit is None or not clauses.opens(text, side[0], hit.start()):
        return side
    return borders.side((side[0], hit.start()), side) or side


def _with_predicate(borders: Borders, side: Extent, markers: Sequence[Extent], cues: Sequence[Extent]) -> Extent:
    """A consequent behind its antecedent that stops before its verb, with it: "the mayors | (all nine) would resign"."""
    text = borders.text
    last = min(_end(borders, side), side[1] + 2 * _GAP)
    if clauses.has_verb(text, *side) or _OPENED.match(text, side[1], last) is None:
        return side
    end = clauses.stop(text, side[1], last)
    if _crosses(markers, side[1], end) or _crosses(cues, side[1], end) or not clauses.has_auxiliary(text, side[1], end):
        return side
    return _grown(borders, (side[0], end), side)


def _with_head(borders: Borders, side: Extent, markers: Sequence[Extent], cues: Sequence[Extent]) -> Extent:
    """A consequent that has lost its subject and verb: "the firm would have met | its aims but for the strike"."""
    text = borders.text
    first = clauses.beginning(text, reach(borders, (side[0], side[0]))[0], side[0], cues)
    head = text[first : side[0]]
    if not head.strip() or len(head) > _GAP or text.startswith("to ", side[0]) or _crosses(markers, first, side[0]):
        return side
    # "would like" may attribute what follows; what would have been is the condition's own.
    if _crosses(cues, first, side[0]) and clauses.supposing(text, first, side[0]) is None:
        return side
    if clauses.has_modal(text, *side) or not clauses.has_modal(text, first, side[0]):
        return side
    return _grown(borders, (first, side[1]), side)


def _around(borders: Borders, marker: Extent, before: Sequence[Extent], after: list[Extent], cues: Sequence[Extent]) -> list[Extent]:
    """The consequent in two pieces where the condition stands in its middle: "the state may, if it chooses, regulate"."""
    text, end = borders.text, before[-1][1]
    if len(after) > 1 or not text[max(marker[0] - 3, 0) : marker[0]].rstrip().endswith(",") or text[end : end + 1] != ",":
        return after
    first, last = reach(borders, marker)
    start = clauses.beginning(text, first, marker[0], cues)
    if not clauses.breaks_off(text, start, marker[0]) or clauses.opens(text, end + 1, last) or _LINK.match(text, end + 1, last):
        return after
    if clauses.depends(text, end + 1, min(last, end + 8)):
        return after
    head, tail = borders.side((start, marker[0]), marker), borders.side((end + 1, last), marker)
    return after if head is None or tail is None else [head, tail]


def _end(borders: Borders, side: Extent) -> int:
    """Where the side ends at the latest: with its sentence, or before the mark that closes its quotation."""
    return min([borders.sentence(side[0])[1], *(piece[1] - 1 for piece in borders.quotations.around(side[0]))])


def _grown(borders: Borders, extent: Extent, side: Extent) -> Extent:
    """The wider extent on sound borders, where it still holds the side."""
    found = borders.shorn(borders.side(extent, side), "never_first_side")
    return side if found is None or found[0] > side[0] or found[1] < side[1] else found


@cache
def _reason() -> re.Pattern[str]:
    """What begins a clause that gives a reason or concedes, which belongs to neither side of a condition."""
    return re.compile(rf"(?:,\s*|\s+)(?={phrases(words('grammar', 'reasons')).pattern}\s)", re.IGNORECASE)


def _crosses(markers: Sequence[Extent], start: int, end: int) -> bool:
    at = bisect_left(markers, (start, 0))
    return at < len(markers) and markers[at][0] < end
