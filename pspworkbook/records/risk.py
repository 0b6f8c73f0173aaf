"""The register of risks and issues, and what stands in the way of public support."""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Origin, Text, ask, choice, reference
from pspworkbook.records.record import Record

RiskType = choice(risk="A risk", issue="An issue")
RiskCategory = choice(
    market="Market",
    economic="Economic",
    operational="Operational",
    legal="Legal and procurement",
    people="People",
    reputation="Reputation and trust",
    political="Policy and politics",
    other="Something else",
)
RiskStatus = choice(open="Open", watching="Being watched", closed="Closed")
BlockerKind = choice(
    blocker="Somebody who may stand in the way",
    expectation="Something that the public expects",
)


class Risk(Record):
    """Something that may go wrong, or has gone wrong. How likely and how bad it is, is asked of everyone as a ballot."""

    kind: ClassVar[str] = "risk"
    noun: ClassVar[str] = "Risk or issue"
    plural: ClassVar[str] = "Risks and issues"
    tool: ClassVar[str] = "PL-7"
    name_field: ClassVar[str] = "title"

    title: Line = ask(
        "What may happen, or has happened",
        example="The minibus is off the road for a week",
        needed=True,
        shown="wide",
        group="What",
    )
    type: RiskType = ask(
        "Risk or issue",
        "A risk may happen; an issue has happened.",
        default="risk",
        needed=True,
        shown="narrow",
        group="What",
    )
    category: RiskCategory = ask("Category", needed=True, shown="mid", group="What")
    cause: Text = ask("Because", "What would bring it about?", needed=True, group="What")
    effect: Text = ask("And then", "What it would mean, and for whom.", needed=True, group="What")
    bears: Line = ask("Who bears it", "Which partners, or which people, would feel it most?", group="What")
    response: Text = ask("What we do about it", needed=True, group="What we do")
    owner: reference("person") = ask("Who sees to it", needed=True, shown="mid", group="What we do")  # type: ignore[valid-type]
    review: Date = ask("Looked at again on", needed=True, shown="narrow", group="What we do")
    status: RiskStatus = ask("Status", default="open", needed=True, shown="narrow", group="What we do")
    origin: Origin = ask("Made from", default="")


class Blocker(Record):
    """A worry, an objection or a hope that the partnership has to meet with words and deeds."""

    kind: ClassVar[str] = "blocker"
    noun: ClassVar[str] = "Blocker or expectation"
    plural: ClassVar[str] = "Blockers and public expectations"
    tool: ClassVar[str] = "PL-23"
    name_field: ClassVar[str] = "blocker"

    blocker: Line = ask(
        "What stands in the way, or what people expect",
        example="Drivers fear for their shifts",
        needed=True,
        shown="wide",
    )
    type: BlockerKind = ask("Which of the two", default="blocker", needed=True)
    stakeholder: reference("stakeholder") = ask("Whose it is", shown="mid")  # type: ignore[valid-type]
    concern: Text = ask("What lies behind it", "As they would say it themselves.", needed=True, shown="wide")
    approach: Text = ask("How we meet it", "What we say and what we do.", needed=True, shown="wide")
    owner: reference("person") = ask("Who sees to it", needed=True, shown="mid")  # type: ignore[valid-type]
    settled: Date = ask("Settled on", "Leave it empty while it is open.", happened=True)
    origin: Origin = ask("Made from", default="")


MODELS: tuple[type[Record], ...] = (Risk, Blocker)
