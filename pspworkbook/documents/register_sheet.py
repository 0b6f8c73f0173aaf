"""A register as a file for people: CSV or a spreadsheet with one heading row, which comes back unchanged.

The first column holds each record's identifier, so that a file which was edited elsewhere changes the records that it
came from instead of making them a second time. The last column says at which place of the workbook's log the row was
written, so that an old file does not take back what others have done since. References are written as names, where the name says which record is
meant.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pspworkbook.documents.tables import ID, MARK, cell_text
from pspworkbook.records import FieldSpec, Record, fields_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv;charset=utf-8"
Names = Mapping[str, Mapping[str, str]]
"""For each kind of record the name of each by its identifier."""
WIDTHS = {"text": 48, "line": 32, "reference": 24, "references": 32, "choice": 26}


def columns_of(model: type[Record], *, private: bool) -> list[FieldSpec]:
    """The fields that a file holds; those kept off shared screens only where ``private`` says so."""
    return [spec for spec in fields_of(model) if private or not spec.private]


def named(spec: FieldSpec, value: Any, names: Names) -> Any:
    """A reference as the name of what it points to, or its identifier where two have that name; anything else as it is."""
    if not spec.refers_to or not value:
        return value
    known = names.get(spec.refers_to, {})
    count = Counter(map(str.casefold, known.values()))  # names are read without regard to case

    def one(id_: str) -> str:
        name = known.get(id_, "")
        clear = name and count[name.casefold()] == 1 and name not in known and ";" not in name
        return name if clear else id_

    return one(value) if isinstance(value, str) else tuple(one(id_) for id_ in value)


def _headings(specs: Sequence[FieldSpec], mark: str) -> list[str]:
    return [ID.name, *(spec.title for spec in specs), *([MARK.title] if mark else [])]


def as_csv(
    model: type[Record], rows: Sequence[tuple[str, Record]], names: Names, *, private: bool = False, mark: str = ""
) -> bytes:
    """The register as CSV, in the form that Excel reads as UTF-8. ``mark``: the place in the log that the rows are of."""
    specs = columns_of(model, private=private)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    last = [mark] if mark else []
    writer.writerow(_headings(specs, mark))
    for id_, record in rows:
        cells = (cell_text(spec, named(spec, getattr(record, spec.name), names)) for spec in specs)
        writer.writerow([id_, *cells, *last])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(
    model: type[Record], rows: Sequence[tuple[str, Record]], names: Names, *, private: bool = False, mark: str = ""
) -> bytes:
    """The register as a spreadsheet: headings that stay in view, lists to choose from, percentages as percentages.

    ``mark``, the place in the log that the rows are of, stands in a hidden column at the end. Every text is written as text: a spreadsheet program never takes one for a formula.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    specs = columns_of(model, private=private)
    headings = _headings(specs, mark)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "".join(char for char in model.plural if char not in "[]:*?/\\")[:31]
    for place, heading in enumerate(headings, 1):
        cell = sheet.cell(1, place, heading)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for number, (id_, record) in enumerate(rows, 2):
        write_text(sheet.cell(number, 1), id_)
        for place, spec in enumerate(specs, 2):
            _put(sheet.cell(number, place), spec, named(spec, getattr(record, spec.name), names))
        if mark:
            write_text(sheet.cell(number, len(headings)), mark)
    sheet.column_dimensions["A"].width = 16
    if mark:
        sheet.column_dimensions[get_column_letter(len(headings))].hidden = True
    last = max(len(rows) + 1, 2) + 200  # so that rows typed below have the lists too
    for place, spec in enumerate(specs, 2):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = max(WIDTHS.get(spec.kind.name, 14), min(len(spec.title) * 0.7, 24))
        answers = list(spec.options.values()) or (["Yes", "No"] if spec.kind.name == "yes or no" else [])
        listed = ",".join(answers)
        if answers and len(listed) <= 255 and not any({",", '"'} & set(answer) for answer in answers):
            choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
            sheet.add_data_validation(choice)
            choice.add(f"{letter}2:{letter}{last}")
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _format(spec: FieldSpec, value: Any) -> str:
    """The number format that shows a value with all its digits.

    A program that saves a sheet as CSV writes what is shown: a figure that is shown rounded would come back rounded.
    """
    if spec.kind.name == "date":
        return "yyyy-mm-dd"
    text = spec.show(value)
    if not spec.kind.number or "e" in text:
        return "General"
    digits = len(text.rstrip("%").partition(".")[2])
    if spec.kind.name == "pounds":
        return "#,##0." + "0" * max(2, digits)
    whole = "0" + ("." + "0" * digits if digits else "")
    return whole + "%" if spec.kind.name == "percentage" else whole


def _put(cell: Any, spec: FieldSpec, value: Any) -> None:
    from openpyxl.styles import Alignment

    if value is None or value == "" or value == ():
        return
    if spec.kind.number or spec.kind.name == "date":
        cell.value = value
        cell.number_format = _format(spec, value)
    else:
        year = (
            spec.show(value) if spec.kind.name == "calendar year" else ""
        )  # a cell, unlike a CSV, says that it is text
        text = spec.options.get(value, "") or year or cell_text(spec, value, neutral=str(value).startswith("'"))
        write_text(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def write_text(cell: Any, text: str) -> None:
    """Text as text, whatever it begins with; characters that no spreadsheet can hold are left out."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_767]
    cell.data_type = "s"
    if text[:1] in "=+-@'\t\r":
        cell.quotePrefix = True
