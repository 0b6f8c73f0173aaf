"""Forming a partnership: partners and how they were found, people and their time, workshops, hard conversations."""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Origin, Quantity, Text, YesNo, ask, choice, reference
from pspworkbook.records.lists import FormingStep, HowFar
from pspworkbook.records.partnership import Sector
from pspworkbook.records.record import Record

Found = choice(
    open="Open call",
    umbrella="Through an umbrella body or the third sector interface",
    existing="We knew them already",
    came="They came to us",
)
Conflict = choice(none="None declared", declared="One declared", not_asked="Not asked yet")
Chosen = choice(waiting="Not decided yet", chosen="Chosen", not_chosen="Not chosen", withdrew="Withdrew")
Seat = choice(team="Project team", steering="Steering group", both="Both")
Level = choice(strategic="Strategic: can decide and commit", operational="Operational: does the work", both="Both")
Brings = choice(
    lived="Life with the need, or care for somebody",
    operations="Running services",
    procurement="Procurement",
    finance="Money",
    law="Law and data protection",
    design="Design and evidence",
    communication="Communication",
    leadership="Leadership",
    other="Something else",
)
Voting = choice(votes="Votes", advises="Advises, without a vote")


class FormingStepDone(Record):
    """One of the five steps of forming a partnership, and how far it is."""

    kind: ClassVar[str] = "forming_step"
    noun: ClassVar[str] = "Step"
    plural: ClassVar[str] = "Forming path"
    tool: ClassVar[str] = "FP-1"
    name_field: ClassVar[str] = "item"

    item: FormingStep = ask("Step", needed=True, shown="mid")
    done: HowFar = ask("Done?", needed=True, shown="narrow")
    date: Date = ask("On", shown="narrow")
    note: Text = ask("Note", shown="wide")


class Candidate(Record):
    """An organisation that could become a partner: how it was found, and why it was chosen or not."""

    kind: ClassVar[str] = "candidate"
    noun: ClassVar[str] = "Possible partner"
    plural: ClassVar[str] = "Partner finder"
    tool: ClassVar[str] = "FP-2"

    name: Line = ask("Organisation", needed=True, shown="mid", group="Who")
    sector: Sector = ask("Sector", needed=True, shown="mid", group="Who")
    brings: Text = ask("What it brings", needed=True, shown="wide", group="Who")
    found: Found = ask("How it was found", needed=True, shown="mid", group="How it was found")
    invited: Date = ask("Invited on", needed=True, group="How it was found", happened=True)
    told: YesNo = ask(
        "Told that nothing promises it a contract",
        "That the way to procure is looked at after the design, and may be a tender.",
        needed=True,
        group="How it was found",
    )
    conflict: Conflict = ask(
        "Conflict of interest", default="not_asked", needed=True, private=True, group="Fair choice"
    )
    conflict_answer: Text = ask("How the conflict is dealt with", private=True, group="Fair choice")
    chosen: Chosen = ask("Outcome", default="waiting", needed=True, shown="mid", group="Fair choice")
    reason: Text = ask("Reason", "By which criteria? The same for everyone.", shown="wide", group="Fair choice")
    decided_by: Line = ask("Who decided", group="Fair choice")


class StaffTime(Record):
    """The time that one person can really give, and who agreed to it."""

    kind: ClassVar[str] = "staff_time"
    noun: ClassVar[str] = "Promise of time"
    plural: ClassVar[str] = "Staff time"
    tool: ClassVar[str] = "FP-3"
    name_field: ClassVar[str] = "what_for"

    person: reference("person") = ask("Who", needed=True, shown="mid")  # type: ignore[valid-type]
    what_for: Line = ask("What the time is for", example="Team meetings and interviews", shown="wide")
    hours: Quantity = ask("Hours a month", example="14", needed=True, shown="narrow")
    approved: YesNo = ask("Agreed by a senior person", needed=True, shown="narrow")
    approved_by: Line = ask("Who agreed", "A role.", shown="mid")
    cover: reference("person") = ask("Who stands in", shown="mid")  # type: ignore[valid-type]


class Member(Record):
    """A place in the project team or the steering group. Name, sector and access needs stand in the list of people."""

    kind: ClassVar[str] = "member"
    noun: ClassVar[str] = "Member"
    plural: ClassVar[str] = "Team and steering group"
    tool: ClassVar[str] = "FP-6"
    name_field: ClassVar[str] = "role"

    person: reference("person") = ask("Who", needed=True, shown="mid")  # type: ignore[valid-type]
    seat: Seat = ask("Where", needed=True, shown="mid")
    role: Line = ask("Role there", example="Chair", shown="mid")
    level: Level = ask("Level", needed=True, shown="mid")
    brings: Brings = ask("What they bring", needed=True, shown="mid")
    influence: Text = ask(
        "Where they have influence", "Which departments, boards or groups listen to them?", private=True
    )
    deputy: reference("person") = ask("Deputy", shown="mid")  # type: ignore[valid-type]
    voting: Voting = ask("Vote")
    contact: YesNo = ask("Main contact for their organisation")
    stakeholder: reference("stakeholder") = ask("For which group they speak", "From the list of stakeholders.")  # type: ignore[valid-type]
    origin: Origin = ask("Made from", default="")


class Induction(Record):
    """An introduction given to somebody who joined later."""

    kind: ClassVar[str] = "induction"
    noun: ClassVar[str] = "Induction"
    plural: ClassVar[str] = "Inductions"
    tool: ClassVar[str] = "FP-7"
    name_field: ClassVar[str] = "by"

    person: reference("person") = ask("Who joined", needed=True, shown="mid")  # type: ignore[valid-type]
    date: Date = ask("On", needed=True, shown="narrow")
    by: Line = ask("Given by", shown="mid")
    questions: Text = ask("What they asked, and what they saw with fresh eyes", shown="wide")


class CriticalFriend(Record):
    """What somebody from outside saw, and what the partnership made of it."""

    kind: ClassVar[str] = "critical_friend"
    noun: ClassVar[str] = "Note from a critical friend"
    plural: ClassVar[str] = "Critical friends and other projects"
    tool: ClassVar[str] = "FP-8"
    name_field: ClassVar[str] = "seen"

    who: Line = ask("Who", "A person from outside, or another project.", needed=True, shown="mid")
    seen: Line = ask("What they saw", needed=True, shown="wide")
    response: Text = ask("What we do with it", needed=True, shown="wide")
    date: Date = ask("On", needed=True, shown="narrow")


class HardConversation(Record):
    """Something that is hard to say, and a step that all could agree on."""

    kind: ClassVar[str] = "hard_conversation"
    noun: ClassVar[str] = "Hard conversation"
    plural: ClassVar[str] = "Hard conversations"
    tool: ClassVar[str] = "FP-9"
    name_field: ClassVar[str] = "issue"

    issue: Line = ask("What it is about", needed=True, shown="wide")
    raised_by: Sector = ask("Raised from", "A sector, not a person.", private=True)
    facilitated_by: Line = ask("Who leads the conversation", "Best somebody with no stake in it.", shown="mid")
    talked_on: Date = ask("Talked on", shown="narrow", happened=True)
    step: Text = ask("Step that was agreed", shown="wide")
    done: Date = ask("Done on", shown="narrow", not_before="talked_on", happened=True)


class Workshop(Record):
    """A workshop: what it is for and what there is to work with."""

    kind: ClassVar[str] = "workshop"
    noun: ClassVar[str] = "Workshop"
    plural: ClassVar[str] = "Workshops"
    tool: ClassVar[str] = "FP-10"

    name: Line = ask("Name", example="To PSP or not, half a day", needed=True, shown="wide")
    aim: Line = ask("Aim", "What will be there at the end that was not there before?", needed=True, shown="wide")
    date: Date = ask("On", needed=True, shown="narrow")
    starts: Line = ask("Starts at", example="09.30", needed=True, shown="narrow")
    minutes: Quantity = ask(
        "Minutes at hand", "From start to end, breaks included.", example="195", needed=True, shown="narrow"
    )
    people: Quantity = ask("How many people", example="18", needed=True, shown="narrow")
    place: Line = ask("Place")
    tools: Line = ask("Tools", "In order, with commas.", example="ID-3, TP-5, TP-6, TP-10")
    access: Text = ask("Access", "Interpreters, breaks, hearing loop, transport, who is paid for coming.")
    hybrid: YesNo = ask("Some take part from elsewhere")


class AgendaItem(Record):
    """One line of a workshop's run-sheet, changed by hand or added to it."""

    kind: ClassVar[str] = "agenda_item"
    noun: ClassVar[str] = "Agenda item"
    plural: ClassVar[str] = "Agenda items"
    tool: ClassVar[str] = "FP-10"
    name_field: ClassVar[str] = "task"

    workshop: reference("workshop") = ask("Workshop", needed=True)  # type: ignore[valid-type]
    order: Quantity = ask("Place in the order", example="3", needed=True, shown="narrow")
    task: Line = ask("Task", needed=True, shown="wide")
    minutes: Quantity = ask("Minutes", needed=True, shown="narrow")
    tool_id: Line = ask("Tool", example="TP-6", shown="narrow")
    lead: reference("person") = ask("Who leads", shown="mid")  # type: ignore[valid-type]
    say: Text = ask("Words to say", shown="wide")
    screen: Line = ask("On the screen")
    bring: Line = ask("To bring")
    record: Line = ask("To record")


class Expectation(Record):
    """An honest message to a group that will not see a service for some time."""

    kind: ClassVar[str] = "expectation"
    noun: ClassVar[str] = "Message"
    plural: ClassVar[str] = "Honest expectations"
    tool: ClassVar[str] = "FP-11"
    name_field: ClassVar[str] = "message"

    stakeholder: reference("stakeholder") = ask("To whom", needed=True, shown="mid")  # type: ignore[valid-type]
    message: Line = ask("What we say", "What may come of it, what may not, and when.", needed=True, shown="wide")
    how: Line = ask("How", example="At their own meeting", shown="mid")
    date: Date = ask("By", needed=True, shown="narrow")
    owner: reference("person") = ask("Who says it", needed=True, shown="mid")  # type: ignore[valid-type]
    done: Date = ask("Said on", shown="narrow", happened=True)


MODELS = (
    FormingStepDone,
    Candidate,
    StaffTime,
    Member,
    Induction,
    CriticalFriend,
    HardConversation,
    Workshop,
    AgendaItem,
    Expectation,
)
