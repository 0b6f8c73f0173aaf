"""Kernels that are forked from a process which has imported everything already: a page is ready a second or two sooner.

Linux only. Everywhere else, and whenever anything goes wrong with it, a page gets an ordinary kernel, and nobody notices.
"""

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.metadata import EntryPoint
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets.config import Config

from pspworkbook.places import notebooks_folder

PATIENCE = 3.0
"""Seconds to wait for the warmed process; an ordinary kernel would be there after two."""

AGAIN = 60.0
"""Seconds until a warmed process that has died is replaced: on a machine without memory the next would die as well."""


class Fork:
    """A kernel that was forked, as jupyter_client wants a process: it is not the server's own child, so a handle watches it."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        self.pid, self._handle = pid, handle
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """None while it runs; how it ended only its parent, the warmed process, could know."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. Raises TimeoutExpired after ``timeout`` seconds."""
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to it, and to no other process that has its number by now."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _ended(self, seconds: float | None) -> int | None:
        if self.returncode is None:
            events = select.poll()
            events.register(self._handle, select.POLLIN)
            if events.poll(None if seconds is None else seconds * 1000):
                self.returncode = 0
                os.close(self._handle)
        return self.returncode


class Warmed:
    """The server's end of the warmed process. It lives as long as the server; its forks outlive it, but never the server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # one request at a time
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._ready = False
        self._since = 0.0
        # Nobody ever writes to this pipe. It closes when the server ends, even if it is killed, and that ends all others.
        self._others_end, self._servers_end = os.pipe()

    @property
    def pid(self) -> int | None:
        """The process's number; None when there is none."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it, without waiting until it is warm."""
        # A pair of sockets has no name: no other user of the machine can ask for a kernel.
        self._ready, self._since = False, monotonic()
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line.settimeout(PATIENCE)
        passed = (theirs.fileno(), self._others_end)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pspworkbook.serving.warm", *map(str, passed)],
                pass_fds=passed,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the server, which sees to the kernels
                cwd=notebooks_folder(),
                # The threads of a library for linear algebra would not survive a fork.
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
            )

    def fork(self, argv: list[str], cwd: str, env: dict[str, str]) -> Fork | None:
        """A kernel with these arguments, folder and environment; None if it cannot be had, for whatever reason."""
        with self._lock:
            try:
                if self._line is None and self._ready and monotonic() > self._since + AGAIN:
                    self.start()
                if self._line is None or not self._is_warm(self._line):
                    return None
                return self._ask(self._line, {"argv": argv, "cwd": cwd, "env": env})
            except OSError:
                self._end()
                return None

    def _is_warm(self, line: socket.socket) -> bool:
        """Wait for it, but on a slow machine rather let it go on for the pages to come."""
        if not self._ready:
            with suppress(TimeoutError):
                self._ready = bool(line.recv(16))
                if not self._ready:
                    raise ConnectionResetError
        return self._ready

    def _ask(self, line: socket.socket, orders: dict[str, Any]) -> Fork:
        theirs, ours = os.pipe()
        # If this fails before the orders are written, the fork that may have been made reads nothing, and ends.
        with os.fdopen(ours, "wb") as pipe:
            try:
                socket.send_fds(line, [b"fork"], [theirs])
            finally:
                os.close(theirs)
            pid, handles, *_ = socket.recv_fds(line, 16, 1, socket.MSG_CMSG_CLOEXEC)
            if not handles:
                raise ConnectionResetError
            pipe.write(json.dumps(orders).encode())
        return Fork(int(pid), handles[0])

    def _end(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._line = self._process = None

    def stop(self) -> None:
        """End it, and every fork that still runs."""
        with self._lock:
            self._end()
            self._ready = False
            os.close(self._servers_end)
            os.close(self._others_end)


class ForkedProvisioner(LocalProvisioner):  # type: ignore[misc]
    """Gives jupyter_client forked kernels where it can, and its own ordinary ones where it cannot."""

    warmed: ClassVar[Warmed | None] = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel, or launch one."""
        fork: Any = None
        if self.warmed is not None and cmd[:3] == [sys.executable, "-m", "ipykernel_launcher"]:
            cwd, env = kwargs.get("cwd") or str(Path.cwd()), kwargs.get("env") or dict(os.environ)
            fork = await asyncio.to_thread(self.warmed.fork, cmd[2:], str(cwd), env)
        if fork is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid, self.pgid = fork, fork.pid, fork.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and what it has started, as long as it runs: later its number may be another's."""
        if self.process is not None and self.process.poll() is None:
            await super().send_signal(signum)


def use_forks(c: Config) -> Warmed | None:
    """Have the server's kernels forked. None where that cannot be done."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return None
    name = "psp-forked"
    module = f"{__name__}:{ForkedProvisioner.__name__}"
    KernelProvisionerFactory.provisioners[name] = EntryPoint(name, module, KernelProvisionerFactory.GROUP_NAME)
    c.KernelProvisionerFactory.default_provisioner_name = name
    ForkedProvisioner.warmed = warmed = Warmed()
    with suppress(OSError):  # each page will find out
        warmed.start()
    return warmed
