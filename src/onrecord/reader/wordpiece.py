"""BERT's WordPiece, uncased, with exact offsets into the untouched text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from onrecord.records import Extent

UNKNOWN = "[UNK]"
LONGEST_WORD = 100
"""Words of more characters are one unknown piece, as in BERT."""

_CACHE = 200_000
_CHUNK = re.compile(r"[^ \t\n\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

Shape = int
LOWER, TITLE, UPPER, DIGIT, MARK = range(1, 6)
"""Shapes of a piece's word, which tell an uncased model what case carried; 0 is for no piece."""
SHAPES = 6


class WordPiece:
    """Splits text into the pieces of a fixed vocabulary; remembers what it split."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        """Take the pieces with their numbers; it must hold ``[UNK]``."""
        self.vocabulary = vocabulary
        self.unknown = vocabulary[UNKNOWN]
        self._seen: dict[str, tuple[list[int], list[Extent], list[Shape]]] = {}

    def pieces(self, text: str) -> tuple[list[int], list[Extent], list[Shape]]:
        """Numbers, extents and shapes of the text's pieces, in its order. Extents are code points of the text as it came."""
        ids: list[int] = []
        extents: list[Extent] = []
        shapes: list[Shape] = []
        seen = self._seen
        for match in _CHUNK.finditer(text):
            chunk = match.group()
            known = seen.get(chunk)
            if known is None:
                known = self._split(chunk)
                if len(chunk) <= LONGEST_WORD:
                    if len(seen) >= _CACHE:
                        seen.clear()
                    seen[chunk] = known
            at = match.start()
            ids += known[0]
            extents += [(at + start, at + end) for start, end in known[1]]
            shapes += known[2]
        return ids, extents, shapes

    def _split(self, chunk: str) -> tuple[list[int], list[Extent], list[Shape]]:
        ids: list[int] = []
        extents: list[Extent] = []
        shapes: list[Shape] = []
        letters, places = _normal(chunk)
        for start, end in _words(letters):
            shape = _shape(chunk[places[start] : places[end - 1] + 1])
            for number, first, last in self._greedy(letters[start:end]):
                ids.append(number)
                extents.append((places[start + first], places[start + last - 1] + 1))
                shapes.append(shape)
        return ids, extents, shapes

    def _greedy(self, letters: str) -> list[tuple[int, int, int]]:
        """Longest match first; a word with a part that has no piece is one unknown piece."""
        whole = [(self.unknown, 0, len(letters))]
        if len(letters) > LONGEST_WORD:
            return whole
        out, start = [], 0
        while start < len(letters):
            for end in range(len(letters), start, -1):
                number = self.vocabulary.get(letters[start:end] if start == 0 else "##" + letters[start:end])
                if number is not None:
                    out.append((number, start, end))
                    start = end
                    break
            else:
                return whole
        return out


def _normal(chunk: str) -> tuple[str, list[int]]:
    """The chunk in lower case without accents and control characters, and where each of its letters came from."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(chunk):
        if letter.isascii() and letter > " " and letter != "\x7f":
            letters.append(letter.lower())
            places.append(at)
        elif not _is_control(letter):
            for part in unicodedata.normalize("NFD", letter):
                if unicodedata.category(part) != "Mn":
                    for low in part.lower():
                        if unicodedata.category(low) != "Mn":
                            letters.append(low)
                            places.append(at)
    return "".join(letters), places


def _words(letters: str) -> list[Extent]:
    """Where the words and single marks stand: every mark and every CJK character is a word of its own."""
    out: list[Extent] = []
    start: int | None = None
    for at, letter in enumerate(letters):
        if _is_mark(letter) or _is_cjk(letter):
            if start is not None:
                out.append((start, at))
                start = None
            out.append((at, at + 1))
        elif start is None:
            start = at
    if start is not None:
        out.append((start, len(letters)))
    return out


def _shape(word: str) -> Shape:
    first = word[0]
    if first.isdigit():
        return DIGIT
    if not first.isalpha():
        return MARK
    if len(word) > 1 and word.isupper():
        return UPPER
    return TITLE if first.isupper() else LOWER


def _is_control(letter: str) -> bool:
    return letter in "\x00\ufffd" or unicodedata.category(letter)[0] == "C"


def _is_mark(letter: str) -> bool:
    if letter.isascii():
        return letter > " " and not letter.isalnum() and letter != "\x7f"
    return unicodedata.category(letter)[0] == "P"


def _is_cjk(letter: str) -> bool:
    code = ord(letter)
    return code > 0x33FF and (
        0x3400 <= code <= 0x4DBF
        or 0x4E00 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x2CEAF
        or 0x2F800 <= code <= 0x2FA1F
    )
