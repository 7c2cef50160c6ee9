"""A folder as articles: every file in it that can be read, however deep."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from onrecord.intake.problem import Passed, Problem
from onrecord.records import Article

Read = Callable[[str], Iterator[Article | Problem | Passed]]
"""What is in the file at a path; a Passed for the reason OTHER where it is of a kind that is not read."""

OTHER = "file of another kind"
_NAMED = 3


def articles(path: str, read: Read) -> Iterator[Article | Problem | Passed]:
    """The articles in the folder's files, in the order of their names; of other kinds the first few are named at the end.

    Hidden files, links that lead out of the folder, and what is no file are left out.
    """
    others: list[str] = []
    files = count = 0
    for each in _files(path):
        files += 1
        for found in read(each):
            if isinstance(found, Passed) and found.reason == OTHER:
                count += 1
                others = [*others, os.path.relpath(each, path)][:_NAMED]
            yield found
    if count:
        more = f" and {count - _NAMED:,} more" if count > _NAMED else ""
        what = "1 file in it is of a kind that is" if count == 1 else f"{count:,} files in it are of kinds that are"
        yield Problem(source=path, message=f"{what} not read: {', '.join(others)}{more}", lost=False)
    if not files:
        yield Problem(source=path, message="there is no file in this folder", lost=False)


def _files(path: str) -> Iterator[str]:
    """The paths of the files, folder by folder, without holding more than one folder's names."""
    root = Path(path).resolve()
    for folder, inside, names in os.walk(path):
        # Folders behind links are not entered: what is inside comes by its own name.
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        for name in sorted(names):
            each = os.path.join(folder, name)
            if not name.startswith(".") and _is_inside(each, root):
                yield each


def _is_inside(path: str, root: Path) -> bool:
    """Whether it is a file, and in the folder even where it is a link."""
    try:
        real = Path(path).resolve(strict=True)
        return real.is_relative_to(root) and stat.S_ISREG(real.stat().st_mode)
    except (OSError, RuntimeError):
        return False
