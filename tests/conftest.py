"""What all tests share: where Chromium is, and that no test meets the user's own workbooks."""

import os
import shutil
from pathlib import Path

import pytest

USUAL_PLACES = (
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/snap/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


def find_chromium() -> str | None:
    """The browser that ``CHROMIUM`` names, otherwise one in a usual place or on the path; None without any."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    there = [place for place in USUAL_PLACES if Path(place).is_file()]
    return next(iter(there), None) or next(filter(None, map(shutil.which, ON_PATH)), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that needs a browser is skipped without one; where tests must run (in CI), it fails instead."""
    if item.get_closest_marker("browser") is None or find_chromium() is not None:
        return
    reason = "There is no Chromium or Chrome here. Install one, or name it in the variable CHROMIUM."
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Chromium's path."""
    found = find_chromium()
    assert found is not None, "a test that uses this fixture carries the marker `browser`"
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A page that failed on a busy machine is looked at again; what is broken fails each time, and the retries are shown."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=2))
