"""What one change does to the ratio: each figure from its lowest to its highest, and the tests that reports customarily show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pspworkbook.methods.sroi.case import FIGURES, INPUT, Case
from pspworkbook.methods.sroi.impact_map import Array, DiscountRates, flat_rate
from pspworkbook.methods.sroi.ranges import Ranges
from pspworkbook.methods.words import percent, round_half_up
from pspworkbook.records.doubt import FIGURES as TITLES
from pspworkbook.records.doubt import SHARES


@dataclass(frozen=True)
class Swing:
    """The ratio with one figure at its lowest and at its highest, all others as entered."""

    figure: str
    row: int
    name: str
    low: float
    now: float
    high: float
    at_low: float
    at_high: float
    given: bool

    @property
    def width(self) -> float:
        """How far apart the two ratios are."""
        return abs(self.at_high - self.at_low)

    @property
    def label(self) -> str:
        """The outcome or input, and the figure."""
        return f"{self.name}: {lower(TITLES[self.figure])}"


def swings(ranges: Ranges) -> list[Swing]:
    """Every figure that can vary, the widest swing first. Empty when the case has no ratio."""
    case = ranges.case
    if case.ratio is None:
        return []
    found = []
    ratios_of = {figure: _at_both_ends(ranges, figure) for figure in FIGURES}
    for figure, row in ranges:
        low, high = float(ranges.low[figure][row]), float(ranges.high[figure][row])
        ratios = ratios_of[figure][:, row]
        if not np.isfinite(ratios).all():
            continue  # with nothing put in there is no ratio at that end
        now = float(case.figure(figure)[row])
        given = (figure, row) in ranges.given
        name = case.name(figure, row)
        found.append(Swing(figure, row, name, low, now, high, float(ratios[0]), float(ratios[1]), given))
    return sorted(found, key=lambda swing: -swing.width)


def _at_both_ends(ranges: Ranges, figure: str) -> Array:
    """The ratio with each row's figure at its low and at its high, all others as entered; shape (2, rows)."""
    case, ends = ranges.case, np.stack([ranges.low[figure], ranges.high[figure]])
    if figure == INPUT:
        put_in = case.investment - case.inputs + ends
        found: Array = np.divide(case.total, put_in, out=np.full(put_in.shape, np.nan), where=put_in > 0)
        return found
    # One row's worth does not depend on the others, so that all of them are worked out at once.
    others: Array = case.total - case.present
    worth: Array = case.worth(**{figure: ends})
    ratios: Array = np.add(others, worth) / case.investment
    return ratios


# The customary tests -------------------------------------------------------------------------------------------------

HALF = 0.5
OTHER_RATES = (0.0, 0.015, 0.035, 0.05)
"""No discounting, the Green Book's rate for health, its general rate, and a higher one."""


@dataclass(frozen=True)
class Tried:
    """One test: what was changed, and the ratio that comes of it (None with ``why`` where it cannot be done)."""

    key: str
    name: str
    ratio: float | None
    why: str = ""

    def below(self, goal: float = 1.0) -> str:
        """Below the ratio that the group wants to reach, and below 1: ``below 4, even below 1``; "" where it is neither."""
        ratio = self.ratio
        marks = sorted({goal, 1.0}, reverse=True)
        return ", even ".join(
            f"below {round_half_up(mark, 2).normalize():f}" for mark in marks if ratio is not None and ratio < mark
        )


def customary_tests(case: Case, grades: Sequence[str] = ()) -> Iterator[Tried]:
    """The tests that published reports show most often, all in one call. Nothing when the case has no ratio.

    ``grades`` are those of the outcomes; without a green one, the test with measured outcomes only says so.
    """
    if case.ratio is None:
        return

    def tried(key: str, name: str, worth: Array, investment: float = case.investment) -> Tried:
        return Tried(key, name, float(worth.sum()) / investment)

    half = np.full(len(case.rows), HALF)
    for figure in SHARES:
        yield tried(f"{figure}_50", f"{TITLES[figure]} at 50% for every outcome", case.worth(None, **{figure: half}))
    together = case.worth(None, **dict.fromkeys(SHARES, half))
    yield tried("all_50", "All four percentages at 50% for every outcome", together)
    most = int(np.argmax(case.present))
    without = np.delete(case.present, most)
    biggest = case.rows.outcomes[most]
    if len(without):
        yield tried("without_biggest", f"Without the biggest outcome, “{biggest}”", without)
    else:
        yield Tried("without_biggest", "Without the biggest outcome", None, "There is only one outcome.")
    halved = case.worth(financial_proxy=case.rows.financial_proxy / 2)
    yield tried("proxies_halved", "Every value halved (or every quantity: it comes to the same)", halved)
    measured = np.array([grade == "green" for grade in grades] or [False] * len(case.rows))
    name = "Only outcomes that were measured here (green)"
    if measured.any():
        yield tried("measured_only", name, case.present[measured])
    else:
        yield Tried("measured_only", name, None, "No outcome is graded green.")
    for rate in OTHER_RATES:
        rates = flat_rate(rate)
        if not same_rate(case.rates, rates):
            worth = case.worth(rates)
            places = 1 if rate * 100 % 1 else 0
            yield tried(f"rate_{rate:g}", f"Discounted at {percent(rate, places=places)} a year", worth)
    yield tried("inputs_10_more", "10% more put in", case.present, 1.1 * case.investment)


def same_rate(one: DiscountRates, other: DiscountRates) -> bool:
    """Whether two sets of rates are the same, whatever they are called."""
    return one.steps == other.steps


def lower(title: str) -> str:
    """A title as it stands inside a sentence."""
    return title[0].lower() + title[1:]
