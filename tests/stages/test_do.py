"""The page of stage 6 without a browser: every tool is there, the example and an empty workbook alike."""

import io
import json

import pytest
from docx import Document

from pspworkbook import guide
from pspworkbook.places import notebooks_folder
from pspworkbook.stages import do
from pspworkbook.stages.do import files
from pspworkbook.stages.facts import lessons, plan_more
from pspworkbook.stages.page import words
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.passage import Passage
from pspworkbook.workbook.errors import WorkbookError

STAGE = do
METHODS = (
    *("way", "communications", "monitoring", "report", "changes", "interests", "learning", "people_and_back_up"),
    *("procurement", "after_award", "lessons", "agree"),
)


def passages(parts: list[object]) -> str:
    return "\n".join(part.html for part in parts if isinstance(part, Passage))


def test_every_tool_of_the_stage_is_on_the_page(shown: list[object]) -> None:
    text = passages(shown)
    tools = [key for key in guide.tools() if key.startswith("DO-")]
    assert len(tools) == 14
    assert [key for key in [*tools, "PL-3"] if f'id="tool-{key}"' not in text] == []


def test_the_notebook_shows_what_the_page_has() -> None:
    cells = json.loads((notebooks_folder() / "06_do.ipynb").read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert code[1:] == [f"stage.{method}()" for method in METHODS]
    assert all(cell["outputs"] == [] for cell in cells if cell["cell_type"] == "code")


def test_hidden_figures_and_markup_stay_out_of_the_page(stage: do.Do, shown: list[object]) -> None:
    book = stage.workbook
    measure = book.add("measure", {"indicator": "<b>Falls</b>", "unit": "falls", "baseline": 99, "target": 9}).id
    book.add("reading", {"measure": measure, "period_end": "2026-01-31", "value": 77, "n": 3})
    stage.session.follow()
    text = passages(shown)
    assert "fewer than 5 people" in text and "77" not in text
    assert "&lt;b&gt;Falls" in text and "<b>Falls" not in text


def test_a_report_that_is_issued_keeps_its_words_and_is_issued_once(stage: do.Do) -> None:
    book = stage.workbook
    with pytest.raises(WorkbookError, match="issued already"):
        files.issue(stage.session)
    values = {"title": "First", "period_start": "2026-01-01", "period_end": "2026-03-31", "comments": "All well"}
    book.add("progress_report", values)
    stage.session.follow()
    name, _, data = files.issue(stage.session)
    assert name.startswith("progress-report-first-ours") and data[:2] == b"PK"
    book.add("risk", {"title": "A new issue", "type": "issue"})
    stage.session.follow()
    kept = book.records("progress_report")[0].record
    assert "Up to 31 March 2026 no milestone was due." in kept.issued_text
    assert "All well" in kept.issued_text and "A new issue" not in kept.issued_text
    with pytest.raises(WorkbookError, match="issued already"):
        files.issue(stage.session)


def test_the_report_that_the_button_names_is_issued_saved_and_shown_first(stage: do.Do, shown: list[object]) -> None:
    """Two reports that end on the same day: the one that was added last is the newest, everywhere."""
    book = stage.workbook
    book.add("progress_report", {"title": "November", "period_start": "2026-11-01", "period_end": "2026-11-30"})
    stage.session.follow()
    files.issue(stage.session)
    values = {"title": "Second", "period_start": "2026-11-15", "period_end": "2026-11-30", "comments": "Only here"}
    book.add("progress_report", values)
    stage.session.follow()
    save, issue = (part for part in shown if isinstance(part, SaveFile) and "“" in part.words)
    assert save.words == "Save the newest report, “Second”, as .docx"
    assert issue.words == "Issue “Second”: keep it as it reads now, and save it"
    text = passages(shown)
    assert text.index("Second, a draft") < text.index("November, issued")
    name, _, data = files.issue(stage.session)
    assert name.startswith("progress-report-second-ours")
    paragraphs = [one.text for one in Document(io.BytesIO(data)).paragraphs]
    assert paragraphs.count("Second") == 1 and "November" not in paragraphs, "its own title, once"
    assert "1.1  Only here" in paragraphs and "2. Decisions asked for" in paragraphs, "issued, it looks like the draft"
    assert files.report_file(stage.session)[2] == data
    assert issue.words == "Issue the report: keep it as it reads now, and save it", "nothing is left to issue"


def test_an_older_draft_is_issued_as_itself_and_not_as_the_newest(stage: do.Do) -> None:
    book = stage.workbook
    for title, month in (("October", "10"), ("November", "11")):
        dates = {"period_start": f"2026-{month}-01", "period_end": f"2026-{month}-30"}
        book.add("progress_report", {"title": title, **dates})
    stage.session.follow()
    assert [files.issue(stage.session)[0].split("-ours")[0] for _ in range(2)] == [
        "progress-report-november", "progress-report-october"
    ]  # fmt: skip


def test_the_two_fair_competition_files_cannot_be_taken_for_each_other(stage: do.Do) -> None:
    plain, named = (files.fair_file(stage.session, names=names)[0] for names in (False, True))
    assert plain.startswith("fair-competition-ours") and named.startswith("fair-competition-with-names-ours")


def test_a_lesson_and_its_reflection_name_each_other(stage: do.Do) -> None:
    """On this page and in the library; a reflection that is gone is not a dead link."""
    book = stage.workbook
    one = book.add("reflection", {"learned": "Ask <b>drivers</b> first"})
    book.add("local_lesson", {"title": "Drivers first", "origin": f"reflection:{one.id}"})
    book.add("local_lesson", {"title": "Of our own"})
    stage.session.follow()
    [made] = lessons.from_reflections(stage.session)["made"]
    assert made["lesson"] == "Drivers first" and made["reflection"] == "Ask <b>drivers</b> first"
    assert made["reflection_href"].endswith(f"#at:reflection:{one.id}") and "#at:local_lesson:" in made["lesson_href"]
    html = words("lessons_made", made=[made])
    assert "from the reflection" in html and "&lt;b&gt;drivers" in html and html.count("<a href") == 2
    book.delete("reflection", one.id, 1)
    stage.session.follow()
    gone = words("lessons_made", **lessons.from_reflections(stage.session))
    assert "a reflection that has been removed since" in gone


def test_an_approval_that_is_completed_after_its_date_says_so(stage: do.Do, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last answer is typed a year later with an old date in it: the day of its saving stays to be seen."""
    clock = "pspworkbook.workbook.writing.utc_now"
    book, keys = stage.workbook, [item.key for item in guide.checklists()["pilot-procurement-questions"].items]
    said = {"answer": "Yes", "evidence": "Minute", "advised_by": "Procurement", "date": "2025-10-10"}
    ticked = {"decision": "pilot", "approved": True, "approved_by": "Steering group", "approved_on": "2025-10-20"}
    monkeypatch.setattr(clock, lambda: "2025-10-20T12:00:00.000000+00:00")
    choice = book.the("pilot_choice")
    book.save_many(
        [("pilot_choice", choice.id, ticked), *(("pilot_question", None, {"item": one, **said}) for one in keys[:-1])]
    )
    monkeypatch.setattr(clock, lambda: "2026-10-21T12:00:00.000000+00:00")
    stage.session.follow()
    assert plan_more.approval(stage.session.now).state == "held back"
    book.add("pilot_question", {"item": keys[-1], **said})
    stage.session.follow()
    state = plan_more.approval(stage.session.now)
    assert state.state == "approved" and "completed on 21 October 2026, after the date of approval" in state.words


def test_an_approval_of_what_was_answered_before_says_nothing_more(stage: do.Do) -> None:
    book, keys = stage.workbook, [item.key for item in guide.checklists()["pilot-procurement-questions"].items]
    said = {"answer": "Yes", "evidence": "Minute", "advised_by": "Procurement", "date": "2025-10-10"}
    ticked = {"decision": "pilot", "approved": True, "approved_by": "Steering group", "approved_on": "2025-10-20"}
    book.save_many(
        [*(("pilot_question", None, {"item": one, **said}) for one in keys), ("pilot_choice", "pilot_choice", ticked)]
    )
    stage.session.follow()
    assert "completed" not in plan_more.approval(stage.session.now).words
