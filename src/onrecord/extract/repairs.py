"""Repairs: what the form of the text says against a draft: content out of reach, a cue that is no word, a sentence that somebody closes.

The talks failed. Anna Kask said they would go on.
~~~~~~~~~~~~~~~~                 ~~~~~~~~~~~~~~~~
out of reach                     content
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.extract.beside import beside, is_participle
from onrecord.extract.borders import Borders, touch
from onrecord.extract.drafts import Draft
from onrecord.extract.words import TOKEN, base, lemma, table, words
from onrecord.records import Extent

REACH = "rule/content-in-reach-1"
PARTICIPLE = "rule/participle-1"
WHOLE = "rule/whole-phrase-1"
ATTITUDE = "rule/attitude-noun-1"
BESIDE = "rule/content-beside-1"
SPEAKER = "rule/speaker-beside-1"

_SPEECH = 60
"""An aside between two quotations of one speech is no longer than this."""
_AROUND = 12
"""So many drafts on either side are asked whether they belong together."""
_DOUBT = 0.8
"""What a draft's confidence is worth after a repair that changed what it says."""
_ATTITUDE = re.compile(r"\s(?P<whole>(?:(?:his|her|its|their|the|an?|no)\s+(?:[\w-]+\s+){0,2}?)?(?P<noun>[a-z]+))$")
_RUN = re.compile(r"(?:\s+[a-z-]+){1,3}")
_WORD = re.compile(r"[a-z]+")
_SUBJECT = re.compile(
    r"(?:^|(?<=[\s(]))"
    r"(?P<who>(?:[Tt]hese|[Tt]hose|[Tt]he|[Bb]oth|[Ss]everal|other|[Hh]is|[Hh]er|[Tt]heir) (?:[\w’-]+ ){0,2}[\w’-]+|[Hh]e|[Ss]he|[Tt]hey) $"
)
_INCLUDING = re.compile(r",? including\b")
_CLAUSE = 4
"""Content of no more words than this is no clause."""
_MARKS = "“”\"«»„‘’'"
_LINK = re.compile(r"(?:that\b|to\b|in\b|of\b|about\b|[“\"‘'«„])", re.IGNORECASE)


def repaired(borders: Borders, found: Iterable[Draft], skipped: Counter[str]) -> list[Draft]:
    """The drafts with what the form of the text puts right, without those that it leaves nothing of; these are counted."""
    kept, found = [], list(found)
    _cut_at_participles(borders, found)
    for draft in found:
        _widened(borders, draft)
        _spoken(borders, draft)
        _reachable(borders, draft)
        if not draft.content and not pointed_anew(borders, draft):
            _held_by_cue(borders, draft)
        _including(borders, draft)
        reason = _hollow(borders, draft)
        if reason is None:
            kept.append(draft)
        else:
            skipped[reason] += 1
    return kept


def _cut_at_participles(borders: Borders, found: Sequence[Draft]) -> None:
    """End content before a participle with which the same speaker goes on: "warned of the threat, noting that …"."""
    text = borders.text
    for place, inner in enumerate(found):
        if not inner.trigger or inner.speaker is None or not is_participle(text, inner.trigger[0]):
            continue
        start = inner.trigger[0][0]
        for outer in found[max(place - _AROUND, 0) : place + _AROUND]:
            if (
                outer is inner
                or outer.speaker is None
                or not outer.trigger
                or outer.near[0] >= start
                or not touch(outer.speaker, inner.speaker)
            ):
                continue
            for at, piece in enumerate(outer.content):
                comma = text.rfind(",", piece[0], start)
                if outer.near[1] <= piece[0] + 1 and piece[0] < comma and start < piece[1]:
                    outer.content[at] = (piece[0], comma)
                    outer.rules.append(PARTICIPLE)


def _widened(borders: Borders, draft: Draft) -> None:
    """Widen a lone "this" to its noun: "This sentiment was echoed"."""
    text = borders.text
    for at, (start, end) in enumerate(draft.content):
        if text[start:end].lower() in words("grammar", "demonstratives") and draft.trigger and end < draft.trigger[0][0]:
            noun = text[end : draft.trigger[0][0]]
            if (
                len(noun.split()) <= 3
                and noun.replace(" ", "").replace("-", "").isalpha()
                and noun.strip().islower()
                and not _is_small(noun.split()[0])
                and noun.split()[0] not in words("grammar", "pronouns")
            ):
                draft.content[at] = (start, end + len(noun.rstrip()))
                draft.rules.append(WHOLE)


def _including(borders: Borders, draft: Draft) -> None:
    """Widen content to what it is said to include: "that they should help, including with troops"."""
    if not draft.content or not draft.trigger or draft.near[0] > draft.content[0][0]:
        return
    start, end = draft.content[-1]
    last = borders.sentence(draft.near[0])[1]
    if _INCLUDING.match(borders.text, end) is not None and end < last and len(TOKEN.findall(borders.text, start, end)) > _CLAUSE:
        piece = borders.piece((start, last), draft.near)
        if piece is not None:
            draft.content[-1] = piece
            draft.rules.append(WHOLE)


def _held_by_cue(borders: Borders, draft: Draft) -> None:
    """Make the noun of attitude at the end of the cue the content: "have expressed | their concerns"."""
    if not draft.trigger:
        return
    start, end = draft.trigger[-1]
    end = _attitude_end(borders.text, end)
    hit = _ATTITUDE.search(borders.text, start, end)
    if hit is None or hit.group("noun").lower() not in words("verbs", "attitudes") or hit.start() <= start:
        return
    cue = borders.trim((start, hit.start()))
    if cue is not None:
        draft.trigger[-1] = cue
        draft.content = [(hit.start("whole"), end)]
        _doubt(draft, ATTITUDE)


def _attitude_end(text: str, end: int) -> int:
    """Where the noun of attitude ends that the cue runs into, "have expressed their | concerns"; else where the cue ends."""
    run = _RUN.match(text, end)
    for word in _WORD.finditer(text, end, run.end() if run else end):
        if word.group() in words("verbs", "attitudes"):
            return word.end()
    return end


def _spoken(borders: Borders, draft: Draft) -> None:
    """Let the subject right before the cue speak, where the reader went back to an earlier sentence for whom it stands for."""
    if not draft.trigger or draft.speaker is None:
        return
    cue = draft.trigger[0][0]
    first, last = borders.sentence(cue)
    if any(True for _ in borders.quotations.around(cue)):
        return
    if draft.speaker[0] >= last:
        # Nobody speaks who is first named in a later sentence.
        draft.roles["speaker"] = []
        _doubt(draft, SPEAKER)
        return
    if draft.speaker[1] > first:
        return
    subject = _SUBJECT.search(borders.text, first, cue)
    if subject is not None:
        draft.roles["speaker"] = [subject.span("who")]
        _doubt(draft, SPEAKER)


def _reachable(borders: Borders, draft: Draft) -> None:
    """Leave out pieces of content in another sentence than the cue, unless they stand in quotation marks or behind a colon."""
    if not draft.trigger:
        return
    near: list[Extent] = []
    for piece in draft.content:
        listed = bool(near) and draft.near[0] < near[-1][0] and borders.text[near[-1][1] : piece[0]].strip() in (":", ".", ";", ",")
        listed = listed or (bool(near) and _one_quotation(borders, near[-1], piece))
        if listed or _in_reach(borders, draft, piece):
            near.append(piece)
    if len(near) < len(draft.content):
        _doubt(draft, REACH)
        draft.content = near


def _one_quotation(borders: Borders, one: Extent, other: Extent) -> bool:
    """Whether two pieces stand in one quotation, which runs over paragraphs, or in one speech, with no more than an aside between them."""
    first, second = borders.quotations.of(one[0]), borders.quotations.of(other[0])
    return first is not None and second is not None and (first is second or other[0] - one[1] < _SPEECH)


def _in_reach(borders: Borders, draft: Draft, piece: Extent) -> bool:
    """Whether the cue governs the piece: in its sentence, or a quotation next to it."""
    text = borders.text
    cue = min(draft.trigger, key=lambda extent: _gap(extent, piece))
    between = text[cue[1] : piece[0]] if cue[1] <= piece[0] else text[piece[1] : cue[0]]
    if not between or text[cue[1] - 1] in ":–—" or text[cue[0] : cue[0] + 3].lower() == "so ":
        return True
    sentence = borders.sentence(cue[0])
    if piece[0] < sentence[1] and sentence[0] < piece[1]:
        return "\n\n" not in between
    quoted = text[piece[0]] in _MARKS or text[piece[1] - 1] in _MARKS or any(True for _ in borders.quotations.around(piece[0] + 1))
    return quoted and between.count("\n\n") <= 1


def _gap(one: Extent, other: Extent) -> int:
    return max(other[0] - one[1], one[0] - other[1], 0)


def pointed_anew(borders: Borders, draft: Draft) -> bool:
    """Whether the draft has new content: what stands beside its cue, where that is other than what it had."""
    found = _rest(borders, draft) or beside(borders, draft)
    if not found or found == draft.content:
        return False
    draft.content = found
    _doubt(draft, BESIDE)
    return True


def _rest(borders: Borders, draft: Draft) -> list[Extent]:
    """The rest of the sentence behind "According to X," at its beginning."""
    text, speaker = borders.text, draft.speaker
    cue = draft.trigger[-1] if draft.trigger else (0, 0)
    start, end = borders.sentence(cue[0])
    if speaker is None or speaker[0] < cue[1] or lemma(text[cue[0] : cue[1]]) != "according to" or text[start : cue[0]].strip(_MARKS + " "):
        return []
    rest = borders.piece((speaker[1] + 1, end), cue) if text[speaker[1] : speaker[1] + 1] == "," else None
    return [] if rest is None else [rest]


def _hollow(borders: Borders, draft: Draft) -> str | None:
    """Why nothing is left of the draft, where nothing is."""
    if not draft.content:
        return "content out of reach"
    if draft.trigger and all(_is_small(borders.text[start:end]) for start, end in draft.trigger):
        first = borders.text[draft.content[0][0] : draft.content[0][1]]
        if draft.trigger[-1][1] > draft.content[0][0] or _LINK.match(first) is None:
            return "cue of small words"
    return None


def _is_small(cue: str) -> bool:
    """Whether the cue is made of words that attribute nothing by themselves: "has", "also"."""
    tokens = [hit.group().lower().replace("’", "'") for hit in TOKEN.finditer(cue)]
    if " ".join(tokens) in table("hedges", "words") or any(
        token in words("negation", "words") or token.endswith("n't") for token in tokens
    ):
        return False
    small = words("verbs", "auxiliaries") | words("grammar", "light")
    return bool(tokens) and all(token in small or (token.endswith("ly") and base(token) is None) for token in tokens)


def _doubt(draft: Draft, rule: str) -> None:
    draft.confidence *= _DOUBT
    if rule not in draft.rules:
        draft.rules.append(rule)
