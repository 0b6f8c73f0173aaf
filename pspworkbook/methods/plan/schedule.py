"""The schedule: order, slack, the critical path by the critical path method, and what is late today.

The critical path method (Kelley and Walker, 1959), by calendar days: a task lasts from its first to its last day; going
forward, a task can begin on the day after the latest of those that it waits for; going backward from the last day of
all, it must end before the earliest of those that wait for it. What is left between the two is its slack.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from pspworkbook.methods.findings import Rows, StageGap, together
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.methods.plan.procurement import Dated
from pspworkbook.records.identify import ProjectPhase
from pspworkbook.records.plan import Deliverable, RollOutPhase, Task

RULE = (
    "The critical path is the longest chain of tasks that wait for each other: a day lost on it is a day lost at the end. "
    "Slack is how many days a task can slip before that happens. Both are worked out from how long tasks take and what waits "
    "for what, as if each began as soon as it could; while nothing waits for anything, there is neither. Room is what your own dates leave between the end of a task and the "
    "first that waits for it; below nothing, the two overlap. A task is late when its last day has passed and it is not "
    "done. Days are calendar days; a task can begin on the day after those that it waits for."
)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Planned:
    """A task in the schedule. ``slack`` in days and ``critical`` are None while its dates or the order are not clear, and
    while no task waits for another: then there is no chain.
    """

    id: str
    task: Task
    after: tuple[str, ...]
    slack: int | None
    critical: bool | None
    done: bool
    late: bool
    room: int | None = None
    """Days between its end and the first start of those that wait for it, by their dates; None when nothing waits."""


def waits_for(task: Task) -> tuple[str, ...]:
    """The tasks that must be done before this one, each once."""
    return tuple(dict.fromkeys(one for one in (task.after, task.after_too, task.after_also) if one))


def is_done(task: Task) -> bool:
    """Done on a day, or done to the last part."""
    return task.done is not None or task.done_share == 1


def is_late(task: Task, today: dt.date) -> bool:
    """Whether its last day has passed and it is not done."""
    return bool(task.finish and task.finish < today and not is_done(task))


def days(task: Task) -> int | None:
    """How many calendar days a task takes, its first and last day included; None without both, or the wrong way round."""
    if task.start is None or task.finish is None or task.finish < task.start:
        return None
    return (task.finish - task.start).days + 1


def circle(rows: Rows[Task]) -> list[str]:
    """The identifiers of tasks that wait for each other in a circle; empty when there is none."""
    known = {id_ for id_, _ in rows}
    graph = {id_: [one for one in waits_for(task) if one in known] for id_, task in rows}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        return list(dict.fromkeys(error.args[1]))
    return []


def longest(
    lengths: Mapping[str, int], after: Mapping[str, Sequence[str]]
) -> tuple[dict[str, int], dict[str, int], int]:
    """Early starts and slacks in days, and the length of the whole, of tasks that wait for each other without a circle."""
    order = list(TopologicalSorter({id_: list(after[id_]) for id_ in lengths}).static_order())
    early: dict[str, int] = {}
    for id_ in order:
        early[id_] = max((early[one] + lengths[one] for one in after[id_]), default=0)
    whole = max((early[id_] + lengths[id_] for id_ in order), default=0)
    late: dict[str, int] = {}
    followers: dict[str, list[str]] = {id_: [] for id_ in lengths}
    for id_ in order:
        for one in after[id_]:
            followers[one].append(id_)
    for id_ in reversed(order):
        late[id_] = min((late[one] for one in followers[id_]), default=whole) - lengths[id_]
    return early, {id_: late[id_] - early[id_] for id_ in order}, whole


def rooms(rows: Rows[Task]) -> dict[str, int]:
    """Days between the end of a task and the first start of those that wait for it, by their dates."""
    found: dict[str, int] = {}
    known = dict(rows)
    for _, task in rows:
        for one in waits_for(task):
            first = known.get(one)
            if first and first.finish and task.start:
                days_between = (task.start - first.finish).days - 1
                found[one] = min(found.get(one, days_between), days_between)
    return found


def schedule(rows: Rows[Task], today: dt.date) -> list[Planned]:
    """Every task with its slack and whether it is late, by its first day."""
    room = rooms(rows)
    lengths = {id_: length for id_, task in rows if (length := days(task)) is not None}
    after = {id_: [one for one in waits_for(task) if one in lengths] for id_, task in rows if id_ in lengths}
    slack: dict[str, int] = {} if circle(rows) or not any(after.values()) else longest(lengths, after)[1]
    found = [
        Planned(
            id_,
            task,
            waits_for(task),
            slack.get(id_),
            slack[id_] == 0 if id_ in slack else None,
            is_done(task),
            is_late(task, today),
            room.get(id_),
        )
        for id_, task in rows
    ]
    return sorted(found, key=lambda one: (one.task.start or dt.date.max, one.task.finish or dt.date.max, one.id))


def gaps(rows: Rows[Task], today: dt.date) -> list[StageGap]:
    """Circles, dates that cannot be, tasks that begin too soon, and what is late."""
    if not rows:
        return [StageGap("PL-2", "No task is planned yet. What has to happen first?", "task")]
    known = dict(rows)
    found = []
    if round_ := circle(rows):
        names = together([f"“{known[id_].label()}”" for id_ in round_])
        found.append(StageGap("PL-2", f"These wait for each other in a circle: {names}.", "task", round_[0], "after"))
    for id_, task in rows:
        name = f"“{task.label()}”"
        if task.start and task.finish and task.finish < task.start:
            found.append(StageGap("PL-2", f"{name} ends before it begins.", "task", id_, "finish"))
        for other in waits_for(task):
            first = known.get(other)
            if first and first.finish and task.start and task.start <= first.finish and not is_done(first):
                found.append(
                    StageGap(
                        "PL-2",
                        f"{name} begins before “{first.label()}” is done, for which it waits.",
                        "task",
                        id_,
                        "start",
                    )
                )
            elif first and not is_done(task) and is_late(first, today):
                sentence = f"{name} waits for “{first.label()}”, which is late."
                found.append(StageGap("PL-2", sentence, "task", id_, "start"))
        if not task.owner:
            found.append(StageGap("PL-2", f"{name}: nobody sees to it.", "task", id_, "owner"))
        if task.finish and is_late(task, today):
            late = (today - task.finish).days
            found.append(
                StageGap("PL-2", f"{name} is {late} {'day' if late == 1 else 'days'} late.", "task", id_, "finish")
            )
    return found


def from_plan(deliverables: Rows[Deliverable], phases: Rows[RollOutPhase]) -> list[Offer]:
    """The days on which something is due, and on which a phase of the roll-out begins, as milestones."""
    found = [
        Offer(
            origin_of("deliverable", id_),
            f"{row.label()} is accepted",
            "deliverables",
            {
                "name": f"{row.label()} is accepted"[:300],
                "milestone": True,
                "owner": row.owner,
                "start": row.due,
                "finish": row.due,
                "done": row.accepted,
                "after": row.task,
            },
        )
        for id_, row in deliverables
        if row.name and row.due
    ]
    return found + [
        Offer(
            origin_of("roll_out_phase", id_),
            f"{row.area}: the service begins",
            "phased roll-out",
            {
                "name": f"{row.area}: the service begins"[:300],
                "phase": "Roll-out",
                "milestone": True,
                "start": row.start,
                "finish": row.start,
                "note": row.test,
            },
        )
        for id_, row in phases
        if row.area and row.start
    ]


def from_timeline(rows: Rows[ProjectPhase]) -> list[Offer]:
    """The activities of the partnership's timeline as tasks."""
    return [
        Offer(
            origin_of("project_phase", id_),
            row.label(),
            "the timeline on the start page",
            {"name": row.activity, "phase": row.phase, "start": row.start, "finish": row.end or row.start},
        )
        for id_, row in rows
        if row.activity
    ]


def from_procurement(steps: Sequence[Dated]) -> list[Offer]:
    """The steps to the contract as tasks, on the days that are counted back from its start."""
    return [
        Offer(
            origin_of("procurement_step", one.id),
            one.step.label(),
            "steps to the contract",
            {
                "name": one.step.step,
                "phase": "Procurement",
                "owner": one.step.owner,
                "start": one.start,
                "finish": one.end,
                "done": one.step.done,
            },
        )
        for one in steps
        if one.step.step and one.start
    ]
