"""The command ``demo``: the sample newsroom in a ledger of its own, and what is on record there."""

from __future__ import annotations

import collections
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from onrecord import sample, store
from onrecord.errors import NotFoundError
from onrecord.faces import settings
from onrecord.faces.articles import Articles
from onrecord.faces.keeping import Tally, load, now
from onrecord.faces.reading import kept
from onrecord.faces.terminal import Painter, harmless
from onrecord.faces.view import View, many
from onrecord.records import Condition, Extraction, Statement

SAMPLE = "SAMPLE: invented articles; none of this happened, nobody in it exists."
_STORY = "w5-troops-01"
"""An article of the story whose page is written."""
_SHOWN = 3
_SURE = 0.6
_TELLING = ("commit", "threaten", "offer", "refuse", "demand", "warn")


def run(ledger: str | None, least: float | None = None) -> None:
    """Load the sample newsroom, show a few of the things on record there that are as sure as asked, and say what to try next."""
    path = settings.demo_ledger(ledger)
    painter = Painter(settings.screen(sys.stdout))
    click.echo(painter.paint(SAMPLE, "marker"), color=True)
    load(Articles([str(sample.path())]), path, Tally())
    with store.open_ledger(path, create=False, now=now) as opened:
        ids = [row["id"] for row in opened.rows("articles", {})]
        extractions = [kept(msgspec.structs.replace(opened.extraction(ident), article=ident), least) for ident in ids]
        page = _page(opened, path.with_suffix(".html"))
    for line in _screen(extractions, path, painter):
        click.echo(line, color=True)
    if page is not None:
        click.echo(f"All the coverage of one story, for a browser: {page}")


def _page(ledger: store.SqliteLedger, path: Path) -> Path | None:
    """The page of a story, written; None where its article was removed from this ledger."""
    from onrecord.faces import coverage

    try:
        return coverage.write_page(ledger, _STORY, path)
    except NotFoundError:
        return None


def is_sample(ledger: store.SqliteLedger) -> bool:
    """Whether the ledger holds an article of the sample newsroom, so that every screen from it has to say so."""
    first = next(iter(Articles([str(sample.path())])))
    return bool(ledger.holds_article(first.id))


def _screen(extractions: Sequence[Extraction], path: Path, painter: Painter) -> Iterator[str]:
    statements = sum(len(each.statements) for each in extractions)
    conditions = sum(len(each.conditions) for each in extractions)
    outlets = {each.outlet for each in extractions}
    yield ""
    counts = ((len(extractions), "article"), (len(outlets), "outlet"), (statements, "statement"), (conditions, "condition"))
    yield from painter.lines([(f"On record: {', '.join(many(*each) for each in counts)}. Among them:", None)])
    for extraction, statement in _telling(extractions):
        view = View(extraction, painter)
        yield ""
        yield from view.source()
        yield from view.statement(statement)
    yield ""
    yield f"Ledger: {path} (the sample's own; yours is not touched)"
    yield "Go on with:"
    for question, words in _next(extractions):
        yield f"  {question}"
        yield f"    {_pasted(words, path)}"


def _telling(extractions: Sequence[Extraction]) -> list[tuple[Extraction, Statement]]:
    """A few statements, each by speakers from another country: those that hang on a condition first, then telling acts, then the surest."""
    found: dict[tuple[str, ...], tuple[tuple[bool, bool, bool, float], Extraction, Statement]] = {}
    for extraction in extractions:
        sure = {each.id for each in extraction.conditions if _plain(each)}
        for statement in extraction.statements:
            speaker = statement.speaker
            if speaker is None or not speaker.countries or not speaker.text[:1].isupper() or statement.within is not None:
                continue
            bound = len(sure.intersection(statement.conditions)) == 1 == len(statement.conditions)
            rank = (bound, statement.act in _TELLING, len(speaker.text.split()) > 1, statement.confidence)
            if speaker.countries not in found or rank > found[speaker.countries][0]:
                found[speaker.countries] = (rank, extraction, statement)
    best = sorted(found.values(), key=lambda each: (each[0], each[2].id), reverse=True)[:_SHOWN]
    return [(extraction, statement) for _, extraction, statement in best]


def _plain(condition: Condition) -> bool:
    """Whether it takes no second look: both sides are there, and its marker is the very word that its kind is called by."""
    return (
        bool(condition.antecedent and condition.consequent)
        and condition.marker.text.casefold() == condition.kind
        and condition.confidence >= _SURE
    )


def _next(extractions: Sequence[Extraction]) -> Iterator[tuple[str, list[str]]]:
    """Questions, and the words of the commands that answer them."""
    people: collections.Counter[str] = collections.Counter()
    countries: collections.Counter[str] = collections.Counter()
    states: dict[str, str] = {}
    for extraction in extractions:
        names = {actor.id: actor.name for actor in extraction.actors if actor.kind == "person"}
        states |= {code: actor.name for actor in extraction.actors if actor.kind == "state" for code in actor.countries}
        for statement in extraction.statements:
            if statement.speaker and statement.conditions:
                people.update(names[actor] for actor in statement.speaker.actors if actor in names)
                countries.update(statement.speaker.countries)
    for name, _ in people.most_common(1):
        yield f"What did {harmless(name)} say, and on what condition?", ["show", "statements", "--actor", name.split()[-1]]
    for country, _ in countries.most_common(1):
        yield (
            f"What would {harmless(states.get(country, country))} do, and on what condition?",
            ["show", "conditions", "--country", country],
        )
    for _, statement in _telling(extractions)[:1]:
        yield "In which passage does the first of these stand?", ["show", statement.id]
    yield "Who threatens, as a table for a spreadsheet?", ["show", "statements", "--act", "threaten", "--csv"]
    yield "Who covers the first story, and how many origins has it?", ["coverage", _STORY]
    yield "Which articles are these?", ["show", "articles"]


def _pasted(words: Sequence[str], path: Path) -> str:
    """A command line that works when it is pasted, wherever the command is installed."""
    line = [*_command(), *words, "--ledger", str(path)]
    return subprocess.list2cmdline(line) if sys.platform == "win32" else shlex.join(line)


def _command() -> list[str]:
    """How this very command was started: by its name where that finds it, else in full."""
    beside = Path(sys.executable).with_name("onrecord.exe" if sys.platform == "win32" else "onrecord")
    found = shutil.which("onrecord")
    if found is not None and beside.exists() and Path(found).samefile(beside):
        return ["onrecord"]
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "onrecord"]
