"""A plain range for an SROI ratio: what it would be if everything were rather worse, or rather better, than entered.

It is a stress test, not a probability: every figure is moved the same way at once.
"""

from dataclasses import dataclass, fields, replace
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt

from pspworkbook.methods.sroi.impact_map import ForecastResult, ImpactMap, forecast

QUANTITIES, POINTS = 0.25, 0.10
RULE = (
    "Low: every quantity a quarter lower and every percentage that is taken off ten points higher. "
    "High: every quantity a quarter higher and every percentage ten points lower, never below 0%. "
    "For a loss it is the other way round. Values, durations and inputs stay as entered."
)
"""How the range is made; printed wherever it is shown."""


@dataclass(frozen=True)
class Stress:
    """The ratio when everything is worse, when everything is better, and without the outcome that carries most of it."""

    low: float
    high: float
    without_biggest: float | None
    biggest: str
    share: float
    """The biggest outcome's part of the value of all outcomes, losses counted by their size."""


def stress(result: ForecastResult) -> Stress | None:
    """The range of a forecast by :data:`RULE`; None when it has no ratio."""
    if result.sroi_ratio is None:
        return None
    years = float(result.first_year.max()) - 1 if bool(result.rows.after.any()) else 1.0

    def ratio(rows: ImpactMap) -> float:
        again = forecast(
            rows,
            result.investment,
            rates=result.rates,
            discount_first_year=result.discount_first_year,
            activity_years=years,
        )
        return again.sroi_ratio or 0.0

    most = int(np.argmax(result.present_value_by_outcome))
    keep = np.arange(len(result.rows)) != most
    without = ratio(_only(result.rows, keep)) if keep.any() else None
    sizes = np.abs(result.present_value_by_outcome)
    share = float(sizes[most] / sizes.sum()) if sizes.sum() else 0.0
    return Stress(ratio(_moved(result.rows, -1)), ratio(_moved(result.rows, +1)), without, result.outcomes[most], share)


def _moved(rows: ImpactMap, way: int) -> ImpactMap:
    sign = np.where(rows.financial_proxy < 0, -way, way)
    moved = {
        name: np.clip(getattr(rows, name) - sign * POINTS, 0, 1)
        for name in ("deadweight", "displacement", "attribution", "drop_off")
    }
    return replace(rows, quantity=rows.quantity * (1 + sign * QUANTITIES), **moved)


def _only(rows: ImpactMap, keep: npt.NDArray[np.bool_]) -> ImpactMap:
    names = [field.name for field in fields(rows)]
    chosen: dict[str, Any] = {name: _pick(getattr(rows, name), keep) for name in names}
    return ImpactMap(**chosen)


def _pick(values: Any, keep: npt.NDArray[np.bool_]) -> Any:
    return values[keep] if isinstance(values, np.ndarray) else tuple(compress(values, keep))
