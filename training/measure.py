"""What a model gives on the treebanks: ``python -m training.measure --treebanks DIR [--model FOLDER]``.

Named entities (exact span and label, F1) on Universal NER's dev part; sentence ends (F1) on EWT's dev part, whose documents are given
as running text; and how well the sentence vectors find a neighbour from the same document (recall at 1), among EWT's dev sentences.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from onrecord.reader import Encoder
from training import data


def main() -> None:
    """Read the arguments, measure, print one JSON object."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--treebanks", type=Path, required=True)
    ask.add_argument("--model", type=Path, help="a folder that training.export wrote; the package's own otherwise")
    a = ask.parse_args()
    print(json.dumps(measure(a.treebanks, a.model), indent=1))


def measure(treebanks: Path, model: Path | None = None) -> dict[str, float]:
    """All figures of a model, or of the package's own."""
    reader = Encoder(model, threads=1)
    return {**entities(reader, treebanks / "uner-ewt" / "dev.iob2"), **sentences(reader, treebanks / "ewt" / "dev.conllu")}


def entities(reader: Encoder, path: Path) -> dict[str, float]:
    """Precision, recall and F1 of named entities."""
    documents = data.iob(path)
    found = [{(e.start, e.end, e.label) for e in f.entities} for f in reader.read([text for text, _ in documents])]
    return _figures("entities", [(set(gold), mine) for (_, gold), mine in zip(documents, found, strict=True)])


def sentences(reader: Encoder, path: Path) -> dict[str, float]:
    """Precision, recall and F1 of sentence ends, and recall at 1 of the sentence vectors."""
    documents = data.treebank(path, reader.split, entities=False, source="ewt")
    seen = reader.read([d.text for d in documents], vectors=True)
    pairs = []
    for d, frames in zip(documents, seen, strict=True):
        ends = d.tags["sentence"] or []
        pairs.append(({d.extents[n][1] for n, tag in enumerate(ends) if tag}, {end for _, end in frames.sentences}))
    out = _figures("sentence ends", pairs)
    rows = [f.vectors for f in seen if f.vectors is not None and len(f.vectors)]
    owners = np.concatenate([np.full(len(r), n) for n, r in enumerate(rows)])
    near = np.concatenate(rows) @ np.concatenate(rows).T
    np.fill_diagonal(near, -1)
    alone = np.bincount(owners)[owners] == 1
    out["vectors recall at 1"] = round(float((owners[near.argmax(1)] == owners)[~alone].mean()), 4)
    return out


def _figures(name: str, pairs: list[tuple[set, set]]) -> dict[str, float]:
    right = sum(len(gold & mine) for gold, mine in pairs)
    found, marked = sum(len(mine) for _, mine in pairs), sum(len(gold) for gold, _ in pairs)
    precision, recall = right / max(1, found), right / max(1, marked)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {f"{name} precision": round(precision, 4), f"{name} recall": round(recall, 4), f"{name} F1": round(f1, 4)}


if __name__ == "__main__":
    main()
