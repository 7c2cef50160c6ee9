"""What becomes of paths: articles, or problems that say the way out."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import intake
from onrecord.intake import Given, Problem
from onrecord.records import Article

TODAY = datetime.date(2024, 6, 1)
ENGLISH = "The minister said that they would leave the harbour if it rains."

# file name, bytes, and what the problem says
REFUSED = [
    ("report.pdf", b"%PDF-1.7\n%\xe2\xe3", "this is a PDF"),
    ("report.txt", b"%PDF-1.7\n%\xe2\xe3", "this is a PDF"),
    ("report.docx", b"PK\x03\x04\x14\x00\x06\x00", "zip archive or an office document"),
    ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "this is an image"),
    ("photo.png", b"\x89PNG\r\n\x1a\n\x00\x00", "this is an image"),
    ("mine.db", b"SQLite format 3\x00\x10\x00", "--ledger"),
    ("noise.txt", bytes(range(256)) * 8, "this is binary"),
    ("feed.xml", b'<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>', "no way there was given"),
    ("feed", b'<?xml version="1.0"?><!-- x --><feed xmlns="http://www.w3.org/2005/Atom"/>', "no way there was given"),
    ("letter.rtf", b"{\\rtf1\\ansi Hello}", "RTF"),
    ("some.xml", b'<?xml version="1.0"?><invoice/>', "neither a page nor a feed"),
    ("half.txt", b"\xff\xfea\x00b", "not (byte"),
    ("saved.mht", b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n", "HTML only"),
]

# bytes, the text, and the encoding that the article says it was in
DECODED = [
    (ENGLISH.encode(), ENGLISH, "utf-8"),
    (b"\xef\xbb\xbf" + ENGLISH.encode(), ENGLISH, "utf-8"),
    (ENGLISH.encode("utf-16"), ENGLISH, "utf-16-le"),
    (ENGLISH.encode("utf-16-be"), ENGLISH, "utf-16-be"),
    ("“We leave,” she said – if Müller agrees, that is, with the others.".encode("windows-1252"),
     "“We leave,” she said – if Müller agrees, that is, with the others.", "windows-1252"),
    (b"One line.\r\nAnother,\rold one.\n", "One line.\r\nAnother,\rold one.\n", "utf-8"),
    (b"A zero\x00 in the middle.", "A zero\ufffd in the middle.", "utf-8"),
    ("“We leave,” she said – “if it rains”, and".encode() + b"\xe2\x80", "“We leave,” she said – “if it rains”, and\ufffd", "utf-8"),
    (b"BMW said that it was leaving.", "BMW said that it was leaving.", "utf-8"),
]  # fmt: skip


def read(*paths: str | Path, stdin: bytes = b"", **given_: str) -> list[Article | Problem]:
    return list(intake.articles([str(path) for path in paths], Given(today=TODAY, **given_), io.BytesIO(stdin)))


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name, content, message", REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_no_text_is_named(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (problem,) = read(written(tmp_path, name, content))
    assert isinstance(problem, Problem)
    assert problem.lost
    assert message in str(problem)


@pytest.mark.parametrize("raw, text, charset", DECODED)
def test_a_text_is_decoded_and_its_line_ends_stay(tmp_path: Path, raw: bytes, text: str, charset: str) -> None:
    article = read(written(tmp_path, "a.txt", raw))[-1]
    assert isinstance(article, Article)
    assert article.text == text
    assert article.media == f"text/plain; charset={charset}"
    assert article.raw == raw


@given(st.text(alphabet=st.characters(exclude_characters="\x00", codec="utf-8"), min_size=1))
def test_any_text_comes_back_as_it_was_written(text: str) -> None:
    body = "A: " + text
    (article,) = read("-", stdin=body.encode())
    assert isinstance(article, Problem) or article.text == body


def test_any_text_that_is_refused_is_rich_in_controls() -> None:
    """The exception that the property above allows: a text made of control characters is binary."""
    (problem,) = read("-", stdin=b"A: " + b"\x01" * 40)
    assert isinstance(problem, Problem)


@pytest.mark.parametrize(
    "path, message",
    [
        ("https://harbour.example/news/1", "addresses on the web, and no way there was given; onrecord add has one"),
        ("HTTP://harbour.example/feed", "no way there was given"),
        ("no-such-file.txt", "no such file"),
    ],
)
def test_a_path_that_leads_nowhere_is_said(path: str, message: str) -> None:
    (problem,) = read(path)
    assert message in str(problem)


def test_the_others_are_read_after_one_that_is_not(tmp_path: Path) -> None:
    good = written(tmp_path, "good.txt", ENGLISH.encode())
    problem, article = read(tmp_path / "missing.txt", good)
    assert isinstance(problem, Problem)
    assert isinstance(article, Article)


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n"])
def test_an_empty_text_is_an_article_that_says_so(tmp_path: Path, content: bytes) -> None:
    (article,) = read(written(tmp_path, "empty.txt", content))
    assert isinstance(article, Article)
    assert article.skipped == {"empty text": 1}


def test_a_text_that_is_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.intake.plain.MAX_BYTES", 1024)
    (problem,) = read(written(tmp_path, "long.txt", ENGLISH.encode() * 100))
    assert "split it" in str(problem)


def test_what_the_caller_gives_beats_what_the_input_says(tmp_path: Path) -> None:
    line = b'{"id": "1", "text": "It is so, she said.", "outlet": "Other", "published": "2024-01-01"}\n'
    (article,) = read(written(tmp_path, "a.jsonl", line), outlet="Harbour Gazette", published="2024-05-28")
    assert isinstance(article, Article)
    assert (article.outlet, article.published, article.basis) == ("Harbour Gazette", "2024-05-28", "given")


@pytest.mark.parametrize(
    "stdin, cutter",
    [
        (ENGLISH.encode(), "text/1"),
        (b'{"id": "1", "text": "It is so."}\n', "json-lines/1"),
        (b"<!DOCTYPE html><html><body><p>The minister said that it is so.</p></body></html>", "trafilatura/"),
        (b"{ braces are no JSON }", "text/1"),
    ],
)
def test_standard_input_is_told_from_how_it_begins(stdin: bytes, cutter: str) -> None:
    (article,) = read("-", stdin=stdin)
    assert isinstance(article, Article)
    assert article.cutter.startswith(cutter)


def test_the_same_text_from_another_outlet_is_another_article(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", ENGLISH.encode())
    first, again, other = (read(path, outlet=outlet)[0] for outlet in ("One", "One", "Two"))
    assert isinstance(first, Article)
    assert isinstance(again, Article)
    assert isinstance(other, Article)
    assert first.id == again.id != other.id
