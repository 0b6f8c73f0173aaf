"""Delivery monitoring (DO-3): readings against baseline and target, satisfaction, spending, and all of it as sentences."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pspworkbook.methods.do.small_numbers import FEWEST, Shown, count_of, counts_people, figure
from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.methods.plan.budget import rated
from pspworkbook.methods.words import day, percent, pounds
from pspworkbook.records.budget import BudgetLine
from pspworkbook.records.deliver import Reading, Satisfaction
from pspworkbook.records.fields import plain_number
from pspworkbook.records.measures import Measure

SPEND_RULE = (
    "Spending compares forecast and actual for the money lines whose period is over and whose actual is entered, and for "
    "those that still run but are above their whole forecast already. Of the others that still run it is said what is "
    "spent so far. A period is over on the day after its last day. Time and help in kind are left out, because nobody can spend them. Lines without an actual, or without the last day "
    "of their period, are named, not guessed."
)


@dataclass(frozen=True)
class Series:
    """One measure over time. ``points`` are (end of the period, figure as it may be seen), the oldest first."""

    id: str
    name: str
    unit: str
    baseline: float | None
    target: float | None
    points: tuple[tuple[dt.date, Shown], ...]

    @property
    def sentence(self) -> str:
        """Where the measure stands, in words."""
        if not self.points:
            return f"{self.name}: no reading yet."
        date, last = self.points[-1]
        said = f"{self.name}: {last.text} at {day(date)}"
        if last.value is None or self.baseline is None or self.target is None:
            return f"{said}."
        falls = self.target < self.baseline
        there = last.value <= self.target if falls else last.value >= self.target
        worse = last.value > self.baseline if falls else last.value < self.baseline
        state = "the target is reached" if there else "further off than the baseline" if worse else "not there yet"
        return f"{said}; it began at {plain_number(self.baseline)} and should come to {plain_number(self.target)}: {state}."


def series(measures: Rows[Measure], readings: Rows[Reading]) -> list[Series]:
    """Every measure with its readings; those without a date cannot be placed and are left out."""
    found = []
    by_measure: dict[str | None, list[tuple[dt.date, Reading]]] = {}
    for _, row in readings:
        if row.period_end:
            by_measure.setdefault(row.measure, []).append((row.period_end, row))
    for id_, measure in measures:
        mine = sorted(by_measure.get(id_, ()), key=lambda pair: pair[0])
        points = tuple((end, figure(row.value, row.n, measure.unit, row.counts_people)) for end, row in mine)
        baseline = None if _few(measure.baseline, measure.unit, mine) else measure.baseline
        found.append(Series(id_, measure.label(), measure.unit, baseline, measure.target, points))
    return found


def _few(baseline: float | None, unit: str, mine: list[tuple[dt.date, Reading]]) -> bool:
    """Whether a baseline is itself a small number of people, who could be found by it."""
    said = [row.counts_people for _, row in mine if row.counts_people is not None]
    people = any(said) if said else counts_people(unit)
    return baseline is not None and people and 0 <= baseline < FEWEST


@dataclass(frozen=True)
class Opinion:
    """What one group thought in one period, as it may be seen."""

    group: str
    period_end: dt.date
    shown: Shown
    n: float | None

    @property
    def share(self) -> str:
        """The share that was satisfied, with how many answered; only where both may be seen."""
        return percent(self.shown.value / self.n) if self.shown.value is not None and self.n else "–"

    @property
    def answered(self) -> str:
        """How many answered; a group that is too small to be seen is not counted out either."""
        if self.n is None:
            return "not known"
        return f"fewer than {FEWEST}" if self.n < FEWEST else plain_number(self.n)


def opinions(rows: Rows[Satisfaction], groups: Mapping[str, str]) -> list[Opinion]:
    """Satisfaction by group and period, in the order of the periods. No group is added to another."""
    found = [
        Opinion(
            groups.get(row.stakeholder or "", "Group not given"), row.period_end, count_of(row.satisfied, row.n), row.n
        )
        for _, row in rows
        if row.period_end
    ]
    return sorted(found, key=lambda one: (one.period_end, one.group))


@dataclass(frozen=True)
class Spending:
    """Money by :data:`SPEND_RULE`. ``waiting`` are lines whose period has ended without an actual, ``undated`` those of
    which nobody knows when it ends; ``start`` and ``end`` are the time that was asked about, None where it is open.
    ``running`` is what is spent so far in periods that still run, ``ahead`` the forecast of those whole periods.
    """

    forecast: float
    actual: float
    waiting: tuple[str, ...]
    undated: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    running: float = 0.0
    ahead: float = 0.0

    @property
    def time(self) -> str:
        """The time that it is about, as a sentence goes on with it."""
        if self.start and self.end:
            return f"from {day(self.start)} to {day(self.end)}"
        return f"up to {day(self.end)}" if self.end else f"since {day(self.start)}" if self.start else "so far"

    @property
    def against(self) -> str:
        """How much over or under the forecast, in pounds and as a share: ``£610 (9.8%) under the forecast of £6,230``."""
        more = self.actual - self.forecast
        if not more:
            return "as forecast"
        share = f" ({percent(abs(self.variance), places=1)})" if self.variance is not None else ""
        return f"{pounds(abs(more))}{share} {'over' if more > 0 else 'under'} the forecast of {pounds(self.forecast)}"

    @property
    def variance(self) -> float | None:
        """How much more was spent than forecast, as a share; None where nothing was forecast."""
        return (self.actual - self.forecast) / self.forecast if self.forecast else None

    @property
    def sentence(self) -> str:
        """The spending in words."""
        if not self.forecast and not self.actual:
            said = "No money line has both a period that is over and an actual yet."
        else:
            said = f"Spent {self.time}: {pounds(self.actual)}, {self.against}."
        if self.running or self.ahead:
            said += f" In periods that still run, {pounds(self.running)} of {pounds(self.ahead)} is spent so far."
        said += f" Without an actual: {', '.join(self.waiting)}." if self.waiting else ""
        left = f" Left out, because the last day of the period is missing: {', '.join(self.undated)}."
        return said + (left if self.undated else "")


def spending(
    lines: Rows[BudgetLine],
    today: dt.date,
    start: dt.date | None = None,
    end: dt.date | None = None,
    *,
    running: bool = True,
) -> Spending:
    """The money spent in periods that were over ``today`` (and between ``start`` and ``end``, where they are given).

    ``running``: with what is known today of the periods that still run; of a day that is past nobody knows it any more.
    """
    money = [row for _, row in lines if row.contribution == "money" and row.period_end]
    ended = [
        row
        for row in money
        if row.period_end
        and row.period_end < today
        and (not end or row.period_end <= end)
        and (not start or row.period_end >= start)
    ]
    begun = [
        row
        for row in money
        if running
        and row.actual is not None
        and row.period_end
        and row.period_end >= today
        and not (end and row.period_start and row.period_start > end)
    ]
    under = [row for row in begun if not rated(row, today)]
    known = [row for row in ended if row.actual is not None] + [row for row in begun if rated(row, today)]
    waiting = tuple(dict.fromkeys(row.label() for row in ended if row.actual is None))
    undated = tuple(
        dict.fromkeys(
            row.label()
            for _, row in lines
            if row.contribution == "money" and not row.period_end and (row.actual is not None or row.forecast)
        )
    )
    spent, planned = sum(row.actual or 0 for row in known), sum(row.forecast or 0 for row in known)
    so_far, ahead = sum(row.actual or 0 for row in under), sum(row.forecast or 0 for row in under)
    return Spending(planned, spent, waiting, undated, start, end, so_far, ahead)


def summary(found: list[Series], asked: list[Opinion], money: Spending) -> list[str]:
    """The dashboard as plain sentences, for those who cannot see it, or want to read it aloud."""
    said = [money.sentence, *(one.sentence for one in found)]
    return said + opinion_words(asked)


def opinion_words(asked: Sequence[Opinion]) -> list[str]:
    """Satisfaction as sentences: always out of how many, so that a share never stands alone."""
    return [f"{one.group}, {day(one.period_end)}: {one.shown.text} were satisfied." for one in asked]


def gaps(found: list[Series]) -> Iterator[StageGap]:
    """Measures that nobody has read yet."""
    if found and not any(one.points for one in found):
        about = (("measure", found[0].id),) if len(found) == 1 else ()
        yield StageGap(
            "DO-3", "No measure has a reading yet: the review will have nothing to go by.", "reading", begin=about
        )
    elif found:
        for one in found:
            if not one.points:
                yield StageGap("DO-3", f"“{one.name}” has no reading yet.", "reading", begin=(("measure", one.id),))
