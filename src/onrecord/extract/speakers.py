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
_LONG = re.compile(r"(?P<who>(?:[Aa]n?|[Tt]he|[Oo]ne|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[A-Z][\w’'-]+) (?:[\w’'-]+ ){2,16}[\w’'-]+) ")
_RESUMED = re.compile(r"(?:;|,? (?:and|but)) $")
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
    if subject is None:
        return
    # Where the words are no subject either, the speaker stays in doubt.
    doubt(draft, SPEAKER)
    who: Extent | None = subject.span("who")
    if _is_joined(subject):
        who = None
    elif _behind_preposition(borders.text, first, subject.start("who")):
        who = _whole(borders.text, first, cue)
    if who is not None:
        draft.roles["speaker"] = [who]


def _is_joined(subject: re.Match[str]) -> bool:
    """Whether the words are no subject, but what a second verb is joined to: "was aware of the claims but | refused"."""
    return TOKEN.findall(subject.group("who"))[-1].lower() in words("grammar", "never_last")


def _behind_preposition(text: str, first: int, start: int) -> bool:
    """Whether the words are no subject, but end one: "somebody who may not speak to the press confirmed"."""
    before = TOKEN.findall(text, first, start)
    return bool(before) and before[-1].lower() in words("phrases", "prepositions")


def _whole(text: str, first: int, cue: int) -> Extent | None:
    """The subject between the last comma and the cue, which begins as one and says more of whom it names."""
    start = text.rfind(", ", first, cue) + 2
    start = first if start < 2 else start
    hit = _LONG.fullmatch(text, start, cue)
    if hit is None:
        return None
    # A verb stands only where it says who somebody is.
    tokens = [token.group().lower() for token in TOKEN.finditer(text, *hit.span("who"))]
    head = next((at for at, token in enumerate(tokens) if token in words("grammar", "relative")), len(tokens))
    verbal = any(token in words("verbs", "auxiliaries") or base(token) for token in tokens[:head])
    return None if verbal or tokens[-1] in words("grammar", "nominal") else hit.span("who")


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
    if re.split("['’]", hit.group("who").lower())[0] in words("grammar", "pronouns"):
        return None
    small = re.compile(rf"(?<!\w){re.escape(hit.group('who').lower())}(?!\w)")
    return None if small.search(text, max(first - _ROUND, 0), cue + _ROUND) else hit


def _same_speaker(borders: Borders, found: Sequence[Draft]) -> None:
    """Let the speaker of the sentence's first statement go on: "Anna said they stay, noting that …", "… she says; would go, though"."""
    for place, draft in enumerate(found):
        if not draft.trigger:
            continue
        cue = draft.trigger[0][0]
        resumes = _resumes(borders, draft)
        if not resumes and not is_participle(borders.text, draft.trigger[0]):
            continue
        first, _ = borders.sentence(cue)
        if (draft.speaker is not None and draft.speaker[1] > first) or borders.quotations.hold(cue):
            continue
        for before in found[max(place - _AROUND, 0) : place]:
            if resumes and any(start <= cue < end for start, end in before.content):
                continue
            if before.trigger and before.speaker is not None and first <= before.speaker[0] < before.trigger[0][0] < cue:
                draft.roles["speaker"] = [before.speaker]
                doubt(draft, SPEAKER)
                break


def _resumes(borders: Borders, draft: Draft) -> bool:
    """Whether the cue is a second verb without a subject of its own, for which the reader saw no speaker, or a wrong one."""
    cue = draft.trigger[0][0]
    if _RESUMED.search(borders.text, max(cue - 6, 0), cue) is None:
        return False
    subject = _SUBJECT.search(borders.text, borders.sentence(cue)[0], cue)
    return draft.speaker is None or (subject is not None and _is_joined(subject))
