"""A sentence in the making: words of the pattern, names, and an article's words with the marks of their citations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.ask.quoting import marked
from onrecord.ask.sheet import Piece, PieceKind, Sentence, SentenceKind, Words


class Line:
    """A sentence in the making."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pieces: list[Piece] = []
        self._cites: list[int] = []

    def plain(self, text: str) -> Line:
        """Add words of the pattern."""
        if self._pieces and self._pieces[-1].kind == "plain":
            text = self._pieces.pop().text + text
        if text:
            self._pieces.append(Piece(kind="plain", text=text))
        return self

    def name(self, text: str, kind: PieceKind = "name") -> Line:
        """Add a name that the reports have."""
        self._pieces.append(Piece(kind=kind, text=text))
        return self

    def words(self, words: Words, kind: PieceKind = "words") -> Line:
        """Add an article's words without quotation marks."""
        self._pieces.append(Piece(kind=kind, text=words.text, cite=words.cite))
        return self.rests_on([words])

    def quote(self, several: Sequence[Words], *, joined: str = " … ") -> Line:
        """Add an article's words in quotation marks, each with its mark."""
        for number, words in enumerate(several):
            opening, closing = marked(words.text)
            self.plain((joined if number else "") + opening).words(words).plain(closing)
            self._pieces.append(Piece(kind="mark", cite=words.cite))
        return self

    def mark(self, several: Iterable[Words]) -> Line:
        """Add marks of what the sentence rests on without quoting it."""
        for words in several:
            if words.cite not in self._cites:
                self._pieces.append(Piece(kind="mark", cite=words.cite))
                self._cites.append(words.cite)
        return self

    def rests_on(self, several: Iterable[Words]) -> Line:
        """Cite without a mark."""
        self._cites += [words.cite for words in several if words.cite not in self._cites]
        return self

    def end(self, kind: SentenceKind) -> Sentence:
        """The sentence, with its full stop where the words quoted last do not end one."""
        last = next((piece.text for piece in reversed(self._pieces) if piece.kind == "words"), "")
        ended = last.rstrip("”’\"'»)")[-1:] in (".", "?", "!")
        closed = self._pieces[-1].kind == "mark" and ended and self._pieces[-2].text in ("”", "’")
        if not closed:
            self.plain(".")
        pieces = tuple(self._pieces)
        return Sentence(kind=kind, text="".join(piece.text for piece in pieces), pieces=pieces, cites=tuple(self._cites))
