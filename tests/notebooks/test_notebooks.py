"""The shipped notebooks are thin, committed without results, and run from an empty folder to the last widget."""

import asyncio
import threading
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from pspworkbook import places

NOTEBOOKS = sorted(places.notebooks_folder().glob("*.ipynb"))
named = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
WIDGET = "application/vnd.jupyter.widget-view+json"


def code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def run(path: Path) -> nbformat.NotebookNode:
    """The notebook with the results of all its cells. In a thread: another test may hold this one's event loop."""
    notebook = nbformat.read(path, as_version=4)
    trouble: list[BaseException] = []

    def work() -> None:
        client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}})
        try:
            asyncio.run(client.async_execute())
        except BaseException as error:
            trouble.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if trouble:
        raise trouble[0]
    return notebook


def test_there_are_notebooks():
    assert {"00_start", "04_analyse"} <= {path.stem for path in NOTEBOOKS}


@named
def test_it_is_thin_and_committed_without_results(path: Path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].cell_type == "markdown"
    assert notebook.cells[0].source.startswith("# ")
    for cell in code(notebook):
        assert cell.outputs == []
        assert cell.execution_count is None
        assert 1 <= len(cell.source.splitlines()) <= 3, cell.source
        assert cell.metadata.get("jupyter", {}).get("source_hidden") is True, "JupyterLab shows it collapsed"


@named
def test_it_runs_from_an_empty_store_and_every_cell_shows_widgets(path: Path, tmp_path: Path, monkeypatch):
    store = tmp_path / "workbooks.db"
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(store))
    for name in ("PSPWORKBOOK_WORKBOOK", "HTTP_X_PSP_KEY", "HTTP_X_PSP_WORKBOOK", "SERVER_SOFTWARE"):
        monkeypatch.delenv(name, raising=False)
    for cell in code(run(path)):
        kinds = [output.output_type for output in cell.outputs]
        assert set(kinds) <= {"display_data"}, (cell.source, cell.outputs)
        assert all(WIDGET in output.data for output in cell.outputs), cell.source
        assert kinds, f"nothing is shown by: {cell.source}"
    assert store.is_file(), "the example was made"
