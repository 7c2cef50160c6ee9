"""The five stories of w5 with their marked statements: sayings against marks made by hand, in several orders of arrival."""

import random
from functools import cache

import pytest
from evals import gold
from evals.sayings import Figures, copies_of, grouped, marked_reports, measure, story_of, truth

PRECISION, RECALL = 0.9, 0.65


@cache
def stories():
    articles = gold.marked([name for name in gold.names() if name.startswith("w5-")])
    return marked_reports(articles), truth()


@cache
def figures(order: int) -> Figures:
    (reports, names), marks = stories()
    shuffled = list(reports)
    if order:
        random.Random(order).shuffle(shuffled)
    return measure(grouped(shuffled, story_of, copies_of).groups(), names, marks)


@pytest.mark.parametrize("order", range(5))
def test_few_statements_are_joined_wrongly_and_most_that_belong_together_are(order):
    found = figures(order)
    assert found.precision >= PRECISION, found.wrong
    assert found.recall >= RECALL, found.missed


def test_the_order_in_which_articles_come_changes_little():
    f1 = [figures(order).f1 for order in range(5)]
    assert max(f1) - min(f1) <= 0.03


APART = [
    ("the consent to ten kilometres, and the letter of thirty", ("w5-range-05", "n13"), ("w5-range-02", "n4")),
    ("the letter about howitzers, and the interview about soldiers", ("w5-range-02", "n4"), ("w5-troops-02", "n1")),
    ("what was said before the committee, and the interview before it", ("w5-troops-06", "n4"), ("w5-troops-01", "n3")),
    ("a new date, and the ultimatum before it", ("w5-border-06", "n2"), ("w5-border-01", "n3")),
    ("an escort, and the guarantee before it", ("w5-grain-06", "n7"), ("w5-grain-01", "n1")),
    ("one signature, and the offer before it", ("w5-hostages-06", "n7"), ("w5-hostages-01", "n2")),
]


@pytest.mark.parametrize(("what", "one", "other"), APART, ids=[row[0] for row in APART])
def test_a_new_occasion_is_a_new_saying(what, one, other):
    (reports, names), _ = stories()
    at = {names[key]: group for group, keys in enumerate(grouped(reports, story_of, copies_of).groups()) for key in keys}
    assert at[one] != at[other]
