"""How well pronouns are resolved in GUM: of those that stand for a person, an organisation or a place named before, how many find it.

python -m training.pronouns TREEBANKS [--part dev] [--genres news interview speech]

The names are given, as the marks have them: what is measured is the choice among those who were mentioned. GUM's text stays where it is.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from onrecord.records import Entity, Extent
from onrecord.resolve import resolve

KINDS = {
    "he": "he",
    "him": "he",
    "his": "he",
    "she": "she",
    "her": "she",
    "they": "they",
    "them": "they",
    "their": "they",
    "it": "it",
    "its": "it",
}
_ACTS = frozenset(("person", "organization", "place"))
_MARK = re.compile(r"\((?P<one>[^()]+)\)|\((?P<opens>[^()]+)|(?P<closes>[^()]+)\)")


class Named(Struct, frozen=True):
    """A mention of one entity: where it stands, whose it is, what sort of thing it is, and the tokens' parts of speech."""

    extent: Extent
    entity: str
    sort: str
    tags: tuple[str, ...]

    @property
    def pronoun(self) -> bool:
        """Whether it is one word that is a pronoun."""
        return len(self.tags) == 1 and self.tags[0] in ("PRON", "DET")


class Document(Struct, frozen=True):
    """One document: its text, its sentences, and all mentions that may act, in the order in which they stand."""

    text: str
    sentences: tuple[Extent, ...]
    mentions: tuple[Named, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print, for each pronoun, how many found the right one and how many found nobody."""
    parser = argparse.ArgumentParser(prog="python -m training.pronouns", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("--part", default="dev")
    parser.add_argument("--genres", nargs="+", default=["news", "interview", "speech"])
    wanted = parser.parse_args(arguments)
    counts = measure(documents((wanted.treebanks / "gum" / f"{wanted.part}.conllu").read_text(encoding="utf-8"), wanted.genres))
    for kind in dict.fromkeys(KINDS.values()):
        right, nobody, all_ = (counts[kind, what] for what in ("right", "nobody", "all"))
        print(f"{kind:5} {right / max(all_, 1):.3f}  {right} of {all_}, nobody {nobody}")
    return 0


def measure(found: Iterator[Document]) -> Counter[tuple[str, str]]:
    """For each pronoun: all that have a name or a description before them, those resolved to the same actor, and those to nobody."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in found:
        named = [one for one in document.mentions if not one.pronoun or _kind(document, one)]
        people = [_entity(one) for one in named if one.sort == "person" and set(one.tags) == {"PROPN"}]
        resolution = resolve(document.text, [one.extent for one in named], people, at=None, sentences=document.sentences)
        before: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for one in named:
            actors = tuple(sorted(resolution.of[one.extent].actors))
            if not one.pronoun:
                before[one.entity].add(actors)
            elif one.entity in before:
                kind = _kind(document, one)
                counts[kind, "all"] += 1
                counts[kind, "right"] += bool(actors) and actors in before[one.entity]
                counts[kind, "nobody"] += not actors
    return counts


def documents(treebank: str, genres: Sequence[str]) -> Iterator[Document]:
    """The documents of these genres in a CoNLL-U file whose last column has GUM's marks of entities."""
    for block in treebank.split("# newdoc id = ")[1:]:
        if block.split("_")[1] in genres:
            yield _document(block.splitlines())


def _document(lines: Sequence[str]) -> Document:
    text, tags = "", list[str]()
    sentences, mentions = list[Extent](), list[Named]()
    begun: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
    start = begin = end = last = 0
    for line in lines:
        fields = line.split("\t")
        if line.startswith("# newpar"):
            text = text.rstrip() + "\n" * bool(text)
        elif not line and len(text) > start:
            sentences.append((start, len(text.rstrip())))
            start, last = len(text), 0
        if len(fields) < 10 or "." in fields[0]:
            continue
        number = int(fields[0].split("-")[-1])
        # The parts of "it's" share one extent: the range comes first, then they.
        if "-" in fields[0] or number > last:
            begin, last = len(text), number
            end = begin + len(fields[1])
            text += fields[1] + " " * ("SpaceAfter=No" not in fields[9])
        if "-" in fields[0]:
            continue
        tags.append(fields[3])
        marks = re.search(r"Entity=([^|]*)", fields[9])
        for mark in _MARK.finditer(marks[1]) if marks else ():
            if mark["closes"] is None:
                entity, sort = (mark["one"] or mark["opens"]).split("-")[:2]
                begun[entity].append((begin, sort, len(tags) - 1))
            entity = (mark["one"] or mark["closes"] or "").split("-")[0]
            if begun.get(entity):
                at, sort, token = begun[entity].pop()
                mentions.append(Named((at, end), entity, sort, tuple(tags[token:])))
    if len(text) > start:
        sentences.append((start, len(text.rstrip())))
    return Document(text, tuple(sentences), tuple(sorted((one for one in mentions if one.sort in _ACTS), key=lambda one: one.extent)))


def _kind(document: Document, one: Named) -> str:
    return KINDS.get(document.text[one.extent[0] : one.extent[1]].lower(), "")


def _entity(one: Named) -> Entity:
    return Entity(start=one.extent[0], end=one.extent[1], label="PER", confidence=1.0)


if __name__ == "__main__":
    raise SystemExit(main())
