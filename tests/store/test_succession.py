"""Among the others stands the newest version of a document only, and the sample's articles stand with nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_factories import DIGEST, article, clock, extraction

from onrecord import intake, pipeline, sample
from onrecord.errors import InputError
from onrecord.intake import Given
from onrecord.records import Article
from onrecord.store import SqliteLedger, open_ledger

QUAKE = (
    "A landslide buried nine houses in Alvdal on Tuesday, and 14 people are missing, mayor Tora Lindvik said. Rain had loosened the slope. "
    "Anna Kask said on May 2 that Norland would open gate 1 if the talks number 0 succeed."
)
TARIFF = "Trade minister Edda Krohn will put a tariff of 12 percent on imported glass from July, she told the Ostrava chamber of glaziers."
CHANGES = {
    "a word": QUAKE.replace("14 people", "15 people"),
    "more": f"{QUAKE} Searchers from Lindholm went on through the night.",
    "all": TARIFF,
}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    with open_ledger(tmp_path / "l.db", create=True, now=clock()) as opened:
        yield opened


def piece(text: str, outlet: str = "Harbour Gazette", **values: object) -> Article:
    return article(text=text, outlet=outlet, **{"caller": "landslide", "title": text[:40], **values})


def add(ledger: SqliteLedger, *articles: Article) -> list[str]:
    for each in articles:
        ledger.put(each, extraction(each), DIGEST)
        list(pipeline.group(ledger))
    assert list(ledger.verify()) == []
    return [each.id for each in articles]


def stories(ledger: SqliteLedger) -> list[set[str]]:
    return [set(each.articles) for each in ledger.stories({})]


@pytest.mark.parametrize("change", CHANGES)
def test_a_new_version_takes_the_place_of_the_old_one(ledger: SqliteLedger, change: str) -> None:
    old, other = add(ledger, piece(QUAKE), piece(f"{QUAKE} Nobody had foreseen it.", "Other Paper"))
    (story,) = ledger.stories({})
    (new,) = add(ledger, piece(CHANGES[change]))
    held = {each.id: set(each.articles) for each in ledger.stories({})}
    assert set().union(*held.values()) == {new, other}
    assert story.id in held
    assert (len(held) == 1) == (change != "all")
    assert ledger.story_of(old) == ledger.story_of(new)
    assert all(old not in (each.nearest, each.article) for each in ledger.memberships(story.id))
    assert ledger.copies(old) == []
    told = [ledger.saying(id_) for id_ in ledger.told("sayings", {})]
    assert {wording.article for each in told for wording in each.wordings} == ({new, other} if change != "all" else {other})
    # The old text is kept, and reached.
    assert ledger.text(old) == QUAKE
    assert [each.newest for each in ledger.versions(old)] == [False, True]


def test_a_story_of_one_article_keeps_its_id_under_a_new_version(ledger: SqliteLedger) -> None:
    (old,) = add(ledger, piece(QUAKE))
    (story,), (saying,) = ledger.stories({}), ledger.told("sayings", {})
    (new,) = add(ledger, piece(CHANGES["more"]))
    (after,) = ledger.stories({})
    assert (after.id, after.articles) == (story.id, (new,))
    assert list(ledger.told("sayings", {})) == [saying]
    assert ledger.story_of(old) == story.id


def test_an_older_version_that_comes_late_changes_nothing(ledger: SqliteLedger) -> None:
    where = {"caller": None, "url": "https://harbour.example/a", "fetched_from": "https://harbour.example/a"}
    (new,) = add(ledger, piece(QUAKE, raw=b"new", fetched="2024-05-29T06:00:00+00:00", **where))
    (old,) = add(ledger, piece(CHANGES["a word"], raw=b"old", fetched="2024-05-28T06:00:00+00:00", **where))
    assert stories(ledger) == [{new}]
    assert ledger.ungrouped() == []
    assert ledger.story_of(old) == ledger.story_of(new)


def test_where_the_newest_version_is_removed_the_one_before_has_its_place(ledger: SqliteLedger) -> None:
    old, new = add(ledger, piece(QUAKE), piece(CHANGES["more"]))
    (story,) = ledger.stories({})
    ledger.remove(new, "withdrawn")
    assert ledger.ungrouped() == [old]
    list(pipeline.group(ledger))
    assert [(each.id, each.articles) for each in ledger.stories({})] == [(story.id, (old,))]
    ledger.restore(new)
    list(pipeline.group(ledger))
    assert [(each.id, each.articles) for each in ledger.stories({})] == [(story.id, (new,))]
    ledger.remove(new, "withdrawn", purge=True)
    list(pipeline.group(ledger))
    assert stories(ledger) == [{old}]
    assert list(ledger.verify()) == []


def test_what_a_person_decided_about_one_version_holds_for_the_next(ledger: SqliteLedger) -> None:
    old, other = add(ledger, piece(QUAKE), piece(TARIFF, "Other Paper", caller="glass"))
    assert len(stories(ledger)) == 2
    with ledger.grouping() as shelves:
        shelves.judgements.pin(old, str(ledger.story_of(other)), by="Tamm", reason="")
    (new,) = add(ledger, piece(CHANGES["more"]))
    assert stories(ledger) == [{new, other}]
    # Whoever names the old version means the one that has its place; and a decision about the old one is undone for the new one.
    (judgement,) = ledger.judgements()
    pipeline.undo(judgement.id, ledger, by="Tamm", reason="")
    assert len(stories(ledger)) == 2
    with ledger.grouping() as shelves:
        assert shelves.judgements.pin(old, str(ledger.story_of(other)), by="Tamm", reason="").articles[0][0] in (new, other)
    assert stories(ledger) == [{new, other}]
    with ledger.grouping() as shelves:
        shelves.judgements.split(str(ledger.story_of(other)), [old], by="Tamm", reason="")
    assert len(stories(ledger)) == 2
    assert list(ledger.verify()) == []


def test_many_versions_leave_one_trace(ledger: SqliteLedger) -> None:
    ids = add(ledger, *(piece(f"{QUAKE} Update number {number}.") for number in range(12)))
    assert stories(ledger) == [{ids[-1]}]
    for table in ("memberships", "story_traits", "sketches", "gists", "grouped"):
        assert ledger._connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (1,), table


def test_the_samples_articles_are_never_put_with_others(ledger: SqliteLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two invented reports and two others, all alike: two stories, two sayings, and copies on each side only."""
    sampled = [piece(QUAKE, "Sample Post"), piece(f"{QUAKE} It rained.", "Sample Herald")]
    marks = frozenset({sampled[0].document, sampled[1].text_sha256})
    monkeypatch.setattr(sample, "marks", lambda: marks)
    others = [piece(f"{QUAKE} Nobody had foreseen it.", "Harbour Gazette"), piece(QUAKE, "Other Paper")]
    add(ledger, sampled[0], others[0], sampled[1], others[1])
    sides = [{each.id for each in sampled}, {each.id for each in others}]
    assert sorted(map(sorted, stories(ledger))) == sorted(map(sorted, sides))
    for kind in ("sayings", "commitments"):
        for id_ in ledger.told(kind, {}):  # type: ignore[arg-type]
            told = (
                ledger.saying(id_).wordings
                if kind == "sayings"
                else [wording for each in ledger.commitment(id_).sayings for wording in ledger.saying(each).wordings]
            )
            assert any({wording.article for wording in told} <= side for side in sides)
    assert all({copy.article, copy.of} in sides for each in (*sampled, *others) for copy in ledger.copies(each.id))
    assert ledger.copies(sampled[0].id)
    with ledger.grouping(marks) as shelves:
        for decide in (shelves.judgements.merge, shelves.judgements.pin):
            one = str(ledger.story_of(sampled[0].id)) if decide == shelves.judgements.merge else sampled[0].id
            with pytest.raises(InputError, match="invented"):
                decide(one, str(ledger.story_of(others[0].id)), by="Tamm", reason="")


def test_the_samples_marks_are_those_that_its_articles_get_when_they_are_read() -> None:
    read = [each for each in intake.articles([str(sample.path())], Given()) if isinstance(each, Article)]
    assert len(read) == 30
    assert sample.marks() == {mark for each in read for mark in (each.document, each.text_sha256)}


def test_earlier_statements_are_those_of_newest_versions(ledger: SqliteLedger) -> None:
    _, new = add(ledger, piece(QUAKE), piece(CHANGES["more"]))
    actors = sorted({each["id"] for each in ledger.rows("actors", {})})
    told = ledger.newsroom().earlier(actors, "2024-06-01", 10)
    assert {article for article, _ in told} == {new}
