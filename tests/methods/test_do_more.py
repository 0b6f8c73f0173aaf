"""Delivery period by period, who is forgotten first, and what the smaller registers of stage 6 find."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.charts.do import periods_picture
from pspworkbook.methods.do import comms, conduct, periods
from pspworkbook.methods.do.monitoring import opinions, series
from pspworkbook.records import Stakeholder
from pspworkbook.records.budget import BudgetLine
from pspworkbook.records.conduct import Opportunity
from pspworkbook.records.deliver import Communication, Performance, PeriodNote, Reading, Satisfaction, ServiceChange
from pspworkbook.records.measures import Measure
from pspworkbook.records.plan import ResourceGap, Responsibility, Task

TODAY = dt.date(2026, 11, 26)
END = dt.date(2026, 1, 31)
dates = st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1))


def rows(*records):
    return [(str(place), record) for place, record in enumerate(records)]


def test_a_milestone_reached_late_was_not_reached_at_the_end_of_the_period() -> None:
    tasks = rows(
        Task(name="Open", milestone="yes", finish="2026-01-15", done="2026-02-10"),
        Task(name="Plan", milestone="yes", finish="2026-01-10", done="2026-01-10"),
        Task(name="Paint", finish="2026-01-01"),
    )
    assert periods.milestones(tasks, END) == (1, 2), "a task that is no milestone does not count"
    assert periods.milestones(tasks, dt.date(2026, 2, 28)) == (2, 2)
    assert periods.milestones(rows(Task(name="Paint", finish="2026-01-01")), END) == (0, 1), "where none is marked, all"
    said = periods.milestone_words(rows(Task(name="Paint", milestone="yes", finish="2026-01-01"), Task(name="End", milestone="yes", finish="2026-12-11")), TODAY)  # fmt: skip
    assert said == "Up to today 0 of 1 milestones that were due are reached. Late: Paint. Next: End, 11 December 2026."


def test_tasks_are_called_tasks_where_none_is_a_milestone() -> None:
    tasks = rows(Task(name="Paint", finish="2026-01-01", done="2026-01-01"), Task(name="Plan", finish="2026-01-02"))
    said = periods.milestone_words(tasks, TODAY)
    assert said.startswith("Up to today 1 of 2 tasks that were due is done (no task is marked as a milestone).")
    [found] = periods.periods([END], tasks, [], [], [])
    assert "1 of 2 tasks that were due is done" in found.sentence and found.head == "Tasks done of those due"
    picture = periods_picture([found])
    assert picture.title == "Tasks and money so far" and "what is spent is not known" in picture.text
    assert "On the line at 100" in picture.text
    nothing = periods.periods([END], [], [], [], [])
    assert "On the line at 100" not in periods_picture(nothing).text, "nothing is drawn, so there is no line"


@given(st.lists(st.tuples(dates, st.one_of(st.none(), dates)), max_size=8), dates, dates)
def test_what_was_due_only_grows_and_no_more_is_reached_than_was_due(tasks, one, other) -> None:
    found = rows(*(Task(name="T", milestone="yes", finish=due, done=done) for due, done in tasks))
    early, late = (periods.milestones(found, day) for day in sorted((one, other)))
    assert early[0] <= early[1] and late[0] <= late[1] and early[1] <= late[1] and early[0] <= late[0]


def test_a_period_says_plan_money_satisfaction_and_what_to_know() -> None:
    asked = rows(
        Satisfaction(stakeholder="r", period_end=END, satisfied=20, n=26),
        Satisfaction(stakeholder="v", period_end=END, satisfied=2, n=3),
    )
    notes = rows(PeriodNote(period_end=END, note="Snow"))
    money = rows(BudgetLine(line="Bus", forecast=100, actual=120, period_start="2026-01-01", period_end="2026-01-31"))
    days = periods.ends(rows(Reading(period_end="2026-05-01")), asked, notes)
    assert days == [END, dt.date(2026, 5, 1)]
    first, second = periods.periods(days, [], money, opinions(asked, {"r": "Residents", "v": "Helpers"}), notes)
    assert first.spent == "£120 of £100" and first.milestones == "none due" and first.notes == ("Snow",)
    assert first.satisfied == "Helpers: fewer than 5 people asked; Residents: 20 of 26 (77%)"
    assert "Satisfied: Helpers: fewer than 5" in first.sentence and first.sentence.endswith("Snow.")
    assert second.opinions == () and second.notes == ()


def test_a_baseline_of_a_few_people_is_hidden_too() -> None:
    """Three people at the beginning could be found as easily as three at the end."""
    measure = Measure(indicator="Has a friend", unit="residents", baseline=3, target=20)
    [found] = series([("m", measure)], rows(Reading(measure="m", period_end=END, value=12, n=27)))
    assert found.baseline is None and "began at" not in found.sentence
    falls = measure.model_copy(update={"unit": "falls"})
    assert series([("m", falls)], [])[0].baseline == 3, "three falls are not three people"
    each = rows(Reading(measure="m", period_end=END, value=4.4, n=27, counts_people="no"))
    assert series([("m", measure)], each)[0].baseline == 3, "nor are three friends that each has"


def test_who_matters_most_is_named_first_when_forgotten() -> None:
    groups = [("a", Stakeholder(name="Neighbours")), ("b", Stakeholder(name="Families"))]
    said = [gap.sentence for gap in comms.gaps([], groups, TODAY, {"a": 2, "b": 4.5})]
    assert said == [
        "Nothing lies ahead for Families (rated 4.5 of 5 for importance).",
        "Nothing lies ahead for Neighbours (rated 2 of 5 for importance).",
    ]
    heard = comms.due(rows(Communication(date="2026-12-01", stakeholder="b", message="Menu")), TODAY)
    assert [id_ for id_, _ in comms.forgotten(groups, heard)] == ["a"]


@pytest.mark.parametrize(
    ("target", "actual", "better", "words"),
    [(98, 96, "more", "△ not met"), (98, 98, "more", "✓ met"), (4, 4, "less", "✓ met"), (4, 5, "less", "△ not met"), (4, None, "less", "not known")],
)  # fmt: skip
def test_a_target_is_met_in_the_direction_that_is_good(target, actual, better, words) -> None:
    assert conduct.met(Performance(kpi="K", target=target, actual=actual, better=better)) == words


def test_changes_nobody_agreed_to_and_those_that_touch_outcomes_are_named() -> None:
    found = rows(
        ServiceChange(event="Bus failed", money=640, agreed_by="Group", outcomes_change="yes"),
        ServiceChange(event="Saturdays"),
    )
    assert [(gap.id, gap.field) for gap in conduct.change_gaps(found)] == [("0", "outcomes_change"), ("1", "agreed_by")]
    assert conduct.change_words(found) == ["2 changes, 1 agreed. Together they cost £640, without 1 whose cost nobody has said."]  # fmt: skip


def test_the_first_open_question_about_strain_is_where_the_link_leads() -> None:
    [gap] = conduct.opportunity_gaps(rows(Opportunity(what="A second club", same_people="yes")))
    assert gap.field == "same_time"


def test_the_plan_offers_strands_to_lead_and_gaps_to_cover_once() -> None:
    parts = rows(
        Responsibility(what="The kitchen", person="p", part="accountable"),
        Responsibility(what="the  Kitchen", person="q", part="accountable"),
        Responsibility(what="Figures", person="q", part="informed"),
    )
    assert [offer.values for offer in conduct.workstream_offers(parts)] == [{"name": "The kitchen", "lead": "p"}]
    gaps = rows(ResourceGap(what="Drivers", need=2, have=1, option="Ask"), ResourceGap(what="Cooks", need=3, have=3))
    assert [offer.text for offer in conduct.contingency_offers(gaps)] == ["Drivers"]


def test_a_figure_that_was_worked_out_is_said_without_digits_that_nobody_counted():
    from pspworkbook.methods.words import about

    said = [about(number) for number in (55 / 3, 2.75, 1234567.2, 0.5, 3.0, 100 / 3, -2.5, 0, 12.04)]
    assert said == ["18.3", "2.75", "1,234,567", "0.5", "3", "33.3", "−2.5", "0", "12"]
