"""The gate: the corpus's test articles read by the reader that ships, each field against its floor and against the dumb baseline.

python -m evals.gate                              the table; exit 1 where a figure is below its floor
python -m evals.gate --write                      and writes figures.json
python -m evals.gate --raise                      and raises the floors to what was measured
python -m evals.gate --lower FIELD --why REASON   lowers one floor, and keeps the reason
python -m evals.gate --markdown                   the table for the documentation, from figures.json
python -m evals.gate --misses FIELD               what is missed and what is found too much
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onrecord
from evals import baseline, floors, gold
from evals.floors import FloorError, Floors
from evals.oracle import Oracle
from evals.score import FIELDS, Count, Tally, characters, score, untitled
from onrecord import codec, lexicons, pipeline, records
from onrecord.records import Reader

FIGURES = Path(__file__).resolve().parent / "figures.json"
COMMAND = "python -m evals.gate --write"
_KINDS = {
    **dict.fromkeys(("speaker", "cue", "content"), "statements"),
    **dict.fromkeys(("marker", "antecedent", "consequent"), "conditions"),
    "event": "events",
    "date": "dates",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate; 0 where every figure stands on or above its floor."""
    wanted = _parser().parse_args(arguments)
    if wanted.markdown:
        print(markdown(json.loads(FIGURES.read_text(encoding="utf-8"))))
        return 0
    articles = gold.marked(gold.held_back())
    reader = Oracle(articles) if wanted.oracle else pipeline.make_reader()
    lines = read(articles, reader)
    if wanted.misses:
        _print_misses(articles, lines, wanted.misses)
        return 0
    tally, dumb, best = measure(articles, lines), score_baseline(articles), measure(articles, read(articles, Oracle(articles)))
    if wanted.oracle:
        print(table(tally, dumb, best, Floors(floors={})))
        return 0
    try:
        known = floors.load()
        if wanted.lower:
            known = floors.lowered(known, tally, wanted.lower, wanted.why or "")
        if wanted.raise_:
            known = floors.raised(known, tally)
    except FloorError as error:
        print(error, file=sys.stderr)
        return 1
    if wanted.lower or wanted.raise_:
        floors.save(known)
    print(table(tally, dumb, best, known))
    if wanted.write:
        FIGURES.write_text(json.dumps(figures(articles, reader, tally, dumb, best), indent=1) + "\n", encoding="utf-8")
    for sentence in (wrong := floors.below(known, tally)):
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


def read(articles: Sequence[gold.Marked], reader: Reader) -> list[dict[str, Any]]:
    """What the reader finds in each article, as lines of ``extract --jsonl``."""
    given = [
        records.article(one.text, caller=one.id, title=one.title, outlet=one.outlet, published=one.published, language="en", basis="given")
        for one in articles
    ]
    return [json.loads(codec.encode(extraction)) for extraction in pipeline.read(given, reader)]


def measure(articles: Sequence[gold.Marked], lines: Sequence[dict[str, Any]]) -> Tally:
    """The tally of what was found in each article."""
    return score((one.text, one.line, line) for one, line in zip(articles, lines, strict=True))


def score_baseline(articles: Sequence[gold.Marked]) -> Tally:
    """The baseline's tally."""
    return measure(articles, [baseline.read(one.text, one.published) for one in articles])


def figures(articles: Sequence[gold.Marked], reader: Reader, tally: Tally, dumb: Tally, best: Tally) -> dict[str, Any]:
    """All that was measured, with what it was measured on and by which command."""
    return {
        "command": COMMAND,
        "version": onrecord.__version__,
        "reader": reader.name,
        "model": reader.digest,
        "lexicons": lexicons.digest(),
        "corpus": gold.digest(articles),
        "articles": len(articles),
        "words": sum(len(one.text.split()) for one in articles),
        "fields": {name: {**_figures(tally[name]), "baseline": _figures(dumb[name]), "oracle": _figures(best[name])} for name in FIELDS},
    }


def table(tally: Tally, dumb: Tally, best: Tally, known: Floors) -> str:
    """The figures as a table for the terminal, beside the baseline's F1 and the F1 of the rules on the marks themselves."""
    rows = [f"{'':22}{'precision':>10}{'recall':>8}{'F1':>7}  {'right/found/marked':>19}  {'floors':>13}{'baseline':>10}{'oracle':>8}"]
    for name in FIELDS:
        count = tally[name]
        sides = known.floors.get(name)
        floor = f"{sides['precision']:.3f} {sides['recall']:.3f}" if sides else "-"
        mine = f"{count.precision:10.3f}{count.recall:8.3f}{count.f1:7.3f}  {f'{count.right}/{count.found}/{count.marked}':>19}"
        rows.append(f"{name:22}{mine}  {floor:>13}{dumb[name].f1:10.3f}{best[name].f1:8.3f}")
    return "\n".join(rows)


def markdown(figures: dict[str, Any]) -> str:
    """The table for the documentation."""
    rows = ["| field | precision | recall | F1 | marked | baseline F1 | oracle F1 |", "|---|---|---|---|---|---|---|"]
    for name, field in figures["fields"].items():
        numbers = f"{field['precision']:.2f} | {field['recall']:.2f} | {field['f1']:.2f} | {field['marked']}"
        rows.append(f"| {name} | {numbers} | {field['baseline']['f1']:.2f} | {field['oracle']['f1']:.2f} |")
    return "\n".join(rows)


def _figures(count: Count) -> dict[str, Any]:
    shares = {name: round(getattr(count, name), 4) for name in ("precision", "recall", "f1")}
    return {**shares, "right": count.right, "found": count.found, "marked": count.marked}


def _print_misses(articles: Sequence[gold.Marked], lines: Sequence[dict[str, Any]], name: str) -> None:
    """Where marked (-) and found (+) differ in this field, with the words around."""
    for one, line in zip(articles, lines, strict=True):
        counted = score([(one.text, one.line, line)])[name].differences
        for place, missed, extra in sorted([*counted, *_spans(one, line, name)]):
            around = " ".join(one.text[place : place + 70].split())
            print(f"{one.id}:{place} {' '.join(f'- {what}' for what in missed)} {' '.join(f'+ {what}' for what in extra)}   | {around}")


def _spans(one: gold.Marked, line: dict[str, Any], name: str) -> list[tuple[int, list[str], list[str]]]:
    """The same for a field that is counted as a span of its own, wherever it stands."""
    kind = _KINDS.get(name)
    if kind is None:
        return []
    sides = [
        {characters(one.text, pieces): " … ".join(piece["text"] for piece in pieces) for pieces in _pieces(source, kind, name) if pieces}
        for source in (one.line, untitled(line))
    ]
    differences: list[tuple[int, list[str], list[str]]] = []
    differences += [(min(place), [sides[0][place]], []) for place in sides[0].keys() - sides[1].keys()]
    differences += [(min(place), [], [sides[1][place]]) for place in sides[1].keys() - sides[0].keys()]
    return differences


def _pieces(line: dict[str, Any], kind: str, name: str) -> list[list[dict[str, Any]]]:
    """The pieces of this field in each record; an event's and a date's are its own span."""
    values = [record if kind in ("events", "dates") else record.get(name) for record in line[kind]]
    return [[value] if isinstance(value, dict) else value or [] for value in values]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.gate", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help="write figures.json")
    parser.add_argument("--raise", dest="raise_", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--lower", metavar="FIELD", help="lower this field's floors to what was measured")
    parser.add_argument("--why", metavar="REASON", help="the reason for lowering, which is kept")
    parser.add_argument("--markdown", action="store_true", help="print figures.json as a table for the documentation")
    parser.add_argument("--oracle", action="store_true", help="read the marks themselves in place of the text: what the rules lose")
    parser.add_argument("--misses", metavar="FIELD", help="print where what is marked and what is found differ")
    return parser


if __name__ == "__main__":
    sys.exit(main())
