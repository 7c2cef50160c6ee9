"""Following feeds: rounds with a clock of their own, and the command as it is killed and stopped."""

from __future__ import annotations

import datetime
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.intake.server import STORY, Site, conditional, opml, page, raw, rss

from onrecord import pipeline, store
from onrecord.faces.cli import cli
from onrecord.faces.rounds import MOST_SILENT, Rounds
from onrecord.intake import schedule
from onrecord.intake.web.fetching import Fetcher
from onrecord.intake.web.line import Guard
from onrecord.intake.web.reading import Web
from onrecord.intake.web.visits import Visits
from onrecord.store import SqliteLedger

from .fake_reader import FakeReader

HERE = Path(__file__).resolve().parent
MONDAY = "Mon, 27 May 2024 07:30:00 +0300"
TUESDAY = "Tue, 28 May 2024 07:30:00 +0300"


class Time:
    """A clock that only sleep moves."""

    def __init__(self) -> None:
        self.moment = datetime.datetime(2024, 6, 1, 12, tzinfo=datetime.UTC)

    def now(self) -> datetime.datetime:
        return self.moment

    def clock(self) -> float:
        return self.moment.timestamp()

    def sleep(self, seconds: float) -> None:
        self.moment += datetime.timedelta(seconds=seconds)


class Desk:
    """A ledger, a web and a clock, to follow feeds with."""

    def __init__(self, ledger: SqliteLedger, time_: Time, site: Site) -> None:
        self.ledger, self.time, self.site = ledger, time_, site
        self.said: list[str] = []
        self.rounds = self.fresh()

    def fresh(self, seconds: float = 5.0) -> Rounds:
        visits = Visits(Fetcher(Guard([self.site.place]), "OnRecord/test", seconds=seconds), clock=self.time.clock, sleep=self.time.sleep)
        self.rounds = Rounds(
            self.ledger, FakeReader(), Web(visits), now=self.time.now, sleep=self.time.sleep, say=self.said.append, chance=lambda: 0.5
        )
        return self.rounds

    def once(self) -> list[str]:
        """One round; what was asked for in it."""
        before = len(self.site.paths())
        self.rounds.run(once=True)
        return self.site.paths()[before:]

    def titles(self) -> list[str]:
        return sorted(str(row["title"]) for row in self.ledger.rows("articles", {}))

    def feed(self, path: str = "/feed") -> store.feeds.Feed:
        return next(each for each in self.ledger.feeds.all() if each.address == self.site.url(path))

    def later(self, **span: float) -> None:
        self.time.moment += datetime.timedelta(**span)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as found:
        for name in ("pass", "bridge", "road"):
            found.put(f"/{name}", page(f"The {name}", STORY.replace("the pass", f"the {name}")))
        yield found


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Iterator[Desk]:
    clock = Time()
    with store.open_ledger(tmp_path / "l.db", create=True, now=clock.now) as ledger:
        found = Desk(ledger, clock, site)
        ledger.feeds.follow(site.url("/feed"))
        yield found
        assert list(ledger.verify()) == []


def test_what_is_new_is_read_and_what_is_known_is_not_fetched_again(desk: Desk) -> None:
    desk.site.put("/feed", rss([("/bridge", "The bridge", TUESDAY), ("/pass", "The pass", MONDAY)]))
    assert desk.once() == ["/feed", "/pass", "/bridge"]
    assert desk.titles() == ["The bridge", "The pass"]
    desk.site.put("/feed", rss([("/road", "The road"), ("/bridge", "The bridge", TUESDAY), ("/pass", "The pass", MONDAY)]))
    assert desk.once() == ["/feed", "/road"]
    assert desk.titles() == ["The bridge", "The pass", "The road"]
    assert desk.feed().articles == 3
    assert desk.feed().title == "Harbour Gazette"
    assert desk.feed().status == "1 new article, 2 read before"
    assert desk.said[-1].startswith(f"Harbour Gazette ({desk.site.url('/feed')}): 1 new article, 2 read before; next look ")


def test_what_two_feeds_name_is_fetched_once(desk: Desk) -> None:
    for path in ("/feed", "/world"):
        desk.ledger.feeds.follow(desk.site.put(path, rss([("/pass", "The pass"), ("/pass#top", "The pass")])))
    assert sorted(desk.once()) == ["/feed", "/pass", "/world"]
    assert desk.titles() == ["The pass"]


def test_a_feed_that_has_not_changed_is_not_sent_again(desk: Desk) -> None:
    desk.site.put("/feed", conditional(rss([("/pass", "The pass")]), '"1"', Last_Modified="Mon, 27 May 2024 07:30:00 GMT"))
    desk.once()
    assert desk.once() == ["/feed"]
    last = desk.site.asked[-1].headers
    assert (last["if-none-match"], last["if-modified-since"]) == ('"1"', "Mon, 27 May 2024 07:30:00 GMT")
    assert desk.feed().status == "nothing has changed"
    assert desk.titles() == ["The pass"]


def test_a_piece_that_is_said_to_have_changed_is_read_again_and_kept_as_a_new_version(desk: Desk) -> None:
    desk.site.put("/feed", conditional(rss([("/pass", "The pass", MONDAY)]), '"1"'))
    desk.once()
    desk.site.put("/pass", page("The pass", STORY + "\nThe council took that back in the evening."))
    desk.site.put("/feed", conditional(rss([("/pass", "The pass", TUESDAY)]), '"2"'))
    assert desk.once() == ["/feed"], "not so soon"
    assert desk.once() == ["/feed"]
    desk.later(hours=2)
    assert desk.once() == ["/feed", "/pass"]
    assert desk.feed().status == "nothing new, 1 article changed"
    assert len({row["document"] for row in desk.ledger.rows("articles", {})}) == 1


def test_a_feed_that_cries_change_at_each_look_is_believed_less_and_less(desk: Desk) -> None:
    fetched = 0
    for number in range(48):
        desk.site.put("/feed", rss([("/pass", "The pass", f"Mon, 27 May 2024 {number // 2:02}:{number % 2 * 30:02}:00 GMT")]))
        fetched += desk.once().count("/pass")
        desk.later(hours=1)
    assert 3 <= fetched <= 7


def test_a_page_that_cannot_be_had_is_tried_again_and_then_given_up(desk: Desk) -> None:
    desk.site.put("/feed", conditional(rss([("/busy", "Busy"), ("/gone", "Gone"), ("/pass", "The pass")]), '"1"'))
    desk.site.put("/busy", "no", 500)
    asked = [desk.once() for _ in range(5)]
    assert [each.count("/busy") for each in asked] == [1, 1, 1, 0, 0]
    assert [each.count("/gone") for each in asked] == [1, 0, 0, 0, 0]
    assert [each.count("/pass") for each in asked] == [1, 0, 0, 0, 0]
    assert desk.titles() == ["The pass"]


def test_while_something_is_to_be_tried_again_the_feed_is_asked_for_all_of_it(desk: Desk) -> None:
    """Else it would say that nothing has changed, and the piece would never come."""
    desk.site.put("/feed", conditional(rss([("/busy", "Busy"), ("/pass", "The pass")]), '"1"'))
    desk.site.put("/busy", "no", 503)
    desk.once()
    assert desk.feed().status == "1 new article, 1 to be tried again"
    desk.site.put("/busy", page("Not busy", STORY.replace("pass", "quay")))
    assert desk.once() == ["/feed", "/busy"]
    assert desk.titles() == ["Not busy", "The pass"]
    desk.once()
    assert desk.feed().status == "nothing has changed"


def test_a_page_that_asks_to_be_left_alone_costs_no_try(desk: Desk) -> None:
    desk.site.put("/feed", rss([("/busy", "Busy")]))
    desk.site.put("/busy", "no", 429, retry_after="60")
    asked = []
    for _ in range(6):
        asked.append(desk.once().count("/busy"))
        desk.later(minutes=2)
    assert asked == [1] * 6


def test_a_feed_that_fails_is_left_alone_longer_and_longer_and_others_are_not(desk: Desk) -> None:
    desk.ledger.feeds.follow(desk.site.put("/good", rss([("/pass", "The pass")])))
    desk.site.put("/feed", "no", 500)
    waits = []
    for _ in range(4):
        desk.once()
        feed = desk.feed()
        waits.append((datetime.datetime.fromisoformat(feed.next_at) - desk.time.now()).total_seconds())
        desk.time.moment = datetime.datetime.fromisoformat(feed.next_at)
    assert waits == [schedule.FAILED * factor for factor in (1, 2, 4, 8)]
    assert desk.feed().failures == 4
    assert "cannot now (500)" in desk.feed().status
    assert desk.titles() == ["The pass"]
    desk.site.put("/feed", rss([("/bridge", "The bridge")]))
    desk.once()
    assert (desk.feed().failures, desk.titles()) == (0, ["The bridge", "The pass"])


def test_a_feed_in_trouble_is_not_asked_before_its_time(desk: Desk) -> None:
    desk.site.put("/feed", "no", 503, retry_after="7200")
    assert desk.once() == ["/feed"]
    desk.later(hours=1.9)
    assert desk.once() == []
    assert "no feed is due" in desk.said[-1]
    desk.later(hours=0.2)
    assert desk.once() == ["/feed"]


def test_a_network_that_is_down_is_tried_again_within_the_hour(desk: Desk) -> None:
    desk.ledger.feeds.end(desk.site.url("/feed"), "ended")
    desk.ledger.feeds.follow("http://127.0.0.1:1/feed")
    desk.rounds._web.visits.fetcher.guard._allowed |= {"127.0.0.1:1"}
    for _ in range(12):
        desk.once()
        (feed,) = desk.ledger.feeds.all()
        desk.time.moment = datetime.datetime.fromisoformat(feed.next_at)
    assert feed.failures == 12
    assert (desk.time.now() - datetime.datetime.fromisoformat(feed.looked_at or "")).total_seconds() <= 3600


def test_a_feed_that_is_gone_is_followed_no_more(desk: Desk) -> None:
    desk.site.put("/feed", "gone", 410)
    desk.once()
    assert desk.ledger.feeds.all() == []
    assert "it is followed no more" in desk.said[-1]


@pytest.mark.parametrize("body", ['<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"><channel/></rss>', "<rss", "", "plain words", "{}"])
def test_a_feed_that_is_none_is_a_failure_and_no_end(desk: Desk, body: str) -> None:
    desk.site.put("/feed", body)
    desk.once()
    assert desk.feed().failures == 1


def test_a_page_is_followed_by_its_feed(desk: Desk) -> None:
    desk.ledger.feeds.end(desk.site.url("/feed"), "ended")
    desk.ledger.feeds.follow(
        desk.site.put("/", '<html><head><link rel="alternate" type="application/rss+xml" href="/news.rss"></head></html>')
    )
    desk.site.put("/news.rss", rss([("/pass", "The pass")]))
    assert desk.once() == ["/", "/news.rss", "/pass"]
    assert [each.address for each in desk.ledger.feeds.all()] == [desk.site.url("/news.rss")]


def test_lists_are_followed_by_what_they_name_and_no_further(desk: Desk) -> None:
    desk.site.put("/feed", opml([desk.site.url("/one"), desk.site.url("/more.opml")]))
    desk.site.put("/one", rss([("/pass", "The pass")]))
    desk.site.put("/more.opml", opml([desk.site.url("/never")]))
    assert sorted(desk.once()) == ["/feed", "/more.opml", "/one", "/pass"]
    assert {each.address for each in desk.ledger.feeds.all()} == {desk.site.url(path) for path in ("/feed", "/one", "/more.opml")}


def test_a_feed_says_itself_when_to_come_again(desk: Desk) -> None:
    desk.site.put("/feed", rss([("/pass", "The pass")], more="<ttl>600</ttl>"))
    desk.once()
    assert datetime.datetime.fromisoformat(desk.feed().next_at) >= desk.time.now() + datetime.timedelta(hours=10)
    desk.ledger.feeds.follow(desk.site.put("/other", rss([("/bridge", "The bridge")]), cache_control="max-age=36000"))
    desk.once()
    assert datetime.datetime.fromisoformat(desk.feed("/other").next_at) >= desk.time.now() + datetime.timedelta(hours=9.9)


def test_it_goes_on_until_it_is_stopped_at_the_feeds_own_pace(desk: Desk) -> None:
    desk.site.put("/feed", rss([("/pass", "The pass")]))
    began = desk.time.now()
    sleep = desk.time.sleep

    def until_evening(seconds: float) -> None:
        sleep(seconds)
        if desk.time.now() - began > datetime.timedelta(hours=12):
            desk.rounds.stop()

    desk.rounds._sleep = until_evening
    desk.rounds.run()
    looks = desk.site.paths().count("/feed")
    # A quiet feed is looked at less and less often: twelve hours at the first pace would be twenty-four.
    assert 4 <= looks <= 12
    assert desk.site.paths().count("/pass") == 1


def test_a_host_that_asks_for_long_pauses_holds_up_no_other(desk: Desk) -> None:
    with Site() as slow:
        slow.put("/robots.txt", "User-agent: *\nCrawl-delay: 60\n")
        for number in range(5):
            slow.put(f"/{number}", page(f"Slow {number}", f"{number}. {STORY}"))
        desk.rounds._web.visits.fetcher.guard._allowed |= {f"localhost:{slow.port}"}
        address = slow.put("/feed", rss([(f"http://localhost:{slow.port}/{number}", "x") for number in range(5)])).replace(
            "127.0.0.1", "localhost"
        )
        desk.ledger.feeds.end(desk.site.url("/feed"), "ended")
        desk.ledger.feeds.follow(address)
        desk.later(minutes=1)
        desk.ledger.feeds.follow(desk.site.put("/good", rss([("/pass", "The pass"), ("/bridge", "The bridge")])))
        began = desk.time.now()
        order: list[tuple[str, float]] = []
        say = desk.rounds._say
        desk.rounds._say = lambda line: (order.append((line, (desk.time.now() - began).total_seconds())), say(line))[1]
        desk.rounds.run(once=True)
    done = {title: at for line, at in order for title in (line.partition("(")[0],) if line.startswith("added")}
    quick = [at for title, at in done.items() if "The" in title]
    assert max(quick) < 5
    assert len(desk.titles()) == 7
    assert (desk.time.now() - began).total_seconds() >= 300


def test_a_host_that_is_silent_costs_one_deadline(desk: Desk) -> None:
    with Site() as slow:
        slow.put("/slow", raw(lambda: iter([b"HTTP/1.1 200 OK\r\n"] + [b"x"] * 1000), pause=0.05))
        desk.fresh(seconds=0.5)
        desk.rounds._web.visits.fetcher.guard._allowed |= {slow.place}
        links = [(slow.url(f"/slow?{number}"), "x") for number in range(20)]
        desk.site.put("/feed", rss([*links, ("/pass", "The pass")]))
        begun = time.monotonic()
        desk.once()
        assert time.monotonic() - begun < 5
        assert len(slow.paths()) == 1
    assert desk.titles() == ["The pass"]
    assert desk.feed().status == "1 new article, 20 to be tried again"


def test_many_hosts_that_are_silent_cost_a_few_deadlines(desk: Desk) -> None:
    """A feed could name a thousand of them."""
    with Site() as slow:
        slow.put("/slow", raw(lambda: iter([b"HTTP/1.1 200 OK\r\n"] + [b"x"] * 1000), pause=0.05))
        desk.fresh(seconds=0.2)
        guard = desk.rounds._web.visits.fetcher.guard
        hosts = [f"host-{number}.example:{slow.port}" for number in range(50)]
        guard._allowed |= set(hosts)
        guard._resolve = lambda host, port: ["127.0.0.1"]
        desk.site.put("/feed", rss([("/pass", "The pass"), *((f"http://{host}/slow", "x") for host in hosts)]))
        begun = time.monotonic()
        desk.once()
        assert time.monotonic() - begun < 5
        assert len(slow.paths()) == MOST_SILENT
    assert desk.titles() == ["The pass"]
    assert desk.feed().status == "1 new article, 50 to be tried again"


def test_a_stop_in_the_middle_loses_nothing_and_stores_nothing_half(desk: Desk) -> None:
    names = [f"/{number}" for number in range(30)]
    for name in names:
        desk.site.put(name, page(f"Piece {name}", f"{name}. {STORY}"))
    desk.site.put("/feed", conditional(rss([(name, f"Piece {name}") for name in names]), '"1"'))
    for _ in range(20):
        stop_at = len(desk.said) + random.randint(1, 6)
        rounds = desk.fresh()
        say = desk.said.append
        rounds._say = lambda line, say=say, stop_at=stop_at, rounds=rounds: (
            say(line),
            rounds.stop() if len(desk.said) >= stop_at else None,
        )[0]
        rounds.run(once=True)
        assert list(desk.ledger.verify()) == []
    desk.fresh()
    desk.once()
    assert len(desk.titles()) == 30
    assert desk.feed().articles == 30


# The command


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, site: Site) -> Path:
    monkeypatch.setattr(pipeline, "make_reader", FakeReader)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ONRECORD_ALLOW_HOSTS", site.place)
    monkeypatch.delenv("ONRECORD_LEDGER", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


def test_a_feed_is_added_looked_at_shown_and_ended(here: Path, site: Site) -> None:
    address = site.put("/feed", rss([("/pass", "The pass")]))
    added = run("follow", address)
    assert added.exit_code == 0, added.output
    assert f"Followed from now on: {address}" in added.stdout
    assert "Ledger: " in added.stdout
    assert not site.asked, "a look is another command's"
    assert "Followed before: 1 feed." in run("follow", address).stdout
    looked = run("follow", "--once")
    assert looked.exit_code == 0, looked.output
    assert "added: The pass (ar_" in looked.stdout
    assert "1 new article; next look" in looked.stdout
    listed = run("follow", "--list").stdout
    assert f"{address}  Harbour Gazette\n    1 article; looked at" in listed
    assert "Followed no more" in run("follow", "--stop", address).stdout
    assert "No feed is followed; onrecord follow ADDRESS adds one." in run("follow", "--list").stdout


def test_an_opml_file_is_followed_feed_by_feed(here: Path, site: Site) -> None:
    (here / "feeds.opml").write_text(opml([site.url("/one"), site.url("/two"), "http://a:b@harbour.example/"]), encoding="utf-8")
    result = run("follow", "--opml", "feeds.opml")
    assert result.exit_code == 0, result.output
    assert result.stdout.count("Followed from now on") == 2
    assert "name or password" in result.stderr
    (here / "empty.opml").write_text("<opml><body/></opml>", encoding="utf-8")
    assert "it names no feed" in run("follow", "--opml", "empty.opml").stderr
    assert "it cannot be read" in run("follow", "--opml", "none.opml").stderr


@pytest.mark.parametrize(
    "words, message",
    [
        (("follow", "file:///etc/passwd"), "only http and https are read, not file"),
        (("follow", "harbour.example/feed"), "without a scheme"),
        (("follow",), "no ledger at"),
        (("follow", "--stop", "https://harbour.example/feed"), "no ledger at"),
        (("add", "--allow-host", "127.0.0.1", "x.txt"), "needs its port"),
        (("add", "--allow-host", "a b:1", "x.txt"), "is no host with its port"),
    ],
)
def test_a_wrong_use_is_said_with_the_way_out(here: Path, words: tuple[str, ...], message: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_without_a_feed_there_is_nothing_to_follow(here: Path, site: Site) -> None:
    (here / "x.txt").write_text(STORY, encoding="utf-8")
    run("add", "x.txt")
    assert "no feed is followed; onrecord follow ADDRESS adds one" in run("follow").stderr
    assert "is not followed; onrecord follow --list shows what is" in run("follow", "--stop", site.url("/feed")).stderr


def test_add_takes_an_address_and_goes_on_where_it_was(here: Path, site: Site) -> None:
    address = site.put("/feed", rss([("/bridge", "The bridge"), ("/pass", "The pass")]))
    first = run("add", address)
    assert first.exit_code == 0, first.output
    assert "2 articles added" in first.stdout
    again = run("add", address)
    assert "2 of its 2 entries were read before" in again.stderr
    assert site.paths() == ["/feed", "/pass", "/bridge", "/feed"]
    assert "1 article already held" in run("add", site.url("/pass")).stdout
    followed = run("follow", "--once", address)
    assert "nothing new, 2 read before" in followed.stdout


def test_an_address_of_this_machine_is_refused_unless_it_is_allowed(here: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_ALLOW_HOSTS")
    refused = run("add", site.url("/pass"))
    assert refused.exit_code == 1
    assert (
        f"leads to this machine itself (127.0.0.1), where nothing is fetched; if it is yours, --allow-host {site.place}" in refused.stderr
    )
    assert not site.asked
    assert "1 article added" in run("add", "--allow-host", site.place, site.url("/pass")).stdout
    assert site.asked[-1].headers["user-agent"].startswith("OnRecord/")


@pytest.mark.parametrize("command", [("read",), ("extract", "--jsonl")])
def test_what_stores_nothing_reads_addresses_too(here: Path, site: Site, command: tuple[str, ...]) -> None:
    result = run(*command, site.url("/pass"))
    assert result.exit_code == 0, result.output
    assert "Norland would open the pass" in result.stdout
    assert not list(here.glob("**/*.db"))


def test_whoever_asks_can_be_written_to(here: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_CONTACT", "https://harbour.example/reading")
    run("add", site.url("/pass"))
    assert "(+https://harbour.example/reading; reads news for a ledger)" in site.asked[-1].headers["user-agent"]
    monkeypatch.setenv("ONRECORD_CONTACT", "a\r\nCookie: b")
    assert "ONRECORD_CONTACT has to be" in run("add", site.url("/pass")).stderr


COMMAND = f"""
import sys
sys.path[:0] = [{str(HERE)!r}, {str(Path(pipeline.__file__).parents[1])!r}]
from fake_reader import FakeReader
from onrecord import pipeline
pipeline.make_reader = FakeReader
from onrecord.faces.cli import main
main()
"""


def started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=dict(os.environ)
    )


def wait_for(true: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)


def pieces(site: Site, count: int) -> list[str]:
    for number in range(count):
        site.put(f"/{number}", page(f"Piece {number}", f"Number {number}. {STORY}"))
    return [f"/{number}" for number in range(count)]


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_good_order(here: Path, site: Site, sign: signal.Signals) -> None:
    names = pieces(site, 3)
    site.put("/feed", rss([(name, name) for name in names]))
    run("follow", site.url("/feed"))
    with started("follow") as process:
        wait_for(lambda: len(site.paths()) >= 4)
        time.sleep(0.5)
        begun = time.monotonic()
        process.send_signal(sign)
        output = process.communicate(timeout=20)[0]
    assert time.monotonic() - begun < 5
    assert process.returncode == 0, output
    assert "Stopped. What was read is kept; the same command goes on from there." in output
    assert "Traceback" not in output
    assert run("show", "articles", "--json").stdout.count("\n") == 3
    assert run("verify").exit_code == 0


def test_a_signal_ends_it_while_a_page_trickles_in(here: Path, site: Site) -> None:
    site.put("/slow", raw(lambda: iter([b"HTTP/1.1 200 OK\r\n\r\n"] + [b"x"] * 10_000), pause=0.05))
    site.put("/feed", rss([("/slow", "Slow")]))
    run("follow", site.url("/feed"))
    with started("follow") as process:
        wait_for(lambda: "/slow" in site.paths())
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        output = process.communicate(timeout=10)[0]
    assert process.returncode == 0, output
    site.put("/slow", page("Slow", STORY))
    assert "1 new article" in run("follow", "--once").stdout


def test_two_do_not_follow_at_once(here: Path, site: Site) -> None:
    site.put("/feed", rss([("/pass", "The pass")]))
    run("follow", site.url("/feed"))
    with started("follow") as process:
        wait_for(lambda: len(site.paths()) >= 2)
        second = run("follow", "--once")
        assert second.exit_code == 2
        assert "another onrecord follow keeps the feeds" in second.stderr
        assert run("follow", "--list").exit_code == 0
        process.kill()
    assert run("follow", "--once").exit_code == 0


def test_a_kill_at_any_moment_loses_nothing_and_stores_nothing_twice(here: Path, site: Site) -> None:
    names = pieces(site, 40)
    site.put("/feed", conditional(rss([(name, f"Piece {name}") for name in names]), '"1"'))
    run("follow", site.url("/feed"))
    for _ in range(3):
        with started("follow") as process:
            seen = len(site.asked)
            wait_for(lambda seen=seen: len(site.asked) > seen)
            time.sleep(random.uniform(0, 0.6))
            process.kill()
        assert run("verify").exit_code == 0
    assert run("follow", "--once").exit_code == 0
    rows = run("show", "articles", "--json").stdout.splitlines()
    assert len(rows) == len(set(rows)) == 40
    assert run("verify").exit_code == 0
