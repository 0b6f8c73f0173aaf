"""What must hold for any impact map, whatever its figures."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pspworkbook.methods import sroi

quick = settings(max_examples=60, deadline=None)

shares = st.one_of(st.sampled_from([0.0, 1.0, 0.05, 1e-12]), st.floats(0, 1))
rates = st.one_of(st.sampled_from([0.0, 0.035, 1e-12]), st.floats(0, 0.3))
durations = st.one_of(st.sampled_from([0.0, 0.5, 1.0, 2.5, 5.0]), st.floats(0, 40))
amounts = st.floats(0.01, 1e6)
losses_and_gains = st.one_of(amounts, amounts.map(lambda amount: -amount))


@st.composite
def impact_maps(draw, proxies=losses_and_gains):
    n = draw(st.integers(1, 6))

    def column(values):
        return np.array(draw(st.lists(values, min_size=n, max_size=n)))

    return sroi.ImpactMap(
        outcomes=tuple(f"Outcome {row}" for row in range(n)),
        stakeholders=tuple(draw(st.sampled_from(["Residents", "Carers"])) for _ in range(n)),
        beneficiaries=tuple(draw(st.sampled_from(["person", "public_purse", ""])) for _ in range(n)),
        quantity=column(amounts),
        duration=column(durations),
        financial_proxy=column(proxies),
        deadweight=column(shares),
        displacement=column(shares),
        attribution=column(shares),
        drop_off=column(shares),
        after=column(st.booleans()),
    )


gains_only = impact_maps(proxies=amounts)


def close(a, b, scale=1.0):
    """Equal but for rounding: relative, or against the size of what was added up."""
    return np.allclose(a, b, rtol=1e-9, atol=1e-9 * abs(scale) + 1e-9)


def size_of(rows):
    return float(np.abs(rows.quantity * rows.financial_proxy * np.maximum(rows.duration, 1)).sum())


# Scaling and order ---------------------------------------------------------------------------------------------------


@quick
@given(amounts, losses_and_gains, st.tuples(shares, shares, shares), st.permutations([0, 1, 2]))
def test_the_order_of_the_adjustments_does_not_matter(quantity, proxy, adjustments, order):
    shuffled = [adjustments[place] for place in order]
    assert close(sroi.impact(quantity, proxy, *adjustments), sroi.impact(quantity, proxy, *shuffled))


@quick
@given(impact_maps(), st.floats(0.001, 1000), st.sampled_from(["quantity", "financial_proxy"]))
def test_twice_the_quantity_or_the_value_is_twice_the_total(rows, factor, name):
    scaled = replace(rows, **{name: getattr(rows, name) * factor})
    before, after = sroi.forecast(rows, 1000), sroi.forecast(scaled, 1000)
    assert close(after.present, before.present * factor, size_of(rows) * factor)


@quick
@given(impact_maps(), amounts, st.floats(0.001, 1000))
def test_twice_the_investment_is_half_the_ratio(rows, investment, factor):
    before, after = sroi.forecast(rows, investment), sroi.forecast(rows, investment * factor)
    assert after.sroi_ratio * factor == pytest.approx(before.sroi_ratio)
    assert after.net_sroi_ratio == pytest.approx(after.sroi_ratio - 1, abs=1e-9 * (1 + abs(after.sroi_ratio)))


@quick
@given(impact_maps())
def test_a_loss_is_the_mirror_of_a_gain(rows):
    mirrored = sroi.forecast(replace(rows, financial_proxy=-rows.financial_proxy), 1000)
    assert np.array_equal(mirrored.value, -sroi.forecast(rows, 1000).value)


# More or less of something -------------------------------------------------------------------------------------------


@quick
@given(gains_only, st.sampled_from(["deadweight", "displacement", "attribution", "drop_off"]), shares)
def test_taking_off_more_never_gives_more(rows, name, towards):
    now = getattr(rows, name)
    higher = replace(rows, **{name: now + (1 - now) * towards})
    more, less = sroi.forecast(rows, 1000), sroi.forecast(higher, 1000)
    assert less.total_present_value <= more.total_present_value * (1 + 1e-12)


@quick
@given(gains_only, durations)
def test_lasting_longer_never_gives_less(rows, longer):
    extended = sroi.forecast(replace(rows, duration=rows.duration + longer), 1000)
    assert extended.total_present_value >= sroi.forecast(rows, 1000).total_present_value * (1 - 1e-12)


@quick
@given(gains_only, rates, rates, st.booleans())
def test_a_higher_rate_never_gives_more(rows, one, other, first):
    low, high = (
        sroi.forecast(rows, 1000, rates=rate, discount_first_year=first).total_present_value
        for rate in sorted([one, other])
    )
    assert high <= low * (1 + 1e-12)


@quick
@given(gains_only, rates)
def test_the_two_conventions_differ_by_one_year_of_discounting(rows, rate):
    discounted = sroi.forecast(rows, 1000, rates=rate)
    in_full = sroi.forecast(rows, 1000, rates=rate, discount_first_year=False)
    assert close(in_full.present, discounted.present * (1 + rate), size_of(rows))


# Edges ---------------------------------------------------------------------------------------------------------------


@quick
@given(impact_maps(), st.sampled_from(["deadweight", "displacement", "attribution"]))
def test_taking_off_all_leaves_nothing(rows, name):
    result = sroi.forecast(replace(rows, **{name: np.ones(len(rows))}), 1000)
    assert not result.value.any()
    assert result.sroi_ratio == 0


@quick
@given(impact_maps())
def test_nothing_taken_off_and_no_rate_is_quantity_times_value_times_years(rows):
    nothing = np.zeros(len(rows))
    plain = replace(rows, deadweight=nothing, displacement=nothing, attribution=nothing, drop_off=nothing)
    result = sroi.forecast(plain, 1000, rates=0)
    by_hand = rows.quantity * rows.financial_proxy * rows.duration
    assert close(result.present_value_by_outcome, by_hand, size_of(rows))


@quick
@given(losses_and_gains, st.floats(1, 40))
def test_a_drop_off_of_all_leaves_the_first_year(impact, duration):
    value = sroi.value_by_year(impact, duration, 1.0)
    assert value[0] == impact
    assert not value[1:].any()


@quick
@given(losses_and_gains, shares)
def test_no_duration_is_worth_nothing(impact, drop_off):
    assert not sroi.value_by_year(impact, 0, drop_off).any()
    assert sroi.value_in_closed_form(impact, 0, drop_off) == 0


# Years ---------------------------------------------------------------------------------------------------------------


@quick
@given(losses_and_gains, st.integers(0, 20), st.floats(0, 1), shares, st.integers(1, 4))
def test_a_fraction_of_a_year_counts_pro_rata(impact, whole, fraction, drop_off, first_year):
    """Between two whole numbers of years the value runs straight: nothing jumps where a year ends."""

    def total(duration):
        return sroi.value_by_year(impact, duration, drop_off, first_year=first_year).sum()

    expected = total(whole) + fraction * (total(whole + 1) - total(whole))
    assert close(total(whole + fraction), expected, impact)


def test_two_and_a_half_years_by_hand():
    assert sroi.value_by_year(1000, 2.5, 0.1).tolist() == pytest.approx([1000, 900, 405])
    assert sroi.value_by_year(1000, 0.5, 0.1).tolist() == [500]
    assert sroi.value_by_year(1000, 2, 0.1, first_year=3).tolist() == pytest.approx([0, 0, 1000, 900])
    assert sroi.value_by_year(1000, 3, 0.1, years=2).tolist() == pytest.approx([1000, 900])


@quick
@given(impact_maps(), rates, st.booleans(), st.floats(0, 5))
def test_closed_form_is_the_sum_over_the_years(rows, rate, first, activity_years):
    result = sroi.forecast(rows, 1000, rates=rate, discount_first_year=first, activity_years=activity_years)
    arguments = result.impact, rows.duration, rows.drop_off
    assert close(sroi.value_in_closed_form(*arguments), result.value.sum(axis=1), size_of(rows) * 1e-3)
    closed = sroi.present_value_in_closed_form(
        *arguments, rate, first_year=result.first_year, discount_first_year=first
    )
    assert close(closed, result.present_value_by_outcome, size_of(rows) * 1e-3)


@quick
@given(st.floats(0, 1e-9), st.floats(0, 1e-9))
def test_closed_form_keeps_its_digits_when_rate_and_drop_off_are_next_to_nothing(rate, drop_off):
    closed = sroi.present_value_in_closed_form(1000, 10.5, drop_off, rate)
    assert closed == pytest.approx(sroi.present_value(1000, 10.5, drop_off, rate), rel=1e-12)


# Many draws at once --------------------------------------------------------------------------------------------------


@quick
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_many_draws_at_once_are_the_same_as_one_after_the_other(seed, first):
    rng = np.random.default_rng(seed)
    draws, n = 5, 3
    quantity, proxy, duration = (
        rng.uniform(0, 50, (draws, n)),
        rng.normal(0, 100, (draws, n)),
        rng.uniform(0, 6, (draws, n)),
    )
    deadweight, displacement, attribution, drop_off = rng.uniform(0, 1, (4, draws, n))
    rate, first_year = rng.uniform(0, 0.1, draws), rng.integers(1, 4, n)

    impact = sroi.impact(quantity, proxy, deadweight, displacement, attribution)
    value = sroi.value_by_year(impact, duration, drop_off, first_year=first_year)
    present = sroi.present_value(impact, duration, drop_off, rate, first_year=first_year, discount_first_year=first)
    discounted = value * sroi.discount_factors(value.shape[-1], rate, first)[:, np.newaxis, :]
    assert value.shape[:2] == present.shape == (draws, n)
    assert np.allclose(discounted.sum(axis=-1), present)
    for draw in range(draws):
        one = sroi.value_by_year(
            impact[draw], duration[draw], drop_off[draw], first_year=first_year, years=value.shape[-1]
        )
        assert np.array_equal(value[draw], one)
        alone = sroi.present_value(
            impact[draw], duration[draw], drop_off[draw], rate[draw], first_year=first_year, discount_first_year=first
        )
        assert np.allclose(present[draw], alone)
    closed = sroi.present_value_in_closed_form(
        impact, duration, drop_off, rate[:, np.newaxis], first_year=first_year, discount_first_year=first
    )
    assert np.allclose(closed, present)


def test_the_green_book_can_be_used_for_many_draws():
    impact = np.full((4, 2), 100.0)
    present = sroi.present_value(impact, 40, 0, sroi.GREEN_BOOK)
    assert present.shape == (4, 2)
    assert present[0, 0] == pytest.approx(100 * sroi.discount_factors(40, sroi.GREEN_BOOK).sum())


# Waterfall and payback -----------------------------------------------------------------------------------------------


@quick
@given(impact_maps(), rates, st.booleans())
def test_the_waterfall_adds_up_to_the_total(rows, rate, first):
    result = sroi.forecast(rows, 1000, rates=rate, discount_first_year=first)
    (_, gross), *steps, (_, total) = result.waterfall()
    assert total == result.total_present_value
    assert close(gross + sum(amount for _, amount in steps), total, size_of(rows))


@quick
@given(gains_only, rates)
def test_where_there_are_only_gains_every_step_takes_away(rows, rate):
    steps = sroi.forecast(rows, 1000, rates=rate).waterfall()[1:-1]
    assert all(amount <= 1e-9 * size_of(rows) for _, amount in steps)


@quick
@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=8), st.floats(1, 3000))
def test_payback_is_when_a_patient_counter_first_sees_the_investment(yearly, investment):
    ends = np.cumsum(yearly)
    assume((np.abs(ends - investment) > 1e-6 * investment).all())  # a year that ends on the penny is tested below
    per_year = 5000
    moments = np.linspace(0, len(yearly), len(yearly) * per_year + 1)
    counted = np.interp(moments, np.arange(len(yearly) + 1), [0, *ends])
    seen = np.flatnonzero(counted >= investment)
    months = float(sroi.payback_months(yearly, investment))
    if len(seen):
        assert months == pytest.approx(12 * moments[seen[0]], abs=12 / per_year + 1e-9)
    else:
        assert np.isnan(months)


def test_payback_by_hand():
    assert sroi.payback_months([1200, 1200], 600) == 6
    assert sroi.payback_months([1200, 2400], 2400) == 18
    assert sroi.payback_months([0.1] * 10, 1) == pytest.approx(120)  # ten tenths are a whole, whatever the bits say
    assert sroi.payback_months([1000, -900, 900], 1000) == 12  # the first time
    assert np.isnan(sroi.payback_months([1000, 0], 1001))
    assert np.isnan(sroi.payback_months([1000], 0))  # nothing to pay back
    assert sroi.payback_months([[1200], [600]], [600, 600]).tolist() == [6, 12]
