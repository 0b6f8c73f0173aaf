"""Plan: scope, schedule, deliverables, roles, resources, the steering group and its terms."""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Origin, Percentage, Quantity, Text, YesNo, ask, choice, reference
from pspworkbook.records.record import Record

Part = choice(
    responsible="Does it",
    accountable="Answers for it",
    consulted="Is asked before",
    informed="Is told after",
)
Size = choice(small="Small", middling="Middling", large="Large")
Depth = choice(light="Light", standard="Standard", full="Full")
Weight = choice(must="Must", should="Should", could="Could", later="Not this time")
CameAbout = choice(yes="Yes", partly="Partly", no="No", unknown="Not known yet")


class Scope(Record):
    """What the plan is about, and what it is not."""

    kind: ClassVar[str] = "scope"
    noun: ClassVar[str] = "Scope statement"
    plural: ClassVar[str] = "Scope statement"
    tool: ClassVar[str] = "PL-1"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "area"

    inside: Text = ask("What is in it", "One on each line.", needed=True, group="Scope")
    outside: Text = ask(
        "What is not in it", "What somebody might expect, and will not find.", needed=True, group="Scope"
    )
    users: Text = ask("For whom", needed=True, group="Scope")
    area: Line = ask("Where", needed=True, group="Scope")
    outcomes: Text = ask("What should change", "As the people who live it would say it.", needed=True, group="Scope")
    constraints: Text = ask("What cannot be changed", "Money, time, law, places.", group="Limits")
    assumptions: Text = ask("What we take for granted", group="Limits")
    agreed_by: Line = ask("Agreed by", group="Limits")
    date: Date = ask("Agreed on", group="Limits")
    origin: Origin = ask("Made from", default="")


class DesignRequirement(Record):
    """What the design must do, so that a journey becomes as people want it."""

    kind: ClassVar[str] = "design_requirement"
    noun: ClassVar[str] = "Design requirement"
    plural: ClassVar[str] = "Design requirements"
    tool: ClassVar[str] = "PL-1"

    name: Line = ask("What the design must do", needed=True, shown="wide", group="The requirement")
    why: Text = ask("Why", "What it is like today.", shown="wide", group="The requirement")
    priority: Weight = ask("How much it matters", needed=True, shown="narrow", group="The requirement")
    test: Text = ask(
        "How we will see that it does",
        "Something that can be counted, or asked.",
        needed=True,
        shown="wide",
        group="The requirement",
    )
    depends_on: Line = ask("Who else has to act", "Where part of it is outside our control.", group="Who and what")
    journey: reference("journey") = ask("Whose journey it comes from", shown="mid", group="Who and what")
    deliverable: reference("deliverable") = ask("Which deliverable does it", group="Who and what")
    met: CameAbout = ask("Did it come about", "At the review.", group="At the review")
    met_how: Text = ask("What shows it", group="At the review")
    origin: Origin = ask("Made from", default="", group="At the review")


class Task(Record):
    """Something to be done between two days, or a milestone on one day."""

    kind: ClassVar[str] = "task"
    noun: ClassVar[str] = "Task"
    plural: ClassVar[str] = "Schedule"
    tool: ClassVar[str] = "PL-2"

    name: Line = ask("Task", example="Fit the minibus with a lift", needed=True, shown="wide")
    phase: Line = ask("Phase", example="Setting up")
    milestone: YesNo = ask("A milestone", "Something that is reached on one day.")
    owner: reference("person") = ask("Who sees to it", needed=True, shown="mid")
    start: Date = ask("Starts", needed=True, shown="narrow")
    finish: Date = ask("Ends", needed=True, shown="narrow", not_before="start")
    done_share: Percentage = ask("Done so far", example="50%", shown="narrow")
    done: Date = ask("Done on", happened=True)
    after: reference("task") = ask("Cannot begin before this is done")
    after_too: reference("task") = ask("Nor before this")
    after_also: reference("task") = ask("Nor before that")
    note: Text = ask("Note")
    origin: Origin = ask("Made from", default="")


class Deliverable(Record):
    """Something that the plan makes: what it is for, and how anybody will see that it is good."""

    kind: ClassVar[str] = "deliverable"
    noun: ClassVar[str] = "Deliverable"
    plural: ClassVar[str] = "Deliverables"
    tool: ClassVar[str] = "PL-6"

    name: Line = ask("What is made", needed=True, shown="wide")
    purpose: Text = ask("What for", needed=True, shown="wide")
    criteria: Text = ask("When is it good enough", "Something that can be looked at.", needed=True, shown="wide")
    owner: reference("person") = ask("Who sees to it", needed=True, shown="mid")
    due: Date = ask("Due on", needed=True, shown="narrow")
    accepted: Date = ask("Accepted on", happened=True)
    task: reference("task") = ask("Made in which task")


class Responsibility(Record):
    """The part of one person in one piece of work."""

    kind: ClassVar[str] = "responsibility"
    noun: ClassVar[str] = "Role in a piece of work"
    plural: ClassVar[str] = "Roles and responsibilities"
    tool: ClassVar[str] = "PL-4"
    name_field: ClassVar[str] = "what"

    what: Line = ask("Piece of work", example="The kitchen", needed=True, shown="wide")
    person: reference("person") = ask("Who", needed=True, shown="mid")
    part: Part = ask("Their part", needed=True, shown="mid")


class Resource(Record):
    """People or things that the plan needs, and what that does to people who work there already."""

    kind: ClassVar[str] = "resource"
    noun: ClassVar[str] = "Resource"
    plural: ClassVar[str] = "Resource plan"
    tool: ClassVar[str] = "PL-10"

    name: Line = ask("Role or thing", example="Driver", needed=True, shown="wide")
    hours: Quantity = ask("Hours a month", shown="narrow")
    provided_by: Line = ask("Who provides it", needed=True, shown="mid")
    begins: Date = ask("From", shown="narrow")
    staff: YesNo = ask("Does it change the work of people who are employed now", needed=True, shown="mid")
    effect: Text = ask("What it changes for them", "Hours, place, employer, duties.")
    advice_by: Line = ask(
        "Who advised on a transfer of staff (TUPE)", "A role. Ask before anybody is told that they stay or go."
    )
    advice_on: Date = ask("Advised on", happened=True)


class ResourceGap(Record):
    """What is needed and not there, and how it could be found."""

    kind: ClassVar[str] = "resource_gap"
    noun: ClassVar[str] = "Gap"
    plural: ClassVar[str] = "Gaps in resources"
    tool: ClassVar[str] = "PL-11"
    name_field: ClassVar[str] = "what"

    what: Line = ask("What", example="Drivers on Fridays", needed=True, shown="wide")
    need: Quantity = ask("Needed", needed=True, shown="narrow")
    have: Quantity = ask("There now", needed=True, shown="narrow")
    option: Text = ask("How it could be filled", needed=True, shown="wide")
    partner: reference("candidate") = ask("Which further partner could help", shown="mid")
    origin: Origin = ask("Made from", default="")


class SteeringTerms(Record):
    """The terms of reference of the steering group."""

    kind: ClassVar[str] = "steering_terms"
    noun: ClassVar[str] = "Terms of reference"
    plural: ClassVar[str] = "Terms of reference"
    tool: ClassVar[str] = "PL-13"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "purpose"

    purpose: Text = ask("What the group is for", needed=True)
    decides: Text = ask("What it decides, and what it only advises on", needed=True)
    quorum: Quantity = ask("How many must be there to decide", needed=True)
    balance: Text = ask("How it is made sure that users and both sectors weigh the same", needed=True)
    meets: Line = ask("How often it meets", example="Every six weeks", needed=True)
    escalation: Text = ask("Where it turns when it cannot agree", needed=True)


class Meeting(Record):
    """A meeting of the steering group: what it approved, and who was there."""

    kind: ClassVar[str] = "meeting"
    noun: ClassVar[str] = "Meeting"
    plural: ClassVar[str] = "Meetings of the steering group"
    tool: ClassVar[str] = "PL-13"
    name_field: ClassVar[str] = "purpose"

    date: Date = ask("On", needed=True, shown="narrow")
    purpose: Line = ask("What for", needed=True, shown="wide")
    approves: reference("task") = ask("Which milestone it is to approve", shown="mid")
    present: Text = ask("Who was there", "One name on each line, spelt as in the list of people.")
    apologies: Text = ask("Who sent apologies", "One name on each line.")
    there: Quantity = ask("How many members were there", "Only if no names are written down.", shown="narrow")
    decisions: Text = ask("What was decided", shown="wide")
    interests: YesNo = ask("Conflicts of interest were asked for", "The standing item of every agenda.")


class Screening(Record):
    """Who takes part, how many will leave, and how their place is filled."""

    kind: ClassVar[str] = "screening"
    noun: ClassVar[str] = "Group of participants"
    plural: ClassVar[str] = "Who takes part"
    tool: ClassVar[str] = "PL-21"
    name_field: ClassVar[str] = "who"

    who: Line = ask("Which group", needed=True, shown="wide")
    criteria: Text = ask("Who can take part", "The same for everybody.", needed=True, shown="wide")
    people: Quantity = ask("How many", needed=True, shown="narrow")
    leave: Percentage = ask("Share expected to leave", example="20%", needed=True, shown="narrow")
    cover: Text = ask("How their places are filled", shown="wide")


class MethodChoice(Record):
    """How much planning is right here: from size, risk and skills."""

    kind: ClassVar[str] = "method_choice"
    noun: ClassVar[str] = "How much planning"
    plural: ClassVar[str] = "How much planning"
    tool: ClassVar[str] = "PL-22"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "reason"

    size: Size = ask("How large is it", "Money, people, places.", needed=True)
    risk: Size = ask("How much could go wrong", needed=True)
    skills: Size = ask("How much experience with plans is there", needed=True)
    depth: Depth = ask("What we chose instead", "Empty: as the rule says.")
    reason: Line = ask("Why")


class RollOutPhase(Record):
    """One phase of a roll-out: where, from when, and what must be true before the next."""

    kind: ClassVar[str] = "roll_out_phase"
    noun: ClassVar[str] = "Phase"
    plural: ClassVar[str] = "Phased roll-out"
    tool: ClassVar[str] = "PL-24"
    name_field: ClassVar[str] = "area"

    area: Line = ask("Where", needed=True, shown="wide")
    start: Date = ask("From", needed=True, shown="narrow")
    test: Text = ask("What must be true before the next begins", needed=True, shown="wide")
    passed: Date = ask("True since", shown="narrow", happened=True)


MODELS: tuple[type[Record], ...] = (
    *(
        Scope,
        DesignRequirement,
        Task,
        Deliverable,
        Responsibility,
        Resource,
        ResourceGap,
        SteeringTerms,
        Meeting,
        Screening,
    ),
    *(MethodChoice, RollOutPhase),
)
