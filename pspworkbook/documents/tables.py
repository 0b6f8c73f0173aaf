"""A register as a table in a file: read by the record's declaration, with every problem named by row and column.

The cells are read by the record's own field kinds, as on a page: what a form accepts, a file may hold, and the messages
are the same. In files for people, headings may be the titles of the fields; files that are written here use the names.
"""

import csv
import datetime as dt
import difflib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from pspworkbook.documents.sheets import LARGEST_FILE, Cell, Unreadable, read_rows
from pspworkbook.records import FieldKind, FieldSpec, Record, fields_of, messages_of
from pspworkbook.records.fields import plain_number

AnyRecord = TypeVar("AnyRecord", bound=Record)
MOST_PROBLEMS = 200
WORDS = ("line", "text", "reference")
"""The kinds of field that hold free text."""


@dataclass(frozen=True)
class Problem:
    """What stands in the way: in which row (0: the whole file) and column ("": the whole row), and what to do."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = [f"Row {self.row}"] if self.row else []
        where += [f"column {self.column}"] if self.column else []
        return f"{', '.join(where)}: {self.message}" if where else self.message


class TableRefused(ValueError):
    """A file that is not taken; its text lists every problem, one on each line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class NumberedRow(Generic[AnyRecord]):
    """A record as a file has it: the row's number, the record's identifier ("" if none), and the fields given.

    ``mark`` is the place in the workbook's log at which the row was written, "" where the file does not say.
    """

    number: int
    id: str
    record: AnyRecord
    fields: tuple[str, ...]
    mark: str = ""


ID = FieldSpec("id", "Identifier", FieldKind("line"))
MARK = FieldSpec("saved_at", "Saved at", FieldKind("line"))
ABOUT_THE_ROW = (ID, MARK)
"""Columns that are no fields of the record: which one it is, and when the row was written."""


@dataclass(frozen=True)
class SheetColumn:
    """A column of a file: its heading, and the field it holds."""

    heading: str
    spec: FieldSpec | None  # None where the heading is empty, unknown or there twice


# Reading -------------------------------------------------------------------------------------------------------------


def read_table(
    source: str | Path | bytes,
    filename: str,
    model: type[AnyRecord],
    *,
    required: Sequence[str] = (),
    aliases: Mapping[str, str] | None = None,
) -> tuple[list[AnyRecord], list[Problem]]:
    """The records of a CSV or XLSX file, and the problems; a file with any problem should be refused as a whole.

    ``source`` is a path or the file's bytes, ``filename`` the name that the user knows it by. ``required`` columns must
    be there, with a value in every row; ``aliases`` gives further headings for a field (heading to field name). Headings
    are field names or titles; case, blanks and punctuation do not matter. A blank cell is an unanswered field; a column
    that is not there leaves the field's default. References hold the name as text. Never raises for what is in a file.
    """
    numbered, problems = read_numbered(source, filename, model, required=required, aliases=aliases)
    return [row.record for row in numbered], problems


def read_numbered(
    source: str | Path | bytes,
    filename: str,
    model: type[AnyRecord],
    *,
    required: Sequence[str] = (),
    aliases: Mapping[str, str] | None = None,
) -> tuple[list[NumberedRow[AnyRecord]], list[Problem]]:
    """:func:`read_table` with each record's row number and identifier beside it, and the fields that the file has.

    A column headed ``id`` holds the identifiers that a file written here names its records by; it is not a field, and
    neither is one headed ``saved_at``.
    """
    names = _names(model, aliases or {}) | {_bare(spec.name): [spec.name] for spec in ABOUT_THE_ROW}
    found: list[NumberedRow[AnyRecord]] = []
    problems: list[Problem] = []
    try:
        rows = read_rows(_bytes_of(source), filename, lambda heading: _bare(heading) in names)
        number, cells = next(rows, (1, []))
        if not cells:
            raise Unreadable("The file is empty: there are no headings and no rows.")
        columns, problems = _columns(number, cells, names, model, required)
        heading_row = number
        for number, cells in rows:
            record, troubles, about = read_cells(number, cells, columns, model, required)
            problems += troubles
            if record and not troubles:
                has = tuple(column.spec.name for column in columns if column.spec and column.spec not in ABOUT_THE_ROW)
                found.append(NumberedRow(number, about[ID.name], record, has, about[MARK.name]))
            if len(problems) > MOST_PROBLEMS:
                problems = [
                    *problems[:MOST_PROBLEMS],
                    Problem(0, "", f"These are the first {MOST_PROBLEMS} problems; there are more."),
                ]
                break
        if number == heading_row and not problems:
            raise Unreadable("There are headings, but no rows below them.", heading_row)
    except Unreadable as error:
        problems.append(Problem(error.row, "", str(error)))
    return found, problems


def _bytes_of(source: str | Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        with Path(source).open("rb") as file:
            return file.read(LARGEST_FILE + 1)  # one too many is enough to see that it is too large
    except FileNotFoundError:
        raise Unreadable(f"There is no file “{source}”.") from None
    except IsADirectoryError:
        raise Unreadable(f"“{source}” is a folder, not a file.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f"“{source}” cannot be opened: {reason}.") from None


def _bare(heading: str) -> str:
    """A heading without what does not matter in it: ``Drop-off``, ``drop_off`` and ``DROP OFF`` are one."""
    return "".join(char for char in heading.casefold() if char.isalnum())


def _names(model: type[Record], aliases: Mapping[str, str]) -> dict[str, list[str]]:
    """For each bare heading the fields that it can mean, the likeliest first: names come before aliases and titles."""
    names: dict[str, list[str]] = {}
    specs = fields_of(model)
    claims = (
        [(spec.name, spec.name) for spec in specs] + list(aliases.items()) + [(spec.title, spec.name) for spec in specs]
    )
    for heading, name in claims:
        fields = names.setdefault(_bare(heading), [])
        if name not in fields:
            fields.append(name)
    return names


def _columns(
    row: int, cells: list[Cell], names: dict[str, list[str]], model: type[Record], required: Sequence[str]
) -> tuple[list[SheetColumn], list[Problem]]:
    specs = {spec.name: spec for spec in (*fields_of(model), *ABOUT_THE_ROW)}
    headings = ["" if cell.blank else " ".join(str(cell.value or "?").split()) for cell in cells]
    meanings = [names.get(_bare(heading), []) for heading in headings]
    # A heading can be the name of one field and the title of another ("Price"). It means the field that it
    # names, unless another column can only be that one.
    certain = {fields[0] for fields in meanings if len(fields) == 1}
    columns: list[SheetColumn] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for heading, fields in zip(headings, meanings, strict=True):
        free = [field for field in fields if len(fields) == 1 or field not in certain | set(seen)]
        name = (free or fields or [""])[0]
        if heading and not name:
            problems.append(Problem(row, heading[:60], f"This column is not known.{_nearest(heading, names)}"))
        elif name in seen:
            problems.append(Problem(row, heading, f"This column is there twice: “{seen[name]}” means the same."))
            name = ""
        elif name:
            seen[name] = heading
        columns.append(SheetColumn(heading, specs.get(name)))
    problems += [Problem(row, name, "This column is missing.") for name in required if name not in seen]
    return columns, problems


def _nearest(heading: str, names: dict[str, list[str]]) -> str:
    near = difflib.get_close_matches(_bare(heading), names, n=1)
    return f" Did you mean {names[near[0]][0]}?" if near else ""


def read_cells(
    row: int, cells: list[Cell], columns: list[SheetColumn], model: type[AnyRecord], required: Sequence[str]
) -> tuple[AnyRecord | None, list[Problem], dict[str, str]]:
    """The record in one row, if it can be read, its problems in the order of the columns, and what is said about the row."""
    values, problems = _values(row, cells, columns, required)
    about = {spec.name: str(values.pop(spec.name, None) or "").strip() for spec in ABOUT_THE_ROW}
    record = None
    try:
        record = model.model_validate(values)
    except ValidationError as error:
        headings = {column.spec.name: column.heading for column in columns if column.spec}
        wrong = messages_of(error, model).items()
        problems += [Problem(row, headings.get(name, name), message) for name, message in wrong]
    order = {column.heading: place for place, column in enumerate(columns)}
    return record, sorted(problems, key=lambda problem: order.get(problem.column, -1)), about


def _values(
    row: int, cells: list[Cell], columns: list[SheetColumn], required: Sequence[str]
) -> tuple[dict[str, Any], list[Problem]]:
    """The values of one row by field, and the cells that cannot be one."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    if len(cells) > len(columns):
        advice = "In a CSV, put a number such as 4,964 in quotation marks, or leave out its comma."
        problems.append(Problem(row, "", f"There are more cells than headings. {advice}"))
    for place, column in enumerate(columns):
        cell, spec = cells[place] if place < len(cells) else Cell(), column.spec
        if spec is None:
            if not column.heading and not cell.blank:
                problems.append(
                    Problem(row, str(place + 1), "There is something in this column, but it has no heading.")
                )
        elif trouble := cell.trouble or _misfit(cell, spec):
            problems.append(Problem(row, column.heading, trouble))
        elif not cell.blank:
            values[spec.name] = _value(cell, spec)
        elif spec.name in required:
            zero = " If nothing is to be taken off, write 0%." if spec.kind.name == "percentage" else ""
            problems.append(Problem(row, column.heading, f"This is empty, and a value is needed.{zero}"))
        else:
            values[spec.name] = None
    return values, problems


def _misfit(cell: Cell, spec: FieldSpec) -> str:
    """What is wrong with a spreadsheet cell that holds another sort of thing than the column; "" when nothing is."""
    kind = spec.kind
    if isinstance(cell.value, dt.date) and (kind.number or kind.name == "calendar year"):
        return f"This cell holds a date, {_day(cell.value)}. Give the column a number format and type the figure again."
    if cell.percent and kind.number and kind.name != "percentage" and not kind.signed:
        return "This cell is shown as a percentage, but a plain number belongs here."
    return ""


def _value(cell: Cell, spec: FieldSpec) -> Any:
    """The cell as the field kind reads it."""
    value = cell.value
    if spec.kind.name in WORDS and isinstance(value, str):
        return _from_neutral(value)
    if isinstance(value, dt.date):
        return value if spec.kind.name == "date" else _day(value)
    if isinstance(value, bool):
        return value if spec.kind.name == "yes or no" else str(value).upper()
    if isinstance(value, int | float) and spec.kind.name in ("calendar year", "source date"):
        return str(value)  # 2025, not 2,025
    if isinstance(value, int | float) and cell.percent and spec.kind.signed:
        return f"{plain_number(round(value * 100, 9))}%"
    if isinstance(value, int | float) and not cell.percent:
        # As text, so that the rule for what is typed holds: a plain 1 does not say whether it is 1% or all of it.
        return plain_number(value)
    return value


def _day(value: dt.date) -> str:
    return value.isoformat().removesuffix("T00:00:00").replace("T", " ")


# Writing -------------------------------------------------------------------------------------------------------------

_FORMULA = re.compile("'*[=+\\-@\t\r]")


def _neutral(text: str) -> str:
    """Text that a spreadsheet program would run as a formula, with an apostrophe before it so that it stays text."""
    return "'" + text if _FORMULA.match(text) else text


def _from_neutral(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def write_csv(model: type[Record], records: Iterable[Record]) -> str:
    """The records as CSV, with field names as headings; :func:`read_table` reads the same records back.

    Text that begins like a formula gets an apostrophe before it, which reading takes off again; numbers stay numbers,
    without commas. Write it to a file as ``utf-8-sig``, or Excel will not show a £ as one.
    """
    specs = fields_of(model)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([spec.name for spec in specs])
    writer.writerows([cell_text(spec, getattr(record, spec.name)) for spec in specs] for record in records)
    return out.getvalue()


def cell_text(spec: FieldSpec, value: Any, *, neutral: bool = True) -> str:
    """A value as a file holds it as text, so that reading gives the same value.

    ``neutral`` puts an apostrophe before text that a spreadsheet program would run, which a CSV needs and a cell that is
    marked as text does not.
    """
    if value is None:
        return ""
    if spec.options:
        return str(value)  # the stored word: it stays the same when the sentence is worded better
    if spec.kind.name == "calendar year":
        return str(value)  # a program that opens a CSV takes 2011/12 for December 2011
    text = spec.show(value)
    if spec.kind.number:
        return text.replace(",", "")
    return _neutral(text) if neutral and spec.kind.name in WORDS else text
