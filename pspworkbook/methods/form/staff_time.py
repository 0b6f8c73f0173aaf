"""Can people really give the time? Promised hours added up, and what would break if one person fell ill."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap, number_of, same_name
from pspworkbook.records import Person
from pspworkbook.records.form import StaffTime

RULE = (
    "For each organisation the workbook adds up the hours a month. It warns when only one person gives time, when "
    "somebody’s time is nought, when no senior person agreed, and when nobody stands in. The guide says that a partner "
    "who cannot free people for the first meetings is a reason to think again."
)


@dataclass(frozen=True)
class PartnerTime:
    """The time of one organisation: hours a month in all, those agreed by a senior person, and how many people."""

    organisation: str
    people: int
    hours: float
    agreed: float


def totals(rows: Rows[StaffTime], people: Mapping[str, Person]) -> list[PartnerTime]:
    """The time of each organisation, by name. ``people`` is the list of people by identifier."""
    groups: dict[str, list[StaffTime]] = {}
    names: dict[str, str] = {}
    for _, row in rows:
        name = _organisation(row, people)
        groups.setdefault(same_name(name), []).append(row)
        names.setdefault(same_name(name), name)
    return [
        PartnerTime(
            names[key],
            len({row.person for row in mine if row.hours}),
            sum(row.hours or 0.0 for row in mine),
            sum(row.hours or 0.0 for row in mine if row.approved),
        )
        for key, mine in sorted(groups.items())
    ]


def gaps(rows: Rows[StaffTime], people: Mapping[str, Person]) -> Iterator[StageGap]:
    """What is thin in the promises of time, by :data:`RULE`."""
    if not rows:
        yield StageGap("FP-3", "Nobody has promised any time yet.", "staff_time")
    for partner in totals(rows, people):
        if partner.people == 1:
            yield StageGap(
                "FP-3",
                f"{partner.organisation}: one person gives all the time "
                f"({number_of(round(partner.hours), 'hour')} a month). Find a second.",
                "staff_time",
            )
        if partner.people == 0:
            yield StageGap(
                "FP-3", f"{partner.organisation}: no hours at all. Think again about this partner.", "staff_time"
            )
    for id_, row in rows:
        who = people[row.person].label() if row.person in people else "Somebody"
        if row.person is None or row.person not in people:
            yield StageGap("FP-3", f"“{row.label()}”: say whose time it is.", row.kind, id_, "person")
        if not row.hours:
            yield StageGap("FP-3", f"{who} has promised no hours.", row.kind, id_, "hours")
        if not row.approved:
            yield StageGap("FP-3", f"{who}: no senior person has agreed to the time.", row.kind, id_, "approved")
        if row.cover is None:
            yield StageGap("FP-3", f"{who}: nobody stands in.", row.kind, id_, "cover")
        elif row.cover == row.person:
            yield StageGap("FP-3", f"{who} stands in for themselves. Name somebody else.", row.kind, id_, "cover")


def _organisation(row: StaffTime, people: Mapping[str, Person]) -> str:
    person = people.get(row.person or "")
    return (person.organisation if person else "") or "Organisation not given"
