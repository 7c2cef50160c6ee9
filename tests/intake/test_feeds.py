"""Feeds, OPML lists and sitemaps: what they name, and what hostile ones do."""

from __future__ import annotations

import contextlib
import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.server import opml, rss

from onrecord.errors import InputError
from onrecord.intake import feeds, lists
from onrecord.intake.listing import MAX_ENTRIES, MAX_LISTS, Listing

BASE = "https://harbour.example/news/feed"
RSS = """<?xml version="1.0"?><rss version="{version}"><channel><title>Harbour Gazette</title><link>https://harbour.example/</link>
<ttl>90</ttl><item><title>The pass</title><link>https://harbour.example/pass</link><author>Ada Quist</author>
<pubDate>Tue, 28 May 2024 07:30:00 +0300</pubDate><guid isPermaLink="false">7</guid></item></channel></rss>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Gazette</title></channel>
<item rdf:about="https://harbour.example/pass"><title>The pass</title><link>https://harbour.example/pass</link>
<dc:date>2024-05-28T07:30:00+03:00</dc:date><dc:creator>Ada Quist</dc:creator></item></rdf:RDF>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Gazette</title><entry><title>The pass</title>
<link href="https://harbour.example/pass"/><author><name>Ada Quist</name></author><id>urn:7</id>
<published>2024-05-28T07:30:00+03:00</published><updated>2024-05-29T09:00:00+03:00</updated>
<content type="html">&lt;p&gt;All of it.&lt;/p&gt;</content></entry></feed>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://harbour.example/pass</loc><lastmod>2024-05-29</lastmod>
<image:image><image:loc>https://harbour.example/pass.jpg</image:loc></image:image>
<news:news><news:publication><news:name>Harbour Gazette</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2024-05-28</news:publication_date><news:title>The pass</news:title></news:news></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://harbour.example/1.xml</loc><lastmod>2024-01-01</lastmod></sitemap>
<sitemap><loc>https://harbour.example/2.xml.gz</loc><lastmod>2024-05-01</lastmod></sitemap></sitemapindex>"""
HEAD = '<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>'
ITEM = "<item><link>https://harbour.example/{0}</link><title>{0}</title></item>"

# How a feed begins that unfolds, or would fetch, and in which encoding that is hidden
UNFOLDING = [
    ('<!DOCTYPE rss [<!ENTITY a "b">]>', "utf-8"),
    ('<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1/a">%a;]>', "utf-8"),
    ('<!doctype rss [<!entity a "b">]>', "utf-8"),
    ('<!DOCTYPE rss [<!ENTITY a "b">]>', "utf-16"),
    ('<!DOCTYPE rss [<!ENTITY a "b">]>', "utf-16-be"),
    ('<!DOCTYPE rss [<!ENTITY a "b">]>', "utf-32"),
    ("<!DOCTYPE rss [<!ELEMENT rss ANY>]>", "utf-8"),
]

# the encoding that a feed says it has, and the one it has
LYING = [
    ("utf-8", "windows-1252"),
    ("iso-8859-1", "windows-1252"),
    ("utf-16", "utf-8"),
    ("ascii", "utf-8"),
    ("no-such", "utf-8"),
    ("utf-8", "utf-16"),
    ("rot13", "utf-8"),
    ("hex", "windows-1252"),
]

# Feeds that only somebody hostile writes; none may take long
HOSTILE = [
    HEAD + ITEM.format(1) * 3_000,
    HEAD + "<a>" * 20_000,
    HEAD + "<item><description>" + "&lt;a href='x'&gt;" * 30_000,
    HEAD + "<item><description><![CDATA[" + "<div>" * 150_000,
    HEAD + "<item " + " ".join(f'a{number}="b"' for number in range(50_000)) + ">",
    HEAD + "<" * 150_000,
    HEAD + "&" * 100_000,
    HEAD + "<!--" * 150_000,
    HEAD + "<item a='" * 20_000,
    HEAD + ITEM.format(1) * 40_000,
    HEAD + "<item><title><![CDATA[" * 20_000,
    HEAD + "word " * 2_000_000,
    "<opml>" + "<outline>" * 100_000,
    "<urlset>" + "<url><loc>" * 100_000,
    "<sitemapindex " + " ".join(f'a{number}="b"' for number in range(50_000)) + ">",
]


def read(text: str, base: str | None = BASE) -> Listing:
    return lists.read(text.encode(), base)


@pytest.mark.parametrize("text", [RSS.format(version="2.0"), RSS.format(version="0.91"), RSS.format(version="0.92"), RDF, ATOM])
def test_every_kind_of_feed_gives_its_entries(text: str) -> None:
    found = read(text)
    (entry,) = found.entries
    assert (found.kind, found.title) == ("feed", "Harbour Gazette")
    assert (entry.link, entry.title, entry.author) == ("https://harbour.example/pass", "The pass", "Ada Quist")
    assert entry.published in ("Tue, 28 May 2024 07:30:00 +0300", "2024-05-28T07:30:00+03:00")
    assert entry.stamp


def test_an_atom_entry_has_its_text_and_its_version() -> None:
    (entry,) = read(ATOM).entries
    assert (entry.content, entry.stamp, entry.id) == ("<p>All of it.</p>", "2024-05-29T09:00:00+03:00", "urn:7")


def test_a_teaser_is_no_text_and_a_long_description_is_one() -> None:
    for description, full in (("A few words.", False), ("Many words. " * 100, True), ("<b>" * 500, False)):
        (entry,) = read(
            f"{HEAD}<item><link>https://harbour.example/1</link><description><![CDATA[{description}]]></description></item>"
        ).entries
        assert (entry.content is not None) is full


def test_a_feed_says_how_long_it_is_current() -> None:
    period = '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><sy:updatePeriod>hourly</sy:updatePeriod>'
    assert read(RSS.format(version="2.0")).wait == 5400
    assert read(f"{period}<sy:updateFrequency>2</sy:updateFrequency>{ITEM.format(1)}</channel></rss>").wait == 1800
    for odd in ("-5", "soon", "9" * 400):
        assert (read(RSS.format(version="2.0").replace("90", odd)).wait or 0) <= 604800


@pytest.mark.parametrize(
    "link, base, whole",
    [("/pass", BASE, "https://harbour.example/pass"), ("pass?a=1", BASE, "https://harbour.example/news/pass?a=1"), ("/pass", None, None),
     ("javascript:alert(1)", BASE, None), ("file:///etc/passwd", BASE, None)],
)  # fmt: skip
def test_links_are_made_whole_or_left_out(link: str, base: str | None, whole: str | None) -> None:
    found = read(rss([(link, "The pass")]), base)
    assert [entry.link for entry in found.entries] == ([whole] if whole else [])
    assert found.skipped == ({} if whole else {feeds.NO_LINK: 1})


def test_a_feed_without_end_is_read_as_far_as_the_limit_and_the_rest_counted() -> None:
    found = read(rss((f"https://harbour.example/{number}", "x") for number in range(MAX_ENTRIES + 7)))
    assert (len(found.entries), found.skipped) == (MAX_ENTRIES, {feeds.BEYOND: 7})
    assert found.entries[0].link == "https://harbour.example/0"


@pytest.mark.parametrize("declared, real", LYING)
def test_an_encoding_that_lies_is_seen_through(declared: str, real: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel>{ITEM.format("“Brücke”")}</channel></rss>'
    (entry,) = lists.read(text.encode(real)).entries
    assert entry.title == "“Brücke”"


def test_odd_but_harmless_feeds_are_read() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    (entry,) = read(
        f'<?xml version="1.0"?>{doctype}<rss version="0.91"><channel>{ITEM.format("AT&T said&nbsp;so")}</channel></rss>'
    ).entries
    assert (entry.title or "").replace("\xa0", " ") == "AT&T said so"
    (quoted,) = read(HEAD + ITEM.format("<![CDATA[AT&T & others]]>") + "</channel></rss>").entries
    assert quoted.title == "AT&T & others"
    (entry, _) = read(HEAD + ITEM.format(1) + ITEM.format(2)[:-20]).entries
    assert entry.title == "1"


@pytest.mark.parametrize("start, encoding", UNFOLDING)
@pytest.mark.parametrize("rest", ['<rss version="2.0"><channel/></rss>', "<opml><body/></opml>", "<urlset/>"])
def test_a_list_with_rules_of_its_own_is_refused(start: str, encoding: str, rest: str) -> None:
    with pytest.raises(InputError, match="as no honest one does"):
        lists.read(f'<?xml version="1.0"?>{start}{rest}'.encode(encoding))


def test_a_bomb_of_entities_is_refused_at_once() -> None:
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))
    start = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">{laughs}]>'
    begun = time.process_time()
    with pytest.raises(InputError):
        read(start + '<rss version="2.0"><channel><title>&l11;</title></channel></rss>')
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_list_ends_in_seconds(text: str) -> None:
    begun = time.process_time()
    with contextlib.suppress(InputError):
        read(text)
    # The slowest of these takes 1 where nothing else runs; what is quadratic would take minutes.
    assert time.process_time() - begun < 10


@given(st.text(alphabet="<>/!?&;[]= \"'abc:-xml" + "\x00é", max_size=300))
def test_any_text_is_a_list_or_refused(text: str) -> None:
    for start in (
        "",
        "<rss version='2.0'><channel><item>",
        "<opml><body>",
        "<urlset><url>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
    ):
        try:
            found = read(start + text)
        except InputError:
            continue
        assert all(entry.link or entry.content for entry in found.entries)


def test_an_opml_list_names_its_feeds_however_deep() -> None:
    addresses = ["https://harbour.example/feed", "https://other.example/feed", "https://harbour.example/feed"]
    found = read(opml(addresses, depth=20))
    assert (found.kind, found.lists, found.entries) == ("outline", tuple(addresses[:2]), ())
    with pytest.raises(InputError, match="levels deep"):
        read(opml(addresses, depth=100))


def test_an_opml_list_has_a_limit_and_passes_over_what_is_no_feed() -> None:
    found = read(opml([f"https://harbour.example/{number}" for number in range(MAX_LISTS + 3)] + ["file:///etc/passwd"]))
    assert (len(found.lists), found.skipped) == (MAX_LISTS, {lists.BEYOND: 3, lists.NO_ADDRESS: 1})
    page = '<opml version="1.0"><body><outline type="link" url="https://harbour.example/"/><outline XMLURL="https://harbour.example/f"/></body></opml>'
    assert read(page).lists == ("https://harbour.example/f",)


def test_a_sitemap_names_its_pages_with_what_the_news_part_says() -> None:
    found = read(SITEMAP)
    (entry,) = found.entries
    assert (found.kind, found.title) == ("sitemap", "Harbour Gazette")
    assert (entry.link, entry.title, entry.published, entry.stamp) == (
        "https://harbour.example/pass",
        "The pass",
        "2024-05-28",
        "2024-05-29",
    )


def test_a_list_of_sitemaps_has_those_first_that_changed_last() -> None:
    assert read(INDEX).lists == ("https://harbour.example/2.xml.gz", "https://harbour.example/1.xml")


def test_a_packed_sitemap_is_unpacked_as_far_as_the_limit() -> None:
    assert len(lists.read(gzip.compress(SITEMAP.encode())).entries) == 1
    with pytest.raises(InputError, match="this has more"):
        lists.read(gzip.compress(b"<urlset>" + bytes(50_000_000)))
    with pytest.raises(InputError, match="but broken"):
        lists.read(gzip.compress(SITEMAP.encode())[:20] + b"xxxx" * 20)
    with pytest.raises(InputError, match="but cut off"):
        lists.read(gzip.compress(SITEMAP.encode())[:-20])


@pytest.mark.parametrize("text", ["<opml><body><outline xmlUrl='https://harbour.example/f'>", "<urlset><url></loc></urlset>"])
def test_a_broken_list_is_said(text: str) -> None:
    with pytest.raises(InputError, match="broken XML"):
        read(text)


@pytest.mark.parametrize(
    "head, feed",
    [
        ('<link rel="alternate" type="application/rss+xml" href="/feed">', "/feed"),
        (
            "<link href='https://harbour.example/f?a=1&amp;b=2' type='application/atom+xml' rel=alternate>",
            "https://harbour.example/f?a=1&b=2",
        ),
        ('<link rel="stylesheet" href="/feed">', None),
        ("<link " * 50_000, None),
    ],
)
def test_a_page_names_its_feed(head: str, feed: str | None) -> None:
    assert feeds.alternate(f"<html><head>{head}</head></html>".encode()) == feed
