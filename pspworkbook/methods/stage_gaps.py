"""What still stands in the way of the first three stages, as plain sentences. Pure functions of the records."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.ballots.ballot_results import answered
from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY
from pspworkbook.methods.decide import decision, market
from pspworkbook.methods.decide import subsidy as subsidy_method
from pspworkbook.methods.decide.decision import DecisionFacts
from pspworkbook.methods.findings import Rows, StageGap, unanswered
from pspworkbook.methods.form import induction, lead_funder, partners, staff_time
from pspworkbook.methods.form import mou as mou_method
from pspworkbook.methods.form import team as team_method
from pspworkbook.methods.form.mou import MouFacts
from pspworkbook.methods.identify import coverage, grants, need
from pspworkbook.records import Answer, Person, Record
from pspworkbook.records.agreement import Funder, LeadFunderChoice
from pspworkbook.records.form import Candidate, FormingStepDone, Induction, StaffTime
from pspworkbook.records.identify import Definition, Evidence, GrantConversation, Involvement, NeedStatement, Policy
from pspworkbook.records.subsidy import SubsidyTest

__all__ = ["FormFacts", "IdentifyFacts", "StageGap", "gaps_decide", "gaps_form", "gaps_identify"]

CHECKED_FOR = dt.timedelta(days=365)
"""After a year somebody should look again whether a policy still holds."""


@dataclass(frozen=True)
class IdentifyFacts:
    """What the stage “Identify the need” knows. ``others``: further registers, whose needed fields are looked at."""

    needs: Rows[NeedStatement] = ()
    involvements: Rows[Involvement] = ()
    policies: Rows[Policy] = ()
    evidence: Rows[Evidence] = ()
    definition: Definition = field(default_factory=Definition)
    grants: Rows[GrantConversation] = ()
    answers: Sequence[Answer] = ()
    others: Rows[Record] = ()


def gaps_identify(facts: IdentifyFacts, today: dt.date) -> Iterator[StageGap]:
    """What stands in the way of “Identify the need”."""
    if not facts.needs:
        yield StageGap("ID-3", "No need has been stated yet. What is hard, and for whom?", "need_statement")
    for id_, statement in facts.needs:
        yield from need.check(id_, statement)
    yield from coverage.coverage_gaps(facts.involvements)
    if not facts.evidence:
        yield StageGap("ID-8", "There is no evidence yet. One figure with its source is a beginning.", "evidence")
    for id_, row in (*facts.policies, *facts.evidence, *facts.grants, *facts.others):
        yield from unanswered(id_, row)
    listed = {policy.title.casefold() for _, policy in facts.policies}
    for id_, policy in facts.policies:
        if policy.superseded_by:
            sentence = f"“{policy.label()}” has been replaced by “{policy.superseded_by}”. Put that on the list too."
            if policy.superseded_by.casefold() not in listed:
                yield StageGap("ID-7", sentence, policy.kind, id_, "superseded_by")
        elif policy.checked_on and today - policy.checked_on > CHECKED_FOR:
            sentence = f"“{policy.label()}” was last checked more than a year ago."
            yield StageGap("ID-7", sentence, policy.kind, id_, "checked_on")
    if not facts.definition.text:
        sentence = "Agree what you mean by commissioning, before you look at details."
        yield StageGap("ID-9", sentence, "definition", "definition", "text")
    yield from grants.gaps(facts.grants, today)
    yield from _ballots(("commissioning-style", "co-production"), facts.answers)


def gaps_decide(facts: DecisionFacts, tests: Rows[SubsidyTest], today: dt.date) -> Iterator[StageGap]:
    """What stands in the way of “To PSP or not”."""
    yield from unanswered("psp_test", facts.test)
    yield from _ballots(("principles", "benefits", "challenges", "success-signs", "readiness"), facts.answers)
    yield from market.gaps(facts.findings, ("market", facts.market))
    yield from subsidy_method.gaps(facts.subsidies, tests, today)
    if not facts.advice:
        yield StageGap("TP-9", "Ask for advice on procurement now, not at the end.", "procurement_advice")
    for id_, row in (*facts.advice, *facts.legacies, *facts.assumptions, *facts.options):
        yield from unanswered(id_, row)
    if not facts.legacies:
        yield StageGap("TP-11", "Say what should last, who owns it, and when you look at it again.", "legacy")
    yield from decision.gaps(facts)


@dataclass(frozen=True)
class FormFacts:
    """What the stage “Form a partnership” knows. ``people`` is the list of people by identifier."""

    people: Mapping[str, Person] = field(default_factory=dict)
    steps: Rows[FormingStepDone] = ()
    candidates: Rows[Candidate] = ()
    time: Rows[StaffTime] = ()
    mou: MouFacts = field(default_factory=MouFacts)
    funders: Rows[Funder] = ()
    lead_funder: LeadFunderChoice = field(default_factory=LeadFunderChoice)
    inductions: Rows[Induction] = ()
    answers: Sequence[Answer] = ()
    others: Rows[Record] = ()


def gaps_form(facts: FormFacts) -> Iterator[StageGap]:
    """What stands in the way of “Form a partnership”."""
    done = {row.item for _, row in facts.steps if row.done == "yes"}
    if "procurement" not in done:
        sentence = "Tell possible partners that the way to procure is looked at after the design, and may be a tender."
        yield StageGap("FP-1", sentence, "forming_step", "", "item")
    yield from partners.gaps(facts.candidates)
    yield from staff_time.gaps(facts.time, facts.people)
    yield from team_method.gaps(facts.mou.members, facts.people)
    for blank in mou_method.fill(facts.mou).blanks:
        id_ = blank.kind if blank.kind in ("mou", "partnership") else ""
        yield StageGap(
            "FP-4", f"The MoU still needs: {blank.what[:1].lower() + blank.what[1:]}.", blank.kind, id_, blank.field
        )
    yield from lead_funder.gaps(("lead_funder", facts.lead_funder), facts.funders)
    yield from induction.gaps(facts.mou.members, facts.inductions, dict(facts.people))
    for id_, row in (*facts.funders, *facts.others):
        yield from unanswered(id_, row)
    yield from _ballots(("health-check",), facts.answers)


def _ballots(keys: tuple[str, ...], answers: Sequence[Answer]) -> Iterator[StageGap]:
    for key in keys:
        ballot = ballots()[key]
        if answered(ballot, answers) < ENOUGH_TO_SAY:
            yield StageGap(ballot.tool, f"“{ballot.title}”: fewer than three people have answered.")
