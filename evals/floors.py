"""Floors under each figure, kept in floors.toml: raised freely, lowered only with a reason, and sealed against a quiet edit."""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from evals.score import FIELDS, Tally

FILE = Path(__file__).resolve().parent / "floors.toml"
SLACK = 0.01
"""A floor stands this much under what was measured: processors round int8 differently."""

SIDES = ("precision", "recall")


class Lowered(Struct, frozen=True, kw_only=True):
    """One lowering of a floor, kept for good."""

    field: str
    was: dict[str, float]
    now: dict[str, float]
    why: str


class Floors(Struct, frozen=True, kw_only=True):
    """The floors of each field, and every time that one was lowered."""

    floors: dict[str, dict[str, float]]
    lowered: tuple[Lowered, ...] = ()


class FloorError(Exception):
    """The floors are not as this gate left them, or may not be changed like this; its text says the way out."""


def load(path: Path = FILE) -> Floors:
    """The floors in the file; none where there is no file yet.

    Raises:
        FloorError: where the file's seal does not fit its figures, because somebody edited it by hand.
    """
    if not path.exists():
        return Floors(floors={})
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    floors = Floors(floors=data.get("floors", {}), lowered=tuple(Lowered(**entry) for entry in data.get("lowered", [])))
    if data.get("seal") != seal(floors):
        raise FloorError(
            f"{path.name} was edited by hand: restore it, then use `python -m evals.gate --raise`, or `--lower FIELD --why REASON`"
        )
    if odd := sorted(set(floors.floors) - set(FIELDS)):
        raise FloorError(f"{path.name} has floors for what is not measured: {', '.join(odd)}")
    return floors


def save(floors: Floors, path: Path = FILE) -> None:
    """Write the floors with their seal."""
    lines = ["# Written by `python -m evals.gate`; a hand-made change breaks the seal and is refused.", f'seal = "{seal(floors)}"', ""]
    lines.append("[floors]")
    for name in FIELDS:
        if name in floors.floors:
            lines.append(f"{json.dumps(name)} = {_table(floors.floors[name])}")
    for entry in floors.lowered:
        lines += ["", "[[lowered]]", f"field = {json.dumps(entry.field)}", f"was = {_table(entry.was)}", f"now = {_table(entry.now)}"]
        lines.append(f"why = {json.dumps(entry.why, ensure_ascii=False)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def seal(floors: Floors) -> str:
    """A digest of all floors and lowerings."""
    content = [floors.floors, [[entry.field, entry.was, entry.now, entry.why] for entry in floors.lowered]]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def below(floors: Floors, tally: Tally) -> list[str]:
    """A sentence for each figure that is below its floor."""
    out = []
    for name, sides in floors.floors.items():
        for side in SIDES:
            figure = getattr(tally[name], side)
            if figure < sides[side]:
                out.append(f"{name}: {side} {figure:.3f} is below its floor of {sides[side]:.3f}")
    return out


def raised(floors: Floors, tally: Tally) -> Floors:
    """The floors brought up to what was measured, less the slack; none is lowered."""
    new = {}
    for name in FIELDS:
        old = floors.floors.get(name, dict.fromkeys(SIDES, 0.0))
        new[name] = {side: max(old[side], _under(getattr(tally[name], side))) for side in SIDES}
    return Floors(floors=new, lowered=floors.lowered)


def lowered(floors: Floors, tally: Tally, field: str, why: str) -> Floors:
    """The floors with this field's brought down to what was measured, less the slack, and the reason kept.

    Raises:
        FloorError: where the field is unknown, no reason is given, or the field is not below its floor.
    """
    if field not in floors.floors:
        raise FloorError(f"there is no floor for {field!r}; there are: {', '.join(floors.floors)}")
    if len(why.split()) < 3:
        raise FloorError("a floor is lowered for a reason: say it with --why, in a few words")
    was = floors.floors[field]
    if all(getattr(tally[field], side) >= was[side] for side in SIDES):
        raise FloorError(f"{field} is not below its floor: there is nothing to lower")
    now = {side: min(was[side], _under(getattr(tally[field], side))) for side in SIDES}
    entry = Lowered(field=field, was=was, now=now, why=why)
    return Floors(floors={**floors.floors, field: now}, lowered=(*floors.lowered, entry))


def _under(figure: float) -> float:
    return max(0.0, math.floor((figure - SLACK) * 1000) / 1000)


def _table(sides: Mapping[str, float]) -> str:
    return "{ " + ", ".join(f"{side} = {sides[side]:.3f}" for side in SIDES) + " }"
