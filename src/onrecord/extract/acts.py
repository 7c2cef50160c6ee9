"""What a speaker does by saying it, where the cue names it: "called on" urges whatever else is said."""

from __future__ import annotations

import re
from typing import cast, get_args

from onrecord.extract.borders import Borders
from onrecord.extract.drafts import Draft
from onrecord.extract.words import lemma, phrases, table, words
from onrecord.records import Act


def act(borders: Borders, draft: Draft) -> Act:
    """The act that marked articles always have with the draft's cue and construction, else the reader's."""
    text = borders.text
    if draft.trigger:
        cue = [text[start:end] for start, end in draft.trigger]
        if lemma(" ".join(cue)) in words("relations", "agreeing"):
            return "agree"
        known = table("acts", "acts")
        for key in constructions(cue, "".join(text[start:end] for start, end in draft.content[:1])):
            if key in known:
                return cast(Act, known[key])
        # Whoever does not endorse or support refuses; not to object is another thing.
        if draft.attributes.get("act") in ("agree", "permit") and is_negated(" ".join(cue)) and known.get(lemma(cue[0])) == "agree":
            return "refuse"
    said = draft.attributes.get("act", "assert")
    if said in _UNCERTAIN and (lets := _lets(text, draft)) is not None:
        return lets
    return cast(Act, said) if said in get_args(Act) else "assert"


def _lets(text: str, draft: Draft) -> Act | None:
    """What somebody does who says not to stand in the way: "would not object", "would not say no to help"."""
    said = text[slice(*draft.content[0])]
    pieces = [text[start:end] for start, end in draft.trigger]
    if _OWN.match(said):
        # Whoever says that another would not object only asserts it.
        pieces.append(said)
    for piece in pieces:
        clause = _CLAUSE.match(piece)
        hit = None if clause is None else phrases(tuple(table("negation", "letting"))).search(clause.group())
        if hit is not None and clause is not None and _JUST_NOT.search(clause.group(), 0, hit.start()) is not None:
            return cast(Act, table("negation", "letting")[" ".join(hit.group().lower().split())])
    return None


def constructions(cue: list[str], content: str) -> tuple[str, str]:
    """The cue's lemma, "not" before it where it is negated, with how the content begins ("to", "that", else "it"), and by itself."""
    head = ("not " if is_negated(" ".join(cue)) else "") + lemma(cue[0])
    first = _FIRST.search(content)
    word = first.group().lower() if first else ""
    return f"{head} + {word if word in ('to', 'that') else 'it'}", head


def is_negated(cue: str) -> bool:
    """Whether the cue says that something was not said: "did not repeat", "wouldn't say"."""
    return phrases(_NEGATIONS).search(cue) is not None or _SHORT.search(cue) is not None


_UNCERTAIN = ("refuse", "deny", "restrict", "assert", "commit", "threaten")
_OWN = re.compile(r"(?:that\s+)?[“\"‘'«„]?(?:we|i|he|she|it|they)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[^,;:.!?]{1,80}")
_JUST_NOT = re.compile(r"(?:\b(?:not|never|no longer)|n['’]t) $", re.IGNORECASE)
_NEGATIONS = frozenset({"not", "never", "no", "neither", "nor", "cannot"})
_SHORT = re.compile(r"n['’]t(?!\w)", re.IGNORECASE)
_FIRST = re.compile(r"[^\W_]+")
