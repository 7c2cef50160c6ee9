"""Wordings of one saying compared: what each has otherwise than the best one, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.group.gist import conditions_of
from onrecord.group.terms import folded, is_common, is_empty, number, terms
from onrecord.lexicons import load
from onrecord.records import Condition, Span, Statement
from onrecord.reports import Change, Compared, Difference, DifferenceKind, Evidence, Report

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'][^\W\d_]+)*")
_PART = 0.3
"""Share of words by which two parts of conditions are one and the same."""
_THERE = 0.6
"""Share of a part's words that the other wording needs anywhere for the part not to be missing."""
_MATTER = 0.35
"""Share of the shorter wording's words that both have where they speak of the same thing at all."""
_HALF = 0.5
"""How long a quotation must be, against the longest wording, to be the best one."""
_LETTERS = 4000
"""Letters of one piece of content that are compared."""

Worded = tuple[Report, Statement]
"""A wording: the article and its statement."""


class _Word(NamedTuple):
    text: str
    stem: str
    start: int
    end: int
    bound: bool


def compare(wordings: Sequence[Worded]) -> tuple[Compared, ...]:
    """Each wording but the best against the best one, oldest article first."""
    if len(wordings) < 2:
        return ()
    chosen = best(wordings)
    told = next((each for each in wordings if any(via.outlet for via in each[1].via)), None)
    return tuple(_compared(chosen, each, told) for each in wordings if each[1].id != chosen[1].id)


def best(wordings: Sequence[Worded]) -> Worded:
    """The wording that the others are compared with: a first-hand direct quotation of some length, else the oldest that is no headline."""
    longest = max(_size(statement) for _, statement in wordings)
    direct = [each for each in wordings if each[1].manner == "direct" and not each[1].via and _size(each[1]) >= _HALF * longest]
    return min(
        direct or wordings,
        key=lambda each: (
            _is_headline(each[1]),
            each[0].day,
            each[0].published.at or "",
            each[0].article,
            each[1].content[0].start if each[1].content else 0,
        ),
    )


def _is_headline(statement: Statement) -> bool:
    return bool(statement.content) and statement.content[0].place == "title"


def between(one: Worded, other: Worded) -> tuple[Difference, ...]:
    """What the other wording has otherwise than the one: conditions, firmness, numbers, qualifiers, hedges, origin, quotation."""
    mine, theirs = _Side(one), _Side(other)
    if not _same_matter(mine, theirs):
        return tuple(_hedges(mine, theirs))
    return (
        *_conditions(mine, theirs), *_modality(mine, theirs), *_numbers(mine, theirs), *_qualifiers(mine, theirs), *_hedges(mine, theirs),
        *_attribution(mine, theirs), *_paraphrase(mine, theirs),
    )  # fmt: skip


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Two texts word by word."""
    one, other = before.split(), after.split()
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, [_plain(w) for w in one], [_plain(w) for w in other], autojunk=False).get_opcodes():
        kind = {"equal": "same", "delete": "dropped", "insert": "added", "replace": "replaced"}[tag]
        found.append(Change(kind=kind, before=" ".join(one[a:b]), after=" ".join(other[c:d])))  # type: ignore[arg-type]
    return tuple(found)


def _plain(word: str) -> str:
    return folded(word).lower().strip("\"'.,;:()")


def _size(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.content)


def _compared(chosen: Worded, other: Worded, told: Worded | None) -> Compared:
    found = list(between(chosen, other))
    kinds = {each.kind for each in found}
    if (
        told is not None
        and told[1].id not in (chosen[1].id, other[1].id)
        and told[0].day <= other[0].day
        and "attribution-lost" not in kinds
    ):
        found += _attribution(_Side(told), _Side(other), heard=chosen[0].outlet)
    return Compared(
        statement=other[1].id, article=other[0].article, best=chosen[1].id, best_article=chosen[0].article, differences=tuple(found),
        changes=changes(_text(chosen[1]), _text(other[1])),
    )  # fmt: skip


def _text(statement: Statement) -> str:
    return " … ".join(span.text for span in statement.content)[:_LETTERS]


class _Side:
    """A wording with what comparing needs."""

    def __init__(self, worded: Worded) -> None:
        self.report, self.statement = worded
        own = conditions_of(self.statement, self.report.extraction.conditions)
        self.conditions: Sequence[Condition] = own
        antecedents = [span for each in own for span in each.antecedent]
        self.words = list(_words(self.statement.content, antecedents))
        self.stems = {word.stem for word in self.words if not is_empty(word.text)}
        self.main = {word.stem for word in self.words if not word.bound and not is_empty(word.text) and not self._marks(word)}

    def _marks(self, word: _Word) -> bool:
        """Whether it is of the words that make it depend: "as soon as"."""
        return any(each.marker.start <= word.start < each.marker.end for each in self.conditions if each.marker.place is None)

    def evidence(self, start: int, end: int, place: Span) -> Evidence:
        """The words of the article from here to there."""
        text = place.text[start - place.start : end - place.start]
        return Evidence(article=self.report.article, span=Span(start=start, end=end, text=text, place=place.place))

    def words_of(self, first: _Word, last: _Word) -> Evidence | None:
        """The words from the first to the last, where they stand in one piece of the content."""
        for span in self.statement.content:
            if span.start <= first.start and last.end <= span.end and first.start < last.end:
                return self.evidence(first.start, last.end, span)
        return None


def _leaves(condition: Condition) -> Iterator[Span]:
    found = [part.span for part in condition.parts.leaves() if isinstance(part.span, Span)]
    yield from found or condition.antecedent


def _words(content: Sequence[Span], bound: Sequence[Span]) -> Iterator[_Word]:
    for span in content:
        for hit in list(_WORD.finditer(span.text[:_LETTERS])):
            start, end = span.start + hit.start(), span.start + hit.end()
            inside = any(each.place == span.place and each.start <= start and end <= each.end for each in bound)
            found = terms(hit.group())
            word = folded(hit.group()).lower()
            yield _Word(word, found[0].stem if found else word, start, end, inside)


def _same_matter(one: _Side, other: _Side) -> bool:
    """Whether both speak of the same thing, and not of two parts of what was said."""
    shared = one.main & other.main
    return bool(shared) and len(shared) >= _MATTER * min(len(one.main), len(other.main))


def _conditions(one: _Side, other: _Side) -> Iterator[Difference]:
    """Parts of conditions that only one of the two has, and other words that make it depend."""
    if any(_points_back(span) for span in (*_parts(one, other), *_parts(other, one))):
        return
    pairs, left, right = _paired(_parts(one, other), _parts(other, one))
    left = [span for span in left if not _there(span, other)]
    right = [span for span in right if not _there(span, one)]
    # One part for another is a change where they have anything in common, or where nothing else is left.
    for before in list(left):
        after = max(right, key=lambda span: _share(before, span), default=None)
        if after is not None and (_share(before, after) > 0.1 or len(left) == len(right) == 1):
            left.remove(before)
            right.remove(after)
            yield _difference(
                "condition-changed", one, before, other, after, f"has another condition: {_said(before)} became {_said(after)}"
            )
    for before, after in pairs:
        if _other_time(before, after):
            yield _difference("condition-changed", one, before, other, after, f"has another time: {_said(before)} became {_said(after)}")
    for span in left:
        yield _difference("condition-dropped", one, span, other, None, f"leaves out the condition {_said(span)}")
    for span in right:
        yield _difference("condition-added", one, None, other, span, f"adds the condition {_said(span)}")
    if pairs and len(one.conditions) == len(other.conditions) == 1 and _weight(one.conditions[0]) != _weight(other.conditions[0]):
        before, after = one.conditions[0].marker, other.conditions[0].marker
        yield _difference("condition-changed", one, before, other, after, f"says {_said(after)} for {_said(before)}")


def _other_time(one: Span, other: Span) -> bool:
    """Whether each names a month, a season or a day of the week, and not the same."""
    for kind in load("alike")["calendar"].values():
        mine, theirs = (
            {term.word for term in terms(span.text[:_LETTERS]) if term.capital or term.word != "may"} & set(kind) for span in (one, other)
        )
        if mine and theirs and not mine & theirs:
            return True
    return False


def _points_back(span: Span) -> bool:
    """Whether the words stand for conditions named before: "if both applied"."""
    found = terms(span.text)
    return len(found) <= 4 and any(term.word in ("both", "these", "those", "this", "that", "so", "neither", "either") for term in found[:2])


def _weight(condition: Condition) -> str:
    """What the marker says beyond that it depends: "in case" says what "if" does, "once" that it will come."""
    return "if" if condition.kind in ("if", "in-case", "should", "provided", "as-long-as") else condition.kind


def _parts(side: _Side, other: _Side) -> list[Span]:
    """The parts of those conditions that belong to what the other wording has too."""
    found = []
    for condition in side.conditions:
        depends = frozenset().union(*(_stems(span.text) for span in condition.consequent))
        if not depends or len(depends & other.stems) >= _MATTER * min(len(depends), len(other.main) or len(other.stems)):
            found += list(_leaves(condition))
    return found


def _paired(these: Sequence[Span], those: Sequence[Span]) -> tuple[list[tuple[Span, Span]], list[Span], list[Span]]:
    """Parts that are one and the same, the most alike first; and what is left on either side."""
    left, right = list(these), list(those)
    pairs = []
    for share, before, after in sorted(((_share(b, a), b, a) for b in these for a in those), key=lambda each: -each[0]):
        if share >= _PART and before in left and after in right:
            left.remove(before)
            right.remove(after)
            pairs.append((before, after))
    return pairs, left, right


def _share(one: Span, other: Span) -> float:
    mine, theirs = _stems(one.text), _stems(other.text)
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


@lru_cache(4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(term.stem for term in terms(text[:_LETTERS]) if not is_empty(term.word))


def _there(span: Span, side: _Side) -> bool:
    """Whether the words are in the other wording anyway, however the reader took them."""
    stems = {stem for stem in _stems(span.text) if not is_common(stem)} or _stems(span.text)
    return bool(stems) and len(stems & side.stems) >= _THERE * len(stems)


def _modality(one: _Side, other: _Side) -> Iterator[Difference]:
    before, after = _firmness(one), _firmness(other)
    if before is None or after is None or before[0] == after[0]:
        return
    yield _difference("modality", one, before[1], other, after[1], f"says {_said(after[1])} for {_said(before[1])}")


def _firmness(side: _Side) -> tuple[str, Span] | None:
    """The first word outside the conditions that says how firm the promise is, and which."""
    bound = [span for each in side.conditions for span in each.antecedent]
    for span in side.statement.content:
        plain = span.text[:_LETTERS].replace("’", "'")
        for hit in _modals().finditer(plain):
            start, end = span.start + hit.start(), span.start + hit.end()
            if not any(each.place == span.place and each.start <= start < each.end for each in bound):
                return _firm()[hit.group().lower()], side.evidence(start, end, span).span
    return None


@cache
def _firm() -> Mapping[str, str]:
    return {word: kind for kind, words in load("alike")["firmness"].items() for word in words}


@cache
def _modals() -> re.Pattern[str]:
    words = sorted(_firm(), key=len, reverse=True)
    return re.compile("|".join((r"(?<=\w)" if word[0] == "'" else r"\b") + re.escape(word) + r"\b" for word in words), re.IGNORECASE)


def _numbers(one: _Side, other: _Side) -> Iterator[Difference]:
    """Another number of the same thing, where each has one."""
    mine, theirs = _counted(one), _counted(other)
    for unit in sorted(mine.keys() & theirs.keys()):
        if len(mine[unit]) == len(theirs[unit]) == 1 and mine[unit][0][0] != theirs[unit][0][0]:
            before, after = (side.words_of(word, word) for side, word in ((one, mine[unit][0][1]), (other, theirs[unit][0][1])))
            if before and after:
                yield _difference("number", one, before.span, other, after.span, f"says {_said(after.span)} for {_said(before.span)}")


def _counted(side: _Side) -> dict[str, list[tuple[float, _Word]]]:
    """The numbers before each noun; which of a row something is ("the sixteenth day") is no number of it."""
    found: dict[str, list[tuple[float, _Word]]] = {}
    for word, after in zip(side.words, side.words[1:], strict=False):
        value = number(word.text)
        ordinal = word.text.endswith(("th", "st", "nd", "rd"))
        if value is not None and not ordinal and word.text != "one" and not is_empty(after.text) and number(after.text) is None:
            found.setdefault(after.stem, []).append((value, word))
    return found


def _qualifiers(one: _Side, other: _Side) -> Iterator[Difference]:
    """Words that say of which kind or how much, before a noun that both have."""
    places = set()
    for before, after, word in _lost(one, other):
        places.add((before.start, after.end))
        yield _difference("qualifier", one, before, other, after, f"“{word}” is gone: {_said(before)} became {_said(after)}")
    for after, before, word in _lost(other, one):
        if (before.start, after.end) not in places:
            yield _difference("qualifier", one, before, other, after, f"adds “{word}”: {_said(before)} became {_said(after)}")


def _lost(one: _Side, other: _Side) -> Iterator[tuple[Span, Span, str]]:
    """Qualifier and noun in the one, the noun in the other, and the qualifier that the other lacks."""
    told: set[str] = set()
    for first, second in zip(one.words, one.words[1:], strict=False):
        if first.stem in other.stems or second.stem not in other.stems or is_empty(second.text) or not _qualifies(first.text):
            continue
        at = next((i for i, word in enumerate(other.words) if word.stem == second.stem), None)
        before = one.words_of(first, second)
        twice = sum(word.stem == second.stem for word in one.words) > 1
        if at is None or before is None or twice or first.text in told or not _together(before.span.text):
            continue
        previous = other.words[at - 1] if at and other.words[at - 1].bound == other.words[at].bound else None
        start = previous if previous is not None and (_qualifies(previous.text) or ":" in previous.stem) else other.words[at]
        after = other.words_of(start, other.words[at])
        if after is not None:
            told.add(first.text)
            yield before.span, after.span, first.text


def _together(words: str) -> bool:
    """Whether nothing but a blank or hyphen stands between the two."""
    return re.fullmatch(r"[\w’']+[\s\-]+[\w’']+", words) is not None


def _qualifies(word: str) -> bool:
    known = load("alike")["qualifiers"]
    if word in known["words"]:
        return True
    return (
        len(word) > 4
        and not is_empty(word)
        and number(word) is None
        and word.endswith(tuple(known["endings"]))
        and ":" not in terms(word)[0].stem
    )


def _hedges(one: _Side, other: _Side) -> Iterator[Difference]:
    # Words for a nameless speaker are no hedge of what is said.
    mine = {hedge.kind: hedge for hedge in one.statement.hedges if hedge.kind != "unnamed"}
    theirs = {hedge.kind: hedge for hedge in other.statement.hedges if hedge.kind != "unnamed"}
    for kind in sorted(set(mine) - set(theirs)):
        yield _difference("hedge-lost", one, mine[kind], other, None, f"{_said(mine[kind])} is gone")
    for kind in sorted(set(theirs) - set(mine)):
        yield _difference("hedge-added", one, None, other, theirs[kind], f"adds {_said(theirs[kind])}")


def _attribution(one: _Side, other: _Side, heard: str | None = None) -> Iterator[Difference]:
    """That the other no longer says through whom it has it."""
    if not one.statement.via or other.statement.via or one.report.article == other.report.article:
        return
    outlets = {via.outlet for via in one.statement.via if via.outlet}
    if other.report.outlet and other.report.outlet in {*outlets, heard}:
        return
    names = {folded(name).lower() for name in (*outlets, *([heard] if heard else []))}
    spans: tuple[Span, ...] = (*other.statement.addressee, *other.statement.venue)
    if any(name in folded(span.text).lower() for span in spans for name in names):
        return
    via = one.statement.via[-1]
    yield _difference("attribution-lost", one, via, other, None, f"no longer says that it comes through {_said(via)}")


def _paraphrase(one: _Side, other: _Side) -> Iterator[Difference]:
    if one.statement.manner == "direct" and other.statement.manner == "indirect" and one.statement.content and other.statement.content:
        before, after = one.statement.content[0], other.statement.content[0]
        yield _difference("paraphrase", one, before, other, after, f"paraphrases what {one.report.outlet or one.report.article} quotes")


def _difference(kind: DifferenceKind, one: _Side, before: Span | None, other: _Side, after: Span | None, sentence: str) -> Difference:
    first = None if before is None else _evidence(one, before)
    second = None if after is None else _evidence(other, after)
    return Difference(kind=kind, before=first, after=second, sentence=sentence)


def _evidence(side: _Side, span: Span) -> Evidence:
    """The plain span, whatever more the record it comes from knows."""
    return Evidence(article=side.report.article, span=Span(start=span.start, end=span.end, text=span.text, place=span.place))


def _said(span: Span) -> str:
    words = " ".join(span.text.split()).strip('“”"„«» ,')
    return f"“{words if len(words) <= 160 else words[:159].rstrip() + '…'}”"
