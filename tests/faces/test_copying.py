"""Copies on the screen: told in show, laid beside each other by compare, harmless whatever the articles say."""

from __future__ import annotations

import importlib.util
import json
import re
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.faces.cli import cli
from onrecord.faces.copying import beside, copying, percent, told_change
from onrecord.faces.settings import Screen
from onrecord.faces.terminal import Painter
from onrecord.group.changes import changes
from onrecord.group.copies import find, sketch
from onrecord.records import Article, Published, tagged
from onrecord.reports import Change, Copy, Piece
from onrecord.store import open_ledger
from onrecord.store.connection import connect, transaction
from onrecord.store.copies import Copies

_spec = importlib.util.spec_from_file_location("store_factories_of_copying", Path(__file__).parent.parent / "store" / "factories.py")
assert _spec is not None
assert _spec.loader is not None
factories = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(factories)

WIRE = """NORDHAVN, May 27 (KNA) - The outer mole will be closed to freight from June, harbour minister Ana Brill announced.

Divers found cracks in eleven of the forty caissons that carry the breakwater, and repairs are to take until November.

The dockers' union said that it had not been asked. Shipowners put their losses at two million crowns a week."""
PAPER = WIRE.replace("May 27 ", "").replace("Shipowners put their losses at two million crowns a week.", "Dockers keep their wages.")
OWN = "Rain fell on the orchards all night, and by the morning the lower road to the mill was under water again.\n\n" + "\n\n".join(
    f"Farmer {number} has sold field {number * 3} to the mill for less than it was worth in the spring of that year." for number in range(9)
)


def piece(text: str, number: int, outlet: str = "KNA", day: str = "2024-05-27") -> Piece:
    published = Published(first=day, to=day, granularity="day", at=None, basis="given", spans=())
    return Piece(
        article=tagged("ar", number), document=tagged("do", number), caller=None, outlet=outlet, title=None, url=None, byline=None,
        language="en", published=published, added="2024-06-01T00:00:00+00:00", text=text,
    )  # fmt: skip


def copy(article: Piece, of: Piece, kind: str) -> Copy:
    return Copy(article=article.article, of=of.article, kind=kind, jaccard=0.8, containment=0.9, contained=0.9)  # type: ignore[arg-type]


def test_a_near_copy_is_told_with_its_share_and_changes() -> None:
    wire, paper = piece(WIRE, 1), piece(PAPER, 2, "Island Gazette", "2024-05-28")
    (line,) = copying(paper, [(copy(paper, wire, "near"), wire)])
    assert re.fullmatch(r"near copy of KNA, 2024-05-27 \(ar_\w+\): \d\d % of its words; changed: .*", line)
    assert "“Shipowners put their losses at two million crowns a week.” to “Dockers keep their wages.”" in line
    (line,) = copying(wire, [(copy(paper, wire, "near"), paper)])
    assert line == f"near copy in Island Gazette, 2024-05-28 ({paper.article})"


def test_what_an_article_was_copied_from_is_told_first_and_many_copies_are_counted() -> None:
    wire, paper = piece(WIRE, 1), piece(WIRE, 2, "Island Gazette", "2024-05-28")
    later = [piece(WIRE, number, f"Gazette {number}", "2024-05-29") for number in range(3, 13)]
    lines = list(copying(paper, [*((copy(each, paper, "exact"), each) for each in later), (copy(paper, wire, "exact"), wire)]))
    assert lines[0] == f"the same words as KNA, 2024-05-27 ({wire.article})"
    assert lines[1].startswith("the same words in Gazette 3")
    assert lines[-1] == "and 5 more copies"


def test_an_outlets_name_cannot_act_on_the_terminal() -> None:
    wire, paper = piece(WIRE, 1, "K\x1b[2JNA"), piece(PAPER.replace("Dockers", "Dock\x1b]0;ers"), 2)
    (line,) = copying(paper, [(copy(paper, wire, "near"), wire)])
    assert "\x1b" not in line
    shown = "\n".join(beside(wire.text, paper.text, True, Painter(Screen(width=80, colour=False))))
    assert "\x1b" not in shown


SHARES = [(0.0, "0 %"), (0.996, "99 %"), (1.0, "100 %"), (0.5, "50 %")]


@pytest.mark.parametrize("share, told", SHARES)
def test_only_what_is_whole_is_a_hundred_per_cent(share: float, told: str) -> None:
    assert percent(share) == told


TOLD = [
    ("replaced", "two", "three", "“two” to “three”"),
    ("added", "", " news ", "“news” added"),
    ("dropped", ", strategic", "", "“strategic” dropped"),
    ("dropped", "(", "", ""),
    ("same", "two", "two", ""),
]


@pytest.mark.parametrize("kind, before, after, told", TOLD)
def test_a_change_is_told_in_words(kind: str, before: str, after: str, told: str) -> None:
    assert told_change(Change(kind=kind, before=before, after=after)) == told  # type: ignore[arg-type]


def test_two_texts_are_shown_as_one_from_which_either_can_be_read() -> None:
    """What is in the first frame, and in none, is the one text; the second frame, and none, the other."""
    shown = re.sub(r"\s+", " ", " ".join(beside(WIRE, PAPER, True, Painter(Screen(width=70, colour=False)))))
    one = re.sub(r"\{\+.*?\+\}", "", shown)
    other = re.sub(r"\[-.*?-\]", "", shown)
    assert re.sub(r"\W+", "", re.sub(r"\[-|-\]", "", one)) == re.sub(r"\W+", "", WIRE)
    assert re.sub(r"\W+", "", re.sub(r"\{\+|\+\}", "", other)) == re.sub(r"\W+", "", PAPER)


def test_colour_is_added_where_there_is_any() -> None:
    lines = "\n".join(beside(WIRE, PAPER, True, Painter(Screen(width=80, colour=True))))
    assert "\x1b[31m" in lines
    assert "\x1b[32m" in lines
    assert any(change.kind == "replaced" for change in changes(WIRE, PAPER))


@pytest.fixture
def held(tmp_path: Path) -> tuple[str, list[Article]]:
    """A ledger with a wire report, its copy, and an article that has nothing of either; grouped."""
    path = tmp_path / "l.db"
    texts = (("KNA", WIRE, "2024-05-27"), ("Island Gazette", PAPER, "2024-05-28"), ("Field Post", OWN, "2024-05-28"))
    articles = [factories.article(at, text=text, outlet=outlet, published=day) for at, (outlet, text, day) in enumerate(texts)]
    with open_ledger(path, create=True, now=factories.clock()) as ledger, closing(connect(path)) as connection:
        kept = Copies(connection)
        for each in articles:
            ledger.put(each, factories.extraction(each), factories.DIGEST)
            report = kept.piece(each.id)
            assert report is not None
            with transaction(connection):
                kept.keep(each.id, sketch(each.text), find(report, kept))
    return str(path), articles


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


def test_show_tells_of_an_articles_copies(held: tuple[str, list[Article]]) -> None:
    path, (wire, paper, own) = held
    assert "near copy of KNA, 2024-05-27" in run("show", paper.id, "--ledger", path).stdout
    assert "near copy in Island Gazette, 2024-05-28" in run("show", wire.id, "--ledger", path).stdout
    assert "copy" not in run("show", own.id, "--ledger", path).stdout


def test_compare_shows_two_articles_word_by_word(held: tuple[str, list[Article]]) -> None:
    path, (wire, paper, _) = held
    result = run("compare", wire.id[:12], paper.id, "--ledger", path)
    assert result.exit_code == 0, result.output
    shown = " ".join(result.stdout.split())
    assert "The second is a near copy of the first." in shown
    assert "[-Shipowners put their losses at two million crowns a week.-]{+Dockers keep their wages.+}" in shown
    assert "The second is a near copy" not in run("compare", paper.id, wire.id, "--ledger", path).stdout


def test_compare_says_that_neither_is_a_copy_and_shows_all_only_when_asked(held: tuple[str, list[Article]]) -> None:
    path, (wire, _, own) = held
    result = run("compare", wire.id, own.id, "--ledger", path)
    assert "Neither is a copy." in result.stdout
    assert "They share no passage of eight words or more." in result.stdout
    assert "Rain fell" not in result.stdout
    assert "Rain fell" in run("compare", wire.id, own.id, "--whole", "--ledger", path).stdout


def test_compare_gives_programs_passages_and_changes_with_their_places(held: tuple[str, list[Article]]) -> None:
    path, (wire, paper, _) = held
    found = json.loads(run("compare", wire.id, paper.id, "--json", "--ledger", path).stdout)
    assert (found["one"], found["other"], found["kind"]) == (wire.id, paper.id, "near")
    for change in found["changes"]:
        assert WIRE[slice(*change["was"])] == change["before"]
        assert PAPER[slice(*change["now"])] == change["after"]
    assert all(WIRE[slice(*each["one"])].split()[:3] == PAPER[slice(*each["other"])].split()[:3] for each in found["passages"])


def test_compare_wants_two_articles_that_are_there(held: tuple[str, list[Article]]) -> None:
    path, (wire, _, own) = held
    one = run("compare", wire.id, wire.id, "--ledger", path)
    assert (one.exit_code, "compare takes two" in one.stderr) == (2, True)
    assert run("compare", wire.id, "ar_0000000000", "--ledger", path).exit_code == 2
    with open_ledger(path, create=False, now=factories.clock()) as ledger:
        ledger.remove(own.id, "asked to")
    gone = run("compare", wire.id, own.id, "--ledger", path)
    assert (gone.exit_code, "was removed" in gone.stderr) == (2, True)
