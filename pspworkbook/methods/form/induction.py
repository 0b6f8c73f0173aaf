"""The induction pack: what somebody who joins later needs to read, put together from the workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pspworkbook import guide
from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.methods.words import day
from pspworkbook.records import Partnership, Person
from pspworkbook.records.decide import Condition, Decision, Dissent, Option, Principle
from pspworkbook.records.form import Induction, Member
from pspworkbook.records.identify import Definition, NeedStatement

TERMS = (
    "public-social-partnership",
    "co-production",
    "commissioning",
    "procurement",
    "memorandum-of-understanding",
    "lead-funder",
    "social-return-on-investment",
)
"""The terms of the glossary that a newcomer meets first."""


@dataclass(frozen=True)
class PackFacts:
    """What the workbook knows, as far as a newcomer needs it."""

    partnership: Partnership = field(default_factory=Partnership)
    needs: Rows[NeedStatement] = ()
    definition: Definition = field(default_factory=Definition)
    decision: Decision = field(default_factory=Decision)
    options: Rows[Option] = ()
    conditions: Rows[Condition] = ()
    dissents: Rows[Dissent] = ()
    principles: Rows[Principle] = ()
    members: Rows[Member] = ()
    people: Sequence[tuple[str, Person]] = ()


@dataclass(frozen=True)
class PackPart:
    """One part of the pack: its heading and its lines. ``missing`` says what should stand there."""

    key: str
    title: str
    lines: tuple[str, ...]
    missing: str = ""


def pack(facts: PackFacts) -> tuple[PackPart, ...]:
    """The parts of the pack in the order of reading. A part without lines says what is missing."""
    return (
        _part("vision", "What it is for", _vision(facts), "The need has not been written down yet."),
        _part("history", "How it came about", _history(facts), "The decision to form a PSP is not recorded yet."),
        _part("values", "How we work together", _values(facts), "No principle has been agreed yet."),
        _part("people", "Who is who", _people(facts), "Nobody is in the team yet."),
        _part("words", "Words you will hear", _words(facts), ""),
        PackPart("mou", "What we have signed", ("The Memorandum of Understanding comes with this pack.",)),
        PackPart(
            "questions",
            "Your fresh eyes",
            (
                "What would you ask if nobody here knew you?",
                "Which of these decisions would you like explained?",
                "Whom do you miss at the table?",
            ),
        ),
    )


def _part(key: str, title: str, lines: Iterator[str], missing: str) -> PackPart:
    found = tuple(lines)
    return PackPart(key, title, found, "" if found else missing)


def _vision(facts: PackFacts) -> Iterator[str]:
    if facts.partnership.need:
        yield facts.partnership.need
    for _, need in facts.needs:
        if need.difficulty:
            yield f"{need.who or 'People'}: {need.difficulty}" + (f" ({need.where})" if need.where else "")


def _history(facts: PackFacts) -> Iterator[str]:
    if facts.partnership.started:
        yield f"The partnership began on {day(facts.partnership.started)}."
    option = dict(facts.options).get(facts.decision.option or "")
    if option is not None:
        when = f" on {day(facts.decision.date)}" if facts.decision.date else ""
        yield f"{facts.decision.question} Decided{when}: {option.label()}. {facts.decision.reasons}".strip()
    for _, condition in facts.conditions:
        yield f"Condition{' (met)' if condition.met else ''}: {condition.label()}"
    for _, dissent in facts.dissents:
        yield f"Somebody saw it differently: {dissent.label()}"


def _values(facts: PackFacts) -> Iterator[str]:
    if facts.definition.text:
        yield f"What we mean by commissioning: {facts.definition.text}"
    for _, principle in facts.principles:
        if principle.agreed and principle.wording:
            yield principle.wording


def _people(facts: PackFacts) -> Iterator[str]:
    people = dict(facts.people)
    for _, member in facts.members:
        person = people.get(member.person or "")
        if person is not None:
            yield ", ".join(part for part in (person.name, person.organisation, member.role or person.role) if part)


def _words(facts: PackFacts) -> Iterator[str]:
    terms = guide.glossary()
    for key in TERMS:
        yield f"{terms[key].term}: {terms[key].definition}"


def gaps(members: Rows[Member], inductions: Rows[Induction], people: dict[str, Person]) -> Iterator[StageGap]:
    """Members who joined once inductions had begun to be recorded, and had none."""
    had = {row.person for _, row in inductions}
    if not had:
        return
    for id_, member in members:
        if member.person and member.person in people and member.person not in had:
            yield StageGap(
                "FP-7", f"No induction is noted for {people[member.person].label()}.", "member", id_, "person"
            )
