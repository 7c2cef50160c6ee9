"""Articles about one happening come together, look-alikes stay apart, and the order in which articles come changes next to nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.group.background import EVERYWHERE, base, rarity, telling
from onrecord.group.closeness import closeness
from onrecord.group.clusters import clusters
from onrecord.group.reasons import sentence
from onrecord.group.stories import MEMBERS, founded, settle
from onrecord.group.traits import LEAD, traits
from onrecord.group.window import Window
from onrecord.records import Extraction, Published
from onrecord.reports import Decision, Placing, Report, Traits

# Two landslides: the same kind of happening, in other places with other people on other days.
ALVDAL = (
    (
        "Landslide buries nine houses in Alvdal",
        (
            "A landslide buried nine houses in Alvdal on Tuesday, and 14 people are missing, mayor Tora Lindvik said. "
            "Heavy rain had loosened the slope above the Glomma river. Rescuers with dogs searched the mud until dark."
        ),
    ),
    (
        "14 missing after slope gives way in Alvdal",
        (
            "Rescuers with dogs were searching the mud in Alvdal for 14 missing people after a slope above the Glomma "
            "river gave way. Mayor Tora Lindvik said that nine houses were buried by the landslide on Tuesday."
        ),
    ),
    (
        "Alvdal: five found alive under the mud",
        (
            "Five of the 14 people missing since the landslide in Alvdal were found alive, Tora Lindvik, the mayor, "
            "said. The slope above the Glomma had buried nine houses after heavy rain."
        ),
    ),
)
BOVEC = (
    (
        "Landslide cuts off village near Bovec",
        (
            "A landslide cut off a village near Bovec on Friday, and 3 people are missing, prefect Janez Kobal said. "
            "Heavy rain had loosened the slope above the Koritnica river. Soldiers brought food by helicopter."
        ),
    ),
    (
        "Helicopters feed village cut off near Bovec",
        (
            "Soldiers brought food by helicopter to a village near Bovec that a landslide cut off on Friday. Prefect "
            "Janez Kobal said that 3 people are missing below the slope above the Koritnica river."
        ),
    ),
)
# The same minister in the same week, about two things.
TARIFF = (
    (
        "Ostrava minister puts tariff on glass",
        (
            "Trade minister Edda Krohn will put a tariff of 12 percent on imported glass from July, she told the "
            "Ostrava chamber. Glaziers welcomed the tariff; importers of bottles called it a tax on jam."
        ),
    ),
    (
        "Krohn's glass tariff angers importers",
        (
            "Importers of bottles called the 12 percent tariff on imported glass that trade minister Edda Krohn "
            "announced to the Ostrava chamber a tax on jam. Glaziers welcomed it."
        ),
    ),
)
FERRY = (
    (
        "Krohn's sister owned shares in ferry line, papers show",
        (
            "Trade minister Edda Krohn did not declare that her sister owned shares in the ferry line Silverwake, "
            "papers from the harbour registry show. The ethics board will hear her about the ferry on Monday."
        ),
    ),
    (
        "Ethics board to hear Krohn about Silverwake shares",
        (
            "The ethics board will hear trade minister Edda Krohn on Monday about shares that her sister owned in the "
            "ferry line Silverwake, which the harbour registry lists and Krohn did not declare."
        ),
    ),
)
ALL = {"alvdal": ALVDAL, "bovec": BOVEC, "tariff": TARIFF, "ferry": FERRY}


def report(article: str, title: str, text: str, day: str | None = "2024-05-20") -> Report:
    published = Published(
        first=day, to=day, granularity="day" if day else "unknown", at=None, basis="given" if day else "unknown", spans=()
    )
    read = Extraction(
        article=article, document=article, outlet=None, title=title, language="en", text_sha256="", reader="none", skipped={},
        published=published, statements=(), conditions=(), events=(), actors=(), dates=(),
    )  # fmt: skip
    return Report(
        article=article, document=article, caller=None, outlet=None, title=title, url=None, byline=None, language="en",
        published=published, added="", text=text, reading="", extraction=read,
    )  # fmt: skip


def known(day: str | None = "2024-05-20") -> list[Traits]:
    return [traits(report(f"{name}-{n}", *each, day)) for name, some in ALL.items() for n, each in enumerate(some)]


def put(articles: Iterable[Traits], window: Window | None = None) -> tuple[dict[str, str], list[Placing]]:
    """The story of each article, and what placing each of them changed."""
    window = Window() if window is None else window
    placings = []
    for article in articles:
        placings.append(settle(article, window))
        list(window.keep(placings[-1]))
    return dict(window.rest()), placings


def right(stories: dict[str, str]) -> bool:
    """Whether articles share a story exactly if their names say so."""
    return all((stories[a] == stories[b]) == (a.partition("-")[0] == b.partition("-")[0]) for a in stories for b in stories)


@pytest.mark.parametrize("day", ["2024-05-20", None])
def test_articles_about_one_happening_share_a_story_and_look_alikes_do_not(day: str | None) -> None:
    stories, _ = put(known(day))
    assert right(stories), stories


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_arrival_changes_no_story_here(seed: int) -> None:
    some = known()
    random.Random(seed).shuffle(some)
    stories, _ = put(some)
    assert right(stories), stories


def test_a_story_is_called_by_its_first_article_and_a_later_older_one_does_not_rename_it() -> None:
    first, second = (traits(report(f"alvdal-{n}", *ALVDAL[n], day)) for n, day in ((0, "2024-05-21"), (1, "2024-05-20")))
    stories, _ = put([first, second])
    assert set(stories.values()) == {founded("alvdal-0")}


def test_placing_an_article_again_changes_nothing() -> None:
    window = Window()
    some = known()
    for article in some:
        list(window.keep(settle(article, window)))
    again = settle(some[1], window)
    assert [each.article for each in again.memberships] == [some[1].article]
    assert again.memberships[0].story == window.story_of(some[1].article)
    assert again.merged == {}


def test_an_article_that_comes_late_joins_two_stories_and_one_of_them_leads_to_the_other() -> None:
    # Cut to what each says alone, the outer two are not near enough.
    ends = [
        traits(report("a", "Rain in Alvdal", "Heavy rain fell in Alvdal by the Glomma river for a third day.")),
        traits(
            report(
                "c", "Lindvik thanks dogs", "Mayor Tora Lindvik thanked rescuers whose dogs found five people under the mud of nine houses."
            )
        ),
    ]
    apart, _ = put(ends)
    assert len(set(apart.values())) == 2
    joined, placings = put([*ends, *(traits(report(f"b-{n}", *each)) for n, each in enumerate(ALVDAL))])
    assert set(joined.values()) == {founded("a")}
    assert {story: to for placing in placings for story, to in placing.merged.items()} == {founded("c"): founded("a")}


def test_a_copy_is_in_the_story_of_what_it_copies_whatever_it_is_about() -> None:
    window = Window()
    one = traits(report("one", "Notice", "The gate is shut."))
    other = traits(report("other", "Notice", "The gate is shut, and the mill."))
    list(window.keep(settle(one, window)))
    placing = settle(other, window, {"one": 0.9})
    assert placing.memberships[0].story == founded("one")


def test_articles_two_years_apart_are_not_compared() -> None:
    stories, _ = put([traits(report("a", *ALVDAL[0], "2021-05-20")), traits(report("b", *ALVDAL[1], "2024-05-20"))])
    assert len(set(stories.values())) == 2


# A lead, and one of another happening of the kind.
OTHERS = (
    ("Prize of 2023 handed over in Carrow", "Prize of 2024 handed over in Carrow"),
    ("Bank of Marisia lifts rate to 4.25 percent", "Bank of Marisia lifts rate to 4.75 percent"),
    ("Van maker recalls 84,000 vans", "Van maker recalls 31,000 vans"),
)


@pytest.mark.parametrize(("lead", "other"), OTHERS)
def test_leads_with_other_numbers_or_years_are_less_close(lead: str, other: str) -> None:
    first, second = (traits(report(name, "", text)) for name, text in (("a", lead), ("b", other)))
    same, apart = closeness([first], [first, second])[0].tolist()
    assert apart < same - 0.09
    # Where the other text has the lead's number further down, it contradicts nothing.
    further = " " * LEAD + lead
    one, none = (traits(report("c", "", f"{other}{text}")) for text in (further, " " * LEAD + re.sub("[0-9]", "x", lead)))
    assert closeness([first], [one])[0, 0] > closeness([first], [none])[0, 0] + 0.04


def test_a_lead_without_numbers_contradicts_none() -> None:
    (one, other), (bare, _) = (
        [traits(report(name, "", f"Bank of Marisia lifts its rate{end}")) for name, end in (("a", first), ("b", second))]
        for first, second in ((" to 4.25 percent", " to 4.75 percent"), ("", ""))
    )
    assert closeness([one], [bare])[0, 0] > closeness([one], [other])[0, 0]


def ranged(article: str, each: tuple[str, str], first: str, last: str, named: Sequence[str] = ()) -> Traits:
    """An article whose day of publication is only known within a range."""
    held = report(article, *each)
    published = Published(first=first, to=last, granularity="year", at=None, basis="inferred", spans=())
    made = traits(msgspec.structs.replace(held, published=published))
    return msgspec.structs.replace(made, named=tuple(date.fromisoformat(day).toordinal() for day in named))


def test_an_article_of_some_day_of_a_year_is_not_far_from_any_day_of_it() -> None:
    dated = traits(report("a", *ALVDAL[0], "2024-05-20"))
    near, inside, outside = (
        closeness([dated], [ranged("b", ALVDAL[1], *days)])[0, 0]
        for days in (("2024-05-20", "2024-05-20"), ("2024-01-01", "2024-12-31"), ("2023-01-01", "2023-12-31"))
    )
    assert near > inside > outside
    told = closeness([dated], [ranged("b", ALVDAL[1], "2024-01-01", "2024-12-31", ["2024-05-19"])])[0, 0]
    assert near > told > inside


def test_no_days_apart_are_told_of_an_article_whose_day_is_not_known() -> None:
    window = Window()
    list(window.keep(settle(traits(report("a", *ALVDAL[0], "2024-05-20")), window)))
    placing = settle(ranged("b", ALVDAL[1], "2024-01-01", "2024-12-31"), window)
    assert placing.memberships[0].story == founded("a")
    assert "apart" not in sentence(placing.memberships[0].reasons)


def test_an_article_without_a_day_stands_under_the_day_on_which_it_came() -> None:
    came = msgspec.structs.replace(report("a", *ALVDAL[0], None), added="2024-06-01T10:00:00+00:00")
    assert date.fromordinal(traits(came).day) == date(2024, 6, 1)
    fetched = msgspec.structs.replace(came, fetched="2024-05-30T10:00:00+00:00")
    assert date.fromordinal(traits(fetched).day) == date(2024, 5, 30)


@pytest.mark.parametrize("name", ["Ukraine", "Russian", "NATO", "Western", "Kyiv", "EU"])
def test_names_that_news_of_every_kind_has_say_little(name: str) -> None:
    assert telling(base(name)) <= EVERYWHERE < telling(base("Lindvik")) == rarity(base("Lindvik"))


def matrix(*blocks: int, within: float, across: float) -> np.ndarray:
    """Groups of so many rows."""
    owner = np.repeat(range(len(blocks)), blocks)
    return np.where(owner[:, None] == owner, within, across).astype(np.float32)


def test_a_loose_article_hangs_on_to_a_story_and_brings_no_two_together() -> None:
    """Two stories that are just not close enough, and a lone article that is about as close to either: without it, and with it."""
    two = matrix(6, 6, within=0.6, across=0.42)
    assert clusters(two) == [0] * 6 + [6] * 6
    close = np.full((13, 13), 0.24, np.float32)
    close[1:, 1:] = two
    close[0, 1:7] = close[1:7, 0] = 0.27
    assert clusters(close) == [0] * 7 + [7] * 6


def test_an_article_that_is_hardly_close_does_not_join_a_tight_story() -> None:
    close = matrix(6, 1, within=0.7, across=0.2)
    assert clusters(close) == [0] * 6 + [6]
    assert clusters(matrix(6, 1, within=0.3, across=0.2)) == [0] * 7


def test_what_hangs_on_a_story_keeps_what_it_is_parted_from_out_of_it() -> None:
    close = matrix(4, 1, 1, within=0.6, across=0.25)
    close[4, 5] = close[5, 4] = 0.0
    assert clusters(close) == [0] * 6
    apart = clusters(close, apart=[(4, 5)])
    assert apart[4] != apart[5]
    assert apart[:4] == [0] * 4


def test_reasons_name_what_is_shared() -> None:
    _, placings = put(traits(report(f"a-{n}", *each, f"2024-05-2{n}")) for n, each in enumerate(ALVDAL))
    told = sentence(placings[1].memberships[0].reasons)
    assert told.startswith("shares ")
    assert "Alvdal" in told
    assert "Glomma" in told
    assert "landslide" in told
    assert told.endswith("; a day apart")
    assert sentence(placings[0].memberships[0].reasons) == "the story begins with it"


class Decided(Window):
    """A window with decisions of a person."""

    def __init__(self, *decisions: Decision) -> None:
        super().__init__()
        self.made = decisions

    def decisions(self, stories: Sequence[str]) -> Sequence[Decision]:
        return self.made


def test_what_a_person_parted_is_never_joined_by_rule() -> None:
    decision = Decision(kind="apart", sides={"alvdal-0": 0, "alvdal-1": 1})
    stories, _ = put(known(), Decided(decision))
    assert stories["alvdal-0"] != stories["alvdal-1"]


def test_what_a_person_joined_stays_joined() -> None:
    decision = Decision(kind="together", sides={"alvdal-0": 0, "ferry-0": 0})
    # Only what is near one another is looked at, so a person's merge puts both in one story first; here the window is told so.
    window = Decided(decision)
    some = {each.article: each for each in known()}
    first = settle(some["alvdal-0"], window)
    list(window.keep(first))
    window._move("ferry-0", first.memberships[0].story)
    window._traits["ferry-0"] = some["ferry-0"]
    list(window.keep(settle(some["alvdal-1"], window)))
    assert window.story_of("ferry-0") == window.story_of("alvdal-0") == window.story_of("alvdal-1")


def test_of_two_decisions_that_contradict_one_another_the_newer_holds() -> None:
    apart = Decision(kind="apart", sides={"alvdal-0": 0, "alvdal-1": 1})
    together = Decision(kind="together", sides={"alvdal-0": 0, "alvdal-1": 0})
    assert len({put(known(), Decided(apart, together))[0][f"alvdal-{n}"] for n in range(2)}) == 2
    assert len({put(known(), Decided(together, apart))[0][f"alvdal-{n}"] for n in range(2)}) == 1


def test_a_story_larger_than_what_is_looked_at_keeps_together() -> None:
    some = [traits(report(f"a-{n:03}", ALVDAL[n % 3][0], f"{ALVDAL[n % 3][1]} Report {n}.")) for n in range(MEMBERS + 20)]
    stories, _ = put(some)
    assert len(set(stories.values())) == 1


def test_a_window_lets_go_of_what_came_long_ago() -> None:
    window = Window(last=3)
    gone = [article for each in known() for article, _ in window.keep(settle(each, window))]
    assert gone == [each.article for each in known()][:-3]
    assert len(window._story) == 3
    assert {article for some in window._postings.values() for article in some} == set(window._story)


NOTHING = ("", "   ", "!!!", "the of and", "7", "\u0000", "日本語の記事です", "a" * 5000)


@pytest.mark.parametrize("text", NOTHING)
def test_an_article_that_says_nothing_has_a_story_of_its_own(text: str) -> None:
    stories, _ = put([*known(), traits(report("odd", "", text))])
    assert list(stories.values()).count(stories["odd"]) == 1


@given(st.lists(st.text(max_size=300), min_size=1, max_size=6))
def test_any_prose_is_put_somewhere(texts: list[str]) -> None:
    some = [traits(report(f"a-{n}", text[:40], text, None)) for n, text in enumerate(texts)]
    stories, _ = put(some)
    assert set(stories) == {each.article for each in some}


@given(st.lists(st.text(max_size=300), min_size=1, max_size=5), st.text(max_size=300))
def test_closeness_is_finite_and_the_same_both_ways(texts: list[str], other: str) -> None:
    some = [traits(report(f"a-{n}", "", text, None)) for n, text in enumerate([*texts, other])]
    close = closeness(some)
    assert np.isfinite(close).all()
    assert np.allclose(close, close.T, atol=1e-5)
    assert np.allclose(closeness(some[-1:], some[:-1])[0], close[-1, :-1], atol=1e-5)


@given(st.integers(0, 2**32 - 1), st.integers(2, 12))
def test_groups_depend_on_closeness_alone(seed: int, size: int) -> None:
    """Rows in another order give the same groups, as long as no two values are equal."""
    random_ = np.random.default_rng(seed)
    close = random_.random((size, size)).astype(np.float32)
    close = (close + close.T) / 2
    turned = random_.permutation(size)

    def sets(labels: Sequence[int], names: Sequence[int]) -> set[frozenset[int]]:
        return {frozenset(int(names[i]) for i, label in enumerate(labels) if label == each) for each in labels}

    assert sets(clusters(close), range(size)) == sets(clusters(close[np.ix_(turned, turned)]), turned.tolist())


@given(st.integers(0, 2**32 - 1), st.integers(3, 10))
def test_groups_respect_what_belongs_together_and_what_does_not(seed: int, size: int) -> None:
    close = np.random.default_rng(seed).random((size, size)).astype(np.float32)
    labels = clusters((close + close.T) / 2, together=[[0, 1]], apart=[(1, 2)])
    assert labels[0] == labels[1]
    assert labels[1] != labels[2]
