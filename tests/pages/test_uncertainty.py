"""How sure are we? The possible worlds in the browser: worked out at a press, gone when a figure changes, and back."""

import re
from pathlib import Path

import pytest
from hands import enter, field, figure, numbers
from playwright.sync_api import expect
from rules import violations

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser


def test_the_range_is_worked_out_by_keyboard_and_follows_the_figures(visit, example: Workbook, tmp_path: Path) -> None:
    """The button, its result as sentence, dots and table; a changed figure makes another result."""
    page = visit(f"/analyse?workbook={example.slug}")
    button = page.get_by_role("button", name="Work out the range", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    sentence = page.locator("#sroi-worlds")
    expect(sentence).to_contain_text("In 90 of 100 possible worlds")
    first = sentence.inner_text()
    worlds = figure(page, "A hundred possible worlds")
    assert re.fullmatch(r"\d+\.\d%", numbers(worlds)[1] or "")
    expect(figure(page, "What to find out more about first")).to_contain_text("Find out more about these three first")
    expect(page.locator("#sroi-tests")).to_contain_text("Deadweight at 50% for every outcome")
    expect(page.get_by_role("row", name="Falls a year that do not happen (3 outcomes): deadweight")).to_contain_text(
        "49.9%"
    )
    again = page.get_by_role("button", name="Work out the range again", exact=True)
    expect(again).to_be_enabled()
    care = "fewer-falls-geriatric-continuing-care"
    enter(field(page, "evidence", care, "financial_proxy"), "3,000")
    expect(sentence).not_to_have_text(first)
    expect(again).to_be_enabled()
    expect(sentence).to_contain_text("In 90 of 100 possible worlds")

    page.reload()
    expect(sentence).to_contain_text("In 90 of 100 possible worlds")
    expect(sentence.locator("xpath=..")).to_contain_text("have changed since the range was last asked for")
    button = page.get_by_role("button", name="Work out the range")
    expect(button).to_be_enabled()
    button.click()
    expect(sentence.locator("xpath=..")).to_contain_text("Kept in the workbook on")
    expect(page.locator("#sroi-range")).to_contain_text("from your own ranges for 6 figures")

    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("document.documentElement.scrollWidth <= 390")
