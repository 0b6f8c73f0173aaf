"""Scrutiny in the browser: a question answered by keyboard, a proxy put into an outcome, seen by a second browser."""

import pytest
from hands import field
from playwright.sync_api import expect
from rules import violations

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser

VISITS, NAME = "fewer-falls-visits-to-accident-and-emergency", "Fewer falls: visits to accident and emergency"


def test_a_question_is_answered_and_a_proxy_put_to_use(visit, example: Workbook) -> None:
    """What is typed stays when others save; the answer goes out of date when its row changes; all of it on a phone too."""
    page = visit(f"/analyse?workbook={example.slug}")
    asked = page.locator(".psp-questions")
    about = asked.locator(f'[data-about="outcome:{VISITS}"]')
    about.locator("summary").focus()
    page.keyboard.press("Enter")
    about.get_by_role("button", name=f"Answer: “{NAME}”").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("It matters most <b>to them</b>")
    person = example.get("person", "calum-reid")
    example.change("person", person.id, {"role": "Physiotherapist"}, person.version)
    expect(about.get_by_label("What we answer")).to_have_value("It matters most <b>to them</b>")
    expect(about.get_by_label("What we answer")).to_be_focused()
    about.get_by_role("button", name="Keep this answer").click()
    expect(about.locator(".psp-reply").first).to_contain_text("Answer: It matters most <b>to them</b>")

    shelf = page.locator(".psp-proxies")
    shelf.get_by_label("Find a proxy").fill("social work")
    one = shelf.locator('details[data-proxy="gmca-ss5"]')
    one.locator("summary").click()
    one.get_by_role("button", name="Put it into this outcome").click()
    expect(one.get_by_label("For which outcome")).to_be_focused()
    expect(one).to_contain_text("Choose the outcome that it stands for.")
    one.get_by_label("For which outcome").select_option(label=NAME)
    one.get_by_role("button", name="Put it into this outcome").click()
    expect(shelf.locator(".psp-status")).to_contain_text("£693.25 in prices of 2015/16 × 100 ÷ 74.5894 = £929.42")
    expect(field(page, "evidence", VISITS, "financial_proxy")).to_have_value("929.42")
    expect(about.locator(".psp-reply").first).to_contain_text("Out of date")

    other = visit(f"/analyse?workbook={example.slug}", width=390)
    there = other.locator(f'.psp-questions [data-about="outcome:{VISITS}"]')
    there.locator("summary").click()
    expect(there.locator(".psp-reply").first).to_contain_text("Value of one, £: 94, now 929.42")
    there.get_by_role("button", name="It still holds").first.click()
    expect(about.locator(".psp-reply").first).not_to_contain_text("Out of date")
    other.wait_for_function("document.documentElement.scrollWidth <= 390")
    assert violations(other) == []
