"""The library in a browser: found as one types, read as a story, kept in the address, explained where a term stands."""

import re
from itertools import pairwise

import pytest
from hands import enter, field, press
from playwright.sync_api import Locator, Page, expect
from rules import violations
from visits import go

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser


def hits(page: Page) -> Locator:
    return page.locator(".psp-lib-hits > li")


def story(page: Page) -> Locator:
    return page.locator(".psp-lib-open")


def said(page: Page) -> Locator:
    return page.locator(".psp-library [role=status]")


def test_it_answers_as_one_types_and_leads_from_entry_to_entry(visit):
    page = visit("/library")
    query = page.get_by_role("searchbox", name="Search everything")
    query.focus()
    page.keyboard.type("CÓMMUNICATION tru")
    expect(said(page)).to_contain_text("found")
    expect(hits(page).locator("mark").first).to_be_visible()
    expect(hits(page).first.locator("mark")).not_to_have_count(0)
    expect(page).to_have_url(re.compile(r"#\?q=C"))

    # Every typed word counts: another word leaves fewer, nonsense leaves none, and says so.
    page.keyboard.type(" zzz")
    expect(said(page)).to_contain_text("Nothing found")
    expect(hits(page)).to_have_count(0)

    query.fill("roar")
    expect(hits(page)).to_have_count(1)
    page.keyboard.press("Tab")  # the filters
    hits(page).first.get_by_role("button").press("Enter")
    expect(story(page)).to_contain_text("Clubs and befriending")
    expect(story(page).get_by_role("button", expanded=True)).to_be_focused()
    expect(page).to_have_url(re.compile("#case-renfrewshire"))
    expect(story(page)).to_contain_text("The guide does not say of how many people")
    expect(story(page)).to_contain_text("Do not rank it beside another pilot's ratio")

    # A link opens the other entry here, the focus goes with it, and Back goes back.
    story(page).get_by_role("link", name="F7 Work with an umbrella body").click()
    expect(story(page).locator("h3")).to_have_text("F7 Work with an umbrella body")
    expect(story(page).locator("h3 button")).to_be_focused()
    expect(story(page)).to_be_in_viewport()
    page.go_back()
    expect(story(page).locator("h3")).to_contain_text("ROAR")

    # The address holds the view: a reload shows the same.
    go(page, page.url)
    expect(story(page).locator("h3")).to_contain_text("ROAR")
    expect(query).to_have_value("roar")
    story(page).get_by_role("button", name="Close").click()
    expect(story(page)).to_have_count(0)
    expect(hits(page).first.locator("h3 button")).to_be_focused()


def test_filters_keep_to_a_kind_a_market_and_a_tool_and_can_be_cleared(visit):
    page = visit("/library")
    page.get_by_role("button", name="Case studies (10)").click()
    expect(hits(page)).to_have_count(10)
    page.get_by_label("Market", exact=True).select_option("Transport")
    expect(hits(page)).to_have_count(1)
    expect(hits(page)).to_contain_text("Third Sector Hebrides")
    go(page, page.url)
    expect(page.get_by_label("Kind", exact=True)).to_have_value("case")
    expect(hits(page)).to_have_count(1)
    press(page, "Clear")
    expect(hits(page)).to_have_count(0)
    page.get_by_label("Kind", exact=True).select_option("tool")
    expect(hits(page)).to_have_count(20)
    press(page, "Show more")
    expect(hits(page)).to_have_count(40)
    expect(hits(page).nth(20).locator("h3 button")).to_be_focused()


def test_other_pages_lead_to_an_entry_and_an_address_of_2011_cannot_be_clicked(visit):
    page = visit("/library#lesson-F3")
    expect(story(page).locator("h3")).to_have_text("F3 Do not hang on two people")
    story(page).get_by_role("link", name="Open it on the page").first.click()
    expect(page).to_have_url(re.compile(r"/form\?workbook=[a-z0-9-]+#tool-FP-\d+$"))
    expect(page.locator(f"#{page.url.split('#')[1]}")).to_be_focused()
    expect(page.locator(":focus")).to_be_in_viewport()
    go(page, page.url.replace("/form", "/library"))
    page.goto(page.url.split("#")[0] + "#link-psp-project")
    expect(story(page)).to_contain_text("www.pspscotland.co.uk")
    assert story(page).locator("a[href*='.co.uk']").count() == 0
    page.goto(page.url.split("#")[0] + "#case-nowhere")
    expect(page.locator(".psp-library [role=alert]")).to_contain_text("no such entry")


def test_our_own_lesson_and_note_are_written_here_and_found_here(visit, example: Workbook):
    page = visit(f"/library?workbook={example.slug}")
    press(page, "Add a lesson")
    first = page.locator(":focus")
    expect(first).to_have_attribute("data-field", "title")
    record = first.evaluate("input => input.closest('tr').dataset.id")
    enter(first, "Ask <b>the drivers</b>")
    enter(field(page, "local_lesson", record, "observation"), "Quokkas know the roads")
    page.get_by_role("searchbox").fill("quokka")
    expect(hits(page)).to_have_count(1)
    expect(hits(page).locator("h3")).to_have_text("Ask <b>the drivers</b>")
    hits(page).locator("h3 button").click()
    press(page, "Edit this lesson")
    expect(field(page, "local_lesson", record, "title")).to_be_focused()

    # Somebody else's lesson is found too, without a reload.
    example.add("local_lesson", {"title": "Numbats", "observation": "No quokkas there"})
    expect(hits(page)).to_have_count(2)

    # What has changed since 2011: the overdue ones lead the list; a note of our own stands beside what is shipped.
    late = page.locator(".psp-lib-turn").first
    expect(late.locator(".psp-tag-late")).not_to_have_count(0)
    late.get_by_role("link").first.click()
    expect(story(page)).to_contain_text("Overdue for a check")
    press(page, "Put our own note here")
    now = page.locator(":focus")
    expect(now).to_have_attribute("data-field", "now")
    enter(now, "Our solicitor says otherwise")
    expect(late).to_contain_text("Our own note: Our solicitor says otherwise")
    expect(story(page)).to_contain_text("Our solicitor says otherwise")


def test_a_scenario_shows_its_ending_when_the_group_is_ready(visit):
    page = visit("/library", width=390)
    scenario = page.locator("#scenario-month-ten")
    expect(scenario).to_contain_text("For ten months talk")
    expect(scenario.get_by_text("New people came in")).to_be_hidden()
    scenario.get_by_text("Show what happened").click()
    expect(scenario.get_by_text("New people came in")).to_be_visible()
    scenario.get_by_role("link", name="F2 Find a critical friend").click()
    expect(story(page).locator("h3")).to_have_text("F2 Find a critical friend")
    expect(story(page).locator("h3 button")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_term_explains_itself_by_hover_focus_and_tap(visit, width: int):
    page = visit("/analyse", width=width)
    term = page.locator(".psp-term:visible").first
    tip = page.locator(".psp-tip:visible")
    term.scroll_into_view_if_needed()

    term.hover()
    expect(tip).to_be_visible()
    assert term.get_attribute("aria-describedby") == tip.get_attribute("id")
    assert tip.get_attribute("role") == "tooltip"
    box = tip.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] >= 0 and box["y"] + box["height"] <= 900
    assert violations(page, from_top=False) == []
    tip.hover()  # it can be pointed at, and stays
    page.wait_for_timeout(600)
    expect(tip).to_be_visible()
    page.mouse.move(2, 2)
    expect(tip).to_have_count(0)

    term.focus()
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")  # closes it and leaves the focus
    expect(tip).to_have_count(0)
    expect(term).to_be_focused()
    term.blur()

    term.click()
    expect(tip).to_be_visible()
    page.locator("h1").click()
    expect(tip).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_keeps_the_rules_empty_full_and_unfolded(visit, width: int):
    page = visit("/library", width=width)
    assert violations(page) == []
    page.get_by_role("searchbox").fill("procurement")
    expect(hits(page)).not_to_have_count(0)
    assert violations(page) == []
    go(page, page.url.split("#")[0] + "#case-east-renfrewshire")
    expect(story(page)).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((one) => Number(one.tagName[1]))")
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))
