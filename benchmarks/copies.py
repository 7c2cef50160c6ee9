"""Are copies found, and at what cost: generated articles of which every copy is known, against brute force on all their shingles.

    python -m benchmarks.copies                        20,000 articles: recall, false pairs, texts a second
    python -m benchmarks.copies --write                and writes copies.json
    python -m benchmarks.copies --ledger 1000000       what one more costs beside so many articles, in a file on disk
    python -m benchmarks.copies --pairs FILE.jsonl     every pair found among real articles, to be judged by hand

An original is made of paragraphs of the corpus with a third of their words exchanged, each time other ones. Its copies lose or change
words, lose paragraphs, are cut short, or stand inside another original.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.group import copies, shingles
from onrecord.group.passages import passages
from onrecord.records import Published, tagged
from onrecord.reports import Copy, Piece
from onrecord.store import schema
from onrecord.store.connection import connect, transaction
from onrecord.store.copies import HASH_BITS, NUMBER_BITS, Copies

FIGURES = Path(__file__).resolve().parent / "copies.json"
SEED = 20240528
LEAST = 20
"""Shingles that two articles share at least, to be counted as copies by brute force too."""
EXCHANGED = 0.35
"""Share of the words of an original that are exchanged."""

Family = frozenset[int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked, print it, and write it where that is asked."""
    wanted = _parser().parse_args(arguments)
    if wanted.pairs is not None:
        for line in real_pairs(wanted.pairs):
            print(line)
        return 0
    if wanted.ledger is not None and not wanted.write:
        print(json.dumps(growth(wanted.ledger), indent=1))
        return 0
    most = wanted.ledger or 1_000_000
    command = f"python -m benchmarks.copies --write --ledger {most}"
    figures = {"command": command, "seed": SEED, **measure(wanted.articles)}
    if wanted.write:
        figures["one more article"] = growth(most)
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    return 0


def measure(count: int) -> dict[str, Any]:
    """Recall against brute force, pairs across families, and texts a second with the fingerprints in a ledger's file."""
    pieces, families = generated(count)
    start = time.process_time()
    sketches = [copies.sketch(piece.text) for piece in pieces]
    sketched = time.process_time() - start
    found, seconds = _found(pieces)
    truth = dict(_brute_force(pieces))
    number = {piece.article: at for at, piece in enumerate(pieces)}
    pairs = {frozenset((number[copy.article], number[copy.of])): copy for copy in found}
    alike = [pair for pair, (jaccard, _) in truth.items() if jaccard >= copies.NEAR]
    inside = [pair for pair, (jaccard, most) in truth.items() if most >= copies.PART and jaccard < copies.NEAR]
    return {
        "articles": len(pieces),
        "words": sum(len(piece.text.split()) for piece in pieces),
        "fingerprints an article": round(statistics.mean(map(len, sketches)), 1),
        "sketches, texts a second of one processor": round(len(pieces) / sketched),
        "found and kept, texts a second of one processor": round(len(pieces) / seconds),
        "found and kept, seconds of one processor": round(seconds, 1),
        "pairs found": dict(Counter(copy.kind for copy in pairs.values())),
        "pairs with jaccard >= .7": len(alike),
        "recall at jaccard >= .7": round(sum(pair in pairs for pair in alike) / len(alike), 4),
        "pairs with containment >= .5 and jaccard < .7": len(inside),
        "recall at containment >= .5": round(sum(pair in pairs for pair in inside) / len(inside), 4),
        "pairs found across families": sum(not _related(families, pair) for pair in pairs),
        "pairs found that share under .3": sum(max(truth.get(pair, (0.0, 0.0))) < 0.3 for pair in pairs),
    }


def generated(count: int, seed: int = SEED) -> tuple[list[Piece], list[Family]]:
    """So many articles in a random order, with the originals that each has words of."""
    chance = random.Random(seed)
    paragraphs, words = _material()
    made: list[tuple[str, Family]] = []
    originals = 0
    while len(made) < count:
        one = _original(chance, paragraphs, words)
        family = frozenset({originals})
        made.append((one, family))
        originals += 1
        for _ in range(min(11, int(chance.expovariate(0.7)))):
            kind = chance.choice(("edited", "edited", "cut", "brief", "inside"))
            text, more = _copy(chance, kind, one, words), family
            if kind == "inside":
                around = _original(chance, paragraphs, words)
                text, more = _mixed(chance, text, around), family | {originals}
                made.append((around, frozenset({originals})))
                originals += 1
            made.append((text, more))
    chance.shuffle(made)
    made = made[:count]
    return [_piece(at, text, chance) for at, (text, _) in enumerate(made)], [family for _, family in made]


def _material() -> tuple[list[str], list[str]]:
    """The corpus's paragraphs and words."""
    from evals import gold

    texts = [article.text for article in gold.marked(gold.names())]
    paragraphs = [part for text in texts for part in text.split("\n") if len(part.split()) >= 12]
    words = sorted({word for part in paragraphs for word in part.split() if word.isalpha() and len(word) > 3})
    return paragraphs, words


def _original(chance: random.Random, paragraphs: Sequence[str], words: Sequence[str]) -> str:
    chosen = chance.sample(paragraphs, chance.randint(3, 14))
    return "\n\n".join(" ".join(_exchanged(chance, part.split(), words, EXCHANGED)) for part in chosen)


def _exchanged(chance: random.Random, text: Sequence[str], words: Sequence[str], share: float) -> list[str]:
    return [chance.choice(words) if chance.random() < share else word for word in text]


def _copy(chance: random.Random, kind: str, text: str, words: Sequence[str]) -> str:
    """The text as another outlet prints it."""
    parts = text.split("\n\n")
    if kind == "cut":
        parts = parts[: max(2, int(len(parts) * chance.uniform(0.5, 0.95)))]
    if kind == "brief":
        parts = parts[: chance.randint(1, 2)]
    share = chance.uniform(0, 0.09) if kind == "edited" else chance.uniform(0, 0.02)
    return "\n\n".join(" ".join(_exchanged(chance, part.split(), words, share)) for part in parts)


def _mixed(chance: random.Random, text: str, around: str) -> str:
    parts = around.split("\n\n")
    at = chance.randint(0, len(parts))
    return "\n\n".join([*parts[:at], text, *parts[at:]])


def _piece(at: int, text: str, chance: random.Random) -> Piece:
    day = f"2024-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    outlet = f"Gazette {chance.randint(1, 400)}"
    published = Published(first=day, to=day, granularity="day", at=None, basis="given", spans=())
    return Piece(
        article=tagged("ar", at), document=tagged("do", at), caller=None, outlet=outlet, title=None, url=None, byline=None, language="en",
        published=published, added=f"{day}T00:00:00+00:00", text=text,
    )  # fmt: skip


def _related(families: Sequence[Family], pair: frozenset[int]) -> bool:
    one, other = pair
    return bool(families[one] & families[other])


class _Shelf:
    """Fingerprints in a ledger's file, texts in memory."""

    def __init__(self, kept: Copies, pieces: Sequence[Piece]) -> None:
        self._kept = kept
        self._pieces = {piece.article: piece for piece in pieces}

    def candidates(self, sketch: Sequence[int], limit: int) -> list[str]:
        return self._kept.candidates(sketch, limit)

    def piece(self, article: str) -> Piece | None:
        return self._pieces.get(article)


def _found(pieces: Sequence[Piece]) -> tuple[list[Copy], float]:
    """The copies found as the articles come in one by one, each in a transaction of its own, and the seconds it took."""
    found: list[Copy] = []
    with tempfile.TemporaryDirectory() as folder:
        kept, connection = _ledger(Path(folder) / "copies.db")
        shelf = _Shelf(kept, pieces)
        start = time.process_time()
        for piece in pieces:
            some = copies.find(piece, shelf)
            with transaction(connection):
                kept.keep(piece.article, copies.sketch(piece.text), some)
            found += some
        seconds = time.process_time() - start
        connection.close()
    return found, seconds


def _ledger(path: Path) -> tuple[Copies, Any]:
    """An empty ledger's file, set as the ledger sets it; articles themselves are not in it, so references are not checked."""
    connection = connect(path)
    for setting in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -65536", "wal_autocheckpoint = 8000", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {setting}")
    schema.migrate(connection, path, lambda: datetime.now(UTC))
    return Copies(connection), connection


def _brute_force(pieces: Sequence[Piece]) -> Iterator[tuple[frozenset[int], tuple[float, float]]]:
    """Every pair that shares enough: Jaccard, and the larger share of one in the other, from all shingles of both."""
    sets = [shingles.Shingled(piece.text).distinct for piece in pieces]
    sizes = np.array([len(each) for each in sets])
    owners = np.repeat(np.arange(len(sets)), sizes)
    hashes = np.concatenate(sets)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    for at, own in enumerate(sets):
        first, last = np.searchsorted(hashes, own, "left"), np.searchsorted(hashes, own, "right")
        others = np.concatenate([owners[a:b] for a, b in zip(first, last, strict=True)]) if len(own) else owners[:0]
        shared = np.bincount(others[others > at], minlength=len(sets))
        for other in np.flatnonzero(shared >= LEAST).tolist():
            both = int(shared[other])
            jaccard = both / (len(own) + int(sizes[other]) - both)
            yield frozenset((at, other)), (jaccard, both / min(len(own), int(sizes[other])))


def growth(most: int, tries: int = 300) -> dict[str, Any]:
    """Milliseconds to look up and to keep one more article beside 1,000, 100,000 … generated sketches, in a file on disk."""
    figures: dict[str, Any] = {}
    noise = np.random.default_rng(SEED)
    each = 45
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copies.db"
        kept, connection = _ledger(path)
        held = 0
        for size in [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= most]:
            _fill(connection, noise, held + 1, size, each)
            looked, added = [], []
            for number in range(tries):
                sketch = sorted(noise.integers(0, 1 << 59, each).tolist())
                start = time.perf_counter()
                kept.candidates(sketch, copies.AT_MOST)
                looked.append(time.perf_counter() - start)
                start = time.perf_counter()
                with transaction(connection):
                    kept.keep(tagged("ar", size, number), sketch, ())
                added.append(time.perf_counter() - start)
            held = size + tries
            figures[f"{size:,} articles"] = {
                "look up, ms": round(1000 * statistics.median(looked), 3),
                "keep, ms": round(1000 * statistics.median(added), 3),
                "file, MB": round(path.stat().st_size / 1e6),
            }
        connection.close()
    return figures


def _fill(connection: Any, noise: np.random.Generator, first: int, last: int, each: int) -> None:
    numbers = np.repeat(np.arange(first, last + 1, dtype=np.int64), each)
    marks = np.sort((noise.integers(0, 1 << HASH_BITS, len(numbers), dtype=np.int64) << NUMBER_BITS) | numbers)
    with transaction(connection):
        rows = ((number, tagged("ar", number)) for number in range(first, last + 1))
        connection.executemany("INSERT INTO sketches (number, article) VALUES (?, ?)", rows)
        connection.executemany("INSERT INTO fingerprints (mark) VALUES (?) ON CONFLICT DO NOTHING", ((mark,) for mark in marks.tolist()))


def real_pairs(path: Path) -> Iterator[str]:
    """Each pair found among the articles of a file of JSON lines, with its longest passage: to be judged by hand."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    pieces = [_real(row, at) for at, row in enumerate(rows)]
    texts = {piece.article: piece for piece in pieces}
    found, seconds = _found(pieces)
    unique = {(copy.article, copy.of): copy for copy in found}
    yield f"{len(pieces)} articles, {len(unique)} pairs, {seconds:.1f} s"
    for copy in sorted(unique.values(), key=lambda copy: -copy.jaccard):
        one, other = texts[copy.article], texts[copy.of]
        longest = max(passages(one.text, other.text), key=lambda passage: passage.words, default=None)
        words = one.text[longest.one[0] : longest.one[1]] if longest else ""
        yield f"\n{copy.kind} {copy.jaccard:.2f} {copy.containment:.2f} {copy.contained:.2f}  {one.outlet} | {other.outlet}"
        yield f"  {one.caller}: {one.title or one.text[:70]!r}\n  {other.caller}: {other.title or other.text[:70]!r}"
        yield f"  {longest.words if longest else 0} words: {words[:300]!r}"


def _real(row: dict[str, Any], at: int) -> Piece:
    day = (row.get("published") or "")[:10] or None
    published = Published(
        first=day, to=day, granularity="day" if day else "unknown", at=None, basis="given" if day else "unknown", spans=()
    )
    return Piece(
        article=tagged("ar", at), document=tagged("do", at), caller=row.get("id"), outlet=row.get("outlet"), title=row.get("title"),
        url=None, byline=row.get("byline"), language="en", published=published, added="2024-01-01T00:00:00+00:00", text=row["text"],
    )  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help="write copies.json, with what one more costs at a million, or at --ledger N")
    parser.add_argument("--articles", type=int, default=20_000, help="so many are generated (default: 20000)")
    parser.add_argument("--ledger", type=int, metavar="N", help="what one more article costs beside up to so many")
    parser.add_argument("--pairs", type=Path, metavar="FILE.jsonl", help="list the pairs among these articles")
    return parser


if __name__ == "__main__":
    sys.exit(main())
