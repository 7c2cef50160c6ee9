"""The codebook: what verbs, objects and clauses say of events, with and without the reader."""

import pytest

from onrecord.extract.codebook import hits
from onrecord.extract.parties import actor, recipient
from onrecord.extract.tokens import Tokens
from onrecord.records import Entity, TimeExpression

from .staged import at, event, staged

TYPES = [
    ("Ruritania launched a broad investigation into the bank.", "ACCUSE", "launched a broad investigation"),
    ("Ruritania launched a heavy attack on the port.", "ASSAULT", "launched a heavy attack"),
    ("Ruritania has expelled two Sylvanian diplomats.", "SANCTION", "expelled two Sylvanian diplomats"),
    ("Ruritania has expelled thirty farmers.", "COERCE", "expelled"),
    ("Two Sylvanian diplomats were expelled.", "SANCTION", "expelled"),
    ("The rebels laid down their arms.", "RETREAT", "laid down their arms"),
    ("Ruritania will lift the embargo.", "CONCEDE", "lift the embargo"),
    ("Ruritania imposed an embargo.", "SANCTION", "imposed an embargo"),
    ("Ruritania sent attack helicopters.", "MOBILIZE", "sent attack helicopters"),
    ("Ruritania sent tents and blankets.", "AID", "sent tents"),
    ("The court ordered the duke to pay.", "REQUEST", "ordered the duke to"),
    ("Ruritania called for talks.", "REQUEST", "called for"),
    ("Ruritania returned the crown to Sylvania.", "CONCEDE", "returned the crown to"),
    ("Ruritania banned the duke from voting.", "COERCE", "banned the duke from"),
    ("Ruritania lifted the embargo imposed in May.", "CONCEDE", "lifted the embargo"),
]


@pytest.mark.parametrize("text, kind, trigger", TYPES)
def test_an_object_or_particle_decides_the_type(text: str, kind: str, trigger: str) -> None:
    tokens = Tokens(text)
    found = [(hit.type, text[slice(*hit.trigger(tokens))]) for hit in hits(tokens, [(0, len(text))])]
    assert (kind, trigger) in found


NOUNS = [
    "The attacks of May are over.",
    "They shelled tank positions, and left.",
    "A released report was dull.",
    "Their demand was met by the attack.",
    "It has rejected calls.",
]


@pytest.mark.parametrize("text", NOUNS)
def test_a_noun_or_auxiliary_that_looks_like_a_verb_is_none(text: str) -> None:
    tokens = Tokens(text)
    assert not [hit for hit in hits(tokens, [(0, len(text))]) if hit.lemma not in ("reject", "meet", "shell")]


PARTIES = [
    ("Ruritania on Monday condemned Sylvania.", "Ruritania", "Sylvania"),
    ("The Ruritanian Relief Fund (RRF) condemned Sylvania.", "The Ruritanian Relief Fund", "Sylvania"),
    ("Ruritania said on Friday it had condemned Sylvania.", "Ruritania", "Sylvania"),
    ("On Monday, the king of Ruritania condemned Sylvania.", "the king of Ruritania", "Sylvania"),
    ("The king, who is old, condemned Sylvania.", "The king", "Sylvania"),
    ("Ruritania met its friends and condemned Sylvania.", "Ruritania", "Sylvania"),
    ("Ruritania urged Sylvania to condemn Karlova.", "Sylvania", "Karlova"),
    ("Ruritania plans to condemn Sylvania.", "Ruritania", "Sylvania"),
    ("Sylvania was condemned by Ruritania.", "Ruritania", "Sylvania"),
    ("The troops that condemned Sylvania left.", "The troops", "Sylvania"),
    ("Ruritania gave Sylvania an ultimatum.", "Ruritania", "Sylvania"),
    ("Ruritania imposed sanctions on Sylvania.", "Ruritania", "Sylvania"),
    ("Ruritania rejected a request from Sylvania.", "Ruritania", "Sylvania"),
    ("The court ordered the duke to pay.", "The court", "the duke"),
    ("Ruritania freed 1,500 Sylvanian prisoners.", "Ruritania", "1,500 Sylvanian prisoners"),
]


@pytest.mark.parametrize("text, who, whom", PARTIES)
def test_the_clause_tells_who_acts_and_on_whom(text: str, who: str, whom: str) -> None:
    tokens = Tokens(text)
    *_, hit = hits(tokens, [(0, len(text))])
    found = [side(tokens, hit, 0, len(tokens)) for side in (actor, recipient)]
    assert [one and text[slice(*one)] for one in found] == [who, whom]


def names(text: str, *pieces: str) -> list[Entity]:
    return [Entity(start=start, end=end, label="LOC", confidence=0.9) for start, end in (at(text, piece) for piece in pieces)]


OVERLOOKED = [
    ("Ruritania imposed sanctions on Sylvania.", ["SANCTION"]),
    ("Ruritania condemned Sylvania.", ["ACCUSE"]),
    ("Ruritania has not condemned Sylvania.", ["ACCUSE"]),
    ("He condemned the weather.", []),
    ("Sales of Ruritania declined.", []),
    ("Ruritania wants to condemn Sylvania.", []),
    ("Ruritania has decided to sanction Sylvania.", ["SANCTION"]),
]


@pytest.mark.parametrize("text, kinds", OVERLOOKED)
def test_what_the_reader_overlooked_is_found_where_both_sides_are_in_politics(text: str, kinds: list[str]) -> None:
    entities = names(text, *(name for name in ("Ruritania", "Sylvania") if name in text))
    found = staged(text, entities=entities).events
    assert [one.type for one in found] == kinds
    assert all(one.by == "rule/codebook-1" and one.actor is not None for one in found)


def test_an_object_corrects_the_readers_type_and_says_so() -> None:
    text = "Ruritania withdrew its ambassador from Sylvania."
    (found,) = staged(text, event(text, "withdrew", {"type": "RETREAT"}, actor="Ruritania"), entities=names(text, "Ruritania")).events
    assert (found.type, found.by) == ("SANCTION", "reader/en-1 rule/event-type-1")


def test_a_verb_alone_corrects_only_an_unsure_reader() -> None:
    text = "Ruritania condemned Sylvania."
    sure = event(text, "condemned", {"type": "REJECT"}, actor="Ruritania")
    (found,) = staged(text, sure).events
    assert found.type == "REJECT"


def test_an_event_that_an_object_names_by_itself_keeps_its_type() -> None:
    text = "Ruritania suppressed the protests."
    found = staged(text, event(text, "protests", {"type": "PROTEST"}), entities=names(text, "Ruritania")).events
    assert ("protests", "PROTEST") in [(one.text, one.type) for one in found]


def test_an_event_seen_in_two_pieces_is_one() -> None:
    text = "Ruritania has shelled the port."
    (found,) = staged(text, event(text, "has", actor="Ruritania"), event(text, "shelled", recipient="the port")).events
    assert found.text == "has shelled"
    assert found.actor is not None
    assert found.recipient is not None


UNDERTAKINGS = [
    ("Ruritania is ready to help Sylvania.", "help", "AID", "ready", "AGREE"),
    ("Ruritania offered to help Sylvania.", "help", "AID", "offered", "AGREE"),
    ("Ruritania is not ready to help Sylvania.", "help", "AID", "ready", "REJECT"),
    ("Ruritania will not help Sylvania.", "help", "AID", "will not", "REJECT"),
    ("Ruritania vowed to attack Sylvania.", "attack", "ASSAULT", "vowed", "THREATEN"),
    ("Ruritania will not attack Sylvania.", "attack", "ASSAULT", None, None),
    ("Ruritania will help Sylvania.", "help", "AID", None, None),
]


@pytest.mark.parametrize("text, trigger, about, words, kind", UNDERTAKINGS)
def test_to_be_ready_to_act_and_to_be_unwilling_are_events(
    text: str, trigger: str, about: str, words: str | None, kind: str | None
) -> None:
    seen = event(text, trigger, {"type": about}, actor="Ruritania", recipient="Sylvania")
    found = staged(text, seen, entities=names(text, "Ruritania")).events
    others = [(one.text, one.type) for one in found if one.text != trigger]
    assert others == ([(words, kind)] if words else [])


def test_a_refusal_that_the_reader_saw_as_one_is_a_rejection() -> None:
    text = "Ruritania will not recognise Sylvania."
    (found,) = staged(text, event(text, "will not recognise", {"type": "CONCEDE"}, actor="Ruritania")).events
    assert (found.type, found.text) == ("REJECT", "will not recognise")


def test_a_plural_that_looks_like_an_undertaking_is_none() -> None:
    text = "Ruritania broke earlier pledges to help Sylvania."
    seen = event(text, "help", {"type": "AID"}, actor="Ruritania")
    assert "pledges" not in [one.text for one in staged(text, seen, entities=names(text, "Ruritania")).events]


DEMANDS = [("Ruritania said that Sylvania must disarm.", True), ("Sylvania must disarm.", False)]


@pytest.mark.parametrize("text, found", DEMANDS)
def test_who_says_that_another_must_act_demands_it(text: str, found: bool) -> None:
    made = [one for one in staged(text, entities=names(text, text.split()[0])).events if one.text == "must"]
    assert [(one.type, one.actor and one.actor.text, one.recipient and one.recipient.text) for one in made] == (
        [("REQUEST", "Ruritania", "Sylvania")] if found else []
    )


MODES = [
    ("Ruritania did not attack Sylvania.", "attack", "negated"),
    ("Ruritania never attacked Sylvania.", "attacked", "negated"),
    ("Ruritania is considering attacking Sylvania.", "attacking", "hypothetical"),
    ("Ruritania attacked Sylvania.", "attacked", "actual"),
]


@pytest.mark.parametrize("text, trigger, mode", MODES)
def test_a_verbs_helpers_decide_its_mode(text: str, trigger: str, mode: str) -> None:
    (found,) = staged(text, event(text, trigger, actor="Ruritania", recipient="Sylvania")).events
    assert found.mode == mode


YEARS = [("1994", "historical"), ("2024-02", "actual"), ("2023", "actual")]


@pytest.mark.parametrize("value, mode", YEARS)
def test_an_event_of_long_ago_is_history(value: str, mode: str) -> None:
    text = "Ruritania attacked Sylvania in the spring."
    start, end = at(text, "the spring")
    time = TimeExpression(start=start, end=end, text="the spring", value=value, type="DATE", anchor_span=None)
    (found,) = staged(text, event(text, "attacked", actor="Ruritania"), times=[time], published="2024-05-28").events
    assert found.mode == mode
