"""Identify the need: who needs what, who must be in the room, which policy and evidence bear on it."""

from typing import Any, ClassVar

from pydantic import model_validator

from pspworkbook.records.fields import Date, Line, Percentage, Pounds, Quantity, Text, YesNo, ask, choice, reference
from pspworkbook.records.lists import EntryTest, Feature, Group, HowFar
from pspworkbook.records.partnership import Sector
from pspworkbook.records.record import Record
from pspworkbook.records.sources import SourceDate, SourceFigure, sign_to_unit

Involved = choice(
    informed="They are told",
    consulted="They are asked",
    design="They design with us",
    decide="They decide with us",
)
CycleStage = choice(
    identify="Identify the need",
    decide="To PSP or not",
    form="Form a partnership",
    analyse="Analyse",
    plan="Plan",
    do="Do",
    review="Review",
)
Quality = choice(strong="Strong", fair="Fair", weak="Weak", unknown="Not known")
GoOn = choice(go_on="Go on", restart="Start again", pause="Stop for now and find out more")


class ProjectPhase(Record):
    """One activity on the partnership's own timeline."""

    kind: ClassVar[str] = "project_phase"
    noun: ClassVar[str] = "Activity"
    plural: ClassVar[str] = "Timeline"
    tool: ClassVar[str] = "INT-4"
    name_field: ClassVar[str] = "activity"

    phase: Line = ask("Phase", example="Setting up", shown="mid")
    activity: Line = ask("Activity", example="Invite partners", needed=True, shown="wide")
    support: YesNo = ask("Support activity", "Work in the background, such as advice or contracts.", shown="narrow")
    start: Date = ask("Starts", shown="narrow")
    end: Date = ask("Ends", shown="narrow", not_before="start")


class EntryCheck(Record):
    """One of the five things that the 2009 programme asked of a pilot, put to this partnership."""

    kind: ClassVar[str] = "entry_check"
    noun: ClassVar[str] = "Entry requirement"
    plural: ClassVar[str] = "Entry requirements"
    tool: ClassVar[str] = "INT-5"
    name_field: ClassVar[str] = "item"

    item: EntryTest = ask("Requirement", needed=True, shown="mid")
    answer: HowFar = ask("Do we meet it?", needed=True, shown="narrow")
    evidence: Text = ask("How do we know?", shown="wide")


class PspFeature(Record):
    """One of eight marks of strategic commissioning, and whether it can be seen here."""

    kind: ClassVar[str] = "psp_feature"
    noun: ClassVar[str] = "Feature"
    plural: ClassVar[str] = "Features"
    tool: ClassVar[str] = "ID-2"
    name_field: ClassVar[str] = "item"

    item: Feature = ask("Feature", needed=True, shown="mid")
    present: HowFar = ask("Is it so here?", needed=True, shown="narrow")
    evidence: Text = ask("What shows it?", shown="wide")


class NeedStatement(Record):
    """What is hard for whom, before anybody has a service in mind."""

    kind: ClassVar[str] = "need_statement"
    noun: ClassVar[str] = "Need statement"
    plural: ClassVar[str] = "Need statements"
    tool: ClassVar[str] = "ID-3"
    name_field: ClassVar[str] = "difficulty"

    who: Line = ask(
        "Who",
        "The people, as they would call themselves.",
        example="People over 75 who live alone",
        needed=True,
        shown="mid",
        group="The need",
    )
    difficulty: Line = ask(
        "What is hard for them",
        "Not which service is missing: what is difficult?",
        example="They eat alone and seldom leave the house",
        needed=True,
        shown="wide",
        group="The need",
    )
    where: Line = ask(
        "Where", example="Three villages in the north of the area", needed=True, shown="mid", group="The need"
    )
    how_many: Quantity = ask("How many people", example="140", needed=True, shown="narrow", group="The need")
    wishes: Text = ask("What they wish for", "In their own words, if you can.", group="The need")
    evidence: Text = ask(
        "How we know",
        "Figures, conversations, complaints, waiting lists; with their date.",
        needed=True,
        shown="mid",
        group="Evidence",
    )
    who_says: Line = ask(
        "Who says so", "People themselves, carers, staff, a report? How many were asked?", needed=True, group="Evidence"
    )
    blank_sheet: YesNo = ask(
        "Started from a blank sheet",
        "Would it read the same if today's services did not exist?",
        needed=True,
        shown="narrow",
        group="Evidence",
    )


class Involvement(Record):
    """How one of eight groups takes part."""

    kind: ClassVar[str] = "involvement"
    noun: ClassVar[str] = "Group to involve"
    plural: ClassVar[str] = "Groups to involve"
    tool: ClassVar[str] = "ID-4"
    name_field: ClassVar[str] = "group"

    group: Group = ask("Group", needed=True, shown="mid")
    who: Line = ask(
        "Who they are here",
        "The name that later stages use: it is written only once.",
        example="Residents of the three villages",
        shown="mid",
    )
    stakeholder: reference("stakeholder") = ask(
        "Which stakeholder", "If it stands in the list of stakeholders already."
    )  # type: ignore[valid-type]
    person: reference("person") = ask("Named contact", "Somebody in the list of people.", shown="mid")  # type: ignore[valid-type]
    contact: Line = ask("Contact outside the partnership", "If the contact is not in the list of people.", private=True)
    invited: Date = ask("Invited on", happened=True)
    how: Involved = ask("How they take part", needed=True, shown="mid")
    stage: CycleStage = ask("From which stage on", needed=True, shown="mid")
    access_needs: Text = ask(
        "What helps them to take part",
        "Times, places, transport, language, cost, support. Write “none, asked on …” if there is nothing.",
        shown="mid",
    )
    not_needed: Text = ask("Why this group is left out", "Only if it does not concern them at all.")


class Weighting(Record):
    """Where one person, or one group, would put the weight between choice, quality and price."""

    kind: ClassVar[str] = "weighting"
    noun: ClassVar[str] = "Weighting"
    plural: ClassVar[str] = "Choice, quality and price"
    tool: ClassVar[str] = "ID-6"
    name_field: ClassVar[str] = "who"

    who: Line = ask(
        "Whose view", "A role or a group, not a name.", example="Carers at the March meeting", needed=True, shown="wide"
    )
    sector: Sector = ask("Sector", shown="mid")
    choice: Percentage = ask("Choice", "The three together make 100%.", example="40%", needed=True, shown="narrow")
    quality: Percentage = ask("Quality", example="40%", needed=True, shown="narrow")
    price: Percentage = ask("Price", example="20%", needed=True, shown="narrow")


class Policy(Record):
    """A policy, a law or guidance that bears on the need."""

    kind: ClassVar[str] = "policy"
    noun: ClassVar[str] = "Piece of policy or guidance"
    plural: ClassVar[str] = "Policies and guidance"
    tool: ClassVar[str] = "ID-7"
    name_field: ClassVar[str] = "title"

    title: Line = ask("Title", needed=True, shown="wide")
    relevance: Text = ask("What it means for us", needed=True, shown="wide")
    published: SourceDate = ask("Its date", "A day, a month or a year.", default="", shown="narrow")
    superseded_by: Line = ask("Replaced by", "Leave it empty while it is current.", shown="mid")
    link: Line = ask("Where to find it", "A web address, or who has a copy.")
    checked_on: Date = ask(
        "Checked on",
        "When somebody last made sure that it still holds.",
        needed=True,
        shown="narrow",
        happened=True,
    )


class Evidence(Record):
    """One figure about the area or the need, with its source."""

    kind: ClassVar[str] = "evidence"
    noun: ClassVar[str] = "Piece of evidence"
    plural: ClassVar[str] = "Local evidence"
    tool: ClassVar[str] = "ID-8"
    name_field: ClassVar[str] = "indicator"

    indicator: Line = ask("What is measured", example="People over 75 who live alone", needed=True, shown="wide")
    area: Line = ask("Area", "A data zone, a ward, a town or the whole council area.", needed=True, shown="mid")
    value: SourceFigure = ask(
        "Figure", "With a % sign where it is a percentage.", example="140", needed=True, shown="narrow"
    )
    unit: Line = ask("Unit", "Such as people, %, or “rank of 6,976”.", example="people", shown="narrow")
    source: Line = ask("Source", example="Health board, yearly count", needed=True, shown="mid")
    date: SourceDate = ask(
        "Date of the figure", "2022, June 2025, or a day.", default="", example="June 2025", needed=True, shown="narrow"
    )
    quality: Quality = ask("How good is it?")
    owner: reference("person") = ask("Who looks after it")  # type: ignore[valid-type]
    need: reference("need_statement") = ask("Which need it speaks to")  # type: ignore[valid-type]
    licence: Line = ask("Licence", "May it be copied and passed on?", example="Open Government Licence")

    @model_validator(mode="before")
    @classmethod
    def _per_cent(cls, values: Any) -> Any:
        return sign_to_unit(values, "value", "unit")


class Definition(Record):
    """What the partnership has agreed to mean by commissioning. What each person wrote is a ballot."""

    kind: ClassVar[str] = "definition"
    noun: ClassVar[str] = "Shared definition"
    plural: ClassVar[str] = "Shared definition"
    tool: ClassVar[str] = "ID-9"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "by"

    text: Text = ask(
        "What we mean by commissioning", "The wording that everyone can live with. It goes into the MoU.", needed=True
    )
    still_differ: Text = ask("Where we still differ")
    by: Line = ask("Agreed by", example="Workshop of all partners", needed=True)
    date: Date = ask("Agreed on")


class GrantConversation(Record):
    """A talk with a provider whose grant may give way to a contract."""

    kind: ClassVar[str] = "grant_conversation"
    noun: ClassVar[str] = "Conversation about a grant"
    plural: ClassVar[str] = "From grant to contract"
    tool: ClassVar[str] = "ID-10"
    name_field: ClassVar[str] = "provider"

    provider: Line = ask("Provider", needed=True, shown="mid")
    grant: Pounds = ask("Grant a year, £", example="24,000", shown="narrow")
    ends: Date = ask("Grant ends", shown="narrow")
    dependency: Percentage = ask(
        "Share of its income", "How much of all its income is this grant?", example="60%", shown="narrow"
    )
    worry: Text = ask("What worries it", needed=True, shown="wide", private=True)
    mitigation: Text = ask(
        "What we do about it",
        "What is said must be honest: money will follow people's needs.",
        needed=True,
        shown="wide",
    )
    talked_on: Date = ask("Talked on", happened=True)
    owner: reference("person") = ask("Who stays in touch")  # type: ignore[valid-type]


class RestartCheck(Record):
    """A moment to ask whether to go on or to start again, with the reasons for both."""

    kind: ClassVar[str] = "restart_check"
    noun: ClassVar[str] = "Stop-and-think check"
    plural: ClassVar[str] = "Go on, or start again?"
    tool: ClassVar[str] = "ID-11"
    name_field: ClassVar[str] = "question"

    question: Line = ask(
        "What is in doubt", example="Did we look at today's contracts first?", needed=True, shown="wide"
    )
    for_going_on: Text = ask("What speaks for going on", shown="mid")
    for_restart: Text = ask("What speaks for starting again", shown="mid")
    verdict: GoOn = ask("What we do", needed=True, shown="mid")
    decided_by: Line = ask("Who decided", needed=True, shown="mid")
    date: Date = ask("On", needed=True, shown="narrow")


MODELS = (
    ProjectPhase,
    EntryCheck,
    PspFeature,
    NeedStatement,
    Involvement,
    Weighting,
    Policy,
    Evidence,
    Definition,
    GrantConversation,
    RestartCheck,
)
