"""Which articles wait to be grouped: kept beside them, so that it is known without looking through all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_factories import DIGEST, article, clock, extraction

from onrecord.store import SqliteLedger, open_ledger, reports, schema

WHEN = "2026-01-05T09:00:00+00:00"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    with open_ledger(tmp_path / "onrecord.db", create=True, now=clock()) as opened:
        yield opened


def put(ledger: SqliteLedger, number: int, digest: str = DIGEST, **values: object) -> str:
    of = article(number, **values)
    ledger.put(of, extraction(of), digest)
    return of.id


def waiting(ledger: SqliteLedger) -> list[str]:
    return list(reports.ungrouped(ledger._connection))


def group(ledger: SqliteLedger, article: str) -> None:
    reports.grouped(ledger._connection, article, ledger.report(article).reading, WHEN)


def test_articles_wait_in_the_order_in_which_they_were_added_until_they_are_grouped(ledger: SqliteLedger) -> None:
    ids = [put(ledger, number) for number in (5, 1, 3)]
    assert waiting(ledger) == ids
    group(ledger, ids[1])
    group(ledger, ids[1])
    assert waiting(ledger) == [ids[0], ids[2]]
    assert list(ledger.verify()) == []


def test_another_reading_waits_again_and_the_same_one_does_not(ledger: SqliteLedger) -> None:
    ids = [put(ledger, number) for number in (1, 2)]
    for each in ids:
        group(ledger, each)
    put(ledger, 1)
    put(ledger, 2, "another reader")
    assert waiting(ledger) == ids[1:]
    group(ledger, ids[1])
    assert waiting(ledger) == []
    assert list(ledger.verify()) == []


def test_what_is_removed_waits_for_nothing_until_it_is_restored(ledger: SqliteLedger) -> None:
    ids = [put(ledger, number) for number in (1, 2, 3)]
    group(ledger, ids[1])
    for each in ids[:2]:
        ledger.remove(each, "withdrawn")
    assert waiting(ledger) == ids[2:]
    for each in ids[:2]:
        ledger.restore(each)
    # What came meanwhile was not compared with them.
    assert waiting(ledger) == ids
    for each in ids[:2]:
        ledger.remove(each, "withdrawn", purge=True)
    assert waiting(ledger) == ids[2:]
    assert list(ledger.verify()) == []


def test_in_an_older_ledger_all_wait_that_were_not_grouped(tmp_path: Path) -> None:
    path = tmp_path / "onrecord.db"
    with open_ledger(path, create=True, now=clock()) as ledger:
        ids = [put(ledger, number) for number in (1, 2, 3)]
        group(ledger, ids[1])
        ledger.remove(ids[2], "withdrawn")
        ledger._connection.execute("DROP TABLE ungrouped")
        (number,) = (number for number, name, _ in schema.migrations() if "ungrouped" in name)
        ledger._connection.execute("DELETE FROM schema_versions WHERE version >= ?", (number,))
    with open_ledger(path, create=False, now=clock()) as ledger:
        assert waiting(ledger) == ids[:1]
        assert list(ledger.verify()) == []


@pytest.mark.parametrize("change", ["DELETE FROM ungrouped", "DELETE FROM grouped"])
def test_one_that_is_missing_among_those_that_wait_is_damage(ledger: SqliteLedger, change: str) -> None:
    group(ledger, put(ledger, 1))
    put(ledger, 2)
    ledger._connection.execute(change)
    (problem,) = ledger.verify()
    assert "waits to be grouped" in str(problem)
