"""The review's arithmetic: the bridge adds up, dates are counted back, themes are counted once, LM3 is three rounds."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.links import same_step
from pspworkbook.methods.plan import procurement, schedule
from pspworkbook.methods.review import calendar, evaluative, methods, views
from pspworkbook.methods.sroi import ImpactMap, flat_rate, forecast
from pspworkbook.records import Answer, Input, Outcome
from pspworkbook.records.plan import Task
from pspworkbook.records.procurement import ProcurementStep
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


@pytest.mark.parametrize(("starts", "state"), [("2027-01-06", "now"), ("2027-01-07", "soon"), ("2027-02-04", "later")])
def test_now_is_said_of_what_must_begin_now(starts: str, state: str) -> None:
    ends = dt.date.fromisoformat(starts) + dt.timedelta(weeks=4)
    [due] = calendar.calendar(ReviewPlan(ends=ends), [("a", ReviewPoint(what="Decide", weeks=4))], dt.date(2027, 1, 6))
    assert (due.start.isoformat(), due.state) == (starts, state)


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
    some = methods.shortlist(ReviewMethod(purpose="account", audience="funders", time="little", data="little", skills="little", money_view="yes"))  # fmt: skip
    assert some[0].method.key == "lm3", "it lacks two things, SROI three"
    lacks = [len(fit.lacks) for fit in some]
    assert lacks == sorted(lacks)
    assert methods.none_fits(some) == (
        "As things stand, nothing fits well. The nearest is Local Multiplier 3 (LM3); it would need more of: time, figures."
    )
    rich = methods.shortlist(
        ReviewMethod(
            purpose="decide", audience="funders", time="plenty", data="plenty", skills="plenty", money_view="yes"
        )
    )
    assert methods.none_fits(rich) == "" == methods.none_fits([])
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


def test_what_is_done_in_the_schedule_is_done_in_the_review_calendar_and_the_other_way_round() -> None:
    day = dt.date(2026, 11, 13)
    tasks = [("t", Task(name="Evaluate the year")), ("d", Task(name="The decision")), ("x", Task(name="Other"))]
    points = [
        ("p", ReviewPoint(what="evaluate  the Year", done=day)),
        ("q", ReviewPoint(what="Decide on what follows", task="d")),
    ]
    assert [row.done for _, row in same_step.tasks_done(tasks, points)] == [day, None, None]
    tasks[1] = ("d", Task(name="The decision", done=day))
    assert [row.done for _, row in same_step.points_done(points, tasks)] == [day, day]
    assert "says the review calendar" in same_step.of_a_task(tasks[0][1], tasks, points)
    assert "says the schedule" in same_step.of_a_point(points[1][1], tasks, None)
    assert same_step.of_a_task(tasks[2][1], tasks, points) == ""
    assert not schedule.gaps(same_step.tasks_done([("t", Task(name="Evaluate the year", finish=day, owner="p", start=day))], points), dt.date(2026, 11, 26))  # fmt: skip


def test_what_follows_a_later_contract_is_ready_when_it_starts_and_dates_agree_with_the_plan() -> None:
    """By hand: the contract starts on 1 June, so buying takes from 28 March to 31 May (65 days), as Plan says, and eight
    weeks of preparing end on 31 May too: they begin on 5 April, after the buying.
    """
    today, starts = dt.date(2026, 11, 26), dt.date(2027, 6, 1)
    steps = procurement.timeline([("s", ProcurementStep(step="Tender", days=65, order=1))], starts, today)
    points = [
        ("b", ReviewPoint(what="Procure", weeks=6, order=1)),
        ("c", ReviewPoint(what="Prepare the new service", weeks=8, order=2)),
    ]
    plan = ReviewPlan(what_ends="The pilot", ends="2027-03-31")
    due = calendar.calendar(plan, points, today, same_step.procurement_of(steps, starts))
    assert [(one.what, one.start, one.end) for one in due] == [
        ("Procure", dt.date(2027, 3, 28), dt.date(2027, 5, 31)),
        ("Prepare the new service", dt.date(2027, 4, 5), dt.date(2027, 5, 31)),
    ]
    assert (due[0].start, due[0].end) == (steps[0].start, steps[0].end)
    assert "nobody is supported in between" in due[0].clash
    points[1] = ("c", ReviewPoint(what="Prepare the new service", weeks=12, order=2))
    due = calendar.calendar(plan, points, today, same_step.procurement_of(steps, starts))
    assert [one.what for one in due] == ["Prepare the new service", "Procure"], "what must begin first stands first"


def test_the_procurement_takes_its_dates_from_the_plan_and_a_contradiction_is_said() -> None:
    today, plan = dt.date(2026, 11, 26), ReviewPlan(what_ends="The pilot", ends="2027-03-31")
    points = [
        ("a", ReviewPoint(what="Decide", weeks=4, order=1)),
        ("b", ReviewPoint(what="Procure, or agree to go on", weeks=6, order=2)),
        ("c", ReviewPoint(what="Prepare", weeks=2, order=3)),
    ]

    def planned(starts: str, done: str | None = None) -> same_step.Procurement | None:
        begins = dt.date.fromisoformat(starts)
        rows = [("s", ProcurementStep(step="Tender", days=70, order=1, done=done))]
        return same_step.procurement_of(procurement.timeline(rows, begins, today), begins)

    due = calendar.calendar(plan, points, today, planned("2027-03-15"))
    assert (due[1].start, due[1].end, due[1].planned, due[1].clash) == (
        dt.date(2027, 1, 4),
        dt.date(2027, 3, 14),
        True,
        "",
    )
    assert due[0].end == dt.date(2027, 1, 4), "what comes before ends when stage 5 begins to buy"
    assert calendar.calendar(plan, points, today, planned("2027-04-01"))[1].clash == "", "the day after"
    clash = calendar.calendar(plan, points, today, planned("2027-04-12"))
    assert "start on 12 April 2027, but what there is now ends on 31 March 2027" in clash[1].clash
    assert any(
        "nobody is supported in between" in gap.sentence
        for gap in calendar.gaps(plan, points, today, planned("2027-04-12"))
    )
    assert "4 January 2027 to 14 March 2027." in same_step.of_a_point(points[1][1], [], planned("2027-03-15"))
    assert "The 6 weeks here are not used." in same_step.of_a_point(points[1][1], [], planned("2027-03-15"))
    bought = same_step.points_done(points, [], planned("2027-03-15", "2026-11-20"))
    assert calendar.calendar(plan, bought, today, planned("2027-03-15", "2026-11-20"))[0].state == "done"
    assert not calendar.calendar(plan, points, today)[1].planned
    other = [(id_, row.model_copy(update={"procurement": False})) for id_, row in points]
    assert not any(one.planned for one in calendar.calendar(plan, other, today, planned("2027-03-15")))
