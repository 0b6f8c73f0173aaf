"""The page of stage 6 in the browser: the example keeps the rules at two widths, and a report is issued once."""

import io
import os

import pytest
from docx import Document
from hands import press
from playwright.sync_api import expect
from rules import violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_the_example_keeps_the_rules_and_fits(visit, example, width):
    page = visit(f"/do?workbook={example.slug}", width)
    expect(page.get_by_text("Reached: do the fallback.").first).to_be_visible()
    page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
    assert violations(page) == []
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


def tab_to(page, field):
    """Go on with the tabulator until this field of the row has the focus; a date takes several steps."""
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.field") == field:
            return
    raise AssertionError(f"{field} cannot be reached by keyboard")


def test_by_keyboard_on_a_phone_a_small_figure_is_entered_and_told_to_nobody(visit, example):
    """The figure stands in its own field only: not in the sentences, the chart's table, or on a second browser's page."""
    page = visit(f"/do?workbook={example.slug}", 390)
    page.locator("#reading-add").focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-register="reading"] :focus')).to_have_attribute("data-field", "measure")
    page.keyboard.type("Lunches")
    tab_to(page, "period_end")
    page.keyboard.type("10302026")
    for field, text in (("value", "9713"), ("n", "3"), ("note", "A quiet week")):
        tab_to(page, field)
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    told = "Lunches a week: not shown: fewer than 5 people at 30 October 2026."
    expect(page.get_by_role("listitem").filter(has_text=told).first).to_be_visible()
    [kept] = [entry for entry in example.records("reading") if entry.record.note == "A quiet week"]
    assert (kept.record.value, kept.record.n) == (9713, 3)
    page.reload()
    page.wait_for_selector('[role=main][data-ready="true"]')
    other = visit(f"/do?workbook={example.slug}")
    for one in (page, other):
        expect(one.get_by_role("listitem").filter(has_text=told).first).to_be_visible()
        assert "9,713" not in one.locator("[role=main]").inner_text()
        expect(one.locator(f'[id="reading-{kept.id}-value"]')).to_have_value("9,713")
    page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_this_months_list_is_read_card_by_card(visit, example):
    """Nothing of it is cut off, and each answer says what it is."""
    page = visit(f"/do?workbook={example.slug}", 390)
    month = page.get_by_role("group", name="Communications due")
    expect(month).to_be_visible()
    assert month.evaluate("box => box.scrollWidth <= box.clientWidth")
    card = month.locator("tbody tr").first
    said = [cell.get_attribute("data-label") for cell in card.locator("th, td").all()]
    assert said == ["Due", "To whom", "What", "How", "Who"]
    assert card.locator("td").last.evaluate("cell => getComputedStyle(cell, '::before').content").startswith('"Who: ')
    assert all(cell.bounding_box()["x"] + cell.bounding_box()["width"] <= 390 for cell in card.locator("th, td").all())


def test_a_lesson_made_from_a_reflection_leads_back_to_it(visit, example):
    made = example.add("reflection", {"learned": "Ask the drivers first", "date": "2026-06-01"})
    page = visit(f"/do?workbook={example.slug}")
    offer = page.locator("li", has_text="Ask the drivers first").filter(has=page.get_by_role("button")).first
    offer.get_by_role("button").click()
    panel = page.locator(".psp-panel", has=page.get_by_role("heading", name="Lessons made from the learning log"))
    expect(panel).to_contain_text("from the reflection “Ask the drivers first”")
    panel.get_by_role("link").nth(0).click()
    page.wait_for_url("**/library**")
    back = page.locator(".psp-panel", has=page.get_by_role("heading", name="Lessons made from the learning log"))
    back.get_by_role("link", name="“Ask the drivers first”").last.click()
    page.wait_for_url("**/do**")
    expect(page.locator(f'[data-register="reflection"] tr[data-id="{made.id}"] :focus')).to_have_count(1)
