"""Each open page has one kernel. None is left behind, its death is not silent, and no client can make it run code."""

import json
import uuid
from pathlib import Path

import psutil
import pytest
import websocket
from hands import CARE, enter, field, register, see_ratio
from playwright.sync_api import expect
from servers import Server, until
from visits import READY, go

from pspworkbook.workbook import Workbook

pytestmark = pytest.mark.browser


def pids(server: Server) -> set[int]:
    return {kernel.pid for kernel in server.kernels()}


def test_reloading_and_closing_leaves_no_kernel_behind(visit, dashboards: Server):
    others = pids(dashboards)
    page = visit("/")
    for _ in range(5):
        go(page, page.url)
    until(lambda: len(pids(dashboards) - others) == 1, "only the open page has a kernel")
    page.goto("about:blank")
    until(lambda: not pids(dashboards) - others, "a closed page has none")


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


def test_a_request_to_run_code_gets_no_answer_and_does_nothing(visit, dashboards: Server, tmp_path: Path):
    page = visit("/", ready=False)
    with page.expect_websocket() as opened:
        go(page, page.url)
    marker = tmp_path / "ran"
    session, cookies = uuid.uuid4().hex, page.context.cookies()
    socket = websocket.create_connection(
        opened.value.url.split("?")[0] + f"?session_id={session}",
        cookie="; ".join(f"{one['name']}={one['value']}" for one in cookies),
        origin=dashboards.address,
        timeout=20,
    )

    def send(kind: str, content: dict[str, object]) -> str:
        id = uuid.uuid4().hex
        header = {"msg_id": id, "msg_type": kind, "session": session, "username": "", "version": "5.3"}
        parts = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        socket.send(json.dumps({**parts, "buffers": []}))
        return id

    code = f"open({str(marker)!r}, 'w').close()"
    refused = send("execute_request", {"code": code, "silent": False, "store_history": False, "allow_stdin": False})
    allowed = send("kernel_info_request", {})  # this one is answered, and only after the one before it
    answers: list[str] = []
    while allowed not in answers:
        answers.append(json.loads(socket.recv())["parent_header"].get("msg_id", ""))
    socket.close()
    assert refused not in answers
    assert not marker.exists()
