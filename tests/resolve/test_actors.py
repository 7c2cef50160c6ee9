"""Who is meant by a noun phrase. In the tables, square brackets mark the noun phrases; what they stand for follows in the same order."""

import itertools
import re
import time
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.records import Entity
from onrecord.resolve import Reference, Resolution, resolve

BALTIC = "state:EST state:LTU state:LVA"

PERSONS = [
    ("[German Chancellor Olaf Brandvik] spoke. [Brandvik] left.", ["person:olaf-brandvik"] * 2, ["DEU"] * 2),
    ("[Poland's deputy interior minister, Wiesława Grądzka], spoke. [She] left.", ["person:wieslawa-gradzka"] * 2, ["POL"] * 2),
    ("[Mikael Sand, the Finnish president,] spoke. [Mr Sand] left. [The president] waved.", ["person:mikael-sand"] * 3, ["FIN"] * 3),
    ("[Gen. Harlan P. Oakes], a US officer, spoke. [Oakes, who leads the wing], left.", ["person:harlan-oakes"] * 2, None),
    ("[The Dutch defence minister, Joost van Wielen,] spoke; [van Wielen] left.", ["person:joost-van-wielen"] * 2, ["NLD"] * 2),
    ("[Qatari envoy Rashid al-Dosran] spoke. [Al-Dosran] left.", ["person:rashid-al-dosran"] * 2, ["QAT"] * 2),
    ("[Ms. Lund] spoke. Norway's trade minister, Astrid Lund, then left.", ["person:astrid-lund"], ["NOR"]),
    ("[Sen. Tito Bermejo (R-Fla.)] spoke.", ["person:tito-bermejo"], ["USA"]),
    ("[French President Aurélien Moulin and Czech President Pavel Hrubín] met.",
     ["person:aurelien-moulin person:pavel-hrubin"], ["FRA CZE"]),
    ("[Latvia’s spokeswoman, Ilze Ozola], met [Latvia’s spokesman, Girts Kalns]. [He] left, but [she] stayed.",
     ["person:ilze-ozola", "person:girts-kalns", "person:girts-kalns", "person:ilze-ozola"], ["LVA"] * 4),
]  # fmt: skip

TWO_PRESIDENTS = (
    "[French President Aurélien Moulin] met [Czech President Pavel Hrubín] in Lyon. [The Czech president] was brief. "
    "[The French president] was not. [The two presidents] will meet again, and [both] hope for more."
)

STATES = [
    ("[Kyiv] agreed.", ["state:UKR"], ["UKR"]),
    ("[Beijing] and Manila differ.", ["state:CHN"], ["CHN"]),
    ("[Downing Street] declined.", ["state:GBR"], ["GBR"]),
    ("[The Netherlands] agreed.", ["state:NLD"], ["NLD"]),
    ("[Berlin] agreed.", ["state:DEU"], ["DEU"]),
    ("[The Swiss] agreed.", ["state:CHE"], ["CHE"]),
    ("[The Americans] agreed.", ["state:USA"], ["USA"]),
    ("[The Polish government] agreed.", ["state:POL"], ["POL"]),
    ("[Estonia, Latvia and Lithuania] agreed.", ["state:EST state:LVA state:LTU"], ["EST LVA LTU"]),
    ("[The EU, Britain and Australia] agreed.", ["org:european-union state:GBR state:AUS"], ["GBR AUS"]),
    ("[The Czech and Dutch governments] agreed.", ["state:CZE state:NLD"], ["CZE NLD"]),
    ("[Bosnia and Herzegovina] agreed.", ["state:BIH"], ["BIH"]),
    ("[Beijing, which objected,] waited.", ["state:CHN"], ["CHN"]),
]

ORGANISATIONS = [
    ("[NATO] warned.", ["org:nato"], [""]),
    ("[The European Commission] warned.", ["org:european-commission"], [""]),
    ("[The White House] warned.", ["org:white-house"], ["USA"]),
    ("[A Kremlin spokesman] warned.", ["org:kremlin"], ["RUS"]),
    ("[The Polish foreign ministry] warned. [The ministry] added more.", ["org:polish-foreign-ministry"] * 2, ["POL"] * 2),
    ("[The German Ministry of Defence] warned.", ["org:german-defence-ministry"], ["DEU"]),
    ("[The Harbour Workers Union (HWU)] warned. [HWU] struck.", ["org:harbour-workers-union"] * 2, [""] * 2),
    ("[The IAEA] warned. [The agency] will report.", ["org:iaea"] * 2, [""] * 2),
    ("[The Polish foreign ministry] warned. [A spokesman] added more.", ["org:polish-foreign-ministry"] * 2, ["POL"] * 2),
    ("[Analysts at the Norrvik Institute] warned.", ["org:norrvik-institute"], [""]),
    ("[Georgian Dream] warned.", ["org:georgian-dream"], ["GEO"]),
    ("[West African leaders] warned.", ["group:west-african-leaders"], [""]),
    ("[The rights group, Amnesty International,] warned.", ["org:amnesty-international"], [""]),
]

COLLECTIVES = [
    ("[Baltic NATO states and Poland] agreed.", f"{BALTIC} state:POL", "EST LTU LVA POL"),
    ("[The Baltic states] agreed.", BALTIC, "EST LTU LVA"),
    ("[Benelux] agreed.", "state:BEL state:LUX state:NLD", "BEL LUX NLD"),
    ("[The Visegrad Group] agreed.", "state:CZE state:HUN state:POL state:SVK", "CZE HUN POL SVK"),
    ("[The Nordic countries] agreed.", "state:DNK state:FIN state:ISL state:NOR state:SWE", "DNK FIN ISL NOR SWE"),
    ("[Nordic NATO members] agreed.", "state:DNK state:FIN state:ISL state:NOR state:SWE", "DNK FIN ISL NOR SWE"),
    ("[Members of the G7] agreed.", "state:CAN state:DEU state:FRA state:GBR state:ITA state:JPN state:USA", "CAN DEU FRA GBR ITA JPN USA"),
    ("[Baltic politicians] agreed.", "group:baltic-politicians", "EST LTU LVA"),
    ("[Polish and Baltic state MPs] agreed.", "group:polish-and-baltic-state-mps", "POL EST LTU LVA"),
    ("[Ambassadors from Estonia, Latvia, and Lithuania] agreed.", "group:ambassadors", "EST LVA LTU"),
]

GROUPS = [
    # phrase, unnamed, countries
    ("[some] say so.", True, ""),
    ("[Officials] say so.", True, ""),
    ("[German officials] say so.", True, "DEU"),
    ("[A senior NATO diplomat] says so.", True, ""),
    ("[People familiar with the matter] say so.", True, ""),
    ("[Several Baltic states] say so.", True, ""),
    ("[A Turkish official who asked not to be named] says so.", True, "TUR"),
    ("[Baltic politicians] say so.", False, "EST LTU LVA"),
    ("[Shipowners] say so.", False, ""),
    ("[71 per cent of Poles] say so.", True, "POL"),
    ("[Officials in Tallinn] say so.", True, "EST"),
    ("[A Western diplomat in Vilnius] says so.", True, ""),
]

OUTLETS = [
    ("[The daily Kurier Leśny] reported it. [The paper] had it first.", ["outlet:kurier-lesny"] * 2),
    ("[Der Spiegel] reported it.", ["outlet:der-spiegel"]),
    ("[Reuters] reported it.", ["outlet:reuters"]),
    ("[The Harbour Gazette] reported it.", ["outlet:harbour-gazette"]),
]

# Offices without a country: whose they are by what stands near them, and where that leaves a doubt, nobody's.
AT_HOME = [
    # text, the countries of each bracketed phrase
    ("Poland would close the crossing if Belarus agreed, [Interior Minister Bogna Zarek] said. [The minister] left.", ["POL", "POL"]),
    ("Norway may sell gas to Sweden.\nIn Oslo a vote is due. [Energy Minister Tor Eklid] was calm.", ["NOR"]),
    ("GDYNIA, May 3 -\nLatvia held a drill. [Defence Minister Ilga Ozola] watched.", ["LVA"]),
    ("RIGA (NWA) - Latvia held a drill with Poland and Finland, [Defence Minister Ilga Ozola] said.", ["LVA"]),
    ("Asked about China, [Interior Minister Bogna Zarek] left.", [""]),
    ("Latvia and Poland held a drill. [Defence Minister Ilga Ozola] watched.", [""]),
    ("China objected. Eva Kask, chair of [the Social Democrats], agreed.", [""]),
    ("China objected. [The embassy] declined. [Jowita Brzost, a spokeswoman,] smiled.", ["", ""]),
    ("[Fathi Lawz, who negotiates for the group in Doha,] spoke.", [""]),
    ("In a letter to Berlin [the Estonian defence minister, Jaan Tamsoo,] said so.", ["EST"]),
    ("[The Finnish president, Mikael Sand], met [the Latvian president, Girts Kalns]. [He] left.", ["FIN", "LVA", "FIN"]),
    ("[Social Democrats] objected. [Democrats] agreed.", ["", ""]),
]

# Documents are no sources without a name, and no ministries.
DOCUMENTS = [
    ("[A report by Der Spiegel] said so.", ["outlet:der-spiegel"], [False]),
    ("[A report by De Avondster] said so.", ["outlet:de-avondster"], [False]),
    ("[A report by the Norrvik Institute] said so.", ["org:norrvik-institute"], [False]),
    ("[Reports] said so.", ["group:reports"], [True]),
    ("[The German Defence Ministry] answered. The Harbour Gazette wrote first. [The report] said so.",
     ["org:german-defence-ministry", "outlet:harbour-gazette"], [False, False]),
    ("[The German Defence Ministry] answered. [The report] said so.", ["org:german-defence-ministry", "group:report"], [False, False]),
]  # fmt: skip

ONE_PERSON = [
    ("[Ms Marrow] spoke. [Ilse Marrow], the harbour master, left.", "person:ilse-marrow"),
    ("Harbour master [I. Marrow] spoke. [Ilse K. Marrow] left. [ILSE MARROW]: Yes. [MARROW]: No.", "person:ilse-marrow"),
    ("[Foreign Minister Nermin Saltukoğlu] spoke. [Saltukoglu] left. [Nermin Saltukoglu] waved.", "person:nermin-saltukoglu"),
    ("[Jan-Pieter Vos, a lawyer,] spoke. [Jan Pieter Vos] left.", "person:jan-pieter-vos"),
    ("[The Estonian defence minister, Jaan Tamsoo,] met Olaf Brandvik. [The Estonian] left.", "person:jaan-tamsoo"),
    ("Wiola Gradek, one of its senior negotiators, spoke. [The negotiator] left.", "person:wiola-gradek"),
]


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its square brackets, and where they were."""
    plain, extents, start = "", [], 0
    for piece in re.split(r"([\[\]])", text):
        if piece == "[":
            start = len(plain)
        elif piece == "]":
            extents.append((start, len(plain)))
        else:
            plain += piece
    return plain, extents


def sentences(text: str) -> list[tuple[int, int]]:
    """A cut after every full stop that a capital follows."""
    cuts = [match.end() for match in re.finditer(r"(?<!Gen)(?<!Sen)(?<!Ms)[.!?]\s+(?=[A-Z])", text)]
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))


def read(text: str, at: str | None = "2024-05-28", **more: object) -> tuple[list[Reference], Resolution]:
    """What the bracketed noun phrases of a text stand for, in order."""
    plain, extents = marked(text)
    resolution = resolve(plain, extents, [], at=at, sentences=sentences(plain), **more)  # type: ignore[arg-type]
    return [resolution.of[extent] for extent in extents], resolution


def ids(reference: Reference) -> str:
    return " ".join(reference.actors)


@pytest.mark.parametrize("text, actors, countries", PERSONS + STATES + ORGANISATIONS)
def test_a_noun_phrase_stands_for_whom_it_names(text: str, actors: list[str], countries: list[str] | None) -> None:
    found, _ = read(text)
    assert [ids(reference) for reference in found] == actors
    if countries is not None:
        assert [" ".join(reference.countries) for reference in found] == countries


@pytest.mark.parametrize("text, actors, countries", COLLECTIVES)
def test_a_collective_is_its_members(text: str, actors: str, countries: str) -> None:
    found, _ = read(text)
    assert ids(found[0]) == actors
    assert set(found[0].countries) == set(countries.split())


@pytest.mark.parametrize("at, inside", [("2023-01-01", False), ("2024-05-28", True), (None, True)])
def test_a_collective_has_the_members_of_the_day(at: str | None, inside: bool) -> None:
    found, _ = read("[Nordic NATO members] agreed.", at=at)
    assert ("state:SWE" in found[0].actors) is inside


@pytest.mark.parametrize("text, unnamed, countries", GROUPS)
def test_who_goes_unnamed_is_said(text: str, unnamed: bool, countries: str) -> None:
    found, _ = read(text)
    assert found[0].unnamed is unnamed
    assert set(found[0].countries) == set(countries.split())


@pytest.mark.parametrize("text, actors", OUTLETS)
def test_an_outlet_is_told_by_its_name_or_by_the_words_beside_it(text: str, actors: list[str]) -> None:
    found, _ = read(text)
    assert [ids(reference) for reference in found] == actors


def test_two_presidents_at_once_are_kept_apart() -> None:
    found, _ = read(TWO_PRESIDENTS)
    moulin, hrubin = "person:aurelien-moulin", "person:pavel-hrubin"
    assert [ids(reference) for reference in found[:4]] == [moulin, hrubin, hrubin, moulin]
    assert all(set(reference.actors) == {moulin, hrubin} for reference in found[4:])


def test_representatives_are_those_of_the_sentence_before() -> None:
    found, _ = read(
        "[Baltic politicians] voiced their worries to [Dutch officials] in Riga. "
        "According to a report by Der Spiegel, [these representatives] warned that [they] would send troops."
    )
    assert ids(found[2]) == ids(found[3]) == "group:baltic-politicians"
    assert set(found[3].countries) == {"EST", "LVA", "LTU"}


def test_one_of_them_is_of_the_group_before_and_unnamed() -> None:
    found, _ = read("[Israeli officials] keep out of it. [One of them] laughed.")
    assert found[0].actors == found[1].actors
    assert found[1].unnamed


def test_he_said_goes_to_the_subject_and_not_to_whom_he_told() -> None:
    found, _ = read("[Estonian minister Arvo Kask] told [Dutch envoy Joost van Wielen] that [he] would sign.")
    assert ids(found[2]) == "person:arvo-kask"


def test_an_office_finds_its_holder_further_down() -> None:
    found, _ = read("[Lithuania’s president] agreed. Dovilė Karkla, the Lithuanian president, will sign.")
    assert ids(found[0]) == "person:dovile-karkla"


MINISTER = "[Norway's harbour minister]"
APART = ["group:norwegian-harbour-minister", "person:ilse-marrow"]

NEWCOMERS = [
    # text, whom the noun phrases stand for
    (f"{MINISTER} has resigned. It was late, [Ilse Marrow] told reporters. [The minister] smiled.", ["person:ilse-marrow"] * 3),
    (f"{MINISTER} has resigned. [Ilse Marrow] smiled.", ["person:ilse-marrow"] * 2),
    ("It rained. [The Swedish envoy] left Oslo. Nobody waved. The boat was late, said [Arvo Kask].", ["person:arvo-kask"] * 2),
    # A name with an office or a calling of its own is somebody else's.
    (f"{MINISTER} has resigned. Mayor [Ilse Marrow] was sorry.", APART),
    (f"{MINISTER} has resigned. [Ilse Marrow], 45, keeps bees.", APART),
    # So is one that stands further down, in the same sentence, where no subject stands, or beside another that it could be as well.
    (f"{MINISTER} has resigned. It rained. It snowed. [Ilse Marrow] smiled.", APART),
    (f"{MINISTER} said that [Ilse Marrow] smiled.", APART),
    (f"{MINISTER} has resigned. The port thanked [Ilse Marrow].", APART),
    (f"{MINISTER} has resigned. [Ilse Marrow] smiled. [Arvo Kask] wept.", [*APART, "person:arvo-kask"]),
    # An office that several may hold, or who only speaks for others, tells nothing.
    ("[A Norwegian minister] has resigned. [Ilse Marrow] smiled.", ["group:norwegian-minister", "person:ilse-marrow"]),
    ("[Norway's spokesman] has resigned. [Ilse Marrow] smiled.", ["group:norwegian-spokesman", "person:ilse-marrow"]),
]


@pytest.mark.parametrize("text, actors", NEWCOMERS)
def test_an_office_is_held_by_the_one_whose_name_alone_follows(text: str, actors: list[str]) -> None:
    found, _ = read(text)
    assert [ids(reference) for reference in found] == actors


def test_these_nations_are_the_states_named_together() -> None:
    found, _ = read("[Baltic NATO states and Poland] are ready. It reflects worries among [these nations].")
    assert found[0].actors == found[1].actors


def test_a_pronoun_in_a_quotation_is_its_speaker() -> None:
    text = "“[I] will go,” said [Estonian minister Arvo Kask]."
    plain, _ = marked(text)
    found, _ = read(text, quotes=[(0, plain.index("”") + 1)])
    assert ids(found[0]) == "person:arvo-kask"


def test_we_outside_quotations_is_the_outlet() -> None:
    found, _ = read("[We] asked twice.", outlet="Harbour Gazette")
    assert ids(found[0]) == "outlet:harbour-gazette"


def test_its_minister_is_the_country_s_named_before() -> None:
    found, _ = read("[Kyiv] objects. [Its foreign minister, Oleh Tymchak], left.")
    assert ids(found[1]) == "person:oleh-tymchak"
    assert found[1].countries == ("UKR",)


def test_a_chancellor_of_no_evident_country_has_none() -> None:
    found, _ = read("[Chancellor Olaf Brandvik] spoke.")
    assert ids(found[0]) == "person:olaf-brandvik"
    assert found[0].countries == ()


def test_a_farmer_speaks_for_no_country() -> None:
    found, _ = read("In Warsaw, [Jan Rolny, a farmer,] spoke.")
    assert found[0].countries == ()


def test_an_actor_has_roles_with_their_words_and_every_mention() -> None:
    text = "[German Chancellor Olaf Brandvik] spoke. [Brandvik] left. [He] waved."
    plain, extents = marked(text)
    _, resolution = read(text)
    (actor,) = resolution.actors
    assert (actor.name, actor.kind, actor.countries) == ("Olaf Brandvik", "person", ("DEU",))
    assert [(role.title, role.country) for role in actor.roles] == [("Chancellor", "DEU")]
    assert all(role.span.proves(plain) for role in actor.roles)
    assert [mention.extent for mention in actor.mentions] == extents


def test_an_alliance_shows_its_members_but_speaks_for_none() -> None:
    found, resolution = read("[NATO] warned.", at="2024-03-06")
    assert found[0].countries == ()
    assert "FIN" in resolution.actors[0].countries
    assert "SWE" not in resolution.actors[0].countries


def test_the_fullest_name_of_an_article_makes_the_id() -> None:
    found, _ = read("[Lawz] refused. [Abu Lawz] had said so. [Fathi Abu Lawz, who negotiates in Doha,] left.")
    assert {ids(reference) for reference in found} == {"person:fathi-abu-lawz"}


def test_an_entity_of_the_reader_decides_between_person_and_organisation() -> None:
    text = "Tharn Velluk warned."
    person = resolve(text, [(0, 12)], [Entity(start=0, end=12, label="PER", confidence=0.9)], at=None, sentences=[(0, len(text))])
    firm = resolve(text, [(0, 12)], [Entity(start=0, end=12, label="ORG", confidence=0.9)], at=None, sentences=[(0, len(text))])
    assert person.of[(0, 12)].actors == ("person:tharn-velluk",)
    assert firm.of[(0, 12)].actors == ("org:tharn-velluk",)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("aAbB ,.'’“”-()éЖ1\n\u200bKyivNATOthe")), st.data())
def test_any_prose_is_resolved_and_every_mention_answered(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    extents = [(a, b) for a, b in itertools.pairwise(ends) if a < b]
    resolution = resolve(text, extents, [], at=None, sentences=[])
    assert set(resolution.of) == set(extents)
    known = {actor.id for actor in resolution.actors}
    for reference in resolution.of.values():
        assert set(reference.actors) <= known
    for actor in resolution.actors:
        assert actor.mentions
        assert all(mention.proves(text) for mention in actor.mentions)


def test_the_order_of_the_mentions_changes_nothing() -> None:
    plain, extents = marked(TWO_PRESIDENTS)
    forward = resolve(plain, extents, [], at=None, sentences=sentences(plain))
    backward = resolve(plain, extents[::-1], [], at=None, sentences=sentences(plain))
    assert forward == backward


def test_resolving_costs_under_forty_microseconds_a_word() -> None:
    plain, extents = marked(TWO_PRESIDENTS + "\n" + "The harbour lay quiet under a low sky and nobody came to look at the ships. " * 20)
    cuts, spent = sentences(plain), []
    for _ in range(8):
        begin = time.process_time()
        resolve(plain, extents, [], at=None, sentences=cuts)
        spent.append(time.process_time() - begin)
    assert min(spent) / len(plain.split()) < 40e-6


@pytest.mark.parametrize("text, countries", AT_HOME)
def test_an_office_without_a_country_gets_one_only_where_the_text_leaves_no_doubt(text: str, countries: list[str]) -> None:
    found, _ = read(text)
    assert [" ".join(reference.countries) for reference in found] == countries


@pytest.mark.parametrize("text, actors, unnamed", DOCUMENTS)
def test_a_document_speaks_for_whom_it_is_by(text: str, actors: list[str], unnamed: list[bool]) -> None:
    found, _ = read(text)
    assert [ids(reference) for reference in found] == actors
    assert [reference.unnamed for reference in found] == unnamed


@pytest.mark.parametrize("text, actor", ONE_PERSON)
def test_one_person_has_one_id_however_the_name_is_written(text: str, actor: str) -> None:
    found, _ = read(text)
    assert {ids(reference) for reference in found} == {actor}


def test_he_stays_open_between_two_who_are_equally_near() -> None:
    found, _ = read("Guards drove Mikael Sand to Girts Kalns. [He] left. Guards drove Mikael Sand to Ilze Ozola. [She] left.")
    assert [ids(reference) for reference in found] == ["", "person:ilze-ozola"]


def test_a_country_in_the_title_s_office_tells_the_minister_s_country() -> None:
    found, _ = read("[Defence Minister Jaan Tamsoo] spoke of China and Iran.\n\n[Estonian minister] warns")
    assert [" ".join(reference.countries) for reference in found] == ["EST", "EST"]


def test_a_name_in_capitals_is_shown_in_the_letters_of_names() -> None:
    _, resolution = read("[WIOLA GRADEK]: Yes.")
    assert [actor.name for actor in resolution.actors] == ["Wiola Gradek"]


@pytest.mark.parametrize("label, actors", [("LOC", ""), ("ORG", "org:sterkala"), ("PER", "person:sterkala")])
def test_a_bare_name_is_what_the_reader_takes_it_for(label: Literal["LOC", "ORG", "PER"], actors: str) -> None:
    plain, extents = marked("[Sterkala] waited.")
    entities = [Entity(start=0, end=8, label=label, confidence=0.9)]
    assert ids(resolve(plain, extents, entities, at=None, sentences=sentences(plain)).of[extents[0]]) == actors


def test_an_agency_in_the_dateline_is_an_outlet() -> None:
    found, _ = read("RIGA, May 3 (NWA) - A drill began. [NWA] reported it.")
    assert [ids(reference) for reference in found] == ["outlet:nwa"]


def test_a_sentence_that_the_reader_cut_in_two_is_one() -> None:
    text = "RIGA (NWA) - Latvia would help if Russia attacked Finland, Defence Minister Ilga Ozola said."
    extent = text.index("Defence"), text.index(" said")
    cut = text.index("Russia")
    found = resolve(text, [extent], [], at=None, sentences=[(0, cut), (cut, len(text))])
    assert found.of[extent].countries == ("LVA",)


def test_he_said_goes_to_who_spoke_before_and_not_to_whom_the_sentence_is_about() -> None:
    found, _ = read("It was a gesture, said [Girts Kalns, a lawyer]. Rovan Ekker would follow in June, [he] said.")
    assert [ids(reference) for reference in found] == ["person:girts-kalns"] * 2


CLOSED = [
    # Whoever tells of somebody by name is another, where the words that attribute stand behind what is said or in its middle.
    ("[Olaf Brandvik] spoke. Jens Mohr would follow soon, [he] said.", "person:olaf-brandvik"),
    ("[Olaf Brandvik] spoke. Jens Mohr, [he] said, would follow.", "person:olaf-brandvik"),
    ("[Olaf Brandvik] spoke. Jens Mohr would follow soon, [he] said on Monday.", "person:olaf-brandvik"),
    ("[Olaf Brandvik] spoke. Then Jens Mohr came because, [he] said, it rained.", "person:jens-mohr"),
]


@pytest.mark.parametrize("text, actor", CLOSED)
def test_he_said_is_not_whom_the_sentence_tells_of(text: str, actor: str) -> None:
    references, _ = read(text)
    assert ids(references[1]) == actor


def test_who_is_the_whole_of_two_joined_and_i_is_a_person() -> None:
    found, _ = read("[Danish and Luxembourg legislators], [who] met, left. [Ukraine and Russia both] agreed.")
    assert [" ".join(reference.countries) for reference in found] == ["DNK LUX", "DNK LUX", "UKR RUS"]
    text = "“[I] announced nothing,” [Estonia’s defence minister, Jaan Tamsoo,] told [the Harbour Gazette]."
    found, _ = read(text, outlet="Harbour Gazette", quotes=[(0, text.index("”") - 1)])
    assert [ids(reference) for reference in found] == ["person:jaan-tamsoo"] * 2 + ["outlet:harbour-gazette"]


@pytest.mark.parametrize("mention", ["One", "210 people", "19 percent", "57"])
def test_a_number_alone_names_nobody(mention: str) -> None:
    """It is flagged as unnamed, and makes no actor that other articles could be joined to."""
    text = f"{mention} said that the bridge was closed."
    found = resolve(text, [(0, len(mention))], (), at=None, sentences=[(0, len(text))])
    assert found.of[0, len(mention)].actors == ()
    assert found.of[0, len(mention)].unnamed


def test_an_adjective_made_of_a_name_is_no_person() -> None:
    """ "German-made" is nobody."""
    text = "Anna Kask sold German-made guns, Anna Kask said."
    found = resolve(text, [(0, 9)], (), at=None, sentences=[(0, len(text))])
    assert [actor.id for actor in found.actors] == ["person:anna-kask"]


# Phrases in which a name says something else than who speaks.
NOT_THE_NAME = [
    # text, the ids of each bracketed phrase
    ("[An aide to Senator Ilse Marrow] spoke.", ["group:aide"]),
    ("[Saxon Interior Minister Jana Brandt] spoke.", ["person:jana-brandt"]),
    ("[The Young Rowers’ Union] objected.", ["org:young-rowers-union"]),
    ("[The National Council of Ferry Operators] objected. [It] left.", ["org:national-council-of-ferry-operators"] * 2),
    ("The Commission is in Brussels. [The Parcel Tariff Commission] objected.", ["org:parcel-tariff-commission"]),
    ("[Local reports] said so.", ["group:local-reports"]),
    ("[Mr. Marrow’s opponents] left. Ilse Marrow stayed.", ["group:mr-marrow-opponents"]),
    ("[A statement by Olaf Brandvik] said so.", ["person:olaf-brandvik"]),
    ("[Support remains weak and Norway] agreed.", [""]),
    ("The Kremlin objected. [Its spokesman] said no more.", ["org:kremlin"]),
]


@pytest.mark.parametrize("text, actors", NOT_THE_NAME)
def test_a_name_in_a_phrase_is_not_always_who_speaks(text: str, actors: list[str]) -> None:
    found, _ = read(text)
    assert [ids(reference) for reference in found] == actors


def test_he_is_the_one_most_spoken_of() -> None:
    found, _ = read("[Olaf Brandvik] came. [Brandvik] left. While [Brandvik] slept, [Arvo Kask] rowed. [He] waved.")
    assert ids(found[4]) == "person:olaf-brandvik"


def test_we_of_a_minister_is_the_state() -> None:
    text = "“[We] will go,” said [Estonian defence minister Arvo Kask]."
    plain, _ = marked(text)
    found, _ = read(text, quotes=[(0, plain.index("”") + 1)])
    assert (ids(found[0]), found[0].countries) == ("state:EST", ("EST",))


def test_a_title_that_others_have_too_needs_its_country() -> None:
    found, _ = read("Norway objected. [Foreign Secretary Ilse Marrow] left.")
    assert "GBR" not in found[0].countries
    found, _ = read("[Foreign Secretary Ilse Marrow] left.")
    assert found[0].countries == ("GBR",)


def test_the_ministry_is_the_one_named_before() -> None:
    found, _ = read("[The Latvian defence ministry] objected. [Latvia’s ministry] gave no reason.")
    assert ids(found[0]) == ids(found[1]) == "org:latvian-defence-ministry"


def test_the_chancellor_of_a_headline_is_the_only_one_named() -> None:
    found, _ = read("[The chancellor] agreed. Chancellor Jorun Vetle will sign.")
    assert ids(found[0]) == "person:jorun-vetle"


def test_a_security_council_of_a_country_is_its_own() -> None:
    found, _ = read("[The Security Council] met. [Norway’s Security Council] met too.")
    assert [ids(reference) for reference in found] == ["org:un-security-council", "org:norwegian-security-council"]


def test_who_speaks_for_nato_without_a_name_is_not_nato() -> None:
    found, _ = read("[A senior NATO diplomat] agreed.")
    assert found[0].unnamed
    assert found[0].actors == ("group:senior-nato-diplomat",)


def test_he_said_is_nobody_whom_only_the_quotation_beside_it_names() -> None:
    text = (
        "[Arvo Kask of the harbour board] agreed with Ilse Marrow.\n\n"
        "“If Brandvik’s aim was to close the lock, Brandvik failed. And [Olaf Brandvik] knows that he did,” [he] wrote."
    )
    found, _ = read(
        text, quotes=[(text.replace("[", "").replace("]", "").index("“"), text.replace("[", "").replace("]", "").index("”") + 1)]
    )
    assert ids(found[2]) == ids(found[0]) == "person:arvo-kask"


def test_he_said_is_rather_whose_remark_it_is_than_whose_death_it_is_about() -> None:
    found, _ = read(
        "Olaf Brandvik's car was found in the lock. Police searched for Brandvik's keys. The wake was held at Brandvik's house. "
        "Friends of Brandvik's came, and Brandvik's brother, and Brandvik's crew, and Brandvik's dog.\n\n"
        "[Arvo Kask] has commented on [Olaf Brandvik]'s death. On Monday, [he] said the lock was closed."
    )
    assert ids(found[2]) == "person:arvo-kask"


def test_which_is_no_person() -> None:
    found, _ = read("[Ilse Marrow], who spoke, wrote to [Arvo Kask], [which] tied up the day.")
    assert ids(found[2]) == ""


@pytest.mark.parametrize(
    "text, actors",
    [
        ("Chris Brandt Calls Hillary Marrow ‘A Disgrace’ Over Lock Comments.\n\n[Brandt] spoke of [Marrow].",
         ["person:chris-brandt", "person:hillary-marrow"]),
        ("Harbour Lawmakers Rip Chris Brandt As A ‘Total Fraud.’\n\n[Chris Brandt] left, and [Brandt] waved.", ["person:chris-brandt"] * 2),
        ("Chris Brandt Says Ferry Museum Will Tell Another Story\n\nA ferry came. [Brandt] left.", ["person:chris-brandt"]),
    ],
)  # fmt: skip
def test_a_headline_s_capitals_make_no_name(text: str, actors: list[str]) -> None:
    found, _ = read(text)
    assert [ids(reference) for reference in found] == actors


# By what a phrase or an article says further on, or said before.
IN_OTHER_WORDS = [
    # text, the ids of each bracketed phrase
    ("[Undersecretary Arvo Kask] spoke. [Kask] left.", ["person:arvo-kask"] * 2),
    ("[Vice-Admiral Arvo Kask] spoke.", ["person:arvo-kask"]),
    ("Ilse Marrow came.\n[MS. MARROW]: No.", ["person:ilse-marrow"]),
    ("[Fishermen] objected.", ["group:fishermen"]),
    ("[Lawyers we asked] objected.", ["group:lawyers"]),
    ("[The Cape Ledger-Gazette] objected.", ["outlet:cape-ledger-gazette"]),
    ("South Korea waited. [The North] objected, and [the South] agreed.", ["state:PRK", "state:KOR"]),
    ("Estonia waited. [The North] objected.", ["org:north"]),
    ("[A shopkeeper in Metsapoole] objected.", ["group:shopkeeper"]),
    ("[A reader from Metsapoole] objected.", ["group:reader"]),
    ("[Three officials] came. [Two of the three] spoke, and [the other two] left.", ["group:officials"] * 3),
    ("[Norwegian Defence Minister Tor Eklid] left. [His ministry] objected.", ["person:tor-eklid", "org:norwegian-defence-ministry"]),
    ("Norwegian Defence Minister Tor Eklid left. [The ministry] objected.", ["org:norwegian-defence-ministry"]),
    ("[The Polish defence ministry] and [the Polish interior ministry] met. [The two ministries] agreed.",
     ["org:polish-defence-ministry", "org:polish-interior-ministry", "org:polish-defence-ministry org:polish-interior-ministry"]),
    ("[Marsh & Kalda] objected.", ["org:marsh-and-kalda"]),
    ("[A survey of 900 adults, carried out by the Meadow Institute in May] said so.", ["org:meadow-institute"]),
    ("[A survey of 900 adults, conducted by Marsh & Kalda between two votes] said so.", ["org:marsh-and-kalda"]),
    ("[Justice Department statistics] say so.", ["org:us-department-of-justice"]),
    ("[The UN Security Council] met. [The 15-member body] agreed.", ["org:un-security-council"] * 2),
    ("The Guild of River Pilots met. [The GRP] objected.", ["org:guild-of-river-pilots"]),
    ("[The SNP] objected.", ["org:scottish-national-party"]),
    ("The town asked Danish hauliers, [who] objected.", ["group:danish-hauliers"]),
    ("It helps those [who] wait.", ["group:those"]),
]  # fmt: skip


@pytest.mark.parametrize("text, actors", IN_OTHER_WORDS)
def test_who_is_meant_by_other_words(text: str, actors: list[str]) -> None:
    found, _ = read(text)
    assert [ids(reference) for reference in found] == actors


@pytest.mark.parametrize(
    "text, actor",
    [
        ("Chris Brandt spoke. His daughter Hillary Brandt left. [Brandt] will pay for it.", "person:chris-brandt"),
        ("Chris Brandt spoke. Trade Minister Hillary Brandt left. [Brandt] will pay for it.", "person:hillary-brandt"),
    ],
)
def test_a_family_s_bare_name_is_that_of_whom_the_article_named_first(text: str, actor: str) -> None:
    found, _ = read(text)
    assert ids(found[0]) == actor


def test_then_is_no_title() -> None:
    _, resolution = read("Then [Hillary Brandt] left. Then Minister [Chris Marrow] spoke.")
    assert [[role.title for role in actor.roles] for actor in resolution.actors] == [[], ["Then Minister"]]


def test_a_name_after_an_office_and_a_comma_is_a_person_s() -> None:
    """Even where the reader takes it for an organisation."""
    text = "Its foreign minister, Zarko Velin, has left."
    found = resolve(text, [(0, 33)], [Entity(start=22, end=33, label="ORG", confidence=0.9)], at=None, sentences=[(0, len(text))])
    assert found.of[0, 33].actors == ("person:zarko-velin",)


def test_he_is_first_of_all_somebody_outside_the_quotation() -> None:
    text = "[Arvo Kask] came. It rained. “Had [the president] come, [the president] would have seen it,” [he] wrote."
    plain, _ = marked(text)
    found, _ = read(text, quotes=[(plain.index("“"), plain.index("”") + 1)])
    assert ids(found[3]) == "person:arvo-kask"


def test_we_of_an_institute_s_own_brief_is_the_institute() -> None:
    found, _ = read("[We] argue for patience.", outlet="Meadow Institute")
    assert ids(found[0]) == "org:meadow-institute"


def test_an_earlier_version_is_the_outlet_s() -> None:
    found, _ = read("[An earlier version of this article] gave another year.", outlet="Harbour Gazette")
    assert ids(found[0]) == "outlet:harbour-gazette"


@pytest.mark.parametrize(
    "text, countries",
    [
        ("GDYNIA, May 3 -\nPoland held a drill. [General Arvo Zarek] watched.", ["POL"]),
        ("[Algis Rimkūnas, an adviser to the Lithuanian president,] agreed.", ["LTU"]),
        ("[The Norwegian navy], [whose spokesman, Tor Eklid,] objected.", ["NOR", "NOR"]),
        ("[Algis Rimkūnas, an envoy to the Lithuanian president,] agreed.", [""]),
    ],
)
def test_a_person_is_of_the_country_served(text: str, countries: list[str]) -> None:
    found, _ = read(text)
    assert [" ".join(reference.countries) for reference in found] == countries


@pytest.mark.parametrize("letters", ["MP", "PhD", "MP, PhD"])
def test_letters_after_a_name_that_are_taken_for_a_person_stop_nothing(letters):
    """A reader may see a person in the letters alone."""
    text = "Jeff Harlan, MP, PhD, chairs the council."
    seen = [(0, 11), (text.index(letters), text.index(letters) + len(letters))]
    entities = [Entity(start=start, end=end, label="PER", confidence=0.9) for start, end in seen]
    found = resolve(text, [(0, 11)], entities, at=None, sentences=[(0, len(text))])
    assert found.of[(0, 11)].actors == ("person:jeff-harlan",)
