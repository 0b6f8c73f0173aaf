"""A register as a file for people: it comes back unchanged, whatever is in it, and nothing in it is run."""

import datetime as dt
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as OpenWorkbook
from openpyxl import load_workbook

from pspworkbook.documents.register_sheet import as_csv, as_xlsx
from pspworkbook.documents.tables import read_numbered, read_table
from pspworkbook.records import KINDS, Input, Outcome, Person, Record, fields_of
from pspworkbook.records.identify import Evidence

text = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], include_characters="\n\t"), max_size=20)
risky = st.one_of(text, st.builds(str.__add__, st.sampled_from(["=", "+", "-", "@", "'", "'=", '"', ",", ";"]), text))
figure = st.floats(0, 1e9).map(lambda value: round(value, 6))
VALUES = {
    "line": risky,
    "text": risky,
    "pounds": st.one_of(figure, figure.map(float.__neg__)),
    "quantity": st.integers(0, 1000).map(float),
    "years": st.floats(0, 100).map(lambda value: round(value, 4)),
    "percentage": st.integers(0, 10_000).map(lambda share: share / 10_000),
    "calendar year": st.integers(1900, 2100),
    "yes or no": st.booleans(),
    "source date": st.sampled_from(["2022", "June 2025", "2024/25", "12 June 2025"]),
    "date": st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)),
}


@st.composite
def records_of(draw: st.DrawFn, model: type[Record]) -> Record:
    """A record of a kind with anything in its fields that a person may put there; references are left to the names."""
    values = {}
    for spec in fields_of(model):
        if spec.options:
            values[spec.name] = draw(st.sampled_from([*spec.options]))
        elif spec.kind.name in VALUES and spec.name not in ("round", "value"):
            values[spec.name] = draw(VALUES[spec.kind.name])
    try:
        return model.model_validate(values)
    except ValueError:  # a rule of this kind about its fields together
        return model()


def read_back(model: type[Record], data: bytes, name: str) -> list[tuple[str, Record]]:
    rows, problems = read_numbered(data, name, model)
    assert problems == []
    return [(row.id, row.record) for row in rows]


@pytest.mark.parametrize("kind", [kind for kind, model in KINDS.items() if not model.single])
@pytest.mark.parametrize("make, name", [(as_csv, "a.csv"), (as_xlsx, "a.xlsx")])
def test_every_register_comes_back_as_it_was(kind, make, name) -> None:
    """With every field of every kind, through both files."""
    model = KINDS[kind]

    @settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(records_of(model), min_size=1, max_size=3))
    def holds(records: list[Record]) -> None:
        rows = [(f"id-{place}", record) for place, record in enumerate(records)]
        assert read_back(model, make(model, rows, {}, private=True), name) == rows

    holds()


@pytest.mark.parametrize("said", ["=1+1", "+44 131 496 0000", "-5", "@SUM(A1)", "'=1", '=HYPERLINK("http://x")'])
def test_no_cell_is_a_formula(said) -> None:
    """A spreadsheet program shows what was typed, and runs nothing."""
    data = as_xlsx(Person, [("a", Person(name=said))], {})
    cell = load_workbook(io.BytesIO(data)).active["B2"]
    assert cell.data_type == "s" and cell.quotePrefix
    assert read_back(Person, data, "a.xlsx") == [("a", Person(name=said))]


def test_references_are_written_as_names_where_the_name_is_enough() -> None:
    """Two with the same name are told apart by their identifiers."""
    names = {"stakeholder": {"r1": "Residents", "x1": "Friends", "x2": "Friends"}}
    rows = [(id_, Outcome(outcome=id_, stakeholder=id_)) for id_ in ("r1", "x1", "gone")]
    held = [record.stakeholder for _, record in read_back(Outcome, as_csv(Outcome, rows, names), "a.csv")]
    assert held == ["Residents", "x1", "gone"]


def test_a_sheet_for_people() -> None:
    """Headings stay in view, percentages are percentages, choices are sentences with a list beside them."""
    row = Outcome(outcome="Fewer falls", deadweight=0.125, direction="negative", financial_proxy=-5)
    sheet = load_workbook(io.BytesIO(as_xlsx(Outcome, [("a", row)], {}))).active
    head = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet.freeze_panes == "C2"
    assert sheet[f"{head['Deadweight']}2"].number_format.endswith("%")
    assert sheet[f"{head['Gain or loss']}2"].value == "A loss"
    assert any(rule.formula1 == '"A gain,A loss"' for rule in sheet.data_validations.dataValidation)


def test_what_is_kept_off_shared_screens_is_only_in_the_facilitators_file() -> None:
    rows = [("a", Person(name="Ann", access_needs="Large print"))]
    assert b"Large print" not in as_csv(Person, rows, {})
    assert b"Large print" in as_csv(Person, rows, {}, private=True)


def test_a_file_tells_which_fields_it_has() -> None:
    """So that taking it back leaves the others as they are."""
    rows, _ = read_numbered(b"id,Value\na1,7\n", "a.csv", Input)
    assert (rows[0].id, rows[0].fields, rows[0].record.value) == ("a1", ("value",), 7)


def test_a_sheet_of_figures_comes_back_with_years_and_per_cents_as_they_were() -> None:
    """Council tables hold a bare year, and cells that the spreadsheet shows as a percentage."""
    book = OpenWorkbook()
    sheet = book.active
    sheet.append(["What is measured", "Figure", "Date of the figure"])
    sheet.append(["Live alone", 0.125, 2022])
    sheet["B2"].number_format = "0.0%"
    held = io.BytesIO()
    book.save(held)
    [row], problems = read_table(held.getvalue(), "figures.xlsx", Evidence)
    assert problems == []
    assert (row.value, row.unit, row.date) == (12.5, "%", "2022")
