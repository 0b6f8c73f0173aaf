"""What the SROI forecast takes over from other tools: inputs from the budget, outcomes from benefits and from pilots."""

from typing import Any

from pspworkbook import guide
from pspworkbook.methods.analyse import sroi_links
from pspworkbook.methods.links import into_forms, people
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.part import Part


def for_scope(page: ToolPage) -> list[Part]:
    """The stated needs, as what the SROI is made for."""
    return [
        Offers(
            page.session,
            "forecast",
            lambda: into_forms.needs_into_forecast(page.rows("need_statement")),
            ["need_statement"],
            title="Needs that the scope does not speak of yet",
        )
    ]


def for_stakeholders(page: ToolPage) -> list[Part]:
    """Groups that were named when they were invited, and are not in the list of stakeholders."""
    return [
        Offers(
            page.session,
            "stakeholder",
            lambda: people.stakeholders_from(page.rows("involvement")),
            ["involvement"],
            title="Groups to involve that are not among the stakeholders",
        )
    ]


def for_inputs(page: ToolPage) -> list[Part]:
    """Budget lines that could be inputs, and the difference between the budget and the inputs."""
    return [
        Offers(
            page.session,
            "input",
            lambda: sroi_links.from_budget(page.rows("budget_line"), page.rows("input"), page.rows("stakeholder")),
            ["budget_line", "stakeholder"],
            title="Budget lines that count as inputs and are not among them",
        ),
        page.passage("analyse_inputs", lambda: input_facts(page), ["budget_line", "input"]),
    ]


def input_facts(page: ToolPage) -> dict[str, Any]:
    """The budget beside the inputs, and inputs whose budget lines have moved since."""
    bundles, inputs = sroi_links.bundles(page.rows("budget_line")), page.rows("input")
    return {
        "differences": sroi_links.differences(bundles, inputs),
        "moved": sroi_links.moved(bundles, inputs),
        "unknown": sum(one.unknown for one in bundles),
        "rule": sroi_links.RULE,
    }


def for_outcomes(page: ToolPage) -> list[Part]:
    """Benefits that could be outcomes, and what the pilots of 2011 set out to change, to pick from."""
    cases = [case for case in guide.cases().values() if case.outcomes is not None]
    return [
        Offers(
            page.session,
            "outcome",
            lambda: sroi_links.from_benefits(page.rows("benefit")),
            ["benefit"],
            title="Benefits that are not among the outcomes",
        ),
        *[
            Offers(
                page.session,
                "outcome",
                lambda case=case: sroi_links.from_case(case),  # type: ignore[misc]
                [],
                title=f"What others set out to change: {case.name}",
                folded=True,
            )
            for case in cases
        ],
    ]
