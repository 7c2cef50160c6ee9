"""The command ``coverage``: the page of a story on the terminal, as Markdown or JSON, or as one HTML file."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from onrecord import sample, store
from onrecord.ask.gathering import gather
from onrecord.ask.sheet import Coverage
from onrecord.codec import encode
from onrecord.errors import InputError
from onrecord.faces import settings
from onrecord.faces.articles import Articles
from onrecord.faces.keeping import whole_ledger
from onrecord.faces.room import Room, find, room
from onrecord.faces.terminal import Painter


def show(story: str, ledger: str | None, form: str | None = None, file: str | None = None) -> None:
    """Show the page of the story in that form, and write it to the file as HTML where one is named."""
    with whole_ledger(settings.ledger(ledger)) as opened:
        page = page_of(room(opened), story)
    if file is not None:
        written = write(page, Path(file))
        click.echo(f"The page is in {written}", err=form is not None)
        if form is None:
            return
    if form == "json":
        sys.stdout.buffer.write(encode(page) + b"\n")
    elif form == "markdown":
        from onrecord.faces.coverage_markdown import markdown

        click.echo(markdown(page), nl=False)
    else:
        _print(page)


def _print(page: Coverage) -> None:
    from onrecord.faces.coverage_text import lines

    for line in lines(page, Painter(settings.screen(sys.stdout))):
        click.echo(line, color=True)


def page_of(here: Room, story: str) -> Coverage:
    """The page of the story that these words name."""
    found = find(here, story)
    return gather(here, found, _sample())


def _sample() -> frozenset[str]:
    """The sample newsroom's articles."""
    return frozenset(each.id for each in Articles([str(sample.path())]))


def write_page(ledger: store.SqliteLedger, story: str, path: Path) -> Path:
    """Write the HTML page of the story that these words name; where it is."""
    return write(page_of(room(ledger), story), path)


def write(page: Coverage, path: Path) -> Path:
    """Write the page to the file, whole or not at all; its absolute path.

    Raises:
        InputError: it cannot be written there.
    """
    from onrecord.faces.web.page import html

    target = path.expanduser().absolute()
    try:
        handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
                out.write(html(page))
            Path(beside).chmod(0o644)
            Path(beside).replace(target)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"{target} cannot be written ({error.strerror}); name another file") from error
    return target
