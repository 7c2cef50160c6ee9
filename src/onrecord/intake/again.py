"""An article's text cut again from the bytes that it came as, by the newest cutter."""

from __future__ import annotations

import msgspec

from onrecord.intake import page
from onrecord.intake.came import Came
from onrecord.intake.given import Given
from onrecord.records import Article, tagged


def cut(article: Article) -> Article | None:
    """The article as it is cut today: of the same document, whatever its text; None where it is no page, or its bytes are not kept.

    Raises:
        InputError: where the bytes are refused today.
    """
    if not article.raw or not article.media.startswith("text/html"):
        return None
    charset = article.media.partition("charset=")[2] or None
    came = Came(address=article.fetched_from or article.url or "", at=article.fetched, charset=charset)
    for each in page.article(article.raw, article.id, Given(), came if came.address else None):
        if isinstance(each, Article):
            return msgspec.structs.replace(
                each, document=article.document, id=tagged("ar", article.document, each.text_sha256), url=article.url or each.url,
                caller=article.caller, fetched=article.fetched, fetched_from=article.fetched_from,
            )  # fmt: skip
    return None
