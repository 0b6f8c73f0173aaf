"""The server may be killed, or stopped: what was entered is there when it starts again."""

import os
import signal
from pathlib import Path

import psutil
import pytest
import servers
from hands import CARE, enter, field, register, see_ratio
from servers import until

from pspworkbook.workbook import Store

pytestmark = pytest.mark.browser


def test_everything_is_as_it_was_after_the_browser_is_closed_and_the_server_killed(visit, tmp_path: Path):
    with servers.dashboards(tmp_path) as server:
        page = visit(f"{server.address}/analyse")
        enter(field(page, "impact", CARE, "deadweight"), "50%")
        register(page, "impact").locator(".psp-status", has_text="from 0% to 50%").wait_for()
        page.close()
        kernels = server.kernels()
        server.process.kill()
        server.process.wait(30)
        for kernel in kernels:
            until(
                lambda kernel=kernel: not kernel.is_running() or kernel.status() == psutil.STATUS_ZOMBIE, "orphans end"
            )
    with servers.dashboards(tmp_path, store=server.store) as server:
        page = visit(f"{server.address}/analyse")
        see_ratio(page, "£1.38")
        assert field(page, "impact", CARE, "deadweight").input_value() == "50%"
        with Store(server.store) as store:
            assert store.damage() == []
            assert [change.summary for change in store.open(mark=False).history(limit=1)] == [
                "Deadweight of “Fewer falls: geriatric continuing care” from 0% to 50%"
            ]


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C reaches a process in another way on Windows")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_it_stops_cleanly(visit, tmp_path: Path, stop: signal.Signals):
    with servers.dashboards(tmp_path) as server:
        visit(f"{server.address}/")
        children = psutil.Process(server.process.pid).children(recursive=True)
        assert server.kernels()
        server.process.send_signal(stop)
        assert server.process.wait(60) == 0
        assert server.said().rstrip().endswith("Stopped. Everything that was entered is saved.")
        assert "Traceback" not in server.said()
        _gone, left = psutil.wait_procs(children, timeout=20)
        assert left == []
