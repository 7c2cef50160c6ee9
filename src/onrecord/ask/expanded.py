"""Expanded coverage: each report with where it comes from and what it alone has; copies folded under what they copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from onrecord.ask.grounds import negated
from onrecord.ask.novelty import Passages, telling
from onrecord.ask.quoting import unmarked
from onrecord.ask.scene import Scene, in_title, published
from onrecord.ask.sheet import Addition, Edit, Entry, Folded, Words
from onrecord.ask.voices import SURE, speaker_name, weight
from onrecord.records import Extent, Statement, span
from onrecord.reports import Change, Copy, Membership, Origins, Reason, Report, Saying

COMPARED = 100
"""So many reports of a story, the oldest, are searched for words that one report seems to have alone."""
_ALIKE = 0.45
"""From this likeness to a passage of another report on, that one tells the same."""
_OTHERWISE = 0.22
"""Beneath this nothing like it is told elsewhere; between the two only the words are new."""
_NAMED = 0.15
"""The same where another report has a rare name or number of it too."""
_RETOLD = 0.2
"""The same for a report that retells another, whose words are new in any case."""
_TELLING = 3
"""Words that tell something which a statement needs to be claimed for one report alone."""
SAME = 0.6
"""How much of the smaller text a partial copy shares to be shown under the other."""
EDITS = 3
"""Changes of a copy that are shown."""
_WORDS = 3
"""Words from which a change is shown."""
_GLANCE = 140
_Claim = tuple[float, Saying, Statement, Literal["told", "worded"]]


def entries(
    scene: Scene, memberships: Iterable[Membership], of: str, central: Origins | None, passages: Passages,
    edits: Mapping[str, Sequence[Change]], *, most: int = 50, most_folded: int = 20,
    most_added: int = 3,
) -> tuple[tuple[Entry, ...], int]:  # fmt: skip
    """The story's reports, oldest first, and how many are left out; ``of`` is the story's id."""
    folded: dict[str, list[Report]] = {}
    for report in scene.reports:
        if scene.head(report.article) != report.article:
            folded.setdefault(scene.head(report.article), []).append(report)
    alone = _Alone(scene, passages)
    why = {each.article: each.reasons for each in memberships}
    chosen = [report for report in in_time(scene) if scene.head(report.article) == report.article]
    counted = {each.article: each for each in (scene.origins[of].counted if of in scene.origins else ())}
    turning = {each.article: each.sentence for each in (central.counted if central else ())}
    found = []
    for report in chosen[:most]:
        under = folded.get(report.article, [])
        known = scene.provenance.get(report.article)
        count = counted.get(report.article)
        adds, more_adds = alone.additions(report, most_added)
        found.append(Entry(
            article=report.article, outlet=report.outlet, title=report.title, byline=report.byline, day=published(report),
            at=report.published.at, basis=report.published.basis, language=report.language, url=linked(report.url),
            kind=known.kind if known else "unknown", sentence=known.sentence if known else "origin not known",
            counts=count.counts if count else None, reason=count.sentence if count else None, central=turning.get(report.article),
            spans=_once(scene.cite(each for link in (known.links if known else ()) for each in link.spans[:2])),
            adds=adds, more=more_adds,
            copies=tuple(_folded(scene, each, alone, why, edits.get(each.article, ())) for each in under[:most_folded]),
            more_copies=max(0, len(under) - most_folded), why=why.get(report.article, ()),
        ))  # fmt: skip
    return tuple(found), sum(1 + len(folded.get(report.article, [])) for report in chosen[most:])


def _once(several: Sequence[Words]) -> tuple[Words, ...]:
    return tuple({words.cite: words for words in several}.values())[:4]


def originals(scene: Scene, copies: Iterable[Copy]) -> dict[str, str]:
    """For each report of the story the one under which it is shown: itself, or the oldest that it copies, over any number of steps."""
    steps: dict[str, str] = {}
    for copy in copies:
        whole = copy.kind != "partial" or copy.containment >= SAME
        if whole and copy.article in scene.members and copy.of in scene.members:
            steps.setdefault(copy.article, copy.of)
    for known in scene.provenance.values():
        to = next((link.to for link in known.links if link.kind == "copy" and link.to in scene.members), None)
        if known.kind == "copy" and to is not None:
            steps[known.article] = to
        elif known.kind == "own":
            steps.pop(known.article, None)
    return {report.article: _head(report.article, steps) for report in scene.reports}


def _head(article: str, steps: Mapping[str, str]) -> str:
    seen = {article}
    while (step := steps.get(article)) is not None and step not in seen:
        seen.add(step)
        article = step
    return article


def _alone(scene: Scene) -> dict[str, list[Saying]]:
    """For each report the sayings that stand in it and in no other but its copies; a copy is given only what its original lacks."""
    found: dict[str, list[Saying]] = {}
    for saying in scene.sayings:
        reports = [report.article for report, statement in scene.wordings(saying)]
        if len({scene.head(each) for each in reports}) == 1:
            head = scene.head(reports[0])
            found.setdefault(head if head in reports else reports[0], []).append(saying)
    return found


class _Alone:
    """What each report has and no other."""

    def __init__(self, scene: Scene, passages: Passages) -> None:
        self._scene = scene
        # What the only report has is not set against anything.
        self._sayings = _alone(scene) if len(scene.reports) > 1 else {}
        self._passages = passages

    def additions(self, report: Report, most: int) -> tuple[tuple[Addition, ...], int]:
        """The strongest of them in the report's own words, in the order in which they stand; and how many more there are."""
        best = [each for saying in self._sayings.get(report.article, ()) if (each := self._claimed(report, saying)) is not None]
        best.sort(key=lambda each: (each[3] != "told", -each[0], each[2].id))
        kept: list[_Claim] = []
        for each in best:
            if not any(_overlap(each[2], other[2]) for other in kept):
                kept.append(each)
        shown = sorted(kept[:most], key=lambda each: each[2].content[0].start)
        spoken = [(each, self._scene.spoken(report, each[2])) for each in shown]
        found = (
            Addition(only=only, speaker=speaker_name(self._scene, saying), act=statement.act, cue=cue, words=words[:3])
            for (_, saying, statement, only), (cue, words) in spoken
        )
        return tuple(each for each in found if each.words), sum(each[3] == "told" for each in kept[most:])

    def _claimed(self, report: Report, saying: Saying) -> _Claim | None:
        """The saying as one that only this report has, where that can be claimed."""
        scene = self._scene
        statement = next((each for of, each in scene.wordings(saying) if of.article == report.article), None)
        if (
            statement is None or in_title(report, statement) or statement.confidence < SURE or statement.speaker is None
            or statement.id in scene.rivals or statement.within is not None
            or (negated(statement) and statement.act not in ("deny", "refuse", "restrict"))
        ):  # fmt: skip
            return None
        words, others = telling(report, statement), self._others(report)
        if not others or self._passages.quotes(report, statement, others):
            return None
        apart = {each.article for each in scene.reports} - others
        like = self._passages.likeness(words, apart)
        named = self._passages.shares_name(words, apart)
        known = scene.provenance.get(report.article)
        if known is not None and known.kind != "own":
            # Who retells has other words for everything: only what has nothing of another report's is claimed.
            only: Literal["told", "worded"] | None = "told" if like < _RETOLD and not named else None
        else:
            only = "told" if like < (_NAMED if named else _OTHERWISE) else "worded" if like < _ALIKE else None
        return (_strength(scene, saying, statement), saying, statement, only) if only is not None and len(words) >= _TELLING else None

    def _others(self, report: Report) -> set[str]:
        """The reports that are not shown under this one, or came before it; in copies of this one its words may stand."""
        scene = self._scene
        some = scene.reports[:COMPARED]
        return {each.article for each in some if scene.head(each.article) != scene.head(report.article) or each.day < report.day} - {
            report.article
        }


def _strength(scene: Scene, saying: Saying, statement: Statement) -> float:
    letters = sum(each.end - each.start for each in statement.content)
    outlet = bool(saying.actors) and all(each.startswith("outlet:") for each in saying.actors)
    named = bool(saying.actors) and not saying.actors[0].startswith("group:")
    return weight(scene, saying) + named / 2 + min(letters, 120) / 120 - 3 * outlet - (letters < 25)


def _overlap(one: Statement, other: Statement) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.content for b in other.content)


def _folded(
    scene: Scene, report: Report, alone: _Alone, why: Mapping[str, tuple[Reason, ...]], edits: Sequence[Change]
) -> Folded:  # fmt: skip
    known = scene.provenance.get(report.article)
    return Folded(
        article=report.article, outlet=report.outlet, title=report.title, day=published(report), url=linked(report.url),
        language=report.language, sentence=known.sentence if known else "copy", adds=alone.additions(report, 1)[0],
        why=why.get(report.article, ()), edits=tuple(_edits(scene, report, edits)),
    )  # fmt: skip


def _edits(scene: Scene, report: Report, changes: Iterable[Change]) -> Iterator[Edit]:
    """The longest changes of the copy, in the order in which they stand."""
    real = [each for each in changes if each.kind != "same" and max(_words(each.before), _words(each.after)) >= _WORDS]
    longest = sorted(real, key=lambda each: -max(len(each.before), len(each.after)))[:EDITS]
    for each in (change for change in real if change in longest):
        before = _piece(scene, scene.head(report.article), each.was)
        after = _piece(scene, report.article, each.now)
        if before is not None or after is not None:
            yield Edit(kind=each.kind, before=before, after=after)


def _words(text: str) -> int:
    return sum(any(map(str.isalnum, word)) for word in text.split())


def _piece(scene: Scene, article: str, where: Extent | None) -> Words | None:
    """The words there, without what is around them; no more than can be read at a glance."""
    if where is None or where[0] >= where[1]:
        return None
    text = scene.by_article[article].text
    first = next((at for at in range(*where) if not text[at].isspace()), where[1])
    last = min((at for at in (text.find("\n", first, where[1]), where[1]) if at > 0), default=where[1])
    if last - first > _GLANCE:
        last = text.rfind(" ", first, first + _GLANCE)
    found = unmarked(span(text, (first, last)), text) if first < last else None
    return scene.citations.cite(article, found) if found is not None else None


def in_time(scene: Scene) -> list[Report]:
    """Oldest first; of one day, where the hours are not known, a report stands behind those of that day that it has something from."""
    left, found = list(scene.reports), []
    while left:
        waiting = {each.article: each for each in left}
        chosen = next((each for each in left if not _waits(scene, each, waiting)), left[0])
        found.append(chosen)
        left.remove(chosen)
    return found


def _waits(scene: Scene, report: Report, waiting: Mapping[str, Report]) -> bool:
    known = scene.provenance.get(report.article)
    sources = (waiting.get(link.to or "") for link in (known.links if known else ()))
    return any(
        each is not None and each.article != report.article and each.day == report.day and not (each.published.at and report.published.at)
        for each in sources
    )


def linked(url: str | None) -> str | None:
    """The address, where it is one of the web; others (``javascript:``, ``data:``, ``file:``) are shown nowhere."""
    address = (url or "").strip()
    plain = address.isprintable() and not any(character.isspace() for character in address)
    return address if plain and address.lower().startswith(("http://", "https://")) else None
