"""The tutorial's article: the corpus's invented digest without its marks, as a text file."""

from __future__ import annotations

from pathlib import Path

from evals import gold

ARTICLE = "twin-digest-01"
FILE = Path(__file__).resolve().parent / "twin-digest.txt"


def text() -> str:
    """The text that the file has to have."""
    (article,) = gold.marked([ARTICLE])
    return article.text + "\n"
