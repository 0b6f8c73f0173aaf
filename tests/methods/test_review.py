"""The review's arithmetic: the bridge adds up, dates are counted back, themes are counted once, LM3 is three rounds."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.review import calendar, evaluative, methods, views
from pspworkbook.methods.sroi import ImpactMap, flat_rate, forecast
from pspworkbook.records import Answer, Input, Outcome
from pspworkbook.records.review import Actual, ActualInput, Feedback, ReviewMethod, ReviewPlan, ReviewPoint, Spender

PLAN = {"quantity": 10, "financial_proxy": 100, "duration": 1, "deadweight": 0.0, "displacement": 0.0, "attribution": 0.0, "drop_off": 0.0}  # fmt: skip
HOW = {"rates": flat_rate(0.035), "discount_first_year": True, "activity_years": 1.0}
INPUTS = [("grant", Input(description="Grant", value=500.0))]
share = st.floats(0, 1)


def evaluated(outcomes: list[Outcome], actuals: list[Actual], spent: float | None = None) -> evaluative.Evaluation:
    rows = [(f"o{place}", row) for place, row in enumerate(outcomes)]
    planned = forecast(ImpactMap.of(outcomes), 500.0, **HOW)
    inputs = [ActualInput(input="grant", value=spent)] if spent is not None else []
    return evaluative.evaluate(planned, rows, actuals, INPUTS, inputs, **HOW)


@given(
    st.lists(st.tuples(st.floats(0, 100), share, st.one_of(st.none(), st.floats(0, 100)), share, st.floats(-500, 500)), min_size=1, max_size=5),
    st.floats(50, 5000),
)  # fmt: skip
def test_the_steps_of_the_bridge_add_up_to_the_difference(rows: list[tuple[float, ...]], spent: float) -> None:
    """Whatever happened, measured or not: nothing of the difference stays unexplained."""
    outcomes = [
        Outcome.model_validate({**PLAN, "outcome": f"O{n}", "quantity": row[0], "deadweight": row[1]})
        for n, row in enumerate(rows)
    ]
    actuals = [
        Actual(outcome=f"o{n}", quantity=row[2], attribution=row[3], financial_proxy=row[4])
        for n, row in enumerate(rows)
    ]
    found = evaluated(outcomes, actuals, spent)
    moved = sum(step.change for step in found.steps)
    assert moved == pytest.approx((found.strict.sroi_ratio or 0) - (found.forecast.sroi_ratio or 0), abs=1e-9)


def test_what_was_not_measured_is_not_made_up() -> None:
    """The strict ratio counts it as nothing, the generous one as forecast, and it is named."""
    outcomes = [Outcome.model_validate({**PLAN, "outcome": name}) for name in ("Known", "Unknown")]
    found = evaluated(outcomes, [Actual(outcome="o0", quantity=10, verified_by="Surgery")])
    assert found.unmeasured == ("Unknown",) and not found.unverified
    assert found.strict.sroi_ratio == pytest.approx((found.forecast.sroi_ratio or 0) / 2)
    assert found.generous.sroi_ratio == pytest.approx(found.forecast.sroi_ratio)
    assert [step.known for step in found.steps[:2]] == [True, False] and found.steps[1].moved == "not measured"


def test_a_change_that_nobody_forecast_has_its_own_step() -> None:
    found = evaluated(
        [Outcome.model_validate({**PLAN, "outcome": "A"})],
        [
            Actual(outcome="o0", quantity=8, why="Fewer came"),
            Actual(name="Carers rest", quantity=5, financial_proxy=100),
        ],
    )
    assert found.steps[0].moved == "How many 10 → 8" and found.steps[0].why == "Fewer came"
    assert found.steps[1].name == "Carers rest" and found.steps[1].change == pytest.approx(500 / 1.035 / 500)


def test_seeds_and_gaps_follow_the_forecast() -> None:
    rows = [("a", Outcome.model_validate({**PLAN, "outcome": "A"}))]
    assert [offer.values for offer in evaluative.seeds(rows)] == [{"outcome": "a"}]
    assert "nobody has said" in evaluative.gaps(rows, [])[0].sentence
    said = evaluative.gaps(rows, [("x", Actual(outcome="a", quantity=5))])
    assert [gap.field for gap in said] == ["source", "why"]
    assert [gap.field for gap in evaluative.gaps(rows, [("x", Actual(outcome="a"))])] == ["why"]


def test_dates_are_counted_back_from_the_last_day() -> None:
    """The last step ends on the last day, and each begins when the next one must not wait any longer."""
    plan = ReviewPlan(what_ends="The pilot", ends="2027-03-31")
    points = [("b", ReviewPoint(what="Procure", weeks=8, order=2)), ("a", ReviewPoint(what="Decide", weeks=4, order=1))]
    due = calendar.calendar(plan, points, dt.date(2026, 12, 1))
    assert [one.what for one in due] == ["Decide", "Procure"]
    assert due[1].end == dt.date(2027, 3, 31) and due[1].start == due[0].end == dt.date(2027, 2, 3)
    assert "There is time" in calendar.in_words(due, dt.date(2026, 12, 1))
    late = calendar.calendar(plan, points, dt.date(2027, 1, 13))
    assert late[0].state == "too late" and "7 days ago" in calendar.in_words(late, dt.date(2027, 1, 13))
    assert calendar.gaps(ReviewPlan(), [], dt.date(2027, 1, 1))[0].field == "ends"


def test_themes_are_counted_once_whatever_their_spelling() -> None:
    rows = [
        ("1", Feedback(theme="Bus", words="High step", source="card", consent="yes", action="A rail")),
        ("2", Feedback(theme=" bus ", words="Cold", source="talk", consent="no")),
    ]
    [theme] = views.themes(rows)
    assert (theme.name, theme.count, theme.sources) == ("Bus", 2, 2)
    assert views.you_said(rows) == [("Bus", ["High step"], ["A rail"])], "only what may be quoted"
    assert any("have not been told" in gap.sentence for gap in views.feedback_gaps(rows))


def test_then_and_now_are_compared_with_their_spread_and_never_from_too_few() -> None:
    ballot = ballots()["pulse"]
    key = ballot.questions[0].key

    def given_in(round_: int, *values: int) -> list[Answer]:
        return [
            Answer(ballot="pulse", item=key, round=round_, sheet=f"{round_}-{n}", value=value)
            for n, value in enumerate(values)
        ]

    [first, *_] = views.again(ballot, [*given_in(1, 1, 3, 5), *given_in(3, 4, 4, 5)])
    assert first.words == "The middle moved up from 3 to 4, and views lie closer together."
    assert views.again(ballot, [*given_in(1, 1, 3, 5), *given_in(3, 4, 4)])[0].words == ""
    assert (
        views.again(ballot, [*given_in(1, 1, 1, 1), *given_in(2, 3, 3, 3), *given_in(3, 3, 3, 3)])[0].then.median == 3
    )


def test_the_shortlist_says_what_is_missing() -> None:
    """A method that cannot be done stays in sight, below, with the reason."""
    assert methods.shortlist(ReviewMethod()) == []
    poor = methods.shortlist(
        ReviewMethod(
            purpose="decide", audience="funders", time="little", data="little", skills="little", money_view="yes"
        )
    )
    assert next(fit for fit in poor if fit.method.key == "sroi").lacks
    rich = methods.shortlist(
        ReviewMethod(
            purpose="decide", audience="funders", time="plenty", data="plenty", skills="plenty", money_view="yes"
        )
    )
    assert rich[0].method.key == "sroi" and len(rich) == 6 and all(fit.method.does for fit in rich)


def test_the_local_multiplier_is_three_rounds() -> None:
    """£100 comes in, £60 stays with local people, who spend half of it nearby: (100 + 60 + 30) / 100."""
    rows = [
        ("a", Spender(who="Staff", paid=60, local="yes", respent=0.5)),
        ("b", Spender(who="Diesel", paid=40, local="no")),
    ]
    assert methods.multiplier(rows).value == pytest.approx(1.9)
    assert methods.multiplier([("a", Spender(who="Cook", paid=10, local="yes"))]).unknown == ("Cook",)
    assert methods.multiplier([]).value is None
