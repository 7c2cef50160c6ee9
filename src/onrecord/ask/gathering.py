"""Gathering: everything that the page of a story is made of, asked for in order, and no more of it than the page can show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from onrecord.ask.background import Archive, recalled
from onrecord.ask.coverage import Limits, cover
from onrecord.ask.expanded import originals
from onrecord.ask.inputs import Cited, Compared
from onrecord.ask.lead import lead
from onrecord.ask.scene import Scene
from onrecord.ask.sheet import Coverage
from onrecord.records import Statement
from onrecord.reports import Change, Commitment, Copy, Membership, Origins, Provenance, Report, Saying, Shelf, Story

Told = tuple[Report, Statement]

MOST_REPORTS = 300
"""Reports of one story that are read, the oldest; the page says how many there are."""
COUNTED = 6
"""Sayings whose origins are counted, those in most reports first; counting one takes some hundredths of a second in a story of six."""
CENTRAL = 3
"""Commitments whose origins are counted, likewise."""
LARGE = 12
"""Reports of a story beyond which only its commitments' origins are counted."""


EDITED = 20
"""Copies whose changes are looked for."""
LONGEST_EDITED = 30_000
"""Letters of a copy, or of what it copies, beyond which that is not done."""


class Newsroom(Shelf, Archive, Protocol):
    """What the page asks of the ledger, and of those who conclude things from it."""

    def memberships(self, story: str) -> Iterable[Membership]:
        """The places of the story's articles, with the reasons."""

    def copies(self, articles: Sequence[str]) -> Iterable[Copy]:
        """How these articles copy one another."""

    def sayings(self, articles: Sequence[str]) -> Iterable[Saying]:
        """The sayings that these articles word."""

    def commitments(self, articles: Sequence[str]) -> Iterable[Commitment]:
        """The commitments that these articles report."""

    def compare(self, told: Sequence[Told]) -> Iterable[Compared]:
        """Each wording of a saying against the best one."""

    def provenances(self, reports: Sequence[Report], copies: Sequence[Copy]) -> Iterable[Provenance]:
        """Where each of these reports has what it reports from."""

    def story_origins(self, story: str, reports: Sequence[Report], copies: Sequence[Copy]) -> Origins:
        """The independent origins of the story as a whole."""

    def origins(
        self, of: Saying | Commitment, told: Sequence[Told], reports: Sequence[Report], copies: Sequence[Copy]
    ) -> Origins:  # fmt: skip
        """The independent origins of a saying or a commitment that these statements tell."""

    def changes(self, copy: Report, of: Report) -> Sequence[Change]:
        """What the copy has otherwise than the report that it copies."""

    def cited(self, report: Report, reports: Sequence[Report]) -> Iterable[Cited]:
        """The works that the report cites and that the ledger does not hold."""


def gather(newsroom: Newsroom, story: Story, sample: Collection[str] = (), limits: Limits | None = None) -> Coverage:
    """The coverage of the story.

    Args:
        sample: articles of the sample newsroom.
    """
    reports = list(newsroom.reports(story.articles[:MOST_REPORTS]))
    articles = [report.article for report in reports]
    copies, sayings = list(newsroom.copies(articles)), list(newsroom.sayings(articles))
    commitments = list(newsroom.commitments(articles))
    provenances = list(newsroom.provenances(reports, copies))
    scene = Scene(reports, provenances, (), sayings)
    scene.heads = originals(scene, copies)
    told = {saying.id: scene.wordings(saying) for saying in scene.sayings}
    origins = [newsroom.story_origins(story.id, reports, copies), *_origins(newsroom, scene, told, commitments, reports, copies)]
    earlier = _earlier(newsroom, scene, reports)
    return cover(
        story, reports, memberships=newsroom.memberships(story.id), copies=copies, sayings=sayings, commitments=commitments,
        compared=[(saying, each) for saying, some in told.items() if len(some) > 1 for each in newsroom.compare(some)],
        origins=origins, provenances=provenances, cited=[each for report in reports for each in newsroom.cited(report, reports)],
        edits=dict(_edits(newsroom, scene)), background=earlier, sample=sample, limits=limits,
        more=max(0, len(story.articles) - MOST_REPORTS),
    )  # fmt: skip


def _edits(newsroom: Newsroom, scene: Scene) -> Iterator[tuple[str, Sequence[Change]]]:
    """What the story's copies have changed, of so many of them as can be looked at."""
    copied = [(report, scene.by_article[head]) for report in scene.reports if (head := scene.head(report.article)) != report.article]
    for copy, of in copied[:EDITED]:
        if max(len(copy.text), len(of.text)) <= LONGEST_EDITED:
            yield copy.article, newsroom.changes(copy, of)


def _origins(
    newsroom: Newsroom,
    scene: Scene,
    told: Mapping[str, Sequence[Told]],
    commitments: Sequence[Commitment],
    reports: Sequence[Report],
    copies: Sequence[Copy],
) -> Iterator[Origins]:
    """The origins of the commitments and sayings that most reports have."""

    def reach(several: Iterable[Told]) -> int:
        return len({report.article for report, _ in several})

    bound = [(each, [one for saying in each.sayings for one in told.get(saying, ())]) for each in commitments]
    # First what the page turns on, whatever else is counted.
    head = lead(scene, commitments)
    first = {head.commitment or head.sayings[0].id} if head is not None else set()
    bound = sorted((each for each in bound if each[1]), key=lambda each: (each[0].id not in first, -reach(each[1]), each[0].id))[:CENTRAL]
    for commitment, some in bound:
        yield newsroom.origins(commitment, some, reports, copies)
    sayings = sorted(scene.sayings, key=lambda each: (each.id not in first, -reach(told[each.id]), each.id))
    for saying in sayings[: COUNTED if len(reports) <= LARGE else len(first)]:
        yield newsroom.origins(saying, told[saying.id], reports, copies)


def _earlier(newsroom: Newsroom, scene: Scene, reports: Sequence[Report]) -> list[tuple[Report, str]]:
    """Earlier statements of the story's actors, with the reports that have them."""
    known = [report.published.first for report in reports if report.published.first and report.published.granularity == "day"]
    if not known:
        return []
    found = recalled(scene.sayings, reports, newsroom, min(known))
    held = {report.article: report for report in newsroom.reports(list(dict.fromkeys(article for article, _ in found)))}
    return [(held[article], statement) for article, statement in found if article in held]
