"""Sayings and commitments on the screen and as JSON lines."""

import json

import pytest
from click.testing import CliRunner
from tests.store.factories import DIGEST, article, clock, extraction

from onrecord.faces.cli import cli
from onrecord.group.commitments import bind
from onrecord.group.sayings import place
from onrecord.store import open_ledger
from onrecord.store.commitments import Bonds
from onrecord.store.connection import transaction
from onrecord.store.sayings import Sayings

SAID = "Marit Holm said on May 2 that Norland would open gate 1 if the talks number {} succeed."


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command on a ledger in which two outlets report what one of them has in other words."""
    monkeypatch.setenv("ONRECORD_LEDGER", str(tmp_path / "onrecord.db"))
    with open_ledger(tmp_path / "onrecord.db", create=True, now=clock()) as ledger:
        both = [article(1, text=SAID.format(1)), article(1, text=SAID.format("one"), caller="other", outlet="Fjord \x1b[31mPost")]
        for each in both:
            ledger.put(each, extraction(each), DIGEST)
        sayings, bonds = Sayings(ledger._connection), Bonds(ledger._connection)
        for each in both:
            with transaction(ledger._connection):
                placement = place(ledger.report(each.id), (), [other.id for other in both], sayings)
                sayings.keep(placement, "2026-01-05")
                bonds.keep(bind(ledger.report(each.id), placement, bonds), "2026-01-05")
    return lambda *words: CliRunner().invoke(cli, words)


def test_the_list_names_id_speaker_act_and_how_many_wordings(run):
    shown = run("show", "sayings").output
    assert "Marit Holm commit" in shown
    assert "2 wordings" in " ".join(shown.split())
    assert shown.endswith("1 saying\n")


def test_a_saying_is_shown_with_each_wording_and_its_outlet(run):
    id_ = json.loads(run("show", "sayings", "--json").output)["id"]
    shown = run("show", id_).output
    assert "Harbour Gazette, 2024-05-03" in shown
    assert shown.count("Norland would open gate 1") == 2
    assert "\x1b[31m" not in shown


def test_json_has_the_wordings_and_what_was_compared(run):
    each = json.loads(run("show", "sayings", "--json").output)
    assert each["found"] == "saying"
    assert len(each["wordings"]) == 2
    assert [compared["best"] for compared in each["compared"]] == [each["wordings"][0]["statement"]]


def test_a_commitment_is_shown_with_whom_it_binds_and_its_sayings(run):
    each = json.loads(run("show", "commitments", "--json").output)
    assert each["found"] == "commitment"
    shown = run("show", each["id"][:12]).output
    assert each["sayings"][0] in shown
    assert "open gate 1" in shown


def test_an_article_names_its_sayings_and_commitments(run):
    saying = json.loads(run("show", "sayings", "--json").output)
    shown = run("show", saying["wordings"][0]["article"]).output
    assert f"sayings {saying['id']}" in shown


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("show", "sy_000000"), "nothing on record has the id"),
        (("show", "sayings", "--csv"), "have no CSV"),
        (("show", "sayings", "--text", "gate"), "cannot be filtered by text"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(run, words, says):
    done = run(*words)
    assert done.exit_code != 0
    assert says in done.output or says in str(done.exception)
