"""From records to a result, and from a result to words."""

import math

import numpy as np
import pytest

from pspworkbook.methods import sroi
from pspworkbook.methods.words import percent, pounds
from pspworkbook.records import Outcome


def an_outcome(**changes) -> Outcome:
    figures = dict.fromkeys(sroi.COUNTED, 0) | {"quantity": 10, "duration": 1, "financial_proxy": 100}
    return Outcome(**{"stakeholder": "s1", "outcome": "Fewer falls", "who_benefits": "person"} | figures | changes)


def a_forecast(*outcomes, investment=1000.0, **options):
    return sroi.forecast(sroi.ImpactMap.of(outcomes, {"s1": "Residents"}), investment, **options)


# Records -------------------------------------------------------------------------------------------------------------


def test_a_row_without_one_of_the_seven_figures_is_named():
    outcomes = [an_outcome(), an_outcome(outcome="New friends", deadweight=None, drop_off=None)]
    assert sroi.uncounted(outcomes) == [(1, ["Deadweight", "Drop-off"])]
    with pytest.raises(ValueError, match=r"Row 2 \(New friends\) cannot be counted without: Deadweight, Drop-off"):
        sroi.ImpactMap.of(outcomes, {})


@pytest.mark.parametrize("name", sroi.COUNTED)
def test_each_of_the_seven_is_needed(name):
    assert len(sroi.uncounted([an_outcome(**{name: None})])) == 1


def test_stakeholders_are_called_by_name_where_it_is_known():
    rows = sroi.ImpactMap.of([an_outcome(), an_outcome(stakeholder="Carers")], {"s1": "Residents"})
    assert rows.stakeholders == ("Residents", "Carers")


@pytest.mark.parametrize(
    ("name", "value"), [("deadweight", 1.5), ("drop_off", -0.1), ("quantity", -1), ("financial_proxy", math.nan)]
)
def test_impossible_figures_are_refused_with_row_and_name(name, value):
    rows = sroi.ImpactMap.of([an_outcome()])
    arrays = {key: getattr(rows, key) for key in sroi.COUNTED} | {name: np.array([value])}
    with pytest.raises(ValueError, match=rf"Row 1 \(Fewer falls\): {name} cannot be"):
        sroi.ImpactMap(rows.outcomes, rows.stakeholders, rows.beneficiaries, after=rows.after, **arrays)


# When it starts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("activity_years", "empty_years"), [(0, 0), (0.5, 1), (1, 1), (1.5, 2), (3, 3)])
def test_an_outcome_after_the_activity_counts_from_the_year_that_follows(activity_years, empty_years):
    result = a_forecast(an_outcome(starts="after", duration=2), activity_years=activity_years)
    assert result.value_by_year.tolist() == [0] * empty_years + [1000, 1000]


def test_an_outcome_during_the_activity_counts_from_the_first_year():
    assert a_forecast(an_outcome(duration=1), activity_years=3).value_by_year.tolist() == [1000]


# Discounting ---------------------------------------------------------------------------------------------------------


def test_a_flat_rate_divides_once_for_each_year():
    assert sroi.discount_factors(3, sroi.flat_rate(0.25)).tolist() == pytest.approx([0.8, 0.64, 0.512])
    assert sroi.discount_factors(3, 0.25, False).tolist() == pytest.approx([1, 0.8, 0.64])


def test_the_green_book_steps_down_and_its_factors_are_cumulative():
    factors = sroi.discount_factors(126, sroi.GREEN_BOOK)
    assert factors[:30] == pytest.approx(sroi.discount_factors(30, 0.035))
    step = factors[:-1] / factors[1:] - 1  # step[0] is the rate between years 1 and 2
    assert step[28] == pytest.approx(0.035)
    assert step[29] == pytest.approx(0.03)
    assert step[73] == pytest.approx(0.03)
    assert step[74] == pytest.approx(0.025)
    assert step[124] == pytest.approx(0.02)


def test_the_green_book_counts_its_years_from_the_present():
    """Undiscounted, our first year is the Green Book's year 0, so the lower rate comes one of our years later."""
    in_full = sroi.discount_factors(77, sroi.GREEN_BOOK, False)
    assert in_full[0] == 1
    assert in_full[1:] == pytest.approx(sroi.discount_factors(76, sroi.GREEN_BOOK))


@pytest.mark.parametrize("rate", [-1, math.nan, math.inf])
def test_what_is_no_rate_is_refused(rate):
    with pytest.raises(ValueError, match="not a discount rate"):
        sroi.flat_rate(rate)


# Ratio ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("investment", [0, -5])
def test_without_an_investment_there_is_no_ratio_and_no_payback(investment):
    result = a_forecast(an_outcome(), investment=investment, rates=0)
    assert (result.sroi_ratio, result.net_sroi_ratio, result.payback_months) == (None, None, None)
    assert result.total_present_value == 1000


def test_an_empty_map_has_no_ratio():
    result = sroi.forecast(sroi.ImpactMap.of([]), 1000)
    assert result.sroi_ratio is None
    assert result.total_present_value == 0
    assert result.waterfall()[-1] == ("total", 0)
    assert "No outcome is counted yet" in sroi.in_words(result)


@pytest.mark.parametrize("outcome", [an_outcome(quantity=1e200, financial_proxy=1e200), an_outcome(quantity=1e308)])
def test_figures_that_overflow_are_refused_rather_than_shown_as_infinity(outcome):
    with pytest.raises(ValueError, match="too large"):
        a_forecast(outcome)


@pytest.mark.parametrize("investment", [math.nan, math.inf])
def test_an_investment_that_is_no_number_is_refused(investment):
    with pytest.raises(ValueError, match="investment"):
        a_forecast(an_outcome(), investment=investment)


# Words ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "investment", "says"),
    [
        (
            1930,
            1000,
            "For every £1 put in, this service is forecast to be worth about £1.93 to the people and bodies it touches.",
        ),
        (600, 1000, "worth about £0.60 to the people and bodies it touches. That is less than is put in."),
        (998, 1000, "worth about £1.00 to the people and bodies it touches. That is about as much as is put in."),
        (1, 1000, "worth next to nothing"),
        (-500, 1000, "do about £0.50 of harm: the losses that are counted outweigh the gains."),
        (
            50_000,
            1000,
            "worth about £50.00 to the people and bodies it touches. Before you show a figure this high, look for",
        ),
        (2_000_000, 1000, "worth about £2,000 to"),
        (1930, 0, "forecast to be worth about £1,930 today. Nothing that is put in has a value yet"),
    ],
)
def test_the_result_in_words(value, investment, says):
    result = a_forecast(an_outcome(quantity=1, financial_proxy=value), investment=investment, rates=0)
    assert says in sroi.in_words(result)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (1234.5, "£1,235"),
        (-5, "−£5"),
        (0, "£0"),
        (-0.2, "£0"),
        (2.5, "£3"),
        (1e300, f"£{10**300:,}"),
        (81_741.93, "£81,742"),
    ],
)
def test_pounds(amount, text):
    assert pounds(amount) == text


def test_pounds_and_pence_round_as_at_school():
    assert pounds(2.675, pence=True) == "£2.68"  # in binary it is a hair less
    assert pounds(-1306.25, pence=True) == "−£1,306.25"
    with pytest.raises(ValueError):
        pounds(math.nan)


def test_percent():
    assert (percent(0.125), percent(0.125, places=1), percent(-0.07)) == ("13%", "12.5%", "−7%")
