"""gzip files, member by member, never unpacking more at once than a piece, and never on and on for a few bytes."""

from __future__ import annotations

import io
import zlib
from collections.abc import Generator, Iterator
from enum import Enum
from typing import IO

from onrecord.errors import InputError

MAGIC = b"\x1f\x8b\x08"
_PIECE = 256 * 1024
_READ = 64 * 1024
_HELD = 8 * 1024**2
"""Packed bytes of a member that are kept, to look in for the next one where this one turns out damaged."""
_AGAIN = 256 * 1024**2
"""So many bytes are read again over a file; one that is damaged everywhere, and so on purpose, gets no more."""
_TRIES = 50_000
"""Places tried as the beginning of the next member."""
_FREE = 32 * 1024**2
_RATIO = 200
"""Text packs to a tenth, markup to a fortieth; what gives more than this for its bytes, and much of it, is made to harm."""


class Mark(Enum):
    """What lies between the pieces of two members."""

    END = "whole"
    BROKEN = "damaged"
    CUT = "cut off"
    BOMB = "a decompression bomb"


def pieces(stream: IO[bytes], head: bytes, begins: bytes) -> Iterator[bytes | Mark]:
    """What the members hold, in pieces, with a mark after each member; after a damaged one it goes on with the next.

    Args:
        head: what was read from the stream already.
        begins: how the content of a member begins, so that a next one is known after damage.
    """
    rest = head
    again = 0
    while rest or (rest := stream.read(_READ)):
        kept = bytearray()
        mark, rest = yield from _member(stream, rest, kept)
        yield mark
        if mark is not Mark.END:
            # A damaged member may have been read on into the next ones; of a bomb, what was read is known to be its own.
            again += len(kept)
            behind = rest if mark is Mark.BOMB or again > _AGAIN else (bytes(kept) + rest)[1:]
            rest = _next(stream, behind, begins)


def _member(stream: IO[bytes], rest: bytes, kept: bytearray) -> Generator[bytes, None, tuple[Mark, bytes]]:
    """Yields the member's pieces; returns how it ended, and the packed bytes after it."""
    unpacker = zlib.decompressobj(wbits=31)
    taken = given = 0
    full = False
    while not unpacker.eof:
        if not rest and not full and not (rest := stream.read(_READ)):
            return Mark.CUT, b""
        try:
            piece = unpacker.decompress(rest, _PIECE)
        except zlib.error:
            return Mark.BROKEN, rest
        used = len(rest) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
        kept += rest[:used]
        del kept[: max(0, len(kept) - _HELD)]
        taken, given = taken + used, given + len(piece)
        rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        full = len(piece) == _PIECE
        if given > _FREE and given > _RATIO * taken:
            return Mark.BOMB, rest
        if piece:
            yield piece
    return Mark.END, rest


def _next(stream: IO[bytes], data: bytes, begins: bytes) -> bytes:
    """The packed bytes from the next member on; none where there is none."""
    tries = 0
    while tries < _TRIES:
        at = data.find(MAGIC)
        while at >= 0:
            if len(data) - at < _READ and (more := stream.read(_READ)):
                data += more
                continue
            if _starts(data[at : at + 4096], begins):
                return data[at:]
            tries += 1
            at = data.find(MAGIC, at + 1) if tries < _TRIES else -1
        if not (more := stream.read(_READ)):
            break
        data = data[-2:] + more
    return b""


def _starts(packed: bytes, begins: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, len(begins)) == begins
    except zlib.error:
        return False


class Unpacked(io.RawIOBase):
    """The content of a gzip file as a stream, up to its end or damage; ``check`` raises where it was not the end."""

    def __init__(self, stream: IO[bytes], head: bytes) -> None:
        """Unpack the stream, of which ``head`` was read already."""
        self._pieces = pieces(stream, head, MAGIC)
        self._rest = b""
        self._trouble: Mark | None = None

    def check(self) -> None:
        """Raise InputError where it broke off."""
        if self._trouble is not None:
            raise InputError(f"this is compressed (gzip) and {self._trouble.value}; {_WAY_OUT[self._trouble]}")

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As much as is there."""
        while not self._rest and self._trouble is None:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            if piece is Mark.END:
                continue
            if isinstance(piece, Mark):
                self._trouble = piece
            else:
                self._rest = piece
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


_WAY_OUT = {
    Mark.BROKEN: "get the file again",
    Mark.CUT: "get the file again",
    Mark.BOMB: f"it holds more than {_RATIO} bytes for each of its own; unpack it and give what it holds",
}
