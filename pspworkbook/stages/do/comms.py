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

if TYPE_CHECKING:
    from pspworkbook.stages.do.page import Do

CALLS = {"date": "narrow", "stakeholder": "mid", "message": "mid", "channel": "mid", "owner": "mid", "done": "narrow"}
SOURCES = ["stakeholder", "expectation", "blocker", "answer"]


def communications(page: "Do") -> None:
    """Aims and messages, what is due, what other registers ask to be said, the plan, and who is forgotten."""
    page.tool(
        "DO-2",
        page.register("comms_plan"),
        page.passage("do_comms", lambda: _due(page), ["comms_plan", *facts.COMMS]),
        Offers(page.session, "communication", lambda: _offers(page), [*SOURCES, "communication"]),
        page.register("communication", shown=CALLS, empty="Nothing is planned yet."),
        page.findings(
            lambda: facts.comms_gaps(page.session.now),
            [*facts.COMMS, "answer"],
            title="Overdue and forgotten",
            rule=comms.RULE,
            fine="Nothing is overdue, and something lies ahead for every group.",
        ),
        SaveFile("Save the communications plan as .docx", lambda: files.comms_file(page.session)),
    )


def _due(page: "Do") -> dict[str, Any]:
    today = dt.date.today()
    rows = page.rows("communication")
    due = comms.due(rows, today)
    month = comms.this_month(due, today)
    return {
        "month": month,
        "begin": page.begin("communication"),
        "later": [one for one in due if one not in month][:6],
        "plan": page.one("comms_plan")[1],
        "groups": {id_: row.label() for id_, row in page.rows("stakeholder")},
        "people": {id_: row.name for id_, row in page.people.items()},
        "formats": field_of(Communication, "format").options,
        "often": field_of(Communication, "frequency").options,
        "back": [row for _, row in rows if row.feedback],
    }


def _offers(page: "Do") -> Any:
    groups, importance = page.rows("stakeholder"), facts.importance(page.session.now)
    silent = comms.forgotten(groups, comms.due(page.rows("communication"), dt.date.today()), importance)
    return comms.offers(silent, page.rows("expectation"), page.rows("blocker"), importance)
