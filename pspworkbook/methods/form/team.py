"""The project team and the steering group: who is missing, and what hangs on one person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap, same_name, together
from pspworkbook.records import Person, field_of
from pspworkbook.records.form import Member

RULE = (
    "The workbook looks for: people who use the service, and both sectors, in the steering group; procurement and "
    "operations somewhere; somebody who can decide and somebody who does the work; more than one person from each "
    "partner; a deputy for every place; nothing that only one person brings."
)
NEEDED = ("procurement", "operations", "lived")
BRINGS = field_of(Member, "brings").options


@dataclass(frozen=True)
class Team:
    """Who is where, counted: by sector, by what they bring, and by organisation."""

    steering: int
    project: int
    by_sector: dict[str, int]
    by_skill: dict[str, int]
    by_organisation: dict[str, int]


def team(rows: Rows[Member], people: Mapping[str, Person]) -> Team:
    """The team and the steering group at a glance. One person with two places counts once."""
    known = {row.person: people[row.person] for _, row in rows if row.person in people and row.person}
    return Team(
        len({row.person or id_ for id_, row in rows if row.seat in ("steering", "both")}),
        len({row.person or id_ for id_, row in rows if row.seat in ("team", "both")}),
        _count(person.sector or "" for person in known.values()),
        {skill: len({row.person for _, row in rows if row.brings == skill}) for skill in BRINGS},
        _count(person.organisation for person in known.values() if person.organisation),
    )


def _count(names: Iterator[str]) -> dict[str, int]:
    found: dict[str, tuple[str, int]] = {}
    for name in names:
        first, count = found.get(same_name(name), (name, 0))
        found[same_name(name)] = (first, count + 1)
    return dict(found.values())


def gaps(rows: Rows[Member], people: Mapping[str, Person]) -> Iterator[StageGap]:
    """What is missing in the team and the steering group, by :data:`RULE`."""
    if not rows:
        yield _gap("Nobody is in the team or the steering group yet.")
        return
    steering = [row for _, row in rows if row.seat in ("steering", "both")]
    if not steering:
        yield _gap("There is no steering group yet.")
    else:
        yield from _steering(steering, people)
    made = team(rows, people)
    for skill, words in (
        ("procurement", "Nobody brings procurement. Ask them in from the start."),
        ("operations", "Nobody brings the running of services."),
    ):
        if not made.by_skill[skill]:
            yield _gap(words)
    alone = [BRINGS[skill].lower() for skill in NEEDED if made.by_skill[skill] == 1]
    if alone:
        yield _gap(f"Only one person brings: {together(alone)}.")
    for level, words in (
        ("strategic", "Nobody there can decide and commit resources."),
        ("operational", "Nobody there does the daily work."),
    ):
        if not any(row.level in (level, "both") for _, row in rows):
            yield _gap(words)
    for organisation, count in made.by_organisation.items():
        if count == 1:
            yield _gap(f"{organisation} hangs on one person. Name a second.")
    for id_, row in rows:
        who = people[row.person].label() if row.person in people and row.person else row.label()
        if row.deputy is None:
            yield StageGap("FP-6", f"{who} has no deputy.", row.kind, id_, "deputy")
        elif row.deputy == row.person:
            yield StageGap("FP-6", f"{who} is their own deputy. Name somebody else.", row.kind, id_, "deputy")


def _steering(rows: list[Member], people: Mapping[str, Person]) -> Iterator[StageGap]:
    sectors = {people[row.person].sector for row in rows if row.person in people and row.person}
    lived = any(row.brings == "lived" for row in rows)
    if not sectors & {"user", "carer"} and not lived:
        yield _gap("No one in the steering group uses the service or cares for somebody who does.")
    for sector, words in (("public", "the public sector"), ("third", "the third sector")):
        if sector not in sectors:
            yield _gap(f"The steering group has nobody from {words}.")
    votes = {
        sector: sum(
            1
            for row in rows
            if row.voting == "votes" and row.person in people and row.person and people[row.person].sector == sector
        )
        for sector in ("public", "third")
    }
    if any(votes.values()) and votes["public"] != votes["third"]:
        yield _gap(
            f"In the steering group the public sector has {votes['public']} votes and the third sector {votes['third']}. "
            "The MoU speaks of equal weight."
        )


def _gap(sentence: str) -> StageGap:
    return StageGap("FP-6", sentence, "member")
