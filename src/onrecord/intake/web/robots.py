"""What a host's robots.txt asks of us."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from onrecord.intake.web.addresses import Address
from onrecord.intake.web.trouble import WebError
from onrecord.records import Record

if TYPE_CHECKING:
    from protego import Protego

MAX_BYTES = 512 * 1024
"""What is read of it; the rest of a longer one is passed over (RFC 9309 asks for 500 KiB)."""
DAY = 86400.0
SOON = 600.0
"""After so many seconds a robots.txt that could not be had is asked for again."""
_HOSTS = 1000


class _Known(Record, frozen=True, kw_only=True):
    """The rules of a host until some moment; without rules the reason why it may not be asked."""

    until: float
    rules: Protego | None = None
    trouble: str | None = None


class Robots:
    """The rules of hosts, each asked for once a day."""

    def __init__(self, fetch: Callable[[Address], bytes], agent: str, clock: Callable[[], float]) -> None:
        """Get a robots.txt so, look in it for this agent, and tell time by this clock (seconds)."""
        self._fetch = fetch
        self._agent = agent
        self._clock = clock
        self._known: OrderedDict[str, _Known] = OrderedDict()

    def delay(self, address: Address) -> float | None:
        """The seconds between two visits that the host asks for, None where it asks for none.

        Raises:
            WebError: where it asks us not to read this address, or its rules cannot be had now.
        """
        known = self._of(address)
        if known.trouble is not None:
            raise WebError(known.trouble, retry_after=max(0.0, known.until - self._clock()))
        if known.rules is None:
            return None
        if not known.rules.can_fetch(str(address), self._agent):
            raise WebError(f"the robots.txt of {address.host} asks us not to read this address; save the page as a file", lasting=True)
        return known.rules.crawl_delay(self._agent)

    def _of(self, address: Address) -> _Known:
        held = self._known.get(address.origin)
        if held is None or held.until <= self._clock():
            held = self._known[address.origin] = self._asked(address)
            if len(self._known) > _HOSTS:
                self._known.popitem(last=False)
        return held

    def _asked(self, address: Address) -> _Known:
        """RFC 9309: where there is none all may be read; where a host cannot say, nothing may be."""
        import protego  # 20 ms, and only the web needs it

        try:
            body = self._fetch(Address(scheme=address.scheme, host=address.host, port=address.port, target="/robots.txt"))
        except WebError as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return _Known(until=self._clock() + DAY)
            if error.status is None:
                # The host itself cannot be asked, or must not be: that says more than its rules.
                raise
            trouble = f"the robots.txt of {address.host} cannot be had now ({error.status}), so nothing is read there; try again later"
            return _Known(until=self._clock() + max(SOON, error.retry_after or 0.0), trouble=trouble)
        return _Known(until=self._clock() + DAY, rules=protego.Protego.parse(body.decode("utf-8", "replace")))
