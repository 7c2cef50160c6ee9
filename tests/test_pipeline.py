"""The order in which an article goes through the rooms, with the reader that ships."""

from collections.abc import Iterator

import pytest
from msgspec import UNSET

from onrecord import pipeline, records
from onrecord.reader import Encoder

TEXT = "Minister Ilse Marrow said on Monday that Belgium would close its ports if the strike went on."
TITLE = "Marrow: we will close the ports"


@pytest.fixture(scope="module")
def reader() -> Encoder:
    """The package's own reader."""
    return pipeline.make_reader(threads=1)


def test_a_title_is_read_beside_the_text_with_offsets_of_its_own(reader: Encoder) -> None:
    """Its spans say that they lie in the title, and whom the text introduces is known there."""
    (found,) = pipeline.read([records.article(TEXT, title=TITLE, published="2024-05-28", basis="given")], reader)
    in_title = [s for s in found.statements if s.content[0].place == "title"]
    assert len(in_title) == 1
    assert in_title[0].content[0].proves(TITLE)
    assert in_title[0].speaker is not None
    assert in_title[0].speaker.actors == ("person:ilse-marrow",)


def test_a_title_that_is_the_first_line_too_is_read_once(reader: Encoder) -> None:
    """What it says would be on record twice."""
    (found,) = pipeline.read([records.article(f"{TITLE}\n\n{TEXT}", title=TITLE)], reader)
    assert not any(s.content[0].place == "title" for s in found.statements)


def test_articles_come_back_in_order_also_those_that_are_not_read(reader: Encoder) -> None:
    """One line an article; what is not read says why."""
    given = [records.article(TEXT, caller="a"), records.article(" ", caller="b"), records.article("Sie kommen.", caller="c", language="de")]
    found = list(pipeline.read([*given, records.article(TEXT, caller="d")] * 5, reader))
    assert [e.article for e in found] == ["a", "b", "c", "d"] * 5
    assert [e.skipped for e in found[1:3]] == [{"empty text": 1}, {"language not supported: de": 1}]


def test_a_record_does_not_depend_on_what_is_read_beside_it(reader: Encoder) -> None:
    """The order in which articles come changes no record."""
    one, other = records.article(TEXT), records.article("Envoys in Ghent warned that they would leave unless talks began.")
    forth, back = list(pipeline.read([one, other], reader)), list(pipeline.read([other, one], reader))
    assert forth == back[::-1]


@pytest.mark.parametrize("threads", [1, 2])
def test_what_came_before_an_input_that_breaks_off_is_still_handed_on(threads: int) -> None:
    """Where articles are read ahead of their use, none is lost when the next cannot be had."""

    def broken() -> Iterator[records.Article]:
        yield from [records.article(TEXT, caller=str(n)) for n in range(pipeline.AT_ONCE)]
        raise OSError("gone")

    found = pipeline.read(broken(), pipeline.make_reader(threads))
    assert [next(found).article for _ in range(pipeline.AT_ONCE)] == [str(n) for n in range(pipeline.AT_ONCE)]
    with pytest.raises(OSError, match="gone"):
        next(found)


def test_the_day_of_publication_decides_the_time_said(reader: Encoder) -> None:
    """ "On Monday" is the Monday before it; without a day it stays open."""
    (dated,) = pipeline.read([records.article(TEXT)], reader, published="2024-05-28")
    (undated,) = pipeline.read([records.article(TEXT)], reader)
    days = [s.said.when and s.said.when.first for e in (dated, undated) for s in e.statements if s.cue and s.cue.text == "said"]
    assert days[0] == "2024-05-27"
    assert days[1] != "2024-05-27"
    assert undated.published.basis == "unknown"


def test_every_record_says_how_probable_it_is_that_it_is_right(reader: Encoder) -> None:
    """Time expressions too; what is written plainly is probable."""
    (found,) = pipeline.read([records.article(TEXT, published="2024-05-28", basis="given")], reader)
    sure = [each.confidence for some in (found.statements, found.conditions, found.events, found.dates) for each in some]
    assert len(sure) >= 4
    assert all(isinstance(confidence, float) and 0 < confidence < 1 for confidence in sure)
    assert found.statements[0].confidence > 0.8


def test_a_reader_without_a_calibration_is_taken_at_its_word(reader: Encoder) -> None:
    """Its records have the confidence that it gave, and of time expressions nothing is known."""

    class Plain:
        name, digest, threads = reader.name, reader.digest, 1

        def read(self, texts: list[str]) -> list[records.Frames]:
            return reader.read(texts)

    (found,) = pipeline.read([records.article(TEXT)], Plain())  # type: ignore[arg-type]
    (seen,) = (frame for frame in reader.read([TEXT])[0].frames if frame.kind == "condition")
    assert found.conditions[0].confidence == round(seen.confidence, 3)
    assert all(date.confidence is UNSET for date in found.dates)
