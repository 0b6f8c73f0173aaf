"""Review: what happened, what people said, which method, and what comes next."""

from typing import ClassVar

from pspworkbook.records.ballot import WholeNumber
from pspworkbook.records.fields import (
    Date,
    HowMuch,
    Line,
    Origin,
    Percentage,
    Pounds,
    Quantity,
    Text,
    Years,
    YesNo,
    ask,
    choice,
    reference,
)
from pspworkbook.records.record import Record
from pspworkbook.records.sroi import Grade

Purpose = choice(
    learn="Learn and make it better",
    decide="Decide what comes next",
    account="Account to those who pay",
    tell="Tell everybody what changed",
)
Much = choice(little="Little", some="Some", plenty="Plenty")
Audience = choice(users="People who use it", partners="The partners", funders="Funders and boards", public="The public")
FeedbackSource = choice(
    talk="Said in conversation",
    survey="A survey",
    card="A comment card",
    meeting="A meeting",
    provider="Staff and volunteers",
    complaint="A complaint",
)
Next = choice(
    roll_out="Roll it out to everyone",
    replicate="Do the same in another place",
    change="Go on, with changes",
    repeat="Pilot again",
    stop="Stop",
)


class ReviewPlan(Record):
    """When it ends, and how long each step towards what follows takes: the dates are counted back from it."""

    kind: ClassVar[str] = "review_plan"
    noun: ClassVar[str] = "End and lead times"
    plural: ClassVar[str] = "End and lead times"
    tool: ClassVar[str] = "RV-1"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "what_ends"

    what_ends: Line = ask("What ends", example="The council's money for the pilot", needed=True)
    ends: Date = ask("The day on which it ends", needed=True)
    continuity: Text = ask("What happens to the people who use it, if nothing is decided by then", needed=True)


class ReviewPoint(Record):
    """A step that has to be done in time for the next one, so that nobody's support breaks."""

    kind: ClassVar[str] = "review_point"
    noun: ClassVar[str] = "Review point"
    plural: ClassVar[str] = "Review calendar"
    tool: ClassVar[str] = "RV-1"
    name_field: ClassVar[str] = "what"

    what: Line = ask("What has to be done", example="Decide on what follows", needed=True, shown="wide")
    purpose: Line = ask("What for", example="So that nobody is left without a meal in April")
    weeks: Quantity = ask("Weeks it takes", example="6", needed=True, shown="narrow")
    order: WholeNumber = ask("Order", "1 comes first; the last one ends on the last day.", needed=True, shown="narrow")
    inputs: Text = ask("What it needs", "Figures, views, decisions.", shown="wide")
    owner: reference("person") = ask("Who sees to it", shown="mid")
    done: Date = ask("Done on", shown="narrow", happened=True)
    task: reference("task") = ask(
        "Which task of the schedule it is",
        "When one of the two is done, so is the other. Left empty, it is the task of the same name.",
    )
    procurement: YesNo = ask(
        "Is it the procurement that stage 5 plans?",
        "Then its dates come from the steps to the contract. Left empty: yes, if it speaks of procuring.",
    )


class Actual(Record):
    """What happened with one outcome. A figure that is left empty is taken as it was forecast."""

    kind: ClassVar[str] = "actual"
    noun: ClassVar[str] = "Actual figure"
    plural: ClassVar[str] = "What happened"
    tool: ClassVar[str] = "RV-2"
    name_field: ClassVar[str] = "name"

    outcome: reference("outcome") = ask("Which outcome", "Empty for a change that nobody forecast.", shown="mid")
    name: Line = ask("In words", "For a change that nobody forecast: what changed, and for whom.", shown="wide")
    quantity: HowMuch = ask(
        "How many it was",
        "Empty means: not measured. Nothing is assumed in its place.",
        shown="narrow",
        group="Figures",
    )
    financial_proxy: Pounds = ask("Value of one, £", shown="narrow", group="Figures")
    duration: Years = ask("Years it lasts", group="Figures")
    deadweight: Percentage = ask("Deadweight", group="Figures")
    displacement: Percentage = ask("Displacement", group="Figures")
    attribution: Percentage = ask("Share due to others", group="Figures")
    drop_off: Percentage = ask("Drop-off", group="Figures")
    grade: Grade = ask("How well it is known", shown="mid", group="Evidence")
    source: Line = ask("Where the figure comes from", group="Evidence")
    verified_by: Line = ask("Verified by", "Somebody who did not collect it.", group="Evidence")
    why: Text = ask(
        "Why it came out otherwise",
        shown="wide",
        group="Evidence",
        reason_for=("quantity", "financial_proxy", "duration", "deadweight", "displacement", "attribution", "drop_off"),
    )
    origin: Origin = ask("Made from", default="", group="Evidence")


class ActualInput(Record):
    """What somebody really put in."""

    kind: ClassVar[str] = "actual_input"
    noun: ClassVar[str] = "Actual input"
    plural: ClassVar[str] = "What was put in"
    tool: ClassVar[str] = "RV-2"
    name_field: ClassVar[str] = "name"

    input: reference("input") = ask("Which input", "Empty for one that nobody forecast.", shown="mid")
    name: Line = ask("In words", shown="wide")
    value: Pounds = ask("Value, £", needed=True, shown="narrow")
    why: Text = ask("Why it came out otherwise", shown="wide", reason_for=("value",))
    origin: Origin = ask("Made from", default="")


class Feedback(Record):
    """What somebody said, and what was done about it."""

    kind: ClassVar[str] = "feedback"
    noun: ClassVar[str] = "Piece of feedback"
    plural: ClassVar[str] = "Feedback"
    tool: ClassVar[str] = "RV-3"
    name_field: ClassVar[str] = "words"

    date: Date = ask("When", needed=True, shown="narrow", happened=True)
    source: FeedbackSource = ask("How it came", needed=True, shown="mid")
    stakeholder: reference("stakeholder") = ask("Which group", shown="mid")
    words: Text = ask("In their words", "Nothing that shows who said it.", needed=True, shown="wide")
    theme: Line = ask(
        "Theme",
        "One or two words; the same for the same matter. Those used before are offered.",
        example="Transport",
        needed=True,
        offered=True,
    )
    requirement: reference("design_requirement") = ask(
        "Which requirement it is about", "What the design was to do: does it, as they see it?"
    )
    consent: YesNo = ask("May be quoted", "Only then is it in “You said, we did”.", needed=True)
    action: Text = ask("What we did about it", shown="wide")
    told: Date = ask("They were told on", not_before="date", happened=True)
    origin: Origin = ask("Made from", default="")

    def label(self) -> str:
        """The words, cut short: a survey brings whole paragraphs."""
        said = " ".join(self.words.split())
        return said if len(said) <= 80 else f"{said[:79].rstrip()}…" if said else super().label()


class ReviewMethod(Record):
    """What the review is for and what there is for it; from this the methods that fit."""

    kind: ClassVar[str] = "review_method"
    noun: ClassVar[str] = "Choice of method"
    plural: ClassVar[str] = "Choice of method"
    tool: ClassVar[str] = "RV-4"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "chosen"

    purpose: Purpose = ask("What it is mainly for", needed=True)
    audience: Audience = ask("Who will read it", needed=True)
    time: Much = ask("Time for it", needed=True)
    data: Much = ask("Figures and records that are there", needed=True)
    skills: Much = ask("People who know how to do it", needed=True)
    money_view: YesNo = ask("Must value be shown in pounds?", needed=True)
    chosen: Line = ask("What we chose")
    reason: Text = ask("Why")


class MandatoryIndicator(Record):
    """Something that a funder or a law wants counted. What is counted already is not counted twice."""

    kind: ClassVar[str] = "mandatory_indicator"
    noun: ClassVar[str] = "Mandatory indicator"
    plural: ClassVar[str] = "Mandatory indicators"
    tool: ClassVar[str] = "RV-5"
    name_field: ClassVar[str] = "indicator"

    indicator: Line = ask("Indicator", needed=True, shown="wide")
    required_by: Line = ask("Who requires it", needed=True, shown="mid")
    measure: reference("measure") = ask(
        "Counted already as", "Empty: it has to be collected for this alone.", shown="mid"
    )
    hours: Quantity = ask("Hours a year, if collected for this alone", shown="narrow")
    origin: Origin = ask("Made from", default="")


class RollOut(Record):
    """What comes after: the decision, its conditions, and who decided."""

    kind: ClassVar[str] = "rollout"
    noun: ClassVar[str] = "Decision on what comes next"
    plural: ClassVar[str] = "Decision on what comes next"
    tool: ClassVar[str] = "RV-6"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "decision"

    decision: Next = ask("What was decided", needed=True)
    reasons: Text = ask("Why", needed=True)
    conditions: Text = ask("On which conditions", "One on each line.")
    dissent: Text = ask("Views that differ", "A sector or a role, not a name.")
    route: Line = ask("How it will be procured", "As the route record of stage 5 says.")
    decided_by: Line = ask("Who decided", needed=True)
    date: Date = ask("Decided on", needed=True)


class Rewritten(Record):
    """A statement that named what is delivered, said again as what changes."""

    kind: ClassVar[str] = "rewritten"
    noun: ClassVar[str] = "Statement"
    plural: ClassVar[str] = "Statements said again"
    tool: ClassVar[str] = "RV-7"
    name_field: ClassVar[str] = "statement"

    statement: Line = ask("As it was", needed=True, shown="wide")
    again: Line = ask("As a change in somebody's life", needed=True, shown="wide")
    origin: Origin = ask("Made from", default="")


class TrainingNeed(Record):
    """What people have to learn before they can take part in the review."""

    kind: ClassVar[str] = "training_need"
    noun: ClassVar[str] = "Piece of training"
    plural: ClassVar[str] = "Training for the review"
    tool: ClassVar[str] = "RV-8"
    name_field: ClassVar[str] = "method"

    method: Line = ask("In what", example="Asking about change without leading", needed=True, shown="wide")
    who: Line = ask("Who needs it", needed=True, shown="mid")
    hours: Quantity = ask("Hours each", needed=True, shown="narrow")
    by: Date = ask("By when", shown="narrow")
    worth_it: YesNo = ask("In proportion to what it is for", shown="narrow")


class Replication(Record):
    """An item of an event at which others learn what was done here."""

    kind: ClassVar[str] = "replication"
    noun: ClassVar[str] = "Item of the event"
    plural: ClassVar[str] = "Event for those who might do the same"
    tool: ClassVar[str] = "RV-10"
    name_field: ClassVar[str] = "what"

    what: Line = ask("What", needed=True, shown="wide")
    who: Line = ask("By whom", "People who use it first.", needed=True, shown="mid")
    minutes: Quantity = ask("Minutes", needed=True, shown="narrow")
    for_whom: Line = ask("For whom", shown="mid")


class LocalMultiplier(Record):
    """What the Local Multiplier is about: the money that came in, and what counts as local."""

    kind: ClassVar[str] = "lm3"
    noun: ClassVar[str] = "Local Multiplier"
    plural: ClassVar[str] = "Local Multiplier"
    tool: ClassVar[str] = "RV-4"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "area"

    area: Line = ask("What counts as local", example="Within 20 miles of the hall", needed=True)
    income: Pounds = ask(
        "Money that came in, £", "Round 1. Empty: the payments below are taken for the whole.", example="25,900"
    )
    period: Line = ask("In which time", example="November 2025 to October 2026")


class Spender(Record):
    """Where a part of the money went, for the Local Multiplier: staff or suppliers, and how much they spend nearby."""

    kind: ClassVar[str] = "lm3_round"
    noun: ClassVar[str] = "Payment"
    plural: ClassVar[str] = "Where the money went"
    tool: ClassVar[str] = "RV-4"
    name_field: ClassVar[str] = "who"

    who: Line = ask("Staff or supplier", "A group will do, such as “kitchen staff”.", needed=True, shown="wide")
    paid: Pounds = ask("Paid to them, £", needed=True, shown="narrow")
    local: YesNo = ask("Are they local", "Where they live or have their business.", needed=True, shown="narrow")
    respent: Percentage = ask("Share of it that they spend locally", "Ask them.", example="40%", shown="narrow")


MODELS: tuple[type[Record], ...] = (
    *(ReviewPlan, ReviewPoint, Actual, ActualInput, Feedback, ReviewMethod, MandatoryIndicator, RollOut),
    *(Rewritten, TrainingNeed, Replication, LocalMultiplier, Spender),
)
