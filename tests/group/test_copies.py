"""Copies: exact, near and partial ones are found whatever came first, and who only tells or quotes the same is none."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.group.copies import AT_MOST, LONG, NEAR, PART, came_after, find, likeness, sketch
from onrecord.group.passages import passages
from onrecord.group.shingles import LEAST, MOST, Shingled, report, thinned
from onrecord.records import Published, tagged
from onrecord.reports import Copy, Piece

NOUNS = (
    "harbour bridge tariff convoy ferry dyke pipeline orchard railway mast turbine depot quarry lighthouse tunnel reservoir granary".split()
)
VERBS = "closes opens repairs inspects guards sells floods paints measures lends insures doubles halves registers abandons forgets".split()
NAMES = "Brill Kaldor Mestre Onslow Petrov Quist Rasmus Sandoval Tereza Ulvik Varga Wendt Xiros Yarrow Zeller Amsel".split()

REPORT = """NORDHAVN, May 27 (KNA) - Harbour minister Ana Brill said on Monday that the outer mole would be closed to freight from June.

The decision follows three weeks of surveys, in which divers found cracks in eleven of the forty caissons that carry the breakwater. Repairs
are to take until November, and ferries to the islands will leave from the inner basin meanwhile.

"We would rather lose one summer than a whole harbour," Brill told reporters, adding that dockers would be paid in full for as long as the
works last. The dockers' union said it had not been asked, but would read the minister's letter before it called anybody out.

Shipowners put their losses at two million crowns a week. The opposition demands to know why the cracks were not found four years ago, when
the same caissons were last inspected.

(KNA Nordhavn desk; editing by L. T.)"""

REPRINT = REPORT.replace("NORDHAVN, May 27 (KNA)", "NORDHAVN (KNA)").replace("Shipowners put", "Shipping firms put").replace(
    "(KNA Nordhavn desk; editing by L. T.)", "Source: KNA. The Island Gazette has not seen the letter."
)  # fmt: skip

REWRITE = """No freight ship is to moor at the outer mole this summer. The harbour ministry in Nordhavn has decided so after divers looked
at the caissons beneath it and came up with bad news: more than a quarter of them are cracked.

Ana Brill, the minister, prefers a lost summer to a lost harbour, as she put it to the agency KNA. Dockers keep their wages. Whether that
is enough for the union will be seen once it has opened her letter. Owners of ships speak of millions, and the opposition wants to know
what was inspected four years ago."""

SPEECH = (
    "“Nobody in this chamber has forgotten the winter in which the dykes broke, nobody has forgotten who stood there with shovels and who "
    "stood there with cameras, and nobody, I promise you, will be asked again to choose between the mill and the meadow, because this time "
    "the money lies ready, the stones lie ready, the engineers have drawn what has to be drawn, and the only thing still missing is "
    "the courage of this house to raise its hand and be done with it before the first frost comes.”"
)


def prose(seed: int, words: int = 200) -> str:
    """Sentences that no other seed has."""
    chance = random.Random(seed)
    made: list[str] = []
    while sum(len(line.split()) for line in made) < words:
        name, noun, other = chance.choice(NAMES), chance.choice(NOUNS), chance.choice(NOUNS)
        number = chance.randint(2, 9999)
        made.append(f"{name} {chance.choice(VERBS)} the {noun} near {other} number {number} before {chance.choice(NAMES)} arrives.")
    return "\n\n".join(" ".join(made[at : at + 3]) for at in range(0, len(made), 3))


def piece(text: str, number: int = 0, day: str | None = "2024-05-27", outlet: str | None = None, **values: str | None) -> Piece:
    published = Published(first=day, to=day, granularity="day" if day else "unknown", at=values.pop("at", None), basis="given", spans=())
    facts = {"caller": None, "title": None, "url": None, "byline": None, "language": "en", "added": "2024-06-01T00:00:00+00:00", **values}
    own = {"article": tagged("ar", number), "document": tagged("do", number)}
    return Piece(**{**own, **facts}, outlet=outlet or f"Gazette {number}", published=published, text=text)  # type: ignore[arg-type]


class Held:
    """A shelf in memory: all articles so far, those that share most fingerprints first."""

    def __init__(self) -> None:
        self.pieces: dict[str, Piece] = {}

    def candidates(self, sketch: Sequence[int], limit: int) -> Iterable[str]:
        shared = {article: len({*sketch} & {*_sketch(held.text)}) for article, held in self.pieces.items()}
        return sorted((article for article, count in shared.items() if count > 1), key=lambda article: (-shared[article], article))[:limit]

    def piece(self, article: str) -> Piece | None:
        return self.pieces.get(article)


def _sketch(text: str) -> tuple[int, ...]:
    return sketch(text)


def found(pieces: Iterable[Piece]) -> set[Copy]:
    """All copies, as the articles come in this order."""
    shelf, copies = Held(), set[Copy]()
    for each in pieces:
        copies.update(find(each, shelf))
        shelf.pieces[each.article] = each
    return copies


TWO = SPEECH.replace(", because this time", ".\n\nThis time")
STRAIGHT = SPEECH.replace("“", '"').replace("”", '"')
NOTICE = "Chat with us, and find out what is happening as it unfolds."
CURLY = REPORT.replace('"', "“", 1).replace("(KNA Nordhavn desk; editing by L. T.)", "© KNA")
LIKE = [
    ("a reprint with its dateline and credit changed", REPORT, REPRINT, "near"),
    ("the same words, straight marks and another credit", REPORT, CURLY, "exact"),
    ("a rewrite", REPORT, REWRITE, None),
    ("two texts about two things", prose(1), prose(2), None),
    ("wire inside a longer piece", REPORT, prose(3, 300) + "\n\n" + REPORT + "\n\n" + prose(4, 300), "partial"),
    ("the first half", prose(5, 300), prose(5, 300)[:1000], "partial"),
    ("one long passage in two long texts", prose(6, 500) + "\n\n" + REPORT, prose(7, 500) + "\n\n" + REPORT, "partial"),
    ("one speech quoted in two reports", prose(8) + "\n\n" + SPEECH, prose(9) + "\n\n" + SPEECH, None),
    ("a speech quoted, and taken over as one's own words", prose(8) + "\n\n" + SPEECH, prose(9) + "\n\n" + SPEECH.strip("“”"), "partial"),
    ("a report copied with the speech in it", prose(10) + "\n\n" + SPEECH, prose(10) + "\n\n" + SPEECH + "\n\nIt rained.", "near"),
    ("a speech of two paragraphs, closed once", prose(8) + "\n\n" + TWO, prose(9) + "\n\n" + TWO, None),
    ("a speech in straight marks", prose(8) + "\n\n" + STRAIGHT, prose(9) + "\n\n" + STRAIGHT, None),
    ("a quotation left open by mistake", "“" + prose(8), "“" + prose(8) + " “Never.”", "near"),
    ("a speech between others", f"“{prose(8)}”\n\n{SPEECH}", f"“{prose(9)}”\n\n{SPEECH}", None),
    ("one narration between quotations", f"“Yes.” {prose(8)} “No.”", f"“Yes.” {prose(8)} “Never.”", "near"),
    ("three words", "Harbour closes today.", "Harbour closes today.", None),
    ("nothing", "", "", None),
    ("nothing and something", "", REPORT, None),
    ("one notice on two pages", NOTICE, NOTICE, None),
]  # fmt: skip


@pytest.mark.parametrize("name, one, other, kind", LIKE, ids=[row[0] for row in LIKE])
def test_copies_are_told_by_their_words(name: str, one: str, other: str, kind: str | None) -> None:
    assert likeness(one, other).kind == likeness(other, one).kind == kind
    assert {copy.kind for copy in found([piece(one, 1), piece(other, 2)])} == ({kind} if kind else set())


SCRIPTS = {
    "Cyrillic": """Министр обороны сообщил, что мост через залив закроют для грузовых поездов
с первого июня, а паромы к островам будут отходить от внутренней гавани.""",
    "Greek": """Ο υπουργός ανακοίνωσε ότι η γέφυρα θα κλείσει για τα φορτηγά τρένα από την
πρώτη Ιουνίου και τα πλοία θα φεύγουν από το εσωτερικό λιμάνι της πόλης.""",
    "Arabic": """أعلن الوزير أن الجسر سيغلق أمام قطارات الشحن اعتبارا من أول يونيو وأن العبارات
إلى الجزر ستغادر من الحوض الداخلي للميناء حتى نهاية الأعمال في الخريف المقبل.""",
    "Chinese": "部长周一表示外港防波堤将从六月起停止货运因为潜水员在四十个沉箱中的十一个发现了裂缝维修工作将持续到十一月",
    "Thai": "รัฐมนตรีแถลงเมื่อวันจันทร์ว่าเขื่อนกันคลื่นด้านนอกจะปิดรับเรือสินค้าตั้งแต่เดือนมิถุนายน",
    "Hindi": """मंत्री ने सोमवार को कहा कि बाहरी घाट जून से माल के लिए बंद रहेगा क्योंकि गोताखोरों
को चालीस में से ग्यारह खंडों में दरारें मिली हैं और मरम्मत नवंबर तक चलेगी""",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_copies_are_found_in_any_script(script: str) -> None:
    text = SCRIPTS[script]
    assert likeness(text, text).kind == "exact"
    assert likeness(text, REPORT).kind is None
    assert found([piece(text, 1), piece(text, 2)])


def test_accents_and_marks_that_an_outlet_drops_make_no_difference() -> None:
    text = prose(20).replace("Petrov", "Pētröv")
    assert likeness(text, text.replace("ē", "e").replace("ö", "o")).kind == "exact"


def test_a_copy_points_to_what_was_published_before_it_in_any_order_of_arrival() -> None:
    wire, paper, brief = piece(REPORT, 1, "2024-05-27"), piece(REPRINT, 2, "2024-05-28"), piece(REPORT, 3, "2024-05-29")
    orders = [found(order) for order in itertools.permutations([wire, paper, brief])]
    assert all(order == orders[0] for order in orders)
    assert {(copy.article, copy.of) for copy in orders[0]} == {
        (paper.article, wire.article), (brief.article, wire.article), (brief.article, paper.article),
    }  # fmt: skip


@given(st.permutations(range(7)), st.integers(0, 50))
def test_the_order_of_arrival_changes_no_copy(order: list[int], seed: int) -> None:
    text = prose(seed, 260)
    words = text.split(" ")
    texts = [text, " ".join(words[:150]), " ".join(words[60:]), prose(seed + 1) + text, REPORT, REPRINT, prose(seed + 2) + REPORT]
    pieces = [piece(each, at, f"2024-05-{10 + at % 3}") for at, each in enumerate(texts)]
    assert found(pieces[at] for at in order) == found(pieces)


ORDER = [
    ("by day", {"day": "2024-05-28"}, {"day": "2024-05-27"}, True),
    ("by time of day", {"at": "2024-05-27T09:30:00+00:00"}, {"at": "2024-05-27T07:00:00+00:00"}, True),
    ("by time in UTC", {"at": "2024-05-27T09:30:00+05:00"}, {"at": "2024-05-27T07:00:00+00:00"}, False),
    ("who credits the other, against the days", {"day": "2024-05-26", "text": REPRINT}, {"outlet": "KNA", "text": REPORT}, True),
    ("an agency that credits itself is no copy", {"outlet": "KNA", "text": REPORT}, {"day": "2024-05-26", "text": REPRINT}, False),
    ("by id where neither has a day", {"day": None, "added": "2020-01-01"}, {"day": None, "added": "2024-01-01"}, True),
]  # fmt: skip


@pytest.mark.parametrize("name, one, other, after", ORDER, ids=[row[0] for row in ORDER])
def test_which_of_two_is_the_copy(name: str, one: dict[str, str], other: dict[str, str], after: bool) -> None:
    first, second = sorted((tagged("ar", 1), tagged("ar", 2)), reverse=True)
    left = piece(**{"text": prose(1), "number": 1, **one, "article": first})  # type: ignore[arg-type]
    right = piece(**{"text": prose(1), "number": 2, **other, "article": second})  # type: ignore[arg-type]
    assert came_after(left, right) is after
    assert came_after(right, left) is not after


def test_versions_of_one_document_are_no_copies_of_each_other() -> None:
    assert not found([piece(REPORT, 1, document="do_1"), piece(REPRINT, 2, document="do_1")])


def test_a_passage_in_two_articles_of_one_outlet_is_its_own_background() -> None:
    one, other = prose(6, 500) + "\n\n" + REPORT, prose(7, 500) + "\n\n" + REPORT
    assert found([piece(one, 1, outlet="The Gazette"), piece(other, 2, outlet="Ostwind")])
    assert not found([piece(one, 1, outlet="The Gazette"), piece(other, 2, outlet="Gazette")])
    assert found([piece(one, 1, outlet="The Gazette"), piece(one, 2, outlet="Gazette")])


def test_where_one_credits_the_other_a_shorter_passage_is_enough() -> None:
    part = " ".join(REPORT.split()[5:50])
    one, other = prose(6, 400) + "\n\n" + part, prose(7, 400) + "\n\n" + part
    assert not found([piece(one, 1, outlet="KNA"), piece(other, 2)])
    (copy,) = found([piece(one, 1, outlet="KNA"), piece(other + "\n\nSource: KNA", 2, "2024-05-26")])
    assert (copy.article, copy.kind) == (tagged("ar", 2), "partial")
    assert not found([piece(prose(6), 1, outlet="KNA"), piece(prose(7) + "\n\nSource: KNA", 2)])


def test_shares_are_of_the_one_text_and_of_the_other() -> None:
    (copy,) = found([piece(REPORT, 1, "2024-05-27"), piece(prose(3, 300) + "\n\n" + REPORT, 2, "2024-05-28")])
    assert copy.article == tagged("ar", 2)
    assert copy.contained > 0.95 > PART > copy.containment > copy.jaccard - 0.01 > 0.2


PAGE = [
    ("TALLINN, May 27 (BNW) - The gate opened.", "The gate opened."),
    ("TALLINN (BNW) — The gate opened.", "The gate opened."),
    ("(BNW) - The gate opened.", "(BNW) - The gate opened."),
    ("The gate opened.\nSource: BNW", "The gate opened.\n"),
    ("The gate opened.\n(Reporting by A. Onslow; editing by B. Quist)", "The gate opened.\n"),
    ("The gate opened.\nSign up for our newsletter. Invalid email address. You will receive special offers.", "The gate opened.\n"),
    ("The minister ordered all newsletters to sign up.", "The minister ordered all newsletters to sign up."),
    ("Copyright 2024 BNW. All rights reserved.\nThe gate opened.", "\nThe gate opened."),
    ("A well-known mayor - the oldest in office - spoke.", "A well-known mayor - the oldest in office - spoke."),
]


@pytest.mark.parametrize("text, kept", PAGE)
def test_what_belongs_to_the_page_is_not_compared(text: str, kept: str) -> None:
    assert "".join(text[start:end] for start, end in report(text)) == kept


def test_a_sketch_is_the_same_on_every_machine() -> None:
    assert sketch("Ana Brill said that the outer mole would be closed.")[:2] == (381394307915943260, 3705406996929269917)


@given(st.text(max_size=400))
def test_any_text_has_a_sketch_and_resembles_itself(text: str) -> None:
    kept = sketch(text)
    assert list(kept) == sorted(set(kept))
    assert all(0 <= each < 1 << 63 for each in kept)
    assert likeness(text, text).kind in ("exact", None)


@given(st.integers(0, 100_000))
def test_a_sketch_has_enough_and_not_too_much(shingles: int) -> None:
    every = thinned(shingles)
    assert every in (1, 2, 4, 8, 16)
    assert every == 1 or shingles / every >= LEAST


def test_a_brief_of_sixty_words_shares_fingerprints_with_the_article_it_is_from() -> None:
    """Wherever in a text of 800 words it was taken from, nineteen times out of twenty."""
    shared = 0
    for seed in range(100):
        text = prose(seed, 800)
        words = text.split(" ")
        at = random.Random(seed).randint(0, len(words) - 70)
        shared += len({*sketch(text)} & {*sketch(" ".join(words[at : at + 60]))}) >= 1
    assert shared >= 95


def test_passages_stand_in_both_texts() -> None:
    one, other = prose(3) + "\n\n" + REPORT, REPRINT + "\n\n" + prose(4)
    found = passages(one, other)
    assert sum(each.words for each in found) > 120
    assert one[slice(*found[0].one)].startswith("Harbour minister Ana Brill")
    for each in found:
        assert len(one[slice(*each.one)].split()) >= each.words - 2
        assert one[slice(*each.one)].split()[0] == other[slice(*each.other)].split()[0]


@given(st.text('ab .\n“”"', max_size=120), st.text('ab .\n“”"', max_size=120))
def test_passages_lie_inside_their_texts(one: str, other: str) -> None:
    end = 0
    for each in passages(one, other):
        assert end <= each.one[0] < each.one[1] <= len(one)
        assert 0 <= each.other[0] < each.other[1] <= len(other)
        end = each.one[1]


HOSTILE = [
    ("one word, a million letters", "word " * 200_000),
    ("two words in turn", "ab cd " * 40_000),
    ("nothing but spaces", " " * 250_000),
    ("nothing but line ends", "\n" * 250_000),
    ("no space at all", "x" * 250_000),
    ("quotation marks", "'a " * 80_000),
    ("open quotation marks", "“" * 250_000),
    ("capitals and dashes", "AB - " * 50_000),
    ("brackets", "A (" * 80_000),
]


@pytest.mark.parametrize("name, text", HOSTILE, ids=[row[0] for row in HOSTILE])
def test_a_text_made_to_take_long_takes_seconds(name: str, text: str) -> None:
    start = time.process_time()
    assert len(sketch(text)) <= MOST
    likeness(text, text[:-7] + " z y x w v")
    passages(text, text[:-7] + REPORT)
    assert time.process_time() - start < 20


def test_so_many_are_compared_and_no_more() -> None:
    asked = []

    class Counting(Held):
        def piece(self, article: str) -> Piece | None:
            asked.append(article)
            return super().piece(article)

    shelf = Counting()
    for number in range(40):
        shelf.pieces[tagged("ar", number)] = piece(REPORT, number)
    assert len(find(piece(REPORT, 99), shelf)) == len(asked) == AT_MOST


def test_the_bounds_stand_in_a_sensible_order() -> None:
    assert 0 < PART < NEAR < 1
    assert LONG > LEAST
    assert len(Shingled(REPORT).codes) > LONG
