"""Parties: who does what a verb says and to whom, by the form of its clause."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.extract.borders import touch
from onrecord.extract.codebook import Form, Hit
from onrecord.extract.tokens import Tokens, has_mark
from onrecord.extract.words import base, words
from onrecord.records import Extent

_MOST = 14
"""Nobody who acts is named in more words than this."""


_LONGEST = 200
"""No name is longer than this."""
_CHAIN = 5
"""A verb hangs on no more verbs than this."""
_BESIDE_VERB = (("events", "between"), ("verbs", "auxiliaries"), ("events", "linking"), ("events", "when"))
"""What stands between a subject and its verb."""


def actor(tokens: Tokens, hit: Hit, low: int, high: int) -> Extent | None:
    """Who acts: the subject of the verb, or behind a passive the phrase with "by"; words ``low`` to ``high`` are the sentence."""
    if hit.passive:
        return _agent(tokens, hit.last + 1, high)
    return subject(tokens, hit.verb, low, hit.form)


def recipient(tokens: Tokens, hit: Hit, low: int, high: int) -> Extent | None:
    """Who is acted on: the phrase behind the preposition that follows the object, else the object; of a passive its subject."""
    if hit.passive:
        return subject(tokens, hit.verb, low, "past")
    if hit.last > hit.verb + 1 and tokens.lows[hit.verb + 1] not in words("events", "prepositions") and hit.head is None:
        # "ordered the rebels to leave": who stands between the verb and its particle.
        return _phrase(tokens, hit.verb + 1, hit.last)
    direct = hit.head is None or tokens.lows[hit.head] in words("events", "acted_on")
    at = hit.last + 1
    if not direct and hit.head is not None:
        # "gave Iran an ultimatum": who stands between verb and object.
        between = _phrase(tokens, at, hit.head + 1)
        if between is not None and tokens.has_capital(tokens.first(between[0])) and between[1] < tokens.starts[hit.head]:
            return between
        return _behind(tokens, hit.head + 1, high)
    if at < high and tokens.lows[at] in words("events", "toward") and not tokens.before(at).strip():
        return _phrase(tokens, at + 1, high)
    found = _phrase(tokens, at, high)
    if found is None:
        return _behind(tokens, at, high)
    last = tokens.first(found[1]) - 1
    if tokens.lows[last] in words("events", "utterances") and last + 2 < high and tokens.lows[last + 1] in ("from", "by"):
        # "rejected a call from the union": it is the union that is rejected.
        return _phrase(tokens, last + 2, high) or found
    return found


def subject(tokens: Tokens, verb: int, low: int, form: Form) -> Extent | None:
    """The phrase before a verb that is its subject: of an infinitive, a participle or a second verb that of the verb it hangs on."""
    for _ in range(_CHAIN):
        back = tokens.back_over(verb, low, *_BESIDE_VERB)
        if back < low:
            return None
        gap = tokens.before(back + 1)
        if gap.strip() in (")", "),") and (opened := _bracket(tokens, back, low)) is not None:
            back, gap = opened, " "
        word = tokens.lows[back]
        if _hangs(word, gap, form):
            main = _verb_before(tokens, back, low)
            if main is None:
                return None
            if word == "to" and base(tokens.lows[main]) in words("events", "object_control"):
                return _phrase(tokens, main + 1, back)
            verb, form = main, "past"
        elif word in words("events", "stand_ins") and (saying := _saying(tokens, back, low)) is not None:
            # "Ruritania said it had expelled two diplomats": who speaks is who acts.
            verb, form = saying, "past"
        elif word in ("who", "which", "that") and back > low:
            return _ending(tokens, back - 1, low)
        elif gap.strip() == ",":
            return _behind_aside(tokens, back, low)
        else:
            return None if _is_border(gap) else _ending(tokens, back, low)
    return None


def is_party(tokens: Tokens, extent: Extent, names: Sequence[Extent]) -> bool:
    """Whether the phrase stands for somebody in politics: it holds a name, or the word for an office, a force or a body.

    Args:
        names: where the text has names, in its order.
    """
    at = bisect_left(names, (extent[0] - _LONGEST, 0))
    while at < len(names) and names[at][0] < extent[1]:
        if touch(extent, names[at]):
            return True
        at += 1
    some = tokens.lows[tokens.first(extent[0]) : tokens.first(extent[1])]
    return any(word.removesuffix("'s") in words("events", "political") for word in some)


def _hangs(word: str, gap: str, form: Form) -> bool:
    """Whether a verb has its subject with another verb before it: an infinitive, a participle, the second of two."""
    if word in ("to", "and", "or", "then"):
        return True
    return form == "ing" and (word in words("events", "before_participle") or gap.strip() == ",")


def _bracket(tokens: Tokens, at: int, low: int) -> int | None:
    """The index of the word before a bracket that a word closes: "the Security Council (NSC) rejected"."""
    for place in range(at, max(at - 4, low), -1):
        if "(" in tokens.before(place):
            return place - 1
    return None


def _saying(tokens: Tokens, at: int, low: int) -> int | None:
    """The index of the verb of saying that a pronoun's clause hangs on, right before it or with a day between."""
    for place in range(at - 1, max(at - 6, low) - 1, -1):
        if tokens.lows[place] in words("events", "saying"):
            return place
        if tokens.lows[place] not in words("events", "when") and tokens.lows[place] != "that":
            return None
    return None


def _verb_before(tokens: Tokens, at: int, low: int) -> int | None:
    """The index of the nearest main verb before a place, in the same sentence."""
    return next((place for place in range(at - 1, low - 1, -1) if _is_main(tokens, place, low)), None)


def _is_main(tokens: Tokens, at: int, low: int) -> bool:
    """Whether a word is the verb of a clause, by its form and the word before it."""
    spelt = tokens.lows[at]
    if spelt in words("events", "linked"):
        return True
    stem = base(spelt)
    if spelt in words("verbs", "auxiliaries") or stem is None or tokens.has_capital(at):
        return False
    before = tokens.lows[at - 1] if at > low else ""
    if before in words("events", "before_noun") or before in words("events", "prepositions"):
        return False
    if spelt.endswith("ing"):
        return before in words("events", "be")
    if spelt == stem:
        return before in words("events", "before_base")
    return not spelt.endswith("s") or spelt not in words("events", "plural_nouns")


def _ending(tokens: Tokens, last: int, low: int) -> Extent | None:
    """The noun phrase that ends with a word: back to the start of its clause."""
    first = last
    while first > low:
        gap = tokens.before(first)
        word = tokens.lows[first - 1]
        if _is_border(gap) or word in words("events", "opens_phrase"):
            break
        if "," in gap and gap != "," and not _listed(tokens, first):
            break
        if word in words("verbs", "auxiliaries") or (base(word) is not None and _finite(tokens, first - 1, low)):
            break
        first -= 1
    return _named(tokens, first, last)


def _is_border(gap: str) -> bool:
    """Whether what stands between two words parts their phrases: a bracket, a quotation mark, a dash."""
    return has_mark(gap) or "--" in gap or " - " in gap


def _finite(tokens: Tokens, at: int, low: int) -> bool:
    """Whether the word is surely a verb: a form in the past with no article or preposition before it."""
    word = tokens.lows[at]
    if tokens.has_capital(at) or not (word.endswith("ed") or word in words("events", "linked")):
        return False
    return not (at > low and tokens.lows[at - 1] in words("events", "before_noun"))


def _listed(tokens: Tokens, at: int) -> bool:
    """Whether the comma before a word stands in a list of names: "Bahrain, Kuwait and Oman"."""
    if not (tokens.has_capital(at - 1) and tokens.has_capital(at)):
        return False
    return any(tokens.lows[place] in ("and", "or") for place in range(at + 1, min(at + 7, len(tokens))))


def _behind_aside(tokens: Tokens, last: int, low: int) -> Extent | None:
    """The phrase that an aside between commas stands behind: "the minister, who resigned, attacked"."""
    for place in range(last, low, -1):
        if "," in tokens.before(place):
            return _ending(tokens, place - 1, low)
    return None


def _agent(tokens: Tokens, at: int, high: int) -> Extent | None:
    """The phrase behind the next "by" of the clause."""
    for place in range(at, min(at + 8, high - 1)):
        if _is_border(tokens.before(place)) or tokens.lows[place] in words("events", "opens_clause"):
            return None
        if tokens.lows[place] == "by" and not tokens.lows[place + 1].endswith("ing"):
            return _phrase(tokens, place + 1, high)
    return None


def _behind(tokens: Tokens, at: int, high: int) -> Extent | None:
    """The phrase behind the next preposition that leads to somebody: against, on, with, to, into, from."""
    for place in range(at, min(at + 10, high - 1)):
        if _is_border(tokens.before(place)) or tokens.lows[place] in words("events", "opens_clause"):
            return None
        if tokens.lows[place] in words("events", "toward"):
            found = _phrase(tokens, place + 1, high)
            if found is not None:
                return found
    return None


def _phrase(tokens: Tokens, first: int, high: int) -> Extent | None:
    """The noun phrase that begins with a word, up to the next verb, mark or preposition but "of"."""
    while first < high and (tokens.lows[first] in words("events", "skipped") or tokens.lows[first].endswith("ly")):
        first += 1
    last = first - 1
    for place in range(first, min(first + _MOST, high)):
        word, gap = tokens.lows[place], tokens.before(place)
        if place > first and (_is_border(gap) or ("," in gap and gap != "," and not _listed(tokens, place))):
            break
        if word in words("events", "ends_phrase") or word in words("verbs", "auxiliaries"):
            break
        if word in words("events", "days") or (place > first and (_is_participle(tokens, place) or _begins(tokens, place))):
            break
        last = place
    while last >= first and tokens.lows[last] in words("events", "never_last"):
        last -= 1
    return _named(tokens, first, last) if last >= first else None


def _is_participle(tokens: Tokens, at: int) -> bool:
    """Whether a word begins a clause of its own behind a noun: "soldiers captured near the border"."""
    word = tokens.lows[at]
    if tokens.has_capital(at) or base(word) is None or not (word.endswith(("ed", "ing")) or word in words("events", "linked")):
        return False
    return tokens.lows[at - 1] not in words("events", "before_noun")


def _begins(tokens: Tokens, at: int) -> bool:
    """Whether an article opens a second phrase behind a first: "Iran an ultimatum"."""
    return tokens.lows[at] in ("a", "an", "the") and tokens.lows[at - 1] not in words("events", "before_article")


def _named(tokens: Tokens, first: int, last: int) -> Extent | None:
    """The extent of the words, without small words at its edges; None where it has too many or names nobody."""
    while first <= last and (tokens.lows[first] in words("events", "never_first") or (tokens.lows[first].endswith("ly") and first < last)):
        first += 1
    while first <= last and tokens.lows[last] in words("events", "never_last"):
        last -= 1
    if first > last or last - first >= _MOST or tokens.lows[last] in words("events", "nobody"):
        return None
    return tokens.extent(first, last)
