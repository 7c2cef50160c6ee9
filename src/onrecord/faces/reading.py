"""The commands that read and store nothing: ``read`` for people, ``extract`` for programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from onrecord import pipeline
from onrecord.codec import encode
from onrecord.faces import settings
from onrecord.faces.articles import Articles, Progress
from onrecord.faces.terminal import Painter
from onrecord.faces.view import View


def show(paths: Sequence[str], published: str | None, outlet: str | None) -> bool:
    """Show each article's record; whether all input could be read."""
    articles = Articles(paths, published, outlet)
    painter = Painter(settings.screen(sys.stdout))
    for number, extraction in enumerate(pipeline.read(articles, pipeline.make_reader())):
        if number:
            click.echo()
        for line in View(extraction, painter, name=articles.names.popleft()).whole():
            click.echo(line, color=True)
    return not articles.lost


def extract(paths: Sequence[str], published: str | None, outlet: str | None) -> bool:
    """Print one JSON line an article, as soon as it is read; whether all input could be read."""
    articles = Articles(paths, published, outlet)
    progress = Progress("read", articles.expected)
    out = sys.stdout.buffer
    for extraction in pipeline.read(articles, pipeline.make_reader()):
        out.write(encode(extraction) + b"\n")
        out.flush()
        progress.step()
    progress.clear()
    return not articles.lost
