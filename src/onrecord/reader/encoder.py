"""The reader that ships: texts in, frames out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.reader.calibration import Logistic
from onrecord.reader.frames import Scores, frames
from onrecord.reader.heads import Heads
from onrecord.reader.windows import Window, windows
from onrecord.reader.wordpiece import WordPiece
from onrecord.records import Calibration, Frames

Job = tuple[Sequence[int], Sequence[int], Window, bool]
"""Numbers and shapes of a text's pieces, a window on them, and whether its vectors are kept."""

CLS = "[CLS]"
PARTS = ("model.onnx", "heads.npz", "vocab.txt", "card.json")
"""The files of a model, in the order of its digest; ``card.json`` has name, bars of decision, calibration and more."""


class Encoder:
    """A model on onnxruntime."""

    def __init__(self, folder: Traversable | None = None, *, threads: int = 1) -> None:
        """Load the model of a folder, or the one that the package carries.

        Args:
            threads: how many windows are read side by side.

        Raises:
            ModelError: a file is missing or damaged.
        """
        here = folder if folder is not None else files("onrecord.reader")
        try:
            parts = {name: (here / name).read_bytes() for name in PARTS}
            card: dict[str, Any] = json.loads(parts["card.json"])
            pieces = [p for p in parts["vocab.txt"].decode("utf-8").split("\n") if p]
            self._session = _session(parts["model.onnx"])
            self._heads = Heads(_arrays(parts["heads.npz"]))
            vocabulary = {piece: n for n, piece in enumerate(pieces)}
            self.split = WordPiece(vocabulary)
            self._cls = vocabulary[CLS]
            self.name: str = card["name"]
            self.bars: dict[str, float] = card["bars"]
            self.calibration: Calibration = Logistic(card.get("calibration", {}).get("weights", {}))
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise ModelError(f"the reader's model is missing or damaged ({error}); install onrecord again") from error
        self.digest = hashlib.sha256(b"".join(hashlib.sha256(parts[name]).digest() for name in PARTS)).hexdigest()
        self._inner = frozenset(n for n, piece in enumerate(pieces) if piece.startswith("##"))
        self.threads = threads
        self._pool: ThreadPoolExecutor | None = None

    def read(self, texts: Sequence[str], *, vectors: bool = False) -> list[Frames]:
        """What is seen in each text, in the order given; with ``vectors`` also a vector for each sentence.

        Each window goes through the encoder alone. In int8 what a window gives depends a little on what shares its run, and a record
        must rest on its own article alone; sharing was measured to save nothing (see docs/why.md). Windows are read side by side
        instead, each on a thread: what they give does not depend on how many threads there are.
        """
        pieces = [self.split.pieces(text) for text in texts]
        cut = [windows(text, extents) for text, (_, extents, _) in zip(texts, pieces, strict=True)]
        jobs = [(ids, shapes, w, vectors) for (ids, _, shapes), some in zip(pieces, cut, strict=True) for w in some]
        scores = iter(self._map(jobs))
        out = []
        for text, (ids, extents, _), some in zip(texts, pieces, cut, strict=True):
            inner = [number in self._inner for number in ids]
            mine = [next(scores) for _ in some]
            out.append(frames(text, extents, inner, mine, self.bars, self._heads if vectors else None))
        return out

    def _map(self, jobs: Sequence[Job]) -> Iterable[Scores]:
        if self.threads == 1 or len(jobs) < 2:
            return map(self._window, jobs)
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self.threads, "window")
        return self._pool.map(self._window, jobs)

    def _window(self, job: Job) -> Scores:
        ids, shapes, window, vectors = job
        return self._encode(ids, shapes, window).read(self._heads, self.bars, keep=vectors)

    def _encode(self, ids: Sequence[int], shapes: Sequence[int], window: Window) -> Scores:
        a, b = window.first, window.last
        given = {
            "ids": np.array([[self._cls, *ids[a:b]]], np.int64),
            "shapes": np.array([[0, *shapes[a:b]]], np.int64),
            "mask": np.ones((1, 1 + b - a), np.int64),
        }
        hidden, tags, firsts, lasts = self._session.run(["hidden", "tags", "firsts", "lasts"], given)
        return Scores(window=window, hidden=hidden[0], tags=tags[0, 1:], firsts=firsts[0], lasts=lasts[0])


def _session(model: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        # onnxruntime raises exceptions of its own that share no base but Exception.
        raise ModelError(f"the reader's model cannot be loaded ({error}); install onrecord again") from error


def _arrays(data: bytes) -> dict[str, NDArray[np.float16]]:
    import io

    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        return {name: held[name] for name in held.files}
