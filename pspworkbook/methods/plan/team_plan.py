"""Who answers for what, resources and their gaps, how much planning is right, and the steering group's terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap, unanswered
from pspworkbook.records import Person
from pspworkbook.records.form import Member
from pspworkbook.records.plan import MethodChoice, Resource, ResourceGap, Responsibility, Screening, SteeringTerms

ROLES_RULE = "Each piece of work has exactly one person who answers for it, and at least one who does it."
TUPE_RULE = (
    "Where a plan changes the work of people who are employed now, the law on transfers of staff (TUPE) may give them "
    "rights that nobody can plan away. Ask for advice before anybody is told anything; the note on it stands above."
)
METHOD_RULE = (
    "Size and risk count one point for middling and two for large; little experience adds one, much takes one off. Up to "
    "one point: light (scope, dates, who does what). Two or three: standard (also budget, deliverables and risks). Four or "
    "more: full (also a report at fixed times). You may choose otherwise, and say why."
)
BALANCE_RULE = (
    "Neither sector, and no group of users and carers, holds more than half of the seats, and each holds one at least."
)
POINTS = {"small": 0, "middling": 1, "large": 2}
SKILL = {"small": 1, "middling": 0, "large": -1}
ELEMENTS = ("Scope", "Schedule", "Roles", "Budget", "Deliverables", "Risks and issues", "Progress report")
AT_DEPTH = {"light": 3, "standard": 6, "full": 7}


def role_gaps(rows: Rows[Responsibility]) -> list[StageGap]:
    """Work for which nobody, or more than one person, answers, and work that nobody does."""
    found = []
    grouped: dict[str, list[tuple[str, Responsibility]]] = {}
    for id_, row in rows:
        if row.what:
            grouped.setdefault(" ".join(row.what.split()).casefold(), []).append((id_, row))
    for group in grouped.values():
        id_, first = group[0]
        answers = sum(row.part == "accountable" for _, row in group)
        if answers != 1:
            words = "nobody answers for it" if not answers else f"{answers} people answer for it; let it be one"
            found.append(StageGap("PL-4", f"“{first.what}”: {words}.", "responsibility", id_, "part"))
        if not any(row.part == "responsible" for _, row in group):
            found.append(StageGap("PL-4", f"“{first.what}”: nobody does it.", "responsibility", id_, "part"))
    return found


def resource_gaps(resources: Rows[Resource], missing: Rows[ResourceGap]) -> list[StageGap]:
    """Staff who are affected without advice, and gaps without a way to fill them."""
    found = []
    for id_, row in resources:
        if row.staff and not row.advice_by:
            found.append(StageGap("PL-10", f"“{row.label()}” changes the work of people who are employed now. Ask for advice on TUPE.", "resource", id_, "advice_by"))  # fmt: skip
    for id_, gap in missing:
        if short(gap) > 0 and not gap.option:
            found.append(StageGap("PL-11", f"“{gap.label()}”: {short(gap):g} missing, and nobody has said how to find them.", "resource_gap", id_, "option"))  # fmt: skip
    return found


def short(gap: ResourceGap) -> float:
    """How much is missing; 0 when there is enough, or nobody has said."""
    return max(0.0, (gap.need or 0.0) - (gap.have or 0.0))


def leaving(row: Screening) -> float | None:
    """How many of a group are expected to leave; None while it is not said."""
    return None if row.people is None or row.leave is None else row.people * row.leave


@dataclass(frozen=True)
class Advice:
    """How much planning: the depth by the rule, the one in use, and the elements of a plan that belong to it."""

    by_rule: str
    depth: str
    elements: tuple[str, ...]


def how_much(choice: MethodChoice) -> Advice | None:
    """The depth of planning by :data:`METHOD_RULE`; None while a question is open."""
    if not (choice.size and choice.risk and choice.skills):
        return None
    points = POINTS[choice.size] + POINTS[choice.risk] + SKILL[choice.skills]
    by_rule = "light" if points <= 1 else "standard" if points <= 3 else "full"
    depth = choice.depth or by_rule
    return Advice(by_rule, depth, ELEMENTS[: AT_DEPTH[depth]])


GROUPS = {"public": "the public sector", "third": "the third sector", "lived": "users and carers"}


def seats(members: Rows[Member], people: Mapping[str, Person]) -> dict[str, int]:
    """The seats of the steering group by sector; users, carers and the community count together as ``lived``."""
    count = dict.fromkeys(GROUPS, 0)
    for _, member in members:
        person = people.get(member.person or "")
        if member.seat in ("steering", "both") and person and person.sector:
            sector = "lived" if person.sector in ("user", "carer", "community") else person.sector
            count[sector] = count.get(sector, 0) + 1
    return count


def steering_gaps(
    terms: SteeringTerms, members: Rows[Member], people: Mapping[str, Person], meetings: Sequence[object]
) -> list[StageGap]:
    """What the terms lack, and whether the seats are balanced by :data:`BALANCE_RULE`."""
    found = list(unanswered("steering_terms", terms))
    count = seats(members, people)
    whole = sum(count.values())
    if not whole:
        return [
            *found,
            StageGap("PL-13", "Nobody has a seat in the steering group yet. Seats are given in stage 3.", ""),
        ]
    for key, words in GROUPS.items():
        if not count[key]:
            found.append(StageGap("PL-13", f"Nobody in the steering group is from {words}.", ""))
        elif count[key] * 2 > whole:
            found.append(StageGap("PL-13", f"More than half of the seats are held by {words}.", ""))
    if terms.quorum and terms.quorum > whole:
        found.append(StageGap("PL-13", f"{terms.quorum:g} must be there to decide, and the group has {whole} seats.", "steering_terms", "steering_terms", "quorum"))  # fmt: skip
    if not meetings:
        found.append(StageGap("PL-13", "No meeting of the steering group is planned.", "meeting"))
    return found
