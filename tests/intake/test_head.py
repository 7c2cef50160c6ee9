"""What a page says of itself, in all the forms in which pages say it."""

from __future__ import annotations

import datetime
import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.intake import Given, Problem, page
from onrecord.intake.came import Came
from onrecord.records import Article

TEXT = (
    "<article><p>The chancellor, Marit Holm, said on Tuesday that Norland would open the gate if the talks succeeded.</p>"
    "<p>Her deputy, Bo Tamm, added that nothing had been decided about it, and that it would not be decided soon.</p></article>"
)
AT = Came(address="https://www.harbour.example/news/gate?utm_source=x", at="2024-05-29T06:00:00+00:00")


def linked(**said: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **said})}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


# What the head holds, the article's field, and its value.
SAID = [
    (linked(headline="The gate &amp; the talks"), "title", "The gate & the talks"),
    (meta("og:title", "The gate") + linked(headline="Gate"), "title", "Gate"),
    ("<title>The gate</title>", "title", "The gate"),
    ("<title>The gate is open | Harbour Gazette</title>", "title", "The gate is open"),
    ("<title>The gate is open - Harbour Gazette</title>" + meta("og:site_name", "Harbour Gazette"), "title", "The gate is open"),
    ("<title>Holm: the gate - and the talks - are open</title>", "title", "Holm: the gate - and the talks - are open"),
    (meta("og:site_name", "Harbour Gazette") + linked(publisher={"name": "Gazette Media Ltd"}), "outlet", "Harbour Gazette"),
    (linked(publisher={"@type": "Organization", "name": "Harbour Gazette"}), "outlet", "Harbour Gazette"),
    (linked(publisher="Harbour Gazette"), "outlet", "Harbour Gazette"),
    (meta("og:site_name", "Home"), "outlet", "harbour.example"),
    ("", "outlet", "harbour.example"),
    (linked(author={"name": "By Ada Quist"}), "byline", "Ada Quist"),
    (linked(author=[{"name": "Ada Quist"}, {"name": "Bo Tamm"}, {"name": "Ada Quist"}]), "byline", "Ada Quist, Bo Tamm"),
    (linked(author="Ada Quist"), "byline", "Ada Quist"),
    (linked(author={"name": "https://harbour.example/ada"}) + meta("author", "Bo Tamm"), "byline", "Bo Tamm"),
    (meta("author", "by Ada Quist"), "byline", "Ada Quist"),
    (meta("article:author", "https://social.example/ada"), "byline", None),
    (meta("author", "BNW"), "byline", "BNW"),
    (linked(datePublished="2024-05-28T07:30:00Z") + meta("article:published_time", "2024-01-01"), "published", "2024-05-28T07:30:00+00:00"),
    (meta("article:published_time", "2024-05-28T07:30:00+0300"), "published", "2024-05-28T07:30:00+03:00"),
    ('<meta itemprop="datePublished" content="2024-05-28">', "published", "2024-05-28"),
    ('<time datetime="2024-05-28T08:00:00Z" class="published">yesterday</time>', "published", "2024-05-28T08:00:00+00:00"),
    (linked(datePublished="2024-05-28", dateModified="2024-05-29"), "published", "2024-05-28"),
    (linked(datePublished="soon") + meta("article:published_time", "2024-05-28"), "published", "2024-05-28"),
    (linked(datePublished="2031-01-01"), "published", None),
    ('<link rel="canonical" href="/news/gate">', "url", "https://www.harbour.example/news/gate"),
    ('<link rel="canonical" href="https://harbour.example/gate#top">', "url", "https://harbour.example/gate"),
    (meta("og:url", "https://m.harbour.example/gate"), "url", "https://m.harbour.example/gate"),
    (linked(url="https://harbour.example/gate?fbclid=1"), "url", "https://harbour.example/gate"),
    ('<link rel="canonical" href="https://wire.example/gate">', "url", "https://www.harbour.example/news/gate"),
    ('<link rel="canonical" href="https://www.harbour.example/">', "url", "https://www.harbour.example/news/gate"),
    ("", "url", "https://www.harbour.example/news/gate"),
    ('<script type="application/ld+json">{"@type": "NewsArticle", broken</script>' + meta("author", "Ada Quist"), "byline", "Ada Quist"),
    ('<script type="application/ld+json">' + "[" * 100_000 + "</script>" + meta("author", "Ada Quist"), "byline", "Ada Quist"),
    (linked(author=17, publisher=[None], headline={"a": 1}, datePublished=[1], url=5) + meta("author", "Ada Quist"), "byline", "Ada Quist"),
]  # fmt: skip


def read(head: str, came: Came | None = AT, **given_: str) -> Article:
    html = f'<html lang="en"><head>{head}</head><body>{TEXT}</body></html>'
    found = list(page.article(html.encode(), "page", Given(today=datetime.date(2024, 6, 1), **given_), came))
    article = found[-1]
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("head, field, value", SAID)
def test_the_head_says_it(head: str, field: str, value: str | None) -> None:
    assert getattr(read(head), field) == value


def test_a_graph_is_followed() -> None:
    said = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "A site"},
            {"@type": "Organization", "@id": "#org", "name": "Harbour Gazette"},
            {"@type": ["Article", "NewsArticle"], "author": {"@id": "#ada"}, "publisher": {"@id": "#org"}, "datePublished": "2024-05-28"},
            {"@type": "Person", "@id": "#ada", "name": "Ada Quist"},
        ],
    }
    article = read(f'<script type="application/ld+json">{json.dumps(said)}</script>')
    assert (article.outlet, article.byline, article.published, article.basis) == ("Harbour Gazette", "Ada Quist", "2024-05-28", "metadata")


def test_a_date_after_the_fetching_is_dropped_and_counted() -> None:
    article = read(linked(datePublished="2024-05-31"))
    assert (article.published, article.basis) == (None, "unknown")
    assert article.skipped == {"date of publication in the future": 1}
    assert read(linked(datePublished="2024-05-30")).published == "2024-05-30"


def test_what_the_caller_states_beats_the_page() -> None:
    article = read(linked(datePublished="2031-01-01") + meta("og:site_name", "X"), published="2024-05-01", outlet="Harbour Gazette")
    assert (article.published, article.basis, article.outlet) == ("2024-05-01", "given", "Harbour Gazette")


def test_an_address_of_another_site_is_counted() -> None:
    assert read('<link rel="canonical" href="https://wire.example/gate">').skipped == {"address of another site not believed": 1}


def test_a_saved_file_may_say_its_address() -> None:
    assert read('<link rel="canonical" href="https://wire.example/gate">', None).url == "https://wire.example/gate"
    assert read('<link rel="canonical" href="/gate">', None).url is None


def test_two_addresses_of_one_page_are_one_document() -> None:
    link = '<link rel="canonical" href="https://harbour.example/gate">'
    one = read(link, Came(address="https://amp.harbour.example/gate"))
    other = read(link, Came(address="https://harbour.example/gate?page=all"))
    assert (one.id, one.document) == (other.id, other.document)


def test_furniture_goes_and_credits_stay() -> None:
    body = TEXT.replace("</article>", "<p>Sign up for our newsletter</p><p>(BNW Tallinn newsroom; editing by M. K.)</p></article>")
    (article,) = page.article(f"<html><body>{body}</body></html>".encode(), "page", Given())
    assert isinstance(article, Article)
    assert "newsletter" not in article.text
    assert article.text.endswith("(BNW Tallinn newsroom; editing by M. K.)")
    assert article.skipped == {"line of the page left out": 1}


def test_many_scripts_take_no_time() -> None:
    begin = time.monotonic()
    read(linked(author=[{"name": f"A {number}"} for number in range(5000)]) * 30)
    assert time.monotonic() - begin < 5


KEYS = st.sampled_from(["@type", "@graph", "@id", "name", "author", "publisher", "datePublished", "headline", "url", "mainEntityOfPage"])
nested = st.recursive(
    st.none() | st.integers() | st.just("Article") | st.text(max_size=8),
    lambda some: st.lists(some, max_size=3) | st.dictionaries(KEYS, some, max_size=4),
    max_leaves=12,
)


@given(nested)
def test_whatever_json_a_page_has_it_is_read(said: Any) -> None:
    from lxml import html

    from onrecord.intake.head import head

    head(html.fromstring(f'<html><head><script type="application/ld+json">{json.dumps(said)}</script></head></html>'))


PIECES = st.sampled_from(
    "<html> <head> <body> <p> </p> <div> </div> <article> <h1> </h1> <table><tr><td> <a rel=author> <meta name=author content=a>"
    " <!-- --> <![CDATA[ ]]> <script> </script> <svg> <math> <template> <title> &#0; &#xD800; &#99999999; &lt; \x00 \ufffe word. <p/>"
    " <br> <time datetime=1>".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_whatever_markup_a_page_is_it_is_read(pieces: list[str]) -> None:
    (article,) = page.article(" ".join(pieces).encode(), "page", Given(), AT)
    assert isinstance(article, Article)


PROSE = "“We leave,” she said – if Müller agrees, that is, with the others at the café."
GREEK = "Η κυβέρνηση δεν θα στείλει στρατεύματα όσο η κατάσταση είναι ασαφής, είπε ο υπουργός."
RUSSIAN = "Правительство не будет посылать войска, пока положение неясно, сказал министр."
JAPANESE = "政府は状況が不明な限り部隊を派遣しないと大臣は述べた。"

# The text, the bytes' real encoding, what the header says, what the page says, and how many characters are replaced.
ENCODED = [
    (PROSE, "utf-8", "utf-8", "utf-8", 0),
    (PROSE, "windows-1252", "utf-8", None, 0),
    (PROSE, "windows-1252", None, "utf-8", 0),
    (PROSE, "windows-1252", "iso-8859-1", None, 0),
    (PROSE, "windows-1252", "windows-1251", None, 0),
    (PROSE, "windows-1252", None, "windows-1253", 0),
    (PROSE, "windows-1252", None, "utf-16", 0),
    (PROSE, "utf-8", "iso-8859-1", "windows-1252", 0),
    (PROSE, "utf-8", "unicode_escape", "rot13", 0),
    (PROSE, "windows-1252", "no-such-charset", "shift_jis", 0),
    (GREEK, "iso-8859-7", "iso-8859-7", None, 0),
    (GREEK, "windows-1253", None, "windows-1253", 0),
    (RUSSIAN, "koi8-r", "koi8-r", None, 0),
    (RUSSIAN, "windows-1251", "windows-1251", "utf-8", 0),
    (JAPANESE, "shift_jis", "shift_jis", None, 0),
    (JAPANESE, "euc_jp", None, "euc-jp", 0),
    (PROSE, "utf-16", None, "utf-8", 0),
    (PROSE, "cut utf-8", "utf-8", "utf-8", 1),
]


@pytest.mark.parametrize("text, encoding, header, declared, replaced", ENCODED)
def test_the_right_text_whatever_is_said_of_its_encoding(
    text: str, encoding: str, header: str | None, declared: str | None, replaced: int
) -> None:
    head = f'<head><meta charset="{declared}"></head>' if declared else "<head></head>"
    html = f"<html>{head}<body><article><p>{text} {text}</p><p>{text}</p></article></body></html>"
    raw = html.encode("utf-8" if encoding == "cut utf-8" else encoding)
    if encoding == "cut utf-8":
        at = raw.rindex("é".encode())
        raw = raw[: at + 1] + raw[at + 2 :]
    article = list(page.article(raw, "page", Given(), Came(address="https://harbour.example/a", charset=header)))[-1]
    assert isinstance(article, Article)
    assert text in article.text
    assert article.skipped.get("character replaced", 0) == replaced


def test_problems_name_the_page() -> None:
    html = f"<html><head>{linked(datePublished='2031-01-01')}</head><body>{TEXT}</body></html>"
    problem, _ = page.article(html.encode(), "gate.html", Given(today=datetime.date(2024, 6, 1)))
    assert isinstance(problem, Problem)
    assert not problem.lost
    assert "lies in the future" in str(problem)
