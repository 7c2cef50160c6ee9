"""Sentences around an article's words: a few fixed patterns, chosen so that whatever is quoted leaves the grammar whole.

Marit Holm (Norland) said on 2 May, according to Harbour Gazette of 3 May: “We go if the pass is lost.”    a direct quotation
Harbour Gazette of 3 May writes: “The deputies fear that the pass is lost.”                                 the outlet's own sentence
Marit Holm (Norland), in the words of Harbour Gazette of 3 May, “wants the pass reopened”.                  its predicate alone
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from onrecord.ask import spelling
from onrecord.ask.grounds import negated
from onrecord.ask.line import Line
from onrecord.ask.quoting import sentence_around
from onrecord.ask.scene import LONGEST, Scene, day_of, in_title, published
from onrecord.ask.sheet import Sentence, SentenceKind, Words
from onrecord.records import Span, Statement, span
from onrecord.reports import Report, Saying

_ANAPHORA = frozenset(
    "he she it they his her hers its their theirs them him i we our us my me you your this that these those there here who whom whose "
    "which one both another others same such latter former other".split()
)
_POINTING = re.compile(r"(?:That|This|These|Those|It|They|He|She|Its|Their|His|Her)\b")
_REACH = 110
"""Letters by which an outlet's words are widened to whole sentences at either end."""
_QUOTES = '“"„«‘'
# What shows that words after "said" are a clause and not a mere noun; verbs that are not among them are rarely alone.
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|will|would|shall|should|can|could|may|might|must|do|does|did|cannot|won[’']t|\w+n[’']t"
    r")\b",
    re.IGNORECASE,
)
_SHORTEST = 3
"""Words of a direct quotation that can stand alone."""
_NAME_WORDS = 14


class Phrasing:
    """Sentences about statements of one scene; a year is named where it is not the story's own."""

    def __init__(self, scene: Scene, proven: Callable[[Sentence], bool]) -> None:
        """Speak of this scene, in sentences that are ``proven``."""
        self.scene = scene
        self._proven = proven
        self._years = {report.day[:4] for report in scene.reports}
        self._single = len(scene.by_article) == 1
        self._dated = False

    def told(self, saying: Saying, kind: SentenceKind, among: Collection[str] = (), *, first: bool = False) -> Sentence | None:
        """Who said it, when, according to whom, in whose words: by the first pattern that fits a wording, the best wording first.

        Args:
            among: articles whose wordings may be quoted; all of them, where none are given.
            first: whether nothing stands before it that could tell who "these deputies" are.
        """
        best = self.scene.best(saying)
        for report, statement in [best, *(each for each in self.scene.wordings(saying) if each != best)]:
            if among and report.article not in among:
                continue
            if in_title(report, statement):
                continue
            # What stands inside another's statement is that other's word for it: it is quoted together with who says so, or not at all.
            inside = statement.within is not None
            patterns = (self._sentence,) if inside else (self._direct, self._sentence, self._predicate, self._reported, self._passage)
            for pattern in patterns:
                if first and pattern == self._passage:
                    continue
                line = pattern(report, statement, saying)
                sentence = line.end(kind) if line is not None else None
                if sentence is not None and self._proven(sentence):
                    self._dated = True
                    return sentence
        return None

    def _direct(self, report: Report, statement: Statement, saying: Saying) -> Line | None:
        """``X said on D, according to O of D, which cites V: “…”``."""
        text = report.text
        # After "HOLM:" in a printed conversation stands what she said, without quotation marks.
        printed = _is_printed(statement, text)
        spoken = [each for each in statement.content if printed or text[each.start] in _QUOTES]
        quotations = [] if negated(statement) else spoken
        words = self._within(self.scene.quote(report, quotations))
        if (
            not words
            or any("\n" in each.text for each in words)
            or len(words[0].text.split()) < _SHORTEST
            or not words[0].text[:1].isupper()
            or not _full(quotations[0], text)
        ):
            return None
        return self._told(report, statement, saying, ", according to ", words)

    def _sentence(self, report: Report, statement: Statement, saying: Saying) -> Line | None:
        """``O of D writes: “…”``: the outlet's own sentence, where it names the speaker."""
        return self._held(report, statement) if self._standing(report, statement) else None

    def _passage(self, report: Report, statement: Statement, saying: Saying) -> Line | None:
        """The same where the outlet has told before who speaks ("these deputies"), unless it has a mere pronoun for it."""
        speaker = statement.speaker
        words = speaker.text.casefold().split() if speaker is not None else []
        plain = len(words) > 1 and not any(word in ("his", "her", "their", "its", "my", "our") for word in words)
        return self._held(report, statement) if plain else None

    def whole(self, report: Report, statement: Statement) -> Words | None:
        """The outlet's own sentence that holds the whole statement, without its full stop: the sentence that quotes it goes on."""
        if statement.speaker is None or (around := self._extent(report, statement)) is None:
            return None
        return self.scene.citations.cite(report.article, span(report.text, (around.start, around.start + len(around.text.rstrip(".")))))

    def _held(self, report: Report, statement: Statement) -> Line | None:
        words = self._clause(report, statement)
        if words is None:
            return None
        line = Line()
        self._outlet(line, report, begins=True)
        return line.plain(" writes: ").quote([words])

    def _clause(self, report: Report, statement: Statement) -> Words | None:
        """The outlet's own sentence that holds speaker, cue and content."""
        held = self._extent(report, statement)
        return self.scene.citations.cite(report.article, held) if held is not None else None

    def _extent(self, report: Report, statement: Statement) -> Span | None:
        """Where that sentence stands; None for one that is cut, or too long."""
        if statement.speaker is None:
            return None
        cue = [statement.cue, *statement.cue.more] if statement.cue else []
        around = self._around(report, statement)
        held = sentence_around([statement.speaker, *cue, *statement.content, *around], report.text, reach=_REACH, longest=LONGEST)
        if held is None or _unbalanced(held.text) or held.text[:1].islower():
            return None
        return None if self._points_back(report, statement, held) else held

    def _points_back(self, report: Report, statement: Statement, held: Span) -> bool:
        """Whether the sentence has a "she" or "him" that only a sentence before it explains."""
        if _POINTING.match(held.text):
            return True
        person = statement.speaker is not None and any(each.startswith("person:") for each in statement.speaker.actors)
        outside = re.sub(r"[“\"‘'][^”\"’]*[”\"’]", " ", held.text)
        return not person and re.search(r"\b(?:he|she|him|her|his|hers)\b", outside, re.IGNORECASE) is not None

    def _around(self, report: Report, statement: Statement) -> list[Span]:
        """Who says the statement that this one stands in, and the words that say so."""
        outer = next((each for each in report.extraction.statements if each.id == statement.within), None)
        return [] if outer is None else [each for each in (outer.speaker, outer.cue, *outer.content) if each is not None]

    def _predicate(self, report: Report, statement: Statement, saying: Saying) -> Line | None:
        """``X, in the words of O of D, “wants …”``: cue and content, where they follow a speaker whom the outlet names elsewhere."""
        speaker, cue = statement.speaker, statement.cue
        if speaker is None or cue is None or cue.more or not statement.content or speaker.text.casefold() in ("i", "we", "you"):
            return None
        text, last = report.text, statement.content[0].end
        joined = speaker.end <= cue.start and not text[speaker.end : cue.start].strip() and cue.end <= statement.content[0].start
        if not joined or "\n" in text[cue.start : last] or last - cue.start > LONGEST or statement.content[0].start - cue.end > 3:
            return None
        words = self.scene.citations.cite(report.article, span(text, (cue.start, len(text[:last].rstrip(" ,;:.")))))
        if words is None or _unbalanced(words.text) or not any(map(str.isalpha, cue.text)):
            return None
        line = self._who(report, statement, saying, plain=True)
        if line is None:
            return None
        line.plain(", in the words of ")
        self._outlet(line, report)
        return self._relay(line, report, statement).plain(", ").quote([words])

    def _reported(self, report: Report, statement: Statement, saying: Saying) -> Line | None:
        """``X said, in the words of O of D: “…”``: a whole clause that the outlet reports."""
        words = self._within(self.scene.quote(report, [_without_that(each) for each in statement.content if _clause(each)]))
        if (
            not words
            or any("\n" in each.text for each in words)
            or negated(statement)
            or not _speech(statement)
            or (not statement.content[0].text.startswith("that ") and _FINITE.search(statement.content[0].text) is None)
            or len(words) != len(statement.content)
        ):
            return None
        return self._told(report, statement, saying, ", in the words of ", words)

    def _told(self, report: Report, statement: Statement, saying: Saying, source: str, words: tuple[Words, ...]) -> Line | None:
        """``X said, according to O of D: “…”``; None where nobody can be named."""
        line = self._who(report, statement, saying)
        if line is None:
            return None
        line.plain(" said")
        self._occasion(line, report, statement)
        line.plain(source)
        self._outlet(line, report)
        return self._relay(line, report, statement).plain(": ").quote(words)

    def _within(self, several: Sequence[Words]) -> tuple[Words, ...]:
        """As many of them as one sentence can bear, the first in any case."""
        kept: list[Words] = []
        for words in several:
            if kept and sum(len(each.text) for each in kept) + len(words.text) > LONGEST:
                break
            kept.append(words)
        return tuple(kept)

    def _who(self, report: Report, statement: Statement, saying: Saying, *, plain: bool = False) -> Line | None:
        """The speaker at the head of the sentence: in the article's words where they name and place them, else by name and country."""
        speaker = statement.speaker
        if speaker is None:
            return None
        if self._standing(report, statement) and not plain and speaker.text[:1].isupper() and not speaker.text.isupper():
            words = self.scene.citations.cite(report.article, speaker)
            if words is not None and (" " in speaker.text or self.scene.name(speaker.actors[0] if speaker.actors else "") is None):
                return Line().words(words, "speaker").plain("," if "," in speaker.text else "")
        actors = speaker.actors or saying.actors
        names = list(dict.fromkeys(name for each in actors if (name := self.scene.name(each)) and self.scene.is_named(each)))
        if not names or any(self.scene.kind(each) in ("group", "outlet") for each in actors):
            return None
        words = self.scene.citations.cite(report.article, speaker)
        line = Line().rests_on([words] if words else [])
        for number, name in enumerate(names):
            line.plain("" if not number else " and " if number == len(names) - 1 else ", ").name(name)
        countries = [self.scene.country(code) for code in self.scene.countries(actors)]
        if len(names) == 1 and len(countries) == 1 and countries[0] not in names[0]:
            line.plain(" (").name(countries[0]).plain(")")
        return line

    def _standing(self, report: Report, statement: Statement) -> bool:
        """Whether the speaker's words say who it is without the sentences before: a name in them, and nothing that points back."""
        speaker = statement.speaker
        if speaker is None:
            return False
        words = [word.strip(",.’'“”").removesuffix("’s").removesuffix("'s") for word in speaker.text.split()]
        if len(words) > _NAME_WORDS or any(word.casefold() in _ANAPHORA for word in words[:1]) or not speaker.text[:1].isalnum():
            return False
        if any(word.casefold() in ("their", "its", "his", "her", "there", "them", "these", "those") for word in words):
            return False
        return any(word[:1].isupper() for word in words[1:]) or (words[0][:1].isupper() and words[0] not in ("The", "A", "An", "Some"))

    def _outlet(self, line: Line, report: Report, *, begins: bool = False) -> None:
        if report.outlet:
            line.name(report.outlet, "outlet")
        else:
            the = "the" if self._single else "an"
            line.plain(f"{the.capitalize() if begins else the} article")
        day = "" if self._single and self._dated else self.day(report)
        if day:
            line.plain(f" of {day}")

    def day(self, report: Report) -> str:
        """The report's day in words; nothing where it is not known."""
        when = published(report)
        return spelling.day(when, year=self._years != {(when.first or "")[:4]})

    def _occasion(self, line: Line, report: Report, statement: Statement) -> None:
        """Day and place of saying, where the article has them."""
        when = statement.said.when
        if when is not None and when.granularity == "day" and when.first == when.to and when.first:
            line.plain(f" on {spelling.day(day_of(when), year=self._years != {when.first[:4]})}")
            line.rests_on(self.scene.citations.all(report.article, when.spans))
        if len(statement.said.where) == 1 and statement.said.where[0].text[:1].isupper():
            for words in self.scene.citations.all(report.article, statement.said.where):
                line.plain(" in ").words(words)

    def _relay(self, line: Line, report: Report, statement: Statement) -> Line:
        """``, which cites V``: the medium or the people through whom the article has it."""
        relays = [each for each in statement.via if not report.outlet or (each.outlet or "") != report.outlet]
        if not relays:
            return line
        found = self.scene.citations.all(report.article, relays[:1])
        if relays[0].outlet:
            return line.plain(", which cites ").name(relays[0].outlet, "outlet").mark(found)
        return line.plain(", which cites ").quote(found) if found else line


def _is_printed(statement: Statement, text: str) -> bool:
    """Whether it is what a speaker says in a printed conversation: words behind a name and a colon."""
    if statement.cue is not None:
        return statement.cue.text.strip() == ":"
    first = statement.content[0] if statement.content else None
    return first is not None and first.place is None and text[: first.start].rstrip()[-1:] == ":"


def _full(quotation: Span, text: str) -> bool:
    """Whether a quotation is a sentence of its own: it ends with a full stop, or with the comma before a ``he said``."""
    return quotation.text.rstrip('”’"»)')[-1:] in ".?!,…" or text[quotation.end : quotation.end + 1] in (",", ".")


def _without_that(content: Span) -> Span:
    """The clause without the "that" before it."""
    if not content.text.startswith("that ") or len(content.text) < 10:
        return content
    return Span(start=content.start + 5, end=content.end, text=content.text[5:], place=content.place)


def _clause(content: Span) -> bool:
    """Whether a reported content reads as a clause of its own after a colon."""
    first = content.text.split(" ", 1)[0].casefold()
    return (
        len(content.text.split()) > 3
        and not first.endswith("ing")
        and first
        not in (
            "to",
            "of",
            "for",
            "what",
            "it",
            "as",
            "at",
            "on",
            "from",
            "with",
            "their",
            "his",
        )
    )


def _speech(statement: Statement) -> bool:
    """Whether the cue is a verb or phrase of saying, so that "said" is no stronger than what the article has."""
    lemma = statement.cue.lemma if statement.cue else ""
    return lemma in _SPEECH


_SPEECH = frozenset(
    "say tell add argue insist state declare announce explain note remark reply answer claim maintain assert write report warn stress "
    "emphasise emphasize according accord put specify promise pledge vow point repeat reiterate concede admit acknowledge observe comment "
    "describe indicate suggest : speak".split()
)


def _unbalanced(words: str) -> bool:
    """Whether quotation marks or brackets inside are opened and not closed, or the other way round."""
    return any(words.count(a) != words.count(b) for a, b in ("“”", "«»", "()")) or words.count('"') % 2 == 1
