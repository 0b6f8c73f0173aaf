"""Word files of the plan: the scope on one page, and the steering group's terms of reference."""

import datetime as dt
from collections.abc import Mapping, Sequence

from pspworkbook.documents.word import WordFile, day
from pspworkbook.records import field_of
from pspworkbook.records.plan import DesignRequirement, Meeting, Scope, SteeringTerms


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
    return file.data()


def terms_docx(
    terms: SteeringTerms,
    members: Sequence[tuple[str, str, str, str]],
    meetings: Sequence[Meeting],
    milestones: Mapping[str, str],
    agenda: str,
    *,
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The terms of reference. ``members``: name, organisation, role, deputy; ``milestones``: names of tasks by identifier."""
    file = WordFile("Steering group: terms of reference", workbook, on)
    if note:
        file.say(note)
    quorum = f"{terms.quorum:g} members must be there to decide." if terms.quorum else ""
    parts = (("Purpose", terms.purpose), ("Decisions", terms.decides), ("Quorum", quorum), ("Equal weight", terms.balance), ("Meetings", terms.meets), ("When the group cannot agree", terms.escalation))  # fmt: skip
    for title, text in parts:
        file.heading(title, 2)
        if text:
            file.say(text)
        else:
            file.blank(f"{title}: still to be said")
    file.heading("Standing item of every agenda", 2)
    file.say(agenda)
    if members:
        file.table("Members", ("Name", "Organisation", "Role", "Deputy"), list(members), (4.2, 5.2, 4.2, 3.4))
    if meetings:
        rows = [(day(one.date) if one.date else "–", one.purpose, milestones.get(one.approves or "", "–"), one.decisions or "–") for one in meetings]  # fmt: skip
        file.table(
            "Meetings", ("On", "What for", "Milestone to approve", "Decided"), rows, (3.0, 5.0, 4.0, 5.0), size=9
        )
    return file.data()
