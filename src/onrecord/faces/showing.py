"""The command ``show``: what is on record, as a list with filters, or one thing by its id."""

from __future__ import annotations

import contextlib
import itertools
import re
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast, get_args

import click
import msgspec

from onrecord import store
from onrecord.codec import encode
from onrecord.errors import NotFoundError
from onrecord.faces import history, settings, tables
from onrecord.faces.copying import copying
from onrecord.faces.demo import SAMPLE, is_sample
from onrecord.faces.grid import grid
from onrecord.faces.keeping import now
from onrecord.faces.reading import kept
from onrecord.faces.terminal import Painter, harmless
from onrecord.faces.view import View, days, many
from onrecord.records import Act, Condition, Event, Extraction, Span, Statement

R = TypeVar("R", Statement, Condition, Event, Statement | Condition | None)

KINDS = ("articles", "statements", "conditions", "actors")
ON_SCREEN = 100
"""How many a person is shown who has not said how many; programs get all."""
_CODES = 4
"""So many countries of an actor are named in a list; its own page has all."""


def show(what: str, filters: Mapping[str, Any], ledger: str | None, form: str | None) -> None:
    """Show a list of one kind, or one thing by its id."""
    if what.rstrip("s") in ("saying", "commitment") or re.match(r"(?:sy|cm)_", what, re.IGNORECASE):
        from onrecord.faces import sayings

        sayings.show(what, filters, ledger, form)
        return
    if what in ("story", "stories") or re.match("so_", what, re.IGNORECASE):
        from onrecord.faces import stories

        stories.show(what, filters, ledger, form)
        return
    what = what if what.endswith("s") or f"{what}s" not in KINDS else f"{what}s"
    _check(filters)
    with store.open_ledger(settings.ledger(ledger), create=False, now=now) as opened:
        shelf = Shelf(opened, filters.get("min_confidence"))
        painter = Painter(settings.screen(sys.stdout))
        if is_sample(opened):
            # For programs on standard error, so that what they read stays JSON or CSV.
            click.echo(SAMPLE if form else painter.paint(SAMPLE, "marker"), err=form is not None, color=None if form else True)
        if form is not None:
            _write(_objects(shelf, what, filters) if form == "json" else _rows(shelf, what, filters))
            return
        # Closed before the ledger is, also where nobody reads to the end.
        with contextlib.closing(_screen(shelf, what, filters, painter)) as lines:
            for line in lines:
                click.echo(line, color=True)


def _check(filters: Mapping[str, Any]) -> None:
    """Refuse what no record can have, so that a slip is not taken for an empty answer."""
    acts = get_args(Act)
    if filters.get("act", acts[0]) not in acts:
        raise click.BadParameter(f"{filters['act']!r} is no act; the acts are {', '.join(acts)}", param_hint="--act")
    country = filters.get("country", "DEU")
    if not (len(country) == 3 and country.isascii() and country.isalpha()):
        raise click.BadParameter(f"{country!r} is no code of a country; write three letters, such as DEU or POL", param_hint="--country")


class Shelf:
    """The ledger's records with the article's record that each stands in, without what is less sure than asked."""

    def __init__(self, ledger: store.SqliteLedger, least: float | None = None) -> None:
        """Take records from this ledger; ``least`` is how sure they have to be."""
        self.ledger = ledger
        self.least = least
        # Rows come article by article, so a few will do.
        self.extraction = lru_cache(maxsize=8)(self._extraction)

    def statements(self, filters: Mapping[str, Any]) -> Iterator[tuple[Extraction, Statement]]:
        """Statements that pass the filters."""
        return (self._found(row, row["statement"]) for row in self.ledger.rows("statements", filters))

    def conditions(self, filters: Mapping[str, Any]) -> Iterator[tuple[Extraction, Condition]]:
        """Conditions that pass the filters."""
        return (self._found(row, row["condition"]) for row in self.ledger.rows("conditions", filters))

    def row(self, ident: str) -> Mapping[str, Any]:
        """The row, with its kind under ``found``, of what has this id; articles' own ids of actors (``person:…``) will do too.

        Raises:
            NotFoundError: nothing has it.
        """
        if not re.search("[:_]", ident):
            lists = ", ".join((*KINDS, "stories", "sayings", "commitments"))
            raise NotFoundError(
                f"{ident!r} is neither a list nor an id; the lists are {lists}; what somebody said: onrecord show statements --actor NAME"
            )
        if ":" not in ident:
            row = self.ledger.find(ident)
            return self._counted(row) if row["found"] == "actor" else row
        for row in self.ledger.rows("actors", {"actor": ident}):
            return self._counted({"found": "actor", **row})
        raise NotFoundError(f"no actor {ident} is on record; onrecord show actors lists those that are")

    def of(self, row: Mapping[str, Any]) -> tuple[Extraction, Statement | Condition | None]:
        """The article's record, and the statement or condition of a row that ``row`` gave (None: the article itself)."""
        record: Statement | Condition | None = row[row["found"]] if row["found"] in ("statement", "condition") else None
        return self._found(row, record)

    def _counted(self, actor: Mapping[str, Any]) -> Mapping[str, Any]:
        """The actor's row with a count of its statements that are as sure as asked."""
        if self.least is None:
            return actor
        sure = next(iter(self.ledger.rows("actors", {"actor": actor["id"], "min_confidence": self.least})), None)
        return {**actor, "statements": 0 if sure is None else sure["statements"]}

    def event(self, row: Mapping[str, Any]) -> Event:
        """The event of a row that ``row`` gave.

        Raises:
            NotFoundError: it is less sure than asked.
        """
        return self._found(row, cast(Event, row["event"]))[1]

    def _found(self, row: Mapping[str, Any], record: R) -> tuple[Extraction, R]:
        extraction = self.extraction(row["article"], row.get("reading"))
        return extraction, record if record is None else self._linked(extraction, record)

    def _linked(self, extraction: Extraction, record: R) -> R:
        """The record as the extraction has it: without links to what is less sure than asked."""
        if self.least is None or record is None:
            return record
        kinds: Mapping[type, Sequence[Statement | Condition | Event]]
        kinds = {Statement: extraction.statements, Condition: extraction.conditions, Event: extraction.events}
        for each in kinds[type(record)]:
            if each.id == record.id:
                return cast(R, each)
        raise NotFoundError(f"{record.id}, or what it stands in, is less sure than {self.least:g}; without --min-confidence it is shown")

    def _extraction(self, article: str, reading: str | None) -> Extraction:
        """With the ledger's id for the article, not its caller's, so that it can be asked for."""
        return kept(msgspec.structs.replace(self.ledger.extraction(article, reading), article=article), self.least)


def _screen(shelf: Shelf, what: str, filters: Mapping[str, Any], painter: Painter) -> Generator[str]:
    if what == "articles":
        limit = filters.get("limit", ON_SCREEN)
        # Older versions are reached from the newest one; programs get them all, numbered.
        asked = {name: value for name, value in filters.items() if name != "limit"}
        rows = (row for row in shelf.ledger.rows(what, asked) if not history.is_superseded(row))
        count = 0
        for row in itertools.islice(rows, limit):
            yield from _listed(row, painter)
            count += 1
        yield _total(count, "article", shelf.least, more=next(rows, None) is not None and "limit" not in filters)
    elif what == "actors":
        yield from _actors(shelf, filters, painter)
    elif what in KINDS:
        yield from _blocks(shelf, what, filters, painter)
    else:
        yield from _one(shelf, what, painter)


def _listed(row: Mapping[str, Any], painter: Painter) -> Iterator[str]:
    """An article in two lines: day, outlet and title; then counts and id."""
    day = (days(row["published"], row["published_to"]) if row["published"] else "no day").ljust(10) + "  "
    facts = f"{many(row['statements'], 'statement')}, {many(row['conditions'], 'condition')} · {row['id']}"
    if row["versions"] > 1:
        facts += f" · version {row['version']} of {row['versions']}"
    outlet = harmless(row["outlet"] or "outlet unknown")
    yield from painter.lines([(outlet, None), (" · ", "dim"), (harmless(row["title"] or "(no title)"), "bold")], day, " " * len(day))
    yield from painter.lines([(facts, "dim")], " " * len(day), " " * len(day))


def _actors(shelf: Shelf, filters: Mapping[str, Any], painter: Painter) -> Iterator[str]:
    """Actors, those who speak most first."""
    limit = filters.get("limit", ON_SCREEN)
    asked = {name: value for name, value in filters.items() if name != "limit"}
    found = sorted(shelf.ledger.rows("actors", asked), key=lambda row: (-row["statements"], row["name"]))
    rows = [[row["name"], row["kind"], _few(row["countries"]), row["statements"], row["id"]] for row in found[:limit]]
    yield from grid(painter, ("name", "kind", "countries", "said", "id"), rows, 0)
    yield _total(len(rows), "actor", shelf.least, more=len(found) > limit and "limit" not in filters)


def _few(codes: Sequence[str]) -> str:
    """The countries' codes, or the first few and how many more there are."""
    return " ".join(codes if len(codes) <= _CODES else [*codes[: _CODES - 1], f"+{len(codes) - _CODES + 1}"])


def _blocks(shelf: Shelf, what: str, filters: Mapping[str, Any], painter: Painter) -> Iterator[str]:
    """Statements or conditions, under a line for each article that they come from."""
    limit = filters.get("limit", ON_SCREEN)
    # One more than is shown tells whether there are more.
    wanted = {**filters, "limit": limit + 1}
    found: Iterator[tuple[Extraction, Statement | Condition]]
    found = iter(shelf.statements(wanted)) if what == "statements" else iter(shelf.conditions(wanted))
    shown = 0
    for _, group in itertools.groupby(itertools.islice(found, limit), key=lambda each: each[0].article):
        pairs = list(group)
        view = View(pairs[0][0], painter)
        if shown:
            yield painter.rule()
        yield from view.source()
        for _, record in pairs:
            yield ""
            yield from _block(view, record)
            shown += 1
        yield ""
    if not shown and "actor" in filters and next(iter(shelf.ledger.rows("actors", {"actor": filters["actor"]})), None) is None:
        yield f"No actor called {harmless(filters['actor'])} is on record; onrecord show actors lists those that are."
        return
    yield _total(shown, what.removesuffix("s"), shelf.least, more=next(found, None) is not None and "limit" not in filters)


def _block(view: View, record: Statement | Condition | Event) -> Iterator[str]:
    if isinstance(record, Statement):
        return view.statement(record, cite=True)
    return view.event(record) if isinstance(record, Event) else view.bound(record, cite=True)


def _one(shelf: Shelf, ident: str, painter: Painter) -> Iterator[str]:
    row = shelf.row(ident)
    if row["found"] == "actor":
        yield from _actor(shelf, row, painter)
        return
    extraction, record = shelf.of(row)
    view = View(extraction, painter)
    article = shelf.ledger.article(extraction.article)
    if record is None and row["found"] != "event":
        yield from view.whole()
        known = (
            ("address", article.url),
            ("fetched", article.fetched),
            ("byline", article.byline),
            ("document", article.document),
            ("SHA-256 of the text", article.text_sha256),
            ("sayings", ", ".join(shelf.ledger.told("sayings", {"article": article.id}))),
            ("commitments", ", ".join(shelf.ledger.told("commitments", {"article": article.id}))),
        )
        yield ""
        yield from (f"{name} {harmless(value)}" for name, value in known if value)
        yield from history.lines(shelf.ledger, extraction.article, painter)
        yield from _copies(shelf, extraction.article, painter)
        return
    yield from view.source()
    yield ""
    piece: Statement | Condition | Event = record or shelf.event(row)
    yield from _block(view, piece)
    yield ""
    yield from _passage(article.text, piece, painter)


def _copies(shelf: Shelf, article: str, painter: Painter) -> Iterator[str]:
    """What the article was copied from, and what was copied from it."""
    piece = shelf.ledger.piece(article)
    others = [(copy, shelf.ledger.piece(copy.of if copy.article == article else copy.article)) for copy in shelf.ledger.copies(article)]
    held = [(copy, other) for copy, other in others if other is not None]
    for sentence in copying(piece, held) if piece is not None else ():
        yield from painter.lines([(sentence, None)], "", "  ")


def _actor(shelf: Shelf, row: Mapping[str, Any], painter: Painter) -> Iterator[str]:
    """Who it is, then what it said."""
    yield from painter.lines([(harmless(row["name"]), "bold"), (f" {row['kind']} · {row['id']}", "dim")])
    for name, label in (("names", "called"), ("countries", "countries"), ("roles", "roles"), ("members", "in articles")):
        if row[name]:
            yield from painter.lines([(harmless("; ".join(row[name])), None)], f"{label:<12} ", " " * 13)
    yield ""
    yield from _blocks(shelf, "statements", {"actor": row["id"], "min_confidence": shelf.least}, painter)


def _passage(text: str, record: Statement | Condition | Event, painter: Painter) -> Iterator[str]:
    """The paragraph that the record stands in, with its words set off."""
    spans: list[Span | None]
    if isinstance(record, Statement):
        spans = [record.speaker, record.cue, *record.content]
    else:
        spans = [record] if isinstance(record, Event) else [*record.antecedent, record.marker, *record.consequent]
    placed = [span for span in spans if span is not None and span.place is None]
    if not placed:
        return
    start, end = min(span.start for span in placed), max(span.end for span in placed)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    parts = ((text[first:start], "dim"), (text[start:end], None), (text[end:last], "dim"))
    pieces = [(part, style) for words, style in parts for part in (_edge(words[:1]), harmless(words), _edge(words[-1:])) if part]
    yield from painter.lines(pieces, "    ", "    ")


def _edge(character: str) -> str:
    """The space at the end of some words, which making them harmless takes away."""
    return " " if character.isspace() else ""


def _objects(shelf: Shelf, what: str, filters: Mapping[str, Any]) -> Generator[bytes]:
    if what == "statements":
        return tables.lines(tables.statement_object(*each) for each in shelf.statements(filters))
    if what == "conditions":
        return tables.lines(tables.condition_object(*each) for each in shelf.conditions(filters))
    if what in KINDS:
        return tables.lines(shelf.ledger.rows(what, filters))
    row = shelf.row(what)
    if row["found"] == "actor":
        return tables.lines([row])
    if row["found"] == "event":
        return tables.lines([{**row, "event": shelf.event(row)}])
    extraction, record = shelf.of(row)
    if isinstance(record, Statement):
        return tables.lines([tables.statement_object(extraction, record)])
    if isinstance(record, Condition):
        return tables.lines([tables.condition_object(extraction, record)])
    return (encode(each) + b"\n" for each in (extraction,))


def _rows(shelf: Shelf, what: str, filters: Mapping[str, Any]) -> Generator[bytes]:
    if what == "statements":
        return tables.csv_lines(tables.STATEMENT, (tables.statement_row(*each) for each in shelf.statements(filters)))
    if what == "conditions":
        return tables.csv_lines(tables.CONDITION, (tables.condition_row(*each) for each in shelf.conditions(filters)))
    if what in KINDS:
        return tables.csv_lines(tables.ARTICLE if what == "articles" else tables.ACTOR, shelf.ledger.rows(what, filters))
    raise click.UsageError("--csv is for lists; one thing is shown as text or with --json")


def _write(lines: Generator[bytes]) -> None:
    out = sys.stdout.buffer
    with contextlib.closing(lines):
        for line in lines:
            out.write(line)
        out.flush()


def _total(count: int, noun: str, least: float | None, *, more: bool = False) -> str:
    if more:
        return f"The first {count}; --limit N shows more, --json and --csv all of them."
    left_out = "" if least is None else f" What is less sure than {least:g} is left out."
    return (f"{many(count, noun)}." if count else f"No {noun} on record matches.") + left_out
