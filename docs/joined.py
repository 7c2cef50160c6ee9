"""The pages' tables of what is concluded from several articles: copies, stories, sayings, origins, and what one more article costs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evals import groups

ROOT = Path(__file__).resolve().parent.parent
GROUPS = groups.FILE
COPIES = ROOT / "benchmarks" / "copies.json"
GROWTH = ROOT / "benchmarks" / "growth.json"
END_TO_END = ROOT / "benchmarks" / "end_to_end.json"

SETS = {
    "sample": "the sample newsroom: five stories of six articles, two of them look-alikes",
    "lookalikes": "eight pairs of look-alikes of three short reports each, written before the rules that part them",
    "stories-lookalike": "ECB+: 43 topics with two look-alike stories each",
    "stories-world": "news of the world in 69 stories (Giveme5W1H)",
}
"""What stories are measured on."""
STATEMENTS = {"marked": "the statements as they are marked", "read": "the statements as the reader finds them"}
TRUTHS = {
    "sample": "the sample newsroom's five stories",
    "small": "small stories, written to be hard, whose truth was written down first",
}


def in_short() -> str:
    """The README's table: a line or two for copies, stories, sayings, origins, and what all this costs."""
    rows = ["| what | measured on | figure |", "|---|---|---|", *_short_copies(), *_short_groups(), *_short_costs()]
    return "\n".join(rows)


def copies() -> str:
    """Recall against brute force, false pairs, speed."""
    figures = _json(COPIES)
    if figures is None:
        return _unmeasured("python -m benchmarks.copies --write")
    cost = figures.get("one more article", {})
    rows = ["| | |", "|---|---|"]
    rows += [f"| {name} | {_cell(value)} |" for name, value in figures.items() if name not in ("command", "seed", "one more article")]
    rows += [f"| one more beside {size} | {_cell(one)} |" for size, one in cost.items()]
    return "\n".join([*rows, "", f"Measured by `{figures['command']}`."])


def stories() -> str:
    """B-cubed on each set, in orders of arrival by chance."""
    held = _part("stories")
    if held is None:
        return _unmeasured("python -m evals.stories SET… --write")
    rows = ["| set | articles | stories | precision | recall | B-cubed F1 | in orders by chance |", "|---|---|---|---|---|---|---|"]
    for name, one in held["sets"].items():
        spread = f"{one['orders']}: {one['least']:.3f} to {one['most']:.3f}"
        figures = f"{one['precision']:.3f} | {one['recall']:.3f} | {one['f1']:.3f}"
        rows.append(f"| {SETS.get(name, name)} | {one['articles']} | {one['stories']} | {figures} | {spread} |")
    return "\n".join([*rows, "", f"Measured by `{held['command']}`."])


def sayings() -> str:
    """Pairs of statements that were joined against pairs that word one saying."""
    held = _part("sayings")
    if held is None:
        return _unmeasured("python -m evals.sayings --write")
    rows = ["| of | pairs marked | precision | recall | F1 | in orders by chance |", "|---|---|---|---|---|---|"]
    for name, meaning in STATEMENTS.items():
        one = held[name]
        spread = f"{one['orders']}: {one['least']:.3f} to {one['most']:.3f}"
        rows.append(f"| {meaning} | {one['pairs']} | {one['precision']:.3f} | {one['recall']:.3f} | {one['f1']:.3f} | {spread} |")
    return "\n".join([*rows, "", f"Measured by `{held['command']}`."])


def origins() -> str:
    """How many stories have the right number of origins, and how many reports the right verdict."""
    held = _part("origins")
    if held is None:
        return _unmeasured("python -m evals.origins --write")
    rows = ["| | number of origins right | where a report has it from | whether it counts |", "|---|---|---|---|"]
    for name, meaning in TRUTHS.items():
        one = held[name]
        found = (one["stories right"], one["stories"], one["kinds right"], one["verdicts right"])
        rows.append("| {} | {} of {} | {} of {all} | {} of {all} |".format(meaning, *found, all=one["reports"]))
    return "\n".join([*rows, "", f"Measured by `{held['command']}`."])


def growth() -> str:
    """What one more article costs beside few and many."""
    figures = _json(GROWTH)
    if figures is None:
        return _unmeasured("python -m benchmarks.growth --folder DIR --write")
    said = [f"{name}: {_cell(value)}" for name, value in figures.items() if name != "command" and not isinstance(value, Mapping)]
    return "\n".join([*_tables(figures), f"{'; '.join(said)}. Measured by `{figures['command']}`."])


def end_to_end() -> str:
    """Words a second from text to ledger with everything on."""
    figures = _json(END_TO_END)
    if figures is None:
        return _unmeasured("python -m benchmarks.end_to_end --write")
    said = [f"{name}: {_cell(value)}" for name, value in figures.items() if name != "command" and not isinstance(value, Mapping)]
    ways = {name: one for name, one in figures.items() if isinstance(one, Mapping)}
    return "\n".join([*_table("", ways), "", f"{'; '.join(said)}. Measured by `{figures['command']}`."])


def _short_copies() -> Iterator[str]:
    figures = _json(COPIES)
    if figures is not None:
        yield (
            f"| copies | {figures['articles']:,} generated articles, against brute force | recall "
            f"{figures['recall at jaccard >= .7']:.3f} where seven tenths are shared, {figures['recall at containment >= .5']:.3f} where "
            f"half of one stands in the other; {figures['pairs found across families']} pairs that are none |"
        )


def _short_groups() -> Iterator[str]:
    for name, one in (_part("stories") or {"sets": {}})["sets"].items():
        yield f"| stories | {SETS.get(name, name)} | B-cubed F1 {one['f1']:.2f} |"
    if (held := _part("sayings")) is not None:
        one = held["read"]
        told = f"precision {one['precision']:.2f}, recall {one['recall']:.2f}"
        yield f"| sayings | pairs of statements in the sample newsroom, as the reader finds them | {told} |"
    for name, one in (_part("origins") or {}).items():
        if name in TRUTHS:
            yield f"| origins | {TRUTHS[name]} | number right in {one['stories right']} of {one['stories']} |"


def _short_costs() -> Iterator[str]:
    if (growth := _json(GROWTH)) is not None:
        sizes = growth["one more article"]["whole"]
        first, *_, last = sizes
        ratio = sizes[last]["median of ratios"]
        yield f"| growth | one more article beside {last}, against beside {first} | {ratio:.2f} times |"
    if (whole := _json(END_TO_END)) is not None:
        words = f"{whole['everything on']['words/s']:,} words a second"
        yield f"| speed | text to ledger with all of this on, {whole['processors']} processors | {words} |"


def _tables(figures: Mapping[str, Any], name: str = "") -> Iterator[str]:
    """A table for each mapping whose values are rows of numbers; what is nested deeper is taken apart first."""
    for what, value in figures.items():
        if not isinstance(value, Mapping):
            continue
        title = f"{name}: {what}" if name else what
        if all(isinstance(row, Mapping) and not any(isinstance(each, Mapping) for each in row.values()) for row in value.values()):
            yield from (*_table(title, value), "")
        else:
            yield from _tables(value, title)


def _table(title: str, rows: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    columns = list(dict.fromkeys(name for row in rows.values() for name in row))
    yield f"| {title} | {' | '.join(columns)} |"
    yield f"|---|{'---|' * len(columns)}"
    for name, row in rows.items():
        yield f"| {name} | {' | '.join(_cell(row.get(column, '')) for column in columns)} |"


def _part(name: str) -> Any:
    return (_json(GROUPS) or {}).get(name)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _unmeasured(command: str) -> str:
    return f"_Not measured yet: `{command}` measures it._"


def _cell(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_cell(each)}" for name, each in value.items())
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
