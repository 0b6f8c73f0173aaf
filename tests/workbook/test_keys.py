"""Roles and keys, enforced at the store's door."""

import sqlite3
import time

import pytest

from pspworkbook.records import KINDS, Outcome
from pspworkbook.workbook import (
    NotAllowed,
    NotFound,
    WorkbookError,
    check_key,
    export_bytes,
    list_keys,
    new_key,
    open_workbook,
    revoke_key,
)
from pspworkbook.workbook.access import BALLOTS


@pytest.fixture
def falls(ana):
    return ana.add("outcome", {"outcome": "Fewer falls", "quantity": "7"})


def with_key(ana, role: str, label: str = "", days: float | None = None):
    return ana.store.open(key=new_key(ana.store, ana.slug, role, label, days))


def every_way_to_write(workbook, falls):
    """Everything that alters a workbook."""
    yield lambda: workbook.add("outcome", {"outcome": "X"})
    yield lambda: workbook.save(Outcome(outcome="X"))
    yield lambda: workbook.change("outcome", falls.id, {"quantity": "8"}, falls.version)
    yield lambda: workbook.save_many([("outcome", None, {"outcome": "X"})])
    yield lambda: workbook.replace_all([])
    yield lambda: workbook.delete("outcome", falls.id, falls.version)
    yield lambda: workbook.rename("Mine")
    yield lambda: workbook.explain(1, "Because")


@pytest.mark.parametrize("role", ["viewer", "participant"])
def test_a_viewer_and_a_participant_change_no_register(ana, falls, role) -> None:
    workbook, before = with_key(ana, role), ana.position
    for write in every_way_to_write(workbook, falls):
        with pytest.raises(NotAllowed):
            write()
    assert ana.position == before
    assert workbook.records("outcome") == [falls], "but they can read"
    assert {kind for kind in KINDS if workbook.may_edit(kind)} <= (BALLOTS if role == "participant" else frozenset())


def test_a_partner_edits_the_registers_and_undoes_their_own(ana, falls) -> None:
    bo = with_key(ana, "partner", "Bo")
    assert (bo.author, bo.role, bo.slug) == ("Bo", "partner", ana.slug)
    bo.change("outcome", falls.id, {"quantity": "8"}, falls.version)
    assert (ana.history()[0].author, ana.history()[0].role) == ("Bo", "partner")
    bo.undo()
    assert not bo.can_undo, "what Ana did is not Bo's to undo"
    for refused in (
        lambda: bo.change("forecast", "forecast", {"discount_rate": "1%"}, 0),
        lambda: bo.add("confirmation", {"stage": "analyse"}),
        lambda: bo.rename("Mine"),
        lambda: bo.replace_all([]),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert (bo.may_edit("outcome"), bo.may_edit("forecast"), bo.may_edit("confirmation")) == (True, False, False)


def test_a_facilitator_s_key_does_everything(ana, falls) -> None:
    cat = with_key(ana, "facilitator", "Cat")
    cat.rename("Club")
    cat.change("forecast", "forecast", {"activity": "Club"}, 0)
    assert all(cat.may_edit(kind) for kind in KINDS)


def test_the_name_of_a_key_wins_over_the_name_that_a_visitor_gives(ana) -> None:
    key = new_key(ana.store, ana.slug, "partner", "Bo")
    assert ana.store.open(key=key, author="Ana").author == "Bo"


def test_two_keys_never_have_the_same_name(ana) -> None:
    for _ in range(3):
        new_key(ana.store, ana.slug, "partner")
    assert [key.label for key in list_keys(ana.store, ana.slug)] == ["Partner", "Partner (2)", "Partner (3)"]


def test_the_store_keeps_only_the_hash_of_a_key(ana, tmp_path) -> None:
    key = new_key(ana.store, ana.slug, "partner")
    assert len(key) >= 40
    ana.store.close()
    assert key.encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("store.db*"))


def test_a_key_that_was_revoked_is_worthless_at_once_even_on_an_open_page(ana, falls) -> None:
    key = new_key(ana.store, ana.slug, "facilitator", "Bo")
    bo = ana.store.open(key=key)
    assert bo.position == ana.position
    revoke_key(ana.store, ana.slug, list_keys(ana.store, ana.slug)[0].id)
    for write in every_way_to_write(bo, falls):
        with pytest.raises(NotAllowed, match="withdrawn"):
            write()
    for read in (lambda: bo.position, lambda: bo.records("outcome"), lambda: bo.history(), lambda: export_bytes(bo)):
        with pytest.raises(NotAllowed, match="withdrawn"):
            read()
    with pytest.raises(NotAllowed):
        check_key(ana.store, key)
    assert list_keys(ana.store, ana.slug)[0].state == "revoked"


def test_a_key_expires_while_its_page_is_open(ana, tmp_path) -> None:
    key = new_key(ana.store, ana.slug, "partner", expires_days=1)
    bo = ana.store.open(key=key)
    with sqlite3.connect(tmp_path / "store.db") as raw:
        raw.execute("UPDATE access_key SET expires_at = '2026-01-01T00:00:00.000000+00:00'")
    with pytest.raises(NotAllowed, match="expired"):
        bo.add("outcome", {})
    with pytest.raises(NotAllowed, match="expired"):
        bo.position  # noqa: B018
    with pytest.raises(NotAllowed, match="expired"):
        check_key(ana.store, key)
    assert list_keys(ana.store, ana.slug)[0].state == "expired"


def test_a_key_opens_its_own_workbook_and_no_other(ana, store) -> None:
    other = store.create("Another", author="Ana")
    key = new_key(store, ana.slug, "facilitator")
    for name in (other.slug, "Another", "nowhere"):
        with pytest.raises(NotAllowed, match="another workbook"):
            store.open(name, key=key)
    with pytest.raises(NotFound):
        revoke_key(store, other.slug, list_keys(store, ana.slug)[0].id)
    assert store.open(key=key).slug == ana.slug


def test_a_dashboard_s_visitor_brings_the_key_in_the_environment(ana, store, monkeypatch) -> None:
    monkeypatch.setenv("HTTP_X_PSP_KEY", new_key(store, ana.slug, "viewer", "Guest"))
    assert (open_workbook(store=store).role, open_workbook(store=store).author) == ("viewer", "Guest")
    monkeypatch.setenv("HTTP_X_PSP_KEY", "made-up")
    with pytest.raises(NotAllowed, match="not known"):
        open_workbook(store=store)
    monkeypatch.setenv("HTTP_X_PSP_KEY", "")
    assert open_workbook(store=store).role == "facilitator"


def test_a_guest_does_not_change_which_workbook_opens_next(ana, store) -> None:
    key = new_key(store, ana.slug, "partner")
    store.create("Newer")
    store.open(key=key)
    assert store.open().slug == "newer"


@pytest.mark.parametrize(
    ("role", "days"), [("king", None), ("partner", 0), ("partner", -1), ("partner", 1e9), ("partner", float("nan"))]
)
def test_keys_that_make_no_sense_are_refused(ana, role, days) -> None:
    with pytest.raises(WorkbookError):
        new_key(ana.store, ana.slug, role, expires_days=days)
    assert list_keys(ana.store, ana.slug) == []


def test_looking_whether_anything_is_new_stays_cheap_with_a_key(ana) -> None:
    bo = with_key(ana, "partner")
    start = time.perf_counter()
    for _ in range(50):
        bo.position  # noqa: B018
    assert (time.perf_counter() - start) / 50 < 0.02
