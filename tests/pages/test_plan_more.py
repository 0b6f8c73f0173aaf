"""The page of stage 5, second half: a held-back approval, an offer taken over, no sideways scrolling, no barrier."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from hands import enter, field, figure
from playwright.sync_api import Page, expect
from visits import go

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HOSTILE = "<script>alert(1)</script> “quoted” & مرحبا 🙂"


def serious(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in ("serious", "critical")
    ]


def test_approval_waits_for_the_last_question_and_a_blocker_becomes_a_risk(visit, example: Workbook):
    page = visit(f"/plan?workbook={example.slug}")
    approval = page.locator(".psp-panel", has=page.get_by_role("heading", name="Approval of the pilot"))
    expect(approval).to_contain_text("Held back. Not valid as approved: held back until “Advantage” is answered.")
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
    assert serious(page) == []


def test_a_phone_scrolls_down_only(visit, example: Workbook):
    page = visit(f"/plan?workbook={example.slug}", width=390)
    expect(figure(page, "Risk matrix")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert serious(page) == []
