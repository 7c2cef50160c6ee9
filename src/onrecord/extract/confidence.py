"""Confidence: what is known of how a record was read, from which a reader's calibration makes the probability that it is right.

The facts are few on purpose. Each was kept because it tells right records from wrong ones on articles held back, of news and of the corpus.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Sequence

import msgspec

from onrecord.extract.conditions import Binding
from onrecord.extract.deeds import Deed
from onrecord.extract.drafts import Draft
from onrecord.records import Calibration, Condition, Extent, Facts, Span, Statement, TimeExpression

_LEAST = 0.01
"""What a network says of chances nearer to 0 or 1 than this means nothing."""
_YEAR = re.compile(r"\b\d{4}\b")


def rounded(confidence: float) -> float:
    """The confidence between 0 and 1, on three places: more would be noise."""
    return round(min(max(confidence, 0.0), 1.0), 3) if confidence == confidence else 0.0


def of_statement(draft: Draft, statement: Statement) -> Facts:
    """What the reader and the repairs make of it, how long its content is, and whether nobody is named as its speaker."""
    return {"seen": _odds(draft.confidence), "length": _length(statement.content), "no speaker": float(statement.speaker is None)}


def of_condition(binding: Binding, condition: Condition) -> Facts:
    """What the reader makes of it, and how long what it binds is."""
    return {"seen": _odds(binding.confidence), "length": _length(condition.consequent)}


def of_event(deed: Deed) -> Facts:
    """How sure the reader is of its trigger and of its type."""
    return {name: _odds(deed.chances.get(name, deed.confidence)) for name in ("trigger", "type")}


def of_date(expression: TimeExpression, head: Container[Extent], rule: Container[Extent]) -> Facts:
    """Whether the reader and the rules found it alike, and whether it names a year."""
    extent = expression.extent
    return {"both": float(extent in head and extent in rule), "year": float(_YEAR.search(expression.text) is not None)}


def dated(
    found: Sequence[TimeExpression], head: Sequence[Extent], rule: Sequence[Extent], calibration: Calibration | None
) -> tuple[TimeExpression, ...]:
    """The time expressions with their confidence, where this reader's is known.

    Args:
        head: where the reader saw time expressions.
        rule: where the rules did.
    """
    if calibration is None:
        return tuple(found)
    heads, rules = set(head), set(rule)
    return tuple(msgspec.structs.replace(one, confidence=rounded(calibration.confidence(one, of_date(one, heads, rules)))) for one in found)


def _length(pieces: Sequence[Span]) -> float:
    """The logarithm of how many letters the pieces have, 0 where there are none."""
    return math.log(max(sum(piece.end - piece.start for piece in pieces), 1))


def _odds(chance: float) -> float:
    """The logarithm of the odds of a chance."""
    held = min(max(chance, _LEAST), 1 - _LEAST) if chance == chance else _LEAST
    return math.log(held / (1 - held))
