"""Stories in the ledger: every article in exactly one, ids that never vanish, a person's decisions kept, and flat cost."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from store_factories import DIGEST, article, clock, extraction

from onrecord import pipeline
from onrecord.errors import InputError, NotFoundError, OnRecordError
from onrecord.records import Article
from onrecord.store import SqliteLedger, open_ledger
from onrecord.store.connection import connect

# Three happenings, told by three outlets each.
TOLD = (
    "A landslide buried nine houses in Alvdal on Tuesday, and 14 people are missing, mayor Tora Lindvik said. Rain had loosened the slope.",
    "Trade minister Edda Krohn will put a tariff of 12 percent on imported glass from July, she told the Ostrava chamber of glaziers.",
    "The ferry Silverwake ran aground off Marrow Point with 80 passengers, and the coastguard of Lindholm took them ashore by lifeboat.",
)
MORE = ("", " Nobody had foreseen it.", " Further news is expected in the evening.")


def told(happening: int, outlet: int) -> Article:
    text = TOLD[happening] + MORE[outlet]
    return article(
        happening * 10 + outlet, text=text, title=TOLD[happening][:40], outlet=f"Paper {outlet}", published=f"2024-05-{20 + outlet}",
        caller=f"p{outlet}-{happening}",
    )  # fmt: skip


ARTICLES = [told(happening, outlet) for happening in range(3) for outlet in range(3)]


@contextmanager
def ledger(path: Path, *articles: Article) -> Iterator[SqliteLedger]:
    with open_ledger(path / "l.db", create=True, now=clock()) as opened:
        add(opened, *articles)
        yield opened


def add(opened: SqliteLedger, *articles: Article) -> None:
    for each in articles:
        opened.put(each, extraction(each), DIGEST)
        list(pipeline.group(opened))


def stories(opened: SqliteLedger) -> list[set[str]]:
    return sorted((set(each.articles) for each in opened.stories({})), key=sorted)


def whole(opened: SqliteLedger) -> None:
    """The ledger is right, every article is in one story, and every id that there ever was leads to one with articles."""
    assert [str(problem) for problem in opened.verify()] == []
    with closing(connect(opened.path)) as connection:
        held = [a for (a,) in connection.execute("SELECT article FROM memberships")]
        assert sorted(held) == sorted(a for (a,) in connection.execute("SELECT article FROM grouped"))
        for (story,) in connection.execute("SELECT id FROM stories").fetchall():
            assert opened.story(story).articles


def test_articles_are_in_stories_with_reasons(tmp_path: Path) -> None:
    with ledger(tmp_path, *ARTICLES) as opened:
        assert stories(opened) == sorted(({each.id for each in ARTICLES[n : n + 3]} for n in (0, 3, 6)), key=sorted)
        whole(opened)
        story = opened.story(opened.story_of(ARTICLES[0].id) or "")
        assert story.title == ARTICLES[0].title
        assert (story.first, story.last) == ("2024-05-20", "2024-05-22")
        kinds = {reason.kind for each in opened.memberships(story.id) for reason in each.reasons}
        assert {"actor", "word", "near", "alone"} >= kinds >= {"word", "near", "alone"}


def test_filters_choose_stories_by_their_articles(tmp_path: Path) -> None:
    with ledger(tmp_path, *ARTICLES) as opened:
        assert len(list(opened.stories({"limit": 2}))) == 2
        assert [each.articles[0] for each in opened.stories({"text": "Silverwake"})] == [ARTICLES[6].id]
        assert len(list(opened.stories({"outlet": "Paper 1"}))) == 3
        assert list(opened.stories({"outlet": "Paper 9"})) == []
        with pytest.raises(InputError, match="act"):
            list(opened.stories({"act": "warn"}))


def test_stories_that_pass_a_filter_come_by_their_own_last_day(tmp_path: Path) -> None:
    """The first story has the newest article, of an outlet that is not asked for; the second has the newest of the one that is."""
    late = article(5, text=TOLD[0] + " It rained again.", title=TOLD[0][:40], outlet="Paper 9", published="2024-06-02", caller="late")
    other = article(6, text=TOLD[1], title=TOLD[1][:40], outlet="Paper 0", published="2024-05-25", caller="other")
    with ledger(tmp_path, told(0, 0), late, other) as opened:
        for filters in ({}, {"outlet": "Paper 0"}):
            assert [each.last for each in opened.stories(filters)] == ["2024-06-02", "2024-05-25"]
        assert [each.last for each in opened.stories({"outlet": "Paper 0", "limit": 1})] == ["2024-06-02"]
        assert [each.last for each in opened.stories({"text": "glass"})] == ["2024-05-25"]


def test_grouping_again_changes_nothing(tmp_path: Path) -> None:
    with ledger(tmp_path, *ARTICLES) as opened:
        before = dump(opened.path)
        with closing(connect(opened.path)) as connection:
            connection.execute("DELETE FROM grouped")
            waiting = "INSERT INTO ungrouped (article) SELECT id FROM articles" if has(connection, "ungrouped") else "SELECT 1"
            connection.execute(waiting)
        list(pipeline.group(opened))
        assert {row[:2] for row in dump(opened.path)} == {row[:2] for row in before}


def has(connection: sqlite3.Connection, table: str) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None


def dump(path: Path) -> list[tuple[str, ...]]:
    with closing(connect(path)) as connection:
        return connection.execute("SELECT article, story, nearest, reasons FROM memberships ORDER BY article").fetchall()


def test_merged_stories_stay_one_and_both_ids_are_reached(tmp_path: Path) -> None:
    with ledger(tmp_path, *ARTICLES[:2], *ARTICLES[3:5]) as opened:
        one, other = (opened.story_of(ARTICLES[n].id) or "" for n in (0, 3))
        with opened.grouping() as shelves:
            decided = shelves.judgements.merge(one, other, by="Ann", reason="one affair")
        assert opened.story(one).id == opened.story(other).id == decided.story
        add(opened, ARTICLES[2], ARTICLES[5])
        assert len(stories(opened)) == 1
        whole(opened)
        with opened.grouping() as shelves, pytest.raises(InputError, match="one story already"):
            shelves.judgements.merge(one, other, by="Ann", reason="")
        pipeline.undo(decided.id, opened, by="Bo", reason="two affairs")
        assert len(stories(opened)) == 2
        assert {one, other} == {each.id for each in opened.stories({})}
        whole(opened)
        (listed,) = opened.judgements()
        assert (listed.by, listed.undone_by, listed.reason, listed.undone_reason) == ("Ann", "Bo", "one affair", "two affairs")
        with pytest.raises(InputError, match="undone on"):
            pipeline.undo(decided.id, opened, by="Bo", reason="")


def test_what_was_split_off_is_not_joined_again(tmp_path: Path) -> None:
    with ledger(tmp_path, *ARTICLES[:2]) as opened:
        story = opened.story_of(ARTICLES[0].id) or ""
        with opened.grouping() as shelves:
            decided = shelves.judgements.split(story, [ARTICLES[1].id], by="Ann", reason="another slope")
        assert opened.story_of(ARTICLES[0].id) == story
        assert opened.story_of(ARTICLES[1].id) == decided.other != story
        add(opened, ARTICLES[2])
        assert opened.story_of(ARTICLES[0].id) != opened.story_of(ARTICLES[1].id)
        whole(opened)
        pipeline.undo(decided.id, opened, by="Ann", reason="")
        assert stories(opened) == [{each.id for each in ARTICLES[:3]}]
        assert opened.story(decided.other or "").id == story
        whole(opened)


def test_the_id_stays_with_the_oldest_article_when_that_is_split_off(tmp_path: Path) -> None:
    with ledger(tmp_path, *ARTICLES[:3]) as opened:
        story = opened.story_of(ARTICLES[0].id) or ""
        with opened.grouping() as shelves:
            shelves.judgements.split(story, [ARTICLES[0].id], by="Ann", reason="")
        assert opened.story(story).articles == (ARTICLES[0].id,)
        whole(opened)


def test_a_pinned_article_stays_and_draws_nothing_along(tmp_path: Path) -> None:
    with ledger(tmp_path, *ARTICLES[:2], ARTICLES[3]) as opened:
        home, away = (opened.story_of(ARTICLES[n].id) or "" for n in (0, 3))
        with opened.grouping() as shelves:
            shelves.judgements.pin(ARTICLES[1].id, away, by="Ann", reason="")
        add(opened, ARTICLES[2], *ARTICLES[4:])
        assert opened.story_of(ARTICLES[1].id) == away == opened.story_of(ARTICLES[3].id)
        assert opened.story_of(ARTICLES[0].id) == home
        whole(opened)


def test_decisions_about_what_is_not_there_are_refused(tmp_path: Path) -> None:
    with ledger(tmp_path, *ARTICLES[:2], ARTICLES[3]) as opened, opened.grouping() as shelves:
        judges, story = shelves.judgements, opened.story_of(ARTICLES[0].id) or ""
        with pytest.raises(NotFoundError, match="no story"):
            judges.merge(story, "so_nothing", by="Ann", reason="")
        with pytest.raises(NotFoundError, match="is not in"):
            judges.split(story, [ARTICLES[3].id], by="Ann", reason="")
        with pytest.raises(InputError, match="nothing would be left"):
            judges.split(story, [each.id for each in ARTICLES[:2]], by="Ann", reason="")
        with pytest.raises(NotFoundError, match="in no story"):
            judges.pin("ar_nothing", story, by="Ann", reason="")
        with pytest.raises(NotFoundError, match="no judgement"):
            judges.undo("ju_nothing", by="Ann", reason="")


def test_a_purged_article_leaves_nothing_and_its_story_goes_on(tmp_path: Path) -> None:
    with ledger(tmp_path, *ARTICLES[:3]) as opened:
        story = opened.story_of(ARTICLES[0].id) or ""
        opened.remove(ARTICLES[0].id, "asked for", purge=True)
        assert opened.story(story).articles == (ARTICLES[1].id, ARTICLES[2].id)
        assert [str(problem) for problem in opened.verify()] == []
        with closing(connect(opened.path)) as connection:
            for table, column in (("story_traits", "article"), ("memberships", "article")):
                assert connection.execute(f"SELECT COUNT(*) FROM {table} WHERE {column} = ?", (ARTICLES[0].id,)).fetchone() == (0,)
            (terms,) = connection.execute("SELECT COUNT(DISTINCT number) FROM story_terms").fetchone()
            assert terms == 2


def test_a_removed_article_is_in_no_answer(tmp_path: Path) -> None:
    with ledger(tmp_path, ARTICLES[0], ARTICLES[3]) as opened:
        story = opened.story_of(ARTICLES[3].id) or ""
        opened.remove(ARTICLES[3].id, "asked for", purge=False)
        assert [each.articles for each in opened.stories({})] == [(ARTICLES[0].id,)]
        with pytest.raises(NotFoundError, match="no article of"):
            opened.story(story)


DAMAGE = (
    ("DELETE FROM memberships WHERE article = ?", "is in no story"),
    ("UPDATE stories SET articles = 7 WHERE id = (SELECT story FROM memberships WHERE article = ?)", "as many articles as it says"),
    ("UPDATE story_traits SET packed = 'x' WHERE article = ?", "cannot be read"),
    ("DELETE FROM story_terms WHERE number = (SELECT number FROM story_traits WHERE article = ?)", "is not found by all its terms"),
    ("INSERT INTO story_redirects SELECT story, story, 'now' FROM memberships WHERE article = ?", "leads to"),
)


@pytest.mark.parametrize(("sql", "told"), DAMAGE)
def test_verify_names_what_is_damaged(tmp_path: Path, sql: str, told: str) -> None:
    with ledger(tmp_path, *ARTICLES[:3]) as opened:
        with closing(connect(opened.path)) as connection:
            connection.execute(sql, (ARTICLES[1].id,))
        problems = [str(problem) for problem in opened.verify()]
        assert any(told in each for each in problems), problems


STEPS = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 8)),
    st.tuples(st.just("merge"), st.integers(0, 8), st.integers(0, 8)),
    st.tuples(st.just("split"), st.lists(st.integers(0, 8), min_size=1, max_size=3)),
    st.tuples(st.just("pin"), st.integers(0, 8), st.integers(0, 8)),
    st.tuples(st.just("undo"), st.integers(0, 5)),
    st.tuples(st.just("remove"), st.integers(0, 8), st.booleans()),
)


@settings(max_examples=25)
@given(st.lists(STEPS, max_size=14))
def test_whatever_is_done_every_article_is_in_one_story_and_every_id_leads_somewhere(steps: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, ledger(Path(folder), *ARTICLES[::4]) as opened:
        for step in steps:
            try:
                carry_out(opened, *step)
            except OnRecordError:
                continue
        assert [str(problem) for problem in opened.verify()] == []
        with closing(connect(opened.path)) as connection:
            held = connection.execute("SELECT article FROM memberships ORDER BY article").fetchall()
            assert held == connection.execute("SELECT article FROM story_traits ORDER BY article").fetchall()
            goes = dict(connection.execute("SELECT story, to_story FROM story_redirects").fetchall())
            assert not set(goes) & set(goes.values())
            for (story,) in connection.execute("SELECT id FROM stories WHERE articles > 0").fetchall():
                assert story not in goes


def carry_out(opened: SqliteLedger, what: str, *how: object) -> None:
    def story(number: object) -> str:
        assert isinstance(number, int)
        found = opened.story_of(ARTICLES[number].id)
        return found or "so_none"

    if what == "add":
        add(opened, ARTICLES[how[0]])  # type: ignore[call-overload]
        return
    if what == "remove":
        opened.remove(ARTICLES[how[0]].id, "asked for", purge=bool(how[1]))  # type: ignore[call-overload]
        return
    if what == "undo":
        decided = opened.judgements()
        if decided:
            pipeline.undo(decided[how[0] % len(decided)].id, opened, by="Ann", reason="")  # type: ignore[operator]
        return
    some = [story(number) for number in how if isinstance(number, int)]
    with opened.grouping() as shelves:
        if what == "merge":
            shelves.judgements.merge(*some, by="Ann", reason="")
        elif what == "pin":
            shelves.judgements.pin(ARTICLES[how[0]].id, some[1], by="Ann", reason="")  # type: ignore[call-overload]
        else:
            numbers: list[int] = how[0]  # type: ignore[assignment]
            held = [ARTICLES[number].id for number in numbers]
            shelves.judgements.split(opened_story(shelves, held), held, by="Ann", reason="")


def opened_story(shelves: object, held: list[str]) -> str:
    return shelves.stories.story_of(held[0]) or "so_none"  # type: ignore[attr-defined]


def test_a_story_is_listed_by_persons_and_bodies_and_not_by_groups(tmp_path: Path) -> None:
    one = article(1, 1)
    read = extraction(one)
    (person, *_) = read.actors
    crowd = structs.replace(person, id="group:hostages", name="28 hostages", kind="group")
    with open_ledger(tmp_path / "l.db", create=True, now=clock()) as opened:
        opened.put(one, structs.replace(read, actors=(*read.actors, crowd)), DIGEST)
        list(pipeline.group(opened))
        story = opened.story(opened.story_of(one.id) or "")
        assert [id_ for id_, _, _ in story.actors] == [each.id for each in read.actors]
