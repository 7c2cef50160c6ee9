"""What a feed, an OPML list or a sitemap names: entries to be read, and further lists."""

from __future__ import annotations

import re
import zlib
from typing import Literal

from msgspec import field

from onrecord.errors import InputError
from onrecord.intake.encoding import clean, decoded
from onrecord.records import Record

MAX_BYTES = 10 * 1024 * 1024
MAX_ENTRIES = 1000
"""Of a feed or sitemap; what is beyond is counted. Feeds have some dozens, news sitemaps a thousand at most."""
MAX_LISTS = 500
MAX_TAGS = 1_000_000
_ENTITY = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!\s*DOCTYPE[^<>\[]{0,400}>", re.IGNORECASE)
_ANY_DOCTYPE = re.compile(r"<!\s*DOCTYPE", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_NEVER = frozenset(("utf-7", "utf7", "cp037", "cp500", "cp1140"))

ListingKind = Literal["feed", "outline", "sitemap"]


class Entry(Record, frozen=True, kw_only=True):
    """One piece that a list names: its address, and what the list says about it."""

    link: str | None
    id: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    """As the list writes it; whoever reads it decides what of it to believe."""
    stamp: str = ""
    """What changes when the piece is said to have changed."""
    content: str | None = None
    """Its full text as HTML, where the list has that."""


class Listing(Record, frozen=True, kw_only=True):
    """What one feed, OPML list or sitemap names, as far as the bounds allow, and what was left out, counted."""

    kind: ListingKind
    title: str | None = None
    entries: tuple[Entry, ...] = ()
    lists: tuple[str, ...] = ()
    wait: float | None = None
    """For how many seconds it says to be current."""
    skipped: dict[str, int] = field(default_factory=dict)


def xml(raw: bytes) -> str:
    """The text of an XML list, without its declaration, that no parser will unfold into more than it shows.

    Raises:
        InputError: too large, in no encoding that can be told, or with entities of its own.
    """
    raw = unpacked(raw, MAX_BYTES)
    if len(raw) > MAX_BYTES:
        raise InputError(f"a feed or list may have {MAX_BYTES // 1024**2} MB, this has more; give its articles as JSON lines")
    text, _ = clean(_text(raw))
    if _ENTITY.search(text):
        raise InputError("this list defines entities of its own, as no honest one does; it is not read")
    text = _DOCTYPE.sub("", text, count=1)
    if _ANY_DOCTYPE.search(text):
        raise InputError("this list has a document type with rules of its own, as no honest one does; it is not read")
    if text.count("<") > MAX_TAGS:
        raise InputError(f"a list with more than {MAX_TAGS:,} tags is not read; give its articles as JSON lines")
    return _DECLARATION.sub("", text).lstrip()


def unpacked(raw: bytes, limit: int) -> bytes:
    """The bytes without gzip, as sitemaps are often served, and one more than the limit at most; other bytes as they are.

    Raises:
        InputError: where they are packed, but broken.
    """
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    machine = zlib.decompressobj(wbits=31)
    try:
        whole = machine.decompress(raw, limit + 1)
    except zlib.error as error:
        raise InputError("it is compressed (gzip), but broken") from error
    if not machine.eof and len(whole) <= limit:
        raise InputError("it is compressed (gzip), but cut off")
    return whole


def _text(raw: bytes) -> str:
    """The bytes decoded: as UTF-8 where they are that, whatever they say, else as they say, else as pages are."""
    if (found := _DECLARED.match(raw.lstrip()[:400])) is not None:
        name = found[1].decode("ascii").casefold()
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
        if name in _NEVER:
            raise InputError(f"a list in {name} is not read; save it as UTF-8 and give it again")
        if name.startswith("utf-16"):
            return decoded(raw)[0]
        try:
            return raw.decode("windows-1252" if name in ("utf-8", "iso-8859-1", "us-ascii") else name, "replace")
        except (LookupError, UnicodeError):
            pass
    return decoded(raw)[0]
