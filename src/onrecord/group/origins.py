"""Origins: how many independent origins a saying, a commitment or a story has, and for each report why it counts or not.

    01 Die Lage ──── counts: had it first hand
     └ 02 BNW         rewrite of 01: the same origin
        ├ 03          copy of 02
        └ 04          rewrite of 02
    05 Põhjala Leht ─ counts: the ministry confirmed it to the paper itself

Reports that copy or cite one another have one origin between them. A report that counts is a root; every other leads, by whom it copies or
cites, to a root: a report that counts, a medium whose report is not held, or a ring of reports that cite one another. What is not known is
said to be so, and not counted.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from onrecord.group.accounts import accounts
from onrecord.group.cases import Case, Held, as_a_whole, case_of, outlet_of
from onrecord.group.matters import Kind, Matter, Told
from onrecord.group.outlets import is_same, kinship, plain
from onrecord.group.provenance import dated, listed, of_account, source
from onrecord.reports import Copy, Counted, Origins, Report, by_age


def origins(
    of: str,
    told: Sequence[Told],
    story: Iterable[Report] | Held,
    copies: Iterable[Copy] = (),
    *,
    kind: Kind = "commitment",
    principal: Iterable[str] = (),
) -> Origins:
    """The independent origins of what the statements say, with a sentence for each report.

    Args:
        of: id of the saying or commitment.
        told: the statements that tell it, each with its report.
        story: the reports of the story, those that tell nothing of it too: what they confirm first hand counts for a commitment;
            or what :func:`prepared` made of them, where more than one thing is asked about a story.
        copies: what is known of copies among them.
        kind: a saying counts who had it first hand; a commitment also who confirms it first hand, and lists every report of the story.
        principal: ids of those whom a commitment binds, where they are known.
    """
    held = _ready(story, told, copies)
    matter = Matter(told, kind, principal)
    cases = {article: case_of(account, held, matter) for article, account in held.accounts.items()}
    # A saying lists who tells it; what lies between them and its origin leads there all the same.
    return _counted(of, cases, held, shown=held.accounts if kind == "commitment" else matter.told)


def of_story(of: str, story: Iterable[Report] | Held, copies: Iterable[Copy] = ()) -> Origins:
    """The independent origins of a story as a whole: who reported something itself, and who has it from whom."""
    held = _ready(story, (), copies)
    return _counted(of, {article: as_a_whole(held, article) for article in held.accounts}, held, shown=held.accounts)


def _ready(story: Iterable[Report] | Held, told: Sequence[Told], copies: Iterable[Copy]) -> Held:
    """The reports taken apart: as they were prepared, where none of those that tell it is missing there."""
    if not isinstance(story, Held):
        return prepared([*story, *(report for report, _ in told)], copies)
    if all(report.article in story.accounts for report, _ in told):
        return story
    return prepared([*(one.report for one in story.accounts.values()), *(report for report, _ in told)], copies)


def prepared(story: Iterable[Report], copies: Iterable[Copy] = ()) -> Held:
    """The reports of a story taken apart, with the provenance of each, so that several questions about it take them apart once."""
    taken = accounts({report.article: report for report in story}.values())
    order = [taken[report.article] for report in by_age(account.report for account in taken.values())]
    known = list(copies)
    made = {one.report.article: of_account(one, [other for other in order if other is not one], known) for one in order}
    return Held(accounts={one.report.article: one for one in order}, made=made)


def _counted(of: str, cases: Mapping[str, Case], held: Held, shown: Container[str]) -> Origins:
    """The origins that the cases come to: the roots, one for each newsroom, house, post and ring."""
    cases = _promoted(cases, held)
    merged = _merged(cases, held)
    found: set[str] = set()
    counted = []
    for article, case in cases.items():
        if article not in shown and not case.counts:
            continue
        roots = _roots(article, cases, held)
        if case.tells:
            found |= {root for root in roots if root not in merged}
        counts, sentence = _verdict(article, case, roots, merged, cases, held)
        origin = next(iter(sorted(merged.get(root, (root, ""))[0] for root in roots)), None)
        counted.append(
            Counted(
                article=article, statement=case.statement.id if case.statement else None, counts=counts, origin=_named(origin, held),
                confirms=bool(counts) and case.confirms, sentence=sentence,
                spans=tuple(held.accounts[article].report.evidence(where) for where in dict.fromkeys(case.spans)),
            )
        )  # fmt: skip
    return Origins(of=of, count=len(found), unknown=sum(one.counts is None for one in counted), counted=tuple(counted))


def _promoted(cases: Mapping[str, Case], held: Held) -> dict[str, Case]:
    """The cases, with that of a report that others have it from, which was not seen to tell it but has reporting of its own: it counts."""
    out = dict(cases)
    for article, case in cases.items():
        for source_of in case.to if case.tells else ():
            theirs = out.get(source_of)
            if theirs is None or theirs.tells or theirs.denies or held.made[source_of].kind != "own":
                continue
            name, older = outlet_of(held.accounts[article].report), outlet_of(held.accounts[source_of].report)
            out[source_of] = Case(
                counts=True,
                reason=f"{older} has reporting of its own, and {name} has this from there; which of its words say it was not read",
            )
    return out


def _merged(cases: Mapping[str, Case], held: Held) -> dict[str, tuple[str, str]]:
    """For each report that has it itself but is of one house, or from one post, with an older one: that one, and the reason."""
    out: dict[str, tuple[str, str]] = {}
    roots: list[str] = []
    for article, case in cases.items():
        if not case.counts:
            continue
        for root in roots:
            if (why := _bond(case, cases[root], held.accounts[article].report, held.accounts[root].report)) is not None:
                out[article] = (root, why)
                break
        else:
            roots.append(article)
    return out


def _bond(case: Case, other: Case, report: Report, older: Report) -> str | None:
    """What makes two reports that have it themselves one origin; None where nothing is known to."""
    if case.post is not None and case.post == other.post:
        return f"from the same public post as {outlet_of(older)}’s report of {dated(older)}"
    if report.outlet is None or older.outlet is None:
        return None
    if is_same(report.outlet, older.outlet):
        return f"the newsroom of {older.outlet}’s report of {dated(older)}"
    if (kin := kinship(report.outlet, older.outlet)) is not None:
        return f"of one house with {older.outlet} ({kin})"
    return None


def _roots(article: str, cases: Mapping[str, Case], held: Held) -> frozenset[str]:
    """Where the links of a report end: articles that count, ``medium:name``, ``ring:article``; nothing where it is not known."""
    out: set[str] = set()
    todo: list[tuple[str, tuple[str, ...]]] = [(article, ())]
    seen: set[str] = set()
    while todo:
        here, path = todo.pop()
        if here in path:
            out.add("ring:" + min(path[path.index(here) :]))
            continue
        if here in seen:
            continue
        seen.add(here)
        if here.startswith("medium:"):
            out.add("medium:" + plain(here.removeprefix("medium:")))
        elif here not in cases or (cases[here].counts is False and not cases[here].to):
            # It is held and does not tell it, as far as was read, though others have it from there: its outlet stands for it.
            if path and not (here in cases and cases[here].denies):
                out.add("medium:" + plain(held.accounts[here].report.outlet or here))
        elif cases[here].counts:
            out.add(here)
        else:
            todo += [(step, (*path, here)) for step in cases[here].to]
    return frozenset(out)


def _verdict(
    article: str, case: Case, roots: frozenset[str], merged: Mapping[str, tuple[str, str]], cases: Mapping[str, Case], held: Held
) -> tuple[bool | None, str]:
    """Whether the report counts, and the sentence that says why."""
    if article in merged:
        return False, f"does not count apart: {merged[article][1]}"
    if case.counts:
        return True, f"counts: {case.reason}"
    if case.counts is None:
        return None, f"not known: {case.reason}"
    if not case.to:
        return False, f"does not count: {case.reason}"
    links = [link for link in held.made[article].links if (link.to or f"medium:{link.outlet}") in case.to]
    sentence = f"does not count: {case.reason}{listed(list(dict.fromkeys(source(link, held.accounts) for link in links)))}"
    if not roots and any(step in cases and cases[step].denies for step in case.to):
        return False, f"{sentence}, which tells it only as what is denied"
    if not roots:
        return False, f"{sentence}, of which it is not known where it has it from"
    if any(root.startswith("ring:") for root in roots):
        return False, f"{sentence}, which has it from this report or from one that has it from this: they have one origin between them"
    if all(root.startswith("medium:") for root in roots):
        return False, f"{sentence}; that counts once for all that have it from there"
    return False, sentence


def _named(root: str | None, held: Held) -> str | None:
    """The article, or the medium's name as the reports have it, that a root stands for."""
    if root is None or root.startswith("ring:"):
        return None if root is None else root.removeprefix("ring:")
    if not root.startswith("medium:"):
        return root
    names = [
        link.outlet
        for made in held.made.values()
        for link in made.links
        if link.outlet and plain(link.outlet) == root.removeprefix("medium:")
    ]
    return next(iter(names), root.removeprefix("medium:"))
