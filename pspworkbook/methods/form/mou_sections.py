"""What stands in each section of the Memorandum of Understanding, and what is blank in it.

The wording is ours. Where that of the 2011 template would do harm today, another stands here; ``mou.fill`` lists these.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pspworkbook import guide
from pspworkbook.methods.findings import Rows
from pspworkbook.methods.words import day
from pspworkbook.records import Partnership, Person, field_of
from pspworkbook.records.agreement import Mou, Signatory
from pspworkbook.records.analyse import DataShare, ExpectationGap
from pspworkbook.records.decide import Principle
from pspworkbook.records.form import Member
from pspworkbook.records.identify import Definition

NOT_BINDING = "This memorandum is voluntary. It is not a contract and creates no legal duty."


@dataclass(frozen=True)
class MouFacts:
    """What the workbook knows. ``people`` is the list of people by identifier."""

    partnership: Partnership = field(default_factory=Partnership)
    mou: Mou = field(default_factory=Mou)
    people: Mapping[str, Person] = field(default_factory=dict)
    principles: Rows[Principle] = ()
    members: Rows[Member] = ()
    signatories: Rows[Signatory] = ()
    definition: Definition = field(default_factory=Definition)
    differences: Rows[ExpectationGap] = ()
    shared: Rows[DataShare] = ()


@dataclass(frozen=True)
class Blank:
    """Something that is still missing, and where it is filled in."""

    what: str
    section: str
    kind: str
    field: str


class Writer:
    """Writes one section and notes its blanks."""

    def __init__(self, facts: MouFacts, section: str) -> None:
        self.facts, self.section = facts, section
        self.blanks: list[Blank] = []
        self.third = self.partnership("lead_third", "lead third sector partner", note=section == "organisations")
        self.public = self.partnership("lead_public", "lead public partner", note=section == "organisations")

    def say(self, name: str, what: str = "") -> str:
        """The value of a field of the MoU's own form, or a blank."""
        spec = field_of(Mou, name)
        return self._value(spec.show(getattr(self.facts.mou, name)), what or spec.title, "mou", name)

    def partnership(self, name: str, what: str, *, note: bool = True) -> str:
        """The value of a field of the partnership, or a blank."""
        return self._value(str(getattr(self.facts.partnership, name) or ""), what, "partnership", name, note)

    def day(self, name: str, what: str) -> str:
        """A date of the MoU's own form as it is written, or a blank."""
        value = getattr(self.facts.mou, name)
        return self._value(day(value) if value else "", what, "mou", name)

    def lines(self, name: str) -> list[str]:
        """The lines of a text of the MoU's own form, as lines of a list."""
        return [f"• {line.strip()}" for line in str(getattr(self.facts.mou, name)).splitlines() if line.strip()]

    def needed_lines(self, name: str, what: str) -> list[str]:
        """Like :meth:`lines`, with a blank where there are none."""
        return self.lines(name) or [f"• {self._value('', what, 'mou', name)}"]

    def person(self, name: str, what: str) -> str:
        """A contact, by name, role and organisation, or a blank."""
        person = self.facts.people.get(getattr(self.facts.mou, name) or "")
        return self._value(_named(person) if person else "", what, "mou", name)

    def blank(self, what: str, kind: str, name: str) -> str:
        """A blank."""
        return self._value("", what, kind, name)

    def _value(self, value: str, what: str, kind: str, name: str, note: bool = True) -> str:
        if value:
            return value
        if note:
            self.blanks.append(Blank(what, self.section, kind, name))
        return f"[{what[:1].lower() + what[1:]}]"


def _purpose(at: Writer) -> list[str]:
    name = at.partnership("name", "name of the partnership")
    found = [
        f"{name} is a public social partnership. This memorandum says "
        "how the partners work together and what each does.",
        f"The need: {at.partnership('need', 'the need that it answers')}",
        "Services to be designed together:",
        *at.needed_lines("services", "services to be designed together"),
        f"{NOT_BINDING} It stands apart from any other agreement between the partners.",
    ]
    if at.facts.definition.text:
        found.insert(2, f"By commissioning the partners mean: {at.facts.definition.text}")
    return found


def _organisations(at: Writer) -> list[str]:
    others = [line.strip() for line in at.facts.partnership.others.splitlines() if line.strip()]
    found = [
        f"{at.third}, {at.say('third_form', 'legal form')}, number {at.say('third_number', 'charity or company number')}. "
        f"{at.say('third_mission', 'its mission')}",
        f"{at.public}, which serves {at.say('public_community', 'community served')}. "
        f"{at.say('public_mission', 'its mission')}",
        f"{at.third} helps to design the services. Nothing here makes it their supplier, and it may fail to win them.",
    ]
    if others:
        found.append(f"Other partners: {'; '.join(others)}.")
    return found


def _objectives(at: Writer) -> list[str]:
    says = f" It says: {at.facts.mou.local_plan_says}" if at.facts.mou.local_plan_says else ""
    return [
        "In general: better public services for the community, through partners who design them together.",
        "In particular, the partnership serves this National Outcome: "
        f"{at.say('national_outcome', 'national outcome')} (from {at.say('outcome_list', 'the list it comes from, with its date')}).",
        f"Locally it serves {at.say('local_plan', 'local plan')}, "
        f"{at.say('local_plan_place', 'its page and date')}.{says}",
    ]


OWN_DUTIES = {
    "supply": "Help to design the services, and deliver them only if they are awarded to it later, as the law allows.",
    "plans": "Check that the services fit the local plan named above.",
}
"""Duties whose wording of 2011 is a trap."""


def _roles(at: Writer) -> list[str]:
    template = guide.mou()

    def duties(items: tuple[guide.Item, ...]) -> list[str]:
        texts = [OWN_DUTIES.get(item.key, item.text) for item in items]
        return [f"• {text.replace('Party A', at.third).replace('Party B', at.public)}" for text in texts]

    return [
        f"{at.third} will:",
        *duties(template.party_a_duties),
        *at.lines("third_duties"),
        f"{at.public} will:",
        *duties(template.party_b_duties),
        *at.lines("public_duties"),
        "• Decide after the design how the services are procured, as the law requires, "
        "as openly as if there were no partnership.",
    ]


def _duration(at: Writer) -> list[str]:
    ends = at.facts.mou.ends
    until = f"until {day(ends)}" if ends else "for as long as the partnership works"
    return [
        f"It holds from {at.day('signed', 'day of signing')} {until}.",
        "When the services are designed, and after any pilot, the public partner "
        "decides which way of procuring them is right. That may be a tender. Nothing is promised to any partner beforehand.",
    ]


def _values(at: Writer) -> list[str]:
    agreed = [f"• {row.wording}" for _, row in at.facts.principles if row.agreed and row.wording]
    settled = [f"• {row.agreed}" for _, row in at.facts.differences if row.mou and row.agreed]
    return [
        "The partners hold to these values:",
        *(f"• {item.label}. {item.text}" for item in guide.mou().values),
        *agreed,
        *at.lines("values"),
        *(["Where they expected different things of one another, they agreed:", *settled] if settled else []),
    ]


def _communications(at: Writer) -> list[str]:
    return [
        f"The partners meet {_lower(at.say('meet', 'how often'))} and "
        f"keep one another informed by {_lower(at.say('means', 'by which means'))}.",
        "They talk openly, share what works, and tell one another early what the others need to know, bad news first.",
    ]


def _confidentiality(at: Writer) -> list[str]:
    found = [
        "The partners share what the work needs. What is confidential stays so: "
        "nobody uses it for gain, or to harm anyone.",
        "Records of a public partner can be asked for under freedom of information.",
    ]
    if at.facts.mou.personal_data is False:
        return [*found, "No personal data are shared. If that changes, this section is written anew before it happens."]
    if at.facts.mou.personal_data is None:
        at.blank("whether personal data are shared", "mou", "personal_data")
    listed = [row.data_set for _, row in at.facts.shared if row.data_set and row.personal != "no"]
    annex = [
        "What is shared, on what ground and with whom stands in the annexed table of shared data: "
        + "; ".join(listed)
        + "."
    ]
    return [
        *found,
        *(annex if listed else []),
        "Personal data are handled as data protection law in force requires:",
        f"• Who controls them: {at.say('controllers', 'who controls which personal data')}",
        f"• Lawful basis: {at.public}: {at.say('basis_public', 'its lawful basis')}; "
        f"{at.third}: {at.say('basis_third', 'its lawful basis, which may differ')}",
        f"• Impact assessment: {at.say('assessment')}",
        f"• How long they are kept: {at.say('retention')}",
        f"• If something goes wrong: {at.say('breach')}",
        f"• Whom people ask about their data: {at.say('rights')}",
        f"• How to complain: {at.say('complaints')}. A complaint is acknowledged within 30 days "
        "and the person hears what came of it.",
    ]


def _funding(at: Writer) -> list[str]:
    return [
        "This memorandum moves no money.",
        f"{at.third} puts in: {at.say('third_puts_in', 'what it puts in')}",
        f"{at.public} puts in: {at.say('public_puts_in', 'what it puts in')}",
        "A pilot, or any payment or help in kind from public money, is agreed separately, "
        "after advice on procurement and subsidy control.",
    ]


def _amendments(at: Writer) -> list[str]:
    disputes = at.facts.mou.disputes
    return [
        "Changes need the signature of every partner and are added as annexes. "
        f"The memorandum is looked at again on {at.day('review', 'review day')}, and each year.",
        "What cannot be settled goes to the steering group, where the partners have equal weight."
        + (f" If it cannot settle it: {disputes}" if disputes else ""),
        "Nothing here is legally binding. Each partner bears its own costs of a change.",
    ]


def _termination(at: Writer) -> list[str]:
    return [
        f"A partner can leave the partnership. Notice: {at.say('notice', 'period of notice')}, with the reasons.",
        "Contracts between partners are not touched by it.",
    ]


def _contacts(at: Writer) -> list[str]:
    people = at.facts.people
    seats = [
        people[row.person]
        for _, row in at.facts.members
        if row.seat in ("steering", "both") and row.person and row.person in people
    ]
    group = [f"• {_named(person)}" for person in dict.fromkeys(seats)]
    return [
        f"{at.third}: {at.person('third_contact', 'contact of the third sector partner')}",
        f"{at.public}: {at.person('public_contact', 'contact of the public partner')}",
        "Steering group:",
        *(group or [f"• {at.blank('steering group members', 'member', 'seat')}"]),
    ]


def _acceptance(at: Writer) -> list[str]:
    signing = [row for _, row in at.facts.signatories if row.name]
    found = ["Signed by those entitled to sign for their organisations:"]
    for row in signing:
        signed = day(row.signed) if row.signed else "____________"
        found.append(
            f"• {row.name}, {row.role or 'role: ____________'}, {row.organisation or 'organisation: ____________'}. "
            f"Signature: ____________ Date: {signed}"
        )
    if len(signing) < 2:
        found.append(
            f"• {at.blank('who signs for each partner', 'signatory', 'name')} "
            "Signature: ____________ Date: ____________"
        )
    return found


SECTIONS: dict[str, Callable[[Writer], list[str]]] = {
    "purpose-and-scope": _purpose,
    "organisations": _organisations,
    "objectives": _objectives,
    "roles": _roles,
    "duration": _duration,
    "values": _values,
    "communications": _communications,
    "confidentiality": _confidentiality,
    "funding": _funding,
    "amendments": _amendments,
    "termination": _termination,
    "contacts": _contacts,
    "acceptance": _acceptance,
}


def _named(person: Person) -> str:
    return ", ".join(part for part in (person.name, person.role, person.organisation) if part)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
