"""The plain range beside every ratio."""

from pathlib import Path

import pytest

from pspworkbook.documents.impact_map import read_impact_map
from pspworkbook.methods.sroi import ImpactMap, forecast
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
