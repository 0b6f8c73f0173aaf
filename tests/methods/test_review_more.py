"""The review's further rules: steps in words, small moves, LM3's range, indicators counted once, the event's clock."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.methods.do import spoken
from pspworkbook.methods.offers import open_offers
from pspworkbook.methods.review import after, evaluative, indicators, methods
from pspworkbook.methods.sroi import ImpactMap, flat_rate, forecast
from pspworkbook.methods.words import signed
from pspworkbook.records import Answer, Outcome
from pspworkbook.records.measures import Measure
from pspworkbook.records.review import (
    Actual,
    Feedback,
    MandatoryIndicator,
    Replication,
    Rewritten,
    Spender,
    TrainingNeed,
)

TODAY = dt.date(2026, 11, 26)
HOW = {"rates": flat_rate(0.035), "discount_first_year": True, "activity_years": 1.0}
PLAN = {"quantity": 10, "financial_proxy": 100, "duration": 1, "deadweight": 0.0, "displacement": 0.0, "attribution": 0.0, "drop_off": 0.0}  # fmt: skip
amount = st.floats(0, 10_000)


@pytest.mark.parametrize(
    ("change", "words"),
    [(0.3, "+0.30"), (-0.434, "−0.43"), (0.0, "0.00"), (-0.004, "−0.004"), (0.0006, "+0.001"), (-0.0003, "−0.0003"),
     (1e-6, "under +0.0001")],
)  # fmt: skip
def test_a_small_move_is_never_printed_as_none(change: float, words: str) -> None:
    assert signed(change) == words


@given(st.floats(-3, 3).filter(lambda x: x != 0))
def test_every_move_but_none_has_a_sign_and_a_figure(change: float) -> None:
    shown = signed(change)
    assert ("−" in shown) == (change < 0) and ("+" in shown) == (change > 0)
    assert any(char in "123456789" for char in shown)


def test_each_step_says_in_words_why_the_ratio_moved() -> None:
    found = evaluative.evaluate(
        *_case(Actual(outcome="a", quantity=5, why="Half came.", grade="green"), Actual(name="Rest", quantity=1, financial_proxy=50)),
        **HOW,
    )  # fmt: skip
    said = [step.sentence for step in found.steps]
    assert said[0] == "Sleep: How many 10 → 5. That took 0.97 off the ratio. Half came."
    assert said[1].startswith("Falls: nobody measured it, so the strict ratio counts nothing for it. That took 1.93")
    assert said[2] == "Rest: not forecast. That added 0.10 to the ratio."
    assert said[3] == "What was put in: as forecast; it does not move the ratio."
    assert found.by_grade.keys() == {"green", ""}, "a grade without any value is not listed"


def _case(*actuals: Actual) -> tuple:
    from pspworkbook.records import Input

    rows = [("a", Outcome.model_validate({**PLAN, "outcome": "Sleep"})), ("b", Outcome.model_validate({**PLAN, "outcome": "Falls"}))]  # fmt: skip
    planned = forecast(ImpactMap.of([row for _, row in rows]), 500.0, **HOW)
    return planned, rows, list(actuals), [("i", Input(description="Grant", value=500.0))], []


def test_every_ratio_has_its_range_and_lies_within_it() -> None:
    found = evaluative.evaluate(*_case(Actual(outcome="a", quantity=5), Actual(outcome="b", quantity=8)), **HOW)
    for result, span in ((found.forecast, found.forecast_range), (found.strict, found.strict_range), (found.generous, found.generous_range)):  # fmt: skip
        assert span is not None and span.low < (result.sroi_ratio or 0) < span.high


def test_an_offer_says_the_last_reading_and_copies_nothing() -> None:
    rows = [("a", Outcome.model_validate({**PLAN, "outcome": "Sleep"}))]
    [offer] = evaluative.seeds(rows, {"a": "Nights: fewer than 5 of 30"})
    assert offer.text.endswith("Last reading: Nights: fewer than 5 of 30.") and offer.values == {"outcome": "a"}


def test_of_ten_pounds_as_in_plugging_the_leaks() -> None:
    """The illustration of the New Economics Foundation’s “Plugging the Leaks”: £10, of which 80% or 20% stays each time.

    It follows the money to the end (£50 and £12.50); the Local Multiplier 3 stops after £10, £8, £6.40 and £10, £2, £0.40.
    """
    for share, three_rounds, end in ((0.8, 24.4, 50), (0.2, 12.4, 12.5)):
        rows = [("local", Spender(who="Here", paid=10 * share, local="yes", respent=share))]
        found = methods.multiplier(rows, 10)
        assert found.value == pytest.approx(three_rounds / 10)
        assert found.income + found.second + found.third == pytest.approx(three_rounds)
        assert 10 / (1 - share) == pytest.approx(end) and three_rounds < end


@given(st.lists(st.tuples(amount, st.booleans(), st.one_of(st.none(), st.floats(0, 1))), min_size=1, max_size=6))
def test_the_multiplier_lies_between_one_and_three_and_asking_can_only_raise_it(rows) -> None:
    spent = [
        (str(n), Spender(who=f"W{n}", paid=paid, local=local, respent=share))
        for n, (paid, local, share) in enumerate(rows)
    ]
    found = methods.multiplier(spent)
    if found.value is not None:
        assert 1 - 1e-9 <= found.value <= (found.highest or 0) + 1e-9 <= 3 + 1e-6
        assert found.highest == pytest.approx(found.value) or found.unknown


def test_money_that_is_in_no_payment_counts_as_gone_and_too_much_is_said() -> None:
    rows = [("a", Spender(who="Cook", paid=60, local="yes", respent=0.5))]
    assert methods.multiplier(rows, 120).value == pytest.approx((120 + 60 + 30) / 120)
    assert methods.odd(methods.multiplier(rows, 120)) == []
    assert "£20 more" in methods.odd(methods.multiplier(rows, 40))[0]


MEASURE = Measure(
    indicator="Falls in the last month", minutes=10, times=4, people=30, mandatory="yes", required_by="NHS"
)


def test_what_is_counted_already_is_not_counted_twice() -> None:
    rows = [
        ("1", MandatoryIndicator(indicator="Falls", required_by="NHS", measure="m")),
        ("2", MandatoryIndicator(indicator="Falls a month", required_by="Council", measure="m", hours=6)),
        ("3", MandatoryIndicator(indicator="Hours by age", required_by="Trust", hours=14)),
        ("4", MandatoryIndicator(indicator="Meals", required_by="Trust")),
    ]
    found = indicators.burden(rows, [("m", MEASURE)])
    assert (found.anyway, found.spared, found.alone, found.unknown) == (20, 26, 14, ("Meals",)), "the measure once only"
    assert indicators.by_measure(rows, [("m", MEASURE)]) == [("Falls in the last month", ["NHS", "Council"])]
    [offer] = indicators.offers([("m", MEASURE)])
    assert offer.values["measure"] == "m" and offer.values["required_by"] == "NHS"


def test_an_indicator_that_sounds_like_a_measure_is_named() -> None:
    rows = [("1", MandatoryIndicator(indicator="Number of falls in each month", required_by="NHS", hours=3))]
    [gap] = indicators.gaps(rows, [("m", MEASURE)])
    assert "counted already as “Falls in the last month”" in gap.sentence and gap.field == "measure"
    assert indicators.alike("Meals served", [("m", MEASURE)]) == ""


def test_the_event_has_a_clock_and_training_its_hours() -> None:
    rows = [("1", Replication(what="Lunch", who="Morag", minutes=75)), ("2", Replication(what="Figures", minutes=30, for_whom="Everybody"))]  # fmt: skip
    assert after.agenda(rows) == [
        "0:00 Lunch (75 minutes), by Morag.",
        "1:15 Figures (30 minutes), by nobody yet, for everybody.",
        "1:45 End.",
    ]
    needs = [("1", TrainingNeed(method="Asking", who="Four", hours=3, by="2026-01-30", worth_it="no"))]
    assert after.training(needs)[0].startswith("3 hours") and "lighter" in after.training(needs)[1]
    assert [gap.field for gap in after.training_gaps(needs, TODAY)] == ["by"]


def test_a_statement_that_still_names_a_delivery_is_found() -> None:
    rows = [("1", Rewritten(statement="Lunches", again="250 lunches a week served")), ("2", Rewritten(statement="Meals", again="People eat in company"))]  # fmt: skip
    assert [(gap.id, gap.field) for gap in after.rewritten_gaps(rows)] == [("1", "again")]


def test_what_people_wrote_alone_becomes_an_entry_once() -> None:
    def answer(sheet: str, item: str, why: str, ballot: str = spoken.LEARNING) -> Answer:
        return Answer(ballot=ballot, item=item, round=1, sheet=sheet, why=why)

    rows = [("1", answer("x", "learned", "First try")), ("2", answer("x", "learned", "Second try")), ("3", answer("y", "barrier", "Drivers")), ("4", answer("y", "next", " "))]  # fmt: skip
    found = list(spoken.reflections(rows, TODAY))
    assert [offer.text for offer in found] == ["Drivers", "Second try"], "the last word of each sheet, from A to Z"
    assert found[0].values["barrier"] == "Drivers"
    assert open_offers(found, [Feedback(origin=found[0].origin)])[0].text == "Second try"
    [said] = spoken.feedback([("5", answer("z", "good", "Soup", spoken.SAYING))], TODAY)
    assert said.values["words"] == "Soup" and "consent" not in said.values, "whether it may be quoted is theirs to say"


def test_long_words_of_a_survey_are_kept_and_their_name_is_short() -> None:
    row = Feedback(words="Lunch is good. " * 60)
    assert len(row.words) > 800 and len(row.label()) <= 80
