"""The coverage page's four faces show one record; the HTML needs nothing else and leads every citation to its words."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from onrecord.ask.numbering import marks
from onrecord.ask.sheet import Central, Coverage, Words
from onrecord.codec import decode, encode
from onrecord.errors import InputError, NotFoundError
from onrecord.faces import coverage, settings
from onrecord.faces import coverage_words as say
from onrecord.faces.cli import cli
from onrecord.faces.coverage_markdown import markdown
from onrecord.faces.coverage_text import lines
from onrecord.faces.room import find
from onrecord.faces.settings import Screen
from onrecord.faces.terminal import Painter, columns
from onrecord.faces.web import page as web
from onrecord.faces.web.page import html

from ..ask.standins import Room, concluded, page, report, troops

STYLES = Path(web.__file__).with_name("coverage.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample() -> Coverage:
    return page(sample=[each.article for each in troops()])


def screen(found: Coverage, width: int = 100, colour: bool = False) -> list[str]:
    return list(lines(found, Painter(Screen(width=width, colour=colour))))


class Page(HTMLParser):
    """What a browser would make of the file: elements, ids, addresses, and the text in each cited mark."""

    VOID = frozenset({"meta", "br", "link", "img", "input", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.marked: dict[int, str] = {}
        self.seen = ""
        self._open: list[str] = []
        self._marks: list[int | None] = []
        self.feed(text)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [known["id"]] if known.get("id") else []
        self.links += [known["href"]] if known.get("href") else []
        if tag not in self.VOID:
            self._open.append(tag)
            self._marks.append(int(known["data-c"]) if "data-c" in known else None)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag
        self._marks.pop()

    def handle_data(self, data):
        if "style" not in self._open:
            self.seen += data
        for number in filter(None, self._marks):
            self.marked[number] = self.marked.get(number, "") + data


@pytest.fixture(scope="module")
def parsed(sample) -> Page:
    return Page(html(sample))


def test_every_citation_leads_to_a_place_in_the_page(parsed, sample):
    inner = {link[1:] for link in parsed.links if link.startswith("#")}
    assert inner <= set(parsed.ids)
    assert {f"c{number}" for number in marks(sample)} <= inner
    assert len(parsed.ids) == len(set(parsed.ids))


def test_the_marked_words_are_the_spans_words(parsed, sample):
    assert parsed.marked
    for number, text in parsed.marked.items():
        assert text == sample.citations[number - 1].span.text


def test_all_the_texts_of_the_story_stand_in_the_page(parsed):
    for each in troops():
        assert each.article in parsed.ids
        for line in filter(str.strip, each.text.split("\n")):
            assert line in parsed.seen


def test_the_file_needs_nothing_from_outside(sample):
    text = html(sample)
    found = Page(text)
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(found.tags)
    assert "@import" not in text
    assert "url(" not in text
    assert not [name for name, _ in found.attributes if name.startswith("on") or name == "style"]
    policy = next(value for name, value in found.attributes if name == "content" and "default-src" in (value or ""))
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_the_page_has_landmarks_headings_and_a_language(parsed):
    text = parsed.tags
    for tag in ("main", "header", "aside", "footer", "h1"):
        assert text.count(tag) == 1
    assert ("lang", "en") in parsed.attributes
    assert ("href", "#page") in parsed.attributes
    assert "page" in parsed.ids


def test_the_sample_is_said_to_be_one_on_every_face(sample):
    for text in (html(sample), markdown(sample), "\n".join(screen(sample))):
        assert "SAMPLE: invented articles" in text
    assert json.loads(encode(sample))["sample"] is True


def test_a_real_story_bears_no_sample_banner():
    found = page()
    assert not any("SAMPLE" in text for text in (html(found), markdown(found), "\n".join(screen(found))))


def test_the_terminal_shows(sample, snapshot: SnapshotAssertion):
    assert "\n".join(screen(sample)) == snapshot


def test_markdown_shows(sample, snapshot: SnapshotAssertion):
    assert markdown(sample) == snapshot


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_screen(sample, width):
    assert max(columns(line) for line in screen(sample, width)) <= width


def test_markdown_has_a_footnote_for_each_mark(sample):
    text = markdown(sample)
    used = set(re.findall(r"(?<=.)\[\^(\d+)\]", text))
    assert used == set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))


def test_json_is_the_record(sample):
    assert decode(encode(sample), Coverage) == sample
    first = json.loads(encode(sample))
    assert first["format"] == 1
    assert first["brief"][0]["text"]


# Hostile articles.

HOSTILE = "<script>alert(1)</script> \u202egnp.exe\u202c ![x](javascript:alert(1)) [^1] `*_|"


@pytest.fixture(
    scope="module", params=["javascript:alert(1)", "data:text/html,x", 'https://example.org/a"><script>', "file:///etc/passwd", None]
)
def hostile(request) -> Coverage:
    text = f"Marit {HOSTILE} said that {HOSTILE} opens.\n\nMore {HOSTILE}."
    said = {"speaker": f"Marit {HOSTILE}", "cue": "said", "content": [f"that {HOSTILE} opens"], "actors": ["person:x"], "act": "commit",
            "names": {"person:x": f"Marit {HOSTILE}"}}  # fmt: skip
    some = [report(text, said, article=f"ar_{number}", title=HOSTILE, outlet=HOSTILE, url=request.param) for number in range(2)]
    return page(some)


def test_hostile_titles_do_nothing_in_a_browser(hostile):
    text = html(hostile)
    found = Page(text)
    assert "script" not in found.tags
    assert "\u202e" not in text
    assert all(link.startswith(("#", "https://", "http://")) for link in found.links)
    assert "<script>alert(1)</script>" in found.seen


def test_hostile_titles_do_nothing_on_a_terminal_or_in_markdown(hostile):
    assert "\u202e" not in "\n".join(screen(hostile))
    text = markdown(hostile)
    assert "<script" not in text
    assert "![x]" not in text
    assert "\u202e" not in text
    assert not re.search(r"\]\(javascript", text.replace("\\", ""), re.IGNORECASE) or "\\]" in text


CROSSING = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 8)), max_size=6)


@given(CROSSING, st.text(alphabet="ab<& ", min_size=20, max_size=20))
def test_marks_that_cross_are_broken_and_keep_their_words(places, text):
    spans = [(start, start + length, number) for number, (start, length) in enumerate(places, 1)]
    done: set[int] = set()
    broken: set[int] = set()
    found = Page(f"<p>{web._line(text, 0, spans, done, broken)}</p>")
    assert found.seen == text
    assert found.marked == {number: text[start:end] for start, end, number in spans if text[start:end]}
    assert len(found.ids) == len(set(found.ids)) == len(spans)


# Colours.

PAIRS = [
    ("ink", "paper"),
    ("soft", "paper"),
    ("accent", "paper"),
    ("link", "paper"),
    ("litink", "lit"),
    ("ink", "tint"),
    ("accent", "tint"),
]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 defines it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("front, back", PAIRS)
def test_colours_can_be_told_apart(scheme, front, back):
    sheets = re.findall(r":root\{(--paper.*?)[;}]\s*(?:\n--serif|\}|$)", STYLES, re.MULTILINE)
    colours = dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", sheets[scheme]))
    assert contrast(colours[front], colours[back]) >= 4.5


# The command.


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A ledger whose newsroom is the sample story."""
    from onrecord import store
    from onrecord.faces.keeping import now

    path = tmp_path / "l.db"
    store.open_ledger(path, create=True, now=now).close()
    monkeypatch.setenv(settings.LEDGER_VARIABLE, str(path))
    monkeypatch.setattr(coverage, "room", lambda _: Room(troops()))
    return tmp_path


@pytest.mark.parametrize("named", ["so_test", "so_t", "w5-troops-03", "Narva"])
def test_a_story_is_named_by_its_id_an_article_or_a_word(desk, named):
    done = CliRunner().invoke(cli, ["coverage", named])
    assert done.exit_code == 0, done.output
    assert "IN BRIEF" in done.output


@pytest.mark.parametrize("named", ["so_x", "ar_none", "Atlantis", ""])
def test_what_names_no_story_is_said_in_a_sentence(desk, named):
    done = CliRunner().invoke(cli, ["coverage", named])
    assert done.exit_code == 2
    assert "no story is called" in done.output


def test_several_stories_of_that_name_are_listed():
    class Two(Room):
        def titled(self, words, limit):
            return [self.made, msgspec.structs.replace(self.made, id="so_other")]

    with pytest.raises(NotFoundError, match=r"so_test.*so_other"):
        find(Two(troops()), "Narva")


def test_the_page_is_written_whole(desk):
    target = desk / "page.html"
    done = CliRunner().invoke(cli, ["coverage", "so_test", "--html", str(target)])
    assert done.exit_code == 0, done.output
    assert str(target) in done.output
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [each.name for each in desk.iterdir() if each.name.endswith(".part")] == []


def test_a_page_that_cannot_be_written_is_said_in_a_sentence(desk, sample):
    with pytest.raises(InputError, match="cannot be written"):
        coverage.write(sample, desk / "none" / "page.html")


@pytest.mark.parametrize("form, start", [("--json", b'{"format":1'), ("--markdown", b"# ")])
def test_the_other_forms_are_printed(desk, form, start):
    done = CliRunner().invoke(cli, ["coverage", "so_test", form])
    assert done.exit_code == 0, done.output
    assert done.stdout_bytes.startswith(start)


# What the faces say in the same words.


def central(origins: int, names: tuple[str, ...], unknown: int = 0) -> Central:
    return Central(saying="sy_1", commitment=None, origins=origins, unknown=unknown, origin_names=names)


COUNTED = [
    ("the story has more", central(2, ("A", "B")), 3, ("A", "B", "C"),
     ["The central statement has two independent origins: A and B.",
      "The story as a whole has three independent origins: C has reporting of its own too, though not first hand on that statement."]),
    ("the story has the same", central(1, ("A",)), 1, ("A",),
     ["The central statement has one independent origin: A.", "The story as a whole has the same."]),
    ("the story is not known to have as many", central(2, ("A", "B")), 1, ("C",),
     ["The central statement has two independent origins: A and B."]),
    ("some are not known", central(1, ("A",), unknown=2), None, (),
     ["The central statement has one independent origin: A; of two reports it is not known where they have it from."]),
    ("nothing is central", None, 2, ("A", "B"), ["The story has two independent origins: A and B."]),
    ("the origin is not held", central(1, ()), None, (),
     ["The central statement has one independent origin, in reports that are not held."]),
]  # fmt: skip


@pytest.mark.parametrize("what, head, origins, names, told", COUNTED, ids=[what for what, *_ in COUNTED])
def test_the_central_statement_is_counted_first_and_the_difference_explained(sample, what, head, origins, names, told):
    found = msgspec.structs.replace(sample, central=head, origins=origins, origin_names=names, unknown=0)
    assert list(say.origin_lines(found)) == told


SAID = [
    ("assert", "insists", None, False, "insists", "asserts"),
    ("threaten", "threatens", None, False, "threatens", ""),
    ("commit", "said", None, False, None, "commits"),
    ("restrict", "wrote", "soften", False, "wrote", "restricts; softens the position"),
    ("deny", "told", None, False, None, "objects"),
    ("deny", "flatly denied", None, True, "flatly denied", "denies; unsure"),
]


@pytest.mark.parametrize("act, cue, continuity, unsure, verb, kind", SAID)
def test_what_a_speaker_does_is_said_behind_the_words(sample, act, cue, continuity, unsure, verb, kind):
    one = sample.voices[0].utterances[0]
    made = msgspec.structs.replace(one, act=act, cue=Words(text=cue, cite=1), continuity=continuity, unsure=unsure)
    assert (said.text if (said := say.verb(made)) else None) == verb
    assert say.kind(made) == kind


def test_no_face_calls_an_article_by_its_id_where_it_has_no_outlet():
    some = [msgspec.structs.replace(each, outlet=None, title=None) for each in troops()]
    found = page(some, **concluded(troops()))
    prose = "\n".join(sentence.text for sentence in found.brief) + "\n".join(say.origin_lines(found))
    assert "an article without a named outlet" in "\n".join(screen(found))
    assert not any(each.article in prose for each in some)


def test_what_an_actor_says_beyond_five_things_is_folded(sample):
    many = next(voice for voice in sample.voices if len(voice.utterances) > say.FOLD)
    hidden = [words.text for said in many.utterances[say.FOLD :] for words in said.words]
    text, parsed = "\n".join(markdown(sample).splitlines()), Page(html(sample))
    heading = text[text.index(f"### {many.name}") :].partition("\n### ")[0]
    assert not any(each in heading for each in hidden)
    assert "details" in parsed.tags
