"""The page of a story: counts, copies, what a report alone has, the brief; and stories that are empty, alone, large or hostile."""

from __future__ import annotations

import msgspec
import pytest

from onrecord.ask.citations import proven
from onrecord.ask.coverage import Limits
from onrecord.ask.gathering import gather
from onrecord.ask.numbering import marks
from onrecord.ask.sheet import Coverage, Words
from onrecord.records import Record, Said, Span, When
from onrecord.reports import Evidence, Report

from .standins import Cited, Room, concluded, page, report, story, troops


@pytest.fixture(scope="module")
def sample() -> Coverage:
    return page()


def everything(record: object) -> list[object]:
    """The record and all records in it."""
    if isinstance(record, tuple):
        return [each for one in record for each in everything(one)]
    if not isinstance(record, Record):
        return []
    return [record, *(each for name in record.__struct_fields__ for each in everything(getattr(record, name)))]


def test_every_word_on_the_page_is_proven_by_its_citation(sample):
    reports = {each.article: each for each in troops()}
    words = [each for each in everything(sample) if isinstance(each, Words)]
    assert len(words) > 100
    for each in words:
        cited = sample.citations[each.cite - 1]
        assert cited.span.text == each.text
        assert proven(reports, cited)


def test_citations_are_numbered_as_they_are_read(sample):
    order = list(dict.fromkeys(marks(sample)))
    assert order == list(range(1, len(order) + 1))


def test_the_page_counts_reports_outlets_copies_and_origins(sample):
    assert (sample.reports, len(sample.outlets), sample.copies, sample.origins) == (6, 6, 1, 3)
    assert sample.central is not None
    assert sample.central.origin_names == ("Die Lage", "Põhjala Leht")


def test_the_headline_is_one_of_the_storys_own(sample):
    assert sample.headline is not None
    assert sample.title in {each.title for each in troops()}


def test_the_brief_has_five_to_twelve_sentences_that_end(sample):
    assert 5 <= len(sample.brief) <= 12
    for sentence in sample.brief:
        assert sentence.text[0].isupper()
        assert sentence.text.rstrip("”’")[-1] in ".?!"
        assert sentence.text.count("“") == sentence.text.count("”")
        assert sentence.cites


def test_the_brief_tells_who_confirms_what_comes_later_and_how_many_origins(sample):
    kinds = [sentence.kind for sentence in sample.brief]
    assert kinds[0] == "says"
    assert {"confirms", "later", "origins"} <= set(kinds)
    assert kinds[-2:] == ["origins", "origins"]
    assert sample.brief[-2].text == "The central statement has two independent origins: Die Lage and Põhjala Leht."
    assert sample.brief[-1].text.startswith("The story as a whole, six reports by six outlets of 26 to 29 May 2024, has three")


def test_who_only_doubts_is_not_said_to_deny(sample):
    assert not any("does not believe" in sentence.text for sentence in sample.brief if sentence.kind == "denies")
    doubts = [each.kind for each in sample.accords if any("does not believe" in words.text for words in each.words)]
    assert doubts == ["contests"]


def test_one_person_has_one_block(sample):
    names = [voice.name for voice in sample.voices]
    assert len(names) == len(set(names))
    assert sample.voices[0].role is not None


def test_the_brief_quotes_a_promise_with_its_conditions(sample):
    first = sample.brief[0].text
    assert "If Russia achieves a strategic breakthrough" in first
    assert "the ammunition" in first


def test_a_copy_is_folded_under_what_it_copies(sample):
    assert [entry.outlet for entry in sample.entries] == [
        "Die Lage", "Baltic News Wire", "The Vistula Post", "Põhjala Leht", "Meridian Review",
    ]  # fmt: skip
    assert [copy.outlet for copy in sample.entries[1].copies] == ["Skagerrak Post"]


def test_what_a_report_alone_has_stands_in_no_other_but_its_copies(sample):
    heads = {entry.article: {entry.article, *(copy.article for copy in entry.copies)} for entry in sample.entries}
    texts = {each.article: each.text for each in troops()}
    assert sum(len(entry.adds) for entry in sample.entries) >= 8
    for entry in sample.entries:
        for addition in entry.adds:
            longest = max((words.text for words in addition.words), key=len)
            assert not [article for article, text in texts.items() if article not in heads[entry.article] and longest in text]


def test_actors_come_by_prominence_and_speak_first_of_what_binds_them_then_in_order_of_time(sample):
    assert sample.voices[0].name == "Hillar Ristsoo"
    order = [(("binding", "refusing", "other").index(said.group), said.day.first) for said in sample.voices[0].utterances]
    assert order == sorted(order)
    assert len({said.group for said in sample.voices[0].utterances}) > 1
    assert not any(voice.name in ("Die Lage", "Baltic News Wire") for voice in sample.voices)


def test_a_condition_is_shown_part_by_part(sample):
    clause = next(said.clauses[0] for said in sample.voices[0].utterances if said.clauses)
    assert clause.joined == "and"
    assert len(clause.parts) == 2


def test_an_alliance_is_not_spelt_out_by_its_members(sample):
    assert not any(len(voice.countries) > 3 for voice in sample.voices)


# Stories that are none, or one, or many.


def test_a_story_of_nothing_is_a_page_of_nothing():
    found = page([], of=msgspec.structs.replace(story(troops()), articles=()))
    assert (found.reports, found.brief, found.entries, found.headline) == (0, (), (), None)


ALONE = (
    "Marit Holm said that Norland would open the gate if the talks succeed. "
    "According to a report by Abendschau, the deputies had refused to come in March 2024."
)


def alone() -> Report:
    return report(
        ALONE,
        {"speaker": "Marit Holm", "cue": "said", "content": ["that Norland would open the gate if the talks succeed"], "act": "commit",
         "actors": ["person:marit-holm"], "names": {"person:marit-holm": "Marit Holm"},
         "condition": ("if", "the talks succeed", "Norland would open the gate")},
    )  # fmt: skip


def test_an_article_alone_says_so_and_lists_what_it_cites():
    one = alone()
    start = ALONE.index("a report by Abendschau")
    words = Evidence(article=one.article, span=Span(start=start, end=start + 22, text="a report by Abendschau"))
    found = page([one], cited=[Cited(title="Abendschau, report", when=None, spans=(words,))])
    assert [each.name for each in found.wanted] == ["Abendschau, report"]
    assert found.wanted[0].words[0].text == "a report by Abendschau"
    assert found.brief[-1].text == "No other coverage is held; the article cites “a report by Abendschau”."


def many(count: int) -> list[Report]:
    text = "Marit Holm said that {}. The gate is old and the hill is green."
    found = []
    for number in range(count):
        said = f"door{number} hall{number} roof{number} open"
        made = {"speaker": "Marit Holm", "cue": "said", "content": [f"that {said}"], "actors": ["person:holm"], "act": "commit"}
        day = f"2024-05-{1 + number % 28:02}"
        named = {**made, "names": {"person:holm": "Marit Holm"}}
        found.append(report(text.format(said), named, article=f"ar_{number:03}", outlet=f"Gazette {number}", day=day))
    return found


def test_a_story_of_two_hundred_articles_is_bounded_and_says_what_is_left_out():
    found = page(many(200))
    assert found.reports == 200
    assert (len(found.entries), found.more_entries) == (50, 150)
    assert len(found.voices[0].utterances) == 8
    assert found.voices[0].more == 192
    assert len(found.papers) <= 60


def test_limits_can_be_asked_for():
    found = page(many(30), limits=Limits(entries=4, said=2))
    assert (len(found.entries), found.more_entries) == (4, 26)
    assert len(found.voices[0].utterances) == 2


def test_an_endless_headline_is_cut():
    found = page([msgspec.structs.replace(alone(), title="word " * 10_000)])
    assert len(found.title) <= 300


# Who speaks.


def speaks(*said: dict[str, object], **values: object) -> list[tuple[str, list[str]]]:
    """Who is heard in a report of these statements, and what of them."""
    text = "".join(f"{each['speaker']} said {each['content']}. " for each in said)
    made = [
        {"cue": "said", "act": "assert", **each, "content": [each["content"]], "names": {each["actors"][0]: each["speaker"]}}  # type: ignore[index]
        for each in said
    ]
    found = page([report(text, *made, **values)])
    return [(voice.name, [words.text for one in voice.utterances for words in one.words]) for voice in found.voices]


def test_a_person_is_one_whatever_else_stands_beside_in_a_wording():
    holm, minister = {"actors": ["person:marit-holm"]}, {"actors": ["person:marit-holm", "state:NOR"]}
    found = speaks({"speaker": "Marit Holm", "content": "that the gate will open soon", **holm},
                   {"speaker": "Norland’s minister", "content": "that carts have to wait outside", **minister})  # fmt: skip
    assert len(found) == 1


def test_of_two_speakers_of_the_same_words_the_surer_is_kept():
    one = {"speaker": "Marit Holm", "content": "that the gate will open soon", "actors": ["person:marit-holm"]}
    text = "Marit Holm said that the gate will open soon."
    made = [
        {"cue": "said", "act": "commit", "speaker": "Marit Holm", "content": [one["content"]], "actors": ["person:marit-holm"],
         "names": {"person:marit-holm": "Marit Holm"}, "confidence": 0.9},
        {"cue": "said", "act": "commit", "speaker": "the gate", "content": [one["content"]], "actors": ["org:gate"],
         "names": {"org:gate": "The Gate"}, "confidence": 0.7},
    ]  # fmt: skip
    assert [voice.name for voice in page([report(text, *made)]).voices] == ["Marit Holm"]


def test_what_the_reader_was_not_sure_of_is_marked_and_not_in_the_brief():
    text = "Marit Holm said that Norland will open the gate."
    made = {"cue": "said", "act": "commit", "speaker": "Marit Holm", "content": ["that Norland will open the gate"],
            "actors": ["person:marit-holm"], "names": {"person:marit-holm": "Marit Holm"}}  # fmt: skip
    unsure, sure = (page([report(text, {**made, "confidence": value})]) for value in (0.55, 0.9))
    assert [said.unsure for found in (unsure, sure) for said in found.voices[0].utterances] == [True, False]
    assert (len(unsure.brief), len(sure.brief)) == (0, 1)


def test_an_article_without_an_outlet_is_called_by_its_headline():
    some = [msgspec.structs.replace(each, outlet=None) for each in troops()]
    found = page(some, **{key: value for key, value in concluded(troops()).items() if key != "outlets"})
    told = [*found.origin_names, *(name for voice in found.voices for said in voice.utterances for name in said.outlets)]
    assert told
    assert all(name.startswith("“") for name in told)


# Sample and real.


def earlier(article: str) -> Report:
    return report(
        "Hillar Ristsoo said that Estonia would send soldiers to Ukraine if ammunition fails.",
        {"speaker": "Hillar Ristsoo", "cue": "said", "content": ["that Estonia would send soldiers to Ukraine if ammunition fails"],
         "actors": ["person:hillar-ristsoo"], "act": "commit", "names": {"person:hillar-ristsoo": "Hillar Ristsoo"}},
        article=article, outlet="Old Gazette", day="2024-01-03",
    )  # fmt: skip


def test_earlier_positions_on_the_same_matter_are_background():
    before = earlier("ar_before")
    found = page(background=[(before, "st_ar_before_0")])
    assert [(each.outlet, each.within) for each in found.background if not each.within] == [("Old Gazette", False)]
    assert any(not paper.member for paper in found.papers)


def test_sample_and_real_articles_are_never_joined():
    before, ids = earlier("ar_before"), [each.article for each in troops()]
    for sample in (ids, ["ar_before"]):
        found = page(background=[(before, "st_ar_before_0")], sample=sample)
        assert all(each.within for each in found.background)
        assert all(paper.member for paper in found.papers)
        assert found.sample == (sample is ids)


def test_what_a_report_looks_back_on_is_background_and_does_not_lead():
    one = alone()
    when = When(first="2024-01-05", to="2024-01-05", granularity="day", spans=())
    statements = tuple(msgspec.structs.replace(each, said=Said(when=when, where=())) for each in one.extraction.statements)
    found = page([msgspec.structs.replace(one, extraction=msgspec.structs.replace(one.extraction, statements=statements))])
    assert [each.day.first for each in found.background] == ["2024-01-05"]


# What is asked of a newsroom.


def test_a_page_is_gathered_from_a_newsroom():
    room = Room(troops())
    found = gather(room, room.made, sample=room.made.articles)
    assert found.sample
    assert found.reports == 6
    assert 5 <= len(found.brief) <= 12


def test_removed_articles_are_on_no_page():
    room = Room(troops())
    del room.held["w5-troops-04"]
    found = gather(room, room.made)
    assert found.reports == 5
    assert "The Vistula Post" not in found.outlets


def test_concluded_things_about_other_articles_are_left_out():
    known = concluded(troops())
    some = [each for each in troops() if each.article != "w5-troops-04"]
    found = page(some, **known)
    assert all(each.article != "w5-troops-04" for each in found.citations)
