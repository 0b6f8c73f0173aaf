"""Possible worlds: against closed forms where there are some, the same for the same seed, and honest about their rule."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pspworkbook.methods.sroi import ImpactMap, forecast
from pspworkbook.methods.sroi.case import Case
from pspworkbook.methods.sroi.ranges import BANDS, RULE, Given, ranges
from pspworkbook.methods.sroi.simulate import CHUNK, Settings, chunks, gather, quantiles, simulate
from pspworkbook.methods.sroi.sobol import in_words as weights_in_words
from pspworkbook.methods.sroi.sobol import indices_of, weights
from pspworkbook.methods.sroi.worlds import above, in_words, leaning, made_from


def a_case(count=1, *, investment=100.0, **figures):
    """Rows that are all alike unless a figure says otherwise; by default each is worth £100 × 1.035 in its one year."""
    known = {
        "quantity": 10.0,
        "duration": 1.0,
        "financial_proxy": 10.35,
        "deadweight": 0.0,
        "displacement": 0.0,
        "attribution": 0.0,
        "drop_off": 0.0,
    } | figures
    arrays = {name: np.broadcast_to(np.asarray(value, float), (count,)).copy() for name, value in known.items()}
    rows = ImpactMap(
        outcomes=tuple(f"Outcome {row + 1}" for row in range(count)),
        stakeholders=("Residents",) * count,
        beneficiaries=("person",) * count,
        after=np.zeros(count, dtype=bool),
        **arrays,
    )
    return Case.of(forecast(rows, investment))


def only(case, *given_):
    """These ranges, and every other figure known exactly."""
    found = ranges(case, ["green"] * len(case.rows), [], given_)
    wanted = {(one.figure, one.row) for one in given_}
    for figure in found.low:
        for row in range(len(case.figure(figure))):
            if (figure, row) not in wanted:
                found.low[figure][row] = found.high[figure][row] = case.figure(figure)[row]
    return found


def pert_moments(low, mode, high):
    """Mean and variance of a PERT distribution."""
    mean = (low + 4 * mode + high) / 6
    return mean, (mean - low) * (high - mean) / 7


# Against closed forms ------------------------------------------------------------------------------------------------


def test_the_mean_and_variance_of_a_product_of_independent_factors():
    """One outcome, one year: the ratio is quantity × value × what is kept / £100 / 1.035."""
    found = only(
        a_case(deadweight=0.2),
        Given("quantity", 0, 4, 13),
        Given("financial_proxy", 0, 6, 20),
        Given("deadweight", 0, 0, 0.5),
    )
    factors = [pert_moments(4, 10, 13), pert_moments(6, 10.35, 20), pert_moments(0.5, 0.8, 1)]
    scale = 1 / (100 * 1.035)
    mean = scale * np.prod([m for m, _ in factors])
    variance = scale**2 * np.prod([v + m**2 for m, v in factors]) - mean**2
    drawn = simulate(found, Settings(draws=200_000))
    assert drawn.mean == pytest.approx(mean, rel=2e-4)
    assert drawn.ratios.var() == pytest.approx(variance, rel=0.01)


def test_a_triangular_figure_has_the_moments_of_its_triangle():
    drawn = simulate(only(a_case(), Given("quantity", 0, 4, 13)), Settings(draws=50_000, shape="triangular"))
    quantity = drawn.ratios * 10
    assert quantity.mean() == pytest.approx((4 + 10 + 13) / 3, rel=1e-4)
    assert quantity.var() == pytest.approx((16 + 100 + 169 - 40 - 52 - 130) / 18, rel=1e-3)


@pytest.mark.parametrize(("low", "mode", "high"), [(0, 0, 1), (2, 3, 10), (-5, -1, -1), (0, 5, 10)])
def test_the_table_of_quantiles_follows_scipys_beta_distribution(low, mode, high):
    shares = np.linspace(0.001, 0.999, 500)
    alpha = 1 + 4 * (mode - low) / (high - low)
    exact = stats.beta(alpha, 6 - alpha, loc=low, scale=high - low).ppf(shares)
    assert np.abs(quantiles(shares, low, mode, high) - exact).max() < 1e-3 * (high - low)


def test_a_latin_hypercube_takes_one_draw_from_each_slice():
    """With one figure, the draws in order lie one in each thousandth: their spread is far less than plain chance leaves."""
    drawn = simulate(only(a_case(), Given("quantity", 0, 0, 20)), Settings(draws=1000))
    quantity = drawn.ratios * 10
    slices = np.floor(1000 * stats.beta(3, 3, loc=0, scale=20).cdf(quantity)).astype(int)
    # The table's straight lines may carry a draw over the edge of its slice, not further.
    assert np.abs(slices - np.arange(1000)).max() <= 1


def test_outcomes_of_one_stakeholder_can_move_together():
    """The rank correlation that comes out is the one asked for; each figure keeps its own distribution."""
    case = a_case(2, investment=200)
    found = only(case, Given("quantity", 0, 5, 15), Given("quantity", 1, 5, 15))
    apart, tied = (simulate(found, Settings(draws=50_000, rank_correlation=rho)) for rho in (0.0, 0.8))
    assert tied.mean == pytest.approx(apart.mean, rel=1e-3)
    # Var(x + y) = 2 Var(x) (1 + r); the linear r of two humps is next to their rank correlation.
    assert tied.ratios.var() / apart.ratios.var() == pytest.approx(1.8, rel=0.02)


# The same seed, the same draws ---------------------------------------------------------------------------------------

MANY = a_case(4, investment=300, duration=[1, 2.5, 5, 1], drop_off=[0, 0.1, 0.4, 0.2], deadweight=[0, 0.1, 0.2, 0.3])


@pytest.mark.parametrize(
    ("chosen", "pinned"),
    [
        (Settings(draws=30_000, seed=2011), (1.3897191028960543, 1.6990907705546763, 2.124310545646194)),
        (
            Settings(draws=30_000, seed=7, shape="triangular", rank_correlation=0.5),
            (1.177093162775707, 1.591612335201344, 2.1712027127134705),
        ),
    ],
)
def test_the_same_seed_gives_the_same_range_everywhere(chosen, pinned):
    """These numbers were worked out once on Linux with Python 3.11; other machines must find them again."""
    drawn = simulate(ranges(MANY, ["amber", "red", "green", ""]), chosen)
    assert (drawn.p05, drawn.p50, drawn.p95) == pytest.approx(pinned, rel=1e-9)


def test_threads_make_no_difference_and_another_seed_does():
    found, chosen = ranges(MANY, ["amber"] * 4), Settings(draws=2 * CHUNK + 10)
    at_once, step_by_step = simulate(found, chosen), gather(found, chosen, list(chunks(found, chosen)))
    assert (at_once.ratios == step_by_step.ratios).all()
    assert len(at_once.ratios) == 2 * CHUNK + 10
    assert simulate(found, Settings(draws=1000, seed=1)).p50 != simulate(found, Settings(draws=1000, seed=2)).p50


def test_progress_is_told():
    told = []
    simulate(ranges(MANY, ["red"] * 4), Settings(draws=4 * CHUNK), told.append)
    assert told == [0.25, 0.5, 0.75, 1.0]


def test_what_each_outcome_brings_adds_up():
    drawn = simulate(ranges(MANY, ["red"] * 4), Settings(draws=20_000))
    assert drawn.share_of_spread.sum() == pytest.approx(1)
    assert drawn.mean_worth.sum() / 300 == pytest.approx(drawn.mean)


# Edges ---------------------------------------------------------------------------------------------------------------


def test_where_nothing_varies_every_world_is_the_same():
    drawn = simulate(only(a_case()), Settings(draws=1000))
    assert drawn.p05 == drawn.p95 == pytest.approx(1.0)
    assert (drawn.share_of_spread == 0).all()
    assert "No figure varies" in in_words(drawn)
    assert weights(only(a_case())) == []


def test_without_a_ratio_there_is_nothing_to_simulate():
    with pytest.raises(ValueError, match="no ratio"):
        simulate(ranges(a_case(investment=0.0), ["red"]), Settings())


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"shape": "flat"}, {"rank_correlation": 1.0}])
def test_settings_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError):
        Settings(**wrong)


shares = st.floats(0, 1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 1e4), st.floats(-1e4, 1e4), st.floats(0, 12), shares, shares, shares, shares),
        min_size=1,
        max_size=4,
    ),
    st.lists(st.sampled_from(["green", "amber", "red", ""]), min_size=4, max_size=4),
)
def test_any_map_can_be_simulated_and_its_ranges_hold_its_figures(figures, grades):
    names = ("quantity", "financial_proxy", "duration", "deadweight", "displacement", "attribution", "drop_off")
    case = a_case(len(figures), **{name: [row[at] for row in figures] for at, name in enumerate(names)})
    found = ranges(case, grades[: len(figures)])
    for figure in found.low:
        now = case.figure(figure)
        assert (found.low[figure] <= now).all() and (now <= found.high[figure]).all()
    drawn = simulate(found, Settings(draws=200))
    assert np.isfinite(drawn.ratios).all()
    assert drawn.p05 <= drawn.p50 <= drawn.p95
    assert 0 <= drawn.chance <= 1


# The rule ------------------------------------------------------------------------------------------------------------


def test_the_printed_rule_is_the_rule():
    assert BANDS["amber"].points == 0.10 and "percentages 10 points" in RULE
    case = a_case(2, financial_proxy=[-4.0, 10.0], deadweight=[0.05, 0.0])
    found = ranges(case, ["amber", ""])
    assert (found.low["financial_proxy"][0], found.high["financial_proxy"][0]) == (-5, -3)
    assert found.low["deadweight"][0] == 0 and found.high["deadweight"] == pytest.approx([0.15, 0.20])


def test_a_range_that_leaves_out_the_figure_is_widened_to_it():
    found = ranges(a_case(), ["red"], [], [Given("quantity", 0, 12, 14), Given("quantity", 0, 1, 99)])
    assert (found.low["quantity"][0], found.high["quantity"][0]) == (10, 14), "and the first of two counts"


# Words ---------------------------------------------------------------------------------------------------------------


def test_the_sentences_say_the_range_the_chance_and_the_lean():
    found = only(a_case(), Given("deadweight", 0, 0, 0.6))
    drawn = simulate(found, Settings(draws=10_000, threshold=0.9))
    assert in_words(drawn).startswith("In 90 of 100 possible worlds the service is worth between £0.")
    assert "above £0.90 in about" in in_words(drawn)
    assert "leans to the hopeful side" in leaning(drawn)
    assert "seed 2011" in made_from(drawn, found) and "1 of the ranges was given" in made_from(drawn, found)


def test_a_rare_world_still_has_its_dot():
    found = only(a_case(quantity=9.99), Given("quantity", 0, 5, 10.003))
    drawn = simulate(found, Settings(draws=100_000))
    assert 0 < drawn.chance < 0.005 and above(drawn) == 1
    assert "fewer than 1 of 100" in in_words(drawn)


# What matters most ---------------------------------------------------------------------------------------------------


def test_sobol_indices_of_the_ishigami_function():
    """A test function whose indices are known in closed form (a = 7, b = 0.1)."""

    def ishigami(shares):
        x, y, z = np.pi * (2 * shares - 1)
        return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)

    alone, total = indices_of(ishigami, 3, 4096)
    assert alone == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_in_a_sum_the_shares_are_those_of_the_variances():
    """Three outcomes that differ in their reach only: no interactions, so alone and together are the same."""
    given_ = [Given("quantity", row, 10 - reach, 10 + reach) for row, reach in enumerate((1, 2, 4))]
    found = weights(only(a_case(3, investment=300), *given_))
    assert [weight.row for weight in found] == [2, 1, 0]
    assert [weight.total for weight in found] == pytest.approx([16 / 21, 4 / 21, 1 / 21], abs=0.01)
    assert [weight.alone for weight in found] == pytest.approx([16 / 21, 4 / 21, 1 / 21], abs=0.01)
    assert weights_in_words(found).startswith("Find out more about these three first: “Outcome 3: how many” (76%)")
