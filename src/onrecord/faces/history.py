"""An article among the versions of its document: which one it is, and what was changed since the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord import store
from onrecord.faces import difference
from onrecord.faces.terminal import Painter


def lines(ledger: store.SqliteLedger, article: str, painter: Painter) -> Iterator[str]:
    """Nothing where there is one version; else all of them, and what this one changed (the first: what the next one changed)."""
    versions = ledger.versions(article)
    at = next((number for number, each in enumerate(versions) if each.article == article), None)
    if at is None or len(versions) < 2:
        return
    yield painter.rule(f"version {at + 1} of {len(versions)} of this document")
    for each in versions:
        when = f"fetched {each.fetched[:16].replace('T', ' ')}, " if each.fetched else ""
        mark = " (this one)" if each.article == article else ""
        yield f"  {each.number}  {each.article}  {when}added {each.added[:16].replace('T', ' ')}{mark}"
    first, second = (at - 1, at) if at else (0, 1)
    yield ""
    before, after = versions[first].article, versions[second].article
    changes = list(difference.lines(ledger.text(before), ledger.text(after), painter, coloured=painter.colour))
    yield (
        f"Changed from version {first + 1} to version {second + 1}:"
        if changes
        else f"Versions {first + 1} and {second + 1} differ in spaces."
    )
    yield from changes


def is_superseded(row: Mapping[str, Any]) -> bool:
    """Whether the row of a list is an older version of its document."""
    return bool(row["version"] < row["versions"])
