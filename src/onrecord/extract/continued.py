"""Going on: a participle behind a comma with which the same speaker says more, where the reader saw nothing.

She reaffirmed her position,  emphasizing  the need for clear rules.
                              ~~~~~~~~~~~  ~~~~~~~~~~~~~~~~~~~~~~~~
                              cue          content
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.extract.beside import beside
from onrecord.extract.borders import Borders
from onrecord.extract.drafts import Draft
from onrecord.extract.words import lemma, words

FOUND = "rule/going-on-1"
_CONFIDENCE = 0.6
_REACH = 400
"""The statement that goes on stands no further before the participle than this."""
_PARTICIPLE = re.compile(r",\s+(?:and\s+)?(?:[a-z]+ly\s+)?([a-z]+ing(?:\s(?:out|for)\b)?)(?=\s+[\w“\"‘])")


def continued(borders: Borders, found: Sequence[Draft]) -> list[Draft]:
    """Drafts for participles of saying that no cue of another touches, with the speaker of the statement that they go on with."""
    text = borders.text
    ordered = sorted((draft for draft in found if draft.trigger and draft.speaker is not None), key=lambda draft: draft.trigger[-1][1])
    ends = [draft.trigger[-1][1] for draft in ordered]
    taken = sorted(extent for draft in found for extent in draft.trigger)
    out = []
    for hit in _PARTICIPLE.finditer(text):
        cue = hit.span(1)
        if lemma(hit.group(1)) not in words("verbs", "going_on"):
            continue
        near = bisect_left(taken, (cue[1], 0))
        if (near and taken[near - 1][1] > cue[0]) or borders.quotations.hold(cue[0]):
            continue
        first = max(borders.sentence(cue[0])[0], cue[0] - _REACH)
        place = bisect_left(ends, hit.start() + 1) - 1
        if place < 0 or ordered[place].trigger[0][0] < first:
            continue
        draft = _draft(borders, ordered[place], cue)
        if draft is not None:
            _end_before(ordered[place], hit.start(), cue[1])
            out.append(draft)
    return out


def _draft(borders: Borders, before: Draft, cue: tuple[int, int]) -> Draft | None:
    roles = {role: list(before.roles.get(role, ())) for role in ("speaker", "addressee", "venue", "where", "when", "via")}
    draft = Draft([cue], [], roles, {"act": "assert"}, min(_CONFIDENCE, before.confidence))
    draft.content = beside(borders, draft)
    draft.rules.append(FOUND)
    return draft if draft.content else None


def _end_before(draft: Draft, comma: int, end: int) -> None:
    """End the earlier content before the participle."""
    draft.content = [(start, comma) if start < comma and end <= stop else (start, stop) for start, stop in draft.content]
