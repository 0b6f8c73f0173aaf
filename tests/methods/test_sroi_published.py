"""The published example (Wheels-to-Meals, SROI guide 2009/2012) comes out to the penny."""

from dataclasses import replace

import numpy as np
import pytest

from pspworkbook.documents.impact_map import read_impact_map
from pspworkbook.methods import sroi
from pspworkbook.places import data_folder

INVESTMENT = 24_375 + 18_000  # the council's contract, and the volunteers' time
FALLS = [0, 1, 2]


@pytest.fixture(scope="module")
def rows() -> sroi.ImpactMap:
    return sroi.ImpactMap.of(read_impact_map(data_folder() / "examples" / "wheels-to-meals.csv"))


@pytest.fixture(scope="module")
def result(rows):
    return sroi.forecast(rows, INVESTMENT)


def pence(values):
    return [round(float(value), 2) for value in values]


def test_impact_of_each_outcome(result):
    assert pence(result.impact) == [625.10, 33_010.60, 48_013.00, 1_539.00, 451.62, 175.50, -1_306.25]


def test_value_of_each_year_before_and_after_discounting(result):
    assert pence(result.value_by_year) == [82_508.57, 144.16, 67.70, 1_121.93, 1_009.74]
    assert pence(result.present_value_by_year) == [79_718.43, 134.58, 61.06, 977.70, 850.17]


def test_totals_ratio_and_payback(result):
    assert round(result.total_present_value, 2) == 81_741.93
    assert round(result.net_present_value, 2) == 39_366.93
    assert round(result.sroi_ratio, 2) == 1.93
    assert round(result.net_sroi_ratio, 2) == 0.93
    assert round(result.payback_months, 2) == 6.16
    assert result.payback_months == pytest.approx(INVESTMENT / (result.value_by_year[0] / 12))  # the guide's formula


def test_without_discounting_the_first_year_the_same_rows_give_two_to_one(rows):
    """The two conventions differ by a factor of 1.035, which is why the result always names the one it used."""
    result = sroi.forecast(rows, INVESTMENT, discount_first_year=False)
    assert round(result.total_present_value, 2) == 84_602.90
    assert f"{result.sroi_ratio:.2f}" == "2.00"


def test_shares_add_up_to_the_whole(result):
    assert list(result.by_stakeholder()) == ["Residents", "Volunteers", "Neighbours"]
    assert result.by_stakeholder()["Neighbours"] < 0
    assert sum(result.by_stakeholder().values()) == pytest.approx(result.total_present_value)
    assert list(result.by_beneficiary()) == ["public_purse", "person", "community"]
    assert sum(result.by_beneficiary().values()) == pytest.approx(result.total_present_value)


def test_waterfall_starts_from_quantity_times_proxy_over_all_years(result):
    # By hand: the rows of one year, the GP visits five times, the neighbours' loss three times.
    gross = 7 * (94 + 4964 + 7220) + 5 * 90 * 19 + 16 * 48.25 + 4 * 162.50 + 3 * 275 * -5
    steps = dict(result.waterfall())
    assert list(steps) == ["gross", *sroi.TAKEN_OFF, "total"]
    assert steps["gross"] == pytest.approx(gross)
    # By hand: 10% of the clubs, 70% of the volunteers, and 5% of a loss, which is a gain for the total.
    assert steps["deadweight"] == pytest.approx(-(0.1 * 772 + 0.7 * 650 - 0.05 * 4125))
    assert steps["displacement"] == 0
    assert round(steps["total"], 2) == 81_741.93


def test_deadweight_of_the_falls_at_which_the_ratio_is_one(rows, result):
    """The switching value that no report prints: how wrong may one assumption be before the service does not pay?"""
    falls = result.present_value_by_outcome[FALLS].sum()
    switching = (result.total_present_value - INVESTMENT) / falls  # these rows have no deadweight so far
    assert round(switching, 3) == 0.499
    deadweight = rows.deadweight.copy()
    deadweight[FALLS] = switching
    assert sroi.forecast(replace(rows, deadweight=deadweight), INVESTMENT).sroi_ratio == pytest.approx(1)


def test_falls_avoided_at_which_the_ratio_is_one(rows):
    def ratio(falls):
        quantity = rows.quantity.copy()
        quantity[FALLS] = falls
        return sroi.forecast(replace(rows, quantity=quantity), INVESTMENT).sroi_ratio

    assert ratio(3.50) < 1 < ratio(3.51)


def test_every_row_says_where_its_figures_are_from():
    for outcome in read_impact_map(data_folder() / "examples" / "wheels-to-meals.csv"):
        assert "recalled; check against the SROI guide" in outcome.source
        assert outcome.missing() == []
        assert (outcome.direction == "negative") == (outcome.financial_proxy < 0)


def test_closed_form_gives_the_published_total_too(rows, result):
    total = sroi.present_value_in_closed_form(result.impact, rows.duration, rows.drop_off, 0.035)
    assert np.round(total.sum(), 2) == 81_741.93
