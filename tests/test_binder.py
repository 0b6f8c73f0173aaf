"""The Binder environment, built afresh as repo2docker builds it, opens the start page both ways.

Behind a base address and a token, as on a Binder hub: as a dashboard, and in JupyterLab.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TOKEN, BASE = "a-token-for-the-test", "/user/somebody-x1y2/"


def test_every_package_is_pinned() -> None:
    """A line is a package with one version, or this project itself."""
    lines = (ROOT / "binder" / "requirements.txt").read_text("utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert wanted[-1] == "."
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line) for line in wanted[:-1])
    names = {line.split("==")[0].lower().replace("_", "-") for line in wanted[:-1]}
    assert {"jupyterlab", "voila", "ipywidgets", "anywidget", "pandas", "plotly", "sqlalchemy", "pydantic"} <= names


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with what binder/ asks for, made the way repo2docker does it: requirements, then postBuild."""
    if sys.version_info[:2] != tuple(map(int, (ROOT / "binder" / "runtime.txt").read_text().strip()[7:].split("."))):
        pytest.skip("the pinned versions are for the Python that binder/runtime.txt names")
    folder = tmp_path_factory.mktemp("binder")
    copy = folder / "repository"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "dist"))
    subprocess.run([sys.executable, "-m", "venv", str(folder / "env")], check=True)
    python = folder / "env" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "-r", "binder/requirements.txt"], cwd=copy, check=True)
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["sh", "binder/postBuild"], cwd=copy, env={**os.environ, "PATH": path}, check=True)
    return folder


@pytest.fixture(scope="module")
def server(environment: Path) -> Iterator[str]:
    """A Jupyter server in that environment, started in the repository as Binder does; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    unwanted = ("PSPWORKBOOK", "JUPYTER", "PYTHON", "VIRTUAL_ENV")
    env = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    env |= {
        "HOME": str(environment),
        "XDG_DATA_HOME": str(environment / "data"),
        "BINDER_REPO_URL": "https://example.org/r",
    }
    command = [
        environment / "env/bin/python",
        "-m",
        "jupyter",
        "server",
        "--allow-root",
        "--no-browser",
        f"--port={port}",
        f"--ServerApp.base_url={BASE}",
        f"--IdentityProvider.token={TOKEN}",
    ]
    log = (environment / "server.log").open("w")
    process = subprocess.Popen(command, cwd=environment / "repository", env=env, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}{BASE}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}api?token={TOKEN}", timeout=5)
                break
            except (urllib.error.URLError, OSError):
                assert process.poll() is None, (environment / "server.log").read_text()
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


@pytest.fixture
def page(chromium: str) -> Iterator[Page]:
    """A browser's page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 1400, "height": 1000})
        browser.close()


@pytest.mark.browser
def test_the_start_page_opens_as_a_dashboard(server: str, page: Page) -> None:
    """With its look, its widgets answering, the way to the other page, and a word that Binder forgets."""
    strangers: list[str] = []
    page.on("request", lambda request: strangers.append(request.url))
    page.goto(f"{server}voila/render/notebooks/00_start.ipynb?token={TOKEN}")
    page.wait_for_selector("[role=main][data-ready=true]", timeout=60_000)
    assert page.locator(".psp-head").is_visible()
    assert page.get_by_text("This page runs on Binder, which forgets everything").is_visible()
    page.locator(".psp-way").get_by_role("link", name="4 Analyse").click()
    page.wait_for_selector("[role=main][data-ready=true]", timeout=60_000)
    page.wait_for_selector(".psp-drawing svg", timeout=60_000)
    assert page.locator("#sroi-ratio").inner_text().startswith("£1.93")
    assert [url for url in strangers if url.startswith("http") and not url.startswith("http://127.0.0.1:")] == []


@pytest.mark.browser
def test_the_start_page_opens_in_jupyterlab(server: str, page: Page) -> None:
    """And runs there."""
    page.goto(f"{server}lab/tree/notebooks/00_start.ipynb?token={TOKEN}")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_selector(".psp-passage .psp-cards", timeout=60_000)


def test_the_notebooks_ask_for_our_template() -> None:
    """Voila inside Jupyter takes the template that a notebook names, so that even a bare Voila shows our pages."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        assert json.loads(path.read_text("utf-8"))["metadata"]["voila"] == {"template": "psp"}
