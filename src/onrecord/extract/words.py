"""The word lists that the rules here go by, and the forms of verbs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from onrecord.lexicons import load

TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
"""A word with its apostrophes and hyphens."""


@cache
def words(lexicon: str, key: str) -> frozenset[str]:
    """The entries of one list of a lexicon, in lower case."""
    entries = load(lexicon)[key]
    return frozenset(entry.lower() for entry in (entries.split() if isinstance(entries, str) else entries))


@cache
def table(lexicon: str, key: str) -> dict[str, str]:
    """One table of a lexicon, from lower-case words to what they stand for."""
    return {entry.lower(): value for entry, value in load(lexicon)[key].items()}


@cache
def given_names() -> frozenset[str]:
    """The given names that are known, in their own case."""
    return frozenset(name for names in load("given_names").values() if isinstance(names, str) for name in names.split())


@cache
def phrases(entries: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the entries as whole words, the longest first, whatever the case and the kind of apostrophe."""
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    spelt = (re.escape(entry).replace(r"\ ", r"\s+").replace("'", "['’]") for entry in ordered)
    return re.compile(r"(?<!\w)(?:" + "|".join(spelt) + r")(?!\w)", re.IGNORECASE)


@cache
def verbs() -> frozenset[str]:
    """The base forms that are known."""
    return frozenset(load("verbs")["base"].split())


@cache
def base(form: str) -> str | None:
    """The base form of a verb form in lower case, or None where it is no form of a known verb."""
    known, irregular = verbs(), table("verbs", "irregular")
    if form in irregular:
        return irregular[form]
    if form in known:
        return form
    for candidate in _stems(form):
        if candidate in known:
            return candidate
    return None


@cache
def lemma(cue: str) -> str:
    """The cue's head in its base form: "signal" for "have signaled", "rule out" for "did not rule out", "according to" as it stands."""
    tokens = [hit.group().lower().replace("’", "'") for hit in TOKEN.finditer(cue)]
    if not tokens:
        return cue.strip()
    if tokens[0] in ("according", "per") or tokens[:2] == ["in", "accordance"]:
        return " ".join(tokens)
    auxiliaries, negations = words("verbs", "auxiliaries"), words("negation", "words")
    at = 0
    while at < len(tokens) - 1 and (
        tokens[at] in auxiliaries or tokens[at] in negations or tokens[at].endswith("ly") or tokens[at] in words("grammar", "light")
    ):
        at += 1
    head = base(tokens[at]) or _guess(tokens[at])
    if at + 1 < len(tokens) and tokens[at + 1] in words("verbs", "particles"):
        return f"{head} {tokens[at + 1]}"
    return head


def _stems(form: str) -> Iterable[str]:
    """What may be the base of a regular form, the likeliest first."""
    for ending in ("ing", "ed"):
        if form.endswith(ending) and len(form) > len(ending) + 1:
            stem = form[: -len(ending)]
            yield stem + "e"
            yield stem
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
            if ending == "ed" and stem.endswith("i"):
                yield stem[:-1] + "y"
    if form.endswith("ies"):
        yield form[:-3] + "y"
    if form.endswith("es"):
        yield form[:-2]
    if form.endswith("s") and not form.endswith("ss"):
        yield form[:-1]


def _guess(form: str) -> str:
    """The base of a form whose verb is not known; nouns (refusal, claim) stay as they are."""
    if form.endswith("ied"):
        return form[:-3] + "y"
    for ending in ("ing", "ed"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form[: -len(ending)]
            if stem[-1] == stem[-2] and stem[-1] not in "fslz":
                return stem[:-1]
            return stem + "e" if stem[-1] in "cgvzu" or (stem[-1] == "l" and stem[-2] in "bdgkptz") else stem
    return form
