"""Pages cut again by a better cutter."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import pipeline
from onrecord.faces.cli import cli
from onrecord.intake import page

from .fake_reader import FakeReader

PAGE = """<html><head><title>Gate</title><link rel="canonical" href="https://harbour.example/gate"></head>
<body><article>
<p>Ada Quist said that Norland would open the gate if the talks succeed. {second}</p>
<p>Subscribe to our newsletter</p><p>Bo Tamm warned that the bridge over the river is weak and has been for years.</p>
</article></body></html>"""


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pipeline, "make_reader", FakeReader)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, [*arguments, "--ledger", "l.db"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.output


def written(second: str) -> str:
    Path("gate.html").write_text(PAGE.format(second=second))
    return "gate.html"


def old_cutter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cutter that leaves the newsletter in."""
    monkeypatch.setattr(page.furniture, "without", lambda text: (text, 0))
    monkeypatch.setattr(page, "cutter", lambda: "trafilatura/1.0")


def test_a_new_cut_of_old_bytes_replaces_and_is_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        old_cutter(before)
        run("add", written(""))
    first = run("show", "articles", "--json")
    output = run("recut")
    assert "1 page of 1 cut again" in output
    assert "1 with another text" in output
    after = run("show", "articles", "--json")
    assert after.count("\n") == 1
    assert after != first
    assert '"version":1,"versions":1' in after
    ident = after.split('"id":"')[1][:23]
    assert "version" not in run("show", ident)
    assert "The ledger is whole" in run("verify")
    assert "0 pages of 0 cut again" in run("recut")


def test_the_same_text_stays_the_same_article(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(page, "cutter", lambda: "trafilatura/1.0")
        run("add", written(""))
    held = run("show", "articles", "--json")
    assert "0 with another text" in run("recut")
    assert run("show", "articles", "--json") == held
    assert "0 pages of 0" in run("recut")
    assert "The ledger is whole" in run("verify")


def test_a_changed_page_is_a_version_shown_as_a_difference() -> None:
    run("add", written("It has been shut for a year."))
    run("add", written("It has been closed for a year."))
    listed = run("show", "articles")
    assert "1 article." in listed
    assert "version 2 of 2" in listed
    ident = next(word for word in listed.split() if word.startswith("ar_"))
    shown = run("show", ident)
    assert "version 2 of 2 of this document" in shown
    assert "It has been [-shut-]{+closed+} for a year." in " ".join(shown.split())
    older = next(word for word in shown.split() if word.startswith("ar_") and word != ident)
    assert "version 1 of 2 of this document" in run("show", older)
    assert run("show", "articles", "--json").count('"versions":2') == 2
    run("remove", ident, "--reason", "a test")
    assert "version" not in run("show", "articles")


def test_what_cannot_be_cut_any_more_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(page, "cutter", lambda: "trafilatura/1.0")
        run("add", written(""))
    with monkeypatch.context() as now:
        now.setattr(page, "MAX_TAGS", 2)
        shutil.copy("l.db", "copy.db")
        output = run("recut")
    assert "could not be cut" in output
    assert "1 article." in run("show", "articles")
