"""Words a second from text to ledger with everything on, on all processors, and what grouping takes of it.

    python -m benchmarks.end_to_end                       over the corpus, into an empty ledger
    python -m benchmarks.end_to_end --write               and writes end_to_end.json
    python -m benchmarks.end_to_end --into LEDGER         into a copy of a ledger that holds something already
    python -m benchmarks.end_to_end --text FILE.jsonl     over other text: JSON lines with "text"

Each round adds the same articles three times: with grouping, without, and only reads them. The three take turns, some of the articles
at a time, so that whatever else the machine does falls on all of them; the ratios are what counts where it does much.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

# As the command does, before numpy comes in: its products here are small, and threads would wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from evals import gold

from benchmarks.run import repeated
from onrecord import pipeline, records, store
from onrecord.records import Article, Reader

FIGURES = Path(__file__).resolve().parent / "end_to_end.json"
COMMAND = "python -m benchmarks.end_to_end --write"
LEAST = 5_000
"""Words a second that are wanted with everything on."""
WAYS = ("everything on", "without grouping", "only read")
_PART = 48
"""Articles that are added one way before the next way has its turn."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the figures, and write them where that is asked."""
    wanted = _parser().parse_args(arguments)
    articles = _articles(wanted.text, wanted.words)
    figures = measure(articles, pipeline.make_reader(), wanted.rounds, wanted.into)
    figures = {**_circumstances(wanted), **figures}
    print(json.dumps(figures, indent=1))
    if wanted.write:
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def measure(articles: Sequence[Article], reader: Reader, rounds: int, into: Path | None = None) -> dict[str, Any]:
    """Words a second each way: the median and the best of the rounds, by the clock and by the processors' time."""
    words = sum(len(article.text.split()) for article in articles)
    list(pipeline.read(articles[:4], reader))
    walls: dict[str, list[float]] = {way: [] for way in WAYS}
    works: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        took = _round(articles, reader, into)
        for way, (wall, work) in took.items():
            walls[way].append(wall)
            works[way].append(work)
    result: dict[str, Any] = {"articles": len(articles), "words": words, "rounds": rounds}
    for way in WAYS:
        result[way] = {
            "words/s": round(words / statistics.median(walls[way])),
            "words/s, best round": round(words / min(walls[way])),
            "words a second of one processor's time": round(words / statistics.median(works[way])),
            "processors at work": round(statistics.median(work / wall for wall, work in zip(walls[way], works[way], strict=True)), 2),
        }
    for way in WAYS[1:]:
        pairs = list(zip(walls[way], walls[WAYS[0]], strict=True))
        result[f"everything on / {way}"] = round(statistics.median(other / on for other, on in pairs), 3)
    return result


def _round(articles: Sequence[Article], reader: Reader, into: Path | None) -> dict[str, tuple[float, float]]:
    """Seconds by the clock and of the processors each way."""
    took = dict.fromkeys(WAYS, (0.0, 0.0))
    with contextlib.ExitStack() as stack:
        ledgers = {way: stack.enter_context(_ledger(into)) for way in WAYS[:2]}
        ways: dict[str, Callable[[Sequence[Article]], None]] = {
            WAYS[0]: lambda some: _add(some, reader, ledgers[WAYS[0]]),
            WAYS[1]: lambda some: _add_only(some, reader, ledgers[WAYS[1]]),
            WAYS[2]: lambda some: _all(pipeline.read(some, reader)),
        }
        for at in range(0, len(articles), _PART):
            some = articles[at : at + _PART]
            order = WAYS if at // _PART % 2 == 0 else WAYS[::-1]
            for way in order:
                begun, worked = time.perf_counter(), time.process_time()
                ways[way](some)
                wall, work = took[way]
                took[way] = (wall + time.perf_counter() - begun, work + time.process_time() - worked)
    return took


def _add(articles: Sequence[Article], reader: Reader, ledger: store.SqliteLedger) -> None:
    _all(pipeline.add(articles, reader, ledger))


def _add_only(articles: Sequence[Article], reader: Reader, ledger: store.SqliteLedger) -> None:
    with without_grouping():
        _add(articles, reader, ledger)


@contextlib.contextmanager
def without_grouping() -> Iterator[None]:
    """Articles are added, and wait to be grouped."""
    if not hasattr(pipeline, "group"):
        yield
        return
    with mock.patch.object(pipeline, "group", return_value=()):
        yield


def _all(results: Iterator[object]) -> None:
    for _ in results:
        pass


@contextlib.contextmanager
def _ledger(into: Path | None) -> Iterator[store.SqliteLedger]:
    """A ledger that is thrown away: empty, or a copy."""
    with tempfile.TemporaryDirectory(dir=None if into is None else into.parent) as folder:
        path = Path(folder) / "benchmark.db"
        if into is not None:
            shutil.copyfile(into, path)
        with store.open_ledger(path, create=True, now=lambda: datetime.now(UTC)) as ledger:
            yield ledger


def _articles(path: Path | None, words: int | None) -> list[Article]:
    """The corpus once, each article as its outlet published it; or another file's texts, or either again and again."""
    if path is not None:
        texts = [json.loads(row)["text"] for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]
        return repeated(texts, words or sum(len(text.split()) for text in texts))
    marked = gold.marked(gold.names())
    if words is not None:
        return repeated([each.text for each in marked], words)
    return [_published(each) for each in marked]


def _published(marked: gold.Marked) -> Article:
    return records.article(
        marked.text, caller=marked.id, title=marked.title, outlet=marked.outlet, published=marked.published, language="en",
        raw=marked.text.encode(), basis="given" if marked.published else "unknown",
    )  # fmt: skip


def _circumstances(wanted: argparse.Namespace) -> dict[str, Any]:
    return {
        "command": COMMAND,
        "text": "the corpus" if wanted.text is None else wanted.text.name,
        "into": "an empty ledger" if wanted.into is None else wanted.into.name,
        "processors": pipeline.processors(),
        "machine": platform.machine(),
        "python": platform.python_version(),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.end_to_end", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help="write end_to_end.json")
    parser.add_argument("--text", type=Path, metavar="FILE.jsonl", help="JSON lines with a text each, in place of the corpus")
    parser.add_argument("--into", type=Path, metavar="LEDGER", help="add to copies of this ledger, not to empty ones")
    parser.add_argument("--words", type=int, help="at least so many words, by repeating the texts (default: each text once)")
    parser.add_argument("--rounds", type=int, default=3, help="repeat so often (default: 3)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
