"""The sample newsroom: five invented happenings, each told by six invented outlets (text: CC BY 4.0)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from onrecord.records import article


def path() -> Path:
    """The sample newsroom's thirty articles as JSON lines, in the order of their publication."""
    return Path(__file__).with_name("newsroom.jsonl")


@cache
def marks() -> frozenset[str]:
    """By what its articles are told from all others: the ids of their documents, and the digests of their texts."""
    found: set[str] = set()
    for line in path().read_bytes().splitlines():
        fields = msgspec.json.decode(line)
        known = article(fields["text"], caller=fields["id"], outlet=fields["outlet"], url=fields.get("url"))
        found.update((known.document, known.text_sha256))
    return frozenset(found)
