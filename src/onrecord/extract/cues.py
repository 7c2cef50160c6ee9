"""Cues with what belongs to their verb: the auxiliaries, the negation and the adverbs that a reader's tags leave out.

The ministry  has also  denied  that they met.
              ~~~~~~~~  ~~~~~~
              joins     cue
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.extract.borders import Borders, touch
from onrecord.extract.drafts import Draft
from onrecord.extract.words import words
from onrecord.records import Extent

_LITTLE = re.compile(r"(?<![\w’'-])([a-z]+(?:[’'][a-z]+)?) $")
_NO_VERB = re.compile(r"no\b|[a-z]+ly$")
"""Of "there were no reports" and "is reportedly", people marked the words behind the verb alone."""
_LONG = 20


def with_auxiliaries(borders: Borders, found: Sequence[Draft]) -> None:
    """Widen each cue to the little words right before it that belong to its verb, and that nothing else holds."""
    taken = sorted(extent for draft in found for extent in draft.trigger)
    for draft in found:
        others = [*draft.content, *(extent for extents in draft.roles.values() for extent in extents)]
        draft.trigger = [_widened(borders, extent, others, taken) for extent in draft.trigger]


def _widened(borders: Borders, extent: Extent, others: Sequence[Extent], taken: Sequence[Extent]) -> Extent:
    """The cue with the little words before it."""
    text, (start, end) = borders.text, extent
    if _NO_VERB.match(text, start, end) is not None:
        return extent
    first = borders.sentence(start)[0]
    while (hit := _LITTLE.search(text, max(start - _LONG, first), start)) is not None:
        little = hit.span(1)
        before = bisect_left(taken, little) - 1
        if not _goes_with_verb(hit.group(1)) or any(touch(little, other) for other in others):
            break
        if before >= 0 and touch(taken[before], little):
            break
        start = little[0]
    return start, end


def _goes_with_verb(word: str) -> bool:
    """Whether a word before a verb is a part of it."""
    plain = word.replace("’", "'")
    if plain.endswith("ly"):
        return plain not in words("grammar", "no_adverbs")
    return plain in words("verbs", "auxiliaries") or plain in words("negation", "words") or plain in words("grammar", "beside_verb")
