"""Which runs of tags are triggers."""

import numpy as np
import pytest

from onrecord.reader.frames import triggers

OUT, BEGIN, IN = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
RUNS = [
    ([OUT, BEGIN, IN, OUT], [(1, 2)]),
    ([BEGIN, BEGIN, IN], [(0, 0), (1, 2)]),
    ([IN, IN, OUT, IN], [(0, 1), (3, 3)]),
    ([OUT, OUT], []),
    ([BEGIN], [(0, 0)]),
]


@pytest.mark.parametrize(("tags", "expected"), RUNS)
def test_a_run_begins_at_b_and_goes_on_over_i(tags: list[tuple[float, float, float]], expected: list[tuple[int, int]]) -> None:
    """An I after nothing begins a run too: the model was sure of the trigger and not of its border."""
    assert [(a, b) for a, b, _ in triggers(np.array(tags, np.float32), 0.5)] == expected


def test_a_higher_bar_lets_fewer_through() -> None:
    """The bar is the least probability of a trigger's piece."""
    shares = np.array([(0.4, 0.6, 0.0), (0.1, 0.9, 0.0)], np.float32)
    assert [(a, b) for a, b, _ in triggers(shares, 0.5)] == [(0, 0), (1, 1)]
    assert [(a, b) for a, b, _ in triggers(shares, 0.8)] == [(1, 1)]
