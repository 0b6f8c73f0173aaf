"""A workbook in which nothing is entered is never told that all is well, on any page: it is told what to enter first."""

import re
from pathlib import Path

import nbformat
import pytest

from pspworkbook.places import notebooks_folder
from pspworkbook.records import KINDS
from pspworkbook.widgets.passage import Passage
from pspworkbook.widgets.register import Register
from pspworkbook.workbook import Store

BLANK = [(kind, kind if model.single else "x", {}) for kind, model in KINDS.items()]
"""A row in every register that somebody has added, and nothing more."""
FIRST = re.compile(r'First: <a href="#([a-z_]+)-([a-z_]+)(?:-([a-z_]+))?"')


def parts_of(notebook: str, rows: list[object], folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every part that a notebook shows of a workbook with these rows."""
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(folder / "w.db"))
    monkeypatch.setenv("HTTP_X_PSP_WORKBOOK", "ours")
    with Store(folder / "w.db") as store:
        book = store.create("Ours")
        if rows:
            book.save_many(rows)
    parts: list[object] = []
    monkeypatch.setattr("pspworkbook.stages.page.show_in_notebook", parts.append)
    names: dict[str, object] = {}
    for cell in nbformat.read(notebooks_folder() / f"{notebook}.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            exec(cell.source, names)
    return parts


@pytest.mark.parametrize("rows", [[], BLANK], ids=["empty", "blank rows"])
@pytest.mark.parametrize("notebook", sorted(path.stem for path in notebooks_folder().glob("*.ipynb")))
def test_nothing_is_called_fine(
    notebook: str, rows: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = parts_of(notebook, rows, tmp_path, monkeypatch)
    told = [part.html for part in parts if isinstance(part, Passage)]
    assert told
    assert [html for html in told if "psp-fine" in html] == []
    if not rows:
        assert [html for html in told if "nothing missing" in html] == []
    registers = {part.name: part for part in parts if isinstance(part, Register)}
    for name, what, field in (match.groups() for html in told for match in FIRST.finditer(html)):
        if what == "add":
            assert registers[name].shape == "table" and not registers[name].fixed, f"{name} has no button to add"
        else:
            assert field in {one["name"] for one in registers[name].fields}


def test_each_page_says_what_to_enter_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    for notebook in ("04_analyse", "05_plan", "06_do", "07_review"):
        folder = tmp_path / notebook
        folder.mkdir()
        parts = parts_of(notebook, [], folder, monkeypatch)
        found[notebook] = " ".join(part.html for part in parts if isinstance(part, Passage))
    assert found["04_analyse"].count('First: <a href="#outcomes-add" data-register="outcomes">add an outcome</a>') == 6
    assert "first describe an outcome" in found["04_analyse"] and "no ratio yet</small>" in found["04_analyse"]
    assert 'First: <a href="#budget_line-add" data-register="budget_line">add a budget line</a>.' in found["05_plan"]
    assert "Nothing is planned yet, so nothing can be due." in found["06_do"]
    assert "make the forecast, in stage 4" in found["07_review"]
