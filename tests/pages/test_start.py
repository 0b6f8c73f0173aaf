"""The start page: workbooks are made, copied out and taken in; files that are none are refused; stages are agreed."""

import json
import re
from pathlib import Path

import pytest
from hands import enter, field, press, register
from playwright.sync_api import Page, expect
from visits import READY

from pspworkbook.workbook import Store, Workbook, import_bytes

pytestmark = pytest.mark.browser
KINDS = ("partnership", "person", "forecast", "stakeholder", "input", "outcome")


def take(page: Page, file: Path) -> None:
    """Choose a file in “Open a workbook from a file”."""
    page.get_by_label("Open a workbook from a file").set_input_files(file)


def see_workbook(page: Page, name: str) -> None:
    """Wait until the page shows this workbook."""
    expect(page.locator("#psp-workbook-name")).to_have_text(name)
    page.wait_for_selector(READY)


def test_a_new_workbook_starts_empty_and_the_example_is_one_press_away(visit, store: Store, example: Workbook):
    page = visit(f"/?workbook={example.slug}")
    press(page, "Make a new workbook")
    expect(page.locator("#new-name-error")).to_have_text("Give the workbook a name.")

    page.get_by_label("Name of a new partnership").fill("Cooking <b>together</b> & “eating”")
    press(page, "Make a new workbook")
    see_workbook(page, "Cooking <b>together</b> & “eating”")
    assert page.url.endswith("/?workbook=cooking-b-together-b-eating"), "each tab keeps its own workbook"
    expect(page.locator('[data-stage="start"] small')).to_contain_text("open")
    expect(page.locator('[data-stage="analyse"] small')).to_contain_text("not started")
    enter(field(page, "partnership", "partnership", "name"), "Cooks")
    expect(page.get_by_role("heading", name="Where Cooks stands")).to_be_visible()
    expect(page.locator('[data-stage="start"] small')).to_contain_text("open")

    press(page, "Open the example partnership")
    expect(page.locator("#psp-workbook-note")).to_contain_text("Example for training")
    page.wait_for_selector(READY)
    assert store.open("cooking-b-together-b-eating", mark=False).the("partnership").record.name == "Cooks"


def test_the_example_goes_back_to_how_it_was_only_after_a_question(visit, store: Store, shipped: bytes):
    page = visit("/?workbook=wheels-to-meals")
    enter(field(page, "person", "morag-tulloch", "name"), "Somebody else")
    expect(register(page, "person").locator(".psp-status")).to_contain_text("Somebody else")
    press(page, "Set the example back to how it was")
    press(page, "Leave it")
    press(page, "Set the example back to how it was")
    press(page, "Set it back")
    expect(field(page, "person", "morag-tulloch", "name")).to_have_value("Morag Tulloch")
    page.wait_for_selector(READY)


def test_a_copy_that_is_saved_opens_again_as_the_same_workbook(visit, store: Store, example: Workbook, tmp_path: Path):
    example.change("person", "morag-tulloch", {"name": "Mòrag 🍲"}, example.get("person", "morag-tulloch").version)
    page = visit(f"/?workbook={example.slug}")
    with page.expect_download() as download:
        press(page, "Save a copy")
    assert download.value.suggested_filename == f"{example.slug}.psp.json"
    copy = tmp_path / "copy.psp.json"
    download.value.save_as(copy)

    before = {one.slug for one in store.workbooks()}
    with page.expect_navigation(url=re.compile(r"/\?workbook=[a-z0-9-]+$")):
        take(page, copy)
    page.wait_for_selector(READY)
    expect(field(page, "person", "morag-tulloch", "name")).to_have_value("Mòrag 🍲")
    (slug,) = {one.slug for one in store.workbooks()} - before
    taken = store.open(slug, mark=False)
    for kind in KINDS:
        assert taken.frame(kind).equals(example.frame(kind)), kind


def test_a_file_that_is_no_sound_workbook_is_refused_and_changes_nothing(visit, store, shipped, example, tmp_path):
    page = visit(f"/?workbook={example.slug}")
    workbooks, position = [one.slug for one in store.workbooks()], example.position
    refusal = page.locator(".psp-files .psp-error")
    altered = json.loads(shipped)
    altered["workbook"]["name"] = "Another"
    files = {"cut.json": shipped[:-100], "text.json": b"hello", "altered.json": json.dumps(altered).encode()}
    for name, data in files.items():
        file = tmp_path / name
        file.write_bytes(data)
        take(page, file)
        expect(refusal).to_have_text(re.compile(r"^[A-Z].*\.$"))
    assert [one.slug for one in store.workbooks()] == workbooks
    assert example.position == position

    # A file that is far too large is refused by the page, before any of it is sent.
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", sent.append))
    big = tmp_path / "big.psp.json"
    with big.open("wb") as out:
        out.truncate(60 << 20)
    take(page, big)
    expect(refusal).to_contain_text("This file is 60 MB. The largest that can be taken is 50 MB.")
    expect(page.locator(".psp-files", has_text="60 MB").locator(".psp-status")).to_have_text("")


def test_agreement_turns_stale_when_something_changes(visit, store: Store, shipped: bytes):
    workbook = store.open(import_bytes(store, shipped).slug, author="Bo", mark=False)
    page = visit(f"/analyse?workbook={workbook.slug}")
    status = page.locator('[data-stage="analyse"] small')
    expect(status).not_to_contain_text("confirmed")
    aware = page.get_by_label("agree all the same")
    if aware.is_visible():  # the example has open points: they are known, and kept with the agreement
        aware.check()
    agree = page.get_by_role("button", name="We agree with this stage as it stands")
    agree.click()
    expect(page.locator(".psp-confirm .psp-error")).to_contain_text("Say who agreed")
    page.get_by_label("Who agreed").fill("The steering group, 3 March")
    agree.click()
    expect(status).to_contain_text("confirmed")
    expect(agree).to_be_disabled()

    version = workbook.get("input", "contract").version
    workbook.change("input", "contract", {"value": "25,000"}, version)
    expect(status).to_have_text("changed since it was confirmed")
    expect(page.locator('[data-stage="analyse"]')).to_have_attribute("data-status", "stale")
    expect(agree).to_be_enabled()

    # With something missing it is agreed only by those who say that they know it.
    workbook.change("input", "contract", {"value": ""}, workbook.get("input", "contract").version)
    expect(aware).to_be_visible()
    aware.uncheck()
    agree.click()
    expect(page.locator(".psp-confirm .psp-error")).to_contain_text("know what is still open")
    aware.check()
    agree.click()
    expect(status).to_contain_text("known")


def test_each_script_of_a_page_comes_once_and_may_be_kept(visit, example: Workbook):
    page = visit(f"/analyse?workbook={example.slug}")
    scripts = page.evaluate(
        "performance.getEntriesByType('resource').map(one => one.name).filter(name => name.includes('/parts/'))"
    )
    assert 5 < len(scripts) < page.locator("[data-psp-part]").count() / 4
    assert len(set(scripts)) == len(scripts)
    kept = page.request.get(scripts[0])
    assert "immutable" in kept.headers["cache-control"]
    assert page.request.get(re.sub(r"-[0-9a-f]{12}", "-" + "0" * 12, scripts[0])).status == 404
