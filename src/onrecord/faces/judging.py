"""The command ``review``: what a person decides about stories, signed and with a reason, and undone in the same way."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterator, Sequence

import click

from onrecord import pipeline, sample, store
from onrecord.errors import InputError
from onrecord.faces import keeping, settings
from onrecord.faces.terminal import Painter, harmless
from onrecord.reports import Judgement
from onrecord.store.judgements import Judgements

_LONGEST = 2_000
"""Letters of a name or reason."""


def merge(one: str, other: str, by: str | None, reason: str | None, ledger: str | None) -> None:
    """Have two stories go on as one."""
    _decide(lambda judges, whole: judges.merge(whole(one), whole(other), by=signed(by), reason=told(reason)), ledger)


def split(story: str, articles: Sequence[str], by: str | None, reason: str | None, ledger: str | None) -> None:
    """Take articles out of a story, into one of their own."""
    _decide(
        lambda judges, whole: judges.split(whole(story), [whole(each) for each in articles], by=signed(by), reason=told(reason)), ledger
    )


def pin(article: str, story: str, by: str | None, reason: str | None, ledger: str | None) -> None:
    """Put an article in a story, where it stays."""
    _decide(lambda judges, whole: judges.pin(whole(article), whole(story), by=signed(by), reason=told(reason)), ledger)


def undo(judgement: str, by: str | None, reason: str | None, ledger: str | None) -> None:
    """Undo a decision; what it was about is grouped by rule again."""
    path = settings.ledger(ledger)
    with keeping.whole_ledger(path) as opened:
        undone = pipeline.undo(judgement, opened, by=signed(by), reason=told(reason))
    click.echo(f"{harmless(sentence(undone))}\nLedger: {path}")


def listed(ledger: str | None) -> None:
    """All decisions, newest first."""
    painter = Painter(settings.screen(sys.stdout))
    with store.open_ledger(settings.ledger(ledger), create=False, now=keeping.now) as opened:
        for line in _lines(opened.judgements(), painter):
            click.echo(line, color=True)


def sentence(judgement: Judgement) -> str:
    """What was decided, by whom, when and why."""
    moved = sum(side == 1 for _, side in judgement.articles)
    pinned = next((article for article, side in judgement.articles if side == 0), "")
    done = {
        "merge": f"{judgement.other} merged into {judgement.story}",
        "split": f"{judgement.story} split: {moved} of {len(judgement.articles)} articles taken out, {judgement.other} is new",
        "pin": f"{pinned} pinned to {judgement.story}",
    }[judgement.kind]
    why = f", because: {judgement.reason}" if judgement.reason else ""
    undone = ""
    if judgement.undone_at is not None:
        undone = f"; undone by {judgement.undone_by} on {judgement.undone_at[:10]}"
        undone += f", because: {judgement.undone_reason}" if judgement.undone_reason else ""
    return f"{judgement.id}: {done} by {judgement.by} on {judgement.decided_at[:10]}{why}{undone}."


def signed(by: str | None) -> str:
    """The name given, else the user's login name."""
    name = " ".join((by if by is not None else _login()).split())[:_LONGEST]
    if not name:
        raise InputError("a decision is signed; give a name with --by NAME")
    return name


def told(reason: str | None) -> str:
    """The reason on one line."""
    return " ".join((reason or "").split())[:_LONGEST]


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # Nobody in particular, as in a container without users.
        return ""


def _decide(decide: Callable[[Judgements, Callable[[str], str]], Judgement], ledger: str | None) -> None:
    """Carry out what is decided, with what makes ids whole that are cut short."""
    path = settings.ledger(ledger)
    with keeping.whole_ledger(path) as opened, opened.grouping(sample.marks()) as shelves:
        judgement = decide(shelves.judgements, lambda id_: opened.story(id_).id if id_.startswith("so_") else opened.whole_id(id_))
    click.echo(f"{harmless(sentence(judgement))} onrecord review undo {judgement.id} takes it back.\nLedger: {path}")


def _lines(judgements: Sequence[Judgement], painter: Painter) -> Iterator[str]:
    for each in judgements:
        yield from painter.lines([(harmless(sentence(each)), "dim" if each.undone_at else None)], "", "    ")
    if not judgements:
        yield "Nobody has decided anything about stories here."
