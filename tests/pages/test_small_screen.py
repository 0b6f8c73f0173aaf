"""On a phone nothing has to be moved sideways; long lists begin short; on paper everything that was entered stands."""

import re

import pytest
from playwright.sync_api import expect

from pspworkbook.workbook import Workbook

SIDEWAYS = """() => [...document.querySelectorAll(".psp *")]
    .filter(node => node.clientWidth && node.scrollWidth > node.clientWidth + 2 && getComputedStyle(node).overflowX !== "visible")
    .filter(node => !node.matches(".psp-hidden, thead, textarea, select, input, .decision *") && getComputedStyle(node).position !== "absolute")
    .map(node => `${node.className} ${node.getAttribute("aria-label")} ${node.scrollWidth} in ${node.clientWidth}`)"""
"""What is wider than the place that it has, and would have to be moved. A page as it is printed keeps its own width."""


@pytest.mark.parametrize("address", ["/decide", "/analyse", "/plan", "/do", "/review", "/library"])
def test_nothing_has_to_be_moved_sideways_on_a_phone(visit, example: Workbook, address: str):
    page = visit(f"{address}?workbook={example.slug}", width=390)
    page.evaluate("for (const one of document.querySelectorAll('.psp details')) one.open = true")
    page.wait_for_timeout(500)  # the tables look at their new room
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_long_list_on_a_phone_begins_short_and_a_link_into_it_shows_all(visit, example: Workbook):
    page = visit(f"/plan?workbook={example.slug}", width=390)
    scores = page.get_by_role("group", name="Scores", exact=True)
    rows = scores.locator("tbody tr")
    expect(rows.nth(3)).to_be_visible()
    expect(rows.nth(5)).to_be_hidden()
    button = scores.locator("xpath=following-sibling::button[1]")
    expect(button).to_have_text(re.compile(r"^Show all \d+: Scores$"))
    button.focus()
    page.keyboard.press("Enter")
    expect(rows.nth(5)).to_be_visible()
    expect(rows.nth(4), "the keyboard goes on where the list goes on").to_be_focused()
    expect(button).to_have_count(0)
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(rows.nth(5)).to_be_visible()
    expect(page.locator(".psp-all:visible"), "a wide screen has room for all").to_have_count(0)


def test_a_table_that_is_laid_out_as_cards_is_still_a_table(visit, example: Workbook):
    """Said outright, since not every browser keeps the meaning of a cell that is laid out otherwise."""
    page = visit(f"/plan?workbook={example.slug}", width=390)
    for table in (page.locator(".psp-stack table").first, page.locator("[data-register=task] table")):
        expect(table).to_have_attribute("role", "table")
        expect(table.locator(":is(tr, td, th, tbody, thead):not([role])")).to_have_count(0)
        assert table.locator("tbody tr[role=row]").count() > 1
        assert table.locator("thead [role=columnheader]").count() > 1
    risks = page.locator("[data-register=risk] table")
    rows = risks.locator("tbody tr[data-id]").count()
    page.locator("#risk-add").click()
    expect(risks.locator("tbody tr[data-id]")).to_have_count(rows + 1)
    expect(risks.locator(":is(tr, td, th):not([role])")).to_have_count(0)


def test_the_bar_of_a_small_screen_says_where_one_is_and_is_as_high_to_touch_as_it_looks(visit, example: Workbook):
    page = visit(f"/plan?workbook={example.slug}", width=320)
    page.evaluate("scrollTo(0, 3000)")
    expect(page.locator(".psp-contents .psp-now")).not_to_be_empty()
    bar = page.locator(".psp-contents summary").bounding_box()
    assert bar["width"] >= 7 * 16, "most of the bar is the name of the section"
    for name in ("Undo", "Redo"):
        box = page.locator(".psp-quick").get_by_role("button", name=name).bounding_box()
        for y in (bar["y"] + 1, bar["y"] + 43):
            hit = "([x, y]) => document.elementFromPoint(x, y).textContent"
            assert page.evaluate(hit, [box["x"] + box["width"] / 2, y]) == name


def test_folded_cards_of_one_name_are_told_apart(visit, example: Workbook):
    page = visit(f"/identify?workbook={example.slug}", width=390)
    cards = page.locator("[data-register=evidence] .psp-card-open").all_inner_texts()
    assert len(cards) == len(set(cards)) > 3, cards
    names = page.locator("[data-register=strategic_feature] .psp-card-open, [data-register=feature] .psp-card-open")
    for card in names.all():
        name, *brief = card.inner_text().splitlines()
        assert not any(line.startswith(name) for line in brief), "a card does not say its name twice"


def test_paper_has_all_rows_and_the_whole_words_of_every_choice(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}", width=390)
    page.wait_for_load_state("networkidle")  # who leaves while scripts still come stops them
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    outcomes = page.locator("[data-register=outcomes] tbody tr[data-id]")
    for row in outcomes.all():
        expect(row.locator("textarea").first).to_be_visible()
    chosen = outcomes.first.locator(".psp-field[data-chosen]").first
    expect(chosen.locator("select")).to_be_hidden()
    assert chosen.get_attribute("data-chosen")
    expect(page.get_by_role("button", name="Add an outcome")).to_be_hidden()
