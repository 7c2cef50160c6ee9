"""Background: what the actors of a story said earlier on the same matter, as its own reports recall it and as earlier articles have it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from onrecord.ask.scene import Scene, day_of, in_title, published, stems
from onrecord.ask.sheet import Position
from onrecord.ask.voices import SURE
from onrecord.records import Statement
from onrecord.reports import Report, Saying

SHARED = 3
"""So many words that carry meaning two statements of one actor have to share to be on one matter."""
CANDIDATES = 200
"""Earlier statements of one actor that are looked at, newest first."""
_ACTORS = 12
_TOLD_AGAIN = 0.6
_LONG_AGO = 7
"""Days before a story by which what was said is no news of it."""


class Archive(Protocol):
    """Earlier statements that the ledger holds."""

    def earlier(self, actors: Sequence[str], before: str, limit: int) -> Iterable[tuple[str, str]]:
        """Articles and statements by one of these actors in articles published before that day, newest first, at most so many."""


def recalled(sayings: Sequence[Saying], reports: Sequence[Report], archive: Archive, before: str) -> list[tuple[str, str]]:
    """Articles and statements of the ledger that may be background of a story with these sayings: by the same actors, and earlier."""
    members = {report.article for report in reports}
    spoken: dict[str, int] = {}
    for saying in sayings:
        for actor in saying.actors:
            if actor.startswith(("person:", "org:", "state:")):
                spoken[actor] = spoken.get(actor, 0) + len(saying.wordings)
    actors = sorted(spoken, key=lambda each: (-spoken[each], each))[:_ACTORS]
    found = archive.earlier(actors, before, CANDIDATES) if actors else ()
    return [(article, statement) for article, statement in found if article not in members]


def background(scene: Scene, earlier: Iterable[tuple[Report, Statement]], *, most: int = 10) -> tuple[Position, ...]:
    """Earlier positions, oldest first: those that the story's reports recall, then those of earlier articles on the same matter."""
    positions = [*_recalled(scene), *_archived(scene, earlier, most)]
    seen: set[tuple[str, ...]] = set()
    found = []
    for each in positions:
        key = (each.name, *(words.text.casefold() for words in each.words))
        if each.words and key not in seen:
            seen.add(key)
            found.append(each)
    return tuple(sorted(found[:most], key=lambda each: (each.day.first or "", each.article)))


def _recalled(scene: Scene) -> Iterator[Position]:
    """What a report of the story says was said before the story began."""
    begin = begun(scene)
    for saying in scene.sayings:
        report, statement = scene.best(saying)
        known = statement.confidence >= SURE and bool(saying.actors) and not in_title(report, statement)
        if known and is_earlier(scene, saying, begin):
            yield _position(scene, report, statement, within=True)


def is_earlier(scene: Scene, saying: Saying, begin: str) -> bool:
    """Whether the report looks back on this as said before that day."""
    _, statement = scene.best(saying)
    when, cue = statement.said.when, statement.cue
    if when is None or when.to is None or when.to >= begin:
        return False
    # What was said on the eve of its publication is the news itself; "had said" looks back.
    back = cue is not None and re.match(r"(?:had|earlier|previously|once)\b", cue.text, re.IGNORECASE) is not None
    return back or _days_between(when.to, begin) >= _LONG_AGO


def _days_between(first: str, last: str) -> int:
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return 0


def begun(scene: Scene) -> str:
    """The day before which something is earlier: the story's first; where that is only inferred, some weeks before the last thing said."""
    known = [report.published.first for report in scene.reports if report.published.first and report.published.granularity == "day"]
    if known:
        return min(known)
    said = [each.said.when.to for report in scene.reports for each in report.extraction.statements if each.said.when and each.said.when.to]
    return max(said)[:7] + "-01" if said else ""


def _archived(scene: Scene, earlier: Iterable[tuple[Report, Statement]], most: int) -> list[Position]:
    """What stands in earlier articles on the same matter: of what is told several times the oldest, and of all that the nearest."""
    mine: dict[str, set[str]] = {}
    for saying in scene.sayings:
        for actor in saying.actors:
            for report, statement in scene.wordings(saying):
                mine.setdefault(scene.actor(actor), set()).update(matter(report, statement))
    kept: list[tuple[int, set[str], Report, Statement]] = []
    for report, statement in sorted(earlier, key=lambda each: (each[0].day, each[0].article, each[1].id)):
        words = matter(report, statement)
        shared = max((len(words & mine.get(scene.actor(each), set())) for each in _speakers(scene, report, statement)), default=0)
        if shared >= SHARED and not any(alike(words, other) for _, other, _, _ in kept):
            kept.append((shared, words, report, statement))
    kept.sort(key=lambda each: -each[0])
    return [_position(scene, report, statement, within=False) for _, _, report, statement in kept[:most]]


def _speakers(scene: Scene, report: Report, statement: Statement) -> Sequence[str]:
    """Who speaks; nobody where the statement is not to be shown."""
    known = statement.speaker is not None and statement.confidence >= SURE and statement.within is None
    if report.article in scene.members or not known or in_title(report, statement) or statement.speaker is None:
        return ()
    return statement.speaker.actors


def alike(one: set[str], other: set[str]) -> bool:
    """Whether the one says little that the other does not: then it is the same told again."""
    return bool(one and other) and len(one & other) / min(len(one), len(other)) > _TOLD_AGAIN


def matter(report: Report, statement: Statement) -> set[str]:
    """Words of what was said that carry meaning, roughly reduced to their stems; names count, common words do not."""
    return stems(" ".join(each.text for each in statement.content))


def _position(scene: Scene, report: Report, statement: Statement, *, within: bool) -> Position:
    when = statement.said.when
    speaker = statement.speaker
    cue, words = scene.spoken(report, statement)
    names = [name for each in (speaker.actors if speaker else ()) if (name := scene.called(report, each))]
    return Position(
        name=" and ".join(dict.fromkeys(names)) or (speaker.text if speaker else ""),
        day=day_of(when) if when is not None and when.first else published(report), act=statement.act, cue=cue,
        words=words, clauses=scene.clauses(report, statement), article=report.article,
        outlet=scene.label(report.article), within=within,
    )  # fmt: skip
