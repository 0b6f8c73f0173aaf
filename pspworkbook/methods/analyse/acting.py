"""What is being done about those who matter most and support least: on the map, in blockers, messages and seats."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pspworkbook.methods.analyse.stakeholders import Placed
from pspworkbook.methods.do.comms import next_due
from pspworkbook.methods.findings import Rows
from pspworkbook.records import Person, Stakeholder
from pspworkbook.records.deliver import Communication
from pspworkbook.records.form import Member
from pspworkbook.records.identify import Involvement
from pspworkbook.records.risk import Blocker


@dataclass(frozen=True)
class Acting:
    """One stakeholder to act on, with all that is being done about it, found by its identifier and not by its name.

    ``messages`` are those still to come, each with its next date; ``seats`` are the people in the steering group who
    speak for it.
    """

    placed: Placed
    row: Stakeholder
    who: str
    blockers: tuple[tuple[str, Blocker], ...]
    messages: tuple[tuple[str, Communication, dt.date], ...]
    seats: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing at all is being done."""
        return not (self.row.approach or self.blockers or self.messages)

    def overdue(self, today: dt.date) -> bool:
        """Whether the day by which they were to be won has passed."""
        return self.row.moved_by_date is not None and self.row.moved_by_date < today


def being_done(
    found: Sequence[Placed],
    stakeholders: Mapping[str, Stakeholder],
    people: Mapping[str, Person],
    blockers: Rows[Blocker],
    communications: Rows[Communication],
    members: Rows[Member],
    involved: Rows[Involvement],
) -> list[Acting]:
    """The list to act on, in the order of ``found``, each with what is being done about it."""
    seats = speaks_for(members, involved)
    return [
        Acting(
            one,
            stakeholders.get(one.id, Stakeholder(name=one.name)),
            _name(people, stakeholders[one.id].moved_by) if one.id in stakeholders else "",
            tuple((id_, row) for id_, row in blockers if row.stakeholder == one.id and row.settled is None),
            tuple(
                (id_, row, due) for id_, row in communications if row.stakeholder == one.id and (due := next_due(row))
            ),
            tuple(_name(people, person) for person in seats.get(one.id, ())),
        )
        for one in found
        if one.act
    ]


def speaks_for(members: Rows[Member], involved: Rows[Involvement]) -> dict[str, list[str]]:
    """Who in the steering group speaks for each stakeholder: its identifier to those of people.

    Somebody does when the groups to involve (stage 1) name as its contact a member or a member's deputy (stage 3), or
    when the member's own record says so.
    """
    found: dict[str, list[str]] = {}
    seated = [row for _, row in members if row.seat in ("steering", "both")]
    sitting = {person for row in seated for person in (row.person, row.deputy)}
    pairs = [(row.stakeholder, row.person) for _, row in involved if row.person in sitting]
    pairs += [(row.stakeholder, row.person) for row in seated]
    for group, person in pairs:
        if group and person and person not in found.setdefault(group, []):
            found[group].append(person)
    return found


def _name(people: Mapping[str, Person], id_: str | None) -> str:
    return people[id_].label() if id_ and id_ in people else ""
