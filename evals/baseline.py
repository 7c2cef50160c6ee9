"""A baseline that is dumb on purpose: a verb list, the nearest name, the rest of the sentence. What it reaches is worth nothing.

It stands in every table, so that each figure has a floor of meaning. It is not to be made better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Line = dict[str, Any]

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]+)*[.!?]?[”\"’']?")
_CUE = re.compile(r"\b(?:said|says|told|warned|added|announced|claimed|denied|argued|insisted|noted|according to)\b", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]*(?: (?:of |the )?[A-ZÀ-Þ][\w'’-]*)*")
_IF = re.compile(r"\b(if|unless|until|once)\b", re.IGNORECASE)
_DAY = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2})\b|\b(?:19|20)\d\d\b"
)  # fmt: skip
_EVENT = {"attack": "ASSAULT", "sanctions": "SANCTION", "talks": "CONSULT", "deploy": "MOBILIZE", "support": "SUPPORT", "aid": "AID"}
_MONTHS = "January February March April May June July August September October November December".split()


def read(text: str, published: str | None) -> Line:
    """The baseline's line for one article, in the shape of one line of ``extract --jsonl``."""
    sentences = [found.span() for found in _SENTENCE.finditer(text) if found.group().strip()]
    return {
        "statements": [line for extent in sentences for line in _statements(text, *extent)],
        "conditions": [line for extent in sentences for line in _conditions(text, *extent)],
        "events": [
            _piece(text, *found.span()) | {"type": kind, "mode": "actual"}
            for word, kind in _EVENT.items()
            for found in re.finditer(word, text)
        ],
        "dates": [_piece(text, *found.span()) | {"value": _value(found, published)} for found in _DAY.finditer(text)],
    }


def _piece(text: str, start: int, end: int) -> Line:
    return {"start": start, "end": end, "text": text[start:end]}


def _statements(text: str, start: int, end: int) -> Iterator[Line]:
    for cue in _CUE.finditer(text, start, end):
        after = cue.group().lower() == "according to"
        names = list(_NAME.finditer(text, cue.end(), end) if after else _NAME.finditer(text, start, cue.start()))
        name = (names[0] if after else names[-1]) if names else None
        rest = (start, cue.start()) if after or not text[cue.end() : end].strip(" .”\"'") else (cue.end(), end)
        if text[slice(*rest)].strip():
            yield {
                "speaker": _piece(text, *name.span()) if name else None, "cue": _piece(text, *cue.span()), "content": [_piece(text, *rest)],
                "act": "assert", "manner": "indirect",
            }  # fmt: skip


def _conditions(text: str, start: int, end: int) -> Iterator[Line]:
    for marker in _IF.finditer(text, start, end):
        comma = text.find(",", marker.end(), end)
        stop = comma if comma > 0 else end
        before = (start, marker.start()) if text[start : marker.start()].strip() else (stop, end)
        if text[marker.end() : stop].strip() and text[slice(*before)].strip():
            yield {
                "marker": _piece(text, *marker.span()), "antecedent": [_piece(text, marker.end(), stop)],
                "consequent": [_piece(text, *before)], "kind": marker.group().lower(), "realis": "open",
            }  # fmt: skip


def _value(found: re.Match[str], published: str | None) -> str:
    if not found[1]:
        return found.group()
    return f"{(published or 'XXXX')[:4]}-{_MONTHS.index(found[1]) + 1:02d}-{int(found[2]):02d}"
