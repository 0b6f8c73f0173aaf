"""How far each figure could be out: as the group says, or, where it says nothing, by a stated rule."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pspworkbook.methods.findings import StageGap
from pspworkbook.methods.sroi.case import FIGURES, INPUT, Case
from pspworkbook.methods.sroi.impact_map import COUNTED, Array
from pspworkbook.methods.words import percent
from pspworkbook.records import Input, Outcome
from pspworkbook.records.doubt import FIGURES as TITLES
from pspworkbook.records.doubt import SHARES, FigureRange, read_figure


@dataclass(frozen=True)
class Band:
    """How far a figure may be out to either side: a share of it, points for a percentage, a share of an input."""

    share: float
    points: float
    input: float


BANDS: Mapping[str, Band] = {
    "green": Band(0.10, 0.05, 0.05),
    "amber": Band(0.25, 0.10, 0.10),
    "red": Band(0.50, 0.20, 0.25),
}
"""A rule of this workbook's, not of the field's. Amber is what published reports most often try by hand, ten points and a
quarter; a measured figure is held to less than half of that, and an assumption to twice as much."""

_COLOURS = {
    "green": "Green (measured here)",
    "amber": "amber (comparable research)",
    "red": "red (assumption), or no grade",
}

RULE = (
    "Where nobody gave a range, the grade of the evidence sets one. "
    + "; ".join(
        f"{_COLOURS[grade]}: numbers, values and years {percent(band.share)} to either side, percentages "
        f"{percent(band.points).removesuffix('%')} points, inputs {percent(band.input)}"
        for grade, band in BANDS.items()
    )
    + ". No percentage goes below 0% or above 100%, so one that is entered as 0% can only rise."
)
"""The default bands in words; printed wherever a result rests on them."""


@dataclass(frozen=True)
class Given:
    """A range that somebody gave: the figure, the row (of outcomes, or of inputs for ``value``), low, high and why."""

    figure: str
    row: int
    low: float | None
    high: float | None
    reason: str = ""

    def clashes(self, now: float) -> bool:
        """Whether the figure as entered lies outside."""
        return (self.low is not None and now < self.low) or (self.high is not None and now > self.high)


@dataclass(frozen=True, eq=False)
class Ranges:
    """The range of every figure of a case. ``low`` and ``high`` hold, by figure, one number for each outcome or input.

    The figure as entered always lies within. ``given`` holds the ranges that somebody gave,
    as they gave them.
    """

    case: Case
    low: dict[str, Array]
    high: dict[str, Array]
    given: dict[tuple[str, int], Given]
    grades: tuple[str, ...]

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """The figures that can vary, as (figure, row): those whose low and high differ and that count for something."""
        for figure in FIGURES:
            for row in range(len(self.case.figure(figure))):
                if self.low[figure][row] < self.high[figure][row] and not self._unused(figure, row):
                    yield figure, row

    @property
    def mark(self) -> str:
        """A short text that is another as soon as a figure, a range or the way years count is another."""
        case = self.case
        told = hashlib.sha256(repr((case.rates, case.discount_first_year, case.rows.stakeholders)).encode())
        for figure in FIGURES:
            for values in (case.figure(figure), self.low[figure], self.high[figure]):
                told.update(np.ascontiguousarray(values, dtype=np.float64).tobytes())
        told.update(np.ascontiguousarray(case.first_year, dtype=np.float64).tobytes())
        return told.hexdigest()[:16]

    def _unused(self, figure: str, row: int) -> bool:
        """Whether the figure cannot matter: drop-off counts only from the second year on."""
        return figure == "drop_off" and bool(self.high["duration"][row] <= 1)

    @property
    def by_rule(self) -> int:
        """How many of the figures that vary rest on the rule, because nobody gave a range."""
        return sum(place not in self.given for place in self)


def ranges(case: Case, grades: Sequence[str], input_grades: Sequence[str] = (), given: Iterable[Given] = ()) -> Ranges:
    """The ranges of a case. ``grades`` has ``green``, ``amber``, ``red`` or "" (as red) for each outcome.

    Inputs without any grades are taken as known exactly, for a figure that comes from outside the map (as on the command
    line). An end that is not given comes from the band; a range that leaves out the figure itself is widened to it.
    """
    low, high = {}, {}
    for figure in COUNTED:
        bands = [BANDS.get(grade, BANDS["red"]) for grade in grades]
        low[figure], high[figure] = _banded(figure, case.figure(figure), bands)
    inputs = case.figure(INPUT)
    reach = np.array([BANDS.get(grade, BANDS["red"]).input for grade in input_grades] or [0.0] * len(inputs))
    low[INPUT], high[INPUT] = inputs * (1 - reach), inputs * (1 + reach)
    said: dict[tuple[str, int], Given] = {}
    for one in given:
        if (one.figure, one.row) in said:
            continue  # the first counts; a gap names the second
        now = case.figure(one.figure)[one.row]
        if one.low is not None:
            low[one.figure][one.row] = min(one.low, now)
        if one.high is not None:
            high[one.figure][one.row] = max(one.high, now)
        said[one.figure, one.row] = one
    return Ranges(case, low, high, said, tuple(grades))


def _banded(figure: str, values: Array, bands: Sequence[Band]) -> tuple[Array, Array]:
    if figure in SHARES:
        reach: Array = np.array([band.points for band in bands])
        return np.clip(values - reach, 0, 1), np.clip(values + reach, 0, 1)
    reach = np.abs(values) * np.array([band.share for band in bands])  # a loss has a value below zero
    return values - reach, values + reach


def given_ranges(
    entries: Iterable[FigureRange], outcome_ids: Sequence[str], input_ids: Sequence[str]
) -> Iterator[Given]:
    """The ranges of the register that can be used, with their rows; the others are left out and named by :func:`gaps`."""
    outcomes, inputs = list(outcome_ids), list(input_ids)
    for entry in entries:
        ids, wanted = (inputs, entry.input) if entry.figure == INPUT else (outcomes, entry.outcome)
        low, high = read_figure(entry.low, entry.figure), read_figure(entry.high, entry.figure)
        upside_down = low is not None and high is not None and low > high
        if entry.figure and wanted in ids and (low is not None or high is not None) and not upside_down:
            yield Given(entry.figure, ids.index(str(wanted)), low, high, entry.reason)


def gaps(
    entries: Sequence[tuple[str, FigureRange]], outcomes: Mapping[str, Outcome], inputs: Mapping[str, Input]
) -> Iterator[StageGap]:
    """What is missing or odd in the register of ranges."""
    seen: set[tuple[str, str]] = set()
    for id_, entry in entries:

        def gap(sentence: str, field: str, id_: str = id_) -> StageGap:
            return StageGap("AN-3", sentence, "figure_range", id_, field)

        of_input = entry.figure == INPUT
        wanted = (entry.input if of_input else entry.outcome) or ""
        owner = (inputs if of_input else outcomes).get(wanted)
        title = TITLES.get(entry.figure or "", "")
        if not entry.figure:
            yield gap("A range does not say which figure it belongs to.", "figure")
            continue
        if owner is None:
            what = "input" if of_input else "outcome"
            yield gap(f"A range of “{title}” does not say which {what} it belongs to, so it is not used.", what)
            continue
        whose = f"“{owner.label()}”, {title[0].lower() + title[1:]}"
        if (wanted, entry.figure) in seen:
            yield gap(f"{whose}: there are two ranges. The first one counts; take one away.", "figure")
            continue
        seen.add((wanted, entry.figure))
        low, high = read_figure(entry.low, entry.figure), read_figure(entry.high, entry.figure)
        if low is None and high is None:
            yield gap(f"{whose}: the range has neither a lowest nor a highest figure.", "low")
        elif low is not None and high is not None and low > high:
            yield gap(f"{whose}: the lowest figure is above the highest, so the range is not used.", "low")
        now = getattr(owner, entry.figure)
        if now is not None and ((low is not None and now < low) or (high is not None and now > high)):
            yield gap(f"{whose}: the figure itself lies outside its range. Look at both.", "low")
        if not entry.reason:
            yield gap(f"{whose}: say why this range.", "reason")
