"""How well articles are put in stories: B-cubed over the sample newsroom's five stories, and over other sets, in orders by chance.

python -m evals.stories                      the sample
python -m evals.stories SET... --orders 10   also sets: folders with articles.jsonl and gold.jsonl ({"id", "story"} a line)
python -m evals.stories SET... --write       and keeps the figures in groups.json
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from evals import groups
from onrecord import intake, pipeline, sample
from onrecord.group.stories import settle
from onrecord.group.traits import traits
from onrecord.group.window import Window
from onrecord.intake import Given
from onrecord.records import Article
from onrecord.reports import Traits


class BCubed(NamedTuple):
    """Precision and recall, averaged over articles, of the company that each is put in."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def bcubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> BCubed:
    """How the found stories stand to the right ones, article by article."""
    right, put = _groups(gold), _groups(found)
    both = {article: len(right[gold[article]] & put[found[article]]) for article in gold}
    return BCubed(
        sum(n / len(put[found[article]]) for article, n in both.items()) / len(gold),
        sum(n / len(right[gold[article]]) for article, n in both.items()) / len(gold),
    )


def grouped(articles: Iterable[Traits]) -> dict[str, str]:
    """The story of each article, when they come in this order."""
    window = Window()
    found: dict[str, str] = {}
    for article in articles:
        found.update(window.keep(settle(article, window)))
    found.update(window.rest())
    return found


def orders(gold: Mapping[str, Hashable], articles: Sequence[Traits], count: int) -> list[BCubed]:
    """The figures in so many orders of arrival, the first as given, the others by chance."""
    made = []
    for seed in range(count):
        some = list(articles)
        if seed:
            random.Random(seed).shuffle(some)
        made.append(bcubed(gold, grouped(some)))
    return made


def read(path: Path) -> Iterator[Traits]:
    """What each article of a file of JSON lines is known by, read by the reader that ships."""
    given: list[Article] = [each for each in intake.articles([str(path)], Given(), None) if isinstance(each, Article)]
    for article, extraction in zip(given, pipeline.read(given, pipeline.make_reader()), strict=True):
        # Under the caller's id, which the gold names.
        yield traits(msgspec.structs.replace(pipeline.unstored(article, extraction), article=article.caller or article.id))


def sample_gold(ids: Iterable[str]) -> dict[str, str]:
    """The sample's ids name their stories: w5-troops-03."""
    return {each: each.split("-")[1] for each in ids}


def main() -> None:
    """Print a line for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path, metavar="SET")
    parser.add_argument("--orders", type=int, default=10)
    parser.add_argument("--write", action="store_true", help="keep the figures in groups.json")
    given = parser.parse_args()
    known = list(read(sample.path()))
    sets = {"sample": _report("sample", sample_gold(each.article for each in known), known, given.orders)}
    for folder in given.sets:
        rows = (json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines())
        gold = {row["id"]: row["story"] for row in rows}
        sets[folder.name] = _report(folder.name, gold, list(read(folder / "articles.jsonl")), given.orders)
    if given.write:
        named = "".join(f" {folder.name.upper()}" for folder in given.sets)
        groups.keep("stories", {"command": f"python -m evals.stories{named} --write", "sets": sets})


def _groups(of: Mapping[str, Hashable]) -> Mapping[Hashable, set[str]]:
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for article, story in of.items():
        groups[story].add(article)
    return groups


def _report(name: str, gold: Mapping[str, Hashable], known: Sequence[Traits], count: int) -> dict[str, float]:
    """Print the set's line; its figures, to be kept."""
    found = orders(gold, known, count)
    f1 = [each.f1 for each in found]
    first = found[0]
    print(
        f"{name:20s} {len(known):5d} articles  P {first.precision:.3f}  R {first.recall:.3f}  F1 {first.f1:.3f}   "
        f"{count} orders: {min(f1):.3f} to {max(f1):.3f}"
    )
    figures = {"precision": first.precision, "recall": first.recall, "f1": first.f1, "least": min(f1), "most": max(f1)}
    rounded = {what: round(value, 4) for what, value in figures.items()}
    return {"articles": len(known), "stories": len(set(gold.values())), "orders": count, **rounded}


if __name__ == "__main__":
    main()
