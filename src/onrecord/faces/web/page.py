"""The coverage page as one HTML file that needs nothing else: no script, no font, no picture, no address but those of the articles.

Citations lead to the words in the article that stands beside them:

    … “we will go” [3]   →   <mark id="c3">we will go</mark>
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

from markupsafe import Markup, escape

from onrecord.ask import spelling
from onrecord.ask.numbering import marks
from onrecord.ask.quoting import marked as quotation_marks
from onrecord.ask.sheet import Coverage, Paper
from onrecord.faces import coverage_words
from onrecord.faces.demo import SAMPLE
from onrecord.faces.terminal import harmless
from onrecord.faces.view import titled

Mark = tuple[int, int, int]
"""Where the words of a citation stand, and its number."""
_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def html(page: Coverage) -> str:
    """The page as a whole HTML document."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    here = Environment(
        loader=PackageLoader("onrecord.faces", "web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = files("onrecord.faces").joinpath("web", "coverage.css").read_text(encoding="utf-8")
    papers = [_paper(page, paper) for paper in page.papers]
    style += _rules(papers)
    contrasts, agreements = coverage_words.split(page)
    return here.get_template("coverage.html").render(
        page=page, banner=SAMPLE, say=coverage_words, spelling=spelling, harmless=harmless, titled=titled, quotation_marks=quotation_marks,
        style=Markup(style),
        policy=_policy(style), papers=papers, contrasts=contrasts, agreements=agreements,
        names={paper.article: paper.outlet for paper in page.papers},
    )  # fmt: skip


def _policy(style: str) -> str:
    """What the browser may load: nothing but this very style sheet."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _paper(page: Coverage, paper: Paper) -> dict[str, Any]:
    """An article for the template: its title and its paragraphs with the cited words marked, and the marks that are in several pieces."""
    found = [(number, page.citations[number - 1]) for number in sorted(set(marks(page)))]
    mine = [(each.span.start, each.span.end, number) for number, each in found if each.article == paper.article and not each.span.place]
    top = [(each.span.start, each.span.end, number) for number, each in found if each.article == paper.article and each.span.place]
    done: set[int] = set()
    broken: set[int] = set()
    title = _line(paper.title or "", 0, top, done, broken)
    # A text that begins with its own headline has it once on the page, unless something cites it there.
    head = (paper.title or "").strip()
    cited = min((start for start, _, _ in mine), default=len(paper.text))
    paragraphs = [
        _line(line, start, mine, done, broken)
        for number, (start, line) in enumerate(_lines(paper.text))
        if number or line.strip() != head or cited < start + len(line)
    ]
    return {"paper": paper, "title": title, "paragraphs": paragraphs, "broken": broken}


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The text's lines that hold something, each with where it begins."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def _line(line: str, start: int, marks: Sequence[Mark], done: set[int], broken: set[int]) -> Markup:
    """A line with its marks as elements that lie inside one another.

    Where two marks cross, the later one is broken into two elements; the first of them has the id.

    Args:
        done: the numbers whose id was given; added to.
        broken: the numbers that are in more than one element; added to.
    """
    here = [(max(0, first - start), min(len(line), last - start), number) for first, last, number in marks]
    here = sorted((each for each in here if each[0] < each[1]), key=lambda each: (each[0], -each[1], each[2]))
    edges = sorted({0, len(line), *(edge for each in here for edge in each[:2])})
    out: list[str] = []
    open_marks: list[Mark] = []
    for at, following in zip(edges, [*edges[1:], len(line)], strict=True):
        reopened = _closed(open_marks, at, out)
        for each in [*reopened, *(mark for mark in here if mark[0] == at)]:
            out.append(_opening(each[2], done, broken))
            open_marks.append(each)
        out.append(escape(_shown(line[at:following])))
    out.extend("</mark>" for _ in open_marks)
    return Markup("".join(out))


def _closed(open_marks: list[Mark], at: int, out: list[str]) -> list[Mark]:
    """Close the marks that end here, with those that stand inside them; the latter are to be opened again."""
    ending = [number for number, each in enumerate(open_marks) if each[1] <= at]
    if not ending:
        return []
    out.extend("</mark>" for _ in open_marks[ending[0] :])
    again = [each for each in open_marks[ending[0] :] if each[1] > at]
    del open_marks[ending[0] :]
    return again


def _opening(number: int, done: set[int], broken: set[int]) -> str:
    if number in done:
        broken.add(number)
        return f'<mark data-c="{number}">'
    done.add(number)
    return f'<mark id="c{number}" data-c="{number}">'


def _rules(papers: Sequence[dict[str, Any]]) -> str:
    """Style for marks in several pieces: all of them light up when the first is the target."""
    broken = sorted({number for each in papers for number in each["broken"]})
    return "".join(f'\n:root:has(#c{number}:target) [data-c="{number}"]{{background:var(--lit)}}' for number in broken)


def _shown(text: str) -> str:
    """The article's text with what would turn or hide it shown by its number."""
    return _ACTING.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
