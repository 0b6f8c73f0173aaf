"""The page of stage 5, second half: a held-back approval, an offer taken over, no sideways scrolling, no barrier."""

import pytest
from hands import enter, field, figure, message
from playwright.sync_api import expect
from rules import violations
from visits import go

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser

HOSTILE = "<script>alert(1)</script> “quoted” & مرحبا 🙂"


def test_approval_waits_for_the_last_question_and_a_blocker_becomes_a_risk(visit, example: Workbook):
    page = visit(f"/plan?workbook={example.slug}")
    approval = page.locator(".psp-panel", has=page.get_by_role("heading", name="Approval of the pilot"))
    expect(approval).to_contain_text(
        "Held back. Not valid as approved: held back until “Advantage” is answered in full"
    )
    enter(field(page, "pilot_question", "question-advantage", "evidence"), "Note of 22 October 2025")
    expect(approval).to_contain_text("Approved by Steering group on 24 October 2025")

    expect(figure(page, "Money so far").locator("tbody")).to_contain_text("not complete")
    enter(field(page, "budget_line", "run-4", "actual"), "6,300")
    expect(figure(page, "Money so far").locator("tbody")).not_to_contain_text("not complete (")

    offer = page.locator("li", has_text="Taxi drivers fear for their weekday trips").filter(
        has=page.get_by_role("button")
    )
    offer.first.get_by_role("button").click()
    expect(page.get_by_role("link", name="Taxi drivers fear for their weekday trips", exact=True).first).to_be_visible()
    made = next(entry for entry in example.records("risk") if entry.record.origin == "blocker:taxi")
    enter(field(page, "risk", made.id, "title"), HOSTILE)
    expect(page.get_by_role("link", name=HOSTILE, exact=True)).to_be_visible()

    go(page, page.url)
    expect(page.get_by_role("link", name=HOSTILE, exact=True)).to_be_visible()
    assert example.get("risk", made.id).record.title == HOSTILE
    assert violations(page) == []


def test_a_task_cannot_end_before_it_starts_and_both_days_can_be_moved(visit, example: Workbook):
    """What was typed stays, with the reason; when the other day goes with it, both are kept."""
    example.add("task", {"name": "Bus", "start": "2026-03-02", "finish": "2026-03-03"})
    made = next(entry for entry in example.records("task") if entry.label == "Bus")
    page = visit(f"/plan?workbook={example.slug}")
    start, finish = (field(page, "task", made.id, name) for name in ("start", "finish"))
    enter(start, "2026-04-02")
    expect(message(page, "task", made.id, "start")).to_contain_text("after “Ends” (3 March 2026)")
    expect(start).to_have_value("2026-04-02")
    expect(start).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("button", name="1 entry is not saved")).to_be_visible()
    enter(finish, "2026-04-03")
    expect(message(page, "task", made.id, "start")).to_be_hidden()
    expect(page.get_by_role("button", name="1 entry is not saved")).to_have_count(0)
    saved = example.get("task", made.id).record
    assert (str(saved.start), str(saved.finish)) == ("2026-04-02", "2026-04-03")


def test_what_was_kept_wrong_before_is_pointed_out_and_can_be_mended(visit, example: Workbook):
    bodies = [(entry.kind, entry.id, entry.record.body()) for entry in example.records("task")]
    example.replace_all([*bodies, ("task", "old", {"name": "Bus", "start": "2026-03-02", "finish": "2026-03-01"})])
    page = visit(f"/plan?workbook={example.slug}")
    finish, wrong = field(page, "task", "old", "finish"), message(page, "task", "old", "finish")
    expect(wrong).to_contain_text("before “Starts” (2 March 2026)")
    expect(finish).to_have_value("2026-03-01")
    expect(page.get_by_role("button", name="1 entry is not saved")).to_have_count(0)
    enter(field(page, "task", "old", "name"), "Hire a bus")
    expect(page.get_by_role("button", name="Details of Hire a bus")).to_be_visible()
    enter(finish, "2026-03-05")
    expect(wrong).to_be_hidden()
    assert violations(page) == []


def test_a_phone_scrolls_down_only(visit, example: Workbook):
    page = visit(f"/plan?workbook={example.slug}", width=390)
    expect(figure(page, "Risk matrix")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []


def test_the_plan_is_made_with_the_keyboard_on_a_phone_and_seen_by_others(visit, example: Workbook):
    """Depth, gaps, attendance and the schedule, without a mouse; kept on reload, and there for a second browser."""
    page = visit(f"/plan?workbook={example.slug}", width=390)
    field(page, "method_choice", "method_choice", "size").focus()
    page.keyboard.type("Large")
    page.keyboard.press("Tab")
    expect(page.get_by_role("heading", name="Full planning")).to_have_count(0)
    page.keyboard.type("Large")
    page.keyboard.press("Tab")
    expect(page.get_by_role("heading", name="Full planning")).to_be_visible()
    elements = page.get_by_role("group", name="The seven elements of a plan, and how deep").locator("tbody tr")
    expect(elements).to_have_count(7)
    expect(elements.nth(6)).to_contain_text("rated by everybody")

    page.get_by_role("button", name="Add a gap", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-register="resource_gap"] tr[data-id]')).to_have_count(3)
    expect(page.locator(":focus")).to_have_attribute("data-field", "what")
    for text in ("Seats in the minibus", "8", "5.5"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    gap = page.locator('[data-register="resource_gap"] tr[data-id]').last
    expect(gap).to_contain_text("2.5")

    half = page.locator('[data-register="meeting"] tr[data-id="meeting-half"]')
    for button in (half.locator(".psp-card-open"), half.get_by_role("button", name="Details")):  # first the card
        button.focus()
        page.keyboard.press("Enter")
    there = field(page, "meeting", "meeting-half", "present-full")
    there.focus()
    page.keyboard.press("Control+End")
    for _ in range(len("Agnieszka Nowak") + 1):
        page.keyboard.press("Backspace")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="decided, and was not quorate").first).to_be_visible()

    field(page, "task", "task-report", "finish").focus()
    enter(field(page, "task", "task-report", "finish"), "2026-11-22")
    expect(figure(page, "Schedule")).to_contain_text("Report to the steering group.")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []

    other = visit(f"/plan?workbook={example.slug}")
    expect(other.get_by_role("heading", name="Full planning")).to_be_visible()
    go(page, page.url)
    expect(page.locator('[data-register="resource_gap"] tr[data-id]').last).to_contain_text("2.5")


def test_a_new_risk_is_asked_about_at_once_and_an_open_sheet_is_not_lost(visit, example: Workbook):
    for entry in example.records("risk"):
        example.delete("risk", entry.id, entry.version)
    page = visit(f"/plan?workbook={example.slug}")
    box = page.locator('[data-ballot="risk-rating"]')
    expect(box).to_contain_text("put in a risk or issue")
    example.add("risk", {"title": "The minibus breaks down"})
    box.get_by_role("button", name="Answer here").click()
    expect(box.locator("legend", has_text="The minibus breaks down, likelihood")).to_be_visible()
    box.get_by_role("textbox", name="Why?").first.fill("It is old.")
    cook = example.add("risk", {"title": "The cook leaves"})
    expect(field(page, "risk", cook.id, "title")).to_have_value("The cook leaves")
    expect(box.get_by_role("textbox", name="Why?").first).to_have_value("It is old.")
    box.get_by_role("button", name="Leave it").click()
    box.get_by_role("button", name="Answer here").click()
    expect(box.locator("legend", has_text="The cook leaves, likelihood")).to_be_visible()


def test_the_seven_questions_stand_before_the_approval_that_they_hold_back(visit, example: Workbook):
    page = visit(f"/plan?workbook={example.slug}")
    places = [
        page.get_by_role("group", name="The seven questions"),
        field(page, "pilot_question", "question-advantage", "evidence"),
        page.get_by_role("heading", name="Approval of the pilot"),
        field(page, "pilot_approval", "pilot_choice", "approved"),
    ]
    tops = [place.bounding_box()["y"] for place in places]
    assert tops == sorted(tops)
    enter(field(page, "pilot_approval", "pilot_choice", "approved_by"), "All")
    expect(page.get_by_text("Held back").first).to_be_visible()
    assert example.the("pilot_choice").record.approved_by == "All"


def test_a_link_opens_the_details_that_hide_its_field(visit, example: Workbook):
    """And the row says, beside its button, what is needed inside."""
    line = example.add(
        "budget_line", {"line": "Paint", "partner": "Club", "forecast": "50", "period_start": "2026-01-01"}
    )
    gap = example.add("blocker", {})
    page = visit(f"/plan?workbook={example.slug}")
    row = page.locator(f'[data-register="budget_line"] tr[data-id="{line.id}"]')
    expect(row.locator(".psp-lacks")).to_be_hidden()  # “To” is a column here
    beside = page.locator(f'[data-register="blocker"] tr[data-id="{gap.id}"]')
    expect(beside.locator(".psp-lacks")).to_contain_text("needed")
    details = beside.get_by_role("button", name="Details of", exact=False)
    expect(details).to_have_accessible_description("1 needed inside the details: What lies behind it")
    details.click()
    details.click()  # made, and closed again
    hidden = page.locator(f'[id="blocker-{gap.id}-concern-full"]')
    expect(hidden).to_be_hidden()
    page.evaluate(
        """(id) => { const link = document.createElement("a"); link.href = `#blocker-${id}-concern`;
        link.dataset.register = "blocker"; link.dataset.row = id; link.id = "probe"; link.textContent = "there";
        document.querySelector(".psp-passage > div").append(link); }""",
        gap.id,
    )
    page.locator("#probe").click()
    expect(hidden).to_be_focused()
    expect(page.get_by_role("heading", name="In no period")).to_be_visible()
    page.get_by_role("link", name="Paint", exact=True).click()
    expect(field(page, "budget_line", line.id, "period_end")).to_be_focused()


def test_from_another_page_a_link_leads_to_the_field_among_the_details(visit, example: Workbook):
    gap = example.add("blocker", {"blocker": "Taxis"})
    page = visit(f"/plan?workbook={example.slug}#at:blocker:{gap.id}:concern")
    expect(page.locator(f'[id="blocker-{gap.id}-concern-full"]')).to_be_focused()
