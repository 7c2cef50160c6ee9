"""Visits: what robots.txt asks, pauses, and hosts that do not answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.intake.server import Site, raw, redirect

from onrecord.intake.web import WebError
from onrecord.intake.web.addresses import parsed
from onrecord.intake.web.fetching import Fetcher
from onrecord.intake.web.line import Guard
from onrecord.intake.web.visits import PAUSE, SILENT, Visits

AGENT = "OnRecord/test (reads news for a ledger)"

# robots.txt, and which of /news/1 and /private/1 may be read
RULES = [
    ("User-agent: *\nDisallow: /private/", (True, False)),
    ("User-agent: *\nDisallow: /", (False, False)),
    ("User-agent: OnRecord\nDisallow: /news/\n\nUser-agent: *\nDisallow: /private/", (False, True)),
    ("User-agent: onrecord\nAllow: /\n\nUser-agent: *\nDisallow: /", (True, True)),
    ("User-agent: SomeoneElse\nDisallow: /", (True, True)),
    ("User-agent: *\nDisallow: /*/1$\nAllow: /news/1", (True, False)),
    ("", (True, True)),
    ("<html>no rules here", (True, True)),
    ("\xff\x00" * 100, (True, True)),
]


class Time:
    """A clock that only sleep moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if seconds:
            self.slept.append(round(seconds, 3))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as found:
        found.put("/news/1", "news")
        found.put("/private/1", "private")
        yield found


def visits(site: Site, time: Time, seconds: float = 5.0) -> Visits:
    return Visits(Fetcher(Guard([site.place]), AGENT, seconds=seconds), clock=time.clock, sleep=time.sleep)


def get(at: Visits, address: str) -> bytes:
    return at.get(parsed(address), limit=100_000).body


@pytest.mark.parametrize("rules, allowed", RULES)
def test_what_robots_txt_asks_is_done(site: Site, rules: str, allowed: tuple[bool, bool]) -> None:
    site.put("/robots.txt", rules)
    at = visits(site, Time())
    for path, free in zip(("/news/1", "/private/1"), allowed, strict=True):
        if free:
            assert get(at, site.url(path))
        else:
            with pytest.raises(WebError, match="asks us not to read this address") as refused:
                get(at, site.url(path))
            assert refused.value.lasting
    assert len([each for each in site.asked if each.path == "/robots.txt"]) == 1
    assert site.paths() == [path for path, free in zip(("/news/1", "/private/1"), allowed, strict=True) if free]


def test_a_redirect_is_no_way_around_robots_txt(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/")
    with pytest.raises(WebError, match="asks us not to"):
        get(visits(site, Time()), site.put("/way", redirect("/private/1")))
    assert site.paths() == ["/way"]


@pytest.mark.parametrize("status", [404, 410, 403, 401])
def test_where_there_is_no_robots_txt_all_may_be_read(site: Site, status: int) -> None:
    site.put("/robots.txt", "no", status)
    assert get(visits(site, Time()), site.url("/news/1")) == b"news"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_where_robots_txt_cannot_be_had_nothing_is_read_until_later(site: Site, status: int) -> None:
    time = Time()
    at = visits(site, time)
    site.put("/robots.txt", "no", status)
    for _ in range(2):
        with pytest.raises(WebError, match=r"robots\.txt of 127\.0\.0\.1 cannot be had now") as wait:
            get(at, site.url("/news/1"))
    assert not wait.value.lasting
    assert len(site.asked) == 1
    site.put("/robots.txt", "")
    time.now += wait.value.retry_after or 0
    assert get(at, site.url("/news/1")) == b"news"


def test_rules_are_asked_for_again_after_a_day(site: Site) -> None:
    time = Time()
    at = visits(site, time)
    site.put("/robots.txt", "")
    assert get(at, site.url("/news/1"))
    site.put("/robots.txt", "User-agent: *\nDisallow: /")
    time.now += 80_000
    assert get(at, site.url("/news/1"))
    time.now += 10_000
    with pytest.raises(WebError, match="asks us not to"):
        get(at, site.url("/news/1"))


def test_a_robots_txt_without_end_is_read_as_far_as_the_limit(site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /private/\n"
    site.put("/robots.txt", raw(lambda: iter([b"HTTP/1.1 200 OK\r\n\r\n" + rules, *[b"# more\n" * 10_000] * 50])))
    at = visits(site, Time())
    assert get(at, site.url("/news/1"))
    with pytest.raises(WebError, match="asks us not to"):
        get(at, site.url("/private/1"))


def test_the_delay_that_a_host_asks_for_lies_between_two_visits(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 2.5\n")
    time = Time()
    at = visits(site, time)
    for _ in range(3):
        get(at, site.url("/news/1"))
    assert time.slept == [2.5, 2.5]
    assert at.wait_for("127.0.0.1") == 2.5


def test_a_host_that_asks_for_none_is_given_a_pause_unless_it_is_the_users_own(site: Site) -> None:
    time = Time()
    own = visits(site, time)
    for _ in range(3):
        get(own, site.url("/news/1"))
    assert time.slept == []
    guard = Guard(resolve=lambda *_: ["127.0.0.1"])
    guard.numbers = lambda address: ["127.0.0.1"]  # type: ignore[method-assign]
    stranger = Visits(Fetcher(guard, AGENT), clock=time.clock, sleep=time.sleep)
    for host in ("harbour.example", "other.example", "harbour.example"):
        get(stranger, f"http://{host}:{site.port}/news/1")
    assert time.slept == [PAUSE]


def test_a_delay_that_nobody_can_wait_for_is_a_refusal(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 86400\n")
    time = Time()
    with pytest.raises(WebError, match="asks for 86,400 seconds between two visits"):
        get(visits(site, time), site.url("/news/1"))
    assert time.slept == []


def test_a_host_that_does_not_answer_is_left_alone_for_a_while(site: Site) -> None:
    """So that fifty of its pages do not take fifty deadlines."""
    time = Time()
    at = visits(site, time, seconds=0.3)
    site.put("/slow", raw([b"HTTP/1.1 200 OK\r\n"] + [b"x"] * 1000, pause=0.05))
    with pytest.raises(WebError, match="did not answer in"):
        get(at, site.url("/slow"))
    asked = len(site.asked)
    with pytest.raises(WebError, match="did not answer a moment ago") as wait:
        get(at, site.url("/news/1"))
    assert len(site.asked) == asked
    time.now += wait.value.retry_after or 0
    assert wait.value.retry_after == SILENT
    assert get(at, site.url("/news/1")) == b"news"


def test_a_host_that_asks_to_be_left_alone_is(site: Site) -> None:
    time = Time()
    at = visits(site, time)
    with pytest.raises(WebError, match="cannot now"):
        get(at, site.put("/busy", "no", 429, retry_after="90"))
    with pytest.raises(WebError, match="asked to be left alone; try again in 2 minutes"):
        get(at, site.url("/news/1"))
    assert site.paths() == ["/busy"]
    time.now += 90
    assert get(at, site.url("/news/1")) == b"news"


def test_an_error_of_one_page_holds_up_no_other(site: Site) -> None:
    at = visits(site, Time())
    for status in (404, 500):
        with pytest.raises(WebError):
            get(at, site.put("/odd", "no", status))
    assert get(at, site.url("/news/1")) == b"news"
