"""What the rules of stage 6 need to know, read from the workbook."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pspworkbook.methods.analyse import stakeholders
from pspworkbook.methods.do import comms, conduct, fair, monitoring, report
from pspworkbook.methods.do import periods as periods_of
from pspworkbook.methods.findings import StageGap
from pspworkbook.methods.plan import risks
from pspworkbook.methods.plan.schedule import is_done
from pspworkbook.methods.words import day
from pspworkbook.records import KINDS
from pspworkbook.records.fields import plain_number
from pspworkbook.stages.facts.answers import shown, waiting
from pspworkbook.stages.facts.plan_more import completed
from pspworkbook.stages.facts.steps import tasks as task_rows
from pspworkbook.widgets.snapshot import Snapshot

COMMS = ("communication", "stakeholder", "person")
MONITOR = ("reading", "measure", "satisfaction", "stakeholder", "budget_line", "outcome", "task", "period_note")
FAIR = (
    "procurement_notice",
    "shared_information",
    "conflict_interest",
    "candidate",
    "spec_check",
    "pilot_question",
    "pilot_choice",
    "influence",
    "person",
)
REPORT = (
    "progress_report",
    "risk",
    "answer",
    "sitting",
    "person",
    "service_change",
    "conflict_interest",
    "contingency",
    "performance",
    *MONITOR,
)


def known(kinds: Sequence[str]) -> list[str]:
    """Those of the kinds that this version has."""
    return [kind for kind in kinds if kind in KINDS]


def rows(now: Snapshot, kind: str) -> list[tuple[str, Any]]:
    """All records of a kind as (identifier, record); none of a kind that this version does not have."""
    return [(entry.id, entry.record) for entry in now.records(kind)] if kind in KINDS else []


def series(now: Snapshot) -> list[monitoring.Series]:
    """Every measure over time."""
    return now.once(("series",), lambda: monitoring.series(rows(now, "measure"), rows(now, "reading")))  # type: ignore[no-any-return]


def opinions(now: Snapshot) -> list[monitoring.Opinion]:
    """Satisfaction, group by group."""
    groups = {id_: row.label() for id_, row in rows(now, "stakeholder")}
    return monitoring.opinions(rows(now, "satisfaction"), groups)


def periods(now: Snapshot) -> list[periods_of.Period]:
    """Delivery period by period."""
    days = periods_of.ends(rows(now, "reading"), rows(now, "satisfaction"), rows(now, "period_note"))
    return periods_of.periods(days, task_rows(now), rows(now, "budget_line"), opinions(now), rows(now, "period_note"))


def importance(now: Snapshot) -> dict[str, float]:
    """How much success depends on each group: the middle rating, where enough people rated it."""
    return stakeholders.middles(rows(now, "stakeholder"), shown(now), "importance")


def fair_facts(now: Snapshot) -> fair.FairFacts:
    """What the fair competition file is drawn from."""
    return fair.FairFacts(
        today=dt.date.today(),
        shared=rows(now, "shared_information"),
        interests=rows(now, "conflict_interest"),
        candidates=rows(now, "candidate"),
        checks=rows(now, "spec_check"),
        questions=rows(now, "pilot_question"),
        influences=rows(now, "influence"),
        people=dict(rows(now, "person")),
        notices=rows(now, "procurement_notice"),
        choice=now.the("pilot_choice").record,
        completed=completed(now),
    )


def steps(now: Snapshot) -> list[report.Step]:
    """The tasks of the plan as the report needs them."""
    people = _names(now)
    return [
        report.Step(
            row.label(),
            row.finish,
            is_done(row),
            row.done or (row.finish if is_done(row) else None),
            people.get(row.owner or "", ""),
        )
        for _, row in task_rows(now)
    ]


def reports(now: Snapshot) -> list[tuple[str, Any, report.Report]]:
    """Every progress report as it is drawn now: identifier, record, report; the newest first, by :data:`report.ORDER`."""
    found = []
    today = dt.date.today()
    interests = len(conduct.open_interests(rows(now, "conflict_interest")))
    for id_, row in rows(now, "progress_report"):
        until = min(row.period_end or today, today)
        results = [one.sentence for one in monitoring.series(rows(now, "measure"), _by(now, until)) if one.points]
        asked = [one for one in opinions(now) if (row.period_start or dt.date.min) <= one.period_end <= until]
        results += monitoring.opinion_words(asked)
        reached, due = periods_of.milestones(task_rows(now), until)
        said = periods_of.reached_words(reached, due, periods_of.what_counts(task_rows(now)))
        results.insert(0, f"Up to {day(until)} {said}.")  # the period may still run
        money = monitoring.spending(rows(now, "budget_line"), today, row.period_start, row.period_end)
        drawn = report.draw(
            row,
            steps(now),
            money,
            rows(now, "risk"),
            rows(now, "service_change"),
            results,
            interests,
            high=high_risks(now),
            people=_names(now),
            watch=_watch(now),
        )
        found.append((id_, row, drawn))
    newest_first = sorted(enumerate(found), key=lambda one: (one[1][1].period_end or dt.date.min, one[0]), reverse=True)
    return [one for _, one in newest_first]


def newest(now: Snapshot, *, draft: bool = False) -> tuple[str, Any, report.Report] | None:
    """The report that is meant where nobody says which, as :func:`reports` orders them; ``draft``: of those not issued."""
    return next((one for one in reports(now) if not (draft and one[1].issued)), None)


def _names(now: Snapshot) -> dict[str, str]:
    return {id_: row.label() for id_, row in rows(now, "person")}


def high_risks(now: Snapshot) -> list[str]:
    """The open risks that the group has rated high, the highest first."""
    return [one.id for one in risks.ratings(rows(now, "risk"), shown(now)) if one.level == "high"]


def _watch(now: Snapshot) -> list[str]:
    """Back-up plans whose trigger is reached, and figures of the contract that are not met."""
    found = [conduct.contingency_words(row) for _, row in rows(now, "contingency") if conduct.reached(row)]
    missed = [row for _, row in rows(now, "performance") if "not met" in conduct.met(row)]
    if still := waiting(now, risks.BALLOT):
        found.append(f"Rating of the risks: {still}")
    return found + [
        f"{row.label()}: {plain_number(row.actual)}, target {plain_number(row.target)}, not met." for row in missed
    ]


def _by(now: Snapshot, day: dt.date) -> list[tuple[str, Any]]:
    return [(id_, row) for id_, row in rows(now, "reading") if row.period_end and row.period_end <= day]


def gaps(now: Snapshot) -> Sequence[StageGap]:
    """What still stands in the way of “Do”."""
    return [
        *(gap for gap in monitoring.gaps(series(now)) if gap.sentence.startswith("No measure")),
        *conduct.contingency_gaps(rows(now, "contingency")),
        *fair.gaps(fair_facts(now)),
        *conduct.after_gaps(rows(now, "continuation")),
    ]


def comms_gaps(now: Snapshot) -> list[StageGap]:
    """What the communications plan lacks today."""
    return list(comms.gaps(rows(now, "communication"), rows(now, "stakeholder"), dt.date.today(), importance(now)))
