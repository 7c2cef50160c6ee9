"""Keeps the figures of the development sets: ``score.py all --json | python -m docs.figures``.

The scorer's last line is a JSON object with the figures of each set. It is kept as ``docs/figures/development.json``, from which
``python -m docs.generate`` makes the tables. The sets themselves are not in this project; ``docs/measuring.md`` says what each is.

    score.py all --json | python -m docs.figures           from the scorer
    python -m docs.figures FILE…                           from its output, saved
    python -m docs.figures --add FILE                      beside what is kept: such as the output of python -m training.measure
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onrecord
from onrecord import pipeline

FILE = Path(__file__).resolve().parent / "figures" / "development.json"

Figures = dict[str, dict[str, float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Keep the figures; 0 where there were some."""
    parser = argparse.ArgumentParser(prog="python -m docs.figures", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--add", action="store_true", help="beside what is kept, instead of in its place")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    wanted = parser.parse_args(arguments)
    texts = [path.read_text(encoding="utf-8") for path in wanted.files] or [sys.stdin.read()]
    found: Figures = {}
    for text in texts:
        found |= sets(text)
    if not found:
        print("no figures in what was given: the last line has to be the scorer's JSON object (score.py all --json)", file=sys.stderr)
        return 1
    kept = json.loads(FILE.read_text(encoding="utf-8"))["sets"] if wanted.add and FILE.exists() else {}
    reader = pipeline.make_reader()
    about = {"version": onrecord.__version__, "reader": reader.name, "model": reader.digest, "sets": {**kept, **found}}
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return 0


def sets(text: str) -> Figures:
    """The figures of each set in the scorer's output; of a flat object (one set's figures), under the name ``treebanks``."""
    last = _last_object(text)
    if all(isinstance(value, int | float) for value in last.values()):
        return {"treebanks": _rounded(last)} if last else {}
    return {name: _rounded(value) for name, value in last.items() if isinstance(value, Mapping) and value}


def _last_object(text: str) -> Mapping[str, Any]:
    """The JSON object that the text is, else the one on its last line that is one."""
    for piece in (text, *reversed(text.splitlines())):
        try:
            value = json.loads(piece)
        except ValueError:
            continue
        if isinstance(value, dict):
            return value
    return {}


def _rounded(figures: Mapping[str, Any]) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in figures.items() if isinstance(value, int | float)}


if __name__ == "__main__":
    sys.exit(main())
