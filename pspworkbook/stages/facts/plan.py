"""What the rules of stage 5 need to know, read from the workbook."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pspworkbook import guide
from pspworkbook.methods.findings import StageGap, unanswered
from pspworkbook.methods.plan import depth, schedule, steering, team_plan
from pspworkbook.methods.plan.gaps_more import gaps_more
from pspworkbook.records import KINDS
from pspworkbook.stages.facts.plan_more import more_facts
from pspworkbook.stages.facts.steps import tasks as task_rows
from pspworkbook.widgets.snapshot import Snapshot

ANSWERED_BY = {
    "procurement": ("route", "PL-18"),
    "resources": ("resource", "PL-10"),
    "gaps": ("resource_gap", "PL-11"),
    "risks": ("risk", "PL-7"),
    "measures": ("measure", "PL-12"),
    "steering-group": ("steering_terms", "PL-13"),
}
"""For each of the six planning issues the record that answers it, and its tool."""


def rows(now: Snapshot, kind: str) -> list[tuple[str, Any]]:
    """All records of a kind as (identifier, record)."""
    return [(entry.id, entry.record) for entry in now.records(kind)]


@dataclass(frozen=True)
class Issue:
    """One of the six planning issues: the guide's item, the tool for it, how far it is, and how many points are open.

    ``state`` is ``none``, ``open`` or ``done``: done means that something is there and that no rule finds a gap in it.
    """

    item: Any
    tool: str
    state: str
    open: int


def issues(now: Snapshot) -> list[Issue]:
    """The six planning issues, each with how far it is."""
    left = Counter(gap.tool for gap in now.once(("plan gaps",), lambda: list(gaps(now))))
    found = []
    for item in guide.checklists()["planning-issues"].items:
        kind, tool = ANSWERED_BY[item.key]
        there = now.the(kind).version > 0 if KINDS[kind].single else bool(now.records(kind))
        found.append(Issue(item, tool, "none" if not there else "open" if left[tool] else "done", left[tool]))
    return found


def steering_gaps(now: Snapshot) -> list[StageGap]:
    """What the steering group, its terms and its meetings lack."""
    terms, members = now.the("steering_terms").record, rows(now, "member")
    people, meetings, tasks = dict(rows(now, "person")), rows(now, "meeting"), task_rows(now)
    return steering.gaps(terms, members, people, meetings, tasks, dt.date.today())


def gaps(now: Snapshot) -> Sequence[StageGap]:
    """What still stands in the way of “Plan”."""
    today = dt.date.today()
    found = list(unanswered("scope", now.the("scope").record))
    found += schedule.gaps(task_rows(now), today)
    found += team_plan.role_gaps(rows(now, "responsibility"))
    found += team_plan.staff_gaps(rows(now, "resource"))
    found += team_plan.gap_gaps(rows(now, "resource_gap"))
    found += team_plan.late_deliverables(rows(now, "deliverable"), today)
    found += depth.gaps(now.the("method_choice").record)
    found += steering_gaps(now)
    for kind in ("design_requirement", "roll_out_phase", "screening"):
        found += [gap for id_, row in rows(now, kind) for gap in unanswered(id_, row)]
    return [*found, *gaps_more(more_facts(now), today)]
