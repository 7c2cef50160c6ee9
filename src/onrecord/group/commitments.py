"""Commitments: what sayings bind somebody to, or are reported to, whoever says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from msgspec.structs import replace

from onrecord.codec import decode, encode
from onrecord.group.gist import Gist, conditions_within
from onrecord.group.terms import Term, folded, is_common, is_empty, stem, terms
from onrecord.lexicons import load
from onrecord.records import Act, Condition, Record, Span, Statement, tagged
from onrecord.reports import BondShelf, Bound, Key, Obligations, Placed, Placement, Report

RULE = "commitments/1"
"""Name and version of the rules by which sayings are joined to commitments."""
MOST = 60
"""Earlier bonds of one principal that are compared at most."""
_ACTS: frozenset[Act] = frozenset({"commit", "threaten", "offer", "permit", "refuse", "restrict", "plan", "agree"})
_AGAINST: frozenset[Act] = frozenset({"refuse"})
_SUBJECT: frozenset[Act] = frozenset({"commit", "plan", "refuse", "offer"})
"""Acts that bind whoever is named as the one to do it."""
_ALIKE = 0.6
"""Share of the words of the shorter action that the longer must have."""
_MEMBERS = 0.6
"""Share of the members that two principals need in common."""
_LETTERS = 1000
"""Letters of an action that are looked at."""
_LONGEST = 10
"""Words of an action that are compared."""
_SELF = frozenset({"we", "us", "our", "ourselves"})
_ME = frozenset({"i", "my", "me"})
_OTHERS = frozenset({"they", "it", "he", "she", "their", "its", "his", "her"})


class Bond(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What one statement binds whom to, in words that are compared."""

    principal: tuple[str, ...]
    against: bool = False
    """Whether it binds them not to do it."""
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Those of the words that are names: no deed, only what it is done with."""
    targets: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    commitment: str = ""


def bind(report: Report, placement: Placement, shelf: BondShelf) -> Obligations:
    """Which commitments the report's statements belong to: ones that are held, or new ones.

    Args:
        report: the article.
        placement: where its statements were placed among the sayings.
        shelf: the ledger.
    """
    placed = {each.statement: each for each in placement.placed}
    gists = {gist.statement: gist for gist in decode(placement.gists, tuple[Gist, ...])}
    conditions = conditions_within(report.extraction.statements, report.extraction.conditions)
    found = [
        (each, made) for each in report.extraction.statements if (made := _bond(each, gists.get(each.id), conditions[each.id])) is not None
    ]
    found += _echoes(report, found)
    held = _Held(report.article, [placed[each.id].saying for each, _ in found], [bond for _, (bond, _) in found], shelf)
    bound = []
    for statement, (bond, action) in found:
        commitment = held.home(placed[statement.id], bond)
        bound.append(_bound(report, placed[statement.id], replace(bond, commitment=commitment), action))
    return Obligations(article=report.article, reading=report.reading, bound=tuple(bound))


def _bound(report: Report, placed: Placed, bond: Bond, action: Span) -> Bound:
    return Bound(
        statement=placed.statement, anchor=placed.anchor, principal=bond.principal, day=report.day, commitment=bond.commitment,
        bond=encode(bond), action=action, rule=RULE,
    )  # fmt: skip


def _echoes(report: Report, found: Sequence[tuple[Statement, tuple[Bond, Span]]]) -> Iterator[tuple[Statement, tuple[Bond, Span]]]:
    """Those who say that they say the same: "lawmakers echoed this", each a saying of its own speaker for the same commitment."""
    made = {statement.id: bond for statement, (bond, _) in found}
    for each in report.extraction.statements:
        bond = next((made[r.to] for r in each.relations if r.kind in ("echo", "same") and r.to in made), None)
        if bond is not None and each.id not in made and each.content:
            yield each, (bond, each.content[0])


def binds(statement: Statement) -> bool:
    """Whether the statement binds somebody to something: a promise, threat, refusal, but not what was merely not ruled out."""
    if statement.act not in _ACTS or (statement.act == "refuse" and _only_silent(statement)):
        return False
    if statement.act == "agree" and not any(folded(span.text).lower().startswith("to ") for span in statement.content):
        return False
    cue = "" if statement.cue is None else " ".join(piece.text for piece in (statement.cue, *statement.cue.more))
    if statement.act != "refuse" and _noncommittal().search(folded(cue).lower()):
        return False
    words = folded(" ".join(span.text for span in statement.content)).lower()
    if _not_excluded().search(f"{folded(cue).lower()} {words}"):
        return False
    return not any(hedge.kind == "considering" for hedge in statement.hedges)


def _only_silent(statement: Statement) -> bool:
    """Whether somebody merely would not say something: "declined to comment"."""
    silent = frozenset(load("alike")["noncommittal"]["silent"])
    cue = () if statement.cue is None else (statement.cue, *statement.cue.more)
    first = next(iter(terms(statement.content[0].text)), None) if statement.content else None
    words = {term.word for piece in cue for term in terms(piece.text)} | ({first.word} if first else set())
    return bool(words & silent)


@cache
def _noncommittal() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in load("alike")["noncommittal"]["phrases"]) + r")\b")


@cache
def _not_excluded() -> re.Pattern[str]:
    negated = r"(?:\bnot\b|n't\b|\bnever\b|\bnor\b|\bwithout\b|\bcannot\b)"
    return re.compile(negated + r"\W+(?:\w+\W+){0,2}(?:rul(?:e|ed|ing) (?:\w+ ){0,2}out|exclud(?:e|ed|ing))\b")


def _bond(statement: Statement, gist: Gist | None, conditions: Sequence[Condition]) -> tuple[Bond, Span] | None:
    """What the statement binds whom to, and the words for the action; None where it binds nobody, or nothing is said of what to do."""
    if gist is None or not binds(statement):
        return None
    action = _action(statement, conditions)
    if action is None:
        return None
    found = terms(action.text[:_LETTERS])
    principal, rest = _principal(statement, gist, found)
    words = [term.stem for term in rest if ":" not in term.stem and not is_empty(term.word) and len(term.word) > 2][:_LONGEST]
    telling = tuple(dict.fromkeys(word for word in words if not is_common(word)))
    if not principal or not telling or (len(telling) == 1 and not gist.events):
        return None
    bond = Bond(
        principal=principal, against=_against(statement, gist, telling), words=telling,
        names=tuple(word for word in telling if word in gist.names),
        targets=tuple(sorted({term.stem for term in rest if term.stem.startswith("state:")} - set(principal))),
        events=tuple(sorted({event.partition(">")[0] for event in gist.events})),
    )  # fmt: skip
    return bond, action


def _against(statement: Statement, gist: Gist, telling: Sequence[str]) -> bool:
    """Whether it binds them not to do it: a refusal, or a promise with a negation of the deed."""
    if statement.act in _AGAINST:
        return True
    reversing = frozenset(stem(word) for word in load("alike")["noncommittal"]["reversing"])
    return statement.act in _SUBJECT and telling[0] in gist.negated and telling[0] not in reversing and not reversing & {*gist.negated[:1]}


def _action(statement: Statement, own: Sequence[Condition]) -> Span | None:
    """The words that say what is to be done: the consequent where there is one, else the content outside antecedents."""
    sides = [span for each in own for span in each.consequent]
    if sides:
        return max(sides, key=lambda span: span.end - span.start)
    return _largest_outside(statement.content, [span for each in own for span in each.antecedent])


def _largest_outside(content: Sequence[Span], without: Sequence[Span]) -> Span | None:
    """The longest piece of the content that no antecedent covers."""
    best: Span | None = None
    for span in content:
        cuts = sorted(
            (max(w.start, span.start), min(w.end, span.end))
            for w in without
            if w.place == span.place and w.start < span.end and w.end > span.start
        )
        at = span.start
        for first, last in (*cuts, (span.end, span.end)):
            if first - at > (best.end - best.start if best else 0):
                best = Span(start=at, end=first, text=span.text[at - span.start : first - span.start], place=span.place)
            at = max(at, last)
    return best


def _principal(statement: Statement, gist: Gist, found: Sequence[Term]) -> tuple[tuple[str, ...], Sequence[Term]]:
    """Whom it binds, and the words that come after them: the subject where it is named, else the speaker.

    Who permits or threatens something binds himself, whoever will do it or suffer it.
    """
    at = next((i for i, term in enumerate(found) if term.word not in ("that", "then", "the", "and")), 0)
    if at >= len(found):
        return (), ()
    first, speaker = found[at], statement.speaker
    ids = speaker.actors if speaker else ()
    states = tuple(f"state:{code}" for code in sorted(gist.countries or gist.home))
    if first.stem.startswith(("state:", "org:")) and (statement.act in _SUBJECT or first.stem in (*ids, *states)):
        return (first.stem,), found[at + 1 :]
    if first.word in _ME and len(ids) == 1:
        return ids, found[at + 1 :]
    rest = found[at + 1 :] if first.word in _SELF | _OTHERS | _ME else found[at:]
    official = all(each.startswith(("state:", "group:", "person:")) for each in ids)
    return (states, rest) if states and official else (ids, rest)


class _Held:
    """The bonds that are held, and those made while an article's statements are bound."""

    def __init__(self, article: str, sayings: Sequence[str], bonds: Sequence[Bond], shelf: BondShelf) -> None:
        self._article = article
        principals = sorted({each for bond in bonds for each in bond.principal})
        self._bonds = [decode(each, Bond) for each in shelf.bonds(principals, MOST)] if principals else []
        self._before: Mapping[Key, str] = shelf.committed([article])
        self._of_saying = {saying: [decode(each, Bond) for each in found] for saying, found in shelf.bonds_of(sorted(set(sayings))).items()}

    def home(self, placed: Placed, bond: Bond) -> str:
        """The id of the commitment that it belongs to."""
        saying = placed.saying
        same = [each for each in self._of_saying.get(saying, ()) if each.against == bond.against and _one_principal(each, bond)]
        alike = same or sorted(self._alike(bond), key=lambda each: each.commitment)
        before = self._before.get((self._article, placed.anchor))
        if before is not None and (not alike or any(each.commitment == before for each in alike)):
            commitment = before
        elif alike:
            commitment = alike[0].commitment
        else:
            commitment = tagged("cm", self._article, placed.anchor)
        made = replace(bond, commitment=commitment)
        self._bonds.append(made)
        self._of_saying.setdefault(saying, []).append(made)
        return commitment

    def _alike(self, bond: Bond) -> Iterator[Bond]:
        scored = [(likeness(each, bond), each) for each in self._bonds]
        best = max((score for score, _ in scored), default=0.0)
        yield from (each for score, each in scored if score == best and score >= _ALIKE)


def likeness(one: Bond, other: Bond) -> float:
    """How surely the two bind one principal to one action towards one target; 0 where something forbids it."""
    if one.against != other.against or not _one_principal(one, other):
        return 0.0
    if one.targets and other.targets and not set(one.targets) & set(other.targets):
        return 0.0
    mine, theirs = set(one.words), set(other.words)
    shared = len(mine & theirs)
    if not (mine & theirs) - {*one.names, *other.names}:
        return 0.0
    alone = len(mine) == len(theirs) == 1 or (one.targets and set(one.events) & set(other.events))
    if shared < 2 and not (shared and alone):
        return 0.0
    same = bool(one.targets and set(one.targets) & set(other.targets) and set(one.events) & set(other.events))
    return shared / min(len(mine), len(theirs)) + (0.1 if same else 0.0)


def _one_principal(one: Bond, other: Bond) -> bool:
    mine, theirs = set(one.principal), set(other.principal)
    return len(mine & theirs) / len(mine | theirs) >= _MEMBERS
