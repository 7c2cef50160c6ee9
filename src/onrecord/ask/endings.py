"""The end of a brief: how many independent origins all this has, or that no other coverage is held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.ask import spelling
from onrecord.ask.grounds import Facts
from onrecord.ask.lead import Lead
from onrecord.ask.line import Line
from onrecord.ask.scene import Scene
from onrecord.ask.sheet import Sentence, Wanted, Words
from onrecord.reports import Counted, Origins

_NAMED = 4
"""So many origins, or reports that are not held, are named in one sentence."""


def lead_origins(scene: Scene, lead: Lead | None, story: str) -> Sentence | None:
    """``The central statement has two independent origins: A and B``; nothing where the whole story has the same."""
    if lead is None or lead.origins is None or not lead.origins.count or len(scene.reports) == 1:
        return None
    if story in scene.origins and _counting(scene.origins[story]) == _counting(lead.origins):
        return None
    count = lead.origins.count
    own = [each for each in lead.origins.counted if each.counts and each.article in scene.members]
    line = Line().plain(f"The central statement has {spelling.number(count)} independent {'origin' if count == 1 else 'origins'}")
    return _own(scene, line, count, own)


def _counting(origins: Origins) -> set[str]:
    return {each.article for each in origins.counted if each.counts}


def _own(scene: Scene, line: Line, count: int, own: Sequence[Counted]) -> Sentence | None:
    """The sentence ended with the outlets of these reports and the words that show that they have it themselves."""
    names = list(dict.fromkeys(scene.by_article[each.article].outlet or "" for each in own))
    if not own or not all(names):
        return None
    shown = names[:_NAMED]
    for number, name in enumerate(shown):
        first = ": " if count == len(shown) else ", among them "
        line.plain(first if not number else " and " if number == len(shown) - 1 else ", ").name(name, "outlet")
    spans = [words for each in own for words in scene.cite(each.spans)[:1]]
    return line.mark(spans[:_NAMED] or _firsts(scene, [each.article for each in own])[:_NAMED]).end("origins")


def story_origins(scene: Scene, story: str, known: Facts, wanted: Sequence[Wanted], lead: Origins | None = None) -> Sentence | None:
    """``Six reports by six outlets of 26 to 29 May 2024 rest on two independent origins: A and B``."""
    if len(scene.reports) == 1:
        return _alone(wanted)
    counted = scene.origins.get(story)
    if counted is None or not counted.count or (lead is not None and not _counting(lead) <= _counting(counted)):
        return None
    days = sorted(report.published.first for report in scene.reports if report.published.first)
    reports = f"{spelling.number(known.counts['reports'])} reports"
    reports += f" by {spelling.number(known.counts['outlets'])} outlets" if known.counts["outlets"] > 1 else ""
    reports += f" of {spelling.between(days[0], days[-1])}" if days else ""
    origins = f"{spelling.number(counted.count)} independent {'origin' if counted.count == 1 else 'origins'}"
    line = Line().plain(
        f"The story as a whole, {reports}, has {origins}" if lead is not None else f"{reports[:1].upper()}{reports[1:]} rest on {origins}"
    )
    return _own(scene, line, counted.count, [each for each in counted.counted if each.counts and each.article in scene.members])


def _firsts(scene: Scene, articles: Iterable[str]) -> list[Words]:
    """The first words on record in each of the articles."""
    found: list[Words] = []
    for report in map(scene.by_article.__getitem__, articles):
        spans = [each.content[0] for each in report.extraction.statements if each.content and each.content[0].place is None]
        found += scene.citations.all(report.article, spans[:1])
    return found


def _alone(wanted: Sequence[Wanted]) -> Sentence | None:
    """``No other coverage is held; the article cites “A”, “B” and “C”``."""
    named = [each for each in wanted if each.words]
    if not named:
        return None
    line = Line().plain("No other coverage is held; the article cites ")
    for number, each in enumerate(named[:_NAMED]):
        line.plain("" if not number else " and " if number == len(named[:_NAMED]) - 1 else ", ").quote(each.words[:1])
    return line.end("origins")
