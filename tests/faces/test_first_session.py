"""A first session with the reader that the package carries: what has to hold whatever its weights are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord import pipeline
from onrecord.faces.cli import cli
from onrecord.reader import Encoder

TITLE = "Norland ties pass to guns"
TEXT = (
    "Foreign Minister Ada Quist said on Tuesday that Norland would reopen the pass if the militia handed over its guns.\r\n\r\n"
    "“We will not wait for another winter,” she told reporters. The militia’s spokesman, Bo Tamm, warned that any convoy would be "
    "turned back. 😀 “An unclosed one, he added."
)
PAGE = f"<html lang=en><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>{TEXT}</p></article></body></html>"
FORMS = [
    ("pass.txt", TEXT),
    ("pass.html", PAGE),
    ("pass.jsonl", json.dumps({"id": "7", "title": TITLE, "text": TEXT, "outlet": "Harbour Gazette", "published": "2024-05-28"})),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return pipeline.make_reader(threads=1)


@pytest.fixture(autouse=True)
def session(encoder: Encoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pipeline, "make_reader", lambda: encoder)
    monkeypatch.setenv("ONRECORD_LEDGER", str(tmp_path / "news.db"))
    monkeypatch.chdir(tmp_path)
    for name, text in FORMS:
        (tmp_path / name).write_bytes(text.encode())


def run(*words: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, words, input=stdin)


def spans(found: Any) -> Iterator[dict[str, Any]]:
    """Every span in a line, however deep."""
    if isinstance(found, dict):
        if "start" in found:
            yield found
        for value in found.values():
            yield from spans(value)
    elif isinstance(found, list):
        for value in found:
            yield from spans(value)


@pytest.mark.parametrize("name", [name for name, _ in FORMS])
def test_who_would_do_what_if_what_is_on_record_whatever_form_it_comes_in(name: str) -> None:
    shown = run("read", name)
    assert shown.exit_code == 0, shown.output
    assert "Ada Quist" in shown.stdout
    assert "if    the militia handed over its guns" in shown.stdout
    assert "Skipped: " in shown.stdout


def test_every_span_of_a_line_proves_itself_and_every_link_leads_somewhere() -> None:
    line = json.loads(run("extract", "--jsonl", "pass.jsonl").stdout)
    whole = {None: TEXT, "title": TITLE}
    found = list(spans(line))
    assert found
    assert all(whole[each.get("in")][each["start"] : each["end"]] == each["text"] for each in found)
    ids = {kind: {each["id"] for each in line[kind]} for kind in ("statements", "conditions", "events", "actors")}
    for statement in line["statements"]:
        assert statement["within"] is None or statement["within"] in ids["statements"]
        assert ids["conditions"].issuperset(statement["conditions"])
        assert ids["events"].issuperset(statement["events"])
        assert ids["actors"].issuperset(statement["speaker"]["actors"] if statement["speaker"] else ())
    assert all(condition["statement"] in {None, *ids["statements"]} for condition in line["conditions"])
    assert (line["article"], line["outlet"], line["published"]["basis"]) == ("7", "Harbour Gazette", "given")


def test_what_was_added_is_found_by_name_and_cited_and_the_ledger_is_whole() -> None:
    assert "3 articles added" in run("add", *(name for name, _ in FORMS)).stdout
    assert "3 articles already held." in run("add", *(name for name, _ in FORMS)).stdout
    said = run("show", "statements", "--actor", "Quist", "--outlet", "Harbour Gazette").stdout
    assert f"Harbour Gazette · 2024-05-28 · {TITLE}" in said
    assert "if    the militia handed over its guns" in said
    for row in map(json.loads, run("show", "statements", "--json").stdout.splitlines()):
        assert row["id"] in run("show", row["id"]).stdout
    whole = run("verify", "--reread")
    assert whole.exit_code == 0
    assert "Read again: 3 articles. Read otherwise by this reader, which is no damage: 0." in whole.stdout


def test_standard_input_takes_every_form() -> None:
    for _, text in FORMS:
        shown = run("read", "-", stdin=text.encode())
        assert shown.exit_code == 0, shown.output
        assert "Ada Quist" in shown.stdout
    assert run("read", "-", stdin=TEXT.encode()).stdout.startswith("standard input\n")
