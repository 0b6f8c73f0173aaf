"""What was saved, and the room for its reason, stand where the change was made: beside the row or the field."""

import pytest
from hands import enter, field, message, register, row
from playwright.sync_api import expect

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_what_was_saved_and_its_reason_stand_by_the_row_and_belong_to_that_change(visit, example: Workbook, width: int):
    page = visit(f"/do?workbook={example.slug}", width)
    comms = register(page, "communication")
    first, second = (entry.id for entry in example.records("communication")[:2])
    near, why = comms.locator(".psp-near"), page.locator('[id="communication-why"]')

    enter(field(page, "communication", first, "channel"), "A leaflet")
    expect(near).to_contain_text("“A leaflet”")
    expect(comms.locator("[role=status]", has_text="“A leaflet”")).to_have_count(1)
    below = row(page, "communication", first).locator("xpath=following-sibling::tr[1]")
    expect(below.locator("#communication-why")).to_be_visible()

    # Another change is made before the reason is sent: it stays with the change that it was typed for.
    why.fill("Nobody reads letters")
    enter(field(page, "communication", second, "channel"), "A call")
    expect(near).to_contain_text("“A call”")
    expect(why).to_have_value("")
    log = example.history(limit=3)
    explained = next(change for change in log if change.reason == "Nobody reads letters")
    assert next(change for change in log if change.seq == explained.target).after["channel"] == "A leaflet"
    expect(comms.locator(".psp-here-row")).to_have_count(1)

    # In the details it stands by the field.
    row(page, "communication", second).locator(".psp-more").click()
    enter(page.locator(f'[id="communication-{second}-access-full"]'), "A lift home")
    expect(comms.locator(".psp-under .psp-near", has_text="A lift home")).to_be_visible()
    expect(comms.locator(".psp-here-row")).to_have_count(0)


def test_a_day_or_a_choice_that_keys_pass_through_is_saved_once(visit, example: Workbook):
    page = visit(f"/?workbook={example.slug}")
    phase = example.records("project_phase")[0].id
    start = field(page, "project_phase", phase, "start")
    before = example.position
    start.focus()
    page.keyboard.type("01021999")  # on the way it says the year 1, 19 and 199
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(register(page, "project_phase").locator(".psp-status")).to_contain_text("1999")
    assert len(example.changes_since(before)) == 1
    assert example.get("project_phase", phase).record.start.year == 1999

    start.focus()
    page.keyboard.type("01022001")  # and who goes on sitting there has it saved as well
    expect(register(page, "project_phase").locator(".psp-status")).to_contain_text("2001")
    assert example.position == before + 2


def test_half_a_day_waits_while_others_save_and_is_never_kept(visit, example: Workbook):
    """A browser gives no text for half a day, as for none: it must be neither emptied nor saved as an empty field."""
    page = visit(f"/?workbook={example.slug}")
    first, second = (entry.id for entry in example.records("project_phase")[:2])
    start, told = field(page, "project_phase", first, "start"), message(page, "project_phase", first, "start")
    start.fill("")
    start.blur()
    expect(register(page, "project_phase").locator(".psp-status")).to_contain_text("cleared")
    start.focus()
    page.keyboard.type("1030")  # month and day, and the year is looked up
    for phase, name in ((first, "A name from elsewhere"), (second, "Another name")):
        example.change("project_phase", phase, {"activity": name}, version=example.get("project_phase", phase).version)
    expect(field(page, "project_phase", first, "activity")).to_have_value("A name from elsewhere")
    page.keyboard.type("2024")
    page.keyboard.press("Tab")
    expect(register(page, "project_phase").locator(".psp-status")).to_contain_text("30 October 2024")

    before = example.position
    start.focus()
    page.keyboard.press("Backspace")  # the month is gone, and the rest stands
    start.blur()
    expect(told).to_contain_text("not whole yet")
    assert example.position == before
    start.focus()
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    expect(start).to_have_value("2024-10-30")
    assert example.position == before
