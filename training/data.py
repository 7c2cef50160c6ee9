"""Marked articles and treebanks as pieces with labels; what a set does not mark is masked."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from onrecord.reader.labels import ATTRIBUTES, KINDS, LAYERS, ROLE_INDEX, ROLES
from onrecord.reader.windows import windows
from onrecord.reader.wordpiece import TITLE, UPPER, WordPiece

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "corpus"))
import check  # noqa: E402
from training import corrections  # noqa: E402

IGNORE = -100
LIKE_NEWS = ("weblog", "newsgroup")
"""Genres of EWT that a teacher reads: its letters, reviews and answers are little like news."""
Extent = tuple[int, int]


@dataclasses.dataclass
class Guess:
    """A pointer as a teacher sees it: places (-1: nothing) with probabilities, for the first piece and, given ``at``, for the last."""

    firsts: list[tuple[int, float]]
    at: int
    lasts: list[tuple[int, float]]


@dataclasses.dataclass
class Target:
    """One frame: the pieces of its trigger, the pieces of each role (None: it has none; IGNORE: not marked), its attributes.

    ``guesses`` and ``shares`` are what a teacher sees: a pointer for each role, and the probabilities of each attribute's values.
    """

    kind: str
    trigger: list[int]
    roles: dict[str, Extent | None]
    attributes: dict[str, int]
    guesses: dict[str, Guess] = dataclasses.field(default_factory=dict)
    shares: dict[str, np.ndarray] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Taught:
    """What a teacher sees in a document: probabilities of each layer's tags [pieces, tags], and frames with their guesses."""

    tags: dict[str, np.ndarray]
    targets: list[Target]


@dataclasses.dataclass
class Document:
    """One text in pieces. ``tags[layer]`` is None where the set does not mark that layer."""

    name: str
    source: str
    text: str
    ids: list[int]
    extents: list[Extent]
    shapes: list[int]
    tags: dict[str, list[int] | None]
    targets: list[Target]
    sentences: list[Extent]
    vectors: object = None
    taught: Taught | None = None


@dataclasses.dataclass
class Slice:
    """What one window shows of a document."""

    ids: list[int]
    shapes: list[int]
    tags: dict[str, list[int] | None]
    targets: list[Target]
    sentences: list[tuple[int, int, int]]
    document: Document
    soft: dict[str, np.ndarray] = dataclasses.field(default_factory=dict)


def marked(folder: Path, split: WordPiece, *, drop: set[str] = frozenset(), skip: set[str] = frozenset()) -> list[Document]:
    """The marked articles of a folder, of files in corpus format, without the ids in ``drop`` and the files in ``skip``.

    What ``corrections.tsv`` says of an article is in place; a ValueError names what does not fit.
    """
    return [
        _article(text, check.gold(text, marks, attrs), attrs, split, str(folder.name))
        for _, text, marks, attrs in articles(folder, drop=drop, skip=skip)
    ]


def articles(
    folder: Path, *, drop: set[str] = frozenset(), skip: set[str] = frozenset()
) -> Iterator[tuple[Path, str, list[corrections.Mark], dict[str, str]]]:
    """File, text, marks as corrected, and attributes of each marked article, without the ids in ``drop`` and the files in ``skip``."""
    wanted = corrections.load()
    for path in sorted(folder.rglob("*.xml")):
        for text, marks, attrs in check.read(path) if path.name not in skip else ():
            if attrs["id"] not in drop:
                yield path, text, corrections.corrected(attrs["id"], marks, wanted.get(attrs["id"], ())), attrs


def splitter(base: Path) -> WordPiece:
    """What splits texts into the pieces of an untouched encoder's vocabulary."""
    return WordPiece({w: n for n, w in enumerate((base / "vocab.txt").read_text(encoding="utf-8").split("\n")) if w})


def _article(text: str, gold: dict, attrs: dict, split: WordPiece, source: str) -> Document:
    ids, extents, shapes = split.pieces(text)
    dated = attrs.get("date") != "unknown"
    tags: dict[str, list[int] | None] = dict.fromkeys(LAYERS)
    for kind in KINDS:
        tags[kind] = [0] * len(ids)
    targets = []
    for frame in _frames(text, gold):
        kind, trigger, roles, attributes = frame
        pieces = _pieces(extents, trigger)
        if pieces is None:
            continue
        for n in range(pieces[0], pieces[1] + 1):
            tags[kind][n] = 1 if n == pieces[0] else 2
        places = {role: (_pieces(extents, roles[role]) if roles.get(role) else None) for role in ROLES[kind]}
        chosen = {name: ATTRIBUTES[kind][name].index(value) for name, value in attributes.items() if value in ATTRIBUTES[kind][name]}
        targets.append(Target(kind, list(range(pieces[0], pieces[1] + 1)), places, chosen))
    if dated:
        tags["time"] = _bio(extents, [(d["start"], d["end"]) for d in gold["marked_dates"]])
    return Document(attrs["id"], source, text, ids, extents, shapes, tags, targets, _rough_sentences(text, extents))


def _frames(text: str, gold: dict) -> Iterator[tuple[str, Extent, dict, dict]]:
    for x in gold["attributions"]:
        roles: dict[str, Extent | None] = {"speaker": _first(x["source"])}
        roles["content"], roles["content2"] = _two(x["content"])
        for role in ("addressee", "venue", "where", "when", "hedge", "via"):
            roles[role] = tuple(x[role][0]["span"]) if x.get(role) else None
        hedge = x["hedge"][0]["kind"] if x.get("hedge") else "none"
        attributes = {"continuity": x.get("continuity", "none"), "hedge_kind": hedge}
        if x.get("act"):
            attributes["act"] = x["act"]
        # A statement without a cue ("suspected rebels") hangs on its hedge, else on the words that name its medium.
        cue = sorted((tuple(c) for c in x["cue"]), key=lambda c: c[0] - c[1]) or [r for r in (roles["hedge"], roles["via"]) if r]
        if cue:
            roles["more"] = cue[1] if len(cue) > 1 else None
            yield "statement", cue[0], roles, attributes
    for x in gold.get("conditions", []):
        roles = {}
        roles["antecedent"], roles["antecedent2"] = _two(x["antecedent"])
        roles["consequent"], roles["consequent2"] = _two(x["consequent"] or [])
        marks = sorted(tuple(m) for m in x["marker"])
        roles["more"] = marks[1] if len(marks) > 1 else None
        op = x.get("op") if len(x["antecedent"]) > 1 else "none"
        yield "condition", marks[0], roles, {"kind": x["kind"], "realis": x.get("realis", "open"), "op": op or "and"}
    for x in gold.get("marked_events", []):
        roles = {role: _nearest(text, x.get(role), x["start"]) for role in ROLES["event"]}
        yield "event", (x["start"], x["end"]), roles, {"type": x["type"], "mode": x["mode"]}


def _first(spans: list) -> Extent | None:
    return tuple(spans[0]) if spans else None


def _two(spans: list) -> tuple[Extent | None, Extent | None]:
    """The first piece, and the rest as one."""
    spans = sorted(spans)
    if not spans:
        return None, None
    return tuple(spans[0]), ((spans[1][0], spans[-1][1]) if len(spans) > 1 else None)


def _nearest(text: str, words: str | None, at: int) -> Extent | None:
    """Actors and recipients are marked as strings: the occurrence nearest to the event."""
    if not words or len(words) < 2:
        return None
    places = [m.start() for m in re.finditer(re.escape(words), text)]
    if not places:
        return (IGNORE, IGNORE)
    start = min(places, key=lambda p: abs(p - at))
    return start, start + len(words)


def _pieces(extents: list[Extent], where: Extent) -> Extent | None:
    """First and last piece that the extent touches."""
    if where[0] == IGNORE:
        return where
    inside = [n for n in _range(extents, where) if extents[n][0] < where[1] and extents[n][1] > where[0]]
    return (inside[0], inside[-1]) if inside else None


def _range(extents: list[Extent], where: Extent) -> range:
    import bisect

    low = bisect.bisect_left(extents, (where[0], 0))
    high = bisect.bisect_left(extents, (where[1], 0))
    return range(max(0, low - 1), high)


def _bio(extents: list[Extent], spans: list[Extent], begin: int = 1) -> list[int]:
    tags = [0] * len(extents)
    for where in spans:
        pieces = _pieces(extents, where)
        if pieces:
            for n in range(pieces[0], pieces[1] + 1):
                tags[n] = begin if n == pieces[0] else begin + 1
    return tags


_ROUGH = re.compile(r"[^\n]+?(?:[.!?][\"'”’)]*(?=\s)|(?=\n)|$)")


def _rough_sentences(text: str, extents: list[Extent]) -> list[Extent]:
    """Roughly the sentences, in pieces (last excluded): only for teaching the sentence vector, which needs no exact border."""
    out = []
    for match in _ROUGH.finditer(text):
        pieces = _pieces(extents, match.span())
        if pieces and 5 <= pieces[1] - pieces[0] < 80:
            out.append((pieces[0], pieces[1] + 1))
    return out


def treebank(path: Path, split: WordPiece, *, entities: bool, source: str) -> list[Document]:
    """The documents of a CoNLL-U file, with sentence ends and, where asked for, named entities from GUM's ``Entity=``."""
    out = []
    text, ends, names, sentence = "", [], [], []
    name = ""

    def close() -> None:
        nonlocal text, ends, names
        if text:
            out.append(_bank(name, source, text, ends, names if entities else None, split))
        text, ends, names = "", [], []

    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            close()
            name = line.split("= ")[-1]
        elif line.startswith("# newpar") and "block" not in line and text:
            text = text.rstrip() + "\n\n"
        elif line.startswith("#"):
            continue
        elif line:
            sentence.append(line.split("\t"))
        elif sentence:
            text = _sentence(sentence, text, ends, names)
            sentence = []
    close()
    return out


def _sentence(rows: list[list[str]], text: str, ends: list[int], names: list[tuple[int, int, str]]) -> str:
    """The text with one sentence more; its end and its names are added to the lists."""
    spaceless, until, offsets, tags = False, 0, {}, {}
    for row in rows:
        number = row[0]
        if "." in number:
            continue
        if "-" in number:
            start = len(text)
            text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
            until = int(number.split("-")[1])
            for n in range(int(number.split("-")[0]), until + 1):
                offsets[n] = (start, start + len(row[1]))
            continue
        n = int(number)
        tags[n] = row
        if n <= until:
            continue
        offsets[n] = (len(text), len(text) + len(row[1]))
        text += row[1]
        spaceless = "SpaceAfter=No" in row[9]
        if not spaceless:
            text += " "
    last = max(offsets)
    ends.append(offsets[last][1] - 1)
    for first, final, kind in _named(tags):
        start, end = offsets[first][0], offsets[final][1]
        names.append((start, end - 2 if re.search(r"['’]s$", text[start:end]) else end, kind))
    return text


_GUM = {"person": "PER", "organization": "ORG", "place": "LOC"}


def _named(tags: dict[int, list[str]]) -> list[tuple[int, int, str]]:
    """Names in GUM's entity mentions: the run of proper nouns that ends its head, as Universal NER has them."""
    stack: list[tuple[str, str, int]] = []
    spans = []
    for n in sorted(tags):
        field = next((f[7:] for f in tags[n][9].split("|") if f.startswith("Entity=")), "")
        for opening, closing in re.findall(r"\(([^()]+\)?)|([\w\[\]/]+)\)", field.replace(")", ") ").replace("(", " (")):
            if opening:
                parts = opening.rstrip(")").split("-")
                if opening.endswith(")"):
                    spans.append((n, n, parts[1]))
                else:
                    stack.append((parts[0], parts[1], n))
            elif closing:
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0] == closing:
                        spans.append((stack[k][2], n, stack[k][1]))
                        del stack[k]
                        break
    out = []
    for first, last, kind in spans:
        if kind not in _GUM:
            continue
        inside = range(first, last + 1)
        head = next((n for n in inside if not first <= int(tags[n][6]) <= last), None)
        if head is None or not _proper(tags[head]) or (kind == "person" and tags[head][4] == "NNPS"):
            continue
        joins = kind == "organization"
        a = b = head
        while a > first and (_proper(tags[a - 1]) or (joins and a - 2 >= first and _joint(tags[a - 1]) and _proper(tags[a - 2]))):
            a -= 1
        while b < last and (_proper(tags[b + 1]) or (joins and b + 2 <= last and _joint(tags[b + 1]) and _proper(tags[b + 2]))):
            b += 1
        if kind == "person":
            titled = [n for n in range(a, b) if tags[n][1].rstrip(".").lower() in _TITLES]
            a = titled[-1] + 1 if titled else a
            if a == b and tags[b][1].rstrip(".").lower() in _TITLES:
                continue
        out.append((a, b, _GUM[kind]))
    # The widest mention wins where one stands in another.
    out.sort(key=lambda x: (x[0], -x[1]))
    kept: list[tuple[int, int, str]] = []
    for x in out:
        if not kept or x[0] > kept[-1][1]:
            kept.append(x)
    return kept


def _proper(row: list[str]) -> bool:
    return row[4] in ("NNP", "NNPS")


def _joint(row: list[str]) -> bool:
    return row[3] in ("ADP", "CCONJ", "DET") or row[1] == "&"


_TITLES = frozenset(
    "mr mrs ms dr prof professor president minister chancellor secretary ambassador sir lord lady general gen colonel col sgt lt "
    "senator sen representative rep congressman governor gov mayor judge justice king queen prince princess chief captain pope "
    "sheikh ayatollah rev".split()
)


def _bank(name: str, source: str, text: str, ends: list[int], names: list | None, split: WordPiece) -> Document:
    text = text.rstrip()
    ids, extents, shapes = split.pieces(text)
    tags: dict[str, list[int] | None] = dict.fromkeys(LAYERS)
    tags["sentence"] = [0] * len(ids)
    for end in ends:
        pieces = _pieces(extents, (end, end + 1))
        if pieces:
            tags["sentence"][pieces[1]] = 1
    if names is not None:
        tags["entity"] = _sure(entity_tags(extents, names), shapes, tags["sentence"])
    return Document(name, source, text, ids, extents, shapes, tags, [], _rough_sentences(text, extents))


def _sure(entities: list[int], shapes: list[int], ends: list[int]) -> list[int]:
    """The tags, masked where a word is written like a name and is none of GUM's mentions: "US" in "US troops" is a name elsewhere."""
    inside = [n > 0 and not ends[n - 1] for n in range(len(entities))]
    return [
        IGNORE if not tag and shape in (TITLE, UPPER) and mid else tag for tag, shape, mid in zip(entities, shapes, inside, strict=True)
    ]


def entity_tags(extents: list[Extent], names: list[tuple[int, int, str]]) -> list[int]:
    """The entity layer's tags for named spans."""
    tags = [0] * len(extents)
    for start, end, kind in names:
        begin = LAYERS["entity"].index("B-" + kind)
        for n, tag in enumerate(_bio(extents, [(start, end)], begin)):
            if tag:
                tags[n] = tag
    return tags


def iob(path: Path) -> list[tuple[str, list[tuple[int, int, str]]]]:
    """(text, named spans) of each document of an IOB2 file of Universal NER; sentences are joined by a space."""
    out: list[tuple[str, list[tuple[int, int, str]]]] = []
    text, names, words, labels, given = "", [], [], [], ""

    def flush() -> None:
        nonlocal text, words, labels
        at = len(text)
        cursor, places = 0, []
        for word in words:
            found = given.find(word, cursor)
            places.append((at + found, at + found + len(word)))
            cursor = found + len(word)
        n = 0
        while n < len(words):
            if labels[n][0] == "B":
                m = n
                while m + 1 < len(words) and labels[m + 1][0] == "I":
                    m += 1
                if labels[n][2:] in ("PER", "ORG", "LOC"):
                    names.append((places[n][0], places[m][1], labels[n][2:]))
                n = m
            n += 1
        text += given + " "
        words, labels = [], []

    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            if text:
                out.append((text.rstrip(), names))
            text, names = "", []
        elif line.startswith("# text = "):
            given = line[9:]
        elif line.startswith("#"):
            continue
        elif line.strip():
            row = line.split("\t")
            words.append(row[1])
            labels.append(row[2])
        elif words:
            flush()
    if words:
        flush()
    if text:
        out.append((text.rstrip(), names))
    return out


def named(path: Path, split: WordPiece, source: str) -> list[Document]:
    """The documents of an IOB2 file, with the entity layer only."""
    out = []
    for n, (text, names) in enumerate(iob(path)):
        ids, extents, shapes = split.pieces(text)
        tags: dict[str, list[int] | None] = dict.fromkeys(LAYERS)
        tags["entity"] = entity_tags(extents, names)
        out.append(Document(f"{source}-{n}", source, text, ids, extents, shapes, tags, [], []))
    return out


def readable(document: Document) -> bool:
    """Whether a teacher may read the document: GUM and Universal NER stay out, since development sets come from the same texts."""
    return document.source not in ("gum", "uner") and (document.source != "ewt" or document.name.startswith(LIKE_NEWS))


def plain(folder: Path, split: WordPiece) -> list[Document]:
    """The texts (``*.txt``) of a folder, with nothing marked, for a teacher to read."""
    out = []
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_text(encoding="utf-8").strip()
        out.append(Document(path.stem, "plain", text, *split.pieces(text), dict.fromkeys(LAYERS), [], []))
    return out


def slices(document: Document, size: int, context: int, rng: random.Random | None) -> list[Slice]:
    """The document's windows; with a random generator they begin at a random place, so that no two epochs cut alike."""
    out = []
    spread = size if rng is None else rng.randint(size // 2, size)
    for w in windows(document.text, document.extents, spread, min(context, spread // 4)):
        a, b = w.first, w.last
        tags = {layer: (None if t is None else t[a:b]) for layer, t in document.tags.items()}
        taught = document.taught
        targets = [moved for t in (taught.targets if taught else document.targets) if (moved := _moved(t, a, b))]
        soft = {layer: shares[a:b] for layer, shares in taught.tags.items()} if taught else {}
        sentences = [(s - a, e - a, n) for n, (s, e) in enumerate(document.sentences) if a <= s and e <= b]
        out.append(Slice(document.ids[a:b], document.shapes[a:b], tags, targets, sentences, document, soft))
    return out


def _moved(target: Target, a: int, b: int) -> Target | None:
    """The target as a window shows it: a role outside the window is nothing there, one that is cut is not asked for."""
    if target.trigger[0] < a or target.trigger[-1] >= b:
        return None
    roles: dict[str, Extent | None] = {}
    for role, where in target.roles.items():
        if where is None or where[0] == IGNORE:
            roles[role] = where
        elif where[1] < a or where[0] >= b:
            roles[role] = None
        elif where[0] < a or where[1] >= b:
            roles[role] = (IGNORE, IGNORE)
        else:
            roles[role] = (where[0] - a, where[1] - a)
    guesses = {role: shown for role, guess in target.guesses.items() if (shown := _shown(guess, a, b))}
    return Target(target.kind, [n - a for n in target.trigger], roles, target.attributes, guesses, target.shares)


def _shown(guess: Guess, a: int, b: int) -> Guess | None:
    """The guess as a window shows it; None where most of it lies outside."""
    firsts = [(p - a if p >= 0 else -1, share) for p, share in guess.firsts if p < 0 or a <= p < b]
    if sum(share for _, share in firsts) < 0.5:
        return None
    if not a <= guess.at < b:
        return Guess(firsts, -1, [])
    return Guess(firsts, guess.at - a, [(p - a, share) for p, share in guess.lasts if a <= p < b])


def chance(name: str) -> float:
    """A number from 0 to 1 that a name always has: who takes all below .25 takes a quarter, and all of it again below .5."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) / 2**32


def digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of a folder's files, so that a figure names the data that gave it."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def leaks(documents: list[Document], sets: Path, words: int = 12) -> list[str]:
    """Sentences of the development sets that stand in texts which train statements or conditions: there must be none."""

    def runs(text: str) -> set[tuple[str, ...]]:
        tokens = re.findall(r"\w+", text.lower())
        return {tuple(tokens[n : n + words]) for n in range(max(0, len(tokens) - words + 1))}

    known: set[tuple[str, ...]] = set()
    for d in documents:
        if d.targets or d.tags["statement"] is not None:
            known |= runs(d.text)
    out = []
    for path in sorted(sets.glob("*/articles.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if known & runs(row["text"]):
                out.append(f"{path.parent.name}/{row['id']}")
    return out


__all__ = [
    "IGNORE",
    "ROLE_INDEX",
    "Document",
    "Slice",
    "Target",
    "articles",
    "chance",
    "digest",
    "entity_tags",
    "iob",
    "leaks",
    "marked",
    "named",
    "slices",
    "splitter",
    "treebank",
]
