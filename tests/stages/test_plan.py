"""Stage 5 on the example: the work of the plan on the page, in the chart, in the files, and in the progress report."""

import io
from pathlib import Path

import docx
import pytest

from pspworkbook.stages import plan
from pspworkbook.stages.facts import do as do_facts
from pspworkbook.stages.plan.steering import terms_file
from pspworkbook.stages.plan.work import calendar_of, scope_file
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.passage import Passage
from pspworkbook.workbook import Store, make_example


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The parts that a page has shown."""
    parts: list[object] = []
    monkeypatch.setattr("pspworkbook.stages.page.show_in_notebook", parts.append)
    return parts


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: list[object]) -> plan.Plan:
    """The page on the example."""
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(tmp_path / "w.db"))
    store = Store(tmp_path / "w.db")
    make_example(store)
    return plan.open()


def test_the_example_has_a_late_task_that_nobody_owns(stage: plan.Plan) -> None:
    sentences = [gap.sentence for gap in stage.gaps]
    assert any(one.startswith("“A second driver for Fridays” is") for one in sentences)
    assert "“A second driver for Fridays”: nobody sees to it." in sentences
    assert any("TUPE" in one for one in sentences) and any("2 people answer for it" in one for one in sentences)


def test_the_page_shows_the_schedule_and_what_the_plan_covers(stage: plan.Plan, shown: list[object]) -> None:
    for part in (stage.how_much, stage.scope, stage.schedule, stage.team, stage.steering, stage.roll_out):
        part()
    words = "".join(part.html for part in shown if isinstance(part, Passage))
    for said in (
        "Standard planning",
        "of 6 are dealt with.",
        "The seven elements of a plan at this depth",
        "Who has which part in which piece of work",
        "Milestones of the schedule, and the meeting that approves each",
        "are expected to leave",
        "Standing item of every agenda",
        "Seats:",
    ):
        assert said in words, said
    [gantt] = [part for part in shown if isinstance(part, Chart)]
    assert "Late today" in gantt.picture["text"] and len(gantt.picture["rows"]) == 11
    stage.workbook.add("task", {"name": "<b>New</b>", "start": "2027-01-01", "finish": "2027-01-31"})
    stage.session.follow()
    assert len(gantt.picture["rows"]) == 12


def test_tasks_reach_the_progress_report(stage: plan.Plan) -> None:
    """Written once in the plan, drawn in stage 6."""
    steps = {step.title: step for step in do_facts.steps(stage.session.now)}
    assert steps["The club opens"].done and not steps["A second driver for Fridays"].done


def test_the_files(stage: plan.Plan) -> None:
    name, _, data = calendar_of(stage)
    assert name.endswith(".ics") and data.count(b"BEGIN:VEVENT") == 22 and b"The club opens" in data
    terms = docx.Document(io.BytesIO(terms_file(stage)[2]))
    assert any(
        "Kitchen" in cell.text or "chair" in cell.text.lower()
        for table in terms.tables
        for row in table.rows
        for cell in row.cells
    )
    scope = "\n".join(one.text for one in docx.Document(io.BytesIO(scope_file(stage)[2])).paragraphs)
    assert "Meals at the door for those who cannot come" in scope and "still to be said" not in scope
