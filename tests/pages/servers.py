"""Starts what the tests look at: servers in processes of their own, on free ports and in temporary places."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

KERNEL, WARMED = "psp-kernel", "psp-warmed"
"""What the machine's list of processes calls a forked kernel, and the process that it is forked from."""

PATIENCE = 90.0
"""Seconds to wait for something on a busy machine before calling it broken."""


class Server:
    """A running ``pspworkbook dashboards``: its address, its store, and its kernels as the machine sees them."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, store: Path, log: Path) -> None:
        self.process, self.port, self.store, self.log = process, port, store, log
        self.address = f"http://127.0.0.1:{port}"

    def kernels(self) -> list[psutil.Process]:
        """The processes of the pages that are open."""
        return [child for child in self._children() if _is_kernel(child)]

    def warmed(self) -> psutil.Process:
        """The process that kernels are forked from."""
        return until(lambda: next((one for one in self._children() if one.name() == WARMED), None), "it is there")

    def _children(self) -> list[psutil.Process]:
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def said(self) -> str:
        """What it has printed so far."""
        return self.log.read_text("utf-8", "replace")

    def stop(self) -> None:
        """End it, and whatever it should have ended itself."""
        left = self._children()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(20)
        for child in left:
            if child.is_running():
                child.kill()


def _is_kernel(process: psutil.Process) -> bool:
    """Whether it is a kernel that runs: one that was forked, or an ordinary one."""
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return process.name() == KERNEL or "ipykernel_launcher" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment for a command: nothing in it leads to the user's own workbooks or settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PSPWORKBOOK_", "HTTP_X_"))}
    own = {name: str(folder / name.lower()) for name in ("XDG_DATA_HOME", "JUPYTER_CONFIG_DIR", "IPYTHONDIR")}
    return {**kept, **own, "PYTHONUNBUFFERED": "1", **more}


def until(condition, what: str, patience: float = PATIENCE):
    """Wait until ``condition()`` gives something, and return that."""
    deadline = time.monotonic() + patience
    while not (found := condition()):
        assert time.monotonic() < deadline, f"{what}: not within {patience:.0f} seconds"
        time.sleep(0.05)
    return found


def answers(port: int) -> bool:
    """Whether a web server answers there, whatever it says."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("HEAD", "/nowhere")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


@contextmanager
def dashboards(folder: Path, *arguments: str, store: Path | None = None) -> Iterator[Server]:
    """Dashboards on a store (a new one if none is given), stopped at the end."""
    port, store = free_port(), store or folder / "workbooks.db"
    command = ["dashboards", "--no-browser", "--port", str(port), "--store", str(store), *arguments]
    log = folder / f"server-{port}.log"
    with log.open("wb") as out:
        process = _start("pspworkbook", command, folder, out)
    server = Server(process, port, store, log)
    try:
        until(lambda: process.poll() is not None or answers(port), "the server answers")
        assert process.poll() is None, server.said()
        yield server
    finally:
        server.stop()


@contextmanager
def jupyterlab(folder: Path, store: Path, *arguments: str) -> Iterator[Server]:
    """JupyterLab on a folder of notebooks."""
    port, log = free_port(), folder.parent / "lab.log"
    command = ["--no-browser", "--allow-root", f"--ServerApp.root_dir={folder}", f"--ServerApp.port={port}", *arguments]
    with log.open("wb") as out:
        process = _start("jupyterlab", command, folder.parent, out, PSPWORKBOOK_STORE=str(store))
    server = Server(process, port, store, log)
    try:
        until(lambda: process.poll() is not None or answers(port), "JupyterLab answers")
        assert process.poll() is None, server.said()
        yield server
    finally:
        server.stop()


def _start(module: str, arguments: Sequence[str], folder: Path, out, **variables: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=environment(folder, **variables),
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
    )
