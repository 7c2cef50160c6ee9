"""The nouns of several articles together: reports, copies, stories, sayings, commitments, origins.

A record of one article is in :mod:`onrecord.records`. What is here is concluded from several, so it always names what it was concluded
from: ids of articles and statements, and the words themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, Protocol

from onrecord.records import Extent, Extraction, Published, Record, Span, When

CopyKind = Literal["exact", "near", "partial"]
ReasonKind = Literal["copy", "actor", "place", "date", "word", "meaning", "near", "far", "alone", "judged"]
ProvenanceKind = Literal["own", "copy", "rewrite", "cites", "unknown"]
WorkKind = Literal["report", "interview", "article", "joint article", "letter", "statement", "speech", "post"]
ChangeKind = Literal["same", "added", "dropped", "replaced"]


class Piece(Record, frozen=True, kw_only=True):
    """One article as coverage without its reading: its text and what is known about it."""

    article: str
    document: str
    caller: str | None
    outlet: str | None
    title: str | None
    url: str | None
    byline: str | None
    language: str | None
    published: Published
    added: str
    """When the ledger got it: an ISO time in UTC."""
    text: str
    fetched: str | None = None
    """When it was first fetched from the web, where that is known: an ISO time. Not when it was published."""

    @property
    def day(self) -> str:
        """The (first) day of publication, else the day on which it was fetched, else that on which it was added, as an ISO date."""
        return self.published.first or self.published.to or (self.fetched or self.added)[:10]

    def evidence(self, span: Span) -> Evidence:
        """The span with the article it stands in."""
        return Evidence(article=self.article, span=span)


class Report(Piece, frozen=True, kw_only=True):
    """One article as coverage: its text, what is known about it, and its current reading."""

    reading: str
    extraction: Extraction


class Evidence(Record, frozen=True, kw_only=True):
    """Words of one article: the proof of what is concluded from several."""

    article: str
    span: Span


class Change(Record, frozen=True, kw_only=True):
    """A stretch of words as two wordings have it: where the kind is "same", they differ in marks, spaces and capitals at most."""

    kind: ChangeKind
    before: str
    after: str
    was: Extent | None = None
    """Where ``before`` stands in its text; empty where something was added."""
    now: Extent | None = None
    """Where ``after`` stands in its text; empty where something was dropped."""


class Passage(Record, frozen=True, kw_only=True):
    """A stretch that two texts share, with few words changed inside: where it stands in each, and how many words are the same."""

    one: Extent
    other: Extent
    words: int


class Copy(Record, frozen=True, kw_only=True):
    """How the text of one article stands to that of another which came before it."""

    article: str
    of: str
    kind: CopyKind
    """exact: the same words; near: the same text with changes; partial: one text, or a long stretch of it, inside the other."""
    jaccard: float
    """Shared shingles over all shingles of both, 0..1."""
    containment: float
    """Shared shingles over the shingles of ``article``, 0..1."""
    contained: float
    """Shared shingles over the shingles of ``of``, 0..1."""


class Reason(Record, frozen=True, kw_only=True):
    """Why an article is in a story: what is shared, in words to be shown, and how much that weighed."""

    kind: ReasonKind
    text: str
    weight: float


class Membership(Record, frozen=True, kw_only=True):
    """An article's place in a story."""

    article: str
    story: str
    score: float
    reasons: tuple[Reason, ...]
    nearest: str | None
    """The article of the story that decided it; None for the story's first."""
    by: str
    """The rule with its version, or ``judgement`` where a person decided."""


class Story(Record, frozen=True, kw_only=True):
    """Articles about the same happening."""

    id: str
    title: str
    first: str
    """Day of the first article, ISO; empty where no article's day of publication is known."""
    last: str
    articles: tuple[str, ...]
    """Members, oldest first."""
    actors: tuple[tuple[str, str, int], ...]
    """Actors' ids, names and in how many of the articles they stand, most frequent first."""
    titled: str | None = None
    """The article whose headline (or first words) the title is."""


class Judgement(Record, frozen=True, kw_only=True):
    """A person's dated, signed, reversible decision about stories."""

    id: str
    kind: Literal["merge", "split", "pin"]
    story: str
    """The story that goes on, that was split, or that the article is pinned to."""
    other: str | None
    """The story that was merged into it, that was split off, or that the article was in."""
    articles: tuple[tuple[str, int], ...]
    """The articles decided about, with their side: merged all 0; split 1 from 0; pinned 0 to -1, and apart from 1."""
    by: str
    reason: str
    decided_at: str
    undone_at: str | None = None
    undone_by: str | None = None
    undone_reason: str | None = None


class Traits(Record, frozen=True, kw_only=True):
    """What an article is known by when stories are sought, without its text; :mod:`onrecord.group.traits` makes and reads it.

    Channel ``c`` has the terms from ``borders[c]`` to ``borders[c + 1]``, those that count most first.
    """

    article: str
    day: int
    """The day that it stands under, as a number: of publication, else that on which it was fetched or added."""
    published: bool
    """Whether it is known when it was published."""
    earliest: int
    """The first day on which it may have been published, as a number; 0 where nothing is known of it."""
    latest: int
    """The last one."""
    named: tuple[int, ...]
    """Days that the text names, as numbers, the last ones."""
    borders: tuple[int, ...]
    terms: bytes
    """Little-endian, 32 bits each."""
    weights: bytes
    """Little-endian half floats."""
    index: tuple[int, ...]
    """The terms by which the article is found again."""
    shown: tuple[str, ...]
    """Names, days and rare words as they stand, for reasons."""


class Members(Record, frozen=True, kw_only=True):
    """A story as far as it is looked at: some of its members, and how many it has."""

    story: str
    traits: tuple[Traits, ...]
    size: int


class Decision(Record, frozen=True, kw_only=True):
    """What a person decided about articles: that all belong together, or that those of side 0 are apart from those of side 1."""

    kind: Literal["together", "apart"]
    sides: Mapping[str, int]


class Placing(Record, frozen=True, kw_only=True):
    """What putting one article in a story changes."""

    traits: Traits
    memberships: tuple[Membership, ...]
    """Of the article itself, first, and of those that move."""
    merged: Mapping[str, str]
    """Stories that go on in another one."""


class Placed(Record, frozen=True, kw_only=True):
    """A statement's place in a saying, as it is kept."""

    statement: str
    anchor: str
    saying: str
    day: str
    """The article's day, ISO."""
    at: int
    """Where it begins in the text, -1 in the title."""
    score: float
    """1 for the one that the saying began with."""
    reasons: tuple[str, ...]
    rule: str
    """Name and version of the rules by which it was placed."""


class Placement(Record, frozen=True, kw_only=True):
    """What placing one article's statements concluded: to be kept as a whole."""

    article: str
    reading: str
    gists: bytes
    """What the statements say in a form that is compared again and again; only ``group`` reads it."""
    placed: tuple[Placed, ...]
    merged: tuple[tuple[str, str], ...]
    """Sayings that were found to be one: the id that ends, and the one that it leads to."""


Key = tuple[str, str]
"""Article and anchor: a statement, whoever read it."""


class SayingShelf(Protocol):
    """What the ledger holds of sayings, of articles that answers are given from."""

    def spoken(self, actors: Sequence[str], countries: Sequence[str], first: str, last: str, limit: int) -> Sequence[str]:
        """Articles with statements by any of these actors, or by anybody of these countries, between these days; the latest first."""

    def gists(self, articles: Sequence[str]) -> Iterator[bytes]:
        """What was kept as ``gists`` for each of the articles that has been placed."""

    def filed(self, articles: Sequence[str]) -> Mapping[Key, str]:
        """The saying of each statement of these articles, also of one that only an older reading found."""

    def worded(self, sayings: Sequence[str], limit: int) -> Mapping[str, Sequence[Key]]:
        """The statements of each of these sayings, oldest first, so many at most."""


class Bound(Record, frozen=True, kw_only=True):
    """A statement that binds somebody, with the commitment that it belongs to, as it is kept."""

    statement: str
    anchor: str
    principal: tuple[str, ...]
    day: str
    commitment: str
    bond: bytes
    """What it binds them to in a form that is compared again and again; only ``group`` reads it."""
    action: Span
    rule: str
    """Name and version of the rules by which it was found."""


class Obligations(Record, frozen=True, kw_only=True):
    """What one article's statements bind whom to: to be kept as a whole."""

    article: str
    reading: str
    bound: tuple[Bound, ...]


class BondShelf(Protocol):
    """What the ledger holds of commitments, of articles that answers are given from."""

    def bonds(self, principals: Sequence[str], limit: int) -> Sequence[bytes]:
        """What was kept as ``bond`` for any of these principals, the latest first, so many for each at most."""

    def bonds_of(self, sayings: Sequence[str]) -> Mapping[str, Sequence[bytes]]:
        """The same for the statements of each of these sayings."""

    def committed(self, articles: Sequence[str]) -> Mapping[Key, str]:
        """The commitment of each statement of these articles."""


class Wording(Record, frozen=True, kw_only=True):
    """A statement as one wording of a saying."""

    statement: str
    article: str
    score: float
    """How sure it is that it words this saying, 0..1; 1 for the one that the saying began with."""
    reasons: tuple[str, ...]


DifferenceKind = Literal[
    "qualifier", "condition-dropped", "condition-added", "condition-changed", "hedge-lost", "hedge-added", "modality", "number",
    "attribution-lost", "paraphrase",
]  # fmt: skip


class Difference(Record, frozen=True, kw_only=True):
    """Where one wording of a saying has other words than another, and what these words do."""

    kind: DifferenceKind
    before: Evidence | None
    """The words of the wording compared with; None where it has none for it."""
    after: Evidence | None
    sentence: str
    """For the reader, with the words."""


class Compared(Record, frozen=True, kw_only=True):
    """A wording against the best one of its saying."""

    statement: str
    article: str
    best: str
    """The statement compared with: first-hand direct quotation, else the oldest."""
    best_article: str
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    """Both contents word by word."""


class Saying(Record, frozen=True, kw_only=True):
    """Statements, in any article, that report one speaker saying one thing on one occasion."""

    id: str
    speaker: str | None
    """The speaker's name as shown."""
    actors: tuple[str, ...]
    countries: tuple[str, ...]
    first: str | None
    """First and last day of the occasion, ISO, where known."""
    last: str | None
    act: str
    wordings: tuple[Wording, ...]
    """Oldest article first."""


class Commitment(Record, frozen=True, kw_only=True):
    """Sayings that bind one principal, or are reported to bind it, to the same action towards the same target."""

    id: str
    principal: tuple[str, ...]
    """Actors' ids (or countries' codes as ``state:XXX``) of whom it binds."""
    principal_name: str
    action: Evidence
    """The action in the words that say it best."""
    sayings: tuple[str, ...]
    """Oldest first."""


class Link(Record, frozen=True, kw_only=True):
    """One step from a report to where it has something from."""

    to: str | None
    """The article it comes from, where that is held."""
    outlet: str | None
    """The medium's name, where one is named."""
    kind: Literal["copy", "rewrite", "cites", "credit", "dateline"]
    spans: tuple[Evidence, ...]
    copy: Copy | None = None


class Provenance(Record, frozen=True, kw_only=True):
    """Where one report has what it reports from."""

    article: str
    kind: ProvenanceKind
    links: tuple[Link, ...]
    sentence: str
    """For the reader: "copy of BNW, 27 May", "cites Die Lage", "own reporting"."""


class Cited(Record, frozen=True, kw_only=True):
    """A work of another medium that a report cites: the reading list holds those that the ledger does not."""

    article: str
    """The report that cites it."""
    outlet: str | None
    """Whose work it is; None for a post, which is a person's."""
    kind: WorkKind
    author: str | None
    """Who wrote it or gave it, where the report says so: the speaker of what is cited."""
    when: When | None
    title: str
    """For the reader: "Tagesschau, interview of 26 May 2024"."""
    spans: tuple[Evidence, ...]
    """The words that cite it."""


class Counted(Record, frozen=True, kw_only=True):
    """One report of a saying, commitment or story, and whether it is an origin of its own."""

    article: str
    statement: str | None
    counts: bool | None
    """None: not known."""
    origin: str | None
    """The article or medium whose origin it shares; its own id where it counts."""
    confirms: bool
    """Whether it counts for a commitment because another speaker confirms it first hand, listed apart."""
    sentence: str
    """Why it counts, or why not."""
    spans: tuple[Evidence, ...]


class Origins(Record, frozen=True, kw_only=True):
    """How many independent origins something has, and why."""

    of: str
    """Id of the saying, commitment or story."""
    count: int
    unknown: int
    """Reports of which it is not known."""
    counted: tuple[Counted, ...]


class Shelf(Protocol):
    """The reports that the ledger holds, one at a time."""

    def report(self, article: str) -> Report:
        """The article with its current reading."""

    def reports(self, articles: Iterable[str]) -> Iterator[Report]:
        """Several, in the order asked for; those that are removed are left out."""


def by_age(reports: Iterable[Report]) -> Sequence[Report]:
    """Oldest first: by time of publication, then day, then id, so that the order does not depend on arrival."""
    return sorted(reports, key=lambda each: (each.day, each.published.at or "", each.article))
