"""Copies in words: what an article has from another one, and how two texts differ, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.faces.terminal import Painter, harmless
from onrecord.group.changes import changes
from onrecord.group.passages import passages, taken
from onrecord.reports import Change, Copy, Piece

ON_SCREEN = 6
"""So many copies of one article are told."""
_CHANGES = 3
_LONGEST = 60
_CLOSED = "…"

Pieces = list[tuple[str, str | None]]


def copying(piece: Piece, copies: Sequence[tuple[Copy, Piece]]) -> Iterator[str]:
    """A sentence for each copy: what the article was copied from first, then what was copied from it.

    Args:
        piece: the article.
        copies: how it stands to others, each with the other article.
    """
    ordered = sorted(copies, key=lambda pair: pair[0].article != piece.article)
    for copy, other in ordered[:ON_SCREEN]:
        yield from_it(piece, other, copy) if copy.article == piece.article else to_it(other, copy)
    if len(ordered) > ON_SCREEN:
        yield f"and {len(ordered) - ON_SCREEN} more copies"


def from_it(piece: Piece, other: Piece, copy: Copy) -> str:
    """What the article has from the other: ``near copy of BNW, 2024-05-27 (ar_…): 92 % of its words; changed: …``."""
    if copy.kind == "exact":
        return f"the same words as {who(other)}"
    if copy.kind == "partial":
        return f"shares text with {who(other)}, which came before: {percent(taken(piece.text, other.text)[0])} of its words"
    told = f"near copy of {who(other)}: {percent(taken(piece.text, other.text)[0])} of its words"
    made = [each for each in changes(other.text, piece.text) if told_change(each)]
    # The longest ones, in the text's order.
    largest = sorted(made, key=lambda each: -len(each.before) - len(each.after))[:_CHANGES]
    more = f" and {len(made) - _CHANGES} more" if len(made) > _CHANGES else ""
    return told + (f"; changed: {'; '.join(told_change(each) for each in made if each in largest)}{more}" if made else "")


def to_it(other: Piece, copy: Copy) -> str:
    """Who has the article's words: ``near copy in Skagerrak Post, 2024-05-28 (ar_…)``."""
    return {"exact": "the same words in", "near": "near copy in", "partial": "part of its text in"}[copy.kind] + f" {who(other)}"


def who(piece: Piece) -> str:
    """The outlet with day and id."""
    day = piece.published.first
    return f"{harmless(piece.outlet or 'an unnamed outlet')}{f', {day}' if day else ''} ({piece.article})"


def percent(share: float) -> str:
    """The share in per cent; only what is whole is 100 %."""
    return f"{min(99, round(100 * share)) if share < 1 else 100} %"


def told_change(change: Change) -> str:
    """The change in words; nothing where no word was changed."""
    before, after = _short(change.before), _short(change.after)
    if change.kind == "same" or not re.search(r"\w", before + after):
        return ""
    if not after:
        return f"“{before}” dropped"
    return f"“{before}” to “{after}”" if before else f"“{after}” added"


def beside(one: str, other: str, whole: bool, painter: Painter) -> Iterator[str]:
    """The two texts as one: ``[-what only the first has-]`` and ``{+what only the second has+}``, in colour where there is any.

    Args:
        whole: from beginning to end; otherwise passage by passage, and only what both have.
    """
    if whole:
        yield from _marked(changes(one, other), painter)
        return
    found = passages(one, other)
    for number, passage in enumerate(found):
        if number:
            yield ""
        yield painter.rule(f"{passage.words} words")
        yield from _marked(changes(one[slice(*passage.one)], other[slice(*passage.other)]), painter)
    if not found:
        yield "They share no passage of eight words or more."


def _marked(made: Sequence[Change], painter: Painter) -> Iterator[str]:
    """The texts paragraph by paragraph, with an empty line between."""
    for number, paragraph in enumerate(_paragraphs(made)):
        if number:
            yield ""
        yield from painter.lines(paragraph)


def _paragraphs(made: Sequence[Change]) -> Iterator[Pieces]:
    paragraph: Pieces = []
    for change in made:
        for text, frame, style in _sides(change):
            first, *rest = text.split("\n")
            paragraph += _framed(first, frame, style)
            for part in rest:
                if any(piece.strip() for piece, _ in paragraph):
                    yield paragraph
                paragraph = _framed(part, frame, style)
    if any(piece.strip() for piece, _ in paragraph):
        yield paragraph


def _framed(part: str, frame: tuple[str, str], style: str | None) -> Pieces:
    """The words in their frame, with the space around them outside."""
    if not part.strip():
        return [(" ", None)] if part else []
    return [(_edge(part[:1]), None), (frame[0] + harmless(part) + frame[1], style), (_edge(part[-1:]), None)]


def _sides(change: Change) -> Iterator[tuple[str, tuple[str, str], str | None]]:
    if change.kind == "same":
        yield change.after, ("", ""), None
        return
    if change.before:
        yield change.before, ("[-", "-]"), "red"
    if change.after:
        yield change.after, ("{+", "+}"), "green"


def _edge(character: str) -> str:
    """The space at the end of some words, which making them harmless takes away."""
    return " " if character.isspace() else ""


def _short(text: str) -> str:
    text = harmless(text).strip(" ,;:")
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + _CLOSED
