"""The impact map as a spreadsheet that lives: LibreOffice comes to our figures, and what was edited there comes back."""

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, range_boundaries

from pspworkbook import guide
from pspworkbook.documents.value_map import ValueMap, value_map_xlsx
from pspworkbook.documents.value_map_layout import BANDS, COLUMNS
from pspworkbook.documents.value_map_read import read_map
from pspworkbook.methods.sroi import GREEN_BOOK, ImpactMap, flat_rate, forecast
from pspworkbook.records import Forecast, Input, Outcome, Stakeholder, fields_of
from pspworkbook.stages.analyse.spreadsheet import value_map_of
from pspworkbook.widgets.snapshot import Snapshot
from pspworkbook.workbook import Store, make_example

FALLS = {"quantity": 7, "financial_proxy": 7220, "duration": 1, "deadweight": 0, "displacement": 0, "attribution": 0.05, "drop_off": 0.5}  # fmt: skip
text = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=12)
risky = st.builds(str.__add__, st.sampled_from(["", "=", "+", "-", "@", "'", "'="]), text).filter(str.strip)
share = st.integers(0, 1000).map(lambda value: value / 1000)


def outcome(**more: object) -> Outcome:
    return Outcome.model_validate({"outcome": "Fewer falls", "stakeholder": "s1", **FALLS, **more})


def facts(outcomes: list[Outcome], investment: float = 42_375, **scope: object) -> ValueMap:
    """A map of these outcomes, all of one group, with its forecast."""
    how = Forecast.model_validate({"activity": "The club", **scope})
    counted = [
        place
        for place, row in enumerate(outcomes)
        if row.included is not False and all(getattr(row, name) is not None for name in FALLS)
    ]
    result = forecast(
        ImpactMap.of([outcomes[place] for place in counted]),
        investment,
        rates=GREEN_BOOK if how.discounting == "green_book" else flat_rate(how.discount_rate or 0.0),
        discount_first_year=how.discount_first_year is not False,
        activity_years=how.activity_years if how.activity_years is not None else 1,
    )
    return ValueMap(
        title="Impact map",
        scope=how,
        stakeholders={"s1": Stakeholder(name="Residents", people=30), "s2": Stakeholder(name="Council")},
        inputs=[("i1", Input(stakeholder="s2", description="Contract", contribution="money", value=investment, working="As agreed"))],
        outcomes=[(f"o{place}", row) for place, row in enumerate(outcomes)],
        result=result,
        counted=[f"o{place}" for place in counted],
    )  # fmt: skip


def recalculated(data: bytes, folder: Path, change: dict[str, object] | None = None) -> "dict[str, object]":
    """The named results after LibreOffice has worked the file out anew; ``change`` puts values into cells of the map."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("there is no LibreOffice on this machine")
    book = load_workbook(io.BytesIO(data))
    for cell, value in (change or {}).items():
        book["Impact map"][cell] = value
    book.save(folder / "map.xlsx")  # without the cached values: what is read back was calculated
    home = f"-env:UserInstallation=file://{folder / 'home'}"
    command = [
        office,
        home,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folder / "out"),
        str(folder / "map.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return named(load_workbook(folder / "out" / "map.xlsx", data_only=True))


def named(book: "Book") -> dict[str, object]:
    """The figures under their names."""
    found = {}
    for name in ("total_present_value", "net_present_value", "sroi_ratio", "net_sroi_ratio", "investment"):
        sheet, cell = next(iter(book.defined_names[name].destinations))
        found[name] = book[sheet][cell.replace("$", "")].value
    return found


def column(data: bytes, heading: str) -> str:
    """The letter of a column of the map."""
    sheet = load_workbook(io.BytesIO(data))["Impact map"]
    return next(cell.column_letter for cell in sheet[5] if cell.value == heading)


WHOLE = [
    outcome(),
    outcome(outcome="Less shopping", financial_proxy=-5, quantity=275, duration=3, drop_off=0.05, direction="negative"),
    outcome(outcome="Half a year", duration=2.5, drop_off=1.0, starts="after"),
    outcome(outcome="Not known yet", quantity=None),
    outcome(outcome="=1+1", stakeholder="s1", duration=0.5, deadweight=1.0),
]


def test_the_file_carries_our_figures_for_programs_that_do_not_calculate() -> None:
    made = facts(WHOLE)
    found = named(load_workbook(io.BytesIO(value_map_xlsx(made)), data_only=True))
    assert found["total_present_value"] == pytest.approx(made.result.total_present_value)
    assert found["sroi_ratio"] == pytest.approx(made.result.sroi_ratio)


@pytest.mark.parametrize(
    "scope",
    [
        {},
        {"discount_first_year": False, "activity_years": 1.5},
        {"discounting": "green_book", "activity_years": 40},
        {"discount_rate": 0.0},
    ],
    ids=["as published", "first year whole", "falling rates", "no rate"],
)
def test_libreoffice_comes_to_the_same_figures(scope, tmp_path: Path) -> None:
    """To the penny, under every convention, also after a deadweight has been changed in the sheet."""
    made = facts(WHOLE, **scope)
    data = value_map_xlsx(made)
    found = recalculated(data, tmp_path)
    assert found["total_present_value"] == pytest.approx(made.result.total_present_value, abs=0.01)
    assert found["sroi_ratio"] == pytest.approx(made.result.sroi_ratio, abs=1e-6)
    again = facts([outcome(deadweight=0.4), *WHOLE[1:]], **scope)
    changed = recalculated(data, tmp_path, {f"{column(data, 'Deadweight %')}6": 0.4})
    assert changed["total_present_value"] == pytest.approx(again.result.total_present_value, abs=0.01)
    assert changed["sroi_ratio"] == pytest.approx(again.result.sroi_ratio, abs=1e-6)


def test_an_outcome_that_is_left_out_does_not_count_in_the_sheet_either(tmp_path: Path) -> None:
    """Marked “No” it is not counted; called in again in LibreOffice, it is."""
    rows = [outcome(), outcome(outcome="Better sleep", included="no")]
    made = facts(rows)
    data = value_map_xlsx(made)
    sheet = load_workbook(io.BytesIO(data))["Impact map"]
    counts = next(cell.column_letter for cell in sheet[5] if cell.value == "Counts in the forecast")
    assert sheet[f"{counts}7"].value == "No"
    found = recalculated(data, tmp_path)
    assert found["total_present_value"] == pytest.approx(made.result.total_present_value, abs=0.01)
    both = recalculated(data, tmp_path, {f"{counts}7": "Yes"})
    assert both["total_present_value"] == pytest.approx(2 * made.result.total_present_value, abs=0.01)


def test_every_field_of_an_outcome_stands_in_the_map() -> None:
    """A field that is added to the record travels with the file; where it came from does not, the workbook knows it."""
    keys = [one.key for one in COLUMNS]
    assert set(Outcome.model_fields) - {"origin"} <= set(keys) and len(keys) == len(set(keys))
    assert COLUMNS[0].heading == "Stakeholder" and keys[-1] == "id"


def test_the_columns_stand_in_the_order_of_the_fields_own_maps() -> None:
    order = ("stakeholder", "puts_in", "puts_in_value", "output", "outcome", "indicator", "source", "quantity", "duration", "proxy", "financial_proxy", "proxy_source", "deadweight", "displacement", "attribution", "drop_off", "impact")  # fmt: skip
    keys = [one.key for one in COLUMNS]
    assert sorted(order, key=keys.index) == list(order)


def test_each_year_has_its_value_and_its_present_value() -> None:
    made = facts(WHOLE)
    sheet = load_workbook(io.BytesIO(value_map_xlsx(made)), data_only=True)["Impact map"]
    year = next(cell.column for cell in sheet[5] if cell.value == "Year 2")
    total = next(row for row in range(6, 20) if sheet.cell(row, 1).value == "Total")
    assert sheet.cell(total + 1, 1).value == "Present value of each year"
    assert sheet.cell(total, year).value == pytest.approx(made.result.value_by_year[1])
    assert sheet.cell(total + 1, year).value == pytest.approx(made.result.present_value_by_year[1])


def test_headings_are_locked_and_percentages_checked_and_there_are_no_macros() -> None:
    data = value_map_xlsx(facts(WHOLE))
    book = load_workbook(io.BytesIO(data))
    sheet = book["Impact map"]
    assert sheet.freeze_panes == "E6" and sheet.protection.sheet and sheet["A5"].protection.locked
    assert not sheet[f"{column(data, 'Deadweight %')}6"].protection.locked
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    for heading in ("Deadweight %", "Displacement %", "Attribution % (share due to others)", "Drop-off %"):
        rule = rules[f"{column(data, heading)}6"]
        assert (rule.type, float(rule.formula1), float(rule.formula2)) == ("decimal", 0, 1)
    assert not [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "vba" in name.lower()]
    assert book.sheetnames == [
        "Impact map",
        "How long it lasts",
        "Inputs",
        "Sensitivity",
        "Ranges",
        "Assumptions",
        "About",
    ]


def test_five_hundred_rows(tmp_path: Path) -> None:
    """As many outcomes as any map will have, recalculated and read back."""
    many = [
        outcome(outcome=f"Outcome {number}", quantity=number % 17, duration=1 + number % 9) for number in range(500)
    ]
    made = facts(many)
    data = value_map_xlsx(made)
    assert recalculated(data, tmp_path)["total_present_value"] == pytest.approx(
        made.result.total_present_value, abs=0.01
    )
    assert len(read_map(data, "map.xlsx").rows) == 500


def test_no_cell_with_somebodys_words_is_a_formula() -> None:
    sheet = load_workbook(
        io.BytesIO(value_map_xlsx(facts([outcome(outcome='=HYPERLINK("http://x")', indicator="@x")])))
    )["Impact map"]
    typed = [cell for row in sheet.iter_rows() for cell in row if cell.value in ('=HYPERLINK("http://x")', "@x")]
    assert len(typed) == 2 and all(cell.data_type == "s" for cell in typed)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.builds(
            outcome,
            outcome=risky,
            indicator=risky,
            source=risky,
            proxy=risky,
            proxy_source=risky,
            claim_reason=risky,
            output=risky,
            quantity=st.integers(0, 10_000).map(lambda value: value / 8),
            financial_proxy=st.integers(-(10**6), 10**6).map(lambda value: value / 4),
            duration=st.integers(0, 40).map(lambda value: value / 4),
            deadweight=share,
            attribution=share,
            drop_off=share,
            proxy_year=st.one_of(st.none(), st.integers(1990, 2030)),
            starts=st.sampled_from(["during", "after"]),
            who_benefits=st.sampled_from(["person", "community", "public_purse"]),
            grade=st.sampled_from([None, "green", "red"]),
            chain=risky,
            sample=st.one_of(st.none(), st.integers(0, 500)),
            sample_chosen=risky,
            evidence_years=st.one_of(st.none(), st.integers(0, 9)),
            cashable=st.sampled_from([None, "cash", "capacity", "none"]),
            budget_holder=risky,
            included=st.sampled_from([None, True, False]),
            included_reason=risky,
            decided_by=risky,
            decided_on=st.one_of(st.none(), st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))),
            proxy_from=st.sampled_from([None, "gmca-cr3"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_our_own_file_comes_back_without_loss(outcomes: list[Outcome]) -> None:
    """Every field of every row, with its identifier; also text that looks like a formula, losses and parts of years."""
    read = read_map(value_map_xlsx(facts(outcomes)), "map.xlsx")
    assert not (read.problems or read.unknown or read.missing)
    assert [row.id for row in read.rows] == [f"o{place}" for place in range(len(outcomes))]
    for row, was in zip(read.rows, outcomes, strict=True):
        assert {name: getattr(was, name) for name in row.values} == row.values
        assert row.stakeholder == "Residents" and row.people in (30, None)
        fields = {spec.name for spec in fields_of(Outcome) if spec.kind.name != "origin"}
        assert fields - row.values.keys() == {"stakeholder"}, "no field of an outcome is left behind"
    assert read.settings["discount_rate"] == 0.035 and read.inputs[0]["id"] == "i1"


def sheet_of(*rows: list[object], above: int = 0) -> bytes:
    book = Book()
    for _ in range(above):
        book.active.append(["The SROI value map of somebody"])
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_fields_older_layout_is_known_by_its_questions() -> None:
    """A group named once beside two outcomes, two columns headed “Source”, and a total below that is no outcome."""
    head = ["Stakeholders (Who do we have an effect on?)", "Inputs", "Outputs", "Description (How would the stakeholder describe the changes?)",
            "Indicator", "Source", "Quantity", "Duration", "Financial proxy", "Value", "Source", "Deadweight %", "Displacement %", "Attribution %", "Drop-off %", "Impact", "Year 1"]  # fmt: skip
    first = [
        "Residents",
        0,
        "Lunches",
        "Fewer falls",
        "Falls",
        "Records",
        7,
        1,
        "A stay",
        4964,
        "NHS",
        0,
        0,
        0.05,
        0.5,
        1,
        2,
    ]
    second = [
        None,
        None,
        None,
        "New friends",
        "Friends",
        "Talks",
        16,
        1,
        "Clubs",
        "48.25",
        "Survey",
        "10%",
        0,
        "35%",
        0,
        1,
        2,
    ]
    read = read_map(
        sheet_of(head, first, second, ["Total"], [None, None, None, "Not an outcome"], above=3), "theirs.xlsx"
    )
    assert (read.unknown, read.missing, read.problems) == ((), (), ())
    assert [row.stakeholder for row in read.rows] == ["Residents", "Residents"]
    assert read.rows[0].values["source"] == "Records" and read.rows[0].values["proxy_source"] == "NHS"
    assert read.rows[1].values["attribution"] == 0.35 and read.rows[1].values["financial_proxy"] == 48.25


def test_the_newer_layout_has_the_groups_size_the_amount_of_change_and_weights() -> None:
    head = ["Stakeholder group", "Number in stakeholder group", "Outcome", "Number of people experiencing change", "Amount of change per person", "Weighting", "Value", "Duration", "Deadweight", "Displacement", "Attribution", "Drop off"]  # fmt: skip
    read = read_map(sheet_of(head, ["Carers", 12, "Rested", 9, "from 4 to 6", 8, 500, 2, 0.1, 0, 0.2, 0.1]), "new.xlsx")
    row = read.rows[0]
    assert not read.unknown and (row.people, row.values["quantity"], row.values["amount"]) == (12, 9, "from 4 to 6")
    assert row.values["importance"] == 8


def test_other_headings_can_be_told_what_they_mean() -> None:
    """A heading is asked about once: what was said holds for the next file, also that it is to be left out."""
    data = sheet_of(["Who", "Nutzen", "Wieviel", "Preis", "Notiz"], ["A", "B", 3, 4, "x"])
    read = read_map(data, "andere.xlsx")
    assert set(read.unknown) == {"Nutzen", "Wieviel", "Preis", "Notiz"} and "outcome" in read.missing
    told = {"Nutzen": "outcome", "Wieviel": "quantity", "Preis": "financial_proxy", "Notiz": ""}
    again = read_map(data, "andere.xlsx", told)
    assert not again.unknown and not again.missing
    assert again.rows[0].values == {"outcome": "B", "quantity": 3, "financial_proxy": 4}


def test_what_cannot_be_read_is_named_by_row_and_column() -> None:
    data = sheet_of(["Stakeholder", "Outcome", "Quantity", "Value", "Deadweight"], ["A", "B", "many", 4, 20])
    problems = read_map(data, "a.xlsx").problems
    assert {problem.column for problem in problems} == {"Quantity", "Deadweight"} and problems[0].row == 2
    assert read_map(b"PK\x03\x04nonsense", "a.xlsx").problems and read_map(b"", "a.csv").problems


def shares(*cells: object, csv: bool = False) -> tuple[list[float], tuple[str, ...]]:
    """How a column “Deadweight %” with these cells is read: the shares of the rows that were taken, and what is said."""
    if csv:
        text = "Stakeholder,Outcome,Quantity,Value,Deadweight %\n" + "".join(f"A,B,3,4,{cell}\n" for cell in cells)
        read = read_map(text.encode(), "a.csv", whole_per_cent=True)
    else:
        rows = [["A", "B", 3, 4, cell] for cell in cells]
        data = sheet_of(["Stakeholder", "Outcome", "Quantity", "Value", "Deadweight %"], *rows, ["Total", None, None, None, 0.5])  # fmt: skip
        read = read_map(data, "a.xlsx", whole_per_cent=True)
    return [row.values["deadweight"] for row in read.rows], read.per_cent


@pytest.mark.parametrize("csv", [True, False], ids=["csv", "xlsx"])
def test_a_column_of_whole_numbers_is_in_per_cent(csv: bool) -> None:
    """As most small charities write it. What stands below the total, and cells with a sign, decide nothing."""
    said = ("Column Deadweight % was read as per cent: 15 as 15%.",)
    assert shares(0, 15, 2.5, "30%", csv=csv) == ([0, 0.15, 0.025, 0.3], said)
    assert shares(0, 100, csv=csv)[0] == [0, 1]


@pytest.mark.parametrize("csv", [True, False], ids=["csv", "xlsx"])
@pytest.mark.parametrize(("cells", "kept"), [((0.1, 15), [0.1]), ((1, 15), []), ((15, 150), []), ((0, 0), [0, 0]), ((0.1, 0.2), [0.1, 0.2])])  # fmt: skip
def test_a_column_that_can_be_read_in_two_ways_is_not_guessed(cells, kept, csv: bool) -> None:
    """Beside a part of 1 a whole number is refused, and so is a 1, which may be all of it."""
    assert shares(*cells, csv=csv) == (kept, ())


def test_a_cell_that_is_shown_as_a_percentage_is_right_already() -> None:
    book = Book()
    book.active.append(["Stakeholder", "Outcome", "Quantity", "Value", "Deadweight"])
    for cell in (0.15, 20):
        book.active.append(["A", "B", 3, 4, cell])
    book.active["E2"].number_format = "0%"
    out = io.BytesIO()
    book.save(out)
    read = read_map(out.getvalue(), "a.xlsx", whole_per_cent=True)
    assert [row.values["deadweight"] for row in read.rows] == [0.15, 0.2]


def test_on_paper_each_sheet_lies_is_one_page_wide_and_repeats_its_headings(tmp_path) -> None:
    """The map goes on pages of its own stages, each with the name of the outcome; no column is on no page or on two."""
    with Store(tmp_path / "w.db") as store:
        workbook = make_example(store)
        data = value_map_xlsx(value_map_of(workbook, Snapshot(workbook)))
    book = load_workbook(io.BytesIO(data))
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape" and int(sheet.page_setup.paperSize) == 9, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert (sheet.page_setup.fitToWidth or 1) == 1 and int(sheet.page_setup.fitToHeight) == 0, sheet.title
        assert sheet.title == "About" or sheet.print_title_rows, sheet.title
    sheet = book["Impact map"]
    headings = [cell.value for cell in sheet[5]]
    assert headings[column_index_from_string(sheet.print_title_cols.split(":")[0].strip("$")) - 1] == "Outcome"
    columns = [column for area in sheet.print_area.split(",") for column in columns_of(area)]
    assert columns == list(range(1, len(headings) + 1))


def columns_of(area: str) -> range:
    """The columns of a print area."""
    first, _, last, _ = range_boundaries(area.split("!")[-1].replace("$", ""))
    return range(first, last + 1)


def test_the_bands_are_the_steps_of_the_page_by_their_numbers() -> None:
    """The guide of 2012 counts stages, the page steps: whoever goes from one to the other should not have to count anew."""
    numbers = {step.key: step.number for step in guide.sroi().steps}
    named = {band.split(":")[0] for band, _, _ in BANDS if ":" in band}
    wanted = ("stakeholders", "outcomes", "evidence", "impact")
    assert named == {f"Step {numbers[key]}" for key in wanted}


def test_every_question_of_a_sceptic_stands_with_its_answer_or_that_there_is_none(tmp_path: Path) -> None:
    """An answer that its row has left behind says so; the log says of which outcome a range is."""
    with Store(tmp_path / "w.db") as store:
        workbook = make_example(store)
        example = value_map_of(workbook, Snapshot(workbook))
    sheet = load_workbook(io.BytesIO(value_map_xlsx(example)))["Assumptions"]
    cells = [str(cell.value or "") for row in sheet.iter_rows() for cell in row]
    assert len(example.answers) > 10 and "Not answered yet." in cells
    assert any("Out of date, for the row has changed since: How many: 6, now 7." in text for text in cells)
    assert "Range “Years it lasts” of “Better health: fewer visits to the GP” added" in cells
