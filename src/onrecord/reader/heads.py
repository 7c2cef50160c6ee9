"""The model's heads for triggers, in numpy: pointers to the pieces of each role, attributes, sentence vectors.

They cost a few per cent of the encoder, and need the triggers first, so they stay out of its graph.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.reader.labels import ATTRIBUTES, FARTHEST, ROLE_INDEX, ROLES
from onrecord.records import FrameKind

Floats = NDArray[np.float32]
Pointer = tuple[int, int, float]
"""First and last piece, both in, and the probability of the choice."""

TRIES = 3
"""First pieces that are tried with their best last piece."""
NEVER = np.float32(-1e4)
MAY_TOUCH = frozenset({"venue", "where", "hedge", "via", "actor", "recipient"})
"""Roles whose words may lie in the trigger itself: "his refusal", "is reportedly considering"."""


class Heads:
    """The weights of the heads, and what they say of the triggers of one window."""

    def __init__(self, weights: Mapping[str, NDArray[np.float16]]) -> None:
        """Take the weights by the names that the export gave them."""
        self._w: dict[str, Floats] = {name: np.asarray(value, dtype=np.float32) for name, value in weights.items()}
        # The matrices of a kind's roles side by side, so that one product serves them all; apart they are asked for no more.
        match = self._w.pop("match")
        self._match = {
            (kind, side): np.ascontiguousarray(np.concatenate([match[side, ROLE_INDEX[kind, name]] for name in ROLES[kind]], 1))
            for kind in ROLES
            for side in (0, 1)
        }
        self._scale = np.float32(4 / math.sqrt(self._w["trigger.weight"].shape[0]))

    def point(
        self, kind: FrameKind, triggers: Sequence[tuple[int, int]], hidden: Floats, firsts: Floats, lasts: Floats, bar: float
    ) -> list[dict[str, Pointer]]:
        """For each trigger the pieces of its roles; a role that is filled with a probability under ``bar`` is left out.

        Args:
            triggers: first and last piece of each, both in, all of one kind.
            hidden: [1 + pieces, size], firsts and lasts: [1 + pieces, width]; row 0 is [CLS].
        """
        names = ROLES[kind]
        roles = slice(ROLE_INDEX[kind, names[0]], ROLE_INDEX[kind, names[-1]] + 1)
        length = len(hidden)
        vectors = _relu(means(hidden, triggers) @ self._w["trigger.weight"].T + self._w["trigger.bias"])
        places = np.arange(length)
        distance = np.clip(places - (1 + np.array([t[0] for t in triggers]))[:, None], -FARTHEST, FARTHEST) + FARTHEST
        banned = np.array([name not in MAY_TOUCH for name in names])
        inside = np.stack([(places >= 1 + a) & (places <= 1 + b) for a, b in triggers])
        query: Floats = self._asked(kind, 0, vectors) + self._w["prior"][0, roles]
        scores = query @ firsts.T * self._scale + self._w["distance"][0, roles][:, distance].transpose(1, 0, 2)
        scores[:, :, 0] = self._w["nothing"][roles]
        scores[inside[:, None, :] & banned[None, :, None]] = NEVER
        start = _softmax(scores)
        out: list[dict[str, Pointer]] = [{} for _ in triggers]
        chosen = np.argwhere(1 - start[:, :, 0] >= bar)
        if not len(chosen):
            return out
        t, r = chosen[:, 0], chosen[:, 1]
        start[:, :, 0] = 0
        at = np.argpartition(-start[t, r], min(TRIES, length - 1) - 1, axis=1)[:, :TRIES]
        base: Floats = self._asked(kind, 1, vectors) + self._w["prior"][1, roles]
        query = base[t, r][:, None, :] + firsts[at] @ self._w["from_first"]
        ends = query @ lasts.T * self._scale + self._w["distance"][1, roles][r[:, None], distance[t]][:, None, :]
        span = places - at[:, :, None]
        ends += self._w["length"][roles][r[:, None, None], np.clip(span, 0, FARTHEST)]
        ends[span < 0] = NEVER
        # A span that begins before the trigger ends before it too, unless its words may lie in the trigger.
        begin = np.array([1 + a for a, _ in triggers])[t]
        over = banned[r][:, None, None] & (at[:, :, None] < begin[:, None, None]) & (places >= begin[:, None, None])
        ends[over] = NEVER
        end = _softmax(ends)
        last = end.argmax(2)
        both = np.take_along_axis(start[t, r], at, 1) * np.take_along_axis(end, last[:, :, None], 2)[:, :, 0]
        best = both.argmax(1)
        for k, (trigger, role) in enumerate(chosen):
            n = best[k]
            out[trigger][names[role]] = (int(at[k, n]) - 1, int(last[k, n]) - 1, float(both[k, n]))
        return out

    def _asked(self, kind: FrameKind, side: int, vectors: Floats) -> Floats:
        """What each trigger asks of the pieces for each role, [triggers, roles, width], for first (0) or last (1) ones."""
        product: Floats = vectors @ self._match[kind, side]
        return product.reshape(len(vectors), -1, vectors.shape[1])

    def attributes(
        self, kind: FrameKind, triggers: Sequence[tuple[int, int]], focus: Sequence[tuple[int, int] | None], hidden: Floats
    ) -> list[dict[str, tuple[str, float]]]:
        """For each trigger the values of its attributes, each with its probability; ``focus`` is the role it is read with."""
        size = hidden.shape[1]
        second = np.zeros((len(triggers), size), np.float32)
        held = [n for n, f in enumerate(focus) if f is not None]
        if held:
            second[held] = means(hidden, [f for f in focus if f is not None])
        row = np.concatenate([means(hidden, triggers), second], 1)
        middle = _relu(row @ self._w[f"middle.{kind}.weight"].T + self._w[f"middle.{kind}.bias"])
        out: list[dict[str, tuple[str, float]]] = [{} for _ in triggers]
        for name, values in ATTRIBUTES[kind].items():
            shares = _softmax(middle @ self._w[f"is_{name}.weight"].T + self._w[f"is_{name}.bias"])
            for n, best in enumerate(shares.argmax(1)):
                out[n][name] = (values[best], float(shares[n, best]))
        return out

    def vectors(self, spans: Sequence[tuple[int, int]], hidden: Floats) -> Floats:
        """Unit vectors [spans, size] of the sentences at those pieces (first and last, both in)."""
        rows = means(hidden, spans) @ self._w["sentence.weight"].T
        norms: Floats = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(norms, 1e-9), dtype=np.float32)


def means(hidden: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
    """Mean vectors [spans, size] of pieces ``first`` to ``last``, both in; row 0 of ``hidden`` is [CLS]."""
    return np.stack([hidden[1 + first : 2 + last].mean(0) for first, last in spans])


def _relu(x: Floats) -> Floats:
    return np.maximum(x, 0)


def _softmax(x: Floats) -> Floats:
    shifted: Floats = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(-1, keepdims=True), dtype=np.float32)
