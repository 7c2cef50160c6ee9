"""One article's record as a person reads it."""

from __future__ import annotations

import msgspec
import pytest
from syrupy.assertion import SnapshotAssertion

from onrecord import records
from onrecord.faces.settings import Screen
from onrecord.faces.terminal import Painter, columns
from onrecord.faces.view import View, days, published, skipped
from onrecord.records import Cue, Extraction, Published, Span

from . import record


def lines(extraction: Extraction, width: int = 80, colour: bool = False) -> list[str]:
    return list(View(extraction, Painter(Screen(width=width, colour=colour))).whole())


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_record_is_read_at_a_glance(width: int, snapshot: SnapshotAssertion) -> None:
    assert "\n".join(lines(record.extraction(), width)) == snapshot


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    assert all(columns(line) <= width for line in lines(record.extraction(), width))


def test_a_hostile_article_cannot_act_on_the_terminal() -> None:
    whole = record.extraction()
    hostile = msgspec.structs.replace(whole, title="A \x1b[2J title\u202e", outlet="out\x9blet", skipped={"re\x07ason": 1})
    shown = "\n".join(lines(hostile, colour=False))
    assert "\x1b" not in shown
    assert "<U+001B>[2J" in shown
    assert not any(character in shown for character in "\x07\x9b\u202e")


def test_a_statement_inside_another_stands_under_it() -> None:
    numbers = [line.split()[0] for line in lines(record.extraction()) if line.strip()[:1].isdigit() and not line[:1].strip()]
    assert numbers == ["1", "2", "3", "4", "5", "5.1", "6"]


@pytest.mark.parametrize("step", [0, 1, 2])
def test_statements_that_hold_one_another_are_still_shown(step: int) -> None:
    """Damaged links, to itself or round in a circle, lose no statement and never loop."""
    whole = record.extraction()
    ids = [each.id for each in whole.statements]
    looped = tuple(msgspec.structs.replace(each, within=ids[(number + step) % len(ids)]) for number, each in enumerate(whole.statements))
    shown = "\n".join(lines(msgspec.structs.replace(whole, statements=looped), 120))
    assert all(each.cue is not None and f"{each.cue.text}: " in shown for each in looped)


WORDS = [  # (cue and content as they stand in the article; further pieces of the cue behind +), as they are shown
    ([("cue", "said"), ("con", "that it is so")], "said: that it is so"),
    ([("con", "“Never,”"), ("cue", "he said")], "“Never,” — he said"),
    ([("con", "what"), ("cue", "describe"), ("con", "as a trap")], "what — describe — as a trap"),
    ([("cue", "called"), ("con", "it"), ("con", "a trap")], "called: it … a trap"),
    ([("cue", "made it"), ("cue", "clear"), ("con", "that it is so")], "made it … clear: that it is so"),
    ([("cue", "ruled"), ("con", "a retreat"), ("cue", "out")], "ruled: a retreat — out"),
    ([("cue", ":"), ("con", "It is so")], "It is so"),
    ([("cue", "spoke")], "spoke: (no words given)"),
]


@pytest.mark.parametrize("pieces, words", WORDS)
def test_words_are_shown_in_the_articles_order(pieces: list[tuple[str, str]], words: str) -> None:
    whole = record.extraction()
    spans: dict[str, list[Span]] = {"cue": [], "con": []}
    at = 0
    for kind, text in pieces:
        spans[kind].append(Span(start=at, end=at + len(text), text=text))
        at += len(text) + 1
    first, *more = spans["cue"]
    cue = Cue(start=first.start, end=first.end, text=first.text, lemma=first.text, more=tuple(more))
    statement = msgspec.structs.replace(whole.statements[0], cue=cue, content=tuple(spans["con"]), conditions=(), relations=(), via=())
    shown = lines(msgspec.structs.replace(whole, statements=(statement,), conditions=()), 120)
    assert f"    {words}" in shown


def test_a_cue_that_stands_inside_the_content_is_shown_first() -> None:
    whole = record.extraction()
    cue = Cue(start=10, end=16, text="refuse", lemma="refuse", more=())
    content = (Span(start=0, end=30, text="that they refuse to go any way"),)
    statement = msgspec.structs.replace(whole.statements[0], cue=cue, content=content, conditions=())
    shown = lines(msgspec.structs.replace(whole, statements=(statement,)), 120)
    assert "    refuse: that they refuse to go any way" in shown


def test_facts_about_an_article_are_not_broken_where_a_line_holds_them() -> None:
    told = msgspec.structs.replace(record.extraction(), outlet="The Gazette of Harbour and Pass", article="ar_0123456789abcdef0123")
    assert lines(told, 60)[1:3] == ["The Gazette of Harbour and Pass", "published 2024, inferred from “May 26”"]


def test_an_article_that_was_not_read_says_why() -> None:
    empty = msgspec.structs.replace(record.extraction(), statements=(), conditions=(), skipped={"language not supported: de": 1})
    shown = lines(empty)
    assert shown[-1] == "Skipped: language not supported: de"
    assert not any("statement" in line for line in shown)


@pytest.mark.parametrize(
    "first, to, granularity, basis, words",
    [
        ("2024-05-28", "2024-05-28", "day", "given", "published 2024-05-28, given"),
        ("2024-05-28", "2024-05-28", "day", "metadata", "published 2024-05-28, from the page"),
        ("2024-05-01", "2024-05-31", "month", "given", "published 2024-05, given"),
        ("2024-05-27", "2024-06-02", "week", "given", "published 2024-05-27 to 2024-06-02, given"),
        (None, None, "unknown", "unknown", "day of publication unknown"),
    ],
)
def test_a_day_of_publication_says_its_basis(first: str | None, to: str | None, granularity: str, basis: str, words: str) -> None:
    fields = {"from": first, "to": to, "granularity": granularity, "at": None, "basis": basis, "spans": ()}
    assert published(msgspec.convert(fields, Published)) == words


@pytest.mark.parametrize(
    "first, to, words",
    [
        ("2024-05-28", None, "2024-05-28"), ("2024-02-01", "2024-02-29", "2024-02"), ("2023-01-01", "2023-12-31", "2023"),
        ("2024-02-01", "2024-02-28", "2024-02-01 to 2024-02-28"), ("2020-01-01", "2029-12-31", "2020-01-01 to 2029-12-31"),
    ],
)  # fmt: skip
def test_days_go_by_their_names(first: str, to: str | None, words: str) -> None:
    assert days(first, to) == words


def test_an_inferred_day_shows_the_words() -> None:
    assert published(record.extraction().published) == "published 2024, inferred from “May 26”"


def test_reasons_are_counted_in_words() -> None:
    assert skipped({"unclosed quotation": 2, "empty text": 1}) == "unclosed quotation (2), empty text"


def test_a_group_has_no_other_groups_words_for_a_name() -> None:
    group = records.Actor(id="group:deputies", name="several deputies", kind="group", countries=(), roles=(), mentions=())
    view = View(msgspec.structs.replace(record.extraction(), actors=(group,)), Painter(Screen(width=80, colour=False)))
    assert view._resolved("Few deputies", ["group:deputies"]) == ""
    assert view._resolved("these deputies", ["group:deputies"]) == view._resolved("they", ["group:deputies"]) == "several deputies"


def test_a_tag_says_nothing_that_the_act_says_and_a_day_is_not_said_twice() -> None:
    first = record.extraction().statements[0]
    hedges = tuple(records.Hedge(start=0, end=1, text="x", place=None, kind=kind) for kind in ("considering", "reported"))
    when = records.When(first="2012-01-01", to="2012-12-31", granularity="year", spans=(records.Span(start=0, end=4, text="2012"),))
    said = msgspec.structs.replace(first, act="consider", hedges=hedges, said=records.Said(when=when, where=()), confidence=0.499)
    view = View(msgspec.structs.replace(record.extraction(), statements=(said,)), Painter(Screen(width=80, colour=False)))
    shown = "\n".join(view.statement(said))
    assert "[considering" not in shown
    assert "[reported" in shown
    assert "[unsure .49]" in shown
    assert "2012" in shown
    assert "“2012”" not in shown


def test_a_speaker_is_not_said_to_be_unnamed_twice() -> None:
    first = record.extraction().statements[0]
    assert first.speaker is not None
    hedge = records.Hedge(start=first.speaker.start, end=first.speaker.end, text=first.speaker.text, kind="unnamed")
    said = msgspec.structs.replace(first, speaker=msgspec.structs.replace(first.speaker, unnamed=True), hedges=(hedge,))
    view = View(msgspec.structs.replace(record.extraction(), statements=(said,)), Painter(Screen(width=80, colour=False)))
    assert "\n".join(view.statement(said)).count("unnamed") == 1
