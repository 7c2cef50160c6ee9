"""Relays: the media and people through whom the article has a statement, nearest the reader first.

According to a report by Die Lage, these representatives warned that …
             ~~~~~~~~~~~~~~~~~~~~  ~~~~~~~~~~~~~~~~~~~~~ ~~~~~~
             via                   speaker               cue

They will go, the agency KazWire reported, citing a port captain.     the captain's words, through the agency
He told the daily Gazeta Azul · in an interview with the Courier · a diplomat quoted by Radio Sul

What somebody says on the air, in an interview with a broadcaster, anybody hears: that is an occasion and no relay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache

from onrecord.extract.borders import Borders, covered, length, shared, touch
from onrecord.extract.drafts import Draft
from onrecord.extract.media import Media, Medium, known, peoples
from onrecord.extract.words import lemma, phrases, words
from onrecord.records import Entity, Extent

MERGED = "rule/relay-merged-1"
FOUND = "rule/relay-2"
CITED = "rule/relay-cited-1"

_ACCORDING = re.compile(r"\b(?:according to|as reported by|as quoted by|quoted by|cited by)\s+", re.IGNORECASE)
_CITING = re.compile(r"\b(?:citing|quoting|on the authority of)\s+(?=\S)", re.IGNORECASE)
_NEAR = 90
"""The words that name a relay begin no further than this from the words that attribute."""
_FAR = 200
"""A medium further than this from all that attributes has no part in it."""
_AUDIENCE = r"viewers|readers|listeners|reporters|journalists|an?\s+(?:reporter|journalist|correspondent|interviewer)"
_AT = rf"(?:\s*(?:(?:{_AUDIENCE})\s+(?:of|from|for|at|with)|an?))?\s*"
_DAY = r"(?:(?:on\s+|late\s+|early\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:morning|afternoon|evening|night))?\s+)?"
_TOLD = re.compile(rf"\s*(?:\w+ly\s+)?{_DAY}(?:to|with|by|(?P<where>on|in))?{_AT}", re.IGNORECASE)
_SHORT_OF_CLAUSE = re.compile(r"[\s,”\"’'—–-]*(?:[\w’'-]+,?\s+){0,5}")
_SO = re.compile(r"(?:\b(?:according to|as reported by|as quoted by|per|so)\s+|,\s+as\s+|^as\s+)$", re.IGNORECASE)
_GOVERNED = re.compile(r"\b(?:to|by|per|through|via|citing|quoting|credited|as|so|from|in)\s+(?:the\s+)?$", re.IGNORECASE)
_OPENS = re.compile(r"^[\s“\"‘]*(?:At|In|On|For|Over at)\s+$")


def relay(borders: Borders, found: Sequence[Draft], media: Media, entities: Sequence[Entity] = ()) -> list[Draft]:
    """The drafts with their relays, and one for each source that a medium's own report cites.

    "According to" a medium what somebody said is one statement by somebody, through the medium.
    """
    gone: set[int] = set()
    for draft in found:
        _keep_relays(borders, media, draft)
    for outer, inner in _nested(borders, media, found):
        if id(outer) in gone:
            continue
        if _passes_on(borders, outer, inner):
            # Nearest the reader first: what the article has it from, then what that has it from.
            inner.roles["via"] = [*outer.roles.get("via", []), *outer.roles.get("speaker", []), *inner.roles.get("via", [])]
            inner.rules.append(MERGED)
            gone.add(id(outer))
        elif _quotes(borders, outer) and outer.near[0] < inner.near[0] and outer.speaker is not None:
            chain = [*outer.roles.get("via", []), outer.speaker]
            held = inner.roles.get("via", [])
            if outer.speaker not in held and all(link in chain for link in held):
                inner.roles["via"] = chain
                inner.rules.append(FOUND)
    kept = [draft for draft in found if id(draft) not in gone]
    cues = sorted(extent for draft in kept for extent in draft.trigger)
    for draft in kept:
        _add(borders, media, draft, cues)
    cited = [new for draft in kept if (new := _cited(borders, media, draft, kept, entities)) is not None]
    for draft in kept:
        draft.roles["via"] = _once(draft.roles.get("via", []))
    return sorted([*kept, *cited], key=lambda draft: draft.start)


def outlet(text: str, extent: Extent, entities: Iterable[Entity], media: Media) -> str | None:
    """The name of the medium within a phrase: "Der Spiegel" in "a report by Der Spiegel"; None where it has no name or is a person."""
    medium = media.at(extent)
    if medium is not None and medium.name is not None:
        return medium.name
    inside = [entity for entity in entities if extent[0] <= entity.start and entity.end <= extent[1]]
    phrase = text[extent[0] : extent[1]]
    if medium is not None or any(entity.label == "PER" for entity in inside):
        return None
    if re.fullmatch(r"(?:[Tt]he\s+)?" + _CAPITALS.pattern, phrase) and not any(entity.label == "LOC" for entity in inside):
        return re.sub(r"^[Tt]he\s+", "", phrase) if phrase.lower() not in words("stopwords", "words") else None
    if not is_medium(phrase):
        return None
    places = {text[entity.start : entity.end] for entity in inside if entity.label == "LOC"}
    names = [re.sub(r"^[Tt]he\s+|[’']s$", "", hit.group()).rstrip(".’'") for hit in _CAPITALS.finditer(phrase)]
    names = [name for name in names if name not in places and name not in peoples() and name.lower() not in words("media", "articles")]
    return names[-1] if names else None


def is_medium(phrase: str) -> bool:
    """Whether a noun phrase stands for a medium: a noun such as "daily" or "report", or a known name, and no institution's own paper."""
    if phrases(words("media", "not_media")).search(phrase) or re.search(
        r"\b(?:this|our)\s+(?:news)?(?:paper|publication|outlet|website|site)", phrase, re.IGNORECASE
    ):
        return False
    return phrases(words("media", "nouns") | words("outlets", "nouns")).search(phrase) is not None or any(
        known(hit.group()) for hit in _CAPITALS.finditer(phrase)
    )


_CAPITALS = re.compile(r"[^\W\d_a-z][\w’'&.\-]*(?:\s+[^\W\d_a-z][\w’'&.\-]*)*")


def _keep_relays(borders: Borders, media: Media, draft: Draft) -> None:
    """Keep what the reader pointed at as relays where it can be one: no outlet of this article, and no words of another sentence."""
    kept = []
    text = borders.text
    sentences = {borders.sentence(draft.near[0]), borders.sentence(draft.content[0][0])}
    for extent in draft.roles.get("via", ()):
        medium = media.at(extent)
        if borders.sentence(extent[0]) not in sentences or (medium is not None and (media.is_own(medium) or draft.speaker == extent)):
            continue
        if medium is None and not is_medium(text[slice(*extent)]) and not _GOVERNED.search(text, max(extent[0] - 40, 0), extent[0]):
            continue
        if medium is not None and medium.extent[1] < extent[1] and borders.text[medium.extent[1]] != ",":
            extent = (min(extent[0], medium.extent[0]), medium.extent[1])
        kept.append(extent)
    draft.roles["via"] = kept


def _once(media: Sequence[Extent]) -> list[Extent]:
    """The media without one that lies in another's phrase: "Die Lage" in "a report by Die Lage" is one link of the chain."""
    return [
        one
        for at, one in enumerate(media)
        if not any(other[0] <= one[0] and one[1] <= other[1] and (other != one or n < at) for n, other in enumerate(media) if n != at)
    ]


def _add(borders: Borders, media: Media, draft: Draft, cues: Sequence[Extent]) -> None:
    """Give the draft the relays that the words around its cue and speaker name, and those that these have it from."""
    before = list(draft.roles.get("via", ()))
    new: list[Extent] = []
    if draft.trigger:
        sentence = borders.sentence(draft.near[0])
        if (aside := _people(borders, draft)) is not None and not any(touch(aside, other) for other in before):
            new.append(aside)
        if not before and (report := _before(borders, media, draft)) is not None:
            new.append(report)
        for medium in _around(media, draft, sentence):
            if media.is_own(medium) or _is_spoken(borders, draft, medium) or _is_held(media, medium, [*before, *new]):
                continue
            if _through(borders, draft, medium, sentence, cues):
                new.append(medium.extent)
    chain = [*before, *new]
    for extent in list(chain):
        chain[chain.index(extent) + 1 : chain.index(extent) + 1] = [
            link for link in _passed(borders, media, extent) if link not in chain and link != draft.speaker
        ]
    if chain != before:
        draft.roles["via"] = chain
        draft.rules.append(FOUND)


def _is_held(media: Media, medium: Medium, chain: Iterable[Extent]) -> bool:
    """Whether the chain holds the medium already, in these words or in others."""
    for extent in chain:
        other = media.at(extent)
        if touch(medium.extent, extent) or (other is not None and other.name is not None and other.name == medium.name):
            return True
    return False


def _is_spoken(borders: Borders, draft: Draft, medium: Medium) -> bool:
    """Whether the medium is named in the draft's own content, is its speaker, or stands in a quotation that the cue does not."""
    if covered(medium.extent, draft.content) or (
        draft.speaker is not None and medium.extent[0] <= draft.speaker[0] and draft.speaker[1] <= medium.extent[1]
    ):
        return True
    return any(not (start <= draft.near[0] < end) for start, end in borders.quotations.around(medium.extent[0]))


def _through(borders: Borders, draft: Draft, medium: Medium, sentence: Extent, cues: Sequence[Extent]) -> bool:
    """Whether the words around say that the draft's words went through the medium."""
    text, (start, end) = borders.text, medium.extent
    last = draft.trigger[-1][1]
    before = text[max(sentence[0], start - _NEAR) : start]
    speaker = draft.speaker
    if speaker is not None and speaker[0] <= start and end <= speaker[1]:
        return _done().search(before) is not None
    if last <= start:
        done = _done().search(before)
        if done is not None and draft.trigger[0][0] <= start - len(before) + done.start() <= last:
            return True  # The cue itself says it: "was quoted by".
        told = _TOLD.fullmatch(text, last, start)
        if told is not None and lemma(text[slice(*draft.trigger[-1])]) in words("media", "telling"):
            return not (told.group("where") and medium.is_heard)
        if _is_other(draft, cues, last, start):
            return False
        return _behind(text, draft, medium, before)
    if end <= draft.trigger[0][0]:
        if speaker is not None and speaker[1] <= start:
            return _done().search(before) is not None and start - speaker[1] < _NEAR
        first = draft.trigger[0][0] if speaker is None else min(speaker[0], draft.trigger[0][0])
        opens = first - end <= _NEAR and not _is_other(draft, cues, end, first)
        if not opens:
            return False
        if (_talk().search(before) and not medium.is_heard) or _done().search(before):
            return draft.content[-1][1] > end and not any(a < start for a, _ in draft.content)
        between = text[end:first].strip().strip('“"‘')
        if between == "that" and words("media", "reports") & set(text[start:end].lower().split()[:4]):
            return True
        opening = _SO.search(before) or (not medium.is_heard and _OPENS.search(text[sentence[0] : start]))
        return bool(opening) and between in (",", ", the", ", a", ", an")
    return False


def _behind(text: str, draft: Draft, medium: Medium, before: str) -> bool:
    """Whether a medium behind the cue is named right behind the words that attribute or the content: "…, in an interview with X"."""
    start = medium.extent[0]
    ends = [draft.trigger[-1][1], *(end for _, end in draft.content if end <= start)]
    if draft.speaker is not None and draft.speaker[1] <= start:
        ends.append(draft.speaker[1])
    for pattern in (_done(),) if medium.is_heard else (_talk(), _done()):
        if (hit := pattern.search(before)) is not None:
            begins = start - len(before) + hit.start()
            return max(ends) <= begins + 1 and _SHORT_OF_CLAUSE.fullmatch(text, max(ends), begins) is not None
    return (
        _SO.search(before) is not None
        and re.fullmatch(r"[\s,”\"’']*(?:according to|as|as quoted by|as reported by|per|so)\s+", text[max(ends) : start], re.IGNORECASE)
        is not None
    )


def _is_other(draft: Draft, cues: Sequence[Extent], start: int, end: int) -> bool:
    """Whether another draft's cue stands between two places; the cues are in order."""
    at = bisect_left(cues, (start, 0))
    while at < len(cues) and cues[at][0] < end:
        if cues[at][1] <= end and cues[at] not in draft.trigger:
            return True
        at += 1
    return False


def _around(media: Media, draft: Draft, sentence: Extent) -> list[Medium]:
    """The media in the cue's sentence that are not far from the cue, the speaker or the end of the content."""
    places = [*draft.trigger, *draft.roles.get("speaker", ()), *((end, end) for _, end in draft.content)]
    stretches = [(max(start - _FAR, sentence[0]), min(end + _FAR, sentence[1])) for start, end in places]
    found = {medium.extent: medium for stretch in stretches for medium in media.between(*stretch)}
    return [found[extent] for extent in sorted(found)]


def _before(borders: Borders, media: Media, draft: Draft) -> Extent | None:
    """The report in "According to an article in X, she said" whose medium is not known by its name: before the speaker, up to the comma."""
    speaker = draft.speaker
    if speaker is None or speaker[0] > draft.trigger[0][0]:
        return None
    start = borders.sentence(speaker[0])[0]
    hits = list(_ACCORDING.finditer(borders.text, max(start, speaker[0] - 120), speaker[0]))
    if not hits or shared([hits[-1].span()], draft.trigger):
        return None
    piece = borders.text[hits[-1].end() : speaker[0]]
    if not piece.rstrip().endswith(",") or piece.count(",") > 1 or media.between(hits[-1].end(), speaker[0]):
        return None
    if not is_medium(piece) or phrases(words("media", "nouns")).search(piece) is None:
        return None
    return borders.phrase((hits[-1].end(), speaker[0]), hits[-1].span())


def _people(borders: Borders, draft: Draft) -> Extent | None:
    """The people through whom the article has what somebody says: "the envoy, per two officials, is ready to …"."""
    speaker = draft.speaker
    if speaker is None or speaker[1] >= draft.trigger[0][0]:
        return None
    hit = _PER.fullmatch(borders.text, speaker[1], draft.trigger[0][0])
    if hit is None or not set(hit.group("who").lower().split()) & words("unnamed", "nouns"):
        return None
    return hit.span("who")


_PER = re.compile(r",\s+(?:per|according to)\s+(?P<who>[^,;:“”\"]+),\s+")


@cache
def _done() -> re.Pattern[str]:
    """What is done by a medium, or given to it, right before its name."""
    by = _either("done_by")
    to = _either("given_to")
    return re.compile(rf"(?:\b(?:{by})\s+(?:\w+\s+)?(?:by|in|on)\s+|\b(?:{to})\s+(?:\w+ly\s+)?(?:to|with)\s+)$", re.IGNORECASE)


@cache
def _talk() -> re.Pattern[str]:
    """The occasion that a medium gave or printed, right before its name."""
    return re.compile(rf"\b(?:{_either('talks')})\s+(?:[\w,]+\s+){{0,3}}?(?:with|to|for|by|on|in)\s+$", re.IGNORECASE)


@cache
def _passing() -> re.Pattern[str]:
    """What stands between two media of which the first has it from the second."""
    return re.compile(rf"[\s,]+(?:and\s+|in\s+turn\s+|itself\s+|which\s+)?(?:{_either('passing')})\s+", re.IGNORECASE)


def _either(key: str) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words("media", key), key=lambda word: (-len(word), word)))


def _passed(borders: Borders, media: Media, extent: Extent) -> list[Extent]:
    """The media that the one at this extent has it from, in their order: "X, quoting Y, …"."""
    out: list[Extent] = []
    sentence = borders.sentence(extent[0])
    at = extent[1]
    for medium in media.between(at, sentence[1]):
        if _passing().fullmatch(borders.text, at, medium.extent[0]) is None:
            break
        out.append(medium.extent)
        at = medium.extent[1]
    return out


def _cited(borders: Borders, media: Media, draft: Draft, found: Sequence[Draft], entities: Sequence[Entity]) -> Draft | None:
    """A draft for whom the medium cites in its own report: "the agency X reported, citing a port captain"."""
    speaker = draft.speaker
    medium = None if speaker is None else media.at(speaker)
    if speaker is None or medium is None or medium.extent[0] > speaker[0] or media.is_own(medium) or not draft.trigger:
        return None
    text, sentence = borders.text, borders.sentence(draft.near[0])
    for hit in _CITING.finditer(text, speaker[1], sentence[1]):
        # Right behind the medium or its cue, in the clause that attributes.
        near = [end for end in (speaker[1], draft.trigger[-1][1]) if end <= hit.start()]
        if not near or _SHORT_OF_CLAUSE.fullmatch(text, max(near), hit.start()) is None or covered(hit.span(), draft.content):
            continue
        source = _source(borders, hit, sentence[1])
        if source is None or not _is_somebody(text, source, media, entities):
            return None
        if any(other is not draft and other.speaker is not None and touch(other.speaker, source) for other in found):
            return None
        new = Draft(
            [(hit.start(), hit.end() - 1)], draft.content, {"speaker": [source], "via": [speaker]}, draft.attributes, draft.confidence * 0.9
        )
        new.rules.append(CITED)
        return new
    return None


def _source(borders: Borders, hit: re.Match[str], end: int) -> Extent | None:
    """The noun phrase behind "citing": up to the comma, or to where what they say begins."""
    text = borders.text
    stop = re.compile(r",|;|:|\s+(?:that|as\s+saying)\b|\s[—–-]\s|[.!?]?[”\"]?$").search(text, hit.end(), end)
    return borders.trim((hit.end(), stop.start() if stop else end))


def _is_somebody(text: str, source: Extent, media: Media, entities: Sequence[Entity]) -> bool:
    """Whether it is people, a body or a medium that is cited, and no thing."""
    piece = text[slice(*source)]
    if re.match(r"(?:no|its|an?)\s+(?:one|own|interview)", piece, re.IGNORECASE):
        return False
    first = re.split(r"\s+(?:of|in|from|with|who|at|on|for|about)\b", piece, maxsplit=1)[0]
    if first.split()[-1:] and first.split()[-1].lower().strip("”\"'’") in words("unnamed", "nouns") | words("media", "people"):
        return True
    if media.at(source) is not None:
        return True
    return any(entity.label in ("PER", "ORG") and source[0] <= entity.start and entity.end <= source[0] + len(first) for entity in entities)


def _nested(borders: Borders, media: Media, found: Sequence[Draft]) -> list[tuple[Draft, Draft]]:
    """Pairs of a medium's draft and one that lies in its content, or has the same content."""
    outers = [
        draft
        for draft in found
        if draft.trigger
        and draft.speaker is not None
        and (is_medium(borders.text[slice(*draft.speaker)]) or media.at(draft.speaker) is not None)
    ]
    out: list[tuple[Draft, Draft]] = []
    for outer in outers:
        start, end = outer.content[0][0], outer.content[-1][1]
        inside = [
            draft
            for draft in found
            if draft is not outer
            and draft.trigger
            and start - 60 <= draft.near[0] < end
            and draft.content[-1][1] <= end + 3
            and not covered(outer.near, draft.content)
        ]
        if inside:
            out.append((outer, max(inside, key=lambda draft: length(draft.content))))
    return out


def _passes_on(borders: Borders, outer: Draft, inner: Draft) -> bool:
    """Whether the outer draft only names the medium through which the inner one comes."""
    text = borders.text
    cue = " ".join(text[start:end] for start, end in outer.trigger)
    if _ACCORDING.match(cue.strip() + " ") is None or inner.speaker is None or inner.speaker == outer.speaker:
        return False
    if lemma(" ".join(text[start:end] for start, end in inner.trigger)) not in words("media", "saying"):
        return False
    begins = abs(inner.speaker[0] - outer.content[0][0]) <= 3 or inner.speaker[0] < outer.content[0][0]
    same = shared(inner.content, outer.content) * 10 >= length(inner.content) * 9
    return begins and same and abs(inner.content[-1][1] - outer.content[-1][1]) <= 3


def _quotes(borders: Borders, outer: Draft) -> bool:
    """Whether the outer draft's cue is a medium's quoting: "quotes X as saying"."""
    return lemma(" ".join(borders.text[start:end] for start, end in outer.trigger)) in words("media", "quoting")
