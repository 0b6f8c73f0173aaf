"""The outcome measures plan on the page (PL-12)."""

from typing import Any

from pspworkbook import guide
from pspworkbook.methods.outcomes import RULE as OUTPUT_RULE
from pspworkbook.methods.plan import measures
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.offers import Offers

SHOWN = {"outcome": "mid", "indicator": "wide", "baseline": "narrow", "target": "narrow", "when": "mid"}
SHOWN |= {"collector": "mid"}
KINDS = ["measure", "outcome"]


def show(page: ToolPage) -> None:
    """The measures, what they cost in hours, and what is missing, double or dressed up."""
    page.tool(
        "PL-12",
        page.to_choose("measure", "outcome", "collector"),
        page.register("measure", empty="No measure yet. Begin with the outcomes of the SROI.", shown=SHOWN),
        Offers(page.session, "measure", lambda: offers(page), ["outcome", "stakeholder"]),
        page.passage("plan_bank", lambda: {"cases": bank()}, ["-"]),
        page.passage("plan_measures", lambda: facts(page), KINDS),
        page.findings(
            lambda: measures.gaps(page.rows("measure"), page.outcomes()),
            KINDS,
            rule=f"{measures.RULE} {OUTPUT_RULE}",
            fine="Every outcome has a measure that somebody collects, and nothing is asked twice.",
        ),
    )


def offers(page: ToolPage) -> Any:
    """A measure for each outcome that has none yet."""
    taken = {row.outcome for _, row in page.rows("measure")}
    who = {id_: row.label() for id_, row in page.rows("stakeholder")}
    return measures.from_outcomes([pair for pair in page.outcomes() if pair[0] not in taken], who)


def bank() -> list[Any]:
    """The pilots that have a table of outcomes (CS-2)."""
    return [case for case in guide.cases().values() if case.outcomes is not None]


def facts(page: ToolPage) -> dict[str, Any]:
    """Hours a year, measure by measure."""
    rows = page.rows("measure")
    outcomes = {id_: row.label() for id_, row in page.rows("outcome")}
    return {
        "rows": [(row, measures.hours(row), outcomes.get(row.outcome or "", row.change)) for _, row in rows],
        "burden": measures.burden(rows),
        "rule": measures.BURDEN_RULE,
    }
