"""One address fetched: redirects followed and checked one by one, the answer bounded in size, in time and in what it unpacks to."""

from __future__ import annotations

import datetime
import email.utils
import http.client
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import urllib3

from onrecord.intake.web.addresses import Address, parsed
from onrecord.intake.web.line import Guard, Line
from onrecord.intake.web.trouble import WebError
from onrecord.records import Record

if TYPE_CHECKING:
    from urllib3.response import HTTPResponse

REDIRECTS = 8
SECONDS = 60.0
"""How long one answer may take altogether, redirects included."""
_CHUNK = 65536
_TAG = 300
"""Longest ETag that is sent back."""
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
_MOVED = (301, 302, 303, 307, 308)
_CONDITIONS = frozenset(("If-None-Match", "If-Modified-Since"))
_SAME, _PART, _BUSY = 304, 206, (408, 425, 429)
_LONGEST_WAIT = 7 * 86400.0
_TROUBLE = (OSError, urllib3.exceptions.HTTPError, http.client.HTTPException, ValueError)


class Answer(Record, frozen=True, kw_only=True):
    """What came back: the address that gave it in the end, its bytes unpacked; ``same`` where nothing has changed since."""

    address: Address
    body: bytes
    media: str
    at: str
    """When it came: an ISO time in UTC."""
    same: bool = False
    cut: bool = False
    etag: str | None = None
    modified: str | None = None
    fresh: float | None = None
    """For how many seconds it says to be current (Cache-Control: max-age)."""


Admit = Callable[[Address], None]


class Fetcher:
    """Fetches addresses, one at a time. No proxy is used, none from the environment either, and nothing is remembered of a visit."""

    def __init__(self, guard: Guard, agent: str, *, seconds: float = SECONDS) -> None:
        """Ask as this agent."""
        self.guard = guard
        self.agent = agent
        self._seconds = seconds
        self._line: Line | None = None
        self._stopped = False

    def stop(self) -> None:
        """Cut the line in use and fetch nothing any more; may be called from a signal's handler."""
        self._stopped = True
        if self._line is not None:
            self._line.cut()

    def get(
        self,
        address: Address,
        *,
        limit: int,
        admit: Admit | None = None,
        etag: str | None = None,
        modified: str | None = None,
        cut: bool = False,
    ) -> Answer:
        """The answer to this address.

        Args:
            limit: how many bytes it may have, packed and unpacked.
            admit: is called before each address is asked, the redirects' too, and raises where it must not be; its time is not counted.
            etag: what the last answer called itself, so that the same one is not sent again.
            modified: likewise, when it was last changed.
            cut: take the beginning of what is longer than the limit, rather than refuse it.

        Raises:
            WebError: refused, not reached, too slow, too large, or answered with an error.
        """
        left = self._seconds
        for _ in range(REDIRECTS + 1):
            if admit is not None:
                admit(address)
            begun = time.monotonic()
            answer = self._hop(address, begun + left, self._headers(etag, modified), limit, cut)
            if isinstance(answer, Answer):
                return answer
            left -= time.monotonic() - begun
            address = answer
        raise WebError(f"it redirects more than {REDIRECTS} times; ask the address at which it ends", lasting=True)

    def _headers(self, etag: str | None, modified: str | None) -> dict[str, str]:
        headers = {"User-Agent": self.agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate", "Connection": "close"}
        headers |= {"If-None-Match": etag} if etag else {}
        return headers | ({"If-Modified-Since": modified} if modified else {})

    def _hop(self, address: Address, until: float, headers: dict[str, str], limit: int, cut: bool) -> Answer | Address:
        """The answer, or the address to which it redirects."""
        if self._stopped:
            raise WebError("stopped before it was asked")
        left = until - time.monotonic()
        if left <= 0:
            raise _slow(address, self._seconds)
        line = self._line = self.guard.line(address, until)
        alarm = threading.Timer(left, line.cut)
        alarm.daemon = True
        alarm.start()
        try:
            line.request("GET", address.target, headers=headers, preload_content=False, decode_content=False)
            response = line.getresponse()
            if line.was_cut:
                raise TimeoutError  # a head that was cut off looks whole to http.client
            return self._read(address, response, limit, cut, not _CONDITIONS.isdisjoint(headers))
        except WebError:
            raise
        except _TROUBLE as error:
            raise self._explained(address, line, error) from error
        finally:
            alarm.cancel()
            line.hang_up()
            self._line = None

    def _read(self, address: Address, response: HTTPResponse, limit: int, cut: bool, conditional: bool) -> Answer | Address:
        headers, status = response.headers, response.status
        at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        if status in _MOVED and (to := headers.get("Location")):
            return _redirected(address, to)
        if status == _SAME and conditional:
            return Answer(address=address, body=b"", media="", at=at, same=True, fresh=_fresh(headers.get("Cache-Control")))
        if not 200 <= status < 300 or status == _PART:
            raise _error(address, status, headers.get("Retry-After"))
        body = b"".join(_pieces(response, headers.get("Content-Encoding"), limit, cut))
        if self._line is not None and self._line.was_cut:
            raise TimeoutError  # what was cut may look whole
        return Answer(
            address=address, body=body[:limit], media=headers.get("Content-Type", "")[:100].casefold(), at=at, cut=len(body) > limit,
            etag=_plain(headers.get("ETag")), modified=_plain(headers.get("Last-Modified")), fresh=_fresh(headers.get("Cache-Control")),
        )  # fmt: skip

    def _explained(self, address: Address, line: Line, error: Exception) -> WebError:
        """What went wrong on the way, in words."""
        if self._stopped:
            return WebError("stopped while it was fetched")
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLCertVerificationError):
                why = f"the certificate of {address.host} does not prove that it is {address.host} ({cause.verify_message.rstrip('.')})"
                return WebError(f"{why}; nothing is read from it", lasting=True)
            cause = cause.__cause__ or cause.__context__
        if line.was_cut:
            return _slow(address, self._seconds)
        if line.handle is None:
            return WebError(f"{address.host} cannot be reached at port {address.port}; see the address, or try again later")
        if isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError):
            return WebError(f"{address.host} fell silent; try again later")
        return WebError(f"{address.host} broke off, or gave no answer that could be understood; try again later")


def _redirected(address: Address, to: str) -> Address:
    try:
        # Headers come as Latin-1, and some hold UTF-8.
        there = parsed(to.encode("latin-1", "ignore").decode("utf-8", "replace").partition("#")[0].replace(" ", "%20"), address)
    except WebError as error:
        raise WebError(f"it redirects to an address that is not asked: {error}", lasting=True) from error
    if address.scheme == "https" and there.scheme == "http":
        # On the way back to http anybody may put in words of their own.
        raise WebError(f"it redirects from https to http; give {there} itself if that is meant", lasting=True)
    return there


def _pieces(response: HTTPResponse, encoding: str | None, limit: int, cut: bool) -> Iterator[bytes]:
    """The body, unpacked; never more than a piece over the limit, whatever it claims to hold."""
    unpack = _unpacker((encoding or "identity").strip().casefold())
    taken = given = 0
    while taken <= limit and given <= limit:
        packed = response.read(_CHUNK, decode_content=False)
        if not packed:
            return
        taken += len(packed)
        for piece in unpack(packed, limit + 1):
            given += len(piece)
            yield piece
            if given > limit:
                break
    if not cut:
        raise WebError(f"it has more than {limit / 1024**2:.0f} MB, unpacked; so much is not read from one address", lasting=True)


def _unpacker(encoding: str) -> Callable[[bytes, int], Iterator[bytes]]:
    """How bytes in this encoding are unpacked, a piece at a time."""
    if encoding == "identity":
        return lambda packed, most: iter((packed,))
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise WebError(f"its answer is packed as {encoding[:30]}, which was not asked for; nothing is read", lasting=True)
    # Both of zlib's own forms are found in the wild under the name of deflate.
    bits = [31] if encoding != "deflate" else [15, -15]
    machine = zlib.decompressobj(bits.pop(0))

    def unpack(packed: bytes, most: int) -> Iterator[bytes]:
        nonlocal machine
        while packed:
            try:
                piece = machine.decompress(packed, min(most, 4 * _CHUNK))
            except zlib.error as error:
                if not bits:
                    raise WebError("its answer is packed, but broken; try again later") from error
                machine = zlib.decompressobj(bits.pop(0))
                continue
            bits.clear()
            yield piece
            packed = machine.unconsumed_tail

    return unpack


def _error(address: Address, status: int, retry_after: str | None) -> WebError:
    if status in _BUSY or status >= 500:
        wait = _seconds(retry_after)
        return WebError(f"{address.host} answers that it cannot now ({status}); try again later", status=status, retry_after=wait)
    reasons = {401: "it has to be signed in for", 402: "it has to be paid for", 403: "it is not given to us", 404: "it is not there", 410: "it is gone"}  # fmt: skip  # noqa: E501
    why = reasons.get(status, "it is refused")
    return WebError(
        f"{address.host} answers that {why} ({status}); see the address, or save the page as a file", lasting=True, status=status
    )


def _seconds(value: str | None) -> float | None:
    """How long to wait, as a number of seconds or a date says it."""
    if not value:
        return None
    if value.strip().isdecimal() and len(value) < 10:
        return min(float(value), _LONGEST_WAIT)
    try:
        moment = email.utils.parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(0.0, moment - time.time()), _LONGEST_WAIT)


def _fresh(value: str | None) -> float | None:
    for part in (value or "")[:200].split(","):
        name, _, number = part.strip().partition("=")
        if name.casefold() == "max-age" and number.isdecimal() and len(number) < 10:
            return min(float(number), _LONGEST_WAIT)
    return None


def _plain(value: str | None) -> str | None:
    """A header's value that can be sent back as it is."""
    return value if value and len(value) <= _TAG and value.isascii() and value.isprintable() else None


def _slow(address: Address, seconds: float) -> WebError:
    return WebError(f"{address.host} did not answer in {seconds:.0f} seconds; try again later")
