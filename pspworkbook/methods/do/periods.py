"""The dashboard of delivery (DO-3), period by period: milestones, money, satisfaction and what has to be known. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pspworkbook.methods.do.monitoring import Opinion, Spending, spending
from pspworkbook.methods.findings import Rows, together
from pspworkbook.methods.plan.schedule import DAY, is_done
from pspworkbook.methods.words import day, percent, pounds
from pspworkbook.records.budget import BudgetLine
from pspworkbook.records.deliver import PeriodNote, Reading, Satisfaction
from pspworkbook.records.plan import Task

RULE = (
    "A period ends on a day for which there is a reading, an answer on satisfaction or a note. Milestones: of those that "
    "were due by that day since the beginning, how many were reached by that day (where no task is marked as a milestone, "
    "all tasks count). Money: spent and forecast since the beginning, for the lines whose period has ended and whose "
    "actual is known. Satisfaction: only of that period, each group on its own."
)


@dataclass(frozen=True)
class Period:
    """One period: milestones reached of those due so far, money so far, opinions and notes of this period.

    ``what`` is what was counted: one milestone, or one task where none is marked as a milestone.
    """

    end: dt.date
    reached: int
    due: int
    money: Spending
    opinions: tuple[Opinion, ...]
    notes: tuple[str, ...]
    what: str = "milestone"

    @property
    def head(self) -> str:
        """What heads the column of :attr:`milestones`."""
        return "Tasks done of those due" if self.what == "task" else "Milestones reached of those due"

    @property
    def milestones(self) -> str:
        """``3 of 4 (75%)``."""
        return f"{self.reached} of {self.due} ({percent(self.reached / self.due)})" if self.due else "none due"

    @property
    def spent(self) -> str:
        """``£6,500 of £6,400``."""
        known = self.money.forecast or self.money.actual
        return f"{pounds(self.money.actual)} of {pounds(self.money.forecast)}" if known else "not known"

    @property
    def satisfied(self) -> str:
        """Each group with how many of how many; small numbers stay hidden."""
        return "; ".join(
            f"{one.group}: {one.shown.text}" + (f" ({one.share})" if one.shown.value is not None else "")
            for one in self.opinions
        )

    @property
    def sentence(self) -> str:
        """The period in words."""
        said = [f"By {day(self.end)}: {reached_words(self.reached, self.due, self.what)}"]
        said.append(
            f"{self.spent} that was forecast is spent" if self.spent != "not known" else "spending is not known"
        )
        text = "; ".join(said) + "."
        if self.opinions:
            text += f" Satisfied: {self.satisfied}."
        return " ".join([text, *(note if note.endswith((".", "!", "?")) else f"{note}." for note in self.notes)])


def ends(readings: Rows[Reading], asked: Rows[Satisfaction], notes: Rows[PeriodNote]) -> list[dt.date]:
    """The days on which periods end, the oldest first."""
    return sorted({row.period_end for rows in (readings, asked, notes) for _, row in rows if row.period_end})  # type: ignore[attr-defined]


def periods(
    days: Sequence[dt.date],
    tasks: Rows[Task],
    lines: Rows[BudgetLine],
    opinions: Sequence[Opinion],
    notes: Rows[PeriodNote],
) -> list[Period]:
    """Every period by :data:`RULE`, the oldest first."""
    found = []
    for end in days:
        reached, due = milestones(tasks, end)
        found.append(
            Period(
                end,
                reached,
                due,
                spending(lines, end + DAY, running=False),
                tuple(one for one in opinions if one.period_end == end),
                tuple(row.note for _, row in notes if row.period_end == end and row.note),
                what_counts(tasks),
            )
        )
    return found


def counted(tasks: Rows[Task]) -> list[Task]:
    """The milestones with a day; all tasks where none is marked as one."""
    dated = [row for _, row in tasks if row.finish]
    return [row for row in dated if row.milestone] or dated


def what_counts(tasks: Rows[Task]) -> str:
    """What :func:`counted` counts, as one of them: ``milestone``, or ``task`` where none is marked as a milestone."""
    return "task" if (found := counted(tasks)) and not found[0].milestone else "milestone"


def reached_words(reached: int, due: int, what: str) -> str:
    """``1 of 2 milestones that were due is reached``; tasks are done, not reached."""
    if not due:
        return f"no {what} was due"
    verb = "is" if reached == 1 else "are"
    return f"{reached} of {due} {what}s that were due {verb} {'done' if what == 'task' else 'reached'}"


def milestones(tasks: Rows[Task], end: dt.date) -> tuple[int, int]:
    """How many of the milestones due by a day were reached by that day, and how many were due."""
    due = [row for row in counted(tasks) if row.finish and row.finish <= end]
    return sum(is_done(row) and (row.done or row.finish or end) <= end for row in due), len(due)


def milestone_words(tasks: Rows[Task], today: dt.date) -> str:
    """Milestones today, with those that are late by name."""
    reached, due = milestones(tasks, today)
    if not counted(tasks):
        return "No milestone is planned yet: stage 5 has the schedule."
    late = [row.label() for row in counted(tasks) if row.finish and row.finish < today and not is_done(row)]
    ahead = sorted(
        (row for row in counted(tasks) if row.finish and row.finish >= today and not is_done(row)),
        key=lambda row: row.finish or today,
    )
    said = reached_words(reached, due, what_counts(tasks))
    said = f"Up to today {said}{'' if what_counts(tasks) == 'milestone' else ' (no task is marked as a milestone)'}."
    said += f" Late: {together(late)}." if late else ""
    return said + (f" Next: {ahead[0].label()}, {day(ahead[0].finish)}." if ahead and ahead[0].finish else "")
