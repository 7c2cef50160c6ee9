"""The coverage page from a real ledger: articles are added, put among the others, and covered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import pipeline, sample, store
from onrecord.errors import LedgerError
from onrecord.faces import coverage, keeping
from onrecord.faces.cli import cli
from onrecord.faces.keeping import now
from onrecord.faces.room import find, room

from .fake_reader import FakeReader

TEXTS = [
    ("one", "Quay Gazette", "Minister names two gates", "2024-05-03",
     ("Marit Holm said that Norland would open the northern gate if the talks in Hafnarbyen succeed. "
     "Olek Brandt warned that the northern gate near Hafnarbyen stays shut.")),
    ("two", "Evening Lantern", "Two gates named by minister", "2024-05-04",
     ("Marit Holm said that Norland would open the northern gate if the talks in Hafnarbyen succeed. "
     "Zoë Adler said that the northern gate near Hafnarbyen is old.")),
]  # fmt: skip


@pytest.fixture
def ledger(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(pipeline, "make_reader", FakeReader)
    source, path = tmp_path / "in.jsonl", tmp_path / "l.db"
    rows = [dict(zip(("id", "outlet", "title", "published", "text"), each, strict=True), language="en") for each in TEXTS]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = CliRunner().invoke(cli, ["add", str(source), "--ledger", str(path)])
    assert done.exit_code == 0, done.output
    return path


def test_an_articles_story_is_covered_from_the_ledger(ledger):
    done = CliRunner().invoke(cli, ["coverage", "one", "--ledger", str(ledger), "--json"])
    assert done.exit_code == 0, done.output
    page = json.loads(done.stdout)
    assert page["sample"] is False
    assert "Quay Gazette" in page["outlets"]
    assert any("Norland would open the northern gate" in sentence["text"] for sentence in page["brief"])


def test_a_story_is_found_by_its_id_its_beginning_and_its_titles_words(ledger):
    with store.open_ledger(ledger, create=False, now=now) as opened:
        here = room(opened)
        story = find(here, "one")
        assert find(here, story.id) == find(here, story.id[:8]) == story
        assert story.id in {find(here, "names MINISTER").id}
        assert story.first == "2024-05-03"


def test_a_removed_article_is_on_no_page(ledger):
    with store.open_ledger(ledger, create=False, now=now) as opened:
        (article,) = (row["id"] for row in opened.rows("articles", {"outlet": "Evening Lantern"}))
        opened.remove(article, "asked for")
        here = room(opened)
        assert here.story_of("two") is None
        assert article not in find(here, "one").articles


def test_what_was_said_before_is_found_newest_first(ledger):
    with store.open_ledger(ledger, create=False, now=now) as opened:
        here = room(opened)
        found = list(here.earlier(["person:marit-holm"], "2024-06-01", 10))
        assert len(found) == 2
        assert not list(here.earlier(["person:marit-holm"], "2024-05-03", 10))
        assert not list(here.earlier(["person:marit-holm"], "no day", 10))


def test_the_sample_and_a_real_article_are_never_on_one_page(ledger, tmp_path):
    assert CliRunner().invoke(cli, ["add", str(sample.path()), "--ledger", str(ledger)]).exit_code == 0
    with store.open_ledger(ledger, create=False, now=now) as opened:
        here, real = (
            room(opened),
            {row["id"] for row in opened.rows("articles", {}) if row["outlet"] in ("Quay Gazette", "Evening Lantern")},
        )
        for name in ("one", "w5-troops-01", "w5-range-01", "w5-border-01", "w5-grain-01", "w5-hostages-01"):
            page = coverage.page_of(here, name)
            shown = {paper.article for paper in page.papers}
            assert page.sample == (name != "one")
            assert shown <= real if name == "one" else not shown & real


@pytest.mark.parametrize("asked", [["coverage", "one"], ["show", "stories"], ["show", "sayings"]])
def test_what_waits_is_put_among_the_others_before_it_is_asked_for(ledger, asked):
    """As in a ledger of an older On Record, or after a run that was interrupted."""
    with store.open_ledger(ledger, create=False, now=now) as opened:
        for table in ("grouped", "memberships", "story_traits", "story_terms", "bonds", "bond_principals", "wordings", "gists"):
            opened._connection.execute(f"DELETE FROM {table}")
        opened._connection.execute("UPDATE stories SET articles = 0")
        opened._connection.execute("INSERT INTO ungrouped SELECT article FROM current_articles")
    done = CliRunner().invoke(cli, [*asked, "--ledger", str(ledger)])
    assert done.exit_code == 0, done.output
    with store.open_ledger(ledger, create=False, now=now) as opened:
        assert opened.ungrouped() == []
        assert list(opened.verify()) == []


def test_a_ledger_that_cannot_be_written_to_is_shown_as_it_is(ledger, monkeypatch):
    def refuse(_):
        raise LedgerError("it is read-only")

    monkeypatch.setattr(keeping, "catch_up", refuse)
    done = CliRunner().invoke(cli, ["coverage", "one", "--ledger", str(ledger)])
    assert done.exit_code == 0
    assert "it is read-only" in done.stderr
    assert "Quay Gazette" in done.stdout


def test_what_is_taken_for_another_version_is_counted(ledger, tmp_path):
    """Two collections that both number from 1 and name no outlet look like versions of the same documents."""
    outcomes = []
    for text in ("Marit Holm said that the gate opens.", "Marit Holm said that the gate opens.", "Olek Brandt said that the ferry sails."):
        (tmp_path / "more.jsonl").write_text(json.dumps({"id": "1", "text": text, "language": "en"}), encoding="utf-8")
        done = CliRunner().invoke(cli, ["add", str(tmp_path / "more.jsonl"), "--ledger", str(ledger)])
        outcomes.append("1 of them taken for another version" in done.stdout)
    assert outcomes == [False, False, True]


def test_removing_the_newest_version_says_that_others_stay(ledger, tmp_path):
    (tmp_path / "more.jsonl").write_text(
        json.dumps({"id": "one", "outlet": "Quay Gazette", "text": "Marit Holm said that Norland would not open it.", "language": "en"}),
        encoding="utf-8",
    )
    CliRunner().invoke(cli, ["add", str(tmp_path / "more.jsonl"), "--ledger", str(ledger)])
    with store.open_ledger(ledger, create=False, now=now) as opened:
        old, new = (each.article for each in opened.versions(find(room(opened), "one").articles[0]))
    first = CliRunner().invoke(cli, ["remove", new, "--purge", "--reason", "asked", "--ledger", str(ledger)]).stdout
    assert f"Other versions of it stay, and have to be removed each: {old}." in first
    assert "Other versions" not in CliRunner().invoke(cli, ["remove", old, "--reason", "asked", "--ledger", str(ledger)]).stdout
