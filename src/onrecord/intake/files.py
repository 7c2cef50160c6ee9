"""Paths as articles: each input opened, its kind told from how it begins, and read as that."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from onrecord.errors import InputError, NotYetError
from onrecord.intake import kinds, lines, page, plain
from onrecord.intake.given import Given
from onrecord.intake.problem import Problem
from onrecord.records import Article

STDIN = "-"
_CHUNK = 65536
_MAX_LINE = 2 * plain.MAX_BYTES


def articles(paths: Iterable[str], given: Given, stdin: IO[bytes] | None = None) -> Iterator[Article | Problem]:
    """The articles at the paths, in their order, and in their places the problems with those that are none.

    Args:
        paths: text files, HTML pages, JSON lines; ``-`` is standard input.
        given: what the caller states about all of them.
        stdin: standard input, where ``-`` may occur.
    """
    for path in paths:
        name = "standard input" if path == STDIN else path
        try:
            with _opened(path, stdin) as stream:
                yield from _read(stream, name, given)
        except InputError as error:
            yield Problem(source=name, message=str(error))
        except OSError as error:
            yield Problem(source=name, message=_trouble(error))


def _opened(path: str, stdin: IO[bytes] | None) -> IO[bytes]:
    if path == STDIN:
        # Closing standard input is its owner's business.
        return cast(IO[bytes], _Borrowed(stdin) if stdin is not None else io.BytesIO())
    if kinds.is_address(path):
        raise NotYetError("this is an address on the web; such are read " + kinds.LATER)
    if Path(path).is_dir():
        raise InputError(f"this is a directory; name its files, such as {os.path.join(path, '*.txt')}")
    return open(path, "rb")


def _read(stream: IO[bytes], name: str, given: Given) -> Iterator[Article | Problem]:
    head = _head(stream)
    kind = kinds.kind(head, name)
    if kind == "lines":
        yield from lines.articles(_lines(head, stream), name, given)
    elif kind == "page":
        yield from page.article(_whole(head, stream, page.MAX_BYTES, "page"), name, given)
    else:
        raw = _whole(head, stream, plain.MAX_BYTES, "text")
        article = plain.article(raw, given)
        charset = article.media.rpartition("=")[2]
        if not charset.startswith("utf"):
            yield Problem(source=name, message=f"it is not UTF-8 and was read as {charset}", lost=False)
        yield article


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
