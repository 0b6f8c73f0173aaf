"""The rules of stage 6: dates that come again, triggers, interests, the colour of a report, fair competition."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.methods.do import comms, conduct, fair, report
from pspworkbook.methods.do.monitoring import Spending, spending
from pspworkbook.methods.plan.budget import light
from pspworkbook.records import Person, Stakeholder
from pspworkbook.records.budget import BudgetLine
from pspworkbook.records.conduct import (
    ConflictOfInterest,
    Contingency,
    Opportunity,
    SharedInformation,
    SpecificationCheck,
)
from pspworkbook.records.deliver import Communication, ProcurementNotice, ProgressReport, ServiceChange
from pspworkbook.records.form import Candidate
from pspworkbook.records.pilot import PilotChoice, PilotQuestion
from pspworkbook.records.risk import Risk

TODAY = dt.date(2026, 11, 15)
dates = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))


def test_the_last_day_of_a_month_stays_the_last_where_there_is_no_31st():
    row = Communication(date="2026-01-31", frequency="monthly", done="2026-02-01")
    assert comms.next_due(row) == dt.date(2026, 2, 28)
    assert comms.next_due(row.model_copy(update={"done": dt.date(2026, 3, 1)})) == dt.date(2026, 3, 31)


@given(dates, dates, st.sampled_from(["weekly", "monthly", "quarterly", "half_yearly", "yearly"]))
def test_what_comes_again_is_due_after_it_was_done_and_not_a_round_late(first, done, often):
    due = comms.next_due(Communication(date=first, frequency=often, done=done))
    assert due is not None and due >= first and due > done
    assert due == first or (due - done).days <= 366 + 84, "done up to a quarter of a round early counts"


def test_once_done_is_done_and_an_end_is_an_end():
    assert comms.next_due(Communication(date="2026-01-01", done="2026-01-01")) is None
    row = Communication(date="2026-01-01", frequency="yearly", done="2026-01-01", until="2026-12-01")
    assert comms.next_due(row) is None


def test_what_is_done_a_little_early_is_done_and_stays_in_this_months_list():
    today = dt.date(2026, 11, 15)
    late, ahead, once, other = (
        Communication(date="2026-10-01", frequency="quarterly"),
        Communication(date="2026-11-20", frequency="monthly"),
        Communication(date="2026-11-30"),
        Communication(date="2026-12-30"),
    )
    rows = [("a", late), ("b", ahead), ("c", once), ("d", other)]
    assert comms.ticked(rows, today) == ["a", "b", "c"]
    assert [comms.tick(row, today) for _, row in rows] == [
        "△ Overdue since 1 October 2026.", "Due on 20 November 2026.", "Due on 30 November 2026.", ""
    ]  # fmt: skip
    done = {"done": today}
    assert comms.standing(ahead.model_copy(update=done)) == "20 December 2026; every month"
    assert comms.standing(once.model_copy(update=done)) == "Done"
    rows[1] = ("b", ahead.model_copy(update=done))
    assert comms.ticked(rows, today) == ["a", "c", "b"] and comms.tick(rows[1][1], today) == ""
    much_too_early = ahead.model_copy(update={"done": dt.date(2026, 11, 5)})
    assert comms.next_due(much_too_early) == dt.date(2026, 11, 20)


def test_a_group_without_anything_ahead_is_forgotten():
    groups = [("a", Stakeholder(name="Residents")), ("b", Stakeholder(name="Families"))]
    rows = [("c", Communication(date="2026-11-01", stakeholder="a", message="Menu", owner="p"))]
    said = [gap.sentence for gap in comms.gaps(rows, groups, TODAY)]
    assert said == ["“Menu” was due on 1 November 2026.", "Nothing lies ahead for Families."]


@pytest.mark.parametrize(("actual", "reached"), [(4, False), (3, True), (0, True), (None, False)])
def test_a_trigger_is_reached_at_its_number_and_below(actual, reached):
    assert conduct.reached(Contingency(need="Drivers", trigger=3, actual=actual)) is reached


def test_while_nothing_is_settled_the_person_leaves():
    people = {"p": Person(name="Ann"), "q": Person(name="Bo")}
    rows = [("1", ConflictOfInterest(person="p", kind_of="money", about="The contract"))]
    assert conduct.leaves(rows, people) == ["Until it is settled, Ann takes no part in: The contract."]
    decided = [("1", ConflictOfInterest(person="p", kind_of="money", about="The contract", does="leaves"))]
    assert conduct.leaves(decided, people) == ["Ann takes no part in: The contract."]
    said = " ".join(gap.sentence for gap in conduct.conflict_gaps(rows, people))
    assert "not settled" in said and "Bo" in said and "No meeting has recorded" in said


def test_strain_waits_for_every_answer():
    full = {"same_people": "yes", "same_time": "yes", "paid_cover": "no", "fits": "no", "service_safe": "no"}
    assert conduct.strain(Opportunity(**full)) == 5
    assert conduct.strain(Opportunity(**{**full, "fits": None})) is None


@pytest.mark.parametrize(
    ("late", "due", "spent", "expected"),
    [(0, 4, 100, "green"), (1, 5, 100, "amber"), (1, 4, 100, "red"), (0, 0, 105, "green"), (0, 0, 106, "amber"),
     (0, 0, 110, "amber"), (0, 0, 111, "red"), (0, 0, 84, "red")],
)  # fmt: skip
def test_the_colour_follows_the_printed_rule(late, due, spent, expected):
    assert report.colour(late, due, Spending(100, spent, ()), 0, 0)[0] == expected


def test_the_reason_of_the_colour_says_which_time_which_way_and_how_much_money():
    quarter = (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    why = report.colour(0, 0, Spending(6230, 5620, (), (), *quarter), 0, 0)[1]
    assert why == ("Spending from 1 July 2026 to 30 September 2026 is £610 (9.8%) under the forecast of £6,230.",)
    assert "£610 (9.8%) over the forecast of £6,230" in Spending(6230, 6840, (), (), *quarter).sentence
    assert Spending(100, 100, ()).sentence == "Spent so far: £100, as forecast."
    assert "£20 over the forecast of £0" in Spending(0, 20, (), end=quarter[1]).sentence, "no share of nothing"


@given(st.integers(1, 10_000), st.integers(0, 20_000))
def test_the_report_and_the_budget_give_the_same_spending_the_same_colour(forecast, actual):
    assert report.colour(0, 0, Spending(forecast, actual, ()), 0, 0)[0] == light(forecast, actual)


def test_high_risks_stand_in_the_report_highest_first_and_everything_names_who_sees_to_it():
    rows = [
        ("a", Risk(title="Snow", owner="p", response="Chains")),
        ("b", Risk(title="No cook")),
        ("c", Risk(title="Low one")),
        ("d", Risk(title="Over", status="closed")),
        ("e", Risk(title="Bus broken", type="issue", owner="p")),
    ]
    tasks = [
        report.Step("Hire", dt.date(2026, 3, 1), done=False, who="Ann"),
        report.Step("Open", dt.date(2026, 5, 1), done=False),
    ]
    row = ProgressReport(title="R", period_start="2026-01-01", period_end="2026-03-31")
    drawn = report.draw(row, tasks, Spending(0, 0, ()), rows, [], [], 0, high=["d", "b", "a"], people={"p": "Ann"})
    said = dict(drawn.sections)
    assert said["Risks and issues that need attention"] == (
        "No cook (high risk): nobody yet",
        "Snow (high risk): Ann. Chains",
        "Bus broken (issue): Ann",
    )
    assert said["Late"] == ("Hire, due 1 March 2026: Ann",)
    assert said["Next"] == ("Open, due 1 May 2026: nobody yet",)


def test_another_colour_needs_a_reason_and_both_are_printed():
    risks = [("r", Risk(title="Bus broken", type="issue"))]
    row = ProgressReport(title="R", period_start="2026-01-01", period_end="2026-03-31", colour="green")
    drawn = report.draw(row, [], Spending(0, 0, ()), risks, [], [], 1)
    assert drawn.colour == "amber", "no reason, no other colour"
    row = row.model_copy(update={"colour_reason": "A new bus came"})
    drawn = report.draw(row, [], Spending(0, 0, ()), risks, [], [], 1)
    assert drawn.colour == "green" and "A new bus came" in drawn.text and "it is amber" in drawn.text


def test_a_red_report_asks_for_decisions_and_so_does_a_change_that_nobody_agreed():
    row = ProgressReport(title="R", period_start="2026-01-01", period_end="2026-03-31")
    late = [report.Step("Hire", dt.date(2026, 3, 1), done=False)]
    changes = [
        ("a", ServiceChange(date="2026-02-01", event="Bus late", change="Earlier", agreed_by="")),
        ("b", ServiceChange(date="2025-12-01", event="Snow")),
        ("c", ServiceChange(date="2026-02-02", event="New menu", agreed_by="Board")),
        ("d", ServiceChange(date="2026-04-01", event="After it")),
    ]
    said = dict(report.draw(row, late, Spending(0, 0, ()), [], changes, [], 0).sections)
    assert said["Decisions asked for"] == (
        "Agree or refuse the change of 1 February 2026: Bus late: Earlier.",
        "Agree or refuse the change of 1 December 2025: Snow.",
        "What to do about this: 1 of 1 tasks due are late.",
    )
    row = row.model_copy(update={"decisions": "Move the date"})
    said = dict(report.draw(row, late, Spending(0, 0, ()), [], [], [], 0).sections)
    assert said["Decisions asked for"] == ("Move the date",), "what is written comes first, and is enough"


def test_spending_names_what_is_not_known_and_leaves_time_out():
    common = {"period_start": "2026-01-01", "period_end": "2026-03-31"}
    rows = [
        BudgetLine(line="Bus", forecast=100, actual=120, **common),
        BudgetLine(line="Hall", forecast=50, **common),
        BudgetLine(line="Hours", contribution="time", forecast=999, actual=1, **common),
    ]
    found = spending([(str(k), row) for k, row in enumerate(rows)], TODAY)
    assert (found.forecast, found.actual, found.waiting) == (100, 120, ("Hall",))
    no_end = BudgetLine(line="Paint", forecast=50, period_start="2026-01-01")
    found = spending([(str(k), row) for k, row in enumerate([*rows, no_end])], TODAY)
    assert "the last day of the period is missing: Paint." in found.sentence and found.forecast == 100


def test_what_is_spent_in_a_period_that_still_runs_is_said_and_not_compared():
    """The same rule as the budget’s: over on the day after the last day, and rated before only when above all of it."""
    running = {"period_start": "2026-10-01", "period_end": "2027-03-31", "forecast": 18000}
    found = spending([("a", BudgetLine(line="Staff", actual=9000, **running))], TODAY)
    assert (found.forecast, found.running) == (0, 9000)
    assert found.sentence == (
        "No money line has both a period that is over and an actual yet. In periods that still run, £9,000 of £18,000 "
        "is spent so far."
    )
    over = [("a", BudgetLine(line="Staff", actual=20000, **running))]
    assert spending(over, TODAY).variance == pytest.approx(1 / 9)
    assert spending(over, TODAY, None, dt.date(2026, 9, 30)).actual == 0, "it had not begun then"
    assert spending(over, TODAY, running=False).actual == 0
    today = [("a", BudgetLine(line="Bus", actual=90, forecast=100, period_end=TODAY))]
    assert spending(today, TODAY).running == 90 and spending(today, TODAY + dt.timedelta(1)).actual == 90


def fair_facts(**more):
    empty = {"shared": [], "interests": [], "candidates": [], "checks": [], "questions": [], "influences": []}
    return fair.FairFacts(**{**empty, "today": TODAY, "people": {"p": Person(name="Ann")}, **more})


def test_what_one_bidder_has_all_must_have():
    shared = [("s", SharedInformation(what="Menu", with_whom="The club"))]
    check = [("c", SpecificationCheck(part="Draft", independent="inside"))]
    said = [gap.sentence for gap in fair.gaps(fair_facts(shared=shared, checks=check))]
    assert said == ["“Menu” is not given to all bidders yet.", "Nobody independent has looked at the specification."]


def test_names_are_kept_back_and_the_interest_itself_never_shown():
    rows = [("1", ConflictOfInterest(person="p", kind_of="family", interest="A SECRET", action="A SECRET"))]
    kept, asked = (str(fair.parts(fair_facts(interests=rows), names=names)) for names in (False, True))
    assert "Ann" not in kept and "Ann" in asked and "SECRET" not in kept + asked


def test_of_somebody_with_nothing_to_declare_no_interest_is_asked():
    row = ConflictOfInterest(person="p", kind_of="none", declared="2026-01-05", does="none")
    assert row.missing() == []
    asked = {spec.name for spec in row.model_copy(update={"kind_of": "family"}).missing()}
    assert asked == {"interest", "about", "action"}


def test_free_words_about_a_choice_are_kept_back_unless_no_conflict_is_declared():
    """The reason may tell what the conflict column keeps back."""
    rows = [
        ("1", Candidate(name="Club", conflict="declared", chosen="not_chosen", reason="The landlord's brother")),
        ("2", Candidate(name="Café", conflict="none", chosen="chosen", reason="Lowest price")),
        ("3", Candidate(name="Hall", conflict="not_asked", reason="A cousin")),
    ]
    kept, named = (str(fair.parts(fair_facts(candidates=rows), names=names)) for names in (False, True))
    assert "brother" not in kept and "cousin" not in kept and "Lowest price" in kept
    assert "brother" in named and "cousin" in named


def test_the_fair_file_has_the_seven_questions_and_says_what_holds_the_approval_back():
    choice = PilotChoice(decision="pilot", approved=True, approved_by="Steering group", approved_on="2025-10-10")
    one = PilotQuestion(item="selection", answer="Three were asked", advised_by="Procurement", date="2025-10-20")
    facts = fair_facts(questions=[("q", one)], choice=choice)
    parts = {part.title: part for part in fair.parts(facts)}
    asked = parts["Seven questions before the pilot"].rows
    assert len(asked) == 7 and asked[0][3] == "Procurement, 20 October 2025" and asked[1][1] == "Not answered"
    assert "Held back" in parts["Decision on a pilot, and its approval"].rows[0][-1]
    lacks = [gap.sentence for gap in fair.lacks(facts) if gap.tool == "PL-15"]
    assert len(lacks) == 8 and "where it is written down" in lacks[0] and "held back" in lacks[-1]
    assert not [gap for gap in fair.lacks(fair_facts()) if gap.tool == "PL-15"], "no pilot, no questions"


def test_what_is_given_to_all_comes_before_the_bids_are_in_and_interests_are_settled():
    """Regulations 41 and 42: the information, and the time to use it."""
    notice = (
        "n",
        ProcurementNotice(notice="Contract notice", published="2026-09-01", reply_by="2026-10-01", bids="yes"),
    )
    late = ("s", SharedInformation(what="Numbers", same_for_all="yes", released="2026-10-05", evidence="Mail"))
    open_one = ("c", ConflictOfInterest(person="p", kind_of="money", about="Kitchen", does="open"))
    facts = fair_facts(shared=[late], notices=[notice], interests=[open_one])
    found = {gap.field: gap.sentence for gap in fair.gaps(facts)}
    assert "when the bids were in (1 October 2026)" in found["released"] and "not settled" in found["does"]
    assert "('Contract notice', 'not said', '1 September 2026', '1 October 2026', '30 days')" in str(fair.parts(facts))
    in_time = ("s", late[1].model_copy(update={"released": notice[1].published}))
    assert "released" not in {gap.field for gap in fair.gaps(fair_facts(shared=[in_time], notices=[notice]))}
