"""Versions of a document, and where and when its bytes were fetched."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from onrecord import store
from onrecord.records import Article

from .factories import DIGEST, article, clock, extraction

URL = "https://harbour.example/gate"
RAW = b"<p>The gate.</p>"


@pytest.fixture
def ledger(tmp_path: Path) -> Any:
    with store.open_ledger(tmp_path / "l.db", create=True, now=clock()) as opened:
        yield opened


def fetched(text: str, when: str | None = None, **values: Any) -> Article:
    standard = {"caller": None, "url": URL, "fetched": when, "fetched_from": URL, "media": "text/html; charset=utf-8", "cutter": "cut/1"}
    return article(text=text, **{**standard, **values})


def put(ledger: store.SqliteLedger, of: Article) -> str:
    ledger.put(of, extraction(of), DIGEST)
    return of.id


def numbers(ledger: store.SqliteLedger, of: str) -> list[tuple[str, int, int]]:
    return [(each.article, each.number, each.of) for each in ledger.versions(of)]


def test_versions_are_numbered_in_the_order_in_which_they_came(ledger: store.SqliteLedger) -> None:
    one, two = (put(ledger, fetched(f"The gate opens at {hour}.", raw=b"%d" % hour)) for hour in (8, 9))
    other = put(ledger, fetched("Another gate.", url="https://harbour.example/other"))
    assert numbers(ledger, one) == numbers(ledger, two) == [(one, 1, 2), (two, 2, 2)]
    assert numbers(ledger, other) == [(other, 1, 1)]
    assert ledger.newest(ledger.article(one).document) == two
    assert {row["id"]: (row["version"], row["versions"]) for row in ledger.rows("articles", {})} == {
        one: (1, 2),
        two: (2, 2),
        other: (1, 1),
    }


def test_what_was_fetched_earlier_is_the_older_version_whenever_it_was_added(ledger: store.SqliteLedger) -> None:
    new = put(ledger, fetched("The gate opens at 9.", "2024-05-29T06:00:00+00:00", raw=b"9"))
    old = put(ledger, fetched("The gate opens at 8.", "2024-05-28T06:00:00+00:00", raw=b"8"))
    assert numbers(ledger, new) == [(old, 1, 2), (new, 2, 2)]
    assert [each.newest for each in ledger.versions(new)] == [False, True]


def test_a_removed_article_is_no_version(ledger: store.SqliteLedger) -> None:
    one, two = (put(ledger, fetched(f"The gate opens at {hour}.", raw=b"%d" % hour)) for hour in (8, 9))
    ledger.remove(two, "a test")
    assert numbers(ledger, one) == [(one, 1, 1)]
    assert ledger.newest(ledger.article(one).document) == one
    ledger.remove(one, "a test")
    assert ledger.newest(ledger.article(one).document) is None


def test_a_new_cut_of_old_bytes_is_no_version(ledger: store.SqliteLedger) -> None:
    old = put(ledger, fetched("The gate opens. Subscribe.", raw=RAW))
    assert ledger.outdated("cut/2") == [old]
    assert ledger.outdated("other/2") == []
    new = put(ledger, fetched("The gate opens.", raw=RAW, cutter="cut/2"))
    assert numbers(ledger, new) == [(new, 1, 1)]
    assert ledger.outdated("cut/2") == []


def test_an_article_without_a_date_has_the_day_of_its_first_fetching(ledger: store.SqliteLedger) -> None:
    undated = {"published": None, "basis": "unknown"}
    ident = put(ledger, fetched("The gate opens.", "2024-05-29T06:00:00+00:00", raw=RAW, **undated))
    ledger.again(fetched("The gate opens.", "2024-05-28T06:00:00+00:00", raw=RAW + b" ", **undated))
    report = ledger.report(ident)
    assert (report.published.first, report.fetched, report.day) == (None, "2024-05-28T06:00:00+00:00", "2024-05-28")
    held = ledger.article(ident)
    assert (held.fetched, held.fetched_from, held.published) == ("2024-05-28T06:00:00+00:00", URL, None)
    plain = put(ledger, article(**undated))
    assert ledger.report(plain).day == ledger.report(plain).added[:10]


def test_fetched_bytes_are_known_once_their_article_was_read(ledger: store.SqliteLedger) -> None:
    ident = put(ledger, fetched("The gate opens.", raw=RAW))
    digest = hashlib.sha256(RAW).hexdigest()

    def seen(**other: Any) -> str | None:
        asked = {"digest": digest, "address": URL, "cutter": "cut/1", "reader": DIGEST, **other}
        return ledger.seen(asked.pop("digest"), asked.pop("address"), asked.pop("cutter"), **asked)

    assert seen() == ident
    for other in ({"digest": "0"}, {"address": "https://harbour.example/"}, {"cutter": "cut/2"}, {"reader": "another"}):
        assert seen(**other) is None
    ledger.remove(ident, "a test")
    assert seen() == ident
    assert seen(restore=True) is None


def test_a_purged_article_leaves_no_fetch_behind(ledger: store.SqliteLedger) -> None:
    ident = put(ledger, fetched("The gate opens.", "2024-05-28T06:00:00+00:00", raw=RAW))
    ledger.remove(ident, "a test", purge=True)
    assert ledger._connection.execute("SELECT COUNT(*) FROM fetches").fetchone() == (0,)
    assert list(ledger.verify()) == []


def test_verify_finds_a_fetch_that_no_cut_belongs_to(ledger: store.SqliteLedger) -> None:
    ident = put(ledger, fetched("The gate opens.", raw=RAW))
    assert list(ledger.verify()) == []
    ledger._connection.execute("UPDATE fetches SET cutter = 'cut/9'")
    (problem,) = ledger.verify()
    assert problem.where == ident
    assert "cut by cut/9" in problem.what


def test_the_same_bytes_at_two_addresses_are_two_documents(ledger: store.SqliteLedger) -> None:
    one = fetched("The gate opens.", raw=RAW)
    other = "https://gulf.example/gate"
    two = fetched("The gate opens.", raw=RAW, url=other, fetched_from=other)
    assert put(ledger, one) != put(ledger, two)
    assert numbers(ledger, one.id) == [(one.id, 1, 1)]
    assert ledger.report(msgspec.structs.replace(two).id).url == other
