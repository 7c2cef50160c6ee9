"""The nouns of the coverage page: what its four faces (terminal, Markdown, HTML, JSON) all show.

Words of articles are never loose text here: a :class:`Words` carries the number of the citation that proves it, and
``Coverage.citations[number - 1]`` is where it stands.
"""

from __future__ import annotations

from typing import Literal

from msgspec import field

from onrecord.records import Granularity, Record
from onrecord.reports import ChangeKind, Evidence, ProvenanceKind, Reason

SentenceKind = Literal["says", "confirms", "denies", "differs", "later", "open", "adds", "origins"]
PieceKind = Literal["plain", "words", "speaker", "name", "outlet", "mark"]
UtteranceGroup = Literal["binding", "refusing", "other"]
AccordKind = Literal["denies", "contests", "refuses", "criticises", "contrasts", "echoes", "supports"]

FORMAT = 1
"""The version of the page's JSON."""


class Day(Record, frozen=True, kw_only=True):
    """A day of publication or of saying as far as it is known: ISO days, both ends included."""

    first: str | None = field(name="from")
    to: str | None
    granularity: Granularity


class Words(Record, frozen=True, kw_only=True):
    """Words of an article exactly as they stand there, with the number of their citation."""

    text: str
    cite: int


class Piece(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a sentence.

    Plain words of the pattern; an article's words, or its words for a speaker; a name; an outlet's name; a citation's mark, without text.
    """

    kind: PieceKind
    text: str = ""
    cite: int | None = None


class Sentence(Record, frozen=True, kw_only=True):
    """One sentence of the brief, and the citations that it rests on."""

    kind: SentenceKind
    text: str
    pieces: tuple[Piece, ...]
    cites: tuple[int, ...]


class Clause(Record, frozen=True, kw_only=True):
    """A condition as one wording has it: marker, the parts of what it hangs on, and what joins them."""

    marker: Words
    kind: str
    realis: str
    joined: Literal["and", "or"] | None
    parts: tuple[Words, ...]
    then: tuple[Words, ...]


class Differs(Record, frozen=True, kw_only=True):
    """How another outlet words a saying: what it drops, adds or changes."""

    article: str
    outlet: str | None
    kind: str
    """What differs: ``condition-dropped``, ``hedge-lost`` and so on."""
    told: str
    """The same for the reader: ``drops a condition``."""
    before: Words | None
    """As the wording shown has it."""
    after: Words | None
    """As this outlet has it."""


class Variance(Record, frozen=True, kw_only=True):
    """What goes into the page about a wording that differs from the one nearest to its speaker."""

    saying: str
    article: str
    than: str
    """The article of the wording compared with."""
    kind: str
    before: Evidence | None
    after: Evidence | None


class Utterance(Record, frozen=True, kw_only=True):
    """One saying, in the wording nearest to its speaker."""

    saying: str
    act: str
    group: UtteranceGroup
    """Under which heading it stands: commitments, threats and offers; refusals and denials; the rest."""
    unsure: bool
    """Whether the reader was not sure of it."""
    continuity: str | None
    speaker: Words | None
    cue: Words | None
    words: tuple[Words, ...]
    clauses: tuple[Clause, ...]
    said: Day | None
    where: tuple[Words, ...]
    via: tuple[Words, ...]
    article: str
    outlet: str | None
    day: Day
    outlets: tuple[str, ...]
    """Who else words it, oldest first."""
    wordings: int
    differs: tuple[Differs, ...]
    origins: int | None
    """Independent origins of this saying; None where that was not counted."""


class Voice(Record, frozen=True, kw_only=True):
    """An actor of the story, with what they say in order of time."""

    actor: str | None
    name: str
    role: Words | None
    """The office that most reports give a person."""
    countries: tuple[str, ...]
    beside: tuple[str, ...]
    """For a state: those who are heard in the story and hold an office of it."""
    reports: int
    """In how many reports they speak."""
    utterances: tuple[Utterance, ...]
    more: int
    """Utterances that are not shown."""


class Accord(Record, frozen=True, kw_only=True):
    """How what one actor says stands to what another says, or to the matter: a denial, a refusal, a contrast, an echo, support."""

    kind: AccordKind
    name: str
    other: str | None
    cue: Words | None
    words: tuple[Words, ...]
    others: tuple[Words, ...]
    outlet: str | None
    day: Day


class Position(Record, frozen=True, kw_only=True):
    """What an actor of the story said earlier on the same matter."""

    name: str
    day: Day
    act: str
    cue: Words | None
    words: tuple[Words, ...]
    clauses: tuple[Clause, ...]
    article: str
    outlet: str | None
    within: bool
    """Whether a report of this story recalls it; otherwise it stands in an earlier article of the ledger."""


class Addition(Record, frozen=True, kw_only=True):
    """Something that a report has and no other."""

    only: Literal["told", "worded"]
    """Whether nothing like it stands in another report, or only its words do not."""
    speaker: str | None
    act: str
    cue: Words | None
    words: tuple[Words, ...]


class Edit(Record, frozen=True, kw_only=True):
    """What a copy has otherwise than the report that it copies."""

    kind: ChangeKind
    before: Words | None
    after: Words | None


class Folded(Record, frozen=True, kw_only=True):
    """A copy, shown under what it copies."""

    article: str
    outlet: str | None
    title: str | None
    day: Day
    url: str | None
    language: str | None
    sentence: str
    adds: tuple[Addition, ...]
    why: tuple[Reason, ...]
    edits: tuple[Edit, ...]
    """Its longest changes."""


class Entry(Record, frozen=True, kw_only=True):
    """A report as coverage: where it comes from and what it alone has."""

    article: str
    outlet: str | None
    title: str | None
    byline: str | None
    day: Day
    at: str | None
    """Time of publication with its offset, where known."""
    basis: str
    language: str | None
    url: str | None
    kind: ProvenanceKind
    sentence: str
    counts: bool | None
    """Whether it is an origin of its own for the story."""
    reason: str | None
    """Why it is one, or why not."""
    central: str | None
    """The same for the statement that the story turns on."""
    spans: tuple[Words, ...]
    """The words that say where it has something from."""
    adds: tuple[Addition, ...]
    more: int
    copies: tuple[Folded, ...]
    more_copies: int
    why: tuple[Reason, ...]
    """Why it is in this story."""


class Wanted(Record, frozen=True, kw_only=True):
    """A report that an article of the story cites and the ledger does not hold: a line of the reading list."""

    name: str
    """The medium, or the words that name it."""
    day: Day | None
    words: tuple[Words, ...]
    outlets: tuple[str, ...]
    """Who cites it."""


class Paper(Record, frozen=True, kw_only=True):
    """An article that citations lead to: title and text are what offsets count in."""

    article: str
    outlet: str | None
    title: str | None
    url: str | None
    language: str | None
    day: Day
    text: str
    member: bool
    """Whether it belongs to the story; otherwise it stands in the background."""


class Central(Record, frozen=True, kw_only=True):
    """The statement that the story turns on, and how many independent origins that has."""

    saying: str
    commitment: str | None
    origins: int
    unknown: int
    origin_names: tuple[str, ...]


class Coverage(Record, frozen=True, kw_only=True):
    """All that the ledger holds on one story."""

    format: int = FORMAT
    story: str
    headline: Words | None
    title: str
    first: Day
    last: Day
    sample: bool
    reports: int
    outlets: tuple[str, ...]
    copies: int
    origins: int | None
    unknown: int
    """Reports of which it is not known whether they are an origin of their own."""
    origin_names: tuple[str, ...]
    central: Central | None
    brief: tuple[Sentence, ...]
    voices: tuple[Voice, ...]
    more_voices: int
    accords: tuple[Accord, ...]
    background: tuple[Position, ...]
    entries: tuple[Entry, ...]
    more_entries: int
    """Reports that are neither shown nor folded under one that is."""
    wanted: tuple[Wanted, ...]
    citations: tuple[Evidence, ...]
    papers: tuple[Paper, ...]
