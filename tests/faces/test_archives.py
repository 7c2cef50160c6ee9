"""Adding web archives and folders: progress, receipt, and going on after an interruption."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord import pipeline
from onrecord.faces import articles
from onrecord.faces.cli import cli
from onrecord.intake import page

from .fake_reader import FakeReader


def _warcs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("warcs", Path(__file__).parents[1] / "intake" / "warcs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


warcs: Any = _warcs()


@pytest.fixture(autouse=True)
def cuts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The pages that were cut, in order."""
    monkeypatch.setattr(pipeline, "make_reader", FakeReader)
    monkeypatch.chdir(tmp_path)
    done: list[str] = []
    real = page.article
    monkeypatch.setattr(page, "article", lambda raw, source, *rest: done.append(source) or real(raw, source, *rest))
    return done


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(cli, [*arguments, "--ledger", "l.db"], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def archive(count: int, damage: int | None = None) -> bytes:
    records = [warcs.record(b"none", kind="warcinfo", uri=None), *(warcs.news(number) for number in range(count))]
    records.append(warcs.record(warcs.answer(b"\xff\xd8\xff\xe0" + bytes(99), media="image/jpeg")))
    packed = bytearray(warcs.gzipped(records))
    if damage is not None:
        packed[damage : damage + 20] = bytes(20)
    return bytes(packed)


def test_the_receipt_says_what_was_passed_over_and_why() -> None:
    Path("news.warc.gz").write_bytes(archive(4))
    result = run("add", "news.warc.gz")
    assert result.exit_code == 0
    assert "4 articles added" in result.output
    assert "Passed over: record about the archive or a request, neither a page nor a text." in result.output


def test_broken_records_are_named_once_and_end_with_status_one() -> None:
    Path("news.warc.gz").write_bytes(archive(4, damage=len(archive(4)) // 2))
    result = run("add", "news.warc.gz")
    assert result.exit_code == 1
    assert "3 articles added" in result.output
    assert "news.warc.gz: 1 record is broken and left out (1 damaged); 5 were whole" in result.output
    assert "Passed over: record about the archive or a request, broken record (damaged)" in result.output


def test_added_again_nothing_is_cut_and_what_is_left_is_added(cuts: list[str]) -> None:
    run("add", "-", stdin=archive(3))
    assert len(cuts) == 3
    Path("news.warc.gz").write_bytes(archive(5))
    result = run("add", "news.warc.gz")
    assert len(cuts) == 5
    assert "2 articles added, 3 articles already held" in result.output
    result = run("add", "news.warc.gz")
    assert len(cuts) == 5
    assert "5 articles already held." in result.output
    assert "The ledger is whole" in run("verify").output


def test_a_removed_page_stays_out_unless_it_is_restored(cuts: list[str]) -> None:
    Path("news.warc.gz").write_bytes(archive(1))
    run("add", "news.warc.gz")
    ident = json.loads(run("show", "articles", "--json").output)["id"]
    run("remove", ident, "--reason", "a test", "--purge")
    run("add", "news.warc.gz")
    assert "No article" in run("show", "articles").output
    run("add", "news.warc.gz", "--restore")
    assert json.loads(run("show", "articles", "--json").output)["id"] == ident
    assert "The ledger is whole" in run("verify").output


def test_a_fact_that_is_stated_is_kept_though_the_page_is_known() -> None:
    Path("news.warc.gz").write_bytes(archive(1))
    run("add", "news.warc.gz")
    assert "1 article fact stated" in run("add", "news.warc.gz", "--outlet", "The Gulf Gazette").output
    assert "The Gulf Gazette" in run("show", "articles").output


def test_a_fetched_article_without_a_date_has_none() -> None:
    Path("news.warc").write_bytes(warcs.record(warcs.answer(warcs.page(1).replace(b"2024-05-28T07:30:00+03:00", b"soon"))))
    run("add", "news.warc")
    row = json.loads(run("show", "articles", "--json").output)
    assert row["published"] is None
    assert "fetched 2024-05-29T06:00:00+00:00" in run("show", row["id"]).output


def test_a_folder_is_added_and_named_file_by_file() -> None:
    Path("news/a").mkdir(parents=True)
    Path("news/a/news.warc.gz").write_bytes(archive(2))
    Path("news/empty.txt").write_text("  \n")
    Path("news/b.pdf").write_bytes(b"%PDF-1.7\n")
    result = run("add", "news")
    assert "3 articles added" in result.output
    assert "news/empty.txt: kept, but not read (empty text)" in result.output
    assert "1 file in it is of a kind that is not read: b.pdf" in result.output
    assert result.exit_code == 0


def test_progress_shows_how_much_of_the_file_was_read(tmp_path: Path) -> None:
    path = tmp_path / "news.warc"
    path.write_bytes(b"".join(warcs.news(number) for number in range(40)))
    some = articles.Articles([str(path)])
    assert some.expected() is None
    shares = [some.share() for _ in some]
    assert shares[0] is not None
    assert 0 < shares[0] <= 1
    assert shares[-1] == 1
    assert shares == sorted(shares, key=lambda share: share or 0)
    progress = articles.Progress("done", lambda: None, lambda: 0.37)
    progress.done = 12
    assert progress._line(6.0) == "[███████·············] 12 articles done, 2.0 a second (37% of the file)"
