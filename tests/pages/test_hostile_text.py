"""Whatever people type is text: it is stored, shown and drawn as typed, and none of it is run."""

import re

import pytest
from hands import CARE, enter, field, figure, register, row
from playwright.sync_api import expect
from visits import go

from pspworkbook.workbook import Store, Workbook, export_bytes, import_bytes

pytestmark = pytest.mark.browser

SCRIPT = "<script>window.ran = 1</script>"
BROKEN = re.compile(re.escape(SCRIPT).replace(r"\ ", r"\s*"))
"""As a drawing has it: a long label is broken at a blank, and the blank goes."""
NASTY = f"""{SCRIPT}<img src=x onerror="window.ran=1">'"&amp; 🍲 \u0645\u0631\u062d\u0628\u0627"""


def test_a_stakeholder_with_markup_for_a_name_is_shown_as_typed_everywhere(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}")
    enter(field(page, "stakeholder", "residents", "name"), NASTY)

    expect(register(page, "stakeholder").locator(".psp-status")).to_contain_text(SCRIPT)
    chart = figure(page, "Value for each stakeholder")
    expect(chart.locator("> p")).to_contain_text(NASTY)
    expect(chart.locator("tbody th").first).to_have_text(NASTY)
    expect(chart.locator(".psp-drawing svg").first).to_contain_text(BROKEN)
    expect(field(page, "outcomes", CARE, "stakeholder").locator("option:checked")).to_have_text(NASTY)
    name = row(page, "stakeholder", "residents").get_by_role("button").get_attribute("aria-label")
    assert name == f"Details of {NASTY}"
    enter(field(page, "outcomes", CARE, "outcome"), NASTY)
    expect(row(page, "impact", CARE).locator("th").first).to_have_text(NASTY)
    expect(page.locator(".psp-result ~ p", has_text="Without its biggest outcome")).to_contain_text(NASTY)
    assert example.get("stakeholder", "residents").record.name == NASTY

    go(page, page.url.replace("/analyse", "/"))
    page.get_by_text("Who changed what, when and why").click()
    expect(page.locator("td", has_text=SCRIPT).first).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert page.locator('img[src="x"]').count() == 0


def test_a_workbook_with_markup_for_a_name_is_shown_as_typed(visit, store: Store, shipped: bytes):
    workbook = store.open(import_bytes(store, shipped).slug, mark=False)
    workbook.rename(NASTY)
    page = visit(f"/?workbook={workbook.slug}")
    expect(page.locator("#psp-workbook-name")).to_have_text(NASTY)
    expect(page.locator("li strong", has_text="window.ran")).to_have_text(NASTY)
    assert page.evaluate("window.ran") is None
    assert NASTY.encode() not in page.request.get(page.url).body(), "the page as it is sent has it escaped"


def test_a_long_text_is_kept_whole(visit, store: Store, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}")
    text = ("Long \u202etext\u202c, line by line.\n" * 1000)[:20_000].strip()
    enter(field(page, "outcomes", CARE, "description"), text)
    expect(register(page, "outcomes").locator(".psp-status")).to_contain_text("Saved")
    assert example.get("outcome", CARE).record.description == text
    go(page, page.url)
    expect(field(page, "outcomes", CARE, "description")).to_have_value(text)
    assert text.encode() in export_bytes(example) or "Long" in export_bytes(example).decode()
