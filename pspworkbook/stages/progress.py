"""How far the stages of a workbook are: the facts for the rule in ``methods.progress``."""

import datetime as dt
from collections.abc import Callable, Sequence

from pspworkbook.guide.path import stages
from pspworkbook.methods import stage_gaps
from pspworkbook.methods.findings import StageGap
from pspworkbook.methods.progress import KINDS_OF, RESTS_ON, Status, status
from pspworkbook.methods.sroi.gaps import Gap, gaps
from pspworkbook.records import KINDS
from pspworkbook.stages.facts import analyse as analyse_facts
from pspworkbook.stages.facts import decide as decide_facts
from pspworkbook.stages.facts import do, plan, review
from pspworkbook.stages.facts import form as form_facts
from pspworkbook.stages.facts import identify as identify_facts
from pspworkbook.widgets.snapshot import Snapshot


def forecast_gaps(now: Snapshot) -> list[Gap]:
    """What is missing from the SROI forecast, step by step."""
    scope = now.the("forecast")
    lists = [[(entry.id, entry.record) for entry in now.records(kind)] for kind in ("stakeholder", "input", "outcome")]
    return list(gaps((scope.id, scope.record), *lists))  # type: ignore[arg-type]


def analyse_gaps(now: Snapshot) -> list[Gap | StageGap]:
    """What is missing from “Analyse”: from the forecast, and from the tools beside it."""
    return [*forecast_gaps(now), *analyse_facts.gaps(now)]


def start_gaps(now: Snapshot) -> list[Gap]:
    """What is missing from the partnership's own page."""
    entry = now.the("partnership")
    return [
        Gap("scope", f"{spec.title} is not filled in yet.", "partnership", entry.id, spec.name)
        for spec in entry.record.missing()
    ]


def identify_gaps(now: Snapshot) -> list[StageGap]:
    """What is missing from “Identify the need”."""
    return list(stage_gaps.gaps_identify(identify_facts.facts(now), dt.date.today()))


def decide_gaps(now: Snapshot) -> list[StageGap]:
    """What is missing from “To PSP or not”."""
    tests = [(entry.id, entry.record) for entry in now.records("subsidy_test")]
    return list(stage_gaps.gaps_decide(decide_facts.facts(now), tests, dt.date.today()))


def form_gaps(now: Snapshot) -> list[StageGap]:
    """What is missing from “Form a partnership”."""
    return list(stage_gaps.gaps_form(form_facts.facts(now)))


GAPS: dict[str, Callable[[Snapshot], Sequence[Gap | StageGap]]] = {
    "start": start_gaps,
    "identify": identify_gaps,
    "decide": decide_gaps,
    "form": form_gaps,
    "analyse": analyse_gaps,
    "plan": plan.gaps,
    "do": do.gaps,
    "review": review.gaps,
}


def confirmation_of(now: Snapshot, stage: str) -> tuple[int, int] | None:
    """The confirmation of a stage as (line of the log, number of open points that were known), or None."""
    found = [entry for entry in now.records("confirmation") if entry.record.stage == stage]
    return (found[-1].seq, len(found[-1].record.open_points.splitlines())) if found else None


def _entered(now: Snapshot, stage: str) -> bool:
    """Whether there is anything: what was added and removed again is no beginning."""
    return any(now.the(kind).version if KINDS[kind].single else now.records(kind) for kind in KINDS_OF[stage])


def statuses(now: Snapshot) -> dict[str, Status]:
    """The status of every stage, by its key."""
    changed = {stage: max((now.last_change(kind) for kind in KINDS_OF[stage]), default=0) for stage in GAPS}
    known: dict[str, Status] = {}
    names = {stage.key: stage.name for stage in stages()}
    for stage in stages():
        if stage.key not in GAPS or not stage.there:
            known[stage.key] = Status(
                "not started" if stage.there and stage.key != "library" else "later",
                "" if stage.there else "not in this version yet",
            )
            continue
        confirmed = confirmation_of(now, stage.key)
        since = confirmed[0] if confirmed else 0
        known[stage.key] = status(
            entered=_entered(now, stage.key) if changed[stage.key] else False,
            in_the_way=len(GAPS[stage.key](now)),
            confirmed_at=confirmed[0] if confirmed else None,
            known_open=confirmed[1] if confirmed else 0,
            changed_at=changed[stage.key],
            rests_on_changed_at=max((changed[other] for other in RESTS_ON[stage.key]), default=0),
            rests_on_changed=[names[other] for other in RESTS_ON[stage.key] if changed[other] > since],
        )
    return known
