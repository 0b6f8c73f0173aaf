"""A store in a folder of its own, and one workbook in it as two people see it."""

from pathlib import Path

import pytest

from pspworkbook.workbook import Store, Workbook


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test may meet the user's own workbooks, or a key that happens to be in the environment."""
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(tmp_path / "own" / "workbooks.db"))
    for name in ("PSPWORKBOOK_WORKBOOK", "HTTP_X_PSP_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def store(tmp_path: Path):
    with Store(tmp_path / "store.db") as store:
        yield store


@pytest.fixture
def ana(store: Store) -> Workbook:
    """A new workbook, as Ana sees it."""
    return store.create("Luncheon club", author="Ana")


@pytest.fixture
def bo(store: Store, ana: Workbook) -> Workbook:
    """The same workbook, as Bo sees it on another page."""
    return store.open(ana.slug, author="Bo")
