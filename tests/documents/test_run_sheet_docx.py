"""Run-sheets as a Word file, read back."""

import datetime as dt
import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from pspworkbook.documents.run_sheet_docx import HEAD, run_sheet_docx
from pspworkbook.methods.form.run_sheet import RunSheet, run_sheet
from pspworkbook.records.form import AgendaItem, Workshop

ON = dt.date(2026, 11, 22)
WORKSHOP = Workshop(
    name="Half a <day>", aim="A decision", date=dt.date(2026, 12, 3), starts="09.30", minutes=195, people=18
)


def sheet(*own: AgendaItem) -> RunSheet:
    return run_sheet(WORKSHOP, ["ID-3", "TP-6", "XX-9"], [(str(place), item) for place, item in enumerate(own)])


def written(*pairs: tuple[Workshop, RunSheet]) -> Document:
    return Document(io.BytesIO(run_sheet_docx(pairs, workbook="Glen", on=ON)))


def test_every_line_of_the_sheet_is_a_row_under_a_header_that_is_repeated():
    made = sheet()
    document = written((WORKSHOP, made))
    table = document.tables[0]
    assert tuple(cell.text for cell in table.rows[0].cells) == HEAD
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert rows == [
        [row.time, str(row.minutes), row.task, row.say, row.screen, row.bring, row.record] for row in made.rows
    ]
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE


def test_what_to_know_before_and_what_to_bring():
    document = written((WORKSHOP, sheet()))
    text = "\n".join(one.text for one in document.paragraphs)
    assert document.core_properties.title == "Run-sheet: Half a <day>"
    for words in (
        "Aim: A decision",
        "3 December 2026, 09.30 to ",
        "18 people",
        "There is no tool “XX-9”.",
        "☐ Ground rules",
    ):
        assert words in text, words


def test_lines_by_hand_are_text():
    own = AgendaItem(order=1, task="<i>Song</i> & \x07dance", minutes=5, say="مرحبا")
    cells = [cell.text for row in written((WORKSHOP, sheet(own))).tables[0].rows for cell in row.cells]
    assert "<i>Song</i> & dance" in cells and "مرحبا" in cells


def test_several_workshops_each_have_their_heading_and_none_says_so():
    document = written((WORKSHOP, sheet()), (Workshop(name="Second"), run_sheet(Workshop(name="Second"), [])))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == ["Half a <day>", "Second"]
    assert any("No workshop is planned yet." in one.text for one in written().paragraphs)


def test_the_same_day_gives_the_same_bytes():
    pairs = [(WORKSHOP, sheet())]
    assert run_sheet_docx(pairs, workbook="Glen", on=ON) == run_sheet_docx(pairs, workbook="Glen", on=ON)
