"""What the rules of stage 7 need to know, read from the workbook."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pspworkbook.methods.findings import StageGap, unanswered
from pspworkbook.methods.review import calendar, evaluative, views
from pspworkbook.stages.facts import steps
from pspworkbook.stages.facts.evaluation import actual_rows
from pspworkbook.widgets.snapshot import Snapshot


def rows(now: Snapshot, kind: str) -> list[tuple[str, Any]]:
    """All records of a kind as (identifier, record)."""
    return [(entry.id, entry.record) for entry in now.records(kind)]


def gaps(now: Snapshot) -> Sequence[StageGap]:
    """What still stands in the way of “Review”."""
    found = calendar.gaps(now.the("review_plan").record, steps.points(now), dt.date.today(), steps.planned(now))
    found += evaluative.gaps(rows(now, "outcome"), actual_rows(now))
    found += views.feedback_gaps(rows(now, "feedback"))
    decision = now.the("rollout").record
    if decision.decision is None:
        found.append(StageGap("RV-6", "Nothing has been decided on what comes next.", "rollout", "rollout", "decision"))
    else:
        found += unanswered("rollout", decision)
    for kind in ("review_point", "feedback", "mandatory_indicator", "training_need"):
        found += [gap for id_, row in rows(now, kind) for gap in unanswered(id_, row)]
    return found
