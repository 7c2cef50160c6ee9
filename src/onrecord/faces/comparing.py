"""The command ``compare``: what one article has from another, word by word."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from onrecord import store
from onrecord.codec import encode
from onrecord.errors import InputError
from onrecord.faces import copying, settings
from onrecord.faces.keeping import now
from onrecord.faces.terminal import Painter, harmless
from onrecord.group.changes import changes
from onrecord.group.copies import came_after, likeness
from onrecord.group.passages import passages, taken
from onrecord.reports import Piece

_VERDICTS = {
    "exact": "The {} has the same words as the {}.",
    "near": "The {} is a near copy of the {}.",
    "partial": "The {} shares a part of its text with the {}, which came before.",
    None: "Neither is a copy.",
}


def compare(first: str, second: str, ledger: str | None, as_json: bool, whole: bool) -> None:
    """Show two articles of the ledger as one, or as JSON for programs."""
    with store.open_ledger(settings.ledger(ledger), create=False, now=now) as opened:
        one, other = opened.report(first), opened.report(second)
    if one.article == other.article:
        raise InputError(f"{one.article} is one article; compare takes two")
    if as_json:
        click.echo(encode(_record(one, other)))
        return
    for line in _screen(one, other, whole, Painter(settings.screen(sys.stdout))):
        click.echo(line, color=True)


def _record(one: Piece, other: Piece) -> dict[str, object]:
    how = likeness(one.text, other.text)
    return {
        "one": one.article,
        "other": other.article,
        "kind": how.kind,
        "jaccard": round(how.jaccard, 4),
        "passages": passages(one.text, other.text),
        "changes": [change for change in changes(one.text, other.text) if change.kind != "same"],
    }


def _screen(one: Piece, other: Piece, whole: bool, painter: Painter) -> Iterator[str]:
    for piece, frame, style in ((one, "[-…-]", "red"), (other, "{+…+}", "green")):
        yield from painter.lines([(frame, style), (f" {copying.who(piece)}", None), (" · ", "dim"), (harmless(piece.title or ""), "bold")])
    how = likeness(one.text, other.text)
    first, second = map(copying.percent, taken(one.text, other.text))
    shares = f"{first} of the first stands in the second, {second} of the second in the first."
    verdict = _VERDICTS[how.kind].format(*(("first", "second") if came_after(one, other) else ("second", "first")))
    yield from painter.lines([(f"{verdict} {shares}", None)])
    yield ""
    yield from copying.beside(one.text, other.text, whole or how.kind in ("exact", "near"), painter)
