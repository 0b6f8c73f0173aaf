"""Who answers for what, deliverables, resources with what they change for staff, and the gaps in them. Pure functions."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pspworkbook.methods.analyse.demand import Estimate
from pspworkbook.methods.findings import Rows, StageGap, same_name
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.methods.words import about
from pspworkbook.records.plan import Deliverable, Resource, ResourceGap, Responsibility, Screening

ROLES_RULE = "Each piece of work has exactly one person who answers for it, and at least one who does it."
TUPE_RULE = (
    "Where a plan changes the work of people who are employed now, the law on transfers of staff (TUPE) may give them "
    "rights that nobody can plan away. Ask for advice before anybody is told anything; the note on it stands above."
)
PARTS = ("responsible", "accountable", "consulted", "informed")


@dataclass(frozen=True)
class Work:
    """One piece of work with the people in each part of it: the four parts of :data:`PARTS` to identifiers of people."""

    what: str
    who: dict[str, tuple[str, ...]]


def chart(rows: Rows[Responsibility]) -> list[Work]:
    """Who has which part in which piece of work, in the order in which the pieces come."""
    grouped: dict[str, list[Responsibility]] = {}
    for _, row in rows:
        if row.what:
            grouped.setdefault(same_name(row.what), []).append(row)
    return [
        Work(
            group[0].what,
            {
                part: tuple(dict.fromkeys(row.person for row in group if row.part == part and row.person))
                for part in PARTS
            },
        )
        for group in grouped.values()
    ]


def role_gaps(rows: Rows[Responsibility]) -> list[StageGap]:
    """Work for which nobody, or more than one person, answers, and work that nobody does."""
    found = []
    grouped: dict[str, list[tuple[str, Responsibility]]] = {}
    for id_, row in rows:
        if row.what:
            grouped.setdefault(same_name(row.what), []).append((id_, row))
    for group in grouped.values():
        id_, first = group[0]
        answers = sum(row.part == "accountable" for _, row in group)
        if answers != 1:
            words = "nobody answers for it" if not answers else f"{answers} people answer for it; let it be one"
            found.append(StageGap("PL-4", f"“{first.what}”: {words}.", "responsibility", id_, "part"))
        if not any(row.part == "responsible" for _, row in group):
            found.append(StageGap("PL-4", f"“{first.what}”: nobody does it.", "responsibility", id_, "part"))
    return found


def staff_gaps(rows: Rows[Resource]) -> list[StageGap]:
    """Staff who are affected without a word on how, or without advice and its day; nobody who provides it."""
    found = []
    for id_, row in rows:
        whom = f"“{row.label()}”"
        if row.staff and not row.advice_by:
            sentence = f"{whom} changes the work of people who are employed now. Ask for advice on TUPE."
            found.append(StageGap("PL-10", sentence, row.kind, id_, "advice_by"))
        elif row.staff and not row.advice_on:
            found.append(
                StageGap("PL-10", f"{whom}: say when the advice on TUPE was given.", row.kind, id_, "advice_on")
            )
        if row.staff and not row.effect:
            found.append(StageGap("PL-10", f"{whom}: say what it changes for them.", row.kind, id_, "effect"))
        if row.staff is None:
            found.append(StageGap("PL-10", f"{whom}: does it change anybody’s work?", row.kind, id_, "staff"))
    return found


def hours(rows: Rows[Resource]) -> list[tuple[str, float]]:
    """Hours a month by who provides them, in the order in which they come; names are compared without case and blanks."""
    found: dict[str, tuple[str, float]] = {}
    for _, row in rows:
        if row.hours:
            name, before = found.get(same_name(row.provided_by), (row.provided_by or "Nobody yet", 0.0))
            found[same_name(row.provided_by)] = (name, before + row.hours)
    return list(found.values())


def gap_gaps(rows: Rows[ResourceGap]) -> list[StageGap]:
    """Gaps without a way to fill them."""
    found = []
    for id_, gap in rows:
        if short(gap) > 0 and not gap.option:
            sentence = f"“{gap.label()}”: {about(short(gap))} missing, and nobody has said how to find them."
            found.append(StageGap("PL-11", sentence, gap.kind, id_, "option"))
    return found


def gaps_from(resources: Rows[Resource], estimates: Iterable[Estimate]) -> Iterator[Offer]:
    """A gap from each resource that nobody provides, and from each group for which there may be too little room."""
    for id_, row in resources:
        if row.name and not row.provided_by:
            text = f"{row.name}: nobody provides it yet"
            yield Offer(
                origin_of("resource", id_), text, "resource plan", {"what": row.name, "need": row.hours, "have": 0}
            )
    for one in estimates:
        if one.verdict in ("short", "far") and one.mid is not None:
            text = f"Room for {one.group}: {one.words[:1].lower() + one.words[1:]}"
            yield Offer(origin_of("demand", one.id), text, "demand estimate, stage 4", {
                "what": f"Places for {one.group}"[:300], "need": round(one.mid), "have": one.capacity,
            })  # fmt: skip


def late_deliverables(rows: Rows[Deliverable], today: dt.date) -> list[StageGap]:
    """What should have been accepted before today, and what nobody sees to."""
    found = []
    for id_, row in rows:
        if row.due and row.due < today and not row.accepted:
            days = (today - row.due).days
            sentence = (
                f"“{row.label()}” was due {'yesterday' if days == 1 else f'{days:,} days ago'} and is not accepted."
            )
            found.append(StageGap("PL-6", sentence, row.kind, id_, "accepted"))
        if not row.owner:
            found.append(StageGap("PL-6", f"Nobody sees to “{row.label()}”.", row.kind, id_, "owner"))
        if not row.criteria:
            found.append(StageGap("PL-6", f"“{row.label()}”: say when it is good enough.", row.kind, id_, "criteria"))
    return found


def short(gap: ResourceGap) -> float:
    """How much is missing; 0 when there is enough, or nobody has said."""
    return max(0.0, (gap.need or 0.0) - (gap.have or 0.0))


def leaving(row: Screening) -> float | None:
    """How many of a group are expected to leave; None while it is not said."""
    return None if row.people is None or row.leave is None else row.people * row.leave
