"""The work of the plan: how much planning, scope, schedule, deliverables, roles, resources, steering group, roll-out."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from pspworkbook import guide
from pspworkbook.charts.schedule import gantt_picture
from pspworkbook.methods.analyse import journey_design
from pspworkbook.methods.do.conduct import AGENDA
from pspworkbook.methods.links import into_forms, people
from pspworkbook.methods.plan import calendar_file, schedule, team_plan
from pspworkbook.stages.facts import plan as facts
from pspworkbook.stages.facts.plan_more import support
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers

if TYPE_CHECKING:
    from pspworkbook.stages.plan.page import Plan

TASKS = {"name": "wide", "owner": "mid", "start": "narrow", "finish": "narrow", "done_share": "narrow"}
DELIVERABLES = {"name": "wide", "criteria": "wide", "owner": "mid", "due": "narrow"}
REQUIREMENTS = {"name": "wide", "priority": "narrow", "test": "wide", "depends_on": "mid", "journey": "mid"}
STEERING = ["steering_terms", "member", "person", "meeting"]


def how_much(page: "Plan") -> None:
    """How much planning is right (PL-22), and what a plan has to cover (PL-9)."""
    page.tool(
        "PL-22",
        page.register("method_choice"),
        page.passage("plan_how_much", lambda: {"advice": team_plan.how_much(page.one("method_choice")[1]), "rule": team_plan.METHOD_RULE}, ["method_choice"]),
    )  # fmt: skip
    page.tool(
        "PL-9", page.passage("plan_issues", lambda: {"issues": facts.issues(page.session.now)}, facts.ISSUE_KINDS)
    )


def scope(page: "Plan") -> None:
    """The scope statement (PL-1), and the agenda of the planning workshop (PL-8)."""
    page.tool(
        "PL-1",
        page.passage("plan_scope", lambda: {"needs": [row.label() for _, row in page.rows("need_statement")]}, ["need_statement"]),
        Offers(page.session, "scope", lambda: into_forms.into_scope(page.rows("need_statement"), page.one("forecast")[1], page.rows("outcome")), ["need_statement", "forecast", "outcome"], title="What earlier stages say, and the scope does not yet"),
        page.register("scope"),
        Offers(page.session, "design_requirement", lambda: journey_design.requirements(page.rows("journey"), page.rows("journey_step")), ["journey", "journey_step"], title="What the customer journeys ask of the design, and is not among the requirements"),
        page.register("design_requirement", shown=REQUIREMENTS, empty="Nothing is asked of the design yet. The customer journeys of stage 4 offer it."),
        page.findings(lambda: journey_design.requirement_gaps(page.rows("design_requirement"), page.rows("journey"), page.rows("journey_step")), ["design_requirement", "journey", "journey_step"], rule=journey_design.RULE),
        SaveFile("Save the scope as .docx", lambda: scope_file(page)),
    )  # fmt: skip
    form = next((page.session.address(key) for key in ("form",)), "")
    page.tool("PL-8", page.passage("plan_workshop", lambda: {"href": f"{form}#tool-FP-10" if form else "", "issues": guide.checklists()["planning-issues"].items}, ["-"]))  # fmt: skip


def tasks(page: "Plan") -> None:
    """The schedule: tasks, the Gantt chart, what is late, and the calendar file (PL-2); deliverables (PL-6)."""
    kinds = ["task", "person"]

    def picture() -> Any:
        people = {id_: row.label() for id_, row in page.rows("person")}
        return gantt_picture(schedule.schedule(page.rows("task"), dt.date.today()), people, dt.date.today())

    chart = Chart(picture())
    page.session.watch(kinds, lambda: chart.show(picture()))
    page.tool(
        "PL-2",
        Offers(page.session, "task", lambda: schedule.from_timeline(page.rows("project_phase")), ["project_phase"], title="On the timeline, and not in the schedule"),
        page.register("task", shown=TASKS, empty="No task is planned yet."),
        chart,
        SaveFile("Save the calendar (.ics)", lambda: calendar_of(page)),
        page.findings(lambda: schedule.gaps(page.rows("task"), dt.date.today()), kinds, rule=schedule.RULE, fine="Nothing is late, and everything has somebody who sees to it."),
    )  # fmt: skip
    page.tool("PL-6", page.register("deliverable", shown=DELIVERABLES, empty="Nothing to deliver is named yet."))


def team(page: "Plan") -> None:
    """Roles (PL-4), the resource plan with TUPE (PL-10), gaps (PL-11), and who takes part (PL-21)."""
    kinds = ["resource", "resource_gap"]
    page.tool(
        "PL-4",
        page.register("responsibility", empty="No role is given yet."),
        page.findings(lambda: team_plan.role_gaps(page.rows("responsibility")), ["responsibility"], rule=team_plan.ROLES_RULE, fine="Each piece of work has one person who answers for it."),
    )  # fmt: skip
    page.tool("PL-10", page.register("resource", empty="Nothing is listed yet."))
    page.tool(
        "PL-11",
        page.register("resource_gap", empty="No gap is known."),
        page.findings(lambda: team_plan.resource_gaps(page.rows("resource"), page.rows("resource_gap")), kinds, rule=team_plan.TUPE_RULE),
    )  # fmt: skip
    page.tool("PL-21", page.register("screening", empty="Nobody has said yet who can take part."), page.passage("plan_leaving", lambda: {"rows": [(row, team_plan.leaving(row)) for _, row in page.rows("screening")]}, ["screening"]))  # fmt: skip


def steering(page: "Plan") -> None:
    """The steering group, its terms and its meetings (PL-13), and the phases of a roll-out (PL-24)."""
    page.tool(
        "PL-13",
        page.passage("plan_seats", lambda: {"seats": _seats(page), "agenda": AGENDA, "rule": team_plan.BALANCE_RULE}, ["member", "person"]),
        Offers(page.session, "member", lambda: seats(page), ["stakeholder", "involvement", "answer"], title="Groups for whom nobody in the steering group speaks"),
        page.passage("do_lines", lambda: {"title": "Who speaks for whom", "lines": _voices(page), "rule": people.SEAT_RULE, "nothing": "Nobody speaks for a group of the list of stakeholders yet."}, ["member", "person", "stakeholder"]),
        page.register("steering_terms"),
        page.register("meeting", empty="No meeting is planned yet."),
        SaveFile("Save the terms of reference as .docx", lambda: terms_file(page)),
        page.findings(lambda: facts.steering_gaps(page.session.now), STEERING, rule=team_plan.BALANCE_RULE),
    )  # fmt: skip


def roll_out(page: "Plan") -> None:
    """The phases of a roll-out, each with what must be true before the next (PL-24)."""
    page.tool("PL-24", page.register("roll_out_phase", empty="No phase is planned yet."))


def seats(page: "Plan") -> Any:
    """A seat for each group that nobody speaks for; those that matter most come first."""
    rated = {
        id_: found
        for id_, _ in page.rows("stakeholder")
        if (found := support(page.session.now, id_, "importance")) is not None
    }
    return people.seats_from(page.rows("stakeholder"), page.rows("member"), page.rows("involvement"), rated)


def _voices(page: "Plan") -> list[str]:
    names, groups = ({id_: row.label() for id_, row in page.rows(kind)} for kind in ("person", "stakeholder"))
    return [
        f"{groups[row.stakeholder]}: {names.get(row.person or '', 'a seat without a person yet')}"
        for _, row in page.rows("member")
        if row.stakeholder in groups and row.seat in ("steering", "both")
    ]


def _seats(page: "Plan") -> list[tuple[str, int]]:
    count = team_plan.seats(page.rows("member"), dict(page.rows("person")))
    return [(team_plan.GROUPS.get(key, key), number) for key, number in count.items()]


# Files ---------------------------------------------------------------------------------------------------------------


def calendar_of(page: "Plan") -> tuple[str, str, bytes]:
    """Tasks and meetings as a calendar file."""
    slug = page.workbook.slug
    found = [
        calendar_file.Event(
            f"{id_}@{slug}.psp", row.label(), row.start or row.finish, row.finish or row.start, row.note
        )
        for id_, row in page.rows("task")
        if row.start or row.finish
    ]
    found += [
        calendar_file.Event(f"meeting-{id_}@{slug}.psp", f"Steering group: {row.label()}", row.date, row.date)
        for id_, row in page.rows("meeting")
        if row.date
    ]
    data = calendar_file.ics(found, dt.datetime.now(dt.UTC), page.workbook.name)
    return f"schedule-{slug}-{dt.date.today():%Y-%m-%d}.ics", calendar_file.MEDIA, data


def scope_file(page: "Plan") -> tuple[str, str, bytes]:
    """The scope statement."""
    from pspworkbook.documents.plan_pages_docx import scope_docx

    needs = [row.label() for _, row in page.rows("need_statement")]
    asked = [row for _, row in page.rows("design_requirement")]
    return _named(
        "scope",
        page,
        scope_docx(
            page.one("scope")[1], needs, asked, workbook=page.workbook.name, on=dt.date.today(), note=_made_up(page)
        ),
    )


def terms_file(page: "Plan") -> tuple[str, str, bytes]:
    """The steering group's terms of reference."""
    from pspworkbook.documents.plan_pages_docx import terms_docx

    people = dict(page.rows("person"))
    members = [
        (person.name, person.organisation, member.role, people[member.deputy].name if member.deputy in people else "–")
        for _, member in page.rows("member")
        if member.seat in ("steering", "both") and (person := people.get(member.person or ""))
    ]
    meetings = sorted((row for _, row in page.rows("meeting")), key=lambda row: row.date or dt.date.max)
    names = {id_: row.label() for id_, row in page.rows("task")}
    data = terms_docx(page.one("steering_terms")[1], members, meetings, names, AGENDA, workbook=page.workbook.name, on=dt.date.today(), note=_made_up(page))  # fmt: skip
    return _named("steering-group", page, data)


def _made_up(page: "Plan") -> str:
    said = page.one("partnership")[1].made_up
    return f"An example for training, not a real partnership. {said}" if said else ""


def _named(what: str, page: "Plan", data: bytes) -> tuple[str, str, bytes]:
    from pspworkbook.documents.word import MEDIA

    return f"{what}-{page.workbook.slug}-{dt.date.today():%Y-%m-%d}.docx", MEDIA, data
