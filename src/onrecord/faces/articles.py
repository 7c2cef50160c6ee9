"""What a command is given to read: its articles, with the problems said on standard error as they are met."""

from __future__ import annotations

import collections
import datetime
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from onrecord import intake
from onrecord.faces import addresses
from onrecord.faces.terminal import harmless
from onrecord.faces.view import skipped
from onrecord.intake import Given, Passed, Problem
from onrecord.intake.archive import Known
from onrecord.intake.files import STDIN, Watch
from onrecord.intake.kinds import is_address
from onrecord.intake.published import day
from onrecord.records import Article

if TYPE_CHECKING:
    from onrecord.intake.web.reading import Known as VisitedBefore
    from onrecord.intake.web.reading import Visited


class Articles:
    """The articles at some paths, once; ``lost`` counts the inputs that were none, ``names`` says where each article lay, in order.

    ``passed`` counts what was passed over in archives and folders, by reason, and ``held`` the pages known to be on record already, which
    were not cut again. ``known`` may be set to find those out, and ``tick`` is called for each thing passed over.

    ``visited`` says, in the same order, for which piece of a feed or list each was read, None for any other article.
    """

    def __init__(self, paths: Sequence[str], published: str | None = None, outlet: str | None = None, allow: Sequence[str] = ()) -> None:
        """Read these paths and addresses, with day of publication and outlet as the flags say.

        Args:
            allow: private hosts that may be asked, with their ports.
        """
        today = datetime.datetime.now(datetime.UTC).date()
        self.lost = 0
        self.names: collections.deque[str] = collections.deque()
        self.visited: collections.deque[Visited | None] = collections.deque()
        self.passed: collections.Counter[str] = collections.Counter()
        self.held = 0
        self.known: Known | None = None
        self.tick: Callable[[], None] = lambda: None
        self._paths = paths
        self._allow = allow
        self._visited: VisitedBefore | None = None
        self._reading = _Reading(self)
        self._given = Given(published=_stated(published, today), outlet=outlet, today=today)

    def leave_out(self, visited: VisitedBefore) -> None:
        """Read no piece of a feed or list that was read before."""
        self._visited = visited

    def __iter__(self) -> Iterator[Article]:
        """Each article, in the order given."""
        stdin = sys.stdin.buffer if STDIN in self._paths else None
        web = addresses.LateWeb(self._allow, self._visited)
        for each in intake.articles(self._paths, self._given, stdin, web, watch=self._reading):
            if isinstance(each, Problem):
                self.lost += each.lost
                say(str(each))
            elif isinstance(each, Passed):
                self._pass(each)
            else:
                part = each.caller or each.fetched_from
                part = None if part == self._reading.name else part
                self.names.append(self._reading.name if part is None else f"{self._reading.name}, {part}")
                self.visited.append(web.at)
                yield each

    def _pass(self, passed: Passed) -> None:
        if passed.article is None:
            self.passed[passed.reason] += 1
        else:
            self.held += 1
        self.tick()

    def say_passed(self) -> None:
        """Say what was passed over, by reason."""
        if self.passed:
            say(f"passed over: {skipped(self.passed)}")

    def share(self) -> float | None:
        """How much of the input that is being read was read, 0 to 1; None where that cannot be told."""
        return self._reading.share()

    def expected(self) -> int | None:
        """How many articles the paths seem to hold, by their lines; None where that cannot be told beforehand."""
        counts = [_expected(path) for path in self._paths]
        return None if None in counts else sum(count for count in counts if count is not None)


class _Reading(Watch):
    """Which input is being read, and how far."""

    def __init__(self, articles: Articles) -> None:
        self.name = ""
        self._articles = articles
        self._stream: IO[bytes] | None = None
        self._size = 0

    def opened(self, name: str, stream: IO[bytes] | None) -> None:
        """Remember it, and how large it is where it is a file."""
        self.name = name
        self._stream, self._size = stream, 0
        try:
            self._size = os.fstat(stream.fileno()).st_size if stream is not None and stream.seekable() else 0
        except (OSError, ValueError):
            self._size = 0

    def known(self, digest: str, address: str, cutter: str) -> str | None:
        """As the articles' owner knows."""
        return self._articles.known(digest, address, cutter) if self._articles.known else None

    def share(self) -> float | None:
        """How much of it was read, 0 to 1."""
        if not self._size or self._stream is None or self._stream.closed:
            return None
        return min(1.0, self._stream.tell() / self._size)


class Progress:
    """How many articles are done, on standard error while it is a terminal; silent where it is not."""

    _PAUSE = 0.02
    _BAR = 20

    def __init__(self, verb: str, expected: Callable[[], int | None], share: Callable[[], float | None] = lambda: None) -> None:
        """Count what is done with this verb: ``read``, ``added``; how many are expected is asked only where it is shown.

        Args:
            share: how much of the input was read, where the number of its articles is not known.
        """
        self.done = 0
        self._verb = verb
        self._shown = 0.0
        self._start = time.monotonic()
        self._terminal = sys.stderr.isatty()
        self._share = share
        self._expected = expected() if self._terminal else None
        self._show()

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        self._show()

    def tick(self) -> None:
        """Something was passed over."""
        self._show()

    def clear(self) -> None:
        """Take the line away, so that something else can be said."""
        if self._terminal and self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._shown = 0.0

    def _show(self) -> None:
        now = time.monotonic()
        if self._terminal and now - self._shown > self._PAUSE:
            self._shown = now
            line = self._line(now - self._start)[: shutil.get_terminal_size().columns - 1]
            click.echo(f"\r\x1b[K{line}", err=True, nl=False)

    def _line(self, seconds: float) -> str:
        """``[████····] 37 of 100 articles read, 12 a second``; without the bar where nobody knows how many there are."""
        bar, whole = "", ""
        if self._expected and self._expected >= self.done:
            full = self._BAR * self.done // self._expected
            bar, whole = f"[{'█' * full}{'·' * (self._BAR - full)}] ", f" of {self._expected:,}"
        if not whole and (share := self._share()) is not None:
            whole = f" ({share:.0%} of the file)"
            bar = f"[{'█' * int(self._BAR * share)}{'·' * (self._BAR - int(self._BAR * share))}] "
        rate = f", {self.done / seconds:,.1f} a second" if self.done and seconds else ""
        counted = self.done if self._expected is None or self._expected < self.done else self._expected
        noun = "article" if counted == 1 else "articles"
        if whole.endswith("file)"):
            return f"{bar}{self.done:,} {noun} {self._verb}{rate}{whole}"
        return f"{bar}{self.done:,}{whole} {noun} {self._verb}{rate}"


def say(sentence: str) -> None:
    """Say something about the work on standard error, on a line of its own."""
    clear = "\r\x1b[K" if sys.stderr.isatty() else ""
    click.echo(f"{clear}onrecord: {harmless(sentence)}", err=True)


def _expected(path: str) -> int | None:
    """Articles at a path: one, or as many as JSON lines has lines; None where it is no file."""
    if not Path(path).is_file():
        return None if path == STDIN or is_address(path) or Path(path).is_dir() else 0
    if path.casefold().endswith((".gz", ".warc", ".xml", ".opml", ".rss", ".atom")):
        return None
    if not path.casefold().endswith((".jsonl", ".ndjson")):
        return 1
    try:
        with open(path, "rb") as stream:
            return sum(bool(line.strip()) for line in stream)
    except OSError:
        return 0


def _stated(published: str | None, today: datetime.date) -> str | None:
    if published is None:
        return None
    try:
        return day(published, today)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--published") from error
