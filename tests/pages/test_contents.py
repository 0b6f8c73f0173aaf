"""What is on a page: a long stage is crossed by its own list of sections and tools, by mouse, keyboard and on a phone."""

import re

import pytest
from hands import CARE, enter, field, message, row, see_ratio, turn_to
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def contents(page: Page):
    return page.get_by_role("navigation", name="On this page")


def see(page: Page, place: str) -> None:
    """Wait until the top of an element is in the upper half of the window, and nothing that sticks covers it."""
    page.wait_for_function(
        """place => { const box = document.getElementById(place).getBoundingClientRect(), y = box.top + 4;
        return y > 0 && y < innerHeight / 2 && document.getElementById(place).contains(document.elementFromPoint(box.left + 4, y)); }""",
        arg=place,
    )


def test_the_list_leads_to_each_section_and_says_which_one_is_read(visit):
    page = visit("/plan")
    listed = contents(page)
    risks = listed.get_by_role("link", name="Risks and issues")
    expect(listed.get_by_role("link", name="Risk and issue register")).to_be_hidden()  # tools show where one reads
    risks.focus()
    page.keyboard.press("Enter")
    expect(risks).to_have_attribute("aria-current", "location")
    tool = listed.get_by_role("link", name="Risk and issue register")
    expect(tool).to_be_visible()
    tool.click()
    expect(tool).to_have_attribute("aria-current", "location")
    see(page, "tool-PL-7")
    assert page.evaluate("document.activeElement.id") == "tool-PL-7"  # the keyboard goes along
    assert listed.locator("[aria-current]").count() == 1


def test_the_steps_of_the_forecast_stand_in_their_part_in_order(visit):
    """What is walked in order is numbered in one row, and the tools that may come in any order stand before it."""
    page = visit("/analyse")
    listed = contents(page)
    parts = listed.locator(".psp-section > a").all_inner_texts()
    assert [words.split(":")[0] for words in parts] == ["Where this stage stands", *[f"Part {n}" for n in range(1, 7)]]
    listed.get_by_role("link", name="Part 2: Work out the forecast").click()
    steps = listed.locator(".psp-open ol a")
    expect(steps).to_have_count(6)
    assert [words.split(":")[0] for words in steps.all_inner_texts()] == [f"Step {n}" for n in range(1, 7)]
    steps.nth(3).click()
    expect(steps.nth(3)).to_have_attribute("aria-current", "location")
    headings = page.get_by_role("heading", name="Step 4: Find the evidence and give a value")
    see(page, str(headings.get_attribute("id")))


def test_a_page_without_sections_lists_its_tools(visit):
    listed = contents(visit("/identify")).get_by_role("link")
    expect(listed.first).to_have_text("Service-led or strategic?")
    assert listed.count() == 12


def test_on_a_phone_it_is_a_bar_that_stays_and_covers_nothing(visit):
    page = visit("/do", 390)
    bar = contents(page).locator("summary")
    report = contents(page).get_by_role("link", name="Learn as you go")
    expect(report).to_be_hidden()
    bar.click()
    report.click()
    expect(report).to_be_hidden()  # the list folds away by itself
    expect(bar).to_contain_text("Learn as you go")
    expect(bar).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bar.focus()
    page.keyboard.press("Enter")
    expect(report).to_be_visible()
    page.keyboard.press("Escape")
    expect(report).to_be_hidden()
    expect(bar).to_be_focused()


def test_on_a_phone_saved_and_undo_go_along(visit, example):
    page = visit(f"/analyse?workbook={example.slug}", width=390)
    deadweight = field(page, "impact", CARE, "deadweight")
    turn_to(deadweight)
    deadweight.scroll_into_view_if_needed()
    expect(page.locator("#psp-saved")).to_be_in_viewport()
    enter(deadweight, "abc")
    expect(page.locator("#psp-saved")).to_have_text("1 not saved")
    expect(page.locator("#psp-saved")).to_be_in_viewport()
    enter(deadweight, "50%")
    undo = page.get_by_role("button", name="Undo", exact=True)
    expect(undo).to_be_in_viewport()
    expect(undo).to_have_attribute("title", re.compile("Takes back: Deadweight of .* from 0% to 50%"))
    undo.click()
    expect(page.locator(".psp-quick [role=status]", has_text="Undo: Deadweight")).to_be_in_viewport()
    expect(deadweight).to_have_value("0%")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".psp-head").get_by_role("button", name="Undo", exact=True)).to_be_visible()


def test_an_address_with_a_place_in_it_leads_there(visit, example):
    page = visit(f"/?workbook={example.slug}#History")
    expect(page.get_by_role("heading", name="History", exact=True)).to_be_in_viewport()


def test_many_rows_are_folded_cards_on_a_phone_and_nothing_wrong_is_folded_away(visit, example):
    page = visit(f"/analyse?workbook={example.slug}", width=390)
    deadweight = field(page, "impact", CARE, "deadweight")
    opener = row(page, "impact", CARE).locator(".psp-card-open")
    expect(deadweight).to_be_hidden()
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.focus()
    page.keyboard.press("Enter")
    enter(deadweight, "abc")
    expect(message(page, "impact", CARE, "deadweight")).to_be_visible()
    opener.click()
    expect(deadweight, "what is wrong stays in sight").to_be_visible()
    enter(deadweight, "50%")
    see_ratio(page, "£1.38")
    opener.click()
    expect(deadweight).to_be_hidden()

    # A link to a field opens its card; a wide screen has a table again.
    page.goto(f"{page.url.split('#')[0]}#at:outcome:{CARE}:drop_off")
    page.wait_for_selector('[role=main][data-ready="true"]')
    expect(page.locator(":focus")).to_have_attribute("id", re.compile(f"{CARE}-drop_off"))
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(deadweight).to_be_visible()
    expect(opener).to_be_hidden()


def test_on_a_phone_a_link_to_a_field_in_a_folded_card_opens_it(visit, example):
    page = visit(f"/plan?workbook={example.slug}", width=390)
    link = page.locator("[id='cell-id=plan-way'] a[data-row]:not([data-row=''])").first
    link.click()
    expect(page.locator(":focus")).to_have_attribute("id", re.compile(link.get_attribute("data-row") or "nothing"))
    expect(page.locator(":focus")).to_be_in_viewport()


def test_on_a_phone_a_link_to_a_field_among_the_details_opens_both(visit, example):
    page = visit(f"/analyse?workbook={example.slug}", width=390)
    page.evaluate(
        """row => { const link = document.createElement("a"); link.href = `#impact-${row}-outcome`; link.dataset.register = "impact";
        link.dataset.row = row; link.textContent = "Go there"; document.querySelector(".psp-passage details, .psp-passage p").before(link); }""",
        CARE,
    )
    page.get_by_role("link", name="Go there").click()
    expect(page.locator(":focus")).to_have_attribute("id", f"impact-{CARE}-outcome-full")
    expect(page.locator(":focus")).to_be_in_viewport()
