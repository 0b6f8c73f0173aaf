"""The Word files of stage 6: a draft report, an issued one as it was kept, and the fair competition file."""

import datetime as dt
import io

from docx import Document

from pspworkbook.documents.fair_competition_docx import fair_competition_docx
from pspworkbook.documents.progress_report_docx import progress_report_docx
from pspworkbook.methods.do import fair, report
from pspworkbook.methods.do.monitoring import Spending
from pspworkbook.methods.findings import StageGap
from pspworkbook.records.deliver import ProgressReport

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


def test_the_fair_file_lists_gaps_and_says_that_names_are_kept_back():
    part = fair.Part("Shared", ("What", "On"), (("Menu", "15/11/2026"),), "Nothing.")
    empty = fair.Part("Checks", ("What",), (), "Nobody has looked.")
    gaps = [StageGap("DO-6", "Menu is not given to all.")]
    text = text_of(fair_competition_docx([part, empty], gaps, ["P-06"], names=False, workbook="W", on=DAY))
    assert all(
        one in text for one in ("Menu is not given to all.", "Names are kept back", "Nobody has looked.", "P-06")
    )
