"""The subsidy check: four questions for each piece of help, a ledger of small amounts, seven principles.

The law behind it is in ``data/guide/then_and_now.yaml``, C-01 to C-09. None of this is legal advice.
"""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Pounds, Text, YesNo, ask, choice, reference
from pspworkbook.records.lists import HowFar, SubsidyPrinciple
from pspworkbook.records.record import Record

Limb = choice(yes="Yes", no="No", unsure="Not sure")
Origin = choice(
    here="Planned or given in this partnership", elsewhere="Given earlier, or by somebody else: for the ledger only"
)
Given = choice(planned="Planned", given="Given", dropped="Not going ahead")
Route = choice(
    none="Not a subsidy",
    market="Bought at the market price",
    mfa="Minimal financial assistance",
    spei="Service of public economic interest",
    principles="Tested against the seven principles",
    undecided="Not decided; ask for advice",
)


class Subsidy(Record):
    """One piece of help from public money, and whether it may be a subsidy. Not legal advice."""

    kind: ClassVar[str] = "subsidy"
    noun: ClassVar[str] = "Piece of help"
    plural: ClassVar[str] = "Subsidy checks"
    tool: ClassVar[str] = "TP-8"
    name_field: ClassVar[str] = "item"

    item: Line = ask(
        "What is given",
        "Money, rooms, staff, equipment, a loan, a rebate.",
        example="Hall rent-free for a year",
        needed=True,
        shown="wide",
        group="The help",
    )
    giver: Line = ask("Who gives it", needed=True, shown="mid", group="The help")
    recipient: Line = ask(
        "Who receives it",
        "Spell it in the same way each time: the ledger adds up by name.",
        needed=True,
        shown="mid",
        group="The help",
    )
    value: Pounds = ask(
        "Value, £", "What it would cost on the market.", example="6,000", needed=True, shown="narrow", group="The help"
    )
    date: Date = ask("Date", "The day it is given, or is to be given.", needed=True, shown="narrow", group="The help")
    state: Given = ask("State", default="planned", needed=True, group="The help")
    origin: Origin = ask("Where it belongs", default="here", needed=True, group="The help")
    public: Limb = ask(
        "(a) Does it come from public resources, given by a public authority?",
        "Directly or through somebody else. Money of another funder counts if a public authority in substance decided.",
        group="Four questions",
    )
    public_why: Text = ask("Why, for (a)", group="Four questions")
    advantage: Limb = ask(
        "(b) Does it give an enterprise an economic advantage?",
        "A charity is an enterprise as far as it offers goods or services on a market. Terms that the market would "
        "give are no advantage.",
        group="Four questions",
    )
    advantage_why: Text = ask("Why, for (b)", group="Four questions")
    specific: Limb = ask("(c) Do some enterprises gain over others?", group="Four questions")
    specific_why: Text = ask("Why, for (c)", group="Four questions")
    effect: Limb = ask(
        "(d) Could it affect competition or investment in the UK, or trade or investment with another country?",
        group="Four questions",
    )
    effect_why: Text = ask("Why, for (d)", group="Four questions")
    route: Route = ask("How it is dealt with", shown="mid", group="What follows")
    notified: Date = ask(
        "Receiver told in writing on",
        "Before small amounts or SPEI assistance are given.",
        group="What follows",
        happened=True,
    )
    receiver_confirmed: Date = ask(
        "Receiver's confirmation came on", "In writing: the total will not be passed.", group="What follows"
    )
    confirmation_issued: Date = ask(
        "Confirmation issued on",
        "When it is given. The receiver keeps the record for at least three years.",
        group="What follows",
    )
    advice: Line = ask("Advice from", "Who was asked, and when.", group="What follows")


class SubsidyTest(Record):
    """One of the seven principles, weighed for one piece of help."""

    kind: ClassVar[str] = "subsidy_test"
    noun: ClassVar[str] = "Principle weighed"
    plural: ClassVar[str] = "Seven principles"
    tool: ClassVar[str] = "TP-8"
    name_field: ClassVar[str] = "item"

    subsidy: reference("subsidy") = ask("Which piece of help", needed=True, shown="mid")  # type: ignore[valid-type]
    item: SubsidyPrinciple = ask("Principle", needed=True, shown="wide")
    met: HowFar = ask("Consistent with it?", needed=True, shown="narrow")
    reasons: Text = ask("Reasons", needed=True, shown="wide")
    evidence: Line = ask("Evidence", "A document or a web address.", shown="mid")


class ProcurementAdvice(Record):
    """Advice on procurement or law: what was asked, of whom, and what came back."""

    kind: ClassVar[str] = "procurement_advice"
    noun: ClassVar[str] = "Request for advice"
    plural: ClassVar[str] = "Procurement advice"
    tool: ClassVar[str] = "TP-9"
    name_field: ClassVar[str] = "question"

    question: Line = ask("What was asked", needed=True, shown="wide")
    asked: Line = ask("Who was asked", "A role, such as the council's procurement lead.", needed=True, shown="mid")
    asked_on: Date = ask("Asked on", needed=True, shown="narrow", happened=True)
    by: reference("person") = ask("Who asked")  # type: ignore[valid-type]
    answer: Text = ask("What came back", shown="wide")
    answered_on: Date = ask("Answered on", shown="narrow", not_before="asked_on", happened=True)
    shared: YesNo = ask("May it be shown to all partners?")


MODELS = (Subsidy, SubsidyTest, ProcurementAdvice)
