"""Each open page has one kernel. None is left behind, its death is not silent, and no client can make it run code."""

from pathlib import Path

import psutil
import pytest
import servers
from hands import CARE, enter, field, register, see_ratio
from playwright.sync_api import expect
from servers import Server, until
from visits import READY, go
from wire import Wire, get, kernel_of

from pspworkbook.workbook import Workbook


def pids(server: Server) -> set[int]:
    return {kernel.pid for kernel in server.kernels()}


@pytest.mark.browser
def test_reloading_and_closing_leaves_no_kernel_behind(visit, dashboards: Server):
    others = pids(dashboards)
    page = visit("/")
    for _ in range(5):
        go(page, page.url)
    until(lambda: len(pids(dashboards) - others) == 1, "only the open page has a kernel")
    page.goto("about:blank")
    until(lambda: not pids(dashboards) - others, "a closed page has none")


@pytest.mark.browser
def test_what_was_typed_just_before_the_page_was_closed_is_saved(visit, example: Workbook):
    for value in (0.25, 0.5, 0.75):
        page = visit(f"/analyse?workbook={example.slug}")
        field(page, "impact", CARE, "deadweight").fill(f"{value:.0%}")
        page.close(run_before_unload=True)
        until(lambda: example.get("outcome", CARE).record.deadweight == value, f"{value:.0%} is saved", patience=10)  # noqa: B023


@pytest.mark.browser
def test_a_kernel_that_dies_is_noticed_and_nothing_is_lost(visit, dashboards: Server, example: Workbook):
    others = pids(dashboards)
    page = visit(f"/analyse?workbook={example.slug}")
    (kernel,) = pids(dashboards) - others
    enter(field(page, "impact", CARE, "deadweight"), "50%")
    expect(register(page, "impact").locator(".psp-status")).to_contain_text("to 50%")
    psutil.Process(kernel).kill()

    alert = page.get_by_role("alert").filter(has_text="connection to the workbook is lost")
    alert.wait_for(timeout=20_000)
    assert page.locator(READY).count() == 0, "the page no longer says that it is ready"
    assert register(page, "impact").evaluate("part => part.closest('[inert]') !== null"), "nothing can be typed in vain"
    alert.get_by_role("button", name="Load the page again").click()
    page.wait_for_selector(READY)
    see_ratio(page, "£1.38")
    expect(field(page, "impact", CARE, "deadweight")).to_have_value("50%")


@pytest.mark.browser
def test_a_server_that_goes_away_is_noticed(visit, tmp_path: Path):
    with servers.dashboards(tmp_path) as server:
        page = visit(f"{server.address}/")
        server.process.kill()
        page.get_by_role("alert").filter(has_text="connection to the workbook is lost").wait_for(timeout=20_000)
        assert page.locator(READY).count() == 0


def test_a_request_to_run_code_gets_no_answer_and_does_nothing(dashboards: Server, tmp_path: Path):
    marker = tmp_path / "ran"
    wire = Wire(dashboards, kernel_of(get(dashboards, "/")))
    code = f"open({str(marker)!r}, 'w').close()"
    refused = wire.send("execute_request", {"code": code, "silent": False, "allow_stdin": False})
    allowed = wire.send("kernel_info_request", {})  # this one is answered, and only after the one before it
    heard = wire.until_answered(allowed)
    wire.close()
    assert heard
    assert refused not in [message["parent_header"].get("msg_id") for message in heard]
    assert not marker.exists()
