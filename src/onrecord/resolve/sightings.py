"""Everybody whom a text names, put on the trail before any noun phrase is asked about."""

from __future__ import annotations

from .cast import Member, Step
from .names import Names
from .phrases import Phrase
from .reading import read
from .vocabulary import vocabulary
from .words import slug


class Sightings(Names):
    """An article's cast with its trail."""

    def _sight_persons(self) -> None:
        """Put every person with a full name on the trail, then every later use of a part of a name; states and organisations too."""
        scan, taken = self.scan, set[int]()
        count = len(scan.words)
        i = 0
        while i < count:
            if not scan.words[i].capital and scan.words[i].low not in vocabulary().leading_particles:
                i += 1
                continue
            last = scan.run(i, count)
            if last == i:
                i += 1
                continue
            kind = scan.kind_of_run(i, last, mention=False)
            if last - i > 1 and self._own_outlet(scan.text[scan.words[i].start : scan.words[last - 1].end]):
                kind = "outlet"
            if kind == "person":
                self._sight(i, last)
                taken.update(range(i, last))
            elif kind == "org" and last - i > 1:
                self._sighted(i, last, self._org(scan.text[scan.words[i].start : scan.words[last - 1].end]))
            elif kind == "outlet" and last - i > 1:
                self._sighted(i, last, self._outlet(scan.text[scan.words[i].start : scan.words[last - 1].end]))
            i = last
        surnames = {word for member in self.cast.members.values() for word in member.words}
        for i, word in enumerate(scan.words):
            if word.capital and i not in taken and i not in scan.inside and slug(word.text) in surnames:
                member = self.cast.known_by(word.text, word.start)
                if member and (word.text not in vocabulary().honorifics) and word.low not in scan.lower:
                    self._sighted(i, i + 1, member)
        for i, (length, known) in scan.named.items():
            if known.kind == "country" and known.form in ("name", "capital", "seat") and not scan.words[i + length - 1].possessive:
                self._sighted(i, i + length, self._state(known.key))
            elif known.kind == "org":
                self._sighted(i, i + length, self._known_org(known.key))
        self._sight_institutions()

    def _sight_institutions(self) -> None:
        """Put "the Iranian foreign ministry" and its like on the trail, so that "it" and "the ministry" find them."""
        scan, vocab = self.scan, vocabulary()
        for i, word in enumerate(scan.words):
            if word.low not in vocab.organs or i in scan.inside:
                continue
            begin = i
            while begin and ((begin - 1) in scan.inside or scan.words[begin - 1].low in vocab.topics or scan.words[begin - 1].low == "the"):
                begin -= 1
            if begin == i or not any(k in scan.inside for k in range(begin, i)):
                continue
            phrase = read(scan, (begin, i + 1))
            if phrase.kind == "org" and phrase.institution and phrase.countries:
                found = self._institution(phrase, word.start)
                self._step((scan.words[begin].start, word.end), found, phrase, scan.subject(begin), asked=False)

    def _sight(self, i: int, last: int) -> None:
        """One full name: read it with the title before it and the apposition after it."""
        scan = self.scan
        begin = i
        while (
            begin
            and (scan.title_word(begin - 1) or (begin - 1) in scan.inside or scan.words[begin - 1].low in ("for", "of"))
            and i - begin < 8
        ):
            if scan.sentence(scan.words[begin - 1].start) != scan.sentence(scan.words[i].start):
                break
            begin -= 1
        if begin == i and i > 2 and scan.words[i - 1].text == "," and scan.words[i - 2].low in vocabulary().offices:
            begin = i - 1
            while (
                begin
                and i - begin < 8
                and scan.words[begin].low != "the"
                and (scan.title_word(begin - 1) or (begin - 1) in scan.inside or scan.words[begin - 1].low == "the")
            ):
                begin -= 1
        end = last
        if last + 1 < len(scan.words) and scan.words[last].text == "," and self._apposes(last + 1):
            k = last + 1
            while k < min(last + 12, len(scan.words)) and scan.words[k].text[0].isalnum():
                k += 1
            if k < len(scan.words) and scan.words[k].text in ",." and any(scan.title_word(n) for n in range(last + 1, min(last + 7, k))):
                end = k
        phrase = read(scan, (begin, end), mention=False)
        if phrase.kind != "person":
            phrase = Phrase(kind="person", name=scan.text[scan.words[i].start : scan.words[last - 1].end])
        member = self._person(phrase, scan.words[i].start)
        self._sighted(i, last, member)

    def _apposes(self, i: int) -> bool:
        """Whether the word after a name and a comma can begin what the person is."""
        word, vocab = self.scan.words[i], vocabulary()
        if i in self.scan.inside or self.scan.title_word(i):
            return True
        return word.low in vocab.determiners or word.low in ("who", "one", "then", "himself")

    def _sighted(self, i: int, last: int, member: Member) -> None:
        scan = self.scan
        begin = i
        while (
            begin
            and (scan.title_word(begin - 1) or (begin - 1) in scan.inside or scan.words[begin - 1].low in ("the", "a"))
            and i - begin < 6
        ):
            begin -= 1
        self.cast.add(
            Step(
                scan.words[i].start, scan.words[last - 1].end, (member,), countries=self._speaks_for(member), plural=False,
                human=member.kind == "person", subject=scan.subject(begin), gender=member.gender, heads=member.heads,
            )
        )  # fmt: skip
