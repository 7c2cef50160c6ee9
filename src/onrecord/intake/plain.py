"""Plain text as an article: the text as it is given, so that offsets are the caller's own."""

from __future__ import annotations

from onrecord import records
from onrecord.intake.encoding import clean, decoded
from onrecord.intake.given import Given
from onrecord.intake.language import detect, unsupported
from onrecord.records import Article

CUTTER = "text/1"
MAX_BYTES = 20 * 1024 * 1024
REPLACED = "character replaced"
EMPTY = "empty text"


def article(raw: bytes, given: Given) -> Article:
    """The article that these bytes of plain text are; raises InputError where their encoding cannot be told."""
    text, charset = decoded(raw)
    text, _ = clean(text)
    language, skipped = judged(text, None, text.count("\ufffd"))
    return records.article(
        text, outlet=given.outlet, language=language, published=given.published, basis="given" if given.published else "unknown", raw=raw,
        media=f"text/plain; charset={charset}", cutter=CUTTER, skipped=skipped,
    )  # fmt: skip


def judged(text: str, language: str | None, replaced: int) -> tuple[str | None, dict[str, int]]:
    """The text's language (as said, else as detected), and what keeps it from being read or had to be replaced, counted."""
    skipped = {REPLACED: replaced} if replaced else {}
    if not text.strip():
        return language, {**skipped, EMPTY: 1}
    language = language or detect(text)
    if reason := unsupported(language):
        skipped[reason] = 1
    return language, skipped
