"""Settings: where the ledger is and how wide and colourful the screen; made once, from flags, then environment, then defaults."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from onrecord.errors import LedgerError
from onrecord.records import Record

LEDGER_VARIABLE = "ONRECORD_LEDGER"
LEDGER_NAME = "onrecord.db"
DEMO_NAME = "demo.db"
_NARROWEST, _WIDEST = 40, 120


class Screen(Record, frozen=True, kw_only=True):
    """What text is laid out for: a width in columns, and whether colour may be used."""

    width: int
    colour: bool


def ledger(flag: str | None, environ: Mapping[str, str] | None = None, here: Path | None = None) -> Path:
    """The ledger's path: as the flag says, else ``ONRECORD_LEDGER``, else ``onrecord.db`` here if there is one, else in the data folder."""
    environ = os.environ if environ is None else environ
    here = Path.cwd() if here is None else here
    if named := flag or environ.get(LEDGER_VARIABLE):
        return Path(named).expanduser().absolute()
    beside = here / LEDGER_NAME
    return beside if beside.is_file() else data_folder(environ) / LEDGER_NAME


def demo_ledger(flag: str | None, environ: Mapping[str, str] | None = None) -> Path:
    """The demo's own ledger: as the flag says, else in the data folder; never the user's."""
    return Path(flag).expanduser().absolute() if flag else data_folder(os.environ if environ is None else environ) / DEMO_NAME


def made_ready(path: Path) -> Path:
    """The path, with the data folder made where it lies in that; other folders are the user's to make.

    Raises:
        LedgerError: the data folder cannot be made.
    """
    if path.parent == data_folder(os.environ):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerError(f"{path.parent} cannot be made ({error.strerror}); name a ledger elsewhere with --ledger") from error
    return path


def data_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Where the platform keeps a user's data, with a folder of our own."""
    home = Path(environ["HOME"]) if environ.get("HOME") else Path.home()
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "onrecord"
    if (chosen := environ.get("XDG_DATA_HOME")) and Path(chosen).is_absolute():
        return Path(chosen) / "onrecord"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "onrecord"
    return home / ".local" / "share" / "onrecord"


def screen(stream: IO[str], environ: Mapping[str, str] | None = None) -> Screen:
    """The screen that a stream is: colour on a terminal only (never with ``NO_COLOR``), as wide as it is within reason."""
    environ = os.environ if environ is None else environ
    terminal = stream.isatty()
    colour = terminal and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    columns = shutil.get_terminal_size((80, 24)).columns if terminal or environ.get("COLUMNS") else 80
    return Screen(width=max(_NARROWEST, min(_WIDEST, columns)), colour=colour)
