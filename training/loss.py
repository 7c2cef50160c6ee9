"""What the network is asked on a batch of windows."""

from __future__ import annotations

import dataclasses

import torch
from torch import Tensor
from torch.nn import functional

from onrecord.reader.labels import FARTHEST, FOCUS, KINDS, LAYERS, ROLE_INDEX, ROLES, layer_slices
from onrecord.records import FrameKind
from training.data import IGNORE, Slice, Target
from training.model import Network

CLS = 101
WEIGHTS = {"statement": 3.0, "condition": 3.0, "event": 3.0, "entity": 4.0, "time": 1.5, "sentence": 1.0}


@dataclasses.dataclass
class Batch:
    """Windows as tensors; position 0 is [CLS], so a piece stands one place further than in its window."""

    windows: list[Slice]
    ids: Tensor
    shapes: Tensor
    mask: Tensor


def batch(windows: list[Slice]) -> Batch:
    """The windows padded to the longest."""
    length = 1 + max(len(w.ids) for w in windows)
    ids = torch.zeros(len(windows), length, dtype=torch.long)
    shapes, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for n, w in enumerate(windows):
        ids[n, : 1 + len(w.ids)] = torch.tensor([CLS, *w.ids])
        shapes[n, 1 : 1 + len(w.ids)] = torch.tensor(w.shapes)
        mask[n, : 1 + len(w.ids)] = 1
    return Batch(windows, ids, shapes, mask)


def losses(network: Network, b: Batch, *, vector_weight: float, encode: torch.dtype | None) -> dict[str, Tensor]:
    """The parts of the loss: tags of each layer, pointers, attributes, sentence vectors."""
    if encode is None:
        hidden = network.encode(b.ids, b.shapes, b.mask)
    else:
        with torch.autocast("cpu", dtype=encode):
            hidden = network.encode(b.ids, b.shapes, b.mask)
        hidden = hidden.float()
    dropped = network.drop(hidden)
    out = _tags(network, dropped, b)
    items = [(n, t) for n, w in enumerate(b.windows) for t in w.targets]
    if items:
        out["pointers"] = _pointers(network, dropped, b, items)
        out["attributes"] = 0.3 * _attributes(network, dropped, items)
    if vector_weight:
        out["vectors"] = vector_weight * _vectors(network, hidden, b)
    return out


def _tags(network: Network, hidden: Tensor, b: Batch) -> dict[str, Tensor]:
    scores, out = network.tags(hidden), {}
    for layer, where in layer_slices().items():
        gold = torch.full(b.ids.shape, IGNORE, dtype=torch.long)
        for n, w in enumerate(b.windows):
            tags = w.tags[layer]
            if tags is not None:
                gold[n, 1 : 1 + len(tags)] = torch.tensor(tags)
        seen = gold >= 0
        if seen.any():
            share = float(seen.sum()) / float(b.mask.sum())
            out[layer] = (
                WEIGHTS[layer]
                * share
                * functional.cross_entropy(scores[..., where].reshape(-1, len(LAYERS[layer])), gold.view(-1), ignore_index=IGNORE)
            )
    return out


def means(hidden: Tensor, places: list[tuple[int, int, int]]) -> Tensor:
    """Mean vectors of pieces ``first`` to ``last`` (both in) of a row; places count from the window's first piece."""
    length = hidden.shape[1]
    # One product with a matrix of shares: slices one by one would each cost a gradient of the whole batch.
    shares = torch.zeros(len(places), hidden.shape[0] * length)
    for k, (row, first, last) in enumerate(places):
        shares[k, row * length + 1 + first : row * length + 2 + last] = 1 / (last - first + 1)
    return shares @ hidden.reshape(-1, hidden.shape[2])


def _pointers(network: Network, hidden: Tensor, b: Batch, items: list[tuple[int, Target]]) -> Tensor:
    firsts, lasts = network.first(hidden), network.last(hidden)
    length = hidden.shape[1]
    total, asked = torch.zeros(()), 0
    for kind in KINDS:
        mine = [(n, t) for n, t in items if t.kind == kind]
        if not mine:
            continue
        trigger = network.trigger(means(hidden, [(n, t.trigger[0], t.trigger[-1]) for n, t in mine]))
        rows = torch.tensor([n for n, _ in mine])
        centre = torch.tensor([1 + t.trigger[0] for _, t in mine])
        distance = (torch.arange(length) - centre.unsqueeze(1)).clamp(-FARTHEST, FARTHEST) + FARTHEST
        starts = torch.tensor([[_place(t.roles[r], 0) for r in ROLES[kind]] for _, t in mine])
        ends = torch.tensor([[_place(t.roles[r], 1) for r in ROLES[kind]] for _, t in mine])
        roles, mask = kind_roles(kind), b.mask.bool()[rows]
        scores = network.start(trigger, firsts[rows], mask, distance, roles)
        total = total + functional.cross_entropy(scores.reshape(-1, length), starts.view(-1), ignore_index=IGNORE, reduction="sum")
        asked += int((starts != IGNORE).sum())
        at = starts.clamp(min=0)
        first = firsts[rows.unsqueeze(1), at]
        scores = network.end(trigger, lasts[rows], mask, distance, roles, first, at)
        # A role that is empty has no end to ask for.
        ends = ends.masked_fill(starts <= 0, IGNORE)
        total = total + functional.cross_entropy(scores.reshape(-1, length), ends.view(-1), ignore_index=IGNORE, reduction="sum")
    return total / max(1, asked)


def kind_roles(kind: FrameKind) -> slice:
    """The numbers of a kind's roles, which stand side by side."""
    return slice(ROLE_INDEX[kind, ROLES[kind][0]], ROLE_INDEX[kind, ROLES[kind][-1]] + 1)


def _place(where: tuple[int, int] | None, side: int) -> int:
    return 0 if where is None else IGNORE if where[0] == IGNORE else 1 + where[side]


def _attributes(network: Network, hidden: Tensor, items: list[tuple[int, Target]]) -> Tensor:
    total = torch.zeros(())
    for kind in KINDS:
        mine = [(n, t) for n, t in items if t.kind == kind]
        if not mine:
            continue
        triggers = means(hidden, [(n, t.trigger[0], t.trigger[-1]) for n, t in mine])
        focus = torch.zeros_like(triggers)
        role = FOCUS[kind]
        if role:
            held = [(k, n, t.roles[role]) for k, (n, t) in enumerate(mine) if t.roles[role] and t.roles[role][0] != IGNORE]
            # Now and then without its focus, so that the trigger alone is understood too.
            held = [h for h in held if torch.rand(()) > 0.15 or not network.training]
            if held:
                focus = focus.index_copy(0, torch.tensor([h[0] for h in held]), means(hidden, [(n, w[0], w[1]) for _, n, w in held]))
        for name, scores in network.attribute(kind, triggers, focus).items():
            known = [k for k, (_, t) in enumerate(mine) if name in t.attributes]
            if known:
                gold = torch.tensor([mine[k][1].attributes[name] for k in known])
                total = total + functional.cross_entropy(scores[known], gold) * len(known) / len(items)
    return total


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
