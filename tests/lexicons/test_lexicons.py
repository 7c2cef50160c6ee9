"""The word lists: whole, loadable, and told apart by their digest."""

import re
from importlib.resources import files
from typing import get_args

import pytest

from onrecord import lexicons
from onrecord.records import EventType

EVERY = sorted(
    entry.name.removesuffix(".toml") for entry in files("onrecord.lexicons").joinpath("en").iterdir() if entry.name.endswith(".toml")
)

UNITED_NATIONS = """
AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI CPV KHM CMR CAN
CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO
DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN
LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA
MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM
ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB
ZWE
""".split()


@pytest.mark.parametrize("name", EVERY)
def test_every_lexicon_loads_and_says_where_its_facts_come_from(name: str) -> None:
    assert lexicons.load(name)
    assert "Origin:" in files("onrecord.lexicons").joinpath("en", f"{name}.toml").read_text(encoding="utf-8")


def test_a_lexicon_is_read_once() -> None:
    assert lexicons.load("countries") is lexicons.load("countries")


def test_a_lexicon_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        lexicons.load("no-such-list")


def test_the_digest_is_short_hexadecimal_and_stays_the_same() -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", lexicons.digest())
    assert lexicons.digest() == lexicons.digest("en")


def test_every_member_of_the_united_nations_is_a_country() -> None:
    assert len(UNITED_NATIONS) == 193
    assert set(UNITED_NATIONS) | {"XKX", "TWN", "PSE", "VAT"} <= set(lexicons.load("countries"))


def test_groups_of_states_and_organisations_name_only_known_countries() -> None:
    known = set(lexicons.load("countries"))
    for key, entry in lexicons.load("collectives").items():
        if key != "known_to":
            for codes in (*entry.get("joined", {}).values(), *entry.get("left", {}).values()):
                assert set(codes.split()) <= known, key
    for key, entry in lexicons.load("organisations").items():
        assert entry.get("country", "USA") in known, key


def test_days_of_joining_and_leaving_are_days() -> None:
    for key, entry in lexicons.load("collectives").items():
        if key != "known_to":
            for when in (*entry.get("joined", {}), *entry.get("left", {})):
                assert when == "always" or re.fullmatch(r"\d{4}-\d\d-\d\d", when), key


def test_no_country_claims_another_one_s_name() -> None:
    seen: dict[str, str] = {}
    for code, entry in lexicons.load("countries").items():
        for name in (*entry["names"], *entry.get("capitals", ()), *entry.get("people", ())):
            assert seen.setdefault(name, code) == code, name


def test_the_codebook_knows_only_types_of_plover_and_classes_that_it_defines() -> None:
    book = lexicons.load("events")
    known = set(get_args(EventType))
    assert set(book["verbs"]) == known
    assert set(book["nouns"]) <= known
    named = {word for lines in book["verbs"].values() for word in re.findall(r"@(\S+?)(?=[\s,]|$)", lines)}
    assert named == set(book["classes"])


def test_no_line_of_the_codebook_stands_under_two_types() -> None:
    seen: dict[str, str] = {}
    for kind, lines in lexicons.load("events")["verbs"].items():
        for line in (" ".join(line.split()) for line in lines.split(",")):
            assert seen.setdefault(line, kind) == kind or not line, line
