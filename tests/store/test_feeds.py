"""The feeds that are followed, as the ledger keeps them."""

import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from store_factories import DIGEST, article, clock, extraction

from onrecord.errors import InputError, LedgerError
from onrecord.store import feeds, open_ledger

SOURCES = Path(open_ledger.__code__.co_filename).parents[2]
ONE, TWO = "https://harbour.example/feed", "https://other.example/feed"


@pytest.fixture
def ledger(tmp_path):
    with open_ledger(tmp_path / "l.db", create=True, now=clock()) as opened:
        yield opened


def test_a_feed_is_followed_once_until_it_is_ended(ledger):
    assert [ledger.feeds.follow(ONE), ledger.feeds.follow(ONE), ledger.feeds.follow(TWO, ONE)] == [True, False, True]
    assert [(each.address, each.found_in) for each in ledger.feeds.all()] == [(ONE, None), (TWO, ONE)]
    assert [ledger.feeds.end(ONE, "ended"), ledger.feeds.end(ONE, "ended")] == [True, False]
    assert [each.address for each in ledger.feeds.all()] == [TWO]
    assert ledger.feeds.follow(ONE)


def test_what_the_user_ended_is_not_taken_up_by_a_list(ledger):
    ledger.feeds.follow(ONE)
    ledger.feeds.end(ONE, "ended")
    assert not ledger.feeds.follow(ONE, TWO)
    assert ledger.feeds.all() == []


def test_no_list_can_fill_the_ledger(ledger, monkeypatch):
    monkeypatch.setattr(feeds, "MOST", 2)
    ledger.feeds.follow(ONE)
    ledger.feeds.follow(TWO)
    with pytest.raises(InputError, match="2 feeds are followed, and so many are the most"):
        ledger.feeds.follow("https://third.example/feed")


def test_the_state_of_a_feed_is_kept_as_it_was_given(ledger):
    ledger.feeds.follow(ONE)
    (feed,) = ledger.feeds.all()
    changes = {"title": "Harbour Gazette", "etag": '"1"', "last_modified": "then", "pace": 600, "failures": 2, "status": "so"}
    after = msgspec.structs.replace(feed, **changes, next_at="2999-01-01T00:00:00+00:00", looked_at=feed.next_at)
    ledger.feeds.looked(after)
    assert ledger.feeds.all() == [after]
    ledger.feeds.brought(ONE)
    assert [each.articles for each in ledger.feeds.all()] == [1]


def test_those_that_are_due_first_come_first(ledger):
    for address, day in ((ONE, "2024-05-02"), (TWO, "2024-05-01")):
        ledger.feeds.follow(address)
        (feed,) = [each for each in ledger.feeds.all() if each.address == address]
        ledger.feeds.looked(msgspec.structs.replace(feed, next_at=f"{day}T00:00:00+00:00"))
    assert [each.address for each in ledger.feeds.all()] == [TWO, ONE]


def test_an_entry_is_remembered_with_how_it_went(ledger):
    seen = ledger.feeds
    assert seen.seen("en_1") is None
    seen.saw("en_1", "es_1", None)
    seen.saw("en_1", "es_1", None)
    assert (seen.seen("en_1").article, seen.seen("en_1").tries, seen.read("en_1", "es_1")) == (None, 2, False)
    seen.saw("en_1", "es_1", "ar_1")
    assert (seen.seen("en_1").article, seen.seen("en_1").tries, seen.read("en_1", "es_1")) == ("ar_1", 0, True)
    assert not seen.read("en_1", "es_2")
    for idle in (1, 2):
        seen.saw("en_1", "es_2", "ar_1", changed=False)
        assert seen.seen("en_1").idle == idle
    seen.saw("en_1", "es_3", "ar_2")
    assert (seen.seen("en_1").article, seen.seen("en_1").idle) == ("ar_2", 0)
    seen.give_up("en_1", "es_4", 3)
    assert (seen.seen("en_1").article, seen.seen("en_1").stamp, seen.seen("en_1").tries) == ("ar_2", "es_4", 3)
    seen.give_up("en_2", "es_1", 3)
    assert (seen.seen("en_2").article, seen.seen("en_2").tries) == (None, 3)


def test_verify_sees_an_entry_without_its_article(ledger):
    of = article(1)
    ledger.put(of, extraction(of), DIGEST)
    ledger.feeds.follow(ONE)
    ledger.feeds.saw("en_1", "es_1", of.id)
    ledger.feeds.saw("en_2", "es_1", None)
    assert list(ledger.verify()) == []
    ledger.feeds.saw("en_3", "es_1", "ar_none")
    assert [(each.where, each.what) for each in ledger.verify()] == [("en_3", "was read as ar_none, which is not there")]


def test_a_purged_article_leaves_no_words_behind_and_is_not_fetched_again(ledger, tmp_path):
    of = article(1)
    ledger.put(of, extraction(of), DIGEST)
    ledger.feeds.saw("en_1", "es_1", of.id)
    ledger.remove(of.id, "wrong", purge=True)
    assert ledger.feeds.read("en_1", "es_1")
    assert list(ledger.verify()) == []


def test_one_process_follows_at_a_time_and_a_killed_one_leaves_no_lock(tmp_path):
    path = tmp_path / "l.db"
    code = f"import sys, time; sys.path.insert(0, {str(SOURCES)!r})\nfrom pathlib import Path\nfrom onrecord.store.feeds import alone\n"
    code += f"with alone(Path({str(path)!r})):\n    print('held', flush=True)\n    time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LedgerError, match=r"another onrecord follow keeps the feeds of .*l\.db current"), feeds.alone(path):
            pass
        other.kill()
        other.wait()
    begun = time.monotonic()
    with feeds.alone(path):
        assert time.monotonic() - begun < 1
    with feeds.alone(path):
        pass
