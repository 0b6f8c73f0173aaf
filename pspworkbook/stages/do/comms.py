"""The communications plan (DO-2): made from the stakeholder map, with this month’s list and nobody forgotten."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from pspworkbook.methods.do import comms
from pspworkbook.records import field_of
from pspworkbook.records.deliver import Communication
from pspworkbook.stages.do import files
from pspworkbook.stages.facts import do as facts
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.register import Derived, Register, Remark

if TYPE_CHECKING:
    from pspworkbook.stages.do.page import Do

CALLS = {"date": "narrow", "stakeholder": "mid", "message": "mid", "channel": "mid", "owner": "mid", "done": "narrow"}
SOURCES = ["stakeholder", "expectation", "blocker", "answer", "sitting"]


def communications(page: "Do") -> None:
    """Aims and messages, what is due, what other registers ask to be said, the plan, and who is forgotten."""
    page.tool(
        "DO-2",
        page.register("comms_plan"),
        this_month(page),
        page.passage("do_comms", lambda: _due(page), ["comms_plan", *facts.COMMS]),
        Offers(page.session, "communication", lambda: _offers(page), [*SOURCES, "communication"]),
        page.register("communication", shown=CALLS, empty="Nothing is planned yet."),
        page.findings(
            lambda: facts.comms_gaps(page.session.now),
            [*facts.COMMS, "answer", "sitting"],
            title="Overdue and forgotten",
            rule=comms.RULE,
            fine="Nothing is overdue, and something lies ahead for every group.",
        ),
        SaveFile("Save the communications plan as .docx", lambda: files.comms_file(page.session)),
    )


def this_month(page: "Do") -> Register:
    """What is due this month and overdue, to be ticked off where it stands; what was done this month stays in sight."""
    register = page.register(
        "communication",
        name="due",
        caption="This month’s list",
        empty="Nothing stands in this month’s list.",
        only=("done", "feedback"),
        shown={"done": "narrow", "feedback": "wide"},
        fixed=True,
        which=lambda: comms.ticked(page.rows("communication"), dt.date.today()),
        remark=_tick,
    )

    def show() -> None:
        groups = {id_: row.label() for id_, row in page.rows("stakeholder")}
        rows = page.rows("communication")
        due = {id_: comms.standing(row) for id_, row in rows}
        how = {id_: f"{groups.get(row.stakeholder, 'Not said')}: {_how(row)}" for id_, row in rows}
        who = {id_: page.people[row.owner].name if row.owner in page.people else "○ nobody" for id_, row in rows}
        columns = {"Due": due, "To whom, and how": how, "Who does it": who}
        register.derive([Derived(title, said, words=True) for title, said in columns.items()])

    show()
    page.session.watch(["communication", "stakeholder", "person"], show)
    return register


def _tick(row: Communication) -> Remark | None:
    today = dt.date.today()
    said = comms.tick(row, today)
    return (said, {"today": ("Done today", {"done": today.isoformat()})}) if said else None


def _how(row: Communication) -> str:
    """The channel, the form where it is not the usual one, and what else helps."""
    form = "" if row.format in (None, "usual") else field_of(Communication, "format").show(row.format)
    return "; ".join(part for part in (row.channel or "not said", form, row.access) if part)


def _due(page: "Do") -> dict[str, Any]:
    today = dt.date.today()
    rows = page.rows("communication")
    due = comms.due(rows, today)
    month = comms.this_month(due, today)
    return {
        "begin": page.begin("communication"),
        "later": [one for one in due if one not in month][:6],
        "plan": page.one("comms_plan")[1],
        "groups": {id_: row.label() for id_, row in page.rows("stakeholder")},
        "back": [row for _, row in rows if row.feedback],
    }


def _offers(page: "Do") -> Any:
    groups, importance = page.rows("stakeholder"), facts.importance(page.session.now)
    silent = comms.forgotten(groups, comms.due(page.rows("communication"), dt.date.today()), importance)
    return comms.offers(silent, page.rows("expectation"), page.rows("blocker"), importance)
