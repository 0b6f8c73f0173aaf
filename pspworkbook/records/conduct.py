"""Do: interests, fair competition, learning, who leads and stands in, and what comes after the award."""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Origin, Quantity, Text, YesNo, ask, choice, reference
from pspworkbook.records.lists import HowFar
from pspworkbook.records.record import Record

Interest = choice(
    money="Money or employment",
    organisation="A post or a seat in an organisation",
    family="Family or friends",
    other="Another interest",
    none="Nothing to declare",
)
What = choice(
    leaves="Leaves the room, and takes no part",
    stays_silent="Stays, but does not speak or decide",
    speaks="May speak, does not decide",
    none="Nothing has to be done",
    open="Not settled yet",
)
SameForAll = choice(
    yes="Yes, given to every bidder as well",
    not_yet="Not yet",
    public="It is public anyway",
    never="No, and it cannot be",
)
Independent = choice(
    outside="Somebody from outside the partnership",
    procurement="The buyer’s procurement staff, not in the design",
    inside="Somebody who took part in the design",
)
Unit = choice(
    people="people",
    hours="hours a week",
    days="days a month",
    shifts="shifts a week",
)
Accept = choice(yes="Take it on", later="Later", no="Leave it", open="Not decided")


NOTHING = ("kind_of", "none")
"""Of somebody with nothing to declare, nothing more is asked."""


class ConflictOfInterest(Record):
    """An interest that somebody has declared, or that nobody has asked about yet. Private unless it says otherwise."""

    kind: ClassVar[str] = "conflict_interest"
    noun: ClassVar[str] = "Declared interest"
    plural: ClassVar[str] = "Conflicts of interest"
    tool: ClassVar[str] = "DO-6"
    confidential: ClassVar[bool] = True
    name_field: ClassVar[str] = "about"

    person: reference("person") = ask("Who", needed=True, shown="mid")  # type: ignore[valid-type]
    kind_of: Interest = ask("Kind of interest", needed=True, shown="mid")
    interest: Text = ask("What the interest is", needed=True, private=True, unless=NOTHING)
    about: Line = ask(
        "Which matters it touches", example="The kitchen contract", needed=True, shown="wide", unless=NOTHING
    )
    declared: Date = ask("Declared on", needed=True, shown="narrow", happened=True)
    meeting: Line = ask("At which meeting", example="Steering group, 12 June 2026")
    does: What = ask("At these matters the person", default="open", needed=True, shown="mid")
    action: Text = ask("What was agreed about it", needed=True, private=True, unless=NOTHING)
    closed: Date = ask(
        "Closed on", "When the interest has ended.", shown="narrow", not_before="declared", happened=True
    )
    may_be_named: YesNo = ask("May the name stand in papers that leave the group?", default=False)
    origin: Origin = ask("Made from", default="")


class SharedInformation(Record):
    """Something that was given to somebody who may bid, or to one partner; and whether all others have it too."""

    kind: ClassVar[str] = "shared_information"
    noun: ClassVar[str] = "Piece of information"
    plural: ClassVar[str] = "Information that was shared"
    tool: ClassVar[str] = "DO-6"
    name_field: ClassVar[str] = "what"

    what: Line = ask("What was shared", example="Number of meals, week by week", needed=True, shown="wide")
    with_whom: Line = ask("With whom", "An organisation or a group.", needed=True, shown="mid")
    when: Date = ask("On", needed=True, shown="narrow")
    matters: YesNo = ask("Could it help somebody to bid?", default=True, needed=True)
    same_for_all: SameForAll = ask("Given to all bidders?", default="not_yet", needed=True, shown="mid")
    released: Date = ask("Given to all on", shown="narrow", not_before="when", happened=True)
    evidence: Line = ask("Where this is written down", "A document, an e-mail, a web address.", needed=True)
    why_not: Text = ask("Why it cannot be given to all", "And what is done so that competition stays fair.")
    origin: Origin = ask("Made from", default="")


class SpecificationCheck(Record):
    """Somebody looked at the specification to see whether it favours one provider."""

    kind: ClassVar[str] = "spec_check"
    noun: ClassVar[str] = "Check of the specification"
    plural: ClassVar[str] = "Independent checks of the specification"
    tool: ClassVar[str] = "DO-6"
    name_field: ClassVar[str] = "part"

    part: Line = ask("What was looked at", example="Draft specification, version 2", needed=True, shown="wide")
    who: Line = ask("Who looked", "A role.", needed=True, shown="mid")
    independent: Independent = ask("How independent", needed=True, shown="mid")
    date: Date = ask("On", needed=True, shown="narrow")
    found: Text = ask("What could have favoured one provider", needed=True)
    changed: Text = ask("What was changed", needed=True)
    open: YesNo = ask("Is something still open?", default=False, shown="narrow")


class Reflection(Record):
    """What somebody learned, and what may be building up. Everybody adds their own."""

    kind: ClassVar[str] = "reflection"
    noun: ClassVar[str] = "Reflection"
    plural: ClassVar[str] = "Learning log"
    tool: ClassVar[str] = "DO-7"
    name_field: ClassVar[str] = "learned"

    meeting: Line = ask("At which meeting", example="Steering group, 12 June 2026", shown="mid")
    date: Date = ask("On", needed=True, shown="narrow")
    learned: Line = ask("What we saw or learned", needed=True, shown="wide", group="In the four columns of a lesson")
    impact: Text = ask("What came of it", group="In the four columns of a lesson")
    recommendation: Text = ask("What to do next time", group="In the four columns of a lesson")
    barrier: Line = ask("Is something building up that could stop us?", shown="wide", group="Now")
    action: Line = ask("What we do about it", shown="mid", group="Now")
    owner: reference("person") = ask("Who does it", group="Now")  # type: ignore[valid-type]
    done: Date = ask("Done on", group="Now", not_before="date", happened=True)
    origin: Origin = ask("Made from", default="", group="Now")


class Workstream(Record):
    """One strand of the work, and who leads it: not always the same people."""

    kind: ClassVar[str] = "workstream"
    noun: ClassVar[str] = "Workstream"
    plural: ClassVar[str] = "Workstream leads"
    tool: ClassVar[str] = "DO-8"

    name: Line = ask("Workstream", example="Volunteers and drivers", needed=True, shown="mid")
    aim: Line = ask("What it is to reach", needed=True, shown="wide")
    lead: reference("person") = ask("Who leads", needed=True, shown="mid")  # type: ignore[valid-type]
    deputy: reference("person") = ask("Who stands in", needed=True, shown="mid")  # type: ignore[valid-type]
    support: Text = ask("What the lead needs to be able to do it", needed=True, shown="wide")
    origin: Origin = ask("Made from", default="")


class Sponsor(Record):
    """A senior person, what they need from this work, and when somebody talks to them next."""

    kind: ClassVar[str] = "sponsor"
    noun: ClassVar[str] = "Senior person"
    plural: ClassVar[str] = "Keeping senior people with us"
    tool: ClassVar[str] = "DO-9"
    name_field: ClassVar[str] = "role"

    role: Line = ask("Senior person", "Role and organisation.", needed=True, shown="mid")
    need: Text = ask("Which of their needs this work meets", needed=True, shown="wide")
    contact: reference("person") = ask("Who talks to them", needed=True, shown="mid")  # type: ignore[valid-type]
    last: Date = ask("Last talked on", happened=True)
    next: Date = ask("Next talk on", needed=True, shown="narrow", not_before="last")
    agreed: Text = ask("What they promised", "People's time, rooms, a word to others.")
    meeting: Line = ask("Which meeting they should not miss", shown="mid")
    deputy: Line = ask("Who comes if they cannot", "Somebody who may decide in their place.", needed=True)


class Contingency(Record):
    """What is done when fewer people come than are needed."""

    kind: ClassVar[str] = "contingency"
    noun: ClassVar[str] = "Back-up plan"
    plural: ClassVar[str] = "Back-up plans for staff and volunteers"
    tool: ClassVar[str] = "DO-10"
    name_field: ClassVar[str] = "need"

    need: Line = ask("What is needed", example="Drivers on a weekday", needed=True, shown="wide", group="Need")
    unit: Unit = ask("Counted in", default="people", needed=True, group="Need")
    needed: Quantity = ask("How many are needed", needed=True, group="Need")
    expected: Quantity = ask("Expected", needed=True, group="Need")
    worst: Quantity = ask("In the worst case", needed=True, group="Need", not_above="expected")
    trigger: Quantity = ask(
        "Trigger",
        "When there are this many or fewer, the fallback begins; nobody has to decide again.",
        needed=True,
        shown="narrow",
        group="Fallback",
    )
    actual: Quantity = ask("Now", shown="narrow", group="Fallback")
    as_at: Date = ask("Counted on", shown="narrow", group="Fallback", happened=True)
    fallback: Text = ask(
        "What we do then",
        "Paid cover, another way of delivering, or less of it: what everyone can accept.",
        needed=True,
        shown="wide",
        group="Fallback",
    )
    agreed_with: Line = ask("Agreed with", needed=True, group="Fallback")
    cost: Quantity = ask("What it costs a week, £", group="Fallback")
    owner: reference("person") = ask("Who starts it", needed=True, shown="mid", group="Fallback")  # type: ignore[valid-type]
    started: Date = ask("Fallback begun on", group="Fallback", happened=True)
    origin: Origin = ask("Made from", default="")


class Opportunity(Record):
    """A new project or sum of money, and whether it would strain the people who do this one."""

    kind: ClassVar[str] = "opportunity"
    noun: ClassVar[str] = "Opportunity"
    plural: ClassVar[str] = "Can we take this on?"
    tool: ClassVar[str] = "DO-11"
    name_field: ClassVar[str] = "what"

    what: Line = ask("What is offered", needed=True, shown="wide")
    organisation: Line = ask("To whom", needed=True, shown="mid")
    same_people: HowFar = ask("Would the same people have to do it?", needed=True)
    same_time: HowFar = ask("At the same time?", needed=True)
    paid_cover: HowFar = ask("Does it pay for more people?", needed=True)
    fits: HowFar = ask("Does it serve the same aims?", needed=True)
    service_safe: HowFar = ask("Would the service here stay as it is?", needed=True)
    accept: Accept = ask("Decision", default="open", needed=True, shown="mid")
    reason: Text = ask("Why, and on which conditions", needed=True, shown="wide")
    decided_by: Line = ask("Who decided")
    date: Date = ask("On", shown="narrow")


class Continuation(Record):
    """A role in the partnership after the award: who keeps it, where they meet, and what if the partner loses."""

    kind: ClassVar[str] = "continuation"
    noun: ClassVar[str] = "Role after the award"
    plural: ClassVar[str] = "Partnership after the award"
    tool: ClassVar[str] = "DO-12"
    name_field: ClassVar[str] = "role"

    role: Line = ask(
        "What goes on", example="Watching over quality with those who eat there", needed=True, shown="wide"
    )
    who: Line = ask("Who", "An organisation or a role.", needed=True, shown="mid")
    forum: Line = ask("Where they meet", needed=True, shown="mid")
    frequency: Line = ask("How often", example="Every three months", needed=True, shown="mid")
    if_lost: HowFar = ask(
        "Does it hold if another provider wins?",
        "The partnership goes on even if the partner who helped to design it does not deliver.",
        needed=True,
        shown="narrow",
    )
    if_lost_how: Text = ask("What changes then")
    review: Date = ask("Looked at again on", needed=True)
    origin: Origin = ask("Made from", default="")


MODELS: tuple[type[Record], ...] = (
    ConflictOfInterest,
    SharedInformation,
    SpecificationCheck,
    Reflection,
    Workstream,
    Sponsor,
    Contingency,
    Opportunity,
    Continuation,
)
