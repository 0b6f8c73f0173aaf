"""A workshop: phones answer without JavaScript, and the facilitator's page shows it within a second."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from servers import Server

from pspworkbook.workbook import Store, Workbook

pytestmark = pytest.mark.browser

ELSEWHERE = """
import pathlib
import pspworkbook.places as places
places.notebooks_folder = lambda: pathlib.Path(__file__).parent
"""
"""Lets this test bring a notebook of its own, whatever the shipped ones show."""
CELLS = (
    "from pspworkbook.stages.page import Page, opened\n"
    "from pspworkbook.stages.ballots import ballot\n"
    "class Workshop(Page):\n    STAGE = 'identify'\n"
    "stage = opened(Workshop, None)",
    "stage.tool('TP-6', *ballot(stage, 'readiness'))",
    "stage.tool('ID-9', *ballot(stage, 'definitions'))",
)


@pytest.fixture
def workshop(serve: Callable[..., Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    """Dashboards whose first stage shows two ballots."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    code = {"cell_type": "code", "execution_count": None, "outputs": [], "metadata": {}}
    cells = [{"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Workshop"}]
    cells += [{**code, "id": f"cell-{number}", "source": source} for number, source in enumerate(CELLS)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "cells": cells,
        "metadata": {"title": "Workshop", "kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (folder / "01_identify_the_need.ipynb").write_text(json.dumps(notebook), "utf-8")
    (folder / "sitecustomize.py").write_text(ELSEWHERE, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return serve()


@pytest.fixture
def workbook(workshop: Server):
    """An empty workbook, opened last: the example has answers of its own."""
    with Store(workshop.store) as store:
        yield store.open(store.create("Workshop").slug, author="Bo")


def ballot(page: Page, key: str) -> Locator:
    return page.locator(f'[data-ballot="{key}"]')


def press(box: Locator, name: str) -> None:
    box.get_by_role("button", name=name, exact=True).click()


def new_phone(browser: Browser, width: int = 390) -> BrowserContext:
    return browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def clean(page: Page) -> None:
    page.evaluate("scrollTo(0, 0)")  # as in rules.py; here with axe's own advice besides
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


def test_phones_answer_and_the_room_sees_it_within_a_second(
    visit, browser: Browser, workshop: Server, workbook: Workbook
) -> None:
    page = visit(workshop.address + "/identify")
    box = ballot(page, "readiness")
    expect(box).to_contain_text("0 people have answered.")
    box.get_by_label("How many do you expect?").fill("3")
    box.get_by_label("How many do you expect?").blur()
    expect(box).to_contain_text("3 of 3 have not yet.")
    press(box, "Let people join by phone")
    expect(box.get_by_role("img", name="QR code of")).to_be_visible()
    code = box.locator(".psp-letters").inner_text()
    clean(page)

    late = []
    for person in range(3):
        context = new_phone(browser, 390 if person else 320)
        phone = context.new_page()
        phone.goto(f"{workshop.address}/join")
        phone.get_by_label("The six letters").fill(code.lower())
        phone.get_by_role("button", name="Go on").click()
        phone.get_by_label("Third sector").check()
        phone.get_by_role("button", name="Begin").click()
        phone.get_by_label("1. Low" if person < 2 else "4. Excellent").check()
        phone.get_by_label("Why do you say so?").fill(f"<b>Reason {person}</b>")
        phone.get_by_role("button", name="Save and go on").click()
        expect(phone.get_by_role("heading", name="People")).to_be_visible()
        expect(phone.get_by_role("status")).to_contain_text("Your answer to question 1 is saved")
        seen = page.wait_for_function(
            "count => document.querySelector('.psp-count').textContent.startsWith(count) && Date.now()",
            arg=f"{person + 1} ",
        )
        late.append(seen.json_value() / 1000 - workbook.history(limit=1)[0].at.timestamp())
        context.close()
    assert min(late) < 1, f"seconds from the save to the facilitator's page: {late}"
    expect(box).to_contain_text("3 people have answered; 0 of 3 have not yet.")

    # Nothing of it is on the projector until it is asked for.
    assert "Reason" not in page.content()
    expect(box.locator(".psp-tag").first).to_be_hidden()
    press(box, "Show answers")
    first = box.locator('[data-question="senior-commitment"]')
    expect(first.locator("summary").first).to_contain_text("Split")
    first.locator("summary").first.click()
    expect(first.locator(".psp-counts").first).to_contain_text("●●")
    expect(first.locator(".psp-counts tbody .psp-num").first).to_have_text("2")
    first.get_by_text("How the result is worked out").click()
    expect(first).to_contain_text("no more than a third of the scale")
    expect(box).to_contain_text("Talk about these first")
    press(first, "Show the reasons (3)")
    expect(first.get_by_text("<b>Reason 2</b>", exact=True)).to_be_visible()
    first.locator("li", has_text="Reason 2").get_by_role("button", name="Keep it off the screen").click()
    expect(first.get_by_text("<b>Reason 2</b>", exact=True)).to_have_count(0)
    press(first, "Make it an action")
    expect(first).to_contain_text("Added to the list of actions")
    chart = page.locator("figure").filter(has_text="Organisational readiness: all questions")
    expect(chart.locator(".psp-drawing svg").first).to_be_visible()
    clean(page)
    press(box, "Close it for phones")
    expect(box.locator(".psp-letters")).to_be_hidden()
    assert page.request.get(f"{workshop.address}/join/{code}").status == 404


def test_paper_slips_are_typed_with_one_key_for_each_answer(visit, workshop: Server, workbook: Workbook) -> None:
    page = visit(workshop.address + "/identify")
    box = ballot(page, "readiness")
    press(box, "Enter answers from paper")
    page.keyboard.press("p")  # Public sector: the group has the focus
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    for digit in "310422":
        page.keyboard.type(digit)
    page.keyboard.press("Enter")
    expect(box).to_contain_text("Saved: 6 answers of one person.")
    saved = [entry.record for entry in workbook.records("answer")]
    assert [answer.value for answer in saved] == [3, 1, None, 4, 2, 2]
    assert {(answer.sector, answer.paper) for answer in saved} == {("public", True)}

    # The next slip begins at its first question; a wrong key is said at once, and nothing is saved.
    page.keyboard.type("7")
    expect(box).to_contain_text("Type 1 to 4, or 0.")
    page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(box).to_contain_text("Saved: 1 answer of one person.")
    assert len(workbook.records("answer")) == 7
    expect(box).to_contain_text("2 people have answered")


@pytest.mark.parametrize("width", [390, 320])
def test_the_panel_serves_on_a_phone(visit, workshop: Server, workbook: Workbook, width: int) -> None:
    page = visit(workshop.address + "/identify", width)
    box = ballot(page, "readiness")
    press(box, "Answer here")
    box.get_by_role("group", name="Willingness to change").get_by_label("3. High").check()
    press(box, "Save my answers")
    expect(box).to_contain_text("Saved: 1 answer of one person.")
    assert workbook.records("answer")[0].record.value == 3
    press(box, "Show answers")
    expect(box.locator('[data-question="willingness"] > summary')).to_contain_text("1 answer")
    words = ballot(page, "definitions")
    for text in ("<script>alert(1)</script>", "Buying", "Finding out"):  # of fewer than three, nothing is shown
        press(words, "Answer here")
        words.get_by_label("When I hear").fill(text)
        press(words, "Save my answers")
    press(words, "Show answers")
    press(words, "Show what was written (3)")
    expect(words.get_by_text("<script>alert(1)</script>", exact=True)).to_be_visible()
    assert fits(page)
    clean(page)


def test_the_pages_for_phones_are_accessible_and_fit(
    visit, browser: Browser, workshop: Server, workbook: Workbook
) -> None:
    from pspworkbook.workbook.joining import open_code

    code = open_code(workbook, "success-signs", "Signs")
    for width in (390, 320):
        # axe needs scripts, which these pages forbid: this visit lets them in for axe alone.
        context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
        phone = context.new_page()
        for address in ("/join", "/join/BBBBBB", f"/join/{code}"):
            phone.goto(workshop.address + address)
            assert fits(phone)
            clean(phone)
        phone.get_by_label("Carers and families").check()
        phone.get_by_role("button", name="Begin").click()
        phone.get_by_role("button", name="Save and go on").click()
        expect(phone.get_by_role("alert")).to_contain_text("Choose one")
        assert fits(phone)
        clean(phone)
        for _ in range(8):
            phone.get_by_role("button", name="I’d rather not say").click()
        expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
        assert fits(phone)
        # In a line with its question: an answer that stands alone below a long name is ": High" and nothing else.
        assert phone.locator("ol li a").first.evaluate("link => getComputedStyle(link).display") == "inline"
        clean(phone)
        context.close()
