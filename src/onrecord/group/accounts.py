"""Accounts: a report taken apart once, so that every question about its origin looks at the same pieces."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from onrecord.group.citations import Citation, citations, own_names
from onrecord.group.credits import credits
from onrecord.group.firsthand import Had, Mark, had, marks
from onrecord.group.prose import folded, quotations, sentences, terms
from onrecord.records import Extent
from onrecord.reports import Report


class Account:
    """One report with the media that it names, the marks of what it has first hand, and how it has each of its statements."""

    def __init__(self, report: Report, outlets: tuple[str, ...] = ()) -> None:
        """Take the report apart, when asked; ``outlets`` are those of the reports beside it."""
        self.report = report
        self.outlets = outlets

    @cached_property
    def cited(self) -> tuple[Citation, ...]:
        """Every medium but its own that the report names."""
        return citations(self.report, self.outlets)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Where the report says that it has something first hand, or from a public occasion or post."""
        return marks(self.report)

    @cached_property
    def ways(self) -> dict[str, Had]:
        """How the report has each of its statements."""
        return had(self.report, self.cited, self.marks)

    @cached_property
    def quotations(self) -> tuple[tuple[Extent, str], ...]:
        """Where its quotations stand and their words as they are compared."""
        return quotations(self.report.text)

    @cached_property
    def folded(self) -> str:
        """The whole text as it is compared, between spaces."""
        return folded(self.report.text)

    @cached_property
    def matter(self) -> tuple[frozenset[str], ...]:
        """The words that carry meaning, of each sentence that has some."""
        text = self.report.text
        return tuple(found for start, end in sentences(text) if len(found := terms(text[start:end])) > 3)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The words that carry meaning, of the whole text."""
        return terms(self.report.text)

    @cached_property
    def is_dated(self) -> bool:
        """Whether it begins as an agency's own reports do: with place, day and its own name."""
        return any(one.own and one.kind == "dateline" for one in credits(self.report))

    @cached_property
    def is_first_hand(self) -> bool:
        """Whether the report says that somebody spoke to it, or that it has seen a paper; that nothing was to be had does not count."""
        spoken = any(self.ways[s.id].way == "hand" and s.act != "refuse" for s in self.report.extraction.statements)
        own = own_names(self.report)
        return spoken or any(way == "hand" and own.search(mark.text) is not None for way, mark in self.marks)


def accounts(story: Iterable[Report]) -> dict[str, Account]:
    """An account of each report of a story, by article."""
    reports = list(story)
    outlets = tuple(sorted({report.outlet for report in reports if report.outlet}))
    return {report.article: Account(report, outlets) for report in reports}
