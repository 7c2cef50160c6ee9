"""Clauses: where a clause of a sentence ends and the next begins, by commas, small words and verbs alone.

Had they left at dawn, he said, they would have arrived by noon, because …
    ~~~~~~~~~~~~~~~~~           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from onrecord.extract.words import TOKEN, base, table, words
from onrecord.records import Extent

Word = tuple[str, int]
"""A word in lower case, and where it begins."""

_STOP = re.compile(r"[;:!?()\[\]–—“”\"]|\s--?\s|--|\.\.|…")
_LINKS = re.compile(r"[;:–—“”\"()]|\s-\s|,\s+(?:and|so|since|while|as)\s|,?\s+(?:but|yet|because|although|though)\s|\.\s")
_THAT = re.compile(r"\s*(?:[\w’']+\s+){0,4}?that\s")
_JOINT = re.compile(r",?\s+(and|or|but|so|yet)\s+", re.IGNORECASE)
_SO = re.compile(r",\s+(?=so\s+(?!that\b))")
_COMMA = re.compile(r",(?!\d)")
_SUPPOSING = re.compile(
    r"\b(?:would|could|might|should)(?:n['’]t)?\s+(?:[\w’']+\s+){0,3}?(?:have|be)\b|['’]d\s+(?:not\s+|never\s+)?have\b", re.IGNORECASE
)
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ]")
_GOES_ON = re.compile(r"\s*[\w,]")
_ENDED = re.compile(r"[.;:!?]\s")
_NEAR = 80
"""Subject and participle of an inverted clause stand within this of its verb."""
_ASIDE = 120
"""What stands between two dashes is no longer than this."""
_SCARE = 60
"""A few quoted words without a verb, no longer than this, are a part of their clause."""
_CLOSING = {"“": "”", '"': '"'}


def stop(text: str, start: int, last: int) -> int:
    """Where the first mark stands that ends a clause, else ``last``; what brackets, two dashes or scare quotes hold is passed over."""
    place = start
    while (hit := _STOP.search(text, place, last)) is not None:
        closing = _closed(text, hit, last)
        if closing is None:
            return hit.start()
        place = closing
    return last


def _closed(text: str, opened: re.Match[str], last: int) -> int | None:
    """Behind what closes this mark, where the clause goes on behind it; None where it does not."""
    mark, start = opened.group(), opened.end()
    if mark in _CLOSING:
        end = text.find(_CLOSING[mark], start, min(last, start + _SCARE))
        return None if end < 0 or has_verb(text, start, end) else end + 1
    if mark == "(" or mark.strip() in ("-", "--", "–", "—"):
        end = text.find(")" if mark == "(" else mark, start, min(last, start + _ASIDE))
        if end >= 0 and _ENDED.search(text, start, end) is None and _GOES_ON.match(text, end + len(mark), last) is not None:
            return end + len(mark)
    return None


def beginning(text: str, first: int, place: int, cues: Sequence[Extent]) -> int:
    """Where the clause begins that ends at a place: behind a mark, a link, the words that attribute it, or a comma."""
    for hit in _LINKS.finditer(text, first, place):
        if not hit.group().strip(" ,").isalpha() or opens(text, hit.end(), place) or not text[hit.end() : place].strip():
            first = hit.end()
    for start, end in cues:
        if first <= start and end <= place:
            that = _THAT.match(text, end, place)
            behind = end if that is None else that.end()
            # "would have been surprised" may itself be what the reader took for words that attribute.
            first = behind if opens(text, behind, place) else first
    end = place
    for hit in reversed(list(_COMMA.finditer(text, first, place))):
        if opens(text, hit.end(), end) and not is_modal(_row(text, hit.end(), end)[0][0]):
            return hit.end()
        end = hit.start()
    return first


def main_clause(text: str, start: int, last: int, *, loose: bool, phrase: bool = False) -> tuple[int, int] | None:
    """Where a subordinate clause that begins at ``start`` ends, and where its main clause begins; None where the form does not tell.

    Args:
        loose: whether no comma need part the two.
        phrase: whether what is subordinate needs no verb: "without a map".
    """
    return _at_comma(text, start, last, phrase) or (_at_subject(text, start, last) if loose else None)


def _at_comma(text: str, start: int, last: int, phrase: bool) -> tuple[int, int] | None:
    """The comma behind which the main clause begins: "had they left | , they would …"."""
    places = [hit.start() for hit in _COMMA.finditer(text, start, last)]
    for comma, end in pairwise([*places, last]):
        if (phrase or has_verb(text, start, comma)) and opens(text, comma + 1, end):
            return comma, comma + 1
    return None


def _at_subject(text: str, start: int, last: int) -> tuple[int, int] | None:
    """The pronoun or name before "would" where no comma parts the clauses: "had they left | they would have …"."""
    row = _row(text, start, last)
    for at in range(2, len(row)):
        if not is_modal(row[at][0]):
            continue
        contracted = row[at][0].partition("'")[0] in words("grammar", "pronouns")
        first = at if contracted else at - 1
        while first > 1 and row[first][0].endswith("ly"):
            first -= 1
        if not contracted and row[first][0] not in words("grammar", "pronouns") and _NAME.match(text, row[first][1]) is None:
            continue
        while first > 1 and _NAME.match(text, row[first][1]) and _NAME.match(text, row[first - 1][1]):
            first -= 1
        if row[first - 1][0] not in words("grammar", "relative") and has_verb(text, start, row[first][1]):
            return row[first][1], row[first][1]
    return None


def next_clause(text: str, start: int, last: int, *, joined: bool) -> re.Match[str] | None:
    """What joins the next clause with a subject of its own: "they leave | but it holds"; where ``joined``, not "and" and "or"."""
    for hit in _JOINT.finditer(text, start, last):
        if not (joined and hit.group(1).lower() in ("and", "or")) and opens(text, hit.end(), last):
            return hit
    return None


def conclusion(text: str, start: int, last: int) -> re.Match[str] | None:
    """The comma before a clause that concludes: "the ford would fall | , so they hold it"."""
    return next((hit for hit in _SO.finditer(text, start, last) if opens(text, hit.end() + 2, last)), None)


def opens(text: str, start: int, last: int) -> bool:
    """Whether a main clause begins here: a subject with an auxiliary of its own, a pronoun with a verb, or a question."""
    row = _row(text, start, last)
    if not row or row[0][0] in _never_opens():
        return False
    if is_modal(row[0][0]):
        return True
    relative = False
    for (before, _), (word, _) in pairwise(row):
        if word in words("grammar", "relative") and before not in words("grammar", "pronouns") and before != row[0][0]:
            relative = True
        elif is_modal(word) or _auxiliary(word) or (before in words("grammar", "pronouns") and base(word) is not None):
            if not relative:
                return True
            relative = False
    return _contracted(row[0][0])


def depends(text: str, start: int, last: int) -> bool:
    """Whether one of the words begins a dependent clause."""
    return any(word in words("grammar", "subordinators") or word in words("grammar", "relative") for word, _ in _row(text, start, last))


def inverted(text: str, start: int, last: int, *, supposed: bool) -> bool:
    """Whether a subject follows the verb that ends at ``start``, and a participle the subject: "had | the talks been held".

    Args:
        supposed: whether "not" or "to" follows instead, as behind "were": "were it | to fail"; behind "should" a verb may.
    """
    row = _row(text, start, min(last, start + _NEAR))
    if not row or row[0][0] == "to" or row[0][0].endswith("ly") or _auxiliary(row[0][0]) or _participle(row[0][0]):
        return False
    if supposed:
        subject = row[0][0] in words("grammar", "pronouns") | words("grammar", "determiners") or _NAME.match(text, row[0][1]) is not None
        return subject and any(
            word in ("not", "to") or (base(word) == word and before not in words("grammar", "nominal"))
            for (before, _), (word, _) in pairwise(row)
        )
    return any(
        word in ("been", "not") or ((_participle(word) or word.endswith("ed")) and before not in words("grammar", "nominal"))
        for (before, _), (word, _) in pairwise(row)
    )


def supposing(text: str, start: int, last: int) -> int | None:
    """Behind the last "would have" or "could be" with which the words suppose something; None where there is none."""
    hits = list(_SUPPOSING.finditer(text, start, last))
    return hits[-1].end() if hits else None


def has_modal(text: str, start: int, last: int) -> bool:
    """Whether something would, could, may or will be, by the words."""
    return any(is_modal(word) for word, _ in _row(text, start, last))


def has_auxiliary(text: str, start: int, last: int) -> bool:
    """Whether an auxiliary is among the words."""
    return any(_auxiliary(word) or _contracted(word) for word, _ in _row(text, start, last))


def has_verb(text: str, start: int, last: int) -> bool:
    """Whether the form of a verb is among the words, even one that may be a noun's."""
    return any(
        _auxiliary(word) or _contracted(word) or base(word) is not None or word.endswith("ed") for word, _ in _row(text, start, last)
    )


def has_predicate(text: str, start: int, last: int) -> bool:
    """Whether a verb may stand behind the first word: a verb's form that no article or adjective makes a noun."""
    row = _row(text, start, last)
    if any(_auxiliary(word) or _contracted(word) for word, _ in row):
        return True
    return any(base(word) is not None and before not in words("grammar", "nominal") for (before, _), (word, _) in pairwise(row))


def is_elliptic(text: str, start: int, last: int) -> bool:
    """Whether the words need no further verb: "elected president", "so", "not for a clerk"."""
    row = _row(text, start, last)
    first = row[0][0] if row else ""
    return (
        first in words("markers", "fragments")
        or first in words("grammar", "pronouns")
        or (base(first) is not None and not first.endswith("s"))
    )


def breaks_off(text: str, start: int, last: int) -> bool:
    """Whether a clause ends before it is whole: behind its auxiliary, or before it has a verb."""
    row = _row(text, start, last)
    return bool(row) and (is_modal(row[-1][0]) or _auxiliary(row[-1][0]) or (len(row) > 1 and not has_verb(text, start, last)))


def is_modal(word: str) -> bool:
    """Whether the word says that something would, could, may or will be; its negated and shortened forms count."""
    stem = word.removesuffix("'ve").removesuffix("n't")
    return word in words("grammar", "modals") or stem in words("grammar", "modals") or word in ("can't", "cannot")


def _auxiliary(word: str) -> bool:
    return word in words("verbs", "auxiliaries") or word.endswith("n't")


def _contracted(word: str) -> bool:
    """Whether the word is a subject with its verb: "they'd", "it's"."""
    subject, mark, verb = word.partition("'")
    return bool(mark) and (verb in ("d", "ll", "re", "ve", "m") or (verb == "s" and subject in words("grammar", "pronouns") | {"what"}))


def _participle(word: str) -> bool:
    return (word.endswith("ed") and base(word) is not None) or (word in table("verbs", "irregular") and base(word) != word)


def _row(text: str, start: int, last: int) -> list[Word]:
    return [(hit.group().lower().replace("’", "'"), hit.start()) for hit in TOKEN.finditer(text, start, last)]


@cache
def _never_opens() -> frozenset[str]:
    """What a dependent clause or a further piece of one begins with."""
    asking = frozenset({"what", "how", "why", "that"})
    return (words("grammar", "relative") - asking) | words("grammar", "subordinators") | {"and", "or", "but", "nor", "than", "not"}
