"""Web archives as articles: the pages among their records; what is no page is passed over and counted."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import Message
from typing import IO, Any

from onrecord import records
from onrecord.errors import InputError
from onrecord.intake import address, kinds, page, plain, warc
from onrecord.intake.came import Came
from onrecord.intake.encoding import clean, decoded
from onrecord.intake.given import Given
from onrecord.intake.problem import Passed, Problem
from onrecord.records import Article

Known = Callable[[str, str, str], str | None]
"""The article that was cut from bytes of this digest, fetched at this address, by this cutter, and read; None where none was."""

CUT_OFF = "page cut off when it was fetched"
_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_TEXTS = frozenset(("text/plain",))
_PLAIN = frozenset(("", "identity", "none", "gzip", "x-gzip", "deflate"))
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z")


class _NoPage(Exception):  # noqa: N818
    """The record is whole and no page; its text says what it is instead."""


def articles(stream: IO[bytes], head: bytes, source: str, given: Given, known: Known | None = None) -> Iterator[Article | Problem | Passed]:
    """The articles of the archive, in its order, and in their places what was passed over; at the end, what was broken.

    Args:
        stream: the archive, gzipped or not.
        head: what was read from it already.
        source: what to call it.
        given: what the caller states about all of them.
        known: asked before a page is cut, so that adding an archive again takes little time.
    """
    broken: Counter[str] = Counter()
    whole = 0
    for each in warc.records(stream, head):
        if isinstance(each, warc.Flaw):
            if each.broken:
                broken[each.reason] += 1
            yield Passed(source=source, reason=f"broken record ({each.reason})" if each.broken else f"record {each.reason}")
            continue
        whole += 1
        try:
            yield from _articles(each, source, given, known)
        except _NoPage as reason:
            yield Passed(source=source, reason=str(reason))
        except InputError as error:
            yield Passed(source=source, reason=f"page that cannot be read ({re.sub(r'[0-9][0-9,.]*', 'many', str(error))})")
    if broken:
        yield Problem(source=source, message=_damage(broken, whole))


def _damage(broken: Counter[str], whole: int) -> str:
    total = broken.total()
    what = ", ".join(f"{count:,} {reason}" for reason, count in broken.most_common())
    return f"{total:,} {'record is' if total == 1 else 'records are'} broken and left out ({what}); {whole:,} were whole"


def _articles(record: bytes, source: str, given: Given, known: Known | None) -> Iterator[Article | Passed]:
    headers, http, body = _parsed(record)
    kind = (headers.get_header("WARC-Type") or "").strip().lower()
    uri = (headers.get_header("WARC-Target-URI") or "").strip().strip("<>")
    _check(kind, uri, http)
    media, charset = _media(http.get_header("Content-Type") if http else headers.get_header("Content-Type"))
    raw = _body(body, http)
    is_page = _is_page(media, raw, uri)
    came = Came(address=uri, at=_time(headers.get_header("WARC-Date")), charset=charset)
    cutter = page.cutter() if is_page else plain.CUTTER
    if known and not (given.published or given.outlet) and (held := known(hashlib.sha256(raw).hexdigest(), uri, cutter)):
        yield Passed(source=source, reason="already held", article=held)
        return
    cut_off = bool(headers.get_header("WARC-Truncated"))
    for each in page.article(raw, f"{source}, {uri}", given, came) if is_page else _text(raw, given, came):
        if isinstance(each, Problem):
            # What is odd about one page of thousands is counted with its article, not said.
            continue
        if not each.text.strip():
            raise _NoPage("page without a text")
        if cut_off:
            each.skipped[CUT_OFF] = 1
        yield each


def _parsed(record: bytes) -> tuple[Any, Any, Any]:
    """Headers of the record and of the answer in it (None where there is none), and its body without transfer and content encoding."""
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.recordloader import ArcWarcRecordLoader
    from warcio.statusandheaders import StatusAndHeadersParserException

    try:
        parsed = ArcWarcRecordLoader().parse_record_stream(io.BytesIO(record), known_format="warc")
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, IndexError, AttributeError, TypeError) as error:
        raise _NoPage("record with an answer that cannot be read") from error
    return parsed.rec_headers, parsed.http_headers, parsed


def _check(kind: str, uri: str, http: Any) -> None:
    """Raise _NoPage for what no page can be in."""
    if kind == "revisit":
        raise _NoPage("page seen again (revisit)")
    if kind == "conversion":
        raise _NoPage("text converted by others")
    if kind not in ("response", "resource"):
        raise _NoPage("record about the archive or a request")
    where = address.tidy(uri)
    if where is None:
        raise _NoPage("record without an address on the web")
    if re.search(r"//[^/]+/(?:robots|ads|app-ads|security|humans)\.txt$", where):
        raise _NoPage("robots.txt or the like")
    if kind == "response" and http is None:
        raise _NoPage("record with an answer that cannot be read")
    status = (http.get_statuscode() or "").strip() if http else "200"
    if status != "200":
        raise _NoPage("answer other than 200")


def _media(value: str | None) -> tuple[str, str | None]:
    """Type and charset that a header of Content-Type names."""
    message = Message()
    message["Content-Type"] = re.sub(r"[\r\n]+", " ", value or "")[:200]
    charset = message.get_param("charset")
    return (message.get_content_type() if value else ""), charset[:40] if isinstance(charset, str) else None


def _body(parsed: Any, http: Any) -> bytes:
    encoding = ((http.get_header("Content-Encoding") if http else None) or "").strip().lower()
    if encoding not in _PLAIN:
        raise _NoPage("page in an encoding that is not read" if re.fullmatch(r"[\w\-, ]{1,20}", encoding) else "page in no encoding")
    try:
        body: bytes = parsed.content_stream().read(page.MAX_BYTES + 1)
    except (zlib.error, ValueError, EOFError, OSError) as error:
        raise _NoPage("page whose encoding is broken") from error
    if len(body) > page.MAX_BYTES:
        raise _NoPage("page too large")
    if not body.strip():
        raise _NoPage("empty answer")
    return body


def _is_page(media: str, raw: bytes, uri: str) -> bool:
    """Whether it is a page (else a text), by its type and its first bytes; raises _NoPage where it is neither."""
    try:
        seen = kinds.kind(raw[:4096], "")
    except InputError as error:
        raise _NoPage("neither a page nor a text") from error
    if (media in _PAGES and seen in ("page", "text")) or (seen == "page" and media in ("", "text/plain", "application/octet-stream")):
        return True
    if media in _TEXTS and seen == "text":
        return False
    raise _NoPage("neither a page nor a text")


def _text(raw: bytes, given: Given, came: Came) -> Iterator[Article]:
    text, charset = decoded(raw, header=came.charset)
    text, _ = clean(text)
    language, skipped = plain.judged(text, None, text.count("\ufffd"))
    url = address.tidy(came.address)
    yield records.article(
        text, outlet=given.outlet or address.host(url), url=url, language=language, published=given.published,
        basis="given" if given.published else "unknown", raw=raw, media=f"text/plain; charset={charset}", cutter=plain.CUTTER,
        skipped=skipped, fetched=came.at, fetched_from=came.address,
    )  # fmt: skip


def _time(value: str | None) -> str | None:
    """When it was fetched, as an ISO time with its offset; None where it is no time that there is."""
    found = _TIME.fullmatch((value or "").strip())
    try:
        return datetime.datetime.fromisoformat(f"{found[1]}+00:00").isoformat() if found else None
    except ValueError:
        return None
