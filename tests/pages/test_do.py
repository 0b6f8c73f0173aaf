"""The page of stage 6 in the browser: the example keeps the rules at two widths, and a report is issued once."""

import datetime as dt
import io
import os

import pytest
from docx import Document
from hands import enter, field, press, register, row, turn_to
from playwright.sync_api import expect
from rules import violations

from pspworkbook.methods.do.comms import later

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
        note = page.locator("[data-register=period_note] tbody tr").first
        day, words = note.locator("input[type=date]").bounding_box(), note.locator("textarea").first.bounding_box()
        assert day["width"] < 160 < words["width"], "what a day does not need is left to the words"


def test_issuing_a_report_keeps_its_words_and_saves_it(visit, example, tmp_path):
    page = visit(f"/do?workbook={example.slug}")
    with page.expect_download() as download:
        press(page, "Issue “Progress report, end of the pilot year”: keep it as it reads now, and save it")
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
    for name, text in (("value", "9713"), ("n", "3"), ("note", "A quiet week")):
        tab_to(page, name)
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


def test_on_a_phone_this_months_list_is_ticked_off_where_it_stands(visit, example):
    """The row says what it is about, takes how it went, stays in sight when it is done, and Undo brings it back."""
    today = dt.date.today()
    values = {"message": "Ring the drivers", "channel": "Phone", "date": today.isoformat(), "frequency": "monthly"}
    made = example.add("communication", values)
    page = visit(f"/do?workbook={example.slug}", 390)
    card = row(page, "due", made.id)
    said = card.locator("xpath=following-sibling::tr[1]")
    expect(said).to_contain_text("Due today.")
    page.get_by_role("button", name="Done today: Ring the drivers").click()
    expect(page.locator("[role=status]", has_text="Ring the drivers").first).to_contain_text("Done on")
    expect(said).not_to_contain_text("Due today.")
    enter(field(page, "due", made.id, "feedback"), "Two want Thursdays")
    expect(register(page, "due").locator(".psp-status")).to_contain_text("Two want Thursdays")
    record = example.get("communication", made.id).record
    assert (record.done, record.feedback) == (today, "Two want Thursdays")
    expect(field(page, "communication", made.id, "done")).to_have_value(today.isoformat())
    expect(card).to_contain_text(f"{later(today, 1).day} ")
    assert card.evaluate("card => card.scrollWidth <= card.clientWidth + 1")
    turn_to(field(page, "communication", made.id, "stakeholder"))
    assert field(page, "communication", made.id, "stakeholder").bounding_box()["width"] > 120, (
        "what is chosen can be read"
    )
    for _ in range(2):
        press(page, "Undo")
        page.wait_for_timeout(300)
    expect(said).to_contain_text("Due today.")


def test_a_folded_card_says_what_tells_it_apart_and_what_matters(visit, example):
    page = visit(f"/do?workbook={example.slug}", 390)
    first = register(page, "reading").locator(".psp-card-open").first
    expect(first.locator("span")).to_have_text("People met or talked with in the last week, 30 January 2026")
    for kept_back in ("Value", "From how many people", "January"):  # what is private, and what the name says already
        expect(first.locator("small")).not_to_contain_text(kept_back)
    expect(register(page, "continuation").locator(".psp-card-open small").first).to_contain_text(
        "if another provider wins: Yes"
    )


def test_what_is_added_from_a_finding_begins_with_what_it_is_about(visit, example):
    group = example.add("stakeholder", {"name": "Shopkeepers"})
    page = visit(f"/do?workbook={example.slug}")
    page.get_by_role("link", name="Nothing lies ahead for Shopkeepers").last.click()
    add = page.locator("#communication-add")
    expect(add).to_be_focused()
    expect(add).to_have_text("Add a communication. To whom: Shopkeepers")
    page.keyboard.press("Enter")
    expect(register(page, "communication").locator("tr :focus")).to_have_attribute("data-field", "date")
    made = page.locator(":focus").evaluate("input => input.closest('tr').dataset.id")
    expect(field(page, "communication", made, "stakeholder")).to_have_value(group.id)
    expect(add).to_have_text("Add a communication")
    add.click()
    page.wait_for_timeout(500)
    assert [entry.record.stakeholder for entry in example.records("communication")][-2:] == [group.id, None]


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
