"""Whether a speaker was taken for the actor that the mark names, where the marker's own wording is not held against the reader.

States are compared by their ids. A person's id is right too where it has the same surname and no name that the mark lacks, and an
organisation's or an outlet's where it is the same name in other words: "person:brandvik" for "person:olaf-brandvik",
"japan-defence-ministry" for "japanese-ministry-of-defense", "border-guard" for "polish-border-guard" (countries are a field of their
own). What the marks call a group ("group:benelux-diplomats") is the marker's own description, which nobody can be asked to guess: right is
who is left without a name as well. All this under one id wherever the article's marks have one, and under another than anybody else there.
Where the marks name a person together with whom they speak for, the person decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from onrecord import lexicons

Line = Mapping[str, Any]
Pairs = Mapping[str, str]

_DESCRIBED, _PERSON, _STATE = "group:", "person:", "state:"
_SMALL = frozenset(("of", "the", "for", "and", "on", "in", "affairs"))
_SPELLINGS = {
    "defense": "defence",
    "labor": "labour",
    "center": "centre",
    "organization": "organisation",
    "program": "programme",
    "uk": "GBR",
}


def right(marked: Line, found: Line | None, pairs: Pairs) -> bool:
    """Whether the speaker that was found is the actor, or are the actors, of the marked one.

    Args:
        marked: the gold's speaker.
        found: the speaker of the statement that was found there; None where it has none.
        pairs: which of the article's marked actors each found one stands for, by `paired`.
    """
    theirs, mine = set(marked.get("actors", ())), {pairs.get(one, one) for one in (found or {}).get("actors", ())}
    if persons := _of(theirs, _PERSON):
        return persons == _of(mine, _PERSON) and not _of(mine, _STATE) - theirs and not _of(mine, _DESCRIBED)
    if not theirs:
        return all(one.startswith(_DESCRIBED) for one in (found or {}).get("actors", ()))
    if not mine:
        return bool((found or {}).get("unnamed")) and all(one.startswith(_DESCRIBED) for one in theirs)
    return theirs == mine


def paired(speakers: Sequence[tuple[Line, Line | None]]) -> dict[str, str]:
    """Which marked actor each found one of an article stands for: one to one, equal ids first, then those that meet most often."""
    met = Counter(
        (theirs, mine)
        for marked, found in speakers
        for theirs in marked.get("actors", ())
        for mine in (found or {}).get("actors", ())
        if _may_be(theirs, mine)
    )
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for (theirs, mine), _ in sorted(met.items(), key=lambda one: (one[0][0] != one[0][1], -one[1], one[0])):
        if mine not in pairs and theirs not in taken:
            pairs[mine] = theirs
            taken.add(theirs)
    return pairs


def _of(actors: Iterable[str], kind: str) -> set[str]:
    return {actor for actor in actors if actor.startswith(kind)}


def _may_be(theirs: str, mine: str) -> bool:
    """Whether two ids can be one actor's."""
    kind, _, name = mine.partition(":")
    other, _, marked = theirs.partition(":")
    if kind != other:
        return False
    if kind == "person":
        ours, full = _plain(name), _plain(marked)
        return ours[-1] == full[-1] and set(ours) <= set(full)
    if kind in ("org", "outlet"):
        ours, full = _plain(_countries(name)), _plain(_countries(marked))
        return set(ours) in (set(full), {piece for piece in full if not piece.isupper()})
    return kind == "group" or name == marked


def _plain(name: str) -> list[str]:
    """An id's words without small ones, in one spelling, and with foreign letters in one way."""
    pieces = [_SPELLINGS.get(piece, piece) for piece in name.split("-")]
    return [re.sub("([aou])e", r"\1", piece) for piece in pieces if piece not in _SMALL] or pieces


def _countries(name: str) -> str:
    """The name with a country's name or adjective in front, or its name at the end, as the country's code."""
    forms, pieces = _forms(), name.split("-")
    for length in range(min(3, len(pieces) - 1), 0, -1):
        if code := forms.get("-".join(pieces[:length])):
            return "-".join([code, *pieces[length:]])
        if code := forms.get("-".join(pieces[-length:])):
            return "-".join([code, *pieces[:-length]])
    return name


@cache
def _forms() -> dict[str, str]:
    """Countries' names and adjectives, in the form that ids have."""
    return {
        form.lower().replace(".", "").replace(" ", "-"): code
        for code, entry in lexicons.load("countries").items()
        for field in ("names", "adjectives")
        for form in entry.get(field, ())
    }
