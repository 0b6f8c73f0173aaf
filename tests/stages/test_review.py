"""Stage 7 on the example: what it shows, what stands in the way, and the files that leave it."""

import io
from pathlib import Path
from typing import Any

import docx
import pytest

from pspworkbook.stages import review
from pspworkbook.stages.review.files import decision_file, you_said_file
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.passage import Passage
from pspworkbook.widgets.register import Register
from pspworkbook.workbook import Store, make_example


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The parts that a page has shown."""
    parts: list[object] = []
    monkeypatch.setattr("pspworkbook.stages.page.show_in_notebook", parts.append)
    return parts


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: list[object]) -> review.Review:
    """The page on the example."""
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(tmp_path / "w.db"))
    store = Store(tmp_path / "w.db")
    make_example(store)
    return review.open()


def text_of(data: bytes) -> str:
    file = docx.Document(io.BytesIO(data))
    return "\n".join(
        [
            *(one.text for one in file.paragraphs),
            *(cell.text for table in file.tables for row in table.rows for cell in row.cells),
        ]
    )


def test_the_example_came_out_lower_than_its_forecast_and_says_why(stage: review.Review) -> None:
    found = stage.evaluation
    assert found is not None
    assert (found.forecast.sroi_ratio or 0) > (found.generous.sroi_ratio or 0) > (found.strict.sroi_ratio or 0) > 1
    assert found.unmeasured == ("Better health: fewer visits to the GP",)
    assert "Fewer falls: geriatric continuing care" in found.unverified
    assert any(step.name.startswith("Carers have a free half day") for step in found.steps)


def test_every_part_of_the_page_shows(stage: review.Review, shown: list[object]) -> None:
    """With the example, each has something on it; what a partner writes is text."""
    stage.workbook.add(
        "feedback",
        {"words": "<b>bold</b>", "theme": "<i>x</i>", "consent": "yes", "date": "2026-11-01", "source": "card"},
    )
    stage.session.follow()
    for part in (stage.way, stage.calendar, stage.method, stage.happened, stage.said, stage.ratings, stage.indicators, stage.outputs, stage.next, stage.lessons, stage.agree):  # fmt: skip
        part()
    words = "".join(part.html for part in shown if isinstance(part, Passage))
    assert "&lt;b&gt;bold" in words and "<b>bold" not in words
    for said in (
        "There is time",
        "Local Multiplier 3: <b>",
        "You said",
        "What happened:",
        "Social Return on Investment",
    ):
        assert said in words, said
    pictures = [part.picture for part in shown if isinstance(part, Chart)]
    assert sum(bool(picture["figure"]) for picture in pictures) >= 6
    assert any("The middle moved" in row[3] for picture in pictures for row in picture["rows"] if len(row) == 4)


def test_the_decision_is_not_ready_while_it_is_not_made(stage: review.Review) -> None:
    sentences = [gap.sentence for gap in stage.gaps]
    assert "Nothing has been decided on what comes next." in sentences
    assert any("“Volunteers”" in sentence or "not been told" in sentence for sentence in sentences)


def test_the_files_say_what_the_page_says(stage: review.Review) -> None:
    said = text_of(you_said_file(stage.session)[2])
    assert "A folding step and a handrail" in said and "Who comes after us?" not in said, "no words without consent"
    decision = text_of(decision_file(stage)[2])
    assert "Nothing has been decided yet" in decision and "What was put in" in decision and "not measured" in decision


def test_a_reason_belongs_to_the_figure_it_was_given_for(stage: review.Review) -> None:
    """When the figure changes, the old reason explains nothing until somebody says that it still holds."""
    book, [first, *_] = stage.workbook, stage.workbook.records("actual")
    register = Register(stage.session, "actual")

    def change(**values: object) -> dict[str, Any]:
        book.change("actual", first.id, values, version=book.get("actual", first.id).version)
        stage.session.follow()
        return next(row["remark"] for row in register.rows if row["id"] == first.id)

    def said() -> str:
        return " ".join(step.sentence for step in stage.evaluation.steps)

    assert change(quantity=4, deadweight="", why="The cook fell ill")["text"] == "" and "The cook fell ill" in said()
    remark = change(quantity=6)
    assert "“How many it was” was 4 (now 6)" in remark["text"] and "The cook fell ill" not in said()
    assert any("Say why." in gap.sentence for gap in stage.gaps if gap.id == first.id)
    assert change(quantity=4)["text"] == "" and "The cook fell ill" in said(), "what is put back is explained as before"

    change(quantity=6)
    answer, _ = register.reply({"do": "mend", "id": first.id, "key": "still"}, [])
    assert answer["ok"] and "The cook fell ill" in said()
    assert change(quantity=7)["text"] != "" and change(why="Two cooks")["text"] == ""
    assert change(deadweight="12%")["text"] == "", "a figure that is filled in beside it is another matter"
    assert change(quantity="", why="Nobody counted", deadweight="")["text"] == ""
    assert "was empty (now 3)" in change(quantity=3)["text"]


def test_a_theme_that_was_used_before_is_offered_once(stage: review.Review) -> None:
    for theme in ("Parking", "parking ", "Noise"):
        stage.workbook.add("feedback", {"words": "Something", "theme": theme})
    stage.session.follow()
    offered = [one["value"] for one in Register(stage.session, "feedback").options["theme"]]
    assert offered.count("Parking") == 1 and "parking" not in offered
    assert offered.index("Parking") < offered.index("Noise")


def test_an_actual_input_stands_beside_what_the_budget_says_it_came_to(
    stage: review.Review, shown: list[object]
) -> None:
    stage.happened()
    register = next(part for part in shown if isinstance(part, Register) and part.kind == "actual_input")
    [row] = [one for one in register.rows if one["id"] == "actual-contract"]
    assert "£18,030 so far (1 of 4 lines without an actual figure); £25,900 here" in row["remark"]["text"]
    assert row["remark"]["mends"] == [], "not before the whole is known"
    [last] = [one for one in stage.workbook.records("budget_line") if one.id == "run-4"]
    stage.workbook.change("budget_line", last.id, {"actual": 6400}, version=last.version)
    stage.session.follow()
    answer, _ = register.reply({"do": "mend", "id": row["id"], "key": "budget"}, [])
    stage.session.follow()
    assert answer["ok"]
    [row] = [one for one in register.rows if one["id"] == "actual-contract"]
    assert "The budget (stage 5)" not in row["remark"]["text"]
    spent = sum(one.record.actual or 0 for one in stage.workbook.records("budget_line") if one.id.startswith("run-"))
    assert stage.workbook.get("actual_input", "actual-contract").record.value == spent
