"""The page of stage 4: what is typed changes the ratio, the charts and the sentences, and is kept."""

import pytest
from hands import CARE, CLUBS, cells, enter, field, figure, message, open_details, register, row, see_ratio
from playwright.sync_api import expect

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser


def test_a_changed_deadweight_changes_everything_that_follows_from_it(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}")
    assert page.title() == "Analyse: PSP workbook"
    assert page.url.endswith("/analyse"), "the choice of workbook has gone from the address"
    see_ratio(page, "£1.93")
    expect(row(page, "impact", CARE)).to_contain_text("£48,013")
    gross = figure(page, "From gross value")
    before = gross.locator("> p").inner_text()
    numbers = cells_of(gross)

    enter(field(page, "impact", CARE, "deadweight"), "50%")

    see_ratio(page, "£1.38")
    expect(row(page, "impact", CARE)).to_contain_text("£24,007")
    expect(register(page, "impact").locator("tfoot")).to_contain_text("£58,547")
    expect(register(page, "impact").get_by_role("status")).to_contain_text("Deadweight")
    expect(page.locator(".psp-so-far").last).to_contain_text("£1.38 for every £1 put in")
    expect(page.locator(".psp-result")).to_contain_text("£1.38")
    expect(gross.locator("> p")).not_to_have_text(before)
    assert cells_of(gross) != numbers
    assert gross.locator(".psp-drawing").get_attribute("aria-label") == gross.locator("> p").inner_text()
    expect(gross.locator(".psp-drawing svg").first).to_be_visible()
    assert example.get("outcome", CARE).record.deadweight == 0.5


def cells_of(chart):
    return [[cell.text_content() for cell in line.locator("th, td").all()] for line in chart.locator("tbody tr").all()]
