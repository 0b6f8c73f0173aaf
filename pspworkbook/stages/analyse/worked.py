"""The forecast SROI of a workbook: from its records to a result, and what to say about it."""

from dataclasses import dataclass

from pspworkbook.methods.sroi import GREEN_BOOK, ForecastResult, ImpactMap, flat_rate, forecast, uncounted
from pspworkbook.methods.sroi.stress import Stress, stress
from pspworkbook.records import Forecast
from pspworkbook.widgets.snapshot import Snapshot


@dataclass(frozen=True)
class Worked:
    """A result, the identifiers of its rows, its range, and what could not be counted: (identifier, name, what it lacks).

    ``trouble`` is a sentence when the figures cannot be worked with at all; there is no result then.
    """

    result: ForecastResult | None
    ids: tuple[str, ...]
    range: Stress | None
    left_out: tuple[tuple[str, str, str], ...]
    inputs: int
    unvalued: int
    trouble: str = ""


def work_out(now: Snapshot) -> Worked:
    """Work out the forecast from what the workbook holds now. An outcome that lacks a figure is left out and named."""
    entries = now.records("outcome")
    names = {entry.id: entry.record.label() for entry in now.records("stakeholder")}
    inputs = [entry.record.value for entry in now.records("input")]
    lacking = {entries[index].id: titles for index, titles in uncounted([entry.record for entry in entries])}
    counted = [entry for entry in entries if entry.id not in lacking]
    left_out = tuple(
        (entry.id, entry.record.label(), ", ".join(lacking[entry.id]).lower())
        for entry in entries
        if entry.id in lacking
    )
    scope: Forecast = now.the("forecast").record
    rates = (
        GREEN_BOOK
        if scope.discounting == "green_book"
        else flat_rate(scope.discount_rate if scope.discount_rate is not None else 0.035)
    )
    investment = sum(value for value in inputs if value is not None)
    unvalued = sum(value is None for value in inputs)
    try:
        rows = ImpactMap.of([entry.record for entry in counted], names)
        years = scope.activity_years if scope.activity_years is not None else 1.0
        result = forecast(
            rows,
            investment,
            rates=rates,
            discount_first_year=scope.discount_first_year is not False,
            activity_years=years,
        )
    except ValueError as trouble:
        return Worked(None, (), None, left_out, len(inputs), unvalued, str(trouble))
    return Worked(result, tuple(entry.id for entry in counted), stress(result), left_out, len(inputs), unvalued)
