"""Records as rows for programs: JSON lines with the contract's fields, CSV with one column a field; each row says where it comes from."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from onrecord.records import Condition, Extraction, Span, Statement, When

SOURCE = ("article", "outlet", "title", "published", "published_basis")
"""The columns that cite: article, outlet and date; the spans' offsets stand beside their words."""

STATEMENT = (
    "id", *SOURCE, "speaker", "speaker_start", "speaker_end", "actors", "countries", "unnamed", "cue", "cue_start", "cue_end", "act",
    "continuity", "hedges", "content", "content_start", "content_end", "conditions", "addressee", "venue", "said_from", "said_to", "where",
    "via", "within", "in", "manner", "confidence", "by", "anchor",
)  # fmt: skip
CONDITION = (
    "id", *SOURCE, "statement", "speaker", "countries", "act", "marker", "marker_start", "marker_end", "kind", "realis", "antecedent",
    "antecedent_start", "antecedent_end", "op", "parts", "consequent", "consequent_start", "consequent_end", "in", "confidence",
    "by", "anchor",
)  # fmt: skip

ARTICLE = (
    "id", "document", "outlet", "title", "published", "published_to", "statements", "conditions", "reading", "reader", "text_sha256",
    "added_at", "version", "versions",
)  # fmt: skip
ACTOR = ("id", "name", "names", "kind", "countries", "roles", "statements", "articles", "members")

_PIECES = " … "
_SEVERAL = "; "
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""No table has a use for these, and a terminal that shows it obeys them."""


def lines(objects: Iterable[Mapping[str, Any]]) -> Generator[bytes]:
    """One JSON object a line."""
    encoder = msgspec.json.Encoder()
    return (encoder.encode(each) + b"\n" for each in objects)


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Generator[bytes]:
    """A heading and a line for each row (RFC 4180, UTF-8); a text that a spreadsheet would take for a formula begins with ``'``."""
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line([_cell(row.get(column)) for column in columns])


def statement_object(of: Extraction, statement: Statement) -> dict[str, Any]:
    """The statement's fields, where it comes from, and under ``condition_records`` its conditions in full."""
    bound = [condition for condition in of.conditions if condition.id in statement.conditions]
    return {**msgspec.to_builtins(statement), **_cited(of), "condition_records": msgspec.to_builtins(bound)}


def condition_object(of: Extraction, condition: Condition) -> dict[str, Any]:
    """The condition's fields, where it comes from, and under ``statement_record`` the statement that it stands in."""
    return {**msgspec.to_builtins(condition), **_cited(of), "statement_record": msgspec.to_builtins(_statement(of, condition))}


def statement_row(of: Extraction, statement: Statement) -> dict[str, Any]:
    """The statement as one row of ``STATEMENT``."""
    speaker, cue, when = statement.speaker, statement.cue, statement.said.when
    bound = [condition for condition in of.conditions if condition.id in statement.conditions]
    return {
        "id": statement.id, **_source(of), **_place("speaker", [speaker] if speaker else []),
        "actors": _SEVERAL.join(speaker.actors if speaker else ()), "countries": _SEVERAL.join(speaker.countries if speaker else ()),
        "unnamed": speaker is not None and speaker.unnamed, **_place("cue", [cue, *cue.more] if cue else []), "act": statement.act,
        "continuity": statement.continuity, "hedges": _SEVERAL.join(hedge.kind for hedge in statement.hedges),
        **_place("content", statement.content), "conditions": _SEVERAL.join(map(_in_words, bound)),
        "addressee": _words(statement.addressee), "venue": _words(statement.venue), **_days(when), "where": _words(statement.said.where),
        "via": _SEVERAL.join(relay.outlet or relay.text for relay in statement.via), "within": statement.within,
        "in": _titled([speaker, cue, *statement.content]), "manner": statement.manner,
        "confidence": round(statement.confidence, 3), "by": statement.by, "anchor": statement.anchor,
    }  # fmt: skip


def condition_row(of: Extraction, condition: Condition) -> dict[str, Any]:
    """The condition as one row of ``CONDITION``."""
    said = _statement(of, condition)
    speaker = said.speaker if said else None
    leaves = [leaf.span.text for leaf in condition.parts.leaves() if isinstance(leaf.span, Span)]
    return {
        "id": condition.id, **_source(of), "statement": condition.statement, "speaker": speaker.text if speaker else None,
        "countries": _SEVERAL.join(speaker.countries if speaker else ()), "act": said.act if said else None,
        **_place("marker", [condition.marker]), "kind": condition.kind, "realis": condition.realis,
        **_place("antecedent", condition.antecedent), "op": condition.parts.op if isinstance(condition.parts.op, str) else None,
        "parts": _SEVERAL.join(leaves), **_place("consequent", condition.consequent), "in": _titled([condition.marker]),
        "confidence": round(condition.confidence, 3),
        "by": condition.by, "anchor": condition.anchor,
    }  # fmt: skip


def _cited(of: Extraction) -> dict[str, Any]:
    return {"article": of.article, "outlet": of.outlet, "title": of.title, "published": msgspec.to_builtins(of.published)}


def _source(of: Extraction) -> dict[str, Any]:
    published = of.published
    days = published.first if published.first == published.to else f"{published.first}/{published.to}"
    return {
        "article": of.article, "outlet": of.outlet, "title": of.title, "published": days,
        "published_basis": published.basis,
    }  # fmt: skip


def _statement(of: Extraction, condition: Condition) -> Statement | None:
    return next((statement for statement in of.statements if statement.id == condition.statement), None)


def _place(name: str, spans: Sequence[Span]) -> dict[str, Any]:
    """Words with their offsets; several pieces have several offsets, in the same order."""
    starts, ends = [str(span.start) for span in spans], [str(span.end) for span in spans]
    return {name: _PIECES.join(span.text for span in spans), f"{name}_start": _SEVERAL.join(starts), f"{name}_end": _SEVERAL.join(ends)}


def _titled(spans: Sequence[Span | None]) -> str | None:
    """``title`` where the offsets count the title's characters and not the text's."""
    return "title" if any(span is not None and span.place == "title" for span in spans) else None


def _words(spans: Sequence[Span]) -> str:
    return _SEVERAL.join(span.text for span in spans)


def _days(when: When | None) -> dict[str, Any]:
    return {"said_from": when.first if when else None, "said_to": when.to if when else None}


def _in_words(condition: Condition) -> str:
    return f"{condition.marker.text} {_PIECES.join(span.text for span in condition.antecedent)}"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _CONTROL.sub("\ufffd", _SEVERAL.join(value) if isinstance(value, tuple | list) else str(value))
    return "'" + text if not isinstance(value, int | float) and text.startswith(_FORMULA) else text


def _csv_line(cells: Sequence[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode("utf-8", "replace")
