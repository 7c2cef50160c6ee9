"""Time spent in named functions, each without what it spends in the others."""

from __future__ import annotations

import functools
import importlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any


class Stopwatch:
    """Own time of each stage: while a stage calls another one, the clock of the outer one stands still."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._running: list[str] = []
        self._since = 0.0

    @contextmanager
    def watching(self, stages: Mapping[str, tuple[str, ...]]) -> Iterator[None]:
        """Time the functions of each stage, given as ``module:name`` or ``module:Class.name``, for as long as this lasts.

        Raises:
            AttributeError: where there is no such function any more.
        """
        replaced = []
        try:
            for stage, places in stages.items():
                self.seconds.setdefault(stage, 0.0)
                for place in places:
                    owner, name = owner_of(place)
                    # From the class's own dictionary, so that a static method is put back as one.
                    replaced.append((owner, name, vars(owner)[name]))
                    setattr(owner, name, self._timed(stage, getattr(owner, name)))
            yield
        finally:
            for owner, name, function in reversed(replaced):
                setattr(owner, name, function)

    def _timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            self._switch(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self._switch(None)

        return timed

    def _switch(self, stage: str | None) -> None:
        """Book the time since the last switch, then start this stage, or go back to the one around it."""
        now = time.perf_counter()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        if stage is None:
            self._running.pop()
        else:
            self._running.append(stage)
        self._since = now


def owner_of(place: str) -> tuple[Any, str]:
    """The module or class that holds a function, and the function's name in it."""
    module, _, path = place.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, name = path.split(".")
    for step in outer:
        owner = getattr(owner, step)
    if name not in vars(owner):
        raise AttributeError(f"the benchmark's stage {place} is gone: name what took its place in benchmarks/run.py")
    return owner, name
