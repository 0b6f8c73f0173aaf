"""The page of stage 1 in the browser: a need, who is in the room, figures from a spreadsheet, reload, a second page."""

import pytest
from hands import field, figure, numbers, press, register
from playwright.sync_api import Page, expect
from rules import violations
from visits import go

from pspworkbook.workbook import Store, Workbook

pytestmark = pytest.mark.browser

ROWS = "Indicator,Area,Figure,Unit,Source,Date of the figure,Odd column\nLiving alone,North,140,people,Council,2026-02-03,x\nLiving alone,South,90,people,Council,2026-02-03,y\nLiving alone,East,many,people,Council,2026-02-03,z\n"


@pytest.fixture
def ours(store: Store) -> Workbook:
    """An empty workbook."""
    return store.create("Identify", author="Bo")


def test_a_need_that_names_a_service_is_noticed_and_stays(visit, ours: Workbook):
    """The warning stops nobody: what was typed is saved, and is there after a reload."""
    page: Page = visit(f"/identify?workbook={ours.slug}")
    page.get_by_role("button", name="Add a need statement").click()
    expect(register(page, "need_statement").locator("tbody tr[data-id]")).to_have_count(1)
    entry = ours.records("need_statement")[0]
    box = field(page, "need_statement", entry.id, "difficulty")
    expect(box).to_be_visible()
    box.fill("They need a day centre")
    box.blur()
    expect(page.get_by_role("link", name="day centre").first).to_be_visible()
    go(page, page.url)
    expect(field(page, "need_statement", entry.id, "difficulty")).to_have_value("They need a day centre")


def test_the_eight_groups_are_offered_and_counted(visit, ours: Workbook):
    """One press lists them; the table under it says what each still lacks."""
    page: Page = visit(f"/identify?workbook={ours.slug}")
    register(page, "involvement").get_by_role("button", name="Start with the guide's list").click()
    expect(register(page, "involvement").locator("tbody tr[data-id]")).to_have_count(8)
    expect(page.get_by_role("table", name="Who is covered so far").locator("tbody tr")).to_have_count(8)
    assert len(ours.records("involvement")) == 8


def test_rows_from_a_spreadsheet_are_taken_refused_and_drawn(visit, ours: Workbook):
    """Good rows are kept at once, a bad one is named with its row and column; one undo takes all back."""
    page: Page = visit(f"/identify?workbook={ours.slug}")
    register(page, "evidence").get_by_text("Spreadsheet: save, or take rows").click()
    page.get_by_label("Or paste rows, copied from a spreadsheet").fill(ROWS)
    press(page, "Take these rows")
    expect(page.get_by_text("2 rows taken. 1 refused")).to_be_visible()
    expect(page.get_by_text("Row 4, column Figure")).to_be_visible()
    expect(page.get_by_text("Odd column").first).to_be_visible()
    picture = figure(page, "Living alone")
    expect(picture.locator("svg").first).to_be_visible()
    assert numbers(picture)[:2] == ["North", "140"]
    press(page, "Undo")
    expect(register(page, "evidence").locator("tbody tr[data-id]")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_keeps_the_rules(visit, example: Workbook, width: int):
    """With the example on it, folded and unfolded."""
    page: Page = visit(f"/identify?workbook={example.slug}", width)
    for fold in (False, True):
        if fold:
            page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
