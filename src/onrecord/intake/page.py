"""One saved HTML page as an article: its main text, and what its head says about it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

from onrecord import records
from onrecord.errors import InputError
from onrecord.intake.encoding import clean, decoded
from onrecord.intake.given import Given
from onrecord.intake.language import code
from onrecord.intake.lines import BAD_DATE
from onrecord.intake.plain import judged
from onrecord.intake.problem import Problem
from onrecord.intake.published import day
from onrecord.records import Article, Basis

MAX_BYTES = 5 * 1024 * 1024
"""Real pages have under 1 MB; what takes minutes to take apart is larger or deeper."""
MAX_TAGS = 100_000
MAX_DEPTH = 1000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>")
_FOUND = ("text", "title", "author", "date", "sitename", "hostname", "url")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr p li td tr th dt dd option".split())
_OURS = "+untitled-1"
"""What is done to the text after that, with its version."""
_FRAME = re.compile(r"<(?:html|head|body)[\s>]", re.IGNORECASE)
_LANG = re.compile(r"<html[^>]{0,2000}?\slang\s*=\s*[\"']?([A-Za-z-]{2,20})", re.IGNORECASE)
_MIDNIGHT = re.compile(r"T00:00(?::00)?$")
_OFFSET = re.compile(r"([+-]\d\d)(\d\d)$")


def article(raw: bytes, source: str, given: Given) -> Iterator[Article | Problem]:
    """The article on the page, after what is odd about it.

    Raises:
        InputError: where its encoding cannot be told, or it is too large or too deep for a page.
    """
    html, charset = decoded(raw, page=True)
    html, _ = clean(html)
    _guard(html)
    if not _FRAME.search(html):
        html = f"<html><body>{html}</body></html>"  # trafilatura finds nothing in a bare fragment
    found, cutter = _cut(html)
    text = _untitled(found.get("text") or "", found.get("title"))
    published, basis, complaint = _published(found.get("date"), given)
    language, skipped = judged(text, None, text.count("\ufffd"))
    if language is None and (declared := _LANG.search(html[:20_000])):
        language = code(declared[1])
        language, skipped = judged(text, language, text.count("\ufffd"))
    if complaint:
        skipped[BAD_DATE] = 1
        yield Problem(source=source, message=f"its date of publication: {complaint}; the article is read without it", lost=False)
    yield records.article(
        text, title=found.get("title"), outlet=given.outlet or found.get("sitename") or found.get("hostname"), url=found.get("url"),
        byline=found.get("author"), language=language, published=published, basis=basis, raw=raw, media=f"text/html; charset={charset}",
        cutter=cutter, skipped=skipped,
    )  # fmt: skip


def _guard(html: str) -> None:
    """Refuse what only a hostile page is: tags beyond number or depth, over which page readers hang or run out of stack."""
    depth = deepest = tags = 0
    for tag in _TAG.finditer(html):
        tags += 1
        if tag[2].casefold() in _VOID or tag[3].endswith("/"):
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    if tags > MAX_TAGS or deepest > MAX_DEPTH:
        raise InputError(f"a page with {tags:,} tags, {deepest:,} deep, is not read; give its text as a text file")


def _untitled(text: str, title: str | None) -> str:
    """The text without its first line where that is the title, which is read apart; else one headline would be on record twice."""
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if title and rest.strip() and first.split() == title.split() else text


def _cut(html: str) -> tuple[dict[str, Any], str]:
    """What trafilatura finds (None where nothing), and its name and version, on which text, offsets and ids depend."""
    import trafilatura  # .3 s, and only pages need it

    with contextlib.suppress(ValueError):
        document = trafilatura.bare_extraction(
            html, with_metadata=True, include_comments=False, include_tables=False,
            # As the page's head says it, never guessed from its text: guessing belongs to the extraction, which shows its words.
            date_extraction_params={"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%dT%H:%M:%S%z"},
        )  # fmt: skip
        return {name: getattr(document, name, None) for name in _FOUND}, f"trafilatura/{trafilatura.__version__}{_OURS}"
    return {}, f"trafilatura/{trafilatura.__version__}{_OURS}"


def _published(value: str | None, given: Given) -> tuple[str | None, Basis, str | None]:
    """Day of publication, its basis, and what is wrong with the page's own."""
    if given.published is not None:
        return given.published, "given", None
    if not value:
        return None, "unknown", None
    # Midnight without an offset is a day, not a time.
    value = _OFFSET.sub(r"\1:\2", _MIDNIGHT.sub("", value))
    try:
        return day(value, given.today), "metadata", None
    except ValueError as error:
        return None, "unknown", str(error)
