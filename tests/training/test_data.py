"""What the training sees of a marked article."""

import dataclasses
import json
import random
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from training import data

from onrecord.reader.wordpiece import WordPiece

PIECES = [p for p in (files("onrecord.reader") / "vocab.txt").read_text("utf-8").split("\n") if p]
SPLIT = WordPiece({p: n for n, p in enumerate(PIECES)})
MARKED = (
    '<article id="t-1" outlet="Ghent Ledger" date="2024-05-28" style="brief" title="Ports" credit="">\n'
    '<sp n="1" who="person:ilse-marrow" cc="BEL">Minister Ilse Marrow</sp> <cue n="1" act="commit">said</cue> <con n="1"><cs c="1">ports '
    'would <ev type="SANCTION" mode="hypothetical" a="Minister Ilse Marrow">close</ev></cs> <mk c="1" kind="if">if</mk> '
    '<an c="1">the strike went on</an></con> <at n="1" v="2024-05-27">on Monday</at>.\n</article>'
)


@pytest.fixture
def article(tmp_path: Path) -> data.Document:
    """The marked article as the training has it."""
    (tmp_path / "t-1.xml").write_text(MARKED, "utf-8")
    (document,) = data.marked(tmp_path, SPLIT)
    return document


def _words(document: data.Document, where: tuple[int, int] | None) -> str:
    assert where is not None
    return document.text[document.extents[where[0]][0] : document.extents[where[1]][1]]


def test_each_mark_becomes_a_target_with_its_roles(article: data.Document) -> None:
    """Trigger, roles and attributes are those of the marks."""
    kinds = {t.kind: t for t in article.targets}
    statement, condition = kinds["statement"], kinds["condition"]
    assert _words(article, (statement.trigger[0], statement.trigger[-1])) == "said"
    assert _words(article, statement.roles["speaker"]) == "Minister Ilse Marrow"
    assert _words(article, condition.roles["antecedent"]) == "the strike went on"
    assert _words(article, condition.roles["consequent"]) == "ports would close"
    assert kinds["event"].roles["actor"] == statement.roles["speaker"]


def test_what_a_set_does_not_mark_is_masked(article: data.Document) -> None:
    """The corpus marks no entities and no sentence ends."""
    assert article.tags["entity"] is None
    assert article.tags["sentence"] is None
    assert article.tags["time"] is not None


def test_an_article_without_a_date_teaches_no_times(tmp_path: Path) -> None:
    """Real news of unknown date has its times unmarked."""
    (tmp_path / "t.xml").write_text(MARKED.replace('date="2024-05-28"', 'date="unknown"').replace(' v="2024-05-27"', ""), "utf-8")
    assert data.marked(tmp_path, SPLIT)[0].tags["time"] is None


def test_articles_can_be_left_out_by_id_and_by_file(article: data.Document, tmp_path: Path) -> None:
    """So that test articles and held-back files are never trained on."""
    assert data.marked(tmp_path, SPLIT, drop={"t-1"}) == []
    assert data.marked(tmp_path, SPLIT, skip={"t-1.xml"}) == []


def test_a_role_outside_the_window_is_nothing_and_a_cut_one_is_not_asked_for(article: data.Document) -> None:
    """What a window does not show cannot be pointed at."""
    target = data.Target("statement", [10], {"speaker": (0, 3), "content": (8, 20), "addressee": None}, {})
    moved = data._moved(target, 5, 15)
    assert moved is not None
    assert moved.trigger == [5]
    assert moved.roles == {"speaker": None, "content": (data.IGNORE, data.IGNORE), "addressee": None}
    assert data._moved(target, 11, 20) is None


def test_windows_of_an_epoch_cover_every_target(article: data.Document) -> None:
    """Wherever they are cut, each trigger stands in one of them."""
    for seed in range(20):
        cut = data.slices(article, 16, 4, random.Random(seed))
        assert {t.kind for s in cut for t in s.targets} == {"statement", "condition", "event"}


def test_a_text_of_a_development_set_is_found_out(article: data.Document, tmp_path: Path) -> None:
    """Training stops where a sentence of one stands in its data."""
    folder = tmp_path / "sets" / "news"
    folder.mkdir(parents=True)
    other = {"id": "b", "text": "A text of which nothing at all stands in any article that anything here was trained on, to be sure."}
    rows = [{"id": "a", "text": "It began thus. " + article.text}, other]
    (folder / "articles.jsonl").write_text("\n".join(json.dumps(r) for r in rows), "utf-8")
    assert data.leaks([article], tmp_path / "sets") == ["news/a"]


def test_named_entities_of_gum_are_cut_to_the_name() -> None:
    """The mention "President Nora Quist of the Council" has the name "Nora Quist"."""
    rows = {
        1: "1 President president PROPN NNP _ 0 root _ Entity=(1-person-new-cf1-1-sgl",
        2: "2 Nora Nora PROPN NNP _ 1 flat _ _",
        3: "3 Quist Quist PROPN NNP _ 1 flat _ Entity=1)",
    }
    assert data._named({n: row.split(" ") for n, row in rows.items()}) == [(2, 3, "PER")]


def test_a_teachers_guess_moves_with_the_window() -> None:
    """Places count from the window's first piece, nothing stays nothing, and a guess that mostly lies outside is not asked for."""
    guess = data.Guess(firsts=[(12, 0.7), (-1, 0.2), (40, 0.1)], at=12, lasts=[(15, 0.9), (41, 0.1)])
    target = data.Target("event", [11], {"actor": (data.IGNORE, data.IGNORE)}, {}, {"actor": guess})
    moved = data._moved(target, 10, 30)
    assert moved is not None
    assert moved.guesses["actor"] == data.Guess(firsts=[(2, 0.7), (-1, 0.2)], at=2, lasts=[(5, 0.9)])
    far = data._moved(data.Target("event", [35], {}, {}, {"actor": guess}), 30, 50)
    assert far is not None
    assert far.guesses == {}


def test_what_a_teacher_saw_goes_into_the_windows_beside_the_marks(article: data.Document) -> None:
    """Its probabilities are cut like the tags, and its frames stand in for the marked ones."""
    shares = np.arange(3 * len(article.ids), dtype=np.float16).reshape(-1, 3)
    article.taught = data.Taught({"event": shares}, [])
    (window,) = data.slices(article, 256, 48, None)
    assert (window.soft["event"] == shares).all()
    assert window.targets == []
    assert window.tags["statement"] == article.tags["statement"]


def test_a_teacher_reads_nothing_that_development_sets_come_from(tmp_path: Path) -> None:
    """GUM and Universal NER stay unread; of EWT only what is like news is read; plain texts have nothing marked."""
    (tmp_path / "speech.txt").write_text("We will not go.\n", "utf-8")
    (speech,) = data.plain(tmp_path, SPLIT)
    assert set(speech.tags.values()) == {None}
    kinds = {
        ("plain", "speech"): True,
        ("gum", "GUM_news_1"): False,
        ("uner", "uner-1"): False,
        ("ewt", "weblog-a"): True,
        ("ewt", "email-a"): False,
    }
    for (source, name), readable in kinds.items():
        assert data.readable(dataclasses.replace(speech, source=source, name=name)) is readable


def test_a_larger_share_holds_the_smaller_one() -> None:
    """So that each step of a learning curve adds to the one before."""
    names = [f"article-{n}" for n in range(400)]
    quarter, half = ({n for n in names if data.chance(n) < share} for share in (0.25, 0.5))
    assert quarter < half
    assert 70 < len(quarter) < 130
