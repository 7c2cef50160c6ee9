"""JSON lines: one article a line, and a problem by its number for each line that is none."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake import Given, Problem, lines
from onrecord.records import Article

TODAY = datetime.date(2024, 6, 1)

# line, and what the problem says
BROKEN = [
    (b'{"id": "1", "text": "unclosed', "broken JSON, unterminated string"),
    (b'{"id": "1" "text": "x"}', "broken JSON"),
    (b"{x", "broken JSON, expecting property name"),
    (b'["text"]', "this is a list"),
    (b'"text"', "this is a string"),
    (b'{"id": "1"}', 'it has no "text"'),
    (b'{"text": 5}', '"text" has to be a string, this is a number'),
    (b'{"text": null}', "this is null"),
    (b'{"text": "x", "title": ["y"]}', '"title" has to be a string, this is a list'),
    (b'{"text": "caf\xe9"}', "it is not UTF-8"),
    (b"[" * 5000, "broken JSON"),
    (None, "split it"),
]

# as written, as read, how many characters were replaced
REPLACED = [
    (r'{"text": "a\u0000b"}', "a\ufffdb", 1),
    (r'{"text": "a\ud800b\udfffc"}', "a\ufffdb\ufffdc", 2),
    (r'{"text": "\ud83d\ude00!"}', "\U0001f600!", 0),
    (r'{"text": "line\r\nline\n"}', "line\r\nline\n", 0),
    ('{"text": "\\ufeffmarked"}', "marked", 0),
]


def read(*given_lines: bytes | None) -> list[Article | Problem]:
    return list(lines.articles(given_lines, "news.jsonl", Given(today=TODAY)))


@pytest.mark.parametrize("line, message", BROKEN)
def test_a_broken_line_is_named_and_the_rest_goes_on(line: bytes | None, message: str) -> None:
    problem, article = read(line, b'{"id": "2", "text": "It is so."}')
    assert isinstance(problem, Problem)
    assert problem.lost
    assert str(problem).startswith("news.jsonl, line 1: ")
    assert message in str(problem)
    assert isinstance(article, Article)


@pytest.mark.parametrize("line, text, replaced", REPLACED)
def test_what_no_text_may_hold_is_replaced_one_for_one(line: str, text: str, replaced: int) -> None:
    (article,) = read(line.encode())
    assert isinstance(article, Article)
    assert article.text == text
    assert article.skipped.get("character replaced", 0) == replaced


@given(st.text(min_size=1).filter(str.strip))
def test_offsets_are_the_callers_own(text: str) -> None:
    (article,) = read(json.dumps({"text": "x" + text}).encode())
    assert isinstance(article, Article)
    assert article.text == "x" + text.replace("\x00", "\ufffd")


def test_every_field_arrives() -> None:
    fields: dict[str, Any] = {
        "id": "7", "text": "It is so, she said to them.", "title": "A title", "outlet": "Harbour Gazette", "url": "https://harbour.example/7",
        "published": "2024-05-28T07:30:00+02:00", "byline": "Ada Quist", "language": "en-GB", "unknown": {"a": [1]},
    }  # fmt: skip
    (article,) = read(json.dumps(fields).encode())
    assert isinstance(article, Article)
    assert (article.caller, article.title, article.outlet) == ("7", "A title", "Harbour Gazette")
    assert (article.url, article.byline, article.language) == ("https://harbour.example/7", "Ada Quist", "en")
    assert (article.published, article.basis) == ("2024-05-28T07:30:00+02:00", "given")
    assert article.skipped == {}


def test_a_number_will_do_for_an_id_and_an_empty_title_is_none() -> None:
    (article,) = read(b'{"id": 12, "text": "It is so.", "title": ""}')
    assert isinstance(article, Article)
    assert (article.caller, article.title) == ("12", None)


@pytest.mark.parametrize("value", ["tomorrow", "2024-13-01", "2024-02-30", "2025-01-01", "", -5, ["2024"]])
def test_an_odd_day_of_publication_never_stops_an_article(value: Any) -> None:
    *problems, article = read(json.dumps({"text": "It is so.", "published": value}).encode())
    assert isinstance(article, Article)
    assert article.published is None
    assert bool(problems) == (value != "") == ("date of publication not understood" in article.skipped)
    assert not any(isinstance(problem, Problem) and problem.lost for problem in problems)


def test_blank_lines_count_but_say_nothing() -> None:
    problem, *_ = read(b"", b"  \r\n", b"{x")
    assert "line 3" in str(problem)


@pytest.mark.parametrize("first", [b"{\r\n", b" ["])
def test_json_over_several_lines_is_said_once(first: bytes) -> None:
    (problem,) = read(first, b' "id": "1",', b' "text": "It is so."', b"}")
    assert "one whole object on each line" in str(problem)


def test_a_file_without_a_line_says_so_and_loses_nothing() -> None:
    (problem,) = read(b"\n")
    assert isinstance(problem, Problem)
    assert not problem.lost
