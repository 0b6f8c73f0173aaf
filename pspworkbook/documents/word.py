"""What the Word documents share: A4 pages, British English, headings, tables with a header row, page numbers.

Text goes in as text: nothing that somebody typed can become markup, and characters that no document may hold are left
out. The same content on the same day gives the same bytes.
"""

import datetime as dt
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from pspworkbook.methods.words import day

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ATTRIBUTION = (
    "Made with the PSP workbook, after “A Practical Guide to Forming and Operating Public Social Partnerships” of 2011, "
    "published by the Scottish Government under Crown copyright and used under the Open Government Licence. The wording "
    "is our own."
)
NOT_ADVICE = "This is not legal advice."
INK, BLUE, SOFT = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x00, 0x2D, 0x54), RGBColor(0x5E, 0x5E, 0x5E)

AFTER_BIDI = ("w:spacing", "w:ind", "w:jc", "w:rPr")
"""Word wants the properties of a paragraph in one order only; these stand after the one for direction."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without characters that XML forbids, and without those that turn the direction of what follows."""
    return _FORBIDDEN.sub("", text)


class WordFile:
    """A Word document in the making. ``title`` is shown on top and kept as the document's own title."""

    def __init__(self, title: str, workbook: str, on: dt.date, *, landscape: bool = False) -> None:
        self.on = on
        self.document: Any = Document()
        self._page(landscape)
        self._styles()
        self._properties(clean(title))
        self._header_and_footer(clean(workbook), on)
        self.document.add_paragraph(clean(title), style="Title")

    # Words

    def heading(self, text: str, level: int = 1) -> None:
        """A real heading."""
        self.document.add_heading(clean(text), level)

    def say(self, text: str, *, style: str | None = None, blanks: Iterable[str] = ()) -> Any:
        """A paragraph. Each of ``blanks``, where it stands in the text, is highlighted and said to be a blank."""
        paragraph = self.document.add_paragraph(style=style)
        write(paragraph, text, blanks)
        return paragraph

    def bullet(self, text: str, blanks: Iterable[str] = ()) -> None:
        """A line of a list."""
        self.say(text, style="List Bullet", blanks=blanks)

    def blank(self, what: str) -> None:
        """A paragraph that is one blank."""
        self.say(f"[{what}]", blanks=[f"[{what}]"])

    def small(self, text: str) -> None:
        """A paragraph in small print."""
        for run in self.say(text).runs:
            run.font.size, run.font.color.rgb = Pt(9), SOFT

    def table(
        self,
        about: str,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[float],
        *,
        size: float = 10,
        blanks: Iterable[str] = (),
        height: float = 0,
        air: float = 2,
    ) -> Any:
        """A table with a header row that every page repeats. ``about`` says what it is; lengths are in centimetres, the
        ``air`` above and below each text in points.
        """
        blanks = frozenset(blanks)
        table = self.document.add_table(rows=1, cols=len(head), style="Table Grid")
        table.autofit = False
        _describe(table, about)
        for place, text in enumerate(head):
            _fill(table.rows[0].cells[place], text, size, air=air, bold=True)
        _mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        for row in rows:
            added = table.add_row()
            added.height = Cm(height) if height else None
            cells = added.cells
            for place, text in enumerate(row):
                _fill(cells[place], text, size, blanks, air=air)
        for row in table.rows:
            _mark(row._tr.get_or_add_trPr(), "w:cantSplit")
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        self.document.add_paragraph()
        return table

    def new_page(self) -> None:
        """Go on on a new page."""
        self.document.add_page_break()

    def ending(self, *sentences: str) -> None:
        """The small print at the end: that it is not legal advice, and where it comes from."""
        self.small(" ".join((NOT_ADVICE, *sentences, ATTRIBUTION)))

    def data(self) -> bytes:
        """The file."""
        made, steady = io.BytesIO(), io.BytesIO()
        self.document.save(made)
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():  # the library stamps each piece with the time of day
                target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
        return steady.getvalue()

    # The look

    def _page(self, landscape: bool) -> None:
        section = self.document.sections[0]
        size = [Cm(21), Cm(29.7)]
        section.page_width, section.page_height = reversed(size) if landscape else size
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = Cm(1.75 if landscape else 2.25)
        section.top_margin = section.bottom_margin = Cm(2)

    def _styles(self) -> None:
        styles = self.document.styles
        normal = styles["Normal"]
        normal.font.size, normal.font.color.rgb = Pt(11), INK
        normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.15
        for name, points in (("Normal", 11), ("Title", 22), ("Heading 1", 15), ("Heading 2", 12.5), ("Header", 9)):
            style = styles[name]
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{kind}"), None)
            for kind in ("ascii", "hAnsi", "cs"):
                fonts.set(qn(f"w:{kind}"), "Arial")
            style.font.size = Pt(points)
            if name in ("Title", "Heading 1", "Heading 2"):
                style.font.color.rgb = BLUE
                style.paragraph_format.keep_with_next = True
        for languages in styles.element.iter(qn("w:lang")):
            languages.set(qn("w:val"), "en-GB")

    def _properties(self, title: str) -> None:
        core, moment = self.document.core_properties, dt.datetime(self.on.year, self.on.month, self.on.day)
        core.title, core.language, core.author, core.comments = title[:255], "en-GB", "PSP workbook", ""
        core.created = core.modified = moment
        core.last_modified_by, core.revision = "PSP workbook", 1

    def _header_and_footer(self, workbook: str, on: dt.date) -> None:
        section = self.document.sections[0]
        section.header.paragraphs[0].text = f"{workbook} · {day(on)}"
        foot = section.footer.paragraphs[0]
        foot.add_run("Page ")
        _count(foot, "PAGE")
        foot.add_run(" of ")
        _count(foot, "NUMPAGES")
        for run in foot.runs:
            run.font.size = Pt(9)


def write(paragraph: Any, text: str, blanks: Iterable[str] = ()) -> None:
    """Write text into a paragraph, the blanks highlighted and in words; right-to-left where its script is."""
    text, wanted = clean(text), sorted({blank for blank in blanks if blank}, key=len, reverse=True)
    pieces = re.split("(" + "|".join(re.escape(blank) for blank in wanted) + ")", text) if wanted else [text]
    turned = _right_to_left(text)
    if turned:
        paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
    for piece in filter(None, pieces):
        run = paragraph.add_run(f"[to fill in: {piece.strip('[]')}]" if piece in wanted else piece)
        if piece in wanted:
            run.font.highlight_color, run.bold = WD_COLOR_INDEX.YELLOW, True
        if turned:
            run.font.rtl = True


def _right_to_left(text: str) -> bool:
    return next(
        (kind in ("R", "AL") for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), False
    )


def _fill(cell: Any, text: str, size: float, blanks: Iterable[str] = (), *, air: float = 2, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(air)
    form.line_spacing = 1.0
    write(paragraph, text, blanks)
    for run in paragraph.runs:
        run.font.size = Pt(size)
        if bold:
            run.bold = True


def _mark(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))


def _describe(table: Any, about: str) -> None:
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), clean(about))
    table._tbl.tblPr.append(caption)


def _count(paragraph: Any, what: str) -> None:
    """A field that Word counts, such as PAGE."""
    for kind, text in (("begin", ""), ("", what), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run("1" if kind == "shown" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)
