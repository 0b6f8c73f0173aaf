"""Nobody can be found in what is shown: hidden numbers cannot be told apart, not even by subtraction."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.methods.do.monitoring import opinions, series
from pspworkbook.methods.do.small_numbers import FEWEST, count_of, figure, held_back
from pspworkbook.records.deliver import Reading, Satisfaction
from pspworkbook.records.measures import Measure

few = st.integers(0, FEWEST - 1)
DAY = dt.date(2026, 1, 31)


@given(few, few, st.integers(2 * FEWEST, 500))
def test_two_small_counts_look_the_same_and_so_do_two_large_ones_that_leave_few(one, other, of):
    assert count_of(one, of) == count_of(other, of)
    assert count_of(of - one, of) == count_of(of - other, of)
    assert count_of(one, of).hidden and count_of(of - one, of).hidden


@given(few, few, st.integers(0, 4), st.integers(0, 4))
def test_a_small_group_shows_neither_its_size_nor_its_answers(n, other, value, another):
    assert count_of(min(value, n), n) == count_of(min(another, other), other)
    assert figure(value * 10.5, n, "falls") == figure(another * 3.5, other, "falls")


@given(st.floats(0, 1e6), few)
def test_what_a_value_tells_about_few_people_is_in_no_text(value, n):
    assert figure(value, n, "points").hidden
    assert figure(value, None, "points").hidden, "nor where nobody says how many"


@given(st.integers(FEWEST, 100), st.integers(FEWEST, 100))
def test_large_enough_numbers_are_shown(yes, no):
    assert count_of(yes, yes + no).value == yes


@pytest.mark.parametrize("unit", ["people", "residents with a friend", "Volunteers"])
def test_a_measure_that_counts_people_is_a_count(unit):
    assert figure(3, 30, unit).text == "fewer than 5 of 30"
    assert figure(3, 30, "falls").text == "3 falls"


def test_friends_that_each_person_has_are_no_count_of_those_asked_once_somebody_has_said_so():
    assert figure(2.4, 30, "people", counts=False).text == "2.4 people"
    assert figure(3, 30, "falls", counts=True).hidden


@given(st.lists(st.tuples(few, few), min_size=1, max_size=6), st.integers(10, 60))
def test_two_workbooks_that_differ_in_hidden_numbers_show_the_same(pairs, of):
    measure = [("m", Measure(indicator="Went out", unit="people", baseline=1, target=20))]

    def readings(place):
        return [(str(k), Reading(measure="m", period_end=DAY, value=pair[place], n=of)) for k, pair in enumerate(pairs)]

    def asked(place):
        rows = [Satisfaction(stakeholder="s", period_end=DAY, satisfied=of - pair[place], n=of) for pair in pairs]
        return opinions([(str(k), row) for k, row in enumerate(rows)], {"s": "Residents"})

    one, other = (series(measure, readings(place))[0] for place in (0, 1))
    assert one == other and one.sentence == other.sentence
    assert asked(0) == asked(1) and [row.share for row in asked(0)] == ["–"] * len(pairs)


def test_whoever_enters_a_figure_is_told_why_it_is_not_shown_and_what_to_enter():
    assert "enter “From how many people”" in held_back(20, None, "people")
    assert "enter “From how many people”" in held_back(120, None, "lunches a week")
    assert held_back(20, 27, "people") == "" == held_back(None, None, "people")
    assert "fewer than 5 people" in held_back(9, 3, "lunches")
    assert "“fewer than 5 of 27”" in held_back(2, 27, "people")
    assert held_back(2, 27, "friends each", counts=False) == ""
