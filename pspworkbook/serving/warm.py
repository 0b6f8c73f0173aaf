"""The warmed process: it has imported what the pages need, and forks a kernel whenever the server asks. Linux only.

It holds no thread, no event loop, no ZeroMQ context and no connection to a store, for none of these survives a fork; and
it never sees the environment of a page, with the visitor's key: each fork reads its own from a pipe (see ``forked.py``).
"""

import gc
import importlib
import inspect
import json
import logging
import os
import random
import select
import socket
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import ipywidgets
import jinja2
import numpy
from ipykernel.iostream import OutStream
from ipykernel.kernelapp import IPKernelApp
from traitlets import Integer
from traitlets.config import Config

from pspworkbook.guide.path import stages

log = logging.getLogger("pspworkbook")

KERNEL, WARMED = "psp-kernel", "psp-warmed"
"""What the system's list of processes calls a kernel that was forked, and the process that it was forked from."""

LATER = ("IPython.core.logger", "numpy.ma", "psutil", "scipy.special", "sqlalchemy.dialects.sqlite")
"""What others import only when it is needed first; a page always does."""


class NotAlone(RuntimeError):
    """Something that was imported has started a thread: a fork would lose it, perhaps with a lock in its hand."""


def warm() -> None:
    """Import what the notebooks import and what their cells would import later; read what they read. Raises NotAlone."""
    for stage in stages():
        if stage.there:
            importlib.import_module(f"pspworkbook.stages.{stage.key}")
    for name in LATER:
        with suppress(ImportError):
            importlib.import_module(name)
    for name, module in list(sys.modules.items()):
        if name.startswith("pspworkbook."):
            read_ahead(module)
    if len(list(Path("/proc/self/task").iterdir())) != 1:
        raise NotAlone
    # What is there now is never swept again: sweeping would write to every page of memory that the forks share.
    gc.collect()
    gc.freeze()


def read_ahead(module: ModuleType) -> None:
    """Call the functions of a module that read something once and keep it: the guide's files, templates."""
    for function in list(vars(module).values()):
        if hasattr(function, "cache_info") and not inspect.signature(function).parameters:
            kept = function()
            if isinstance(kept, jinja2.Environment):
                for name in kept.list_templates():
                    kept.get_template(name)


def fork_on_request(line: socket.socket) -> int | None:
    """Fork for each request on ``line``. In a fork, the pipe that its orders come by; None once the server is gone."""
    forks: dict[int, int] = {}
    events = select.poll()
    events.register(line, select.POLLIN)
    while True:
        for event, _ in events.poll():
            if event != line.fileno():
                events.unregister(event)
                os.waitpid(forks.pop(event), 0)
                os.close(event)
                continue
            said, pipes, *_ = socket.recv_fds(line, 16, 1, socket.MSG_CMSG_CLOEXEC)
            if not said:
                return None
            pid = os.fork()
            if pid == 0:
                line.close()
                for other in forks:
                    os.close(other)
                return pipes[0]
            os.close(pipes[0])
            # A process that nobody has waited for keeps its number, so this handle is surely that of the new one.
            handle = os.pidfd_open(pid)
            forks[handle] = pid
            events.register(handle, select.POLLIN)
            socket.send_fds(line, [str(pid).encode()], [handle])


def take_orders(pipe: int) -> dict[str, Any] | None:
    """What this fork shall be: ``argv``, ``cwd`` and ``env``. None if the server has stopped waiting for it."""
    with os.fdopen(pipe, "rb") as orders:
        text = orders.read()
    return json.loads(text) if text else None


class ForkedKernelApp(IPKernelApp):  # type: ignore[misc]
    """An ordinary kernel, but for what tells it that its server has ended: it is not the server's own child."""

    life = Integer()

    def init_poller(self) -> None:
        """Watch the pipe that only the server holds open."""
        self.poller = threading.Thread(target=self.end_with_server, name="end-with-server", daemon=True)

    def end_with_server(self) -> None:
        """End at once when the pipe closes, however the server ended."""
        os.read(self.life, 1)
        os._exit(1)


class SparingStream(OutStream):  # type: ignore[misc]
    """What a cell prints. The kernel sees to it after each part that it shows: here only if there is something to see to."""

    has_more = False

    def write(self, string: str) -> int | None:  # type: ignore[override]
        """Print."""
        self.has_more = True
        written: int | None = super().write(string)
        return written

    def flush(self) -> None:
        """Send what has been printed since the last time, and wait until it has been sent."""
        if self.has_more:
            self.has_more = False
            super().flush()  # type: ignore[no-untyped-call]


def become_kernel(life: int, argv: list[str], cwd: str, env: dict[str, str]) -> None:
    """Be what ``python -m ipykernel_launcher`` is in a process of its own, until told to stop."""
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(cwd)
    random.seed()
    numpy.random.seed()  # uuid, secrets and default_rng ask the system each time
    gc.enable()
    sys.argv = argv
    c = Config()
    c.HistoryManager.enabled = False  # on a page nobody recalls what was run before: no file and no thread for that
    c.IPythonKernel._execute_sleep = 0.0
    c.IPKernelApp.outstream_class = f"{SparingStream.__module__}.{SparingStream.__name__}"
    # Without a parent's number a kernel would tell the terminal how to end it.
    app = ForkedKernelApp.instance(config=c, life=life, parent_handle=os.getppid())
    app.initialize()
    ipywidgets.register_comm_target()  # importing it does this, but then there was no kernel yet
    app.start()
    # The thread that was told to end the kernel may have something left to say: without this it sometimes waits for ever.
    app.control_thread.stop()
    app.control_thread.join()


def name_process(name: str) -> None:
    """What ``ps`` and ``top`` show for this process."""
    Path("/proc/self/comm").write_text(name)


def main(line: int, life: int) -> None:
    """Serve the server at the other end of the socket ``line``; ``life`` is a pipe that closes when it ends."""
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder this was started in; as in every kernel, IPython adds its own later
    gc.disable()
    name_process(WARMED)
    with socket.socket(fileno=line) as requests:
        try:
            warm()
        except Exception:  # whatever it is, each page's own kernel will find it, and say it where it can be seen
            log.info("no kernels are forked", exc_info=True)
            return
        pipe = None
        with suppress(
            OSError
        ):  # the server has gone in the middle of it, or the machine has no room for another process
            requests.send(b"warm")
            pipe = fork_on_request(requests)
    if pipe is None:
        return
    os.setsid()
    name_process(KERNEL)
    orders = take_orders(pipe)
    if orders is not None:
        become_kernel(life, **orders)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
