"""How well statements are joined to sayings: pairs of statements of the five stories of w5, against marks made by hand.

python -m evals.sayings            the marked statements themselves, and what the reader finds
python -m evals.sayings --orders 5 in several orders of arrival
python -m evals.sayings --write    and keeps the figures in groups.json
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from evals import gold, groups, score
from onrecord import pipeline, records
from onrecord.codec import decode
from onrecord.group.gist import Gist
from onrecord.group.sayings import place
from onrecord.records import (
    Condition,
    Event,
    Extraction,
    Mention,
    Part,
    Published,
    Reader,
    Said,
    Span,
    Statement,
    Via,
    When,
    tagged,
)  # fmt: skip
from onrecord.reports import Copy, Key, Placement, Report

FILE = gold.CORPUS / "articles" / "w5" / "sayings.toml"


class Truth(NamedTuple):
    """Which saying each marked statement words, and which pairs of sayings are not judged."""

    saying: Mapping[tuple[str, str], str]
    open: frozenset[frozenset[str]]


class Figures(NamedTuple):
    """Pairs found and marked, and those that are both; with examples of the rest."""

    right: int
    found: int
    marked: int
    wrong: tuple[tuple[Any, Any], ...]
    missed: tuple[tuple[Any, Any], ...]

    @property
    def precision(self) -> float:
        """Share of the found pairs that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the marked pairs that are found."""
        return self.right / self.marked if self.marked else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Memory:
    """A shelf of sayings in memory."""

    def __init__(self) -> None:
        self.packed: dict[str, bytes] = {}
        self.held: dict[str, tuple[Gist, ...]] = {}
        self.saying: dict[Key, str] = {}
        self.into: dict[str, str] = {}

    def spoken(self, actors: Sequence[str], countries: Sequence[str], first: str, last: str, limit: int) -> Sequence[str]:
        """Articles with statements by these on these days."""
        found = []
        for article, gists in self.held.items():
            days = [
                g.last or g.day
                for g in gists
                if self._fits(g, actors, countries) and (g.first or g.day) <= last and (g.last or g.day) >= first
            ]
            if days:
                found.append((max(days), article))
        return [article for _, article in sorted(found, reverse=True)][:limit]

    def _fits(self, gist: Gist, actors: Sequence[str], countries: Sequence[str]) -> bool:
        return bool(set(actors) & set(gist.actors) or set(countries) & set(gist.countries))

    def gists(self, articles: Sequence[str]) -> Iterator[bytes]:
        """The gists of each."""
        yield from (self.packed[article] for article in articles if article in self.packed)

    def filed(self, articles: Sequence[str]) -> Mapping[Key, str]:
        """The saying of each statement."""
        return {key: self.last(saying) for key, saying in self.saying.items() if key[0] in articles}

    def worded(self, sayings: Sequence[str], limit: int) -> Mapping[str, Sequence[Key]]:
        """The statements of each."""
        found: dict[str, list[Key]] = {}
        for key, saying in sorted(self.saying.items(), key=lambda item: (self._day(item[0][0]), item[0])):
            if self.last(saying) in sayings:
                found.setdefault(self.last(saying), []).append(key)
        return {saying: keys[:limit] for saying, keys in found.items()}

    def _day(self, article: str) -> str:
        return self.held[article][0].day if self.held[article] else ""

    def keep(self, placement: Placement) -> None:
        """Keep what was concluded."""
        self.packed[placement.article] = placement.gists
        self.held[placement.article] = decode(placement.gists, tuple[Gist, ...])
        self.saying = {key: saying for key, saying in self.saying.items() if key[0] != placement.article}
        self.saying.update({(placement.article, each.anchor): each.saying for each in placement.placed})
        self.into.update(placement.merged)

    def last(self, saying: str) -> str:
        """Where the saying leads to."""
        while saying in self.into:
            saying = self.into[saying]
        return saying

    def groups(self) -> list[list[Key]]:
        """The statements of each saying."""
        found: dict[str, list[Key]] = {}
        for key, saying in sorted(self.saying.items()):
            found.setdefault(self.last(saying), []).append(key)
        return list(found.values())


def truth(path: Path = FILE) -> Truth:
    """The marks."""
    marks = tomllib.loads(path.read_text(encoding="utf-8"))
    saying: dict[tuple[str, str], str] = {}
    for name, listed in marks["sayings"].items():
        for each in listed.split(","):
            article, number = each.split()
            if (article, number) in saying:
                raise ValueError(f"{article} {number} is in two sayings: {saying[article, number]} and {name}")
            saying[article, number] = name
    for one, other, count in marks["reprints"]:
        for number in (f"n{n}" for n in range(1, count + 1)):
            name = saying.get((one, number)) or saying.get((other, number)) or f"{one} {number}"
            saying.setdefault((one, number), name)
            saying.setdefault((other, number), name)
    return Truth(saying, frozenset(frozenset(pair) for pair in marks["open"]))


def grouped(reports: Iterable[Report], story: Callable[[str], str], copies: Callable[[str], Sequence[Copy]] = lambda _: ()) -> Memory:
    """All reports placed one after the other; neighbours are the articles of the same story that came before."""
    shelf = Memory()
    for report in reports:
        around = [article for article in shelf.held if story(article) == story(report.article)]
        known = [copy for copy in copies(report.article) if copy.of in shelf.held or copy.of == report.article]
        shelf.keep(place(report, known, around, shelf))
    return shelf


def measure(groups: Iterable[Sequence[Key]], names: Mapping[Key, tuple[str, str]], marks: Truth) -> Figures:
    """Pairs in one group against pairs of one saying; ``names`` are the marked statements that statements stand for.

    A pair is judged where at least one of the two is in a saying that is marked; what the reader did not find is in none.
    """
    at = {names[key]: group for group, keys in enumerate(groups) for key in keys if key in names}
    right = found = marked = 0
    wrong, missed = [], []
    for one, other in combinations(sorted(at), 2):
        mine, theirs = marks.saying.get(one), marks.saying.get(other)
        if (mine is None and theirs is None) or frozenset((mine, theirs)) in marks.open:
            continue
        same, together = mine == theirs, at[one] == at[other]
        right += same and together
        found += together
        marked += same
        if together and not same:
            wrong.append((one, other))
        if same and not together:
            missed.append((one, other))
    return Figures(right, found, marked, tuple(wrong), tuple(missed))


def marked_reports(articles: Sequence[gold.Marked]) -> tuple[list[Report], dict[Key, tuple[str, str]]]:
    """The marked statements as if a reader had found them."""
    reports, names = [], {}
    for article in articles:
        statements = [_statement(article, one) for one in article.line["statements"]]
        names.update(
            {(article.id, each.anchor): (article.id, one["id"]) for each, one in zip(statements, article.line["statements"], strict=True)}
        )
        reports.append(_report(article, statements))
    return reports, names


def aligned(articles: Sequence[gold.Marked], reports: Sequence[Report]) -> dict[Key, tuple[str, str]]:
    """The marked statement that each found one stands for."""
    names: dict[Key, tuple[str, str]] = {}
    for article in articles:
        report = next(each for each in reports if each.article == article.id)
        text = article.text
        candidates = []
        body = [s for s in report.extraction.statements if all(span.place is None for span in s.content)]
        for i, one in enumerate(article.line["statements"]):
            mine = score.characters(text, one["content"])
            cue = score.characters(text, [one["cue"]]) if one["cue"] else frozenset()
            for j, found in enumerate(body):
                theirs = score.characters(text, [{"start": s.start, "end": s.end} for s in found.content])
                other = score.characters(text, [{"start": found.cue.start, "end": found.cue.end}]) if found.cue else frozenset()
                share = score.overlap(mine, theirs)
                if share >= 0.4:
                    candidates.append((share + score.overlap(cue, other), i, j))
        for i, j in score.matched(candidates):
            names[article.id, body[j].anchor] = (article.id, article.line["statements"][i]["id"])
    return names


def copies_of(article: str) -> Sequence[Copy]:
    """What a finder of copies would say of the stories of w5: 03 is a copy of 02."""
    story, number = article.rsplit("-", 1)
    if number not in ("02", "03"):
        return ()
    one, other = f"{story}-03", f"{story}-02"
    return (Copy(article=one, of=other, kind="near", jaccard=0.7, containment=0.8, contained=0.8),)


def story_of(article: str) -> str:
    """The story of an article of w5."""
    return article.rsplit("-", 1)[0]


def _statement(article: gold.Marked, one: Mapping[str, Any]) -> Statement:
    speaker = one["speaker"]
    cue = one["cue"]
    content = tuple(_span(each) for each in one["content"])
    when = one.get("said", {}).get("when")
    return Statement(
        id=tagged("st", article.id, one["id"]), anchor=tagged("an", article.id, one["id"]),
        within=None if one["within"] is None else tagged("st", article.id, one["within"]),
        speaker=None if speaker is None else _mention(speaker), cue=None, content=content, manner=one["manner"], act=one["act"],
        continuity=one.get("continuity"), hedges=(), addressee=tuple(_mention(each) for each in one.get("addressee", ())),
        venue=tuple(_span(each) for each in one.get("venue", ())),
        said=_said(when), via=tuple(_via(each) for each in one.get("via", ())),
        conditions=(), events=(), relations=(), by="marks", confidence=1.0 if cue else 0.9,
    )  # fmt: skip


def _said(when: Mapping[str, Any] | None) -> Any:
    if not when or not when.get("from"):
        return Said(when=None, where=())
    return Said(when=When(first=when["from"], to=when["to"], granularity="day", spans=()), where=())


def _span(piece: Mapping[str, Any]) -> Span:
    return Span(start=piece["start"], end=piece["end"], text=piece["text"])


def _mention(piece: Mapping[str, Any]) -> Mention:
    actors = tuple(piece.get("actors", ()))
    countries = tuple(piece.get("countries", ()))
    return Mention(
        start=piece["start"], end=piece["end"], text=piece["text"], actors=actors, countries=countries, unnamed=bool(piece.get("unnamed"))
    )


def _via(piece: Mapping[str, Any]) -> Via:
    return Via(start=piece["start"], end=piece["end"], text=piece["text"], outlet=piece.get("outlet"))


def _report(article: gold.Marked, statements: Sequence[Statement]) -> Report:
    published = Published(first=article.published, to=article.published, granularity="day", at=None, basis="given", spans=())
    ids = {one["id"]: each.id for one, each in zip(article.line["statements"], statements, strict=True)}
    conditions = tuple(_condition(article, one, ids) for one in article.line["conditions"])
    events: tuple[Event, ...] = ()
    extraction = Extraction(
        article=article.id, document=article.id, outlet=article.outlet, title=article.title, language="en", text_sha256="", reader="marks",
        skipped={}, published=published, statements=tuple(statements), conditions=conditions, events=events, actors=(), dates=(),
    )  # fmt: skip
    return Report(
        article=article.id, document=article.id, caller=article.id, outlet=article.outlet, title=article.title, url=None, byline=None,
        language="en", published=published, added="2026-01-01", text=article.text, reading="marks", extraction=extraction,
    )  # fmt: skip


def _condition(article: gold.Marked, one: Mapping[str, Any], ids: Mapping[str, str]) -> Condition:
    antecedent = tuple(_span(each) for each in one["antecedent"])
    return Condition(
        id=tagged("cn", article.id, one["id"]), anchor=tagged("an", article.id, "c", one["id"]), statement=ids.get(one["statement"] or ""),
        marker=_span(one["marker"]), kind=one["kind"], realis="open", antecedent=antecedent,
        consequent=tuple(_span(each) for each in one["consequent"]), parts=Part(), by="marks", confidence=1.0,
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=1, help="orders of arrival that are tried")
    parser.add_argument("--show", action="store_true", help="print the pairs that are wrong or missed")
    parser.add_argument("--write", action="store_true", help="keep the figures in groups.json")
    options = parser.parse_args(arguments)
    articles = gold.marked([name for name in gold.names() if re.match(r"w5-", name)])
    marks = truth()
    reports, names = marked_reports(articles)
    found = {"marked": print_figures("marked", reports, names, marks, options)}
    read = _read(articles, pipeline.make_reader())
    found["read"] = print_figures("read", read, aligned(articles, read), marks, options)
    if options.write:
        groups.keep("sayings", {"command": f"python -m evals.sayings --orders {options.orders} --write", **found})
    return 0


def _read(articles: Sequence[gold.Marked], reader: Reader) -> list[Report]:
    made = [
        records.article(a.text, caller=a.id, title=a.title, outlet=a.outlet, published=a.published, basis="given", language="en")
        for a in articles
    ]
    out = []
    for a, extraction in zip(articles, pipeline.read(made, reader), strict=True):
        out.append(
            Report(
                article=a.id,
                document=a.id,
                caller=a.id,
                outlet=a.outlet,
                title=a.title,
                url=None,
                byline=None,
                language="en",
                published=extraction.published,
                added="2026-01-01",
                text=a.text,
                reading="read",
                extraction=extraction,
            )
        )
    return out


def print_figures(
    what: str, reports: Sequence[Report], names: Mapping[Key, tuple[str, str]], marks: Truth, options: Any
) -> dict[str, float]:
    """Print precision, recall and F1 in each order of arrival; those of the first, and the range of F1 over all."""
    made = []
    for order in range(options.orders):
        shuffled = list(reports)
        if order:
            random.Random(order).shuffle(shuffled)
        figures = measure(grouped(shuffled, story_of, copies_of).groups(), names, marks)
        made.append(figures)
        print(f"{what:8} order {order}: P {figures.precision:.3f} R {figures.recall:.3f} F1 {figures.f1:.3f} of {figures.marked} pairs")
        if options.show and not order:
            for kind, pairs in (("wrong", figures.wrong), ("missed", figures.missed)):
                for one, other in pairs:
                    print(f"  {kind}: {' '.join(one)} / {' '.join(other)}")
    f1 = [each.f1 for each in made]
    kept = {"precision": made[0].precision, "recall": made[0].recall, "f1": f1[0], "least": min(f1), "most": max(f1)}
    return {"pairs": made[0].marked, "orders": len(made), **{name: round(value, 4) for name, value in kept.items()}}


if __name__ == "__main__":
    raise SystemExit(main())
