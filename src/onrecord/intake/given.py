"""What the caller says about everything that is read: it beats what an input says of itself."""

from __future__ import annotations

import datetime

from onrecord.records import Record


class Given(Record, frozen=True, kw_only=True):
    """Day of publication (in ISO form) and outlet as stated by the caller; nothing is published after today (None: any day will do)."""

    published: str | None = None
    outlet: str | None = None
    today: datetime.date | None = None
