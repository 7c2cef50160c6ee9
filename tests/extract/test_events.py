"""Events with their type, mode, actors, place and time."""

import pytest

from onrecord.records import Entity, TimeExpression

from .staged import at, event, staged, statement


def test_an_event_has_its_actors_type_and_mode() -> None:
    text = "Ruritania shelled the port."
    (found,) = staged(text, event(text, "shelled", {"type": "ASSAULT", "mode": "actual"}, actor="Ruritania", recipient="the port")).events
    assert found.actor is not None
    assert found.recipient is not None
    assert (found.text, found.type, found.mode, found.actor.text, found.recipient.text) == (
        "shelled",
        "ASSAULT",
        "actual",
        "Ruritania",
        "the port",
    )


def test_a_pointer_that_runs_over_the_trigger_or_the_sentence_is_cut_or_not_believed() -> None:
    text = "Ruritania shelled the port. Then all the good people of the old town and of every farm around it came to see what was left."
    (found,) = staged(text, event(text, "shelled", actor="Ruritania shelled", recipient=text[28:-1])).events
    assert found.actor is not None
    assert found.actor.text == "Ruritania"
    assert found.recipient is None


def test_an_event_of_no_known_type_is_counted() -> None:
    text = "Ruritania slept."
    found = staged(text, event(text, "slept", {"type": "SLEEP"}))
    assert found.events == ()
    assert found.skipped == {"event of no known type": 1}


def test_one_trigger_is_one_event_as_the_surer_window_saw_it() -> None:
    text = "Ruritania shelled the port."
    found = staged(text, event(text, "shelled"), event(text, "shelled", actor="Ruritania")).events
    assert len(found) == 1


PLACES = [
    ("Ruritania shelled the port in Strelsau.", "Strelsau", True),
    ("Ruritania shelled Strelsau.", "Strelsau", False),
    ("Ruritania shelled the port. In Strelsau it rained.", "Strelsau", False),
]


@pytest.mark.parametrize("text, place, found", PLACES)
def test_the_place_stands_behind_the_event_in_its_sentence(text: str, place: str, found: bool) -> None:
    start, end = at(text, place)
    entity = Entity(start=start, end=end, label="LOC", confidence=0.9)
    (one,) = staged(text, event(text, "shelled"), entities=[entity]).events
    assert [piece.text for piece in one.location] == ([place] if found else [])


TIMES = [
    ("Ruritania shelled the port on Monday.", True),
    ("Ruritania shelled the port that was built on Monday.", False),
    ("Ruritania shelled the port, as aides said on Monday.", False),
    ("Ruritania shelled the port held since Monday.", False),
]


@pytest.mark.parametrize("text, found", TIMES)
def test_the_time_is_the_events_own(text: str, found: bool) -> None:
    start, end = at(text, "Monday")
    time = TimeExpression(start=start, end=end, text="Monday", value="2024-05-27", type="DATE", anchor_span=None)
    (one,) = staged(text, event(text, "shelled"), times=[time]).events
    assert (one.when is not None) == found


def test_an_event_stands_in_the_smallest_statement_that_holds_it() -> None:
    text = "Anna said Boris had vowed to attack. Aides left."
    found = staged(
        text,
        statement(text, "said", "Boris had vowed to attack", speaker="Anna"),
        statement(text, "had vowed", "to attack", speaker="Boris"),
        event(text, "attack"),
        event(text, "left", {"type": "RETREAT"}),
    )
    assert [one.statement for one in found.events if one.text != "vowed"] == [found.statements[1].id, None]
