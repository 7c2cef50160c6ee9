"""The coverage page on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.ask import spelling
from onrecord.ask.numbering import marks
from onrecord.ask.quoting import marked
from onrecord.ask.sheet import Accord, Addition, Clause, Coverage, Edit, Entry, Sentence, Utterance, Voice, Words
from onrecord.faces import coverage_words as say
from onrecord.faces.demo import SAMPLE
from onrecord.faces.terminal import Painter, harmless
from onrecord.faces.view import Pieces, many, titled

_IN = "  "
_LABEL = 17


def lines(page: Coverage, painter: Painter) -> Iterator[str]:
    """The page, line by line, in the order in which it is read."""
    screen = _Screen(painter, alone=page.reports == 1)
    yield from screen.head(page)
    yield from screen.section(say.BRIEF, screen.brief(page))
    yield from screen.section(say.VOICES, screen.voices(page))
    contrasts, agreements = say.split(page)
    yield from screen.section(say.CONTRASTS, screen.accords(contrasts))
    yield from screen.section(say.AGREEMENTS, screen.accords(agreements))
    yield from screen.section(say.BACKGROUND, screen.background(page))
    yield from screen.section(say.EXPANDED, screen.expanded(page))
    yield from screen.section(say.READING, screen.reading(page))
    yield from screen.section("Citations", screen.citations(page))


class _Screen:
    """Lays the parts of the page out."""

    def __init__(self, painter: Painter, *, alone: bool) -> None:
        self._painter = painter
        self._alone = alone

    def section(self, title: str, body: Iterable[str]) -> Iterator[str]:
        """A heading with what stands under it; nothing where nothing does."""
        found = list(body)
        if found:
            yield ""
            yield self._painter.rule(title.upper())
            yield from found

    def head(self, page: Coverage) -> Iterator[str]:
        """Headline, figures, and what they are not."""
        if page.sample:
            yield from self._lines([(SAMPLE, "marker")])
        cite = [self._mark(page.headline.cite)] if page.headline else []
        yield from self._lines([(titled(page.title), "bold"), *cite])
        yield from self._lines([(" · ".join([*say.facts(page), page.story]), "dim")])
        for line in say.origin_lines(page):
            yield from self._lines([(harmless(line), "dim")])
        yield from self._lines([(say.CAUTION, "dim")])

    def brief(self, page: Coverage) -> Iterator[str]:
        """The sentences, each with what it is about before it."""
        if not page.brief:
            yield from self._lines([(say.NO_BRIEF, None)], _IN)
        for sentence in page.brief:
            label = self._painter.paint(say.LABELS[sentence.kind].ljust(_LABEL), "cyan")
            yield from self._painter.lines(self._sentence(sentence), label, " " * _LABEL)

    def _sentence(self, sentence: Sentence) -> Pieces:
        pieces: Pieces = []
        for piece in sentence.pieces:
            if piece.kind == "mark" and piece.cite is not None:
                pieces.append((f"[{piece.cite}]", "dim"))
            else:
                pieces.append(
                    (_flat(piece.text), "bold" if piece.kind in ("name", "speaker") else "italic" if piece.kind == "outlet" else None)
                )
        return pieces

    def voices(self, page: Coverage) -> Iterator[str]:
        """Each actor, with what they say."""
        for number, voice in enumerate(page.voices):
            if number:
                yield ""
            yield from self._voice(voice)
        if page.more_voices:
            yield ""
            yield from self._lines([(say.more(page.more_voices, "actor"), "dim")])

    def _voice(self, voice: Voice) -> Iterator[str]:
        who = f" ({harmless(say.who(voice))})" if say.who(voice) else ""
        yield from self._lines([(harmless(voice.name), "bold"), (who, "cyan"), (f" · in {many(voice.reports, 'report')}", "dim")])
        shown = {each.saying for each in voice.utterances[: say.FOLD]}
        for title, several in say.groups(voice):
            some = [each for each in several if each.saying in shown]
            if title and some:
                yield from self._lines([(title, "dim")], _IN, _IN)
            for said in some:
                yield from self._utterance(said)
        if more := voice.more + max(0, len(voice.utterances) - say.FOLD):
            yield from self._lines([(say.more(more, "saying"), "dim")], _IN, _IN)
        if say.see(voice):
            yield from self._lines([(harmless(say.see(voice)), "dim")], _IN, _IN)

    def _utterance(self, said: Utterance) -> Iterator[str]:
        pieces = self._quoted(said.words)
        verb, kind = say.verb(said), say.kind(said)
        if verb is not None:
            pieces += [(" — ", "dim"), (harmless(verb.text), "italic"), (f" ({kind})" if kind else "", "blue")]
        elif kind:
            pieces += [(" — ", "dim"), (kind, "blue")]
        yield from self._lines(pieces, _IN, _IN * 2)
        for clause in said.clauses:
            yield from self._clause(clause)
        yield from self._lines([(harmless(say.utterance_facts(said, alone=self._alone)), "dim")], _IN * 2, _IN * 2)
        for other in said.differs:
            told: Pieces = [(f"{harmless(other.outlet or '')} {other.told}", "yellow")]
            told += [(": ", None), *self._quoted([other.after])] if other.after else []
            told += [(" for " if other.after else ": ", None), *self._quoted([other.before])] if other.before else []
            yield from self._lines(told, _IN * 2, _IN * 3)

    def _clause(self, clause: Clause) -> Iterator[str]:
        width = max(len(say.joiner(clause, number)) for number in range(len(clause.parts)))
        for number, part in enumerate(clause.parts):
            lead = _IN * 3 + self._painter.paint(harmless(say.joiner(clause, number)).ljust(width), "marker") + " "
            yield from self._painter.lines([(_flat(part.text), None)], lead, " " * (7 + width))

    def accords(self, several: Iterable[Accord]) -> Iterator[str]:
        """Who sets what against what."""
        for each in several:
            pieces: Pieces = [(f"{say.relation(each)}: ", "blue"), *self._by(each.name, each.cue, each.words)]
            if each.others:
                pieces += [(f" to {harmless(each.other or '')}: ", None), *self._quoted(each.others)]
            pieces.append((f" ({harmless(say.source(each.outlet, each.day))})", "dim"))
            yield from self._lines(pieces, _IN, _IN * 2)

    def background(self, page: Coverage) -> Iterator[str]:
        """Earlier positions, dated."""
        for each in page.background:
            where = "recalled by" if each.within else "in"
            pieces: Pieces = [(f"{spelling.day(each.day) or 'earlier'} ", "cyan"), *self._by(each.name, each.cue, each.words)]
            pieces += [(f" ({where} {harmless(each.outlet or '')})", "dim")]
            yield from self._lines(pieces, _IN, _IN * 2)

    def _by(self, name: str, cue: Words | None, words: tuple[Words, ...]) -> Pieces:
        """Who says what: name, words, and the cue behind them, as one reads it."""
        pieces: Pieces = [(harmless(name), "bold"), (" " if cue is None else ": ", None), *self._quoted(words)]
        return [*pieces, (" — ", "dim"), (harmless(cue.text), "italic")] if cue is not None else pieces

    def expanded(self, page: Coverage) -> Iterator[str]:
        """Each report, with where it comes from and what it alone has."""
        if page.reports == 1:
            yield from self._lines([(say.ALONE, None)])
        for number, entry in enumerate(page.entries):
            if number or page.reports == 1:
                yield ""
            yield from self._entry(entry)
        if page.more_entries:
            yield ""
            yield from self._lines([(say.more(page.more_entries, "report"), "dim")])

    def _entry(self, entry: Entry) -> Iterator[str]:
        yield from self._lines([(harmless(entry.outlet or "outlet unknown"), "bold"), (" · " + harmless(say.meta(entry)), "dim")])
        yield from self._lines([(harmless(entry.title or "(no title)"), None)], _IN, _IN)
        yield from self._lines([(f"{harmless(entry.url)} · " if entry.url else "", "dim"), (entry.article, "dim")], _IN, _IN)
        for number, line in enumerate(say.origin_of(entry, alone=self._alone)):
            cited = [self._mark(each.cite) for each in entry.spans] if not number else []
            yield from self._lines([(harmless(line), "green" if entry.counts and not number else None), *cited], _IN, _IN * 2)
        for addition in entry.adds:
            yield from self._lines(self._added(addition), _IN, _IN * 2)
        if entry.more:
            yield from self._lines([(say.more(entry.more, "saying") + " that no other report has", "dim")], _IN, _IN)
        if not entry.adds and not entry.more and not self._alone:
            yield from self._lines([(say.NOTHING, "dim")], _IN, _IN)
        if not self._alone and say.because(entry):
            yield from self._lines([(f"in this story: {harmless(say.because(entry))}", "dim")], _IN, _IN * 2)
        for copy in entry.copies:
            facts = f"{harmless(say.source(copy.outlet, copy.day))}: {harmless(copy.sentence)} · {copy.article}"
            yield from self._lines([("└ ", "dim"), (facts, None)], _IN, _IN * 2)
            for edit in copy.edits:
                yield from self._lines(self._edit(edit), _IN * 2, _IN * 3)
            for addition in copy.adds:
                yield from self._lines(self._added(addition), _IN * 2, _IN * 3)
        if entry.more_copies:
            yield from self._lines([(say.more_copies(entry.more_copies), "dim")], _IN * 2, _IN * 2)

    def _added(self, addition: Addition) -> Pieces:
        return [(f"{say.ONLY[addition.only]}: ", "dim"), *self._by(addition.speaker or "", addition.cue, addition.words)]

    def _edit(self, edit: Edit) -> Pieces:
        pieces: Pieces = [(f"{say.edit(edit.kind)} ", "dim"), *self._quoted([each for each in (edit.before,) if each])]
        pieces += [(" to ", "dim")] if edit.before and edit.after else []
        return [*pieces, *self._quoted([each for each in (edit.after,) if each])]

    def reading(self, page: Coverage) -> Iterator[str]:
        """What is cited and not held, with the words that cite it."""
        for each in page.wanted:
            pieces: Pieces = [(harmless(say.wanted(each)), "bold"), (": ", None), *self._quoted(each.words)]
            by = f" (cited by {harmless(spelling.listed(each.outlets, most=4))})" if page.reports > 1 and each.outlets else ""
            yield from self._lines([*pieces, (by, "dim")], _IN, _IN * 2)

    def citations(self, page: Coverage) -> Iterator[str]:
        """Where the numbers stand."""
        names = {paper.article: paper.outlet for paper in page.papers}
        shown = sorted(set(marks(page, say.FOLD)))
        for number in shown:
            each = page.citations[number - 1]
            place = f"{each.span.start}:{each.span.end}" + (" of the title" if each.span.place else "")
            told = f"{each.article} {place}" + (f" · {harmless(names[each.article] or '')}" if names.get(each.article) else "")
            yield from self._painter.lines([(told, "dim")], self._painter.paint(f"{f'[{number}]':>6} ", "dim"), " " * 7)

    def _quoted(self, several: Iterable[Words]) -> Pieces:
        pieces: Pieces = []
        for number, words in enumerate(several):
            opening, closing = marked(words.text)
            pieces += [(" … ", None)] if number else []
            pieces += [(opening + _flat(words.text) + closing, None), self._mark(words.cite)]
        return pieces

    def _mark(self, cite: int) -> tuple[str, str | None]:
        return f"[{cite}]", "dim"

    def _lines(self, pieces: Pieces, first: str = "", rest: str = "") -> Iterator[str]:
        return self._painter.lines([piece for piece in pieces if piece[0]], first, rest)


def _flat(text: str) -> str:
    """The text harmless, with the spaces at its ends."""
    ends = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return (" " if ends[0] else "") + harmless(text) + (" " if ends[1] and text.strip() else "")
