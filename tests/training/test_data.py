"""What the training sees of a marked article."""

import json
import random
from importlib.resources import files
from pathlib import Path

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
