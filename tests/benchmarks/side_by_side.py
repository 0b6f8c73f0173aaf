"""A bare Voila page with one slider and our dashboards, side by side: what the benchmarks of pages measure against."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, sync_playwright

BARE = {
    "cells": [
        {
            "cell_type": "code",
            "id": "one",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": "import ipywidgets\nipywidgets.IntSlider()",
        }
    ],
    "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


SLIDER = ".noUi-handle"
"""What stands on the bare page once it can be used."""
READY = "[role=main][data-ready=true]"
"""What stands on a page of ours once it can be used."""


@dataclass(frozen=True)
class SideBySide:
    """Both servers, running, and a browser. ``bare`` is the whole address of the slider's page."""

    browser: Browser
    bare: str
    ours: str
    bare_server: psutil.Process
    our_server: psutil.Process


@contextmanager
def side_by_side(folder: Path) -> Iterator[SideBySide]:
    """Start both on free ports, our store being ``w.db`` in the folder; LOUD=1 lets them print."""
    (folder / "bare").mkdir()
    (folder / "bare" / "slider.ipynb").write_text(json.dumps(BARE))
    bare, ours = free_port(), free_port()
    commands = (
        ["voila", str(folder / "bare"), "--no-browser", f"--port={bare}"],
        ["pspworkbook", "dashboards", "--no-browser", f"--port={ours}", "--store", f"{folder}/w.db"],
    )
    quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": None if os.environ.get("LOUD") else subprocess.DEVNULL}
    servers = [subprocess.Popen([sys.executable, "-m", *command], **quiet) for command in commands]
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    try:
        for port in (bare, ours):
            wait_for(port)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            host = "http://127.0.0.1"
            yield SideBySide(
                browser,
                f"{host}:{bare}/voila/render/slider.ipynb",
                f"{host}:{ours}",
                *(psutil.Process(server.pid) for server in servers),
            )
            browser.close()
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until something listens."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"nothing answers on port {port}")
