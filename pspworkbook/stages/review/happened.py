"""What happened beside what was forecast (RV-2): the result with its ranges, outcome by outcome, and why it moved."""

from typing import TYPE_CHECKING, Any

from pspworkbook import guide
from pspworkbook.charts.review import bridge_picture
from pspworkbook.methods.analyse import sroi_links
from pspworkbook.methods.review import evaluative
from pspworkbook.methods.sroi.stress import RULE as RANGE_RULE
from pspworkbook.methods.words import day, pounds, signed
from pspworkbook.records import Outcome, field_of
from pspworkbook.records.review import Actual, ActualInput
from pspworkbook.stages.facts.do import series
from pspworkbook.stages.facts.evaluation import actual_rows
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.register import Derived, Remark

if TYPE_CHECKING:
    from pspworkbook.stages.review.page import Review

SROI = ["forecast", "stakeholder", "input", "outcome", "actual", "actual_input"]
READ = [*SROI, "measure", "reading"]
ACTUALS = {"outcome": "wide", "name": "mid", "quantity": "narrow", "grade": "mid", "why": "wide"}
GRADES = {
    "green": "measured here",
    "amber": "from comparable research",
    "red": "our own assumption",
    "": "nobody has said how well it is known",
}


def happened(page: "Review") -> None:
    """The evaluative SROI beside the forecast, and why the ratio moved."""
    chart = Chart(bridge_picture(page.evaluation))
    page.session.watch(SROI, lambda: chart.show(bridge_picture(page.evaluation)))
    register = page.register("actual", shown=ACTUALS, empty="Nothing is written down yet.")
    register.derive(_forecast(page))
    page.session.watch(SROI, lambda: register.derive(_forecast(page)))
    inputs = page.register(
        "actual_input",
        empty="No actual input yet: each counts as it was forecast.",
        remark=lambda row: _beside_the_budget(page, row),
    )
    page.session.watch(["budget_line", "input"], inputs.refresh)
    page.tool(
        "RV-2",
        Offers(page.session, "actual", lambda: seeds(page), ["outcome", "measure", "reading"], title="Outcomes of the forecast that nobody has looked at yet"),
        register,
        Offers(page.session, "actual_input", lambda: evaluative.input_seeds(page.rows("input")), ["input"], title="Inputs of the forecast without an actual figure"),
        inputs,
        page.passage("review_result", lambda: result(page), READ, live=True),
        chart,
        page.findings(lambda: evaluative.gaps(page.outcomes(), actual_rows(page.session.now)), SROI, rule=evaluative.RULE),
        page.passage("limits", lambda: {"limits": guide.sroi().limitations, "tool": guide.tools()["RV-2"]}, ["-"]),
    )  # fmt: skip


def _beside_the_budget(page: "Review", row: ActualInput) -> Remark | None:
    """The budget’s actual figure for the same input, where it is another, with a button that takes it over."""
    planned = dict(page.rows("input")).get(row.input)
    found = sroi_links.spent_on(sroi_links.bundles(page.rows("budget_line")), planned) if planned else None
    said = sroi_links.apart(found, row.value) if found else ""
    if not found or not said:
        return None
    take = (f"Take {pounds(found.spent)} from the budget", {"value": found.spent})
    return said, {} if found.unspent else {"budget": take}


def _forecast(page: "Review") -> list[Derived]:
    """How many were forecast, beside how many it was."""
    planned = dict(page.rows("outcome"))
    spec = field_of(Outcome, "quantity")
    values = {
        id_: spec.show(planned[row.outcome].quantity) if row.outcome in planned else "–"
        for id_, row in page.rows("actual")
    }
    return [Derived("Forecast", values)]


def readings(page: "Review") -> dict[str, str]:
    """The last reading of stage 6 for each outcome that has a measure, as it may be seen: small numbers stay hidden."""
    outcomes = {id_: row.outcome for id_, row in page.rows("measure")}
    found: dict[str, list[str]] = {}
    for one in series(page.session.now):
        if one.points and outcomes.get(one.id):
            end, shown = one.points[-1]
            found.setdefault(outcomes[one.id], []).append(f"{one.name}: {shown.text}, {day(end)}")
    return {id_: "; ".join(said) for id_, said in found.items()}


def seeds(page: "Review") -> list[Any]:
    """A row for every outcome of the forecast; where stage 6 has a reading, the offer says so."""
    return evaluative.seeds(page.outcomes(), readings(page))


def result(page: "Review") -> dict[str, Any]:
    """Both ratios with their ranges, and each outcome: forecast, actual, last reading, evidence, and its step."""
    found = page.evaluation
    total = sum(found.by_grade.values()) if found else 0.0
    shares = sorted(found.by_grade.items(), key=lambda pair: -pair[1]) if found and total > 0 else []
    return {
        "found": found,
        "grades": [(GRADES[key], worth / total) for key, worth in shares],
        "rows": _rows(page, found) if found else [],
        "forecast": page.outcomes(),
        "way": page.way_to("AN-3"),
        "begin": page.begin("actual"),
        "range_rule": RANGE_RULE,
    }


def _rows(page: "Review", found: evaluative.Evaluation) -> list[dict[str, str]]:
    planned, seen = dict(page.rows("outcome")), readings(page)
    actuals = {row.outcome: row for _, row in page.rows("actual") if row.outcome}
    extra = {row.name: row for _, row in page.rows("actual") if not row.outcome}
    rows = []
    for step in found.steps[:-1]:
        outcome = planned.get(step.outcome)
        row = actuals.get(step.outcome) if outcome else extra.get(step.name)
        rows.append(
            {
                "name": step.name,
                "planned": field_of(Outcome, "quantity").show(outcome.quantity) if outcome else "–",
                "actual": field_of(Actual, "quantity").show(row.quantity if row else None) or "not measured",
                "reading": seen.get(step.outcome, "–"),
                "known": _known(row) if step.known else "not measured",
                "change": signed(step.change),
            }
        )
    return rows


def _known(row: Actual | None) -> str:
    if row is None:
        return "nobody has said"
    return f"{GRADES[row.grade or '']}; {f'verified by {row.verified_by}' if row.verified_by else 'not verified'}"
