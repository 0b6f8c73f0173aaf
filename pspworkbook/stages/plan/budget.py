"""The budget on the page (PL-5): lines, totals for each partner and period, the picture, what ran over."""

import datetime as dt
from typing import Any

from pspworkbook.charts.budget import budget_picture
from pspworkbook.methods.findings import same_name
from pspworkbook.methods.plan import budget
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.offers import Offers

LINES = {"line": "wide", "partner": "mid", "contribution": "narrow", "period_end": "narrow", "forecast": "narrow"}
LINES |= {"actual": "narrow"}
SOURCES = ["partnership", "person", "candidate", "signatory", "budget_line"]


def show(page: ToolPage) -> None:
    """The budget and how it is doing."""
    chart = Chart(_picture(page))
    page.session.watch(["budget_line"], lambda: chart.show(_picture(page)))
    page.tool(
        "PL-5",
        page.passage("plan_partners", lambda: {"names": partners(page)}, SOURCES),
        page.register("budget_line", empty="No line yet.", shown=LINES),
        Offers(
            page.session,
            "budget_line",
            lambda: budget.from_terms(page.rows("pilot_term"), *_dates(page)),
            ["pilot_term", "pilot_choice"],
            title="Terms of the pilot that are not in the budget",
        ),
        page.passage("plan_budget", lambda: facts(page), ["budget_line"]),
        chart,
        page.findings(
            lambda: budget.gaps(page.rows("budget_line"), dt.date.today()),
            ["budget_line"],
            rule=budget.RULE,
            fine="Every period that is over has its actual, and what is red has its reason.",
        ),
    )


def _dates(page: ToolPage) -> tuple[dt.date | None, dt.date | None]:
    choice = page.one("pilot_choice")[1]
    return choice.starts, choice.ends


def _picture(page: ToolPage) -> Any:
    return budget_picture(budget.so_far(page.rows("budget_line"), dt.date.today()))


def partners(page: ToolPage) -> list[str]:
    """Organisations that the workbook knows, each in the spelling that comes first, so that names fit together."""
    lead = page.one("partnership")[1]
    names = [row.partner for _, row in page.rows("budget_line")]
    names += [lead.lead_public, lead.lead_third]
    names += [row.organisation for _, row in page.rows("person")]
    names += [row.name for _, row in page.rows("candidate") if row.chosen == "chosen"]
    found: dict[str, str] = {}
    for name in names:
        if name:
            found.setdefault(same_name(name), name)
    return list(found.values())


def facts(page: ToolPage) -> dict[str, Any]:
    """Totals, and what ran over."""
    lines = page.rows("budget_line")
    return {
        "whole": budget.whole(lines, dt.date.today()),
        "partners": budget.per_partner(lines, dt.date.today()),
        "periods": budget.per_period(lines, dt.date.today()),
        "crossed": budget.partner_by_period(lines, dt.date.today()),
        "untimed": budget.untimed(lines),
        "over": budget.overspent(lines),
        "lights": budget.LIGHTS,
        "apart": budget.APART,
        "rule": budget.RULE,
    }
