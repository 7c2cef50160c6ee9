"""What kind of thing some bytes are, told from how they begin, and what to do about those that are not read."""

from __future__ import annotations

import re
import zlib
from typing import Literal

from onrecord.errors import InputError
from onrecord.intake.encoding import is_wide, opening

Kind = Literal["text", "page", "lines", "list", "archive", "gzip"]

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "save its text as a text file and give that"),
    (b"PK\x03\x04", "a zip archive or an office document", "unpack it, or save the document as text, and give that file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document", "save it as text and give that file"),
    (b"{\\rtf", "an RTF document", "save it as plain text and give that file"),
    (b"SQLite format 3\x00", "a database (perhaps a ledger)", "a ledger is named with --ledger"),
    (b"\x89PNG", "an image", "only text can be read"),
    (b"\xff\xd8\xff", "an image", "only text can be read"),
    (b"GIF8", "an image", "only text can be read"),
    (b"BM", "an image", "only text can be read"),
    (b"RIFF", "an image, a sound or a film", "only text can be read"),
    (b"ID3", "a sound", "only text can be read"),
    (b"OggS", "a sound or a film", "only text can be read"),
    (b"\x7fELF", "a program", "only text can be read"),
    (b"MZ", "a program", "only text can be read"),
    (b"BZh", "compressed (bzip2)", "unpack it first"),
    (b"\xfd7zXZ\x00", "compressed (xz)", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed (zstd)", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!", "a rar archive", "unpack it first"),
)
# These begin ordinary words too ("BMW", "MZ", "ID3"), so they count only where control characters follow.
_SHORT_MAGIC = frozenset((b"BM", b"RIFF", b"ID3", b"OggS", b"MZ", b"BZh", b"Rar!", b"GIF8"))
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r\x0c\x1b")
_PREAMBLE = r"(?:\s|<\?xml[^>]*\?>|<!--.*?-->|<\?xml-stylesheet[^>]*\?>|<!DOCTYPE\s+(?:rss|feed|rdf)[^>]*>)*"
_FEED = re.compile(_PREAMBLE + r"<(?:\w{1,20}:)?(?:rss|feed|RDF|opml|urlset|sitemapindex)[\s>]", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(_PREAMBLE + r"<(?:!DOCTYPE\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL)
_XML = re.compile(r"\s*<\?xml[\s]", re.IGNORECASE)
_MHTML = re.compile(r"\s*(?:From: <Saved by|MIME-Version:|Content-Type: multipart/related)", re.IGNORECASE)
_OBJECT = re.compile(r'\s*\{\s*"')
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_address(path: str) -> bool:
    """Whether this is an address on the web rather than a path."""
    return _ADDRESS.match(path) is not None


def kind(head: bytes, name: str) -> Kind:
    """Whether what begins so, under this name, is text, a page, JSON lines, a list, a web archive (gzipped or not), or something gzipped.

    A list is a feed, an OPML list or a sitemap.

    Raises:
        InputError: for what is no text at all, saying what it is.
    """
    suffix = name[name.rfind(".") :].casefold() if "." in name else ""
    if head.startswith(b"WARC/"):
        return "archive"
    if head.startswith(b"\x1f\x8b"):
        return "archive" if _unpacked(head).startswith(b"WARC/") else "gzip"
    if head[257:262] == b"ustar":
        raise InputError("this is a tar archive, not a text; unpack it and give its folder")
    _refuse_binary(head)
    text = opening(head)
    if _FEED.match(text):
        return "list"
    if _PAGE.match(text):
        return "page"
    if _MHTML.match(text) and suffix in (".mht", ".mhtml", ".eml"):
        raise InputError('this is a page or mail saved with its pictures; save it again as "HTML only" and give that file')
    if suffix in (".html", ".htm", ".xhtml"):
        return "page"
    if suffix in (".jsonl", ".ndjson"):
        return "lines"
    if _XML.match(text):
        raise InputError("this is XML, but neither a page nor a feed; give its text as a text file or JSON lines")
    return "lines" if _OBJECT.match(text) and (suffix not in (".txt", ".md", ".text") or '"text"' in text) else "text"


def _unpacked(head: bytes) -> bytes:
    """The first bytes of a gzip member; never more than a few, whatever it claims to hold."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 64)
    except zlib.error:
        return b""


def _refuse_binary(head: bytes) -> None:
    controls = len(head) - len(head.translate(None, _CONTROL))
    rich = controls > 8 and controls * 50 > len(head) and not is_wide(head)
    for magic, what, way_out in _MAGIC:
        if head.startswith(magic) and (rich or magic not in _SHORT_MAGIC):
            raise InputError(f"this is {what}, not a text; {way_out}")
    if rich:
        raise InputError("this is binary, not a text; only text, HTML pages and JSON lines can be read")
