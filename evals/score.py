"""What was found against what is marked: for each field how much is right, how much was found, how much is marked.

Spans are compared as the characters they cover, after trimming what conventions differ on: quotation marks, stops, a leading "that", a
condition's own marker. Speaker, cue and content count wherever they stand; a whole statement or condition is right where its sides overlap
by half; what is said about it (act, venue, countries …) is measured where it was found, so that each figure speaks of one ability.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from evals import actors

Line = Mapping[str, Any]
Characters = frozenset[int]

FIELDS = (
    "speaker", "cue", "content", "statement", "statement: direct", "statement: indirect", "statement: mixed",
    "act", "continuity", "hedge", "manner", "addressee", "venue", "place said", "time said",
    "via", "via outlet", "countries", "right actor", "who: persons", "who: states", "who: organisations", "within",
    "marker", "antecedent", "consequent", "condition", "condition kind", "realis", "parts", "condition in statement",
    "event", "event type", "event mode", "event actor", "event recipient", "date", "date value",
)  # fmt: skip
"""Every field that is measured, in the order of the table."""

_NOISE = r"[\s\"'“”„«»‘’‚,;:.()!?…–—-]"
_CONNECTIVES = r"(?:that|if|unless|should|in case|provided(?: that)?|as long as|so long as|once|until|when)\b"
_FRONT = re.compile(rf"(?:{_NOISE}|{_CONNECTIVES})+", re.IGNORECASE)
_BACK = re.compile(rf"{_NOISE}+$")
_HALF = 0.5


class Count(Struct):
    """Right, found and marked, of one field, and where what is said about a record differs: its place, what is missed, what is too much."""

    right: int = 0
    found: int = 0
    marked: int = 0
    differences: list[tuple[int, list[str], list[str]]] = msgspec.field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what is marked that was found; 0 where nothing is marked."""
        return self.right / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.marked) if self.found + self.marked else 0.0

    def add(self, found: Iterable[Hashable], marked: Iterable[Hashable], at: int | None = None) -> None:
        """Count two sets: right is what is in both. What differs is noted where the record's place is told."""
        mine, theirs = set(found), set(marked)
        if at is not None and mine != theirs:
            self.differences.append((at, sorted(map(str, theirs - mine)), sorted(map(str, mine - theirs))))
        self.right += len(mine & theirs)
        self.found += len(mine)
        self.marked += len(theirs)


class Tally(dict[str, Count]):
    """A count for each field."""

    def __init__(self) -> None:
        super().__init__({name: Count() for name in FIELDS})


def score(articles: Iterable[tuple[str, Line, Line]]) -> Tally:
    """The tally over articles, each given as its text, its gold line and the line that was found."""
    tally = Tally()
    for text, gold, found in articles:
        gold, found = untitled(gold), untitled(found)
        pairs = _statements(tally, text, gold["statements"], found["statements"])
        _conditions(tally, text, gold["conditions"], found["conditions"], pairs)
        _events(tally, gold["events"], found["events"])
        _dates(tally, gold["dates"], found["dates"])
    return tally


def judged(text: str, gold: Line, found: Line) -> dict[str, list[tuple[Line, bool]]]:
    """Each record that was found in an article's text, by kind, with whether it is right as a whole.

    A statement is where speaker and content overlap by half, a condition where its sides do, an event where it has its type too, a time
    expression where its borders are the same and its value is.
    """
    gold, found = untitled(gold), untitled(found)
    events = matched(_touching(gold["events"], found["events"]))
    dates = matched(_touching(gold["dates"], found["dates"]))
    right = {
        "statements": _same_statements(*(_sides(text, line["statements"], ("speaker", "cue", "content")) for line in (gold, found))),
        "conditions": _same_conditions(*(_sides(text, line["conditions"], ("antecedent", "consequent")) for line in (gold, found))),
        "events": [(i, j) for i, j in events if _alike(gold["events"][i], found["events"][j], "type")],
        "dates": [
            (i, j)
            for i, j in dates
            if _same_borders(gold["dates"][i], found["dates"][j]) and _alike(gold["dates"][i], found["dates"][j], "value")
        ],
    }
    return {kind: [(one, j in {mine for _, mine in pairs}) for j, one in enumerate(found[kind])] for kind, pairs in right.items()}


def _alike(one: Line, other: Line, field: str) -> bool:
    return bool(one.get(field) == other.get(field))


def _sides(text: str, records: Sequence[Line], fields: Sequence[str]) -> list[dict[str, Characters]]:
    """What each of these fields covers, record by record."""
    return [{field: characters(text, _one(record, field)) for field in fields} for record in records]


def untitled(line: Line) -> dict[str, Any]:
    """The line without what lies in the title, whose offsets are not the text's and which no article of the corpus has marked."""
    kept: dict[str, Any] = {}
    for kind in ("statements", "conditions", "events", "dates"):
        kept[kind] = [record for record in line.get(kind, ()) if not any(piece.get("in") == "title" for piece in _core(record))]
    return kept


def characters(text: str, pieces: Sequence[Mapping[str, Any]]) -> Characters:
    """The places of all letters and marks that the pieces cover, blanks left out, both ends of the whole trimmed."""
    if not pieces:
        return frozenset()
    start, end = trimmed(text, min(piece["start"] for piece in pieces), max(piece["end"] for piece in pieces))
    covered = (at for piece in pieces for at in range(max(piece["start"], start), min(piece["end"], end)))
    return frozenset(at for at in covered if not text[at].isspace())


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The extent without quotation marks, stops and leading connectives, unless that is all there is."""
    first, last = start, end
    if front := _FRONT.match(text, first, last):
        first = front.end()
    if back := _BACK.search(text[first:last]):
        last = first + back.start()
    return (first, last) if first < last else (start, end)


def overlap(one: Characters, other: Characters) -> float:
    """The share of the longer one that both cover."""
    return len(one & other) / max(len(one), len(other)) if one and other else 0.0


def matched(candidates: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Pairs (marked, found), one to one, the best fit first."""
    taken_marked: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1], candidate[2])):
        if i not in taken_marked and j not in taken_found:
            taken_marked.add(i)
            taken_found.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def words(name: str | None) -> str:
    """A name as it is compared: no accents, no case, no leading article."""
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().casefold()
    return re.sub(r"^the ", "", " ".join(re.findall(r"[a-z0-9]+", plain)))


def _core(record: Line) -> Iterator[Mapping[str, Any]]:
    """The pieces that say where a record stands: content, antecedent, or the record's own span."""
    if "content" in record or "antecedent" in record:
        yield from record.get("content") or record.get("antecedent") or ()
    else:
        yield record


def _one(record: Line, field: str) -> list[Mapping[str, Any]]:
    """The pieces of a field that is a span, a list of spans, or nothing; a cue's further pieces are part of it."""
    value = record.get(field)
    if not value:
        return []
    return [value, *value.get("more", ())] if isinstance(value, Mapping) else list(value)


def _statements(tally: Tally, text: str, gold: Sequence[Line], found: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Count all of a statement's fields; gives the pairs of those that are right as a whole."""
    sides = {side: _sides(text, all_, ("speaker", "cue", "content")) for side, all_ in (("gold", gold), ("found", found))}
    for field in ("speaker", "cue", "content"):
        tally[field].add({one[field] for one in sides["found"] if one[field]}, {one[field] for one in sides["gold"] if one[field]})
    pairs = _same_statements(sides["gold"], sides["found"])
    _whole(tally["statement"], len(pairs), len(found), len(gold))
    both = [(gold[i], found[j]) for i, j in pairs]
    for manner in ("direct", "indirect", "mixed"):
        right = sum(marked.get("manner") == mine.get("manner") == manner for marked, mine in both)
        of = [sum(one.get("manner") == manner for one in side) for side in (found, gold)]
        _whole(tally[f"statement: {manner}"], right, of[0], of[1])
    names = {mine["id"]: marked["id"] for marked, mine in both if "id" in mine and "id" in marked}
    for one, other in both:
        _said_about(tally, text, one, other, names)
    _right_actors(tally["right actor"], both)
    return both


def _same_statements(gold: Sequence[Mapping[str, Characters]], found: Sequence[Mapping[str, Characters]]) -> list[tuple[int, int]]:
    """Pairs of statements, marked and found, whose speaker and content overlap by half."""
    candidates = []
    for i, marked in enumerate(gold):
        for j, mine in enumerate(found):
            content = overlap(marked["content"], mine["content"])
            same_speaker = overlap(marked["speaker"], mine["speaker"]) >= _HALF or not (marked["speaker"] or mine["speaker"])
            if content >= _HALF and same_speaker:
                candidates.append((content + overlap(marked["cue"], mine["cue"]), i, j))
    return matched(candidates)


def _right_actors(count: Count, pairs: Sequence[tuple[Line, Line]]) -> None:
    """Count the statements with a marked speaker that were found, and those of them that are given to the right actor."""
    speakers = [(one["speaker"], other.get("speaker"), one) for one, other in pairs if one["speaker"]]
    stands_for = actors.paired([(marked, mine) for marked, mine, _ in speakers])
    for marked, mine, one in speakers:
        if actors.right(marked, mine, stands_for):
            _whole(count, 1, 1, 1)
        else:
            _whole(count, 0, 1, 1)
            there, here = (sorted((speaker or {}).get("actors", ())) or ["nobody"] for speaker in (marked, mine))
            count.differences.append((one["content"][0]["start"], there, here))


def _whole(count: Count, right: int, found: int, marked: int) -> None:
    count.right += right
    count.found += found
    count.marked += marked


def _said_about(tally: Tally, text: str, marked: Line, mine: Line, names: Mapping[str, str]) -> None:
    """What is said about one statement that was found."""

    at = marked["content"][0]["start"]

    def sets(name: str, of: Callable[[Line], Iterable[Hashable]]) -> None:
        tally[name].add(of(mine), of(marked), at)

    sets("act", lambda s: _set(s.get("act")))
    sets("continuity", lambda s: _set(s.get("continuity")))
    sets("manner", lambda s: _set(s.get("manner")))
    sets("hedge", lambda s: {hedge["kind"] for hedge in s.get("hedges", ())})
    for field in ("addressee", "venue", "via"):
        _overlapping(tally[field], text, mine.get(field, ()), marked[field])
    _overlapping(tally["place said"], text, (mine.get("said") or {}).get("where", ()), marked["said"]["where"])
    # Seasons and the like name no day: nothing can be compared.
    if (when := marked["said"]["when"]) is None or when["from"] is not None:
        sets("time said", _first_day)
    sets("via outlet", lambda s: [(n, words(via["outlet"])) for n, via in enumerate(s.get("via", ())) if via.get("outlet")])
    sets("countries", lambda s: (s.get("speaker") or {}).get("countries", ()))
    # The gold's names of groups are its own words ("group:benelux-diplomats"), which nobody can be asked to guess.
    if (who := _who(marked)) and not any(name.startswith(("group:", "outlet:")) for name in who):
        for name, kind in (("who: persons", "person:"), ("who: states", "state:"), ("who: organisations", "org:")):
            tally[name].add({one for one in _who(mine) if one.startswith(kind)}, {one for one in who if one.startswith(kind)}, at)
    # A statement that stands in one which was not found has no right answer.
    if (outer := marked.get("within")) is None or outer in names.values():
        tally["within"].add(_set(_renamed(mine.get("within"), names)), _set(outer), at)


def _who(statement: Line) -> Sequence[str]:
    return list((statement.get("speaker") or {}).get("actors", ()))


def _renamed(found: str | None, names: Mapping[str, str]) -> str | None:
    """The gold's name of what was found; what is not in the gold keeps its own and so is wrong."""
    return None if found is None else names.get(found, found)


def _set(value: Hashable | None) -> set[Hashable]:
    return set() if value is None else {value}


def _first_day(statement: Line) -> set[str]:
    when = (statement.get("said") or {}).get("when") or {}
    return {when["from"][:10]} if when.get("from") and when.get("spans") else set()


def _overlapping(count: Count, text: str, found: Sequence[Line], marked: Sequence[Line]) -> None:
    """Count pieces that overlap by half, one to one."""
    mine, theirs = [characters(text, [piece]) for piece in found], [characters(text, [piece]) for piece in marked]
    fits = ((overlap(a, b), i, j) for i, a in enumerate(theirs) for j, b in enumerate(mine))
    _whole(count, len(matched(fit for fit in fits if fit[0] >= _HALF)), len(mine), len(theirs))


def _conditions(tally: Tally, text: str, gold: Sequence[Line], found: Sequence[Line], statements: Sequence[tuple[Line, Line]]) -> None:
    fields = ("marker", "antecedent", "consequent")
    theirs, mine = _sides(text, gold, fields), _sides(text, found, fields)
    for field in fields:
        tally[field].add({one[field] for one in mine if one[field]}, {one[field] for one in theirs if one[field]})
    pairs = _same_conditions(theirs, mine)
    _whole(tally["condition"], len(pairs), len(mine), len(theirs))
    names = {one["id"]: other["id"] for other, one in statements if "id" in one and "id" in other}
    for i, j in pairs:
        at = gold[i]["marker"]["start"]
        tally["condition kind"].add(_set(found[j].get("kind")), _set(gold[i].get("kind")), at)
        tally["realis"].add(_set(found[j].get("realis")), _set(gold[i].get("realis")), at)
        tally["parts"].add(_parts(text, found[j]), _parts(text, gold[i]))
        if (outer := gold[i].get("statement")) is None or outer in names.values():
            tally["condition in statement"].add(_set(_renamed(found[j].get("statement"), names)), _set(outer), at)


def _same_conditions(gold: Sequence[Mapping[str, Characters]], found: Sequence[Mapping[str, Characters]]) -> list[tuple[int, int]]:
    """Pairs of conditions, marked and found, whose sides overlap by half."""
    return matched(
        (overlap(a["antecedent"], b["antecedent"]) + overlap(a["consequent"], b["consequent"]), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if overlap(a["antecedent"], b["antecedent"]) >= _HALF
        and (overlap(a["consequent"], b["consequent"]) >= _HALF or not a["consequent"])
    )  # fmt: skip


def _parts(text: str, condition: Line) -> set[Hashable]:
    """Operator and characters of each part, of a condition with more than one."""
    parts = condition.get("parts") or {}
    if len(leaves := list(_leaves(parts))) < 2:
        return set()
    return {(parts.get("op"), characters(text, [leaf])) for leaf in leaves}


def _leaves(part: Line) -> Iterator[Line]:
    if part.get("span"):
        yield part["span"]
    for inner in part.get("parts") or ():
        yield from _leaves(inner)


def _events(tally: Tally, gold: Sequence[Line], found: Sequence[Line]) -> None:
    pairs = matched(_touching(gold, found))
    _whole(tally["event"], len(pairs), len(found), len(gold))
    for i, j in pairs:
        tally["event type"].add(_set(found[j].get("type")), _set(gold[i].get("type")), gold[i]["start"])
        tally["event mode"].add(_set(found[j].get("mode")), _set(gold[i].get("mode")), gold[i]["start"])
        for side in ("actor", "recipient"):
            # The gold names a side in its own words, wherever those stand: the words are compared, not the place.
            mine, theirs = (words((one.get(side) or {}).get("text")) or None for one in (found[j], gold[i]))
            tally[f"event {side}"].add(_set(mine), _set(theirs), gold[i]["start"])


def _touching(gold: Sequence[Line], found: Sequence[Line]) -> Iterator[tuple[float, int, int]]:
    """How much each pair of spans has in common, equal borders first, where they have anything in common."""
    for i, marked in enumerate(gold):
        for j, mine in enumerate(found):
            common = min(marked["end"], mine["end"]) - max(marked["start"], mine["start"])
            if common > 0:
                yield common + 1000.0 * _same_borders(marked, mine), i, j


def _same_borders(one: Line, other: Line) -> bool:
    return bool(one["start"] == other["start"] and one["end"] == other["end"])


def _dates(tally: Tally, gold: Sequence[Line], found: Sequence[Line]) -> None:
    pairs = [(gold[i], found[j]) for i, j in matched(_touching(gold, found))]
    _whole(tally["date"], sum(_same_borders(*pair) for pair in pairs), len(found), len(gold))
    _whole(tally["date value"], sum(a["value"] == b.get("value") for a, b in pairs), len(found), len(gold))
