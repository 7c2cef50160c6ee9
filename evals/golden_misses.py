"""What the reader misses of the golden record now, in the form of tests/golden/misses.toml, reasons kept.

python -m evals.golden_misses           print it
python -m evals.golden_misses --write   write it
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from evals import gold, golden
from evals.score import Line
from onrecord import codec, pipeline, records

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "golden"
ARTICLE = "twin-digest-01"
_HEAD = "# What is missed of the golden record; each line is a strict xfail. Renewed by `python -m evals.golden_misses --write`."


def main(arguments: Sequence[str] | None = None) -> int:
    """Print or write the present misses."""
    parser = argparse.ArgumentParser(prog="python -m evals.golden_misses", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help="write tests/golden/misses.toml")
    wanted = parser.parse_args(arguments)
    missed = present(json.loads((FOLDER / "twin.json").read_text(encoding="utf-8")))
    made = document(missed, known())
    if wanted.write:
        (FOLDER / "misses.toml").write_text(made, encoding="utf-8")
    print(made, end="")
    return 0


def present(record: Line) -> dict[str, str]:
    """The items of the golden record that the reader misses, each with what went wrong."""
    text = gold.marked([ARTICLE])[0].text
    (extraction,) = pipeline.read([records.article(text, language="en")], pipeline.make_reader())
    return golden.misses(record, json.loads(codec.encode(extraction)), text)


def known(path: Path = FOLDER / "misses.toml") -> dict[str, str]:
    """The misses that are known, each with its reason; none where there is no file."""
    return dict(tomllib.loads(path.read_text(encoding="utf-8"))["misses"]) if path.exists() else {}


def document(missed: Mapping[str, str], reasons: Mapping[str, str]) -> str:
    """The misses as a file: a reason that somebody wrote stays, a new miss gets what went wrong."""
    lines = [
        f"{json.dumps(item, ensure_ascii=False)} = {json.dumps(reasons.get(item, what), ensure_ascii=False)}"
        for item, what in missed.items()
    ]
    return "\n".join([_HEAD, "", "[misses]", *lines, ""])


if __name__ == "__main__":
    raise SystemExit(main())
