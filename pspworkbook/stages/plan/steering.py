"""The steering group on the page (PL-13): seats, terms, meetings with who was there, and the terms of reference."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from pspworkbook.methods.do.conduct import AGENDA
from pspworkbook.methods.links import people
from pspworkbook.methods.plan import steering
from pspworkbook.stages.facts import plan as facts
from pspworkbook.stages.facts.plan_more import support
from pspworkbook.stages.facts.steps import tasks as task_rows
from pspworkbook.stages.plan.work import made_up, named_file
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers

if TYPE_CHECKING:
    from pspworkbook.stages.plan.page import Plan

MEETINGS = {"date": "narrow", "purpose": "wide", "approves": "mid", "decisions": "wide"}
KINDS = ["steering_terms", "member", "person", "meeting", "task"]


def show(page: "Plan") -> None:
    """Seats and their balance, the terms, the meetings, and what is odd about them."""
    page.tool(
        "PL-13",
        page.passage("plan_seats", lambda: {"seats": _seats(page), "agenda": AGENDA}, ["member", "person"]),
        Offers(
            page.session,
            "member",
            lambda: seats(page),
            ["stakeholder", "involvement", "answer", "sitting"],
            title="Groups for whom nobody in the steering group speaks",
        ),
        page.passage("do_lines", lambda: _spoken_for(page), ["member", "person", "stakeholder"]),
        page.register("steering_terms"),
        page.register("meeting", empty="No meeting is planned yet.", shown=MEETINGS),
        page.passage("plan_steering", lambda: _facts(page), KINDS),
        SaveFile("Save the terms of reference as .docx", lambda: terms_file(page)),
        page.findings(
            lambda: facts.steering_gaps(page.session.now),
            KINDS,
            rule=steering.BALANCE_RULE,
            fine="The seats are balanced, and each meeting could decide what it decided.",
        ),
    )


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


def _spoken_for(page: "Plan") -> dict[str, Any]:
    return {
        "title": "Who speaks for whom",
        "lines": _voices(page),
        "rule": people.SEAT_RULE,
        "nothing": "Nobody speaks for a group of the list of stakeholders yet.",
    }


def _seats(page: "Plan") -> list[tuple[str, int]]:
    count = steering.seats(page.rows("member"), dict(page.rows("person")))
    return [(steering.GROUPS.get(key, key), number) for key, number in count.items()]


def _attendance(page: "Plan") -> tuple[steering.Attendance, ...]:
    terms, known = page.one("steering_terms")[1], dict(page.rows("person"))
    return steering.attendance(page.rows("meeting"), terms, page.rows("member"), known)


def _facts(page: "Plan") -> dict[str, Any]:
    return {
        "attendance": _attendance(page),
        "milestones": steering.milestones(task_rows(page.session.now), page.rows("meeting")),
        "today": dt.date.today(),
    }


def terms_file(page: "Plan") -> tuple[str, str, bytes]:
    """The steering group's terms of reference."""
    from pspworkbook.documents.plan_pages_docx import terms_docx

    known = dict(page.rows("person"))
    members = [
        (person.name, person.organisation, member.role, known[member.deputy].name if member.deputy in known else "–")
        for member, person in steering.seated(page.rows("member"), known)
    ]
    data = terms_docx(
        page.one("steering_terms")[1],
        members,
        _seats(page),
        _attendance(page),
        steering.milestones(task_rows(page.session.now), page.rows("meeting")),
        AGENDA,
        workbook=page.workbook.name,
        on=dt.date.today(),
        note=made_up(page),
    )
    return named_file("steering-group", page, data)
