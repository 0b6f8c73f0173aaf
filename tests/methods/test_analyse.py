"""The rules of stage 4 beside the SROI: data, gaps, outside factors, demand, routes, expectations, the log, the links."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook import guide
from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.analyse import demand, enough, expectations, influence, pestel, route, sharing, sroi_links
from pspworkbook.methods.plan.risk_seeds import from_pestel
from pspworkbook.methods.plan.tier import amounts
from pspworkbook.records import Answer, Input, Outcome, Stakeholder
from pspworkbook.records.analyse import DataShare, Demand, GoodEnough, Influence, Pestel, RouteScreen
from pspworkbook.records.budget import BudgetLine
from pspworkbook.records.decide import Benefit

TODAY = dt.date(2026, 11, 22)
HIGHER = amounts(guide.then_and_now()["P-03"].now)[0]
LOWER = amounts(guide.then_and_now()["P-02"].now)[0]


def people(**more: object) -> Demand:
    values = {"group": "Over 75", "population": 200, "source": "Count", "capacity": 30}
    values |= {f"eligible_{step}": share for step, share in zip(demand.STEPS, (0.25, 0.5, 1.0), strict=True)}
    values |= {f"takeup_{step}": share for step, share in zip(demand.STEPS, (0.1, 0.2, 0.5), strict=True)}
    return Demand.model_validate(values | more)


def screen(**more: object) -> RouteScreen:
    values = {"what": "Club", "type": "services", "buyer": "local", "value_excl": LOWER - 1, "value_incl": LOWER - 1}
    return RouteScreen.model_validate(values | {"bidders": 4, "new": "no", "reserved": "none"} | more)


def way(one: RouteScreen, key: str) -> route.Candidate:
    return next(found for found in route.candidates(one, TODAY) if found.key == key)


def test_demand_is_worked_out_three_times_by_the_printed_formula():
    found = demand.estimate("a", people())
    assert (found.low, found.mid, found.high) == (5, 20, 100)


@pytest.mark.parametrize(
    ("capacity", "verdict"),
    [(100, "room"), (99, "tight"), (20, "tight"), (19, "short"), (5, "short"), (4, "far"), ("", "")],
)
def test_room_is_held_against_the_range(capacity: object, verdict: str):
    assert demand.estimate("a", people(capacity=capacity)).verdict == verdict


shares = st.tuples(*[st.floats(0, 1)] * 3).map(sorted)


@given(shares, shares, st.floats(0, 1e6), st.floats(0, 1e6))
def test_more_room_is_never_worse(eligible, takeup, capacity, more):
    values = dict(zip([f"eligible_{step}" for step in demand.STEPS], eligible, strict=True))
    values |= dict(zip([f"takeup_{step}" for step in demand.STEPS], takeup, strict=True))
    order = ["far", "short", "tight", "room"]
    less = demand.estimate("a", people(**values, capacity=capacity)).verdict
    assert order.index(less) <= order.index(demand.estimate("a", people(**values, capacity=capacity + more)).verdict)


def test_figures_out_of_order_are_said_and_give_no_verdict():
    row = people(takeup_low=0.9)
    assert demand.estimate("a", row).verdict == ""
    assert "must rise from low to high" in next(iter(demand.gaps([("a", row)]))).sentence
    assert demand.whole([("a", row), ("b", people())]) is None
    assert demand.whole([("a", people()), ("b", people())]).high == 200


def test_care_in_the_middle_may_be_awarded_without_offers_and_other_services_rarely():
    middle = {"value_excl": LOWER, "value_incl": LOWER}
    assert way(screen(type="care", **middle), "direct").fits == "might"
    assert way(screen(**middle), "direct").fits == "unlikely"
    assert way(screen(**middle), "open").notes == ("P-02",)


def test_vat_can_lift_a_contract_over_the_threshold():
    trap = screen(value_excl=HIGHER - 1, value_incl=HIGHER)
    assert any("This threshold counts VAT" in one for one in route.vat_traps(trap, TODAY))
    assert way(trap, "open").notes == ("P-03",)
    assert "wrong way round" in route.vat_traps(screen(value_excl=10, value_incl=9), TODAY)[0]
    assert any("fifth" in one for one in route.vat_traps(screen(value_excl=100, value_incl=130), TODAY))


def test_a_reserved_way_needs_bodies_that_could_bid():
    for count, fits in (("", "ask"), (1, "unlikely"), (2, "might")):
        assert way(screen(type="care", reserved="mission", reserved_bidders=count), "reserved").fits == fits
    assert way(screen(reserved="mission", reserved_bidders=9), "reserved").fits == "unlikely", "not health or care"
    assert way(screen(bidders=1, value_excl=LOWER, value_incl=LOWER), "open").fits == "unlikely"


def test_no_way_is_named_before_kind_and_value_are_known_and_procurement_is_to_be_asked():
    assert route.candidates(RouteScreen(), TODAY) == [] and list(route.gaps(RouteScreen(), TODAY)) == []
    said = [gap.sentence for gap in route.gaps(screen(again="2026-11-21"), TODAY)]
    assert "Nobody from procurement" in said[0] and "21 November 2026" in said[1]
    assert {note for _, note in route.asks(screen(consortium="yes", benefits="yes", shared="yes"))} == {
        "P-17",
        "P-11",
        "P-06",
    }


def test_ways_are_offered_to_the_plan_except_the_unlikely_ones():
    keys = {offer.values["what"] for offer in route.from_screen(screen(), TODAY)}
    assert keys == {"quotes", "direct"}


def test_data_about_persons_waits_for_all_that_must_be_there():
    row = DataShare.model_validate({"data_set": "Falls", "personal": "sensitive"})
    assert [name for name, _ in sharing.lacking(row)] == [
        "controllers",
        "basis",
        "dpia",
        "retention",
        "complaints",
        "signed",
    ]
    assert sharing.lacking(row.model_copy(update={"personal": None})), "unknown is treated as about persons"
    assert sharing.lacking(row.model_copy(update={"personal": "no"})) == []


@pytest.mark.parametrize(
    ("changes", "weeks", "said"),
    [("no", 1, "leave"), ("size", 1, "leave"), ("yes", 6, "fill"), ("yes", 7, "later"), ("yes", "", ""), ("", 1, "")],
)
def test_only_what_could_turn_the_decision_is_worth_the_wait(changes: str, weeks: object, said: str):
    assert enough.suggestion(GoodEnough.model_validate({"gap": "x", "changes": changes, "weeks": weeks})) == said


def test_leaving_what_matters_and_is_quick_is_pointed_at():
    row = GoodEnough.model_validate({"gap": "x", "changes": "yes", "weeks": 1, "decision": "leave", "why": "No time"})
    assert "soon found out" in next(iter(enough.gaps([("a", row)], TODAY))).sentence
    assert enough.left_out([("a", row)]) == [("a", row)]


def test_only_the_few_that_matter_and_do_not_help_go_to_the_risks():
    base = {"factor": "Fuel", "category": "economic", "likelihood": "high", "impact": "middling", "effect": "Dearer"}
    rows = [
        ("a", Pestel.model_validate(base | {"direction": "hinders"})),
        ("b", Pestel.model_validate(base | {"direction": "helps"})),
        ("c", Pestel.model_validate(base | {"direction": "hinders", "impact": "low"})),
    ]
    offers = list(from_pestel(rows))
    assert [one.origin for one in offers] == ["pestel:a"] and offers[0].values["category"] == "economic"
    assert [id_ for id_, _ in pestel.top(rows)] == ["a", "b"] and pestel.score(rows[2][1]) == 3
    assert sum("no factor yet" in gap.sentence for gap in pestel.gaps(rows)) == 5


def test_nothing_changed_is_an_answer_and_no_influence():
    rows = [
        ("a", Influence.model_validate({"event": "x", "stage": "open", "changed": "Nothing."})),
        (
            "b",
            Influence.model_validate({"event": "y", "stage": "need", "changed": "The question", "told": "2026-01-01"}),
        ),
        ("c", Influence.model_validate({"event": "z", "stage": "finished"})),
    ]
    assert influence.log(rows) == influence.Log(3, 2, 1, 1)
    assert {gap.id for gap in influence.gaps(rows)} == {"a", "c"}


def said(values: dict[str, list[int]]) -> list[Answer]:
    return [
        Answer.model_validate(
            {"ballot": "expectations", "item": "cash", "sheet": f"{side}{n}", "sector": side, "value": value}
        )
        for side, given in values.items()
        for n, value in enumerate(given)
    ]


def test_sectors_are_compared_only_when_nobody_can_be_picked_out():
    ballot = ballots()["expectations"]
    assert expectations.compared(ballot, said({"public": [5] * 5, "third": [1] * 4})) == []
    found = expectations.compared(ballot, said({"public": [5] * 5, "third": [1] * 5}))[0]
    assert found.apart == 4 and found.far and found.words.startswith("The public side")
    assert [one.origin for one in expectations.offers([found])] == ["ballot:expectations#cash"]
    assert not expectations.compared(ballot, said({"public": [4] * 5, "third": [3] * 5}))[0].far


def line(**more: object) -> BudgetLine:
    return BudgetLine.model_validate({"line": "Run", "partner": "Council", "forecast": 10, "in_sroi": "yes"} | more)


def test_budget_lines_of_one_thing_make_one_input_and_a_moved_budget_is_said():
    rows = [("a", line()), ("b", line(partner="council ", forecast=15)), ("c", line(in_sroi="no"))]
    who = [("s", Stakeholder.model_validate({"name": "Council"}))]
    offer = next(iter(sroi_links.from_budget(rows, [], who)))
    assert offer.origin == "budget_line:a" and (offer.values["value"], offer.values["stakeholder"]) == (25, "s")
    made = [
        (
            "i",
            Input.model_validate(
                {"description": "Run", "contribution": "money", "value": 25, "origin": "budget_line:b"}
            ),
        )
    ]
    assert list(sroi_links.from_budget(rows, made, who)) == [], "any line of the bundle counts as taken"
    bundles = sroi_links.bundles(rows)
    assert [one.words for one in sroi_links.differences(bundles, made)] == ["The same"] * 4
    assert sroi_links.moved(bundles, made) == []
    more = sroi_links.bundles([*rows, ("d", line(forecast=5))])
    assert sroi_links.moved(more, made)[0][2].total == 30
    assert sroi_links.differences(more, made)[-1].words == "Inputs £5 lower"


def test_outcomes_come_with_words_and_never_with_figures():
    benefit = Benefit.model_validate({"what": "Company", "group": "users"})
    offers = list(sroi_links.from_benefits([("b", benefit)]))
    for case in guide.cases().values():
        offers += sroi_links.from_case(case)
    assert len({one.origin for one in offers}) == len(offers) > 30
    for one in offers:
        made = Outcome.model_validate(one.values | {"origin": one.origin})
        assert made.outcome and made.quantity is None and made.financial_proxy is None
