"""The forecast SROI of a workbook: from its records to a result, and what to say about it."""

from dataclasses import dataclass

from pspworkbook.methods.sroi import GREEN_BOOK, ForecastResult, ImpactMap, flat_rate, forecast, uncounted
from pspworkbook.methods.sroi.material import countable, counts
from pspworkbook.records import Forecast
from pspworkbook.widgets.snapshot import Snapshot


@dataclass(frozen=True)
class Worked:
    """A result, the identifiers of its rows, and what could not be counted: (identifier, name, what it lacks).

    ``trouble`` is a sentence when there is no result: the figures cannot be worked with, or the group works ``by_weights``
    of importance instead of money. ``excluded`` are the outcomes that somebody has left out, with the present value that
    each would have had (None where it lacks a figure).
    """

    result: ForecastResult | None
    ids: tuple[str, ...]
    left_out: tuple[tuple[str, str, str], ...]
    inputs: int
    unvalued: int
    trouble: str = ""
    excluded: tuple[tuple[str, float | None], ...] = ()
    by_weights: bool = False


NO_RATIO = (
    "This group works with importance instead of money, so there is no ratio, and nothing is added up. The scope says so; "
    "it can be changed there."
)


def work_out(now: Snapshot) -> Worked:
    """The forecast from what the workbook holds now, worked out once for as long as its records stay as they are.

    What keeps something that it makes of the forecast asks for it in the same breath, so that both are made anew together.
    """
    return now.once(("worked",), lambda: _work_out(now))  # type: ignore[no-any-return]


def _work_out(now: Snapshot) -> Worked:
    """An outcome that somebody has left out does not count; one that lacks a figure does not either, and is named."""
    everything = now.records("outcome")
    entries = [entry for entry in everything if counts(entry.record)]
    aside = [entry for entry in everything if not counts(entry.record)]
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
    if scope.valuing == "weights":
        return Worked(None, (), (), len(inputs), unvalued, NO_RATIO, tuple((one.id, None) for one in aside), True)
    measured = [entry for entry in aside if countable(entry.record)]
    try:
        rows = ImpactMap.of([entry.record for entry in counted], names)
        years = scope.activity_years if scope.activity_years is not None else 1.0
        first = scope.discount_first_year is not False
        result = forecast(rows, investment, rates=rates, discount_first_year=first, activity_years=years)
        beside = forecast(
            ImpactMap.of([entry.record for entry in measured], names),
            0,
            rates=rates,
            discount_first_year=first,
            activity_years=years,
        )
    except ValueError as trouble:
        return Worked(None, (), left_out, len(inputs), unvalued, str(trouble))
    would = dict(zip((entry.id for entry in measured), beside.present_value_by_outcome.tolist(), strict=True))
    excluded = tuple((entry.id, would.get(entry.id)) for entry in aside)
    ids = tuple(entry.id for entry in counted)
    return Worked(result, ids, left_out, len(inputs), unvalued, excluded=excluded)
