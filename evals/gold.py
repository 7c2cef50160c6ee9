"""The corpus as gold: each marked article with its marks in the shape of one line of ``extract --jsonl``.

Gold and what a reader found have one shape, so that the scorer is the same in both directions and gold scored against itself is right
in everything.
"""

from __future__ import annotations

import calendar
import datetime
import hashlib
import importlib.util
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import Struct

from evals.marks import manner

CORPUS = Path(__file__).resolve().parent.parent / "corpus"

Mark = tuple[str, dict[str, str], int, int]
Line = dict[str, Any]


class Marked(Struct, frozen=True, kw_only=True):
    """A marked article: its text, what the outlet says about it, and its marks as a line."""

    id: str
    text: str
    title: str
    outlet: str
    published: str | None
    line: Line
    source: bytes


def held_back(corpus: Path = CORPUS) -> list[str]:
    """The ids in ``test.txt``: the articles that no reader is trained on."""
    return (corpus / "test.txt").read_text(encoding="utf-8").split()


def names(corpus: Path = CORPUS) -> list[str]:
    """The ids of all articles in the corpus, sorted."""
    return sorted(path.stem for path in (corpus / "articles").rglob("*.xml"))


def marked(names: Iterable[str], corpus: Path = CORPUS, folder: str = "articles") -> list[Marked]:
    """The named articles, in the order named; ``folder`` is the part of the corpus that they stand in.

    Raises:
        FileNotFoundError: where the corpus has no article of that name.
        ValueError: where an article's marks break the guidelines.
    """
    check = _checker(corpus)
    files = {path.stem: path for path in (corpus / folder).rglob("*.xml")}
    out = []
    for name in names:
        if name not in files:
            raise FileNotFoundError(f"the corpus has no article {name!r}")
        for text, marks, attributes in check.read(files[name]):
            if wrong := check.problems(text, marks, attributes):
                raise ValueError(f"{name}: {wrong[0]}")
            date = attributes["date"]
            out.append(
                Marked(
                    id=attributes["id"],
                    text=text,
                    title=attributes["title"],
                    outlet=attributes["outlet"],
                    published=None if date == "unknown" else date,
                    line=line(text, marks),
                    source=files[name].read_bytes(),
                )
            )
    return out


def digest(articles: Sequence[Marked]) -> str:
    """A digest of the marked files, which changes with any letter or mark."""
    total = hashlib.sha256()
    for article in articles:
        total.update(hashlib.sha256(article.source).digest())
    return total.hexdigest()[:16]


def line(text: str, marks: Sequence[Mark]) -> Line:
    """The marks of one article in the shape of one line of ``extract --jsonl``; ids are the marks' own numbers."""
    marks = sorted(marks, key=lambda mark: (mark[2], -mark[3]))
    statements = [_statement(text, n, marks) for n in _numbers(marks, "n")]
    for one in statements:
        one["within"] = _around(statements, _extents(one["content"]) + _extents([one["cue"]] if one["cue"] else []), one["id"])
    conditions = [_condition(text, c, marks) for c in _numbers(marks, "c")]
    for one in conditions:
        one["statement"] = _around(statements, _extents([one["marker"], *one["antecedent"]]), None)
    return {
        "statements": statements,
        "conditions": conditions,
        "events": [_event(text, mark) for mark in marks if mark[0] == "ev"],
        "dates": [_date(text, mark) for mark in marks if mark[0] == "dt" or (mark[0] == "at" and "v" in mark[1])],
    }


def days(value: str) -> tuple[str, str] | None:
    """First and last day of a TIMEX3 value: 2024-05 has 2024-05-01 and 2024-05-31; None where it names no day."""
    value = value.split("/")[0].split("T")[0]
    if found := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        monday = datetime.date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday.isoformat(), (monday + datetime.timedelta(days=6)).isoformat()
    if found := re.fullmatch(r"(\d{4})-([QH])([1-4])", value):
        months = 3 if found[2] == "Q" else 6
        first = (int(found[3]) - 1) * months + 1
        return f"{found[1]}-{first:02d}-01", _month_end(int(found[1]), first + months - 1)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value, value
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return f"{value}-01", _month_end(int(found[1]), int(found[2]))
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-01-01", f"{value}-12-31"
    return None


def _month_end(year: int, month: int) -> str:
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def _checker(corpus: Path) -> ModuleType:
    """The corpus's own checker, a script beside it that is no package."""
    spec = importlib.util.spec_from_file_location("corpus_check", corpus / "check.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"there is no check.py in {corpus}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _numbers(marks: Sequence[Mark], key: str) -> list[str]:
    """The numbers that stand in this attribute, each once, in the order in which they first stand in the text."""
    return list(dict.fromkeys(number for mark in marks for number in mark[1].get(key, "").split()))


def _piece(text: str, start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "text": text[start:end], **more}


def _of(marks: Sequence[Mark], tag: str, key: str, number: str) -> list[Mark]:
    return [mark for mark in marks if mark[0] == tag and number in mark[1].get(key, "").split()]


def _statement(text: str, n: str, marks: Sequence[Mark]) -> Line:
    def pieces(tag: str) -> list[dict[str, Any]]:
        return [_piece(text, start, end) for _, _, start, end in _of(marks, tag, "n", n)]

    cues = _of(marks, "cue", "n", n)
    speakers = _of(marks, "sp", "n", n)
    vias = sorted(_of(marks, "via", "n", n), key=lambda mark: int(mark[1].get("o", 1)))
    whens = [mark for mark in _of(marks, "at", "n", n) if "v" in mark[1]]
    when = (days(whens[0][1]["v"]) if whens else None) or (None, None)
    content = pieces("con")
    return {
        "id": f"n{n}",
        "speaker": _speaker(text, speakers[0]) if speakers else None,
        "cue": {**pieces("cue")[0], "more": pieces("cue")[1:]} if cues else None,
        "content": content,
        "manner": manner(text, _extents(content), _extents(pieces("cue"))),
        "act": next((mark[1]["act"] for mark in cues if "act" in mark[1]), None),
        "continuity": next((mark[1]["cont"] for mark in cues if "cont" in mark[1]), None),
        "hedges": [_piece(text, start, end, kind=a["kind"]) for _, a, start, end in _of(marks, "hg", "n", n)],
        "addressee": pieces("to"),
        "venue": pieces("ven"),
        "said": {"when": {"from": when[0], "to": when[1], "spans": pieces("at")} if whens else None, "where": pieces("loc")},
        "via": [_piece(text, start, end, outlet=a.get("outlet")) for _, a, start, end in vias],
    }


def _speaker(text: str, mark: Mark) -> dict[str, Any]:
    _, attributes, start, end = mark
    actors = [who for who in attributes.get("who", "").split() if who != "unknown"]
    return _piece(text, start, end, actors=actors, countries=attributes.get("cc", "").split())


def _condition(text: str, c: str, marks: Sequence[Mark]) -> Line:
    markers, antecedents = _of(marks, "mk", "c", c), _of(marks, "an", "c", c)
    first = markers[0][1]
    groups: dict[str, list[Mark]] = {}
    for mark in antecedents:
        groups.setdefault(mark[1].get("p", ""), []).append(mark)
    parts = [{"span": _piece(text, group[0][2], group[-1][3])} for group in groups.values()]
    return {
        "id": f"c{c}",
        "marker": _piece(text, markers[0][2], markers[0][3]),
        "kind": first["kind"],
        "realis": first.get("realis", "open"),
        "antecedent": [_piece(text, start, end) for _, _, start, end in antecedents],
        "consequent": [_piece(text, start, end) for _, _, start, end in _of(marks, "cs", "c", c)],
        "parts": {"op": first.get("op", "and"), "parts": parts} if len(parts) > 1 else parts[0],
    }


def _event(text: str, mark: Mark) -> Line:
    _, attributes, start, end = mark
    sides = {side: {"text": attributes[key]} if key in attributes else None for side, key in (("actor", "a"), ("recipient", "r"))}
    return _piece(text, start, end, type=attributes["type"], mode=attributes["mode"], **sides)


def _date(text: str, mark: Mark) -> Line:
    _, attributes, start, end = mark
    return _piece(text, start, end, value=attributes["v"], type=attributes.get("t", "DATE"))


def _extents(pieces: Iterable[Mapping[str, Any]]) -> list[tuple[int, int]]:
    return [(piece["start"], piece["end"]) for piece in pieces]


def _around(statements: Sequence[Line], inner: Sequence[tuple[int, int]], own: str | None) -> str | None:
    """The id of the statement with the shortest content that holds all of this, other than the statement itself."""
    start, end = min(a for a, _ in inner), max(b for _, b in inner)
    holders = []
    for one in statements:
        outer = _extents(one["content"])
        first, last = outer[0][0], outer[-1][1]
        if one["id"] != own and first <= start and end <= last and (own is None or (first, last) != (start, end)):
            holders.append((last - first, one["id"]))
    return min(holders)[1] if holders else None
