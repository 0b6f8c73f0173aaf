"""A server with the example partnership, and browsers that visit it as people would, each with nothing remembered."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import servers
from playwright.sync_api import Browser, Error, Page, Playwright, TimeoutError, expect, sync_playwright
from servers import Server

from pspworkbook.workbook import Store, Workbook, export_bytes, import_bytes, make_example

READY = '[role=main][data-ready="true"]'
PATIENCE = 45_000
"""Milliseconds; the machine that runs the tests may be busy."""
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


class Visits:
    """Opens pages, each in a browser that remembers nothing, and keeps what they asked of others and what failed."""

    def __init__(self, browser: Browser, server: str) -> None:
        self.browser, self.server = browser, server
        self.pages: list[Page] = []
        self.foreign: list[str] = []
        self.errors: list[str] = []

    def __call__(self, address: str, width: int = 1280, *, ready: bool = True) -> Page:
        """Visit an address (a path is one of the shared dashboards); wait until the page answers, if it ever will."""
        context = self.browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: self._note(request.url))
        page = context.new_page()
        page.on("websocket", lambda socket: self._note(socket.url))
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        self.pages.append(page)
        go(page, self.server + address if address.startswith("/") else address, ready=ready)
        return page

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.foreign.append(url)

    def leave(self) -> None:
        """Close every page as a person would, so that its kernel ends."""
        for page in self.pages:
            try:
                page.goto("about:blank")
            except Error:
                pass  # the test has closed it already
            page.context.close()


def go(page: Page, address: str, *, ready: bool = True) -> None:
    """Bring a page to an address, trying twice, as a person would."""
    for attempt in (1, 2):
        try:
            page.goto(address)
            if ready:
                page.wait_for_selector(READY, timeout=PATIENCE)
            return
        except TimeoutError:
            if attempt == 2:
                raise


@pytest.fixture
def visit(browser: Browser, dashboards: Server) -> Iterator[Visits]:
    """Visits pages. The test fails if one of them asked another host for anything, or had an error of its own."""
    visits = Visits(browser, dashboards.address)
    yield visits
    visits.leave()
    assert visits.foreign == []
    assert visits.errors == []
