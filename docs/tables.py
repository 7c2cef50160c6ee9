"""The pages' tables, made from the files that the gate, the benchmarks and the scorer write; each says so where nothing is measured yet."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evals import gate, golden

ROOT = Path(__file__).resolve().parent.parent
GATE = ROOT / "evals" / "figures.json"
FLOORS = ROOT / "evals" / "floors.toml"
GOLDEN = ROOT / "tests" / "golden" / "twin.json"
AGREEMENT = ROOT / "evals" / "agreement.json"
MISSES = ROOT / "tests" / "golden" / "misses.toml"
BENCHMARKS = ROOT / "benchmarks" / "figures.json"
DEVELOPMENT = ROOT / "docs" / "figures" / "development.json"
CARD = ROOT / "src" / "onrecord" / "reader" / "card.json"

IN_SHORT = {
    "speaker": "the speaker's words, exactly",
    "cue": "the words that attribute, exactly",
    "content": "what is attributed, exactly",
    "statement": "a whole statement: speaker, cue and content, each by half at least",
    "statement: direct": "of these, with the very words only",
    "statement: indirect": "in other words than the speaker's",
    "statement: mixed": "partly so, partly so",
    "act": "its act, where the statement was found",
    "countries": "the countries spoken for, likewise",
    "condition": "a whole condition: marker, antecedent, consequent",
    "parts": "the parts of its antecedent, where the condition was found",
    "event": "the word that names an action",
    "event type": "its PLOVER type, where the event was found",
    "date": "a time expression, exactly",
    "date value": "its value as well",
}
"""The fields of the README's table, and what each means."""

SETS = {
    "attributions": "PolNeAR, development part: American political news of 2016, 84 articles",
    "news": "Voice of America news items as in the Groningen Meaning Bank, 50 items marked by our guidelines",
    "conditions-counterfactual": "SemEval-2020 task 5: 600 sentences of news with a counterfactual condition",
    "conditions-prospective": "GUM and GENTLE: 163 sentences with a prospective condition, from discourse relations",
    "events": "PLV: 1,050 sentences with PLOVER types",
    "dates": "WikiWars: 22 narratives of wars, 2,640 time expressions",
    "treebanks": "Universal NER (English), development part: names; the English Web Treebank, development part: sentence ends",
    "stories-lookalike": "ECB+: 982 articles on 43 topics with two look-alike stories each, through `onrecord group`",
    "stories-world": "Giveme5W1H: 383 articles in 69 stories, likewise",
}
"""The development sets that this release answers to, and what each is."""

FIGURES = {
    "source": "speaker", "cue": "cue", "content": "content", "whole": "whole statement, by half at least",
    "act": "act, where found: accuracy",
    "continuity": "continuity, where found: accuracy", "mode": "event mode, where found: accuracy", "accuracy": "event type: accuracy",
    "macro": "event type: macro-F1", "actor": "actor: found", "recipient": "recipient: found", "strict": "expression, exactly",
    "relaxed": "expression, overlapping", "value": "its value as well", "both": "both sides, by half at least",
    "both_precision": "both sides: precision", "both_recall": "both sides: recall", "antecedent_exact": "antecedent, exactly",
    "antecedent_chars": "antecedent, by characters", "consequent_exact": "consequent, exactly",
    "consequent_chars": "consequent, by characters",
    "hedge_kind": "kind of hedge, where found", "countries": "countries, where found", "addressee": "addressee, where found",
    "venue": "venue, where found", "via": "via, where found", "time_said": "time said, where found", "event": "event",
    "event_typed": "event with its type", "bcubed": "stories: B-cubed F1",
}  # fmt: skip
"""The scorer's names of figures in words (F1 where nothing else is said); others are shown as they are."""

IN_FEW = {
    "attributions": {"source": "speaker", "cue": "cue", "content": "content", "whole": "whole statement"},
    "news": {
        "source": "speaker",
        "cue": "cue",
        "content": "content",
        "whole": "whole statement",
        "act": "act (accuracy)",
        "event": "event",
    },
    "conditions-counterfactual": {"both": "both sides"},
    "conditions-prospective": {"both": "both sides"},
    "events": {"accuracy": "type (accuracy)", "macro": "type (macro-F1)"},
    "dates": {"strict": "expression", "value": "value"},
    "treebanks": {"entities F1": "names", "sentence ends F1": "sentence ends"},
    "stories-lookalike": {"bcubed": "stories (B-cubed)"},
    "stories-world": {"bcubed": "stories (B-cubed)"},
}
"""The figures of each set that the README gives."""

_SHOWN = 10
_LONG = re.compile(r"((?<=')[^']{20,30}\S(?= ))[^']{20,}(?<= )(\S[^']{20,30}(?='))")
"""Words in quotation marks that are too long for a list: their middle can go."""


def gate_in_short() -> str:
    """The README's table: a handful of the gate's fields, with what each means."""
    figures = _json(GATE)
    if figures is None:
        return _unmeasured(gate.COMMAND)
    rows = ["| | precision | recall | F1 | dumb baseline |", "|---|---|---|---|---|"]
    for name, meaning in IN_SHORT.items():
        one = figures["fields"][name]
        rows.append(f"| {meaning} | {one['precision']:.2f} | {one['recall']:.2f} | {one['f1']:.2f} | {one['baseline']['f1']:.2f} |")
    return "\n".join([*rows, "", f"{_measured(figures)} All fields are in [docs/measuring.md](docs/measuring.md)."])


def gate_whole() -> str:
    """The gate's own table, every field."""
    figures = _json(GATE)
    return _unmeasured(gate.COMMAND) if figures is None else f"{gate.markdown(figures)}\n\n{_measured(figures)}"


def floors() -> str:
    """The floors, and every time that one was lowered, with the reason."""
    if not FLOORS.exists():
        return _unmeasured("python -m evals.gate --raise")
    held = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    rows = ["| field | precision | recall |", "|---|---|---|"]
    rows += [f"| {name} | {sides['precision']:.3f} | {sides['recall']:.3f} |" for name, sides in held.get("floors", {}).items()]
    lowered = [f"- {each['field']}: {_sides(each['was'])} to {_sides(each['now'])}. {each['why']}" for each in held.get("lowered", [])]
    return "\n".join([*rows, "", *(lowered or ["No floor was ever lowered."])])


def agreement() -> str:
    """How far two markers agree, field by field."""
    figures = _json(AGREEMENT)
    if figures is None:
        return _unmeasured("python -m evals.agreement --write")
    rows = ["| field | F1 between the two | marked by the first | by the second |", "|---|---|---|---|"]
    rows += [f"| {name} | {one['f1']:.2f} | {one['first']} | {one['second']} |" for name, one in figures["fields"].items()]
    said = f"{figures['articles']} articles, {figures['words']:,} words (`{figures['command']}`)."
    return "\n".join([*rows, "", said])


def misses() -> str:
    """What is missed of the tutorial's article, a line a record; several misses of one record have the first of them."""
    if not MISSES.exists():
        return _unmeasured("python -m evals.golden_misses --write")
    held = tomllib.loads(MISSES.read_text(encoding="utf-8")).get("misses", {})
    fields = len(golden.items(json.loads(GOLDEN.read_text(encoding="utf-8"))))
    first: dict[str, str] = {}
    for item, reason in held.items():
        record, _, field = item.partition(": ")
        if field == "found" or record not in first:
            first[record] = _plain(_LONG.sub(r"\1 … \2", reason if field in ("found", "") else f"{field}: {reason}"))
    rows = [f"- {_plain(record)}: {reason}" for record, reason in list(first.items())[:_SHOWN]]
    more = [f"- and of {len(first) - _SHOWN} records more"] if len(first) > _SHOWN else []
    said = f"Missed are {len(held)} of {fields} fields, listed in [tests/golden/misses.toml](tests/golden/misses.toml)."
    return "\n".join([*rows, *more, "", said])


def benchmarks() -> str:
    """What the benchmarks measured, stage by stage."""
    figures = _json(BENCHMARKS)
    if figures is None:
        return _unmeasured("python -m benchmarks.run --write")
    rows = ["| | |", "|---|---|"]
    rows += [f"| {name} | {_number(value)} |" for name, value in figures.items() if name not in ("stages", "command")]
    rows += ["", "| stage of text to ledger | words/s | share |", "|---|---|---|"]
    rows += [f"| {name} | {_number(one['words/s'])} | {one['share']:.1%} |" for name, one in figures["stages"].items()]
    return "\n".join([*rows, "", f"Measured by `{figures['command']}`."])


def speed_in_short() -> str:
    """The README's sentence about speed."""
    figures = _json(BENCHMARKS)
    if figures is None:
        return _unmeasured("python -m benchmarks.run --write")
    bare, whole = figures["bare reader, words/s"], figures["text to ledger, words/s"]
    many = figures["text to ledger on all processors, words/s"]
    memory, start = figures["memory, MB"], figures["onrecord read, one short article, s"]
    return (
        f"On one thread the reader takes {bare:,} words a second, and {whole:,} from text to ledger;\n"
        f"on {figures['processors']} processors {many:,}. It needs {memory:,} MB of memory,\n"
        f"and `onrecord read` shows a short article {start:.1f} s after it is asked."
    )


def development() -> str:
    """Every figure on every development set."""
    held = _json(DEVELOPMENT)
    if held is None:
        return _unmeasured("score.py all --json | python -m docs.figures")
    rows = ["| set | what is measured (F1 where nothing else is said) | figure |", "|---|---|---|"]
    for name, meaning in SETS.items():
        for figure, value in held["sets"].get(name, {}).items():
            rows.append(f"| {meaning} | {_named(figure)} | {value:.3f} |")
            meaning = ""
    return "\n".join([*rows, "", f"Measured with {held['reader']}, model {held['model'][:12]}."])


def development_in_short() -> str:
    """The README's table of texts that nobody here wrote: a few figures of each set."""
    held = _json(DEVELOPMENT)
    if held is None:
        return _unmeasured("score.py all --json | python -m docs.figures")
    rows = ["| set | F1, where nothing else is said |", "|---|---|"]
    for name, meaning in SETS.items():
        figures = held["sets"].get(name, {})
        told = [f"{words} {figures[figure]:.2f}" for figure, words in IN_FEW[name].items() if figure in figures]
        rows += [f"| {meaning} | {', '.join(told)} |"] if told else []
    return "\n".join(rows)


def model() -> str:
    """What the model in the package says about its own making."""
    card = _json(CARD)
    if card is None:
        return _unmeasured("python -m training.export")
    training = card["training"]
    rows = ["| | |", "|---|---|", f"| name | {card['name']} |", f"| weights | {'averaged' if card['mean'] else 'of the last step'} |"]
    if (share := card.get("share", 1.0)) != 1:
        rows.append(f"| mixture | {share:g} of these, {1 - share:g} of those that the last stage began with |")
    rows += [f"| {name} | {(CARD.parent / name).stat().st_size / 2**20:.1f} MB |" for name in ("model.onnx", "heads.npz")]
    rows += [f"| bar for {name} | {value:g} |" for name, value in card["bars"].items()]
    for number, stage in enumerate(training["stages"], 1):
        rows.append(f"| stage {number} of the training | {_number(stage['settings'])} |")
        rows += [f"| its course | {stage['note']} |"] if "note" in stage else []
    if teacher := training.get("teacher"):
        rows += [f"| teacher | {teacher['base']} |", f"| training of the teacher | {_number(teacher['stage']['settings'])} |"]
        rows.append(f"| its course | {teacher['stage']['note']} |")
    rows += [f"| SHA-256 of {name} | `{value[:16]}…` |" for name, value in training["data"].items()]
    rows.append(f"| losses of the last epoch | {_number(training['stages'][-1]['losses'][-1])} |")
    return "\n".join(rows)


def calibration() -> str:
    """How often what is found is right, by the confidence it was given, on articles that the confidence was not fitted on."""
    card = _json(CARD)
    if card is None or "calibration" not in card:
        return _unmeasured("python -m training.calibrate")
    figures = card["calibration"]["held back"]
    kinds = list(figures)
    bins = sorted({name for one in figures.values() for name in one["bins"]})
    rows = [_row("confidence", *(_many(kind) for kind in kinds)), _row("---", *["---"] * len(kinds))]
    rows += [
        _row(f"{float(name):.1f} to {float(name) + 0.1:.1f}", *(_bin(figures[kind]["bins"].get(name)) for kind in kinds)) for name in bins
    ]
    for name in ("ECE", "ECE, equal mass", "ECE by chance alone"):
        rows.append(_row(f"**{name}**", *(f"{figures[kind][name]:.3f}" for kind in kinds)))
    rows += ["", _row("`--min-confidence`", *(_many(kind) for kind in kinds)), _row("---", *["---"] * len(kinds))]
    for level in figures[kinds[0]]["levels"]:
        rows.append(_row(f"{float(level):g}", *(_level(figures[kind]["levels"][level]) for kind in kinds)))
    rows += ["", "| | records | mean confidence | right | ECE |", "|---|---|---|---|---|"]
    for kind in kinds:
        for source, one in figures[kind].get("by source", {}).items():
            place = "the corpus’s test articles" if source == "corpus" else f"real news ({source})"
            rows.append(_row(f"{_many(kind)}, {place}", one["records"], f"{one['said']:.2f}", f"{one['right']:.2f}", f"{one['ECE']:.3f}"))
    articles = " and ".join(f"{count} of {source}" for source, count in card["calibration"]["articles"].items())
    return "\n".join([*rows, "", f"Articles: {articles}. Reader {card['name']} (`python -m training.calibrate`)."])


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _many(kind: str) -> str:
    return kind if kind == "all" else f"{kind}s"


def _bin(one: list[float] | None) -> str:
    """How many, what was said of them, and what is right."""
    return "" if one is None else f"{one[0]}: {one[1]:.2f}, {one[2]:.2f}"


def _level(one: Mapping[str, float]) -> str:
    """What share is right, and what share of all that is right is left."""
    return f"{one['right']:.2f}, {one['of the right']:.2f}" if one["left"] else "none"


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _unmeasured(command: str) -> str:
    return f"_Not measured yet: `{command}` measures it._"


def _measured(figures: Mapping[str, Any]) -> str:
    return f"{figures['articles']} articles, {figures['words']:,} words, reader {figures['reader']} (`{figures['command']}`)."


def _named(figure: str) -> str:
    """The scorer's name of a figure in words."""
    return FIGURES.get(figure, figure.replace("_", " "))


def _sides(sides: Mapping[str, float]) -> str:
    return f"{sides['precision']:.3f} and {sides['recall']:.3f}"


def _plain(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would take for its own."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


def _number(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_number(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, bool) or not isinstance(value, int):
        return str(value)
    return f"{value:,}"
