"""Cases: how each report has what is asked about, before it is compared with the others.

counts      it was told, it heard, it has seen the paper, or it quotes words that no earlier report has
does not    it copies, rewrites or cites another; it tells a denial, or a new position of the same speaker
not known   it does not say where it has it from
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from onrecord.group.accounts import Account
from onrecord.group.firsthand import Had, recalls
from onrecord.group.matters import Matter, confirming, moved, voiced
from onrecord.group.outlets import is_same
from onrecord.group.provenance import quoted
from onrecord.records import Record, Span, Statement
from onrecord.reports import Link, Provenance, Report

RECALLED = "looks back at what was said before, and has nothing new of it"
MOVED = "has a new position of the same speaker, which is no second account of this one"


class Case(Record, frozen=True, kw_only=True):
    """How one report has what is asked about."""

    counts: bool | None
    """First hand (True), from others (False), not known (None)."""
    reason: str
    """Why, as the sentence goes on behind "counts: ", "does not count: " or "not known: "; with ``to``, what stands before the source."""
    statement: Statement | None = None
    to: tuple[str, ...] = ()
    """The articles that it has it from, or media as ``medium:NAME``."""
    spans: tuple[Span, ...] = ()
    confirms: bool = False
    post: str | None = None
    """Whose public post it has it from."""
    denies: bool = False
    """Whether it tells it only as what somebody denies, or has given up."""
    tells: bool = True
    """Whether it tells what is asked about, as far as was read; one that copies another report is shown even where it leaves this out."""


class Held(Record, frozen=True, kw_only=True):
    """The reports of a story, taken apart, oldest first, each with its provenance."""

    accounts: Mapping[str, Account]
    made: Mapping[str, Provenance]


def case_of(account: Account, held: Held, matter: Matter) -> Case:
    """How a report has the matter."""
    made = held.made[account.report.article]
    told = [statement for statement in matter.told.get(account.report.article, ()) if matter.tells(statement)]
    if made.kind in ("copy", "rewrite"):
        return msgspec.structs.replace(_from(account, made, made.links[:1], next(iter(told), None)), tells=bool(told))
    fresh = confirming(account, matter) if matter.kind == "commitment" else []
    if not told and not fresh:
        if matter.kind == "commitment" and made.kind == "own" and (words := voiced(account, matter)) is not None:
            return Case(
                counts=True, reason=f"{outlet_of(account.report)} says it in its own voice, beside what it has first hand", spans=(words,)
            )
        if any(matter.denies(statement) for statement in matter.told.get(account.report.article, ())):
            return Case(
                counts=False, reason="tells that it is denied, and a denial is no origin of what it denies", tells=False, denies=True
            )
        if matter.kind == "commitment" and (new := moved(account, matter)) is not None:
            return Case(counts=False, statement=new, reason=MOVED, spans=_words(new), tells=False, denies=True)
        return Case(counts=False, reason="does not tell it, as far as was read", tells=False)
    earlier = [one for one in held.accounts.values() if one is not account and one.report.day <= account.report.day]
    return _itself(account, made, matter, told, fresh, earlier) or _lent(account, held, told or fresh)


def _itself(
    account: Account, made: Provenance, matter: Matter, told: Sequence[Statement], fresh: Sequence[Statement], earlier: Sequence[Account]
) -> Case | None:
    """The case of a report that has it first hand, or that has a new position of the speaker; None where it has it from others."""
    later = account.report.article != matter.oldest
    if later:
        told, fresh = _said_anew(account, told), _said_anew(account, fresh)
        if not told and not fresh:
            return Case(counts=False, reason=RECALLED)
    if made.kind != "own":
        # Without reporting of its own, what the same speaker says here is what he said elsewhere.
        fresh = [s for s in fresh if account.ways[s.id].way != "bare" or s.continuity or not matter.is_principal(s)]
    others = [statement for statement in fresh if not matter.is_principal(statement)]
    if later and matter.kind == "commitment" and not others and (new := moved(account, matter)) is not None:
        return Case(counts=False, statement=new, reason=MOVED, spans=_words(new))
    plain = sorted(told, key=lambda s: (not matter.is_principal(s), s.content[0].place is not None))
    by_way = {way: [s for s in plain if account.ways[s.id].way == way] for way in ("hand", "public", "post", "passed", "bare")}
    heard = [*by_way["hand"], *by_way["public"]]
    if chosen := next(iter([*others, *fresh, *heard] if later else [*heard, *fresh]), None):
        return _first_hand(account, chosen, confirms=later and matter.kind == "commitment" and matter.is_another(chosen))
    if by_way["post"]:
        return _posted(account, by_way["post"][0])
    bare = [s for s in by_way["bare"] if not later or _is_new(account, s, earlier) or _speaks_elsewhere(account, s)]
    if bare and not by_way["passed"] and made.kind == "own":
        return _first_hand(account, bare[0], confirms=False)
    return None


def _said_anew(account: Account, told: Sequence[Statement]) -> list[Statement]:
    """The statements without those that the report only looks back at, and has not first hand nor from another medium."""
    return [s for s in told if not recalls(account.report, s) or account.ways[s.id].way in ("hand", "passed")]


def _is_new(account: Account, statement: Statement, earlier: Sequence[Account]) -> bool:
    """Whether a statement has words between quotation marks that no earlier report has."""
    said = quoted(account, statement)
    return any(not any(f" {words} " in one.folded for one in earlier) for words in said)


def _speaks_elsewhere(account: Account, statement: Statement) -> bool:
    """Whether the report has another statement of the same speaker first hand, or from an occasion where it could hear for itself."""
    who = set(() if statement.speaker is None else statement.speaker.actors)
    return any(
        s.speaker and who & set(s.speaker.actors) and account.ways[s.id].way in ("hand", "public")
        for s in account.report.extraction.statements
    )


def _first_hand(account: Account, statement: Statement, *, confirms: bool) -> Case:
    """The case of a report that has it itself, by this statement."""
    way, outlet, who = account.ways[statement.id], outlet_of(account.report), _who(account, statement)
    mark = ", in a conversation that it prints" if way.is_conversation else f" (“{_short(way.spans[0].text)}”)" if way.spans else ""
    whom = f"confirmed by {who}" if confirms else f"from {who}"
    if way.way == "hand" and way.spans and _SEEN.search(way.spans[0].text):
        reason = f"{outlet} has the paper itself{mark}"
    elif way.way == "hand":
        reason = f"{outlet} has it {whom} first hand{mark}"
    elif way.way == "public":
        reason = f"{outlet} has it {whom} where it could hear it for itself{mark}"
    else:
        reason = f"{outlet} has it {whom} in words that no earlier report has, and names no other medium for them"
    return Case(counts=True, statement=statement, reason=reason, spans=(*way.spans, *_words(statement)), confirms=confirms)


def _posted(account: Account, statement: Statement) -> Case:
    """The case of a report that has it from what was posted for everybody to read."""
    way = account.ways[statement.id]
    who = _who(account, statement)
    reason = f"{outlet_of(account.report)} has it from a public post of {who}’s (“{_short(way.spans[0].text)}”)"
    return Case(
        counts=True,
        statement=statement,
        reason=reason,
        spans=way.spans,
        post=",".join(statement.speaker.actors) if statement.speaker else "",
    )


def _lent(account: Account, held: Held, told: Sequence[Statement]) -> Case:
    """The case of a report that has it from others, or of which that is not known."""
    made = held.made[account.report.article]
    passed = next((statement for statement in told if account.ways[statement.id].way == "passed"), None)
    if passed is not None:
        way = account.ways[passed.id]
        # Who "was quoted" in the first sentence was so by the medium that the next one names.
        if links := _passing(way, made) if way.by else [link for link in made.links if link.kind == "cites"]:
            return _from(account, made, links, passed)
        words = f"“{_short(way.spans[0].text)}”" if way.spans else "another medium"
        return Case(counts=None, statement=passed, spans=way.spans, reason=f"has it from {words}, without a name")
    if made.kind == "cites" and made.links:
        return _from(account, made, made.links, told[0])
    if made.kind == "own":
        return Case(
            counts=None,
            statement=told[0],
            reason="has reporting of its own, but does not say where it has this from",
            spans=_words(told[0]),
        )
    return Case(
        counts=None, statement=told[0], reason="gives no source and adds nothing of its own" if made.kind == "unknown" else made.sentence
    )


def _passing(way: Had, made: Provenance) -> list[Link]:
    """The links to the media that passed a statement on; of a chain the one nearest the reader, since it has its own links."""
    out: list[Link] = []
    relays = [one for one in way.by if one.kind == "relay"]
    for one in way.by:
        out += [link for link in made.links if one.name and link.outlet and is_same(one.name, link.outlet) and link not in out]
    return out[:1] if relays else out


def _from(account: Account, made: Provenance, links: Sequence[Link], statement: Statement | None) -> Case:
    """The case of a report that copies, rewrites or cites these."""
    whole = made.kind in ("copy", "rewrite")
    spans = tuple(evidence.span for link in links for evidence in link.spans)
    return Case(
        counts=False, statement=statement, reason=f"{made.kind} of " if whole else "has it from ", spans=spans,
        to=tuple(dict.fromkeys(link.to or f"medium:{link.outlet}" for link in links)),
    )  # fmt: skip


def as_a_whole(held: Held, article: str) -> Case:
    """How a report has its story."""
    account, made = held.accounts[article], held.made[article]
    if made.kind == "own":
        reason = f"{outlet_of(account.report)} has reporting of its own"
        hands = tuple(mark for way, mark in account.marks if way == "hand")
        return Case(counts=True, reason=reason + (f" (“{_short(hands[0].text)}”)" if hands else ""), spans=hands[:3])
    if made.links and made.kind != "unknown":
        return _from(account, made, made.links[:1] if made.kind in ("copy", "rewrite") else made.links, None)
    return Case(counts=None, reason=made.sentence)


def outlet_of(report: Report) -> str:
    """What the outlet of a report is called in a sentence."""
    return report.outlet or "the outlet"


_SEEN = re.compile(r"\b(?:seen|obtained|read|reviewed|viewed|leaked|copy)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:it|he|she|they|i|we|you|who|which|that|this)", re.IGNORECASE)


def _words(statement: Statement) -> tuple[Span, ...]:
    return ((statement.cue,) if statement.cue is not None else ()) + statement.content[:1]


def _who(account: Account, statement: Statement) -> str:
    """The speaker's name, where a pronoun or an office stands for it; else the words for the speaker."""
    if statement.speaker is None:
        return "somebody"
    named = {actor.id: actor.name for actor in account.report.extraction.actors if actor.kind == "person"}
    words = re.sub(r"^(?:The|An?)\b", lambda hit: hit.group().lower(), _short(statement.speaker.text.split(",")[0]))
    return next(
        (named[actor] for actor in statement.speaker.actors if actor in named), "the speaker" if _PRONOUN.fullmatch(words) else words
    )


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 60 else flat[:57] + "…"
