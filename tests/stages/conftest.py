"""A stage's page on an empty workbook, and everything that it shows; each file names its stage and the methods of its notebook."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pspworkbook.workbook import Store, Workbook


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbook]:
    """An empty workbook, in the store that pages opened by this test use."""
    path = tmp_path / "w.db"
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(path))
    with Store(path) as store:
        yield store.create("Ours")


@pytest.fixture
def stage(request: pytest.FixtureRequest, book: Workbook) -> Any:
    """The page of ``STAGE``, the stage that the file is about, on an empty workbook."""
    module: ModuleType = request.module
    return module.STAGE.open(book.slug)


@pytest.fixture
def shown(request: pytest.FixtureRequest, stage: Any, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every part of that page, in its order: what ``METHODS``, the cells of the notebook, show."""
    parts: list[object] = []
    monkeypatch.setattr("pspworkbook.stages.page.show_in_notebook", parts.append)
    for method in request.module.METHODS:
        getattr(stage, method)()
    return parts
