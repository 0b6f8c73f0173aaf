"""Word files of the plan: the scope on one page, and the steering group's terms of reference."""

import datetime as dt
from collections.abc import Sequence

from pspworkbook.documents.word import WordFile
from pspworkbook.methods.plan.steering import Attendance
from pspworkbook.methods.words import day
from pspworkbook.records import field_of
from pspworkbook.records.plan import DesignRequirement, Meeting, Scope, SteeringTerms, Task


def scope_docx(
    scope: Scope,
    needs: Sequence[str],
    requirements: Sequence[DesignRequirement] = (),
    *,
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The scope statement, with the needs that it answers and what the design must do, the weightiest first."""
    file = WordFile("Scope statement", workbook, on)
    if note:
        file.say(note)
    if needs:
        file.heading("The need", 2)
        for need in needs:
            file.bullet(need)
    parts = (("In", scope.inside), ("Not in", scope.outside), ("For whom", scope.users), ("Where", scope.area), ("What should change", scope.outcomes), ("What cannot be changed", scope.constraints), ("What we take for granted", scope.assumptions))  # fmt: skip
    for title, text in parts:
        file.heading(title, 2)
        for line in text.splitlines():
            file.bullet(line)
        if not text:
            file.blank(f"{title}: still to be said")
    weights = field_of(DesignRequirement, "priority").options
    asked = sorted(requirements, key=lambda one: [*weights, None].index(one.priority))
    if asked:
        file.heading("What the design must do", 2)
        rows = [
            (one.name, weights.get(one.priority or "", "–"), one.test or "–", one.depends_on or "–") for one in asked
        ]
        file.table("Design requirements", ("Requirement", "Weight", "How we will see it", "Who else has to act"), rows, (6.2, 2.2, 5.2, 2.9), size=9)  # fmt: skip
    if scope.agreed_by:
        file.say(f"Agreed by {scope.agreed_by}{f' on {day(scope.date)}' if scope.date else ''}.")
    file.ending()
    return file.data()


def terms_docx(
    terms: SteeringTerms,
    members: Sequence[tuple[str, str, str, str]],
    seats: Sequence[tuple[str, int]],
    meetings: Sequence[Attendance],
    milestones: Sequence[tuple[str, Task, Meeting | None]],
    agenda: str,
    *,
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The terms of reference, with the members, the milestones to approve, and the meetings there were.

    ``members``: name, organisation, role, deputy; ``seats``: a group and how many seats it holds.
    """
    file = WordFile("Steering group: terms of reference", workbook, on)
    if note:
        file.say(note)
    quorum = f"{terms.quorum:g} members must be there to decide." if terms.quorum else ""
    parts = (("Purpose", terms.purpose), ("Decisions", terms.decides), ("Quorum", quorum), ("Equal weight", terms.balance), ("Meetings", terms.meets), ("When the group cannot agree", terms.escalation))  # fmt: skip
    for title, text in parts:
        file.heading(title, 2)
        for line in text.splitlines():
            file.say(line)
        if not text:
            file.blank(f"{title}: still to be said")
    file.heading("Standing item of every agenda", 2)
    file.say(agenda)
    file.heading("Members", 2)
    if members:
        file.say(f"Seats: {', '.join(f'{group} {number}' for group, number in seats)}.")
        file.table("Members", ("Name", "Organisation", "Role", "Deputy"), list(members), (4.0, 5.2, 4.0, 3.4))
    else:
        file.blank("who has a seat")
    if milestones:
        file.heading("Milestones that it approves", 2)
        rows = [
            (task.label(), _on(task.finish), f"{_on(one.date)}: {one.label()}" if one else "None yet")
            for _, task, one in milestones
        ]
        file.table("Milestones", ("Milestone", "On", "Meeting"), rows, (6.6, 3.6, 6.4), size=9)
    if meetings:
        file.heading("Meetings", 2)
        held = [_meeting(one, on) for one in meetings]
        head = ("On", "What for", "Who was there", "Decided")
        file.table("Meetings", head, held, (2.8, 4.0, 4.8, 5.0), size=9)
    file.ending()
    return file.data()


def _meeting(one: Attendance, on: dt.date) -> tuple[str, str, str, str]:
    ahead = one.there is None and one.meeting.date is not None and one.meeting.date > on
    names = "; ".join(line.strip() for line in one.meeting.present.splitlines() if line.strip())
    apologies = "; ".join(line.strip() for line in one.meeting.apologies.splitlines() if line.strip())
    there = [names, f"Apologies: {apologies}." if apologies else "", "Still to come." if ahead else one.words]
    return _on(one.meeting.date), one.meeting.purpose, "\n".join(filter(None, there)), one.meeting.decisions or "–"


def _on(date: dt.date | None) -> str:
    return day(date) if date else "–"
