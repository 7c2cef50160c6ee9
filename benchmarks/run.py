"""Words a second by stage and end to end, memory, start-up: measured side by side, repeated, as medians and ratios.

    python -m benchmarks.run                    the table, over the corpus's articles
    python -m benchmarks.run --write            and writes figures.json
    python -m benchmarks.run --text FILE.jsonl  over other text: JSON lines with "text"

The corpus is denser than real news (about twice the statements a word), so its figures are on the low side.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# As the command does, before numpy comes in: its products here are small, and threads would wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from benchmarks.stopwatch import Stopwatch
from onrecord import pipeline, records, store
from onrecord.records import Article, Reader

ROOT = Path(__file__).resolve().parent.parent
FIGURES = Path(__file__).resolve().parent / "figures.json"
COMMAND = "python -m benchmarks.run --write"

STAGES: dict[str, tuple[str, ...]] = {
    "tokenise": ("onrecord.reader.wordpiece:WordPiece.pieces", "onrecord.reader.encoder:windows"),
    "encode": ("onnxruntime.capi.onnxruntime_inference_collection:Session.run",),
    "pointers": ("onrecord.reader.frames:Scores.read", "onrecord.reader.encoder:frames"),
    "dates": ("onrecord.pipeline:find", "onrecord.pipeline:merge", "onrecord.pipeline:published", "onrecord.pipeline:times"),
    "extract": ("onrecord.pipeline:extract",),
    "resolve": ("onrecord.pipeline:resolve",),
    "store": tuple(f"onrecord.store.ledger:SqliteLedger.{name}" for name in ("informed", "removed", "holds", "put", "again")),
}
"""What is timed apart; whatever else the pipeline does is "the rest"."""

SHORT = "Ana Brill, the transport minister, said on Monday that the bridge would open if the last tests went well."

_CHILD = """
import resource, sys, time
start = time.perf_counter()
from onrecord import pipeline, records
reader = pipeline.make_reader(threads=1)
texts = open(sys.argv[1], encoding="utf-8").read().split("\\x00")
reader.read(texts[:1])
ready = time.perf_counter() - start
reader.read(texts)
print(ready, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and write it where that is asked."""
    wanted = _parser().parse_args(arguments)
    articles = repeated(_texts(wanted.text), wanted.words)
    figures = measure(articles, pipeline.make_reader(threads=1), wanted.rounds)
    figures = {**_circumstances(wanted.text), **figures}
    print(table(figures))
    if wanted.write:
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def repeated(texts: Sequence[str], words: int) -> list[Article]:
    """Articles with at least so many words in all: the texts in their order, again and again, each time as another document."""
    articles: list[Article] = []
    while words > 0:
        text = texts[len(articles) % len(texts)]
        name = f"benchmark-{len(articles)}"
        articles.append(
            records.article(text, caller=name, language="en", published="2024-05-28", basis="given", raw=text.encode(), outlet="Benchmark")
        )
        words -= len(text.split())
    return articles


def measure(articles: Sequence[Article], reader: Reader, rounds: int) -> dict[str, Any]:
    """Medians over the rounds; each round measures the bare reader and text to ledger one after the other."""
    words = sum(len(article.text.split()) for article in articles)
    texts = [article.text for article in articles]
    reader.read(texts[:4])
    bare, whole = [], []
    for _ in range(rounds):
        bare.append(_took(lambda: reader.read(texts)))
        whole.append(_took(lambda: _into_ledger(articles, reader)))
    watch = Stopwatch()
    with watch.watching(STAGES):
        total = _took(lambda: _into_ledger(articles, reader))
    stages = {**watch.seconds, "the rest": total - sum(watch.seconds.values())}
    ready, memory = _child(texts)
    side_by_side = pipeline.make_reader()
    many = statistics.median(_took(lambda: _into_ledger(articles, side_by_side)) for _ in range(rounds))
    return {
        "articles": len(articles),
        "words": words,
        "rounds": rounds,
        "bare reader, words/s": round(words / statistics.median(bare)),
        "text to ledger, words/s": round(words / statistics.median(whole)),
        "text to ledger, articles/s": round(len(articles) / statistics.median(whole), 1),
        "text to ledger / bare reader": round(statistics.median(b / w for b, w in zip(bare, whole, strict=True)), 3),
        "text to ledger on all processors, words/s": round(words / many),
        "text to ledger, all processors / one": round(statistics.median(whole) / many, 2),
        "stages": {name: {"words/s": round(words / max(took, 1e-9)), "share": round(took / total, 3)} for name, took in stages.items()},
        "memory, MB": round(memory),
        "reader ready and first article read, s": round(ready, 2),
        "onrecord --help, s": round(_start_up(["--help"]), 3),
        "onrecord read, one short article, s": round(_start_up(["read", "-"], SHORT), 2),
    }


def table(figures: dict[str, Any]) -> str:
    """The figures as lines for the terminal."""
    rows = []
    for name, figure in figures.items():
        if name == "stages":
            rows += [f"  {stage:40}{one['words/s']:>12,} words/s  {one['share']:6.1%}" for stage, one in figure.items()]
        else:
            rows.append(f"{name:42}{figure:>12,}" if isinstance(figure, int | float) else f"{name:42}{figure}")
    return "\n".join(rows)


def _texts(path: Path | None) -> list[str]:
    """The texts of a file of JSON lines, or of the corpus."""
    if path is not None:
        return [json.loads(row)["text"] for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]
    from evals import gold

    return [article.text for article in gold.marked(gold.names())]


def _into_ledger(articles: Sequence[Article], reader: Reader) -> None:
    """Read the articles and keep them in a ledger that is thrown away."""
    with (
        tempfile.TemporaryDirectory() as folder,
        store.open_ledger(Path(folder) / "benchmark.db", create=True, now=lambda: datetime.now(UTC)) as ledger,
    ):
        for _ in pipeline.add(articles, reader, ledger):
            pass


def _took(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _child(texts: Sequence[str]) -> tuple[float, float]:
    """Seconds until a fresh process has read its first article, and its highest memory in MB when it has read them all."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.write("\x00".join(texts))
        file.flush()
        done = subprocess.run([sys.executable, "-c", _CHILD, file.name], capture_output=True, text=True, check=True)
    ready, memory = done.stdout.split()
    return float(ready), float(memory)


def _start_up(arguments: Sequence[str], text: str = "", times: int = 5) -> float:
    """The median of several runs of the command in a fresh process."""

    def once() -> None:
        subprocess.run([sys.executable, "-m", "onrecord", *arguments], input=text, capture_output=True, text=True, check=True)

    once()
    return statistics.median(_took(once) for _ in range(times))


def _circumstances(path: Path | None) -> dict[str, Any]:
    return {
        "command": COMMAND,
        "text": "the corpus" if path is None else path.name,
        "processors": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "threads of the reader": 1,
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help="write figures.json")
    parser.add_argument("--text", type=Path, metavar="FILE.jsonl", help="JSON lines with a text each, in place of the corpus")
    parser.add_argument("--words", type=int, default=30_000, help="read at least so many words (default: 30000)")
    parser.add_argument("--rounds", type=int, default=3, help="repeat so often (default: 3)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
