"""Every register as a file and back: nothing changes on the way, and what is refused is named row by row."""

import csv
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from pspworkbook.documents.register_sheet import as_csv, as_xlsx
from pspworkbook.records import KINDS, fields_of
from pspworkbook.widgets.record_facts import register_file
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.taking import names_of, take_rows
from pspworkbook.workbook import Store, Workbook, make_example
from pspworkbook.workbook.errors import WorkbookError

REGISTERS = [kind for kind, model in KINDS.items() if not model.single]
HARD = ["=1+1", "+44 131 496 0000", "-5", "@SUM(A1)", "'=1", "one\ntwo, “three”; four", "مرحبا 🙂 Ålesund", "7", "1e3", "Yes", "22/11/2026", "12.5%"]  # fmt: skip
"""Texts that a spreadsheet would take for something else."""
HARD_VALUES = {"percentage": 0.07125, "pounds": -1234.567, "quantity": 0.1, "years": 2.5, "calendar year": 2025}


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The example, and in every register three rows that are hard on a spreadsheet, pointing to two of one name."""
    with Store(tmp_path_factory.mktemp("taking") / "w.db") as store:
        book = make_example(store)
        rows = [
            (kind, f"hard{number}", values(kind, number)) for kind in REGISTERS for number in range(3)
        ]  # fmt: skip
        book.save_many(rows)
        yield Session(book)


def values(kind: str, number: int) -> dict[str, Any]:
    """Something hard in each field; the first two records of a kind are called the same but for the case."""
    found: dict[str, Any] = {}
    for place, spec in enumerate(fields_of(KINDS[kind])):
        if spec.refers_to:
            if spec.refers_to == kind:  # nothing waits for itself, or in a circle
                found[spec.name] = "hard0" if number else "gone"
                continue
            # Of the same name as another, of its own name, and one that is no longer there.
            found[spec.name] = ("hard0", "hard2", "gone")[(number + place) % 3]
        elif spec.options:
            found[spec.name] = list(spec.options)[number % len(spec.options)]
        elif spec.name == KINDS[kind].name_field and spec.kind.name in ("line", "text"):
            found[spec.name] = ("Same; NAME", "same; name", HARD[number])[number]
        elif spec.kind.name in ("line", "text"):
            found[spec.name] = HARD[(number + place) % len(HARD)]
        elif spec.kind.name in HARD_VALUES:
            found[spec.name] = HARD_VALUES[spec.kind.name]
        elif spec.kind.name == "date":
            found[spec.name] = f"2026-0{number + 1}-12"
        elif spec.kind.name == "yes or no":
            found[spec.name] = bool((number + place) % 2)
    try:
        KINDS[kind].model_validate(found)
    except ValueError:  # a rule about the fields of this kind together, such as an answer’s
        return {}
    return found


def file_of(session: Session, kind: str, ending: str) -> bytes:
    return b"".join(register_file(session, kind, xlsx=ending == "xlsx")["buffers"])


@pytest.mark.parametrize("kind", REGISTERS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_register_comes_back_unchanged_into_its_workbook(session: Session, kind: str, ending: str) -> None:
    """Not one line in the log: unicode, formulas, dates, names that are there twice, records that are gone."""
    before, count = session.workbook.position, len(session.now.records(kind))
    answer = take_rows(session, kind, f"a.{ending}", file_of(session, kind, ending))
    assert answer["problems"] == [] and answer["taken"] == []
    assert answer["said"] == f"0 rows taken. {'1 row' if count == 1 else f'{count:,} rows'} as before."
    assert session.workbook.position == before


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_a_file_that_libreoffice_saved_comes_back_unchanged(session: Session, tmp_path: Path) -> None:
    """Every register, opened in a spreadsheet program and saved by it as XLSX and as CSV."""
    for kind in REGISTERS:
        (tmp_path / f"{kind}.xlsx").write_bytes(file_of(session, kind, "xlsx"))
    before, troubles = session.workbook.position, []
    for ending, to in (("xlsx", "xlsx"), ("csv", "csv:Text - txt - csv (StarCalc):44,34,76")):
        files = [str(path) for path in sorted(tmp_path.glob("*.xlsx"))]
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", to, "--outdir", str(tmp_path / "out")]  # fmt: skip
        subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
        for kind in REGISTERS:
            data = (tmp_path / "out" / f"{kind}.{ending}").read_bytes()
            answer = take_rows(session, kind, f"{kind}.{ending}", data)
            troubles += [(kind, ending, line) for line in (*answer["problems"], *answer["taken"])]
    assert troubles == []
    assert session.workbook.position == before


names = st.sampled_from(["Ann", "ann", "Bo; Cy", "p0", "=Dee", "", "Person without a name"])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(names, min_size=1, max_size=5), st.sampled_from(["csv", "xlsx"]), st.data())
def test_a_reference_means_the_same_record_after_the_round(tmp_path_factory, people, ending, data) -> None:
    """Whatever two people are called: alike, alike but for the case, like somebody's identifier, or not at all."""
    with Store(tmp_path_factory.mktemp("w") / "w.db") as store:
        book = store.create("Ours")
        book.save_many([("person", f"p{place}", {"name": name}) for place, name in enumerate(people)])
        chosen = data.draw(st.lists(st.integers(0, len(people) - 1), min_size=1, max_size=4))
        book.save_many([("task", f"t{place}", {"name": "T", "owner": f"p{who}"}) for place, who in enumerate(chosen)])
        session = Session(book)
        saved = file_of(session, "task", ending)
        assert take_rows(session, "task", f"a.{ending}", saved)["taken"] == []
        # What has been removed stays removed; a file that does not say when it was saved brings it as something new,
        # which points to the same people.
        rows = [(entry.id, entry.record) for entry in book.records("task")]
        for entry in book.records("task"):
            book.delete("task", entry.id, entry.version)
        session.follow()
        answer = take_rows(session, "task", f"a.{ending}", saved)
        assert answer["problems"] == [] and "left out, because" in answer["said"] and book.records("task") == []
        make = as_csv if ending == "csv" else as_xlsx
        bare = make(KINDS["task"], rows, names_of(session, "task"))
        assert take_rows(session, "task", f"a.{ending}", bare)["problems"] == []
        assert sorted(entry.record.owner for entry in book.records("task")) == sorted(f"p{who}" for who in chosen)


@pytest.fixture
def ours(tmp_path: Path) -> Workbook:
    store = Store(tmp_path / "w.db")
    book = store.create("Ours")
    book.save_many(
        [("person", "a1", {"name": "Ann"}), ("person", "a2", {"name": "ann"}), ("person", "b", {"name": "Bo"})]
    )
    book.save_many(
        [("task", "t1", {"name": "Cook", "owner": "b", "done_share": "10%"}), ("task", "t2", {"name": "Drive"})]
    )
    return book


def table(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def test_the_report_names_what_was_taken_and_what_was_refused_row_by_row(ours: Workbook) -> None:
    session = Session(ours)
    data = table(
        ["id", "Task", "Who sees to it", "Done so far", "Colour"],
        ["t1", "Cook", "Bo", "50%", "x"],
        ["t2", "Drive", "", "", ""],
        ["t2", "Drive far", "", "", ""],
        ["", "Sweep", "Bo", "", ""],
        ["", "Wash", "Ann", "", ""],
        ["", "Mend", "Zed", "", ""],
        ["", "Count", "", "7", ""],
    )
    answer = take_rows(session, "task", "tasks.csv", data)
    assert answer["said"] == "1 row taken. 1 row changed. 1 row as before. 4 refused; they are named here, and nothing of them was kept."  # fmt: skip
    assert answer["taken"] == ["Row 2: Done so far of “Cook” from 10% to 50%.", "Row 5: Task “Sweep” added."]
    assert answer["refused_rows"] == [4, 6, 7, 8]
    assert answer["problems"] == [
        "Row 1, column Colour: This column is not known.",
        "Row 4, column id: Row 3 has the same identifier. Empty this cell if the row is a new record.",
        "Row 6, column Who sees to it: “Ann” is there more than once among the people.",
        "Row 7, column Who sees to it: “Zed” is not in the list of people.",
        "Row 8, column Done so far: Write 7% or 0.07: a number without the % sign must lie between 0 and 1.",
    ]  # fmt: skip
    ours.undo()
    assert ours.get("task", "t1").record.done_share == 0.1 and len(ours.records("task")) == 2, "one undo takes it back"


def test_a_file_with_nothing_in_it_that_is_known_is_refused_as_a_whole(ours: Workbook) -> None:
    before = ours.position
    with pytest.raises(WorkbookError, match="Begin with a line such as"):
        take_rows(Session(ours), "task", "a.csv", table(["Fruit"], ["Pear"]))
    assert ours.position == before


def test_an_identifier_never_reads_like_a_number(ours: Workbook) -> None:
    """A spreadsheet program would keep another one."""
    assert all(ours.add("person", {"name": "x"}).id[0].isalpha() for _ in range(50))


def test_rows_that_cannot_be_are_refused_one_by_one(ours: Workbook) -> None:
    """Among them one that changes only one end of what is there; a row that was wrong before is as before."""
    ours.replace_all([
        *[("task", entry.id, entry.record.body()) for entry in ours.records("task")],
        ("task", "t3", {"name": "Old", "start": "2026-03-02", "finish": "2026-03-01"}),
        ("task", "t4", {"name": "Fine", "start": "2026-03-02", "finish": "2026-03-03"}),
    ])  # fmt: skip
    data = table(
        ["id", "Task", "Ends", "Cannot begin before this is done"],
        ["t3", "Old", "1/3/2026", ""],
        ["t4", "Fine", "1/3/2026", ""],
        ["t1", "Cook", "", "Drive"],
        ["t2", "Drive", "", "Cook"],
        ["", "New", "1/3/2026", "Fine"],
    )
    answer = take_rows(Session(ours), "task", "a.csv", data)
    assert answer["problems"] == [
        "Row 3, column Ends: This day is before “Starts” (2 March 2026). Change one of the two.",
        "Row 5, column Cannot begin before this is done: “Cook” waits for this task already, directly or by way of others: each would wait for the other. Choose another.",
    ]  # fmt: skip
    assert answer["said"].startswith("1 row taken. 1 row changed. 1 row as before. 2 refused")
    assert str(ours.get("task", "t4").record.finish) == "2026-03-03"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_old_file_takes_back_nothing_that_others_have_done_since(ours: Workbook, ending: str) -> None:
    """Two cells are edited in the file. Meanwhile one of them was changed here too, and so was much else."""
    session = Session(ours)
    text = file_of(session, "task", "csv").decode("utf-8-sig").replace("Cook,", "Cook soup,").replace("10%", "20%")
    if ending == "xlsx":  # the same edits in the spreadsheet
        book = load_workbook(io.BytesIO(file_of(session, "task", "xlsx")))
        head = {cell.value: cell.column for cell in book.active[1]}
        book.active.cell(2, head["Task"]).value, book.active.cell(2, head["Done so far"]).value = "Cook soup", 0.2
        assert book.active.column_dimensions[get_column_letter(head["Saved at"])].hidden
        out = io.BytesIO()
        book.save(out)
    data = text.encode() if ending == "csv" else out.getvalue()
    ours.change("task", "t1", {"done_share": "30%", "start": "2026-11-02"}, version=1)
    ours.change("task", "t2", {"name": "Drive far"}, version=1)
    ours.change("person", "b", {"name": "Robert"}, version=1)
    ours.add("task", {"name": "Sweep"})
    session.follow()

    answer = take_rows(session, "task", f"old.{ending}", data)
    assert answer["problems"] == [
        "Row 2, column Done so far: This was changed here since the file was saved: here 30%, in the file 20%. It was left as it is here."
    ]  # fmt: skip
    assert answer["said"] == "0 rows taken. 1 row changed. 1 row as before. What was changed both here and in the file is named here, and stays as it is here."  # fmt: skip
    cook = ours.get("task", "t1").record
    assert (cook.name, cook.done_share, cook.owner, str(cook.start)) == ("Cook soup", 0.3, "b", "2026-11-02")
    assert {entry.record.name for entry in ours.records("task")} == {"Cook soup", "Drive far", "Sweep"}

    ours.delete("task", "t1", ours.get("task", "t1").version)
    session.follow()
    [told] = take_rows(session, "task", f"old.{ending}", data)["problems"]
    assert told.startswith("Row 2: “Cook” was changed in the file, and has been removed here since.")


def test_a_file_that_is_taken_twice_doubles_nothing(ours: Workbook) -> None:
    """Two alike in one file are two people of one opinion; the same two again are those two. What has been worked on since still counts."""
    rows = [["Drive", "5%"], ["Sweep", "5%"], ["Sweep", "5%"], ["", "5%"]]
    session, data = Session(ours), table(["Task", "Done so far"], *rows)
    assert take_rows(session, "task", "a.csv", data)["said"] == "4 rows taken."
    swept = next(entry for entry in ours.records("task") if entry.record.name == "Sweep")
    ours.change("task", swept.id, {"note": "With Bo"}, version=1)
    session.follow()
    again = take_rows(session, "task", "a.csv", table(["Task", "Done so far"], *rows, ["Sweep", "5%"]))
    assert again["said"] == "2 rows taken. 3 rows passed over, because what they say is here already."
    assert [entry.record.name for entry in ours.records("task")].count("Sweep") == 3


@pytest.mark.parametrize("many", [2, 300])
def test_when_every_row_is_refused_each_says_why(ours: Workbook, many: int) -> None:
    answer = take_rows(Session(ours), "task", "a.csv", table(["Task", "Done so far"], *[["Sweep", "7"]] * many))
    assert not answer["ok"] and answer["said"] == "Nothing was taken."
    assert answer["problems"][0].startswith("Row 2, column Done so far: Write 7% or 0.07")
    assert len(answer["problems"]) == (2 if many == 2 else 201)
