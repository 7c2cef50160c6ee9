"""How far two markers agree who did not see each other's marks: it bounds what any figure can mean.

python -m evals.agreement            the table: F1 of the second marker's marks against the first's, field by field
python -m evals.agreement --write    and writes agreement.json
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals import gold
from evals.score import FIELDS, Tally, score

FIGURES = Path(__file__).resolve().parent / "agreement.json"
COMMAND = "python -m evals.agreement --write"
SECOND = "second"
"""The folder of the corpus with the second marker's marks."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print the table, write it where that is asked."""
    parser = argparse.ArgumentParser(prog="python -m evals.agreement", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help="write agreement.json")
    wanted = parser.parse_args(arguments)
    figures = compare()
    for name, one in figures["fields"].items():
        print(f"{name:24}{one['f1']:7.3f}{one['first']:8}{one['second']:8}")
    if wanted.write:
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def compare(corpus: Path = gold.CORPUS) -> dict[str, Any]:
    """The agreement on all articles that were marked twice: for each field F1, and how many each marker marked.

    Raises:
        ValueError: an article's two texts differ.
    """
    names = sorted(path.stem for path in (corpus / SECOND).glob("*.xml"))
    first, second = gold.marked(names, corpus), gold.marked(names, corpus, SECOND)
    if wrong := [one.id for one, other in zip(first, second, strict=True) if one.text != other.text]:
        raise ValueError(f"marked twice, but not the same text: {', '.join(wrong)}")
    tally: Tally = score((one.text, one.line, other.line) for one, other in zip(first, second, strict=True))
    return {
        "command": COMMAND,
        "articles": len(names),
        "words": sum(len(one.text.split()) for one in first),
        "corpus": gold.digest([*first, *second]),
        "fields": {
            name: {"f1": round(tally[name].f1, 4), "first": tally[name].marked, "second": tally[name].found}
            for name in FIELDS
            if tally[name].marked or tally[name].found
        },
    }


if __name__ == "__main__":
    raise SystemExit(main())
