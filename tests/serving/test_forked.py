"""Kernels that are forked: each for itself, none left behind, and an ordinary one whenever anything is wrong."""

import os
import signal
import sys
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest
import servers
from jupyter_client.manager import KernelManager
from servers import KERNEL, until
from wire import get

from pspworkbook.serving import forked
from pspworkbook.serving.forked import Fork, ForkedProvisioner, Warmed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")


@pytest.fixture
def warmed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Warmed]:
    monkeypatch.setattr(forked, "PATIENCE", 60.0)
    warmed = Warmed()
    warmed.start()
    monkeypatch.setattr(ForkedProvisioner, "warmed", warmed)
    yield warmed
    warmed.stop()


class Kernel:
    """A kernel and a client of it."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.manager = KernelManager(transport="ipc", connection_file=str(folder / f"{uuid.uuid4().hex[:8]}.json"))
        self.manager.provisioner = ForkedProvisioner(
            kernel_id=uuid.uuid4().hex, kernel_spec=self.manager.kernel_spec, parent=self.manager
        )
        self.manager.start_kernel(env={**os.environ, **more}, cwd=str(folder))
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(60)

    @property
    def pid(self) -> int:
        return self.manager.provisioner.pid

    @property
    def is_forked(self) -> bool:
        return isinstance(self.manager.provisioner.process, Fork) and psutil.Process(self.pid).name() == KERNEL

    def said(self, code: str) -> str:
        """What the code prints."""
        heard: list[str] = []

        def hear(message: dict) -> None:
            if message["msg_type"] == "stream":
                heard.append(message["content"]["text"])

        self.client.execute_interactive(code, timeout=60, output_hook=hear)
        return "".join(heard).strip()

    def stop(self) -> None:
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel()


@pytest.fixture
def kernel(tmp_path: Path) -> Iterator[Callable[..., Kernel]]:
    """Starts kernels: ``kernel(NAME="value")`` has that in its environment."""
    with ExitStack() as stack:

        def start(**more: str) -> Kernel:
            one = Kernel(tmp_path, **more)
            stack.callback(one.stop)
            return one

        yield start


def gone(pid: int) -> bool:
    """Whether there is no such process any more, not even one that nobody has waited for."""
    return not psutil.pid_exists(pid)


def test_each_fork_has_its_own_environment_and_none_of_another(warmed: Warmed, kernel):
    ana, local = kernel(HTTP_X_PSP_KEY="of-ana", ONLY_HERS="yes"), kernel(HTTP_X_PSP_KEY="")
    assert ana.is_forked
    assert local.is_forked
    ask = "import os; print(os.environ.get('HTTP_X_PSP_KEY'), os.environ.get('ONLY_HERS'), os.getcwd())"
    assert ana.said(ask).split()[:2] == ["of-ana", "yes"]
    assert local.said(ask).split()[:1] == ["None"]
    assert "of-ana" not in str(psutil.Process(warmed.pid).environ())


def test_forks_do_not_repeat_each_other_by_chance(warmed: Warmed, kernel):
    ask = "import random, numpy, uuid; print(random.random(), numpy.random.random(), numpy.random.default_rng().random(), uuid.uuid4())"
    first, second = kernel().said(ask).split(), kernel().said(ask).split()
    assert len(first) == 4
    assert not set(first) & set(second)


def test_a_fork_can_be_interrupted_restarted_and_ended(warmed: Warmed, kernel):
    one = kernel(MARK="kept")
    began = one.client.execute("import time\nprint('now')\ntime.sleep(600)")
    until(lambda: one.client.get_iopub_msg(timeout=60)["msg_type"] == "stream", "it sleeps")
    one.manager.interrupt_kernel()
    answer = until(
        lambda: (said := one.client.get_shell_msg(timeout=60))["parent_header"]["msg_id"] == began and said, "it wakes"
    )
    assert answer["content"]["ename"] == "KeyboardInterrupt"

    before = one.pid
    one.manager.restart_kernel()
    one.client.wait_for_ready(60)
    assert one.pid != before
    assert one.is_forked
    assert one.said("import os; print(os.environ['MARK'])") == "kept"
    until(lambda: gone(before), "the one before has ended")

    one.manager.shutdown_kernel()
    until(lambda: gone(one.pid), "nothing is left of it")


def test_ten_at_once(warmed: Warmed, kernel):
    with ThreadPoolExecutor(10) as pool:
        ten = list(pool.map(lambda number: kernel(NUMBER=str(number)), range(10)))
    assert len({one.pid for one in ten}) == 10
    assert all(one.is_forked for one in ten)
    assert [one.said("import os; print(os.environ['NUMBER'])") for one in ten] == [str(number) for number in range(10)]
    assert len(psutil.Process(warmed.pid).threads()) == 1


def test_when_the_warmed_process_dies_its_forks_go_on_and_the_next_kernel_is_an_ordinary_one(warmed: Warmed, kernel):
    earlier = kernel()
    psutil.Process(warmed.pid).kill()
    later = kernel(MARK="there")
    assert earlier.is_forked
    assert not later.is_forked
    assert earlier.said("print(1 + 1)") == "2"
    assert later.said("import os; print(os.environ['MARK'])") == "there"


def test_a_warmed_process_that_has_died_is_replaced(warmed: Warmed, kernel, monkeypatch: pytest.MonkeyPatch):
    assert kernel().is_forked
    psutil.Process(warmed.pid).kill()
    assert not kernel().is_forked
    monkeypatch.setattr(forked, "AGAIN", 0.0)
    assert kernel().is_forked


def test_one_that_answers_too_late_is_not_waited_for(warmed: Warmed, kernel, monkeypatch: pytest.MonkeyPatch):
    assert kernel().is_forked
    stuck = psutil.Process(warmed.pid)
    stuck.send_signal(signal.SIGSTOP)
    warmed._line.settimeout(0.5)
    late = kernel()
    assert not late.is_forked
    assert late.said("print('here')") == "here"
    assert gone(stuck.pid)


def test_everything_ends_with_a_server_that_is_killed(tmp_path: Path):
    with servers.dashboards(tmp_path) as server:

        def forked() -> bool:  # a server that has only begun, and is very busy, gives a page an ordinary kernel
            get(server, "/")
            return KERNEL in [kernel.name() for kernel in server.kernels()]

        until(forked, "a kernel is forked", 60)
        kernels, warm = server.kernels(), server.warmed()
        opened = [file.path for file in warm.open_files()]
        assert not [path for path in opened if path.startswith(str(server.store))], "each kernel opens the store itself"
        server.process.kill()
        server.process.wait()
        for one in [*kernels, warm]:
            until(lambda one=one: not one.is_running() or one.status() == psutil.STATUS_ZOMBIE, "it ends", 20)
