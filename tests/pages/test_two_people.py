"""Two people on two pages: each sees what the other saves, and nobody's work is overwritten without a word."""

import re

import psutil
import pytest
from hands import CARE, CLUBS, enter, field, register, row, see_ratio
from playwright.sync_api import Page, expect
from servers import Server
from visits import go

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser


def set_deadweight(workbook: Workbook, outcome: str, share: str) -> None:
    workbook.change("outcome", outcome, {"deadweight": share}, workbook.get("outcome", outcome).version)


def test_a_second_browser_sees_a_change_within_a_second(visit, example: Workbook):
    mine, theirs = (visit(f"/analyse?workbook={example.slug}") for _ in range(2))
    late = []
    for share in ("20%", "30%", "40%"):
        enter(field(mine, "impact", CARE, "deadweight"), share)
        seen = theirs.wait_for_function(
            "([id, share]) => document.getElementById(id).value === share && Date.now()",
            arg=[f"impact-{CARE}-deadweight", share],
        )
        late.append(seen.json_value() / 1000 - example.history(limit=1)[0].at.timestamp())
    assert min(late) < 1, f"seconds from the save to the other page: {late}"
    see_ratio(theirs, "£1.49")
    expect(theirs.locator("#psp-saved")).to_contain_text("Saved")


@pytest.fixture
def cut_off(dashboards: Server):
    """Opens a page and stops its kernel: what others save meanwhile cannot reach it until ``resume``."""
    stopped: list[psutil.Process] = []

    def open_page(visit, address: str) -> tuple[Page, psutil.Process]:
        before = {kernel.pid for kernel in dashboards.kernels()}
        page = visit(address)
        (kernel,) = [kernel for kernel in dashboards.kernels() if kernel.pid not in before]
        kernel.suspend()
        stopped.append(kernel)
        return page, kernel

    yield open_page
    for kernel in stopped:
        if kernel.is_running():
            kernel.resume()


@pytest.mark.parametrize(("button", "stays", "ratio"), [("Keep theirs", "25%", "£1.66"), ("Use mine", "50%", "£1.38")])
def test_two_changes_of_one_field_are_shown_side_by_side(visit, example: Workbook, cut_off, button, stays, ratio):
    page, kernel = cut_off(visit, f"/analyse?workbook={example.slug}")
    set_deadweight(example, CARE, "25%")
    enter(field(page, "impact", CARE, "deadweight"), "50%")
    kernel.resume()

    box = register(page, "impact").locator(".psp-clash")
    expect(box).to_contain_text("Deadweight: Bo saved")
    expect(box.locator("dd")).to_have_text(["25%", "50%"])
    assert example.get("outcome", CARE).record.deadweight == 0.25, "nothing is overwritten until somebody chooses"
    box.get_by_role("button", name=button).click()

    see_ratio(page, ratio)
    expect(field(page, "impact", CARE, "deadweight")).to_have_value(stays)
    expect(box).to_have_count(0)
    assert "clash" in [change.action for change in example.history()], "what was refused stays in the history"


def test_changes_of_different_fields_are_both_kept(visit, example: Workbook, cut_off):
    page, kernel = cut_off(visit, f"/analyse?workbook={example.slug}")
    set_deadweight(example, CLUBS, "20%")
    enter(field(page, "impact", CLUBS, "attribution"), "40%")
    kernel.resume()
    expect(field(page, "impact", CLUBS, "deadweight")).to_have_value("20%")
    expect(register(page, "impact").locator(".psp-status")).to_contain_text("from 35% to 40%")
    outcome = example.get("outcome", CLUBS).record
    assert (outcome.deadweight, outcome.attribution) == (0.2, 0.4)
    expect(register(page, "impact").locator(".psp-clash")).to_have_count(0)


def test_my_own_changes_in_quick_succession_do_not_clash_with_each_other(visit, example: Workbook, cut_off):
    page, kernel = cut_off(visit, f"/analyse?workbook={example.slug}")
    for share in ("20%", "30%", "50%"):
        enter(field(page, "impact", CARE, "deadweight"), share)
    enter(field(page, "impact", CARE, "displacement"), "10%")
    kernel.resume()
    see_ratio(page, "£1.33")
    outcome = example.get("outcome", CARE).record
    assert (outcome.deadweight, outcome.displacement) == (0.5, 0.1)
    expect(register(page, "impact").locator(".psp-clash")).to_have_count(0)


def test_what_another_saves_into_the_field_that_i_am_typing_in_is_not_overwritten_in_silence(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}")
    mine = field(page, "impact", CARE, "deadweight")
    mine.fill("")  # begun, and not finished: an empty field is saved as it is
    expect(register(page, "impact").locator(".psp-status")).to_contain_text("cleared")
    set_deadweight(example, CARE, "25%")
    expect(row(page, "impact", CARE)).to_contain_text("£36,010")  # their change has reached this page
    expect(mine).to_be_focused()
    expect(mine).to_have_value("")
    mine.press_sequentially("50%")
    mine.blur()
    expect(register(page, "impact").locator(".psp-clash dd")).to_have_text(["25%", "50%"])
    assert example.get("outcome", CARE).record.deadweight == 0.25


def test_what_was_done_on_another_page_is_asked_about_before_it_is_taken_back(visit, example: Workbook):
    """At one machine without keys both have one name. What this tab did itself is known after a reload, too."""
    mine, theirs = (visit(f"/analyse?workbook={example.slug}") for _ in range(2))
    enter(field(theirs, "impact", CARE, "deadweight"), "20%")
    expect(field(mine, "impact", CARE, "deadweight")).to_have_value("20%")
    undo = mine.get_by_role("button", name="Undo", exact=True)
    expect(undo).to_have_attribute("title", re.compile("not done on this page"))
    undo.click()
    question = mine.locator(".psp-elsewhere")
    expect(question).to_contain_text("This was not done on this page")
    question.get_by_role("button", name="Leave it").click()
    expect(undo).to_be_focused()
    assert example.get("outcome", CARE).record.deadweight == 0.2

    go(theirs, theirs.url)
    expect(theirs.get_by_role("button", name="Undo", exact=True)).to_have_attribute(
        "title", re.compile("^Takes back: ")
    )
    undo.click()
    question.get_by_role("button", name="Take it back all the same").click()
    expect(field(theirs, "impact", CARE, "deadweight")).to_have_value("0%")
