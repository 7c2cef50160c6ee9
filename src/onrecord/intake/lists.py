"""OPML lists of feeds, sitemaps and lists of sitemaps: the addresses that they name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from onrecord.errors import InputError
from onrecord.intake import feeds, listing
from onrecord.intake.listing import Entry, Listing

MAX_DEPTH = 60
_OPML = re.compile(r"<opml[\s>]", re.IGNORECASE)
_SITEMAP = re.compile(r"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<(/?)[a-zA-Z][^<>]*?(/?)>")
_WEB = re.compile(r"(?:https?|feed)://", re.IGNORECASE)
NO_ADDRESS = "entry without an address"
BEYOND = "list beyond the first 500"


def read(raw: bytes, base: str | None = None) -> Listing:
    """What a feed, an OPML list or a sitemap names.

    Raises:
        InputError: too large, too deep, broken, with entities of its own, or none of these.
    """
    text = listing.xml(raw)
    head = text[:8000]
    if _OPML.search(head):
        return _outline(_root(text))
    if _SITEMAP.search(head):
        return _sitemap(_root(text))
    return feeds.read(text, base)


def _root(text: str) -> Any:
    from defusedxml import ElementTree  # refuses whatever would unfold
    from defusedxml.common import DefusedXmlException

    depth = deepest = 0
    for tag in _TAG.finditer(text):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise InputError(f"a list {deepest:,} levels deep is not read")
    try:
        return ElementTree.fromstring(text, forbid_dtd=True)
    except ElementTree.ParseError as error:
        raise InputError(f"this list is broken XML ({str(error)[:80]}); have it mended, or name its addresses") from error
    except (DefusedXmlException, ValueError) as error:
        raise InputError("this list defines entities of its own, as no honest one does; it is not read") from error


def _outline(root: Any) -> Listing:
    """The feeds of an OPML list, in whatever folders it has them; its comments and pages are passed over."""
    found: dict[str, None] = {}
    skipped: Counter[str] = Counter()
    for each in root.iter():
        if _name(each) != "outline":
            continue
        address = next((value.strip() for key, value in each.attrib.items() if key.casefold() == "xmlurl"), "")
        address = address or _included(each)
        if not address:
            continue
        if not _WEB.match(address):
            skipped[NO_ADDRESS] += 1
        elif len(found) == listing.MAX_LISTS and address not in found:
            skipped[BEYOND] += 1
        else:
            found[address] = None
    title = next((_text(each) for each in root.iter() if _name(each) == "title"), None)
    return Listing(kind="outline", title=title, lists=tuple(found), skipped=dict(skipped))


def _included(outline: Any) -> str:
    """The address of another list that this one takes in."""
    values = {key.casefold(): value.strip() for key, value in outline.attrib.items()}
    return values.get("url", "") if values.get("type", "").casefold() in ("include", "link") and "opml" in values.get("url", "") else ""


def _sitemap(root: Any) -> Listing:
    """The pages of a sitemap, or the sitemaps of a list of them, those changed last first."""
    entries: list[Entry] = []
    lists: dict[str, str] = {}
    skipped: Counter[str] = Counter()
    for each in root:
        values = dict(_values(each))
        link = values.get("loc", "")
        if not _WEB.match(link):
            skipped[NO_ADDRESS] += 1
        elif _name(each) == "sitemap":
            if len(lists) < listing.MAX_LISTS:
                lists[link] = values.get("lastmod", "")
            else:
                skipped[BEYOND] += 1
        elif len(entries) < listing.MAX_ENTRIES:
            published = values.get("publication_date") or None
            stamp = values.get("lastmod") or published or ""
            entries.append(Entry(link=link, title=values.get("title") or None, published=published, stamp=stamp))
        else:
            skipped[feeds.BEYOND] += 1
    title = next((_text(each) for each in root.iter() if _name(each) == "name"), None)
    newest = tuple(sorted(lists, key=lambda link: lists[link], reverse=True))
    return Listing(kind="sitemap", title=title, entries=tuple(entries), lists=newest, skipped=dict(skipped))


def _values(element: Any) -> Iterator[tuple[str, str]]:
    """Text by name, of the element's parts and of theirs; the first of each name counts, and a picture's are its own."""
    seen: set[str] = set()
    for part in element:
        inner = part.iter() if _name(part) == "news" else (part,)
        for each in inner:
            if (name := _name(each)) not in seen and (text := _text(each)):
                seen.add(name)
                yield name, text


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].casefold()


def _text(element: Any) -> str | None:
    return " ".join((element.text or "").split())[:4000] or None
