"""The page of stage 4: what is typed changes the ratio, the charts and the sentences, and is kept."""

import pytest
from hands import CARE, CLUBS, enter, field, figure, message, numbers, press, register, row, see_ratio
from playwright.sync_api import expect
from visits import go

from pspworkbook.workbook import Workbook

LOSS = "less-neighbourly-shopping"

pytestmark = pytest.mark.browser


def test_a_changed_deadweight_changes_everything_that_follows_and_can_be_explained_and_undone(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}")
    assert page.title() == "Analyse: PSP workbook"
    assert page.url.endswith(f"/analyse?workbook={example.slug}"), "each tab keeps its own workbook"
    see_ratio(page, "£1.93")
    expect(row(page, "impact", CARE)).to_contain_text("£48,013")
    waterfall = figure(page, "From gross value")
    sentence, table = waterfall.locator("> p").inner_text(), numbers(waterfall)

    enter(field(page, "impact", CARE, "deadweight"), "50%")

    see_ratio(page, "£1.38")
    expect(row(page, "impact", CARE)).to_contain_text("£24,007")
    expect(register(page, "impact").locator("tfoot")).to_contain_text("£58,547")
    expect(page.locator(".psp-so-far").last).to_contain_text("£1.38 for every £1 put in")
    expect(page.locator(".psp-result")).to_contain_text("£1.38")
    expect(waterfall.locator("> p")).not_to_have_text(sentence)
    assert numbers(waterfall) != table
    assert waterfall.locator(".psp-drawing").get_attribute("aria-label") == waterfall.locator("> p").inner_text()
    expect(waterfall.locator(".psp-drawing svg").first).to_be_visible()

    # The change can be given a reason, and the reason stands in the history beside it.
    said = register(page, "impact").locator(".psp-status")
    expect(said).to_contain_text("Deadweight of “Fewer falls: geriatric continuing care” from 0% to 50%")
    page.locator('[id="impact-why"]').fill("The ward told us")
    press(page, "Add reason")
    expect(said).to_contain_text("reason is kept")
    expect(page.locator('[id="impact-why"]')).to_be_hidden()
    assert example.history(limit=1)[0].reason == "The ward told us"

    # What stands in the page stands in the workbook: it is there after a reload, and Undo and Redo move it.
    go(page, page.url)
    see_ratio(page, "£1.38")
    expect(field(page, "impact", CARE, "deadweight")).to_have_value("50%")
    press(page, "Undo")
    see_ratio(page, "£1.93")
    expect(field(page, "impact", CARE, "deadweight")).to_have_value("0%")
    press(page, "Redo")
    see_ratio(page, "£1.38")
    assert example.get("outcome", CARE).record.deadweight == 0.5

    go(page, page.url.replace("/analyse", "/"))
    page.get_by_text("Who changed what, when and why").click()
    line = page.locator("tr", has_text="from 0% to 50%").last
    expect(line).to_contain_text("The ward told us")


def test_what_cannot_be_read_stays_as_typed_with_a_message_and_is_not_saved(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}")
    input, wrong = (look(page, "impact", CLUBS, "deadweight") for look in (field, message))
    saved = example.position
    for typed, says in (
        ("1", "1% or 100%"),
        ("abc", "“abc” is not a percentage"),
        ("140%", "more than 100%"),
        ("-3", "less than"),
    ):
        enter(input, typed)
        expect(wrong).to_contain_text(says)
        expect(input).to_have_value(typed)
        expect(input).to_have_attribute("aria-invalid", "true")
        assert input.get_attribute("aria-describedby") == wrong.get_attribute("id")
    assert example.position == saved, "nothing was written, not even to the log"

    # Somebody else's change in the same row leaves what was typed here alone.
    example.change("outcome", CLUBS, {"attribution": "20%"}, example.get("outcome", CLUBS).version)
    expect(field(page, "impact", CLUBS, "attribution")).to_have_value("20%")
    expect(input).to_have_value("-3")
    expect(wrong).to_be_visible()

    input.press("Escape")
    expect(input).to_have_value("10%")
    expect(wrong).to_be_hidden()
    enter(input, "12%")
    expect(register(page, "impact").locator(".psp-status")).to_contain_text("from 10% to 12%")
    assert example.get("outcome", CLUBS).record.deadweight == 0.12

    # Mended in another table of the same rows, the message goes, at the field and under the table.
    enter(input, "abc")
    expect(register(page, "impact").locator(".psp-status")).to_contain_text("Not saved")
    row(page, "outcomes", CLUBS).get_by_role("button", name="Details").click()
    enter(page.locator(f'[id="outcomes-{CLUBS}-deadweight-full"]'), "15%")
    expect(input).to_have_value("15%")
    expect(wrong).to_be_hidden()
    expect(register(page, "impact").locator(".psp-status")).to_have_text("")


def test_a_value_typed_for_a_loss_shows_its_minus_sign(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}")
    value = field(page, "evidence", LOSS, "financial_proxy")
    enter(value, "")
    enter(value, "12")
    expect(value).to_have_value("-12")
    expect(register(page, "evidence").locator(".psp-status")).to_contain_text("so its value counts below zero")


FILLED = {
    "evidence": {"quantity": "10", "duration": "1", "financial_proxy": "1,000"},
    "impact": {"deadweight": "0%", "displacement": "0%", "attribution": "0%", "drop_off": "0%"},
}


def test_a_new_outcome_counts_only_when_it_is_complete_and_can_be_removed_and_brought_back(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}")
    press(page, "Add an outcome")
    first = page.locator(":focus")
    expect(first).to_have_attribute("data-field", "stakeholder")
    new = first.evaluate("input => input.closest('tr').dataset.id")
    enter(field(page, "outcomes", new, "outcome"), "More laughter")
    expect(page.locator(".psp-result ~ .psp-blockers")).to_contain_text("More laughter: no how many")
    for name, values in FILLED.items():
        for key, value in values.items():
            see_ratio(page, "£1.93")
            enter(field(page, name, new, key), value)
    see_ratio(page, "£2.16")
    expect(page.get_by_text("Not counted yet")).to_have_count(0)

    # Removing it asks first, and Undo brings it back.
    row(page, "outcomes", new).get_by_role("button").click()
    under = row(page, "outcomes", new).locator("~ tr.psp-under").first
    under.get_by_role("button", name="Remove this outcome").click()
    under.get_by_role("button", name="Keep it").click()
    under.get_by_role("button", name="Remove this outcome").click()
    expect(under).to_contain_text("Remove “More laughter”?")
    under.get_by_role("button", name="Remove it").click()
    see_ratio(page, "£1.93")
    expect(row(page, "outcomes", new)).to_have_count(0)
    expect(row(page, "impact", new)).to_have_count(0)
    press(page, "Undo")
    see_ratio(page, "£2.16")
    expect(field(page, "outcomes", new, "outcome")).to_have_value("More laughter")


def test_what_stands_in_the_way_leads_to_the_field_to_fill(visit, example: Workbook):
    version = example.get("outcome", CLUBS).version
    example.change("outcome", CLUBS, {"deadweight": "", "indicator": "", "proxy": ""}, version)
    page = visit(f"/analyse?workbook={example.slug}")

    # At the top stands what stops the count; it leads into the table of its step.
    page.locator(".psp-blockers li a").first.focus()
    page.keyboard.press("Enter")
    expect(field(page, "impact", CLUBS, "deadweight")).to_be_focused()
    expect(field(page, "impact", CLUBS, "deadweight")).to_be_in_viewport()

    # Each step lists its own, and what is filled in leaves the list. A field outside the table opens its row's form.
    missing = page.locator("#step-evidence li a")
    missing.click()
    expect(field(page, "evidence", CLUBS, "indicator")).to_be_focused()
    enter(field(page, "evidence", CLUBS, "indicator"), "People who join")
    expect(missing).to_have_attribute("href", f"#evidence-{CLUBS}-proxy")
    missing.click()
    expect(field(page, "evidence", CLUBS, "proxy-full")).to_be_focused()
    enter(field(page, "evidence", CLUBS, "proxy-full"), "A membership")
    expect(missing).to_have_count(0)
    enter(field(page, "impact", CLUBS, "deadweight"), "10%")
    expect(page.get_by_role("heading", name="Nothing stands in the way")).to_be_visible()
