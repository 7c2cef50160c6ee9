"""Addresses as articles: pages, feeds, lists and sitemaps behind real sockets."""

from __future__ import annotations

import datetime
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.intake.server import STORY, Site, opml, page, redirect, rss

from onrecord import intake
from onrecord.intake import Given, Problem
from onrecord.intake.web.fetching import Fetcher
from onrecord.intake.web.line import Guard
from onrecord.intake.web.reading import MAX_DEPTH, Web
from onrecord.intake.web.visits import Visits
from onrecord.records import Article

TODAY = datetime.date(2024, 6, 1)
DAY = "Tue, 28 May 2024 07:30:00 +0300"
FULL = "".join(f"<p>{line}</p>" for line in STORY.split("\n"))
CONTENT = f"<content:encoded><![CDATA[{FULL}]]></content:encoded>"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as found:
        yield found


def way(site: Site) -> Web:
    return Web(Visits(Fetcher(Guard([site.place]), "OnRecord/test", seconds=5)))


def read(site: Site, *paths: str | Path, web: Web | None = None, **given: str) -> list[Article | Problem]:
    return list(intake.articles([str(path) for path in paths], Given(today=TODAY, **given), web=web or way(site)))


def articles(found: list[Article | Problem]) -> list[Article]:
    return [each for each in found if isinstance(each, Article)]


def problems(found: list[Article | Problem]) -> list[Problem]:
    return [each for each in found if isinstance(each, Problem)]


def feed(entry: str, title: str = "Harbour Gazette") -> str:
    return f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{title}</title><item>{entry}</item></channel></rss>'


def test_a_page_is_read_and_its_address_kept(site: Site) -> None:
    site.put("/old", redirect("/pass"))
    address = site.put("/pass", page("The pass", STORY, published="2024-05-28T07:30:00+03:00"), content_type="text/html")
    (article,) = articles(read(site, site.url("/old")))
    assert "Norland would open the pass" in article.text
    assert (article.title, article.outlet, article.published, article.basis) == (
        "The pass",
        "Harbour Gazette",
        "2024-05-28T07:30:00+03:00",
        "metadata",
    )
    assert article.url == address
    assert article.raw == page("The pass", STORY, published="2024-05-28T07:30:00+03:00").encode()


def test_a_page_is_known_by_what_it_is_served_as(site: Site) -> None:
    """Some begin with anything at all."""
    site.put("/a", "<p>" + STORY.replace("\n", "</p><p>"), content_type="text/html; charset=utf-8")
    (article,) = articles(read(site, site.url("/a")))
    assert article.media.startswith("text/html")
    assert "<p>" not in article.text


def test_the_charset_that_a_page_is_served_in_is_believed_where_it_says_none(site: Site) -> None:
    text = "Яна Кууск said that the pass is open. Её заместитель сказал, что мост слаб и его надо чинить."
    html = f"<html><body><p>{text}</p><p>{text}</p></body></html>"
    site.put("/a", html.encode("windows-1251"), content_type="text/html; charset=Windows-1251")
    (article,) = articles(read(site, site.url("/a")))
    assert "Яна Кууск" in article.text


def test_where_and_when_a_page_was_fetched_is_kept(site: Site) -> None:
    site.put("/old", redirect("/pass"))
    site.put("/pass", page("The pass", STORY, canonical="/canonical"))
    (article,) = articles(read(site, site.url("/old")))
    assert article.fetched_from == site.url("/pass")
    assert article.url == site.url("/canonical")
    assert abs(datetime.datetime.fromisoformat(article.fetched or "") - datetime.datetime.now(datetime.UTC)) < datetime.timedelta(minutes=1)


def test_no_feed_in_a_folder_is_a_wish_to_ask_the_web(site: Site, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss([(site.url("/pass"), "The pass")]), encoding="utf-8")
    assert articles(read(site, tmp_path)) == []
    assert not site.asked


def test_text_and_lines_are_read_from_an_address_too(site: Site) -> None:
    site.put("/a.txt", STORY, content_type="text/plain")
    lines = "".join(json.dumps({"id": str(number), "text": f"{number} {STORY}"}) + "\n" for number in range(3))
    site.put("/b.jsonl", lines + "{broken\n", content_type="application/json")
    site.put("/c.jsonl.gz", gzip.compress(lines.encode()), content_type="application/gzip")
    assert [each.text for each in articles(read(site, site.url("/a.txt")))] == [STORY]
    found = read(site, site.url("/b.jsonl"))
    assert [each.caller for each in articles(found)] == ["0", "1", "2"]
    assert [(each.source, each.line) for each in problems(found)] == [(site.url("/b.jsonl"), 4)]
    assert len(articles(read(site, site.url("/c.jsonl.gz")))) == 3


@pytest.mark.parametrize(
    "body, message", [(b"%PDF-1.7\n", "this is a PDF"), (b"\x89PNG\r\n\x1a\n\x00", "image"), (bytes(range(256)) * 8, "binary")]
)
def test_what_is_no_text_is_said(site: Site, body: bytes, message: str) -> None:
    (problem,) = read(site, site.put("/a", body))
    assert message in str(problem)


def test_a_feed_gives_the_pages_that_it_names_oldest_first(site: Site) -> None:
    for name in ("pass", "bridge"):
        site.put(f"/{name}", page(f"The {name}", STORY.replace("pass", name), outlet=None))
    site.put("/feed", rss([("/bridge", "The bridge", DAY), ("/pass", "The pass", "Mon, 27 May 2024 07:30:00 +0300")]))
    found = articles(read(site, site.url("/feed")))
    assert [each.url for each in found] == [site.url("/pass"), site.url("/bridge")]
    assert [(each.published, each.basis, each.outlet) for each in found] == [
        ("2024-05-27T07:30:00+03:00", "metadata", "Harbour Gazette"),
        ("2024-05-28T07:30:00+03:00", "metadata", "Harbour Gazette"),
    ]


def test_what_a_page_says_itself_and_what_the_caller_says_beat_the_feed(site: Site) -> None:
    site.put("/pass", page("The pass", STORY, published="2024-05-20", outlet="Pass Post"))
    address = site.put("/feed", rss([("/pass", "Another title", DAY)]))
    (article,) = articles(read(site, address))
    assert (article.title, article.outlet, article.published) == ("The pass", "Pass Post", "2024-05-20")
    (article,) = articles(read(site, address, outlet="Given Gazette", published="2024-05-01"))
    assert (article.outlet, article.published, article.basis) == ("Given Gazette", "2024-05-01", "given")


def test_a_date_in_the_future_is_dropped_and_counted(site: Site) -> None:
    site.put("/pass", page("The pass", STORY))
    (article,) = articles(read(site, site.put("/feed", rss([("/pass", "The pass", "Tue, 28 May 2124 07:30:00 +0300")]))))
    assert (article.published, article.basis) == (None, "unknown")
    assert article.skipped == {"date of publication not understood": 1}


def test_a_feed_in_a_file_has_its_links_fetched(site: Site, tmp_path: Path) -> None:
    address = site.put("/pass", page("The pass", STORY))
    path = tmp_path / "feed.xml"
    path.write_text(rss([(address, "The pass"), ("/relative", "Nowhere")]), encoding="utf-8")
    found = read(site, path)
    assert [each.url for each in articles(found)] == [address]
    assert [str(each) for each in problems(found)] == [f"{path}: left out: entry without address and text (1)"]
    assert not any(each.lost for each in problems(found))


def test_where_a_page_cannot_be_had_the_feeds_own_text_is_read_and_that_is_said(site: Site) -> None:
    site.put(
        "/feed",
        feed(f"<title>The pass</title><link>{site.url('/gone')}</link><pubDate>{DAY}</pubDate>{CONTENT}"),
    )
    problem, article = read(site, site.url("/feed"))
    assert isinstance(problem, Problem)
    assert isinstance(article, Article)
    assert "it is not there (404)" in str(problem)
    assert "its text is taken from the feed" in str(problem)
    assert not problem.lost
    assert "Norland would open the pass" in article.text
    assert (article.title, article.url, article.outlet, article.published) == (
        "The pass",
        site.url("/gone"),
        "Harbour Gazette",
        "2024-05-28T07:30:00+03:00",
    )


def test_so_it_is_where_the_page_has_no_text_and_where_there_is_none(site: Site) -> None:
    site.put("/app", "<html><body><script>let all = 'of it';</script></body></html>")
    for link in (f"<link>{site.url('/app')}</link>", ""):
        site.put("/feed", feed(f"<title>The pass</title>{link}{CONTENT}"))
        problem, article = read(site, site.url("/feed"))
        assert "its text is taken from the feed" in str(problem)
        assert isinstance(article, Article)
        assert "Norland would open the pass" in article.text
        assert article.outlet == "Harbour Gazette"


def test_a_teaser_does_not_stand_for_a_page(site: Site) -> None:
    site.put("/feed", feed(f"<title>The pass</title><link>{site.url('/gone')}</link><description>A few words.</description>"))
    (problem,) = read(site, site.url("/feed"))
    assert isinstance(problem, Problem)
    assert problem.lost


def test_what_robots_txt_forbids_is_not_fetched_and_the_rest_is(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/")
    site.put("/pass", page("The pass", STORY))
    site.put("/private/1", page("Private", STORY))
    found = read(site, site.put("/feed", rss([("/private/1", "Private"), ("/pass", "The pass")])))
    assert [each.url for each in articles(found)] == [site.url("/pass")]
    assert "robots.txt" in str(problems(found)[0])
    assert "/private/1" not in site.paths()


def test_a_feed_that_names_this_machine_reaches_nothing(site: Site) -> None:
    with Site() as inner:
        inner.put("/secret", page("Secret", STORY))
        found = read(
            site,
            site.put(
                "/feed",
                rss([(inner.url("/secret"), "a"), ("file:///etc/passwd", "b"), ("http://[::1]/", "c"), ("http://169.254.169.254/", "d")]),
            ),
        )
        assert not inner.asked
    assert articles(found) == []
    assert sum("where nothing is fetched" in str(each) for each in problems(found)) == 3


def test_an_opml_list_gives_what_its_feeds_name(site: Site, tmp_path: Path) -> None:
    site.put("/pass", page("The pass", STORY))
    site.put("/bridge", page("The bridge", STORY.replace("pass", "bridge")))
    site.put("/one", rss([("/pass", "The pass")]))
    site.put("/two", rss([("/bridge", "The bridge")]))
    site.put("/page", page("No feed", STORY))
    path = tmp_path / "subscriptions.opml"
    path.write_text(opml([site.url("/one"), site.url("/page"), site.url("/none"), site.url("/two")], depth=3), encoding="utf-8")
    found = read(site, path)
    assert [each.title for each in articles(found)] == ["The pass", "The bridge"]
    assert [str(each).partition(": ")[2][:17] for each in problems(found)] == ["it is no feed; gi", "127.0.0.1 answers"]


def test_lists_in_a_circle_end_and_so_do_lists_too_deep(site: Site) -> None:
    def include(to: str) -> str:
        return f'<opml version="2.0"><body><outline type="include" url="{site.url(to)}"/></body></opml>'

    site.put("/a.opml", include("/a.opml"))
    read(site, site.url("/a.opml"))
    assert site.paths() == ["/a.opml", "/a.opml"]
    for number in range(MAX_DEPTH + 3):
        site.put(f"/{number}.opml", include(f"/{number + 1}.opml"))
    found = read(site, site.url("/0.opml"))
    assert "by too many lists" in str(found[-1])
    assert len(site.paths()) == 2 + MAX_DEPTH


def test_a_list_of_sitemaps_gives_their_pages(site: Site) -> None:
    for name in ("pass", "bridge"):
        site.put(f"/{name}", page(f"The {name}", STORY.replace("pass", name)))
    news = '<news:news xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><news:publication_date>2024-05-28</news:publication_date></news:news>'
    site.put(
        "/1.xml.gz",
        gzip.compress(f"<urlset><url><loc>{site.url('/pass')}</loc>{news}</url></urlset>".encode()),
        content_type="application/x-gzip",
    )
    site.put("/2.xml", f"<urlset><url><loc>{site.url('/bridge')}</loc></url></urlset>")
    site.put(
        "/sitemap.xml",
        f"<sitemapindex><sitemap><loc>{site.url('/1.xml.gz')}</loc></sitemap><sitemap><loc>{site.url('/2.xml')}</loc></sitemap></sitemapindex>",
    )
    found = articles(read(site, site.url("/sitemap.xml")))
    assert [(each.title, each.published) for each in found] == [("The pass", "2024-05-28"), ("The bridge", None)]


def test_pieces_that_are_known_are_not_fetched_again(site: Site) -> None:
    site.put("/pass", page("The pass", STORY))
    address = site.put("/feed", rss([("/pass", "The pass", DAY)]))
    web = way(site)
    seen = set()
    for each in web.articles(address, Given(today=TODAY)):
        assert isinstance(each, Article)
        seen.add(web.at)
    web.known = seen.__contains__
    (problem,) = web.articles(address, Given(today=TODAY))
    assert "1 of its 1 entries were read before" in str(problem)
    assert site.paths() == ["/feed", "/pass", "/feed"]
    site.put("/feed", rss([("/pass", "The pass", "Wed, 29 May 2024 07:30:00 +0300")]))
    assert len(articles(list(web.articles(address, Given(today=TODAY))))) == 1


def test_without_a_way_to_the_web_addresses_are_said(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss([("https://harbour.example/pass", "The pass")]), encoding="utf-8")
    for each in ("https://harbour.example/pass", str(path)):
        (problem,) = intake.articles([each], Given())
        assert "onrecord add has one" in str(problem)
