"""One pass over a text: its words, every known name among them, and the runs of capitals that may be names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from onrecord.records import Entity, Extent

from .phrases import is_plural
from .vocabulary import Known, vocabulary
from .words import Word, reach, words

_LINE = re.compile(r"[^\n]{20,200}")
_HEADLINE = 5
"""A line of so many longer words, all with capitals, is a headline."""

RunKind = Literal["person", "org", "outlet", "unknown"]


class Scan:
    """A text with its words and names. ``named`` has the word where a known name begins, its length in words, and what it stands for."""

    def __init__(self, text: str, entities: Sequence[Entity], sentences: Sequence[Extent]) -> None:
        """Look at every word once."""
        self.text = text
        self.words: list[Word] = words(text)
        self.starts = [word.start for word in self.words]
        self.sentences = [start for start, _ in sentences if _ends(text[:start][-8:])] or [0]
        self.lower = {word.text for word in self.words if not word.capital}
        self.headed = self._headed()
        self._labels: dict[int, str] = {}
        for entity in entities:
            for i in range(*reach(self.starts, (entity.start, entity.end))):
                self._labels[i] = entity.label
        self.named: dict[int, tuple[int, Known]] = {}
        self.inside: set[int] = set()
        self._find_names()
        self.countries = {known.key for _, known in self.named.values() if known.kind in ("country", "region")}
        self._find_halves()

    def _headed(self) -> set[int]:
        """The capitals of headlines that are part of no name: verbs, and what the text has in small letters."""
        vocab, out, often = vocabulary(), set[int](), Counter(word.text for word in self.words)
        for hit in _LINE.finditer(self.text):
            begin, end = reach(self.starts, hit.span())
            long = [i for i in range(begin, end) if len(self.words[i].text) > 3 and self.words[i].text[0].isalpha()]
            if len(long) < _HEADLINE or sum(self.words[i].capital for i in long) < len(long):
                continue
            for i in range(begin, end):
                word = self.words[i]
                verb = word.low in vocab.saying or word.low in vocab.finite or word.low.endswith("ly")
                # Before a given name, what the text does not have again: "Rip" in "Lawmakers Rip Olaf Brandvik".
                verb = verb or (i + 1 < end and self.words[i + 1].text in vocab.given_names and often[word.text] == 1)
                if word.capital and word.text not in vocab.given_names and (verb or word.low in self.lower):
                    out.add(i)
        return out

    def _find_names(self) -> None:
        """Note every known name, the longest first, but for those that are part of a person's name ("Jordan" after "Michael")."""
        vocab, found, count = vocabulary(), self.words, len(self.words)
        i = 0
        while i < count:
            word = found[i]
            if not word.capital and not (i and found[i - 1].low == "the") and word.text[:3] not in ("al-", "al"):
                i += 1
                continue
            hit = vocab.known.at(found, i, count)
            if hit is None or self._part_of_a_name(i, hit) or self._ends_a_name(i, hit):
                i += 1
                continue
            self.named[i] = hit
            self.inside.update(range(i, i + hit[0]))
            i += hit[0]

    def _find_halves(self) -> None:
        """Note "the North" and "the South" for the states so called, where the text names one of these two."""
        vocab, found = vocabulary(), self.words
        if not self.countries & set(vocab.halves.values()):
            return
        for i in range(1, len(found)):
            code = vocab.halves.get(found[i].text)
            if code and found[i - 1].low == "the" and i not in self.inside and not self._goes_on(i):
                self.named[i] = 1, Known("country", code, "name")
                self.inside.add(i)

    def _goes_on(self, i: int) -> bool:
        """Whether a name goes on after the word, or "of": "the South Sea", "the North of the country"."""
        after = self.words[i + 1] if i + 1 < len(self.words) else None
        return after is not None and (after.capital or after.low == "of") and after.start == self.words[i].end + 1

    def _part_of_a_name(self, i: int, hit: tuple[int, Known]) -> bool:
        """Whether a country's or city's name stands where a given name or a surname would."""
        length, known = hit
        if known.kind == "outlet":
            return False
        vocab, found = vocabulary(), self.words
        word, after = found[i], found[i + length] if i + length < len(found) else None
        if length == 1 and word.low == word.text and known.form == "name" and known.kind != "collective":
            return word.text[:2] != "al"
        if known.kind != "country":
            return False
        before = found[i - 1] if i else None
        if before and before.capital and before.text in vocab.given_names and not before.possessive and (i - 1) not in self.inside:
            return known.form in ("name", "capital") and before.text not in vocab.honorifics
        if after is None or after.start != word.end + 1 or not after.capital or word.possessive:
            return False
        return word.text in vocab.given_names and self.plain_capital(i + length)

    def _ends_a_name(self, i: int, hit: tuple[int, Known]) -> bool:
        """Whether a word that means one organisation when it stands alone is the last of another's name: "the Parcel Tariff Commission"."""
        if hit[1].form == "sole" and i and ((i - 1) in self.inside or self.words[i - 1].low in vocabulary().before_office):
            return hit[0] > 1
        if hit[0] > 1 or hit[1].form != "sole" or i < 2 or self.words[i].start != self.words[i - 1].end + 1 + self.words[i - 1].possessive:
            return False
        return (
            self.plain_capital(i - 1)
            and not self.title_word(i - 1)
            and self.sentence(self.words[i - 2].start) == self.sentence(self.words[i].start)
        )

    def plain_capital(self, i: int) -> bool:
        """Whether the word may be part of a proper name that no lexicon knows."""
        word, vocab = self.words[i], vocabulary()
        if not word.capital:
            return len(word.text) > 4 and word.text[:3] in vocab.hyphened and word.text[3].isupper()
        return (
            i not in self.inside
            and i not in self.headed
            and (word.low not in vocab.function_words or self._given(i))
            and not (len(word.low) < 8 and ("'" in word.low or "’" in word.low) and re.split("['’]", word.low)[0] in vocab.function_words)
            and word.low not in vocab.calendar
            and word.text not in vocab.honorifics
            and not word.text.endswith(vocab.compound_ends)
        )

    def _given(self, i: int) -> bool:
        """Whether a word that looks like a small one is a given name before a surname: "Said" in "Said al-Battashi"."""
        after = self.words[i + 1] if i + 1 < len(self.words) else None
        return after is not None and self.words[i].text == "Said" and (after.text[:3] in vocabulary().hyphened or (i > 0 and after.capital))

    def title_word(self, i: int) -> bool:
        """Whether the word is a title, or part of one."""
        word, vocab = self.words[i], vocabulary()
        return word.text in vocab.honorifics or word.low in vocab.offices or word.low in vocab.before_office

    def run(self, i: int, stop: int) -> int:
        """Where the name that begins at word ``i`` ends: capitals, initials and particles; ``i`` itself where none begins there."""
        vocab, found = vocabulary(), self.words
        if not self._begins(i, stop):
            return i
        end = i + 1
        while end < stop and (not found[end - 1].possessive or self._owners(end)):
            word = found[end]
            before = found[end - 1].end
            before += self.text[before : before + 1] in ("’", "'") and found[end - 1].possessive
            gap = word.start - before
            if gap > 1 or (gap and self.text[before] != " "):
                break
            if self.plain_capital(end):
                if word.text in vocab.honorifics and end + 1 < stop and self.plain_capital(end + 1):
                    break
                end += 1
            elif word.text == "&" and end + 1 < stop and self.plain_capital(end + 1):
                end += 2
            elif word.low in vocab.particles and end + 1 < stop and (self.plain_capital(end + 1) or found[end + 1].low in vocab.particles):
                end += 1
            else:
                break
        while end < stop and found[end].text in vocab.suffixes and found[end].text != "MP":
            end += 1
        return end

    def _owners(self, i: int) -> bool:
        """Whether a name goes on after whose it is: "Lawyers’ Union", "Growers’ Federation"."""
        return self.words[i - 1].low.endswith("s") and self.words[i].text in vocabulary().organisation_marks

    def _begins(self, i: int, stop: int) -> bool:
        """Whether a name can begin here: a plain capital, or a particle before one, that is no title."""
        vocab, word = vocabulary(), self.words[i]
        if word.low in vocab.particles and not self.plain_capital(i):
            return i + 1 < stop and word.text in vocab.leading_particles and self.plain_capital(i + 1)
        if not self.plain_capital(i):
            return False
        if word.text in vocab.given_names:
            return True
        return not (word.low in vocab.offices or word.low in vocab.before_office)

    def kind_of_run(self, i: int, end: int, *, mention: bool) -> RunKind:
        """What a run of capitals names, judged by its words, by what stands around it, and by the reader's entities."""
        vocab, found = vocabulary(), self.words
        names = found[i:end]
        marked = any(word.text in vocab.organisation_marks or word.text == "&" for word in names)
        outlet = any(piece in vocab.outlet_marks for word in names for piece in (word.text, *word.text.split("-")))
        before = found[i - 1] if i else None
        after = found[end] if end < len(found) else None
        if names[0].text in vocab.foreign_articles and len(names) > 1 and i > 1 and found[i - 2].low in vocab.reports:
            return "outlet"
        score = {"PER": 3, "ORG": -3, "LOC": -3}.get(self._labels.get(i, ""), 0)
        if before and (before.text in vocab.honorifics or before.low in vocab.offices) and not before.possessive:
            if marked and before.low not in vocab.honorifics:
                score -= 2
            score += 3
        elif before and before.low in ("the", "a", "an", "this"):
            score -= 3
        elif before and before.low in vocab.outlet_heads and not before.possessive:
            return "outlet"
        elif before and before.low in vocab.organisation_nouns and not before.capital and not before.possessive:
            return "org"
        elif before and before.text == "," and i > 1 and self._is_office(i - 2) and not marked:
            score += 4
        if names[0].text in vocab.outlet_articles and len(names) > 1:
            return "outlet"
        first = names[0].text
        if names[-1].text in vocab.place_marks:
            return "unknown"
        if before and before.low in ("in", "near", "at"):
            score -= 3
        if first in vocab.given_names or first.split("-")[0] in vocab.given_names:
            score += 2
        elif first.isupper() and len(first) <= 5 and len(names) == 1:
            score -= 2
        if (
            any(word.low in vocab.particles or (len(word.text) == 2 and word.text.endswith(".")) for word in names[1:])
            or names[-1].text in vocab.suffixes
        ):
            score += 1
        if len(names) in (2, 3):
            score += 1
        if after and after.text == "," and end + 1 < len(found):
            score += self._apposition(end + 1)
        elif after and after.low in ("who", "whose"):
            score += 2
        if marked:
            score -= 4
        if outlet and score < 3 and not (marked and names[-1].text in vocab.organisation_marks):
            return "outlet"
        if score >= (1 if mention else 2) and (len(names) > 1 or score >= 3):
            return "person"
        return "org" if marked or (score <= -2 and self._labels.get(i) != "LOC") else "unknown"

    def _is_office(self, i: int) -> bool:
        """Whether the word is the head of an office, and a name after a comma its holder's: "its foreign minister, Vello Kangur"."""
        word = self.words[i]
        return word.low in vocabulary().offices and not word.possessive and not word.capital and not is_plural(word.low)

    def _apposition(self, i: int) -> int:
        """What stands after a name and a comma, and tells a person: an age, "who", "a teacher", "the Estonian minister"."""
        vocab, found = vocabulary(), self.words
        if found[i].text.isdigit() and len(found[i].text) == 2:
            return 2
        if found[i].low in ("who", "whose"):
            return 2
        if found[i].low not in ("a", "an", "the", "one", "its", "his", "her", "their") and i not in self.inside and not self.title_word(i):
            return 0
        if found[i].low == "one" and i + 2 < len(found) and found[i + 1].low == "of":
            i += 2
        for k in range(i, min(i + 8, len(found))):
            if found[k].low in vocab.offices:
                return 2
            if k > i and (found[k].low in vocab.prepositions or not found[k].text[0].isalnum()):
                return -4 if found[k - 1].low in vocab.organisation_nouns else 0
        return 0

    def sentence(self, position: int) -> int:
        """The number of the sentence that a place in the text lies in."""
        return bisect_right(self.sentences, position) - 1

    def label(self, start: int, length: int) -> str:
        """What the reader takes the words from a place on for, where they are no person: "ORG", "LOC", or nothing."""
        labels = {self._labels.get(i, "") for i in range(*reach(self.starts, (start, start + length)))} - {""}
        return labels.pop() if labels in ({"ORG"}, {"LOC"}) else ""

    def speaks(self, start: int, end: int) -> bool:
        """Whether a verb of saying stands next to the words from one place to another."""
        i, after = reach(self.starts, (start, end))
        saying = vocabulary().saying
        if after < len(self.words) and self.words[after].low in saying and self.words[after].low != "to":
            return True
        return i > 0 and self.words[i - 1].low in saying and self.words[i - 1].low not in ("told", "asked", "called", "to")

    def subject(self, i: int) -> bool:
        """Whether the noun phrase that begins at word ``i`` stands where subjects stand, and not after a verb or a preposition."""
        if i == 0:
            return True
        vocab, before = vocabulary(), self.words[i - 1]
        if self.sentence(before.start) != self.sentence(self.words[i].start):
            return True
        if not before.text[0].isalnum():
            return before.text not in "(" and not (before.text == "," and i > 1 and self.words[i - 2].low in vocab.prepositions)
        if before.low in vocab.saying:
            return before.low not in ("told", "asked", "to")
        return before.low in (
            "that",
            "and",
            "but",
            "if",
            "when",
            "as",
            "while",
            "because",
            "where",
            "unless",
            "until",
            "once",
            "yet",
            "then",
            "what",
        )


def _ends(before: str) -> bool:
    """Whether a sentence can end with these last characters; where it cannot, the next one has not begun."""
    return not before or "\n" in before or before.rstrip().endswith((*".!?:;…”’\"'»)", "•"))
