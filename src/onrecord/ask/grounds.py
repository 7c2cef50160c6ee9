"""What a sentence of the brief rests on, checked: a sentence with a fault is left out, whoever composed it.

The check knows nothing of how the sentence was made. It holds that

- words of an article stand in a cited span, letter for letter, and the article has that span;
- nothing else is quoted;
- every name, number and day beside them is one that the reports have, or a figure that was counted;
- every other word is one of the few that the patterns use;
- no negation is added, and none that governs the quoted words is lost;
- what hangs on a condition is not quoted without it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from onrecord import lexicons
from onrecord.ask import spelling
from onrecord.ask.citations import proven
from onrecord.ask.sheet import Piece, Sentence
from onrecord.records import Condition, Extent, Record, Span, Statement
from onrecord.reports import Evidence, Report

VOCABULARY = frozenset(
    "said on in according to of which cites the words writes has where leaves out adds changes a an and by between from article articles "
    "report reports outlet outlets rest rests covers cover independent origin origins is are as also it its is held other no coverage "
    "these this that only known not for condition word hedge part whose more what have among them the "
    "central story statement whole with".split()
)
"""Words that patterns put beside the articles' own."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d[\d,.]*\d|\d")
_DAY = re.compile(rf"(?:(\d{{1,2}})(?: to (\d{{1,2}}))? )?({'|'.join(spelling.MONTHS)})(?: (\d{{4}}))?")
_MARKS = re.compile('[“”„«»"‘]|(?<![\\w])’|’(?![\\w])')
_END = re.compile(r"[.?!]")
_CLAUSE = re.compile(r"[,;:.?!–—“”„«»\"\n(]")


class Facts(Record, frozen=True, kw_only=True):
    """What a sentence may rest on besides cited words: names and days that the reports have, and what was counted."""

    names: frozenset[str]
    days: frozenset[str]
    counts: Mapping[str, int]


def faults(sentence: Sentence, reports: Mapping[str, Report], citations: Sequence[Evidence], facts: Facts) -> tuple[str, ...]:
    """What is wrong with the sentence; nothing where every part of it is proven."""
    quoted = [(piece, _evidence(piece, sentence, citations)) for piece in sentence.pieces if piece.kind in ("words", "speaker")]
    rest = _rest(sentence.pieces)
    found = [
        *_told(sentence, citations),
        *_verbatim(quoted, reports),
        *_unquoted(sentence.pieces),
        *_days(rest, facts.days),
        *_loose(_DAY.sub(" ", rest), facts),
        *_left(rest, [evidence for _, evidence in quoted if evidence is not None], reports),
        *_lost([evidence for _, evidence in quoted if evidence is not None], reports),
    ]
    return tuple(dict.fromkeys(found))


def _evidence(piece: Piece, sentence: Sentence, citations: Sequence[Evidence]) -> Evidence | None:
    known = piece.cite is not None and piece.cite in sentence.cites and 0 < piece.cite <= len(citations)
    return citations[piece.cite - 1] if known and piece.cite is not None else None


def _told(sentence: Sentence, citations: Sequence[Evidence]) -> Iterator[str]:
    if "".join(piece.text for piece in sentence.pieces) != sentence.text:
        yield "the text is not what its pieces say"
    if not sentence.cites:
        yield "nothing is cited"
    yield from (f"there is no citation {cite}" for cite in sentence.cites if not 0 < cite <= len(citations))
    for piece in sentence.pieces:
        if piece.kind == "mark" and (piece.cite not in sentence.cites or piece.text):
            yield "a mark stands for nothing that is cited"


def _verbatim(quoted: Iterable[tuple[Piece, Evidence | None]], reports: Mapping[str, Report]) -> Iterator[str]:
    for piece, evidence in quoted:
        if evidence is None:
            yield f"no citation for {piece.text!r}"
        elif evidence.span.text != piece.text:
            yield f"other words than cited: {piece.text!r}"
        elif not proven(reports, evidence):
            yield f"the article has other words there: {piece.text!r}"


def _unquoted(pieces: Sequence[Piece]) -> Iterator[str]:
    """Quotation marks may only stand right around an article's words."""
    for number, piece in enumerate(pieces):
        if piece.kind in ("words", "speaker", "mark"):
            continue
        for found in _MARKS.finditer(piece.text):
            before = number > 0 and pieces[number - 1].kind == "words" and found.start() == 0
            after = number + 1 < len(pieces) and pieces[number + 1].kind == "words" and found.end() == len(piece.text)
            if not before and not after:
                yield f"quotation marks around words that are not cited: {piece.text!r}"


def _rest(pieces: Sequence[Piece]) -> str:
    """The sentence without the articles' words."""
    return "".join(piece.text if piece.kind not in ("words", "speaker") else " " for piece in pieces)


def _days(rest: str, days: Collection[str]) -> Iterator[str]:
    for found in _DAY.finditer(rest):
        first, last, month, year = found.groups()
        stem = f"-{spelling.MONTHS.index(month) + 1:02}"
        for number in filter(None, (first, last)):
            wanted = f"{year or ''}{stem}-{int(number):02}"
            if not any(day.endswith(wanted) for day in days):
                yield f"no report has the day {number} {month}"
        if first is None and not any(stem + "-" in day and day.startswith(year or "") for day in days):
            yield f"no report has the month {month}"


def _left(rest: str, quoted: Sequence[Evidence], reports: Mapping[str, Report]) -> Iterator[str]:
    """What the report quoted first is said to leave out has to be another report's words, quoted last, and none of its own."""
    if re.search(r"\bleaves out\b", rest) is None:
        return
    report = reports.get(quoted[0].article) if quoted else None
    if report is None or quoted[-1].article == report.article or _flat(quoted[-1].span.text) in _flat(report.text):
        yield "no report is known to leave something out"


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())


def _loose(rest: str, facts: Facts) -> Iterator[str]:
    """Names, numbers, negations and other words beside the quotations, each of which has to come from somewhere."""
    for name in sorted(facts.names, key=len, reverse=True):
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest)
    years = {day[:4] for day in facts.days}
    counted = set(facts.counts.values())
    for found in _WORD.finditer(rest):
        word = found[0]
        if word[0].isdigit():
            number = word.replace(",", "").rstrip(".")
            if number not in years and not (number.isdigit() and int(number) in counted):
                yield f"nothing counts {word}"
        elif word.casefold() in spelling.NUMBERS[1:]:
            if spelling.NUMBERS.index(word.casefold()) not in counted:
                yield f"nothing counts {word}"
        elif word.casefold() not in VOCABULARY:
            yield f"the word {word} comes from nowhere"
        elif word.casefold() in ("no", "not") and 0 not in counted and not facts.counts.get("unknown"):
            yield f"nothing says {word}"


def _lost(quoted: Sequence[Evidence], reports: Mapping[str, Report]) -> Iterator[str]:
    """Negations and conditions that govern what is quoted and are not quoted with it."""
    for evidence in quoted:
        report = reports.get(evidence.article)
        if report is None or evidence.span.place is not None:
            continue
        mine = [each.span.extent for each in quoted if each.article == evidence.article and each.span.place is None]
        yield from _negated(evidence.span, report, mine)
        yield from _conditional(evidence.span, report, mine)


def _negated(span: Span, report: Report, quoted: Sequence[Extent]) -> Iterator[str]:
    text = report.text
    breaks = [found.end() for found in _CLAUSE.finditer(text, 0, span.start)]
    start = breaks[-1] if breaks else 0
    for negation in _negations(text[start : span.start]):
        if not any(first <= start + negation <= last for first, last in quoted):
            yield f"a negation before {span.text!r} is lost"
    for statement in report.extraction.statements:
        cue = statement.cue
        if cue is None or not any(_within(span.extent, each.extent) for each in statement.content if each.place is None):
            continue
        for piece in (cue, *cue.more):
            if any(True for _ in _negations(piece.text)) and not any(_within(piece.extent, each) for each in quoted):
                yield f"a negation that governs {span.text!r} is lost"


def _conditional(span: Span, report: Report, quoted: Sequence[Extent]) -> Iterator[str]:
    bound = [
        (each, condition)
        for condition in report.extraction.conditions
        for each in condition.consequent
        if each.place is None
        and _within(each.extent, span.extent)
        # What stands in another line, such as the headline, was misread as its condition.
        and not any("\n" in _between(each, other, report.text) for other in (*condition.antecedent, condition.marker))
    ]
    kept = [each for each, condition in bound if _quoted(condition, quoted)]
    for each, condition in bound:
        # What hangs on what stands in the next sentence was misread where it hangs on something in its own, and that is quoted.
        known = any(each.extent == other.extent for other in kept) and _END.search(_between(each, condition.marker, report.text))
        if not _quoted(condition, quoted) and not known:
            yield f"{each.text!r} is quoted without its condition"


def _quoted(condition: Condition, quoted: Sequence[Extent]) -> bool:
    """Whether a condition's marker and all that it names are quoted."""
    return all(any(_within(each.extent, one) for one in quoted) for each in (*condition.antecedent, condition.marker))


def _between(one: Span, other: Span, text: str) -> str:
    first, last = sorted((one, other), key=lambda each: each.start)
    return text[first.end : last.start]


def _within(inner: Extent, outer: Extent) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _negations(text: str) -> Iterator[int]:
    """Where negations begin in the text."""
    words, known = lexicons.load("negation"), text.casefold().replace("’", "'")
    for phrase in words["harmless"]:
        known = known.replace(phrase, " " * len(phrase))
    singles = "|".join(re.escape(word) for word in words["words"] if word != "n't")
    phrases = "|".join(re.escape(phrase) for phrase in words["phrases"])
    yield from (found.start() for found in re.finditer(rf"\b(?:{singles}|{phrases})\b|n't\b", known))


def negated(statement: Statement) -> bool:
    """Whether the words that attribute the statement deny something."""
    cue = statement.cue
    return cue is not None and any(True for piece in (cue, *cue.more) for _ in _negations(piece.text))
