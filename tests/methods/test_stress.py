"""The plain range beside every ratio."""

from pathlib import Path

import pytest

from pspworkbook.documents.impact_map import read_impact_map
from pspworkbook.methods.sroi import ImpactMap, forecast
from pspworkbook.methods.sroi.case import Case
from pspworkbook.methods.sroi.headline import LEAST, ROOM, Known, headline
from pspworkbook.methods.sroi.ranges import Given, ranges
from pspworkbook.methods.sroi.simulate import Settings, simulate
from pspworkbook.methods.sroi.stress import stress
from pspworkbook.places import data_folder

CSV: Path = data_folder() / "examples" / "wheels-to-meals.csv"


def test_the_range_holds_the_ratio_and_names_what_carries_it() -> None:
    """The published example hangs on the falls: without the biggest row it is worth less than is put in."""
    rows = ImpactMap.of(read_impact_map(CSV))
    result = forecast(rows, 42_375)
    found = stress(result)
    assert found is not None and result.sroi_ratio is not None
    assert found.low < result.sroi_ratio < found.high
    assert found.biggest.startswith("Fewer falls")
    present = result.present_value_by_outcome
    assert found.without_biggest == pytest.approx((result.total_present_value - present.max()) / 42_375)


def test_the_low_end_by_hand() -> None:
    """One gain: a quarter fewer, ten points more taken off by each of deadweight, displacement and attribution."""
    rows = ImpactMap(
        ("Gain",), ("A",), ("person",), *([value] for value in (8, 1, 100, 0.1, 0.0, 0.2, 0.0)), after=[False]
    )  # type: ignore[arg-type]
    found = stress(forecast(rows, 100, rates=0.0))
    assert found is not None
    assert found.low == pytest.approx(6 * 100 * 0.8 * 0.9 * 0.7 / 100)
    assert found.high == pytest.approx(10 * 100 * 1.0 * 1.0 * 0.9 / 100)


def test_a_loss_moves_the_other_way() -> None:
    """In the low case a loss is larger."""
    loss = ImpactMap(
        ("Loss",), ("A",), ("person",), *([value] for value in (8, 1, -100, 0.1, 0.1, 0.1, 0.0)), after=[False]
    )  # type: ignore[arg-type]
    result = forecast(loss, 100)
    found = stress(result)
    assert found is not None and result.sroi_ratio is not None and found.low < result.sroi_ratio < found.high


def test_no_ratio_no_range() -> None:
    """Nothing is put in."""
    assert stress(forecast(ImpactMap.of(read_impact_map(CSV)), 0)) is None


# The range beside the ratio ------------------------------------------------------------------------------------------


def test_the_range_beside_the_ratio_is_the_plain_rule_until_somebody_gives_a_range():
    result = forecast(ImpactMap.of(read_impact_map(CSV)), 42_375)
    case = Case.of(result)
    plain, found = stress(result), headline(result, ranges(case, ["amber"] * len(case.rows)), Settings())
    assert plain is not None and found is not None
    assert (found.low, found.middle, found.high, found.own) == (plain.low, None, plain.high, 0)
    assert found.sentence.startswith("If everything turned out") and "not a probability" in found.rule


def test_one_range_of_their_own_makes_it_a_simulation_that_says_so():
    """It lies close to what a hundred thousand draws give, for the same ranges."""
    result = forecast(ImpactMap.of(read_impact_map(CSV)), 42_375)
    case = Case.of(result)
    own = ranges(
        case, ["amber"] * len(case.rows), given=[Given("quantity", 2, 2.0, 9.0), Given("deadweight", 2, 0.0, 0.5)]
    )
    found, whole = headline(result, own, Settings()), simulate(own, Settings())
    assert found is not None and found.own == 2 and found.banded == own.by_rule
    assert (found.low, found.high) == pytest.approx((whole.p05, whole.p95), abs=0.02)
    assert found.middle == pytest.approx(whole.p50, abs=0.02)
    assert f"; in 50 of 100 it is above £{found.middle:.2f}." in found.sentence, (
        "a range by itself hides where most lie"
    )
    assert "made from your own ranges for 2 figures, and for all others from the band of their evidence grade" in found.sentence  # fmt: skip
    assert headline(result, own, Settings(seed=7)) != found == headline(result, own, Settings(draws=123))
    again = headline(result, own, Settings(), Known.of(whole))
    assert again is not None and (again.low, again.high, again.draws) == (whole.p05, whole.p95, 100_000)
    assert "may differ" in found.rule and "may differ" not in again.rule, "where it is known there is no second range"


def test_the_more_outcomes_the_fewer_draws_so_that_whoever_types_is_answered():
    """How long it takes is measured in tests/benchmarks/large.py; here, that the work does not grow with the rows."""
    rows = [row for _ in range(7) for row in read_impact_map(CSV)][:49]
    result = forecast(ImpactMap.of(rows), 300_000)
    own = ranges(Case.of(result), ["amber"] * 49, given=[Given("quantity", 2, 2.0, 9.0)])
    found = headline(result, own, Settings(draws=1_000_000, rank_correlation=0.5))
    assert found is not None and LEAST <= found.draws <= ROOM / 49


@pytest.mark.parametrize("low, high, side", [(1.0, 7.5, "below"), (6.5, 12.0, "above"), (6.0, 8.0, "")])
def test_a_ratio_that_is_not_the_middle_of_its_range_says_why(low, high, side):
    """Every quantity of the example is 7, or near it; a range that reaches further down draws the middle down."""
    rows = [
        row.model_copy(update={"deadweight": 0.5, "attribution": 0.5, "quantity": 7.0}) for row in read_impact_map(CSV)
    ]
    result = forecast(ImpactMap.of(rows), 42_375)
    case = Case.of(result)
    own = ranges(
        case, ["green"] * len(case.rows), given=[Given("quantity", at, low, high) for at in range(len(case.rows))]
    )
    found = headline(result, own, Settings())
    assert found is not None and found.entered == result.sroi_ratio
    assert found.leaning.startswith(f"Most of the possible worlds lie {side} the £") if side else found.leaning == ""
