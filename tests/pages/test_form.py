"""The page of stage 3: from nothing to a Memorandum of Understanding in the browser, and a run-sheet taken over."""

import io
import itertools
from pathlib import Path

import pytest
from docx import Document
from hands import enter, field, figure, press, register
from playwright.sync_api import Locator, Page, expect
from rules import violations
from visits import go

from pspworkbook.workbook import Store, Workbook

pytestmark = pytest.mark.browser

HOSTILE = "<script>alert(1)</script> “quoted” & مرحبا 🙂"
LEAD = {"name": HOSTILE, "need": "People eat alone", "lead_public": "Glen Council", "lead_third": "The Club"}
LINES = {
    "services": "A luncheon club\nA lift there",
    "third_number": "SC000000",
    "third_mission": "Nobody eats alone",
    "public_community": "The glen",
    "public_mission": "Serves the glen",
    "national_outcome": "We live long, healthy lives",
    "outcome_list": "National Performance Framework, 2026",
    "local_plan": "Local Outcomes Improvement Plan",
    "local_plan_place": "page 3, May 2025",
    "signed": "2026-12-15",
    "review": "2027-12-15",
    "meet": "Every six weeks",
    "means": "A shared folder",
    "third_puts_in": "Two people",
    "public_puts_in": "A hall",
}


@pytest.fixture
def empty(store: Store) -> Workbook:
    """A workbook with nothing in it."""
    return store.create("Forming", author="Bo")


def add(page: Page, kind: str) -> str:
    """Add a row with its button; returns the record's identifier."""
    page.locator(f"#{kind}-add").click()
    first = page.locator(f'[data-register="{kind}"] tr :focus')
    expect(first).to_be_visible()
    return str(first.evaluate("input => input.closest('tr').dataset.id"))


def choose(page: Page, kind: str, record: str, name: str, answer: str) -> None:
    field(page, kind, record, name).select_option(label=answer)


def person(page: Page, name: str, organisation: str, sector: str) -> None:
    record = add(page, "person")
    enter(field(page, "person", record, "name"), name)
    enter(field(page, "person", record, "organisation"), organisation)
    choose(page, "person", record, "sector", sector)


def blanks(page: Page) -> Locator:
    return page.locator(".psp-blockers", has_text="blanks are left")


def saved(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        press(page, button)
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def text_of(path: Path) -> str:
    document = Document(io.BytesIO(path.read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_from_nothing_to_a_memorandum_that_is_kept_and_saved(visit, empty: Workbook, tmp_path: Path):
    page = visit(f"/form?workbook={empty.slug}")
    assert page.title() == "Form a partnership: PSP workbook"
    expect(page.get_by_role("heading", name="Nothing is entered yet")).to_be_visible()
    expect(blanks(page)).to_contain_text("lead third sector partner")

    # A blank leads to its field.
    blanks(page).get_by_role("link", name="how often", exact=True).click()
    expect(field(page, "mou", "mou", "meet")).to_be_focused()

    person(page, "Ann Bell", "Glen Council", "Public sector")
    person(page, "Cat Muir", "The Club", "Third sector")
    for name, text in LEAD.items():
        enter(field(page, "partnership", "partnership", name), text)
    for name, text in LINES.items():
        enter(field(page, "mou", "mou", name), text)
    choose(page, "mou", "mou", "third_form", "Community interest company")
    choose(page, "mou", "mou", "personal_data", "No")
    choose(page, "mou", "mou", "third_contact", "Cat Muir")
    choose(page, "mou", "mou", "public_contact", "Ann Bell")
    expect(blanks(page)).to_contain_text("2 blanks are left")
    draft = text_of(saved(page, "Save the MoU as .docx", tmp_path))
    assert "2 things are left to fill in" in draft and "[to fill in: steering group members]" in draft

    member = add(page, "member")
    choose(page, "member", member, "person", "Ann Bell")
    choose(page, "member", member, "seat", "Steering group")
    for name, organisation in (("Ann Bell", "Glen Council"), ("Cat Muir", "The Club")):
        record = add(page, "signatory")
        for key, value in {"name": name, "role": "Director", "organisation": organisation}.items():
            enter(field(page, "signatory", record, key), value)
    expect(page.get_by_text("Nothing is blank. Have it read before anybody signs.")).to_be_visible()

    page.get_by_text("Read all 13 sections as they stand").click()
    preview = page.locator("details", has_text="Read all 13 sections").last
    expect(preview.locator("h4")).to_have_count(13)
    expect(preview).to_contain_text(HOSTILE)
    expect(preview).to_contain_text("Changed from 2011")
    expect(preview.locator("script, mark")).to_have_count(0)

    go(page, page.url)
    expect(field(page, "mou", "mou", "services")).to_have_value("A luncheon club\nA lift there")
    whole = saved(page, "Save the MoU as .docx", tmp_path)
    assert whole.name.startswith(f"mou-{empty.slug}-")
    text = text_of(whole)
    assert f"Memorandum of Understanding: {HOSTILE}" in text
    for words in (*LEAD.values(), "13. Acceptance", "Cat Muir", "This is not legal advice"):
        assert words in text, words
    assert "A luncheon club" in text and "[to fill in" not in text
    headings = [one.text for one in Document(str(whole)).paragraphs if one.style and one.style.name == "Heading 1"]
    assert [heading.split(".")[0] for heading in headings[:13]] == [str(number) for number in range(1, 14)]


def test_a_workshop_becomes_a_run_sheet_that_can_be_changed_and_saved(visit, empty: Workbook, tmp_path: Path):
    page = visit(f"/form?workbook={empty.slug}")
    record = add(page, "workshop")
    for name, text in {"name": "Half a day", "starts": "09.30", "minutes": "195", "people": "18"}.items():
        enter(field(page, "workshop", record, name), text)
    enter(field(page, "workshop", record, "tools"), "ID-3, Are we ready?, xyzzy")
    sheet = page.locator("details[open]", has_text="Run-sheet: Half a day")
    expect(sheet).to_contain_text("There is no tool “xyzzy”")
    expect(sheet.locator("tbody tr").nth(1)).to_contain_text("Need statement")

    press(page, "Take the run-sheet over, to change it")
    lines = register(page, "agenda_item").locator("tbody tr[data-id]")
    expect(lines).to_have_count(3)
    first = lines.first.get_attribute("data-id")
    enter(field(page, "agenda_item", first, "task"), "Our need, in our words")
    expect(sheet).to_contain_text("Our need, in our words")
    expect(page.get_by_role("button", name="Take over what is new in the run-sheet")).to_be_hidden()

    text = text_of(saved(page, "Save the run-sheet as .docx", tmp_path))
    assert "Our need, in our words" in text and "Words to say" in text and "09.30" in text


def test_funders_are_counted_and_a_kind_of_lead_suggested(visit, empty: Workbook):
    page = visit(f"/form?workbook={empty.slug}")
    for name, reports in (("Council", "4"), ("Health board", "4"), ("Trust", "1")):
        record = add(page, "funder")
        enter(field(page, "funder", record, "name"), name)
        enter(field(page, "funder", record, "reports"), reports)
        choose(page, "funder", record, "would_share", "No" if name == "Trust" else "Yes")
    choose(page, "lead_funder", "lead_funder", "common_report", "Yes")
    choose(page, "lead_funder", "lead_funder", "common_aims", "Strong")
    expect(page.get_by_role("heading", name="Reporting Lead is suggested")).to_be_visible()
    expect(page.get_by_text("9 reports a year before, 5 after.")).to_be_visible()
    expect(figure(page, "Reports a year").locator(".psp-drawing svg").first).to_be_visible()


def test_the_page_keeps_the_rules_wide_and_narrow(visit, example: Workbook):
    page = visit(f"/form?workbook={example.slug}")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("document.documentElement.scrollWidth <= 390")
    assert violations(page) == []
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    assert violations(page) == []
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))")
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
