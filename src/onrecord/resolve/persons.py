"""Persons in a noun phrase: the name, and with it title, country and he or she."""

from __future__ import annotations

from .phrases import Phrase, Title, gender_of_name, gender_of_titles
from .ties import Piece, codes_of
from .vocabulary import vocabulary


class PersonPiece(Piece):
    """A noun phrase that may name a person."""

    def _person(self) -> Phrase | None:
        for n, (begin, end) in enumerate(self._segments()):
            i = begin
            while i < end:
                chain = self._chain(i, end)
                if chain > i:
                    i = chain
                    continue
                last = self.scan.run(i, end)
                if last == i:
                    i += 1
                    continue
                if self._modifies(last, end) or self._before_title(i, last, end):
                    i = last
                    continue
                if self._only_theirs(begin, i):
                    break
                kind = self.scan.kind_of_run(i, last, mention=self.mention)
                if kind == "person":
                    return self._named_person(i, last)
                if n or kind in ("org", "outlet") or not self._alone(i, last, begin, end):
                    break
                i = last
        return None

    def _before_title(self, i: int, last: int, end: int) -> bool:
        """Whether an office, or a country's adjective with one, and a name follow: "Saxon Interior Minister Jana Brandt"."""
        if self.scan.words[i].text in vocabulary().given_names:
            return False
        k = last
        while k < end and self.found[k].capital and (self.scan.title_word(k) or k in self.scan.inside):
            k += 1
        return k > last and k < end and any(self.scan.title_word(n) for n in range(last, k)) and self.scan.run(k, end) > k

    def _only_theirs(self, begin: int, i: int) -> bool:
        """Whether the name only says whose people these are: "followers of the cleric Hadi Omran", "an aide to Senator Marrow"."""
        vocab = vocabulary()
        for k in range(begin, i - 1):
            if self.found[k + 1].low in ("of", "to", "for"):
                return k > begin - 1 and not self.found[k].capital and self.found[k].low in vocab.entourage
            if self.found[k + 1].low in vocab.prepositions or not self.found[k].text[0].isalnum():
                return False
        return False

    def _alone(self, i: int, last: int, begin: int, end: int) -> bool:
        return last < end

    def _modifies(self, last: int, end: int) -> bool:
        """Whether a lower-case noun follows a run of capitals, which then only says what kind: "West African leaders"."""
        if (
            last < end
            and last in self.scan.named
            and self.scan.named[last][1].form != "adjective"
            and self.found[last].start == self.found[last - 1].end + 1
        ):
            return True
        if last >= end or self.found[last - 1].possessive:
            return last < end and self.found[last - 1].possessive
        word, vocab = self.found[last], vocabulary()
        return not word.capital and word.text[0].isalpha() and word.low not in vocab.prepositions and word.low not in vocab.function_words

    def _named_person(self, i: int, last: int) -> Phrase:
        """The person named by the words from ``i`` to ``last``, with whatever else the phrase says about them."""
        vocab, found = vocabulary(), self.found
        whole = found[i:last]
        # A name that is nothing but such letters ("MD", of a state) is one all the same.
        names = [word for word in whole if word.text not in vocab.suffixes or word.text.startswith(("Jr", "Sr", "II"))] or whole
        name = self.scan.text[names[0].start : names[-1].end]
        before = found[self.start : i]
        gender = gender_of_titles(before) or gender_of_name(names)
        places, keys = self._ties(exclude=range(i, last))
        codes, own = codes_of(places, person=True)
        heads = self._heads(exclude=range(i, last))
        heads |= {word[:-1] for word in heads if word.endswith("s") and word[:-1] in vocab.offices}
        if not codes:
            codes = self._own_titles()
        if not codes:
            codes = tuple(dict.fromkeys(str(country) for key in keys if (country := vocab.organisations[key].get("country"))))
        owner = next((word.low for word in before if word.low in ("his", "her", "its", "their", "our", "whose")), "")
        return Phrase(
            kind="person", text=self.text, name=name, gender=gender, heads=heads, countries=codes, own=own, keys=keys, owner=owner,
            titles=self._titles(i, last, codes),
        )  # fmt: skip

    def _titles(self, i: int, last: int, codes: tuple[str, ...]) -> tuple[Title, ...]:
        """The words of the office before the name, or in the apposition after it."""
        begin = i
        while begin > self.start and self._of_a_title(begin - 1):
            begin -= 1
        while begin < i and (self.found[begin].low in ("for", "of", "and", "to", ",") or not self.found[begin].text[0].isalnum()):
            begin += 1
        end = i
        while end > begin and not self.found[end - 1].text[0].isalnum():
            end -= 1
        if begin == end:
            begin, end = self._apposed_title(last)
        if begin >= end or not any(self._is_office(i) for i in range(begin, end)):
            return ()
        extent = self.found[begin].start, self.found[end - 1].end
        return (Title(words=self.scan.text[extent[0] : extent[1]], country=codes[0] if codes else None, extent=extent),)

    def _is_office(self, i: int) -> bool:
        """Whether the word is a title by itself, which "then" and "former" are not."""
        return self.found[i].text in vocabulary().honorifics or self.found[i].low in vocabulary().offices

    def _of_a_title(self, i: int) -> bool:
        word = self.found[i]
        if i in self.scan.inside:
            return False
        return self.scan.title_word(i) or word.low in ("for", "of", ",", "and", "affairs")

    def _apposed_title(self, last: int) -> tuple[int, int]:
        """The office in "X, Estonia’s defence minister,": its words without article and country."""
        stop = self._cut(last) if last < self.stop else self.stop
        for i in range(last, stop):
            if self.scan.title_word(i) and i not in self.scan.inside:
                end = i + 1
                while end < stop and self.scan.title_word(end) and end not in self.scan.inside:
                    end += 1
                if self.found[end - 1].low in vocabulary().offices:
                    return i, end
        return last, last
