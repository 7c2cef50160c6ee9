"""Undertakings, refusals and demands: what somebody does by being ready to act, by not doing so, or by saying that another must."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.extract.borders import Borders, touch
from onrecord.extract.deeds import FOUND, TYPED, Deed
from onrecord.extract.parties import is_party, subject
from onrecord.extract.tokens import Tokens
from onrecord.extract.words import words
from onrecord.records import EventType, Extent

_KIND: frozenset[EventType] = frozenset(("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"))
"""What is done for somebody: to undertake it is to agree, and to be unwilling is to reject."""
_REACH = 5
"""The verb of what is undertaken stands no further behind than this many words."""


def undertakings(borders: Borders, tokens: Tokens, found: Sequence[Deed], names: Sequence[Extent], confidence: float) -> Iterator[Deed]:
    """A deed for each undertaking, refusal and demand that no deed is there for yet, in the text's order.

    Args:
        found: the deeds of the text in its order; an undertaking is one by what it is about.
        names: where the text has names, in its order.
        confidence: how sure each is.
    """
    starts = [deed.trigger[0] for deed in found]
    for at, word in enumerate(tokens.lows):
        if word not in words("events", "outer"):
            continue
        extent = tokens.extent(at, at)
        nearest = bisect_left(starts, extent[1]) - 1
        if nearest >= 0 and touch(found[nearest].trigger, extent):
            continue
        low, high = (tokens.first(place) for place in borders.sentence(extent[0]))
        if word in words("events", "demanding"):
            made = _demand(tokens, at, low, confidence)
        else:
            made = _stance(tokens, at, low, high, found, starts, confidence)
        if made is not None and made.actor is not None and is_party(tokens, made.actor, names):
            yield made


def refused(tokens: Tokens, deed: Deed) -> Deed:
    """The deed as a refusal, where the reader saw one of "will not" and what would be done for somebody."""
    first, last = tokens.first(deed.trigger[0]), tokens.first(deed.trigger[1])
    some = tokens.lows[first:last]
    if deed.type not in _KIND or len(some) < 2 or some[0] not in words("events", "refusing"):
        return deed
    if some[0] not in words("events", "no") and some[1] not in ("not", "never"):
        return deed
    return msgspec.structs.replace(deed, type="REJECT", rules=(*deed.rules, TYPED))


def _stance(tokens: Tokens, at: int, low: int, high: int, found: Sequence[Deed], starts: Sequence[int], confidence: float) -> Deed | None:
    """What a ready, an offering or a refusing somebody does, by the deed that it is about."""
    word = tokens.lows[at]
    refuses = word in words("events", "refusing")
    if word.endswith("s") and not (at > low and (tokens.has_capital(at - 1) or tokens.lows[at - 1] in words("events", "stand_ins"))):
        # "earlier pledges to stop": a noun in the plural.
        return None
    last = _refusal(tokens, at, high) if refuses else _infinitive(tokens, at, high)
    deed = None if last is None else _about(tokens, last, high, found, starts)
    if last is None or deed is None:
        return None
    negated = refuses or any(tokens.lows[place] in words("events", "no") for place in range(max(at - 2, low), at))
    kind = _kind(word, deed.type, negated=negated)
    who = None if kind is None else subject(tokens, at, low, "past")
    if kind is None or who is None:
        return None
    # A pronoun that the reader points at says less than the name it stands for.
    doer = deed.actor if deed.actor is not None and _is_full(tokens, deed.actor) else who
    return _made(tokens.extent(at, last if refuses else at), kind, doer, deed.recipient, confidence)


def _is_full(tokens: Tokens, extent: Extent) -> bool:
    """Whether the phrase is more than a pronoun."""
    return tokens.lows[tokens.first(extent[0])] not in words("events", "stand_ins")


def _refusal(tokens: Tokens, at: int, high: int) -> int | None:
    """The index of the last word of "will not"."""
    if tokens.lows[at] in words("events", "no"):
        return at
    return at + 1 if at + 1 < high and tokens.lows[at + 1] in ("not", "never") else None


def _infinitive(tokens: Tokens, at: int, high: int) -> int | None:
    """The index of the "to" that the words hang on: "ready to", "committed itself to"."""
    return next((place for place in range(at + 1, min(at + 3, high)) if tokens.lows[place] == "to"), None)


def _kind(word: str, about: EventType, *, negated: bool) -> EventType | None:
    if negated:
        return "REJECT" if about in _KIND else None
    if about in _KIND or word in words("events", "offering"):
        return "AGREE"
    return "THREATEN" if word in words("events", "vowing") else None


def _about(tokens: Tokens, at: int, high: int, found: Sequence[Deed], starts: Sequence[int]) -> Deed | None:
    """The deed whose trigger stands right behind a word."""
    first = bisect_left(starts, tokens.ends[at])
    if first < len(found) and starts[first] <= tokens.starts[min(at + _REACH, high - 1)]:
        return found[first]
    return None


def _demand(tokens: Tokens, at: int, low: int, confidence: float) -> Deed | None:
    """What somebody asks for who says that another must do it."""
    whom = subject(tokens, at, low, "past")
    if whom is None:
        return None
    back = tokens.first(whom[0]) - 1
    while back > low and (tokens.lows[back] == "that" or tokens.lows[back] in words("events", "when")):
        back -= 1
    if back <= low or tokens.lows[back] not in words("events", "saying"):
        return None
    who = subject(tokens, back, low, "past")
    return None if who is None else _made(tokens.extent(at, at), "REQUEST", who, whom, confidence)


def _made(trigger: Extent, kind: EventType, who: Extent, whom: Extent | None, confidence: float) -> Deed:
    return Deed(
        trigger=trigger, type=kind, mode="actual", actor=who, recipient=whom, places=(), times=(), confidence=confidence, rules=(FOUND,)
    )
