"""Pilot or not: the balance with its spread, the seven questions that hold approval back, terms, what carries over."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook import guide
from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.plan import pilot, pilot_terms
from pspworkbook.records import Answer, Outcome, field_of
from pspworkbook.records.budget import BudgetLine
from pspworkbook.records.pilot import PilotChoice, PilotItem, PilotQuestion, PilotTerm, TransferCheck
from pspworkbook.records.subsidy import Subsidy

NINE = (*pilot.ADVANTAGES, *pilot.DISADVANTAGES)
DECIDED = {"decision": "pilot", "reasons": "New", "decided_by": "Steering group", "date": "2025-10-10"}
APPROVED = {**DECIDED, "approved": "yes", "approved_by": "Steering group", "approved_on": "2025-10-24"}


TODAY = dt.date(2026, 11, 22)


def sheet(name: str, for_: int, against: int, round_: int = 1) -> list[Answer]:
    return [
        Answer(
            ballot="pilot-or-not",
            item=key,
            round=round_,
            sheet=name,
            value=for_ if key in pilot.ADVANTAGES else against,
        )
        for key in NINE
    ]


def questions(*without: str) -> list[tuple[str, PilotQuestion]]:
    options = field_of(PilotQuestion, "item").options
    full = {"answer": "Yes", "evidence": "Minute 4", "advised_by": "Procurement", "date": "2025-10-06"}
    return [
        (key, PilotQuestion.model_validate({"item": key, **full, **({"evidence": ""} if key in without else {})}))
        for key in options
    ]


def test_the_ballot_asks_the_guides_nine_reasons():
    assert [item.key for item in ballots()["pilot-or-not"].items] == list(NINE)
    assert len(pilot.ADVANTAGES) == 4 and len(pilot.DISADVANTAGES) == 5
    assert len(guide.checklists()["pilot-procurement-questions"].items) == 7


def test_four_reasons_do_not_lose_to_five_by_number():
    found = pilot.balance([*sheet("a", 5, 5), *sheet("b", 5, 1), *sheet("c", 1, 5)])
    assert (found.own, found.median) == ((-4, 0, 4), 0)
    assert (found.lean_for, found.lean_against, found.undecided) == (1, 1, 1)
    assert "both sides of the line" in found.words


def test_of_three_people_the_middle_half_is_everybody_so_that_is_said():
    found = pilot.balance([*sheet("a", 5, 5), *sheet("b", 5, 1), *sheet("c", 1, 5)])
    assert "the balances of all 3 people run from −4 to +4" in found.words and "middle half" not in found.words
    five = pilot.balance([answer for n in range(5) for answer in sheet(str(n), 1 + n, 1)])
    assert "the middle half of 5 people runs from +0.5 to +3.5" in five.words


@pytest.mark.parametrize(
    ("pair", "said"),
    [((-3.35, 3.1), ["−3.35", "+3.10"]), ((0, 1.5), ["0.0", "+1.5"]), ((-4, 4), ["−4", "+4"])],
)
def test_balances_side_by_side_have_as_many_decimals(pair, said):
    assert pilot.signed_alike(*pair) == said


def test_too_few_people_are_too_few_to_say():
    found = pilot.balance([*sheet("a", 5, 1), *sheet("b", 5, 1)])
    assert found.median is None and "too few" in found.words


def test_a_second_round_with_enough_people_takes_over():
    first = [answer for name in "abc" for answer in sheet(name, 5, 1)]
    second = [answer for name in "def" for answer in sheet(name, 1, 5, 2)]
    assert pilot.balance(first + second).median == -4
    assert pilot.balance(first + second[:9]).median == 4


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=3, max_size=12))
def test_a_balance_stays_between_its_ends_and_turns_round_with_the_sides(pairs):
    one = pilot.balance([a for n, (x, y) in enumerate(pairs) for a in sheet(str(n), x, y)])
    other = pilot.balance([a for n, (x, y) in enumerate(pairs) for a in sheet(str(n), y, x)])
    assert -4 <= one.lower <= one.median <= one.upper <= 4
    assert one.median == pytest.approx(-other.median)


def test_approval_is_held_back_until_all_seven_questions_are_answered():
    choice = PilotChoice.model_validate(APPROVED)
    assert pilot.approval(choice, questions(), TODAY).state == "approved"
    held = pilot.approval(choice, questions("price", "advantage"), TODAY)
    assert held.state == "held back" and "“Price” and “Advantage” are answered" in held.words
    assert pilot.approval(choice, [], TODAY).state == "held back"
    assert [one.key for one in held.open] == ["price", "advantage"]


def test_an_approval_needs_somebody_and_a_day():
    assert (
        pilot.approval(PilotChoice.model_validate({**APPROVED, "approved_on": ""}), questions(), TODAY).state
        == "held back"
    )
    assert pilot.approval(PilotChoice.model_validate(DECIDED), questions(), TODAY).state == "none"
    assert (
        pilot.approval(PilotChoice.model_validate({**DECIDED, "decision": "straight"}), [], TODAY).state == "not asked"
    )


@pytest.mark.parametrize(
    ("approved", "answered", "words"),
    [
        ("2025-10-05", "2025-10-06", "before the last question was answered on 6 October 2025"),
        ("2026-12-01", "2025-10-06", "lies ahead"),
        ("2025-10-24", "2026-12-01", "Not valid as approved. The answer to “"),
        ("2025-10-24", "2026-12-01", "” is dated 1 December 2026, which lies ahead."),
    ],
)
def test_days_that_cannot_be_hold_the_approval_back(approved: str, answered: str, words: str):
    """An approval dated before its answers, or an answer dated ahead, would be a way round the seven questions."""
    choice = PilotChoice.model_validate({**APPROVED, "approved_on": approved})
    rows = [(key, row.model_copy(update={"date": dt.date.fromisoformat(answered)})) for key, row in questions()]
    found = pilot.approval(choice, rows, TODAY)
    assert found.state == "held back" and words in found.words and "answered in full" not in found.words


def test_gaps_of_the_decision():
    said = [
        gap.sentence
        for gap in pilot.gaps(
            PilotChoice.model_validate(APPROVED),
            [("i", PilotItem.model_validate({"item": "cost", "applies": "yes"}))],
            questions("price"),
            pilot.balance([*sheet("a", 1, 5), *sheet("b", 1, 5), *sheet("c", 5, 1)]),
            TODAY,
        )
    ]
    text = "\n".join(said)
    for words in (
        "lean the other way",
        "Say what you do about it",
        "Still missing: where it is written down",
        "held back",
    ):
        assert words in text
    clean = pilot.gaps(PilotChoice.model_validate(APPROVED), [], questions(), pilot.balance([]), TODAY)
    assert list(clean) == []


def test_terms_without_their_people_or_their_check_are_named():
    term = PilotTerm.model_validate(
        {"contributor": "Council", "what": "Hall", "payer": "Trust", "contribution": "in_kind"}
    )
    dropped = Subsidy.model_validate({"item": "Bus", "state": "dropped"})
    named = PilotTerm.model_validate(
        {"contributor": "Club", "what": "Bus", "subsidy": "s", "payer": "Club", "value": "9"}
    )
    rows = [("t", term), ("u", named)]
    text = "\n".join(
        gap.sentence for gap in pilot_terms.term_gaps(rows, [("s", dropped)], [], ["council "], piloted=True)
    )
    for words in (
        "say who looks after it",
        "say what it is worth",
        "Name its subsidy check",
        "paid by “Trust”",
        "not going ahead",
    ):
        assert words in text
    assert "who gives what" in next(pilot_terms.term_gaps([], [], [], [], piloted=True)).sentence


def test_money_and_the_rest_stand_apart_in_the_terms():
    rows = [
        ("a", PilotTerm.model_validate({"contributor": "Club", "what": "x", "value": "5"})),
        ("b", PilotTerm.model_validate({"contributor": "club", "what": "y", "value": "7", "contribution": "time"})),
    ]
    assert [(one.partner, one.money, one.other) for one in pilot_terms.per_contributor(rows)] == [("Club", 5, 7)]
    line = BudgetLine.model_validate({"line": "Hall", "partner": "Council", "forecast": "600"})
    more = line.model_copy(update={"line": "hall ", "forecast": 100.0})
    made = line.model_copy(update={"origin": "pilot_term:x"})
    (offer,) = pilot_terms.terms_from_budget([("l", line), ("m", more), ("n", made)])
    assert offer.origin == "budget_line:l"
    assert PilotTerm.model_validate(offer.values).value == 700, "four quarters are one term"


@pytest.mark.parametrize(
    ("shift", "share", "expected"),
    [("same", "", 1), ("less", "20%", 0.8), ("more", "10%", 1.1), ("less", "", None), ("", "5%", None)],
)
def test_what_to_expect_elsewhere(shift, share, expected):
    found = pilot_terms.expected(TransferCheck.model_validate({"shift": shift, "adjustment": share}))
    assert found == (None if expected is None else pytest.approx(expected))


def test_a_pilot_with_too_many_means_is_not_carried_over_unseen():
    outcomes = [("o", Outcome(outcome="Fewer falls")), ("p", Outcome(outcome="Friends"))]
    row = TransferCheck.model_validate({"outcome": "o", "resourced": "more", "shift": "same"})
    text = "\n".join(gap.sentence for gap in pilot_terms.transfer_gaps([("t", row)], outcomes))
    for words in ("Not looked at yet: “Friends”.", "say what the share rests on", "the pilot had more"):
        assert words in text
