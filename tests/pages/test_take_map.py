"""An impact map of somebody else's, taken in a browser: what the question about its headings does under a hand."""

import pytest
from hands import press
from playwright.sync_api import expect

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser
MAP = b"Wer,Nutzen,Wieviel,Value,Deadweight\nEnkel,Besuch,3,4,15\nEnkel,Anruf,5,2,20\n"


def test_the_boxes_stay_until_the_map_is_taken_and_the_result_is_in_view(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}", width=390)
    part = page.locator(".psp-take-map")
    part.get_by_text("Take an impact map from a spreadsheet").click()
    file = part.get_by_label("Impact map")
    file.set_input_files({"name": "map.csv", "mimeType": "text/csv", "buffer": MAP})
    expect(part.get_by_role("heading", name="What do these headings mean?")).to_be_focused()
    boxes = part.get_by_role("combobox")
    boxes.nth(0).select_option("stakeholder")
    expect(part.get_by_text("Still needed: What changes, How many.")).to_be_visible()
    press(page, "Take the map")
    message = part.locator("p", has_text="Still needed: What changes, How many.")
    expect(message).to_be_focused()
    expect(boxes).to_have_count(3)
    expect(boxes.nth(0)).to_have_value("stakeholder")
    boxes.nth(1).select_option("outcome")
    boxes.nth(2).select_option("quantity")
    expect(part.get_by_text("All that is needed has its heading.")).to_be_visible()
    press(page, "Leave it")
    expect(boxes).to_have_count(0)
    expect(file).to_be_focused()
    file.set_input_files({"name": "map.csv", "mimeType": "text/csv", "buffer": MAP})
    for place, name in enumerate(("stakeholder", "outcome", "quantity")):
        boxes.nth(place).select_option(name)
    press(page, "Take the map")
    result = part.locator(".psp-status", has_text="2 new")
    expect(result).to_be_focused()
    expect(result).to_be_in_viewport()
    expect(part.get_by_text("Outcome “Besuch” added.")).to_be_visible()
    press(page, "Undo")
    expect(part.get_by_text("This has been taken back.")).to_be_visible()
    expect(part.get_by_text("Outcome “Besuch” added.")).to_be_hidden()
