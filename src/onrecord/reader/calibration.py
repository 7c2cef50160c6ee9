"""What the model's confidence is worth: for each kind of record a logistic function of what is known of how it was read."""

from __future__ import annotations

import math
from collections.abc import Mapping

from msgspec import UNSET

from onrecord.records import Condition, Event, Facts, Statement, TimeExpression

ALWAYS = "always"
"""The name of the weight that counts whatever is known."""

KINDS: Mapping[type, str] = {Statement: "statement", Condition: "condition", Event: "event", TimeExpression: "date"}
"""What the weights of each kind of record are called in a model's card."""

Weights = Mapping[str, Mapping[str, float]]


class Logistic:
    """A calibration with weights for each kind; a kind that has none keeps the confidence that it has."""

    def __init__(self, weights: Weights) -> None:
        """Take the weights by kind and fact."""
        self._weights = weights

    def confidence(self, record: Statement | Condition | Event | TimeExpression, facts: Facts) -> float:
        """How probable it is that the record is right."""
        weights = self._weights.get(KINDS[type(record)])
        if weights is None:
            return 0.5 if record.confidence is UNSET else record.confidence
        return logistic(sum(weight * (1.0 if name == ALWAYS else facts.get(name, 0.0)) for name, weight in weights.items()))


def logistic(odds: float) -> float:
    """The probability of these logarithmic odds."""
    return 1 / (1 + math.exp(-odds)) if odds > -500 else 0.0
