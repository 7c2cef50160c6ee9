"""Headlines that attribute with a colon, and lines that belong to the page and not to the report.

Minister: we will leave if talks fail
~~~~~~~~~ ~~~~~~~~~~~~~~~~~~~~~~~~~~~
speaker   content
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Literal

from onrecord.extract.borders import Borders
from onrecord.extract.drafts import Draft
from onrecord.extract.words import base, phrases, words
from onrecord.records import Entity, Extent, Frame

COLON = "rule/colon-headline-1"
_CONFIDENCE = 0.6
_LINE = re.compile(r"[^\n]+")
_COLON = re.compile(r"(?:[^:\n]{2,100};)?\s*([^:;\n]{2,60}):\s+(?=\S)")
_FIRST_PERSON = re.compile(r"\b(?:we|I|our|us|my)\b|[“\"‘']")
_LONG = 160
"""A line longer than this is no headline."""
_FEW = 14
"""A line of no more words than this is short."""
_MOST = 400
"""A line longer than this is prose, however it begins."""


def headlines(borders: Borders, found: Sequence[Draft], entities: Sequence[Entity], place: Literal["title"] | None) -> list[Draft]:
    """Drafts for headlines of the form "Speaker: what they say" in which the reader saw nothing, in the title or a line of its own."""
    out = []
    taken = sorted(extent for draft in found for extent in (*draft.trigger, *draft.content))
    reach = list(accumulate((end for _, end in taken), max))
    for line in _LINE.finditer(borders.text):
        before = bisect_left(taken, (line.end(), 0))
        if line.end() - line.start() > _LONG or (before and reach[before - 1] > line.start()):
            continue
        draft = _headline(borders, line.span(), entities, place)
        if draft is not None:
            out.append(draft)
    return out


def reported(text: str, frames: Iterable[Frame], skipped: Counter[str]) -> list[Frame]:
    """The frames without those on a newsletter line, a byline, a credit or a caption's label; these are counted."""
    lines = [hit.span() for hit in _LINE.finditer(text) if _furniture(hit.group())]
    kept = []
    for frame in frames:
        place = frame.trigger[0] if frame.trigger else min((extents[0] for extents in frame.roles.values() if extents), default=(0, 0))
        at = bisect_right(lines, place) - 1
        if at >= 0 and place[0] < lines[at][1]:
            skipped["line of the page"] += 1
        else:
            kept.append(frame)
    return kept


def _headline(borders: Borders, line: Extent, entities: Sequence[Entity], place: Literal["title"] | None) -> Draft | None:
    text = borders.text
    hit = _COLON.match(text, *line)
    if hit is None or _furniture(text[line[0] : line[1]]):
        return None
    name = text[hit.start(1) : hit.end(1)].strip()
    rest = text[hit.end() : line[1]]
    if not 0 < len(name.split()) <= 6 or name.lower() in words("furniture", "labels") or len(rest.split()) < 3:
        return None
    if not (name[0].isupper() or ";" in text[line[0] : hit.start(1)]):
        return None
    if place is None and (rest.rstrip()[-1:] in (".", ":", ";", ",") or not _stands_alone(text, line)):
        return None
    if not _speaks(name, hit.span(1), rest, entities):
        return None
    speaker = borders.trim(hit.span(1))
    content = borders.piece((hit.end(), line[1]), (hit.end(1), hit.end(1) + 1))
    if speaker is None or content is None:
        return None
    draft = Draft([(hit.end(1), hit.end(1) + 1)], [content], {"speaker": [speaker]}, {"act": "assert"}, _CONFIDENCE)
    draft.rules.append(COLON)
    return draft


def _stands_alone(text: str, line: Extent) -> bool:
    """Whether the line has an empty one on either side, or the text's edge."""
    before, after = text[max(line[0] - 40, 0) : line[0]].rstrip(" \t\r"), text[line[1] : line[1] + 3].replace("\r", "").replace(" ", "")
    return (not before or before.endswith("\n\n")) and (not after or after.startswith("\n\n"))


def _speaks(name: str, extent: Extent, rest: str, entities: Sequence[Entity]) -> bool:
    """Whether the words before the colon can speak: a person or an office; a place or body only where what follows is in its voice."""
    labels = {entity.label for entity in entities if extent[0] <= entity.start and entity.end <= extent[1]}
    office = re.sub(r"\s+on\s.*", "", name)
    found = [hit.span() for hit in phrases(words("furniture", "speakers")).finditer(office)]
    if found and found[-1][1] == len(office):
        return found[0][0] == 0 or _is_clause(rest)
    if "PER" in labels:
        return _is_clause(rest)
    return ("ORG" in labels or "LOC" in labels) and _FIRST_PERSON.search(rest) is not None and _is_clause(rest)


def _is_clause(rest: str) -> bool:
    """Whether the words after the colon have a verb."""
    tokens = [token.strip(".,;:!?“”\"'‘’()").lower() for token in rest.split()]
    return any(token in words("verbs", "auxiliaries") or base(token) is not None for token in tokens)


def _furniture(line: str) -> bool:
    """Whether the line belongs to the page: it begins as such lines do, or is no more than a byline."""
    if len(line) > _MOST:
        return False
    start = line.strip().lower().lstrip("*•-–—>|[ ").replace("’", "'")
    if start.startswith(tuple(words("furniture", "starts"))):
        return True
    if len(start.split()) <= _FEW and start[-1:] != "." and start.startswith(tuple(words("furniture", "short"))):
        return True
    head, _, rest = start.partition(" ")
    names = line.strip().split()[1:]
    if head not in words("furniture", "bylines") or not rest or len(names) > 8:
        return False
    return all(name[:1].isupper() or name in ("and", "in", "of", "for", "|", "-", "at") for name in names)
