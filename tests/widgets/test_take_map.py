"""An impact map comes back into the workbook: edits to the rows they were made in, and one undo takes all of it back."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from pspworkbook.stages.analyse.spreadsheet import value_map_file
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.take_map import TakeMap
from pspworkbook.workbook import Store, Workbook, make_example


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    """The example."""
    store = Store(tmp_path / "w.db")
    make_example(store)
    return store.open()


def take(part: TakeMap, data: bytes, name: str = "map.xlsx") -> dict[str, object]:
    return part.reply({"do": "piece", "piece": 0, "of": 1, "name": name}, [data])[0]


def test_the_file_as_it_was_saved_changes_nothing(workbook: Workbook) -> None:
    session, before = Session(workbook), workbook.position
    answer = take(TakeMap(session), value_map_file(session)[2])
    assert answer["said"] == "Outcomes: 0 new, 0 changed, 8 as before, 0 refused." and not answer["problems"]
    assert workbook.position == before


def test_an_outcome_that_nobody_has_yet_comes_back_so(workbook: Workbook) -> None:
    """In other people's maps an empty cell means the group above; our own names the group in every row."""
    changed_here(workbook, 1, stakeholder="", included="No", included_reason="Whose is it?")
    session, before = Session(workbook), workbook.position
    answer = take(TakeMap(session), value_map_file(session)[2])
    assert (answer["problems"], workbook.position) == ([], before)


def test_the_log_of_assumptions_is_in_the_file_however_much_else_has_happened_since(workbook: Workbook) -> None:
    first = workbook.records("outcome")[0]
    workbook.change("outcome", first.id, {"deadweight": "12%"}, first.version, reason="Asked the ward")
    for number in range(30):
        workbook.add("need_statement", {"difficulty": f"Difficulty {number}"})
    sheet = load_workbook(io.BytesIO(value_map_file(Session(workbook))[2]))["Assumptions"]
    assert "from 0% to 12%" in sheet["C4"].value and sheet["D4"].value == "Asked the ward"


def test_an_edit_comes_back_to_its_row(workbook: Workbook) -> None:
    """A deadweight, an input and the rate, edited in a spreadsheet program."""
    session = Session(workbook)
    book = load_workbook(io.BytesIO(value_map_file(session)[2]))
    sheet = book["Impact map"]
    head = {cell.value: cell.column for cell in sheet[5]}
    id_ = sheet.cell(6, head["id"]).value
    sheet.cell(6, head["Deadweight %"]).value = 0.25
    inputs, cell = next(iter(book.defined_names["discount_rate"].destinations))
    book[inputs][cell.replace("$", "")] = 0.05
    row = next(row for row in range(1, 40) if book[inputs].cell(row, 4).value == 24_375)
    book[inputs].cell(row, 4).value = 25_000
    out = io.BytesIO()
    book.save(out)
    answer = take(TakeMap(session), out.getvalue())
    assert "1 changed, 7 as before" in str(answer["said"]) and "2 changes to inputs and rates" in str(answer["said"])
    assert workbook.get("outcome", id_).record.deadweight == 0.25
    assert workbook.the("forecast").record.discount_rate == 0.05
    assert any(entry.record.value == 25_000 for entry in workbook.records("input"))
    workbook.undo()
    assert (
        workbook.get("outcome", id_).record.deadweight == 0 and workbook.the("forecast").record.discount_rate == 0.035
    )


def test_a_file_that_libreoffice_has_saved_comes_back_with_its_edits(workbook: Workbook, tmp_path: Path) -> None:
    """Edited, then opened, worked out and saved by LibreOffice: only the edits are changes."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("there is no LibreOffice on this machine")
    session = Session(workbook)
    book = load_workbook(io.BytesIO(value_map_file(session)[2]))
    sheet = book["Impact map"]
    head = {cell.value: cell.column for cell in sheet[5]}
    sheet.cell(7, head["Quantity"]).value = 8
    sheet.cell(7, head["Why these percentages"]).value = "=1+1 is what they said"
    sheet.cell(7, head["Why these percentages"]).data_type = "s"
    id_ = sheet.cell(7, head["id"]).value
    book.save(tmp_path / "map.xlsx")
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    command = [office, home, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(tmp_path / "map.xlsx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    answer = take(TakeMap(session), (tmp_path / "out" / "map.xlsx").read_bytes())
    assert answer["said"] == "Outcomes: 0 new, 1 changed, 7 as before, 0 refused." and not answer["problems"]
    changed = workbook.get("outcome", id_).record
    assert (changed.quantity, changed.claim_reason) == (8, "=1+1 is what they said")


def edited(data: bytes, row: int, **cells: object) -> bytes:
    """The file with cells of one row of its map put to other values, by the first word of their headings in small letters."""
    book = load_workbook(io.BytesIO(data))
    sheet = book["Impact map"]
    head = {str(cell.value).split()[0].strip("%,").lower(): cell.column for cell in reversed(sheet[5])}
    for name, value in cells.items():
        sheet.cell(row, head[name]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed_here(workbook: Workbook, place: int, **values: object) -> None:
    entry = workbook.records("outcome")[place]
    workbook.change("outcome", entry.id, values, entry.version)


def test_the_report_says_every_change_as_the_history_does(workbook: Workbook) -> None:
    """Also more fields of one row than the history shows at a glance, and a stakeholder whom nobody knew."""
    session = Session(workbook)
    more = {"quantity": 8, "deadweight": 0.1, "displacement": 0.2, "attribution": 0.3, "stakeholder": "Dog walkers"}
    answer = take(TakeMap(session), edited(value_map_file(session)[2], 6, **more))
    taken = [*answer["taken"]]  # type: ignore[misc]
    assert answer["said"] == "Outcomes: 0 new, 1 changed, 7 as before, 0 refused."
    assert taken[0] == "Stakeholder “Dog walkers” added." and len(taken) == 2
    for part in (
        "from 0% to 10%",
        "from 0% to 20%",
        "from 5% to 30%",
        "from 7 to 8",
        "from “Residents” to “Dog walkers”",
    ):
        assert part in taken[1], part
    workbook.undo()
    assert "Dog walkers" not in [entry.label for entry in workbook.records("stakeholder")]


def test_an_older_file_that_nobody_edited_takes_nothing_back(workbook: Workbook) -> None:
    """Figures, a rate, an input, the size and name of a group, and an outcome removed: all of it changed after the file."""
    session = Session(workbook)
    data = value_map_file(session)[2]
    changed_here(workbook, 0, deadweight="10%", quantity="9")
    gone = workbook.records("outcome")[3]
    workbook.delete("outcome", gone.id, gone.version)
    group = workbook.get("stakeholder", workbook.records("outcome")[0].record.stakeholder)
    workbook.change("stakeholder", group.id, {"name": "Neighbours", "people": "77"}, group.version)
    one = workbook.records("input")[0]
    workbook.change("input", one.id, {"value": "1"}, one.version)
    scope = workbook.the("forecast")
    workbook.change("forecast", "forecast", {"discount_rate": "5%"}, scope.version)
    before = workbook.position
    answer = take(TakeMap(session), data)
    assert (workbook.position, answer["problems"], answer["taken"]) == (before, [], [])
    assert "7 as before" in str(answer["said"]) and "6 values here are newer than the file" in str(answer["said"])


def test_an_edit_in_the_file_and_another_on_the_page_both_survive(workbook: Workbook) -> None:
    session = Session(workbook)
    data = edited(value_map_file(session)[2], 6, quantity=8)
    changed_here(workbook, 0, deadweight="10%")
    answer = take(TakeMap(session), data)
    record = workbook.records("outcome")[0].record
    assert (record.quantity, record.deadweight) == (8, 0.1) and answer["problems"] == []
    assert "1 value here is newer than the file, and was kept." in str(answer["said"]) and answer["again"]


def test_what_was_changed_in_both_is_told_and_left(workbook: Workbook) -> None:
    session = Session(workbook)
    data = edited(value_map_file(session)[2], 6, deadweight=0.2, quantity=8)
    changed_here(workbook, 0, deadweight="10%")
    gone = workbook.records("outcome")[1]
    workbook.delete("outcome", gone.id, gone.version)
    answer = take(TakeMap(session), edited(data, 7, quantity=3))
    record = workbook.records("outcome")[0].record
    assert (record.quantity, record.deadweight) == (8, 0.1), "the other edit of that row is taken"
    problems = [*answer["problems"]]  # type: ignore[misc]
    assert problems[0].startswith("Row 6, column Deadweight") and "here 10%, in the file 20%" in problems[0]
    assert problems[1].startswith("Row 7: ") and "removed here since" in problems[1] and len(problems) == 2
    assert gone.id not in [entry.id for entry in workbook.records("outcome")]


def test_the_file_of_another_workbook_is_compared_with_this_one_as_it_is(workbook: Workbook, tmp_path: Path) -> None:
    """Its line of the history is a line of another history: what happened here since that number says nothing of it."""
    other = Store(tmp_path / "other.db")
    make_example(other)
    data = value_map_file(Session(other.open()))[2]
    changed_here(workbook, 0, deadweight="10%")
    answer = take(TakeMap(Session(workbook)), data)
    assert "from 10% to 0%" in str(answer["taken"])


def sheet_of(*rows: list[object]) -> bytes:
    book = Book()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


GERMAN = sheet_of(["Wer", "Nutzen", "Wieviel", "Preis"], ["Enkel", "Besuch", 3, 4])
TOLD = {"Wer": "stakeholder", "Nutzen": "outcome", "Wieviel": "quantity", "Preis": "financial_proxy"}


def say(part: TakeMap, told: dict[str, str]) -> dict[str, object]:
    """Press “Take the map” with these meanings chosen."""
    return part.reply({"do": "take", "meanings": told}, [])[0]


def test_unknown_headings_are_asked_for_once(workbook: Workbook) -> None:
    part = TakeMap(Session(workbook))
    answer = take(part, GERMAN)
    assert answer["ask"] and set(answer["unknown"]) == {"Wer", "Nutzen", "Wieviel", "Preis"}  # type: ignore[arg-type]
    assert answer["samples"] == {"Wer": "Enkel", "Nutzen": "Besuch", "Wieviel": "3", "Preis": "4"}
    assert not say(part, {**TOLD, "Wer": "nonsense"})["ok"]
    answer = say(part, TOLD)
    assert "1 new" in str(answer["said"]) and "4 headings are remembered for the next file." in str(answer["said"])
    taken = [*answer["taken"]]  # type: ignore[misc]
    assert len(taken) == 2 and "Heading" not in str(taken), "what was taken is a group and its outcome"
    made = next(entry.record for entry in workbook.records("outcome") if entry.record.outcome == "Besuch")
    assert workbook.get("stakeholder", made.stakeholder).record.name == "Enkel"
    again = take(TakeMap(Session(workbook)), GERMAN)
    assert "0 new, 0 changed, 1 as before" in str(again["said"]), "remembered, and the same outcome is not there twice"


def test_a_heading_that_was_forgotten_is_asked_for_again_with_all_others(workbook: Workbook) -> None:
    """Nothing is remembered of an answer that was not enough, least of all what was to be left out."""
    part, before = TakeMap(Session(workbook)), workbook.position
    first = take(part, GERMAN)
    for told, still in (
        (dict.fromkeys(TOLD, ""), 4),
        ({**TOLD, "Preis": ""}, 1),
    ):
        answer = say(part, told)
        assert answer["ask"] and len(answer["still"]) == still  # type: ignore[arg-type]
        assert [answer[name] for name in ("unknown", "missing", "offer")] == [
            first[name] for name in ("unknown", "missing", "offer")
        ]
    assert "“Nutzen” and “Preis”" in str(say(part, {**TOLD, "Preis": "outcome"})["errors"])
    assert workbook.position == before
    assert "1 new" in str(say(part, TOLD)["said"])


def test_what_was_left_out_of_one_file_is_asked_for_where_another_needs_it(workbook: Workbook) -> None:
    part = TakeMap(Session(workbook))
    take(part, sheet_of(["Wer", "Outcome", "Wieviel", "Preis", "Value"], ["Enkel", "Besuch", 3, 9, 4]))
    assert say(part, {"Wer": "stakeholder", "Wieviel": "quantity", "Preis": ""})["ok"]
    answer = take(part, sheet_of(["Wer", "Outcome", "Wieviel", "Preis"], ["Enkel", "Anruf", 3, 4]))
    assert answer["unknown"] == ["Preis"] and [one["text"] for one in answer["missing"]] == answer["still"]  # type: ignore[attr-defined]


def test_a_file_can_be_left(workbook: Workbook) -> None:
    part, before = TakeMap(Session(workbook)), workbook.position
    take(part, GERMAN)
    assert "Nothing" in str(part.reply({"do": "leave"}, [])[0]["said"])
    assert not say(part, TOLD)["ok"] and workbook.position == before


HEAD = "Stakeholder,Outcome,Quantity,Value,Deadweight %,Attribution %"


def csv(*rows: str) -> bytes:
    """A map of somebody else's, without identifiers."""
    return "\n".join([HEAD, *rows]).encode()


def outcomes(workbook: Workbook, group: str) -> list[tuple[str, float | None, float | None]]:
    """The outcomes of a group: the words, how many, and the deadweight."""
    ids = [entry.id for entry in workbook.records("stakeholder") if entry.label == group]
    found = [entry.record for entry in workbook.records("outcome") if entry.record.stakeholder in ids]
    return [(one.outcome, one.quantity, one.deadweight) for one in found]


def said(answer: dict[str, object]) -> str:
    return str(answer["said"]).removeprefix("Outcomes: ").partition(" refused")[0]


def test_a_corrected_file_doubles_nothing(workbook: Workbook) -> None:
    """One row was taken and two were refused for a percentage; the file is put right and taken again."""
    part = TakeMap(Session(workbook))
    first = take(part, csv("Carers,Rest,3,40,0.1,0", "Carers,Work,2,90,15,0", "Carers,Talk,5,10,20,0"), "a.csv")
    assert said(first) == "1 new, 0 changed, 0 as before, 2" and "Write 15% or 0.15" in str(first["problems"])
    right = csv(" carers ,REST,3,£40,10%,0", "Carers,Work,2,90,15%,0", "Carers,Talk,5,10,20%,0")
    assert said(take(part, right, "a.csv")) == "2 new, 0 changed, 1 as before, 0"
    assert outcomes(workbook, "Carers") == [("Rest", 3, 0.1), ("Work", 2, 0.15), ("Talk", 5, 0.2)]


def test_what_a_file_says_otherwise_of_the_same_words_is_a_change_and_its_empty_cells_are_none(
    workbook: Workbook,
) -> None:
    part = TakeMap(Session(workbook))
    take(part, csv("Carers,A  good rest,3,40,10%,0"), "a.csv")
    answer = take(part, csv("Carers,a good rest,4,40,,0"), "a.csv")
    assert said(answer) == "0 new, 1 changed, 0 as before, 0"
    assert len([*answer["taken"]]) == 1 and "from 3 to 4" in str(answer["taken"]), "one line, as in the history"  # type: ignore[misc]
    assert outcomes(workbook, "Carers") == [("A good rest", 4, 0.1)]
    workbook.undo()
    assert outcomes(workbook, "Carers") == [("A good rest", 3, 0.1)]


def test_two_rows_of_the_same_words_are_two_outcomes_and_never_one_record(workbook: Workbook) -> None:
    part = TakeMap(Session(workbook))
    take(part, csv("Carers,Rest,3,40,0,0"), "a.csv")
    assert said(take(part, csv("Carers,Rest,9,40,0,0", "Carers,Rest,3,40,0,0"), "a.csv")).startswith(
        "1 new, 0 changed, 1"
    )
    assert sorted(outcomes(workbook, "Carers")) == [("Rest", 3, 0), ("Rest", 9, 0)]
    both = take(part, csv("Carers,Rest,3,40,0,0", "Carers,Rest,9,40,0,0"), "a.csv")
    assert said(both) == "0 new, 0 changed, 2 as before, 0"


def test_a_change_that_could_be_meant_for_two_outcomes_is_refused(workbook: Workbook) -> None:
    part = TakeMap(Session(workbook))
    take(part, csv("Carers,Rest,3,40,0,0", "Carers,Rest,9,40,0,0"), "a.csv")
    answer = take(part, csv("Carers,Rest,5,40,0,0"), "a.csv")
    assert said(answer) == "0 new, 0 changed, 0 as before, 1"
    assert "More than one outcome of this group has these words here" in str(answer["problems"])


def test_a_row_that_was_added_to_our_own_file_is_not_added_again(workbook: Workbook) -> None:
    """Also a copy of a row with its identifier taken out: the original is the row that carries it."""
    session = Session(workbook)
    book = load_workbook(io.BytesIO(value_map_file(session)[2]))
    sheet = book["Impact map"]
    head = {cell.value: cell.column for cell in sheet[5]}
    for column in range(1, head["id"]):
        if sheet.cell(13, column).data_type != "f":
            sheet.cell(14, column).value = sheet.cell(13, column).value
    out = io.BytesIO()
    book.save(out)
    part = TakeMap(session)
    assert said(take(part, out.getvalue())) == "1 new, 0 changed, 8 as before, 0"
    assert said(take(part, out.getvalue())) == "0 new, 0 changed, 9 as before, 0"


def test_whole_numbers_are_read_as_per_cent_and_that_is_said(workbook: Workbook) -> None:
    answer = take(TakeMap(Session(workbook)), csv("Carers,Rest,3,40,15,0", "Carers,Work,3,40,20,0"), "a.csv")
    assert str(answer["said"]).endswith("Column Deadweight % was read as per cent: 15 as 15%.")
    assert outcomes(workbook, "Carers") == [("Rest", 3, 0.15), ("Work", 3, 0.2)]


def test_the_part_knows_when_undo_has_taken_it_back_and_redo_brought_it_again(workbook: Workbook) -> None:
    session = Session(workbook)
    part = TakeMap(session)
    take(part, csv("Carers,Rest,3,40,0,0"), "a.csv")
    changed_here(workbook, 0, quantity="9")
    for step, undone in ((workbook.undo, False), (workbook.undo, True), (workbook.redo, False), (workbook.undo, True)):
        step()
        session.follow()
        assert part.undone == undone
    take(part, csv("Carers,Work,3,40,0,0"), "a.csv")
    assert not part.undone


def test_a_file_that_is_no_map_is_a_sentence(workbook: Workbook) -> None:
    answer = take(TakeMap(Session(workbook)), b"PK\x03\x04nonsense")
    assert not answer["ok"] and "Excel" in str(answer["refused"])
