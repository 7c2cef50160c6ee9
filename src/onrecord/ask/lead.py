"""The lead: the statement that a story turns on, and the headline that tells most of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from onrecord.ask.background import begun, is_earlier
from onrecord.ask.novelty import tokens
from onrecord.ask.quoting import best_title
from onrecord.ask.scene import Scene, leaves, stems
from onrecord.ask.voices import WEIGHTY, shown, weight
from onrecord.records import Record, Span, Statement
from onrecord.reports import Commitment, Origins, Report, Saying

_DRIFT = 3
"""Words of a headline that its report's dropping a condition, or hardening a promise, is held to weigh."""
_WIDE = 6
"""Reports beyond which a saying is no more central for being in more."""
_WEIGHT = 2
"""So many reports it is worth to bind somebody, and as many to hang on a condition."""
_HEADLINE = 5
"""Words of headlines, those in most of them, that make up what they tell."""


class Lead(Record, frozen=True, kw_only=True):
    """The sayings that can stand at the head, the best first, with the commitment that they make, and its origins."""

    sayings: tuple[Saying, ...]
    commitment: str | None
    origins: Origins | None


def lead(scene: Scene, commitments: Sequence[Commitment]) -> Lead | None:
    """What most reports have of what somebody would do, and on which condition; None where nothing like it is on record."""
    begin = begun(scene)
    known = {each.id: each for each in scene.sayings if shown(scene, each) and not is_earlier(scene, each, begin)}
    groups: list[tuple[Commitment | None, list[Saying]]] = [
        (each, [known[one] for one in each.sayings if one in known]) for each in commitments
    ]
    bound = {one for each in commitments for one in each.sayings}
    groups += [(None, [each]) for each in known.values() if each.id not in bound]
    heard, titles = _heard(scene), _titles(scene)
    ranked = sorted(groups, key=lambda each: (-_centrality(scene, each[1], heard, titles), [one.id for one in each[1]]))
    if not ranked or not ranked[0][1]:
        return None
    commitment, sayings = ranked[0]
    first = min(scene.wordings(each)[0][0].day for each in sayings)
    ordered = sorted(
        sayings, key=lambda each: (scene.wordings(each)[0][0].day > first, -_hangs(scene, each), -weight(scene, each), each.id)
    )
    origins = scene.origins.get(commitment.id if commitment else ordered[0].id)
    return Lead(sayings=tuple(ordered), commitment=commitment.id if commitment else None, origins=origins)


def _hangs(scene: Scene, saying: Saying) -> int:
    """On how many things the best wording of the saying makes something hang, two being as good as more."""
    _, statement = scene.best(saying)
    return min(2, sum(len(leaves(scene.conditions[each])) for each in statement.conditions if each in scene.conditions))


def _titles(scene: Scene) -> Mapping[str, float]:
    """The words of the story's headlines, each with the share of the headlines that have it; copies have the same ones."""
    found = [set(tokens(report.title)) for report in scene.reports if report.title and scene.head(report.article) == report.article]
    counts = Counter(word for each in found for word in each)
    return {word: count / len(found) for word, count in counts.items()}


def _named(sayings: Sequence[Saying], scene: Scene, titles: Mapping[str, float]) -> float:
    """How much of what the headlines tell it tells, 0..1: a story turns on what its headlines say."""
    words = {word for saying in sayings for _, each in scene.wordings(saying) for piece in each.content for word in tokens(piece.text)}
    whole = sum(sorted(titles.values(), reverse=True)[:_HEADLINE])
    return min(1.0, sum(titles.get(word, 0.0) for word in words) / whole) if whole else 0.0


def _centrality(scene: Scene, sayings: Sequence[Saying], heard: Mapping[str, set[str]], titles: Mapping[str, float]) -> float:
    """How many reports have it, how many its speakers speak in, whether it binds and hangs on a condition, and stands in headlines."""
    if not sayings:
        return -1.0
    told = [each for saying in sayings for each in scene.wordings(saying)]
    reach = len({scene.head(report.article) for report, _ in told})
    binds = sum(statement.act in WEIGHTY for _, statement in told) / len(told)
    hangs = any(statement.conditions for _, statement in told)
    parts = max(len(leaves(scene.conditions[one])) for _, each in told for one in each.conditions) if hangs else 0
    own = any((known := scene.provenance.get(report.article)) is None or known.kind == "own" for report, _ in told)
    return (
        min(reach, _WIDE)
        + 3 * own
        + _reach(scene, sayings, heard) / 2
        + _WEIGHT * binds
        + _WEIGHT * hangs
        + min(parts, 3) / 2
        + _WEIGHT * _high(told)
        + 2 * _WEIGHT * _named(sayings, scene, titles)
    )


def _high(told: Sequence[tuple[Report, Statement]]) -> float:
    """How high in its reports it stands, 0..1: what a story turns on stands at their heads."""
    first: dict[str, float] = {}
    for report, statement in told:
        spans = [each for each in statement.content if each.place is None]
        place = min((each.start for each in spans), default=0) / max(1, len(report.text))
        first[report.article] = min(place, first.get(report.article, 1.0))
    return 1 - sum(first.values()) / len(first)


def _heard(scene: Scene) -> dict[str, set[str]]:
    """In which reports somebody speaks for a country or is a certain actor, by country and actor."""
    found: dict[str, set[str]] = {}
    for each in scene.sayings:
        reports = {report.article for report, _ in scene.wordings(each)}
        for who in (*each.countries, *map(scene.actor, each.actors)):
            found.setdefault(who, set()).update(reports)
    return found


def _reach(scene: Scene, sayings: Iterable[Saying], heard: Mapping[str, set[str]]) -> int:
    """In how many reports somebody speaks for the same country, or the same actor."""
    mine = {each for saying in sayings for each in (*saying.countries, *map(scene.actor, saying.actors))}
    return min(len(set().union(*(heard.get(each, set()) for each in mine))), _WIDE)


def headline(scene: Scene, head: Lead | None, drifted: set[str]) -> tuple[Report, Span] | None:
    """The headline that has most words of what the story turns on, that of a report which drops some of it last; the oldest of equals."""
    titled = [(report, title) for report in scene.reports if (title := best_title(report)) is not None]
    if not titled:
        return None
    told = (statement for one in (head.sayings if head else ()) for _, statement in scene.wordings(one))
    wanted = stems(" ".join(each.text for statement in told for each in statement.content))

    def rank(each: tuple[Report, Span]) -> tuple[bool, int]:
        article = each[0].article
        return scene.head(article) == article, len(stems(each[1].text) & wanted) - _DRIFT * (article in drifted)

    return max(titled, key=rank)
