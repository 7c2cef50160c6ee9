"""The model that the package carries, on text of every kind."""

import json
import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ModelError
from onrecord.reader import Encoder
from onrecord.reader.encoder import PARTS
from onrecord.records import Frames

ARTICLE = (
    "Foreign Minister Ilse Marrow said on Tuesday that Belgium would close its ports if the strike went on.\n\n"
    "“We will not wait,” she told reporters in Ghent. Her deputy, Tom Aldane, refused to comment.\n\n"
    "According to the Ghent Ledger, the union warned that it would leave the talks unless wages rose by May 3."
)


@pytest.fixture(scope="module")
def reader() -> Encoder:
    """The package's own model."""
    return Encoder(threads=1)


def _seen(frames: Frames) -> object:
    return frames.frames, frames.entities, frames.times, frames.sentences


def test_it_sees_statements_conditions_and_names(reader: Encoder) -> None:
    """On plain news the plain things are found."""
    (seen,) = reader.read([ARTICLE])
    cues = {ARTICLE[f.trigger[0][0] : f.trigger[0][1]] for f in seen.frames if f.kind == "statement"}
    assert {"said", "warned", "According to"} <= cues
    assert {ARTICLE[f.trigger[0][0] : f.trigger[0][1]] for f in seen.frames if f.kind == "condition"} == {"if", "unless"}
    persons = " | ".join(ARTICLE[e.start : e.end] for e in seen.entities if e.label == "PER")
    assert "Ilse Marrow" in persons
    assert "Tom Aldane" in persons
    assert len(seen.sentences) == 4


def test_a_text_is_read_alike_whatever_is_read_beside_it(reader: Encoder) -> None:
    """A record rests on its own article alone."""
    alone = reader.read([ARTICLE])[0]
    among = reader.read(["A short line.", ARTICLE, ARTICLE * 3])[1]
    assert _seen(alone) == _seen(among)


def test_windows_read_side_by_side_give_the_same(reader: Encoder) -> None:
    """How many threads there are changes no record."""
    texts = ["\n\n".join([ARTICLE] * 6), "A short line.", ARTICLE]
    beside = Encoder(threads=3).read(texts, vectors=True)
    for one, other in zip(reader.read(texts, vectors=True), beside, strict=True):
        assert _seen(one) == _seen(other)
        assert np.array_equal(one.vectors, other.vectors)


def test_what_two_windows_show_is_read_once(reader: Encoder) -> None:
    """In a text of many windows no trigger comes twice."""
    (seen,) = reader.read(["\n\n".join([ARTICLE] * 12)])
    triggers = [(f.kind, f.trigger) for f in seen.frames]
    assert len(triggers) == len(set(triggers))
    assert sum(f.kind == "condition" for f in seen.frames) >= 20


ODD = ["", " \n\t ", "x", "\u200b\u202e", "word " * 3000, "a" * 5000, "“" * 300, "👩\u200d👩\u200d👧 " * 50, "Sie sagte: „Nein.“\r\nEnde"]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_read_without_complaint(text: str, reader: Encoder) -> None:
    """Nothing raises, and everything seen lies in the text."""
    _inside(text, reader.read([text])[0])


@settings(max_examples=25)
@given(st.text(max_size=300))
def test_whatever_is_seen_lies_in_the_text(text: str) -> None:
    """On any text at all."""
    _inside(text, _shared().read([text])[0])


def test_sentence_vectors_have_a_row_a_sentence_and_unit_length(reader: Encoder) -> None:
    """Also where the text has several windows."""
    (seen,) = reader.read(["\n\n".join([ARTICLE] * 8)], vectors=True)
    assert seen.vectors is not None
    assert seen.vectors.shape[0] == len(seen.sentences)
    assert np.allclose(np.linalg.norm(seen.vectors, axis=1), 1, atol=1e-3)


def test_like_sentences_have_near_vectors(reader: Encoder) -> None:
    """A paraphrase is nearer than another matter."""
    text = "The minister will resign on Monday.\nOn Monday the minister is going to step down.\nWheat prices fell in the south."
    (seen,) = reader.read([text], vectors=True)
    assert seen.vectors is not None
    near = seen.vectors @ seen.vectors.T
    assert near[0, 1] > near[0, 2]


@pytest.mark.parametrize("part", PARTS)
def test_a_model_without_one_of_its_files_is_named_as_such(part: str, tmp_path: Path) -> None:
    """The message says what to do."""
    for name in PARTS:
        if name != part:
            shutil.copy(str(files("onrecord.reader") / name), tmp_path / name)
    with pytest.raises(ModelError, match="install onrecord again"):
        Encoder(tmp_path)


@pytest.mark.parametrize("part", ["model.onnx", "heads.npz", "card.json"])
def test_a_damaged_model_is_named_as_such(part: str, tmp_path: Path) -> None:
    """Bytes that are no model never reach the reader."""
    for name in PARTS:
        shutil.copy(str(files("onrecord.reader") / name), tmp_path / name)
    (tmp_path / part).write_bytes(b"nothing of the kind")
    with pytest.raises(ModelError):
        Encoder(tmp_path)


def test_the_model_is_at_most_25_mb_and_says_how_it_was_made() -> None:
    """Seed, data and figures stand in its card."""
    folder = files("onrecord.reader")
    assert sum(len((folder / name).read_bytes()) for name in ("model.onnx", "heads.npz")) <= 25 * 2**20
    card = json.loads((folder / "card.json").read_text("utf-8"))
    assert {"corpus", "voa", "weblogs", "treebanks"} <= set(card["training"]["data"])
    assert all("seed" in stage["settings"] for stage in card["training"]["stages"])


def _inside(text: str, seen: Frames) -> None:
    extents = [*seen.times, *seen.sentences, *((e.start, e.end) for e in seen.entities)]
    for frame in seen.frames:
        extents += [*frame.trigger, *(piece for pieces in frame.roles.values() for piece in pieces)]
    for start, end in extents:
        assert 0 <= start < end <= len(text)


_HELD: list[Encoder] = []


def _shared() -> Encoder:
    if not _HELD:
        _HELD.append(Encoder(threads=1))
    return _HELD[0]


def test_the_chance_of_an_attribute_is_that_of_its_likeliest_value(reader: Encoder) -> None:
    (frames,) = reader.read(
        ["The army shelled the harbour town on Monday, killing two. The minister said she would resign if the vote failed."]
    )
    chances = [frame.chances["type" if frame.kind == "event" else "act"] for frame in frames.frames if frame.kind != "condition"]
    # There are more than ten values, so the likeliest has more than a tenth.
    assert chances
    assert all(type(chance) is float and chance > 0.1 for chance in chances)
