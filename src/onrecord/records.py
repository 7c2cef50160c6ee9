"""The nouns: what On Record reads off an article, and what it keeps.

Every claim is a :class:`Span`, and ``span.proves(text)`` is the proof. Field names are the contract's JSON names, except where those
are Python keywords (``in``, ``from``): there the attribute is called ``place`` and ``first``, and the codec writes the contract's name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Literal, Protocol

from msgspec import UNSET, Struct, UnsetType, field

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORMAT = 1
"""The version of one line of ``extract --jsonl``."""

Extent = tuple[int, int]
"""Where something stands in a text: code points, end excluded."""

Act = Literal[
    "assert", "commit", "threaten", "warn", "demand", "urge", "propose", "offer", "permit", "refuse", "restrict", "consider",
    "deny", "accuse", "criticise", "praise", "agree", "ask", "plan", "believe", "wish",
]  # fmt: skip
Continuity = Literal["maintain", "reaffirm", "soften", "harden", "reverse"]
ConditionKind = Literal[
    "if", "unless", "until", "once", "as-long-as", "in-case", "when", "should", "without", "provided", "only-after",
    "in-exchange", "otherwise",
]  # fmt: skip
Realis = Literal["open", "counterfactual", "generic"]
HedgeKind = Literal["reported", "alleged", "unnamed", "possible", "considering", "denied"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Mode = Literal["actual", "future", "hypothetical", "negated", "historical"]
Manner = Literal["direct", "indirect", "mixed"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Granularity = Literal[
    "minute", "hour", "day", "week", "month", "season", "quarter", "half", "year", "decade", "century", "unknown",
]  # fmt: skip
Basis = Literal["given", "metadata", "inferred", "unknown"]
ActorKind = Literal["person", "state", "org", "group", "outlet"]
RelationKind = Literal["echo", "contrast", "same"]


def tagged(tag: str, *parts: object) -> str:
    """An id such as ``st_3f…``: the tag and 80 bits of the BLAKE2b digest of the parts, which alone decide it."""
    digest = hashlib.blake2b(digest_size=10)
    for part in parts:
        digest.update(str(part).encode("utf-8", "surrogatepass"))
        digest.update(b"\x1f")
    return f"{tag}_{digest.hexdigest()}"


class Record(Struct, frozen=True, kw_only=True, gc=False):
    """What all records share: frozen, slotted, made by keyword only; in no cycle, so that the collector need not look at them."""


class Span(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A piece of an article's text: code points, end excluded, and exactly that slice."""

    start: int
    end: int
    text: str
    place: Literal["title"] | None = field(default=None, name="in")

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start}:{self.end}")

    def proves(self, text: str) -> bool:
        """Whether the text holds exactly these words at this place."""
        return text[self.start : self.end] == self.text

    @property
    def extent(self) -> Extent:
        """Where the span stands."""
        return self.start, self.end


def span(text: str, extent: Extent, place: Literal["title"] | None = None) -> Span:
    """The span of the text at that extent."""
    start, end = extent
    return Span(start=start, end=end, text=text[start:end], place=place)


class Mention(Span, frozen=True, kw_only=True):
    """A noun phrase that stands for somebody: a speaker, an addressee, an event's actor or recipient."""

    actors: tuple[str, ...]
    countries: tuple[str, ...]
    unnamed: bool


class Cue(Span, frozen=True, kw_only=True):
    """The words that attribute; ``more`` holds their further pieces."""

    lemma: str
    more: tuple[Span, ...]


class Hedge(Span, frozen=True, kw_only=True):
    """Words that say how sure, or on whose word, a statement is."""

    kind: HedgeKind


class Via(Span, frozen=True, kw_only=True):
    """The medium or person through whom the article has a statement."""

    outlet: str | None


class Published(Record, frozen=True, kw_only=True):
    """An article's day of publication (ISO dates, both ends included), on what basis, with the words where it was inferred."""

    first: str | None = field(name="from")
    to: str | None
    granularity: Granularity
    at: str | None
    basis: Basis
    spans: tuple[Span, ...]


class When(Record, frozen=True, kw_only=True):
    """A time: first and last day (ISO dates, both ends included) and how fine it is, with the words it was read from."""

    first: str | None = field(name="from")
    to: str | None
    granularity: Granularity
    spans: tuple[Span, ...]


class Said(Record, frozen=True, kw_only=True):
    """Time and place of saying."""

    when: When | None
    where: tuple[Span, ...]


class Relation(Record, frozen=True, kw_only=True):
    """How a statement stands to another of the same article, with the words that say so."""

    kind: RelationKind
    to: str
    spans: tuple[Span, ...]


class Statement(Record, frozen=True, kw_only=True):
    """One attribution: who is reported to have said (thought, planned, refused …) what."""

    id: str
    anchor: str
    within: str | None
    speaker: Mention | None
    cue: Cue | None
    content: tuple[Span, ...]
    manner: Manner
    act: Act
    continuity: Continuity | None
    hedges: tuple[Hedge, ...]
    addressee: tuple[Mention, ...]
    venue: tuple[Span, ...]
    said: Said
    via: tuple[Via, ...]
    conditions: tuple[str, ...]
    events: tuple[str, ...]
    relations: tuple[Relation, ...]
    by: str
    confidence: float


class Part(Record, frozen=True, kw_only=True):
    """A part of an antecedent: a leaf has its span; a group has ``op`` and its parts."""

    span: Span | UnsetType = UNSET
    negated: bool | UnsetType = UNSET
    deadline: When | None | UnsetType = UNSET
    events: tuple[str, ...] | UnsetType = UNSET
    op: Literal["and", "or"] | UnsetType = UNSET
    parts: tuple[Part, ...] | UnsetType = UNSET

    def leaves(self) -> Iterator[Part]:
        """The parts that have a span, in the text's order."""
        if self.parts is UNSET:
            yield self
        else:
            for part in self.parts:
                yield from part.leaves()


class Condition(Record, frozen=True, kw_only=True):
    """One thing made to depend on another; ``statement`` is None in the article's own voice."""

    id: str
    anchor: str
    statement: str | None
    marker: Span
    kind: ConditionKind
    realis: Realis
    antecedent: tuple[Span, ...]
    consequent: tuple[Span, ...]
    parts: Part
    by: str
    confidence: float


class Event(Span, frozen=True, kw_only=True):
    """A clause coded with a PLOVER type and mode; the span is its trigger."""

    id: str
    anchor: str
    statement: str | None
    type: EventType
    mode: Mode
    actor: Mention | None
    recipient: Mention | None
    location: tuple[Span, ...] = field(name="place")
    when: When | None
    by: str
    confidence: float


class Role(Record, frozen=True, kw_only=True):
    """An office an actor is said to hold, with the words."""

    title: str
    country: str | None
    span: Span


class Actor(Record, frozen=True, kw_only=True):
    """Somebody within one article, with every mention that was resolved to them."""

    id: str
    name: str
    kind: ActorKind
    countries: tuple[str, ...]
    roles: tuple[Role, ...]
    mentions: tuple[Span, ...]


class TimeExpression(Span, frozen=True, kw_only=True):
    """A time expression with its TIMEX3 type and value; ``anchor_span`` is the earlier expression that its value rests on.

    ``confidence`` is left out where nothing is known of it, as in readings that are older than it.
    """

    value: str | None
    type: TimeType
    anchor_span: Span | None
    confidence: float | UnsetType = UNSET


class Extraction(Record, frozen=True, kw_only=True):
    """All that was read off one article: one line of ``extract --jsonl``."""

    format: int = FORMAT
    article: str
    document: str
    outlet: str | None
    title: str | None
    language: str | None
    text_sha256: str
    reader: str
    skipped: dict[str, int]
    published: Published
    statements: tuple[Statement, ...]
    conditions: tuple[Condition, ...]
    events: tuple[Event, ...]
    actors: tuple[Actor, ...]
    dates: tuple[TimeExpression, ...]


class Article(Record, frozen=True, kw_only=True):
    """One text of a document, as the reader gets it; ``caller`` is the id that the caller gave, ``raw`` the bytes it was cut from.

    ``fetched`` and ``fetched_from`` say when and where on the web the bytes were fetched, if they were: no day of publication.
    """

    id: str
    document: str
    caller: str | None
    text: str
    text_sha256: str
    title: str | None
    outlet: str | None
    url: str | None
    byline: str | None
    language: str | None
    published: str | None
    basis: Basis
    raw: bytes
    media: str
    cutter: str
    skipped: dict[str, int]
    fetched: str | None = None
    fetched_from: str | None = None


def article(
    text: str,
    *,
    caller: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    byline: str | None = None,
    language: str | None = None,
    published: str | None = None,
    basis: Basis = "unknown",
    raw: bytes = b"",
    media: str = "text/plain",
    cutter: str = "text/1",
    skipped: dict[str, int] | None = None,
    fetched: str | None = None,
    fetched_from: str | None = None,
) -> Article:
    """The article with its ids. Its document is its address, else outlet and caller's id, else outlet and digest.

    Args:
        text: the article's text; offsets of every span count its code points.
        published: an ISO date or date and time, with where it came from in ``basis``.
        raw: the bytes as they came, of type ``media``, from which ``cutter`` (name/version) cut the text.
        skipped: what intake had to leave out or replace, counted.
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if url:
        document = tagged("do", "url", url)
    elif caller:
        document = tagged("do", "id", outlet or "", caller)
    else:
        document = tagged("do", "text", outlet or "", digest)
    return Article(
        id=tagged("ar", document, digest), document=document, caller=caller, text=text, text_sha256=digest, title=title,
        outlet=outlet, url=url, byline=byline, language=language, published=published, basis=basis, raw=raw, media=media,
        cutter=cutter, skipped=skipped or {}, fetched=fetched, fetched_from=fetched_from,
    )  # fmt: skip


# What the reader hands to extract: spans and labels only, nothing resolved.


FrameKind = Literal["statement", "condition", "event"]


class Frame(Record, frozen=True, kw_only=True):
    """A trigger, what fills its roles, and its attributes. Role names are the contract's field names.

    ``confidence`` is what rules weigh frames by; ``chances`` are the probabilities behind it, of the trigger, of each role and attribute.
    """

    kind: FrameKind
    trigger: tuple[Extent, ...]
    roles: Mapping[str, tuple[Extent, ...]]
    attributes: Mapping[str, str]
    confidence: float
    chances: Mapping[str, float] = {}


class Entity(Record, frozen=True, kw_only=True):
    """A named entity: PER, ORG or LOC."""

    start: int
    end: int
    label: Literal["PER", "ORG", "LOC"]
    confidence: float


class Frames:
    """What the reader saw in one text: frames, entities, time expressions, sentences, and a vector for each sentence."""

    __slots__ = ("entities", "frames", "sentences", "times", "vectors")

    def __init__(
        self,
        frames: Sequence[Frame] = (),
        entities: Sequence[Entity] = (),
        times: Sequence[Extent] = (),
        sentences: Sequence[Extent] = (),
        vectors: NDArray[np.float32] | None = None,
    ) -> None:
        """Hold them in the text's order; ``vectors`` has one unit-length row a sentence, or is None where none were asked for."""
        self.frames = tuple(frames)
        self.entities = tuple(entities)
        self.times = tuple(times)
        self.sentences = tuple(sentences)
        self.vectors = vectors


Facts = Mapping[str, float]
"""What is known of how a record was read, by name: numbers that its confidence follows from."""


class Calibration(Protocol):
    """What a reader's own confidence is worth, as was found on articles that it was not trained on."""

    def confidence(self, record: Statement | Condition | Event | TimeExpression, facts: Facts) -> float:
        """How probable it is that the record is right."""


class Reader(Protocol):
    """Something that reads texts; the only implementation that ships is :class:`onrecord.reader.Encoder`.

    It may have a ``calibration`` (a :class:`Calibration`); where it has none, records keep the confidence that the reader gave them.
    """

    @property
    def name(self) -> str:
        """Name and version, such as ``en/1``."""

    @property
    def digest(self) -> str:
        """Digest of the model: two readers with one digest read alike."""

    @property
    def threads(self) -> int:
        """On how many threads it reads; 1 asks that nothing be done beside it."""

    def read(self, texts: Sequence[str]) -> list[Frames]:
        """What is seen in each text, in the order given."""


class Receipt(Record, frozen=True, kw_only=True):
    """What adding one article did."""

    article: str
    outcome: Literal["added", "read anew", "fact stated", "already held", "removed before"]
    statements: int
    conditions: int
    skipped: dict[str, int]


class Ledger(Protocol):
    """Where records are kept; SQLite today, PostgreSQL later."""

    def informed(self, article: Article) -> Article:
        """The article with what the ledger knows better: its best day of publication, outlet, title, and so on."""

    def removed(self, article: str) -> bool:
        """Whether the article was taken out of every answer."""

    def holds(self, article: str, reader: str, published: str | None, *, basis: Basis, title: str | None) -> bool:
        """Whether the article was completely read by this reader (name or digest), told this day of publication and title."""

    def together(self) -> AbstractContextManager[None]:
        """All that is written while this lasts is one transaction, kept at its end or, after an error, not at all."""

    def put(self, article: Article, extraction: Extraction, reader_digest: str, *, restore: bool = False) -> Receipt:
        """Keep the article and its reading, in one transaction; adding again adds nothing."""

    def again(self, article: Article) -> Receipt:
        """Note what an article that is held, or was removed, brings along anew, such as its outlet; nothing is read."""

    def rows(self, kind: str, filters: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        """Rows of one kind (articles, statements, conditions, actors) that pass the filters."""
