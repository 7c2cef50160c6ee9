"""What differs between two texts, word by word, with a little of what stands around it.

Norland would open the gate [-if-]{+once+} the talks succeed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from onrecord.faces.terminal import Painter, harmless

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?…][”’\"')\]]*(?=\s)|(?=\n)|$)")
_WORD = re.compile(r"\w+(?:[-’']\w+)*|[^\w\s]|\s+")
_AROUND = 60
"""Letters shown of an unchanged sentence beside a changed one."""
_LARGEST = 3000
"""So many words are compared one by one at most; a longer stretch is shown as taken out and put in whole."""

Pieces = list[tuple[str, str | None]]


def lines(before: str, after: str, painter: Painter, *, coloured: bool) -> Iterator[str]:
    """The changed sentences, each with its words taken out and put in; nothing where only spaces differ."""
    old, new = _sentences(before), _sentences(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pieces: Pieces = []
        if c > 0:
            pieces.append((_end(new[c - 1]) + " ", "dim"))
        pieces += _words(" ".join(old[a:b]), " ".join(new[c:d]), coloured)
        if d < len(new):
            pieces.append((" " + _beginning(new[d]), "dim"))
        yield from painter.lines(pieces, "  ", "  ")
        yield ""


def _sentences(text: str) -> list[str]:
    return [sentence for found in _SENTENCE.finditer(text) if (sentence := " ".join(found[0].split()))]


def _words(before: str, after: str, coloured: bool) -> Pieces:
    """The words of both, marked where they differ."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > _LARGEST:
        return [*_taken(before, coloured), *_put(after, coloured)]
    pieces: Pieces = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append((_plain(old[a:b]), None))
        else:
            pieces += [*_taken(_plain(old[a:b]), coloured), *_put(_plain(new[c:d]), coloured)]
    return pieces


def _taken(words: str, coloured: bool) -> Pieces:
    return _marked(words, "[-", "-]", None if not coloured else "red")


def _put(words: str, coloured: bool) -> Pieces:
    return _marked(words, "{+", "+}", None if not coloured else "green")


def _marked(words: str, begin: str, end: str, style: str | None) -> Pieces:
    """The words between marks, whatever the terminal can show; spaces at their ends stay outside."""
    if not words.strip():
        return [(words, None)] if words else []
    lead, tail = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return [(lead, None), (begin + words.strip() + end, style), (tail, None)]


def _plain(words: Sequence[str]) -> str:
    """The words on one line, harmless, with the spaces at both ends that they have."""
    text = "".join(words)
    lead, tail = text[:1].isspace(), len(text) > 1 and text[-1:].isspace()
    return (" " if lead else "") + harmless(text) + (" " if tail and harmless(text) else "")


def _end(sentence: str) -> str:
    text = harmless(sentence)
    return text if len(text) <= _AROUND else "… " + text[-_AROUND:].partition(" ")[2]


def _beginning(sentence: str) -> str:
    text = harmless(sentence)
    return text if len(text) <= _AROUND else text[:_AROUND].rpartition(" ")[0] + " …"
