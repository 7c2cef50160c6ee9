"""Killed with ``kill -9`` at any moment, a command loses no article that it said was stored, and the same command ends the work.

The command is the real one in a process of its own, with a reader that needs no model. What it says goes to a terminal, so that it says
after each article how many are done, or which was added; what it has said when it dies is what the ledger is held to.
"""

from __future__ import annotations

import json
import os
import pty
import random
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord import intake, pipeline
from onrecord.errors import LedgerError
from onrecord.intake import Given
from onrecord.records import Article
from onrecord.store import SqliteLedger, open_ledger

from .faces.fake_reader import FakeReader

KILLS = 25
EACH = 5
"""Kills of one ledger; then another one is begun, so that each is checked as a whole after each of them."""
ARTICLES = 120
_DONE = re.compile(rb"(\d+)(?: of \d+)? articles? done")
_ADDED = re.compile(rb"added: [^\n]*\((ar_[0-9a-f]{20});")
SPEAKERS = ("Ada Quist", "Bo Tamm", "Ilse Marrow", "Jon Vey")


def written(path: Path) -> list[str]:
    """A file of short articles by several outlets; their ids, in its order. Some tell what one before told."""
    lines = []
    for number in range(ARTICLES):
        happening = number // 3 if number % 4 == 0 else number
        speaker, other = SPEAKERS[happening % 4], SPEAKERS[(happening + 1) % 4]
        text = (
            f"{speaker} said that Norland would open pass {happening} if the snow melts.\n"
            f"{other} warned that bridge {happening} is weak. {speaker} promised that engineers would come to village {happening}.\n"
        )
        line = {"id": f"n{number}", "text": text, "title": f"Pass {happening}", "outlet": f"Gazette {number % 5}"}
        lines.append({**line, "published": "2024-05-28"})
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return [str(line["id"]) for line in lines]


class Command:
    """The command, ready to be started."""

    def __init__(self) -> None:
        """Have it ready, in a process from which it is forked."""
        folders = (Path(open_ledger.__code__.co_filename).parents[2], Path(__file__).parent / "faces")
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).parent / "faces" / "warm.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "COLUMNS": "200", "PYTHONPATH": os.pathsep.join(map(str, folders))},
        )  # fmt: skip

    def ask(self, *words: object) -> int:
        """What the process answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def start(self, *words: str) -> Running:
        """Start it with these words."""
        return Running(self, words)

    def close(self) -> None:
        """No more starts."""
        self._process.communicate()


class Running:
    """The command while it runs."""

    def __init__(self, command: Command, words: Sequence[str]) -> None:
        self._terminal, its = pty.openpty()
        self._command = command
        self._process = command.ask("start", os.ttyname(its), *words)
        os.close(its)
        self.said = b""

    def listen(self, seconds: float) -> bool:
        """Take in what it says for so long; whether it still runs."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self._terminal], [], [], left)[0] and not self._heard():
                return False
        return True

    def reached(self, done: int) -> None:
        """Wait until it has said that so many are done."""
        while self.done < done and self.listen(0.002):
            pass

    @property
    def done(self) -> int:
        """How many articles it has said were done."""
        return max(map(int, _DONE.findall(self.said)), default=len(self.added))

    @property
    def added(self) -> list[str]:
        """Ids of the articles that it has said were added."""
        return [id_.decode() for id_ in _ADDED.findall(self.said)]

    def kill(self) -> int:
        """End it at once; how many articles it had said were done."""
        os.kill(self._process, signal.SIGKILL)
        assert self._ended() in (0, -signal.SIGKILL), self.said[-2000:]
        return self.done

    def end(self) -> int:
        """Let it end by itself; how many articles it said were done."""
        while self.listen(0.5):
            pass
        assert self._ended() == 0, self.said[-2000:]
        return self.done

    def _ended(self) -> int:
        """How it ended."""
        while self._heard():
            pass
        os.close(self._terminal)
        return self._command.ask("wait", self._process)

    def _heard(self) -> bool:
        try:
            heard = os.read(self._terminal, 65536)
        except OSError:
            # The other end of a terminal is gone when the process is.
            return False
        self.said += heard
        return bool(heard)


@pytest.fixture(scope="module")
def command() -> Iterator[Command]:
    made = Command()
    yield made
    made.close()


def opened(path: Path) -> SqliteLedger:
    return open_ledger(path, create=True, now=lambda: datetime.now(UTC))


_ALONE = (
    "SELECT c.article FROM current_articles c LEFT JOIN memberships m ON m.article = c.article WHERE m.article IS NULL",
    """SELECT s.id FROM current_articles c JOIN statements s ON s.reading = c.reading
    LEFT JOIN wordings w ON w.article = c.article AND w.statement = s.id WHERE w.saying IS NULL""",
    "SELECT article FROM ungrouped",
)
"""What the command leaves to be done when it is killed: articles in no story, statements in no saying. Nothing can be in two."""


def left(ledger: SqliteLedger) -> list[str]:
    return [str(id_) for sql in _ALONE for (id_,) in ledger._connection.execute(sql)]


def held(ledger: SqliteLedger) -> list[str]:
    """The callers' ids of all articles that answers are given from."""
    return [str(ledger.article(row["id"]).caller) for row in ledger.rows("articles", {})]


def await_some_moment(running: Running, chance: random.Random, before: int, more: int) -> None:
    """Wait for it: one in five while the command begins, the others when it has done some more articles than before."""
    if chance.random() < 0.2:
        running.listen(chance.uniform(0.0, 0.1))
    else:
        running.reached(before + chance.randint(0, more))
        running.listen(chance.uniform(0.0, 0.03))


@pytest.mark.parametrize("seed", range(KILLS // EACH))
def test_add_that_is_killed_loses_nothing_that_it_said_was_stored(command: Command, tmp_path: Path, seed: int) -> None:
    """Each time the ledger is whole, holds no article twice, and holds at least what was said."""
    news, path, chance = tmp_path / "news.jsonl", tmp_path / "l.db", random.Random(seed)
    ids = written(news)
    words = ("add", "--ledger", str(path), str(news))
    there: list[str] = []
    for _ in range(EACH):
        running = command.start(*words)
        await_some_moment(running, chance, len(there), ARTICLES // EACH)
        said = running.kill()
        with opened(path) as ledger:
            assert list(ledger.verify()) == []
            there = held(ledger)
        assert len(there) == len(set(there))
        assert set(ids[:said]) <= set(there)
    assert command.start(*words).end() == ARTICLES
    with opened(path) as ledger:
        assert sorted(held(ledger)) == sorted(ids)
        assert left(ledger) == []
        assert list(ledger.verify()) == []


def articles(path: Path) -> list[Article]:
    return [each for each in intake.articles([str(path)], Given()) if isinstance(each, Article)]


def test_on_a_full_disk_all_is_stored_that_was_said_to_be(tmp_path: Path) -> None:
    """Articles are stored several in one transaction; where that fails, those before the one that does not fit are stored alone."""
    written(tmp_path / "news.jsonl")
    some, said = articles(tmp_path / "news.jsonl"), []
    with opened(tmp_path / "l.db") as ledger:
        pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
        ledger._connection.execute(f"PRAGMA max_page_count = {pages + 25}")
        with pytest.raises(LedgerError, match="disk is full"):  # noqa: PT012
            for receipt in pipeline.add(some, FakeReader(), ledger):
                said.append(receipt.article)
        assert len(said) % pipeline.AT_ONCE
        assert said == [each.id for each in some[: len(said)]]
        assert sorted(row["id"] for row in ledger.rows("articles", {})) == sorted(said)
        assert list(ledger.verify()) == []
        ledger._connection.execute("PRAGMA max_page_count = 100000")
        assert [receipt.outcome for receipt in pipeline.add(some, FakeReader(), ledger)][len(said) :] == ["added"] * (ARTICLES - len(said))


def test_an_interruption_leaves_whole_articles_and_no_receipt_for_others(tmp_path: Path) -> None:
    """Ctrl-C in the middle of several that are stored together takes back those that were begun."""
    written(tmp_path / "news.jsonl")
    some = articles(tmp_path / "news.jsonl")[: 2 * pipeline.AT_ONCE]
    with opened(tmp_path / "l.db") as ledger:
        put = ledger.put

        def interrupted(article: Article, *rest: object, **more: object) -> object:
            if article.id == some[pipeline.AT_ONCE + 3].id:
                raise KeyboardInterrupt
            return put(article, *rest, **more)  # type: ignore[arg-type]

        ledger.put = interrupted  # type: ignore[method-assign, assignment]
        said = []
        with pytest.raises(KeyboardInterrupt):  # noqa: PT012
            for receipt in pipeline.add(some, FakeReader(), ledger):
                said.append(receipt.article)
        assert said == [each.id for each in some[: pipeline.AT_ONCE]]
        assert sorted(row["id"] for row in ledger.rows("articles", {})) == sorted(said)
        assert list(ledger.verify()) == []
