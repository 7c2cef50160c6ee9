"""Stories on the screen and for programs: lists, one story with reasons, a person's decisions, and ``group``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import pipeline
from onrecord.faces.cli import cli
from onrecord.faces.view import titled

from .fake_reader import FakeReader

TOLD = {
    "slide": "A landslide buried nine houses in Alvdal. Tora Lindvik said that 14 people are missing. Rain had loosened the slope.",
    "glass": "A tariff of 12 percent will be put on imported glass. Edda Krohn said that glaziers in Ostrava would hire if it comes.",
}
MORE = ("", " Nobody had foreseen it.", " Further news is expected in the evening.")
Run = Callable[..., Result]


def said(number: int) -> dict[str, str]:
    return {"outlet": f"Paper {number}", "published": f"2024-05-2{number}"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command over a ledger with three articles of each story."""
    monkeypatch.setattr(pipeline, "make_reader", FakeReader)
    monkeypatch.setenv("ONRECORD_LEDGER", str(tmp_path / "l.db"))
    monkeypatch.setenv("LOGNAME", "ann")
    lines = [
        json.dumps(
            {
                "id": f"{name}-{n}",
                "title": f"{name} news \x1b[31m",
                "text": text + more,
                "outlet": f"Paper {n}",
                "published": f"2024-05-2{n}",
            }
        )
        for n, more in enumerate(MORE)
        for name, text in TOLD.items()
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")

    def command(*words: str) -> Result:
        return CliRunner().invoke(cli, list(words))

    assert command("add", str(tmp_path / "in.jsonl")).exit_code == 0
    return command


def objects(run: Run, *words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("show", *words, "--json").stdout.splitlines()]


def test_group_prints_a_line_an_article_in_the_order_read_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    before = (tmp_path / "l.db").read_bytes()
    done = run("group", "--jsonl", str(tmp_path / "in.jsonl"))
    assert done.exit_code == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["article"] for line in lines] == [f"{name}-{n}" for n in range(3) for name in TOLD]
    stories = {name: {line["story"] for line in lines if line["article"].startswith(name)} for name in TOLD}
    assert [len(some) for some in stories.values()] == [1, 1]
    assert stories["slide"] != stories["glass"]
    assert (tmp_path / "l.db").read_bytes() == before


def test_an_article_that_is_given_twice_has_a_line_each_time(run: Run, tmp_path: Path) -> None:
    done = run("group", "--jsonl", str(tmp_path / "in.jsonl"), str(tmp_path / "in.jsonl"))
    lines = done.stdout.splitlines()
    assert len(lines) == 12
    assert len(set(lines)) == 6


def test_a_list_of_stories_is_harmless_and_says_how_many(run: Run) -> None:
    shown = run("show", "stories").output
    assert "\x1b" not in shown
    assert "2 stories." in shown
    assert shown.count("3 articles") == 2
    assert "The first 1;" in run("show", "stories", "--limit", "1").output
    assert "No story on record matches." in run("show", "stories", "--outlet", "Paper 9").output


def test_programs_get_stories_with_members_and_reasons(run: Run) -> None:
    (story,) = objects(run, "stories", "--text", "landslide")
    assert story["found"] == "story"
    members = story["memberships"]
    assert isinstance(members, list)
    assert [each["article"] for each in members] == story["articles"]
    assert members[0]["sentence"] == "the story begins with it"
    assert re.match(r"shares .*the rare words? .*; a day apart", members[1]["sentence"])
    header, *rows = run("show", "stories", "--csv").stdout.splitlines()
    assert header.startswith("id,title,first,last,articles")
    assert len(rows) == 2


def test_one_story_tells_why_each_article_is_in_it(run: Run) -> None:
    (story,) = objects(run, "stories", "--text", "landslide")
    shown = run("show", str(story["id"])).output
    assert "Paper 0" in shown
    assert "the rare words" in shown
    assert "nearest to ar_" in shown
    assert run("show", str(story["id"])[:12]).output == shown
    assert run("show", str(story["id"]), "--csv").exit_code == 2
    assert "nothing on record has the id" in run("show", "so_0123456789").output


def test_decisions_are_signed_listed_and_undone(run: Run) -> None:
    slide, glass = (objects(run, "stories", "--text", word)[0] for word in ("landslide", "tariff"))
    done = run("review", "merge", str(slide["id"]), str(glass["id"]), "--reason", "one\nbudget \x1b[1m")
    assert done.exit_code == 0, done.output
    assert "by ann on" in done.output
    assert "because: one budget <U+001B>[1m" in done.output
    assert len(objects(run, "stories")) == 1
    assert run("show", str(slide["id"])).output == run("show", str(glass["id"])).output
    found = re.search(r"ju_[0-9a-f]{20}", run("review", "list").output)
    assert found is not None
    assert "undone by Bo" in run("review", "undo", found[0], "--by", "Bo").output
    assert {each["id"] for each in objects(run, "stories")} == {slide["id"], glass["id"]}
    assert "undone by Bo" in run("review", "list").output
    again = run("review", "undo", found[0])
    assert again.exit_code == 2
    assert "was undone on" in again.output


def test_articles_are_split_off_and_pinned(run: Run) -> None:
    slide, glass = (objects(run, "stories", "--text", word)[0] for word in ("landslide", "tariff"))
    first, second, third = slide["articles"]  # type: ignore[misc]
    assert run("review", "split", str(slide["id"]), second, third, "--by", "Ann").exit_code == 0
    assert len(objects(run, "stories")) == 3
    assert run("review", "pin", third, str(glass["id"]), "--by", "Ann").exit_code == 0
    (there,) = objects(run, str(glass["id"]))
    assert third in there["articles"]  # type: ignore[operator]
    judged = next(each for each in there["memberships"] if each["article"] == third)  # type: ignore[attr-defined]
    assert judged["by"] == "judgement"
    assert run("review", "split", str(slide["id"]), first).exit_code == 2
    assert "The ledger is whole" in run("verify").output


def test_a_decision_needs_a_name(run: Run) -> None:
    (slide,) = objects(run, "stories", "--text", "landslide")
    refused = run("review", "split", str(slide["id"]), slide["articles"][1], "--by", "  ")  # type: ignore[index]
    assert refused.exit_code == 2
    assert "a decision is signed" in refused.output
    assert "Nobody has decided anything" in run("review", "list").output


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_decision_names_the_article_that_was_pinned(run: Run, number: int) -> None:
    """Whichever of the ids comes first in the alphabet."""
    slide, glass = sorted(objects(run, "stories"), key=lambda each: str(each["title"]), reverse=True)
    article = slide["articles"][number]  # type: ignore[index]
    assert f": {article} pinned to {glass['id']} by Ann" in run("review", "pin", article, str(glass["id"]), "--by", "Ann").output
    assert f"{article} pinned to {glass['id']}" in " ".join(run("review", "list").output.split())


def test_ids_may_be_cut_short_and_lists_say_what_they_can_be_filtered_by(run: Run) -> None:
    slide, glass = sorted(objects(run, "stories"), key=lambda each: str(each["title"]), reverse=True)
    third = slide["articles"][2]  # type: ignore[index]
    assert run("review", "split", str(slide["id"])[:12], third[:12], "--by", "Ann").exit_code == 0
    assert run("review", "merge", str(slide["id"])[:12], str(glass["id"])[:12], "--by", "Ann").exit_code == 0
    refused = run("show", "sayings", "--min-confidence", ".5")
    assert refused.exit_code == 2
    assert "by min-confidence; they can by actor, country\n" in refused.output
    assert "the lists are articles, statements, conditions, actors, stories, sayings, commitments;" in run("show", "everything").output


BARE = [("", "(no title)"), ("\u200b \ufeff", "(no title)"), (None, "(no title)"), ("Two gates\x1b[31m", "Two gates<U+001B>[31m")]


@pytest.mark.parametrize(("title", "shown"), BARE)
def test_a_title_with_nothing_to_see_is_said_to_be_none(title: str | None, shown: str) -> None:
    assert titled(title) == shown


def test_a_story_whose_day_is_not_known_has_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("Snow closed the pass of Kvitfjell. Nobody said when it opens.", encoding="utf-8")
    (tmp_path / "blank.jsonl").write_text('{"id": "b", "text": " "}', encoding="utf-8")
    run("add", str(tmp_path / "plain.txt"), str(tmp_path / "blank.jsonl"))
    snow = next(each for each in objects(run, "stories") if "Snow" in str(each["title"]))
    assert (snow["first"], snow["last"]) == ("", "")
    assert "no day" in run("show", str(snow["id"])).stdout
    shown = run("show", "stories").stdout
    assert "no day      Snow closed" in shown
    assert "no day      (no title)" in shown
    assert "(no title)" in run("coverage", "b").stdout
