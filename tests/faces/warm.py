"""Runs the command again and again, each time in a process of its own that is forked from this one and so need not begin with importing.

Standard input has a line of JSON for each thing to do: ``["start", terminal, word, ...]`` starts the command with these words on that
terminal, and prints its process id; ``["wait", id]`` waits for its end, and prints its exit status, negative where a signal ended it.
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial

from fake_reader import FakeReader

from onrecord import pipeline
from onrecord.faces import articles, following, keeping  # noqa: F401
from onrecord.faces.cli import main
from onrecord.intake import page  # noqa: F401
from onrecord.intake.web import fetching, visits  # noqa: F401


def serve() -> None:
    """Do what standard input says."""
    pipeline.make_reader = lambda: FakeReader()
    articles.Progress._PAUSE = 0.0
    # The feed is this machine's own: no need to be patient with it.
    visits.Visits = partial(visits.Visits, pause=0.0)
    while line := sys.stdin.readline():
        what, *rest = json.loads(line)
        print(_start(*rest) if what == "start" else os.waitstatus_to_exitcode(os.waitpid(rest[0], 0)[1]), flush=True)


def _start(terminal: str, *words: str) -> int:
    shown = os.open(terminal, os.O_RDWR | os.O_NOCTTY)
    process = os.fork()
    if not process:
        for stream, file in enumerate((os.open(os.devnull, os.O_RDONLY), shown, shown)):
            os.dup2(file, stream)
        # Anew, since the old ones remember that they were pipes.
        sys.stdin, sys.stdout, sys.stderr = (open(at, mode, closefd=False) for at, mode in enumerate("rww"))  # noqa: SIM115
        sys.argv = ["onrecord", *words]
        main()
    os.close(shown)
    return process


if __name__ == "__main__":
    serve()
