"""A forecast made ready to be doubted: every figure can be changed, one at a time or all at once, and worked out again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from pspworkbook.methods.sroi.impact_map import (
    COUNTED,
    Array,
    DiscountRates,
    ForecastResult,
    ImpactMap,
    Numbers,
    impact,
    present_value,
    present_value_in_closed_form,
)

IntArray = npt.NDArray[np.intp]
INPUT = "value"
"""The name of the one figure that an input has, beside the seven of an outcome."""
FIGURES = (*COUNTED, INPUT)


@dataclass(frozen=True, eq=False)
class Case:
    """The rows of an impact map, what is put in (one amount for each input, in pounds), and how later years count."""

    rows: ImpactMap
    input_names: tuple[str, ...]
    inputs: Array
    rates: DiscountRates
    discount_first_year: bool
    first_year: Array

    @classmethod
    def of(cls, result: ForecastResult, inputs: Sequence[tuple[str, float]] | None = None) -> "Case":
        """The case of a forecast. Without ``inputs`` (name, pounds) its investment counts as one input."""
        named = inputs if inputs is not None else [("What is put in", result.investment)]
        amounts = np.array([amount for _, amount in named], dtype=np.float64)
        names = tuple(name for name, _ in named)
        return cls(result.rows, names, amounts, result.rates, result.discount_first_year, result.first_year)

    def figure(self, figure: str) -> Array:
        """One figure as entered: of every outcome, or for ``value`` of every input."""
        values: Array = self.inputs if figure == INPUT else getattr(self.rows, figure)
        return values

    def name(self, figure: str, row: int) -> str:
        """What the figure belongs to: the outcome, or the input."""
        return self.input_names[row] if figure == INPUT else self.rows.outcomes[row]

    def worth_of(self, row: int | IntArray, **figures: Any) -> Array:
        """The present value of one outcome, with some of its figures changed; each may be an array of the same shape.

        ``row`` may be an array of rows: each figure then has one number for each of them.
        """
        if isinstance(row, np.ndarray):
            some: dict[str, Any] = {name: getattr(self.rows, name)[row] for name in COUNTED} | figures
            return self._worth(self.first_year[row], self.rates, quick=True, **some)
        known: dict[str, Any] = {name: getattr(self.rows, name)[row] for name in COUNTED} | figures
        column: dict[str, Any] = {
            name: np.asarray(values, dtype=np.float64)[..., np.newaxis] for name, values in known.items()
        }
        return self._worth(self.first_year[row], self.rates, **column)[..., 0]

    def worth(self, rates: DiscountRates | None = None, /, **figures: Any) -> Array:
        """The present value of each outcome, with some figures changed for all; shape ``(..., outcomes)``."""
        known: dict[str, Any] = {name: getattr(self.rows, name) for name in COUNTED} | figures
        return self._worth(self.first_year, rates or self.rates, **known)

    def _worth(self, first_year: Numbers, rates: DiscountRates, *, quick: bool = False, **of: Any) -> Array:
        """``quick`` takes the closed form where there is one: the same but for the last digits, without adding up years."""
        first = impact(of["quantity"], of["financial_proxy"], of["deadweight"], of["displacement"], of["attribution"])
        shape = np.broadcast_shapes(first.shape, np.shape(of["duration"]), np.shape(of["drop_off"]))
        if quick and len(rates.steps) == 1 and rates.steps[0][1] >= 0:
            return np.broadcast_to(
                present_value_in_closed_form(
                    first,
                    of["duration"],
                    of["drop_off"],
                    rates.steps[0][1],
                    first_year=first_year,
                    discount_first_year=self.discount_first_year,
                ),
                shape,
            )
        return present_value(
            np.broadcast_to(first, shape),
            of["duration"],
            of["drop_off"],
            rates,
            first_year=first_year,
            discount_first_year=self.discount_first_year,
        )

    @cached_property
    def present(self) -> Array:
        """The present value of each outcome as entered."""
        return self.worth()

    @property
    def total(self) -> float:
        """The total present value as entered."""
        return float(self.present.sum())

    @property
    def investment(self) -> float:
        """What is put in, as entered."""
        return float(self.inputs.sum())

    @property
    def ratio(self) -> float | None:
        """The ratio as entered; None when nothing is put in or nothing is counted, for then there is none."""
        return self.total / self.investment if self.investment > 0 and len(self.rows) else None

    def with_figures(self, figures: dict[str, Array], rates: DiscountRates | None = None) -> "Case":
        """The same with other figures. Raises ValueError for a figure that an impact map cannot hold."""
        changed: dict[str, Any] = {name: values for name, values in figures.items() if name != INPUT}
        rows = replace(self.rows, **changed)
        return replace(self, rows=rows, inputs=figures.get(INPUT, self.inputs), rates=rates or self.rates)
