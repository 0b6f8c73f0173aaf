"""A group of people on its way through the stages: named once where it is invited, and taken over from there. Pure."""

from collections.abc import Iterator, Mapping

from pspworkbook.methods.analyse.acting import speaks_for
from pspworkbook.methods.findings import Rows
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.records import Stakeholder, field_of
from pspworkbook.records.form import Member
from pspworkbook.records.identify import Involvement

MATTERS = 4
"""From this middle rating of importance on, a group without a voice in the steering group is named first."""
SECTOR_OF = {
    "users": "user",
    "carers": "carer",
    "commissioners": "public",
    "community-councils": "community",
}
"""The sector of those of the guide's eight groups that have one."""
SEAT_RULE = (
    "A group of the list of stakeholders is named here while nobody in the steering group speaks for it. Those that "
    f"several people rated at {MATTERS} or more for importance come first. Not every group needs a seat; each needs a "
    "way to be heard."
)


def stakeholders_from(involvements: Rows[Involvement]) -> Iterator[Offer]:
    """A stakeholder from each group to involve that is named, and does not stand in the list of stakeholders yet."""
    options = field_of(Involvement, "how").options
    for id_, row in involvements:
        if not row.who or row.stakeholder or row.not_needed:
            continue
        how = options.get(row.how or "", "")
        yield Offer(origin_of(row.kind, id_), row.who, "groups to involve, stage 1", {
            "name": row.who, "sector": SECTOR_OF.get(row.group or ""), "included": True,
            "involved": f"{how}, from the stage “{field_of(Involvement, 'stage').show(row.stage)}” on." if how and row.stage else how,
        })  # fmt: skip


def seats_from(
    stakeholders: Rows[Stakeholder],
    members: Rows[Member],
    involvements: Rows[Involvement],
    importance: Mapping[str, float],
) -> Iterator[Offer]:
    """A seat in the steering group for each group that nobody there speaks for; the one who was named as its contact."""
    heard = {row.stakeholder for _, row in members if row.seat in ("steering", "both")}
    heard |= set(speaks_for(members, involvements))
    contact: dict[str, str] = {}
    for id_, row in involvements:
        if row.person:
            for key in filter(None, [row.stakeholder, id_]):
                contact.setdefault(key, row.person)
    for id_, group in sorted(stakeholders, key=lambda pair: -importance.get(pair[0], 0)):
        if id_ in heard or not group.name:
            continue
        person = contact.get(id_) or next(
            (contact[made] for made in (group.origin.removeprefix("involvement:"),) if made in contact), None
        )
        rated = f" (rated {importance[id_]:g} of 5 for importance)" if id_ in importance else ""
        yield Offer(origin_of("stakeholder", id_), f"{group.label()}{rated}", "stakeholders, stage 4", {
            "stakeholder": id_, "person": person, "seat": "steering", "role": f"Speaks for {group.label()}"[:300],
        })  # fmt: skip
