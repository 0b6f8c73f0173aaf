"""Registers from files and back: what is read, what is refused, and where the finger points."""

import datetime as dt
import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from pspworkbook.documents import sheets, unpacked
from pspworkbook.documents.tables import MOST_PROBLEMS, Problem, read_table, write_csv
from pspworkbook.records import KINDS, Input, Outcome, Partnership, Person, Record, fields_of
from pspworkbook.records.fields import Line, Pounds, ask

quick = settings(max_examples=60, deadline=None)


def read_csv(text, model=Person, filename="people.csv", **options):
    return read_table(text.encode() if isinstance(text, str) else text, filename, model, **options)


def xlsx(*rows, formats=None):
    """The bytes of a workbook with these rows; ``formats`` maps a cell such as A2 to its number format."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell, number_format in (formats or {}).items():
        book.active[cell].number_format = number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def only(problems) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


# What is read --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["access_needs", "Access Needs", " ACCESS-NEEDS ", "What helps them to take part"])
def test_headings_may_be_names_or_titles_in_any_case(heading):
    records, problems = read_csv(f"name,{heading}\nAnn,Large print\n")
    assert problems == []
    assert records == [Person(name="Ann", access_needs="Large print")]


def test_aliases_give_a_heading_a_further_meaning():
    records, _ = read_csv("Surname,name\nx,Ann\n", aliases={"surname": "organisation"})
    assert records[0].organisation == "x"


class Priced(Record):
    """A record in which “Price” is the title of one field and the name of another."""

    kind, noun, plural = "priced", "Price", "Prices"
    thing: Line = ask("Price")
    price: Pounds = ask("Value of one, £")


def test_a_heading_that_is_one_fields_name_and_anothers_title():
    """“Price” names the value, and is the title of what is priced: the other columns decide."""
    alone, _ = read_csv("Price\n4964\n", Priced)
    assert (alone[0].price, alone[0].thing) == (4964, "")
    for row in ('Price,"Value of one, £"\nA stay,4964\n', '"Value of one, £",Price\n4964,A stay\n'):
        beside, problems = read_csv(row, Priced)
        assert problems == []
        assert (beside[0].price, beside[0].thing) == (4964, "A stay")


@pytest.mark.parametrize("model", KINDS.values())
def test_a_file_with_the_titles_of_all_fields_is_understood(model):
    book = xlsx([spec.title for spec in fields_of(model)], ["."])
    _, problems = read_table(book, "a.xlsx", model)
    assert not [problem for problem in problems if problem.row == 1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_that_spreadsheet_programs_write(encoding, separator):
    text = f'name{separator}organisation\r\nZoë{separator}"Café; tea, £2\tand more"\r\n'
    records, problems = read_csv(text.encode(encoding))
    assert problems == []
    assert records[0].name == "Zoë"
    assert records[0].organisation == "Café; tea, £2 and more"


def test_blank_lines_count_as_rows_but_are_skipped():
    records, problems = read_csv("name,sector\n\nAnn,public\n , \nBob,nowhere\n")
    assert [record.name for record in records] == ["Ann"]
    assert (only(problems).row, only(problems).column) == (5, "sector")


def test_a_line_break_inside_a_cell_is_not_a_new_row():
    _, problems = read_csv('name,access_needs,sector\nAnn,"Lift\nLarge print",third\nBob,,nowhere\n')
    assert only(problems).row == 3


def test_an_absent_column_keeps_the_default_and_a_blank_cell_is_unanswered():
    (absent,), _ = read_csv("outcome\nFewer falls\n", Outcome)
    (blank,), _ = read_csv("outcome,starts\nFewer falls,\n", Outcome)
    assert (absent.starts, blank.starts) == ("during", None)


def test_an_excel_sheet_is_read_as_a_spreadsheet_shows_it():
    book = xlsx(
        ["name", "started", "others"],
        ["Lunch club", dt.datetime(2026, 11, 22), 7],
        [None, None, None],
        ["Second", "22/11/2026", "Ann\nBob"],
    )
    records, problems = read_table(book, "p.xlsx", Partnership)
    assert problems == []
    assert [record.started for record in records] == [dt.date(2026, 11, 22)] * 2
    assert [record.others for record in records] == ["7", "Ann\nBob"]


# Percentages in Excel ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "number_format", "share"), [(1, "0%", 1), (0.05, "0.0%", 0.05), (0.05, "General", 0.05), ("5%", "@", 0.05)])  # fmt: skip
def test_excel_percentages(value, number_format, share):
    records, problems = read_table(xlsx(["deadweight"], [value], formats={"A2": number_format}), "a.xlsx", Outcome)
    assert problems == []
    assert records[0].deadweight == share


@pytest.mark.parametrize(
    ("value", "number_format", "says"),
    [
        (1, "General", "1% or 100%"),  # a plain 1 in Excel is as unclear as one in a CSV
        (1.0, "0.00", "1% or 100%"),
        (1, '0" % of all"', "1% or 100%"),  # a % that is only decoration
        (5, "General", "Write 5% or 0.05"),
        (5, "0%", "more than 100%"),
        (-0.05, "0%", "less than 0%"),
    ],
)
def test_excel_percentages_that_are_refused(value, number_format, says):
    _, problems = read_table(xlsx(["Deadweight"], [value], formats={"A2": number_format}), "a.xlsx", Outcome)
    assert (only(problems).row, only(problems).column) == (2, "Deadweight")
    assert says in only(problems).message


def test_a_percentage_where_a_number_belongs_is_refused():
    _, problems = read_table(xlsx(["quantity"], [0.5], formats={"A2": "0%"}), "a.xlsx", Outcome)
    assert "shown as a percentage" in only(problems).message


@pytest.mark.parametrize("column", ["quantity", "proxy_year", "deadweight"])
def test_a_figure_that_excel_turned_into_a_date_is_refused(column):
    _, problems = read_table(xlsx([column], [dt.datetime(2026, 5, 1)]), "a.xlsx", Outcome)
    assert only(problems).message.startswith("This cell holds a date, 2026-05-01.")


# Formulas in Excel ---------------------------------------------------------------------------------------------------


def test_a_formula_whose_result_is_not_in_the_file_is_refused():
    _, problems = read_table(xlsx(["quantity"], ["=3+4"]), "a.xlsx", Outcome)
    assert str(only(problems)).startswith("Row 2, column quantity: This formula's result is not in the file.")


def with_sheet(data, old, new):
    """The same workbook with its sheet's XML changed: what Excel writes, and what an attacker writes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                content, changes = re.subn(old, new, content)
                assert changes == 1
            copy.writestr(entry.filename, content)
    return out.getvalue()


def test_a_formula_with_its_result_is_read_as_the_result():
    book = with_sheet(xlsx(["quantity"], ["=3+4"]), b"<v ?/>|<v></v>", b"<v>7</v>")
    records, problems = read_table(book, "a.xlsx", Outcome)
    assert problems == []
    assert records[0].quantity == 7


def test_an_error_value_is_refused():
    _, problems = read_table(xlsx(["quantity"], ["#DIV/0!"]), "a.xlsx", Outcome)
    assert "#DIV/0!" in only(problems).message


# What is refused, and where ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row", "column", "says"),
    [
        ("name,colour\nAnn,red\n", 1, "colour", "not known"),
        ("name,rloe\nAnn,Chair\n", 1, "rloe", "Did you mean role?"),
        ("name,Name\nAnn,Ann\n", 1, "Name", "there twice"),
        ("sector\npublic\n", 1, "name", "missing"),
        ("name,sector\nAnn,public\n,third\n", 3, "name", "a value is needed"),
        ("name,sector\nAnn\n,third\n", 3, "name", "a value is needed"),
        ("name,sector\nAnn,council\n", 2, "sector", "Choose from: Public sector"),
        ("name,,role\nAnn,x,Chair\n", 2, "2", "no heading"),
        ("name,role\nAnn,Chair,of all\n", 2, "", "more cells than headings"),
        ('name,role\nAnn,"Chair\nBob,Clerk\n', 2, "", "quotation marks"),
        ('name\n"Ann" B\n', 2, "", "quotation marks"),
        ("", 0, "", "empty"),
        ("\n\n , \n", 0, "", "empty"),
        ("\n\nname\n\n", 3, "", "no rows below"),
        ("name\n" + "x" * 200_000, 2, "", "too long"),
        ("name\n" + "x" * 400, 2, "name", "400 characters long"),
    ],
)
def test_refused_with_row_and_column(text, row, column, says):
    _, problems = read_csv(text, required=["name"])
    assert (only(problems).row, only(problems).column) == (row, column)
    assert says in only(problems).message


@pytest.mark.parametrize("text", ["5", "-1%", "101%", "1", "ten", "0,05", "5%%", "nan", "inf", "1e999%", "£5"])
def test_percentages_that_are_refused(text):
    _, problems = read_csv(f'outcome;drop_off\nFewer falls;"{text}"\n', Outcome)
    assert (only(problems).row, only(problems).column) == (2, "drop_off")


def test_all_problems_of_a_row_are_named_from_left_to_right():
    _, problems = read_csv("quantity,duration,outcome,deadweight\nmany,-1,,5\n", Outcome, required=["outcome"])
    assert [problem.column for problem in problems] == ["quantity", "duration", "outcome", "deadweight"]


def test_a_good_row_beside_a_bad_one_is_still_read():
    records, problems = read_csv("name,sector\nAnn,public\nBob,nowhere\n")
    assert [record.name for record in records] == ["Ann"]
    assert len(problems) == 1


def test_a_hopeless_file_does_not_list_every_cell():
    _, problems = read_csv("name,sector\n" + "Ann,nowhere\n" * 5000)
    assert len(problems) == MOST_PROBLEMS + 1
    assert "there are more" in str(problems[-1])


@pytest.mark.parametrize(
    ("data", "filename", "says"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.csv", "not a CSV or Excel"),
        (b"name\nA\x00nn\n", "a.csv", "not a CSV or Excel"),
        (b"name\nAnn\n", "a.xlsx", "not an Excel file, or it is damaged"),
        (b"name\nAnn\n", "a.pdf", "Only CSV and Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xlsx", "password"),
        (b"PK\x03\x04" + b"nothing of the sort", "a.xlsx", "damaged"),
        (xlsx(["name"], ["Ann"])[:-300], "a.xlsx", "damaged"),
        (xlsx(), "a.xlsx", "empty"),
    ],
)
def test_files_that_are_no_table(data, filename, says):
    _, problems = read_table(data, filename, Person)
    assert says in str(only(problems))


def test_a_zip_that_is_no_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    _, problems = read_table(out.getvalue(), "a.ods", Person)
    assert "not an Excel file" in str(only(problems))


def test_damage_inside_a_workbook_is_a_sentence_wherever_it_is():
    """Every part of the file in turn is replaced by nonsense; none of them may raise."""
    whole = xlsx(["name"], ["Ann"])
    with zipfile.ZipFile(io.BytesIO(whole)) as source:
        parts = {entry.filename: source.read(entry) for entry in source.infolist()}
    refused = 0
    for broken in parts:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as copy:
            for name, content in parts.items():
                copy.writestr(name, b"<nonsense" if name == broken else content)
        records, problems = read_table(out.getvalue(), "a.xlsx", Person)
        assert records == [Person(name="Ann")] or "damaged" in str(only(problems)), broken
        refused += bool(problems)
    assert refused >= 4


# Limits --------------------------------------------------------------------------------------------------------------


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"name\n" + b"x" * sheets.LARGEST_FILE)
    _, problems = read_table(tmp_path / "a.csv", "a.csv", Person)
    assert "larger than 10 MB" in str(only(problems))


def test_too_many_rows():
    _, problems = read_csv("name\n" + "Ann\n" * (sheets.MOST_ROWS + 1))
    assert (only(problems).row, only(problems).message) == (sheets.MOST_ROWS + 2, "There are more than 20,000 rows.")


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as entry:
        for _ in range(201):
            entry.write(bytes(1_000_000))
    assert len(out.getvalue()) < 1_000_000
    _, problems = read_table(out.getvalue(), "a.xlsx", Person)
    assert "larger than 200 MB" in str(only(problems))


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def excel(texts, rows, before=""):
    """A workbook as Excel writes it, by hand: texts are kept apart from the cells, which hold their numbers."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPES}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="Map" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"{before}<sst {MAIN}>{texts}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


NAME_ANN = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'


def test_a_file_as_excel_writes_it():
    book = excel("<si><t>name</t></si><si><r><t>An</t></r><r><t>n</t></r></si>", NAME_ANN)
    assert read_table(book, "a.xlsx", Person) == ([Person(name="Ann")], [])


def test_entities_that_swell_are_refused():
    swelling = '<!DOCTYPE sst [<!ENTITY a "Ann">]>'
    _, problems = read_table(excel("<si><t>name</t></si><si><t>&a;</t></si>", NAME_ANN, swelling), "a.xlsx", Person)
    assert "too much in this Excel file" in str(only(problems))


def test_a_row_of_countless_cells_is_refused_before_it_is_read():
    row = '<row r="3">' + '<c r="A3"/>' * 1_001 + "</row>"
    _, problems = read_table(excel("<si><t>name</t></si>" * 2, NAME_ANN + row), "a.xlsx", Person)
    assert "too much in this Excel file" in str(only(problems))


def test_countless_texts_are_refused_before_they_are_read(monkeypatch):
    monkeypatch.setattr(unpacked, "MOST_ELEMENTS", 1_000)
    for count, refused in [(300, False), (600, True)]:  # two elements each
        _, problems = read_table(excel("<si><t>name</t></si>" * count, NAME_ANN), "a.xlsx", Person)
        assert bool(problems) == refused


def test_a_sheet_that_claims_two_billion_rows_is_refused_soon():
    book = with_sheet(xlsx(["name"], ["Ann"]), b'<row r="2">', b'<row r="2000000000">')
    _, problems = read_table(book, "a.xlsx", Person)
    assert "beyond the last row" in str(only(problems))


def test_a_row_that_reaches_to_the_end_of_the_sheet_is_refused():
    book = with_sheet(xlsx(["name"], ["Ann"]), b'r="A2"', b'r="XFD2"')
    _, problems = read_table(book, "a.xlsx", Person)
    assert only(problems).row == 2
    assert "beyond column 1,000" in only(problems).message


def test_a_file_that_is_not_there(tmp_path):
    assert "There is no file" in str(only(read_table(tmp_path / "no.csv", "no.csv", Person)[1]))
    assert "is a folder" in str(only(read_table(tmp_path, "here", Person)[1]))


# Writing -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+44 131", "-", "@sum(A1)", "=HYPERLINK(\"http://x\")"])  # fmt: skip
def test_text_that_a_spreadsheet_would_run_is_written_as_text(text):
    written = write_csv(Person, [Person(name=text)])
    assert f"'{text[:4]}" in written.splitlines()[1]
    assert read_csv(written)[0] == [Person(name=text)]


def test_numbers_stay_numbers_and_need_no_quotation_marks():
    written = write_csv(Input, [Input(description="Loss", value=-1234567.5)])
    assert ",-1234567.5," in written


def test_an_apostrophe_of_ones_own_stays():
    people = [Person(name="'t Hooft"), Person(name="'=1"), Person(name="''-"), Person(name="O'Neil")]
    assert read_csv(write_csv(Person, people))[0] == people


# A lone carriage return is left out: a Text field turns "\r\n" into "\n" only once (see records.fields.read_text).
text = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=30)
risky = st.one_of(text, st.builds(str.__add__, st.sampled_from(["=", "+", "-", "@", "'", "'=", "\"", ",", ";"]), text))  # fmt: skip
numbers = st.one_of(st.none(), st.floats(0, 1e12), st.integers(0, 10**12))
shares = st.one_of(st.none(), st.floats(0, 1))


@quick
@given(
    st.lists(
        st.builds(
            Outcome,
            stakeholder=risky,
            outcome=risky.filter(str.strip),
            description=risky,
            intention=st.sampled_from(["intended", "unintended", None]),
            quantity=numbers,
            duration=st.one_of(st.none(), st.floats(0, 125)),
            financial_proxy=st.one_of(st.none(), st.floats(-1e300, 1e300)),
            proxy_year=st.one_of(st.none(), st.integers(1900, 2100)),
            deadweight=shares,
            drop_off=shares,
            claim_reason=risky,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_written_is_read_back_unchanged(outcomes):
    written = write_csv(Outcome, outcomes)
    for encoding in ("utf-8", "utf-8-sig"):
        records, problems = read_csv(written.encode(encoding), Outcome)
        assert problems == []
        assert records == outcomes


@quick
@given(
    st.builds(bytes.__add__, st.sampled_from([b"", b"PK\x03\x04", b"name\n"]), st.binary(max_size=300)),
    st.sampled_from(["a.csv", "a.xlsx", "a"]),
)
def test_whatever_the_bytes_there_is_an_answer(data, filename):
    records, problems = read_table(data, filename, Person, required=["name"])
    assert records or problems
