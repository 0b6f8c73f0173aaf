"""The evaluative SROI beside the forecast: the same outcomes with what happened, and why the ratio moved.

What was not measured is not assumed: it is shown as not known. Two results say what that means: the strict one counts it
as nothing, the generous one as it was forecast.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.methods.sroi import COUNTED, DiscountRates, ForecastResult, ImpactMap, forecast
from pspworkbook.methods.sroi.stress import Stress, stress
from pspworkbook.methods.words import MINUS, pounds, signed
from pspworkbook.records import Input, Outcome, field_of
from pspworkbook.records.review import Actual, ActualInput

RULE = (
    "Each step is the outcome’s actual present value less its forecast one, divided by the investment as forecast; the "
    "last step is what the actual investment does to the actual value. The steps add up to the difference of the two "
    "ratios exactly. An outcome without a quantity is not known: the strict ratio counts it as nothing, the generous one "
    "as it was forecast. Other figures that are left empty are taken as forecast. No forecast is ever a fact."
)


@dataclass(frozen=True)
class Step:
    """One step of the bridge: what, by how much the ratio moves, and the figures that changed, in words."""

    name: str
    change: float
    moved: str = ""
    why: str = ""
    known: bool = True
    outcome: str = ""
    """The identifier of the outcome of the forecast; "" for a change that nobody forecast, and for what was put in."""

    @property
    def sentence(self) -> str:
        """Why the ratio moved here, in words."""
        by = signed(self.change).lstrip(f"+{MINUS}").replace(f" {MINUS}", " ").replace(" +", " ")
        moved = f"took {by} off the ratio" if self.change < 0 else f"added {by} to the ratio"
        if not self.known:
            said = f"{self.name}: nobody measured it, so the strict ratio counts nothing for it. That {moved}."
        elif not self.change:
            said = f"{self.name}: as forecast; it does not move the ratio."
        else:
            said = f"{self.name}: {self.moved}. That {moved}."
        return f"{said} {self.why}" if self.why else said


@dataclass(frozen=True)
class Evaluation:
    """Forecast and actual. ``strict`` and ``generous`` differ only in what was not measured; None without investment."""

    forecast: ForecastResult
    strict: ForecastResult
    generous: ForecastResult
    steps: tuple[Step, ...]
    unmeasured: tuple[str, ...]
    unverified: tuple[str, ...]
    by_grade: Mapping[str, float]
    """The actual present value by grade of evidence: green, amber, red, and "" where nobody said; only those with any."""

    @property
    def beside(self) -> str:
        """The ratio that came out beside the forecast one, each with the same test of how much hangs on its figures."""

        def said(result: ForecastResult, test: Stress | None) -> str:
            span = f" ({pounds(test.low, pence=True)} to {pounds(test.high, pence=True)})" if test else ""
            return f"{pounds(result.sroi_ratio or 0.0, pence=True)}{span}"

        rest = (
            f", or {said(self.generous, self.generous_range)} if what was not measured had come out as forecast"
            if self.unmeasured
            else ""
        )
        return (
            f"{said(self.strict, self.strict_range)} came out{rest}, where {said(self.forecast, self.forecast_range)} was "
            "forecast; in brackets, if everything were rather worse or rather better"
        )

    @property
    def forecast_range(self) -> Stress | None:
        """The forecast ratio if everything were rather worse, or rather better, by ``methods.sroi.stress``."""
        return stress(self.forecast)

    @property
    def strict_range(self) -> Stress | None:
        """The same test of the strict ratio: what was measured is not free of doubt either."""
        return stress(self.strict)

    @property
    def generous_range(self) -> Stress | None:
        """The same test of the generous ratio."""
        return stress(self.generous)


def actual_outcome(planned: Outcome | None, row: Actual) -> Outcome:
    """The outcome with what happened in place of what was forecast. Without a plan, a change that nobody forecast."""
    base = planned or Outcome(
        outcome=row.name, intention="unintended", deadweight=0.0, displacement=0.0, attribution=0.0, drop_off=0.0, duration=1.0
    )  # fmt: skip
    figures = {name: getattr(row, name) for name in COUNTED if getattr(row, name) is not None}
    return base.model_copy(update={**figures, "grade": row.grade or None})


def evaluate(
    planned: ForecastResult,
    outcomes: Rows[Outcome],
    actuals: Sequence[Actual],
    inputs: Rows[Input],
    actual_inputs: Sequence[ActualInput],
    *,
    rates: DiscountRates,
    discount_first_year: bool,
    activity_years: float,
) -> Evaluation:
    """Work out what happened. ``outcomes`` are the rows of ``planned``, in its order."""
    by_outcome = {row.outcome: row for row in actuals if row.outcome}
    found = [row for row in actuals if not row.outcome and row.quantity is not None and row.financial_proxy is not None]
    strict: list[Outcome] = []
    generous: list[Outcome] = []
    unmeasured: list[str] = []
    for id_, outcome in outcomes:
        row = by_outcome.get(id_)
        if row is None or row.quantity is None:
            unmeasured.append(outcome.label())
            strict.append(outcome.model_copy(update={"quantity": 0.0, "grade": None}))
            generous.append(outcome.model_copy(update={"grade": None}))
        else:
            strict.append(actual_outcome(outcome, row))
            generous.append(strict[-1])
    more = [actual_outcome(None, row) for row in found]
    investment = _investment(inputs, actual_inputs)

    def work(rows: Sequence[Outcome]) -> ForecastResult:
        return forecast(
            ImpactMap.of(rows), investment, rates=rates, discount_first_year=discount_first_year, activity_years=activity_years
        )  # fmt: skip

    result, kind_result = work([*strict, *more]), work([*generous, *more])
    grades: dict[str, float] = {}
    for outcome, worth in zip([*strict, *more], result.present_value_by_outcome.tolist(), strict=True):
        if worth:
            grades[outcome.grade or ""] = grades.get(outcome.grade or "", 0.0) + worth
    names = {id_: outcome.label() for id_, outcome in outcomes}
    unverified = [
        names.get(row.outcome or "", row.name) for row in actuals if row.quantity is not None and not row.verified_by
    ]
    steps = _steps(planned, result, outcomes, by_outcome, found)
    return Evaluation(planned, result, kind_result, tuple(steps), tuple(unmeasured), tuple(unverified), grades)


def _investment(inputs: Rows[Input], actual: Sequence[ActualInput]) -> float:
    """What was really put in; an input that nobody has given a figure for counts as forecast."""
    known = {row.input: row.value for row in actual if row.input and row.value is not None}
    planned = sum(known.get(id_, one.value or 0.0) or 0.0 for id_, one in inputs)
    return planned + sum(row.value or 0.0 for row in actual if not row.input)


def _steps(
    planned: ForecastResult,
    result: ForecastResult,
    outcomes: Rows[Outcome],
    actuals: Mapping[str | None, Actual],
    found: Sequence[Actual],
) -> list[Step]:
    if planned.investment <= 0 or result.investment <= 0:
        return []
    before, after = planned.present_value_by_outcome.tolist(), result.present_value_by_outcome.tolist()
    steps = []
    for place, (id_, outcome) in enumerate(outcomes):
        row = actuals.get(id_)
        known = row is not None and row.quantity is not None
        change = (after[place] - before[place]) / planned.investment
        steps.append(Step(outcome.label(), change, _moved(outcome, row), row.why if row else "", known, id_))
    for row, worth in zip(found, after[len(outcomes) :], strict=True):
        steps.append(
            Step(row.name or "A change that nobody forecast", worth / planned.investment, "not forecast", row.why)
        )
    total = result.total_present_value
    put_in = total / result.investment - total / planned.investment
    same = result.investment == planned.investment
    money = "as forecast" if same else f"{pounds(planned.investment)} → {pounds(result.investment)}"
    steps.append(Step("What was put in", put_in, money))
    return steps


def _moved(outcome: Outcome, row: Actual | None) -> str:
    """The figures that came out otherwise: ``How many 7 → 5; Deadweight 0% → 20%``."""
    if row is None or row.quantity is None:
        return "not measured"
    parts = []
    for name in COUNTED:
        now, then = getattr(row, name), getattr(outcome, name)
        if now is not None and now != then:
            spec = field_of(Outcome, name)
            parts.append(f"{spec.title} {spec.show(then) or '–'} → {spec.show(now)}")
    return "; ".join(parts) or "as forecast"


def seeds(outcomes: Rows[Outcome], readings: Mapping[str, str] | None = None) -> list[Offer]:
    """A row for every forecast outcome, its figures still to be filled in.

    ``readings``: by outcome what stage 6 read last, as it may be seen. It is said, not copied: a reading is of a period,
    and a figure of the SROI is of the whole.
    """
    said = readings or {}
    return [
        Offer(
            origin_of("outcome", id_),
            f"“{row.label()}”: what happened?" + (f" Last reading: {said[id_]}." if id_ in said else ""),
            "the forecast of stage 4",
            {"outcome": id_},
        )
        for id_, row in outcomes
    ]


def input_seeds(inputs: Rows[Input]) -> list[Offer]:
    """A row for every forecast input."""
    return [
        Offer(
            origin_of("input", id_),
            f"“{row.label()}”: what was it in the end?",
            "the forecast of stage 4",
            {"input": id_},
        )
        for id_, row in inputs
    ]


def gaps(outcomes: Rows[Outcome], actuals: Rows[Actual]) -> list[StageGap]:
    """Outcomes without a word on what happened, and figures without a source or a reason."""
    there = {row.outcome for _, row in actuals}
    found = [
        StageGap("RV-2", f"“{row.label()}”: nobody has said what happened.", "actual", begin=(("outcome", id_),)) for id_, row in outcomes if id_ not in there
    ]  # fmt: skip
    planned = dict(outcomes)
    for id_, row in actuals:
        name = planned[row.outcome].label() if row.outcome in planned else row.label()
        if row.quantity is not None and not row.source:
            found.append(StageGap("RV-2", f"“{name}”: where does the figure come from?", "actual", id_, "source"))
        if row.quantity is None and not row.why:
            found.append(StageGap("RV-2", f"“{name}” was not measured. Say why.", "actual", id_, "why"))
        before = planned.get(row.outcome or "")
        if before and row.quantity is not None and row.quantity != before.quantity and not row.why:
            found.append(StageGap("RV-2", f"“{name}” came out otherwise than forecast. Say why.", "actual", id_, "why"))
    return found
