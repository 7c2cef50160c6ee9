"""What the reader's confidence is worth."""

import json
from importlib.resources import files

import pytest

from onrecord.reader.calibration import ALWAYS, KINDS, Logistic
from onrecord.records import TimeExpression

DATE = TimeExpression(start=0, end=3, text="May", value=None, type="DATE", anchor_span=None)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({}, 0.5), ({"both": 1.0}, 0.7311), ({"both": -1.0, "unknown": 9.0}, 0.2689), ({"both": -1e6}, 0.0), ({"both": 1e6}, 1.0)],
)
def test_the_odds_are_the_weighted_sum_of_what_is_known(facts: dict[str, float], expected: float) -> None:
    """What has no weight counts nothing."""
    assert Logistic({"date": {ALWAYS: 0.0, "both": 1.0}}).confidence(DATE, facts) == pytest.approx(expected, abs=1e-4)


def test_a_kind_without_weights_keeps_the_confidence_that_it_has() -> None:
    """And where it has none, nobody knows."""
    assert Logistic({}).confidence(DATE, {"both": 1.0}) == 0.5


def test_the_model_that_ships_is_calibrated_for_every_kind_of_record() -> None:
    """With the error that was measured on articles it was not fitted on."""
    card = json.loads((files("onrecord.reader") / "card.json").read_text("utf-8"))
    assert set(card["calibration"]["weights"]) == set(KINDS.values())
    assert card["calibration"]["held back"]["all"]["ECE"] <= 0.05
    # The surer the reader, the likelier it is right: anything else would be an accident of few articles.
    for kind, fact in (("statement", "seen"), ("condition", "seen"), ("event", "trigger"), ("event", "type"), ("date", "both")):
        assert card["calibration"]["weights"][kind][fact] > 0
