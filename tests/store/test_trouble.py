"""What the world outside does to a ledger: each for real."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from store_factories import DIGEST, article, clock, extraction

from onrecord.errors import LedgerError
from onrecord.store import open_ledger

HERE = Path(__file__).parent
SOURCES = Path(open_ledger.__code__.co_filename).parents[2]


def filled(path: Path, count: int = 3, statements: int = 2) -> Path:
    with open_ledger(path, create=True, now=clock()) as ledger:
        for number in range(count):
            of = article(number, statements)
            ledger.put(of, extraction(of), DIGEST)
    return path


def opened(path: Path, create: bool = False, timeout: float = 0.1):
    return open_ledger(path, create=create, now=clock(), timeout=timeout)


def script(body: str, *arguments: str, **values) -> subprocess.Popen:
    head = (
        f"import sys; sys.path[:0] = [{str(SOURCES)!r}, {str(HERE)!r}]\nfrom factories import *\nfrom onrecord.store import open_ledger\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", head + body, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **values
    )


def test_a_missing_ledger_is_said_and_not_made(tmp_path):
    with pytest.raises(LedgerError, match=r"there is no ledger at .*onrecord add makes one"):
        opened(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()
    with pytest.raises(LedgerError, match="is no folder"):
        opened(tmp_path / "no" / "none.db", create=True)


def test_a_directory_is_no_ledger(tmp_path):
    with pytest.raises(LedgerError, match="is a directory; name a file in it"):
        opened(tmp_path, create=True)


def test_a_text_file_and_another_programs_database_are_no_ledgers(tmp_path):
    (tmp_path / "a.txt").write_text("The talks went on. " * 99)
    with pytest.raises(LedgerError, match=r"a\.txt is no ledger"):
        opened(tmp_path / "a.txt", create=True)
    sqlite3.connect(tmp_path / "b.db").execute("CREATE TABLE recipes (name TEXT)").connection.close()
    with pytest.raises(LedgerError, match="another program"):
        opened(tmp_path / "b.db", create=True)


def test_a_ledger_of_a_newer_version_is_left_alone(tmp_path):
    path = filled(tmp_path / "l.db")
    other = sqlite3.connect(path)
    other.execute("INSERT INTO schema_versions VALUES (999, 'later', 'tomorrow')")
    other.commit()
    other.close()
    with pytest.raises(LedgerError, match=r"newer On Record .schema 999"):
        opened(path)


def test_a_locked_ledger_can_be_read_and_says_who_has_to_end(tmp_path):
    path = filled(tmp_path / "l.db")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    of = article(9)
    with opened(path) as ledger:
        assert len(list(ledger.rows("articles", {}))) == 3
        with pytest.raises(LedgerError, match="locked: another program is writing"):
            ledger.put(of, extraction(of), DIGEST)
        other.execute("ROLLBACK")
        assert ledger.put(of, extraction(of), DIGEST).outcome == "added"
    other.close()


def test_a_full_disk_loses_the_article_in_work_and_no_other(tmp_path):
    with opened(tmp_path / "l.db", create=True) as ledger:
        pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
        ledger._connection.execute(f"PRAGMA max_page_count = {pages + 20}")
        stored, of = 0, article(0, 10)
        with pytest.raises(LedgerError, match="disk is full: the article in work was not stored"):  # noqa: PT012
            while stored < 50:
                ledger.put(of, extraction(of), DIGEST)
                stored, of = stored + 1, article(stored + 1, 10)
        assert stored < 50
        assert len(list(ledger.rows("articles", {}))) == stored
        assert list(ledger.verify()) == []
        ledger._connection.execute("PRAGMA max_page_count = 100000")
        assert ledger.put(of, extraction(of), DIGEST).outcome == "added"


READ_ONLY = """
import os
from onrecord.errors import LedgerError
if os.geteuid() == 0:
    # All that is imported late, before this process gives up the right to read Python's own folder.
    with open_ledger(sys.argv[1], create=False, now=clock()) as ledger:
        list(ledger.verify())
    os.setuid(65534)
with open_ledger(sys.argv[1], create=False, now=clock()) as ledger:
    print(len(list(ledger.rows("statements", {"text": "gate"}))), len(list(ledger.verify())))
    of = article(99)
    try:
        ledger.put(of, extraction(of), DIGEST)
    except LedgerError as error:
        print(error)
"""


@pytest.mark.parametrize("file_mode, folder_mode", [(0o444, 0o555), (0o444, 0o755), (0o644, 0o555)])
def test_a_read_only_ledger_can_be_read_and_refuses_to_be_written(file_mode, folder_mode):
    # Not pytest's folder, which another user (for root passes every lock) may not enter.
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    try:
        path = filled(folder / "l.db")
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        said, _ = script(READ_ONLY, str(path)).communicate()
        lines = said.splitlines()
        assert lines[0] == "6 0", said
        assert "read-only" in lines[1]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_ledger_that_was_cut_off_is_called_damaged(tmp_path, kept):
    path = filled(tmp_path / "l.db", 8, 5)
    os.truncate(path, int(path.stat().st_size * kept))
    assert_damage_is_told(path)


def test_bytes_overwritten_anywhere_never_end_in_a_traceback(tmp_path):
    whole = filled(tmp_path / "whole.db", 8, 5).read_bytes()
    chance = random.Random(4)
    for at in range(12):
        path = tmp_path / f"{at}.db"
        damaged = bytearray(whole)
        start = chance.randrange(100, len(whole) - 3000)
        damaged[start : start + 3000] = bytes(chance.randrange(256) for _ in range(3000))
        path.write_bytes(damaged)
        assert_damage_is_told(path, chance=True)


def assert_damage_is_told(path: Path, chance: bool = False) -> None:
    told: list[str] = []
    try:
        with opened(path) as ledger:
            told += [str(problem) for problem in ledger.verify()]
            for kind in ("articles", "statements", "conditions", "actors"):
                list(ledger.rows(kind, {}))
    except LedgerError as error:
        told.append(str(error))
    # Bytes that nothing uses may be overwritten without harm.
    assert told or chance


# A mention of somebody whom the reading does not have.
NOBODY = """(SELECT json_set(json_extract(record, '$.speaker'), '$.actors[0]', 'person:nobody') FROM statements LIMIT 1)"""
TAMPERED = [
    ("UPDATE articles SET text = 'X' || substr(text, 2)", "does not have its digest"),
    ("UPDATE articles SET text = substr(text, 2)", "does not stand at"),
    ("UPDATE raw SET packed = zeroblob(20)", "cannot be read"),
    ("UPDATE readings SET complete = 0", "not complete"),
    ("DELETE FROM conditions", "conditions were read, 0 are there"),
    ("DELETE FROM events", "which its reading does not have"),
    ("UPDATE statements SET record = replace(record, 'st_', 'st_0')", "the id does not follow from its spans"),
    ("UPDATE statements SET record = replace(record, 'an_', 'an_0')", "the anchor does not follow"),
    ("UPDATE statements SET record = substr(record, 9)", "cannot be read"),
    ("UPDATE readings SET reader_digest = 'other'", "the id does not follow from article, reader"),
    ("DELETE FROM identities", "is joined to no actor"),
    ("DELETE FROM current_articles", "answers are given from another state"),
    ("UPDATE cuts SET raw = 'none'", "a row of raw that is not there"),
    ("DELETE FROM listed WHERE list = 'act'", "lists have it elsewhere"),
    ("UPDATE listed SET last_day = '2030-01-01' WHERE list = 'all'", "lists have it elsewhere"),
    ("DELETE FROM worded WHERE kind = 'condition'", "is not in the index of words as condition"),
    ("INSERT INTO worded (kind, reading, id) SELECT 'condition', id, 'cn_0' FROM readings", "cn_0 is needlessly in the index of words"),
    ("INSERT INTO words (rowid, indexed) VALUES (1, 'added')", "is not indexed by the words it has"),
    ("INSERT INTO ids (rowid, held) VALUES (1, 'st_0123456789')", "its records are not indexed by their ids"),
    ("UPDATE words_data SET block = zeroblob(length(block)) WHERE id > 10", "the index of words"),
    (f"UPDATE events SET record = json_set(record, '$.actor', {NOBODY})", "names person:nobody, which its reading does not have"),
    (f"UPDATE events SET record = json_set(record, '$.recipient', {NOBODY})", "names person:nobody, which its reading does not have"),
    (f"UPDATE statements SET record = json_set(record, '$.addressee', json_array({NOBODY}))", "names person:nobody, which its reading"),
    ("UPDATE statements SET standing = 0.99", "is kept as sure by 0.99, and stands by 0.9"),
    ("UPDATE conditions SET standing = 0", "is kept as sure by 0.0, and stands by 0.9"),
    ("UPDATE facts SET subject = 'ar_none' WHERE kind = 'title' AND value = 'Gate 1'", "facts are stated about it"),
]


@pytest.mark.parametrize("change, told", TAMPERED)
def test_what_was_tampered_with_is_reported(tmp_path, change, told):
    path = filled(tmp_path / "l.db", 2)
    other = sqlite3.connect(path)
    other.execute(change)
    other.commit()
    other.close()
    with opened(path) as ledger:
        assert told in "\n".join(map(str, ledger.verify()))


ADDING = """
with open_ledger(sys.argv[1], create=True, now=clock()) as ledger:
    print("open", flush=True)
    for number in range(int(sys.argv[2])):
        of = article(number, 5)
        if not ledger.holds(of.id, DIGEST, of.published, basis=of.basis, title=of.title):
            ledger.put(of, extraction(of), DIGEST)
"""


def test_killed_at_any_moment_it_has_whole_articles_and_the_same_command_ends_the_work(tmp_path):
    path, chance, counts = tmp_path / "l.db", random.Random(8), [0]
    for _ in range(8):
        running = script(ADDING, str(path), "400")
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.08))
        running.kill()
        running.communicate()
        with opened(path) as ledger:
            assert list(ledger.verify()) == []
            counts.append(len(list(ledger.rows("articles", {}))))
    assert counts == sorted(counts)
    assert counts[-1] > 0
    said, _ = script(ADDING, str(path), str(counts[-1] + 5)).communicate()
    assert said == "open\n"
    with opened(path) as ledger:
        assert len(list(ledger.rows("articles", {}))) == counts[-1] + 5
        assert list(ledger.verify()) == []


def test_reading_works_while_another_writes(tmp_path):
    path = filled(tmp_path / "l.db", 1, 5)
    running = script(ADDING, str(path), "120")
    assert running.stdout is not None
    running.stdout.readline()
    seen = set()
    with opened(path) as ledger:
        while running.poll() is None:
            rows = list(ledger.rows("statements", {"actor": "Holm"}))
            # Each article has two statements of hers, and no half of an article is ever seen.
            assert len(rows) % 2 == 0
            seen.add(len(rows))
    assert running.wait() == 0
    assert len(seen) > 1
