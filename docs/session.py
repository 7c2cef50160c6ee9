"""A session as a page tells it: commands in a folder of their own, one after the other, with a reader, a ledger and a day of their own."""

from __future__ import annotations

import contextlib
import datetime
import io
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from click.testing import CliRunner

from docs import twin
from onrecord import pipeline, sample
from onrecord.faces import keeping
from onrecord.faces.cli import cli
from onrecord.records import Frames, Reader

SHOWN = "/tmp/news"
"""How a page names the folder that its session ran in."""
TODAY = datetime.datetime(2025, 11, 3, 9, 30, tzinfo=datetime.UTC)
"""When every session begins, so that a page is the same whenever it is made. A command begins a minute after the one before it."""
_LATER = (" > ", " | ")


class Remembering:
    """A reader that reads each text once, however often a page's commands want it."""

    def __init__(self, reader: Reader) -> None:
        """Remember what this reader sees."""
        self.name, self.digest, self.threads = reader.name, reader.digest, 1
        self._reader = reader
        self._seen: dict[str, Frames] = {}
        self.calibration = getattr(reader, "calibration", None)

    def read(self, texts: Sequence[str]) -> list[Frames]:
        """What is seen in each text, in the order given."""
        new = list(dict.fromkeys(text for text in texts if text not in self._seen))
        self._seen.update(zip(new, self._reader.read(new), strict=True) if new else ())
        return [self._seen[text] for text in texts]


class _Clock:
    """A clock that goes on by a minute with each command, and by a little each time it is looked at."""

    def __init__(self) -> None:
        self._commands = self._looks = 0

    def next(self) -> None:
        """The next command begins."""
        self._commands, self._looks = self._commands + 1, 0

    def now(self) -> datetime.datetime:
        """The time."""
        self._looks += 1
        return TODAY + datetime.timedelta(minutes=self._commands, microseconds=self._looks)


class Session:
    """A folder with the tutorial's articles in it; ``console`` and ``python`` run there and give back what is printed."""

    def __init__(self, reader: Reader) -> None:
        """Let every command of this session read with this reader."""
        self._reader = reader
        self._stack = contextlib.ExitStack()
        self.folder = Path()
        self._clock = _Clock()
        self._names: dict[str, Any] = {"__name__": "__main__"}

    def __enter__(self) -> Session:
        """Make the folder and go there; environment, clock and reader are the session's until it ends."""
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory())).resolve()
        shutil.copyfile(twin.FILE, self.folder / twin.FILE.name)
        shutil.copyfile(sample.path(), self.folder / sample.path().name)
        self._stack.enter_context(contextlib.chdir(self.folder))
        self._stack.enter_context(_replaced(pipeline, "make_reader", lambda threads=0: self._reader))
        self._stack.enter_context(_replaced(keeping, "now", self._clock.now))
        home = {"HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder / "data"), "COLUMNS": "100", "ONRECORD_LEDGER": ""}
        for name, value in home.items():
            self._stack.enter_context(_environment(name, value))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Leave everything as it was."""
        self._stack.close()

    def console(self, line: str) -> str:
        """What a command prints, what it says on standard error first; ``> FILE`` and ``|`` before or behind it work as in a shell."""
        given = b""
        if (at := line.find(" | onrecord ")) > 0:
            given, line = _shell(line[:at], b""), line[at + 3 :]
        command, sign, rest = _parted(line)
        if command[0] != "onrecord":
            return self._told(_shell(line, b"").decode("utf-8"))
        self._clock.next()
        done = CliRunner().invoke(cli, command[1:], prog_name="onrecord", input=given)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        if sign == " > ":
            (self.folder / rest).write_bytes(done.stdout_bytes)
            return self._told(done.stderr)
        return self._told(done.stderr + (_shell(rest, done.stdout_bytes).decode("utf-8") if sign else done.stdout))

    def python(self, code: str) -> str:
        """What the code prints; names live on from one block of the page to the next."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, "a block of the page", "exec"), self._names)
        return self._told(out.getvalue())

    def _told(self, text: str) -> str:
        """The text with the page's names of places in it, and no space at the ends of lines."""
        command = Path(sys.executable).with_name("onrecord")
        for place, name in ((str(command), "onrecord"), (f"{sys.executable} -m onrecord", "onrecord"), (str(self.folder), SHOWN)):
            text = text.replace(place, name)
        return "\n".join(row.rstrip() for row in text.rstrip("\n").split("\n"))


def _parted(line: str) -> tuple[list[str], str, str]:
    """The command's words, the sign after which its output goes elsewhere, and where it goes."""
    for sign in _LATER:
        command, found, rest = line.partition(sign)
        if found and command.count('"') % 2 == 0:
            return shlex.split(command), sign, rest.strip()
    return shlex.split(line), "", ""


def _shell(line: str, given: bytes) -> bytes:
    return subprocess.run(line, shell=True, input=given, capture_output=True, check=True).stdout


@contextlib.contextmanager
def _replaced(owner: object, name: str, value: object) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


@contextlib.contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ.pop(name, None)
    if value:
        os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name, None)
        if before is not None:
            os.environ[name] = before


def transcript(session: Session, lines: Sequence[str]) -> list[str]:
    """The commands among the lines (those that begin with ``$``), each with what it prints now."""
    out: list[str] = []
    for line in lines:
        if line.startswith("$ "):
            printed = session.console(line[2:])
            out += [*([""] if out else []), line, *(printed.split("\n") if printed else [])]
    return out
