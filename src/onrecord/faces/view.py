"""An article's record as a person reads it: in the article's order, one block a statement, conditions under what they bind."""

from __future__ import annotations

import calendar
import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import UNSET

from onrecord.faces.terminal import Painter, columns, harmless
from onrecord.records import Condition, Cue, Event, Extraction, Part, Published, Span, Statement, When

Pieces = list[tuple[str, str | None]]

UNSURE = 0.5
_SAME = {"considering": "consider", "denied": "deny"}
"""Hedges that say no more than the act beside them."""
_POINTING = ("the ", "this ", "these ", "that ", "those ")
_ACT_STYLES = {
    "commit": "green", "offer": "green", "agree": "green", "permit": "green", "plan": "green", "threaten": "red", "warn": "red",
    "accuse": "red", "refuse": "red", "deny": "red", "restrict": "red", "demand": "red", "criticise": "red",
}  # fmt: skip
_BASES = {"given": "given", "metadata": "from the page", "inferred": "inferred", "unknown": "unknown"}
_MARGIN = "    "


class View:
    """Blocks of text about one article's records, laid out by a painter."""

    def __init__(self, extraction: Extraction, painter: Painter, *, name: str = "(no title)") -> None:
        """View this extraction; ``name`` stands in where the article has no title."""
        self._title = extraction.title or name
        self._extraction = extraction
        self._painter = painter
        self._names = {actor.id: actor.name for actor in extraction.actors}
        self._conditions = {condition.id: condition for condition in extraction.conditions}
        self._numbers = dict(_numbered(extraction.statements))

    def whole(self) -> Iterator[str]:
        """Head, statements, conditions in the article's own voice, and what was skipped, line by line."""
        yield from self.head()
        statements = {statement.id: statement for statement in self._extraction.statements}
        for ident in self._numbers:
            yield ""
            yield from self.statement(statements[ident])
        own = [condition for condition in self._extraction.conditions if condition.statement not in statements]
        if own:
            yield ""
            yield self._painter.rule("in the article's own voice")
        for condition in own:
            yield ""
            yield from self.condition(condition, _MARGIN, whole=True)
        yield from self.foot()

    def head(self) -> Iterator[str]:
        """Title, outlet, day of publication with its basis, and counts."""
        record, painter = self._extraction, self._painter
        yield from painter.lines([(harmless(self._title), "bold")])
        yield from self._facts([record.outlet or "outlet unknown", published(record.published), record.article])
        if record.skipped and not record.statements:
            return
        speakers = {(each.speaker.actors or (each.speaker.text,)) for each in record.statements if each.speaker}
        statements = f"{many(len(record.statements), 'statement')} by {many(len(speakers), 'speaker')}"
        conditions = many(len(record.conditions), "condition")
        yield from self._facts([f"{statements}, {conditions}", f"read by {record.reader}"])
        yield painter.rule()

    def source(self) -> Iterator[str]:
        """Where something comes from, in one line: outlet, day, title, article."""
        record = self._extraction
        day = published(record.published, basis=False)
        yield from self._facts([record.outlet or "outlet unknown", day, self._title, record.article])

    def _facts(self, facts: Sequence[str]) -> Iterator[str]:
        """The facts in as few lines as hold them, none broken that fits on a line of its own."""
        line = ""
        for fact in map(harmless, facts):
            if line and columns(f"{line} · {fact}") > self._painter.width:
                yield from self._painter.lines([(line, "dim")])
                line = fact
            else:
                line = f"{line} · {fact}" if line else fact
        yield from self._painter.lines([(line, "dim")])

    def foot(self) -> Iterator[str]:
        """What was skipped, and why, in words."""
        if self._extraction.skipped:
            yield ""
            yield from self._painter.lines([("Skipped: " + skipped(self._extraction.skipped), "yellow")])

    def statement(self, statement: Statement, *, cite: bool = False) -> Iterator[str]:
        """One statement's block: who, act, the words, its conditions, and how the article has it; with its id where ``cite``."""
        number = self._numbers.get(statement.id, "")
        depth = "  " * number.count(".")
        margin = depth + _MARGIN + (" " * max(0, len(number) - 2))
        yield from self._painter.lines(self._who(statement), depth + self._painter.paint(f"{number:>2}", "dim") + "  ", margin)
        yield from self._painter.lines(self._words(statement), margin, margin)
        for condition in self._bound(statement):
            yield from self.condition(condition, margin + "  ", said=statement)
        details = [*self._details(statement), *([_label("id", statement.id)] if cite else [])]
        if details:
            yield from self._painter.lines(_joined(details), margin, margin + "  ")

    def condition(self, condition: Condition, margin: str, *, said: Statement | None = None, whole: bool = False) -> Iterator[str]:
        """One condition's lines: marker and antecedent, part by part, then what it binds, unless that is all that was said."""
        rows: list[tuple[str, str]] = list(_antecedent(condition))
        bound = _quoted(condition.consequent)
        if bound and (whole or said is None or _bare(bound) != _bare(_quoted(said.content))):
            rows.append(("then", bound))
        label = max(len(word) for word, _ in rows) + 1
        remarks = [word for word in (condition.realis,) if word != "open"] + _unsure(condition.confidence)
        for number, (word, text) in enumerate(rows):
            pieces: Pieces = [(text, None)]
            if remarks and number == 0:
                pieces.append((f" [{', '.join(remarks)}]", "magenta"))
            first = margin + self._painter.paint(word.ljust(label), "marker" if word != "then" else "dim") + " "
            yield from self._painter.lines(pieces, first, margin + " " * (label + 1))

    def bound(self, condition: Condition, *, cite: bool = False) -> Iterator[str]:
        """A condition's own block: who said it, the condition, and what it binds."""
        said = next((statement for statement in self._extraction.statements if statement.id == condition.statement), None)
        who = self._who(said) if said else [("(the article's own voice)", "dim")]
        yield from self._painter.lines(who, _MARGIN, _MARGIN)
        yield from self.condition(condition, _MARGIN + "  ", whole=True)
        if cite:
            yield from self._painter.lines(_label("id", condition.id), _MARGIN, _MARGIN)

    def event(self, event: Event) -> Iterator[str]:
        """An event's own block: what was done, by whom, to whom."""
        yield from self._painter.lines([(harmless(event.text), "bold"), (f" · {event.type}, {event.mode}", "blue")], _MARGIN, _MARGIN)
        sides = [("actor", event.actor), ("recipient", event.recipient), *(("place", place) for place in event.location)]
        details = [_label(name, harmless(words.text)) for name, words in sides if words is not None]
        details += [_label("when", _moment(event.when))] if event.when is not None else []
        yield from self._painter.lines(_joined([*details, _label("id", event.id)]), _MARGIN, _MARGIN + "  ")

    def _who(self, statement: Statement) -> Pieces:
        pieces: Pieces = []
        speaker = statement.speaker
        if speaker is None:
            pieces.append(("(no speaker named)", "dim"))
        else:
            pieces.append((harmless(speaker.text), "bold"))
            if names := self._resolved(speaker.text, speaker.actors):
                pieces.append((f" = {names}", None))
            if speaker.countries:
                pieces.append((f" ({', '.join(speaker.countries)})", "cyan"))
            if speaker.unnamed:
                pieces.append((" (unnamed)", "magenta"))
        pieces += [(" · ", "dim"), (statement.act, _ACT_STYLES.get(statement.act, "blue"))]
        if statement.continuity:
            pieces.append((f", {statement.continuity}", "blue"))
        for hedge in statement.hedges:
            told = hedge.kind == "unnamed" and speaker is not None and speaker.unnamed and _inside(hedge, [speaker])
            if told or _SAME.get(hedge.kind) == statement.act:
                continue
            # The words are shown where they do not stand in the block anyway.
            words = "" if _inside(hedge, [speaker, statement.cue, *statement.content]) else f": {harmless(hedge.text)}"
            pieces.append((f" [{hedge.kind}{words}]", "magenta"))
        return [*pieces, *((f" [{word}]", "yellow") for word in _unsure(statement.confidence))]

    def _resolved(self, words: str, actors: Sequence[str]) -> str:
        """The actors' names, where the words do not hold them already; countries have their codes beside them anyway."""
        # A group bears the name that it had first: "few people" are none the wiser for being "a majority of the people".
        said = set() if words.casefold().startswith(_POINTING) else set(map(_bare, words.split()))
        others = (actor for actor in actors if not actor.startswith("state:"))
        names = [
            self._names.get(actor, "")
            for actor in others
            if not (actor.startswith("group:") and actor.replace(":", "-").rpartition("-")[2] in said)
        ]
        return ", ".join(harmless(name) for name in names if name and _bare(name) not in _bare(words))

    def _words(self, statement: Statement) -> Pieces:
        """Cue and content exactly as they stand, in the article's order: ``said: that …``, but ``“Never,” — he said``."""
        cue = _in_words(statement.cue)
        if not statement.content:
            return [*((f"{_quoted(cue)}: ", "italic") for _ in cue[:1]), ("(no words given)", "dim")]
        pieces: Pieces = []
        for number, (cues, words) in enumerate(_runs(cue, statement.content)):
            pieces += [] if number == 0 else [(": " if number == 1 and not cues else " — ", None)]
            pieces.append((_quoted(words), "italic" if cues else None))
        return pieces

    def _bound(self, statement: Statement) -> Iterator[Condition]:
        return (self._conditions[ident] for ident in statement.conditions if ident in self._conditions)

    def _details(self, statement: Statement) -> Iterator[Pieces]:
        if statement.via:
            chain = [self._extraction.outlet or "this article", *(relay.outlet or relay.text for relay in statement.via)]
            speaker = statement.speaker
            last = [] if speaker is None else [speaker.text]
            yield _label("via", " ← ".join(harmless(link) for link in [*chain, *last]))
        if statement.said.when is not None:
            yield _label("when", _moment(statement.said.when))
        for name, places in (("where", statement.said.where), ("venue", statement.venue), ("to", statement.addressee)):
            if places:
                yield _label(name, "; ".join(harmless(place.text) for place in places))
        for relation in statement.relations:
            yield _label(relation.kind, f"of {self._numbers.get(relation.to, relation.to)}")


def published(day: Published, *, basis: bool = True) -> str:
    """The day of publication in words, with its basis: ``published 2024, inferred from “March 2024”``."""
    if day.first is None:
        return "day of publication unknown"
    spelt = days(day.first, day.to)
    if not basis:
        return spelt + (" (inferred)" if day.basis == "inferred" else "")
    words = " and ".join(f"“{harmless(span.text)}”" for span in day.spans[:2])
    return f"published {spelt}, {f'inferred from {words}' if day.basis == 'inferred' and words else _BASES[day.basis]}"


def skipped(reasons: Mapping[str, int]) -> str:
    """What was skipped, in words: ``unclosed quotation (2), empty text``."""
    return ", ".join(harmless(reason) + (f" ({count})" if count > 1 else "") for reason, count in reasons.items())


def _numbered(statements: Iterable[Statement]) -> Iterator[tuple[str, str]]:
    """Each statement's id and number (``6``, ``6.1`` inside it) in the article's order."""
    inner: dict[str | None, list[Statement]] = {}
    known = {statement.id for statement in statements}
    for statement in sorted(statements, key=_start):
        inner.setdefault(statement.within if statement.within in known and statement.within != statement.id else None, []).append(statement)
    outermost = inner.pop(None, [])
    # Statements that hold one another in a circle are under none: damaged, and shown all the same.
    pending = [(each, str(number)) for number, each in enumerate(outermost, 1)][::-1]
    number = len(outermost)
    while pending or inner:
        if not pending:
            number += 1
            pending.append((inner[next(iter(inner))].pop(0), str(number)))
            inner = {holder: held for holder, held in inner.items() if held}
        statement, place = pending.pop()
        yield statement.id, place
        pending += [(each, f"{place}.{rank}") for rank, each in enumerate(inner.pop(statement.id, []), 1)][::-1]


def _start(statement: Statement) -> tuple[bool, int, int]:
    """Where a statement begins: those in the title first, then as they stand in the text, the outer before the inner."""
    spans = [span for span in (statement.speaker, statement.cue, *statement.content) if span is not None]
    return (
        not any(span.place == "title" for span in spans),
        min((span.start for span in spans), default=0),
        -max((span.end for span in spans), default=0),
    )


def _antecedent(condition: Condition) -> Iterator[tuple[str, str]]:
    """The marker before the first part, and what joins the others before them."""
    word = harmless(condition.marker.text)
    rows = list(_parts(condition.parts, word))
    return iter(rows if any(text for _, text in rows) else [(word, _quoted(condition.antecedent) or "(unsaid)")])


def _parts(part: Part, word: str) -> Iterator[tuple[str, str]]:
    if part.parts is UNSET or not part.parts:
        if part.span is not UNSET:
            yield word, harmless(part.span.text)
        return
    for number, each in enumerate(part.parts):
        yield from _parts(each, word if number == 0 or part.op is UNSET else part.op)


def _quoted(spans: Sequence[Span]) -> str:
    return " … ".join(harmless(span.text) for span in spans)


def _in_words(cue: Cue | None) -> list[Span]:
    """The cue's pieces; a headline's colon is no word, and the speaker before it says enough."""
    return [piece for piece in (cue, *cue.more) if any(map(str.isalnum, piece.text))] if cue is not None else []


def _runs(cue: Sequence[Span], content: Sequence[Span]) -> Iterator[tuple[bool, list[Span]]]:
    """Pieces of the cue (True) and of the content in the article's order, as runs of one kind; a cue inside the content comes first."""
    inner = any(_inside(piece, content) for piece in cue)
    tagged = [(True, piece) for piece in cue] + [(False, piece) for piece in content]
    tagged.sort(key=lambda each: (inner and not each[0], each[1].start))
    for cues, run in itertools.groupby(tagged, key=lambda each: each[0]):
        yield cues, [piece for _, piece in run]


def _inside(inner: Span, outers: Iterable[Span | None]) -> bool:
    return any(outer is not None and outer.start <= inner.start and inner.end <= outer.end for outer in outers)


def _bare(text: str) -> str:
    """The text without case and punctuation, to tell whether two say the same."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _moment(when: When) -> str:
    words = "; ".join(harmless(span.text) for span in when.spans)
    spelt = days(when.first, when.to) if when.first else ""
    return f"{spelt} (“{words}”)" if spelt and words and spelt != words else spelt or words


def titled(title: str | None) -> str:
    """The title harmless, or that there is none to be seen."""
    return (harmless(title).strip() if title else "") or "(no title)"


def days(first: str, to: str | None) -> str:
    """One day, month or year by its ISO name (``2024-05-28``, ``2024-05``, ``2024``), anything else by both ends."""
    if to is None or first == to:
        return first
    begin, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(to)
    whole = begin.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if whole and (begin.year, begin.month) == (end.year, end.month):
        return first[:7]
    return first[:4] if whole and (begin.month, end.month) == (1, 12) and begin.year == end.year else f"{first} to {to}"


def _label(name: str, text: str) -> Pieces:
    return [(f"{name} ", "dim"), (text, None)]


def _joined(details: Sequence[Pieces]) -> Pieces:
    return [piece for number, each in enumerate(details) for piece in ([(" · ", "dim")] if number else []) + each]


def _unsure(confidence: float) -> list[str]:
    # Rounded down, for .50 would not be unsure.
    return [f"unsure .{int(confidence * 100):02}"] if confidence < UNSURE else []


def many(count: int, noun: str) -> str:
    """``1 statement``, ``2 statements``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
