"""Sayings and commitments in a ledger: kept, found again by id, led on, forgotten, checked."""

import sqlite3

import pytest
from store_factories import DIGEST, article, clock, extraction

from onrecord.errors import InputError, NotFoundError
from onrecord.group.commitments import bind
from onrecord.group.sayings import place
from onrecord.reports import Placed, Placement
from onrecord.store import open_ledger
from onrecord.store.commitments import Bonds, commitments_of
from onrecord.store.connection import transaction
from onrecord.store.sayings import Sayings, sayings_of


@pytest.fixture
def ledger(tmp_path):
    with open_ledger(tmp_path / "onrecord.db", create=True, now=clock()) as opened:
        yield opened


def put(ledger, *articles):
    for each in articles:
        ledger.put(each, extraction(each), DIGEST)
    group(ledger, *articles)
    return [each.id for each in articles]


def group(ledger, *articles):
    sayings, bonds = Sayings(ledger._connection), Bonds(ledger._connection)
    for each in articles:
        report = ledger.report(each.id)
        others = [other.id for other in articles if other.id != each.id]
        with transaction(ledger._connection):
            placement = place(report, (), others, sayings)
            sayings.keep(placement, "2026-01-05")
            bonds.keep(bind(report, placement, bonds), "2026-01-05")


def two(ledger):
    """The same text from two outlets, so that each statement is worded twice."""
    return put(ledger, article(1), article(1, caller="other", outlet="Fjord Post"))


def ids(ledger, kind="sayings", **filters):
    return list(ledger.told(kind, filters))


def test_what_two_outlets_report_is_one_saying_with_two_wordings(ledger):
    first, second = two(ledger)
    found = [ledger.saying(id_) for id_ in ids(ledger)]
    assert [len(each.wordings) for each in found] == [2, 2]
    assert {wording.article for each in found for wording in each.wordings} == {first, second}
    assert sayings_of(ledger._connection, [first]) == {first: sayings_of(ledger._connection, [second])[second]}
    assert list(ledger.verify()) == []


def test_a_saying_says_who_when_and_with_what_act(ledger):
    two(ledger)
    each = next(ledger.saying(id_) for id_ in ids(ledger, actor="Marit Holm"))
    assert each.speaker == "Marit Holm"
    assert each.first == each.last == "2024-05-02"


def test_lists_are_filtered_by_speaker_country_and_article_and_end_at_the_limit(ledger):
    first, _ = two(ledger)
    assert len(ids(ledger)) == 2
    assert len(ids(ledger, actor="Marit Holm")) == 1
    assert ids(ledger, actor="Nobody Known") == []
    assert len(ids(ledger, limit=1)) == 1
    assert len(ids(ledger, article=first)) == 2
    with pytest.raises(InputError, match="cannot be filtered by text"):
        ids(ledger, text="gate")


def test_grouping_again_changes_nothing(ledger):
    both = (article(1), article(1, caller="other", outlet="Fjord Post"))
    put(ledger, *both)
    before = ledger._connection.execute("SELECT * FROM wordings ORDER BY article, anchor").fetchall()
    group(ledger, *both)
    assert ledger._connection.execute("SELECT * FROM wordings ORDER BY article, anchor").fetchall() == before


def test_an_id_that_ended_leads_to_the_saying_that_it_became(ledger):
    two(ledger)
    one, other = ids(ledger)
    report = ledger.report(ledger.saying(one).wordings[0].article)
    gists = Sayings(ledger._connection)
    with transaction(ledger._connection):
        held = gists.filed([report.article])
        placed = tuple(
            Placed(
                statement=each.id,
                anchor=each.anchor,
                saying=held[report.article, each.anchor],
                day=report.day,
                at=at,
                score=1.0,
                reasons=(),
                rule="hand/1",
            )
            for at, each in enumerate(report.extraction.statements)
        )
        packed = next(gists.gists([report.article]))
        merged = Placement(
            article=report.article, reading=report.reading, gists=packed, placed=placed, merged=((other, one), (one, "sy_" + "0" * 20))
        )
        gists.keep(merged, "2026-01-06")
    assert ledger.saying(one).id == ledger.saying(other).id == "sy_" + "0" * 20
    assert len(ledger.saying(one).wordings) == 4
    assert list(ledger.verify()) == []


def test_a_removed_article_words_nothing_and_comes_back(ledger):
    first, second = two(ledger)
    each = ids(ledger)[0]
    ledger.remove(first, "withdrawn")
    assert {wording.article for wording in ledger.saying(each).wordings} == {second}
    ledger.remove(second, "withdrawn")
    with pytest.raises(NotFoundError, match="no article words"):
        ledger.saying(each)
    ledger.restore(first)
    assert {wording.article for wording in ledger.saying(each).wordings} == {first}


def test_a_purged_article_leaves_no_word_and_no_damage(ledger, tmp_path):
    (only,) = put(ledger, article(7, text="Marit Holm said on May 2 that Norland would open gate 7 if the talks number zebrafish succeed."))
    ledger.remove(only, "withdrawn", purge=True)
    assert list(ledger.verify()) == []
    for table in ("gists", "wordings", "bonds", "bond_principals"):
        assert ledger._connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (0,)
    assert b"zebrafish" not in (tmp_path / "onrecord.db").read_bytes()


def test_commitments_are_found_with_their_sayings(ledger):
    first, _ = two(ledger)
    found = ids(ledger, "commitments")
    assert commitments_of(ledger._connection, [first])[first] == found
    for id_ in found:
        each = ledger.commitment(id_[:10])
        assert each.principal_name
        assert each.action.span.proves(ledger.text(each.action.article))
        assert all(ledger.saying(saying) for saying in each.sayings)


@pytest.mark.parametrize("asked", ["sy_0000000", "sy_12", "st_000000", "sy_zzzzzz"])
def test_an_id_that_there_is_not_is_said_to_be_none(ledger, asked):
    with pytest.raises(NotFoundError, match="nothing on record has the id"):
        ledger.saying(asked)


DAMAGE = [
    ("DELETE FROM wordings WHERE position = (SELECT MIN(position) FROM wordings)", "in no saying"),
    ("UPDATE wordings SET statement = 'st_lost'", "not on record"),
    ("UPDATE sayings SET leads_to = 'sy_lost'", "leads to no saying"),
    ("UPDATE sayings SET leads_to = id", "has wordings, but leads to another"),
]


@pytest.mark.parametrize(("sql", "what"), DAMAGE, ids=[row[1] for row in DAMAGE])
def test_verify_names_what_does_not_hang_together(ledger, sql, what):
    two(ledger)
    ledger._connection.execute("PRAGMA foreign_keys = OFF")
    ledger._connection.execute(sql)
    assert any(what in problem.what for problem in ledger.verify())


def test_the_look_ups_go_by_an_index(ledger):
    two(ledger)
    seen = []
    ledger._connection.set_trace_callback(seen.append)
    group(ledger, article(1))
    ledger._connection.set_trace_callback(None)
    plans = {row[3] for sql in seen if sql.startswith("SELECT") for row in _plan(ledger._connection, sql)}
    scanned = {
        plan for plan in plans if plan.startswith("SCAN") and any(table in plan for table in ("wordings", "gists", "bonds", "listed"))
    }
    assert not scanned


def _plan(connection: sqlite3.Connection, sql: str):
    return connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
