"""Do: communications, monitoring, performance, and what is reported. Openness and people stand in ``conduct``."""

from typing import Any, ClassVar

from pspworkbook.records.conduct import MODELS as CONDUCT
from pspworkbook.records.fields import Date, Line, Origin, Pounds, Quantity, Text, YesNo, ask, choice, reference
from pspworkbook.records.record import Record

Often = choice(
    once="Once",
    weekly="Every week",
    monthly="Every month",
    quarterly="Every three months",
    half_yearly="Every six months",
    yearly="Every year",
)
Form = choice(
    usual="As usual, in plain English",
    large_print="Large print",
    easy_read="Easy Read",
    audio="Read aloud or recorded",
    bsl="British Sign Language",
    braille="Braille",
    translated="Another language",
    talk="By word of mouth",
)
Colour = choice(green="Green: on course", amber="Amber: needs watching", red="Red: needs a decision")
Better = choice(more="More is better", less="Less is better")


class CommsPlan(Record):
    """What the partnership wants to reach by talking to people, and what it says again and again."""

    kind: ClassVar[str] = "comms_plan"
    noun: ClassVar[str] = "Communications plan"
    plural: ClassVar[str] = "Communications plan"
    tool: ClassVar[str] = "DO-2"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "version"

    objectives: Text = ask("What we want to reach", "One aim on each line.", needed=True)
    messages: Text = ask(
        "Main messages", "One on each line. Short enough to be said by anybody, at any door.", needed=True
    )
    version: Line = ask("Version", example="3", needed=True)
    date: Date = ask("As at", needed=True)
    owner: reference("person") = ask("Who keeps it up to date", needed=True)  # type: ignore[valid-type]
    review: Date = ask("Looked at again on", needed=True, not_before="date")


class Communication(Record):
    """One message to one group: what, when, how, by whom; and what came back."""

    kind: ClassVar[str] = "communication"
    noun: ClassVar[str] = "Communication"
    plural: ClassVar[str] = "Communications"
    tool: ClassVar[str] = "DO-2"
    name_field: ClassVar[str] = "message"

    date: Date = ask("When, or when first", needed=True, shown="narrow", group="What")
    frequency: Often = ask("How often", default="once", needed=True, group="What")
    until: Date = ask("Until", "Leave it empty if it goes on.", group="What", not_before="date")
    stakeholder: reference("stakeholder") = ask("To whom", needed=True, shown="mid", group="What")  # type: ignore[valid-type]
    message: Line = ask(
        "What, and what for", example="When the club opens, and how to come", needed=True, shown="wide", group="What"
    )
    channel: Line = ask("How", example="Leaflet at the chemist’s", needed=True, shown="mid", group="How")
    format: Form = ask("In which form", default="usual", needed=True, group="How")
    access: Line = ask(
        "What else helps these people to take part",
        "For the group, not for one person: what a person needs stays in the list of people.",
        example="Hearing loop; a lift home",
        group="How",
    )
    owner: reference("person") = ask("Who does it", needed=True, shown="mid", group="How")  # type: ignore[valid-type]
    done: Date = ask(
        "Done on",
        "Where it comes again: the last time that it was done.",
        shown="narrow",
        group="What came of it",
        happened=True,
    )
    feedback: Text = ask("What came back", "What people said, and what you do about it.", group="What came of it")
    origin: Origin = ask("Made from", default="")


class Reading(Record):
    """What one measure stood at, at the end of one period."""

    kind: ClassVar[str] = "reading"
    noun: ClassVar[str] = "Reading"
    plural: ClassVar[str] = "Readings"
    tool: ClassVar[str] = "DO-3"
    name_field: ClassVar[str] = "period_end"

    measure: reference("measure") = ask("Measure", needed=True, shown="wide")  # type: ignore[valid-type]
    period_end: Date = ask("Period ends on", needed=True, shown="narrow", happened=True)
    value: Quantity = ask("Value", needed=True, private=True, shown="narrow", not_above="n")
    n: Quantity = ask(
        "From how many people",
        "How many people the value tells about; for “20 of 27” it is 27. Without it, or below 5, the value is not shown.",
        example="27",
        needed=True,
        private=True,
        shown="narrow",
    )
    counts_people: YesNo = ask(
        "Is the value a number of these people?",
        "Yes for “20 of 27 went out”. No for an average, such as friends that each of them has.",
    )
    note: Line = ask("Note", "What has to be known to read it rightly. No names.", shown="mid")

    def compared(self, name: str) -> Any:
        """An average may be above the number of people; 20 of 12 people may not."""
        return super().compared(name) if name != "value" or self.counts_people else None


class Satisfaction(Record):
    """What one group thought of the service in one period."""

    kind: ClassVar[str] = "satisfaction"
    noun: ClassVar[str] = "Satisfaction figure"
    plural: ClassVar[str] = "Satisfaction"
    tool: ClassVar[str] = "DO-3"
    name_field: ClassVar[str] = "period_end"

    stakeholder: reference("stakeholder") = ask("Whose", needed=True, shown="mid")  # type: ignore[valid-type]
    period_end: Date = ask("Period ends on", needed=True, shown="narrow", happened=True)
    asked: Line = ask("What they were asked, and how", example="“Would you come again?”, at lunch", shown="wide")
    satisfied: Quantity = ask("How many were satisfied", needed=True, private=True, shown="narrow", not_above="n")
    n: Quantity = ask("How many answered", needed=True, private=True, shown="narrow")
    note: Text = ask("What they said", "So that nobody can be recognised.")


class PeriodNote(Record):
    """What has to be known to read the figures of one period."""

    kind: ClassVar[str] = "period_note"
    noun: ClassVar[str] = "Note on a period"
    plural: ClassVar[str] = "Notes on periods"
    tool: ClassVar[str] = "DO-3"
    name_field: ClassVar[str] = "note"

    period_end: Date = ask("Period ends on", needed=True, shown="narrow", happened=True)
    note: Line = ask("What has to be known about it", needed=True, shown="wide")
    by: reference("person") = ask("Who says so", shown="mid")  # type: ignore[valid-type]


class Performance(Record):
    """One figure that the contract or the agreement asks for, and how it stands."""

    kind: ClassVar[str] = "performance"
    noun: ClassVar[str] = "Performance figure"
    plural: ClassVar[str] = "Contract and service performance"
    tool: ClassVar[str] = "DO-4"
    name_field: ClassVar[str] = "kpi"

    kpi: Line = ask("What is counted", example="Meals served hot", needed=True, shown="wide")
    target: Quantity = ask("Target", needed=True, shown="narrow")
    actual: Quantity = ask("Actual", "Leave it empty while nobody knows.", shown="narrow")
    better: Better = ask("Which way is good", default="more", needed=True)
    as_at: Date = ask("As at", shown="narrow")
    where: Line = ask("Where it is looked after", "The contract or the report that holds the whole.", shown="mid")
    origin: Origin = ask("Made from", default="")


class ProcurementNotice(Record):
    """A notice or a document of the procurement: where it was published, and when."""

    kind: ClassVar[str] = "procurement_notice"
    noun: ClassVar[str] = "Notice"
    plural: ClassVar[str] = "Notices"
    tool: ClassVar[str] = "DO-1"
    name_field: ClassVar[str] = "notice"

    step: reference("procurement_step") = ask("Step of the procurement", shown="mid")  # type: ignore[valid-type]
    notice: Line = ask("Notice or document", example="Contract notice", needed=True, shown="wide")
    published: Date = ask("Published on", needed=True, shown="narrow")
    where: Line = ask("Where", example="Public Contracts Scotland", needed=True, shown="mid")
    reply_by: Date = ask("Replies by", shown="narrow", not_before="published")
    bids: YesNo = ask("Are the replies the bids?", "No for an early notice that only asks the market.", shown="narrow")
    owner: reference("person") = ask("Who answers for it", needed=True)  # type: ignore[valid-type]


class ServiceChange(Record):
    """Something that happened, what it did to the plan, and what was changed on whose word."""

    kind: ClassVar[str] = "service_change"
    noun: ClassVar[str] = "Change"
    plural: ClassVar[str] = "Change log"
    tool: ClassVar[str] = "DO-5"
    name_field: ClassVar[str] = "event"

    date: Date = ask("On", needed=True, shown="narrow")
    event: Line = ask("What happened", needed=True, shown="wide")
    effect: Text = ask("What it did to the plan or the service", needed=True, shown="wide")
    change: Text = ask("What was changed", needed=True, shown="wide")
    task: reference("task") = ask("Task of the plan that it touches")  # type: ignore[valid-type]
    money: Pounds = ask("What it costs, £", "A saving with a minus.")
    agreed_by: Line = ask("Agreed by", "Who, and at which meeting. Leave it empty while it is open.", shown="mid")
    agreed_on: Date = ask("Agreed on", happened=True)
    outcomes_change: YesNo = ask("Does it change what people get out of it?", "Then look at the measures again.")


class ProgressReport(Record):
    """One report to the steering group. When it is issued, its words are kept as they stood on that day."""

    kind: ClassVar[str] = "progress_report"
    noun: ClassVar[str] = "Progress report"
    plural: ClassVar[str] = "Progress reports"
    tool: ClassVar[str] = "PL-3"
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "title"

    title: Line = ask("Title", example="Progress report, third quarter", needed=True, shown="wide", group="Report")
    period_start: Date = ask("From", needed=True, shown="narrow", group="Report")
    period_end: Date = ask("To", needed=True, shown="narrow", group="Report", not_before="period_start")
    to: Line = ask("To whom", default="Steering group", needed=True, shown="mid", group="Report")
    meeting: Date = ask("For the meeting of", group="Report")
    comments: Text = ask("In short", "What the group should know before it reads the tables.", group="Words")
    decisions: Text = ask("What the group is asked to decide", "One on each line.", group="Words")
    colour: Colour = ask(
        "Colour, if not the one worked out", "Only with a reason: it is printed beside the rule.", group="Colour"
    )
    colour_reason: Text = ask("Why this colour", group="Colour", reason_for=("colour",))
    issued: Date = ask("Issued on", shown="narrow", group="Issued", happened=True)
    issued_text: Text = ask(
        "As it was issued", "Kept by the button “Issue”. Do not change it: people hold it on paper.", group="Issued"
    )


MODELS: tuple[type[Record], ...] = (
    CommsPlan,
    Communication,
    Reading,
    Satisfaction,
    PeriodNote,
    Performance,
    ProcurementNotice,
    ServiceChange,
    ProgressReport,
    *CONDUCT,
)
