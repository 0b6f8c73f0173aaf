"""The work of the plan: how much planning, scope, schedule, deliverables, roles, resources, roll-out."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from pspworkbook import guide
from pspworkbook.charts.schedule import gantt_picture
from pspworkbook.methods.analyse import demand, journey_design
from pspworkbook.methods.findings import number_of
from pspworkbook.methods.links import into_forms
from pspworkbook.methods.offers import origin_of, origins
from pspworkbook.methods.plan import depth, procurement, schedule, team_plan
from pspworkbook.methods.words import about
from pspworkbook.records import KINDS, field_of
from pspworkbook.records.plan import Responsibility, Task
from pspworkbook.stages.facts import plan as facts
from pspworkbook.stages.facts.steps import KINDS as STEP_KINDS
from pspworkbook.stages.facts.steps import task_remark
from pspworkbook.stages.facts.steps import tasks as task_rows
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.register import Derived, Remark
from pspworkbook.workbook.errors import WorkbookError

if TYPE_CHECKING:
    from pspworkbook.stages.plan.page import Plan

TASKS = {"name": "wide", "owner": "mid", "start": "narrow", "finish": "narrow", "done_share": "narrow"}
DELIVERABLES = {"name": "wide", "criteria": "wide", "owner": "mid", "due": "narrow", "accepted": "narrow"}
REQUIREMENTS = {"name": "wide", "priority": "narrow", "test": "wide", "depends_on": "mid", "journey": "mid"}


def how_much(page: "Plan") -> None:
    """How much planning is right (PL-22), and what a plan has to cover (PL-9)."""
    kinds = ["method_choice", *(kind for one in depth.ELEMENTS for kind in one.kinds)]
    page.tool(
        "PL-22",
        page.register("method_choice"),
        page.passage("plan_how_much", lambda: _depth(page), kinds),
        page.findings(lambda: depth.gaps(page.one("method_choice")[1]), ["method_choice"]),
    )
    page.tool("PL-9", page.passage("plan_issues", lambda: {"issues": facts.issues(page.session.now)}, []))


def _depth(page: "Plan") -> dict[str, Any]:
    there = {}
    for one in depth.ELEMENTS:
        [kind] = one.kinds
        if KINDS[kind].single:
            there[one.tool] = "Begun" if page.session.now.the(kind).version else ""
        else:
            count = len(page.session.now.records(kind))
            there[one.tool] = number_of(count, "entry", "entries") if count else ""
    return {
        "advice": depth.how_much(page.one("method_choice")[1]),
        "elements": depth.ELEMENTS,
        "there": there,
        "nothing": depth.NOTHING,
        "rule": depth.RULE,
    }


def scope(page: "Plan") -> None:
    """The scope statement (PL-1), and the agenda of the planning workshop (PL-8)."""
    page.tool(
        "PL-1",
        page.passage("plan_scope", lambda: _scope(page), ["need_statement", "scope", "scope_change"]),
        Offers(
            page.session,
            "scope",
            lambda: into_forms.into_scope(page.rows("need_statement"), page.one("forecast")[1], page.rows("outcome")),
            ["need_statement", "forecast", "outcome"],
            title="What earlier stages say, and the scope does not yet",
        ),
        page.register("scope"),
        Offers(
            page.session,
            "design_requirement",
            lambda: journey_design.requirements(page.rows("journey"), page.rows("journey_step")),
            ["journey", "journey_step"],
            title="What the customer journeys ask of the design, and is not among the requirements",
        ),
        page.register(
            "design_requirement",
            shown=REQUIREMENTS,
            empty="Nothing is asked of the design yet. The customer journeys of stage 4 offer it.",
        ),
        page.findings(
            lambda: journey_design.requirement_gaps(
                page.rows("design_requirement"), page.rows("journey"), page.rows("journey_step")
            ),
            ["design_requirement", "journey", "journey_step"],
            rule=journey_design.RULE,
        ),
        SaveFile("Save the scope as .docx", lambda: scope_file(page)),
    )
    form = page.session.address("form")
    href = f"{form}#tool-FP-10" if form else ""
    items = guide.checklists()["planning-issues"].items
    page.tool("PL-8", page.passage("plan_workshop", lambda: {"href": href, "issues": items}, ["-"]))


def _scope(page: "Plan") -> dict[str, Any]:
    agreed = page.one("scope")[1].date
    log = sorted((row for _, row in page.rows("scope_change") if row.date), key=lambda row: row.date)
    last = log[-1] if log else None
    return {
        "needs": [row.label() for _, row in page.rows("need_statement")],
        "last": last,
        "newer": bool(last and agreed and last.date > agreed),
    }


def tasks(page: "Plan") -> None:
    """The schedule: tasks, the Gantt chart, what is late, and the calendar file (PL-2); deliverables (PL-6)."""
    kinds = [*STEP_KINDS, "person"]

    def elsewhere(row: Task) -> Remark | None:
        said = task_remark(page.session.now, row)
        return (said, {}) if said else None

    def picture() -> Any:
        people = {id_: row.label() for id_, row in page.rows("person")}
        return gantt_picture(schedule.schedule(task_rows(page.session.now), dt.date.today()), people, dt.date.today())

    def offers() -> Any:
        plan = schedule.from_plan(page.rows("deliverable"), page.rows("roll_out_phase"))
        return [
            *schedule.from_timeline(page.rows("project_phase")),
            *plan,
            *schedule.from_procurement(_to_contract(page)),
        ]

    chart = Chart(picture())
    page.session.watch(kinds, lambda: chart.show(picture()))
    register = page.register("task", shown=TASKS, empty="No task is planned yet.", remark=elsewhere)
    page.session.watch(STEP_KINDS, register.refresh)
    page.tool(
        "PL-2",
        page.to_choose("task", "owner"),
        register,
        Offers(page.session, "task", offers, ["project_phase", "deliverable", "roll_out_phase", "procurement_step", "route"], title="Planned elsewhere, and not in the schedule"),
        chart,
        SaveFile("Save the calendar (.ics)", lambda: calendar_of(page)),
        page.findings(lambda: schedule.gaps(task_rows(page.session.now), dt.date.today()), kinds, rule=schedule.RULE, fine="Nothing is late, and everything has somebody who sees to it."),
    )  # fmt: skip
    page.tool(
        "PL-6",
        page.register("deliverable", shown=DELIVERABLES, empty="Nothing to deliver is named yet."),
        page.findings(
            lambda: team_plan.late_deliverables(page.rows("deliverable"), dt.date.today()),
            ["deliverable"],
            fine="Nothing is overdue, and it is said of everything when it is good enough.",
        ),
    )


def team(page: "Plan") -> None:
    """Roles (PL-4), the resource plan with TUPE (PL-10), gaps (PL-11), and who takes part (PL-21)."""
    page.tool(
        "PL-4",
        page.register("responsibility", empty="No role is given yet."),
        page.passage("plan_roles", lambda: _roles(page), ["responsibility", "person"]),
        page.findings(lambda: team_plan.role_gaps(page.rows("responsibility")), ["responsibility"], rule=team_plan.ROLES_RULE, fine="Each piece of work has one person who answers for it."),
    )  # fmt: skip
    page.tool(
        "PL-10",
        page.register("resource", empty="Nothing is listed yet."),
        page.passage("plan_hours", lambda: _hours(page), ["resource"]),
        page.findings(
            lambda: team_plan.staff_gaps(page.rows("resource")),
            ["resource"],
            fine="Nobody’s work changes, or advice has been taken.",
        ),
    )
    _gaps(page)
    page.tool("PL-21", page.register("screening", empty="Nobody has said yet who can take part."), page.passage("plan_leaving", lambda: {"rows": [(row, team_plan.leaving(row)) for _, row in page.rows("screening")]}, ["screening"]))  # fmt: skip


def _roles(page: "Plan") -> dict[str, Any]:
    return {
        "work": team_plan.chart(page.rows("responsibility")),
        "parts": {key: field_of(Responsibility, "part").options[key] for key in team_plan.PARTS},
        "people": {id_: row.label() for id_, row in page.rows("person")},
    }


def _hours(page: "Plan") -> dict[str, Any]:
    found = team_plan.hours(page.rows("resource"))
    return {"hours": found, "total": sum(number for _, number in found), "rule": team_plan.TUPE_RULE}


def _gaps(page: "Plan") -> None:
    """Needed, there, and what is missing between the two (PL-11)."""
    register = page.register("resource_gap", empty="No gap is known.")

    def missing() -> None:
        rows = page.rows("resource_gap")
        found = {id_: about(team_plan.short(row)) for id_, row in rows if row.need is not None and row.have is not None}
        register.derive([Derived("Missing", found, "")])

    missing()
    page.session.watch(["resource_gap"], missing)
    page.tool(
        "PL-11",
        register,
        Offers(
            page.session,
            "resource_gap",
            lambda: team_plan.gaps_from(page.rows("resource"), demand.estimates(page.rows("demand"))),
            ["resource", "demand"],
            title="Missing elsewhere, and not among the gaps",
        ),
        page.findings(
            lambda: team_plan.gap_gaps(page.rows("resource_gap")),
            ["resource_gap"],
            fine="For everything that is missing it is said how it could be found.",
        ),
    )


def roll_out(page: "Plan") -> None:
    """The phases of a roll-out, each with what must be true before the next (PL-24)."""
    page.tool("PL-24", page.register("roll_out_phase", empty="No phase is planned yet."))


def _to_contract(page: "Plan") -> tuple[procurement.Dated, ...]:
    """The steps to the contract with their days."""
    return procurement.timeline(page.rows("procurement_step"), page.one("route")[1].contract_starts, dt.date.today())


# Files ---------------------------------------------------------------------------------------------------------------


def calendar_of(page: "Plan") -> tuple[str, str, bytes]:
    """Tasks, meetings, and those steps to the contract that are no task yet, as a calendar file."""
    from pspworkbook.documents import calendar_file

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
    taken = {origin for _, row in page.rows("task") for origin in origins(row)}
    found += [
        calendar_file.Event(f"{one.id}@{slug}.psp", f"Procurement: {one.step.label()}", one.start, one.end or one.start)
        for one in _to_contract(page)
        if one.start and origin_of(one.step.kind, one.id) not in taken
    ]
    if not found:
        raise WorkbookError("There is no task, meeting or step to the contract with a day yet.")
    data = calendar_file.ics(found, dt.datetime.now(dt.UTC), page.workbook.name)
    return f"schedule-{slug}-{dt.date.today():%Y-%m-%d}.ics", calendar_file.MEDIA, data


def scope_file(page: "Plan") -> tuple[str, str, bytes]:
    """The scope statement."""
    from pspworkbook.documents.plan_pages_docx import scope_docx

    needs = [row.label() for _, row in page.rows("need_statement")]
    asked = [row for _, row in page.rows("design_requirement")]
    return named_file(
        "scope",
        page,
        scope_docx(
            page.one("scope")[1], needs, asked, workbook=page.workbook.name, on=dt.date.today(), note=made_up(page)
        ),
    )


def made_up(page: "Plan") -> str:
    """That this is an example, for a document that leaves the workbook."""
    said = page.one("partnership")[1].made_up
    return f"An example for training, not a real partnership. {said}" if said else ""


def named_file(what: str, page: "Plan", data: bytes) -> tuple[str, str, bytes]:
    """A Word file with its name and its media type."""
    from pspworkbook.documents.word import MEDIA

    return f"{what}-{page.workbook.slug}-{dt.date.today():%Y-%m-%d}.docx", MEDIA, data
