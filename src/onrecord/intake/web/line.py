"""Lines to servers: the name is looked up once, all it leads to is checked, and what was checked is what is connected to."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Sequence
from typing import Any

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection

from onrecord.intake.web.addresses import Address, unfit, usual
from onrecord.intake.web.trouble import WebError

Resolve = Callable[[str, int], Sequence[str]]
"""The network addresses of a host name; raises OSError where there is none."""

LOOK_UP = 10.0
"""How many seconds a name may take to be looked up."""
CONNECT = 10.0
"""And how many one address to be reached; silence between two pieces of an answer may be as long."""


class Guard:
    """Which network addresses may be connected to: public ones, and hosts that the user allows by name and port."""

    def __init__(self, allowed: Collection[str] = (), resolve: Resolve | None = None) -> None:
        """Allow these private ones (``127.0.0.1:8000``); look names up so, or as the system does."""
        self._allowed = frozenset(place.casefold() for place in allowed)
        self._resolve = resolve or looked_up
        self._context: ssl.SSLContext | None = None

    def allows(self, address: Address) -> bool:
        """Whether the user allowed this very host and port, so that it is asked wherever it lies."""
        return address.place in self._allowed

    def numbers(self, address: Address) -> list[str]:
        """The network addresses behind the name, in the order to be tried.

        Raises:
            WebError: where there is none, or any of them is no public one.
        """
        allowed = self.allows(address)
        if not allowed and not usual(address):
            raise WebError(f"port {address.port} is not one of the web's; --allow-host {address.place} allows it", lasting=True)
        try:
            numbers = list(dict.fromkeys(self._resolve(address.host, address.port)))
        except OSError:
            numbers = []
        if not numbers:
            raise WebError(f"there is no host {address.host}, or the network is down; see how it is written, or try again later")
        for number in numbers:
            if not allowed and (why := unfit(number)):
                raise WebError(
                    f"{address.host} leads to {why} ({number}), where nothing is fetched; if it is yours, --allow-host {address.place}",
                    lasting=True,
                )
        return numbers

    def line(self, address: Address, until: float) -> Line:
        """A line to this address that is cut at that moment (of the monotonic clock); it is connected when something is asked."""
        return _Secure(self, address, until, self._trust()) if address.scheme == "https" else _Open(self, address, until)

    def _trust(self) -> ssl.SSLContext:
        if self._context is None:
            # The system's certificates, which may have an organisation's own, and Mozilla's, which not every system has.
            self._context = ssl.create_default_context()
            self._context.load_verify_locations(certifi.where())
        return self._context


def looked_up(host: str, port: int) -> Sequence[str]:
    """What the system knows of the name. It cannot be interrupted, so it is waited for only so long."""
    found: list[str] = []

    def look() -> None:
        with contextlib.suppress(OSError, UnicodeError):
            found.extend(str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))

    worker = threading.Thread(target=look, daemon=True, name="look-up")
    worker.start()
    worker.join(LOOK_UP)
    return tuple(found)


class _Checked:
    """What open and secure lines share: how they connect, and that they can be cut from outside at any moment."""

    guard: Guard
    address: Address
    until: float
    handle: socket.socket | None = None
    was_cut = False

    def _new_conn(self) -> socket.socket:
        """A socket to the first of the checked addresses that answers; nothing looks the name up again."""
        problem: OSError | None = None
        for number in self.guard.numbers(self.address):
            left = self.until - time.monotonic()
            if left <= 0 or self.was_cut:
                break
            try:
                line = socket.create_connection((number, self.address.port), timeout=min(CONNECT, left))
            except OSError as error:
                problem = error
                continue
            # A second handle on the same line: it can be cut through it, whatever TLS makes of the first.
            self.handle = line.dup()
            return line
        raise problem or TimeoutError("no time left")

    def cut(self) -> None:
        """End the line now, whoever waits on it."""
        self.was_cut = True
        if self.handle is not None:
            with contextlib.suppress(OSError):
                self.handle.shutdown(socket.SHUT_RDWR)

    def hang_up(self) -> None:
        """Let go of the line."""
        with contextlib.suppress(OSError):
            self.close()  # type: ignore[attr-defined]
        if self.handle is not None:
            self.handle.close()
            self.handle = None


class _Open(_Checked, HTTPConnection):
    def __init__(self, guard: Guard, address: Address, until: float, **more: Any) -> None:
        super().__init__(address.host, address.port, timeout=CONNECT, **more)
        self.guard, self.address, self.until = guard, address, until


class _Secure(_Checked, HTTPSConnection):
    def __init__(self, guard: Guard, address: Address, until: float, trust: ssl.SSLContext) -> None:
        super().__init__(address.host, address.port, timeout=CONNECT, ssl_context=trust)
        self.guard, self.address, self.until = guard, address, until


Line = _Open | _Secure
