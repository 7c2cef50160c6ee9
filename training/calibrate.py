"""Finds what a model's confidence is worth, on articles held back: ``python -m training.calibrate MODEL FILE…``.

FILEs are marked articles that the network was not trained on; the corpus's test articles are taken beside them. For each kind of record a
logistic function is fitted that gives, from what is known of how a record was read, the probability that it is right (as
``evals.score.judged`` has it). Its weights are written into MODEL's ``card.json``, with how well the probabilities hold on articles that
they were not fitted on: the articles are dealt into ten parts, and each part is judged by weights fitted on the other nine.

Run it again whenever the model, its bars or the rules have changed; it takes as long as reading the articles.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from evals import gold, score
from msgspec import UNSET, Struct
from numpy.typing import NDArray

from onrecord import codec, pipeline, records
from onrecord.reader import Encoder
from onrecord.reader.calibration import ALWAYS, KINDS
from onrecord.records import Facts
from training import data

PARTS = 10
"""So many parts the articles are dealt into."""
BINS = 10
"""So many bins the probabilities are sorted into."""
LEVELS = (0.0, 0.5, 0.7, 0.8, 0.9)
"""Confidences at which is said how much would be left, and how much of that is right."""
FEWEST = 40
"""With fewer records, or fewer than a tenth of it right or wrong, a kind is left without weights."""
_PRIOR = 2.0
"""How strongly weights are held to 0 (of facts brought to one scale), so that chance has little say."""
_DRAWS = 500

Floats = NDArray[np.float64]


class Judged(Struct, frozen=True, kw_only=True):
    """A record found in an article held back: its kind, what is known of how it was read, and whether it is right."""

    source: str
    article: str
    kind: str
    facts: Facts
    right: bool


class Noting:
    """A calibration that changes nothing and notes what it is asked."""

    def __init__(self) -> None:
        """Nothing noted yet."""
        self.facts: dict[tuple[str, object], Facts] = {}

    def confidence(self, record: records.Statement | records.Condition | records.Event | records.TimeExpression, facts: Facts) -> float:
        """The record's own confidence."""
        kind = KINDS[type(record)]
        if isinstance(record, records.TimeExpression):
            self.facts[kind, record.extent if record.place is None else None] = facts
        else:
            self.facts[kind, record.id] = facts
        return 0.5 if record.confidence is UNSET else record.confidence


def main() -> None:
    """Read the arguments, fit, write, and print the figures."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", type=Path)
    ask.add_argument("files", type=Path, nargs="*")
    a = ask.parse_args()
    print(json.dumps(calibrate(a.model, a.files), indent=1))


def calibrate(model: Path, files: Sequence[Path]) -> dict[str, Any]:
    """Fit on the marked files and the corpus's test articles, write weights and figures into the model's card; what was written."""
    held = [(path.stem, article) for path in files for article in _marked(path)]
    held += [("corpus", article) for article in gold.marked(gold.held_back())]
    found = list(judged(Encoder(model), held))
    card = json.loads((model / "card.json").read_text())
    card["calibration"] = fitted(found)
    (model / "card.json").write_text(json.dumps(card, indent=1) + "\n")
    return dict(card["calibration"])


def judged(reader: Encoder, articles: Sequence[tuple[str, gold.Marked]]) -> Iterator[Judged]:
    """Every record that the reader finds in the articles, each article with the name of where it is from."""
    reader.calibration = noting = Noting()
    for source, one in articles:
        noting.facts.clear()
        given = records.article(
            one.text, caller=one.id, title=one.title, outlet=one.outlet, published=one.published, language="en", basis="given"
        )
        (extraction,) = pipeline.read([given], reader)
        for kind, records_ in score.judged(one.text, one.line, json.loads(codec.encode(extraction))).items():
            # Texts of unknown date have no times marked.
            if kind != "dates" or one.line["dates"]:
                for record, right in records_:
                    name = kind.removesuffix("s")
                    facts = noting.facts[name, record.get("id") or (record["start"], record["end"])]
                    yield Judged(source=source, article=one.id, kind=name, facts=facts, right=right)


def fitted(found: Sequence[Judged]) -> dict[str, Any]:
    """Weights by kind, fitted on all; and how well such weights do on articles that they were not fitted on."""
    articles = list(dict.fromkeys((one.source, one.article) for one in found))
    part = {article: n % PARTS for n, article in enumerate(articles)}
    weights: dict[str, dict[str, float]] = {}
    told: dict[str, tuple[Floats, Floats]] = {}
    figures: dict[str, Any] = {}
    for kind in KINDS.values():
        mine = [one for one in found if one.kind == kind]
        right = np.array([one.right for one in mine], float)
        if min(right.sum(), (1 - right).sum()) * 10 < FEWEST or len(mine) < FEWEST:
            continue
        names = list(mine[0].facts)
        parts = np.array([part[one.source, one.article] for one in mine])
        chances = np.zeros(len(mine))
        for n in range(PARTS):
            chances[parts == n] = _chances(_fit(mine, names, right, parts != n), mine, parts == n)
        weights[kind] = {name: round(value, 4) for name, value in _fit(mine, names, right, parts >= 0).items()}
        told[kind] = chances, right
        sources = np.array([one.source for one in mine])
        figures[kind] = {
            **_figures(chances, right),
            "by source": {source: _errors(chances[sources == source], right[sources == source]) for source in dict.fromkeys(sources)},
        }
    if told:
        chances, right = (np.concatenate([pair[n] for pair in told.values()]) for n in (0, 1))
        figures["all"] = _figures(chances, right)
    return {"weights": weights, "articles": {s: sum(source == s for source, _ in articles) for s in dict(articles)}, "held back": figures}


def _marked(path: Path) -> Iterator[gold.Marked]:
    for text, marks, a in data.check.read(path):
        date = None if a["date"] == "unknown" else a["date"]
        yield gold.Marked(
            id=a["id"], text=text, title=a["title"], outlet=a["outlet"], published=date, line=gold.line(text, marks), source=b""
        )


def _fit(mine: Sequence[Judged], names: Sequence[str], right: Floats, where: NDArray[np.bool_]) -> dict[str, float]:
    """The weights that make what is right there likeliest, found by Newton's method."""
    facts = np.array([[one.facts[name] for name in names] for one in mine], float)[where]
    middle, scale = facts.mean(0), facts.std(0) + 1e-9
    rows = np.column_stack([np.ones(len(facts)), (facts - middle) / scale])
    held = np.array([1e-3, *[_PRIOR] * len(names)])
    at = np.zeros(len(held))
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ at))
        slope = rows.T @ (chance - right[where]) + held * at
        at -= np.linalg.solve((rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(held), slope)
    each = at[1:] / scale
    return {ALWAYS: float(at[0] - each @ middle), **dict(zip(names, map(float, each), strict=True))}


def _chances(weights: Mapping[str, float], mine: Sequence[Judged], where: NDArray[np.bool_]) -> Floats:
    odds = [sum(w * one.facts.get(name, 1.0) for name, w in weights.items()) for one, there in zip(mine, where, strict=True) if there]
    return 1 / (1 + np.exp(-np.array(odds)))


def _figures(chances: Floats, right: Floats) -> dict[str, Any]:
    """What was said and what was right, bin by bin and at some levels; the errors; and what error chance alone would make."""
    rng = np.random.default_rng(0)
    luck = [expected_error(chances, (rng.random(len(chances)) < chances).astype(float)) for _ in range(_DRAWS)]
    bins = _bins(chances)
    rows = [(n, bins == n) for n in range(BINS) if (bins == n).any()]
    return {
        **_errors(chances, right),
        "ECE by chance alone": round(float(np.mean(luck)), 4),
        "bins": {f"{n / BINS:.1f}": [int(w.sum()), round(float(chances[w].mean()), 3), round(float(right[w].mean()), 3)] for n, w in rows},
        "levels": {str(level): _level(chances, right, level) for level in LEVELS},
    }


def _errors(chances: Floats, right: Floats) -> dict[str, float]:
    return {
        "records": len(chances),
        "ECE": round(expected_error(chances, right), 4),
        "ECE, equal mass": round(expected_error(chances, right, mass=True), 4),
        "said": round(float(chances.mean()), 4),
        "right": round(float(right.mean()), 4),
    }


def expected_error(chances: Floats, right: Floats, *, mass: bool = False) -> float:
    """The expected calibration error: how far what was said is from what was right, bin by bin, weighted by how much is in each.

    Bins are of equal width, or, with ``mass``, have equally many records; those of one probability count alike in any of them.
    """
    if mass:
        alike = np.unique(chances.round(2), return_inverse=True)[1]
        right = (np.bincount(alike, right) / np.bincount(alike))[alike]
        bins = np.empty(len(chances), int)
        for n, some in enumerate(np.array_split(np.argsort(chances, kind="stable"), BINS)):
            bins[some] = n
    else:
        bins = _bins(chances)
    return float(sum(abs((chances - right)[bins == n].sum()) for n in range(BINS)) / max(len(chances), 1))


def _bins(chances: Floats) -> NDArray[np.int64]:
    return np.minimum((chances * BINS).astype(np.int64), BINS - 1)


def _level(chances: Floats, right: Floats, level: float) -> dict[str, float]:
    """What share of the records is left at this confidence, what share of those is right, and what share of all right ones that is."""
    kept = chances >= level
    some = max(kept.sum(), 1)
    return {
        "left": round(float(kept.mean()), 4),
        "right": round(float(right[kept].sum() / some), 4),
        "of the right": round(float(right[kept].sum() / max(right.sum(), 1)), 4),
    }


if __name__ == "__main__":
    main()
