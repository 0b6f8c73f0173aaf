"""Undo and redo, worked out from the log: each author takes back their own, and nobody's later work is lost."""

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from pspworkbook.records.doubt import SimulationRun
from pspworkbook.workbook import Clash, NotFound, NothingToUndo, Store, UndoBlocked
from pspworkbook.workbook.replay import check


def test_undo_and_redo_are_new_lines_of_the_log(ana) -> None:
    entry = ana.add("outcome", {"outcome": "Fewer falls", "deadweight": "0%"})
    ana.change("outcome", entry.id, {"deadweight": "10%"}, entry.version)
    assert ana.next_step("undo").words == "Deadweight of “Fewer falls” from 0% to 10%"
    assert ana.next_step("redo").words == ""
    (undone,) = ana.undo()
    assert ana.next_step("undo").words == "Outcome “Fewer falls” added"
    assert ana.next_step("redo").words == "Deadweight of “Fewer falls” from 0% to 10%"
    assert (undone.action, undone.target, undone.version) == ("undo", 2, 3)
    assert undone.summary == "Undo: Deadweight of “Fewer falls” from 10% to 0%"
    assert ana.get("outcome", entry.id).record.deadweight == 0.0
    (redone,) = ana.redo()
    assert redone.summary == "Redo: Deadweight of “Fewer falls” from 0% to 10%"
    assert ana.get("outcome", entry.id).record.deadweight == 0.1
    assert len(ana.history()) == 4


def test_undo_goes_back_step_by_step_to_the_beginning_and_forward_again(ana) -> None:
    entry = ana.add("outcome", {"outcome": "Fewer falls", "quantity": "1"})
    for number in "234":
        entry = ana.change("outcome", entry.id, {"quantity": number}, entry.version)
    seen = []
    while ana.can_undo:
        ana.undo()
        seen.append([entry.record.quantity for entry in ana.records("outcome")])
    assert seen == [[3.0], [2.0], [1.0], []]
    with pytest.raises(NothingToUndo):
        ana.undo()
    while ana.can_redo:
        ana.redo()
    assert ana.records("outcome")[0].record.quantity == 4.0
    with pytest.raises(NothingToUndo):
        ana.redo()
    assert check(ana.store) == []


def test_undo_passes_over_what_a_page_has_worked_out(ana) -> None:
    """Nobody typed it: Undo takes back what somebody did, and the log can still be replayed."""
    entry = ana.add("outcome", {"outcome": "Fewer falls", "quantity": "1"})
    kept = ana.keep(SimulationRun(draws=1000, seed=7, said="Between £1 and £2."))
    assert ana.keep(kept.record).version == kept.version == 1  # the same again is no second line
    assert ana.history()[0].summary.startswith("Worked out: ")
    ana.undo()
    assert ana.records("outcome") == [] and ana.the("simulation_run").record.seed == 7
    ana.redo()
    assert ana.records("outcome")[0].id == entry.id
    assert ana.keep(SimulationRun(draws=1000, seed=8)).version == 2
    assert check(ana.store) == []


def test_one_undo_takes_back_a_whole_batch(ana) -> None:
    ana.save_many([("stakeholder", None, {"name": name}) for name in ("Residents", "Volunteers", "Neighbours")])
    assert len(ana.undo()) == 3
    assert ana.records("stakeholder") == []
    ana.redo()
    assert [entry.label for entry in ana.records("stakeholder")] == ["Residents", "Volunteers", "Neighbours"]


def test_a_removed_record_comes_back_in_its_place(ana) -> None:
    first = ana.add("stakeholder", {"name": "Residents"})
    ana.add("stakeholder", {"name": "Volunteers"})
    ana.delete("stakeholder", first.id, first.version)
    (back,) = ana.undo()
    assert back.summary == "Undo: stakeholder “Residents” is back"
    assert [entry.label for entry in ana.records("stakeholder")] == ["Residents", "Volunteers"]


def test_everybody_undoes_only_their_own(ana, bo) -> None:
    ana.add("stakeholder", {"name": "Residents"})
    assert not bo.can_undo
    bo.add("stakeholder", {"name": "Volunteers"})
    ana.undo()
    assert [entry.label for entry in bo.records("stakeholder")] == ["Volunteers"]


def test_a_record_that_has_moved_on_is_not_undone(ana, bo) -> None:
    entry = ana.add("outcome", {"outcome": "Fewer falls", "quantity": "7"})
    entry = ana.change("outcome", entry.id, {"quantity": "8"}, entry.version)
    bo.change("outcome", entry.id, {"deadweight": "5%"}, entry.version)
    before = ana.position
    with pytest.raises(UndoBlocked, match="“Fewer falls” has been changed by Bo since"):
        ana.undo()
    assert ana.position == before
    bo.undo()
    ana.undo()  # nothing of Bo's is in the way any more
    assert ana.get("outcome", entry.id).record.quantity == 7.0


def test_a_batch_is_undone_whole_or_not_at_all(ana, bo) -> None:
    first, _second = ana.save_many(
        [("stakeholder", None, {"name": "Residents"}), ("stakeholder", None, {"name": "Volunteers"})]
    )
    bo.delete("stakeholder", first.id, first.version)
    with pytest.raises(UndoBlocked, match="removed by Bo"):
        ana.undo()
    assert [entry.label for entry in ana.records("stakeholder")] == ["Volunteers"]


def test_a_new_change_ends_what_can_be_redone(ana, bo) -> None:
    ana.add("stakeholder", {"name": "Residents"})
    ana.undo()
    bo.add("stakeholder", {"name": "Neighbours"})
    assert ana.can_redo, "what others do does not end it"
    ana.add("stakeholder", {"name": "Volunteers"})
    assert not ana.can_redo
    with pytest.raises(NothingToUndo):
        ana.redo()


def test_undo_outlives_the_program(tmp_path) -> None:
    with Store(tmp_path / "a.db") as store:
        store.create("Club", author="Ana").add("stakeholder", {"name": "Residents"})
    with Store(tmp_path / "a.db") as store:
        workbook = store.open("club", author="Ana")
        workbook.undo()
        assert workbook.records("stakeholder") == []


def test_a_refused_version_and_a_reason_are_nothing_to_undo(ana, bo) -> None:
    entry = ana.add("outcome", {"outcome": "Fewer falls", "quantity": "7"})
    entry = ana.change("outcome", entry.id, {"quantity": "8"}, entry.version)
    with pytest.raises(Clash):
        bo.change("outcome", entry.id, {"quantity": "9"}, 1)
    bo.explain(1, "Workshop")
    assert not bo.can_undo


AUTHORS = st.sampled_from(["Ana", "Bo"])


class TwoPeople(RuleBasedStateMachine):
    """Two people save, remove, undo and redo as they like. The log must always lead to the records.

    Beside it a model kept by hand: each author's own undo takes the workbook back to exactly what it was.
    """

    entries = Bundle("entries")

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "a.db")
        ana = self.store.create("Club", author="Ana")
        self.people = {"Ana": ana, "Bo": self.store.open(ana.slug, author="Bo")}

    def state(self) -> list[tuple[str, dict[str, object]]]:
        return [(entry.id, entry.record.body()) for entry in self.people["Ana"].records("outcome")]

    @rule(target=entries, who=AUTHORS, quantity=st.integers(0, 3))
    def add(self, who: str, quantity: int) -> str:
        return self.people[who].add("outcome", {"quantity": quantity}).id

    @rule(target=entries, who=AUTHORS, quantity=st.integers(0, 3))
    def add_two(self, who: str, quantity: int) -> str:
        return self.people[who].save_many([("outcome", None, {"quantity": quantity}), ("outcome", None, {})])[0].id

    @rule(who=AUTHORS, id=entries, quantity=st.integers(0, 3), back=st.integers(0, 2))
    def change(self, who: str, id: str, quantity: int, back: int) -> None:
        try:
            version = max(1, self.people[who].get("outcome", id).version - back)
            self.people[who].change("outcome", id, {"quantity": quantity}, version)
        except (NotFound, Clash):
            pass

    @rule(who=AUTHORS, id=consumes(entries))
    def remove(self, who: str, id: str) -> None:
        with contextlib.suppress(NotFound):
            self.people[who].delete("outcome", id, self.people[who].get("outcome", id).version)

    @rule(who=AUTHORS)
    def undo(self, who: str) -> None:
        self.there_and_back(who, "undo", "redo")

    @rule(who=AUTHORS)
    def redo(self, who: str) -> None:
        self.there_and_back(who, "redo", "undo")

    def there_and_back(self, who: str, action: str, opposite: str) -> None:
        person, before = self.people[who], self.state()
        possible = getattr(person, f"can_{action}")
        try:
            getattr(person, action)()
        except NothingToUndo:
            assert not possible
            assert self.state() == before
            return
        except UndoBlocked:
            assert possible
            assert self.state() == before, "a blocked undo changes nothing"
            return
        after = self.state()
        getattr(person, opposite)()
        assert self.state() == before, f"{opposite} brings back exactly what {action} took away"
        getattr(person, action)()
        assert self.state() == after

    @invariant()
    def the_log_leads_to_the_records(self) -> None:
        if hasattr(self, "store"):
            assert check(self.store) == []

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


TwoPeople.TestCase.settings = settings(
    max_examples=50, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
test_whatever_two_people_do_the_log_leads_to_the_records = TwoPeople.TestCase


def test_undo_says_whether_it_was_done_here_since_one_name_may_be_several_people(ana) -> None:
    """Without keys everybody at one machine has the same name."""
    other = ana.store.open(ana.slug, author=ana.author, mark=False)
    ana.add("outcome", {"outcome": "Mine"})
    assert ana.next_step("undo").ours
    other.add("outcome", {"outcome": "Somebody else's"})
    assert not ana.next_step("undo").ours and other.next_step("undo").ours
    assert ana.next_step("undo").author == ana.author and ana.next_step("undo").at is not None
    other.undo()
    assert ana.next_step("undo").ours and not ana.next_step("redo").ours
