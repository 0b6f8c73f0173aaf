"""The SROI forecast: its scope, what goes in, and what changes. The columns are those of the field's impact map."""

from typing import ClassVar

from pspworkbook.records.fields import (
    CalendarYear,
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

Discounting = choice(flat="One rate for every year", green_book="The Green Book's falling rates")
Starts = choice(during="During the activity", after="After the activity")
Beneficiary = choice(person="The person", community="The community", public_purse="The public purse")
Direction = choice(positive="A gain", negative="A loss")
Intention = choice(intended="Intended", unintended="Not intended")
Contribution = choice(money="Money", time="Time", in_kind="Goods, rooms or help in kind")
Grade = choice(
    green="Green: measured here",
    amber="Amber: from comparable research",
    red="Red: our own assumption",
)
Valuing = choice(
    money="With money: a financial proxy for each outcome",
    weights="With importance, without money: then there is no ratio",
)
Cashable = choice(
    cash="Cash: money that can leave a budget",
    capacity="Capacity: time, beds or places for others",
    none="Neither",
)
ForecastKind = choice(forecast="Forecast: what should happen", evaluative="Evaluative: what did happen")


class Forecast(Record):
    """The scope of the SROI: what is counted, for whom, over what time, and at which discount rate."""

    kind: ClassVar[str] = "forecast"
    noun: ClassVar[str] = "SROI scope"
    plural: ClassVar[str] = "SROI scope"
    tool: ClassVar[str] = "AN-3"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "activity"

    activity: Line = ask(
        "What is being valued",
        "One activity or service, named so that a stranger knows it.",
        example="The luncheon club and its minibus",
        needed=True,
        group="What",
    )
    purpose: Text = ask(
        "Why, and for whom", "What will be decided with it, and who will read it?", needed=True, group="What"
    )
    type: ForecastKind = ask("Forecast or evaluative", default="forecast", needed=True, group="What")
    left_out: Text = ask("What is left out, and why", group="What")
    first_day: Date = ask("First day of the activity", group="Time")
    activity_years: Years = ask(
        "How long the investment pays for, in years",
        "An outcome that starts after the activity is counted from the year that follows.",
        default=1.0,
        example="1",
        needed=True,
        group="Time",
    )
    discounting: Discounting = ask(
        "How later years are discounted",
        "Money later is worth less than money now. The Green Book's rates fall after 30 and after 75 years.",
        default="flat",
        needed=True,
        group="Discounting",
    )
    discount_rate: Percentage = ask(
        "Discount rate a year",
        "The Treasury's Green Book uses 3.5% for the first 30 years. Not used with the falling rates.",
        default=0.035,
        example="3.5%",
        needed=True,
        group="Discounting",
    )
    discount_first_year: YesNo = ask(
        "Discount the first year too",
        "The published SROI guide's example does (year-end convention). Without it, the first year counts in full (start-of-year convention).",
        default=True,
        needed=True,
        group="Discounting",
    )
    valuing: Valuing = ask(
        "How outcomes are valued",
        "Some groups do not want a price on everything. With importance, the same outcomes are ranked and nothing is added up.",
        default="money",
        needed=True,
        group="Value",
    )
    price_year: CalendarYear = ask(
        "Prices of which year",
        "Values of other years are brought up to it with the price index. For a financial year, its first year.",
        example="2024/25",
        group="Value",
    )
    oldest_prices: CalendarYear = ask(
        "Ask about values in prices from before",
        "A sceptic asks about older ones. Without a year, it is five years ago.",
        example="2020/21",
        group="Value",
    )
    origin: Origin = ask("Made from", default="")


class Input(Record):
    """What somebody puts into the activity."""

    kind: ClassVar[str] = "input"
    noun: ClassVar[str] = "Input"
    plural: ClassVar[str] = "Inputs"
    tool: ClassVar[str] = "AN-3"
    name_field: ClassVar[str] = "description"

    stakeholder: reference("stakeholder") = ask("Who", needed=True, shown="mid")  # type: ignore[valid-type]
    description: Line = ask("What they put in", example="Grant for the club", needed=True, shown="wide")
    contribution: Contribution = ask("Kind", needed=True, shown="narrow")
    value: Pounds = ask(
        "Value, £",
        "For the whole period of the activity. Time can be valued at nothing: then say why.",
        example="24,375",
        needed=True,
        shown="narrow",
    )
    working: Text = ask(
        "How it was worked out, or why it is valued at nothing",
        example="4 volunteers x 3 hours x 5 days x 50 weeks x £6",
        needed=True,
        shown="wide",
    )
    source: Line = ask("Source", "Where the figure comes from.")
    grade: Grade = ask("How well it is known", "It sets how far the figure may be out where no range is given.")
    origin: Origin = ask("Made from", default="")


class Outcome(Record):
    """What changes for one stakeholder, and what that change is worth: one row of the impact map."""

    kind: ClassVar[str] = "outcome"
    noun: ClassVar[str] = "Outcome"
    plural: ClassVar[str] = "Outcomes"
    tool: ClassVar[str] = "AN-3"
    name_field: ClassVar[str] = "outcome"

    stakeholder: reference("stakeholder") = ask("Who", needed=True, shown="mid", group="What changes")  # type: ignore[valid-type]
    outcome: Line = ask(
        "What changes",
        "Say it as the people who live it would say it. A change, not a service delivered.",
        example="Fewer falls",
        needed=True,
        shown="wide",
        group="What changes",
    )
    description: Text = ask("The change in their own words", group="What changes")
    output: Line = ask(
        "What is done for them",
        "The output: what the activity delivers, in numbers where you have them. The change comes from it.",
        example="250 lunches for 30 people",
        group="What changes",
    )
    chain: Text = ask(
        "How one thing leads to the next",
        "From what is done to this change, one step on each line or after each semicolon. Value the end of it. A step is an outcome of its own only if somebody has it without the next.",
        example="Gentle exercise twice a week; steadier legs; fewer falls",
        group="What changes",
    )
    intention: Intention = ask("Intended or not", "Was it meant to happen? Most losses were not.", group="What changes")
    direction: Direction = ask(
        "Gain or loss",
        "A loss has a value below zero; what is typed as its value is taken so.",
        default="positive",
        group="What changes",
    )
    indicator: Line = ask(
        "Indicator",
        "How would you know? What would you count?",
        example="Falls a year that do not happen",
        needed=True,
        group="Evidence",
    )
    source: Line = ask(
        "Where the quantity comes from",
        example="Club's own records and 12 conversations, spring 2026",
        needed=True,
        group="Evidence",
    )
    sample: Quantity = ask("How many were asked or counted", example="12", group="Evidence", not_above="sample_of")
    sample_of: Quantity = ask("Out of how many", example="30", group="Evidence")
    sample_chosen: Line = ask(
        "How they were chosen",
        "By lot, everybody, whoever was there that day? Who is likely to be missing?",
        example="Everybody at lunch on two days; people who had stopped coming were not asked",
        group="Evidence",
    )
    quantity: HowMuch = ask(
        "How many",
        "How many people, or how much change, in one year.",
        example="7",
        needed=True,
        shown="narrow",
        group="Evidence",
    )
    amount: Line = ask(
        "How much each of them changes",
        "For instance from 4 to 6 on a scale of 10. It is kept beside the figures and does not enter the sum.",
        group="Evidence",
    )
    duration: Years = ask(
        "Years it lasts",
        "How long the change lasts. Half a year is 0.5.",
        example="1",
        needed=True,
        shown="narrow",
        group="Evidence",
    )
    evidence_years: Years = ask(
        "Years that the evidence covers",
        "How long anybody has followed this change, here or in the research it rests on.",
        example="1",
        group="Evidence",
    )
    starts: Starts = ask("When it starts", default="during", group="Evidence")
    grade: Grade = ask(
        "How well it is known",
        "It sets how far the figures of this outcome may be out where no range is given. No answer counts as red.",
        group="Evidence",
    )
    importance: Quantity = ask(
        "Importance to them, 0 to 10",
        "As the people themselves rate it. It can stand in place of money; then there is no ratio.",
        example="8",
        group="Value",
        not_above=10,
    )
    proxy: Line = ask(
        "What stands for its value",
        "The financial proxy, in words: what would one such change cost, save or be paid for?",
        example="A stay in hospital for one fall",
        needed=True,
        group="Value",
    )
    financial_proxy: Pounds = ask(
        "Value of one, £",
        "The worth of one such change for one year. Below zero for a loss.",
        example="4,964",
        needed=True,
        shown="narrow",
        group="Value",
    )
    proxy_source: Line = ask("Where the value comes from", needed=True, group="Value")
    proxy_year: CalendarYear = ask(
        "Its price year", "The financial year whose prices it is in.", example="2024/25", group="Value"
    )
    proxy_licence: Line = ask(
        "Its licence",
        "May it be copied and passed on? HACT and TOMs values may not.",
        example="Open Government Licence",
        group="Value",
    )
    proxy_from: reference("proxy") = ask("Taken from the library of proxies", group="Value")  # type: ignore[valid-type]
    deadweight: Percentage = ask(
        "Deadweight",
        "What share would have happened anyway?",
        example="10%",
        needed=True,
        shown="narrow",
        group="What we can claim",
    )
    displacement: Percentage = ask(
        "Displacement",
        "What share only moved a problem, or a benefit, from somewhere else?",
        example="0%",
        needed=True,
        shown="narrow",
        group="What we can claim",
    )
    attribution: Percentage = ask(
        "Share due to others",
        "Attribution: what share of the change did somebody else bring about?",
        example="5%",
        needed=True,
        shown="narrow",
        group="What we can claim",
    )
    drop_off: Percentage = ask(
        "Drop-off",
        "How much of it fades with each further year, from the second year on?",
        example="10%",
        needed=True,
        shown="narrow",
        group="What we can claim",
    )
    who_benefits: Beneficiary = ask(
        "Who gains", "The person, the community, or the public purse.", needed=True, group="What we can claim"
    )
    claim_reason: Text = ask(
        "Why these four percentages", "What they rest on: who was asked, what was compared.", group="What we can claim"
    )
    cashable: Cashable = ask(
        "Is it cash for the public purse",
        "Cash is money that a budget holder can spend on something else. Freed capacity is worth something, and is not cash.",
        group="For the public purse",
    )
    budget_holder: Line = ask("Whose budget", example="Health board: hospital services", group="For the public purse")
    cashable_when: Line = ask(
        "When it could be taken out, and what has to happen first",
        example="When the ward's beds are planned again, April 2028",
        group="For the public purse",
    )
    included: YesNo = ask(
        "Counts in the forecast",
        "An outcome that is left out stays here with its reason, and does not count in the ratio.",
        group="Kept or left out",
    )
    included_reason: Text = ask(
        "Why it is kept, or left out",
        "Does it matter to them, and is it large enough to change what anybody decides?",
        group="Kept or left out",
        reason_for=("included",),
    )
    decided_by: Line = ask(
        "Who decided",
        "A role, a group or a name.",
        example="Steering group",
        group="Kept or left out",
        reason_for=("included",),
    )
    decided_on: Date = ask("Decided on", group="Kept or left out", reason_for=("included",), happened=True)
    origin: Origin = ask("Made from", default="")


class HeadingMeaning(Record):
    """What a heading in somebody else's impact map means: said once, remembered for the next file."""

    kind: ClassVar[str] = "heading_meaning"
    noun: ClassVar[str] = "Heading"
    plural: ClassVar[str] = "Headings of other impact maps"
    tool: ClassVar[str] = "AN-3"
    name_field: ClassVar[str] = "heading"

    heading: Line = ask("Heading in the file", needed=True, shown="wide")
    field: Line = ask("Column of the impact map", "Empty when it is not taken over.", shown="wide")
