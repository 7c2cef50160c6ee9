"""The commands that write to the ledger or check it: ``add``, ``remove``, ``verify``."""

from __future__ import annotations

import collections
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec

from onrecord import pipeline, store
from onrecord.errors import LedgerError
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


def add(
    paths: Sequence[str], published: str | None, outlet: str | None, ledger: str | None, restore: bool, allow: Sequence[str] = ()
) -> bool:
    """Add the articles and say what was done; whether all input could be read."""
    articles = Articles(paths, published, outlet, allow)
    path = settings.ledger(ledger)
    tally = Tally()
    try:
        load(articles, path, tally, restore=restore)
    except BaseException:
        # After Ctrl-C, or on a full disk: what was added stays, and is said.
        if tally.articles or articles.held or articles.passed:
            _print(tally.lines(path, articles.lost, articles.passed))
        raise
    _print(tally.lines(path, articles.lost, articles.passed))
    return not articles.lost


def load(articles: Articles, path: Path, tally: Tally, *, restore: bool = False) -> None:
    """Add the articles to the ledger at the path, counting in the tally; one that was removed is left out, unless ``restore``."""
    with store.open_ledger(settings.made_ready(path), create=True, now=now) as ledger:
        articles.leave_out(lambda visited: ledger.feeds.read(visited.key, visited.stamp))
        catch_up(ledger)
        reader = pipeline.make_reader()
        articles.known = partial(ledger.seen, reader=pipeline.reading_digest(reader), restore=restore)
        progress = Progress("done", articles.expected, articles.share)
        articles.tick = progress.tick
        try:
            for receipt in pipeline.add(articles, reader, ledger, restore=restore):
                tally.count(receipt, versions=len(ledger.versions(receipt.article)) if receipt.outcome == "added" else 1)
                _name_unread(receipt, articles.names.popleft(), tally)
                if (visited := articles.visited.popleft()) is not None:
                    ledger.feeds.saw(visited.key, visited.stamp, receipt.article)
                if receipt.outcome == _REMOVED and (removal := ledger.removal(receipt.article)) is not None:
                    say(f"{removal.sentence()}; it is left out, add --restore takes it up again")
                progress.step()
        finally:
            tally.count_held(articles.held)
            progress.clear()
        tally.place(ledger)


def catch_up(ledger: store.SqliteLedger) -> None:
    """Put among the others what an interrupted run, or an older On Record, left waiting for that."""
    waiting = len(ledger.ungrouped())
    if waiting:
        progress = Progress("put among the others", lambda: waiting)
        try:
            for _ in pipeline.group(ledger):
                progress.step()
        finally:
            progress.clear()


@contextmanager
def whole_ledger(path: Path) -> Iterator[store.SqliteLedger]:
    """The ledger with all its articles among the others; where it cannot be written to, as it is, and that is said."""
    with store.open_ledger(path, create=False, now=now) as ledger:
        try:
            catch_up(ledger)
        except LedgerError as error:
            say(f"{many(len(ledger.ungrouped()), 'article')} not yet among the others, so in no story here: {error}")
        yield ledger


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
        others = [each for each in opened.versions(article) if not each.article.startswith(article)]
        removal = opened.remove(article, reason, purge)
        others = [each for each in others if opened.holds_article(each.article)]
    click.echo(f"{harmless(removal.sentence())}. What rests on it is in no answer any more; its id, the date and the reason stay.")
    if others:
        click.echo(f"Other versions of it stay, and have to be removed each: {', '.join(each.article for each in others)}.")
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
        self._statements = self._conditions = self._versions = self._stories = 0
        self._new: list[str] = []

    @property
    def articles(self) -> int:
        """How many articles were counted."""
        return self._outcomes.total()

    @property
    def unread(self) -> int:
        """How many articles were kept but not read."""
        return self._unread.total()

    def count(self, receipt: Receipt, *, versions: int = 1) -> None:
        """Count one article, of a document that has so many versions."""
        self._outcomes[receipt.outcome] += 1
        self._versions += versions > 1
        if receipt.outcome not in _READ:
            return
        self._new.append(receipt.article)
        self._statements += receipt.statements
        self._conditions += receipt.conditions
        for reason, count in receipt.skipped.items():
            (self._unread if reason.startswith(_UNREAD) else self._skipped)[reason] += count

    def count_held(self, pages: int) -> None:
        """Count pages known to be on record already."""
        if pages:
            self._outcomes["already held"] += pages

    def place(self, ledger: store.SqliteLedger) -> None:
        """Count the stories that the articles went into."""
        self._stories = len({story for article in self._new if (story := ledger.story_of(article)) is not None})

    def lines(self, path: Path, lost: int, passed: Mapping[str, int] | None = None) -> list[str]:
        """The receipt in words, and where the ledger is."""
        done = [f"{many(count, 'article')} {outcome}" for outcome, count in self._outcomes.items()]
        new = any(self._outcomes[outcome] for outcome in _READ)
        found = f": {many(self._statements, 'statement')}, {many(self._conditions, 'condition')}" if new else ""
        lines = [f"{', '.join(done) or 'Nothing added'}{found}."]
        if self._stories:
            which = "a story" if self._stories == 1 else f"{self._stories:,} stories"
            lines.append(f"In {which}: onrecord show stories lists them, onrecord coverage shows one.")
        if self._versions:
            # Two collections that both number from 1, without an outlet, are taken for one: whoever sees this can tell.
            same = "another text is on record under the same address, or outlet and id"
            lines.append(f"{self._versions:,} of them taken for another version of a document: {same}.")
        if self._unread:
            lines.append(f"Kept but not read: {skipped(self._unread)}.")
        if self._skipped:
            lines.append(f"Skipped inside articles: {skipped(self._skipped)}.")
        if passed:
            lines.append(f"Passed over: {skipped(passed)}.")
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
