"""Coding: what the reader saw of events and what the codebook knows, put together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from onrecord.extract.borders import Borders, touch
from onrecord.extract.codebook import Hit, hits, is_passive, named
from onrecord.extract.deeds import FOUND, TYPED, Deed
from onrecord.extract.modes import settled
from onrecord.extract.parties import actor, is_party, recipient
from onrecord.extract.tokens import Tokens
from onrecord.extract.undertakings import refused, undertakings
from onrecord.extract.words import words
from onrecord.records import Extent, TimeExpression

MERGED = "rule/event-merged-1"
_UNSURE = 0.6
"""Where the reader is less sure than this, a verb alone is believed against it; above, only a verb with its object or particle."""
_ADDED = 0.5
"""How sure an event is that only the codebook sees."""
_LONGEST = 200
"""No trigger is longer than this."""


def coded(borders: Borders, seen: Sequence[Deed], names: Sequence[Extent], times: Sequence[TimeExpression], year: int | None) -> list[Deed]:
    """The reader's deeds with what the codebook and the clause say better, and those that these alone see, in the text's order.

    Args:
        seen: the reader's deeds, in the text's order.
        names: where the text has names.
        times: its time expressions, in the text's order.
        year: of publication, where known.
    """
    tokens = Tokens(borders.text)
    found = _merged(tokens, seen)
    starts = [deed.trigger[0] for deed in found]
    added: list[Deed] = []
    ordered = sorted(names)
    for hit in hits(tokens, borders.sentences((0, len(borders.text)))):
        start, end = tokens.extent(hit.verb, hit.last if hit.head is None else max(hit.last, hit.head))
        near = range(bisect_left(starts, start - _LONGEST), bisect_right(starts, max(end, start)))
        if hit.passive and hit.head is not None:
            near = range(bisect_left(starts, tokens.starts[hit.head] - _LONGEST), near.stop)
        low, high = (tokens.first(place) for place in borders.sentence(start))
        who, whom = actor(tokens, hit, low, high), recipient(tokens, hit, low, high)
        places = [at for at in near if _same(tokens, hit, found[at])]
        for at in places:
            found[at] = _better(found[at], hit, who, whom if whom is not None and is_party(tokens, whom, ordered) else None)
        again = bool(added) and touch(added[-1].trigger, hit.trigger(tokens))
        if not places and not again and _is_event(tokens, hit, who, whom, low, ordered):
            added.append(_added(tokens, hit, who, whom))
    every = sorted([*(refused(tokens, deed) for deed in found), *added], key=lambda deed: deed.trigger)
    every = sorted([*every, *undertakings(borders, tokens, every, ordered, _ADDED)], key=lambda deed: deed.trigger)
    return [settled(borders, tokens, deed, times, year) for deed in every]


def _merged(tokens: Tokens, seen: Sequence[Deed]) -> list[Deed]:
    """The deeds without those that the reader saw in two pieces: "has" and "imposed", "air" and "strikes"."""
    out: list[Deed] = []
    for deed in seen:
        last = out[-1] if out else None
        if last is not None and last.trigger[1] <= deed.trigger[0] and not tokens.text[last.trigger[1] : deed.trigger[0]].strip():
            if _is_small(tokens, last.trigger):
                out[-1] = _joined(deed, last)
                continue
            if last.type == deed.type:
                out[-1] = _joined(last, deed)
                continue
        out.append(deed)
    return out


def _joined(one: Deed, other: Deed) -> Deed:
    """One deed of two: what the first says, and what only the second does."""
    return msgspec.structs.replace(
        one,
        trigger=(min(one.trigger[0], other.trigger[0]), max(one.trigger[1], other.trigger[1])),
        actor=one.actor or other.actor,
        recipient=one.recipient or other.recipient,
        confidence=max(one.confidence, other.confidence),
        rules=(*one.rules, MERGED),
    )


def _is_small(tokens: Tokens, trigger: Extent) -> bool:
    """Whether the trigger is nothing but auxiliaries and adverbs."""
    some = tokens.lows[tokens.first(trigger[0]) : tokens.first(trigger[1])]
    return all(word in words("verbs", "auxiliaries") or word in words("events", "between") or word.endswith("ly") for word in some)


def _same(tokens: Tokens, hit: Hit, deed: Deed) -> bool:
    """Whether a deed is what the hit names: its trigger is the verb, or the head of its object unless that is an event of its own."""
    if touch(deed.trigger, tokens.extent(hit.verb, hit.last)):
        return True
    if hit.head is None or not touch(deed.trigger, tokens.extent(hit.head, hit.head)):
        return False
    return deed.type == hit.type or named(tokens.lows[hit.head]) != deed.type


def _better(deed: Deed, hit: Hit, who: Extent | None, whom: Extent | None) -> Deed:
    """The deed with the codebook's type where that is the surer one, and with the clause's parties where it has none."""
    wrong = deed.type != hit.type and {deed.type, hit.type} != {"CONCEDE", "RETREAT"} and (hit.exact or deed.confidence < _UNSURE)
    return msgspec.structs.replace(
        deed,
        type=hit.type if wrong else deed.type,
        actor=deed.actor or who,
        recipient=deed.recipient or whom,
        rules=(*deed.rules, TYPED) if wrong else deed.rules,
    )


def _is_event(tokens: Tokens, hit: Hit, who: Extent | None, whom: Extent | None, low: int, names: Sequence[Extent]) -> bool:
    """Whether the hit is an event that the reader overlooked: a main verb with somebody who acts and something that it is done to."""
    if who is None or not is_party(tokens, who, names) or (hit.lemma in words("events", "unsure") and hit.head is None):
        return False
    if hit.form == "base" and not _goes_ahead(tokens, hit.verb, low):
        return False
    if hit.form == "ing" and not is_passive(tokens, hit.verb, low):
        return False
    return hit.head is not None or (whom is not None and is_party(tokens, whom, names))


def _goes_ahead(tokens: Tokens, at: int, low: int) -> bool:
    """Whether a base form says what is done or will be: behind "will", or "to" and a verb that decides or begins."""
    back = tokens.back_over(at, low, ("events", "between"))
    if tokens.lows[back] == "to" and back > low:
        return tokens.lows[back - 1] in words("events", "deciding")
    return tokens.lows[back] in words("events", "future")


def _added(tokens: Tokens, hit: Hit, who: Extent | None, whom: Extent | None) -> Deed:
    return Deed(
        trigger=hit.trigger(tokens),
        type=hit.type,
        mode="actual",
        actor=who,
        recipient=whom,
        places=(),
        times=(),
        confidence=_ADDED,
        rules=(FOUND,),
    )
