"""Where the ledger is, and what the screen can do."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from onrecord.faces import settings


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_flag_beats_the_variable(tmp_path: Path) -> None:
    assert settings.ledger(str(tmp_path / "a.db"), {"ONRECORD_LEDGER": "/b.db"}, tmp_path) == tmp_path / "a.db"


def test_the_variable_beats_a_ledger_beside(tmp_path: Path) -> None:
    (tmp_path / "onrecord.db").touch()
    assert settings.ledger(None, {"ONRECORD_LEDGER": "/b.db"}, tmp_path) == Path("/b.db")


def test_a_ledger_beside_beats_the_data_folder(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path / "home")}
    assert settings.ledger(None, environ, tmp_path) == settings.data_folder(environ) / "onrecord.db"
    (tmp_path / "onrecord.db").touch()
    assert settings.ledger(None, environ, tmp_path) == tmp_path / "onrecord.db"


@pytest.mark.parametrize(
    "environ, platform, folder",
    [
        ({"HOME": "/h"}, "linux", "/h/.local/share/onrecord"),
        ({"HOME": "/h", "XDG_DATA_HOME": "/x"}, "linux", "/x/onrecord"),
        ({"HOME": "/h", "XDG_DATA_HOME": "relative"}, "linux", "/h/.local/share/onrecord"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Application Support/onrecord"),
        ({"HOME": "/h", "LOCALAPPDATA": "/l"}, "win32", "/l/onrecord"),
    ],
)
def test_the_data_folder_is_the_platforms(environ: dict[str, str], platform: str, folder: str) -> None:
    assert settings.data_folder(environ, platform) == Path(folder)


def test_the_demo_never_takes_the_users_ledger(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "ONRECORD_LEDGER": "/b.db"}
    assert settings.demo_ledger(None, environ) == settings.data_folder(environ) / "demo.db"
    assert settings.demo_ledger("/c.db", environ) == Path("/c.db")


@pytest.mark.parametrize(
    "stream, environ, colour",
    [
        (Terminal(), {}, True),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colour_is_for_terminals(stream: io.StringIO, environ: dict[str, str], colour: bool) -> None:
    assert settings.screen(stream, environ).colour is colour


def test_a_pipe_is_as_wide_as_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert settings.screen(io.StringIO(), {}).width == 80
