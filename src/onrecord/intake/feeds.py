"""RSS and Atom: the entries that a feed names, newest as it has them, with what it says about each."""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from typing import Any

from onrecord.errors import InputError
from onrecord.intake import listing
from onrecord.intake.listing import Entry, Listing

MAX_LETTERS = 5 * 1024 * 1024
MAX_TAGS = 120_000
MAX_ATTRIBUTES = 200
FULL = 1000
"""So many letters make a description the piece itself rather than a teaser."""
_LONGEST = 1000
_PERIODS = {"hourly": 3600.0, "daily": 86400.0, "weekly": 604800.0, "monthly": 2592000.0, "yearly": 31536000.0}
_WEEK = 604800.0
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{1000,}")
_BARE = re.compile(r"&(?!#?[0-9a-zA-Z]{1,31};)")
_TAGS = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"<link\s[^<>]{1,1000}>", re.IGNORECASE)
_RSS = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)
_HREF = re.compile(r"\shref\s*=\s*[\"']([^\"'<>]{1,1000})", re.IGNORECASE)
NO_LINK = "entry without address and text"
BEYOND = "entry beyond the first 1,000"


def read(text: str, base: str | None = None) -> Listing:
    """What the feed names, however odd its XML.

    Args:
        text: its XML, made safe by :func:`onrecord.intake.listing.xml`.
        base: the address it came from, for relative links.

    Raises:
        InputError: where it is no feed, or one that would take minutes to take apart.
    """
    _guard(text)
    found = _parsed(text, base)
    if not found.get("version") and not found.entries:
        raise InputError("neither a feed nor a list of addresses that can be understood is there")
    entries: list[Entry] = []
    skipped: Counter[str] = Counter()
    for each in found.entries:
        if len(entries) == listing.MAX_ENTRIES:
            skipped[BEYOND] += 1
        elif (entry := _entry(each)).link or entry.content:
            entries.append(entry)
        else:
            skipped[NO_LINK] += 1
    return Listing(kind="feed", title=_line(found.feed.get("title")), entries=tuple(entries), wait=_wait(found.feed), skipped=dict(skipped))


def _guard(text: str) -> None:
    """Refuse what no feed needs, and over which feedparser takes minutes: size, tags, attributes in one tag."""
    if len(text) > MAX_LETTERS or text.count("<") > MAX_TAGS:
        raise InputError(
            f"a feed may have {MAX_LETTERS // 1024**2} MB and {MAX_TAGS:,} tags, this has more; give its articles as JSON lines"
        )
    if any(tag[0].count("=") > MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise InputError(f"a feed with more than {MAX_ATTRIBUTES} attributes in one tag is not read")


def alternate(raw: bytes) -> str | None:
    """The feed that a page names in its head, as it is written there."""
    head = html.unescape(raw[:200_000].decode("utf-8", "replace"))
    for link in _LINK.finditer(head):
        if _RSS.search(link[0]) and (found := _HREF.search(link[0])):
            return found[1].strip()
    return None


def _parsed(text: str, base: str | None) -> Any:
    import feedparser  # 60 ms, and only feeds need it

    headers = {"content-type": "application/xml; charset=utf-8", **({"content-location": base} if base else {})}
    # As a stream: a string might be taken for an address or a path, and opened.
    stream = io.BytesIO(_whole(text).encode("utf-8", "replace"))
    try:
        return feedparser.parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError, RecursionError, OverflowError) as error:
        # A parser of anything meets feeds on which it stumbles.
        raise InputError("this is a feed that cannot be understood") from error


def _whole(text: str) -> str:
    """The text with its bare ampersands written as XML has them, so that "AT&T" is not read as an entity; quoted stretches stay."""
    pieces: list[str] = []
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0 and (end := text.find("]]>", start)) >= 0:
        pieces += (_BARE.sub("&amp;", text[at:start]), text[start : end + 3])
        at = end + 3
    return "".join((*pieces, _BARE.sub("&amp;", text[at:])))


def _entry(each: Any) -> Entry:
    # RDF's dc:date is in "updated". Asked for in feedparser's own way, "published" would come in its place, with a warning.
    updated = _line(dict.get(each, "updated"))
    published = _line(each.get("published")) or updated
    link = each.get("link")
    link = link.strip() if isinstance(link, str) else None
    web = link is not None and re.match(r"https?://", link, re.IGNORECASE)
    return Entry(
        link=link if web else None, id=_line(each.get("id")), title=_plain(each.get("title")), author=_line(each.get("author")),
        published=published, stamp=updated or published or "", content=_content(each),
    )  # fmt: skip


def _content(each: Any) -> str | None:
    """The piece itself: its content, or a description that is too long for a teaser."""
    full = [c.get("value") for c in each.get("content") or () if isinstance(c.get("value"), str)]
    if full:
        return max(full, key=len) or None
    summary = each.get("summary")
    return summary if isinstance(summary, str) and len(_TAGS.sub("", summary)) >= FULL else None


def _plain(value: object) -> str | None:
    """A title without the tags that some feeds put into it."""
    return _line(_TAGS.sub("", value)) if isinstance(value, str) else None


def _line(value: object) -> str | None:
    return " ".join(value.split())[:_LONGEST] or None if isinstance(value, str) else None


def _wait(feed: Any) -> float | None:
    """How long the feed says to be current: RSS's ttl in minutes, or so many times in a period."""
    ttl = feed.get("ttl")
    if isinstance(ttl, str) and ttl.strip().isdecimal() and len(ttl) < 8:
        return min(float(ttl) * 60, _WEEK)
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().casefold())
    often = str(feed.get("sy_updatefrequency") or "1").strip()
    if period is None or not often.isdecimal() or len(often) > 4:
        return None
    return min(period / max(1, int(often)), _WEEK)
