"""Our pages against a bare Voila page with one slider, in one run: time until ready, bytes, memory.

Run: python tests/benchmarks/page.py [--visits N] [--pages /analyse …]. Needs Chromium. It prints medians and ratios; it asserts nothing.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import psutil
from playwright.sync_api import Browser
from side_by_side import READY, SLIDER, side_by_side  # the file beside this one


def kernels(server: psutil.Process) -> list[psutil.Process]:
    """The server's kernels: all that it has started, but not the process that they are forked from."""
    return [child for child in server.children(recursive=True) if child.name() != "psp-warmed"]


def memory(processes: list[psutil.Process]) -> float:
    """Memory of the processes, in MB: proportional set size where the system tells it."""
    total = 0.0
    for child in processes:
        info = child.memory_full_info()
        total += getattr(info, "pss", info.rss)
    return total / 2**20


def visit(browser: Browser, address: str, ready: str, server: psutil.Process, *, again: bool) -> dict[str, float]:
    """One visitor: seconds until ready, bytes over the network, memory of the kernel."""
    context = browser.new_context()
    page = context.new_page()
    if again:  # fill the browser's cache first
        page.goto(address)
        page.wait_for_selector(ready, timeout=60_000)
        page.goto("about:blank")
        gone = time.time() + 20
        while kernels(server) and time.time() < gone:
            time.sleep(0.1)
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    received = {"bytes": 0.0}
    client.on(
        "Network.loadingFinished", lambda event: received.update(bytes=received["bytes"] + event["encodedDataLength"])
    )
    client.on(
        "Network.webSocketFrameReceived",
        lambda event: received.update(bytes=received["bytes"] + len(event["response"]["payloadData"])),
    )
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(ready, timeout=60_000)
    taken = time.perf_counter() - start
    page.wait_for_timeout(1500)
    used = memory(kernels(server))
    page.goto("about:blank")
    context.close()
    for child in kernels(server):
        child.kill()
    return {"seconds": taken, "megabytes": received["bytes"] / 1e6, "memory": used}


def main() -> None:
    """Start both servers, visit each in turn, print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=5)
    parser.add_argument("--pages", nargs="+", default=["/", "/analyse", "/plan", "/do", "/review"], metavar="PATH")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, side_by_side(Path(folder)) as both:
        pages = {
            "bare Voila, one slider": (both.bare, SLIDER, both.bare_server),
            **{path: (both.ours + path, READY, both.our_server) for path in asked.pages},
        }
        print("page                     visit   ready s   MB over the wire   kernel MB   time against bare")
        for again in (False, True):
            base = 0.0
            for name, (address, ready, server) in pages.items():
                seen = [visit(both.browser, address, ready, server, again=again) for _ in range(asked.visits)]
                middle = {key: statistics.median(one[key] for one in seen) for key in seen[0]}
                base = base or middle["seconds"]
                print(
                    f"{name:24} {'later' if again else 'first'}   {middle['seconds']:7.2f}   {middle['megabytes']:16.2f}   {middle['memory']:9.0f}   {middle['seconds'] / base:17.2f}"
                )


if __name__ == "__main__":
    main()
