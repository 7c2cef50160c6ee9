"""The sample newsroom is what the corpus makes, and a newcomer's install has it."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from onrecord import sample

ROOT = Path(__file__).resolve().parent.parent
STORIES = ("border", "grain", "hostages", "range", "troops")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return [json.loads(line) for line in sample.path().read_text(encoding="utf-8").splitlines()]


def test_the_sample_is_what_the_script_makes_of_the_corpus():
    done = subprocess.run([sys.executable, ROOT / "corpus/make_sample.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_sample_has_five_stories_of_six_articles(rows):
    assert Counter(row["id"].split("-")[1] for row in rows) == dict.fromkeys(STORIES, 6)


def test_every_article_names_outlet_title_and_day(rows):
    for row in rows:
        assert {"id", "title", "outlet", "published", "text"} <= row.keys() <= {*row.keys(), "byline", "language"}
        assert all(row.values()), row["id"]


def test_a_credit_line_becomes_the_byline(rows):
    assert {row["outlet"]: row["byline"] for row in rows if "byline" in row}["Skagerrak Post"] == "BNW"


def test_articles_come_in_the_order_of_their_publication(rows):
    days = [row["published"] for row in rows]
    assert days == sorted(days)


def test_no_mark_of_the_corpus_is_left_in_the_text(rows):
    for row in rows:
        assert not any(f"<{tag} " in row["text"] for tag in ("sp", "cue", "con", "mk", "an", "cs", "ev", "dt")), row["id"]
