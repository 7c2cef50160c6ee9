"""Citations: the numbers by which a page names the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onrecord.ask.sheet import Words
from onrecord.records import Span
from onrecord.reports import Evidence, Report

Place = tuple[str, str | None, int, int]


class Citations:
    """Numbers for spans of the reports at hand: the same words at the same place have the same number."""

    def __init__(self, reports: Iterable[Report]) -> None:
        """Cite from these reports."""
        self._reports = {report.article: report for report in reports}
        self._numbers: dict[Place, int] = {}
        self._evidence: list[Evidence] = []

    @property
    def evidence(self) -> Sequence[Evidence]:
        """What the numbers stand for, beginning with 1."""
        return self._evidence

    def cite(self, article: str, span: Span) -> Words | None:
        """The span's words with their number; None where the article is not at hand or has other words there."""
        if not proven(self._reports, Evidence(article=article, span=span)):
            return None
        place = (article, span.place, span.start, span.end)
        if place not in self._numbers:
            plain = Span(start=span.start, end=span.end, text=span.text, place=span.place)
            self._evidence.append(Evidence(article=article, span=plain))
            self._numbers[place] = len(self._evidence)
        return Words(text=span.text, cite=self._numbers[place])

    def all(self, article: str, spans: Iterable[Span]) -> tuple[Words, ...]:
        """The words of those spans that are proven, in the order given."""
        return tuple(words for words in (self.cite(article, span) for span in spans) if words is not None)

    def of(self, evidence: Iterable[Evidence]) -> tuple[Words, ...]:
        """Likewise for words of several articles."""
        return tuple(words for words in (self.cite(each.article, each.span) for each in evidence) if words is not None)


def proven(reports: Mapping[str, Report], evidence: Evidence) -> bool:
    """Whether the article, as it is at hand, has exactly these words at this place of its text or title."""
    report = reports.get(evidence.article)
    if report is None:
        return False
    span = evidence.span
    return span.proves(report.text if span.place is None else report.title or "")
