"""The schedule and the review calendar as one truth: what is done in one is done in the other."""

import datetime as dt
from typing import Any

from pspworkbook.methods.links import same_step
from pspworkbook.methods.plan import procurement
from pspworkbook.widgets.snapshot import Snapshot

KINDS = ("task", "review_point", "procurement_step", "route")


def _rows(now: Snapshot, kind: str) -> list[tuple[str, Any]]:
    return [(entry.id, entry.record) for entry in now.records(kind)]


def tasks(now: Snapshot) -> list[tuple[str, Any]]:
    """The tasks of the schedule, with those done that the review calendar marks done."""
    return same_step.tasks_done(_rows(now, "task"), _rows(now, "review_point"))


def planned(now: Snapshot) -> same_step.Procurement | None:
    """The procurement as stage 5 times it; None while it has no dates."""
    starts = now.the("route").record.contract_starts
    return same_step.procurement_of(
        procurement.timeline(_rows(now, "procurement_step"), starts, dt.date.today()), starts
    )


def points(now: Snapshot) -> list[tuple[str, Any]]:
    """The steps of the review calendar, with those done that stage 5 marks done."""
    return same_step.points_done(_rows(now, "review_point"), _rows(now, "task"), planned(now))


def task_remark(now: Snapshot, task: Any) -> str:
    """What the schedule says at a task."""
    return same_step.of_a_task(task, _rows(now, "task"), _rows(now, "review_point"))


def point_remark(now: Snapshot, point: Any) -> str:
    """What the review calendar says at a step."""
    return same_step.of_a_point(point, _rows(now, "task"), planned(now))
