"""Sayings: statements, in any article, that report one speaker saying one thing on one occasion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice

from onrecord.codec import encode
from onrecord.group.gist import Gist, gists
from onrecord.group.likeness import RUN, Lens, Nearness, forbidden, likeness, nested, quotation
from onrecord.group.sheets import MOST as COMPARED
from onrecord.group.sheets import Asked, Sheet, sheet, topical
from onrecord.group.voices import apart, mouthpiece, voice
from onrecord.records import tagged
from onrecord.reports import Copy, Key, Placed, Placement, Report, SayingShelf

RULE = "sayings/1"
"""Name and version of the rules by which statements are joined."""
MOST = 40
"""Articles that one article is compared with at most."""
_APART = 16
"""Articles of no common story among them."""
_LIKE = 120
"""Statements that one statement is compared with at most."""
_SPEAKERS = 60
"""Speakers of one article who are looked for outside its story."""
_WINDOW = 5
"""Days before and after in which another report of the same saying is looked for outside the story."""
_KNOWN = 40
"""Wordings of one saying that are looked at before another is added."""
_PARTS = ("another condition", "another number")
_SPOKEN = 0.6
"""The same where a body and a person stand side by side of whom it is not known that he speaks for it."""
_STRANGE = 0.15
"""Share of words below which two wordings have nothing to do with each other, but for a third one that has what both have."""
_FEW = 0.34
"""Share of such pairs that one saying may have."""
_MEAN = 0.4
"""How alike, on average, the wordings of two sayings must be before these become one."""


def place(report: Report, copies: Sequence[Copy], neighbours: Sequence[str], shelf: SayingShelf) -> Placement:
    """Where the report's statements belong: in sayings that are held, or in new ones.

    Args:
        report: the article.
        copies: how it stands to the articles that it copies or that copy it.
        neighbours: articles of its story, the nearest first.
        shelf: the ledger.
    """
    own = gists(report)
    copied = {copy.of if copy.article == report.article else copy.article for copy in copies}
    near = _candidates(report, own, [*copied, *neighbours], shelf)
    sheets = {each.gists[0].article: each for packed in shelf.gists(near) if (each := sheet(packed)).gists}
    board = _Board(report.article, Sheet(own), sheets, shelf)
    nearness = {article: _nearness(article, report.article, copied, frozenset(neighbours)) for article in (*near, report.article)}
    links = sorted(_links(board, own, nearness), key=_rank)
    board.begin(own, links)
    for link in links:
        board.join(*link)
    return board.placement(report, own)


def _candidates(report: Report, own: Sequence[Gist], first: Sequence[str], shelf: SayingShelf) -> list[str]:
    """The articles to compare with: copies and story before whatever else the same speakers are in."""
    found = dict.fromkeys(article for article in first if article != report.article)
    windows: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for gist in own:
        days = (_moved(gist.first or gist.day, -_WINDOW), _moved(gist.last or gist.day, _WINDOW))
        actors, countries = windows.setdefault(days, (set(), set()))
        actors.update(a for a in gist.actors if not a.startswith(("group:", "outlet:")))
        countries.update(gist.countries if not gist.actors or gist.actors[0].startswith("group:") else ())
    most = min(MOST, len(found) + _APART)
    for (start, end), (actors, countries) in sorted(windows.items(), key=lambda window: window[0], reverse=True):
        if len(found) >= most:
            break
        if actors or countries:
            more = shelf.spoken(sorted(actors)[:_SPEAKERS], sorted(countries)[:_SPEAKERS], start, end, most - len(found))
            found.update(dict.fromkeys(article for article in more if article != report.article))
    return list(found)[:MOST]


def _moved(day: str, by: int) -> str:
    try:
        return (date.fromisoformat(day[:10]) + timedelta(days=by)).isoformat()
    except OverflowError:
        return day[:10]


def _nearness(article: str, own: str, copied: Iterable[str], story: Iterable[str]) -> Nearness:
    if article in copied:
        return "copy"
    return "story" if article == own or article in story else "apart"


Link = tuple[float, tuple[str, ...], Key, Key]
"""How alike, why, one of the report's statements, and another one."""


def _links(board: _Board, own: Sequence[Gist], nearness: Mapping[str, Nearness]) -> Iterator[Link]:
    """Each pair of one of the report's statements and another one that are alike enough."""
    earlier: set[Key] = set()
    for gist in own[:COMPARED]:
        mine = board.lens(key(gist))
        for other in islice(board.like(gist), _LIKE):
            k = key(other)
            if mine is None or (other.article == gist.article and k not in earlier):
                continue
            theirs = board.lens(k)
            found = None if theirs is None else likeness(mine, theirs, nearness[other.article])
            if found is not None:
                yield found.score, found.reasons, key(gist), k
        earlier.add(key(gist))


def _rank(link: Link) -> tuple[float, Key, Key]:
    """The surest first: those of one speaker before those of two that may be one."""
    score, reasons, mine, theirs = link
    return (-score + (0.0 if reasons[0] == "same speaker" else 0.15), mine, theirs)


def key(gist: Gist) -> Key:
    """What names the statement."""
    return gist.article, gist.anchor


class _Board:
    """The sayings as they stand while an article's statements are placed."""

    def __init__(self, article: str, own: Sheet, around: Mapping[str, Sheet], shelf: SayingShelf) -> None:
        self._article = article
        self._sheets = [*around.values(), own]
        self._gists = {key(gist): gist for each in self._sheets for gist in each.gists}
        self._topical = topical(self._sheets)
        self._lenses: dict[Key, Lens] = {}
        self._why: dict[Key, tuple[float, tuple[str, ...]]] = {}
        filed = shelf.filed([article, *around])
        self._before = {k: saying for k, saying in filed.items() if k[0] == article}
        self._saying = {k: saying for k, saying in filed.items() if k[0] != article and k in self._gists}
        self._known = frozenset(filed.values())
        self._shelf = shelf
        self._members: dict[str, list[Key]] = {}
        self._merged: list[tuple[str, str]] = []
        self._refused: set[tuple[str, str, int, int]] = set()

    def like(self, gist: Gist) -> Iterator[Gist]:
        """The gists, of all articles at hand, that may be like this one."""
        asked = Asked(gist)
        for each in self._sheets:
            yield from each.like(asked)

    def lens(self, k: Key) -> Lens | None:
        """The statement as it is compared; None where it is not at hand."""
        found = self._lenses.get(k)
        if found is None and k in self._gists:
            found = self._lenses[k] = Lens(self._gists[k], self._topical)
        return found

    def _fill(self, links: Sequence[Link]) -> None:
        """All statements of the sayings met, also those of articles that are not compared."""
        met = {self._saying[k] for _, _, mine, theirs in links for k in (mine, theirs) if k in self._saying}
        held = self._shelf.worded(sorted({*met, *self._before.values()}), _KNOWN)
        self._members = {saying: [k for k in keys if k[0] != self._article] for saying, keys in held.items()}
        missing = dict.fromkeys(k[0] for keys in self._members.values() for k in keys if k not in self._gists)
        for packed in self._shelf.gists(list(missing)[:MOST]):
            self._gists.update({key(gist): gist for gist in sheet(packed).gists if key(gist) not in self._gists})
        for k, saying in self._saying.items():
            if saying in met and k not in self._members.setdefault(saying, []):
                self._members[saying].append(k)

    def begin(self, own: Sequence[Gist], links: Sequence[Link]) -> None:
        """Put each of the report's statements where it was before, if it is still like something there; else in a saying of its own."""
        self._fill(links)
        known = {key(gist) for gist in own}
        settled = True
        while settled:
            settled = False
            for score, reasons, mine, theirs in links:
                for one, other in ((mine, theirs), (theirs, mine)):
                    before = self._before.get(one)
                    if one in known and one not in self._saying and before is not None and self._saying.get(other) == before:
                        self._put(one, before)
                        self._why[one] = (score, reasons)
                        settled = True
        for gist in own:
            if key(gist) not in self._saying:
                self._put(key(gist), self._fresh(key(gist)))

    def _fresh(self, k: Key) -> str:
        """An id that nobody else has: that which it had before where nobody else is left in it."""
        for id_ in (self._before.get(k), tagged("sy", *k), tagged("sy", *k, "again")):
            if id_ is not None and not self._members.get(id_):
                return id_
        return tagged("sy", *k, "again", *sorted(self._known))

    def _put(self, k: Key, saying: str) -> None:
        self._saying[k] = saying
        self._members.setdefault(saying, []).append(k)

    def join(self, score: float, reasons: tuple[str, ...], mine: Key, theirs: Key) -> None:
        """Make one saying of the two that these stand in, unless something in either forbids it."""
        one, other = self._saying.get(mine), self._saying.get(theirs)
        if one is None or other is None:
            return
        if one != other:
            # What was refused is refused again as long as nobody joins either.
            pair = (one, other, len(self._members[one]), len(self._members[other]))
            if pair in self._refused or not self._allowed(self._members[one], self._members[other]):
                self._refused.add(pair)
                return
            kept, gone = self._order(one, other)
            for k in self._members[gone]:
                self._saying[k] = kept
            self._members[kept] += self._members.pop(gone)
            self._merged.append((gone, kept))
        if mine not in self._why or score > self._why[mine][0]:
            self._why[mine] = (score, reasons)

    def _allowed(self, these: Sequence[Key], those: Sequence[Key]) -> bool:
        """Whether no pair of the two forbids it, and they are alike on the whole."""
        mine = [lens for k in these[:_KNOWN] if (lens := self.lens(k)) is not None]
        theirs = [lens for k in those[:_KNOWN] if (lens := self.lens(k)) is not None]
        total, strange, needed = 0.0, 0, _MEAN
        for one in mine:
            for other in theirs:
                run = quotation(one, other)
                shared = _shared(one, other, run)
                total += shared
                strange += shared < _STRANGE
                if run < RUN and apart(one.gist, other.gist) and not _introduced(one, other, mine, theirs):
                    if not mouthpiece(one.gist, other.gist):
                        return False
                    needed = _SPOKEN
                if nested(one.gist, other.gist):
                    return False
                why = forbidden(one, other, run)
                if why is not None and not (why in _PARTS and _fuller(one, other, (*mine, *theirs))):
                    return False
        pairs = len(mine) * len(theirs)
        return not pairs or (total / pairs >= needed and strange <= _FEW * pairs)

    def _order(self, one: str, other: str) -> tuple[str, str]:
        """The saying that stays, which is one that was held before, and of two the one with the older statement; and the one that goes."""
        ranked = sorted((one, other), key=lambda saying: (saying not in self._known, self._age(saying), saying))
        return ranked[0], ranked[1]

    def _age(self, saying: str) -> tuple[str, str, int]:
        known = [self._gists[k] for k in self._members[saying] if k in self._gists]
        return min(((gist.day, gist.article, gist.at) for gist in known), default=("", "", 0))

    def placement(self, report: Report, own: Sequence[Gist]) -> Placement:
        """What was concluded."""
        placed = []
        for gist in own:
            saying = self._saying[key(gist)]
            alone = saying == tagged("sy", *key(gist)) or not any(k != key(gist) for k in self._members[saying])
            score, reasons = self._why.get(key(gist), (1.0, ()))
            placed.append(
                Placed(
                    statement=gist.statement,
                    anchor=gist.anchor,
                    saying=saying,
                    day=gist.day,
                    at=gist.at,
                    score=1.0 if alone else score,
                    reasons=() if alone else reasons,
                    rule=RULE,
                )
            )
        ends = dict(self._merged)
        merged = tuple((gone, _last(ends, gone)) for gone, _ in self._merged if gone in self._known)
        return Placement(article=report.article, reading=report.reading, gists=encode(tuple(own)), placed=tuple(placed), merged=merged)


def _introduced(one: Lens, other: Lens, mine: Sequence[Lens], theirs: Sequence[Lens]) -> bool:
    """Whether a third wording has the same speaker as one of two that seem apart, and with it is not: that report says whose he is."""
    return any(voice(each.gist, one.gist) == "same" and not apart(each.gist, other.gist) for each in theirs) or any(
        voice(each.gist, other.gist) == "same" and not apart(each.gist, one.gist) for each in mine
    )


def _fuller(one: Lens, other: Lens, rest: Sequence[Lens]) -> bool:
    """Whether a third one has what both have: then each has left out another part of it."""
    size = max(one.total, other.total)
    return any(each.total > size and forbidden(each, one) is None and forbidden(each, other) is None for each in rest)


def _shared(one: Lens, other: Lens, run: int) -> float:
    if run >= RUN or one.gist.said == other.gist.said:
        return 1.0
    shared = sum(min(w, other.content[s]) for s, w in one.content.items() if s in other.content)
    return shared / max(min(one.total, other.total), 0.1)


def _last(ends: Mapping[str, str], saying: str) -> str:
    while saying in ends:
        saying = ends[saying]
    return saying
