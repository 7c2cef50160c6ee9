"""The command ``recut``: texts of pages cut again from their bytes, where the cutter has become better since."""

from __future__ import annotations

from collections.abc import Iterator

import click

from onrecord import pipeline, store
from onrecord.errors import InputError
from onrecord.faces import settings
from onrecord.faces.articles import Progress, say
from onrecord.faces.keeping import now
from onrecord.faces.view import many
from onrecord.intake import again, page
from onrecord.records import Article


def recut(ledger: str | None) -> bool:
    """Cut again what an older cutter cut, and say what became of it; whether all of it could be cut."""
    path = settings.ledger(ledger)
    work = _Work()
    with store.open_ledger(path, create=False, now=now) as opened:
        todo = opened.outdated(page.cutter())
        progress = Progress("cut again", lambda: len(todo))
        try:
            for receipt in pipeline.add(work.articles(opened, todo), pipeline.make_reader(), opened):
                work.replaced += receipt.outcome == "added"
                progress.step()
        finally:
            progress.clear()
            click.echo(
                f"{many(progress.done, 'page')} of {len(todo):,} cut again by {page.cutter()}: {work.replaced:,} with another text, which "
                f"takes the place of the old one; {progress.done - work.replaced:,} with the same."
            )
            if work.failed:
                click.echo(f"{many(work.failed, 'page')} could not be cut and stay as they are; each is named above.")
            click.echo(f"Ledger: {path}")
    return not work.failed


class _Work:
    """What was done so far. Given again, the command goes on with what is left."""

    def __init__(self) -> None:
        self.replaced = 0
        self.failed = 0

    def articles(self, ledger: store.SqliteLedger, todo: list[str]) -> Iterator[Article]:
        """Each article as it is cut today."""
        for ident in todo:
            held = ledger.article(ident)
            try:
                cut = again.cut(held)
            except InputError as error:
                self._fail(ident, str(error))
                continue
            # A text that is gone altogether is no better cut.
            if cut is None or (held.text.strip() and not cut.text.strip()):
                self._fail(ident, "no text can be cut from its bytes any more; the old one stays")
            else:
                yield cut

    def _fail(self, ident: str, why: str) -> None:
        self.failed += 1
        say(f"{ident}: {why}")
