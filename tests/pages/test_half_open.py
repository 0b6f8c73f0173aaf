"""A page that comes up with parts missing is loaded once more by itself; where that does not help, it says so."""

import time

import pytest
from hands import enter, field, register
from playwright.sync_api import Browser, expect
from servers import Server
from visits import READY

pytestmark = pytest.mark.browser


def test_a_page_that_stays_half_open_says_so_after_one_more_try(browser: Browser, dashboards: Server):
    context = browser.new_context()
    context.add_init_script("window.pspPatience = 1500")
    context.route_web_socket("**/channels*", lambda socket: None)  # nothing that the kernel says arrives
    page = context.new_page()
    loads: list[str] = []
    page.on("load", lambda: loads.append(page.url))
    page.goto(f"{dashboards.address}/library")
    said = page.get_by_role("alert").filter(has_text="could not be opened whole")
    expect(said).to_contain_text("Everything that was saved is kept", timeout=60_000)
    assert len(loads) == 2
    context.close()

    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{dashboards.address}/library")
    page.wait_for_selector(READY)
    assert page.get_by_role("alert").filter(has_text="could not be opened whole").count() == 0
    context.close()


def test_a_part_whose_script_comes_late_hears_its_kernel_all_the_same(browser: Browser, dashboards: Server, example):
    """As on a phone, or where many share a weak network; anywidget itself gives a part two seconds."""
    context = browser.new_context()
    page = context.new_page()

    def late(route):
        time.sleep(4)
        route.continue_()

    page.route("**/parts/*register*", late)
    page.goto(f"{dashboards.address}/?workbook={example.slug}")
    page.wait_for_selector(READY)
    enter(field(page, "person", "morag-tulloch", "name"), "Morag T.")
    expect(register(page, "person").locator(".psp-status")).to_contain_text("Morag T.")
    context.close()


def test_a_kernel_that_takes_long_to_say_how_the_parts_stand_is_waited_for(browser: Browser, dashboards: Server):
    """The widgets' own code gives it four seconds, and then shows a page with parts missing."""
    context = browser.new_context()
    asked: list[bool] = []

    def slowly(socket):
        kernel = socket.connect_to_server()

        def answered(message):
            if b"update_states" in as_bytes(message):
                time.sleep(6)
            socket.send(message)

        def ask(message):
            asked.extend(b'"request_state' + end in as_bytes(message) for end in (b's"', b'"'))
            kernel.send(message)

        kernel.on_message(answered)
        socket.on_message(ask)

    context.route_web_socket("**/channels*", slowly)
    page = context.new_page()
    page.goto(f"{dashboards.address}/")
    page.wait_for_selector(READY)
    assert any(asked[::2]), "for all parts at once"
    assert not any(asked[1::2]), "and not for each alone"
    context.close()


def as_bytes(message: str | bytes) -> bytes:
    return message if isinstance(message, bytes) else message.encode()
