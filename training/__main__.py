"""Makes a model from the data folders, all steps in one: ``python -m training OUT --corpus DIR --voa DIR --weblogs DIR --treebanks DIR``.

Trains (going on where it was cut off), exports as int8, chooses the bars of decision and calibrates on what ``--hold`` names, and measures.
The model lies in OUT/model; its card has seed, settings, digests of the data, and figures. Each step is a command of its own too.
"""

from __future__ import annotations

import argparse
import json

from training import train
from training.calibrate import calibrate
from training.export import export
from training.measure import measure
from training.tune import tune


def main() -> None:
    """Run all steps."""
    ask = argparse.ArgumentParser(prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    train.arguments(ask)
    ask.add_argument("--name", default="en/1", help="name and version that the reader bears")
    a = ask.parse_args()
    train.train(a)
    model = a.out / "model"
    export(a.out, model, a.base, name=a.name, mean=True)
    if a.voa and a.hold:
        tune(model, [a.voa / name for name in a.hold])
        calibrate(model, [a.voa / name for name in a.hold])
    if a.treebanks:
        card = json.loads((model / "card.json").read_text())
        card["figures"] = measure(a.treebanks, model)
        (model / "card.json").write_text(json.dumps(card, indent=1) + "\n")
    print(f"Copy the files of {model} to src/onrecord/reader, then see training/README.md for what to measure and write anew.")


if __name__ == "__main__":
    main()
