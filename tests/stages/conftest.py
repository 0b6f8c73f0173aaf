"""A stage's page on an empty workbook, and everything that it shows; each file names its stage and the methods of its notebook."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pspworkbook.workbook import Store


@pytest.fixture
def stage(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The page of ``STAGE``, the stage that the file is about, on an empty workbook."""
    module: ModuleType = request.module
    path = tmp_path / "w.db"
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(path))
    with Store(path) as store:
        store.create("Ours")
    return module.STAGE.open("ours")


@pytest.fixture
def shown(request: pytest.FixtureRequest, stage: Any, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every part of that page, in its order: what ``METHODS``, the cells of the notebook, show."""
    parts: list[object] = []
    monkeypatch.setattr("pspworkbook.stages.page.show_in_notebook", parts.append)
    for method in request.module.METHODS:
        getattr(stage, method)()
    return parts
