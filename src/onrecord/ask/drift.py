"""Drift: what reports that have the central statement from others leave out of it.

    Die Lage          Should they open a second front, and provided that Berlin agrees in writing, we shall no longer object.
    Harbour Gazette   Estonia will no longer stand in the way once they have opened another front.
                                                                    left out: and provided that Berlin agrees in writing
A condition is left out where no sentence near the report's own wording, and none that has a condition, has enough of its telling words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.ask.novelty import Passages, telling_of, tokens
from onrecord.ask.quoting import sentence_extents
from onrecord.ask.scene import Scene, in_title, leaves
from onrecord.records import Extent, Record, Span, Statement, span
from onrecord.reports import Evidence, Report, Saying

NEAR = 2
"""Sentences to either side of a wording that are looked at for what it seems to leave out."""
_THERE = 0.34
"""A sentence nearby with so much of what a condition tells, by weight, has it in other words."""
_ANYWHERE = 0.6
"""The same for a sentence that stands elsewhere in the report."""
_NAMED = 0.5
"""How much a name in a condition weighs against its other words: whose promise it is tells less than what is promised."""
_LONGEST = 300
"""Letters of what is left out altogether that are quoted."""
_MARKER = 24
"""Letters before a condition's part that are quoted with it: "and provided that"."""
_LIKE = 3
"""Words that carry meaning which a statement that was not joined to the central one has to share with it to tell it."""


class Drift(Record, frozen=True, kw_only=True):
    """One report's wording of the central statement, and a condition that it leaves out."""

    article: str
    told: str
    """The report's statement."""
    than: str
    dropped: Evidence


def drifts(scene: Scene, lead: Saying, central: Sequence[Saying], passages: Passages) -> list[Drift]:
    """Those of reports that have it from others, oldest first, one for each report: the first condition that it leaves out."""
    report, statement = _fullest(scene, (lead, *central))
    parts = list(_parts(scene, report, statement))
    if not parts:
        return []
    found = []
    own = {each.statement for each in lead.wordings}
    for other in scene.reports:
        known = scene.provenance.get(other.article)
        if other.article == report.article or known is None or known.kind == "own" or scene.head(other.article) != other.article:
            continue
        told = _told(scene, other, (lead, *central), statement)
        left = _left_out(scene, passages, other, told, parts) if told is not None else None
        if told is not None and left is None and told.id in own:
            left = _all_left_out(scene, passages, report, other, told, parts)
        if told is not None and left is not None:
            found.append(Drift(article=other.article, told=told.id, than=report.article, dropped=report.evidence(left)))
    return found


def _fullest(scene: Scene, central: Sequence[Saying]) -> tuple[Report, Statement]:
    """The wording that others are held against: the best one of the lead, or, where that has no conditions, the oldest that has most."""
    best = scene.best(central[0])
    if _hangs(scene, best[1]):
        return best
    others = [each for saying in central for each in scene.wordings(saying) if not in_title(*each)]
    return max(others, key=lambda each: (len(_hangs(scene, each[1])), -scene.age(each[0].article)), default=best)


def _left_out(
    scene: Scene, passages: Passages, report: Report, told: Statement, parts: Sequence[tuple[Span, Span]]
) -> Span | None:  # fmt: skip
    """The part that the report's wording has nothing for; None where it has as many, or where it is not clear which of them it has."""
    mine = [each.text for each in _hangs(scene, told) if "\n" not in _between(each, told, report.text)]
    if not mine or sum(map(_pieces, mine)) >= len(parts):
        return None
    likeness = [max(passages.share(telling_of(leaf.text, (0, len(leaf.text))), each) for each in mine) for _, leaf in parts]
    least = min(range(len(parts)), key=lambda number: likeness[number])
    if likeness[least] >= max(likeness) or likeness[least] >= _THERE or has(scene, passages, report, parts[least][1], told):
        return None
    return parts[least][0]


def _all_left_out(
    scene: Scene, passages: Passages, best: Report, report: Report, told: Statement, parts: Sequence[tuple[Span, Span]]
) -> Span | None:  # fmt: skip
    """All that the statement hangs on, where a wording of it has none of that, near or far; None where it has any."""
    bound = [each for each in report.extraction.conditions if each.statement == told.id]
    if bound or told.conditions or any(has(scene, passages, report, leaf, told) for _, leaf in parts):
        return None
    start, end = min(each.start for each, _ in parts), max(each.end for each, _ in parts)
    return span(best.text, (start, end)) if end - start <= _LONGEST and "\n" not in best.text[start:end] else None


def _hangs(scene: Scene, statement: Statement) -> list[Span]:
    """All that a statement hangs on, part by part."""
    return [leaf for each in statement.conditions if each in scene.conditions for leaf in leaves(scene.conditions[each])]


def _between(condition: Span, told: Statement, text: str) -> str:
    """What stands between a condition and the statement; a line's end there means that the headline's was taken for it."""
    first, last = sorted((condition, told.content[0]), key=lambda each: each.start)
    return text[first.end : last.start]


def _pieces(condition: str) -> int:
    """How many conditions one part may be: "if they pull out and sign" is two, however it was read."""
    return 1 + len(re.findall(r"\b(?:and|unless|if|provided)\b", condition))


def whole_parts(scene: Scene, statement: Statement) -> int:
    """On how many things a statement may hang, each counted that can be one."""
    return sum(_pieces(each.text) for each in _hangs(scene, statement))


def _parts(scene: Scene, report: Report, statement: Statement) -> Iterator[tuple[Span, Span]]:
    """What the statement hangs on, part by part: with the words that join it, and without."""
    for condition in (scene.conditions[each] for each in statement.conditions if each in scene.conditions):
        before = condition.marker.start
        for leaf in leaves(condition):
            if leaf.place is None:
                start = before if 0 <= leaf.start - before <= _MARKER else leaf.start
                start += len(report.text[start : leaf.start]) - len(report.text[start : leaf.start].lstrip(' ,;:–—-“„«"‘'))
                yield span(report.text, (start, leaf.end)), leaf
                before = leaf.end


def _told(scene: Scene, report: Report, central: Iterable[Saying], best: Statement) -> Statement | None:
    """The report's wording of it in its text: the one with most conditions, else the statement that is most like it."""
    mine = [each for saying in central for of, each in scene.wordings(saying) if of.article == report.article and not in_title(of, each)]
    wanted = set(tokens(_whole(scene, best)))
    others = [each for each in report.extraction.statements if not in_title(report, each) and each.content and each not in mine]
    ranked = [
        (bool(each.conditions), each in mine, len(wanted & set(tokens(_whole(scene, each)))), -each.content[0].start, each)
        for each in (*mine, *others)
        if each in mine or (each.conditions and len(wanted & set(tokens(_whole(scene, each)))) >= _LIKE)
    ]
    return max(ranked, key=lambda each: each[:4])[4] if ranked else None


def _whole(scene: Scene, statement: Statement) -> str:
    """All that the statement says, with its conditions."""
    bound = (scene.conditions[each] for each in statement.conditions if each in scene.conditions)
    return " ".join(each.text for each in (*statement.content, *(piece for one in bound for piece in (*one.antecedent, *one.consequent))))


def has(scene: Scene, passages: Passages, report: Report, condition: Span, told: Statement) -> bool:
    """Whether the report has the condition in some words, near its statement or where it speaks of conditions."""
    words = telling_of(condition.text, (0, len(condition.text)))
    sentences = sentence_extents(report.text)
    spans = [each for each in (*told.content, told.cue, told.speaker) if each is not None and each.place is None]
    own = [number for number, each in enumerate(sentences) if any(_meet(each, one.extent) for one in spans)]
    bound = [one.extent for each in report.extraction.conditions for one in each.antecedent if one.place is None]
    for number, extent in enumerate(sentences):
        near = any(abs(number - each) <= NEAR for each in own) or any(_meet(extent, each) for each in bound)
        if passages.share(words, report.text[extent[0] : extent[1]], named=_NAMED) >= (_THERE if near else _ANYWHERE):
            return True
    return False


def _meet(one: Extent, other: Extent) -> bool:
    return one[0] < other[1] and other[0] < one[1]
