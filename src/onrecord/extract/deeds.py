"""Deeds: one event each while rules work on it, before it becomes a record."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.records import EventType, Extent, Mode, Record, TimeExpression

FOUND = "rule/codebook-1"
"""The rule that finds an event without the reader."""
TYPED = "rule/event-type-1"
"""The rule that gives an event another type than the reader's."""


class Deed(Record, frozen=True, kw_only=True):
    """An event in extents, before it becomes a record."""

    trigger: Extent
    type: EventType
    mode: Mode
    actor: Extent | None
    recipient: Extent | None
    places: tuple[Extent, ...]
    times: tuple[TimeExpression, ...]
    confidence: float
    chances: Mapping[str, float] = {}
    rules: tuple[str, ...] = ()
