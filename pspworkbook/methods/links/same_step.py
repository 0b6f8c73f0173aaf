"""One step that stands in two registers: a task of the schedule (stage 5) and a step of the review calendar (stage 7).

Whichever of the two is marked done, both count as done; the procurement is timed in stage 5 alone.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, same_name
from pspworkbook.methods.plan.procurement import Dated
from pspworkbook.methods.plan.schedule import is_done
from pspworkbook.methods.words import day
from pspworkbook.records.plan import Task
from pspworkbook.records.review import ReviewPoint

RULE = (
    "A step of the review calendar that is a task of the schedule, chosen or of the same name, is done as soon as one of "
    "the two is marked done. The procurement takes its dates from the steps to the contract in stage 5, as soon as they "
    "have dates."
)


@dataclass(frozen=True)
class Procurement:
    """When the procurement of stage 5 begins at the latest and when the contract starts, and how it stands.

    ``left`` is the latest first day of what is still to be done, ``end`` (the contract’s first day) where all is.
    """

    start: dt.date
    left: dt.date
    end: dt.date
    done: dt.date | None
    begun: bool
    late: bool

    @property
    def last(self) -> dt.date:
        """The last day of its last step, as stage 5 counts: the day before the contract starts."""
        return self.end - dt.timedelta(days=1)


def procurement_of(steps: Sequence[Dated], contract_starts: dt.date | None) -> Procurement | None:
    """The steps to the contract as one; None while stage 5 has no dates for them."""
    if not steps or contract_starts is None or steps[0].start is None:
        return None
    done = [one.step.done for one in steps if one.step.done]
    return Procurement(
        steps[0].start,
        next((one.start for one in steps if not one.step.done and one.start), contract_starts),
        contract_starts,
        max(done) if len(done) == len(steps) else None,
        bool(done),
        any(one.state == "late" for one in steps),
    )


def task_of(point: ReviewPoint, tasks: Rows[Task]) -> tuple[str, Task] | None:
    """The task that a step of the review calendar is: the chosen one, or the only one of the same name."""
    if point.task:
        return next(((id_, row) for id_, row in tasks if id_ == point.task), None)
    alike = [(id_, row) for id_, row in tasks if row.name and same_name(row.name) == same_name(point.what)]
    return alike[0] if len(alike) == 1 else None


def is_procurement(point: ReviewPoint) -> bool:
    """Whether a step is the procurement that stage 5 times: as somebody said, otherwise by its name."""
    return point.procurement if point.procurement is not None else "procure" in point.what.casefold()


def _done_on(task: Task) -> dt.date | None:
    return task.done or (task.finish if is_done(task) else None)


def tasks_done(tasks: Rows[Task], points: Rows[ReviewPoint]) -> list[tuple[str, Task]]:
    """The tasks, those done that the review calendar says are done."""
    done = {found[0]: point.done for _, point in points if point.done and (found := task_of(point, tasks))}
    return [
        (id_, row.model_copy(update={"done": done[id_]}) if id_ in done and not is_done(row) else row)
        for id_, row in tasks
    ]


def points_done(
    points: Rows[ReviewPoint], tasks: Rows[Task], planned: Procurement | None = None
) -> list[tuple[str, ReviewPoint]]:
    """The steps of the review calendar, those done that the schedule or the steps to the contract say are done."""
    found = []
    for id_, point in points:
        task = task_of(point, tasks)
        done = point.done or (_done_on(task[1]) if task else None)
        if not done and planned and is_procurement(point):
            done = planned.done
        found.append((id_, point if done == point.done else point.model_copy(update={"done": done})))
    return found


def of_a_task(task: Task, tasks: Rows[Task], points: Rows[ReviewPoint]) -> str:
    """What the schedule says at a task that only the review calendar marks done; "" otherwise."""
    if is_done(task):
        return ""
    for _, point in points:
        found = task_of(point, tasks)
        if point.done and found and found[1] == task:
            return f"Done on {day(point.done)}, says the review calendar (stage 7): it counts as done here as well."
    return ""


def of_a_point(point: ReviewPoint, tasks: Rows[Task], planned: Procurement | None) -> str:
    """What the review calendar says at a step that stage 5 knows more about; "" where there is nothing to say."""
    if point.done:
        return ""
    task = task_of(point, tasks)
    if task and (done := _done_on(task[1])):
        return f"Done on {day(done)}, says the schedule (stage 5): it counts as done here as well."
    if planned and is_procurement(point):
        weeks = round((planned.end - planned.start).days / 7, 1)
        said = f" The {point.weeks:g} weeks here are not used." if point.weeks and point.weeks != weeks else ""
        return f"Its dates come from the steps to the contract (stage 5): {day(planned.start)} to {day(planned.last)}.{said}"
    return ""
