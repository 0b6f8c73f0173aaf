"""``open_workbook``, and what opening does with a workbook of another version."""

import sqlite3
import subprocess
import sys

import pytest

from pspworkbook import open_workbook
from pspworkbook.workbook import NotFound, Store, StoreTrouble, import_bytes, migrations
from pspworkbook.workbook.replay import check


def test_the_very_first_time_the_example_opens(tmp_path) -> None:
    workbook = open_workbook(author="Ana")
    assert (workbook.slug, workbook.example, workbook.author) == ("wheels-to-meals", True, "Ana")
    assert workbook.store.address == str(tmp_path / "own" / "workbooks.db")
    assert not workbook.can_undo, "nobody undoes the example by mistake"


def test_otherwise_the_one_opened_last(store) -> None:
    store.create("First")
    store.create("Second")
    store.open("first")
    assert open_workbook(store=store).slug == "first"


def test_a_workbook_is_named_by_its_short_name_its_name_or_the_environment(store, monkeypatch) -> None:
    store.create("Luncheon Club")
    store.create("Other")
    assert open_workbook("luncheon-club", store=store).slug == "luncheon-club"
    assert open_workbook("luncheon club", store=store).slug == "luncheon-club"
    monkeypatch.setenv("PSPWORKBOOK_WORKBOOK", "luncheon-club")
    assert open_workbook(store=store).slug == "luncheon-club"
    assert open_workbook("other", store=store).slug == "other"


def test_a_name_that_is_not_there_is_not_made_up(store) -> None:
    with pytest.raises(NotFound, match="no workbook called “nowhere”"):
        open_workbook("nowhere", store=store)
    store.create("Twin")
    store.create("Twin")
    with pytest.raises(NotFound, match="twin-2, twin"):
        open_workbook("TWIN", store=store)


def test_what_the_docstring_shows_works(store) -> None:
    workbook = open_workbook(store=store)
    falls = workbook.records("outcome")[0]
    assert falls.record.deadweight == 0.0
    workbook.change("outcome", falls.id, {"deadweight": "10%"}, falls.version, reason="Asked the GPs")
    assert workbook.history(limit=1)[0].summary == f"Deadweight of “{falls.label}” from 0% to 10%"
    workbook.undo()
    assert workbook.get("outcome", falls.id).record == falls.record


def test_a_script_that_reads_records_imports_no_pandas(tmp_path) -> None:
    code = "import sys; from pspworkbook import open_workbook; open_workbook().records('outcome'); assert not {'pandas', 'plotly', 'ipywidgets'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def older_to_newer(kind: str, body: dict[str, object]) -> dict[str, object]:
    """A pretended change of format: outcomes used to be called by another field's words."""
    if kind == "outcome":
        body["source"] = f"{body['source']} (before 2027)"
    return body


def test_an_older_workbook_is_brought_up_to_date_after_a_copy_was_kept(store, monkeypatch) -> None:
    old = store.create("Club", author="Ana")
    entry = old.add("outcome", {"outcome": "Fewer falls", "source": "Survey"})
    old.add("stakeholder", {"name": "Residents"})

    monkeypatch.setattr(migrations, "MIGRATIONS", [older_to_newer])
    new = store.open("club", author="Ana")
    assert new.get("outcome", entry.id).record.source == "Survey (before 2027)"
    change = new.history()[0]
    assert (change.action, change.author, change.kind) == ("migrate", "PSP workbook", "outcome")
    assert check(store) == []
    assert store.open("club").position == new.position, "once is enough"

    ((_at, copy),) = store.backups("club")
    monkeypatch.setattr(migrations, "MIGRATIONS", [])
    before = import_bytes(store, copy, "As it was")
    assert before.records("outcome")[0].record.source == "Survey"
    with pytest.raises(StoreTrouble, match="newer version"):
        store.open("club")


def test_a_copy_of_an_older_workbook_is_brought_up_to_date_too(store, monkeypatch) -> None:
    from pspworkbook.workbook import export_bytes

    old = store.create("Club")
    old.add("outcome", {"outcome": "Fewer falls", "source": "Survey"})
    data = export_bytes(old)
    monkeypatch.setattr(migrations, "MIGRATIONS", [older_to_newer])
    assert import_bytes(store, data).records("outcome")[0].record.source == "Survey (before 2027)"
    assert check(store) == []


def test_a_workbook_that_cannot_be_brought_up_to_date_is_left_as_it_is(store, monkeypatch) -> None:
    old = store.create("Club")
    old.add("outcome", {"outcome": "Fewer falls"})
    monkeypatch.setattr(migrations, "MIGRATIONS", [lambda kind, body: {**body, "colour": "red"}])
    with pytest.raises(StoreTrouble, match="cannot be brought up to date, and was left as it is"):
        store.open("club")
    monkeypatch.setattr(migrations, "MIGRATIONS", [])
    assert store.open("club").position == 1
    assert store.backups("club") == []


def test_a_store_of_a_newer_version_is_refused(tmp_path) -> None:
    Store(tmp_path / "a.db").close()
    with sqlite3.connect(tmp_path / "a.db") as raw:
        raw.execute("UPDATE about SET value = '2'")
    with pytest.raises(StoreTrouble, match="newer version"):
        Store(tmp_path / "a.db")
