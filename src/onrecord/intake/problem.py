"""What went wrong with something that was given to read."""

from __future__ import annotations

from onrecord.records import Record


class Problem(Record, frozen=True, kw_only=True):
    """A sentence about one input, with its line where it has one; ``lost`` is whether an article was lost by it."""

    source: str
    message: str
    line: int | None = None
    lost: bool = True

    def __str__(self) -> str:
        """As a person reads it: ``news.jsonl, line 3: …``."""
        return f"{self.source}: {self.message}" if self.line is None else f"{self.source}, line {self.line}: {self.message}"


class Passed(Record, frozen=True, kw_only=True):
    """Something that was passed over, as part of the work: of what kind, and the article where it is held already."""

    source: str
    reason: str
    article: str | None = None
