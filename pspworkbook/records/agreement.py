"""What the partners agree on paper: the Memorandum of Understanding, and how several funders share the work."""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Origin, Pounds, Quantity, Text, YesNo, ask, choice, reference
from pspworkbook.records.lists import HowFar, LeadFunderVariant
from pspworkbook.records.record import Record

LegalForm = choice(
    scio="Scottish charitable incorporated organisation (SCIO)",
    company="Company limited by guarantee",
    cic="Community interest company",
    society="Registered society (co-operative or community benefit)",
    association="Unincorporated association or trust",
    other="Another form",
)
Strength = choice(strong="Strong", fair="Fair", weak="Weak")
Format = choice(own="Its own form", common="A form that all share")


class Mou(Record):
    """What the Memorandum of Understanding needs beyond what the workbook knows already. It is not a contract."""

    kind: ClassVar[str] = "mou"
    noun: ClassVar[str] = "Memorandum of Understanding"
    plural: ClassVar[str] = "Memorandum of Understanding"
    tool: ClassVar[str] = "FP-4"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "services"

    services: Text = ask("Services to be designed together", "One on each line.", needed=True, group="Purpose")
    third_form: LegalForm = ask("Legal form of the lead third sector partner", needed=True, group="Organisations")
    third_number: Line = ask("Its charity or company number", example="SC000000", needed=True, group="Organisations")
    third_mission: Text = ask("What it is there for", needed=True, group="Organisations")
    public_community: Line = ask("Community that the lead public partner serves", needed=True, group="Organisations")
    public_mission: Text = ask("What the lead public partner is there for", needed=True, group="Organisations")
    national_outcome: Line = ask(
        "National Outcome that it serves",
        "As it reads today; say which list it comes from.",
        needed=True,
        group="Objectives",
    )
    outcome_list: Line = ask(
        "Which list, and its date", example="National Performance Framework", needed=True, group="Objectives"
    )
    local_plan: Line = ask("Local plan", example="Local Outcomes Improvement Plan", needed=True, group="Objectives")
    local_plan_place: Line = ask("Its page and date", needed=True, group="Objectives")
    local_plan_says: Text = ask("What it says of this", group="Objectives")
    third_duties: Text = ask(
        "Further duties of the third sector partner",
        "One on each line. The usual ones are there already.",
        group="Roles",
    )
    public_duties: Text = ask("Further duties of the public partner", "One on each line.", group="Roles")
    signed: Date = ask("Day of signing", needed=True, group="Duration")
    review: Date = ask(
        "To be looked at again on", "At least once a year.", needed=True, group="Duration", not_before="signed"
    )
    ends: Date = ask(
        "Ends on", "Leave it empty if it runs as long as the partnership.", group="Duration", not_before="signed"
    )
    values: Text = ask("Further values", "One on each line. Agreed principles are taken over.", group="Values")
    meet: Line = ask("How often you meet", example="Every six weeks", needed=True, group="Communications")
    means: Line = ask(
        "How you keep one another informed",
        example="A shared folder and a note after each meeting",
        needed=True,
        group="Communications",
    )
    personal_data: YesNo = ask("Will personal data be shared?", needed=True, group="Data protection")
    controllers: Text = ask(
        "Who controls which personal data", "Each alone, or two jointly? Who works for whom?", group="Data protection"
    )
    basis_public: Line = ask("Lawful basis of the public partner", example="Public task", group="Data protection")
    basis_third: Line = ask(
        "Lawful basis of the third sector partner", "It may be a different one.", group="Data protection"
    )
    assessment: Line = ask(
        "Data protection impact assessment", "Who made it and when, or why none is needed.", group="Data protection"
    )
    retention: Line = ask("How long data are kept", group="Data protection")
    breach: Line = ask("Who is told of a breach, and how fast", group="Data protection")
    rights: Line = ask("Whom people ask about their data", group="Data protection")
    complaints: Line = ask(
        "How a person can complain",
        "Two ways at least, such as a form and a telephone number.",
        group="Data protection",
    )
    third_puts_in: Text = ask(
        "What the third sector partner puts in", "Money, people, rooms, knowledge.", needed=True, group="Resources"
    )
    public_puts_in: Text = ask("What the public partner puts in", needed=True, group="Resources")
    disputes: Text = ask("If the steering group cannot settle it", "Who helps then?", group="Leaving and disputes")
    notice: Line = ask("Period of notice", default="Two months, in writing", needed=True, group="Leaving and disputes")
    third_contact: reference("person") = ask("Contact of the third sector partner", needed=True, group="Contacts")  # type: ignore[valid-type]
    public_contact: reference("person") = ask("Contact of the public partner", needed=True, group="Contacts")  # type: ignore[valid-type]
    origin: Origin = ask("Made from", default="")


class Signatory(Record):
    """Somebody who signs the MoU for an organisation."""

    kind: ClassVar[str] = "signatory"
    noun: ClassVar[str] = "Signatory"
    plural: ClassVar[str] = "Signatories"
    tool: ClassVar[str] = "FP-4"
    facilitator_only: ClassVar[bool] = True

    name: Line = ask("Name", needed=True, shown="mid")
    role: Line = ask("Role", needed=True, shown="mid")
    organisation: Line = ask("Organisation", needed=True, shown="mid")
    entitled: YesNo = ask("Entitled to sign for it", needed=True, shown="narrow")
    signed: Date = ask("Signed on", shown="narrow", happened=True)


class Funder(Record):
    """One funder of the service, and the reports that it asks for."""

    kind: ClassVar[str] = "funder"
    noun: ClassVar[str] = "Funder"
    plural: ClassVar[str] = "Funders"
    tool: ClassVar[str] = "FP-5"

    name: Line = ask("Funder", needed=True, shown="mid")
    amount: Pounds = ask("Amount a year, £", needed=True, shown="narrow")
    reports: Quantity = ask("Reports a year", example="4", needed=True, shown="narrow")
    form: Format = ask("On", needed=True, shown="mid")
    would_share: HowFar = ask("Would take a common report", needed=True, shown="narrow")
    could_lead: HowFar = ask("Could take the lead", needed=True, shown="narrow")
    asks_for: Text = ask("What it asks for", "The figures and dates of its report, one on each line.")


class LeadFunderChoice(Record):
    """Which kind of Lead Funder fits, who it is, and for how long."""

    kind: ClassVar[str] = "lead_funder"
    noun: ClassVar[str] = "Lead Funder"
    plural: ClassVar[str] = "Lead Funder"
    tool: ClassVar[str] = "FP-5"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "reasons"

    share_information: YesNo = ask(
        "Should what one funder holds be passed to the others?", needed=True, group="What is wanted"
    )
    joined_monitoring: YesNo = ask(
        "Should one funder co-ordinate monitoring, audits and reviews?", needed=True, group="What is wanted"
    )
    provider_relations: YesNo = ask(
        "Should one funder deal with the provider for all?", needed=True, group="What is wanted"
    )
    common_report: HowFar = ask("Can all agree on one report?", needed=True, group="What is wanted")
    relationships: Strength = ask(
        "How well do funders and provider know one another?", needed=True, group="What to weigh"
    )
    maturity: Strength = ask("Is a funder able and ready to do this for others?", needed=True, group="What to weigh")
    resources: Strength = ask("Has it the people and the money for it?", needed=True, group="What to weigh")
    common_aims: Strength = ask(
        "Do the funders want the same, and measure it alike?", needed=True, group="What to weigh"
    )
    variant: LeadFunderVariant = ask("What you decided", group="Decision")
    lead: reference("funder") = ask("Who leads", group="Decision")  # type: ignore[valid-type]
    reasons: Line = ask("Why", group="Decision")
    term: Line = ask("For how long", example="Two years", group="Decision")
    rotates: Date = ask("Handed on at", "Taking turns spreads the work.", group="Decision")
    core_report: Text = ask("What stands in the common report", "One fact on each line.", group="Decision")


MODELS = (Mou, Signatory, Funder, LeadFunderChoice)
