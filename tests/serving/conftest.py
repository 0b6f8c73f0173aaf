"""The pages for phones on a server of their own, and phones: a cookie jar and forms, no script."""

import asyncio
import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from pspworkbook.serving import join
from pspworkbook.workbook import Store, Workbook


class Form(HTMLParser):
    """The form of a page that is posted: where it goes, and what it holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action, self.fields, self.scripts = "", dict[str, str](), 0
        self.feed(page)

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        attributes = dict(found)
        self.scripts += tag == "script" or any(name.startswith("on") for name in attributes)
        if tag == "form" and attributes.get("method") == "post":
            self.action = attributes["action"] or ""
        if tag == "input" and attributes.get("type") != "radio" or (tag == "input" and "checked" in attributes):
            self.fields[attributes["name"] or ""] = attributes.get("value") or ""


class Phone:
    """A browser without JavaScript. ``page`` and ``status`` are what it was last answered."""

    def __init__(self, address: str) -> None:
        self.address, self.jar = address, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.page, self.status, self.url, self.headers = "", 0, "", {}

    def get(self, path: str, **headers: str) -> "Phone":
        return self._open(urllib.request.Request(self.address + path, headers=headers))

    def post(self, path: str, fields: dict[str, str]) -> "Phone":
        data = urllib.parse.urlencode(fields).encode()
        return self._open(urllib.request.Request(self.address + path, data=data, method="POST"))

    def send(self, **fields: str) -> "Phone":
        """Fill in the form of the page, and send it."""
        form = Form(self.page)
        return self.post(form.action, {**form.fields, **fields})

    def _open(self, request: urllib.request.Request) -> "Phone":
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.page, self.status = answer.read().decode(), answer.status
            self.url, self.headers = answer.url, dict(answer.headers)
        return self

    @property
    def heading(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.page, re.DOTALL)
        return re.sub("<.*?>", "", found[1]) if found else ""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.db") as store:
        yield store


@pytest.fixture
def ana(store: Store) -> Workbook:
    """A workbook, as its facilitator sees it."""
    return store.create("Luncheon club", author="Ana")


@pytest.fixture
def serve(store: Store) -> Iterator[Callable[..., str]]:
    """Starts the pages for phones; ``serve(keys_required=True)`` returns their address."""
    stops: list[Callable[[], None]] = []

    def start(*, keys_required: bool = True) -> str:
        ready, port, loop = threading.Event(), [0], asyncio.new_event_loop()

        async def run() -> None:
            settings = {"psp": {"store": store, "keys_required": keys_required}, "xsrf_cookies": True}
            server = HTTPServer(Application(join.handlers("/"), **settings))
            sockets = bind_sockets(0, "127.0.0.1")
            server.add_sockets(sockets)
            port[0] = sockets[0].getsockname()[1]
            ready.set()

        def work() -> None:
            asyncio.set_event_loop(loop)
            loop.run_until_complete(run())
            loop.run_forever()
            loop.close()

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        assert ready.wait(30)

        def stop() -> None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(30)

        stops.append(stop)
        return f"http://127.0.0.1:{port[0]}"

    yield start
    for stop in stops:
        stop()
