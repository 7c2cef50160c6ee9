"""Gzipped files, and folders."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import os
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import intake
from onrecord.errors import InputError
from onrecord.intake import Given, Passed, Problem
from onrecord.intake.gzipped import Unpacked
from onrecord.records import Article

from .warcs import gzipped, news

TEXT = "The minister said that they would leave the harbour if it rains. Nothing else was said about it on Friday."
LINES = b"".join(json.dumps({"id": str(number), "text": TEXT}).encode() + b"\n" for number in range(3))
PAGE = f"<html><head><title>Gate</title></head><body><p>{TEXT}</p></body></html>".encode()


def read(*paths: Path) -> list[Article | Problem | Passed]:
    return list(intake.articles(map(str, paths), Given(today=datetime.date(2024, 6, 1))))


def written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def texts(found: list[Article | Problem | Passed]) -> int:
    return sum(isinstance(each, Article) and TEXT in each.text for each in found)


@pytest.mark.parametrize(
    "name, content, count",
    [("a.txt.gz", TEXT.encode(), 1), ("a.gz", TEXT.encode(), 1), ("a.html.gz", PAGE, 1), ("a.jsonl.gz", LINES, 3), ("two.gz", LINES, 3)],
)
def test_what_is_gzipped_is_read_as_what_it_is(tmp_path: Path, name: str, content: bytes, count: int) -> None:
    found = read(written(tmp_path / name, gzip.compress(content)))
    assert texts(found) == count
    assert not [each for each in found if isinstance(each, Problem)]


def test_several_members_are_one_file(tmp_path: Path) -> None:
    assert texts(read(written(tmp_path / "a.jsonl.gz", gzip.compress(LINES) + gzip.compress(LINES)))) == 6


REFUSED = [
    ("bomb.txt.gz", gzip.compress(b"a " * 60_000_000), "a single text may have 20 MB"),
    ("bomb.jsonl.gz", gzip.compress(b" " * 100_000_000), "a decompression bomb"),
    ("twice.txt.gz", gzip.compress(gzip.compress(TEXT.encode())), "compressed (gzip) more than once"),
    ("archive.gz", gzip.compress(gzipped([news(1)])), "compressed (gzip) more than once"),
    ("cut.txt.gz", gzip.compress(os.urandom(5000).hex().encode())[:-600], "cut off"),
    ("broken.txt.gz", gzip.compress(TEXT.encode())[:-8] + bytes(8), "damaged"),
    ("photo.gz", gzip.compress(b"\xff\xd8\xff\xe0" + bytes(100)), "this is an image"),
    ("files.tar", b"a.txt" + bytes(252) + b"ustar" + bytes(250), "tar archive"),
    ("files.tar.gz", gzip.compress(b"a.txt" + bytes(252) + b"ustar" + bytes(250)), "tar archive"),
]


@pytest.mark.parametrize("name, content, message", REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_unpacked_is_said(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = written(tmp_path / name, content)
    begin = time.monotonic()
    tracemalloc.start()
    *_, problem = read(path)
    assert tracemalloc.get_traced_memory()[1] < 150_000_000
    tracemalloc.stop()
    assert isinstance(problem, Problem)
    assert problem.lost
    assert message in problem.message
    assert time.monotonic() - begin < 8


def test_what_came_before_the_damage_is_read(tmp_path: Path) -> None:
    found = read(written(tmp_path / "a.jsonl.gz", gzip.compress(LINES) + gzip.compress(LINES)[:-8] + bytes(8)))
    assert texts(found) >= 3
    assert texts(read(written(tmp_path / "a.txt.gz", gzip.compress(os.urandom(9000).hex().encode())[:-600]))) == 0
    assert "damaged" in str([each for each in found if isinstance(each, Problem)][-1])


@settings(deadline=None)
@given(st.lists(st.binary(max_size=2000), min_size=1, max_size=4), st.integers(1, 500))
def test_unpacking_gives_what_was_packed(parts: list[bytes], first: int) -> None:
    packed = b"".join(map(gzip.compress, parts))
    assert io.BufferedReader(Unpacked(io.BytesIO(packed[first:]), packed[:first])).read() == b"".join(parts)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_unpacking_noise_raises_nothing_but_a_sentence(noise: bytes) -> None:
    unpacked = Unpacked(io.BytesIO(noise), b"\x1f\x8b\x08")
    io.BufferedReader(unpacked).read()
    with pytest.raises(InputError, match="gzip"):
        unpacked.check()


def test_a_folder_gives_every_file_that_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    for name, content in (
        ("b.txt", TEXT.encode()),
        ("a/page.html", PAGE),
        ("a/z/lines.jsonl", LINES),
        ("c.txt.gz", gzip.compress(TEXT.encode())),
    ):
        written(folder / name, content)
    found = read(folder)
    assert texts(found) == len(found) == 6
    again = read(folder)
    assert found == again


def test_in_a_folder_hidden_files_and_links_that_lead_out_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    inside = written(folder / "a.txt", TEXT.encode())
    written(folder / ".hidden.txt", TEXT.encode())
    written(folder / ".git/b.txt", TEXT.encode())
    outside = written(tmp_path / "secret.txt", TEXT.encode())
    (folder / "link.txt").symlink_to(outside)
    (folder / "out").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder)
    (folder / "own.txt").symlink_to(inside)
    (folder / "dangling.txt").symlink_to(folder / "nothing")
    os.mkfifo(folder / "pipe")
    assert len(read(folder)) == 2


def test_files_of_other_kinds_are_counted_and_the_first_named(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", TEXT.encode())
    for number in range(5):
        written(tmp_path / f"{number}.pdf", b"%PDF-1.7\n")
    found = read(tmp_path)
    assert texts(found) == 1
    assert sum(isinstance(each, Passed) for each in found) == 5
    (problem,) = (each for each in found if isinstance(each, Problem))
    assert not problem.lost
    assert problem.message == "5 files in it are of kinds that are not read: 0.pdf, 1.pdf, 2.pdf and 2 more"


def test_damage_in_a_folder_is_a_loss(tmp_path: Path) -> None:
    written(tmp_path / "half.txt", b"\xff\xfea\x00b")
    (problem,) = read(tmp_path)
    assert isinstance(problem, Problem)
    assert problem.lost
    assert problem.source == str(tmp_path / "half.txt")


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (problem,) = read(tmp_path)
    assert "there is no file in this folder" in str(problem)
