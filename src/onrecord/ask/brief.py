"""The brief: five to twelve sentences, chosen and composed from fixed patterns around the articles' own words, each of them checked.

Order: what is said and on which condition; how outlets differ on it; who confirms, who denies; what is said later; what is open;
what others add; how many origins all this has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from onrecord.ask.accords import is_outright
from onrecord.ask.background import alike
from onrecord.ask.drift import Drift, drifts
from onrecord.ask.endings import lead_origins, story_origins
from onrecord.ask.grounds import Facts, faults, negated
from onrecord.ask.inputs import is_grave
from onrecord.ask.lead import Lead
from onrecord.ask.line import Line
from onrecord.ask.novelty import Passages, tokens
from onrecord.ask.scene import Scene
from onrecord.ask.sentences import Phrasing
from onrecord.ask.sheet import Sentence, SentenceKind, Variance, Wanted, Words
from onrecord.ask.voices import UNSURE, WEIGHTY, holders, shown, speaking, weight
from onrecord.reports import Commitment, Report, Saying

MOST = 12
_SURE = 0.8
"""Confidence that it takes to say who denies something, or that something is open."""
_LIMITING = frozenset({"deny", "refuse", "restrict"})
_SHARED = 2
"""Words that carry meaning which a denial, or what is confirmed, has to share with the central statement."""
_SHORTER = 0.6
"""Of a condition's words so many at most make another one a shorter one."""
_AGAIN = 0.5
"""With so many of the lead's words it is told again, whoever is named for it."""
_VERY = 0.6
_DRIFTED = 3
"""So many reports are named that leave out a condition of it."""
_CONFIRMING = re.compile(r"\b(?:confirm|corroborat|verif(?:y|ied|ies))", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:condition|term|demand|deadline|request|pledge|promise)s?\b.*\b(?:met|unmet|fulfilled|satisfied|open|pending|undecided)\b"
    r"|\b(?:met|fulfilled|satisfied)\b.*\b(?:condition|term|demand|deadline|request)s?\b",
    re.IGNORECASE | re.DOTALL,
)
_SILENT = re.compile(
    r"(?<!not )\b(?:declin|refus|neither confirm|no comment|not (?:immediately )?(?:respond|comment)|no wish to)", re.IGNORECASE
)


def brief(
    scene: Scene,
    lead: Lead | None,
    commitments: Iterable[Commitment],
    variances: Sequence[Variance],
    wanted: Sequence[Wanted],
    story: str,
    known: Facts,
    passages: Passages,
) -> tuple[Sentence, ...]:
    """The sentences that pass the check, in the order in which they are to be read."""

    def proven(sentence: Sentence) -> bool:
        return not faults(sentence, scene.by_article, scene.citations.evidence, known)

    composed = _Composer(scene, commitments, variances, lead, proven, passages).sentences()
    first = lead_origins(scene, lead, story)
    ends = (first, story_origins(scene, story, known, wanted, lead=lead.origins if first is not None and lead is not None else None))
    last = [each for each in ends if each is not None and proven(each)]
    return (*composed[: MOST - len(last)], *last)


class _Composer:
    """Chooses sayings for the places of the brief, none twice."""

    def __init__(
        self, scene: Scene, commitments: Iterable[Commitment], variances: Sequence[Variance], lead: Lead | None,
        proven: Callable[[Sentence], bool], passages: Passages,
    ) -> None:  # fmt: skip
        self._scene = scene
        self._lead = lead
        self._proven = proven
        self._phrasing = Phrasing(scene, proven)
        self._variances = variances
        self._passages = passages
        sayings = (each for each in scene.sayings if shown(scene, each) and scene.best(each)[1].confidence >= UNSURE)
        self._sayings = sorted(sayings, key=lambda each: (-weight(scene, each), each.id))
        self._commitments = list(commitments)
        self._firsthand = [report.article for report in scene.reports if self._kind(report) in ("own", None)]
        self._used: set[str] = set()
        self._spoken: set[str] = set()
        self._first: list[Saying] = []
        self._said: list[tuple[str, int, int]] = []

    def sentences(self) -> list[Sentence]:
        """All but the one on origins."""
        if not self._sayings:
            return []
        first = [*(self._lead.sayings if self._lead else ())]
        # Words of a report that has it itself come before those of one that retells it.
        found = (
            [*self._take(first, "says", 1, among=self._firsthand)]
            or [*self._take([*first, *self._sayings], "says", 1)]
            or [*self._take([*first, *self._sayings], "adds", 1)]
        )
        if not found:
            return []
        lead = self._first[0]
        found += self._drifted(lead)
        found += self._take(self._confirming(lead), "confirms", 2, anew=True)
        found += self._take(self._denying(lead), "denies", 2)
        found += self._take(self._later(lead), "later", 2)
        found += (each for each in self._take(filter(self._open, self._sayings), "open", 1) if _OPEN.search(each.text))
        found += self._take(filter(self._silent, self._sayings), "open", 1)
        found += self._take(self._others(), "adds", max(2, 7 - len(found)), anew=True)
        return found[: MOST - 1]

    def _take(
        self, sayings: Iterable[Saying], kind: SentenceKind, most: int, *, anew: bool = False, among: Collection[str] = ()
    ) -> Iterator[Sentence]:
        """Sentences about the first of the sayings that can be put in words; with ``anew`` by speakers who were not heard yet.

        Args:
            among: articles whose words may be quoted; all of them, where none are given.
        """
        taken = 0
        for saying in sayings:
            if taken == most:
                return
            speaker = self._speaker(saying)
            if saying.id in self._used or (anew and speaker in self._spoken):
                continue
            sentence = self._phrasing.told(saying, kind, among, first=kind == "says")
            if sentence is not None and not self._repeats(sentence):
                self._first.append(saying)
                self._used.add(saying.id)
                self._spoken.add(speaker)
                self._said.extend(self._extents(sentence))
                taken += 1
                yield sentence

    def _extents(self, sentence: Sentence) -> list[tuple[str, int, int]]:
        cited = (self._scene.citations.evidence[piece.cite - 1] for piece in sentence.pieces if piece.kind == "words" and piece.cite)
        return [(each.article, each.span.start, each.span.end) for each in cited if each.span.end - each.span.start > 20]

    def _repeats(self, sentence: Sentence) -> bool:
        """Whether it quotes what was quoted already."""
        return any(
            article == other and start < last and first < end
            for article, start, end in self._extents(sentence)
            for other, first, last in self._said
        )

    def _denying(self, lead: Saying) -> list[Saying]:
        """What others deny in so many words, of what the lead is about."""
        about = self._about(lead)
        return [
            each
            for each in self._sayings
            if self._speaker(each) != self._speaker(lead) and self._sure(each) and self._scene.best(each)[1].act == "deny"
            and is_outright(self._scene.best(each)[1]) and len(self._stems(each) & about) >= _SHARED
        ]  # fmt: skip

    def _about(self, lead: Saying) -> set[str]:
        """Words that carry meaning of the lead in all its wordings, with its conditions."""
        told = [statement for each in (lead, *self._central(lead)) for _, statement in self._scene.wordings(each)]
        bound = [self._scene.conditions[one] for each in told for one in each.conditions if one in self._scene.conditions]
        spans = [*(piece for each in told for piece in each.content), *(piece for each in bound for piece in each.antecedent)]
        return set(tokens(" ".join(each.text for each in spans)))

    def _sure(self, saying: Saying) -> bool:
        return self._scene.best(saying)[1].confidence >= _SURE

    def _speaker(self, saying: Saying) -> str:
        return "+".join(speaking(self._scene, saying)) or saying.speaker or ""

    def _drifted(self, lead: Saying) -> Iterator[Sentence]:
        """For each report that leaves out a condition, or hardens what is said, one sentence with both wordings."""
        central = self._central(lead)
        gone = drifts(self._scene, lead, central, self._passages)
        lines = [(each.article, self._left_out(each)) for each in gone]
        ids = {lead.id, *(each.id for each in central)}
        lines += [
            (self._scene.head(each.article), self._differs(each)) for each in self._variances if each.saying in ids and self._tells(each)
        ]
        once: dict[str, Sentence] = {}
        for article, line in lines:
            if line is not None and article not in once and self._proven(line):
                once[article] = line
        for sentence in list(once.values())[:_DRIFTED]:
            self._said.extend(self._extents(sentence))
            yield sentence

    def _tells(self, variance: Variance) -> bool:
        """Whether two wordings side by side say enough: another number, a harder verb, or much less of a condition."""
        if variance.kind == "condition-changed" and variance.before is not None and variance.after is not None:
            known = self._scene.provenance.get(variance.article)
            shorter = len(variance.after.span.text.split()) <= _SHORTER * len(variance.before.span.text.split())
            return shorter and variance.after.span.place is None and known is not None and known.kind != "own"
        return is_grave(variance) and variance.kind != "condition-dropped"

    def _left_out(self, drift: Drift) -> Sentence | None:
        """``O of D writes “…” and leaves out what P of E has: “…”``."""
        report, statement = self._scene.statements[drift.told]
        dropped = self._scene.cite([drift.dropped])
        held = self._phrasing.whole(report, statement)  # without its full stop, as the sentence goes on
        if not dropped or held is None:
            return None
        line = Line()
        self._named(line, report, begins=True)
        line.plain(" writes ").quote([held]).plain(" and leaves out the condition that ")
        self._named(line, self._scene.by_article[drift.than])
        return line.plain(" has: ").quote(dropped).end("differs")

    def _central(self, lead: Saying) -> list[Saying]:
        """The other sayings of the lead's commitment, and those that stand inside its wordings."""
        ids = {each for commitment in self._commitments if lead.id in commitment.sayings for each in commitment.sayings}
        inside = {wording.statement for wording in lead.wordings}
        nested = {each.id for each in self._scene.sayings for _, statement in self._scene.wordings(each) if statement.within in inside}
        return [each for each in self._scene.sayings if each.id in ids | nested and each.id != lead.id]

    def _differs(self, variance: Variance) -> Sentence | None:
        """``O of D has “…” where P of E has “…”``."""
        before = self._scene.cite([variance.before] if variance.before else [])
        after = self._scene.cite([variance.after] if variance.after else [])
        if not before or not after or variance.after is None:
            return None
        line = Line()
        self._named(line, self._scene.by_article[variance.article], begins=True)
        if (whole := self._around(variance)) is not None:
            line.plain(" writes ").quote([whole]).plain(", with ").quote(after).plain(" where ")
        else:
            line.plain(" has ").quote(after).plain(" where ")
        self._named(line, self._scene.by_article[variance.than])
        return line.plain(" has ").quote(before).end("differs")

    def _around(self, variance: Variance) -> Words | None:
        """The outlet's sentence in which its other words stand, where it has a statement there."""
        after = variance.after
        for report, statement in self._scene.wordings(next(each for each in self._scene.sayings if each.id == variance.saying)):
            if report.article == variance.article and after is not None and (whole := self._phrasing.whole(report, statement)):
                where = self._scene.citations.evidence[whole.cite - 1].span
                if where.start <= after.span.start and after.span.end <= where.end and after.span.place is None:
                    return whole
        return None

    def _named(self, line: Line, report: Report, *, begins: bool = False) -> None:
        if report.outlet:
            line.name(report.outlet, "outlet")
        else:
            line.plain("An article" if begins else "an article")
        day = self._phrasing.day(report)
        line.plain(f" of {day}" if day else "")

    def _confirming(self, lead: Saying) -> list[Saying]:
        """What was counted as confirming the lead first hand, then what others say in as many words that they confirm."""
        counted = self._lead.origins.counted if self._lead is not None and self._lead.origins is not None else ()
        told = {each.statement for each in counted if each.confirms}
        about = self._about(lead)
        said = [each for each in self._sayings if any(wording.statement in told for wording in each.wordings) and self._affirms(each)]
        # What was counted is only called a confirmation where it says so, or says the same again.
        known = [each for each in said if self._speaker(each) != self._speaker(lead)]
        said = [each for each in known if self._confirms(each) or self._restates(each, lead, about)]
        beside = [each for one in known for each in self._sayings if each not in said and self._speaker(each) == self._speaker(one)
                  and self._scene.best(each)[0] is self._scene.best(one)[0] and self._restates(each, lead, about)]  # fmt: skip
        others = [
            each for each in self._sayings
            if each not in said and self._speaker(each) != self._speaker(lead) and self._confirms(each)
            and len(self._stems(each) & about) >= _SHARED
        ]  # fmt: skip
        # Where what was counted cannot be put in a sentence, the same speaker's next words in the same report stand for it.
        return [*said, *sorted(beside, key=lambda each: -len(self._stems(each) & about)), *others]

    def _restates(self, saying: Saying, lead: Saying, about: set[str]) -> bool:
        """Whether somebody of the same side binds it again, on a condition, in words that have something of it."""
        statement = self._scene.best(saying)[1]
        binds = statement.act in WEIGHTY and bool(statement.conditions) and self._affirms(saying)
        side = {*lead.countries, *self._scene.countries(lead.actors)} & {*saying.countries, *self._scene.countries(saying.actors)}
        words = self._stems(saying)
        # In the very same words it is the lead told again, by whomever that report names.
        return binds and bool(side) and _SHARED <= len(words & about) < _VERY * len(words)

    def _affirms(self, saying: Saying) -> bool:
        statement = self._scene.best(saying)[1]
        return statement.act not in ("refuse", "deny", "criticise", "accuse") and not negated(statement)

    def _confirms(self, saying: Saying) -> bool:
        cue = self._scene.best(saying)[1].cue
        return self._affirms(saying) and cue is not None and _CONFIRMING.search(cue.text) is not None

    def _later(self, lead: Saying) -> list[Saying]:
        """What the same speaker said in later reports: first where a position is kept or changed, then by weight."""
        since = self._scene.best(lead)[0].day
        words = self._stems(lead)
        of = holders(self._scene, speaking(self._scene, lead))
        own = (each for each in self._sayings if self._speaks_for(each, lead, of) and self._begun(each) > since)
        about = self._about(lead)
        later = [
            each
            for each in own
            if self._is_told_first_hand(each)
            and self._takes_up(each, about)
            and (self._shifts(each) or not alike(self._stems(each), words))
        ]

        def rank(saying: Saying) -> tuple[bool, float]:
            return self._shifts(saying), weight(self._scene, saying)

        return sorted(later, key=rank, reverse=True)

    def _is_told_first_hand(self, saying: Saying) -> bool:
        """Whether a report has it itself, or says that a position moved: who retells later tells nothing later."""
        return self._shifts(saying) or any(report.article in self._firsthand for report, _ in self._scene.wordings(saying))

    def _takes_up(self, saying: Saying, about: set[str]) -> bool:
        """Whether it is on the same matter: it keeps, changes or disclaims something, or has words of it."""
        statement = self._scene.best(saying)[1]
        return self._shifts(saying) or statement.act in _LIMITING or bool(self._stems(saying) & about)

    def _shifts(self, saying: Saying) -> bool:
        """Whether the report says that a position is kept or changed."""
        return self._scene.best(saying)[1].continuity is not None

    def _speaks_for(self, saying: Saying, lead: Saying, of: Sequence[str]) -> bool:
        """Whether it is the same speaker; where a state leads, also who holds an office of it, and may have said it for the state."""
        return self._speaker(saying) == self._speaker(lead) or any(each in of for each in speaking(self._scene, saying))

    def _stems(self, saying: Saying) -> set[str]:
        return set(tokens(" ".join(each.text for each in self._scene.best(saying)[1].content)))

    def _begun(self, saying: Saying) -> str:
        """The day of saying, else of the first report."""
        return saying.first or self._scene.wordings(saying)[0][0].day

    def _open(self, saying: Saying) -> bool:
        return any(_OPEN.search(each.text) for each in self._scene.best(saying)[1].content) and self._sure(saying)

    def _silent(self, saying: Saying) -> bool:
        statement = self._scene.best(saying)[1]
        return statement.act == "refuse" and statement.cue is not None and _SILENT.search(statement.cue.text) is not None

    def _others(self) -> list[Saying]:
        """What is left, the weightiest first, without what is told of others inside a statement, and what tells the lead again."""
        about = self._about(self._first[0])
        whole = [each for each in self._sayings if self._scene.best(each)[1].within is None and not self._is_copied(each)]
        return [each for each in whole if not self._tells_again(each, about)]

    def _is_copied(self, saying: Saying) -> bool:
        article = self._scene.best(saying)[0].article
        return self._scene.head(article) != article

    def _tells_again(self, saying: Saying, about: set[str]) -> bool:
        """Whether it is the lead once more: in a retelling, or by its own speaker, in mostly the same words."""
        report, first = self._scene.best(saying)[0], self._scene.best(self._first[0])[0]
        retold = report.article not in self._firsthand or self._speaker(saying) == self._speaker(self._first[0])
        words = self._stems(saying)
        return retold and report is not first and len(words & about) >= _AGAIN * len(words)

    def _kind(self, report: Report) -> str | None:
        known = self._scene.provenance.get(report.article)
        return known.kind if known is not None else None
