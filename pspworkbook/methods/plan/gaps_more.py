"""What stands in the way of “Plan”, second half: money, risks, measures, the pilot and procurement. Pure functions."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.methods.plan import budget, measures, pilot, risks
from pspworkbook.records import Answer, Outcome
from pspworkbook.records.budget import BudgetLine
from pspworkbook.records.measures import Measure
from pspworkbook.records.pilot import PilotChoice, PilotItem, PilotQuestion, PilotTerm
from pspworkbook.records.procurement import ProcurementRoute
from pspworkbook.records.risk import Blocker, Risk


@dataclass(frozen=True)
class MoreFacts:
    """What this half of the stage knows."""

    budget: Rows[BudgetLine] = ()
    risks: Rows[Risk] = ()
    blockers: Rows[Blocker] = ()
    measures: Rows[Measure] = ()
    outcomes: Rows[Outcome] = ()
    choice: PilotChoice = field(default_factory=PilotChoice)
    items: Rows[PilotItem] = ()
    questions: Rows[PilotQuestion] = ()
    terms: Rows[PilotTerm] = ()
    route: ProcurementRoute = field(default_factory=ProcurementRoute)
    answers: Sequence[Answer] = ()


def gaps_more(facts: MoreFacts, today: dt.date) -> Iterator[StageGap]:
    """What really stops a plan; niceties stay with their tools."""
    if not facts.budget:
        yield StageGap(
            "PL-5", "There is no budget yet. Write down what each partner puts in, and when.", BudgetLine.kind
        )
    for gap in budget.gaps(facts.budget, today):
        if gap.field in ("actual", "period_end"):
            yield gap
    for gap in risks.gaps(facts.risks, today):
        if gap.field in ("", "owner", "response"):
            yield gap
    if not facts.measures:
        yield StageGap("PL-12", "No outcome has a measure yet. Say how you will know.", Measure.kind)
    for gap in measures.gaps(facts.measures, facts.outcomes):
        if gap.field in ("", "collector", "baseline") and facts.measures:
            yield gap
    yield from pilot.gaps(facts.choice, facts.items, facts.questions, pilot.balance(facts.answers), today)
    if facts.choice.decision == "pilot" and not facts.terms:
        yield StageGap("PL-16", "A pilot was decided. Say who gives what to it.", PilotTerm.kind)
    missing = facts.route.missing()
    if missing:
        sentence = "The procurement route is not settled. Ask procurement, and write down way, reasons and advice."
        yield StageGap("PL-18", sentence, facts.route.kind, facts.route.kind, missing[0].name)
    for id_, row in facts.blockers:
        if row.settled is None and not (row.approach and row.owner):
            name = "owner" if row.approach else "approach"
            yield StageGap("PL-23", f"“{row.label()}”: say how you meet it, and who does.", row.kind, id_, name)
