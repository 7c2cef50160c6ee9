"""From scores to frames: which runs of tags are triggers, and what their pointers mean in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.reader.heads import Floats, Heads, Pointer
from onrecord.reader.labels import FOCUS, KINDS, layer_slices
from onrecord.reader.windows import Window
from onrecord.records import Entity, Extent, Frame, FrameKind, Frames

SLICES = layer_slices()
SECOND = {"content2": "content", "antecedent2": "antecedent", "consequent2": "consequent"}
"""Pointers to a second piece of a role."""


class Scores:
    """What the encoder gave for one window, and then what the heads read from it; pieces count from the window's first."""

    __slots__ = ("_firsts", "_lasts", "found", "hidden", "tags", "window")

    def __init__(self, *, window: Window, hidden: Floats, tags: Floats, firsts: Floats, lasts: Floats) -> None:
        """Hold hidden, firsts and lasts [1 + pieces, …], where row 0 is [CLS], and tags [pieces, …]."""
        self.window = window
        self.hidden = hidden
        self.tags = _shares(tags)
        self._firsts = firsts
        self._lasts = lasts
        self.found: list[Found] = []

    def read(self, heads: Heads, bars: Mapping[str, float], *, keep: bool) -> Scores:
        """Find the triggers of the window's core with their roles and attributes; then let the vectors go, unless they are to be kept."""
        core = self.window.core - self.window.first
        for kind in KINDS:
            runs = [r for r in triggers(self.tags[:, SLICES[kind]], bars[kind]) if r[0] >= core]
            if not runs:
                continue
            spans = [(a, b) for a, b, _ in runs]
            roles = heads.point(kind, spans, self.hidden, self._firsts, self._lasts, bars["role"])
            focus = FOCUS[kind]
            held = [p.get(focus) if focus else None for p in roles]
            attributes = heads.attributes(kind, spans, [(h[0], h[1]) if h else None for h in held], self.hidden)
            for run, pointers, values in zip(runs, roles, attributes, strict=True):
                self.found.append(Found(kind, run, pointers, values))
        del self._firsts, self._lasts
        if not keep:
            del self.hidden
        return self


class Found:
    """A trigger with its pointers and attributes, in pieces of its window."""

    __slots__ = ("attributes", "kind", "pointers", "trigger")

    def __init__(
        self, kind: FrameKind, trigger: tuple[int, int, float], pointers: Mapping[str, Pointer], attributes: Mapping[str, tuple[str, float]]
    ) -> None:
        """Hold them as the heads gave them."""
        self.kind: FrameKind = kind
        self.trigger = trigger
        self.pointers = pointers
        self.attributes = attributes


def triggers(shares: Floats, bar: float) -> list[tuple[int, int, float]]:
    """First and last piece (both in) and probability of each run of tags that are more likely than ``bar`` to be of a trigger."""
    some = 1 - shares[:, 0]
    out: list[tuple[int, int, float]] = []
    start, last = None, -1
    for n in np.flatnonzero(some >= bar).tolist():
        begins = shares[n, 1] >= shares[n, 2]
        if start is None or begins or n != last + 1:
            if start is not None:
                out.append((start, last, float(some[start : last + 1].mean())))
            start = n
        last = n
    if start is not None:
        out.append((start, last, float(some[start : last + 1].mean())))
    return out


def frames(
    text: str, extents: Sequence[Extent], inner: Sequence[bool], scores: Sequence[Scores], bars: Mapping[str, float], heads: Heads | None
) -> Frames:
    """All that was seen in a text, from its windows in order; with ``heads`` also a vector for each sentence.

    Args:
        extents: of the text's pieces; inner: whether a piece continues the word before it.
    """
    if not extents:
        return Frames()
    words = _Words(extents, inner)
    found = [_frame(f, s.window.first, words) for s in scores for f in s.found]
    tags = np.concatenate([s.tags[s.window.core - s.window.first :] for s in scores])
    sentences = _sentences(text, extents, tags[:, SLICES["sentence"]], bars["sentence"])
    return Frames(
        frames=sorted(found, key=lambda f: f.trigger),
        entities=_entities(tags[:, SLICES["entity"]], words),
        times=[words.extent(a, b) for a, b, _ in triggers(tags[:, SLICES["time"]], bars["time"])],
        sentences=[(extents[a][0], extents[b][1]) for a, b in sentences],
        vectors=_vectors(sentences, scores, heads) if heads is not None else None,
    )


class _Words:
    """Extents of pieces, widened to whole words."""

    def __init__(self, extents: Sequence[Extent], inner: Sequence[bool]) -> None:
        self._extents = extents
        self._inner = inner

    def extent(self, first: int, last: int) -> Extent:
        # "##" alone does not say that two pieces touch: "a ##b" may be two words that the text writes apart.
        while first > 0 and self._inner[first] and self._extents[first - 1][1] == self._extents[first][0]:
            first -= 1
        end = len(self._inner) - 1
        while last < end and self._inner[last + 1] and self._extents[last][1] == self._extents[last + 1][0]:
            last += 1
        return self._extents[first][0], self._extents[last][1]


def _frame(found: Found, offset: int, words: _Words) -> Frame:
    roles: dict[str, tuple[Extent, ...]] = {}
    trigger = [words.extent(found.trigger[0] + offset, found.trigger[1] + offset)]
    for name, (first, last, _) in found.pointers.items():
        extent = words.extent(first + offset, last + offset)
        if name == "more":
            trigger.append(extent)
        else:
            role = SECOND.get(name, name)
            if not any(extent[0] < b and a < extent[1] for a, b in roles.get(role, ())):
                roles[role] = (*roles.get(role, ()), extent)
    attributes = {name: value for name, (value, _) in found.attributes.items()}
    return Frame(
        kind=found.kind,
        trigger=tuple(trigger),
        roles={name: tuple(sorted(pieces)) for name, pieces in roles.items()},
        attributes=attributes,
        confidence=_confidence(found),
        chances=_chances(found),
    )


def _confidence(found: Found) -> float:
    """The trigger's probability and the geometric mean of those of its main roles, multiplied."""
    main = [p for name, (_, _, p) in found.pointers.items() if name in ("speaker", "content", "antecedent", "consequent", "actor")]
    share = float(np.prod(main)) ** (1 / len(main)) if main else 0.5
    return round(found.trigger[2] * share, 4)


def _chances(found: Found) -> dict[str, float]:
    """The probabilities of the trigger, of the pointers and of the attributes, by their names."""
    chances = {name: p for name, (_, _, p) in found.pointers.items()} | {name: p for name, (_, p) in found.attributes.items()}
    return {"trigger": round(found.trigger[2], 4), **{name: round(p, 4) for name, p in chances.items()}}


def _entities(shares: Floats, words: _Words) -> list[Entity]:
    """Runs of pieces in names, whatever their kind; then the kind that its pieces together make likeliest."""
    begin, inside = shares[:, 1::2], shares[:, 2::2]
    runs = triggers(np.stack([shares[:, 0], begin.sum(1), inside.sum(1)], 1), _NAMED)
    kinds = begin + inside
    out: list[Entity] = []
    for first, last, sure in runs:
        start, end = words.extent(first, last)
        if not out or start >= out[-1].end:
            label = _LABELS[int(kinds[first : last + 1].sum(0).argmax())]
            out.append(Entity(start=start, end=end, label=label, confidence=round(sure, 4)))
    return out


_ENDING = re.compile(r".*[^\W\d_]{4}[.!?] [A-Z“]", re.DOTALL)
"""A stop behind a word that is too long for an abbreviation, with a capital behind it."""
_LIKELY = 0.5
"""The share of the bar that such a place has to reach: on EWT's development part any share from .3 to .7 does equally well."""
_NAMED = 0.5
_LABELS: tuple[Literal["PER", "ORG", "LOC"], ...] = ("PER", "ORG", "LOC")


def _sentences(text: str, extents: Sequence[Extent], shares: Floats, bar: float) -> list[tuple[int, int]]:
    """First and last piece of each sentence; a line's end is always a sentence's end.

    Where the form speaks for an end, less is asked of the reader.
    """
    ends = shares[:, 1] >= bar
    for n in np.flatnonzero((shares[:, 1] >= _LIKELY * bar) & ~ends).tolist():
        ends[n] = _ENDING.fullmatch(text[max(0, extents[n][1] - 12) : extents[n][1] + 2]) is not None
    out: list[tuple[int, int]] = []
    start = 0
    for n in range(len(extents)):
        if n + 1 == len(extents) or ends[n] or "\n" in text[extents[n][1] : extents[n + 1][0]]:
            out.append((start, n))
            start = n + 1
    return out


def _vectors(sentences: Sequence[tuple[int, int]], scores: Sequence[Scores], heads: Heads) -> Floats:
    """A vector for each sentence, from the window in whose core it begins."""
    rows: list[Floats] = []
    k = 0
    for s in scores:
        spans = []
        while k < len(sentences) and sentences[k][0] < s.window.last:
            first, last = sentences[k]
            spans.append((first - s.window.first, min(last, s.window.last - 1) - s.window.first))
            k += 1
        if spans:
            rows.append(heads.vectors(spans, s.hidden))
    return np.concatenate(rows) if rows else np.zeros((0, 0), np.float32)


def _shares(tags: Floats) -> Floats:
    """Probabilities of each layer's tags, from its scores."""
    out: NDArray[np.float32] = np.empty_like(tags)
    for where in SLICES.values():
        part = np.exp(tags[:, where] - tags[:, where].max(1, keepdims=True))
        out[:, where] = part / part.sum(1, keepdims=True)
    return out
