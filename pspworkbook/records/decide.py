"""To PSP or not: the questions on the way, and the decision that they lead to."""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Text, YesNo, ask, choice, reference
from pspworkbook.records.lists import BenefitFor, BenefitKind, Challenge, HowFar, MarketHeading, PspPrinciple
from pspworkbook.records.partnership import Sector
from pspworkbook.records.record import Record

Likely = choice(low="Not very", middling="Fairly", high="Very")
Ripe = choice(helps="Helps a partnership", neutral="Neither", hinders="Hinders it", unknown="Not known")
Mature = choice(
    yes="Yes, suitable partners are there",
    nearly="Nearly; something has to be built up first",
    no="No, not yet",
    unknown="We do not know enough",
)
OptionKind = choice(
    psp="Form a PSP",
    develop="Develop the market first",
    grant="Give a grant",
    tender="Buy it now",
    other="Work together in another way",
    nothing="Leave things as they are",
)
Agreement = choice(agree="We agree", disagree="We disagree, and know it", open="Still open")


class PspTest(Record):
    """Is it a PSP? What the definition asks. The leads of the two sectors stand in the partnership's own form."""

    kind: ClassVar[str] = "psp_test"
    noun: ClassVar[str] = "Definition test"
    plural: ClassVar[str] = "Definition test"
    tool: ClassVar[str] = "TP-1"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "checked_by"

    co_design: HowFar = ask(
        "Is the service designed together?", "By both sectors and the people who use it.", needed=True
    )
    more_than_buying: HowFar = ask("Is it about commissioning as a whole, not only about buying?", needed=True)
    lawful: HowFar = ask(
        "Will the service be procured as the law requires?",
        "Whichever route is right, which need not be a tender.",
        needed=True,
    )
    may_lose: HowFar = ask("Does the third sector partner accept that it may not get the contract?", needed=True)
    notes: Text = ask("Notes")
    checked_by: Line = ask("Checked by")
    date: Date = ask("On")


class Principle(Record):
    """A principle that the partners have agreed on; it goes into the values of the MoU."""

    kind: ClassVar[str] = "principle"
    noun: ClassVar[str] = "Principle"
    plural: ClassVar[str] = "Agreed principles"
    tool: ClassVar[str] = "TP-2"
    name_field: ClassVar[str] = "wording"

    item: PspPrinciple = ask("Which of the six", needed=True, shown="mid")
    wording: Line = ask("In our words", needed=True, shown="wide")
    concern: Text = ask("Concerns that were raised", shown="mid")
    agreed: YesNo = ask("Agreed by all", needed=True, shown="narrow")


class Benefit(Record):
    """A benefit that a group expects; it can become an outcome of the SROI forecast."""

    kind: ClassVar[str] = "benefit"
    noun: ClassVar[str] = "Expected benefit"
    plural: ClassVar[str] = "Expected benefits"
    tool: ClassVar[str] = "TP-3"
    name_field: ClassVar[str] = "what"

    what: Line = ask("What gets better", needed=True, shown="wide")
    group: BenefitFor = ask("For whom", needed=True, shown="mid")
    item: BenefitKind = ask("Kind", needed=True, shown="narrow")
    likely: Likely = ask("How likely", shown="narrow")
    evidence: Text = ask("What it rests on", shown="mid")
    owner: reference("person") = ask("Who sees to it", shown="mid")  # type: ignore[valid-type]
    unfair: YesNo = ask(
        "Could it give a provider an unfair start?", "What a partner learns here must not tilt a later procurement."
    )


class ChallengeAnswer(Record):
    """A challenge and what the partnership does about it; it seeds the risk register."""

    kind: ClassVar[str] = "challenge"
    noun: ClassVar[str] = "Challenge"
    plural: ClassVar[str] = "Challenges"
    tool: ClassVar[str] = "TP-4"
    name_field: ClassVar[str] = "item"

    item: Challenge = ask("Challenge", needed=True, shown="mid")
    here: Line = ask("What it means here", needed=True, shown="wide")
    response: Text = ask("What we do about it", needed=True, shown="wide")
    owner: reference("person") = ask("Who sees to it", needed=True, shown="mid")  # type: ignore[valid-type]
    risk: YesNo = ask("Put it into the risk register", default=True, shown="narrow")


class Action(Record):
    """Something to be done because an answer was weak, or views were split."""

    kind: ClassVar[str] = "action"
    noun: ClassVar[str] = "Action"
    plural: ClassVar[str] = "Actions"
    tool: ClassVar[str] = "TP-5"
    name_field: ClassVar[str] = "what"

    what: Line = ask("What is to be done", needed=True, shown="wide")
    owner: reference("person") = ask("Who sees to it", needed=True, shown="mid")  # type: ignore[valid-type]
    by: Date = ask("By when", needed=True, shown="narrow")
    done: Date = ask("Done on", shown="narrow", happened=True)
    ballot: Line = ask("From which ballot")
    question: Line = ask("From which question", shown="mid")


class MarketFinding(Record):
    """What is known of the market under one of eight headings."""

    kind: ClassVar[str] = "market_finding"
    noun: ClassVar[str] = "Finding"
    plural: ClassVar[str] = "Market analysis"
    tool: ClassVar[str] = "TP-7"
    name_field: ClassVar[str] = "item"

    item: MarketHeading = ask("Heading", needed=True, shown="mid")
    now: Text = ask("Now", needed=True, shown="wide")
    later: Text = ask("In some years", shown="mid")
    source: Line = ask("Source and date", needed=True, shown="mid")
    effect: Ripe = ask("For a partnership this", needed=True, shown="mid")


class Market(Record):
    """Is the market ripe for a partnership? If not, how could it be helped to grow?"""

    kind: ClassVar[str] = "market"
    noun: ClassVar[str] = "Judgement of the market"
    plural: ClassVar[str] = "Judgement of the market"
    tool: ClassVar[str] = "TP-7"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True

    name: Line = ask("Which market", example="Meals and company for older people", needed=True)
    mature: Mature = ask("Is it ripe?", needed=True)
    reasons: Text = ask("Why", needed=True)
    develop: Text = ask(
        "What would help it to grow",
        "Training, shared information, smaller lots, support for consortia, start-up help (check it as a subsidy).",
    )
    judged_by: Line = ask("Who judged")
    date: Date = ask("On")


class Legacy(Record):
    """Something that should last when the partnership is over."""

    kind: ClassVar[str] = "legacy"
    noun: ClassVar[str] = "Legacy"
    plural: ClassVar[str] = "What will last"
    tool: ClassVar[str] = "TP-11"
    name_field: ClassVar[str] = "what"

    what: Line = ask("What should last", needed=True, shown="wide")
    how: Text = ask("How it is kept going", "People, money, places.", needed=True, shown="wide")
    owner: reference("person") = ask("Who owns it", needed=True, shown="mid")  # type: ignore[valid-type]
    review: Date = ask("Looked at again on", needed=True, shown="narrow")


class Assumption(Record):
    """Something that was taken for granted, said aloud. What each person thinks of it is a ballot."""

    kind: ClassVar[str] = "assumption_card"
    noun: ClassVar[str] = "Assumption"
    plural: ClassVar[str] = "Hidden assumptions"
    tool: ClassVar[str] = "TP-12"
    name_field: ClassVar[str] = "statement"

    statement: Line = ask("Statement", "As bluntly as somebody might think it.", needed=True, shown="wide")
    card: Line = ask("Card of the ballot", "Its key, if it came from a card.")
    state: Agreement = ask("Where we stand", needed=True, shown="mid")
    agreed: Text = ask("What we agreed, or why we differ", shown="wide")
    owner: reference("person") = ask("Who follows it up", shown="mid")  # type: ignore[valid-type]


class Advocate(Record):
    """Somebody who has been trained to explain PSPs to others."""

    kind: ClassVar[str] = "advocate"
    noun: ClassVar[str] = "Advocate"
    plural: ClassVar[str] = "Advocates"
    tool: ClassVar[str] = "TP-13"
    name_field: ClassVar[str] = "role"

    role: Line = ask("Role", example="Team leader, housing", needed=True, shown="wide")
    person: reference("person") = ask("Person", "If in the list of people.", shown="mid")  # type: ignore[valid-type]
    sector: Sector = ask("Sector", needed=True, shown="mid")
    trained_on: Date = ask("Trained on", shown="narrow", happened=True)
    reach: Line = ask("Whom they reach", example="All tenants' groups in the north", shown="wide")


class Option(Record):
    """One way to go."""

    kind: ClassVar[str] = "option"
    noun: ClassVar[str] = "Option"
    plural: ClassVar[str] = "Options"
    tool: ClassVar[str] = "TP-10"

    name: Line = ask("Option", needed=True, shown="mid")
    what: OptionKind = ask("Kind", needed=True, shown="mid")
    speaks_for: Text = ask("What speaks for it", needed=True, shown="wide")
    speaks_against: Text = ask("What speaks against it", needed=True, shown="wide")


class Decision(Record):
    """To PSP or not: what was decided, by whom, and why."""

    kind: ClassVar[str] = "decision"
    noun: ClassVar[str] = "Decision"
    plural: ClassVar[str] = "Decision"
    tool: ClassVar[str] = "TP-10"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "question"

    question: Line = ask("What was to be decided", default="Is a PSP the right way to meet this need?", needed=True)
    option: reference("option") = ask("What was decided", needed=True)  # type: ignore[valid-type]
    reasons: Text = ask(
        "Why",
        "So that somebody who was not there can follow it. It may be asked for under freedom of information.",
        needed=True,
    )
    decided_by: Text = ask("Who decided", "Roles and organisations.", needed=True)
    date: Date = ask("On", needed=True)
    next: Text = ask("What happens next")


class Condition(Record):
    """Something that must be so for the decision to hold."""

    kind: ClassVar[str] = "condition"
    noun: ClassVar[str] = "Condition"
    plural: ClassVar[str] = "Conditions"
    tool: ClassVar[str] = "TP-10"
    name_field: ClassVar[str] = "what"

    what: Line = ask("Condition", needed=True, shown="wide")
    owner: reference("person") = ask("Who sees to it", needed=True, shown="mid")  # type: ignore[valid-type]
    by: Date = ask("By when", needed=True, shown="narrow")
    met: Date = ask("Met on", shown="narrow", happened=True)


class Dissent(Record):
    """A view that differs from the decision. It is kept beside it; nobody is named."""

    kind: ClassVar[str] = "dissent"
    noun: ClassVar[str] = "Differing view"
    plural: ClassVar[str] = "Differing views"
    tool: ClassVar[str] = "TP-10"
    name_field: ClassVar[str] = "view"

    view: Line = ask("The view", needed=True, shown="wide")
    sector: Sector = ask("Sector", "A sector or a role, not a name.", shown="mid")
    reasons: Text = ask("Why", shown="wide")
    answer: Text = ask("What the others say to it", shown="wide")


MODELS = (
    PspTest,
    Principle,
    Benefit,
    ChallengeAnswer,
    Action,
    MarketFinding,
    Market,
    Legacy,
    Assumption,
    Advocate,
    Option,
    Decision,
    Condition,
    Dissent,
)
