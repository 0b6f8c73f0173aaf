"""What the rules of stage 5 need to know, read from the workbook."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pspworkbook import guide
from pspworkbook.methods.findings import StageGap, unanswered
from pspworkbook.methods.plan import schedule, team_plan
from pspworkbook.methods.plan.gaps_more import gaps_more
from pspworkbook.records import KINDS
from pspworkbook.stages.facts.plan_more import more_facts
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
ISSUE_KINDS = [kind for kind, _ in ANSWERED_BY.values()]


def rows(now: Snapshot, kind: str) -> list[tuple[str, Any]]:
    """All records of a kind as (identifier, record)."""
    return [(entry.id, entry.record) for entry in now.records(kind)]


def issues(now: Snapshot) -> list[tuple[Any, str, bool]]:
    """The six planning issues: the item of the guide, the tool that answers it, and whether something is there."""
    found = []
    for item in guide.checklists()["planning-issues"].items:
        kind, tool = ANSWERED_BY[item.key]
        there = now.the(kind).version > 0 if KINDS[kind].single else bool(now.records(kind))
        found.append((item, tool, there))
    return found


def steering_gaps(now: Snapshot) -> list[StageGap]:
    """What the steering group and its terms lack."""
    terms, members = now.the("steering_terms").record, rows(now, "member")
    return team_plan.steering_gaps(terms, members, dict(rows(now, "person")), now.records("meeting"))


def gaps(now: Snapshot) -> Sequence[StageGap]:
    """What still stands in the way of “Plan”."""
    today = dt.date.today()
    found = list(unanswered("scope", now.the("scope").record))
    found += schedule.gaps(rows(now, "task"), today)
    found += team_plan.role_gaps(rows(now, "responsibility"))
    found += team_plan.resource_gaps(rows(now, "resource"), rows(now, "resource_gap"))
    found += steering_gaps(now)
    for kind in ("design_requirement", "deliverable", "resource", "roll_out_phase", "screening"):
        found += [gap for id_, row in rows(now, kind) for gap in unanswered(id_, row)]
    return [*found, *gaps_more(more_facts(now), today)]
