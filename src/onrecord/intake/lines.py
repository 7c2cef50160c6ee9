"""JSON lines as articles: one object a line, whose text's offsets are the caller's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord import records
from onrecord.errors import InputError
from onrecord.intake.address import tidy
from onrecord.intake.encoding import clean
from onrecord.intake.given import Given
from onrecord.intake.language import code
from onrecord.intake.plain import MAX_BYTES, judged
from onrecord.intake.problem import Problem
from onrecord.intake.published import day
from onrecord.records import Article, Basis

CUTTER = "json-lines/1"
BAD_DATE = "date of publication not understood"
_FIELDS = ("title", "outlet", "url", "byline", "language")
_BOM = "\ufeff"


def articles(lines: Iterable[bytes | None], source: str, given: Given) -> Iterator[Article | Problem]:
    """An article for each line, or the problem with it, by line number; blank lines count but say nothing.

    Args:
        lines: with or without their line ends; None stands for one that was too long to be read.
        source: what to call the input in problems.
    """
    some = False
    for number, line in enumerate(lines, 1):
        if line is not None and not line.strip():
            continue
        if not some and line is not None and line.strip() in (b"{", b"["):
            # One complaint, not one a line.
            yield Problem(
                source=source, line=number, message="this is JSON over several lines; JSON lines have one whole object on each line"
            )
            return
        some = True
        try:
            yield from _article(line, source, number, given)
        except InputError as error:
            yield Problem(source=source, line=number, message=str(error))
    if not some:
        yield Problem(source=source, message="it holds no article", lost=False)


def _article(line: bytes | None, source: str, number: int, given: Given) -> Iterator[Article | Problem]:
    fields = _fields(line)
    text, skipped = _text(fields)
    values = {name: _string(fields, name) for name in _FIELDS}
    published: str | None = given.published
    basis: Basis = "given" if published else "unknown"
    if published is None and fields.get("published") not in (None, ""):
        try:
            published, basis = day(str(fields["published"]), given.today), "given"
        except ValueError as error:
            skipped[BAD_DATE] = 1
            yield Problem(source=source, line=number, message=f'"published": {error}; the article is read without it', lost=False)
    url = values["url"]
    language, why = judged(text, code(values["language"]), 0)
    yield records.article(
        text, caller=_caller(fields), title=values["title"], outlet=given.outlet or values["outlet"], url=url and (tidy(url) or url),
        byline=values["byline"], language=language, published=published, basis=basis, raw=line or b"", media="application/json",
        cutter=CUTTER, skipped={**skipped, **why},
    )  # fmt: skip


def _fields(line: bytes | None) -> dict[str, Any]:
    if line is None:
        raise InputError(f"it is longer than {MAX_BYTES * 2 // 1024**2} MB; a single text may have {MAX_BYTES // 1024**2} MB: split it")
    fields = _json(line)
    if not isinstance(fields, dict):
        raise InputError(f'an article is an object such as {{"id": "1", "text": "…"}}, this is {_kind(fields)}')
    return fields


def _json(line: bytes) -> Any:
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    # msgspec refuses lone surrogates, which the contract replaces one for one; the standard library takes them.
    try:
        return json.loads(line.decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError as error:
        raise InputError(f"it is not UTF-8 (byte {error.start} of the line); save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise InputError(f"broken JSON, {error.msg[:1].casefold()}{error.msg[1:]} (character {error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise InputError("broken JSON, a number too long or brackets too deep") from error


def _text(fields: dict[str, Any]) -> tuple[str, dict[str, int]]:
    if "text" not in fields:
        raise InputError('it has no "text"')
    text = fields["text"]
    if not isinstance(text, str):
        raise InputError(f'"text" has to be a string, this is {_kind(text)}')
    if len(text) > MAX_BYTES:
        raise InputError(f"its text has {len(text):,} characters; a single text may have {MAX_BYTES:,}: split it")
    text, replaced = clean(text.removeprefix(_BOM))
    return text, {"character replaced": replaced} if replaced else {}


def _string(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f'"{name}" has to be a string, this is {_kind(value)}')
    return clean(value)[0].strip() or None


def _caller(fields: dict[str, Any]) -> str | None:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(fields, "id")


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "true or false", int: "a number", float: "a number"}
    return kinds.get(type(value), "null")
