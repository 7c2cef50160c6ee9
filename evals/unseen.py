"""Stories that no rule was written for, through one ledger with the sample newsroom: stories, copies, origins, sayings.

    python -m evals.unseen             the sets in corpus/stories/unseen*
    python -m evals.unseen SET...      these

Each set is a folder with the articles as JSON lines, one file a story, and with truth.toml, written before the set was first read.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from evals.origins import STORIES, central, reader
from evals.stories import bcubed
from onrecord import intake, pipeline, sample, store
from onrecord.faces.coverage import page_of
from onrecord.faces.keeping import now
from onrecord.faces.room import room
from onrecord.group.origins import origins
from onrecord.intake import Given
from onrecord.records import Article, Statement
from onrecord.reports import Copy, Report

Words = Sequence[str]
"""An article and words that stand in one of its statements."""


class Newsroom:
    """The articles of a set and the sample's, added to a ledger."""

    def __init__(self, folder: Path, ledger: store.SqliteLedger, seed: int) -> None:
        """Read and add them, in an order by chance where a seed is given."""
        files = [str(sample.path()), *map(str, sorted(folder.glob("*.jsonl")))]
        given = [each for each in intake.articles(files, Given(), None) if isinstance(each, Article)]
        if seed:
            random.Random(seed).shuffle(given)
        for _ in pipeline.add(given, reader(), ledger):
            pass
        self.ledger = ledger
        self.reports: dict[str, Report] = {each.caller or each.id: ledger.report(each.id) for each in given}
        self.called = {report.article: name for name, report in self.reports.items()}

    def copies(self, names: Sequence[str]) -> list[Copy]:
        """How these articles copy one another."""
        ids = {self.reports[name].article for name in names}
        found = {(each.article, each.of): each for id_ in sorted(ids) for each in self.ledger.copies(id_)}
        return [each for each in found.values() if {each.article, each.of} <= ids]

    def sayings(self, told: Words) -> frozenset[str]:
        """The sayings of the statements in whose content these words stand."""
        report = self.reports[told[0]]
        held = {statement.id for statement in report.extraction.statements if _has(report, statement, told[1])}
        with self.ledger.grouping() as shelves:
            filed = shelves.sayings.filed([report.article])
        anchors = {each.anchor for each in report.extraction.statements if each.id in held} | held
        return frozenset(saying for (_, anchor), saying in filed.items() if anchor in anchors)


def _has(report: Report, statement: Statement, words: str) -> bool:
    """Whether the words, or most of them, are in what the statement says."""
    at = report.text.find(words)
    shared = [
        min(each.end, at + len(words)) - max(each.start, at) for each in statement.content if each.place is None and at >= 0
    ]  # fmt: skip
    return any(words in each.text for each in statement.content) or any(2 * size >= len(words) for size in shared)


def measured(folder: Path, seed: int = 0) -> Iterator[str]:
    """A line for each figure, with what came out otherwise than the truth has it."""
    truth = tomllib.loads((folder / "truth.toml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as place, store.open_ledger(Path(place) / "ledger.db", create=True, now=now) as ledger:
        here = Newsroom(folder, ledger, seed)
        gold = {name: name.rsplit("-", 1)[0] for name in here.reports}
        score = bcubed(gold, {name: ledger.story_of(report.article) for name, report in here.reports.items()})
        yield f"{folder.name}: stories B-cubed P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f}"
        yield from _origins(here, {name: each for name, each in truth.items() if "report" in each})
        yield from _said(here, truth)


def _origins(here: Newsroom, stories: Mapping[str, Any]) -> Iterator[str]:
    right = shown = verdicts = reports = 0
    for name, wanted in stories.items():
        names = [each["id"] for each in wanted["report"]]
        told = [here.reports[each] for each in names]
        found = origins(name, central(told), told, here.copies(names))
        page = page_of(room(here.ledger), told[0].article).central
        right += found.count == wanted["count"]
        shown += page is not None and page.origins == wanted["count"]
        yield f"  {name}: {found.count}, on its page {page.origins if page else None}, in truth {wanted['count']}"
        counts = {here.called[each.article]: each for each in found.counted}
        for each in wanted["report"]:
            verdict = counts[each["id"]].counts if each["id"] in counts else False
            good = verdict in [{"unknown": None}.get(one, one) for one in (each["counts"], each.get("or", each["counts"]))]
            reports, verdicts = reports + 1, verdicts + good
            if not good:
                yield f"    ! {each['id']}: {counts[each['id']].sentence if each['id'] in counts else 'does not tell it'} [{each['why']}]"
    yield f"  counts right: {right} of {len(stories)}, on pages {shown}; verdicts right: {verdicts} of {reports}"


def _said(here: Newsroom, truth: Mapping[str, Any]) -> Iterator[str]:
    joined = marked = 0
    for name, told in truth["sayings"].items():
        found = [(each, here.sayings(each)) for each in told] if name != "open" else []
        for (one, mine), (other, theirs) in combinations([each for each in found if each[1]], 2):
            marked, joined = marked + 1, joined + bool(mine & theirs)
            if not mine & theirs:
                yield f"    missed: {' '.join(one)} / {' '.join(other)}"
    wrong = [(one, other) for one, other, _ in truth["apart"]["pairs"] if here.sayings(one) & here.sayings(other)]
    yield from (f"    ! joined: {' '.join(one)} / {' '.join(other)}" for one, other in wrong)
    yield f"  sayings: {joined} of {marked} pairs joined; {len(wrong)} of {len(truth['apart']['pairs'])} joined that must not be"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path, metavar="SET")
    parser.add_argument("--seed", type=int, default=0, help="another order of arrival")
    given = parser.parse_args()
    for folder in given.sets or sorted(STORIES.glob("unseen*")):
        for line in measured(folder, given.seed):
            print(line)


if __name__ == "__main__":
    main()
