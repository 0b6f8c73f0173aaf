"""The partnership itself, its people and its stakeholders."""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Origin, Quantity, Text, YesNo, ask, choice, reference
from pspworkbook.records.record import Record

Sector = choice(
    public="Public sector",
    third="Third sector",
    user="People who use the service",
    carer="Carers and families",
    community="Community",
    private="Private sector",
)
Wanted = choice(**{"1": "1 Very little", "2": "2 Little", "3": "3 Some", "4": "4 Much", "5": "5 Very much"})
"""Support on the scale of the ballot ``stakeholder-map``, so that today and wanted can be set side by side."""
ON_THE_MAP = "On the stakeholder map"


class Partnership(Record):
    """The partnership: whom it is for, who leads it, where it works."""

    kind: ClassVar[str] = "partnership"
    noun: ClassVar[str] = "Partnership"
    plural: ClassVar[str] = "Partnership"
    tool: ClassVar[str] = "TP-1"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True

    name: Line = ask("Name of the partnership", example="Wheels-to-Meals partnership", needed=True)
    need: Text = ask(
        "The need, in people's own words",
        "Start from people and what is hard for them, not from a service.",
        needed=True,
    )
    service: Line = ask("What the partnership works on", example="A luncheon club with transport for older people")
    area: Line = ask("Area", "The council area, town or neighbourhood.")
    lead_public: Line = ask(
        "Lead public sector partner",
        "The council, health board or other body that may commission the service.",
        needed=True,
    )
    lead_third: Line = ask(
        "Lead third sector partner",
        "The charity, social enterprise or voluntary group that leads for the third sector.",
        needed=True,
    )
    others: Text = ask("Other partners", "One on each line.")
    started: Date = ask("Started on")
    made_up: Text = ask(
        "What is made up here",
        "For examples and training: say which parts are invented. Leave it empty for a real partnership.",
    )
    origin: Origin = ask("Made from", default="")


class Person(Record):
    """Somebody who takes part in the partnership."""

    kind: ClassVar[str] = "person"
    noun: ClassVar[str] = "Person"
    plural: ClassVar[str] = "People"
    tool: ClassVar[str] = "FP-6"

    name: Line = ask("Name", needed=True, shown="mid")
    organisation: Line = ask("Organisation", shown="mid")
    sector: Sector = ask("Sector", shown="mid")
    role: Line = ask("Role in the partnership", example="Chair of the steering group", shown="wide")
    access_needs: Text = ask(
        "What helps them to take part", "Access, language, transport, times. Kept off shared screens.", private=True
    )


class Stakeholder(Record):
    """A group (or person, or body) that the activity affects, or that affects the activity."""

    kind: ClassVar[str] = "stakeholder"
    noun: ClassVar[str] = "Stakeholder"
    plural: ClassVar[str] = "Stakeholders"
    tool: ClassVar[str] = "AN-3"

    name: Line = ask(
        "Who",
        "A group that experiences change, or that makes it happen.",
        example="Residents who come to the club",
        needed=True,
        shown="mid",
    )
    sector: Sector = ask("Sector", shown="narrow")
    people: Quantity = ask(
        "How many people", "The size of the whole group, changed or not.", example="30", shown="narrow"
    )
    included: YesNo = ask(
        "Included in the forecast",
        "Leave a group out only for a reason that you would say aloud to it.",
        needed=True,
        shown="narrow",
    )
    reason: Text = ask(
        "Why included, or left out",
        example="They eat here, and they are the ones who fall less often.",
        needed=True,
        shown="wide",
    )
    involved: Text = ask(
        "How they were asked",
        "When, how, and how many of them said what changes.",
        example="Conversation with 12 of 30 at lunch, two in their homes",
        shown="wide",
    )
    origin: Origin = ask("Made from", default="")
    wanted: Wanted = ask(
        "Support that we want from them",
        "How far they would have to support it. How much they matter is not ours to want.",
        group=ON_THE_MAP,
    )
    approach: Text = ask(
        "What we do about it",
        "What would have to be true for them to support it, and what is done to make it so.",
        example="Two evenings at the hall; a seat in the design group",
        group=ON_THE_MAP,
    )
    moved_by: reference("person") = ask("Who sees to it", group=ON_THE_MAP)  # type: ignore[valid-type]
    moved_by_date: Date = ask("By when", group=ON_THE_MAP)
    interest: Text = ask("What they want from it, or fear", "As they would say it themselves.", group=ON_THE_MAP)
    influences: Line = ask(
        "Whom they influence",
        "Who listens to them?",
        example="The council’s committee; half of the village",
        group=ON_THE_MAP,
    )
    map_notes: Text = ask("Notes", "Kept off shared screens.", private=True, group=ON_THE_MAP)

    @property
    def wanted_support(self) -> int | None:
        """The support that is wanted, 1 to 5; None while nobody has said."""
        return int(self.wanted) if self.wanted else None


class Confirmation(Record):
    """Somebody has said that the partnership agrees with a stage as it stands. Any later change makes the stage stale."""

    kind: ClassVar[str] = "confirmation"
    noun: ClassVar[str] = "Confirmation"
    plural: ClassVar[str] = "Confirmations"
    tool: ClassVar[str] = "INT-2"
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "stage"

    stage: Line = ask("Stage", needed=True)
    agreed_by: Line = ask("Who agreed", "For instance the steering group, with the date of its meeting.", shown="wide")
    open_points: Text = ask("What was known to be open", "One on each line, as the page listed it on that day.")
