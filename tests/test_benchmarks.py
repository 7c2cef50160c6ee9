"""The benchmark's own parts: its clock, and that the functions it times are there."""

from __future__ import annotations

import sys
import time
from types import ModuleType

import pytest
from benchmarks import run, stopwatch


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType("slow")
    exec("import time\ndef inner(): time.sleep(.02)\ndef outer(): time.sleep(.01); inner(); inner()", module.__dict__)
    monkeypatch.setitem(sys.modules, "slow", module)
    return module


def test_a_stage_is_timed_without_the_stages_inside_it(slow: ModuleType) -> None:
    watch = stopwatch.Stopwatch()
    with watch.watching({"in": ("slow:inner",), "out": ("slow:outer",)}):
        slow.outer()
    assert watch.seconds["in"] >= 0.04
    assert 0.01 <= watch.seconds["out"] < watch.seconds["in"]


def test_functions_are_put_back(slow: ModuleType) -> None:
    before = slow.inner
    watch = stopwatch.Stopwatch()
    with pytest.raises(AttributeError, match="slow:gone is gone"), watch.watching({"in": ("slow:inner", "slow:gone")}):
        time.sleep(0)
    assert slow.inner is before


@pytest.mark.parametrize("place", [place for places in run.STAGES.values() for place in places])
def test_every_stage_names_a_function_that_is_there(place: str) -> None:
    owner, name = stopwatch.owner_of(place)
    assert callable(getattr(owner, name))


def test_the_text_is_repeated_up_to_the_words_asked_for() -> None:
    articles = run.repeated(["one two three", "four five"], 12)
    assert sum(len(article.text.split()) for article in articles) == 13
    assert len({article.id for article in articles}) == len(articles) == 5
