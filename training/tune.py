"""Chooses the bars of decision on articles held back: ``python -m training.tune MODEL FILE…``.

FILEs are marked articles that the network was not trained on and that are no test articles. For each kind of trigger the bar with the best
F1 of whole records, if it is plainly better than the middle one, is written into MODEL's ``card.json``, with the whole curve, so that the
choice can be seen.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from evals import gold, score

from onrecord import codec, pipeline, records
from onrecord.reader import Encoder
from training import data

FIELD = {"statement": "statement", "condition": "condition", "event": "event"}
BARS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
MIDDLE = 0.5
NOISE = 0.01
"""The middle bar stays unless another is better by more than this: held-back articles are few, and most curves are flat."""


def main() -> None:
    """Read the arguments, try every bar, write the best."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", type=Path)
    ask.add_argument("files", type=Path, nargs="+")
    a = ask.parse_args()
    print(json.dumps(tune(a.model, a.files), indent=1))


def tune(model: Path, files: Sequence[Path]) -> dict[str, object]:
    """Try every bar on the marked files, write the best into the model's card; the bars and the curves."""
    held = [(text, gold.line(text, marks), attrs) for path in files for text, marks, attrs in data.check.read(path)]
    articles = [
        records.article(text, language="en", published=None if attrs["date"] == "unknown" else attrs["date"], basis="given")
        for text, _, attrs in held
    ]
    reader = Encoder(model)
    curve: dict[str, dict[str, tuple[float, float, float]]] = {kind: {} for kind in FIELD}
    for bar in BARS:
        reader.bars.update(dict.fromkeys(FIELD, bar))
        found = [json.loads(codec.encode(e)) for e in pipeline.read(articles, reader)]
        tally = score.score((text, marks, line) for (text, marks, _), line in zip(held, found, strict=True))
        for kind, field in FIELD.items():
            count = tally[field]
            curve[kind][str(bar)] = (round(count.precision, 4), round(count.recall, 4), round(count.f1, 4))
    card = json.loads((model / "card.json").read_text())
    for kind, row in curve.items():
        best = max(row, key=lambda bar: row[bar][2])
        card["bars"][kind] = float(best) if row[best][2] > row[str(MIDDLE)][2] + NOISE else MIDDLE
    card["tuning"] = {"precision, recall, F1 by bar": curve, "articles": len(held)}
    (model / "card.json").write_text(json.dumps(card, indent=1) + "\n")
    return {"bars": card["bars"], "curve": curve}


if __name__ == "__main__":
    main()
