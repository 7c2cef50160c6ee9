"""What the coverage page needs to know of comparisons and citations, whoever concluded them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from onrecord.ask.drift import whole_parts
from onrecord.ask.novelty import Passages, telling_of, tokens
from onrecord.ask.quoting import sentence_extents
from onrecord.ask.scene import Scene, in_title
from onrecord.ask.sheet import Variance
from onrecord.records import Statement, When
from onrecord.reports import Evidence


class Difference(Protocol):
    """Where one wording of a saying has other words than another."""

    @property
    def kind(self) -> str:
        """What the words do: ``condition-dropped``, ``hedge-lost`` and so on."""

    @property
    def before(self) -> Evidence | None:
        """The words of the wording compared with."""

    @property
    def after(self) -> Evidence | None:
        """The words of this wording."""


class Compared(Protocol):
    """A wording against the best one of its saying."""

    @property
    def article(self) -> str:
        """Whose wording it is."""

    @property
    def statement(self) -> str:
        """The statement that words it."""

    @property
    def best(self) -> str:
        """The statement that it is compared with."""

    @property
    def best_article(self) -> str:
        """Whose wording it is compared with."""

    @property
    def differences(self) -> Sequence[Difference]:
        """Where they differ."""


class Cited(Protocol):
    """A work of another medium that a report cites."""

    @property
    def title(self) -> str:
        """What it is called in a list: medium, kind of work, day."""

    @property
    def when(self) -> When | None:
        """Its day."""

    @property
    def spans(self) -> Sequence[Evidence]:
        """The words that cite it."""


_SHARE = 0.4
"""A sentence with so much of what a condition tells, by weight, has it in other words."""
_GRAVE = ("condition-dropped", "number")
_FIRM = ("will", "shall", "must", "promises to", "vows to")
KINDS = {
    "condition-dropped": "leaves out a condition", "number": "has another number", "modality": "puts it differently",
    "condition-changed": "words a condition differently", "condition-added": "adds a condition", "hedge-lost": "leaves out a hedge",
    "hedge-added": "adds a hedge", "attribution-lost": "leaves out whom it has it from", "qualifier": "words it differently",
}  # fmt: skip
"""Kinds of difference that are shown, the gravest first, with what a reader is told; a mere paraphrase is none of them."""


def variances(scene: Scene, compared: Iterable[tuple[str, Compared]], passages: Passages, *, most: int = 3) -> list[Variance]:
    """The gravest differences of each wording; a copy's are left out where what it copies has them as well."""
    order = list(KINDS)
    found: list[Variance] = []
    seen: set[tuple[str, str, str]] = set()
    for saying, each in sorted(compared, key=lambda pair: scene.head(pair[1].article) != pair[1].article):
        if each.article not in scene.members or each.best_article not in scene.by_article or each.article == each.best_article:
            continue
        told = [(kind, one) for one in each.differences if (kind := _kind(scene, passages, each, one)) is not None and kind in KINDS]
        for kind, one in sorted(told, key=lambda pair: order.index(pair[0]))[:most]:
            after = None if kind == "condition-dropped" else one.after
            key = (saying, scene.head(each.article), f"{kind} {_folded(one.before)} {_folded(after)}")
            if key not in seen and (one.before or after):
                seen.add(key)
                found.append(
                    Variance(saying=saying, article=each.article, than=each.best_article, kind=kind, before=one.before, after=after)
                )
    return list(_aged(scene, found))


def _kind(scene: Scene, passages: Passages, compared: Compared, difference: Difference) -> str | None:
    """What the difference comes to; None for a condition that only seems to be left out, as it stands there in other words.

    Two conditions that have nothing to do with one another are not one in other words: then the first of them is left out.
    """
    if difference.kind == "modality" and _is_marker(scene, compared.best_article, difference.before):
        return None
    if difference.kind == "number" and not _is_other_number(difference):
        return None
    known = scene.provenance.get(compared.article)
    if difference.kind == "attribution-lost" and known is not None and known.links:
        return None
    if difference.kind == "qualifier" and max(map(_length, (difference.before, difference.after))) > 1:
        return None
    if difference.kind not in ("condition-dropped", "condition-changed") or difference.before is None:
        return difference.kind
    words = telling_of(difference.before.span.text, (0, len(difference.before.span.text)))
    text = scene.by_article[compared.article].text
    mine, best = (scene.statements.get(each) for each in (compared.statement, compared.best))
    if mine is not None and in_title(*mine):
        return None
    # Who names as many conditions has them in other words, however few of these words are the same; so has who reports it first hand.
    own = known is not None and known.kind == "own"
    fewer = not own and best is not None and _most_parts(scene, compared.article, best[1]) < whole_parts(scene, best[1])
    held = any(passages.share(words, text[start:end]) >= _SHARE for start, end in sentence_extents(text))
    if difference.kind == "condition-dropped":
        return "condition-dropped" if fewer and not held else None
    alike = difference.after is not None and passages.share(words, difference.after.span.text) > 0
    return "condition-dropped" if fewer and not held and not alike else "condition-changed" if alike else None


def _most_parts(scene: Scene, article: str, best: Statement) -> int:
    """On how many things a statement of the same speakers hangs in the report, that with most of them."""
    who = set(map(scene.actor, best.speaker.actors)) if best.speaker else set()
    own = scene.by_article[article].extraction.statements
    mine = [each for each in own if each.speaker and who & set(map(scene.actor, each.speaker.actors))]
    mine = [each for each in mine if not in_title(scene.by_article[article], each)]
    return max((whole_parts(scene, each) for each in mine), default=0)


def _is_marker(scene: Scene, article: str, where: Evidence | None) -> bool:
    """Whether the word is a condition's own ("Should they come, …"), and binds nobody."""
    return where is not None and any(where.span.extent == each.marker.extent for each in scene.by_article[article].extraction.conditions)


def _is_other_number(difference: Difference) -> bool:
    """Whether two numbers that can be compared differ: of "four hundred" only a word may stand there."""
    if difference.before is None or difference.after is None:
        return True
    before, after = (set(filter(str.isdigit, tokens(each.span.text))) for each in (difference.before, difference.after))
    return bool(before) and bool(after) and before != after


def _length(evidence: Evidence | None) -> int:
    return len(evidence.span.text.split()) if evidence is not None else 0


def is_grave(variance: Variance) -> bool:
    """Whether it changes what is said to hold: a condition is gone, a number is another, or "would" has become "will"."""
    after = variance.after
    if after is not None and after.span.place == "title":
        return False
    hardened = after is not None and after.span.text.casefold() in _FIRM
    return variance.kind in _GRAVE or (variance.kind == "modality" and hardened)


def _folded(evidence: Evidence | None) -> str:
    return " ".join(evidence.span.text.casefold().split()) if evidence is not None else ""


def _aged(scene: Scene, several: Sequence[Variance]) -> Iterator[Variance]:
    """By kind, the gravest first, then the oldest report."""
    age = {report.article: number for number, report in enumerate(scene.reports)}
    yield from sorted(several, key=lambda each: (list(KINDS).index(each.kind), age[each.article]))
