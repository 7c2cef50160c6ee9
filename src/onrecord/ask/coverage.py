"""The coverage of a story as one record: what the ledger holds on it, for the terminal, Markdown, HTML and JSON alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from onrecord.ask.accords import accords
from onrecord.ask.background import background as earlier_positions
from onrecord.ask.brief import brief
from onrecord.ask.expanded import COMPARED, entries, in_time, linked, originals
from onrecord.ask.grounds import Facts
from onrecord.ask.inputs import Cited, Compared, is_grave, variances
from onrecord.ask.lead import Lead, headline, lead
from onrecord.ask.novelty import Passages
from onrecord.ask.numbering import in_reading_order
from onrecord.ask.scene import Scene, day_of, published
from onrecord.ask.sheet import Central, Coverage, Day, Paper, Wanted
from onrecord.ask.voices import voices
from onrecord.records import Published, Record, When
from onrecord.reports import Change, Commitment, Copy, Membership, Origins, Provenance, Report, Saying, Story

__all__ = ["Coverage", "Limits", "cover"]


class Limits(Record, frozen=True, kw_only=True):
    """How much of each kind the page shows; what is beyond is counted."""

    voices: int = 12
    said: int = 8
    entries: int = 50
    folded: int = 20
    added: int = 3
    accords: int = 12
    background: int = 10
    wanted: int = 20
    letters: int = 60_000
    """Letters of one article that stand on the page beside it."""


def cover(
    story: Story,
    reports: Iterable[Report],
    *,
    memberships: Iterable[Membership] = (),
    copies: Iterable[Copy] = (),
    sayings: Iterable[Saying] = (),
    commitments: Iterable[Commitment] = (),
    compared: Iterable[tuple[str, Compared]] = (),
    origins: Iterable[Origins] = (),
    provenances: Iterable[Provenance] = (),
    cited: Iterable[Cited] = (),
    edits: Mapping[str, Sequence[Change]] | None = None,
    background: Iterable[tuple[Report, str]] = (),
    sample: Collection[str] = (),
    limits: Limits | None = None,
    more: int = 0,
) -> Coverage:
    """The page of a story.

    Args:
        reports: its articles, in any order; those that are removed are not among them.
        origins: of the story and of its sayings, by their ids.
        compared: ids of sayings, with one of its wordings against the best one.
        cited: what its articles cite and the ledger does not hold.
        edits: what the story's copies have changed.
        background: earlier statements of the ledger: the report and the statement's id.
        sample: articles of the sample newsroom; real ones are never shown beside them.
        more: reports of the story that are not among ``reports``.
    """
    limits = limits or Limits()
    members = list(reports)
    sampled = any(report.article in sample for report in members)
    earlier = [each for each in background if (each[0].article in sample) == sampled]
    scene = Scene(members, provenances, origins, sayings, [report for report, _ in earlier])
    # The order in which things are cited is the order in which they are numbered, so the page is made from top to bottom.
    missing = _wanted(scene, cited)[: limits.wanted]
    scene.heads = originals(scene, copies)
    passages = Passages(scene.reports[:COMPARED])
    differing = variances(scene, compared, passages)
    counts = _counts(scene, story)
    commitments = list(commitments)
    head = lead(scene, commitments)
    chosen = headline(scene, head, {each.article for each in differing if is_grave(each)})
    top = scene.citations.cite(chosen[0].article, chosen[1]) if chosen else None
    counts["reports"] += more
    counts["lead"] = head.origins.count if head and head.origins else counts["origins"]
    sentences = brief(scene, head, commitments, differing, missing, story.id, _facts(scene, counts), passages)
    heard, more_voices = voices(scene, differing, most=limits.voices, most_said=limits.said)
    related = accords(scene, most=limits.accords)
    statements = [(report, scene.statements[each][1]) for report, each in earlier if each in scene.statements]
    before = earlier_positions(scene, statements, most=limits.background)
    found, more_entries = entries(
        scene,
        memberships,
        story.id,
        head.origins if head else None,
        passages,
        edits or {},
        most=limits.entries,
        most_folded=limits.folded,
        most_added=limits.added,
    )
    counted = scene.origins.get(story.id)
    own = [each.article for each in (counted.counted if counted else ()) if each.counts]
    return in_reading_order(Coverage(
        story=story.id, headline=top, title=top.text if top else story.title,
        first=published(scene.reports[0]) if scene.reports else _unknown(),
        last=published(scene.reports[-1]) if scene.reports else _unknown(), sample=sampled,
        reports=counts["reports"], outlets=_outlets(scene), copies=counts["copies"], origins=counted.count if counted else None,
        unknown=counted.unknown if counted else 0, central=_central(scene, head),
        origin_names=tuple(dict.fromkeys(scene.label(each) for each in own if each in scene.members)),
        brief=sentences, voices=heard, more_voices=more_voices, accords=related, background=before, entries=found,
        more_entries=more_entries + more, wanted=missing, citations=tuple(scene.citations.evidence),
        papers=_papers(scene, [*(each.article for each in found), *(copy.article for each in found for copy in each.copies)], limits),
    ))  # fmt: skip


def _unknown() -> Day:
    return Day(first=None, to=None, granularity="unknown")


def _central(scene: Scene, head: Lead | None) -> Central | None:
    """The statement at the head of the story with its origins, where these were counted."""
    if head is None or head.origins is None:
        return None
    own = [each.article for each in head.origins.counted if each.counts and each.article in scene.members]
    return Central(
        saying=head.sayings[0].id,
        commitment=head.commitment,
        origins=head.origins.count,
        unknown=head.origins.unknown,
        origin_names=tuple(dict.fromkeys(scene.label(each) for each in own)),
    )


def _outlets(scene: Scene) -> tuple[str, ...]:
    return tuple(dict.fromkeys(report.outlet for report in scene.reports if report.outlet))


def _counts(scene: Scene, story: Story) -> dict[str, int]:
    """What the page counts, by name."""
    counted = scene.origins.get(story.id)
    return {
        "reports": len(scene.reports), "outlets": len(_outlets(scene)),
        "copies": sum(head != article for article, head in scene.heads.items()),
        "origins": counted.count if counted else 0, "unknown": counted.unknown if counted else 0, "others": len(scene.reports) - 1,
    }  # fmt: skip


def _facts(scene: Scene, counts: dict[str, int]) -> Facts:
    """What sentences may rest on besides cited words."""
    names: set[str] = set(_outlets(scene))
    days: set[str] = set()
    for report in scene.by_article.values():
        reading = report.extraction
        idents = [actor.id for actor in reading.actors]
        names |= {name for each in idents if (name := scene.name(each))}
        names |= {scene.country(code) for code in scene.countries(idents)}
        names |= {relay.outlet for each in reading.statements for relay in each.via if relay.outlet}
        times: list[When | Published] = [report.published, *(each.said.when for each in reading.statements if each.said.when is not None)]
        days |= {day for each in times for day in (each.first, each.to) if day}
    names |= {link.outlet for each in scene.provenance.values() for link in each.links if link.outlet}
    return Facts(names=frozenset(names), days=frozenset(days), counts=counts)


def _wanted(scene: Scene, cited: Iterable[Cited]) -> tuple[Wanted, ...]:
    """The reading list: each report that is cited and not held, with the words that cite it."""
    named: dict[str, list[Cited]] = {}
    for each in cited:
        named.setdefault(each.title, []).append(each)
    found = []
    for name, works in named.items():
        evidence = [one for work in works for one in work.spans[:2] if one.article in scene.members]
        words = scene.cite(evidence)[:4]
        outlets = dict.fromkeys(scene.label(one.article) for one in evidence)
        if words:
            day = day_of(works[0].when) if works[0].when is not None else None
            found.append(Wanted(name=name, day=day, words=words, outlets=tuple(outlets)))
    return tuple(found)


def _papers(scene: Scene, shown: Sequence[str], limits: Limits) -> tuple[Paper, ...]:
    """The articles that stand beside the page: those that are shown and those that are cited."""
    cited = {each.article: 0 for each in scene.citations.evidence}
    for each in scene.citations.evidence:
        cited[each.article] = max(cited[each.article], each.span.end if each.span.place is None else 0)
    wanted = {*cited, *shown}
    order = [*in_time(scene), *(report for article, report in scene.by_article.items() if article not in scene.members)]
    return tuple(
        Paper(
            article=report.article, outlet=report.outlet, title=report.title, url=linked(report.url), language=report.language,
            day=published(report), text=report.text[: max(limits.letters, cited.get(report.article, 0))],
            member=report.article in scene.members,
        )
        for report in order if report.article in wanted
    )  # fmt: skip
