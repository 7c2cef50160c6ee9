"""The invented digest, read with the reader that ships, against its record that was written by hand first."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest
from evals import gold, golden
from evals.golden_misses import ARTICLE, known, present

GOLDEN = json.loads((Path(__file__).parent / "twin.json").read_text(encoding="utf-8"))
KNOWN = known()
ITEMS = [
    pytest.param(item, marks=[pytest.mark.xfail(strict=True, reason=KNOWN[item])] if item in KNOWN else [], id=item)
    for item in golden.items(GOLDEN)
]


@functools.cache
def missed() -> dict[str, str]:
    return present(GOLDEN)


@pytest.mark.parametrize("item", ITEMS)
def test_the_reader_finds(item: str) -> None:
    """Each field of each record, one by one; what is known to be missed is listed in misses.toml."""
    assert missed().get(item, "") == ""


def test_known_misses_name_items_that_exist() -> None:
    assert set(KNOWN) <= set(golden.items(GOLDEN))


def test_every_span_of_the_golden_record_is_in_the_article() -> None:
    text = gold.marked([ARTICLE])[0].text
    spans = list(_spans(GOLDEN))
    assert len(spans) > 80
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)


def test_a_golden_record_has_nothing_missed_against_itself() -> None:
    text = gold.marked([ARTICLE])[0].text
    itself = {**GOLDEN, **{kind: [{"id": one["name"], **one} for one in GOLDEN[kind]] for kind in ("statements", "conditions", "events")}}
    assert golden.misses(GOLDEN, itself, text) == {}


def test_a_golden_record_is_missed_item_by_item_where_nothing_is_found() -> None:
    missed_all = golden.misses(GOLDEN, golden.NOTHING, gold.marked([ARTICLE])[0].text)
    assert set(golden.items(GOLDEN)) - set(missed_all) == {"no other statements", "no other conditions"}


def _spans(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [span for one in value for span in _spans(one)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"start", "end", "text"} <= value.keys() else []
    return own + [span for one in value.values() for span in _spans(one)]
