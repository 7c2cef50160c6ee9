"""What a page says of itself: title, outlet, authors, dates, address, language; from JSON-LD, then from its meta elements."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.lexicons import load
from onrecord.records import Record

_MAX_JSON = 512 * 1024
_MAX_SCRIPTS = 20
_MAX_NODES = 400
_LONGEST = {"title": 500, "outlet": 120, "author": 120}
_ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|\w*Report|NewsStory|Review|AnalysisNewsArticle)$")
_BY = re.compile(r"^(?:by|from|written by|text by|words by|author:|von)\s+", re.IGNORECASE)
_NO_NAME = re.compile(r"https?://|www\.|@|^\W*$|[{}<>\\]")
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")
_SITES = ("og:site_name", "application-name", "cre", "dc.publisher", "twitter:site_name")
_AUTHORS = ("author", "article:author_name", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "article:author")
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date.issued", "dcterms.created", "dc.date",
    "pubdate", "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
)  # fmt: skip
_BYLINES = frozenset(("author", "byline", "author-name", "byline-name", "article-author", "article__author", "byline__name", "post-author"))
_TAIL = re.compile(r"(?P<head>.+)\s(?P<sign>[|–—»·-])\s(?P<tail>[^|–—»·]{2,60})")
_LANGUAGES = ("content-language", "og:locale", "dc.language")


class Head(Record, frozen=True, kw_only=True):
    """What the page says of itself; of dates and addresses all candidates, the most trusted first."""

    title: str | None
    outlet: str | None
    byline: str | None
    dates: tuple[str, ...]
    addresses: tuple[str, ...]
    language: str | None


NOTHING = Head(title=None, outlet=None, byline=None, dates=(), addresses=(), language=None)


def head(tree: Any) -> Head:
    """What the page (as lxml has it) says of itself."""
    metas = _metas(tree)
    nodes = list(_articles(_linked(tree)))
    titles = [
        *_said(nodes, "headline"),
        *_of(metas, _TITLES),
        *_headings(tree),
        *(text for each in tree.iter("title") if (text := each.text)),
    ]
    sites = [*(name for node in nodes for name in _names(node.get("publisher"))), *_of(metas, _SITES)]
    authors = [name for node in nodes for name in _names(node.get("author")) or _names(node.get("creator"))]
    times = [value for element in tree.iter("time") if (value := element.get("datetime")) and _published(element)]
    languages = [tree.get("lang") or "", *_said(nodes, "inLanguage"), *_of(metas, _LANGUAGES)]
    outlet = next(_outlets([*_of(metas, _SITES[:1]), *sites]), None)
    # A site's own name for itself is shorter and better kept than that of the company in JSON-LD.
    return Head(
        title=next((_headline(title, outlet) for title in _clean(titles, "title")), None), outlet=outlet,
        byline=_byline(authors) or _byline(_of(metas, _AUTHORS)) or _byline(_written(tree)),
        dates=tuple(dict.fromkeys([*_said(nodes, "datePublished"), *_of(metas, _DATES), *times]))[:8],
        addresses=tuple(dict.fromkeys([*_canonical(tree), *_of(metas, ("og:url",)), *_said(nodes, "url"), *_mains(nodes)]))[:4],
        language=next((value for value in languages if value), None),
    )  # fmt: skip


def _metas(tree: Any) -> Mapping[str, list[str]]:
    """What meta elements say, by their name in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        value = (element.get("content") or "").strip()
        if name and value and len(value) <= 2000:
            found.setdefault(name.strip().casefold(), []).append(value)
    return found


def _of(metas: Mapping[str, list[str]], names: Iterable[str]) -> list[str]:
    return [value for name in names for value in metas.get(name, ())]


def _canonical(tree: Any) -> list[str]:
    return [
        href.strip()
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").casefold().split() and (href := element.get("href"))
    ]


def _headings(tree: Any) -> list[str]:
    """The page's first heading, where it has one of that rank."""
    found = [" ".join(element.itertext()) for _, element in zip(range(2), tree.iter("h1"), strict=False)]
    return found if len(found) == 1 else []


def _headline(title: str, outlet: str | None) -> str:
    """The title without the name of the site behind it."""
    found = _TAIL.fullmatch(title)
    if found is None:
        return title
    own = outlet is not None and found["tail"].casefold().strip() == outlet.casefold()
    return found["head"] if own or (found["sign"] == "|" and " " in found["head"].strip()) else title


def _written(tree: Any) -> list[str]:
    """Authors as the page shows them."""
    found = (
        " ".join(element.itertext())
        for element in tree.iter("a", "span", "div", "p", "address")
        if element.get("rel") == "author"
        or element.get("itemprop") == "author"
        or (element.get("class") or "").strip().casefold() in _BYLINES
    )
    return [text for _, text in zip(range(4), found, strict=False)]


def _published(element: Any) -> bool:
    """Whether a time element is said to be that of publication."""
    told = " ".join(element.get(name) or "" for name in ("itemprop", "class", "pubdate", "data-testid")).casefold()
    return element.get("pubdate") is not None or "datepublished" in told or "published" in told or "pubdate" in told


def _linked(tree: Any) -> Iterator[Any]:
    """What the page's JSON-LD says, script by script; broken ones say nothing."""
    scripts = (element for element in tree.iter("script") if "ld+json" in (element.get("type") or "").casefold())
    for _, element in zip(range(_MAX_SCRIPTS), scripts, strict=False):
        text = (element.text or "").strip()
        if len(text) <= _MAX_JSON:
            try:
                yield json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue


def _articles(said: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    """The objects that are articles, with what others of the page say of their publisher and authors."""
    nodes = [node for each in said for node in _objects(each)][:_MAX_NODES]
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    for node in nodes:
        if any(_ARTICLE.match(kind) for kind in _strings(node.get("@type"))):
            yield {**node, **{key: _followed(node.get(key), known) for key in ("publisher", "author", "creator")}}


def _objects(said: Any) -> Iterator[Mapping[str, Any]]:
    """The objects at the top, in a list, or in a graph."""
    some = [said]
    for _ in range(3):
        some = [each for one in some for each in (one if isinstance(one, list) else [one])][:_MAX_NODES]
        yield from (one for one in some if isinstance(one, dict) and "@graph" not in one)
        some = [one["@graph"] for one in some if isinstance(one, dict) and "@graph" in one]


def _followed(value: Any, known: Mapping[str, Any]) -> Any:
    """The value, with the objects that it only names by their id."""
    if isinstance(value, list):
        return [_followed(each, known) for each in value[:20]]
    return known.get(value["@id"], value) if isinstance(value, dict) and isinstance(value.get("@id"), str) else value


def _said(nodes: Iterable[Mapping[str, Any]], key: str) -> list[str]:
    return [value for node in nodes for value in _strings(node.get(key))]


def _mains(nodes: Iterable[Mapping[str, Any]]) -> list[str]:
    mains = (node.get("mainEntityOfPage") for node in nodes)
    return [value for main in mains for value in _strings(main.get("@id") if isinstance(main, dict) else main)]


def _strings(value: Any) -> list[str]:
    some = value if isinstance(value, list) else [value]
    return [each for each in some[:20] if isinstance(each, str)]


def _names(value: Any) -> list[str]:
    """The names of a person or organisation, of several, or just names."""
    some = value if isinstance(value, list) else [value]
    return [name for each in some[:20] for name in _strings(each.get("name") if isinstance(each, dict) else each)]


def _outlets(names: Iterable[str]) -> Iterator[str]:
    """Those of the names that can be an outlet's."""
    return (name for name in _clean(names, "outlet") if name.casefold() not in load("webpages")["no_outlets"])


def _byline(names: Iterable[str]) -> str | None:
    """The authors without "By", addresses and handles, each once."""
    cleaned = (_BY.sub("", name).strip(" ,;|") for name in _clean(names, "author"))
    authors = dict.fromkeys(name for name in cleaned if name and not _NO_NAME.search(name))
    return ", ".join(list(authors)[:8]) or None


def _clean(values: Iterable[str], what: str) -> Iterator[str]:
    """Without escapes, on one line, and no longer than such a thing can be."""
    for value in values:
        text = " ".join(html.unescape(value).split()).replace("\x00", "\ufffd")
        if text and len(text) <= _LONGEST[what]:
            yield text
