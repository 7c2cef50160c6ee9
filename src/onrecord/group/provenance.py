"""Provenance: where one report has what it reports from, among the reports of its story.

own       it was told, it has seen, or it has words that no earlier report has
copy      its words are another report's, or it is credited to another medium
rewrite   it follows another report in its own words: the same quotations and sentences' matter, and nothing of its own
cites     it names another medium for what it says, and has little or nothing of its own
unknown   it names nobody and adds nothing that would show where it is from
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from onrecord.group.accounts import Account, accounts
from onrecord.group.outlets import is_same
from onrecord.records import Span, Statement
from onrecord.reports import Copy, Link, Provenance, ProvenanceKind, Report, by_age

COPIED = 0.55
"""A report that has this share of its words from another is that one's copy, whatever it adds."""
FOLLOWED = 0.6
"""A report that has this share of its quotations from another, and names it, is a rewrite of it."""
ALIKE = 0.5
"""Without quotations: the share of its sentences whose matter stands in the other."""
UNNAMED = 0.7
"""The same where it does not name the other."""
LINKS = 40
"""Links of one report at most."""


def provenance(report: Report, others: Iterable[Report], copies: Iterable[Copy] = ()) -> Provenance:
    """Where the report has what it reports from, with a link for each report or medium and the words that say so.

    Args:
        others: the other reports of its story, in any order.
        copies: what is known of copies among them.
    """
    story = {one.article: one for one in others} | {report.article: report}
    return provenances(story.values(), copies, only=report.article)[report.article]


def provenances(story: Iterable[Report], copies: Iterable[Copy] = (), *, only: str | None = None) -> dict[str, Provenance]:
    """The provenance of every report of a story (or of one of them), by article."""
    told = accounts(story)
    order = by_age(account.report for account in told.values())
    known = list(copies)
    wanted = [one for one in order if only is None or one.article == only]
    return {
        one.article: of_account(told[one.article], [told[other.article] for other in order if other is not one], known) for one in wanted
    }


def of_account(account: Account, others: Sequence[Account], copies: Iterable[Copy]) -> Provenance:
    """The provenance of a report that was taken apart, among the others of its story, oldest first."""
    held = {other.report.article: other for other in others}
    links = [*_copied(account, held, copies), *_linked(account, others)]
    if (whole := _whole(links)) is not None:
        return _made(account, "copy", whole, links, held)
    if (followed := _followed(account, others, links)) is not None:
        return _made(account, "rewrite", followed, links, held)
    if account.is_first_hand or _has_own(account, others):
        return _made(account, "own", None, links, held)
    return _made(account, "cites" if _is_indebted(account, links) else "unknown", None, links, held)


def dated(report: Report) -> str:
    """The day of a report as a sentence has it: "27 May"."""
    try:
        day = datetime.date.fromisoformat(report.published.first or "")
    except ValueError:
        return "a day that is not known"
    return f"{day.day} {day:%B}"


def _copied(account: Account, held: Mapping[str, Account], copies: Iterable[Copy]) -> list[Link]:
    """The links to reports of the story whose words this one has, most of them first."""
    found = [copy for one in copies if (copy := _towards(account, held, one)) is not None]
    found.sort(key=lambda copy: (-copy.containment, copy.of))
    return [Link(to=copy.of, outlet=held[copy.of].report.outlet, kind="copy", spans=(), copy=copy) for copy in found]


def _towards(account: Account, held: Mapping[str, Account], copy: Copy) -> Copy | None:
    """A copy as this report’s, where it is: whom the other credits copies nobody, whichever came first; who credits the other does."""
    article = account.report.article
    other = held.get(copy.of if copy.article == article else copy.article)
    if article not in (copy.article, copy.of) or other is None or _credits(other, account):
        return None
    if copy.article == article:
        return copy
    if not _credits(account, other):
        return None
    return Copy(
        article=article, of=copy.article, kind=copy.kind, jaccard=copy.jaccard, containment=copy.contained, contained=copy.containment
    )  # fmt: skip


def _credits(account: Account, other: Account) -> bool:
    """Whether a report says that its text is the other's outlet's."""
    outlet = other.report.outlet
    return outlet is not None and any(one.is_text and one.name is not None and is_same(one.name, outlet) for one in account.cited)


def _linked(account: Account, others: Sequence[Account]) -> list[Link]:
    """One link for each medium that the report names, to its report of the story where one is held, with every place that names it."""
    groups: list[tuple[str, str, list[Span]]] = []
    for one in account.cited:
        if one.name is None:
            continue
        kind = "dateline" if one.kind == "dateline" else "credit" if one.is_text else "cites"
        same = next((group for group in groups if group[1] == kind and is_same(group[0], one.name)), None)
        if same is None:
            same = (one.name, kind, [])
            groups.append(same)
        if one.where is not None and one.where not in same[2]:
            same[2].append(one.where)
    return [_link(account, name, kind, spans, others) for name, kind, spans in sorted(groups, key=lambda g: _ORDER[g[1]])[:LINKS]]


_ORDER = {"dateline": 0, "credit": 1, "cites": 2}


def _link(account: Account, name: str, kind: str, spans: Iterable[Span], others: Sequence[Account]) -> Link:
    target = meant(account, name, others)
    return Link(
        to=None if target is None else target.report.article, outlet=name if target is None else target.report.outlet,
        kind="dateline" if kind == "dateline" else "credit" if kind == "credit" else "cites",
        spans=tuple(account.report.evidence(where) for where in spans),
    )  # fmt: skip


def meant(account: Account, name: str, others: Iterable[Account]) -> Account | None:
    """The report that is meant by an outlet's name: of those before this one what says most of the same; None where none is held."""
    theirs = [one for one in others if one.report.outlet is not None and is_same(one.report.outlet, name)]
    if not theirs:
        return None
    before = [one for one in theirs if one.report.day <= account.report.day] or theirs
    return max(before, key=lambda one: (len(account.terms & one.terms), one.report.day))


def _whole(links: Sequence[Link]) -> Link | None:
    """The link to whose text this report's text is, where it is a copy."""
    copies = [link for link in links if link.copy is not None and (link.copy.containment >= COPIED or link.copy.kind == "exact")]
    credited = [link for link in links if link.kind in ("credit", "dateline")]
    for copy in copies:
        if same := [link for link in credited if link.to == copy.to]:
            return Link(to=copy.to, outlet=copy.outlet, kind="copy", spans=tuple(e for link in same for e in link.spans), copy=copy.copy)
    if copies:
        return copies[0]
    # What is credited to a medium is its text, held or not; where the report is held and its words are others, it is a rewrite.
    return next((link for link in credited if link.to is None), None)


def _followed(account: Account, others: Sequence[Account], links: Sequence[Link]) -> Link | None:
    """The link to the report that this one follows in its own words, where it has nothing first hand beside that."""
    if account.is_first_hand:
        return None
    pointed = {link.to: link for link in links if link.to is not None}
    shares: list[tuple[bool, float, Account]] = []
    for other in others:
        is_named = other.report.article in pointed
        if (is_named or _is_before(other.report, account.report)) and (share := _share(account, other, is_named)) is not None:
            shares.append((is_named, share, other))
    if not shares:
        return None
    # Of two that it follows alike the older one: the newer may follow it too.
    best = max(reversed(shares), key=lambda one: one[:2])[2].report
    link = pointed.get(best.article)
    return Link(to=best.article, outlet=best.outlet, kind="rewrite", spans=link.spans if link else (), copy=link.copy if link else None)


def _is_before(other: Report, report: Report) -> bool:
    return (other.day, other.published.at or "", other.article) < (report.day, report.published.at or "", report.article)


def _share(account: Account, other: Account, is_named: bool) -> float | None:
    """How much of the report's matter stands in the other, where that is enough for a rewrite."""
    alike = sum(2 * len(words & other.terms) >= len(words) for words in account.matter) / max(len(account.matter), 1)
    if not account.quotations:
        return alike if alike >= (ALIKE if is_named else UNNAMED) and (is_named or len(account.matter) > 2) else None
    theirs = other.folded
    held = [words for _, words in account.quotations if f" {words} " in theirs]
    share = len(held) / len(account.quotations)
    enough = share >= FOLLOWED and (is_named or (len(held) > 1 and alike >= ALIKE))
    return share if enough else None


def _has_own(account: Account, others: Sequence[Account]) -> bool:
    """Whether the report has a statement from a public occasion, or in words between quotation marks that no earlier report has."""
    earlier = [one.folded for one in others if one.report.day <= account.report.day]
    # Who was there brings home words of his own; where every quotation stands in an earlier report, the occasion is no proof.
    borrowed = bool(account.quotations) and all(any(f" {words} " in text for text in earlier) for _, words in account.quotations)
    for statement in account.report.extraction.statements:
        if account.ways[statement.id].way in ("passed", "post") or statement.speaker is None:
            continue
        if account.ways[statement.id].way == "public" and (not borrowed or account.is_dated):
            return True
        if any(not any(f" {words} " in text for text in earlier) for words in quoted(account, statement)):
            return True
    return False


def quoted(account: Account, statement: Statement) -> list[str]:
    """The quotations in what a statement says, as they are compared."""
    pieces = [piece.extent for piece in statement.content if piece.place is None]
    return [words for (start, end), words in account.quotations if any(a <= start + 1 and end <= b + 1 for a, b in pieces)]


def _is_indebted(account: Account, links: Sequence[Link]) -> bool:
    """Whether the report names, with or without its name, a medium or a post that it has something from."""
    return (
        bool(links)
        or any(one.name is None and one.kind != "told" for one in account.cited)
        or any(way == "post" for way, _ in account.marks)
    )


def _made(account: Account, kind: ProvenanceKind, first: Link | None, links: Sequence[Link], held: Mapping[str, Account]) -> Provenance:
    rest = [link for link in links if first is None or link.to is None and link is not first or link.to != first.to]
    every = ([] if first is None else [first]) + rest
    return Provenance(article=account.report.article, kind=kind, links=tuple(every), sentence=_sentence(account, kind, every, held))


def _sentence(account: Account, kind: ProvenanceKind, links: Sequence[Link], held: Mapping[str, Account]) -> str:
    if kind in ("copy", "rewrite"):
        return f"{kind} of {source(links[0], held)}"
    others = sources(links, held)
    if kind == "own":
        return "own reporting" + (f"; cites {others}" if others else "")
    if kind == "cites":
        unnamed = [one.where.text for one in account.cited if one.name is None and one.where is not None] or [
            mark.text for way, mark in account.marks if way == "post"
        ]
        return f"cites {others}" if others else f"cites a source without a name: “{unnamed[0]}”"
    return "names no source and has nothing that would show where it is from"


def sources(links: Sequence[Link], held: Mapping[str, Account]) -> str:
    """Several of them: the reports that are held, then the media whose reports are not; nothing where there are none."""
    there = list(dict.fromkeys(source(link, held) for link in links if link.to is not None))
    missing = list(dict.fromkeys(link.outlet for link in links if link.to is None and link.outlet))
    if not missing:
        return listed(there) if there else ""
    lacking = f"{listed(missing)}, whose {'report' if len(missing) == 1 else 'reports'} we do not hold"
    return f"{listed(there)}, and {lacking}" if there else lacking


def source(link: Link, held: Mapping[str, Account]) -> str:
    """The report or medium that a link leads to, as a sentence has it."""
    if link.to is None:
        return f"{link.outlet}, whose report we do not hold"
    share = f" ({round(link.copy.containment * 100)} % of its words)" if link.copy is not None else ""
    day = dated(held[link.to].report)
    return f"{link.outlet}’s report of {day}{share}" if link.outlet else f"a report of {day} by an outlet that is not named{share}"


def listed(items: Sequence[str]) -> str:
    """The items as a sentence lists them."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]
