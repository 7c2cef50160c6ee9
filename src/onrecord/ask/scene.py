"""The scene: the reports of a story, with what was read off them, what was concluded, and names for everybody in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord import lexicons
from onrecord.ask.citations import Citations
from onrecord.ask.quoting import shortened, unmarked
from onrecord.ask.sheet import Clause, Day, Words
from onrecord.records import Actor, Condition, Published, Span, Statement, When, span
from onrecord.reports import Evidence, Origins, Provenance, Report, Saying, by_age

_PREPOSITION = re.compile(r"(?:according|by|for|in|from|to|of|with)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}")
UNNAMED = "an article without a named outlet"
_TITLE = 60
_BETWEEN = 40
"""Letters that may stand between a cue and what it attributes for both to be one clause."""
LONGEST = 420
"""Letters of one quotation; a longer one is cut at the end of a sentence."""
_ACRONYM = 6
_LETTERS = 20
"""Letters that two statements have to share for their speakers to contradict one another."""
_SAME_WORDS = 0.8
"""And the share of the shorter piece of the two."""


class Scene:
    """Reports by article, statements and conditions by id, actors by name; all look-ups, nothing decided."""

    def __init__(
        self,
        reports: Iterable[Report],
        provenances: Iterable[Provenance],
        origins: Iterable[Origins],
        sayings: Iterable[Saying],
        background: Iterable[Report] = (),
    ) -> None:
        """Set the scene; ``background`` are reports that are quoted and do not belong to the story."""
        self.reports: Sequence[Report] = by_age(reports)
        self._order = {report.article: number for number, report in enumerate(self.reports)}
        self._wordings: dict[str, list[tuple[Report, Statement]]] = {}
        self.members = {report.article for report in self.reports}
        elsewhere = [report for report in background if report.article not in self.members]
        self.by_article: Mapping[str, Report] = {report.article: report for report in (*self.reports, *elsewhere)}
        self.citations = Citations(self.by_article.values())
        self.provenance = {each.article: each for each in provenances}
        self.origins = {each.of: each for each in origins}
        self.statements: dict[str, tuple[Report, Statement]] = {}
        self.conditions: dict[str, Condition] = {}
        for report in self.by_article.values():
            self.statements |= {each.id: (report, each) for each in report.extraction.statements}
            self.conditions |= {each.id: each for each in report.extraction.conditions}
        self.sayings = [each for each in sayings if self.wordings(each)]
        self.heads: Mapping[str, str] = {}
        self.rivals = frozenset(each for report in self.reports for each in _rivals(report))
        self._actors = _actors(self.by_article.values())
        self._aliases = _aliases(self._actors)

    def wordings(self, saying: Saying) -> list[tuple[Report, Statement]]:
        """The saying's wordings in reports of the story, oldest first."""
        if saying.id not in self._wordings:
            found = [self.statements[each.statement] for each in saying.wordings if each.statement in self.statements]
            mine = [each for each in found if each[0].article in self._order]
            self._wordings[saying.id] = sorted(mine, key=lambda each: (self._order[each[0].article], each[1].id))
        return self._wordings[saying.id]

    def age(self, article: str) -> int:
        """The report's place in the story, the oldest being 0."""
        return self._order[article]

    def best(self, saying: Saying) -> tuple[Report, Statement]:
        """The wording nearest to its speaker: in a text of own reporting, directly quoted, through nobody, with its conditions, oldest."""
        return min(self.wordings(saying), key=lambda each: self._distance(*each))

    def _distance(self, report: Report, statement: Statement) -> tuple[object, ...]:
        own = (known := self.provenance.get(report.article)) is None or known.kind == "own"
        return (
            in_title(report, statement), not own, len(statement.via), statement.manner == "indirect", not statement.conditions,
            report.day, report.article, statement.id,
        )  # fmt: skip

    def label(self, article: str) -> str:
        """What a report is called in a line of facts: its outlet, else its headline, never its id."""
        report = self.by_article[article]
        if report.outlet:
            return report.outlet
        title = " ".join((report.title or "").split())
        short = title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"
        return f"“{short}”" if short else UNNAMED

    def head(self, article: str) -> str:
        """The report under which an article is shown: itself, unless it is a copy."""
        return self.heads.get(article, article)

    def actor(self, ident: str) -> str:
        """The actor's one id within the scene: ``person:holm`` is ``person:marit-holm`` where there is no other Holm."""
        return self._aliases.get(ident, ident)

    def name(self, ident: str) -> str | None:
        """What the actor is called, in the fullest form that a report has; None where no report names them."""
        actor = self._actors.get(self.actor(ident))
        return None if actor is None else capital(actor.name)

    def called(self, report: Report, ident: str) -> str | None:
        """What the actor is called: by name, where there is one, else in the words of this report, for another's "members" are others."""
        if self.kind(ident) != "group" and self.is_named(ident):
            return self.name(ident)
        own = next((actor.name for actor in report.extraction.actors if actor.id == ident), None)
        return capital(own) if own is not None else self.name(ident)

    def is_named(self, ident: str) -> bool:
        """Whether the reports have a name for the actor, and not a mere noun such as "embassy"."""
        actor = self._actors.get(self.actor(ident))
        return actor is not None and actor.name[:1].isupper()

    def kind(self, ident: str) -> str:
        """The actor's kind, as its id begins."""
        return ident.partition(":")[0]

    def country(self, code: str) -> str:
        """The country's name in English; the code where there is none."""
        known = lexicons.load("countries").get(code)
        return str(known["names"][0]) if known else code

    def countries(self, idents: Iterable[str]) -> tuple[str, ...]:
        """Countries' codes of these actors."""
        found = (self._actors.get(self.actor(each)) for each in idents)
        return tuple(dict.fromkeys(code for actor in found if actor is not None for code in actor.countries))

    def quote(self, report: Report, spans: Iterable[Span]) -> tuple[Words, ...]:
        """The spans as quotations: without the outlet's marks around them, cut at a sentence's end where they are long."""
        found: list[Span] = []
        for each in spans:
            base = report.text if each.place is None else report.title or ""
            clean = unmarked(each, base) if each.proves(base) else None
            short = shortened(clean, base, LONGEST) if clean is not None else None
            found += [short] if short is not None else []
        # A lone "what" or "it" before the words that matter says nothing.
        found = [each for each in found if " " in each.text or not each.text.islower()] or found
        return self.citations.all(report.article, found)

    def cue(self, report: Report, statement: Statement) -> Words | None:
        """The words that attribute; none where that is a mere colon. Without them a refusal would read as an offer."""
        cue = statement.cue
        return (
            self.citations.cite(report.article, cue)
            if cue is not None and any(map(str.isalnum, cue.text)) and not _PREPOSITION.match(cue.text)
            else None
        )

    def spoken(self, report: Report, statement: Statement) -> tuple[Words | None, tuple[Words, ...]]:
        """Cue and content as they are to be shown: in one piece, without the cue, where the article's own clause holds both.

        ``wants parliament to adopt a mandate`` reads better than a cue and its content apart.
        """
        if (clause := self._clause_of(report, statement)) is None:
            return self.cue(report, statement), self.quote(report, statement.content)
        return None, (*self.citations.all(report.article, [clause]), *self.quote(report, statement.content[1:]))

    def _clause_of(self, report: Report, statement: Statement) -> Span | None:
        """From the cue to the end of the first piece of content, where no sentence begins or ends between and it is no whole quotation."""
        cue, text = statement.cue, report.text
        content = statement.content[0] if statement.content else None
        if cue is None or content is None or cue.more or cue.place is not None or content.place is not None or not cue.text[:1].islower():
            return None
        between = text[cue.end : content.start]
        inner = content.text.lstrip('“"„«‘')
        if cue.end > content.start or len(between) > _BETWEEN or re.search(r"[.?!:;\n“”\"„«»]", between) or inner[:1].isupper():
            return None
        clean = unmarked(content, text)
        if clean is None or _PREPOSITION.match(cue.text) or not any(map(str.isalnum, cue.text)):
            return None
        end = content.end if any(mark in text[cue.start : content.end] for mark in '“"„«‘') else clean.end
        start, stop = cue.start, len(text[:end].rstrip(" ,;:–—-"))
        return shortened(span(text, (start, stop)), text, LONGEST)

    def known(self, ident: str) -> Actor | None:
        """The actor as the report has them that says most."""
        return self._actors.get(self.actor(ident))

    def clauses(self, report: Report, statement: Statement) -> tuple[Clause, ...]:
        """The statement's conditions, part by part."""
        bound = [self.conditions[each] for each in statement.conditions if each in self.conditions]
        return tuple(clause for each in bound if (clause := self.clause(report, each)) is not None)

    def clause(self, report: Report, condition: Condition) -> Clause | None:
        """The condition as a clause; None where its words cannot be shown."""
        marker = self.citations.cite(report.article, condition.marker)
        parts = self.quote(report, leaves(condition))
        if marker is None or not parts:
            return None
        operator = condition.parts.op
        return Clause(
            marker=marker, kind=condition.kind, realis=condition.realis, joined=operator if operator in ("and", "or") else None,
            parts=parts, then=self.quote(report, condition.consequent),
        )  # fmt: skip

    def cite(self, evidence: Iterable[Evidence]) -> tuple[Words, ...]:
        """Words of several articles with their numbers."""
        return self.citations.of(evidence)


def leaves(condition: Condition) -> list[Span]:
    """The parts that the condition hangs on, else its antecedent whole."""
    found = [part.span for part in condition.parts.leaves() if isinstance(part.span, Span)]
    return found or list(condition.antecedent)


def in_title(report: Report, statement: Statement) -> bool:
    """Whether the statement stands in the headline, or in the first line of a text that repeats it."""
    first = report.text.partition("\n")[0]
    top = len(first) if first.strip() and first.strip() == (report.title or "").strip() else 0
    spans = (*statement.content, *filter(None, (statement.cue, statement.speaker)))
    return any(each.place == "title" or each.end <= top for each in spans)


def capital(name: str) -> str:
    """The name with a capital at its head."""
    return name[:1].upper() + name[1:]


def published(report: Report) -> Day:
    """The report's day of publication; where nothing is known of it, no day at all."""
    return day_of(report.published)


def day_of(when: When | Published | None) -> Day:
    """The days of a time."""
    if when is None:
        return Day(first=None, to=None, granularity="unknown")
    return Day(first=when.first, to=when.to, granularity=when.granularity)


def _rivals(report: Report) -> Iterator[str]:
    """Statements that have words which a surer statement of the report gives to another speaker: one of the two was misread."""
    sure = sorted(report.extraction.statements, key=lambda each: (-each.confidence, each.id))
    kept: list[Statement] = []
    for statement in sure:
        if any(_contradicts(statement, other) for other in kept):
            yield statement.id
        else:
            kept.append(statement)


def _contradicts(one: Statement, other: Statement) -> bool:
    """Whether two statements give one piece of words to two speakers; what one of them reports of the other is no contradiction."""
    if one.speaker is None or other.speaker is None or one.within == other.id or other.within == one.id:
        return False
    if one.speaker.extent == other.speaker.extent or set(one.speaker.actors) & set(other.speaker.actors):
        return False
    pairs = ((a, b) for a in one.content for b in other.content if a.place == b.place)
    return any(
        min(a.end, b.end) - max(a.start, b.start) >= max(_LETTERS, _SAME_WORDS * min(a.end - a.start, b.end - b.start)) for a, b in pairs
    )


def _actors(reports: Iterable[Report]) -> dict[str, Actor]:
    """Each actor as the report has them that says most: the longest name, then countries."""
    best: dict[str, Actor] = {}
    for report in reports:
        for actor in report.extraction.actors:
            known = best.get(actor.id)
            if known is None or _told(actor) > _told(known):
                best[actor.id] = actor
    return best


def _told(actor: Actor) -> tuple[bool, int, int]:
    """How much a report says of an actor by naming them; a name in capitals alone is a printed conversation's."""
    return not actor.name.isupper() or len(actor.name) < _ACRONYM, len(actor.name), len(actor.countries)


def _aliases(actors: Mapping[str, Actor]) -> dict[str, str]:
    """Persons who are called by their last name alone, where one person of the scene has that name."""
    full = {ident for ident, actor in actors.items() if actor.kind == "person" and " " in actor.name}
    last = Counter(ident.rpartition("-")[2] for ident in full)
    found = {}
    for ident in full:
        alone = f"person:{ident.rpartition('-')[2]}"
        if last[ident.rpartition("-")[2]] == 1 and alone in actors and alone not in full:
            found[alone] = ident
    return found


def stems(text: str) -> set[str]:
    """The text's words that carry meaning, by their stems."""
    dull = set(lexicons.load("stopwords")["words"])
    return {stem(word) for word in _WORD.findall(text) if word.casefold() not in dull}


def stem(word: str) -> str:
    """The word without what is only its ending: ``soldiers`` and ``soldier`` are one."""
    word = word.casefold()
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
