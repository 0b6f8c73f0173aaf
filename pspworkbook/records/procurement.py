"""The procurement route, community benefits and the transfer of assets. What the law says stands in then_and_now."""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Origin, Pounds, Quantity, Text, YesNo, ask, choice, reference
from pspworkbook.records.lists import HowFar
from pspworkbook.records.record import Record

Bought = choice(
    care="Health, social care or a similar service (light touch)",
    services="Another service",
    goods="Goods",
    works="Building works",
)
Buyer = choice(
    local="A council, a health board or another local body",
    central="The Scottish Government or another central body",
)
RouteKind = choice(
    direct="Award without seeking offers",
    quotes="Ask a few for offers",
    open="Open competition",
    restricted="Competition in two steps",
    reserved="Competition reserved for certain bodies",
    framework="Through a framework that is there",
    innovation="Innovation partnership",
    grant="Grant, not a contract",
    in_house="Do it ourselves",
    other="Another way",
)
BenefitAbout = choice(
    training="Training and recruitment",
    subcontracting="Sub-contracting",
    wellbeing="The area’s wellbeing",
)
AssetUse = choice(
    office="Office or base", activity="Place for the activity", customers="Place for customers", other="Other"
)
AssetRight = choice(own="Ownership", lease="Lease", use="Use, or another right")
BodyType = choice(
    company="Company limited by guarantee, with an asset lock",
    scio="Scottish charitable incorporated organisation (SCIO)",
    society="Community benefit society",
    other="Another body",
    unknown="Not known",
)


class ProcurementRoute(Record):
    """What is bought, how much it is worth, which rules that brings, which way was chosen and on whose advice."""

    kind: ClassVar[str] = "route"
    noun: ClassVar[str] = "Procurement route"
    plural: ClassVar[str] = "Procurement route"
    tool: ClassVar[str] = "PL-18"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "what"

    what: Line = ask("What is to be bought", needed=True, group="What")
    type: Bought = ask("Kind", "Ask procurement which codes it falls under.", needed=True, group="What")
    buyer: Buyer = ask("Who buys", default="local", needed=True, group="What")
    value_excl: Pounds = ask(
        "Value without VAT, £",
        "For the whole length of the contract, with every extension.",
        example="260,000",
        needed=True,
        group="Value",
        not_above="value_incl",
    )
    value_incl: Pounds = ask(
        "Value with VAT, £", "The higher thresholds count VAT where it applies.", needed=True, group="Value"
    )
    value_from: Line = ask("How the value was worked out", needed=True, group="Value")
    chosen: reference("route_option") = ask("Which way was chosen", needed=True, group="Way")  # type: ignore[valid-type]
    reasons: Text = ask("Why", needed=True, group="Way")
    advice: reference("procurement_advice") = ask("Advice that it rests on", needed=True, group="Way")  # type: ignore[valid-type]
    decided_by: Line = ask("Who decided", needed=True, group="Way")
    date: Date = ask("Decided on", group="Way")
    contract_starts: Date = ask(
        "Contract starts on", "The dates of the steps are counted back from it.", needed=True, group="Time"
    )
    origin: Origin = ask("Made from", default="")


class RouteOption(Record):
    """One way to procure the service, with what speaks for it and against it."""

    kind: ClassVar[str] = "route_option"
    noun: ClassVar[str] = "Way to procure"
    plural: ClassVar[str] = "Ways to procure"
    tool: ClassVar[str] = "PL-18"

    name: Line = ask("Way", needed=True, shown="mid")
    what: RouteKind = ask("Kind", needed=True, shown="mid")
    speaks_for: Text = ask("What speaks for it", needed=True, shown="wide")
    speaks_against: Text = ask("What speaks against it", needed=True, shown="wide")
    origin: Origin = ask("Made from", default="")


class ProcurementStep(Record):
    """One step on the way to the contract. Its dates are worked out from the day on which the contract starts."""

    kind: ClassVar[str] = "procurement_step"
    noun: ClassVar[str] = "Step"
    plural: ClassVar[str] = "Steps to the contract"
    tool: ClassVar[str] = "PL-18"
    name_field: ClassVar[str] = "step"

    order: Quantity = ask("Place in the order", example="3", needed=True, shown="narrow")
    step: Line = ask("Step", example="Publish the contract notice", needed=True, shown="wide")
    days: Quantity = ask(
        "Days it takes", "Calendar days. Ask procurement for the shortest time allowed.", needed=True, shown="narrow"
    )
    notice: Line = ask("Notice", "Which notice, and where it is published.")
    owner: reference("person") = ask("Who sees to it", needed=True, shown="mid")  # type: ignore[valid-type]
    done: Date = ask("Done on", shown="narrow", happened=True)
    note: Text = ask("Note")


class CommunityBenefit(Record):
    """A wider good that the contract should bring, in words that can go into it."""

    kind: ClassVar[str] = "community_benefit"
    noun: ClassVar[str] = "Community benefit"
    plural: ClassVar[str] = "Community benefits"
    tool: ClassVar[str] = "PL-19"
    name_field: ClassVar[str] = "wanted"

    wanted: Line = ask("What is wanted", example="A paid traineeship in the kitchen", needed=True, shown="wide")
    for_whom: Line = ask("For whom", needed=True, shown="mid")
    about: BenefitAbout = ask("What it is about", "One of the three that the Act of 2014 names.", needed=True)
    link: Text = ask("How it belongs to what is bought", "Without such a link it cannot be asked for.", needed=True)
    requirement: Text = ask(
        "Words for the contract", "Say what the contractor has to do, how many, and by when.", needed=True
    )
    kpi: Line = ask("How it is counted", example="Trainees who stay for six months", needed=True, shown="mid")
    target: Quantity = ask("How many", example="2", shown="narrow")
    measure: reference("measure") = ask("Measure in the plan that shows it")  # type: ignore[valid-type]
    evidence: Line = ask("What the contractor has to show", needed=True)
    proportionate: HowFar = ask(
        "In proportion?",
        "To the value and the length of the contract, and to a small provider.",
        needed=True,
        shown="narrow",
    )
    proportionate_why: Text = ask("Why it is in proportion")
    origin: Origin = ask("Made from", default="")


class AssetTransfer(Record):
    """Land or a building that the partnership might take over, lease or use, and what to look at first."""

    kind: ClassVar[str] = "asset_transfer"
    noun: ClassVar[str] = "Asset"
    plural: ClassVar[str] = "Community asset transfer"
    tool: ClassVar[str] = "PL-20"
    name_field: ClassVar[str] = "asset"

    asset: Line = ask("Land or building", needed=True, shown="wide", group="What")
    owner: Line = ask("Who owns it", needed=True, shown="mid", group="What")
    public_owner: YesNo = ask("Is the owner a public authority?", needed=True, group="What")
    use: AssetUse = ask("What it is for", needed=True, group="What")
    right: AssetRight = ask("Right that is sought", needed=True, shown="mid", group="Who asks")
    applicant: Line = ask("Body that asks", needed=True, group="Who asks")
    form: BodyType = ask("Its form", needed=True, group="Who asks")
    community_controlled: HowFar = ask(
        "Is it controlled by its community?",
        "With a written constitution and open membership.",
        needed=True,
        group="Who asks",
    )
    members: Quantity = ask("Members that its rules require", group="Who asks")
    asked_on: Date = ask("Complete request made on", shown="narrow", group="Time", happened=True)
    decided_on: Date = ask("Decided on", shown="narrow", group="Time", not_before="asked_on", happened=True)
    claw_back: Text = ask(
        "What could be clawed back",
        "When must the building, or money for it, be given back? What happens if the use changes?",
        needed=True,
        group="Before signing",
    )
    flexible: HowFar = ask("Can its use change without losing it?", needed=True, group="Before signing")
    condition: Text = ask("State of it, and what it costs to run", needed=True, group="Before signing")
    legal_advice: Line = ask("Legal advice from", needed=True, group="Before signing")
    advice_on: Date = ask("Advice given on", needed=True, group="Before signing", happened=True)


MODELS: tuple[type[Record], ...] = (
    ProcurementRoute,
    RouteOption,
    ProcurementStep,
    CommunityBenefit,
    AssetTransfer,
)
