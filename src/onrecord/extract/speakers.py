"""Speakers that the form of the sentence settles: the subject beside the cue, and who goes on behind a comma.

Anna Kask came.  Boris Lind  warned  that it would rain,  noting  that …
                 ~~~~~~~~~~
                 speaks here, and goes on behind the comma
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract.beside import is_participle
from onrecord.extract.borders import Borders, touch
from onrecord.extract.drafts import Draft, doubt
from onrecord.extract.words import TOKEN, base, words
from onrecord.records import Extent

SPEAKER = "rule/speaker-beside-1"

_SUBJECT = re.compile(
    r"(?:^|(?<=[\s(]))"
    r"(?P<who>(?:[Tt]hese|[Tt]hose|[Tt]he|[Bb]oth|[Ss]everal|other|[Hh]is|[Hh]er|[Tt]heir) (?:[\w’-]+ ){0,2}[\w’-]+|[Hh]e|[Ss]he|[Tt]hey) $"
)
_NAME = re.compile(r"[“\"‘']?(?P<who>(?:[A-Z][\w.’'-]* ){0,4}[A-Z][\w’'-]*) ")
_BEING = re.compile(r"\b(?:is|are|was|were|be|been|being)\b")
_SHORT_SUBJECT = 8
"""A subject of more words than this is no longer seen at a glance to hold no verb."""
_ROUND = 4000
"""So far around a name it is asked whether the word is written small."""
_AROUND = 12
"""So many drafts on either side are asked whether they belong together."""


def spoken(borders: Borders, found: Sequence[Draft]) -> None:
    """Give the drafts the speakers of their own sentences, where the reader went to another sentence for them."""
    for draft in found:
        _spoken(borders, draft)
    _same_speaker(borders, found)


def _spoken(borders: Borders, draft: Draft) -> None:
    """Let the subject right before the cue speak, where the reader went back to an earlier sentence for whom it stands for."""
    if not draft.trigger or draft.speaker is None:
        return
    cue = draft.trigger[0][0]
    first, last = borders.sentence(cue)
    if borders.quotations.hold(cue):
        return
    if draft.speaker[0] >= last:
        # Nobody speaks who is first named in a later sentence.
        near = _subject(borders, draft, first)
        draft.roles["speaker"] = [] if near is None else [near]
        doubt(draft, SPEAKER)
        return
    if draft.speaker[1] > first:
        return
    subject = _SUBJECT.search(borders.text, first, cue) or _named(borders.text, first, cue)
    if subject is not None:
        draft.roles["speaker"] = [subject.span("who")]
        doubt(draft, SPEAKER)


def _subject(borders: Borders, draft: Draft, first: int) -> Extent | None:
    """The few words with which a sentence begins before an active cue, where none of them is a verb and nothing else holds them."""
    text, cue = borders.text, draft.trigger[0]
    found = borders.trim((first, cue[0]))
    if found is None or text[found[1] : cue[0]] != " " or any(touch(found, piece) for piece in draft.content):
        return None
    tokens = [hit.group().lower() for hit in TOKEN.finditer(text, *found)]
    active = _BEING.search(text, *cue) is None or text[cue[1] - 3 : cue[1]] == "ing"
    plain = len(tokens) <= _SHORT_SUBJECT and not set(text[found[0] : found[1]]) & set(",:;()")
    if not (active and plain and tokens) or tokens[-1] in words("grammar", "nominal"):
        return None
    if any(token in words("verbs", "auxiliaries") or token in words("grammar", "relative") or base(token) for token in tokens):
        return None
    return found


def _named(text: str, first: int, cue: int) -> re.Match[str] | None:
    """The name between a sentence's beginning and its cue: no word that begins with a capital only because the sentence does."""
    hit = _NAME.fullmatch(text, first, cue)
    if hit is None or " " in hit.group("who"):
        return hit
    small = re.compile(rf"(?<!\w){re.escape(hit.group('who').lower())}(?!\w)")
    return None if small.search(text, max(first - _ROUND, 0), cue + _ROUND) else hit


def _same_speaker(borders: Borders, found: Sequence[Draft]) -> None:
    """Let the speaker of the sentence's first statement go on behind a comma: "Anna said they stay, noting that …"."""
    for place, draft in enumerate(found):
        if not draft.trigger or not is_participle(borders.text, draft.trigger[0]):
            continue
        cue = draft.trigger[0][0]
        first, _ = borders.sentence(cue)
        if (draft.speaker is not None and draft.speaker[1] > first) or borders.quotations.hold(cue):
            continue
        for before in found[max(place - _AROUND, 0) : place]:
            if before.trigger and before.speaker is not None and first <= before.speaker[0] < before.trigger[0][0] < cue:
                draft.roles["speaker"] = [before.speaker]
                doubt(draft, SPEAKER)
                break
