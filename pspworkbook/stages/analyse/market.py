"""What bears on it from outside: PESTEL (AN-7), guidance (AN-8), the business case (AN-9), demand (AN-11), routes (AN-12)."""

import datetime as dt
from typing import Any

from pspworkbook.charts.analyse_more import demand_picture
from pspworkbook.methods.analyse import demand, pestel, route
from pspworkbook.methods.analyse import reading as reading_list
from pspworkbook.methods.plan import tier
from pspworkbook.records import field_of
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.offers import Offers

FACTORS = {"factor": "wide", "category": "mid", "direction": "mid", "impact": "narrow", "owner": "mid"}
GROUPS = {"group": "wide", "population": "narrow", "eligible_mid": "narrow", "takeup_mid": "narrow"}
GROUPS |= {"capacity": "narrow"}


def factors(page: ToolPage) -> None:
    """Outside factors under their headings, the few that matter, and their way to the register of risks."""
    page.tool(
        "AN-7",
        page.register("pestel", empty="No factor yet. Take a sheet for each of the six headings.", shown=FACTORS),
        Offers(
            page.session,
            "pestel",
            lambda: [
                *pestel.from_policies(page.rows("policy")),
                *pestel.from_market(page.rows("market_finding")),
            ],
            ["policy", "market_finding"],
            title="Policies and market findings that are not among the factors",
        ),
        page.passage("analyse_pestel", lambda: pestel_facts(page), ["pestel", "risk"]),
        page.findings(
            lambda: pestel.gaps(page.rows("pestel")), ["pestel"], fine="Whatever matters has an answer and an owner."
        ),
    )


def pestel_facts(page: ToolPage) -> dict[str, Any]:
    """The six headings, the few that matter, and which of them the register of risks holds."""
    rows = page.rows("pestel")
    risks = {row.origin for _, row in page.rows("risk")}
    return {
        "headings": pestel.headings(rows),
        "top": [(id_, row, pestel.score(row), f"pestel:{id_}" in risks) for id_, row in pestel.top(rows)],
        "score": pestel.score,
        "rule": pestel.RULE,
    }


def reading(page: ToolPage) -> None:
    """Guidance and research with what each changes (AN-8), and where the business case stands (AN-9)."""
    page.tool(
        "AN-8",
        page.register("guidance", empty="Nothing is listed yet."),
        page.passage(
            "analyse_reading", lambda: {"references": reading_list.references(page.rows("guidance"))}, ["guidance"]
        ),
        page.findings(
            lambda: reading_list.gaps(page.rows("guidance"), dt.date.today()),
            ["guidance"],
            fine="Everything that is listed has been looked at, and says what it changes.",
        ),
    )
    page.tool("AN-9", page.passage("analyse_case", lambda: {"scope": page.one("forecast")}, ["forecast"]))


def estimate(page: ToolPage) -> None:
    """How many might come, low, middle and high, beside how many there is room for."""

    def picture() -> Any:
        rows = page.rows("demand")
        total = demand.whole(rows)
        return demand_picture([*demand.estimates(rows), *([total] if total else [])])

    chart = Chart(picture())
    page.session.watch(["demand"], lambda: chart.show(picture()))
    page.tool(
        "AN-11",
        page.register("demand", empty="No group yet.", shown=GROUPS),
        chart,
        page.findings(
            lambda: demand.gaps(page.rows("demand")),
            ["demand"],
            rule=demand.RULE,
            fine="Where there may be too little room, it is said what happens then.",
        ),
    )


def routes(page: ToolPage) -> None:
    """Which ways to procure might fit, and what to ask. Never more than a first look."""
    page.tool(
        "AN-12",
        page.passage("taken_from", lambda: market_facts(page), ["market_finding", "market"]),
        page.register("route_screen"),
        page.passage("plan_tier", lambda: _tier(page), ["route_screen"]),
        page.passage("analyse_routes", lambda: route_facts(page), ["route_screen"]),
        page.findings(
            lambda: route.gaps(page.one("route_screen")[1], dt.date.today()),
            ["route_screen"],
            rule=route.RULE,
            fine="Procurement has been asked, and there is a date to look again.",
        ),
    )


def market_facts(page: ToolPage) -> dict[str, Any]:
    """What stage 2 found out about the market, to be read beside the questions about it."""
    lines = [f"{row.label()}: {row.now}" for _, row in page.rows("market_finding") if row.now]
    judged = page.one("market")[1]
    if judged.mature:
        lines.append(f"Is the market ripe? {field_of(type(judged), 'mature').show(judged.mature)}.")
    return {
        "title": "What stage 2 found out about the market",
        "lines": lines,
        "href": page.way_to("TP-7"),
        "tool": "Market analysis",
    }


def _tier(page: ToolPage) -> dict[str, Any]:
    return {"tier": route.tier_of(page.one("route_screen")[1], dt.date.today()), "rule": tier.RULE}


def route_facts(page: ToolPage) -> dict[str, Any]:
    """The ways with their reasons, what to ask, and the traps of VAT."""
    screen, today = page.one("route_screen")[1], dt.date.today()
    return {
        "ways": route.candidates(screen, today),
        "asks": route.asks(screen),
        "traps": route.vat_traps(screen, today),
        "fits": route.FITS,
        "screen": screen,
    }
