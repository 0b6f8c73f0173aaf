"""What the rules of stage 5, second half, need to know, read from the workbook."""

from typing import Any

from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, spread
from pspworkbook.methods.plan.gaps_more import MoreFacts
from pspworkbook.widgets.snapshot import Snapshot

STAKEHOLDER_BALLOT, SCALE = "stakeholder-map", (1, 2, 3, 4, 5)


def rows(now: Snapshot, kind: str) -> list[tuple[str, Any]]:
    """All records of a kind as (identifier, record)."""
    return [(entry.id, entry.record) for entry in now.records(kind)]


def answers(now: Snapshot) -> list[Any]:
    """Every answer to every ballot."""
    return [record for _, record in rows(now, "answer")]


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
    last: dict[tuple[int, str], int] = {}
    for one in answers(now):
        if (one.ballot, one.item) == (STAKEHOLDER_BALLOT, f"{id_}.{part}") and one.value in SCALE:
            last[one.round, one.sheet] = one.value
    for number in sorted({round_ for round_, _ in last}, reverse=True):
        mine = [value for (round_, _), value in last.items() if round_ == number]
        if len(mine) >= ENOUGH_TO_SAY:
            return spread(mine, SCALE).median
    return None
