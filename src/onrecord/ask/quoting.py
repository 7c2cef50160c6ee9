"""What of an article can be quoted so that it reads well: always a slice of its text, never a word more.

“If the pass is lost, we will go,”     the content as it was read
 ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~       what is quoted: without the outlet's own marks and the comma before its "he said"
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from onrecord.records import Extent, Span, span
from onrecord.reports import Report

_OPENING = {"“": "”", "„": "“", "«": "»", '"': '"', "‘": "’"}
_CLOSING = frozenset(_OPENING.values())
_HEADLINE = 300
_TRAILING = " \t\n,;:–—-"
# Ends of sentences: a full stop, not after one capital letter or a title, then a space and what can begin a sentence.
_END = re.compile(r"(?<![ .][A-ZÀ-Þ])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bNo)[.?!][”’\"»)]*(?=\s+[“„«‘\"(]?[A-ZÀ-Þ0-9])|\n")
_DATELINE = re.compile(r"\s[-–—]\s|[:;]\s|\(")


def unmarked(where: Span, text: str) -> Span | None:
    """The span without quotation marks around it and without what joins it to the next words; None where nothing is left."""
    start, end = _trimmed(where.start, where.end, text)
    while start < end and text[start] in _OPENING:
        opening, closing = text[start], _OPENING[text[start]]
        inner = text[start + 1 : end]
        closes = inner.rfind(closing) if opening != closing or inner.count(closing) == 1 else -1
        if closes == len(inner) - 1 and inner.find(opening) in (-1, closes) and (opening == "‘" or inner.find(closing) == closes):
            start, end = _trimmed(start + 1, end - 1, text)
        elif closing not in inner:
            start, end = _trimmed(start + 1, end, text)
        else:
            break
    if start < end and text[end - 1] in "”»" and not any(mark in text[start : end - 1] for mark in "“„«"):
        start, end = _trimmed(start, end - 1, text)
    return span(text, (start, end), where.place) if start < end else None


def _trimmed(start: int, end: int, text: str) -> Extent:
    while start < end and text[start] in _TRAILING:
        start += 1
    while start < end and text[end - 1] in _TRAILING:
        end -= 1
    return start, end


def marked(words: str) -> tuple[str, str]:
    """The quotation marks to set around these words: single ones where they have double ones inside."""
    return ("‘", "’") if any(mark in words for mark in '“”„"') else ("“", "”")


def shortened(where: Span, text: str, longest: int) -> Span | None:
    """The span up to the end of the last sentence that lies within ``longest`` letters; None where its first sentence is longer."""
    if where.end - where.start <= longest:
        return where
    ends = [found.end() for found in _END.finditer(text, where.start, where.end) if found.end() - where.start <= longest]
    extent = _trimmed(where.start, ends[-1], text) if ends else (0, 0)
    return span(text, extent, where.place) if extent[0] < extent[1] else None


def sentence_around(spans: Sequence[Span], text: str, *, reach: int, longest: int) -> Span | None:
    """What the article itself says from the first of the spans to the last: widened to whole sentences, where ``reach`` letters do that.

    None where it would be longer than ``longest``, cross a line, or where the spans lie in the title.
    """
    if not spans or any(each.place is not None for each in spans):
        return None
    start, end = min(each.start for each in spans), max(each.end for each in spans)
    if "\n" in text[start:end] or end - start > longest:
        return None
    first, last = _before(start, text), _after(end, text)
    if start - first > reach or _DATELINE.search(text[first:start]):
        first = start
    if last - end > reach or last - first > longest:
        last = end
    first, last = _trimmed(first, last, text)
    return span(text, (first, last)) if first < last else None


def _before(start: int, text: str) -> int:
    """Where the sentence that holds this place begins."""
    line = text.rfind("\n", 0, start) + 1
    ends = [found.end() for found in _END.finditer(text, line, start + 1) if found.end() <= start]
    return ends[-1] if ends else line


def _after(end: int, text: str) -> int:
    """Where the sentence that holds this place ends, with its full stop."""
    if end and text[end - 1] in ".?!":
        return end
    found = _END.search(text, end - 1)
    return len(text) if found is None else found.start() if found[0] == "\n" else found.end()


def sentence_extents(text: str) -> list[Extent]:
    """Where the text's sentences stand; a line ends one too."""
    ends = [0, *(found.end() for found in _END.finditer(text)), len(text)]
    return [(first, last) for first, last in itertools.pairwise(ends) if text[first:last].strip()]


def sentences(text: str) -> int:
    """How many sentences the words hold."""
    return 1 + len(_END.findall(text.strip()))


def best_title(report: Report) -> Span | None:
    """The report's headline as a span: of its title, else its first line where that is short."""
    if report.title and report.title.strip():
        whole = span(report.title, (0, len(report.title)), "title")
        return shortened(whole, report.title, _HEADLINE) or span(report.title, (0, _HEADLINE), "title")
    line = report.text.lstrip().partition("\n")[0].rstrip()
    start = report.text.find(line) if line else -1
    if start < 0:
        return None
    if len(line) <= 140 and "\n" in report.text.strip():
        return span(report.text, (start, start + len(line)))
    return shortened(span(report.text, (start, start + len(line))), report.text, _HEADLINE)
