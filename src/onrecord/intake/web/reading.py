"""Addresses as articles: a page, lines, or every piece that a feed, an OPML list or a sitemap names."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import msgspec

from onrecord.errors import InputError
from onrecord.intake import files, kinds, lists, page, plain
from onrecord.intake.came import Came
from onrecord.intake.given import Given
from onrecord.intake.lines import BAD_DATE
from onrecord.intake.listing import Entry, Listing, unpacked
from onrecord.intake.problem import Passed, Problem
from onrecord.intake.published import day
from onrecord.intake.web.addresses import parsed
from onrecord.intake.web.fetching import Answer
from onrecord.intake.web.trouble import WebError
from onrecord.intake.web.visits import Visits
from onrecord.records import Article, Basis, Record, tagged

MAX_DEPTH = 3
"""A list of lists of lists is followed, one of those is not."""
MAX_LISTS = 1000
"""Lists that one address or file may lead to."""
_PAGE = ("text/html", "application/xhtml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([a-z0-9_.:-]{1,40})")
_BODY = '<html><head><meta charset="utf-8"><title>{title}</title></head><body><article>{content}</article></body></html>'


class Visited(Record, frozen=True, kw_only=True):
    """Which piece of which version an article is: what a ledger remembers so that it is not fetched again."""

    key: str
    stamp: str


Known = Callable[[Visited], bool]


class Web:
    """The way to addresses; ``at`` is the piece of a list that the article at hand was read for, None for any other."""

    def __init__(self, visits: Visits, known: Known | None = None) -> None:
        """Go there by these visits, and leave out the pieces of lists that are known."""
        self.visits = visits
        self.known = known
        self.at: Visited | None = None
        self._lists: set[str] = set()

    def articles(self, address: str, given: Given) -> Iterator[Article | Problem | Passed]:
        """The articles at the address.

        Raises:
            InputError: it cannot be read, with the reason.
        """
        self.at = None
        self._lists.clear()
        answer = _opened(self.visits.get(parsed(address), limit=plain.MAX_BYTES))
        kind = _kind(answer)
        if kind == "list":
            yield from self._pieces(lists.read(answer.body, str(answer.address)), address, given, 1)
        elif kind == "page":
            yield from _page(answer, address, given)
        else:
            yield from _other(answer, address, given)

    def listed(self, raw: bytes, name: str, given: Given) -> Iterator[Article | Problem | Passed]:
        """The articles that a feed, an OPML list or a sitemap, which came from elsewhere, names."""
        self._lists.clear()
        try:
            yield from self._pieces(lists.read(raw), name, given, 1)
        finally:
            self.at = None

    def piece(self, entry: Entry, listing: Listing, given: Given, *, patient: bool = False) -> Iterator[Article | Problem | Passed]:
        """The article that an entry names: its page, else its text as the list has it, with a problem that says so.

        Args:
            patient: raise where the page may be had later, rather than take the list's text now.

        Raises:
            InputError: neither can be read.
        """
        source = entry.link or entry.title or "an entry"
        try:
            found = list(self._linked(entry, source, given))
            if entry.content is None or any(isinstance(each, Article) and each.text.strip() for each in found):
                yield from (_told(each, entry, listing, given) for each in found)
                return
            why = "its page has no text"
        except InputError as error:
            if entry.content is None or (patient and isinstance(error, WebError) and not error.lasting):
                raise
            why = str(error)
        yield Problem(source=source, message=f"{why}; its text is taken from the feed", lost=False)
        if entry.link is None:
            # Without an address its outlet is part of what it is.
            given = msgspec.structs.replace(given, outlet=given.outlet or listing.title)
        raw = _BODY.format(title=html.escape(entry.title or ""), content=entry.content).encode()
        link = _address(entry)
        for each in page.article(raw, source, given, None if link is None else Came(address=link)):
            told = _told(each, entry, listing, given)
            # These bytes came from the feed, not from there.
            yield msgspec.structs.replace(told, fetched_from=None) if isinstance(told, Article) else told

    def _linked(self, entry: Entry, source: str, given: Given) -> Iterator[Article | Problem | Passed]:
        if entry.link is None:
            raise InputError("it names no page")
        answer = self.visits.get(parsed(entry.link), limit=page.MAX_BYTES)
        kind = _kind(answer)
        if kind == "list":
            raise InputError("it leads to a list rather than a page; give that list itself")
        yield from _page(answer, source, given) if kind == "page" else _other(answer, source, given)

    def _pieces(self, listing: Listing, source: str, given: Given, depth: int) -> Iterator[Article | Problem | Passed]:
        """Each piece that the list names, the oldest first, then those of the lists that it names."""
        for reason, count in listing.skipped.items():
            yield Problem(source=source, message=f"left out: {reason} ({count:,})", lost=False)
        before = 0
        # Feeds have the newest first; stories are told from their beginning.
        for entry in reversed(listing.entries):
            visited = visit(entry, source)
            if self.known is not None and self.known(visited):
                before += 1
                continue
            self.at = visited
            try:
                yield from self.piece(entry, listing, given)
            except InputError as error:
                yield Problem(source=entry.link or source, message=str(error))
        if before:
            yield Problem(source=source, message=f"{before:,} of its {len(listing.entries):,} entries were read before", lost=False)
        for address in listing.lists:
            yield from self._inner(address, source, given, depth)

    def _inner(self, address: str, source: str, given: Given, depth: int) -> Iterator[Article | Problem | Passed]:
        if address in self._lists:
            return
        self._lists.add(address)
        try:
            if depth >= MAX_DEPTH or len(self._lists) > MAX_LISTS:
                raise InputError(f"{source} leads to it by too many lists; give it itself")
            answer = _opened(self.visits.get(parsed(address), limit=plain.MAX_BYTES))
            if _kind(answer) != "list":
                raise InputError("it is no feed; give the address of the feed itself")
            yield from self._pieces(lists.read(answer.body, str(answer.address)), address, given, depth + 1)
        except InputError as error:
            yield Problem(source=address, message=str(error))


def visit(entry: Entry, source: str) -> Visited:
    """What to remember of reading an entry: digests only, so that nothing of a deleted article stays."""
    link = _address(entry)
    return Visited(
        key=tagged("en", link) if link else tagged("en", source, entry.id or entry.title or entry.content), stamp=tagged("es", entry.stamp)
    )


def _address(entry: Entry) -> str | None:
    try:
        return None if entry.link is None else str(parsed(entry.link))
    except WebError:
        return entry.link


def _opened(answer: Answer) -> Answer:
    """The answer without the gzip of a file, but for an archive of the web, which is read member by member."""
    body = unpacked(answer.body, plain.MAX_BYTES)
    if body.startswith(b"WARC/") or len(body) > plain.MAX_BYTES:
        return answer
    return msgspec.structs.replace(answer, body=body)


def _kind(answer: Answer) -> kinds.Kind:
    """The kind of what came back, by how it begins; else, where it says that it is a page, a page."""
    said = answer.media.startswith(_PAGE)
    try:
        kind = kinds.kind(answer.body[:65536], urlsplit(str(answer.address)).path)
    except InputError:
        if said and b"<" in answer.body[:1000]:
            return "page"
        raise
    return "page" if said and kind == "text" else kind


def _page(answer: Answer, source: str, given: Given) -> Iterator[Article | Problem | Passed]:
    if len(answer.body) > page.MAX_BYTES:
        raise InputError(f"a page may have {page.MAX_BYTES // 1024**2} MB, this has more")
    yield from page.article(answer.body, source, given, _came(answer))


def _came(answer: Answer) -> Came:
    charset = _CHARSET.search(answer.media)
    return Came(address=str(answer.address), at=answer.at, charset=None if charset is None else charset[1])


def _other(answer: Answer, source: str, given: Given) -> Iterator[Article | Problem | Passed]:
    """Text, lines and whatever else files may be."""
    for each in files.articles([files.STDIN], given, io.BytesIO(answer.body)):
        yield each if isinstance(each, Article) else msgspec.structs.replace(each, source=source)


def _told(each: Article | Problem | Passed, entry: Entry, listing: Listing, given: Given) -> Article | Problem | Passed:
    """The article with what the list says where its page says nothing."""
    if not isinstance(each, Article):
        return each
    published, basis, skipped = each.published, each.basis, each.skipped
    if published is None and entry.published:
        published, basis, skipped = _dated(entry.published, skipped, given)
    outlet = each.outlet
    if not given.outlet and (not outlet or _is_host(outlet, each.url)):
        outlet = listing.title or outlet
    return msgspec.structs.replace(
        each, title=each.title or entry.title, byline=each.byline or entry.author, outlet=outlet, published=published, basis=basis,
        skipped=skipped,
    )  # fmt: skip


def _dated(value: str, skipped: dict[str, int], given: Given) -> tuple[str | None, Basis, dict[str, int]]:
    """A list's date, unless it is none or lies in the future: then it is counted."""
    try:
        return day(value, given.today), "metadata", skipped
    except ValueError:
        return None, "unknown", {**skipped, BAD_DATE: 1}


def _is_host(outlet: str, url: str | None) -> bool:
    host = (urlsplit(url).hostname or "") if url else ""
    return bool(host) and re.sub(r"^www\.", "", outlet.casefold()) == re.sub(r"^www\.", "", host)
