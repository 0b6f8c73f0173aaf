"""An impact map from a spreadsheet: our own file back, the field's maps by their headings, anybody else's by a mapping.

Our own file carries the identifier of each row, so that edits made in LibreOffice or Excel come back to the rows that
they were made in. In other maps a heading is understood by its words; one that is not can be told what it means.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pspworkbook.documents.sheets import LOOKED_AT, Cell, Unreadable, read_rows
from pspworkbook.documents.tables import ID, Problem, SheetColumn, read_cells
from pspworkbook.documents.value_map_layout import COLUMNS
from pspworkbook.records import FieldKind, FieldSpec, Outcome, field_of, fields_of
from pspworkbook.records.fields import plain_number, read_number
from pspworkbook.records.fits import misfits

NEEDED = ("stakeholder", "outcome", "quantity", "financial_proxy")
"""Without these columns there is no impact map."""

IGNORED = ("impact", "present value", "total", "net present value", "sroi", "social return", "year", "inputs", "puts_in", "puts_in_value", "stage", "step", "discount", "rank", "people")  # fmt: skip
"""Beginnings of headings whose columns are worked out, or say nothing of an outcome."""

OTHER_WORDS: dict[str, str] = {
    "who do we have an effect on": "stakeholder", "stakeholder group": "stakeholder", "stakeholders": "stakeholder",
    "who": "stakeholder", "who changes": "stakeholder", "description": "outcome", "outcomes": "outcome",
    "the outcome": "outcome", "what changes": "outcome", "how would the stakeholder describe the changes": "outcome",
    "outcome description": "outcome", "well defined outcome": "outcome", "change experienced": "outcome",
    "outputs": "output", "output": "output", "summary of activity in numbers": "output",
    "how would you measure it": "indicator", "indicator and source": "indicator", "indicators": "indicator",
    "data source": "source", "where did you get the information from": "source", "source of information": "source",
    "how much change was there": "quantity", "number of people experiencing change": "quantity", "quantity": "quantity",
    "number of people experiencing the change": "quantity", "quantity of stakeholders experiencing outcome": "quantity",
    "amount of change": "amount", "amount of change per person": "amount", "amount of change per stakeholder": "amount",
    "how long does it last": "duration", "how long does it last after end of activity": "duration", "duration of outcomes": "duration",
    "duration in years": "duration", "years it lasts": "duration",
    "what proxy would you use to value the change": "proxy", "proxy": "proxy", "financial proxy description": "proxy",
    "valuation approach": "proxy",
    "value": "financial_proxy", "value in currency": "financial_proxy", "what is the value of the change": "financial_proxy",
    "monetary valuation": "financial_proxy", "proxy value": "financial_proxy", "value of one": "financial_proxy",
    "what would have happened without the activity": "deadweight", "what activity did you displace": "displacement",
    "who else contributed to the change": "attribution", "share due to others": "attribution",
    "does the outcome drop off in future years": "drop_off", "drop off": "drop_off", "dropoff": "drop_off",
    "weighting": "importance", "importance": "importance", "relative importance": "importance", "weight": "importance",
    "number in stakeholder group": "people", "size of group": "people", "number in group": "people", "group size": "people",
}  # fmt: skip
"""Headings of the published maps of 2009 to 2017, and the field of an outcome that each goes to. Case, signs and what
stands in brackets do not matter."""

PEOPLE = FieldSpec("people", "People in the group", field_of(Outcome, "quantity").kind)
ROW_ID = FieldSpec("id", "id", FieldKind("line"))


@dataclass(frozen=True)
class MapRow:
    """One row: its number in the sheet, its identifier ("" in other people's files), and the fields that it gives."""

    number: int
    id: str
    stakeholder: str
    people: float | None
    values: dict[str, Any]


@dataclass(frozen=True)
class MapRead:
    """What a file holds. ``meant`` says what each heading was taken for, ``unknown`` lists those that nobody knows."""

    rows: tuple[MapRow, ...] = ()
    meant: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each unknown heading the first different cells below it, as text: they often say what the heading does not."""
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    inputs: tuple[dict[str, Any], ...] = ()
    ranges: tuple[dict[str, str], ...] = ()
    """Ranges of figures as a file of ours gives them, each ``of`` a row's identifier: ``figure``, ``low``, ``high`` as typed."""
    mark: str = ""
    """The place in the workbook's log at which our own file was saved; "" where a file does not say."""
    per_cent: tuple[str, ...] = ()
    """A sentence for each column whose plain numbers were read as per cent."""


def bare(heading: str) -> str:
    """A heading without what does not matter in it: case, signs, and what stands in brackets."""
    text = heading.split("(")[0].replace("%", " ").replace("£", " ")
    return " ".join("".join(char if char.isalnum() else " " for char in text.casefold()).split())


def _known() -> dict[str, str]:
    words = {bare(spec.title): spec.name for spec in fields_of(Outcome)}
    words |= {bare(spec.name): spec.name for spec in fields_of(Outcome)}
    words |= {bare(heading): name for heading, name in OTHER_WORDS.items()}
    return words | {bare(column.heading): column.key for column in COLUMNS}


def fields_on_offer() -> dict[str, str]:
    """The columns that a heading can be told to mean: field name to title."""
    return {
        spec.name: spec.title
        for spec in fields_of(Outcome)
        if spec.kind.name != "origin" and spec.refers_to in ("", "stakeholder")
    }


def read_map(
    data: bytes, filename: str, mapping: Mapping[str, str] | None = None, *, whole_per_cent: bool = False
) -> MapRead:
    """Read an impact map from CSV or XLSX. ``mapping`` says what headings mean: heading to field, "" to pass one over.

    ``whole_per_cent`` reads a column of shares in which 15 stands, and no part of 1, as per cent, and says so; without
    it a plain 15 is refused. Ask for it only where ``per_cent`` is shown to somebody who can take the rows back.

    Nothing is raised for what is in the file: ``problems`` names it by row and column, ``missing`` lists the columns
    without which there is no map, for the user to say which headings they are.
    """
    known = _known()
    told = {bare(heading): name for heading, name in (mapping or {}).items()}
    known |= told
    try:
        rows = list(read_rows(data, filename, lambda heading: bare(heading) in known))
    except Unreadable as error:
        return MapRead(problems=(Problem(error.row, "", str(error)),))
    if not rows:
        return MapRead(problems=(Problem(0, "", "The file is empty: there are no headings and no rows."),))
    at = max(range(min(len(rows), LOOKED_AT)), key=lambda place: (_score(rows[place][1], known), -place))
    columns, unknown = _columns(rows[at][1], known, told)
    has = {column.spec.name for column in columns if column.spec}
    missing = tuple(name for name in NEEDED if name not in has)
    settings, inputs, mark = _own(data)
    body = list(_of_outcomes(rows[at + 1 :], columns))
    body, per_cent = _in_per_cent(body, columns) if whole_per_cent else (body, ())
    found, problems = _rows(body, columns, ours=bool(settings))
    meant = {column.heading: column.spec.name for column in columns if column.spec}
    ranges = _ranges(data) if settings else ()
    samples = {
        column.heading: _samples(cells[place] for _, cells in rows[at + 1 :] if place < len(cells))
        for place, column in enumerate(columns)
        if column.heading in unknown
    }
    return MapRead(
        tuple(found), meant, unknown, samples, missing, tuple(problems), settings, inputs, ranges, mark, per_cent
    )


def _samples(cells: Iterable[Cell], count: int = 2, longest: int = 60) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for cell in cells:
        if len(found) == count:
            break
        if not cell.blank and not cell.trouble:
            text = _shown(cell)
            found[text if len(text) <= longest else text[: longest - 1] + "…"] = None
    return tuple(found)


def _shown(cell: Cell) -> str:
    """A cell as its spreadsheet shows it, near enough to be recognised."""
    if not isinstance(cell.value, int | float) or isinstance(cell.value, bool):
        return " ".join(str(cell.value).split())
    return f"{plain_number(round(cell.value * 100, 9))}%" if cell.percent else plain_number(cell.value)


def _meaning(heading: str, known: Mapping[str, str]) -> str:
    """The field of a heading; a field's own name, as our CSV has it, means that field and nothing else."""
    exact = heading.strip()
    return exact if exact in Outcome.model_fields else known.get(bare(heading), "")


def _score(cells: list[Cell], known: Mapping[str, str]) -> int:
    return len({_meaning(str(cell.value), known) for cell in cells if cell.value is not None} - {""})


def _columns(
    cells: list[Cell], known: Mapping[str, str], told: Mapping[str, str]
) -> tuple[list[SheetColumn], tuple[str, ...]]:
    """The columns with what each holds. The first heading for a field counts; a second source is that of the value."""
    specs = {spec.name: spec for spec in fields_of(Outcome)} | {"people": PEOPLE, "id": ROW_ID}
    columns: list[SheetColumn] = []
    unknown: list[str] = []
    seen: set[str] = set()
    for cell in cells:
        heading = " ".join(str(cell.value).split()) if cell.value is not None else ""
        key = bare(heading)
        name = _meaning(heading, known)
        if name == "source" and "source" in seen and key not in told:
            name = "proxy_source"  # in the field's maps both columns are headed “Source”
        if not name and key and key not in told and not key.startswith(IGNORED):
            unknown.append(heading)
        spec = specs.get(name) if name not in seen else None
        if spec:
            seen.add(name)
        # A heading of its own for what is passed over, or the cells below it would be called cells without one.
        columns.append(SheetColumn(heading or "–", spec))
    return columns, tuple(unknown)


Body = list[tuple[int, str, list[Cell]]]
"""Rows of outcomes: the number of each in its sheet, the group that it is of, and its cells."""


def _text(cells: list[Cell], place: int) -> str:
    return str(cells[place].value).strip() if place < len(cells) and not cells[place].blank else ""


def _places(columns: list[SheetColumn]) -> dict[str, int]:
    return {column.spec.name: place for place, column in enumerate(columns) if column.spec}


def _of_outcomes(
    rows: list[tuple[int, list[Cell]]], columns: list[SheetColumn]
) -> Iterator[tuple[int, str, list[Cell]]]:
    """The rows that hold an outcome. What stands below the total does not."""
    places = _places(columns)
    who, what, value = (places.get(name, len(columns)) for name in ("stakeholder", "outcome", "financial_proxy"))
    above = ""
    for number, all_cells in rows:
        cells = all_cells[: len(columns)]
        named = _text(cells, who)
        if named.casefold().startswith("total") and not _text(cells, what):
            return
        above = named or above  # a group's name stands once beside several of its outcomes
        if _text(cells, what) or _text(cells, value):
            yield number, above, cells


def _in_per_cent(body: Body, columns: list[SheetColumn]) -> tuple[Body, tuple[str, ...]]:
    """The rows with the sign put to plain numbers that can only be per cent, and a sentence for each such column.

    Somebody who writes 15 means 15%. Beside a 0.1 nobody knows whether that is 10% or a tenth of one per cent, and 1 may
    be all of it: then the column stays as it is.
    """
    signed: dict[int, str] = {}
    for place, column in enumerate(columns):
        if column.spec and column.spec.kind.name == "percentage":
            plain = [n for _, _, cells in body if (n := _plain_share(cells, place)) is not None]
            first = next((n for n in plain if n > 1), None)
            if first is not None and all(n == 0 or 1 < n <= 100 for n in plain):
                shown = plain_number(first)
                signed[place] = f"Column {column.heading} was read as per cent: {shown} as {shown}%."

    def put(cells: list[Cell], place: int) -> Cell:
        share = _plain_share(cells, place) if place in signed else None
        return cells[place] if share is None else Cell(f"{plain_number(share)}%")

    if signed:
        body = [(number, who, [put(cells, place) for place in range(len(cells))]) for number, who, cells in body]
    return body, tuple(signed.values())


def _plain_share(cells: list[Cell], place: int) -> float | None:
    """The number in a cell that neither carries the sign nor is shown with it; None for anything else."""
    cell = cells[place] if place < len(cells) else Cell()
    if cell.blank or cell.trouble or cell.percent or isinstance(cell.value, bool):
        return None
    try:
        return float(cell.value) if isinstance(cell.value, int | float) else read_number(str(cell.value))
    except (ValueError, OverflowError):
        return None


def _rows(body: Body, columns: list[SheetColumn], *, ours: bool) -> tuple[list[MapRow], list[Problem]]:
    found: list[MapRow] = []
    problems: list[Problem] = []
    places = _places(columns)
    for number, who, cells in body:
        people, trouble = _people(number, cells, places)
        kept = [Cell() if place == places.get("people") else cell for place, cell in enumerate(cells)]
        record, troubles, about = read_cells(number, kept, [_but_people(column) for column in columns], Outcome, ())
        id_ = about[ID.name]
        if record and not troubles:
            headings = {column.spec.name: column.heading for column in columns if column.spec}
            troubles = [Problem(number, headings.get(name, name), text) for name, text in misfits(record).items()]
        problems += [*troubles, *trouble]
        if record and not troubles and not trouble:
            values = {name: getattr(record, name) for name in places if name not in ("people", "id", "stakeholder")}
            # In our own file every row names its group: an empty cell is an outcome that has none yet.
            named = _text(cells, places.get("stakeholder", len(cells)))
            found.append(MapRow(number, id_, named if ours and id_ else who, people, values))
    return found, problems


def _but_people(column: SheetColumn) -> SheetColumn:
    return SheetColumn(column.heading, None) if column.spec is PEOPLE else column


def _people(number: int, cells: list[Cell], places: Mapping[str, int]) -> tuple[float | None, list[Problem]]:
    from pspworkbook.records.fields import read_quantity

    place = places.get("people", len(cells))
    if place >= len(cells) or cells[place].blank:
        return None, []
    try:
        return read_quantity(cells[place].value), []
    except ValueError as error:
        return None, [Problem(number, PEOPLE.title, str(error))]


SETTINGS = ("discount_rate", "falling_rates", "discount_first_year", "activity_years")


def _own(data: bytes) -> tuple[dict[str, Any], tuple[dict[str, Any], ...], str]:
    """The scope, the inputs and the mark of a file that was written here, by the names of their cells; else nothing."""
    nothing: tuple[dict[str, Any], tuple[dict[str, Any], ...], str] = {}, (), ""
    if not data.startswith(b"PK"):
        return nothing
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
        names = {name: next(iter(book.defined_names[name].destinations)) for name in book.defined_names}
        if not {*SETTINGS, "inputs_who", "inputs_value", "inputs_id"} <= set(names):
            return nothing
        told = {name: book[sheet][cell.replace("$", "")].value for name, (sheet, cell) in names.items() if name in (*SETTINGS, "saved_at")}  # fmt: skip
        sheet, block = names["inputs_who"]
        first, last = (int(cell.strip("$ABCDEFGH")) for cell in block.split(":"))
        keys = ("stakeholder", "description", "contribution", "value", "working", "source", "id")
        rows = book[sheet].iter_rows(min_row=first, max_row=last, max_col=len(keys), values_only=True)
        inputs = [dict(zip(keys, row, strict=True)) for row in rows]
    except Exception:  # a damaged file fails in dozens of ways inside the parser; read_rows has said so already
        return nothing
    mark = str(told.pop("saved_at", None) or "")
    rows_of_inputs = ({key: _plain(value) for key, value in one.items()} for one in inputs)
    return told, tuple(one for one in rows_of_inputs if one["description"] or one["value"]), mark


def _ranges(data: bytes) -> tuple[dict[str, str], ...]:
    """The ranges of a file that was written here, found by the names of their cells; none in an older one."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
        columns = {}
        for key in ("of", "figure", "low", "high"):
            sheet, block = next(iter(book.defined_names[f"ranges_{key}"].destinations))
            columns[key] = [str(_plain(cell.value)) for (cell,) in book[sheet][block.replace("$", "")]]
        rows = zip(*columns.values(), strict=True)
        return tuple(dict(zip(columns, row, strict=True)) for row in rows if row[0])
    except Exception:  # as in _own; a block of one cell is no tuple of rows either
        return ()


def _plain(value: Any) -> Any:
    return "" if value is None else value
