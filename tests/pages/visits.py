"""Visits to pages, each in a browser that remembers nothing; what a page asks of other hosts, and its errors, are kept."""

from contextlib import suppress
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page, TimeoutError

READY = '[role=main][data-ready="true"]'
PATIENCE = 30_000
"""Milliseconds; the machine that runs the tests may be busy."""


class Visits:
    """Opens pages, and knows at the end what went wrong on them."""

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
            with suppress(Error):  # the test may have closed it already
                page.goto("about:blank")
            page.context.close()


def go(page: Page, address: str, *, ready: bool = True) -> None:
    """Bring a page to an address, trying twice, as a person would."""
    for attempt in (1, 2):
        try:
            page.goto(address)
            if ready:
                page.wait_for_selector(READY)
            return
        except TimeoutError:
            if attempt == 2:
                raise
