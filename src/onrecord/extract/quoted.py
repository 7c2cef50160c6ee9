"""Whose quotations are whose: a quotation belongs to one speaker, over sentences and paragraphs, and so does one that obviously goes on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from onrecord.extract.beside import beside
from onrecord.extract.borders import Borders, length, touch
from onrecord.extract.chains import holding, voice
from onrecord.extract.drafts import Draft, tidy
from onrecord.extract.quotes import Quotation
from onrecord.extract.repairs import BESIDE
from onrecord.extract.words import TOKEN
from onrecord.records import Extent, Manner

RUNNING = "rule/running-quotation-1"
FOLLOWING = "rule/follow-on-quotation-1"
BEFORE = "rule/quotation-before-1"
_BEHIND = 100
"""The words that attribute stand no further behind the first half of a quotation than this."""
_MANY = 60
"""So many pieces a statement's content may have; a speech longer than that is read by its own cues."""


def belong(borders: Borders, found: Sequence[Draft]) -> None:
    """Give each draft the quotations that are its speaker's: those that run on into later paragraphs, and those that follow its cue.

    “We stay,” she said. “If they leave, we leave.”     the second goes on with the first
    """
    owners = _owners(borders, found)
    places = {id(draft): at for at, draft in enumerate(found)}
    ends = {
        max(end for _, end in (*draft.content, *draft.trigger)): draft for draft in sorted(found, key=lambda draft: length(draft.content))
    }
    starts = sorted((draft.trigger[0][0], at) for at, draft in enumerate(found) if draft.trigger and draft.speaker is not None)
    last: tuple[Draft, Extent] | None = None
    for quotation, owner, others in owners:
        behind = _interrupted(borders, found, starts, quotation)
        if behind is not None and (owner is None or _let_go(borders, owner, quotation)):
            owner = behind
            _give(owner, list(quotation.pieces), BEFORE)
        elif (
            owner is None
            and last is not None
            and len(last[0].content) < _MANY
            and _follows(borders, last, quotation, _around(found, places, last[0]))
        ):
            owner = last[0]
            _give(owner, list(quotation.pieces), FOLLOWING)
        elif owner is None and (before := _told(borders, ends, quotation)) is not None and len(before.content) < _MANY:
            owner = before
            _give(owner, list(quotation.pieces), FOLLOWING)
        elif owner is not None and len(quotation.pieces) > 1 and len(owner.content) < _MANY:
            had = [extent for draft in (owner, *others) for extent in draft.content]
            missing = [piece for piece in quotation.pieces if not any(touch(piece, extent) for extent in had)]
            if missing and (quotation.start <= owner.content[0][0] <= quotation.end or _begins(borders.text, owner, quotation)):
                _give(owner, missing, RUNNING)
        last = None if owner is None else (owner, (quotation.start, quotation.end))


def manner(borders: Borders, draft: Draft) -> Manner:
    """Whether the content stands in quotation marks: all of it, none of it, or some."""
    text, quotations = borders.text, borders.quotations
    inside = outside = 0
    for start, end in draft.content:
        at = start
        for opening, closing in quotations.within(start, end):
            outside += sum(character.isalnum() for character in text[at:opening])
            inside += 1
            at = closing
        rest = sum(character.isalnum() for character in text[at:end]) if at < end else 0
        if rest and any(not (piece[0] < draft.near[0] < piece[1]) for piece in quotations.around(start) if end <= piece[1]):
            inside, rest = inside + 1, 0
        outside += rest
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def _owners(borders: Borders, found: Sequence[Draft]) -> list[tuple[Quotation, Draft | None, list[Draft]]]:
    """Each outermost quotation with the draft whose content it is, and the others that have content in it."""
    out: list[tuple[Quotation, Draft | None, list[Draft]]] = []
    for quotation, holders in holding(borders, found):
        owner = voice(borders.text, quotation, holders) if len(quotation.pieces) > 1 else None
        owner = owner or min(holders, key=lambda draft: _least(draft, quotation), default=None)
        out.append((quotation, owner, [draft for draft in holders if draft is not owner]))
    return out


def _least(draft: Draft, quotation: Quotation) -> int:
    """The length of the draft's shortest piece in the quotation."""
    return min(end - start for start, end in draft.content if start < quotation.end and quotation.start < end)


def _begins(text: str, owner: Draft, quotation: Quotation) -> bool:
    """Whether the draft has what a running quotation begins with, its cue before it or in its paragraph."""
    has = any(touch(quotation.pieces[0], extent) for extent in owner.content)
    ahead = bool(owner.trigger) and owner.trigger[0][0] < quotation.start
    return has and (ahead or voice(text, quotation, (owner,)) is not None)


def _follows(borders: Borders, last: tuple[Draft, Extent], quotation: Quotation, others: Sequence[Draft]) -> bool:
    """Whether a quotation that no frame covers goes on with the one before: only words that attribute stand between, or a new paragraph."""
    owner, before = last
    text = borders.text
    between = text[before[1] : quotation.start]
    if len(between) > 240 or len(TOKEN.findall(text, quotation.start, min(quotation.end, quotation.start + 80))) < 2:
        return False
    opening = next((character for character in text[quotation.start : quotation.end] if character.isalnum()), "")
    if "\n" in between and text[before[0]] != text[quotation.start]:
        # Other marks than before: a headline between paragraphs, the name of a song.
        return False
    goes_on = between.rstrip()[-1:] == "," and text[before[1] - 2 : before[1] - 1] == ","
    if not (opening.isupper() or opening.isdigit() or goes_on):
        return False
    if not between.strip():
        # A paragraph that is nothing but a quotation, right after one by the same speaker.
        after = text[quotation.end : quotation.end + 2]
        return (
            "\n" in between
            and (not after.strip() or after[0] == "\n")
            and any(touch((before[0] - 400, before[1]), cue) for cue in owner.trigger)
        )
    if "\n" in between.strip() or not any(before[1] <= cue[0] and cue[1] <= quotation.start for cue in owner.trigger):
        return False
    if between.rstrip()[-1:] not in ".,:;!?":
        return False
    return not any(other is not owner and any(touch((before[1], quotation.start), cue) for cue in other.trigger) for other in others)


def _interrupted(borders: Borders, found: Sequence[Draft], starts: Sequence[tuple[int, int]], quotation: Quotation) -> Draft | None:
    """The draft whose words that attribute stand in the middle of what is quoted, where the reader saw the second half alone.

    “If they leave, we leave,” she said. “We have stayed before.”
    """
    text, end = borders.text, quotation.end
    if text[end - 2 : end - 1] not in (",", "!", "?") and text[end - 3 : end - 2] != ",":
        return None
    at = bisect_left(starts, (end, -1))
    if at == len(starts) or starts[at][0] - end > _BEHIND:
        return None
    draft = found[starts[at][1]]
    opening = draft.content[0][0]
    if opening < draft.trigger[-1][1] or len(draft.content) >= _MANY or "\n" in text[end : draft.trigger[0][0]]:
        return None
    # The next quotation is the one that holds what the reader saw, and it opens behind the cue.
    opened = next(borders.quotations.within(end, opening + 1), None)
    return draft if opened is not None and opened[1] == opening + 1 and opened[0] >= draft.trigger[0][0] else None


def _let_go(borders: Borders, owner: Draft, quotation: Quotation) -> bool:
    """Whether a draft has other content than a quotation behind its cue, beside the cue at least; it is then left without the quotation."""
    if not owner.trigger or owner.trigger[-1][1] > quotation.start:
        return False
    rest = [piece for piece in owner.content if not touch(piece, (quotation.start, quotation.end))]
    if rest:
        owner.content = rest
        return True
    before = [piece for piece in beside(borders, owner) if piece[1] <= owner.trigger[0][0]]
    if before:
        owner.content = before
        owner.rules.append(BESIDE)
    return bool(before)


def _told(borders: Borders, ends: Mapping[int, Draft], quotation: Quotation) -> Draft | None:
    """The draft that ends right before a quotation, which goes on with what was said.

    She said they would stay. “We have stayed before.”     If they leave, she said, “we stay”.
    """
    text = borders.text
    place = quotation.start
    while place and text[place - 1] in " .,":
        place -= 1
    draft = ends.get(place)
    if draft is None:
        return None
    between = text[place : quotation.start].strip()
    if between == ",":
        last = draft.content[-1][1]
        return draft if draft.trigger and last <= draft.trigger[0][0] and text[last : last + 1] == "," else None
    whole = text[quotation.end - 2 : quotation.end - 1] in (".", "!", "?", "…")
    return draft if between == "." and whole and borders.sentence(quotation.start)[0] >= quotation.start else None


def _around(found: Sequence[Draft], places: Mapping[int, int], owner: Draft) -> Sequence[Draft]:
    """The drafts that stand next to one in the text's order."""
    at = places[id(owner)]
    return found[max(at - 4, 0) : at + 5]


def _give(draft: Draft, pieces: Sequence[Extent], rule: str) -> None:
    draft.content = tidy([*draft.content, *pieces])
    if rule not in draft.rules:
        draft.rules.append(rule)
