"""Matters: what an origin is asked of, and which statements of a report tell it, confirm it, or take a new position on it.

told      “If Russia breaks through …, Estonia will send soldiers”      the minister
confirms  the ministry has confirmed that the minister's words were no slip
restates  “if there is a breakthrough …, we will go”                    a spokeswoman for the ministry
moved     soldiers could help only with …                                the minister, on another day: no confirmation
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Literal

from onrecord.group.accounts import Account
from onrecord.group.citations import own_names
from onrecord.group.prose import around, content, paragraphs, quotations, sentences, terms
from onrecord.lexicons import load
from onrecord.records import Mention, Span, Statement, span
from onrecord.reports import Report, by_age

Told = tuple[Report, Statement]
Kind = Literal["saying", "commitment"]

SHARED = 3
"""So many words that carry meaning a statement shares with the matter, where nothing but its words says that it is about it."""
VOICED = 4
"""The same for a sentence in the article's own voice."""
SHARE = 0.25
"""And that share of its own words, or of the matter's, whichever are fewer."""
_SHIFTS = ("soften", "harden", "reverse")
_OWN_ONLY = frozenset(("reaffirm", "reiterate", "restate", "repeat", "underline", "insist"))
"""By these somebody keeps to what is his own: they confirm nobody else's."""
_BINDS = frozenset(("commit", "threaten", "offer", "permit", "restrict", "plan", "demand", "assert", "warn", "agree", "refuse"))
_PROMISES = frozenset(("commit", "threaten", "offer", "permit", "restrict", "plan", "refuse"))
_BOTH = re.compile(r"\b(?:both|the two)\b", re.IGNORECASE)
_SPOKES = re.compile(r"\bspokes\w+|\bspeaks for\b|\bon behalf of\b", re.IGNORECASE)


class Matter:
    """A saying or commitment: the statements that tell it, its words, and whose it is."""

    def __init__(self, told: Sequence[Told], kind: Kind, principal: Iterable[str] = ()) -> None:
        """Gather them; ``principal`` are ids of those whom a commitment binds, where they are known."""
        self.kind = kind
        self.told: dict[str, list[Statement]] = {}
        for report, statement in told:
            if statement not in self.told.setdefault(report.article, []):
                self.told[report.article].append(statement)
        order = [report.article for report in by_age({report.article: report for report, _ in told}.values())]
        every = [(article, statement) for article in order for statement in self.told[article]]
        # What stands within a statement that tells it as well is a piece of it: who speaks there is somebody else as often as not.
        outer = [(article, s) for article, s in every if s.within not in {other.id for other in self.told[article]}] or every
        counts = Counter(term for _, statement in every for term in terms(content(statement)))
        self.oldest = order[0] if order else None
        self.next_day = _after(min((report.day for report, _ in told), default=""))
        # A word of one wording alone may be its drift; what two wordings share is the matter's, and every word of the oldest's.
        first = {term for article, statement in every if article == self.oldest for term in terms(content(statement))}
        self.terms = frozenset(first | {term for term, count in counts.items() if count > 1})
        self.speakers = _most(
            {(article, actor) for article, s in outer if s.speaker for actor in s.speaker.actors if not actor.startswith("outlet:")}
        ) | frozenset(principal)
        if not any(actor.startswith("person:") for actor in self.speakers):
            self.speakers |= _main([report for report, _ in told if report.article == self.oldest][:1])
        mine = [s.speaker for _, s in outer if s.speaker is not None and self.speakers & set(s.speaker.actors)]
        self.countries = frozenset(country for speaker in mine for country in speaker.countries) | {
            actor.removeprefix("state:") for actor in principal if actor.startswith("state:")
        }
        self.conditions = frozenset(term for report, s in told for term in conditions(report, s))
        self.is_hedged = any(
            hedge.kind in ("possible", "considering") for article, s in every if article == self.oldest for hedge in s.hedges
        )
        self.is_denial = any(s.act == "deny" for article, s in every if article == self.oldest)
        self.denied = {s.id for report, _ in told for s in report.extraction.statements if s.act == "deny" or _rejects(s)}
        self.names = terms(" ".join(speaker.text for speaker in mine))

    def is_principal(self, statement: Statement) -> bool:
        """Whether the speaker is one of those whose saying it is."""
        return statement.speaker is not None and bool(self.speakers & set(statement.speaker.actors))

    def is_another(self, statement: Statement) -> bool:
        """Whether the speaker is somebody else by name: a description, "the minister", may be one of those whose saying it is."""
        speaker = statement.speaker
        if speaker is None or self.is_principal(statement):
            return False
        return any(actor.startswith(("person:", "org:", "state:")) for actor in speaker.actors) or not self.is_near(statement)

    def is_near(self, statement: Statement) -> bool:
        """Whether the speaker is one of those whose saying it is, or speaks for their side."""
        speaker = statement.speaker
        if speaker is None or self.is_principal(statement):
            return speaker is not None
        if speaker.countries:
            return bool(self.countries & set(speaker.countries))
        return _SPOKES.search(speaker.text) is not None and not self._is_elsewhere(speaker)

    def denies(self, statement: Statement) -> bool:
        """Whether a statement denies what the matter is, or stands in one that does; where the matter is itself a denial none does."""
        return not self.is_denial and (statement.id in self.denied or statement.within in self.denied)

    def is_far(self, statement: Statement) -> bool:
        """Whether the speaker is known to speak for another side: by country, or for a body that the matter's speakers are not of."""
        speaker = statement.speaker
        if speaker is None or self.is_near(statement):
            return False
        return bool(speaker.countries and self.countries) or (_SPOKES.search(speaker.text) is not None and self._is_elsewhere(speaker))

    def _is_elsewhere(self, speaker: Mention) -> bool:
        """Whether the words for a speaker name a body that is not one of those whose saying it is: "NATO's spokesperson"."""
        own = {token for actor in speaker.actors for token in terms(actor.partition(":")[2].replace("-", " "))}
        named = terms(" ".join(re.findall(r"(?<!\w)[^\W\d_a-z][\w’'-]*", speaker.text))) - own
        return bool(named) and not named & self.names

    def tells(self, statement: Statement) -> bool:
        """Whether a statement taken to tell it does so: no denial does, nor somebody else, named, who does not speak for that side."""
        if self.denies(statement):
            return False
        if self.kind == "saying" or statement.speaker is None or statement.speaker.unnamed:
            return True
        if self.is_near(statement):
            return not self.is_another(statement) or len(terms(content(statement)) & self.terms) >= SHARED
        return not any(actor.startswith(("person:", "state:")) for actor in statement.speaker.actors)


def confirming(account: Account, matter: Matter) -> list[Statement]:
    """The statements by which somebody confirms the matter in what a report has not from another medium; the plainest first."""
    if matter.is_denial:
        return []
    own = [
        statement
        for statement in account.report.extraction.statements
        if account.ways[statement.id].way not in ("passed", "post") and not matter.denies(statement) and not _is_headline(statement)
    ]
    said = [s for s in own if _confirms(account.report, s, matter) and (account.ways[s.id].way == "hand" or not _is_memory(s))]
    again = [statement for statement in own if statement not in said and _restates(account, statement, matter)]
    return [*said, *sorted(again, key=lambda statement: -len(terms(content(statement)) & matter.terms))]


def _is_headline(statement: Statement) -> bool:
    """Whether it stands in the title, which says in short what the text has, and not from whom."""
    return (statement.cue or statement.content[0]).place == "title"


def moved(account: Account, matter: Matter) -> Statement | None:
    """The statement by which one of those whose saying it is takes a new position in a report; None where there is none.

    Words say so ("softened"), or it binds on other conditions, or what was sure is now possible; these two where nothing is reaffirmed.
    """
    own = [s for s in account.report.extraction.statements if matter.is_principal(s) and account.ways[s.id].way != "passed"]
    if (shift := next((s for s in own if s.continuity in _SHIFTS), None)) is not None:
        return shift
    if any(s.continuity == "reaffirm" and terms(content(s)) & matter.terms for s in own):
        return None
    told = matter.told.get(account.report.article, ())
    return next((s for s in own if (s in told or s.continuity is not None) and _is_other(account, s, matter)), None)


def _is_other(account: Account, statement: Statement, matter: Matter) -> bool:
    """Whether a statement has conditions, and hardly one of the matter's words is in them; or is hedged as the matter is not."""
    theirs = conditions(account.report, statement)
    if len(theirs) > 2 and matter.conditions and len(theirs & matter.conditions) * 5 < len(theirs):
        return True
    return any(hedge.kind in ("possible", "considering") for hedge in statement.hedges) and not matter.is_hedged


def conditions(report: Report, statement: Statement) -> frozenset[str]:
    """The words of what a statement makes things depend on."""
    own = [each for each in report.extraction.conditions if each.statement == statement.id]
    return terms(" ".join(piece.text for each in own for piece in each.antecedent))


def voiced(account: Account, matter: Matter) -> Span | None:
    """A sentence that tells the matter in the article's own voice, beside words that say that the report has it itself, if any."""
    text = account.report.text
    own = own_names(account.report)
    marks = [mark for way, mark in account.marks if way == "hand" and (own.search(mark.text) or mark.text.lower().endswith(" us"))]
    if account.report.day <= matter.next_day:
        # Later reports recall the occasion as well as they recall what was said there.
        marks += [mark for way, mark in account.marks if way == "public"]
    for start, end in paragraphs(text):
        if not any(start <= mark.start < end for mark in marks) or _passes_on(account, start, end):
            continue
        for first, last in sentences(text):
            said = terms(text[first:last])
            if start <= first < end and _is_it(said, matter) and not _is_spoken(account.report, first, last):
                return span(text, (first, min(last, end)))
    return None


def _is_spoken(report: Report, start: int, end: int) -> bool:
    """Whether half of a sentence or more is what somebody says."""
    for statement in report.extraction.statements:
        if start <= (statement.cue or statement.content[0]).start < end and (statement.cue or statement.content[0]).place is None:
            said = sum(max(0, min(piece.end, end) - max(piece.start, start)) for piece in statement.content if piece.place is None)
            if 2 * said >= end - start:
                return True
    return False


def _is_it(said: frozenset[str], matter: Matter) -> bool:
    """Whether so many of a sentence's words are the matter's that it tells it, and its condition."""
    shared = said & matter.terms
    return len(shared) >= VOICED and 3 * len(shared) >= len(said) and bool(said & matter.conditions)


def _passes_on(account: Account, start: int, end: int) -> bool:
    """Whether another medium is named in this stretch of the text."""
    return any(one.where is not None and one.where.place is None and start <= one.where.start < end for one in account.cited)


def _confirms(report: Report, statement: Statement, matter: Matter) -> bool:
    """Whether somebody says of the matter that it is so: by a verb of confirming, about its words or about what its speaker said."""
    if statement.speaker is None or statement.cue is None or statement.act in ("deny", "refuse", "criticise", "accuse"):
        return False
    verb = _verb(statement.cue.text, statement.cue.lemma)
    if verb is None and statement.continuity != "reaffirm":
        return False
    if (verb in _OWN_ONLY or verb is None) and matter.is_far(statement):
        return False
    said, whole = terms(content(statement)), terms(_sentence(report, statement))
    shared, names = said & matter.terms, whole & matter.names
    refers = bool(said & _nouns())
    both = matter.is_near(statement) and _BOTH.search(content(statement)) is not None
    if (verb in _OWN_ONLY or verb is None) and not matter.is_near(statement) and not (names and _is_described(statement)):
        return len(shared) >= SHARED
    if statement.continuity == "reaffirm" and (shared or (names and (refers or whole & matter.terms))):
        return True
    # That what it hangs on has come about is no word on what would follow.
    return (len(shared) > 1 and bool(shared - matter.conditions)) or (refers and bool(shared or names)) or both


def _restates(account: Account, statement: Statement, matter: Matter) -> bool:
    """Whether somebody tells the matter again in words of his own, to the report itself: one of the same side, or people without a name."""
    speaker = statement.speaker
    if speaker is None or statement.act not in _BINDS:
        return False
    if _witnesses(account, statement, matter):
        return True
    if matter.is_far(statement):
        return False
    if account.ways[statement.id].way not in ("hand", "public") and statement.manner == "indirect" and not matter.is_principal(statement):
        return False
    if speaker.unnamed or matter.is_principal(statement):
        said = terms(content(statement))
        shared = said & matter.terms
        if len(shared) >= VOICED and 2 * len(shared) >= min(len(said), len(matter.terms)):
            return True
        return not speaker.unnamed and _binds_again(account, statement, matter, shared)
    said = terms(_sentence(account.report, statement))
    shared = said & matter.terms
    enough = len(shared) >= SHARE * min(len(said), len(matter.terms)) or len(said & matter.conditions) > 1
    return matter.is_near(statement) and len(shared) >= SHARED and enough


def _witnesses(account: Account, statement: Statement, matter: Matter) -> bool:
    """Whether somebody to whom it was said, or people without a name who were there, tell it and its conditions to the report itself."""
    shared = terms(_sentence(account.report, statement)) & matter.terms
    if len(shared) < VOICED or len(shared & matter.conditions) < 2:
        return False
    if account.ways[statement.id].way == "hand":
        return _was_told(statement) or _are_sources(statement)
    return _are_sources(statement) and account.is_first_hand and not account.cited


def _are_sources(statement: Statement) -> bool:
    """Whether the speaker is people without a name who are no mere onlookers: "two diplomats", "aides"."""
    speaker = statement.speaker
    if speaker is None or not speaker.actors or not all(actor.startswith("group:") for actor in speaker.actors):
        return False
    return not terms(speaker.text) & terms(" ".join(load("firsthand")["onlookers"]))


def _is_memory(statement: Statement) -> bool:
    """Whether somebody says what he remembers, which he may have read as well."""
    return statement.cue is not None and statement.cue.lemma.split()[:1] in (["recall"], ["remember"])


def _was_told(statement: Statement) -> bool:
    """Whether somebody says that it was said to himself: "she told us the whole sentence"."""
    return _told_me().search(content(statement)) is not None


@cache
def _told_me() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, load('firsthand')['witness']))})(?!\w)", re.IGNORECASE)


def _sentence(report: Report, statement: Statement) -> str:
    """All that the sentences say in which the statement stands: what was not taken for its content too."""
    if statement.content[0].place is not None:
        return content(statement)
    first = statement.cue or statement.content[0]
    start, end = around(report.text, first.start, first.end)
    for (opens, closes), _ in quotations(report.text):
        if opens < start < closes:
            start = opens
    return report.text[start:end] + " " + content(statement)


def _binds_again(account: Account, statement: Statement, matter: Matter, shared: frozenset[str]) -> bool:
    """Whether one of those whose saying it is binds himself again, on a condition that is not known to be another."""
    theirs = conditions(account.report, statement)
    return (
        bool(theirs)
        and len(shared) > 1
        and bool(shared - matter.conditions)
        and statement.act in _PROMISES
        and not _is_other(account, statement, matter)
    )


def _is_described(statement: Statement) -> bool:
    """Whether the speaker has no name here: "the governor" may be whoever else the sentence names."""
    return statement.speaker is not None and all(actor.startswith("group:") for actor in statement.speaker.actors)


def _verb(cue: str, lemma: str) -> str | None:
    """The verb of confirming that the cue is; None where it is none, or a denied one."""
    spoken = cue.lower().split()
    if {"not", "neither", "never", "cannot"} & set(spoken) or any(word.endswith(("n’t", "n't")) for word in spoken):
        return None
    return next((verb for verb in sorted(load("firsthand")["confirms"], key=len, reverse=True) if _is_verb(lemma, spoken, verb)), None)


def _is_verb(lemma: str, spoken: Sequence[str], verb: str) -> bool:
    first, *rest = verb.split()
    return (lemma.split()[:1] == [first] or any(word.startswith(first.removesuffix("e")) for word in spoken)) and all(
        word in spoken for word in rest
    )


@cache
def _nouns() -> frozenset[str]:
    return terms(" ".join(load("firsthand")["matter"])) | terms(" ".join(noun + "s" for noun in load("firsthand")["matter"]))


def _after(day: str) -> str:
    """The day after; the same where it is none."""
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day


def _main(reports: Iterable[Report]) -> frozenset[str]:
    """Who does most of the talking in a report: "one of its negotiators", who told it first, is the one whose interview it is."""
    for report in reports:
        counts = Counter(
            actor for s in report.extraction.statements if s.speaker for actor in s.speaker.actors if actor.startswith("person:")
        )
        first, second = [*counts.most_common(2), ("", 0), ("", 0)][:2]
        if first[1] > 2 and first[1] >= 2 * second[1]:
            return frozenset((first[0],))
    return frozenset()


def _rejects(statement: Statement) -> bool:
    """Whether somebody rejects what was reported: "has rejected a report that …"."""
    if statement.cue is None or statement.cue.lemma.split()[:1] not in (["reject"], ["dismiss"], ["refute"], ["deny"]):
        return False
    return (
        re.match(r"[“\"‘']?(?:\w+ ){0,2}?(?:reports?|claims?|suggestions?|allegations?|rumou?rs?|accounts?)\b", content(statement))
        is not None
    )


def _most(said: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Those who say it in most of the reports: the speakers whose saying it is."""
    counts = Counter(actor for _, actor in said)
    top = max(counts.values(), default=0)
    many = frozenset(actor for actor, count in counts.items() if count * 2 > top)
    # Who has only a description, such as "a British newspaper", is one of them where nobody has more than that.
    return frozenset(actor for actor in many if not actor.startswith("group:")) or many
