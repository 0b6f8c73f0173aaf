"""The budget: totals for each partner, forecast against actual, and what looks odd. Pure functions of the records.

Money, time and help in kind are three columns everywhere. They are never added up without saying so: nobody can pay a
bill with an hour of somebody's time.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap, same_name, together
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.methods.words import day, percent, pounds
from pspworkbook.records.budget import BudgetLine
from pspworkbook.records.pilot import PilotTerm

RED, AMBER = 0.10, 0.05
"""How far from the forecast spending may be: one rule for the budget and for the progress report."""
RULE = (
    "The variance is the actual less the forecast, for lines that have both and whose period is over. Red: more than "
    f"{percent(RED)} away from the forecast, over or under. Amber: more than {percent(AMBER)}. Green: nearer. "
    "A line without a forecast that has an actual is red. A period is over on the day after its last day. While it runs, "
    "or while its last day is not known, what is spent is “so far”: it is not rated for being under the forecast, only "
    "once it is over the whole of it."
)
APART = (
    "Money, time and help in kind stand apart. What is given in kind is worth something, but it cannot be spent on "
    "anything else, so it is not added to the money."
)
KINDS = ("money", "time", "in_kind")
"""The kinds of contribution, in the order in which they are shown."""
LIGHTS = {"red": "▲ Red", "amber": "△ Amber", "green": "✓ Green", "": "–"}


@dataclass(frozen=True)
class Sum:
    """Pounds of several lines. ``actual`` is the sum of what is known, of ``known`` lines. ``judged`` of them can be rated
    by :data:`RULE`: ``compared`` is their forecast, ``spent`` their actual. The others still run: ``running`` is what they
    came to so far, ``ahead`` their whole forecast.
    """

    forecast: float = 0.0
    actual: float = 0.0
    compared: float = 0.0
    spent: float = 0.0
    running: float = 0.0
    ahead: float = 0.0
    lines: int = 0
    known: int = 0
    judged: int = 0

    @property
    def variance(self) -> float | None:
        """Pounds over (or, below zero, under) the forecast of the lines that can be rated; None when none can."""
        return self.spent - self.compared if self.judged else None

    @property
    def light(self) -> str:
        """``red``, ``amber``, ``green`` by :data:`RULE`, or "" while no line can be rated."""
        return light(self.compared, self.spent) if self.judged else ""

    @property
    def so_far(self) -> str:
        """``£9,000 of £18,000 so far``, of the lines that still run; "" where there are none."""
        return f"{pounds(self.running)} of {pounds(self.ahead)} so far" if self.known > self.judged else ""


def light(forecast: float, actual: float) -> str:
    """The colour of one comparison, by :data:`RULE`."""
    away = abs(actual - forecast)
    if not forecast:
        return "red" if actual else "green"
    share = away / abs(forecast)
    return "red" if share > RED + 1e-9 else "amber" if share > AMBER + 1e-9 else "green"


def rated(row: BudgetLine, today: dt.date) -> bool:
    """Whether a line can be compared with its forecast by :data:`RULE`: it is over, or already above all of it."""
    if row.actual is None:
        return False
    return bool(row.period_end and row.period_end < today) or row.actual > (row.forecast or 0)


def total(lines: Sequence[BudgetLine], today: dt.date) -> Sum:
    """The sum of some lines, which should be of one kind of contribution."""
    known = [one for one in lines if one.actual is not None]
    judged = [one for one in known if rated(one, today)]
    running = [one for one in known if not rated(one, today)]
    return Sum(
        sum(one.forecast or 0 for one in lines),
        sum(one.actual or 0 for one in known),
        sum(one.forecast or 0 for one in judged),
        sum(one.actual or 0 for one in judged),
        sum(one.actual or 0 for one in running),
        sum(one.forecast or 0 for one in running),
        len(lines),
        len(known),
        len(judged),
    )


@dataclass(frozen=True)
class PartnerBudget:
    """What one partner gives: a sum for each kind of contribution."""

    partner: str
    sums: dict[str, Sum]


def per_partner(rows: Rows[BudgetLine], today: dt.date) -> tuple[PartnerBudget, ...]:
    """A line for each partner, in the order in which they come; names are compared without case and blanks."""
    found: dict[str, list[BudgetLine]] = {}
    for _, row in rows:
        found.setdefault(same_name(row.partner), []).append(row)
    return tuple(
        PartnerBudget(
            lines[0].partner or "No partner named",
            {kind: total([one for one in lines if (one.contribution or "money") == kind], today) for kind in KINDS},
        )
        for lines in found.values()
    )


@dataclass(frozen=True)
class PeriodBudget:
    """What one period comes to: from and to, and a sum for each kind of contribution."""

    start: dt.date
    end: dt.date
    sums: dict[str, Sum]
    over: bool


def per_period(rows: Rows[BudgetLine], today: dt.date) -> tuple[PeriodBudget, ...]:
    """A line for each period that is named, in the order of time. Lines without dates are left out (see :func:`gaps`)."""
    found: dict[tuple[dt.date, dt.date], list[BudgetLine]] = {}
    for _, row in rows:
        if row.period_start and row.period_end:
            found.setdefault((row.period_end, row.period_start), []).append(row)
    return tuple(
        PeriodBudget(
            start,
            end,
            {kind: total([one for one in lines if (one.contribution or "money") == kind], today) for kind in KINDS},
            end < today,
        )
        for (end, start), lines in sorted(found.items())
    )


def untimed(rows: Rows[BudgetLine]) -> list[tuple[str, BudgetLine, str]]:
    """Lines that stand in no period, each as (identifier, line, the field that is empty)."""
    return [
        (id_, row, "period_end" if row.period_start else "period_start")
        for id_, row in rows
        if not (row.period_start and row.period_end)
    ]


@dataclass(frozen=True)
class Crossed:
    """One partner's money in each of the periods, in the order of :func:`per_period`; None where it has no line."""

    partner: str
    sums: tuple[Sum | None, ...]


def partner_by_period(rows: Rows[BudgetLine], today: dt.date) -> tuple[Crossed, ...]:
    """The money of each partner, period by period. Time and help in kind are left out: see :data:`APART`."""
    periods = [(one.start, one.end) for one in per_period(rows, today)]
    found: dict[str, dict[tuple[dt.date | None, dt.date | None], list[BudgetLine]]] = {}
    for _, row in rows:
        if (row.contribution or "money") == "money":
            mine = found.setdefault(same_name(row.partner), {})
            mine.setdefault((row.period_start, row.period_end), []).append(row)
    return tuple(
        Crossed(
            next(iter(mine.values()))[0].partner or "No partner named",
            tuple(total(mine[period], today) if period in mine else None for period in periods),
        )
        for mine in found.values()
    )


def whole(rows: Rows[BudgetLine], today: dt.date) -> dict[str, Sum]:
    """A sum for each kind of contribution over the whole budget."""
    return {kind: total([row for _, row in rows if (row.contribution or "money") == kind], today) for kind in KINDS}


@dataclass(frozen=True)
class Point:
    """Money so far at the end of a period, in pounds. ``actual`` is None from the first period that is not complete.

    ``running`` is what was spent so far in a period that still runs; None where it is over, or nothing is known.
    """

    end: dt.date
    forecast: float
    actual: float | None
    running: float | None = None


def so_far(rows: Rows[BudgetLine], today: dt.date) -> tuple[Point, ...]:
    """Money forecast and spent, added up period by period.

    The actual line stops before the first period with money lines whose actual nobody knows: half a sum would look
    like an underspend. It also stops at the first period that is not over: its last day lies ahead.
    """
    points, forecast, actual, complete = [], 0.0, 0.0, True
    for period in per_period(rows, today):
        money = period.sums["money"]
        if not money.lines:
            continue
        forecast += money.forecast
        complete = complete and period.over and money.known == money.lines
        actual += money.actual
        running = money.actual if money.known and not period.over else None
        points.append(Point(period.end, forecast, actual if complete else None, running))
    return tuple(points)


@dataclass(frozen=True)
class Overspend:
    """One line that came to more than was forecast: pounds over, and its light."""

    id: str
    line: str
    partner: str
    forecast: float
    actual: float
    light: str
    why: str

    @property
    def over(self) -> float:
        """Pounds above the forecast."""
        return self.actual - self.forecast


def overspent(rows: Rows[BudgetLine]) -> tuple[Overspend, ...]:
    """Lines that came to more than their forecast, the largest first."""
    found = [
        Overspend(
            id_, row.label(), row.partner, row.forecast or 0, row.actual, light(row.forecast or 0, row.actual), row.note
        )
        for id_, row in rows
        if row.actual is not None and row.actual > (row.forecast or 0)
    ]
    return tuple(sorted(found, key=lambda one: -one.over))


def gaps(rows: Rows[BudgetLine], today: dt.date) -> Iterator[StageGap]:
    """What is missing and what looks odd: a line without its period, no actual for a period that is over, red without a reason."""
    spelt: dict[str, str] = {}
    for id_, row in rows:
        whom = f"“{row.label()}”" if row.line else "A line without a name"
        if missing := row.missing():
            titles = together([f"“{spec.title}”" for spec in missing])
            untimed = not (row.period_start and row.period_end)
            effect = " It counts in the whole, and in no period." if untimed else ""
            yield StageGap("PL-5", f"{whom} still needs {titles}.{effect}", row.kind, id_, missing[0].name)
        if row.period_start and row.period_end and row.period_end < row.period_start:
            yield StageGap("PL-5", f"{whom} ends before it begins.", row.kind, id_, "period_end")
        elif (
            row.period_end
            and row.period_end < today
            and row.actual is None
            and (row.contribution or "money") == "money"
        ):
            sentence = f"{whom} has no actual yet, and its period ended on {day(row.period_end)}."
            yield StageGap("PL-5", sentence, row.kind, id_, "actual")
        if (
            row.actual is not None
            and rated(row, today)
            and light(row.forecast or 0, row.actual) == "red"
            and not row.note
        ):
            over = row.actual - (row.forecast or 0)
            way = "over" if over > 0 else "under"
            sentence = f"{whom} is {pounds(abs(over))} {way} its forecast. Say why."
            yield StageGap("PL-5", sentence, row.kind, id_, "note")
        first = spelt.setdefault(same_name(row.partner), row.partner)
        if row.partner and first != row.partner:
            sentence = f"“{row.partner}” and “{first}” are taken as one partner. Spell it in one way."
            yield StageGap("PL-5", sentence, row.kind, id_, "partner")


def from_terms(terms: Rows[PilotTerm], start: dt.date | None, end: dt.date | None) -> Iterator[Offer]:
    """Budget lines made from the terms of the pilot, for the time of the pilot (None: not known yet)."""
    for id_, row in terms:
        if row.origin.startswith("budget_line:") or not row.what:
            continue
        worth = f", {pounds(row.value)}" if row.value is not None else ""
        yield Offer(
            origin_of("pilot_term", id_),
            f"{row.what}{worth}, from {row.contributor or 'a partner that is not named'}",
            "terms of the pilot",
            {
                "line": row.what,
                "partner": row.contributor,
                "contribution": row.contribution or "money",
                "forecast": row.value,
                "period_start": start.isoformat() if start else None,
                "period_end": end.isoformat() if end else None,
            },
        )
