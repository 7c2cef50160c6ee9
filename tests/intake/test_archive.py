"""Web archives: their pages, what is passed over, and what is left of damaged ones."""

from __future__ import annotations

import collections
import gzip
import hashlib
import io
import os
import time
import tracemalloc
import zlib
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import intake
from onrecord.intake import Given, Passed, Problem, archive, files, warc
from onrecord.records import Article

from .warcs import answer, gzipped, news, page, record, uri

INFO = record(b"software: none\r\n", kind="warcinfo", uri=None)
CHUNKED = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (page(1)[:100], page(1)[100:])) + b"0\r\n\r\n"

TOO_DEEP = "page that cannot be read (a page with many tags, many deep, is not read; give its text as a text file)"
# What a record holds that is no page, and what is said of it.
NO_PAGES = [
    (INFO, "record about the archive or a request"),
    (record(b"GET / HTTP/1.1\r\n\r\n", kind="request"), "record about the archive or a request"),
    (record(answer(b""), kind="revisit"), "page seen again (revisit)"),
    (record(b"A text.", kind="conversion"), "text converted by others"),
    (record(answer(page(1), status="404 Not Found")), "answer other than 200"),
    (record(answer(b"", status="301 Moved", more="Location: /\r\n")), "answer other than 200"),
    (record(answer(b"\xff\xd8\xff\xe0" + b"\x00" * 99, media="image/jpeg")), "neither a page nor a text"),
    (record(answer(b"\x89PNG\r\n\x1a\n" + b"\x00" * 99)), "neither a page nor a text"),
    (record(answer(b'{"a": 1}', media="application/json")), "neither a page nor a text"),
    (record(answer(b'{"a": 1}')), "neither a page nor a text"),
    (record(answer(b"<rss version='2.0'><channel/></rss>")), "neither a page nor a text"),
    (record(answer(b"\x1f\x8b\x08" + bytes(99))), "neither a page nor a text"),
    (record(answer(b"User-agent: *", media="text/plain"), uri="https://harbour.example/robots.txt"), "robots.txt or the like"),
    (record(answer(page(1)), uri="dns:harbour.example"), "record without an address on the web"),
    (record(answer(page(1)), uri=None), "record with an answer that cannot be read"),
    (record(answer(b"")), "empty answer"),
    (record(answer(b"<html><body></body></html>")), "page without a text"),
    (record(answer(b"\x0b\x02\x80", more="Content-Encoding: br\r\n")), "page in an encoding that is not read"),
    (record(answer(b"<html>" + b" " * 6_000_000)), "page too large"),
    (record(answer(gzip.compress(b"<html>" + b" " * 50_000_000), more="Content-Encoding: gzip\r\n")), "page too large"),
    (record(answer(b"<html><body>" + b"<div>" * 50_000)), TOO_DEEP),
    (record(b"no answer at all"), "record with an answer that cannot be read"),
]  # fmt: skip

# How the page may be wrapped up in its answer.
WRAPPED = [
    ("as it is", answer(page(1))),
    ("gzipped", answer(gzip.compress(page(1)), more="Content-Encoding: gzip\r\n")),
    ("deflated", answer(zlib.compress(page(1)), more="Content-Encoding: deflate\r\n")),
    ("chunked", answer(CHUNKED, more="Transfer-Encoding: chunked\r\n")),
    ("said to be gzipped", answer(page(1), more="Content-Encoding: gzip\r\n")),
    ("without its type", answer(page(1), media="")),
    ("as XHTML", answer(page(1), media="application/xhtml+xml")),
]


class Pipe(io.RawIOBase):
    """What standard input is: bytes that come once."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        return self._content.readinto(buffer)


def opened(content: bytes, pipe: bool) -> IO[bytes]:
    return io.BufferedReader(Pipe(content)) if pipe else io.BytesIO(content)


def read(content: bytes, *, pipe: bool = False, known: archive.Known | None = None) -> list[Article | Problem | Passed]:
    stream = opened(content, pipe)
    return list(archive.articles(stream, stream.read(64), "news.warc", Given(), known))


def pages(content: bytes, *, pipe: bool = False) -> list[int]:
    """The numbers of the pages that were had."""
    return [int(each.url.rpartition("/")[2]) for each in read(content, pipe=pipe) if isinstance(each, Article) and each.url]


def whole(content: bytes, *, pipe: bool = False) -> tuple[int, int]:
    """How many records are whole, and how many are not."""
    stream = opened(content, pipe)
    found = collections.Counter(isinstance(each, warc.Flaw) for each in warc.records(stream, stream.read(64)))
    return found[False], found[True]


@pytest.mark.parametrize("pack", [b"".join, gzipped, lambda each: gzip.compress(b"".join(each))], ids=["plain", "by record", "as one"])
@pytest.mark.parametrize("pipe", [False, True])
def test_an_archive_gives_its_pages(pack, pipe: bool) -> None:
    found = read(pack([INFO, news(1), news(2)]), pipe=pipe)
    one, two = (each for each in found if isinstance(each, Article))
    assert [each.reason for each in found if isinstance(each, Passed)] == ["record about the archive or a request"]
    assert not [each for each in found if isinstance(each, Problem)]
    assert (one.url, two.url) == (uri(1), uri(2))
    assert (one.title, one.outlet) == ("Gate 1", "Harbour Gazette")
    assert "would open gate 1 if the talks succeeded" in one.text
    assert one.raw == page(1)


def test_the_time_of_fetching_is_not_that_of_publication() -> None:
    (dated,) = read(news(1))
    assert isinstance(dated, Article)
    assert (dated.published, dated.fetched, dated.fetched_from) == ("2024-05-28T07:30:00+03:00", "2024-05-29T06:00:00+00:00", uri(1))
    (undated,) = read(record(answer(page(1).replace(b"2024-05-28T07:30:00+03:00", b"soon"))))
    assert isinstance(undated, Article)
    assert (undated.published, undated.basis, undated.fetched) == (None, "unknown", "2024-05-29T06:00:00+00:00")


@pytest.mark.parametrize("when", ["9999-99-99T00:00:00Z", "2024-02-30T00:00:00Z", "2024-05-01T25:00:00Z", "0000-01-01T00:00:00Z", "soon"])
def test_a_time_of_fetching_that_there_is_not_is_none(when: str) -> None:
    (one,) = read(news(1, when=when))
    assert isinstance(one, Article)
    assert one.fetched is None


def test_a_page_is_not_published_after_it_was_fetched() -> None:
    (article,) = read(record(answer(page(1)), when="2024-05-01T00:00:00Z"))
    assert isinstance(article, Article)
    assert (article.published, article.skipped) == (None, {"date of publication in the future": 1})


@pytest.mark.parametrize("content, reason", NO_PAGES, ids=[row[1] for row in NO_PAGES])
def test_what_is_no_page_is_passed_over(content: bytes, reason: str) -> None:
    (passed,) = read(content)
    assert isinstance(passed, Passed)
    assert passed.reason == reason


@pytest.mark.parametrize("name, block", WRAPPED, ids=[row[0] for row in WRAPPED])
def test_a_page_is_unwrapped(name: str, block: bytes) -> None:
    (article,) = read(record(block))
    assert isinstance(article, Article)
    assert article.raw == page(1)


def test_a_text_is_an_article_and_a_resource_is_a_page() -> None:
    text = "The minister said that they would leave the harbour if it rains. Nothing else was said about it."
    (article,) = read(record(answer(text.encode(), media="text/plain"), uri=uri(1)))
    assert isinstance(article, Article)
    assert (article.text, article.url, article.outlet) == (text, uri(1), "harbour.example")
    resource = record(page(1), kind="resource").replace(b"application/http; msgtype=response", b"text/html")
    (article,) = read(resource)
    assert isinstance(article, Article)


def test_a_page_that_was_cut_off_says_so() -> None:
    (article,) = read(news(1, more="WARC-Truncated: length\r\n"))
    assert isinstance(article, Article)
    assert article.skipped == {"page cut off when it was fetched": 1}


LIES = [
    ("too short", -40),
    ("shorter by one", -1),
    ("longer by one", 1),
    ("longer by a bit", 300),
    ("much too long", 3_000_000),
    ("beyond all", 10**14),
]


@pytest.mark.parametrize("pack", [b"".join, gzipped], ids=["plain", "gzipped"])
@pytest.mark.parametrize("name, lie", LIES, ids=[row[0] for row in LIES])
def test_a_record_of_another_length_than_it_says_costs_no_other(pack, name: str, lie: int) -> None:
    records = [news(number) for number in range(6)]
    records[2] = news(2, length=len(answer(page(2))) + lie)
    assert pages(pack(records)) == [0, 1, 3, 4, 5]
    assert whole(pack(records))[1] >= 1


def test_from_a_pipe_a_lie_in_length_costs_no_other_unless_it_is_huge() -> None:
    records = [news(number) for number in range(6)]
    records[2] = news(2, length=len(answer(page(2))) + 300)
    assert pages(b"".join(records), pipe=True) == [0, 1, 3, 4, 5]
    records[2] = news(2, length=10**14)
    assert pages(b"".join(records), pipe=True) == [0, 1]
    assert whole(b"".join(records), pipe=True) == (2, 1)


def test_zeroed_bytes_cost_the_records_that_they_are_in() -> None:
    records = [record(answer(os.urandom(900)), uri=uri(number)) for number in range(2000)]
    packed = bytearray(gzipped(records))
    packed[len(packed) // 2 : len(packed) // 2 + 200] = bytes(200)
    kept, lost = whole(bytes(packed))
    assert (kept, lost) in ((1999, 1), (1998, 1))
    plain = bytearray(b"".join(records))
    plain[len(plain) // 2 : len(plain) // 2 + 200] = bytes(200)
    kept, lost = whole(bytes(plain))
    assert kept >= 1998
    assert lost >= 1


@pytest.mark.parametrize("pack", [b"".join, gzipped], ids=["plain", "gzipped"])
def test_of_a_file_cut_off_only_the_last_record_is_lost(pack) -> None:
    content = pack([news(number) for number in range(5)])
    found = read(content[:-300])
    assert len([each for each in found if isinstance(each, Article)]) == 4
    (problem,) = (each for each in found if isinstance(each, Problem))
    assert problem.lost
    assert "1 record is broken and left out" in problem.message
    assert "4 were whole" in problem.message


def test_text_between_records_is_passed_over() -> None:
    assert pages(news(1) + b"some noise that is no record\r\n" + news(2)) == [1, 2]
    assert pages(gzipped([news(1)]) + b"noise" + gzipped([news(2)])) == [1, 2]


def test_a_bomb_ends_soon_and_costs_no_other() -> None:
    bomb = gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 150000000\r\n\r\n" + bytes(150_000_000))
    content = gzipped([news(1)]) + bomb + gzipped([news(2)])
    begin = time.monotonic()
    tracemalloc.start()
    assert pages(content) == [1, 2]
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()
    assert whole(content) == (2, 1)
    assert time.monotonic() - begin < 10


@pytest.mark.parametrize(
    "content",
    [
        b"WARC/1.0\r\n" * 100_000,
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 12000000\r\n\r\n" * 40_000,
        gzipped([b"WARC/1.0\r\n"]) * 20_000,
        gzipped([news(1)])[:-4] + b"\x1f\x8b\x08" * 3_000_000,
        gzipped([news(1)]) + b"\x1f\x8b\x08\x00" * 500_000,
        b"WARC/1.0\r\n" + b"A: b\r\n" * 200_000,
    ],
    ids=["heads", "long claims", "empty members", "magic", "more magic", "endless header"],
)
@pytest.mark.parametrize("pipe", [False, True])
def test_a_hostile_archive_ends_soon(content: bytes, pipe: bool) -> None:
    begin = time.monotonic()
    read(content, pipe=pipe)
    assert time.monotonic() - begin < 10


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2900), st.binary(min_size=1, max_size=40), st.booleans(), st.booleans())
def test_damage_anywhere_never_raises_and_costs_two_records_at_most(place: int, noise: bytes, packed: bool, pipe: bool) -> None:
    records = [record(answer(b"%d " % number * 30), uri=uri(number)) for number in range(12)]
    content = bytearray(gzipped(records) if packed else b"".join(records))
    place = place % len(content)
    content[place : place + len(noise)] = noise[: len(content) - place]
    if content[:5] == b"WARC/" or (packed and content[:3] == b"\x1f\x8b\x08"):
        kept, _ = whole(bytes(content), pipe=pipe)
        assert kept >= (10 if packed or not pipe else 0)


def test_what_is_known_is_not_cut_again() -> None:
    asked: list[tuple[str, str, str]] = []

    def known(digest: str, address: str, cutter: str) -> str | None:
        asked.append((digest, address, cutter))
        return "ar_1" if address == uri(1) else None

    first, second = read(news(1) + news(2), known=known)
    assert isinstance(first, Passed)
    assert (first.reason, first.article) == ("already held", "ar_1")
    assert isinstance(second, Article)
    assert asked[1] == (hashlib.sha256(page(2)).hexdigest(), uri(2), second.cutter)


def test_an_archive_is_read_from_a_file_and_from_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(gzipped([news(1)]))
    (from_file,) = intake.articles([str(path)], Given())
    (from_stdin,) = intake.articles([files.STDIN], Given(), opened(path.read_bytes(), pipe=True))
    assert from_file == from_stdin


def test_memory_does_not_grow_with_the_archive() -> None:
    def peak(times: int) -> int:
        content = gzipped([record(answer(bytes(range(256)) * 200, media="image/png"))]) * times
        stream = io.BytesIO(content)
        tracemalloc.start()
        for _ in archive.articles(stream, stream.read(64), "x", Given()):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(2)
    assert peak(400) < peak(40) * 1.2 + 200_000
