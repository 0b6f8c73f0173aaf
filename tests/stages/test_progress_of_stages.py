"""How far each stage is, on a workbook as it fills: the printed rule, from nothing to agreed and stale."""

from pathlib import Path

import pytest

from pspworkbook.methods.progress import KINDS_OF, NO_STAGE
from pspworkbook.records import KINDS
from pspworkbook.stages.progress import GAPS, status_of, statuses
from pspworkbook.widgets.confirm import Confirm
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.snapshot import Snapshot
from pspworkbook.workbook import Store, Workbook


@pytest.fixture
def ours(tmp_path: Path) -> Workbook:
    """An empty workbook."""
    return Store(tmp_path / "w.db").create("Ours")


def state(workbook: Workbook, stage: str) -> tuple[str, str]:
    found = statuses(Snapshot(workbook))[stage]
    return found.name, found.words


def test_every_record_belongs_to_one_stage() -> None:
    """Or to none, for a reason; otherwise a change in it would leave an agreement standing."""
    of = {kind: [stage for stage, kinds in KINDS_OF.items() if kind in kinds] for kind in KINDS}
    assert [kind for kind, stages in of.items() if len(stages) != (kind not in NO_STAGE)] == []


@pytest.mark.parametrize("stage", GAPS)
def test_an_empty_workbook_has_not_started_and_is_not_accused_of_anything(ours: Workbook, stage: str) -> None:
    assert state(ours, stage) == ("not started", "not started")


def test_what_was_added_and_removed_again_is_no_beginning(ours: Workbook) -> None:
    task = ours.add("task", {"name": "Cook"})
    assert state(ours, "plan")[0] == "open"
    ours.delete("task", task.id, task.version)
    assert state(ours, "plan")[0] == "not started"


def test_agreement_holds_until_the_stage_or_what_it_rests_on_changes(ours: Workbook) -> None:
    """And the page names what has changed."""
    ours.add("need_statement", {"difficulty": "They eat alone"})
    ours.add("confirmation", {"stage": "identify", "agreed_by": "All", "open_points": "One\nTwo"})
    assert state(ours, "identify") == ("confirmed", "confirmed, 2 open points known")
    ours.add("answer", {"ballot": "pulse", "item": "trust", "sheet": "a", "value": 3})
    assert state(ours, "identify")[0] == "confirmed", "an opinion changes nothing that was agreed"
    person = ours.add("person", {"name": "Ann"})
    assert state(ours, "identify") == ("stale", "“Start” has changed since")
    ours.delete("person", person.id, person.version)
    assert state(ours, "identify") == ("confirmed", "confirmed, 2 open points known"), "all stands as it was agreed"
    (need,) = ours.records("need_statement")
    ours.delete("need_statement", need.id, need.version)
    assert state(ours, "identify")[0] == "stale", "removing is a change too"
    ours.undo()
    assert state(ours, "identify")[0] == "confirmed", "undo brings the agreement back"
    ours.add("need_statement", {"difficulty": "They are cold"})
    assert state(ours, "identify") == ("stale", "changed since it was confirmed")
    ours.add("confirmation", {"stage": "identify", "agreed_by": "All"})
    assert state(ours, "identify") == ("confirmed", "confirmed")


def test_undo_brings_back_the_agreement_that_another_one_replaced(ours: Workbook) -> None:
    """One press, one undo; and an agreement that was taken back can be given again."""
    ours.add("need_statement", {"difficulty": "They eat alone"})
    session = Session(ours)
    part = Confirm(session, "identify", lambda: status_of(session.now, "identify"), lambda: [])
    assert part.reply({"do": "confirm", "who": "The steering group"}, [])[0]["ok"]
    ours.add("need_statement", {"difficulty": "They are cold"})
    session.follow()
    assert part.reply({"do": "confirm", "who": "All of us"}, [])[0]["ok"]
    assert [one.record.agreed_by for one in ours.records("confirmation")] == ["All of us"]
    ours.undo()
    session.follow()
    assert [one.record.agreed_by for one in ours.records("confirmation")] == ["The steering group"]
    assert status_of(session.now, "identify").name == "stale", "something was added after that one"
    ours.undo()
    session.follow()
    assert status_of(session.now, "identify").name == "confirmed"
    while ours.can_redo:
        ours.redo()
    session.follow()
    assert [one.record.agreed_by for one in ours.records("confirmation")] == ["All of us"]
    assert status_of(session.now, "identify").name == "confirmed"
