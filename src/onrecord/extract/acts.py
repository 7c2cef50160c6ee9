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
    return cast(Act, said) if said in get_args(Act) else "assert"


def constructions(cue: list[str], content: str) -> tuple[str, str]:
    """The cue's lemma, "not" before it where it is negated, with how the content begins ("to", "that", else "it"), and by itself."""
    head = ("not " if is_negated(" ".join(cue)) else "") + lemma(cue[0])
    first = _FIRST.search(content)
    word = first.group().lower() if first else ""
    return f"{head} + {word if word in ('to', 'that') else 'it'}", head


def is_negated(cue: str) -> bool:
    """Whether the cue says that something was not said: "did not repeat", "wouldn't say"."""
    return phrases(_NEGATIONS).search(cue) is not None or _SHORT.search(cue) is not None


_NEGATIONS = frozenset({"not", "never", "no", "neither", "nor", "cannot"})
_SHORT = re.compile(r"n['’]t(?!\w)", re.IGNORECASE)
_FIRST = re.compile(r"[^\W_]+")
