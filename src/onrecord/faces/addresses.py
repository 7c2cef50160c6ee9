"""The way to the web that a command has: who we say we are, and which private hosts the user allows."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from onrecord import __version__
from onrecord.errors import InputError
from onrecord.intake.given import Given
from onrecord.intake.problem import Passed, Problem
from onrecord.intake.web.addresses import parsed
from onrecord.records import Article

if TYPE_CHECKING:
    from onrecord.intake.web.reading import Known, Visited, Web

ALLOWED_VARIABLE = "ONRECORD_ALLOW_HOSTS"
CONTACT_VARIABLE = "ONRECORD_CONTACT"
_LONGEST_CONTACT = 200


def web(allow: Sequence[str] = (), environ: Mapping[str, str] | None = None, sleep: Callable[[float], None] = time.sleep) -> Web:
    """The way to the web, with the private hosts that flag and environment allow.

    Args:
        allow: hosts with their ports, as after ``--allow-host``.
        sleep: how to wait until a host may be visited.
    """
    # A tenth of a second, and most commands ask no address.
    from onrecord.intake.web.fetching import Fetcher
    from onrecord.intake.web.line import Guard
    from onrecord.intake.web.reading import Web
    from onrecord.intake.web.visits import Visits

    environ = os.environ if environ is None else environ
    return Web(Visits(Fetcher(Guard(places(allow, environ)), agent(environ)), sleep=sleep))


def places(allow: Sequence[str], environ: Mapping[str, str]) -> list[str]:
    """The hosts and ports that flag and environment allow, as they are compared.

    Raises:
        click.BadParameter: one of them is none.
    """
    return [_place(each) for each in (*allow, *environ.get(ALLOWED_VARIABLE, "").replace(",", " ").split())]


class LateWeb:
    """The way to the web, made when the first address is asked."""

    def __init__(self, allow: Sequence[str] = (), known: Known | None = None) -> None:
        """Allow these private hosts, and leave out the pieces of feeds and lists that are known."""
        places(allow, os.environ)
        self._allow = allow
        self._known = known
        self._web: Web | None = None

    @property
    def at(self) -> Visited | None:
        """The piece of a feed or list that the article at hand was read for."""
        return None if self._web is None else self._web.at

    def articles(self, address: str, given: Given) -> Iterator[Article | Problem | Passed]:
        """The articles at the address."""
        return self._made().articles(address, given)

    def listed(self, raw: bytes, name: str, given: Given) -> Iterator[Article | Problem | Passed]:
        """The articles that a feed or list names."""
        return self._made().listed(raw, name, given)

    def _made(self) -> Web:
        if self._web is None:
            self._web = web(self._allow)
            self._web.known = self._known
        return self._web


def agent(environ: Mapping[str, str]) -> str:
    """What servers are told about who asks; a page or mail address to complain to, where the user names one."""
    contact = environ.get(CONTACT_VARIABLE, "").strip()
    if len(contact) > _LONGEST_CONTACT or not (contact.isascii() and contact.isprintable()) or set("()") & set(contact):
        raise InputError(f"{CONTACT_VARIABLE} has to be an address of a page or of mail, such as https://harbour.example/reading")
    return f"OnRecord/{__version__} ({f'+{contact}; ' if contact else ''}reads news for a ledger)"


def _place(text: str) -> str:
    """Host and port as they are compared."""
    try:
        address = parsed(f"http://{text}")
    except InputError as error:
        raise click.BadParameter(f"{text!r} is no host with its port, such as 127.0.0.1:8000", param_hint="--allow-host") from error
    if not text.rpartition("]")[2].rpartition(":")[2].isdecimal() or ":" not in text.rpartition("]")[2] or address.target != "/":
        raise click.BadParameter(f"{text!r} needs its port, such as 127.0.0.1:8000", param_hint="--allow-host")
    return address.place
