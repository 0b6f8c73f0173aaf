"""What happened beside the forecast, from what a workbook holds."""

from typing import Any

from pspworkbook.methods.review import evaluative
from pspworkbook.methods.sroi import GREEN_BOOK, flat_rate
from pspworkbook.stages.facts.worked import work_out
from pspworkbook.widgets.snapshot import Snapshot


def actual_rows(now: Snapshot) -> list[tuple[str, Any]]:
    """What happened, by outcome. A reason that was given for other figures than stand there now explains nothing."""
    old = now.outdated("actual")
    return [
        (entry.id, entry.record.model_copy(update=dict.fromkeys(old.get(entry.id, ()), "")))
        for entry in now.records("actual")
    ]


def evaluation_of(now: Snapshot) -> evaluative.Evaluation | None:
    """Forecast and actual; None while there is no ratio, or nothing is written down of what happened."""

    def rows(kind: str) -> list[tuple[str, Any]]:
        return [(entry.id, entry.record) for entry in now.records(kind)]

    worked, actuals = work_out(now), [row for _, row in actual_rows(now)]
    if worked.result is None or worked.result.sroi_ratio is None or not actuals:
        return None
    scope, known = now.the("forecast").record, dict(rows("outcome"))
    rate = scope.discount_rate if scope.discount_rate is not None else 0.035
    try:
        return evaluative.evaluate(
            worked.result,
            [(id_, known[id_]) for id_ in worked.ids],
            actuals,
            [(id_, row) for id_, row in rows("input") if row.value is not None],
            [row for _, row in rows("actual_input")],
            rates=GREEN_BOOK if scope.discounting == "green_book" else flat_rate(rate),
            discount_first_year=scope.discount_first_year is not False,
            activity_years=scope.activity_years if scope.activity_years is not None else 1.0,
        )
    except ValueError:
        return None
