"""The Word files of stage 6: a draft report, an issued one as it was kept, and the fair competition file."""

import dataclasses
import datetime as dt
import io

from docx import Document

from pspworkbook.documents.fair_competition_docx import fair_competition_docx
from pspworkbook.documents.progress_report_docx import progress_report_docx
from pspworkbook.methods.do import fair, report
from pspworkbook.methods.do.monitoring import Spending
from pspworkbook.methods.findings import StageGap
from pspworkbook.records.deliver import ProgressReport, ServiceChange

DAY = dt.date(2026, 11, 15)


def text_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_draft_has_the_rule_and_numbered_sentences_and_an_issued_one_its_own_words():
    row = ProgressReport(title="Third quarter", period_end="2026-10-30", comments="<b>Well</b>\nFull")
    drawn = report.draw(row, [], Spending(0, 0, ()), [], [], [], 0)
    text = text_of(progress_report_docx(row, drawn, workbook="W", on=DAY))
    assert "1.2  Full" in text and "<b>Well</b>" in text and report.RULE in text and "a draft" in text
    row = row.model_copy(update={"issued": DAY, "issued_text": "Old words\n- kept"})
    text = text_of(progress_report_docx(row, drawn, workbook="W", on=DAY))
    assert "Old words" in text and "kept" in text and "Full" not in text


def test_an_issued_report_looks_like_its_draft():
    """Its words were kept as plain text; headings, numbers and the rule of that day are made from them again."""
    row = ProgressReport(title="Third quarter", period_end="2026-10-30", comments="Well\n- Full")
    changes = [("c", ServiceChange(date="2026-10-02", event="Bus\n\nlate", change="Earlier"))]
    drawn = report.draw(row, [], Spending(0, 0, ()), [], changes, [], 0)
    assert report.kept(drawn.text) == dataclasses.replace(drawn, sections=report.kept(drawn.text).sections)
    assert [heading for heading, _ in report.kept(drawn.text).sections] == [heading for heading, _ in drawn.sections]
    draft, issued = (
        Document(io.BytesIO(progress_report_docx(one, drawn, workbook="W", on=DAY)))
        for one in (row, row.model_copy(update={"issued": DAY, "issued_text": drawn.text}))
    )

    def looks(document):
        return [(one.style.name, " ".join(one.text.split())) for one in document.paragraphs if one.text]

    assert [one for one in looks(issued) if one[1] != "As it was issued."] == looks(draft)
    assert ("Heading 1", "2. Decisions asked for") in looks(issued)
    assert issued.paragraphs[-2].paragraph_format.keep_with_next, "the small print never stands on a page of its own"
    assert report.kept("Third quarter\nAll is well.\n- Written by hand") is None


def test_the_fair_file_lists_gaps_and_says_that_names_are_kept_back():
    part = fair.Part("Shared", ("What", "On"), (("Menu", "15/11/2026"),), "Nothing.")
    empty = fair.Part("Checks", ("What",), (), "Nobody has looked.")
    gaps = [StageGap("DO-6", "Menu is not given to all.")]
    text = text_of(fair_competition_docx([part, empty], gaps, ["P-06"], names=False, workbook="W", on=DAY))
    assert all(
        one in text for one in ("Menu is not given to all.", "Names are kept back", "Nobody has looked.", "P-06")
    )
    named = text_of(fair_competition_docx([part], gaps, [], names=True, workbook="W", on=DAY))
    assert "Confidential: for the facilitator." in named and "kept back" not in named and "Confidential" not in text


def test_the_spreadsheet_of_figures_holds_no_small_number_in_any_cell():
    """Two workbooks that differ only in what is hidden give the same file, cell by cell."""
    from openpyxl import load_workbook

    from pspworkbook.documents.monitoring_sheet import monitoring_xlsx
    from pspworkbook.methods.do import monitoring, periods
    from pspworkbook.records.deliver import Reading, Satisfaction
    from pspworkbook.records.measures import Measure

    def cells(few):
        measure = [("m", Measure(indicator="=Went out", unit="people", baseline=few, target=20))]
        readings = [("r", Reading(measure="m", period_end=DAY, value=few, n=27))]
        asked = [("s", Satisfaction(stakeholder="g", period_end=DAY, satisfied=27 - few, n=27))]
        opinions = monitoring.opinions(asked, {"g": "Residents"})
        drawn = periods.periods([DAY], [], [], opinions, [])
        book = load_workbook(io.BytesIO(monitoring_xlsx(drawn, monitoring.series(measure, readings), opinions)))
        return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book], book

    one, book = cells(1)
    assert one == cells(4)[0]
    assert book["Measures"]["A2"].value == "=Went out" and book["Measures"]["A2"].data_type == "s", "text, no formula"
    assert book["Measures"]["D2"].value == "fewer than 5 of 27" and book["Measures"]["E2"].value is None


def test_the_communications_plan_lists_this_month_and_whom_it_forgets():
    from pspworkbook.documents.comms_docx import comms_docx
    from pspworkbook.methods.do import comms
    from pspworkbook.records.deliver import CommsPlan, Communication

    plan = CommsPlan(objectives="People know", messages="Lunch", version="3", date=DAY, owner="p")
    row = Communication(date="2026-11-10", stakeholder="g", message="<b>Menu</b>", channel="Leaflet", format="easy_read", access="Loop", owner="p", feedback="Too small")  # fmt: skip
    due = comms.this_month(comms.due([("c", row)], DAY), DAY)
    text = text_of(comms_docx(plan, due, [row], ["Families"], {"g": "Residents", "p": "Ann"}, workbook="W", on=DAY))
    for said in ("People know", "10 November 2026 (overdue)", "<b>Menu</b>", "Leaflet; Easy Read; Loop", "Families", "<b>Menu</b>: Too small", "kept by Ann"):  # fmt: skip
        assert said in text, said
