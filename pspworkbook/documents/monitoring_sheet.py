"""The figures of delivery as a spreadsheet that may leave the group: small numbers are held back in every cell.

The register's own file holds what was entered and is for those who fill it in; this one is for everybody else.
"""

import io
from collections.abc import Sequence
from typing import Any

from pspworkbook.documents.register_sheet import XLSX, write_text
from pspworkbook.methods.do.monitoring import Opinion, Series
from pspworkbook.methods.do.periods import RULE as PERIOD_RULE
from pspworkbook.methods.do.periods import Period
from pspworkbook.methods.do.small_numbers import RULE

MEDIA = XLSX
MEASURES = ("Measure", "Unit", "Period ends on", "As it may be seen", "Figure", "Baseline", "Target")
OPINIONS = ("Group", "Period ends on", "Satisfied", "Share", "Answered")
PERIODS = ("Until", "Milestones reached of those due", "Spent of forecast, so far", "Satisfied", "To know")


def monitoring_xlsx(periods: Sequence[Period], found: Sequence[Series], opinions: Sequence[Opinion]) -> bytes:
    """Three tables and the rules behind them. A figure that is hidden on the page is in no cell, not even a hidden one."""
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    _sheet(
        book,
        "By period",
        [PERIODS[0], periods[0].head, *PERIODS[2:]] if periods else PERIODS,
        [[one.end, one.milestones, one.spent, one.satisfied, " ".join(one.notes)] for one in periods],
    )
    readings = [
        [one.name, one.unit, end, shown.text, shown.value, one.baseline, one.target]
        for one in found
        for end, shown in one.points
    ]
    _sheet(book, "Measures", MEASURES, readings)
    _sheet(
        book,
        "Satisfaction",
        OPINIONS,
        [[one.group, one.period_end, one.shown.text, one.share, one.answered] for one in opinions],
    )
    _sheet(book, "Rules", ("Rule",), [[RULE], [PERIOD_RULE]])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Any, title: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    for number, row in enumerate([head, *rows], 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            if isinstance(value, str):
                write_text(cell, value)
            elif value is not None:
                cell.value = value
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    for place, name in enumerate(head, 1):
        sheet.column_dimensions[get_column_letter(place)].width = 100 if name == "Rule" else 28 if place == 1 else 24
    sheet.freeze_panes = "A2"
