"""Visits to hosts: as each one's robots.txt asks, with a pause between two, and none for a while to one that does not answer."""

from __future__ import annotations

import time
from collections.abc import Callable

from onrecord.intake.web import robots
from onrecord.intake.web.addresses import Address
from onrecord.intake.web.fetching import Answer, Fetcher
from onrecord.intake.web.trouble import WebError

PAUSE = 1.0
"""Seconds between two visits to a host that asks for no other pause."""
LONGEST_PAUSE = 3600.0
SILENT = 300.0
"""For so many seconds a host that did not answer is not asked again, so that it holds up no other."""
_HOSTS = 10_000

Clock = Callable[[], float]
Sleep = Callable[[float], None]


class Visits:
    """Asks addresses politely. Its clock gives seconds from any beginning; its sleep may end early, when work is to stop."""

    def __init__(self, fetcher: Fetcher, *, clock: Clock = time.monotonic, sleep: Sleep = time.sleep, pause: float = PAUSE) -> None:
        """Fetch by this, and leave so many seconds between two visits."""
        self.fetcher = fetcher
        self._clock = clock
        self._sleep = sleep
        self._pause = pause
        self._due: dict[str, float] = {}
        self._silent: dict[str, float] = {}
        self._heard: set[str] = set()
        self._at: Address | None = None
        self._robots = robots.Robots(self._rules, fetcher.agent, clock)

    def get(self, address: Address, *, limit: int, etag: str | None = None, modified: str | None = None) -> Answer:
        """The answer to this address, waited for until its host may be visited.

        Raises:
            WebError: its robots.txt, the guard or the answer itself says no.
        """
        self._at = address
        try:
            answer = self.fetcher.get(address, limit=limit, admit=self._admit, etag=etag, modified=modified)
        except WebError as error:
            if error.status is not None and error.retry_after:
                self._silent[self._at.place] = self._clock() + error.retry_after
            elif error.status is None and error.retry_after is None and not error.lasting:
                self._silent[self._at.place] = self._clock() + SILENT
            raise
        if len(self._heard) > _HOSTS:
            self._heard.clear()
        self._heard.add(address.host)
        return answer

    def heard(self, host: str) -> bool:
        """Whether the host has answered before."""
        return host in self._heard

    def wait_for(self, host: str) -> float:
        """In how many seconds the host may be visited."""
        return max(0.0, self._due.get(host, 0.0) - self._clock())

    def _admit(self, address: Address) -> None:
        """Wait until this address may be asked, or raise."""
        self._at = address
        if (left := self._silent.get(address.place, 0.0) - self._clock()) > 0:
            why = "did not answer a moment ago, or asked to be left alone"
            raise WebError(f"{address.host} {why}; try again in {left / 60:.0f} minutes", retry_after=left)
        asked = self._robots.delay(address)
        if asked is not None and asked > LONGEST_PAUSE:
            raise WebError(f"{address.host} asks for {asked:,.0f} seconds between two visits, so it is not read", lasting=True)
        self._sleep(self.wait_for(address.host))
        # What the user allowed by name is the user's own, and needs no pause that it does not ask for.
        pause = asked if asked is not None else 0.0 if self.fetcher.guard.allows(address) else self._pause
        if len(self._due) > _HOSTS:
            now = self._clock()
            self._due = {host: due for host, due in self._due.items() if due > now}
        self._due[address.host] = self._clock() + pause

    def _rules(self, address: Address) -> bytes:
        return self.fetcher.get(address, limit=robots.MAX_BYTES, cut=True).body
