"""The command ``follow``: which feeds are followed, said and changed, and all of them kept current until it is told to end."""

from __future__ import annotations

import datetime
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

import click

from onrecord import pipeline, store
from onrecord.errors import InputError, NotFoundError
from onrecord.faces import addresses, settings
from onrecord.faces.keeping import catch_up, now
from onrecord.faces.rounds import Rounds
from onrecord.faces.terminal import harmless
from onrecord.faces.view import many
from onrecord.intake import lists
from onrecord.intake.kinds import is_address
from onrecord.intake.listing import MAX_BYTES
from onrecord.intake.web.addresses import parsed
from onrecord.store.feeds import Feed, alone

_STEP = 0.2
"""So many seconds at most pass between a signal and its being noticed."""


def follow(
    feeds: Sequence[str], opml: str | None, ledger: str | None, *, once: bool, listed: bool, stop: str | None, allow: Sequence[str]
) -> None:
    """Add, end or show feeds, or keep those that are followed current."""
    path = settings.ledger(ledger)
    adding = [str(parsed(each)) for each in feeds] + (_named(opml) if opml else [])
    with store.open_ledger(settings.made_ready(path) if adding else path, create=bool(adding), now=now) as opened:
        if stop is not None:
            _end(opened, stop)
        if adding:
            _begin(opened, adding)
        if listed:
            _show(opened.feeds.all())
        if once or not (adding or listed or stop is not None):
            with alone(path):
                _keep(opened, once, allow)
    click.echo(f"Ledger: {path}")


def _named(opml: str) -> list[str]:
    """The feeds of an OPML list in a file, or at whatever path; those that cannot be asked are said."""
    try:
        with open(opml, "rb") as stream:
            found = lists.read(stream.read(MAX_BYTES + 1))
    except OSError as error:
        raise InputError(f"{opml}: it cannot be read ({(error.strerror or str(error)).casefold()})") from error
    except InputError as error:
        raise InputError(f"{opml}: {error}") from error
    named: list[str] = []
    for each in found.lists:
        try:
            named.append(str(parsed(each)))
        except InputError as error:
            click.echo(harmless(f"onrecord: {each}: {error}"), err=True)
    if not named:
        raise InputError(f"{opml}: it names no feed; an OPML list has them as xmlUrl")
    return named


def _begin(ledger: store.SqliteLedger, named: Sequence[str]) -> None:
    new = [each for each in named if ledger.feeds.follow(each)]
    for each in new:
        click.echo(harmless(f"Followed from now on: {each}"))
    if len(new) < len(named):
        click.echo(f"Followed before: {many(len(named) - len(new), 'feed')}.")
    if new:
        click.echo("onrecord follow reads what they have, and keeps them current.")


def _end(ledger: store.SqliteLedger, address: str) -> None:
    if not (ledger.feeds.end(address, "ended by you") or (is_address(address) and ledger.feeds.end(str(parsed(address)), "ended by you"))):
        raise NotFoundError(f"{address} is not followed; onrecord follow --list shows what is")
    click.echo(harmless(f"Followed no more: {address}. What was read of it stays."))


def _show(feeds: Sequence[Feed]) -> None:
    if not feeds:
        click.echo("No feed is followed; onrecord follow ADDRESS adds one.")
    for each in feeds:
        click.echo(harmless(each.address) + (f"  {harmless(each.title)}" if each.title else ""))
        looked = f"looked at {_clock(each.looked_at)}: " if each.looked_at else ""
        click.echo(f"    {many(each.articles, 'article')}; {looked}{harmless(each.status)}; next look {_clock(each.next_at)}")


def _clock(moment: str) -> str:
    """The moment as a clock here shows it."""
    return datetime.datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def _keep(ledger: store.SqliteLedger, once: bool, allow: Sequence[str]) -> None:
    """Keep all feeds current, until a round is done or a signal comes."""
    if not ledger.feeds.all():
        raise NotFoundError("no feed is followed; onrecord follow ADDRESS adds one")
    catch_up(ledger)
    rounds: Rounds | None = None

    def sleep(seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not (rounds is not None and rounds.stopped):
            time.sleep(min(_STEP, left))

    rounds = Rounds(ledger, pipeline.make_reader(), addresses.web(allow, sleep=sleep), now=now, sleep=sleep, say=_say)
    if not once:
        _say(f"{many(len(ledger.feeds.all()), 'feed')} followed; Ctrl-C ends it")
    with _signalled(rounds.stop):
        rounds.run(once=once)
    if rounds.stopped:
        click.echo("Stopped. What was read is kept; the same command goes on from there.")


def _say(sentence: str) -> None:
    """A line about the work: with the time of day for a person, with all of it where lines are kept."""
    moment = now()
    stamp = moment.astimezone().strftime("%H:%M:%S") if sys.stdout.isatty() else moment.isoformat(timespec="seconds")
    click.echo(f"{stamp}  {harmless(sentence)}")


@contextmanager
def _signalled(stop: Callable[[], None]) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the work in good order; a second one at once."""

    def handle(number: int, frame: FrameType | None) -> None:
        for each, old in before.items():
            signal.signal(each, old)
        stop()

    before: dict[signal.Signals, Any] = {}
    for each in (signal.SIGINT, signal.SIGTERM):
        before[each] = signal.signal(each, handle)
    try:
        yield
    finally:
        for each, old in before.items():
            signal.signal(each, old)
