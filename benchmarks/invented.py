"""As many articles as a benchmark wants, each with its record: the corpus's own, with other names, places, days and words.

Nothing is read for them. The corpus was read once; what is on record of one of its articles is rewritten together with its text, word for
word, so that every span still stands where it says and every id follows from its spans. The articles read like nonsense with the manners
of news, and that is enough for what is measured: they are as long and as dense as the corpus, and their words, names, countries and
days are spread as in a newsroom's feeds: most are about a happening of their own, and some are copies, rewrites or second
reports of one that was there before.

    number  0 ... 999 | 1000 ... 1999 | ...      a block is five days, 200 articles a day
              |   |
              one story's articles, of one block

An article's number alone decides what it is, so a fill that was broken off goes on where it stopped.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import random
import re
import unicodedata
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

import msgspec

from onrecord import identity, lexicons, records
from onrecord.codec import decode, encode
from onrecord.records import Article, Extraction, Record

BLOCK = 1000
A_DAY = 200
FIRST_DAY = datetime.date(2023, 1, 2)
OUTLETS = tuple(f"The {town} {kind}" for town in ("Aldmere", "Brackwater", "Corve", "Dunholt", "Elsing", "Farrow", "Grenby", "Halden",
                "Ivel", "Jarrow Sound") for kind in ("Courier", "Gazette", "Post", "Observer"))  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")

_WORD = re.compile(r"\w+")
_ID = re.compile(rb'"((?:st|cn|ev|an)_[0-9a-f]{20})"')
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_ENDINGS = ("ings", "ing", "ions", "ion", "ed", "ly", "ers", "er", "al", "ive", "ies", "y", "s", "e", "t", "n")
_BEGINNINGS = tuple("B Br D Dr F G Gr H J K Kl L M N P R S St T V W".split())
_MIDDLES = tuple("a e i o u ae ei".split())
_HOLDING = 250
"""The commonest words of the corpus: those that hold a text together."""
_FORMS = ("names", "adjectives", "people", "capitals")
_JOINTS = tuple("l lm n nd nt r rk rn s st t v m d g k".split())
_FINALS = tuple("a e en er ic in is o on os ov u um ez".split())


class Vocabulary(Record, frozen=True, kw_only=True):
    """Words as the corpus has them."""

    small: frozenset[str]
    """Those that it has in small letters: with a capital they are no names."""
    still: frozenset[str]
    """Those that hold any text together, and names of bodies that are in the news all the time: they stay as they are."""


class Template(Record, frozen=True, kw_only=True, dict=True, gc=True):
    """An article of the corpus with what was read off it."""

    name: str
    text: str
    title: str
    published: str | None
    record: bytes
    """The extraction, as JSON."""
    vocabulary: Vocabulary
    """Of the corpus."""

    @cached_property
    def extraction(self) -> Extraction:
        """What was read off it."""
        return decode(self.record, Extraction)

    @cached_property
    def words(self) -> tuple[tuple[int, int, str, str], ...]:
        """Each word of the text that may become another one: start, end, what it is (see ``_kind``) and the word."""
        return tuple(_changeable(self.text, _still(self.extraction, None), self.names, self.vocabulary))

    @cached_property
    def headline(self) -> tuple[tuple[int, int, str, str], ...]:
        """The same of the title."""
        return tuple(_changeable(self.title, _still(self.extraction, "title"), self.names, self.vocabulary))

    @cached_property
    def kinds(self) -> dict[str, tuple[str, str]]:
        """What each word is, by its form in an id."""
        return {_slug(word): (kind, word) for _, _, kind, word in (*self.headline, *self.words)}

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of the names of those who are named in it."""
        named = (actor for actor in self.extraction.actors if actor.kind == "person")
        return frozenset(word for actor in named for word in _WORD.findall(actor.name) if word[0].isupper())


class Invented:
    """The articles by number."""

    def __init__(self, templates: Sequence[Template], reader: str) -> None:
        """Make them of these; ``reader`` is the name of the one that read them."""
        self._reader = reader
        self._stories = _sets(templates)
        self._pools = _pools(templates)

    def article(self, number: int) -> tuple[Article, Extraction]:
        """The article with its record."""
        return self._made(number, *self._plan(number // BLOCK)[number % BLOCK])

    def further(self, number: int, block: int) -> tuple[Article, Extraction]:
        """One more article of a story of that block, published after it."""
        plan = self._plan(block)
        story, member = plan[random.Random(f"further {number}").randrange(BLOCK)]
        return self._made(number, story, member + 1 + number % 3)

    @cache  # noqa: B019
    def _plan(self, block: int) -> Sequence[tuple[int, int]]:
        """Story and place in the story of each article of a block, in the order in which they are published."""
        chance = random.Random(f"block {block}")
        places: list[tuple[float, int, int]] = []
        for story in itertools.count(block * BLOCK):
            if len(places) >= BLOCK:
                break
            # Four of five happenings are told once; the others up to six times, most of it on the same day.
            told = 1 if chance.random() < 0.8 else chance.randint(2, 6)
            begin = chance.random()
            places += [(begin + chance.expovariate(8) * min(member, 1), story, member) for member in range(told)]
        return [(story, member) for _, story, member in sorted(places[:BLOCK], key=lambda place: (place[0], place[1:]))]

    def _made(self, number: int, story: int, member: int) -> tuple[Article, Extraction]:
        chance = random.Random(f"story {story}")
        some = chance.choice(self._stories)
        template = some[member % len(some)]
        day = FIRST_DAY + datetime.timedelta(days=number // A_DAY)
        words = _Words(self._pools, story, 0.95, template.published, day)
        # Half of the further ones are copies: word for word, cut from the end, or with some words changed.
        copied = member > 0 and chance.random() < 0.5
        if copied:
            template = some[0]
        # A further report that is no copy has words of its own.
        changed = (0.05 if number % 3 == 1 else 0.0) if copied else 0.5 if member else 0.0
        after = _Words(self._pools, number, changed, None, day) if changed else None
        kept = 0.7 if copied and number % 3 == 2 else 1.0
        return _written(template, words, after, kept, number, day, self._reader)


class _Words:
    """Which word becomes which, the same one throughout a story."""

    def __init__(self, pools: Mapping[str, Any], seed: int, share: float, was: str | None, now: datetime.date) -> None:
        self._pools, self._seed, self._share = pools, seed, share
        self._was = now if was is None else datetime.date.fromisoformat(was[:10])
        # Whole weeks, so that a Monday stays one.
        self.days = (now - self._was).days // 7 * 7
        self._further = random.Random(f"days {seed}").randint(-20, 20) * 7
        self._held: dict[tuple[str, str], str] = {}
        codes = pools["codes"]
        chance = random.Random(f"countries {seed}")
        # Some countries are in the news far more often than others.
        weights = {code: chance.random() ** (1 + at / 4) for at, code in enumerate(codes)}
        self.codes = dict(zip(pools["common"], sorted(codes, key=weights.__getitem__, reverse=True), strict=False))

    def word(self, kind: str, word: str) -> str:
        """What stands in place of the word."""
        key = (kind, word)
        if key not in self._held:
            self._held[key] = self._new(kind, word)
        return self._held[key]

    def day(self, found: re.Match[str]) -> str:
        """What stands in place of a day: those around the publication go with it, others go elsewhere in each story."""
        try:
            day = datetime.date.fromisoformat(found[0])
            return (day + datetime.timedelta(days=self.days + (self._further if abs((day - self._was).days) > 9 else 0))).isoformat()
        except (ValueError, OverflowError):
            return found[0]

    def _new(self, kind: str, word: str) -> str:
        if kind == "country":
            code, form = self._pools["forms"][word]
            other = self._pools["of"][self.codes.get(code, code)]
            return str(other[form])
        if kind == "name":
            name = _name(random.Random(f"{self._seed} {word}"))
            return name[: len(word)].upper() if word.isupper() else name
        if kind == "figure":
            return str(int(word[0]) % 9 + 1) + f"{zlib.crc32(f'{self._seed} {word}'.encode()):010}"[: len(word) - 1]
        # Not one of Random's, which take their time to be seeded.
        drawn = zlib.crc32(f"{self._seed} {word}".encode()) / 2**32 / self._share
        if drawn >= 1:
            return word
        words, sums = self._pools["words"][_ending(word.lower())]
        new = str(words[bisect_right(sums, int(drawn * sums[-1]))])
        return new.capitalize() if word[0].isupper() else new


def templates(articles: Sequence[Article], extractions: Sequence[Extraction]) -> list[Template]:
    """The templates."""
    vocabulary = _vocabulary([article.text for article in articles])
    return [
        Template(name=a.caller or a.id, text=a.text, title=a.title or "", published=a.published, record=encode(e), vocabulary=vocabulary)
        for a, e in zip(articles, extractions, strict=True)
    ]


def _vocabulary(texts: Sequence[str]) -> Vocabulary:
    """The words of these texts."""
    counts = Counter(word for text in texts for word in _WORD.findall(text))
    spread = Counter(word for text in texts for word in set(_WORD.findall(text)))
    small = {word: count for word, count in counts.items() if word.islower()}
    common = sorted(small, key=lambda word: (-small[word], word))[: min(_HOLDING, len(small) // 8)]
    entries = (entry for entry in lexicons.load("organisations").values() if isinstance(entry, dict))
    bodies = {word for entry in entries for name in entry.get("names", ()) for word in _WORD.findall(name) if word[0].isupper()}
    famous = {word for word in bodies if spread[word] * 30 > len(texts)}
    return Vocabulary(small=frozenset(small), still=frozenset({*common, *famous, *lexicons.load("stopwords")["words"], *_DAYS}))


def _written(
    template: Template, words: _Words, after: _Words | None, kept: float, number: int, day: datetime.date, reader: str
) -> tuple[Article, Extraction]:
    """The template with other words, as an article and its record."""
    body = _Moved(template.text, template.words, words, after, _cut(template.text, kept))
    head = _Moved(template.title, template.headline, words, after, len(template.title))
    outlet = OUTLETS[int(hashlib.sha256(str(number).encode()).hexdigest(), 16) % len(OUTLETS)]
    page = "".join(f"<p>{line}</p>\n" for line in body.text.split("\n") if line)
    article = records.article(
        body.text, title=head.text or None, outlet=outlet, url=f"https://news{OUTLETS.index(outlet)}.example/{number}.html", language="en",
        published=day.isoformat(), basis="metadata", raw=f"<html><h1>{head.text}</h1>\n{page}</html>".encode(), media="text/html",
        cutter="page/1",
    )  # fmt: skip
    line = msgspec.json.decode(template.record)
    rewrite = _Rewriter(body, head, words, template.kinds)
    lists = {kind: [new for each in line[kind] if (new := rewrite.value(each)) is not None] for kind in _LISTS}
    published = {"from": article.published, "to": article.published, "granularity": "day", "at": None, "basis": "metadata", "spans": []}
    told = {"article": article.id, "document": article.document, "outlet": outlet, "title": article.title, "language": "en"}
    line |= {**told, "text_sha256": article.text_sha256, "reader": reader, "published": published, **_linked(lists)}
    return article, _named(msgspec.convert(line, Extraction), article.id, reader)


_LISTS = ("statements", "conditions", "events", "actors", "dates")
_LOST = object()


class _Moved:
    """A text with other words, and where each place of the old one lies in it."""

    def __init__(self, text: str, places: Sequence[tuple[int, int, str, str]], words: _Words, after: _Words | None, end: int) -> None:
        self.end = end
        pieces: list[str] = []
        self._starts, self._ends = [0], [0]
        self._news: list[int] = [0]
        at = length = 0
        for start, stop, kind, word in places:
            if stop > end:
                break
            new = _dated(kind, word, words) or words.word(kind, word)
            if after is not None:
                new = after.word(kind, new) if kind == "word" else new
            pieces += (text[at:start], new)
            length += start - at
            self._starts.append(start)
            self._news.append(length)
            length += len(new)
            self._ends.append(stop)
            at = stop
        pieces.append(text[at:end])
        self.text = "".join(pieces)
        self._lengths = [0, *(len(piece) for piece in pieces[1::2])]

    def place(self, old: int, *, end: bool) -> int:
        """Where a span begins or ends that began or ended at the old place; one inside a word takes in the word."""
        at = (bisect_left(self._starts, old) if end else bisect_right(self._starts, old)) - 1
        at = max(at, 0)
        if old >= self._ends[at]:
            return self._news[at] + self._lengths[at] + old - self._ends[at]
        return self._news[at] + (self._lengths[at] if end else 0)


class _Rewriter:
    """What is on record of an article, rewritten for the other words; None for what was cut off."""

    def __init__(self, body: _Moved, head: _Moved, words: _Words, kinds: Mapping[str, tuple[str, str]]) -> None:
        self._body, self._head, self._words, self._kinds = body, head, words, kinds

    def value(self, value: Any) -> Any:
        """A record, a list of them or a word of one."""
        try:
            return self._value(value)
        except _CutOffError:
            return None

    def _value(self, value: Any) -> Any:
        if isinstance(value, dict):
            new = {key: self._field(key, each) for key, each in value.items()}
            if "start" in value and "end" in value:
                self._span(new, value)
            return new
        if isinstance(value, list):
            return [self._value(each) for each in value]
        return value

    def _field(self, key: str, value: Any) -> Any:
        if key in ("actors", "countries"):
            return list(dict.fromkeys(self._id(each) for each in value))
        if key == "mentions":
            return [new for each in value if (new := self.value(each)) is not None] or self._value(value)
        if key == "roles":
            return [new for each in value if (new := self.value(each)) is not None]
        if key == "country":
            return value and self._id(value)
        if key == "name":
            return _WORD.sub(lambda word: self._other(word[0]), value)
        if key in ("from", "to", "value") and value:
            return _DAY.sub(self._words.day, value)
        if key == "id" and ":" in value:
            return self._id(value)
        return self._value(value)

    def _span(self, new: dict[str, Any], old: dict[str, Any]) -> None:
        part = self._head if old.get("in") == "title" else self._body
        if old["end"] > part.end:
            raise _CutOffError
        new["start"], new["end"] = part.place(old["start"], end=False), part.place(old["end"], end=True)
        new["text"] = part.text[new["start"] : new["end"]]

    def _id(self, id_: str) -> str:
        kind, _, tail = id_.rpartition(":")
        if kind in ("state", ""):
            return f"{kind}:{self._words.codes.get(tail, tail)}".removeprefix(":")
        return f"{kind}:{'-'.join(_slug(self._other(word)) for word in tail.split('-'))}"

    def _other(self, word: str) -> str:
        kind = self._kinds.get(_slug(word))
        return word if kind is None else self._words.word(*kind)


class _CutOffError(Exception):
    """The record stood in what was cut off."""


def _linked(lists: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The lists without links to what was cut off, and without actors that became one."""
    have = {each["id"] for kind in _LISTS[:4] for each in lists[kind]}
    actors = {actor["id"]: actor for actor in reversed(lists["actors"])}
    lists["actors"] = list(reversed(actors.values()))
    for each in lists["statements"]:
        each["within"] = each["within"] if each["within"] in have else None
        for key in ("conditions", "events"):
            each[key] = [id_ for id_ in each[key] if id_ in have]
        each["relations"] = [relation for relation in each["relations"] if relation["to"] in have]
    for each in (*lists["conditions"], *lists["events"]):
        each["statement"] = each["statement"] if each["statement"] in have else None
    _keep(lists, have)
    return lists


def _keep(value: Any, have: set[str]) -> None:
    """Leave out, deep inside, links to events and actors that are no more."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key in ("events", "actors") and each and isinstance(each[0], str):
                value[key] = [id_ for id_ in each if id_ in have]
            else:
                _keep(each, have)
    elif isinstance(value, list):
        for each in value:
            _keep(each, have)


def _named(extraction: Extraction, article: str, reader: str) -> Extraction:
    """The extraction with the ids and anchors that follow from its spans now."""
    new: dict[bytes, bytes] = {}
    for each in (*extraction.statements, *extraction.conditions, *extraction.events):
        new[each.id.encode()] = identity.record_id(each, article, reader).encode()
        new[each.anchor.encode()] = identity.anchor(each, article).encode()
    return decode(_ID.sub(lambda found: b'"%s"' % new.get(found[1], found[1]), encode(extraction)), Extraction)


def _changeable(
    text: str, still: Sequence[tuple[int, int]], names: frozenset[str], vocabulary: Vocabulary
) -> Iterator[tuple[int, int, str, str]]:
    """The words that may become others, in the text's order."""
    fixed = {at for start, end in still for at in range(start, end)}
    for found in _WORD.finditer(text):
        word = found[0]
        if word in MONTHS or (word.isdigit() and len(word) < 3):
            near = text[max(0, found.start() - 10) : found.end() + 10]
            if any(month in near for month in MONTHS):
                yield found.start(), found.end(), "month" if word in MONTHS else "number", word
        elif found.start() not in fixed and (kind := _kind(word, names, vocabulary)):
            yield found.start(), found.end(), kind, word


def _kind(word: str, names: frozenset[str], vocabulary: Vocabulary) -> str | None:
    """What a word is: a country's (Polish), a name's, a figure, or one of the language's; None where it stays as it is."""
    if word in _countries()[0]:
        return "country"
    if word in names:
        return "name"
    if word.isdigit():
        return "figure"
    if not word.isalpha() or {word, word.lower()} & vocabulary.still:
        return None
    if word.lower() in vocabulary.small:
        return "word"
    return "name" if word[0].isupper() else None


def _still(extraction: Extraction, place: str | None) -> list[tuple[int, int]]:
    """Where words stay because they say what is on record: cues, markers, hedges, time expressions."""
    spans: list[Any] = [*extraction.dates]
    for statement in extraction.statements:
        spans += [*statement.hedges, *([statement.cue, *statement.cue.more] if statement.cue else [])]
    spans += [condition.marker for condition in extraction.conditions]
    return [span.extent for span in spans if span.place == place]


def _dated(kind: str, word: str, words: _Words) -> str | None:
    """Another month, where the word is one; days of the month stay."""
    if kind != "month":
        return word if kind == "number" else None
    at = MONTHS.index(word) + round(words.days / 30.44)
    return MONTHS[at % 12]


def _cut(text: str, kept: float) -> int:
    """Where the text ends that is cut at a line's end."""
    if kept >= 1:
        return len(text)
    end = text.rfind("\n", 0, int(len(text) * kept))
    return len(text) if end < 100 else len(text[:end].rstrip())


def _sets(templates: Sequence[Template]) -> list[list[Template]]:
    """The templates that tell one happening, each set by itself."""
    sets: dict[str, list[Template]] = {}
    for template in templates:
        folder, _, rest = template.name.partition("-")
        sets.setdefault(template.name.rpartition("-")[0] if folder == "w5" else f"{folder}-{rest}", []).append(template)
    return list(sets.values())


def _pools(templates: Sequence[Template]) -> dict[str, Any]:
    """What words may become: the corpus's own words by their endings, as often as they stand there; countries."""
    counts: dict[str, dict[str, int]] = {}
    for template in templates:
        for _, _, kind, word in template.words:
            if kind == "word":
                some = counts.setdefault(_ending(word), {})
                some[word] = some.get(word, 0) + 1
    forms, of = _countries()
    common: dict[str, int] = {}
    for template in templates:
        for actor in template.extraction.actors:
            for code in actor.countries:
                common[code] = common.get(code, 0) + 1
    order = sorted((code for code in common if code in of), key=lambda code: (-common[code], code))
    rest = sorted(code for code in of if code not in common)
    return {
        "words": {ending: (list(some), list(itertools.accumulate(some.values()))) for ending, some in counts.items()},
        "forms": forms, "of": of, "common": order, "codes": [*order, *rest],
    }  # fmt: skip


@cache
def _countries() -> tuple[dict[str, tuple[str, str]], dict[str, dict[str, str]]]:
    """Words of one word for a country, with its code and their form; and the forms of each country that has all of them."""
    forms: dict[str, tuple[str, str]] = {}
    of: dict[str, dict[str, str]] = {}
    for code, entry in lexicons.load("countries").items():
        first = {form: next((word for word in entry.get(form, ()) if word.isalpha()), None) for form in _FORMS}
        if None not in first.values():
            of[code] = {form: str(word) for form, word in first.items()}
            forms |= {word: (code, form) for form, word in of[code].items() if word not in forms}
    return forms, of


@cache
def _ending(word: str) -> str:
    return next((ending for ending in _ENDINGS if word.endswith(ending)), "")


def _name(chance: random.Random) -> str:
    """An invented name. Some are in the news again and again (the first of them in one article of twenty), and most once."""
    if chance.random() < 0.3:
        chance = random.Random(f"known {int(3000 * chance.random() ** 2)}")
    name = chance.choice(_BEGINNINGS) + chance.choice(_MIDDLES)
    for _ in range(chance.randint(0, 1)):
        name += chance.choice(_JOINTS) + chance.choice(_MIDDLES)
    return name + chance.choice(_JOINTS) + chance.choice(_FINALS)


def _slug(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in folded if letter.isalnum())
