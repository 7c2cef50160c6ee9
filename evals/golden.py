"""A hand-written record of one article against what was found in it: each field of each record is one item, right or missed.

A golden record has the shape of one line of ``extract --jsonl``, with ``name`` in place of ids and with names where the line has ids.
What is empty in it is compared too, as one item a record, "nothing more".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from evals.score import Line, characters, matched, overlap, words

_HALF = 0.5

NOTHING: Line = {"statements": [], "conditions": [], "events": [], "actors": [], "dates": [], "published": {}}
"""The line of an article in which nothing was found."""

Check = Callable[[Any, Any, "_Comparison"], bool]


def items(golden: Line) -> list[str]:
    """The names of all items of a golden record, in its order."""
    return [name for name, _ in _compared(golden, NOTHING, "x" * _last(golden))]


def misses(golden: Line, found: Line, text: str) -> dict[str, str]:
    """Each item that is missed, with what was expected and what was found."""
    return {name: problem for name, problem in _compared(golden, found, text) if problem}


class _Comparison:
    """One article's golden record and what was found, paired record by record."""

    def __init__(self, golden: Line, found: Line, text: str) -> None:
        self.text = text
        self.found = found
        self.mates: dict[str, Line] = {}
        self.names: dict[str, str] = {}
        self._pair(golden["statements"], found["statements"], lambda record: [_pieces(record["content"]), _pieces(record["cue"])])
        self._pair(golden["conditions"], found["conditions"], lambda record: [_pieces(record["antecedent"]), _pieces(record["marker"])])
        self._pair(golden["events"], found["events"], lambda record: [[record]])

    def _pair(self, golden: Sequence[Line], found: Sequence[Line], anchors: Callable[[Line], list[list[Line]]]) -> None:
        mine = [[characters(self.text, pieces) for pieces in anchors(record)] for record in golden]
        theirs = [[characters(self.text, pieces) for pieces in anchors(record)] for record in found]
        fits = (
            (sum(overlap(a, b) for a, b in zip(one, other, strict=True)), i, j)
            for i, one in enumerate(mine)
            for j, other in enumerate(theirs)
        )
        for i, j in matched(fit for fit in fits if fit[0] >= _HALF):
            self.mates[golden[i]["name"]] = found[j]
            self.names[found[j]["id"]] = golden[i]["name"]

    def same(self, one: Any, other: Any) -> bool:
        """Whether two fields cover the same characters, trimmed."""
        return characters(self.text, _pieces(one)) == characters(self.text, _pieces(other))

    def alike(self, one: Any, other: Any) -> bool:
        """Whether two fields have as many pieces, each overlapping its like by half."""
        mine, theirs = _pieces(one), _pieces(other)
        places = [[characters(self.text, [piece]) for piece in pieces] for pieces in (mine, theirs)]
        return len(mine) == len(theirs) and all(overlap(a, b) >= _HALF for a, b in zip(*places, strict=True))

    def named(self, ids: Iterable[str]) -> set[str]:
        """The golden names of found records; what the golden record does not have is left out."""
        return {self.names[one] for one in ids if one in self.names}


def _compared(golden: Line, found: Line, text: str) -> Iterator[tuple[str, str]]:
    comparison = _Comparison(golden, found, text)
    yield "published", _problem(_published(golden["published"], found["published"]), golden["published"], found["published"])
    for kind, checks in (("statements", _STATEMENT), ("conditions", _CONDITION), ("events", _EVENT)):
        for record in golden[kind]:
            yield from _record(record, comparison.mates.get(record["name"]), checks, comparison)
    for kind in ("statements", "conditions"):
        extra = [record for record in found[kind] if record["id"] not in comparison.names]
        yield f"no other {kind}", "; ".join(_brief(record) for record in extra)
    for actor in golden["actors"]:
        mate = next((one for one in found["actors"] if one["id"] == actor["id"]), None)
        yield from _record({**actor, "name": actor["id"]}, mate, _ACTOR, comparison)
    for date in golden["dates"]:
        mate = next((one for one in found["dates"] if comparison.same(one, date)), None)
        yield from _record({**date, "name": date["text"]}, mate, _DATE, comparison)


def _record(golden: Line, mate: Line | None, checks: Mapping[str, Check], comparison: _Comparison) -> Iterator[tuple[str, str]]:
    """One record's items: that it is there, each field that it has, and that the fields it lacks are empty."""
    name = golden["name"]
    yield f"{name}: found", "" if mate else "is not found"
    more = []
    for field, check in checks.items():
        expected = _field(golden, field)
        got = _field(mate, field) if mate else None
        if expected:
            yield f"{name}: {field}", _problem(bool(mate) and check(expected, got, comparison), expected, got)
        elif got and field not in _OPTIONAL:
            more.append(f"{field} {_brief(got)}")
    yield f"{name}: nothing more", "is not found" if mate is None else "; ".join(more)


def _field(record: Line, field: str) -> Any:
    """A field by its path: ``said.when``, ``speaker.countries``; None where a step is missing."""
    value: Any = record
    for step in field.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _problem(right: bool, expected: Any, got: Any) -> str:
    return "" if right else f"expected {_brief(expected)}, got {_brief(got)}"


def _brief(value: Any) -> str:
    """A value in a few words: a span is its text."""
    if isinstance(value, Mapping):
        for key in ("content", "antecedent", "text", "span", "outlet", "parts", "value", "from"):
            if value.get(key):
                return _brief(value[key])
        return repr(dict(value))
    if isinstance(value, list | tuple):
        return " + ".join(_brief(one) for one in value) or "nothing"
    return "nothing" if value is None else repr(value)


def _last(value: Any) -> int:
    """Where the last span of a record ends."""
    if isinstance(value, Mapping):
        own = value.get("end", 0)
        return max([own if isinstance(own, int) else 0, *(_last(one) for one in value.values())])
    return max((_last(one) for one in value), default=0) if isinstance(value, list | tuple) else 0


def _pieces(value: Any) -> list[Line]:
    if not value:
        return []
    return [value, *value.get("more", ())] if isinstance(value, Mapping) else list(value)


def _equal(expected: Any, got: Any, _: _Comparison) -> bool:
    return bool(expected == got)


def _same_set(expected: Any, got: Any, _: _Comparison) -> bool:
    return set(expected) == set(got or ())


def _published(expected: Line, got: Line) -> bool:
    return bool(got) and got["basis"] == expected["basis"] and (got["from"] or "")[:4] == expected["from"][:4] and bool(got["spans"])


def _days(expected: Line, got: Line | None, _: _Comparison) -> bool:
    return got is not None and (got["from"], got["to"]) == (expected["from"], expected["to"]) and bool(got["spans"])


def _vias(expected: Sequence[Line], got: Sequence[Line], comparison: _Comparison) -> bool:
    return comparison.alike(expected, got) and [words(one["outlet"]) for one in expected] == [words(one["outlet"]) for one in got]


def _parts(expected: Line, got: Line | None, comparison: _Comparison) -> bool:
    """Whether the trees of parts are alike: operators and spans."""
    if got is None or expected.get("op") != got.get("op"):
        return False
    mine, theirs = expected.get("parts") or (), got.get("parts") or ()
    if len(mine) != len(theirs):
        return False
    leaf = "span" not in expected or comparison.same(expected["span"], got.get("span"))
    return leaf and all(_parts(a, b, comparison) for a, b in zip(mine, theirs, strict=True))


def _roles(expected: Sequence[Line], got: Sequence[Line], _: _Comparison) -> bool:
    held = {(words(role["title"]), role["country"]) for role in got}
    return all((words(role["title"]), role["country"]) in held for role in expected)


def _mentions(expected: Sequence[Line], got: Sequence[Line], comparison: _Comparison) -> bool:
    """Whether each golden mention lies in one that was found."""
    places = [characters(comparison.text, [one]) for one in got]
    return all(any(characters(comparison.text, [one]) <= place for place in places) for one in expected)


def _relations(expected: Sequence[Line], got: Sequence[Line], comparison: _Comparison) -> bool:
    return {(one["kind"], one["to"]) for one in expected} == {(one["kind"], comparison.names.get(one["to"], one["to"])) for one in got}


_SAME: Check = lambda expected, got, comparison: comparison.same(expected, got)  # noqa: E731
_ALIKE: Check = lambda expected, got, comparison: comparison.alike(expected, got)  # noqa: E731
_KINDS: Check = lambda expected, got, _: {one["kind"] for one in expected} == {one["kind"] for one in got}  # noqa: E731
_LINK: Check = lambda expected, got, comparison: got is not None and comparison.names.get(got) == expected  # noqa: E731
_LINKS: Check = lambda expected, got, comparison: set(expected) == comparison.named(got)  # noqa: E731

_STATEMENT: dict[str, Check] = {
    "speaker": _SAME, "speaker.countries": _same_set, "speaker.actors": _same_set, "speaker.unnamed": _equal, "cue": _SAME,
    "cue.lemma": _equal, "content": _SAME, "manner": _equal, "act": _equal, "continuity": _equal, "hedges": _KINDS, "addressee": _ALIKE,
    "venue": _ALIKE, "said.when": _days, "said.where": _ALIKE, "via": _vias, "conditions": _LINKS, "events": _LINKS, "within": _LINK,
    "relations": _relations,
}  # fmt: skip
_CONDITION: dict[str, Check] = {
    "statement": _LINK, "marker": _SAME, "kind": _equal, "realis": _equal, "antecedent": _SAME, "consequent": _SAME, "parts": _parts,
}  # fmt: skip
_EVENT: dict[str, Check] = {
    "statement": _LINK, "type": _equal, "mode": _equal, "actor": _ALIKE, "recipient": _ALIKE,
}  # fmt: skip
_ACTOR: dict[str, Check] = {"kind": _equal, "countries": _same_set, "roles": _roles, "mentions": _mentions}
_DATE: dict[str, Check] = {"value": _equal, "type": _equal}

# A golden record lists the events that are sure, and gives a group no name: more of these is no mistake.
_OPTIONAL = frozenset({"events", "speaker.actors", "recipient", "roles"})
