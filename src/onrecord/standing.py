"""Standing: how sure a record is together with what it stands in; and an article's record without what is too unsure.

    Anna Kask said that  [.62]   Bo Tamm had refused to go  [.95]
                                 stands in what is sure by .62, so no surer itself

A condition or an event stands in a statement, a statement in another one. What stands in something that is left out goes with it: kept
alone it would seem to be in the article's own voice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec
from msgspec import UNSET

from onrecord.records import Condition, Event, Extraction, Part, Statement


def standings(extraction: Extraction) -> dict[str, float]:
    """For each statement, condition and event, by id: the least confidence among it and all that it stands in."""
    statements = {statement.id: statement for statement in extraction.statements}
    found = {statement.id: _around(statement, statements) for statement in extraction.statements}
    inner: tuple[Condition | Event, ...] = (*extraction.conditions, *extraction.events)
    for record in inner:
        found[record.id] = min(record.confidence, found.get(record.statement or "", 1.0))
    return found


def sure(extraction: Extraction, least: float) -> Extraction:
    """The extraction without the records whose standing is lower, with no link to what is left out; ``skipped`` counts that.

    Actors stay, and so does a time expression that nothing is known of.
    """
    standing = standings(extraction)
    kept = {id_ for id_, value in standing.items() if value >= least}
    dates = tuple(date for date in extraction.dates if date.confidence is UNSET or date.confidence >= least)
    records = {
        "statement": tuple(_unlinked(each, kept) for each in extraction.statements if each.id in kept),
        "condition": tuple(
            msgspec.structs.replace(each, parts=_parts(each.parts, kept)) for each in extraction.conditions if each.id in kept
        ),
        "event": tuple(each for each in extraction.events if each.id in kept),
        "date": dates,
    }
    skipped = Counter(extraction.skipped)
    for kind, some in records.items():
        if lost := len(getattr(extraction, f"{kind}s")) - len(some):
            skipped[reason(kind, least)] += lost
    return msgspec.structs.replace(extraction, skipped=dict(skipped), **{f"{kind}s": some for kind, some in records.items()})


def reason(kind: str, least: float) -> str:
    """Why a record of this kind is left out, in words."""
    return f"{kind} less sure than {least:g}"


def _around(statement: Statement, statements: Mapping[str, Statement]) -> float:
    """The least confidence among the statement and those that it stands in; in a damaged ledger they may hold one another in a circle."""
    least, seen = 1.0, set()
    outer: Statement | None = statement
    while outer is not None and outer.id not in seen:
        seen.add(outer.id)
        least = min(least, outer.confidence)
        outer = statements.get(outer.within or "")
    return least


def _unlinked(statement: Statement, kept: set[str]) -> Statement:
    """The statement without links to what is left out; what it stands in is there as long as itself is."""
    return msgspec.structs.replace(
        statement,
        conditions=tuple(id_ for id_ in statement.conditions if id_ in kept),
        events=tuple(id_ for id_ in statement.events if id_ in kept),
        relations=tuple(relation for relation in statement.relations if relation.to in kept),
    )


def _parts(part: Part, kept: set[str]) -> Part:
    if part.parts is not UNSET:
        return msgspec.structs.replace(part, parts=tuple(_parts(each, kept) for each in part.parts))
    if part.events is UNSET:
        return part
    return msgspec.structs.replace(part, events=tuple(id_ for id_ in part.events if id_ in kept))
