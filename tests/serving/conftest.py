"""The pages for phones on a server of their own, in this process."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from pspworkbook.serving import join
from pspworkbook.workbook import Store, Workbook


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
