"""Records to JSON and back: the one place where JSON becomes records."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from onrecord.records import Extraction

T = TypeVar("T")

_encoder = msgspec.json.Encoder()
_extraction = msgspec.json.Decoder(Extraction)


def encode(record: Any) -> bytes:
    """The record as one line of UTF-8 JSON, fields in the contract's order."""
    return _encoder.encode(record)


def decode_extraction(line: bytes | str) -> Extraction:
    """One line of ``extract --jsonl`` as a record.

    Raises:
        msgspec.ValidationError: naming the bad place, such as ``$.statements[0].id``.
    """
    return _extraction.decode(line)


def decode(data: bytes | str, type_: type[T]) -> T:
    """The JSON as a record of that type; raises msgspec.ValidationError that names the bad place."""
    return msgspec.json.decode(data, type=type_)
