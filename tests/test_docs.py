"""The pages are true: what they show is what the commands print, and every word and option that there is stands in them."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args

import click
import msgspec
import pytest
from docs import commands, figures, generate, joined, tables, twin
from docs.session import Remembering, Session
from evals import groups

from onrecord import pipeline, records, reports, sample
from onrecord.ask import sheet
from onrecord.faces.cli import cli
from onrecord.records import Reader

ROOT = Path(__file__).resolve().parent.parent
MODEL = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")

ALIKE = 0.9
"""The share of a page's printed lines that has to be the same: processors round int8 differently, so a record near its bar may go."""

GLOSSARY = {
    "Acts": records.Act,
    "Continuity": records.Continuity,
    "Hedges": records.HedgeKind,
    "Kinds of condition": records.ConditionKind,
    "Realis": records.Realis,
    "Types of event": records.EventType,
    "Modes": records.Mode,
    "Manner": records.Manner,
    "Relations": records.RelationKind,
    "Bases of a date": records.Basis,
    "Types of time expression": records.TimeType,
    "Granularity": records.Granularity,
    "Kinds of actor": records.ActorKind,
}
FIELDS = {
    "Span": records.Span,
    "Extraction": records.Extraction,
    "Published": records.Published,
    "Statement": records.Statement,
    "Mention": records.Mention,
    "Cue": records.Cue,
    "Hedge": records.Hedge,
    "Via": records.Via,
    "Said": records.Said,
    "When": records.When,
    "Relation": records.Relation,
    "Condition": records.Condition,
    "Part": records.Part,
    "Event": records.Event,
    "Actor": records.Actor,
    "Role": records.Role,
    "Dates": records.TimeExpression,
    "Evidence": reports.Evidence,
    "Copy": reports.Copy,
    "Story": reports.Story,
    "Membership": reports.Membership,
    "Judgement": reports.Judgement,
    "Saying": reports.Saying,
    "Wording": reports.Wording,
    "Commitment": reports.Commitment,
    "Provenance": reports.Provenance,
    "Origins": reports.Origins,
    "The coverage page": sheet.Coverage,
}
KINDS = {
    "Copy": reports.CopyKind,
    "Membership": reports.ReasonKind,
    "Wording": reports.DifferenceKind,
    "Provenance": reports.ProvenanceKind,
    "The coverage page": Literal[sheet.SentenceKind, sheet.AccordKind, sheet.UtteranceGroup],
}
NOUNS = (
    "outlet statement act continuity condition event saying commitment story origin actor issue position shift judgement watch alert "
    "copy membership wording report provenance coverage brief version follow feed principal"
).split()
MORE_NOUNS = ("near copy", "partial copy", "own reporting", "first hand", "reading list", "look-alike")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Remembering(pipeline.make_reader())


@pytest.mark.parametrize("name", generate.PAGES)
def test_a_page_shows_what_its_commands_print(name: str, reader: Reader) -> None:
    """If this fails, run python -m docs.generate."""
    page = (ROOT / name).read_text(encoding="utf-8")
    fresh = generate.rendered(page, reader)
    (prose, shown), (fresh_prose, printed) = split(page), split(fresh)
    assert prose == fresh_prose
    matcher = difflib.SequenceMatcher(None, shown, printed, autojunk=False)
    assert matcher.ratio() >= ALIKE, "\n".join(difflib.unified_diff(shown, printed, name, "now", lineterm=""))


def split(page: str) -> tuple[list[str], list[str]]:
    """A page's own lines, and those that were printed by its commands."""
    own: list[str] = []
    printed: list[str] = []
    inside = False
    for line in page.split("\n"):
        if line.startswith("```"):
            inside = line in ("```console", "```text")
            own.append(line)
        else:
            (printed if inside and not line.startswith("$ ") else own).append(re.sub(r"unsure \.\d\d", "unsure", line))
    return own, printed


def test_a_page_is_stale_when_its_command_prints_something_else(reader: Reader) -> None:
    page = "Before.\n\n```console\n$ onrecord --version\nsomething else\n```\n\n```python\nprint(6 * 7)\n```\n\n```text\n41\n```"
    fresh = generate.rendered(page, reader)
    assert "something else" not in fresh
    assert "$ onrecord --version\nonrecord " in fresh
    assert fresh.endswith("```text\n42\n```")
    assert generate.rendered(fresh, reader) == fresh


def test_a_session_leaves_the_ledger_and_the_folder_of_its_user_alone(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = tmp_path / "mine.db"
    monkeypatch.setenv("ONRECORD_LEDGER", str(ledger))
    monkeypatch.chdir(tmp_path)
    with Session(reader) as session:
        assert "Ledger: /tmp/news/onrecord.db" in session.console("onrecord add --ledger onrecord.db twin-digest.txt")
    assert Path.cwd() == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_the_tutorial_s_article_is_the_corpus_s() -> None:
    assert twin.FILE.read_text(encoding="utf-8") == twin.text()
    assert "<" not in twin.text()


def test_the_first_screen_shows_a_statement_and_its_condition() -> None:
    session = README[README.index("```console") : README.index("## Install")]
    assert re.search(r"^ +\d+(\.\d+)?  .+ · commit", session, re.MULTILINE)
    assert re.search(r"^ +(if|unless|once|until)\b", session, re.MULTILINE | re.IGNORECASE)


def test_the_library_example_finds_the_statement_and_its_condition() -> None:
    shown = README[README.index("## As a library") : README.index("## How good it is")]
    printed = shown[shown.index("```text") :]
    assert "Ada Quist" in printed
    assert "'if'" in printed or "if [" in printed


@pytest.mark.parametrize("heading", GLOSSARY)
def test_the_glossary_has_every_value(heading: str) -> None:
    """With one line's meaning and an example, and nothing that there is not."""
    rows = [row.split(" | ") for row in section(MODEL, f"### {heading}").split("\n") if row.startswith("| `")]
    assert [row[0].strip("| `") for row in rows] == list(get_args(GLOSSARY[heading]))
    assert all(len(row[1].strip()) > 3 for row in rows)


@pytest.mark.parametrize("name", FIELDS)
def test_the_data_model_has_every_field(name: str) -> None:
    told = section(MODEL, f"### {name}")
    inherited = {"start", "end", "text", "in"} if name != "Span" else set()
    fields = {field.encode_name for field in msgspec.structs.fields(FIELDS[name])}
    missing = {field for field in fields - inherited if f"`{field}`" not in told}
    assert not missing


@pytest.mark.parametrize("name", KINDS)
def test_the_data_model_has_every_kind(name: str) -> None:
    told = section(MODEL, f"### {name}")
    assert not {kind for kind in get_args(KINDS[name]) if f"`{kind}`" not in told}


def test_the_data_model_has_every_table_of_several_articles() -> None:
    told = section(MODEL, "## The order in which articles come")
    files = sorted((ROOT / "src" / "onrecord" / "store" / "migrations").glob("*.sql"))[3:]
    made = [name for path in files for name in re.findall(r"CREATE TABLE (\w+)", path.read_text(encoding="utf-8"))]
    assert "stories" in made
    assert not {name for name in made if f"`{name}`" not in told}


@pytest.mark.parametrize("noun", [*NOUNS, *MORE_NOUNS])
def test_the_glossary_has_every_noun(noun: str) -> None:
    nouns = section(MODEL, "### Nouns")
    assert f"| `{noun}` |" in nouns or f"**{noun}**" in nouns


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next of its level or above."""
    level = heading.split(" ")[0]
    _, _, rest = page.partition(f"\n{heading}\n")
    return re.split(rf"^#{{1,{len(level)}}} ", rest, flags=re.MULTILINE)[0]


def whole(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """The command, and those in it."""
    yield name, command
    for inner, each in sorted(getattr(command, "commands", {}).items()):
        yield from whole(each, f"{name} {inner}")


ALL = [one for name, command in sorted(cli.commands.items()) for one in whole(command, name)]


def options() -> Iterator[tuple[str, str]]:
    for name, command in ALL:
        for parameter in command.params:
            yield from ((name, option) for option in parameter.opts if isinstance(parameter, click.Option))


@pytest.mark.parametrize("name, option", list(options()))
def test_every_option_is_on_the_page_of_commands(name: str, option: str) -> None:
    told = section(COMMANDS, f"{'#' * (2 + name.count(' '))} `onrecord {name}`")
    assert re.search(rf"^\| `{option}[ `]", told, re.MULTILINE)


def test_every_command_is_on_the_page_of_commands() -> None:
    assert re.findall(r"^##+ `onrecord ([\w ]+)`", COMMANDS, re.MULTILINE) == [name for name, _ in ALL]


def test_the_help_s_own_lines_stay_lines() -> None:
    assert "\n    onrecord show conditions --country POL " in commands.markdown()
    assert "\b" not in commands.markdown()


REASON = re.compile(r"""skipped\["([^"]+)"\]""")


def test_every_reason_for_skipping_is_on_the_page_of_commands(reader: Reader) -> None:
    """Those that stand in the code, and those that the sample newsroom gives."""
    told = section(COMMANDS, "## What is counted as skipped")
    code = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    reasons = {reason for text in code for reason in REASON.findall(text)}
    assert "unclosed quotation" in reasons
    articles = [records.article(json.loads(row)["text"]) for row in sample.path().read_text(encoding="utf-8").splitlines()]
    reasons |= {reason.split(":")[0] for found in pipeline.read(articles, reader) for reason in found.skipped}
    assert not {reason for reason in reasons if f"`{reason}`" not in told}


def test_links_between_pages_lead_somewhere() -> None:
    broken = [
        f"{name}: {target}"
        for name in [*generate.PAGES, "CONTRIBUTING.md", "corpus/README.md"]
        for target in links(name)
        if not leads(name, target)
    ]
    assert not broken


def links(name: str) -> list[str]:
    page = re.sub(r"```.*?```", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    return [target for target in re.findall(r"\]\(([^)]+)\)", page) if "://" not in target]


def leads(name: str, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (ROOT / name).parent / path if path else ROOT / name
    if not anchor:
        return file.exists()
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_says_which_packages_bring_what_is_missing() -> None:
    assert re.search(r"apt-get install .*\bmake\b.*\bpython3-venv\b", README)


SCORED = '== news\n50 articles\n{"news": {"source": 0.81234, "act": 0.7}, "stories-world": {}}\n'


@pytest.mark.parametrize(
    "text, found",
    [
        (SCORED, {"news": {"source": 0.8123, "act": 0.7}}),
        ('{\n "entities F1": 0.76,\n "sentence ends F1": 0.94\n}\n', {"treebanks": {"entities F1": 0.76, "sentence ends F1": 0.94}}),
        ("== news\nskipped\n", {}),
    ],
)
def test_the_scorer_s_last_line_is_what_is_kept(text: str, found: dict[str, Any]) -> None:
    assert figures.sets(text) == found


def test_figures_are_kept_beside_others_only_where_that_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "FILE", tmp_path / "development.json")
    (tmp_path / "scored.txt").write_text(SCORED, encoding="utf-8")
    (tmp_path / "more.json").write_text('{"entities F1": 0.76}', encoding="utf-8")
    assert figures.main([str(tmp_path / "scored.txt")]) == 0
    assert figures.main(["--add", str(tmp_path / "more.json")]) == 0
    assert set(json.loads(figures.FILE.read_text(encoding="utf-8"))["sets"]) == {"news", "treebanks"}
    monkeypatch.setattr(tables, "DEVELOPMENT", figures.FILE)
    assert "| speaker | 0.812 |" in tables.development()
    assert "| speaker 0.81, act (accuracy) 0.70 |" in tables.development_in_short()
    assert figures.main([str(tmp_path / "more.json")]) == 0
    assert set(json.loads(figures.FILE.read_text(encoding="utf-8"))["sets"]) == {"treebanks"}


def test_no_page_s_command_asks_the_web() -> None:
    """But for addresses that are refused before anything is asked."""
    pages = [(ROOT / name).read_text(encoding="utf-8") for name in generate.PAGES]
    lines = [line for page in pages for line in page.split("\n") if line.startswith("$ onrecord ")]
    asking = [line for line in lines if "://" in line and not re.search(r"(?:http://(?:127\.|10\.)|ftp://)", line)]
    assert not asking
    assert not [line for line in lines if line.startswith("$ onrecord follow")]


def test_the_figures_of_one_part_leave_the_others_alone(tmp_path: Path) -> None:
    path = tmp_path / "groups.json"
    groups.keep("sayings", {"f1": 0.5}, path)
    groups.keep("origins", {"right": 1}, path)
    groups.keep("sayings", {"f1": 0.6}, path)
    assert json.loads(path.read_text(encoding="utf-8")) == {"origins": {"right": 1}, "sayings": {"f1": 0.6}}


@pytest.mark.parametrize("table", ["GROUPS", "COPIES", "GROWTH", "END_TO_END"])
def test_a_table_of_several_articles_says_so_where_nothing_is_measured(table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joined, table, tmp_path / "nothing")
    made = {
        "GROUPS": [joined.stories, joined.sayings, joined.origins], "COPIES": [joined.copies], "GROWTH": [joined.growth],
        "END_TO_END": [joined.end_to_end],
    }  # fmt: skip
    assert all(make().startswith("_Not measured yet: `") for make in made[table])
    assert joined.in_short().startswith("| what | measured on | figure |")


def test_what_growth_measured_becomes_a_table_for_each_kind_of_cost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joined, "GROWTH", tmp_path / "growth.json")
    rows = {"1,000": {"median, ms": 50.0, "median of ratios": 1.0}, "100,000": {"median, ms": 55.0, "median of ratios": 1.1}}
    figures = {"command": "x", "processors": 2, "one more article": {"whole": rows}, "on disk": rows}
    joined.GROWTH.write_text(json.dumps(figures), encoding="utf-8")
    table = joined.growth()
    assert "| one more article: whole | median, ms | median of ratios |" in table
    assert "| 100,000 | 55.0 | 1.1 |" in table
    assert "| on disk | median, ms |" in table
    assert "| growth | one more article beside 100,000, against beside 1,000 | 1.10 times |" in joined.in_short()
    assert table.endswith("processors: 2. Measured by `x`.")


@pytest.mark.parametrize("table", ["GATE", "FLOORS", "MISSES", "BENCHMARKS", "DEVELOPMENT", "CARD"])
def test_a_table_says_so_where_nothing_is_measured(table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, table, tmp_path / "nothing")
    made = {
        "GATE": [tables.gate_whole, tables.gate_in_short], "FLOORS": [tables.floors], "MISSES": [tables.misses],
        "BENCHMARKS": [tables.benchmarks, tables.speed_in_short], "DEVELOPMENT": [tables.development, tables.development_in_short],
        "CARD": [tables.model, tables.calibration],
    }  # fmt: skip
    assert all(make().startswith("_Not measured yet: `") for make in made[table])
