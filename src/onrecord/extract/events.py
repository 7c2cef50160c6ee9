"""Events: a verb or noun that names what one political actor does to another, with type, mode, place and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import cast, get_args

import msgspec

from onrecord.extract.borders import Borders, clear, touch
from onrecord.extract.coding import coded
from onrecord.extract.deeds import Deed
from onrecord.extract.drafts import tidy
from onrecord.extract.words import base, words
from onrecord.records import Entity, EventType, Extent, Frame, Mode, TimeExpression

_MOST = 14
"""Nobody who acts is named in more words than this: of 6,400 that people marked, the longest has twelve."""
_REACH = 90
"""Place and time of an event stand no further from its trigger than this."""


def deeds(
    borders: Borders,
    frames: Iterable[Frame],
    entities: Sequence[Entity],
    times: Sequence[TimeExpression],
    skipped: Counter[str],
    year: int | None = None,
) -> list[Deed]:
    """A deed for each event frame with a known type and mode, and for each that the codebook adds, in the text's order.

    No two are on the same words. ``year`` is that of publication, where known.
    """
    found: dict[Extent, Deed] = {}
    places = sorted((entity.start, entity.end) for entity in entities if entity.label == "LOC")
    clock = sorted(times, key=lambda expression: expression.start)
    for frame in frames:
        if frame.kind == "event":
            deed = _deed(borders, frame)
            if deed is None:
                skipped["event of no known type"] += 1
            elif deed.trigger not in found or found[deed.trigger].confidence < deed.confidence:
                found[deed.trigger] = deed
    names = [(entity.start, entity.end) for entity in entities]
    ordered = coded(borders, [found[trigger] for trigger in sorted(found)], names, clock, year)
    return _set(borders, ordered, places, clock)


def _deed(borders: Borders, frame: Frame) -> Deed | None:
    triggers = tidy(borders.words(extent) for extent in frame.trigger)
    kind, mode = frame.attributes.get("type"), frame.attributes.get("mode", "actual")
    if not triggers or kind not in get_args(EventType):
        return None
    trigger = triggers[0]
    actor, recipient = (
        tidy(_party(borders, extent, trigger) for extent in frame.roles.get(role, ()))[:1] for role in ("actor", "recipient")
    )
    return Deed(
        trigger=trigger,
        type=cast(EventType, kind),
        mode=cast(Mode, mode if mode in get_args(Mode) else "actual"),
        actor=actor[0] if actor else None,
        recipient=recipient[0] if recipient else None,
        places=(),
        times=(),
        confidence=frame.confidence,
        chances=frame.chances,
    )


def _party(borders: Borders, extent: Extent, trigger: Extent) -> Extent | None:
    """Who acts or is acted on, without the trigger; a pointer that runs over many words has gone astray, and is not believed."""
    found = borders.phrase(extent, trigger)
    if found is not None and not (trigger[0] <= found[0] and found[1] <= trigger[1]):
        found = borders.shorn(borders.trim(clear(found, [trigger])), "never_first_name")
    if found is None or len(borders.text[found[0] : min(found[1], found[0] + 400)].split()) > _MOST:
        return None
    return found


def _set(borders: Borders, found: Sequence[Deed], places: Sequence[Extent], times: Sequence[TimeExpression]) -> list[Deed]:
    """The deeds with where and when, from the names of places and the times right behind each in its sentence, before the next deed."""
    out: list[Deed] = []
    at_place = at_time = 0
    for at, deed in enumerate(found):
        start, end = deed.trigger
        limit = min(borders.sentence(start)[1], end + _REACH)
        if at + 1 < len(found):
            limit = max(min(limit, found[at + 1].trigger[0]), end)
        while at_place < len(places) and places[at_place][0] < start:
            at_place += 1
        while at_time < len(times) and times[at_time].start < start:
            at_time += 1
        where = [
            place
            for place in places[at_place : at_place + 6]
            if end <= place[0] and place[1] <= limit and _is_place(borders.text, deed, place)
        ]
        when = [
            time for time in times[at_time : at_time + 4] if end <= time.start and time.end <= limit and _is_time(borders.text, deed, time)
        ]
        out.append(msgspec.structs.replace(deed, places=tuple(where[:1]), times=tuple(when[:1])))
    return out


def _is_place(text: str, deed: Deed, place: Extent) -> bool:
    """Whether the name stands as a place: behind a word of place, and not as one of those who act."""
    before = text[max(place[0] - 24, deed.trigger[1]) : place[0]].lower().split()
    if (
        not before
        or before[-1] not in words("grammar", "place")
        and not (before[-1] == "the" and before[-2:-1] and before[-2] in words("grammar", "place"))
    ):
        return False
    return not any(role is not None and touch(role, place) for role in (deed.actor, deed.recipient))


def _is_time(text: str, deed: Deed, time: TimeExpression) -> bool:
    """Whether the time is the deed's own: a day or hour in its clause, with no further verb, comma or mark between them."""
    if time.type not in ("DATE", "TIME") or not time.value or time.value.endswith("_REF"):
        return False
    between = text[deed.trigger[1] : time.start]
    if any(mark in between for mark in ',;:—–“”"()\n'):
        return False
    tokens = between.lower().split()
    if any(token in words("grammar", "other_clause") or token in words("verbs", "auxiliaries") for token in tokens):
        return False
    return not any(token.endswith(("ed", "ing")) and base(token) is not None for token in tokens)
