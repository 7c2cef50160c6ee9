"""Contrasts and agreements: what in a story is denied, refused or set against something else, and what is echoed or supported."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.ask.grounds import negated
from onrecord.ask.scene import Scene, published
from onrecord.ask.sheet import Accord, AccordKind, Words
from onrecord.ask.voices import shown, speaker_name, weight
from onrecord.records import Relation, Statement
from onrecord.reports import Report, Saying

_SURE = 0.8
_ACTS: dict[str, AccordKind] = {
    "deny": "denies",
    "refuse": "refuses",
    "criticise": "criticises",
    "accuse": "criticises",
    "agree": "supports",
    "praise": "supports",
}
_RELATIONS: dict[str, AccordKind] = {"contrast": "contrasts", "echo": "echoes"}
_DENYING = frozenset({"deny", "dispute", "reject", "contest", "refute", "rebut", "disown", "contradict", "repudiate"})
AGREEING = frozenset({"echoes", "supports"})


def accords(scene: Scene, *, most: int = 12) -> tuple[Accord, ...]:
    """The weightiest of them, what relates two statements first; contrasts and agreements are told apart by their kind."""
    sayings = sorted((each for each in scene.sayings if shown(scene, each)), key=lambda each: (-weight(scene, each), each.id))
    of = {wording.statement: saying for saying in scene.sayings for wording in saying.wordings}
    related = [each for saying in sayings for each in _related(scene, saying, of)]
    acting = [each for saying in sayings if (each := _acting(scene, saying)) is not None]
    return _once([*related, *acting])[:most]


def _related(scene: Scene, saying: Saying, of: dict[str, Saying]) -> Iterator[Accord]:
    """What an article itself sets against, or beside, something else that it has."""
    report, statement = scene.best(saying)
    for relation in statement.relations:
        kind, other = _RELATIONS.get(relation.kind), of.get(relation.to)
        if kind is not None and other is not None and relation.to in scene.statements:
            yield _accord(scene, kind, report, statement, saying, (other, relation))


def _acting(scene: Scene, saying: Saying) -> Accord | None:
    report, statement = scene.best(saying)
    kind = _ACTS.get(statement.act)
    if kind == "denies" and not is_outright(statement):
        kind = "contests"
    if kind is None or statement.within is not None or statement.confidence < _SURE:
        return None
    return _accord(scene, kind, report, statement, saying)


def is_outright(statement: Statement) -> bool:
    """Whether the report's own verb is one of denying, so that it needs no reading between the lines."""
    return statement.cue is not None and statement.cue.lemma in _DENYING and not negated(statement)


def _accord(
    scene: Scene, kind: AccordKind, report: Report, statement: Statement, saying: Saying, other: tuple[Saying, Relation] | None = None
) -> Accord:
    others: tuple[Words, ...] = ()
    if other is not None:
        of, against = scene.statements[other[1].to]
        others = scene.quote(of, against.content)
    cue, words = scene.spoken(report, statement)
    return Accord(
        kind=kind, name=speaker_name(scene, saying), other=speaker_name(scene, other[0]) if other else None,
        cue=cue, words=words, others=others, outlet=scene.label(report.article), day=published(report),
    )  # fmt: skip


def _once(several: list[Accord]) -> tuple[Accord, ...]:
    """Each of them once: the same words are not shown under two kinds."""
    seen: set[tuple[int, ...]] = set()
    found = []
    for each in several:
        key = tuple(words.cite for words in each.words)
        if key and key not in seen:
            seen.add(key)
            found.append(each)
    return tuple(found)
