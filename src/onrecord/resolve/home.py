"""Whose a bare office or institution is: the country that goes without saying, where the text leaves no doubt of it."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from .scan import Scan
from .vocabulary import vocabulary

# How often an article must name its one country, and how large a share of all namings its dateline's country must have.
_ONLY, _DATELINE = 3, 0.4
# A line up to the end of its dateline: a town in capitals, perhaps with day and agency, and a dash.
_DATELINE_LINE = re.compile(r"[A-ZÀ-Ž][A-ZÀ-Ž .]{2,25}\b[^\n—–-]{0,40}?(?:[—–-]+|\.) ?")


class Naming(NamedTuple):
    """Where a country, or something of one country, is named: as what opens a sentence, after an "In" there, or in a dateline."""

    start: int
    code: str
    opens: bool
    scene: bool
    dateline: bool


class Home:
    """The countries that a text names, and where."""

    def __init__(self, scan: Scan) -> None:
        """Note them."""
        self.scan = scan
        self.named = self._countries_named()
        self.counts = Counter(naming.code for naming in self.named)

    def focus(self, position: int) -> tuple[str, ...]:
        """The country of an office that stands at a place without one; empty where the text allows a doubt.

        The sentence decides where it names states before the office: the one that opens it ("Poland", "In Warsaw"), or the only one. Else
        the paragraph does, if it has named one state; else the dateline or the whole article, if they are about one state.
        """
        here = self.scan.sentence(position)
        same = [naming for naming in self.named if self.scan.sentence(naming.start) == here and not naming.dateline]
        if any(naming.start < position for naming in same):
            return self._of_sentence(same, position)
        begin = self._line(position)
        near = {naming.code for naming in self.named if begin <= naming.start < position and not naming.dateline}
        after = {naming.code for naming in same}
        if near:
            return tuple(near) if len(near) == 1 and after <= near else ()
        at_home = self._of_article()
        return at_home if after <= set(at_home) else ()

    def _of_sentence(self, same: list[Naming], position: int) -> tuple[str, ...]:
        before = [naming for naming in same if naming.start < position]
        if before and (before[0].scene or before[0].opens and self._known_here(before[0].code)):
            return (before[0].code,)
        codes = {naming.code for naming in before}
        if len(codes) == 1 and len({naming.code for naming in same}) > 1:
            return tuple(codes)
        at_home = self._of_article()
        return at_home if {naming.code for naming in same} == set(at_home) else ()

    def _known_here(self, code: str) -> bool:
        """Whether the article begins with that country, or speaks of none more often."""
        return code == self.named[0].code or self.counts[code] == max(self.counts.values())

    def _of_article(self) -> tuple[str, ...]:
        if not self.counts:
            return ()
        (code, count), total = self.counts.most_common(1)[0], self.counts.total()
        if count == total:
            return (code,) if count >= _ONLY else ()
        dateline = next((naming.code for naming in self.named if naming.dateline), "")
        return (code,) if code == dateline and count >= _DATELINE * total else ()

    def _countries_named(self) -> list[Naming]:
        found = []
        for i, (length, known) in sorted(self.scan.named.items()):
            code = known.key if known.kind in ("country", "region") else self._home(known.key) if known.kind == "org" else ""
            if code:
                word = self.scan.words[i]
                whole = known.kind == "country" and known.form in ("name", "capital", "seat")
                whole = whole and not self.scan.words[i + length - 1].possessive
                opens = whole and self._opens_sentence(i)
                scene = whole and i > 0 and self.scan.words[i - 1].text == "In" and self._opens_sentence(i - 1)
                dateline = known.form == "capital" and word.text.isupper() and self._opens_line(word.start)
                found.append(Naming(word.start, code, opens, scene, dateline))
        return found

    def _opens_sentence(self, i: int) -> bool:
        words = self.scan.words
        if i and words[i - 1].low == "the":
            i -= 1
        begin = self._line(words[i].start)
        if _DATELINE_LINE.fullmatch(self.scan.text, begin, words[i].start):
            return True
        return i == 0 or self.scan.sentence(words[i - 1].start) != self.scan.sentence(words[i].start)

    def _opens_line(self, start: int) -> bool:
        return start == self._line(start) and _DATELINE_LINE.match(self.scan.text, start) is not None

    def _line(self, position: int) -> int:
        return self.scan.text.rfind("\n", 0, position) + 1

    def _home(self, key: str) -> str:
        return str(vocabulary().organisations[key].get("country", ""))
