"""Writes anew what the pages show: the output of their commands, their tables, the list of commands, the tutorial's article.

python -m docs.generate            write every page anew
python -m docs.generate --check    write nothing; exit 1 and name the pages that are stale

A page's prose is left alone. Rewritten are: in a block of ``console`` what follows each line that begins with ``$``; a block of ``text``
right after a block of ``python``; and what stands between ``<!-- generated: NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from docs import commands, joined, tables, twin
from docs.session import Remembering, Session, transcript
from onrecord import pipeline
from onrecord.records import Reader

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")), "training/README.md")
BLOCKS: Mapping[str, Callable[[], str]] = {
    "commands": commands.markdown,
    "gate": tables.gate_whole,
    "gate, in short": tables.gate_in_short,
    "agreement": tables.agreement,
    "misses": tables.misses,
    "floors": tables.floors,
    "benchmarks": tables.benchmarks,
    "speed, in short": tables.speed_in_short,
    "development": tables.development,
    "development, in short": tables.development_in_short,
    "calibration": tables.calibration,
    "model": tables.model,
    "joined, in short": joined.in_short,
    "copies": joined.copies,
    "stories": joined.stories,
    "sayings": joined.sayings,
    "origins": joined.origins,
    "growth": joined.growth,
    "end to end": joined.end_to_end,
}
"""What can stand between ``<!-- generated: NAME -->`` and ``<!-- end -->``."""

_BEGIN, _END = "<!-- generated: ", "<!-- end -->"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check; 0 where every page is fresh."""
    parser = argparse.ArgumentParser(prog="python -m docs.generate", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, name what is stale")
    check = parser.parse_args(arguments).check
    if not check or not twin.FILE.exists():
        twin.FILE.write_text(twin.text(), encoding="utf-8", newline="\n")
    stale = []
    reader = Remembering(pipeline.make_reader())
    for name in PAGES:
        path = ROOT / name
        before = path.read_text(encoding="utf-8")
        after = rendered(before, reader)
        if after != before:
            stale.append(name)
            if not check:
                path.write_text(after, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"{name} {'is stale: run python -m docs.generate' if check else 'written'}")
    return 1 if check and stale else 0


def rendered(page: str, reader: Reader) -> str:
    """The page with all its generated parts made anew."""
    lines = page.split("\n")
    with Session(reader) as session:
        return "\n".join(_lines(lines, session))


def _lines(lines: Sequence[str], session: Session) -> Iterator[str]:
    at, printed = 0, ""
    while at < len(lines):
        line = lines[at]
        if line.startswith(_BEGIN):
            last = lines.index(_END, at)
            yield from (line, "", *BLOCKS[line.removeprefix(_BEGIN).removesuffix(" -->")]().split("\n"), "", _END)
        elif line == "```console":
            last = lines.index("```", at)
            yield from (line, *transcript(session, lines[at + 1 : last]), "```")
        elif line == "```python":
            last = lines.index("```", at)
            printed = session.python("\n".join(lines[at + 1 : last]))
            yield from lines[at : last + 1]
        elif line == "```text" and printed:
            last = lines.index("```", at)
            yield from (line, *printed.split("\n"), "```")
            printed = ""
        else:
            last = at
            yield line
        at = last + 1


if __name__ == "__main__":
    sys.exit(main())
