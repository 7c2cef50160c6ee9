"""Copies: articles that share their wording. Candidates by fingerprints, then both texts compared word for word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import Protocol

import numpy as np
from msgspec import structs

from onrecord.group import shingles
from onrecord.group.credits import credits, same_outlet
from onrecord.group.passages import shared
from onrecord.group.shingles import RUN, Hashes, Shingled
from onrecord.records import Published, Record
from onrecord.reports import Copy, CopyKind, Piece

NEAR = 0.7
"""Shared shingles over all of both, from which one text is the other with changes."""
PART = 0.5
"""Share of one text that the other has, from which it is inside it."""
LONG = 60
"""Words of a passage that is taken over, whatever its share."""
CREDITED = 30
"""Words of a passage that is taken over, where one of the two credits the other's outlet."""
AT_MOST = 10
"""Articles that one is compared with word for word, those that share most first."""
_FEWEST = 20
"""Shingles that two texts share at least: what is shorter is a notice, or how anybody would say it."""
_KEPT_LENGTH = 30_000
_NO_DAY = Published(first=None, to=None, granularity="unknown", at=None, basis="unknown", spans=())


class CopyShelf(Protocol):
    """What finding copies needs of the ledger."""

    def candidates(self, sketch: Sequence[int], limit: int) -> Iterable[str]:
        """Articles that share fingerprints with this sketch, those that share most first, at most so many."""

    def piece(self, article: str) -> Piece | None:
        """The article's text and facts; None where no answer is given from it."""


class Likeness(Record, frozen=True, kw_only=True):
    """How one text stands to another; ``kind`` is None where neither is a copy."""

    kind: CopyKind | None
    jaccard: float
    inside: float
    """Shared shingles over those of the one text."""
    around: float
    """Shared shingles over those of the other."""
    shared: int = 0
    """Shingles that both have."""
    passage: int = 0
    """Words of the longest passage that both have, quotations that both quote left out; looked for only where it decides."""


def sketch(text: str) -> tuple[int, ...]:
    """The text's fingerprints, by which copies of it are looked up: whole numbers from 0 to 2**63, the same on every machine."""
    return shingles.sketch(_shingled(text))


def find(report: Piece, shelf: CopyShelf) -> tuple[Copy, ...]:
    """The article's copies and what it is a copy of, whichever came first to the ledger; another version of its document is neither."""
    text = _shingled(report.text)
    found = []
    others = (article for article in shelf.candidates(shingles.sketch(text), AT_MOST + 1) if article != report.article)
    for article in islice(others, AT_MOST):
        piece = shelf.piece(article)
        if piece is None or piece.document == report.document:
            continue
        how = _how(report, piece, text, _shingled(piece.text))
        if how.kind is not None and not (how.passage and _of_one_outlet(report, piece)):
            found.append(_copy(report, piece, how))
    return tuple(sorted(found, key=lambda copy: (-copy.jaccard, copy.article, copy.of)))


def likeness(one: str, other: str) -> Likeness:
    """How two texts stand to each other."""
    return _likeness(_shingled(one), _shingled(other))


def came_after(one: Piece, other: Piece) -> bool:
    """Whether of two that share their words the one is the copy.

    It is where it credits the other's outlet, else where it was published later, else where its id is the higher. When the ledger got them
    says nothing, so that the order of arrival does not decide.
    """
    credits_other, credits_one = _credits(one, other), _credits(other, one)
    if credits_other != credits_one:
        return credits_other
    return _published(one, other) > _published(other, one)


def _how(report: Piece, piece: Piece, text: Shingled, other: Shingled) -> Likeness:
    """How the two stand to each other; where one credits the other's outlet, half as long a passage is enough."""
    how = _likeness(text, other)
    if how.kind is None and how.shared >= _FEWEST and (_credits(report, piece) or _credits(piece, report)):
        return _likeness(text, other, CREDITED)
    return how


def _of_one_outlet(report: Piece, piece: Piece) -> bool:
    """A passage in two articles of one outlet is its own background, or a part of its page: it is nobody's copy."""
    return report.outlet is not None and piece.outlet is not None and same_outlet(report.outlet, piece.outlet)


def _copy(report: Piece, piece: Piece, how: Likeness) -> Copy:
    """The later article's relation to the earlier one."""
    later, earlier = (report, piece) if came_after(report, piece) else (piece, report)
    inside, around = (how.inside, how.around) if later is report else (how.around, how.inside)
    assert how.kind is not None
    return Copy(
        article=later.article, of=earlier.article, kind=how.kind, jaccard=round(how.jaccard, 4), containment=round(inside, 4),
        contained=round(around, 4),
    )  # fmt: skip


def _credits(one: Piece, other: Piece) -> bool:
    """Whether the one says that its text, or a part of it, is the other's."""
    if other.outlet is None or (one.outlet is not None and same_outlet(one.outlet, other.outlet)):
        return False
    outlet = other.outlet
    return any(same_outlet(name, outlet) for name in _credited(one.text, one.title, one.byline, one.outlet))


@lru_cache(maxsize=256)
def _credited(text: str, title: str | None, byline: str | None, outlet: str | None) -> tuple[str, ...]:
    """The other outlets that a text credits; the articles of a story are asked again and again."""
    piece = Piece(
        article="", document="", caller=None, outlet=outlet, title=title, url=None, byline=byline, language=None, published=_NO_DAY,
        added="", text=text,
    )  # fmt: skip
    return tuple(each.outlet for each in credits(piece) if each.outlet is not None and not each.own)


def _published(piece: Piece, beside: Piece) -> tuple[str, str]:
    """What the two are put in order by: times where both have one, else days where both have one; then ids."""
    known, also = piece.published, beside.published
    if known.at and also.at:
        return _instant(known.at), piece.article
    if known.first and also.first:
        return known.first, piece.article
    return "", piece.article


def _instant(at: str) -> str:
    """The time in UTC; one without an offset is taken to be so."""
    try:
        stamp = datetime.fromisoformat(at)
        return (stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return at


def _likeness(one: Shingled, other: Shingled, long: int = LONG) -> Likeness:
    common: Hashes = np.intersect1d(one.distinct, other.distinct, assume_unique=True)
    both, first, second = len(common), len(one.distinct), len(other.distinct)
    measured = Likeness(
        kind=None, jaccard=both / max(1, first + second - both), inside=both / max(1, first), around=both / max(1, second), shared=both
    )  # fmt: skip
    if len(one.codes) >= _FEWEST and np.array_equal(one.codes, other.codes):
        return _called(measured, "exact")
    # What is not enough with all of it is not enough without what both quote, which takes longer to find.
    every, least = first + second - both, min(first, second)
    if both < _FEWEST or (both < NEAR * every and both < PART * least and both < long - RUN * 4):
        return measured
    quoted = _quoted(one, other)
    free = both - quoted
    if free < _FEWEST:
        return measured
    if free >= NEAR * (every - quoted):
        return _called(measured, "near")
    if free >= PART * (least - quoted):
        return _called(measured, "partial")
    # Passages have their run of words whole: with fewer shingles there is none so long.
    if free < long - RUN * 4:
        return measured
    # In one order always, so that it does not matter which of the two came first.
    ordered = sorted((one, other), key=lambda each: (len(each.codes), each.text))
    longest = max((words for _, words in shared(*ordered)), default=0)
    return _called(measured, "partial" if longest >= long else None, longest)


def _called(measured: Likeness, kind: CopyKind | None, passage: int = 0) -> Likeness:
    return structs.replace(measured, kind=kind, passage=passage)


def _quoted(one: Shingled, other: Shingled) -> int:
    """How many of the common shingles stand in quotation marks in both texts: who quotes the same speech copies nobody."""
    if not len(one.enclosed) or not len(other.enclosed):
        return 0
    return len(np.intersect1d(one.enclosed, other.enclosed, assume_unique=True))


def _shingled(text: str) -> Shingled:
    """The text cut into words; the reports of a story come together, so the last ones are kept."""
    return _recent(text) if len(text) <= _KEPT_LENGTH else Shingled(text)


@lru_cache(maxsize=256)
def _recent(text: str) -> Shingled:
    return Shingled(text)
