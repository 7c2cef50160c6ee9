"""Records as rows: the contract's words, where they come from, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json

import msgspec
import pytest

from onrecord.faces import tables

from . import record


def rows() -> list[dict[str, str]]:
    whole = record.extraction()
    raw = b"".join(tables.csv_lines(tables.STATEMENT, (tables.statement_row(whole, each) for each in whole.statements)))
    return list(csv.DictReader(io.StringIO(raw.decode(), newline="")))


def test_a_row_holds_who_said_what_on_which_condition_and_where_it_stands() -> None:
    row = rows()[0]
    assert row["speaker"] == "Latvia and Estonia"
    assert row["conditions"] == "if the northern pass is lost"
    assert row["article"] == "harbour-1"
    assert (row["outlet"], row["published"], row["published_basis"]) == ("Harbour Gazette", "2024-01-01/2024-12-31", "inferred")
    assert record.TEXT[int(row["content_start"]) : int(row["content_end"])] == row["content"]
    assert record.TEXT[int(row["speaker_start"]) : int(row["speaker_end"])] == row["speaker"]


@pytest.mark.parametrize("words", ["=1+1", "+49 30", "-5", "@here", "\tx", "\r=x"])
def test_what_a_spreadsheet_would_run_is_made_text(words: str) -> None:
    heading, line, *_ = b"".join(tables.csv_lines(["content"], [{"content": words}])).split(b"\r\n", 1)
    assert heading == b"content"
    assert next(csv.reader(io.StringIO(line.decode(), newline="")))[0] == "'" + words


def test_numbers_stay_numbers() -> None:
    assert b"".join(tables.csv_lines(["a", "b", "c"], [{"a": -1, "b": None, "c": True}])) == b"a,b,c\r\n-1,,true\r\n"


def test_an_object_has_the_contracts_fields_and_its_conditions_in_full() -> None:
    whole = record.extraction()
    (line,) = tables.lines([tables.statement_object(whole, whole.statements[0])])
    found = json.loads(line)
    assert found["speaker"]["countries"] == ["LVA", "EST"]
    assert found["article"] == "harbour-1"
    assert found["published"]["from"] == "2024-01-01"
    assert found["condition_records"] == [json.loads(msgspec.json.encode(whole.conditions[0]))]


def test_a_condition_brings_its_statement() -> None:
    whole = record.extraction()
    assert tables.condition_object(whole, whole.conditions[1])["statement_record"]["act"] == "warn"
    assert tables.condition_object(whole, whole.conditions[2])["statement_record"] is None
    assert tables.condition_row(whole, whole.conditions[1])["parts"] == "aid remains insufficient; the ceasefire collapses"


def test_a_row_says_where_its_offsets_count_the_title() -> None:
    whole = record.extraction()
    marker = msgspec.structs.replace(whole.conditions[0].marker, place="title")
    titled = msgspec.structs.replace(whole.conditions[0], marker=marker)
    assert tables.condition_row(whole, titled)["in"] == "title"
    assert tables.condition_row(whole, whole.conditions[0])["in"] is None
    assert {row["in"] for row in rows()} == {""}


CELLS = [
    ("=1+1", "'=1+1"), ("＝1+1", "'＝1+1"), ("@SUM(1)", "'@SUM(1)"), ("-2", "'-2"), (-2, "-2"), ("a=1", "a=1"),
    ("red\x1b[31m\x07", "red\ufffd[31m\ufffd"), (["one", "two"], "one; two"), (("=1", "two"), "'=1; two"), (None, ""), (True, "true"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "cell"), CELLS)
def test_a_cell_is_no_formula_and_moves_no_terminal(value, cell):
    _, line = tables.csv_lines(["a"], [{"a": value}])
    assert next(csv.reader([line.decode()]), [""]) == [cell]
