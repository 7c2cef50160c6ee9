"""Conditions: marker, antecedent with its parts, consequent; and what only looks like one.

They would send troops   if      Russia breaks through.
~~~~~~~~~~~~~~~~~~~~~~   ~~      ~~~~~~~~~~~~~~~~~~~~~
consequent               marker  antecedent
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import cast, get_args

from msgspec.structs import replace

from onrecord.extract.borders import Borders, clear, gap, length, shared
from onrecord.extract.clauses import has_verb, opens
from onrecord.extract.drafts import tidy
from onrecord.extract.forms import FOUND, anchored, unseen
from onrecord.extract.parts import Tree, parted
from onrecord.extract.sides import settled
from onrecord.extract.words import TOKEN, base, phrases, words
from onrecord.records import ConditionKind, Extent, Frame, Realis, Record

_FURTHER = re.compile(r"(?:,|\s--?|\s?[–—]|\b(?:and|or|but))\s+(?:only\s+|also\s+)?$", re.IGNORECASE)
"""Before a marker that adds a part to the antecedent before it."""
_ANONYMITY = re.compile(r"(?:of\s+)?(?:strict\s+)?anonymity\b", re.IGNORECASE)
_BARE = "condition without antecedent"
_ASIDE = 60
"""Between two pieces of one antecedent in two sentences stands no more than who says it."""
_JOINED = re.compile(r",?\s(?:and|or)\s(?P<more>[^,;:.!?\n“”\"]+)")
_STRAY = 3
"""Two pointers that end within so many characters end together."""
_FORM = 0.5
"""How sure a condition is that the form alone shows."""
_SURE = 0.4
"""A marker or cue less sure than this ends no side of another condition."""


class Binding(Record, frozen=True, kw_only=True):
    """A condition in extents, before it becomes a record."""

    marker: Extent
    kind: ConditionKind
    realis: Realis
    antecedent: tuple[Extent, ...]
    consequent: tuple[Extent, ...]
    tree: Tree
    confidence: float
    rule: str | None = None


def bindings(borders: Borders, frames: Iterable[Frame], skipped: Counter[str]) -> list[Binding]:
    """A binding for each condition frame that is one, in the text's order; the others are counted by their reason."""
    out: list[Binding] = []
    refused: list[Extent] = []
    seen = list(frames)
    others = [
        sorted(extent for frame in seen if frame.kind == kind and frame.confidence >= _SURE for extent in frame.trigger)
        for kind in ("condition", "statement")
    ]
    for frame in seen:
        if frame.kind == "condition":
            found = _binding(borders, frame, others)
            if isinstance(found, str):
                skipped[found] += 1
                refused.extend(() if found == _BARE else frame.trigger)
            else:
                out.append(found)
    out.extend(_unseen(borders, [*refused, *(binding.marker for binding in out)], others[1]))
    return _joined(borders, _distinct(out))


def _unseen(borders: Borders, taken: Sequence[Extent], cues: Sequence[Extent]) -> list[Binding]:
    """The bindings that the form shows where the reader saw none."""
    found = [
        Binding(
            marker=marker,
            kind="without" if borders.text[slice(*marker)].lower() == "without" else "if",
            realis="open" if borders.text[slice(*marker)].lower() == "if" else "counterfactual",
            antecedent=(antecedent,),
            consequent=(consequent,),
            tree=parted(borders, [antecedent], None),
            confidence=_FORM,
            rule=FOUND,
        )
        for marker, antecedent, consequent in unseen(borders, sorted(taken), cues)
    ]
    return [binding for binding in found if _trap(borders, binding) is None]


def _binding(borders: Borders, frame: Frame, others: Sequence[Sequence[Extent]]) -> Binding | str:
    """The binding, or the reason why there is none."""
    markers = tidy(borders.words(extent) for extent in frame.trigger)
    if not markers:
        return "condition without marker"
    marker = markers[0]
    antecedent = tidy(_side(borders, _behind(borders.side(extent, marker), markers)) for extent in frame.roles.get("antecedent", ()))
    if not antecedent:
        return _BARE
    antecedent = _together(borders, marker, antecedent)
    sides = [borders.side(extent, marker) for extent in frame.roles.get("consequent", ())]
    antecedent = tidy(_side(borders, _short_of(borders.text, extent, sides)) for extent in antecedent)
    consequent = tidy(_side(borders, clear(extent, [*markers, *antecedent])) for extent in sides)
    antecedent, consequent = anchored(borders, marker, antecedent, consequent, others[1])
    antecedent, consequent = settled(borders, marker, antecedent, consequent, *others)
    kind = frame.attributes.get("kind", "if")
    if kind not in get_args(ConditionKind):
        return "condition of no known kind"
    realis = frame.attributes.get("realis", "open")
    found = Binding(
        marker=marker,
        kind=cast(ConditionKind, kind),
        realis=cast(Realis, realis if realis in get_args(Realis) else "open"),
        antecedent=tuple(antecedent),
        consequent=tuple(consequent),
        tree=parted(borders, antecedent, frame.attributes.get("op")),
        confidence=frame.confidence,
    )
    return _trap(borders, found) or found


def _together(borders: Borders, marker: Extent, pieces: Sequence[Extent]) -> list[Extent]:
    """The pieces of an antecedent without those that stand far from the others: another sentence's condition is another one."""
    ordered = sorted(pieces, key=lambda piece: gap(piece, marker))
    kept = ordered[:1]
    for piece in ordered[1:]:
        near = min(kept, key=lambda other: gap(piece, other))
        if gap(piece, near) <= _ASIDE or borders.sentence(piece[0]) == borders.sentence(near[0]):
            kept.append(piece)
    kept.sort()
    if len(kept) < len(ordered):
        # There is more of it, elsewhere than it was looked for: what is joined on in the same clause.
        start, end = kept[-1]
        joined = _JOINED.match(borders.text, end, borders.sentence(end - 1)[1])
        if joined is not None and has_verb(borders.text, joined.start("more"), joined.end()):
            kept[-1] = start, joined.end()
    return kept


def _side(borders: Borders, extent: Extent | None) -> Extent | None:
    """A side of a condition without small words at its edges, unless it is no more than one."""
    return borders.shorn(borders.trim(extent), "never_first_side")


def _behind(extent: Extent | None, markers: Sequence[Extent]) -> Extent | None:
    """The antecedent without a marker at its edge, and without what stands before the first: further ones join its parts."""
    start, end = markers[0]
    if extent is not None and start < extent[1] and extent[0] < end:
        extent = (end, extent[1]) if end < extent[1] else clear(extent, markers[:1])
    return clear(extent, [marker for marker in markers[1:] if extent is not None and marker[1] >= extent[1]])


def _short_of(text: str, extent: Extent, sides: Sequence[Extent | None]) -> Extent:
    """The antecedent up to the consequent that it runs over, where that is a clause of its own: "they left | they would arrive"."""
    for side in sides:
        if side is not None and extent[0] < side[0] < extent[1] <= side[1] + _STRAY and opens(text, *side):
            return extent[0], side[0]
    return extent


def _distinct(found: Sequence[Binding]) -> list[Binding]:
    """The bindings without those that see again, from another window, what a surer one saw."""
    kept: list[Binding] = []
    for binding in sorted(found, key=lambda item: (item.marker, -item.confidence)):
        if not any(shared([binding.marker], [other.marker]) and _alike(binding, other) for other in kept[-8:]):
            kept.append(binding)
    return kept


def _joined(borders: Borders, found: Sequence[Binding]) -> list[Binding]:
    """The bindings with those that add a part joined to the one before: "if they leave and if it rains, the ford falls"."""
    kept: list[Binding] = []
    for binding in found:
        before = kept[-1] if kept else None
        if before is None or not _adds(borders, before, binding):
            kept.append(binding)
        elif before.antecedent[-1][1] < binding.marker[0]:
            antecedent = (*before.antecedent, *binding.antecedent)
            kept[-1] = replace(before, antecedent=antecedent, tree=parted(borders, antecedent, None))
    return kept


def _adds(borders: Borders, one: Binding, other: Binding) -> bool:
    """Whether the other's marker only adds a part to the antecedent of the one."""
    text, (start, _) = borders.text, other.marker
    end = one.antecedent[-1][1]
    joined = _FURTHER.search(text, max(start - 30, one.marker[1]), start)
    if joined is None or one.kind != other.kind or borders.sentence(one.marker[0]) != borders.sentence(start):
        return False
    if one.antecedent[0][0] < start < end:
        return True
    same = bool(one.consequent) and (not other.consequent or shared(one.consequent, other.consequent) * 2 > length(other.consequent))
    return same and end <= joined.start() + 1 and not re.search(r"\w", text[end : joined.start()])


def _alike(one: Binding, other: Binding) -> bool:
    return one.marker == other.marker or shared(one.antecedent, other.antecedent) * 2 > max(
        length(one.antecedent), length(other.antecedent)
    )


def _trap(borders: Borders, found: Binding) -> str | None:
    """Why it is no condition, where it is none."""
    text = borders.text
    start, end = found.marker
    marker = text[start:end].lower()
    if phrases(words("markers", "carrying")).search(marker) is None:
        return "no marker of a condition"
    if _ANONYMITY.match(text, *found.antecedent[0]) is not None:
        return "terms of speaking"
    if marker in ("if", "whether"):
        before = [hit.group().lower() for hit in TOKEN.finditer(text, max(start - 60, borders.sentence(start)[0]), start)]
        return _not_if(text, found, before, text[end : end + 40])
    if marker == "when" and phrases(words("markers", "topics")).match(text, *found.antecedent[0]) is not None:
        return "set phrase with when"
    if marker == "when" and found.realis == "open" and _past(text[found.antecedent[0][0] : found.antecedent[0][1]]):
        ahead = any(phrases(words("grammar", "modals")).search(text, *extent) for extent in found.consequent)
        return None if ahead else "time and no condition"
    return None


def _not_if(text: str, found: Binding, before: Sequence[str], after: str) -> str | None:
    """Why an "if" binds nothing: it asks, compares, concedes or is part of a set phrase."""
    start, end = found.marker
    adjoins = (
        bool(before)
        and text[max(start - 2, 0) : start].strip(" \t\n") != ""
        and text[start - 1 : start].isspace()
        and text[start - 2 : start - 1].isalnum()
    )
    if adjoins and before[-1] in words("markers", "before"):
        return None if before[-1] == "what" and found.consequent else "as if, even if, what if"
    following = re.match(r"\s+(\w+)\s*([,.;:!?)—–]|$)", after)
    if following is not None and following.group(1).lower() in words("markers", "set_phrases"):
        return "set phrase with if"
    if following is not None and not found.consequent and following.group(1).lower() in words("markers", "fragments"):
        return "set phrase with if"
    if adjoins and not found.consequent and before[-1] in words("markers", "asking"):
        return "asked if"
    if adjoins and not found.consequent and any(word in words("markers", "asking_somebody") for word in before[-5:-1]):
        return "asked if"
    if text[start:end] == "whether" and not found.consequent:
        return "asked if"
    return None


def _past(antecedent: str) -> bool:
    """Whether the first verb of the clause looks back."""
    tokens = [hit.group().lower() for hit in TOKEN.finditer(antecedent)]
    for at, token in enumerate(tokens):
        if token in words("markers", "past"):
            return True
        if token in words("verbs", "auxiliaries"):
            return False
        # A word that a verb follows is the subject: "talks failed".
        subject = at + 1 < len(tokens) and (base(tokens[at + 1]) is not None or tokens[at + 1] in words("verbs", "auxiliaries"))
        if base(token) is not None and not subject and (not at or tokens[at - 1] not in words("grammar", "articles")):
            return token.endswith("ed")
    return False
