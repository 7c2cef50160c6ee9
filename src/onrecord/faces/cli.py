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
            keeps = ctx.invoked_subcommand in ("add", "demo", "follow", "recut")
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


def _allowed(command: F) -> F:
    told = "A private host that may be asked, such as 127.0.0.1:8000; may be given several times."
    return click.option("--allow-host", "allow", multiple=True, metavar="HOST:PORT", help=told)(command)


def _paths(command: F) -> F:
    return click.argument("paths", nargs=-1, required=True, metavar="PATH...")(command)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and exit.")
def cli() -> None:
    """Read news, and keep who is reported to have said what they would do, on which condition, according to whom, and when; of many
    articles, make stories: who covers each, who copied whom, and how many origins there are.

    PATH is a text file, a saved HTML page, a web archive (WARC) or JSON lines with {"id", "text", "title"?, "outlet"?, "url"?,
    "published"?, "byline"?, "language"?}, gzipped or not; a folder of such; "-" is standard input. It may be an address (https://...) of
    any of these, or of a feed, an OPML list or a sitemap, or such a list in a file: then all that it names is fetched and read, as each
    host's robots.txt asks.
    """


@cli.command(short_help="Show what articles say; store nothing.")
@_allowed
@_given
@_sure
@_paths
def read(paths: tuple[str, ...], published: str | None, outlet: str | None, min_confidence: float | None, allow: tuple[str, ...]) -> None:
    """Show what articles say, statement by statement; store nothing."""
    from onrecord.faces import reading

    _end(reading.show(paths, published, outlet, min_confidence, allow))


@cli.command(short_help="What articles say, for programs; store nothing.")
@click.option("--jsonl", is_flag=True, help="JSON lines, which is the only form there is.")
@_allowed
@_given
@_sure
@_paths
def extract(
    paths: tuple[str, ...],
    jsonl: bool,
    published: str | None,
    outlet: str | None,
    min_confidence: float | None,
    allow: tuple[str, ...],
) -> None:
    """Print what articles say for programs: one JSON line an article, in the order read; store nothing."""
    from onrecord.faces import reading

    _end(reading.extract(paths, published, outlet, min_confidence, allow))


@cli.command(short_help="Articles in stories, for programs; store nothing.")
@click.option("--jsonl", is_flag=True, help="JSON lines, which is the only form there is.")
@_given
@_paths
def group(paths: tuple[str, ...], jsonl: bool, published: str | None, outlet: str | None) -> None:
    """Group articles into stories and print, for programs, one JSON line an article with its story; store nothing."""
    from onrecord.faces import grouping

    _end(grouping.group(paths, published, outlet))


@cli.command(short_help="Read articles and keep them in the ledger.")
@_ledger
@click.option("--restore", is_flag=True, help="Take up again what was removed.")
@_allowed
@_given
@_paths
def add(
    paths: tuple[str, ...], published: str | None, outlet: str | None, ledger: str | None, restore: bool, allow: tuple[str, ...]
) -> None:
    """Read articles and keep them, with what they say, in the ledger. Adding again adds nothing."""
    from onrecord.faces import keeping

    _end(keeping.add(paths, published, outlet, ledger, restore, allow))


@cli.command(short_help="Keep feeds current.")
@_ledger
@click.option("--opml", metavar="FILE", help="Follow every feed of this OPML list.")
@click.option("--once", is_flag=True, help="Look at every feed once, and end.")
@click.option("--list", "listed", is_flag=True, help="Show the feeds that are followed, with their state.")
@click.option("--stop", metavar="ADDRESS", help="Follow this feed no more.")
@_allowed
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
def follow(
    addresses: tuple[str, ...], opml: str | None, once: bool, listed: bool, stop: str | None, allow: tuple[str, ...], ledger: str | None
) -> None:
    """Keep feeds current: look at each from time to time, and read what is new. Ctrl-C ends it.

    \b
    onrecord follow https://harbour.example/feed   adds a feed (or a sitemap) to those that are followed
    onrecord follow                                keeps all of them current
    """
    from onrecord.faces import following

    following.follow(addresses, opml, ledger, once=once, listed=listed, stop=stop, allow=allow)


@cli.command(short_help="List what is on record, or show one thing.")
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
@click.argument("what", metavar="WHAT")
def show(what: str, ledger: str | None, form: str | None, **filters: Any) -> None:
    """List what is on record, or show one thing by its id.

    WHAT is articles, statements, conditions, actors, stories, sayings or commitments; or an id, or how it begins.

    \b
    onrecord show statements --actor Scholz     what did Scholz say, and on what condition?
    onrecord show conditions --country POL      what makes Poland act?
    onrecord show stories --said 2024-05        what was going on in May?
    onrecord show ar_1f6c...                    one article's record
    """
    from onrecord.faces import showing

    showing.show(what, {name: value for name, value in filters.items() if value is not None}, ledger, form)


@cli.command(short_help="All the coverage of a story on one page.")
@_ledger
@click.option("--html", "file", metavar="FILE", help="Write the page to this file as HTML that needs nothing else.")
@click.option("--markdown", "form", flag_value="markdown", help="Print Markdown.")
@click.option("--json", "form", flag_value="json", help="Print the page as one JSON object.")
@click.argument("story", metavar="STORY")
def coverage(story: str, ledger: str | None, file: str | None, form: str | None) -> None:
    """Show all the coverage of a story: a brief, what each actor says, and each report with where it comes from.

    STORY is a story's id or its beginning, the id of one of its articles, or words of its title.
    """
    from onrecord.faces import coverage as command

    command.show(story, ledger, form, file)


@cli.command(short_help="What one article has from another, word by word.")
@_ledger
@click.option("--whole", is_flag=True, help="Both texts from beginning to end, also where neither is a copy.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: passages and changes with where they stand in both.")
@click.argument("first", metavar="ARTICLE")
@click.argument("second", metavar="ARTICLE")
def compare(first: str, second: str, ledger: str | None, as_json: bool, whole: bool) -> None:
    """Show what one article has from another, word by word: [-only in the first-] and {+only in the second+}."""
    from onrecord.faces import comparing

    comparing.compare(first, second, ledger, as_json, whole)


@cli.group(short_help="Decide about stories: merge, split, pin, undo.")
def review() -> None:
    """Decide about stories: merge, split, pin; each decision is signed, dated and can be undone, and later grouping keeps it."""


def _decision(command: F) -> F:
    command = click.option("--reason", metavar="TEXT", help="Why; kept.")(command)
    return _ledger(click.option("--by", metavar="NAME", help="Who decides; your login name, where it is left out.")(command))


@review.command()
@_decision
@click.argument("one", metavar="STORY")
@click.argument("other", metavar="STORY")
def merge(one: str, other: str, by: str | None, reason: str | None, ledger: str | None) -> None:
    """Have two stories go on as one, under the id of the older; the other id leads there."""
    from onrecord.faces import judging

    judging.merge(one, other, by, reason, ledger)


@review.command()
@_decision
@click.argument("story", metavar="STORY")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
def split(story: str, articles: tuple[str, ...], by: str | None, reason: str | None, ledger: str | None) -> None:
    """Take articles out of a story, into one of their own; the id stays with the oldest article."""
    from onrecord.faces import judging

    judging.split(story, articles, by, reason, ledger)


@review.command()
@_decision
@click.argument("article", metavar="ARTICLE")
@click.argument("story", metavar="STORY")
def pin(article: str, story: str, by: str | None, reason: str | None, ledger: str | None) -> None:
    """Put an article in a story, where it stays."""
    from onrecord.faces import judging

    judging.pin(article, story, by, reason, ledger)


@review.command()
@_decision
@click.argument("judgement", metavar="JUDGEMENT")
def undo(judgement: str, by: str | None, reason: str | None, ledger: str | None) -> None:
    """Undo a decision: what it was about is grouped by rule again. The decision stays on record."""
    from onrecord.faces import judging

    judging.undo(judgement, by, reason, ledger)


@review.command("list")
@_ledger
def list_(ledger: str | None) -> None:
    """All decisions, newest first."""
    from onrecord.faces import judging

    judging.listed(ledger)


@cli.command(short_help="Check that the ledger is whole.")
@_ledger
@click.option("--reread", is_flag=True, help="Read every article again with the current reader and report what differs.")
def verify(ledger: str | None, reread: bool) -> None:
    """Check that the ledger is whole: digests, spans, ids and links."""
    from onrecord.faces import keeping

    _end(keeping.verify(ledger, reread))


@cli.command(short_help="Cut kept pages again with this version.")
@_ledger
def recut(ledger: str | None) -> None:
    """Cut the text of pages again from the bytes they came as, where this version cuts better; a new text replaces the old one."""
    from onrecord.faces import recutting

    _end(recutting.recut(ledger))


@cli.command(short_help="Take an article out of every answer.")
@_ledger
@click.option("--reason", required=True, metavar="TEXT", help="Why it is taken out; kept.")
@click.option("--purge", is_flag=True, help="Delete its text and bytes too; id, date and reason stay.")
@click.argument("article", metavar="ARTICLE")
def remove(article: str, reason: str, purge: bool, ledger: str | None) -> None:
    """Take an article, and what rests on it, out of every answer."""
    from onrecord.faces import keeping

    keeping.remove(article, reason, purge, ledger)


@cli.command(short_help="Load the sample newsroom and show what is there.")
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
