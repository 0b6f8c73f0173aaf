"""Everybody can use the pages: the WCAG 2.2 AA rules that a machine can check, the keyboard alone, small screens, zoom."""

from itertools import pairwise

import pytest
from hands import CARE, enter, field, message, see_ratio
from playwright.sync_api import Page, expect
from rules import violations

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser


def unfold(page: Page) -> None:
    """Open every folded part and the details of every row."""
    page.evaluate(
        """() => {
            for (const details of document.querySelectorAll("details")) details.open = true;
            for (const button of document.querySelectorAll(":is(.psp-more, .psp-card-open)[aria-expanded=false]")) button.click();
        }"""
    )
    expect(page.locator(":is(.psp-more, .psp-card-open)[aria-expanded=false]")).to_have_count(0)


def outline(page: Page) -> list[int]:
    """The levels of the headings that are in sight, in the order of the page."""
    return page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(h => h.checkVisibility()).map(h => Number(h.tagName[1]))"
    )


TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter(target => target.checkVisibility() && !target.closest("p, mark, .psp-skip"))
    .map(target => [target.getBoundingClientRect(), target])
    .filter(([box]) => box.width && (box.width < 24 || box.height < 24))
    .map(([box, target]) => `${Math.round(box.width)}x${Math.round(box.height)} ${target.outerHTML.slice(0, 120)}`)"""
"""Targets smaller than 24 by 24 pixels; a link within a sentence (a blank of a form is marked there) may be as high as its line."""


@pytest.mark.parametrize("address", ["/", "/analyse", "/review"])
def test_a_page_keeps_the_rules_wide_and_narrow_folded_and_unfolded(visit, example: Workbook, address: str):
    page = visit(f"{address}?workbook={example.slug}")
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.title().endswith(": PSP workbook")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert violations(page) == []
    unfold(page)
    assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert violations(page) == []


@pytest.mark.parametrize(
    "address", ["/", "/identify", "/decide", "/form", "/analyse", "/plan", "/do", "/review", "/library"]
)
def test_a_small_screen_needs_no_scrolling_sideways_and_every_target_is_large_enough(visit, example, address):
    page = visit(f"{address}?workbook={example.slug}", width=390)
    for unfolded in (False, True):
        for width in (390, 320, 640):  # 640 is a screen of 1280 at 200%
            page.set_viewport_size({"width": width, "height": 800})
            # Charts are drawn anew for a new width, a moment later.
            page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)
            assert page.evaluate(TOO_SMALL) == [], (width, unfolded)
        unfold(page)
    levels = outline(page)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_a_page_with_an_error_keeps_the_rules(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}")
    enter(field(page, "impact", CARE, "deadweight"), "abc")
    expect(message(page, "impact", CARE, "deadweight")).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert violations(page) == []


def test_pages_that_say_no_keep_the_rules(visit):
    for address in ("/nowhere", "/?key=wrong", "/?workbook=gone"):
        page = visit(address, width=390, ready=False)
        expect(page.locator("main h1")).to_have_count(1)
        assert page.locator("html").get_attribute("lang") == "en-GB"
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_keyboard_alone_is_enough(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}")
    keys, focused = page.keyboard, page.locator(":focus")

    keys.press("Tab")
    expect(focused).to_have_text("Skip to the work")
    expect(focused).to_be_in_viewport()
    keys.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    # Tab goes through the page in its order, and one can see where one is.
    places = []
    for _ in range(40):
        keys.press("Tab")
        where, drawn, html = page.evaluate(
            """() => {
                const here = document.activeElement, seen = getComputedStyle(here);
                const drawn = seen.outlineStyle !== "none" && parseFloat(seen.outlineWidth) >= 2;
                const all = [...document.querySelectorAll("*")];
                return [all.indexOf(here), drawn, here.outerHTML.slice(0, 200)];
            }"""
        )
        assert drawn, html
        places.append(where)
    assert places == sorted(places)
    assert len(set(places)) > 30

    # A field is changed by typing and Enter; Escape takes back what was typed and not saved.
    deadweight = field(page, "impact", CARE, "deadweight")
    field(page, "impact", CARE, "displacement").focus()
    keys.press("Shift+Tab")
    expect(deadweight).to_be_focused()
    keys.press("ControlOrMeta+a")
    keys.type("abc")
    keys.press("Escape")
    expect(deadweight).to_have_value("0%")
    keys.press("ControlOrMeta+a")
    keys.type("50%")
    keys.press("Enter")
    see_ratio(page, "£1.38")
    expect(deadweight).to_be_focused()

    # What opens is reached by the next Tab, and closes with the same key.
    more = page.locator(f'[data-register="impact"] tr[data-id="{CARE}"] .psp-more')
    more.focus()
    keys.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    keys.press("Tab")
    expect(focused).to_have_attribute("id", f"impact-{CARE}-outcome-full")
    keys.press("Shift+Tab")
    keys.press("Space")
    expect(more).to_have_attribute("aria-expanded", "false")
