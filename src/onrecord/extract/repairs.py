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
from onrecord.extract.borders import Borders, gap, touch
from onrecord.extract.drafts import Draft, doubt
from onrecord.extract.speakers import spoken
from onrecord.extract.words import TOKEN, base, lemma, table, words
from onrecord.records import Extent

REACH = "rule/content-in-reach-1"
PARTICIPLE = "rule/participle-1"
WHOLE = "rule/whole-phrase-1"
ATTITUDE = "rule/attitude-noun-1"
BESIDE = "rule/content-beside-1"
SECOND = "rule/second-verb-1"
VOICED = "rule/content-voiced-1"
RESUMED = "rule/content-resumed-1"

_SPEECH = 60
"""An aside between two quotations of one speech is no longer than this."""
_AROUND = 12
"""So many drafts on either side are asked whether they belong together."""
_ATTITUDE = re.compile(r"\s(?P<whole>(?:(?:his|her|its|their|the|an?|no)\s+(?:[\w-]+\s+){0,2}?)?(?P<noun>[a-z]+))$")
_RUN = re.compile(r"(?:\s+[a-z-]+){1,3}")
_WORD = re.compile(r"[a-z]+")
_INCLUDING = re.compile(r",? including\b")
_CLAUSE = 4
"""Content of no more words than this is no clause."""
_FEW = 3
"""No less is worth adding to what is said."""
_ATTRIBUTING = 60
"""Words that attribute in the middle of a sentence are no longer than this."""
_RESUMES = re.compile(r"[^,.;:\n“”\"]{0,30}, (?P<word>[\w’'-]+)")
_TERMS = re.compile(r"(?:(?:speaking|talking)\s+)?(?:on\s+(?:the\s+)?condition\s+(?:of|that)|anonymously|privately\b)", re.IGNORECASE)
_JOINED = re.compile(r",?\s(?:and|but)\s$")
_ASIDE = re.compile(r", (?:[a-z]+ )?which\b")
_ENDING = re.compile(r", (?:[a-z]+ing|which|who|while|but|in order to)\b")
_OBJECT = re.compile(r"\s+(?:an?|the|his|her|its|their|this|these)\s", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|[.!?…”\"’'»:][^\S\n]*\n")
_MARKS = "“”\"«»„‘’'"
_LINK = re.compile(r"(?:that\b|to\b|in\b|of\b|about\b|[“\"‘'«„])", re.IGNORECASE)


def repaired(borders: Borders, found: Iterable[Draft], skipped: Counter[str]) -> list[Draft]:
    """The drafts with what the form of the text puts right, without those that it leaves nothing of; these are counted."""
    kept, found = [], list(found)
    _cut_at_participles(borders, found)
    _cut_at_second_verbs(borders, found)
    for draft in found:
        _widened(borders, draft)
    spoken(borders, found)
    for draft in found:
        _manner(borders, draft)
        _reachable(borders, draft)
        if not draft.content and not pointed_anew(borders, draft):
            _held_by_cue(borders, draft)
        if not draft.content:
            _voiced(borders, draft)
        _including(borders, draft)
        _resumed(borders, draft)
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


def _cut_at_second_verbs(borders: Borders, found: Sequence[Draft]) -> None:
    """End content before a second verb of the same speaker: "said that they would go | and suggested that others would"."""
    text = borders.text
    for place, inner in enumerate(found):
        if not inner.trigger or inner.speaker is None:
            continue
        start = inner.trigger[0][0]
        joined = _JOINED.search(text, max(start - 8, 0), start)
        if joined is None or borders.quotations.hold(start):
            continue
        for outer in found[max(place - _AROUND, 0) : place]:
            if outer is inner or outer.speaker != inner.speaker or not outer.trigger or outer.near[1] > start:
                continue
            for at, piece in enumerate(outer.content):
                if outer.near[1] <= piece[0] + 1 and piece[0] < joined.start() and start < piece[1]:
                    outer.content[at] = (piece[0], joined.start())
                    outer.rules.append(SECOND)


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


def _resumed(borders: Borders, draft: Draft) -> None:
    """Add the rest of a sentence that the words that attribute cut behind its first few: "The talks, she said, will fail"."""
    text, speaker = borders.text, draft.speaker
    if not draft.trigger or speaker is None or len(draft.content) != 1:
        return
    start, end = draft.content[0]
    opens, closes = min(speaker[0], draft.trigger[0][0]), max(speaker[1], draft.trigger[-1][1])
    first, last = borders.sentence(opens)
    if start != first or text[end:opens] != ", " or len(text[start:end].split()) > _CLAUSE or closes - opens > _ATTRIBUTING:
        return
    comma = _RESUMES.match(text, closes, last)
    if comma is None or comma.group("word").lower() in words("grammar", "never_resumes") or comma.group("word").endswith("ing"):
        return
    aside = _ASIDE.search(text, comma.end(), last)
    rest = borders.piece((comma.start("word"), last if aside is None else aside.start()), draft.trigger[-1])
    if rest is not None and rest[0] >= comma.end() - len(comma.group("word")) and len(TOKEN.findall(text, *rest)) >= _FEW:
        draft.content.append(rest)
        draft.rules.append(RESUMED)


def _manner(borders: Borders, draft: Draft) -> None:
    """Leave out content that only says on what terms somebody spoke: "…, they said, speaking on condition of anonymity"."""
    if len(draft.content) == 1 and draft.trigger and draft.near[1] <= draft.content[0][0] and _TERMS.match(borders.text, *draft.content[0]):
        draft.content = []


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
        if REACH in draft.rules:
            # The pointer went astray once, and is doubted for it once.
            draft.rules.append(ATTITUDE)
        else:
            doubt(draft, ATTITUDE)


def _voiced(borders: Borders, draft: Draft) -> None:
    """Make the object of a verb that only voices it the content: "has maintained | a strict policy against it"."""
    if not draft.trigger or lemma(borders.text[slice(*draft.trigger[-1])]) not in words("verbs", "voicing"):
        return
    start, last = draft.trigger[-1][1], borders.sentence(draft.trigger[-1][0])[1]
    if _OBJECT.match(borders.text, start, last) is None:
        return
    aside = _ENDING.search(borders.text, start, last)
    piece = borders.piece((start, last if aside is None else aside.start()), draft.trigger[-1])
    if piece is not None and len(TOKEN.findall(borders.text, *piece)) >= _FEW:
        draft.content = [piece]
        draft.rules.append(VOICED)


def _attitude_end(text: str, end: int) -> int:
    """Where the noun of attitude ends that the cue runs into, "have expressed their | concerns"; else where the cue ends."""
    run = _RUN.match(text, end)
    for word in _WORD.finditer(text, end, run.end() if run else end):
        if word.group() in words("verbs", "attitudes"):
            return word.end()
    return end


def _reachable(borders: Borders, draft: Draft) -> None:
    """Leave out pieces of content in another sentence than the cue, unless they stand in quotation marks or behind a colon."""
    if not draft.trigger:
        return
    draft.content = _behind_label(borders, draft)
    near: list[Extent] = []
    for piece in draft.content:
        listed = bool(near) and draft.near[0] < near[-1][0] and borders.text[near[-1][1] : piece[0]].strip() in (":", ".", ";", ",")
        listed = listed or (bool(near) and _one_quotation(borders, near[-1], piece))
        if listed or _in_reach(borders, draft, piece):
            near.append(piece)
    if len(near) < len(draft.content):
        doubt(draft, REACH)
        draft.content = near
    _in_turn(borders, draft)


def _behind_label(borders: Borders, draft: Draft) -> list[Extent]:
    """The pieces, cut where a label opens a turn that one of them runs into: "A: And then? | B: Then we go."."""
    cue = draft.trigger[0]
    if not _labels(borders, draft, cue):
        return draft.content
    cut = [(max(start, cue[1]), end) if start < cue[0] and cue[1] < end else (start, end) for start, end in draft.content]
    return [borders.trim(extent) or extent for extent in cut]


def _in_turn(borders: Borders, draft: Draft) -> None:
    """Leave out what stands in a paragraph before the cue's, where the draft has content in the cue's own: a new turn."""
    cue = draft.trigger[0]
    own = [piece for piece in draft.content if not _parted(borders.text, piece, cue)]
    turns = {id(borders.quotations.of(piece[0])) for piece in own if borders.quotations.of(piece[0])}
    kept = [piece for piece in draft.content if piece[0] >= cue[0] or piece in own or id(borders.quotations.of(piece[0])) in turns]
    if own and len(kept) < len(draft.content):
        draft.content = kept
        if REACH not in draft.rules:
            draft.rules.append(REACH)


def _parted(text: str, piece: Extent, cue: Extent) -> bool:
    """Whether a paragraph ends between a piece and the cue: at a blank line, or at a line that ends with a stop."""
    between = text[cue[1] : piece[0]] if cue[1] <= piece[0] else text[piece[0] : cue[0]]
    return _PARAGRAPH.search(between) is not None


def _one_quotation(borders: Borders, one: Extent, other: Extent) -> bool:
    """Whether two pieces stand in one quotation, which runs over paragraphs, or in one speech, with no more than an aside between them."""
    first, second = borders.quotations.of(one[0]), borders.quotations.of(other[0])
    return first is not None and second is not None and (first is second or other[0] - one[1] < _SPEECH)


def _in_reach(borders: Borders, draft: Draft, piece: Extent) -> bool:
    """Whether the cue governs the piece: in its sentence, or a quotation next to it."""
    text = borders.text
    cue = min(draft.trigger, key=lambda extent: gap(extent, piece))
    between = text[cue[1] : piece[0]] if cue[1] <= piece[0] else text[piece[1] : cue[0]]
    if _labels(borders, draft, cue) and piece[0] < cue[0]:
        return False
    if not between or text[cue[1] - 1] in ":–—" or text[cue[0] : cue[0] + 3].lower() == "so ":
        return True
    sentence = borders.sentence(cue[0])
    if piece[0] < sentence[1] and sentence[0] < piece[1]:
        return "\n\n" not in between
    quoted = text[piece[0]] in _MARKS or text[piece[1] - 1] in _MARKS or borders.quotations.hold(piece[0] + 1)
    return quoted and between.count("\n\n") <= 1


def _labels(borders: Borders, draft: Draft, cue: Extent) -> bool:
    """Whether the cue is a colon behind its speaker: such a label governs what follows, and nothing before it."""
    speaker = draft.speaker
    return borders.text[cue[0] : cue[1]].strip() == ":" and speaker is not None and speaker[1] <= cue[0]


def pointed_anew(borders: Borders, draft: Draft) -> bool:
    """Whether the draft has new content: what stands beside its cue, where that is other than what it had."""
    found = [piece for piece in _rest(borders, draft) or beside(borders, draft) if not _TERMS.match(borders.text, *piece)]
    if not found or found == draft.content:
        return False
    draft.content = found
    doubt(draft, BESIDE)
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
