"""The sample newsroom: five invented happenings, each told by six invented outlets (text: CC BY 4.0)."""

from __future__ import annotations

from pathlib import Path


def path() -> Path:
    """The sample newsroom's thirty articles as JSON lines, in the order of their publication."""
    return Path(__file__).with_name("newsroom.jsonl")
