"""The page of stage 6 in the browser: the example keeps the rules at two widths, and a report is issued once."""

import io
import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from hands import press
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_example_keeps_the_rules_and_fits(visit, example, width):
    page = visit(f"/do?workbook={example.slug}", width)
    expect(page.get_by_text("Reached: do the fallback.").first).to_be_visible()
    page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")
    if folder := os.environ.get("PSP_SHOTS"):
        page.screenshot(path=f"{folder}/do-{width}.png", full_page=True)
    if width == 1280:
        wide = "() => [...document.querySelectorAll('.psp-scroll')].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText.slice(0, 60))"
        assert page.evaluate(wide) == []


def test_issuing_a_report_keeps_its_words_and_saves_it(visit, example, tmp_path):
    page = visit(f"/do?workbook={example.slug}")
    with page.expect_download() as download:
        press(page, "Issue the report: keep it as it reads now, and save it")
    path = tmp_path / "r.docx"
    download.value.save_as(path)
    document = Document(io.BytesIO(path.read_bytes()))
    assert "As it was issued." in [paragraph.text for paragraph in document.paragraphs]
    kept = [entry.record for entry in example.records("progress_report") if entry.id == "report-4"]
    assert kept[0].issued and "The year is over" in kept[0].issued_text
