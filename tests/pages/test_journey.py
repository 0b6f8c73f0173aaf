"""The customer journey in a browser: keys, a finger, a second person, a reload, a phone, and no barrier."""

import pytest
from hands import enter, field, figure
from playwright.sync_api import expect
from rules import violations
from visits import go

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser

STEPS = '.psp-register[data-register="journey_step"]'
TOLD_AGAIN = "Is visited and asked the same questions again"


def test_a_journey_is_put_in_order_told_both_ways_and_followed_by_somebody_on_a_phone(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}")
    phone = visit(f"/analyse?workbook={example.slug}", width=390)
    steps, theirs = page.locator(STEPS), phone.locator(STEPS)
    first = steps.locator("[data-field=what]").first

    # A step is moved by the keyboard alone; the button keeps the focus, and the other page follows.
    steps.locator('tr[data-id="jean-3"] .psp-move').first.focus()
    page.keyboard.press("Enter")
    expect(steps.locator(".psp-status")).to_contain_text("is number 2 of 8")
    expect(page.locator(":focus")).to_have_attribute("aria-label", f"Earlier: {TOLD_AGAIN}")
    page.keyboard.press("Enter")
    expect(first).to_have_value(TOLD_AGAIN)
    expect(theirs.locator("[data-field=what]").first).to_have_value(TOLD_AGAIN)
    assert example.get("journey_step", "jean-3").record.order == 1

    # What could not be kept stays where it was typed, also when something else is to be shown.
    wait = field(page, "journey_step", "jean-1", "wait")
    wait.fill("soon")
    steps.get_by_role("button", name="As it should be").click()
    expect(steps.locator(".psp-alerts")).to_contain_text("First mend what could not be kept")
    expect(wait).to_have_value("soon")
    expect(wait).to_be_focused()
    enter(wait, "10 days")
    expect(wait).to_have_value("10 days")
    expect(figure(page, "The journey of Jean").locator("p").last).to_contain_text("10 weeks 3 days of waiting")

    # What is missing leads to its field, in whatever it stands.
    steps.get_by_role("button", name="As it should be").click()
    expect(first).to_have_value("Tells the nurse that she eats alone")
    page.get_by_role("link", name="is outside our control. Who could change it?").first.click()
    holder = page.locator('[id="journey_step-jean-7-holder-full"]')
    expect(holder).to_be_focused()
    enter(holder, "The transport partnership")
    expect(page.get_by_role("link", name="Who could change it?")).to_have_count(0)

    # On the phone somebody looks at another journey, and completes it; nobody else's page turns over.
    theirs.get_by_role("button", name="Alison").click()
    theirs.get_by_role("button", name="As it should be").click()
    theirs.get_by_role("button", name="Copy the other steps of today").click()
    expect(theirs.locator("tbody tr[data-id]")).to_have_count(5)
    expect(figure(phone, "The journey of Alison")).to_be_visible()
    expect(steps.locator("caption")).to_contain_text("Jean")
    phone.wait_for_function("document.documentElement.scrollWidth <= 390")
    assert violations(phone) == []

    # A difference becomes a requirement of the scope.
    offer = page.get_by_role(
        "button", name="Add: Nobody has to go through this any more: “Gets the letter that says yes”"
    )
    offer.click()
    expect(offer).to_have_count(0)
    assert any(one.record.origin == "journey_step:jean-4#gone" for one in example.records("design_requirement"))

    go(page, page.url)
    expect(first).to_have_value(TOLD_AGAIN)
    expect(field(page, "journey_step", "jean-1", "wait")).to_have_value("10 days")
    expect(offer).to_have_count(0)
