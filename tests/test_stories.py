"""The sample newsroom's five stories, read by the reader that ships: found whole, in any order, and the look-alikes apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evals.stories import bcubed, grouped, orders, read, sample_gold

from onrecord import sample
from onrecord.reports import Traits


@pytest.fixture(scope="module")
def known() -> list[Traits]:
    return list(read(sample.path()))


def test_the_five_stories_are_found_in_ten_orders(known: list[Traits]) -> None:
    figures = orders(sample_gold(each.article for each in known), known, 10)
    assert min(each.f1 for each in figures) >= 0.9
    assert max(each.f1 for each in figures) - min(each.f1 for each in figures) <= 0.01


def test_the_look_alikes_share_no_story(known: list[Traits]) -> None:
    """The same week, persons, first outlet and wire: an interview about soldiers, and a letter about howitzers."""
    stories = grouped(known)
    troops, range_ = ({story for article, story in stories.items() if f"-{name}-" in article} for name in ("troops", "range"))
    assert not troops & range_


def test_pairs_of_look_alikes_stay_apart() -> None:
    """Eight pairs of happenings of one kind, with one cast, body or place; one pair is known to come together."""
    folder = Path(__file__).parents[1] / "corpus" / "stories" / "lookalikes"
    gold = {row["id"]: row["story"] for row in map(json.loads, (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines())}
    figures = bcubed(gold, grouped(read(folder / "articles.jsonl")))
    assert figures.precision >= 0.93
    assert figures.recall == 1


def test_bcubed_counts_the_company_that_each_article_is_put_in() -> None:
    gold = {"a": 1, "b": 1, "c": 2, "d": 2}
    assert bcubed(gold, gold) == (1, 1)
    assert bcubed(gold, dict.fromkeys(gold, 1)) == (0.5, 1)
    assert bcubed(gold, {each: each for each in gold}) == (1, 0.5)
    assert bcubed(gold, {"a": 1, "b": 1, "c": 1, "d": 2}) == ((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4, (1 + 1 + 0.5 + 0.5) / 4)
