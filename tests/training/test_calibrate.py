"""Whether what is fitted says how often it is right."""

import json
import math
import random
from pathlib import Path

import numpy as np
import pytest
from evals import gold
from training import calibrate
from training.calibrate import Judged, expected_error, fitted, judged

from onrecord.reader.calibration import Logistic, logistic
from onrecord.records import Frame, Frames


def drawn(count: int, kind: str = "statement") -> list[Judged]:
    """Records of fifty articles whose odds are twice what the reader thinks, less a half."""
    rng = random.Random(1)
    out = []
    for n in range(count):
        seen = rng.gauss(1, 1)
        right = rng.random() < logistic(2 * seen - 0.5)
        out.append(Judged(source="news", article=f"a{n % 50}", kind=kind, facts={"seen": seen, "noise": rng.random()}, right=right))
    return out


def test_weights_come_out_as_they_went_in_and_hold_on_articles_that_they_were_not_fitted_on() -> None:
    """Up to what chance does among so many."""
    found = fitted(drawn(4000))
    weights = found["weights"]["statement"]
    assert weights["seen"] == pytest.approx(2, abs=0.25)
    assert weights["always"] + weights["noise"] / 2 == pytest.approx(-0.5, abs=0.25)
    figures = found["held back"]["statement"]
    assert figures["ECE"] < 0.03
    assert figures["records"] == sum(row[0] for row in figures["bins"].values()) == 4000
    assert figures["levels"]["0.9"]["right"] > 0.9 > figures["levels"]["0.0"]["right"]
    assert figures["by source"]["news"]["ECE"] == figures["ECE"]


@pytest.mark.parametrize("some", [[], drawn(20), [one for one in drawn(400) if one.right]])
def test_a_kind_with_too_little_to_tell_is_left_without_weights(some: list[Judged]) -> None:
    """Then its records keep the reader's confidence."""
    assert fitted(some)["weights"] == {}


@pytest.mark.parametrize(
    ("chances", "right", "error"), [([0.75] * 4, [1, 1, 1, 0], 0), ([0.95] * 4, [1, 1, 1, 0], 0.2), ([0.05, 0.95], [1, 0], 0.95)]
)
def test_the_error_is_how_far_what_was_said_is_from_what_was_right(chances: list[float], right: list[int], error: float) -> None:
    """Bin by bin, so that two wrongs make no right."""
    assert expected_error(np.array(chances), np.array(right, float)) == pytest.approx(error)


def test_bins_of_equal_mass_see_what_one_crowded_bin_hides() -> None:
    """All probabilities lie in one bin of equal width here."""
    chances, right = np.array([0.91] * 10 + [0.99] * 10), np.array([1.0] * 10 + [0.0] * 2 + [1.0] * 8)
    assert expected_error(chances, right, mass=True) > expected_error(chances, right) + 0.05


def test_records_of_one_probability_count_alike_whatever_their_order() -> None:
    """Else their order in the file would make an error of its own."""
    chances, right = np.array([0.8] * 10 + [0.2] * 10), np.array([0.0] * 2 + [1.0] * 10 + [0.0] * 8)
    assert expected_error(chances, right, mass=True) == pytest.approx(0.0)


MARKED = (
    '<article id="t-1" outlet="Ghent Ledger" date="2024-05-28" style="brief" title="Ports" credit="">\n'
    '<sp n="1">Ilse Marrow</sp> <cue n="1" act="assert">said</cue> <con n="1">that the ports were open</con>. '
    "Tom Aldane said that it rained.\n"
    "</article>"
)


class Stub:
    """A reader that sees both statements, the marked one and the other."""

    name = "en/1"
    digest = "stub"
    threads = 1
    calibration: object = None

    def read(self, texts: list[str]) -> list[Frames]:
        return [self._seen(text) for text in texts]

    def _seen(self, text: str) -> Frames:
        def extent(words: str, after: int = 0) -> tuple[int, int]:
            start = text.index(words, after)
            return start, start + len(words)

        if "Ilse" not in text:
            return Frames()
        said = [("Ilse Marrow", "that the ports were open"), ("Tom Aldane", "that it rained")]
        frames = [
            Frame(
                kind="statement", trigger=(extent("said", text.index(who)),), confidence=0.9, attributes={"act": "assert"},
                roles={"speaker": (extent(who),), "content": (extent(what),)},
            )
            for who, what in said
        ]  # fmt: skip
        end = text.index(". ") + 1
        return Frames(frames, sentences=[(0, end), (end + 1, len(text.rstrip()))])


def test_what_is_found_in_a_marked_article_is_judged_by_its_marks(tmp_path: Path) -> None:
    """With what was known of how it was read."""
    (tmp_path / "t-1.xml").write_text(MARKED, "utf-8")
    (one,) = calibrate._marked(tmp_path / "t-1.xml")
    assert isinstance(one, gold.Marked)
    found = list(judged(Stub(), [("t", one)]))  # type: ignore[arg-type]
    assert [(each.kind, each.right) for each in found] == [("statement", True), ("statement", False)]
    assert found[0].facts["seen"] == pytest.approx(math.log(9))


def test_what_is_written_into_the_card_is_what_the_reader_goes_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of the card stays as it was."""
    (tmp_path / "card.json").write_text('{"name": "en/1"}')
    monkeypatch.setattr(calibrate, "Encoder", lambda model: None)
    monkeypatch.setattr(calibrate, "judged", lambda reader, held: drawn(400))
    calibrate.calibrate(tmp_path, [])
    card = json.loads((tmp_path / "card.json").read_text())
    assert card["name"] == "en/1"
    assert isinstance(Logistic(card["calibration"]["weights"]), Logistic)
    assert set(card["calibration"]["weights"]) == {"statement"}
