"""The commands that write to the ledger or check it: ``add``, ``remove``, ``verify``."""

from __future__ import annotations

import collections
import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from onrecord import pipeline, store
from onrecord.faces import settings
from onrecord.faces.articles import Articles, Progress, say
from onrecord.faces.terminal import harmless
from onrecord.faces.view import many, skipped
from onrecord.records import Condition, Receipt, Statement

_READERS_OWN = frozenset("id by confidence within conditions events relations statement parts".split())
_READ = ("added", "read anew", "fact stated")
_NAMED = 10
_REMOVED = "removed before"
_UNREAD = ("empty text", "language not supported")


def add(paths: Sequence[str], published: str | None, outlet: str | None, ledger: str | None, restore: bool) -> bool:
    """Add the articles and say what was done; whether all input could be read."""
    articles = Articles(paths, published, outlet)
    path = settings.ledger(ledger)
    tally = Tally()
    try:
        load(articles, path, tally, restore=restore)
    except BaseException:
        # After Ctrl-C, or on a full disk: what was added stays, and is said.
        if tally.articles:
            _print(tally.lines(path, articles.lost))
        raise
    _print(tally.lines(path, articles.lost))
    return not articles.lost


def load(articles: Articles, path: Path, tally: Tally, *, restore: bool = False) -> None:
    """Add the articles to the ledger at the path, counting in the tally; one that was removed is left out, unless ``restore``."""
    progress = Progress("done", articles.expected)
    with store.open_ledger(settings.made_ready(path), create=True, now=now) as ledger:
        try:
            for receipt in pipeline.add(articles, pipeline.make_reader(), ledger, restore=restore):
                tally.count(receipt)
                _name_unread(receipt, articles.names.popleft(), tally)
                if receipt.outcome == _REMOVED and (removal := ledger.removal(receipt.article)) is not None:
                    say(f"{removal.sentence()}; it is left out, add --restore takes it up again")
                progress.step()
        finally:
            progress.clear()


def _name_unread(receipt: Receipt, name: str, tally: Tally) -> None:
    """Say which article was kept but not read; of many, only the first ones."""
    for reason in receipt.skipped:
        if reason.startswith(_UNREAD) and tally.unread <= _NAMED:
            more = "; further ones are only counted" if tally.unread == _NAMED else ""
            say(f"{name}: kept, but not read ({reason}){more}")


def remove(article: str, reason: str, purge: bool, ledger: str | None) -> None:
    """Take the article out of every answer, and say what that means."""
    path = settings.ledger(ledger)
    with store.open_ledger(path, create=False, now=now) as opened:
        removal = opened.remove(article, reason, purge)
    click.echo(f"{harmless(removal.sentence())}. What rests on it is in no answer any more; its id, the date and the reason stay.")
    click.echo(f"Ledger: {path}")


def verify(ledger: str | None, reread: bool) -> bool:
    """Check the ledger and say what is damaged; whether nothing is. What another reading would change is said, and is no damage."""
    path = settings.ledger(ledger)
    with store.open_ledger(path, create=False, now=now) as opened:
        damage = 0
        for problem in opened.verify():
            click.echo(harmless(str(problem)))
            damage += 1
        click.echo(f"{many(damage, 'problem')} found." if damage else "The ledger is whole: digests, spans, ids and links.")
        if reread:
            _print(_differences(opened))
    click.echo(f"Ledger: {path}")
    return not damage


class Tally:
    """What adding did, counted over a run."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._outcomes: collections.Counter[str] = collections.Counter()
        self._unread: collections.Counter[str] = collections.Counter()
        self._skipped: collections.Counter[str] = collections.Counter()
        self._statements = self._conditions = 0

    @property
    def articles(self) -> int:
        """How many articles were counted."""
        return self._outcomes.total()

    @property
    def unread(self) -> int:
        """How many articles were kept but not read."""
        return self._unread.total()

    def count(self, receipt: Receipt) -> None:
        """Count one article."""
        self._outcomes[receipt.outcome] += 1
        if receipt.outcome not in _READ:
            return
        self._statements += receipt.statements
        self._conditions += receipt.conditions
        for reason, count in receipt.skipped.items():
            (self._unread if reason.startswith(_UNREAD) else self._skipped)[reason] += count

    def lines(self, path: Path, lost: int) -> list[str]:
        """The receipt in words, and where the ledger is."""
        done = [f"{many(count, 'article')} {outcome}" for outcome, count in self._outcomes.items()]
        new = any(self._outcomes[outcome] for outcome in _READ)
        found = f": {many(self._statements, 'statement')}, {many(self._conditions, 'condition')}" if new else ""
        lines = [f"{', '.join(done) or 'Nothing added'}{found}."]
        if self._unread:
            lines.append(f"Kept but not read: {skipped(self._unread)}.")
        if self._skipped:
            lines.append(f"Skipped inside articles: {skipped(self._skipped)}.")
        if lost:
            lines.append(f"{many(lost, 'input')} could not be read; each is named above.")
        return [*lines, f"Ledger: {path}"]


def _differences(ledger: store.SqliteLedger) -> Iterator[str]:
    """What the current reader would read otherwise, an article a line."""
    ids = [row["id"] for row in ledger.rows("articles", {})]
    progress = Progress("read again", lambda: len(ids))
    differ = 0
    for ident, again in zip(ids, pipeline.reread(map(ledger.article, ids), pipeline.make_reader()), strict=True):
        progress.step()
        held = ledger.extraction(ident)
        changes = [
            f"{_change(before, after)} {noun}"
            for noun, before, after in (
                ("statements", held.statements, again.statements),
                ("conditions", held.conditions, again.conditions),
            )
            if _read(before) != _read(after)
        ]
        if changes:
            differ += 1
            progress.clear()
            yield f"{ident}: {', '.join(changes)}"
    progress.clear()
    yield f"Read again: {many(len(ids), 'article')}. Read otherwise by this reader, which is no damage: {differ}."


def _change(before: Sequence[Statement] | Sequence[Condition], after: Sequence[Statement] | Sequence[Condition]) -> str:
    old, new = _read(before), _read(after)
    counts = {"more": len(new.keys() - old.keys()), "fewer": len(old.keys() - new.keys())}
    counts["other"] = sum(old[anchor] != new[anchor] for anchor in old.keys() & new.keys())
    return ", ".join(f"{count} {how}" for how, count in counts.items() if count)


def _read(records: Sequence[Statement] | Sequence[Condition]) -> dict[str, dict[str, Any]]:
    """What was read, by anchor, without what depends on the reader's name alone."""
    return {
        record.anchor: {name: value for name, value in msgspec.to_builtins(record).items() if name not in _READERS_OWN}
        for record in records
    }


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def now() -> datetime.datetime:
    """The time, in UTC."""
    return datetime.datetime.now(datetime.UTC)
