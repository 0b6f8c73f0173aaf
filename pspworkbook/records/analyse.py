"""Analyse: data sharing, what is good enough, PESTEL, demand, routes, expectations, co-production."""

from typing import ClassVar

from pspworkbook.records.fields import (
    Date,
    Line,
    Origin,
    Percentage,
    Pounds,
    Quantity,
    Text,
    YesNo,
    ask,
    choice,
    reference,
)
from pspworkbook.records.procurement import Bought, Buyer
from pspworkbook.records.record import Record
from pspworkbook.records.sources import SourceDate

Personal = choice(
    no="Not about persons, or nobody can be told from it",
    personal="About persons",
    sensitive="About persons, and sensitive: health, care, belief, offences",
)
Assessed = choice(
    done="Done", needed="Needed, not done yet", not_needed="Looked at, and not needed", unknown="Not known"
)
Little = choice(yes="Yes", partly="Partly", no="No")
Turns = choice(
    yes="Yes: we might decide otherwise",
    size="It would change how much, not whether",
    no="No",
)
FillOrLeave = choice(fill="Fill it", leave="Leave it open", later="Fill it later, and go on meanwhile")
PestelCategory = choice(
    political="Political",
    economic="Economic",
    social="Social",
    technological="Technological",
    environmental="Environmental",
    legal="Legal",
)
When = choice(now="It is so now", later="It is coming")
Step = choice(low="Low", middling="Middling", high="High")
Way = choice(helps="It helps us", hinders="It makes it harder", both="Both", unknown="Not known yet")
ScopeMove = choice(wider="Wider", narrower="Narrower", moved="As large, but somewhere else")
Reserved = choice(
    supported="For supported businesses",
    mission="For bodies that exist only for their mission",
    none="No",
    unknown="Not known",
)
Perhaps = choice(yes="Yes", perhaps="Perhaps", no="No", unknown="Not known")
DesignStage = choice(
    need="Before there was any design",
    open="While the design was open",
    draft="When there was a draft",
    finished="When it was finished",
)
Stands = choice(
    holds="It holds today",
    replaced="It has been replaced, or is out of date",
    unknown="Not looked at",
)
Settled = choice(agree="We agree", disagree="We disagree, and know it", open="Still open")


class DataShare(Record):
    """A set of data that one partner gives to another: on what ground, to whom, for how long, and who signed."""

    kind: ClassVar[str] = "data_share"
    noun: ClassVar[str] = "Set of data"
    plural: ClassVar[str] = "Data that is shared"
    tool: ClassVar[str] = "AN-1"
    name_field: ClassVar[str] = "data_set"

    data_set: Line = ask("Data", example="Who comes to lunch, by week", needed=True, shown="wide", group="What")
    personal: Personal = ask("Is it about persons?", needed=True, shown="mid", group="What")
    purpose: Text = ask("What it is used for", needed=True, group="What")
    minimised: Little = ask(
        "Is it the least that will do?", "Fewer people, fewer details, numbers in place of names.", group="What"
    )
    controllers: Line = ask(
        "Who answers for it",
        "The controller or controllers: who decides what is done with it.",
        needed=True,
        shown="mid",
        group="On what ground",
    )
    basis: Text = ask(
        "Lawful basis of each of them",
        "A council and a charity may rely on different ones: write down both.",
        shown="mid",
        group="On what ground",
    )
    dpia: Assessed = ask(
        "Data protection impact assessment",
        "Ask your data protection lead whether it is needed.",
        group="On what ground",
    )
    recipients: Line = ask("Who gets it", needed=True, shown="mid", group="Who and how long")
    retention: Line = ask("Kept until", "A date, or what has to happen.", group="Who and how long")
    complaints: Line = ask("Where people can complain", group="Who and how long")
    owner: reference("person") = ask("Who sees to it", group="Signed")  # type: ignore[valid-type]
    signed_by: Line = ask("Signed by", "The data protection lead of each partner.", group="Signed")
    signed: Date = ask("Signed on", shown="narrow", group="Signed", happened=True)
    review: Date = ask("Looked at again on", group="Signed", not_before="signed")


class GoodEnough(Record):
    """Something that is not known: would it turn the decision round, what would it take to find out, and is it left?"""

    kind: ClassVar[str] = "good_enough"
    noun: ClassVar[str] = "Gap in the analysis"
    plural: ClassVar[str] = "Gaps in the analysis"
    tool: ClassVar[str] = "AN-2"
    name_field: ClassVar[str] = "gap"

    gap: Line = ask("What we do not know", needed=True, shown="wide")
    changes: Turns = ask("Would knowing it change the decision?", needed=True, shown="mid")
    weeks: Quantity = ask("Weeks to find out", example="3", shown="narrow")
    cost: Pounds = ask("What it would cost, £", "Time of staff too.")
    decision: FillOrLeave = ask("What we do", needed=True, shown="mid")
    why: Text = ask("Why", "What is left out is named with its reason, so that nobody has to find it.", needed=True)
    owner: reference("person") = ask("Who finds out", shown="mid")  # type: ignore[valid-type]
    by: Date = ask("By when")
    filled: Date = ask("Found out on", happened=True)
    found: Text = ask("What was found out")
    origin: Origin = ask("Made from", default="")


class Pestel(Record):
    """A force from outside that bears on the service or its market."""

    kind: ClassVar[str] = "pestel"
    noun: ClassVar[str] = "Factor"
    plural: ClassVar[str] = "Outside factors"
    tool: ClassVar[str] = "AN-7"
    name_field: ClassVar[str] = "factor"

    factor: Line = ask("Factor", example="Diesel costs more", needed=True, shown="wide", group="What")
    category: PestelCategory = ask("Heading", needed=True, shown="mid", group="What")
    when: When = ask("Now or later", needed=True, shown="narrow", group="What")
    effect: Text = ask("What it does to the service or the market", needed=True, group="What")
    direction: Way = ask("For us this", needed=True, shown="mid", group="How much")
    likelihood: Step = ask("How likely", "What is so now is certain: high.", needed=True, group="How much")
    impact: Step = ask("How much it would matter", needed=True, shown="narrow", group="How much")
    source: Line = ask("Source and date", group="How much")
    action: Text = ask("What we do about it", group="What we do")
    owner: reference("person") = ask("Who sees to it", shown="mid", group="What we do")  # type: ignore[valid-type]
    origin: Origin = ask("Made from", default="")


class Guidance(Record):
    """A piece of guidance or research, and what it changes for us."""

    kind: ClassVar[str] = "guidance"
    noun: ClassVar[str] = "Piece of guidance or research"
    plural: ClassVar[str] = "Guidance and research"
    tool: ClassVar[str] = "AN-8"
    name_field: ClassVar[str] = "title"

    title: Line = ask("Title", needed=True, shown="wide")
    issuer: Line = ask("Issued by", needed=True, shown="mid")
    date: SourceDate = ask("Dated", "A day, a month or a year.", default="", shown="narrow")
    changes: Text = ask("What it changes for us", "One or two sentences, in our own words.", needed=True, shown="wide")
    stands: Stands = ask("Does it still hold?", "Read it again before you build on it.", shown="mid")
    address: Line = ask("Where it is", "Address, or shelf.")
    checked: Date = ask("Last looked at on", happened=True)
    again: Date = ask("Look again on", not_before="checked")
    origin: Origin = ask("Made from", default="")


class ScopeChange(Record):
    """One scope that the partnership had: since when, how it moved, why, and who agreed."""

    kind: ClassVar[str] = "scope_change"
    noun: ClassVar[str] = "Change of scope"
    plural: ClassVar[str] = "Changes of scope"
    tool: ClassVar[str] = "AN-10"
    name_field: ClassVar[str] = "scope"

    date: Date = ask("On", needed=True, shown="narrow")
    before: Line = ask("Scope before", "Leave it empty for the first one.")
    scope: Line = ask("Scope from then on", needed=True, shown="wide")
    move: ScopeMove = ask("It became", "Leave it empty for the first one.", shown="mid")
    people: Quantity = ask("How many people it would reach", "Too few, and nothing can be measured.", shown="narrow")
    why: Text = ask("Why", needed=True, shown="wide")
    agreed_by: Line = ask("Agreed by", needed=True)


class Demand(Record):
    """How many people of one group might come, as a range, beside how many there is room for."""

    kind: ClassVar[str] = "demand"
    noun: ClassVar[str] = "Estimate"
    plural: ClassVar[str] = "Demand estimate"
    tool: ClassVar[str] = "AN-11"
    name_field: ClassVar[str] = "group"

    group: Line = ask("Group", example="People over 75 who live alone", needed=True, shown="wide", group="Who")
    population: Quantity = ask("How many there are", example="420", needed=True, shown="narrow", group="Who")
    eligible_low: Percentage = ask(
        "Could use it: low", needed=True, group="Share who could use it", not_above=("eligible_mid", "eligible_high")
    )
    eligible_mid: Percentage = ask(
        "Could use it: middle", needed=True, shown="narrow", group="Share who could use it", not_above="eligible_high"
    )
    eligible_high: Percentage = ask("Could use it: high", needed=True, group="Share who could use it")
    takeup_low: Percentage = ask(
        "Would come: low", needed=True, group="Share of those who would come", not_above=("takeup_mid", "takeup_high")
    )
    takeup_mid: Percentage = ask(
        "Would come: middle",
        "Look at take-up elsewhere.",
        needed=True,
        shown="narrow",
        group="Share of those who would come",
        not_above="takeup_high",
    )
    takeup_high: Percentage = ask("Would come: high", needed=True, group="Share of those who would come")
    capacity: Quantity = ask(
        "Room for",
        "How many people of this group the service can take at one time.",
        needed=True,
        shown="narrow",
        group="Room",
    )
    plan: Text = ask("What we do if more come", "Or if far fewer do.", group="Room")
    source: Text = ask("Where the figures come from", needed=True, group="Room")


class RouteScreen(Record):
    """An early look at the ways to procure: what might fit, long before anything is chosen. The choice is PL-18."""

    kind: ClassVar[str] = "route_screen"
    noun: ClassVar[str] = "Early look at routes"
    plural: ClassVar[str] = "Early look at routes"
    tool: ClassVar[str] = "AN-12"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "what"

    what: Line = ask("What may be bought", needed=True, group="What")
    type: Bought = ask("Kind", needed=True, group="What")
    buyer: Buyer = ask("Who would buy", default="local", group="What")
    value_excl: Pounds = ask(
        "Value without VAT, £",
        "A first guess for the whole length of the contract.",
        example="75,000",
        needed=True,
        group="Value",
        not_above="value_incl",
    )
    value_incl: Pounds = ask("Value with VAT, £", needed=True, group="Value")
    new: Perhaps = ask("Is there nothing on the market that meets the need?", needed=True, group="Market")
    bidders: Quantity = ask("How many could bid", "From the market analysis of stage 2.", needed=True, group="Market")
    reserved: Reserved = ask("Might the competition be reserved?", needed=True, group="Market")
    reserved_bidders: Quantity = ask("How many such bodies could bid", group="Market", not_above="bidders")
    consortium: Perhaps = ask("Would smaller bodies have to bid together?", needed=True, group="Market")
    benefits: Perhaps = ask(
        "Are community benefits wanted?", "Training, jobs, sub-contracting, the area.", needed=True, group="Market"
    )
    shared: Perhaps = ask(
        "Did somebody who may bid help to design it?",
        "A partner in the pilot, for instance.",
        needed=True,
        group="Market",
    )
    advised_by: Line = ask("Who from procurement was asked", needed=True, group="Advice")
    advised_on: Date = ask("Asked on", needed=True, group="Advice")
    advice: Text = ask("What they said", group="Advice")
    again: Date = ask(
        "Look again on",
        "Thresholds change, and so does the value.",
        needed=True,
        group="Advice",
        not_before="advised_on",
    )


class ExpectationGap(Record):
    """Something that the sectors see differently about what each can do, and what was agreed about it."""

    kind: ClassVar[str] = "expectation_gap"
    noun: ClassVar[str] = "Difference"
    plural: ClassVar[str] = "Different expectations"
    tool: ClassVar[str] = "AN-13"
    name_field: ClassVar[str] = "expectation"

    expectation: Line = ask("What is expected", needed=True, shown="wide")
    public_view: Text = ask("How the public side sees it")
    third_view: Text = ask("How the third sector sees it")
    state: Settled = ask("Where we stand", default="open", needed=True, shown="mid")
    agreed: Text = ask("What we agreed", "In words that could stand in the MoU.", shown="wide")
    mou: YesNo = ask("Into the MoU", default=False, shown="narrow")
    owner: reference("person") = ask("Who follows it up", shown="mid")  # type: ignore[valid-type]
    origin: Origin = ask("Made from", default="")


class Influence(Record):
    """A time when people who use the service took part, and what became different because of it."""

    kind: ClassVar[str] = "influence"
    noun: ClassVar[str] = "Entry"
    plural: ClassVar[str] = "Co-production log"
    tool: ClassVar[str] = "AN-14"
    name_field: ClassVar[str] = "event"

    event: Line = ask("What took place", example="Tasting with twelve residents", needed=True, shown="wide")
    date: Date = ask("On", needed=True, shown="narrow", happened=True)
    who: Line = ask("Who came", "Groups, not names.", needed=True, shown="mid")
    people: Quantity = ask("How many")
    stage: DesignStage = ask("How far the design was", needed=True, shown="mid")
    changed: Text = ask(
        "What changed because of it", "“Nothing” is an answer too. Empty means that nobody knows.", shown="wide"
    )
    told: Date = ask("Told what became of it on", not_before="date", happened=True)


MODELS: tuple[type[Record], ...] = (
    DataShare,
    GoodEnough,
    Pestel,
    Guidance,
    ScopeChange,
    Demand,
    RouteScreen,
    ExpectationGap,
    Influence,
)
