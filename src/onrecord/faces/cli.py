"""The command ``onrecord``: names, options and help. What a command does is imported when it runs, so that help comes at once."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_BAD_INPUT = 1
_NOTHING_DONE = 2
_INTERRUPTED = 130
_EPILOG = "The ledger is the file after --ledger, else the one in ONRECORD_LEDGER, else ./onrecord.db where there is one, else onrecord.db in your data folder."  # noqa: E501

_GO_ON = " What was added stays; give the same command again to go on with the rest."


class Commands(click.Group):
    """A group whose commands end with a sentence, never with a traceback, when the world outside is not as hoped."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error about the world outside becomes one sentence and exit status 2, Ctrl-C one and 130."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            # The prompt's ^C stands on the line, so begin another.
            keeps = ctx.invoked_subcommand in ("add", "demo")
            click.echo("\nStopped." + (_GO_ON if keeps else ""), err=True)
            ctx.exit(_INTERRUPTED)
        except Exception as error:
            from onrecord.errors import OnRecordError

            if not isinstance(error, OnRecordError):
                raise
            from onrecord.faces.terminal import harmless

            click.echo(f"onrecord: {harmless(str(error))}", err=True)
            ctx.exit(_NOTHING_DONE)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from onrecord import __version__

        click.echo(f"onrecord {__version__}")
        ctx.exit()


def _ledger(command: F) -> F:
    return click.option("--ledger", metavar="FILE", help="The ledger to use.")(command)


def _given(command: F) -> F:
    command = click.option("--outlet", metavar="NAME", help="Who published what is read; beats what it says itself.")(command)
    return click.option("--published", metavar="DATE", help="When it was published (2024-05-28); beats what it says itself.")(command)


def _number(_: click.Context, __: click.Parameter, value: float | None) -> float | None:
    """The value; "nan" is a number to Python and lies in every range."""
    if value is not None and value != value:
        raise click.BadParameter("nan is not in the range 0<=x<=1.")
    return value


def _sure(command: F) -> F:
    told = "Only what is right with this probability at least; what stands in a statement that is left out goes with it."
    return click.option("--min-confidence", type=click.FloatRange(0, 1), callback=_number, metavar="0..1", help=told)(command)


def _paths(command: F) -> F:
    return click.argument("paths", nargs=-1, required=True, metavar="PATH...")(command)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and exit.")
def cli() -> None:
    """Read news, and keep who is reported to have said what they would do, on which condition, according to whom, and when.

    PATH is a text file, a saved HTML page or JSON lines with {"id", "text", "title"?, "outlet"?, "url"?, "published"?, "byline"?,
    "language"?}; "-" is standard input.
    """


@cli.command()
@_given
@_sure
@_paths
def read(paths: tuple[str, ...], published: str | None, outlet: str | None, min_confidence: float | None) -> None:
    """Show what articles say, statement by statement; store nothing."""
    from onrecord.faces import reading

    _end(reading.show(paths, published, outlet, min_confidence))


@cli.command()
@click.option("--jsonl", is_flag=True, help="JSON lines, which is the only form there is.")
@_given
@_sure
@_paths
def extract(paths: tuple[str, ...], jsonl: bool, published: str | None, outlet: str | None, min_confidence: float | None) -> None:
    """Print what articles say for programs: one JSON line an article, in the order read; store nothing."""
    from onrecord.faces import reading

    _end(reading.extract(paths, published, outlet, min_confidence))


@cli.command()
@_ledger
@click.option("--restore", is_flag=True, help="Take up again what was removed.")
@_given
@_paths
def add(paths: tuple[str, ...], published: str | None, outlet: str | None, ledger: str | None, restore: bool) -> None:
    """Read articles and keep them, with what they say, in the ledger. Adding again adds nothing."""
    from onrecord.faces import keeping

    _end(keeping.add(paths, published, outlet, ledger, restore))


@cli.command()
@_ledger
@click.option("--actor", metavar="NAME", help="Said by (or, with actors, named so): Scholz, person:olaf-scholz, Germany.")
@click.option("--country", metavar="CODE", help="Said for this country: DEU.")
@click.option("--act", metavar="ACT", help="Only this act: commit, threaten, warn, demand, refuse ...")
@click.option("--said", metavar="DATE", help="Said then: 2024-05-26, 2024-05, 2024, or 2024-05-01..2024-05-31.")
@click.option("--outlet", metavar="NAME", help="Only what this outlet published.")
@click.option("--text", metavar="WORDS", help="Only where these words stand.")
@_sure
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many.")
@click.option("--json", "form", flag_value="json", help="JSON lines: one object a line, the contract's fields and where they come from.")
@click.option("--csv", "form", flag_value="csv", help="CSV with a heading line.")
@click.argument("what", metavar="articles|statements|conditions|actors|ID")
def show(what: str, ledger: str | None, form: str | None, **filters: Any) -> None:
    """List what is on record, or show one thing by its id.

    \b
    onrecord show statements --actor Scholz     what did Scholz say, and on what condition?
    onrecord show conditions --country POL      what makes Poland act?
    onrecord show ar_1f6c...                    one article's record
    """
    from onrecord.faces import showing

    showing.show(what, {name: value for name, value in filters.items() if value is not None}, ledger, form)


@cli.command()
@_ledger
@click.option("--reread", is_flag=True, help="Read every article again with the current reader and report what differs.")
def verify(ledger: str | None, reread: bool) -> None:
    """Check that the ledger is whole: digests, spans, ids and links."""
    from onrecord.faces import keeping

    _end(keeping.verify(ledger, reread))


@cli.command()
@_ledger
@click.option("--reason", required=True, metavar="TEXT", help="Why it is taken out; kept.")
@click.option("--purge", is_flag=True, help="Delete its text and bytes too; id, date and reason stay.")
@click.argument("article", metavar="ARTICLE")
def remove(article: str, reason: str, purge: bool, ledger: str | None) -> None:
    """Take an article, and what rests on it, out of every answer."""
    from onrecord.faces import keeping

    keeping.remove(article, reason, purge, ledger)


@cli.command()
@_ledger
@_sure
def demo(ledger: str | None, min_confidence: float | None) -> None:
    """Load the sample newsroom into a ledger of its own and show what is on record there."""
    from onrecord.faces import demo as command

    command.run(ledger, min_confidence)


def _end(whole: bool) -> None:
    """Leave with the status that says whether all input could be read."""
    if not whole:
        click.get_current_context().exit(_BAD_INPUT)


def main() -> None:
    """Run the command line; a reader of our output that goes away early (``| head``) ends it quietly."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows no curly quotation marks shows question marks, and that is all.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    # numpy's products here are small: shared out among threads they wait for one another longer than they work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        cli(prog_name="onrecord")
    except BrokenPipeError:
        # Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_BAD_INPUT)
