"""The impact map as a file: what it must hold, and what is refused."""

import io

import pytest
from openpyxl import Workbook

from pspworkbook.documents.impact_map import REQUIRED, read_impact_map
from pspworkbook.documents.tables import TableRefused, write_csv
from pspworkbook.places import data_folder

GOOD = ["Residents", "Fewer falls", "7", "1", "4964", "0%", "0%", "5%", "50%"]


def csv_of(*rows, columns=REQUIRED):
    return "\n".join(",".join(row) for row in [columns, *rows]).encode()


def row_with(**changes):
    return [changes.get(name, value) for name, value in zip(REQUIRED, GOOD, strict=True)]


def refusal(data, filename="map.csv") -> str:
    with pytest.raises(TableRefused) as refused:
        read_impact_map(data, filename)
    return str(refused.value)


def test_the_required_columns_are_enough():
    (outcome,) = read_impact_map(csv_of(GOOD), "map.csv")
    assert (outcome.stakeholder, outcome.outcome, outcome.quantity) == ("Residents", "Fewer falls", 7)
    assert (outcome.deadweight, outcome.attribution, outcome.drop_off) == (0, 0.05, 0.5)


def test_percentages_may_be_written_either_way():
    (outcome,) = read_impact_map(csv_of(row_with(deadweight="0.05", displacement="5 %", attribution="1.0")), "map.csv")
    assert (outcome.deadweight, outcome.displacement, outcome.attribution) == (0.05, 0.05, 1)


@pytest.mark.parametrize("column", REQUIRED)
def test_a_missing_column_is_an_error_and_not_zero(column):
    place = REQUIRED.index(column)
    columns = [name for name in REQUIRED if name != column]
    data = csv_of(GOOD[:place] + GOOD[place + 1 :], columns=columns)
    assert refusal(data) == f"Row 1, column {column}: This column is missing."


@pytest.mark.parametrize("column", REQUIRED)
def test_a_missing_value_is_an_error_and_not_zero(column):
    assert refusal(csv_of(GOOD, row_with(**{column: ""}))).startswith(f"Row 3, column {column}: This is empty")


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("deadweight", "5", "Write 5% or 0.05"),
        ("deadweight", "1", "1% or 100%"),
        ("drop_off", "120%", "more than 100%"),
        ("quantity", "seven", "not a number"),
        ("quantity", "-7", "less than zero"),
        ("duration", "-1", "cannot be negative"),
        ("financial_proxy", "about 50", "not an amount"),
    ],
)
def test_a_wrong_value_is_named_with_row_and_column(column, value, says):
    message = refusal(csv_of(GOOD, row_with(**{column: value})))
    assert message.startswith(f"Row 3, column {column}: ")
    assert says in message


def test_every_problem_has_a_line_of_its_own():
    lines = refusal(csv_of(row_with(deadweight="5"), GOOD, row_with(quantity="x", duration="-1"))).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "Row 2, column deadweight",
        "Row 4, column quantity",
        "Row 4, column duration",
    ]


def test_empty_files():
    assert "empty" in refusal(b"")
    assert "no rows below" in refusal(csv_of())


def test_a_value_below_zero_is_a_loss():
    gain, loss = read_impact_map(csv_of(GOOD, row_with(financial_proxy="-5")), "map.csv")
    assert (gain.direction, loss.direction) == ("positive", "negative")


@pytest.mark.parametrize(("direction", "value"), [("negative", "5"), ("positive", "-5"), ("A loss", "5")])
def test_direction_and_sign_must_agree(direction, value):
    data = csv_of([*row_with(financial_proxy=value), direction], columns=[*REQUIRED, "direction"])
    assert refusal(data).startswith("Row 2, column direction: This says a")


def test_an_excel_file_gives_the_same_outcomes():
    book = Workbook()
    book.active.append(REQUIRED)
    book.active.append(["Residents", "Fewer falls", 7, 1, 4964, 0, 0, 0.05, 0.5])
    for column in "FGHI":
        book.active[f"{column}2"].number_format = "0%"
    out = io.BytesIO()
    book.save(out)
    assert read_impact_map(out.getvalue(), "map.xlsx") == read_impact_map(csv_of(GOOD), "map.csv")
    book.active["F2"] = 1
    book.active["F2"].number_format = "General"
    out = io.BytesIO()
    book.save(out)
    assert refusal(out.getvalue(), "map.xlsx").startswith("Row 2, column deadweight: Does 1 mean 1% or 100%?")


def test_the_shipped_example_is_written_and_read_back_unchanged(tmp_path):
    outcomes = read_impact_map(data_folder() / "examples" / "wheels-to-meals.csv")
    copy = tmp_path / "copy.csv"
    copy.write_text(write_csv(type(outcomes[0]), outcomes), encoding="utf-8-sig", newline="")
    assert read_impact_map(copy) == outcomes
