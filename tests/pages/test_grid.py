"""The stakeholder grid as hands use it: mouse, keyboard, finger; loaded again; and what a second browser sees of it."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from rules import violations
from visits import go

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser


def grid(page: Page) -> Locator:
    return page.locator('[data-psp-part="grid"]')


def press(page: Page, name: str) -> None:
    grid(page).get_by_role("button", name=name, exact=True).click()


def piece(page: Page, who: str) -> Locator:
    return grid(page).locator(f'.psp-grid-piece[data-id="{who}"]')


def square(page: Page, support: int, importance: int) -> Locator:
    return grid(page).locator(f'.psp-grid-cell[data-x="{support}"][data-y="{importance}"]')


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def in_view(page: Page) -> None:
    """The list of pieces and the board are both on the screen."""
    grid(page).locator(".psp-grid-place").evaluate("node => node.scrollIntoView({ block: 'center' })")


def given(workbook: Workbook, who: str) -> dict[str, set[int | None]]:
    """What stands in the workbook beside the example's own sheets."""
    found: dict[str, set[int | None]] = {}
    for entry in workbook.records("answer"):
        name, _, part = entry.record.item.partition(".")
        if (
            entry.record.ballot == "stakeholder-map"
            and name == who
            and not entry.record.sheet.startswith("stakeholder-map-")
        ):
            found.setdefault(part, set()).add(entry.record.value)
    return found


def clean(page: Page) -> None:
    assert violations(page, '[data-psp-part="grid"]') == []


def saved(page: Page) -> None:
    expect(grid(page).locator(".psp-status").first).to_contain_text("Saved")


def test_mouse_and_keyboard_place_and_the_page_finds_it_again(visit, example: Workbook) -> None:
    page = visit(f"/analyse?workbook={example.slug}")
    press(page, "Place them yourself")
    live = grid(page).locator("[aria-live=polite]")

    # The mouse drags one to its square; the copy in the hand is gone afterwards, and the table says the same.
    in_view(page)
    page.mouse.move(*middle(piece(page, "residents")))
    page.mouse.down()
    page.mouse.move(*middle(square(page, 2, 4)), steps=6)
    expect(square(page, 2, 4)).to_have_class("psp-grid-cell psp-grid-over")
    page.mouse.up()
    expect(live).to_have_text("Residents: importance 4, support 2")
    expect(page.locator(".psp-grid-ghost")).to_have_count(0)
    expect(grid(page).get_by_label("Support today, Residents")).to_have_value("2")
    saved(page)

    # The keyboard: one stop for Tab, arrows move, Page Down goes on, the edge holds, Delete takes off.
    expect(piece(page, "residents")).to_be_focused()
    assert grid(page).locator('.psp-grid-piece[tabindex="0"]').count() == 1
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(live).to_have_text("Residents: importance 5, support 2, not moved")
    page.keyboard.press("PageDown")
    expect(live).to_have_text("Volunteers: not placed yet")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(live).to_have_text("Volunteers: importance 2, support 4")
    expect(piece(page, "volunteers")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Delete")
    expect(live).to_have_text("Neighbours: taken off the grid")

    # The table, a reason, and a press on the piece and then on the square do the same.
    grid(page).get_by_label("Importance, Families and carers").select_option("5")
    grid(page).get_by_label("Support today, Families and carers").select_option("1")
    expect(square(page, 1, 5).locator('[data-id="families"]')).to_be_visible()
    piece(page, "local-authority").click()
    square(page, 3, 5).click(position={"x": 5, "y": 5})
    expect(square(page, 3, 5).locator('[data-id="local-authority"]')).to_be_focused()
    grid(page).get_by_label("Why do you see Local authority there?").fill("Two voices <b>")
    grid(page).get_by_label("I am here for").select_option("carer")
    expect(grid(page)).to_contain_text("4 of 5 placed")
    clean(page)

    # Loaded again, it is all there, folded away; it is one more sheet of the same ballot.
    page.wait_for_function("() => document.querySelector('[data-psp-part=grid]').dataset.saved === 'all'")
    page.reload()
    page.wait_for_selector('[role=main][data-ready="true"]')
    expect(page.locator('[data-ballot="stakeholder-map"]')).to_contain_text("15 people have answered")
    assert piece(page, "residents").is_hidden(), "what somebody placed is folded away, for the projector"
    press(page, "Place them yourself")
    expect(square(page, 2, 5).locator('[data-id="residents"]')).to_be_visible()
    expect(square(page, 3, 5).locator('[data-id="local-authority"]')).to_be_visible()
    expect(grid(page).get_by_label("I am here for")).to_have_value("carer")
    piece(page, "local-authority").focus()
    expect(grid(page).get_by_label("Why do you see Local authority there?")).to_have_value("Two voices <b>")
    assert given(example, "residents") == {"importance": {5}, "support": {2}}
    assert given(example, "neighbours") == {}, "taken off again: as if never given"

    # Handed on, the grid is empty for the next person, and nothing is lost.
    press(page, "Finish, and let the next person rate here")
    expect(grid(page).locator(".psp-status").first).to_contain_text("The grid is empty for the next person")
    press(page, "Place them yourself")
    expect(grid(page)).to_contain_text("Not placed yet: 5 of 5")
    assert given(example, "families") == {"importance": {5}, "support": {1}}


def test_a_finger_places_on_a_phone_without_scrolling_and_another_sees_the_spread(
    visit, browser: Browser, dashboards, example: Workbook
) -> None:
    other = visit(f"/analyse?workbook={example.slug}")
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    phone = context.new_page()
    go(phone, f"{dashboards.address}/analyse?workbook={example.slug}")
    grid(phone).get_by_role("button", name="Place them yourself").tap()
    in_view(phone)
    before = phone.evaluate("scrollY")
    (x, y), (to_x, to_y) = middle(piece(phone, "families")), middle(square(phone, 1, 4))
    finger = context.new_cdp_session(phone)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 9):
        at = {"x": x + (to_x - x) * part / 8, "y": y + (to_y - y) * part / 8}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
    assert phone.evaluate("scrollY") == before, "the page stays where it is while a piece is in the hand"
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(square(phone, 1, 4).locator('[data-id="families"]')).to_be_visible()
    saved(phone)

    # Without dragging: a tap on the piece, and one on its square.
    piece(phone, "residents").tap()
    expect(grid(phone).locator("[aria-live=polite]")).to_have_text("Residents: press the square where it belongs")
    square(phone, 4, 5).tap(position={"x": 40, "y": 40})
    expect(square(phone, 4, 5).locator('[data-id="residents"]')).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    clean(phone)

    # On the other page the count goes up; no support score is anywhere until it is asked for, and can be hidden again.
    expect(other.locator('[data-ballot="stakeholder-map"]')).to_contain_text("15 people have answered")
    assert grid(other).locator(".psp-grid-mark[data-id]").count() == 0
    assert "act on these" not in other.locator("[role=main]").inner_text()
    press(other, "Show everybody’s ratings")
    mark = grid(other).locator('.psp-grid-mark[data-id="families"]')
    expect(mark).to_have_accessible_name(
        "5. Families and carers: importance 4 (middle half 3 to 4, all 3 to 5), support 2 (middle half 2, all 1 to 3). "
        "Wanted: support 4. Matters most, supports least."
    )
    expect(grid(other).locator(".psp-grid-arrow.psp-grid-tip").first).to_be_attached()
    mark.click()
    expect(grid(other).locator("circle.psp-grid-dot.psp-grid-chosen")).to_have_count(15)
    expect(grid(other).locator('.psp-grid-numbers tr[data-id="families"]')).to_contain_text("15 people")
    other.keyboard.press("Home")
    expect(grid(other).locator('[aria-current="true"]')).to_be_focused()
    expect(other.locator(".psp-acting")).to_contain_text("Finance and adult services in one room")
    expect(other.get_by_role("button", name="Hide answers", exact=True).first).to_be_visible()
    clean(other)
    other.set_viewport_size({"width": 390, "height": 844})
    other.wait_for_function("() => document.documentElement.scrollWidth <= 390")
    clean(other)
    press(other, "Hide everybody’s ratings")
    expect(grid(other).locator(".psp-grid-mark[data-id]")).to_have_count(0)
    expect(other.locator(".psp-acting")).to_have_count(0)
    phone.goto("about:blank")
    context.close()
