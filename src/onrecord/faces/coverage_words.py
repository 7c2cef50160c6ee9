"""What the faces of the coverage page say in the same words: headings, labels, lines of facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.ask import spelling
from onrecord.ask.accords import AGREEING
from onrecord.ask.scene import capital
from onrecord.ask.sheet import Accord, Clause, Coverage, Day, Entry, Utterance, Voice, Wanted, Words
from onrecord.faces.view import many
from onrecord.group.reasons import sentence

CAUTION = "What is reported here was said or written by those who are named; whether it is true is not judged."
BRIEF, VOICES, CONTRASTS, AGREEMENTS = "In brief", "What each actor says", "Contrasts", "Agreements"
BACKGROUND, EXPANDED, READING, TEXTS = "Background", "Expanded coverage", "Cited and not held", "The articles"
ALONE = "No other coverage is held."
NOTHING = "Nothing is on record here that no other report has."
NO_BRIEF = "Nothing on record here could be put in sentences that are proven by the articles’ words."
LABELS = {
    "says": "Said", "differs": "Worded otherwise", "confirms": "Confirms", "denies": "Denies", "later": "Later", "open": "Open",
    "adds": "Also", "origins": "Origins",
}  # fmt: skip
_RELATIONS = {
    "denies": "denial", "contests": "objection",
    "refuses": "refusal", "criticises": "criticism", "contrasts": "contrast", "echoes": "echo", "supports": "support",
}  # fmt: skip
GROUPS = {"binding": "Commitments, threats, offers", "refusing": "Refusals, denials, limits", "other": "Also said"}
ONLY = {"told": "Only here", "worded": "In words that no other report has"}
UNSURE = "unsure"
FOLD = 5
"""Sayings of one actor that are shown before the rest is folded."""
_KEEPS = {
    "maintain": "keeps the position", "reaffirm": "reaffirms it", "soften": "softens the position", "harden": "hardens the position",
    "reverse": "reverses the position",
}  # fmt: skip
_PLAIN = frozenset({"say", "says", "said", "tell", "tells", "told", "also said", "has said", "has told", ":"})
_DENYING = re.compile(r"\b(?:den[iy]|disput|reject|contest|refut|rebut|disown|contradict|repudiat)", re.IGNORECASE)
_ACTS = {"wish": "wishes", "agree": "agrees", "deny": "denies"}
LANGUAGES = {"en": "English"}


def facts(page: Coverage) -> Iterator[str]:
    """How much there is: days, reports, outlets, copies, origins."""
    if span := days(page):
        yield span
    yield many(page.reports, "report")
    if page.outlets:
        yield many(len(page.outlets), "outlet")
    yield "no copies" if not page.copies else f"{page.copies} copy" if page.copies == 1 else f"{page.copies} copies"
    yield origins(page)


def days(page: Coverage) -> str:
    """First and last day, where known."""
    first, last = page.first.first, page.last.to or page.last.first
    if not first or not last:
        return "day not known"
    if page.first == page.last:
        return spelling.day(page.first)
    return spelling.between(first, last)


def origins(page: Coverage) -> str:
    """``2 independent origins of the central statement``, with those that are not known; of the story, where there is none."""
    if page.central is not None and page.reports > 1:
        return f"{_independent(page.central.origins)} of the central statement" + _unknown(page.central.unknown)
    if page.origins is None:
        return "independent origins not counted"
    if page.origins and not page.origin_names:
        return f"{many(page.origins, 'origin')}, none of them held"
    return _independent(page.origins) + _unknown(page.unknown)


def _independent(count: int) -> str:
    return f"{count} independent origin" + ("" if count == 1 else "s")


def _unknown(count: int) -> str:
    return f", {count} not known" if count else ""


def source(outlet: str | None, when: Day) -> str:
    """``Die Lage, 26 May 2024``."""
    return ", ".join(filter(None, (outlet or "outlet unknown", spelling.day(when))))


def meta(entry: Entry) -> str:
    """Day, time, language of a report."""
    language = LANGUAGES.get((entry.language or "").lower(), entry.language) or "language unknown"
    basis = {"inferred": "inferred", "unknown": "not known"}.get(entry.basis)
    when = spelling.day(entry.day) or "day unknown"
    clock = (
        entry.at[11:16] + (" UTC" if entry.at.endswith(("Z", "+00:00")) else f" {entry.at[19:]}") if entry.at and len(entry.at) > 16 else ""
    )
    return " · ".join(filter(None, (f"{when} ({basis})" if basis and entry.day.first else when, clock, language, _by(entry.byline))))  # fmt: skip # noqa: E501


def _by(byline: str | None) -> str:
    """``by Jane Roe``, whether the outlet writes "By Jane Roe" or the name alone."""
    words = (byline or "").split()
    return " ".join(["by", *(words[1:] if len(words) > 1 and words[0].casefold() == "by" else words)]) if words else ""


def because(entry: Entry) -> str:
    """Why a report is in this story: ``shares Ristsoo and 26 May; a day apart``."""
    return "the story begins with it" if all(each.kind == "alone" for each in entry.why) and entry.why else sentence(entry.why)


def origin_of(entry: Entry, *, alone: bool = False) -> Iterator[str]:
    """Where a report comes from, and whether it is an origin of the statement that the story turns on, each in one sentence."""
    yield capital(entry.sentence)
    if alone:
        return
    if entry.central and not entry.central.endswith(entry.sentence):
        yield _verdict(entry.central, "the central statement", entry.outlet)
    if entry.reason and (entry.kind == "own") != bool(entry.counts) and not entry.reason.endswith(entry.sentence):
        yield _verdict(entry.reason, "the story as a whole", entry.outlet)


_VERDICTS = {
    "counts: ": "An origin of {}", "does not count: ": "No origin of {}", "does not count apart: ": "No origin of {} apart",
    "not known: ": "Not known whether it is an origin of {}",
}  # fmt: skip


def _verdict(reason: str, matter: str, outlet: str | None) -> str:
    """``An origin of the central statement: has it from Hillar Ristsoo first hand``."""
    for start, told in _VERDICTS.items():
        if reason.startswith(start):
            return f"{told.format(matter)}: {reason.removeprefix(start).removeprefix(f'{outlet} ')}"
    return f"{capital(matter)}: {reason}"


def origin_lines(page: Coverage) -> Iterator[str]:
    """How many origins the statement has that the story turns on, then the story as a whole, and why these are not the same."""
    whole = "The story"
    if page.central is not None and page.reports > 1:
        whole = "The story as a whole"
        yield f"The central statement has {_spelt(page.central.origins)}{_named(page.central.origin_names, page.central.origins)}" + _spare(
            page.central.unknown
        )
    if page.origins is None or page.reports == 1:
        return
    if page.central is not None and page.central.origins == page.origins and set(page.central.origin_names) == set(page.origin_names):
        yield f"{whole} has the same."
        return
    if page.central is not None and not (page.central.origins <= page.origins and set(page.central.origin_names) <= set(page.origin_names)):
        return
    told = f"{whole} has {_spelt(page.origins)}"
    extra = [each for each in page.origin_names if page.central is not None and each not in page.central.origin_names]
    if page.central is None:
        told += _named(page.origin_names, page.origins)
    elif extra:
        one = len(extra) == 1
        told += f": {spelling.listed(extra, most=6)} {'has' if one else 'have'} reporting of {'its' if one else 'their'} own too"
        told += ", though not first hand on that statement" if page.central.origins else ""
    yield told + _spare(page.unknown)


def _spelt(count: int) -> str:
    return f"{spelling.number(count) if count else 'no known'} independent {'origin' if count == 1 else 'origins'}"


def _named(names: Sequence[str], count: int) -> str:
    if not names:
        return ", in reports that are not held" if count else ""
    return f"{':' if len(names) == count else ', among them'} {spelling.listed(names, most=6)}"


def _spare(unknown: int) -> str:
    """The end of such a sentence, with the reports of which it is not known."""
    if not unknown:
        return "."
    told = "report it is not known where it has it" if unknown == 1 else "reports it is not known where they have it"
    return f"; of {spelling.number(unknown)} {told} from."


def verb(said: Utterance) -> Words | None:
    """The report's verb, where it tells more than that something was said."""
    return None if said.cue is None or said.cue.text.casefold() in _PLAIN else said.cue


def kind(said: Utterance) -> str:
    """What the speaker does by saying it: ``asserts``, ``threatens; softens the position``; nothing where its verb says so."""
    act = _ACTS.get(said.act, said.act + "s")
    own = said.cue.text if said.cue is not None else said.words[0].text if said.words else ""
    if said.act == "deny" and _DENYING.search(own) is None:
        act = "objects"
    # What the report's own verb says is not said twice, and that something is asserted tells nothing beside it.
    told = (
        []
        if said.act[:5] in own.casefold().split(" ", 1)[0] or (said.act == "assert" and said.cue is None and own[:1].islower())
        else [act]
    )
    kept = [_KEEPS[said.continuity]] if said.continuity in _KEEPS else []
    return "; ".join([*told, *kept, *([UNSURE] if said.unsure else [])])


def groups(voice: Voice) -> list[tuple[str, list[Utterance]]]:
    """An actor's sayings by heading, commitments first; one heading alone is none."""
    found = [(GROUPS[group], [each for each in voice.utterances if each.group == group]) for group in GROUPS]
    filled = [each for each in found if each[1]]
    return filled if len(filled) > 1 else [("", each[1]) for each in filled]


def who(voice: Voice) -> str:
    """What stands behind an actor's name: office and countries; for a state, who speaks for it under another name."""
    countries = voice.countries if voice.name not in voice.countries else ()
    return ", ".join([*([voice.role.text] if voice.role else []), *countries])


def see(voice: Voice) -> str:
    """``See also Hillar Ristsoo``, who holds an office of the state; nothing for others."""
    return (
        f"See also {spelling.listed(voice.beside)}, who {'speaks' if len(voice.beside) == 1 else 'speak'} for it." if voice.beside else ""
    )


def edit(kind: str) -> str:
    """What a copy did to the words that follow."""
    return {"dropped": "cut", "added": "added", "replaced": "changed"}[kind]


def occasion(said: Utterance) -> str:
    """When something was said, where that is on record; nothing else, since the report's day stands beside it."""
    return f"said {spelling.day(said.said)}" if said.said is not None and spelling.day(said.said) else ""


def utterance_facts(said: Utterance, *, alone: bool = False) -> str:
    """Who has it (unless there is but one report), when and where it was said, through whom, and its origins, in one line."""
    facts = ["" if alone else heard(said), occasion(said), *(each.text for each in said.where), *(f"via {each.text}" for each in said.via)]
    if said.origins and said.wordings > 1:
        facts.append(many(said.origins, "independent origin"))
    return " · ".join(each for each in facts if each)


def heard(said: Utterance) -> str:
    """Who has it: ``Die Lage, 26 May 2024; also Baltic News Wire``."""
    also = f"; also {spelling.listed(said.outlets, most=4)}" if said.outlets else ""
    return source(said.outlet, said.day) + also


def joiner(clause: Clause, number: int) -> str:
    """What stands before a part of a condition: the marker before the first, then what joins."""
    return clause.marker.text if number == 0 else clause.joined or "and"


def relation(accord: Accord) -> str:
    """``denial``, ``refusal``, ``contrast``: nouns, so that they fit one speaker and several."""
    return _RELATIONS[accord.kind]


def split(page: Coverage) -> tuple[list[Accord], list[Accord]]:
    """Contrasts and agreements."""
    return [each for each in page.accords if each.kind not in AGREEING], [each for each in page.accords if each.kind in AGREEING]


def more_copies(count: int) -> str:
    """``and 3 more copies``."""
    return f"and {count:,} more {'copy' if count == 1 else 'copies'}"


def wanted(each: Wanted) -> str:
    """A line of the reading list: medium, kind of work, day."""
    return each.name


def more(count: int, noun: str) -> str:
    """``and 150 more reports``."""
    return f"and {count:,} more {noun if count == 1 else noun + 's'}"
