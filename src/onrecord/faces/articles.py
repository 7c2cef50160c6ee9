"""What a command is given to read: its articles, with the problems said on standard error as they are met."""

from __future__ import annotations

import collections
import datetime
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from onrecord import intake
from onrecord.faces.terminal import harmless
from onrecord.intake import Given, Problem
from onrecord.intake.files import STDIN
from onrecord.intake.published import day
from onrecord.records import Article


class Articles:
    """The articles at some paths, once; ``lost`` counts the inputs that were none, ``names`` says where each article lay, in order."""

    def __init__(self, paths: Sequence[str], published: str | None = None, outlet: str | None = None) -> None:
        """Read these paths, with day of publication and outlet as the flags say."""
        today = datetime.datetime.now(datetime.UTC).date()
        self.lost = 0
        self.names: collections.deque[str] = collections.deque()
        self._paths = paths
        self._given = Given(published=_stated(published, today), outlet=outlet, today=today)

    def __iter__(self) -> Iterator[Article]:
        """Each article, in the order given."""
        stdin = sys.stdin.buffer if STDIN in self._paths else None
        for path in self._paths:
            for each in intake.articles([path], self._given, stdin):
                if isinstance(each, Problem):
                    self.lost += each.lost
                    say(str(each))
                else:
                    name = "standard input" if path == STDIN else path
                    self.names.append(name if each.caller is None else f"{name}, {each.caller}")
                    yield each

    def expected(self) -> int | None:
        """How many articles the paths seem to hold, by their lines; None where that cannot be told beforehand."""
        counts = [_expected(path) for path in self._paths]
        return None if None in counts else sum(count for count in counts if count is not None)


class Progress:
    """How many articles are done, on standard error while it is a terminal; silent where it is not."""

    _PAUSE = 0.02
    _BAR = 20

    def __init__(self, verb: str, expected: Callable[[], int | None]) -> None:
        """Count what is done with this verb: ``read``, ``added``; how many are expected is asked only where it is shown."""
        self.done = 0
        self._verb = verb
        self._shown = 0.0
        self._start = time.monotonic()
        self._terminal = sys.stderr.isatty()
        self._expected = expected() if self._terminal else None
        self._show()

    def step(self) -> None:
        """One more is done."""
        self.done += 1
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
        rate = f", {self.done / seconds:,.1f} a second" if self.done and seconds else ""
        noun = "article" if (self.done if not whole else self._expected) == 1 else "articles"
        return f"{bar}{self.done:,}{whole} {noun} {self._verb}{rate}"


def say(sentence: str) -> None:
    """Say something about the work on standard error, on a line of its own."""
    clear = "\r\x1b[K" if sys.stderr.isatty() else ""
    click.echo(f"{clear}onrecord: {harmless(sentence)}", err=True)


def _expected(path: str) -> int | None:
    """Articles at a path: one, or as many as JSON lines has lines; None where it is no file."""
    if not Path(path).is_file():
        return None if path == STDIN else 0
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
