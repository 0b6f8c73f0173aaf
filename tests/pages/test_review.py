"""The page of stage 7 on a phone by keyboard: what happened moves the ratio, and the page says why, in every browser."""

import pytest
from hands import field, figure, numbers, turn_to
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_by_keyboard_on_a_phone_an_actual_figure_moves_the_bridge_and_its_words(visit, example):
    page = visit(f"/review?workbook={example.slug}", 390)
    other = visit(f"/review?workbook={example.slug}")
    expect(page.get_by_text("Forecast: £1.93 (£0.97 to £2.66)")).to_be_visible()
    bridge = numbers(figure(page, "From the forecast to what happened"))
    assert not {"-0.00", "+0.00", "−0.00"} & set(bridge) and "−0.004" in bridge
    quantity = field(page, "actual", "actual-ward", "quantity")
    turn_to(quantity)
    quantity.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    words = "Fewer falls: stays on a geriatric assessment ward: Deadweight 0% → 15%. That took 0.11 off the ratio."
    for one in (page, other):
        expect(one.get_by_role("listitem").filter(has_text=words)).to_be_visible()
    assert "−0.11" in numbers(figure(other, "From the forecast to what happened"))
    page.locator("#lm3_round-add").focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-register="lm3_round"] :focus')).to_have_attribute("data-field", "who")
    page.keyboard.type("Piper")
    page.keyboard.press("Tab")
    page.keyboard.type("5000")
    page.keyboard.press("Tab")
    expect(page.get_by_text("The payments come to £5,000 more than came in.")).to_be_visible()
    page.reload()
    page.wait_for_selector('[role=main][data-ready="true"]')
    expect(page.get_by_role("listitem").filter(has_text=words)).to_be_visible()
    page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")
