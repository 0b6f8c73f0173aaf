"""``pspworkbook new``, ``list``, ``export``, ``import``, ``check`` and ``example``."""

import json
import sqlite3
from pathlib import Path

import pytest

from pspworkbook.cli import main
from pspworkbook.workbook import Store


@pytest.fixture
def run(tmp_path: Path, capsys, monkeypatch):
    """Run a command on a store of its own; gives the status, what it said and what it complained of."""
    monkeypatch.delenv("PSPWORKBOOK_STORE", raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main([*arguments, "--store", str(tmp_path / "store.db")])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_a_workbook_is_made_listed_saved_and_opened_again(run, tmp_path) -> None:
    assert run("list")[:2] == (0, "No workbook yet. Make one with: pspworkbook new NAME\n")
    assert run("new", "Càirdeas club") == (0, "Made “Càirdeas club”. Its short name is cairdeas-club.\n", "")
    file = tmp_path / "copy.psp.json"
    status, said, _ = run("export", "cairdeas-club", "--to", str(file))
    assert (status, said.startswith(f"Saved {file}")) == (0, True)
    assert json.loads(file.read_text("utf-8"))["workbook"]["name"] == "Càirdeas club"
    assert run("import", str(file), "--name", "Second") == (0, "Opened as “Second”. Its short name is second.\n", "")
    assert run("list")[1].splitlines() == ["second         Second", "cairdeas-club  Càirdeas club"]


def test_no_file_is_replaced_unless_asked(run, tmp_path) -> None:
    run("new", "Club")
    file = tmp_path / "precious"
    file.write_text("precious")
    status, said, complaint = run("export", "club", "--to", str(file))
    assert (status, said, file.read_text()) == (2, "", "precious")
    assert complaint == f"{file} is there already. Choose another name, or say --force to replace it.\n"
    assert run("export", "club", "--to", str(file), "--force")[0] == 0
    assert file.read_bytes().startswith(b"{")
    assert [path.name for path in tmp_path.glob("precious*")] == ["precious"]


def test_saving_a_copy_does_not_change_which_workbook_opens_next(run, tmp_path) -> None:
    run("new", "First")
    run("new", "Second")
    run("export", "first", "--to", str(tmp_path / "a"))
    assert run("list")[1].startswith("second")


def test_the_example_is_made_and_put_back(run, tmp_path) -> None:
    assert run("example")[0] == 0
    with Store(tmp_path / "store.db") as store:
        workbook = store.open("wheels-to-meals")
        falls = workbook.records("outcome")[0]
        workbook.delete("outcome", falls.id, falls.version)
    assert "as it was shipped" in run("example", "--reset")[1]
    with Store(tmp_path / "store.db") as store:
        assert store.open("wheels-to-meals").get("outcome", falls.id).record == falls.record


def test_check_says_that_all_is_well_or_what_is_not(run, tmp_path) -> None:
    run("example")
    assert run("check") == (0, f"All is well: 1 workbook in {tmp_path / 'store.db'}.\n", "")
    with sqlite3.connect(tmp_path / "store.db") as raw:
        raw.execute("UPDATE record SET version = 9 WHERE id = 'residents'")
    status, said, complaint = run("check")
    assert (status, said) == (2, "")
    assert complaint == "wheels-to-meals: The stakeholder residents is not as the history leaves it.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["export", "nowhere", "--to", "x"], "There is no workbook called “nowhere”"),
        (["import", "nowhere.psp.json"], "nowhere.psp.json cannot be read: No such file or directory."),
        (["import", "."], ". cannot be read: Is a directory."),
        (["new", "  "], "Give the workbook a name."),
        (["export", "club", "--to", "no/such/folder/x"], "cannot be written: No such file or directory."),
    ],
)
def test_trouble_is_one_sentence_and_status_2(run, tmp_path, monkeypatch, arguments, sentence) -> None:
    monkeypatch.chdir(tmp_path)
    run("new", "Club")
    status, said, complaint = run(*arguments)
    assert (status, said) == (2, "")
    assert sentence in complaint
    assert complaint.count("\n") == 1


def test_a_file_that_is_no_workbook_is_refused_and_nothing_is_made(run, tmp_path) -> None:
    run("new", "Club")
    (tmp_path / "map.csv").write_text("stakeholder,outcome\n")
    assert run("import", str(tmp_path / "map.csv")) == (
        2,
        "",
        "This file is not a workbook saved by the PSP workbook (.psp.json).\n",
    )
    assert run("list")[1] == "club  Club\n"


def test_a_mistyped_store_is_not_made(tmp_path, capsys) -> None:
    assert main(["check", "--store", str(tmp_path / "typo.db")]) == 2
    assert "no such file" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_sroi_report_is_saved_in_the_form_that_its_name_asks_for(run, tmp_path) -> None:
    run("example")
    page, word = tmp_path / "report.html", tmp_path / "report.docx"
    assert run("export", "wheels-to-meals", "--as", "sroi-report", "--to", str(page))[0] == 0
    assert "For every £1 put in" in page.read_text("utf-8")
    run("new", "Empty")
    assert run("export", "empty", "--as", "sroi-report", "--to", str(word))[0] == 0
    assert word.read_bytes()[:2] == b"PK"
    status, _, complaint = run("export", "empty", "--as", "sroi-report", "--to", str(tmp_path / "report.pdf"))
    assert status == 2 and ".docx or .html" in complaint
