"""What the network is asked on a batch of windows."""

from __future__ import annotations

import dataclasses

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from onrecord.reader.labels import ATTRIBUTES, FARTHEST, FOCUS, KINDS, LAYERS, ROLE_INDEX, ROLES, layer_slices
from onrecord.records import FrameKind
from training.data import IGNORE, Slice, Target
from training.model import Network

WEIGHTS = {"statement": 3.0, "condition": 3.0, "event": 3.0, "entity": 4.0, "time": 1.5, "sentence": 1.0}


@dataclasses.dataclass
class Batch:
    """Windows as tensors; position 0 is [CLS], so a piece stands one place further than in its window."""

    windows: list[Slice]
    ids: Tensor
    shapes: Tensor
    mask: Tensor


def batch(windows: list[Slice], opening: int) -> Batch:
    """The windows padded to the longest, each after the piece that opens a text."""
    length = 1 + max(len(w.ids) for w in windows)
    ids = torch.zeros(len(windows), length, dtype=torch.long)
    shapes, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for n, w in enumerate(windows):
        ids[n, : 1 + len(w.ids)] = torch.tensor([opening, *w.ids])
        shapes[n, 1 : 1 + len(w.ids)] = torch.tensor(w.shapes)
        mask[n, : 1 + len(w.ids)] = 1
    return Batch(windows, ids, shapes, mask)


def losses(network: Network, b: Batch, *, vector_weight: float, trust: float = 0.5, encode: torch.dtype | None) -> dict[str, Tensor]:
    """The parts of the loss: tags of each layer, pointers, attributes, sentence vectors.

    Where a teacher's probabilities stand beside a mark, the mark counts ``trust``, the teacher the rest.
    """
    if encode is None:
        hidden = network.encode(b.ids, b.shapes, b.mask)
    else:
        with torch.autocast("cpu", dtype=encode):
            hidden = network.encode(b.ids, b.shapes, b.mask)
        hidden = hidden.float()
    dropped = network.drop(hidden)
    out = _tags(network, dropped, b, trust)
    items = [(n, t) for n, w in enumerate(b.windows) for t in w.targets]
    if items:
        out["pointers"] = _pointers(network, dropped, b, items, trust)
        out["attributes"] = 0.3 * _attributes(network, dropped, items, trust)
    if vector_weight:
        out["vectors"] = vector_weight * _vectors(network, hidden, b)
    return out


def _tags(network: Network, hidden: Tensor, b: Batch, trust: float) -> dict[str, Tensor]:
    scores, out = network.tags(hidden), {}
    for layer, where in layer_slices().items():
        wanted = np.zeros((*b.ids.shape, len(LAYERS[layer])), np.float32)
        for n, w in enumerate(b.windows):
            mine = wanted[n, 1 : 1 + len(w.ids)]
            soft, tags = w.soft.get(layer), w.tags[layer]
            if tags is None:
                if soft is not None:
                    mine[:] = soft
                continue
            known = np.flatnonzero(np.array(tags) >= 0)
            mine[known, np.array(tags)[known]] = 1
            if soft is not None:
                mine[known] = trust * mine[known] + (1 - trust) * soft[known]
        if wanted.any():
            # The mean over what is asked, times its share of all pieces.
            out[layer] = WEIGHTS[layer] * _cross_entropy(scores[..., where], torch.from_numpy(wanted)) / float(b.mask.sum())
    return out


def _cross_entropy(scores: Tensor, wanted: Tensor) -> Tensor:
    """The sum over rows of the cross entropy with the wanted probabilities; a row of zeros asks for nothing."""
    return -(wanted * scores.log_softmax(-1)).sum()


def means(hidden: Tensor, places: list[tuple[int, int, int]]) -> Tensor:
    """Mean vectors of pieces ``first`` to ``last`` (both in) of a row; places count from the window's first piece."""
    length = hidden.shape[1]
    # One product with a matrix of shares: slices one by one would each cost a gradient of the whole batch.
    shares = torch.zeros(len(places), hidden.shape[0] * length)
    for k, (row, first, last) in enumerate(places):
        shares[k, row * length + 1 + first : row * length + 2 + last] = 1 / (last - first + 1)
    return shares @ hidden.reshape(-1, hidden.shape[2])


def _pointers(network: Network, hidden: Tensor, b: Batch, items: list[tuple[int, Target]], trust: float) -> Tensor:
    firsts, lasts = network.first(hidden), network.last(hidden)
    length = hidden.shape[1]
    total, asked = torch.zeros(()), 0
    for kind in KINDS:
        mine = [(n, t) for n, t in items if t.kind == kind]
        if not mine:
            continue
        trigger = network.trigger(means(hidden, [(n, t.trigger[0], t.trigger[-1]) for n, t in mine]))
        rows = torch.tensor([n for n, _ in mine])
        distance = distances([t.trigger[0] for _, t in mine], length)
        starts, ends, at = _wanted([t for _, t in mine], kind, length, trust)
        roles, mask = kind_roles(kind), b.mask.bool()[rows]
        total = total + _cross_entropy(network.start(trigger, firsts[rows], mask, distance, roles), starts)
        asked += int((starts.sum(-1) > 0).sum())
        scores = network.end(trigger, lasts[rows], mask, distance, roles, firsts[rows.unsqueeze(1), at], at)
        total = total + _cross_entropy(scores, ends)
    return total / max(1, asked)


def _wanted(targets: list[Target], kind: FrameKind, length: int, trust: float) -> tuple[Tensor, Tensor, Tensor]:
    """The wanted probabilities of first and last pieces, [targets, roles, length], and the first pieces that last ones are asked for."""
    shape = (len(targets), len(ROLES[kind]))
    starts, ends, at = np.zeros((*shape, length), np.float32), np.zeros((*shape, length), np.float32), np.zeros(shape, np.int64)
    for k, t in enumerate(targets):
        for r, role in enumerate(ROLES[kind]):
            where, guess = t.roles[role], t.guesses.get(role)
            marked = where is None or where[0] != IGNORE
            share = 1.0 if guess is None else trust if marked else 0.0
            if marked:
                starts[k, r, 0 if where is None else 1 + where[0]] = share
            if guess is not None:
                whole = sum(p for _, p in guess.firsts)
                for place, p in guess.firsts:
                    starts[k, r, 1 + place] += (1 - share) * p / whole
            # A role that is empty has no end to ask for; the teacher's end is asked where it sees the same first piece.
            if marked and where is not None:
                at[k, r] = 1 + where[0]
                same = guess is not None and guess.at == where[0]
                ends[k, r, 1 + where[1]] = trust if same else 1.0
                if same:
                    _spread(ends[k, r], guess.lasts, 1 - trust)
            elif not marked and guess is not None and guess.at >= 0:
                at[k, r] = 1 + guess.at
                _spread(ends[k, r], guess.lasts, 1 - dict(guess.firsts).get(-1, 0.0))
    return torch.from_numpy(starts), torch.from_numpy(ends), torch.from_numpy(at)


def _spread(row: np.ndarray, lasts: list[tuple[int, float]], weight: float) -> None:
    whole = sum(p for place, p in lasts if place >= 0)
    for place, p in lasts:
        if place >= 0:
            row[1 + place] += weight * p / whole


def distances(triggers: list[int], length: int) -> Tensor:
    """How far each piece of a window stands from each trigger's first piece, clipped, from 0: [triggers, length]."""
    return (torch.arange(length) - (1 + torch.tensor(triggers)).unsqueeze(1)).clamp(-FARTHEST, FARTHEST) + FARTHEST


def kind_roles(kind: FrameKind) -> slice:
    """The numbers of a kind's roles, which stand side by side."""
    return slice(ROLE_INDEX[kind, ROLES[kind][0]], ROLE_INDEX[kind, ROLES[kind][-1]] + 1)


def _attributes(network: Network, hidden: Tensor, items: list[tuple[int, Target]], trust: float) -> Tensor:
    total = torch.zeros(())
    for kind in KINDS:
        mine = [(n, t) for n, t in items if t.kind == kind]
        if not mine:
            continue
        triggers = means(hidden, [(n, t.trigger[0], t.trigger[-1]) for n, t in mine])
        focus = torch.zeros_like(triggers)
        role = FOCUS[kind]
        if role:
            held = [(k, n, where) for k, (n, t) in enumerate(mine) if (where := _focus(t, role))]
            # Now and then without its focus, so that the trigger alone is understood too.
            held = [h for h in held if torch.rand(()) > 0.15 or not network.training]
            if held:
                focus = focus.index_copy(0, torch.tensor([h[0] for h in held]), means(hidden, [(n, w[0], w[1]) for _, n, w in held]))
        for name, scores in network.attribute(kind, triggers, focus).items():
            wanted = np.zeros((len(mine), len(ATTRIBUTES[kind][name])), np.float32)
            for k, (_, t) in enumerate(mine):
                share = 0.0 if name not in t.attributes else trust if name in t.shares else 1.0
                if share:
                    wanted[k, t.attributes[name]] = share
                if name in t.shares:
                    wanted[k] += (1 - share) * t.shares[name]
            total = total + _cross_entropy(scores, torch.from_numpy(wanted)) / len(items)
    return total


def _focus(target: Target, role: str) -> tuple[int, int] | None:
    """The pieces of the role that attributes are read from, as marked, else as the teacher sees them."""
    where, guess = target.roles[role], target.guesses.get(role)
    if where is None or where[0] != IGNORE:
        return where
    if guess is None or guess.at < 0 or not guess.lasts:
        return None
    return guess.at, max(guess.at, max(guess.lasts, key=lambda x: x[1])[0])


def _vectors(network: Network, hidden: Tensor, b: Batch) -> Tensor:
    """How far each sentence's vector is from the untouched model's, 1 minus the cosine."""
    places, wanted = [], []
    for n, w in enumerate(b.windows):
        if w.document.vectors is None:
            continue
        for first, last, number in w.sentences:
            places.append((n, first, last - 1))
            wanted.append(w.document.vectors[number])
    if not places:
        return torch.zeros(())
    mine = functional.normalize(network.sentence(means(hidden, places)), dim=-1)
    return (1 - (mine * torch.stack(wanted).float()).sum(-1)).mean()
