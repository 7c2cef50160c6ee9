"""What each actor says: the story's sayings by speaker, in order of time, each in the wording nearest to its speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from onrecord.ask.inputs import KINDS
from onrecord.ask.scene import Scene, capital, day_of, in_title, published
from onrecord.ask.sheet import Day, Differs, Utterance, UtteranceGroup, Variance, Voice, Words
from onrecord.ask.spelling import listed
from onrecord.records import Role, Span, Statement
from onrecord.reports import Report, Saying

_SHORTEST = 3
"""Words under which what is reported indirectly ("it", "the plan") says nothing to a reader who has not the sentence before it."""
_DIFFERING = 5
"""So many differences of one saying are shown."""
_COUNTRIES = 3
"""An actor who stands for more countries than these is an alliance, and its countries are not named."""
SURE = 0.5
"""Confidence under which a statement is not shown on the page; the ledger's lists have it."""
WEIGHTY = frozenset({"commit", "threaten", "offer", "refuse", "permit", "demand", "deny", "restrict", "agree", "warn", "propose", "plan"})
"""Acts that say what somebody would do, or will not have."""
UNSURE = 0.6
"""Confidence under which a statement is marked as unsure, and is left out of the brief."""
_BINDING = frozenset({"commit", "threaten", "offer", "permit", "propose", "plan", "agree", "warn"})
_REFUSING = frozenset({"refuse", "deny", "restrict"})
_GROUPS: tuple[UtteranceGroup, ...] = ("binding", "refusing", "other")
_PLAIN_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "madam", "prof"})


def voices(scene: Scene, variances: Iterable[Variance] = (), *, most: int = 12, most_said: int = 8) -> tuple[tuple[Voice, ...], int]:
    """The actors by prominence with what they say, and how many actors are left out."""
    differing: dict[str, list[Variance]] = {}
    for each in variances:
        differing.setdefault(each.saying, []).append(each)
    said: dict[str, list[Saying]] = {}
    for saying in scene.sayings:
        if shown(scene, saying):
            said.setdefault(_key(scene, saying), []).append(saying)
    ranked = sorted(said.items(), key=lambda each: (_prominence(scene, *each), each[0]), reverse=True)
    found = (_voice(scene, key, sayings, differing, most_said) for key, sayings in ranked[:most])
    return tuple(each for each in found if each.utterances), max(0, len(ranked) - most)


def shown(scene: Scene, saying: Saying) -> bool:
    """Whether the saying goes on the page: sure enough, with words, in a text rather than only in a headline, and no outlet's own."""
    report, statement = scene.best(saying)
    return (
        statement.confidence >= SURE
        and bool(statement.content)
        and (statement.manner != "indirect" or sum(len(each.text.split()) for each in statement.content) >= _SHORTEST)
        and not in_title(report, statement)
        and statement.speaker is not None
        and not all(each.startswith("outlet:") for each in saying.actors or ("",))
        and statement.id not in scene.rivals
        and not _inner(scene, report, statement)
    )


def _inner(scene: Scene, report: Report, statement: Statement) -> bool:
    """Whether it is a piece of what the same actor says in another statement, which has it whole."""
    outer = scene.statements.get(statement.within or "")
    speaker = statement.speaker
    if outer is None or speaker is None:
        return False
    same = outer[1].speaker is not None and bool(set(outer[1].speaker.actors) & set(speaker.actors))
    return same or speaker.text.casefold() in ("i", "we")


def _key(scene: Scene, saying: Saying) -> str:
    """Who speaks: a person, else a state, else a body; for one who has no name the article too, for "officials" are others elsewhere.

    A minister who speaks for his country in one wording and is "the minister" in another is one person.
    """
    actors = speaking(scene, saying)
    if not actors:
        return f"unnamed:{scene.best(saying)[0].article}:{(saying.speaker or '').casefold()}"
    key = "+".join(actors)
    return key if scene.kind(actors[0]) != "group" else f"{key}@{(saying.speaker or '').casefold()}"


def speaking(scene: Scene, saying: Saying) -> list[str]:
    """The actors of the best wording that are of the most telling kind; where it has no person, the one person of all wordings."""
    speaker = scene.best(saying)[1].speaker
    mine = list(dict.fromkeys(map(scene.actor, speaker.actors if speaker and speaker.actors else saying.actors)))
    every = list(dict.fromkeys(map(scene.actor, saying.actors)))
    named = [each for each in every if scene.kind(each) == "person"]
    if not any(scene.kind(each) == "person" for each in mine) and len(named) == 1 and not any(map(_is_state, mine)):
        return named
    for kind in ("person", "state", "org"):
        if found := sorted(each for each in mine if scene.kind(each) == kind):
            return found
    return sorted(mine)


def _is_state(ident: str) -> bool:
    return ident.startswith("state:")


def _prominence(scene: Scene, key: str, sayings: Sequence[Saying]) -> tuple[bool, float, int]:
    reports = {report.article for saying in sayings for report, _ in scene.wordings(saying)}
    weighty = sum(saying.act in WEIGHTY for saying in sayings)
    named = not key.startswith(("group:", "unnamed:"))
    bound = any(scene.best(saying)[1].conditions for saying in sayings)
    return not key.startswith("unnamed:"), len(reports) + min(weighty, 6) / 2 + named * 2 + bound, len(sayings)


def _voice(scene: Scene, key: str, sayings: Sequence[Saying], differing: Mapping[str, Sequence[Variance]], most: int) -> Voice:
    first = sayings[0]
    actors = speaking(scene, first)
    codes = dict.fromkeys(each for saying in sayings for each in (scene.countries(actors) or saying.countries))
    reports = {report.article for saying in sayings for report, _ in scene.wordings(saying)}
    ordered = sorted(sayings, key=lambda each: _time(scene, each))
    if len(ordered) > most:
        weighed = sorted(ordered, key=lambda each: (_sure(scene, each), weight(scene, each)), reverse=True)[:most]
        ordered = [each for each in ordered if each in weighed]
    found = [utterance(scene, each, differing.get(each.id, ())) for each in ordered]
    utterances = sorted((each for each in found if each.words), key=lambda each: _GROUPS.index(each.group))
    named = not key.startswith(("unnamed:", "group:"))
    names = [name for each in actors if (name := scene.name(each))] if named else []
    return Voice(
        actor=actors[0] if actors else None, name=listed(list(dict.fromkeys(names))) or speaker_name(scene, first),
        role=_role(scene, actors) if len(actors) == 1 else None,
        countries=tuple(map(scene.country, codes)) if len(codes) <= _COUNTRIES else (), reports=len(reports),
        utterances=tuple(utterances), more=len(sayings) - len(utterances),
        beside=tuple(name for each in holders(scene, actors) if (name := scene.name(each)))[:_COUNTRIES] if len(actors) == 1 else (),
    )  # fmt: skip


def _sure(scene: Scene, saying: Saying) -> bool:
    return scene.best(saying)[1].confidence >= UNSURE


def _role(scene: Scene, actors: Sequence[str]) -> Words | None:
    """The office that most reports give the person, in the words of the first of these."""
    said = _offices(scene, actors)
    counts = Counter(role.title.casefold() for _, role in said)
    if not counts:
        return None
    most = max(counts.values())
    report, role = next((report, role) for report, role in said if counts[role.title.casefold()] == most)
    return scene.citations.cite(report.article, role.span)


def _offices(scene: Scene, actors: Sequence[str]) -> list[tuple[Report, Role]]:
    """The offices that reports give these actors, and not only a "Mr"."""
    return [
        (report, role)
        for report in scene.reports
        for actor in report.extraction.actors
        if scene.actor(actor.id) in actors
        for role in actor.roles
        if role.title.casefold().rstrip(".") not in _PLAIN_TITLES
    ]


def holders(scene: Scene, actors: Sequence[str]) -> tuple[str, ...]:
    """Who of those that are heard in the story hold an office of a state among these actors: its positions may stand under their names."""
    states = {each.partition(":")[2] for each in actors if _is_state(each)}
    if not states:
        return ()
    heard = map(scene.known, dict.fromkeys(actor for saying in scene.sayings for actor in saying.actors))
    mine = (actor for actor in heard if actor is not None and actor.kind == "person" and set(actor.countries) & states)
    return tuple(dict.fromkeys(actor.id for actor in mine if _offices(scene, (actor.id,))))


def speaker_name(scene: Scene, saying: Saying) -> str:
    """What the page calls the saying's speaker."""
    report, statement = scene.best(saying)
    actors = statement.speaker.actors if statement.speaker and statement.speaker.actors else saying.actors
    names = [name for each in actors if (name := scene.called(report, each))]
    return listed(list(dict.fromkeys(names))) or capital(saying.speaker or "somebody unnamed")


def weight(scene: Scene, saying: Saying) -> float:
    """How much a saying matters to a reader: that it binds or bars, hangs on a condition, is reported widely, and is sure."""
    _, statement = scene.best(saying)
    wide = len({each.article for each, _ in scene.wordings(saying)})
    nested = statement.within is not None
    return (
        1.5 * (statement.act in WEIGHTY) + 1.5 * bool(statement.conditions) + min(wide, 6) / 2 + statement.confidence
        + (statement.manner != "indirect") / 2 - nested
    )  # fmt: skip


def _time(scene: Scene, saying: Saying) -> tuple[str, str, int]:
    report, statement = scene.best(saying)
    return saying.first or report.day, report.day, statement.content[0].start


def utterance(scene: Scene, saying: Saying, variances: Sequence[Variance] = ()) -> Utterance:
    """The saying in the wording nearest to its speaker, with who else has it and how they differ."""
    report, statement = scene.best(saying)
    wordings = scene.wordings(saying)
    counted = scene.origins.get(saying.id)
    others = dict.fromkeys(scene.label(each.article) for each, _ in wordings if each.article != report.article)
    cue, words = scene.spoken(report, statement)
    return Utterance(
        saying=saying.id, act=statement.act, continuity=statement.continuity,
        speaker=scene.citations.cite(report.article, statement.speaker) if statement.speaker else None,
        cue=cue, words=words, group=_group(statement.act), unsure=statement.confidence < UNSURE,
        clauses=scene.clauses(report, statement), said=_said(saying, statement),
        where=scene.citations.all(report.article, places(statement)),
        via=scene.citations.all(report.article, statement.via), article=report.article,
        outlet=scene.label(report.article), day=published(report),
        outlets=tuple(others), wordings=len(wordings), differs=tuple(_differs(scene, each) for each in variances[:_DIFFERING]),
        origins=counted.count if counted is not None else None,
    )  # fmt: skip


def _group(act: str) -> UtteranceGroup:
    return "binding" if act in _BINDING else "refusing" if act in _REFUSING else "other"


def places(statement: Statement) -> list[Span]:
    """Where and at what occasion it was said, each place once."""
    return [*statement.said.where, *(each for each in statement.venue if not any(_in(where, each) for where in statement.said.where))]


def _in(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _said(saying: Saying, statement: Statement) -> Day | None:
    if statement.said.when is not None:
        return day_of(statement.said.when)
    return None


def _differs(scene: Scene, variance: Variance) -> Differs:
    report: Report = scene.by_article[variance.article]
    before = scene.cite([variance.before] if variance.before else [])
    after = scene.cite([variance.after] if variance.after else [])
    return Differs(
        article=report.article, outlet=scene.label(report.article), kind=variance.kind, told=KINDS[variance.kind],
        before=before[0] if before else None,
        after=after[0] if after else None,
    )  # fmt: skip
