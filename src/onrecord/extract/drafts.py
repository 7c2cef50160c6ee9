"""Drafts: one attribution each while rules work on it, before it becomes a record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from onrecord.extract.borders import Borders, clear, length, shared, touch
from onrecord.records import Extent, Frame

_NEAR = 60
"""Further than this from the cue, what stands between two pieces of content is more than the words that attribute."""

_ASIDE = 90
"""Words that attribute between two commas are no longer than this behind the cue."""


_SHORT_BEFORE = re.compile(r"(?<!\w)\w+n['’]?$")
_SHORT_VERB = re.compile(r"['’](?:s|re|ve|ll|d|m)\s")
_SHORT_BEHIND = re.compile(r"(?<=n)['’]t\b|(?<=n['’])t\b|t\b(?<=n['’]t)")

_DOUBT = 0.8
"""What a draft's confidence is worth after a repair that changed what it says."""


class Draft:
    """An attribution that rules still change: extents for its roles, the reader's attributes, and the rules that had a hand in it."""

    __slots__ = ("attributes", "confidence", "content", "roles", "rules", "trigger")

    def __init__(
        self,
        trigger: Sequence[Extent],
        content: Sequence[Extent],
        roles: Mapping[str, Sequence[Extent]],
        attributes: Mapping[str, str],
        confidence: float,
    ) -> None:
        """Take what was seen."""
        self.trigger = list(trigger)
        self.content = list(content)
        self.roles = {role: list(extents) for role, extents in roles.items()}
        self.attributes = dict(attributes)
        self.confidence = confidence
        self.rules: list[str] = []

    @property
    def speaker(self) -> Extent | None:
        """Who speaks, where that stands in the text."""
        found = self.roles.get("speaker")
        return found[0] if found else None

    @property
    def start(self) -> int:
        """Where the first of its cue and content stands."""
        return min(start for start, _ in (*self.trigger, *self.content))

    @property
    def near(self) -> Extent:
        """The place that its borders are judged by: its cue, else the first piece of its content."""
        return (self.trigger or self.content)[0]


def drafts(borders: Borders, frames: Iterable[Frame], skipped: Counter[str]) -> list[Draft]:
    """A draft for each statement frame that has content, on sound borders, in the text's order; the others are counted."""
    out = []
    for frame in frames:
        if frame.kind == "statement":
            draft = _draft(borders, frame)
            if draft is None:
                skipped["statement without content"] += 1
            else:
                out.append(draft)
    return distinct(out)


def doubt(draft: Draft, rule: str) -> None:
    """Note a rule that changed what the draft says, which costs confidence."""
    draft.confidence *= _DOUBT
    if rule not in draft.rules:
        draft.rules.append(rule)


def distinct(found: Iterable[Draft]) -> list[Draft]:
    """The drafts without those that see again what a surer one saw: windows of the reader overlap."""
    kept: list[Draft] = []
    by_end: list[Draft] = []
    for draft in sorted(found, key=lambda item: (item.start, item.near, -item.confidence)):
        by_end = [other for other in by_end if max(end for _, end in (*other.trigger, *other.content)) > draft.start]
        twin = next((other for other in by_end if _same(draft, other)), None)
        if twin is None:
            kept.append(draft)
            by_end.append(draft)
        elif draft.confidence > twin.confidence:
            kept[kept.index(twin)] = draft
            by_end[by_end.index(twin)] = draft
    return kept


def _same(one: Draft, other: Draft) -> bool:
    """Whether two drafts are one attribution: cues that share words (or none at all) over much the same content."""
    if one.trigger == other.trigger and one.content == other.content:
        return (
            one.speaker == other.speaker
            or not one.trigger
            or one.speaker is None
            or other.speaker is None
            or touch(one.speaker, other.speaker)
        )
    if not one.trigger or not other.trigger or not shared(one.trigger, other.trigger):
        return False
    common, sizes = shared(one.content, other.content), (length(one.content), length(other.content))
    # One cue, and what a window's edge cut short: the shorter lies in the longer.
    return common * 2 > (min(sizes) if one.trigger == other.trigger else max(sizes))


def _draft(borders: Borders, frame: Frame) -> Draft | None:
    trigger = tidy(_cue(borders, extent) for extent in frame.trigger)
    raw = tidy(borders.words(extent) for extent in frame.roles.get("content", ()))
    if not raw:
        return None
    near = trigger[0] if trigger else raw[0]
    speaker = tidy(_name(borders, extent, near, trigger) for extent in frame.roles.get("speaker", ()))[:1]
    pieces = [extent for piece in raw for extent in _apart(borders, piece, trigger, speaker)]
    content = tidy(borders.shorn(borders.piece(_beside(extent, speaker), near)) for extent in pieces)
    content = [extent for extent in content if not any(start <= extent[0] and extent[1] <= end for start, end in trigger)]
    if not content:
        return None
    roles = {"speaker": speaker}
    for role in ("addressee", "via"):
        roles[role] = tidy(_name(borders, extent, near, trigger) for extent in frame.roles.get(role, ()))
    for role in ("venue", "where", "when"):
        roles[role] = tidy(_role(borders, extent, near, trigger) for extent in frame.roles.get(role, ()))
    hedges = (borders.phrase(extent, near) for extent in frame.roles.get("hedge", ()))
    roles["hedge"] = sorted({extent for extent in hedges if extent is not None})
    return Draft(trigger, content, roles, frame.attributes, frame.confidence)


def _name(borders: Borders, extent: Extent, near: Extent, trigger: Sequence[Extent]) -> Extent | None:
    """The extent of somebody: a role's, without small words at its edges."""
    found = _role(borders, extent, near, trigger)
    if found is None or any(start <= found[0] and found[1] <= end for start, end in trigger):
        return found
    return borders.shorn(found, "never_first_name")


def _role(borders: Borders, extent: Extent, near: Extent, trigger: Sequence[Extent]) -> Extent | None:
    """A role's extent on sound borders, without the cue, unless it is a word within the cue: "in her view"."""
    found = borders.phrase(extent, near)
    if found is None or any(start <= found[0] and found[1] <= end for start, end in trigger):
        return found
    return borders.trim(clear(found, trigger))


def _beside(piece: Extent, speaker: Sequence[Extent]) -> Extent:
    """A piece of content without the speaker, where a pointer took that in at its edge."""
    for start, end in speaker:
        if piece[0] <= start <= piece[0] + 2 and end < piece[1]:
            piece = end, piece[1]
        elif piece[1] - 2 <= end <= piece[1] and piece[0] < start:
            piece = piece[0], start
    return piece


def tidy(extents: Iterable[Extent | None]) -> list[Extent]:
    """The extents that are left, in order, those that overlap made one."""
    out: list[Extent] = []
    for extent in sorted(extent for extent in extents if extent is not None):
        if out and extent[0] < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], extent[1]))
        else:
            out.append(extent)
    return out


def _cue(borders: Borders, extent: Extent) -> Extent | None:
    """The cue on whole words; a colon or dash that attributes is a cue of its own."""
    found = borders.words(extent)
    if found is not None:
        found = _spelt_out(borders.text, found)
        cut = borders.one_sentence(found, found[0])
        return borders.trim(cut) or found
    start, end = max(extent[0], 0), min(extent[1], len(borders.text))
    while start < end and borders.text[start].isspace():
        start += 1
    while start < end and borders.text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end and any(not character.isspace() for character in borders.text[start:end]) else None


def _spelt_out(text: str, extent: Extent) -> Extent:
    """The extent with the rest of a short form that it cuts: "don’t" is one word."""
    start, end = extent
    if (hit := _SHORT_BEFORE.search(text, max(start - 12, 0), start)) and text[start : start + 1] in ("t", "'", "’"):
        start = hit.start()
    if _SHORT_VERB.match(text, start - 1) is not None and text[start - 2 : start - 1].isalpha():
        start -= 1
    if hit := _SHORT_BEHIND.match(text, end):
        end = hit.end()
    return start, end


def _apart(borders: Borders, piece: Extent, trigger: Sequence[Extent], speaker: Sequence[Extent]) -> list[Extent]:
    """The piece without the words that attribute, where those stand in its middle: one pointer reaches over "…,” she said. “…"."""
    inside = [extent for extent in trigger if piece[0] < extent[0] and extent[1] < piece[1]]
    if not inside:
        return [piece]
    start, end = inside[0][0], inside[-1][1]
    for extent in speaker:
        if piece[0] <= extent[0] and extent[1] <= piece[1] and min(abs(extent[0] - end), abs(start - extent[1])) <= _NEAR:
            start, end = min(start, extent[0]), max(end, extent[1])
    before = borders.trim((piece[0], start)) if piece[0] < start else None
    quoted = next(borders.quotations.within(piece[0], start), None)
    if before is not None and quoted is not None and quoted[0] == before[0] and start - quoted[1] <= _NEAR:
        before = quoted
    after: Extent | None = (end, piece[1])
    if before is not None and borders.text[before[1] - 1] in "”\"’'»“":
        # A split quotation: the words that attribute reach to where it opens again.
        after = next(((opening, piece[1]) for opening, _ in borders.quotations.within(end, piece[1])), None)
    elif before is not None and borders.text[before[1] : start].lstrip().startswith(",") and borders.text[end : end + 1] != ",":
        # In between stand commas: "they would go, he told the house on Monday, if asked".
        comma = borders.text.find(", ", end, min(end + _ASIDE, piece[1]))
        after = (comma + 1, piece[1]) if comma >= 0 else after
    return [extent for extent in (before, after) if extent is not None]
