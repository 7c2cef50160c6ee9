"""How far a command has come, as a terminal shows it."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from onrecord.faces.articles import Articles, Progress


class Terminal(io.StringIO):
    """A stream that takes itself for a terminal."""

    def isatty(self) -> bool:
        return True

    def lines(self) -> list[str]:
        """What was shown, one line over the other."""
        return self.getvalue().split("\r\x1b[K")


def told(patch: pytest.MonkeyPatch, expected: int | None, steps: int, width: int = 100) -> tuple[Progress, Terminal]:
    """A terminal so wide on which that many steps were shown."""
    terminal = Terminal()
    patch.setattr(sys, "stderr", terminal)
    patch.setattr(Progress, "_PAUSE", 0.0)
    patch.setenv("COLUMNS", str(width))
    progress = Progress("read", lambda: expected)
    for _ in range(steps):
        progress.step()
    return progress, terminal


@pytest.mark.parametrize(
    "expected, steps, line",
    [
        (4, 0, "[····················] 0 of 4 articles read"),
        (4, 3, "[███████████████·····] 3 of 4 articles read, "),
        (4, 4, "[████████████████████] 4 of 4 articles read, "),
        (2, 3, "3 articles read, "),
        (1, 1, "[████████████████████] 1 of 1 article read, "),
        (None, 2, "2 articles read, "),
        (0, 1, "1 article read, "),
    ],
)
def test_a_bar_is_shown_where_it_is_known_how_many_there_are(
    expected: int | None, steps: int, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, terminal = told(monkeypatch, expected, steps)
    assert terminal.lines()[-1].startswith(line)


def test_the_line_is_no_wider_than_the_screen_and_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    progress, terminal = told(monkeypatch, 4, 3, width=30)
    progress.clear()
    assert 20 < max(map(len, terminal.lines())) < 30
    assert terminal.lines()[-1] == ""


def test_where_there_is_no_terminal_nothing_is_shown_or_counted(capsys: pytest.CaptureFixture[str]) -> None:
    def expected() -> int:
        raise AssertionError("not asked")

    progress = Progress("read", expected)
    progress.step()
    assert (progress.done, capsys.readouterr().err) == (1, "")


def test_articles_are_expected_by_their_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It is so.\nIt is not.\n")
    (tmp_path / "b.jsonl").write_text('{"text": "It is so."}\n\n{"text": "It is not."}\n')
    one, two = str(tmp_path / "a.txt"), str(tmp_path / "b.jsonl")
    assert Articles([one, two, str(tmp_path / "missing.txt")]).expected() == 3
    assert Articles([one, "-"]).expected() is None
