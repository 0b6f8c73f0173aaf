"""The steering group (PL-13): balance, quorum, milestones to approve, attendance and decisions. Pure functions."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap, number_of, same_name, together, unanswered
from pspworkbook.methods.words import day
from pspworkbook.records import Person
from pspworkbook.records.form import Member
from pspworkbook.records.plan import Meeting, SteeringTerms, Task

GROUPS = {"public": "the public sector", "third": "the third sector", "lived": "users and carers"}
BALANCE_RULE = (
    "Neither sector, and no group of users and carers, holds more than half of the seats, and each holds one at least. "
    "A meeting can decide when as many members are there as the quorum asks; whoever is there and has no seat, nor "
    "stands in for somebody, does not count. Each milestone has a meeting that approves it."
)


def _side(person: Person | None) -> str:
    """``public``, ``third``, ``lived`` (users, carers and the community), another sector, or ""."""
    if person is None or not person.sector:
        return ""
    return "lived" if person.sector in ("user", "carer", "community") else person.sector


def seated(members: Rows[Member], people: Mapping[str, Person]) -> list[tuple[Member, Person]]:
    """Who has a seat in the steering group, with the person."""
    return [
        (member, people[member.person])
        for _, member in members
        if member.seat in ("steering", "both") and member.person in people
    ]


def seats(members: Rows[Member], people: Mapping[str, Person]) -> dict[str, int]:
    """The seats of the steering group by sector; users, carers and the community count together as ``lived``."""
    count = dict.fromkeys(GROUPS, 0)
    for _, person in seated(members, people):
        if side := _side(person):
            count[side] = count.get(side, 0) + 1
    return count


@dataclass(frozen=True)
class Attendance:
    """Who was at one meeting. ``there`` counts members and deputies, None while nobody has said; ``others`` have no seat.

    ``sides`` are the groups of :data:`GROUPS` that somebody was there for; empty where only a number is known.
    ``quorate`` is None while the number or the quorum is not known.
    """

    id: str
    meeting: Meeting
    there: int | None
    others: tuple[str, ...]
    sides: frozenset[str]
    quorate: bool | None

    @property
    def missing_sides(self) -> tuple[str, ...]:
        """The groups that nobody was there for, in words; empty where only a number is known."""
        return tuple(words for key, words in GROUPS.items() if key not in self.sides) if self.sides else ()

    @property
    def words(self) -> str:
        """The attendance as a sentence."""
        if self.there is None:
            return "Nobody has said who was there."
        state = {True: "Enough to decide.", False: "Too few to decide.", None: "No quorum is set."}[self.quorate]
        missing = f" Nobody was there from {together(self.missing_sides)}." if self.missing_sides else ""
        return f"{number_of(self.there, 'member')} there. {state}{missing}"


def attendance(
    meetings: Rows[Meeting], terms: SteeringTerms, members: Rows[Member], people: Mapping[str, Person]
) -> tuple[Attendance, ...]:
    """Each meeting with who was there, the earliest first; names count where they are a member's or a deputy's."""
    known: dict[str, tuple[str, str]] = {}
    for member, person in seated(members, people):
        known[same_name(person.name)] = (person.name, _side(person))
        if deputy := people.get(member.deputy or ""):
            # A deputy sits for the member: the seat counts once, and for the member's side.
            known.setdefault(same_name(deputy.name), (person.name, _side(person)))
    found = []
    for id_, row in sorted(meetings, key=lambda pair: pair[1].date or dt.date.max):
        names = list(dict.fromkeys(same_name(line) for line in row.present.splitlines() if line.strip()))
        sat = {known[name][0]: known[name][1] for name in names if name in known}
        others = tuple(
            line.strip() for line in row.present.splitlines() if line.strip() and same_name(line) not in known
        )
        there = len(sat) if names else None if row.there is None else int(row.there)
        quorate = None if there is None or not terms.quorum else there >= terms.quorum
        found.append(Attendance(id_, row, there, others, frozenset(filter(None, sat.values())), quorate))
    return tuple(found)


def milestones(tasks: Rows[Task], meetings: Rows[Meeting]) -> list[tuple[str, Task, Meeting | None]]:
    """The milestones of the schedule, each with the first meeting that approves it."""
    by_task: dict[str, Meeting] = {}
    for _, row in sorted(meetings, key=lambda pair: pair[1].date or dt.date.max):
        if row.approves:
            by_task.setdefault(row.approves, row)
    mine = [(id_, task, by_task.get(id_)) for id_, task in tasks if task.milestone]
    return sorted(mine, key=lambda one: one[1].finish or dt.date.max)


def gaps(
    terms: SteeringTerms,
    members: Rows[Member],
    people: Mapping[str, Person],
    meetings: Rows[Meeting],
    tasks: Rows[Task],
    today: dt.date,
) -> list[StageGap]:
    """What the terms lack, whether the seats are balanced, and what is odd about the meetings, by :data:`BALANCE_RULE`."""
    found = list(unanswered("steering_terms", terms))
    count = seats(members, people)
    whole = sum(count.values())
    if not whole:
        sentence = "Nobody has a seat in the steering group yet. Seats are given in stage 3."
        return [*found, StageGap("PL-13", sentence, "")]
    for key, words in GROUPS.items():
        if not count[key]:
            found.append(StageGap("PL-13", f"Nobody in the steering group is from {words}.", ""))
        elif count[key] * 2 > whole:
            found.append(StageGap("PL-13", f"More than half of the seats are held by {words}.", ""))
    if terms.quorum and terms.quorum > whole:
        sentence = f"{terms.quorum:g} must be there to decide, and the group has {whole} seats."
        found.append(StageGap("PL-13", sentence, "steering_terms", "steering_terms", "quorum"))
    if not meetings:
        return [*found, StageGap("PL-13", "No meeting of the steering group is planned.", "meeting")]
    found += _meeting_gaps(attendance(meetings, terms, members, people), today)
    for _, task, meeting in milestones(tasks, meetings):
        if meeting is None and task.done is None:
            found.append(StageGap("PL-13", f"No meeting approves the milestone “{task.label()}”.", "meeting"))
    return found


def _meeting_gaps(found: Sequence[Attendance], today: dt.date) -> Iterator[StageGap]:
    for one in found:
        row, when = one.meeting, one.meeting.date
        if when is None or when > today:
            continue
        whom = f"The meeting of {day(when)}"
        if one.there is None:
            yield StageGap("PL-13", f"{whom}: say who was there.", row.kind, one.id, "present")
        elif one.quorate is False and row.decisions:
            sentence = f"{whom} decided, and was not quorate. Have it confirmed at the next one."
            yield StageGap("PL-13", sentence, row.kind, one.id, "decisions")
        if not row.decisions:
            yield StageGap(
                "PL-13", f"{whom}: say what was decided, or that nothing was.", row.kind, one.id, "decisions"
            )
        if not row.interests:
            yield StageGap("PL-13", f"{whom}: were conflicts of interest asked for?", row.kind, one.id, "interests")
