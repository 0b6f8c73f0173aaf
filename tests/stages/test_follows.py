"""What a page shows after others have filled the workbook is what a page shows that is opened then.

Whatever a page keeps from before, because it was worked out when the workbook was empty, is found out here.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pspworkbook.records import KINDS
from pspworkbook.workbook import Store, Workbook, make_example

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """An empty workbook, and the example to fill it from."""
    path = tmp_path / "w.db"
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(path))
    with Store(path) as store:
        yield SimpleNamespace(empty=store.create("Ours"), example=make_example(store))


def shown(notebook: Path, book: Workbook, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The page of a notebook and all parts that its cells show."""
    parts: list[Any] = []
    monkeypatch.setattr("pspworkbook.stages.page.show_in_notebook", parts.append)
    monkeypatch.setenv("PSPWORKBOOK_WORKBOOK", book.slug)
    room: dict[str, Any] = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]).replace(".open()", f".open({book.slug!r})"), room)
    return [room["stage"], *parts]


def state(part: Any) -> dict[str, Any]:
    """What the browser knows of a part, but for what is about the visit: when it was saved last, a search that was made anew."""
    said = {
        name: value
        for name, value in part.get_state().items()
        if not name.startswith("_") and name not in ("layout", "turn")
    }
    if "state" in said and "saved" in said["state"]:
        said["state"] = {**said["state"], "saved": ""}
    return said


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_page_follows_from_empty_to_full(
    notebook: Path, books: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, *before = shown(notebook, books.empty, monkeypatch)
    every = [(kind, entry.id, entry.record.body()) for kind in KINDS for entry in books.example.records(kind)]
    books.empty.replace_all(every)
    stage.session.follow()
    _, *fresh = shown(notebook, books.empty, monkeypatch)
    assert len(before) == len(fresh)
    for old, new in zip(before, fresh, strict=True):
        assert state(old) == state(new)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_page_follows_from_full_to_empty(
    notebook: Path, books: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is removed while somebody looks on."""
    stage, *before = shown(notebook, books.example, monkeypatch)
    books.example.replace_all([])
    stage.session.follow()
    _, *fresh = shown(notebook, books.example, monkeypatch)
    for old, new in zip(before, fresh, strict=True):
        assert state(old) == state(new)
