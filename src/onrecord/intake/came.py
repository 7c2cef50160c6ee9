"""How some bytes came from the web, where they did."""

from __future__ import annotations

from onrecord.records import Record


class Came(Record, frozen=True, kw_only=True):
    """Where and when bytes were fetched (an ISO time with its offset), and the charset that their header names."""

    address: str
    at: str | None = None
    charset: str | None = None
