"""The SROI forecast: what the outcomes of a service are worth, and how that compares with what is put in.

The formulas are those of *A guide to Social Return on Investment* (The SROI Network, 2009, updated 2012), in its own
words and order: deadweight, displacement, attribution, drop-off, then discounting. The steps of the discount rate are
the Treasury's Green Book's.

Every function takes arrays (or anything that numpy makes an array of) and returns arrays. The last dimension is the
outcomes; any dimensions before it are carried along, so that ``(draws, outcomes)`` calculates many draws at once.
Money is in pounds, time in years, percentages are shares between 0 and 1.

>>> from pspworkbook.methods import sroi
>>> float(sroi.impact(7, 4964, 0, 0, 0.05).round(2))
33010.6
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from pspworkbook.methods.words import pounds, round_half_up

if TYPE_CHECKING:
    from pspworkbook.records import Outcome

Array = npt.NDArray[np.float64]
Numbers = npt.ArrayLike

COUNTED = ("quantity", "duration", "financial_proxy", "deadweight", "displacement", "attribution", "drop_off")
"""The seven figures that an outcome needs before it can be counted."""

TAKEN_OFF = ("deadweight", "displacement", "attribution", "drop_off", "discounting")
"""What is taken off the gross value, in the order of the impact map."""


def _array(values: Numbers) -> Array:
    return np.asarray(values, dtype=np.float64)


# What one outcome is worth -------------------------------------------------------------------------------------------


def impact(
    quantity: Numbers, proxy: Numbers, deadweight: Numbers, displacement: Numbers, attribution: Numbers
) -> Array:
    """The value of the first full year, in pounds.

    Quantity times financial proxy, times what is left after deadweight, displacement and the share due to others. The
    three are multiplied, never added: their order does not matter, and together they cannot take off more than all.
    Arguments broadcast against each other.
    """
    kept = (1 - _array(deadweight)) * (1 - _array(displacement)) * (1 - _array(attribution))
    product: Array = _array(quantity) * _array(proxy) * kept
    return product


def horizon(duration: Numbers, *, first_year: Numbers = 1) -> int:
    """The last year in which anything is worth something; at least 1."""
    last = np.ceil(_array(duration)) + _array(first_year) - 1
    return max(1, int(last.max(initial=1)))


def _share_of_year(year: int, duration: Array, first_year: Array) -> Array:
    """How much of ``year`` the outcome lasts: 1, a fraction in its last year, 0 before and after."""
    age = year - first_year
    share: Array = np.where(age >= 0, np.clip(duration - age, 0, 1), 0.0)
    return share


def _worth_in(year: int, impact: Array, duration: Array, drop_off: Array, first_year: Array) -> Array:
    age = np.maximum(year - first_year, 0)
    worth: Array = impact * _share_of_year(year, duration, first_year) * (1 - drop_off) ** age
    return worth


def value_by_year(
    impact: Numbers, duration: Numbers, drop_off: Numbers, *, first_year: Numbers = 1, years: int | None = None
) -> Array:
    """What each outcome is worth in each year, undiscounted; shape ``(..., outcomes, years)``.

    Years count from 1. Drop-off is taken from the second year of the outcome on, each time from what the year before
    had left. Fractions of a year count pro rata: 2.5 years is two full years and half of what the third would be worth.
    A duration of 0 is worth nothing. ``first_year`` (whole numbers) is the year in which each outcome starts; ``years``
    is how many years to return, all of them if not given; a smaller number cuts off what comes later.
    """
    arrays = _array(impact), _array(duration), _array(drop_off), _array(first_year)
    years = horizon(duration, first_year=first_year) if years is None else years
    columns = [_worth_in(year, *arrays) for year in range(1, years + 1)]
    return (
        np.stack(np.broadcast_arrays(*columns), axis=-1)
        if columns
        else np.empty((*np.broadcast_shapes(*(a.shape for a in arrays)), 0))
    )


# Discounting ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DiscountRates:
    """The rate of each step back in time: ``steps`` holds (the first step it applies to, rate), the first being 1."""

    name: str
    steps: tuple[tuple[int, float], ...]

    def of_steps(self, count: int) -> Array:
        """The rate of step 1 (from the first year after the present back to the present), 2, ... ``count``."""
        rates = np.empty(count)
        for start, rate in self.steps:
            rates[start - 1 :] = rate
        return rates


def flat_rate(rate: float) -> DiscountRates:
    """One rate for every year, such as 0.035. Raises ValueError for -100% or less, and for what is not a number."""
    if not np.isfinite(rate) or rate <= -1:
        raise ValueError(f"{rate} is not a discount rate.")
    return DiscountRates(f"{100 * rate:g}% a year", ((1, float(rate)),))


GREEN_BOOK = DiscountRates(
    "the Green Book's falling rates", ((1, 0.035), (31, 0.03), (76, 0.025), (126, 0.02), (201, 0.015), (301, 0.01))
)
"""The social time preference rate of the Treasury's Green Book: 3.5% for years 0 to 30, 3.0% for 31 to 75, 2.5% for 76 to
125, and so on. Its factors are cumulative: year 31 is year 30 divided by 1.03."""

PUBLISHED_RATE = flat_rate(0.035)
"""The rate of the published SROI guide's example."""


def discount_factors(years: int, rates: DiscountRates | Numbers, discount_first_year: bool = True) -> Array:
    """What £1 of each year is worth today; shape ``(..., years)``.

    The factor of a year is the product of ``1 / (1 + rate)`` over the years between it and the present. With
    ``discount_first_year`` the first year is divided by ``1 + rate`` once, as in the published guide's example
    (year-end convention); without it, the first year counts in full and the second is divided once (start-of-year
    convention). ``rates`` is a :class:`DiscountRates`, a flat rate, or an array of flat rates, one for each draw.
    """
    if isinstance(rates, DiscountRates):
        yearly = rates.of_steps(years)
    else:
        yearly = np.repeat(_array(rates)[..., np.newaxis], years, axis=-1)
    if not discount_first_year:
        yearly = np.concatenate([np.zeros_like(yearly[..., :1]), yearly[..., : max(years - 1, 0)]], axis=-1)
    factors: Array = 1 / np.cumprod(1 + yearly, axis=-1)
    return factors


def present_value(
    impact: Numbers,
    duration: Numbers,
    drop_off: Numbers,
    rates: DiscountRates | Numbers = PUBLISHED_RATE,
    *,
    first_year: Numbers = 1,
    discount_first_year: bool = True,
) -> Array:
    """The present value of each outcome over all its years; shape ``(..., outcomes)``.

    The same as discounting :func:`value_by_year` and adding it up, but year after year, so that many draws need no more
    memory than one year of them. An array of ``rates`` has the dimensions before the outcomes, such as ``(draws,)``.
    """
    arrays = _array(impact), _array(duration), _array(drop_off), _array(first_year)
    factors = discount_factors(horizon(duration, first_year=first_year), rates, discount_first_year)
    total: Array = np.zeros(())
    for year in range(1, factors.shape[-1] + 1):
        total = total + _worth_in(year, *arrays) * factors[..., year - 1, np.newaxis]
    # A flat rate brings a dimension of one with it; plain numbers in, a plain number out.
    return total.reshape(np.broadcast_shapes(*(a.shape for a in arrays))) if factors.ndim == 1 else total


def _geometric(loss: Array, years: Array) -> Array:
    """1 + x + x² + ... over ``years`` (whole and a fraction) terms, where x is 1 - ``loss``; stable for the smallest loss."""
    whole = np.floor(years)
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.where(whole == 0, 0.0, whole * np.log1p(-loss))  # log of x to the whole years; x = 0 gives -inf
        terms = np.where(loss == 0, whole, -np.expm1(power) / loss)
    total: Array = terms + (years - whole) * np.exp(power)
    return total


def value_in_closed_form(impact: Numbers, duration: Numbers, drop_off: Numbers) -> Array:
    """What each outcome is worth over all its years, undiscounted, without adding up years.

    A geometric series: with q = 1 - drop-off, m whole years and a fraction f, impact x ((1 - qᵐ) / (1 - q) + f qᵐ).
    """
    total: Array = _array(impact) * _geometric(_array(drop_off), _array(duration))
    return total


def present_value_in_closed_form(
    impact: Numbers,
    duration: Numbers,
    drop_off: Numbers,
    rate: Numbers = 0.035,
    *,
    first_year: Numbers = 1,
    discount_first_year: bool = True,
) -> Array:
    """:func:`present_value` at one flat rate that is not below 0, without adding up years; exact for fractions of a year too.

    The same series with q = (1 - drop-off) / (1 + rate), discounted from the outcome's first year to the present.
    An array of rates broadcasts against the other arguments (``(draws, 1)`` beside ``(draws, outcomes)``).
    """
    rate, drop_off = _array(rate), _array(drop_off)
    # 1 - q, written so that a rate and a drop-off near nothing keep all their digits.
    loss = (rate + drop_off) / (1 + rate)
    steps = _array(first_year) - (0 if discount_first_year else 1)
    total: Array = _array(impact) * _geometric(loss, _array(duration)) / (1 + rate) ** steps
    return total


def payback_months(value_by_year: Numbers, investment: Numbers) -> Array:
    """After how many months the value that has arisen reaches the investment; NaN if it never does.

    ``value_by_year`` is undiscounted, shape ``(..., years)``; the value of a year arises evenly over its months. While
    the value is level this is the published guide's formula, investment / (annual value / 12). Where losses come later,
    it is the first time that the investment is reached. NaN too when there is no investment to pay back.
    """
    yearly = _array(value_by_year)
    goal = np.broadcast_to(_array(investment), yearly.shape[:-1])[..., np.newaxis]
    after = np.cumsum(yearly, axis=-1)
    reached = (after >= goal * (1 - 1e-12)) & (goal > 0)  # ten tenths must make a whole
    year = np.argmax(reached, axis=-1)[..., np.newaxis]
    value = np.take_along_axis(yearly, year, -1)
    before = np.take_along_axis(after, year, -1) - value
    with np.errstate(all="ignore"):  # a year without value has no month; it is not taken below
        months = 12 * (year + np.clip((goal - before) / value, 0, 1))
    result: Array = np.where(reached.any(axis=-1), months[..., 0], np.nan)
    return result


# A whole forecast ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ImpactMap:
    """The rows of an impact map, as arrays of equal length.

    ``outcomes``, ``stakeholders`` and ``beneficiaries`` are labels (a beneficiary may be ""); ``after`` says which
    outcomes start after the activity. Raises ValueError when lengths differ, a figure is not a finite number, a
    percentage lies outside 0 to 1, or a quantity or duration is below 0.
    """

    outcomes: tuple[str, ...]
    stakeholders: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    quantity: Array
    duration: Array
    financial_proxy: Array
    deadweight: Array
    displacement: Array
    attribution: Array
    drop_off: Array
    after: npt.NDArray[np.bool_]

    def __post_init__(self) -> None:
        object.__setattr__(self, "after", np.asarray(self.after, dtype=bool))
        for name in COUNTED:
            values = _array(getattr(self, name))
            object.__setattr__(self, name, values)
            if values.shape != (len(self.outcomes),):
                raise ValueError(f"{name} has the shape {values.shape} for {len(self.outcomes)} outcomes.")
            highest = np.inf if name in ("quantity", "duration", "financial_proxy") else 1
            lowest = -np.inf if name == "financial_proxy" else 0
            for row in np.flatnonzero(~np.isfinite(values) | (values < lowest) | (values > highest)):
                raise ValueError(f"Row {row + 1} ({self.outcomes[row]}): {name} cannot be {values[row]}.")
        if not len(self.outcomes) == len(self.stakeholders) == len(self.beneficiaries) == len(self.after):
            raise ValueError("The labels of an impact map must be as many as its outcomes.")

    def __len__(self) -> int:
        return len(self.outcomes)

    @classmethod
    def of(cls, outcomes: Iterable["Outcome"], names: Mapping[str, str] | None = None) -> Self:
        """The rows of these outcomes; ``names`` gives the name of each stakeholder's identifier.

        A stakeholder that ``names`` does not know is called by its identifier (in a table read from a file, that is its
        name). Raises ValueError that names the row and the field when one of the :data:`COUNTED` figures is missing:
        see :func:`uncounted`.
        """
        rows, known = list(outcomes), names or {}
        for index, titles in uncounted(rows):
            raise ValueError(f"Row {index + 1} ({rows[index].label()}) cannot be counted without: {', '.join(titles)}.")
        figures = {name: np.array([getattr(row, name) for row in rows], dtype=np.float64) for name in COUNTED}
        return cls(
            outcomes=tuple(row.label() for row in rows),
            stakeholders=tuple(known.get(row.stakeholder or "", row.stakeholder or "") for row in rows),
            beneficiaries=tuple(row.who_benefits or "" for row in rows),
            after=np.array([row.starts == "after" for row in rows], dtype=bool),
            **figures,
        )


def uncounted(outcomes: Iterable["Outcome"]) -> list[tuple[int, list[str]]]:
    """The outcomes that cannot be counted yet: their index, and the titles of the figures that they lack."""
    found = []
    for index, outcome in enumerate(outcomes):
        fields: Mapping[str, Any] = type(outcome).model_fields
        if lacking := [str(fields[name].title) for name in COUNTED if getattr(outcome, name) is None]:
            found.append((index, lacking))
    return found


@dataclass(frozen=True, eq=False)
class ForecastResult:
    """What a forecast comes to. Arrays: n outcomes, and as many years as the longest of them lasts.

    ``impact`` (n,) is the first full year's value; ``value`` and ``present`` (n, years) what each outcome is worth in
    each year, before and after discounting. The ratios are None when nothing was put in (``investment`` is 0 or less)
    or nothing is counted, for then there is nothing to divide; a payback of None says that the value never reaches the
    investment, or that there is none.
    """

    rows: ImpactMap
    investment: float
    rates: DiscountRates
    discount_first_year: bool
    impact: Array
    first_year: Array
    value: Array
    present: Array

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What changes, by row."""
        return self.rows.outcomes

    @property
    def stakeholders(self) -> tuple[str, ...]:
        """Whom it changes for, by row."""
        return self.rows.stakeholders

    @property
    def beneficiaries(self) -> tuple[str, ...]:
        """Who gains, by row: ``person``, ``community``, ``public_purse`` or ""."""
        return self.rows.beneficiaries

    @property
    def years(self) -> int:
        """How many years the forecast covers."""
        return int(self.value.shape[1])

    @cached_property
    def value_by_year(self) -> Array:
        """All outcomes together, in each year; (years,)."""
        total: Array = self.value.sum(axis=0)
        return total

    @cached_property
    def present_value_by_year(self) -> Array:
        """All outcomes together, in each year, discounted; (years,)."""
        total: Array = self.present.sum(axis=0)
        return total

    @cached_property
    def present_value_by_outcome(self) -> Array:
        """Each outcome over all its years, discounted; (n,)."""
        total: Array = self.present.sum(axis=1)
        return total

    @cached_property
    def total_present_value(self) -> float:
        """What all outcomes are worth over all years, today."""
        return float(self.present.sum())

    @property
    def net_present_value(self) -> float:
        """Total present value less the investment."""
        return self.total_present_value - self.investment

    @property
    def sroi_ratio(self) -> float | None:
        """Total present value for each £1 of investment: the headline figure of the guide."""
        return self.total_present_value / self.investment if self.investment > 0 and len(self.rows) else None

    @property
    def net_sroi_ratio(self) -> float | None:
        """Net present value for each £1 of investment."""
        return self.net_present_value / self.investment if self.investment > 0 and len(self.rows) else None

    @property
    def payback_months(self) -> float | None:
        """Months until the undiscounted value reaches the investment; see :func:`payback_months`."""
        months = float(payback_months(self.value_by_year, self.investment))
        return None if np.isnan(months) else months

    def by_stakeholder(self) -> dict[str, float]:
        """Present value for each stakeholder, in the order of the rows."""
        return self._grouped(self.stakeholders)

    def by_beneficiary(self) -> dict[str, float]:
        """Present value for each kind of who gains, in the order of the rows; "" where a row does not say."""
        return self._grouped(self.beneficiaries)

    def _grouped(self, labels: Sequence[str]) -> dict[str, float]:
        totals: dict[str, float] = {}
        for label, amount in zip(labels, self.present_value_by_outcome, strict=True):
            totals[label] = totals.get(label, 0.0) + float(amount)
        return totals

    def waterfall(self) -> list[tuple[str, float]]:
        """How the gross value becomes the present value: (``gross``, amount), the steps of :data:`TAKEN_OFF`, (``total``, amount).

        Gross is quantity times proxy over all the years that each outcome lasts, nothing taken off. A step is the
        change at that point, in that order: below zero where it takes away. Gross and the steps add up to the total.
        Which step shows how much depends on the order; the total does not.
        """
        rows = self.rows
        lasting = np.stack(
            [_share_of_year(year, rows.duration, self.first_year) for year in range(1, self.years + 1)], -1
        )
        level = rows.quantity * rows.financial_proxy * lasting.sum(axis=1)
        levels = [float(level.sum())]
        for name in ("deadweight", "displacement", "attribution"):
            level = level * (1 - getattr(rows, name))
            levels.append(float(level.sum()))
        levels += [float(self.value.sum()), self.total_present_value]
        steps = [(name, after - before) for name, before, after in zip(TAKEN_OFF, levels, levels[1:], strict=False)]
        return [("gross", levels[0]), *steps, ("total", levels[-1])]


def forecast(
    rows: ImpactMap,
    investment: float,
    *,
    rates: DiscountRates | float = PUBLISHED_RATE,
    discount_first_year: bool = True,
    activity_years: float = 1,
) -> ForecastResult:
    """The forecast of an impact map against what is put in, in pounds.

    An outcome that starts during the activity counts from year 1; one that starts after it, from the year that follows
    the year in which the activity ends (``activity_years`` 1: year 2; 1.5: year 3). Raises ValueError when the
    investment is not a number, the activity's length is below 0, or the figures are too large to be added up.
    """
    if not np.isfinite(investment):
        raise ValueError("The investment must be an amount in pounds.")
    if not np.isfinite(activity_years) or activity_years < 0:
        raise ValueError("The activity cannot last less than no time.")
    if not isinstance(rates, DiscountRates):
        rates = flat_rate(rates)
    first_year = np.where(rows.after, np.ceil(activity_years) + 1, 1.0)
    with np.errstate(over="ignore", invalid="ignore"):
        first = impact(rows.quantity, rows.financial_proxy, rows.deadweight, rows.displacement, rows.attribution)
        value = value_by_year(first, rows.duration, rows.drop_off, first_year=first_year)
        present = value * discount_factors(value.shape[1], rates, discount_first_year)
        gross = rows.quantity * rows.financial_proxy * rows.duration
        result = ForecastResult(rows, float(investment), rates, discount_first_year, first, first_year, value, present)
        ratio = result.net_sroi_ratio or 0.0
        if not np.isfinite([gross.sum(), value.sum(), result.net_present_value, ratio]).all():
            raise ValueError("These figures are too large to be added up. Look for a number with too many digits.")
    return result


# In words ------------------------------------------------------------------------------------------------------------

HIGH_RATIO = 20
"""Above this, the sentence asks for a second look. A rule of this workbook's, not of the field's."""


def payback_words(months: float) -> str:
    """How long until the value reaches what is put in: ``5.1 months``, the same wherever it is shown."""
    return f"{round_half_up(months, 1):,f} months"


def in_words(result: ForecastResult) -> str:
    """The result as one or two sentences that can be read aloud."""
    ratio = result.sroi_ratio
    if not len(result.rows):
        return "No outcome is counted yet, so there is no forecast."
    if ratio is None:
        return (
            f"What this service changes is forecast to be worth about {pounds(result.total_present_value)} today. "
            "Nothing that is put in has a value yet, so there is no ratio."
        )
    returned = round_half_up(ratio, 2)
    if abs(returned) < 1e-9:
        return "For every £1 put in, this service is forecast to be worth next to nothing to the people and bodies it touches."
    if returned < 0:
        return (
            f"For every £1 put in, this service is forecast to do about {pounds(-ratio, pence=True)} of harm: "
            "the losses that are counted outweigh the gains."
        )
    amount = pounds(ratio, pence=ratio < 100)
    sentence = (
        f"For every £1 put in, this service is forecast to be worth about {amount} to the people and bodies it touches."
    )
    if returned == 1:
        return f"{sentence} That is about as much as is put in."
    if returned < 1:
        return f"{sentence} That is less than is put in."
    if ratio > HIGH_RATIO:
        return f"{sentence} Before you show a figure this high, look for an input that is missing or an outcome that is counted twice."
    return sentence
