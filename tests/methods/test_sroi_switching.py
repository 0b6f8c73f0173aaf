"""How far each assumption can move, the customary tests, the tornado, and scenarios: checked by putting the answer back."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from pspworkbook.documents.impact_map import read_impact_map
from pspworkbook.methods.sroi import ImpactMap, forecast, scenarios
from pspworkbook.methods.sroi.case import FIGURES, INPUT, Case
from pspworkbook.methods.sroi.ranges import Given, gaps, given_ranges, ranges
from pspworkbook.methods.sroi.sensitivity import customary_tests, swings
from pspworkbook.methods.sroi.switching import (
    Switch,
    at_words,
    each,
    figure_words,
    groups,
    in_words,
    nearest_first,
    same_change,
    switching_value,
)
from pspworkbook.places import data_folder
from pspworkbook.records import Input, Outcome
from pspworkbook.records.doubt import SHARES, FigureRange, Scenario, ScenarioChange

OUTCOMES = read_impact_map(data_folder() / "examples" / "wheels-to-meals.csv")
ROWS = ImpactMap.of(OUTCOMES)
FALLS = [0, 1, 2]
INPUTS = [("Contract", 24_375.0), ("Volunteers", 18_000.0)]


@pytest.fixture(scope="module")
def published():
    """The published example, with its two inputs apart."""
    return Case.of(forecast(ROWS, 42_375), INPUTS)


# Switching values ----------------------------------------------------------------------------------------------------


def test_the_switching_values_of_the_published_example(published):
    """sroi.md, section 1A: 49.9% deadweight on the falls, or 3.51 falls avoided instead of 7."""
    assert figure_words("deadweight", switching_value(published, "deadweight", FALLS).at) == "49.9%"
    assert figure_words("quantity", switching_value(published, "quantity", FALLS).at) == "3.51"
    indicators = [outcome.indicator for outcome in OUTCOMES]
    assert list(same_change(ROWS.stakeholders, indicators, list(ROWS.quantity)).values()) == [FALLS]


def put_back(case: Case, switch: Switch) -> float:
    """The ratio with the switching value in place."""
    figures = {figure: case.figure(figure).copy() for figure in FIGURES}
    rows = list(switch.rows)
    figures[switch.figure][rows] = figures[switch.figure][rows] * switch.at if switch.factor else switch.at
    changed = case.with_figures(figures)
    return changed.total / changed.investment


@pytest.mark.parametrize("threshold", [0.5, 1, 1.5, 2.5])
def test_putting_the_published_switching_values_back_gives_the_threshold(published, threshold):
    found = [*groups(published, threshold, {"Falls": FALLS}), *each(published, threshold)]
    assert len(found) == 8 + 5 + 7 * 7 + 2
    reached = [switch for switch in found if switch.at is not None]
    assert len(reached) > 10
    for switch in reached:
        assert put_back(published, switch) == pytest.approx(threshold, rel=1e-9), in_words(switch)


share, some = st.floats(0, 0.9), st.floats(0.5, 200)
row = st.tuples(
    some, st.floats(-500, 500).filter(lambda value: abs(value) > 1), st.floats(0.3, 8), share, share, share, share
)


def a_case(figures, investment):
    names = ("quantity", "financial_proxy", "duration", "deadweight", "displacement", "attribution", "drop_off")
    arrays = {name: np.array([one[at] for one in figures]) for at, name in enumerate(names)}
    labels = tuple(f"Outcome {number}" for number in range(len(figures)))
    after = np.zeros(len(figures), dtype=bool)
    return Case.of(
        forecast(ImpactMap(labels, ("A",) * len(figures), ("",) * len(figures), after=after, **arrays), investment)
    )


@settings(max_examples=80, deadline=None)
@given(st.lists(row, min_size=1, max_size=4), st.floats(10, 5e4), st.floats(0.2, 4))
def test_putting_any_switching_value_back_gives_the_threshold(figures, investment, threshold):
    case = a_case(figures, investment)
    assume(abs(case.total) > 1)
    for switch in [*groups(case, threshold), *each(case, threshold)]:
        if switch.at is None:
            assert switch.why and switch.why.endswith(".")
        else:
            # A value far from the figure amplifies what doubles cannot hold.
            assert put_back(case, switch) == pytest.approx(threshold, rel=1e-6, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.lists(row, min_size=1, max_size=5), st.floats(10, 5e4), st.floats(0.2, 4))
def test_all_rows_at_once_come_to_what_each_comes_to_alone(figures, investment, threshold):
    case = a_case(figures, investment)
    for switch in each(case, threshold):
        alone = switching_value(case, switch.figure, switch.rows, threshold)
        assert switch.why == alone.why
        assert (switch.at is None) == (alone.at is None)
        if switch.at is not None:
            assert switch.at == pytest.approx(alone.at, rel=1e-6, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(row, st.floats(10, 5e4))
def test_a_duration_is_found_where_scipy_finds_it(figures, investment):
    assume(figures[1] > 0)
    case = a_case([figures], investment)

    def short(years):
        return float(case.worth_of(0, duration=np.array([years]))[0]) - investment

    found = switching_value(case, "duration", [0]).at
    assert (found is None) == (short(125.0) < 0)
    if found is not None:
        assert found == pytest.approx(brentq(short, 0, 125), rel=1e-6, abs=1e-9)


def test_what_cannot_be_reached_is_said_in_words(published):
    emergency = switching_value(published, "deadweight", [0])
    assert emergency.at is None and at_words(emergency) == "Even at 100% the ratio does not come to 1."
    fading = switching_value(published, "drop_off", [1])
    assert at_words(fading) == "It makes no difference.", "an outcome of one year never fades"
    club = switching_value(published, "financial_proxy", [4])
    assert "have to be a loss" in at_words(club)
    assert "if it cost nothing" in switching_value(published, INPUT, [0], 5).why.lower()


def test_the_smallest_move_comes_first(published):
    moves = [abs(switch.move) for switch in nearest_first(list(each(published))) if switch.move is not None]
    assert moves == sorted(moves)
    whole = switching_value(published, INPUT, [0, 1])
    assert (at_words(whole), in_words(whole).split(": ")[1]) == (
        "£81,742",
        "at £81,742 instead of £42,375, the ratio is 1.",
    )
    assert whole.factor and whole.at == pytest.approx(81_741.93 / 42_375, rel=1e-6)


def test_without_a_ratio_there_is_nothing_to_switch():
    empty = Case.of(forecast(ROWS, 0))
    assert list(each(empty)) == list(groups(empty)) == list(customary_tests(empty)) == []
    assert swings(ranges(empty, [""] * 7)) == []
    with pytest.raises(ValueError, match="no ratio"):
        switching_value(empty, "quantity", [0])


# Customary tests -----------------------------------------------------------------------------------------------------


def test_each_customary_test_is_a_forecast_of_the_changed_map(published):
    tests = {test.key: test.ratio for test in customary_tests(published, ["green", *[""] * 6])}
    half = np.full(7, 0.5)

    def again(**changed):
        return forecast(replace(ROWS, **changed), 42_375).sroi_ratio

    for figure in SHARES:
        assert tests[f"{figure}_50"] == pytest.approx(again(**{figure: half}))
    assert tests["all_50"] == pytest.approx(again(**dict.fromkeys(SHARES, half)))
    assert tests["proxies_halved"] == pytest.approx(again(financial_proxy=ROWS.financial_proxy / 2))
    assert tests["rate_0.05"] == pytest.approx(forecast(ROWS, 42_375, rates=0.05).sroi_ratio)
    assert "rate_0.035" not in tests, "that is the one in use"
    assert tests["without_biggest"] == pytest.approx(ratio_without_care())
    assert tests["measured_only"] == pytest.approx(published.present[0] / 42_375)
    assert tests["inputs_10_more"] == pytest.approx(published.ratio / 1.1)


def ratio_without_care():
    kept = [outcome for outcome in OUTCOMES if "continuing care" not in outcome.outcome]
    return forecast(ImpactMap.of(kept), 42_375).sroi_ratio


def test_a_test_that_cannot_be_done_says_why(published):
    measured = next(test for test in customary_tests(published) if test.key == "measured_only")
    assert measured.ratio is None and measured.why == "No outcome is graded green."


# Tornado -------------------------------------------------------------------------------------------------------------


def test_the_swings_are_forecasts_with_one_figure_changed(published):
    found = swings(ranges(published, ["amber"] * 7, ["green", "green"], [Given("quantity", 2, 3, 8)]))
    widths = [swing.width for swing in found]
    assert widths == sorted(widths, reverse=True)
    care = next(swing for swing in found if (swing.figure, swing.row) == ("quantity", 2))
    assert care.given and (care.low, care.high) == (3, 8)
    changed = ROWS.quantity.copy()
    changed[2] = 3
    assert care.at_low == pytest.approx(forecast(replace(ROWS, quantity=changed), 42_375).sroi_ratio)
    contract = next(swing for swing in found if (swing.figure, swing.row) == (INPUT, 0))
    assert contract.at_high == pytest.approx(81_741.9336 / (42_375 + 0.05 * 24_375))


# The register of ranges ----------------------------------------------------------------------------------------------


def a_range(**values):
    return FigureRange.model_validate(values)


def test_ranges_are_read_as_they_are_typed():
    typed = [
        a_range(outcome="falls", figure="deadweight", low="5%", high="0.3"),
        a_range(outcome="falls", figure="financial_proxy", low="£1,000.50"),
        a_range(input="grant", figure="value", high="£50,000"),
        a_range(outcome="gone", figure="quantity", low="1"),
        a_range(outcome="falls", figure="quantity", low="9", high="1"),
        a_range(outcome="falls", figure="duration"),
    ]
    found = list(given_ranges(typed, ["other", "falls"], ["grant"]))
    assert [(one.figure, one.row, one.low, one.high) for one in found] == [
        ("deadweight", 1, 0.05, 0.3),
        ("financial_proxy", 1, 1000.5, None),
        ("value", 0, None, 50_000),
    ]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"figure": "deadweight", "low": "5"}, "5%"),
        ({"figure": "quantity", "low": "-1"}, r"less than zero\. \["),
        ({"figure": "value", "high": "-1"}, "cannot be below zero"),
        ({"low": "a few"}, "not an amount"),
        ({"low": "9" * 60}, "too long"),
    ],
)
def test_a_range_that_cannot_be_is_refused_in_words(values, says):
    with pytest.raises(ValueError, match=says):
        a_range(**values)


def test_gaps_name_what_is_odd():
    outcomes = {"falls": Outcome(outcome="Fewer falls", quantity=7)}
    rows = [
        ("1", a_range(outcome="falls", figure="quantity", low="8", high="9", reason="x")),
        ("2", a_range(outcome="falls", figure="quantity", low="1", reason="x")),
        ("3", a_range(outcome="falls", figure="deadweight", low="20%", high="10%")),
        ("4", a_range(figure="duration", low="1", reason="x")),
        ("5", a_range(outcome="falls", figure="drop_off", reason="x")),
        ("6", a_range(low="5")),
    ]
    said = [(gap.id, gap.sentence) for gap in gaps(rows, outcomes, {"grant": Input(description="Grant")})]
    assert [id_ for id_, _ in said] == ["1", "2", "3", "3", "4", "5", "6"]
    for (_, sentence), part in zip(
        said,
        ("outside its range", "two ranges", "above the highest", "say why", "which outcome", "neither", "which figure"),
        strict=True,
    ):
        assert part in sentence


# Scenarios -----------------------------------------------------------------------------------------------------------


def played(published, *changes, **scenario):
    found = ranges(published, ["amber"] * 7, ["green", "green"])
    one = Scenario.model_validate({"name": "One", "story": "…", **scenario})
    records = [ScenarioChange.model_validate({"scenario": "one", **change}) for change in changes]
    ids = [str(number) for number in range(7)]
    return scenarios.play(found, [("one", one)], records, ids, ["contract", "volunteers"])[0]


def test_low_lies_below_central_and_high_above(published):
    low, central, high = (played(published, **starter) for starter in scenarios.STARTERS)
    assert central.ratio == pytest.approx(published.ratio) and central.changes == ()
    assert low.ratio < central.ratio < high.ratio
    assert low.changes == ("Every figure: the worse end of its range",)


def test_no_scenario_of_ends_is_beyond_low_and_high(published):
    low, _, high = (played(published, **starter).ratio for starter in scenarios.STARTERS)
    for figure in FIGURES:
        for level in ("worse", "better"):
            ratio = played(published, **{figure: level}).ratio
            assert low <= ratio <= high
            assert (ratio <= published.ratio) if level == "worse" else (ratio >= published.ratio)


def test_changes_set_a_figure_or_move_it(published):
    three = {"figure": "quantity", "change": "3"}
    falls = played(published, *[{**three, "outcome": str(at)} for at in FALLS])
    changed = ROWS.quantity.copy()
    changed[FALLS] = 3
    assert falls.ratio == pytest.approx(forecast(replace(ROWS, quantity=changed), 42_375).sroi_ratio)
    assert played(published, {"figure": "quantity", "change": "−20%"}).ratio == pytest.approx(0.8 * published.ratio)
    points = played(published, {"figure": "deadweight", "change": "+10%"})
    kept = np.clip(ROWS.deadweight + 0.1, 0, 1)
    assert points.ratio == pytest.approx(forecast(replace(ROWS, deadweight=kept), 42_375).sroi_ratio)
    dearer = played(published, {"figure": "value", "input": "contract", "change": "+100%", "why": "Fuel"})
    assert dearer.investment == 42_375 + 24_375 and "Fuel" in dearer.changes[0]
    assert played(published, discount_rate="0%").ratio == pytest.approx(forecast(ROWS, 42_375, rates=0.0).sroi_ratio)


@pytest.mark.parametrize(
    ("figure", "change", "says"),
    [
        ("quantity", "50%", "starts with"),
        ("deadweight", "150%", "more than 100%"),
        ("duration", "-120%", "more than 100%"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_words(figure, change, says):
    with pytest.raises(ValueError, match=says):
        ScenarioChange.model_validate({"figure": figure, "change": change})


def test_a_scenario_without_inputs_has_no_ratio_and_says_so(published):
    free = played(published, {"figure": "value", "change": "0"})
    assert free.ratio is None and "no ratio" in free.why


def test_gaps_name_what_is_missing_in_a_scenario():
    change = ScenarioChange.model_validate({"scenario": "gone", "outcome": "gone", "figure": "quantity", "change": "3"})
    found = list(scenarios.gaps([("1", Scenario(name="Low"))], [("2", change)], {"outcome": [], "input": []}))
    assert [gap.id for gap in found] == ["1", "2", "2"]
    assert "what happens in it" in found[0].sentence
