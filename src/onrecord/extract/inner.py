"""Inner statements: those that stand in another's words, and which of them are none.

“I think we will stay,” she said.      what she says is that they stay: nobody is told of her thinking
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.extract.borders import Borders
from onrecord.extract.drafts import Draft
from onrecord.extract.links import Voices, parents
from onrecord.extract.words import lemma, words

_LEAST = 0.3
"""A statement less sure than this is more often wrong than right, on every set that people marked."""
_LEAST_INNER = 0.5
"""So is one in another's words that is less sure than this."""


def heard(borders: Borders, found: Sequence[Draft], skipped: Counter[str]) -> list[Draft]:
    """The drafts without those that are too unsure, and without what somebody says of his own speaking while he speaks."""
    above = parents(Voices(found))
    kept = []
    for draft, outer in zip(found, above, strict=True):
        reason = _reason(borders, draft, None if outer is None else found[outer])
        if reason is None:
            kept.append(draft)
        else:
            skipped[reason] += 1
    return kept


def _reason(borders: Borders, draft: Draft, outer: Draft | None) -> str | None:
    """Why the draft is not put on record, where it is not."""
    if draft.confidence < (_LEAST if outer is None else _LEAST_INNER):
        return "statement too unsure"
    if draft.trigger and any(True for _ in borders.quotations.around(draft.near[0])) and _thinks_aloud(borders.text, draft):
        return "speaking of one's own words"
    return None


def _thinks_aloud(text: str, draft: Draft) -> bool:
    """Whether the first person thinks or says: "I think", "you know"."""
    speaker = draft.speaker
    if speaker is None or text[speaker[0] : speaker[1]].lower() not in words("grammar", "first_person"):
        return False
    return lemma(" ".join(text[start:end] for start, end in draft.trigger)) in words("verbs", "thinking")
