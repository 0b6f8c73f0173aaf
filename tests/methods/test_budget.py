"""The budget: money apart from what cannot be spent, variance, periods that are over, what looks odd."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.methods.plan import budget
from pspworkbook.records.budget import BudgetLine
from pspworkbook.records.pilot import PilotTerm

TODAY = dt.date(2026, 11, 22)


def line(**more: object) -> BudgetLine:
    body = {"line": "Bus", "partner": "Club", "contribution": "money", "forecast": "100"}
    return BudgetLine.model_validate({**body, "period_start": "2026-01-01", "period_end": "2026-03-31", **more})


def sentences(gaps: object) -> str:
    return "\n".join(gap.sentence for gap in gaps)


@pytest.mark.parametrize(
    ("forecast", "actual", "colour"),
    [
        (100, 100, "green"),
        (100, 105, "green"),
        (100, 106, "amber"),
        (100, 110, "amber"),
        (100, 111, "red"),
        (100, 89, "red"),
        (0, 5, "red"),
        (0, 0, "green"),
        (200, 190, "green"),
    ],
)
def test_the_light_follows_the_printed_rule(forecast, actual, colour):
    assert budget.light(forecast, actual) == colour


def test_variance_compares_only_lines_whose_actual_is_known():
    found = budget.total([line(actual="120"), line(forecast="900")], TODAY)
    assert (found.forecast, found.actual, found.compared, found.variance) == (1000, 120, 100, 20)
    assert budget.total([line()], TODAY).variance is None


def test_a_period_that_still_runs_is_so_far_and_rated_only_when_it_is_over_its_whole_forecast():
    """By hand: of 18,000 for half a year, 9,000 are spent after two months. Nobody is under a forecast yet."""
    running = {"period_start": "2026-10-01", "period_end": "2027-03-31", "forecast": "18000"}
    staff, ended = line(actual="9000", line="Staff", **running), line(actual="90")
    found = budget.total([staff, ended], TODAY)
    assert (found.forecast, found.actual, found.variance, found.light) == (18100, 9090, -10, "amber")
    assert found.so_far == "£9,000 of £18,000 so far"
    alone = budget.total([staff], TODAY)
    assert (alone.variance, alone.light, alone.so_far) == (None, "", "£9,000 of £18,000 so far")
    assert "under its forecast" not in sentences(budget.gaps([("a", staff)], TODAY))
    over = line(actual="20000", **running)
    assert (budget.total([over], TODAY).light, budget.total([over], TODAY).so_far) == ("red", "")
    assert "£2,000 over its forecast" in sentences(budget.gaps([("a", over)], TODAY))
    last = line(actual="90", period_end=TODAY.isoformat())
    assert budget.total([last], TODAY).light == "" and budget.total([last], TODAY + dt.timedelta(1)).light == "amber"
    points = budget.so_far([("a", staff), ("b", ended)], TODAY)
    assert [(one.actual, one.running) for one in points] == [(90, None), (None, 9000)]


def test_in_kind_is_never_added_to_money():
    found = budget.per_partner(
        [("a", line()), ("b", line(contribution="in_kind", forecast="5000", partner=" club"))], TODAY
    )
    assert len(found) == 1, "one partner, however it is spelt"
    assert (found[0].sums["money"].forecast, found[0].sums["in_kind"].forecast) == (100, 5000)


def test_the_line_of_actuals_stops_where_not_everything_is_known():
    rows = [
        ("a", line(actual="90")),
        ("b", line(period_start="2026-04-01", period_end="2026-06-30", actual="100")),
        ("c", line(period_start="2026-04-01", period_end="2026-06-30")),
        ("d", line(period_start="2026-07-01", period_end="2026-09-30", actual="1")),
        ("e", line(contribution="time", period_start="2027-01-01", period_end="2027-03-31")),
    ]
    points = budget.so_far(rows, TODAY)
    assert [(one.forecast, one.actual) for one in points] == [(100, 90), (300, None), (400, None)]


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "C"]), st.integers(0, 10**6)), max_size=20))
def test_partners_add_up_to_the_whole(pairs):
    rows = [(str(n), line(partner=who, forecast=amount)) for n, (who, amount) in enumerate(pairs)]
    assert (
        sum(one.sums["money"].forecast for one in budget.per_partner(rows, TODAY))
        == budget.whole(rows, TODAY)["money"].forecast
    )


def test_what_looks_odd_is_said():
    rows = [
        ("a", line()),
        ("b", line(line="Rent", actual="130")),
        ("c", line(line="Food", period_end="2025-12-31")),
        ("d", line(line="Fuel", partner="CLUB", period_end="2027-01-01")),
        ("e", line(line="Paint", actual="130", note="Two coats")),
    ]
    said = sentences(budget.gaps(rows, TODAY))
    assert "“Bus” has no actual yet, and its period ended on 31 March 2026." in said
    assert "“Rent” is £30 over its forecast. Say why." in said
    assert "“Food” ends before it begins." in said
    assert "“CLUB” and “Club” are taken as one partner" in said
    assert "Fuel” has no actual" not in said and "Paint" not in said


def test_a_line_without_its_period_is_named_where_the_budget_is_summed():
    rows = [("a", line()), ("b", line(line="Rent", period_start=None)), ("c", line(line="Food", period_end=None))]
    rows.append(("d", line(line="", partner="", period_start=None, period_end=None, forecast=None)))
    assert [(id_, field) for id_, _, field in budget.untimed(rows)] == [
        ("b", "period_start"),
        ("c", "period_end"),
        ("d", "period_start"),
    ]
    assert (
        budget.whole(rows, TODAY)["money"].lines == 4
        and sum(one.sums["money"].lines for one in budget.per_period(rows, TODAY)) == 1
    )
    found = {gap.id: gap for gap in budget.gaps(rows, TODAY) if "still needs" in gap.sentence}
    assert found["b"].sentence == "“Rent” still needs “From”. It counts in the whole, and in no period."
    assert found["c"].field == "period_end" and "a" not in found
    assert found["d"].sentence.startswith(
        "A line without a name still needs “What for”, “Partner”, “From”, “To” and “Forecast, £”"
    )


def test_overspends_come_largest_first():
    rows = [("a", line(actual="101")), ("b", line(actual="150")), ("c", line(actual="99")), ("d", line())]
    assert [(one.id, one.over) for one in budget.overspent(rows)] == [("b", 50), ("a", 1)]


def test_terms_of_the_pilot_become_lines_for_its_time_and_do_not_come_back():
    term = PilotTerm.model_validate(
        {"what": "Hall", "contributor": "Council", "value": "600", "contribution": "in_kind"}
    )
    back = PilotTerm.model_validate({"what": "Bus", "origin": "budget_line:x"})
    offers = list(budget.from_terms([("t", term), ("u", back)], dt.date(2026, 1, 1), None))
    assert [offer.origin for offer in offers] == ["pilot_term:t"]
    made = BudgetLine.model_validate(offers[0].values)
    assert (made.partner, made.contribution, made.forecast, made.period_start) == (
        *("Council", "in_kind", 600), dt.date(2026, 1, 1),
    )  # fmt: skip
