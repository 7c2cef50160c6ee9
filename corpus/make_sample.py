#!/usr/bin/env python3
"""Make the sample newsroom from the corpus: its five stories of six articles each, unmarked, as JSON lines.

    make_sample.py            write src/onrecord/sample/newsroom.jsonl
    make_sample.py --check    change nothing; exit 1 where the file is not what the corpus makes

Standard library only.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import check

CORPUS = Path(__file__).resolve().parent
SAMPLE = CORPUS.parent / "src" / "onrecord" / "sample" / "newsroom.jsonl"


def main(args: list[str]) -> int:
    """Write the sample, or with ``--check`` compare it; 0 where all is well."""
    made = newsroom(CORPUS / "articles" / "w5")
    if args == ["--check"]:
        same = SAMPLE.is_file() and SAMPLE.read_text(encoding="utf-8") == made
        print(f"{SAMPLE.name} is {'what the corpus makes' if same else 'stale: run corpus/make_sample.py'}")
        return 0 if same else 1
    SAMPLE.write_text(made, encoding="utf-8", newline="\n")
    print(f"{SAMPLE.name}: {made.count(chr(10))} articles")
    return 0


def newsroom(folder: Path) -> str:
    """The folder's articles as JSON lines, by day of publication and then by id.

    Raises:
        ValueError: where an article does not pass the corpus's own check.
    """
    rows = [row(*article) for path in sorted(folder.glob("*.xml")) for article in check.read(path)]
    rows.sort(key=lambda row: (row["published"], row["id"]))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def row(text: str, marks: list[tuple[str, dict[str, str], int, int]], attributes: dict[str, str]) -> dict[str, str]:
    """One article as the command takes it. The marks are left behind; a credit line becomes the byline."""
    if bad := check.problems(text, marks, attributes):
        raise ValueError(f"{attributes.get('id')}: {bad[0]}")
    byline = {"byline": attributes["credit"]} if attributes.get("credit") else {}
    return {
        "id": attributes["id"],
        "title": attributes["title"],
        "outlet": attributes["outlet"],
        "published": attributes["date"],
        **byline,
        "language": "en",
        "text": text,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
