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
from pspworkbook.workbook.undo import ORDINARY


def forecast_gaps(now: Snapshot) -> list[Gap]:
    """What is missing from the SROI forecast, step by step."""

    def find() -> list[Gap]:
        scope = now.the("forecast")
        lists = [
            [(entry.id, entry.record) for entry in now.records(kind)] for kind in ("stakeholder", "input", "outcome")
        ]
        return list(gaps((scope.id, scope.record), *lists))  # type: ignore[arg-type]

    return now.once(("gaps of", "forecast"), find)  # type: ignore[no-any-return]


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


def gaps_of(now: Snapshot, stage: str) -> Sequence[Gap | StageGap]:
    """What is missing from a stage, worked out anew only when something that its rules read has changed."""
    return now.once(("gaps of", stage), lambda: list(GAPS[stage](now)))  # type: ignore[no-any-return]


def confirmation_of(now: Snapshot, stage: str) -> tuple[int, int] | None:
    """The confirmation of a stage as (line of the log, number of open points that were known), or None."""
    found = [entry for entry in now.records("confirmation") if entry.record.stage == stage]
    if not found:
        return None
    said = found[-1].seq
    if found[-1].version > 1:  # undo or redo has brought it back: it speaks of the moment when somebody said it
        key = ("confirmation", found[-1].id)
        body = found[-1].record.body()
        said = max((seq for seq, action, *_, after in now.workbook.lines_of([key])[key] if after == body and action in ORDINARY), default=said)  # fmt: skip
    return said, len(found[-1].record.open_points.splitlines())


def _entered(now: Snapshot, stage: str) -> bool:
    """Whether there is anything: what was added and removed again is no beginning."""
    return any(now.the(kind).version if KINDS[kind].single else now.records(kind) for kind in KINDS_OF[stage])


def status_of(now: Snapshot, key: str) -> Status:
    """The status of one stage, by its key, worked out anew only when something that it rests on has changed."""
    return now.once(("status", key), lambda: _status(now, key))  # type: ignore[no-any-return]


def _status(now: Snapshot, key: str) -> Status:
    stage = next((stage for stage in stages() if stage.key == key), None)
    if key not in GAPS or stage is None or not stage.there:
        there = stage is not None and stage.there
        return Status(
            "not started" if there and key != "library" else "later", "" if there else "not in this version yet"
        )
    changed = changed_at(now, key)
    confirmed = confirmation_of(now, key)
    since = confirmed[0] if confirmed else 0

    def moved(other: str) -> int:
        """The last line that makes a stage other than it was when this one was confirmed; 0 when it stands as then."""
        return now.altered_since(since, KINDS_OF[other]) if since < changed_at(now, other) else 0

    names = {stage.key: stage.name for stage in stages()}
    return status(
        entered=changed > 0 and _entered(now, key),
        in_the_way=len(gaps_of(now, key)),
        confirmed_at=confirmed[0] if confirmed else None,
        known_open=confirmed[1] if confirmed else 0,
        changed_at=moved(key) if confirmed else changed,
        rests_on_changed_at=max((moved(other) for other in RESTS_ON[key]), default=0) if confirmed else 0,
        rests_on_changed=[names[other] for other in RESTS_ON[key] if moved(other)] if confirmed else [],
    )


def changed_at(now: Snapshot, key: str) -> int:
    """The last line of the log that altered what belongs to a stage; 0 when there is none."""
    return max((now.last_change(kind) for kind in KINDS_OF[key]), default=0)


def statuses(now: Snapshot) -> dict[str, Status]:
    """The status of every stage, by its key."""
    return {stage.key: status_of(now, stage.key) for stage in stages()}
