"""A report as a Word file: contents with links, numbered chapters, pages across where a table is wide, pictures."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from pspworkbook.charts.drawing_png import png
from pspworkbook.documents.blocks import Block, Figure, Heading, Points, Report, Say, Table, Tree
from pspworkbook.documents.word import BLUE, SOFT, WordFile, clean, write
from pspworkbook.methods.sroi.theory import Nested

NARROW, WIDE = 16.5, 26.2
"""The width of the text in centimetres, on a page upright and on one across."""
TALLEST = {NARROW: 21.0, WIDE: 12.6}
SHORT_ROWS, SHORT_TEXT = 9, 1_200
"""Rows and characters up to which a table is kept on one page: a third of it at most."""
HEAD_FILL, TOTAL_FILL, LINE = "E6EEF5", "F2F2F2", "8A9BA8"


class ReportFile(WordFile):
    """A :class:`~pspworkbook.documents.blocks.Report` in the making."""

    def __init__(self, report: Report, on: dt.date) -> None:
        super().__init__(report.title, report.workbook, on)
        section = self.document.sections[0]
        section.top_margin, section.bottom_margin = Cm(1.8), Cm(1.6)
        section.header_distance = section.footer_distance = Cm(0.9)
        self.room = NARROW
        self._marks = 0
        self._report_styles()
        title = self.document.paragraphs[0]
        kicker = title.insert_paragraph_before(clean(report.kicker))
        for run in kicker.runs:
            run.font.size, run.font.color.rgb, run.bold = Pt(11), SOFT, True
        if report.note:
            self.put(Say(report.note, "missing"))
        self._facts(report.facts)
        self._contents(report)
        for number, chapter in report.numbered():
            self._turn(WIDE if chapter.wide else NARROW)
            self._chapter(f"{number}  {chapter.title}", f"chapter{number}", new_page=number == 1)
            for block, after in zip(chapter.blocks, [*chapter.blocks[1:], None], strict=True):
                self.put(block)
                if isinstance(block, Say) and isinstance(after, Table | Figure | Points):  # words that lead to it
                    self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        for line in report.fine:
            self.small(line)

    def put(self, block: Block) -> None:
        """Add one block."""
        if isinstance(block, Heading):
            self.heading(block.text, block.level)
        elif isinstance(block, Say):
            self._say(block)
        elif isinstance(block, Points):
            self._points(block)
        elif isinstance(block, Tree):
            self._tree(block.lines, 1)
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._figure(block)

    # Blocks

    def _say(self, block: Say) -> None:
        if block.look == "small":
            self.small(block.text)
            return
        paragraph = self.say(block.text)
        if block.look == "lead":
            for run in paragraph.runs:
                run.font.size = Pt(12)
        elif block.look == "missing":
            _edge(paragraph, "8A5A00")
            paragraph.paragraph_format.left_indent = Cm(0.3)

    def _points(self, block: Points) -> None:
        for number, (strong, text) in enumerate(block.items, start=1):
            paragraph = self.document.add_paragraph(style="Normal" if block.numbered else "List Bullet")
            if block.numbered:  # Word's own numbers would go on from the list before
                paragraph.paragraph_format.left_indent = Cm(0.75)
                paragraph.paragraph_format.first_line_indent = Cm(-0.75)
                write(paragraph, f"{number}.\t")
            paragraph.paragraph_format.space_after = Pt(2 if block.size else 3)
            # Not one point at the foot of a page, under its heading, nor one at the top of the next.
            paragraph.paragraph_format.keep_with_next = number in (1, len(block.items) - 1) and number < len(
                block.items
            )
            if strong:
                write(paragraph, f"{strong} ")
                paragraph.runs[-1].bold = True
            write(paragraph, text)
            for run in paragraph.runs if block.size else ():
                run.font.size = Pt(block.size)

    def _tree(self, lines: Sequence[Nested], depth: int) -> None:
        for text, under in lines:
            paragraph = self.say(text, style="List Bullet" if depth == 1 else f"List Bullet {min(depth, 3)}")
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.paragraph_format.left_indent = Cm(0.7 * depth)
            paragraph.paragraph_format.first_line_indent = Cm(-0.6)
            for run in paragraph.runs:
                run.font.size = Pt(9)
            if under and depth < 3 and paragraph.runs:
                paragraph.runs[0].bold = True
            self._tree(under, depth + 1)

    def _table(self, block: Table) -> None:
        whole = sum(block.widths)
        caption = self.document.add_paragraph(style="Caption")
        write(caption, block.about)
        table = self.table(
            block.about,
            block.head,
            block.rows,
            [self.room * block.share * width / whole for width in block.widths],
            size=block.size,
            air=1,
        )
        _lines(table)
        for cell in table.rows[0].cells:
            _shade(cell, HEAD_FILL)
        _keep_together(table, block)
        for place in block.numbers:
            for cell in table.columns[place].cells:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if block.total:
            for cell in table.rows[-1].cells:
                _shade(cell, TOTAL_FILL)
                for run in cell.paragraphs[0].runs:
                    run.bold = True
        self.document.paragraphs[-1].paragraph_format.space_after = Pt(2)

    def _figure(self, block: Figure) -> None:
        caption = self.document.add_paragraph(style="Caption")
        write(caption, block.title)
        width = self.room * block.share
        tall = width * block.drawing.height / block.drawing.width
        if tall > TALLEST[self.room]:
            width *= TALLEST[self.room] / tall
        paragraph = self.document.add_paragraph()
        picture = paragraph.add_run().add_picture(io.BytesIO(png(block.drawing)), width=Cm(width))
        names = picture._inline.docPr
        names.set("descr", clean(block.text))
        names.set("title", clean(block.title))
        names.set("name", f"Picture {names.get('id')}")
        if not block.said:
            paragraph.paragraph_format.keep_with_next = True
            self.small(block.text)

    # The frame

    def _facts(self, facts: Sequence[tuple[str, str]]) -> None:
        table = self.table("About this report", ("About", "This report"), facts, (4.5, NARROW - 4.5), size=10)
        _lines(table)
        for cell in table.rows[0].cells:
            _shade(cell, HEAD_FILL)

    def _contents(self, report: Report) -> None:
        """A list of links, which is right without being brought up to date."""
        self.heading("Contents")
        for number, chapter in report.numbered():
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), f"chapter{number}")
            write(paragraph, f"{number}  {chapter.title}")
            for run in paragraph.runs:
                run.font.color.rgb, run.underline = BLUE, True
                link.append(run._r)
            paragraph._p.append(link)

    def _chapter(self, text: str, name: str, *, new_page: bool) -> None:
        self.heading(text)
        self.document.paragraphs[-1].paragraph_format.page_break_before = new_page or None
        paragraph = self.document.paragraphs[-1]._p
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        self._marks += 1
        for mark in (start, end):
            mark.set(qn("w:id"), str(self._marks))
        start.set(qn("w:name"), name)
        paragraph.insert(1 if paragraph.pPr is not None else 0, start)
        paragraph.append(end)

    def _turn(self, room: float) -> None:
        """Go on upright or across; where the page is turned, a new one begins."""
        if room == self.room:
            return
        self.room = room
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        size = [Cm(21), Cm(29.7)]
        section.page_width, section.page_height = reversed(size) if room == WIDE else size
        section.orientation = WD_ORIENT.LANDSCAPE if room == WIDE else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = Cm(1.75 if room == WIDE else 2.25)

    def _report_styles(self) -> None:
        styles = self.document.styles
        styles["Normal"].font.size, styles["Normal"].paragraph_format.line_spacing = Pt(10), 1.1
        for name, points in (("Heading 1", 16), ("Heading 2", 12), ("Heading 3", 10.5), ("Caption", 9.5)):
            style = styles[name]
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{kind}"), None)
            for kind in ("ascii", "hAnsi", "cs"):
                fonts.set(qn(f"w:{kind}"), "Arial")
            style.font.size, style.font.bold, style.font.italic = Pt(points), True, False
            style.font.color.rgb = BLUE
            style.paragraph_format.keep_with_next = True
        styles["Heading 1"].paragraph_format.space_before = Pt(18)
        styles["Heading 1"].paragraph_format.space_after = Pt(6)
        styles["Caption"].paragraph_format.space_before = Pt(6)
        styles["Caption"].paragraph_format.space_after = Pt(3)


def as_docx(report: Report, on: dt.date) -> bytes:
    """The report as a Word file; the same report on the same day gives the same bytes."""
    return ReportFile(report, on).data()


def _shade(cell: Any, fill: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _keep_together(table: Any, block: Table) -> None:
    """A short table stands on one page; of a longer one never a single row stands alone, at its head or at its foot."""
    rows = table.rows
    short = len(rows) <= SHORT_ROWS and sum(len(text) for row in block.rows for text in row) <= SHORT_TEXT
    kept = rows[:-1] if short else [*rows[:2], *rows[-3:-1]]
    for row in kept:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _lines(table: Any) -> None:
    """Thin lines between the rows, none between the columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edge = OxmlElement(f"w:{side}")
        upright = side in ("left", "right", "insideV")
        edge.set(qn("w:val"), "nil" if upright else "single")
        if not upright:
            edge.set(qn("w:sz"), "4")
            edge.set(qn("w:color"), LINE)
        borders.append(edge)
    properties = table._tbl.tblPr
    after = [qn(f"w:{name}") for name in ("shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription")]
    place = next((at for at, child in enumerate(properties) if child.tag in after), len(properties))
    properties.insert(place, borders)


def _edge(paragraph: Any, colour: str) -> None:
    """A bar on the left of a paragraph."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", colour)):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:bidi", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
