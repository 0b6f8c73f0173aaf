"""The pilot on the page: whether to have one (PL-14), its seven questions (PL-15), its terms (PL-16), and after (PL-17)."""

import datetime as dt
from typing import Any

from pspworkbook.charts.picture import Picture
from pspworkbook.charts.pilot import TITLE, balance_picture
from pspworkbook.methods.analyse import route as early
from pspworkbook.methods.plan import pilot, pilot_terms
from pspworkbook.records import field_of, fields_of
from pspworkbook.records.pilot import PilotChoice, TransferCheck
from pspworkbook.stages.ballots import ballot
from pspworkbook.stages.facts.plan_more import answers
from pspworkbook.stages.facts.plan_more import approval as state_of_approval
from pspworkbook.stages.plan.files import annex_file, decision_file
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers

TERMS = {"contributor": "mid", "what": "wide", "value": "narrow", "manager": "mid", "payer": "mid"}
CHECKS = {"outcome": "mid", "area": "narrow", "difference": "wide", "shift": "narrow", "adjustment": "narrow"}
REASONS = {"item": "wide", "applies": "narrow", "evidence": "mid", "answer": "mid"}
DECISION = ["pilot_choice", "pilot_question"]
APPROVAL = ("approved", "approved_by", "approved_on")
"""The fields of the decision that wait for the seven questions: they stand below them."""


def choice(page: ToolPage) -> None:
    """Nine reasons weighed alone, the balance with its spread, and the decision with the views that differ."""
    parts = ballot(page, pilot.BALLOT)
    panel: Any = parts[0]

    def picture() -> Picture:
        # Like the panel, it says nothing until the answers are shown there.
        shown = panel.state["shown"]
        return (
            balance_picture(pilot.balance(answers(page.session.now))) if shown else Picture(TITLE, panel.hidden_words)
        )

    chart = Chart(picture())
    page.session.watch(["answer"], lambda: chart.show(picture()))
    panel.observe(lambda _change: chart.show(picture()), "state")
    page.tool(
        "PL-14",
        *parts,
        chart,
        page.passage("plan_balance", lambda: {"rule": pilot.RULE}, ["-"]),
        page.listed("pilot_item", empty="Take the guide’s nine reasons to begin with.", shown=REASONS),
        page.passage("taken_from", lambda: early_facts(page), ["route_screen"]),
        page.register("pilot_choice", only=[spec.name for spec in fields_of(PilotChoice) if spec.name not in APPROVAL]),
        page.findings(
            lambda: (gap for gap in _gaps(page) if gap.tool == "PL-14"),
            [*DECISION, "pilot_item", "answer", "sitting"],
            fine="The decision has its reasons, and differing views stand beside it.",
        ),
    )


def early_facts(page: ToolPage) -> dict[str, Any]:
    """What the early look at routes says that bears on a pilot."""
    screen = page.one("route_screen")[1]
    ways = early.candidates(screen, dt.date.today())
    lines = [f"{one.name}: {early.FITS[one.fits][2:].lower()}. {one.why}" for one in ways]
    return {
        "title": "What the early look at routes says",
        "lines": lines,
        "href": page.way_to("AN-12"),
        "tool": "Early look at routes",
    }


def _gaps(page: ToolPage) -> Any:
    found = pilot.balance(answers(page.session.now))
    return pilot.gaps(
        page.one("pilot_choice")[1], page.rows("pilot_item"), page.rows("pilot_question"), found, dt.date.today()
    )


def approval(page: ToolPage) -> dict[str, Any]:
    """Whether the approval holds, and which questions hold it back."""
    rows, today = page.rows("pilot_question"), dt.date.today()
    return {
        "state": state_of_approval(page.session.now),
        "questions": pilot.questions(rows, today),
        "rule": pilot.APPROVAL_RULE,
    }


def questions(page: ToolPage) -> None:
    """The seven questions, their answers, and then the approval, which they hold back."""
    page.tool(
        "PL-15",
        page.passage("plan_questions", lambda: approval(page), DECISION),
        page.listed("pilot_question", empty="Take the guide’s seven questions to begin with."),
        page.passage("plan_approval", lambda: approval(page), DECISION),
        page.register("pilot_choice", name="pilot_approval", only=APPROVAL),
        SaveFile("Save the record of the decision as .docx", lambda: decision_file(page)),
    )


def terms(page: ToolPage) -> None:
    """Who gives, manages and pays, how the rules are kept, and the annex to the memorandum."""
    page.tool(
        "PL-16",
        page.register("pilot_term", empty="No term yet.", shown=TERMS),
        Offers(
            page.session, "pilot_term", lambda: pilot_terms.terms_from_budget(page.rows("budget_line")), ["budget_line"]
        ),
        page.passage(
            "plan_terms", lambda: {"gives": pilot_terms.per_contributor(page.rows("pilot_term"))}, ["pilot_term"]
        ),
        page.findings(
            lambda: term_gaps(page),
            ["pilot_term", "subsidy", "budget_line", "pilot_choice", "partnership", "person"],
            rule=pilot_terms.TERMS_RULE,
            fine="Every term has somebody who looks after it, somebody who pays, and a word on the rules.",
        ),
        page.register("annex_version", empty="No version has been agreed yet."),
        SaveFile("Save the annex as .docx", lambda: annex_file(page)),
    )


def term_gaps(page: ToolPage) -> Any:
    """What is missing in the terms."""
    public = [row.organisation for _, row in page.rows("person") if row.sector == "public"]
    return pilot_terms.term_gaps(
        page.rows("pilot_term"),
        page.rows("subsidy"),
        page.rows("budget_line"),
        [page.one("partnership")[1].lead_public, *public],
        piloted=page.one("pilot_choice")[1].decision == "pilot",
    )


def transfer(page: ToolPage) -> None:
    """What of the pilot's results can be carried over to another place."""
    page.tool(
        "PL-17",
        page.register("transfer_check", empty="No outcome has been looked at yet.", shown=CHECKS),
        Offers(
            page.session,
            "transfer_check",
            lambda: pilot_terms.transfers_from(
                page.outcomes(), {id_: row.label() for id_, row in page.rows("stakeholder")}
            ),
            ["outcome", "stakeholder"],
        ),
        page.passage("plan_transfer", lambda: transfer_facts(page), ["transfer_check", "outcome"]),
        page.findings(
            lambda: pilot_terms.transfer_gaps(page.rows("transfer_check"), page.rows("outcome")),
            ["transfer_check", "outcome"],
            rule=pilot_terms.TRANSFER_RULE,
        ),
    )


def transfer_facts(page: ToolPage) -> dict[str, Any]:
    """The sheet: pilot, difference, what to expect there."""
    outcomes = {id_: row.label() for id_, row in page.rows("outcome")}
    return {
        "rows": [
            (outcomes.get(row.outcome or "", row.label()), row, pilot_terms.expected(row))
            for _, row in page.rows("transfer_check")
        ],
        "means": field_of(TransferCheck, "resourced").options,
    }
