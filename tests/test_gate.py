"""The gate's own parts: the scorer on tiny cases, the floors, and whether the figures stand on them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from evals import agreement, baseline, floors, gate, gold, golden_misses, marks
from evals.floors import FloorError, Floors
from evals.oracle import Oracle
from evals.score import FIELDS, Count, Tally, judged, score, trimmed, words

from onrecord import pipeline

TEXT = 'Ana Brill told reporters that her country would pay if the bank agreed, and that "nothing else" was on offer on May 3.'


def span(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def line(**changes: Any) -> dict[str, Any]:
    """One statement, one condition, one event and one date of the text, with changes to the statement."""
    statement = {
        "id": "n1", "within": None, "speaker": {**span("Ana Brill"), "actors": ["person:ana-brill"], "countries": ["LUX"]},
        "cue": {**span("told"), "more": []},
        "content": [span('that her country would pay if the bank agreed, and that "nothing else" was on offer')],
        "act": "commit", "continuity": None, "manner": "mixed", "hedges": [], "addressee": [span("reporters")], "venue": [], "via": [],
        "said": {"when": {"from": "2024-05-03", "to": "2024-05-03", "spans": [span("May 3")]}, "where": []},
    }  # fmt: skip
    condition = {
        "id": "c1", "statement": "n1", "marker": span("if"), "kind": "if", "realis": "open", "antecedent": [span("the bank agreed")],
        "consequent": [span("her country would pay")], "parts": {"span": span("the bank agreed")},
    }  # fmt: skip
    return {
        "statements": [statement | changes], "conditions": [condition],
        "events": [span("pay") | {"type": "AID", "mode": "hypothetical", "actor": {"text": "her country"}, "recipient": None}],
        "dates": [span("May 3") | {"value": "2024-05-03"}],
    }  # fmt: skip


def wrong(found: dict[str, Any]) -> set[str]:
    """The kinds of which a record that was found is wrong."""
    return {kind for kind, records in judged(TEXT, line(), found).items() for _, right in records if not right}


def test_each_record_is_judged_as_a_whole() -> None:
    """By half of its sides, by its type, by its value; what belongs to a record beyond that does not count."""
    whole = line(act="assert")
    assert wrong(whole) == set()
    assert wrong(line(speaker=None)) == {"statements"}
    half = whole["conditions"][0] | {"consequent": [span("told reporters")]}
    assert wrong(whole | {"conditions": [half]}) == {"conditions"}
    assert wrong(whole | {"events": [whole["events"][0] | {"type": "AGREE"}]}) == {"events"}
    assert wrong(whole | {"dates": [whole["dates"][0] | {"value": "2023-05-03"}]}) == {"dates"}
    assert wrong(whole | {"statements": whole["statements"] * 2}) == {"statements"}, "one of the two is too much"


CHANGES = [
    ({"speaker": None}, "speaker", (0, 0, 1)),
    ({"speaker": None}, "statement", (0, 1, 1)),
    ({"speaker": span("reporters")}, "speaker", (0, 1, 1)),
    ({"cue": {**span("told reporters"), "more": []}}, "cue", (0, 1, 1)),
    ({"content": [span("her country would pay if the bank agreed, and that \"nothing else\" was on offer")]}, "content", (1, 1, 1)),
    ({"content": [span("that her country would pay if the bank agreed")]}, "content", (0, 1, 1)),
    ({"content": [span("that her country would pay if the bank agreed")]}, "statement", (1, 1, 1)),
    ({"content": [span("that her country would pay")]}, "statement", (0, 1, 1)),
    ({"content": [span("that her country would pay")]}, "act", (0, 0, 0)),
    ({"act": "assert"}, "act", (0, 1, 1)),
    ({"continuity": "maintain"}, "continuity", (0, 1, 0)),
    ({"addressee": []}, "addressee", (0, 0, 1)),
    ({"venue": [span("reporters")]}, "venue", (0, 1, 0)),
    ({"hedges": [{**span("would"), "kind": "possible"}]}, "hedge", (0, 1, 0)),
    ({"said": {"when": None, "where": []}}, "time said", (0, 0, 1)),
    ({"via": [{**span("the bank"), "outlet": "The Bank"}]}, "via outlet", (0, 1, 0)),
    ({"manner": "direct"}, "manner", (0, 1, 1)),
]  # fmt: skip

TRIMMED = [
    ("that her country would pay if", "her country would pay if"),
    ('"nothing else"', "nothing else"),
    ("pay if the bank agreed, ", "pay if the bank agreed"),
    ("that", "that"),
]

MANNERS = [
    ("“We will go,” she said.", ["“We will go,”"], "direct"),
    ("She called it “mad” and left.", ["it “mad”"], "mixed"),
    ("She said they will go.", ["they will go"], "indirect"),
    ("‘It’s ours,’ he said.", ["‘It’s ours,’"], "direct"),
    ("It's the minister's plan, he said.", ["It's the minister's plan"], "indirect"),
    ("“We will,” she said, “go.”", ["“We will,”", "“go.”"], "direct"),
]

VALUES = [
    ("2024-05-26", ("2024-05-26", "2024-05-26")),
    ("2024-02", ("2024-02-01", "2024-02-29")),
    ("2024-W21", ("2024-05-20", "2024-05-26")),
    ("2024-Q2", ("2024-04-01", "2024-06-30")),
    ("2024", ("2024-01-01", "2024-12-31")),
    ("2024-05-26TEV", ("2024-05-26", "2024-05-26")),
    ("PRESENT_REF", None),
    ("2024-SU", None),
]


def counts(tally: Tally, field: str) -> tuple[int, int, int]:
    return tally[field].right, tally[field].found, tally[field].marked


def test_gold_against_itself_is_right_in_everything() -> None:
    tally = score((one.text, one.line, one.line) for one in gold.marked(gold.held_back()))
    assert {name: (count.precision, count.recall) for name, count in tally.items()} == dict.fromkeys(FIELDS, (1.0, 1.0))


@pytest.mark.parametrize("changes, field, expected", CHANGES)
def test_one_change_is_counted_in_its_field(changes: dict[str, Any], field: str, expected: tuple[int, int, int]) -> None:
    assert counts(score([(TEXT, line(), line(**changes))]), field) == expected


def test_what_is_found_too_much_costs_precision_only() -> None:
    found = line()
    found["statements"].append(found["statements"][0] | {"id": "n2", "content": [span("the bank")], "cue": {**span("agreed"), "more": []}})
    found["dates"].append(span("on") | {"value": "2024"})
    tally = score([(TEXT, line(), found)])
    assert (counts(tally, "statement"), counts(tally, "cue"), counts(tally, "date")) == ((1, 2, 1), (1, 2, 1), (1, 2, 1))


def test_records_in_the_title_are_left_out() -> None:
    found = line()
    found["statements"].append(found["statements"][0] | {"id": "n2", "content": [span("the bank") | {"in": "title"}]})
    assert counts(score([(TEXT, line(), found)]), "statement") == (1, 1, 1)


def test_a_date_with_another_border_may_still_have_its_value() -> None:
    found = line()
    found["dates"] = [span("on May 3") | {"value": "2024-05-03"}]
    tally = score([(TEXT, line(), found)])
    assert (counts(tally, "date"), counts(tally, "date value")) == ((0, 1, 1), (1, 1, 1))


@pytest.mark.parametrize("whole, kept", TRIMMED)
def test_borders_are_trimmed_of_what_conventions_differ_on(whole: str, kept: str) -> None:
    start = TEXT.index(whole)
    first, last = trimmed(TEXT, start, start + len(whole))
    assert TEXT[first:last] == kept


def test_names_are_compared_without_case_accents_and_article() -> None:
    assert words("The Žinių Banga") == words("žiniu banga")


@pytest.mark.parametrize("text, content, expected", MANNERS)
def test_manner_follows_from_the_marks(text: str, content: list[str], expected: str) -> None:
    assert marks.manner(text, [(text.index(piece), text.index(piece) + len(piece)) for piece in content]) == expected


@pytest.mark.parametrize("value, expected", VALUES)
def test_a_value_has_its_days(value: str, expected: tuple[str, str] | None) -> None:
    assert gold.days(value) == expected


def test_the_baseline_is_dumb_but_reads() -> None:
    tally = score((one.text, one.line, baseline.read(one.text, one.published)) for one in gold.marked(gold.held_back()))
    assert 0 < tally["statement"].f1 < 0.3
    assert 0 < tally["condition"].f1 < 0.5


def tally_of(right: int, found: int, marked: int) -> Tally:
    tally = Tally()
    tally["cue"] = Count(right=right, found=found, marked=marked)
    return tally


def test_a_floor_is_raised_and_never_lowered_by_raising(tmp_path: Path) -> None:
    high = floors.raised(Floors(floors={}), tally_of(80, 100, 160))
    assert high.floors["cue"] == {"precision": 0.79, "recall": 0.49}
    assert floors.raised(high, tally_of(10, 100, 100)).floors["cue"] == high.floors["cue"]
    floors.save(high, tmp_path / "floors.toml")
    assert floors.load(tmp_path / "floors.toml") == high


def test_a_figure_below_its_floor_is_named() -> None:
    high = floors.raised(Floors(floors={}), tally_of(80, 100, 160))
    assert floors.below(high, tally_of(80, 100, 160)) == []
    assert floors.below(high, tally_of(70, 100, 80)) == ["cue: precision 0.700 is below its floor of 0.790"]


def test_a_floor_is_lowered_only_with_a_reason_that_is_kept(tmp_path: Path) -> None:
    high, tally = floors.raised(Floors(floors={}), tally_of(80, 100, 160)), tally_of(70, 100, 80)
    with pytest.raises(FloorError, match="reason"):
        floors.lowered(high, tally, "cue", "")
    low = floors.lowered(high, tally, "cue", "markers now leave particles out")
    assert low.floors["cue"] == {"precision": 0.69, "recall": 0.49}
    floors.save(low, tmp_path / "floors.toml")
    assert floors.load(tmp_path / "floors.toml").lowered[0].why == "markers now leave particles out"


def test_a_floor_that_holds_is_not_lowered() -> None:
    high = floors.raised(Floors(floors={}), tally_of(80, 100, 160))
    with pytest.raises(FloorError, match="nothing to lower"):
        floors.lowered(high, tally_of(80, 100, 160), "cue", "because we want to")


def test_a_floor_edited_by_hand_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    floors.save(floors.raised(Floors(floors={}), tally_of(80, 100, 160)), path)
    path.write_text(path.read_text(encoding="utf-8").replace("0.790", "0.390"), encoding="utf-8")
    with pytest.raises(FloorError, match="by hand"):
        floors.load(path)


def test_known_misses_keep_their_reasons() -> None:
    made = golden_misses.document({"a: cue": "expected 'x', got nothing", "b: act": "new"}, {"a: cue": "verbless", "c: act": "old"})
    assert [entry for entry in made.splitlines() if "=" in entry] == ['"a: cue" = "verbless"', '"b: act" = "new"']


def test_the_rules_lose_little_of_what_is_marked() -> None:
    """A reader that misreads nothing: what is lost then, a rule has lost."""
    articles = gold.marked(gold.held_back())
    tally = gate.measure(articles, gate.read(articles, Oracle(articles)))
    worst = {
        name: min(tally[name].precision, tally[name].recall)
        for name in ("speaker", "cue", "content", "statement", "act", "condition", "event")
    }
    assert min(worst.values()) >= 0.97, worst


def test_every_figure_stands_on_its_floor() -> None:
    """The reader that ships, over every test article of the corpus."""
    articles = gold.marked(gold.held_back())
    tally = gate.measure(articles, gate.read(articles, pipeline.make_reader()))
    known = floors.load()
    assert set(known.floors) == set(FIELDS)
    assert floors.below(known, tally) == []


def test_the_agreement_of_two_markers_is_as_published() -> None:
    """The published table is of the marks that stand in the corpus."""
    assert json.loads(agreement.FIGURES.read_text(encoding="utf-8")) == agreement.compare()


def test_marks_of_another_text_are_not_compared(tmp_path: Path) -> None:
    """Two markings are compared only where the text is the same, to the letter."""
    shutil.copytree(gold.CORPUS, tmp_path / "corpus", ignore=shutil.ignore_patterns("w[1-6]", "twin"))
    file = next((tmp_path / "corpus" / agreement.SECOND).glob("*.xml"))
    before, _, after = file.read_text(encoding="utf-8").rpartition(" the ")
    file.write_text(f"{before} a {after}", encoding="utf-8")
    with pytest.raises(ValueError, match=f"not the same text: {file.stem}"):
        agreement.compare(tmp_path / "corpus")
