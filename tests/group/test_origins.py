"""Origins: who had it first hand, who has it from whom, and how many that makes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.group.coverage import condition, report, statement

from onrecord.group.matters import Told
from onrecord.group.origins import of_story, origins
from onrecord.records import Statement
from onrecord.reports import Copy, Origins, Report

HAND = "The yard will close unless the state pays, Ada Brink told {own}."
CITES = "The yard will close unless the state pays, Ada Brink told {other}."
BARE = "The yard will close unless the state pays, it was heard in the harbour."


def one(name: str, outlet: str, *, of: str | None = None, day: str = "2025-03-03", text: str | None = None, **more: object) -> Told:
    """A report of the yard with its statement: told to the outlet itself, or to another."""
    words = text or (HAND.format(own=outlet) if of is None else CITES.format(other=of))
    fields = {"speaker": "Ada Brink", "cue": "told", "actor": "person:ada-brink", "to": of or outlet, "outlet": of or outlet}
    said = statement(words, "The yard will close unless the state pays", **{**fields, **more})  # type: ignore[arg-type]
    return report(name, outlet, day, words, said), said


def bare(name: str, outlet: str, day: str = "2025-03-05") -> Told:
    said = statement(BARE, "The yard will close unless the state pays")
    return report(name, outlet, day, BARE, said), said


def found(told: Sequence[Told], copies: Sequence[Copy] = (), kind: str = "saying") -> Origins:
    return origins("sy_1", told, [each for each, _ in told], copies, kind=kind)  # type: ignore[arg-type]


def counts(result: Origins) -> dict[str, bool | None]:
    return {each.article: each.counts for each in result.counted}


# Reports of one saying, and which of them count.
CASES = [
    ("one that had it itself", [one("01", "Harbour Post")], 1, [True]),
    ("two that had it themselves", [one("01", "Harbour Post"), one("02", "Selm Echo")], 2, [True, True]),
    ("one and another that cites it", [one("01", "Harbour Post"), one("02", "Selm Echo", of="Harbour Post")], 1, [True, False]),
    (
        "a chain",
        [one("01", "Harbour Post"), one("02", "Selm Echo", of="Harbour Post"), one("03", "Rift Herald", of="Selm Echo", day="2025-03-04")],
        1,
        [True, False, False],
    ),
    ("two that cite each other", [one("01", "Selm Echo", of="Rift Herald"), one("02", "Rift Herald", of="Selm Echo")], 1, [False, False]),
    (
        "two that cite a medium that is not held",
        [one("01", "Selm Echo", of="Radio Kest"), one("02", "Rift Herald", of="Radio Kest")],
        1,
        [False, False],
    ),
    ("one newsroom twice", [one("01", "Harbour Post"), one("02", "Harbour Post", day="2025-03-04")], 1, [True, False]),
    ("one house twice", [one("01", "The Times"), one("02", "The Wall Street Journal")], 1, [True, False]),
    ("two houses", [one("01", "The Times"), one("02", "Le Monde")], 2, [True, True]),
    ("one that does not say where it has it from", [one("01", "Harbour Post"), bare("02", "Selm Echo")], 1, [True, None]),
]  # fmt: skip


@pytest.mark.parametrize("name, told, count, verdicts", CASES, ids=[case[0] for case in CASES])
def test_the_origins_are_those_that_had_it_and_media_that_are_only_cited(
    name: str, told: list[Told], count: int, verdicts: list[bool | None]
) -> None:
    result = found(told)
    assert (result.count, list(counts(result).values())) == (count, verdicts)
    assert result.unknown == verdicts.count(None)


def test_every_report_has_a_sentence_that_begins_with_its_verdict() -> None:
    told = [one("01", "Harbour Post"), one("02", "Selm Echo", of="Harbour Post"), bare("03", "Rift Herald")]
    openings = [each.sentence.split(":")[0] for each in found(told).counted]
    assert openings == ["counts", "does not count", "not known"]


def test_a_copy_does_not_count_and_its_sentence_has_the_share_of_its_words() -> None:
    first, second = one("01", "Harbour Post"), one("02", "Selm Echo", of="Harbour Post")
    copy = Copy(article="02", of="01", kind="exact", jaccard=1, containment=1, contained=1)
    counted = found([first, second], [copy]).counted[1]
    assert counted.sentence == "does not count: copy of Harbour Post’s report of 3 March (100 % of its words)"
    assert (counted.counts, counted.origin) == (False, "01")


def test_what_counts_says_by_which_words_the_report_had_it_first_hand() -> None:
    counted = found([one("01", "Harbour Post")]).counted[0]
    assert counted.sentence == "counts: Harbour Post has it from Ada Brink first hand (“told Harbour Post”)"
    assert [evidence.span.text for evidence in counted.spans][:2] == ["told Harbour Post", "told"]


def test_a_medium_that_several_cite_and_that_is_not_held_is_the_origin_of_all_of_them() -> None:
    result = found([one("01", "Selm Echo", of="Radio Kest"), one("02", "Rift Herald", of="Radio Kest")])
    assert {each.origin for each in result.counted} == {"Radio Kest"}
    assert "whose report we do not hold" in result.counted[0].sentence


CONFIRMS = "The letter on the yard exists: the ministry confirmed to Selm Echo that the state was asked to pay for the yard."
DENIES = "The ministry denied to Selm Echo that the yard was to be sold to a bank."
SOFTER = "The yard may stay open if the bank pays, Ada Brink told Selm Echo."


def second(text: str, content: str, speaker: str, cue: str, **more: object) -> Report:
    said = statement(text, content, speaker, cue, to="Selm Echo", outlet="Selm Echo", **more)  # type: ignore[arg-type]
    return report("02", "Selm Echo", "2025-03-05", text, said)


def commitment(later: Report) -> Origins:
    first = one("01", "Harbour Post")
    return origins("cm_1", [first], [first[0], later])


def test_who_confirms_a_commitment_first_hand_counts_and_is_listed_apart() -> None:
    content = "that the state was asked to pay for the yard"
    result = commitment(second(CONFIRMS, content, "the ministry", "confirmed", actor="org:ministry", lemma="confirm"))
    assert result.count == 2
    assert [each.confirms for each in result.counted] == [False, True]


def test_who_denies_something_else_confirms_nothing() -> None:
    result = commitment(
        second(DENIES, "that the yard was to be sold to a bank", "The ministry", "denied", actor="org:ministry", lemma="deny", act="deny")
    )
    assert result.count == 1
    assert counts(result)["02"] is False


def test_a_new_position_of_the_same_speaker_is_no_second_account() -> None:
    later = second(SOFTER, "The yard may stay open if the bank pays", "Ada Brink", "told", actor="person:ada-brink", continuity="soften")
    result = commitment(later)
    assert result.count == 1
    assert "new position" in result.counted[1].sentence


def test_a_denial_is_no_origin_of_what_it_denies() -> None:
    text = "The director denied to Selm Echo that the yard will close unless the state pays."
    said = statement(
        text, "that the yard will close unless the state pays", "The director", "denied", act="deny", to="Selm Echo", outlet="Selm Echo"
    )
    first, second_report = one("01", "Harbour Post"), report("02", "Selm Echo", "2025-03-05", text, said)
    result = origins("cm_1", [first, (second_report, said)], [first[0], second_report])
    assert result.count == 1
    assert "denied" in result.counted[1].sentence


def test_two_reports_of_one_public_post_have_one_origin() -> None:
    text = "Unless the state pays, the yard will close, Ada Brink wrote on Telegram."
    said = statement(text, "Unless the state pays, the yard will close", "Ada Brink", "wrote", actor="person:ada-brink")
    told = [(report(name, outlet, "2025-03-03", text, said), said) for name, outlet in (("01", "Harbour Post"), ("02", "Selm Echo"))]
    result = found(told)
    assert (result.count, list(counts(result).values())) == (1, [True, False])
    assert "same public post" in result.counted[1].sentence


def test_a_report_that_others_have_it_from_counts_though_it_was_not_read_to_tell_it() -> None:
    first = report("01", "Harbour Post", "2025-03-02", "“A promise floats no ship,” Ada Brink told this newspaper.")
    told = [one("02", "Selm Echo", of="Harbour Post")]
    result = origins("cm_1", told, [first, told[0][0]])
    assert (result.count, counts(result)) == (1, {"01": True, "02": False})


def test_reaffirming_on_a_new_occasion_counts() -> None:
    text = "Unless the state pays, the yard closes, Ada Brink reaffirmed to Selm Echo."
    later = second(
        text,
        "Unless the state pays, the yard closes",
        "Ada Brink",
        "reaffirmed",
        actor="person:ada-brink",
        lemma="reaffirm",
        continuity="reaffirm",
    )
    assert commitment(later).count == 2


HELD = "unless the state pays the harbour bank by June and the crane at Vik is mended"
LONG = f"The yard will close and dismiss its welders {HELD}, Ada Brink told Harbour Post."
BODY = LONG.removesuffix(", Ada Brink told Harbour Post.")


def hung(text: str, later: Statement | None, *more: Statement, tells: bool = False, **fields: object) -> Origins:
    """The origins of a commitment on two conditions, which a second report of that text may tell, too."""
    said = statement(LONG, BODY, "Ada Brink", "told", actor="person:ada-brink", act="threaten", to="Harbour Post", outlet="Harbour Post")
    bound = condition(LONG, said, "unless", "the state pays the harbour bank by June and the crane at Vik is mended")
    first = report("01", "Harbour Post", "2025-03-03", LONG, said, conditions=(bound,))
    every = [each for each in (later, *more) if each is not None]
    other = report("02", "Selm Echo", "2025-03-08", text, *every, **fields)
    told = [(first, said), *((other, each) for each in every if tells)]
    return origins("cm_1", told, [first, other])


def test_what_is_only_looked_back_at_counts_for_nothing() -> None:
    text = f"The crane stands idle. In March Ada Brink had warned that the yard would close and dismiss its welders {HELD}."
    content = text.partition("warned ")[2].removesuffix(".")
    later = statement(text, content, "Ada Brink", "had warned", actor="person:ada-brink", act="threaten")
    result = hung(text, later, tells=True)
    assert result.count == 1
    assert "looks back" in result.counted[1].sentence


def test_a_headline_is_no_account_beside_a_text_that_names_its_source() -> None:
    text = f"{BODY}, Ada Brink told Harbour Post. “We heard nothing,” the mayor told Selm Echo."
    cited = statement(text, BODY, "Ada Brink", "told", actor="person:ada-brink", act="threaten", to="Harbour Post", outlet="Harbour Post")
    mayor = statement(text, "“We heard nothing,”", "the mayor", "told Selm", actor="group:mayor", lemma="tell")
    title = f"{BODY}, says Ada Brink"
    top = statement(title, BODY, "Ada Brink", "says", actor="person:ada-brink", act="threaten")
    top = replace(
        top, id="st_title", content=(replace(top.content[0], place="title"),), cue=replace(top.cue, place="title"),
        speaker=replace(top.speaker, place="title"),
    )  # fmt: skip
    result = hung(text, cited, top, mayor, tells=False)
    assert result.count == 1


def test_that_what_it_hangs_on_came_about_confirms_nothing() -> None:
    text = "The port confirmed to Selm Echo that the crane at Vik is mended and the bank paid."
    later = statement(text, "that the crane at Vik is mended and the bank paid", "The port", "confirmed", actor="org:port", lemma="confirm")
    assert hung(text, later).count == 1


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("“She told us first: by June the harbour bank is paid and the crane mended, or the welders go”", 2),
        ("“If by June the harbour bank is paid and the crane mended, the welders stay”", 1),
    ],
)
def test_whom_it_was_said_to_confirms_it_and_who_only_speaks_of_it_does_not(words: str, count: int) -> None:
    text = f"{words}, Nils Orre of the union said to Selm Echo by telephone."
    later = statement(text, words, "Nils Orre", "said", actor="person:nils-orre", to="Selm Echo", outlet="Selm Echo")
    assert hung(text, later).count == count


@pytest.mark.parametrize(("whose", "count"), [("The mayor showed us a note from the yard.", 2), ("There is a note from the yard.", 1)])
def test_a_paper_that_a_report_was_shown_counts_though_nobody_says_it(whose: str, count: int) -> None:
    note = f"{whose} In it the welders’ dismissal hangs on the harbour bank’s money by June and the crane."
    text = f"“Post is slow,” the mayor told Selm Echo.\n\n{note}"
    later = statement(text, "“Post is slow,”", "the mayor", "told", actor="group:mayor", to="Selm Echo", outlet="Selm Echo")
    assert hung(text, later).count == count


def test_a_report_that_only_cites_has_its_speakers_words_from_there() -> None:
    text = f"{BODY}, Ada Brink has announced, as Harbour Post and Quay Ledger have it. She had rung up the mayor by telephone."
    later = statement(text, BODY, "Ada Brink", "has announced", actor="person:ada-brink", act="threaten")
    call = statement(text, "the mayor by telephone", "She", "had rung up", actor="person:ada-brink")
    assert hung(text, later, call, tells=True).count == 1


@pytest.mark.parametrize(
    ("who", "count"),
    [("Two aides and the harbour master", 2), ("Analysts", 1)],
)
def test_people_without_a_name_who_were_there_tell_it_and_onlookers_do_not(who: str, count: int) -> None:
    tell = "the terms alike: welders dismissed, but for the harbour bank’s money by June and the crane at Vik"
    text = f"{who} describe {tell}. “We are tired,” the mayor told this newspaper."
    later = statement(text, tell, who, "describe", actor=f"group:{who.lower().replace(' ', '-')}")
    mayor = statement(text, "“We are tired,”", "the mayor", "told", actor="group:mayor")
    assert hung(text, later, mayor).count == count


@pytest.mark.parametrize(
    ("way", "count"), [("recalled on the telephone to Selm Echo", 2), ("recalled", 1)],
)  # fmt: skip
def test_who_recalls_it_to_the_report_itself_confirms_it(way: str, count: int) -> None:
    text = f"Ada Brink named both conditions, the bank’s money and the crane, a year ago, the mayor {way}."
    content = "Ada Brink named both conditions, the bank’s money and the crane, a year ago"
    later = statement(text, content, "the mayor", "recalled", actor="group:mayor", lemma="recall")
    assert hung(text, later).count == count


def test_somebody_else_who_speaks_of_the_same_thing_does_not_tell_it() -> None:
    text = "The welders would be fools to stay, Nils Orre told reporters."
    other = statement(text, "The welders would be fools to stay", "Nils Orre", "told", actor="person:nils-orre", act="threaten")
    other = replace(other, speaker=replace(other.speaker, countries=("NOR",)))
    told = [one("01", "Harbour Post"), one("02", "Selm Echo", of="Harbour Post")]
    said = [replace(each, speaker=replace(each.speaker, countries=("NOR",))) for _, each in told]
    every = [(report(r.article, r.outlet, r.day, r.text, each), each) for (r, _), each in zip(told, said, strict=True)]
    every.append((report("03", "Quay Ledger", "2025-03-05", text, other), other))
    assert counts(found(every, kind="commitment"))["03"] is False


def test_two_agencies_at_one_hearing_count_each_though_they_quote_the_same_words() -> None:
    told = []
    for name, agency, short in (("01", "Kest News Agency", "KNA"), ("02", "Rift Press Bureau", "RPB")):
        text = f"VIK, March 3 ({short}) - “A promise floats no ship,” Ada Brink told senators on Monday."
        said = statement(text, "“A promise floats no ship,”", "Ada Brink", "told", actor="person:ada-brink")
        told.append((report(name, agency, "2025-03-03", text, said), said))
    assert found(told).count == 2


def test_who_was_quoted_in_the_first_sentence_was_so_by_the_medium_in_the_second() -> None:
    more = "“Ships wait,” Ada Brink told Harbour Post. “So do we,” the mayor told this newspaper."
    text = f"{BODY}, its director was quoted as saying on Monday. {more}"
    first = statement(text, BODY, "its director", "was quoted as saying", actor="group:director", act="threaten")
    then = statement(text, "“Ships wait,”", "Ada Brink", "told", actor="person:ada-brink", to="Harbour Post", outlet="Harbour Post")
    mayor = statement(text, "“So do we,”", "the mayor", "told this", actor="group:mayor", lemma="tell")
    result = hung(text, first, tells=True)
    assert result.counted[1].counts is not True
    held = report(
        "01", "Harbour Post", "2025-03-03", LONG, statement(LONG, BODY, "Ada Brink", "told", to="Harbour Post", outlet="Harbour Post")
    )
    late = report("02", "Selm Echo", "2025-03-08", text, first, then, mayor)
    result = origins("cm_1", [(held, held.extraction.statements[0]), (late, first)], [held, late], kind="commitment")
    assert counts(result) == {"01": True, "02": False}


def test_two_papers_that_asked_together_each_have_it_first_hand() -> None:
    told = []
    for name, outlet, other in (("01", "Harbour Post", "Selm Echo"), ("02", "Selm Echo", "Harbour Post")):
        text = f"The yard will close unless the state pays, Ada Brink said in an interview with this newspaper and the daily {other}."
        said = statement(
            text, "The yard will close unless the state pays", "Ada Brink", "said", actor="person:ada-brink",
            via=f"interview with this newspaper and the daily {other}", outlet=other,
        )  # fmt: skip
        told.append((report(name, outlet, "2025-03-03", text, said), said))
    assert found(told).count == 2


TOLD_ON_AIR = (
    "The yard will close and dismiss its welders once the harbour bank is unpaid in June and the port "
    "has said that the crane at Vik is lost. "
    "The owner read that out on state television."
)


@pytest.mark.parametrize(("day", "count"), [("2025-03-04", 2), ("2025-03-20", 1)])
def test_what_was_said_to_everybody_counts_in_a_report_of_the_same_days_alone(day: str, count: int) -> None:
    said = statement(LONG, BODY, "Ada Brink", "told", actor="person:ada-brink", act="threaten", to="Harbour Post", outlet="Harbour Post")
    bound = condition(LONG, said, "unless", "the state pays the harbour bank by June and the crane at Vik is mended")
    first = report("01", "Harbour Post", "2025-03-03", LONG, said, conditions=(bound,))
    text = f"{TOLD_ON_AIR} “One ship, two papers,” the owner told reporters."
    port = statement(text, "that the crane at Vik is lost", "the port", "said", actor="org:port")
    owner = statement(text, "“One ship, two papers,”", "the owner", "told", actor="group:owner")
    later = report("02", "Selm Echo", day, text, port, owner)
    assert origins("cm_1", [(first, said)], [first, later]).count == count


@pytest.mark.parametrize(("what", "count"), [("that both are needed", 2), ("that paint is needed", 1)])
def test_who_confirms_that_both_are_needed_confirms_the_conditions(what: str, count: int) -> None:
    text = f"The works council confirmed to Selm Echo {what}."
    later = statement(
        text, what, "The works council", "confirmed", actor="org:council", lemma="confirm", to="Selm Echo", outlet="Selm Echo"
    )
    later = replace(later, speaker=replace(later.speaker, text="The works council’s spokesman"))
    assert hung(text, later).count == count


def test_a_saying_counts_no_confirmation() -> None:
    content = "that the state was asked to pay for the yard"
    later = second(CONFIRMS, content, "the ministry", "confirmed", actor="org:ministry", lemma="confirm")
    first = one("01", "Harbour Post")
    result = origins("sy_1", [first], [first[0], later], kind="saying")
    assert (result.count, len(result.counted)) == (1, 1)


def test_a_story_as_a_whole_counts_who_reported_something_itself() -> None:
    told = [one("01", "Harbour Post"), one("02", "Selm Echo", of="Harbour Post"), bare("03", "Rift Herald"), one("04", "Quay Ledger")]
    result = of_story("so_1", [each for each, _ in told])
    assert (result.count, result.unknown) == (2, 1)
    assert counts(result) == {"01": True, "02": False, "04": True, "03": None}


def test_nothing_told_has_no_origin() -> None:
    assert origins("sy_1", [], []).count == 0
    assert of_story("so_1", []).counted == ()


OUTLETS = ["Harbour Post", "Selm Echo", "Rift Herald", "Quay Ledger", "Radio Kest"]


@given(st.lists(st.tuples(st.sampled_from(OUTLETS), st.sampled_from([None, *OUTLETS])), min_size=1, max_size=8), st.randoms())
def test_whoever_cites_whom_each_report_has_one_sentence_and_no_order_changes_the_count(
    pairs: list[tuple[str, str | None]], order: object
) -> None:
    told = [one(f"{n:02}", outlet, of=None if of == outlet else of) for n, (outlet, of) in enumerate(pairs)]
    mixed = list(told)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    result, again = found(told), found(mixed)
    assert len(result.counted) == len(told)
    assert 1 <= result.count <= len(told)
    assert result == again
    assert result.count >= sum(each.counts is True for each in result.counted)
