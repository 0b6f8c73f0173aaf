"""The theory of change and the report in the browser: drawn from the rows, saved at a press, and read by anybody."""

from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from hands import enter, field
from playwright.sync_api import expect
from rules import violations

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser


def test_the_theory_follows_the_rows_and_the_report_is_saved_and_readable(visit, example, tmp_path: Path) -> None:
    """By keyboard; the saved page opens from the disk, keeps the rules wide and narrow, and fetches nothing."""
    page = visit(f"/analyse?workbook={example.slug}")
    picture = page.get_by_role("img", name="Theory of change")
    expect(picture).to_contain_text("Loss, not intended")
    enter(field(page, "outcomes", "new-clubs-and-friends", "outcome"), "New friends <b>&</b> clubs")
    expect(picture).to_contain_text("New friends <b>&</b> clubs")

    button = page.get_by_role("button", name="Save the report (web page)", exact=True)
    button.focus()
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    page.get_by_text("Saved as sroi-report-").first.wait_for()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert file.suffix == ".html"
    with page.expect_download() as word:
        page.get_by_role("button", name="Save the report (Word)", exact=True).click()
    word.value.save_as(tmp_path / "report.docx")
    assert "luncheon club" in Document(str(tmp_path / "report.docx")).core_properties.title

    page.goto("about:blank")  # what the workbook's page says when it is left is its own affair
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert [url for url in asked if not url.startswith("file:")] == []
    expect(page.get_by_role("heading", level=1)).to_contain_text("Social return on investment")
    expect(page.get_by_role("img", name="Theory of change")).to_contain_text("New friends <b>&</b> clubs")
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)
        assert violations(page) == []


def test_without_a_ratio_the_report_is_still_made(visit, store, tmp_path: Path) -> None:
    """An empty workbook: the page says that there is no theory yet, and the report what is missing."""
    workbook: Workbook = store.create("Just begun")
    page = visit(f"/analyse?workbook={workbook.slug}")
    expect(page.get_by_text("There is no theory of change yet")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the report (web page)", exact=True).click()
    saved.value.save_as(tmp_path / "empty.html")
    assert "There is no range yet" in (tmp_path / "empty.html").read_text("utf-8")
