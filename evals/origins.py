"""How well origins are found: for each story whether the number of independent origins is right, and for each report why it counts or not.

    python -m evals.origins            the five sample stories and the small ones in corpus/stories
    python -m evals.origins --write    and keeps the figures in groups.json

The truth is in corpus/stories: w5.toml for the sample newsroom's stories (from STORIES.md beside them), one file for each small story,
written down before it was first read. What is asked about is the story's central statement. Which statements tell it is found here by a
stand-in that is simpler than the ledger's sayings (shared words, the same speaker), so that this figure is of origins alone.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals import groups
from onrecord.group.copies import find
from onrecord.group.matters import Told
from onrecord.group.origins import origins
from onrecord.group.prose import content, terms
from onrecord.group.provenance import provenances
from onrecord.records import Statement
from onrecord.reports import Copy, Origins, Piece, Provenance, Report, by_age

ROOT = Path(__file__).parent.parent
STORIES = ROOT / "corpus" / "stories"
W5 = ROOT / "corpus" / "articles" / "w5"
BINDING = frozenset(("commit", "threaten", "offer", "permit", "restrict", "plan", "demand", "refuse", "propose", "agree"))


def main() -> None:
    """Print the figures, and every report that came out otherwise than the truth has it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="show every report with its sentence")
    parser.add_argument("--write", action="store_true", help="keep the figures in groups.json")
    wanted = parser.parse_args()
    totals: Counter[str] = Counter()
    kept: dict[str, Counter[str]] = {"sample": Counter(), "small": Counter()}
    for name, truth, story in stories():
        part = kept["small" if (STORIES / f"{name}.toml").exists() else "sample"]
        made = provenances(story, copies(story))
        found = origins(name, central(story), story, copies(story))
        counts = {"stories": 1, "stories right": int(found.count == truth["count"])}
        totals.update(counts)
        part.update(counts)
        print(f"{name}: {found.count} origins, {truth['count']} in truth")
        for line, totals_of in compared(truth, made, found, {report.article: report for report in story}):
            totals.update(totals_of)
            part.update(totals_of)
            if wanted.all or line.startswith("  !"):
                print(line)
    print(f"counts right: {totals['stories right']} of {totals['stories']} stories")
    for what in ("kinds", "verdicts"):
        print(f"{what} right: {totals[f'{what} right']} of {totals['reports']} reports")
    if wanted.write:
        groups.keep("origins", {"command": "python -m evals.origins --write", **{name: dict(each) for name, each in kept.items()}})


def compared(
    truth: dict[str, Any], made: dict[str, Provenance], found: Origins, story: dict[str, Report]
) -> Iterator[tuple[str, Counter[str]]]:
    """A line for each report with what is counted of it; it begins with "!" where something came out otherwise."""
    counted = {one.article: one for one in found.counted}
    for wanted in truth["article"]:
        article = wanted["id"]
        verdict = counted[article].counts if article in counted else False
        right = verdict == {"unknown": None}.get(wanted["counts"], wanted["counts"])
        kind = is_kind(wanted, made[article], story)
        sentence = counted[article].sentence if article in counted else "(does not tell it)"
        mark = " " if right and kind else "!"
        line = f"  {mark} {article}: {made[article].sentence} [{wanted['kind']} of {wanted['origin']}] | {sentence} [{wanted['counts']}]"
        yield line, Counter({"reports": 1, "kinds right": int(kind), "verdicts right": int(right)})


def is_kind(wanted: dict[str, Any], made: Provenance, story: dict[str, Report]) -> bool:
    """Whether a report's provenance is right: its kind, and whom it has it from. A rewrite and one that cites differ by degree."""
    kinds = {"rewrite": ("rewrite", "cites"), "cites": ("cites", "rewrite")}.get(wanted["kind"], (wanted["kind"],))
    if wanted["kind"] == "unknown" and made.kind == "cites" and not made.links:
        return True  # "Media reports" without a name: which is not known.
    if made.kind not in kinds:
        return False
    if wanted["origin"] in ("none", "unknown", "the post"):
        return True
    first = made.links[0] if made.links else None
    return first is not None and wanted["origin"] in (first.to, first.outlet)


def stories() -> Iterator[tuple[str, dict[str, Any], list[Report]]]:
    """Each story's name, truth and reports, as the reader reads them."""
    for name, truth in tomllib.loads((STORIES / "w5.toml").read_text(encoding="utf-8")).items():
        yield name, truth, read(sample(name, truth))
    for path in sorted(STORIES.glob("*.toml")):
        if path.stem != "w5":
            truth = tomllib.loads(path.read_text(encoding="utf-8"))
            yield path.stem, {**truth["truth"], "article": truth["article"]}, read(truth["article"])


def sample(name: str, truth: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The articles of one story of the sample newsroom, as a reader gets them."""
    wanted = {one["id"] for one in truth["article"]}
    newsroom = ROOT / "src" / "onrecord" / "sample" / "newsroom.jsonl"
    for line in newsroom.read_text(encoding="utf-8").splitlines():
        if (one := json.loads(line))["id"] in wanted:
            yield one


def read(articles: Iterable[dict[str, Any]]) -> list[Report]:
    """The articles with what the reader finds in them, as the ledger would hand them out."""
    from onrecord.pipeline import read as read_all
    from onrecord.records import article

    given = [
        article(
            one["text"].strip(), caller=one["id"], outlet=one.get("outlet"), title=one.get("title"), byline=one.get("byline"),
            language="en",
            published=one.get("published"), basis="given",
        )
        for one in articles
    ]  # fmt: skip
    return [
        Report(
            article=a.caller or a.id, document=a.document, caller=a.caller, outlet=a.outlet, title=a.title, url=None, byline=a.byline,
            language="en",
            published=found.published, added="2026-01-01T00:00:00+00:00", text=a.text, reading="rd_" + a.id, extraction=found,
        )
        for a, found in zip(given, read_all(given, reader()), strict=True)
    ]  # fmt: skip


_READER: list[Any] = []


def reader() -> Any:
    """The reader that the package carries, made once."""
    if not _READER:
        from onrecord.pipeline import make_reader

        _READER.append(make_reader(1))
    return _READER[0]


def copies(story: Iterable[Report]) -> list[Copy]:
    """Which reports of the story copy which."""
    shelf = _Shelf({report.article: report for report in story})
    return sorted({copy for report in shelf.held.values() for copy in find(report, shelf)}, key=lambda copy: (copy.article, copy.of))


class _Shelf:
    """The reports of one story, all of which may be copies of one another."""

    def __init__(self, held: Mapping[str, Report]) -> None:
        self.held = held

    def candidates(self, sketch: Sequence[int], limit: int) -> Iterable[str]:
        """Every article."""
        return list(self.held)[:limit]

    def piece(self, article: str) -> Piece | None:
        """The article."""
        return self.held.get(article)


def central(story: Sequence[Report]) -> list[Told]:
    """The statements that tell what most of the reports tell: a binding act or one with a condition, by like speakers, in like words."""
    bound = [(report, s) for report in by_age(story) for s in report.extraction.statements if s.conditions or s.act in BINDING]
    best: list[Told] = []
    for seed in bound:
        like = [one for one in bound if is_like(seed[1], one[1])]
        if _weight(like) > _weight(best):
            best = like
    return best


def is_like(one: Statement, other: Statement) -> bool:
    """Whether two statements may tell the same, by their words and speakers."""
    mine, theirs = terms(content(one)), terms(content(other))
    shared = len(mine & theirs)
    if shared < 3 or shared < 0.4 * min(len(mine), len(theirs)):
        return False
    if one.speaker is None or other.speaker is None or one.speaker.unnamed or other.speaker.unnamed:
        return True
    named = {actor for actor in (*one.speaker.actors, *other.speaker.actors) if actor.startswith("person:")}
    return len(named) < 2 or bool(set(one.speaker.actors) & set(other.speaker.actors))


def _weight(told: Sequence[Told]) -> tuple[int, int]:
    return len({report.article for report, _ in told}), sum(len(s.conditions) > 0 for _, s in told)


if __name__ == "__main__":
    main()
