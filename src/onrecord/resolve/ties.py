"""A stretch of words that is one noun phrase: its segments, its nouns, and the countries and organisations tied to it."""

from __future__ import annotations

from typing import NamedTuple

from .scan import Scan
from .vocabulary import vocabulary


class Tie(NamedTuple):
    """A country in a phrase, and how it hangs there: "of" (strong), "in", or "to" (not the phrase's own)."""

    at: int
    code: str
    form: str
    tie: str


class Piece:
    """The words of one noun phrase in a scanned text."""

    def __init__(self, scan: Scan, start: int, stop: int, mention: bool) -> None:
        """The words from ``start`` up to ``stop``, without the marks around them."""
        self.scan, self.found, self.mention = scan, scan.words, mention
        while start < stop and not self.found[start].text[0].isalnum():
            start += 1
        while stop > start and not self.found[stop - 1].text[0].isalnum() and self.found[stop - 1].text != ")":
            stop -= 1
        self.start, self.stop = start, stop
        self.text = scan.text[self.found[start].start : self.found[stop - 1].end] if start < stop else ""

    def _cut(self, start: int) -> int:
        """Where the relative clause or the like begins that says more about the phrase."""
        vocab = vocabulary()
        for i in range(start + 1, self.stop):
            if (self.found[i].low in vocab.cuts or self.found[i].low in vocab.subjects) and not self.found[i].capital:
                return i
        return self.stop

    def _segments(self) -> list[tuple[int, int]]:
        """The phrase up to its relative clause, cut at commas, brackets and dashes."""
        stop, begin, pieces = self._cut(self.start), self.start, []
        for i in range(self.start, stop):
            if not self.found[i].text[0].isalnum() and self.found[i].text in ",()–—:;":
                pieces.append((begin, i))
                begin = i + 1
        pieces.append((begin, stop))
        return [(a, b) for a, b in pieces if a < b]

    def _heads(self, exclude: range = range(0)) -> frozenset[str]:
        vocab = vocabulary()
        found = set()
        for i in range(self.start, self._cut(self.start)):
            word = self.found[i]
            if i in exclude or i in self.scan.inside or not word.text[0].isalnum():
                continue
            if word.low in vocab.function_words or (word.capital and not self._describes(i)):
                continue
            found.add(vocab.synonyms.get(word.low, word.low))
            if word.low in vocab.also:
                found.add(vocab.also[word.low])
        return frozenset(found)

    def _describes(self, i: int) -> bool:
        """Whether a capital is a title or a common noun all the same."""
        vocab, word = vocabulary(), self.found[i]
        return self.scan.title_word(i) or word.low in vocab.organisation_nouns or word.low in vocab.outlet_heads

    def _ties(self, exclude: range = range(0)) -> tuple[list[Tie], tuple[str, ...]]:
        """The countries and the known organisations that the phrase ties to whom it names."""
        vocab, found = vocabulary(), self.found
        places: list[Tie] = []
        keys: list[str] = []
        stop = clause = self._cut(self.start)
        if stop < self.stop and stop + 1 < self.stop and found[stop].low == "who" and found[stop + 1].low in vocab.leading:
            stop = self.stop
        for i in range(self.start, stop):
            hit = self.scan.named.get(i)
            if not hit or i in exclude:
                continue
            tie = self._tie(i, places)
            if i > clause and tie in ("in", "at"):
                continue
            if hit[1].kind == "country":
                places.append(Tie(i, hit[1].key, hit[1].form, tie))
            elif hit[1].kind == "org" and tie in ("of", "at"):
                keys.append(hit[1].key)
        return places, tuple(dict.fromkeys(keys))

    def _tie(self, i: int, places: list[Tie]) -> str:
        k = i - 1
        while k >= self.start and (
            self.found[k].low in ("the", "a", "its", "his", "their")
            or (self.found[k].capital and self.scan.title_word(k))
            or self.found[k].low in vocabulary().before_office
        ):
            k -= 1
        if k < self.start:
            return "of"
        low = self.found[k].low
        if low in ("and", "or", ",") and places and i - places[-1].at <= 4:
            return places[-1].tie
        if low in vocabulary().whose:
            return "of"
        if low in vocabulary().where:
            if low == "in" and self.scan.named[i][1].form == "adjective":
                return "of"
            return "in" if low != "at" else "at"
        if low == "to" and k > self.start and self.found[k - 1].low in vocabulary().entourage:
            return "of"
        return "to" if low in vocabulary().prepositions or low in ("visiting", "joining") else "of"

    def _own_titles(self) -> tuple[str, ...]:
        """The country whose title it is, where only one country has it: "Sen.", "Home Secretary"."""
        for i in range(self.start, self.stop):
            hit = vocabulary().own_titles.at(self.found, i, self.stop)
            if hit and self._theirs(self.scan.text[self.found[i].start : self.found[i + hit[0] - 1].end], hit[1]):
                return (hit[1],)
        return ()

    def _theirs(self, title: str, code: str) -> bool:
        """Whether a title that other countries have too is this country's here: it is named, or no country is."""
        named = self.scan.countries
        return title not in vocabulary().shared_titles or not named or code in named

    def _chain(self, i: int, end: int) -> int:
        """Where an organisation's name of the form "Council of …" ends that begins here; ``i`` where none does."""
        if self.found[i].text not in vocabulary().organisation_marks or i + 1 >= end or self.found[i + 1].low not in ("of", "for", "on"):
            return i
        last = i + 1
        while last < end and self.found[last].low in ("of", "for", "and", "on", "the") and self._continues(last, end):
            last = self._continues(last, end)
        return last if last > i + 1 else i

    def _continues(self, i: int, end: int) -> int:
        """Where a name of several words goes on after "of", "for" or "and"; 0 where it does not."""
        k = i + 1
        while k < end and self.found[k].low in ("the", "of", "for"):
            k += 1
        if k < end and self.found[k].capital:
            last = max(self.scan.run(k, end), k + (self.scan.named[k][0] if k in self.scan.named else 1))
            while last < end and self.found[last].capital and self.found[last].start == self.found[last - 1].end + 1:
                last += 1
            return last
        return 0


def codes_of(places: list[Tie], *, person: bool, head: str = "") -> tuple[tuple[str, ...], bool]:
    """The phrase's countries, and whether they are its own rather than where somebody happens to be."""
    strong = [place for place in places if place.tie == "of"]
    if strong:
        return tuple(dict.fromkeys(place.code for place in strong)), True
    vocab = vocabulary()
    weak = [place for place in places if place.tie == "in"]
    beside = [place for place in places if place.tie == "at" and place.form == "adjective"]
    if beside and not weak:
        return tuple(dict.fromkeys(place.code for place in beside)), False
    if weak and (
        person or head in vocab.state_offices or head in vocab.state_nouns or head in vocab.institution_heads or head in vocab.at_home
    ):
        return (() if head in vocab.elsewhere else tuple(dict.fromkeys(place.code for place in weak))), False
    return (), False
