"""The figures of what is concluded from several articles, in one file: stories, sayings, origins.

python -m evals.stories --write, python -m evals.sayings --write and python -m evals.origins --write each keep theirs in groups.json,
from which the pages' tables are made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent / "groups.json"


def keep(part: str, figures: Mapping[str, Any], path: Path | None = None) -> None:
    """Write these figures in place of the part's earlier ones; the other parts stay."""
    path = path or FILE
    held = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    whole = dict(sorted({**held, part: figures}.items()))
    path.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
