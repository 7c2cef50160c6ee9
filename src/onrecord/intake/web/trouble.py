"""What can go wrong with an address."""

from __future__ import annotations

from onrecord.errors import InputError


class WebError(InputError):
    """An address cannot be read.

    Attributes:
        lasting: whether asking again later is of no use.
        status: what the server answered with, where it answered.
        retry_after: for how many seconds it asks to be left alone.
    """

    def __init__(self, message: str, *, lasting: bool = False, status: int | None = None, retry_after: float | None = None) -> None:
        """Say what is wrong, and whether it will pass."""
        super().__init__(message)
        self.lasting = lasting
        self.status = status
        self.retry_after = retry_after
