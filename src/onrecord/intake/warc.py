"""Web archives (WARC), record by record, in constant memory; what is broken is said, and the next record found.

WARC/1.0 ⏎ WARC-Type: response ⏎ Content-Length: 5120 ⏎⏎   5,120 bytes   ⏎⏎ WARC/1.0 ⏎ …
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from collections.abc import Iterator
from typing import IO

from onrecord.intake.gzipped import MAGIC, Mark
from onrecord.intake.gzipped import pieces as unpacked
from onrecord.records import Record

BEGIN = b"WARC/"
MAX_RECORD = 12 * 1024**2
"""Bytes of a record that is looked at: a page and its headers; larger ones are passed over without being held."""
_MAX_HEADER = 64 * 1024
_READ = 64 * 1024
_BETWEEN = 9
"""Two line ends, and as many letters as a next record begins with."""
_WORD = re.compile(rb"[^\r\n]")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_START = re.compile(rb"(?:^|\n)(?=WARC/[01]\.\d+\r?\nWARC-[A-Z])")
_LENGTH = re.compile(rb"^content-length:\s*(\d{1,15})\s*$", re.IGNORECASE | re.MULTILINE)
_DIGEST = re.compile(rb"^warc-block-digest:\s*(sha1|sha-1|sha256|sha-256|md5):\s*([A-Za-z0-9+/=]+)\s*$", re.IGNORECASE | re.MULTILINE)


class Flaw(Record, frozen=True, kw_only=True):
    """A record that could not be had, and why."""

    reason: str
    broken: bool = True
    """False where it is whole, but too large."""


def records(stream: IO[bytes], head: bytes) -> Iterator[bytes | Flaw]:
    """Each record whole (header, block), and a flaw in the place of each that is not.

    Args:
        stream: an archive as it is, or with each record (or all of it) gzipped.
        head: what was read from it already.
    """
    if head.startswith(MAGIC[:2]):
        yield from _Records(unpacked(stream, head, BEGIN))
    else:
        yield from _Records(_plain(stream, head), _Places(stream, head) if stream.seekable() else None)


def _plain(stream: IO[bytes], head: bytes) -> Iterator[bytes | Mark]:
    while head:
        yield head
        head = stream.read(_READ)
    yield Mark.END


class _Places:
    """A file that can be looked into anywhere, from where the archive begins in it."""

    def __init__(self, stream: IO[bytes], head: bytes) -> None:
        self._stream = stream
        self._first = stream.tell() - len(head)
        self.size = stream.seek(0, io.SEEK_END) - self._first
        stream.seek(self._first + len(head))

    def at(self, place: int, size: int) -> bytes:
        """So many bytes at a place of the archive."""
        self._stream.seek(self._first + place)
        return self._stream.read(size)

    def since(self, place: int) -> Iterator[bytes | Mark]:
        """Everything from there on."""
        return _plain(self._stream, self.at(place, _READ))


class _Records:
    """The records in pieces of bytes. A record never goes on from one gzip member to the next."""

    def __init__(self, pieces: Iterator[bytes | Mark], places: _Places | None = None) -> None:
        self._pieces = pieces
        self._places = places
        self._at = 0
        """Where in the archive the data begins."""
        self._data = bytearray()
        self._mark: Mark | None = None
        """How the member ended that the data is the last of; None while more of it may come."""
        self._over = False

    def __iter__(self) -> Iterator[bytes | Flaw]:
        while not self._over:
            if self._blank():
                yield from self._ended()
            else:
                yield from self._record()

    def _fill(self, size: int) -> bool:
        """Whether there are so many bytes of this member."""
        while len(self._data) < size and self._mark is None:
            piece = next(self._pieces, None)
            if isinstance(piece, bytes):
                self._data += piece
            else:
                self._mark, self._over = piece or Mark.END, piece is None
        return len(self._data) >= size

    def _blank(self) -> bool:
        """Pass over line ends; whether nothing more of the member is left."""
        while self._fill(1):
            first = _WORD.search(self._data)
            self._drop(first.start() if first else len(self._data))
            if first:
                return False
        return True

    def _drop(self, size: int) -> None:
        del self._data[:size]
        self._at += size

    def _ended(self) -> Iterator[Flaw]:
        """Go on with the next member, saying what was wrong with this one."""
        if self._mark in _WORDS:
            yield Flaw(reason=_WORDS[self._mark])
        self._mark = None
        self._drop(len(self._data))

    def _record(self) -> Iterator[bytes | Flaw]:
        end = self._header()
        header = bytes(self._data[: end or 0])
        length = _LENGTH.search(header)
        if not end or length is None or b"\0" in header or not header.startswith(BEGIN):
            yield from self._flawed("no header that can be read")
            return
        size = end + int(length[1])
        if size > MAX_RECORD:
            yield from self._passed(size)
            return
        # A little more tells whether the record, and its member, end here and well.
        whole, more = self._fill(size), self._fill(size + _BETWEEN)
        right = _has_digest(header, self._data[end:size]) if whole else False
        if not whole or (self._mark in _WORDS and not more) or not (right or _is_between(self._data[size : size + _BETWEEN])):
            yield from self._flawed("another length than it says")
            return
        yield bytes(self._data[:size]) if right is not False else Flaw(reason="another digest than it says")
        self._drop(size)

    def _header(self) -> int | None:
        """Where the header ends."""
        size = 512
        while True:
            more = self._fill(size)
            found = _HEADER_END.search(self._data, 0, size)
            if found is not None or not more or size >= _MAX_HEADER:
                return found.end() if found else None
            size *= 2

    def _flawed(self, reason: str) -> Iterator[Flaw]:
        """Say so, and go to where the next record begins, be it inside what this one claimed."""
        if self._mark in _WORDS:
            self._data.clear()
            yield from self._ended()
            return
        yield Flaw(reason=reason)
        self._drop(1)
        while True:
            self._fill(_MAX_HEADER)
            found = _START.search(self._data)
            if found is not None or self._mark is not None:
                self._drop(found.end() if found else len(self._data))
                return
            self._drop(len(self._data) - 64)
            self._fill(len(self._data) + 1)

    def _passed(self, size: int) -> Iterator[Flaw]:
        """Pass over a record that is too large to be a page, without holding it."""
        if self._places is not None:
            if self._at + size > self._places.size or not _is_between(self._places.at(self._at + size, _BETWEEN)):
                self._go(self._at + len(self._data))
                yield from self._flawed("another length than it says")
                return
            self._data.clear()
            self._at += size
            self._go(self._at)
        elif not self._run(size):
            if self._mark not in _WORDS:
                yield Flaw(reason="another length than it says")
            return
        yield Flaw(reason="larger than any page", broken=False)

    def _go(self, place: int) -> None:
        """Have what comes after the data come from there."""
        assert self._places is not None
        self._pieces, self._mark, self._over = self._places.since(place), None, False

    def _run(self, size: int) -> bool:
        """Whether so many bytes of the member could be passed over."""
        while size > 0 and self._fill(1):
            step = min(size, len(self._data))
            self._drop(step)
            size -= step
        return size == 0


def _is_between(data: bytes | bytearray) -> bool:
    """Whether what follows a record is line ends, and then the next one or nothing."""
    behind = bytes(data).lstrip(b"\r\n")[: len(BEGIN)]
    return BEGIN.startswith(behind)


def _has_digest(header: bytes, block: bytearray) -> bool | None:
    """Whether the block has the digest that the header gives; None where it gives none that is known."""
    found = _DIGEST.search(header)
    if found is None:
        return None
    digest = hashlib.new(found[1].decode().lower().replace("-", ""), block, usedforsecurity=False).digest()
    told = found[2].rstrip(b"=")
    return told.lower() == binascii.hexlify(digest) or told.upper() == base64.b32encode(digest).rstrip(b"=")


_WORDS = {Mark.BROKEN: "damaged", Mark.CUT: "cut off", Mark.BOMB: "a decompression bomb"}
