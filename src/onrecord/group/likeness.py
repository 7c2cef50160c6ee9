"""How alike two statements are, and what forbids that they are one saying."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from onrecord.group.gist import Gist
from onrecord.group.terms import is_common, is_empty, stem
from onrecord.group.voices import Voice, mouthpiece, passes_on, principal, reporting, voice

Nearness = Literal["copy", "story", "apart"]
"""Of the articles: a copy of one another, of one story, or neither."""

RUN = 5
"""Words that a shared stretch of quotation needs to be strong proof."""
_WHOLE = 4
"""Words of a whole quotation by which a medium is heard to pass on what somebody else said."""
_LONG = 9
"""Words that nobody says alike on two days."""
_PARTIAL = 6
"""The same, where neither quotation stands in the other as a whole."""
_THRESHOLDS: dict[Voice, float] = {"same": 0.48, "office": 0.53, "seat": 0.66, "loose": 0.7, "vague": 0.78}
_APART = 0.08
"""How much more it takes where the articles are of no common story."""
_COPIED = -0.12
_NEARNESS: dict[Nearness, float] = {"copy": _COPIED, "story": 0.0, "apart": _APART}
_FURTHER = 0.16
"""More than all that speaks for one saying beside the words."""
NOTHING: Mapping[str, float] = {}
_LEAST = 1.5
"""Weight that must be shared."""
_TELLING = 0.6
"""Weight from which a word says something."""
_LATE = 3
"""Days between two articles of which neither says when it was said."""
_RETOLD = 14
"""The same where one names the medium that the other is or names, as in a later report on an interview."""
_LATER = 21
"""The same where a long quotation is shared."""
_REFUSING = frozenset({"refuse", "deny"})
_GRANTING = frozenset({"permit", "offer", "commit", "agree", "threaten", "plan"})
_KINDS = {
    **dict.fromkeys(("commit", "offer", "permit", "plan", "threaten", "agree"), "will"),
    **dict.fromkeys(("demand", "urge", "ask", "propose"), "ask"),
    **dict.fromkeys(("refuse", "deny"), "no"),
    **dict.fromkeys(("criticise", "accuse"), "blame"), "praise": "praise",
}  # fmt: skip
"""Acts that are kept apart more strictly; the others (to assert, to warn, to believe) may stand for any."""
_NEW = frozenset({"soften", "harden", "reverse"})


class Likeness(NamedTuple):
    """How alike two statements are: by how much they are over what is needed, and why, in words."""

    score: float
    reasons: tuple[str, ...]


class Lens:
    """A gist with what comparing needs, made once."""

    __slots__ = ("abroad", "bound", "content", "day", "gist", "negated", "numbers", "quoted", "runs", "span", "told", "total", "weights")

    def __init__(self, gist: Gist, topical: Mapping[str, float] = NOTHING) -> None:
        """Weigh the words; ``topical`` says of some by how much less they count here, because every other sentence has them."""
        self.gist = gist
        own = frozenset(gist.called)
        names = frozenset(gist.names)
        self.weights = _weighed(gist.words, names, own, topical)
        self.bound = _weighed(gist.bound, names, own, topical)
        self.content = {**self.weights, **self.bound} if self.bound else self.weights
        self.total = sum(self.content.values())
        self.abroad = _abroad(gist, own)
        self.negated = frozenset(gist.negated)
        self.numbers = frozenset(gist.numbers)
        self.quoted = sum(len(piece.split()) for piece in gist.quoted)
        self.runs: frozenset[tuple[str, ...]] | None = None
        self.told: frozenset[str] | None = None
        self.day = _ordinal(gist.day)
        self.span = (_ordinal(gist.first), _ordinal(gist.last)) if gist.first and gist.last else None

    @property
    def telling(self) -> frozenset[str]:
        """The words that say something."""
        if self.told is None:
            self.told = frozenset(stem for stem, weight in self.content.items() if weight >= _TELLING)
        return self.told


def _abroad(gist: Gist, own: frozenset[str]) -> frozenset[str]:
    """Countries beside the speaker's own."""
    states = [stem for stem in gist.words if stem.startswith("state:")]
    return frozenset(states) - own - _home(gist) if states else _NOWHERE


def _home(gist: Gist) -> frozenset[str]:
    return frozenset(f"state:{code}" for code in (*gist.countries, *gist.home))


_NOWHERE: frozenset[str] = frozenset()


def _weighed(stems: Iterable[str], names: frozenset[str], own: frozenset[str], topical: Mapping[str, float]) -> dict[str, float]:
    """What each shared word counts: names and numbers most, the speaker's own name and country hardly."""
    weights = {stem: 0.3 if stem in own else _usual(stem) or (1.3 if stem in names else 1.0) for stem in stems}
    for word in weights.keys() & topical.keys():
        weights[word] *= topical[word]
    return weights


@lru_cache(65536)
def _usual(stem: str) -> float:
    """What the word counts whoever says it; 0 where that depends."""
    if stem[0].isdigit():
        return 1.3
    if ":" in stem:
        return 0.8
    return 0.4 if is_common(stem) else 0.0


@lru_cache(4096)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()


def likeness(one: Lens, other: Lens, nearness: Nearness) -> Likeness | None:
    """How alike they are where they are one saying, else None."""
    if nested(one.gist, other.gist):
        return None
    who = voice(one.gist, other.gist)
    # What is cheap to find out comes first: most pairs end there.
    if nearness == "apart" and who in (None, "loose", "vague"):
        return None
    if nearness == "story" and who is None and not (mouthpiece(one.gist, other.gist) or passes_on(one.gist, other.gist)):
        return None
    run = quotation(one, other)
    if who is None and run > RUN and mouthpiece(one.gist, other.gist):
        who = "seat"
    if who is None and run >= _WHOLE and nearness != "apart" and passes_on(one.gist, other.gist):
        who = "loose"
    aligned = nearness == "copy" and _aligned(one, other)
    if who is None and not (aligned and _called_alike(one.gist, other.gist)):
        return None
    needed = _THRESHOLDS[who or "vague"] + _NEARNESS[nearness]
    if run < RUN:
        needed += _between(one.gist, other.gist) + _since(one, other)
    score = 1.0 if aligned and one.gist.said == other.gist.said else _score(one, other, run, needed)
    if score < needed:
        return None
    if not aligned and (forbidden(one, other, run) is not None or not _same_time(one, other, run, nearness)):
        return None
    return Likeness(round(min(1.0, score), 3), tuple(_reasons(one, other, who, run, aligned)))


def nested(one: Gist, other: Gist) -> bool:
    """Whether one stands in the other: what somebody is said to say of another's words is not that other's saying.

    A minister who says what his country will do does say it for the country: these are one.
    """
    within = one.article == other.article and (one.within == other.statement or other.within == one.statement)
    return within and not principal(one, other)


def forbidden(one: Lens, other: Lens, run: int = 0) -> str | None:
    """What forbids that the two are one saying, in words; None where nothing does."""
    mine, theirs = one.gist, other.gist
    if one.span and other.span and _disjoint(one.span, other.span) and not (run >= RUN and _published_since(one, other, run)):
        return "said on another day"
    if run >= RUN:
        return None
    if _other_number(one, other):
        return "another number"
    if mine.hearings and theirs.hearings and not set(mine.hearings) & set(theirs.hearings):
        return "said elsewhere"
    if (mine.continuity in _NEW) != (theirs.continuity in _NEW) and mine.article != theirs.article and not (one.span and other.span):
        return "a changed position"
    if bool(mine.continuity) != bool(theirs.continuity) and abs(one.day - other.day) > 1 and not (one.span and one.span == other.span):
        return "said anew"
    if _other_condition(one, other):
        return "another condition"
    if _turned(one, other) or _at_odds(mine, theirs):
        return "the contrary"
    if _other_target(one, other):
        return "another target"
    return None


def _disjoint(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] > other[1] or other[0] > one[1]


def _published_since(one: Lens, other: Lens, run: int) -> bool:
    """Whether one of the days may be that on which the medium printed what it was told a few days before, or the day before that."""
    assert one.span is not None
    assert other.span is not None
    apart = abs(one.span[0] - other.span[0])
    if run >= _LONG and apart <= 1 and one.gist.article != other.gist.article:
        return True
    return apart <= 4 and one.gist.article != other.gist.article and bool(set(one.gist.heard) & set(other.gist.heard))


def _other_number(one: Lens, other: Lens) -> bool:
    """Whether they give different numbers of the same thing."""
    if not one.numbers or not other.numbers:
        return False
    for value, unit in one.numbers:
        if unit:
            same = {v for v, u in other.numbers if u == unit}
            if same and value not in same and not {v for v, u in one.numbers if u == unit} & same:
                return True
    mine = {v for v, u in one.numbers if u not in _spans()}
    theirs = {v for v, u in other.numbers if u not in _spans()}
    return bool(mine and theirs and not mine & theirs)


@cache
def _spans() -> frozenset[str]:
    """Units of time, of which one report has days where another has the date."""
    return frozenset(stem(word) for word in ("day", "week", "month", "year", "hour", "minute"))


def _other_condition(one: Lens, other: Lens) -> bool:
    if not one.bound or not other.bound:
        return False
    shared = sum(min(w, other.bound[s]) for s, w in one.bound.items() if s in other.bound)
    least = min(sum(one.bound.values()), sum(other.bound.values()))
    return least >= 1.3 and shared < 0.25 * least


def _turned(one: Lens, other: Lens) -> bool:
    """Whether much of what both have is denied by one of them only."""
    if not (one.negated or other.negated):
        return False
    shared = [s for s in one.weights if s in other.weights]
    if not shared:
        return False
    # A refusal and a denial have the negation in the verb: "refuses to send", "will not send".
    flip = (one.gist.act in _REFUSING) != (other.gist.act in _REFUSING)
    told = one.gist.act == other.gist.act and one.gist.act in _KINDS
    if flip or told or (one.negated.intersection(shared) and other.negated.intersection(shared)):
        return False
    turned = [s for s in shared if (s in one.negated) != (s in other.negated)]
    return sum(one.weights[s] for s in turned) > 0.45 * sum(one.weights[s] for s in shared)


def _other_target(one: Lens, other: Lens) -> bool:
    """Whether each names countries beside the speaker's own, and none of them is the other's.

    Both have one speaker, whose country one of the reports may not give.
    """
    if not one.abroad or not other.abroad or one.abroad & other.abroad:
        return False
    return bool(one.abroad - _home(other.gist) - {*other.gist.called} and other.abroad - _home(one.gist) - {*one.gist.called})


def _same_time(one: Lens, other: Lens, run: int, nearness: Nearness) -> bool:
    """Whether they can have been said at one time, by the days given or by those of the articles."""
    if one.span and other.span:
        return True
    late = _LATER if run >= RUN else _LATE + (2 if nearness != "apart" else 0)
    if nearness != "apart" and _through(one.gist, other.gist):
        late = max(late, _RETOLD)
    if not one.span and not other.span:
        return abs(one.day - other.day) <= late
    dated, open_ = (one, other) if one.span else (other, one)
    first, last = dated.span or (dated.day, dated.day)
    fresh = last >= dated.day - 4 and abs(open_.day - dated.day) <= 1
    return fresh or first - 1 <= open_.day <= last + late + 4


def _through(one: Gist, other: Gist) -> bool:
    """Whether one says that it was said to, or comes through, a medium that the other names or is."""
    return bool(set(one.heard[:-1]) & set(other.heard) or set(other.heard[:-1]) & set(one.heard))


def quotation(one: Lens, other: Lens) -> int:
    """Words of the longest stretch quoted in one and standing in the other; 0 where that says too little to matter."""
    if not (one.quoted >= 3 or other.quoted >= 3):
        return 0
    best = 0
    for quoting, saying in ((one.gist, other.gist), (other.gist, one.gist)):
        for piece in quoting.quoted:
            size = piece.count(" ") - 1
            if size > best and size >= 3 and piece in saying.said and _telling(piece.split()) >= 2:
                best = size
    if best >= RUN:
        return best
    return RUN if _runs(one) & _all_runs(other) or _runs(other) & _all_runs(one) else best


@lru_cache(16384)
def _tells(word: str) -> bool:
    return not is_empty(word) and not is_common(stem(word))


def _telling(words: Sequence[str]) -> int:
    """How many of the words say something; of a whole quotation two are enough, also common ones."""
    return sum(_tells(word) for word in words) or sum(not is_empty(word) for word in words)


def _runs(lens: Lens) -> frozenset[tuple[str, ...]]:
    """The stretches of six telling words in its quotations."""
    if lens.runs is None:
        lens.runs = frozenset(run for piece in lens.gist.quoted for run in _shingles(piece))
    return lens.runs


def _all_runs(lens: Lens) -> frozenset[tuple[str, ...]]:
    return _shingled(lens.gist.said)


@lru_cache(8192)
def _shingled(said: str) -> frozenset[tuple[str, ...]]:
    return frozenset(_shingles(said))


def _shingles(piece: str) -> Iterable[tuple[str, ...]]:
    words = piece.split()
    tells = [_tells(word) for word in words]
    return (tuple(words[at : at + _PARTIAL]) for at in range(len(words) - _PARTIAL + 1) if sum(tells[at : at + _PARTIAL]) >= 3)


def _score(one: Lens, other: Lens, run: int, needed: float) -> float:
    """Share of the words in common, by weight; a long common quotation is proof by itself. Where it cannot be what is needed, 0 will do."""
    main = _overlap(one.weights, other.weights)
    whole = _overlap(one.content, other.content) if one.bound or other.bound else main
    words = max(main[0], whole[0]) if main[1] >= _LEAST or whole[1] >= _LEAST else 0.0
    if not run and words + _FURTHER < needed and one.gist.said != other.gist.said:
        return 0.0
    if not words and one.gist.said == other.gist.said and whole[1] >= 1.0:
        words = 0.75
    score = words and words * _slight(one, other) + _further(one, other)
    if run >= RUN:
        return max(score, 0.75 + min(0.25, 0.02 * (run - RUN)))
    return max(score, 0.6 if run == 4 else 0.52) if run and whole[1] >= 1.3 else score


def _slight(one: Lens, other: Lens) -> float:
    """Few words in many are no proof: "to send soldiers" stands in much that is said of soldiers, "the dam at Vik" in much about it."""
    small, large = sorted((one.total, other.total))
    if small < 2.6 and large > 2.5 * small:
        return 0.8
    mine, theirs = one.telling, other.telling
    return 0.85 if len(mine & theirs) <= 2 and min(len(mine - theirs), len(theirs - mine)) >= 2 else 1.0


def _further(one: Lens, other: Lens) -> float:
    """What speaks for one saying beside the words."""
    mine, theirs = one.gist, other.gist
    events = {e.partition(">")[0] for e in mine.events} & {e.partition(">")[0] for e in theirs.events}
    more = 0.04 if events else 0.0
    if mine.act == theirs.act and mine.act in _KINDS:
        more += 0.03
    if one.bound and other.bound and _overlap(one.bound, other.bound)[0] >= 0.5:
        more += 0.05
    if one.span and one.span == other.span:
        more += 0.03
    return more


def _overlap(one: dict[str, float], other: dict[str, float]) -> tuple[float, float]:
    """Between the share of the smaller and the share of both; and the shared weight."""
    shared = sum(min(w, other[s]) for s, w in one.items() if s in other)
    if not shared:
        return 0.0, 0.0
    mine, theirs = sum(one.values()), sum(other.values())
    return 0.5 * shared / min(mine, theirs) + 0.5 * shared / (mine * theirs) ** 0.5, shared


def _aligned(one: Lens, other: Lens) -> bool:
    """Whether two articles of which one is a copy have the same sentence here."""
    if one.gist.said == other.gist.said:
        return True
    share, weight = _overlap(one.content, other.content)
    return share >= 0.8 and weight >= _LEAST


def _called_alike(one: Gist, other: Gist) -> bool:
    return bool(set(one.called) & set(other.called)) or not one.called or not other.called


def _between(one: Gist, other: Gist) -> float:
    """How much more it takes between what somebody is said to have said and what somebody does by another's word, between two quotations
    of other words, and between what media report."""
    more = 0.0 if (one.within is None) == (other.within is None) else 0.08
    if _quotes(one) and _quotes(other):
        more += 0.12
    if reporting(one, other):
        more += 0.1
    mine, theirs = _KINDS.get(one.act), _KINDS.get(other.act)
    return more if mine is None or theirs is None or mine == theirs else more + 0.12


def _since(one: Lens, other: Lens) -> float:
    """How much more it takes where one quotes words that the other, said on a day before, has not: they may have come since."""
    for quoting, dated in ((one, other), (other, one)):
        if dated.span and not quoting.span and quoting.day > dated.span[1] + 1 and _quotes(quoting.gist):
            return 0.12
    return 0.0


def _quotes(one: Gist) -> bool:
    """Whether nearly all of it stands in quotation marks: of two such with other words neither words the other."""
    return bool(one.quoted) and 5 * sum(piece.count(" ") - 1 for piece in one.quoted) >= 4 * (one.said.count(" ") - 1)


def _at_odds(one: Gist, other: Gist) -> bool:
    """Whether one refuses or denies what the other grants."""
    return one.act != other.act and any(a.act in _REFUSING and b.act in _GRANTING for a, b in ((one, other), (other, one)))


def _reasons(one: Lens, other: Lens, who: Voice | None, run: int, aligned: bool) -> Iterable[str]:
    yield {"same": "same speaker", "office": "same office", "seat": "speaks for the same body"}.get(who or "", "no other speaker named")
    if aligned:
        yield "same place in a copy"
    if run:
        yield f"{run} words quoted alike" if run > RUN else "words quoted alike"
    shared = [s.lstrip("=").partition(":")[2] or s.lstrip("=") for s, w in one.content.items() if s in other.content and w >= 0.8]
    if shared:
        yield "shared: " + ", ".join(shared[:6])
