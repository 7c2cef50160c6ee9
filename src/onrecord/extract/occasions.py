"""Occasions: where and in what something was said, read off the words around the cue where the reader saw nothing.

She repeated it   in a May interview with Radio Narew   in Tallinn.
                     ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~      ~~~~~~~
                     venue                                 place
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache

from onrecord.extract.borders import Borders, touch
from onrecord.extract.drafts import Draft
from onrecord.extract.stance import Clauses
from onrecord.extract.words import words
from onrecord.records import Entity, Extent

FOUND = "rule/occasion-1"
ADDRESSED = "rule/addressee-1"
_REACH = 60
"""The place of an occasion is named no further behind it than this."""
_ARTICLE = r"(?:an?|the|his|her|its|their|this)"
_OTHER = "since|after|before|of|to|from|in|at|on|for|with|by|and|between|about|that|who|which"
_TO = re.compile(
    r"\s+(?:[a-z]+ly\s+)?to\s+(?P<whom>(?:the\s+)?[\w’'-]+(?:\s+(?!(?:at|in|during|on|over|and|that)\b)[\w’'-]+){0,3})(?=\s+(?:at|in|during|on|over)\b|[.,;])"
)
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'&.-]*"


def occasions(borders: Borders, found: Iterable[Draft], entities: Sequence[Entity]) -> None:
    """Give each draft without a venue the occasion that stands beside its cue, and the place behind that."""
    drafts = list(found)
    clauses = Clauses(borders, drafts)
    places = sorted((entity.start, entity.end) for entity in entities if entity.label == "LOC")
    for draft in drafts:
        _sound(borders, draft)
        if draft.trigger and not draft.roles.get("addressee"):
            _address(borders, draft)
        if draft.trigger and not draft.roles.get("venue"):
            _find(borders, draft, clauses.of(draft), places)


def _sound(borders: Borders, draft: Draft) -> None:
    """Drop what cannot be what it is taken for: an addressee who speaks, or is spoken to in what is quoted; a venue that reports."""
    roles, text = draft.roles, borders.text
    roles["addressee"] = [
        extent for extent in roles.get("addressee", ()) if extent != draft.speaker and not _is_quoted(borders, draft, extent)
    ]
    via = {text[slice(*extent)] for extent in roles.get("via", ())}
    venues = (_first_phrase(text, extent) for extent in roles.get("venue", ()))
    near = draft.near
    roles["venue"] = [
        extent
        for extent in venues
        if text[slice(*extent)] not in via and "\n\n" not in text[min(extent[1], near[1]) : max(extent[0], near[0])]
    ]


def _is_quoted(borders: Borders, draft: Draft, extent: Extent) -> bool:
    """Whether words stand in a quotation of what the draft has said, and its cue does not."""
    return any(
        not (start < draft.near[0] < end) and any(touch((start, end), piece) for piece in draft.content)
        for start, end in borders.quotations.around(extent[0])
    )


def _first_phrase(text: str, extent: Extent) -> Extent:
    """A venue up to a comma behind which another clause begins: "his campaign, and said so"."""
    comma = text.find(", and ", *extent)
    return extent if comma < 0 else (extent[0], comma)


def _find(borders: Borders, draft: Draft, clause: Extent, places: Sequence[Extent]) -> None:
    text = borders.text
    taken = [*draft.content, *draft.trigger, *draft.roles.get("speaker", ())]
    # A phrase may begin in the clause and run over the end that was set for it.
    stop = min(borders.sentence(draft.near[0])[1], clause[1] + 60)
    for hit in _phrase().finditer(text, clause[0], stop):
        venue = borders.trim(hit.span("venue")) or hit.span("venue")
        if text[venue[1] - 1] == ".":
            venue = venue[0], venue[1] - 1
        if hit.start() >= clause[1] or any(touch(venue, extent) for extent in taken) or borders.quotations.hold(venue[0]):
            continue
        draft.roles["venue"] = [venue]
        draft.rules.append(FOUND)
        if not draft.roles.get("where"):
            draft.roles["where"] = _places(text, venue, places)
        return


def _address(borders: Borders, draft: Draft) -> None:
    """Give the draft whom an expressed attitude is put to: "expressed their concerns to German officials"."""
    text, (start, end) = borders.text, draft.content[-1]
    if start < draft.near[1] or text[start:end].split()[-1].lower() not in words("verbs", "attitudes"):
        return
    if (hit := _TO.match(text, end, borders.sentence(draft.near[0])[1])) is not None:
        draft.roles["addressee"] = [hit.span("whom")]
        draft.rules.append(ADDRESSED)


def _places(text: str, venue: Extent, places: Sequence[Extent]) -> list[Extent]:
    """The first place right behind the occasion that it was at."""
    at = bisect_left(places, (venue[1], 0))
    return [place for place in places[at : at + 3] if _is_at(text, venue, place)][:1]


def _is_at(text: str, venue: Extent, place: Extent) -> bool:
    """Whether the place is where the occasion was: behind "in", with no stop or comma since."""
    between = text[venue[1] : place[0]]
    return venue[1] <= place[0] <= venue[1] + _REACH and between.endswith(" in ") and not any(mark in between for mark in ",;:.—–\n")


@cache
def _phrase() -> re.Pattern[str]:
    """A preposition of occasion, then a noun phrase with a noun that names one, and with whom it was."""
    nouns = "|".join(
        re.escape(noun).replace(r"\ ", r"\s+") for noun in sorted(words("occasions", "occasions"), key=lambda noun: (-len(noun), noun))
    )
    services = "|".join(
        re.escape(name).replace(r"\ ", r"\s+") for name in sorted(words("occasions", "services"), key=lambda name: (-len(name), name))
    )
    named = rf"(?:the\s+)?(?:{_NAME}\s+){{1,4}}(?i:conference|summit|forum|hearing|debate)"
    with_ = (
        rf"(?:\s+(?:with|to)\s+(?:the\s+)?{_NAME}(?:\s+(?:(?:of|and|for|the)\s+)?(?:{_NAME}|television|radio|magazine|newspaper)){{0,4}})?"
    )
    plain = rf"{_ARTICLE}\s+(?:(?!(?:{_OTHER})\s)[\w’'.-]+\s+){{0,4}}?(?i:{nouns})\b{with_}"
    return re.compile(rf"(?<!\w)(?:[Dd]uring|[Ii]n|[Aa]t|[Oo]n)\s+(?P<venue>{plain}|{named}|(?<=on\s)(?i:{services}))(?!\w)")
