"""The verbs: the order in which an article goes through the rooms."""

from __future__ import annotations

import collections
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from onrecord import lexicons, sample
from onrecord.errors import OnRecordError
from onrecord.extract import Extracted, extract
from onrecord.extract.confidence import dated
from onrecord.extract.dates import find, merge, published, times
from onrecord.extract.quotes import quotations
from onrecord.group import grouping
from onrecord.group.stories import place
from onrecord.group.window import LAST, Window
from onrecord.records import (
    Actor,
    Article,
    Calibration,
    Condition,
    Event,
    Extent,
    Extraction,
    Frames,
    Ledger,
    Mention,
    Published,
    Reader,
    Receipt,
    Span,
    Statement,
    TimeExpression,
    span,
    tagged,
)
from onrecord.reports import Judgement, Report
from onrecord.resolve import Reference, resolve

if TYPE_CHECKING:
    from onrecord.reader import Encoder

LANGUAGES = frozenset({"en"})
"""Languages that are read; an article in another is kept and said not to be."""

AT_ONCE = 8
"""Articles that go through the reader together at most."""
LETTERS_AT_ONCE = 200_000
"""Letters after which no further article joins them."""
GAP = "\n\n"
"""What stands between text and title where actors are resolved in both at once."""

T = TypeVar("T")


def make_reader(threads: int = 0) -> Encoder:
    """The reader that the package carries; ``threads`` windows are read side by side, 0 for one on each processor."""
    from onrecord.reader import Encoder

    return Encoder(threads=threads or processors())


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read(articles: Iterable[Article], reader: Reader, *, published: str | None = None, outlet: str | None = None) -> Iterator[Extraction]:
    """What is on record in each article, in the order given; nothing is stored.

    Args:
        published: a day that holds for all of them, as given by the caller.
        outlet: likewise.
    """
    yield from _read(_batches(_stated(a, published, outlet) for a in articles), reader)


def add(articles: Iterable[Article], reader: Reader, ledger: Grouped, *, restore: bool = False) -> Iterator[Receipt]:
    """Read the articles and keep what is on record in each, and nothing read twice; an article whose receipt comes is stored for good.

    Args:
        restore: take up again articles that were removed; otherwise they stay removed, and their receipt says so.
    """
    digest = reading_digest(reader)

    def todo() -> Iterator[tuple[list[Article], list[Article]]]:
        for some in _batches(ledger.informed(a) for a in articles):
            yield some, [a for a in some if _wanted(a, ledger, digest, restore)]

    for (some, fresh), seen in _ahead(todo(), lambda batch: _texts(batch[1]), reader):
        extractions = {a.id: e for a, e in zip(fresh, _extractions(fresh, seen, reader), strict=True)}
        yield from _kept(some, extractions, ledger, digest, restore)
        collections.deque(group(ledger), maxlen=0)


def _kept(
    articles: Sequence[Article], extractions: Mapping[str, Extraction], ledger: Ledger, digest: str, restore: bool
) -> Iterator[Receipt]:
    """Receipts of articles that are kept in one transaction, once it has ended; where it fails, of those before the one that fails."""

    def keep(article: Article) -> Receipt:
        extraction = extractions.get(article.id)
        return ledger.again(article) if extraction is None else ledger.put(article, extraction, digest, restore=restore)

    done: list[Receipt] = []
    try:
        with ledger.together():
            for article in articles:
                done.append(keep(article))
    except OnRecordError:
        if not done:
            raise
        yield from map(keep, articles)
    else:
        yield from done


class Grouped(Ledger, Protocol):
    """A ledger whose articles are put among one another."""

    def ungrouped(self) -> Sequence[str]:
        """Articles that wait for that, in the order in which they were added."""

    def grouping(self, sample: Collection[str]) -> AbstractContextManager[grouping.Shelves]:
        """What it needs, within one transaction; ``sample`` has the marks of articles that are compared with no others."""


def group(ledger: Grouped) -> Iterator[str]:
    """Put each article that waits for it among the others: copies, story, sayings, commitments; its id once that is kept.

    What was begun is carried out in one transaction, or not at all: whoever is interrupted goes on where it stopped.
    """
    waiting = ledger.ungrouped()
    for start in range(0, len(waiting), AT_ONCE):
        some = waiting[start : start + AT_ONCE]
        with ledger.grouping(sample.marks()) as shelves:
            for article in some:
                grouping.group(article, shelves)
        yield from some


class Judged(Protocol):
    """A ledger whose stories persons decide about."""

    def grouping(self, sample: Collection[str]) -> AbstractContextManager[JudgedShelves]:
        """What it needs, within one transaction; ``sample`` has the marks of articles that are compared with no others."""


class JudgedShelves(grouping.Shelves, Protocol):
    """Shelves with the decisions of persons."""

    @property
    def judgements(self) -> Judges:
        """Decisions."""

    def placed(self, article: str) -> str:
        """The version of the article's document that is in a story."""


class Judges(Protocol):
    """Decisions of persons about stories."""

    def undo(self, judgement: str, *, by: str, reason: str) -> Judgement:
        """End a decision."""


def undo(judgement: str, ledger: Judged, *, by: str, reason: str) -> Judgement:
    """Undo what a person decided, and put the articles that it was about among the others by rule, as far as no other decision holds."""
    with ledger.grouping(sample.marks()) as shelves:
        undone = shelves.judgements.undo(judgement, by=by, reason=reason)
        for article, _ in undone.articles:
            report = shelves.report(shelves.placed(article))
            if report is not None:
                shelves.stories.keep(place(report, (), shelves.beside(article).stories), shelves.when)
    return undone


def _wanted(article: Article, ledger: Ledger, digest: str, restore: bool) -> bool:
    if ledger.removed(article.id):
        return restore
    return not ledger.holds(article.id, digest, article.published, basis=article.basis, title=article.title)


def stories(
    articles: Iterable[Article], reader: Reader, *, last: int = LAST, step: Callable[[], None] = lambda: None
) -> Iterator[tuple[str, str]]:
    """Each article, as the caller calls it, with its story, in the order given; nothing is stored.

    An article may move to another story while articles near it come, so each is handed on once so many others came after it.

    Args:
        last: how many articles are held at most.
        step: called for each article that is read.
    """
    given: collections.deque[Article] = collections.deque()

    def noted() -> Iterator[Article]:
        for article in articles:
            given.append(article)
            yield article

    invented: set[str] = set()
    window = Window(last, lambda one, other: (one in invented) == (other in invented))
    called: dict[str, list[str]] = {}
    for extraction in read(noted(), reader):
        report = unstored(given.popleft(), extraction)
        if not sample.marks().isdisjoint((report.document, extraction.text_sha256)):
            invented.add(report.article)
        called.setdefault(report.article, []).append(extraction.article)
        for article, story in window.keep(place(report, (), window)):
            yield from ((name, story) for name in called.pop(article))
        step()
    for article, story in window.rest():
        yield from ((name, story) for name in called.pop(article))


def unstored(article: Article, extraction: Extraction) -> Report:
    """The article as coverage, where no ledger has it."""
    return Report(
        article=article.id, document=article.document, caller=article.caller, outlet=article.outlet, title=article.title, url=article.url,
        byline=article.byline, language=article.language, published=extraction.published, added="", text=article.text, reading="",
        extraction=extraction,
    )  # fmt: skip


def reread(articles: Iterable[Article], reader: Reader) -> Iterator[Extraction]:
    """The articles of a ledger read again with this reader, to compare; nothing is stored."""
    yield from _read(_batches(articles), reader)


def reading_digest(reader: Reader) -> str:
    """What decides a reading: the digest of the model and of the lexicons."""
    return tagged("rr", reader.digest, lexicons.digest())


def _stated(article: Article, published: str | None, outlet: str | None) -> Article:
    changes: dict[str, str] = {}
    if published:
        changes |= {"published": published, "basis": "given"}
    if outlet:
        changes["outlet"] = outlet
    return msgspec.structs.replace(article, **changes) if changes else article


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    some: list[Article] = []
    letters = 0
    for article in articles:
        some.append(article)
        letters += len(article.text)
        if len(some) >= AT_ONCE or letters >= LETTERS_AT_ONCE:
            yield some
            some, letters = [], 0
    if some:
        yield some


def _read(batches: Iterable[Sequence[Article]], reader: Reader) -> Iterator[Extraction]:
    for some, seen in _ahead(batches, _texts, reader):
        yield from _extractions(some, seen, reader)


def _ahead(batches: Iterable[T], texts: Callable[[T], Sequence[str]], reader: Reader) -> Iterator[tuple[T, list[Frames]]]:
    """Each batch with what is seen in its texts. A reader of several threads reads the next one while the caller works on this one."""
    if reader.threads == 1:
        yield from ((batch, reader.read(texts(batch))) for batch in batches)
        return
    with ThreadPoolExecutor(1, "ahead") as pool:
        rest = iter(batches)

        def begin() -> tuple[T, Future[list[Frames]]] | None:
            return next(((batch, pool.submit(reader.read, texts(batch))) for batch in rest), None)

        waiting = begin()
        while waiting is not None:
            failed: Exception | None = None
            try:
                coming = begin()
            except Exception as error:
                # What came before the input broke off is still handed on.
                coming, failed = None, error
            yield waiting[0], waiting[1].result()
            if failed is not None:
                raise failed
            waiting = coming


def _texts(articles: Sequence[Article]) -> list[str]:
    """Text and title of each article that is read; they go through the reader together."""
    return [t for a in articles if _unread(a) is None for t in (a.text, _title(a))]


def _extractions(articles: Sequence[Article], seen: Sequence[Frames], reader: Reader) -> Iterator[Extraction]:
    """What is on record in each article, from what is seen in the texts of those that are read."""
    rest = iter(seen)
    for a in articles:
        reason = _unread(a)
        if reason is None:
            yield _extraction(a, next(rest), next(rest), reader.name, getattr(reader, "calibration", None))
        else:
            yield _record(a, reader.name, _known(a), skipped={**a.skipped, reason: 1})


def _unread(article: Article) -> str | None:
    """Why the article is not read, or None."""
    if not article.text.strip():
        return "empty text"
    if article.language is not None and article.language.split("-")[0].lower() not in LANGUAGES:
        return f"language not supported: {article.language}"
    return None


def _title(article: Article) -> str:
    """The title, where it is not the text's first line as well: what it says would be on record twice."""
    title = article.title or ""
    return "" if article.text.lstrip().partition("\n")[0].strip() == title.strip() else title


def _known(article: Article) -> Published:
    return published("", (), article.published, article.basis)


def _extraction(article: Article, body: Frames, head: Frames, reader: str, calibration: Calibration | None) -> Extraction:
    text, title = article.text, _title(article)
    told, titled = find(text), find(title)
    extents = merge(body.times, told, text)
    when = published(text, extents, article.published, article.basis)
    dates = dated(times(text, extents, when, body.sentences), body.times, told, calibration)
    title_dates = times(title, merge(head.times, titled, title), when, head.sentences)
    title_dates = _titled(dated(title_dates, head.times, titled, calibration))
    look = partial(extract, article=article.id, reader=reader, published=when, publisher=article.outlet, calibration=calibration)
    main = look(text, body, times=dates)
    top = look(title, head, times=title_dates, place="title")
    actors, references = _actors(article, body, (main, top), when)
    skipped = dict(article.skipped)
    for part in (main, top):
        for reason, count in part.skipped.items():
            skipped[reason] = skipped.get(reason, 0) + count
    statements = [_resolved(s, references) for part in (top, main) for s in part.statements]
    events = [_resolved_event(e, references) for part in (top, main) for e in part.events]
    return _record(
        article, reader, when, skipped=skipped, statements=statements, conditions=[*top.conditions, *main.conditions], events=events,
        actors=actors, dates=[*title_dates, *dates],
    )  # fmt: skip


def _titled(dates: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
    return tuple(msgspec.structs.replace(d, place="title", anchor_span=d.anchor_span and _in_title(d.anchor_span)) for d in dates)


def _in_title(where: Span) -> Span:
    return msgspec.structs.replace(where, place="title")


def _record(
    article: Article,
    reader: str,
    when: Published,
    *,
    skipped: dict[str, int],
    statements: Sequence[Statement] = (),
    conditions: Sequence[Condition] = (),
    events: Sequence[Event] = (),
    actors: Sequence[Actor] = (),
    dates: Sequence[TimeExpression] = (),
) -> Extraction:
    return Extraction(
        article=article.caller or article.id, document=article.document, outlet=article.outlet, title=article.title,
        language=article.language, text_sha256=article.text_sha256, reader=reader, skipped=skipped, published=when,
        statements=tuple(statements), conditions=tuple(conditions), events=tuple(events), actors=tuple(actors), dates=tuple(dates),
    )  # fmt: skip


Place = tuple[str | None, int, int]


def _actors(article: Article, body: Frames, parts: Sequence[Extracted], when: Published) -> tuple[list[Actor], Mapping[Place, Reference]]:
    """The article's actors, and who each mention is. The title is resolved after the text, which introduces those whom it names."""
    text, title = article.text, _title(article)
    joint = text + GAP + title if title else text
    offset = len(text) + len(GAP)
    places: set[Place] = {(m.place, m.start, m.end) for part in parts for m in _mentions(part)}
    moved = {(s + offset, e + offset) if place else (s, e): (place, s, e) for place, s, e in places}
    quotes: list[Extent] = [piece for quotation in quotations(text).found for piece in quotation.pieces]
    found = resolve(joint, sorted(moved), body.entities, at=when.first, sentences=body.sentences, outlet=article.outlet, quotes=quotes)

    def back(where: Span) -> Span:
        return where if where.start < len(text) else span(title, (where.start - offset, where.end - offset), "title")

    actors = [
        msgspec.structs.replace(
            a,
            mentions=tuple(back(m) for m in a.mentions),
            roles=tuple(msgspec.structs.replace(r, span=back(r.span)) for r in a.roles),
        )
        for a in found.actors
    ]
    return actors, {moved[extent]: reference for extent, reference in found.of.items() if extent in moved}


def _mentions(part: Extracted) -> Iterator[Mention]:
    for s in part.statements:
        if s.speaker:
            yield s.speaker
        yield from s.addressee
    for e in part.events:
        if e.actor:
            yield e.actor
        if e.recipient:
            yield e.recipient


def _referred(mention: Mention, references: Mapping[Place, Reference]) -> Mention:
    reference = references.get((mention.place, mention.start, mention.end))
    if reference is None:
        return mention
    return msgspec.structs.replace(mention, actors=reference.actors, countries=reference.countries, unnamed=reference.unnamed)


def _resolved(statement: Statement, references: Mapping[Place, Reference]) -> Statement:
    return msgspec.structs.replace(
        statement,
        speaker=statement.speaker and _referred(statement.speaker, references),
        addressee=tuple(_referred(m, references) for m in statement.addressee),
    )


def _resolved_event(event: Event, references: Mapping[Place, Reference]) -> Event:
    return msgspec.structs.replace(
        event,
        actor=event.actor and _referred(event.actor, references),
        recipient=event.recipient and _referred(event.recipient, references),
    )
