"""Articles that benchmarks invent: each has a record that holds, and they are as unlike one another as articles are."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from benchmarks import invented
from benchmarks.invented import BLOCK, Invented

from onrecord import pipeline, records
from onrecord.store import SqliteLedger, open_ledger

from .faces.fake_reader import FakeReader

TEXTS = (
    "Ada Quist said that Poland would open the northern pass if the heavy snow melts in May.\nBo Tamm warned that 12 bridges are weak.",
    "Ilse Marrow promised that engineers would repair the harbour if the strike ends.\nJon Vey said that Estonia would wait for them.",
    "Jon Vey warned that the ministry would close 40 schools if the money fails.\nAda Quist said that parents were angry.",
)


@pytest.fixture(scope="module")
def made() -> Invented:
    articles = [
        records.article(text, caller=f"w1-wire-{at}", title=text[:30], published="2024-05-28", basis="given")
        for at, text in enumerate(TEXTS)
    ]
    return Invented(invented.templates(articles, list(pipeline.read(articles, FakeReader()))), FakeReader.name)


def test_what_is_on_record_of_them_stands_in_them_and_has_its_ids(made: Invented, tmp_path: Path) -> None:
    """As a ledger that has them says."""
    with open_ledger(tmp_path / "l.db", create=True, now=lambda: datetime.now(UTC)) as ledger:
        outcomes = [_put(ledger, made, number) for number in (*range(60), *range(3 * BLOCK, 3 * BLOCK + 20))]
        assert outcomes == ["added"] * 80
        assert list(ledger.verify()) == []
        assert len(list(ledger.rows("statements", {}))) > 100


def test_a_number_always_gives_the_same_article(made: Invented) -> None:
    """So that a fill which was broken off goes on with what it would have made."""
    again = Invented(list({id(each): each for some in made._stories for each in some}.values()), FakeReader.name)
    assert [made.article(number) for number in (0, 999, 1000)] == [again.article(number) for number in (0, 999, 1000)]


def test_one_more_report_of_a_story_that_is_there_shares_its_words(made: Invented) -> None:
    """Others share hardly any: names, countries and figures are changed throughout a story."""
    block = [_words(made.article(number)[0].text) for number in range(40)]
    alike = [max(len(words & other) / len(words) for other in block if other is not words) for words in block]
    further = [_words(made.further(number, 0)[0].text) for number in range(10)]
    whole = [_words(made.article(number)[0].text) for number in range(BLOCK)]
    assert sum(share < 0.8 for share in alike) > 20
    assert sum(max(len(words & other) / len(words) for other in whole) > 0.9 for words in further) >= 5


def _words(text: str) -> set[str]:
    return set(text.split())


def _put(ledger: SqliteLedger, made: Invented, number: int) -> str:
    article, extraction = made.article(number)
    return ledger.put(article, extraction, "rd").outcome
