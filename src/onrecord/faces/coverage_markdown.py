"""The coverage page as Markdown, with citations as footnotes (GitHub's and Pandoc's notation)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.ask import spelling
from onrecord.ask.numbering import marks
from onrecord.ask.quoting import marked
from onrecord.ask.sheet import Accord, Addition, Coverage, Edit, Entry, Sentence, Utterance, Voice, Words
from onrecord.faces import coverage_words as say
from onrecord.faces.demo import SAMPLE
from onrecord.faces.terminal import harmless
from onrecord.faces.view import many, titled

_SPECIAL = re.compile(r"([\\`*_\[\]#|~^])")


def markdown(page: Coverage) -> str:
    """The page as a Markdown document."""
    return "\n".join(lines(page)) + "\n"


def lines(page: Coverage) -> Iterator[str]:
    """The document, line by line."""
    cite = _mark(page.headline.cite) if page.headline else ""
    yield f"# {plain(titled(page.title))}{cite}"
    yield ""
    if page.sample:
        yield from (f"> **{plain(SAMPLE)}**", "")
    yield from (f"{' · '.join([*say.facts(page), f'`{page.story}`'])}  ", *(f"{plain(line)}  " for line in say.origin_lines(page)))
    yield f"*{plain(say.CAUTION)}*"
    yield from _section(say.BRIEF, [_sentence(each) for each in page.brief] or [say.NO_BRIEF])
    yield from _heading(say.VOICES, bool(page.voices))
    for voice in page.voices:
        yield from _voice(voice, page.reports == 1)
    if page.more_voices:
        yield from ("", f"*{say.more(page.more_voices, 'actor')}*")
    contrasts, agreements = say.split(page)
    yield from _section(say.CONTRASTS, map(_accord, contrasts))
    yield from _section(say.AGREEMENTS, map(_accord, agreements))
    yield from _section(say.BACKGROUND, _background(page))
    yield from _heading(say.EXPANDED, True)
    if page.reports == 1:
        yield from ("", say.ALONE)
    for entry in page.entries:
        yield from _entry(entry, page.reports == 1)
    if page.more_entries:
        yield from ("", f"*{say.more(page.more_entries, 'report')}*")
    yield from _section(say.READING, _reading(page))
    yield from _notes(page)


def plain(text: str) -> str:
    """The text on one line, with what Markdown or HTML would act on shown as it is."""
    flat = _SPECIAL.sub(r"\\\1", harmless(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", flat))


def _heading(title: str, there: bool) -> Iterator[str]:
    if there:
        yield from ("", f"## {title}")


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    """A heading and a list; nothing where the list is empty."""
    found = list(items)
    yield from _heading(title, bool(found))
    for number, item in enumerate(found):
        yield from ([""] if number == 0 else [])
        yield f"- {item}"


def _sentence(sentence: Sentence) -> str:
    told = ""
    for piece in sentence.pieces:
        if piece.kind == "mark" and piece.cite is not None:
            told += _mark(piece.cite)
        elif piece.kind in ("name", "speaker"):
            told += f"**{plain(piece.text)}**"
        else:
            told += f"*{plain(piece.text)}*" if piece.kind == "outlet" else _inner(piece.text)
    return f"{say.LABELS[sentence.kind]}: {told}"


def _inner(text: str) -> str:
    """A piece in the middle of a sentence, with the spaces at its ends."""
    ends = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if text.strip() else ""
    return (
        (" " if ends[0] else "")
        + _SPECIAL.sub(r"\\\1", harmless(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        + (" " if ends[1] else "")
    )


def _voice(voice: Voice, alone: bool) -> Iterator[str]:
    who = f" ({plain(say.who(voice))})" if say.who(voice) else ""
    yield from ("", f"### {plain(voice.name)}{who}", "", f"In {many(voice.reports, 'report')}. {plain(say.see(voice))}".rstrip(), "")
    shown = {each.saying for each in voice.utterances[: say.FOLD]}
    for title, several in say.groups(voice):
        some = [each for each in several if each.saying in shown]
        if title and some:
            yield from (f"*{title}*", "")
        for said in some:
            yield from _utterance(said, alone)
        if title and some:
            yield ""
    if more := voice.more + max(0, len(voice.utterances) - say.FOLD):
        yield f"- *{say.more(more, 'saying')}*"


def _utterance(said: Utterance, alone: bool) -> Iterator[str]:
    verb, kind = say.verb(said), say.kind(said)
    told = f" — *{plain(verb.text)}*" + (f" ({kind})" if kind else "") if verb is not None else f" — {kind}" if kind else ""
    yield f"- {_quoted(said.words)}{told}"
    for clause in said.clauses:
        for number, part in enumerate(clause.parts):
            yield f"  - *{plain(say.joiner(clause, number))}* {plain(part.text)}"
    if facts := say.utterance_facts(said, alone=alone):
        yield f"  - {plain(facts)}"
    for other in said.differs:
        told = f": {_quoted([other.after])}" if other.after else ""
        told += f"{' for ' if other.after else ': '}{_quoted([other.before])}" if other.before else ""
        yield f"  - {plain(other.outlet or '')} {other.told}{told}"


def _accord(each: Accord) -> str:
    against = f" to {plain(each.other or '')}: {_quoted(each.others)}" if each.others else ""
    source = plain(say.source(each.outlet, each.day))
    return f"{say.relation(each)}: {_by(each.name, each.cue, each.words)}{against} ({source})"


def _background(page: Coverage) -> Iterator[str]:
    for each in page.background:
        where = f"{'recalled by' if each.within else 'in'} {plain(each.outlet or '')}"
        yield f"{spelling.day(each.day) or 'earlier'}: {_by(each.name, each.cue, each.words)} ({where})"


def _entry(entry: Entry, alone: bool) -> Iterator[str]:
    title = plain(entry.title or "(no title)")
    yield from ("", f"### {plain(entry.outlet or 'Outlet unknown')}: {title}", "", f"{plain(say.meta(entry))} · `{entry.article}`  ")
    if entry.url:
        yield f"<{address(entry.url)}>  "
    yield from (f"{plain(line)}{''.join(_mark(each.cite) for each in entry.spans) if not number else ''}  " for number, line in enumerate(say.origin_of(entry, alone=alone)))  # fmt: skip # noqa: E501
    yield ""
    for addition in entry.adds:
        yield f"- {say.ONLY[addition.only]}: {_added(addition)}"
    if entry.more:
        yield f"- *{say.more(entry.more, 'saying')} that no other report has*"
    if not entry.adds and not entry.more and not alone:
        yield f"- *{say.NOTHING}*"
    if not alone and say.because(entry):
        yield f"- In this story: {plain(say.because(entry))}"
    for copy in entry.copies:
        yield f"- Copy: {plain(say.source(copy.outlet, copy.day))}: {plain(copy.sentence)} · `{copy.article}`"
        for edit in copy.edits:
            yield f"  - {_edit(edit)}"
        for addition in copy.adds:
            yield f"  - {say.ONLY[addition.only]}: {_added(addition)}"
    if entry.more_copies:
        yield f"- *{say.more_copies(entry.more_copies)}*"


def address(url: str) -> str:
    """The address as it may stand between angle brackets."""
    return url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")


def _added(addition: Addition) -> str:
    return _by(addition.speaker or "", addition.cue, addition.words)


def _edit(edit: Edit) -> str:
    told = f"{say.edit(edit.kind)} {_quoted([edit.before] if edit.before else [])}"
    return told + (" to " if edit.before and edit.after else "") + _quoted([edit.after] if edit.after else [])


def _by(name: str, cue: Words | None, words: Iterable[Words]) -> str:
    """Who says what: name, words, and the cue behind them."""
    who = f"**{plain(name)}**" + (" " if cue is None else ": ") if name else ""
    return who + _quoted(words) + (f" — *{plain(cue.text)}*" if cue is not None else "")


def _reading(page: Coverage) -> Iterator[str]:
    for each in page.wanted:
        by = f" (cited by {plain(spelling.listed(each.outlets, most=4))})" if page.reports > 1 and each.outlets else ""
        yield f"**{plain(say.wanted(each))}**: {_quoted(each.words)}{by}"


def _notes(page: Coverage) -> Iterator[str]:
    papers = {paper.article: paper for paper in page.papers}
    yield ""
    for number in sorted(set(marks(page, say.FOLD))):
        each = page.citations[number - 1]
        paper = papers.get(each.article)
        where = f"{each.span.start}:{each.span.end}" + (" of the title" if each.span.place else "")
        source = plain(say.source(paper.outlet, paper.day)) if paper else ""
        yield f"[^{number}]: {source}, `{each.article}` {where}: {_set(each.span.text)}"


def _set(words: str) -> str:
    opening, closing = marked(words)
    return opening + plain(words) + closing


def _quoted(several: Iterable[Words]) -> str:
    return " … ".join(_set(words.text) + _mark(words.cite) for words in several)


def _mark(cite: int) -> str:
    return f"[^{cite}]"
