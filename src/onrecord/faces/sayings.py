"""``show sayings``, ``show commitments``, and one of either by its id: who said what, in which wordings, and what each has otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from onrecord import store
from onrecord.codec import encode
from onrecord.faces import settings
from onrecord.faces.demo import SAMPLE, is_sample
from onrecord.faces.keeping import whole_ledger
from onrecord.faces.terminal import Painter, harmless
from onrecord.group.wordings import Worded, compare
from onrecord.records import Statement
from onrecord.reports import Commitment, Compared, Report, Saying

ON_SCREEN = 50
"""How many a person is shown who has not said how many; programs get all."""
_LONGEST = 400
"""Letters of a wording that are shown."""


def show(what: str, filters: Mapping[str, Any], ledger: str | None, form: str | None) -> None:
    """Show a list of sayings or commitments, or one by its id."""
    if form == "csv":
        raise click.BadParameter("sayings and commitments have no CSV; --json has them with all their wordings", param_hint="--csv")
    with whole_ledger(settings.ledger(ledger)) as opened:
        painter = Painter(settings.screen(sys.stdout))
        if is_sample(opened):
            click.echo(SAMPLE if form else painter.paint(SAMPLE, "marker"), err=form is not None, color=None if form else True)
        for line in _json(opened, what, filters) if form == "json" else _screen(opened, what, filters, painter):
            click.echo(line, color=None if form else True)


def _chosen(opened: store.SqliteLedger, what: str, filters: Mapping[str, Any]) -> Iterator[Saying | Commitment]:
    """What is asked for."""
    if "_" in what:
        yield opened.saying(what) if what.lower().startswith("sy_") else opened.commitment(what)
    elif what.rstrip("s") == "saying":
        yield from (opened.saying(id_) for id_ in opened.told("sayings", filters))
    else:
        yield from (opened.commitment(id_) for id_ in opened.told("commitments", filters))


def _json(opened: store.SqliteLedger, what: str, filters: Mapping[str, Any]) -> Iterator[str]:
    for each in _chosen(opened, what, filters):
        line = {"found": "saying" if isinstance(each, Saying) else "commitment", **_plain(each)}
        if isinstance(each, Saying):
            line["compared"] = compare(_worded(opened, each))
        yield encode(line).decode()


def _plain(record: Saying | Commitment) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def _screen(opened: store.SqliteLedger, what: str, filters: Mapping[str, Any], painter: Painter) -> Iterator[str]:
    if "_" in what:
        for each in _chosen(opened, what, filters):
            yield from _saying(opened, each, painter) if isinstance(each, Saying) else _commitment(opened, each, painter)
        return
    count, limit = 0, filters.get("limit") or ON_SCREEN
    for each in _chosen(opened, what, {**filters, "limit": limit + 1}):
        count += 1
        if count <= limit:
            yield from _line(opened, each, painter)
    noun = "saying" if what.rstrip("s") == "saying" else "commitment"
    shown = min(count, limit)
    yield f"{shown} {noun}{'' if shown == 1 else 's'}{'; more with --limit' if count > limit else ''}"


def _line(opened: store.SqliteLedger, each: Saying | Commitment, painter: Painter) -> Iterator[str]:
    """One of a list: id, who, what."""
    if isinstance(each, Commitment):
        counted = f"{len(each.sayings)} saying{'' if len(each.sayings) == 1 else 's'}"
        pieces = [
            (each.id, "dim"),
            (f" {harmless(each.principal_name)}", "bold"),
            (f" {_words(each.action.span.text)}", None),
            (f" · {counted}", "dim"),
        ]
    else:
        first = next(iter(_worded(opened, each)), None)
        counted = f"{len(each.wordings)} wording{'' if len(each.wordings) == 1 else 's'}"
        pieces = [
            (each.id, "dim"), (f" {harmless(each.speaker or 'nobody named')}", "bold"), (f" {each.act}", None),
            (f" {_content(first[1])}" if first else "", None), (f" · {counted}", "dim"),
        ]  # fmt: skip
    yield from painter.lines(pieces, "", " " * 4)


def _saying(opened: store.SqliteLedger, saying: Saying, painter: Painter) -> Iterator[str]:
    """The saying, then each wording with what it has otherwise than the best one."""
    yield from painter.lines([(harmless(saying.speaker or "nobody named"), "bold"), (f" {saying.act} · {saying.id}", "dim")])
    if saying.first:
        when = saying.first if saying.first == saying.last else f"{saying.first} to {saying.last}"
        yield f"said        {when}"
    worded = _worded(opened, saying)
    compared = {each.statement: each for each in compare(worded)}
    for report, statement in worded:
        yield ""
        yield from painter.lines([(_source(report), None), (f" · {statement.id}", "dim")])
        yield from painter.lines([(_content(statement), None)], "  ", "  ")
        yield from _differences(compared.get(statement.id), painter)


def _differences(compared: Compared | None, painter: Painter) -> Iterator[str]:
    for each in compared.differences if compared else ():
        yield from painter.lines([(each.kind, "marker"), (f" {harmless(each.sentence)}", None)], "  · ", "    ")


def _commitment(opened: store.SqliteLedger, commitment: Commitment, painter: Painter) -> Iterator[str]:
    """Whom it binds to what; then each saying with its own speaker, occasion and act, and its oldest wording."""
    yield from painter.lines(
        [(harmless(commitment.principal_name), "bold"), (f" {' '.join(commitment.principal)} · {commitment.id}", "dim")]
    )
    yield from painter.lines([(_words(commitment.action.span.text), None)], "to          ", " " * 12)
    for id_ in commitment.sayings:
        saying = opened.saying(id_)
        worded = _worded(opened, saying)
        yield ""
        kept = next((s.continuity for _, s in worded if s.continuity), None)
        said = [saying.act, kept or "", saying.first or (worded[0][0].day if worded else ""), saying.id]
        yield from painter.lines([(harmless(saying.speaker or "nobody named"), "bold"), (f" {' · '.join(s for s in said if s)}", "dim")])
        if worded:
            report, statement = worded[0]
            yield from painter.lines([(f"{_source(report)}: {_content(statement)}", None)], "  ", "  ")


def _worded(opened: store.SqliteLedger, saying: Saying) -> list[Worded]:
    """The saying's wordings with their articles."""
    found: list[tuple[Report, Statement]] = []
    reports = {report.article: report for report in opened.reports(dict.fromkeys(each.article for each in saying.wordings))}
    for wording in saying.wordings:
        report = reports.get(wording.article)
        if report is not None:
            found += [(report, each) for each in report.extraction.statements if each.id == wording.statement]
    return found


def _source(report: Report) -> str:
    names: Sequence[str] = [each for each in (report.outlet, report.day) if each]
    return harmless(", ".join(names) or report.article)


def _content(statement: Statement) -> str:
    return _words(" … ".join(span.text for span in statement.content))


def _words(text: str) -> str:
    words = " ".join(text.split())
    return harmless(words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…")
