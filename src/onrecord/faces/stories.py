"""``show stories``, and one of them by its id: which articles are in it, and why each."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Generator, Iterator, Mapping
from itertools import islice
from typing import Any

import click
import msgspec

from onrecord import store
from onrecord.faces import settings, tables
from onrecord.faces.demo import SAMPLE, is_sample
from onrecord.faces.keeping import whole_ledger
from onrecord.faces.terminal import Painter, harmless
from onrecord.faces.view import days, many, titled
from onrecord.group.reasons import sentence
from onrecord.reports import Membership, Report, Story

ON_SCREEN = 50
"""How many a person is shown who has not said how many; programs get all."""
COLUMNS = ("id", "title", "first", "last", "articles", "actors", "titled")
_NAMED = 4
"""Actors that a list names."""


def show(what: str, filters: Mapping[str, Any], ledger: str | None, form: str | None) -> None:
    """Show the stories that pass the filters, or one by its id."""
    one = "_" in what
    if form == "csv" and one:
        raise click.UsageError("--csv is for lists; one thing is shown as text or with --json")
    with whole_ledger(settings.ledger(ledger)) as opened:
        painter = Painter(settings.screen(sys.stdout))
        if is_sample(opened):
            click.echo(SAMPLE if form else painter.paint(SAMPLE, "marker"), err=form is not None, color=None if form else True)
        if form is not None:
            _write(_objects(opened, what, filters) if form == "json" else _rows(opened, filters))
            return
        for line in _one(opened, opened.story(what), painter) if one else _list(opened, filters, painter):
            click.echo(line, color=True)


def _objects(opened: store.SqliteLedger, what: str, filters: Mapping[str, Any]) -> Generator[bytes]:
    found = [opened.story(what)] if "_" in what else opened.stories(filters)
    return tables.lines(_object(opened, each) for each in found)


def _object(opened: store.SqliteLedger, story: Story) -> dict[str, Any]:
    """The story's fields, with why each article is in it, and that in words."""
    members = [{**msgspec.to_builtins(each), "sentence": sentence(each.reasons)} for each in opened.memberships(story.id)]
    return {"found": "story", **msgspec.to_builtins(story), "memberships": members}


def _rows(opened: store.SqliteLedger, filters: Mapping[str, Any]) -> Generator[bytes]:
    found = ({**msgspec.to_builtins(each), "actors": tuple(name for _, name, _ in each.actors)} for each in opened.stories(filters))
    return tables.csv_lines(COLUMNS, found)


def _write(lines: Generator[bytes]) -> None:
    with contextlib.closing(lines):
        for line in lines:
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()


def _list(opened: store.SqliteLedger, filters: Mapping[str, Any], painter: Painter) -> Iterator[str]:
    limit = filters.get("limit") or ON_SCREEN
    found = list(islice(opened.stories({**filters, "limit": limit + 1}), limit + 1))
    for story in found[:limit]:
        when = _days(story).ljust(10) + "  "
        yield from painter.lines([(titled(story.title), "bold")], when, " " * len(when))
        named = ", ".join(harmless(name) for _, name, _ in story.actors[:_NAMED])
        facts = " · ".join(each for each in (many(len(story.articles), "article"), named, story.id) if each)
        yield from painter.lines([(facts, "dim")], " " * len(when), " " * len(when))
    yield _total(len(found), limit)


def _days(story: Story) -> str:
    """When its articles were published; the days on which they were added are no such days."""
    return days(story.first, story.last) if story.first else "no day"


def _total(found: int, limit: int) -> str:
    if found > limit:
        return f"The first {limit}; --limit N shows more, --json and --csv all of them."
    return f"{found} {'story' if found == 1 else 'stories'}." if found else "No story on record matches."


def _one(opened: store.SqliteLedger, story: Story, painter: Painter) -> Iterator[str]:
    yield from painter.lines([(titled(story.title), "bold")])
    yield from painter.lines([(f"{many(len(story.articles), 'article')}, {_days(story)} · {story.id}", "dim")])
    if story.actors:
        named = "; ".join(f"{harmless(name)} ({held})" for _, name, held in story.actors)
        yield from painter.lines([(named, None)], "who  ", "     ")
    reports = {each.article: each for each in opened.reports(story.articles)}
    for each in opened.memberships(story.id):
        if (report := reports.get(each.article)) is not None:
            yield ""
            yield from _member(report, each, painter)


def _member(report: Report, membership: Membership, painter: Painter) -> Iterator[str]:
    """The article, and why it is in the story."""
    day = (report.published.first or "no day").ljust(10) + "  "
    outlet = harmless(report.outlet or "outlet unknown")
    yield from painter.lines([(outlet, None), (" · ", "dim"), (titled(report.title), "bold")], day, " " * len(day))
    yield from painter.lines([(harmless(sentence(membership.reasons)), None)], " " * len(day), " " * len(day))
    nearest = "" if membership.nearest is None else f"nearest to {membership.nearest} · "
    yield from painter.lines([(f"{nearest}{membership.article}", "dim")], " " * len(day), " " * len(day))
