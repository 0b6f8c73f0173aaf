"""A server with the example partnership, and browsers that visit it as people would."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import servers
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from servers import Server
from visits import PATIENCE, Visits

from pspworkbook.workbook import Store, Workbook, export_bytes, import_bytes, make_example

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def dashboards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboards that most tests share. They show the example unless a workbook is asked for."""
    with servers.dashboards(tmp_path_factory.mktemp("dashboards")) as server:
        yield server


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts further dashboards: ``serve("--require-key", store=path)``."""
    with ExitStack() as stack:
        yield lambda *arguments, store=None: stack.enter_context(servers.dashboards(tmp_path, *arguments, store=store))


@pytest.fixture(scope="session")
def store(dashboards: Server) -> Iterator[Store]:
    """The store behind the shared dashboards."""
    with Store(dashboards.store) as store:
        yield store


@pytest.fixture(scope="session")
def shipped(store: Store) -> bytes:
    """The example as a file."""
    return export_bytes(make_example(store))


@pytest.fixture
def example(store: Store, shipped: bytes) -> Workbook:
    """A fresh copy of the example, for a test that changes things. Bo edits it from Python."""
    return store.open(import_bytes(store, shipped).slug, author="Bo", mark=False)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright, for one file only: while it runs, nothing else in this process can use asyncio."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """Chromium, in which no name but this machine's own can be looked up."""
    only_here = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", only_here])
    yield browser
    browser.close()


@pytest.fixture
def visit(browser: Browser, dashboards: Server) -> Iterator[Visits]:
    """Visits pages. The test fails if one of them asked another host for anything, or had an error of its own."""
    visits = Visits(browser, dashboards.address)
    yield visits
    visits.leave()
    assert visits.foreign == []
    assert visits.errors == []
