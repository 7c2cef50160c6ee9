"""Groups of states have the members they had on the day."""

import pytest

from onrecord.resolve.places import members

DATED = [
    # group, day, who is in, who is not
    ("baltic", "1999-01-01", "EST LVA LTU", "POL FIN"),
    ("nato", "2004-03-28", "POL HUN CZE", "EST LVA LTU"),
    ("nato", "2004-03-29", "EST LVA LTU SVK", "FIN SWE"),
    ("nato", "2023-04-04", "FIN", "SWE"),
    ("nato", "2024-03-07", "SWE", "UKR"),
    ("nato", "1975-01-01", "DEU GRC TUR", "ESP POL"),
    ("european-union", "2020-01-31", "GBR HRV", "NOR"),
    ("european-union", "2020-02-01", "IRL", "GBR"),
    ("european-union", "2006-12-31", "POL MLT", "BGR ROU HRV"),
    ("eurozone", "2022-12-31", "LTU", "HRV"),
    ("eurozone", "2023-01-01", "HRV", "DNK"),
    ("ecowas", "2025-01-28", "MLI BFA NER", "MRT"),
    ("ecowas", "2025-01-29", "NGA SEN", "MLI BFA NER"),
    ("alliance-of-sahel-states", "2025-01-29", "MLI BFA NER", "NGA"),
    ("g8", "2014-03-23", "RUS", "CHN"),
    ("g8", "2014-03-24", "JPN", "RUS"),
    ("brics", "2023-12-31", "ZAF", "EGY IRN"),
    ("brics", "2024-01-01", "EGY ETH IRN ARE", "IDN"),
    ("opec", "2018-12-31", "QAT", "IDN"),
    ("opec", "2019-01-01", "ECU AGO", "QAT"),
    ("opec", "2024-01-01", "COG GAB", "QAT AGO IDN"),
    ("asean", "2025-10-25", "KHM", "TLS"),
    ("visegrad", "2024-05-28", "CZE HUN POL SVK", "AUT"),
    ("visegrad", "1992-01-01", "HUN POL", "CZE SVK"),
    ("arab-league", "2012-01-01", "EGY", "SYR"),
    ("arab-league", "2023-05-07", "SYR", "IRN"),
]


@pytest.mark.parametrize("group, day, inside, outside", DATED)
def test_membership_goes_by_the_day(group: str, day: str, inside: str, outside: str) -> None:
    codes = set(members(group, day))
    assert set(inside.split()) <= codes
    assert not set(outside.split()) & codes


@pytest.mark.parametrize(
    "group, count", [("nato", 32), ("european-union", 27), ("g7", 7), ("g20", 19), ("benelux", 3), ("nordic", 5), ("african-union", 55)]
)
def test_without_a_day_the_newest_membership_counts(group: str, count: int) -> None:
    assert len(members(group, None)) == count


def test_a_time_of_day_does_not_change_the_day() -> None:
    assert members("nato", "2024-03-07T23:59:00Z") == members("nato", "2024-03-07")


def test_an_unknown_group_has_no_members() -> None:
    assert members("the-usual-suspects", None) == ()
