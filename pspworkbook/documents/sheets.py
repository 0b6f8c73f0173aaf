"""The rows of a CSV or XLSX file, whatever they mean: from bytes to numbered rows of cells.

Row numbers are those that a spreadsheet program shows beside the rows. Nothing is guessed: a file that cannot be read
for certain is refused with a sentence that says what to do.
"""

import codecs
import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from pspworkbook.documents.unpacked import MOST_COLUMNS, why_not

LARGEST_FILE = 10_000_000
MOST_ROWS = 20_000
LAST_ROW = 1_048_576  # of an Excel sheet; a file can claim to go on for ever

Value = str | int | float | bool | dt.datetime | dt.date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value, whether a spreadsheet shows it as a percentage, and what is wrong with it, if anything."""

    value: Value = None
    percent: bool = False
    trouble: str = ""

    @property
    def blank(self) -> bool:
        """Nothing in it, or only blanks."""
        return not self.trouble and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))


Rows = Iterator[tuple[int, list[Cell]]]


class Unreadable(ValueError):
    """The file cannot be read at all, or not beyond ``row``; the text says why."""

    def __init__(self, message: str, row: int = 0) -> None:
        super().__init__(message)
        self.row = row


def read_rows(data: bytes, filename: str, is_heading: Callable[[str], bool]) -> Rows:
    """The rows that are not blank, each with its number. ``is_heading`` tells a known heading, to find the separator.

    Raises :class:`Unreadable`, at once or when the reading gets there.
    """
    ending = PurePath(filename).suffix.lower()
    if not data:
        raise Unreadable("The file is empty.")
    if len(data) > LARGEST_FILE:
        raise Unreadable(f"The file is larger than {LARGEST_FILE // 1_000_000} MB.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "This is an old Excel file (.xls), or one that is locked with a password. "
            "Save it as .xlsx without a password, or as CSV."
        )
    if data.startswith(b"PK"):
        rows = _xlsx_rows(data, is_heading)
    elif ending in (".xlsx", ".xlsm"):
        raise Unreadable("The name says Excel, but this is not an Excel file, or it is damaged.")
    elif ending in ("", ".csv", ".tsv", ".txt"):
        rows = _csv_rows(data, is_heading)
    else:
        raise Unreadable("Only CSV and Excel (.xlsx) files can be read here.")
    return _within_limits(rows)


def _within_limits(rows: Rows) -> Rows:
    count = 0
    for number, cells in rows:
        if number > LAST_ROW:
            raise Unreadable("The table goes on beyond the last row of a sheet.", LAST_ROW)
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(
                f"This row reaches beyond column {MOST_COLUMNS:,}. Copy the table alone into a new sheet.", number
            )
        while cells and cells[-1].blank:
            cells.pop()
        if not cells:
            continue
        count += 1
        if count > MOST_ROWS + 1:  # the headings are a row too
            raise Unreadable(f"There are more than {MOST_ROWS:,} rows.", number)
        yield number, cells


# CSV -----------------------------------------------------------------------------------------------------------------


def _decoded(data: bytes) -> str:
    # With a mark at its start, Excel's "Unicode text"; without one, cp1252 is what Excel on Windows writes as plain CSV.
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text
    raise Unreadable("This is not a CSV or Excel (.xlsx) file, or it is damaged.")


def _csv_rows(data: bytes, is_heading: Callable[[str], bool]) -> Rows:
    text = _decoded(data)

    def known(separator: str) -> int:
        try:
            first = next((row for row in _parsed(text, separator) if any(map(str.strip, row))), [])
        except csv.Error:
            return 0
        return sum(map(is_heading, first))

    separator = max(",;\t", key=known)
    rows, number = _parsed(text, separator), 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                raise Unreadable("A cell in this row is too long.", number) from None
            raise Unreadable(
                "The quotation marks in this row do not match: one is not closed, or not doubled.", number
            ) from None
        yield number, [Cell(value) for value in row]


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    # Strict: without it, a quotation mark that nobody closed swallows the rest of the table without a word.
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


# XLSX ----------------------------------------------------------------------------------------------------------------


LOOKED_AT = 30
"""The headings stand within this many rows from the top of a sheet."""


def _map_of(sheets: list[Any], is_heading: Callable[[str], bool]) -> int:
    """Which of several sheets has most of the known headings in one row; the first where none stands out."""
    best, chosen = 0, 0
    for place, sheet in enumerate(sheets if len(sheets) > 1 else ()):
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_row=LOOKED_AT, max_col=MOST_COLUMNS, values_only=True):
            known = sum(is_heading(str(value)) for value in row if value is not None)
            if known > best:
                best, chosen = known, place
    return chosen


def _xlsx_rows(data: bytes, is_heading: Callable[[str], bool]) -> Rows:
    from openpyxl import load_workbook

    if reason := why_not(data):
        raise Unreadable(reason)
    try:
        # Twice: a cell shows either the formula or the value that Excel last worked out for it, never both.
        shown = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        typed = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        if not shown.worksheets:
            raise Unreadable("There is no sheet with cells in this file.")
        chosen = _map_of(list(shown.worksheets), is_heading)
        sheets = shown.worksheets[chosen], typed.worksheets[chosen]
        for sheet in sheets:
            sheet.reset_dimensions()  # the size that a file claims for a sheet need not be true
        for number, (values, formulas) in enumerate(zip(*(sheet.iter_rows() for sheet in sheets), strict=True), 1):
            if not values:
                if number > LAST_ROW:
                    raise Unreadable("The table goes on beyond the last row of a sheet.", LAST_ROW)
                continue
            yield number, [_xlsx_cell(*pair) for pair in zip(values, formulas, strict=True)]
    except Unreadable:
        raise
    except Exception:  # a damaged file fails in dozens of ways inside the parsers; all of them mean this
        raise Unreadable("This Excel file is damaged and cannot be read.") from None


_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def _xlsx_cell(cell: Any, source: Any) -> Cell:
    value = cell.value
    if value is None:
        if source.value is not None and source.data_type == "f":
            return Cell(
                trouble="This formula's result is not in the file. Open and save it in a spreadsheet program, or type the figure."
            )
        return Cell()
    if cell.data_type == "e":
        return Cell(trouble=f"The cell shows the error {value}.")
    if isinstance(value, dt.time | dt.timedelta):
        return Cell(trouble=f"The cell holds a time of day or a length of time, {value}, not a figure.")
    if isinstance(value, str | bool | dt.date):
        return Cell(value)
    return Cell(value, percent="%" in _NOT_SHOWN.sub("", cell.number_format or ""))
