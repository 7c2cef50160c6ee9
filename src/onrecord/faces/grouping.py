"""The command ``group``: articles in stories, for programs; nothing is stored."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from onrecord import pipeline
from onrecord.codec import encode
from onrecord.faces.articles import Articles, Progress


def group(paths: Sequence[str], published: str | None, outlet: str | None) -> bool:
    """Print one JSON line an article, in the order read, as soon as its story is settled; whether all input could be read."""
    articles = Articles(paths, published, outlet)
    progress = Progress("grouped", articles.expected)
    out = sys.stdout.buffer
    for article, story in pipeline.stories(articles, pipeline.make_reader(), step=progress.step):
        out.write(encode({"article": article, "story": story}) + b"\n")
    progress.clear()
    out.flush()
    return not articles.lost
