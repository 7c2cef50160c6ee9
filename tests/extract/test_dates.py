"""Time expressions: where they stand, what they mean, and when an article was published."""

import datetime
import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.extract import dates
from onrecord.extract.days import easter
from onrecord.records import Published, TimeExpression

DAY = "2024-05-28"  # a Tuesday


def of(day: str | None) -> Published:
    return dates.published("", (), day, "given" if day else "unknown")


def read(text: str, day: str | None = DAY) -> dict[str, str | None]:
    return {found.text: found.value for found in dates.times(text, dates.find(text), of(day))}


FOUND = [
    ("They met on May 5, 2024 in Tallinn.", ["May 5, 2024"]),
    ("The treaty of 9 June 2019 expired.", ["9 June 2019"]),
    ("In late March ministers met.", ["late March"]),
    ("By mid-June the bridge was open.", ["mid-June"]),
    ("It lasted from 1990 to 1994.", ["1990", "1994"]),
    ("It ran in 1995-96.", ["1995", "96"]),
    ("He served on May 6 and 7.", ["May 6", "7"]),
    ("Votes on 4 and 18 February were put off.", ["4", "18 February"]),
    ("It will close at the end of the year.", ["the end of the year"]),
    ("The call came at 9 p.m. on Monday.", ["9 p.m. on Monday"]),
    ("It begins at 14:30 CET on Tuesday.", ["14:30 CET on Tuesday"]),
    ("Nothing moved for weeks.", ["weeks"]),
    ("The ten-year plan covers 48 hours.", ["ten-year", "48 hours"]),
    ("It took 5 hours 10 minutes.", ["5 hours 10 minutes"]),
    ("It pays twice a year, and every Monday.", ["a year", "every Monday"]),
    ("Growth in the second quarter of 2023 was slow.", ["the second quarter of 2023"]),
    ("By the first half of next year it is done.", ["the first half of next year"]),
    ("Kyiv's answer came two days later.", ["two days later"]),
    ("Monday's vote and this week's talks failed.", ["Monday", "this week"]),
    ("In the early 1990s and the 19th century it was so.", ["the early 1990s", "the 19th century"]),
    ("The siege of 480 BC ended in 479.", ["480 BC", "479"]),
    ("They left the day before yesterday.", ["the day before yesterday"]),
    ("On Christmas Day and Boxing Day shops close.", ["Christmas Day", "Boxing Day"]),
    ("May\n\n26 people came.", []),
    ("He says that September 11 and that two months matter.", ["September 11", "two months"]),
]

TRAPS = [
    "She may go, and they may march on the capital.",
    "Second, the March for Peace set out.",
    "The May family met Theresa May's cousin, April Stone.",
    "A force of 1945 men crossed.",
    "Some 1945 tanks and 2000 drones were sold.",
    "It cost $2024 and weighed 1500 kilograms.",
    "The 34-year-old captain scored; it ended 06-Feb.",
    "Sun and wind helped; the firm Sun Power fell silent.",
    "Prices spring up and fall back.",
    "In a second term he would be calmer.",
    "Resolution 1973 and Article 2004 apply.",
    "The minute details matter in day-to-day work.",
    "On the 20th anniversary of their membership they wrote.",
    "The Turkish daily Yeni Liman reported it.",
    "A quarter of voters are sure, and three-quarters are not.",
]

VALUES = [
    ("He said on Monday that it was over.", "Monday", "2024-05-27"),
    ("They will meet on Monday.", "Monday", "2024-06-03"),
    ("He said on Tuesday that it was over.", "Tuesday", "2024-05-28"),
    ("She said last Friday she was ill.", "last Friday", "2024-05-24"),
    ("Talks resume next Thursday.", "next Thursday", "2024-05-30"),
    ("The bill must pass by Friday.", "Friday", "2024-05-31"),
    ("By Friday he had left.", "Friday", "2024-05-24"),
    ("They have been here since Friday.", "Friday", "2024-05-24"),
    ("He was there last week.", "last week", "2024-W21"),
    ("They vote next week.", "next week", "2024-W23"),
    ("It was said at the weekend.", "the weekend", "2024-W21-WE"),
    ("The week before last it rained.", "The week before last", "2024-W20"),
    ("In late March it snowed.", "late March", "2024-03"),
    ("He resigned in September.", "September", "2023-09"),
    ("Elections will be held in September.", "September", "2024-09"),
    ("They were elected in December.", "December", "2023-12"),
    ("The term will end in January.", "January", "2025-01"),
    ("She told the station on May 26 that it was over.", "May 26", "2024-05-26"),
    ("It will be signed on 9 June.", "9 June", "2024-06-09"),
    ("last August it was hot", "last August", "2023-08"),
    ("It opens next April.", "next April", "2025-04"),
    ("By the end of the year it is done.", "the end of the year", "2024"),
    ("It happened two years ago.", "two years ago", "2022"),
    ("It happened three weeks ago.", "three weeks ago", "2024-05-07"),
    ("It happened six months ago.", "six months ago", "2023-11"),
    ("Today is calm, yesterday was not.", "yesterday", "2024-05-27"),
    ("They march the day after tomorrow.", "the day after tomorrow", "2024-05-30"),
    ("We are now at peace.", "now", "PRESENT_REF"),
    ("He recently moved.", "recently", "PAST_REF"),
    ("More is expected in the coming days.", "the coming days", "FUTURE_REF"),
    ("This spring was cold.", "This spring", "2024-SP"),
    ("last summer was hot", "last summer", "2023-SU"),
    ("next winter will be hard", "next winter", "2024-WI"),
    ("In the second quarter of 2024 it fell.", "the second quarter of 2024", "2024-Q2"),
    ("In the second half of last year it fell.", "the second half of last year", "2023-H2"),
    ("Back in the 1990s it fell.", "the 1990s", "199"),
    ("Back in the 19th century it fell.", "the 19th century", "18"),
    ("The budget for FY2025 fell.", "FY2025", "FY2025"),
    ("The talks of May 5-7 failed.", "May 5-7", "2024-05-05/2024-05-07"),
    ("It ends at 5 p.m. on 3 June.", "5 p.m. on 3 June", "2024-06-03T17:00"),
    ("At 14:30 CET on Tuesday he spoke.", "14:30 CET on Tuesday", "2024-05-28T14:30+01:00"),
    ("At 09:15 GMT on Monday he spoke.", "09:15 GMT on Monday", "2024-05-27T09:15Z"),
    ("He called on Monday night.", "Monday night", "2024-05-27TNI"),
    ("He called this morning.", "this morning", "2024-05-28TMO"),
    ("He called last night.", "last night", "2024-05-27TNI"),
    ("They meet every Monday.", "every Monday", "XXXX-WXX-1"),
    ("It is checked daily.", "daily", "P1D"),
    ("It took three weeks.", "three weeks", "P3W"),
    ("It took a decade.", "a decade", "P10Y"),
    ("It took two and a half years.", "two and a half years", "P2.5Y"),
    ("It took 5 hours 10 minutes.", "5 hours 10 minutes", "PT5H10M"),
    ("It took twenty-one days.", "twenty-one days", "P21D"),
    ("It took half a century.", "half a century", "P50Y"),
    ("It took some weeks.", "some weeks", "PXW"),
    ("They sell 400 tons a week.", "a week", "P1W"),
    ("In 1995-96 it rained.", "96", "1996"),
    ("It airs on August 2 and 3.", "3", "2024-08-03"),
    ("These days nobody knows.", "These days", "PRESENT_REF"),
    ("It began in the middle of the 10th century.", "the middle of the 10th century", "09"),
    ("Shops will close on Christmas Day.", "Christmas Day", "2024-12-25"),
    ("It will last until New Year’s Eve.", "New Year’s Eve", "2024-12-31"),
    ("It will last until Easter.", "Easter", "2025-04-20"),
    ("In March 2022 they signed. The day after, they left.", "The day after", "XXXX-XX-XX"),
    ("On 3 March 2022 they signed. The next day they left.", "The next day", "2022-03-04"),
    ("On 3 March 2022 they signed. In June they left.", "June", "2022-06"),
    ("On 3 March 2022 they signed, and left that year.", "that year", "2022"),
]

STORY = [
    ("On 1 September 1932 the siege began. Two days later the town fell.", "Two days later", "1932-09-03", "1 September 1932"),
    ("On 1 September 1932 the siege began. In November it ended.", "November", "1932-11", "1 September 1932"),
    ("On 1 December 1932 the siege began. In January it ended.", "January", "1933-01", "1 December 1932"),
    ("In May 1932 they rose. The following month they fell.", "The following month", "1932-06", "May 1932"),
    ("In May 1932 they rose. That year was hot.", "That year", "1932", "May 1932"),
    ("In May 1932 they rose, as their fathers had in 1871. In August they fell.", "August", "1932-08", "May 1932"),
    ("On 7 May 1932 they rose. By the 20th they had won.", "the 20th", "1932-05-20", "7 May 1932"),
    ("The fleet sailed in 480 BC. The next year it sank.", "The next year", "BC0479", "480 BC"),
]


@pytest.mark.parametrize("text, words", FOUND)
def test_time_expressions_are_found_with_their_borders(text, words):
    assert [text[start:end] for start, end in dates.find(text)] == words


@pytest.mark.parametrize("text", TRAPS)
def test_what_only_looks_like_a_time_is_left_alone(text):
    assert [text[start:end] for start, end in dates.find(text)] == []


@pytest.mark.parametrize("text, words, value", VALUES)
def test_a_value_is_worked_out_against_the_day_of_publication(text, words, value):
    assert read(text).get(words) == value


@pytest.mark.parametrize("text, words, value, anchor", STORY)
def test_a_story_is_read_against_its_own_last_date(text, words, value, anchor):
    found = {each.text: each for each in dates.times(text, dates.find(text), of(None))}
    assert (found[words].value, found[words].anchor_span.text) == (value, anchor)


def test_without_a_day_of_publication_a_weekday_names_no_day():
    assert read("He said so on Monday, and again yesterday.", None) == {"Monday": "XXXX-WXX-1", "yesterday": "XXXX-XX-XX"}


INFERRED = [
    ("TALLINN (28 May 2024) The minister spoke.", "2024-05-28", "day", ["28 May 2024"]),
    ("May 28, 2024\n\nThe minister spoke on Monday.", "2024-05-28", "day", ["May 28, 2024"]),
    ("TALLINN, May 28 (BC) - In March 2024 it began. He spoke on Monday.", "2024-05-28", "day", ["May 28", "March 2024"]),
    ("In March 2024 envoys warned of it. He spoke in a May 26 interview.", "2024-01-01", "year", ["March 2024"]),
    ("In 2023 it began. He spoke on Monday.", None, "unknown", []),
    ("The treaty of March 1972 lapsed. He spoke on Monday.", None, "unknown", []),
    ("Since March 2022 it has raged. He spoke in a May 26 interview.", None, "unknown", []),
    ("It must end by March 2026. He spoke in a May 26 interview.", None, "unknown", []),
    ("May 28, 2020\n\nIn 2023 he looked back on it.", None, "unknown", []),
    ("By J. Doe\nPublished 28 May 2024\n\nThe minister spoke.", "2024-05-28", "day", ["28 May 2024"]),
    ("The war will be over by 2030. He spoke on Monday.", None, "unknown", []),
    ("In May 1932 they rose.", None, "unknown", []),
    ("He spoke on Monday.", None, "unknown", []),
    ("", None, "unknown", []),
]


@pytest.mark.parametrize("text, first, granularity, words", INFERRED)
def test_the_day_of_publication_is_inferred_only_from_the_text(text, first, granularity, words):
    found = dates.published(text, dates.find(text), None, "unknown")
    assert (found.first, found.granularity, [each.text for each in found.spans]) == (first, granularity, words)
    assert found.basis == ("inferred" if first else "unknown")
    assert all(each.proves(text) for each in found.spans)


def test_a_year_that_was_inferred_lends_itself_to_days_without_one():
    text = "In March 2024 envoys warned of it on the 20th anniversary. He spoke in a May 26 interview."
    extents = dates.find(text)
    found = dates.times(text, extents, dates.published(text, extents, None, "unknown"))
    assert [(each.text, each.value) for each in found] == [("March 2024", "2024-03"), ("May 26", "2024-05-26")]


GIVEN = [
    ("2024-05-28", ("2024-05-28", "2024-05-28", "day", None)),
    ("2024-05", ("2024-05-01", "2024-05-31", "month", None)),
    ("2024-05-28T23:30:00-04:00", ("2024-05-28", "2024-05-28", "day", "2024-05-28T23:30:00-04:00")),
    ("2024-05-28T23:30:00Z", ("2024-05-28", "2024-05-28", "day", "2024-05-28T23:30:00+00:00")),
    ("2024-05-28T23:30:00", ("2024-05-28", "2024-05-28", "day", None)),
    ("the day the tide turned", (None, None, "unknown", None)),
]


@pytest.mark.parametrize("given_day, expected", GIVEN)
def test_a_given_day_is_the_local_one_and_keeps_its_offset(given_day, expected):
    found = dates.published("", (), given_day, "metadata")
    assert (found.first, found.to, found.granularity, found.at) == expected
    assert found.basis == ("metadata" if expected[0] else "unknown")


def test_a_given_day_beats_what_the_text_says():
    text = "May 28, 2024\n\nThe minister spoke on Monday."
    assert dates.published(text, dates.find(text), "2023-01-02", "given").first == "2023-01-02"


INTERVALS = [
    ("2024", ("2024-01-01", "2024-12-31", "year")),
    ("2024-02", ("2024-02-01", "2024-02-29", "month")),
    ("2024-02-29", ("2024-02-29", "2024-02-29", "day")),
    ("2024-02-29TMO", ("2024-02-29", "2024-02-29", "day")),
    ("2024-02-29T14:30", ("2024-02-29", "2024-02-29", "minute")),
    ("2024-02-29T14", ("2024-02-29", "2024-02-29", "hour")),
    ("2024-W01", ("2024-01-01", "2024-01-07", "week")),
    ("2024-W01-WE", ("2024-01-06", "2024-01-07", "day")),
    ("2024-Q2", ("2024-04-01", "2024-06-30", "quarter")),
    ("2024-H2", ("2024-07-01", "2024-12-31", "half")),
    ("2024-SU", ("2024-06-01", "2024-08-31", "season")),
    ("2024-WI", ("2024-12-01", "2025-02-28", "season")),
    ("199", ("1990-01-01", "1999-12-31", "decade")),
    ("18", ("1800-01-01", "1899-12-31", "century")),
    ("2024-05-05/2024-05-07", ("2024-05-05", "2024-05-07", "day")),
    ("2024-05/2024-07-15", ("2024-05-01", "2024-07-15", "month")),
    ("2023-02-29", None), ("2024-W60", None), ("2024-05-07/2024-05-05", None), ("P3W", None), ("PXD", None), ("XXXX-WXX-1", None),
    ("XXXX-05-26", None), ("FY2024", None), ("PAST_REF", None), ("BC0480", None), ("", None), ("/", None),
]  # fmt: skip


@pytest.mark.parametrize("value, expected", INTERVALS)
def test_a_value_spans_the_days_it_names(value, expected):
    assert dates.interval(value) == expected


def expressed(text: str, day: str | None = DAY) -> tuple[TimeExpression, ...]:
    return dates.times(text, dates.find(text), of(day))


WHEN = [
    ("He said so on Monday.", ("2024-05-27", "2024-05-27", "day"), ["Monday"]),
    ("He said so in May, on Monday.", ("2024-05-27", "2024-05-27", "day"), ["May", "Monday"]),
    ("He said so on Monday, not in 2019.", ("2024-05-27", "2024-05-27", "day"), ["Monday"]),
    ("He recently said so.", (None, None, "unknown"), ["recently"]),
]


@pytest.mark.parametrize("text, days, words", WHEN)
def test_when_is_the_finest_time_with_the_words_that_hold_it(text, days, words):
    found = dates.when(expressed(text))
    assert ((found.first, found.to, found.granularity), [each.text for each in found.spans]) == (days, words)


@pytest.mark.parametrize("text", ["It took three weeks.", "They meet every Monday.", "Nobody knows."])
def test_a_duration_or_a_repetition_is_no_date(text):
    assert dates.when(expressed(text)) is None


def test_two_finders_are_merged_with_the_rules_borders_first():
    text = "In late March, said Anna, when the ice broke, they met in a lull on Monday."
    rule = dates.find(text)
    broke, lull = text.index("when the ice"), text.index("a lull")
    head = [(0, 8), (broke, broke + 18), (lull, lull + len("a lull on Monday"))]
    assert [text[start:end] for start, end in dates.merge(head, rule, text)] == ["late March", "Monday"]
    hours = "They left in the small hours."
    assert dates.merge([(13, 28)], [], hours) == [(13, 28)]


@pytest.mark.parametrize("year, day", [(1961, "1961-04-02"), (2000, "2000-04-23"), (2024, "2024-03-31"), (2025, "2025-04-20")])
def test_easter_falls_on_the_day_the_church_keeps(year, day):
    assert easter(year).isoformat() == day


PIECES = """May march 31 30 Feb.
2024 1999 99 the a of in on at last next this that week days year Monday Sun - , . first 3rd 9.30 p.m. GMT
late mid end quarter half century BC two few ago later before after every daily noon night tonight now Easter summer 1990s ’s 12:30 and"""
WORDS = st.lists(st.sampled_from([*PIECES.split(), "\n\n"]), max_size=30).map(" ".join)


@given(st.one_of(st.text(), WORDS), st.sampled_from([None, DAY, "2024", "0001-01-01", "9999-12-31"]))
@example("the last century century " * 30, DAY)
@example("9999 years later, 9999 weeks later", "9999-12-31")
@example("tomorrow, next week, next Monday, the next day, in January", "9999-12-31")
@example("yesterday, last week, last Monday, in 1000 BC, a century ago", "0001-01-01")
def test_any_prose_gives_spans_within_it_and_never_an_error(text, day):
    extents = dates.find(text)
    assert all(0 <= start < end <= len(text) for start, end in extents)
    assert all(first[1] <= second[0] for first, second in pairwise(extents))
    told = dates.published(text, extents, day, "given" if day else "unknown")
    found = dates.times(text, extents, told)
    assert [each.extent for each in found] == extents
    assert all(each.proves(text) for each in found)
    assert all(each.anchor_span is None or each.anchor_span.start < each.start for each in found)
    for each in found:
        days = dates.interval(each.value or "")
        assert days is None or days[0] <= days[1]
    dates.when(found)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=5))
def test_extents_from_anywhere_are_taken_or_left_but_never_raise(text, extents):
    assert all(each.proves(text) for each in dates.times(text, extents, of(DAY)))
    merged = dates.merge([each for each in extents if 0 <= each[0] < each[1] <= len(text)], dates.find(text), text)
    assert merged == sorted(merged)


@given(st.dates())
def test_a_day_spans_itself(day: datetime.date):
    assert dates.interval(day.isoformat()) == (day.isoformat(), day.isoformat(), "day")


@given(st.text(max_size=20))
def test_no_value_spans_backwards(value):
    days = dates.interval(value)
    assert days is None or days[0] <= days[1]


def test_reading_time_grows_with_the_length_of_a_text_and_not_faster():
    def taken(text: str) -> float:
        begin = time.perf_counter()
        dates.times(text, dates.find(text), of(DAY))
        return time.perf_counter() - begin

    line = "the last of the late 9 and a few of the next 20 at May 7 - "
    short = min(taken(line * 250) for _ in range(3))
    assert min(taken(line * 2000) for _ in range(2)) < 8 * 4 * short


def test_this_month_is_not_that_of_another_day_where_the_day_of_publication_is_unknown() -> None:
    text = "He has been a member since 2003. They meet on Oct. 9. The system is rigged, she said this month."
    assert read(text, None)["this month"] == "XXXX-XX"
    assert read(text)["this month"] == "2024-05"
