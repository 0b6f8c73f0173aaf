"""Procurement on the page: the route (PL-18), community benefits (PL-19) and the transfer of assets (PL-20)."""

import datetime as dt
from typing import Any

from pspworkbook.methods.analyse import route as early
from pspworkbook.methods.links import into_forms
from pspworkbook.methods.offers import Offer
from pspworkbook.methods.plan import benefits, procurement, tier
from pspworkbook.stages.plan.files import clauses_file, route_file
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers

ROUTE = ["route", "route_option", "procurement_step", "procurement_advice", "person"]
STATES = {"done": "✓ Done", "late": "▲ Late", "now": "● Now", "ahead": "○ Ahead", "no date": "–"}
BENEFITS = {"wanted": "wide", "for_whom": "mid", "kpi": "mid", "target": "narrow", "proportionate": "narrow"}


def route(page: ToolPage) -> None:
    """Value, tier, ways and the dates counted back from the start of the contract."""
    page.tool(
        "PL-18",
        Offers(
            page.session,
            "route",
            lambda: into_forms.into_route(page.one("route_screen")[1]),
            ["route_screen"],
            title="Where the early look left off",
        ),
        page.register("route"),
        page.passage("plan_tier", lambda: tier_facts(page), ["route"]),
        page.register("route_option", empty="No way is set down yet."),
        Offers(
            page.session,
            "route_option",
            lambda: _ways_not_listed(page),
            ["route_screen", "route_option"],
            title="Ways that the early look brought up",
        ),
        page.register("procurement_step", empty="No step yet."),
        page.passage("plan_route", lambda: steps(page), ROUTE),
        page.findings(
            lambda: procurement.gaps(
                page.one("route")[1],
                page.rows("route_option"),
                page.rows("procurement_step"),
                page.rows("procurement_advice"),
                dt.date.today(),
            ),
            ROUTE,
            rule=procurement.TIMELINE_RULE,
            fine="The route has its reasons and its advice, and every step has somebody and its days.",
        ),
        SaveFile("Save the route as .docx", lambda: route_file(page)),
    )


def _ways_not_listed(page: ToolPage) -> list[Offer]:
    """What the early look brought up, without the ways that somebody has set down by themselves."""
    listed = {row.what for _, row in page.rows("route_option")}
    offered = early.from_screen(page.one("route_screen")[1], dt.date.today())
    return [one for one in offered if one.values["what"] not in listed]


def tier_facts(page: ToolPage) -> dict[str, Any]:
    """The tier of the rules, with the figures that it rests on."""
    return {"tier": tier.tier(page.one("route")[1], dt.date.today()), "rule": tier.RULE}


def steps(page: ToolPage) -> dict[str, Any]:
    """The steps with their dates."""
    starts = page.one("route")[1].contract_starts
    dated = procurement.timeline(page.rows("procurement_step"), starts, dt.date.today())
    people = {id_: row.label() for id_, row in page.rows("person")}
    return {"steps": dated, "starts": starts, "people": people, "states": STATES}


def community(page: ToolPage) -> None:
    """Community benefits, each put to its tests, and the list of clauses."""
    kinds = ["community_benefit", "measure"]
    page.tool(
        "PL-19",
        page.register("community_benefit", empty="No benefit yet.", shown=BENEFITS),
        Offers(
            page.session,
            "community_benefit",
            lambda: benefits.from_needs(page.rows("need_statement"), page.rows("outcome")),
            ["need_statement", "outcome"],
        ),
        page.passage("plan_clauses", lambda: {"clauses": _clauses(page), "rule": benefits.RULE}, kinds),
        page.findings(
            lambda: benefits.gaps(_clauses(page)), kinds, title="Before it can go into a contract",
            fine="Every clause passes every test.",
        ),
        SaveFile("Save the clauses as .docx", lambda: clauses_file(page)),
    )  # fmt: skip


def _clauses(page: ToolPage) -> tuple[benefits.Clause, ...]:
    return benefits.clauses(page.rows("community_benefit"), dict(page.rows("measure")))


def assets(page: ToolPage) -> None:
    """Land and buildings, with a checklist for each."""
    page.tool(
        "PL-20",
        page.register("asset_transfer", empty="No land or building is looked at. Leave it so if none is needed."),
        page.passage("plan_assets", lambda: asset_facts(page), ["asset_transfer"]),
    )


def asset_facts(page: ToolPage) -> dict[str, Any]:
    """The checklist of each asset."""
    today = dt.date.today()
    found = [(id_, row, procurement.asset_checks(row, today)) for id_, row in page.rows("asset_transfer")]
    return {"assets": found, "rule": procurement.ASSET_RULE, "marks": {"yes": "✓", "no": "▲", "open": "○"}}
