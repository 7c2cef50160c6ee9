"""Which statements word one saying, and which only sound alike."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.group.invented import Line, Memory, report, told

from onrecord.group.sayings import place
from onrecord.reports import Copy

CLOSE = "Norland will close the gate at Vik unless the tolls are paid by June"
SEND = "Norland will send forty engineers to Sudland if the dam at Vik breaks"

ONE = [
    ("the same words", Line(content=SEND, act="commit"), Line(content=SEND, act="commit")),
    (
        "other words",
        Line(content=SEND, act="commit", conditions=("the dam at Vik breaks",)),
        Line(content="Norland would dispatch forty engineers to Sudland in case the dam at Vik broke", act="commit"),
    ),
    (
        "a part of the condition left out",
        Line(content=f"{SEND} and the road is open", act="commit", conditions=("the dam at Vik breaks", "the road is open")),
        Line(content=SEND, act="commit", conditions=("the dam at Vik breaks",)),
    ),
    (
        "a quotation, and the quotation in a longer one",
        Line(content="“We are not going to count the waves before breakfast”", manner="direct"),
        Line(content="“It is late. We are not going to count the waves before breakfast.”", manner="direct"),
    ),
    (
        "a quotation, and the same words without marks",
        Line(content="“Nobody counts the waves at Vik before breakfast”", manner="direct"),
        Line(content="that nobody counts the waves at Vik before breakfast"),
    ),
    (
        "by name, and by office",
        Line(content=SEND, act="commit"),
        Line(speaker="the Norlandish defence minister", actors=("group:defence-minister",), content=SEND, act="commit", countries=()),
    ),
    (
        "by full name, and by surname",
        Line(content=SEND, act="commit"),
        Line(speaker="Holm", actors=("person:holm",), content=SEND, act="commit"),
    ),
    (
        "by name, and by name with a piece of the office",
        Line(content=SEND, act="commit"),
        Line(speaker="Minister of Harbours Marit Holm", actors=("person:harbours-marit-holm",), countries=(), content=SEND, act="commit"),
    ),
    (
        "the speaker's country taken for the target, where one report does not know whose minister it is",
        Line(content="Norway would stop lending pumps to Latvia and Sudland", act="threaten"),
        Line(content="Norway would stop lending pumps", countries=(), act="threaten"),
    ),
    (
        "a letter, and a paper that quotes the letter",
        Line(content="“Water knows no mayor”", manner="direct", cue="writes"),
        Line(speaker="the paper", actors=("outlet:fjord-post",), countries=(), content="“Water knows no mayor”", manner="direct"),
    ),
    (
        "many words quoted alike, by one report on the day it says they were said and by the other on the day after",
        Line(content="“We count no waves at Vik, and we pay no tolls to those who do”", manner="direct", said="2031-05-05"),
        Line(content="“We count no waves at Vik, and we pay no tolls to those who do”", manner="direct", said="2031-05-06"),
    ),
    (
        "days that fit",
        Line(content=SEND, act="commit", said="2031-05-05"),
        Line(content=SEND, act="commit"),
    ),
]  # fmt: skip

TWO = [
    ("another speaker", Line(content=CLOSE), Line(speaker="Olek Brandt", actors=("person:olek-brandt",), countries=(), content=CLOSE)),
    (
        "a few words quoted alike on two days",
        Line(content="“No waves at Vik”", manner="direct", said="2031-05-04"),
        Line(content="“No waves at Vik”", manner="direct", said="2031-05-05"),
    ),
    ("another day", Line(content=CLOSE, said="2031-05-04"), Line(content=CLOSE, said="2031-05-05")),
    (
        "another number",
        Line(content="Norland will send forty engineers to the dam"),
        Line(content="Norland will send sixty engineers to the dam"),
    ),
    (
        "another number of another name",
        Line(content="the flood at Vik killed 12 people in the valley"),
        Line(content="the flood at Vik killed 31 villagers in the valley"),
    ),
    (
        "the contrary",
        Line(content="the harbour council will accept the new tolls"),
        Line(content="the harbour council will not accept the new tolls"),
    ),
    (
        "a refusal of what was promised",
        Line(content="to open the gate at Vik to freight trains", act="permit"),
        Line(content="to open the gate at Vik to freight trains", act="refuse"),
    ),
    (
        "another condition",
        Line(content="Norland will open the gate if Sudland pays the tolls", act="commit", conditions=("Sudland pays the tolls",)),
        Line(content="Norland will open the gate if the fishermen end their strike", act="commit", conditions=("the fishermen end",)),
    ),
    (
        "another target",
        Line(content="to send engineers and pumps to Denmark", act="commit"),
        Line(content="to send engineers and pumps to Latvia", act="commit"),
    ),
    (
        "another occasion",
        Line(content="the gate at Vik opens in June", told="parliament"),
        Line(content="the gate at Vik opens in June", told="reporters"),
    ),
    (
        "a position that changed since",
        Line(content="Norland will send engineers to the dam at Vik", act="commit"),
        Line(content="Norland could send engineers to the dam at Vik", act="commit", continuity="soften"),
    ),
    (
        "two quotations of other words",
        Line(content="“The engineers will leave Vik and write from the train”", manner="direct"),
        Line(content="“Half the engineers will leave as well”", manner="direct"),
    ),
    (
        "words quoted days after what they seem to word",
        Line(content="the engineers would leave Vik and write from the train", said="2031-05-03"),
        Line(content="“Half the engineers can leave as well”", manner="direct"),
    ),
    (
        "two things that one medium reports",
        Line(speaker="It", actors=("outlet:post",), countries=(), content="foreign barges carried 900 tonnes of salt to Vik last year"),
        Line(speaker="It", actors=("outlet:post",), countries=(), content="Norland wants to keep foreign barges out of Vik"),
    ),
    (
        "the same matter and not the same thing",
        Line(content="the dam at Vik was built by her grandfather"),
        Line(content="the dam at Vik needs new pumps and more money"),
    ),
]  # fmt: skip


def pair(one, other, **how):
    reports = [report("one", [one], outlet="Harbour Gazette"), report("two", [other], outlet="Fjord Post", day="2031-05-07")]
    return len(told(reports, **how).groups())


@pytest.mark.parametrize(("what", "one", "other"), ONE, ids=[row[0] for row in ONE])
def test_statements_that_report_one_thing_are_one_saying(what, one, other):
    assert pair(one, other) == 1
    assert pair(other, one) == 1


@pytest.mark.parametrize(("what", "one", "other"), TWO, ids=[row[0] for row in TWO])
def test_what_only_sounds_alike_stays_apart(what, one, other):
    assert pair(one, other) == 2
    assert pair(other, one) == 2


def test_outside_a_story_a_named_speaker_is_found_again_and_a_nameless_one_is_not():
    named, nameless = (
        Line(content=SEND, act="commit"),
        Line(speaker="an official", actors=("group:official",), countries=(), content=SEND, unnamed=True),
    )
    assert pair(named, named, story=False) == 1
    assert pair(nameless, nameless, story=False) == 2
    assert pair(nameless, nameless) == 1


def test_weeks_later_the_same_words_are_a_new_saying():
    line = Line(content=SEND, act="commit")
    assert len(told([report("one", [line]), report("two", [line], day="2031-06-20")]).groups()) == 2


def test_a_copy_words_what_its_original_words_however_vague_the_speaker():
    line = Line(speaker="some", actors=(), countries=(), content="it", act="deny", unnamed=True)
    reports = [report("one", [line]), report("two", [line], day="2031-05-07")]
    copy = Copy(article="two", of="one", kind="near", jaccard=0.9, containment=0.95, contained=0.95)
    assert len(told(reports, [copy]).groups()) == 1
    assert len(told(reports).groups()) == 2


def test_a_report_that_mistakes_a_speakers_country_joins_by_one_that_does_not():
    words = "to let only ninety barges through the gate at Vik this year"
    state = Line(speaker="Norway", actors=("state:NOR",), cue="plans", content=words, act="commit")
    known = Line(content=f"Norway means {words}", act="commit")
    mistaken = Line(content=f"Norway means {words}", countries=("SWE",), act="commit")
    reports = [report(f"a{at}", [line]) for at, line in enumerate((state, known, mistaken))]
    assert len(told(reports[:1] + reports[2:]).groups()) == 2
    assert len(told(reports).groups()) == 1


def test_what_was_placed_again_stays_where_it_was():
    lines = [Line(content=SEND, act="commit"), Line(content=CLOSE, act="threaten")]
    reports = [report("one", lines), report("two", lines, day="2031-05-07")]
    shelf = told(reports)
    before = dict(shelf.saying)
    for each in reports:
        again = place(each, (), [other.article for other in reports if other.article != each.article], shelf)
        assert again.merged == ()
        shelf.keep(again)
    assert shelf.saying == before


def test_a_new_reading_keeps_the_id_of_a_saying_that_only_this_article_words():
    first = report("one", [Line(content=SEND, act="commit")])
    shelf = told([first])
    before = set(shelf.saying.values())
    longer = msgspec.structs.replace(first, reading="rd_two")
    shelf.keep(place(longer, (), (), shelf))
    assert set(shelf.saying.values()) == before


def test_two_sayings_that_a_third_report_shows_to_be_one_leave_a_trace():
    first = Line(content="Norland will close the gate at Vik")
    second = Line(content="from June on no ships pass unless the tolls are paid")
    both = Line(content="Norland will close the gate at Vik and from June on no ships pass unless the tolls are paid")
    shelf = told([report("one", [first]), report("two", [second])])
    assert len(shelf.groups()) == 2
    ids = set(shelf.saying.values())
    shelf.keep(place(report("three", [both]), (), ["one", "two"], shelf))
    assert {shelf.last(id_) for id_ in ids} <= set(shelf.saying.values()) | set(shelf.into.values())


WORDS = (
    "Norland will",
    "never",
    "close",
    "the gate at Vik",
    "send 40 engineers",
    "“as soon as the ice on the lake is gone”",
    "if the dam breaks",
    "in June",
)
LINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join).map(lambda content: Line(content=content, act="commit"))


@given(st.lists(st.lists(LINES, min_size=1, max_size=3), min_size=1, max_size=4))
def test_every_statement_words_exactly_one_saying(articles):
    reports = [report(f"a{at}", lines) for at, lines in enumerate(articles)]
    shelf = told(reports)
    keys = {(each.article, statement.anchor) for each in reports for statement in each.extraction.statements}
    assert set(shelf.saying) == keys
    assert sum(len(group) for group in shelf.groups()) == len(keys)


@given(st.lists(st.lists(LINES, min_size=1, max_size=2), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_placing_all_of_them_again_in_any_order_loses_no_id(articles, random):
    reports = [report(f"a{at}", lines) for at, lines in enumerate(articles)]
    shelf = told(reports)
    ids = set(shelf.saying.values()) | set(shelf.into)
    random.shuffle(reports)
    for each in reports:
        shelf.keep(place(each, (), [other.article for other in reports if other.article != each.article], shelf))
    held = set(shelf.saying.values())
    assert all(shelf.last(id_) not in shelf.into for id_ in ids)
    assert set(shelf.saying) == {(each.article, statement.anchor) for each in reports for statement in each.extraction.statements}
    assert held


def test_an_empty_article_has_no_sayings():
    shelf = Memory()
    assert place(report("one", []), (), (), shelf).placed == ()
