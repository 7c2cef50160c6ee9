"""What a larger network, the teacher, sees in texts, as soft labels for the small one.

``python -m training.soft TEACHER OUT --base MODEL …`` reads the documents that training reads, and unmarked texts besides, with a trained
network and writes one file a document. A small network that is trained on the teacher's probabilities learns more from a text than from
marks alone, and from texts that nobody marked (Hinton, Vinyals and Dean 2015, Distilling the knowledge in a neural network).

Kept for each document: the probabilities of every layer's tags [pieces, tags]; for each trigger the likeliest first pieces of each role
(-1: nothing) and, given the first, the likeliest last ones; and each attribute's probabilities.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import pickle
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from onrecord.reader.frames import triggers
from onrecord.reader.labels import ATTRIBUTES, FOCUS, KINDS, ROLES, layer_slices
from onrecord.reader.windows import CONTEXT, SIZE, windows
from training import data
from training.data import IGNORE, Document, Extent, Guess, Taught
from training.loss import batch, distances, kind_roles, means
from training.model import Network

KEPT = 5
"""Places kept of each pointer's distribution; what they leave out is less than one in a hundred in nearly all cases."""
SEEN = 0.35
"""A trigger that the teacher gives less is no trigger of an unmarked text."""


def place(folder: Path, document: Document) -> Path:
    """Where a document's soft labels lie: named by its text, and its marks, so that labels of other marks are never taken."""
    marks = repr([(t.kind, t.trigger, sorted(t.roles.items()), sorted(t.attributes.items())) for t in document.targets])
    return folder / hashlib.sha256(f"{document.text}\0{marks}".encode()).hexdigest()


def teach(network: Network, documents: list[Document], folder: Path, opening: int) -> None:
    """Write the soft labels of all documents that have none yet; windows of all documents go through the network by length."""
    folder.mkdir(parents=True, exist_ok=True)
    todo = [d for d in documents if not place(folder, d).exists()]
    todo.sort(key=lambda d: len(d.ids))
    clock = time.time()
    for n, d in enumerate(todo):
        out = place(folder, d)
        out.with_suffix(".tmp").write_bytes(pickle.dumps(see(network, d, opening)))
        out.with_suffix(".tmp").replace(out)
        if n % 100 == 0:
            print(f"{n}/{len(todo)} documents {time.time() - clock:.0f} s", flush=True)


def load(folder: Path, document: Document) -> Taught | None:
    """A document's soft labels, or None."""
    path = place(folder, document)
    return pickle.loads(path.read_bytes()) if path.exists() else None


@torch.no_grad()
def see(network: Network, document: Document, opening: int) -> Taught:
    """What the network sees in a document: at its marked triggers, or, where no triggers are marked, at those that it finds itself."""
    marked = document.tags["statement"] is not None
    cut = windows(document.text, document.extents, SIZE, CONTEXT)
    out = Taught({layer: np.zeros((len(document.ids), w.stop - w.start), np.float16) for layer, w in layer_slices().items()}, [])
    for at in range(0, len(cut), 4):
        some = cut[at : at + 4]
        slices = [data.Slice(document.ids[w.first : w.last], document.shapes[w.first : w.last], {}, [], [], document) for w in some]
        b = batch(slices, opening)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = network.encode(b.ids, b.shapes, b.mask)
        hidden = hidden.float()
        scores = network.tags(hidden)
        for row, w in enumerate(some):
            core = w.core - w.first
            for layer, where in layer_slices().items():
                shares = scores[row, 1 : 1 + w.last - w.first, where].softmax(-1).numpy()
                out.tags[layer][w.core : w.last] = shares[core:]
                if layer not in KINDS:
                    continue
                if marked:
                    # A trigger is read in the window whose core it begins in.
                    targets = [t for t in document.targets if t.kind == layer and w.core <= t.trigger[0] and t.trigger[-1] < w.last]
                    spans = [(t.trigger[0] - w.first, t.trigger[-1] - w.first) for t in targets]
                else:
                    spans = [(a, z) for a, z, _ in triggers(shares, SEEN) if a >= core]
                    unknown = dict.fromkeys(ROLES[layer], (IGNORE, IGNORE))
                    targets = [data.Target(layer, list(range(w.first + a, w.first + z + 1)), unknown, {}) for a, z in spans]
                if spans:
                    out.targets += _point(network, layer, hidden[row : row + 1, : 1 + w.last - w.first], spans, targets, w.first)
    return out


def _point(network: Network, kind: str, hidden: Tensor, spans: list[Extent], targets: list[data.Target], offset: int) -> list[data.Target]:
    """The targets with what the network sees at their triggers."""
    length = hidden.shape[1]
    triggers_ = means(hidden, [(0, a, z) for a, z in spans])
    query = network.trigger(triggers_)
    firsts, lasts = network.first(hidden), network.last(hidden)
    distance = distances([a for a, _ in spans], length)
    mask = torch.ones(len(spans), length, dtype=torch.bool)
    roles = kind_roles(kind)
    start = network.start(query, firsts.expand(len(spans), -1, -1), mask, distance, roles).softmax(-1)
    at = start.argmax(-1)
    # Where a role is marked, the last piece is asked given the marked first one.
    for k, t in enumerate(targets):
        for r, role in enumerate(ROLES[kind]):
            where = t.roles.get(role)
            if where and where[0] != IGNORE and 0 <= where[0] - offset < length - 1:
                at[k, r] = 1 + where[0] - offset
    end = network.end(query, lasts.expand(len(spans), -1, -1), mask, distance, roles, firsts[0][at], at).softmax(-1)
    pointers = []
    for k in range(len(spans)):
        row = {}
        for r, role in enumerate(ROLES[kind]):
            first = int(at[k, r])
            row[role] = Guess(_top(start[k, r], offset), first - 1 + offset if first else -1, _top(end[k, r], offset) if first else [])
        pointers.append(row)
    focus = torch.zeros_like(triggers_)
    role = FOCUS[kind]
    if role:
        r = ROLES[kind].index(role)
        for k in range(len(spans)):
            if int(at[k, r]):
                last = max(int(at[k, r]), int(end[k, r].argmax()))
                focus[k] = hidden[0, int(at[k, r]) : last + 1].mean(0)
    shares = {name: s.softmax(-1).numpy().astype(np.float32) for name, s in network.attribute(kind, triggers_, focus).items()}
    return [
        dataclasses.replace(t, guesses=pointers[k], shares={name: shares[name][k] for name in ATTRIBUTES[kind]})
        for k, t in enumerate(targets)
    ]


def _top(shares: Tensor, offset: int) -> list[tuple[int, float]]:
    values, places = shares.topk(min(KEPT, len(shares)))
    return [(int(p) - 1 + offset if p else -1, float(v)) for p, v in zip(places, values, strict=True) if v > 0.003]


def main() -> None:
    """Read the arguments, read all texts with the teacher, write."""
    from training import export, train

    ask = train.arguments(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter))
    ask.add_argument("--teacher", type=Path, required=True, help="folder of a trained network")
    a = ask.parse_args()
    torch.set_num_threads(a.threads)
    split = data.splitter(a.base)
    documents, banks, _ = train.gather(a, split)
    network, _ = export.load(a.teacher / "network.pt", a.base, mean=True, cut=False)
    teach(network, [d for d in documents + banks if data.readable(d)], a.out, train.opening(split))


if __name__ == "__main__":
    main()
