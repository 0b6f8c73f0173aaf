"""The tools around the forecast in a browser: the bank to pick from, and nothing wider than a phone."""

import os

import pytest
from playwright.sync_api import expect

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser


def test_one_outcome_is_picked_from_the_pilots_and_the_page_fits_a_phone(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    bank = page.locator(".psp-offers details").filter(has_text="What others set out to change").first
    expect(bank.get_by_role("button").first).to_be_hidden()
    bank.locator("summary").click()
    assert bank.get_by_role("button", name="Add all").count() == 0
    before = len(example.records("outcome"))
    bank.get_by_role("button").first.click()
    expect(
        page.locator(".psp-offers + p + .psp-status, .psp-status", has_text="1 added to outcomes").first
    ).to_be_visible()
    assert len(example.records("outcome")) == before + 1
    expect(bank).to_have_attribute("open", "")
    if folder := os.environ.get("PSP_SHOTS"):
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            for id_ in ("AN-1", "AN-7", "AN-11", "AN-12", "AN-10"):
                page.locator(f"#tool-{id_}").scroll_into_view_if_needed()
                page.evaluate("id => document.getElementById(id).scrollIntoView()", f"tool-{id_}")
                page.wait_for_timeout(600)
                page.screenshot(path=f"{folder}/{id_}-{width}.png")
        page.screenshot(path=f"{folder}/whole.png", full_page=True)
