"""What an assurer asks of an SROI: answers to findings, the audit of the principles, and who verified what."""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Origin, Text, YesNo, ask, choice, reference
from pspworkbook.records.lists import HowFar
from pspworkbook.records.record import Record

SroiPrinciple = choice(
    involve="Involve stakeholders",
    understand="Understand what changes",
    value="Value the things that matter",
    material="Only include what is material",
    over_claim="Do not over-claim",
    transparent="Be transparent",
    verify="Verify the result",
    responsive="Be responsive (the eighth, new since 2011)",
)
Verdict = choice(sound="Sound", changes="Sound after changes", doubts="Doubts remain", rejected="Not accepted")


class CheckerReply(Record):
    """What the partnership answers to something that a sceptic would ask."""

    kind: ClassVar[str] = "checker_reply"
    noun: ClassVar[str] = "Answer to a sceptic"
    plural: ClassVar[str] = "Answers to a sceptic"
    tool: ClassVar[str] = "AN-4"
    name_field: ClassVar[str] = "finding"

    finding: Line = ask("What a sceptic would ask", needed=True, shown="wide")
    reply: Text = ask("What we answer", "The reason goes into the report as it stands here.", needed=True, shown="wide")
    by: reference("person") = ask("Who says so", shown="mid")
    date: Date = ask("On", shown="narrow")
    stood: Text = ask(
        "How the row stood then", "Kept by the page: when the row says something else, the answer is out of date."
    )
    origin: Origin = ask("Made from", default="")


class PrincipleAudit(Record):
    """Whether one of the principles of SROI is kept here, and how anybody can see it."""

    kind: ClassVar[str] = "principle_audit"
    noun: ClassVar[str] = "Principle kept or not"
    plural: ClassVar[str] = "Principles audit"
    tool: ClassVar[str] = "AN-4"
    name_field: ClassVar[str] = "item"

    item: SroiPrinciple = ask("Principle", needed=True, shown="mid")
    met: HowFar = ask("Is it kept?", needed=True, shown="narrow")
    evidence: Text = ask("How can anybody see it?", needed=True, shown="wide")
    by: reference("person") = ask("Who says so", shown="mid")


class Verification(Record):
    """Somebody has looked at the figures and said whether they hold."""

    kind: ClassVar[str] = "verification"
    noun: ClassVar[str] = "Verification"
    plural: ClassVar[str] = "Verification"
    tool: ClassVar[str] = "AN-4"
    name_field: ClassVar[str] = "what"

    what: Line = ask("What was looked at", example="The seven outcomes and their sources", needed=True, shown="wide")
    by: Line = ask("By whom", "A role and an organisation.", needed=True, shown="mid")
    independent: YesNo = ask("Somebody from outside the partnership", needed=True, shown="narrow")
    date: Date = ask("On", needed=True, shown="narrow", happened=True)
    verdict: Verdict = ask("What they found", needed=True, shown="mid")
    remarks: Text = ask("Their remarks, and what was done about them")


MODELS: tuple[type[Record], ...] = (CheckerReply, PrincipleAudit, Verification)
