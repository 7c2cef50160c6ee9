"""Paths as articles: each input opened, its kind told from how it begins, and read as that."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Protocol, cast

from onrecord.errors import InputError
from onrecord.intake import archive, folder, gzipped, kinds, lines, listing, page, plain
from onrecord.intake.given import Given
from onrecord.intake.problem import Passed, Problem
from onrecord.records import Article

STDIN = "-"
_CHUNK = 65536
_MAX_LINE = 2 * plain.MAX_BYTES


class Web(Protocol):
    """The way to addresses; :class:`onrecord.intake.web.reading.Web` is the one that asks them."""

    def articles(self, address: str, given: Given) -> Iterator[Article | Problem | Passed]:
        """The articles at the address."""

    def listed(self, raw: bytes, name: str, given: Given) -> Iterator[Article | Problem | Passed]:
        """The articles that a feed, an OPML list or a sitemap names."""


class Watch:
    """What somebody who waits may want to know and say meanwhile."""

    def opened(self, name: str, stream: IO[bytes] | None) -> None:
        """An input was opened; what is read of it comes from this stream, where it is no address."""

    def known(self, digest: str, address: str, cutter: str) -> str | None:
        """The article that was cut from bytes of this digest, fetched at this address, by this cutter, and read; see archive.Known."""
        return None


def articles(
    paths: Iterable[str], given: Given, stdin: IO[bytes] | None = None, web: Web | None = None, *, watch: Watch | None = None
) -> Iterator[Article | Problem | Passed]:
    """The articles at the paths, in their order, and in their places the problems with those that are none.

    Args:
        paths: text files, HTML pages, JSON lines, web archives, all of them gzipped or not; feeds and lists; folders; ``-`` is standard
            input; addresses, where there is a web.
        given: what the caller states about all of them.
        stdin: standard input, where ``-`` may occur.
        web: the way to addresses.
        watch: told what is opened, and asked what is known.
    """
    watch = watch or Watch()
    for path in paths:
        if path != STDIN and not kinds.is_address(path) and Path(path).is_dir():
            yield from folder.articles(path, lambda each: _at(each, each, given, None, None, watch, inside=True))
        else:
            yield from _at(path, "standard input" if path == STDIN else path, given, stdin, web, watch)


def _at(
    path: str, name: str, given: Given, stdin: IO[bytes] | None, web: Web | None, watch: Watch, *, inside: bool = False
) -> Iterator[Article | Problem | Passed]:
    try:
        if kinds.is_address(path):
            watch.opened(name, None)
            yield from _asked(web).articles(path, given)
            return
        with _opened(path, stdin) as stream:
            watch.opened(name, stream)
            head = _head(stream)
            try:
                kind = kinds.kind(head, name)
            except InputError:
                if not inside:
                    raise
                kind = "list"
            if inside and kind == "list":
                # In a folder there may be anything, and nothing in it is a wish to ask the web.
                yield Passed(source=name, reason=folder.OTHER)
                return
            yield from _read(stream, head, kind, name, given, watch, web)
    except InputError as error:
        yield Problem(source=name, message=str(error))
    except OSError as error:
        yield Problem(source=name, message=_trouble(error))


def _opened(path: str, stdin: IO[bytes] | None) -> IO[bytes]:
    if path == STDIN:
        # Closing standard input is its owner's business.
        return cast(IO[bytes], _Borrowed(stdin) if stdin is not None else io.BytesIO())
    return open(path, "rb")


def _asked(web: Web | None) -> Web:
    if web is None:
        raise InputError("this is, or names, addresses on the web, and no way there was given; onrecord add has one")
    return web


def _read(
    stream: IO[bytes], head: bytes, kind: kinds.Kind, name: str, given: Given, watch: Watch, web: Web | None = None
) -> Iterator[Article | Problem | Passed]:
    if kind == "archive":
        yield from archive.articles(stream, head, name, given, watch.known)
    elif kind == "gzip":
        yield from _unpacked(stream, head, name, given, watch, web)
    elif kind == "lines":
        yield from lines.articles(_lines(head, stream), name, given)
    elif kind == "page":
        yield from page.article(_whole(head, stream, page.MAX_BYTES, "page"), name, given)
    elif kind == "list":
        yield from _asked(web).listed(_whole(head, stream, listing.MAX_BYTES, "feed or list"), name, given)
    else:
        raw = _whole(head, stream, plain.MAX_BYTES, "text")
        article = plain.article(raw, given)
        charset = article.media.rpartition("=")[2]
        if not charset.startswith("utf"):
            yield Problem(source=name, message=f"it is not UTF-8 and was read as {charset}", lost=False)
        yield article


def _unpacked(
    stream: IO[bytes], head: bytes, name: str, given: Given, watch: Watch, web: Web | None
) -> Iterator[Article | Problem | Passed]:
    unpacked = gzipped.Unpacked(stream, head)
    inner = io.BufferedReader(unpacked, _CHUNK)
    begin = _head(inner)
    if not begin:
        unpacked.check()
    kind = kinds.kind(begin, name.removesuffix(".gz"))
    if kind == "gzip" or (kind == "archive" and begin.startswith(gzipped.MAGIC[:2])):
        raise InputError("this is compressed (gzip) more than once; unpack it first, with gunzip")
    if kind == "lines":
        yield from _read(inner, begin, kind, name, given, watch)
        unpacked.check()
        return
    # Half a text is none.
    content = _whole(begin, inner, plain.MAX_BYTES, kind)
    unpacked.check()
    yield from _read(cast(IO[bytes], io.BytesIO()), content, kind, name, given, watch, web)


def _head(stream: IO[bytes]) -> bytes:
    """How the input begins: enough to tell its kind by, and no more than has to be waited for where it comes from a pipe."""
    head = b""
    while len(head) < _CHUNK and (len(head) < 512 or b"\n" not in head.lstrip()):
        chunk = stream.read1(_CHUNK - len(head)) if hasattr(stream, "read1") else stream.read(_CHUNK - len(head))
        if not chunk:
            break
        head += chunk
    return head


def _whole(head: bytes, stream: IO[bytes], limit: int, what: str) -> bytes:
    raw = head + stream.read(max(0, limit + 1 - len(head)))
    if len(raw) > limit:
        raise InputError(f"a single {what} may have {limit // 1024**2} MB, this has more; split it, or give its articles as JSON lines")
    return raw


def _lines(head: bytes, stream: IO[bytes]) -> Iterator[bytes | None]:
    """The lines, however long the input; None for one that is too long, the rest of which is passed over."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("JSON lines are UTF-8, this is UTF-16; save it as UTF-8")
    pieces: list[bytes] = []
    size = 0
    chunk = head
    while chunk:
        first, *others = chunk.split(b"\n")
        pieces.append(first)
        size += len(first)
        for other in others:
            yield b"".join(pieces) if size <= _MAX_LINE else None
            pieces, size = [other], len(other)
        if size > _MAX_LINE:
            pieces = []
        chunk = stream.read1(_CHUNK) if hasattr(stream, "read1") else stream.read(_CHUNK)
    if size:
        yield b"".join(pieces) if size <= _MAX_LINE else None


def _trouble(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "it may not be read by you; check its permissions"
    return f"it cannot be read ({(error.strerror or str(error)).casefold()})"


class _Borrowed(io.BufferedIOBase):
    """A stream of somebody else's, read but never closed."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """As much as asked for, waiting for it."""
        return self._stream.read(-1 if size is None else size)

    def read1(self, size: int = -1, /) -> bytes:
        """As much as is there."""
        read1 = getattr(self._stream, "read1", self._stream.read)
        return bytes(read1(size))
