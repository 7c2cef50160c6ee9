import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_factories import DIGEST, article, clock, extraction

from onrecord.errors import InputError, NotFoundError
from onrecord.store import RemovedError, SqliteLedger, open_ledger, schema
from onrecord.store.queries import actors, walk


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    with open_ledger(tmp_path / "onrecord.db", create=True, now=clock()) as opened:
        yield opened


def put(ledger: SqliteLedger, number: int = 0, statements: int = 2, **values):
    of = article(number, statements, **values)
    return of, ledger.put(of, extraction(of), DIGEST)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=5, unique=True), st.randoms())
def test_what_is_put_comes_back_whatever_the_order_and_however_often(specs, random):
    articles = [article(*spec) for spec in specs]
    order = [*articles, *articles]
    random.shuffle(order)
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "l.db", create=True, now=clock()) as ledger:
        outcomes = [ledger.put(of, extraction(of), DIGEST).outcome for of in order]
        assert sorted(outcomes) == ["added"] * len(articles) + ["already held"] * len(articles)
        for of in articles:
            assert ledger.extraction(of.id) == extraction(of)
            assert ledger.article(of.id) == of
        assert [row["id"] for row in ledger.rows("articles", {})] == sorted(of.id for of in articles)
        assert list(ledger.verify()) == []


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80),
    st.none() | st.text(st.characters(codec="utf-8"), max_size=9),
)
def test_any_text_and_title_come_back_as_they_were(text, title):
    of = article(0, text=text, title=title)
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "l.db", create=True, now=clock()) as ledger:
        ledger.put(of, extraction(of), DIGEST)
        assert ledger.text(of.id) == text
        assert ledger.extraction(of.id) == extraction(of)
        assert list(ledger.verify()) == []


def test_one_question_answers_who_said_what_on_which_condition(ledger):
    put(ledger, 7, 3)
    (row,) = ledger.rows("statements", {"actor": "holm"})
    assert row["actors"] == ("Marit Holm",)
    assert row["statement"].content[0].text.startswith("that Norland would open gate 7")
    assert [each.antecedent[0].text for each in row["conditions"]] == ["the talks number 0 succeed"]
    condition = next(ledger.rows("conditions", {"actor": "Holm"}))
    assert condition["statement"] == row["statement"]


def holds(ledger: SqliteLedger, of, reader: str) -> bool:
    return ledger.holds(of.id, reader, of.published, basis=of.basis, title=of.title)


FILTERS = [
    ("statements", {"actor": "zoe adler"}, 1), ("statements", {"actor": "person:ZOË-adler"}, 1), ("statements", {"actor": "Zo"}, 0),
    ("statements", {"actor": "adler zoe"}, 0), ("statements", {"country": "nld"}, 4), ("statements", {"country": "DEU"}, 0),
    ("statements", {"act": "warn"}, 2), ("statements", {"act": "deny"}, 0), ("statements", {"said": "2024-05-02"}, 4),
    ("statements", {"said": "2024-05"}, 4), ("statements", {"said": "2023..2024-05-01"}, 0), ("statements", {"said": "2024-05-02/"}, 4),
    ("statements", {"outlet": "HARBOUR gazette"}, 4), ("statements", {"outlet": "Gazette"}, 0), ("statements", {"text": "opens GATES"}, 4),
    ("statements", {"text": '"; DROP'}, 0), ("statements", {"text": "!?"}, 0), ("statements", {"min_confidence": 0.95}, 0),
    ("statements", {"actor": "Holm", "act": "warn"}, 1), ("statements", {"limit": 1, "offset": 3}, 1), ("statements", {"offset": 3}, 1),
    ("statements", {"min_confidence": 0.9}, 4), ("conditions", {"min_confidence": 0.95}, 0), ("articles", {"min_confidence": 0.95}, 0),
    ("actors", {"min_confidence": 0.9}, 3), ("actors", {"min_confidence": 0.95}, 0),
    ("conditions", {"text": "talking numbers"}, 4), ("conditions", {"actor": "Brandt"}, 1), ("conditions", {"act": "commit"}, 2),
    ("conditions", {"said": "2024-06"}, 0), ("articles", {"said": "2024-05-03"}, 1), ("articles", {"said": "2024-05-02"}, 0),
    ("articles", {"text": "gate"}, 1), ("articles", {"actor": "Holm"}, 1), ("articles", {"country": "NLD"}, 1),
    ("articles", {"act": "deny"}, 0),
    ("actors", {}, 3), ("actors", {"actor": "Holm"}, 1), ("actors", {"country": "NLD", "limit": 2}, 2), ("actors", {"text": "nobody"}, 0),
]  # fmt: skip


def test_each_filter_keeps_what_it_names_and_nothing_else(ledger):
    put(ledger, 1, 4)
    for kind, filters, expected in FILTERS:
        assert (kind, filters, len(list(ledger.rows(kind, filters)))) == (kind, filters, expected)


@pytest.mark.parametrize(
    "kind, filters",
    [
        ("stories", {}),
        ("actors", {"act": "warn"}),
        ("statements", {"said": "May"}),
        ("statements", {"said": "2024-13"}),
        ("articles", {"colour": 1}),
    ],
)
def test_a_filter_that_there_is_not_is_named(ledger, kind, filters):
    with pytest.raises(InputError):
        list(ledger.rows(kind, filters))


def test_a_newer_reader_adds_a_reading_and_the_older_stays(ledger):
    of, _ = put(ledger)
    newer = extraction(of, "en/2", 0.5)
    assert ledger.put(of, newer, "d2").outcome == "read anew"
    assert ledger.extraction(of.id) == newer
    older, current = ledger.readings(of.id)
    assert (older["current"], current["current"]) == (False, True)
    assert ledger.extraction(of.id, older["id"]) == extraction(of)
    assert {row["reading"] for row in ledger.rows("statements", {})} == {current["id"]}
    assert [row["reading"] for row in ledger.rows("statements", {"text": "gate"})] == [current["id"]] * 2
    assert list(ledger.verify()) == []


def test_a_date_stated_later_beats_the_one_before_and_asks_for_a_new_reading(ledger):
    of, _ = put(ledger, published="2024-05-04", basis="metadata")
    assert holds(ledger, of, "en/1")
    assert holds(ledger, msgspec.structs.replace(of, published=None, basis="unknown"), "en/1")
    told = msgspec.structs.replace(of, published="2024-05-09", basis="given")
    assert not holds(ledger, told, "en/1")
    assert ledger.put(told, extraction(told), DIGEST).outcome == "fact stated"
    assert holds(ledger, told, "en/1")
    assert next(ledger.rows("articles", {}))["published"] == "2024-05-09"
    # The page's own date does not come back by adding the page again.
    assert ledger.informed(of).published == "2024-05-09"
    assert holds(ledger, of, "en/1")
    assert ledger.again(ledger.informed(of)).outcome == "already held"
    assert ledger.state_fact(of.id, "outlet", "Gazette of the Harbour")
    assert not ledger.state_fact(of.id, "outlet", "Gazette of the Harbour")
    assert next(ledger.rows("articles", {"outlet": "gazette of the harbour"}))["id"] == of.id
    assert list(ledger.verify()) == []


def test_a_new_cut_of_the_same_bytes_replaces_the_older(ledger):
    old, _ = put(ledger, 1, raw=b"<p>page</p>", cutter="page/1")
    new, _ = put(ledger, 1, 3, raw=b"<p>page</p>", cutter="page/2")
    assert [row["id"] for row in ledger.rows("articles", {})] == [new.id]
    assert ledger.text(old.id) == old.text
    assert list(ledger.verify()) == []


@pytest.mark.parametrize("field", ["st", "cn", "ev", "ac", "rd", "ar", "do"])
def test_everything_is_found_by_its_id_and_by_the_beginning_of_it(ledger, field):
    of, _ = put(ledger)
    read = extraction(of)
    ids = {"st": read.statements[1].id, "cn": read.conditions[0].id, "ev": read.events[0].id, "ar": of.id, "do": of.document}
    ids |= {"ac": next(ledger.rows("actors", {}))["id"], "rd": ledger.readings(of.id)[0]["id"]}
    assert ledger.find(ids[field])["id"] == ids[field]
    assert ledger.find(ids[field][:11])["id"] == ids[field]
    for bad in (ids[field][:8], field + "_ffffffffff", "Holm"):
        with pytest.raises(NotFoundError):
            ledger.find(bad)


def test_actors_are_joined_by_decisions_that_can_be_undone(ledger):
    put(ledger, 1, 3)
    adler, holm = (next(ledger.rows("actors", {"actor": name}))["id"] for name in ("Adler", "Holm"))
    ledger.join("person:marit-holm", adler, "person/me")
    assert {row["actors"] for row in ledger.rows("statements", {"actor": "Holm"})} == {("Marit Holm",), ("Zoë Adler",)}
    assert next(ledger.rows("actors", {"actor": adler}))["statements"] == 2
    ledger.join("person:marit-holm", holm, "person/me")
    assert len(list(ledger.rows("statements", {"actor": holm}))) == 1


def test_a_removed_article_is_in_no_answer_until_it_is_restored(ledger):
    of, _ = put(ledger)
    decision = ledger.remove(of.id, "the outlet withdrew it")
    for kind in ("articles", "statements", "conditions", "actors"):
        assert list(ledger.rows(kind, {})) == []
    for ask in (lambda: ledger.find(of.id), lambda: ledger.find(extraction(of).statements[0].id), lambda: ledger.extraction(of.id)):
        with pytest.raises(NotFoundError, match=r"removed on 2026-01-05 because: the outlet withdrew it"):
            ask()
    with pytest.raises(RemovedError, match="--restore"):
        put(ledger)
    assert ledger.removal(of.id) == decision
    assert ledger.removed(of.id)
    assert ledger.again(of).outcome == "removed before"
    assert list(ledger.verify()) == []
    ledger.restore(of.id)
    assert ledger.removal(of.id) is None
    assert len(list(ledger.rows("statements", {}))) == 2


def test_purging_leaves_no_word_in_the_file_and_keeps_date_and_reason(ledger):
    secret = "Zqxvarian Okthuli said on May 2 that Norland would open gate 9 if the wyvernish talks succeed."
    of, _ = put(ledger, 9, text=secret, title="Zqxvarian")
    kept, _ = put(ledger, 1, raw=of.raw)
    before = ledger.path.read_bytes() + ledger.path.with_name("onrecord.db-wal").read_bytes()
    assert b"wyvernish" in before
    assert ledger.remove(of.id, "a court said so", purge=True).purged
    after = (ledger.path.read_bytes() + ledger.path.with_name("onrecord.db-wal").read_bytes()).lower()
    assert [word for word in (b"wyvernish", b"zqxvarian", b"okthuli") if word in after] == []
    assert ledger.article(kept.id).raw == of.raw
    assert [row["id"] for row in ledger.rows("articles", {})] == [kept.id]
    assert list(ledger.rows("statements", {"text": "wyvernish"})) == []
    assert list(ledger.verify()) == []
    assert ledger.removal(of.id).reason == "a court said so"
    with pytest.raises(RemovedError):
        ledger.put(of, extraction(of), DIGEST)
    assert ledger.put(of, extraction(of), DIGEST, restore=True).outcome == "added"
    assert ledger.extraction(of.id) == extraction(of)


ORDERED = [
    {}, {"actor": "Holm"}, {"country": "NLD"}, {"act": "warn"}, {"said": "2024-05"}, {"outlet": "x"}, {"min_confidence": 0.5},
    {"min_confidence": 0.5, "actor": "Holm", "said": "2024-05"},
    {"actor": "Holm", "act": "warn"}, {"actor": "Holm", "outlet": "x", "said": "2024"}, {"country": "NLD", "said": "2024-05-02"},
    {"actor": "Holm", "text": "gate"},
]  # fmt: skip


def plans(ledger: SqliteLedger, of: walk.Records | None, filters: dict) -> list[str]:
    found = walk.arms(ledger._connection, ledger._words, of, filters)
    return [row[3] for sql, values in found for row in ledger._connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]


@pytest.mark.parametrize("of", [walk.STATEMENTS, walk.CONDITIONS, None])
def test_the_first_rows_of_a_list_come_off_an_index_in_order(ledger, of):
    put(ledger, 1, 3)
    for filters in ORDERED:
        plan = plans(ledger, of, filters)
        bad = [line for line in plan if (line.startswith("SCAN") and "VIRTUAL" not in line) or "TEMP B-TREE" in line]
        assert plan
        assert (filters, bad) == (filters, [])


@pytest.mark.parametrize("of", [walk.STATEMENTS, walk.CONDITIONS, None])
def test_a_list_by_words_or_of_one_article_scans_nothing_but_the_index_of_words(ledger, of):
    put(ledger, 1, 3)
    for filters in ({"text": "gate"}, {"text": "gate", "said": "2024", "country": "NLD"}, {"article": "ar_1", "act": "warn"}):
        assert [line for line in plans(ledger, of, filters) if line.startswith("SCAN") and "VIRTUAL" not in line] == []


def test_actors_are_listed_along_their_names(ledger):
    put(ledger, 1, 3)
    for filters in ({}, {"country": "NLD"}):
        sql, values = actors.query(ledger._connection, filters)
        plan = [row[3] for row in ledger._connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
        assert [line for line in plan if "TEMP B-TREE" in line] == []


def test_what_is_held_needs_no_reading_again_and_its_receipt_counts_what_is_on_record(ledger):
    of, first = put(ledger, 1, 3)
    assert holds(ledger, ledger.informed(of), "en/1")
    assert not holds(ledger, of, "d2")
    assert not holds(ledger, of, "en/2")
    bare = msgspec.structs.replace(of, outlet=None, title=None, published=None, basis="unknown")
    assert ledger.informed(bare) == of
    again = ledger.again(ledger.informed(bare))
    assert again == msgspec.structs.replace(first, outcome="already held")
    assert again.statements == 3
    renamed = msgspec.structs.replace(of, title="Gate 1, seen anew")
    assert not holds(ledger, renamed, "en/1")


def test_what_a_text_says_of_its_day_is_kept_as_inferred_and_given_way_to_a_given_one(ledger):
    of = article(1, published=None, basis="unknown")
    read = extraction(of)
    inferred = msgspec.structs.replace(read.published, first="2024-05-03", to="2024-05-03", granularity="day", basis="inferred")
    ledger.put(of, msgspec.structs.replace(read, published=inferred), DIGEST)
    assert ledger.article(of.id).basis == "inferred"
    assert ledger.informed(of) == of
    assert ledger.state_fact(of.id, "published", "2024-05-08")
    assert (ledger.informed(of).published, ledger.informed(of).basis) == ("2024-05-08", "given")
    assert not holds(ledger, of, "en/1")
    assert list(ledger.verify()) == []


def test_purging_an_article_purges_the_older_cuts_of_its_bytes_too(ledger):
    old, _ = put(ledger, 1, raw=b"<p>page</p>", cutter="page/1")
    new, _ = put(ledger, 1, 3, raw=b"<p>page</p>", cutter="page/2")
    ledger.remove(new.id, "a court said so", purge=True)
    assert ledger.removal(old.id).purged
    assert list(ledger.rows("articles", {})) == []
    assert ledger._connection.execute("SELECT COUNT(*) FROM raw").fetchone() == (0,)
    assert list(ledger.verify()) == []


def test_lists_go_by_day_then_article_then_place(ledger):
    for number in (3, 1, 2):
        put(ledger, number, 3)
    rows = list(ledger.rows("statements", {}))
    assert [(row["said"], row["article"], row["statement"].speaker.start) for row in rows] == sorted(
        (row["said"], row["article"], row["statement"].speaker.start) for row in rows
    )
    pages = [row["id"] for at in range(3) for row in ledger.rows("statements", {"limit": 4, "offset": 4 * at})]
    assert pages == [row["id"] for row in rows]


def test_a_record_of_an_older_reading_is_still_found_by_its_id(ledger):
    of, _ = put(ledger)
    ledger.put(of, extraction(of, "en/2"), "d2")
    old = extraction(of).statements[0]
    assert ledger.find(old.id)["statement"] == old
    assert ledger.find(old.id)["conditions"] == extraction(of).conditions[:1]
    assert old.id not in {row["id"] for row in ledger.rows("statements", {})}


def test_an_id_that_fits_several_asks_for_more_of_it(ledger):
    of, _ = put(ledger)
    twin = of.id[:-1] + ("0" if of.id[-1] != "0" else "1")
    ledger._connection.execute(
        "INSERT INTO articles SELECT ?, document, text, text_sha256, skipped, added_at FROM articles WHERE id = ?", (twin, of.id)
    )
    with pytest.raises(NotFoundError, match="write more of the id"):
        ledger.find(of.id[:12])


def doubtful(of):
    """The second statement stands in the first, which is less sure; so is the third statement's condition."""
    read = extraction(of)
    first, second, third = read.statements
    statements = (
        msgspec.structs.replace(first, confidence=0.4),
        msgspec.structs.replace(second, within=first.id, confidence=0.8),
        third,
    )
    unsure = msgspec.structs.replace(read.conditions[2], confidence=0.3)
    return msgspec.structs.replace(read, statements=statements, conditions=(*read.conditions[:2], unsure))


def kept(ledger, least):
    return {kind: [row["id"] for row in ledger.rows(kind, {"min_confidence": least})] for kind in ("statements", "conditions", "actors")}


def test_what_stands_in_something_less_sure_than_asked_is_left_out_with_it(ledger):
    of = article(1, 3)
    read = doubtful(of)
    ledger.put(of, read, DIGEST)
    assert ledger.extraction(of.id) == read
    assert [len(found) for found in kept(ledger, 0.3).values()] == [3, 3, 3]
    assert kept(ledger, 0.5)["statements"] == [read.statements[2].id]
    assert kept(ledger, 0.5)["conditions"] == []
    (row,) = ledger.rows("statements", {"min_confidence": 0.5})
    assert row["conditions"] == ()
    (row,) = ledger.rows("articles", {"min_confidence": 0.5})
    assert (row["statements"], row["conditions"]) == (1, 0)
    (row,) = ledger.rows("actors", {"min_confidence": 0.5})
    assert (row["name"], row["statements"]) == ("Zoë Adler", 1)
    assert list(ledger.verify()) == []


def test_an_older_ledger_learns_how_sure_its_records_stand(tmp_path):
    path = tmp_path / "onrecord.db"
    of = article(1, 3)
    with open_ledger(path, create=True, now=clock()) as ledger:
        ledger.put(of, doubtful(of), DIGEST)
        before = kept(ledger, 0.5)
        columns = "SELECT id, standing FROM statements UNION SELECT id, standing FROM conditions ORDER BY id"
        stood = ledger._connection.execute(columns).fetchall()
        # As the two schemas before left it.
        for table in ("statements", "conditions"):
            ledger._connection.execute(f"DROP INDEX {table}_by_day")
            ledger._connection.execute(f"ALTER TABLE {table} DROP COLUMN standing")
            ledger._connection.execute(f"CREATE INDEX {table}_by_day ON {table} (reading, wide, first_day, position, seq)")
        for number, _, sql in schema.migrations():
            if number > 3:
                for table in re.findall(r"CREATE TABLE (\w+)", sql):
                    ledger._connection.execute(f"DROP TABLE {table}")
        ledger._connection.execute("DELETE FROM schema_versions WHERE version >= 3")
    with open_ledger(path, create=False, now=clock()) as ledger:
        assert ledger._connection.execute(columns).fetchall() == stood
        assert kept(ledger, 0.5) == before
        assert list(ledger.verify()) == []
