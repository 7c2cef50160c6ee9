"""Corrections of marks: what fits is put in place, what does not is refused."""

from pathlib import Path

import pytest
from tests.training.test_data import MARKED, SPLIT
from training import corrections, data
from training.corrections import Correction, corrected

from onrecord.reader.labels import ATTRIBUTES

MARKS: list[corrections.Mark] = [
    ("sp", {"n": "1", "who": "group:envoys"}, 0, 9),
    ("cue", {"n": "1", "act": "demand"}, 10, 17),
    ("con", {"n": "1"}, 18, 30),
]


def test_a_correction_changes_one_value_of_one_mark() -> None:
    """The other marks and the mark's other values stay."""
    marks = corrected("a-1", MARKS, [Correction("a-1", 10, 17, "act", "demand", "ask")])
    assert marks == [MARKS[0], ("cue", {"n": "1", "act": "ask"}, 10, 17), MARKS[2]]
    assert MARKS[1][1]["act"] == "demand"


def test_continuity_comes_and_goes() -> None:
    """A dash is no value."""
    there = corrected("a-1", MARKS, [Correction("a-1", 10, 17, "cont", "-", "reaffirm")])
    assert there[1][1] == {"n": "1", "act": "demand", "cont": "reaffirm"}
    assert corrected("a-1", there, [Correction("a-1", 10, 17, "cont", "reaffirm", "-")]) == MARKS


def test_a_speaker_becomes_a_hedge_too() -> None:
    """The new mark belongs to the speaker's statement."""
    marks = corrected("a-1", MARKS, [Correction("a-1", 0, 9, "hedge", "-", "unnamed")])
    assert marks == [*MARKS, ("hg", {"n": "1", "kind": "unnamed"}, 0, 9)]


@pytest.mark.parametrize(
    "wrong",
    [
        Correction("a-1", 10, 18, "act", "demand", "ask"),
        Correction("a-1", 10, 17, "act", "urge", "ask"),
        Correction("a-1", 18, 30, "act", "demand", "ask"),
        Correction("a-1", 10, 17, "kind", "demand", "ask"),
    ],
)
def test_what_does_not_fit_is_refused(wrong: Correction) -> None:
    """Another extent, another value, another tag."""
    with pytest.raises(ValueError, match="0 marks fit"):
        corrected("a-1", MARKS, [wrong])


@pytest.mark.parametrize("line", ["a-1\t10\t17\tspeaker\tx\ty", "a-1\t10\t17\tact\task\task"])
def test_a_list_with_an_unknown_field_or_no_change_is_refused(tmp_path: Path, line: str) -> None:
    """A slip in the list is named when it is read."""
    (tmp_path / "list.tsv").write_text(f"article\tstart\tend\tfield\told\tnew\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match="unknown field or changes nothing"):
        corrections.load(tmp_path / "list.tsv")


def test_the_list_in_use_names_known_values() -> None:
    """Each value wanted is one that the model can tell apart, and no mark is corrected twice."""
    known = {"act": ATTRIBUTES["statement"]["act"], "cont": ("-", *ATTRIBUTES["statement"]["continuity"]), "hedge": ("unnamed", "possible")}
    listed = [one for of in corrections.load().values() for one in of]
    assert listed
    assert all(one.new in known[one.field] for one in listed if one.field in known)
    assert len({(one.article, one.start, one.end, one.field) for one in listed}) == len(listed)


def test_training_reads_the_corrected_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The act that the model is taught is the corrected one; a list that does not fit stops the training."""
    (tmp_path / "t-1.xml").write_text(MARKED, "utf-8")
    start = len("Minister Ilse Marrow ")
    monkeypatch.setattr(corrections, "load", lambda: {"t-1": [Correction("t-1", start, start + 4, "act", "commit", "threaten")]})
    (document,) = data.marked(tmp_path, SPLIT)
    (statement,) = [t for t in document.targets if t.kind == "statement"]
    assert statement.attributes["act"] == ATTRIBUTES["statement"]["act"].index("threaten")
    monkeypatch.setattr(corrections, "load", lambda: {"t-1": [Correction("t-1", 0, 4, "act", "commit", "threaten")]})
    with pytest.raises(ValueError, match="t-1: 0 marks fit"):
        data.marked(tmp_path, SPLIT)
