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
from onrecord.records import Extraction
from onrecord.standing import sure


def show(paths: Sequence[str], published: str | None, outlet: str | None, least: float | None = None, allow: Sequence[str] = ()) -> bool:
    """Show each article's record, as far as it is as sure as asked; whether all input could be read."""
    articles = Articles(paths, published, outlet, allow)
    painter = Painter(settings.screen(sys.stdout))
    for number, extraction in enumerate(pipeline.read(articles, pipeline.make_reader())):
        if number:
            click.echo()
        for line in View(kept(extraction, least), painter, name=articles.names.popleft()).whole():
            click.echo(line, color=True)
    articles.say_passed()
    return not articles.lost


def extract(paths: Sequence[str], published: str | None, outlet: str | None, least: float | None = None, allow: Sequence[str] = ()) -> bool:
    """Print one JSON line an article, as soon as it is read, with what is as sure as asked; whether all input could be read."""
    articles = Articles(paths, published, outlet, allow)
    progress = Progress("read", articles.expected, articles.share)
    articles.tick = progress.tick
    out = sys.stdout.buffer
    for extraction in pipeline.read(articles, pipeline.make_reader()):
        out.write(encode(kept(extraction, least)) + b"\n")
        out.flush()
        progress.step()
    progress.clear()
    articles.say_passed()
    return not articles.lost


def kept(extraction: Extraction, least: float | None) -> Extraction:
    """The extraction, or what of it is as sure as asked."""
    return extraction if least is None else sure(extraction, least)
