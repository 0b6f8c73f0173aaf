"""Who may come in, in which role; and that the role holds against a visitor who says whatever they like."""

import subprocess
import sys
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
import servers
import websocket
from hands import CARE, CLUBS, enter, field, register
from playwright.sync_api import expect
from servers import Server
from wire import Wire, get, kernel_of

from pspworkbook.workbook import Store, Workbook, import_bytes, list_keys, make_example, new_key, revoke_key

OTHER = "other-partnership"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the example and another workbook, and a key of each role to the example."""
    with Store(tmp_path_factory.mktemp("guarded") / "workbooks.db") as store:
        make_example(store)
        store.create("Other partnership")
        yield store


@pytest.fixture(scope="module")
def keys(held: Store) -> dict[str, str]:
    """Keys to the example by their roles, and some that open nothing."""
    found = {
        role: new_key(held, "wheels-to-meals", role, role.title()) for role in ("facilitator", "partner", "viewer")
    }
    found["revoked"] = new_key(held, "wheels-to-meals", "partner", "Withdrawn")
    revoke_key(held, "wheels-to-meals", list_keys(held, "wheels-to-meals")[-1].id)
    found["expired"] = new_key(held, "wheels-to-meals", "partner", "Late", expires_days=1e-6)
    found["wrong"] = "x" * 43
    return found


@pytest.fixture(scope="module")
def guarded(held: Store, keys, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Dashboards that ask everybody for a key."""
    folder = tmp_path_factory.mktemp("server")
    with servers.dashboards(folder, "--require-key", store=Path(held.address)) as server:
        yield server


@pytest.fixture
def workbook(held: Store) -> Workbook:
    """The guarded workbook as its facilitator has it at the machine."""
    return held.open("wheels-to-meals", author="Bo", mark=False)


def test_without_a_key_it_does_not_listen_to_other_machines(tmp_path: Path):
    command = ["dashboards", "--no-browser", "--host", "0.0.0.0", "--port", str(servers.free_port())]
    done = subprocess.run(
        [sys.executable, "-m", "pspworkbook", *command, "--store", str(tmp_path / "w.db")],
        env=servers.environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=servers.PATIENCE,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "there is no key yet" in done.stderr


def test_who_has_no_good_key_gets_a_sentence_and_no_page(guarded: Server, keys):
    for kind, words in {
        "": "opens with a link that its facilitator gives you",
        "wrong": "not known here",
        "revoked": "has been withdrawn",
        "expired": "has expired",
    }.items():
        for answer in (get(guarded, "/", key=keys.get(kind, "")), get(guarded, f"/analyse?key={keys.get(kind, '')}")):
            assert (answer.status, words in answer.text) == (403, True), (kind, answer.text)
            assert "Set-Cookie: psp_key" not in str(answer.headers)
            assert "kernelId" not in answer.text


def test_a_good_key_moves_from_the_address_into_a_cookie_that_no_script_can_read(guarded: Server, keys):
    answer = get(guarded, f"/analyse?key={keys['partner']}&from=mail")
    assert answer.status == 302
    assert answer.headers["Location"] == "/analyse?from=mail"
    assert answer.headers["Cache-Control"] == "no-store"
    cookie = SimpleCookie("\n".join(answer.headers.get_all("Set-Cookie")))["psp_key"]
    assert cookie.value == keys["partner"]
    assert cookie["httponly"]
    assert cookie["samesite"].lower() in ("lax", "strict")


def test_a_key_opens_its_own_workbook_only(guarded: Server, keys):
    asked = get(guarded, f"/?workbook={OTHER}", key=keys["facilitator"])
    forged = get(guarded, "/", key=keys["facilitator"], cookies=f"psp_workbook={OTHER}", X_Psp_Workbook=OTHER)
    for shown in (asked, forged):
        assert shown.status == 200
        assert "Wheels-to-Meals luncheon club" in shown.text
        assert "Other partnership" not in shown.text


@pytest.mark.parametrize(
    "path",
    [
        "/voila/render/00_start.ipynb",
        "/voila/tree",
        "/voila/files/00_start.ipynb",
        "/voila/api/contents",
        "/voila/api/shutdown",
        "/api/contents",
        "/api/kernels",
        "/api/sessions",
        "/api/terminals",
        "/lab",
        "/tree",
        "/files/00_start.ipynb",
        "/static/../workbooks.db",
        "/voila/static/../../../workbooks.db",
        "/login",
    ],
)
def test_nothing_else_is_served(guarded: Server, keys, path: str):
    assert get(guarded, path).status in (403, 404, 405)
    assert get(guarded, path, key=keys["facilitator"]).status in (403, 404, 405)


def test_a_header_of_the_visitor_is_not_taken_for_a_key(guarded: Server, dashboards: Server, keys):
    assert get(guarded, "/", X_Psp_Key=keys["facilitator"]).status == 403
    page = get(dashboards, "/", X_Psp_Key="x" * 43, X_Psp_Workbook=OTHER)
    assert page.status == 200
    wire = Wire(dashboards, kernel_of(page))
    assert wire.ask("comm_info_request", {"target_name": "jupyter.widget"})["comms"], "the page opened its workbook"
    wire.close()


def test_without_keys_only_this_machine_comes_in(dashboards: Server):
    for headers in ({"Host": "workbook.example"}, {"Host": "127.0.0.1.example"}, {"X_Forwarded_For": "192.0.2.7"}):
        answer = get(dashboards, "/", **headers)
        assert answer.status == 403, headers
        assert "Set-Cookie" not in answer.headers


def test_every_answer_forbids_the_browser_to_ask_other_hosts(dashboards: Server, guarded: Server):
    for answer in (get(dashboards, "/"), get(dashboards, "/nowhere"), get(guarded, "/"), get(guarded, "/?key=wrong")):
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'self'"
        assert policy["object-src"] == "'none'"
        allowed = {source for sources in policy.values() for source in sources.split()}
        assert all(source.startswith("'") or source in ("data:", "blob:") for source in allowed), allowed
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_kernel_answers_only_who_has_a_good_key_and_only_our_own_pages(guarded: Server, dashboards: Server, keys):
    page = get(guarded, "/", key=keys["viewer"])
    kernel = kernel_of(page)
    for cookies in ("", f"psp_key={keys['revoked']}", f"psp_key={keys['wrong']}"):
        with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
            Wire(guarded, kernel, cookies=cookies)
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        Wire(guarded, kernel, cookies=f"psp_key={keys['viewer']}", origin="http://elsewhere.example")
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        Wire(dashboards, kernel_of(get(dashboards, "/")), origin="http://elsewhere.example")
    Wire(guarded, kernel, cookies=f"psp_key={keys['viewer']}").close()


def forged(workbook: Workbook) -> dict[str, dict[str, object]]:
    """What a page can be made to ask for, by a name."""
    kept, removed, scope = workbook.get("outcome", CARE), workbook.get("outcome", CLUBS), workbook.the("forecast")
    line = workbook.history("outcome", CARE)[0].seq
    return {
        "agree": {"do": "confirm", "who": "Everybody"},
        "add": {"do": "add", "values": {}},
        "edit": {"do": "change", "id": CARE, "version": kept.version, "values": {"source": "Asked again"}},
        "edit the scope": {"do": "change", "id": "forecast", "version": scope.version, "values": {"activity": "Mine"}},
        "give a reason": {"do": "explain", "seq": line, "reason": "Because"},
        "remove": {"do": "delete", "id": CLUBS, "version": removed.version},
        "undo": {"do": "undo"},
    }


@pytest.mark.parametrize(
    ("role", "works"),
    [
        ("viewer", set()),
        ("partner", {"add", "edit", "give a reason", "remove", "undo"}),
        ("facilitator", {"agree", "add", "edit", "edit the scope", "give a reason", "remove", "undo"}),
    ],
)
def test_a_forged_message_can_do_what_the_role_may_and_no_more(guarded: Server, held: Store, shipped, role, works):
    workbook = held.open(import_bytes(held, shipped).slug, author="Bo", mark=False)
    key = new_key(held, workbook.slug, role)
    wire = Wire(guarded, kernel_of(get(guarded, "/analyse", key=key)), cookies=f"psp_key={key}")
    done = set()
    for name, question in forged(workbook).items():
        before = workbook.position
        wire.to_every_part(question)
        if workbook.position > before:
            done.add(name)
    wire.close()
    assert done == works
    assert held.open(OTHER, mark=False).position == 0


@pytest.mark.browser
def test_a_page_shows_what_its_visitor_may_do(visit, guarded: Server, keys):
    viewer = visit(f"{guarded.address}/analyse?key={keys['viewer']}")
    assert keys["viewer"] not in viewer.url
    expect(viewer.locator("#psp-workbook-note")).to_contain_text("You can read, not change")
    assert viewer.locator("[data-psp-part=register] :is(input, select, textarea):enabled:visible").count() == 0
    for name in ("Undo", "Redo", "Add an outcome", "We agree with this stage as it stands"):
        assert viewer.get_by_role("button", name=name).count() == 0, name

    partner = visit(f"{guarded.address}/analyse?key={keys['partner']}")
    expect(partner.locator("#psp-workbook-note")).to_contain_text("You can edit the shared registers")
    expect(field(partner, "impact", CARE, "attribution")).to_be_enabled()
    expect(field(partner, "forecast", "forecast", "activity")).to_be_disabled()


@pytest.mark.browser
def test_a_key_that_is_withdrawn_while_its_page_is_open_saves_nothing_more(visit, guarded, held, workbook):
    secret = new_key(held, workbook.slug, "partner", "Red Cross")
    page = visit(f"{guarded.address}/analyse?key={secret}")
    enter(field(page, "impact", CARE, "attribution"), "11%")
    expect(register(page, "impact").locator(".psp-status")).to_contain_text("11%")
    assert workbook.history(limit=1)[0].author == "Red Cross"

    revoke_key(held, workbook.slug, list_keys(held, workbook.slug)[-1].id)
    alert = page.get_by_role("alert").filter(has_text="has been withdrawn").last
    expect(alert).to_be_visible()
    position = workbook.position
    input = field(page, "impact", CARE, "attribution")
    input.evaluate("input => input.closest('[inert]').inert = false")  # a visitor may do this to their own page
    enter(input, "99%")
    expect(page.locator(f'[id="impact-{CARE}-attribution-error"]')).to_contain_text("has been withdrawn")
    assert workbook.position == position
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("A link is needed")
