"""Who gains: the public purse as a budget holder sees it, and the same outcomes by importance instead of money."""

from typing import TYPE_CHECKING, Any

from pspworkbook.charts import gains as pictures
from pspworkbook.methods.sroi import purse, weights
from pspworkbook.records.fields import financial
from pspworkbook.stages.analyse.scrutiny import place
from pspworkbook.widgets.chart import Chart

if TYPE_CHECKING:
    from pspworkbook.stages.analyse.page import Analyse

READ = ["outcome", "stakeholder", "input", "forecast"]
LONGEST = 12
"""Years that the table shows one by one; what comes later stands in one column."""


def split(page: "Analyse") -> purse.Purse | None:
    """The public purse's part of the value; None while there is no result, and where the group works without money."""
    result = page.worked.result
    return purse.public_purse(page.rows("outcome"), result, page.worked.ids) if result is not None else None


def show(page: "Analyse") -> None:
    """The public purse's part as picture and passage, then the view by importance."""
    chart = Chart(pictures.cash_or_capacity(split(page)))
    by_weight = Chart(pictures.by_importance(_weighed(page)))

    def draw() -> None:
        chart.show(pictures.cash_or_capacity(split(page)))
        by_weight.show(pictures.by_importance(_weighed(page)))

    page.session.watch(READ, draw)
    page.show(
        page.passage("gains_purse", lambda: _purse(page), READ),
        chart,
        page.passage("gains_weights", lambda: _weights(page), READ),
        by_weight,
    )


def _purse(page: "Analyse") -> dict[str, Any]:
    found = split(page)
    scope = page.session.now.the("forecast").record
    first = scope.first_day.year - (scope.first_day.month < 4) if scope.first_day else None
    years = max((len(row) for row in found.by_year.values()), default=0) if found else 0
    shown = min(years, LONGEST)
    heads = [f"Year {place + 1}" + (f" ({financial(first + place)})" if first else "") for place in range(shown)]
    table = [
        (purse.KINDS[kind], [*row[:shown], *([sum(row[shown:])] if years > shown else [])])
        for kind, row in (found.by_year.items() if found else ())
    ]
    return {
        "purse": found,
        "sentence": purse.in_words(found) if found else "",
        "kinds": purse.KINDS,
        "heads": [*heads, *(["Later"] if years > shown else [])],
        "table": table,
        "rule": purse.RULE,
        "place": place,
    }


def _weighed(page: "Analyse") -> list[weights.Weighed]:
    return weights.weighed(page.rows("outcome"), dict(page.rows("stakeholder")))


def _weights(page: "Analyse") -> dict[str, Any]:
    rows = _weighed(page)
    return {
        "rows": rows,
        "sentence": weights.in_words(rows),
        "rule": weights.RULE,
        "by_weights": page.worked.by_weights,
        "place": place,
    }
