"""Web archives made for tests, record by record."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterable

WHEN = "2024-05-29T06:00:00Z"
PAGE = """<html lang="en"><head><title>Gate {number} | Harbour Gazette</title><meta property="og:site_name" content="Harbour Gazette">
<meta property="article:published_time" content="2024-05-28T07:30:00+03:00"></head><body><article><h1>Gate {number}</h1>
<p>The chancellor, Marit Holm, said on Tuesday that Norland would open gate {number} if the talks succeeded. “We are ready,” she said.</p>
<p>Her deputy, Jürgen Brenner, added that nothing had been decided about it, and that it would not be decided soon.</p>
</article></body></html>"""


def page(number: int) -> bytes:
    return PAGE.format(number=number).encode()


def uri(number: int) -> str:
    return f"https://harbour.example/news/{number}"


def answer(body: bytes, *, status: str = "200 OK", media: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body


def record(
    block: bytes, *, kind: str = "response", uri: str | None = "https://harbour.example/news/0", length: int | None = None,
    digest: bool = True, more: str = "", when: str = WHEN,
) -> bytes:  # fmt: skip
    """One record with the two line ends after it; ``length`` lies about the block's."""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: {when}\r\n"
    head += f"WARC-Target-URI: {uri}\r\n" if uri else ""
    if digest:
        head += f"WARC-Block-Digest: sha1:{base64.b32encode(hashlib.sha1(block).digest()).decode()}\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\n{more}Content-Length: {len(block) if length is None else length}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def news(number: int, **values: object) -> bytes:
    """A record with a page of its own."""
    return record(answer(page(number)), uri=uri(number), **values)  # type: ignore[arg-type]


def gzipped(records: Iterable[bytes]) -> bytes:
    """Each record a member of its own, as archives have it."""
    return b"".join(gzip.compress(each, 6, mtime=0) for each in records)
