"""The command as people and programs use it, with a reader that needs no model."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from syrupy.assertion import SnapshotAssertion

from onrecord import pipeline
from onrecord.faces.cli import cli
from onrecord.records import Condition, Event, Facts, Receipt, Statement, TimeExpression

from .fake_reader import FakeReader

ARTICLE = """Ada Quist said that Norland would open the pass if the snow melts. Bo Tamm warned that the bridge is weak.
Ada Quist promised that engineers would come."""
GERMAN = "Die Regierung hat am Dienstag erklärt, dass sie keine Truppen schicken werde, solange die Lage unklar bleibe."


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeReader:
    fake = FakeReader()
    monkeypatch.setattr(pipeline, "make_reader", lambda: fake)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("ONRECORD_LEDGER", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(tmp_path)
    return fake


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "pass.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return str(path)


@pytest.fixture
def newsroom(tmp_path: Path) -> str:
    """Four lines: an article, a broken one, one in German, and one without text."""
    path = tmp_path / "news.jsonl"
    lines = [
        json.dumps({"id": "a", "text": ARTICLE, "title": "The pass", "outlet": "Harbour Gazette", "published": "2024-05-28"}),
        '{"id": "b", "text": "unclosed',
        json.dumps({"id": "c", "text": GERMAN}),
        json.dumps({"id": "d", "text": ""}),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def run(*words: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, words, input=stdin)


def test_help_names_the_commands_of_this_release_only() -> None:
    shown = run("--help").stdout
    listed = shown.partition("Commands:\n")[2].partition("\n\n")[0]
    named = [line.split()[0] for line in listed.splitlines() if line[:2] == "  " and line[2:3].isalpha()]
    assert named == [
        "add", "compare", "coverage", "demo", "extract", "follow", "group", "read", "recut", "remove", "review", "show", "verify",
    ]  # fmt: skip
    assert "serve" not in shown
    assert "..." not in listed, "what a command does is said to the end"


def test_help_imports_nothing_but_click() -> None:
    """So that it comes in under a tenth of a second."""
    script = "import sys; from onrecord.faces.cli import cli; cli(['--help'], standalone_mode=False); print('LOADED', *sys.modules)"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    loaded = shown.partition("LOADED")[2]
    assert loaded
    assert not {"numpy", "msgspec", "onnxruntime", "sqlite3", "trafilatura", "onrecord.records"}.intersection(loaded.split())


def test_the_version_is_the_packages() -> None:
    from onrecord import __version__

    assert run("--version").stdout == f"onrecord {__version__}\n"


def test_read_shows_the_record_and_stores_nothing(article: str, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    result = run("read", article, "--published", "2024-05-28", "--outlet", "Harbour Gazette")
    assert result.exit_code == 0, result.output
    assert result.stdout.replace(article, "pass.txt") == snapshot
    assert not list(tmp_path.rglob("*.db"))


def test_extract_gives_one_line_an_article_and_names_broken_ones(newsroom: str) -> None:
    result = run("extract", "--jsonl", newsroom)
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [len(each["statements"]) for each in found] == [3, 0, 0]
    assert found[0]["published"]["from"] == "2024-05-28"
    assert found[0]["statements"][0]["conditions"] == [found[0]["conditions"][0]["id"]]
    assert found[1]["skipped"] == {"language not supported: de": 1}
    assert found[2]["skipped"] == {"empty text": 1}
    assert "line 2: broken JSON" in result.stderr
    assert result.exit_code == 1


def test_every_span_is_that_slice_of_the_callers_text(newsroom: str) -> None:
    line = json.loads(run("extract", newsroom).stdout.splitlines()[0])
    for statement in line["statements"]:
        for span in [statement["speaker"], statement["cue"], *statement["content"]]:
            assert ARTICLE[span["start"] : span["end"]] == span["text"]


def test_extract_reads_standard_input_and_is_told_day_and_outlet() -> None:
    result = run("extract", "--published", "2024-05-28", "--outlet", "Harbour Gazette", "-", stdin=ARTICLE.encode())
    line = json.loads(result.stdout)
    assert (line["outlet"], line["published"]["from"], line["published"]["basis"]) == ("Harbour Gazette", "2024-05-28", "given")


def test_add_says_what_it_did_and_where_and_adding_again_adds_nothing(newsroom: str, tmp_path: Path) -> None:
    first, again = run("add", newsroom), run("add", newsroom)
    ledger = tmp_path / "data" / "onrecord" / "onrecord.db"
    assert "3 articles added: 3 statements, 1 condition." in first.stdout
    assert re.search(r"^In (a story|[\d,]+ stories): onrecord show stories lists them", first.stdout, re.MULTILINE)
    assert "Kept but not read: language not supported: de, empty text." in first.stdout
    assert f"{newsroom}, c: kept, but not read (language not supported: de)" in first.stderr
    assert "1 input could not be read" in first.stdout
    assert f"Ledger: {ledger}" in first.stdout
    assert first.exit_code == 1
    assert "3 articles already held" in again.stdout


def test_what_did_quist_say_and_on_what_condition(newsroom: str, snapshot: SnapshotAssertion) -> None:
    run("add", newsroom)
    result = run("show", "statements", "--actor", "Quist")
    assert result.exit_code == 0, result.output
    assert result.stdout == snapshot
    assert "if    the snow melts" in result.stdout
    assert "Tamm" not in result.stdout


@pytest.mark.parametrize(
    "filters, count",
    [
        ((), 3), (("--act", "commit"), 1), (("--text", "bridge"), 1), (("--outlet", "Harbour Gazette"), 3), (("--outlet", "Nobody"), 0),
        (("--limit", "2"), 2), (("--min-confidence", "0.99"), 0), (("--actor", "Tamm"), 1), (("--actor", "tamm", "--act", "commit"), 0),
    ],
)  # fmt: skip
def test_filters_narrow_a_list(newsroom: str, filters: tuple[str, ...], count: int) -> None:
    run("add", newsroom)
    result = run("show", "statements", *filters, "--json")
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) == count
    assert len(run("show", "statements", *filters, "--csv").stdout.splitlines()) == count + 1


@pytest.mark.parametrize("kind", ["articles", "statements", "conditions", "actors"])
def test_every_kind_is_listed_in_every_form(newsroom: str, kind: str) -> None:
    run("add", newsroom)
    for form in ((), ("--json",), ("--csv",)):
        result = run("show", kind, *form)
        assert result.exit_code == 0, result.output
        assert result.stdout.strip()
    assert all(isinstance(json.loads(line), dict) for line in run("show", kind, "--json").stdout.splitlines())


def test_one_thing_is_shown_by_its_id(newsroom: str) -> None:
    run("add", newsroom)
    statement = json.loads(run("show", "statements", "--json").stdout.splitlines()[0])
    condition = json.loads(run("show", "conditions", "--json").stdout)
    assert "Ada Quist" in run("show", statement["id"]).stdout
    assert "the snow melts" in run("show", condition["id"]).stdout
    assert "3 statements by" in run("show", statement["article"]).stdout
    assert json.loads(run("show", condition["id"], "--json").stdout)["id"] == condition["id"]


def test_an_unknown_id_is_said(newsroom: str) -> None:
    run("add", newsroom)
    result = run("show", "st_0000000000")
    assert result.exit_code == 2
    assert result.stderr.startswith("onrecord: ")
    assert "Traceback" not in result.stderr


def test_a_ledger_that_is_not_there_is_said() -> None:
    result = run("show", "articles", "--ledger", "nowhere.db")
    assert result.exit_code == 2
    assert "nowhere.db" in result.stderr


def test_verify_finds_a_whole_ledger_whole(newsroom: str) -> None:
    run("add", newsroom)
    for words in (("verify",), ("verify", "--reread")):
        result = run(*words)
        assert result.exit_code == 0, result.output
        assert "Ledger: " in result.stdout


def test_remove_takes_an_article_out_of_every_answer(newsroom: str) -> None:
    run("add", newsroom)
    (ident,) = [json.loads(line)["id"] for line in run("show", "articles", "--json", "--outlet", "Harbour Gazette").stdout.splitlines()]
    assert run("remove", ident).exit_code == 2, "a reason is needed"
    result = run("remove", ident, "--reason", "withdrawn by its outlet", "--purge")
    assert result.exit_code == 0, result.output
    assert "Ledger: " in result.stdout
    assert run("show", "statements", "--json").stdout == ""


def test_what_was_removed_is_left_out_until_it_is_asked_for(article: str) -> None:
    run("add", article)
    ident = json.loads(run("show", "articles", "--json").stdout)["id"]
    run("remove", ident, "--reason", "a mistake")
    again = run("add", article)
    assert "1 article removed before." in again.stdout
    assert "because: a mistake" in again.stderr
    assert run("show", ident).exit_code == 2
    assert "1 article added" in run("add", "--restore", article).stdout
    assert run("show", ident).exit_code == 0


@pytest.mark.parametrize(
    "words, message",
    [
        (("--act", "shout"), "is no act; the acts are assert, commit"),
        (("--country", "Germany"), "three letters"),
        (("--said", "soon"), "is no date"),
        (("--limit", "0"), "0 is not in the range"),
    ],
)
def test_a_slip_in_a_filter_is_said(newsroom: str, words: tuple[str, ...], message: str) -> None:
    run("add", newsroom)
    result = run("show", "statements", *words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_an_actor_that_nobody_knows_is_said(newsroom: str) -> None:
    run("add", newsroom)
    assert "No actor called Nobody is on record" in run("show", "statements", "--actor", "Nobody").stdout


def test_an_actor_is_shown_with_what_it_said(newsroom: str) -> None:
    run("add", newsroom)
    ident = json.loads(run("show", "actors", "--json", "--actor", "Quist").stdout)["id"]
    for name in (ident, "person:ada-quist"):
        shown = run("show", name).stdout
        assert "Ada Quist person" in shown
        assert "2 statements." in shown


def test_a_file_that_is_no_ledger_is_said_and_left_alone(article: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(b"Dear reader, this is no ledger at all." * 50)
    result = run("add", article, "--ledger", str(path))
    assert result.exit_code == 2
    assert "is no ledger" in result.stderr
    assert path.read_bytes().startswith(b"Dear reader")


def test_a_list_is_cut_for_people_and_whole_for_programs(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), "text": f"Ada Quist said that {n} is enough."}) + "\n" for n in range(105)))
    run("add", str(path))
    assert run("show", "statements").stdout.splitlines()[-1] == "The first 100; --limit N shows more, --json and --csv all of them."
    assert run("show", "statements", "--limit", "103").stdout.splitlines()[-1] == "103 statements."
    assert len(run("show", "statements", "--json").stdout.splitlines()) == 105


def test_the_demo_marks_every_screen_and_ends_with_commands_that_work() -> None:
    shown = run("demo")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith("SAMPLE")
    assert "30 articles" in shown.stdout
    assert len(shown.stdout.splitlines()) < 60
    commands = [line.strip() for line in shown.stdout.partition("Go on with:\n")[2].splitlines() if line.startswith("    ")]
    assert commands
    for command in commands:
        words = shlex.split(command)
        assert words[0] == "onrecord" or Path(words[0]).is_absolute()
        again = run(*words[min(words.index(each) for each in ("show", "coverage") if each in words) :])
        assert again.exit_code == 0, again.output
        assert "SAMPLE" in again.output
    assert run("demo").exit_code == 0, "a second time does no harm"


class Doubting:
    """A calibration that has its doubts about whoever warns, and about conditions."""

    def confidence(self, record: Statement | Condition | Event | TimeExpression, facts: Facts) -> float:
        if isinstance(record, Statement):
            return 0.6 if record.act == "warn" else 0.95
        return 0.7


@pytest.fixture
def doubted(reader: FakeReader, newsroom: str) -> str:
    """The newsroom, in a ledger too, of whose statements one is less sure, and of whose conditions all."""
    reader.calibration = Doubting()  # type: ignore[attr-defined]
    run("add", newsroom)
    return newsroom


def sure_rows(kind: str, least: str = "0.9") -> list[dict[str, Any]]:
    """The list, as a program gets it, of what is as sure."""
    return [json.loads(row) for row in run("show", kind, "--min-confidence", least, "--json").stdout.splitlines()]


def test_every_command_that_shows_records_can_be_asked_for_the_sure_ones(doubted: str) -> None:
    shown = run("read", doubted, "--min-confidence", "0.9").stdout
    assert "Bo Tamm" not in shown
    assert "the snow melts" in shown, "which is said, but no condition any more"
    assert "if    the snow melts" not in shown
    assert "Skipped: statement less sure than 0.9, condition less sure than 0.9" in shown
    line = json.loads(run("extract", doubted, "--min-confidence", "0.9").stdout.splitlines()[0])
    assert [each["conditions"] for each in line["statements"]] == [[], []]
    assert line["conditions"] == []
    assert line["skipped"] == {"statement less sure than 0.9": 1, "condition less sure than 0.9": 1}
    counts = {
        kind: len(run("show", kind, "--min-confidence", "0.9", "--json").stdout.splitlines()) for kind in ("statements", "conditions")
    }
    assert counts == {"statements": 2, "conditions": 0}
    assert len(run("show", "statements", "--min-confidence", "0.9", "--csv").stdout.splitlines()) == 3
    assert "2 statements. What is less sure than 0.9 is left out." in run("show", "statements", "--min-confidence", "0.9").stdout
    assert [json.loads(row)["name"] for row in run("show", "actors", "--min-confidence", "0.9", "--json").stdout.splitlines()] == [
        "Ada Quist"
    ]
    (found,) = (json.loads(row) for row in run("show", "articles", "--min-confidence", "0.9", "--json").stdout.splitlines())
    assert (found["statements"], found["conditions"]) == (2, 0)


def test_what_a_list_for_programs_gives_points_to_nothing_that_was_left_out(doubted: str) -> None:
    rows = sure_rows("statements")
    assert [(row["conditions"], row["condition_records"]) for row in rows] == [([], []), ([], [])]
    whole = sure_rows("statements", "0.7")
    assert [len(row["condition_records"]) for row in whole] == [1, 0]


def test_one_thing_that_is_less_sure_than_asked_is_said_to_be(doubted: str) -> None:
    condition = json.loads(run("show", "conditions", "--json").stdout)
    result = run("show", condition["id"], "--min-confidence", "0.9")
    assert result.exit_code == 2
    assert f"{condition['id']}, or what it stands in, is less sure than 0.9; without --min-confidence it is shown" in result.stderr
    assert run("show", condition["id"], "--min-confidence", "0.7").exit_code == 0
    page = json.loads(run("show", condition["article"], "--min-confidence", "0.9", "--json").stdout)
    assert (len(page["statements"]), page["conditions"]) == (2, [])
    assert json.loads(run("show", "person:bo-tamm", "--min-confidence", "0.9", "--json").stdout)["statements"] == 0
    assert "1 statement. What" in run("show", "person:bo-tamm", "--min-confidence", "0.5").stdout
    assert "No statement on record matches. What" in run("show", "person:bo-tamm", "--min-confidence", "0.9").stdout


def test_the_demo_can_be_asked_for_the_sure_ones_too(reader: FakeReader) -> None:
    everything = run("demo").stdout
    assert run("demo", "--min-confidence", "0.5").stdout == everything, "this reader is sure of all by .9, the forms alone by .5"
    assert "0 statements, 0 conditions" in run("demo", "--min-confidence", "0.95").stdout


@pytest.mark.parametrize("command", [("read", "-"), ("extract", "-"), ("show", "statements"), ("demo",)])
@pytest.mark.parametrize(
    "value, message", [("1.5", "1.5 is not in the range 0<=x<=1"), ("nan", "nan is not"), ("much", "is not a valid float")]
)
def test_a_confidence_that_is_none_is_said(command: tuple[str, ...], value: str, message: str) -> None:
    result = run(*command, "--min-confidence", value)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize(
    "address, message",
    [
        ("http://127.0.0.1:8000/news", "127.0.0.1 leads to this machine itself (127.0.0.1), where nothing is fetched; if it is yours"),
        ("ftp://harbour.example/news", "only http and https are read, not ftp"),
        ("http://0x7f.1/news", "only where it is written as four decimal ones"),
    ],
)
def test_an_address_that_is_not_asked_gets_a_reason(address: str, message: str) -> None:
    result = run("add", address)
    assert result.exit_code == 1
    assert message in result.stderr


def test_a_wrong_day_is_a_wrong_use() -> None:
    result = run("read", "--published", "someday", "-", stdin=b"It is so.")
    assert result.exit_code == 2
    assert "is no date" in result.stderr


def test_what_is_neither_a_list_nor_an_id_gets_the_command_that_was_meant(newsroom: str) -> None:
    run("add", newsroom)
    result = run("show", "quist")
    assert result.exit_code == 2
    assert "the lists are articles, statements, conditions, actors, stories, sayings, commitments;" in result.stderr
    assert "what somebody said: onrecord show statements --actor NAME" in result.stderr


def test_those_who_speak_most_come_first(newsroom: str) -> None:
    run("add", newsroom)
    names = [line.split("  ")[0] for line in run("show", "actors").stdout.splitlines()]
    assert names[:3] == ["name", "Ada Quist", "Bo Tamm"]
    assert run("show", "actors", "--limit", "1").stdout.splitlines()[-1] == "1 actor."


def test_a_hostile_file_name_and_text_cannot_act_on_the_terminal() -> None:
    result = run("read", "no\x1b[2Jsuch\u202efile", "-", stdin="Ada \x1b]0;x\x07Quist said that it is so \u202enow.".encode())
    assert not any(character in result.output for character in "\x1b\x07\u202e")


def test_ctrl_c_leaves_with_a_sentence_and_keeps_what_is_done(newsroom: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pipeline.add

    def interrupted(*given: Any, **more: Any) -> Iterator[Receipt]:
        for number, receipt in enumerate(whole(*given, **more)):
            if number:
                raise KeyboardInterrupt
            yield receipt

    monkeypatch.setattr(pipeline, "add", interrupted)
    result = run("add", newsroom)
    assert result.exit_code == 130
    assert "give the same command again to go on" in result.stderr
    assert "1 article added" in result.stdout
    assert len(run("show", "articles", "--json").stdout.splitlines()) >= 1


def test_a_reader_that_goes_away_early_ends_it_quietly(tmp_path: Path) -> None:
    """As in ``onrecord --help | head -1``."""
    script = "import sys; sys.argv = ['onrecord', 'show', '--help']; from onrecord.faces import cli; cli.main()"
    read, write = os.pipe()
    os.close(read)
    process = subprocess.run([sys.executable, "-c", script], stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert process.stderr == ""


def test_an_interrupt_ends_a_wait_for_input() -> None:
    """The reader is made first, so once it is made the command waits for standard input."""
    script = """
import sys
from onrecord import pipeline
from onrecord.faces import cli
class Reader:
    threads = 1
    def __init__(self): print("made", file=sys.stderr, flush=True)
pipeline.make_reader = Reader
sys.argv = ["onrecord", "extract", "-"]
cli.main()
"""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", script], stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "made\n"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.strip() == "Stopped."


def test_a_terminal_without_curly_quotes_gets_question_marks(article: str) -> None:
    script = """
import sys
from onrecord import pipeline
from onrecord.faces import cli
pipeline.make_reader = lambda: None
sys.argv = ["onrecord", "show", "\u201cx\u201d"]
cli.main()
"""
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    process = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, check=False)
    assert process.returncode == 2
    assert b"Traceback" not in process.stderr
