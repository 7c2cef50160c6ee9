"""Chains: a quotation that goes on through paragraphs is one speaker's, and no later speaker has a part in it.

“We stay,” said Anna Kask. “Nobody asked us to go.
                           ~~~~~~~~~~~~~~~~~~~~~~~  Anna Kask
“Nobody will.”
~~~~~~~~~~~~~~                                      Anna Kask still

They will be asked, Boris Lind  pointed out  .
~~~~~~~~~~~~~~~~~~                                  all that is Boris Lind's
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.extract.borders import Borders, touch
from onrecord.extract.drafts import Draft
from onrecord.extract.quotes import Quotation
from onrecord.extract.repairs import pointed_anew
from onrecord.records import Extent

CHAIN = "rule/one-voice-1"
_NEAR = 400
"""Words that attribute stand no further from a quotation of their paragraph than this."""


def chained(borders: Borders, found: Sequence[Draft], skipped: Counter[str]) -> list[Draft]:
    """The drafts, each quotation with the speakers of its paragraph alone; a draft that loses all gets what stands beside its cue."""
    hollow: set[int] = set()
    for quotation, holders in holding(borders, found):
        if len(holders) < 2:
            continue
        owner = voice(borders.text, quotation, holders)
        if owner is None:
            continue
        for draft in holders:
            lost = [piece for piece in quotation.pieces if not _beside(borders.text, draft, piece)]
            kept = [piece for piece in draft.content if not any(touch(piece, other) for other in lost)]
            if draft is not owner and len(kept) < len(draft.content):
                draft.content = kept
                draft.rules.append(CHAIN)
                if not kept and not pointed_anew(borders, draft):
                    hollow.add(id(draft))
    if hollow:
        skipped["another's quotation"] += len(hollow)
    return [draft for draft in found if id(draft) not in hollow]


def voice(text: str, quotation: Quotation, holders: Sequence[Draft]) -> Draft | None:
    """Whose quotation it is: of those who have content in its first piece, the one whose cue stands nearest in that paragraph."""
    beside = [draft for draft in holders if draft.trigger and _beside(text, draft, quotation.pieces[0])]
    return min(beside, key=lambda draft: _distance(draft, quotation.pieces[0]), default=None)


def holding(borders: Borders, found: Sequence[Draft]) -> Iterable[tuple[Quotation, list[Draft]]]:
    """Each outermost quotation with the drafts that have content in it, and whose cue stands outside it."""
    pieces = sorted(((extent, at) for at, draft in enumerate(found) for extent in draft.content), key=lambda item: item[0])
    first, reach, furthest = 0, [], 0
    for (_, end), _ in pieces:
        furthest = max(furthest, end)
        reach.append(furthest)
    for quotation in borders.quotations.found:
        if quotation.depth:
            continue
        while first < len(pieces) and reach[first] <= quotation.start:
            first += 1
        holders: dict[int, Draft] = {}
        for (start, end), at in pieces[first : first + 40]:
            if start >= quotation.end:
                break
            draft = found[at]
            if end > quotation.start and (not draft.trigger or not quotation.start < draft.near[0] < quotation.end):
                holders[at] = draft
        yield quotation, list(holders.values())


def _beside(text: str, draft: Draft, piece: Extent) -> bool:
    """Whether the draft has content in the piece and a cue in the same paragraph."""
    if not any(touch(piece, extent) for extent in draft.content):
        return False
    return any(_near(text, cue, piece) for cue in draft.trigger)


def _near(text: str, cue: Extent, piece: Extent) -> bool:
    between = text[cue[1] : piece[0]] if cue[1] <= piece[0] else text[piece[1] : cue[0]]
    return len(between) < _NEAR and "\n" not in between


def _distance(draft: Draft, piece: Extent) -> int:
    return min(max(piece[0] - cue[1], cue[0] - piece[1]) for cue in draft.trigger)
