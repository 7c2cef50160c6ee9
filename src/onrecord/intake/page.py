"""One saved HTML page as an article: its main text, and what its head says about it."""

from __future__ import annotations

import contextlib
import datetime
import importlib.metadata
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import msgspec
from lxml import etree

from onrecord import records
from onrecord.errors import InputError
from onrecord.intake import address, furniture
from onrecord.intake.came import Came
from onrecord.intake.encoding import clean, decoded
from onrecord.intake.given import Given
from onrecord.intake.head import NOTHING, Head, head
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
FURNITURE = "line of the page left out"
FUTURE = "date of publication in the future"
DOUBTED = "address of another site not believed"
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr p li td tr th dt dd option".split())
_OURS = "+page-2"
"""What is done to the text after that, with its version."""
_STRANGE = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, AssertionError, etree.LxmlError)
"""What page readers raise over strange pages; then there is no text."""
_FRAME = re.compile(r"<(?:html|head|body)[\s>]", re.IGNORECASE)
_MIDNIGHT = re.compile(r"T00:00(?::00)?$")
_OFFSET = re.compile(r"([+-]\d\d)(\d\d)$")


def article(raw: bytes, source: str, given: Given, came: Came | None = None) -> Iterator[Article | Problem]:
    """The article on the page, after what is odd about it.

    Args:
        raw: the page, without any encoding of its transport.
        source: what to call it in problems.
        given: what the caller states.
        came: where it was fetched; None for a file.

    Raises:
        InputError: where its encoding cannot be told, or it is too large or too deep for a page.
    """
    page, charset = decoded(raw, page=True, header=came.charset if came else None)
    page, _ = clean(page)
    _guard(page)
    if not _FRAME.search(page):
        page = f"<html><body>{page}</body></html>"  # trafilatura finds nothing in a bare fragment
    said, text = _cut(page)
    text, lines = furniture.without(_untitled(text, said.title))
    url, doubted = address.believed(said.addresses, came.address if came else None)
    published, basis, complaint = _published(said.dates, given, came)
    language, skipped = judged(text, None, text.count("\ufffd"))
    if language is None and (declared := code(said.language)):
        language, skipped = judged(text, declared, text.count("\ufffd"))
    for reason, count in ((FURNITURE, lines), (DOUBTED, int(doubted)), (_why(complaint), int(complaint is not None))):
        if count:
            skipped[reason] = count
    if complaint:
        without = "" if published else "; the article is read without it"
        yield Problem(source=source, message=f"its date of publication: {complaint}{without}", lost=False)
    yield records.article(
        text, title=said.title, outlet=given.outlet or said.outlet or address.host(url), url=url, byline=said.byline, language=language,
        published=published, basis=basis, raw=raw, media=f"text/html; charset={charset}", cutter=cutter(), skipped=skipped,
        fetched=came.at if came else None, fetched_from=came.address if came else None,
    )  # fmt: skip


@cache
def cutter() -> str:
    """Name and version of what cuts the text of pages, on which text, offsets and ids depend."""
    return f"trafilatura/{importlib.metadata.version('trafilatura')}{_OURS}"


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


def _cut(page: str) -> tuple[Head, str]:
    """What the page says of itself, and its text."""
    import trafilatura  # .3 s, and only pages need it

    tree = None
    with contextlib.suppress(*_STRANGE):
        tree = trafilatura.load_html(page)
    if tree is None:
        return NOTHING, ""
    said = head(tree)
    if not said.dates and (date := _dated(tree)):
        said = msgspec.structs.replace(said, dates=(date,))
    document = None
    with contextlib.suppress(*_STRANGE):
        # Its metadata cost as much as its text, and are ours already.
        document = trafilatura.bare_extraction(tree, with_metadata=False, include_comments=False, include_tables=False)
    assert not isinstance(document, dict)
    return said, (document.text or "" if document else "")


def _dated(tree: Any) -> str | None:
    """The date in places where pages seldom have it; from the head, never guessed from the text: guessing belongs to the extraction."""
    from htmldate import find_date  # it comes with trafilatura

    with contextlib.suppress(*_STRANGE):
        found: str | None = find_date(tree, extensive_search=False, original_date=True, outputformat="%Y-%m-%dT%H:%M:%S%z")
        return found
    return None


def _why(complaint: str | None) -> str:
    return FUTURE if complaint and "future" in complaint else BAD_DATE


def _published(dates: Sequence[str], given: Given, came: Came | None) -> tuple[str | None, Basis, str | None]:
    """Day of publication, its basis, and what is wrong with the page's own. Nothing is published after it was fetched."""
    if given.published is not None:
        return given.published, "given", None
    today = _day_of(came) if came else None
    today = min(today, given.today) if today and given.today else today or given.today
    complaint: str | None = None
    for value in dates:
        # Midnight without an offset is a day, not a time.
        value = _OFFSET.sub(r"\1:\2", _MIDNIGHT.sub("", value.strip()))
        try:
            return day(value, today), "metadata", complaint
        except ValueError as error:
            complaint = complaint or str(error)
    return None, "unknown", complaint


def _day_of(came: Came) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat((came.at or "")[:10])
    except ValueError:
        return None
