"""One group of people from the need to the review: named once, taken over at each stage, renamed, removed, brought back."""

import pytest
from hands import enter, field, press, register, row
from playwright.sync_api import Page, expect
from rules import violations
from visits import go

from pspworkbook.records import KINDS
from pspworkbook.workbook import Store, Workbook

pytestmark = pytest.mark.browser

NAME = "Folk who <b>eat alone</b> in the glens"
BETTER = "Neighbours who eat alone"


@pytest.fixture
def ours(store: Store) -> Workbook:
    """An empty workbook. Bo looks at it from Python."""
    return store.create("Walking", author="Bo")


def add(page: Page, name: str) -> str:
    """A new row of a register; its identifier."""
    page.locator(f'[id="{name}-add"]').click()
    first = page.locator(f'[data-register="{name}"] tr[data-id] :focus')
    expect(first).to_have_count(1)
    return str(first.evaluate("input => input.closest('tr').dataset.id"))


def take(page: Page, text: str, panel: str = "") -> None:
    """Press the button of an offer, and wait until it is no longer offered. ``panel``: the title, where two offer it."""
    button = page.locator(".psp-panel.psp-offers").filter(has_text=panel).get_by_role("button", name=text)
    button.first.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_count(0)


def only(workbook: Workbook, kind: str):
    [entry] = workbook.records(kind)
    return entry


def test_a_stakeholder_walks_through_the_stages_and_its_name_is_typed_once(visit, ours: Workbook):
    at = lambda stage: f"/{stage}?workbook={ours.slug}"  # noqa: E731
    page = visit(at("identify"))
    need = add(page, "need_statement")
    for name, text in {"who": "People over 75", "difficulty": "They eat alone", "where": "The glens"}.items():
        enter(field(page, "need_statement", need, name), text)
    invited = add(page, "involvement")
    field(page, "involvement", invited, "group").select_option(label="People who use the service, or might")
    enter(field(page, "involvement", invited, "who"), NAME)
    field(page, "involvement", invited, "how").select_option(label="They decide with us")
    expect(register(page, "involvement").locator(".psp-status")).to_contain_text("Saved")

    home = page.url.split("/identify")[0]
    go(page, home + at("analyse"))
    take(page, "Take over: They eat alone")
    expect(field(page, "forecast", "forecast", "purpose")).to_have_value("The need that it answers: They eat alone: people over 75, in The glens.")  # fmt: skip
    take(page, f"Add: {NAME}")
    group = only(ours, "stakeholder").id
    expect(field(page, "stakeholder", group, "name")).to_have_value(NAME)
    outcome = add(page, "outcomes")
    field(page, "outcomes", outcome, "stakeholder").select_option(label=NAME)
    enter(field(page, "outcomes", outcome, "outcome"), "New friends")
    expect(register(page, "outcomes").locator(".psp-status")).to_contain_text("New friends")
    for sheet in ("a", "b", "c"):  # three people rate it on their phones
        for part, value in (("support", 1), ("importance", 5)):
            ours.add("answer", {"ballot": "stakeholder-map", "item": f"{group}.{part}", "sheet": sheet, "value": value})  # fmt: skip
    ours.add("sitting", {"ballot": "stakeholder-map", "opened": "1"})  # “Show answers” was pressed

    go(page, home + at("do"))
    take(page, f"Add: Keep {NAME} informed")
    message = only(ours, "communication").id
    expect(field(page, "communication", message, "stakeholder").locator("option:checked")).to_have_text(NAME)

    go(page, home + at("plan"))
    seats = page.locator(".psp-panel.psp-offers").filter(has_text="nobody in the steering group speaks")
    take_first = seats.get_by_role("button", name=f"Add: {NAME}")
    take_first.click()
    expect(take_first).to_have_count(0)
    expect(page.get_by_text(f"{NAME}: a seat without a person yet")).to_be_visible()
    page.locator(".psp-offers summary", has_text="Stakeholders whose support is low").click()  # closed until asked for
    take(page, f"Add: {NAME}: support is low, and it matters much")
    take(page, f"Add: {NAME}: not won over yet")
    risk = only(ours, "risk").id
    expect(field(page, "risk", risk, "title")).to_have_value(f"{NAME}: not won over yet")
    take(page, f"Add: New friends ({NAME})", "outcome measures")

    go(page, home + at("review"))
    take(page, "Add: “New friends”: what happened?")
    expect(field(page, "actual", only(ours, "actual").id, "outcome").locator("option:checked")).to_have_text("New friends")  # fmt: skip
    assert only(ours, "actual").record.outcome == outcome

    # The name stands in one record. A better one is better everywhere, and what was worded after the old one says so.
    named = [kind for kind, model in KINDS.items() if not model.single for entry in ours.records(kind) if getattr(entry.record, "name", "") == NAME]  # fmt: skip
    assert named == ["stakeholder"]
    go(page, home + at("analyse"))
    enter(field(page, "stakeholder", group, "name"), BETTER)
    expect(field(page, "outcomes", outcome, "stakeholder").locator("option:checked")).to_have_text(BETTER)
    go(page, home + at("do"))
    expect(field(page, "communication", message, "stakeholder").locator("option:checked")).to_have_text(BETTER)
    changed = page.locator(".psp-since > .psp-panel")
    expect(changed).to_contain_text(f"has changed since. Who: {NAME} → {BETTER}.")
    enter(field(page, "communication", message, "message"), f"How it goes, for {BETTER}")
    changed.get_by_role("button", name="It still holds").click()
    expect(page.get_by_text("still holds. The history says who looked")).to_be_visible()
    expect(changed).to_be_hidden()

    # Where it comes from, where it is used; from there to the place.
    go(page, home + at("analyse"))
    row(page, "stakeholder", group).get_by_role("button").click()
    under = row(page, "stakeholder", group).locator("~ tr.psp-under").first
    under.get_by_text("Where it comes from, and where it is used").click()
    expect(under.get_by_role("link", name="Made from the group to involve")).to_be_visible()
    expect(under).to_contain_text("It is used in ")
    assert violations(page) == []

    # Removing it says where it is used and asks; Undo brings it and all that pointed to it back.
    under.get_by_role("button", name="Remove this stakeholder").click()
    for words in (
        "It is used in",
        "Outcome “New friends”",
        "Communication “How it goes",
        "answers that name it are emptied",
        "Undo brings all of it back",
    ):
        expect(under).to_contain_text(words)
    under.get_by_role("button", name="Remove it, and empty the").click()
    expect(row(page, "stakeholder", group)).to_have_count(0)
    expect(field(page, "outcomes", outcome, "stakeholder")).to_have_value("")
    assert ours.get("communication", message).record.stakeholder is None
    press(page, "Undo")
    expect(field(page, "outcomes", outcome, "stakeholder").locator("option:checked")).to_have_text(BETTER)
    assert ours.get("communication", message).record.stakeholder == group
    assert ours.get("member", only(ours, "member").id).record.stakeholder == group

    row(page, "stakeholder", group).get_by_role("button").click()
    under.get_by_text("Where it comes from, and where it is used").click()
    under.get_by_role("link", name="Communication “How it goes").first.click()
    page.wait_for_url("**/do**")
    expect(page.locator(f'[data-register="communication"] tr[data-id="{message}"] :focus')).to_have_count(1)


def test_the_start_page_shows_how_the_pieces_hang_together(visit, example: Workbook):
    """The twelve links with what has gone along each, on a phone; both ends lead to their tools."""
    page = visit(f"/?workbook={example.slug}", width=390)
    panel = page.locator("#links")
    expect(panel.locator("> details")).to_have_count(13)
    panel.locator("summary", has_text="2. Nobody who matters is forgotten").click()
    line = panel.locator("li", has_text="Groups to involve become stakeholders")
    expect(line).to_contain_text("✓ 3 records taken over")
    page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")
    line.get_by_role("link").first.click()
    page.wait_for_url("**/identify**tool-ID-4")
    expect(page.locator("#tool-ID-4")).to_be_in_viewport()
