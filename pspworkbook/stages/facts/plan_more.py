"""What the rules of stage 5, second half, need to know, read from the workbook."""

import datetime as dt
from typing import Any

from pspworkbook.methods.analyse.stakeholders import middles
from pspworkbook.methods.plan import pilot
from pspworkbook.methods.plan.gaps_more import MoreFacts
from pspworkbook.stages.facts.answers import shown
from pspworkbook.widgets.snapshot import Snapshot


def rows(now: Snapshot, kind: str) -> list[tuple[str, Any]]:
    """All records of a kind as (identifier, record)."""
    return [(entry.id, entry.record) for entry in now.records(kind)]


def answers(now: Snapshot) -> list[Any]:
    """Every answer that the group has been shown."""
    return shown(now)  # a name of its own: the pages of this stage ask for what they may draw on


def more_facts(now: Snapshot) -> MoreFacts:
    """The facts of the second half of “Plan”."""
    return MoreFacts(
        budget=rows(now, "budget_line"),
        risks=rows(now, "risk"),
        blockers=rows(now, "blocker"),
        measures=rows(now, "measure"),
        outcomes=rows(now, "outcome"),
        choice=now.the("pilot_choice").record,
        items=rows(now, "pilot_item"),
        questions=rows(now, "pilot_question"),
        terms=rows(now, "pilot_term"),
        route=now.the("route").record,
        answers=answers(now),
    )


def support(now: Snapshot, id_: str, part: str) -> float | None:
    """The median of one part (``support``, ``importance``) of the stakeholder map for one stakeholder.

    The latest round that enough people answered counts; None where there is none.
    """
    found = now.once(("stakeholder middles", part), lambda: middles(rows(now, "stakeholder"), answers(now), part))
    return found.get(id_)  # type: ignore[no-any-return]


def completed(now: Snapshot) -> dt.date | None:
    """The day on which the last answer to the seven questions was saved, where “Approved” was ticked before that day."""
    saved = max((entry.at.date() for entry in now.records("pilot_question") if entry.at), default=None)
    ticked = [
        change.at.date()
        for change in now.workbook.history("pilot_choice")
        if (change.after or {}).get("approved") and not (change.before or {}).get("approved")
    ]
    return saved if saved and ticked and max(ticked) < saved else None


def approval(now: Snapshot) -> pilot.Approval:
    """Whether the approval of the pilot holds today."""
    return pilot.approval(now.the("pilot_choice").record, rows(now, "pilot_question"), dt.date.today(), completed(now))
