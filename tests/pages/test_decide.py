"""The page of stage 2 in the browser: from nothing to a signed-off decision record, by mouse and by keyboard."""

from itertools import pairwise
from pathlib import Path

import pytest
from hands import enter, field, figure, press, register, row
from playwright.sync_api import Locator, Page, expect
from rules import violations
from visits import go

from pspworkbook.guide.ballots import ballots
from pspworkbook.workbook import Store, Workbook

pytestmark = pytest.mark.browser

BALLOTS = ("principles", "benefits", "challenges", "success-signs", "readiness")


@pytest.fixture
def ours(store: Store) -> Workbook:
    """An empty workbook, with one person in it. Bo edits it from Python."""
    book = store.create("Decide", author="Bo")
    book.add("person", {"name": "Morag"})
    return book


def vote(book: Workbook, key: str, value: int, people: int = 3) -> None:
    """Answers as phones would send them: the same from each person."""
    asked = ballots()[key]
    sectors = ("user", "public", "third") if asked.part_of_sector else ("third",)
    book.save_many(
        [
            (
                "answer",
                None,
                {
                    "ballot": key,
                    "item": question.key,
                    "sheet": f"{key}{sector}{n}",
                    "sector": sector,
                    "organisation": f"Organisation {n % 2}" if asked.per_organisation else "",
                    "value": value,
                },
            )
            for sector in sectors
            for n in range(people)
            for question in asked.questions_for(sector)
        ]
    )


def ballot(page: Page, key: str) -> Locator:
    return page.locator(f'[data-ballot="{key}"]')


def show(page: Page, key: str) -> None:
    """Show the answers to a ballot."""
    ballot(page, key).get_by_role("button", name="Show answers", exact=True).click()


def choose(page: Page, kind: str, record: str, name: str, words: str) -> None:
    field(page, kind, record, name).select_option(words)


def added(page: Page, button: str) -> str:
    """Add a row; its identifier, once the focus is in it."""
    press(page, button)
    expect(page.locator("tr :focus")).to_be_visible()
    return str(page.locator(":focus").evaluate("input => input.closest('tr').dataset.id"))


def fill_row(page: Page, kind: str, record: str, **values: str) -> None:
    for name, value in values.items():
        input = field(page, kind, record, name)
        if input.evaluate("input => input.tagName") == "SELECT":
            input.select_option(value)
        else:
            enter(input, value)


def test_from_nothing_to_a_signed_off_decision_record(visit, ours: Workbook, tmp_path: Path) -> None:
    page = visit(f"/decide?workbook={ours.slug}")
    assert page.title() == "To PSP or not: PSP workbook"
    expect(page.get_by_role("heading", name="Nothing is entered yet")).to_be_visible()

    # TP-1: who leads, and the definition.
    enter(field(page, "leads", "partnership", "lead_public"), "The council")
    enter(field(page, "leads", "partnership", "lead_third"), "The <b>club</b>")
    for name in ("co_design", "more_than_buying", "may_lose"):
        choose(page, "psp_test", "psp_test", name, "Yes")
    verdict = page.locator("[data-state]").filter(has=page.locator("h3"))
    choose(page, "psp_test", "psp_test", "lawful", "No")
    expect(verdict).to_contain_text("Another model")
    choose(page, "psp_test", "psp_test", "lawful", "Yes")
    expect(verdict).to_contain_text("This is a PSP by the definition")

    # Ballots: the answers come in from elsewhere; one person more answers from paper, by keyboard alone.
    for key, value in zip(BALLOTS, (5, 4, 2, 4, 4), strict=True):
        vote(ours, key, value)
    box = ballot(page, "principles")
    expect(box).to_contain_text("3 people have answered")
    slips = box.get_by_role("button", name="Enter answers from paper")
    slips.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#ballot-principles-slip-sector")).to_be_focused()
    page.keyboard.press("Tab")
    for _ in range(6):
        page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(box).to_contain_text("4 people have answered")

    # Nothing of the answers is on the page until they are shown.
    heat = page.locator(".psp-heat")
    expect(heat).to_have_count(0)
    show(page, "benefits")
    expect(heat.locator("td").first).to_contain_text("Large")
    expect(heat.locator("td").first).to_contain_text("median 4, 3 answers")
    show(page, "readiness")
    expect(page.get_by_role("heading", name="Chances of success").locator("..")).to_contain_text("success: excellent")
    expect(figure(page, "side by side").locator(".psp-drawing svg").first).to_be_visible()

    # TP-7: the guide's eight headings at once.
    register(page, "market_finding").get_by_role("button", name="Start with the guide's list").click()
    rows = register(page, "market_finding").locator("tbody tr[data-id]")
    expect(rows).to_have_count(8)
    for one in [str(line.get_attribute("data-id")) for line in rows.all()]:
        fill_row(page, "market_finding", one, now="Looked at", source="Survey, 2026", effect="Helps a partnership")
    enter(field(page, "market", "market", "name"), "Meals")
    choose(page, "market", "market", "mature", "No, not yet")
    expect(page.get_by_role("heading", name="Develop the market first")).to_be_visible()
    choose(page, "market", "market", "mature", "Yes, suitable partners are there")
    enter(field(page, "market", "market", "reasons"), "Three providers")
    expect(page.get_by_text("All eight headings are looked at")).to_be_visible()

    # TP-8: one piece of help; the link of a question leads to its field.
    help_ = added(page, "Add a piece of help")
    fill_row(page, "subsidy", help_, item="Hall", giver="Council", recipient="Club", value="6,000", date="2026-11-01")
    piece = page.locator(f'[data-subsidy="{help_}"]')
    expect(piece).to_contain_text("Still to answer: (a), (b), (c) and (d).")
    page.get_by_text("The four questions for “Hall”").click()
    page.get_by_role("link", name="Answer to (c) for Hall: open").click()
    specific = field(page, "subsidy", help_, "specific-full")
    expect(specific).to_be_focused()
    specific.select_option("No")
    expect(piece).to_contain_text("Likely not a subsidy, because of the answer to (c)")
    expect(piece).to_contain_text("not legal advice")

    # TP-9 and TP-11.
    expect(page.get_by_role("heading", name="Reminder")).to_be_visible()
    advice = added(page, "Add a request for advice")
    fill_row(page, "procurement_advice", advice, question="Which route?", asked="Procurement lead", asked_on="2026-10-01",
             answer="Light touch", answered_on="2026-10-08")  # fmt: skip
    expect(page.get_by_role("heading", name="Reminder")).to_have_count(0)
    legacy = added(page, "Add a legacy")
    fill_row(page, "legacy", legacy, what="The table", how="Volunteers", owner="Morag", review="2027-11-01")

    # TP-10: options from the usual ways, the decision, conditions, and who differs.
    page.get_by_role("button", name="Start with the ways that there usually are").click()
    options = register(page, "option").locator("tbody tr[data-id]")
    expect(options).to_have_count(6)
    ids = [str(line.get_attribute("data-id")) for line in options.all()]
    for one in ids:
        fill_row(page, "option", one, speaks_for="Users want it", speaks_against="It takes a year")
    choose(page, "decision", "decision", "option", "Form a PSP")
    fill_row(page, "decision", "decision", reasons="It <script>fits</script> the need", decided_by="The steering group",
             date="2026-11-20", next="Find partners")  # fmt: skip
    condition = added(page, "Add a condition")
    fill_row(page, "condition", condition, what="Two people from each side", owner="Morag", by="2026-12-01")
    dissent = added(page, "Add a differing view")
    fill_row(page, "dissent", dissent, view="It is too soon", reasons="The last one failed")
    expect(page.get_by_text("Nothing is missing from the record.")).to_be_visible()
    expect(page.get_by_role("heading", name="Nothing stands in the way")).to_be_visible()
    page.get_by_text("What speaks for and against a PSP").click()
    for side, words in (("for", "This is a PSP by the definition"), ("missing", "No need has been stated yet")):
        expect(page.locator(f'[data-side="{side}"]')).to_contain_text(words)

    page.get_by_text("Show the record as it is printed").click()

    # It is agreed by keyboard, and the record says by whom.
    page.get_by_label("Who agreed, and when").focus()
    page.keyboard.type("The steering group, 20 November")
    page.keyboard.press("Enter")
    record = page.locator(".decision")
    expect(record).to_contain_text("The steering group, 20 November (entered on")
    expect(page.locator('[data-stage="decide"] small')).to_contain_text("confirmed")

    # As a file: everything is on it, and what people wrote is text.
    with page.expect_download() as download:
        press(page, "Save as a page to print")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name.startswith("decide-decision-")
    printed = path.read_text("utf-8")
    for words in ("Form a PSP", "✓ chosen", "It takes a year", "Two people from each side", "Morag", "It is too soon",
                  "The steering group, 20 November", "20 November 2026", "It &lt;script&gt;fits&lt;/script&gt; the need"):  # fmt: skip
        assert words in printed, words
    assert "<script" not in printed

    # All of it is there after a reload.
    go(page, page.url)
    expect(field(page, "decision", "decision", "reasons")).to_have_value("It <script>fits</script> the need")
    expect(page.locator(".decision")).to_contain_text("It <script>fits</script> the need")
    expect(row(page, "condition", condition)).to_be_visible()
    expect(page.locator('[data-stage="decide"] small')).to_contain_text("confirmed")


def test_a_second_browser_sees_what_the_first_enters(visit, ours: Workbook) -> None:
    first, second = (visit(f"/decide?workbook={ours.slug}") for _ in range(2))
    option = added(first, "Add an option")
    fill_row(first, "option", option, name="A tender", speaks_for="Quick")
    expect(field(second, "option", option, "speaks_for")).to_have_value("Quick")
    expect(second.locator(".decision")).to_contain_text("A tender")
    choose(second, "decision", "decision", "option", "A tender")
    expect(first.locator(".decision .decided")).to_contain_text("A tender")


def test_what_is_missing_leads_to_where_it_is_entered(visit, ours: Workbook) -> None:
    page = visit(f"/decide?workbook={ours.slug}")
    link = page.get_by_role("link", name="The decision still needs: why.").first
    link.focus()
    page.keyboard.press("Enter")
    expect(field(page, "decision", "decision", "reasons")).to_be_focused()
    page.get_by_text("What speaks for and against a PSP").click()
    page.locator('[data-side="missing"]').get_by_role("link", name="Market analysis").click()
    expect(page.locator("#tool-TP-7")).to_be_focused()
    ledger = page.get_by_role("group", name="Where the limits come from")
    expect(ledger).to_contain_text("£315,000")


@pytest.mark.parametrize("width", [1280, 390])
def test_it_keeps_the_rules_and_fits(visit, example: Workbook, width: int) -> None:
    for key, value in zip(BALLOTS, (2, 4, 4, 2, 2), strict=True):
        vote(example, key, value)
    example.add(
        "subsidy", {"item": "Hall", "recipient": "Club", "value": "6,000", "date": "2026-11-01", "route": "mfa"}
    )
    example.add("subsidy", {"item": "Loan", "route": "principles"})
    example.add("option", {"name": "A partnership", "what": "psp"})
    page = visit(f"/decide?workbook={example.slug}", width)
    assert violations(page) == []
    for key in (*BALLOTS, "assumptions"):
        show(page, key)
    expect(page.locator(".psp-heat")).to_be_visible()
    page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))")
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
