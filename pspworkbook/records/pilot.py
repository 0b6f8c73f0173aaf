"""The pilot: whether to have one, on which terms, the questions it raises, and what can be carried over."""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Origin, Percentage, Pounds, Text, YesNo, ask, choice, reference
from pspworkbook.records.lists import HowFar, PilotQuestionKey, PilotReason
from pspworkbook.records.record import Record
from pspworkbook.records.sroi import Contribution

PilotDecision = choice(
    pilot="Try it out as a pilot first",
    phased="Bring it in step by step, without a pilot",
    straight="Go straight to procurement",
    neither="Neither; look again at the design",
)
Resourced = choice(
    like="Like the service would be",
    more="More than the service would have",
    less="Less than the service would have",
    unknown="Not known",
)
Shift = choice(less="Less than in the pilot", same="The same", more="More than in the pilot")


class PilotChoice(Record):
    """Pilot or not: what was decided, by whom and why, and whether it has been approved."""

    kind: ClassVar[str] = "pilot_choice"
    noun: ClassVar[str] = "Decision on a pilot"
    plural: ClassVar[str] = "Decision on a pilot"
    tool: ClassVar[str] = "PL-14"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "decision"

    decision: PilotDecision = ask("What was decided", needed=True, group="Decision")
    reasons: Text = ask("Why", "So that somebody who was not there can follow it.", needed=True, group="Decision")
    dissent: Text = ask(
        "Views that differ",
        "What speaks against it in the eyes of those who would have decided otherwise. A sector or a role, not a name.",
        group="Decision",
    )
    decided_by: Line = ask("Who decided", needed=True, group="Decision")
    date: Date = ask("Decided on", needed=True, group="Decision")
    where: Line = ask("Where the pilot runs, and for whom", group="The pilot")
    starts: Date = ask("Pilot starts", group="The pilot")
    ends: Date = ask("Pilot ends", group="The pilot", not_before="starts")
    approved: YesNo = ask(
        "Approved",
        "It counts only when all seven questions before a pilot are answered; the page says which are not.",
        group="Approval",
    )
    approved_by: Line = ask("Approved by", "Such as the steering group.", group="Approval")
    approved_on: Date = ask("Approved on", group="Approval", happened=True)


class PilotItem(Record):
    """One reason for or against a pilot, as it stands here. How much it weighs is asked of everyone as a ballot."""

    kind: ClassVar[str] = "pilot_item"
    noun: ClassVar[str] = "Reason"
    plural: ClassVar[str] = "Reasons for and against a pilot"
    tool: ClassVar[str] = "PL-14"
    name_field: ClassVar[str] = "item"

    item: PilotReason = ask("Reason", needed=True, shown="mid")
    applies: HowFar = ask("Does it apply here?", needed=True, shown="narrow")
    evidence: Text = ask("What it rests on", needed=True, shown="wide")
    answer: Text = ask("What we do about it", "For what speaks against a pilot.", shown="wide")


class PilotQuestion(Record):
    """One of the seven questions on fairness and value that a pilot raises, and its answer."""

    kind: ClassVar[str] = "pilot_question"
    noun: ClassVar[str] = "Question before a pilot"
    plural: ClassVar[str] = "Seven questions before a pilot"
    tool: ClassVar[str] = "PL-15"
    name_field: ClassVar[str] = "item"

    item: PilotQuestionKey = ask("Question", needed=True, shown="mid")
    answer: Text = ask("Answer", needed=True, shown="wide")
    evidence: Line = ask("Where it is written down", "A document, a minute, a web address.", needed=True, shown="mid")
    advised_by: Line = ask("Who advised", "Name the role: procurement, law.", needed=True, shown="mid")
    date: Date = ask("Answered on", needed=True, shown="narrow", happened=True)


class PilotTerm(Record):
    """What one partner gives to the pilot, who looks after it, who pays, and how the rules are kept."""

    kind: ClassVar[str] = "pilot_term"
    noun: ClassVar[str] = "Term of the pilot"
    plural: ClassVar[str] = "Terms of the pilot"
    tool: ClassVar[str] = "PL-16"
    name_field: ClassVar[str] = "what"

    contributor: Line = ask("Who gives", "The partner, as it is spelt in the budget.", needed=True, shown="mid")
    what: Line = ask("What", example="The minibus, five days a week", needed=True, shown="wide")
    contribution: Contribution = ask("Kind", default="money", needed=True)
    value: Pounds = ask(
        "Value, £", "For the whole pilot; what it would cost on the market.", needed=True, shown="narrow"
    )
    manager: Line = ask("Who looks after it", needed=True, shown="mid")
    payer: Line = ask("Who pays", needed=True, shown="mid")
    subsidy: reference("subsidy") = ask("Its subsidy check", "From stage 2, where there is one.")  # type: ignore[valid-type]
    compliance: Text = ask(
        "How the rules are kept",
        "Procurement, subsidy control, fair work: what was looked at, and what came of it.",
        needed=True,
    )
    origin: Origin = ask("Made from", default="")


class AnnexVersion(Record):
    """One version of the annex to the Memorandum of Understanding, and what changed with it."""

    kind: ClassVar[str] = "annex_version"
    noun: ClassVar[str] = "Version of the annex"
    plural: ClassVar[str] = "Versions of the annex"
    tool: ClassVar[str] = "PL-16"
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "version"

    version: Line = ask("Version", example="1.0", needed=True, shown="narrow")
    date: Date = ask("Of", needed=True, shown="narrow")
    agreed_by: Line = ask("Agreed by", needed=True, shown="mid")
    changed: Text = ask("What changed", needed=True, shown="wide")


class TransferCheck(Record):
    """How the pilot differed from the place where the service may go next, and what that does to one outcome."""

    kind: ClassVar[str] = "transfer_check"
    noun: ClassVar[str] = "Outcome to carry over"
    plural: ClassVar[str] = "Would it work elsewhere?"
    tool: ClassVar[str] = "PL-17"
    name_field: ClassVar[str] = "condition"

    outcome: reference("outcome") = ask("Outcome", needed=True, shown="mid")  # type: ignore[valid-type]
    area: Line = ask("Where it may go next", needed=True, shown="mid")
    condition: Line = ask(
        "How it was in the pilot", example="Two more drivers than the service can pay for", needed=True, shown="wide"
    )
    resourced: Resourced = ask("The pilot’s means were", needed=True)
    difference: Text = ask("How it will be there", needed=True, shown="wide")
    shift: Shift = ask("What to expect there", needed=True, shown="mid")
    adjustment: Percentage = ask(
        "By how much", "A share of the pilot’s result: 20% less, or 10% more.", example="20%", shown="narrow"
    )
    reason: Text = ask("Why so much", "What the share rests on.", needed=True)
    origin: Origin = ask("Made from", default="")


MODELS: tuple[type[Record], ...] = (PilotChoice, PilotItem, PilotQuestion, PilotTerm, AnnexVersion, TransferCheck)
