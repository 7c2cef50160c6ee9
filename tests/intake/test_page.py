"""Saved pages: their text, what their head says, and what hostile ones do."""

from __future__ import annotations

import datetime
import time

import pytest

from onrecord.errors import InputError
from onrecord.intake import Given, Problem, page
from onrecord.records import Article

HEAD = """<html lang="{lang}"><head><meta charset="{charset}"><title>A pass and a promise | Harbour Gazette</title>
<meta property="og:title" content="A pass and a promise"><meta property="og:site_name" content="Harbour Gazette">
<meta property="article:published_time" content="{published}"><meta name="author" content="Ada Quist">
<link rel="canonical" href="https://harbour.example/news/pass"></head>"""
BODY = """<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>A pass and a promise</h1>
<p>The chancellor, Marit Holm, said on Tuesday that Norland would send engineers if the northern pass were lost.
“We are ready,” she said.</p><p>Her deputy, Jürgen Brenner, added that nothing had been decided, and that it would not be decided soon.</p>
</article><footer>All rights reserved.</footer></body></html>"""

HOSTILE = [
    ("deep", "<html><body>" + "<div>" * 50_000, True),
    ("deep but bearable", "<html><body>" + "<b>" * 900 + "It is so.", False),
    ("many tags", "<html><body>" + "<p>It is so.</p>" * 60_000, True),
    ("angles", "<html><body>" + "<" * 500_000, False),
    ("unclosed tags", "<html><body>" + "<a " * 100_000, False),
    ("comments", "<html><body>" + "<!-- " * 100_000, False),
    ("attributes", "<html><body><p " + 'a="b" ' * 50_000 + ">It is so.</p>", False),
    ("nothing", "<html></html>", False),
]


def read(html: str, charset: str = "utf-8", **given_: str) -> list[Article | Problem]:
    return list(page.article(html.encode(charset), "page.html", Given(today=datetime.date(2024, 6, 1), **given_)))


def saved(published: str = "2024-05-28T07:30:00+03:00", charset: str = "utf-8", lang: str = "en") -> str:
    return HEAD.format(published=published, charset=charset, lang=lang) + BODY


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-15"])
def test_a_page_gives_its_text_and_what_its_head_says(charset: str) -> None:
    (article,) = read(saved(charset=charset).replace("“", '"').replace("”", '"'), charset)
    assert isinstance(article, Article)
    assert "Jürgen Brenner, added that nothing had been decided" in article.text
    assert "All rights" not in article.text
    assert "Sport" not in article.text
    assert (article.title, article.outlet, article.byline) == ("A pass and a promise", "Harbour Gazette", "Ada Quist")
    assert article.url == "https://harbour.example/news/pass"
    assert (article.published, article.basis) == ("2024-05-28T07:30:00+03:00", "metadata")
    assert article.language == "en"
    assert article.cutter.startswith("trafilatura/")
    assert article.media == f"text/html; charset={charset}"


def test_a_headline_is_read_once() -> None:
    """The page's text begins with it again, and it would be on record twice."""
    (article,) = read(saved())
    assert isinstance(article, Article)
    assert article.title == "A pass and a promise"
    assert article.text.startswith("The chancellor, Marit Holm,")


def test_a_page_that_is_all_headline_keeps_its_text() -> None:
    (article,) = read("<html><head><title>It is so</title></head><body><h1>It is so</h1></body></html>")
    assert isinstance(article, Article)
    assert "It is so" in article.text


def test_a_page_that_says_utf_8_and_is_not_is_read_as_what_it_is() -> None:
    (article,) = read(saved(charset="utf-8"), "windows-1252")
    assert isinstance(article, Article)
    assert "Jürgen" in article.text
    assert "“We are ready,”" in article.text
    assert (article.media, article.skipped) == ("text/html; charset=windows-1252", {})


def test_midnight_without_an_offset_is_a_day() -> None:
    (article,) = read(saved("2024-05-28"))
    assert isinstance(article, Article)
    assert article.published == "2024-05-28"


def test_the_text_decides_the_language_and_not_the_head() -> None:
    (article,) = read(saved(lang="de"))
    assert isinstance(article, Article)
    assert article.language == "en"


def test_a_page_without_text_is_an_article_that_says_so() -> None:
    (article,) = read("<html><body></body></html>")
    assert isinstance(article, Article)
    assert article.skipped == {"empty text": 1}


def test_a_bare_fragment_is_read() -> None:
    (article,) = read("<p>The minister said that it is so.</p>")
    assert isinstance(article, Article)
    assert article.text == "The minister said that it is so."


@pytest.mark.parametrize("name, html, refused", HOSTILE, ids=[row[0] for row in HOSTILE])
def test_a_hostile_page_ends_soon(name: str, html: str, refused: bool) -> None:
    begin = time.monotonic()
    if refused:
        with pytest.raises(InputError, match="is not read; give its text"):
            read(html)
    else:
        read(html)
    assert time.monotonic() - begin < 10, name
