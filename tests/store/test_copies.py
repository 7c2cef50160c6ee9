"""Copies in the ledger: kept once, looked up at a bounded cost, out of the answers with their articles, and checked."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_factories import DIGEST, article, clock, extraction

from onrecord.group.copies import AT_MOST, find, sketch
from onrecord.records import Article
from onrecord.reports import Copy
from onrecord.store import SqliteLedger, open_ledger
from onrecord.store.connection import connect, transaction
from onrecord.store.copies import HASH_BITS, NUMBER_BITS, POPULAR, Copies

TEXT = " ".join(f"Gate {number} of the old harbour opens to ship number {number * 7} and closes again." for number in range(12))
NEAR = TEXT.replace("ship number 14", "boat number 14")
OTHER = " ".join(f"Farmer {number} sold his field by mill {number * 3} for less than its worth." for number in range(12))


@contextmanager
def ledger(path: Path, *articles: Article) -> Iterator[tuple[SqliteLedger, sqlite3.Connection]]:
    """A ledger with these articles, and a second connection to its file."""
    with open_ledger(path / "l.db", create=True, now=clock()) as opened, closing(connect(path / "l.db")) as connection:
        for each in articles:
            opened.put(each, extraction(each), DIGEST)
        yield opened, connection


def grouped(connection: sqlite3.Connection, article_id: str) -> tuple[Copy, ...]:
    """What grouping an article does for its copies."""
    kept = Copies(connection)
    report = kept.piece(article_id)
    assert report is not None
    found = find(report, kept)
    with transaction(connection):
        kept.keep(article_id, sketch(report.text), found)
    return found


def rows(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    tables = {"sketches": "number", "fingerprints": "mark", "copies": "article, of"}
    return {table: connection.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall() for table, order in tables.items()}


def three() -> list[Article]:
    return [
        article(1, text=TEXT, outlet="KNA", published="2024-05-27"),
        article(2, text=NEAR, outlet="Island Gazette", published="2024-05-28"),
        article(3, text=OTHER, outlet="Field Post", published="2024-05-28"),
    ]


def test_a_copy_is_kept_and_told_for_both(tmp_path: Path) -> None:
    wire, paper, other = three()
    with ledger(tmp_path, wire, paper, other) as (opened, connection):
        for each in (paper, wire, other):
            grouped(connection, each.id)
        (copy,) = opened.copies(paper.id)
        assert (copy.article, copy.of, copy.kind) == (paper.id, wire.id, "near")
        assert opened.copies(wire.id) == [copy]
        assert opened.copies(other.id) == []
        assert list(opened.verify()) == []


def test_a_piece_is_the_article_with_its_best_facts(tmp_path: Path) -> None:
    wire = article(1, text=TEXT, outlet="KNA", published="2024-05-27", byline="A. Onslow")
    with ledger(tmp_path, wire) as (opened, _):
        opened.state_fact(wire.id, "byline", "B. Onslow")
        found, report = opened.piece(wire.id), opened.report(wire.id)
        assert found is not None
        assert found.byline == "B. Onslow"
        for field in found.__struct_fields__:
            assert getattr(found, field) == getattr(report, field)


def test_grouping_again_adds_nothing(tmp_path: Path) -> None:
    with ledger(tmp_path, *three()) as (_, connection):
        for each in three():
            grouped(connection, each.id)
        before = rows(connection)
        assert before["copies"]
        for each in reversed(three()):
            grouped(connection, each.id)
        assert rows(connection) == before


def test_a_day_stated_later_turns_the_copy_round(tmp_path: Path) -> None:
    wire, paper, _ = three()
    with ledger(tmp_path, wire, paper) as (opened, connection):
        for each in (wire, paper):
            grouped(connection, each.id)
        again = article(2, text=NEAR, outlet="Island Gazette", published="2024-05-20")
        opened.put(again, extraction(again), DIGEST)
        grouped(connection, paper.id)
        assert [(copy.article, copy.of) for copy in opened.copies(wire.id)] == [(wire.id, paper.id)]
        assert list(opened.verify()) == []


def test_a_removed_article_is_in_no_answer_and_a_restored_one_is(tmp_path: Path) -> None:
    wire, paper, _ = three()
    with ledger(tmp_path, wire, paper) as (opened, connection):
        for each in (wire, paper):
            grouped(connection, each.id)
        opened.remove(wire.id, "asked to")
        assert opened.copies(paper.id) == opened.copies(wire.id) == []
        assert opened.piece(paper.id) is not None
        opened.restore(wire.id)
        assert len(opened.copies(paper.id)) == 1


def test_a_removed_article_is_compared_with_nothing(tmp_path: Path) -> None:
    wire, paper, _ = three()
    with ledger(tmp_path, wire, paper) as (opened, connection):
        grouped(connection, wire.id)
        opened.remove(wire.id, "asked to")
        assert grouped(connection, paper.id) == ()


def test_nothing_of_a_purged_article_stays(tmp_path: Path) -> None:
    wire, paper, other = three()
    with ledger(tmp_path, wire, paper, other) as (opened, connection):
        for each in (paper, other):
            grouped(connection, each.id)
        without = rows(connection)
        grouped(connection, wire.id)
        assert rows(connection) != without
        opened.remove(wire.id, "asked to", purge=True)
        assert rows(connection) == without
        assert list(opened.verify()) == []


def test_a_number_that_is_free_again_brings_no_copies_back(tmp_path: Path) -> None:
    wire, paper, other = three()
    with ledger(tmp_path, wire, paper, other) as (opened, connection):
        grouped(connection, wire.id)
        opened.remove(wire.id, "asked to", purge=True)
        grouped(connection, other.id)
        assert grouped(connection, paper.id) == ()


DAMAGE = [
    ("INSERT INTO fingerprints (mark) VALUES (99)", "are of no article"),
    ("INSERT INTO fingerprints (mark) VALUES (-1)", "are of no article"),
    ("UPDATE copies SET jaccard = 1.5", "what no two texts can share"),
    ("UPDATE copies SET kind = 'close'", "what no two texts can share"),
    ("UPDATE copies SET containment = 0.1", "what no two texts can share"),
    ("INSERT INTO copies SELECT of, article, kind, jaccard, contained, containment FROM copies", "are called copies of each other"),
    ("INSERT INTO copies SELECT article, article, kind, jaccard, contained, containment FROM copies", "which is the same document"),
    ("DELETE FROM sketches WHERE number = 1", "and its fingerprints are not"),
]


@pytest.mark.parametrize("damage, said", DAMAGE)
def test_damage_is_reported(tmp_path: Path, damage: str, said: str) -> None:
    wire, paper, _ = three()
    with ledger(tmp_path, wire, paper) as (opened, connection):
        for each in (wire, paper):
            grouped(connection, each.id)
        assert list(opened.verify()) == []
        connection.execute(damage)
        assert any(said in str(problem) for problem in opened.verify())


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Tables alone, to which rows are given that belong to no article."""
    path = tmp_path_factory.mktemp("bare") / "l.db"
    open_ledger(path, create=True, now=clock()).close()
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        yield connection


@given(hashes=st.lists(st.integers(0, (1 << 63) - 1), min_size=2, max_size=40, unique_by=lambda each: each & ((1 << HASH_BITS) - 1)))
def test_what_was_kept_is_found(bare: sqlite3.Connection, hashes: list[int]) -> None:
    kept = Copies(bare)
    bare.execute("BEGIN")
    kept.keep("ar_one", sorted(hashes), ())
    kept.keep("ar_two", sorted(hashes)[:1], ())
    assert kept.candidates(sorted(hashes), 5) == ["ar_one"]
    bare.execute("ROLLBACK")


def test_twenty_thousand_copies_of_one_notice_cost_no_more_than_a_few(bare: sqlite3.Connection) -> None:
    """Rows looked at are bounded for each fingerprint, and those that few articles have decide first."""
    kept = Copies(bare)
    marks = sketch(TEXT)
    bare.execute("BEGIN")
    bare.executemany("INSERT INTO sketches (number, article) VALUES (?, ?)", ((number, f"ar_{number}") for number in range(1, 20_001)))
    rows = ((((mark & ((1 << HASH_BITS) - 1)) << NUMBER_BITS) | number,) for mark, number in itertools.product(marks, range(1, 20_001)))
    bare.executemany("INSERT INTO fingerprints (mark) VALUES (?)", rows)
    kept.keep("ar_real", [*marks[:3], *range(10, 20)], ())
    steps = []
    bare.set_progress_handler(lambda: steps.append(1), 1000)
    found = kept.candidates([*marks, *range(10, 20)], AT_MOST)
    bare.set_progress_handler(None, 0)
    assert len(found) == AT_MOST
    assert "ar_real" in found
    assert len(steps) < len(marks) * POPULAR / 50
    bare.execute("ROLLBACK")
