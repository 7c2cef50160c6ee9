"""The parts of an antecedent: what is joined by "and" or "or" at its top level, where each side has a verb of its own.

if  Western support remains insufficient  and  Russia breaks through
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~  ~~~  ~~~~~~~~~~~~~~~~~~~~~
never  if  Latvia and Lithuania agree        one part: nouns are joined, not clauses
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from onrecord.extract.borders import Borders
from onrecord.extract.words import TOKEN, base, phrases, words
from onrecord.records import Extent, Record

Op = Literal["and", "or"]

_MARKERS = r"(?:(?:if|unless|only if|once|until|provided|when|should|that|then|also)\s+)"
_JOINT = re.compile(rf"(?:\s*,)?\s+(and|or|but|nor)\s+{_MARKERS}?|[,;]\s+((?:(?:if|unless|only if)\s+)?)", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"[\s,;:—–\"“”-]*(?:\((?:i|ii|iii|iv|v|\d|[a-d])\)|•|and|or|but|nor|both|either|else|secondly|second|had|were|should|{_MARKERS}|[\s,;:—–\"“”-])*",
    re.IGNORECASE,
)
_LIMIT = 600
"""An antecedent longer than this is a pointer gone astray, and is left in one part."""


class Tree(Record, frozen=True, kw_only=True):
    """An antecedent in extents: a leaf has its own, a group has ``op`` and parts."""

    extent: Extent
    op: Op | None = None
    parts: tuple[Tree, ...] = ()


def parted(borders: Borders, antecedent: Sequence[Extent], op: str | None) -> Tree:
    """The antecedent as a tree.

    Args:
        borders: the text's borders.
        antecedent: its pieces as the reader saw them; more than one are parts already.
        op: what the reader says joins the parts, where it says anything.
    """
    whole = (antecedent[0][0], antecedent[-1][1])
    said: Op | None = "or" if op == "or" else "and" if op == "and" else None
    if len(antecedent) > 1 and _only_joined(borders.text, antecedent):
        parts = tuple(_tree(borders, piece, None) for piece in antecedent)
        return Tree(extent=whole, op=_joined_by(borders.text, antecedent) or said or "and", parts=parts)
    return _tree(borders, whole, said)


def _only_joined(text: str, pieces: Sequence[Extent]) -> bool:
    """Whether between the reader's pieces stands no more than what joins parts: else it saw the ends of one, and passed over its middle."""
    return all(_BETWEEN.fullmatch(text, a[1], b[0]) is not None for a, b in pairwise(pieces))


def _tree(borders: Borders, extent: Extent, said: Op | None) -> Tree:
    """One piece, split at "or" first and each of its sides at "and", which binds closer."""
    if extent[1] - extent[0] > _LIMIT:
        return Tree(extent=extent)
    joints, pieces = _members(borders, extent, sure=said is not None)
    return _grouped(pieces, joints)


def _grouped(pieces: Sequence[Extent], joints: Sequence[Op]) -> Tree:
    """The tree of pieces with what joins each to the next."""
    whole = (pieces[0][0], pieces[-1][1])
    if not joints:
        return Tree(extent=whole)
    if "or" not in joints or "and" not in joints:
        return Tree(extent=whole, op=joints[0], parts=tuple(Tree(extent=piece) for piece in pieces))
    parts, start = [], 0
    for at, joint in enumerate(joints):
        if joint == "or":
            parts.append(_grouped(pieces[start : at + 1], joints[start:at]))
            start = at + 1
    parts.append(_grouped(pieces[start:], joints[start:]))
    return Tree(extent=whole, op="or", parts=tuple(parts))


def _joined_by(text: str, pieces: Sequence[Extent]) -> Op | None:
    """What joins the reader's own pieces, from the words between them."""
    between = " ".join(text[a[1] : b[0]] for a, b in pairwise(pieces))[:400].lower().split()
    return "or" if "or" in between else "and" if {"and", "but"} & set(between) else None


def _members(borders: Borders, extent: Extent, *, sure: bool) -> tuple[list[Op], list[Extent]]:
    """What joins the extent's members, and the members: each has a verb of its own, and what has none belongs to its neighbour."""
    text = borders.text
    pieces, joints = _segments(borders, extent, sure=sure)
    at = 1
    while at < len(pieces):
        left, right = text[slice(*pieces[at - 1])], text[slice(*pieces[at])]
        if not _clause(left, sure=sure):
            # Nouns are joined and their verb comes: "Latvia and Lithuania agree".
            pieces[at - 1 : at + 1] = [(pieces[at - 1][0], pieces[at][1])]
        elif _predicate(right, sure=sure) or _agrees(left, right):
            at += 1
            continue
        elif at + 1 < len(pieces) and _ends_with_verb(left):
            # "Talks fail and Latvia and Lithuania agree": the noun belongs to what comes.
            pieces[at : at + 2] = [(pieces[at][0], pieces[at + 1][1])]
            del joints[at]
            continue
        else:
            pieces[at - 1 : at + 1] = [(pieces[at - 1][0], pieces[at][1])]
        del joints[at - 1]
    kept = [borders.trim(piece) for piece in pieces]
    whole = [piece for piece in kept if piece is not None]
    return (joints, whole) if len(whole) == len(pieces) else ([], [extent])


def _segments(borders: Borders, extent: Extent, *, sure: bool) -> tuple[list[Extent], list[Op]]:
    """The extent cut at every joint outside quotations and brackets; a comma counts where parts are sure or a marker follows."""
    pieces: list[Extent] = []
    said: list[Op | None] = []
    start = extent[0]
    for joint in _JOINT.finditer(borders.text, *extent):
        word = (joint.group(1) or "").lower()
        if _enclosed(borders, extent, joint.start()) or not (word or sure or joint.group(2)) or joint.start() <= start:
            continue
        pieces.append((start, joint.start()))
        said.append(None if not word else "or" if word in ("or", "nor") else "and")
        start = joint.end()
    if start >= extent[1]:
        return [extent], []
    # A comma joins as the next word does: "A, B or C".
    joints: list[Op] = []
    later: Op | None = None
    for op in reversed(said):
        later = op or later
        joints.append(later or "and")
    return [*pieces, (start, extent[1])], joints[::-1]


def _ends_with_verb(text: str) -> bool:
    """Whether the last word is a verb: then what follows "and" is no second object."""
    tokens = [hit.group().lower() for hit in TOKEN.finditer(text)]
    return len(tokens) > 1 and _finite(tokens, len(tokens) - 1, sure=True)


def _enclosed(borders: Borders, extent: Extent, place: int) -> bool:
    """Whether the joint stands inside a quotation or brackets that the antecedent holds."""
    if any(extent[0] <= piece[0] + 1 and piece[1] <= extent[1] + 1 and piece != extent for piece in borders.quotations.around(place)):
        return not any(piece[0] <= extent[0] + 1 and piece[1] >= extent[1] - 1 for piece in borders.quotations.around(place))
    before = borders.text[extent[0] : place]
    return before.count("(") > before.count(")")


def _clause(text: str, *, sure: bool) -> bool:
    """Whether the words hold a subject and, behind it, a verb that is not only a relative clause's."""
    tokens = [hit.group().lower().replace("’", "'") for hit in TOKEN.finditer(text)]
    relative = False
    for at, token in enumerate(tokens):
        if at and token in words("grammar", "relative") and tokens[at - 1] not in words("grammar", "pronouns"):
            relative = True
        elif at and _finite(tokens, at, sure=sure):
            if not relative:
                return True
            relative = False
    return False


def _predicate(text: str, *, sure: bool) -> bool:
    """Whether the words are a clause, or begin with a verb whose subject was named before the joint."""
    tokens = [hit.group().lower().replace("’", "'") for hit in TOKEN.finditer(text)]
    if not tokens or tokens[0] == "to":
        return False
    first = next((at for at, token in enumerate(tokens) if not token.endswith("ly") and token not in words("grammar", "adverbs")), 0)
    if _finite(tokens, first, sure=sure) and (sure or tokens[first] in words("verbs", "auxiliaries") or tokens[first].endswith("ed")):
        return True
    return _clause(text, sure=sure)


def _agrees(left: str, right: str) -> bool:
    """Whether the right side begins with a verb in the third person and the left has one too: "that war ends or freezes"."""
    opening = TOKEN.match(right)
    if opening is None or not opening.group().endswith("s") or base(opening.group().lower()) in (None, opening.group().lower()):
        return False
    tokens = [hit.group().lower() for hit in TOKEN.finditer(left)]
    return any(
        _finite(tokens, at, sure=False) and (token.endswith("s") or token in ("has", "is", "does")) for at, token in enumerate(tokens) if at
    )


def _finite(tokens: Sequence[str], at: int, *, sure: bool) -> bool:
    """Whether the word is a verb of a clause; where the parts are sure to be there, a participle counts too."""
    token = tokens[at]
    before = tokens[at - 1] if at else ""
    if token in words("verbs", "auxiliaries") or token.endswith("n't"):
        return token not in ("being", "having")
    if token.endswith("ing") or before in words("grammar", "nominal") or before.endswith("'s") or base(token) is None:
        return False
    if _bare(token) or token.endswith("s"):
        # "attacks", "talks": a verb where the words before can be its subject and something or nothing follows that no noun takes.
        return before in words("grammar", "pronouns") or not (at + 1 < len(tokens) and tokens[at + 1] in words("grammar", "after_noun"))
    return True


def _bare(token: str) -> bool:
    """Whether the word is a verb's base form, which as often as not is a noun or an infinitive."""
    return base(token) == token


def negated(text: str, extent: Extent) -> bool:
    """Whether the words at the extent deny: not, never, no, fails to, without."""
    piece = text[extent[0] : min(extent[1], extent[0] + _LIMIT)]
    return _negation().search(piece) is not None and _harmless().search(piece) is None


def _negation() -> re.Pattern[str]:
    entries = (words("negation", "words") - {"n't"}) | words("negation", "phrases")
    return re.compile(phrases(entries).pattern + r"|\w+n['’]t\b", re.IGNORECASE)


def _harmless() -> re.Pattern[str]:
    return phrases(words("negation", "harmless"))
