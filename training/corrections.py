"""Marks of real news that were found uneven: what is read instead, without a word of the articles, which are no part of the project.

Each line of ``corrections.tsv`` names an article, the extent of one mark in its text, a field, and the value now and the value wanted:

    act     of the cue with that extent
    cont    of the cue with that extent; "-" is none
    kind    of the hedge with that extent
    hedge   "-" now: the words of the speaker or cue with that extent are a hedge of this kind as well

The decisions behind them stand in ``corpus/GUIDELINES.md``, under "Acts".
"""

from __future__ import annotations

import csv
import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

FILE = Path(__file__).resolve().parent / "corrections.tsv"
FIELDS = {"act": ("cue",), "cont": ("cue",), "kind": ("hg",), "hedge": ("sp", "cue")}
"""The tags that a field's mark can have."""

Mark = tuple[str, dict[str, str], int, int]


@dataclasses.dataclass(frozen=True)
class Correction:
    """One value of one mark that is read differently."""

    article: str
    start: int
    end: int
    field: str
    old: str
    new: str


def load(path: Path = FILE) -> dict[str, list[Correction]]:
    """The corrections of each article, by its id.

    Raises:
        ValueError: a line has an unknown field, or changes nothing.
    """
    out: dict[str, list[Correction]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            one = Correction(row["article"], int(row["start"]), int(row["end"]), row["field"], row["old"], row["new"])
            if one.field not in FIELDS or one.old == one.new:
                raise ValueError(f"{path.name}: {one} has an unknown field or changes nothing")
            out[one.article].append(one)
    return dict(out)


def corrected(article: str, marks: Sequence[Mark], wanted: Iterable[Correction]) -> list[Mark]:
    """The marks with the corrections in place.

    Raises:
        ValueError: no mark, or more than one, has a correction's extent and its value now: the articles have changed, or the list is wrong.
    """
    out = list(marks)
    for one in wanted:
        fitting = [n for n, mark in enumerate(out) if _fits(mark, one)]
        if len(fitting) != 1:
            raise ValueError(f"{article}: {len(fitting)} marks fit {one}")
        tag, attributes, start, end = out[fitting[0]]
        if one.field == "hedge":
            out.append(("hg", {"n": attributes["n"], "kind": one.new}, start, end))
        else:
            out[fitting[0]] = (tag, _changed(attributes, one), start, end)
    return out


def _fits(mark: Mark, one: Correction) -> bool:
    tag, attributes, start, end = mark
    return tag in FIELDS[one.field] and (start, end) == (one.start, one.end) and attributes.get(one.field, "-") == one.old


def _changed(attributes: dict[str, str], one: Correction) -> dict[str, str]:
    kept = {name: value for name, value in attributes.items() if name != one.field}
    return kept if one.new == "-" else {**kept, one.field: one.new}
