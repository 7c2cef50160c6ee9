"""The benchmark's own parts: its clock, and that the functions it times are there."""

from __future__ import annotations

import itertools
import json
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from benchmarks import copies, run, stopwatch


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


def test_generated_articles_are_the_same_at_every_run_and_have_known_families() -> None:
    pieces, families = copies.generated(60)
    again, _ = copies.generated(60)
    assert [piece.text for piece in pieces] == [piece.text for piece in again]
    assert len({piece.article for piece in pieces}) == len(families) == 60
    assert any(one & other for one, other in itertools.combinations(families, 2))


def test_copies_among_generated_articles_are_found() -> None:
    figures = copies.measure(250)
    assert figures["recall at jaccard >= .7"] >= 0.95
    assert figures["recall at containment >= .5"] >= 0.9
    assert figures["pairs found across families"] == 0


def test_what_one_more_article_costs_is_measured_in_a_file() -> None:
    figures = copies.growth(1_000, tries=3)
    assert list(figures) == ["1,000 articles"]
    assert figures["1,000 articles"]["file, MB"] >= 0


def test_real_pairs_are_listed_to_be_judged(tmp_path: Path) -> None:
    wire = "The outer mole is closed to freight, and repairs of its forty caissons are to take until November, the harbour ministry wrote. "
    rows = [
        {"id": "a", "text": wire * 2, "published": "2024-05-27"},
        {"id": "b", "text": wire},
        {"id": "c", "text": "Rain fell all night."},
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    first, *rest = copies.real_pairs(path)
    assert first.startswith("3 articles, 1 pairs")
    said = "\n".join(rest)
    assert "\n  a: " in said
    assert "\n  b: " in said
    assert "\n  c: " not in said
