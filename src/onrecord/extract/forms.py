"""Forms: what the form of a sentence alone says of a condition, where the reader passed it over or pointed elsewhere.

The ford would have held   had     they left at dawn.
~~~~~~~~~~~~~~~~~~~~~~~~   ~~~     ~~~~~~~~~~~~~~~~~
consequent                 marker  antecedent
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.extract import clauses
from onrecord.extract.borders import Borders, touch
from onrecord.extract.words import TOKEN, words
from onrecord.records import Extent

FOUND = "rule/condition-form-1"

_MARKER = re.compile(r"(?<![\w’'-])(?:if|had|were|but for|without)(?![\w’'-])", re.IGNORECASE)
_INVERTED = frozenset({"had", "were", "should"})
_ENDS = frozenset(';:–—“”"()?!')
_MARKS = re.compile(r"[,;:.!?()–—“”\"]")
_WORD = re.compile(r"\w")
_BY_THE_WAY = re.compile(r"\s*(?:,|:|as\s)")
"""Right behind a marker: words that stand between it and its antecedent."""
_OPENING = re.compile(r"(?:^|[,;:–—“\"(]|\s-|\b(?:and|but|so|that|because|since|or|yet|then))[\s“\"‘']*$", re.IGNORECASE)
"""Before a marker that begins a clause, and does not follow one."""
_FURTHER = re.compile(r"\b(?:and|or|but)\s+(?:\w+\s+)?$", re.IGNORECASE)
"""Before a marker that adds a part to an antecedent."""
_IMPOSSIBLE = re.compile(
    r"\b(?:would|could|might)(?:n['’]t have|\s+(?:not|never|scarcely|hardly) have|\s+have been (?:impossible|unthinkable|inconceivable))\b",
    re.IGNORECASE,
)
"""What would not have been "without" something."""
_WOULD = re.compile(r"\b(?:would|could|might|may)(?:n['’]t)?\b|\w['’]d\b", re.IGNORECASE)
_MARKED = re.compile(r"(?<!\band )(?<!\bor )\b(?:if|unless)\b", re.IGNORECASE)
"""A condition of its own, and no further part of one."""
_ONLY = re.compile(r"only\s+(?:because|to|for|by|in|as)\b", re.IGNORECASE)
"""Behind an "if" that binds nothing: "if only because"."""
_HELD = re.compile(r"(?:\b(?:have|has|who|which|that|it|he|she|we|they|I|you)|['’]ve|\w+ly)\s+$", re.IGNORECASE)
"""Before a "had" that is a participle, or whose subject stands before it."""
_NEAR = 240
"""A condition whose marker is nearer than this may have a further part here."""
_FAR = 800
"""A sentence that goes on for longer than this on either side of a marker is not read by its form."""
_SHORTEST = 4
"""An antecedent has at least so many characters: "so" and "not" bind nothing that the form shows."""


def unseen(borders: Borders, taken: Sequence[Extent], cues: Sequence[Extent]) -> Iterator[tuple[Extent, Extent, Extent]]:
    """Marker, antecedent and consequent of each condition that the form shows and whose marker is none of those taken.

    Args:
        taken: markers of conditions, and what looks like one and is none, in the text's order.
        cues: of all statements, in the text's order.
    """
    text = borders.text
    for hit in _MARKER.finditer(text):
        marker = hit.span()
        near = taken[bisect_left(taken, (marker[0] - _NEAR, 0)) : bisect_left(taken, (marker[1], 0))]
        if any(touch(marker, extent) for extent in near):
            continue
        if near and _FURTHER.search(text, max(marker[0] - 20, 0), marker[0]) is not None:
            continue
        found = by_form(borders, marker, cues)
        if found is not None and _supposes(text, marker, found[1]) and not _asks(text, marker, found[1]):
            yield marker, *found


def anchored(
    borders: Borders, marker: Extent, antecedent: Sequence[Extent], consequent: Sequence[Extent], cues: Sequence[Extent]
) -> tuple[list[Extent], list[Extent]]:
    """Antecedent and consequent, read from the form where a pointer went astray: an antecedent begins right behind such a marker."""
    text = borders.text
    before, after = list(antecedent), list(consequent)
    if text[slice(*marker)].lower() not in words("markers", "adjoining"):
        return before, after
    last = borders.sentence(marker[0])[1]
    form = by_form(borders, marker, cues)
    if not _adjoins(text, marker, before[0], last):
        return ([form[0]], [form[1]]) if form is not None else _behind(borders, marker, before, after, last)
    if _is_missing(text, marker, after) and (form is None or form[1][0] > marker[0]):
        rest = _rest(borders, marker, before[-1], cues)
        if rest is not None:
            return before, [rest]
    if form is None:
        return before, after
    return _beside(borders, marker, before, after, form)


def _beside(
    borders: Borders, marker: Extent, before: list[Extent], after: list[Extent], form: tuple[Extent, Extent]
) -> tuple[list[Extent], list[Extent]]:
    """The sides with the consequent that the form shows beside the condition, where the pointer's is none or stands elsewhere."""
    text = borders.text
    trails, behind = form[1][1] <= marker[0], bool(after) and after[-1][0] > marker[0]
    if trails and (behind or not after) and text[slice(*marker)].lower() in _INVERTED:
        # Behind an inverted verb that follows its consequent there is no other.
        return [form[0]], [form[1]]
    if touch(form[1], before[0]) or (not after and (_asks(text, marker, form[1]) or not _supposes(text, marker, form[1]))):
        return before, after
    if len(after) == 1 and clauses.has_modal(text, *form[1]):
        if _is_small(text, after[0]):
            return ([form[0]] if trails and behind else before), [form[1]]
        if not touch(form[1], after[0]) and not _is_next(text, marker, before[-1], after[0]):
            return before, [form[1]]
    first, last = borders.sentence(marker[0])
    return before, after if after and first <= after[0][0] < last else [form[1]]


def _is_missing(text: str, marker: Extent, after: Sequence[Extent]) -> bool:
    """Whether there is no consequent, or no more than small words before the marker: "so", "no"."""
    return not after or (len(after) == 1 and after[0][1] <= marker[0] and _is_small(text, after[0]))


def _adjoins(text: str, marker: Extent, side: Extent, last: int) -> bool:
    """Whether the antecedent stands right behind its marker, or no more than by-the-way words between the two."""
    if not marker[1] <= side[0] < last:
        return False
    return _WORD.search(text, marker[1], side[0]) is None or _BY_THE_WAY.match(text, marker[1], side[0]) is not None


def _behind(borders: Borders, marker: Extent, before: list[Extent], after: list[Extent], last: int) -> tuple[list[Extent], list[Extent]]:
    """The sides with an antecedent that begins behind the marker: up to where it was thought to end, else up to the next comma or mark."""
    text = borders.text
    if marker[1] <= before[0][0] < last and _MARKS.search(text, marker[1], before[0][0]) is None:
        return [borders.side((marker[1], before[0][1]), marker) or before[0], *before[1:]], after
    end = reach(borders, marker)[1]
    comma = text.find(",", marker[1], end)
    clause = borders.side((marker[1], end if comma < 0 else comma), marker)
    return (before, after) if clause is None else ([clause], [extent for extent in after if not touch(extent, clause)])


def _is_next(text: str, marker: Extent, side: Extent, other: Extent) -> bool:
    """Whether the consequent stands right before the marker or right behind the antecedent."""
    start, end = (other[1], marker[0]) if other[0] < marker[0] else (side[1], other[0])
    return _WORD.search(text, start, end) is None


def _rest(borders: Borders, marker: Extent, side: Extent, cues: Sequence[Extent]) -> Extent | None:
    """What follows the comma behind an antecedent whose marker begins a clause, up to the mark that ends it."""
    text = borders.text
    first, last = reach(borders, marker)
    if text[side[1] : side[1] + 1] != "," or (text[first : marker[0]].strip() and _OPENING.search(text, first, marker[0]) is None):
        return None
    at = bisect_left(cues, (side[1], 0))
    if last - side[1] > _FAR or (at < len(cues) and cues[at][0] < last):
        return None
    return borders.shorn(borders.side((side[1] + 1, last), (side[1] + 1, side[1] + 2)), "never_first_side")


def _is_small(text: str, side: Extent) -> bool:
    """Whether the side is no more than small words: "it", "so"."""
    small = words("grammar", "pronouns") | words("grammar", "relative") | {"so", "no", "yes", "well"}
    return all(hit.group().lower() in small for hit in TOKEN.finditer(text, *side))


def by_form(borders: Borders, marker: Extent, cues: Sequence[Extent]) -> tuple[Extent, Extent] | None:
    """Antecedent and consequent of a marker that begins a clause: the rest of that clause, and the main clause behind or before it."""
    text = borders.text
    first, last = reach(borders, marker)
    if last - marker[1] > _FAR or marker[0] - first > _FAR:
        return None
    word = text[slice(*marker)].lower()
    if word in _INVERTED and not clauses.inverted(text, marker[1], last, supposed=word != "had"):
        return None
    return _fronted(borders, marker, first, last) or _trailing(borders, marker, first, last, cues)


def reach(borders: Borders, marker: Extent) -> Extent:
    """The sentence, or what of it lies in the quotation that the marker stands in, between the marks that end a clause."""
    text = borders.text
    first, last = borders.sentence(marker[0])
    for piece in borders.quotations.around(marker[0]):
        first, last = max(first, piece[0] + 1), min(last, piece[1] - 1)
    for place in range(marker[0] - 1, max(first, marker[0] - _FAR) - 1, -1):
        if text[place] in _ENDS or text.startswith(" - ", place):
            first = place + 1
            break
    return first, clauses.stop(text, marker[1], max(min(last, marker[1] + _FAR + 1), marker[1]))


def _fronted(borders: Borders, marker: Extent, first: int, last: int) -> tuple[Extent, Extent] | None:
    """The sides where the marker opens its sentence or clause: "Had they left, the ford would have held"."""
    text, word = borders.text, borders.text[slice(*marker)].lower()
    if text[first : marker[0]].strip() and _OPENING.search(text, first, marker[0]) is None:
        return None
    if word == "without" and text[first : marker[0]].rstrip().endswith(","):
        return None
    start = _start(text, marker, last)
    place = clauses.main_clause(text, start, last, loose=word == "if", phrase=word in ("but for", "without"))
    if place is None or _MARKED.search(text, start, place[0]) is not None:
        return None
    return _sound(borders, marker, (start, place[0]), (place[1], last))


def _start(text: str, marker: Extent, last: int) -> int:
    """Where the antecedent begins: behind the marker, and behind what stands between two commas there: "if, as he says, they leave"."""
    if text[marker[1] : marker[1] + 1] != ",":
        return marker[1]
    comma = text.find(",", marker[1] + 1, last)
    return marker[1] if comma < 0 else comma + 1


def _trailing(borders: Borders, marker: Extent, first: int, last: int, cues: Sequence[Extent]) -> tuple[Extent, Extent] | None:
    """The sides where the marker follows its consequent: "the ford would have held had they left"."""
    text, inverted = borders.text, borders.text[slice(*marker)].lower() in _INVERTED
    if inverted and _HELD.search(text, first, marker[0]) is not None:
        return None
    near = cues[bisect_left(cues, (first, 0)) : bisect_left(cues, (marker[0], 0))]
    end = _attributed(text, first, marker[0], near)
    start = clauses.beginning(text, first, end, near)
    if inverted and _supposed(text, marker, start, end) is None:
        # "I would have said" attributes nothing where the condition needs it.
        start = clauses.beginning(text, first, end, ())
    if not clauses.opens(text, start, end) or _MARKED.search(text, start, end) is not None:
        return None
    if inverted:
        supposed = _supposed(text, marker, start, end)
        if supposed is None or clauses.depends(text, supposed, end):
            return None
    begun = _start(text, marker, last)
    comma = text.find(",", begun, last)
    return _sound(borders, marker, (begun, comma if comma >= 0 else last), (start, end))


def _supposed(text: str, marker: Extent, start: int, end: int) -> int | None:
    """Behind the words that suppose something before an inverted verb: "would have" before "had", any "would" before "were it not"."""
    if text[slice(*marker)] == "had":
        return clauses.supposing(text, start, end)
    hits = list(_WOULD.finditer(text, start, end))
    return hits[-1].end() if hits else None


def _attributed(text: str, start: int, place: int, cues: Sequence[Extent]) -> int:
    """Where a clause ends that ends at a place: before what attributes it between two commas there: "they leave, he said, if …"."""
    end = start + len(text[start:place].rstrip())
    comma = text.rfind(",", start, end - 1) if text[end - 1 : end] == "," else -1
    return comma if comma >= 0 and any(comma < cue < end for cue, _ in cues) else place


def _supposes(text: str, marker: Extent, consequent: Extent) -> bool:
    """Whether the consequent says what would or may be; behind an "if" any clause does."""
    word = text[slice(*marker)].lower()
    if word == "if" and consequent[0] > marker[0]:
        return True
    if word == "without" and consequent[0] < marker[0]:
        return _IMPOSSIBLE.search(text, *consequent) is not None
    return clauses.has_modal(text, *consequent) if word == "if" else _WOULD.search(text, *consequent) is not None


def _asks(text: str, marker: Extent, consequent: Extent) -> bool:
    """Whether the marker may ask, behind a verb of asking or telling, or compares: "than if"."""
    if consequent[0] > marker[0]:
        return False
    row = [hit.group().lower() for hit in TOKEN.finditer(text, *consequent)]
    return row[-1:] == ["than"] or any(word in words("markers", "asking") for word in row)


def _sound(borders: Borders, marker: Extent, antecedent: Extent, consequent: Extent) -> tuple[Extent, Extent] | None:
    """Both sides on sound borders; None where one of them is nothing."""
    one = borders.shorn(borders.side(antecedent, marker))
    other = borders.shorn(borders.side(consequent, (consequent[0], consequent[0] + 1)), "never_first_side")
    if one is None or other is None or one[1] - one[0] < _SHORTEST or borders.text[slice(*one)].lower() in words("markers", "set_phrases"):
        return None
    if _ONLY.match(borders.text, *one) is not None:
        return None
    return one, other
