"""What one more article costs as the ledger grows: at 1,000, 10,000 and 100,000 stored articles, side by side.

    python -m benchmarks.growth --folder DIR            fills three ledgers there, once, then measures
    python -m benchmarks.growth --folder DIR --write    and writes growth.json

The articles are invented (see invented.py): the smaller ledgers hold the last 1,000 and 10,000 of the same 100,000, so that all three have
the same recent days, and differ in how far they go back. They are filled without the reader, in large transactions; that may be broken
off, and goes on where it stopped. Then articles that none of them has are added to each, one at a time and in turn, by the reader, the
grouping and the ledger that the command uses. Noise falls on all alike, and the ratios are what counts.

Of what is filled in, the last 2,000 articles are compared with one another and grouped as ever; those before them are entered with all that
they are found by, each in a story of its own. That takes a fifth of the time, and a new article meets as many that it may have to do with.

The folder needs about 15 GB. What was filled stays there, grows by the articles that are measured, and is used again.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import multiprocessing
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

# As the command does, before numpy comes in: its products here are small, and threads would wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import msgspec
from evals import gold

from benchmarks.invented import BLOCK, Invented, templates
from onrecord import pipeline, records, store
from onrecord.codec import decode_extraction, encode
from onrecord.group import grouping
from onrecord.records import Article, Extraction, Frames, Reader
from onrecord.store import SqliteLedger

FIGURES = Path(__file__).resolve().parent / "growth.json"
COMMAND = "python -m benchmarks.growth --write"
SIZES = (1_000, 10_000, 100_000)
MOST = 1.30
"""One more article may cost so much more at 100,000 stored articles than at 1,000."""
_AT_ONCE = 500
_RECENT = 2_000
"""So many of the newest articles are grouped as ever."""
_IDLE, _COLD, _COMMANDS = 10, 10, 5
"""Articles that are added before it counts; that are measured without pages in memory; with which the command is started."""
_PARTS = ("whole", "whole, processors' time", "without the reader", "without the reader, processors' time")
_EVERY = 5
"""Of the measured articles, every so manieth is one more of a story that all ledgers have."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill what is not filled, measure, print the figures, and write them where that is asked."""
    wanted = _parser().parse_args(arguments)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    sizes = [size for size in SIZES if size <= wanted.largest]
    reader = pipeline.make_reader()
    read = _read(wanted.folder, reader)
    filled = {size: fill(wanted.folder / f"{size}.db", size, read, pipeline.reading_digest(reader)) for size in sizes}
    figures = {**_circumstances(), **measure(filled, _invented(read), reader, wanted.articles)}
    print(json.dumps(figures, indent=1), *_summary(figures), sep="\n")
    if wanted.write:
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


# Filling


def fill(path: Path, size: int, read: Path, digest: str) -> Path:
    """The ledger with the last so many of the articles, filled as far as it is not."""
    first = SIZES[-1] - size
    with store.open_ledger(path, create=True, now=_now) as ledger:
        held = _count(ledger)
        if held >= size:
            return path
        for pragma in ("synchronous = OFF", "cache_size = -2000000", "wal_autocheckpoint = 100000"):
            ledger._connection.execute(f"PRAGMA {pragma}")
        begun = time.monotonic()
        numbers = range(first + held, SIZES[-1])
        with multiprocessing.get_context("spawn").Pool(1, _begin, (read,)) as pool:
            chunks = [numbers[at : at + _AT_ONCE] for at in range(0, len(numbers), _AT_ONCE)]
            for done, chunk in enumerate(pool.imap(_chunk, chunks)):
                _enter(ledger, [(_article(*one)) for one in chunk], digest, recent=chunks[done][0] >= SIZES[-1] - _RECENT)
                _progress(path, held + min((done + 1) * _AT_ONCE, len(numbers)), size, (done + 1) * _AT_ONCE, begun)
        ledger._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return path


def _enter(ledger: SqliteLedger, some: Sequence[tuple[Article, Extraction]], digest: str, *, recent: bool) -> None:
    """Put the articles and group them, in one transaction."""
    with ledger.together(), ledger.grouping() as shelves:
        for article, extraction in some:
            ledger.put(article, extraction, digest)
            grouping.group(article.id, shelves if recent else _Alone(shelves))


class _Alone:
    """Shelves on which nothing is found beside the article itself, and all is kept."""

    def __init__(self, shelves: grouping.Shelves) -> None:
        self._shelves = shelves
        self.when, self.report, self.done, self.older, self.retire = (
            shelves.when, shelves.report, shelves.done, shelves.older, shelves.retire,
        )  # fmt: skip
        self.copies, self.stories = _Blind(shelves.copies, "candidates"), _Blind(shelves.stories, "near")
        self.sayings, self.bonds = _Blind(shelves.sayings, "spoken"), _Blind(shelves.bonds, "bonds")

    def beside(self, article: str) -> _Alone:
        """The same with only what the article may be compared with."""
        return _Alone(self._shelves.beside(article))


class _Blind:
    """A shelf of which one look-up finds nothing."""

    def __init__(self, shelf: object, name: str) -> None:
        self._shelf = shelf
        setattr(self, name, lambda *_: ())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._shelf, name)


_made: Invented


def _begin(read: Path) -> None:
    """In the process that invents: read what is on record of the corpus."""
    global _made
    _made = _invented(read)


def _chunk(numbers: Sequence[int]) -> list[tuple[bytes, bytes]]:
    return [(msgspec.msgpack.encode(article), msgspec.msgpack.encode(extraction)) for article, extraction in map(_made.article, numbers)]


def _article(article: bytes, extraction: bytes) -> tuple[Article, Extraction]:
    return msgspec.msgpack.decode(article, type=Article), msgspec.msgpack.decode(extraction, type=Extraction)


def _corpus() -> list[Article]:
    marked = gold.marked(gold.names())
    return [records.article(m.text, caller=m.id, title=m.title, published=m.published, basis="given", language="en") for m in marked]


def _read(folder: Path, reader: Reader) -> Path:
    """Where what this reader read off the corpus is kept."""
    path = folder / f"corpus-{reader.digest[:12]}.jsonl"
    if not path.exists():
        path.write_bytes(b"".join(encode(each) + b"\n" for each in pipeline.read(_corpus(), reader)))
    return path


def _invented(read: Path) -> Invented:
    """The articles, from what was read off the corpus."""
    extractions = [decode_extraction(line) for line in read.read_bytes().splitlines()]
    return Invented(templates(_corpus(), extractions), extractions[0].reader)


def _progress(path: Path, held: int, size: int, done: int, begun: float) -> None:
    took = time.monotonic() - begun
    print(f"\r{path.name}: {held:,} of {size:,} articles, {1000 * took / done:.1f} ms each ", end="", file=sys.stderr, flush=True)


# Measuring


def measure(filled: dict[int, Path], made: Invented, reader: Reader, count: int) -> dict[str, Any]:
    """Cost of one more article in each ledger, with its pages in memory and after they were dropped; as a command; and on disk."""
    with _opened(filled) as ledgers:
        first = SIZES[-1] + max(_count(ledger) - size for size, ledger in ledgers.items())
        disk = {f"{size:,}": _disk(ledger) for size, ledger in ledgers.items()}
        more = (_more(made, number) for number in itertools.count(first))
        warm = _rounds(ledgers, list(islice(more, count + _IDLE)), reader, _IDLE)
    return {
        "measured articles": count,
        "one more article": _table(warm),
        "one more article, first after the ledger's pages left memory": _table(_cold(filled, more, reader)),
        "onrecord add, one article": _command(filled, more),
        "on disk": disk,
    }


@contextlib.contextmanager
def _opened(filled: dict[int, Path]) -> Iterator[dict[int, SqliteLedger]]:
    with contextlib.ExitStack() as stack:
        yield {size: stack.enter_context(store.open_ledger(path, create=False, now=_now)) for size, path in filled.items()}


def _cold(filled: dict[int, Path], more: Iterator[Article], reader: Reader) -> dict[str, dict[int, list[float]]]:
    """The same, of articles that are each the first after all of the file has to come from the disk."""
    rounds = []
    for article in islice(more, _COLD):
        with _opened(filled) as ledgers:
            for ledger in ledgers.values():
                ledger._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        for path in filled.values():
            _dropped(path)
        with _opened(filled) as ledgers:
            rounds.append(_rounds(ledgers, [article], reader, 0))
    return {what: {size: [row[what][size][0] for row in rounds] for size in filled} for what in rounds[0]}


def _dropped(path: Path) -> None:
    """Have the system forget the file's pages."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _command(filled: dict[int, Path], more: Iterator[Article]) -> dict[str, Any]:
    """Seconds of the command itself, start-up included."""
    result: dict[str, Any] = {f"{size:,}": {"s": []} for size in filled}
    for article in islice(more, _COMMANDS):
        line = json.dumps({"text": article.text, "title": article.title, "outlet": article.outlet, "published": article.published})
        for size, path in filled.items():
            begun = time.perf_counter()
            words = [sys.executable, "-m", "onrecord", "add", "--ledger", str(path), "-"]
            subprocess.run(words, input=line, stdout=subprocess.DEVNULL, text=True, check=True)
            result[f"{size:,}"]["s"].append(time.perf_counter() - begun)
    return {size: {name: round(statistics.median(values), 2) for name, values in row.items()} for size, row in result.items()}


def _more(made: Invented, number: int) -> Article:
    """An article that no ledger has."""
    if number % _EVERY == 0:
        return made.further(number, SIZES[-1] // BLOCK - 1)[0]
    return made.article(number)[0]


def _rounds(ledgers: dict[int, SqliteLedger], articles: Sequence[Article], reader: Reader, idle: int) -> dict[str, dict[int, list[float]]]:
    """Seconds of each article in each ledger: whole, store and grouping alone, and of the processor; the first ones are not counted."""
    took: dict[str, dict[int, list[float]]] = {what: {size: [] for size in ledgers} for what in _PARTS}
    for at, article in enumerate(articles):
        order = list(ledgers)
        for size in order[at % len(order) :] + order[: at % len(order)]:
            watched = _Watched(reader)
            begun, worked = time.perf_counter(), time.process_time()
            (receipt,) = pipeline.add([article], watched, ledgers[size])
            whole, work = time.perf_counter() - begun, time.process_time() - worked
            assert receipt.outcome == "added", receipt
            if at >= idle:
                for what, value in zip(took, (whole, work, whole - watched.took, work - watched.worked), strict=True):
                    took[what][size].append(value)
    return took


class _Watched:
    """The reader, with its own time counted; it reads on its threads, while nothing else is done."""

    threads = 1

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.name, self.digest, self.calibration = reader.name, reader.digest, getattr(reader, "calibration", None)
        self.took = self.worked = 0.0

    def read(self, texts: Sequence[str]) -> list[Frames]:
        begun, worked = time.perf_counter(), time.process_time()
        frames = self._reader.read(texts)
        self.took += time.perf_counter() - begun
        self.worked += time.process_time() - worked
        return frames


def _table(took: dict[str, dict[int, list[float]]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for what, sizes in took.items():
        smallest = min(sizes)
        rows = {}
        for size, values in sizes.items():
            ratio = [value / other for value, other in zip(values, sizes[smallest], strict=True)]
            rows[f"{size:,}"] = {
                "median, ms": round(1000 * statistics.median(values), 2),
                "mean, ms": round(1000 * statistics.mean(values), 2),
                "slowest, ms": round(1000 * max(values), 2),
                "median / smallest": round(statistics.median(values) / statistics.median(sizes[smallest]), 3),
                "mean / smallest": round(statistics.mean(values) / statistics.mean(sizes[smallest]), 3),
                "median of ratios": round(statistics.median(ratio), 3),
            }
        result[what] = rows
    return result


def _summary(figures: dict[str, Any]) -> Iterator[str]:
    """What counts, in words."""
    for name in ("whole", "whole, processors' time"):
        for size, row in figures["one more article"][name].items():
            yield f"{name}, at {size}: {row['median, ms']} ms, {row['median of ratios']} of the smallest (at most {MOST} is wanted)"


def _disk(ledger: SqliteLedger) -> dict[str, Any]:
    """Bytes an article on disk, and by table."""
    count = _count(ledger)
    pages, size = (ledger._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return {"articles": count, "MB": round(pages * size / 1e6), "bytes an article": round(pages * size / count)}


def _count(ledger: SqliteLedger) -> int:
    return int(ledger._connection.execute("SELECT COUNT(*) FROM articles").fetchone()[0])


def _now() -> datetime:
    return datetime.now(UTC)


def _circumstances() -> dict[str, Any]:
    return {"command": COMMAND, "processors": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--folder", type=Path, required=True, metavar="DIR", help="where the ledgers are, or are made (20 GB)")
    parser.add_argument("--largest", type=int, default=SIZES[-1], choices=SIZES, help="the largest ledger (default: 100000)")
    parser.add_argument("--articles", type=int, default=100, help="measure so many articles in each (default: 100)")
    parser.add_argument("--write", action="store_true", help="write growth.json")
    return parser


if __name__ == "__main__":
    sys.exit(main())
